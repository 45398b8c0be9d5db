#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-format.py ROOT: the rules of layout that need no judgement.

What clang-format would write otherwise on the lines that are not committed yet is shown as advice.
"""

import re
import shutil
import subprocess
import sys

import lintlib

MAX_COLUMNS = 100
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"
# GNU layout puts a space before the parenthesis of a call; gettext's marks and attributes have none.
TIGHT_CALL = re.compile(r"\b(?!_\(|N_\(|C_\(|NC_\(|defined\()([a-z_]\w*)\(")
HANGING_BRACE = re.compile(r"^\w.*\)\s*\{\s*$|^\s*(if|for|while|switch)\b.*\)\s*\{\s*$|\}\s*else|\belse\s*(if\b.*)?\{")


def look(path, text):
    lines = text.split("\n")
    code = lintlib.strip_c(text).split("\n")
    if LICENCE not in lines[0]:
        yield 1, "the first line is not the licence"
    # A header that is read before the others is a main file to the compiler, which then warns.
    if path.endswith(".h") and "/pch/" not in path and "#pragma once" not in lines:
        yield 1, "no #pragma once"
    if not text.endswith("\n") or text.endswith("\n\n"):
        yield len(lines), "the file does not end with one line end"
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            yield number, "a tab"
        if "\r" in line:
            yield number, "a carriage return"
        if line != line.rstrip():
            yield number, "blanks at the end"
        if len(line) > MAX_COLUMNS:
            yield number, f"{len(line)} columns, more than {MAX_COLUMNS}"
        stripped = code[number - 1].lstrip()
        if not stripped.startswith("#") and not code[number - 2].endswith("\\"):
            for match in TIGHT_CALL.finditer(code[number - 1]):
                yield number, f"no space before the parenthesis of {match.group(1)}"
        if HANGING_BRACE.search(code[number - 1]):
            yield number, "the brace is not on its own line"


def advise(root):
    """What clang-format says to the lines that differ from the last commit."""
    if not shutil.which("clang-format") or not shutil.which("git"):
        return
    changed = subprocess.run(
        ["git", "-C", root, "diff", "-U0", "HEAD", "--", "*.c", "*.h"],
        capture_output=True, text=True, check=False,
    ).stdout
    path, ranges = None, {}
    for line in changed.splitlines():
        if line.startswith("+++ b/"):
            path = line[6:]
        elif match := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line):
            first, count = int(match.group(1)), int(match.group(2) or 1)
            if path and count:
                ranges.setdefault(path, []).append(f"--lines={first}:{first + count - 1}")
    for path, lines in ranges.items():
        formatted = subprocess.run(
            ["clang-format", *lines, f"{root}/{path}"], capture_output=True, text=True, check=False
        )
        if formatted.returncode == 0 and formatted.stdout != lintlib.read(root, path):
            print(f"advice: clang-format would lay out changed lines of {path} otherwise")


def main():
    root = sys.argv[1]
    problems, n_files = [], 0
    for path in lintlib.walk(root, ".c", ".h", below="src") + lintlib.walk(root, ".c", ".h", below="tests"):
        n_files += 1
        problems += [f"{path}:{number}: {what}" for number, what in look(path, lintlib.read(root, path))]
    advise(root)
    lintlib.finish(problems, n_files, "files")


main()
