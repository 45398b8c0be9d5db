#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-hardening.py BINARY...: position independent, relocations read-only, stack guarded and not executable."""

import os
import re
import sys

import lintlib


def look(path):
    if not os.path.exists(path):
        yield "was not built"
        return
    out = lintlib.run("readelf", "--wide", "--file-header", "--program-headers", "--dynamic", "--dyn-syms", path).stdout
    if not re.search(r"Type:\s+DYN\b", out):
        yield "no PIE"
    if "GNU_RELRO" not in out:
        yield "no RELRO"
    if not re.search(r"\((BIND_NOW|FLAGS)\).*BIND_NOW|\(FLAGS_1\).*\bNOW\b|\(BIND_NOW\)", out):
        yield "symbols are bound lazily"
    stack = re.search(r"GNU_STACK.*", out)
    if not stack or re.search(r"\bRWE\b", stack.group()):
        yield "executable stack"
    if "__stack_chk_fail" not in out:
        yield "no stack protector"
    if re.search(r"\((RPATH|RUNPATH)\)", out):
        yield "a run path"


problems = []
for binary in sys.argv[1:]:
    problems += [f"{os.path.basename(binary)}: {what}" for what in look(binary)]
lintlib.finish(problems, len(sys.argv) - 1, "binaries")
