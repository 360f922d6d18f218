"""The history of audits: what was first seen, resolved and reopened, across crashes and runs at once."""
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

from command import COMMAND, ROOT
from escalations_test import TABLES
from life_test import LifeTest, bad, good


class History(LifeTest):
    def setUp(self):
        super().setUp()
        self.history = self.folder / "history.sqlite"

    def run_at(self, as_at, episodes, *arguments, status=None, rules=("148",)):
        return self.read(self.document(f"at-{as_at}", "--as-at", as_at, "--history", self.history, *arguments, episodes=episodes,
                                       status=status, rules=rules))

    def ask(self, *arguments, status=0):
        return self.command("history", *arguments, "--history", self.history, status=status).stdout.decode()

    def test_first_seen_resolved_and_reopened(self):
        (one,) = self.run_at("2026-01-01", [bad("A"), good("B")])["findings"]
        self.assertEqual((one["state"], one["first_seen"], one["open_since"]), ("new", "2026-01-01", "2026-01-01"))
        two = self.run_at("2026-02-01", [bad("A"), bad("B")])["findings"]
        self.assertEqual({(f["state"], f["first_seen"], f["open_since"]) for f in two},
                         {("persisting", "2026-01-01", "2026-01-01"), ("new", "2026-02-01", "2026-02-01")})
        self.assertEqual(len(self.run_at("2026-03-01", [good("A"), bad("B")])["findings"]), 1)
        four = {f["id"]: f for f in self.run_at("2026-03-31", [bad("A"), bad("B")])["findings"]}
        again = four[one["id"]]
        self.assertEqual((again["state"], again["first_seen"], again["open_since"]), ("reopened", "2026-01-01", "2026-03-31"))
        told = self.ask("finding", one["id"][:10])
        for line in ("First seen   2026-01-01", "Last seen    2026-03-31", "Open since   2026-03-31", "2026-01-01  found (run 1)",
                     "2026-03-01  resolved (run 3)", "2026-03-31  reopened (run 4)", one["case"]):
            self.assertIn(line, told)
        runs = [line.split() for line in self.ask("runs").splitlines()[1:]]
        self.assertEqual([r[:7] for r in runs], [["1", "2026-01-01", "ssda903", "1", "1", "0", "0"], ["2", "2026-02-01", "ssda903", "2", "1", "0", "0"],
                                                 ["3", "2026-03-01", "ssda903", "1", "0", "0", "1"], ["4", "2026-03-31", "ssda903", "2", "0", "1", "0"]])

    def test_only_a_rule_that_ran_over_all_records_resolves(self):
        self.run_at("2026-01-01", [bad("A")])
        self.run_at("2026-02-01", [bad("A")], rules=("147",))
        self.run_at("2026-02-02", [good("A"), "A,short"], status=3)
        (finding,) = self.run_at("2026-03-01", [bad("A")])["findings"]
        self.assertEqual((finding["state"], finding["open_since"]), ("persisting", "2026-01-01"))
        self.assertIn("  no ", self.ask("runs"))

    def test_known_and_waived_findings_stay_in_the_history(self):
        (finding,) = self.run_at("2026-01-01", [bad("A")])["findings"]
        self.run_at("2026-02-01", [bad("A")], "--baseline", self.folder / "at-2026-01-01.json", status=0)
        self.assertIn("Last seen    2026-02-01", self.ask("finding", finding["id"]))

    def test_the_file_is_private_and_holds_no_case_number(self):
        previous = os.umask(0)
        self.addCleanup(os.umask, previous)
        self.run_at("2026-01-01", [bad("QXKEY77")])
        self.assertEqual(self.history.stat().st_mode & 0o777, 0o600)
        self.assertNotIn(b"QXKEY77", self.history.read_bytes())
        self.history.chmod(0o640)
        self.document("refused", "--history", self.history, episodes=[bad("A")], status=2)
        self.assertIn(b"others", self.done.stderr)

    def test_another_key_an_earlier_day_another_form_or_no_history_is_refused(self):
        self.run_at("2026-02-01", [bad("A")])
        key = self.folder / "key"
        self.command("key", "new", key, status=0)
        for as_at, keyed, words in (("2026-02-01", ["--key", key], b"another key"), ("2026-01-31", [], b"goes forward")):
            self.document("refused", "--as-at", as_at, *keyed, "--history", self.history, episodes=[bad("A")], status=2)
            self.assertIn(words, self.done.stderr)
            self.assertFalse((self.folder / "refused.json").exists())
        with sqlite3.connect(self.history) as database:
            self.assertEqual(database.execute("SELECT count(*) FROM runs").fetchone(), (1,))
            database.execute("UPDATE about SET version = 99")
        database.close()
        self.document("refused", "--history", self.history, episodes=[bad("A")], status=2)
        self.assertIn(b"another version", self.done.stderr)
        self.history.write_bytes(b"not a database at all, but long enough to look like something" * 20)
        self.history.chmod(0o600)
        self.document("refused", "--history", self.history, episodes=[bad("A")], status=2)
        self.assertIn(b"history.sqlite", self.done.stderr)
        self.command("history", "runs", "--history", self.folder / "none", status=2)

    def beside(self):
        return sorted(path.name for path in self.folder.glob("history.sqlite*"))

    def test_the_file_alone_is_the_history(self):
        (finding,) = self.run_at("2026-01-01", [bad("A")])["findings"]
        for as_at, episodes, status in (("2026-02-01", [bad("B")], None), ("2025-01-01", [bad("B")], 2)):
            if status:
                self.document("refused", "--as-at", as_at, "--history", self.history, episodes=episodes, status=status)
            else:
                self.run_at(as_at, episodes)
            self.assertEqual(self.beside(), ["history.sqlite"])
        self.ask("runs")
        self.assertEqual(self.beside(), ["history.sqlite"])
        copy = self.folder / "copy.sqlite"
        shutil.copyfile(self.history, copy)
        copy.chmod(0o600)
        told = self.command("history", "finding", finding["id"], "--history", copy, status=0).stdout.decode()
        self.assertIn("2026-02-01  resolved (run 2)", told)

    def test_a_run_does_not_wait_for_who_reads_and_who_leaves_last_makes_the_file_whole(self):
        self.run_at("2026-01-01", [bad("A")])
        reader = sqlite3.connect(self.history, isolation_level=None)
        reader.execute("BEGIN")
        self.assertEqual(reader.execute("SELECT count(*) FROM runs").fetchone(), (1,))
        self.run_at("2026-02-01", [bad("A")])
        self.assertEqual(len(self.ask("runs").splitlines()), 3)
        self.assertEqual(reader.execute("SELECT count(*) FROM runs").fetchone(), (1,))
        reader.execute("COMMIT")
        self.ask("runs")
        reader.close()
        self.assertEqual(self.beside(), ["history.sqlite"])

    def test_a_command_that_only_reads_brings_a_log_that_was_left_into_the_file(self):
        self.run_at("2026-01-01", [bad("A")])
        leave = "import os, sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute('UPDATE runs SET findings = 7'); d.commit(); os._exit(0)"
        subprocess.run([sys.executable, "-c", leave, self.history], check=True)
        self.assertIn("history.sqlite-wal", self.beside())
        self.assertIn("  7  ", self.ask("runs"))
        self.assertEqual(self.beside(), ["history.sqlite"])

    def numbers(self):
        database = sqlite3.connect(self.history)
        self.addCleanup(database.close)
        self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))
        runs = database.execute("SELECT run, findings, added, reopened, resolved FROM runs ORDER BY run").fetchall()
        still_open = database.execute("SELECT count(*) FROM findings WHERE resolved IS NULL").fetchone()[0]
        return runs, still_open

    def long_run(self, data, output="out.json"):
        return [COMMAND, "run", "--pack", "ssda903", "--input", str(data / "current"), "--prior", str(data / "prior"), "--history", str(self.history),
                "--output", str(self.folder / output), "--fail-on", "never", "--quiet"]

    def test_a_killed_run_leaves_the_history_whole(self):
        data = self.generated(children=300)
        begun = time.monotonic()
        subprocess.run(self.long_run(data), cwd=ROOT, check=True)
        took = time.monotonic() - begun
        (first,), count = self.numbers()
        chance, killed = random.Random(4), 0
        for _ in range(60):
            if killed == 8:
                break
            process = subprocess.Popen(self.long_run(data), cwd=ROOT)
            time.sleep(took * (0.4 + 0.6 * chance.random()))
            process.send_signal(signal.SIGKILL)
            if process.wait() == -signal.SIGKILL:
                killed += 1
            else:
                took *= 0.9  # it was over before: the first run was a slow one
            runs, still_open = self.numbers()
            # Each run is there as a whole or not at all.
            self.assertEqual([r[1:] for r in runs], [first[1:]] + [(count, 0, 0, 0)] * (len(runs) - 1))
            self.assertEqual(still_open, count)
        self.assertEqual(killed, 8)
        subprocess.run(self.long_run(data), cwd=ROOT, check=True)

    def test_a_run_waits_for_whoever_makes_the_history(self):
        data = self.generated(children=5)
        for hold in ("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"):
            self.history.unlink(missing_ok=True)
            os.close(os.open(self.history, os.O_CREAT, 0o600))
            other = sqlite3.connect(self.history, isolation_level=None)
            other.execute(hold)
            process = subprocess.Popen(self.long_run(data), cwd=ROOT)
            with self.assertRaises(subprocess.TimeoutExpired, msg=hold):
                process.wait(timeout=0.5)
            other.close()
            self.assertEqual(process.wait(), 0)

    def test_runs_at_once_wait_for_each_other(self):
        data = self.generated(children=300)
        processes = [subprocess.Popen(self.long_run(data, f"out-{i}.json"), cwd=ROOT) for i in range(4)]
        self.assertEqual([p.wait() for p in processes], [0] * 4)
        runs, still_open = self.numbers()
        self.assertEqual([r[0] for r in runs], [1, 2, 3, 4])
        self.assertEqual([r[2] for r in runs], [still_open, 0, 0, 0])
        states = [{f["state"] for f in json.loads((self.folder / f"out-{i}.json").read_bytes())["findings"]} for i in range(4)]
        self.assertEqual(sorted(map(sorted, states)), [["new"], ["persisting"], ["persisting"], ["persisting"]])


