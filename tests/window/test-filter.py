#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-filter.py BUILD-FOLDER: which entries are shown, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import os
import sys

import window
from gi.repository import Atspi
from harness import (Program, choose_entry, click_on, entries_of_menu, find_deep, focused_entry, records, run,
                     switch_log, write)


def log(name, n=60):
    """Every third entry is an error; each names its number."""
    texts = [(f"Step {i} failed" if i % 3 == 0 else f"Step {i} done", 3 if i % 3 == 0 else 1) for i in range(n)]
    return write(f"{name}/Contoso.log", records("Contoso", texts))


def choose(program, view, button, name):
    choose_entry(program, lambda: click_on(window.find(program.root, name=button), view), name)


def shown(program):
    """What the bar says: "20 of 60 shown"."""
    return [node.get_name() for node in window.find_all(program.root, "label", " shown")]


def wait_shown(program, text):
    window.wait_until(lambda: text in shown(program), lambda: f"{text!r}, not {shown(program)}")


def rows(program, text):
    return window.find_all(program.root, "table row", text)


def test_text(build):
    """Typed conditions hide rows at once; the selected one stays, and all come back."""
    with Program(build, log("text")) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e", "ctrl+e", "ctrl+e")
        program.wait_for_row("Step 6 failed")
        window.keys(view, "ctrl+shift+l")
        find_deep(program.root, "text", "Log text")
        window.enter(program.root, "failed")
        wait_shown(program, "20 of 60 shown")
        window.screenshot("filter-text-editing")
        window.xdotool("key", "Return")
        program.wait_for_row("Step 6 failed")
        assert not rows(program, "done")
        window.screenshot("filter-text")
        window.activate(find_deep(program.root, "button", "Remove this condition"))
        window.wait_until(lambda: rows(program, "Step 7 done"), "all rows")
        program.wait_for_row("Step 6 failed")


def wait_whole(node):
    """What helps is in sight, above the details, and no part of it is to be scrolled for."""
    page = node
    while page.get_role_name() != "scroll pane":
        page = page.get_parent()

    def look():
        part, whole = node.get_extents(), page.get_extents()
        return whole.y <= part.y and part.y + part.height <= whole.y + whole.height

    window.wait_until(look, f"all of {node.get_name()!r}")


def test_rows(build):
    """From a row: only its thread, then not its component, which leaves nothing; and back."""
    with Program(build, log("rows")) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e", "ctrl+e")
        program.wait_for_row("Step 3 failed")
        choose_entry(program, lambda: window.keys(view, "Menu"), "Filter", "Hide This Component")
        window.find(program.root, name="No entry passes the filter")
        find_deep(program.root, None, "Not: Component is Contoso")
        window.find(program.root, "label", "It hides all 60 entries.")
        invitation = "The filter hides all entries. Change a condition, or clear it, to select one."
        window.find(program.root, "label", invitation)
        window.screenshot("filter-none")
        wait_whole(window.find(program.root, "button", "Clear Filter"))
        window.xdotool("windowsize", "--sync", view, 900, 600)
        window.wait_until(lambda: window.geometry(view)[2:] == (900, 600), "a small window")
        wait_whole(window.find(program.root, "button", "Clear Filter"))
        window.screenshot("filter-none-small")
        window.activate(window.find(program.root, "button", "Clear Filter"))
        window.wait_until(lambda: rows(program, "Step 4 done"), "all rows")
        window.wait_until(lambda: not window.look_for(program.root, "label", invitation), "another invitation")


def test_counts(build):
    """The number of errors in the status bar goes to one after the other."""
    with Program(build, log("counts")) as program:
        view = program.x_window("Contoso.log")
        errors = window.find(program.root, "button", "20 errors")
        window.screenshot("status-counts")
        for row in ("Step 0 failed", "Step 3 failed", "Step 6 failed"):
            click_on(errors, view)
            program.wait_for_row(row)


