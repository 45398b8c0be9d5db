#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-ways-in.py BUILD-FOLDER: the ways to open logs from inside the window, and what hides parts of it.

Runs inside run-in-x. Drops are in test-drop.py, the file manager in test-desktop.py.
"""

import os
import subprocess
import sys

import window
from gi.repository import Atspi
from harness import Program, click_on, find_deep, need_tool, quiet, records, run, write


def put_on_clipboard(text, target="UTF8_STRING"):
    """Until another has it: xclip stays behind to hand it out."""
    command = ["xclip", "-selection", "clipboard", "-t", target]
    subprocess.run(command, input=text.encode(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def test_paste(build):
    """A path as text, in quotes as Windows copies it, too; and files as a file manager copies them."""
    need_tool("xclip")
    paths = [write(f"paste/{name}.log", quiet(name)) for name in ("Contoso", "Fabrikam", "Tailspin", "Litware")]
    with Program(build) as program:
        view = window.x_window(".")
        put_on_clipboard(paths[0])
        window.keys(view, "ctrl+v")
        program.wait_for_tabs(["Contoso.log"])
        put_on_clipboard(f'"{paths[1]}"\n')
        window.keys(view, "ctrl+v")
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
        put_on_clipboard("".join(f"file://{path}\r\n" for path in paths[2:]), "text/uri-list")
        window.keys(view, "ctrl+v")
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log", "Tailspin.log", "Litware.log"])


def test_copied_log(build):
    """Lines of a log open as a log, which stands in no file: it can be read in another way and exported, and is no part
    of the session."""
    need_tool("xclip")
    session = os.path.join(os.environ["XDG_DATA_HOME"], "cotrace", "session")
    with Program(build) as program:
        view = window.x_window(".")
        put_on_clipboard("  \n")
        window.keys(view, "ctrl+v")
        window.find(program.root, "label", "Nothing to open is copied")
        put_on_clipboard("C:\\Windows\\CCM\\Logs\\CcmExec.log")
        window.keys(view, "ctrl+v")
        window.find(program.root, "label", "path of a file in Windows")
        # A path without a file is no log of one line.
        put_on_clipboard("/nowhere/at/all/CcmExec.log\n")
        window.keys(view, "ctrl+v")
        window.find(program.root, "label", "There is no file “CcmExec.log” at the copied path")
        assert not window.tabs(program.root), window.tabs(program.root)
        put_on_clipboard(records("Contoso", [("Fine", 1), ("Failed with 0x80070005", 3)] * 12))
        window.keys(view, "ctrl+v")
        program.wait_for_tabs(["Copied text"])
        window.find(program.root, "label", "24 entries")
        window.find(program.root, name="CCM")
        window.find(program.root, "label", "Not saved")
        window.screenshot("copied-log")
        view = program.x_window("Copied text")
        window.keys(view, "F10")
        window.activate(window.find(program.root, name="Read As"))
        window.activate(window.find(program.root, name="Plain text"))
        find_deep(program.root, "table row", "<![LOG[Fine]LOG]!>")
        put_on_clipboard("Just a line\nand another one\n")
        window.keys(view, "ctrl+v")
        program.wait_for_tabs(["Copied text", "Copied text 2"])
        window.find(program.root, "label", "2 entries")
        path = write("beside/Contoso.log", quiet("Contoso"))
        put_on_clipboard(path)
        window.keys(program.x_window("Copied text 2"), "ctrl+v")
        program.wait_for_tabs(["Copied text", "Copied text 2", "Contoso.log"])
        program.x_window("Contoso.log")
        window.screenshot("copied-log-menu")
        # Switches look like a path, and are a text.
        put_on_clipboard("/mp:https://cm01.contoso.com /forcelogging SMSSITECODE=ABC\n")
        window.keys(program.x_window("Contoso.log"), "ctrl+v")
        program.wait_for_tabs(["Copied text", "Copied text 2", "Contoso.log", "Copied text 3"])
        find_deep(program.root, "table row", "SMSSITECODE")
    with open(session, encoding="utf-8") as file:
        text = file.read()
    assert "Contoso.log" in text and "opied" not in text, text


ROW = "Failed to enroll with RegisterDeviceWithManagementUsingAADDeviceCredentials with error code 0x80180026"


def test_copied_rows(build):
    """Rows as CMTrace copies them are entries, and judged as their log would be; those of several logs are of none."""
    need_tool("xclip")
    with Program(build) as program:
        view = window.x_window(".")
        put_on_clipboard(f"Contoso starts\tCoManagementHandler\t03/09/2026 09:10:00\t4120 (0x1018)\r\n"
                         f"{ROW}\tCoManagementHandler\t03/09/2026 09:10:01\t4120 (0x1018)\r\n")
        window.keys(view, "ctrl+v")
        program.wait_for_tabs(["Copied text"])
        window.find(program.root, "label", "2 entries")
        window.find(program.root, name="Copied rows")
        window.find(program.root, name="Enrollment blocked by policy")
        window.screenshot("copied-rows")
        put_on_clipboard("Contoso starts\tCoManagementHandler\t03/09/2026 09:10:00\t4120 (0x1018)\r\n"
                         "Contoso ends\tCcmExec\t03/09/2026 09:10:01\t4120 (0x1018)\r\n")
        window.keys(program.x_window("Copied text"), "ctrl+v")
        program.wait_for_tabs(["Copied text", "Copied text 2"])
        window.find(program.root, name="The entries of “Copied text 2” do not tell which log they are of")
        assert window.look_for(program.root, name="Give it the name") is None
        window.screenshot("copied-of-several")


def test_copied_too_much(build):
    """More than a log that somebody would copy is refused with what to do."""
    need_tool("xclip")
    with Program(build) as program:
        put_on_clipboard("A line of sixteen\n" * (4 * 1024 * 1024))
        window.keys(window.x_window("."), "ctrl+v")
        window.find(program.root, "label", "larger than 64 MB")
        assert window.tabs(program.root) == [], window.tabs(program.root)


def test_open_dialog(build):
    """By the keyboard alone: a path that is typed opens the field for it."""
    path = write("dialog/Adatum.log", quiet("Adatum"))
    with Program(build) as program:
        window.keys(window.x_window("."), "ctrl+o")
        window.xdotool("windowfocus", "--sync", window.x_window("^Open"))
        window.xdotool("type", path)
        window.screenshot("open-dialog")
        window.xdotool("key", "Return")
        program.wait_for_tabs(["Adatum.log"])


def test_open_several(build):
    """The dialog begins with what was opened last: all of that at once is opened together."""
    names = ("Alpine", "Northwind", "Proseware")
    paths = [write(f"several/{name}.log", quiet(name)) for name in names]
    with Program(build, *paths) as program:
        program.wait_for_tabs([f"{name}.log" for name in names])
        window.find(program.root, "label", "20 entries")
    with Program(build) as program:
        window.keys(window.x_window("."), "ctrl+o")
        dialog = window.x_window("^Open")
        opens = window.find_all(program.root, "button", "Open")[-1]

        def is_chosen():
            """The list of GTK 4.8's dialog is not on the accessibility bus, and fills some time later."""
            left, top, width, _ = window.geometry(dialog)
            window.click(left + width // 2, top + 42)
            window.keys(dialog, "ctrl+a")
            return opens.get_state_set().contains(Atspi.StateType.SENSITIVE)

        window.wait_until(is_chosen, "files that are chosen")
        window.screenshot("open-several")
        window.activate(opens)
        window.wait_until(
            lambda: set(window.tabs(program.root)) >= {f"{name}.log" for name in names}, "a tab for each"
        )
        window.find(program.root, "label", "logs opened")


def test_recent(build):
    """What was opened before stands on the empty page of another run."""
    path = write("recent/Wingtip.log", quiet("Wingtip"))
    with Program(build, path) as program:
        program.wait_for_tabs(["Wingtip.log"])
        window.find(program.root, "label", "20 entries")
    with Program(build) as program:
        click_on(window.find(program.root, "label", "Wingtip.log"), window.x_window("."))
        program.wait_for_tabs(["Wingtip.log"])


def copied():
    command = ["xclip", "-o", "-selection", "clipboard", "-t", "UTF8_STRING"]
    return subprocess.run(command, capture_output=True, check=False).stdout.decode()


def wait_for_columns(view, n_columns):
    """What is copied has the columns that are shown."""

    def is_copied():
        window.keys(view, "Home", "ctrl+c")
        text = copied()
        return text.startswith("Contoso entry 0") and text.count("\t") == n_columns - 1

    window.wait_until(is_copied, lambda: f"{n_columns} columns in {copied()!r}")


def test_hide(build):
    """Ctrl+H leaves the text alone, as in CMTrace; F4 takes the details away. Both come back."""
    need_tool("xclip")
    path = write("hide/Contoso.log", quiet("Contoso"))
    with Program(build, path) as program:
        program.wait_for_tabs(["Contoso.log"])
        view = program.x_window("Contoso.log")
        sentence = "Select an entry to see all of it."
        window.find(program.root, "label", sentence)
        window.keys(view, "F4")
        window.wait_until(lambda: window.look_for(program.root, "label", sentence) is None, "no details")
        window.screenshot("hide-details")
        window.keys(view, "F4")
        window.find(program.root, "label", sentence)
        wait_for_columns(view, 4)
        window.keys(view, "ctrl+h")
        wait_for_columns(view, 1)
        window.screenshot("hide-columns")
        window.keys(view, "ctrl+h")
        wait_for_columns(view, 4)


TESTS = [
    ("paste", test_paste),
    ("copied-log", test_copied_log),
    ("copied-rows", test_copied_rows),
    ("copied-too-much", test_copied_too_much),
    ("open-dialog", test_open_dialog),
    ("open-several", test_open_several),
    ("recent", test_recent),
    ("hide", test_hide),
]


sys.exit(run(TESTS))
