"""What was to be printed and could not be is no success."""
import json
import os
import signal
import subprocess
import unittest

from command import COMMAND, ROOT, CommandTest
from life_test import bad


class Streams(CommandTest):
    def setUp(self):
        super().setUp()
        self.document = self.folder / "a.json"
        self.history = self.folder / "h.sqlite"
        self.key = self.folder / "key"
        self.command("key", "new", self.key, status=0)
        self.data = self.extract(episodes=[bad("A")])
        self.command(*self.audit_to("--output", self.document, "--history", self.history), status=1)
        (self.finding,) = json.loads(self.document.read_bytes())["findings"]

    def audit_to(self, *arguments):
        return ["run", "--pack", "ssda903", "--rule", "148", "--input", self.data, "--as-at", "2026-03-31", *arguments]

    def printing(self):
        return [["list", "rules", "--pack", "ssda903"], ["list", "packs"], ["schema", "findings"], ["diff", self.document, self.document],
                ["diff", self.document, self.document, "--format", "json"], ["explain", self.document, self.finding["id"]],
                ["history", "runs", "--history", self.history], ["history", "finding", self.finding["id"], "--history", self.history],
                ["lint", "ssda903"], ["test", "ssda903"], ["key", "pseudonyms", self.key], ["report", self.document, "--format", "junit"],
                ["generate", "--dataset", "iro", "--children", "5", "--out", self.folder / "made"], ["new", "pack", "mine", "--into", self.folder],
                ["key", "new", self.folder / "another"], ["docs", "ssda903", "--out", self.folder / "docs"], ["--help"], ["run", "--help"], ["--version"],
                self.audit_to(), self.audit_to("--format", "ndjson"), self.audit_to("--format", "junit"), self.audit_to("--output", self.folder / "other.json")]

    def start(self, arguments, **options):
        return subprocess.run([COMMAND, *map(str, arguments)], cwd=ROOT, input=b"A\nB\n", stderr=subprocess.PIPE, timeout=1200, **options)

    def test_a_full_disk_behind_standard_output_is_told(self):
        for arguments in self.printing():
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                done = self.start(arguments, stdout=full)
                self.assertEqual(done.returncode, 3, done.stderr)
                self.assertEqual(done.stderr.count(b"No space left on device"), 1, done.stderr)

    def test_a_pipe_that_is_closed_is_passed_over(self):
        for arguments in self.printing()[:5]:
            with self.subTest(arguments):
                reading, writing = os.pipe()
                os.close(reading)
                try:
                    done = self.start(arguments, stdout=writing)
                    self.assertEqual((done.returncode, done.stderr), (-signal.SIGPIPE, b""))
                finally:
                    os.close(writing)
        reading, writing = os.pipe()
        os.close(reading)
        done = self.start(["schema", "findings"], stdout=writing, restore_signals=False, preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_IGN))
        os.close(writing)
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_nothing_is_printed_into_a_file_that_took_the_place_of_a_closed_stream(self):
        def closed():
            for stream in (0, 1, 2):
                os.close(stream)
        output = self.folder / "other.json"
        done = self.start(self.audit_to("--output", output, "--history", self.history), preexec_fn=closed)
        self.assertEqual(done.returncode, 3)  # the summary went nowhere
        self.assertEqual(self.command(*self.audit_to("--history", self.history), status=1).stdout.count(b'"persisting"'), 1)
        self.command("report", output, "--format", "junit", status=0)
        self.assertEqual(len(self.command("history", "runs", "--history", self.history, status=0).stdout.splitlines()), 4)
        done = self.start(["list", "packs"], preexec_fn=lambda: os.close(1))
        self.assertEqual((done.returncode, done.stderr.count(b"Bad file descriptor")), (3, 1))
        self.assertEqual(self.start(self.audit_to("--output", output, "--quiet"), preexec_fn=closed).returncode, 1)


if __name__ == "__main__":
    unittest.main()
