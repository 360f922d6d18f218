"""Kent IRO annual report 2017/18 (seed 003), "Dispute resolution processes 2017/18": disputes by category and level.

The report prints shares of all 159 disputes. Counts follow from them, as no two counts of 159 print the same to one
decimal. Its row totals are shares too, and not sums of the shares printed (Education 3.1 + 0.6 is printed as 3.8).
"""
import unittest

from service import DAY, PublishedTest, Service, add_working_days, date, percent

DISPUTES = 159
# Printed heading, the code of the dispute_category list, level 1, 2, 3, total. No table of the report says
# how "Care Plan/Pathway Plan" splits into the two categories that it joins.
TABLE = [
    ("Care Plan/Pathway Plan", "care_plan or pathway_plan", "7.5", "1.3", "1.3", "10.1"),
    ("Chronology", "chronology", "1.9", "0.6", "0.6", "3.1"),
    ("Communication", "communication", "0.6", "0.0", "0.0", "0.6"),
    ("Contact", "contact", "0.6", "0.0", "0.0", "0.6"),
    ("Drift", "drift", "0.6", "0.0", "0.0", "0.6"),
    ("Education", "education", "3.1", "0.6", "0.0", "3.8"),
    ("Health", "health", "0.6", "0.0", "0.0", "0.6"),
    ("Life Story Work", "life_story_work", "1.3", "0.0", "0.0", "1.3"),
    ("No Permanency Planning Meeting", "no_permanency_planning_meeting", "3.1", "1.3", "0.0", "4.4"),
    ("Other", "other", "15.1", "1.9", "0.6", "17.6"),
    ("Permanence", "permanence", "1.9", "0.0", "0.0", "1.9"),
    ("Placement Plan", "placement_plan", "0.6", "0.0", "0.0", "0.6"),
    ("Pre-Meeting Report not there", "pre_meeting_report", "40.3", "3.8", "0.6", "44.7"),
    ("Promotion of Interests", "promotion_of_interests", "0.6", "0.0", "0.0", "0.6"),
    ("Placement with Parents", "placement_with_parents", "0.0", "0.6", "0.0", "0.6"),
    ("Safety", "safety", "0.6", "0.0", "0.0", "0.6"),
    ("Stable Placement", "stable_placement", "6.9", "0.6", "0.6", "8.2"),
]
TOTALS = ("85.5", "10.7", "3.8", "100.0")
LEVELS = ("1", "2", "3")
AS_AT = date("2018-03-31")
FROM = date("2017-04-01")
MEASURE = "disputes-by-category-and-level"


def count(share):
    (number,) = (n for n in range(DISPUTES + 1) if percent(n / DISPUTES, 1) == share)
    return number


def raise_dispute(service, child, category, raised, level):
    """A dispute that goes through the stages up to the level, an answer at each, and is resolved at the last."""
    dispute = service.dispute(child, category, raised)
    for stage in range(1, level + 1):
        answered = add_working_days(raised, 3)
        service.stage(dispute, stage, raised, answered, answered)
        raised = answered
    dispute["resolved_date"] = raised
    return dispute


def kent():
    """Raised from the first day of the year to the last, those that went furthest first."""
    service = Service()
    codes = [(level, code, n) for level in (3, 2, 1) for _, code, *shares in TABLE
             for n in range(count(shares[level - 1]))]
    for i, (level, code, n) in enumerate(codes):
        child = service.child(date("2006-07-08"))
        care = service.care(child, date("2016-02-01"))
        raised = FROM + (AS_AT - FROM) * i // (DISPUTES - 1)
        raise_dispute(service, child, code.split(" or ")[n % 2] if " or " in code else code, raised, level)
        review = service.review(care, raised)
        if code != "pre_meeting_report":  # those are about a review without the report
            service.document(review, "pre_meeting_report", add_working_days(raised, -5))
    return service


def others(service):
    """Disputes that are none of the year's, and stages that a dispute has not come to."""
    child = service.child(date("2006-07-08"))
    service.care(child, date("2016-02-01"))
    raise_dispute(service, child, "drift", FROM - DAY, 3)     # the year before
    raise_dispute(service, child, "health", AS_AT + DAY, 1)      # the year after
    at_level_1 = [d for d in service.tables["iro_disputes"] if d["category"] == "chronology"][-1]
    service.stage(at_level_1, 2, AS_AT + DAY)                    # level 2 is still to come
    return service


class KentDisputes(PublishedTest):
    @classmethod
    def setUpClass(cls):
        cls.service = others(kent())

    def test_the_printed_counts_are_all_disputes(self):
        self.assertEqual(sum(count(share) for row in TABLE for share in row[2:5]), DISPUTES)
        self.assertEqual([sum(count(row[2 + level]) for row in TABLE) for level in range(3)],
                         [count(total) for total in TOTALS[:3]])

    def test_disputes_by_category_and_level(self):
        measure = self.measures(self.service, AS_AT)(MEASURE)
        measured = [
            (heading, code, *(measure.percent(1, category=code, level=level) for level in LEVELS),
             measure.percent(1, category=code)) for heading, code, *_ in TABLE]
        self.assertEqual(measured, TABLE)
        self.assertEqual((*(measure.percent(1, level=level) for level in LEVELS), measure.percent(1)), TOTALS)
        self.assertEqual(measure.population(), DISPUTES)
        self.assertEqual(measure.population(category="pre_meeting_report"), 71)
        # No group that the report does not have: cells with a dispute, rows, columns, and all.
        cells = sum(count(share) != 0 for row in TABLE for share in row[2:5])
        self.assertEqual(len(measure.groups), cells + len(TABLE) + len(LEVELS) + 1)

    def test_the_reports_that_were_disputed_were_not_there(self):
        self.measures(self.service, AS_AT)
        disputed = [dispute["person_id"] for dispute in self.service.tables["iro_disputes"]
                    if dispute["category"] == "pre_meeting_report"]
        self.assertEqual(sorted(self.findings("pre-meeting-report-missing")), sorted(disputed))

    def test_another_day_is_another_figure(self):
        service = others(kent())
        dispute = next(d for d in service.tables["iro_disputes"] if d["raised_date"] == FROM)
        dispute["raised_date"] -= DAY
        self.assertEqual(self.measures(service, AS_AT)(MEASURE).population(), DISPUTES - 1)

    def test_a_stage_that_begins_on_the_day_is_a_level(self):
        service = others(kent())
        service.tables["iro_dispute_stages"][-1]["started_date"] = AS_AT
        measure = self.measures(service, AS_AT)(MEASURE)
        self.assertEqual([measure.population(category="chronology", level=level) for level in LEVELS], [2, 2, 1])


if __name__ == "__main__":
    unittest.main()
