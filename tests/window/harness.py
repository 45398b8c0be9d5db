# SPDX-License-Identifier: GPL-3.0-or-later
"""The program in the window tests: its logs, its start and its end.

All logs are made here; the device and its hosts are invented.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

import window
from gi.repository import Atspi, GLib

RECORD = (
    '<![LOG[{text}]LOG]!><time="10:{minute:02}:{second:02}.345+300" date="11-18-2026" '
    'component="{component}" context="" type="{type}" thread="4012" file="x.cpp:1">\r\n'
)


def records(component, texts):
    return "".join(
        RECORD.format(text=text, type=severity, component=component, minute=n // 60 % 60, second=n % 60)
        for n, (text, severity) in enumerate(texts)
    )


def write(name, content):
    path = os.path.join(os.environ["HOME"], "logs", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(content)
    return path


def quiet(component, n=20):
    return records(component, [(f"{component} entry {n}", 1) for n in range(n)])


# What GTK says of itself. The slider of a scroll bar has no place for the length of one frame when what is scrolled
# grows while the window is laid out: https://gitlab.gnome.org/GNOME/gtk/-/merge_requests/5222, not merged so far. Only
# GTK makes gizmos; the same words about a part of ours are a fault of ours.
FAULT_OF_GTK = re.compile(r"Gtk-WARNING \*\*: \S+ Trying to snapshot GtkGizmo \S+ without a current allocation$")


def warnings_in(lines):
    """The warnings and worse among what a program wrote, but those that no program can help."""
    said = [line.strip() for line in lines if "-WARNING" in line or "-CRITICAL" in line]
    return [line for line in said if not FAULT_OF_GTK.search(line)]


class Program:
    """The program, started with some files, and its window."""

    def __init__(self, build, *files, env=None, meanwhile=None, stdout=None):
        """`meanwhile` is called with the process before its window is looked for."""
        self.program = os.path.join(build, "src/app/cotrace")
        self.warnings = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([self.program, *files], stdout=stdout, stderr=self.warnings, env=env)
        if meanwhile:
            meanwhile(self.process)
        try:
            self.root = window.application()
        except AssertionError as error:
            self.warnings.seek(0)
            ended = self.process.poll()
            self.process.kill()
            how = "it ran" if ended is None else f"it had ended with {ended}"
            raise AssertionError(f"{error}; {how} and had said: {self.said()}") from None

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        """By the keyboard, as a user would: what is left behind wrongly shows at the end."""
        if exception[0] is None:
            press_until(self.press_quit, self.has_ended, "the end of the program")
            self.warnings.seek(0)
            assert self.process.returncode == 0, f"ended with {self.process.returncode}: {self.said()}"
            warnings = warnings_in(self.warnings)
            assert not warnings, f"{len(warnings)} warnings: {warnings[0]}"
        elif self.process.poll() is not None and self.process.returncode != 0:
            self.warnings.seek(0)
            raise RuntimeError(f"ended with {self.process.returncode}: {self.said()}") from exception[1]
        window.end(self.program)
        self.process.wait(timeout=30)
        window.wait_until(lambda: not window.applications("cotrace"), "the end on the accessibility bus")

    def has_ended(self):
        return self.process.poll() is not None

    def press_quit(self):
        try:
            window.keys(window.x_window("."), "ctrl+q")
        except AssertionError:
            # It was gone before the keys came.
            if not self.has_ended():
                raise

    def said(self):
        """What it wrote, where it ended badly: the first lines say why, the next ones where."""
        lines = [line.strip() for line in self.warnings if line.strip().strip("=")]
        return " / ".join(lines[:12])[:1500]

    def x_window(self, title):
        return window.x_window(f"^{title}$")

    def wait_for_tabs(self, names):
        window.wait_until(lambda: window.tabs(self.root) == names, f"the tabs {names}")

    def wait_for_row(self, text):
        """The row with the cursor, which has the focus when the log view has it."""

        def is_it(node):
            states = node.get_state_set()
            return states.contains(Atspi.StateType.SELECTED) or states.contains(Atspi.StateType.FOCUSED)

        def look():
            rows = window.find_all(self.root, "table row", text)
            return [row for row in rows if is_it(row)]

        return window.wait_until(look, f"the selected row {text!r}")[0]


def look_deep(root, role, name):
    """The first part of that role and name, however deep it lies; None while there is none."""
    return next((node for node in window.walk(root, 60) if window.matches(node, role, name)), None)


def find_deep(root, role, name):
    return window.wait_until(lambda: look_deep(root, role, name), f"{role or 'a part'} named {name!r}")


def click_on(node, view):
    window.click(*window.middle_of(node, view))


def right_click(node, view):
    window.click(*window.middle_of(node, view), button=3)


def focused_entry(entries):
    """The name of the entry of a menu that has the focus: to ask all parts of the window takes far longer."""
    for entry in entries:
        if entry.get_state_set().contains(Atspi.StateType.FOCUSED):
            return entry.get_name()
    return None


def press_until(press, look, what):
    """Presses, and again where nothing comes of it: in GTK 4.8 a press goes nowhere soon after a menu closed, or within
    the tenth of a second in which a page comes."""

    def comes():
        press()
        try:
            return window.wait_until(look, what, window.WAIT_SECONDS / 4)
        except AssertionError:
            return False

    return window.wait_until(comes, what)


def open_menu(program, look, view):
    """The menu of what `look` finds, by the pointer."""
    press_until(lambda: right_click(look(), view), lambda: entries_of_menu(program), "a menu that stays")


def open_sections(program, view, title):
    """The list of the guide's sections, by the pointer, until it has that title."""
    chooser = find_deep(program.root, "combo box", "Section of the guide")
    press_until(lambda: click_on(chooser, view),
                lambda: any(window.matches(node, None, title) for node in window.walk(program.root, 60)),
                "the sections of the guide")


