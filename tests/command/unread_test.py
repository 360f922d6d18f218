"""What an extract's folder holds and is not read is told, never dropped."""
import gzip
import unittest

from command import CommandTest

BAD = "B2,01/05/2025,S,C2,N1,U1,PR1,02/06/2025,,,AB1 2CD,AB1 3CD,1234567"  # rule 148


class Unread(CommandTest):
    def setUp(self):
        super().setUp()
        self.data = self.extract(episodes=[BAD], header=["B2,1,01/01/2010,WBRI,UN1,0,"])

    def audited(self, status, *arguments):
        document = self.audit(self.data, "--rule", "148", "--fail-on", "never", *arguments, status=status)
        return {r["file"]: r["reason"] for r in document["rejected"]}, [n for n in document["run"]["notes"] if "passed over" in n]

    def test_data_that_is_not_read_makes_the_audit_incomplete(self):
        (self.data / "header.csv").rename(self.data / "header.csv.part")
        (self.data / "reviews.xls").write_bytes(b"\xd0\xcf\x11\xe0")
        (self.data / "oc2.csv.gz").write_bytes(gzip.compress(b"CHILD\n"))
        (self.data / "missing").write_text("CHILD\n")
        (self.data / "may").mkdir()
        (self.data / "may" / "ad1.csv").write_text("CHILD\n")
        rejected, notes = self.audited(3)
        self.assertEqual(sorted(rejected), ["header.csv.part", "may/", "missing", "oc2.csv.gz", "reviews.xls"])
        self.assertIn("folders within an extract are not looked into", rejected["may/"])
        self.assertIn("save it as an Excel workbook (.xlsx) or as CSV", rejected["reviews.xls"])
        self.assertEqual(notes, [])

    def test_rows_below_the_last_record_that_a_spreadsheet_writes_blank(self):
        episodes = self.data / "episodes.csv"
        plain = self.audit(self.data, "--rule", "148", "--fail-on", "never", status=0)["findings"]
        with open(episodes, "a") as text:
            text.write(",,,,,,,,,,,,,,\n" * 3)
        rejected, notes = self.audited(0)
        self.assertEqual((rejected, notes),
                         ({}, ["episodes.csv: 3 rows that hold nothing but blank cells were passed over"]))
        found = self.audit(self.data, "--rule", "148", "--fail-on", "never", status=0)["findings"]
        self.assertTrue(plain)
        self.assertEqual(found, plain)

    def test_a_file_of_nothing_but_blank_rows_is_no_export(self):
        heading = (self.data / "header.csv").read_text().splitlines()[0]
        (self.data / "header.csv").write_text(heading + "\n" + ",,,,,,\n" * 3)
        rejected, notes = self.audited(3)
        self.assertEqual((rejected, notes),
                         ({"header.csv": "has no records: its rows hold nothing but blank cells"}, []))

    def test_a_link_that_leads_to_itself_is_told(self):
        (self.data / "reviews.csv").symlink_to("reviews.csv")
        self.assertEqual(self.audited(3), ({"reviews.csv": "the link leads nowhere"}, []))

    def test_the_prior_extract_likewise(self):
        prior = self.extract("prior", episodes=[BAD])
        (prior / "header.ods").write_bytes(b"")
        document = self.audit(self.data, "--prior", prior, "--rule", "148", status=3)
        self.assertEqual([(r["extract"], r["file"]) for r in document["rejected"]], [("prior", "header.ods")])

    def test_what_is_plainly_no_part_of_it_is_noted(self):
        for name in ("README.md", "minutes.docx", ".DS_Store", "Thumbs.db", "~$episodes.xlsx"):
            (self.data / name).write_bytes(b"")
        (self.data / "sub").mkdir()
        rejected, (note,) = self.audited(0)
        self.assertEqual(rejected, {})
        self.assertEqual(note, "files in the extract's folder that are plainly no part of an extract are passed over: 6 "
                               "(.DS_Store, README.md, Thumbs.db, minutes.docx, sub/, ~$episodes.xlsx)")

    def test_what_the_run_uses_otherwise_is_not_missed(self):
        (self.data / "last").mkdir()
        self.extract("extract/last/year", episodes=[])
        (self.data / "postcodes").mkdir()
        (self.data / "postcodes" / "list.csv").write_text("pcds,lad25cd,east1m,north1m\nAB1 2CD,E09000027,1,1\n")
        (self.data / "postcodes" / "guide").mkdir()
        (self.data / "postcodes" / "guide" / "old.csv").write_text("x\n")
        self.command("key", "new", self.data / "authority", status=0)
        arguments = ["--prior", self.data / "." / "last/year", "--reference", f"postcodes={self.data / 'postcodes'}", "--key", self.data / "authority",
                     "--timings", self.data / "timings", "--history", self.data / "history"]
        for _ in range(2):  # the second time there are the first one's files
            rejected, notes = self.audited(0, *arguments)
            self.assertEqual(rejected, {})
            self.assertEqual(notes, ["files beside those of the reference table postcodes are passed over: 1 (guide/)"])

    def test_a_folder_that_holds_extracts_names_them(self):
        generated = self.generated(children=20)
        done = self.command("run", "--pack", "ssda903", "--input", generated, status=2)
        self.assertIn(f"did you mean {generated}/current or {generated}/prior", done.stderr.decode())

    def test_files_that_are_all_not_read_are_named(self):
        for name in ("episodes", "header"):
            (self.data / f"{name}.csv").rename(self.data / f"{name}.xls")
        said = self.command("run", "--pack", "ssda903", "--input", self.data, status=2).stderr.decode()
        for words in ("holds no file that can be read", "episodes.xls", "header.xls", "save it as an Excel workbook"):
            self.assertIn(words, said)


if __name__ == "__main__":
    unittest.main()
