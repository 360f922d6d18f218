"""Manchester IRO annual report 2015/16 (seed 004), permanence plan agreed by the second review.

Section 8.1 gives 59.6 % (1249 out of 2095) of the year, section 6.2 gives 69.9 % (107 out of 153) of March 2016. Of the
other months nothing is printed; what is left is spread over them evenly. The report's own table of reviews has 3341 in
the year, of which 2095 can hardly all be second ones; the children are made as the section says all the same.
"""
import unittest

from service import DAY, PublishedTest, Service, add_months, add_working_days, date, working_days_of

YEAR = (1249, 2095, "59.6")
MARCH = (107, 153, "69.9")
MONTHS = [f"2015-{month:02}" for month in range(4, 13)] + ["2016-01", "2016-02"]
AS_AT = date("2016-03-31")
MEASURE = "permanence-plan-by-second-review"


def table():
    """Month: (agreed by the second review, second reviews)."""
    def spread(what, n):
        return (YEAR[what] - MARCH[what]) * (n + 1) // len(MONTHS) - (YEAR[what] - MARCH[what]) * n // len(MONTHS)

    months = {month: (spread(0, n), spread(1, n)) for n, month in enumerate(MONTHS)}
    return {**months, "2016-03": MARCH[:2]}


def child_with_reviews(service, second, returned=False):
    """A child whose second review of the period of care is on the day: (child, the day care began)."""
    first = add_working_days(add_months(second, -3), 1)
    start = add_working_days(first, -20)
    child = service.child(date("2010-11-12"))
    if returned:  # an earlier stay with two reviews, which are none of this one's
        left = add_months(start, -2)
        earlier = service.care(child, add_months(left, -12), left)
        service.review(earlier, add_months(left, -11))
        service.review(earlier, add_months(left, -9))
    care = service.care(child, start)
    service.review(care, first)
    service.review(care, second)
    return child, care


def agree(service, child, second, n):
    """A plan by the day of the second review: at a meeting or in a plan, on the day itself or before."""
    day = (second, second - DAY, add_months(second, -2))[n % 3]
    if n % 2:
        service.plan(child, "permanence", day)
    else:
        service.permanence_meeting(child, day - 10 * DAY, day)


def disagree(service, child, care, second, n):
    """No plan by then: none at all, a day too late, a meeting without a plan, a plan of another kind, or of an
    earlier stay."""
    if n % 5 == 1:
        service.plan(child, "permanence", second + DAY)
    elif n % 5 == 2:
        service.permanence_meeting(child, second - 30 * DAY, second + DAY)
    elif n % 5 == 3:
        service.permanence_meeting(child, second - 30 * DAY, None)
        service.plan(child, "care", second - 30 * DAY)
    elif n % 5 == 4:
        service.plan(child, "permanence", add_months(care["clae_cla_episode_start_date"], -3))


def manchester():
    service = Service()
    for month, (agreed, reviews) in table().items():
        days = working_days_of(month)
        for n in range(reviews):
            second = days[n * len(days) // reviews]
            no = n - agreed
            child, care = child_with_reviews(service, second, returned=no >= 0 and no % 5 == 4)
            if no < 0:
                agree(service, child, second, n)
            else:
                disagree(service, child, care, second, no)
    return service


def others(service):
    """Reviews that are none of the year's second ones."""
    for second, agreed in [(date("2015-03-31"), True), (date("2016-04-01"), False)]:  # the years before and after
        child, _ = child_with_reviews(service, second)
        if agreed:
            agree(service, child, second, 0)
    child = service.child(date("2010-11-12"))
    care = service.care(child, date("2015-10-01"))
    service.review(care, date("2015-10-28"))
    service.review(care, date("2016-01-20"), cancelled="Y")
    return service


class ManchesterPermanence(PublishedTest):
    @classmethod
    def setUpClass(cls):
        cls.service = others(manchester())

    def test_permanence_plan_by_second_review(self):
        measure = self.measures(self.service, AS_AT)(MEASURE)
        self.assertEqual((*measure.met_of(), measure.percent(1)), YEAR)
        self.assertEqual((*measure.met_of(month="2016-03"), measure.percent(1, month="2016-03")), MARCH)
        self.assertEqual({month: measure.met_of(month=month) for month in table()}, table())
        self.assertEqual(len(measure.groups), len(table()) + 1)

    def test_another_day_is_another_figure(self):
        service = others(manchester())
        meeting, plan = service.tables["iro_permanence_meetings"][0], service.tables["iro_plans"][1]
        for row, day in (meeting, "permanence_plan_agreed_date"), (plan, "completed_date"):
            care = next(c for c in service.tables["ssd_cla_episodes"] if c["clae_person_id"] == row["person_id"])
            reviews = [r for r in service.tables["ssd_cla_reviews"] if r["clar_cla_id"] == care["clae_cla_id"]]
            self.assertEqual(row[day], reviews[1]["clar_cla_review_date"])
            row[day] += DAY
        self.assertEqual(self.measures(service, AS_AT)(MEASURE).met_of(), (1247, 2095))

    def test_a_review_more_makes_it_the_third(self):
        service = others(manchester())
        care = service.tables["ssd_cla_episodes"][0]
        service.review(care, care["clae_cla_episode_start_date"] + DAY)
        self.assertEqual(self.measures(service, AS_AT)(MEASURE).met_of()[1], 2094)


if __name__ == "__main__":
    unittest.main()
