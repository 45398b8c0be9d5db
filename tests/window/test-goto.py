#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-goto.py BUILD-FOLDER: to a line, an entry or a time that is typed, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import sys

import window
from harness import Program, records, run, wait_for_end_of, write


def go_to(program, view, place, key="Return"):
    window.keys(view, "ctrl+shift+j")
    window.wait_until(lambda: window.focused(program.root) == "Line, entry or time", "the entry")
    window.xdotool("type", place)
    window.screenshot("goto")
    window.xdotool("key", key)
    wait_for_end_of("Go To")


def test_places(build):
    """Each kind of place leads to its row, and what is none leads nowhere."""
    path = write("goto/Contoso.log", records("Contoso", [(f"Step {i} done", 1) for i in range(300)]))
    with Program(build, path) as program:
        window.find(program.root, name="300 entries")
        view = program.x_window("Contoso.log")
        for place, row in (("200", 199), ("#3", 2), ("10:02:10", 130), ("2026-11-18 10:01", 60)):
            go_to(program, view, place)
            program.wait_for_row(f"Step {row} done")
        go_to(program, view, "#301")
        window.find(program.root, name="There is no such place in this log")
        go_to(program, view, "soon", "Escape")
        program.wait_for_row("Step 60 done")


TESTS = [("places", test_places)]


sys.exit(run(TESTS))
