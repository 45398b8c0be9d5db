#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-find.py BUILD-FOLDER: finding, in the log in front and in all, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import os
import sys

import window
from gi.repository import Atspi
from harness import Program, choose_entry, click_on, find_deep, records, run, wait_for_end_of, write


def log(name, component="Contoso"):
    texts = [(f"Policy{i} of the policy, step ({i})", 1) for i in range(6)] + [("POLICY", 3)]
    return write(f"{name}/{component}.log", records(component, texts))


def open_bar(program, view):
    window.keys(view, "ctrl+f")
    window.wait_until(lambda: "What to find" in (window.focused(program.root) or ""), "the entry")


def type_over(program, text):
    window.xdotool("key", "ctrl+a")
    window.enter(program.root, text)


def switch(program, view, name):
    """A click on the button, which then is in the state that it was not in before."""
    button = find_deep(program.root, "button", name)

    def is_on():
        states = button.get_state_set()
        return states.contains(Atspi.StateType.PRESSED) or states.contains(Atspi.StateType.CHECKED)

    before = is_on()
    click_on(button, view)
    window.wait_until(lambda: is_on() != before, f"{name!r} to be switched")


def says(program, text):
    find_deep(program.root, "label", text)


def test_options(build):
    """Case, whole words and expressions, each by its button; what is no expression is said."""
    with Program(build, log("options")) as program:
        view = program.x_window("Contoso.log")
        open_bar(program, view)
        type_over(program, "policy")
        says(program, "1 of 7")
        switch(program, view, "Match case")
        says(program, "1 of 6")
        switch(program, view, "Whole words only")
        switch(program, view, "Match case")
        says(program, "1 of 7")
        open_bar(program, view)
        type_over(program, "policy1")
        says(program, "1 of 1")
        type_over(program, "policy1 of the pol")
        says(program, "Not found in 7 entries")
        switch(program, view, "Regular expression")
        open_bar(program, view)
        type_over(program, r"policy[1-3].*\(\d\)$")
        says(program, "1 of 3")
        window.screenshot("find-expression")
        type_over(program, "step (")
        says(program, "This is not a regular expression")
        window.screenshot("find-no-expression")


def test_columns(build):
    """In the thread, where the text does not say it, and in all columns."""
    with Program(build, log("columns")) as program:
        view = program.x_window("Contoso.log")
        open_bar(program, view)
        type_over(program, "4012")
        says(program, "Not found in 7 entries")
        click_on(find_deep(program.root, "combo box", "Where in an entry"), view)
        find_deep(program.root, None, "In Thread")
        window.wait_until(lambda: "What to find" not in (window.focused(program.root) or ""), "the columns")
        window.xdotool("key", "Down", "Down", "Down", "Return")
        says(program, "1 of 7")
        window.screenshot("find-in-thread")


def test_history(build):
    """What was searched for is offered again, also at the next start."""
    os.environ["GSETTINGS_BACKEND"] = "keyfile"
    try:
        path = log("history")
        with Program(build, path) as program:
            open_bar(program, program.x_window("Contoso.log"))
            type_over(program, "step")
            says(program, "1 of 6")
            window.xdotool("key", "Return")
            says(program, "2 of 6")
        with Program(build, path) as program:
            open_bar(program, program.x_window("Contoso.log"))
            window.xdotool("key", "Down")
            window.wait_until(lambda: window.focused(program.root) == "step", "the text of before")
            window.screenshot("find-history")
            window.xdotool("key", "Return")
            says(program, "1 of 6")
            window.wait_until(lambda: "What to find" in (window.focused(program.root) or ""), "the entry")
    finally:
        os.environ["GSETTINGS_BACKEND"] = "memory"


def test_all_logs(build):
    """A list of all places, of which each leads to its row in its tab."""
    with Program(build, log("all"), log("all", "Fabrikam")) as program:
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
        view = window.x_window("^(Contoso|Fabrikam).log$")
        window.keys(view, "ctrl+alt+f")
        dialog = window.x_window("^Find in All Logs$")
        window.wait_until(lambda: "What to find" in (window.focused(program.root) or ""), "the entry")
        window.enter(program.root, "step (4")
        says(program, "2 entries in 2 logs")
        find_deep(program.root, "label", "Fabrikam.log, line 5")
        window.screenshot("find-all")
        window.xdotool("key", "Return")
        window.wait_until(lambda: "What to find" not in (window.focused(program.root) or ""), "the list")
        window.xdotool("key", "Down", "Return")
        window.x_window("^Fabrikam.log$")
        program.wait_for_row("Policy4")
        # The dialog keeps the focus, so that the next one is a key away, and so is its end.
        window.xdotool("key", "Up", "Return")
        window.x_window("^Contoso.log$")
        assert window.title_of(window.xdotool("getactivewindow").strip()) == "Find in All Logs"
        window.xdotool("key", "Escape")
        wait_for_end_of("Find in All Logs")


