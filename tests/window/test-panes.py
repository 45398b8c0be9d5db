#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-panes.py BUILD-FOLDER: from pane to pane by the keyboard, in the real window.

Runs inside run-in-x. All logs are made here, or belong to a scenario that ships; the device is invented.
"""

import sys

import window
from harness import Program, quiet, run, wait_for_end_of, write


LOG = ("table", "Log entries")


def focus(program):
    """Role and name of what has the focus."""
    part = window.focused_part(program.root)
    return (part.get_role_name(), part.get_name() or "") if part is not None else None


def wait_for_focus(program, role, name=""):
    def has_it():
        found = focus(program)
        return found is not None and found[0] == role and name in found[1]

    window.wait_until(has_it, lambda: f"the focus on {role} {name!r}, not on {focus(program)}")


def test_practice(build):
    """Around the panes of an exercise that was opened from the start page, of which nothing is left."""
    with Program(build) as program:
        view = program.x_window("Cotrace")
        row = window.find(program.root, "list item", "Practice with a made-up device")
        window.click(*window.middle_of(row, view))
        dialog = window.x_window("^Practice$")
        wait_for_focus(program, "list item")
        window.keys(dialog, "Return")
        wait_for_end_of("Practice")
        wait_for_focus(program, *LOG)
        window.keys(view, "F6")
        window.wait_until(lambda: focus(program) not in (None, LOG), "the focus in the side panel")
        panel = focus(program)
        assert panel[0] not in ("table", "list item"), panel
        window.keys(view, "F6")
        wait_for_focus(program, "list item", "entries:")
        window.keys(view, "F6")
        wait_for_focus(program, *LOG)
        window.keys(view, "shift+F6")
        wait_for_focus(program, "list item", "entries:")
        window.keys(view, "shift+F6")
        wait_for_focus(program, *panel)


def test_bars(build):
    """From the bars, which belong to no pane, to the log; and no further where nothing else is shown."""
    with Program(build, write("bars/Contoso.log", quiet("Contoso"))) as program:
        view = program.x_window("Contoso.log")
        window.find(program.root, "table row", "Contoso entry 1")
        window.keys(view, "shift+F9")
        window.keys(view, "F6")
        wait_for_focus(program, *LOG)
        for key in ("shift+Tab", "Tab"):
            for _ in range(12):
                window.step_focus(program.root, key)
                if window.focused(program.root) in ("Find", "Main menu"):
                    break
            if window.focused(program.root) in ("Find", "Main menu"):
                break
        window.keys(view, "F6")
        wait_for_focus(program, *LOG)


TESTS = [("practice", test_practice), ("bars", test_bars)]

if __name__ == "__main__":
    sys.exit(run(TESTS))
