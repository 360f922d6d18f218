"""`report --shareable`: what is given is right, and from it nobody can work out what is kept back. The attack here shares
nothing with the program but the published document: it is a linear programme over it, solved by HiGHS through SciPy."""
import itertools
import json
import random
import unittest

from command import CommandTest

try:
    from scipy.optimize import linprog
except ImportError:
    linprog = None

SMALL = {"dfe": 5, "nhs": 7}
ROUND = {"dfe": 1, "nhs": 5}
PARTS = {"rate": ("met", "unmet", "undecided"), "average": ("judged", "undecided"), "count": ("population",), "distribution": ("population",)}


def document(measures):
    return {"format": "caseaudit.findings/1",
            "run": {"tool": {"name": "caseaudit", "version": "0"}, "as_at": "2026-03-31", "as_at_source": "given", "dataset": "iro",
                    "parameters": {}, "packs": [], "plugins": [], "inputs": [], "notes": [], "key": {"id": "00000000", "own": False},
                    "identifiers_shown": False},
            "rules": [], "measures": measures, "waivers": [], "findings": [], "proposed_escalations": [], "rejected": []}


def measure(identifier, kind, keys, cells, totals):
    """`cells`: values of the keys -> counts by part. Groups in the order of a run: finest first, then the totals."""
    groups = {}
    for values, counts in cells.items():
        for left_out in itertools.product([False, True], repeat=len(keys)) if totals else [[False] * len(keys)]:
            by = tuple((k, v) for k, v, out in zip(keys, values, left_out) if not out)
            sums = groups.setdefault(by, dict.fromkeys(PARTS[kind], 0))
            for part, count in counts.items():
                sums[part] += count
    all_records = sum(sum(counts.values()) for counts in cells.values())
    listed = []
    for by, sums in sorted(groups.items(), key=lambda g: -len(g[0])):
        population = sum(sums.values())
        group = {"by": dict(by), "population": population, "undecided": sums.get("undecided", 0)}
        if kind == "rate":
            group["met"] = sums["met"]
            if population > group["undecided"]:
                group["rate"] = sums["met"] / (population - group["undecided"])
        if kind == "distribution" and all_records:
            group["rate"] = population / all_records
        if kind == "average" and sums["judged"]:
            group["value"] = 4.25
        listed.append(group)
    return {"id": identifier, "pack": "p", "title": "t", "unit": "u", "source": "s", "kind": kind, "groups": listed}


def truths(group, kind):
    """Every count that could tell of a few children."""
    counts = {"population": group["population"]}
    if kind == "rate":
        counts |= {"met": group["met"], "undecided": group["undecided"], "unmet": group["population"] - group["undecided"] - group["met"]}
    if kind == "average":
        counts |= {"undecided": group["undecided"], "judged": group["population"] - group["undecided"]}
    return counts


class Attack:
    """All that the published figures of a measure say."""

    def __init__(self, published, profile):
        self.kind, self.groups = published["kind"], published["groups"]
        deepest = max(len(g["by"]) for g in self.groups)
        self.finest = [g for g in self.groups if len(g["by"]) == deepest]
        self.parts = PARTS[self.kind]
        self.matrix, self.most = [], []
        slack = ROUND[profile] // 2
        for group in self.groups:
            for name in ("population", "met", "undecided"):
                if name not in group or (name == "undecided" and "undecided" not in self.parts):
                    continue
                row = self.row(group, name)
                if group[name] == "c":
                    if name == "population":
                        self.between(row, 1, None)
                    continue
                loose = slack if group[name] else 0
                self.between(row, group[name] - loose, group[name] + loose)
            # Shares and rates are of the counts as given, so that they tell a whole that is not listed.
            if self.kind == "distribution" and isinstance(group.get("rate"), float) and group["population"] not in ("c", 0):
                whole = round(group["population"] / group["rate"])
                self.between([1.0] * len(self.finest), whole - slack, whole + slack)

    def row(self, group, name):
        members = {"population": self.parts}.get(name, (name,))
        return [float(part in members and all(f["by"].get(k) == v for k, v in group["by"].items())) for f in self.finest for part in self.parts]

    def between(self, row, least, most):
        if most is not None:
            self.matrix.append(row)
            self.most.append(most)
        self.matrix.append([-x for x in row])
        self.most.append(-least)

    def bounds(self, group, name):
        row = self.row(group, name)
        least = linprog(row, A_ub=self.matrix, b_ub=self.most, bounds=(0, 1e7), method="highs")
        most = linprog([-x for x in row], A_ub=self.matrix, b_ub=self.most, bounds=(0, 1e7), method="highs")
        assert least.status == 0 and most.status == 0, (least.message, most.message)
        return least.fun, -most.fun


