#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-bundles.py BUILD-FOLDER: what the real window says of bundles as collectors make them.

Runs inside run-in-x. All bundles are made here; the device and its hosts are invented.
"""

import os
import random
import shutil
import subprocess
import sys
import zipfile

import window
from gi.repository import Atspi
from harness import Program, answer_dialog, click_on, entries_of_menu, focused_entry, quiet, records, run, write

REGISTRY = "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso]\r\n\"a\"=\"b\"\r\n"
REPORT = (
    '<Collection HRESULT="0"><ID>a</ID><SasUrl>https://contoso.example/?sig=c2VjcmV0</SasUrl>'
    '<RegistryKey HRESULT="-2147024893">HKLM\\SOFTWARE\\Contoso</RegistryKey>'
    '<RegistryKey HRESULT="-2147024894">HKLM\\SOFTWARE\\Fabrikam</RegistryKey>'
    '<Command HRESULT="-2147024891">%windir%\\system32\\contoso.exe /all</Command>'
    '<FoldersFiles HRESULT="0">%windir%\\ccm\\logs\\*.log</FoldersFiles>'
    '<FoldersFiles HRESULT="-2147024893">C:\\Fabrikam\\*.log</FoldersFiles></Collection>')


def make_bundle(name, members):
    path = os.path.join(os.environ["HOME"], "logs", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for member, content in members:
            bundle.writestr(member, content)
    return path


def check_report(program):
    """What REPORT says stands on the members, and on what has none."""
    window.find(program.root, "label", "Not collected")
    window.find(program.root, name="It was collected, but the device reports 0x80070003 for it")
    window.find(program.root, "label", "Registry key. It does not exist on this device (0x80070002).")
    window.find(program.root, "label", "Command. Access was denied (0x80070005).")
    window.find(program.root, "label", "Fabrikam\\*.log")
    window.find(program.root, "label", "Files. Its folder does not exist on this device (0x80070003).")
    shown = [node.get_name() for node in window.find_all(program.root, "label")]
    assert not any("c2Vj" in name for name in shown), shown
    # Each of the three once.
    assert shown.count("Not collected") == 1, shown
    assert "3" in shown[shown.index("Not collected"):][:2], shown


def test_report(build):
    """The device's own report on the collecting, in the layout of today."""
    path = make_bundle("DiagLogs-PC0042-20261118T100311Z.zip", [
        ("results.xml", REPORT),
        ("(1) RegistryKey HKLM_SOFTWARE_Contoso export.reg", REGISTRY),
        ("(2) No Results - Error [0x80070002] RegistryKey HKLM_SOFTWARE_Fabrikam", ""),
        ("(3) Command windir_system32_contoso_exe_all output.log", ""),
        ("(4) FoldersFiles windir_ccm_logs\\CcmExec.log", quiet("CcmExec")),
    ])
    with Program(build, path) as program:
        window.find(program.root, "label", "Intune diagnostics")
        check_report(program)
        window.screenshot("report")


def test_numbered_report(build):
    """The same in the layout with numbered folders."""
    path = make_bundle("DiagLogs-PC0043-20220118T100311Z.zip", [
        ("results.xml", REPORT),
        ("1/export.reg", REGISTRY),
        ("3/output.log", ""),
        ("4/CcmExec.log", quiet("CcmExec")),
    ])
    with Program(build, path) as program:
        window.find(program.root, "label", "Intune diagnostics")
        check_report(program)
        window.screenshot("numbered-report")


def test_written_anew(build):
    """An export of the registry that is exported again: what is in it now is shown."""
    path = write("export.reg", REGISTRY)
    with Program(build, path) as program:
        window.find(program.root, "table row", 'a = "b"')
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(REGISTRY + '"contoso"="fabrikam"\r\n')
        # With the last part of its key: the names of values are the same under many.
        window.find(program.root, "table row", 'Contoso\\contoso = "fabrikam"')
        program.wait_for_tabs(["export.reg"])
        window.screenshot("written-anew")


def top_of(node):
    return node.get_extents().y


