"""Runs the tutorial of docs/plugins.md against an installed caseaudit and compares what is printed with what the page says:
tutorial.py GUIDE EXAMPLE PREFIX WORK. With CASEAUDIT_UPDATE_GOLDEN=1 it writes what is printed into the page."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

guide, example, prefix, work = map(pathlib.Path, sys.argv[1:])
begin, end = "<!-- tutorial -->", "<!-- end of tutorial -->"
folder = work / "tutorial"
shutil.rmtree(folder, ignore_errors=True)
shutil.copytree(example, folder)
environment = {**os.environ, "PATH": f"{prefix / 'bin'}:{os.environ['PATH']}", "XDG_CONFIG_HOME": str(work / "nothing"), "LC_ALL": "C.UTF-8"}


def run(command):
    """What it prints, but for what differs from machine to machine."""
    done = subprocess.run(["bash", "-c", command.replace("/opt/caseaudit", str(prefix))], cwd=folder, env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    assert done.returncode < 126 and not (command.startswith("cmake") and done.returncode), done.stdout
    printed = done.stdout.replace(str(folder), "…")
    printed = re.sub(r"\b[0-9a-f]{64}\b", "…", printed)
    return re.sub(r"^((?:Slowest|Took) .*?)[0-9.]+ (?=m?s$)", r"\1… ", printed, flags=re.M)


def played(block):
    """A console block, with what its commands print now."""
    lines, text = iter(block.splitlines(keepends=True)), ""
    for line in lines:
        if not line.startswith("$ "):
            continue  # printed before
        command = line
        while command.endswith("\\\n"):
            command += next(lines)
        text += command + run(command[2:])
    return text


page = guide.read_text()
before, tutorial = page.split(begin)
tutorial, after = tutorial.split(end)
count = tutorial.count("```console\n")
assert count >= 6, f"only {count} blocks of commands"
now = re.sub(r"(?<=^```console\n).*?(?=^```$)", lambda found: played(found[0]), tutorial, flags=re.M | re.S)
if os.environ.get("CASEAUDIT_UPDATE_GOLDEN"):
    guide.write_text(before + begin + now + end + after)
elif now != tutorial:
    import difflib
    sys.exit("the tutorial prints something else:\n" + "".join(difflib.unified_diff(
        tutorial.splitlines(True), now.splitlines(True), "docs/plugins.md", "printed", n=2)))