@unittest.skipIf(linprog is None, "python3-scipy is not installed")
class Shareable(CommandTest):
    def share(self, whole, profile):
        source, target = self.folder / "whole.json", self.folder / "shared.json"
        source.write_text(json.dumps(whole) if isinstance(whole, dict) else whole)
        self.command("report", source, "--format", "json", f"--shareable={profile}", "--output", target, status=0)
        return json.loads(target.read_bytes())

    def check_given(self, true, given, profile, kind):
        kept_back = 0
        for name, value in truths(true, kind).items():
            if name not in given:
                continue
            if given[name] == "c":
                kept_back += 1
                continue
            self.assertFalse(1 <= value <= SMALL[profile], (name, true))
            self.assertEqual(given[name], (value + ROUND[profile] // 2) // ROUND[profile] * ROUND[profile])
        if kind == "rate" and isinstance(given.get("rate"), float):
            self.assertAlmostEqual(given["rate"], min(1, given["met"] / (given["population"] - given["undecided"])))
        return kept_back

    def attack(self, whole, profile):
        """How many figures of the measures are kept back; fails when any can be worked out."""
        shared, kept_back = self.share(whole, profile), 0
        self.assertEqual(len(shared["measures"]), len(whole["measures"]))
        for true, published in zip(whole["measures"], shared["measures"]):
            if not published["groups"]:
                continue
            lp = Attack(published, profile)
            for group, given in zip(true["groups"], published["groups"]):
                self.assertEqual(group["by"], given["by"])
                kept_back += self.check_given(group, given, profile, true["kind"])
                for name, value in truths(group, true["kind"]).items():
                    hidden = given.get(name) == "c"
                    if not hidden and not 1 <= value <= SMALL[profile]:
                        continue
                    least, most = lp.bounds(given, name)
                    where = (true["id"], group, given, name, least, most)
                    if 1 <= value <= SMALL[profile]:
                        # Each group that is listed has a record, whatever is kept back.
                        listed = sum(all(f["by"].get(k) == v for k, v in group["by"].items()) for f in lp.finest) if name == "population" else 1
                        self.assertLessEqual(least, max(1, listed) + 1e-6, where)
                        self.assertGreaterEqual(most, SMALL[profile] - 1e-6, where)
                    else:
                        self.assertGreaterEqual(most - least, 1 - 1e-6, where)
        return kept_back

    def random_measure(self, chance, number):
        kind = chance.choice(["rate", "rate", "count", "distribution", "average"])
        keys = ["month", "team", "category"][:chance.choice([0, 1, 1, 2, 2])]
        sizes = [chance.randint(1, 7 if len(keys) == 1 else 4) for _ in keys]
        cells = {}
        for values in itertools.product(*[[f"v{i}" for i in range(size)] for size in sizes]):
            top = chance.choice([2, 6, 12, 60])
            counts = {part: chance.randint(0, top) if chance.random() < 0.8 else 0 for part in PARTS[kind]}
            if sum(counts.values()):
                cells[values] = counts
        if not keys:
            cells = cells or {(): dict.fromkeys(PARTS[kind], 0)}
        return measure(f"m{number}", kind, keys, cells, chance.random() < 0.8)

    def test_no_figure_of_random_tables_can_be_worked_out(self):
        for profile in SMALL:
            chance = random.Random(20260331)
            kept_back = self.attack(document([self.random_measure(chance, i) for i in range(120)]), profile)
            self.assertGreater(kept_back, 300)

    def test_the_attack_itself_finds_what_is_kept_back_alone(self):
        whole = measure("m", "count", ["team"], {("a",): {"population": 3}, ("b",): {"population": 20}}, True)
        whole["groups"][0]["population"] = "c"
        self.assertEqual(Attack(whole, "dfe").bounds(whole["groups"][0], "population"), (3, 3))

    def test_a_table_with_a_single_small_count_loses_a_second_one(self):
        whole = measure("m", "count", ["team"], {("a",): {"population": 3}, ("b",): {"population": 20}, ("c",): {"population": 9}}, True)
        given = self.share(document([whole]), "dfe")["measures"][0]["groups"]
        self.assertEqual([g["population"] for g in given], ["c", 20, "c", 32])
        rounded = self.share(document([whole]), "nhs")["measures"][0]["groups"]
        self.assertEqual(rounded[-1]["population"], 30)

    def test_few_that_did_not_meet_the_standard_are_few_too(self):
        whole = measure("m", "rate", [], {(): {"met": 98, "unmet": 2, "undecided": 0}}, False)
        (given,) = self.share(document([whole]), "dfe")["measures"][0]["groups"]
        self.assertEqual(given, {"by": {}, "population": 100, "met": "c", "undecided": 0, "rate": "c"})

    def test_large_counts_are_given_as_they_are(self):
        whole = measure("m", "rate", ["team"], {("a",): {"met": 30, "unmet": 10, "undecided": 0}, ("b",): {"met": 22, "unmet": 11, "undecided": 8}}, True)
        self.assertEqual(self.share(document([whole]), "dfe")["measures"][0]["groups"], whole["groups"])

    def audited(self):
        service, output = self.folder / "service", self.folder / "iro.json"
        self.command("generate", "--dataset", "iro", "--children", 150, "--year", 2025, "--seed", 3, "--error-rate", 0.3, "--out", service, status=0)
        self.command("run", "--pack", "iro", "--input", service / "current", "--as-at", "2026-03-31", "--output", output, "--fail-on", "never")
        return output.read_text()

    def test_the_measures_of_the_iro_pack_hold(self):
        text = self.audited()
        for profile in SMALL:
            self.assertGreater(self.attack(json.loads(text), profile), 100)

    def test_nothing_but_measures_is_shared_in_any_form(self):
        text = self.audited()
        whole, shared = json.loads(text), self.share(text, "dfe")
        for key in ("rules", "findings", "waivers", "proposed_escalations", "rejected"):
            self.assertEqual(shared[key], [], key)
        self.assertEqual((shared["run"]["shareable"], shared["run"]["inputs"]), ("dfe", []))
        self.assertIn("kept back", shared["run"]["notes"][0])
        said = json.dumps(shared)
        for finding in whole["findings"]:
            self.assertNotIn(finding["case"], said)
        target = self.folder / "tables.md"
        self.command("report", self.folder / "whole.json", "--format", "tables-markdown", "--shareable", "--output", target, status=0)
        self.assertRegex(target.read_text(), r"\| +c +\|")


if __name__ == "__main__":
    unittest.main()
