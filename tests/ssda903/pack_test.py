"""The SSDA903 pack as a whole: it lints, its examples hold, and it says of every rule what a user needs to know."""
import os
import pathlib
import re
import subprocess
import unittest

COMMAND = os.environ["CASEAUDIT_COMMAND"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
PACK = ROOT / "rules" / "ssda903"
PACKS = ["ssda903", "ssda903-2024", "ssda903-2025", "ssda903-2026", "ssda903-review-checks"]

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


if __name__ == "__main__":
    unittest.main()
