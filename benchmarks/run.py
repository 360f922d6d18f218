#!/usr/bin/env python3
"""The benchmarks: python3 benchmarks/run.py --build build/release [--quick | --full] [--only PART …]

Prints one table; see docs/benchmarks.md for what each line means. Ends with status 1 when a target is not met or the
two programs do not find the same, so that a job can watch over it."""
import argparse
import importlib.util
import json
import re
import statistics
import sys
from collections import Counter
from pathlib import Path

import data
import measure
from report import Report

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TEN = HERE / "packs" / "ten"
PARTS = ["ten", "pack", "rules", "load", "postcodes", "small", "iro", "memory", "linear", "threads", "sandbox", "sdk"]
ADDED = 20  # plain rules, to see what one costs


class Bench:
    def __init__(self, options):
        self.build = Path(options.build).resolve()
        self.command = self.build / "bin" / "caseaudit"
        self.full = options.full
        self.sizes = [1_600, 100_000] + ([1_000_000] if options.full else [])
        self.data = data.Data(self.command, ROOT / "build" / "bench-data")
        self.services = data.Data(self.command, ROOT / "build" / "bench-data" / "iro", "iro")
        self.report = Report()
        self.duckdb = importlib.util.find_spec("duckdb") is not None
        self.ten = {}   # children -> Series of the ten checks, two threads
        self.runs = options.runs

    def rounds(self, children):
        if self.runs:
            return self.runs
        return 15 if children <= 1_600 else 5 if children <= 100_000 else 3

    def audit(self, children, pack, threads=2, *more):
        """A run of the command as a process, from its start to its end."""
        folder = self.data.folder(children)
        out = self.data.root / "findings.json"
        command = [str(self.command), "run", "--pack", str(pack), "--input", str(folder / "current"),
                   "--prior", str(folder / "prior"), "--output", str(out), "--fail-on", "never", "--quiet",
                   "--threads", str(threads), *more]

        def run():
            return measure.process(command, ROOT)
        return run

    def whole_pack(self, children, threads=2, *more, pack="ssda903"):
        reference = self.data.folder(children) / "reference"
        return self.audit(children, pack, threads, "--reference", f"provider_info={reference}/provider_info.csv",
                          "--reference", f"postcodes={reference}/postcodes.csv", *more)

    def duck(self, children, threads=2):
        folder, out = self.data.folder(children), self.data.root / "duckdb.json"
        command = [sys.executable, str(HERE / "duckdb_ten.py"), str(folder), str(threads), str(out)]

        self.duck_parts = []

        def run():
            told = json.loads(measure.process(command, ROOT).output.strip().splitlines()[-1])
            self.duck_parts.append(told)
            return measure.Run(told["seconds"], told["peak_bytes"], told["processor_seconds"])
        return run

    # Each part prints its lines of the table.

    def part_ten(self):
        for children in self.sizes:
            programs = {"caseaudit": self.audit(children, TEN)}
            if self.duckdb:
                programs["duckdb"] = self.duck(children)
            series = measure.interleaved(self.rounds(children), **programs)
            ours = self.ten[children] = series["caseaudit"]
            name = f"ten checks, {children:,} children"
            if not self.duckdb:
                self.report.line(name, str(ours), "DuckDB is not installed (pip install duckdb)")
                continue
            theirs = series["duckdb"]
            self.report.line(name, str(ours), f"DuckDB {theirs}")
            self.report.target("  times faster than DuckDB", theirs.median / ours.median, "at least", 6, aim=10, unit="x")
            start = statistics.median(part["start"] for part in self.duck_parts)
            self.report.line("  times faster than it loads and answers", f"{(theirs.median - start) / ours.median:.2f}x",
                             f"without its start, {1000 * start:.0f} ms")
            self.report.line("  times less processor time", f"{theirs.processor / ours.processor:.2f}x", "")
            self.same_findings(children)

    def same_findings(self, children):
        ours = findings_of(self.data.root / "findings.json")
        theirs = {(entry["rule"], entry["source"], entry["row"])
                  for entry in json.loads((self.data.root / "duckdb.json").read_text())}
        counts = Counter(rule for rule, _, _ in ours)
        self.report.check(f"  same {len(theirs):,} findings as DuckDB", ours == theirs,
                          difference(ours, theirs) or ", ".join(f"{rule} {counts[rule]:,}" for rule in sorted(counts)))
        missed = data.planted(self.data.folder(children), "ten") - ours
        self.report.check("  every planted error among them", not missed, f"{len(missed)} missed" if missed else "")

    def part_pack(self):
        programs = {"ten": self.audit(100_000, TEN), "pack": self.whole_pack(100_000), "one": self.whole_pack(100_000, 1)}
        if self.duckdb:
            programs["duckdb"] = self.duck(100_000)
        series = measure.interleaved(self.rounds(100_000), **programs)
        rules = rules_of(self.data.root / "findings.json")
        self.report.line("whole pack, 100,000 children", str(series["pack"]), f"{rules}; the ten {series['ten']}")
        self.report.target("  times as long as the ten", series["pack"].median / series["ten"].median, "at most", 5, unit="x")
        self.report.target("  seconds on two threads", series["pack"].median, "at most", 1, aim=0.25, unit=" s")
        self.report.line("whole pack, 100,000 children, 1 thread", str(series["one"]), "")
        self.report.target("  seconds on one thread", series["one"].median, "at most", 1, aim=0.4, unit=" s")
        if not self.duckdb:
            self.report.line("  DuckDB's time for the ten", "DuckDB is not installed", "pip install duckdb")
            return
        alone = statistics.median(part["load"] + part["answer"] for part in self.duck_parts)
        self.report.line("  DuckDB, loading and the ten alone", f"{alone:.3f} s", "2 threads")
        self.report.target("  of DuckDB's time for the ten", series["pack"].median / alone, "at most", 0.5, unit="x")

    def part_rules(self):
        """What each rule takes, in processor time as --timings tells it, and what one more would."""
        timings = self.data.root / "timings.json"
        for name, run in (("SSDA903, 100,000 children", self.whole_pack(100_000, 1, "--timings", str(timings))),
                          ("IRO, 1,653 children", self.service(1_653, 1, "--timings", str(timings)))):
            shares, rows = {}, {}
            for _ in range(self.runs or 5):
                took = run().processor_seconds
                for rule in json.loads(timings.read_text())["rules"]:
                    shares.setdefault(rule["rule"], []).append(rule["seconds"] / took)
                    rows.setdefault(rule["rule"], []).append(rule["nanoseconds_per_row"])
            shares = {rule: statistics.median(values) for rule, values in shares.items()}
            dearest = sorted(shares, key=shares.get, reverse=True)
            self.report.line(f"rules, {name}, 1 thread", f"{sum(shares.values()):.0%} of the run's processor time",
                             ", ".join(f"{rule} {shares[rule]:.1%} ({statistics.median(rows[rule]):.0f} ns a row)" for rule in dearest[:4]))
            self.report.target("  the dearest rule's share", 100 * shares[dearest[0]], "at most", 3, unit="%")
        series = measure.interleaved(self.rounds(100_000), without=self.whole_pack(100_000, 1),
                                     more=self.whole_pack(100_000, 1, pack=self.more_rules()))
        added = series["more"].processor / series["without"].processor - 1
        self.report.line(f"whole pack and {ADDED} plain rules, 1 thread", str(series["more"]), f"without {series['without']}")
        self.report.target("  an added plain rule, of the run", 100 * added / ADDED, "at most", 1, unit="%")

    def more_rules(self):
        """A pack that extends ssda903 by plain rules, each of its own over all episodes."""
        folder = self.data.root / "more-rules"
        folder.mkdir(exist_ok=True)
        (folder / "pack.yaml").write_text("id: more-rules\nversion: 1.0.0\ntitle: The pack and some plain rules\n"
                                          f"extends: {ROOT / 'rules' / 'ssda903'}\n")
        (folder / "rules.yaml").write_text("rules:\n" + "".join(
            f"  - id: plain-{number}\n    title: Ends {number} days before it starts\n    dimension: consistency\n    severity: low\n"
            f"    for_each: episodes\n    assert: coalesce(DEC > add_days(DECOM, -{number}), true)\n    message: Ends {{DEC}}.\n"
            for number in range(10_000, 10_000 + ADDED)))
        return folder

    def part_load(self):
        children = self.sizes[-1]
        folder = self.data.folder(children)
        self.floor(folder / "current" / "episodes.csv")
        for threads in (2, 1):
            rates, without_digest, detail = self.load_rates(folder, threads)
            self.report.line(f"CSV to casebook, {children:,} children, {threads} thread{'s' * (threads > 1)}",
                             f"{statistics.median(rates):.2f} GB/s a core ({min(rates):.2f}..{max(rates):.2f})", detail)
        self.report.target("  parsed, converted and built on one core", without_digest, "at least", 0.5, aim=0.9, unit=" GB/s")
        self.report.line("  with the fingerprints of the files", f"{statistics.median(rates):.2f} GB/s", "SHA-256, as each run takes them")

    def load_rates(self, folder, threads):
        """GB/s a core of several loads of both years; of the one in the middle without its SHA-256 (on one thread);
        where the time of the last went."""
        out = measure.process([str(self.build / "bin" / "bench_load"), str(ROOT / "rules" / "datasets" / "ssda903.yaml"),
                               str(folder / "current"), "--prior", str(folder / "prior"), "--threads", str(threads),
                               "--repeat", str(self.runs or 5)], ROOT).output
        rates = [float(rate) for rate in re.findall(r"([\d.]+) GB/s a core", out)]
        rows, digest = out.strip().splitlines()[:-1], float(out.split()[-2])
        size = float(rows[0].split()[0]) / 1e3  # GB
        without_digest = size / (size / statistics.median(rates) - digest)
        return rates, without_digest, " ".join(rows[-1].partition("|")[2].split())

    def part_postcodes(self):
        """The postcode directory as a reference table: what a run takes longer for it."""
        table = data.postcodes(self.data.root / "postcodes.csv")
        needs = ("--rule", "454")
        for threads in (2, 1):
            series = measure.interleaved(self.rounds(1_600), without=self.audit(1_600, "ssda903", threads, *needs),
                                         with_table=self.audit(1_600, "ssda903", threads, *needs, "--reference", f"postcodes={table}"))
            name = f"{data.POSTCODES:,} postcodes, {table.stat().st_size / 1e6:.0f} MB, {threads} thread{'s' * (threads > 1)}"
            self.report.line(name, str(series["with_table"]), f"without {series['without']}")
            self.report.target("  seconds for the table", series["with_table"].median - series["without"].median, "at most", 1, unit=" s")

    def floor(self, file):
        out = measure.process([str(self.build / "bin" / "scan"), str(file)], ROOT).output
        for what, threads, value in gigabytes(out):
            self.report.line(f"floor: {what}", f"{value:.2f} GB/s", f"{threads} thread{'s' * (threads > 1)}")

    def part_small(self):
        series = measure.interleaved(self.runs or 31, pack=self.whole_pack(1_600), version=self.version())
        self.report.line("whole pack, 1,600 children, process", str(series["pack"]), f"start alone {series['version']}")
        self.report.target("  milliseconds", series["pack"].median * 1e3, "at most", 50, aim=25, unit=" ms")

    def service(self, children, threads=2, *more):
        """The IRO pack over a service, as a process."""
        folder = self.services.folder(children)
        command = [str(self.command), "run", "--pack", "iro", "--input", str(folder / "current"), "--as-at",
                   f"{data.YEAR + 1}-03-31", "--output", str(self.services.root / "findings.json"), "--fail-on", "never",
                   "--quiet", "--threads", str(threads), *more]
        return lambda: measure.process(command, ROOT)

    def part_iro(self):
        series = measure.interleaved(self.runs or 31, pack=self.service(1_653), version=self.version())
        self.report.line("IRO pack, 1,653 children, process", str(series["pack"]), f"start alone {series['version']}")
        self.report.target("  milliseconds", series["pack"].median * 1e3, "at most", 100, unit=" ms")
        given, returned = self.services.folder(100_000), self.data.folder(100_000)
        series = measure.interleaved(self.rounds(100_000), iro=self.service(100_000), ssda903=self.whole_pack(100_000))
        rules = rules_of(self.services.root / "findings.json")
        self.report.line("IRO pack, 100,000 children", str(series["iro"]),
                         f"{rules}; {data.records(given):,} records, {data.size(given) / 1e6:.0f} MB; SSDA903 {series['ssda903']}, "
                         f"{data.size(returned) / 1e6:.0f} MB")
        per_byte = {name: series[name].median / data.size(folder) for name, folder in (("iro", given), ("ssda903", returned))}
        self.report.target("  of the SSDA903 pack's time for a byte", per_byte["iro"] / per_byte["ssda903"], "at most", 3, unit="x")

    def version(self):
        return lambda: measure.process([str(self.command), "--version"], ROOT)

    def part_memory(self):
        for children in self.sizes:
            given = data.size(self.data.folder(children))
            for name, run in (("ten checks", self.audit(children, TEN)), ("whole pack", self.whole_pack(children))):
                peak = measure.interleaved(1, run=run)["run"].peak
                self.report.line(f"peak memory, {name}, {children:,} children", f"{peak / 1e6:.1f} MB", f"input {given / 1e6:.1f} MB")
                self.report.target("  above 32 MB, of the input", max(0, peak - (32 << 20)) / given, "at most", 1.0, aim=0.5, unit="x")

    def part_linear(self):
        if not self.full:
            self.report.line("linear", "only with --full", "")
            return
        for name, run in (("ten checks", lambda children: self.audit(children, TEN)), ("whole pack", self.whole_pack)):
            series = measure.interleaved(self.rounds(1_000_000), small=run(100_000), large=run(1_000_000))
            per_record = {key: series[key].median / data.records(self.data.folder(children))
                          for key, children in (("small", 100_000), ("large", 1_000_000))}
            self.report.line(f"{name}: a record at 1,000,000 children", f"{per_record['large'] * 1e9:.1f} ns",
                             f"at 100,000: {per_record['small'] * 1e9:.1f} ns")
            self.report.target("  times as long", per_record["large"] / per_record["small"], "at most", 1.08, unit="x")

    def part_threads(self):
        children = self.sizes[-1]
        for name, run in (("ten checks", lambda threads: self.audit(children, TEN, threads)),
                          ("whole pack", lambda threads: self.whole_pack(children, threads))):
            series = measure.interleaved(self.rounds(children), one=run(1), two=run(2))
            self.report.line(f"{name}, {children:,} children, 2 threads", str(series["two"]), f"1 thread {series['one']}")
            self.report.target("  times faster", series["one"].median / series["two"].median, "at least", 1.6, unit="x")

    def part_sandbox(self):
        worker, plugin = self.build / "libexec" / "caseaudit" / "caseaudit-worker", self.build / "lib" / "bench" / "spin.so"
        out = measure.process([str(self.build / "bin" / "bench_sandbox"), str(worker), str(plugin)], ROOT).output
        for name, *pairs in (line.split() for line in out.splitlines()):
            told = {key: float(value) for key, value in (pair.split("=") for pair in pairs)}
            if name == "start":
                self.report.line("sandbox: start of a worker, to the plugin's table", f"{told['median']:.1f} ms", f"least {told['least']:.1f} ms")
                self.report.target("  milliseconds", told["median"], "at most", 10, unit=" ms")
            elif name == "hang":
                self.report.target("sandbox: a hang ends beyond its limit by", told["most"], "at most", 0.2, unit=" s")
            else:
                self.report.line(f"sandbox: a check of {name} a row, {told['rows']:.0f} rows a batch", f"{told['worker']:.1f} ns in a worker",
                                 f"{told['in_process']:.1f} ns in this process; least against least {told['least_ratio']:.3f}x")
                self.report.target("  times as long", told["ratio"], "at most", 1.15 if name == "130ns" else 1.03, unit="x")

        self.command_in_sandbox()

    def command_in_sandbox(self):
        """The command over 100,000 children with one rule of a check of about 130 ns, or 2 us, a row: in a worker against in its process.
        What a run takes that judges hardly any row, worker and all, is taken off both."""
        folder, plugin = self.data.folder(100_000), self.build / "lib" / "bench" / "spin.so"
        for name, rounds, limit in (("130 ns", 200, 1.15), ("2 us", 3_100, 1.03)):
            packs = {kind: self.spinning_pack(kind, rounds) for kind in ("few", "all")}

            def run(kind, *more):
                command = [str(self.command), "run", "--pack", str(packs[kind]), "--input", str(folder / "current"), "--output",
                           str(self.data.root / f"spin-{kind}.json"), "--fail-on", "never", "--quiet", "--plugin", str(plugin), *more]
                return lambda: measure.process(command, ROOT)
            for threads in ("1", "2"):
                series = measure.interleaved(self.runs or 9, **{
                    f"{kind} {where}": run(kind, "--threads", threads, *(["--in-process"] if where == "here" else []))
                    for kind in packs for where in ("here", "there")})
                here, there = (series[f"all {where}"].median - series[f"few {where}"].median for where in ("here", "there"))
                rows = self.spun_rows("all") - self.spun_rows("few")
                self.report.line(f"sandbox: the command, {threads} thread(s), a check of about {name} over {rows:,} rows",
                                 f"{there / rows * 1e9:.0f} ns a row in workers", f"{here / rows * 1e9:.0f} ns in the process")
                self.report.target("  times as long", there / here, "at most", limit, unit="x")

    def spun_rows(self, kind):
        return json.loads((self.data.root / f"spin-{kind}.json").read_text())["rules"][-1]["population"]

    def spinning_pack(self, kind, rounds):
        folder = self.data.root / f"spin-{kind}"
        folder.mkdir(exist_ok=True)
        (folder / "pack.yaml").write_text(f"id: {folder.name}\nversion: 1.0.0\ntitle: A check that takes a time\ndataset: ssda903\ncalendar: england-and-wales\n")
        base = ("  - {id: none, title: None, dimension: validity, severity: low, for_each: episodes, message: None,\n"
                "     assert: 'coalesce(DECOM < as_at, true) || days_between(DECOM, DEC) > 0 || true'}\n")
        table, day = ("episodes", "DECOM") if kind == "all" else ("dolo", "DOLO_START")
        spins = (f"  - {{id: spins, title: Spins, dimension: validity, severity: low, for_each: {table}, message: Spins,\n"
                 f"     check: spin.spins, with: {{value: 'days_between({day}, as_at)', rounds: {rounds}}}}}\n")
        (folder / "rules.yaml").write_text("rules:\n" + base + spins)
        return folder

    def part_sdk(self):
        """A typed column through the SDK against a loop over the plain array, and where values are missing over array and bitmap."""
        out = measure.process([str(self.build / "bin" / "bench_sdk")], ROOT).output
        for name, *pairs in (line.split() for line in out.splitlines()):
            told = {key: float(value) for key, value in (pair.split("=") for pair in pairs)}
            array = told["array"]
            what = "every value present" if name == "present" else "one value of eight missing"
            self.report.line(f"sdk: a column of dates, {what}", f"{array:.2f} ns a row, the plain loop",
                             f"row[member] {told['row']:.2f} ns, row.date(\"name\") {told['name']:.2f} ns")
            self.report.target("  column.each_present, times as long", told["each_present"] / array, "at most", 1.1, unit="x")
            if name == "present":
                self.report.target("  for (cell : column), times as long", told["column"] / array, "at most", 1.1, unit="x")
            else:
                self.report.line("  for (cell : column), times as long", f"{told['column'] / array:.2f}x", "")

    def run(self, parts):
        self.report.heading(measure.machine())
        before = measure.noise()
        for part in parts:
            try:
                getattr(self, f"part_{part}")()
            except measure.Failed as failure:
                self.report.check(part, False, str(failure))
        self.report.heading(f"noise: a fixed piece of work varied by {before:.0%} before and {measure.noise():.0%} after the runs")
        return self.report.finish(self.data.root / "results.json")


