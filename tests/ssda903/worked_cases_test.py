"""Runs the SSDA903 pack over worked cases: each must give exactly the rows that its rule is to report.

A case is a folder RULE/N with current/, perhaps previous/ and reference/ (CSV), metadata.json (the collection's
dates, the authority) and expected.json (table and data row from 0). The cases are found in $CASEAUDIT_SHARED or in
../shared beside the source; where there are none the test is skipped. Arguments: rules to run, or none for all.
"""
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile

COMMAND = os.environ["CASEAUDIT_COMMAND"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = pathlib.Path(os.environ.get("CASEAUDIT_SHARED", ROOT.parent / "shared")) / "ssda903" / "cases"
SKIPPED = 77

COMPLETE, INCOMPLETE = 0, 3  # exit statuses; 3 is given too where input is rejected, which some cases mean to be


def settings(metadata):
    """Parameters of the pack, from a case's metadata (dates dd/mm/yyyy)."""
    for key in ("collection_start", "collection_end"):
        if key in metadata:
            yield f"{key}={datetime.datetime.strptime(metadata[key], '%d/%m/%Y').date()}"
    if "localAuthority" in metadata:
        yield f"local_authority={metadata['localAuthority']}"


def command_line(case, rule, output):
    line = [COMMAND, "run", "--pack", "ssda903", "--rule", rule, "--input", case / "current",
            "--format", "json", "--output", output, "--fail-on", "never"]
    if (case / "previous").is_dir():
        line += ["--prior", case / "previous"]
    if (case / "reference").is_dir():
        for file in sorted((case / "reference").glob("*.csv")):
            line += ["--reference", f"{file.stem}={file}"]
    for setting in settings(json.loads((case / "metadata.json").read_text())):
        line += ["--set", setting]
    return line


def complaint(case, output):
    """What is wrong with the rule's findings on a case, or None."""
    expected = json.loads((case / "expected.json").read_text())
    rule = expected["rule"]
    done = subprocess.run(command_line(case, rule, output), cwd=ROOT, capture_output=True, text=True, timeout=120)
    if done.returncode not in (COMPLETE, INCOMPLETE):
        return f"exit status {done.returncode}: {done.stderr.strip()[-2000:]}"
    document = json.loads(output.read_text())
    summary = next(r for r in document["rules"] if r["rule"] == rule)
    if summary["status"] != "ran":
        return f"{summary['status']}: {summary['reason']}"
    if summary["population"] != summary["passed"] + summary["failed"] + summary["undecided"]:
        return f"counts do not reconcile: {summary}"
    wanted = {(place["table"], place["row"] + 1) for place in expected["locations"]}
    found = {(record["table"], record["row"]) for finding in document["findings"] if finding["rule"] == rule
             for record in finding["records"] if record["role"] == "subject"}
    if found != wanted:
        return f"not reported {sorted(wanted - found)}, reported wrongly {sorted(found - wanted)} (rows from 1)"
    return None


def main(rules):
    if not CASES.is_dir():
        print(f"skipped: there are no worked cases in {CASES}")
        return SKIPPED
    cases = sorted(path.parent for path in CASES.glob("*/*/expected.json"))
    if rules:
        cases = [case for case in cases if case.parent.name in rules]
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            problem = complaint(case, pathlib.Path(folder) / "findings.json")
            if problem:
                wrong += 1
                print(f"{case.relative_to(CASES)}: {problem}")
    print(f"{len(cases) - wrong} of {len(cases)} worked cases give exactly the expected rows")
    return 1 if wrong or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
