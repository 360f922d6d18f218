"""What identifies a child stays in the extract: pseudonyms, keys, and canaries in every identifying field."""
import csv
import json
import os
import re
import unittest
import zipfile

import yaml
from command import CommandTest, ROOT

# A year in which nothing else in a synthetic service happens, and texts that nothing else holds.
YEAR, KEY, TEXT, POSTCODE = "1987", "QXKEY", "CANARY", "ZE1 0QQ"
# The year as part of a date, in figures or words: alone it may be any number.
CANARIES = re.compile(rb"(?:[-/]|[a-z] )1987(?![0-9])|(?<![0-9])1987[-/]|QXKEY|CANARY|ZE1 ?0QQ", re.I)


def fields_of(table):
    for name, field in (table.get("fields") or {}).items():
        field = {"type": field} if isinstance(field, str) else field
        yield name, field.get("type"), field.get("sensitivity") == "identifier"


def key_field(table):
    key = table.get("case_key")
    return key if isinstance(key, str) and key != "none" else None


class Canaries(CommandTest):
    def plant(self, dataset, source, target):
        """Copies an extract; every field that identifies a child gets a canary, also where the file had no such column."""
        target.mkdir(parents=True)
        tables = yaml.safe_load((ROOT / f"rules/datasets/{dataset}.yaml").read_text())["tables"]
        planted = set()
        contents = {}
        for path in sorted(source.glob("*.csv")):
            with open(path, newline="") as file:
                head, *rows = csv.reader(file)
            # The table that has most of the file's columns.
            name = max(tables, key=lambda n: len({f.lower() for f, *_ in fields_of(tables[n])} & {h.lower() for h in head}))
            contents[name] = (path.name, head, rows)
        for name, table in tables.items():
            file_name, head, rows = contents.get(name, (f"{name}.csv", [f for f, *_ in fields_of(table)], []))
            if not rows and key_field(table):
                contents[name] = (file_name, head, [[str(n) if f == key_field(table) else "" for f in head] for n in range(1, 9)])
        for name, (file_name, head, rows) in contents.items():
            table = tables[name]
            key = key_field(table)
            marks = [(f, t) for f, t, marked in fields_of(table) if marked]
            for field, _ in marks:
                if field.lower() not in [h.lower() for h in head]:
                    head.append(field)
                    rows = [row + [""] for row in rows]
            at = {h.lower(): i for i, h in enumerate(head)}
            for number, row in enumerate(rows):
                if key and row[at[key.lower()]]:
                    row[at[key.lower()]] = KEY + row[at[key.lower()]]
                    planted.add((name, key))
                for field, kind in marks:
                    day = f"{number % 28 + 1:02}/0{number % 9 + 1}/{YEAR}" if number % 7 else f"31/02/{YEAR}"
                    row[at[field.lower()]] = {"date": day, "postcode": POSTCODE}.get(kind, TEXT + field)
                    planted.add((name, field))
            strays = [[KEY + "short"]]  # is rejected
            for stray in ("?" + KEY, ""):  # a key that looks like a place, and none
                if key:
                    strays.append([stray if i == at[key.lower()] else cell for i, cell in enumerate(rows[0])])
            rows += strays
            with open(target / file_name, "w", newline="") as file:
                csv.writer(file).writerows([head, *rows])
        return planted

    def extracts(self, dataset, years):
        folder = self.folder / f"{dataset}-clean"
        self.command("generate", "--dataset", dataset, "--children", 250, "--year", 2025, "--seed", 5, "--error-rate", 0.5, "--out", folder, status=0)
        planted = set()
        for year in years:
            planted |= self.plant(dataset, folder / year, self.folder / dataset / year)
        arguments = ["--input", self.folder / dataset / "current"]
        return planted, arguments + (["--prior", self.folder / dataset / "prior"] if "prior" in years else ["--as-at", "2026-03-31"])

    def outputs(self, *arguments):
        """Everything that a run and the commands about its document say, by name."""
        said = {}
        for form in ("json", "ndjson"):
            output, timings = self.folder / f"out.{form}", self.folder / "timings.json"
            done = self.command("run", *arguments, "--format", form, "--output", output, "--timings", timings)
            said |= {f"{form} stdout": done.stdout, f"{form} stderr": done.stderr, form: output.read_bytes(), f"{form} timings": timings.read_bytes()}
        self.lines(said["ndjson"])
        finding = json.loads(said["json"])["findings"][0]["id"]
        for shown in ([], ["--show-values"]):
            done = self.command("explain", self.folder / "out.json", finding, *shown, status=0)
            said[f"explain {shown}"] = done.stdout + done.stderr
        listed = self.command("list", "reports")
        for form in re.findall(rb"^(\S+)", listed.stdout, re.M) if listed.returncode == 0 else []:
            target = self.folder / f"report-{form.decode()}"
            done = self.command("report", self.folder / "out.json", "--format", form.decode(), "--output", target)
            said[f"report {form.decode()}"] = done.stdout + done.stderr + b"".join(
                self.content(p) for p in ([target] if target.is_file() else sorted(target.rglob("*"))) if p.is_file())
        return said

    def content(self, path):
        if not zipfile.is_zipfile(path):
            return path.read_bytes()
        with zipfile.ZipFile(path) as archive:  # a workbook
            parts = b"".join(archive.read(name) for name in archive.namelist())
        # Numbers of rows, and of texts in the list of shared ones, are none of the values.
        return re.sub(rb'<row r="\d+"|r="[A-Z]+\d+"|ref="[A-Z0-9:$]+"|t="s"><v>\d+</v>|ount="\d+"', b"", parts)

    def check(self, dataset, years):
        planted, arguments = self.extracts(dataset, years)
        marked = {(n, f) for n, t in yaml.safe_load((ROOT / f"rules/datasets/{dataset}.yaml").read_text())["tables"].items()
                  if not t.get("lookup") or n == "ssd_professionals" for f, _, m in fields_of(t) if m}
        self.assertEqual(marked - planted, set())
        arguments = ["--pack", dataset, *arguments, "--fail-on", "never"]
        for name, said in self.outputs(*arguments).items():
            self.assertTrue(said or "std" in name, name)
            if found := CANARIES.search(said):
                self.fail(f"in {name}: {said[max(0, found.start() - 200):found.end() + 60]}")
        shown = self.folder / "shown.json"
        done = self.command("run", *arguments, "--identifiable", "--output", shown)
        for canary in (YEAR, KEY, POSTCODE):
            self.assertIn(canary, shown.read_text())
        self.assertNotIn(KEY.encode(), done.stdout + done.stderr)
        self.assertIn("identifiable", done.stdout.decode())

    def test_nothing_of_the_return_leaks(self):
        self.check("ssda903", ["current", "prior"])

    def test_nothing_of_the_service_leaks(self):
        self.check("iro", ["current"])