def findings_of(path):
    """(rule, table, row) of all subject records of a findings document."""
    document = json.loads(path.read_text())
    return {(finding["rule"], record["table"], record["row"]) for finding in document["findings"]
            for record in finding["records"] if record["role"] == "subject"}


def rules_of(path):
    statuses = Counter(rule["status"] for rule in json.loads(path.read_text())["rules"])
    return ", ".join(f"{count} rules {status}" for status, count in sorted(statuses.items()))


def difference(ours, theirs):
    if ours == theirs:
        return ""
    more, less = Counter(rule for rule, _, _ in ours - theirs), Counter(rule for rule, _, _ in theirs - ours)
    return f"only caseaudit: {dict(more)}; only DuckDB: {dict(less)}"


def gigabytes(text):
    """Lines like 'bytes read  1 thread  2.10 GB/s'."""
    found = re.findall(r"^(\S.*?)\s+(\d+) threads?\s+([\d.]+) GB/s", text, flags=re.M)
    return [(what, int(threads), float(value)) for what, threads, value in found]


def main():
    parser = argparse.ArgumentParser(description="Measures speed and memory, side by side with DuckDB.")
    parser.add_argument("--build", default=str(ROOT / "build" / "release"), help="folder of the release build")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="1,600 and 100,000 children (the default)")
    size.add_argument("--full", action="store_true", help="1,000,000 children too, some minutes")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="these parts alone")
    parser.add_argument("--runs", type=int, help="runs of each, instead of 3 to 31 by size")
    options = parser.parse_args()
    return Bench(options).run(options.only or PARTS)


if __name__ == "__main__":
    sys.exit(main())
