"""`docs`: the pages in docs/rules are those that the packs make. CASEAUDIT_UPDATE_GOLDEN=1 makes them again."""
import os
import unittest

from command import ROOT, CommandTest
from packs_test import PACK, RULE

DOCUMENTED = ["iro", "ssda903", "ssda903-review-checks"]


def pages(folder, pack):
    found = [folder / f"{pack}.md", *(folder / pack).glob("*.md")]
    return {str(path.relative_to(folder)): path.read_text() for path in found if path.exists()}


class Docs(CommandTest):
    def pack(self, rule=RULE, pack=PACK):
        folder = self.folder / "local"
        folder.mkdir(exist_ok=True)
        (folder / "pack.yaml").write_text(pack)
        (folder / "some-rules.yaml").write_text(rule)
        return folder

    def test_the_pages_in_the_repository_are_up_to_date(self):
        for pack in DOCUMENTED:
            if os.environ.get("CASEAUDIT_UPDATE_GOLDEN"):
                self.command("docs", pack, status=0)
            self.command("docs", pack, "--out", self.folder, status=0)
            made = pages(self.folder, pack)
            kept = pages(ROOT / "docs/rules", pack)
            self.assertEqual(sorted(kept), sorted(made), f"run: caseaudit docs {pack}")
            for name in made:
                self.assertEqual(kept[name], made[name], f"run: caseaudit docs {pack}")

    def test_a_page_says_what_the_rule_says(self):
        self.assertIn(b"local: 2 pages", self.command("docs", self.pack(), "--out", self.folder / "out", status=0).stdout)
        made = pages(self.folder / "out", "local")
        self.assertIn("### Some rules\n", made["local.md"])
        self.assertIn("| [ended-before-begun](local/ended-before-begun.md) | An episode ended before it began | high | consistency |", made["local.md"])
        self.assertIn("| `collection_end` | 2026-03-31 |", made["local.md"])
        page = made["local/ended-before-begun.md"]
        for text in ["# An episode ended before it began\n", "> Began `{DECOM}`, ended `{DEC}`.\n", "Judges each record of `episodes`.",
                     "```\nDEC >= DECOM\n```", "| `episodes` | `DECOM`, `DEC` |", "| 1 | A | 2025-05-02 | 2025-05-01 |",
                     "Finds case `A`. Undecided: case `C`."]:
            self.assertIn(text, page)

    def test_names_are_followed_and_markup_is_kept_apart(self):
        pack = PACK.replace("collection_end: {", "limit: {value: 3, unit: days, source: A|B}\n  collection_end: {") + (
            'lists: {codes: [L1, "`"]}\nexpressions:\n  near(d): d <= add_days(DECOM, $limit)\n  ends: $near(DEC) || string(LS) in $codes\n')
        rule = RULE.replace("assert: DEC >= DECOM", "assert: $ends || DEC == DECOM").split("    examples")[0].replace("An episode", "A <b> *bold* episode")
        self.command("docs", self.pack(rule, pack), "--out", self.folder / "out", status=0)
        page = pages(self.folder / "out", "local")["local/ended-before-begun.md"]
        for text in ["`$near(d)`\n\n```\nd <= add_days(DECOM, $limit)\n```", "`$ends`", "| `limit` | 3 | days |  | A\\|B |",
                     "| `codes` | `L1`, ``` ` ``` |", "# A &lt;b> \\*bold\\* episode"]:
            self.assertIn(text, page)
        self.assertNotIn("## Examples", page)

    def test_measures_stand_on_the_overview(self):
        measures = """measures:
  - id: ended-in-time
    title: Episodes that ended in time
    kind: rate
    unit: percent
    for_each: episodes
    where: present(DEC)
    met: $in_time
    by: {placement: PLACE}
"""
        pack = PACK + "expressions:\n  in_time: DEC <= collection.end\n"
        self.command("docs", self.pack(RULE + measures, pack), "--out", self.folder / "out", status=0)
        page = pages(self.folder / "out", "local")["local.md"]
        for text in ["| Measures | 1 |", "| [ended-in-time](#ended-in-time) | Episodes that ended in time | rate | percent | `placement` |",
                     "The population is each record of `episodes`.", "The standard:\n\n```\n$in_time\n```", "| `placement` | `PLACE` |",
                     "`$in_time`\n\n```\nDEC <= collection.end\n```"]:
            self.assertIn(text, page)

    def test_pages_of_rules_that_are_gone_go_and_those_of_people_stay(self):
        out = self.folder / "out"
        self.command("docs", self.pack(), "--out", out, status=0)
        (out / "local/notes.md").write_text("Our own.\n")
        self.command("docs", self.pack(RULE.replace("ended-before-begun", "ended-early")), "--out", out, status=0)
        self.assertEqual(sorted(path.name for path in (out / "local").iterdir()), ["ended-early.md", "notes.md"])

    def test_what_cannot_be_made_or_written_is_told(self):
        errors = self.command("docs", self.pack(RULE.replace("DEC >= DECOM", "DEK >= DECOM")), "--out", self.folder / "out", status=2).stderr
        self.assertIn(b"DEK", errors)
        self.assertFalse((self.folder / "out").exists())
        (self.folder / "file").write_text("")
        self.assertIn(b"cannot be written", self.command("docs", self.pack(), "--out", self.folder / "file", status=2).stderr)
        self.assertIn(b"there is no pack", self.command("docs", "no-such-pack", status=2).stderr)


if __name__ == "__main__":
    unittest.main()
