#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-practice.py BUILD-FOLDER: a learner at a scenario, in the real window.

Runs inside run-in-x. The scenario is one that ships: a setup that stops half way.
"""

import os
import subprocess
import sys
import zipfile

import window
from gi.repository import Atspi, GLib
from harness import choose_entry

TITLE = "Stopped half way"


class Program:
    """The program without a file, with the scenarios of the build."""

    def __init__(self, build):
        self.program = os.path.join(build, "src/app/cotrace")
        self.process = subprocess.Popen([self.program])
        self.root = window.application()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        if exception[0] is None:
            window.keys(window.x_window("."), "ctrl+q")
            window.wait_until(lambda: self.process.poll() is not None, "the end of the program")
            assert self.process.returncode == 0, f"the program ended with {self.process.returncode}"
        window.end(self.program)
        self.process.wait(timeout=30)
        window.wait_until(lambda: not window.applications("cotrace"), "the end on the accessibility bus")

    def button(self, name):
        """One that can be pressed."""
        def look():
            return next((node for node in window.find_all(self.root, "button", name)
                         if node.get_state_set().contains(Atspi.StateType.SENSITIVE)
                         and node.get_state_set().contains(Atspi.StateType.VISIBLE)), None)
        return window.wait_until(look, f"the button {name!r}")

    def place(self, name):
        """Where the button is: what leads from one state to the next must not run away."""
        box = self.button(name).get_extents()
        return box.x, box.y

    def selected_row(self, text):
        return any(node.get_state_set().contains(Atspi.StateType.SELECTED)
                   for node in window.find_all(self.root, "table row", text))

    def press(self, name):
        window.activate(self.button(name))

    def choose(self, name, view):
        """A choice among several has no action on the accessibility bus."""
        window.click(*window.middle_of(window.find(self.root, None, name), view))

    def is_there(self, name):
        """Among what is shown: a stack keeps its other pages."""
        return any(node.get_state_set().contains(Atspi.StateType.VISIBLE)
                   for node in window.find_all(self.root, None, name))

    def has_page(self, name):
        """In the side panel's switcher."""
        return any(node.get_name() == name and node.get_state_set().contains(Atspi.StateType.FOCUSABLE)
                   and node.get_state_set().contains(Atspi.StateType.VISIBLE)
                   for node in window.find_all(self.root, None, name))

    def wait_for(self, name):
        window.wait_until(lambda: self.is_there(name), f"a part named {name!r}")

    def has_focus(self, name):
        return any(node.get_state_set().contains(Atspi.StateType.FOCUSED)
                   for node in window.find_all(self.root, None, name))

    def wait_for_focus(self, name):
        window.wait_until(lambda: self.has_focus(name), f"the focus on {name!r}")

    def open_list(self):
        row = window.find(self.root, "list item", "Practice with a made-up device")
        window.click(*window.middle_of(row, window.x_window("^Cotrace$")))
        window.find(self.root, "list item", TITLE)
        return window.x_window("^Practice$")

    def open_scenario(self, title, log="ccmsetup.log"):
        """By the keyboard: the first row has the focus."""
        dialog = self.open_list()
        window.wait_until(lambda: focused_row(self.root) is not None, "a row with the focus")
        for _ in range(40):
            name = focused_row(self.root)
            if title in (name or ""):
                break
            window.keys(dialog, "Down")
            window.wait_until(lambda before=name: focused_row(self.root) != before, "the next row")
        window.keys(dialog, "Return")
        view = window.x_window(f"^{log}$")
        self.button("No Line Is the Cause")
        return view


def focused_name(root, role):
    """None where no part of that role has the focus."""
    return next((node.get_name() for node in window.find_all(root, role)
                 if node.get_state_set().contains(Atspi.StateType.FOCUSED)), None)


def focused_row(root):
    return focused_name(root, "list item")


def select_error(program, view, number):
    """The row of that error in the log in front, the first one being 1."""
    window.keys(view, "ctrl+Home", *["ctrl+e"] * number)


def test_known_lines(build):
    """Which lines are known is the answer: a filter for them says that they come when it is done."""
    with Program(build) as program:
        view = program.open_scenario(TITLE)
        program.wait_for("100 of 100 points")
        select_error(program, view, 1)
        choose_entry(program, lambda: window.keys(view, "Menu"), "Filter", "Only Known Lines")
        program.wait_for("No entry passes the filter")
        program.wait_for("Which lines are known is told when the exercise is done.")
        window.screenshot("practice-known-lines")


