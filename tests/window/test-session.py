#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-session.py BUILD-FOLDER: what was open comes back, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import fcntl
import functools
import os
import re
import signal
import subprocess
import sys
import tempfile
import zipfile

import window
from gi.repository import Atspi, Gio, GLib
from harness import (
    Program,
    answer_dialog,
    choose_entry,
    find_deep,
    quiet,
    records,
    run,
    switch_log,
    wait_for_end_of,
    write,
)

APPLICATION = "io.github.cotrace.Cotrace"
STATE = os.path.join(os.environ["XDG_DATA_HOME"], "cotrace", "session")
SETTINGS = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")


def log(name, n=300, word="done"):
    """Every hundredth entry is an error; each names its number."""
    texts = [(f"Step {i} failed", 3) if i % 100 == 50 else (f"Step {i} {word}", 1) for i in range(n)]
    return write(name, records(os.path.basename(name).split(".")[0], texts))


def prefer(**switches):
    """The settings as the preferences write them; nothing of other tests."""
    os.makedirs(os.path.dirname(SETTINGS), exist_ok=True)
    with open(SETTINGS, "w", encoding="utf-8") as file:
        file.write("[io/github/cotrace/Cotrace]\n")
        for name, on in switches.items():
            file.write(f"{name.replace('_', '-')}={'true' if on else 'false'}\n")


def forget():
    if os.path.lexists(STATE):
        os.unlink(STATE)


