"""Kent IRO annual report 2017/18 (seed 003), "IROs Quality Assurance Grading of CIC Care Plans".

The shares printed come to 100.1 %, as each is rounded.
"""
import unittest

from service import DAY, PublishedTest, Service, add_working_days, date, percent

# Grade as measured: plans, share of 4279.
TABLE = {
    "good or better": (3096, "72.4"),
    "requires_improvement": (1008, "23.6"),
    "inadequate": (175, "4.1"),
}
ALL = 4279
FROM, AS_AT = date("2017-04-01"), date("2018-03-31")


def kent():
    """A child's care plan is done soon after entry to care, graded then, and again when it is brought up to date."""
    service, made = Service(), 0
    for grade, (plans, _) in TABLE.items():
        for n in range(plans):
            if made % 3 == 0:
                child = service.child(date("2007-09-10"))
                service.care(child, add_working_days(FROM, -6))
            day = FROM + (AS_AT - FROM) * made // (ALL - 1)
            one = grade if grade != "good or better" else "outstanding" if n % 9 == 0 else "good"
            completed, updated = (day, None) if made % 2 == 0 else (None, day)
            service.plan(child, "care", completed, updated, one)
            made += 1
    return service


def others(service):
    """Plans that are not of the year, not care plans, or not graded."""
    child = service.child(date("2007-09-10"))
    service.care(child, date("2016-05-05"))
    service.plan(child, "care", FROM - DAY, grade="good")
    service.plan(child, "care", AS_AT + DAY, grade="inadequate")
    service.plan(child, "care", date("2017-07-07"))
    service.plan(child, "pathway", date("2017-07-07"), grade="inadequate")
    return service


class KentCarePlans(PublishedTest):
    @classmethod
    def setUpClass(cls):
        cls.service = others(kent())

    def test_care_plans_by_grade(self):
        measure = self.measures(self.service, AS_AT)("care-plans-by-grade")
        self.assertEqual(
            {grade: (measure.population(grade=grade), measure.percent(1, grade=grade)) for grade in TABLE}, TABLE)
        self.assertEqual(len(measure.groups), len(TABLE))

    def test_good_or_better_of_all(self):
        measure = self.measures(self.service, AS_AT)("care-plans-good-or-better")()
        # The plan without a grade is in the population, and nobody can tell.
        self.assertEqual((measure["met"], measure["population"], measure["undecided"]), (3096, ALL + 1, 1))
        self.assertEqual(percent(measure["rate"], 1), "72.4")

    def test_another_day_is_another_figure(self):
        service = others(kent())
        service.tables["iro_plans"][0]["completed_date"] -= DAY
        measure = self.measures(service, AS_AT)("care-plans-by-grade")
        self.assertEqual(measure.population(grade="good or better"), 3095)
        self.assertEqual(measure.population(grade="requires_improvement"), 1008)


if __name__ == "__main__":
    unittest.main()
