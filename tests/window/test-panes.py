#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-panes.py BUILD-FOLDER: from pane to pane by the keyboard, in the real window.

Runs inside run-in-x. All logs are made here, or belong to a scenario that ships; the device is invented.
"""

import os
import sys

import window
from gi.repository import Atspi
from harness import Program, find_deep, quiet, run, wait_for_end_of, write


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


def selected(program):
    """The names of the rows of the sidebar that are selected."""
    return [row.get_name().split(",")[0] for row in window.find_all(program.root, "list item", "entries:")
            if row.get_state_set().contains(Atspi.StateType.SELECTED)]


def test_sidebar(build):
    """The rows of a bundle are one stop of Tab, with arrows inside; the log that is shown stays selected."""
    for name in ("CcmExec", "CcmMessaging", "ClientIDManagerStartup"):
        path = write(f"sidebar/PC01/{name}.log", quiet(name))
    with Program(build, os.path.dirname(path)) as program:
        view = window.x_window(".log$")
        window.wait_until(lambda: len(selected(program)) == 1, "the row of the log that is shown")
        shown = selected(program)
        window.keys(view)
        window.wait_until(lambda: focus(program) is not None, "the focus")
        window.keys(view, *["F6"] * (2 if focus(program) == LOG else 1))
        wait_for_focus(program, "list item", shown[0])
        first = focus(program)
        for key in ("Down", "Down") if "CcmExec" in first[1] else ("Up", "Up", "Down"):
            before = focus(program)
            window.xdotool("key", key)
            window.wait_until(lambda: focus(program) != before, "another row")
            assert selected(program) == shown, selected(program)
        other = focus(program)
        assert other[0] == "list item" and other != first, other
        for key in ("Tab", "shift+Tab"):
            window.step_focus(program.root, key)
            assert (focus(program)[0] == "list item") == (key == "shift+Tab"), focus(program)
        # Back on the log that is shown.
        wait_for_focus(program, *first)
        window.xdotool("key", "shift+Tab")
        window.wait_until(lambda: focus(program) not in (None, first), "what is before the list")
        assert focus(program)[0] != "list item", focus(program)
        # And another one is chosen as before.
        window.xdotool("key", "Tab")
        wait_for_focus(program, *first)
        window.xdotool("key", "Down" if "CcmExec" in first[1] else "Up")
        window.wait_until(lambda: focus(program) not in (None, first), "another row")
        chosen = focus(program)[1].split(",")[0]
        window.xdotool("key", "Return")
        window.wait_until(lambda: selected(program) == [chosen], "the row of the other log")


def button_names(program):
    return [node.get_name() or "" for node in window.walk(program.root, 60)
            if "button" in node.get_role_name() or node.get_role_name() == "check box"]


def is_told_twice(name):
    half = len(name) // 2
    return len(name) > 2 and name[:half].strip("_ ") == name[half:].strip("_ ")


def check_names(program, *wanted):
    window.wait_until(lambda: set(wanted) <= set(button_names(program)),
                      lambda: f"{wanted} among {button_names(program)}")
    wrong = [name for name in button_names(program) if "_" in name or is_told_twice(name)]
    assert not wrong, wrong


def test_names(build):
    """A screen reader says the label of a button once, and nothing of its mnemonic."""
    with Program(build) as program:
        view = program.x_window("Cotrace")
        check_names(program, "Open", "Open…")
        window.keys(view, "ctrl+shift+h")
        dialog = window.x_window("^Highlights$")
        check_names(program, "Match case", "Whole words", "Add")
        window.keys(dialog, "Escape")
        wait_for_end_of("Highlights")


def test_rows(build):
    """A row of the panel is called by all that is seen of it: what it is first; and it says whether it is folded."""
    folder = os.path.join(build, "data", "practice", "practice", "long-wait", "PC02")
    with Program(build, folder) as program:
        row = find_deep(program.root, "list item", "Client registration attempt")
        assert row.get_name().startswith("Information, Client registration attempt, Expected · 1 time"), row.get_name()
        assert not row.get_description(), row.get_description()
        states = row.get_state_set()
        assert states.contains(Atspi.StateType.EXPANDABLE), states.get_states()
        assert not states.contains(Atspi.StateType.EXPANDED), states.get_states()
        window.activate(window.find(program.root, name="Guide"))
        row = find_deep(program.root, "list item", "Auto-enrollment of existing clients")
        assert row.get_name().startswith("With a gap, Auto-enrollment of existing clients, 4 of 9"), row.get_name()


def test_room(build):
    """The text that is looked for is read whole beside both panes; with large letters one of them gives way."""
    folder = os.path.join(build, "data/practice/practice/long-wait")
    settings = os.path.join(os.environ["XDG_CONFIG_HOME"], "gtk-4.0", "settings.ini")
    os.makedirs(os.path.dirname(settings), exist_ok=True)

    def is_wide():
        part = window.focused_part(program.root)
        return part is not None and part.get_name() == "What to find" and part.get_extents().width >= 180

    with Program(build, folder) as program:
        find_deep(program.root, "label", "Would tell more, not here")
        window.keys(window.x_window("."), "ctrl+f")
        window.wait_until(is_wide, "room for what is looked for")
        window.screenshot("panes-room")
    with open(settings, "w", encoding="utf-8") as file:
        file.write("[Settings]\ngtk-font-name=DejaVu Sans 16\n")
    try:
        with Program(build, folder) as program:
            codes = find_deep(program.root, None, "Codes")
            window.wait_until(lambda: 0 < codes.get_extents().x + codes.get_extents().width <= 1280,
                              "all of the side panel in the window")
            window.screenshot("panes-large-letters")
            assert window.look_for(program.root, "label", "Would tell more, not here") is None
    finally:
        os.remove(settings)


TESTS = [("practice", test_practice), ("bars", test_bars), ("sidebar", test_sidebar), ("names", test_names),
         ("rows", test_rows), ("room", test_room)]

if __name__ == "__main__":
    sys.exit(run(TESTS))
