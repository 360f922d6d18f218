"""Whom the IRO pack names for a finding: the worker whose case the child is, and the IRO of the same stay in care."""
import unittest

from service import DAY, PublishedTest, Service, date

AS_AT = date("2026-03-31")
START = date("2025-09-01")
FIRST_STAY = date("2022-01-10")


class WhoIsToAct(PublishedTest):
    def named(self, service, rule):
        self.measures(service, AS_AT)
        (finding,) = (f for f in self.document["findings"] if f["rule"] == rule)
        return finding["team"], finding["worker"]

    def unplanned(self, *involvements):
        """Whom a care plan that was never made is put to, of a child with these workers: role and team."""
        service = Service()
        child = service.child(date("2014-05-01"))
        service.care(child, START)
        service.plan(service.child(date("2014-05-01")), "care", START)
        for n, (role, team, start, end) in enumerate(involvements):
            service.add("ssd_involvements", f"involvement-{n}", child, f"worker-{n}", role, team, start, end)
        return self.named(service, "care-plan-late")

    def test_a_worker_who_does_not_hold_the_case_is_passed_by(self):
        for role in ("IRO", "Independent Reviewing Officer", "Personal Adviser"):
            self.assertEqual(
                self.unplanned(("Allocated Case Worker", "North", START, None), (role, "Other", START + DAY, None)),
                ("North", "worker-0"))

    def test_a_personal_adviser_holds_it_where_nobody_else_does(self):
        self.assertEqual(self.unplanned(("IRO", "Other", START + DAY, None), ("Personal Adviser", "North", START, None)),
                         ("North", "worker-1"))

    def test_of_two_who_hold_it_the_later(self):
        self.assertEqual(self.unplanned(("Allocated Case Worker", "North", START, None),
                                        ("Social Worker", "South", START + DAY, None)), ("South", "worker-1"))

    def test_a_role_that_is_not_recorded_holds_it(self):
        self.assertEqual(self.unplanned(("Allocated Case Worker", "North", START, None),
                                        (None, "South", START + DAY, None)), ("South", "worker-1"))

    def unreviewed(self, *notifications):
        """Whom a first review that was never held is put to, of a child who was in care before."""
        service = Service()
        child = service.child(date("2014-05-01"))
        first = service.care(child, FIRST_STAY, date("2022-06-30"))
        service.care(child, START)
        service.review(first, FIRST_STAY + DAY)
        service.add("ssd_involvements", "involvement-1", child, "worker", None, "North", START, None)
        for came, allocated, iro in notifications:
            service.add("iro_notifications", iro, child, came, came, allocated, iro)
        return self.named(service, "first-review-late")

    def test_the_iro_of_an_earlier_stay_is_not_named(self):
        self.assertEqual(self.unreviewed((FIRST_STAY, FIRST_STAY, "IRO1")), ("North", "worker"))
        self.assertEqual(self.unreviewed((FIRST_STAY, FIRST_STAY, "IRO1"), (START, None, "IRO2")), ("North", "worker"))

    def test_the_iro_of_this_stay_is(self):
        before = (FIRST_STAY, FIRST_STAY, "IRO1")
        self.assertEqual(self.unreviewed(before, (START, START + DAY, "IRO2")), ("IRO service", "IRO2"))
        self.assertEqual(self.unreviewed(before, (START, START - DAY, "IRO2")), ("IRO service", "IRO2"))
        self.assertEqual(self.unreviewed(before, (START - DAY, START, "IRO2")), ("IRO service", "IRO2"))
        self.assertEqual(self.unreviewed(before, ("31/02/2025", START, "IRO2")), ("IRO service", "IRO2"))


if __name__ == "__main__":
    unittest.main()
