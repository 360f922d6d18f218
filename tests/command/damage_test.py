"""Damage that hits a whole file or column is named in a note, whose words show no value of a child."""
import csv
import datetime
import json
import re
import shutil
import unittest

from command import CommandTest

EPOCH = datetime.date(1899, 12, 30)
NEW = ("same content", "prior extract is", "can be read as", "is a code of its list", "are not each", "the month comes before",
       "scientific notation", "of its ", "prior extract's file", "of one and the same case", "which no child has", "as-at date",
       "or the like")


def day(text):
    return datetime.datetime.strptime(text, "%d/%m/%Y").date()


class Damage(CommandTest):
    def setUp(self):
        super().setUp()
        self.whole = self.folder / "whole"
        self.command("generate", "--dataset", "ssda903", "--children", 300, "--seed", 3, "--error-rate", 0.2, "--out", self.whole, status=0)
        self.input = self.folder / "input"
        shutil.copytree(self.whole / "current", self.input)

    def change(self, file, column, to, when=lambda row: True):
        """Gives each value of a column another one; a cell that is blank stays so."""
        path = self.input / f"{file}.csv"
        with open(path, newline="") as text:
            head, *rows = csv.reader(text)
        at = head.index(column)
        self.values = [row[at] for row in rows if row[at]]
        for row in rows:
            if row[at] and when(row):
                row[at] = to(row[at])
        self.values += [row[at] for row in rows if row[at]]
        with open(path, "w", newline="") as text:
            csv.writer(text).writerows([head, *rows])

    def notes(self, *arguments, prior=None, pack="ssda903"):
        """The notes about damage; nothing of the column that was changed is in any, nor on the terminal."""
        if pack == "ssda903":
            arguments = ["--prior", prior or self.whole / "prior", *arguments]
        document = self.audit(self.input, *arguments, pack=pack)
        found = [note for note in document["run"]["notes"] if any(words in note for words in NEW)]
        said = " ".join(self.done.stdout.decode().split())
        for note in found:
            self.assertIn(re.sub(r"\W+", "", note), re.sub(r"\W+", "", said))
        for value in getattr(self, "values", []):
            if len(value) > 3:
                self.assertNotIn(value, " ".join(found))
        return found

    def only(self, *words, **options):
        found = self.notes(**options)
        self.assertEqual(len(found), 1, found)
        for part in words:
            self.assertIn(part, found[0])

    def test_what_is_whole_has_none(self):
        for dataset, rate, seed, children in (("ssda903", 0, 1, 300), ("ssda903", 0.2, 2, 300), ("iro", 0, 1, 300),
                                              ("iro", 0.2, 2, 300), ("iro", 1, 2, 2000)):
            shutil.rmtree(self.input)
            out = self.folder / f"{dataset}-{rate}"
            self.command("generate", "--dataset", dataset, "--children", children, "--seed", seed, "--error-rate", rate, "--out", out, status=0)
            shutil.copytree(out / "current", self.input)
            prior = out / "prior"
            self.assertEqual(self.notes(*([] if dataset == "ssda903" else ["--as-at", "2026-03-31"]), prior=prior, pack=dataset), [])

    def test_an_extract_that_is_weeks_older_than_the_day_it_is_judged_by(self):
        """No episode for four weeks, where there is one every second day."""
        rows = [f"{number},{start:%d/%m/%Y},S,C2,N1,U1,PR1,,,,,," for number, start in
                ((i, datetime.date(2025, 12, 1) - datetime.timedelta(days=i)) for i in range(180))]
        self.input = self.extract("dated", episodes=rows)
        for as_at, weeks in (("2025-12-01", None), ("2025-12-29", None), ("2025-12-30", 4), ("2026-12-01", 52)):
            found = self.notes("--as-at", as_at)
            self.assertEqual(found, [] if weeks is None else [
                f"no DECOM of Episodes is in the {weeks} weeks before the as-at date: what has been done since the extract was taken "
                "counts as not done; take a new extract, or give the day of this one with --as-at"], as_at)
        self.assertEqual(self.notes(), [])  # the end of the collection, before which a return is checked time and again

    def test_few_episodes_may_well_be_far_apart(self):
        rows = [f"{number},{start:%d/%m/%Y},S,C2,N1,U1,PR1,,,,,," for number, start in
                ((i, datetime.date(2025, 12, 1) - datetime.timedelta(days=i * 15)) for i in range(24))]
        self.input = self.extract("dated", episodes=rows)
        for as_at, noted in (("2026-04-30", False), ("2026-05-31", True)):  # ten times 365 / 24 days: 152
            self.assertEqual(len(self.notes("--as-at", as_at)), noted, as_at)

    def test_a_day_before_much_of_what_the_extract_holds(self):
        rows = [f"{number},{start:%d/%m/%Y},S,C2,N1,U1,PR1,,,,,," for number, start in
                ((i, datetime.date(2025, 12, 1) - datetime.timedelta(days=i)) for i in range(180))]
        self.input = self.extract("dated", episodes=rows)
        found = self.notes("--as-at", "2025-10-01")
        self.assertEqual(found, ["more than a third of DECOM of Episodes are after the as-at date: what has happened since counts as not "
                                 "yet done; see that --as-at is right"])
        self.assertEqual(self.notes("--as-at", "2025-10-02"), [])

    def test_one_number_for_all_children(self):
        self.change("reviews", "CHILD", lambda number: "100000000001")
        rows = len(self.values) // 2
        self.only(f"{rows} of the {rows} rows of Reviews are of one and the same case; see that CHILD is right in each row")

    def test_one_number_for_more_records_than_a_child_has(self):
        """What takes the square of a case's records, or more, would not come to an end."""
        with open(self.input / "episodes.csv", newline="") as text:
            head, *rows = csv.reader(text)
        many = (rows * (6000 // len(rows) + 1))[:6000]
        for row in many:
            row[head.index("CHILD")] = "0"
        with open(self.input / "episodes.csv", "w", newline="") as text:
            csv.writer(text).writerows([head, *many])
        self.only("6000 rows of Episodes are of a case that has more than 5000 rows in Episodes, which no child has; "
                  "each is audited as a case of its own; see that CHILD is right in each row of Episodes")

    def test_a_file_twice(self):
        shutil.copy(self.input / "episodes.csv", self.input / "episodes (1).csv")
        self.only("episodes (1).csv: has the same content as episodes.csv: its records count twice; remove one of the two")

    def test_the_prior_extract_is_the_current_one(self):
        self.only("the prior extract is the same as the current one: its ", " files have the same content; give last year's files to --prior",
                  prior=self.input)

    def test_a_file_of_the_prior_extract_is_the_current_one(self):
        prior = self.folder / "prior"
        shutil.copytree(self.whole / "prior", prior)
        shutil.copy(self.input / "episodes.csv", prior / "episodes.csv")
        self.only("episodes.csv: the prior extract's file has the same content", prior=prior)

    def test_the_folders_are_swapped(self):
        shutil.rmtree(self.input)
        shutil.copytree(self.whole / "prior", self.input)
        self.only("the prior extract is later than the current one", "this year's folder to --input and last year's to --prior",
                  prior=self.whole / "current")

    def test_dates_that_are_none(self):
        for form, words in ((lambda d: str((day(d) - EPOCH).days), "serial numbers of days: format the column as dd/mm/yyyy"),
                            (lambda d: day(d).strftime("%d-%b-%Y"), "the month in letters"),
                            (lambda d: day(d).strftime("%d/%m/%y"), "years have two figures"),
                            (lambda d: day(d).strftime("%Y%m%d"), "nothing between day, month and year"),
                            (lambda d: "########", "too narrow"),
                            (lambda d: day(d).strftime("%d.%m.%Y"), "not as they should be written"),
                            (lambda d: day(d).strftime("at 10:30 on %d/%m/%Y"), "a time of day that cannot be read"),
                            (lambda d: "not known", "heading of another column")):
            shutil.copy(self.whole / "current" / "reviews.csv", self.input)
            self.change("reviews", "REVIEW", lambda d: form(d) if re.fullmatch(r"\d\d/\d\d/\d{4}", d) else d)
            self.only("reviews.csv: ", " values of REVIEW can", "as a date; ", words)

    def test_month_and_day_have_changed_places(self):
        self.change("reviews", "REVIEW", lambda d: day(d).strftime("%m/%d/%Y") if re.fullmatch(r"\d\d/\d\d/\d{4}", d) else d)
        self.only("values of REVIEW are dates only if the month comes before the day", "format the column as dd/mm/yyyy")

    def test_codes_that_are_none(self):
        for form, words in ((lambda c: {"M": "male", "F": "female"}.get(c, "unknown"), "give the codes themselves"),
                            (lambda c: "1.5", "heading of another column")):
            shutil.copy(self.whole / "current" / "header.csv", self.input)
            self.change("header", "SEX", form)
            self.only("header.csv: none of the ", " values of SEX is a code of its list; ", words)

    def test_words_in_place_of_blank_cells(self):
        for word in ("NULL", "nan", "<NA>", "N/A", "(null)"):
            path = self.input / "episodes.csv"
            with open(self.whole / "current" / "episodes.csv", newline="") as text:
                head, *rows = csv.reader(text)
            with open(path, "w", newline="") as text:
                csv.writer(text).writerows([head, *([cell or word for cell in row] for row in rows)])
            self.only("episodes.csv: cells of DEC, REC, ", " hold NULL, NaN, N/A or the like where they should be blank", "empty")

    def test_one_of_several_files_of_a_table(self):
        self.change("reviews", "REVIEW", lambda d: str((day(d) - EPOCH).days) if re.fullmatch(r"\d\d/\d\d/\d{4}", d) else d)
        (self.input / "reviews.csv").rename(self.input / "later reviews.csv")
        shutil.copy(self.whole / "current" / "reviews.csv", self.input)
        self.only("later reviews.csv: ", "values of REVIEW can", "serial numbers")

    def test_keys_that_no_other_file_has(self):
        for form, words in ((lambda k: "0" + k, "lost the zeros before them"), (lambda k: "'" + k, "an apostrophe or a space"),
                            (lambda k: k + ".0", "a decimal point"),
                            (lambda k: "X" + k, "name children by the same numbers")):
            shutil.copy(self.whole / "current" / "reviews.csv", self.input)
            self.change("reviews", "CHILD", form)
            self.only("reviews.csv: none of its ", " CHILD is in header.csv; ", words)

    def test_the_keys_of_the_list_itself(self):
        self.change("header", "CHILD", lambda k: "0" + k)
        self.only("header.csv: hardly any of its ", " CHILD is in another file; ", "lost the zeros")

    def test_white_space_of_any_kind_around_cells_is_none(self):
        whole = self.command("run", "--pack", "ssda903", "--input", self.input, "--quiet", "--fail-on", "never", status=0).stdout
        for column, space in (("CHILD", "\u00a0"), ("REVIEW", "\u200e"), ("REVIEW_CODE", "\ufeff"), ("DOB", "\u3000")):
            self.change("reviews", column, lambda cell: space + cell + space)
        changed = self.command("run", "--pack", "ssda903", "--input", self.input, "--quiet", "--fail-on", "never", status=0).stdout
        findings = [json.loads(document)["findings"] for document in (whole, changed)]
        self.assertGreater(len(findings[0]), 0)
        self.assertEqual(findings[0], findings[1])

    def test_keys_in_scientific_notation(self):
        self.change("reviews", "CHILD", lambda k: f"{int(k):.2E}")
        found = self.notes()
        self.assertEqual(len(found), 2, found)
        self.assertRegex(found[0], r"reviews.csv: the CHILD of \d+ rows is in scientific notation: children whose numbers begin alike have become one")
        self.assertRegex(found[1], r"reviews.csv: none of its \d+ CHILD is in header.csv; take the numbers from the system again")


if __name__ == "__main__":
    unittest.main()
