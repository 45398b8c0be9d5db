#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-timeline.py BUILD-FOLDER: when entries were written, as a strip above the rows, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented. The clock of the logs is five hours behind UTC.
"""

import sys

import window
from harness import Program, choose_entry, click_on, find_deep, run, write

RECORD = (
    '<![LOG[{text}]LOG]!><time="{time}.000{bias}" date="11-18-2026" component="{component}" context="" '
    'type="{type}" thread="4012" file="x.cpp:1">\r\n'
)


def entry(second, text, severity=1, bias="+300", component="Contoso"):
    time = f"{9 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    return RECORD.format(text=text, time=time, type=severity, bias=bias, component=component)


def log(name, n=1200):
    """From 09:00:00 on, an entry a second; nothing from 09:05 to 09:10; bursts, an error and some warnings."""
    lines = []
    for i in range(n):
        second = i if i < 300 else i + 300
        severity = 3 if i in (137, 900) else 2 if i % 97 == 5 else 1
        times = 40 if 700 <= i < 715 else 1
        lines += [entry(second, f"Step {i} done", severity)] * times
    return write(f"{name}/Contoso.log", "".join(lines))


def strips(program):
    return window.find_all(program.root, "slider", "Timeline")


def strip(program):
    return window.wait_until(lambda: strips(program), "the strip")[0]


def place(program, view, share):
    """A point of the strip on the screen."""
    x, y, _, _ = window.geometry(view)
    box = strip(program).get_extents()
    return x + box.x + int(box.width * share), y + box.y + box.height // 3


def drag(program, view, first, last):
    window.xdotool("mousemove", *place(program, view, first))
    window.xdotool("mousedown", 1)
    for step in range(1, 6):
        window.xdotool("mousemove", *place(program, view, first + (last - first) * step / 5))


def drop(program, view, first, last):
    drag(program, view, first, last)
    window.xdotool("mouseup", 1)


def chips(program):
    """What they say; a button of a menu is on the accessibility bus twice."""
    return sorted({node.get_name() for node in window.find_all(program.root, "button", "Time 2026")})


def wait_for_chip(program, what):
    return window.wait_until(lambda: [name for name in chips(program) if what(name)], "the chip")[0]


def shown(program):
    return [node.get_name() for node in window.find_all(program.root, "label", " shown")]


def wait_for_all(program):
    window.wait_until(lambda: not chips(program) and not shown(program), "all entries again")


def test_brush(build):
    """A drag shows only the entries of its time; another one takes its place, a double click takes it off."""
    with Program(build, log("brush")) as program:
        window.find(program.root, name="1785 entries")
        view = program.x_window("Contoso.log")
        strip(program)
        window.screenshot("timeline")
        drag(program, view, 0.2, 0.4)
        window.screenshot("timeline-drag")
        window.xdotool("mouseup", 1)
        first = wait_for_chip(program, lambda name: True)
        assert first.startswith("Time 2026-11-18 09:0"), first
        window.wait_until(lambda: shown(program) and "of 1785 shown" in shown(program)[0], "the result")
        window.screenshot("timeline-brush")
        drop(program, view, 0.6, 0.5)
        second = wait_for_chip(program, lambda name: name != first)
        assert chips(program) == [second], chips(program)
        assert second.startswith("Time 2026-11-18 09:12:"), second
        window.click(*place(program, view, 0.55), times=2)
        wait_for_all(program)


def description(program):
    return strip(program).get_description()


def wait_for_description(program, *parts):
    window.wait_until(
        lambda: all(part in description(program) for part in parts),
        lambda: f"{parts}: {description(program)}",
    )


def focus_strip(program, view, row="Step 0 done"):
    """By the keyboard: it stands before the rows."""
    window.keys(view, "ctrl+Home")
    program.wait_for_row(row)
    window.xdotool("key", "shift+Tab")
    for _ in range(8):
        if strip(program).get_state_set().contains(window.Atspi.StateType.FOCUSED):
            return
        window.step_focus(program.root, "shift+Tab")
    raise AssertionError("the strip is not reached by Shift+Tab")


def test_keys(build):
    """All that the pointer does, by keys; what they are at is said."""
    with Program(build, log("keys")) as program:
        view = program.x_window("Contoso.log")
        strip(program)
        wait_for_description(program, "Arrow keys")
        focus_strip(program, view)
        window.xdotool("key", "Home")
        wait_for_description(program, "2026-11-18 09:00:00 – 09:00:10: 10 entries, 1 warning")
        window.xdotool("key", "Right")
        wait_for_description(program, "2026-11-18 09:00:10 – 09:00:20: 10 entries")
        window.xdotool("key", "shift+Right")
        window.xdotool("key", "shift+Right")
        wait_for_description(program, "2026-11-18 09:00:10 – 09:00:40: 30 entries")
        window.screenshot("timeline-keys")
        window.xdotool("key", "Escape")
        wait_for_description(program, "2026-11-18 09:00:30 – 09:00:40: 10 entries")
        window.xdotool("key", "shift+Left")
        window.xdotool("key", "Return")
        chip = wait_for_chip(program, lambda name: True)
        assert chip == "Time 2026-11-18 09:00:20 – 09:00:39", chip
        window.wait_until(lambda: shown(program) == ["20 of 1785 shown"], "the result")
        wait_for_description(program, "the filter shows all")
        window.xdotool("key", "End")
        wait_for_description(program, "the filter shows none")
        window.xdotool("key", "Escape")
        wait_for_all(program)
        window.xdotool("key", "space")
        program.wait_for_row("Step 1190 done")


def test_jump(build):
    """A click goes to the first of the worst entries of that time, or to the next one where none was written or is
    shown."""
    with Program(build, log("jump")) as program:
        view = program.x_window("Contoso.log")
        strip(program)
        window.click(*place(program, view, 0.3))
        find_deep(program.root, "table row", "Step 300 done")
        details = window.find(program.root, "label", "2026-11-18 09:10:00")
        assert details is not None
        window.keys(view, "ctrl+shift+l")
        find_deep(program.root, "text", "Log text")
        window.enter(program.root, "Step 90")
        window.xdotool("key", "Return")
        window.wait_until(lambda: shown(program) and shown(program)[0].startswith("11 of"), "the filter")
        window.screenshot("timeline-filtered")
        window.click(*place(program, view, 0.5))
        window.find(program.root, "label", "2026-11-18 09:20:00")
        assert shown(program) == ["11 of 1785 shown"], shown(program)


def test_switch(build):
    """Ctrl+T switches it off and on; a low window has no room for it."""
    with Program(build, log("switch")) as program:
        view = program.x_window("Contoso.log")
        strip(program)
        window.keys(view, "ctrl+t")
        window.wait_until(lambda: not strips(program), "no strip")
        window.keys(view, "ctrl+t")
        strip(program)
        window.xdotool("windowsize", view, 900, 560)
        window.wait_until(lambda: not strips(program), "room for the rows")
        window.screenshot("timeline-low")
        window.xdotool("windowsize", view, 900, 640)
        strip(program)
        window.screenshot("timeline-narrow")


def test_moment(build):
    """Where all was written at one time, there is nothing to show; as soon as there is a second one, there is."""
    path = write("moment/Contoso.log", "no time\r\n" + entry(0, "One") + entry(0, "Two"))
    with Program(build, path) as program:
        program.x_window("Contoso.log")
        window.find(program.root, "label", "3 entries")
        assert not strips(program)
        with open(path, "a", encoding="utf-8", newline="") as file:
            file.write(entry(60, "Three"))
        wait_for_description(program, "1 entry has no time and is not counted here")


def test_clocks(build):
    """In UTC, and in a merge, the range is one of UTC, and as many entries pass as stand in it."""
    other = write("clocks/Fabrikam.log", "no time\r\n" + "".join(
        entry(5 * i, f"Item {i}", 1, "+000", "Fabrikam") for i in range(60)))
    with Program(build, "--merge", log("clocks", 300), other) as program:
        view = window.x_window(".")
        strip(program)
        wait_for_description(program, "1 entry has no time and is not counted here")
        choose_entry(program, lambda: click_on(window.find(program.root, "label", "Times as written"), view), "In UTC")
        window.find(program.root, "label", "Times in UTC")
        window.screenshot("timeline-merge")
        drop(program, view, 0.9, 1)
        chip = wait_for_chip(program, lambda name: True)
        assert chip.startswith("Time 2026-11-18 1") and chip.endswith("(UTC)"), chip
        window.wait_until(lambda: shown(program) == ["300 of 361 shown"], lambda: f"the first log: {shown(program)}")
        window.screenshot("timeline-merge-brush")
        choose_entry(program, lambda: click_on(window.find(program.root, "label", "Times in UTC"), view), "As Written")
        window.find(program.root, "label", "Times as written")
        # The range is by another clock than the axis: it is kept, and still taken off from here.
        assert chips(program) == [chip], chips(program)
        window.click(*place(program, view, 0.5), times=2)
        wait_for_all(program)


def test_follow(build):
    """New entries come into the strip, and the range stays where it is."""
    path = log("follow", 100)
    with Program(build, path) as program:
        view = program.x_window("Contoso.log")
        strip(program)
        drop(program, view, 0.5, 1)
        chip = wait_for_chip(program, lambda name: True)
        focus_strip_by_click = place(program, view, 0.99)
        with open(path, "a", encoding="utf-8", newline="") as file:
            file.write(entry(1000, "Late failure", 3))
        window.find(program.root, "label", "101 entries")
        assert chips(program) == [chip], chips(program)
        window.xdotool("mousemove", *focus_strip_by_click)
        window.xdotool("key", "End")
        wait_for_description(program, "1 entry, 1 error; the filter shows none")
        window.screenshot("timeline-follow")


def far_off(name):
    """As log(), and a clock that was not set for two entries, nor for one later on."""
    far = RECORD.replace("11-18-2026", "{date}")
    lines = open(log(f"{name}-inner"), encoding="utf-8", newline="").read().splitlines(keepends=True)
    early = [far.format(text=f"Clock not set {i}", time="00:00:1" + str(i), type=3, bias="+300", component="Contoso",
                        date="01-01-1970") for i in range(2)]
    late = far.format(text="Clock ahead", time="12:00:00", type=1, bias="+300", component="Contoso", date="06-01-2099")
    return write(f"{name}/Contoso.log", "".join(early + lines[:900] + [late] + lines[900:]))


def outside(program, date):
    return find_deep(program.root, "button", date)


def test_far_off(build):
    """Entries of other times leave the strip as it is; they stand beside it, are counted, and can be gone to."""
    with Program(build, far_off("far-off")) as program:
        window.find(program.root, name="1788 entries")
        view = program.x_window("Contoso.log")
        early = outside(program, "1970-01-01, long before all other entries: 2 entries, 2 errors.")
        outside(program, "2099-06-01, long after all other entries: 1 entry.")
        focus_strip(program, view, "Clock not set 0")
        window.xdotool("key", "Home")
        wait_for_description(program, "2026-11-18 09:00:00 – 09:00:10: 10 entries, 1 warning")
        window.screenshot("timeline-far-off")
        window.xdotool("key", "End")
        wait_for_description(program, "2026-11-18 09:24:50 – 09:25:00")
        window.xdotool("key", "Tab")
        window.xdotool("key", "space")
        program.wait_for_row("Clock ahead")
        window.screenshot("timeline-far-off-later")
        click_on(early, view)
        program.wait_for_row("Clock not set 0")
        drop(program, view, 0.2, 0.3)
        chip = wait_for_chip(program, lambda name: True)
        assert chip.startswith("Time 2026-11-18 09:0"), chip
        outside(program, "1970-01-01, long before all other entries: 2 entries, 2 errors; the filter shows none.")
        window.screenshot("timeline-far-off-brush")
        window.click(*place(program, view, 0.25), times=2)
        wait_for_all(program)
        window.xdotool("windowsize", view, 900, 640)
        window.screenshot("timeline-far-off-narrow")


TESTS = [
    ("brush", test_brush),
    ("keys", test_keys),
    ("jump", test_jump),
    ("switch", test_switch),
    ("moment", test_moment),
    ("clocks", test_clocks),
    ("follow", test_follow),
    ("far-off", test_far_off),
]


sys.exit(run(TESTS))