def test_refused(build):
    """Far more members than have room: the banner's button goes to what could not be read, or not whole."""
    path = make_bundle("damaged.zip", [(f"Contoso{n:02}.log", quiet(f"Contoso{n:02}", 3)) for n in range(40)])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as bundle:
        bundle.writestr("Alpha.log", quiet("Alpha"))
        bundle.writestr("zeros.gz", "no archive")
    with open(path, "rb") as file:
        content = file.read()
    with open(path, "wb") as file:
        file.write(content.replace(b"Alpha entry 9", b"Alpha entry x"))
    with Program(build, path) as program:
        button = window.find(program.root, "button", "Details")
        refused = window.find(program.root, "list item", "zeros")
        # The banner slides in.
        click_on(button, window.x_window(r"\.log$"))
        window.wait_until(lambda: refused.get_state_set().contains(Atspi.StateType.FOCUSED), "the focus")
        window.wait_until(lambda: top_of(refused) < 700, "the row in sight")
        window.screenshot("refused")
        window.find(program.root, "label", "Not readable")
        window.find(program.root, "label", "Read in part")
        item = window.find_all(program.root, "list item", "Alpha")[-1]
        window.click(*window.middle_of(item, window.x_window(r"\.log$")))
        window.find(program.root, "table row", "Alpha entry x")


def test_damaged_list(build):
    """The list of the files in an archive is damaged, and one of the files: the archive is none of its files."""
    path = make_bundle("PC07.zip", [(f"Contoso{n}.log", quiet(f"Contoso{n}", 3)) for n in range(3)])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as bundle:
        bundle.writestr("Alpha.log", quiet("Alpha"))
        bundle.writestr("Beta.log", quiet("Beta"))
    with open(path, "rb") as file:
        content = bytearray(file.read().replace(b"Alpha entry 9", b"Alpha entry x"))
    last = content.rindex(b"PK\1\2")
    content[last : last + 4] = b"CONT"
    with open(path, "wb") as file:
        file.write(content)
    with Program(build, path) as program:
        whole = "“PC07.zip” is damaged. Ask for a new copy; what could be read is shown."
        window.find(program.root, "label", f"{whole}\n“Alpha.log”")
        window.find(program.root, "label", "The bundle as a whole")
        window.find(program.root, "label", "Read in part")
        assert window.look_for(program.root, "label", "Not readable") is None
        window.screenshot("damaged-list")


def test_no_text(build):
    """Bytes that are no text are shown, and told to look like no log."""
    path = write("no-text/Contoso.log", "")
    with open(path, "wb") as file:
        file.write(random.Random(1).randbytes(100000))
    with Program(build, path) as program:
        program.wait_for_tabs(["Contoso.log"])
        window.find(program.root, "label", "“Contoso.log” does not look like a log")
        window.screenshot("no-text")


def test_long_name(build):
    """A name without a blank, as long as an archive can have it: the window stays as wide as it was."""
    for name in "a" * 4000 + ".cab", "b" * 5000 + ".log":
        path = make_bundle("long.zip", [("Contoso.log", quiet("Contoso")), (name, "no archive")])
        with Program(build, path) as program:
            window.find(program.root, "label", f"“{name[:60]}…")
            view = program.x_window("Contoso.log")
            window.screenshot(f"long-name-{name[0]}")
            width = window.geometry(view)[2]
            assert width <= 1280, f"{width} pixels"


def test_many_refused(build):
    """More than a list can hold: how many more there are is said."""
    path = write("many-links/CcmExec.log", quiet("CcmExec"))
    folder = os.path.dirname(path)
    for n in range(310):
        os.symlink(path, os.path.join(folder, f"Contoso{n:03}.log"))
    with Program(build, folder) as program:
        window.find(program.root, name="310 of 311 files could not be read")
        click_on(window.find(program.root, "button", "Details"), window.x_window(r"\.log$"))
        window.find(program.root, "list item", "10 files more")
        assert window.look_for(program.root, "list item", "Contoso299") is not None
        assert window.look_for(program.root, "list item", "Contoso300") is None
        window.screenshot("many-refused")


def test_torn(build):
    """A disk breaks while a log is read: what came of it stays, and that there is more is said."""
    path = write("Contoso-torn.log", quiet("Contoso", 4000))
    preloaded = {
        "LD_PRELOAD": os.path.join(build, "tests/window/failing-disk.so"),
        "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0",
    }
    with Program(build, path, env={**os.environ, **preloaded}) as program:
        sentence = "The server or the disk that holds “Contoso-torn.log” went away. What was read is shown."
        window.find(program.root, name=sentence)
        window.find(program.root, "table row", "Contoso entry")
        window.find(program.root, name="Read in part")
        window.screenshot("torn")


BLOCKED = "Failed to enroll with RegisterDeviceWithManagementUsingAADDeviceCredentials with error code 0x80180026"


