#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""run-for SECONDS CORPUS KEEP TARGET...: all fuzz targets at once, for so long.

Each begins with its folder in CORPUS. An input that a target does not survive is written to KEEP,
and named. The targets are best built with sanitizers."""

import os
import pathlib
import subprocess
import sys


def start(seconds, corpus, keep, target):
    name = target.name.removeprefix("fuzz-")
    environment = dict(os.environ)
    # A report that ends by a signal is one that the target can write its input for.
    environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":abort_on_error=1:handle_abort=0"
    environment["UBSAN_OPTIONS"] = environment.get("UBSAN_OPTIONS", "") + ":abort_on_error=1"
    command = ["nice", target, "--seconds", seconds, "--keep", keep, corpus / name]
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def main():
    seconds, corpus, keep = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    keep.mkdir(parents=True, exist_ok=True)
    running = {target: start(seconds, corpus, keep, pathlib.Path(target)) for target in sys.argv[4:]}
    status = 0
    print(f"1..{len(running)}")
    for number, (target, process) in enumerate(running.items(), 1):
        output = process.communicate()[0]
        name = pathlib.Path(target).name
        if process.returncode == 0:
            print(f"ok {number} {name} # {output.strip()}")
            continue
        status = 1
        print(f"not ok {number} {name} # ended by {process.returncode}")
        for path in sorted(keep.glob(f"{name}-{process.pid}")):
            print(f"# its input: {path}")
        print("\n".join(f"# {line}" for line in output.splitlines()[-40:]))
    return status


sys.exit(main())
