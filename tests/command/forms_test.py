"""The same data gives the same findings, whatever the form it comes in: CSV, XML, workbook."""
import io
import json
import re
import unittest
import zipfile

import returns
from command import CommandTest, rule


def judged(document):
    """What must not depend on the form: where in the files the records stand does."""
    findings = []
    for finding in document["findings"]:
        records = [{k: r[k] for k in ("role", "table", "extract", "row", "fields")} for r in finding["records"]]
        findings.append({**finding, "records": records})
    return {"rules": document["rules"], "measures": document["measures"], "findings": findings}


class Forms(CommandTest):
    identifiable = True
    def year(self, folder):
        """A year's tables, without the children that the XML file cannot hold as they are."""
        tables = returns.read_folder(folder)
        children = {child for child, records in returns.by_child(tables).items() if returns.fits_xml(records)}
        return tables, children

    def both_years(self, children=700):
        generated = self.generated(children=children, rate=0.6, seed=11)
        current, fit = self.year(generated / "current")
        prior, fit_prior = self.year(generated / "prior")
        fit -= {child for child in returns.by_child(prior) if child not in fit_prior}
        self.assertGreater(len(fit), children / 2)
        return returns.only_children(current, fit), returns.only_children(prior, fit)

    def test_csv_and_xml(self):
        current, prior = self.both_years()
        for name, tables in (("current", current), ("prior", prior)):
            returns.write_folder(self.folder / name, tables)
            (self.folder / f"{name}.xml").write_text(returns.to_xml(tables), encoding="utf-8")
        as_csv = self.audit(self.folder / "current", "--prior", self.folder / "prior", "--identifiable")
        as_xml = self.audit(self.folder / "current.xml", "--prior", self.folder / "prior.xml", "--identifiable")
        self.assertEqual(as_xml["rejected"], [])
        self.assertGreater(len(as_csv["findings"]), 100)
        self.assertGreater(len({f["rule"] for f in as_csv["findings"]}), 40)
        ours, theirs = judged(as_csv), judged(as_xml)
        for a, b in zip(ours["rules"], theirs["rules"]):
            self.assertEqual(a, b)
        self.assertEqual(json.dumps(ours["findings"], indent=1), json.dumps(theirs["findings"], indent=1))
        self.assertEqual(ours, theirs)
        rows = {i["table"]: i["rows"] for i in as_xml["run"]["inputs"] if i["extract"] == "current"}
        self.assertEqual({name: count for name, count in rows.items() if count}, {name: len(rows) for name, (_, rows) in current.items() if rows})
        self.assertEqual({i["file"] for i in as_xml["run"]["inputs"]}, {"current.xml", "prior.xml"})

    def test_csv_and_workbook(self):
        current, _ = self.both_years(200)
        sheets = {name: [columns, *([row[c] for c in columns] for row in rows)] for name, (columns, rows) in current.items()}
        (self.folder / "return.xlsx").write_bytes(returns.to_workbook(sheets))
        returns.write_folder(self.folder / "current", current)
        as_csv = self.audit(self.folder / "current")
        as_workbook = self.audit(self.folder / "return.xlsx")
        self.assertEqual(as_workbook["rejected"], [])
        self.assertEqual(judged(as_csv), judged(as_workbook))


EPISODE = "<EPISODE>\n<DECOM>2025-05-01</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U1</PL></EPISODE>"