def test_walk(build):
    """Choose, a wrong line, a hint, the right line, a wrong step, the right step, the score."""
    with Program(build) as program:
        view = program.open_scenario(TITLE)
        program.wait_for("Which line is the cause?")
        program.wait_for("100 of 100 points")
        # What an answer costs is said before the first one.
        program.wait_for("Each wrong answer costs 10 points, each hint 10.")
        # Nothing gives the answer away.
        assert not program.has_page("Findings"), "the findings are not hidden"
        assert not program.is_there("Read this first")
        # The button before any line: told what to do, at no cost.
        program.press("This Line Is the Cause")
        program.wait_for("Select a line in a log first")
        window.click(*window.middle_of(window.find(program.root, "table row", "CcmSetup version"), view))
        # A key that is held down repeats itself: the same answer costs once.
        window.keys(view, "ctrl+m", "ctrl+m", "ctrl+m")
        program.wait_for("That is not it.")
        program.wait_for("90 of 100 points")
        # And what it is, so that a wrong answer teaches something.
        program.wait_for("That line is an ordinary one: it tells of no trouble.")
        window.screenshot("practice-wrong-line")
        # What can be done stays in its place, whatever was answered, hinted or asked.
        places = {name: program.place(name) for name in ("Hint", "Show Me", "This Line Is the Cause")}
        program.press("Hint")
        program.wait_for("1. Setup says at the end")
        program.wait_for("80 of 100 points")
        for name, place in places.items():
            assert program.place(name) == place, f"{name} moved from {place} to {program.place(name)}"
        # The line is there, but on the page only what the details pane says, without an explanation.
        select_error(program, view, 3)
        window.find(program.root, "table row", "Failed to download client files by BITS")
        assert not program.is_there("Next:"), "the line is explained"
        program.press("This Line Is the Cause")
        program.wait_for("Right: that is the line.")
        program.wait_for("What do you do next?")
        program.choose("Repair WMI because of 0x8004100e.", view)
        program.press("Check My Choice")
        program.wait_for("That line belongs to every first installation.")
        program.wait_for("70 of 100 points")
        for name in ("Hint", "Show Me"):
            assert program.place(name) == places[name], f"{name} moved"
        # A hint leads to the step that is asked for, not to the line that was found.
        assert not program.is_there("1. Setup says at the end"), "the hint to the line is still there"
        program.press("Hint")
        program.wait_for("1. What does the HTTP status in the last four digits mean")
        program.wait_for("60 of 100 points")
        window.wait_until(lambda: program.is_there("No More Hints"), "the button without hints")
        window.screenshot("practice-step")
        program.choose("Open each address of the download", view)
        program.press("Check My Choice")
        program.wait_for("Solved")
        program.wait_for("60 of 100 points")
        program.wait_for("What it was")
        # And now the findings are there, and the line is shown: still the one that was found.
        assert program.selected_row("Failed to download client files by BITS"), "the line is not selected"
        window.wait_until(lambda: program.has_page("Findings"), "the page of the findings")
        program.wait_for("Read this first")
        window.screenshot("practice-solved")
        window.click(*window.middle_of(program.button("End practice"), view))
        # The same window, empty again: no log comes back, and the list can be opened from it.
        window.wait_until(lambda: window.title_of(view) == "Cotrace", "the empty window")
        window.wait_until(lambda: program.is_there("Practice with a made-up device"), "the empty page")
        assert not window.tabs(program.root), "a log is still open"
        dialog = program.open_list()
        program.wait_for("Easy · Solved, 60 of 100 points")
        program.wait_for("Each scenario begins with 100 points. A wrong answer costs 10, a hint 10.")
        window.screenshot("practice-kept-score")
        window.keys(dialog, "Escape")
        window.wait_until(
            lambda: not window.xdotool("search", "--onlyvisible", "--name", "^Practice$").split(), "the end of the list"
        )


def test_give_up(build):
    """The answer without points; then the next scenario."""
    with Program(build) as program:
        program.open_scenario(TITLE)
        # What it costs stands on it.
        program.button("Show Me (0 points left)")
        # Nothing says how many findings there will be.
        member = window.find(program.root, "list item", "ccmsetup")
        assert "errors:" in member.get_name() and "findings" not in member.get_name(), member.get_name()
        window.screenshot("practice-task")
        program.press("Show Me")
        program.wait_for("This is the answer")
        program.wait_for("0 of 100 points")
        # The program goes to the line.
        window.wait_until(lambda: program.selected_row("Failed to download client files"), "the line to be selected")
        # And the list tells it from what was solved.
        window.activate(program.button("All Scenarios…"))
        row = window.find(program.root, "list item", TITLE)
        window.find(row, None, "Answer shown, not solved yet")
        window.screenshot("practice-list")
        window.keys(window.x_window("^Practice$"), "Escape")
        program.press("Next Scenario")
        program.wait_for("Not in Intune yet")
        program.wait_for("100 of 100 points")


