#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-guide.py BUILD-FOLDER: the guide, with a log and without, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import re
import sys

import window
from gi.repository import Atspi
from harness import Program, click_on, find_deep, open_sections, quiet, records, run, wait_for_end_of, write

BASICS = "Basics: what the words mean"
SEARCH = "Symptom, scenario or name of a log"


def is_there(program, name, role=None):
    return any(window.matches(node, role, name) for node in window.walk(program.root, 60))


def has_page(program, name):
    """The panel has a page of that name."""
    return any(
        node.get_name() == name and "button" in node.get_role_name()
        for node in window.walk(program.root, 60)
    )


def wait_for(program, name, role=None):
    return find_deep(program.root, role, name)


def click_row(program, view, title):
    """Of a list of the guide, to unfold it."""
    label = window.wait_until(
        lambda: next((node for node in window.walk(program.root, 60)
                      if node.get_role_name() == "label" and node.get_name() == title), None),
        f"the row {title!r}",
    )
    click_on(label, view)


def choose_basics(program, view):
    """The list of the sections opens at the first one, below which they are the second."""
    open_sections(program, view, BASICS)
    window.keys(view, "Down", "Down", "Return")


def in_chooser(program):
    chooser = find_deep(program.root, "combo box", "Section of the guide")
    return window.focused_part(chooser) is not None


def expanded(program):
    """The rows that say that they are unfolded."""
    return [node.get_name() for node in window.walk(program.root, 60) if node.get_role_name() == "list item"
            and node.get_state_set().contains(Atspi.StateType.EXPANDED)]


def small(view):
    window.xdotool("windowsize", "--sync", view, 900, 600)
    window.wait_until(lambda: window.geometry(view)[2:] == (900, 600), "a small window")


def test_empty(build):
    """F1 in an empty window shows the basics; they lead to the logs and to the journeys, which say what to do."""
    with Program(build) as program:
        view = program.x_window("Cotrace")
        wait_for(program, "Or read the guide")
        window.screenshot("guide-empty-window")
        assert not is_there(program, "Section of the guide")
        window.keys(view, "F1")
        wait_for(program, "A Windows device of a company is managed by Configuration Manager")
        assert has_page(program, "Codes")
        assert not has_page(program, "Findings")
        window.screenshot("guide-basics")
        click_row(program, view, "Client")
        wait_for(program, "Before it is registered, it gets no policy")
        window.wait_until(lambda: expanded(program) == ["Client"], lambda: f"one row unfolded: {expanded(program)}")
        window.screenshot("guide-word")
        window.activate(wait_for(program, "ClientLocation.log", "button"))
        entry = wait_for(program, SEARCH)
        window.wait_until(lambda: window.text_of(entry) == "ClientLocation.log", "the name in the search")
        # What is known of it stands there unfolded.
        wait_for(program, "Written on")
        wait_for(program, "LocationServices.log", "button")
        window.screenshot("guide-log")
        small(view)
        window.screenshot("guide-small")
        window.keys(view, "shift+F9")
        window.wait_until(lambda: not is_there(program, SEARCH), "the panel to go")


def test_unfold_in_sight(build):
    """A row at the lower edge of a small window unfolds into sight."""
    with Program(build) as program:
        view = program.x_window("Cotrace")
        window.keys(view, "F1")
        label = wait_for(program, "MDM enrollment", "label")
        small(view)

        def parent(node, role):
            while node.get_role_name() != role:
                node = node.get_parent()
            return node

        page = parent(label, "scroll pane")

        def bottom(node):
            place = node.get_extents()
            return place.y + place.height

        rows = [node for node in window.find_all(page, "list item") if bottom(node) <= bottom(page)]
        last = max(rows, key=bottom)
        folded = last.get_extents().height
        click_on(last, view)
        window.wait_until(lambda: last.get_extents().height > folded + 20, "the row to unfold")
        window.wait_until(lambda: bottom(last) <= bottom(page), lambda: f"{bottom(last)} above {bottom(page)}")
        window.screenshot("guide-unfolded")