def test_wrong(build):
    """A condition that cannot be read says where; the rows stay as the others let them."""
    with Program(build, log("wrong")) as program:
        window.find(program.root, name="60 entries")
        choose(program, program.x_window("Contoso.log"), "Filter", "Expression")
        find_deep(program.root, "text", "Expression")
        window.enter(program.root, "thread = ")
        window.find(program.root, "label", "at 9:")
        window.find(program.root, "label", "A condition is wrong")
        window.screenshot("filter-wrong")
        window.enter(program.root, "7 or text : Step")
        wait_shown(program, "60 of 60 shown")
        window.xdotool("key", "Return")
        choose(program, program.x_window("Contoso.log"), "Filter", "Expression")
        find_deep(program.root, "text", "Expression")
        window.enter(program.root, "text : failed")
        wait_shown(program, "20 of 60 shown")
        window.xdotool("key", "Return")
        choose(program, program.x_window("Contoso.log"), "Filter", "Expression")
        find_deep(program.root, "text", "Expression")
        window.enter(program.root, "severity = bogus and (")
        window.find(program.root, "label", "A condition is wrong")
        window.wait_until(lambda: rows(program, "failed"), "the rows that the other condition leaves")
        assert not rows(program, "done")
        window.screenshot("filter-wrong-beside")
        window.xdotool("key", "Return")


def test_range(build):
    """From one time to another: what lies within, and the choice says so."""
    with Program(build, log("range")) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        choose(program, view, "Filter", "Time")
        find_deep(program.root, "text", "Time")
        window.enter(program.root, "10:00:05..10:00:09")
        wait_shown(program, "5 of 60 shown")
        window.screenshot("filter-range")
        window.xdotool("key", "Return")
        find_deep(program.root, None, "Time 10:00:05 \u2013 10:00:09")


def test_log(build):
    """In a merge, by the log that an entry stands in; in a log of its own all of it is that log."""
    paths = [write(f"log/{name}.log", records(name, [(f"{name} {i}", 1) for i in range(n)]))
             for name, n in (("Contoso", 5), ("Fabrikam", 3))]
    with Program(build, "--merge", *paths) as program:
        window.find(program.root, name="8 entries")
        view = window.x_window("Merged")
        click_on(window.find(program.root, name="Filter"), view)
        window.wait_until(lambda: focused_entry(entries_of_menu(program)), "the menu")
        # From the end: another entry begins with the same word.
        window.xdotool("key", "End")
        for _ in range(12):
            if focused_entry(entries_of_menu(program)) == "Log":
                break
            window.xdotool("key", "Up")
        window.xdotool("key", "Return")
        window.wait_until(lambda: "Log" in (window.focused(program.root) or ""), "the field")
        window.enter(program.root, "fabri")
        wait_shown(program, "3 of 8 shown")
        window.xdotool("key", "Return")
        find_deep(program.root, None, "Log contains fabri")
        window.wait_until(lambda: rows(program, "Fabrikam 2") and not rows(program, "Contoso 1"), "its rows")
        window.screenshot("filter-log")


def test_tabs(build):
    """Each tab has its own conditions, until they count for all."""
    first = log("tabs/one")
    second = write("tabs/two/Fabrikam.log", records("Fabrikam", [("Step 1 done", 1), ("Step 2 failed", 3)]))
    with Program(build, first, second) as program:
        window.wait_until(lambda: len(window.tabs(program.root)) == 2, "two tabs")
        view = window.x_window("log$")
        window.keys(view, "alt+1", "ctrl+shift+l")
        find_deep(program.root, "text", "Log text")
        window.enter(program.root, "failed")
        wait_shown(program, "20 of 60 shown")
        window.xdotool("key", "Return")
        window.keys(view, "alt+2")
        window.wait_until(lambda: not shown(program), "no filter in the other tab")
        window.keys(view, "alt+1")
        wait_shown(program, "20 of 60 shown")
        choose(program, view, "Add a condition", "Filter All Tabs")
        # The menu takes keys until it is gone.
        window.wait_until(lambda: "Filter All Tabs" not in (window.focused(program.root) or ""), "the end of the menu")
        window.keys(view, "alt+2")
        wait_shown(program, "1 of 2 shown")
        window.screenshot("filter-tabs")
        # What is said there can be changed there.
        check = find_deep(program.root, "check box", "All tabs")
        window.wait_until(lambda: check.get_state_set().contains(Atspi.StateType.CHECKED), "the tick")
        click_on(check, view)
        window.wait_until(lambda: not check.get_state_set().contains(Atspi.StateType.CHECKED), "no tick")


def test_jump(build):
    """An error behind the filter is not jumped over: steps go among what is shown."""
    with Program(build, log("jump")) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+shift+l")
        find_deep(program.root, "text", "Log text")
        window.enter(program.root, "Step 3")
        wait_shown(program, "11 of 60 shown")
        window.xdotool("key", "Return")
        window.keys(view, "ctrl+e")
        program.wait_for_row("Step 3 failed")
        window.keys(view, "ctrl+e")
        program.wait_for_row("Step 30 failed")
        window.keys(view, "ctrl+e")
        program.wait_for_row("Step 33 failed")


