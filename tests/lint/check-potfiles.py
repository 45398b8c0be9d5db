#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-potfiles.py [--update] ROOT: po/POTFILES.in lists each file with texts, and no other.

With --update the list is written anew.
"""

import os
import re
import sys

import lintlib

MARKS = {
    (".c", ".h"): re.compile(r"(?<![A-Za-z0-9_])(N?C?_|ngettext|g_d\w*gettext\w*)\s*\("),
    (".ui",): re.compile(r"""\btranslatable=["'](yes|true)"""),
    (".desktop.in", ".metainfo.xml.in", ".gschema.xml"): re.compile(""),
}


# Detectors and the guide, by the rules of data/knowledge/its.
KNOWLEDGE = re.compile(r"^data/knowledge/[\w-]+\.xml$")


def holds_texts(root, path):
    if KNOWLEDGE.match(path):
        return True
    for endings, mark in MARKS.items():
        if path.endswith(endings):
            text = lintlib.read(root, path)
            if path.endswith((".c", ".h")):
                text = re.sub(r"^[ \t]*#[ \t]*define.*$", "", lintlib.strip_c(text), flags=re.MULTILINE)
            return mark.search(text) is not None
    return False


def listed(root, name):
    path = f"po/{name}"
    if not os.path.exists(os.path.join(root, path)):
        return []
    return [line.strip() for line in lintlib.read(root, path).splitlines() if line.strip() and line[0] != "#"]


def main():
    update = "--update" in sys.argv
    root = sys.argv[-1]
    skipped = listed(root, "POTFILES.skip")
    expected = [
        path
        for path in lintlib.walk(root, below="src") + lintlib.walk(root, below="data")
        if holds_texts(root, path) and path not in skipped
    ]
    expected.sort()
    if update:
        with open(os.path.join(root, "po/POTFILES.in"), "w", encoding="utf-8") as file:
            file.write("".join(path + "\n" for path in expected))
    present = listed(root, "POTFILES.in")
    problems = [f"{path} has texts and is not in POTFILES.in" for path in expected if path not in present]
    for path in present + skipped:
        if not os.path.exists(os.path.join(root, path)):
            problems.append(f"{path} is listed and does not exist")
    problems += [
        f"{path} is listed and has no texts"
        for path in present
        if path not in expected and os.path.exists(os.path.join(root, path))
    ]
    if present != sorted(present):
        problems.append("POTFILES.in is not sorted")
    lintlib.finish(problems, len(present), "files with texts")


main()
