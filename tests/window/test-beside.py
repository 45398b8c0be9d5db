#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-beside.py BUILD-FOLDER: two logs side by side, in the real window.

Runs inside run-in-x. All logs are made here; the devices are invented.
"""

import os
import re
import sys

import window
from gi.repository import Atspi
from harness import Program, records, run, write

N = 400


def two_logs():
    return [write(f"beside/{name}.log", records(name, [(f"{name} step {i}", 1) for i in range(N)]))
            for name in ("Contoso", "Fabrikam")]


def rows(program, name):
    """The numbers of the rows that are in sight of that log."""
    return {int(number) for item in window.find_all(program.root, "table row")
            for number in re.findall(rf"\b{name} step (\d+)\b", item.get_name())}


def row(program, text):
    return next(item for item in window.find_all(program.root, "table row") if re.search(rf"\b{text}\b", item.get_name()))


def wait_for_rows(program, name, number):
    window.wait_until(
        lambda: number in rows(program, name),
        lambda: f"row {number} of {name}, there are {rows(program, name)}",
    )


def open_beside(program):
    program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
    view = window.x_window("^(Contoso|Fabrikam).log$")
    window.keys(view, "alt+1")
    wait_for_rows(program, "Contoso", 0)
    window.keys(view, "ctrl+alt+b")
    wait_for_rows(program, "Fabrikam", 0)
    assert rows(program, "Contoso")
    return view


def test_same_name(build):
    """What stands beside a log is the log of that name of another device, wherever its tab is."""
    paths = [write(f"beside-names/{folder}/{name}.log", records(name, [(f"{folder} {name} step 0", 1)]))
             for folder, name in (("PC01", "Contoso"), ("PC01", "Fabrikam"), ("PC02", "Contoso"))]
    with Program(build, *paths) as program:
        program.wait_for_tabs(["PC01 · Contoso.log", "Fabrikam.log", "PC02 · Contoso.log"])
        view = window.x_window(".")
        window.keys(view, "alt+1")
        window.find(program.root, "table row", "PC01 Contoso step 0")
        window.keys(view, "ctrl+alt+b")
        window.find(program.root, "table row", "PC02 Contoso step 0")
        window.find(program.root, "table row", "PC01 Contoso step 0")


def test_same_time(build):
    """Whichever side is moved takes the other one to its time; not when they are parted."""
    with Program(build, *two_logs()) as program:
        view = open_beside(program)
        window.screenshot("beside")
        window.wait_until(lambda: row(program, "Contoso step 5").get_extents().y
                          == row(program, "Fabrikam step 5").get_extents().y, "one height for one time")
        window.keys(view, "ctrl+End")
        wait_for_rows(program, "Contoso", N - 1)
        # The first rows are at the same time; one side has room for fewer.
        wait_for_rows(program, "Fabrikam", N - 10)
        window.keys(view, "ctrl+Home")
        wait_for_rows(program, "Contoso", 0)
        wait_for_rows(program, "Fabrikam", 0)
        # From the other side.
        item = row(program, "Fabrikam step 3")
        window.click(*window.middle_of(item, view))
        window.wait_until(lambda: window.title_of(view) == "Fabrikam.log", "the log on the right in front")
        window.keys(view, "ctrl+End")
        wait_for_rows(program, "Fabrikam", N - 1)
        wait_for_rows(program, "Contoso", N - 1)
        link = window.find(program.root, "button", "Scroll both to the same time")
        window.activate(link)
        window.wait_until(lambda: not link.get_state_set().contains(Atspi.StateType.PRESSED), "both apart")
        window.keys(view, "ctrl+Home")
        wait_for_rows(program, "Fabrikam", 0)
        assert N - 1 in rows(program, "Contoso"), rows(program, "Contoso")
        window.screenshot("beside-parted")


def names_above(program):
    """The names above the rows, below the tabs: whether they stand over the left half or the right one."""
    middle = row(program, "Fabrikam step 0").get_extents().x
    rows_top = min(item.get_extents().y for item in window.find_all(program.root, "table row") if item.get_extents().y > 0)
    labels = [node for node in window.walk(program.root) if node.get_name() in ("Contoso.log", "Fabrikam.log")
              and rows_top - 160 < node.get_extents().y < rows_top]
    return {(node.get_name(), "left" if node.get_extents().x < middle else "right") for node in labels}


def test_names(build):
    """Each side names its log; of a folder with one tab another log comes beside it, not the same one twice."""
    folder = os.path.dirname(two_logs()[0])
    with Program(build, folder) as program:
        program.wait_for_tabs(["Contoso.log"])
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+alt+b")
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
        wait_for_rows(program, "Fabrikam", 0)
        assert rows(program, "Contoso"), "the log is not there any more"
        window.screenshot("beside-names")
        window.wait_until(lambda: {("Contoso.log", "left"), ("Fabrikam.log", "right")} <= names_above(program),
                          lambda: f"a name above each side: {names_above(program)}")


def test_which_is_in_front(build):
    """The side with the keyboard is searched and closed; a log whose tab closes is not shown beside."""
    with Program(build, *two_logs()) as program:
        view = open_beside(program)
        item = row(program, "Fabrikam step 2")
        window.click(*window.middle_of(item, view))
        window.wait_until(lambda: window.title_of(view) == "Fabrikam.log", "the log on the right in front")
        window.keys(view, "ctrl+f")
        window.wait_until(lambda: window.focused(program.root) == "What to find", "the entry")
        window.enter(program.root, "Fabrikam step 390")
        window.find(program.root, name="1 of 1")
        wait_for_rows(program, "Fabrikam", 390)
        window.keys(view, "Escape", "ctrl+w")
        window.wait_until(lambda: not rows(program, "Fabrikam"), "one side")
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
        window.wait_until(lambda: window.title_of(view) == "Contoso.log", "the log on the left in front")
        window.keys(view, "ctrl+alt+b")
        window.wait_until(lambda: rows(program, "Fabrikam"), "two sides")
        window.keys(view, "alt+2", "ctrl+w")
        program.wait_for_tabs(["Contoso.log"])
        window.wait_until(lambda: not rows(program, "Fabrikam"), "one side")
        # One log at two places.
        window.keys(view, "ctrl+alt+b")
        window.wait_until(lambda: len(window.find_all(program.root, "table row", "Contoso step ")) > len(
            rows(program, "Contoso")), "the same log twice")
        window.screenshot("beside-itself")
        window.keys(view, "ctrl+alt+b")


def is_there(program, role, name):
    return window.look_for(program.root, role, name) is not None


def test_room(build):
    """In a window that is not wide the two logs have the room of the other panes, which come when they are asked for,
    and when one log is left."""
    folder = os.path.dirname(two_logs()[0])
    with Program(build, folder) as program:
        window.find(program.root, "list item", "Contoso, entries: 400")
        window.find(program.root, "list item", "Fabrikam, entries: 400")
        view = window.x_window("^(Contoso|Fabrikam).log$")
        # One of the two has a tab; the other one gets one.
        window.keys(view, "ctrl+alt+b")
        window.find(program.root, "button", "Scroll both to the same time")
        window.wait_until(lambda: not is_there(program, "list item", "Contoso, entries"), "no sidebar")
        window.wait_until(lambda: not is_there(program, None, "No known failure found"), "no panel")

        def widths():
            """Of the rows that are seen: a view keeps one to use again."""
            found = [item.get_extents().width for item in window.find_all(program.root, "table row")]
            return [width for width in found if width > 0]

        window.wait_until(lambda: min(widths()) > 500, lambda: f"two halves, not {widths()}")
        window.screenshot("beside-room")
        window.keys(view, "F9")
        window.find(program.root, "list item", "Contoso, entries")
        window.find(program.root, "button", "Scroll both to the same time")
        window.keys(view, "ctrl+alt+b")
        window.find(program.root, "list item", "Contoso, entries")
        window.find(program.root, None, "No known failure found")


def test_close_window(build):
    """A window that closes takes both sides with it, and the other one goes on."""
    with Program(build, *two_logs()) as program:
        view = open_beside(program)
        window.keys(view, "ctrl+n")
        other = window.x_window("^Cotrace$")
        window.wait_for_front(other)
        window.close(view)
        window.wait_until(lambda: not window.xdotool("search", "--onlyvisible", "--name", "^Contoso.log$").split(), "one window")
        window.keys(other, "ctrl+l")
        window.x_window("Error Lookup")
        window.keys(other, "ctrl+n")


sys.exit(run([
    ("same-time", test_same_time),
    ("same-name", test_same_name),
    ("names", test_names),
    ("which-is-in-front", test_which_is_in_front),
    ("room", test_room),
    ("close-window", test_close_window),
]))
