#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-details.py BUILD-FOLDER: one entry in all its forms, in the real window.

Runs inside run-in-x. All logs are made here; the device and its hosts are invented.
"""

import base64
import gzip
import json
import subprocess
import sys

import window
from harness import Program, choose_entry, find_deep, need_tool, records, run, write

SCRIPT = "Get-Service -Name Fabrikam | Restart-Service\r\nWrite-Output 'Contoso is ready'\r\nexit 0\r\n"
POLICY = {
    "PolicyId": "7f0c41b7-0000-4000-8000-000000000001",
    "Rules": [{"Kind": 3, "Enabled": True}, None],
    "Settings": json.dumps({"Retry": {"Count": 3, "Minutes": 15}}),
    "Script": base64.b64encode(SCRIPT.encode()).decode(),
}
ANSWER = gzip.compress(json.dumps({"Answer": "no", "Reason": "The device is not compliant"}).encode(), mtime=0)
TEXTS = {
    "plain": "Nothing but words, and they failed",
    "json": "[Win32App] Got policy: " + json.dumps(POLICY, separators=(",", ":")) + " from the service",
    "xml": "Message received: '<?xml version='1.0' ?><Job Type='Evaluate'><Name>Fabrikam</Name><Items><Item Id='1'/>"
    "<Item Id='2'/></Items></Job>'",
    "mof": 'instance of CCM_Fabrikam_Event { ClientID = "GUID:1"; DateTime = "20261118141241.327000+000"; };',
    "values": "Request was StatusCode=403 StatusText=Refused Host=cmg.contoso.com",
    "command": "powershell.exe -NoProfile -EncodedCommand " + base64.b64encode(SCRIPT.encode("utf-16le")).decode(),
    "answer": "Answer of the service: " + base64.b64encode(ANSWER).decode(),
    "broken": 'Got policy: {"PolicyId":"7f0c","Rules":[{"Kind":3},{"Kind" and no more',
    "long": "A long line. " * 400 + '{"Last":true}',
}


def log(name, *texts):
    """A log of quiet lines, and behind them errors that one comes to by Ctrl+E in this order."""
    quiet = [(f"Entry {n}", 1) for n in range(8)]
    return write(f"{name}/AppWorkload.log", records("AppWorkload", quiet + [(TEXTS[text], 3) for text in texts]))


def next_error(program, view, text):
    window.keys(view, "ctrl+e")
    program.wait_for_row(text)


def forms(program):
    """The names of the buttons of the forms that there are."""
    parts = window.walk(program.root, 60)
    group = next((node for node in parts if window.matches(node, None, "Form of the message")), None)
    buttons = [group.get_child_at_index(index) for index in range(group.get_child_count())] if group else []
    return [button.get_name() for button in buttons if window.Atspi.StateType.VISIBLE in states(button)]


def states(node):
    return node.get_state_set().get_states()


def wait_for_forms(program, names):
    window.wait_until(lambda: forms(program) == names, f"the forms {names}")


def press(program, name):
    """The button itself: that of a menu stands in a part of the same name, which cannot be pressed."""

    def look():
        for node in window.walk(program.root, 60):
            is_button = node.get_role_name() in ("button", "push button", "toggle button")
            if is_button and node.get_name() == name and window.Atspi.StateType.FOCUSABLE in states(node):
                return node
        return None

    window.activate(window.wait_until(look, f"a button named {name!r}"))


def is_there(program, role, name):
    """Whether a part of that name is shown."""
    found = [node for node in window.walk(program.root, 60) if window.matches(node, role, name)]
    return any(window.Atspi.StateType.VISIBLE in states(node) for node in found)


def shown(program, text):
    return find_deep(program.root, "label", text)


def open_errors(build, name, *texts):
    return Program(build, log(name, *texts))


def test_attributes(build):
    """Thread in both ways, and what made the line red."""
    with open_errors(build, "attributes", "plain") as program:
        view = program.x_window("AppWorkload.log")
        next_error(program, view, "Nothing but words")
        shown(program, "Error (type 3 says so)")
        shown(program, "thread 4012 (0x0FAC)")
        wait_for_forms(program, ["As Written", "Bytes"])
        window.screenshot("details-plain")


def test_apart(build):
    """Two lines of one detector: each row tells its own code, and its button leads to its own finding."""
    failed = "CcmSetup failed with error code "
    start = ("==========[ ccmsetup started in process 476 ]==========", 1)
    path = write("apart/ccmsetup.log", records("ccmsetup", [start, (failed + "0x80070005", 3), ("Quiet", 1), start,
                                                            (failed + "0x80041002", 3)]))
    with Program(build, path) as program:
        view = program.x_window("ccmsetup.log")
        program.wait_for_row(failed + "0x80041002")
        window.keys(view, "ctrl+Home")
        program.wait_for_row("started in process")
        for code, line in (("0x80070005", "0x80070005: Access is denied"), ("0x80041002", "0x80041002: WMI: object")):
            next_error(program, view, failed + code)
            shown(program, f"ccmsetup failed: {code}")
            window.screenshot(f"apart-{code}")
            press(program, "All 2 steps")
            # What the line says stands in the panel alone.
            window.wait_until(lambda line=line: is_there(program, "label", line), f"the finding of {code}")
            window.screenshot(f"apart-finding-{code}")


def test_word(build):
    path = write("word/Fabrikam.txt", "All is well\n" * 5 + "The request failed\n")
    with Program(build, path) as program:
        next_error(program, program.x_window("Fabrikam.txt"), "The request failed")
        shown(program, "Error (the word “failed”)")


def test_json(build):
    """Laid out with what is nested in it; the script in it is decoded; back to what is written."""
    with open_errors(build, "json", "json", "plain", "xml") as program:
        view = program.x_window("AppWorkload.log")
        next_error(program, view, "Got policy")
        wait_for_forms(program, ["As Written", "JSON", "Decoded", "Bytes"])
        window.screenshot("details-json-as-written")
        press(program, "JSON")
        shown(program, '  "Rules": [\n    {\n      "Kind": 3,\n      "Enabled": true\n    },')
        shown(program, '  "Settings": "{\n    "Retry": {\n      "Count": 3,')
        shown(program, "}\nfrom the service")
        window.screenshot("details-json")
        press(program, "Decoded")
        shown(program, "Get-Service -Name Fabrikam | Restart-Service")
        window.screenshot("details-decoded")
        # What an entry does not have is not shown for it, and comes back with the next one that does.
        press(program, "JSON")
        next_error(program, view, "Nothing but words")
        wait_for_forms(program, ["As Written", "Bytes"])
        shown(program, "Nothing but words, and they failed")
        next_error(program, view, "Message received")
        wait_for_forms(program, ["As Written", "XML", "Bytes"])
        shown(program, "<Job Type='Evaluate'>\n  <Name>Fabrikam</Name>\n  <Items>\n    <Item Id='1'/>")
        window.screenshot("details-xml")
        # A small window has no less of it, only less room.
        window.xdotool("windowsize", "--sync", view, 900, 600)
        wait_for_forms(program, ["As Written", "XML", "Bytes"])
        window.wait_until(lambda: window.geometry(view)[2:] == (900, 600), "a small window")
        window.screenshot("details-small")
        press(program, "As Written")
        shown(program, "<Item Id='1'/><Item Id='2'/></Items></Job>'")


def test_other_forms(build):
    """By the keyboard: what is written in each entry once it is laid out or decoded."""
    with open_errors(build, "other", "mof", "values", "command", "answer", "broken") as program:
        view = program.x_window("AppWorkload.log")
        next_error(program, view, "instance of CCM_Fabrikam_Event")
        wait_for_forms(program, ["As Written", "MOF", "Bytes"])
        window.keys(view, "ctrl+j")
        shown(program, 'DateTime = "20261118141241.327000+000"  (2026-11-18 14:12:41 UTC);')
        window.screenshot("details-mof")
        next_error(program, view, "StatusCode=403")
        wait_for_forms(program, ["As Written", "Values", "Bytes"])
        shown(program, "StatusCode = 403\nStatusText = Refused\nHost       = cmg.contoso.com")
        next_error(program, view, "powershell.exe")
        wait_for_forms(program, ["As Written", "Decoded", "Bytes"])
        window.keys(view, "ctrl+j")
        shown(program, "of UTF-16⟩\nGet-Service -Name Fabrikam | Restart-Service\r\nWrite-Output")
        window.screenshot("details-command")
        next_error(program, view, "Answer of the service")
        wait_for_forms(program, ["As Written", "Decoded", "Bytes"])
        shown(program, 'was compressed⟩\n{\n  "Answer": "no",')
        next_error(program, view, "and no more")
        wait_for_forms(program, ["As Written", "JSON", "Bytes"])
        press(program, "JSON")
        shown(program, '{\n⟨broken here: what follows is as written⟩')
        shown(program, '"Kind" and no more')
        window.screenshot("details-broken")


def test_bytes(build):
    """Rows of bytes, and more of them."""
    with open_errors(build, "bytes", "plain", "long") as program:
        view = program.x_window("AppWorkload.log")
        next_error(program, view, "Nothing but words")
        press(program, "Bytes")
        shown(program, "  3c 21 5b 4c 4f 47 5b 4e  6f 74 68 69 6e 67 20 62   <![LOG[Nothing b")
        window.screenshot("details-bytes")
        next_error(program, view, "A long line")
        record = records("AppWorkload", [("", 1)] * 9 + [(TEXTS["long"], 3)]).encode().splitlines(True)[-1]
        last_row = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in record[len(record) // 16 * 16 - 16 :][:16])
        more = find_deep(program.root, "button", "Show more bytes")
        assert not is_there(program, "label", last_row)
        window.activate(more)
        shown(program, last_row)
        window.wait_until(lambda: not is_there(program, "button", "Show more bytes"), "all bytes")


def test_wrap(build):
    """A long line is one line where lines are not wrapped."""
    with open_errors(build, "wrap", "long") as program:
        view = program.x_window("AppWorkload.log")
        next_error(program, view, "A long line")

        def height():
            label = next((node for node in window.walk(program.root, 60) if is_message(node)), None)
            return label and label.get_extents().height

        def is_message(node):
            return node.get_role_name() == "label" and len(node.get_name() or "") > 3000

        window.wait_until(lambda: (height() or 0) > 100, "a message of many lines")
        press(program, "Wrap long lines")
        window.wait_until(lambda: (height() or 100) < 40, "a message of one line")
        window.screenshot("details-no-wrap")
        press(program, "Wrap long lines")
        window.wait_until(lambda: (height() or 0) > 100, "a message of many lines again")


def pasted():
    command = ["xclip", "-o", "-selection", "clipboard", "-t", "UTF8_STRING"]
    return subprocess.run(command, capture_output=True, check=False, timeout=20).stdout.decode()


def test_copy(build):
    need_tool("xclip")
    with open_errors(build, "copy", "values") as program:
        view = program.x_window("AppWorkload.log")
        next_error(program, view, "StatusCode=403")
        press(program, "Values")
        wanted = {
            "Copy Message": lambda text: text == TEXTS["values"],
            "Copy Entry": lambda text: text.strip()
            == f"{TEXTS['values']}\tAppWorkload\t2026-11-18 10:00:08.345\t4012",
            "Copy Record as Written": lambda text: text.startswith("<![LOG[Request") and text.endswith('file="x.cpp:1">'),
            "Copy What Is Shown": lambda text: text.startswith("Request was\nStatusCode = 403\n"),
        }
        for name, is_right in wanted.items():
            window.keys(view)
            choose_entry(program, lambda: press(program, "Copy"), name)
            window.wait_until(lambda right=is_right: right(pasted()), f"the clipboard after {name}")



def test_half_a_record(build):
    """What is written of it later belongs to it"""
    path = write("half/Contoso.log", records("Contoso", [("Contoso begins", 1)]))
    half, rest = records("Contoso", [("Contoso ends with 0x80070005", 3)]).split("with ")
    with open(path, "a", encoding="utf-8", newline="") as file:
        file.write(half)
    with Program(build, path) as program:
        window.find(program.root, name="Live")
        view = program.x_window("Contoso.log")
        window.keys(view, "End")
        window.find(program.root, "label", "incomplete: the record was cut")
        with open(path, "a", encoding="utf-8", newline="") as file:
            file.write("with " + rest)
        find_deep(program.root, "button", "0x80070005")
        window.wait_until(lambda: window.look_for(program.root, "label", "incomplete: the record was cut") is None,
                          "the whole record")



def test_long_message(build):
    """It is shown piece by piece, and none is lost."""
    message = " ".join(f'{{"Id":"{i}","Script":"{"x" * 300}"}}' for i in range(300))
    path = write("long/Contoso.log", records("Contoso", [("short", 1), (message, 1)]))
    with Program(build, path) as program:
        view = program.x_window("Contoso.log")
        window.keys(view, "End")

        def shown():
            return "".join(node.get_text() or "" for node in window.find_all(program.root, "label", "xxxxxxxx")
                           if node.get_text()).replace(" ", "")

        wanted = message.replace(" ", "")
        window.wait_until(lambda: wanted.startswith(shown()) and len(shown()) > 12_000, "the first pieces")
        for _ in range(3):
            if shown() == wanted:
                break
            before = len(shown())
            window.activate(window.find(program.root, "button", "Show more ("))
            window.wait_until(lambda before=before: len(shown()) > before + 60_000 or shown() == wanted, "more pieces")
        window.wait_until(lambda: shown() == wanted, lambda: f"all of it, not {len(shown())} of {len(wanted)}")


TESTS = [
    ("attributes", test_attributes),
    ("apart", test_apart),
    ("word", test_word),
    ("json", test_json),
    ("other-forms", test_other_forms),
    ("bytes", test_bytes),
    ("wrap", test_wrap),
    ("copy", test_copy),
    ("half-a-record", test_half_a_record),
    ("long-message", test_long_message),
]

if __name__ == "__main__":
    sys.exit(run(TESTS))
