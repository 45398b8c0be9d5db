#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the instructions of what every log goes through, and compares them with those that were kept.

    count-instructions.py BUILD COMPILER [--record]

Times on a shared machine are no test; counts of the same program on the same input are. They depend on the compiler
and on what the processor can do: without kept counts for these, nothing is compared. To keep those of this run:
meson test -C BUILD count-instructions --test-args=--record
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

KEPT = pathlib.Path(__file__).resolve().with_name("instructions.json")
LOG_BYTES = 2_000_000
MAX_GROWTH = 1.05
# Less than this is no progress: what does the work was not counted, under another name or on another thread.
MIN_GROWTH = 0.5
SKIPPED = 77

# What is counted: the program with its arguments, and the function that does the work.
RUNS = {
    "index": (["bench-index", "index"], "cot_document_load_sync"),
    "search": (["bench-search", "text", "0x87d00215"], "cot_finder_run"),
    "search by pattern": (["bench-search", "pattern", r"\w+ PKG00041 \w+ed"], "cot_finder_run"),
    "filter": (["bench-search", "filter", "component = CcmExec and severity >= warning"], "cot_filter_run"),
    "filter by text": (["bench-search", "filter", "text : PKG00041"], "cot_filter_run"),
    "detectors": (["bench-search", "detectors", "all"], "cot_matcher_run"),
}


def describe_machine(compiler):
    """Of the processor, whether it has AVX2: valgrind shows programs no more than that."""
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        has_avx2 = re.search(r"^flags\s*:.*\bavx2\b", file.read(), re.MULTILINE) is not None
    return f"{compiler}, {'avx2' if has_avx2 else 'no avx2'}"


def count(program, function, log, folder):
    # Meson has malloc() fill all memory, which is 4 of 10 instructions of the index and no work of ours.
    environment = {**os.environ, "MALLOC_PERTURB_": "0"}
    counts = folder / "counts"
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", f"--toggle-collect={function}"]
    subprocess.run([*command, *program, str(log)], env=environment, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return int(re.search(r"^(?:summary|totals): (\d+)", counts.read_text(encoding="utf-8"), re.MULTILINE).group(1))


def main():
    build, record = pathlib.Path(sys.argv[1]), "--record" in sys.argv[3:]
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    machine = describe_machine(sys.argv[2])
    if shutil.which("valgrind") is None:
        print("valgrind is not installed")
        return SKIPPED
    if machine not in kept and not record:
        print(f"no counts were kept for {machine}")
        return SKIPPED

    with tempfile.TemporaryDirectory(prefix="cotrace-counts-") as name:
        folder = pathlib.Path(name)
        log = folder / "bench.log"
        with log.open("wb") as stream:
            subprocess.run([build / "tests/bench/make-log", str(LOG_BYTES)], check=True, stdout=stream)
        counts = {what: count([build / "tests/bench" / program[0], *program[1:]], function, log, folder)
                  for what, (program, function) in RUNS.items()}

    if record:
        kept[machine] = counts
        KEPT.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    failed = False
    for what, n in counts.items():
        ratio = n / kept[machine][what]
        wrong = ", too many" if ratio > MAX_GROWTH else ", too few to be true" if ratio < MIN_GROWTH else ""
        failed = failed or wrong != ""
        print(f"{what}: {n:,} instructions, {ratio:.3f} of {kept[machine][what]:,}{wrong}")
    return 1 if failed else 0


sys.exit(main())
