#!/usr/bin/env python3
"""The folders of core/ may include those to their left only; plugins may include the public surface only."""
import pathlib
import re
import sys

ORDER = ["platform", "diagnostic", "crypto", "yaml", "calendar", "extract", "dataset", "casebook", "expression",
         "rulepack", "plugin", "sandbox", "findings", "history", "disclosure", "engine", "generate", "reports", "cli"]
# What lies to the left and is still none of a folder's business.
FORBIDDEN = {("engine", "findings"), ("engine", "history"), ("engine", "disclosure"), ("engine", "sandbox"),
             ("findings", "sandbox"), ("history", "sandbox"), ("disclosure", "sandbox"), ("disclosure", "history"),
             ("generate", "engine"), ("generate", "findings"), ("generate", "history"), ("generate", "disclosure"),
             ("diagnostic", "platform"), ("reports", "engine"), ("reports", "plugin"), ("reports", "rulepack"),
             ("reports", "casebook"), ("reports", "generate"), ("reports", "sandbox"), ("reports", "history"),
             ("reports", "disclosure")}
# The values that diagnostics are made of serve every folder, the operating system's seam included.
ALLOWED = {("platform", "diagnostic")}
INCLUDE = re.compile(r'^\s*#include "([a-z_]+)/')


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if match := INCLUDE.match(line):
            yield number, match.group(1)


def main(root):
    wrong = []
    known = set(ORDER) | {"caseaudit"}
    files = 0
    for folder in sorted(path.name for path in (root / "core").iterdir() if path.is_dir()):
        if folder not in [*ORDER, "include"]:
            wrong.append(f"core/{folder}: has no place in the flow, see ORDER")
    for folder in ORDER:
        home = root / folder if folder == "reports" else root / "core" / folder
        for path in sorted(home.rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            files += 1
            for number, used in includes(path):
                if used not in ORDER or used == folder or (folder, used) in ALLOWED:
                    continue
                if ORDER.index(used) > ORDER.index(folder) or (folder, used) in FORBIDDEN:
                    wrong.append(f"{path.relative_to(root)}:{number}: {folder} may not use {used}")
    for path in sorted((root / "plugins").rglob("*.[ch]*")):
        files += 1
        for number, used in includes(path):
            if used in known and used != "caseaudit":
                wrong.append(f"{path.relative_to(root)}:{number}: a plugin may use the public SDK only, not {used}")
    for line in wrong:
        print(line)
    print(f"{files} files, {len(wrong)} includes against the flow")
    return 1 if wrong or files < 50 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
