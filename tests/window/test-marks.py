#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-marks.py BUILD-FOLDER: marks and notes, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import os
import sys

import window
from harness import Program, click_on, find_deep, records, run, wait_for_end_of, write


def log(name, n=40):
    """Each begins in its own way: marks are known again by content."""
    texts = [(f"Step {i} failed" if i % 3 == 0 else f"Step {i} done", 3 if i % 3 == 0 else 1) for i in range(n)]
    return write(f"{name}/Contoso.log", records(name, texts))


def marked(program):
    """The rows with a mark, by what a screen reader says of them."""
    names = [node.get_name() for node in window.find_all(program.root, "table row", "Your mark")]
    return sorted(int(name.split("Step ")[1].split()[0]) for name in names)


def wait_marked(program, *numbers):
    window.wait_until(
        lambda: marked(program) == sorted(numbers),
        lambda: f"{sorted(numbers)} marked, not {marked(program)}",
    )


def write_note(program, view, text):
    window.keys(view, "ctrl+shift+d")
    find_deep(program.root, None, "Note on This Entry")
    window.wait_until(lambda: window.focused(program.root) == "Note", "the note")
    window.enter(program.root, text)
    window.xdotool("key", "ctrl+Return")
    wait_for_end_of("Note on This Entry")


def change_note(program, key, text):
    """By the button beside the note; what to press is said there."""
    window.activate(find_deep(program.root, "button", "Change Note"))
    find_deep(program.root, None, "Ctrl+Return and Escape keep the note")
    window.wait_until(lambda: window.focused(program.root) == "Note", "the note")
    window.screenshot("marks-note")
    window.xdotool("key", key)
    window.enter(program.root, text)
    window.xdotool("key", "ctrl+Return")
    wait_for_end_of("Note on This Entry")


def test_marks(build):
    """Marked by key, with and without a note; from one to the next; and still there at the next start."""
    path = log("marks")
    with Program(build, path) as program:
        window.find(program.root, name="40 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e", "ctrl+e")
        program.wait_for_row("Step 3 failed")
        window.keys(view, "ctrl+d")
        wait_marked(program, 3)
        # Below the rows it is said, too, and a note can be added there.
        find_deep(program.root, "label", "Marked by you")
        window.keys(view, "Down", "Down")
        program.wait_for_row("Step 5 done")
        window.wait_until(lambda: not any(window.matches(node, "label", "Marked by you")
                                          for node in window.walk(program.root, 60)), "no mark to be told of")
        write_note(program, view, "Anna saw this")
        wait_marked(program, 3, 5)
        program.wait_for_row("Anna saw this")
        find_deep(program.root, "label", "Marked by you: Anna saw this")
        window.screenshot("marks")
        change_note(program, "ctrl+a", "She told Bert")
        find_deep(program.root, "label", "Marked by you: She told Bert")
        program.wait_for_row("She told Bert")
        window.xdotool("windowsize", "--sync", view, 900, 600)
        window.wait_until(lambda: window.geometry(view)[2:] == (900, 600), "a small window")
        window.screenshot("marks-small")
        window.keys(view, "F2")
        window.find(program.root, name="No more marks below")
        window.keys(view, "shift+F2")
        program.wait_for_row("Step 3 failed")
        window.keys(view, "F2")
        program.wait_for_row("Step 5 done")
    with Program(build, path) as program:
        window.find(program.root, name="40 entries")
        view = program.x_window("Contoso.log")
        wait_marked(program, 3, 5)
        window.keys(view, "F2")
        program.wait_for_row("Step 3 failed")
        window.keys(view, "ctrl+d")
        wait_marked(program, 5)


def test_escape(build):
    """Escape keeps what was typed, and marks nothing where nothing was; Discard throws it away."""
    with Program(build, log("escape")) as program:
        window.find(program.root, name="40 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e", "ctrl+e")
        program.wait_for_row("Step 3 failed")

        def leave_note(text, leave):
            window.keys(view, "ctrl+shift+d")
            window.wait_until(lambda: window.focused(program.root) == "Note", "the note")
            window.enter(program.root, text)
            leave()
            wait_for_end_of("Note on This Entry")

        def escape():
            window.xdotool("key", "Escape")

        def discard():
            window.xdotool("key", "alt+d")

        leave_note("", escape)
        wait_marked(program)
        leave_note("Not meant", discard)
        wait_marked(program)
        leave_note("Anna saw this", escape)
        window.find(program.root, "label", "The note is kept")
        wait_marked(program, 3)
        find_deep(program.root, "label", "Marked by you: Anna saw this")
        window.screenshot("marks-escape")


