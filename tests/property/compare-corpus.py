#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real logs against what a reference parser found in them.

Where a corpus lies beside the checkout, or in the folder that COT_CORPUS names, reads every file of
it with cotrace-cli and compares counts, types, first and last time with its MANIFEST.tsv, and the
bytes that come back with the file. Without a corpus the test is skipped.

usage: compare-corpus.py CLI SOURCE_ROOT
"""
import csv
import json
import os
import re
import subprocess
import sys

SKIPPED = 77
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def find_corpus(source_root):
    folder = os.environ.get("COT_CORPUS") or os.path.join(source_root, "..", "shared", "corpus")
    return folder if os.path.exists(os.path.join(folder, "MANIFEST.tsv")) else None


def to_iso(text):
    """The manifest quotes times as written: "8-17-2025 03:04:35.3725046", "… 04:15:01.917+420"."""
    text = text.strip().rstrip("~")
    match = re.match(r"(\d{1,2})-(\d{1,2})-(\d{4}) (\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d+))?)?", text)
    if match:
        month, day, year, hour, minute, second, fraction = match.groups()
    else:
        match = re.match(r"\w{3} (\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d+))? (\d{4})", text)
        if not match or match.group(1) not in MONTHS:
            return None
        name, day, hour, minute, second, fraction, year = match.groups()
        month = MONTHS.index(name) + 1
    micro = (fraction or "0").ljust(6, "0")[:6]
    return (f"{year}-{int(month):02}-{int(day):02}T{int(hour):02}:{minute}:"
            f"{second or '00'}.{micro}")


def run(cli, *arguments):
    result = subprocess.run([cli, *arguments], capture_output=True, check=False)
    if result.returncode != 0:
        raise AssertionError(f"{arguments}: exit {result.returncode}: {result.stderr.decode()}")
    return result.stdout


def compare(cli, path, row):
    """The differences of one file, as sentences."""
    wrong = []
    info = json.loads(run(cli, "info", "--format", "ndjson", path))
    if row["format"].startswith(("CCM", "$$<")):
        if info["records"] != int(row["records"]):
            wrong.append(f"records {info['records']}, manifest {row['records']}")
        expected = {k: v for k, v in json.loads(row["types"].strip('"').replace('""', '"') or "{}").items()
                    if k != "(none)"}
        if info["types"] != expected:
            wrong.append(f"types {info['types']}, manifest {expected}")
        for key in ("first", "last"):
            iso = to_iso(row[key])
            if iso is not None and info[key] != iso:
                wrong.append(f"{key} {info[key]}, manifest {row[key]}")
        if row["plain_lines"] and info["plain"] != int(row["plain_lines"]):
            wrong.append(f"plain {info['plain']}, manifest {row['plain_lines']}")
    with open(path, "rb") as file:
        if run(cli, "show", "--raw", path) != file.read():
            wrong.append("the bytes that come back are not those of the file")
    return wrong


def main():
    cli, source_root = sys.argv[1:]
    corpus = find_corpus(source_root)
    if corpus is None:
        print("no corpus: set COT_CORPUS to its folder")
        return SKIPPED
    failed = n_compared = 0
    with open(os.path.join(corpus, "MANIFEST.tsv"), newline="", encoding="utf-8") as manifest:
        for row in csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_MINIMAL):
            path = os.path.join(corpus, "files", row["file"])
            if not os.path.exists(path) or row["format"] in ("zip", "cab"):
                continue
            n_compared += 1
            for sentence in compare(cli, path, row):
                failed += 1
                print(f"{row['file']}: {sentence}")
    print(f"{n_compared} files compared, {failed} differences")
    return 1 if failed or n_compared == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
