#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-time.py BUILD-FOLDER: whose clock is shown, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented. The clock of this computer is six hours behind
UTC, that of the logs five.
"""

import os
import sys
import time

import window
from gi.repository import Atspi
from harness import (Program, choose_entry, click_on, find_deep, look_deep, press_until, records, run, wait_for_end_of,
                     write)

RECORD = (
    '<![LOG[{text}]LOG]!><time="{time}.345{bias}" date="11-18-2026" component="{component}" context="" '
    'type="{type}" thread="4012" file="x.cpp:1">\r\n'
)


def record(text, time, bias="+300", severity=1, component="Contoso"):
    return RECORD.format(text=text, time=time, bias=bias, type=severity, component=component)


def choose_clock(program, view, label, entry):
    """By the button in the status bar."""
    choose_entry(program, lambda: click_on(window.find(program.root, "label", label), view), entry)


def test_clocks(build):
    """One choice for the rows, the details and what is typed; it is kept for the tabs that come."""
    first = write("time/Contoso.log", records("Contoso", [(f"Step {i} done", 1) for i in range(90)]))
    second = write("time/Fabrikam.log", record("No zone", "10:00:01", "") + record("Zone", "10:00:02"))
    with Program(build, first, second) as program:
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
        window.keys(window.x_window("."), "alt+1")
        view = program.x_window("Contoso.log")
        window.keys(view, "Home")
        assert "10:00:00.345" in program.wait_for_row("Step 0 done").get_name()
        window.find(program.root, "label", "10:00:00.345, UTC 15:00:00.345 (bias +300)")
        choose_clock(program, view, "Times as written, UTC−5", "In UTC")
        window.find(program.root, "label", "Times in UTC")
        window.wait_until(lambda: "15:00:00.345" in program.wait_for_row("Step 0 done").get_name(), "the row in UTC")
        window.find(program.root, "label", "UTC 2026-11-18 15:00:00.345, written 10:00:00.345 (bias +300)")
        find_deep(program.root, None, "Date/Time, UTC")
        window.screenshot("time-utc")
        window.keys(view, "ctrl+shift+j")
        window.find(program.root, name="A time is in UTC.")
        window.enter(program.root, "15:01:10")
        window.xdotool("key", "Return")
        wait_for_end_of("Go To")
        program.wait_for_row("Step 70 done")
        choose_clock(program, view, "Times in UTC", "Local Time (UTC−6)")
        window.find(program.root, "label", "Local time, UTC−6")
        window.wait_until(lambda: "09:01:10.345" in program.wait_for_row("Step 70 done").get_name(), "the local time")
        window.find(program.root, "label", "Local time 2026-11-18 09:01:10.345, written 10:01:10.345 (bias +300)")
        window.keys(view, "alt+2")
        view = program.x_window("Fabrikam.log")
        click_on(window.find(program.root, "table row", "No zone"), view)
        window.wait_until(lambda: "10:00:01.345?" in program.wait_for_row("No zone").get_name(), "the unknown zone")
        window.find(program.root, "label", "10:00:01.345 as written, time zone not known")
        window.screenshot("time-local")
        window.keys(view, "Down")
        window.wait_until(lambda: "09:00:02.345" in program.wait_for_row("Zone").get_name(), "the known zone")


def test_elapsed(build):
    """A column for the time since the row above, and in the status bar the time between what is selected."""
    lines = [("00:00", 1), ("00:02", 3), ("01:05", 1), ("03:00", 3)]
    content = "".join(record(f"Step {i}", f"10:{time}", "+300", type) for i, (time, type) in enumerate(lines))
    path = write("elapsed/Contoso.log", content)
    with Program(build, path) as program:
        view = program.x_window("Contoso.log")
        window.keys(view, "Home")
        program.wait_for_row("Step 0")
        x, y = window.middle_of(find_deep(program.root, None, "Component"), view)
        choose_entry(program, lambda: window.click(x, y, 3), "Elapsed")
        find_deep(program.root, "table row", "elapsed 0:01:55.000")
        window.screenshot("time-elapsed")
        click_on(program.wait_for_row("Step 0"), view)
        window.find(program.root, "label", "0h 0m 0s 0ms (0.000 seconds) since the first entry")
        window.keys(view, "shift+End")
        window.find(program.root, "label", "0h 3m 0s 0ms (180.000 seconds) between 4 selected")
        click_on(window.find(program.root, "table row", "Step 1"), view)
        choose_entry(program, lambda: window.keys(view, "shift+F10"), "Filter", "Only Errors")
        find_deep(program.root, "table row", "elapsed 0:02:58.000")


def test_no_clock(build):
    """Entries of a clock that was not set yet: nothing absurd is said of the time since them, and days are days."""
    times = (("01-01-1970", "00:00:05"), ("11-18-2026", "10:00:00"), ("11-18-2026", "10:00:07"),
             ("11-21-2026", "12:00:00"))
    content = "".join(record(f"Step {i}", time).replace("11-18-2026", date) for i, (date, time) in enumerate(times))
    path = write("no-clock/Contoso.log", content)
    with Program(build, path) as program:
        view = program.x_window("Contoso.log")
        window.keys(view, "Home")
        program.wait_for_row("Step 0")
        window.find(program.root, "label", "No time between: a clock was not set")
        window.screenshot("time-no-clock")
        window.keys(view, "Down", "Down")
        window.find(program.root, "label", "0h 0m 7s 0ms (7.000 seconds) since the clock was set")
        window.keys(view, "Down")
        window.find(program.root, "label", "3d 2:00:00.000 since the clock was set")


def test_gaps(build):
    """Where nobody wrote is marked at the row, in words too; keys lead there, and the user says what is long."""
    times = ("10:00:00", "10:00:30", "10:03:00", "10:09:12", "10:09:13", "09:09:13", "09:09:14")
    content = "".join(record(f"Step {i}", time) for i, time in enumerate(times))
    path = write("gaps/Contoso.log", content)
    with Program(build, path) as program:
        view = program.x_window("Contoso.log")
        window.find(program.root, "label", "7 entries")
        window.keys(view, "Home", "F7")
        assert "gap of 6 min 12 s" in program.wait_for_row("Step 3").get_name()
        window.keys(view, "F7")
        assert "clock goes back 1 h" in program.wait_for_row("Step 5").get_name()
        window.screenshot("time-gaps")
        window.keys(view, "F7")
        window.find(program.root, name="No gap in time below")
        window.keys(view, "shift+F7")
        program.wait_for_row("Step 3")
        assert not window.look_for(program.root, "table row", "gap of 2 min")
        window.keys(view, "ctrl+comma")
        window.x_window("^Preferences$")
        spin = find_deep(program.root, "spin button", "Minutes without an entry that are a gap")
        spin.set_value(2)
        window.screenshot("time-preferences")
        window.xdotool("key", "Escape")
        wait_for_end_of("Preferences")
        window.find(program.root, "table row", "gap of 2 min 30 s")


def test_rare(build):
    """A log that is written each quarter of an hour: only where it was not there is a gap, for marks and keys."""
    times = [f"{8 + i // 4 + (3 if i >= 16 else 0):02}:{i % 4 * 15:02}:00" for i in range(32)]
    path = write("rare/Contoso.log", "".join(record(f"Step {i}", time) for i, time in enumerate(times)))
    with Program(build, path) as program:
        view = program.x_window("Contoso.log")
        window.find(program.root, "label", "32 entries")
        window.wait_until(lambda: window.keys(view, "Home", "F7") or "gap of 3 h 15 min" in
                          program.wait_for_row("Step").get_name(), "the way to the gap")
        window.screenshot("time-rare")
        assert not window.look_for(program.root, "table row", "gap of 15 min")
        window.keys(view, "F7")
        window.find(program.root, name="No gap in time below")


def test_zones(build):
    """The lines of one finding in logs of two zones: ten minutes apart, and not five hours."""
    text = "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"
    path = write("zones/LocationServices.log", record(text, "10:00:00", severity=3, component="LocationServices"))
    write("zones/CcmMessaging.log", record(text, "15:10:00", bias="+000", severity=3, component="CcmMessaging"))
    with Program(build, os.path.dirname(path)) as program:
        find_deep(program.root, None, "2 times · first 11-18 15:00:00, last 11-18 15:10:00 UTC")
        window.screenshot("time-zones")


def test_why(build):
    """At rest on a time, the pointer is told what it is in UTC, and why: who wrote the offset, and how it is meant."""
    path = write("why/Contoso.log", record("By Windows", "10:00:00") + record("No zone", "10:00:01", ""))
    with Program(build, path) as program:
        window.find(program.root, name="2 entries")
        view = program.x_window("Contoso.log")
        title = window.middle_of(window.find(program.root, name="Date/Time"), view)

        def rest_on(row):
            _, y = window.middle_of(window.find(program.root, "table row", row), view)
            window.xdotool("mousemove", title[0] - 3, y)
            window.xdotool("mousemove", title[0], y)

        rest_on("By Windows")
        find_deep(program.root, None, "UTC 2026-11-18 15:00:00.345: a bias of +300 minutes, added to the clock, as Windows")
        window.screenshot("time-why")
        rest_on("No zone")
        find_deep(program.root, None, "this line gives no usable bias, the last one above that")


def is_sensitive(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def is_selected(node):
    return node.get_state_set().contains(Atspi.StateType.SELECTED)


def press_move_clock(program, view, label):
    """By the menu, until what it leads to is there."""
    def press():
        choose_entry(program, lambda: window.keys(view, "F10"), "Move Clock")

    press_until(press, lambda: look_deep(program.root, "label", label), f"the label {label!r}")


def move_clock(program, view, text):
    """What is typed becomes the answer."""
    press_move_clock(program, view, "Move the Clock of")
    dialog = window.x_window("^Move Clock$")
    window.wait_for_front(dialog)
    window.enter(program.root, text)
    return dialog


def test_moved_clock(build):
    """A log whose clock was wrong is moved: it says so, comes to its place in a merge, and back as easily."""
    late = "".join(record(f"Late {i}", f"10:00:{i:02}") for i in range(5))
    right = "".join(record(f"Right {i}", f"10:05:{i:02}", component="Fabrikam") for i in range(5))
    paths = [write("moved/Contoso.log", late), write("moved/Fabrikam.log", right)]
    with Program(build, paths[0]) as program:
        program.wait_for_tabs(["Contoso.log"])
        view = program.x_window("Contoso.log")
        window.keys(view, "Home", "Down")
        program.wait_for_row("Late 1")
        move_clock(program, view, "five")
        find_deep(program.root, "label", "Write by how much")
        assert not is_sensitive(find_deep(program.root, "button", "Move"))
        window.xdotool("key", "ctrl+a")
        window.enter(program.root, "+5 min")
        find_deep(program.root, "label", "2026-11-18 10:00:01.345 becomes")
        window.screenshot("time-move-clock")
        window.xdotool("key", "Return")
        wait_for_end_of("Move Clock")
        window.wait_until(lambda: "10:05:01.345" in program.wait_for_row("Late 1").get_name(), "the moved time")
        window.find(program.root, name="Live")
        window.find(program.root, "label", "10:05:01.345, written 2026-11-18 10:00:01.345 (clock moved +5")
        moved = window.find(program.root, "button", "Clock moved +5")
        window.find(program.root, name="Times moved")
        assert window.look_for(program.root, "label", "Times as written") is None
        window.screenshot("time-moved-clock")
        window.activate(window.find(program.root, "button", "Undo"))
        window.wait_until(lambda: "10:00:01.345" in program.wait_for_row("Late 1").get_name(), "the time as it is written")
        assert not moved.get_state_set().contains(Atspi.StateType.SHOWING)
        move_clock(program, view, "5")
        window.xdotool("key", "Return")
        wait_for_end_of("Move Clock")
        window.find(program.root, "button", "Clock moved +5")
    with Program(build, "--merge", *paths) as program:
        window.find(program.root, "label", "2 logs merged by UTC")
        view = window.x_window(".")
        window.keys(view, "Home", "Down")
        program.wait_for_row("Late 1")
        dialog = move_clock(program, view, "+5:00:00")
        window.keys(dialog, "Escape")
        wait_for_end_of("Move Clock")
        move_clock(program, view, "+0:05:01.5")
        window.xdotool("key", "Return")
        wait_for_end_of("Move Clock")
        window.find(program.root, "button", "1 clock moved")

        def in_turn():
            names = [row.get_name() for row in window.find_all(program.root, "table row", "10:0")]
            return [name.split(", ")[0] for name in names][:4]

        window.wait_until(lambda: [n[:5] for n in in_turn()] == ["Right", "Right", "Late ", "Right"],
                          lambda: f"the logs in turn: {in_turn()}")
        # What was selected stays so, wherever it is now.
        window.find(program.root, "label", "(clock moved +5")
        window.find(program.root, name="Some times moved")
        window.wait_until(lambda: is_selected(program.wait_for_row("Late 1")), "the entry selected")
        window.screenshot("time-moved-merge")


def test_moved_beside(build):
    """Of two logs side by side each is told to be moved, whichever the user is in."""
    paths = [write(f"moved-beside/{name}.log", "".join(record(f"{name} {i}", f"10:00:{i:02}") for i in range(5)))
             for name in ("Contoso", "Fabrikam")]
    with Program(build, *paths) as program:
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
        view = window.x_window("^(Contoso|Fabrikam).log$")
        window.keys(view, "alt+1")
        window.keys(view, "Home", "Down")
        program.wait_for_row("Contoso 1")
        move_clock(program, view, "5")
        window.xdotool("key", "Return")
        wait_for_end_of("Move Clock")
        window.find(program.root, "button", "Clock moved +5")
        window.keys(view, "ctrl+alt+b")
        item = find_deep(program.root, "table row", "Fabrikam 1")
        window.click(*window.middle_of(item, view))
        window.wait_until(lambda: window.title_of(view) == "Fabrikam.log", "the log on the right in front")
        beside = window.find(program.root, "button", "Beside: clock moved +5")
        window.find(program.root, "label", "Times as written")
        window.screenshot("time-moved-beside")
        window.activate(beside)
        find_deep(program.root, "label", "Move the Clock of “Contoso.log”")
        window.xdotool("key", "Escape")
        wait_for_end_of("Move Clock")


def test_moved_clock_too_early(build):
    """A log that is still being read is not said to have no times."""
    without = record("Contoso has no date", "10:00:00").replace("11-18-2026", "00-00-2026") * 8000
    path = write("early/Contoso-late.log", without + record("Late 4", "10:00:04"))
    preloaded = {
        "LD_PRELOAD": os.path.join(build, "tests/window/failing-disk.so"),
        "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0",
    }
    with Program(build, path, env={**os.environ, **preloaded}) as program:
        program.wait_for_tabs(["Contoso-late.log"])
        view = program.x_window("Contoso-late.log")
        press_move_clock(program, view, "This log is still being read.")
        window.screenshot("time-move-clock-early")
        write("early/Contoso-late.log.go", "")
        window.find(program.root, "label", "8001 entries")
        dialog = move_clock(program, view, "+5 min")
        window.keys(dialog, "Escape")
        wait_for_end_of("Move Clock")


def test_moved_clock_of_closed_log(build):
    """Undo says why it does nothing."""
    paths = [write(f"closed/{name}.log", "".join(record(f"{name} {i}", f"10:00:{i:02}") for i in range(5)))
             for name in ("Contoso", "Fabrikam")]
    with Program(build, *paths) as program:
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
        view = window.x_window(".")
        window.keys(view, "alt+1", "Home", "Down")
        program.wait_for_row("Contoso 1")
        move_clock(program, view, "5")
        window.xdotool("key", "Return")
        wait_for_end_of("Move Clock")
        undo = window.find(program.root, "button", "Undo")
        window.keys(view, "ctrl+w")
        program.wait_for_tabs(["Fabrikam.log"])
        window.activate(undo)
        window.find(program.root, "label", "The log was closed.")
        # It does not go with the offer, which takes a third of a second.
        end = time.monotonic() + 1.5
        while time.monotonic() < end:
            assert window.find_all(program.root, "label", "The log was closed."), "the answer is gone"
        window.screenshot("time-move-clock-closed")


def test_day_or_month(build):
    """Once a followed log tells which is which, all of its dates are read so, and the user stays at his entry."""
    path = write("order/agent.log", "".join(
        f"{5 + i // 200:02}/01/2026 10:{i // 60 % 60:02}:{i % 60:02} agent step {i}\r\n" for i in range(800)))
    with Program(build, path) as program:
        view = program.x_window("agent.log")
        window.find(program.root, "label", "800 entries")
        window.keys(view, "Home", "Down")
        window.wait_until(lambda: "2026-05-01 10:00:01" in program.wait_for_row("agent step 1").get_name(), "May")
        with open(path, "a", encoding="utf-8", newline="") as file:
            file.write("13/01/2026 11:00:00 agent step 800\r\n")
        window.find(program.root, "label", "whether its dates begin with the day")
        window.wait_until(lambda: "2026-01-05 10:00:01" in program.wait_for_row("agent step 1").get_name(), "January")
        window.screenshot("time-day-or-month")
        window.find(program.root, "label", "801 entries")
        window.find(program.root, name="Live")


TESTS = [
    ("gaps", test_gaps),
    ("rare", test_rare),
    ("clocks", test_clocks),
    ("elapsed", test_elapsed),
    ("zones", test_zones),
    ("why", test_why),
    ("moved-clock", test_moved_clock),
    ("moved-beside", test_moved_beside),
    ("moved-clock-too-early", test_moved_clock_too_early),
    ("moved-clock-of-closed-log", test_moved_clock_of_closed_log),
    ("no-clock", test_no_clock),
    ("day-or-month", test_day_or_month),
]


os.environ["TZ"] = "CST6CDT,M3.2.0,M11.1.0"
sys.exit(run(TESTS))
