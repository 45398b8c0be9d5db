#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-log-groups.py BUILD-FOLDER: groups of logs of one's own, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import os
import sys

import window
from harness import Program, click_on, find_deep, open_sections, quiet, run, wait_for_end_of, write

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


def test_import(build):
    """The groups of OneTrace come in by their file; what is none is said to be none."""
    keep_groups(["Mine", "Updates"])
    os.environ["GSETTINGS_BACKEND"] = "keyfile"
    groups = "".join(
        f'<LogGroup Name="{name}" GroupType="1" GroupFilePath=""><LogFile>Contoso.log</LogFile></LogGroup>'
        for name in ("Our clients", "Updates")
    )
    good = write("import/LogGroups.xml", f'<?xml version="1.0"?><LogGroups>{groups}</LogGroups>')
    bad = write("import/other.xml", "<Other/>")
    pipe = os.path.join(os.path.dirname(bad), "pipe.xml")
    os.mkfifo(pipe)
    with Program(build, write("import/Contoso.log", quiet("Contoso"))) as program:
        view = program.x_window("Contoso.log")
        open_groups(program, view)
        for path, said in ((bad, "holds no groups of logs"), (pipe, "“pipe.xml” is a folder or a device."),
                           (good, "2 groups imported. 1 name was taken already: it ends in “(imported)”."),
                           (good, "These groups are here already.")):
            row = find_deep(program.root, None, "Import groups from a LogGroups.xml")
            scroll_to(row, view)
            click_on(row, view)
            dialog = window.x_window("^Import Groups of Logs$")
            window.xdotool("windowfocus", "--sync", dialog)
            window.xdotool("type", path)
            window.xdotool("key", "Return")
            window.find(program.root, "label", said)
            wait_for_end_of("Import Groups of Logs")
        find_deep(program.root, "button", "Open Our clients")
        window.screenshot("log-groups-imported")
    with open(SETTINGS, encoding="utf-8") as file:
        text = file.read()
    assert "('Our clients', ['Contoso.log'])" in text and "('Updates (imported)', ['Contoso.log'])" in text, text
    # What the user has stays.
    assert "'Mine'" in text and "('Updates', ['Fabrikam.log'])" in text and text.count("(imported)") == 1, text


def tab_box(program, title):
    for node in window.walk(program.root):
        if node.get_role_name() in window.ROLES["tab"] or node.get_name() == "AdwTab":
            label = node if node.get_role_name() in window.ROLES["tab"] else window.look_for(node, "label")
            if label and label.get_name() == title:
                return node.get_extents()
    return None


def test_in_sight(build):
    """The tab in front stays in sight when others are opened beside it, in a window that has no room for all."""
    folder = os.path.join(build, "data", "practice", "practice", "long-wait", "PC02")
    with Program(build, folder) as program:
        view = program.x_window("CoManagementHandler.log")
        program.wait_for_row("Queuing enrollment timer")
        window.xdotool("windowsize", "--sync", view, 900, 600)
        window.wait_until(lambda: window.geometry(view)[2:] == (900, 600), "a small window")
        window.wait_until(lambda: window.find(program.root, "table row").get_extents().width > 600, "no panel")
        window.keys(view, "shift+F9")
        open_groups(program, view)
        window.activate(find_deep(program.root, "button", "Open Co-management"))
        window.wait_until(lambda: len(window.tabs(program.root)) == 5, "the tabs of the group")
        # The bar goes to each that comes, and back: the last one is behind its end then.
        panel = find_deep(program.root, "combo box", "Section of the guide").get_extents()
        window.wait_until(lambda: tab_box(program, "PolicyAgent.log").x > panel.x, "the bar to go back")
        box = tab_box(program, "CoManagementHandler.log")
        assert 0 <= box.x and box.x + box.width <= panel.x, (box.x, box.width)
        window.screenshot("tab-in-sight")


def test_first_press(build):
    """A press on a page that has just come goes to it."""
    with Program(build, write("press/Contoso.log", quiet("Contoso"))) as program:
        view = program.x_window("Contoso.log")
        window.find(program.root, name="20 entries")
        left, top, _, _ = window.geometry(view)
        window.activate(window.find(program.root, name="Guide"))
        chooser = find_deep(program.root, "combo box", "Section of the guide")
        window.wait_until(lambda: chooser.get_extents().width > 0, "the page")
        box = chooser.get_extents()
        window.click(left + box.x + box.width // 2, top + box.y + box.height // 2)
        find_deep(program.root, None, "Logs: what is each one for?")
        window.xdotool("key", "Escape")


TESTS = [("first-press", test_first_press), ("full", test_full), ("import", test_import), ("in-sight", test_in_sight)]

if __name__ == "__main__":
    sys.exit(run(TESTS))
