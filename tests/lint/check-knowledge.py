#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-knowledge.py FOLDER: its knowledge files follow the schema and are built into the program."""

import os
import sys

import lintlib

folder = sys.argv[1]
schema = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/knowledge/knowledge.rng")
resource = lintlib.read(folder, "knowledge.gresource.xml")
problems = []
files = sorted(name for name in os.listdir(folder) if name.endswith(".xml") and ".gresource." not in name)
for name in files:
    if f"<file>{name}</file>" not in resource:
        problems.append(f"{name} is in no resource")
    if name == "guide.xml":
        continue
    result = lintlib.run("xmllint", "--noout", "--relaxng", schema, os.path.join(folder, name))
    if result.returncode:
        problems.append(f"{name}: {result.stderr.strip()}")
lintlib.finish(problems, len(files), "knowledge files")