def test_renamed(build):
    """A log that was renamed is known by its entries; of one that could be any the panel says so."""
    path = write("renamed/log.txt", records("CoManagementHandler", [("Contoso starts", 1), (BLOCKED, 3)]))
    with Program(build, path) as program:
        program.wait_for_tabs(["log.txt"])
        window.find(program.root, name="Enrollment blocked by policy")
        program.wait_for_row("Failed to enroll with")
        assert window.look_for(program.root, name="Neither name nor entries tell") is None
    path = write("renamed/other.txt", records("Contoso", [("Contoso starts", 1), ("0x80180026", 3)]))
    with Program(build, path) as program:
        window.find(program.root, name="Neither name nor entries tell which log “other.txt” is")
        window.screenshot("renamed")


def test_places(build):
    """What made the bundle is read whole in the sidebar; what a menu cannot do now keeps its place in it."""
    folder = os.path.join(os.environ["HOME"], "logs", "places")
    shutil.copytree(os.path.join(build, "data", "practice", "practice", "first-day"), folder)
    with Program(build, folder) as program:
        label = window.find(program.root, "label", "Configuration Manager client logs")
        assert label.get_extents().height > 20, label.get_extents()
        window.screenshot("subtitle")
        view = window.x_window(r"\.log$")
        window.keys(view, "F10")
        window.wait_until(lambda: focused_entry(entries_of_menu(program)), "the menu")
        with_bundle = [node.get_name() for node in entries_of_menu(program)]
        window.keys(view, "Escape")
    with Program(build, write("places-alone/Contoso.log", quiet("Contoso"))) as program:
        program.wait_for_tabs(["Contoso.log"])
        view = program.x_window("Contoso.log")
        window.keys(view, "F10")
        window.wait_until(lambda: focused_entry(entries_of_menu(program)), "the menu")
        alone = [node.get_name() for node in entries_of_menu(program)]
        assert "Close Bundle" in alone and alone == with_bundle, (alone, with_bundle)
        window.keys(view, "Escape")


def test_pass_phrase_refused(build):
    """What waits for its pass phrase did not fail; it is told of when nobody has one."""
    folder = os.path.join(os.environ["HOME"], "no-phrase")
    os.makedirs(folder)
    names = [f"{name}.log" for name in ("CcmExec", "PolicyAgent", "ContosoA", "ContosoB")]
    for name in names:
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
            file.write(quiet(name[:-4]))
    subprocess.run(["zip", "-q", "-P", "contoso", "locked.zip", *names], cwd=folder, check=True, timeout=60)
    question = "This bundle is encrypted. Enter its pass phrase."
    refused = "4 of 4 files could not be read"
    with Program(build, os.path.join(folder, "locked.zip")) as program:
        window.find(program.root, "list item", "CcmExec")
        assert window.look_for(program.root, name=refused) is None
        window.screenshot("pass-phrase-asked")
        answer_dialog(program, question, "Escape")
        window.find(program.root, name=refused)
        window.screenshot("pass-phrase-refused")
    with Program(build, os.path.join(folder, "locked.zip")) as program:
        answer_dialog(program, question, *"contoso", "Return")
        window.find(program.root, "list item", "CcmExec, entries: 20")
        assert window.look_for(program.root, name=refused) is None


def test_nested_pass_phrase(build):
    """An archive inside an encrypted bundle, with a pass phrase of its own: asked for when it is met."""
    folder = os.path.join(os.environ["HOME"], "two-phrases")
    os.makedirs(folder)
    for name, component in (("inner.log", "PolicyAgent"), ("outer.log", "CcmExec")):
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
            file.write(quiet(component))
    for archive, phrase, members in (("inner.zip", "fabrikam", ["inner.log"]),
                                     ("outer.zip", "contoso", ["inner.zip", "outer.log"])):
        subprocess.run(["zip", "-q", "-P", phrase, archive, *members], cwd=folder, check=True, timeout=60)
    with Program(build, os.path.join(folder, "outer.zip")) as program:
        answer_dialog(program, "This bundle is encrypted. Enter its pass phrase.", *"contoso", "Return")
        sentence = "This archive inside of the bundle has a pass phrase of its own. Enter it."
        window.find(program.root, name=sentence)
        window.screenshot("nested-pass-phrase")
        answer_dialog(program, sentence, *"nonsense", "Return")
        window.find(program.root, name="inner.zip")
        answer_dialog(program, "The pass phrase is wrong. Enter it again.", *"fabrikam", "Return")
        window.find(program.root, "list item", "inner, entries: 20")
        window.find(program.root, "list item", "outer, entries: 20")
        assert window.look_for(program.root, name="Not readable") is None


