#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-codes.py BUILD-FOLDER: looking codes up, and the catalogue of logs, in the real window.

Runs inside run-in-x. All logs are made here; the device and its hosts are invented.
"""

import os
import subprocess
import sys

import window
from gi.repository import Atspi
from harness import Program, click_on, find_deep, open_sections, quiet, records, run, wait_for_end_of, write

SEARCH = "Symptom, scenario or name of a log"
FAILED = "FAIL [0x801c0021/0x801c000c] then hr=-2147024891 and HTTP status 403.7"


def bundle(name):
    """A folder with a client's logs; 0x80070005 stands in two of them, spelt in two ways."""
    texts = [(f"Posting {n}", 1) for n in range(30)] + [(FAILED, 3)]
    path = write(f"{name}/CcmMessaging.log", records("CcmMessaging", texts))
    texts = [(f"Checking {n}", 1) for n in range(10)] + [("Failed to enroll, error 0x80070005", 3)]
    write(f"{name}/CoManagementHandler.log", records("CoManagementHandler", texts))
    write(f"{name}/PolicyAgent.log", quiet("PolicyAgent"))
    write(f"{name}/Fabrikam.log", quiet("Fabrikam"))
    return os.path.dirname(path)


def open_lookup(program, title):
    window.keys(program.x_window(title), "ctrl+l")
    return program.x_window("Error Lookup")


def look_up(lookup, text):
    window.keys(lookup, "ctrl+a")
    window.xdotool("type", text)


def press(root, name):
    window.activate(find_deep(root, "button", name))


def test_words(build):
    """Words find codes by their meaning; one that is chosen shows its card."""
    with Program(build) as program:
        lookup = open_lookup(program, "Cotrace")
        window.keys(lookup)
        look_up(lookup, "certificate expired")
        row = window.find(program.root, name="CERT_E_EXPIRED")
        window.screenshot("codes-words")
        assert row
        look_up(lookup, "denied access")
        window.find(program.root, name="ERROR_ACCESS_DENIED")
        look_up(lookup, "403.7")
        window.find(program.root, name="A client certificate is required")
        look_up(lookup, "AADSTS50097")
        window.find(program.root, name="DeviceAuthenticationRequired")
        look_up(lookup, "404")
        window.find(program.root, name="Not found on the server")
        window.find(program.root, name="The target does not exist")


def test_unknown(build):
    """Of a code that no table knows, how it is made is told, and what to do next; 0x may be left out."""
    with Program(build) as program:
        lookup = open_lookup(program, "Cotrace")
        window.keys(lookup)
        look_up(lookup, "0x80aa1234")
        window.find(program.root, name="Failure: the highest bit is set")
        window.find(program.root, name="170: not known here")
        window.find(program.root, name="4660 (0x1234)")
        window.find(program.root, name="“certutil -error 0x80AA1234”")
        window.screenshot("codes-unknown")
        look_up(lookup, "8024abcd")
        window.find(program.root, name="36: Windows Update")
        look_up(lookup, "80070bad")
        window.find(program.root, name="2989: not known here")
        window.find(program.root, name="“net helpmsg 2989”")
        # A decimal number is that number first; others have these digits somewhere.
        look_up(lookup, "9003")
        window.find(program.root, name="“net helpmsg 9003”")
        window.find(program.root, name="Other codes, with “9003” in their number or text:")
        window.screenshot("codes-unknown-decimal")
        look_up(lookup, "80072ee7")
        window.find(program.root, name="The server name cannot be resolved")
        assert window.look_for(program.root, name="the highest bit") is None
        look_up(lookup, "0x80072F9A")
        window.find(program.root, name="HRESULT_FROM_WIN32(ERROR_WINHTTP_CLIENT_CERT_NO_ACCESS_PRIVATE_KEY)")
        window.screenshot("codes-symbol")


def test_history(build):
    with Program(build) as program:
        lookup = open_lookup(program, "Cotrace")
        window.keys(lookup)
        window.find(program.root, name="Type a code")
        assert not window.look_for(program.root, name="Looked up before")
        look_up(lookup, "0x80072ee7")
        window.keys(lookup, "Return")
        look_up(lookup, "1603")
        # Each of the buttons says what it copies.
        for what in ("Hexadecimal, 0x00000643", "Signed decimal, 1603", "Unsigned decimal, 1603"):
            find_deep(program.root, "button", f"Copy the code: {what}")
        window.keys(lookup, "Return", "ctrl+a", "Delete")
        window.find(program.root, name="Looked up before")
        window.find(program.root, name="0x80072EE7")
        window.find(program.root, name="0x00000643")
        window.screenshot("codes-history")
        press(program.root, "Clear")
        window.wait_until(
            lambda: not window.look_for(program.root, name="Looked up before"), "an empty history"
        )


def test_places(build):
    """The code stands in two logs, once as a negative number; a click on a place goes there."""
    with Program(build, bundle("places")) as program:
        window.find(program.root, name="31 entries")
        lookup = open_lookup(program, "CcmMessaging.log")
        window.keys(lookup)
        look_up(lookup, "0x80070005")
        press(program.root, "Where in the open logs?")
        window.find(program.root, name="2 entries in 2 logs")
        place = window.find(program.root, "button", "CoManagementHandler.log, line 11: Failed to enroll")
        window.screenshot("codes-places")
        window.activate(place)
        program.x_window("CoManagementHandler.log")
        program.wait_for_row("Failed to enroll")