class Service(LifeTest):
    """The IRO pack: trends of measures, and the stages of disputes that findings propose."""

    def setUp(self):
        super().setUp()
        self.history = self.folder / "history.sqlite"
        self.service = self.folder / "service"
        self.service.mkdir()
        for table, rows in TABLES.items():
            (self.service / f"{table}.csv").write_text("\n".join(rows) + "\n")

    def run_at(self, as_at):
        output = self.folder / "out.json"
        self.command("run", "--pack", "iro", "--input", self.service, "--as-at", as_at, "--history", self.history, "--output", output, "--fail-on", "never")
        return self.read(output)

    def test_a_finding_that_stays_open_is_proposed_at_the_next_stage(self):
        # Kent's protocol as the pack has it: each stage five working days or so. 17 June 2024 is a Monday.
        first = {e["case"]: e for e in self.run_at("2024-06-17")["proposed_escalations"]}
        self.assertEqual({e["stage"] for e in first.values()}, {1})
        self.assertTrue(all(i["open_since"] == "2024-06-17" for e in first.values() for i in e["issues"]))
        later = {e["case"]: e for e in self.run_at("2024-07-15")["proposed_escalations"]}
        for case in first:
            self.assertGreater(later[case]["stage"], 1)
            self.assertNotEqual(later[case]["addressee"], first[case]["addressee"])
        same = {e["case"]: e for e in self.run_at("2024-07-15")["proposed_escalations"]}
        self.assertEqual(later, same)

    def test_measures_have_their_trend(self):
        one = self.run_at("2024-06-17")
        self.assertFalse([g for m in one["measures"] for g in m["groups"] if "trend" in g])
        self.run_at("2024-06-24")
        three = self.run_at("2024-07-01")
        trends = {(m["id"], json.dumps(g["by"])): g["trend"] for m in three["measures"] for g in m["groups"] if "trend" in g}
        self.assertGreater(len(trends), 10)
        before = {(m["id"], json.dumps(g["by"])): g for m in one["measures"] for g in m["groups"]}
        for key, trend in trends.items():
            self.assertIn([t["as_at"] for t in trend], [["2024-06-17", "2024-06-24"], ["2024-06-17"], ["2024-06-24"]])
            if trend[0]["as_at"] == "2024-06-17":
                self.assertEqual(trend[0], {"as_at": "2024-06-17", **{k: before[key][k] for k in ("population", "rate", "value") if k in before[key]}})
        identifier = next(iter(trends))[0]
        told = self.command("history", "measure", identifier, "--history", self.history, status=0).stdout.decode()
        self.assertIn("2024-06-24", told)
        self.assertIn(b"no such measure", self.command("history", "measure", "nosuch", "--history", self.history, status=2).stderr)


if __name__ == "__main__":
    unittest.main()
