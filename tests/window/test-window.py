#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-window.py BUILD-FOLDER: the main job in the real window: open, find, jump, follow.

Runs inside run-in-x. All logs are made here; the device and its hosts are invented.
"""

import datetime
import os
import subprocess
import sys
import zipfile

import window
from gi.repository import Atspi
from harness import Program, answer_dialog, click_on, need_tool, press_until, quiet, records, run, secret_bundle, write

REFUSED = "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"


def location_services():
    texts = [(f"Executing task number {n}", 1) for n in range(300)]
    texts[200] = (REFUSED, 3)
    texts[201] = ("A needle in the haystack", 1)
    texts[250] = ("Another NEEDLE in the haystack", 2)
    return records("LocationServices", texts)


def test_tabs_in_order(build):
    files = [write(f"order/{name}.log", quiet(name)) for name in ("Charlie", "Alpha", "Bravo")]
    names = ["Charlie.log", "Alpha.log", "Bravo.log"]
    with Program(build, *files) as program:
        program.wait_for_tabs(names)
        # One of them again: its tab comes to the front, and there is no other.
        subprocess.run([program.program, files[1]], check=True, timeout=60)
        program.x_window("Alpha.log")
        assert window.tabs(program.root) == names


def test_headline(build):
    """The failure is found, its line is in front, and what to do stands at the side."""
    with Program(build, write("headline/LocationServices.log", location_services())) as program:
        program.wait_for_row("Clientcertificaterequired")
        window.find(program.root, name="Read this first")
        window.find(program.root, name="What to do")
        window.find(program.root, name="Next:")


def find_bar_is_open(root):
    button = next(node for node in window.walk(root) if node.get_name() == "Find")
    states = button.get_state_set()
    return states.contains(Atspi.StateType.PRESSED) or states.contains(Atspi.StateType.CHECKED)


def test_find(build):
    with Program(build, write("find/LocationServices.log", location_services())) as program:
        window.find(program.root, name="300 entries")
        view = program.x_window("LocationServices.log")
        window.keys(view, "ctrl+Home", "ctrl+f")
        window.enter(program.root, "needle")
        window.find(program.root, name="1 of 2")
        program.wait_for_row("A needle in the haystack")
        window.keys(view, "F3")
        window.find(program.root, name="2 of 2")
        program.wait_for_row("Another NEEDLE")
        window.keys(view, "F3")
        window.find(program.root, name="1 of 2")
        window.find(program.root, name="Went on from the first entry")
        window.enter(program.root, "x")
        window.find(program.root, name="Not found in 300 entries")
        # Escape closes the bar from the field, and from the list as well.
        window.keys(view, "Escape")
        window.wait_until(lambda: not find_bar_is_open(program.root), "the end of the find bar")
        window.keys(view, "ctrl+f")
        window.wait_until(lambda: find_bar_is_open(program.root), "the find bar")
        window.click(*window.middle_of(program.wait_for_row("needle"), view))
        window.keys(view, "Escape")
        window.wait_until(lambda: not find_bar_is_open(program.root), "the end of the find bar")


def focused(root):
    """The innermost part that has the focus: its name tells it from the others well enough here."""
    nodes = [node for node in window.walk(root) if node.get_state_set().contains(Atspi.StateType.FOCUSED)]
    return nodes[-1].get_name() if nodes else None


def walk_by_key(program, view, key):
    """All names that `key` leads to, until it is back where it started."""
    names = [focused(program.root)]
    while len(names) < 60:
        window.keys(view, key)
        before = names[-1]
        names.append(window.wait_until(lambda: (focused(program.root) or "") != before and focused(program.root),
                                       f"the focus to leave {before!r} by {key}"))
        if names[-1] == names[0]:
            return names
    raise AssertionError(f"{key} never came back to {names[0]!r}: {names}")


def test_keyboard(build):
    """Tab and Shift+Tab lead through the whole window and back, with no trap on the way."""
    with Program(build, write("keyboard/LocationServices.log", location_services())) as program:
        program.wait_for_row("Clientcertificaterequired")
        view = program.x_window("LocationServices.log")
        window.find(program.root, "button", "LocationServices.log, line 201")
        program.wait_for_row("Clientcertificaterequired")
        wanted = ("Log text", "Overview", "[CCMHTTP]", "All ", "Findings", "Codes", "Copy", "line 201", "Source: ",
                  "Read about it in the guide", "Main menu")
        for key in ("Tab", "shift+Tab"):
            names = walk_by_key(program, view, key)
            missing = [name for name in wanted if not any(name in found for found in names)]
            assert not missing, f"{key} does not reach {missing}: {names}"


def test_front(build):
    """A tab that comes to the front by key has the focus in its list: the arrows go on there."""
    files = [write(f"front/{name}.log", quiet(name)) for name in ("Alpha", "Bravo")]
    with Program(build, *files) as program:
        program.wait_for_tabs(["Alpha.log", "Bravo.log"])
        view = program.x_window("Alpha.log")
        window.keys(view, "alt+2")
        program.x_window("Bravo.log")
        window.keys(view, "Down")
        program.wait_for_row("Bravo entry 0")


def test_sizes(build):
    """In the smallest window the panel is seen as a whole; when the window grows, it has its width again."""
    with Program(build, write("sizes/LocationServices.log", location_services())) as program:
        program.wait_for_row("Clientcertificaterequired")
        view = program.x_window("LocationServices.log")

        def extents():
            panel = window.look_for(program.root, name="CotFindingsPanel")
            return panel.get_extents() if panel else None

        def is_whole():
            box = extents()
            return box and box.width >= 320 and box.x >= 290 and box.x + box.width <= 640

        before = window.wait_until(extents, "the panel").width
        window.xdotool("windowsize", "--sync", view, 640, 480)
        window.wait_until(lambda: extents() is None, "the panel to make room")
        window.keys(view, "shift+F9")
        window.wait_until(is_whole, "the whole panel")
        window.xdotool("windowsize", "--sync", view, 1270, 840)
        window.wait_until(lambda: extents().width == before, f"a panel of {before} px")


def test_low(build):
    """A low window leaves more of its room to the log, and keeps its own height of the details."""
    with Program(build, write("low/LocationServices.log", location_services())) as program:
        program.wait_for_row("Clientcertificaterequired")
        view = program.x_window("LocationServices.log")

        def extents():
            return window.look_for(program.root, name="CotDetailsPane").get_extents()

        def wait_for_height(height):
            window.wait_until(lambda: abs(extents().height - height) <= 2, f"details of {height} px")

        wait_for_height(244)
        window.xdotool("windowsize", "--sync", view, 900, 600)
        wait_for_height(168)
        window.screenshot("low")
        left, top, _, _ = window.geometry(view)
        x, y = left + 300, top + extents().y - 1
        window.xdotool("mousemove", x, y, "mousedown", 1)
        for step in (10, 20, 40):
            window.xdotool("mousemove", x, y - step)
        window.wait_until(lambda: extents().height >= 200, "higher details")
        window.xdotool("mouseup", 1)
        dragged = extents().height
        # What was dragged is kept as soon as the panes change.
        window.keys(view, "shift+F9", "shift+F9")
        window.xdotool("windowsize", "--sync", view, 1270, 840)
        wait_for_height(244)
        window.xdotool("windowsize", "--sync", view, 900, 600)
        wait_for_height(dragged)


def test_tab_width(build):
    """Many tabs: each is wide enough to tell its name from others that begin alike."""
    names = ["PolicyAgent", "PolicyAgentProvider", *(f"Fabrikam{n}" for n in range(8))]
    with Program(build, *(write(f"many/{name}.log", quiet(name)) for name in names)) as program:
        program.wait_for_tabs([f"{name}.log" for name in names])

        def narrowest():
            found = [node for node in window.walk(program.root) if node.get_name() == "AdwTab"]
            return min(tab.get_extents().width for tab in found)

        window.wait_until(lambda: narrowest() >= 190, "wide tabs")
        window.screenshot("many-tabs")


def test_evidence(build):
    """A click on an evidence goes to its row, in the right tab."""
    folder = os.path.dirname(write("evidence/LocationServices.log", location_services()))
    write("evidence/PolicyAgent.log", quiet("PolicyAgent"))
    with Program(build, folder) as program:
        program.wait_for_row("Clientcertificaterequired")
        member = window.find(program.root, "list item", "PolicyAgent")
        window.click(*window.middle_of(member, program.x_window("LocationServices.log")))
        program.x_window("PolicyAgent.log")
        window.activate(window.find(program.root, "button", "LocationServices.log, line 201"))
        program.x_window("LocationServices.log")
        program.wait_for_row("Clientcertificaterequired")


def test_places(build):
    """A finding that stands in several lines leads to each of them."""
    texts = [(f"Executing task number {n}", 1) for n in range(300)]
    for line in (100, 200, 250):
        texts[line] = (REFUSED, 3)
    with Program(build, write("places/LocationServices.log", records("LocationServices", texts))) as program:
        program.wait_for_row("Clientcertificaterequired")
        window.activate(window.find(program.root, "button", "3 times"))
        for line in (101, 201, 251):
            window.activate(window.find(program.root, "button", f"LocationServices.log, line {line}"))
            window.find(program.root, name=f"line {line}")


def test_story(build):
    """A cause on the server and what came of it on the client: one story, whose lines lead to their places."""
    server = ["Chain build failed cert: C019CC17EEFA681D154BA9F24F8EAE9640D54C49", "Chain 0 status: RevocationStatusUnknown",
              "Filtered cert count with client auth: 0"]
    path = write("story/PC0042/SMS_Cloud_ProxyConnector.log",
                 records("SMS_Cloud_ProxyConnector", [(text, 1) for text in server]))
    write("story/PC0042/LocationServices.log", location_services())
    with Program(build, os.path.dirname(path)) as program:
        window.find(program.root, name="Read this first")
        window.find(program.root, name="What happened")
        window.wait_until(lambda: window.look_for(program.root, "list item", "LocationServices.log, line 201"),
                          "the number of the line")
        story = [node.get_name() for node in window.find_all(program.root, "list item", ", line ")]
        places = [name.rsplit(", ", 2)[-2] + ", " + name.rsplit(", ", 2)[-1] for name in story]
        assert places == [f"SMS_Cloud_ProxyConnector.log, line {n}" for n in (1, 2, 3)] + [
            "LocationServices.log, line 201"], story
        row = window.find(program.root, "list item", "LocationServices.log, line 201")
        view = program.x_window("SMS_Cloud_ProxyConnector.log")
        head = window.middle_of(window.find(program.root, name="Read this first"), view)
        _, top, _, height = window.geometry(view)

        def is_in_sight():
            window.click(*head, button=5)
            return head[1] < window.middle_of(row, view)[1] < top + height - 100

        window.wait_until(is_in_sight, "the row in sight")
        window.screenshot("story")
        window.click(*window.middle_of(row, view))
        program.x_window("LocationServices.log")
        program.wait_for_row("Clientcertificaterequired")


def test_captured_time(build):
    """Once, in our own spelling: the line itself has the other one."""
    texts = [("Queuing enrollment timer to fire at 11/18/2026 14:41:07", 1)]
    with Program(build, write("captured/CoManagementHandler.log", records("CoManagementHandler", texts))) as program:
        row = window.find(program.root, name="Enrollment is waiting for its random start time")
        window.click(*window.middle_of(row, program.x_window("CoManagementHandler.log")))
        window.wait_until(
            lambda: any(node.get_name() == "2026-11-18 14:41:07" for node in window.walk(program.root, 60)),
            "the time alone",
        )
        # When it is due, as far as an old log can tell.
        window.wait_until(
            lambda: any(node.get_name().startswith("Due at 2026-11-18 14:41:07, local time of the computer")
                        for node in window.walk(program.root, 60)),
            "when it is due",
        )


def test_same_names(build):
    """Recent files of one name are told apart by their folders."""
    files = [write(f"same/{folder}/PolicyAgent.log", quiet("PolicyAgent")) for folder in ("one", "two & three")]
    with Program(build, *files) as program:
        program.wait_for_tabs(["one · PolicyAgent.log", "two & three · PolicyAgent.log"])
        view = program.x_window("PolicyAgent.log")
        window.keys(view, "Escape")
        menu = window.find(program.root, "button", "GtkMenuButton")
        first = f"PolicyAgent.log ({os.path.dirname(files[0])})"
        press_until(lambda: click_on(menu, view), lambda: window.look_for(program.root, name=first), "the recent files")
        for file in files:
            window.find(program.root, name=f"PolicyAgent.log ({os.path.dirname(file)})")
        window.keys(view, "Escape")


def test_unknown_errors(build):
    """No finding is no proof of health: the errors are told, and the first one is a click away."""
    texts = [(f"Something {n}", 3 if n in (3, 17) else 1) for n in range(20)]
    with Program(build, write("unknown/Custom.log", records("Custom", texts))) as program:
        window.find(program.root, name="No known failure found")
        window.find(program.root, name="But 2 entries in 1 log are errors that no detector knows.")
        window.activate(window.find(program.root, "button", "Go to the First Error"))
        program.wait_for_row("Something 3")


def practice(name):
    root = os.environ.get("MESON_SOURCE_ROOT") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
    return os.path.join(root, "data", "practice", name)


def find_deep(program, name):
    """A part in a card in a row of a list of a page."""
    return window.wait_until(
        lambda: next((node for node in window.walk(program.root, 60) if node.get_name() == name), None),
        f"a part named {name!r}",
    )


def test_journeys(build):
    """How far a device came: each milestone leads to its entry, and the first gap says what to do."""
    with Program(build, practice("queued-timer")) as program:
        program.wait_for_row("Queuing enrollment timer")
        view = program.x_window("CoManagementHandler.log")
        window.activate(window.find(program.root, name="Guide"))
        window.find(program.root, name="Bootstrap with modern provisioning")
        window.find(program.root, name="17 of 28 milestones seen")
        window.find(program.root, "list item", "Messages are delivered: Cannot tell: CcmMessaging.log is missing")
        window.find(program.root, name="Other journeys")
        # A click on a milestone opens its log in front, at its entry.
        row = window.find(program.root, "list item", "Setup starts: seen in ccmsetup.log at 09-16 09:01:12")
        window.click(*window.middle_of(row, view))
        view = program.x_window("ccmsetup.log")
        program.wait_for_row("ccmsetup started in process")
        # The first gap, by the keyboard.
        window.activate(window.find(program.root, "button", "First gap: The device is co-managed"))
        find_deep(program, "A finding explains it: Enrollment is waiting for its random start time")
        find_deep(program, "Look in CoManagementHandler.log for")
        window.screenshot("journey-gap")
        find_deep(program, "Last Line Before the Gap")
        window.keys(view, "Up", "Return")
        program.x_window("CoManagementHandler.log")
        program.wait_for_row("CoManagementSettings_AutoEnroll")


def test_bundle(build):
    """A zip: its members at the side, and one that cannot be read with its reason."""
    path = os.path.join(os.environ["HOME"], "logs", "support-PC0042.zip")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("CCM/Logs/LocationServices.log", location_services())
        bundle.writestr("CCM/Logs/PolicyAgent.log", quiet("PolicyAgent"))
        bundle.writestr("ccmsetup/ccmsetup.log", quiet("ccmsetup"))
    with Program(build, path) as program:
        program.wait_for_row("Clientcertificaterequired")
        for member in ("LocationServices", "PolicyAgent", "ccmsetup"):
            window.find(program.root, "list item", member)
        window.find(program.root, name="Client setup")
        window.find(program.root, name="Would tell more, not here")


def intune_bundle():
    """What the collector of Intune makes, with its backslashes in the names."""
    agent = "(67) FoldersFiles ProgramData_Microsoft_IntuneManagementExtension_Logs\\"
    missing = "No Results - Error [0x8007000"
    path = os.path.join(os.environ["HOME"], "logs", "DiagLogs-PC0042-20261118T100311Z.zip")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in (
            ("results.xml", '<Collection HRESULT="0"><ID>a</ID></Collection>'),
            ("(4) RegistryKey HKLM_Software_Contoso export.reg", "Windows Registry Editor Version 5.00\r\n"),
            (f"(9) {missing}2] RegistryKey HKLM_Software_Fabrikam", ""),
            (f"(12) {missing}5] Command windir_system32_contoso_exe", ""),
            (agent + "appworkload.log", records("AppWorkload", [("Newest", 1), ("Bad", 3), ("Worse", 3)])),
            (agent + "appworkload-20261116-100311.log", quiet("Oldest")),
            (agent + "appworkload-20261117-100311.log", quiet("Older")),
            (agent + "agentexecutor.log", quiet("AgentExecutor", 7)),
            ("(70) FoldersFiles windir_ccm_logs\\CcmExec.log", quiet("CcmExec")),
            ("(75) FoldersFiles windir_minidump\\mini.dmp", "MDMP"),
        ):
            bundle.writestr(name, content)
    return path


def has_height(row):
    """Whether the list gave it a place: one that is folded away has none."""
    return row.get_extents().height > 0


def test_layout(build):
    """What Intune collected: groups, what could not be collected and why, and older parts of a log."""
    with Program(build, intune_bundle()) as program:
        window.find(program.root, "label", "Intune diagnostics")
        # The older parts are read with it.
        window.find(program.root, "list item", "entries: 43, errors: 2, warnings: 0")
        shown = [node.get_name() for node in window.find_all(program.root, "label")]
        headings = ["Client", "Intune agent", "Registry", "Texts", "Other files", "Not collected"]
        assert [name for name in shown if name in headings] == headings, shown
        window.find(program.root, "label", "Registry key. It does not exist on this device (0x80070002).")
        window.find(program.root, "label", "Command. Access was denied (0x80070005).")
        window.find(program.root, "label", "Memory dump. It may hold passwords, so it is never read.")
        row = window.find(program.root, "list item", "agentexecutor")
        # It begins where the errors are.
        window.click(*window.middle_of(row, program.x_window("appworkload.log")))
        program.wait_for_tabs(["appworkload.log", "agentexecutor.log"])
        window.find(program.root, name="7 entries")
        older = window.find(program.root, "list item", "appworkload-20261117-100311.log")
        assert not has_height(older)
        unfold = window.find(program.root, name="Show 2 older parts")
        window.click(*window.middle_of(unfold, program.x_window("agentexecutor.log")))
        window.wait_until(lambda: has_height(older), "the older parts")


def test_pass_phrase(build):
    """Wrong, right, and given up; then asked for again when the bundle is opened again."""
    with Program(build, secret_bundle("secret.zip")) as program:
        answer_dialog(program, "This bundle is encrypted. Enter its pass phrase.", *"nonsense", "Return")
        answer_dialog(program, "The pass phrase is wrong. Enter it again.", *"contoso", "Return")
        program.wait_for_tabs(["PC01.log"])
        window.find(program.root, "table row", "Contoso line 3")
        assert window.look_for(program.root, name="is encrypted") is None
        other = secret_bundle("other.zip")
        sentence = "This bundle is encrypted. Enter its pass phrase."
        subprocess.run([program.program, other], check=True, timeout=60)
        answer_dialog(program, sentence, "Escape")
        window.find(program.root, "list item", "PC01")
        subprocess.run([program.program, other], check=True, timeout=60)
        answer_dialog(program, sentence, *"contoso", "Return")
        program.wait_for_tabs(["secret.zip · PC01.log", "other.zip · PC01.log"])


def test_pass_phrase_later(build):
    """Given up, and then entered after all: the window says where."""
    with Program(build, secret_bundle("later.zip")) as program:
        sentence = "This bundle is encrypted. Enter its pass phrase."
        answer_dialog(program, sentence, "Escape")
        button = window.find(program.root, "button", "Enter Pass Phrase…")
        window.click(*window.middle_of(button, program.x_window("later.zip")))
        answer_dialog(program, sentence, *"contoso", "Return")
        program.wait_for_tabs(["PC01.log"])


def test_partly_read(build):
    """Damaged logs that are shown all the same are not counted among those that are not."""
    path = os.path.join(os.environ["HOME"], "logs", "damaged.zip")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as bundle:
        for name in ("Alpha", "Bravo", "Charlie"):
            bundle.writestr(f"{name}.log", quiet(name))
    with open(path, "rb") as file:
        content = file.read()
    with open(path, "wb") as file:
        file.write(content.replace(b"Alpha entry 9", b"Alpha entry x").replace(b"Bravo entry 9", b"Bravo entry x"))
    with Program(build, path) as program:
        window.find(program.root, name="2 of 3 files could be read only in part")
        window.find(program.root, "label", "Read in part")
        assert window.look_for(program.root, "label", "Not readable") is None
        window.find(program.root, name="Damaged: its checksum is wrong")


def test_pass_phrase_of_nested(build):
    """An archive among the encrypted members is opened too."""
    folder = os.path.join(os.environ["HOME"], "nested")
    os.makedirs(folder)
    with zipfile.ZipFile(os.path.join(folder, "inner.zip"), "w") as bundle:
        bundle.writestr("PolicyAgent.log", quiet("PolicyAgent"))
    path = os.path.join(folder, "outer.zip")
    subprocess.run(["zip", "-q", "-P", "contoso", path, "inner.zip"], cwd=folder, check=True, timeout=60)
    with Program(build, path) as program:
        answer_dialog(program, "This bundle is encrypted. Enter its pass phrase.", *"nonsense", "Return")
        answer_dialog(program, "The pass phrase is wrong. Enter it again.", *"contoso", "Return")
        program.wait_for_tabs(["PolicyAgent.log"])
        window.find(program.root, "table row", "PolicyAgent entry 7")


def test_devices(build):
    """A folder of two computers' logs: a heading for each, and the logs of each below it."""
    for device in ("anna", "ben"):
        write(f"devices/{device}/CcmExec.log", quiet("CcmExec", 5))
    write("devices/notes.txt", "Asked for by Contoso")
    with Program(build, os.path.join(os.environ["HOME"], "logs", "devices")) as program:
        window.find(program.root, "label", "2 devices: anna, ben")
        window.find(program.root, "list item", "notes.txt")
        names = [node.get_name() for node in window.find_all(program.root, "label")]
        headings = ["anna", "Client", "ben", "Client", "Unknown device", "Texts"]
        assert [name for name in names if name in headings] == headings, names
        assert len(window.find_all(program.root, "list item", "CcmExec, entries: 5")) == 2


