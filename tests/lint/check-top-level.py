#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-top-level.py ROOT: the top of the tree holds what belongs there, and nothing else."""

import os
import sys

import lintlib

BELONGS = {"meson.build", "src", "data", "po", "tests", "flatpak", "README.md", "COPYING"}

names = sorted(os.listdir(sys.argv[1]))
# Build folders are git-ignored, and so are dot files that tools leave.
problems = [
    f"{name} does not belong at the top level"
    for name in names
    if name not in BELONGS and not name.startswith((".", "build"))
]
problems += [f"{name} is missing" for name in sorted(BELONGS.difference(names))]
lintlib.finish(problems, len(names), "names")
