#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-resources.py ROOT: what src/app ships is in the resource, and what the code asks for is there."""

import os
import re
import sys
import xml.etree.ElementTree as ElementTree

import lintlib

BASE = "/io/github/cotrace/Cotrace"
IN_CODE = re.compile(rf'"(?:resource://)?({BASE}(?:/[\w./-]+)?)"')


def resources(root):
    """Map each resource path to its file; a file that a build step makes has no file here."""
    found, listed, missing = {}, set(), []
    for path in lintlib.walk(root, ".gresource.xml", ".gresource.xml.in"):
        folder = os.path.dirname(path)
        for group in ElementTree.fromstring(lintlib.read(root, path)).iter("gresource"):
            for entry in group.iter("file"):
                name = entry.text.strip()
                resource = f"{group.get('prefix')}/{entry.get('alias') or name}"
                found[resource] = name
                # The build names more folders to look in: the application's icon comes from data/icons.
                places = [os.path.normpath(os.path.join(place, name)) for place in (folder, "data", "data/icons")]
                real = next((place for place in places if os.path.exists(os.path.join(root, place))), None)
                listed.add(real)
                if real is None:
                    missing.append(f"{path}: {name} does not exist")
    return found, listed, missing


def main():
    root = sys.argv[1]
    found, listed, problems = resources(root)
    folders = {resource[: resource.rfind("/")] for resource in found}
    folders |= {folder[: folder.rfind("/")] for folder in folders}
    n_files = 0
    for path in lintlib.walk(root, ".ui", ".css", ".svg", below="src/app"):
        n_files += 1
        if path not in listed:
            problems.append(f"{path} is in no resource")
    for path in lintlib.walk(root, ".c", ".h", ".ui", below="src"):
        text = lintlib.read(root, path)
        for match in IN_CODE.finditer(lintlib.strip_c(text, keep_strings=True) if path[-1] != "i" else text):
            n_files += 1
            resource = match.group(1).rstrip("/")
            if resource not in found and resource not in folders and resource != BASE:
                problems.append(f"{path}:{lintlib.line_of(text, match.start())}: {resource} does not exist")
    lintlib.finish(problems, n_files, "uses of resources")


main()
