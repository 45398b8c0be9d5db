#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-flatpak.py MANIFEST: flatpak-builder reads it, and it asks for no more than a window needs."""

import json
import os
import sys
import tempfile

import lintlib

PERMISSIONS = {"--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--device=dri"}

path = os.path.abspath(sys.argv[1])
problems = []
with tempfile.TemporaryDirectory() as folder:  # it leaves a folder of its own where it runs
    result = lintlib.run("flatpak-builder", "--show-manifest", path, cwd=folder)
if result.returncode:
    problems.append(f"flatpak-builder: {result.stderr.strip()}")
else:
    if result.stderr.strip():
        problems.append(f"flatpak-builder: {result.stderr.strip()}")
    manifest = json.loads(result.stdout)
    asked = set(manifest.get("finish-args", []))
    problems += [f"asks for {name}" for name in sorted(asked - PERMISSIONS)]
    problems += [f"does not ask for {name}" for name in sorted(PERMISSIONS - asked)]
    if manifest.get("id") != os.path.splitext(os.path.basename(path))[0]:
        problems.append("the file is not named after its id")
lintlib.finish(problems, 1, "manifests")
