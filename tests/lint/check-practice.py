#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-practice.py FOLDER: the stored practice bundles are what make-practice.py writes, and the scenarios are
made the same on every run."""

import os
import re
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

def look_at(path, text):
    """What made lines say of themselves is true: seconds go on, and what has ended writes nothing more."""
    messages = re.findall(r"<!\[LOG\[(.*?)\]LOG\]!>", text)
    waited = [int(number) for number in re.findall(r"the installer, (\d+) seconds so far", text)]
    if waited != sorted(waited):
        problems.append(f"{path}: the seconds of waiting do not go on")
    ended = [place for place, message in enumerate(messages) if re.search("CcmSetup failed|exiting with return", message)]
    if ended and ended[-1] != len(messages) - 1:
        problems.append(f"{path}: setup goes on after it ended")


def make_scenarios(target):
    result = lintlib.run(sys.executable, os.path.join(folder, "make-scenarios.py"), target)
    if result.returncode:
        problems.append(result.stderr.strip())
    return {path: open(os.path.join(target, path), "rb").read() for path in lintlib.walk(target, "")}


if os.path.exists(os.path.join(folder, "make-scenarios.py")):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        made = make_scenarios(os.path.join(one, "made"))
        for path, data in made.items():
            look_at(path, data.decode("utf-8"))
        if made != make_scenarios(os.path.join(other, "made")):
            problems.append("make-scenarios.py writes something else on another run")
    names = {os.path.dirname(path) for path in lintlib.walk(os.path.join(folder, "scenarios"), ".xml")}
    listed = open(os.path.join(folder, "meson.build")).read()
    for name in sorted(names):
        if f"'{name}'" not in listed:
            problems.append(f"scenarios/{name} is not in meson.build")
lintlib.finish(problems, n_files, "practice logs")
