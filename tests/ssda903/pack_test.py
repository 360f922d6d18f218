"""The SSDA903 pack as a whole: it lints, its examples hold, and it says of every rule what a user needs to know."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

COMMAND = os.environ["CASEAUDIT_COMMAND"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
PACK = ROOT / "rules" / "ssda903"
PACKS = ["ssda903", "ssda903-2024", "ssda903-2025", "ssda903-2026", "ssda903-review-checks"]
# Rules that say nothing without last year's return. Others look at it too, where it is there.
COMPARED_WITH_LAST_YEAR = set(
    """202 203 204 205A 205B 205C 205D 207 208 348 452 453 502 503A 503B 503C 503D 503E 503F 503G 503H 503J 559 560 561 562
    576 584 624 626 1001 1002 1010 NoE""".split())

RULE = re.compile(r'^  - id: "?([^"\n]+)"?$', re.MULTILINE)
EXAMPLE = re.compile(r'^  "?([^"\n:]+)"?:$', re.MULTILINE)


def rule_files():
    return sorted(p for p in PACK.glob("*.yaml") if p.name != "pack.yaml" and not p.name.endswith(".examples.yaml"))


def rules():
    """Text of each rule by id, as written; ids that stand twice are in the list twice."""
    found = []
    for file in rule_files():
        pieces = RULE.split(file.read_text())[1:]
        found += list(zip(pieces[::2], pieces[1::2]))
    return found


class Ssda903PackTest(unittest.TestCase):
    def command(self, *arguments):
        done = subprocess.run([COMMAND, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout[-4000:] + done.stderr[-8000:])
        return done

    def test_lint(self):
        for pack in PACKS:
            self.command("lint", pack)

    def test_examples(self):
        for pack in PACKS:
            self.command("test", pack)

    def test_ids_are_unique(self):
        identifiers = [identifier for identifier, _ in rules()]
        self.assertEqual(len(identifiers), 311)
        self.assertEqual(sorted(set(identifiers)), sorted(identifiers))

    def test_titles_are_unique(self):
        titles = [re.search(r"^    title: (.*)$", text, re.MULTILINE).group(1) for _, text in rules()]
        self.assertEqual(sorted(set(titles)), sorted(titles))

    def test_every_rule_has_an_example(self):
        exemplified = {name for file in PACK.glob("*.examples.yaml") for name in EXAMPLE.findall(file.read_text())}
        self.assertEqual([identifier for identifier, _ in rules() if identifier not in exemplified], [])

    def test_every_rule_is_a_published_one_and_names_it(self):
        for identifier, text in rules():
            self.assertIn(f"    source: SSDA903 2025-26 validation rule {identifier}\n", text, identifier)

    def test_messages_show_no_identifier(self):
        for identifier, text in rules():
            message = text[text.index("    message:"):]
            for field in ("CHILD", "DOB", "MC_DOB", "UPN", "HOME_POST", "PL_POST"):
                self.assertNotIn("{" + field + "}", message, identifier)

    def test_rules_that_compare_with_last_year_are_skipped_without_it(self):
        with tempfile.TemporaryDirectory() as scratch:
            self.command("generate", "--dataset", "ssda903", "--children", "50", "--year", "2025", "--seed", "1", "--out", scratch)
            output = pathlib.Path(scratch) / "findings.json"
            self.command("run", "--pack", "ssda903", "--input", f"{scratch}/current", "--output", str(output), "--fail-on", "never")
            outcomes = json.loads(output.read_text())["rules"]
        without = {rule["rule"] for rule in outcomes if "of the prior extract" in (rule["reason"] or "")}
        self.assertEqual(without, COMPARED_WITH_LAST_YEAR)


if __name__ == "__main__":
    unittest.main()