def said(program, text):
    window.wait_until(lambda: text in [node.get_name() for node in window.find_all(program.root, "label", text)], text)


def test_warnings(build):
    """From one warning to the next and back, errors left out; where there is none, that is said, and why."""
    texts = [(f"Step {i}", 2 if i % 20 == 10 else 3 if i % 20 == 15 else 1) for i in range(60)]
    path = write("warnings/Contoso.log", records("Contoso", texts))
    with Program(build, path) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+Home", "F12")
        program.wait_for_row("Step 10")
        window.keys(view, "F12", "F12")
        program.wait_for_row("Step 50")
        window.keys(view, "F12")
        said(program, "No warning below")
        window.keys(view, "shift+F12")
        program.wait_for_row("Step 30")
        window.keys(view, "ctrl+shift+l")
        find_deep(program.root, "text", "Log text")
        window.enter(program.root, "Step 1")
        wait_shown(program, "11 of 60 shown")
        window.xdotool("key", "Return")
        window.keys(view, "shift+F12")
        program.wait_for_row("Step 10")
        window.keys(view, "ctrl+shift+l")
        window.wait_until(lambda: "Log text" in (window.focused(program.root) or ""), "the condition")
        window.xdotool("key", "ctrl+a")
        window.enter(program.root, "Step 2")
        window.xdotool("key", "Return")
        window.keys(view, "F12")
        said(program, "The filter hides 3 warnings")


CAUSE = "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"


def known(name):
    """Of 40 entries every tenth is an error; the cause is written as information."""
    texts = [(f"Step {i}", 3 if i % 10 == 0 else 1) for i in range(40)]
    texts[25] = (CAUSE, 1)
    return write(f"{name}/LocationServices.log", records("LocationServices", texts))


def test_findings(build):
    """Errors alone leave the line that is known to be one; known lines alone, only that."""
    with Program(build, known("findings")) as program:
        window.find(program.root, name="40 entries")
        window.find(program.root, name="Read this first")
        view = program.x_window("LocationServices.log")
        choose(program, view, "Filter", "Only Errors")
        wait_shown(program, "5 of 40 shown")
        find_deep(program.root, None, "Severity at least Error or known problem")
        assert rows(program, "StatusCode=403")
        window.screenshot("filter-errors")
        click_on(rows(program, "StatusCode=403")[0], view)
        choose_entry(program, lambda: window.keys(view, "Menu"), "Filter", "Only Known Lines")
        wait_shown(program, "1 of 40 shown")
        find_deep(program.root, None, "Known line")


def test_row_text(build):
    """From a row: what it says, and then not its severity."""
    with Program(build, log("row-text")) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e", "ctrl+e")
        program.wait_for_row("Step 3 failed")
        choose_entry(program, lambda: window.keys(view, "Menu"), "Filter", "Only This Text")
        wait_shown(program, "1 of 60 shown")
        choose_entry(program, lambda: window.keys(view, "Menu"), "Filter", "Hide This Severity")
        window.find(program.root, name="No entry passes the filter")
        find_deep(program.root, None, "Not: Severity is Error or known problem")


def end_editing(program, text):
    """The popover takes keys until it is gone, and the condition has the focus."""
    window.xdotool("key", "Return")
    window.wait_until(lambda: f"contains {text}" in (window.focused(program.root) or ""), "the end of the popover")


def test_focus(build):
    """The focus stays near what was removed: the next condition, the way to a new one, the rows."""
    with Program(build, log("focus")) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e", "ctrl+e")
        program.wait_for_row("Step 3 failed")
        for text in "Step", "failed":
            window.keys(view, "ctrl+shift+l")
            find_deep(program.root, "text", "Log text")
            window.enter(program.root, text)
            find_deep(program.root, None, f"Log text contains {text}")
            end_editing(program, text)
        wait_shown(program, "20 of 60 shown")
        window.screenshot("filter-two")
        # From the second condition back to the end of the first one.
        for key, after in ("shift+Tab", "Log text contains failed"), ("Tab", "Step"):
            window.step_focus(program.root, key)
            assert window.focused(program.root) == "Remove this condition"
            window.xdotool("key", "Return")
            window.wait_until(lambda a=after: a in (window.focused(program.root) or ""), f"the focus at {after!r}")


