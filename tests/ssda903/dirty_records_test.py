"""Dirty records stop no rule: the pack judges the children of all its examples the same, whether or not an extract also
holds children with unreadable, blank and repeated records, and records without a child.

All examples are put in one extract, each with children of its own, so that every rule meets what was written for the
others too. Skipped where there is no PyYAML.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

try:
    import examples
except ImportError:
    print("skipped: PyYAML is not there")
    sys.exit(77)

COMMAND = os.environ["CASEAUDIT_COMMAND"]

CLEAN, DIRTY = "clean", "dirty"  # what the keys of children begin with


def gather(kind):
    """Rows by table of all examples' `given`, `prior` or `reference`, each with children of its own."""
    numbered = [(f"{CLEAN}-{rule}-{number}-", example) for number, (rule, example) in enumerate(examples.examples())]
    return examples.gather(numbered, kind)


def dirty_rows(fields):
    def of(child, value):
        return {field: child if field == "CHILD" else value for field in fields}

    unreadable = [of(f"{DIRTY}-1", value) for value in ("31/02/2025", "?", "", "29/02/2025")]
    repeated = [of(f"{DIRTY}-2", "01/06/2025")] * 2
    return unreadable + repeated + [of("", "01/06/2025"), of("", "")]


def beside(tables):
    return {table: rows + dirty_rows(examples.FIELDS[table]) for table, rows in tables.items()}


def audit(with_dirty):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for name, kind in (("current", "given"), ("prior", "prior")):
            examples.write(folder / name, beside(gather(kind)) if with_dirty else gather(kind))
        examples.write(folder / "reference", gather("reference"))
        references = [part for table in gather("reference")
                      for part in ("--reference", f"{table}={folder / 'reference' / table}.csv")]
        line = [COMMAND, "run", "--pack", "ssda903", "--identifiable", "--input", folder / "current", "--prior", folder / "prior", *references,
                "--set", "local_authority=E09000027", "--format", "json", "--output", folder / "findings.json",
                "--fail-on", "never"]
        done = subprocess.run(line, cwd=examples.ROOT, capture_output=True, text=True, timeout=300)
        if done.returncode not in (0, 3):
            raise AssertionError(done.stderr[-4000:])
        return json.loads((folder / "findings.json").read_text())


def reported(document):
    """What is reported of the examples' own children."""
    return [(finding["rule"], finding["case"],
             tuple(sorted((record["table"], record["row"]) for record in finding["records"]
                          if record["role"] == "subject")))
            for finding in document["findings"] if finding["case"].startswith(CLEAN)]


class DirtyRecordsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.without, cls.beside = audit(False), audit(True)

    def test_the_other_children_are_judged_the_same(self):
        alone, beside = set(reported(self.without)), set(reported(self.beside))
        self.assertGreater(len(alone), 1000)
        self.assertEqual(sorted(alone ^ beside)[:10], [])

    def test_every_rule_runs_and_counts_all_that_it_looks_at(self):
        for rule in self.beside["rules"]:
            self.assertEqual(rule["status"], "ran", rule)
            self.assertEqual(rule["population"], rule["passed"] + rule["failed"] + rule["undecided"], rule)

    def test_what_cannot_be_judged_is_counted(self):
        more = sum(rule["undecided"] for rule in self.beside["rules"]) - \
            sum(rule["undecided"] for rule in self.without["rules"])
        self.assertGreater(more, 50)


if __name__ == "__main__":
    unittest.main()
