# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon the window shows the first rows of a large log and of a small one, and what the large one costs in memory.

    run-in-x python3 window.py BUILD LARGE SMALL RUNS

The program itself says when it has painted them (a debug message), from the start of its process on. Prints one line
of JSON."""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "window"))

import harness  # pylint: disable=wrong-import-position
import window  # pylint: disable=wrong-import-position


def read_status(program, key):
    """In bytes."""
    with open(f"/proc/{program.process.pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith(key))


def start(build, log, is_large):
    """Seconds until there are rows, and of the large one the most memory that it took until all of it was read."""
    seconds = []

    def wait_for_rows(process):
        for line in process.stdout:
            if b"first rows are painted" in line:
                seconds.append(time.perf_counter() - begin)
                return

    environment = dict(os.environ, G_MESSAGES_DEBUG="cot-app")
    begin = time.perf_counter()
    with harness.Program(build, log, env=environment, stdout=subprocess.PIPE, meanwhile=wait_for_rows) as program:
        if not seconds:
            raise SystemExit("the program painted no rows")
        if not is_large:
            return seconds[0], 0
        live = lambda: window.look_for(program.root, "label", "Live")  # noqa: E731 pylint: disable=C3001
        window.wait_until(live, "the end of the log", 120)
        return seconds[0], read_status(program, "VmHWM")


def main():
    build, large, small, n_runs = *sys.argv[1:4], int(sys.argv[4])
    os.environ["GSETTINGS_SCHEMA_DIR"] = os.path.join(build, "data")
    os.environ["GSETTINGS_BACKEND"] = "memory"
    runs = {large: [], small: []}
    for log in (large, small):
        start(build, log, False)
    for _ in range(n_runs):
        for log, results in runs.items():
            results.append(start(build, log, log == large))
    medians = {name: statistics.median(seconds for seconds, _ in runs[log])
               for name, log in (("large", large), ("small", small))}
    print(json.dumps({**medians, "peak_bytes": max(peak for _, peak in runs[large])}))


if __name__ == "__main__":
    main()
