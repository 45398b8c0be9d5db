#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-settings.py ROOT: the schema is strict, and each key that the code uses stands in it, and the other way round."""

import os
import re
import sys
import xml.etree.ElementTree as ElementTree

import lintlib

USE = re.compile(r'\bg_settings_(?:get|set|bind|reset|create_action)\w*\s*\(\s*[^,"]+,\s*"([^"]+)"')
# The app's own getters take the key first.
OWN_USE = re.compile(r'\bcot_settings_\w+\s*\(\s*"([^"]+)"')
SIGNAL = re.compile(r'"changed::([\w-]+)"')

root = sys.argv[1]
problems, keys, children = [], set(), set()
schemas = lintlib.walk(root, ".gschema.xml", below="data")
for path in schemas:
    result = lintlib.run("glib-compile-schemas", "--strict", "--dry-run", os.path.join(root, os.path.dirname(path)))
    if result.returncode or result.stderr.strip():
        problems.append(result.stderr.strip())
        continue
    tree = ElementTree.fromstring(lintlib.read(root, path))
    keys.update(key.get("name") for key in tree.iter("key"))
    children.update(child.get("name") for child in tree.iter("child"))
text = ""
for path in lintlib.walk(root, ".c", ".h", below="src/app"):
    code = lintlib.strip_c(lintlib.read(root, path), keep_strings=True)
    text += code
    for match in [*USE.finditer(code), *OWN_USE.finditer(code), *SIGNAL.finditer(code)]:
        if match.group(1) not in keys | children:
            problems.append(f"{path}:{lintlib.line_of(code, match.start())}: no key {match.group(1)}")
if text:
    problems += [f"the key {key} is used nowhere" for key in sorted(keys) if f'"{key}"' not in text]
lintlib.finish(problems, len(schemas), "schemas")
