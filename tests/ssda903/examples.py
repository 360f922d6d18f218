"""The examples beside the rules of the SSDA903 pack, as extracts of CSV files. Needs PyYAML."""
import csv
import pathlib

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACK = ROOT / "rules" / "ssda903"
TABLES = yaml.safe_load((ROOT / "rules" / "datasets" / "ssda903.yaml").read_text())["tables"]
FIELDS = {name: list(table["fields"]) for name, table in TABLES.items() if "fields" in table}
REFERENCES = [name for name in FIELDS if TABLES[name].get("reference")]


def rules():
    """The pack's rules by id, as they are written."""
    return {rule["id"]: rule for file in sorted(PACK.glob("*.yaml"))
            if file.name != "pack.yaml" and not file.name.endswith(".examples.yaml")
            for rule in yaml.load(file.read_text(), Loader=yaml.BaseLoader)["rules"]}


def examples():
    """Pairs of a rule's id and one of its examples, as it is written."""
    for file in sorted(PACK.glob("*.examples.yaml")):
        for rule, listed in yaml.load(file.read_text(), Loader=yaml.BaseLoader)["examples"].items():
            for example in listed:
                yield rule, example


def gather(numbered, kind):
    """Rows by table of the `given`, `prior` or `reference` of examples, given with what their children's keys begin with."""
    tables = {}
    for prefix, example in numbered:
        for table, rows in (example.get(kind) or {}).items():
            kept = tables.setdefault(table, [])
            kept += [{**row, "CHILD": prefix + row["CHILD"]} if "CHILD" in row else row for row in rows]
    return tables


def write(folder, tables):
    """A file for each table in a new folder, of which an empty one has its headings only."""
    folder.mkdir()
    for table, rows in tables.items():
        with open(folder / f"{table}.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, FIELDS[table], restval="")
            writer.writeheader()
            writer.writerows(rows)
