"""What is planted is found, and where nothing is planted nothing is found: `caseaudit generate`, then `caseaudit run`."""
import json
import os
import subprocess
import tempfile
import unittest
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("CASEAUDIT_COMMAND", str(ROOT / "build/release/bin/caseaudit"))


class ClosedLoop(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.spoilt = cls.audited(children=2000, rate=0.3)
        cls.clean = cls.audited(children=2000, rate=0)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    @classmethod
    def audited(cls, children, rate):
        """The answer key, and the findings of the packs over the return."""
        out = Path(cls.scratch.name) / f"rate-{rate}"
        subprocess.run([COMMAND, "generate", "--dataset", "ssda903", "--children", str(children), "--year", "2025", "--seed",
                        "11", "--error-rate", str(rate), "--out", str(out)], check=True, stdout=subprocess.DEVNULL)
        key = json.loads((out / "answers.json").read_text())
        common = ["--input", str(out / "current"), "--prior", str(out / "prior"), "--fail-on", "never", "--quiet"]
        reference = ["--reference", f"provider_info={out}/reference/provider_info.csv",
                     "--reference", f"postcodes={out}/reference/postcodes.csv",
                     "--set", f"local_authority={key['local_authority']}"]
        rules, findings = [], []
        for pack, own in (("ssda903", reference), ("ssda903-review-checks", []), (str(ROOT / "benchmarks/packs/ten"), [])):
            document = cls.run_pack(["--pack", pack, *common, *own], out / "findings.json")
            rules += document["rules"]
            findings += document["findings"]
        return key["planted"], {"rules": rules, "findings": findings}

    @staticmethod
    def run_pack(arguments, output):
        done = subprocess.run([COMMAND, "run", *arguments, "--output", str(output)], cwd=ROOT, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"caseaudit run ended with {done.returncode}: {done.stderr}")
        return json.loads(output.read_text())

    @staticmethod
    def subjects(document):
        return {(finding["pack"], finding["rule"], record["table"], record["extract"], record["row"])
                for finding in document["findings"] for record in finding["records"] if record["role"] == "subject"}

    def test_every_planted_error_of_a_rule_that_there_is_is_found(self):
        planted, document = self.spoilt
        rules = {(rule["pack"], rule["rule"]) for rule in document["rules"] if rule["status"] == "ran"}
        found = self.subjects(document)
        expected = {(entry["pack"], entry["rule"], entry["table"], entry["extract"], entry["row"]) for entry in planted
                    if (entry["pack"], entry["rule"]) in rules}
        missed = expected - found
        self.assertEqual(missed, set(), Counter(entry[:2] for entry in missed))
        self.assertGreaterEqual(len({entry[:2] for entry in expected}), 50, "rules of the packs that errors are planted for")

    def test_rules_of_the_ten_are_all_planted_and_all_ran(self):
        planted, document = self.spoilt
        ten = {rule["rule"] for rule in document["rules"] if rule["pack"] == "ten" and rule["status"] == "ran"}
        self.assertEqual(len(ten), 10)
        self.assertLessEqual(ten, {entry["rule"] for entry in planted if entry["pack"] == "ten"})

    def test_a_return_without_errors_has_no_finding_of_a_planted_rule(self):
        rules = {(entry["pack"], entry["rule"]) for entry in self.spoilt[0]}
        self.assertEqual(self.clean[0], [])
        found = Counter((finding["pack"], finding["rule"]) for finding in self.clean[1]["findings"])
        self.assertEqual({rule: count for rule, count in found.items() if rule in rules}, {})

    def test_a_return_without_errors_has_no_finding_at_all(self):
        found = Counter((finding["pack"], finding["rule"]) for finding in self.clean[1]["findings"])
        self.assertEqual(found, {})

    def test_counts_reconcile(self):
        for rule in self.spoilt[1]["rules"]:
            self.assertEqual(rule["population"], rule["passed"] + rule["failed"] + rule["undecided"], rule)


if __name__ == "__main__":
    unittest.main()
