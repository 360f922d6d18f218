"""The life of a finding: baselines, comparisons and waivers."""
import json
import random
import unittest

from command import CommandTest, rule

try:
    import jsonschema
except ImportError:
    jsonschema = None

EPISODE = "{child},01/05/2025,S,C2,N1,U1,PR1,{dec},{rec},,AB1 2CD,AB1 3CD,{urn}"


def bad(child, urn="1234567"):  # an end without a reason: rule 148
    return EPISODE.format(child=child, dec="02/06/2025", rec="", urn=urn)


def good(child):
    return EPISODE.format(child=child, dec="", rec="", urn="1234567")


class LifeTest(CommandTest):
    def document(self, name, *arguments, episodes, status=None, rules=("148",), pack="ssda903"):
        output = self.folder / f"{name}.json"
        chosen = [word for r in rules for word in ("--rule", r)]
        self.done = self.command("run", "--pack", pack, "--input", self.extract(name, episodes=episodes), *chosen, "--output", output, *arguments, status=status)
        return output

    def read(self, path):
        document = json.loads(path.read_bytes())
        if jsonschema:
            if not hasattr(self, "schema"):
                self.schema = jsonschema.Draft202012Validator(json.loads(self.command("schema", "findings", status=0).stdout))
            self.assertEqual([e.message for e in self.schema.iter_errors(document)], [])
        return document


class Baseline(LifeTest):
    def test_only_what_is_new_is_listed_and_the_rest_is_counted(self):
        old = self.document("old", episodes=[bad("A"), good("B"), bad("C")], status=1)
        new = self.read(self.document("new", "--baseline", old, episodes=[good("C"), bad("A", "7654321"), bad("B")], status=1))
        self.assertEqual([f["state"] for f in new["findings"]], ["new"])
        counts = rule(new, "148")
        self.assertEqual((counts["failed"], counts["known"], counts["waived"]), (2, 1, 0))
        self.assertEqual(counts["failed"], counts["known"] + len(new["findings"]))
        self.assertEqual(new["run"]["baseline"], {"as_at": "2026-03-31", "findings": 2})
        self.assertIn("1 known since 2026-03-31", " ".join(self.done.stdout.decode().split()))

    def test_the_summary_and_the_report_of_its_name_say_the_same_and_begin_with_what_is_new(self):
        both = {"rules": ("148", "145")}
        old = self.document("old", episodes=[bad("A"), bad("B"), bad("C")], **both, status=1)
        text = self.folder / "summary.txt"
        worse = good("D").replace(",N1,", ",N99,")
        self.document("new", "--baseline", old, "--report", f"text={text}", episodes=[bad("A"), bad("B"), bad("C"), worse], **both, status=1)
        for said in (self.done.stdout.decode(), text.read_text()):
            self.assertRegex(said, r"Findings +4\n +4 high\n +3 known since 2026-03-31 and not listed; 1 listed, in 1 case\n")
            self.assertRegex(said, r"Rule +Severity +Findings +Known +of +Undecided +Title\n145 +high +1 +0 +4 +0 .*\n148 +high +3 +3 +4 +0 ")

    def test_rows_of_no_case_are_no_case_in_any_count(self):
        extract = self.folder / "service"
        self.command("generate", "--dataset", "iro", "--children", 120, "--year", 2025, "--seed", 5, "--error-rate", 0.5, "--out", extract, status=0)
        text = self.folder / "summary.txt"
        document = self.audit(extract / "current", "--as-at", "2026-03-31", "--report", f"text={text}", pack="iro")
        cases = {f["case"] for f in document["findings"]}
        self.assertIn("", cases)  # of staff
        line = f"Findings   {len(document['findings'])} in {len(cases) - 1} cases\n"
        self.assertIn(line, self.done.stdout.decode())
        self.assertIn(line, text.read_text())

    def test_what_is_known_fails_no_run(self):
        old = self.document("old", episodes=[bad("A")], status=1)
        self.document("new", "--baseline", old, episodes=[bad("A"), good("B")], status=0)

    def test_what_the_baseline_did_not_judge_is_said_to_be_new_for_that(self):
        old = self.document("old", episodes=[bad("A"), "B,short"], status=3)
        new = self.read(self.document("new", "--baseline", old, episodes=[bad("A")], rules=("148", "147", "144"), status=0))
        notes = " ".join(new["run"]["notes"])
        self.assertIn("baseline: rules that the older run did not judge (left out, skipped, failed or not in the pack then): 144, 147; all that they find is new", notes)
        self.assertIn("baseline: rows or files that the older run could not read: 1; what is found there now is new", notes)
        same = self.read(self.document("same", "--baseline", self.document("whole", episodes=[bad("A")], status=1), episodes=[bad("A")], status=0))
        self.assertNotIn("baseline", " ".join(same["run"]["notes"]))

    def test_what_cannot_be_a_baseline_is_refused_with_the_reason(self):
        key = self.folder / "key"
        self.command("key", "new", key, status=0)
        old = self.document("old", episodes=[bad("A")], status=1)
        of_new = self.document("of-new", "--baseline", old, episodes=[bad("A")], status=0)
        other = self.document("other-key", "--key", key, episodes=[bad("A")], status=1)
        for baseline, words in ((of_new, b"only what was new"), (other, b"another key"), (self.folder / "none.json", b"none.json")):
            self.document("refused", "--baseline", baseline, episodes=[bad("A")], status=2)
            self.assertIn(words, self.done.stderr)
            self.assertFalse((self.folder / "refused.json").exists())

    def test_a_new_extract_in_another_order_with_corrections_elsewhere_is_all_known(self):
        data = self.generated()
        arguments = ["--prior", data / "prior"]
        before = self.audit(data / "current", *arguments)
        old = self.folder / "old.json"
        old.write_text(json.dumps(before))
        again = self.folder / "again"
        again.mkdir()
        # Fields that no rule under test judges by, of tables whose records are known by others.
        unrelated = {"header": ["UPN"], "episodes": ["URN", "HOME_POST"], "oc2": ["SUBSTANCE_MISUSE"]}
        changed = 0
        for file in sorted((data / "current").glob("*.csv")):
            head, *rows = file.read_text().splitlines()
            columns = head.split(",")
            random.Random(9).shuffle(rows)
            for field in unrelated.get(file.stem, []):
                at = columns.index(field)
                rows = [",".join(c if i != at else "ZZ9 9ZZ" if "POST" in field else "" for i, c in enumerate(row.split(","))) for row in rows]
                changed += len(rows)
            (again / file.name).write_text("\n".join([head, *rows]) + "\n")
        self.assertGreater(changed, 500)
        kept = [r["rule"] for r in before["rules"] if r["failed"] and not {"URN", "HOME_POST", "UPN", "PL_POST", "SUBSTANCE_MISUSE"} &
                {name for f in before["findings"] if f["rule"] == r["rule"] for record in f["records"] for name in record["fields"]}]
        self.assertGreater(len(kept), 20)
        chosen = [word for r in kept for word in ("--rule", r)]
        after = self.audit(again, *arguments, *chosen, "--baseline", old)
        self.assertGreater(sum(r["known"] for r in after["rules"]), 40)
        for r in after["rules"]:
            self.assertEqual(r["failed"], r["known"] + sum(f["rule"] == r["rule"] for f in after["findings"]), r)
        lost = {f["id"] for f in before["findings"] if f["rule"] in kept}
        self.assertEqual(sum(r["known"] for r in after["rules"]), len(lost - {f["id"] for f in after["findings"]}))
        self.assertEqual([f["id"] for f in after["findings"]], [])