def test_unknown_files(build):
    """What is no log by its name is listed, and read as one when it is chosen."""
    write("unknown-files/CcmExec.log", quiet("CcmExec", 5))
    write("unknown-files/saved", quiet("PolicyAgent", 7))
    write("unknown-files/CcmExec.log.old", quiet("CcmExec", 3))
    with Program(build, os.path.join(os.environ["HOME"], "logs", "unknown-files")) as program:
        window.find(program.root, "list item", "CcmExec.log.old, entries: 3")
        row = window.find(program.root, "list item", "saved")
        window.find(program.root, "label", "Choose it to read it as a log.")
        window.click(*window.middle_of(row, program.x_window("CcmExec.log")))
        window.find(program.root, "table row", "PolicyAgent entry 6")
        window.find(program.root, "list item", "saved, entries: 7")
        window.screenshot("unknown-files")


def test_namesakes(build):
    """Logs of one name are told apart by the folder, in the list and in the tabs."""
    write("names/Logs/AppEnforce.log", quiet("AppEnforce", 5))
    write("names/Archive/Logs/AppEnforce.log", quiet("AppEnforce", 7))
    write("names/Logs/CcmExec.log", quiet("CcmExec", 3))
    folder = os.path.join(os.environ["HOME"], "logs", "names")
    with Program(build, folder) as program:
        window.find(program.root, "list item", "Archive/Logs · AppEnforce, entries: 7")
        window.find(program.root, "list item", "Logs · AppEnforce, entries: 5")
        assert window.look_for(program.root, "list item", "· CcmExec") is None
        window.screenshot("namesakes")
    loose = [os.path.join(folder, *parts, "AppEnforce.log") for parts in (["Logs"], ["Archive", "Logs"])]
    with Program(build, *loose) as program:
        window.wait_until(lambda: sorted(window.tabs(program.root)) == [
            "Archive/Logs · AppEnforce.log", "names/Logs · AppEnforce.log"], "tabs that differ")
        window.screenshot("namesakes-loose")