class Xml(CommandTest):
    identifiable = True
    def one(self, *children, name="return.xml"):
        path = self.folder / name
        path.write_text("<EXPSSDA903>\n" + "\n".join(children) + "\n</EXPSSDA903>\n", encoding="utf-8")
        return path

    def test_a_record_is_found_by_the_line_of_its_element(self):
        path = self.one(f"<CHILD><HEADER>\n<CHILDID>A1</CHILDID></HEADER>\n{EPISODE}\n{EPISODE.replace('2025-05-01', '2025-06-31')}</CHILD>")
        document = self.audit(path, "--rule", "141")
        record = document["findings"][0]["records"][0]
        self.assertEqual((record["table"], record["file"], record["row"], record["line"]), ("Episodes", "return.xml", 2, 6))
        self.assertEqual(record["fields"]["DECOM"], "2025-06-31")
        self.assertEqual(document["findings"][0]["case"], "A1")

    def test_a_child_without_a_number_is_a_case_of_its_own(self):
        document = self.audit(self.one(f"<CHILD>\n{EPISODE.replace('2025-05-01', 'x')}</CHILD>"), "--rule", "141")
        self.assertEqual(document["findings"][0]["case"], "?return.xml:3")

    def test_attributes_and_plain_names_are_read_too(self):
        path = self.one('<CHILD><HEADER CHILD="A1" DOB="2010-01-01"/><EPISODE DECOM="2025-06-31" PLACE="U1"/></CHILD>')
        self.assertEqual(self.audit(path, "--rule", "141")["findings"][0]["case"], "A1")

    def test_a_return_without_reviews_has_an_empty_table_of_them(self):
        document = self.audit(self.one(f"<CHILD><HEADER><CHILDID>A1</CHILDID></HEADER>{EPISODE}</CHILD>"))
        self.assertEqual(rule(document, "440")["status"], "ran")
        self.assertEqual({i["table"]: i["rows"] for i in document["run"]["inputs"]}["reviews"], 0)

    def test_tables_whose_elements_are_not_confirmed_are_absent_without_one(self):
        document = self.audit(self.one(f"<CHILD><HEADER><CHILDID>A1</CHILDID></HEADER>{EPISODE}</CHILD>"))
        self.assertNotIn("sw_episodes", [i["table"] for i in document["run"]["inputs"]])
        skipped = [r for r in document["rules"] if r["status"] == "skipped" and "SWEpisodes" in r["reason"]]
        self.assertTrue(skipped)

    def test_elements_that_no_table_has_are_told(self):
        document = self.audit(self.one("<LA>E09000027</LA>", f"<CHILD><HEADER><CHILDID>A1</CHILDID><SHOE>4</SHOE></HEADER>{EPISODE}</CHILD>"))
        notes = "\n".join(document["run"]["notes"])
        self.assertIn("passed over: SHOE", notes)
        self.assertIn("outside EXPSSDA903/CHILD are passed over: LA", notes)

    def test_text_between_elements_is_rejected(self):
        document = self.audit(self.one(f"<CHILD><HEADER><CHILDID>A1</CHILDID></HEADER>\nlost {EPISODE}</CHILD>"), status=3)
        self.assertEqual([(r["file"], r["line"], r["column"]) for r in document["rejected"]], [("return.xml", 3, 14)])
        self.assertNotIn("lost", json.dumps(document))

    def test_children_in_elements_of_another_name_are_not_passed_over_in_silence(self):
        child = f"<HEADER><CHILDID>A1</CHILDID></HEADER>{EPISODE}"
        for name in ("child", "Child", "CHILDREN><CHILD"):
            document = self.audit(self.one(f"<{name}>{child}{''.join(f'</{part}>' for part in reversed(name.split('><')))}"), status=3)
            self.assertEqual([(r["line"], r["column"] > 0) for r in document["rejected"]], [(2, True), (2, True)])
            self.assertIn("outside EXPSSDA903/CHILD", document["rejected"][0]["reason"])

    def test_a_folder_may_hold_the_xml_file_and_tables_that_it_has_not(self):
        self.one(f"<CHILD><HEADER><CHILDID>A1</CHILDID></HEADER>{EPISODE}</CHILD>")
        (self.folder / "reviews.csv").write_text("CHILD,DOB,REVIEW,REVIEW_CODE\nA1,01/01/2010,x,PN1\n")
        document = self.audit(self.folder)
        self.assertEqual(sorted(i["file"] for i in document["run"]["inputs"] if i["table"] == "reviews"), ["reviews.csv"])

    def test_one_table_in_both_forms_is_refused(self):
        self.one(f"<CHILD><HEADER><CHILDID>A1</CHILDID></HEADER>{EPISODE}</CHILD>")
        self.extract(".", episodes=[])
        done = self.command("run", "--pack", "ssda903", "--input", self.folder, status=2)
        self.assertIn("Episodes stands both in return.xml and in episodes.csv", done.stderr.decode())

    def test_two_xml_files_in_one_folder_are_refused(self):
        self.one(f"<CHILD>{EPISODE}</CHILD>")
        self.one(f"<CHILD>{EPISODE}</CHILD>", name="return2.xml")
        done = self.command("run", "--pack", "ssda903", "--input", self.folder, status=2)
        self.assertIn("return2.xml", done.stderr.decode())

    def test_a_dataset_that_says_nothing_of_xml(self):
        path = self.one(f"<CHILD>{EPISODE}</CHILD>")
        done = self.command("run", "--pack", "iro", "--input", path, status=2)
        self.assertIn("XML is not a form", done.stderr.decode())