class Thresholds(LifeTest):
    def test_one_of_a_rule_that_was_not_judged_is_not_called_kept(self):
        text = self.folder / "summary.txt"
        self.document("left-out", "--fail-if", "147: count > 0", "--fail-if", "148: count > 9", "--report", f"text={text}", episodes=[bad("A")], status=0)
        for said in (self.done.stdout.decode(), text.read_text()):
            self.assertIn("147: nothing judged, fails if count > 0\n", said)
            self.assertIn("148: kept, fails if count > 9: 1 of 1 judged, 100.0 %\n", said)


class RecordsWithoutACase(LifeTest):
    def test_rows_that_are_the_same_in_every_field_have_an_id_each(self):
        two = self.document("two", episodes=[bad("A"), bad(""), bad("")], status=1)
        three = self.document("three", "--baseline", two, episodes=[bad(""), good("B"), bad(""), bad("A"), bad("")], status=1)
        self.assertEqual(len({f["id"] for f in self.read(two)["findings"]}), 3)
        new = self.read(three)
        self.assertEqual((rule(new, "148")["known"], len(new["findings"])), (3, 1))
        found = new["findings"][0]
        self.assertIn(b"Records", self.command("explain", three, found["id"], status=0).stdout)


class Diff(LifeTest):
    def diff(self, *arguments, status=0):
        done = self.command("diff", *arguments, "--format", "json", status=status)
        return json.loads(done.stdout) if status == 0 else done.stderr.decode()

    def test_new_persisting_and_resolved_by_rule_team_and_age(self):
        old = self.document("old", "--as-at", "2026-01-10", episodes=[bad("A"), bad("B"), good("C")], status=1)
        new = self.document("new", "--as-at", "2026-03-31", episodes=[bad("C"), good("B"), bad("A")], status=1)
        diff = self.diff(old, new)
        self.assertEqual(diff["counts"], {"new": 1, "persisting": 1, "resolved": 1, "not_judged": 0})
        self.assertEqual(diff["by_rule"], [{"rule": "ssda903/148", **diff["counts"]}])
        self.assertEqual(diff["by_responsible"], [{"responsible": "", **diff["counts"]}])
        self.assertEqual(diff["by_team"], [{"team": "", **diff["counts"]}])
        self.assertEqual({(f["change"], f["age_days"]) for f in diff["findings"]}, {("new", 0), ("persisting", 80), ("resolved", 0)})
        self.assertEqual([row["days"] for row in diff["by_age"]], ["0-30", "31-90"])
        text = self.command("diff", old, new, status=0).stdout.decode()
        self.assertIn("As at 2026-03-31 against 2026-01-10: 1 new, 1 persisting, 1 resolved, 0 not judged", text)
        self.assertRegex(text, r"ssda903/148 +1 +1 +1 +0")

    def test_by_team_and_by_worker_where_a_rule_names_both(self):
        pack = self.folder / "p"
        pack.mkdir()
        (pack / "pack.yaml").write_text("id: p\nversion: 1.0.0\ntitle: P\nextends: ssda903\n")
        (pack / "rules.yaml").write_text(
            "rules:\n  - id: ended\n    title: t\n    dimension: validity\n    severity: high\n    for_each: episodes\n"
            "    assert: missing(DEC)\n    message: m\n    responsible: {team: \"'Team ' + string(PLACE)\", worker: URN}\n"
            "    examples: [{given: {episodes: [{CHILD: A, DEC: 2025-06-02}]}, finds: [A]}]\n")
        of_pack = {"rules": ("ended",), "pack": pack, "status": 1}
        old = self.document("old", episodes=[bad("A", "1111111"), bad("B", "2222222")], **of_pack)
        new = self.document("new", episodes=[bad("A", "1111111"), bad("C", "2222222"), good("B")], **of_pack)
        self.assertEqual({(f["responsible"], f["team"], f["worker"]) for f in self.read(new)["findings"]},
                         {("Team U1", "Team U1", "1111111"), ("Team U1", "Team U1", "2222222")})
        diff = self.diff(old, new)
        self.assertEqual(diff["by_team"], [{"team": "Team U1", "new": 1, "persisting": 1, "resolved": 1, "not_judged": 0}])
        self.assertEqual([(row["worker"], row["new"], row["persisting"], row["resolved"]) for row in diff["by_worker"]],
                         [("1111111", 0, 1, 0), ("2222222", 1, 0, 1)])
        text = self.command("diff", old, new, status=0).stdout.decode()
        self.assertRegex(text, r"(?s)Team +New.*Team U1 +1 +1 +1.*Worker +New.*1111111 +0 +1 +0")

    def test_what_was_not_judged_is_not_resolved(self):
        old = self.document("old", episodes=[bad("A")], status=1)
        other_rule = self.document("other", episodes=[bad("A")], rules=("147",))
        self.assertEqual(self.diff(old, other_rule)["counts"], {"new": 0, "persisting": 0, "resolved": 0, "not_judged": 1})
        rejected = self.document("rejected", episodes=[good("A"), "A,short"], status=3)
        self.assertEqual(self.diff(old, rejected)["counts"]["not_judged"], 1)

    def test_other_keys_datasets_and_packs_are_said(self):
        key = self.folder / "key"
        self.command("key", "new", key, status=0)
        old = self.document("old", episodes=[bad("A")], status=1)
        self.assertIn("another key", self.diff(old, self.document("keyed", "--key", key, episodes=[bad("A")]), status=2))
        changed = json.loads(old.read_text())
        changed["run"]["packs"][0] |= {"version": "0.0.1", "sha256": "0" * 64}
        changed["run"]["parameters"]["collection_start"] = "2020-04-01"
        (self.folder / "changed.json").write_text(json.dumps(changed))
        notes = " ".join(self.diff(self.folder / "changed.json", old)["notes"])
        self.assertIn("version 0.0.1, then", notes)
        self.assertIn("parameters of the packs differ between the runs: collection_start (2020-04-01, then 2025-04-01)", notes)
        changed["run"]["dataset"] = "iro"
        (self.folder / "changed.json").write_text(json.dumps(changed))
        self.assertIn("dataset iro", self.diff(self.folder / "changed.json", old, status=2))
        self.assertIn("findings", self.diff(self.folder / "no.json", old, status=2) + "findings")