def kept():
    try:
        with open(STATE, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def wait_kept(text):
    window.wait_until(lambda: text in kept(), f"{text!r} to be kept")


def start(build, *arguments):
    return Program(build, *arguments)


def reopen(program, view):
    choose_entry(program, lambda: window.keys(view, "F10"), "Reopen Last Session")


def first_rows(program):
    return [node.get_name() for node in window.find_all(program.root, "table row", "Step ")]


def order(program):
    """The titles of the tabs from left to right: they come when their logs have, and then move to their places."""
    placed = []
    for node in window.walk(program.root):
        if node.get_role_name() in window.ROLES["tab"] or node.get_name() == "AdwTab":
            label = node if node.get_role_name() in window.ROLES["tab"] else window.look_for(node, "label")
            box = node.get_extents()
            placed.append((box.x, label.get_name() if label else ""))
    return [title for _, title in sorted(placed)]


def wait_for_tabs(program, titles):
    window.wait_until(lambda: order(program) == titles, lambda: f"the tabs {titles}, not {order(program)}")


def is_selected(node):
    return node.get_state_set().contains(Atspi.StateType.SELECTED)


def kill(program):
    """As a crash would end it: without a word."""
    program.process.send_signal(signal.SIGKILL)
    program.process.wait(timeout=30)
    window.wait_until(lambda: not window.applications("cotrace"), "the end on the accessibility bus")


def wait_for_top(program):
    """The rows of the tab that was in front before may still be going."""
    window.wait_until(lambda: any("Step 0 done" in row for row in first_rows(program)[:1]),
                      lambda: f"the top, as it was: {first_rows(program)}")


def test_places(build):
    """Tabs in their order, the one in front, its filter, and where the user was in each."""
    prefer(reopen_session=True)
    forget()
    paths = [log(f"places/{name}.log") for name in ("Contoso", "Fabrikam", "Tailspin")]
    with start(build, *paths) as program:
        wait_for_tabs(program, ["Contoso.log", "Fabrikam.log", "Tailspin.log"])
        window.keys(program.x_window("Contoso.log"), "alt+2")
        view = program.x_window("Fabrikam.log")
        window.keys(view, "Home", "ctrl+e", "ctrl+e")
        program.wait_for_row("Step 150 failed")
        window.keys(view, "alt+1")
        view = program.x_window("Contoso.log")
        window.keys(view, "Home", "Down", "Down")
        program.wait_for_row("Step 2 done")
        window.keys(view, "alt+2")
        view = program.x_window("Fabrikam.log")
        window.keys(view, "ctrl+shift+l")
        find_deep(program.root, "text", "Log text")
        window.enter(program.root, "50 failed")
        window.find(program.root, "label", "3 of 300 shown")
        window.xdotool("key", "Return")
    wait_kept("ended=true")
    with start(build) as program:
        wait_for_tabs(program, ["Contoso.log", "Fabrikam.log", "Tailspin.log"])
        view = program.x_window("Fabrikam.log")
        window.find(program.root, "label", "3 of 300 shown")
        program.wait_for_row("Step 150 failed")
        window.wait_until(lambda: not window.find_all(program.root, "table row", "done"), "no row but those of the filter")
        window.screenshot("session-places")
        window.keys(view, "alt+1")
        program.x_window("Contoso.log")
        program.wait_for_row("Step 2 done")
        wait_for_top(program)
        window.keys(view, "alt+3")
        program.x_window("Tailspin.log")
        wait_for_top(program)


def test_top(build):
    """What was in sight is in sight again, and what was written since stands below."""
    prefer(reopen_session=True)
    forget()
    path = log("top/Contoso.log")
    with start(build, path) as program:
        window.find(program.root, name="300 entries")
        view = program.x_window("Contoso.log")
        window.keys(view, "Home", "Next", "Next")
        window.wait_until(lambda: first_rows(program) and "Step 0 " not in first_rows(program)[0], "a page below")
        top = first_rows(program)[0]
    with open(path, "a", encoding="utf-8", newline="") as file:
        file.write(records("Contoso", [("Written since", 1)] * 5))
    with start(build) as program:
        window.find(program.root, name="305 entries")
        window.wait_until(lambda: first_rows(program) and first_rows(program)[0] == top, f"{top!r} on top")


def test_changed(build):
    """Other bytes where the user was: nothing is said, and nothing is selected. One that is gone is named."""
    prefer(reopen_session=True)
    forget()
    paths = [log(f"changed/{name}.log") for name in ("Contoso", "Fabrikam", "Tailspin")]
    with start(build, *paths) as program:
        wait_for_tabs(program, ["Contoso.log", "Fabrikam.log", "Tailspin.log"])
        window.keys(program.x_window("Contoso.log"), "alt+3")
        view = program.x_window("Tailspin.log")
        window.keys(view, "Home", "ctrl+e")
        program.wait_for_row("Step 50 failed")
    log("changed/Tailspin.log", word="went")
    write("changed/Tailspin.log", records("Tailspin", [(f"Step {i} was written anew", 1) for i in range(300)]))
    os.unlink(paths[0])
    with start(build) as program:
        wait_for_tabs(program, ["Fabrikam.log", "Tailspin.log"])
        program.x_window("Tailspin.log")
        window.find(program.root, "label", "1 file could not be opened again: Contoso.log")
        window.find(program.root, "table row", "was written anew")
        window.screenshot("session-gone")
        assert not [row for row in window.find_all(program.root, "table row") if is_selected(row)], "a row is selected"


def test_crash(build):
    """What ends without a word is offered, also where nothing else is opened again; one click brings it back."""
    prefer(reopen_session=False)
    forget()
    paths = [log(f"crash/{name}.log") for name in ("Contoso", "Fabrikam")]
    program = start(build, *paths)
    wait_for_tabs(program, ["Contoso.log", "Fabrikam.log"])
    wait_kept("Fabrikam.log")
    kill(program)
    assert "ended=false" in kept()
    with start(build) as program:
        window.find(program.root, "label", "2 tabs were open last time")
        window.screenshot("session-offer")
        assert not window.tabs(program.root)
        window.activate(find_deep(program.root, "button", "Reopen"))
        wait_for_tabs(program, ["Contoso.log", "Fabrikam.log"])
        wait_kept("Fabrikam.log")
    wait_kept("ended=true")
    with start(build) as program:
        view = program.x_window("Cotrace")
        reopen(program, view)
        wait_for_tabs(program, ["Contoso.log", "Fabrikam.log"])


def test_files(build):
    """A file that is asked for is what is shown; the rest is one entry of the menu away, and comes beside it."""
    prefer(reopen_session=True)
    forget()
    first, second = (log(f"files/{name}.log") for name in ("Contoso", "Fabrikam"))
    with start(build, first) as program:
        wait_for_tabs(program, ["Contoso.log"])
    with start(build, second) as program:
        window.find(program.root, "label", "1 tab was open last time")
        wait_for_tabs(program, ["Fabrikam.log"])
        view = program.x_window("Fabrikam.log")
        reopen(program, view)
        wait_for_tabs(program, ["Fabrikam.log", "Contoso.log"])
        # Nothing offers any more what was done from the menu: by itself it would go after a quarter of a minute.
        window.wait_until(lambda: not window.find_all(program.root, "label", "1 tab was open last time"),
                          "the end of the offer", 8)
        view = program.x_window("Contoso.log")
        reopen(program, view)
        wait_for_tabs(program, ["Fabrikam.log", "Contoso.log"])
    with start(build, "--new-window") as program:
        view = program.x_window("Cotrace")
        window.find(program.root, "button", "Open")
        reopen(program, view)
        wait_for_tabs(program, ["Fabrikam.log", "Contoso.log"])


def test_merge(build):
    """A merge comes back as one, with the log that was off."""
    prefer(reopen_session=True)
    forget()
    paths = [log(f"merge/{name}.log", 60) for name in ("Contoso", "Fabrikam")]
    with start(build, "--merge", *paths) as program:
        window.find(program.root, name="120 entries")
        view = program.x_window("Merged: 2 logs")
        switch_log(program, view, "Contoso")
        window.find(program.root, name="60 entries")
        window.keys(view, "ctrl+e")
        program.wait_for_row("Step 50 failed")
    with start(build) as program:
        window.find(program.root, name="60 entries")
        view = program.x_window("Merged: 1 of 2 logs")
        program.wait_for_row("Step 50 failed")
        window.screenshot("session-merge")
        switch_log(program, view, "Contoso")
        window.find(program.root, name="120 entries")


def test_shown_as(build):
    """A log that was read as something else, and one that stood still, are so again; both read on from there."""
    prefer(reopen_session=True)
    forget()
    paths = [log(f"shown-as/{name}.log", 60) for name in ("Contoso", "Fabrikam")]
    with start(build, *paths) as program:
        wait_for_tabs(program, ["Contoso.log", "Fabrikam.log"])
        window.keys(program.x_window("Contoso.log"), "alt+1")
        view = program.x_window("Contoso.log")
        window.find(program.root, name="CCM")
        choose_entry(program, lambda: window.keys(view, "F10"), "Read As", "Plain text")
        find_deep(program.root, "label", "Plain text")
        window.keys(view, "alt+2")
        view = program.x_window("Fabrikam.log")
        window.find(program.root, name="Live")
        window.keys(view, "ctrl+u")
        window.find(program.root, name="Paused")
    assert "paused=true" in kept() and "formats=plain;" in kept(), kept()
    with open(paths[1], "a", encoding="utf-8", newline="") as file:
        file.write(records("Fabrikam", [("Written between", 1)]))
    with start(build) as program:
        wait_for_tabs(program, ["Contoso.log", "Fabrikam.log"])
        view = program.x_window("Fabrikam.log")
        window.find(program.root, name="61 entries")
        window.find(program.root, name="Paused")
        with open(paths[1], "a", encoding="utf-8", newline="") as file:
            file.write(records("Fabrikam", [("While paused", 1)] * 3))
        window.find(program.root, name="Paused, 3 new lines")
        window.screenshot("session-shown-as")
        window.keys(view, "ctrl+u")
        window.find(program.root, name="64 entries")
        window.keys(view, "alt+1")
        program.x_window("Contoso.log")
        find_deep(program.root, "table row", "<![LOG[")
        window.find(program.root, name="Live")
    assert "paused" not in kept() and "formats=plain;" in kept(), kept()


def keep_instead(old, new):
    """Another session than the one that was kept."""
    text = kept()
    assert old in text, text
    with open(STATE, "w", encoding="utf-8") as file:
        file.write(text.replace(old, new))


def test_read_as_in_tab(build):
    """A log that has a tab already, and was read as something else in a merge: its tab shows it so, too."""
    prefer(reopen_session=True)
    forget()
    paths = [log(f"in-tab/{name}.log", 60) for name in ("Contoso", "Fabrikam")]
    with start(build, "--merge", *paths) as program:
        window.find(program.root, name="120 entries")
    keep_instead("merge=true", "formats=plain;;\nmerge=true")
    with start(build, paths[0]) as program:
        wait_for_tabs(program, ["Contoso.log"])
        view = program.x_window("Contoso.log")
        find_deep(program.root, "label", "CCM")
        window.keys(view, "Home", "Down", "Down")
        program.wait_for_row("Step 2 done")
        reopen(program, view)
        wait_for_tabs(program, ["Contoso.log", "Merged: 2 logs"])
        window.keys(program.x_window("Merged: 2 logs"), "alt+1")
        program.x_window("Contoso.log")
        find_deep(program.root, "label", "Plain text")
        find_deep(program.root, "table row", "<![LOG[Step 0 done")
        window.screenshot("session-read-as-in-tab")


def bundle(name, members=("Contoso", "Fabrikam"), phrase=None):
    """A zip with five entries in each of its logs."""
    path = os.path.join(os.environ["HOME"], "logs", "bundle", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.lexists(path):
        os.unlink(path)
    if phrase:
        paths = [write(f"bundle/{member}.log", quiet(member, 5)) for member in members]
        subprocess.run(["zip", "-q", "-j", "-P", phrase, path, *paths], check=True, timeout=60)
        return path
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(f"{member}.log", quiet(member, 5))
    return path


def test_chosen(build):
    """A clock that was moved and an encoding that was chosen are those of next time."""
    prefer(reopen_session=True)
    forget()
    path = log("chosen/Contoso.log", 60)
    with start(build, path) as program:
        view = program.x_window("Contoso.log")
        window.find(program.root, name="60 entries")
        choose_entry(program, lambda: window.keys(view, "F10"), "Move Clock")
        find_deep(program.root, "label", "Move the Clock of")
        window.wait_for_front(program.x_window("Move Clock"))
        window.enter(program.root, "+1 h")
        window.xdotool("key", "Return")
        wait_for_end_of("Move Clock")
        window.find(program.root, "button", "Clock moved")
        window.keys(view, "F10")
        window.activate(window.find(program.root, name="Read As"))
        window.activate(window.find(program.root, name="Encoding"))
        window.activate(window.find(program.root, name="Windows-1251"))
        window.find(program.root, "label", "CCM, Windows-1251")
        window.find(program.root, "button", "Clock moved")
    assert "clocks=3600000000" in kept() and "encodings=windows-1251;" in kept(), kept()
    with start(build) as program:
        wait_for_tabs(program, ["Contoso.log"])
        window.find(program.root, "label", "CCM, Windows-1251")
        window.find(program.root, "button", "Clock moved")
        view = program.x_window("Contoso.log")
        window.keys(view, "Home")
        window.wait_until(lambda: "11:00:00.345" in program.wait_for_row("Step 0 done").get_name(), "the moved time")


def test_bundle(build):
    """Who asks for it gets bundles, too; a start without the wish leaves them out, and says so."""
    path = bundle("PC0042.zip")
    other = log("bundle/Tailspin.log")
    prefer(reopen_session=True)
    forget()
    with start(build, path, other) as program:
        wait_for_tabs(program, ["Contoso.log", "Tailspin.log"])
    assert "PC0042" in kept() and "Tailspin" in kept()
    with start(build) as program:
        wait_for_tabs(program, ["Tailspin.log"])
        find_deep(program.root, "label", "1 bundle of last time was left out")
        window.screenshot("session-left-out")
        window.activate(find_deep(program.root, "button", "Reopen"))
        wait_for_tabs(program, ["Contoso.log", "Tailspin.log"])
    prefer(reopen_session=True, reopen_bundles=True)
    with start(build) as program:
        wait_for_tabs(program, ["Contoso.log", "Tailspin.log"])
        window.keys(program.x_window("Contoso.log"), "alt+1")
        window.find(program.root, name="5 entries")
        assert window.look_for(program.root, "label", "left out") is None
    prefer(reopen_session=False)
    with start(build) as program:
        reopen(program, program.x_window("Cotrace"))
        wait_for_tabs(program, ["Contoso.log", "Tailspin.log"])


class WindowWatch:
    """All windows that come from now on, also those that go at once."""

    def __init__(self):
        self.process = subprocess.Popen(["xprop", "-root", "-spy", "_NET_CLIENT_LIST"], stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()

    def end(self):
        self.process.terminate()
        return set(re.findall("0x[0-9a-f]+", self.process.communicate(timeout=30)[0]))


def test_bundles_only(build):
    """A window of bundles alone, which are left out, does not come; where that is all, nothing is told of it."""
    path, other = bundle("PC0042.zip"), bundle("PC0043.zip")
    loose = log("bundles-only/Tailspin.log")
    prefer(reopen_session=True)
    forget()
    with start(build, path) as program:
        wait_for_tabs(program, ["Contoso.log"])
    with start(build) as program:
        program.x_window("Cotrace")
        window.find(program.root, "button", "Open")
        # What would have been said stands there before what comes after it.
        view = program.x_window("Cotrace")
        reopen(program, view)
        wait_for_tabs(program, ["Contoso.log"])
        assert window.look_for(program.root, "label", "left out") is None
        subprocess.run([program.program, "--new-window", other], check=True)
        window.wait_until(lambda: kept().count("[window ") == 2, "two windows")
        subprocess.run([program.program, "--new-window", loose], check=True)
        window.wait_until(lambda: kept().count("[window ") == 3, "three windows")
    with WindowWatch() as watch, start(build) as program:
        program.x_window("Tailspin.log")
        find_deep(program.root, "label", "2 bundles of last time were left out")
        window.screenshot("session-bundles-only")
        seen = watch.end()
        assert len(seen) == 1, f"a window came and went: {seen}"


def test_bundle_became_file(build):
    """A file in the place of a bundle is not opened, and is no part of what lies beside it."""
    path = bundle("PC0042.zip")
    other = log("bundle/Tailspin.log")
    prefer(reopen_session=True, reopen_bundles=True)
    forget()
    with start(build, other, path) as program:
        wait_for_tabs(program, ["Tailspin.log", "Contoso.log"])
    refused = "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"
    write("bundle/PC0042.zip", records("LocationServices", [(refused, 3)]))
    with start(build) as program:
        wait_for_tabs(program, ["Tailspin.log"])
        find_deep(program.root, "label", "1 file could not be opened again: PC0042.zip")
        window.screenshot("session-bundle-became-file")
        find_deep(program.root, None, "No known failure found")
        assert window.look_for(program.root, None, "Client is refused") is None


def test_bundle_gone(build):
    """Of a bundle that is not there any more, or a log that is not in it any more, the window tells."""
    paths = [bundle("PC0042.zip"), bundle("PC0043.zip", ["Fourth"])]
    prefer(reopen_session=True, reopen_bundles=True)
    forget()
    with start(build, *paths) as program:
        wait_for_tabs(program, ["Contoso.log", "Fourth.log"])
    bundle("PC0042.zip", ["Fabrikam"])
    os.unlink(paths[1])
    with start(build) as program:
        failed = find_deep(program.root, "label", "2 files could not be opened again: ").get_name()
        window.screenshot("session-bundle-gone")
        assert "PC0043.zip" in failed and "Contoso.log" in failed, failed
        assert not window.tabs(program.root)


def test_bundle_encrypted(build):
    """A pass phrase is not kept: it is asked for anew, and nothing counts as failed before that."""
    path = bundle("PC0044.zip", phrase="contoso")
    question = "This bundle is encrypted. Enter its pass phrase."
    prefer(reopen_session=True, reopen_bundles=True)
    forget()
    with start(build, path) as program:
        answer_dialog(program, question, *"contoso", "Return")
        wait_for_tabs(program, ["Contoso.log"])
    assert "PC0044" in kept() and "contoso" not in kept()
    with start(build) as program:
        window.find(program.root, name=question)
        assert window.look_for(program.root, "label", "could not be opened again") is None
        window.screenshot("session-encrypted")
        answer_dialog(program, question, *"contoso", "Return")
        wait_for_tabs(program, ["Contoso.log"])
        window.find(program.root, name="5 entries")


def archive_inside(name, phrase):
    """An encrypted zip with a zip in it: what is in that one is known only once the phrase is."""
    inner = bundle("inner.zip")
    path = os.path.join(os.path.dirname(inner), name)
    if os.path.lexists(path):
        os.unlink(path)
    subprocess.run(["zip", "-q", "-j", "-P", phrase, path, inner], check=True, timeout=60)
    return path


def test_bundle_locked(build):
    """What was open of an encrypted bundle, and nothing else, comes back with its pass phrase, also where it is wrong
    first or the bundle must be opened anew; until then it stays in the session. Without it the window tells."""
    other = log("bundle/Tailspin.log")
    prefer(reopen_session=True, reopen_bundles=True)
    for path in (bundle("PC0044.zip", phrase="contoso"), archive_inside("PC0045.zip", "contoso")):
        question = "This bundle is encrypted. Enter its pass phrase."
        forget()
        with start(build, other, path) as program:
            answer_dialog(program, question, *"contoso", "Return")
            wait_for_tabs(program, ["Tailspin.log", "Contoso.log"])
        assert "Contoso.log;" in kept(), kept()
        keep_instead("Contoso.log;", "Fabrikam.log;")
        before = kept()
        with start(build) as program:
            window.find(program.root, name=question)
            wait_for_tabs(program, ["Tailspin.log"])
            window.keys(window.x_window("^Pass Phrase$"), *"wrong", "Return")
            window.find(program.root, name="The pass phrase is wrong. Enter it again.")
            assert "Fabrikam.log;" in kept(), kept()
            answer_dialog(program, "The pass phrase is wrong. Enter it again.", *"contoso", "Return")
            wait_for_tabs(program, ["Tailspin.log", "Fabrikam.log"])
            window.keys(window.x_window(r"\.log$"), "alt+2")
            program.x_window("Fabrikam.log")
            window.find(program.root, name="5 entries")
            window.screenshot("session-locked")
        assert "Fabrikam.log;" in kept() and "Contoso.log;" not in kept(), kept()
        with open(STATE, "w", encoding="utf-8") as file:
            file.write(before)
        with start(build) as program:
            window.find(program.root, name=question)
            window.keys(window.x_window("^Pass Phrase$"), "Escape")
            find_deep(program.root, "label", "1 file could not be opened again: Fabrikam.log")
            window.screenshot("session-locked-given-up")


def test_windows(build):
    """Each window with its own tabs; one that was closed before the end is no part of it."""
    prefer(reopen_session=True)
    forget()
    paths = [log(f"windows/{name}.log") for name in ("Contoso", "Fabrikam", "Tailspin")]
    with start(build, paths[0]) as program:
        wait_for_tabs(program, ["Contoso.log"])
        for path, title in zip(paths[1:], ("Fabrikam.log", "Tailspin.log"), strict=True):
            subprocess.run([program.program, "--new-window", path], check=True)
            window.wait_for_front(program.x_window(title))
        window.close(program.x_window("Fabrikam.log"))
        window.wait_until(lambda: not window.xdotool("search", "--onlyvisible", "--name", "^Fabrikam.log$"), "its end")
    with start(build) as program:
        program.x_window("Contoso.log")
        program.x_window("Tailspin.log")
        assert sorted(window.tabs(program.root)) == ["Contoso.log", "Tailspin.log"]


def test_hostile(build):
    """Whatever stands in the file: an empty window that says so, and works."""
    prefer(reopen_session=True)
    path = log("hostile/Contoso.log")
    for content in (b"{]", b"#" * (10 << 20), b"[session]\nversion=99\nended=true\n", b"\0" * 100):
        with open(STATE, "wb") as file:
            file.write(content)
        with start(build) as program:
            window.find(program.root, "label", "What was open last time cannot be read")
            assert not window.tabs(program.root)
    forget()
    os.mkfifo(STATE)
    with start(build, path) as program:
        window.find(program.root, "label", "What was open last time cannot be read")
        wait_for_tabs(program, ["Contoso.log"])
    wait_kept("Contoso.log")


def ask_bus(method, argument=None):
    """One question to the session bus itself."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    name, path = "org.freedesktop.DBus", "/org/freedesktop/DBus"
    values = GLib.Variant("(s)", (argument,)) if argument else None
    return bus.call_sync(name, path, name, method, values, None, Gio.DBusCallFlags.NONE, -1, None).unpack()[0]


def bus_names(process):
    """The names that the bus gave to the process's connections."""
    names = []
    for name in ask_bus("ListNames"):
        try:
            if name.startswith(":") and ask_bus("GetConnectionUnixProcessID", name) == process.pid:
                names.append(name)
        except GLib.Error:  # it went while it was looked at
            continue
    return names


class BusWatch:
    """All that goes over the bus from now on."""

    def __init__(self):
        self.file = tempfile.NamedTemporaryFile("r", encoding="utf-8", errors="replace")
        with open(self.file.name, "w", encoding="utf-8") as out:
            self.process = subprocess.Popen(["dbus-monitor", "--session"], stdout=out, stderr=subprocess.DEVNULL)
        # The first that it is told is that it takes part no more.
        window.wait_until(lambda: "NameLost" in self.seen(), "a watch on the bus")

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.file.close()

    def seen(self):
        with open(self.file.name, encoding="utf-8", errors="replace") as file:
            return file.read()

    def wait_for_question(self, process):
        """Until the process has asked the program something, by its name."""

        def was_asked():
            senders = bus_names(process)
            calls = [line for line in self.seen().splitlines()
                     if line.startswith("method call") and f"destination={APPLICATION} " in line]
            return any(f"sender={name} " in line for line in calls for name in senders)

        window.wait_until(was_asked, "a question to the first process")


def hang_up_until_the_end(process):
    """Until the end is written down: behind that there is nothing to lose."""

    def look():
        if "ended=true" in kept():
            return True
        process.send_signal(signal.SIGHUP)
        return process.poll() is not None

    window.wait_until(look, "its end")


def test_terminated(build):
    """SIGTERM ends it as closing does: at once, and what was open is kept, however often a terminal hangs up meanwhile."""
    prefer(reopen_session=True)
    forget()
    paths = [log(f"terminated/{name}.log") for name in ("Contoso", "Fabrikam")]
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        # Who started the tests in the background may have them ignored.
        signal.signal(number, signal.SIG_DFL)
        forget()
        program = start(build, *paths)
        wait_for_tabs(program, ["Contoso.log", "Fabrikam.log"])
        program.process.send_signal(number)
        if number != signal.SIGINT:
            hang_up_until_the_end(program.process)
        assert program.process.wait(timeout=30) == 0, f"{number!r}: {program.process.returncode}"
        assert "ended=true" in kept(), kept()
        window.wait_until(lambda: not window.applications("cotrace"), "the end on the accessibility bus")
    with start(build) as program:
        wait_for_tabs(program, ["Contoso.log", "Fabrikam.log"])


def restart(build, first, second, number):
    """Whether the second start was one of its own: the process before may take the files before it hears the signal."""
    before = start(build, first)
    wait_for_tabs(before, ["Contoso.log"])
    # It does not answer, but has its name.
    before.process.send_signal(signal.SIGSTOP)

    def end_first(process, watch):
        watch.wait_for_question(process)
        before.process.send_signal(number)
        before.process.send_signal(signal.SIGCONT)
        before.process.wait(timeout=30)

    try:
        with (BusWatch() as watch,
              Program(build, second, meanwhile=functools.partial(end_first, watch=watch)) as program):
            program.x_window("Fabrikam.log")
            wait_for_tabs(program, ["Fabrikam.log"])
            assert not program.said(), program.said()
    except AssertionError as error:
        if number == signal.SIGTERM and "it had ended with 0" in str(error):
            return False
        raise
    return True


def test_restarted(build):
    """A start while the process before is ending, and takes no files any more, is a start of its own."""
    prefer(reopen_session=False)
    forget()
    first, second = (log(f"restarted/{name}.log") for name in ("Contoso", "Fabrikam"))
    for number in (signal.SIGTERM, signal.SIGKILL):
        assert any(restart(build, first, second, number) for _ in range(5)), number


def open_over_bus(path):
    """As a file manager does."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    values = GLib.Variant("(asa{sv})", ([f"file://{path}"], {}))
    bus.call_sync(APPLICATION, "/" + APPLICATION.replace(".", "/"), "org.freedesktop.Application", "Open", values, None,
                  Gio.DBusCallFlags.NO_AUTO_START, -1, None)


def test_opened_at_the_end(build):
    """What a file manager opens while the process is saving is opened by the next one."""
    prefer(reopen_session=False)
    forget()
    first, second = (log(f"at-the-end/{name}.log") for name in ("Contoso", "Fabrikam"))
    marks = os.path.join(os.environ["XDG_DATA_HOME"], "cotrace", "marks")
    os.makedirs(marks, exist_ok=True)
    before = start(build, first)
    wait_for_tabs(before, ["Contoso.log"])
    view = before.x_window("Contoso.log")
    window.keys(view, "Home")
    before.wait_for_row("Step 0 done")
    with open(os.path.join(marks, ".lock"), "w", encoding="utf-8") as lock:
        # A disk that takes its time.
        fcntl.flock(lock, fcntl.LOCK_EX)
        window.keys(view, "ctrl+d")
        find_deep(before.root, None, "Marked")
        window.keys(view, "ctrl+q")
        window.wait_until(lambda: not window.xdotool("search", "--onlyvisible", "--name", "^Contoso.log$"), "its end")
        assert before.process.poll() is None, "it has ended before it had saved"
        open_over_bus(second)
    assert before.process.wait(timeout=30) == 0, before.process.returncode
    window.x_window("^Fabrikam.log$")
    root = window.application()
    window.wait_until(lambda: window.tabs(root) == ["Fabrikam.log"], "the log that was opened last")
    assert "was open last time" not in " ".join(node.get_name() or "" for node in window.walk(root, 60))
    window.keys(window.x_window("."), "ctrl+q")
    window.wait_until(lambda: not window.processes(before.program), "the end of the second process")
    window.wait_until(lambda: not window.applications("cotrace"), "the end on the accessibility bus")


BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    <deny own="{name}"/>
  </policy>
</busconfig>
"""


def test_refused(build):
    """A bus that does not let it have its name: it opens the file all the same, in a process of its own."""
    prefer(reopen_session=False)
    forget()
    path = log("refused/Contoso.log")
    config = write("refused/bus.conf", BUS.format(name=APPLICATION))
    bus = subprocess.Popen(["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"],
                           stdout=subprocess.PIPE, text=True)
    try:
        # That bus has nobody who would know the one of accessibility.
        accessible = Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, Gio.DBusCallFlags.NONE, -1, None
        ).unpack()[0]
        env = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(),
               "AT_SPI_BUS_ADDRESS": accessible}
        with Program(build, path, env=env) as program:
            wait_for_tabs(program, ["Contoso.log"])
            assert not program.said(), program.said()
    finally:
        bus.terminate()
        bus.wait(timeout=30)


TESTS = [
    ("places", test_places),
    ("top", test_top),
    ("changed", test_changed),
    ("crash", test_crash),
    ("files", test_files),
    ("merge", test_merge),
    ("shown-as", test_shown_as),
    ("chosen", test_chosen),
    ("read-as-in-tab", test_read_as_in_tab),
    ("bundle", test_bundle),
    ("bundles-only", test_bundles_only),
    ("bundle-became-file", test_bundle_became_file),
    ("bundle-gone", test_bundle_gone),
    ("bundle-encrypted", test_bundle_encrypted),
    ("bundle-locked", test_bundle_locked),
    ("windows", test_windows),
    ("hostile", test_hostile),
    ("terminated", test_terminated),
    ("restarted", test_restarted),
    ("opened-at-the-end", test_opened_at_the_end),
    ("refused", test_refused),
]


# What is set in one start is there in the next one.
BACKEND = "keyfile"


def with_settings(test):
    def run_it(build):
        os.environ["GSETTINGS_BACKEND"] = BACKEND
        try:
            test(build)
        finally:
            os.environ["GSETTINGS_BACKEND"] = "memory"

    return run_it


sys.exit(run([(name, with_settings(test)) for name, test in TESTS]))