def test_no_logs(build):
    """A bundle in which no file is named like a log: one of its other files is chosen, and read as one."""
    path = make_bundle("nonames.zip", [("logs/messages", quiet("CcmExec")), ("logs/a.etl", "trace")])
    with Program(build, path) as program:
        window.find(program.root, name="No File Is Named Like a Log")
        window.find(program.root, "label", "Choose one of the “Other files” in the sidebar to read it as a log.")
        window.find(program.root, "label", "Other files")
        item = window.find(program.root, "list item", "messages")
        window.screenshot("no-names")
        window.click(*window.middle_of(item, window.x_window("nonames.zip")))
        window.find(program.root, "table row", "CcmExec entry 9")
    # In a narrow window the sidebar, which is all that there is to be seen of it, is there as well.
    with Program(build, path) as program:
        window.find(program.root, "list item", "messages")
        view = window.x_window("nonames.zip")
        window.xdotool("windowsize", view, "900", "600")
        window.wait_until(lambda: window.geometry(view)[2] < 1000, "the narrow window")
        window.click(*window.middle_of(window.find(program.root, "list item", "messages"), view))
        program.wait_for_tabs(["messages"])
    # Beside a log that is open, too; but not before others, which take its place.
    log = write("loose/PolicyAgent.log", quiet("PolicyAgent"))
    with Program(build, path, log) as program:
        window.find(program.root, name="“nonames.zip” holds no logs")
        program.wait_for_tabs(["PolicyAgent.log"])
        subprocess.run([program.program, path], check=True, timeout=60)
        window.find(program.root, name="No file in “nonames.zip” is named like a log. Choose one in the sidebar.")
        item = window.find(program.root, "list item", "messages")
        window.screenshot("no-names-beside")
        window.click(*window.middle_of(item, window.x_window(r"PolicyAgent\.log|nonames")))
        program.wait_for_tabs(["PolicyAgent.log", "messages"])
    # Of these none can be read: each says what opens it.
    path = make_bundle("traces.zip", [("a.etl", "trace"), ("b.png", "picture"), ("c.7z", "7z")])
    with Program(build, path) as program:
        window.find(program.root, name="No Logs in Here")
        window.find(program.root, "label", "The sidebar says of each file what it is, and what opens it.")
        window.find(program.root, "label", "Trace for Windows tools.")
        window.find(program.root, "label", "7-Zip archive.")
        window.screenshot("no-logs")


def test_no_archive(build):
    """A 7-Zip archive is not shown as text, and nothing is said of its health."""
    path = write("logs.7z", "7z\n")
    with open(path, "wb") as file:
        file.write(b"7z\xbc\xaf\x27\x1c" + bytes(100))
    with Program(build, path) as program:
        window.find(program.root, name="“logs.7z” is a 7-Zip archive, which Cotrace does not open. Unpack it first")
        assert window.tabs(program.root) == []
        assert window.look_for(program.root, name="No known failure found") is None
        window.screenshot("no-archive")


def test_older_part(build):
    """What is read with the newest part has no count of its own, and so none is read out."""
    path = make_bundle("parts.zip", [("CcmExec.log", quiet("CcmExec", 3)), ("CcmExec.lo_", quiet("CcmExec", 3))])
    with Program(build, path) as program:
        window.find(program.root, "list item", "CcmExec, entries: 6, errors: 0")
        window.activate(window.find(program.root, name="Show 1 older part"))
        older = window.find(program.root, "list item", "CcmExec.lo_")
        assert older.get_name() == "CcmExec.lo_, older part, read with “CcmExec”", older.get_name()
        window.screenshot("older-part")


TESTS = [
    ("report", test_report),
    ("numbered-report", test_numbered_report),
    ("written-anew", test_written_anew),
    ("refused", test_refused),
    ("damaged-list", test_damaged_list),
    ("no-text", test_no_text),
    ("long-name", test_long_name),
    ("many-refused", test_many_refused),
    ("torn", test_torn),
    ("renamed", test_renamed),
    ("places", test_places),
    ("pass-phrase-refused", test_pass_phrase_refused),
    ("nested-pass-phrase", test_nested_pass_phrase),
    ("no-logs", test_no_logs),
    ("no-archive", test_no_archive),
    ("older-part", test_older_part),
]


sys.exit(run(TESTS))