def test_journeys(build):
    """Without a log the journeys say what to do, and can be read."""
    with Program(build) as program:
        view = program.x_window("Cotrace")
        window.keys(view, "F1")
        click_row(program, view, "MDM enrollment")
        window.activate(wait_for(program, "Auto-enrollment of existing clients", "button"))
        wait_for(program, "Open the logs of a device to see how far it came")
        wait_for(program, "The journeys that are known")
        wait_for(program, "CoManagementHandler.log", "label")
        window.screenshot("guide-journeys")
        window.activate(wait_for(program, "Practice…", "button"))
        window.keys(program.x_window("Practice"), "Escape")
        wait_for_end_of("Practice")


def test_log(build):
    """With a log the guide begins with its journeys, as does the panel with its findings; F1 leads there."""
    with Program(build) as program:
        view = program.x_window("Cotrace")
        window.keys(view, "F1")
        wait_for(program, BASICS)
    path = write("guide/Fabrikam.log", quiet("Fabrikam"))
    with Program(build, path) as program:
        window.find(program.root, name="20 entries")
        view = program.x_window("Fabrikam.log")
        window.wait_until(lambda: has_page(program, "Findings"), "the findings")
        window.keys(view, "F1")
        wait_for(program, "Nothing in these logs belongs to a journey")
        choose_basics(program, view)
        wait_for(program, "Cloud management gateway (CMG)")
        window.screenshot("guide-with-log")
        # From inside of the guide, too, and however often: to what chooses its section.
        for _ in range(2):
            window.step_focus(program.root, "Tab")
            for _ in range(2):
                window.keys(view, "F1")
                window.wait_until(lambda: in_chooser(program), "the focus on the sections")
        # The last tab goes, and with it what is said of its log.
        window.keys(view, "ctrl+w")
        window.wait_until(lambda: window.title_of(view) == "Cotrace", "the empty window")
        window.wait_until(lambda: not is_there(program, "Section of the guide"), "the panel to go")
        window.keys(view, "F1")
        wait_for(program, "Cloud management gateway (CMG)")
        assert not has_page(program, "Findings")


FAILED = "MDM enrollment failed with error code 0xcaa9001f 'Integrated Windows authentication supported only in federation flow.'."
CHECKLIST = "Before you start: the checklist"
# Behind the journeys, the logs, and the sections before it.
DOWN_TO_CHECKLIST = 4


def test_numbers(build):
    """What is numbered keeps its number, whatever the logs tell of it."""
    path = write("numbers/CoManagementHandler.log", records("CoManagementHandler", [("Checking", 1), (FAILED, 3)]))
    with Program(build, path) as program:
        window.find(program.root, name="2 entries")
        view = program.x_window("CoManagementHandler.log")
        window.keys(view, "F1")
        open_sections(program, view, CHECKLIST)
        window.keys(view, *["Down"] * DOWN_TO_CHECKLIST, "Return")
        wait_for(program, "Are the cloud services created in Azure?")
        window.wait_until(lambda: is_there(program, "Seen in these logs"), "what the logs tell")
        window.screenshot("guide-numbers")
        numbers = {node.get_name() for node in window.walk(program.root, 60)
                   if node.get_role_name() == "label" and (node.get_name() or "").isdigit()}
        assert {"1", "2", "3", "4", "5"} <= numbers, numbers
        # A screen reader says both: what the logs tell of it before its number.
        rows = [node.get_name() for node in window.walk(program.root, 60) if node.get_role_name() == "list item"]
        assert any(name.startswith("5, Is the cloud management gateway configured") for name in rows), rows
        assert any(re.match(r"Seen in these logs: a failure, \d, ", name) for name in rows), rows


TESTS = [
    ("numbers", test_numbers),
    ("empty", test_empty),
    ("unfold-in-sight", test_unfold_in_sight),
    ("journeys", test_journeys),
    ("log", test_log),
]


sys.exit(run(TESTS))