def test_list(build):
    """All marks with their notes; each leads to its row, and can be taken away."""
    with Program(build, log("list")) as program:
        window.find(program.root, name="40 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e")
        program.wait_for_row("Step 0 failed")
        window.keys(view, "ctrl+d", "Down")
        program.wait_for_row("Step 1 done")
        write_note(program, view, "Here it was well")
        window.keys(view, "ctrl+shift+m")
        dialog = window.x_window("^Marks$")
        find_deep(program.root, None, "2 marks")
        find_deep(program.root, None, "Here it was well")
        find_deep(program.root, None, "Contoso.log, line 2")
        window.screenshot("marks-list")
        window.wait_until(lambda: window.focused(program.root) is not None, "the first row")
        window.xdotool("key", "Return")
        program.wait_for_row("Step 0 failed")
        removes = [node for node in window.walk(program.root, 60) if node.get_name() == "Remove Mark"]
        click_on(removes[0], dialog)
        find_deep(program.root, None, "1 mark")
        wait_marked(program, 1)
        window.keys(dialog, "Escape")
        wait_for_end_of("Marks")


def test_filter(build):
    """Behind a filter only the marks that are shown are met."""
    with Program(build, log("filter")) as program:
        window.find(program.root, name="40 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e")
        program.wait_for_row("Step 0 failed")
        window.keys(view, "Down", "ctrl+d", "Down", "Down")
        program.wait_for_row("Step 3 failed")
        window.keys(view, "ctrl+d", "ctrl+shift+l")
        window.wait_until(lambda: "Log text" in (window.focused(program.root) or ""), "the condition")
        window.enter(program.root, "failed")
        window.xdotool("key", "Return")
        window.find(program.root, name="14 of 40 shown")
        program.wait_for_row("Step 3 failed")
        window.keys(view, "shift+F2")
        window.find(program.root, name="No more marks above")
        program.wait_for_row("Step 3 failed")


def test_broken(build):
    """A file of marks that is none is left alone, and the user hears of it."""
    path = log("broken")
    folder = os.path.join(os.environ["XDG_DATA_HOME"], "cotrace", "marks")
    with Program(build, path) as program:
        window.find(program.root, name="40 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "ctrl+e", "ctrl+d")
        wait_marked(program, 0)
    [name] = [name for name in os.listdir(folder) if name.endswith(".marks")]
    with open(os.path.join(folder, name), "wb") as file:
        file.write(b"\xff no marks")
    with Program(build, path) as program:
        window.find(program.root, name="The marks of “Contoso.log” cannot be read")
        assert not marked(program)
    with open(os.path.join(folder, name), "rb") as file:
        assert file.read() == b"\xff no marks"


def test_hasty(build):
    """An answer that is sent away while it comes, another one on its heels, and what comes when it was sent away."""
    answer = "No more marks below"

    def is_shown():
        return window.find_all(program.root, name=answer)

    with Program(build, log("hasty")) as program:
        window.find(program.root, name="40 entries")
        view = program.x_window("Contoso.log")
        for delay in (0, 20, 50, 100, 150, 200, 300) * 2:
            window.keys(view, "F2")
            window.xdotool("key", "--delay", str(delay), "Escape", "F2", "Escape")
        window.wait_until(lambda: not is_shown(), "the end of the answer")
        window.keys(view, "F2")
        window.wait_until(is_shown, "the answer")
        # It goes before its time is over, and one that comes while it goes stays.
        window.keys(view, "Escape", "F2")
        window.wait_until(is_shown, "the answer that came again")


TESTS = [
    ("broken", test_broken),
    ("hasty", test_hasty),
    ("marks", test_marks),
    ("escape", test_escape),
    ("list", test_list),
    ("filter", test_filter),
]


sys.exit(run(TESTS))
