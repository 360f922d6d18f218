"""The examples of docs/ci.md: what a server would hand to a shell is handed to one, over an extract that has findings and one that has none."""
import json
import os
import re
import subprocess
import unittest

from command import COMMAND, ROOT, CommandTest

try:
    import yaml
except ImportError:
    yaml = None

EPISODE = "A1,01/05/2025,S,C2,N1,U1,PR1,{dec},,,AB1 2CD,AB1 3CD,1234567"


def example(language, word):
    for found in re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs/ci.md").read_text(), re.S):
        if word in found:
            return found
    raise AssertionError(f"docs/ci.md has no example with {word}")


@unittest.skipIf(yaml is None, "there is no Python package yaml")
class Servers(CommandTest):
    def shell(self, script, wrong=False, pack=None):
        """The script in a checkout that holds the extract: its status, output and the files that it left."""
        bin_folder = self.folder / "bin"
        bin_folder.mkdir(exist_ok=True)
        if not (bin_folder / "caseaudit").exists():
            os.symlink(COMMAND, bin_folder / "caseaudit")
        (self.folder / "extract").mkdir(exist_ok=True)
        for name in ("current", "prior"):
            self.extract(f"extract/{name}", episodes=[EPISODE.format(dec="02/06/2025" if wrong and name == "current" else "")])
        for left in self.folder.glob("*.*"):
            left.unlink()
        if pack:
            script = script.replace("--pack ssda903", f"--pack {pack}")
        environment = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}", "CASEAUDIT_RULES": str(ROOT / "rules")}
        done = subprocess.run(["bash", "-e", "-c", script], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=300)
        return done.returncode, done.stdout, {path.name for path in self.folder.glob("*.*")}

    def scripts(self):
        workflow = yaml.safe_load(example("yaml", "runs-on"))
        gitlab = yaml.safe_load(example("yaml", "artifacts"))["audit"]
        jenkins = re.search(r"sh '''(.*?)'''", example("groovy", "pipeline"), re.S).group(1)
        (audit,) = (step["run"] for step in workflow["jobs"]["audit"]["steps"] if "run" in step)
        self.assertEqual(gitlab["artifacts"]["reports"]["junit"], "junit.xml")
        # Groovy takes a backslash at the end of a line, and the line end with it, out of such a text.
        return {"github": audit, "gitlab": "\n".join(gitlab["script"]), "jenkins": jenkins.replace("\\\n", "")}

    def test_each_ends_with_the_status_of_the_audit_and_leaves_what_the_server_picks_up(self):
        reports = {"github": {"findings.sarif", "annotations.txt"}, "gitlab": {"junit.xml"}, "jenkins": {"junit.xml"}}
        for server, script in self.scripts().items():
            with self.subTest(server):
                status, said, left = self.shell(script)
                self.assertEqual((status, left), (0, reports[server] | {"findings.json"}), said)
                status, said, left = self.shell(script, wrong=True)
                self.assertEqual(left, reports[server] | {"findings.json"})
                self.assertEqual(status, 0 if server == "jenkins" else 1, said)  # fails on critical findings alone
                self.assertEqual("::error " in said, server == "github")
                self.assertGreater(len(json.loads((self.folder / "findings.json").read_text())["findings"]), 0)

    def test_a_wrong_pack_ends_with_2(self):
        for server, script in self.scripts().items():
            with self.subTest(server):
                self.assertEqual(self.shell(script, pack="none-such")[0], 2)


if __name__ == "__main__":
    unittest.main()
