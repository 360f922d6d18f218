"""Plugins that break: what a run and a lint say of them."""
import os
import pathlib
import unittest

from command import CommandTest, rule

BAD = pathlib.Path(os.environ["CASEAUDIT_BAD_PLUGINS"])
PACK = """id: local
version: 1.0.0
title: A local pack
dataset: ssda903
calendar: england-and-wales
parameters:
  collection_end: {value: 2026-03-31, source: DfE}
"""
SOUND = """rules:
  - id: sound
    title: An episode has no end
    dimension: consistency
    severity: low
    for_each: episodes
    assert: present(DEC)
    message: Began {DECOM}.
"""
BROKEN = """  - id: broken
    title: Judged by a check that breaks
    dimension: consistency
    severity: low
    for_each: episodes
    check: CHECK
    message: It is so.
"""
EPISODE = "{child},01/05/2025,S,C2,N1,U1,PR1,{dec},{rec},,AB1 2CD,AB1 3CD,1234567"


class BreakingPlugins(CommandTest):
    def pack(self, check):
        folder = self.folder / "local"
        folder.mkdir(exist_ok=True)
        (folder / "pack.yaml").write_text(PACK)
        (folder / "rules.yaml").write_text(SOUND + BROKEN.replace("CHECK", check))
        return folder

    def records(self):
        return self.extract(episodes=[EPISODE.format(child="A1", dec="", rec=""),
                                      EPISODE.format(child="QX77", dec="02/06/2025", rec="E11")])

    def test_a_check_that_throws_at_every_record_fails_its_rule_and_no_other(self):
        for plugin, check, reason in (("guarded", "guarded.in-judge", "a row too far"),
                                      ("guarded", "guarded.oddly", ""),
                                      ("throwing", "throwing.in-run", "threw an exception: a row too far"),
                                      ("throwing", "throwing.fails-silently", "it gave no reason")):
            with self.subTest(check):
                document = self.audit(self.records(), "--plugin", BAD / f"{plugin}.so", "--identifiable", pack=self.pack(check), status=3)
                broken, sound = rule(document, "broken"), rule(document, "sound")
                self.assertEqual(broken["status"], "failed")
                self.assertIn(reason, broken["reason"])
                self.assertEqual((broken["population"], broken["passed"], broken["failed"], broken["undecided"]), (2, 0, 0, 2))
                self.assertEqual((sound["status"], sound["population"], sound["failed"]), ("ran", 2, 1))
                self.assertEqual([f["rule"] for f in document["findings"]], ["sound"])
                self.assertIn(plugin, [p["name"] for p in document["run"]["plugins"]])
                summary = self.done.stdout.decode()
                self.assertRegex(summary, r"1 ran, 0 skipped, 1 failed")
                self.assertIn("broken", summary)
                self.assertNotIn("QX77", summary)

    def test_a_check_that_throws_costs_the_record_in_hand_wherever_it_runs(self):
        pack, documents = self.pack("guarded.at-some\n    with: {\"on\": CHILD == 'QX13'}"), []
        extract = self.extract(episodes=[EPISODE.format(child=f"QX{i}", dec="", rec="") for i in range(40)])
        for place in ([], ["--in-process"], ["--threads", "1"]):
            with self.subTest(place=place):
                documents.append(self.audit(extract, "--plugin", BAD / "guarded.so", *place, pack=pack, status=3))
                told = rule(documents[-1], "broken")
                kept_back = "the check could not judge: its words may hold values, and are told with --identifiable"
                self.assertEqual(told["reason"], f"1 record could not be judged: plugin guarded gave up at episodes.csv line 15: {kept_back}")
                self.assertEqual((told["status"], told["population"], told["failed"], told["undecided"]), ("failed", 40, 39, 1))
                self.assertEqual(told["unjudged"], {"records": 1, "broke_on": [{"table": "Episodes", "file": "episodes.csv", "line": 15, "row": 14,
                                                                               "cause": f"plugin guarded gave up: {kept_back}"}]})
                self.assertNotIn(b"QX13", self.done.stdout + self.done.stderr)
                self.assertEqual(documents[-1], documents[0])
        told = rule(self.audit(extract, "--plugin", BAD / "guarded.so", "--identifiable", pack=pack, status=3), "broken")
        self.assertTrue(told["reason"].endswith(" at episodes.csv line 15: the check could not judge: no place is known to QX13"), told["reason"])

    def test_a_check_that_throws_at_every_record_is_quarantined_soon(self):
        extract = self.extract(episodes=[EPISODE.format(child=f"A{i}", dec="", rec="") for i in range(20_000)])
        pack = self.pack("guarded.in-judge")
        for options, asked in ([], 5), (["--in-process"], 5), (["--in-process", "--plugin-breaks", "guarded=3"], 3), (["--plugin-breaks", "guarded=3"], 3):
            with self.subTest(options=options):
                document = self.audit(extract, "--plugin", BAD / "guarded.so", "--threads", "1", *options, pack=pack, status=3)
                told = rule(document, "broken")
                self.assertEqual((told["population"], told["undecided"], told["unjudged"]["records"]), (20_000, 20_000, 20_000))
                self.assertEqual(len(told["unjudged"]["broke_on"]), asked)
                self.assertIn(f"{20_000 - asked} records were not judged: plugin guarded was quarantined", told["reason"])
                self.assertEqual(rule(document, "sound")["failed"], 20_000)

    def test_what_a_check_says_while_it_judges_is_kept_back(self):
        for plugin, check in (("guarded", "guarded.in-judge"), ("throwing", "throwing.in-run")):
            for place in ([], ["--in-process"]):
                with self.subTest(check, place=place):
                    document = self.audit(self.records(), "--plugin", BAD / f"{plugin}.so", *place, pack=self.pack(check), status=3)
                    self.assertRegex(rule(document, "broken")["reason"], "its words may hold values, and are told with --identifiable$")
                    self.assertNotIn(b"a row too far", self.done.stdout + self.done.stderr)

    def test_a_check_that_throws_when_it_is_destroyed_ends_no_run(self):
        document = self.audit(self.records(), "--plugin", BAD / "throwing.so", pack=self.pack("throwing.in-destroy"), status=0)
        self.assertEqual(rule(document, "broken")["status"], "ran")

    def test_a_check_that_will_not_be_made_is_an_error_of_the_pack(self):
        for plugin, check, reason in (("guarded", "guarded.in-constructor", b"the list of teams is not there"),
                                      ("guarded", "guarded.refuses", b"is not known in rule broken"),
                                      ("throwing", "throwing.in-create", b"the list of teams is not there"),
                                      ("throwing", "throwing.silently", b"it gave no reason")):
            with self.subTest(check):
                pack = self.pack(check)
                done = self.command("run", "--pack", pack, "--input", self.records(), "--plugin", BAD / f"{plugin}.so", status=2)
                self.assertIn(reason, done.stderr)
                self.assertRegex(done.stderr.decode(), r"rules\.yaml:14:12: error")
                self.assertIn(reason, self.command("lint", pack, "--plugin", BAD / f"{plugin}.so", status=2).stderr)

    def test_a_plugin_that_cannot_be_opened_is_named(self):
        for plugin in ("wrong_major", "newer_minor", "missing_symbol", "undefined_symbol", "text"):
            with self.subTest(plugin):
                done = self.command("list", "checks", "--plugin", BAD / f"{plugin}.so", status=2)
                self.assertIn(f"{plugin}.so".encode(), done.stderr)


if __name__ == "__main__":
    unittest.main()