def entries_of_menu(program):
    """Entries that are ticked have a role of their own."""
    return [node for node in window.walk(program.root, 60) if "menu item" in node.get_role_name()]


def step_to_entry(entries, name):
    """Whether the focus came to an entry of that name before it was at all of them."""
    seen = []
    while True:
        before = focused_entry(entries)
        if name in (before or ""):
            return True
        if before in seen:
            return False
        seen.append(before)
        window.xdotool("key", "Down")
        window.wait_until(lambda before=before: focused_entry(entries) not in (None, before), f"to leave {before!r}")


def press_entry(program, name, press=None):
    """The menu is walked through until an entry of that name has the focus: a button may be named so, too.

    With `press` the menu is opened by it, again where nothing comes of it, or where a submenu is what is open: when the
    pointer lies where the menu comes, an entry under it may take the focus just before Return."""
    entries = []

    def look():
        """A menu that was open before may still be going."""
        entries[:] = entries_of_menu(program)
        return any(name in (node.get_name() or "") for node in entries) and focused_entry(entries) is not None

    def names():
        return f"an entry {name!r} in a menu that has the focus: {[node.get_name() for node in entries]}"

    for _ in range(4 if press else 1):
        press_until(press or (lambda: None), look, names)
        if step_to_entry(entries, name):
            window.xdotool("key", "Return")
            return
        window.xdotool("key", "Escape")
        # Out of the menu's way.
        window.xdotool("mousemove", "1", "1")
    raise AssertionError(f"no entry {name!r} in {[node.get_name() for node in entries]}")


def choose_entry(program, press, name, *names_below):
    """An entry of the menu that `press` opens, and the entries of the menus below it."""
    press_entry(program, name, press)
    for name_below in names_below:
        press_entry(program, name_below)


def switch_log(program, view, name):
    """One log of a merge off or on, by the keyboard, in the list that a button in the status bar opens."""
    click_on(window.find(program.root, "label", "logs merged by UTC"), view)
    find_deep(program.root, "check box", name)
    for _ in range(12):
        if (window.focused(program.root) or "") == name:
            break
        window.step_focus(program.root, "Tab")
    assert window.focused(program.root) == name, window.focused(program.root)
    window.xdotool("key", "space")
    window.xdotool("key", "Escape")


def secret_bundle(name):
    """PC01.log, encrypted by another program with the pass phrase "contoso"."""
    path = os.path.join(os.environ["HOME"], "logs", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    tests = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    return shutil.copy(os.path.join(tests, "fuzz", "corpus", "zip", "7zip-aes256.zip"), path)


def wait_for_end_of(title):
    """Until no such window is there. The X server is asked: GTK 4.8 stumbles over questions about a window that goes."""
    title = f"^{title}$"
    window.wait_until(lambda: not window.xdotool("search", "--onlyvisible", "--name", title), f"the end of {title}")


def answer_dialog(program, sentence, *names):
    """Types into the dialog that says `sentence`; it is gone then.

    The X server is asked whether it is: GTK 4.8 stumbles over questions about a window that goes."""
    title = "^Pass Phrase$"
    dialog = window.x_window(title)
    window.find(program.root, name=sentence)
    window.keys(dialog, *names)
    window.wait_until(
        lambda: dialog not in window.xdotool("search", "--onlyvisible", "--name", title).split(),
        "the end of the dialog",
    )


class Skipped(Exception):
    """What a test needs is not here: it says so, and nothing was shown."""


def need_tool(name):
    if not shutil.which(name):
        raise Skipped(f"{name} is not installed")


def attempt(name, test, build):
    """A key or a press that goes nowhere, which GTK 4.8 and the X server have, is told and tried again, once.

    A program that crashed, and whatever is there and wrong, fails at once."""
    try:
        test(build)
    except window.InVain as error:
        print(f"# again: /window/{name}: {error}", flush=True)
        window.end(os.path.join(build, "src/app/cotrace"))
        # As it was before the first try.
        shutil.rmtree(os.path.join(os.environ["HOME"], "logs"), ignore_errors=True)
        test(build)


def run(all_tests):
    """Run the tests that the command line names, or all of them, and say how each went. "2/3": the second third."""
    build = sys.argv[1]
    wanted = sys.argv[2:]
    share = re.fullmatch(r"(\d+)/(\d+)", wanted[0]) if wanted else None
    if share:
        all_tests = all_tests[int(share[1]) - 1 :: int(share[2])]
        wanted = []
    os.environ["GSETTINGS_SCHEMA_DIR"] = os.path.join(build, "data")
    os.environ["GSETTINGS_BACKEND"] = "memory"
    os.environ["G_DEBUG"] = "fatal-criticals"
    tests = [test for test in all_tests if not wanted or test[0] in wanted]
    status = 0
    print(f"1..{len(tests)}", flush=True)
    for number, (name, test) in enumerate(tests, 1):
        try:
            attempt(name, test, build)
        except Skipped as reason:
            print(f"ok {number} /window/{name} # SKIP {reason}", flush=True)
        except Exception as error:  # pylint: disable=broad-except
            # The cases that follow are worth to be told of, too.
            print(f"not ok {number} /window/{name} # {type(error).__name__}: {error}", flush=True)
            window.end(os.path.join(build, "src/app/cotrace"))
            status = 1
        else:
            print(f"ok {number} /window/{name}", flush=True)
    return status
