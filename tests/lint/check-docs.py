#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-docs.py ROOT: each public function of floors 0 to 5 has its doc block, in the .c file."""

import re
import sys

import lintlib

DECLARATION = re.compile(r"^[A-Za-z_][\w \t*]*?[ \t*](cot_\w+)[ \t]*\([^;{}]*\)[^;{}()]*(?:G_\w+[^;{}]*)?;", re.MULTILINE)
BLOCK = re.compile(r"/\*\*\n \* (cot_\w+):")
OBVIOUS = re.compile(r"_(quark|get_type)$")

root = sys.argv[1]
problems, n_functions = [], 0
for floor, number in lintlib.FLOORS.items():
    if number > 5:
        continue
    below = f"src/{floor}"
    documented = set()
    for path in lintlib.walk(root, ".c", ".h", below=below):
        documented.update(BLOCK.findall(lintlib.read(root, path)))
    for path in lintlib.walk(root, ".h", below=below):
        if path.endswith("-private.h"):
            continue
        text = lintlib.strip_c(lintlib.read(root, path))
        for match in DECLARATION.finditer(text):
            name = match.group(1)
            if "typedef" in match.group() or OBVIOUS.search(name):
                continue
            n_functions += 1
            if name not in documented:
                problems.append(f"{path}:{lintlib.line_of(text, match.start())}: {name} has no doc block")
lintlib.finish(problems, n_functions, "public functions")
