"""A hundred hostile plugins against the command: it never dies, what it says names plugin and cause, the record that
cost the plugin its process is named and undecided, all other findings stand, and nothing is left behind."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from plugins import PLUGIN, attacks, hostile

COMMAND = os.environ["CASEAUDIT_COMMAND"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
NOBODY = 65534

PACK = """id: local
version: 1.0.0
title: A local pack
dataset: ssda903
calendar: england-and-wales
parameters:
  collection_end: {value: 2026-03-31, source: DfE}
"""
SOUND = """rules:
  - id: sound
    title: An episode has no end
    dimension: consistency
    severity: low
    for_each: episodes
    assert: present(DEC)
    message: Began {DECOM}.
"""
HOSTILE = """  - id: hostile
    title: Judged by a plugin that nobody vouches for
    dimension: consistency
    severity: low
    for_each: episodes
    check: hostile.acts
    with: {on: CHILD == 'QX13', fails: present(DEC)}
    message: It is {what}.
"""
EPISODES = 60
LINE = 15  # of QX13
HEADER = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"

SIGNAL = r"was ended by signal {} \("


HANGS = "did not end within"


def calls(name):
    return rf"called {name}, which a sandboxed plugin may not, and was ended"


# What the plugin does is the end of its process: one record is undecided, the rest judged by the next process.
BREAKS = {
    "segfault": SIGNAL.format(11), "stack-overflow": SIGNAL.format(11), "abort": SIGNAL.format(6),
    "divide-by-zero": SIGNAL.format("(8|4)"), "illegal-instruction": SIGNAL.format("(4|5)"), "double-free": SIGNAL.format(6),
    "throw-through-noexcept": SIGNAL.format(6), "exit": "ended itself with status 0", "exit-at-once": "ended itself with status 3",
    "kill-itself": SIGNAL.format(9),
    "loop": HANGS, "sleep": HANGS, "stop-itself": HANGS,
    "ignore-signals": HANGS, "forged-hint": HANGS, "loop-saying-the-same": HANGS,
    "setitimer": calls("setitimer"), "open": calls("openat"), "create": calls("openat"), "read-proc": calls("openat"),
    "unlink": calls("unlink"), "dlopen": calls("openat"), "memfd": calls("memfd_create"), "io-uring": calls("io_uring_setup"),
    "chroot": calls("chroot"), "connect": calls("socket"), "udp": calls("socket"), "unix-socket": calls("socket"),
    "send-descriptor": calls("sendmsg"), "exec": calls("execve"), "fork": calls("clone"), "raw-fork": calls("clone"),
    "thread": "made a system call that a sandboxed plugin may not", "ptrace": calls("ptrace"), "read-parent": calls("process_vm_readv"), "kill-parent": calls("kill"),
    "kill-all": calls("kill"), "signal-parent": calls("tgkill"), "unshare": calls("unshare"), "setuid": calls("setuid"),
    "raise-limits": calls("prlimit64"), "prctl": calls("prctl"), "outlive-parent": calls("prctl"),
    "catch-refusals": "made a system call that a sandboxed plugin may not",
    "block-refusals": "made a system call that a sandboxed plugin may not",
    "close-channel": calls("close"), "close-everything": calls("close_range"), "duplicate-channel": calls("dup2"),
    "read-channel": HANGS, "rwx": calls("mmap"), "make-executable": calls("mprotect"),
    "allocate-forever": SIGNAL.format(6), "write-records": SIGNAL.format(11), "make-records-writable": SIGNAL.format(11),
    "unmap-records": SIGNAL.format(11), "short-message": "cut itself off from its host and was ended", "flood": HANGS, "bad-pointer": SIGNAL.format(11),
    "context-nowhere": SIGNAL.format(11),
}
# What it says cannot be: nothing of the batch is believed, and the plugin is not asked again.
LIES = {
    "forged-frame": "left findings that cannot be read",
    "corrupt-length": "left findings that cannot be read", "half-a-frame": "left findings that cannot be read",
    "written-beyond": "left findings that cannot be read", "forged-evidence": "left findings that cannot be read",
    "forged-unit": "cannot be read|hid what it was judging", "unit-of-everything": "hid what it was judging",
    "forged-end": "had not|not asked", "forged-end-early": "had not|not asked", "flood-of-channel": "not asked",
}
# What a plugin says while it judges may hold a value.
KEPT_BACK = "its words may hold values, and are told with --identifiable"
# A contract broken in words: as in this process, nothing of the batch is believed.
FAILS = {
    "row-beyond": r"the check gave a verdict on row 2147483648 of a batch of 60",
    "context-beyond": "the check judged row .* by row 2147483648 of a batch of 60", "context-astray": "the check judged row .* of a batch by row .*, which is of another case",
    "context-flood": "the check gave more evidence on a record than a sandboxed plugin may",
    "two-verdicts": "the check gave two verdicts on row", "wrong-type": "the check gave evidence 'what' of another type than it declares",
    "undeclared-evidence": r"the check gave evidence '\\x1b\[2Jsecret', which it does not declare",
    "unknown-type": "the check gave evidence 'what' of another type", "not-utf8": "the check gave evidence 'what' that is not UTF-8",
    "huge-evidence": "the check gave more evidence on a record than a sandboxed plugin may", "endless-text": "the check gave more evidence on a record",
    "escape-in-refusal": "the check refused, and said that it had judged$",
}
# It gives up: as in this process, the record in hand is lost and no other.
GIVES_UP = {
    "throw": f"the check's run threw an exception: {KEPT_BACK}", "throw-number": "the check's run threw an exception of unknown type",
    "fifty-gigabytes": f"the check's run threw an exception: {KEPT_BACK}",
}
# It can mislead about which of its own records it is at, and ends all the same.
MISLEADS = {"loop-going-back": HANGS}
HARMLESS = ["environment", "print", "constructor-opens", "destroy-throws", "destroy-hangs"]
UNLOADABLE = {
    "table-hangs": HANGS, "constructor-crashes": SIGNAL.format(11) + r".* while it was loaded", "constructor-hangs": HANGS,
    "constructor-connects": calls("socket"), "constructor-forks": calls("clone"), "constructor-creates": calls("openat"),
    "constructor-exits": "ended itself with status 0 while it was loaded", "constructor-throws": "threw|signal 6",
    "constructor-answers": "while it was loaded", "table-too-long": SIGNAL.format(11), "table-nowhere": SIGNAL.format(11),
    "name-with-escapes": "the plugin's name is not of the form", "table-crashes": SIGNAL.format(11) + ".* while it was loaded",
    "create-crashes": r"plugin hostile was ended by signal 11 \(.*\) while it made the check",
    "create-opens": r"plugin hostile called openat.* while it made the check",
}


class HostilePlugins(unittest.TestCase):
    maxDiff = None
    user = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="hostile-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        os.chmod(cls.folder, 0o777)
        (cls.folder / "extract").mkdir()
        rows = [f"QX{i},01/05/2025,S,C2,N1,U1,PR1,{'02/06/2025' if i % 3 else ''},{'E11' if i % 3 else ''},,AB1 2CD,AB1 3CD,1234567"
                for i in range(EPISODES)]
        (cls.folder / "extract" / "episodes.csv").write_text("\n".join([HEADER, *rows]) + "\n")
        for name, rules in (("alone", SOUND), ("both", SOUND + HOSTILE)):
            (cls.folder / name).mkdir()
            (cls.folder / name / "pack.yaml").write_text(PACK)
            (cls.folder / name / "rules.yaml").write_text(rules)
        cls.alone = cls.run_command(cls, "alone", [])[1]
        done, cls.expected = cls.run_command(cls, "both", ["--plugin", hostile("well-behaved", cls.folder)])
        if cls.expected is None:
            raise unittest.SkipTest("no sandbox can be made here, so no plugin runs: " + done.stderr.decode())

    def run_command(self, pack, options):
        output = self.folder / f"findings-{os.getpid()}.json"
        output.unlink(missing_ok=True)
        environment = {"PATH": "/usr/bin:/bin", "SECRET": "of the host", "ASAN_OPTIONS": "detect_leaks=0"}
        process = subprocess.Popen([COMMAND, "run", "--pack", str(self.folder / pack), "--input", str(self.folder / "extract"),
                                    "--output", str(output), "--fail-on", "never", *map(str, options)], env=environment, cwd=ROOT,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, **(self.user or {}))
        try:
            stdout, stderr = process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        document = json.loads(output.read_bytes()) if output.exists() else None
        return subprocess.CompletedProcess(process.pid, process.returncode, stdout, stderr), document

    def attack(self, name, *options, folder=None):
        # On a busy machine what does not hang may still take its time.
        hangs = BREAKS.get(name, MISLEADS.get(name, "")) == HANGS
        done, document = self.run_command("both", ["--plugin", hostile(name, folder or self.folder), "--plugin-seconds",
                                                   f"hostile={0.4 if hangs else 60}", *options])
        said = (done.stdout + done.stderr).decode()
        self.assertGreaterEqual(done.returncode, 0, "the host died of a signal")
        self.assertNotIn("internal error", said)
        self.assertNotIn("Sanitizer", said)
        self.assertNotIn("\x1b", said)
        self.assertNotIn("QX", said)
        said = " ".join(said.split())  # the summary breaks long lines
        self.assertEqual(outliving_workers_of(done.args), [], "a worker has outlived its host")
        return done, document, said

    def assert_others_stand(self, document):
        """The other plugins' findings and counts are byte for byte those of a run without the hostile one."""
        self.assertEqual(findings(document, "sound"), findings(self.alone, "sound"))
        self.assertEqual(rule(document, "sound"), rule(self.alone, "sound"))
        counts = rule(document, "hostile")
        self.assertEqual(counts["population"], counts["passed"] + counts["failed"] + counts["undecided"])

    def test_what_breaks_the_plugin_costs_one_record(self):
        for name, cause in BREAKS.items():
            with self.subTest(name):
                done, document, said = self.attack(name, "--plugin-megabytes", "hostile=64")
                self.assertEqual(done.returncode, 3, said)
                self.assert_others_stand(document)
                told = rule(document, "hostile")
                self.assertEqual((told["status"], told["unjudged"]["records"], told["undecided"]), ("failed", 1, 1))
                self.assertRegex(told["reason"], rf"^1 record could not be judged: plugin hostile {cause}.* at episodes.csv line {LINE}$")
                self.assertIn(told["reason"], said)
                [broke] = told["unjudged"]["broke_on"]
                self.assertEqual((broke["file"], broke["line"], broke["row"]), ("episodes.csv", LINE, LINE - 1))
                self.assertEqual(findings(document, "hostile"), findings(self.expected, "hostile"))

    def test_what_gives_up_costs_one_record(self):
        for name, why in GIVES_UP.items():
            with self.subTest(name):
                done, document, said = self.attack(name)
                self.assertEqual(done.returncode, 3, said)
                self.assert_others_stand(document)
                told = rule(document, "hostile")
                self.assertEqual((told["status"], told["unjudged"]["records"], told["undecided"]), ("failed", 1, 1))
                self.assertEqual(told["reason"], f"1 record could not be judged: plugin hostile gave up at episodes.csv line {LINE}: {why}")
                self.assertIn(told["reason"], said)
                self.assertEqual([broke["line"] for broke in told["unjudged"]["broke_on"]], [LINE])
                self.assertEqual(findings(document, "hostile"), findings(self.expected, "hostile"))

    def test_what_lies_is_not_believed(self):
        for name, cause in LIES.items():
            with self.subTest(name):
                done, document, said = self.attack(name)
                self.assertEqual(done.returncode, 3, said)
                self.assert_others_stand(document)
                told = rule(document, "hostile")
                self.assertRegex(told["reason"], rf"plugin hostile .*({cause})")
                self.assertIn(told["reason"], said)
                self.assertEqual((told["status"], told["undecided"]), ("failed", EPISODES))
                self.assertEqual(findings(document, "hostile"), [])

    def test_what_breaks_the_contract_fails_its_rule(self):
        for name, cause in FAILS.items():
            with self.subTest(name):
                done, document, said = self.attack(name)
                self.assertEqual(done.returncode, 3, said)
                self.assert_others_stand(document)
                told = rule(document, "hostile")
                self.assertRegex(told["reason"], f"^{cause}")
                self.assertIn(told["reason"], said)
                self.assertEqual((told["status"], told["undecided"]), ("failed", EPISODES))
                self.assertEqual(findings(document, "hostile"), [])

    def test_what_misleads_ends(self):
        for name, cause in MISLEADS.items():
            with self.subTest(name):
                done, document, said = self.attack(name)
                self.assertEqual(done.returncode, 3, said)
                self.assert_others_stand(document)
                self.assertRegex(rule(document, "hostile")["reason"], f"plugin hostile {cause}")

    def test_what_finds_nothing_to_take_changes_nothing(self):
        for name in HARMLESS:
            with self.subTest(name):
                done, document, said = self.attack(name)
                self.assertEqual(done.returncode, 0, said)
                self.assert_others_stand(document)
                self.assertEqual(rule(document, "hostile"), rule(self.expected, "hostile"))
                self.assertEqual(findings(document, "hostile"), findings(self.expected, "hostile"))

    def test_what_cannot_be_loaded_is_named(self):
        for name, cause in UNLOADABLE.items():
            with self.subTest(name):
                done, document, said = self.attack(name)
                self.assertEqual((done.returncode, document), (2, None), said)
                self.assertRegex(said, cause)
                self.assertIn("hostile" if name.startswith("create") else f"{name}.so", said)

    def test_what_does_not_survive_being_loaded_in_this_process_is_refused(self):
        folder = self.folder / "own"  # where nobody else can write
        folder.mkdir(mode=0o755)
        crash = "(signal 11|it ended the process, with status (1|66))"  # the latter two as sanitizers end it
        for name, cause in {"constructor-throws": "it threw an exception: too early", "constructor-crashes": crash,
                            "constructor-exits": "it ended the process, with status 0", "table-crashes": crash}.items():
            with self.subTest(name):
                done, document, said = self.attack(name, "--in-process", folder=folder)
                self.assertEqual((done.returncode, document), (2, None), said)
                self.assertRegex(said, rf"{name}\.so: error: the plugin could not be loaded: {cause}")

    def test_no_attack_was_forgotten(self):
        tried = {*BREAKS, *LIES, *FAILS, *GIVES_UP, *MISLEADS, *HARMLESS, *UNLOADABLE, "well-behaved"}
        self.assertEqual(attacks(), tried)
        self.assertGreaterEqual(len(tried), 90)
        self.assertFalse(pathlib.Path("/tmp/hostile-was-here").exists())


