"""The headings of a file: which may be shown, and what is said of those that are not what they should be."""
import json
import unittest

import returns
from command import CommandTest, HEADERS, rule

CHILD = "9123456,15/12/2024,L,C2,N1,U6,PR4,02/06/2025,X1,,SW13 4ZR,ME4 1JT,SC416568"
OTHER = "9234567,16/12/2024,L,C2,N1,U6,PR4,,,,SW14 4ZR,ME5 1JT,SC416569"
VALUES = ["9123456", "15/12/2024", "SW13 4ZR", "ME4 1JT", "SC416568", "SW134ZR"]


class HeadingsTest(CommandTest):
    def said(self, extract, *arguments, pack="ssda903", **options):
        """The document without its findings, and the terminal, none of which may hold a value."""
        document = self.audit(extract, *arguments, pack=pack, **options)
        del document["findings"]
        told = json.dumps(document, ensure_ascii=False) + self.done.stdout.decode() + self.done.stderr.decode()
        for value in VALUES:
            self.assertNotIn(value, told)
        return document

    def notes(self, document, file="episodes.csv"):
        return [n.removeprefix(f"{file}: ") for n in document["run"]["notes"] if n.startswith(file)]


class Shown(HeadingsTest):
    def test_a_lost_line_break_shows_no_child_and_is_named_as_the_cause(self):
        for name, join in (("comma", ","), ("nothing", ""), ("blank", " ")):
            for rows in ([CHILD], [CHILD, OTHER]):
                with self.subTest(name, rows=len(rows)):
                    content = "\n".join([HEADERS["episodes"] + join + rows[0], *rows[1:], ""]).encode()
                    document = self.said(self.extract(episodes=content), "--rule", "142", status=3)
                    first = 14 if join == "," else 13
                    (rejected,) = [r for r in document["rejected"] if r["line"] == 0]
                    self.assertIn(f"values of a record, from column {first}: the line break after the headings may be lost", rejected["reason"])
                    self.assertEqual([r["line"] for r in document["rejected"] if r["line"] > 0], [2] * (len(rows) - 1))
                    (unknown,) = [n for n in self.notes(document) if "passed over" in n]
                    self.assertTrue(unknown.endswith(f": columns {first} to {first + 8}, columns {first + 10} to {first + 12}" if join == "," else
                                                     f": columns {first} to {first + 8}, columns {first + 10} to 25"), unknown)

    def test_a_lost_line_break_of_the_service_shows_no_child(self):
        header = "pers_person_id,pers_forename,pers_dob"
        extract = self.extract()
        (extract / "ssd_person.csv").write_text(f"{header},9123456,Amelia,2012-03-12\n")
        document = self.said(extract, "--as-at", "2026-03-31", pack="iro", status=3)
        self.assertNotIn("Amelia", json.dumps(document))
        self.assertIn("the line break after the headings may be lost", document["rejected"][0]["reason"])

    def test_headings_that_are_names_are_shown_and_those_beside_a_value_are_not(self):
        head = HEADERS["episodes"]
        document = self.said(self.extract(episodes=f"{head},Team name,Line 2\n".encode()), "--rule", "142", status=0)
        self.assertEqual([n for n in self.notes(document) if "passed over" in n],
                         ["columns that Episodes does not have are passed over: Team name, Line 2"])
        document = self.said(self.extract(episodes=f"{head},Amelia,9123456\n".encode()), "--rule", "142", status=0)
        self.assertIn("columns 14 to 15", self.notes(document)[0])
        self.assertNotIn("Amelia", json.dumps(document))

    def test_a_column_of_a_year_costs_no_record(self):
        document = self.said(self.extract(episodes=f"{HEADERS['episodes']},2024,2025\n".encode()), "--rule", "142", status=0)
        self.assertIn("columns 14 to 15", self.notes(document)[0])

    def test_names_of_elements_that_may_be_values_are_not_shown(self):
        path = self.folder / "return.xml"
        path.write_text("<EXPSSDA903>\n<N9123456>1</N9123456><CHILD><HEADER><CHILDID>A1</CHILDID>\n<Notes9123456>x</Notes9123456>"
                        "<SHOE i9123456='2'>4</SHOE></HEADER></CHILD>\n</EXPSSDA903>\n")
        document = self.said(path, "--rule", "101", "--fail-on", "never", status=0)
        notes = self.notes(document, "return.xml")
        self.assertIn("elements that no table has are passed over: SHOE, 2 not named here, as the name may be a value, the first in line 3", notes)
        self.assertIn("elements outside EXPSSDA903/CHILD are passed over: one not named here, as the name may be a value, the first in line 2", notes)

    def test_a_sheet_whose_name_may_be_a_value_is_told_by_its_number(self):
        head = ["CHILD", "DOB", "REVIEW", "REVIEW_CODE"]
        path = self.folder / "book.xlsx"
        path.write_bytes(returns.to_workbook({"Reviews 2025-26": [head, ["A1", "01/01/2010", "x", "PN1"]], "9123456": [["a", "b"]],
                                              "9123456 SW13 4ZR": [["a", "b"]]}))
        document = self.said(path, "--rule", "142", "--fail-on", "never", status=3)
        self.assertEqual([i["file"] for i in document["run"]["inputs"]], ["book.xlsx/Reviews 2025-26"])
        self.assertEqual([r["file"] for r in document["rejected"]], ["book.xlsx/sheet 2", "book.xlsx/sheet 3"])