def test_many(build):
    """Where there are more conditions than one line has room for, they go on in the next one, and none is cut."""
    with Program(build, log("many")) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        texts = "Step", "a", "e", "d", "i", "l", "f"
        for text in texts:
            window.keys(view, "ctrl+shift+l")
            find_deep(program.root, "text", "Log text")
            window.enter(program.root, text)
            find_deep(program.root, None, f"Log text contains {text}")
            end_editing(program, text)
        boxes = [find_deep(program.root, None, f"Log text contains {text}").get_extents() for text in texts]
        window.screenshot("filter-many")
        assert len({box.y for box in boxes}) > 1, boxes
        right = find_deep(program.root, "button", "Remove all conditions").get_extents().x
        assert all(0 <= box.x and box.x + box.width < right for box in boxes), (boxes, right)
        top = find_deep(program.root, None, "Log text contains Step").get_extents().y
        assert min(box.y for box in boxes) == top and all(box.height > 20 for box in boxes), boxes


def test_empty(build):
    """A condition that was begun and left goes by itself; one that has a value stays."""
    with Program(build, log("empty")) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        choose(program, view, "Filter", "Component")
        find_deep(program.root, "text", "Component")
        window.wait_until(lambda: "Component" in (window.focused(program.root) or ""), "the field")
        window.xdotool("key", "Escape")
        window.wait_until(lambda: window.look_for(program.root, "button", "Remove this condition") is None, "no chip")
        window.keys(view, "ctrl+shift+l")
        find_deep(program.root, "text", "Log text")
        window.enter(program.root, "Step 1")
        wait_shown(program, "11 of 60 shown")
        window.xdotool("key", "Escape")
        window.wait_until(lambda: "contains Step 1" in (window.focused(program.root) or ""), "the condition")
        assert shown(program) == ["11 of 60 shown"]


def test_proposals(build):
    """For a component, those of the log are proposed: fewer with each letter, and one of them is the value."""
    texts = [[(f"{name} entry {n}", 1) for n in range(5)] for name in ("Contoso", "Fabrikam", "Tailspin")]
    path = write("proposals/Contoso.log", "".join(
        records(name, entries) for name, entries in zip(("Contoso", "Fabrikam", "Tailspin"), texts, strict=True)))
    with Program(build, path) as program:
        window.find(program.root, name="15 entries")
        view = program.x_window("Contoso.log")
        choose(program, view, "Filter", "Component")
        for name in "Contoso", "Fabrikam", "Tailspin":
            find_deep(program.root, "button", name)
        window.screenshot("filter-proposals")
        window.enter(program.root, "i")
        window.wait_until(lambda: not window.find_all(program.root, "button", "Contoso"), "fewer proposals")
        window.activate(find_deep(program.root, "button", "Fabrikam"))
        wait_shown(program, "5 of 15 shown")
        find_deep(program.root, None, "Component contains Fabrikam")


def test_deceiving_proposals(build):
    """What is hidden in a value, or turns it around, is seen; what is chosen is the value itself."""
    path = write("deceiving/Contoso.log", records("Con\u202etoso\u200b", [("Fine", 1)] * 5) + records("Other", [("Fine", 1)]))
    with Program(build, path) as program:
        window.find(program.root, name="6 entries")
        choose(program, program.x_window("Contoso.log"), "Filter", "Component")
        button = find_deep(program.root, "button", "Con⟨U+202E⟩toso⟨U+200B⟩")
        window.screenshot("filter-deceiving-proposals")
        window.activate(button)
        wait_shown(program, "5 of 6 shown")


def test_saved(build):
    """A filter gets a name, is chosen again by it, and is removed."""
    with Program(build, log("saved")) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        choose(program, view, "Filter", "Only Errors")
        wait_shown(program, "20 of 60 shown")
        click_on(find_deep(program.root, None, "Named filters"), view)
        find_deep(program.root, "text", "Name of this filter")
        window.wait_until(lambda: window.focused(program.root) == "Name of this filter", "the field for the name")
        window.enter(program.root, "What failed_1")
        window.screenshot("filter-save")
        window.xdotool("key", "Return")
        window.find(program.root, name="Filter saved")
        window.activate(window.find(program.root, "button", "Remove all conditions"))
        window.wait_until(lambda: rows(program, "Step 7 done"), "all rows")
        choose(program, view, "Filter", "What failed_1")
        wait_shown(program, "20 of 60 shown")
        click_on(find_deep(program.root, None, "Named filters"), view)
        remove = find_deep(program.root, "button", "Remove “What failed_1”")
        window.screenshot("filter-saved")
        window.activate(remove)
        window.wait_until(lambda: all("What failed_1" not in (node.get_name() or "")
                                      for node in window.walk(program.root, 60)), "the end of the saved filter")
        window.wait_until(lambda: window.focused(program.root) == "Name of this filter", "the focus after removing")
        # The popover takes keys until it is gone.
        window.xdotool("key", "Escape")
        window.wait_until(lambda: window.focused(program.root) != "Name of this filter", "the end of the popover")