def press_hint(program, view):
    for _ in range(40):
        if program.has_focus("Hint"):
            break
        window.step_focus(program.root, "Tab")
    window.keys(view, "space")


def test_keyboard(build):
    """No pointer: Ctrl+M answers, and the focus stays where it can go on."""
    with Program(build) as program:
        view = program.open_scenario(TITLE)
        press_hint(program, view)
        program.wait_for("1. Setup says at the end")
        program.wait_for_focus("Hint")
        select_error(program, view, 3)
        window.keys(view, "ctrl+m")
        program.wait_for("What do you do next?")
        press_hint(program, view)
        program.wait_for("1. What does the HTTP status in the last four digits mean")
        # There is no other one: what is to be done now is to choose.
        window.wait_until(lambda: focused_name(program.root, "check box"), "the focus on a choice")


def told(program):
    """What a screen reader says of the part with the focus, beside its name."""
    part = window.focused_part(program.root)
    return part.get_description() if part else ""


def wait_for_told(program, *parts):
    window.wait_until(lambda: all(part in told(program) for part in parts), lambda: f"{parts}: {told(program)!r}")


def test_told(build):
    """What is answered is told where the focus is: in the log, and at the buttons."""
    with Program(build) as program:
        view = program.open_scenario(TITLE)
        select_error(program, view, 1)
        window.keys(view, "ctrl+m")
        wait_for_told(program, "That line")
        assert focused_name(program.root, "table row"), window.focused(program.root)
        # It is no word of the row any more when the focus leaves it.
        row = window.focused_part(program.root)
        window.keys(view, "ctrl+Home")
        window.wait_until(lambda: not row.get_description() and not told(program), lambda: f"nothing: {told(program)}")
        press_hint(program, view)
        wait_for_told(program, "Setup says at the end")
        assert "Hint" in window.focused(program.root), window.focused(program.root)
        select_error(program, view, 3)
        window.keys(view, "ctrl+m")
        wait_for_told(program, "Right: that is the line.", "of 100 points", "What do you do next?")
        program.choose("Look up the last code", view)
        window.activate(program.button("Check My Choice"))
        wait_for_told(program, "The last line repeats the code of the download", "of 100 points")
        program.press("Show Me")
        wait_for_told(program, "This is the answer", "0 of 100 points")


def extents(node):
    return node.get_extents()


def wait_in_sight(program, name, above):
    """Between what stands above the page and the buttons below it."""
    def look():
        node = next((node for node in window.find_all(program.root, "label", name)), None)
        tab = next((node for node in window.find_all(program.root, None, "Task")
                    if node.get_state_set().contains(Atspi.StateType.FOCUSABLE)), None)
        button = next((node for node in window.find_all(program.root, "button", above)
                       if node.get_state_set().contains(Atspi.StateType.VISIBLE)), None)
        if node is None or tab is None or button is None:
            return False
        place = extents(node)
        head = extents(tab)
        return head.y + head.height <= place.y and place.y + place.height <= extents(button).y

    window.wait_until(look, f"{name!r} in sight")


def make_small(view):
    window.xdotool("windowsize", "--sync", view, 900, 600)
    window.wait_until(lambda: window.geometry(view)[2:] == (900, 600), "a small window")


