#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-practice.py FOLDER: the stored practice bundles are what make-practice.py writes."""

import os
import sys
import tempfile

import lintlib

folder = sys.argv[1]
problems, n_files = [], 0
with tempfile.TemporaryDirectory() as fresh:
    result = lintlib.run(sys.executable, os.path.join(folder, "make-practice.py"), fresh)
    if result.returncode:
        problems.append(result.stderr.strip())
    written = {path: open(os.path.join(fresh, path), "rb").read() for path in lintlib.walk(fresh, ".log")}
    stored = {path: open(os.path.join(folder, path), "rb").read() for path in lintlib.walk(folder, ".log")}
    n_files = len(stored)
    for path in sorted(written.keys() | stored.keys()):
        if written.get(path) != stored.get(path):
            problems.append(f"{path} is not what the script writes")
lintlib.finish(problems, n_files, "practice logs")
