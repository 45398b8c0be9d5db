#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-compare.py BUILD-FOLDER: two devices along a journey, in the real window.

Runs inside run-in-x. All logs are made up, the devices too.
"""

import os
import shutil
import sys

import window
from gi.repository import Atspi
from harness import Program, quiet, run, wait_for_end_of, write

PARTED = "They part at “The device is co-managed”: PC01 has it, PC02 does not."


def two_devices(build):
    """PC01 came to the end, PC02 waits."""
    made = os.path.join(build, "data", "practice", "practice")
    folder = os.path.abspath("compare/two")
    for scenario, device in (("first-day", "PC01"), ("long-wait", "PC02")):
        shutil.copytree(os.path.join(made, scenario, device), os.path.join(folder, device), dirs_exist_ok=True)
    return folder


def open_dialog(program, sentence):
    """Before all is read the devices are not known: the sentence comes by itself."""
    window.keys(window.x_window(r"\.log$"), "ctrl+alt+j")
    dialog = window.x_window("^Compare Devices$")
    window.find(program.root, "label", sentence)
    return dialog


def cell(program, name):
    return window.find(program.root, "button", name)


def is_selected(program, text):
    return [row for row in window.find_all(program.root, "table row", text)
            if row.get_state_set().contains(Atspi.StateType.SELECTED)]


def test_where_they_part(build):
    with Program(build, two_devices(build)) as program:
        dialog = open_dialog(program, PARTED)
        window.find(program.root, "label", "Should stand in CoManagementHandler.log")
        window.find(program.root, "label", "Look in CoManagementHandler.log for")
        window.find(program.root, "button", "Copy the line")
        window.activate(cell(program, "Go to the Step Where They Part"))
        window.wait_until(
            lambda: window.focused(program.root) == "The device is co-managed: PC01, in CoManagementHandler.log",
            "the milestone where they part")
        window.screenshot("compare-parted")
        # The entry comes before the dialog, which stays.
        window.keys(dialog, "space")
        window.wait_until(lambda: "PC01 · CoManagementHandler.log" in window.tabs(program.root), "its log")
        window.wait_until(lambda: is_selected(program, "Device Provisioned"), "the entry")
        assert window.x_window("^Compare Devices$") == dialog
        window.keys(window.x_window(r"\.log$"), "ctrl+alt+j")
        window.keys(dialog, "Escape")


def test_side_by_side(build):
    with Program(build, two_devices(build)) as program:
        dialog = open_dialog(program, PARTED)
        window.activate(cell(program, "Registration starts: show both lines side by side"))
        window.wait_until(
            lambda: {"PC01 · ClientIDManagerStartup.log", "PC02 · ClientIDManagerStartup.log"}
            <= set(window.tabs(program.root)), "both logs")
        # Written an hour apart, and on the same height all the same.
        window.find(program.root, "button", "Scroll both, 1 hour apart")
        window.wait_until(lambda: len(is_selected(program, "Starting registration")) == 2, "both entries")
        window.screenshot("compare-side-by-side")
        window.keys(dialog, "Escape")
        wait_for_end_of("Compare Devices")


def test_nothing_to_compare(build):
    with Program(build, write("compare/alone/Contoso.log", quiet("Contoso"))) as program:
        program.wait_for_tabs(["Contoso.log"])
        dialog = open_dialog(program, "Open the logs of two devices, or of one device before and after: "
                                      "a bundle each, or one of both. Then they can be compared step by step.")
        window.screenshot("compare-nothing")
        window.keys(dialog, "Escape")
        wait_for_end_of("Compare Devices")


def test_one_device_twice(build):
    """Before and after: both have one name, so it is said where each lies."""
    both = two_devices(build)
    for day in ("monday", "friday"):
        shutil.copytree(os.path.join(both, "PC01"), os.path.join("compare", day, "PC01"), dirs_exist_ok=True)
    with Program(build, os.path.abspath("compare/monday"), os.path.abspath("compare/friday")) as program:
        dialog = open_dialog(program, "They do not part: neither has a gap.")
        for name in ("PC01 · monday", "PC01 · friday"):
            window.find(program.root, "label", name)
        window.keys(dialog, "Escape")
        wait_for_end_of("Compare Devices")


if __name__ == "__main__":
    sys.exit(run([
        ("where-they-part", test_where_they_part),
        ("side-by-side", test_side_by_side),
        ("one-device-twice", test_one_device_twice),
        ("nothing-to-compare", test_nothing_to_compare),
    ]))
