#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-untranslated.py ROOT: the engine and the floors below it say domain and code, never a translated text."""

import re
import sys

import lintlib

MARK = re.compile(r"(?<![A-Za-z0-9_])(N?C?_|g?_?d?n?p?gettext|g_d[a-z]*gettext)\s*\(|<glib/gi18n")

root = sys.argv[1]
problems, n_files = [], 0
for path in lintlib.walk(root, ".c", ".h", below="src"):
    floor = path.split("/")[1]
    if lintlib.FLOORS.get(floor, 6) >= 6:
        continue
    n_files += 1
    text = lintlib.strip_c(lintlib.read(root, path))
    for match in MARK.finditer(text):
        problems.append(f"{path}:{lintlib.line_of(text, match.start())}: translated text on floor {floor}")
lintlib.finish(problems, n_files, "files")
