"""Kent IRO annual report 2017/18 (seed 003), "CYP who experienced 3 or more placement moves as at 31/03/2018".

The report speaks of moves, and its table has children by their number of placements. It says that the 188 are 11.3 %
of the population, and that the population was 1653: that is 11.4 %, which is what is tested here.
"""
import unittest

from service import DAY, PublishedTest, Service, add_months, date

NUMBERS = range(3, 12)
# Age: children with 3, 4 ... 11 placements, and the total printed.
TABLE = {
    0: (6, 0, 0, 0, 0, 0, 0, 0, 0, 6),
    1: (4, 1, 0, 0, 0, 0, 0, 0, 0, 5),
    2: (3, 0, 0, 0, 0, 0, 0, 0, 0, 3),
    3: (1, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    4: (1, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    5: (2, 0, 0, 0, 0, 0, 0, 0, 0, 2),
    6: (1, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    7: (1, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    8: (2, 2, 0, 0, 0, 1, 0, 0, 0, 5),
    9: (1, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    10: (3, 0, 0, 0, 0, 0, 0, 0, 0, 3),
    11: (3, 2, 1, 0, 0, 0, 0, 0, 0, 6),
    12: (4, 2, 3, 0, 0, 0, 0, 0, 0, 9),
    13: (9, 4, 3, 2, 0, 0, 1, 0, 1, 20),
    14: (4, 3, 3, 1, 0, 3, 0, 0, 0, 14),
    15: (9, 5, 2, 1, 2, 2, 1, 0, 0, 22),
    16: (14, 9, 3, 5, 2, 3, 1, 2, 0, 39),
    17: (29, 10, 7, 0, 1, 0, 0, 2, 0, 49),
}
TOTALS = (97, 38, 22, 9, 5, 9, 3, 4, 1, 188)
CHILDREN = 1653
AS_AT = date("2018-03-31")
YEAR_BEFORE = date("2017-03-31")
MEASURE = "children-with-three-or-more-placements"


def birthday(age, n):
    """Of a child of that age on the day: the first such day, the last, and days between."""
    youngest = add_months(AS_AT, -12 * age)
    oldest = add_months(AS_AT, -12 * (age + 1)) + DAY
    return (youngest, oldest, oldest + (youngest - oldest) * (n % 7) // 7)[min(n, 2)]


def place(service, child, start, number):
    """That many placements, one after the other, the last of them open. The first ended within the year."""
    care = service.care(child, start)["clae_cla_id"]
    first_end = max(start, YEAR_BEFORE) + DAY
    for n in range(number):
        end = first_end + (AS_AT - first_end) * n // number if n < number - 1 else None
        service.placement(child, start, end, care=care)
        start = end
    return care


def kent():
    service = Service()
    for age, row in TABLE.items():
        n = 0
        for number, children in zip(NUMBERS, row):
            for _ in range(children):
                born = birthday(age, n)
                # A child born on the day itself has no time for three placements.
                born = min(born, AS_AT - 20 * DAY) if age == 0 else born
                place(service, service.child(born), max(born, date("2016-09-01")), number)
                n += 1
    return service


def others(service):
    """Children with fewer placements than it seems, and the rest of those in care."""
    def child():
        return service.child(date("2005-10-11"))

    entered = date("2016-09-01")
    holiday = child()  # one of three is a temporary one
    care = place(service, holiday, entered, 2)
    service.placement(holiday, date("2017-08-01"), date("2017-08-15"), kind="T0", care=care)

    settled = child()  # the first of three ended a day too early to be one of the year
    care = service.care(settled, entered)["clae_cla_id"]
    service.placement(settled, entered, YEAR_BEFORE, care=care)
    service.placement(settled, YEAR_BEFORE, date("2017-06-01"), care=care)
    service.placement(settled, date("2017-06-01"), care=care)

    moving = child()  # the third is to come
    care = place(service, moving, entered, 2)
    service.placement(moving, AS_AT + DAY, care=care)

    left = child()  # no longer looked after on the day
    place(service, left, entered, 4)
    service.tables["ssd_cla_episodes"][-1]["clae_cla_episode_ceased_date"] = AS_AT
    in_care = sum(row["clae_cla_episode_ceased_date"] is None for row in service.tables["ssd_cla_episodes"])
    for n in range(CHILDREN - in_care):
        place(service, service.child(birthday(n % 18, 3 + n)), AS_AT - (n % 30) * DAY, 1 + n % 2)
    return service


class KentPlacements(PublishedTest):
    @classmethod
    def setUpClass(cls):
        cls.service = others(kent())

    def test_the_printed_counts_add_up(self):
        self.assertTrue(all(sum(row[:-1]) == row[-1] for row in TABLE.values()))
        self.assertEqual(tuple(map(sum, zip(*TABLE.values()))), TOTALS)
        self.assertEqual(sum(TABLE[age][-1] for age in range(12, 18)), 153)  # as the report's text says

    def test_children_by_age_and_number(self):
        measure = self.measures(self.service, AS_AT)(MEASURE)
        measured = {
            age: (*(measure.population(age=str(age), placements=str(n)) for n in NUMBERS),
                  measure.population(age=str(age))) for age in TABLE}
        self.assertEqual(measured, TABLE)
        self.assertEqual((*(measure.population(placements=str(n)) for n in NUMBERS), measure.population()), TOTALS)
        cells = sum(number != 0 for row in TABLE.values() for number in row[:-1])
        self.assertEqual(len(measure.groups), cells + len(TABLE) + len(NUMBERS) + 1)  # and no others

    def test_share_of_the_children_in_care(self):
        measures = self.measures(self.service, AS_AT)
        rate = measures("three-or-more-placements-rate")
        self.assertEqual(rate.met_of(), (188, CHILDREN))
        self.assertEqual(rate.percent(1), "11.4")

    def test_another_day_is_another_figure(self):
        service = others(kent())
        placement = next(placement for placement in service.tables["ssd_cla_placement"]
                         if placement["clap_cla_placement_end_date"] == YEAR_BEFORE + DAY)
        placement["clap_cla_placement_end_date"] -= DAY
        self.assertEqual(self.measures(service, AS_AT)(MEASURE).population(), 187)

    def test_a_birthday_is_another_row(self):
        service = others(kent())
        turned_17 = add_months(AS_AT, -12 * 17)
        next(p for p in service.tables["ssd_person"] if p["pers_dob"] == turned_17)["pers_dob"] += DAY
        measure = self.measures(service, AS_AT)(MEASURE)
        self.assertEqual((measure.population(age="16"), measure.population(age="17")), (40, 48))


if __name__ == "__main__":
    unittest.main()