def test_names(build):
    """What the rows of the list say to a screen reader: severity, text and place; an icon shows the first."""
    with Program(build, log("names")) as program:
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+alt+f")
        dialog = window.x_window("^Find in All Logs$")
        window.wait_until(lambda: "What to find" in (window.focused(program.root) or ""), "the entry")
        window.enter(program.root, "policy")
        says(program, "7 entries in 1 log")
        find_deep(program.root, "list item", "Policy0 of the policy, step (0), Contoso.log, line 1, 2026-11-18")
        error = find_deep(program.root, "list item", "POLICY, Contoso.log, line 7, 2026-11-18")
        assert error.get_name().startswith("Error, "), error.get_name()
        window.screenshot("find-all-names")
        window.keys(dialog, "Escape")
        wait_for_end_of("Find in All Logs")


def test_identifiers(build):
    """The identifier in a message leads to all its entries, whatever log they stand in; so does a thread."""
    guid = "2b6c1f0a-0000-4444-8888-0123456789ab"
    texts = [(f"Policy {{{guid}}} arrived", 1), ("Nothing", 1), (f"ScopeId_{guid.upper()}/x failed", 3)]
    paths = [write(f"ids/{name}.log", records(name, texts)) for name in ("Contoso", "Fabrikam")]
    with Program(build, *paths) as program:
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
        view = window.x_window("^(Contoso|Fabrikam).log$")
        window.keys(view, "Home")
        program.wait_for_row("arrived")
        chip = find_deep(program.root, "button", guid)
        window.screenshot("find-identifier")
        window.activate(chip)
        dialog = window.x_window("^Find in All Logs$")
        says(program, "4 entries in 2 logs")
        window.keys(dialog, "Escape")
        wait_for_end_of("Find in All Logs")
        choose_entry(program, lambda: window.keys(view, "Menu"), "Find in All Logs", "This Thread")
        dialog = window.x_window("^Find in All Logs$")
        says(program, "6 entries in 2 logs")
        window.keys(dialog, "Escape")
        wait_for_end_of("Find in All Logs")


def test_all_devices(build):
    """Whose log it is, where two computers have logs of one name; a part of a long text says that it is one."""
    long = "a" * 90 + " needle " + "b" * 400
    for device in ("PC01", "PC02"):
        path = write(f"devices/{device}/CcmExec.log", records("CcmExec", [("Quiet", 1)] * 3 + [(long, 1)]))
    with Program(build, os.path.dirname(os.path.dirname(path))) as program:
        view = window.x_window("CcmExec.log")
        find_deep(program.root, None, "CcmExec")
        window.keys(view, "ctrl+alt+f")
        dialog = window.x_window("^Find in All Logs$")
        window.wait_until(lambda: "What to find" in (window.focused(program.root) or ""), "the entry")
        window.enter(program.root, "needle")
        says(program, "2 entries in 2 logs")
        for device in ("PC01", "PC02"):
            says(program, f"{device} · CcmExec.log, line 4")
        says(program, "…aaaa")
        says(program, "bbbb…")
        window.screenshot("find-all-devices")
        window.keys(dialog, "Escape")
        wait_for_end_of("Find in All Logs")


def test_typed_at_once(build):
    """Who knows the keys does not wait for the bar: letters typed within its first frame arrive."""
    with Program(build, log("at-once")) as program:
        view = program.x_window("Contoso.log")
        window.find(program.root, "table row", "POLICY")
        for _ in range(3):
            window.keys(view)
            # One call: no frame comes between them.
            window.xdotool("key", "--delay", 0, "ctrl+f", "s", "t", "e", "p")
            says(program, "1 of 6")
            entry = window.focused_part(program.root)
            assert window.text_of(entry) == "step", window.text_of(entry)
            window.keys(view, "Escape")
            window.wait_until(lambda: "What to find" not in (window.focused(program.root) or ""), "the end of the bar")



TESTS = [
    ("options", test_options),
    ("typed-at-once", test_typed_at_once),
    ("columns", test_columns),
    ("history", test_history),
    ("all-logs", test_all_logs),
    ("names", test_names),
    ("all-devices", test_all_devices),
    ("identifiers", test_identifiers),
]

if __name__ == "__main__":
    sys.exit(run(TESTS))