class Workbook(CommandTest):
    identifiable = True
    HEAD = ["CHILD", "DOB", "REVIEW", "REVIEW_CODE"]

    def book(self, sheets, name="reviews.xlsx", **options):
        (self.folder / name).write_bytes(returns.to_workbook(sheets, **options))
        return self.folder / name

    def test_dates_are_numbers(self):
        for serial, options in ((45750, {}), (45750 - 1462, {"from_1904": True})):
            path = self.book({"Sheet1": [self.HEAD, ["A1", "01/01/2010", returns.Serial(serial), "PN1"]]}, **options)
            (self.folder / "p").mkdir(exist_ok=True)
            (self.folder / "p/pack.yaml").write_text("id: p\nversion: 1.0.0\ntitle: p\nextends: ssda903\n")
            (self.folder / "p/rules.yaml").write_text(
                "rules:\n  - id: day\n    title: t\n    dimension: validity\n    severity: low\n    for_each: reviews\n"
                "    assert: REVIEW != date(2025, 4, 3)\n    message: found\n    examples: [{given: {reviews: [{CHILD: A, REVIEW: 2025-04-03}]}, finds: [A]}]\n")
            document = self.audit(path, "--rule", "day", pack=self.folder / "p")
            self.assertEqual(rule(document, "day")["failed"], 1, document["rejected"])

    def test_titles_empty_rows_and_empty_sheets(self):
        path = self.book({"Notes": [], "Reviews": [["Reviews of the year"], [], self.HEAD, [], ["A1", "01/01/2010", "x", "PN1"]]})
        document = self.audit(path, "--rule", "142")
        self.assertEqual(document["rejected"], [])
        (inputs,) = document["run"]["inputs"]
        self.assertEqual((inputs["file"], inputs["rows"]), ("reviews.xlsx/Reviews", 1))

    def test_formulas_count_by_their_stored_values(self):
        stored, never = returns.Formula("1+1"), returns.Formula("NOW()")
        stored.value = "PN1"
        path = self.book({"Reviews": [self.HEAD, ["A1", "01/01/2010", "01/05/2025", stored], ["A2", "01/01/2010", "01/05/2025", never]]})
        document = self.audit(path, status=3)
        self.assertEqual([(r["file"], r["line"], r["row"], r["column"]) for r in document["rejected"]], [("reviews.xlsx/Reviews", 3, 2, 4)])
        self.assertIn("formula", document["rejected"][0]["reason"])

    def test_rows_that_cannot_be_taken_say_which_column(self):
        cells = ["A1", "01/01/2010", "01/05/2025", "PN1"]
        path = self.book({"Reviews": [self.HEAD, cells + ["", "", "more"], ["A2", "x" * (3 << 20)]]})
        document = self.audit(path, status=3)
        self.assertEqual([(r["line"], r["row"], r["column"], r["reason"]) for r in document["rejected"]],
                         [(2, 1, 7, "it has more cells than there are headings"), (3, 2, 2, "a cell is longer than 1 MB")])

    def test_a_text_that_the_workbook_has_lost_is_told(self):
        path = self.book({"Reviews": [self.HEAD, ["A1", "01/01/2010", "x", "PN1"], ["A2", "01/01/2010", "x", "PN1"]]})
        whole = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
        with zipfile.ZipFile(path, "w") as book:
            for part in whole.namelist():
                content = whole.read(part)
                if part.startswith("xl/worksheets/"):
                    content, changed = re.subn(rb'(<c r="A3" t="s"><v>)\d+', rb"\g<1>999", content)
                    self.assertEqual(changed, 1)
                book.writestr(part, content)
        document = self.audit(path, "--rule", "142", status=3)
        self.assertEqual([(r["line"], r["row"], r["column"]) for r in document["rejected"]], [(3, 2, 1)])
        self.assertIn("list of texts", document["rejected"][0]["reason"])

    def test_a_sheet_that_is_no_table_is_told(self):
        path = self.book({"Reviews": [self.HEAD], "Other": [["when", "what"], ["1", "2"]]})
        document = self.audit(path, status=3)
        self.assertEqual([r["file"] for r in document["rejected"]], ["reviews.xlsx/Other"])


if __name__ == "__main__":
    unittest.main()
