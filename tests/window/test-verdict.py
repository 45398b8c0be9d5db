#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-verdict.py BUILD-FOLDER: what the real window says first of a case, and where its errors stand.

Runs inside run-in-x. All logs are made here; devices and hosts are invented.
"""

import os
import shutil
import subprocess
import sys

import window
from gi.repository import Atspi
from harness import Program, click_on, find_deep, quiet, records, run, switch_log, write

WELL = [("Successfully completed scan.", 1)]
SEARCH = [("Added Update Source ({0A1B2C3D-1111-4222-8333-444455556666}) of content type: 2", 1),
          ("Async searching of updates using WUAgent started.", 1), ("Async searching completed.", 1)]
RED = [("Nobody knows what this is", 3)]
REFUSED = "The connection point cannot check revocation, so it has no certificate to show"
QUEUED = "Enrollment is waiting for its random start time"


def practice(name, folder):
    root = os.environ.get("MESON_SOURCE_ROOT") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
    path = os.path.join(os.environ["HOME"], "logs", folder)
    shutil.copytree(os.path.join(root, "data", "practice", name), path, dirs_exist_ok=True)
    return path


def says(program, name):
    return find_deep(program.root, None, name)


def is_shown(program, name):
    return window.look_for(program.root, name=name) is not None


def is_in_sight(node):
    """Inside the window, whose top is far above the cards of the last device."""
    box = node.get_extents()
    return box.height > 0 and 0 <= box.y < window.geometry(window.x_window("."))[3] - box.height // 2


def test_health(build):
    """Nothing wrong is only said where something went well, and came to its end."""
    path = write("well/WUAHandler.log", records("WUAHandler", SEARCH + WELL))
    with Program(build, path) as program:
        says(program, "No known failure found")
        says(program, "How 1 journey goes on cannot be told from these logs.")
        window.screenshot("not to its end")
        assert not is_shown(program, "Nothing wrong found")
    write("well/ScanAgent.log", records("ScanAgent", [("CScanJob::Execute - successfully requested Scan, "
                                                       "ScanType=1", 1)]))
    write("well/StateMessage.log", records("StateMessage", [("Successfully forwarded State Messages to the MP", 1)]))
    with Program(build, os.path.dirname(path)) as program:
        says(program, "Nothing wrong found")
        window.screenshot("health")
        assert not is_shown(program, "errors that no detector knows")
        assert not is_shown(program, "How 1 journey goes on cannot be told from these logs.")


def well_device(folder):
    """A bundle that is named after its computer, on which all went well."""
    name = os.path.basename(folder)
    write(f"{folder}/{name}_WUAHandler.log", records("WUAHandler", SEARCH + WELL))
    write(f"{folder}/{name}_ScanAgent.log", records("ScanAgent", [
        ("CScanJob::Execute - successfully requested Scan, ScanType=1", 1)]))
    path = write(f"{folder}/{name}_StateMessage.log", records("StateMessage", [
        ("Successfully forwarded State Messages to the MP", 1)]))
    return os.path.dirname(path)


def test_without_panel(build):
    """A small window has no panel: what is found of a healthy device is said all the same."""
    with Program(build) as program:
        view = window.x_window(".")
        window.xdotool("windowsize", "--sync", view, 900, 600)
        window.wait_until(lambda: window.geometry(view)[2:] == (900, 600), "a small window")
        subprocess.run([program.program, well_device("narrow/PC09")], check=True)
        # The message goes by itself: it is pressed as soon as it is there.
        window.activate(find_deep(program.root, "button", "Show More"))
        says(program, "Nothing wrong found")
        find_deep(program.root, "label", "found no known failure")
        window.keys(view, "shift+F9")
        button = find_deep(program.root, "button", "Findings, guide and codes")
        window.wait_until(lambda: button.get_description() == "Nothing wrong found", "the verdict on the button")
        window.screenshot("verdict-without-panel")
        # One name of the device is enough, in the title and above the members.
        assert not any("PC09 · PC09" in (node.get_name() or "") for node in window.walk(program.root, 60))
        window.keys(view, "F9")
        find_deep(program.root, "label", "3 logs")
        window.screenshot("one-name")


def stopped_labels(program):
    return [node for node in window.walk(program.root, 60)
            if window.matches(node, "label", "Reading was stopped; ") and node.get_name().endswith(" % was read")]


def is_stopped(program):
    """The button is there before reading begins, and stops nothing then: as a user does, it is pressed once more."""
    if is_shown(program, "What was not read may hold a failure"):
        return True
    window.activate(window.find(program.root, "button", "Cancel"))
    return False


def test_stopped(build):
    """Who does not wait for the end of a log is told so, and not that it is healthy; and can read on."""
    path = write("stopped/LocationServices.log", quiet("LocationServices", 30))
    with open(path, "ab") as file:
        file.truncate(32 << 30)
    with Program(build, path) as program:
        view = program.x_window("LocationServices.log")
        window.wait_until(lambda: is_stopped(program), "the end of reading")
        window.wait_until(lambda: len({node.get_name() for node in stopped_labels(program)}) == 1
                          and len(stopped_labels(program)) >= 2, "the same in the panel and the status bar")
        assert not is_shown(program, "No known failure found")
        window.screenshot("stopped")
        window.keys(view, "shift+F9")
        window.wait_until(lambda: not is_shown(program, "What was not read may hold"), "the panel to close")
        window.screenshot("stopped-without-panel")
        window.keys(view, "shift+F9")
        # Not to read all of the hole here.
        write("stopped/LocationServices.log", quiet("LocationServices", 30) + records("LocationServices", [
            ("[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired", 3)]))
        window.activate(find_deep(program.root, "button", "Read On"))
        program.wait_for_row("Clientcertificaterequired")
        window.wait_until(lambda: not is_shown(program, "Reading was stopped"), "no word of a stop")
        says(program, "31 entries")
        # Most of what had been read was a hole, but nobody knows of the rest.
        assert not is_shown(program, "nothing but zeros")
        window.screenshot("read-on")


def test_unexplained(build):
    """A sign of health, and red lines that nobody knows: the logs are named, and the first line is a click away."""
    write("red/PolicyAgent.log", records("PolicyAgent", [("Quiet", 1)] * 30 + RED))
    path = write("red/WUAHandler.log", records("WUAHandler", WELL + [("Quiet", 1)] * 30 + RED * 2))
    with Program(build, os.path.dirname(path)) as program:
        says(program, "No known failure found")
        says(program, "But 3 entries in 2 logs are errors that no detector knows.")
        says(program, "PolicyAgent.log (1), WUAHandler.log (2)")
        says(program, "Ctrl+E goes on to the next one.")
        window.screenshot("unexplained")
        # No tick stands beside the red number: it would be taken for health.
        row = window.find(program.root, "list item", "WUAHandler, entries: 33, errors: 2")
        window.wait_until(lambda: row.get_description().startswith("Circle: Cotrace knows lines of this log"),
                          f"the meaning of the sign, not {row.get_description()!r}")
        assert "none of them is a failure that still stands" in row.get_description(), row.get_description()
        assert not is_shown(program, "Nothing wrong found")
        window.activate(window.find(program.root, "button", "Go to the First Error"))
        program.x_window("PolicyAgent.log")
        program.wait_for_row("Nobody knows what this is")
        # And on, into the other log.
        window.keys(program.x_window("PolicyAgent.log"), "ctrl+e")
        says(program, "No error below. 2 are in WUAHandler.log")
        window.screenshot("elsewhere")
        button = window.find(program.root, "button", "Go There")
        assert (button.get_name(), button.get_description()) == ("Go There", "Alt+G"), button.get_name()
        window.activate(button)
        program.x_window("WUAHandler.log")
        program.wait_for_row("Nobody knows what this is")


def test_kinds_of_errors(build):
    """Each code once, with what it means; that which came first stands first, whatever its log is called."""
    write("kinds/ABranch.log", records("ABranch", [("Quiet", 1)] * 30 + [("Cannot open it: 0x80070005", 3)] * 2
                                       + [("Request 12 came to nothing", 3), ("Request 13 came to nothing", 3)]))
    path = write("kinds/ZStart.log", records("ZStart", [("Quiet", 1), ("Broke down with 0x87d00231", 3)]))
    with Program(build, os.path.dirname(path)) as program:
        says(program, "But 5 entries in 2 logs are errors that no detector knows.")
        errors = find_deep(program.root, "list", "Errors that no detector knows")
        rows = window.find_all(errors, "list item")
        assert len(rows) == 3, [row.get_name() for row in rows]
        for row, start, place in zip(rows, ("Error, 0x87D00231  Temporary", "Error, 0x80070005  Access is denied",
                                             "Error, Request 12"),
                                     ("ZStart.log · 1 time", "ABranch.log · 2 times", "ABranch.log · 2 times")):
            assert row.get_name().startswith(start), row.get_name()
            assert place in row.get_name(), row.get_name()
            window.find(row, "label", place)
        window.screenshot("error-kinds")
        window.activate(window.find(program.root, "button", "Go to the First Error"))
        window.click(*window.middle_of(rows[2], program.x_window("ZStart.log")))
        program.x_window("ABranch.log")
        program.wait_for_row("Request 12 came to nothing")


def test_nothing_to_judge(build):
    """An empty log has no known failure, and that is no news; what is written to it is."""
    path = write("blank/WUAHandler.log", "")
    with Program(build, path) as program:
        says(program, "Nothing to judge")
        says(program, "What was opened is empty, or does not look like a log.")
        window.screenshot("nothing-to-judge")
        with open(path, "a", encoding="utf-8", newline="") as file:
            file.write(records("WUAHandler", WELL))
        says(program, "No known failure found")
        assert not is_shown(program, "Nothing to judge")


def test_silence(build):
    """No sign of health: the same sentence."""
    with Program(build, write("silent/Custom.log", records("Custom", [("Quiet", 1)] + RED))) as program:
        says(program, "No known failure found")
        says(program, "But 1 entry in 1 log is an error that no detector knows.")


def test_answers_do_not_wait(build):
    """An offer that stays, or an answer that was just given, holds back none of the next."""
    files = [write(f"two/{name}.log", quiet(name)) for name in ("CcmExec", "PolicyAgent")]
    with Program(build, *files) as program:
        window.find(program.root, "button", "Merge by Time")
        view = window.x_window(".")
        window.keys(view, "ctrl+e")
        says(program, "No error here")
        window.keys(view, "ctrl+alt+c")
        says(program, "Path copied")
        window.wait_until(lambda: not is_shown(program, "No error here"), "the end of the first answer")
        window.keys(view, "ctrl+shift+e")
        says(program, "No error here")


def test_answers_in_a_row(build):
    """Many answers while the first one still slides in: the last one is read, and nothing breaks."""
    with Program(build, write("row/CcmExec.log", quiet("CcmExec"))) as program:
        view = program.x_window("CcmExec.log")
        window.find(program.root, name="20 entries")
        window.keys(view, *["ctrl+alt+c", "ctrl+e"] * 6)
        says(program, "No error")
        window.keys(view, "ctrl+alt+c")
        says(program, "Path copied")


def test_errors_of_a_log_that_is_off(build):
    """In a merge: errors of a log whose entries do not show, and the way there."""
    files = [write("off/CcmExec.log", records("CcmExec", [("Quiet", 1)] * 5 + RED)),
             write("off/PolicyAgent.log", quiet("PolicyAgent"))]
    with Program(build, "--merge", *files) as program:
        view = program.x_window("Merged: 2 logs")
        switch_log(program, view, "CcmExec")
        program.wait_for_tabs(["Merged: 1 of 2 logs"])
        window.keys(view, "ctrl+e")
        says(program, "No error here. 1 is in CcmExec.log")
        window.screenshot("off")
        window.activate(window.find(program.root, "button", "Go There"))
        program.x_window("CcmExec.log")
        program.wait_for_row("Nobody knows what this is")


def test_errors_that_the_filter_hides(build):
    with Program(build, write("filter/CcmExec.log", records("CcmExec", [("Quiet", 1)] * 5 + RED))) as program:
        view = program.x_window("CcmExec.log")
        window.keys(view, "ctrl+shift+l")
        find_deep(program.root, "text", "Log text")
        window.enter(program.root, "Quiet")
        window.find(program.root, "label", "5 of 6 shown")
        window.xdotool("key", "Return")
        window.keys(view, "ctrl+e")
        says(program, "The filter hides 1 error")


def test_another_bundle(build):
    """What was looked at in the panel before hides nothing of a bundle that is opened now."""
    for device in "PC08", "PC09":
        practice("refused-client", f"another/{device}")
    first, second = (os.path.join(os.environ["HOME"], "logs", "another", device) for device in ("PC08", "PC09"))
    with Program(build, first) as program:
        says(program, REFUSED)
        window.activate(window.find(program.root, "button", "Codes"))
        window.find(program.root, "label", "Type a code")
        subprocess.run([program.program, second], check=True)
        window.wait_until(lambda: "PC09" in window.title_of(window.x_window(".")) or "PC09" in str(
            [node.get_name() for node in window.find_all(program.root, "label", "PC09")]), "the other bundle")

        def is_in_front():
            button = window.look_for(program.root, "button", "Findings")
            states = button.get_state_set()
            return states.contains(Atspi.StateType.PRESSED) or states.contains(Atspi.StateType.CHECKED)

        window.wait_until(is_in_front, "the findings in front")


def test_failure_of_another_bundle(build):
    """The one in front is well; the tab of the other one tells that it failed, though its log holds no failure."""
    made = os.path.join(build, "data", "practice", "practice")
    logs = os.path.join(os.environ["HOME"], "logs")
    for scenario, device in (("first-day", "PC01"), ("second-office", "PC16"), ("wizard-choice", "PC04-and-site")):
        shutil.copytree(os.path.join(made, scenario, device), os.path.join(logs, "beside-another", device))
    folder = os.path.join(logs, "beside-another")
    with Program(build, *(os.path.join(folder, name) for name in ("PC01", "PC16", "PC04-and-site"))) as program:
        says(program, "Nothing wrong found")

        def signs():
            """The titles of the tabs with a lamp: its tooltip is not told on the bus."""
            tabs = [node for node in window.walk(program.root, 60) if node.get_name() == "AdwTab"]
            return [window.look_for(tab, "label").get_name() for tab in tabs
                    if any(node.get_role_name() == "image" for node in window.walk(tab, 20))]

        window.wait_until(lambda: signs() == ["PC16 · ADALOperationProvider.log"], "the sign of the device that failed")
        window.screenshot("failure-of-another-bundle")
        # Once it is in front, the log that tells of the failure has it.
        window.keys(program.x_window(r".*\.log"), "ctrl+Next")
        says(program, "Read this first")
        window.wait_until(lambda: signs() == ["CoManagementHandler.log"], "its own sign")
        # That log is closed, another one of its bundle is not, and the bundle that comes to the front is well.
        view = program.x_window("CoManagementHandler.log")
        click_on(window.find(program.root, "list item", "ADALOperationProvider"), view)
        window.wait_until(lambda: len(window.tabs(program.root)) == 4, "another log of the device that failed")
        window.keys(program.x_window("ADALOperationProvider.log"), "alt+2")
        window.keys(program.x_window("CoManagementHandler.log"), "ctrl+w")
        window.wait_until(lambda: signs() == ["PC16 · ADALOperationProvider.log"], "the sign of the device left behind")
        # In front, its findings tell.
        window.keys(program.x_window("ADALOperationProvider.log"), "alt+3")
        says(program, "Read this first")
        window.wait_until(lambda: signs() == [], "no sign where the findings tell")
        window.keys(program.x_window("ADALOperationProvider.log"), "alt+1")
        window.wait_until(lambda: signs() == ["PC16 · ADALOperationProvider.log"], "the sign once more")


def test_two_bundles(build):
    """Opened together, each comes to its first failure when its tab is looked at, and the tab goes for that one."""
    practice("refused-client", "both/PC08")
    practice("queued-timer", "both/PC09")
    folders = [os.path.join(os.environ["HOME"], "logs", "both", device) for device in ("PC08", "PC09")]
    with Program(build, *folders) as program:
        window.wait_until(lambda: len(window.tabs(program.root)) == 2, "a tab of each")
        for key, title, row in (("alt+1", "SMS_Cloud_ProxyConnector.log", "Chain 1 status: OfflineRevocation"),
                                ("alt+2", "CoManagementHandler.log", "Queuing enrollment timer"),
                                ("alt+1", "SMS_Cloud_ProxyConnector.log", "Chain 1 status: OfflineRevocation")):
            window.keys(window.x_window("."), key)
            program.x_window(title)
            program.wait_for_row(row)
        window.wait_until(lambda: len(window.tabs(program.root)) == 2, "still a tab of each")


def test_devices(build):
    """Each device in one line at the top; a click goes to what it tells, or to the line that nobody knows."""
    folder = os.path.join(os.environ["HOME"], "logs", "devices")
    practice("refused-client", "devices/PC01")
    practice("queued-timer", "devices/PC02")
    write("devices/PC03/WUAHandler.log", records("WUAHandler", WELL + RED))
    write("devices/PC04/WUAHandler.log", records("WUAHandler", WELL))
    with Program(build, folder) as program:
        says(program, f"PC01 failed: {REFUSED}")
        says(program, f"PC02 waits: {QUEUED}")
        says(program, "PC01, one of the 4 devices in devices")
        says(program, "PC03: no known failure, but 1 error that no detector knows")
        says(program, "PC04: no known failure found")
        window.screenshot("devices")
        # Whose log is missing.
        says(program, "Add it to check more steps of the guide for PC02. No finding needs it.")
        view = window.x_window(".")
        click_on(window.find(program.root, "list item", "PC02 waits"), view)
        title = window.wait_until(
            lambda: next((node for node in window.walk(program.root, 60)
                          if node.get_name() == QUEUED and is_in_sight(node)), None), "the card of PC02")
        assert title
        says(program, "PC02, one of the 4 devices in devices")
        window.screenshot("device-shown")


def test_errors_beside(build):
    """Where something was found, too, the errors that nothing explains are told of, and lead to their lines."""
    texts = [(CLIENT_401, 3), ("Posting", 1)] + RED * 3
    path = write("beside/LocationServices.log", records("LocationServices", texts))
    with Program(build, path) as program:
        says(program, "Read this first")
        says(program, "3 more errors that no detector knows")
        says(program, "Errors that nothing above explains")
        says(program, "No detector knows 3 errors in 1 log.")
        window.screenshot("errors-beside")
        # The link leads to the list of them, and that to the first.
        button = find_deep(program.root, "button", "Go to the First Error")
        assert not is_in_sight(button), "the list stands in sight already: nothing could lead to it"
        window.activate(find_deep(program.root, "button", "3 more errors that no detector knows"))
        window.wait_until(lambda: is_in_sight(button), "the list of the errors")
        window.screenshot("errors-beside-shown")
        window.activate(button)
        window.wait_until(lambda: any(node.get_state_set().contains(Atspi.StateType.SELECTED)
                                      for node in window.find_all(program.root, "table row", RED[0][0])),
                          "the row of the error")
        # A log that is followed gets more.
        with open(path, "ab") as log:
            log.write(records("LocationServices", RED).encode())
        says(program, "No detector knows 4 errors in 1 log.")
        says(program, "4 more errors that no detector knows")


def test_first_error_of_a_folder(build):
    """Where nothing is known, the log with the only error is brought to the front, with that error."""
    for number in range(10, 20):
        write(f"ten/log{number}.log", records("Contoso", WELL + (RED if number == 17 else WELL) + WELL))
    folder = os.path.dirname(write("ten/log10.log", records("Contoso", WELL * 3)))
    with Program(build, folder) as program:
        says(program, "But 1 entry in 1 log is an error that no detector knows.")
        program.wait_for_tabs(["log17.log"])
        program.wait_for_row(RED[0][0])
        window.screenshot("first-error-of-a-folder")


CLIENT_401 = "[CCMHTTP] ERROR INFO: StatusCode=401 StatusText=CMGService_Invalid_Token"
TOKEN_EXPIRED = ("Return code: 401, Description: PreAuth token validation failed, "
                 "System.IdentityModel.Tokens.SecurityTokenExpiredException:")


def both_sides(client, server):
    """The logs of a device, and one of its management point, which refuses it."""
    for name in ("PolicyAgent", "CcmExec"):
        write(f"{client}/{name}.log", quiet(name))
    write(f"{server}/CCM_STS.log", records("CCM_STS", [("Issued token", 1), (TOKEN_EXPIRED, 3)]))
    return os.path.dirname(write(f"{client}/LocationServices.log",
                                 records("LocationServices", [("Posting", 1), ("Posting", 1), (CLIENT_401, 3)])))


def badge(program):
    """The number on the page of the findings."""
    button = next(node for node in window.walk(program.root, 60)
                  if node.get_name() == "Findings" and node.get_state_set().contains(Atspi.StateType.FOCUSABLE))
    return next((node.get_name() for node in window.walk(button, 10) if node.get_name().isdigit()), None)


def test_client_and_server(build):
    """Logs of both sides in one folder are called so, and each card says whose log tells of it."""
    with Program(build, both_sides("mixed", "mixed")) as program:
        says(program, "Client and server logs")
        says(program, "Management point · 1 time")
        says(program, "Client · 1 time")
        # One number for one thing: what is well is no problem.
        window.find(program.root, "list item", "CCM_STS, entries: 2, errors: 1, warnings: 0, findings: 1")
        assert badge(program) == "2"
        window.screenshot("client-and-server")


def test_device_and_server(build):
    """In folders of their own: what is told of both computers is counted once."""
    folder = os.path.dirname(both_sides("two/PC17", "two/MP1"))
    with Program(build, folder) as program:
        says(program, "MP1 · 1 time")
        says(program, "PC17, in a log of MP1 · 1 time")
        window.find(program.root, "list item", "CCM_STS, entries: 2, errors: 1, warnings: 0, findings: 1")
        window.find(program.root, "list item", "LocationServices, entries: 3, errors: 1, warnings: 0, findings: 1")
        assert badge(program) == "2"
        window.screenshot("device-and-server")


def test_red_line_of_a_device(build):
    write("pair/PC05/PolicyAgent.log", quiet("PolicyAgent"))
    path = write("pair/PC06/WUAHandler.log", records("WUAHandler", WELL + RED))
    with Program(build, os.path.dirname(os.path.dirname(path))) as program:
        says(program, "WUAHandler.log of PC06 (1)")
        row = window.find(program.root, "list item", "PC06: no known failure, but 1 error that no detector knows")
        window.screenshot("red-device")
        click_on(row, window.x_window("."))
        program.wait_for_row("Nobody knows what this is")


def test_stories(build):
    """One device with a failure and a wait that have nothing to do with each other."""
    path = practice("queued-timer", "stories")
    write("stories/WUAHandler.log", records("WUAHandler", [
        ("Group policy settings were overwritten by a higher authority (Domain Controller) to: "
         "Server http://sus.contoso.com:8530 and Policy ENABLED", 3)]))
    with Program(build, path) as program:
        says(program, "Failed: Group Policy overrides the update server")
        row = window.find(program.root, "list item", f"Waits: {QUEUED}")
        window.screenshot("stories")
        click_on(row, window.x_window("."))
        says(program, "The client has drawn a random moment")


def test_information(build):
    """What may hold something to do is not told among what is normal."""
    path = write("noted/ccmsetup.log", records("ccmsetup", [
        ("==========[ ccmsetup started in process 476 ]==========", 1),
        ("Enumerated all 1 DP locations but none of them is good. Fallback to MP.", 2),
        ("CcmSetup is exiting with return code 0", 1)]))
    with Program(build, path) as program:
        says(program, "For your information  1")
        says(program, "Normal or over, nothing to do  1")
        window.screenshot("information")


def test_journey_of_a_refused_client(build):
    """All its milestones are green, and yet it is not well."""
    with Program(build, practice("refused-client", "refused")) as program:
        window.activate(window.find(program.root, name="Guide"))
        says(program, f"No gap in the logs that are here, but: {REFUSED}")
        window.screenshot("journey")
        find_deep(program.root, None, f"but: {REFUSED}")
        window.activate(find_deep(program.root, "button", "Show the Finding"))
        window.wait_until(lambda: is_shown(program, "How to see that it works"), "the finding")
        # The guide says of what it lists whether it was seen, and whether that is good or bad.
        window.activate(find_deep(program.root, "button", "Read about it in the guide"))
        find_deep(program.root, None, "Seen in these logs: a failure")
        # An issue is listed there by its name: a good line is no tick beside that.
        find_deep(program.root, None, "Seen in these logs, and nothing is wrong there")
        assert window.look_for(program.root, None, "it went well") is None
        window.screenshot("guide-signs")


def test_far_down_in_the_guide(build):
    """What the guide says of a finding is in sight, however far down it stands."""
    text = "Updating MDM_ConfigSetting.ClientHealthLastSyncTime with value 2026-09-01T15:30:40Z"
    with Program(build, write("stale/CcmNotificationAgent.log", records("BgbAgent", [(text, 1)]))) as program:
        window.activate(find_deep(program.root, "button", "Read about it in the guide"))
        item = find_deep(program.root, None, "The health time for Intune is written")
        window.wait_until(lambda: is_in_sight(item), "the item that speaks of it")


def test_whole_values(build):
    """What a line says is shown whole, however long, behind what is to be done; and it can be copied."""
    command = "C:\\Windows\\ccmsetup\\ccmsetup.exe " + "SMSCACHEDIR=C:\\" + "\\".join(f"contoso{n}" for n in range(60))
    command += " /mp:https://gw.contoso.com"
    path = write("values/ccmsetup.log", records("ccmsetup", [
        ("==========[ ccmsetup started in process 476 ]==========", 1), (f"Ccmsetup command line: {command}", 1)]))
    with Program(build, path) as program:
        value = window.wait_until(lambda: next((node for node in window.walk(program.root, 60)
                                                if (node.get_name() or "").startswith(command)
                                                and node.get_role_name() == "label"), None), "the value")
        step = find_deep(program.root, None, "Run setup again with the corrected line.")
        window.screenshot("whole-value")
        # Over 600 characters on a page as narrow as the panel: a dozen lines or more.
        window.wait_until(lambda: value.get_extents().height > 180, "all lines of the value")
        assert value.get_extents().y > step.get_extents().y, "the steps stand behind the value"
        evidence = find_deep(program.root, "label", "Evidence")
        assert value.get_extents().y > evidence.get_extents().y, "the evidence stands behind the value"
        window.activate(find_deep(program.root, "button", "Copy the value"))
        paste = ["xclip", "-o", "-selection", "clipboard", "-t", "text/plain;charset=utf-8"]
        window.wait_until(lambda: subprocess.run(paste, capture_output=True, check=False, timeout=60).stdout.decode("utf-8")
                          == command, "the value in the clipboard")


def test_another_path(build):
    """Of two paths to the same end one stopped: that the other one has a gap as well is nothing to look at."""
    folder = os.path.join(build, "data", "practice", "practice", "every-quarter", "PC15")
    with Program(build, folder) as program:
        window.activate(window.find(program.root, name="Guide"))
        find_deep(program.root, "label", "First gap: The enrollment succeeds")
        find_deep(program.root, "label", "another path to the same end: look at the one above first")
        labels = [node.get_name() for node in window.walk(program.root, 60) if node.get_role_name() == "label"]
        titles = ("Client health", "Bootstrap with modern provisioning", "Other journeys")
        assert [name for name in labels if name in titles] == list(titles), labels
        find_deep(program.root, "label", "Nothing here speaks of them, so nothing of them is missing")
        window.screenshot("another-path")


def test_names_of_tabs(build):
    """One log of one computer in two bundles: each tab says which, and no name twice."""
    practice("refused-client", "twice/PC01")
    practice("queued-timer", "twice/PC02")
    folder = os.path.join(os.environ["HOME"], "logs", "twice")
    with Program(build, folder, os.path.join(folder, "PC02")) as program:
        window.wait_until(lambda: len(window.tabs(program.root)) == 2, "a tab of each bundle")
        view = program.x_window("SMS_Cloud_ProxyConnector.log")
        find_deep(program.root, "label", "PC01, one of the 2 devices in twice")
        click_on(window.find_all(program.root, "list item", "ADALOperationProvider")[-1], view)
        titles = {"SMS_Cloud_ProxyConnector.log", "PC02 · ADALOperationProvider.log",
                  "twice · PC02 · ADALOperationProvider.log"}
        window.wait_until(lambda: set(window.tabs(program.root)) == titles, f"the tabs {titles}")
        window.screenshot("names-of-tabs")


def test_errors_of_a_live_log(build):
    """They are told anew as they come, and who has come to one of them by the keyboard stays there."""
    path = write("live/Contoso.log", records("Contoso", [("Contoso refused it", 3), ("Fabrikam refused it", 3)]))
    with Program(build, path) as program:
        find_deep(program.root, "list item", "Fabrikam refused it, Contoso.log · 1 time")
        while "Fabrikam refused it" not in (window.focused(program.root) or ""):
            window.step_focus(program.root, "shift+Tab")
        for n in (2, 3):
            with open(path, "a", encoding="utf-8", newline="") as file:
                file.write(records("Contoso", [("Fabrikam refused it", 3)]))
            find_deep(program.root, "list item", f"Fabrikam refused it, Contoso.log · {n} times")
            says(program, f"But {n + 1} entries in 1 log are errors that no detector knows.")
            assert f"Fabrikam refused it, Contoso.log · {n} times" in window.focused(program.root)


TESTS = [
    ("whole-values", test_whole_values),
    ("health", test_health),
    ("without-panel", test_without_panel),
    ("stopped", test_stopped),
    ("unexplained", test_unexplained),
    ("kinds-of-errors", test_kinds_of_errors),
    ("errors-of-a-live-log", test_errors_of_a_live_log),
    ("nothing-to-judge", test_nothing_to_judge), ("silence", test_silence),
    ("answers-do-not-wait", test_answers_do_not_wait),
    ("answers-in-a-row", test_answers_in_a_row),
    ("errors-of-a-log-that-is-off", test_errors_of_a_log_that_is_off),
    ("errors-that-the-filter-hides", test_errors_that_the_filter_hides),
    ("another-bundle", test_another_bundle),
    ("failure-of-another-bundle", test_failure_of_another_bundle),
    ("two-bundles", test_two_bundles),
    ("devices", test_devices),
    ("errors-beside", test_errors_beside),
    ("first-error-of-a-folder", test_first_error_of_a_folder),
    ("client-and-server", test_client_and_server),
    ("device-and-server", test_device_and_server),
    ("red-line-of-a-device", test_red_line_of_a_device),
    ("stories", test_stories),
    ("information", test_information),
    ("another-path", test_another_path),
    ("names-of-tabs", test_names_of_tabs),
    ("journey-of-a-refused-client", test_journey_of_a_refused_client),
    ("far-down-in-the-guide", test_far_down_in_the_guide),
]

if __name__ == "__main__":
    sys.exit(run(TESTS))
