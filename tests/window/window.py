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

WAIT_SECONDS = 15 * float(os.environ.get("COT_WAIT_FACTOR", "1"))
# The same button is a "push button" to GTK 4.8 and a "button" to later ones.
ROLES = {"button": {"button", "push button"}, "tab": {"page tab", "tab"}}


def answer_always(name, nothing):
    """A part may go away while it is looked at: it then is what has no name, no role, no state and no parts.

    A program that ended is seen all the same: what is waited for never comes, and its own status tells."""
    ask = getattr(Atspi.Accessible, name)

    def answer(*arguments):
        try:
            return ask(*arguments)
        except GLib.Error:
            return nothing()

    setattr(Atspi.Accessible, name, answer)


answer_always("get_name", str)
answer_always("get_role_name", str)
answer_always("get_description", str)
answer_always("get_child_count", int)
answer_always("get_child_at_index", lambda: None)
answer_always("get_state_set", lambda: Atspi.StateSet.new([]))

Atspi.init()


def pump():
    """Let the events of the accessibility bus in."""
    context = GLib.MainContext.default()
    while context.pending():
        context.iteration(False)


def wait_until(condition, what, seconds=WAIT_SECONDS):
    """The first true value of `condition`; a test that waits in vain fails and says for what."""
    end = time.monotonic() + seconds
    while True:
        pump()
        try:
            value = condition()
        except GLib.Error:  # the part went away while we looked at it
            value = None
        if value:
            return value
        if time.monotonic() > end:
            screenshot("failed")
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.02)


def walk(node, depth=36):
    """Yield `node` and all below it that is shown or could be; long lists are cut."""
    if node is None or depth == 0:
        return
    yield node
    for index in range(min(node.get_child_count(), 400)):
        yield from walk(node.get_child_at_index(index), depth - 1)


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
    desktop = Atspi.get_desktop(0)
    nodes = [desktop.get_child_at_index(index) for index in range(desktop.get_child_count())]
    return [node for node in nodes if node and name in (node.get_name() or "")]


def application(name="cotrace"):
    return wait_until(lambda: (applications(name) or [None])[0], f"{name} on the accessibility bus")


def text_of(node):
    interface = node.get_text_iface()
    return Atspi.Text.get_text(interface, 0, Atspi.Text.get_character_count(interface)) if interface else None


def activate(node):
    """Do what a click on `node` does."""
    node.get_action_iface().do_action(0)
    pump()


def focused(root):
    """The name of what has the focus, however deep it lies; what the bus tells of it may be old."""
    root.clear_cache()
    names = [node.get_name() for node in walk(root, 60) if node.get_state_set().contains(Atspi.StateType.FOCUSED)]
    return names[-1] if names else None


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
    """Where `node` is on the screen. GTK 4.8 knows no screen coordinates, so those of the window have to do."""
    x, y, _, _ = geometry(window)
    box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    return x + box.x + box.width // 2, y + box.y + box.height // 2


def click(x, y, button=1, times=1):
    xdotool("mousemove", x, y)
    xdotool("click", "--repeat", times, "--delay", 60, button)
    pump()


def keys(window, *names):
    xdotool("windowfocus", "--sync", window)
    for name in names:
        xdotool("key", "--clearmodifiers", name)
    pump()


def close(window):
    """By the window manager, which has to know first that it is this one that has the focus."""
    xdotool("windowactivate", "--sync", window)
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