def test_findings_of_devices(build):
    """Each computer is judged alone: below its name its headline."""
    for device in ("PC0042", "PC0043", "PC0044"):
        write(f"judged/{device}/CcmExec.log", quiet("CcmExec", 5))
    for device in ("PC0042", "PC0044"):
        write(f"judged/{device}/LocationServices.log", location_services())
    with Program(build, os.path.join(os.environ["HOME"], "logs", "judged")) as program:
        window.wait_until(lambda: len(window.find_all(program.root, "label", "Read this first")) == 2,
                          "a headline for each")
        wanted = ("PC0042", "PC0044", "Read this first")
        names = [node.get_name() for node in window.find_all(program.root, "label")]
        shown = [name for name in names if name in wanted]
        # At the side each has a heading too, and those stand first.
        assert shown[-4:] == ["PC0042", "Read this first", "PC0044", "Read this first"], shown


def test_older_parts(build):
    """A log and its older parts are one, with seams, until they are set apart."""
    parts = {"CcmExec-20261101-100000.log": 3, "CcmExec.lo_": 4, "CcmExec.log": 5}
    for name, n in parts.items():
        path = write(f"parts/{name}", quiet(name.split(".")[0], n))
    with Program(build, os.path.dirname(path)) as program:
        program.wait_for_tabs(["CcmExec.log"])
        view = program.x_window("CcmExec.log")
        window.find(program.root, name="12 entries")
        window.find(program.root, name="CcmExec.lo_ ends here")
        window.find(program.root, name="CcmExec-20261101-100000.log ends here")
        window.keys(view, "F10")
        window.activate(window.find(program.root, name="Join Older Parts"))
        wait_for(program.root, True, None, "5 entries")
        wait_for(program.root, False, None, "ends here")
        window.keys(view, "F10")
        window.activate(window.find(program.root, name="Join Older Parts"))
        wait_for(program.root, True, None, "12 entries")
    with Program(build, path) as program:
        program.wait_for_tabs(["CcmExec.log"])
        window.find(program.root, name="12 entries")


