"""The C++ in the guides for plugin authors compiles, and the reference names all that the headers hold."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "core/include"
GUIDES = ["docs/plugins.md", "docs/plugin-reference.md"]
# A block may follow a remark that says in what it is compiled, with BLOCK where it goes.
SNIPPET = re.compile(r"(?:^<!-- compiled as: (?P<around>.*?) -->\n)?^```cpp\n(?P<code>.*?)^```$", re.M | re.S)


def snippets(guide):
    text = (ROOT / guide).read_text()
    for found in SNIPPET.finditer(text):
        code, line = found["code"], text.count("\n", 0, found.start("code")) + 1
        placed = f'#line {line} "{guide}"\n{code}'
        if found["around"]:
            before, after = found["around"].split("BLOCK")
            placed = f"#include <caseaudit/sdk.hpp>\nusing namespace caseaudit::sdk;\n{before}\n{placed}\n{after}\n"
        yield line, placed


def public_names(header):
    """Types, concepts and functions of an SDK header, of its namespace and of its classes, without what is private."""
    names, hidden = set(), False
    text = re.sub(r"#define.*?[^\\]\n", "\n", re.sub(r"//[^\n]*", "", header.read_text()), flags=re.S)
    for line in text.splitlines():
        if re.match(r"\S", line) and line != "template <class T>":
            hidden = False
        if re.match(r"  (private|public):", line):
            hidden = "private" in line
        if hidden:
            continue
        if kind := re.match(r"(?:    )?(?:struct|class|enum class|concept) (\w+)|using (\w+) =", line):
            names.add(kind[1] or kind[2])
        elif function := re.match(r"(?:    )?(?:\[\[[^\]]*\]\] )?(?:(?:inline|constexpr|static|explicit|virtual|friend) )*"
                                  r"(?:const )?[A-Za-z_][\w:]*(?:<[^()]*?>)?[&*]? (?:const )?[&*]?(\w+)\(", line):
            names.add(function[1])
    return names - {"operator", "if", "return", "switch"}


class Guides(unittest.TestCase):
    def test_every_snippet_compiles(self):
        compiler = os.environ.get("CASEAUDIT_CXX", "c++")
        count = 0
        with tempfile.TemporaryDirectory() as folder:
            for guide in GUIDES:
                for line, code in snippets(guide):
                    count += 1
                    with self.subTest(f"{guide}:{line}"):
                        source = pathlib.Path(folder) / "snippet.cpp"
                        source.write_text(code)
                        done = subprocess.run([compiler, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I", INCLUDE, source],
                                              capture_output=True, text=True)
                        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreaterEqual(count, 6)

    def test_the_reference_names_everything(self):
        reference = set(re.findall(r"\w+", (ROOT / "docs/plugin-reference.md").read_text()))
        headers = sorted((INCLUDE / "caseaudit/sdk").rglob("*.hpp"))
        self.assertGreaterEqual(len(headers), 8)
        for header in headers:
            with self.subTest(header.name):
                names = public_names(header)
                self.assertGreater(len(names), 2)
                self.assertEqual(names - reference, set())

    def test_the_reference_names_all_of_the_contract(self):
        reference = set(re.findall(r"\w+", (ROOT / "docs/plugin-reference.md").read_text()))
        contract = re.sub(r"/\*.*?\*/", "", (INCLUDE / "caseaudit/plugin.h").read_text(), flags=re.S)
        names = set(re.findall(r"\b(?:caseaudit|CASEAUDIT)_\w+", contract)) | {member for _, member in
                                                                             re.findall(r"CASEAUDIT_FROZEN\((\w+), (\w+),", contract)}
        names -= {"CASEAUDIT_PLUGIN_H", "CASEAUDIT_PLUGIN_SYMBOL_NAME", "CASEAUDIT_FROZEN"}
        self.assertGreater(len(names), 80)
        self.assertEqual(names - reference, set())


if __name__ == "__main__":
    unittest.main()
