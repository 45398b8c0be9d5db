#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-goto.py BUILD-FOLDER: to a line, an entry or a time that is typed, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import os
import subprocess
import sys

import window
from harness import Program, records, run, wait_for_end_of, write


def go_to(program, view, place, key="Return"):
    window.keys(view, "ctrl+shift+j")
    window.wait_until(lambda: window.focused(program.root) == "Line, entry or time", "the entry")
    window.enter(program.root, place)
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
        # A line that there is not: the last entry is shown, and that is said.
        go_to(program, view, "99999")
        program.wait_for_row("Step 299 done")
        window.find(program.root, name="The log ends before that line. This is its last entry.")
        go_to(program, view, "2026-11-18 10:01")
        program.wait_for_row("Step 60 done")
        go_to(program, view, "#301")
        window.find(program.root, name="There is no such place in this log")
        window.keys(view, "ctrl+shift+j")
        window.wait_until(lambda: window.focused(program.root) == "Line, entry or time", "the entry")
        window.enter(program.root, "soon")
        window.find(program.root, name="This is no line, entry or time. Words are searched with Find.")
        window.screenshot("goto-word")
        window.keys(window.x_window("^Go To$"), "Escape")
        wait_for_end_of("Go To")
        program.wait_for_row("Step 60 done")


def test_back(build):
    """Back to where one was, in another tab too, and forward again."""
    paths = [
        write(f"back/{name}.log", records(name, [(f"{name} step {i}", 3 if i in (50, 90) else 1) for i in range(100)]))
        for name in ("Contoso", "Fabrikam")
    ]
    with Program(build, *paths) as program:
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
        view = window.x_window("^(Contoso|Fabrikam).log$")
        window.keys(view, "alt+1", "Home")
        program.wait_for_row("Contoso step 0")
        window.keys(view, "alt+Left", "ctrl+e")
        program.wait_for_row("Contoso step 50")
        go_to(program, view, "81")
        program.wait_for_row("Contoso step 80")
        window.keys(view, "ctrl+alt+f")
        dialog = window.x_window("^Find in All Logs$")
        window.wait_until(lambda: "What to find" in (window.focused(program.root) or ""), "the entry")
        window.enter(program.root, "Fabrikam step 7")
        window.find(program.root, name="11 entries in 1 log")
        window.xdotool("key", "Return")
        window.wait_until(lambda: "What to find" not in (window.focused(program.root) or ""), "the list")
        window.xdotool("key", "Return")
        program.wait_for_row("Fabrikam step 7")
        window.keys(dialog, "Escape")
        wait_for_end_of("Find in All Logs")
        for key, row in (
            ("Left", "Contoso step 80"),
            ("Left", "Contoso step 50"),
            ("Left", "Contoso step 0"),
            ("Right", "Contoso step 50"),
            ("Right", "Contoso step 80"),
            ("Right", "Fabrikam step 7"),
        ):
            window.keys(view, f"alt+{key}")
            program.wait_for_row(row)


def test_command_line(build):
    """A filter and a place on the command line; what is none is told before a window comes."""
    texts = [(f"Step {i}", 3 if i % 10 == 0 else 1) for i in range(300)]
    path = write("command-line/Contoso.log", records("Contoso", texts))
    with Program(build, "--filter", "severity = error", "--goto", "10:02:10", path) as program:
        window.find(program.root, name="30 of 300 shown")
        program.wait_for_row("Step 130")
        window.screenshot("goto-command-line")
    for option, value, words in (("--filter", "severity =", "no filter"), ("--goto-time", "soon", "no time (09:12)")):
        program = os.path.join(build, "src/app/cotrace")
        result = subprocess.run([program, option, value, path], capture_output=True, text=True, check=False, timeout=60)
        assert result.returncode == 2 and words in result.stderr, result


TESTS = [("command-line", test_command_line), ("places", test_places), ("back", test_back)]


sys.exit(run(TESTS))
