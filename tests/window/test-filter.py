#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-filter.py BUILD-FOLDER: which entries are shown, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import sys

import window
from harness import Program, click_on, find_deep, press_entry, records, run, write


def log(name, n=60):
    """Every third entry is an error; each names its number."""
    texts = [(f"Step {i} failed" if i % 3 == 0 else f"Step {i} done", 3 if i % 3 == 0 else 1) for i in range(n)]
    return write(f"{name}/Contoso.log", records("Contoso", texts))


def choose(program, view, button, name):
    click_on(window.find(program.root, name=button), view)
    press_entry(program, name)


def shown(program):
    """What the bar says: "20 of 60 shown"."""
    return [node.get_name() for node in window.find_all(program.root, "label", " shown")]


def wait_shown(program, text):
    window.wait_until(lambda: text in shown(program), f"{text!r}, not {shown(program)}")


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
        window.find(program.root, "text", "Log text")
        window.xdotool("type", "failed")
        wait_shown(program, "20 of 60 shown")
        window.screenshot("filter-text-editing")
        window.xdotool("key", "Return")
        program.wait_for_row("Step 6 failed")
        assert not rows(program, "done")
        window.screenshot("filter-text")
        window.activate(window.find(program.root, "button", "Remove this condition"))
        window.wait_until(lambda: rows(program, "Step 7 done"), "all rows")
        program.wait_for_row("Step 6 failed")


def test_rows(build):
    """From a row: only its thread, then not its component, which leaves nothing; and back."""
    with Program(build, log("rows")) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e", "ctrl+e")
        program.wait_for_row("Step 3 failed")
        window.keys(view, "Menu")
        press_entry(program, "Filter")
        press_entry(program, "Hide This Component")
        window.find(program.root, name="No entry passes the filter")
        find_deep(program.root, None, "Not: Component is Contoso")
        window.screenshot("filter-none")
        window.activate(window.find(program.root, "button", "Clear Filter"))
        window.wait_until(lambda: rows(program, "Step 4 done"), "all rows")


def test_wrong(build):
    """A condition that cannot be read says where; the rows stay."""
    with Program(build, log("wrong")) as program:
        window.find(program.root, name="60 entries")
        choose(program, program.x_window("Contoso.log"), "Filter", "Expression")
        window.find(program.root, "text", "Expression")
        window.xdotool("type", "thread = ")
        window.find(program.root, "label", "at 9:")
        window.find(program.root, "label", "A condition cannot be read")
        window.screenshot("filter-wrong")
        window.xdotool("type", "7 or text : Step")
        wait_shown(program, "60 of 60 shown")
        window.xdotool("key", "Return")


def test_tabs(build):
    """Each tab has its own conditions, until they count for all."""
    first = log("tabs/one")
    second = write("tabs/two/Fabrikam.log", records("Fabrikam", [("Step 1 done", 1), ("Step 2 failed", 3)]))
    with Program(build, first, second) as program:
        window.wait_until(lambda: len(window.tabs(program.root)) == 2, "two tabs")
        view = window.x_window("log$")
        window.keys(view, "alt+1", "ctrl+shift+l")
        window.find(program.root, "text", "Log text")
        window.xdotool("type", "failed")
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


def test_jump(build):
    """An error behind the filter is not jumped over: steps go among what is shown."""
    with Program(build, log("jump")) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+shift+l")
        window.find(program.root, "text", "Log text")
        window.xdotool("type", "Step 3")
        wait_shown(program, "11 of 60 shown")
        window.xdotool("key", "Return")
        window.keys(view, "ctrl+e")
        program.wait_for_row("Step 3 failed")
        window.keys(view, "ctrl+e")
        program.wait_for_row("Step 30 failed")
        window.keys(view, "ctrl+e")
        program.wait_for_row("Step 33 failed")


TESTS = [
    ("text", test_text),
    ("rows", test_rows),
    ("wrong", test_wrong),
    ("tabs", test_tabs),
    ("jump", test_jump),
]


sys.exit(run(TESTS))
