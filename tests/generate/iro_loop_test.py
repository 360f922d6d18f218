"""What is planted in an IRO service is found, and where nothing is planted nothing is found: `caseaudit generate --dataset
iro`, then `caseaudit run --pack iro`."""
import json
import os
import re
import subprocess
import tempfile
import unittest
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("CASEAUDIT_COMMAND", str(ROOT / "build/release/bin/caseaudit"))
# Rules of timeliness that have no late day to count: what was not done before a review, or in time at all.
WITHOUT_LATENESS = {"child-not-seen-before-review", "plan-not-implemented", "dispute-moves-on"}
LATENESS = re.compile(r"Late by ([1-9]\d* working days?|[1-9] days?, no)|[Ww]orking days( late| left|): \d+|Working days since")


class IroLoop(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.spoilt = cls.audited(children=16000, rate=1)
        cls.clean = cls.audited(children=500, rate=0)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    @classmethod
    def audited(cls, children, rate):
        """The answer key, and the findings of the pack over the service."""
        out = Path(cls.scratch.name) / f"rate-{rate}"
        subprocess.run([COMMAND, "generate", "--dataset", "iro", "--children", str(children), "--year", "2025", "--seed", "11",
                        "--error-rate", str(rate), "--out", str(out)], check=True, stdout=subprocess.DEVNULL)
        key = json.loads((out / "answers.json").read_text())
        done = subprocess.run([COMMAND, "run", "--pack", "iro", "--input", str(out / "current"), "--as-at", key["as_at"],
                               "--fail-on", "never", "--quiet", "--output", str(out / "findings.json")],
                              cwd=ROOT, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"caseaudit run ended with {done.returncode}: {done.stderr}")
        return key["planted"], json.loads((out / "findings.json").read_text())

    @staticmethod
    def subjects(document):
        return {(finding["rule"], record["table"], record["row"])
                for finding in document["findings"] for record in finding["records"] if record["role"] == "subject"}

    def test_every_planted_error_is_found(self):
        planted, document = self.spoilt
        expected = {(entry["rule"], entry["table"], entry["row"]) for entry in planted}
        missed = expected - self.subjects(document)
        self.assertEqual(missed, set(), Counter(rule for rule, _, _ in missed))

    def test_every_rule_of_the_pack_is_planted_and_ran(self):
        planted, document = self.spoilt
        rules = {rule["rule"]: rule["status"] for rule in document["rules"]}
        self.assertEqual({rule for rule, status in rules.items() if status != "ran"}, set())
        self.assertEqual({entry["rule"] for entry in planted}, set(rules))

    def test_a_service_without_errors_has_no_finding(self):
        self.assertEqual(self.clean[0], [])
        self.assertEqual(Counter(finding["rule"] for finding in self.clean[1]["findings"]), Counter())

    def test_every_table_of_the_dataset_is_written_and_taken_whole(self):
        for _, document in (self.spoilt, self.clean):
            self.assertEqual(len(document["run"]["inputs"]), 28)
            self.assertEqual(document["rejected"], [])

    def test_no_message_shows_a_blank(self):
        self.assertEqual([finding["message"] for finding in self.spoilt[1]["findings"] if "(blank)" in finding["message"]], [])

    def test_what_is_late_says_by_how_many_working_days(self):
        timely = {rule["rule"] for rule in self.spoilt[1]["rules"] if rule["dimension"] == "timeliness"} - WITHOUT_LATENESS
        self.assertEqual([finding["message"] for finding in self.spoilt[1]["findings"]
                          if finding["rule"] in timely and not LATENESS.search(finding["message"])], [])

    def test_whoever_is_to_act_is_named_by_every_rule_about_a_child_or_an_iro(self):
        named = {finding["rule"] for finding in self.spoilt[1]["findings"] if "responsible" in finding}
        self.assertEqual({rule["rule"] for rule in self.spoilt[1]["rules"]} - named, {"values-unreadable-in-professionals"})

    def test_counts_reconcile(self):
        for rule in self.spoilt[1]["rules"]:
            self.assertEqual(rule["population"], rule["passed"] + rule["failed"] + rule["undecided"], rule)


if __name__ == "__main__":
    unittest.main()
