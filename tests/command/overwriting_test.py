"""Nothing that a command reads or keeps is written over, and no place is written to twice."""
import os
import pathlib
import shutil
import unittest

from command import CommandTest, ROOT
from life_test import bad

PLUGINS = pathlib.Path(os.environ["CASEAUDIT_ABI_PLUGINS"])


class Overwriting(CommandTest):
    def setUp(self):
        super().setUp()
        self.data = self.extract(episodes=[bad("A")])
        self.key = self.folder / "a.key"
        self.command("key", "new", self.key, status=0)
        self.old = self.folder / "old.json"
        self.audits("--output", self.old, status=1)
        self.waivers = self.folder / "waivers.yaml"
        self.waivers.write_text('waivers:\n  - {rule: "148", case: x, reason: r, basis: b, owner: o, expires: 2026-12-31}\n')
        self.prior = self.extract("prior", episodes=[bad("A")])
        self.postcodes = self.folder / "postcodes.csv"
        self.postcodes.write_text("Postcode,Easting,Northing\nAB1 2CD,1,1\n")
        self.history = self.folder / "h.sqlite"
        self.audits("--history", self.history, "--output", os.devnull, status=1)
        (self.folder / "sub").mkdir()

    def audits(self, *arguments, pack="ssda903", status=None, **options):
        return self.command("run", "--pack", pack, "--input", self.data, "--key", self.key, "--rule", "148", "--as-at", "2026-03-31",
                            "--quiet", *arguments, status=status, **options)

    def whole(self):
        return {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    def refused(self, *arguments, words, **options):
        before = self.whole()
        done = self.audits(*arguments, status=2, **options)
        for word in words:
            self.assertIn(word, done.stderr.decode())
        self.assertEqual(self.whole(), before)
        return done.stderr.decode()

    def test_no_destination_is_a_file_that_the_run_reads(self):
        reads = {"--key": self.key, "--baseline": self.old, "--waivers": self.waivers, "--prior": self.prior / "episodes.csv",
                 "--input": self.data / "episodes.csv", "--reference": self.postcodes}
        given = ["--baseline", self.old, "--waivers", self.waivers, "--prior", self.prior, "--reference", f"postcodes={self.postcodes}"]
        for option, path in reads.items():
            for destination, value in (("--output", path), ("--timings", path), ("--report sarif", f"sarif={path}"), ("--history", path)):
                with self.subTest(read=option, written=destination):
                    self.refused(*given, destination.split()[0], value, words=[f"{option} reads this, and it would be written over by {destination}"])

    def test_a_file_is_known_by_whatever_name(self):
        (self.folder / "link").symlink_to(self.key)
        os.link(self.key, self.folder / "hard-link")
        for name in ("link", "hard-link", "sub/../a.key", "./a.key"):
            with self.subTest(name):
                self.refused("--output", self.folder / name, words=["--key reads this"])
        self.refused("--output", "a.key", words=["--key reads this"], cwd=self.folder, pack=ROOT / "rules" / "ssda903")

    def test_a_file_of_the_pack_its_bases_its_dataset_or_a_plugin_is_kept(self):
        rules = self.folder / "copied"
        shutil.copytree(ROOT / "rules", rules)
        for file in ("ssda903/pack.yaml", "ssda903/episodes.yaml", "datasets/ssda903.yaml", "calendars/england-and-wales.yaml"):
            with self.subTest(file):
                self.refused("--output", rules / file, pack=rules / "ssda903", words=["--pack reads this"])
        heir = self.folder / "copied" / "heir"
        heir.mkdir()
        (heir / "pack.yaml").write_text('id: heir\nversion: 1.0.0\ntitle: Heir\nextends: [ssda903]\n')
        for file in ("heir/pack.yaml", "ssda903/episodes.yaml"):
            with self.subTest(file):
                self.refused("--output", rules / file, pack=heir, words=["--pack reads this"])
        plugin = shutil.copy(PLUGINS / "today.so", self.folder / "abi.so")
        self.refused("--output", plugin, "--plugin", plugin, words=["the plugin abi reads this"])

    def test_no_two_outputs_share_a_place(self):
        same = self.folder / "same"
        other = self.folder / "sub" / ".." / "same"
        for pair in (["--output", same, "--timings", other], ["--output", same, "--report", f"sarif={other}"],
                     ["--report", f"sarif={same}", "--report", f"junit={other}"], ["--report", f"sarif={same}", "--timings", other],
                     ["--format", "sarif", "--output", same, "--timings", other], ["--history", self.history, "--output", self.history],
                     ["--history", self.history, "--output", f"{self.history}-journal"], ["--history", same, "--timings", other],
                     ["--output", "-", "--report", "junit=-"]):
            with self.subTest(pair):
                self.refused(*pair, words=["would both be written to"])

    def test_a_report_of_several_files_stays_out_of_folders_with_such_files(self):
        self.refused("--report", f"worklist-csv={self.data}", words=["--input reads this"])
        self.refused("--report", f"worklist-csv={self.folder}", "--reference", f"postcodes={self.postcodes}", words=["--reference reads this"])
        self.audits("--report", f"worklist-csv={self.folder}", "--output", self.folder / "new.json", status=1)

    def test_all_conflicts_are_told_in_one_go(self):
        told = self.refused("--output", self.key, "--timings", self.key, "--report", f"sarif={self.data / 'episodes.csv'}", "--waivers", self.folder / "none",
                            words=["--key reads this, and it would be written over by --output", "--key reads this, and it would be written over by --timings",
                                   "--input reads this, and it would be written over by --report sarif", "--output and --timings would both be written"])
        self.assertIn("4 errors", told)

    def test_devices_and_new_files_beside_what_is_read_are_fine(self):
        self.audits("--output", os.devnull, "--timings", os.devnull, "--report", f"sarif={os.devnull}", status=1)
        self.audits("--output", self.folder / "new.json", "--timings", self.folder / "timings.json", "--report", f"sarif={self.folder / 'new.sarif'}", status=1)
        again = ["--output", self.folder / "new.json", "--timings", self.folder / "timings.json", "--report", f"sarif={self.folder / 'new.sarif'}"]
        self.audits(*again, status=1)

    def test_a_report_does_not_replace_the_document_it_is_made_of(self):
        before = self.old.read_bytes()
        (self.folder / "alias.sarif").symlink_to(self.old)
        for path in (self.old, self.folder / "alias.sarif"):
            done = self.command("report", self.old, "--format", "sarif", "--output", path, status=2)
            self.assertIn("the report reads this, and it would be written over by --output", done.stderr.decode())
        self.assertEqual(self.old.read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
