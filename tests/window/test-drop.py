#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-drop.py BUILD-FOLDER: files and bundles dropped onto the real window by a real drag.

Runs inside run-in-x. All bundles are made here; the device and its hosts are invented.
"""

import os
import struct
import subprocess
import sys
import time
import zipfile
import zlib

import window
from harness import Program, answer_dialog, quiet, run, secret_bundle, write

MIB = 1 << 20


def drag(source, target):
    """By the real pointer, slowly enough for the threshold and the target to be noticed."""
    left, top, width, height = window.geometry(source)
    x, y = left + width // 2, top + height // 2
    left, top, width, height = window.geometry(target)
    to_x, to_y = left + width // 2, top + height * 2 // 3
    window.xdotool("mousemove", x, y, "mousedown", 1)
    for step in range(1, 21):
        window.xdotool("mousemove", x + (to_x - x) * step // 20, y + (to_y - y) * step // 20)
        time.sleep(0.03)
    window.xdotool("mousemove", to_x + 3, to_y + 3)


def has_landed():
    """The window is called after what it shows; of an encrypted bundle that is nothing yet."""
    return is_titled("Pass Phrase") or not is_titled("Cotrace")


def is_titled(title):
    return bool(window.xdotool("search", "--onlyvisible", "--name", f"^{title}$").split())


def drop(program, build, *files):
    """Out of another process onto the window, which says what it would do."""
    target = program.x_window("Cotrace")
    with subprocess.Popen([os.path.join(build, "tests/window/drag-source"), *files]) as source:
        try:
            place = program.x_window("Drag source")
            window.xdotool("windowmove", "--sync", target, 0, 0)
            window.xdotool("windowmove", "--sync", place, 20, 20)
            window.xdotool("windowraise", place)
            drag(place, target)
            window.find(program.root, name="Drop to open")
            window.xdotool("mouseup", 1)
            # The source has to be there until it was asked for its files.
            window.wait_until(has_landed, "what was dropped")
        finally:
            source.terminate()


def cabinet(files):
    """A cabinet that stores its files, all in one block."""
    data = b"".join(content for _, content in files)
    entries, offset = b"", 0
    for name, content in files:
        entries += struct.pack("<IIHHHH", len(content), offset, 0, 0x5B72, 0x5000, 0x20) + name.encode() + b"\0"
        offset += len(content)
    start = 36 + 8 + len(entries)
    head = struct.pack("<4sIIIIIBBHHHHH", b"MSCF", 0, start + 8 + len(data), 0, 44, 0, 3, 1, 1, len(files), 0, 1, 0)
    return head + struct.pack("<IHH", start, 1, 0) + entries + struct.pack("<IHH", 0, len(data), len(data)) + data


def make_bundle(name, members):
    path = os.path.join(os.environ["HOME"], "logs", name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for member, content in members:
            bundle.writestr(member, content)
    return path


def test_files(build):
    """Two files: two tabs, in order."""
    files = [write(f"drop/{name}.log", quiet(name)) for name in ("Zulu", "Yankee")]
    with Program(build) as program:
        drop(program, build, *files)
        program.wait_for_tabs(["Zulu.log", "Yankee.log"])


def test_intune(build):
    """What the collector of Intune makes, with a cabinet inside: its logs are listed and opened."""
    inner = cabinet([("CoManagementHandler.log", quiet("CoManagementHandler", 5).encode()),
                     ("ClientIDManagerStartup.log", quiet("ClientIDManagerStartup", 9).encode())])
    path = make_bundle("DiagLogs-PC0042-20261118T100311Z.zip", [
        ("results.xml", '<Collection HRESULT="0"><ID>a</ID></Collection>'),
        ("(4) RegistryKey HKLM_Software_Contoso export.reg", "Windows Registry Editor Version 5.00\r\n"),
        ("(41) FoldersFiles windir_temp\\mdmlogs-20261118.cab", inner),
        ("(70) FoldersFiles windir_ccm_logs\\CcmExec.log", quiet("CcmExec")),
    ])
    with Program(build) as program:
        drop(program, build, path)
        window.find(program.root, "label", "Intune diagnostics")
        window.find(program.root, "list item", "CcmExec, entries: 20")
        window.find(program.root, "list item", "CoManagementHandler, entries: 5")
        item = window.find(program.root, "list item", "ClientIDManagerStartup, entries: 9")
        window.click(*window.middle_of(item, window.x_window(r"\.log$")))
        program.x_window("ClientIDManagerStartup.log")
        window.find(program.root, "table row", "ClientIDManagerStartup entry 8")


def test_encrypted(build):
    """The pass phrase is asked for, and what it opens is shown."""
    with Program(build) as program:
        drop(program, build, secret_bundle("dropped.zip"))
        answer_dialog(program, "This bundle is encrypted. Enter its pass phrase.", *"contoso", "Return")
        program.wait_for_tabs(["PC01.log"])
        window.find(program.root, "table row", "Contoso line 3")


def test_bomb(build):
    """A member that would grow without end has its sentence, and all others open."""
    pieces = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(pieces.compress(bytes(MIB)) for _ in range(1024)) + pieces.flush()
    path = make_bundle("bomb.zip", [
        ("PolicyAgent.log", quiet("PolicyAgent")), ("zeros.gz", bomb), ("CcmExec.log", quiet("CcmExec", 7)),
    ])
    with Program(build) as program:
        drop(program, build, path)
        window.find(program.root, "list item", "CcmExec, entries: 7")
        window.find(program.root, "list item", "PolicyAgent, entries: 20")
        window.find(program.root, name="Not readable")
        window.find(program.root, name="zeros")
        window.find(program.root, name="unpacks to more than the limit")


TESTS = [
    ("files", test_files),
    ("intune", test_intune),
    ("encrypted", test_encrypted),
    ("bomb", test_bomb),
]


sys.exit(run(TESTS))