def test_selected_text(build):
    """A part of the message is searched for, asked for and hidden from its menu."""
    with Program(build, log("selected")) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e", "ctrl+e")
        program.wait_for_row("Step 3 failed")

        def choose_for_text(letter):
            message = window.wait_until(lambda: next((node for node in window.walk(program.root, 60)
                                                      if node.get_role_name() == "label"
                                                      and node.get_name() == "Step 3 failed"), None), "the message")
            click_on(message, view)
            window.keys(view, "ctrl+a", "shift+F10")
            find_deep(program.root, None, "Filter Out")
            window.screenshot("filter-selected")
            window.keys(view, letter)

        choose_for_text("f")
        window.find(program.root, name="1 of 1")
        window.keys(view, "Escape")
        choose_for_text("i")
        wait_shown(program, "1 of 60 shown")
        find_deep(program.root, None, "Log text contains Step 3 failed")


def append(path, texts):
    with open(path, "a", encoding="utf-8", newline="") as file:
        file.write(records(os.path.basename(path).split(".")[0], texts))


def check_only_new(program, view, path, n):
    """Nothing, then what is written, then that with another condition; off, on, and gone."""
    window.keys(view, "ctrl+shift+n")
    window.find(program.root, name="No new entry passes the filter")
    find_deep(program.root, "label", "New entries appear here.")
    find_deep(program.root, None, "New since ")
    window.screenshot("filter-none-new")
    append(path, [("Brought in now", 1), ("Broke down now", 3)])
    wait_shown(program, f"2 of {n + 2} shown")
    window.wait_until(lambda: rows(program, "Broke down now"), "the new rows")
    window.screenshot("filter-new")
    append(path, [("Brought in later", 1)])
    wait_shown(program, f"3 of {n + 3} shown")
    choose(program, view, "Filter", "Only Errors")
    wait_shown(program, f"1 of {n + 3} shown")


def test_only_new(build):
    """What is there is hidden until it is wanted again."""
    path = log("only-new")
    with Program(build, path) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        check_only_new(program, view, path, 60)
        window.keys(view, "ctrl+shift+n")
        window.find(program.root, name="No new entry passes the filter")
        window.activate(window.find(program.root, "button", "Clear Filter"))
        window.wait_until(lambda: rows(program, "Step 59 done"), "the rows that were there")


def test_only_new_merged(build):
    """In a merge, of each of its logs; also of one that was off at that time."""
    paths = [write(f"new-merged/{name}.log", records(name, [("Step done", 1)] * 20)) for name in ("Contoso", "Fabrikam")]
    with Program(build, "--merge", *paths) as program:
        window.find(program.root, name="40 entries")
        view = program.x_window("Merged: 2 logs")
        switch_log(program, view, "Fabrikam")
        window.find(program.root, name="20 entries")
        check_only_new(program, program.x_window("Merged: 1 of 2 logs"), paths[0], 20)
        switch_log(program, view, "Fabrikam")
        wait_shown(program, "1 of 43 shown")
        append(paths[1], [("Broke down at Fabrikam", 3)])
        wait_shown(program, "2 of 44 shown")


TESTS = [
    ("only-new", test_only_new),
    ("only-new-merged", test_only_new_merged),
    ("text", test_text),
    ("rows", test_rows),
    ("counts", test_counts), ("wrong", test_wrong),
    ("range", test_range),
    ("log", test_log),
    ("tabs", test_tabs),
    ("jump", test_jump),
    ("warnings", test_warnings),
    ("findings", test_findings),
    ("row-text", test_row_text),
    ("focus", test_focus),
    ("many", test_many),
    ("empty", test_empty),
    ("proposals", test_proposals),
    ("deceiving-proposals", test_deceiving_proposals),
    ("saved", test_saved),
    ("selected-text", test_selected_text),
]


sys.exit(run(TESTS))
