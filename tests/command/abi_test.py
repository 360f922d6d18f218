"""Plugins built against every version of the contract that there was, and by another compiler, in today's command."""
import os
import pathlib
import re
import unittest

from command import ROOT, CommandTest, rule

PLUGINS = pathlib.Path(os.environ["CASEAUDIT_ABI_PLUGINS"])
OLD = ROOT / "tests/plugin/abi"
PACK = """id: local
version: 1.0.0
title: A local pack
dataset: ssda903
calendar: england-and-wales
plugins: {abi: {version: ">=1"}}
"""
RULES = """rules:
  - id: short
    title: An episode is short
    dimension: consistency
    severity: low
    for_each: episodes
    check: abi.minimum
    with: {value: "days_between(DECOM, DEC)", least: 100}
    message: Short of it by {short} days.
"""
EPISODE = "{},{},S,C2,N1,U1,PR1,{},{},,AB1 2CD,AB1 3CD,1234567"


class Versions(CommandTest):
    identifiable = True

    def pack(self):
        pack = self.folder / "local"
        pack.mkdir(exist_ok=True)
        (pack / "pack.yaml").write_text(PACK)
        (pack / "rules.yaml").write_text(RULES)
        return pack

    def judged(self, plugin, *options):
        extract = self.extract(episodes=[EPISODE.format("A1", "01/04/2025", "02/04/2025", "X1"), EPISODE.format("A1", "02/04/2025", "05/06/2025", "E11"),
                                         EPISODE.format("B1", "01/04/2025", "01/09/2025", "E11"), EPISODE.format("C1", "01/04/2025", "", "")])
        document = self.audit(extract, "--plugin", PLUGINS / plugin, *options, pack=self.pack(), status=0)
        outcome = rule(document, "short")
        counts = tuple(outcome[key] for key in ("status", "population", "passed", "failed", "undecided"))
        return counts, [(f["case"], f["message"], [(r["role"], r["row"]) for r in f["records"]]) for f in document["findings"]]

    def test_each_version_judges_as_it_did(self):
        counts = ("ran", 4, 1, 2, 1)
        for plugin, context in (("1.0.so", []), ("1.1.so", []), ("today.so", [("context", 1)])):
            for options in ([], ["--in-process"]):
                with self.subTest(f"{plugin} {options}"):
                    self.assertEqual(self.judged(plugin, *options), (counts, [
                        ("A1", "Short of it by 99 days.", [("subject", 1)]),
                        ("A1", "Short of it by 36 days.", [("subject", 2), *context])]))

    def test_each_version_gives_up_on_a_record_and_on_no_other(self):
        # A check of version 1.0 says nothing of how it judges, and so is asked case by case.
        for plugin, lost in (("1.0.so", [2, 3]), ("1.1.so", [3]), ("today.so", [3])):
            extract = self.extract(episodes=[EPISODE.format("A1", "01/04/2025", "02/04/2025", "E11"), EPISODE.format("B1", "01/04/2025", "03/04/2025", "X1"),
                                             EPISODE.format("B1", "03/04/2025", "16/04/2025", "X1"), EPISODE.format("C1", "01/04/2025", "05/04/2025", "E11")])
            for options in ([], ["--in-process"]):
                with self.subTest(f"{plugin} {options}"):
                    document = self.audit(extract, "--plugin", PLUGINS / plugin, *options, pack=self.pack(), status=3)
                    told = rule(document, "short")
                    self.assertEqual(([r["row"] for r in told["unjudged"]["broke_on"]], told["undecided"], told["failed"], told["population"]),
                                     (lost, len(lost), 4 - len(lost), 4))
                    self.assertRegex(told["reason"], "could not be judged: plugin abi gave up at .*: the check could not judge: 13 is no number$")
                    self.assertEqual({f["records"][0]["row"] for f in document["findings"]}, {1, 2, 3, 4} - set(lost))

    def test_what_a_version_has_not_is_not_read(self):
        for plugin, version, limits in (("1.0.so", "1.0", ""), ("1.1.so", "1.1", ""), ("today.so", "1.2", ", at least 0, default 1")):
            with self.subTest(plugin):
                said = self.command("plugin", "inspect", PLUGINS / plugin, status=0).stdout.decode()
                self.assertIn(f"Contract  {version}\n", said)
                self.assertIn(f"  least: a constant (integer){limits}. The least it may be.\n", said)

    def test_a_plugin_by_clang_with_another_standard_library(self):
        plugin = PLUGINS / "clang.so"
        if not plugin.exists():
            self.skipTest("clang++ or libc++ is not installed, so there is no such plugin")
        self.assertIn(b"libc++.so", plugin.read_bytes())
        for options in ([], ["--in-process"]):
            document = self.audit(ROOT / "examples/authority-plugin/extract", "--plugin", plugin, "--as-at", "2024-12-31", "--fail-on", "never", *options,
                                  pack=ROOT / "examples/authority-plugin/pack", status=0)
            self.assertEqual([(f["message"], [r["row"] for r in f["records"]]) for f in document["findings"]],
                             [("Raised on 20 February 2024, 20 days after it was raised before.", [3, 1])])

    def test_what_a_version_froze_stands_unchanged(self):
        frozen = re.compile(r"^CASEAUDIT_FROZEN\((\w+), (\w+), (\d+)\);", re.M)
        today = (ROOT / "core/include/caseaudit/plugin.h").read_text()
        versions = {folder.name: (folder / "caseaudit/plugin.h").read_text() for folder in OLD.iterdir() if folder.is_dir()}
        self.assertEqual(sorted(versions), ["1.0", "1.1"])
        for name, header in versions.items():
            self.assertIn(f"#define CASEAUDIT_ABI_MINOR {name.split('.')[1]}\n", header)
            self.assertGreater(len(frozen.findall(header)), 50)
            self.assertLessEqual(set(frozen.findall(header)), set(frozen.findall(today)), name)
            # The order and type of the members, and the numbers of enumerations: all but what was appended.
            for kind, named, body in structures(header):
                with self.subTest(f"{name} {named}"):
                    now = next(b for k, n, b in structures(today) if (k, n) == (kind, named))
                    self.assertEqual(now[:len(body)], body)
        # Every member of today's structures is frozen.
        places = {(structure, member) for structure, member, _ in frozen.findall(today)}
        for kind, named, body in structures(today):
            if kind == "struct":
                self.assertEqual({(named, member_of(line)) for line in body} - places, set(), named)


def structures(header):
    """(struct or enum, name, members without their comments) of each that the contract defines."""
    header = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    for kind, named, body in re.findall(r"typedef (struct|enum) (\w+) \{\n(.*?)\n\} \w+;", header, re.S):
        depth, members, member = 0, [], ""
        for character in body:
            depth += (character in "({") - (character in ")}")
            if character == (";" if kind == "struct" else ",") and depth == 0:
                members.append(" ".join(member.split()))
                member = ""
            else:
                member += character
        yield kind, named, members + ([" ".join(member.split())] if kind == "enum" else [])


def member_of(declaration):
    function = re.search(r"\(\*(\w+)\)", declaration)
    return function.group(1) if function else re.search(r"(\w+)$", declaration).group(1)


if __name__ == "__main__":
    unittest.main()
