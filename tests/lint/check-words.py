#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-words.py ROOT | --self-test: no work put off, and no names of the places where it was done."""

import os
import re
import sys
import tempfile

import lintlib

# Written in pieces, so that this file does not find itself.
FAULTS = [
    (re.compile(r"\b(TO" r"DO|FIX" r"ME|HA" r"CK)\b"), "work put off"),
    (re.compile(r"/wor" r"k/|\.\./shar" r"ed\b|/tm" r"p/b-|\.libr" r"ary/|/ro" r"ot/|/ho" r"me/[a-z]"), "a place of one machine"),
]
TEXT = (".c", ".h", ".ui", ".css", ".py", ".sh", ".xml", ".in", ".json", ".md", ".build", ".1", ".po", ".svg")


def look(root):
    problems = []
    paths = [path for path in lintlib.walk(root) if path.endswith(TEXT) or "." not in os.path.basename(path)]
    for path in paths:
        if path == "COPYING":
            continue
        text = lintlib.read(root, path)
        for pattern, what in FAULTS:
            for match in pattern.finditer(text):
                problems.append(f"{path}:{lintlib.line_of(text, match.start())}: {what}: {match.group()}")
    return problems, len(paths)


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        for name, text in [("a.c", "/* TO" "DO: later */"), ("b.py", "open('/wor" "k/x')"), ("c.c", "int todos;")]:
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        problems, _ = look(folder)
    print("\n".join(problems))
    sys.exit(0 if [problem[:3] for problem in problems] == ["a.c", "b.p"] else 1)


if sys.argv[1] == "--self-test":
    self_test()
lintlib.finish(*look(sys.argv[1]), "files")