@unittest.skipUnless(os.getuid() == 0, "not root: the tests above ran as an ordinary user already")
class HostilePluginsOfAnOrdinaryUser(HostilePlugins):
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}

    @classmethod
    def setUpClass(cls):
        can = subprocess.run([COMMAND, "--version"], capture_output=True, **cls.user) if readable_by_all() else None
        if can is None or can.returncode != 0:
            raise unittest.SkipTest("an ordinary user cannot read the build folder")
        super().setUpClass()


def readable_by_all():
    return all(os.stat(folder).st_mode & 0o005 == 0o005 for folder in PLUGIN.parents)


def outliving_workers_of(parent):
    """Those that are still there some seconds after their parent."""
    for _ in range(100):
        if not (found := workers_of(parent)):
            return []
        time.sleep(0.1)
    return found


def workers_of(parent):
    """Processes that were told, when they were started, that this one is their parent."""
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if words[0].endswith(b"caseaudit-worker") and words[1] == str(parent).encode():
            found.append(path)
    return found


def rule(document, identifier):
    return next(r for r in document["rules"] if r["rule"] == identifier)


def findings(document, identifier):
    return [json.dumps(f) for f in document["findings"] if f["rule"] == identifier]


if __name__ == "__main__":
    unittest.main(verbosity=2 if "-v" in sys.argv else 1)
