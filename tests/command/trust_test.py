"""`caseaudit plugin`: what is trusted runs in the command's own process, and only what nobody else can have written."""
import hashlib
import os
import pathlib
import shutil
import stat
import subprocess
import unittest

from command import CommandTest

BAD = pathlib.Path(os.environ["CASEAUDIT_BAD_PLUGINS"])


class Trust(CommandTest):
    def setUp(self):
        super().setUp()
        self.configuration = self.folder / "configuration"
        self.environment = {**os.environ, "XDG_CONFIG_HOME": str(self.configuration)}
        self.list = self.configuration / "caseaudit/trusted-plugins"
        self.plugin = self.folder / "mine" / "guarded.so"
        self.plugin.parent.mkdir(mode=0o755)
        shutil.copy(BAD / "guarded.so", self.plugin)
        self.plugin.chmod(0o644)
        self.sha256 = hashlib.sha256(self.plugin.read_bytes()).hexdigest()

    def plugin_command(self, *arguments, status=0):
        return self.command("plugin", *arguments, status=status, env=self.environment)

    def test_a_plugin_is_trusted_listed_and_trusted_no_more(self):
        self.assertEqual(self.plugin_command("list-trusted").stdout, b"")
        done = self.plugin_command("trust", self.plugin)
        self.assertIn(f"Trusted: {self.sha256}  {self.plugin}".encode(), done.stdout)
        self.plugin_command("trust", self.plugin)  # once more changes nothing
        self.assertEqual(self.list.read_text(), f"{self.sha256}  {self.plugin}\n")
        self.assertEqual(stat.S_IMODE(self.list.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(self.list.parent.stat().st_mode), 0o700)
        self.assertEqual(self.plugin_command("list-trusted").stdout.decode(), f"{self.sha256}  {self.plugin}\n")
        self.plugin_command("untrust", self.sha256)
        self.assertEqual(self.list.read_text(), "")
        self.plugin_command("trust", self.plugin)
        self.plugin_command("untrust", self.plugin)
        self.assertEqual(self.list.read_text(), "")
        self.assertIn(b"is no trusted plugin", self.plugin_command("untrust", self.plugin, status=2).stderr)

    def test_two_trusted_plugins_are_loaded_by_their_descriptors(self):
        other = self.plugin.with_name("throwing.so")
        shutil.copy(BAD / "throwing.so", other)
        other.chmod(0o644)
        for plugin in (self.plugin, other):
            self.plugin_command("trust", plugin)
        # The worker is out of reach, so that nothing but this process can have loaded them.
        tree = self.folder / "tree/bin"
        tree.mkdir(parents=True)
        command = tree / "caseaudit"
        shutil.copy(os.environ["CASEAUDIT_COMMAND"], command)
        done = subprocess.run([command, "list", "plugins", "--plugin", self.plugin, "--plugin", other],
                              capture_output=True, text=True, env=self.environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, rf"guarded .*{self.plugin}")
        self.assertRegex(done.stdout, rf"throwing .*{other}")
        # A byte more, and it is another plugin, which would have to run in a sandbox.
        with self.plugin.open("ab") as file:
            file.write(b"\0")
        done = subprocess.run([command, "list", "plugins", "--plugin", self.plugin], capture_output=True, text=True,
                              env=self.environment)
        self.assertEqual(done.returncode, 2)
        self.assertIn("caseaudit-worker", done.stderr)

    def test_a_plugin_that_does_not_survive_being_loaded_is_refused(self):
        shutil.copy(BAD / "unloadable/throwing_constructor.so", self.plugin)
        self.plugin_command("trust", self.plugin)
        said = f"{self.plugin}: error: the plugin could not be loaded: it threw an exception: no \\x1blicence on this machine\n"
        for place in ([], ["--in-process"]):
            with self.subTest(place=place):
                done = self.command("list", "plugins", "--plugin", self.plugin, *place, status=2, env=self.environment)
                self.assertIn(said, done.stderr.decode())

    def test_what_others_can_write_is_not_trusted(self):
        link = self.folder / "link.so"
        link.symlink_to(self.plugin)
        for path, mode, what in ((self.plugin, 0o664, "others can write the file"), (self.plugin, 0o646, "others can write the file"),
                                 (self.plugin.parent, 0o777, "others can write its folder"),
                                 (self.plugin.parent, 0o775, "others can write its folder")):
            with self.subTest(f"{path} {mode:o}"):
                before = stat.S_IMODE(path.stat().st_mode)
                path.chmod(mode)
                for given in (self.plugin, link):  # a link hides nothing
                    done = self.plugin_command("trust", given, status=2)
                    self.assertIn(what, done.stderr.decode())
                done = self.command("list", "plugins", "--plugin", self.plugin, "--in-process", status=2, env=self.environment)
                self.assertIn(what, done.stderr.decode())
                path.chmod(before)
        self.assertFalse(self.list.exists())
        # Trusted first, opened to others then: refused, not run.
        self.plugin_command("trust", link)
        self.plugin.chmod(0o666)
        done = self.command("list", "plugins", "--plugin", self.plugin, status=2, env=self.environment)
        self.assertIn(b"others can write the file", done.stderr)

    def test_a_list_that_others_can_write_is_not_believed(self):
        self.plugin_command("trust", self.plugin)
        for path, mode in ((self.list, 0o620), (self.list.parent, 0o777)):
            before = stat.S_IMODE(path.stat().st_mode)
            path.chmod(mode)
            for arguments in (("plugin", "list-trusted"), ("list", "plugins", "--plugin", self.plugin)):
                done = self.command(*arguments, status=2, env=self.environment)
                self.assertIn(b"somebody else can write the list of trusted plugins", done.stderr)
            path.chmod(before)
        real = self.list.with_name("real")
        self.list.rename(real)
        self.list.symlink_to(real)
        self.assertIn(b"cannot be read", self.plugin_command("list-trusted", status=2).stderr)
        self.list.unlink()
        self.list.write_text("all of them\n")
        self.list.chmod(0o600)
        self.assertIn(b"trusted-plugins:1:1: error: the line is no trusted plugin", self.plugin_command("list-trusted", status=2).stderr)

    def test_inspect_tells_what_it_is(self):
        done = self.command("plugin", "inspect", self.plugin, env=self.environment)
        self.assertIn(f"SHA-256   {self.sha256}".encode(), done.stdout)
        self.assertIn(b"in a sandbox: it is not trusted", done.stdout)
        if done.returncode != 0 and b"no sandbox can be made" in done.stderr:
            self.skipTest("no sandbox can be made here, so a plugin cannot be asked")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"Plugin    guarded ", done.stdout)
        self.assertRegex(done.stdout, rb"Contract  1\.\d")
        self.assertIn(b"guarded.in-judge", done.stdout)
        self.assertIn(b"there is no such plugin file", self.plugin_command("inspect", "absent.so", status=2).stderr)


if __name__ == "__main__":
    unittest.main()
