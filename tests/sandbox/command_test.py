"""The sandbox from the command line: the same findings in a worker as in this process, and no run without one."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "hostile"))
from plugins import hostile  # noqa: E402

COMMAND = pathlib.Path(os.environ["CASEAUDIT_COMMAND"])
WORKER = pathlib.Path(os.environ["CASEAUDIT_WORKER"])
WITHOUT = os.environ["CASEAUDIT_WITHOUT"]
BUNDLED = pathlib.Path(os.environ["CASEAUDIT_PLUGINS"])
SANITIZED = os.environ.get("CASEAUDIT_SANITIZE", "")
ROOT = pathlib.Path(__file__).resolve().parents[2]
WELL_BEHAVED = pathlib.Path(os.environ["CASEAUDIT_HOSTILE_PLUGIN"])


def run(*words, **options):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=300, cwd=ROOT, **options)


def sandboxes_work():
    return run(COMMAND, "list", "plugins", "--plugin", WELL_BEHAVED).returncode == 0


class Sandbox(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def bare_command(self):
        """The command installed without its bundled plugins, so that they can be named with --plugin."""
        tree = self.folder / "bare"
        for place in ("bin", "libexec/caseaudit", "share"):
            (tree / place).mkdir(parents=True)
        shutil.copy(COMMAND, tree / "bin")
        shutil.copy(WORKER, tree / "libexec/caseaudit")
        os.symlink(ROOT / "rules", tree / "share/rules")
        return tree / "bin" / COMMAND.name

    @unittest.skipIf(SANITIZED, "the bundled plugins are built with sanitizers, which a worker cannot load")
    @unittest.skipUnless(sandboxes_work(), "no sandbox can be made here, so no plugin runs in one")
    def test_the_bundled_plugins_find_the_same_in_a_worker(self):
        bare = self.bare_command()
        for dataset, pack, more in (("ssda903", "ssda903", []), ("iro", "iro", ["--as-at", "2026-03-31"])):
            extract = self.folder / dataset
            made = run(COMMAND, "generate", "--dataset", dataset, "--children", 300, "--year", 2025, "--seed", 11,
                       "--error-rate", 0.4, "--out", extract)
            self.assertEqual(made.returncode, 0, made.stderr)
            documents = []
            for command, threads, plugins in ((COMMAND, 2, []), (bare, 1, [BUNDLED]), (bare, 3, [BUNDLED]),
                                              (bare, 2, [BUNDLED, "--in-process"])):
                output = self.folder / "findings.json"
                options = ["--plugin", *plugins] if plugins else []
                done = run(command, "run", "--pack", ROOT / "rules" / pack, "--input", extract / "current", "--output", output,
                           "--threads", threads, "--fail-on", "never", *more, *options)
                self.assertIn(done.returncode, (0, 3), done.stderr)
                documents.append(output.read_bytes())
            self.assertGreater(len(json.loads(documents[0])["findings"]), 100)
            for other in documents[1:]:
                self.assertTrue(documents[0] == other, f"{pack}: the document differs")

    @unittest.skipUnless(sandboxes_work(), "no sandbox can be made here, so what one lacks cannot be tried")
    def test_without_landlock_or_a_filter_no_plugin_runs(self):
        for missing, what in ((["landlock_create_ruleset"], "does not offer Landlock"),
                              (["landlock_restrict_self!"], "does not offer Landlock"), (["capset!"], "capabilities")):
            with self.subTest(missing):
                done = run(WITHOUT, *missing, "--", COMMAND, "list", "checks", "--plugin", WELL_BEHAVED)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn("hostile.so: error: no sandbox can be made for it here", done.stderr)
                self.assertIn(what, done.stderr)
                self.assertIn("so the plugin was not run", done.stderr)
                self.assertIn("caseaudit plugin trust FILE", done.stderr)
                self.assertNotIn("hostile.acts", done.stdout)

    @unittest.skipUnless(sandboxes_work(), "no sandbox can be made here, so what one lacks cannot be tried")
    def test_without_namespaces_the_sandbox_holds_all_the_same(self):
        done = run(WITHOUT, "unshare!", "--", COMMAND, "list", "checks", "--plugin", WELL_BEHAVED)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("hostile.acts", done.stdout)
        done = run(WITHOUT, "unshare!", "--", COMMAND, "list", "checks", "--plugin", hostile("constructor-connects", self.folder))
        self.assertIn("called socket, which a sandboxed plugin may not", done.stderr)

    def test_in_this_process_a_plugin_needs_no_sandbox(self):
        done = run(WITHOUT, "landlock_create_ruleset", "--", COMMAND, "list", "checks", "--plugin", WELL_BEHAVED, "--in-process")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("hostile.acts", done.stdout)

    @unittest.skipUnless(sandboxes_work(), "no sandbox can be made here, so no plugin has limits")
    def test_limits_name_a_plugin_and_a_number(self):
        for option in ("--plugin-seconds", "--plugin-megabytes", "--plugin-breaks"):
            for given, what in (("hostile=0", "above 0"), ("hostile=soon", "above 0"), ("hostile", "takes NAME=VALUE"),
                                ("hostel=5", "no sandboxed plugin is named 'hostel'")):
                with self.subTest(f"{option} {given}"):
                    done = run(COMMAND, "list", "checks", "--plugin", WELL_BEHAVED, option, given)
                    self.assertEqual(done.returncode, 2)
                    self.assertIn(what, done.stderr)
            self.assertEqual(run(COMMAND, "list", "checks", "--plugin", WELL_BEHAVED, option, "hostile=20").returncode, 0)

    @unittest.skipUnless(sandboxes_work(), "no sandbox can be made here, so no plugin has limits")
    def test_a_pack_sets_limits_and_the_command_has_the_last_word(self):
        pack = self.folder / "local"
        (pack / "plugins").mkdir(parents=True)
        hostile("loop", self.folder).rename(pack / "plugins/hostile.so")
        (pack / "pack.yaml").write_text("id: local\nversion: 1.0.0\ntitle: Needs a plugin\ndataset: ssda903\ncalendar: england-and-wales\n"
                                        "plugins: {hostile: {version: '>=1', limits: {record: 200 ms, breaks: 1}}}\n")
        (pack / "rules.yaml").write_text("rules:\n  - {id: loops, title: Loops, dimension: validity, severity: low, for_each: episodes,\n"
                                         "     check: hostile.acts, with: {on: 'true', fails: 'true'}, message: It is so.}\n")
        extract = self.folder / "extract"
        extract.mkdir()
        (extract / "episodes.csv").write_text("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
                                              + "A1,01/05/2025,S,C2,N1,U1,PR1,,,,AB1 2CD,AB1 3CD,1234567\n" * 4)
        for options, seconds, unasked in (([], "0.2", 3), (["--plugin-seconds", "hostile=0.1"], "0.1", 3),
                                          (["--plugin-breaks", "hostile=2"], "0.2", 2)):
            with self.subTest(options):
                done = run(COMMAND, "run", "--pack", pack, "--input", extract, "--as-at", "2026-03-31", "--output", self.folder / "out.json", *options)
                self.assertEqual(done.returncode, 3, done.stderr)
                reason = json.loads((self.folder / "out.json").read_text())["rules"][0]["reason"]
                self.assertIn(f"did not end within {seconds} s and was ended", reason)
                self.assertIn(f"{unasked} records were not judged: plugin hostile was quarantined", reason)

    @unittest.skipUnless(sandboxes_work(), "no sandbox can be made here, so no plugin is described")
    def test_what_a_plugin_says_of_itself_cannot_steer_the_terminal(self):
        done = run(COMMAND, "list", "plugins", "--plugin", WELL_BEHAVED)
        self.assertIn(r"\x1b[2JHarmless.", done.stdout)
        self.assertNotIn("\x1b", done.stdout)


if __name__ == "__main__":
    unittest.main()