class Rows(HeadingsTest):
    HEAD = HEADERS["reviews"]
    ROW = "9123456,15/12/2024,01/06/2025,PN1"

    def reason(self, content, name="reviews.csv"):
        extract = self.extract(episodes=[])
        for path in extract.iterdir():
            path.unlink()
        self.extract(episodes=[])
        (extract / name).write_bytes(content)
        (rejected,) = self.said(extract, "--rule", "148", status=3)["rejected"]
        self.assertEqual(rejected["line"], 0)
        return rejected["reason"]

    def test_headings_below_a_title_are_told_with_their_line(self):
        for above, line in ((["Reviews of the year 2025/26"], 2), (["Reviews,,,", ""], 3), (["", "Made, by", "x;y;z", ""], 5),
                            (['"A title', 'of two lines"'], 3), (["t"] * 18, 19)):
            for end in ("\n", "\r\n"):
                for encoding in ("utf-8-sig", "utf-16"):
                    with self.subTest(above=above, end=end, encoding=encoding):
                        content = end.join([*above, self.HEAD, self.ROW, ""]).encode(encoding)
                        self.assertEqual(self.reason(content), f"its headings are in line {line}: delete the lines above")
        self.assertIn("none of its columns", self.reason("\n".join(["t"] * 20 + [self.HEAD]).encode()))
        self.assertEqual(self.reason(f"Made by\n{self.HEAD}".encode(), "export1.csv"), "its headings are in line 2: delete the lines above")

    def test_headings_that_are_missing_are_asked_for(self):
        self.assertEqual(self.reason(f"{self.ROW}\n".encode()), "its first row holds what looks like values: is the row of headings missing?")
        self.assertIn("none of its columns", self.reason(b"A,B\n1,2\n"))

    def test_a_sheet_likewise(self):
        title, head, row = ["Reviews", "2025"], self.HEAD.split(","), self.ROW.split(",")
        for rows, said in (([title, [], head, row], "its headings are in row 3: delete the rows above"),
                           ([row, row], "its first row holds what looks like values: is the row of headings missing?")):
            self.assertEqual(self.reason(returns.to_workbook({"Reviews": rows}), "book.xlsx"), said)

    def test_a_reference_table_likewise(self):
        path = self.folder / "list.csv"
        path.write_text("Register of providers\n\nURN,provider code\n1,PR1\n")
        document = self.said(self.extract(episodes=[]), "--reference", f"provider_info={path}", "--rule", "148", status=3)
        self.assertEqual([r["reason"] for r in document["rejected"]], ["its headings are in line 3: delete the lines above"])

    def test_headings_that_come_again_are_no_child(self):
        content = f"{self.HEAD}\n{self.ROW}\n{self.HEAD}\n{self.ROW}\n\ufeff{self.HEAD}\n".encode()
        document = self.said(self.extract(reviews=content), "--rule", "142", "--fail-on", "never", status=3)
        self.assertEqual([(r["line"], r["row"], r["column"], r["reason"]) for r in document["rejected"]],
                         [(3, 2, 1, "the headings again"), (5, 4, 1, "the headings again")])
        self.assertEqual(document["run"]["cases"], 1)
        path = self.folder / "reviews.xlsx"
        head, row = self.HEAD.split(","), self.ROW.split(",")
        path.write_bytes(returns.to_workbook({"Reviews": [head, row, head, row]}))
        document = self.said(path, "--rule", "142", "--fail-on", "never", status=3)
        self.assertEqual([(r["line"], r["row"], r["column"], r["reason"]) for r in document["rejected"]], [(3, 2, 1, "the headings again")])


