#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-log-groups.py BUILD-FOLDER: groups of logs of one's own, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import os
import sys

import window
from harness import Program, click_on, find_deep, open_sections, quiet, run, write

SETTINGS = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
ENTRY = "Save the open tabs as a group"
MAX_OWN = 50


def keep_groups(names):
    groups = ", ".join(f"('{name}', ['Fabrikam.log'])" for name in names)
    os.makedirs(os.path.dirname(SETTINGS), exist_ok=True)
    with open(SETTINGS, "w", encoding="utf-8") as file:
        file.write(f"[io/github/cotrace/Cotrace]\nlog-groups=[{groups}]\n")


def open_groups(program, view):
    window.activate(window.find(program.root, name="Guide"))
    open_sections(program, view, "Logs: what is each one for?")
    window.xdotool("key", "Down", "Return")
    find_deep(program.root, None, "Logs that are read together")


def scroll_to(node, view):
    """By the wheel: it stands below all groups."""
    left, top, width, height = window.geometry(view)
    for _ in range(60):
        before = window.middle_of(node, view)[1]
        if before < top + height - 100:
            return
        window.click(left + width - 150, top + height // 2, button=5, times=3)
        window.wait_until(lambda old=before: window.middle_of(node, view)[1] != old, "the page to move")


def type_name(program, view, name):
    entry = find_deep(program.root, "text", ENTRY)
    scroll_to(entry, view)
    click_on(entry, view)
    # The bus does not tell that it has the focus.
    window.xdotool("key", "ctrl+a")
    window.xdotool("type", name)
    window.wait_until(lambda: window.text_of(entry) == name, f"{name!r} in the entry")
    window.xdotool("key", "Return")
    return entry


def test_full(build):
    """A group that cannot be kept is not said to be saved, and its name need not be typed again."""
    keep_groups(f"Group {n}" for n in range(MAX_OWN))
    os.environ["GSETTINGS_BACKEND"] = "keyfile"
    with Program(build, write("full/Contoso.log", quiet("Contoso"))) as program:
        view = program.x_window("Contoso.log")
        open_groups(program, view)
        entry = type_name(program, view, "Mine")
        window.find(program.root, name="There are 50 groups already. Remove one, then save this one.")
        window.screenshot("log-groups-full")
        assert window.text_of(entry) == "Mine", f"the entry has {window.text_of(entry)!r}"
        with open(SETTINGS, encoding="utf-8") as file:
            text = file.read()
        assert "Mine" not in text and f"Group {MAX_OWN - 1}" in text, "another group is kept"
        # One of that name is replaced.
        type_name(program, view, "Group 7")
        window.find(program.root, name="Group saved")
        window.wait_until(lambda: window.text_of(entry) == "", "the empty entry")


TESTS = [("full", test_full)]

if __name__ == "__main__":
    sys.exit(run(TESTS))
