#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-highlights.py BUILD-FOLDER: texts that light up, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import os
import sys

import window
from gi.repository import Atspi
from harness import Program, choose_entry, click_on, find_deep, records, run, wait_for_end_of, write


def log(name):
    texts = [(f"Step {i} failed" if i % 3 == 0 else f"Step {i} done", 3 if i % 3 == 0 else 1) for i in range(12)]
    return write(f"{name}/Contoso.log", records("Contoso", texts))


def lit(program):
    """The rows that light up, by what a screen reader says of them."""
    names = [node.get_name() for node in window.find_all(program.root, "table row", "highlighted")]
    return sorted(int(name.split("Step ")[1].split()[0]) for name in names)


def wait_lit(program, *numbers):
    window.wait_until(lambda: lit(program) == sorted(numbers), lambda: f"{sorted(numbers)} lit, not {lit(program)}")


def open_dialog(program, view):
    window.keys(view, "ctrl+shift+h")
    dialog = window.x_window("^Highlights$")
    window.wait_until(lambda: "Text to highlight" in (window.focused(program.root) or ""), "the entry")
    return dialog


def close_dialog(program, dialog):
    window.keys(dialog, "Escape")
    wait_for_end_of("Highlights")


def add(program, text):
    window.enter(program.root, text)
    window.xdotool("key", "Return")


def test_dialog(build):
    """What is added lights up in the rows behind the dialog; what is switched off or removed does not."""
    with Program(build, log("dialog")) as program:
        window.find(program.root, name="12 entries")
        view = program.x_window("Contoso.log")
        dialog = open_dialog(program, view)
        add(program, "FAILED")
        wait_lit(program, 0, 3, 6, 9)
        add(program, "Step 7")
        wait_lit(program, 0, 3, 6, 7, 9)
        window.screenshot("highlights")
        click_on(find_deep(program.root, "check box", "Show this highlight"), dialog)  # the newest stands first
        wait_lit(program, 0, 3, 6, 9)
        removes = [node for node in window.walk(program.root, 60) if node.get_name() == "Remove"]
        assert len(removes) == 2, f"{len(removes)} buttons"
        window.activate(removes[1])
        wait_lit(program)
        close_dialog(program, dialog)


def test_pattern(build):
    """A regular expression, once it is one."""
    with Program(build, log("pattern")) as program:
        window.find(program.root, name="12 entries")
        dialog = open_dialog(program, program.x_window("Contoso.log"))
        click_on(find_deep(program.root, "check box", "Regular"), dialog)
        click_on(find_deep(program.root, "text", "Text to highlight"), dialog)
        add(program, "Step (1")
        find_deep(program.root, None, "This is not a regular expression")
        window.screenshot("highlights-wrong")
        assert not lit(program)
        window.enter(program.root, "|2) ")
        window.xdotool("key", "Return")
        wait_lit(program, 1, 2)
        close_dialog(program, dialog)


def test_no_pattern(build):
    """A text that is no regular expression stays a text, and its box says so."""
    with Program(build, log("no-pattern")) as program:
        window.find(program.root, name="12 entries")
        dialog = open_dialog(program, program.x_window("Contoso.log"))
        add(program, "Step (1")
        click_on(find_deep(program.root, "button", "Options"), dialog)
        keep = find_deep(program.root, "check box", "Keep")
        boxes = [keep.get_parent().get_child_at_index(i) for i in range(keep.get_parent().get_child_count())]
        box = next(node for node in boxes if "expression" in (node.get_name() or ""))
        for _ in range(2):  # the second time it is to be what the first was
            window.xdotool("key", "alt+e")
            find_deep(program.root, "label", "it stays a plain text")
            window.wait_until(lambda: not box.get_state_set().contains(Atspi.StateType.CHECKED), "an empty box")
            window.xdotool("key", "alt+c")
            find_deep(program.root, "label", "match case")
            window.xdotool("key", "alt+c")
            window.wait_until(lambda: not window.find_all(program.root, "label", "match case"), "no more")
        window.screenshot("highlights-no-pattern")
        window.xdotool("key", "Escape")
        close_dialog(program, dialog)


def test_thread(build):
    """From the menu of a row: its thread, at once; the keyboard is the rows' again."""
    with Program(build, log("thread")) as program:
        window.find(program.root, name="12 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e")
        program.wait_for_row("Step 0 failed")
        choose_entry(program, lambda: window.keys(view, "Menu"), "Highlight", "This Thread")
        # The menu takes keys until it is gone.
        window.wait_until(lambda: "Step 0" in (window.focused(program.root) or ""), "the end of the menu")
        wait_lit(program, *range(12))
        window.keys(view, "Down")
        program.wait_for_row("Step 1 done")
        window.screenshot("highlights-thread")


def test_selected_text(build):
    """From the menu of the message: what is selected in it, in all rows, whatever its case."""
    with Program(build, log("selected")) as program:
        window.find(program.root, name="12 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e")
        program.wait_for_row("Step 0 failed")
        message = window.wait_until(lambda: next((node for node in window.walk(program.root, 60)
                                                  if node.get_role_name() == "label"
                                                  and node.get_name() == "Step 0 failed"), None), "the message")
        click_on(message, view)
        window.keys(view, "Home", "shift+Right", "shift+Right", "shift+Right", "shift+Right", "shift+F10")
        find_deep(program.root, None, "Filter Out")
        window.keys(view, "h")
        find_deep(program.root, "label", "It lights up in all logs")
        wait_lit(program, *range(12))
        window.screenshot("highlights-selected")
        window.activate(find_deep(program.root, "button", "Highlights…"))
        dialog = window.x_window("^Highlights$")
        find_deep(program.root, "label", "Step")
        close_dialog(program, dialog)


def test_kept(build):
    """What is to be kept is there at the next start; what is not is gone."""
    os.environ["GSETTINGS_BACKEND"] = "keyfile"
    try:
        path = log("kept")
        with Program(build, path) as program:
            window.find(program.root, name="12 entries")
            dialog = open_dialog(program, program.x_window("Contoso.log"))
            add(program, "Step 5")
            add(program, "Step 8")
            wait_lit(program, 5, 8)
            click_on(find_deep(program.root, "button", "Options"), dialog)
            find_deep(program.root, "check box", "Keep")
            window.xdotool("key", "alt+k")
            find_deep(program.root, "label", "kept")
            window.xdotool("key", "Escape")
            close_dialog(program, dialog)
        with Program(build, path) as program:
            window.find(program.root, name="12 entries")
            wait_lit(program, 8)
    finally:
        os.environ["GSETTINGS_BACKEND"] = "memory"


TESTS = [
    ("dialog", test_dialog),
    ("pattern", test_pattern),
    ("no-pattern", test_no_pattern),
    ("thread", test_thread),
    ("selected-text", test_selected_text),
    ("kept", test_kept),
]


sys.exit(run(TESTS))
