#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-layering.py ROOT: a floor includes only lower floors, and only one floor knows each library."""

import os
import re
import sys

import lintlib

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(["<])([^">]+)[">]', re.MULTILINE)
# Library headers, and the only floor that may see them.
OWNERS = [
    (re.compile(r"pcre2"), "search"),
    (re.compile(r"zlib|archive|mspack|lzma|bzlib|zstd"), "unpack"),
    (re.compile(r"(gtk|gdk|gsk|pango|graphene|cairo|adwaita)\b"), "app"),
]
# Headers that stand beside the rule: both ends of the worker's pipe agree on one format, and window and
# command line say errors in the same words.
SHARED = {("unpack", "cot-unpack-protocol.h"), ("cli", "cot-finding-sentences.h"),
          ("cli", "cot-journey-sentences.h"), ("cli", "cot-report-sentences.h"),
          ("cli", "cot-member-sentences.h"), ("cli", "cot-sentences.h"),
          ("cli", "cot-summary-sentences.h"), ("cli", "cot-member-list.h"),
          ("cli", "cot-code-sentences.h")}
GENERATED = re.compile(r"-(resources|data)\.h$")  # by glib-compile-resources


def may_include(floor, other, name):
    if floor == other or (floor, name) in SHARED:
        return True
    if floor in ("app", "cli"):
        return other == "engine"
    if floor == "unpack":
        return other == "core"
    return lintlib.FLOORS[other] < lintlib.FLOORS[floor]


def main():
    root = sys.argv[1]
    paths = [path for path in lintlib.walk(root, ".c", ".h", below="src") if path.count("/") > 1]
    home = {os.path.basename(path): path.split("/")[1] for path in paths if path.endswith(".h")}
    problems = []
    for path in paths:
        floor = path.split("/")[1]
        if floor not in lintlib.FLOORS:
            problems.append(f"{path}: {floor} is no floor")
            continue
        text = lintlib.strip_c(lintlib.read(root, path), keep_strings=True)
        for match in INCLUDE.finditer(text):
            quote, name = match.groups()
            place = f"{path}:{lintlib.line_of(text, match.start())}"
            if ".." in name.split("/"):
                problems.append(f"{place}: {name} climbs out of its folder")
            for pattern, owner in OWNERS:
                if quote == "<" and pattern.match(name) and floor != owner:
                    problems.append(f"{place}: only {owner} includes <{name}>")
            if quote == '"':
                other = home.get(os.path.basename(name))
                if other is None and not GENERATED.search(name):
                    problems.append(f"{place}: {name} is nobody's header")
                elif other not in (None, floor) and name.endswith("-private.h"):
                    problems.append(f"{place}: {name} is private to {other}")
                elif other is not None and not may_include(floor, other, name):
                    problems.append(f"{place}: {floor} includes {name} of {other}")
        if floor != "app" and re.search(r"\bg_settings_|\bGSettings\b", text):
            problems.append(f"{path}: only app knows GSettings")
    lintlib.finish(problems, len(paths), "files")


main()
