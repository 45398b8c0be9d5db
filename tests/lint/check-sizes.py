#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-sizes.py ROOT: files and functions stay small."""

import re
import statistics
import sys

import lintlib

MAX_FILE_LINES = 900
MAX_MEDIAN_LINES = 250
MAX_FUNCTION_LINES = 100


def functions(lines):
    """Yield (first line, length) of each function: in our layout both its braces stand in column 0."""
    start = None
    for number, line in enumerate(lines, 1):
        if line.startswith("{") and number > 1 and re.search(r"\)\s*$", lines[number - 2]):
            start = number
        elif line.startswith("}") and start is not None:
            yield start, number - start + 1
            start = None


def main():
    root = sys.argv[1]
    problems, sizes, lengths = [], [], []
    for path in lintlib.walk(root, ".c", below="src") + lintlib.walk(root, ".c", below="tests"):
        lines = lintlib.read(root, path).splitlines()
        if path.startswith("src/"):
            sizes.append(len(lines))
        if len(lines) > MAX_FILE_LINES:
            problems.append(f"{path}: {len(lines)} lines, more than {MAX_FILE_LINES}")
        for start, length in functions(lines):
            lengths.append(length)
            if length > MAX_FUNCTION_LINES:
                problems.append(f"{path}:{start}: a function of {length} lines, more than {MAX_FUNCTION_LINES}")
    if sizes:
        median = statistics.median(sizes)
        print(f"median {median:g} lines a file, longest {max(sizes)}")
        if median > MAX_MEDIAN_LINES:
            problems.append(f"the median file has more than {MAX_MEDIAN_LINES} lines")
    if lengths:
        long = sum(length > 40 for length in lengths)
        print(f"{len(lengths)} functions, median {statistics.median(lengths):g} lines, {long} above 40")
    lintlib.finish(problems, len(sizes), "files")


main()
