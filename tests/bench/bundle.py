# SPDX-License-Identifier: GPL-3.0-or-later
"""A generated bundle of Intune, measured against bsdtar, which only unpacks it."""

import pathlib
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
N_MEMBERS = 160  # with those of the two cabinets


def run(*command, statuses=(0,)):
    begin = time.perf_counter()
    done = subprocess.run(list(map(str, command)), capture_output=True, check=False)
    if done.returncode not in statuses:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return (time.perf_counter() - begin) * 1000, done.stdout


def measure_once(build, bundle):
    """Milliseconds, by name."""
    _, text = run(build / "tests/bench/bench-bundle", bundle)
    said = dict(line.split() for line in text.decode().splitlines())
    if int(said["members"]) != N_MEMBERS or int(said["refused"]) != 0:
        sys.exit(f"not all members could be read: {said}")
    times = {name: float(said[name]) for name in ("listed", "first", "all")}
    times["scan"], _ = run(build / "src/cli/cotrace-cli", "scan", bundle, statuses=(0, 1))
    if shutil.which("bsdtar"):
        times["bsdtar"], _ = run("bsdtar", "-xOf", bundle)
    return times


def measure(build, folder, megabytes, n_runs):
    """All programs run alternately, warm; medians."""
    bundle = folder / "DiagLogs-PC01-20240924T100311Z.zip"
    run(sys.executable, HERE / "make-bundle.py", build / "tests/bench/make-log", bundle, "--megabytes", megabytes)
    rounds = [measure_once(build, bundle) for _ in range(n_runs)]
    return {name: statistics.median(times[name] for times in rounds) for name in rounds[0]}