def test_small(build):
    """Where the page is longer than its place, what is new on it is scrolled to."""
    with Program(build) as program:
        make_small(window.x_window("^Cotrace$"))
        list_window = program.open_list()
        assert window.geometry(list_window)[3] <= 600, "the list is higher than the window"
        window.keys(list_window, "Escape")
        window.wait_until(
            lambda: not window.xdotool("search", "--onlyvisible", "--name", "^Practice$").split(), "the end of the list"
        )
        view = program.open_scenario(TITLE)
        make_small(view)
        window.activate(window.find(program.root, name="Guide"))
        window.find(program.root, name="How far the device came is told when the exercise is done.")
        window.activate(window.find(program.root, name="Task"))
        for number in (1, 2, 3):
            program.press("Hint")
            wait_in_sight(program, f"{number}. ", "This Line Is the Cause")
        window.click(*window.middle_of(window.find(program.root, "table row", "CcmSetup version"), view))
        # The sidebar takes its place, and gives it back.
        for key in ("F9", "F9"):
            shown = program.is_there("This Line Is the Cause")
            window.keys(view, key)
            window.wait_until(lambda was=shown: program.is_there("This Line Is the Cause") != was, "the other pane")
        assert program.is_there("This Line Is the Cause"), "the task did not come back"
        # The panel comes back: nobody answers without seeing what it was worth.
        window.keys(view, "shift+F9")
        window.wait_until(lambda: not program.is_there("This Line Is the Cause"), "no panel")
        window.keys(view, "ctrl+m")
        program.wait_for("That is not it.")
        wait_in_sight(program, "3. ", "This Line Is the Cause")
        window.screenshot("practice-small-hints")
        select_error(program, view, 3)
        window.keys(view, "ctrl+m")
        wait_in_sight(program, "What do you do next?", "Check My Choice")
        wait_in_sight(program, "Look up the last code", "Check My Choice")
        window.screenshot("practice-small-choices")
        program.choose("Look up the last code", view)
        program.press("Check My Choice")
        program.wait_for("50 of 100 points")
        wait_in_sight(program, "The last line repeats the code of the download", "Check My Choice")
        window.screenshot("practice-small-answer")
        program.press("Show Me")
        program.wait_for("This is the answer")
        window.screenshot("practice-small-end")


SCENARIO = """<?xml version="1.0" encoding="UTF-8"?>
<scenario level="1" bundle="PC21.zip">
  <title>{title}</title>
  <story>PC21 gets no policies any more since the weekend.</story>
  <cause log="Contoso.log">{cause}</cause>
  <step right="yes"><text>Ask Fabrikam.</text><why>It is theirs.</why></step>
  <step right="no"><text>Wait.</text><why>It stays.</why></step>
  <hint>Look at Contoso.log.</hint>
  <reveal>The door was shut.</reveal>
</scenario>
"""


def test_teacher(build):
    """Scenarios of one's own: from an archive; and what is wrong in others is said, and stops nothing."""
    folder = os.path.join(os.environ["XDG_DATA_HOME"], "cotrace", "practice")
    text = "".join(f'<![LOG[{message}]LOG]!><time="10:00:0{number}.345+300" date="11-18-2026" component="Contoso" '
                   f'context="" type="1" thread="4012" file="x.cpp:1">\r\n'
                   for number, message in enumerate(("The house stands", "The door <1>\r\nis shut & stays", "Bye")))
    for name, title, cause in (("a-own", "Not since the weekend", "The door &lt;1&gt;\n    is shut &amp; stays"),
                               ("a-wrong", "Never", "The window is shut"),
                               ("a-broken", "Broken", "</step>")):
        os.makedirs(os.path.join(folder, name))
        with zipfile.ZipFile(os.path.join(folder, name, "PC21.zip"), "w") as archive:
            archive.writestr("Logs/Contoso.log", text)
        with open(os.path.join(folder, name, "scenario.xml"), "w", encoding="utf-8") as file:
            file.write(SCENARIO.format(title=title, cause=cause))
    with Program(build) as program:
        dialog = program.open_list()
        row = window.find(program.root, "list item", "Not since the weekend")
        assert row.get_name() == "Not since the weekend, Easy · Not done yet", row.get_name()
        program.wait_for("a-broken/scenario.xml:5: ")
        window.screenshot("practice-own")
        window.keys(dialog, "Escape")
        window.wait_until(
            lambda: not window.xdotool("search", "--onlyvisible", "--name", "^Practice$").split(), "the end of the list"
        )
        view = program.open_scenario("Not since the weekend", "Contoso.log")
        row = window.find(program.root, "table row", "The door")
        window.click(*window.middle_of(row, view))
        window.keys(view, "ctrl+m")
        program.wait_for("Right: that is the line.")
        assert not program.is_there("This scenario has a mistake")
        window.click(*window.middle_of(program.button("End practice"), view))
        window.wait_until(lambda: window.title_of(view) == "Cotrace", "the empty window")
        program.open_scenario("Never", "Contoso.log")
        program.wait_for("This scenario has a mistake")
        program.wait_for("a-wrong/scenario.xml:5: no entry of Contoso.log is this cause")
        window.screenshot("practice-mistake")
        # Corrected, and tried again: it is the file of now that counts.
        with open(os.path.join(folder, "a-wrong", "scenario.xml"), "w", encoding="utf-8") as file:
            file.write(SCENARIO.format(title="Corrected", cause="Bye"))
        program.press("Show Me")
        program.press("Try Again")
        program.wait_for("Corrected")
        program.button("No Line Is the Cause")
        assert not program.is_there("This scenario has a mistake")
        # What cannot be read any more is told by the list.
        with open(os.path.join(folder, "a-wrong", "scenario.xml"), "w", encoding="utf-8") as file:
            file.write(SCENARIO.format(title="Corrected", cause="</step>"))
        program.press("Show Me")
        program.press("Try Again")
        dialog = window.x_window("^Practice$")
        program.wait_for("a-wrong/scenario.xml:5: ")
        window.keys(dialog, "Escape")
        window.wait_until(
            lambda: not window.xdotool("search", "--onlyvisible", "--name", "^Practice$").split(), "the end of the list"
        )


