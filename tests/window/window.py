# SPDX-License-Identifier: GPL-3.0-or-later
"""Drive the real window: start it, find its parts on the accessibility bus, use pointer and keys.

For tests that run inside run-in-x. Nothing here waits for a fixed time: each wait is for a condition, with a bound.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time

SKIPPED = 77  # Meson's exit status for a skipped test

for _tool in ("xdotool", "xwininfo", "import"):
    if not shutil.which(_tool):
        print(f"skipped: {_tool} is not installed")
        sys.exit(SKIPPED)

try:
    import gi

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
except (ImportError, ValueError) as error:
    print(f"skipped: {error}")
    sys.exit(SKIPPED)

import parts  # pylint: disable=wrong-import-position

WAIT_SECONDS = 15 * float(os.environ.get("COT_WAIT_FACTOR", "1"))
# The same button is a "push button" to GTK 4.8 and a "button" to later ones.
ROLES = {"button": {"button", "push button"}, "tab": {"page tab", "tab"}}


class InVain(AssertionError):
    """What was waited for did not come."""


def wait_until(condition, what, seconds=WAIT_SECONDS):
    """The first true value of `condition`; a test that waits in vain fails and says for what.

    `what` may be a function: what is there instead costs a walk to tell."""
    end = time.monotonic() + seconds
    while True:
        try:
            value = condition()
        except GLib.Error:  # the part went away while we looked at it
            value = None
        if value:
            return value
        if time.monotonic() > end:
            screenshot("failed")
            raise InVain(f"waited in vain for {what() if callable(what) else what}")
        time.sleep(0.01)


def walk(node, depth=36):
    """Yield `node` and all below it that is shown or could be; long lists are cut."""
    if node is not None:
        yield from parts.walk(node, depth, 400)


def matches(node, role, name):
    if role and node.get_role_name() not in ROLES.get(role, {role}):
        return False
    return name is None or name in (node.get_name() or "")


def look_for(root, role=None, name=None):
    """The first part of that role whose name holds `name`, or None."""
    return next((node for node in walk(root) if matches(node, role, name)), None)


def find(root, role=None, name=None):
    return wait_until(lambda: look_for(root, role, name), f"{role or 'a part'} named {name!r}")


def find_all(root, role=None, name=None):
    return [node for node in walk(root) if matches(node, role, name)]


def tabs(root):
    """The titles of the tabs, in order. libadwaita 1.2 gives a tab no role, but its type's name for a name."""
    found = []
    for node in walk(root):
        if node.get_role_name() in ROLES["tab"]:
            found.append(node.get_name())
        elif node.get_name() == "AdwTab":
            label = look_for(node, "label")
            found.append(label.get_name() if label else "")
    return found


def applications(name):
    return [program for program in parts.programs() if name in program.get_name()]


def application(name="cotrace"):
    return wait_until(lambda: (applications(name) or [None])[0], f"{name} on the accessibility bus")


def text_of(node):
    return node.get_text()


def activate(node):
    """Do what a click on `node` does."""
    node.activate()


def focused_part(root):
    """What has the focus, however deep it lies."""
    found = [node for node in walk(root, 60) if node.get_state_set().contains(Atspi.StateType.FOCUSED)]
    return found[-1] if found else None


def focused(root):
    """Its name."""
    part = focused_part(root)
    return part.get_name() if part else None


def step_focus(root, key):
    """One key that moves the focus, and no other before it has."""
    before = focused(root)
    xdotool("key", key)
    wait_until(lambda: focused(root) != before, f"the focus to leave {before!r} by {key}")


def xdotool(*arguments):
    return subprocess.run(["xdotool", *map(str, arguments)], capture_output=True, text=True, check=False).stdout


def is_popup(window):
    """Menus and tooltips are windows of their own, with the application's title."""
    out = subprocess.run(["xwininfo", "-id", str(window)], capture_output=True, text=True, check=False).stdout
    return "Override Redirect State: yes" in out


def x_window(title):
    """The X window whose title holds `title`."""

    def look():
        found = xdotool("search", "--onlyvisible", "--name", title).split()
        return [window for window in found if not is_popup(window)]

    return wait_until(look, f"an X window titled {title!r}")[-1]


def title_of(window):
    return xdotool("getwindowname", window).strip()


def geometry(window):
    """Left, top, width and height on the screen; xdotool's own answer is off by the frame."""
    out = subprocess.run(["xwininfo", "-id", str(window)], capture_output=True, text=True, check=False).stdout
    names = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
    return tuple(int(re.search(rf"{name}:\s+(-?\d+)", out).group(1)) for name in names)


def middle_of(node, window):
    """Where `node` is on the screen, once it stands still: windows find their places, and pages slide in.

    GTK 4.8 knows no screen coordinates, so those of the window have to do."""
    places = []

    def is_still():
        box = node.get_extents()
        places.append((*geometry(window)[:2], *box))
        return box.width > 0 and box.height > 0 and len(places) > 5 and len(set(places[-5:])) == 1

    wait_until(is_still, lambda: f"{node.get_name()!r} to stand still")
    x, y, left, top, width, height = places[-1]
    return x + left + width // 2, y + top + height // 2


def click(x, y, button=1, times=1):
    """The pointer moves each time: a press where it stood while a menu closed goes nowhere in GTK 4.8."""
    xdotool("mousemove", x - 2, y, "mousemove", x, y)
    xdotool("click", "--repeat", times, "--delay", 60, button)


def keys(window, *names):
    xdotool("windowfocus", "--sync", window)
    for name in names:
        xdotool("key", "--clearmodifiers", name)


FIELDS = {"entry", "text", "spin button", "password text"}


def enter(root, text):
    """Type into the field that has the focus, once it has its place: GTK drops keys for what is not laid out yet."""

    def has_place():
        field = focused_part(root)
        return field is not None and field.get_role_name() in FIELDS and field.get_extents().height > 0

    wait_until(has_place, lambda: f"a field that has the focus, not {focused(root)!r}")
    xdotool("type", text)


def wait_for_front(window):
    """Until the window manager has it in front: one that was just opened may come in front of another later."""
    wait_until(lambda: xdotool("getactivewindow").strip() == window, "the window in front")


def close(window):
    """By the window manager, which has to know first that it is this one that has the focus."""
    xdotool("windowactivate", "--sync", window)
    wait_for_front(window)
    keys(window, "alt+F4")


def screenshot(name):
    """Kept where COT_SCREENSHOTS says, for people to look at; without it, nowhere."""
    folder = os.environ.get("COT_SCREENSHOTS")
    if folder:
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["import", "-window", "root", os.path.join(folder, f"{name}.png")], check=False)


def processes(program):
    """The ids of the processes that run `program`, by its full path, on this display: tests run side by side."""
    display = f"DISPLAY={os.environ['DISPLAY']}".encode()
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                if os.path.realpath(f"/proc/{entry}/exe") != os.path.realpath(program):
                    continue
                with open(f"/proc/{entry}/environ", "rb") as environment:
                    if display in environment.read().split(b"\0"):
                        found.append(int(entry))
            except OSError:
                continue
    return found


def end(program):
    """End what the tests started, and wait until it is gone."""
    for process in processes(program):
        try:
            os.kill(process, signal.SIGTERM)
        except ProcessLookupError:
            continue
    wait_until(lambda: not processes(program), f"the end of {program}")
