#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-cli-links.py BINARY: the command line runs on a machine that has no toolkit and reads no archive itself."""

import os
import re
import sys

import lintlib

NOWHERE = re.compile(r"lib(gtk|gdk|gsk|adwaita|pango|cairo|graphene|X11|wayland|EGL|GL)\b")
NOT_DIRECTLY = re.compile(r"lib(z|archive|mspack|gcab)\.so")

binary = sys.argv[1]
problems, n_libraries = [], 0
if not os.path.exists(binary):
    problems.append(f"{binary} was not built")
else:
    for name in re.findall(r"^\s*(\S+\.so\S*)", lintlib.run("ldd", binary).stdout, re.MULTILINE):
        n_libraries += 1
        if NOWHERE.search(os.path.basename(name)):
            problems.append(f"{os.path.basename(binary)} needs {name}")
    for name in re.findall(r"\(NEEDED\).*\[(.+)\]", lintlib.run("readelf", "-d", binary).stdout):
        if NOT_DIRECTLY.search(name):
            problems.append(f"{os.path.basename(binary)} links {name}, which only the worker may")
lintlib.finish(problems, n_libraries, "libraries")
