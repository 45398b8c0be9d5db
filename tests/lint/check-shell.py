#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-shell.py ROOT: shellcheck has nothing to say about the scripts."""

import os
import sys

import lintlib

root = sys.argv[1]
scripts = []
for path in lintlib.walk(root):
    # Completions are sourced, and have no first line that names the shell.
    if path.endswith(".sh") or path.startswith("data/completions/") and not path.endswith(".build"):
        scripts.append(path)
    elif "." not in os.path.basename(path) and lintlib.read(root, path)[:40].startswith(("#!/bin/bash", "#!/bin/sh")):
        scripts.append(path)
problems = []
if scripts:
    result = lintlib.run("shellcheck", "--external-sources", "--shell=bash", "--format=gcc", *scripts, cwd=root)
    problems = result.stdout.splitlines()
lintlib.finish(problems, len(scripts), "scripts")
