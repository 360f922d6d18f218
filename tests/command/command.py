"""Runs the command over extracts made for a test, and reads what it wrote."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

try:
    import jsonschema
except ImportError:
    jsonschema = None

COMMAND = os.environ["CASEAUDIT_COMMAND"]
ROOT = pathlib.Path(__file__).resolve().parents[2]

HEADERS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
}


class CommandTest(unittest.TestCase):
    maxDiff = None
    identifiable = False  # whether audits name the cases as the extract does

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.folder = pathlib.Path(self._folder.name)

    def command(self, *arguments, status=None, **options):
        options.setdefault("timeout", 1200)  # ends a hang; a busy machine takes five times as long under the sanitizers
        options.setdefault("cwd", ROOT)
        done = subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, **options)
        if status is not None:
            self.assertEqual(done.returncode, status, done.stdout.decode(errors="replace")[-2000:] + done.stderr.decode(errors="replace")[-4000:])
        self.assertNotIn(b"internal error", done.stderr)
        self.assertNotIn(b"Sanitizer", done.stderr)
        return done

    def makes_web_pages(self):
        """Not where npm could not fetch what the web report is built with."""
        return not re.search(rb"^html .*not built into", self.command("list", "reports", status=0).stdout, re.M)

    def extract(self, name="extract", **tables):
        """A folder of CSVs; each table a list of rows without the header, or the file's whole bytes."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        for table, rows in tables.items():
            content = rows if isinstance(rows, bytes) else ("\n".join([HEADERS[table], *rows]) + "\n").encode()
            (folder / f"{table}.csv").write_bytes(content)
        return folder

    def audit(self, extract, *arguments, status=None, pack="ssda903"):
        """The findings document of a run over the extract."""
        output = self.folder / "findings.json"
        output.unlink(missing_ok=True)
        self.done = self.command("run", "--pack", pack, "--input", extract, "--output", output, *arguments,
                                 *(["--identifiable"] if self.identifiable and "--identifiable" not in arguments else []), status=status)
        return json.loads(output.read_bytes())

    def lines(self, text):
        """The lines of NDJSON findings, each of which fits the published schema of one."""
        lines = [json.loads(line) for line in text.splitlines()]
        if jsonschema:
            fits = jsonschema.Draft202012Validator(json.loads(self.command("schema", "findings-line", status=0).stdout))
            self.assertEqual([line for line in lines if not fits.is_valid(line)], [])
        return lines

    def generated(self, children=300, rate=0.4, seed=7):
        folder = self.folder / f"generated-{children}-{rate}-{seed}"
        self.command("generate", "--dataset", "ssda903", "--children", children, "--year", 2025, "--seed", seed,
                     "--error-rate", rate, "--out", folder, status=0)
        return folder


def rule(document, identifier):
    return next(r for r in document["rules"] if r["rule"] == identifier)


def subjects(document, identifier):
    return {(r["table"], r["row"]) for f in document["findings"] if f["rule"] == identifier
            for r in f["records"] if r["role"] == "subject"}
