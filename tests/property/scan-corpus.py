#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The detectors on real logs: nothing that an expert would call a false alarm.

Where a corpus lies beside the checkout (shared/corpus in the folder above, or the folder that COT_CORPUS
names), scans every log of it. They come from devices that work, so none may be an error or have a headline. Without
a corpus the test is skipped.

usage: scan-corpus.py CLI SOURCE_ROOT
"""
import json
import os
import subprocess
import sys

SKIPPED = 77
# What an administrator's own script did is true of a device that works, too.
TRUE_OF_ANY_DEVICE = {"ime-script-failed"}


def scan(cli, path):
    result = subprocess.run([cli, "scan", "--format", "ndjson", path], capture_output=True, check=False)
    if result.returncode not in (0, 1):
        return [], [f"exit {result.returncode}: {result.stderr.decode(errors='replace').strip()}"]
    findings = [json.loads(line) for line in result.stdout.splitlines()]
    findings = [one for one in findings if one["kind"] == "finding"]
    alarms = [
        f"{one['detector']} ({one['severity']}) at line {one['line']}"
        for one in findings
        if (one["severity"] == "error" or one["headline"]) and one["detector"] not in TRUE_OF_ANY_DEVICE
    ]
    return findings, alarms


def main():
    cli, source_root = sys.argv[1:3]
    corpus = os.environ.get("COT_CORPUS") or os.path.join(source_root, "..", "shared", "corpus")
    folder = os.path.join(corpus, "files")
    if not os.path.isdir(folder):
        print("no corpus: skipped")
        return SKIPPED
    n_logs = n_findings = n_bad = 0
    for name in sorted(os.listdir(folder)):
        if not name.endswith((".log", ".txt")):
            continue
        findings, alarms = scan(cli, os.path.join(folder, name))
        n_logs += 1
        n_findings += len(findings)
        n_bad += 1 if alarms else 0
        for alarm in alarms:
            print(f"{name}: {alarm}")
    print(f"{n_logs} logs, {n_findings} findings, {n_bad} logs with a false alarm")
    # Without a single finding nothing was tested.
    return 1 if n_bad or not n_findings else 0


if __name__ == "__main__":
    sys.exit(main())
