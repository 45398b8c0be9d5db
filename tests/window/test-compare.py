#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-compare.py BUILD-FOLDER: two devices along a journey, in the real window.

Runs inside run-in-x. All logs are made up, the devices too.
"""

import os
import shutil
import subprocess
import sys

import window
from gi.repository import Atspi
from harness import Program, quiet, records, run, wait_for_end_of, write

FOLDER = os.path.join(os.environ["HOME"], "compare")
PARTED = "They part at “The device is co-managed”: PC01 has it, PC02 does not."


def two_devices(build):
    """PC01 came to the end, PC02 waits."""
    made = os.path.join(build, "data", "practice", "practice")
    folder = os.path.join(FOLDER, "two")
    for scenario, device in (("first-day", "PC01"), ("long-wait", "PC02")):
        shutil.copytree(os.path.join(made, scenario, device), os.path.join(folder, device), dirs_exist_ok=True)
    return folder


def open_dialog(program, sentence):
    """Before all is read the devices are not known: the sentence comes by itself."""
    window.keys(window.x_window(r"\.log$"), "ctrl+alt+j")
    dialog = window.x_window("^Compare Devices$")
    window.find(program.root, "label", sentence)
    return dialog


def picture(node, view):
    """The pixels of a part, as they are on the screen."""
    x, y, *_rest = window.geometry(view)
    box = node.get_extents()
    crop = f"{box.width}x{box.height}+{x + box.x}+{y + box.y}"
    shot = subprocess.run(["import", "-window", "root", "-crop", crop, "rgb:-"], capture_output=True, check=True)
    return shot.stdout


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
        window.find(program.root, "label", "What may have stopped PC02:")
        # It is in sight all the time: that it is meant is seen.
        window.middle_of(window.find(program.root, "label", "The device is co-managed"), dialog)
        step = cell(program, "The device is co-managed: PC01, in CoManagementHandler.log")
        window.middle_of(step, dialog)
        before = picture(step, dialog)
        window.activate(cell(program, "Go to the Step Where They Part"))
        window.wait_until(lambda: picture(step, dialog) != before, "the step to be seen")
        window.wait_until(
            lambda: (window.focused(program.root) or "").startswith(
                "The device is co-managed: PC01, in CoManagementHandler.log"),
            "the milestone where they part")
        # All that is seen there: when it was, and how long after the step before it.
        told = step.get_name().split(", ")
        assert len(told) == 4 and told[3].startswith("after "), told
        window.find(step, "label", told[2])
        window.find(step, "label", told[3])
        window.screenshot("compare-parted")
        # The entry comes before the dialog, which stays.
        window.keys(dialog, "space")
        window.wait_until(lambda: "PC01 · CoManagementHandler.log" in window.tabs(program.root), "its log")
        window.wait_until(lambda: is_selected(program, "Device Provisioned"), "the entry")
        assert window.x_window("^Compare Devices$") == dialog
        window.activate(window.find(program.root, "button", "Back to It"))
        window.wait_for_front(dialog)
        window.keys(window.x_window(r"\.log$"), "ctrl+alt+j")
        window.keys(dialog, "Escape")


def test_one_is_well(build):
    """The first device has no gap: its own order begins with what went well on both, and tells of no difference."""
    made = os.path.join(build, "data", "practice", "practice")
    for scenario, device in (("first-day", "PC01"), ("second-office", "PC16")):
        shutil.copytree(os.path.join(made, scenario, device), os.path.join(FOLDER, "well", device))
        os.makedirs(os.path.join(FOLDER, "setup", device))
        shutil.copy(os.path.join(made, scenario, device, "ccmsetup.log"), os.path.join(FOLDER, "setup", device))
    with Program(build, os.path.join(FOLDER, "well")) as program:
        dialog = open_dialog(program, PARTED.replace("PC02", "PC16"))
        window.find(program.root, "label", "What may have stopped PC16:")
        # It was tried, and did not come to be: nothing says that it is there.
        window.find(program.root, "label", "The client does not count the device as enrolled and provisioned yet.")
        window.screenshot("compare-one-is-well")
        window.keys(dialog, "Escape")
        wait_for_end_of("Compare Devices")
    with Program(build, os.path.join(FOLDER, "setup")) as program:
        dialog = open_dialog(program, "They do not part: neither has a gap.")
        # Why this one is bold stands there.
        window.find(program.root, "label", "after 2 minutes, slower")
        window.screenshot("compare-slower")
        window.keys(dialog, "Escape")
        wait_for_end_of("Compare Devices")


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


CAUSE = "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"


def test_what_else_differs(build):
    """Where their journeys do not part, problems and logs that only one has are said; a line leads to each."""
    both = two_devices(build)
    for device in "PC03", "PC04":
        shutil.copytree(os.path.join(both, "PC01"), os.path.join(FOLDER, "else", device), dirs_exist_ok=True)
    for name, content in (("CertificateMaintenance.log", quiet("CertificateMaintenance")),
                          ("CcmExec.log", quiet("CcmExec"))):
        with open(os.path.join(FOLDER, "else/PC04", name), "w", encoding="utf-8", newline="") as file:
            file.write(content)
    with open(os.path.join(FOLDER, "else/PC04/LocationServices.log"), "a", encoding="utf-8", newline="") as file:
        file.write(records("LocationServices", [(CAUSE, 3)]))
    with Program(build, os.path.join(FOLDER, "else")) as program:
        dialog = open_dialog(program, "They do not part: neither has a gap.")
        window.find(program.root, "label", "Their problems differ:")
        window.find(program.root, "label", "Problems that only PC04 has")
        assert window.look_for(program.root, "label", "Problems that only PC03 has") is None
        window.find(program.root, "label", "Logs that only PC04 has: CcmExec.log, CertificateMaintenance.log")
        window.screenshot("compare-else")
        window.activate(cell(program, "Client is refused: the CMG connection point"))
        window.wait_until(lambda: is_selected(program, "StatusCode=403"), "the line of the problem")
        window.keys(dialog, "Escape")
        wait_for_end_of("Compare Devices")


def test_many_logs(build):
    """Of many logs that only one has, twelve are named, and the others counted."""
    both = two_devices(build)
    for device in "PC05", "PC06":
        shutil.copytree(os.path.join(both, "PC01"), os.path.join(FOLDER, "many", device), dirs_exist_ok=True)
    for number in range(15):
        with open(os.path.join(FOLDER, f"many/PC06/Contoso{number:02}.log"), "w", encoding="utf-8", newline="") as file:
            file.write(quiet("Contoso", 3))
    with Program(build, os.path.join(FOLDER, "many")) as program:
        dialog = open_dialog(program, "They do not part: neither has a gap.")
        names = ", ".join(f"Contoso{number:02}.log" for number in range(12))
        window.find(program.root, "label", f"Logs that only PC06 has: {names} and 3 more")
        window.find(program.root, "label", "Neither has a problem that the other has not.")
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
        shutil.copytree(os.path.join(both, "PC01"), os.path.join(FOLDER, day, "PC01"), dirs_exist_ok=True)
    with Program(build, os.path.join(FOLDER, "monday"), os.path.join(FOLDER, "friday")) as program:
        dialog = open_dialog(program, "They do not part: neither has a gap.")
        for name in ("PC01 · monday", "PC01 · friday"):
            window.find(program.root, "label", name)
        window.keys(dialog, "Escape")
        wait_for_end_of("Compare Devices")


if __name__ == "__main__":
    sys.exit(run([
        ("where-they-part", test_where_they_part),
        ("one-is-well", test_one_is_well),
        ("side-by-side", test_side_by_side),
        ("what-else-differs", test_what_else_differs),
        ("one-device-twice", test_one_device_twice),
        ("many-logs", test_many_logs),
        ("nothing-to-compare", test_nothing_to_compare),
    ]))