def test_follow(build):
    path = write("follow/PolicyAgent.log", quiet("PolicyAgent", 200))
    with Program(build, path) as program:
        window.find(program.root, name="200 entries")
        window.find(program.root, name="Live")
        view = program.x_window("PolicyAgent.log")
        window.keys(view, "ctrl+End")
        program.wait_for_row("PolicyAgent entry 199")
        with open(path, "a", encoding="utf-8", newline="") as file:
            file.write(records("PolicyAgent", [("Written later", 1)] * 40 + [("The very last entry", 3)]))
        window.find(program.root, name="241 entries")
        window.find(program.root, "table row", "The very last entry")
        window.keys(view, "ctrl+u")
        window.find(program.root, name="Paused")
        with open(path, "a", encoding="utf-8", newline="") as file:
            file.write(records("PolicyAgent", [("While paused", 1)] * 3))
        window.find(program.root, name="Paused, 3 new lines")
        window.keys(view, "ctrl+u")
        # The notice goes by itself, so it is looked for first; the status bar's own words hold its text.
        window.wait_until(lambda: any(label.get_name() == "3 new lines"
                                      for label in window.find_all(program.root, "label", "3 new lines")),
                          "the notice of 3 new lines")
        window.find(program.root, name="244 entries")
        window.find(program.root, "table row", "While paused")


