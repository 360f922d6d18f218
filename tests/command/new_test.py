"""`caseaudit new`: what it makes passes lint and its own examples at once; what it refuses, it leaves alone."""
import os
import unittest

from command import CommandTest


class NewProjects(CommandTest):
    def new(self, kind, name, *arguments, status=0):
        return self.command("new", kind, name, *arguments, status=status, cwd=self.folder)

    def test_a_pack_passes_its_own_examples(self):
        self.new("pack", "north-shire")
        pack = self.folder / "north-shire"
        self.assertEqual(sorted(p.name for p in pack.iterdir()), ["README.md", "pack.yaml", "rules.yaml"])
        done = self.command("lint", pack, status=0)
        self.assertEqual(done.stdout, b"north-shire 0.1.0: 2 rules, 0 measures, no errors\n")
        done = self.command("test", pack, status=0)
        self.assertEqual(done.stdout, b"north-shire: 2 examples of 2 rules, 0 failed; 0 rules have none\n")
        rules = pack / "rules.yaml"
        rules.write_text(rules.read_text().replace("finds: [B]", "finds: [A]", 1))
        self.command("test", pack, status=1)

    def test_a_plugin_has_every_file_with_its_name(self):
        done = self.new("plugin", "north-shire", "--into", self.folder)
        project = self.folder / "north-shire"
        files = {str(p.relative_to(project)) for p in project.rglob("*") if p.is_file()}
        self.assertEqual(files, {".github/workflows/check.yml", ".gitignore", "CMakeLists.txt", "README.md",
                                 "extract/iro_disputes.csv", "pack/pack.yaml", "pack/rules.yaml", "repeated.cpp", "repeated_test.cpp"})
        for file in files:
            self.assertNotRegex((project / file).read_text(), "@(name|version)@")
        self.assertIn('CASEAUDIT_PLUGIN("north-shire"', (project / "repeated.cpp").read_text())
        self.assertIn(f"cmake -S {project} -B {project}/build".encode(), done.stdout)
        # Without its plugin the pack says which check it lacks.
        done = self.command("lint", project / "pack", status=2)
        self.assertIn(b"north-shire.repeated", done.stderr)

    def test_bad_and_taken_names_are_refused(self):
        for kind, name, reason in (("plugin", "North", b"cannot be the name of a plugin"),
                                   ("plugin", "../north", b"cannot be the name of a plugin"),
                                   ("pack", "nord_west", b"cannot be the name of a pack"),
                                   ("pack", "n" * 65, b"cannot be the name of a pack"),
                                   ("pack", "north-", b"cannot be the name of a pack"),
                                   ("plugin", "test", b"CMake has a target 'test' of its own"),
                                   ("plugin", "timeliness", b"is the name of a bundled plugin"),
                                   ("pack", "iro", b"there is a pack 'iro' already"),
                                   ("rule", "north", b"plugin")):
            with self.subTest(name):
                self.assertIn(reason, self.new(kind, name, status=2).stderr)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_what_is_there_stays_as_it_is(self):
        (self.folder / "north").write_text("mine")
        (self.folder / "south").mkdir()
        (self.folder / "east").symlink_to(self.folder / "nowhere")
        for name in ("north", "south", "east"):
            done = self.new("pack", name, status=2)
            self.assertIn(f"{name} is there already".encode(), done.stderr)
        self.assertEqual((self.folder / "north").read_text(), "mine")
        self.assertEqual(list((self.folder / "south").iterdir()), [])
        self.assertFalse((self.folder / "nowhere").exists())

    def test_a_folder_that_cannot_be_made_is_named(self):
        done = self.new("pack", "north", "--into", "absent", status=2)
        self.assertIn(b"absent/north cannot be made: No such file or directory", done.stderr)
        self.assertFalse(os.path.exists(self.folder / "absent"))


if __name__ == "__main__":
    unittest.main()
