"""The examples of every rule of the SSDA903 pack show both sides: a record that is found, and one of the rule's population
that passes. `caseaudit test` holds the first against what an example says; who passes no example says.

A rule is run over its examples, those at once that need the same tables and settings, each with children of its own.
Skipped where there is no PyYAML. Arguments: rules to run, or none for all.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import examples
except ImportError:
    print("skipped: PyYAML is not there")
    sys.exit(77)

COMMAND = os.environ["CASEAUDIT_COMMAND"]
KINDS = ("given", "prior", "reference")


def absent(rule, kind):
    """Tables that need not be there: `optional` names them, `prior.` or `reference.` before those that are not this year's."""
    words = " ".join(rule.get("optional", [])).split()
    return {word.rpartition(".")[2] for word in words if word.rpartition(".")[0] == ("" if kind == "given" else kind)}


def alike(rule, listed):
    """Groups of a rule's examples that one run can judge: with the same settings, and the same tables there."""
    groups = {}
    for example in listed:
        there = tuple(kind in example and frozenset(example[kind]) & absent(rule, kind) for kind in KINDS)
        settings = tuple(sorted(example.get("set", {}).items()))
        groups.setdefault((settings, example.get("as_at"), there), []).append(example)
    return groups


def tables(rule, numbered, kind):
    """What the examples give, and each other table empty unless the rule can do without."""
    names = [name for name in examples.FIELDS if (name in examples.REFERENCES) == (kind == "reference")]
    given = examples.gather(numbered, kind)
    return {name: given.get(name, []) for name in names if name in given or name not in absent(rule, kind)}


def counts(rule, key, group):
    settings, as_at, _ = key
    numbered = [(f"{number}-", example) for number, example in enumerate(group)]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        line = [COMMAND, "run", "--pack", "ssda903", "--rule", rule["id"], "--quiet", "--fail-on", "never",
                "--input", folder / "given", "--output", folder / "findings.json"]
        examples.write(folder / "given", tables(rule, numbered, "given"))
        if "prior" in group[0]:
            examples.write(folder / "prior", tables(rule, numbered, "prior"))
            line += ["--prior", folder / "prior"]
        if "reference" in group[0]:
            references = tables(rule, numbered, "reference")
            examples.write(folder / "reference", references)
            line += [part for table in references for part in ("--reference", f"{table}={folder / 'reference' / table}.csv")]
        line += [part for setting in settings for part in ("--set", "=".join(setting))]
        line += ["--as-at", as_at] if as_at else []
        done = subprocess.run(line, cwd=examples.ROOT, capture_output=True, text=True, timeout=120)
        if done.returncode not in (0, 3):
            raise SystemExit(f"rule {rule['id']}: exit status {done.returncode}: {done.stderr[-2000:]}")
        summary = next(r for r in json.loads((folder / "findings.json").read_text())["rules"] if r["rule"] == rule["id"])
        if summary["status"] != "ran":
            raise SystemExit(f"rule {rule['id']}: {summary['status']}: {summary['reason']}")
        return summary["failed"], summary["passed"]


def complaint(rule, listed):
    """What the examples of a rule do not show, or None."""
    judged = [counts(rule, key, group) for key, group in alike(rule, listed).items()]
    lacking = [what for what, total in (("found", sum(failed for failed, _ in judged)),
                                        ("in the population and passes", sum(passed for _, passed in judged))) if total == 0]
    return f"rule {rule['id']}: no record of its examples is {' or '.join(lacking)}" if lacking else None


def main(wanted):
    beside = {}
    for identifier, example in examples.examples():
        beside.setdefault(identifier, []).append(example)
    known = {identifier: rule for identifier, rule in examples.rules().items() if not wanted or identifier in wanted}
    complaints = [found for identifier, rule in known.items() if (found := complaint(rule, beside.get(identifier, [])))]
    print("\n".join([*complaints, f"{len(known) - len(complaints)} of {len(known)} rules have examples of both sides"]))
    return 1 if complaints or not known else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
