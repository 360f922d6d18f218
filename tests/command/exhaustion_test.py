"""A run that memory is too little for says so, in one sentence and with one status, wherever in it that happens."""
import os
import resource
import subprocess
import unittest

from command import COMMAND, ROOT, CommandTest

SENTENCE = (b"caseaudit: out of memory: what was asked for is not complete; give it more memory (ulimit -v, a container's limit), let it have fewer "
            b"--threads, or audit fewer records at a time\n")


@unittest.skipIf("asan" in COMMAND or "tsan" in COMMAND, "a sanitizer needs address space without limit")
class Exhaustion(CommandTest):
    def with_memory(self, megabytes, *arguments):
        return subprocess.run([COMMAND, *map(str, arguments)], cwd=ROOT, capture_output=True, stdin=subprocess.DEVNULL, timeout=1200,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20)))

    def least(self):
        """Megabytes that it can be started with at all: with less the system's loader ends it."""
        return next(megabytes for megabytes in range(4, 4096) if self.with_memory(megabytes, "--version").returncode == 0)

    def check(self, *arguments, status, least):
        """From hardly enough to start with to enough; what it was to write into `out` is there when it says so, and nothing else ever."""
        out = self.folder / "out"
        out.mkdir()
        outcomes, sentences = {status: 0, 3: 0}, 0
        for megabytes in (*range(least, least + 60), *range(least + 60, 400, 20)):
            done = self.with_memory(megabytes, *arguments)
            outcomes[done.returncode] = outcomes.get(done.returncode, 0) + 1
            with self.subTest(megabytes=megabytes, arguments=arguments):
                self.assertIn(done.returncode, (status, 3))
                if done.returncode == 3:  # what is said before it depends on where memory ends
                    self.assertEqual(done.stdout, b"")
                    self.assertRegex(done.stderr, b"memory|Cannot allocate")
                    sentences += done.stderr == SENTENCE
                self.assertLessEqual(set(os.listdir(out)), {"findings.json", "page.html", "book.xlsx", "h.sqlite", "h.sqlite-wal", "h.sqlite-shm"})
            if outcomes[status] > 5:
                break
        for path in out.iterdir():
            path.unlink()
        out.rmdir()
        self.assertGreater(outcomes[status], 0)
        self.assertGreater(sentences, 5)
        self.assertGreater(sentences, outcomes[3] * 0.8)

    def test_the_end_is_the_same_with_whatever_is_missing(self):
        data, least = self.generated(children=300), self.least()
        out = self.folder / "out"
        audit = ["run", "--pack", "ssda903", "--input", data / "current", "--prior", data / "prior", "--output", out / "findings.json", "--quiet", "--fail-on", "never"]
        for threads in (1, 2, 5):
            self.check(*audit, "--threads", threads, status=0, least=least)
        page = ["--report", f"html={out / 'page.html'}"] if self.makes_web_pages() else []
        self.check(*audit, "--threads", 2, "--history", out / "h.sqlite", *page, "--report", f"tables-xlsx={out / 'book.xlsx'}", status=0, least=least)

    def test_a_large_extract_is_not_half_audited(self):
        data, least = self.generated(children=5000), self.least()
        self.check("run", "--pack", "ssda903", "--input", data / "current", "--output", self.folder / "out" / "findings.json", "--quiet", "--fail-on", "never",
                   "--threads", 2, status=0, least=least)


if __name__ == "__main__":
    unittest.main()
