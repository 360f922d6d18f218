"""The SSDA903 pack as a whole: it lints, its examples hold, and it says of every rule what a user needs to know."""
import os
import pathlib
import re
import subprocess
import unittest

COMMAND = os.environ["CASEAUDIT_COMMAND"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
PACK = ROOT / "rules" / "ssda903"

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
        self.command("lint", "ssda903")

    def test_examples(self):
        self.command("test", "ssda903")

    def test_ids_are_unique(self):
        identifiers = [identifier for identifier, _ in rules()]
        self.assertGreater(len(identifiers), 200)
        self.assertEqual(sorted(set(identifiers)), sorted(identifiers))

    def test_titles_are_unique(self):
        titles = [re.search(r"^    title: (.*)$", text, re.MULTILINE).group(1) for _, text in rules()]
        self.assertEqual(sorted(set(titles)), sorted(titles))

    def test_every_rule_has_an_example(self):
        exemplified = {name for file in PACK.glob("*.examples.yaml") for name in EXAMPLE.findall(file.read_text())}
        self.assertEqual([identifier for identifier, _ in rules() if identifier not in exemplified], [])

    def test_a_published_rule_names_its_source(self):
        for identifier, text in rules():
            if re.match(r"[0-9]|INT|SW|NoE|EPI", identifier):
                self.assertIn(f"    source: SSDA903 2025-26 validation rule {identifier}\n", text, identifier)

    def test_messages_show_no_identifier(self):
        for identifier, text in rules():
            message = text[text.index("    message:"):]
            for field in ("CHILD", "DOB", "MC_DOB", "UPN", "HOME_POST", "PL_POST"):
                self.assertNotIn("{" + field + "}", message, identifier)


if __name__ == "__main__":
    unittest.main()
