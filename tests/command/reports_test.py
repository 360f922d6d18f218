"""`caseaudit report` and `run --report`: every form, held against the schemas that others publish for them."""
import io
import json
import os
import pathlib
import re
import subprocess
import tarfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

from command import COMMAND, CommandTest

try:
    import jsonschema
except ImportError:
    jsonschema = None
try:
    from lxml import etree
except ImportError:
    etree = None

# What others publish is fetched from their packages once, and kept in the build folder.
SCHEMAS = pathlib.Path(COMMAND).resolve().parents[1] / "test-schemas"


def published(name, fetch):
    """The bytes of a published schema, or None where its package cannot be had."""
    kept = SCHEMAS / name
    if not kept.exists():
        SCHEMAS.mkdir(exist_ok=True)
        try:
            content = fetch()
        except (OSError, subprocess.SubprocessError, StopIteration, tarfile.TarError):
            return None
        partial = kept.with_suffix(f".{os.getpid()}")
        partial.write_bytes(content)
        partial.rename(kept)
    return kept.read_bytes()


def member_of(archive, ending):
    with tarfile.open(archive) as tar:
        return tar.extractfile(next(m for m in tar if m.name.endswith(ending))).read()


def sarif_schema():
    # The OASIS schema, as Microsoft's matchers for SARIF ship it.
    made = subprocess.run(["npm", "pack", "--silent", "@microsoft/jest-sarif@1.0.0-beta.0"], cwd=SCHEMAS, check=True,
                          capture_output=True, text=True, timeout=120)
    return member_of(SCHEMAS / made.stdout.strip().splitlines()[-1], "sarif-2.1.0-rtm.5.json")


def junit_schema():
    # The schema of Jenkins' xUnit plugin, as pytest's sources ship it for their own tests.
    subprocess.run(["python3", "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:",
                    "pytest==7.4.4"], cwd=SCHEMAS, check=True, capture_output=True, timeout=240)
    return member_of(next(SCHEMAS.glob("pytest-*.tar.gz")), "junit-10.xsd")


class Reports(CommandTest):
    def service(self):
        folder = self.folder / "service"
        self.command("generate", "--dataset", "iro", "--children", 60, "--year", 2025, "--seed", 3, "--error-rate", 0.5,
                     "--out", folder, status=0)
        return folder / "current"

    def document(self):
        extract = self.service()
        (extract / "iro_plans.csv").open("a").write("half a row\n")
        self.audit(extract, "--as-at", "2026-03-31", "--fail-on", "never", pack="iro", status=3)
        return self.folder / "findings.json"

    def report(self, document, form, status=0):
        return self.command("report", document, "--format", form, status=status).stdout

    def test_sarif_fits_the_schema_of_oasis(self):
        document = self.document()
        log = json.loads(self.report(document, "sarif"))
        self.assertEqual(len(log["runs"][0]["results"]), len(json.loads(document.read_text())["findings"]))
        schema = published("sarif.json", sarif_schema)
        if jsonschema is None or schema is None:
            self.skipTest("the schema or a validator cannot be had here")
        schema = json.loads(schema)
        jsonschema.validators.validator_for(schema)(schema).validate(log)

    def test_junit_fits_the_schema_of_jenkins(self):
        text = self.report(self.document(), "junit")
        root = ElementTree.fromstring(text)
        cases = root.findall(".//testcase")
        self.assertEqual(int(root.get("tests")), len(cases))
        self.assertEqual(int(root.get("failures")), len(root.findall(".//failure")))
        self.assertEqual(int(root.get("errors")), len(root.findall(".//error")))
        schema = published("junit.xsd", junit_schema)
        if etree is None or schema is None:
            self.skipTest("the schema or a validator cannot be had here")
        etree.XMLSchema(etree.fromstring(schema)).assertValid(etree.fromstring(text))

    def test_a_run_makes_several_reports_and_they_are_those_of_its_document(self):
        extract, out = self.service(), self.folder / "out"
        out.mkdir()
        self.audit(extract, "--as-at", "2026-03-31", "--report", f"junit={out}/junit.xml", "--report", f"sarif={out}/log.sarif",
                   "--report", f"worklist-xlsx={out}/lists", pack="iro")
        document = self.folder / "findings.json"
        self.assertEqual((out / "junit.xml").read_bytes(), self.report(document, "junit"))
        self.assertEqual((out / "log.sarif").read_bytes(), self.report(document, "sarif"))
        self.assertGreater(len(list((out / "lists").glob("*.xlsx"))), 3)
        rendered = self.command("run", "--pack", "iro", "--input", extract, "--as-at", "2026-03-31", "--format", "junit",
                                "--quiet").stdout
        self.assertEqual(rendered, self.report(document, "junit"))
        lines = self.command("run", "--pack", "iro", "--input", extract, "--as-at", "2026-03-31", "--format", "ndjson",
                             "--quiet").stdout
        self.lines(lines)
        self.assertEqual(self.command("report", "-", "--format", "junit", input=lines, status=0).stdout, rendered)

    def test_workbooks_hold_dates_as_dates_a_frozen_heading_and_a_filter(self):
        out = self.folder / "lists"
        self.command("report", self.document(), "--format", "worklist-xlsx", "--output", out, status=0)
        dates = 0
        for file in out.glob("*.xlsx"):
            with zipfile.ZipFile(file) as workbook:
                sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
            self.assertIn('state="frozen"', sheet)
            self.assertIn("<autoFilter", sheet)
            self.assertNotIn("<f>", sheet)
            dates += len(re.findall(r'<c r="B\d+" s="\d+"><v>4\d{4}</v>', sheet))
        self.assertGreater(dates, 5)

    def test_every_finding_is_on_one_worklist(self):
        document, out = self.document(), self.folder / "lists"
        self.command("report", document, "--format", "worklist-csv", "--output", out, status=0)
        ids = [f["id"] for f in json.loads(document.read_text())["findings"]]
        listed = [identifier for file in out.glob("*.csv") for identifier in re.findall(r",([0-9a-f]{32})\r\n", file.read_bytes().decode())]
        self.assertEqual(sorted(ids), sorted(listed))

    def test_the_tables_hold_every_measure(self):
        document = self.document()
        text = self.report(document, "tables-markdown").decode()
        for measure in json.loads(document.read_text())["measures"]:
            self.assertIn(f"`{measure['id']}`", text)
        workbook = zipfile.ZipFile(io.BytesIO(self.report(document, "tables-xlsx")))
        self.assertIsNone(workbook.testzip())

    def test_what_cannot_be_is_refused_in_one_go_and_before_anything_runs(self):
        extract = self.service()
        done = self.command("run", "--pack", "iro", "--input", extract, "--report", "junti=a", "--report", "sarif", status=2)
        for text in (b"did you mean 'junit'?", b"--report takes FORMAT=PATH"):
            self.assertIn(text, done.stderr)
        document = self.document()
        self.assertIn(b"name a folder", self.command("report", document, "--format", "worklist-csv", status=2).stderr)
        self.assertIn(b"no findings document", self.command("report", extract / "ssd_person.csv", "--format", "junit", status=2).stderr)
        self.command("report", self.folder / "none.json", "--format", "junit", status=2)

    def test_a_report_that_cannot_be_written_leaves_nothing_behind(self):
        document = self.document()
        self.command("report", document, "--format", "junit", "--output", self.folder / "no" / "x.xml", status=2)
        self.assertFalse((self.folder / "no").exists())


if __name__ == "__main__":
    unittest.main()