WAIVER = """waivers:
  - rule: "148"
    {which}
    reason: The court has not sent the order yet.
    basis: Agreement with the court of 2 February 2026
    owner: Head of service
    expires: {expires}
"""


class Waivers(LifeTest):
    def waivers(self, text):
        path = self.folder / "waivers.yaml"
        path.write_text(text)
        return path

    def found(self):
        return self.read(self.document("plain", episodes=[bad("A"), bad("B")], status=1))["findings"]

    def waived(self, text, status, **options):
        return self.read(self.document("waived", "--waivers", self.waivers(text), episodes=[bad("A"), bad("B")], status=status, **options))

    def test_a_waived_finding_stays_visible_and_fails_nothing(self):
        first, second = self.found()
        one = self.waived(WAIVER.format(which=f'case: "{first["case"]}"', expires="2026-12-31"), status=1)
        self.assertEqual([f.get("waiver") for f in one["findings"]], [
            {"reason": "The court has not sent the order yet.", "basis": "Agreement with the court of 2 February 2026",
             "owner": "Head of service", "expires": "2026-12-31"}, None])
        self.assertEqual((rule(one, "148")["failed"], rule(one, "148")["waived"]), (2, 1))
        self.assertEqual([(w["status"], w["findings"], w["line"]) for w in one["waivers"]], [("used", 1, 2)])
        both = WAIVER.format(which=f'finding: "{first["id"]}"', expires="2026-03-31") + WAIVER.format(
            which=f'finding: "{second["id"]}"', expires="2027-03-31").split("\n", 1)[1]
        self.assertEqual([w["status"] for w in self.waived(both, status=0)["waivers"]], ["used", "used"])
        self.assertIn("2 waived", " ".join(self.done.stdout.decode().split()))

    def test_an_expired_waiver_waives_nothing_and_is_said(self):
        document = self.waived(WAIVER.format(which=f'case: "{self.found()[0]["case"]}"', expires="2026-03-30"), status=1)
        self.assertEqual([w["status"] for w in document["waivers"]], ["expired"])
        self.assertEqual(rule(document, "148")["waived"], 0)
        self.assertIn("waivers.yaml:2", " ".join(document["run"]["notes"]))
        self.assertIn("expired on 2026-03-30", " ".join(self.done.stdout.decode().split()))

    def test_an_over_broad_waiver_waives_nothing_and_is_said(self):
        for which in ("pack: ssda903", 'responsible: "*"'):
            document = self.waived(WAIVER.format(which=which, expires="2026-12-31"), status=1)
            self.assertEqual([w["status"] for w in document["waivers"]], ["over-broad"])
            self.assertEqual(rule(document, "148")["waived"], 0)
            self.assertIn("too broad", " ".join(self.done.stdout.decode().split()))
        wide = WAIVER.format(which=f'case: "{self.found()[0]["case"]}"', expires="2026-12-31").replace('"148"', '"*"')
        self.assertEqual(self.waived(wide, status=1, rules=("148", "147", "101", "102", "103", "104", "105", "131", "141", "142", "143"))["waivers"][0]["status"], "over-broad")

    def test_an_unused_waiver_is_said(self):
        document = self.waived(WAIVER.format(which='case: "00112233445566778899"', expires="2026-12-31"), status=1)
        self.assertEqual([w["status"] for w in document["waivers"]], ["unused"])
        self.assertIn("1 unused (line 2)", " ".join(self.done.stdout.decode().split()))

    def test_a_waiver_of_what_was_not_judged_is_not_called_unused(self):
        text = WAIVER.format(which='case: "00112233445566778899"', expires="2026-12-31")
        more = text.split("\n", 1)[1]
        text += more.replace('"148"', '"147"') + more.replace('"148"', '"1488"') + more.replace('"148"', '"148"\n    pack: iro')
        document = self.waived(text, status=1)
        self.assertEqual([w["status"] for w in document["waivers"]], ["unused", "not-judged", "not-judged", "not-judged"])
        said = " ".join(self.done.stdout.decode().split())
        self.assertIn("3 not-judged (lines 8, 14, 20), 1 unused (line 2)", said)
        self.assertIn("waivers.yaml:14: the waiver is of 1488, and the packs of this run have no such rule; did you mean '148'?", said)
        self.assertEqual(sum("no such rule" in note for note in document["run"]["notes"]), 1)
        self.read(self.folder / "waived.json")

    def test_what_was_waived_in_the_baseline_comes_back_when_the_waiver_has_run_out(self):
        first, second = self.found()
        waivers = lambda day: self.waivers(WAIVER.format(which=f'finding: "{first["id"]}"', expires=day))
        old = self.document("old", "--waivers", waivers("2026-03-31"), "--as-at", "2026-02-28", episodes=[bad("A"), bad("B")], status=1)
        again = {"episodes": [bad("A"), bad("B")]}
        still = self.read(self.document("still", "--baseline", old, "--waivers", waivers("2026-03-31"), "--as-at", "2026-03-31", **again, status=0))
        self.assertEqual((still["findings"], rule(still, "148")["known"]), ([], 2))
        over = self.read(self.document("over", "--baseline", old, "--waivers", waivers("2026-03-31"), "--as-at", "2026-04-01", **again, status=1))
        self.assertEqual([(f["id"], f["state"]) for f in over["findings"]], [(first["id"], "persisting")])
        self.assertEqual((rule(over, "148")["known"], rule(over, "148")["waived"]), (1, 0))
        self.assertIn("expired on 2026-03-31 and waives nothing", " ".join(over["run"]["notes"]))

    def test_patterns(self):
        case = self.found()[0]["case"]
        document = self.waived(WAIVER.format(which=f'case: "{case}"', expires="2026-12-31").replace('"148"', '"14*"'), status=1)
        self.assertEqual(rule(document, "148")["waived"], 1)
        document = self.waived(WAIVER.format(which=f'case: "{case}"', expires="2026-12-31").replace('"148"', '"4*"'), status=1)
        self.assertEqual((rule(document, "148")["waived"], document["waivers"][0]["status"]), (0, "not-judged"))

    def test_all_that_is_wrong_with_a_file_is_said_at_once_and_nothing_is_audited(self):
        text = ('waivers:\n  - rule: "148"\n    case: A1\n    reason: " "\n    basis: b\n    ownr: o\n    expires: 31/12/2026\n'
                '  - rule: "148"\n    reason: r\n    basis: b\n    owner: o\n    expires: 2027-04-01\n  - just words\n')
        self.document("refused", "--waivers", self.waivers(text), episodes=[bad("A1")], status=2)
        said = self.done.stderr.decode()
        for words in ("waivers.yaml:3:", "pseudonym", "waivers.yaml:4:", "blank", "did you mean 'owner'?", "waivers.yaml:7:", "not a day",
                      "waivers.yaml:12:", "a year at most", "waivers.yaml:13:"):
            self.assertIn(words, said)
        self.assertFalse((self.folder / "refused.json").exists())

    def test_the_schema_takes_what_a_run_takes(self):
        if jsonschema is None:
            self.skipTest("python3-jsonschema is not installed")
        schema = jsonschema.Draft202012Validator(json.loads(self.command("schema", "waivers", status=0).stdout))
        good_one = {"rule": "148", "case": "00112233445566778899", "reason": "r", "basis": "b", "owner": "o", "expires": "2026-12-31"}
        self.assertEqual(list(schema.iter_errors({"waivers": [good_one]})), [])
        for wrong in ({"case": "A1"}, {"owner": " "}, {"extra": 1}):
            self.assertTrue(list(schema.iter_errors({"waivers": [good_one | wrong]})), wrong)
        self.assertTrue(list(schema.iter_errors({"waivers": [{k: v for k, v in good_one.items() if k != "expires"}]})))
        self.assertTrue(list(schema.iter_errors({"waivers": [{k: v for k, v in good_one.items() if k != "case"}]})))

    def test_a_waived_finding_that_the_baseline_knows_is_known_and_its_waiver_used(self):
        first = self.found()[0]
        document = self.waived(WAIVER.format(which=f'case: "{first["case"]}"', expires="2026-12-31"), status=1)
        self.assertEqual(len(document["findings"]), 2)
        output = self.folder / "both.json"
        self.command("run", "--pack", "ssda903", "--input", self.folder / "waived", "--rule", "148", "--waivers", self.folder / "waivers.yaml",
                     "--baseline", self.folder / "plain.json", "--output", output, status=0)
        both = self.read(output)
        self.assertEqual((rule(both, "148")["known"], rule(both, "148")["waived"], both["waivers"][0]["status"], both["findings"]), (2, 0, "used", []))


if __name__ == "__main__":
    unittest.main()
