"""No image of the command's memory, which holds the records, gets onto the disk or before other processes' eyes."""
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import unittest

from command import COMMAND, ROOT, CommandTest

NOBODY = 65534


class CoreDumps(CommandTest):
    def waiting(self, user=None):
        """A command that waits for its input."""
        def allowed():
            hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
            resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
        key = self.folder / "key"
        if not key.exists():
            self.command("key", "new", key, status=0)
        command = COMMAND
        if user is not None:
            os.chown(key, user, user)
            self.folder.chmod(0o755)
            command = shutil.copy(COMMAND, self.folder / "caseaudit")  # the user may not come by where it was built
        process = subprocess.Popen([command, "key", "pseudonyms", str(key)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=self.folder, preexec_fn=allowed,
                                   user=user, group=user, extra_groups=None if user is None else [])
        process.stdin.write(b"A\n" * 40000)  # more than it can be given before it reads
        process.stdin.flush()
        self.addCleanup(process.stdin.close)
        return process

    def test_a_crash_leaves_no_image(self):
        process = self.waiting()
        self.assertRegex(pathlib.Path(f"/proc/{process.pid}/limits").read_text(), r"Max core file size +0 +0 ")
        process.send_signal(signal.SIGABRT)  # SIGSEGV a sanitizer would take for itself
        _, state = os.waitpid(process.pid, 0)
        process.returncode = -signal.SIGABRT
        self.assertTrue(os.WIFSIGNALED(state))
        self.assertFalse(os.WCOREDUMP(state))
        self.assertEqual(os.listdir(self.folder), ["key"])

    @unittest.skipUnless(os.geteuid() == 0, "another user is needed, whom only root can be")
    def test_other_processes_of_the_user_see_nothing_of_its_memory(self):
        process = self.waiting(user=NOBODY)
        memory = f"/proc/{process.pid}/maps"
        self.assertEqual(os.stat(memory).st_uid, 0)
        read = subprocess.run(["cat", memory], capture_output=True, user=NOBODY, group=NOBODY, extra_groups=[])
        self.assertEqual(read.stdout, b"")
        process.kill()
        process.wait()

    @unittest.skipUnless(os.geteuid() == 0, "another user is needed, whom only root can be")
    def test_an_ordinary_user_audits_all_the_same(self):
        try:
            self.command("--version", status=0, user=NOBODY, group=NOBODY, extra_groups=[])
        except PermissionError:
            self.skipTest(f"other users may not go into {ROOT}")
        data = self.generated(children=20)
        out = self.folder / "out"
        out.mkdir()
        os.chown(out, NOBODY, NOBODY)
        self.folder.chmod(0o755)
        for path in (data, *data.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        document = out / "findings.json"
        for _ in range(2):  # the second replaces what the first made
            self.command("run", "--pack", "ssda903", "--input", data / "current", "--output", document, "--report", f"tables-xlsx={out / 'tables.xlsx'}", "--history",
                         out / "h.sqlite", "--fail-on", "never", status=0, user=NOBODY, group=NOBODY, extra_groups=[])
        self.assertEqual(sorted(os.listdir(out)), ["findings.json", "h.sqlite", "tables.xlsx"])


if __name__ == "__main__":
    unittest.main()
