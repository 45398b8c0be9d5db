#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-tool.py TOOL [ARG...]: what a validator of its own says."""

import sys

import lintlib

result = lintlib.run(*sys.argv[1:])
print(result.stdout + result.stderr, end="")
sys.exit(1 if result.returncode else 0)
