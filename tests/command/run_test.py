"""`caseaudit run`, from files to findings."""
import json
import random
import re
import subprocess
import unittest

from command import COMMAND, CommandTest, ROOT, rule, subjects

try:
    import jsonschema
except ImportError:
    jsonschema = None

EPISODE = "A1,{decom},S,C2,N1,U1,PR1,{dec},{rec},,AB1 2CD,AB1 3CD,1234567"
GOOD = EPISODE.format(decom="01/05/2025", dec="", rec="")
BAD = EPISODE.format(decom="01/05/2025", dec="02/06/2025", rec="")  # an end without a reason: rule 148


class Documents(CommandTest):
    def test_a_failing_record_is_found_with_its_place(self):
        document = self.audit(self.extract(episodes=[GOOD, BAD.replace("A1", "B2")]), "--rule", "148", "--identifiable", status=1)
        self.assertEqual(document["format"], "caseaudit.findings/1")
        self.assertEqual(subjects(document, "148"), {("Episodes", 2)})
        finding = document["findings"][0]
        self.assertEqual((finding["case"], finding["pack"], finding["severity"]), ("B2", "ssda903", "high"))
        record = finding["records"][0]
        self.assertEqual((record["file"], record["row"], record["line"], record["extract"]), ("episodes.csv", 2, 3, "current"))
        self.assertEqual(record["fields"]["DEC"], "2025-06-02")
        self.assertEqual(record["fields"]["REC"], "")

    def test_counts_reconcile_for_every_rule(self):
        data = self.generated()
        document = self.audit(data / "current", "--prior", data / "prior")
        found = {}
        for finding in document["findings"]:
            found[finding["rule"]] = found.get(finding["rule"], 0) + 1
        self.assertGreater(sum(found.values()), 50)
        for r in document["rules"]:
            self.assertEqual(r["population"], r["passed"] + r["failed"] + r["undecided"], r)
            self.assertEqual(r["failed"], found.get(r["rule"], 0), r)
            self.assertEqual(r["reason"] is None, r["status"] == "ran", r)
        rows = sum(len((data / "current" / i["file"]).read_text().splitlines()) - 1
                   for i in document["run"]["inputs"] if i["extract"] == "current")
        self.assertEqual(rows, sum(i["rows"] for i in document["run"]["inputs"] if i["extract"] == "current"))

    def test_neither_threads_nor_a_second_run_show(self):
        data = self.generated(children=3000)
        documents = set()
        for threads in (1, 2, 2, 5):
            self.audit(data / "current", "--prior", data / "prior", "--threads", threads)
            documents.add((self.folder / "findings.json").read_bytes())
        self.assertEqual(len(documents), 1)

    def test_the_order_of_rows_does_not_show_in_what_is_found(self):
        data = self.generated()
        before = self.audit(data / "current", "--prior", data / "prior")
        shuffled = self.folder / "shuffled"
        shuffled.mkdir()
        for file in (data / "current").glob("*.csv"):
            head, *rows = file.read_text().splitlines()
            random.Random(3).shuffle(rows)
            (shuffled / file.name).write_text("\n".join([head, *rows]) + "\n")
        after = self.audit(shuffled, "--prior", data / "prior")
        self.assertEqual(before["rules"], after["rules"])
        self.assertEqual([(f["id"], f["case"], f["rule"], f["message"]) for f in before["findings"]],
                         [(f["id"], f["case"], f["rule"], f["message"]) for f in after["findings"]])

    def test_the_order_of_rows_that_have_no_child_does_not_show(self):
        rows = [f",{1 + i % 28:02}/05/2025,S,C2,N1,U{i % 4},PR1,0{1 + i % 9}/06/2025,,,AB{i} 2CD,AB1 3CD,123456{i % 10}" for i in range(40)]
        documents = []
        for seed in range(3):
            random.Random(seed).shuffle(rows)
            documents.append(self.audit(self.extract(episodes=rows), status=1))
            self.assertGreater(len(documents[0]["findings"]), 40)
        for document in documents:
            for finding in document["findings"]:
                self.assertTrue(finding.pop("case").startswith("?episodes.csv:"))
                for record in finding["records"]:
                    del record["row"], record["line"]
        self.assertEqual(documents[0]["findings"], documents[1]["findings"])
        self.assertEqual(documents[0]["findings"], documents[2]["findings"])

    def test_ids_are_distinct_and_follow_the_key(self):
        data = self.generated()
        document = self.audit(data / "current", "--prior", data / "prior")
        ids = [f["id"] for f in document["findings"]]
        self.assertEqual(len(ids), len(set(ids)))
        key = self.folder / "key"
        self.command("key", "new", key, status=0)
        other = self.audit(data / "current", "--prior", data / "prior", "--key", key)
        self.assertEqual((document["run"]["key"]["own"], other["run"]["key"]["own"]), (False, True))
        self.assertNotEqual(document["run"]["key"]["id"], other["run"]["key"]["id"])
        self.assertFalse({f["case"] for f in document["findings"]} & {f["case"] for f in other["findings"]})
        self.assertFalse(set(ids) & {f["id"] for f in other["findings"]})

    def test_every_document_fits_the_published_schema(self):
        if jsonschema is None:
            self.skipTest("python3-jsonschema is not installed")
        schema = json.loads(self.command("schema", "findings", status=0).stdout)
        validator = jsonschema.Draft202012Validator(schema)
        data = self.generated()
        documents = [self.audit(data / "current", "--prior", data / "prior"),
                     self.audit(self.extract(episodes=[GOOD, "A1,too,short"]), "--rule", "148")]
        for document in documents:
            self.assertEqual([e.message for e in validator.iter_errors(document)], [])

    def test_every_line_fits_the_published_schema_and_no_other_does(self):
        if jsonschema is None:
            self.skipTest("python3-jsonschema is not installed")
        schema = json.loads(self.command("schema", "findings-line", status=0).stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        waivers = self.folder / "waivers.yaml"
        waivers.write_text('waivers:\n  - {rule: "148", case: "00000000000000000000", reason: Known., basis: b, owner: o, expires: 2026-12-31}\n')
        extract = self.extract(episodes=[GOOD, BAD.replace("A1", "B2"), "A1,too,short"])
        run = ["run", "--input", extract, "--format", "ndjson", "--quiet"]
        lines = self.lines(self.command(*run, "--pack", "ssda903", "--timeline", "--fail-if", "148: count > 5", "--waivers", waivers, status=3).stdout)
        kinds = ["run", "finding", "timeline", "rule", "threshold", "waiver", "rejected", "end"]
        self.assertEqual([kind for kind in kinds if not any(line["type"] == kind for line in lines)], [])
        self.assertEqual((lines[0]["type"], lines[-1]), ("run", {"type": "end"}))
        # Each line of the document's entries, and those alone: not one that lacks a member or has one more.
        fits = jsonschema.Draft202012Validator(schema)
        for kind in kinds:
            line = next(line for line in lines if line["type"] == kind)
            self.assertFalse(fits.is_valid(line | {"more": 1}), kind)
            self.assertFalse(fits.is_valid({k: v for k, v in line.items() if k != "type"}), kind)
        document = json.loads(self.command("schema", "findings", status=0).stdout)["properties"]
        of = {one["properties"]["type"]["const"]: one for one in schema["oneOf"]}
        for kind, entries in (("finding", "findings"), ("proposed_escalation", "proposed_escalations"), ("timeline", "timelines"), ("rule", "rules"),
                              ("measure", "measures"), ("threshold", "thresholds"), ("waiver", "waivers"), ("rejected", "rejected")):
            self.assertEqual({k: v for k, v in of[kind]["properties"].items() if k != "type"}, document[entries]["items"]["properties"])
        self.assertEqual(of["run"]["properties"]["run"], document["run"])

    def test_ndjson_says_the_same_as_json(self):
        data = self.generated()
        document = self.audit(data / "current", "--prior", data / "prior")
        done = self.command("run", "--pack", "ssda903", "--input", data / "current", "--prior", data / "prior", "--format", "ndjson")
        lines = self.lines(done.stdout)
        findings = [{k: v for k, v in line.items() if k != "type"} for line in lines if line["type"] == "finding"]
        self.assertEqual(findings, document["findings"])
        self.assertEqual([{k: v for k, v in line.items() if k != "type"} for line in lines if line["type"] == "rule"], document["rules"])
        self.assertEqual(lines[0]["run"], document["run"])


class Statuses(CommandTest):
    def test_0_when_nothing_is_found(self):
        self.audit(self.extract(episodes=[GOOD]), "--rule", "148", status=0)

    def test_1_from_the_severity_asked_for(self):
        extract = self.extract(episodes=[BAD])
        for severity, status in (("info", 1), ("high", 1), ("critical", 0), ("never", 0)):
            self.audit(extract, "--rule", "148", "--fail-on", severity, status=status)

    def test_2_when_the_command_is_wrong(self):
        extract = self.extract(episodes=[GOOD])
        for wrong in (["--fail-on", "dreadful"], ["--as-at", "31/03/2026"], ["--set", "nonsense"], ["--set", "colection_start=2025-04-01"],
                      ["--rule", "1480"], ["--format", "xml"], ["--threads", "0"], ["--no-such-option"]):
            done = self.command("run", "--pack", "ssda903", "--input", extract, *wrong, status=2)
            self.assertTrue(done.stderr, wrong)
            self.assertEqual(done.stdout, b"")
        self.assertIn(b"collection_start", self.command("run", "--pack", "ssda903", "--input", extract, "--set", "colection_start=2025-04-01").stderr)
        self.command("run", "--pack", "nosuch", "--input", extract, status=2)
        self.command(status=2)

    def test_3_when_a_record_was_rejected(self):
        document = self.audit(self.extract(episodes=[GOOD, "A1,too,short", BAD.replace("A1", "B2")]), "--rule", "148", status=3)
        self.assertEqual([(r["file"], r["line"], r["row"]) for r in document["rejected"]], [("episodes.csv", 3, 2)])
        self.assertEqual(subjects(document, "148"), {("Episodes", 3)})
        self.assertEqual([(i["rows"], i["rejected"]) for i in document["run"]["inputs"]], [(3, 1)])

    def test_all_wrong_options_are_told_in_one_go(self):
        wrong = ("--report", "papyrus=x", "--fail-on", "grave", "--as-at", "31/03/2026", "--key", self.folder / "none", "--set", "odd", "--reference", "even")
        told = self.command("run", "--pack", "ssda903", "--input", self.extract(episodes=[GOOD]), *wrong, status=2).stderr.decode()
        for what in ("there is no such report", "--fail-on takes a severity", "--as-at takes a day", "none", "--set takes NAME=VALUE", "--reference takes NAME=VALUE"):
            self.assertIn(what, told)
        self.assertIn("6 errors", told)


class Absence(CommandTest):
    def test_an_absent_table_skips_the_rules_that_need_it_with_the_reason(self):
        document = self.audit(self.extract(episodes=[GOOD]))
        missing = rule(document, "567")
        self.assertEqual(missing["status"], "skipped")
        self.assertIn("Missing", missing["reason"])
        self.assertEqual(missing["population"], 0)
        self.assertEqual(rule(document, "148")["status"], "ran")

    def test_an_absent_column_skips_the_rules_that_need_it(self):
        document = self.audit(self.extract(episodes=b"CHILD,DECOM,RNE\nA1,01/05/2025,S\n"), "--rule", "148", status=0)
        self.assertEqual(rule(document, "148")["status"], "skipped")
        self.assertIn("DEC", rule(document, "148")["reason"])

    def test_nothing_of_the_prior_extract_is_taken_for_granted(self):
        document = self.audit(self.extract(episodes=[GOOD]))
        self.assertEqual(rule(document, "503B")["status"], "skipped")
        self.assertIn("prior", rule(document, "503B")["reason"])


class Privacy(CommandTest):
    ROWS = ["QX7731,M,{dob},WBRI,ZZ9PUPIL001XX,,"]

    def test_no_value_of_a_child_reaches_a_terminal_or_log(self):
        secret = ["QX7731", "14/02/2011", "2011-02-14", "ZZ9PUPIL001XX", "ZE1 0QQ", "ZE10QQ"]
        episodes = ["QX7731,14/02/2011,S,C9,N1,U1,PR1,31/02/2025,X1,,ZE1 0QQ,ZE1 0QQ,URNSECRET", "QX7731,14/02/2011"]
        extract = self.extract(header=[self.ROWS[0].format(dob="14/02/2011")], episodes=episodes)
        self.audit(extract, "--fail-on", "never")
        for shown in (self.done.stdout, self.done.stderr):
            for value in [*secret, "URNSECRET", "31/02/2025"]:
                self.assertNotIn(value.encode(), shown)
        finding = json.loads((self.folder / "findings.json").read_bytes())["findings"][0]
        explained = self.command("explain", self.folder / "findings.json", finding["id"][:12], status=0).stdout
        for value in secret:
            self.assertNotIn(value.encode(), explained)

    def test_identifiers_are_withheld_unless_asked_for(self):
        header = [self.ROWS[0].format(dob="40/02/2011")]
        hidden = self.audit(self.extract(header=header), "--rule", "102", "--fail-on", "never")
        self.assertEqual(hidden["findings"][0]["records"][0]["fields"]["DOB"], "(withheld)")
        self.assertFalse(hidden["run"]["identifiers_shown"])
        shown = self.audit(self.extract(header=header), "--rule", "102", "--fail-on", "never", "--identifiable")
        self.assertEqual(shown["findings"][0]["records"][0]["fields"]["DOB"], "40/02/2011")
        self.assertEqual(hidden["findings"][0]["id"], shown["findings"][0]["id"])


class Outputs(CommandTest):
    def test_the_summary_speaks_of_the_run_when_findings_go_to_a_file(self):
        self.audit(self.extract(episodes=[GOOD, BAD.replace("A1", "B2")]), "--fail-on", "never")
        text = self.done.stdout.decode()
        self.assertRegex(text, r"Rules +\d+ ran, \d+ skipped, 0 failed")
        self.assertRegex(text, r"Findings +\d+ in \d+ case")
        self.assertIn("148", text)
        self.audit(self.extract(episodes=[GOOD]), "--fail-on", "never", "--quiet")
        self.assertEqual(self.done.stdout + self.done.stderr, b"")

    def test_a_threshold_decides_for_its_rule_and_says_so(self):
        extract = self.extract(episodes=[GOOD] * 3 + [BAD.replace("A1", "B2"), BAD.replace("A1", "C3")])
        run = lambda status, *more: self.audit(extract, "--rule", "148", *more, status=status)
        run(1)
        document = run(0, "--fail-if", "148: count > 2")
        self.assertEqual(document["thresholds"], [{"pack": "ssda903", "rule": "148", "fail_if": "count > 2", "findings": 2,
                                                   "judged": 5, "exceeded": False}])
        self.assertIn("148: kept, fails if count > 2: 2 of 5 judged, 40.0 %", self.done.stdout.decode())
        run(1, "--fail-if", "148: count > 1")
        run(1, "--fail-on", "never", "--fail-if", "high: rate > 39 %")
        run(0, "--fail-on", "never", "--fail-if", "ssda903: rate > 39 % of at least 6")
        run(0, "--fail-if", "high: rate > 40 %")
        done = self.command("run", "--pack", "ssda903", "--input", extract, "--fail-if", "149", "--fail-if", "1481: count > 1",
                            "--fail-if", "hihg: count > 1", status=2)
        for text in (b'--fail-if takes "SUBJECT: CONDITION"', b"nothing to judge goes by '1481'", b"did you mean 'high'?"):
            self.assertIn(text, done.stderr)

    def test_every_rule_reason_and_rejected_row_is_in_a_verbose_summary(self):
        self.audit(self.extract(episodes=[GOOD], reviews=["short"] * 12), "--fail-on", "never", "--verbose")
        text = self.done.stdout.decode()
        self.assertNotIn("… and", text)
        self.assertGreaterEqual(len(re.findall(r"reviews\.csv:\d+:", text)), 12)
        self.assertIn("\n148 ", text)

    def test_standard_output_is_the_document_alone(self):
        done = self.command("run", "--pack", "ssda903", "--input", self.extract(episodes=[BAD]), "--fail-on", "never", status=0)
        json.loads(done.stdout)
        self.assertEqual(done.stderr, b"")

    def test_timings_stay_out_of_the_document(self):
        timings = self.folder / "timings.json"
        document = self.audit(self.extract(episodes=[BAD]), "--fail-on", "never", "--timings", timings)
        self.assertIsNone(re.search("seconds|duration|peak", json.dumps(document["run"])))
        told = json.loads(timings.read_text())
        self.assertGreater(told["peak_memory_bytes"], 0)
        self.assertEqual([rule["rule"] for rule in told["rules"]], [rule["rule"] for rule in document["rules"]])
        for rule in told["rules"]:
            self.assertLess(rule["seconds"], told["seconds"])
            self.assertAlmostEqual(rule["nanoseconds_per_row"] * rule["rows"], rule["seconds"] * 1e9 * (rule["rows"] > 0), delta=1)
        self.assertEqual({rule["rows"] for rule in told["rules"] if rule["rule"] == "141"}, {1})

    def test_an_output_that_cannot_be_written_is_said(self):
        done = self.command("run", "--pack", "ssda903", "--input", self.extract(episodes=[BAD]), "--output", self.folder / "no" / "such" / "place.json", status=2)
        self.assertIn(b"place.json", done.stderr)

    def test_a_full_device_is_no_success(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([COMMAND, "run", "--pack", "ssda903", "--input", str(self.extract(episodes=[BAD])), "--fail-on", "never"],
                                  stdout=full, stderr=subprocess.PIPE, cwd=ROOT)
        self.assertEqual(done.returncode, 3)
        self.assertTrue(done.stderr)


if __name__ == "__main__":
    unittest.main()