class Misplaced(CommandTest):
    """Rows with a cell too few or too many put identifiers under the headings of others."""
    PUPIL = "Q98765432101Z"
    FOUND = re.compile(CANARIES.pattern + rb"|Q98765432101Z", re.I)
    EPISODE = "{0},15/12/2024,L,C2,N1,U6,PR4,02/06/2025,X1,CARPL,AB1 2CD,TW12 2LS,SC416568"

    def shift(self, row, number):
        """A cell left out with a comma after the last, or put in with the last left out, at one place after another."""
        at = number % len(row)
        return row[:at] + row[at + 1:] + [""] if number // len(row) % 2 else row[:at] + [""] + row[at:-1]

    def out_of_place(self, cell, kind, marked):
        return kind != "text" and bool(KEY in cell or cell in ([POSTCODE] if kind != "postcode" else []) + [self.PUPIL] or
                                       kind != "date" and re.search(r"[0-9]/[0-9]{4}$|^[0-9]{4}-[0-9]", cell))

    def plant(self, dataset, source, target, every):
        target.mkdir(parents=True)
        tables = yaml.safe_load((ROOT / f"rules/datasets/{dataset}.yaml").read_text())["tables"]
        for path in sorted(source.glob("*.csv")):
            with open(path, newline="") as file:
                head, *rows = csv.reader(file)
            name = max(tables, key=lambda n: len({f.lower() for f, *_ in fields_of(tables[n])} & {h.lower() for h in head}))
            kinds = {f.lower(): (kind, marked) for f, kind, marked in fields_of(tables[name])}
            for number, row in enumerate(rows):
                for i, column in enumerate(head):
                    kind, marked = kinds.get(column.lower(), (None, False))
                    if key_field(tables[name]) and column.lower() == key_field(tables[name]).lower():
                        row[i] = KEY + row[i]
                    elif marked and row[i]:
                        row[i] = {"date": f"{number % 28 + 1:02}/0{number % 9 + 1}/{YEAR}", "postcode": POSTCODE}.get(kind, self.PUPIL)
                if number % every == 0:
                    rows[number] = row = self.shift(row, number // every)
                    # Nothing tells a date of birth under the heading of another day, where all cells can be read.
                    if not any(self.out_of_place(cell, *kinds.get(column.lower(), ("text", False))) for cell, column in zip(row, head)):
                        rows[number] = [re.sub(f"/{YEAR}$", "/2024", cell) for cell in row]
            with open(target / path.name, "w", newline="") as file:
                csv.writer(file).writerows([head, *rows])

    def check(self, dataset, *arguments):
        source = self.folder / "clean"
        self.command("generate", "--dataset", dataset, "--children", 400, "--seed", 5, "--error-rate", 0.2, "--out", source, status=0)
        for every in (7, 3):
            target = self.folder / f"shifted-{every}"
            self.plant(dataset, source / "current", target, every)
            output = self.folder / "out.json"
            for shown in (False, True):
                done = self.command("run", "--pack", dataset, "--input", target, *arguments, "--output", output, "--fail-on", "never",
                                    "--timeline", *(["--identifiable"] if shown else []))
                said = [done.stdout, done.stderr] if shown else [output.read_bytes(), done.stdout, done.stderr]
                for text in said:
                    if found := self.FOUND.search(text):
                        self.fail(f"{text[max(0, found.start() - 300):found.end() + 60]}")
            self.assertTrue(self.FOUND.search(output.read_bytes()))

    def test_nothing_of_the_return_leaks(self):
        self.check("ssda903", "--as-at", "2026-03-31")

    def test_nothing_of_the_service_leaks(self):
        self.check("iro", "--as-at", "2026-03-31")

    def told(self, *arguments, episodes, rules, **tables):
        """Of each rule the first finding's message and the fields of its subject."""
        extract = self.extract(episodes=episodes, **tables)
        document = self.audit(extract, *(word for rule in rules for word in ("--rule", rule)), *arguments)
        findings = {f["rule"]: f for f in reversed(document["findings"])}
        return {rule: (findings[rule]["message"], findings[rule]["records"][0]["fields"]) for rule in rules}

    def test_a_postcode_in_place_of_a_code_is_withheld(self):
        row = "19149416,15/12/2024,L,C2,N1,U6,PR4,02/06/2025,X1,TW12 2LS,ME4 1JT,SC416568,"
        said = self.told(episodes=[row], rules=["1009"])
        self.assertEqual(said["1009"][0], "Reason for placement change is (withheld), which is not a code of the list.")
        self.assertEqual(said["1009"][1]["REASON_PLACE_CHANGE"], "(withheld)")
        said = self.told("--identifiable", episodes=[row], rules=["1009"])
        self.assertIn("TW12 2LS", said["1009"][0])
        self.assertEqual(said["1009"][1]["REASON_PLACE_CHANGE"], "TW12 2LS")

    def test_a_case_number_in_place_of_a_date_is_withheld(self):
        rows = [self.EPISODE.format("19149416"), ",".join(["", *self.EPISODE.format("19149416").split(",")[:-1]])]
        said = self.told(episodes=rows, rules=["141"])
        self.assertEqual(said["141"][0], "The date the episode began, (withheld), is not a date.")
        self.assertEqual(said["141"][1]["DECOM"], "(withheld)")
        self.assertIn("19149416", self.told("--identifiable", episodes=rows, rules=["141"])["141"][0])

    def test_a_date_of_birth_among_the_dates_of_care_is_withheld_where_the_row_shows_it(self):
        row = "A1234567,,03/05/2010,01/02/2026"  # a cell too many before the date of birth
        document = self.audit(self.extract(episodes=[self.EPISODE.format("A1234567")], reviews=[row]), "--timeline")
        text = json.dumps(document, ensure_ascii=False)
        for form in ("2010-05-03", "3 May 2010", "03/05/2010", "01/02/2026"):
            self.assertNotIn(form, text)

    def test_what_cannot_be_read_and_tells_of_nobody_is_shown(self):
        rows = [self.EPISODE.format("A1234567").replace("15/12/2024", "31/02/2025").replace("CARPL", "CARE PLAN")]
        said = self.told(episodes=rows, rules=["141", "1009"])
        self.assertEqual(said["141"][0], "The date the episode began, 31/02/2025, is not a date.")
        self.assertIn("CARE PLAN", said["1009"][0])
        self.assertEqual(said["141"][1]["DECOM"], "31/02/2025")


class Keys(CommandTest):
    def setUp(self):
        super().setUp()
        self.key = self.folder / "key"

    def test_a_new_key_is_256_bits_for_its_owner_alone(self):
        self.command("key", "new", self.key, status=0)
        self.assertRegex(self.key.read_text(), r"\A[0-9a-f]{64}\n\Z")
        self.assertEqual(self.key.stat().st_mode & 0o777, 0o600)
        self.command("key", "new", self.folder / "other", status=0)
        self.assertNotEqual(self.key.read_text(), (self.folder / "other").read_text())

    def test_a_key_is_never_overwritten(self):
        self.command("key", "new", self.key, status=0)
        before = self.key.read_text()
        self.assertIn(b"exists", self.command("key", "new", self.key, status=2).stderr)
        self.assertEqual(self.key.read_text(), before)
        self.assertEqual(os.listdir(self.folder), ["key"])

    def refused(self, *words):
        done = self.command("run", "--pack", "ssda903", "--input", self.extract(episodes=[]), "--key", self.key, status=2)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertNotIn(b"0123", done.stderr)

    def test_a_key_that_others_may_read_or_that_is_none_is_refused(self):
        self.key.write_text("0123456789abcdef" * 4 + "\n")
        for mode in (0o640, 0o604, 0o620):
            self.key.chmod(mode)
            self.refused(b"others", b"chmod 600")
        self.key.chmod(0o600)
        for text in ("0123456789abcdef" * 3, "0123456789abcdeg" * 4, "", "0123456789abcdef" * 4 + "\n\n"):
            self.key.write_text(text)
            self.refused(b"64 hexadecimal", b"caseaudit key new")

    def test_who_holds_the_key_can_look_up_who_is_who(self):
        self.command("key", "new", self.key, status=0)
        row = "A{},01/05/2025,S,C2,N1,U1,PR1,02/06/2025,,,AB1 2CD,AB1 3CD,1234567"
        extract = self.extract(episodes=[row.format(1), row.format(2)])
        document = self.audit(extract, "--rule", "148", "--key", self.key, status=1)
        told = self.command("key", "pseudonyms", self.key, input=b"A2\nA1\r\n\n", status=0).stdout.decode().splitlines()
        self.assertEqual(sorted(f["case"] for f in document["findings"]), sorted(line.split(",")[0] for line in told))
        self.assertEqual([line.split(",")[1] for line in told], ["A2", "A1"])
        named = self.audit(extract, "--rule", "148", "--key", self.key, "--identifiable", status=1)
        self.assertEqual([f["case"] for f in named["findings"]], ["A1", "A2"])
        self.assertEqual([f["id"] for f in named["findings"]], [f["id"] for f in document["findings"]])

    def test_the_built_in_key_is_said_with_the_remedy(self):
        document = self.audit(self.extract(episodes=[]), "--rule", "148", status=0)
        said = " ".join(self.done.stdout.decode().split())
        for words in ("could try them all", "caseaudit key new", "--key FILE"):
            self.assertIn(words, said)
            self.assertIn(words, " ".join(document["run"]["notes"]))
        self.command("key", "new", self.key, status=0)
        document = self.audit(self.extract(episodes=[]), "--rule", "148", "--key", self.key, status=0)
        self.assertNotIn("try them all", " ".join(self.done.stdout.decode().split()))


if __name__ == "__main__":
    unittest.main()
