# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks share: walking the tree, C without comments, the way to report."""

import os
import re
import shutil
import subprocess
import sys

SKIPPED = 77  # Meson's exit status for a skipped test

FLOORS = {
    "core": 0,
    "formats": 1,
    "bundle": 1,
    "index": 2,
    "search": 3,
    "knowledge": 4,
    "engine": 5,
    "cli": 6,
    "app": 6,
    "unpack": 6,
}


def walk(root, *endings, below=""):
    """Yield the files of the tree as sorted relative paths; fixtures of the checks are left out."""
    found = []
    for folder, folders, names in os.walk(os.path.join(root, below)):
        folders[:] = [
            name
            for name in folders
            if name not in ("__pycache__", "fixtures") and (not name.startswith(".") or name == ".ci")
            and not (folder == root and name.startswith("build"))
        ]
        found += [os.path.relpath(os.path.join(folder, name), root) for name in names]
    return sorted(path for path in found if not endings or path.endswith(endings))


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


_C_TOKEN = re.compile(
    r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL
)


def strip_c(text, keep_strings=False):
    """C without comments and, unless kept, what stands in strings; line numbers stay."""

    def blank(match):
        token = match.group()
        if token[0] in "\"'":
            return token if keep_strings else token[0] * 2
        return re.sub(r"[^\n]", " ", token)

    return _C_TOKEN.sub(blank, text)


def run(*command, **more):
    """Run a tool that the check cannot do without; the check is skipped where it is missing."""
    if not shutil.which(command[0]):
        print(f"skipped: {command[0]} is not installed")
        sys.exit(SKIPPED)
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def finish(problems, looked_at, what):
    """Print the verdict and leave. A check that looked at nothing has not passed."""
    for problem in problems:
        print(problem)
    if not looked_at:
        print(f"no {what} to look at")
    else:
        print(f"{looked_at} {what}, {len(problems)} problems")
    sys.exit(1 if problems or not looked_at else 0)