def test_follow_rolled_over(build):
    """Between the parts of a log that is renamed and begins anew there is none; who was at the end stays there."""
    path = write("rolled/PolicyAgent.log", quiet("PolicyAgent", 200))
    with Program(build, path) as program:
        window.find(program.root, name="200 entries")
        window.find(program.root, name="Live")
        view = program.x_window("PolicyAgent.log")
        window.keys(view, "ctrl+End")
        program.wait_for_row("PolicyAgent entry 199")
        os.rename(path, path.replace(".log", "-20261118-100000.log"))
        window.find(program.root, name="The file is gone")
        append(path, [("The first of the new part", 1)])
        window.find(program.root, "table row", "The first of the new part")
        append(path, [("The second one", 1)] * 40 + [("The last one", 1)])
        window.find(program.root, "table row", "The last one")
        assert window.look_for(program.root, "button", "below") is None


def append(path, texts):
    with open(path, "a", encoding="utf-8", newline="") as file:
        file.write(records(os.path.basename(path).split(".")[0], texts))


def test_new_below(build):
    """Who reads above the end of a log that goes on is told how many entries are new, and led there."""
    path = write("below/PolicyAgent.log", quiet("PolicyAgent", 200))
    with Program(build, path) as program:
        window.find(program.root, name="200 entries")
        window.find(program.root, name="Live")
        view = program.x_window("PolicyAgent.log")
        window.keys(view, "ctrl+Home")
        program.wait_for_row("PolicyAgent entry 0")
        assert window.look_for(program.root, "button", "below") is None
        append(path, [("Written later", 1)] * 3)
        button = window.find(program.root, "button", "3 new entries below")
        window.screenshot("new-below")
        append(path, [("The very last entry", 3)])
        button = window.find(program.root, "button", "4 new entries below")
        window.activate(button)
        window.find(program.root, "table row", "The very last entry")
        window.wait_until(lambda: window.look_for(program.root, "button", "below") is None, "the end of the button")
        # Seams are rows, and no entries.
        window.keys(view, "ctrl+Home")
        program.wait_for_row("PolicyAgent entry 0")
        os.rename(path, f"{path}.old")
        write("below/PolicyAgent.log", quiet("New", 7))
        window.find(program.root, "button", "7 new entries below")
        with open(path, "w", encoding="utf-8"):
            pass
        window.find(program.root, name="“PolicyAgent.log” started anew")
        assert window.look_for(program.root, "button", "7 new entries below")


def test_attention(build):
    """A tab behind tells of errors that its log did not have before, until it is looked at."""
    paths = [write(f"attention/{name}.log", records(name, [("Old", 3)] * 3)) for name in ("Contoso", "Fabrikam")]

    def told(program):
        nodes = [node for node in window.walk(program.root) if node.get_name() == "AdwTab"]
        return ["new error" in (node.get_description() or "") for node in nodes]

    with Program(build, *paths) as program:
        program.wait_for_tabs(["Contoso.log", "Fabrikam.log"])
        view = window.x_window("^(Contoso|Fabrikam).log$")
        for key in ("alt+2", "alt+1"):
            window.keys(view, key)
            window.find(program.root, name="Live")
        window.x_window("^Contoso.log$")
        append(paths[0], [("A new error in front", 3)])
        window.find(program.root, "table row", "A new error in front")
        append(paths[1], [("A line that is none", 1)])
        append(paths[1], [("A new error behind", 3)])
        window.wait_until(lambda: told(program) == [False, True], "the word of the tab behind")
        window.screenshot("attention")
        window.keys(view, "alt+2")
        window.wait_until(lambda: told(program) == [False, False], "no more word of it")


def record_of_now(text):
    now = datetime.datetime.now(datetime.timezone.utc)
    return (f'<![LOG[{text}]LOG]!><time="{now:%H:%M:%S}.000+000" date="{now:%m-%d-%Y}" component="CoManagementHandler" '
            'context="" type="1" thread="4012" file="x.cpp:1">\r\n')


def test_timer_is_followed(build):
    """A timer tells how long it takes; once an attempt follows it is the answer no more."""
    token = "Getting AAD ({}) token with: ClientId = 11111111-2222-3333-4444-555555555555, ResourceUrl = https://ConfigMgrService"
    due = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=5, minutes=1)
    path = write("timer/CoManagementHandler.log", record_of_now(f"Queuing enrollment timer to fire at {due:%m/%d/%Y %H:%M:%S}"))
    write("timer/ADALOperationProvider.log", "".join(record_of_now(token.format(kind)) for kind in ("user", "device")))
    with Program(build, os.path.dirname(path)) as program:
        window.find(program.root, name="Still waiting")
        window.find(program.root, name=f"Due at {due:%Y-%m-%d %H:%M:%S}, local time of the computer: in 5 hours.")
        window.screenshot("timer")
        with open(path, "a", encoding="utf-8", newline="") as file:
            file.write(record_of_now("Enrolling device to MDM... Try #1 out of 3"))
        window.wait_until(lambda: not window.look_for(program.root, name="Due at "), "a timer that is over")
        assert not window.look_for(program.root, "label", "Still waiting")


def test_result_names_its_cause(build):
    """The card of a line that another one explains: what to do stands with that one."""
    line = "[CCMHTTP] ERROR: URL=https://mp1.contoso.com/CCM, Port=443, Options=31, Code=12007, Text=ERROR"
    path = write("result/CcmMessaging.log", record_of_now(line) + record_of_now("Post failed with 0x87d00231."))
    with Program(build, path) as program:
        view = program.x_window("CcmMessaging.log")
        window.find(program.root, "table row", "Post failed")
        window.keys(view, "ctrl+End")
        program.wait_for_row("Post failed")
        find_deep(program, "Explained by: Name of a server of the site not resolved (DNS, 12007)")
        window.screenshot("result-names-cause")


