#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-preferences.py BUILD-FOLDER: what the program remembers of its user's likes, in the real window.

Runs inside run-in-x. All logs are made here; the device is invented.
"""

import configparser
import os
import subprocess
import sys

import window
from harness import Program, records, run, wait_for_end_of, write

RED = (0xC0, 0x00, 0x00)


def kept(key):
    """What the settings hold, as they are written: "'classic'"."""
    parser = configparser.ConfigParser()
    parser.read(os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile"))
    return parser.get("io/github/cotrace/Cotrace", key, fallback=None)


def pixels(x):
    """A column of them, of the screen."""
    crop = ["import", "-window", "root", "-crop", f"1x900+{x}+0", "-depth", "8", "rgb:-"]
    data = subprocess.run(crop, capture_output=True, check=True).stdout
    return [tuple(data[i : i + 3]) for i in range(0, len(data), 3)]


def colours(x):
    """Those of a column of pixels."""
    return set(pixels(x))


def is_dark(x):
    """More of the pixels there are dark than light; around the window the screen is black."""
    return sum(max(pixel) > 0xc0 for pixel in pixels(x)) < 200


def open_dialog(program, view):
    window.keys(view, "ctrl+comma")
    dialog = window.x_window("^Preferences$")
    window.wait_until(lambda: "Light or dark" in (window.focused(program.root) or ""), "the first row")
    return dialog


def close_dialog(dialog):
    window.keys(dialog, "Escape")
    wait_for_end_of("Preferences")


def test_choices(build):
    """By the keyboard alone; all takes effect at once, and is there at the next start."""
    os.environ["GSETTINGS_BACKEND"] = "keyfile"
    try:
        path = write("preferences/Contoso.log", records("Contoso", [("Step failed", 3)] * 8))
        with Program(build, path) as program:
            window.find(program.root, name="8 entries")
            view = program.x_window("Contoso.log")
            left = window.geometry(view)[0] + 400
            assert RED not in colours(left)
            dialog = open_dialog(program, view)
            window.screenshot("preferences-light")
            window.xdotool("key", "space", "Down", "Down", "Return")
            window.wait_until(lambda: kept("style") == "'dark'", "the style")
            window.wait_until(lambda: is_dark(left), "a dark window")
            window.step_focus(program.root, "Down")
            window.xdotool("key", "space")
            window.wait_until(lambda: kept("rows-monospace") == "true", "the switch")
            window.step_focus(program.root, "Down")
            window.xdotool("key", "space", "Down", "Return")
            window.wait_until(lambda: kept("row-colours") == "'classic'", "the colours")
            close_dialog(dialog)
            window.wait_until(lambda: RED in colours(left), "red rows")
            window.screenshot("preferences-classic")
        with Program(build, path) as program:
            window.find(program.root, name="8 entries")
            view = program.x_window("Contoso.log")
            window.wait_until(lambda: RED in colours(window.geometry(view)[0] + 400), "red rows again")
            assert is_dark(window.geometry(view)[0] + 400)
            dialog = open_dialog(program, view)
            window.screenshot("preferences")
            close_dialog(dialog)
    finally:
        os.environ["GSETTINGS_BACKEND"] = "memory"


def set_kept(key, value):
    """As another program would change a setting."""
    subprocess.run(["gsettings", "set", "io.github.cotrace.Cotrace", key, value], check=True)


def test_interval(build):
    """A log is looked at as often as is wanted; another choice is there at once, also for who waits."""
    os.environ["GSETTINGS_BACKEND"] = "keyfile"
    try:
        path = write("interval/Contoso.log", records("Contoso", [("Step done", 1)] * 8))
        set_kept("check-seconds", "600")
        with Program(build, path) as program:
            window.find(program.root, name="8 entries")
            with open(path, "a", encoding="utf-8", newline="") as file:
                file.write(records("Contoso", [("Written since", 1)] * 2))
            view = program.x_window("Contoso.log")
            dialog = open_dialog(program, view)
            window.screenshot("preferences-interval")
            close_dialog(dialog)
            assert not window.look_for(program.root, name="10 entries"), "the log was looked at"
            set_kept("check-seconds", "1")
            window.find(program.root, name="10 entries")
    finally:
        os.environ["GSETTINGS_BACKEND"] = "memory"


def test_zoom(build):
    """Larger and smaller rows and findings, by keys; the size is kept, and the normal one is a key away."""

    def height():
        """From one row to the next."""
        first, second = (window.find(program.root, "table row", f"Step {i} ").get_extents().y for i in (0, 1))
        return second - first

    def told():
        """What the panel says."""
        return window.find(program.root, "label", "No known failure found").get_extents().height

    os.environ["GSETTINGS_BACKEND"] = "keyfile"
    try:
        path = write("zoom/Contoso.log", records("Contoso", [(f"Step {i} done", 1) for i in range(8)]))
        with Program(build, path) as program:
            window.find(program.root, name="8 entries")
            view = program.x_window("Contoso.log")
            normal = height()
            normally_told = told()
            window.keys(view, "ctrl+plus", "ctrl+plus")
            window.wait_until(lambda: height() > normal, "higher rows")
            window.wait_until(lambda: told() > normally_told, "larger findings")
            larger = height()
            window.screenshot("preferences-zoom")
        with Program(build, path) as program:
            window.find(program.root, name="8 entries")
            view = program.x_window("Contoso.log")
            window.wait_until(lambda: height() == larger, "rows as high as before")
            window.keys(view, "ctrl+0")
            window.wait_until(lambda: height() == normal, "normal rows")
            window.keys(view, "ctrl+minus", "ctrl+minus", "ctrl+minus")
            window.wait_until(lambda: height() < normal, "lower rows")
    finally:
        os.environ["GSETTINGS_BACKEND"] = "memory"


TESTS = [("choices", test_choices), ("interval", test_interval), ("zoom", test_zoom)]


sys.exit(run(TESTS))
