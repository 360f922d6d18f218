"""Measures count what the rules judge: what is undecided for a rule is undecided in the figure, and no more."""
import unittest

from service import PublishedTest, Service, date

BAD = "31/06/2024"
NEITHER_SENT_NOR_DECLINED = {"distributed_date": None, "declined": None}


class MeasuresAndRules(PublishedTest):
    def figures(self, service, as_at, *identifiers):
        """Of each measure (population, met, undecided), of the total or of the one group there is."""
        measures = self.measures(service, date(as_at))
        found = []
        for identifier in identifiers:
            measure = measures(identifier)
            group = measure() or measure.data["groups"][0]
            found.append((group["population"], group["met"], group["undecided"]))
        return found if len(found) > 1 else found[0]

    @staticmethod
    def reviewed(start, *days, end=None, status=None):
        """A child in care with reviews on these days: the service, the child and the reviews."""
        service = Service()
        child = service.child(date("2008-05-01"))
        care = service.care(child, date(start), end)
        if status:
            service.add("ssd_legal_status", "status-1", child, *status)
        return service, child, [service.review(care, day) for day in days]

    def test_where_care_began_before_reviews_are_recorded_each_review_is_a_later_one(self):
        service, *_ = self.reviewed("2010-01-04", "2015-01-10", "2015-07-10", "2016-01-11")
        by_number = self.measures(service, date("2016-03-31"))("reviews-in-timescale-by-number")
        group = by_number(number="later")  # the first of the extract, one in six months, and one a day late
        self.assertEqual((group["population"], group["met"], group["undecided"]), (3, 1, 1))
        self.assertIsNone(by_number(number="second"))

    def test_a_review_after_care_has_no_due_day(self):
        service, *_ = self.reviewed("2024-01-02", "2024-01-20", "2024-02-01", "2024-02-02", end="2024-02-01")
        self.assertEqual(self.figures(service, "2024-12-31", "reviews-in-timescale"), (3, 2, 1))

    def test_short_breaks_have_due_days_of_their_own(self):
        for last_day, figures in ((None, (2, 0, 2)), ("2024-04-30", (2, 0, 0))):  # the first review is due on 30 April
            with self.subTest(last_day):
                service, *_ = self.reviewed("2024-04-02", "2024-05-01", "2024-08-02", status=("V4", "2024-04-02", last_day))
                self.assertEqual(self.figures(service, "2024-12-31", "reviews-in-timescale"), figures)

    def test_a_document_of_an_unknown_kind_may_be_the_one_that_is_counted(self):
        measures = ("child-consultation-forms", "parent-consultation-forms", "carer-consultation-forms",
                    "pre-meeting-reports-in-time", "social-work-reports", "child-friendly-minutes-offered")
        for kind, figures in (("child form", (1, 0, 1)), ("invitation", (1, 0, 0))):
            with self.subTest(kind):
                service, _, (review,) = self.reviewed("2024-01-02", "2024-05-20")
                service.document(review, kind, "2024-04-01").update(NEITHER_SENT_NOR_DECLINED)
                self.assertEqual(self.figures(service, "2024-12-31", *measures), [figures] * len(measures))

    def test_minutes_of_a_day_to_come_are_not_made(self):
        for day, met in (("2024-12-31", 1), ("2025-01-01", 0)):
            with self.subTest(day):
                service, _, (review,) = self.reviewed("2024-01-02", "2024-05-20")
                service.document(review, "child_friendly_minutes", day).update(NEITHER_SENT_NOR_DECLINED)
                self.assertEqual(self.figures(service, "2024-12-31", "child-friendly-minutes-offered"), (1, met, 0))

    def test_the_carer_is_of_the_placement_of_the_day(self):
        for ended, population in (("2024-05-20", 1), ("2024-05-21", 0)):
            with self.subTest(ended):
                service, child, (review,) = self.reviewed("2024-01-02", "2024-05-20")
                service.placement(child, "2024-01-02", kind="U1")
                service.placement(child, "2024-03-01", ended, kind="R1")
                service.document(review, "invitation", "2024-04-01")
                group = self.measures(service, date("2024-12-31"))("carer-consultation-forms")()
                self.assertEqual(group["population"] if group else 0, population)

    def test_a_child_whose_end_of_care_cannot_be_read_is_in_no_count_of_a_month(self):
        for end, counted in ((None, 1), (BAD, 0)):
            with self.subTest(end):
                service, *_ = self.reviewed("2024-01-02", "2024-01-20", end=end)
                measures = self.measures(service, date("2024-12-31"))
                for identifier in ("children-at-month-end", "children-at-month-end-11-before"):
                    self.assertEqual(sum(group["population"] for group in measures(identifier).data["groups"]), counted)

    def test_an_iro_is_to_be_appointed_where_the_child_was_looked_after(self):
        for end, figures in ((None, (1, 0, 0)), (BAD, (1, 0, 1)), ("2024-05-21", (1, 0, 0))):
            with self.subTest(end):
                service, child, _ = self.reviewed("2024-05-13", end=end)  # the fifth working day is 20 May
                service.notification(child, "2024-05-13", "2024-05-21")
                self.assertEqual(self.figures(service, "2024-12-31", "iros-appointed-in-time"), figures)

    def test_several_notifications_of_one_entry_count_once(self):
        service, child, _ = self.reviewed("2024-05-13", "2024-08-01")
        for day in ("2024-05-14", "2024-06-10"):
            service.notification(child, "2024-05-13", day)
        self.assertEqual(
            self.figures(service, "2024-12-31", "notifications-in-time", "iros-appointed-in-time",
                         "iros-allocated-within-24-hours", "first-reviews-late-after-late-notification"),
            [(1, 1, 0), (1, 1, 0), (1, 1, 0), (1, 0, 0)])
        self.assertEqual(self.measures(service, date("2024-12-31"))("late-notifications").data["groups"], [])

    def test_a_review_that_cannot_be_read_may_be_the_first(self):
        service, child, _ = self.reviewed("2024-05-13", "2024-08-01", BAD)
        service.notification(child, "2024-05-13", "2024-06-13")
        self.assertEqual(self.figures(service, "2024-12-31", "first-reviews-late-after-late-notification"), (2, 0, 2))


if __name__ == "__main__":
    unittest.main()