class Near(HeadingsTest):
    def test_headings_count_without_regard_to_spaces_underscores_and_hyphens(self):
        plain = self.said(self.extract(episodes=[CHILD.replace("02/06/2025", "")]), "--rule", "148", status=1)
        head = "\u00a0".join(["CHILD", ""]) + HEADERS["episodes"][5:].replace("HOME_POST", "HOME POST").replace("PL_POST", "pl-post")
        content = f"{head}\n{CHILD.replace('02/06/2025', '')}\n".encode()
        document = self.said(self.extract(episodes=content), "--rule", "148", status=1)
        self.assertEqual(rule(document, "148"), rule(plain, "148"))
        self.assertEqual(document["run"]["cases"], 1)
        self.assertEqual(self.notes(document), ["headings are taken for columns whose names they have but for spaces, _ and -: "
                                                "that of column 1 for CHILD, HOME POST for HOME_POST, pl-post for PL_POST"])

    def test_a_heading_that_is_right_goes_first(self):
        content = f"{HEADERS['episodes']},HOME POST\n{CHILD},x\n".encode()
        document = self.said(self.extract(episodes=content), "--rule", "148", "--fail-on", "never", status=0)
        self.assertEqual(self.notes(document), ["columns that Episodes does not have are passed over: HOME POST"])

    def test_a_heading_that_is_nearly_right_is_asked_for(self):
        content = f"{HEADERS['episodes'].replace('REASON_PLACE_CHANGE', 'REASON_PLC_CHANGE').replace('CHILD', 'Child ID')}\n{CHILD}\n".encode()
        notes = self.notes(self.said(self.extract(episodes=content), "--rule", "148", "--fail-on", "never", status=0))
        self.assertIn("headings that resemble columns which are absent: Child ID (did you mean CHILD?), "
                      "REASON_PLC_CHANGE (did you mean REASON_PLACE_CHANGE?)", notes)
        self.assertIn("rules that need them are skipped: CHILD, REASON_PLACE_CHANGE", "".join(notes))

    def test_a_workbook_likewise(self):
        path = self.folder / "reviews.xlsx"
        path.write_bytes(returns.to_workbook({"Sheet1": [["CHILD ", "DOB", "REVIEW", "REVIEW CODE"], ["A1", "01/01/2010", "x", "PN1"]]}))
        document = self.said(path, "--rule", "440", "--fail-on", "never", status=0)
        self.assertIn("REVIEW CODE for REVIEW_CODE", "".join(self.notes(document, "reviews.xlsx/Sheet1")))


if __name__ == "__main__":
    unittest.main()
