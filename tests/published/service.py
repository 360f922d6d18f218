"""Case records of an IRO service made for a test: tables as CSV, working days, and what a run measured."""
import calendar
import csv
import datetime
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
from decimal import ROUND_HALF_UP, Decimal

COMMAND = os.environ["CASEAUDIT_COMMAND"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
DAY = datetime.timedelta(days=1)


def date(text):
    return datetime.date.fromisoformat(text)


def holidays():
    text = (ROOT / "rules/calendars/england-and-wales.yaml").read_text()
    return {date(day) for day in re.findall(r"^ *- \{date: (\d{4}-\d\d-\d\d),", text, re.MULTILINE)}


HOLIDAYS = holidays()


def is_working_day(day):
    return day.weekday() < 5 and day not in HOLIDAYS


def add_working_days(day, count):
    """The working day that many after (or before) the day, which itself is not counted."""
    step = DAY if count > 0 else -DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_day_before(day):
    return add_working_days(day, -1)


def add_months(day, count):
    """The same day of another month, or its last one where it has no such day."""
    month = day.year * 12 + day.month - 1 + count
    year, month = divmod(month, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def working_days_of(month):
    """Of a month given as "2015-04"."""
    year, number = map(int, month.split("-"))
    days = (datetime.date(year, number, n) for n in range(1, calendar.monthrange(year, number)[1] + 1))
    return [day for day in days if is_working_day(day)]


def percent(rate, decimals=0):
    """As a report prints a share: halves up, of the fraction and not of its binary neighbour."""
    return str((Decimal(str(rate)) * 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


HEADERS = {
    "ssd_person": "pers_person_id pers_dob",
    "ssd_cla_episodes": "clae_cla_episode_id clae_person_id clae_cla_id clae_cla_episode_start_date "
                        "clae_cla_episode_ceased_date",
    "ssd_cla_placement": "clap_cla_placement_id clap_person_id clap_cla_id clap_cla_placement_type "
                         "clap_cla_placement_start_date clap_cla_placement_end_date",
    "ssd_cla_reviews": "clar_cla_review_id clar_cla_id clar_cla_review_date clar_cla_review_cancelled",
    "iro_notifications": "notification_id person_id came_into_care_date notified_date iro_allocated_date iro_id",
    "iro_review_documents": "document_id review_id kind completed_date",
    "iro_plans": "plan_id person_id kind completed_date updated_date grade",
    "iro_permanence_meetings": "person_id meeting_date permanence_plan_agreed_date",
    "iro_disputes": "dispute_id person_id iro_id raised_date category resolved_date",
    "iro_dispute_stages": "dispute_id stage started_date responded_date ended_date",
    "ssd_involvements": "invo_involvements_id invo_person_id invo_professional_id invo_professional_role_id "
                        "invo_professional_team invo_involvement_start_date invo_involvement_end_date",
    "iro_oversight": "oversight_id person_id oversight_date kind child_seen",
    "iro_caseloads": "iro_id as_at_date children full_time_equivalent",
    "ssd_cp_plans": "cppl_cp_plan_id cppl_person_id cppl_cp_plan_start_date cppl_cp_plan_end_date "
                    "cppl_cp_plan_latest_category",
    "ssd_legal_status": "lega_legal_status_id lega_person_id lega_legal_status lega_legal_status_start_date "
                        "lega_legal_status_end_date",
}


class Service:
    """The records, by table. Ids are given as records are added; a blank is None."""

    def __init__(self):
        self.tables = {name: [] for name in HEADERS}
        self._children = 0

    def add(self, table, *values):
        row = dict(zip(HEADERS[table].split(), values, strict=True))
        self.tables[table].append(row)
        return row

    def next_id(self, table, prefix):
        return f"{prefix}{len(self.tables[table]) + 1}"

    def child(self, born):
        self._children += 1
        identifier = f"child-{self._children}"
        self.add("ssd_person", identifier, born)
        return identifier

    def care(self, child, start, end=None):
        """An episode of care; its row, whose clae_cla_id is what reviews refer to."""
        number = self.next_id("ssd_cla_episodes", "care-")
        return self.add("ssd_cla_episodes", number, child, number, start, end)

    def placement(self, child, start, end=None, kind="U6", care=None):
        return self.add("ssd_cla_placement", self.next_id("ssd_cla_placement", "placement-"), child, care, kind,
                        start, end)

    def review(self, care, day, cancelled="N"):
        return self.add("ssd_cla_reviews", self.next_id("ssd_cla_reviews", "review-"), care["clae_cla_id"], day,
                        cancelled)

    def plan(self, child, kind, completed, updated=None, grade=None):
        return self.add("iro_plans", self.next_id("iro_plans", "plan-"), child, kind, completed, updated, grade)

    def notification(self, child, came, notified):
        return self.add("iro_notifications", self.next_id("iro_notifications", "notification-"), child, came, notified,
                        notified, "iro-1")

    def document(self, review, kind, completed):
        return self.add("iro_review_documents", self.next_id("iro_review_documents", "document-"),
                        review["clar_cla_review_id"], kind, completed)

    def permanence_meeting(self, child, held, agreed):
        return self.add("iro_permanence_meetings", child, held, agreed)

    def dispute(self, child, category, raised, resolved=None):
        return self.add("iro_disputes", self.next_id("iro_disputes", "dispute-"), child, "iro-1", raised, category,
                        resolved)

    def stage(self, dispute, number, started, responded=None, ended=None):
        return self.add("iro_dispute_stages", dispute["dispute_id"], number, started, responded, ended)

    def write(self, folder):
        for name, rows in self.tables.items():
            if not rows:
                continue
            with open(folder / f"{name}.csv", "w", newline="") as file:
                writer = csv.DictWriter(file, rows[0].keys())
                writer.writeheader()
                writer.writerows(rows)


class Measure:
    """One measure of a findings document, group by group."""

    def __init__(self, document, identifier):
        (self.data,) = (m for m in document["measures"] if m["id"] == identifier)
        self.groups = {tuple(sorted(g["by"].items())): g for g in self.data["groups"]}

    def __call__(self, **by):
        """A group by its keys, without some or all of which it is a total; None where there is none."""
        return self.groups.get(tuple(sorted(by.items())))

    def population(self, **by):
        group = self(**by)
        return group["population"] if group else 0

    def met_of(self, **by):
        """(met, population), of a group that must have nothing undecided."""
        group = self(**by)
        if group["undecided"]:
            raise AssertionError(f"undecided in {group}")
        return group["met"], group["population"]

    def percent(self, decimals=0, **by):
        group = self(**by)
        return percent(group["rate"] if group else 0, decimals)


class PublishedTest(unittest.TestCase):
    maxDiff = None

    def measures(self, service, as_at, pack="iro"):
        """What a pack measures in the service's records on the day: a function of a measure's id."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            service.write(folder)
            done = subprocess.run(
                [COMMAND, "run", "--pack", pack, "--input", folder, "--as-at", str(as_at), "--fail-on", "never", "--identifiable",
                 "--quiet"],
                capture_output=True, cwd=ROOT, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr.decode(errors="replace")[-4000:])
        self.document = json.loads(done.stdout)
        return lambda identifier: Measure(self.document, identifier)

    def findings(self, rule):
        """The cases that the last run's findings of a rule are about, with repeats."""
        return [f["case"] for f in self.document["findings"] if f["rule"] == rule]
