"""What a run leaves on the disk: whole files under final names, for their owner alone, and nothing else."""
import os
import random
import signal
import subprocess
import time
import unittest

from command import COMMAND, CommandTest, ROOT


class Files(CommandTest):
    def setUp(self):
        super().setUp()
        self.data = self.generated(children=400)
        self.out = self.folder / "out"
        self.out.mkdir()

    def arguments(self):
        return [COMMAND, "run", "--pack", "ssda903", "--input", str(self.data / "current"), "--prior", str(self.data / "prior"),
                "--output", str(self.out / "findings.json"), "--timings", str(self.out / "timings.json"), "--fail-on", "never"]

    def test_files_are_for_their_owner_alone(self):
        previous = os.umask(0)
        self.addCleanup(os.umask, previous)
        subprocess.run(self.arguments(), cwd=ROOT, check=True, capture_output=True)
        for path in self.out.iterdir():
            self.assertEqual(path.stat().st_mode & 0o777, 0o600, path)

    def test_an_interrupted_run_leaves_the_old_document_or_the_new_one(self):
        subprocess.run(self.arguments(), cwd=ROOT, check=True, capture_output=True)
        whole = (self.out / "findings.json").read_bytes()
        begun = time.monotonic()
        subprocess.run(self.arguments(), cwd=ROOT, check=True, capture_output=True)
        took = time.monotonic() - begun
        moments = random.Random(11)
        interrupted = 0
        for attempt in range(24):
            old = b"old" if attempt % 2 else None
            for path in self.out.iterdir():
                path.unlink()
            if old:
                (self.out / "findings.json").write_bytes(old)
            process = subprocess.Popen(self.arguments(), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(moments.random() * took)
            process.send_signal([signal.SIGINT, signal.SIGTERM, signal.SIGKILL][attempt % 3])
            interrupted += process.wait() < 0
            self.assertLessEqual(set(os.listdir(self.out)), {"findings.json", "timings.json"})
            if (self.out / "findings.json").exists():
                self.assertIn((self.out / "findings.json").read_bytes(), [whole] + ([old] if old else []))
            else:
                self.assertIsNone(old)
        self.assertGreater(interrupted, 5)


if __name__ == "__main__":
    unittest.main()
