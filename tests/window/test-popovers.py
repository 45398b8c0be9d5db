#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-popovers.py BUILD-FOLDER: what is open above the window while another log comes, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import subprocess
import sys

import window
from gi.repository import Atspi
from harness import Program, choose_entry, click_on, entries_of_menu, find_deep, press_entry, quiet, run, write


def open_from_outside(program, path):
    """By a second start of the program, which hands it over."""
    before = window.tabs(program.root)
    subprocess.run([program.program, path], check=True, timeout=60)
    window.wait_until(lambda: len(window.tabs(program.root)) == len(before) + 1, "the new tab")


def check_answers(program, view, name):
    """The new log's rows take a click, and the window its keys."""
    window.wait_until(lambda: window.title_of(view) == f"{name}.log", lambda: f"the title, {window.title_of(view)!r}")
    click_on(window.find(program.root, "table row", f"{name} entry 3"), view)
    program.wait_for_row(f"{name} entry 3")
    window.xdotool("key", "Down")
    program.wait_for_row(f"{name} entry 4")
    window.xdotool("key", "ctrl+f")
    window.wait_until(lambda: window.focused(program.root) == "What to find",
                      lambda: f"the field to find in, not {window.focused(program.root)!r}")
    window.xdotool("key", "Escape")


def edit_component(program, view):
    choose_entry(program, lambda: click_on(window.find(program.root, name="Filter"), view), "Component")
    window.wait_until(lambda: "Component" in (window.focused(program.root) or ""), "the condition to be filled in")


def test_condition(build):
    """The editor of a condition goes with its tab, and what was typed into it stays with that."""
    paths = [write(f"condition/{name}.log", quiet(name)) for name in ("Contoso", "Fabrikam", "Tailspin")]
    with Program(build, paths[0]) as program:
        window.find(program.root, "label", "20 entries")
        view = program.x_window("Contoso.log")
        edit_component(program, view)
        open_from_outside(program, paths[1])
        check_answers(program, view, "Fabrikam")
        # Now one that has been filled in in part.
        edit_component(program, view)
        window.enter(program.root, "Fab")
        open_from_outside(program, paths[2])
        check_answers(program, view, "Tailspin")
        assert window.look_for(program.root, None, "Component contains") is None
        window.keys(view, "alt+2")
        find_deep(program.root, None, "Component contains Fab")


def test_menus(build):
    """Menus are no different."""
    names = "Contoso", "Fabrikam", "Tailspin", "Wingtip"
    paths = [write(f"menus/{name}.log", quiet(name)) for name in names]
    with Program(build, paths[0]) as program:
        window.find(program.root, "label", "20 entries")
        view = program.x_window("Contoso.log")

        def menu_of_row():
            click_on(window.find(program.root, "table row", "entry 3"), view)
            window.xdotool("key", "shift+F10")
            find_deep(program.root, None, "Copy")

        def menu_of_window():
            window.xdotool("key", "F10")
            find_deep(program.root, None, "Move Clock")

        def clock():
            click_on(window.find(program.root, "button", "Times as written"), view)
            find_deep(program.root, None, "In UTC")

        for path, name, open_one in zip(paths[1:], names[1:], (menu_of_row, menu_of_window, clock), strict=True):
            open_one()
            window.screenshot(f"popovers-{name}")
            open_from_outside(program, path)
            check_answers(program, view, name)


def test_submenu(build):
    """Who leaves a submenu, or chooses there, has the keys again."""
    with Program(build, write("submenu/Contoso.log", quiet("Contoso"))) as program:
        window.find(program.root, "label", "20 entries")
        view = program.x_window("Contoso.log")

        def is_in_submenu():
            """On its title, which leads back, above the first entry."""
            entries = entries_of_menu(program)
            return any(node.get_state_set().contains(Atspi.StateType.FOCUSED)
                       and "Details of the Entry" in below.get_name() for node, below in zip(entries, entries[1:]))

        def in_submenu():
            press_entry(program, "View", lambda: window.keys(view, "F10"))
            window.wait_until(is_in_submenu, "the submenu")

        def check_keys():
            window.wait_until(lambda: not entries_of_menu(program), "the end of the menu")
            window.wait_until(lambda: "Contoso entry 0" in (window.focused(program.root) or ""),
                              lambda: f"the focus in the log, not {window.focused(program.root)!r}")

        window.keys(view, "Home")
        program.wait_for_row("Contoso entry 0")
        in_submenu()
        window.xdotool("key", "Escape")
        check_keys()
        in_submenu()
        press_entry(program, "Timeline")
        check_keys()
    with Program(build) as program:
        view = window.x_window(".")
        press_entry(program, "View", lambda: window.keys(view, "F10"))
        window.xdotool("key", "Escape")
        window.wait_until(lambda: window.focused(program.root) is not None, "the focus somewhere")


if __name__ == "__main__":
    sys.exit(run([
        ("condition", test_condition),
        ("menus", test_menus),
        ("submenu", test_submenu),
    ]))