def test_details(build):
    """The codes of an entry stand in its details, with what they mean there."""
    with Program(build, bundle("details")) as program:
        window.find(program.root, name="31 entries")
        window.keys(program.x_window("CcmMessaging.log"), "ctrl+e")
        program.wait_for_row("FAIL")
        window.find(program.root, "button", "0x801C0021")
        window.find(program.root, "button", "0x801C000C")
        window.find(program.root, "button", "HTTP 403.7  A client certificate is required")
        window.screenshot("codes-details")


def test_one_error(build):
    """An error of WinHTTP is explained under the number of its line, and found under that and as a HRESULT."""
    url = "[CCMHTTP] ERROR: URL=https://mp1.contoso.com/ccm_system/request, Port=443, Options=31"
    texts = [(f"Posting {n}", 1) for n in range(9)] + [(f"{url}, Code=12007, Text=ERROR_WINHTTP_NAME_NOT_RESOLVED", 3)]
    path = write("one-error/CcmMessaging.log", records("CcmMessaging", texts))
    write("one-error/PolicyAgent.log", records("PolicyAgent", [("Reading 12007", 1), ("Failed, hr = 0x80072ee7", 3)]))
    with Program(build, os.path.dirname(path)) as program:
        window.find(program.root, name="10 entries")
        window.keys(program.x_window("CcmMessaging.log"), "ctrl+e")
        window.find(program.root, "button", "12007  WinHTTP: the server name cannot be resolved")
        window.screenshot("codes-one-error")
        lookup = open_lookup(program, "CcmMessaging.log")
        window.keys(lookup)
        look_up(lookup, "0x80072ee7")
        find_deep(program.root, None, "Also written")
        find_deep(program.root, None, "12007")
        press(program.root, "Where in the open logs?")
        window.find(program.root, name="2 entries in 2 logs")
        window.screenshot("codes-one-error-places")


def test_two_places(build):
    """The Codes page takes what is typed at once; it and Error Lookup say what they are for, and lead to each other."""
    with Program(build, bundle("places")) as program:
        window.find(program.root, name="31 entries")
        view = program.x_window("CcmMessaging.log")
        window.keys(view, "ctrl+e")
        program.wait_for_row("FAIL")
        window.activate(window.find(program.root, "button", "Codes"))
        window.wait_until(lambda: window.focused(program.root) == "Code or words", "the field of the page")
        window.find(program.root, name="In the selected entry")
        window.find(program.root, name="The codes of the entry that is selected in the log stand here")
        window.screenshot("codes-page")
        press(program.root, "Open Error Lookup (Ctrl+L)")
        lookup = program.x_window("Error Lookup")
        window.find(program.root, name="For a code from anywhere")
        window.screenshot("codes-lookup")
        window.keys(view, "shift+F9")
        press(program.root, "Show the Codes of the Selected Entry")
        window.wait_until(lambda: window.focused(program.root) == "Code or words", "the field again")
        window.xdotool("type", "1603")
        window.find(program.root, name="0x00000643")
        window.wait_until(lambda: not find_in_page(program), "no word of what the page is for")
        window.close(lookup)
        wait_for_end_of("Error Lookup")


