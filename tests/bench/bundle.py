#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times a generated bundle of Intune against bsdtar, which only unpacks it.

    run-bundle --build FOLDER [--megabytes 200] [--runs 7] [--smoke]

All programs run alternately, warm; the figures are medians in milliseconds."""

import argparse
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
N_MEMBERS = 160  # with those of the two cabinets


def run(*command, statuses=(0,)):
    begin = time.perf_counter()
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, check=False)
    if done.returncode not in statuses:
        sys.exit(f"{command[0]} ended with {done.returncode}")
    return (time.perf_counter() - begin) * 1000, done.stdout


def measure(build, bundle):
    """One round: a time for each name."""
    _, text = run(build / "tests/bench/bench-bundle", bundle)
    said = dict(line.split() for line in text.decode().splitlines())
    if int(said["members"]) != N_MEMBERS or int(said["refused"]) != 0:
        sys.exit(f"not all members could be read: {said}")
    times = {name: float(said[name]) for name in ("listed", "first", "all")}
    cli = build / "src/cli/cotrace-cli"
    if cli.exists():
        times["scan"], _ = run(cli, "scan", bundle, statuses=(0, 1))
    if shutil.which("bsdtar"):
        times["bsdtar"], _ = run("bsdtar", "-xOf", bundle)
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--megabytes", type=float, default=200)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--smoke", action="store_true")
    arguments = parser.parse_args()
    if arguments.smoke:
        arguments.megabytes, arguments.runs = 2, 1

    with tempfile.TemporaryDirectory(prefix="cotrace-bench-") as folder:
        bundle = pathlib.Path(folder) / "DiagLogs-PC01-20240924T100311Z.zip"
        run(sys.executable, HERE / "make-bundle.py", arguments.build / "tests/bench/make-log",
            bundle, "--megabytes", arguments.megabytes)
        rounds = [measure(arguments.build, bundle) for _ in range(arguments.runs)]
    for name in rounds[0]:
        print(f"{name:8} {statistics.median(times[name] for times in rounds):8.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
