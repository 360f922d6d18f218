"""What a run says on a terminal while it works: the bar, and nothing of it anywhere else."""
import os
import pty
import select
import sqlite3
import subprocess
import unittest

from command import COMMAND, ROOT, CommandTest

EPISODE = "A1,01/05/2025,S,C2,N1,U1,PR1,,,,AB1 2CD,AB1 3CD,1234567"
CLEAR = b"\r\x1b[K"


class Progress(CommandTest):
    def arguments(self, *more):
        return [str(word) for word in (COMMAND, "run", "--pack", "ssda903", "--input", self.extract(episodes=[EPISODE]), "--rule", "148",
                                       "--history", self.folder / "history.sqlite", "--output", self.folder / "findings.json", *more)]

    def hold(self):
        """Keeps the history, so that a run has to wait for it: however fast the machine is, it takes as long."""
        subprocess.run(self.arguments("--quiet"), cwd=ROOT, check=True)
        held = sqlite3.connect(self.folder / "history.sqlite", isolation_level=None)
        self.addCleanup(held.close)
        held.execute("BEGIN IMMEDIATE")
        return held

    def waiting(self, *more):
        """A run in a terminal that waits for the history."""
        held = self.hold()
        screen, line = pty.openpty()
        process = subprocess.Popen(self.arguments(*more), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=line)
        os.close(line)
        self.addCleanup(os.close, screen)
        return process, screen, held

    def read(self, screen, until=None, seconds=60):
        text = b""
        while until is None or until not in text:
            if not select.select([screen], [], [], seconds)[0]:
                break
            try:
                got = os.read(screen, 4096)
            except OSError:  # the run has ended
                break
            if not got:
                break
            text += got
        return text

    def end(self, process, held):
        held.execute("ROLLBACK")
        output = process.communicate(timeout=300)[0]
        self.assertEqual(process.returncode, 0)
        return output

    def test_a_run_that_takes_long_says_what_it_does_and_leaves_the_line_empty(self):
        process, screen, held = self.waiting()
        shown = self.read(screen, until=b"Reading the history")
        self.assertIn(CLEAR + b"Reading the history", shown)
        output = self.end(process, held)
        shown += self.read(screen)
        self.assertTrue(shown.endswith(CLEAR), shown[-200:])
        self.assertIn(b"Findings   0", output)
        self.assertNotIn(b"\x1b", output)

    def test_quiet_shows_nothing(self):
        process, screen, held = self.waiting("--quiet")
        self.assertEqual(self.read(screen, seconds=2), b"")
        self.assertEqual(self.end(process, held), b"")
        self.assertEqual(self.read(screen), b"")

    def test_what_is_no_terminal_gets_nothing(self):
        held = self.hold()
        process = subprocess.Popen(self.arguments(), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(self.read(process.stderr.fileno(), seconds=2), b"")
        held.execute("ROLLBACK")
        self.assertEqual(process.communicate(timeout=300)[1], b"")
        self.assertEqual(process.returncode, 0)


if __name__ == "__main__":
    unittest.main()