def is_sensitive(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def test_left_alone(build):
    """Error Lookup outlives the window that it was opened from: what leads there leads to another one, or is off."""
    files = [write(f"alone/{name}.log", quiet(name)) for name in ("Contoso", "Fabrikam")]
    with Program(build, files[0]) as program:
        program.wait_for_tabs(["Contoso.log"])
        lookup = open_lookup(program, "Contoso.log")
        link = find_deep(program.root, "button", "Show the Codes of the Selected Entry")
        assert is_sensitive(link)
        window.close(program.x_window("Contoso.log"))
        window.wait_until(lambda: not is_sensitive(link), "a button that says that it is off")
        window.wait_for_front(lookup)
        window.screenshot("codes-alone")
        subprocess.run([program.program, files[1]], check=True, timeout=60)
        view = program.x_window("Fabrikam.log")
        window.wait_until(lambda: is_sensitive(link), "a button that is on")
        window.activate(link)
        window.wait_for_front(view)
        window.find(program.root, name="The codes of the entry that is selected in the log stand here")


def find_in_page(program):
    return window.look_for(program.root, name="The codes of the entry that is selected in the log stand here")


def open_catalogue(program, title):
    """The guide's chooser, one below its first entry."""
    view = program.x_window(title)
    window.activate(window.find(program.root, name="Guide"))
    open_sections(program, view, "Logs: what is each one for?")
    window.keys(view, "Down", "Return")
    window.find(program.root, name=SEARCH)
    return view


def test_catalogue(build):
    """The catalogue is searched by scenario, and opens what is here."""
    with Program(build, bundle("catalogue")) as program:
        window.find(program.root, name="31 entries")
        view = open_catalogue(program, "CcmMessaging.log")
        entry = window.find(program.root, name=SEARCH)
        click_on(entry, view)
        window.enter(program.root, "policyagent")
        find_deep(program.root, None, "Requests for policy and the downloads of policy")
        window.screenshot("codes-catalogue")
        press(program.root, "Open PolicyAgent.log")
        program.x_window("PolicyAgent.log")


def look_for(program, view, entry, words):
    """In the search of the catalogue, instead of what stood there."""
    click_on(entry, view)
    window.xdotool("key", "ctrl+a")
    window.xdotool("type", words)


def test_symptoms(build):
    """Somebody types what is wrong: the log to read first, the group that it belongs to, and help where nothing fits."""
    folder = os.path.dirname(write("symptoms/AppEnforce.log", quiet("AppEnforce")))
    write("symptoms/AppDiscovery.log", quiet("AppDiscovery"))
    with Program(build, folder) as program:
        view = open_catalogue(program, "AppDiscovery.log")
        entry = window.find(program.root, name=SEARCH)
        look_for(program, view, entry, "app does not install")
        find_deep(program.root, "label", "Read this first")
        find_deep(program.root, "label", "An application does not install")
        find_deep(program.root, "label", "2 of 19 logs here")
        window.screenshot("codes-symptom")
        press(program.root, "Open AppEnforce.log")
        program.x_window("AppEnforce.log")
        # Two words that nothing has.
        look_for(program, view, entry, "zebra giraffe")
        find_deep(program.root, "label", "No log is known for this")
        find_deep(program.root, "label", "Other groups")
        window.screenshot("codes-symptom-none")
        look_for(program, view, entry, "install zebra")
        find_deep(program.root, "label", "No log has “zebra”: left out.")
        # Which logs of the group are here; and what a missing one is for.
        look_for(program, view, entry, "applications")
        window.wait_until(
            lambda: not any(window.matches(node, "label", "left out.") for node in window.walk(program.root, 60)),
            "the answer to the new words",
        )
        row = find_deep(program.root, "label", "2 of 19 logs here")
        click_on(row, view)
        find_deep(program.root, "label", "Not here")
        window.screenshot("codes-group-unfolded")
        press(program.root, "CIAgent.log")
        window.wait_until(lambda: window.text_of(entry) == "CIAgent.log", "the name in the search")


def test_group(build):
    """All logs of a scenario that are here, as tabs and in one; and the open tabs as a group of one's own."""
    with Program(build, bundle("group")) as program:
        window.find(program.root, name="31 entries")
        view = open_catalogue(program, "CcmMessaging.log")
        window.screenshot("codes-groups")
        press(program.root, "Open Co-management")
        window.wait_until(
            lambda: sorted(window.tabs(program.root))
            == ["CcmMessaging.log", "CoManagementHandler.log", "PolicyAgent.log"],
            "the tabs of the group",
        )
        name = find_deep(program.root, None, "Save the open tabs as a group")
        click_on(name, view)
        window.xdotool("type", "Anna")
        window.keys(view, "Return")
        window.screenshot("codes-own-group")
        find_deep(program.root, "button", "Open Anna")
        press(program.root, "Remove the group")
        window.wait_until(
            lambda: not [n for n in window.walk(program.root, 60) if window.matches(n, "button", "Open Anna")],
            "the group to be gone",
        )
        press(program.root, "Merge Co-management")
        window.wait_until(lambda: "Co-management: 3 logs" in window.tabs(program.root), "the group in one tab")
        window.find(program.root, "label", "3 logs merged by UTC")
        window.screenshot("codes-merged-group")


def hover(node, view):
    """Rest the pointer on a part; a small step, so that it counts as moved."""
    x, y = window.middle_of(node, view)
    window.xdotool("mousemove", x - 3, y)
    window.xdotool("mousemove", x, y)


def test_tooltips(build):
    """A tab and a member say what the log is for, and a row what its codes mean."""
    with Program(build, bundle("tooltips")) as program:
        window.find(program.root, name="31 entries")
        view = program.x_window("CcmMessaging.log")
        member = window.find(program.root, "list item", "PolicyAgent")
        hover(member, view)
        window.find(program.root, name="Client: Requests for policy and the downloads of policy")
        tab = next(node for node in window.walk(program.root) if node.get_name() == "AdwTab")
        hover(tab, view)
        window.find(program.root, name="Client: All messages between client and management point")
        window.keys(view, "ctrl+e")
        hover(program.wait_for_row("FAIL"), view)
        window.find(program.root, name="0x80070005  Access is denied (E_ACCESSDENIED)")
        window.screenshot("codes-tooltip")


TESTS = [
    ("words", test_words),
    ("unknown", test_unknown),
    ("history", test_history),
    ("places", test_places),
    ("two-places", test_two_places),
    ("left-alone", test_left_alone),
    ("details", test_details),
    ("one-error", test_one_error),
    ("catalogue", test_catalogue),
    ("symptoms", test_symptoms),
    ("group", test_group),
    ("tooltips", test_tooltips),
]


sys.exit(run(TESTS))