PARTS = """<?xml version="1.0" encoding="UTF-8"?>
<scenario level="1" bundle="PC22">
  <title>In two parts</title>
  <story>PC22 waits.</story>
  <cause log="Contoso.log" ordinal="2"/>
  <step right="yes"><text>Ask Fabrikam.</text><why>It is theirs.</why></step>
  <step right="no"><text>Wait.</text><why>It stays.</why></step>
  <reveal>The door was shut.</reveal>
</scenario>
"""


def test_read_another_way(build):
    """The line stays the right one when its log is set apart from its older part, and read as text."""
    folder = os.path.join(os.environ["XDG_DATA_HOME"], "cotrace", "practice", "a-parts")
    os.makedirs(os.path.join(folder, "PC22"))
    with open(os.path.join(folder, "scenario.xml"), "w", encoding="utf-8") as file:
        file.write(PARTS)
    for name, messages in (("Contoso.lo_", ("Older one", "Older two", "Older three")),
                           ("Contoso.log", ("The house\r\nstands", "The window is open", "The door is shut", "Bye"))):
        with open(os.path.join(folder, "PC22", name), "w", encoding="utf-8", newline="") as file:
            file.write("".join(f'<![LOG[{message}]LOG]!><time="10:00:0{number}.345+300" date="11-18-2026" '
                               f'component="Contoso" context="" type="1" thread="4012" file="x.cpp:1">\r\n'
                               for number, message in enumerate(messages)))
    with Program(build) as program:
        view = program.open_scenario("In two parts", "Contoso.log")
        program.wait_for("7 entries")
        assert not program.is_there("This scenario has a mistake")
        window.click(*window.middle_of(window.find(program.root, "table row", "Older three"), view))
        window.keys(view, "ctrl+m")
        program.wait_for("90 of 100 points")
        window.keys(view, "F10")
        window.activate(window.find(program.root, name="Join Older Parts"))
        program.wait_for("4 entries")
        window.keys(view, "F10")
        window.activate(window.find(program.root, name="Read As"))
        window.activate(window.find(program.root, name="Plain text"))
        program.wait_for("5 entries")
        program.button("No Line Is the Cause")
        assert not program.is_there("This scenario has a mistake")
        window.click(*window.middle_of(window.find(program.root, "table row", "The door is shut"), view))
        window.keys(view, "ctrl+m")
        program.wait_for("Right: that is the line.")
        program.wait_for("90 of 100 points")
        window.screenshot("practice-another-way")


TESTS = [("walk", test_walk), ("known-lines", test_known_lines), ("give-up", test_give_up),
         ("keyboard", test_keyboard), ("told", test_told), ("small", test_small), ("teacher", test_teacher), ("read-another-way", test_read_another_way)]


def main():
    build = sys.argv[1]
    wanted = sys.argv[2:]
    os.environ["GSETTINGS_SCHEMA_DIR"] = os.path.join(build, "data")
    # Scores are kept while the program runs.
    os.environ["GSETTINGS_BACKEND"] = "memory"
    os.environ["G_DEBUG"] = "fatal-criticals"
    tests = [test for test in TESTS if not wanted or test[0] in wanted]
    status = 0
    print(f"1..{len(tests)}", flush=True)
    for number, (name, test) in enumerate(tests, 1):
        try:
            test(build)
        except (AssertionError, subprocess.SubprocessError, GLib.Error) as error:
            print(f"not ok {number} /practice/{name} # {error}", flush=True)
            window.end(os.path.join(build, "src/app/cotrace"))
            status = 1
        else:
            print(f"ok {number} /practice/{name}", flush=True)
    return status


sys.exit(main())
