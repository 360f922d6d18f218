"""A measure counts as the rule about the same matter judges: what is awaited, has not come yet, or may be of the kind asked for is
undecided and not unmet, and a child or a review counts once."""
import unittest

from service import PublishedTest, Service, date

AS_AT = date("2026-03-31")


class SameAsRules(PublishedTest):
    def figures(self, service, identifier, as_at=AS_AT, pack="iro"):
        """The total, or where there is none the groups together: population, met, undecided."""
        measure = self.measures(service, as_at, pack)(identifier)
        groups = [measure()] if measure() else measure.data["groups"]
        return tuple(sum(group.get(key) or 0 for group in groups) for key in ("population", "met", "undecided"))

    def test_pathway_plan_awaited_on_its_due_day_or_of_a_kind_not_known(self):
        service = Service()
        child = service.child(date("2009-12-31"))  # 16 on 31 December 2025: due on the as-at date, 31 March
        service.care(child, date("2020-01-08"))
        service.plan(child, "care", date("2020-01-09"))
        self.assertEqual(self.figures(service, "pathway-plan-in-place"), (1, 0, 1))
        self.assertEqual(self.figures(service, "pathway-plan-in-place", date("2026-04-01")), (1, 0, 0))
        service.plan(child, "PP", date("2026-02-02"))
        self.assertEqual(self.figures(service, "pathway-plan-in-place", date("2026-04-01")), (1, 0, 1))
        service.plan(child, "pathway", AS_AT)
        self.assertEqual(self.figures(service, "pathway-plan-in-place", date("2026-04-01")), (1, 1, 0))

    def test_midway_review_awaited_on_its_due_day_or_of_a_kind_not_known(self):
        service = Service()
        child = service.child(date("2014-01-01"))
        service.review(service.care(child, date("2025-11-03")), date("2025-11-30"))  # due on 30 March
        service.add("iro_oversight", "oversight-0", child, date("2026-01-05"), "contact", "N")
        self.assertEqual(self.figures(service, "midway-review-held", date("2026-03-30")), (1, 0, 1))
        self.assertEqual(self.figures(service, "midway-review-held"), (1, 0, 0))
        service.add("iro_oversight", "oversight-1", child, date("2026-02-02"), "midway", "N")
        self.assertEqual(self.figures(service, "midway-review-held"), (1, 0, 1))
        service.add("iro_oversight", "oversight-2", child, date("2026-03-30"), "midway_review", "N")
        self.assertEqual(self.figures(service, "midway-review-held"), (1, 1, 0))

    def test_second_reviews(self):
        service = Service()
        service.care(service.child(date("2014-01-01")), date("2009-01-08"))  # before the extract has every review
        for cancelled, start in (("N", date("2025-04-10")), ("maybe", date("2025-04-10")), ("N", "31/02/2025")):
            care = service.care(service.child(date("2014-01-01")), start)
            service.review(care, date("2025-05-02"))
            service.review(care, date("2025-07-17"), cancelled)
            service.review(care, date("2025-07-17"), cancelled)
        for day in ("2025-05-16", "2025-10-16"):
            service.review(service.tables["ssd_cla_episodes"][0], date(day))
        service.permanence_meeting("child-1", date("2025-10-16"), None)
        self.assertEqual(self.figures(service, "permanence-plan-by-second-review"), (5, 0, 4))
        self.assertEqual(sorted(self.findings("permanence-plan-not-agreed")), ["child-2"])

    def test_disputes_by_what_has_come(self):
        service = Service()
        child = service.child(date("2014-01-01"))
        service.care(child, date("2025-04-10"))
        service.care(service.child(date("2014-01-01")), date("2025-04-10"), "31/02/2026")
        service.dispute(child, "drift", date("2026-03-16"), date("2026-05-20"))  # due on 15 April
        service.dispute(child, "drift", date("2026-03-16"), date("2026-03-20"))
        self.assertEqual(self.figures(service, "disputes-resolved-in-time"), (2, 1, 1))
        self.assertEqual(self.figures(service, "disputes-resolved-in-time", date("2026-04-16")), (2, 1, 0))
        self.assertEqual(self.figures(service, "children-with-an-escalation"), (2, 1, 1))

    def test_a_child_with_two_placements_counts_once_and_a_temporary_one_is_passed_over(self):
        service = Service()
        child = service.child(date("2014-01-01"))
        care = service.care(child, date("2020-05-01"))
        for kind, day, distance in (("U4", "2022-05-01", 30), ("U4", "2024-03-31", 5), ("T1", "2026-03-25", 50)):
            placement = service.placement(child, date(day), kind=kind, care=care)
            placement |= {"clap_cla_placement_distance": distance, "clap_cla_placement_postcode": "M1 1AA"}
        self.assertEqual(self.figures(service, "placed-within-20-miles"), (1, 1, 0))
        self.assertEqual(self.figures(service, "placed-out-of-county", pack="iro-kent"), (1, 1, 0))
        self.assertEqual(self.figures(service, "placement-stability"), (1, 1, 0))
        self.assertEqual(self.figures(service, "placement-stability", date("2026-03-30")), (1, 0, 0))

    def test_plans_of_children_too_young_for_views(self):
        service = Service()
        for born in ("2021-06-16", "2021-06-17"):  # four on the day of the plan, and on the day after it
            plan = service.plan(service.child(date(born)), "care", date("2025-06-16"))
            plan |= {"shared_with_child_date": date("2025-06-16"), "child_views_recorded": "N"}
        self.assertEqual(self.figures(service, "care-plans-shared-with-views"), (2, 1, 0))


if __name__ == "__main__":
    unittest.main()
