"""`plugins:` in pack.yaml: where the plugins that a pack needs are found, which versions will do, what they may use."""
import os
import pathlib
import shutil
import unittest

from command import CommandTest, rule

BAD = pathlib.Path(os.environ["CASEAUDIT_BAD_PLUGINS"])
PACK = """id: {id}
version: 1.0.0
title: A pack that needs a plugin
dataset: ssda903
calendar: england-and-wales
"""
RULES = """rules:
  - id: same
    title: Judged by a check of another plugin
    dimension: consistency
    severity: low
    for_each: episodes
    check: twin.same
    message: It is so.
"""
EPISODE = "A1,01/05/2025,S,C2,N1,U1,PR1,,,,AB1 2CD,AB1 3CD,1234567"


class PackPlugins(CommandTest):
    def pack(self, plugins, id="local", more="", rules=RULES):
        folder = self.folder / "packs" / id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pack.yaml").write_text(PACK.format(id=id) + more + plugins)
        (folder / "rules.yaml").write_text(rules)
        return folder

    def place(self, folder, plugin="twin_one", name="twin"):
        """A plugin's file in a folder; `twin_one` and `twin_two` call themselves twin and twin-two, 1.0 both."""
        folder.mkdir(parents=True, exist_ok=True)
        return shutil.copy(BAD / f"{plugin}.so", folder / f"{name}.so")

    def lint(self, *arguments, status=2):
        return self.command("lint", *arguments, status=status).stderr.decode()

    def test_a_plugin_is_not_blamed_for_the_condition_of_the_pack(self):
        for need in ("{limits: {breaks: 3}}", '{version: "about 1"}'):
            with self.subTest(need):
                pack = self.pack(f"plugins:\n  twin: {need}\n")
                self.place(pack / "plugins")
                said = self.lint(pack)
                self.assertNotIn("cannot be compared", said)
                self.assertEqual(said.count("error:"), 1, said)

    def test_a_plugin_is_found_beside_its_pack_and_used(self):
        pack = self.pack('plugins:\n  twin: {version: ">=1, <2", limits: {record: 500 ms, memory: 256 MB, breaks: 3}}\n')
        self.place(pack / "plugins")
        self.assertEqual(self.lint(pack, status=0), "")
        document = self.audit(self.extract(episodes=[EPISODE]), pack=pack, status=0)
        self.assertEqual((rule(document, "same")["status"], rule(document, "same")["passed"]), ("ran", 1))
        self.assertIn(("twin", "1.0"), [(p["name"], p["version"]) for p in document["run"]["plugins"]])
        self.command("test", pack, status=0)
        self.command("docs", pack, "--out", self.folder / "pages", status=0)

    def test_folders_that_are_named_come_before_the_packs_own(self):
        pack = self.pack('plugins: {twin: {version: ">=1"}}\n')
        (pack / "plugins").mkdir()
        (pack / "plugins/twin.so").write_text("no library")
        self.assertIn("plugins/twin.so: error", self.lint(pack))
        named = self.place(self.folder / "named").parent
        self.assertEqual(self.lint(pack, "--plugin-path", self.folder / "empty", "--plugin-path", named, status=0), "")
        # What --plugin names is there already, and nothing is looked for.
        self.assertEqual(self.lint(pack, "--plugin", BAD / "twin_one.so", status=0), "")

    def test_a_plugin_of_an_extended_pack_is_beside_that_pack(self):
        base = self.pack('plugins: {twin: {version: ">=1"}}\n', id="base")
        self.place(base / "plugins")
        heir = self.pack("", id="heir", more="extends: base\n", rules="rules: []\n")
        self.assertEqual(self.lint(heir, status=0), "")

    def test_one_that_is_not_there_is_told_once_with_where_was_looked(self):
        pack = self.pack('plugins:\n  twin:\n    version: ">=1"\n')
        said = self.lint(pack, "--plugin-path", self.folder / "named")
        self.assertIn(f"""packs/local/pack.yaml:7:3: error: plugin twin, which the pack needs, is not there
  in pack local, plugin twin
  7 |   twin:
    |   ^^^^
  hint: looked for {self.folder}/named/twin.so, {pack}/plugins/twin.so; name its file with --plugin, or its folder with --plugin-path
""", said)
        self.assertEqual(said.count("error:"), 1, said)  # not that the check is unknown as well
        done = self.command("run", "--pack", pack, "--input", self.extract(episodes=[EPISODE]), status=2)
        self.assertEqual(done.stderr.decode().count("error:"), 1)

    def test_another_version_is_told_with_the_one_that_was_found(self):
        pack = self.pack('plugins:\n  twin: {version: ">=1.2, <2"}\n')
        file = self.place(pack / "plugins")
        said = self.lint(pack)
        self.assertIn(f"""packs/local/pack.yaml:7:19: error: the pack needs plugin twin >=1.2, <2, and {file} is 1.0
  in pack local, plugin twin
  7 |   twin: {{version: ">=1.2, <2"}}
""", said)
        self.assertEqual(said.count("error:"), 1, said)

    def test_every_pack_of_a_run_and_every_base_is_held_to(self):
        base = self.pack('plugins: {twin: {version: "<1"}}\n', id="base")
        self.place(base / "plugins")
        heir = self.pack('plugins: {twin: {version: ">=1"}}\n', id="heir", more="extends: base\n", rules="rules: []\n")
        said = self.lint(heir)
        self.assertIn("base/pack.yaml:6:27: error: the pack needs plugin twin <1, and", said)
        self.assertEqual(said.count("error:"), 1, said)

    def test_a_file_must_hold_the_plugin_that_it_is_named_after(self):
        pack = self.pack('plugins: {twin: {version: ">=1"}}\n')
        self.place(pack / "plugins", "guarded")
        self.assertIn("plugins/twin.so calls itself guarded", self.lint(pack))

    def test_bundled_plugins_have_versions_and_no_limits(self):
        rules = RULES.replace("check: twin.same", "assert: present(DEC)")
        self.assertEqual(self.lint(self.pack('plugins: {assertion: {version: ">=0.1"}}\n', rules=rules), status=0), "")
        said = self.lint(self.pack('plugins: {assertion: {version: ">=0.1", limits: {record: 1 s}}}\n', rules=rules))
        self.assertIn("plugin assertion is bundled and runs in no sandbox, so that nothing limits it", said)


if __name__ == "__main__":
    unittest.main()
