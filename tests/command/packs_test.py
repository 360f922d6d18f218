"""`lint`, `test`, `list`, `schema`, `explain`."""
import json
import re
import unittest

from command import ROOT, CommandTest

PACK = """id: local
version: 1.0.0
title: A local pack
dataset: ssda903
calendar: england-and-wales
parameters:
  collection_end: {value: 2026-03-31, source: DfE}
"""
RULE = """rules:
  - id: ended-before-begun
    title: An episode ended before it began
    dimension: consistency
    severity: high
    for_each: episodes
    assert: DEC >= DECOM
    message: Began {DECOM}, ended {DEC}.
    examples:
      - given: {episodes: [{CHILD: A, DECOM: 2025-05-02, DEC: 2025-05-01}, {CHILD: B, DECOM: 2025-05-02, DEC: 2025-05-02}, {CHILD: C, DECOM: 2025-05-02}]}
        finds: [A]
        undecided: [C]
"""


class Packs(CommandTest):
    def pack(self, rules=RULE, pack=PACK):
        folder = self.folder / "local"
        folder.mkdir(exist_ok=True)
        (folder / "pack.yaml").write_text(pack)
        (folder / "rules.yaml").write_text(rules)
        return folder

    def test_a_good_pack_lints_and_its_examples_pass(self):
        self.assertIn(b"1 rules, 0 measures, no errors", self.command("lint", self.pack(), status=0).stdout)
        self.assertIn(b"1 examples of 1 rules, 0 failed", self.command("test", self.pack(), status=0).stdout)

    def test_a_folder_here_needs_no_slash(self):
        self.pack()
        self.assertIn(b"no errors", self.command("lint", "local", status=0, cwd=self.folder).stdout)
        self.command("lint", "locale", status=2, cwd=self.folder)

    def test_an_example_that_does_not_hold_is_shown_with_its_place(self):
        done = self.command("test", self.pack(RULE.replace("finds: [A]", "finds: [B]")), status=1)
        self.assertRegex(done.stdout.decode(), r"rules\.yaml:\d+: rule ended-before-begun, example 1: expected: finds B; got: found A")
        done = self.command("test", self.pack(RULE.replace("undecided: [C]", "undecided: []")), status=1)
        self.assertIn(b"undecided C", done.stdout)

    def test_lint_tells_all_errors_with_place_caret_and_suggestion(self):
        wrong = RULE.replace("assert: DEC >= DECOM", "assert: DEK >= DECOM").replace("severity: high", "severity: hihg").replace("{DEC}", "{DECC}")
        errors = self.command("lint", self.pack(wrong), status=2).stderr.decode()
        self.assertRegex(errors, r"rules\.yaml:5:\d+: error")
        self.assertIn("did you mean 'high'?", errors)
        wrong = RULE.replace("assert: DEC >= DECOM", "assert: DEK >= DECOM").replace("{DEC}", "{DECC}")
        errors = self.command("lint", self.pack(wrong), status=2).stderr.decode()
        self.assertRegex(errors, r"rules\.yaml:7:13: error")
        self.assertIn("^^^", errors)
        self.assertIn("DECC", errors)
        self.assertIn("2 errors", errors)

    def test_lint_reads_expressions_that_no_rule_uses_yet(self):
        pack = PACK + 'expressions:\n  early: "present("\n  late(day): "dayz_between(day, as_at) > 3"\n'
        said = self.command("lint", self.pack(pack=pack), status=2).stderr.decode()
        self.assertIn("pack.yaml:9:19: error: the expression ends too early", said)
        self.assertIn("there is no function 'dayz_between'", said)
        self.assertIn("did you mean 'days_between'?", said)
        self.assertIn("2 errors", said)

    def errors_of(self, *changes):
        """What lint says of the rule with these changes: (line, column, message, hint) of each error, and the carets."""
        rule = RULE
        for old, new in changes:
            self.assertIn(old, rule)
            rule = rule.replace(old, new)
        said = self.command("lint", self.pack(rule), status=2).stderr.decode()
        parts = re.split(r"^(?=\S+rules\.yaml:)", said, flags=re.M)[1:]
        if len(parts) != 1:
            self.assertIn(f"{len(parts)} errors\n", said)
        errors = []
        for part in parts:
            line, column, message = re.match(r"\S+rules\.yaml:(\d+):(\d+): error: (.*)", part).groups()
            hint = re.search(r"hint: (.*)", part)
            errors.append((int(line), int(column), message, hint and hint.group(1)))
        return errors, re.findall(r"\^+", said)

    def test_run_and_test_tell_all_errors_as_lint_does(self):
        wrong = RULE.replace("severity: high", "severity: hihg").replace("assert: DEC >= DECOM", "assert: DEK >= DECOM")
        pack, good = self.pack(wrong), self.extract(episodes=["A,02/05/2025,S,C2,N1,U1,PR1,01/05/2025,X1,,,,"])
        told = self.command("lint", pack, status=2).stderr
        self.assertIn(b"2 errors", told)
        self.assertEqual(self.command("test", pack, status=2).stderr, told)
        self.assertEqual(self.command("run", "--pack", pack, "--input", good, "--output", self.folder / "f.json", status=2).stderr, told)

    def test_usual_slips_are_told_with_what_to_write(self):
        for written, hint in {
            "DEC >= 2025-04-01": "write a date as date('2026-03-31')",
            "DEC <= 31/03/2026": "write a date as date('2026-03-31')",
            "LS == “C2”": "put texts in straight quotes, as 'C2'",
            "LS == C2": "a code stands in quotes: 'C2'",
            "weekday(DEC) < 6": "did you mean 'day_of_week'?",
            "age(DEC) < 6": "did you mean 'age_at'?",
            "frobnicate(DEC) < 6": "docs/expressions.md lists the functions",
            "DEC ≥ DECOM": "write >=",
            "coalesce(LS == 'C2', TRUE)": "write true",
            "DEC != null": "to ask whether a value is blank, write missing(…)",
            "if(present(DEC), DEC >= DECOM, true)": "write condition ? one : other",
            "add_days(2025-04-01, 3) == DEC": "write a date as date('2026-03-31')",
        }.items():
            with self.subTest(written):
                errors, _ = self.errors_of(("assert: DEC >= DECOM", f"assert: {written}"))
                self.assertEqual(len(errors), 1, errors)
                self.assertIn(hint, errors[0][3])

    def test_words_for_not_and_unequal_are_told_in_the_message(self):
        for written, words in {
            "not DEC >= DECOM": "'DEC' cannot stand here: write ! for 'not', with what it denies in parentheses",
            "true && (not DEC >= DECOM)": "'DEC' cannot stand here: write ! for 'not', with what it denies in parentheses",
            "(DEC >= DECOM and LS == 'C2') || true": "'and' cannot stand here: write && for 'and'",
            "LS <> 'C2'": "'>' cannot stand here: write != for 'unequal'",
        }.items():
            with self.subTest(written):
                errors, _ = self.errors_of(("assert: DEC >= DECOM", f"assert: {written}"))
                self.assertEqual([error[2] for error in errors], [words])

    def test_a_day_given_to_a_check_as_other_languages_write_it(self):
        errors, _ = self.errors_of(("assert: DEC >= DECOM", "check: timeliness.deadline\n    with: {start: 2025-04-01, event: DEC, within: {days: 3}}"))
        self.assertEqual([error[2:] for error in errors], [("this must be date, but is integer", "write a date as date('2026-03-31')")])

    def test_an_example_that_judges_nothing_is_told(self):
        blank = RULE.replace("finds: [A]", "finds: []").replace("        undecided: [C]\n", "").replace(
            "{CHILD: A, DECOM: 2025-05-02, DEC: 2025-05-01}, {CHILD: B, DECOM: 2025-05-02, DEC: 2025-05-02}, ", "")
        done = self.command("test", self.pack(blank), status=0).stdout.decode()
        self.assertRegex(done, r"rules\.yaml:\d+: rule ended-before-begun, example 1: note: nothing was judged, as every record is undecided; "
                               "if that is meant, say so under undecided\n")
        self.assertNotIn("note:", self.command("test", self.pack(), status=0).stdout.decode())

    def test_a_run_says_that_its_calendar_ends_too_early(self):
        calendars = self.folder / "calendars"
        calendars.mkdir()
        (calendars / "closures.yaml").write_text(
            "id: closures\ntitle: Our closure days\nsource: Human resources\ncovers: {from: 2025-01-01, to: 2026-12-31}\n"
            "holidays:\n  - {date: 2025-12-29, name: Closed}\n")
        pack = self.pack(pack=PACK.replace("england-and-wales", "closures"))
        episodes = self.extract(episodes=b"CHILD,DECOM,DEC\nA,01/05/2025,\n")
        for as_at, told in {"2025-12-31": True, "2026-01-01": False, "2026-12-31": False, "2027-01-01": True}.items():
            with self.subTest(as_at):
                done = self.command("run", "--pack", pack, "--input", episodes, "--as-at", as_at, "--output", "-")
                notes = [note for note in json.loads(done.stdout)["run"]["notes"] if note.startswith("calendar ")]
                self.assertEqual(notes, ["calendar closures covers 2025-01-01 to 2026-12-31, which is not all of the year up to the as-at date; "
                                         "beyond it bank holidays count as working days: add them to the calendar, and what it covers"] if told else [])

    def test_a_line_that_is_indented_too_far_is_told_so(self):
        errors, _ = self.errors_of(("    severity: high", "      severity: high"))
        self.assertEqual(errors, [(5, 15, "illegal map value", "begin the line right below the keys that it belongs to, with as many spaces")])

    def test_an_example_expects_cases_that_it_gives(self):
        errors, _ = self.errors_of(("finds: [A]", "finds: [A, Z]"), ("undecided: [C]", "undecided: [Y]"))
        self.assertEqual([error[2] for error in errors], ["Z is no case of the example", "Y is no case of the example"])

    def test_an_unknown_check_is_named_with_the_nearest(self):
        errors, carets = self.errors_of(("assert: DEC >= DECOM", "check: timelines.deadline\n    with: {start: DECOM}"))
        self.assertEqual(errors, [(7, 12, "there is no check 'timelines.deadline'", "did you mean 'timeliness.deadline'?")])
        self.assertEqual(carets, ["^" * len("timelines.deadline")])
        errors, carets = self.errors_of(("assert: DEC >= DECOM", "check: nosuch.thing"))
        self.assertEqual([error[:3] for error in errors], [(7, 12, "there is no check 'nosuch.thing'")])
        self.assertEqual(carets, ["^" * len("nosuch.thing")])

    def test_an_unknown_check_hides_no_other_error(self):
        errors, _ = self.errors_of(("assert: DEC >= DECOM", "where: DEK > DECOM\n    check: nosuch.thing\n    responsible: LSS"))
        self.assertEqual([error[:2] for error in errors], [(7, 12), (8, 12), (9, 18)])

    def test_a_rule_without_a_check_is_told_so_once(self):
        errors, _ = self.errors_of(("    assert: DEC >= DECOM\n", ""))
        self.assertEqual([error[2] for error in errors], ["a rule needs assert or check"])

    def test_unknown_tables_and_fields_are_told_once(self):
        errors, carets = self.errors_of(("for_each: episodes", "for_each: episods\n    optional: [reviws]"),
                                        ("assert: DEC >= DECOM", "assert: DEC >= DECOM\n    fields: [DEK]"))
        self.assertEqual([error[:3] for error in errors], [(6, 15, "the dataset ssda903 has no table episods"),
                                                           (7, 16, "the dataset ssda903 has no table reviws")])
        self.assertEqual(carets, ["^" * 7, "^" * 6])
        errors, carets = self.errors_of(("for_each: episodes", "for_each: [episodes, reviews]"), ("assert: DEC >= DECOM", "assert: CHILD != ''\n    fields: [DECM]"),
                                        ("{DEC}", "{CHILD}"), ("{DECOM}", "{CHILD}"))
        self.assertEqual(errors, [(8, 14, "episodes and reviews have no field DECM", "did you mean 'DECOM'?")])

    def test_what_is_wrong_with_two_tables_of_a_rule_is_told_once(self):
        errors, _ = self.errors_of(("for_each: episodes", "for_each: [episodes, reviews]"), ("assert: DEC >= DECOM", "assert: header.DOBB > as_at"),
                                   ("{DEC}", "{CHILD}"), ("{DECOM}", "{CHILD}"))
        self.assertEqual([error[:2] for error in errors], [(7, 13)])

    def test_all_that_is_wrong_with_the_arguments_of_a_check_is_told_in_one_go(self):
        errors, carets = self.errors_of(("assert: DEC >= DECOM", "check: timeliness.deadline\n    with: {start: DECOMM, within: {wekes: 2}, evnt: DEC}"))
        self.assertEqual([(line, column) for line, column, _, _ in errors], [(7, 12), (8, 19), (8, 36), (8, 47)])
        self.assertIn("needs the parameter 'event'", errors[0][2])
        self.assertEqual(errors[1][3], "did you mean 'DECOM'?")
        self.assertEqual(errors[2][2:], ("'wekes' is no unit of time", "did you mean 'weeks'?"))
        self.assertEqual(errors[3][2:], ("the check timeliness.deadline has no parameter 'evnt'", "did you mean 'event'?"))
        self.assertEqual(carets, ["^" * len("timeliness.deadline"), "^" * 6, "^" * 5, "^" * 4])

    def test_a_measure_of_an_unknown_table_is_told_at_its_name(self):
        measures = RULE + """measures:
  - id: episodes
    title: Episodes
    unit: episodes
    kind: count
    for_each: episods
    optional: [reviws]
"""
        said = self.command("lint", self.pack(measures), status=2).stderr.decode()
        at = measures[:measures.index("episods")].count("\n") + 1
        self.assertIn(f"rules.yaml:{at}:15: error: the dataset ssda903 has no table episods", said)
        self.assertIn(f"rules.yaml:{at + 1}:16: error: the dataset ssda903 has no table reviws", said)
        self.assertIn("2 errors", said)

    def test_examples_name_fields_that_there_are(self):
        errors = self.command("test", self.pack(RULE.replace("{CHILD: C, DECOM:", "{CHILD: C, DECOMM:")), status=2).stderr
        self.assertIn(b"DECOM", errors)

    def test_every_shipped_pack_lints_and_its_examples_hold(self):
        names = [line.split()[0] for line in self.command("list", "packs", status=0).stdout.decode().splitlines()[1:]]
        self.assertIn("ssda903", names)
        self.assertIn("iro", names)
        self.command("lint", *names, status=0)
        self.command("test", *names, status=0)

    def test_lists_and_schemas(self):
        self.assertIn(b"assertion.holds", self.command("list", "checks", status=0).stdout)
        self.assertIn(b"timeliness", self.command("list", "plugins", status=0).stdout)
        self.assertIn(b"ssda903", self.command("list", "datasets", status=0).stdout)
        self.assertIn(b"late-notification", self.command("list", "rules", "--pack", "iro", status=0).stdout)
        for what in ("rulepack", "dataset", "findings"):
            self.assertIn("$schema", json.loads(self.command("schema", what, status=0).stdout))
        self.command("list", "wishes", status=2)

    def test_explain_says_what_a_finding_rests_on(self):
        extract = self.extract(episodes=["QX77,02/05/2025,S,C2,N1,U1,PR1,01/05/2025,X1,,,,"])
        finding = self.audit(extract, "--fail-on", "never", pack=self.pack())["findings"][0]
        text = self.command("explain", self.folder / "findings.json", finding["id"], status=0).stdout.decode()
        self.assertIn("ended-before-begun", text)
        self.assertIn("episodes.csv line 2", text)
        self.assertNotIn("QX77", text)
        text = self.command("explain", self.folder / "findings.json", finding["id"], "--show-values", status=0).stdout.decode()
        self.assertIn("Began 2 May 2025, ended 1 May 2025.", text)
        self.command("explain", self.folder / "findings.json", "ffffffffffff", status=2)
        self.command("explain", self.pack() / "pack.yaml", "f", status=2)

    def test_two_packs_run_over_one_extract(self):
        extract = self.extract(episodes=["QX77,02/05/2025,S,C2,N1,U1,PR1,01/05/2025,X1,,,,"])
        document = self.audit(extract, "--pack", self.pack(), "--fail-on", "never")
        self.assertEqual({p["id"] for p in document["run"]["packs"]}, {"ssda903", "local"})
        self.assertIn(("local", "ended-before-begun"), {(f["pack"], f["rule"]) for f in document["findings"]})

    def test_a_parameter_that_differs_between_packs_is_recorded_for_each(self):
        limit = "  {}: {{value: {}, unit: days}}\n"
        folders = []
        for name, own, shared in (("north", 3, 5), ("south", 4, 5)):
            folder = self.folder / name
            folder.mkdir()
            pack = PACK.replace("id: local", f"id: {name}") + limit.format("grace", own) + limit.format("shared", shared)
            if name == "south":
                pack += limit.format("alone", 9)
            (folder / "pack.yaml").write_text(pack)
            rule = RULE.replace("DEC >= DECOM", "days_between(DECOM, DEC) > $grace - $shared" + (" - $alone" if name == "south" else ""))
            (folder / "rules.yaml").write_text(rule)
            folders.append(folder)
        extract = self.extract(episodes=["QX77,02/05/2025,S,C2,N1,U1,PR1,01/05/2025,X1,,,,"])
        apart = {"north.grace": "3", "south.grace": "4", "shared": "5", "alone": "9", "collection_end": "2026-03-31"}
        document = self.audit(extract, "--pack", folders[1], "--fail-on", "never", pack=folders[0])
        self.assertEqual(document["run"]["parameters"], apart)
        document = self.audit(extract, "--pack", folders[0], "--fail-on", "never", pack=folders[1])
        self.assertEqual(document["run"]["parameters"], apart)
        document = self.audit(extract, "--pack", folders[1], "--set", "grace=7", "--fail-on", "never", pack=folders[0])
        self.assertEqual(document["run"]["parameters"], {"grace": "7", "shared": "5", "alone": "9", "collection_end": "2026-03-31"})

    def test_packs_of_two_datasets_do_not_mix(self):
        done = self.command("run", "--pack", "ssda903", "--pack", "iro", "--input", self.extract(episodes=[]), status=2)
        self.assertIn(b"different datasets", done.stderr)

    def test_datasets_of_one_name_that_differ_do_not_mix(self):
        datasets = self.folder / "datasets"
        datasets.mkdir()
        shipped = (ROOT / "rules" / "datasets" / "ssda903.yaml").read_text()
        pack = self.pack()
        ours = datasets / "ssda903.yaml"
        extract = self.extract(episodes=b"CHILD,DECOM,DEC\nA,01/05/2025,\n")
        ours.write_text(shipped)
        self.command("run", "--pack", pack, "--pack", "ssda903-review-checks", "--input", extract, "--output", "-", "--fail-on", "never", status=0)
        # A table of its own before the others: the rules of the other pack would judge it for their own.
        ours.write_text(shipped.replace("\ntables:\n", "\ntables:\n  calls:\n    case_key: CHILD\n    fields: {CHILD: text, called: date}\n"))
        for packs in (["--pack", pack, "--pack", "ssda903-review-checks"], ["--pack", "ssda903-review-checks", "--pack", pack]):
            done = self.command("run", *packs, "--input", extract, "--output", "-", status=2)
            self.assertIn(b"are for different datasets (", done.stderr)
            self.assertIn(str(ours).encode(), done.stderr)


if __name__ == "__main__":
    unittest.main()
