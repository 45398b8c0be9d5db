#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-man.py ROOT: the man pages are set without a warning, as wide as a terminal usually is."""

import os
import sys

import lintlib

# What is left of 80 columns.
WIDTH = "78n"

root = sys.argv[1]
pages = [path for path in lintlib.walk(root, below="data/man") if path[-2:-1] == "." and path[-1].isdigit()]
problems = []
for page in pages:
    result = lintlib.run("groff", "-t", "-man", "-ww", "-Tutf8", f"-rLL={WIDTH}", os.path.join(root, page))
    said = [line.strip() for line in result.stderr.splitlines() if line.strip()]
    if said:
        problems.append(f"{page}: {' '.join(said)}")
lintlib.finish(problems, len(pages), "man pages")
