"""Records with a day that cannot be read are in a measure's figures: undecided in a rate or an average, and a group of their
own elsewhere. Nobody can tell whether they belong to the twelve months, and a figure that drops them hides that."""
import unittest

from service import PublishedTest, Service, date

AS_AT = date("2026-03-31")
DAY = date("2025-06-16")
BEFORE = date("2025-03-31")  # the day before the twelve months
BAD = "31/02/2026"
UNREADABLE = "(unreadable)"


def records():
    service = Service()
    child = service.child(date("2014-05-01"))
    care = service.care(child, date("2024-01-08"))
    for day in (DAY, BEFORE, BAD):
        service.plan(child, "care", day, grade="good")
        service.review(care, day)
        service.stage(service.dispute(child, "care_plan", day, DAY), 1, DAY)
        service.notification(child, day, "2026-02-02")
        service.placement(child, day, care=care)
        service.add("iro_oversight", f"oversight-{day}", child, day, "visit", "Y")
        service.add("iro_caseloads", "iro-1", day, 60, 1)
        service.add("ssd_cp_plans", f"protection-{day}", child, day, day, "NEG")
        service.add("ssd_legal_status", f"status-{day}", child, "C2", day, None)
    for plan in service.tables["iro_plans"]:
        plan |= {"shared_with_child_date": None, "child_views_recorded": "Y", "implemented_in_timeframe": "Y"}
    service.permanence_meeting(child, DAY, None)
    service.notification(child, date("2025-06-17"), BAD)  # of another entry: a second notification of one counts for nothing
    service.dispute(child, "drift", None)
    for distance, placement in zip((3, 30, 4), service.tables["ssd_cla_placement"]):
        placement["clap_cla_placement_distance"] = distance
        placement["clap_cla_placement_end_date"] = AS_AT if distance == 30 else None
    unborn = service.child(None)  # a child without a date of birth
    service.care(unborn, date("2024-01-08"))
    service.care(service.child(date("2015-01-01")), date("2024-01-08"), BAD)
    for episode in service.tables["ssd_cla_episodes"]:
        episode["clae_cla_episode_ceased_reason"] = None
    return service


class UnreadableMeasures(PublishedTest):
    @classmethod
    def setUpClass(cls):
        cls.measure = staticmethod(cls().measures(records(), AS_AT))

    def figures(self, identifier):
        """The total, or where there is none the groups together: population, met, undecided."""
        measure = self.measure(identifier)
        groups = [measure()] if measure() else measure.data["groups"]
        return tuple(sum(group.get(key) or 0 for group in groups) for key in ("population", "met", "undecided"))

    def test_rates_have_them_undecided(self):
        for identifier, figures in {
            "care-plans-good-or-better": (2, 1, 1),
            "care-plans-shared-with-views": (2, 0, 1),
            "plans-carried-out-in-time": (2, 1, 1),
            "disputes-resolved-in-time": (3, 1, 2),  # a day that is blank, too
            "iro-caseloads-in-range": (2, 1, 1),
            "child-seen-before-review": (2, 1, 1),
            "permanence-plan-by-second-review": (2, 0, 1),
            "placed-within-20-miles": (1, 0, 1),  # one child, in which of the two placements nobody can tell
            "protection-plans-of-two-years": (2, 0, 1),
            "section-20": (3, 0, 3),
            "pathway-plan-in-place": (1, 0, 1),
        }.items():
            with self.subTest(identifier):
                self.assertEqual(self.figures(identifier), figures)

    def test_an_average_has_them_undecided(self):
        measure = self.measure("average-iro-caseload")
        self.assertEqual((measure()["population"], measure()["undecided"], measure()["value"]), (2, 1, 60))
        self.assertEqual(measure(month=UNREADABLE)["undecided"], 1)
        self.assertEqual(self.figures("issues-for-each-child-escalated"), (1, 0, 1))

    def test_counts_and_shares_have_a_group_of_them(self):
        for identifier, key, readable, others in (
            ("care-plans-by-grade", "grade", "good or better", {}),
            ("care-plans-by-each-grade", "grade", "good", {}),
            ("care-plans-good-or-better", "month", "2025-06", {}),
            ("visits-by-iros", "month", "2025-06", {}),
            ("oversight-by-kind", "kind", "visit", {}),
            ("escalations", "month", "2025-06", {}),
            ("issues-escalated", "category", "care_plan", {}),
            ("disputes-by-category-and-level", "category", "care_plan or pathway_plan", {}),
            ("disputes-resolved-in-time", "month", "2025-06", {}),
            ("second-or-later-protection-plans", "month", "2025-06", {}),
        ):
            with self.subTest(identifier):
                measure = self.measure(identifier)
                self.assertEqual(measure.population(**{key: readable}), 1)
                self.assertEqual(measure.population(**{key: UNREADABLE}), 1)

    def test_who_left_on_a_day_nobody_can_read(self):
        self.assertEqual(self.measure("children-leaving-care").population(month=UNREADABLE), 1)
        self.assertEqual(self.measure("children-leaving-care-by-reason").population(reason=UNREADABLE), 1)

    def test_late_notifications(self):
        by_quarter = self.measure("late-notifications")
        self.assertEqual(by_quarter.population(quarter=UNREADABLE), 2)  # the day of entry, and the day of telling
        self.assertEqual(by_quarter.population(), 4)
        self.assertEqual(self.measure("late-notifications-by-year").population(year=UNREADABLE), 2)
        self.assertEqual(self.figures("notifications-in-time"), (4, 0, 2))


if __name__ == "__main__":
    unittest.main()
