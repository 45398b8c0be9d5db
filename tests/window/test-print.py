#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-print.py BUILD-FOLDER: entries on paper, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import window
from gi.repository import Atspi
from harness import Program, click_on, find_deep, records, run, wait_for_end_of, write


def is_sensitive(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def papers():
    """Files of paper, of other tests too."""
    return sorted(os.path.join(folder, name) for folder, _, names in os.walk(os.environ["HOME"])
                  for name in names if name.endswith(".pdf"))


def printed():
    """The paper, once all of it is in the file."""
    for path in papers():
        with open(path, "rb") as file:
            content = file.read()
        if content.rstrip().endswith(b"%%EOF"):
            return path
    return None


def test_file(build):
    """The dialog has what is to be printed in a page of its own; all of it comes, in several pages."""
    path = write("print/Contoso.log", records("Contoso", [(f"Step {i} failed", 3) for i in range(150)]))
    with Program(build, path) as program:
        window.find(program.root, name="150 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+p")
        dialog = window.x_window("^Print$")
        click_on(find_deep(program.root, "label", "Print to File"), dialog)
        click_on(find_deep(program.root, "label", "Entries"), dialog)
        find_deep(program.root, None, "All that are shown (150)")
        find_deep(program.root, "check box", "Component")
        window.screenshot("print-dialog")
        button = find_deep(program.root, "button", "Print")
        window.wait_until(lambda: is_sensitive(button), "a printer")
        window.activate(button)
        wait_for_end_of("Print")
        paper = window.wait_until(printed, "the paper")
        with open(paper, "rb") as file:
            content = file.read()
        assert len(re.findall(rb"/Type /Page\b(?!s)", content)) >= 2, "one page for 150 entries"
        if shutil.which("pdftotext"):
            text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True).stdout
            for i in range(150):
                assert f"Step {i} failed" in text, f"no entry {i}"
            assert "Page 1 of " in text and "Contoso.log" in text
        folder = os.environ.get("COT_SCREENSHOTS")
        if folder:
            shutil.copy(paper, os.path.join(folder, "print.pdf"))


def test_many(build):
    """What takes too many pages is said before."""
    path = write("many/Contoso.log", records("Contoso", [("Step done", 1)] * 150000))
    with Program(build, path) as program:
        window.find(program.root, name="150000 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+p")
        find_deep(program.root, "label", "Print 150000 Entries?")
        window.screenshot("print-many")
        window.wait_until(lambda: window.xdotool("getactivewindow").strip() != view, "the question in front")
        window.xdotool("key", "Escape")
        window.wait_for_front(view)


def start_preview(program):
    """From the dialog, on paper that becomes a file."""
    dialog = window.x_window("^Print$")
    click_on(find_deep(program.root, "label", "Print to File"), dialog)
    button = find_deep(program.root, "button", "Preview")
    window.wait_until(lambda: is_sensitive(button), "a printer")
    window.activate(button)


def open_preview(program):
    start_preview(program)
    preview = window.x_window("^Print Preview$")
    wait_for_end_of("Print")
    return preview


def test_preview(build):
    """Every page as it will be, by keys too; then the dialog again, with what was chosen, or nothing."""
    path = write("preview/Contoso.log", records("Contoso", [(f"Step {i} failed", 3) for i in range(150)]))
    before = papers()
    with Program(build, path) as program:
        window.find(program.root, name="150 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+p")
        dialog = window.x_window("^Print$")
        click_on(find_deep(program.root, "label", "Entries"), dialog)
        click_on(find_deep(program.root, "check box", "Component"), dialog)
        preview = open_preview(program)
        find_deep(program.root, "image", "Page 1 of 2")
        assert not is_sensitive(find_deep(program.root, "button", "Previous page"))
        window.screenshot("print-preview")
        window.keys(preview, "Next")
        find_deep(program.root, "image", "Page 2 of 2")
        assert not is_sensitive(find_deep(program.root, "button", "Next page"))
        window.screenshot("print-preview-last")
        window.keys(preview, "Home")
        find_deep(program.root, "image", "Page 1 of 2")
        window.activate(find_deep(program.root, "button", "Next page"))
        find_deep(program.root, "image", "Page 2 of 2")
        window.activate(find_deep(program.root, "button", "Print…"))
        wait_for_end_of("Print Preview")
        dialog = window.x_window("^Print$")
        click_on(find_deep(program.root, "label", "Entries"), dialog)
        component = find_deep(program.root, "check box", "Component")
        assert not component.get_state_set().contains(Atspi.StateType.CHECKED), "the columns are others"
        preview = open_preview(program)
        window.keys(preview, "Escape")
        wait_for_end_of("Print Preview")
        assert papers() == before, "paper of a preview"
        left = [name for name in os.listdir(tempfile.gettempdir()) if name.startswith("preview")]
        assert not left, f"left behind: {left}"


def is_idle(process):
    """Whether it waits now, and has not worked for half a second."""

    def worked():
        with open(f"/proc/{process.pid}/stat", encoding="utf-8") as file:
            fields = file.read().rpartition(")")[2].split()
        return (fields[0], fields[11], fields[12])

    before, end = worked(), time.monotonic() + 0.5
    while time.monotonic() < end:
        if before[0] != "S" or worked() != before:
            return False
    return True


def test_preview_in_vain(build):
    """A window that is closed while its preview is made gets none."""
    path = write("in-vain/Contoso.log", records("Contoso", [("Step done", 1)] * 30000))
    other = write("in-vain/Fabrikam.log", records("Fabrikam", [("Step done", 1)] * 10))
    with Program(build, path) as program:
        window.find(program.root, name="30000 entries")
        subprocess.run([program.program, "--new-window", other], check=True)
        window.wait_for_front(program.x_window("Fabrikam.log"))
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+p")
        start_preview(program)
        window.close(view)
        wait_for_end_of("Contoso.log")
        window.wait_until(lambda: is_idle(program.process), "nothing to do any more")
        assert not window.xdotool("search", "--onlyvisible", "--name", "^Print Preview$"), "a preview for nobody"


TESTS = [("file", test_file), ("many", test_many), ("preview", test_preview), ("preview-in-vain", test_preview_in_vain)]


# What a test leaves behind is then its own.
os.environ["TMPDIR"] = os.path.join(os.environ["HOME"], "tmp")
os.makedirs(os.environ["TMPDIR"], exist_ok=True)
sys.exit(run(TESTS))