def test_event_log(build):
    """Rows are made of it, its channel tells what it is, and it is read anew when it is written anew."""
    path = write("event-log/Exported.evtx", "")
    subprocess.run([os.path.join(build, "tests/unit/make-evtx"), path, "6"], check=True, timeout=60)
    with Program(build, path) as program:
        window.find(program.root, name="Windows event log")
        window.find(program.root, name="6 entries")
        window.find(program.root, "table row", "Auto MDM Enroll: Device Credential")
        window.find(program.root, name="Auto enrollment failed")
        wait_for(program.root, True, None, "Live")


def count_seen(program, text):
    """Each tab has a page of its own for what has no rows; one that was never in front has no size."""
    return len([node for node in window.find_all(program.root, "label", text)
                if node.get_extents().height > 0])


def write_bytes(name, content, size):
    path = write(name, "")
    with open(path, "wb") as file:
        file.write(content)
        file.truncate(size)
    return path


def test_blank(build):
    """What nobody wrote is called empty, and most of a file that is a hole is no riddle."""
    files = [write_bytes("blank/Mark.log", b"\xef\xbb\xbf", 3), write_bytes("blank/Zeros.log", b"", 5000)]
    hole = write_bytes("blank/Hole.log", quiet("Hole", 30).encode(), 3 << 20)
    with open(hole, "a", encoding="utf-8", newline="") as file:
        file.write(records("Hole", [("The last entry", 3)]))
    with Program(build, *files, hole) as program:
        program.wait_for_tabs(["Mark.log", "Zeros.log", "Hole.log"])
        view = window.x_window(".")
        for n, page in enumerate(("Mark.log", "Zeros.log"), 1):
            window.keys(view, f"alt+{n}")
            program.x_window(page)
            window.wait_until(lambda n=n: count_seen(program, "This log is empty.") == n, f"{page} to be empty")
            window.find(program.root, name="0 entries")
            window.find(program.root, "label", "This log has no entries.")
            assert window.look_for(program.root, "label", "Select an entry") is None
            window.screenshot(f"blank-{page}")
        assert count_seen(program, "of it are nothing but zeros") == 1
        window.keys(view, "alt+3")
        program.x_window("Hole.log")
        window.find(program.root, name="Most of “Hole.log” is nothing but zeros")
        assert window.look_for(program.root, "label", "This log has no entries.") is None
        window.screenshot("blank-Hole.log")
        # The first entry comes.
        window.keys(view, "alt+1")
        window.find(program.root, "label", "This log has no entries.")
        with open(files[0], "a", encoding="utf-8", newline="") as file:
            file.write(records("Mark", [("The first entry", 1)]))
        window.wait_until(
            lambda: window.look_for(program.root, "label", "This log has no entries.") is None, "the first entry")


def test_bad_input(build):
    """Each of them a sentence that names it; the good one opens all the same."""
    good = write("bad/PolicyAgent.log", quiet("PolicyAgent"))
    fifo = os.path.join(os.path.dirname(good), "pipe.log")
    os.mkfifo(fifo)
    with Program(build, fifo, "/proc/version", os.path.join(os.path.dirname(good), "gone.log"), good) as program:
        program.wait_for_tabs(["PolicyAgent.log"])
        window.find(program.root, name="“pipe.log” is a pipe")
        window.find(program.root, name="“version” is a pipe, a device or a system file")
        window.find(program.root, name="“gone.log” is not there.")
        window.find(program.root, name="20 entries")
    # Without any log, and before there is a tab: it is told all the same.
    archive = os.path.join(os.path.dirname(good), "archive.zip")
    with open(archive, "wb") as file:
        file.write(b"PK\3\4" + bytes(200))
    with Program(build, archive, good) as program:
        program.wait_for_tabs(["PolicyAgent.log"])
        window.find(program.root, name="20 entries")
        window.find(program.root, name="The end of “archive.zip” is missing")
        window.screenshot("bad-archive-first")


def test_close(build):
    """A log is closed and opened again, by the keyboard, and then for good."""
    path = write("close/LocationServices.log", location_services())
    with Program(build, path) as program:
        for _ in range(2):
            program.wait_for_row("Clientcertificaterequired")
            window.keys(program.x_window("LocationServices.log"), "ctrl+w")
            program.x_window("Cotrace")
            subprocess.run([program.program, path], check=True, timeout=60)
        program.wait_for_row("Clientcertificaterequired")


DSREGCMD = """
+----------------------------------------------------------------------+
| Device State                                                         |
+----------------------------------------------------------------------+

             AzureAdJoined : NO
          EnterpriseJoined : NO
              DomainJoined : YES
                DomainName : CONTOSO

+----------------------------------------------------------------------+
| Diagnostic Data                                                      |
+----------------------------------------------------------------------+

      AD Connectivity Test : PASS
        DRS Discovery Test : FAIL [0x801c0021/0x801c000c]
"""


def find_exactly(program, name):
    """A button of the side panel: codes have buttons that begin with the same word."""
    return window.wait_until(
        lambda: next((node for node in window.walk(program.root)
                      if node.get_name() == name and node.has_action()), None),
        f"the button {name!r} alone")


def test_join(build):
    """The output of dsregcmd is read as a state, and leads back to its lines."""
    with Program(build, write("join/dsregcmd.txt", DSREGCMD)) as program:
        window.activate(find_exactly(program, "Join"))
        window.find(program.root, name="Active Directory only")
        window.find(program.root, name="Tests that failed")
        window.find(program.root, name="discovery of the registration service failed")
        window.activate(window.find(program.root, "button", "Show the Lines"))
        program.wait_for_row("Device State")


def test_join_of_devices(build):
    """The state is that of the computer whose log is in front, under its name."""
    for device, domain in (("PC0042", "CONTOSO"), ("PC0043", "FABRIKAM")):
        write(f"joins/{device}/dsregcmd.txt", DSREGCMD.replace("CONTOSO", domain))
        write(f"joins/{device}/CcmExec.log", quiet("CcmExec", 5))
    with Program(build, os.path.join(os.environ["HOME"], "logs", "joins")) as program:
        def is_shown(name):
            return any(node.get_name() == name for node in window.find_all(program.root, "label", name))

        def open_log(index):
            row = window.wait_until(
                lambda: (window.find_all(program.root, "list item", "CcmExec, entries: 5") + [None] * 2)[index],
                f"log {index}")
            window.click(*window.middle_of(row, window.x_window(".")))

        open_log(1)
        program.x_window("CcmExec.log")
        window.activate(find_exactly(program, "Join"))
        window.wait_until(lambda: is_shown("FABRIKAM"), "the state of the second one")
        assert not is_shown("CONTOSO"), "the state of the first one"
        open_log(0)
        window.wait_until(lambda: is_shown("CONTOSO") and not is_shown("FABRIKAM"), "the state of the first one")
        # Two logs of one name: their tabs name the computers.
        wanted = ["PC0043 · CcmExec.log", "PC0042 · CcmExec.log"]
        window.wait_until(lambda: window.tabs(program.root)[-2:] == wanted, f"the tabs {wanted}")


