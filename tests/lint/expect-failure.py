#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""expect-failure.py TEXT COMMAND...: pass only if COMMAND finds the planted fault.

Exit status 1 alone is not enough, since a check that crashes has it too: TEXT must be in the output.
"""

import subprocess
import sys

text, command = sys.argv[1], sys.argv[2:]
result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
print(result.stdout)
if result.returncode == 77:
    sys.exit(77)
if result.returncode == 0:
    sys.exit("the planted fault was not found")
if "Traceback (most recent call last)" in result.stdout:
    sys.exit("the check itself is broken")
if text not in result.stdout:
    sys.exit(f"it failed, but not for the planted fault: {text!r} is not in the output")
