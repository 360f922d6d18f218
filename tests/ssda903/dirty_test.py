"""Dirty data stops no rule: whatever is wrong with some children, all others are judged as if it were not."""
import csv
import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

COMMAND = os.environ["CASEAUDIT_COMMAND"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
BAD_DATES = ["31/02/2025", "29/02/2023", "00/00/0000", "2025-13-01", "yesterday", "01/01/0001", "31/12/9999", "1/4/25"]
BAD_TEXTS = ["", " ", "?", "zz", "-1", "99999999999999999999", "1e308", "NaN", "u1 ", "\u00e9", "'; --", "X" * 300]


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames), list(reader)


def write(path, columns, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


class Dirty(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        done = subprocess.run([COMMAND, "generate", "--dataset", "ssda903", "--children", "600", "--year", "2025", "--seed", "5",
                               "--error-rate", "0.7", "--out", str(self.folder)], capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def audit(self):
        output = self.folder / "findings.json"
        done = subprocess.run([COMMAND, "run", "--pack", "ssda903", "--identifiable", "--input", str(self.folder / "current"), "--prior", str(self.folder / "prior"),
                               "--reference", f"provider_info={self.folder / 'reference/provider_info.csv'}",
                               "--reference", f"postcodes={self.folder / 'reference/postcodes.csv'}",
                               "--set", "local_authority=E09000027", "--output", str(output), "--quiet"], cwd=ROOT, capture_output=True)
        self.assertIn(done.returncode, (0, 1, 3), done.stderr)
        return json.loads(output.read_bytes())

    def soil(self, soiled, chance):
        """Every cell of the soiled children in turn: wrong dates, missing keys, duplicates, 29 February, codes that are none."""
        for path in [*(self.folder / "current").glob("*.csv"), *(self.folder / "prior").glob("*.csv")]:
            columns, rows = read(path)
            dirty = []
            for row in rows:
                dirty.append(row)
                if row["CHILD"] not in soiled:
                    continue
                kind = soiled[row["CHILD"]]
                dates = [c for c in columns if c in ("DOB", "MC_DOB", "DECOM", "DEC", "REVIEW", "DUC", "MIS_START", "MIS_END", "SW_DECOM", "SW_DEC")
                         or c.startswith("DATE_")]
                if kind == "dates":
                    for column in dates:
                        row[column] = chance.choice(BAD_DATES)
                elif kind == "blanks":
                    for column in columns:
                        if column != "CHILD" and chance.random() < 0.6:
                            row[column] = ""
                elif kind == "texts":
                    for column in columns:
                        if column != "CHILD" and chance.random() < 0.5:
                            row[column] = chance.choice(BAD_TEXTS)
                elif kind == "leap":
                    for column in dates:
                        row[column] = "29/02/2008" if "DOB" in column else row[column]
                elif kind == "twice":
                    dirty += [dict(row), dict(row)]
                elif kind == "reversed":
                    for start, end in (("DECOM", "DEC"), ("MIS_START", "MIS_END"), ("SW_DECOM", "SW_DEC")):
                        if start in columns:
                            row[start], row[end] = row[end], row[start]
                elif kind == "no episodes" and path.stem == "episodes":
                    dirty.pop()
                elif kind == "no key":
                    row["CHILD"] = chance.choice(["", "  "])
            write(path, columns, dirty)

    def test_the_other_children_are_judged_as_before(self):
        clean = self.audit()
        _, header = read(self.folder / "current/header.csv")
        children = sorted({row["CHILD"] for row in header})
        chance = random.Random(31)
        kinds = ["dates", "blanks", "texts", "leap", "twice", "reversed", "no episodes", "no key"]
        soiled = {child: kinds[i % len(kinds)] for i, child in enumerate(chance.sample(children, len(children) // 2))}
        self.soil(soiled, chance)
        dirty = self.audit()
        for rule in dirty["rules"]:
            self.assertNotEqual(rule["status"], "failed", (rule["rule"], rule["reason"]))
            self.assertEqual(rule["population"], rule["passed"] + rule["failed"] + rule["undecided"], rule["rule"])
        self.assertEqual([(r["rule"], r["status"]) for r in clean["rules"]], [(r["rule"], r["status"]) for r in dirty["rules"]])
        self.assertGreater(sum(r["status"] == "ran" for r in dirty["rules"]), 290)
        self.assertGreater(sum(r["undecided"] for r in dirty["rules"]), sum(r["undecided"] for r in clean["rules"]))

        # A rule that counts a value over all children (a pupil number that occurs twice) may tell two of them apart anew.
        over_all = {r["rule"] for r in dirty["rules"] if "more than once" in r["title"].lower() or "another child" in r["title"].lower()
                    or "not unique" in r["title"].lower() or "several children" in r["title"].lower()}
        def of_untouched(document):
            return sorted((f["rule"], f["id"], f["case"], f["message"]) for f in document["findings"]
                          if f["case"] not in soiled and not f["case"].startswith("?") and f["rule"] not in over_all)
        self.assertGreater(len(of_untouched(clean)), 50)
        self.assertEqual(of_untouched(clean), of_untouched(dirty))


if __name__ == "__main__":
    unittest.main()