def test_rollover(build):
    """What becomes of a followed file is told in words, and what was read of it stays above."""
    path = write("rollover/PolicyAgent.log", quiet("PolicyAgent", 20))
    with Program(build, path) as program:
        window.find(program.root, name="20 entries")
        window.find(program.root, name="Live")
        program.x_window("PolicyAgent.log")
        os.rename(path, path[:-1] + "_")
        write("rollover/PolicyAgent.log", records("PolicyAgent", [("The first of the new file", 1)] * 3))
        window.find(program.root, name="23 entries")
        window.find(program.root, name="ends here")
        window.screenshot("rollover")
        os.truncate(path, 0)
        with open(path, "a", encoding="utf-8", newline="") as file:
            file.write(records("PolicyAgent", [("Begun anew", 1)]))
        window.find(program.root, name="24 entries")
        window.screenshot("rollover-truncated")
        os.rename(path, path + ".away")
        window.find(program.root, name="The file is gone")
        window.screenshot("rollover-gone")
        os.rename(path + ".away", path)
        window.find(program.root, name="Live")
        with open(path, "a", encoding="utf-8", newline="") as file:
            file.write(records("PolicyAgent", [("Back again", 1)]))
        window.find(program.root, name="25 entries")


def test_small_text(build):
    """Steps whose number and text have different baselines: the toolkit has nothing to complain of."""
    settings = os.path.join(os.environ["XDG_CONFIG_HOME"], "gtk-4.0", "settings.ini")
    os.makedirs(os.path.dirname(settings), exist_ok=True)
    with open(settings, "w", encoding="utf-8") as file:
        file.write("[Settings]\ngtk-font-name=Cantarell 11\n")
    try:
        with Program(build, write("small/dsregcmd.txt", DSREGCMD)) as program:
            window.find(program.root, name="Look which test this line names")
            window.find(program.root, name="What to do")
    finally:
        os.remove(settings)


def read_as(program, view, name):
    window.keys(view, "F10")
    window.activate(window.find(program.root, name="Read As"))
    window.activate(window.find(program.root, name=name))


def test_read_as(build):
    """A log is read in another format, in its place among the tabs, and then as it says itself; a pause goes on."""
    files = [write(f"read-as/{name}.log", quiet(name)) for name in ("Alpha", "Bravo", "Charlie")]
    names = [os.path.basename(name) for name in files]
    with Program(build, *files) as program:
        program.wait_for_tabs(names)
        subprocess.run([program.program, files[1]], check=True, timeout=60)
        view = program.x_window("Bravo.log")
        window.find(program.root, name="CCM")
        window.keys(view, "ctrl+u")
        wait_for(program.root, True, "label", "Paused")
        read_as(program, view, "Plain text")
        wait_for(program.root, True, None, "Plain text")
        window.find(program.root, name="<![LOG[")
        # What stood still does so in the other format.
        wait_for(program.root, False, "label", "Reading")
        wait_for(program.root, True, "label", "Paused")
        read_as(program, view, "What Its Content Says")
        wait_for(program.root, True, None, "CCM")
        # The bus tells the order in which tabs came, whatever the bar shows.
        window.wait_until(lambda: sorted(window.tabs(program.root)) == names, "the three tabs")


def test_read_encoding(build):
    """A code page that looks like another one is chosen, for the log in front alone, and is kept for it."""
    path = write("encoding/Contoso.log", "")
    text = records("Contoso", [("Step 1", 1), ("\u63a5\u7d9a\u306b\u5931\u6557\u3057\u307e\u3057\u305f", 3)])
    with open(path, "wb") as file:
        file.write(text.encode("cp932"))
    with Program(build, path) as program:
        view = program.x_window("Contoso.log")
        window.find(program.root, "label", "Windows-1252")
        window.keys(view, "Home", "Down")
        window.keys(view, "F10")
        window.activate(window.find(program.root, name="Read As"))
        window.activate(window.find(program.root, name="Encoding"))
        window.screenshot("read-encoding-menu")
        window.activate(window.find(program.root, name="Shift-JIS (932)"))
        window.find(program.root, "label", "CCM, Shift-JIS (932)")
        # The user is where he was.
        program.wait_for_row("\u63a5\u7d9a\u306b\u5931\u6557\u3057\u307e\u3057\u305f")
        window.screenshot("read-encoding")


def bundle_folder(name):
    """A folder with a failure in one of its logs."""
    folder = os.path.dirname(write(f"{name}/LocationServices.log", location_services()))
    # No other test opens a log of that name: it would stand among the recent files.
    write(f"{name}/CIDownloader.log", quiet("CIDownloader"))
    return folder


def wait_for(root, wanted, *part):
    """That the part is there, or that it is not. What the bus tells of hidden parts may be old."""

    def is_so():
        return bool(window.look_for(root, *part)) == wanted

    window.wait_until(is_so, f"{part}: {wanted}")


def test_cases(build):
    """Sidebar, findings and title are of the tab in front, whatever is opened or closed."""
    folder = bundle_folder("cases/device")
    loose = write("cases/loose/execmgr.log", quiet("execmgr"))
    empty = os.path.join(os.path.dirname(folder), "emptydir")
    os.makedirs(empty)
    with Program(build, folder) as program:

        def has_bundle(wanted):
            wait_for(program.root, wanted, None, "Read this first")
            wait_for(program.root, wanted, "list item", "CIDownloader")

        def open_again(path):
            subprocess.run([program.program, path], check=True, timeout=60)

        program.wait_for_row("Clientcertificaterequired")
        has_bundle(True)
        open_again(loose)
        program.x_window("execmgr.log")
        has_bundle(False)
        # The bundle again: its tab comes to the front, and there is no other.
        open_again(folder)
        program.x_window("LocationServices.log")
        has_bundle(True)
        names = ["LocationServices.log", "execmgr.log"]
        program.wait_for_tabs(names)
        open_again(empty)
        window.find(program.root, name="“emptydir” holds no logs")
        program.x_window("LocationServices.log")
        has_bundle(True)
        # The last tab of a bundle that is not in front any more takes the bundle with it.
        window.keys(program.x_window("LocationServices.log"), "ctrl+w")
        program.x_window("execmgr.log")
        has_bundle(False)
        window.keys(program.x_window("execmgr.log"), "ctrl+w")
        program.x_window("Cotrace")
        # A bundle without a tab is open as long as its members are shown.
        open_again(folder)
        window.keys(program.x_window("LocationServices.log"), "ctrl+w")
        window.find(program.root, name="Choose a Log")
        has_bundle(True)


