#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-report.py BUILD-FOLDER: a case report out of the real window.

Runs inside run-in-x. All logs are made here; the device and its hosts are invented.
"""

import os
import sys
import tempfile

import window
from gi.repository import Atspi
from harness import Program, choose_entry, find_deep, records, run, warnings_in, write
from opener import Opener

REFUSED = "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"


def logs():
    texts = [(f"Executing task number {n}", 1) for n in range(40)]
    texts[10] = ("Computer Name: PC0042, user FABRIKAM\\bjones", 1)
    texts[20] = (REFUSED + " of PC0042 for bjones", 3)
    return records("LocationServices", texts)


def is_on(node):
    states = node.get_state_set()
    return states.contains(Atspi.StateType.CHECKED) or states.contains(Atspi.StateType.PRESSED)


def open_dialog(program):
    view = program.x_window("LocationServices.log")
    program.wait_for_row("Clientcertificaterequired")
    window.keys(view, "ctrl+shift+r")
    dialog = window.x_window("^Export Report$")
    window.find(program.root, name="This will be masked")
    return dialog


def toggle(program, name):
    """The one of a row, by a click as a person does."""
    return window.wait_until(
        lambda: next((node for node in window.find_all(program.root, None, name)
                      if node.get_role_name() in ("switch", "toggle button", "check box")), None),
        f"a switch {name!r}")


def wait_for_end(*titles):
    """The X server is asked: GTK 4.8 stumbles over questions about a window that goes."""
    window.wait_until(
        lambda: not any(window.xdotool("search", "--onlyvisible", "--name", f"^{title}$").split() for title in titles),
        f"the end of {titles}")


def save(program, path):
    window.activate(window.find(program.root, "button", "Save…"))
    chooser = window.x_window("^Save the Report$")
    window.keys(chooser, "ctrl+a")
    window.enter(program.root, path)
    window.keys(chooser, "Return")
    wait_for_end("Save the Report", "Export Report")
    with open(path, encoding="utf-8") as file:
        return file.read()


def test_save(build):
    """What is masked is shown before it is written, and what is switched off stays."""
    folder = tempfile.mkdtemp()
    folders = Opener("inode/directory")
    with Program(build, write("report/LocationServices.log", logs())) as program:
        dialog = open_dialog(program)
        # Each with its kind, its stand-in and how often it stands there.
        window.find(program.root, None, "PC0042")
        window.find(program.root, None, "Device, becomes device-1, 1 time")
        window.find(program.root, None, "User, becomes user-1, 1 time")
        window.screenshot("report-dialog")
        name = toggle(program, "bjones")
        assert is_on(name), "a name is not masked at first"
        window.click(*window.middle_of(name, dialog))
        window.wait_until(lambda: not is_on(toggle(program, "bjones")), "the switch to be off")
        text = save(program, os.path.join(folder, "one.html"))
        assert text.startswith("<!DOCTYPE html>"), text[:100]
        assert "PC0042" not in text and "device-1" in text
        assert "bjones" in text and "user-1" not in text
        assert "Masked." in text
        assert os.listdir(folder) == ["one.html"], os.listdir(folder)
        # And where it is now is told, and shown: by what the desktop opens folders with.
        window.find(program.root, None, f"Report written: “one.html” in {folder}")
        window.activate(window.find(program.root, "button", "Show in Folder"))
        folders.wait_for(folder)


def test_bundle(build):
    """A bundle may be called after anything: its name is masked whole, and listed."""
    path = write("RECEPTION/LocationServices.log", logs())
    with Program(build, os.path.dirname(path)) as program:
        program.wait_for_row("Clientcertificaterequired")
        window.keys(window.x_window("."), "ctrl+shift+r")
        dialog = window.x_window("^Export Report$")
        window.find(program.root, None, "RECEPTION")
        window.find(program.root, None, "Name of a bundle, becomes bundle-1, 1 time")
        row = window.find(program.root, "list item", "RECEPTION")
        assert row.get_name() == "RECEPTION, Name of a bundle, becomes bundle-1, 1 time", row.get_name()
        assert toggle(program, "RECEPTION").get_description() == "Name of a bundle, becomes bundle-1, 1 time"
        window.screenshot("report-bundle")
        window.keys(dialog, "Escape")
        wait_for_end("Export Report")


def view_text(program):
    node = window.look_for(program.root, None, "What the report will say")
    return node and window.text_of(node) or ""


def test_faults_of_gtk(_build):
    """Of what a program writes, a test forgives what GTK has against itself, and nothing else."""
    said = "(cotrace:7): Gtk-WARNING **: 13:22:43.812: Trying to snapshot {} 0x55a77e8d1850 without a current allocation\n"
    ours = said.format("CotLogView")
    other = "(cotrace:7): Gtk-CRITICAL **: 13:22:43.812: gtk_widget_get_parent: assertion 'GTK_IS_WIDGET (widget)' failed\n"
    assert warnings_in([said.format("GtkGizmo"), "no matter\n", ours, other]) == [ours.strip(), other.strip()]


def test_mask_word(build):
    """What no log says to be a name is masked on demand, and the preview shows what will be written."""
    folder = tempfile.mkdtemp()
    with Program(build, write("word/LocationServices.log", logs())) as program:
        dialog = open_dialog(program)
        # The page that saves points at it.
        window.click(*window.middle_of(window.find(program.root, "list item", "Look at the Report First"), dialog))
        window.wait_until(lambda: "device-1 for user-1" in view_text(program), "the masked line in the preview")
        text = view_text(program)
        assert "What happened" in text and "Masked." in text and "PC0042" not in text
        assert "CMGConnector_Clientcertificaterequired" in text
        window.screenshot("report-preview")
        # Typed, and by the keyboard alone.
        entry = window.find(program.root, None, "Word to mask")
        window.click(*window.middle_of(entry, dialog))
        window.enter(program.root, "nowhere")
        window.keys(dialog, "Return")
        window.find(program.root, None, "“nowhere” does not occur in the report")
        window.keys(dialog, "ctrl+a")
        window.enter(program.root, "StatusText")
        window.keys(dialog, "Return")
        window.find(program.root, None, "“StatusText” is masked in 1 place")
        window.wait_until(lambda: "word-1=CMGConnector" in view_text(program), "the word to be masked in the preview")
        # Selected in the preview.
        view = window.find(program.root, None, "What the report will say")
        start = view_text(program).index("StatusCode")
        window.click(*window.middle_of(view, dialog))
        view.set_caret(start)
        window.keys(dialog, "ctrl+shift+Right")
        window.wait_until(lambda: window.text_of(entry) == "StatusCode", "the selection as the word")
        window.activate(window.find(program.root, "button", "Mask This Word Too"))
        window.wait_until(lambda: "word-2=403" in view_text(program), "the selection to be masked")
        window.screenshot("report-preview-word")
        window.click(*window.middle_of(window.find(program.root, None, "Masks"), dialog))
        window.find(program.root, None, "Your word, becomes word-2")
        window.screenshot("report-words")
        text = save(program, os.path.join(folder, "three.html"))
        assert "StatusText" not in text and "StatusCode" not in text and "word-2" in text


def test_marks(build):
    """What was marked a moment ago is part of the report, masked like all else."""
    folder = tempfile.mkdtemp()
    with Program(build, write("marks/LocationServices.log", logs())) as program:
        view = program.x_window("LocationServices.log")
        program.wait_for_row("Clientcertificaterequired")
        window.keys(view, "ctrl+shift+d")
        find_deep(program.root, None, "Note on This Entry")
        window.wait_until(lambda: window.focused(program.root) == "Note", "the note")
        window.enter(program.root, "Ask bjones, PC0042 is his")
        window.xdotool("key", "ctrl+Return")
        wait_for_end("Note on This Entry")
        dialog = open_dialog(program)
        window.click(*window.middle_of(window.find(program.root, None, "Preview"), dialog))
        window.wait_until(lambda: "Marked by you" in view_text(program), "the marks in the preview")
        text = view_text(program)
        marked = text[text.index("Marked by you"):text.index("What this report cannot say")]
        assert "LocationServices.log, line 21 · 2026-11-18 10:00:20.345 · Ask user-1, device-1 is his\n" in marked, marked
        assert "of device-1 for user-1" in marked, marked
        window.screenshot("report-marks")
        text = save(program, os.path.join(folder, "four.html"))
        assert "Marked by you" in text and "bjones" not in text and "PC0042" not in text


def test_markdown_unmasked(build):
    folder = tempfile.mkdtemp()
    with Program(build, write("markdown/LocationServices.log", logs())) as program:
        dialog = open_dialog(program)
        window.click(*window.middle_of(window.find(program.root, None, "Format"), dialog))
        window.keys(dialog, "Down", "Return")
        window.click(*window.middle_of(toggle(program, "Mask Names and Secrets"), dialog))
        window.wait_until(lambda: not is_on(toggle(program, "Mask Names and Secrets")), "the switch to be off")
        text = save(program, os.path.join(folder, "two.md"))
        assert "# " in text and "```text" in text
        assert "PC0042" in text and "bjones" in text and "Not masked." in text


def test_moved_clock(build):
    """The list of files says whose clock was moved, and by how much."""
    with Program(build, write("moved/LocationServices.log", logs())) as program:
        view = program.x_window("LocationServices.log")
        program.wait_for_row("Clientcertificaterequired")
        choose_entry(program, lambda: window.keys(view, "F10"), "Move Clock")
        mover = window.x_window("^Move Clock$")
        window.wait_for_front(mover)
        window.enter(program.root, "+5 min")
        window.keys(mover, "Return")
        wait_for_end("Move Clock")
        window.find(program.root, "button", "Clock moved +5")
        open_dialog(program)
        text = save(program, os.path.join(tempfile.mkdtemp(), "moved.html"))
        assert " · Clock moved +5" in text, text[text.find("Files"):][:2000]


def test_escape(build):
    with Program(build, write("escape/LocationServices.log", logs())) as program:
        dialog = open_dialog(program)
        window.keys(dialog, "Escape")
        wait_for_end("Export Report")


sys.exit(run([("save", test_save), ("bundle", test_bundle), ("mask-word", test_mask_word), ("marks", test_marks),
              ("markdown-unmasked", test_markdown_unmasked), ("moved-clock", test_moved_clock), ("escape", test_escape),
              ("faults-of-gtk", test_faults_of_gtk)]))