def test_loose_folders(build):
    """Logs of two folders may be of two devices: the findings of one are not shown with the other."""
    failed = write("loose/a/LocationServices.log", location_services())
    good = write("loose/b/PolicyAgent.log", quiet("PolicyAgent"))
    with Program(build, failed, good) as program:
        names = ["LocationServices.log", "PolicyAgent.log"]
        program.wait_for_tabs(names)
        program.wait_for_row("Clientcertificaterequired")
        window.find(program.root, name="Read this first")
        window.keys(program.x_window(names[0]), "alt+2")
        program.x_window(names[1])
        wait_for(program.root, False, None, "Read this first")


def test_banner(build):
    """What could not be opened is told above the log that is in front, not above all others."""
    first = write("banner/a/Alpha.log", quiet("Alpha"))
    second = write("banner/b/Bravo.log", quiet("Bravo"))
    with Program(build, first, "/gone.log") as program:
        gone = "“gone.log” is not there."
        window.find(program.root, name=gone)
        subprocess.run([program.program, second], check=True, timeout=60)
        program.x_window("Bravo.log")
        wait_for(program.root, False, None, gone)


def test_shortcuts(build):
    with Program(build) as program:
        window.keys(program.x_window("Cotrace"), "ctrl+question")
        window.find(program.root, name="Next known line")
        window.screenshot("shortcuts")
        window.xdotool("key", "Escape")
        wait_for(program.root, False, None, "Next known line")


def pasted(target):
    """What another program gets that pastes."""
    command = ["xclip", "-o", "-selection", "clipboard", "-t", target]
    return subprocess.run(command, capture_output=True, check=False, timeout=60).stdout.decode("utf-8")


def test_copy_many(build):
    """More than one X request takes: another program gets all rows, and the window still answers."""
    need_tool("xclip")
    texts = [f"Entry {n} of many" for n in range(20000)]
    path = write("copy/Many.log", records("Many", [(text, 1) for text in texts]))
    with Program(build, path) as program:
        window.find(program.root, name="20000 entries")
        view = program.x_window("Many.log")
        window.keys(view, "ctrl+Home", "ctrl+a", "ctrl+c")
        window.wait_until(lambda: "Entry 0 of many" in pasted("UTF8_STRING"), "the rows on the clipboard")
        for target in ("UTF8_STRING", "STRING"):
            lines = pasted(target).rstrip("\0").splitlines()
            assert [line.split("\t")[0] for line in lines] == texts, f"{len(lines)} lines as {target}"
        window.keys(view, "ctrl+End", "ctrl+shift+c")
        window.wait_until(lambda: pasted("UTF8_STRING").strip() == texts[-1], "the log text on the clipboard")
        window.keys(view, "ctrl+alt+c")
        window.wait_until(lambda: pasted("UTF8_STRING") == path, "the path on the clipboard")
        window.keys(view, "ctrl+f")
        window.wait_until(lambda: "What to find" in (window.focused(program.root) or ""), "the entry")
        window.enter(program.root, "entry 19999")
        window.find(program.root, name="1 of 1")


def test_lookup(build):
    with Program(build) as program:
        view = program.x_window("Cotrace")
        window.keys(view, "ctrl+l")
        lookup = program.x_window("Error Lookup")
        window.keys(lookup)
        window.enter(program.root, "0x80072ee7")
        window.find(program.root, name="-2147012889")
        # A whole line: the code in it. And what is no code at all.
        window.keys(lookup, "ctrl+a")
        window.enter(program.root, "failed with 0x87d0027e, giving up")
        window.find(program.root, name="-2016411010")
        window.keys(lookup, "ctrl+a")
        window.enter(program.root, "no idea")
        window.find(program.root, name="No code holds “no idea”")


STATUS = (
    'STATMSG: ID={number} SEV={severity} LEV=M SOURCE="SMS Server" COMP="SMS_X" SYS=SITE01 SITE=PS1 PID=1 TID=2 '
    'GMTDATE=Wed Nov 18 09:12:41.327 2026 ISTR0="x"  $$<SMS_X><11-18-2026 09:12:41.327+300><thread=2 (0x2)>\r\n'
)


def test_status_message(build):
    """A status message says how bad it is, and the details what its number means."""
    text = STATUS.format(number=2300, severity="I") * 20 + STATUS.format(number=6703, severity="E")
    with Program(build, write("status/wsyncmgr.log", text)) as program:
        view = program.x_window("wsyncmgr.log")
        window.find(program.root, name="Site server")
        window.keys(view, "ctrl+e")
        program.wait_for_row("ID=6703")
        window.find(program.root, name="status message 6703: The synchronization of software updates failed")


TESTS = [
    ("tabs-in-order", test_tabs_in_order),
    ("headline", test_headline),
    ("find", test_find),
    ("keyboard", test_keyboard),
    ("front", test_front),
    ("sizes", test_sizes),
    ("low", test_low),
    ("tab-width", test_tab_width),
    ("evidence", test_evidence),
    ("places", test_places),
    ("story", test_story),
    ("captured-time", test_captured_time),
    ("same-names", test_same_names),
    ("unknown-errors", test_unknown_errors),
    ("journeys", test_journeys),
    ("bundle", test_bundle),
    ("pass-phrase", test_pass_phrase),
    ("pass-phrase-later", test_pass_phrase_later),
    ("partly-read", test_partly_read),
    ("pass-phrase-of-nested", test_pass_phrase_of_nested),
    ("layout", test_layout),
    ("devices", test_devices),
    ("unknown-files", test_unknown_files),
    ("namesakes", test_namesakes),
    ("findings-of-devices", test_findings_of_devices),
    ("older-parts", test_older_parts),
    ("follow", test_follow),
    ("follow-rolled-over", test_follow_rolled_over),
    ("rollover", test_rollover),
    ("new-below", test_new_below),
    ("attention", test_attention),
    ("timer-is-followed", test_timer_is_followed),
    ("result-names-its-cause", test_result_names_its_cause),
    ("event-log", test_event_log),
    ("bad-input", test_bad_input),
    ("blank", test_blank),
    ("close", test_close),
    ("cases", test_cases),
    ("loose-folders", test_loose_folders),
    ("banner", test_banner),
    ("shortcuts", test_shortcuts),
    ("copy-many", test_copy_many),
    ("lookup", test_lookup),
    ("read-as", test_read_as),
    ("read-encoding", test_read_encoding),
    ("join", test_join),
    ("join-of-devices", test_join_of_devices),
    ("small-text", test_small_text),
    ("status-message", test_status_message),
]


sys.exit(run(TESTS))
