#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-mime.py XML: the MIME type compiles, and the desktop then tells these logs from other files."""

import os
import shutil
import subprocess
import sys
import tempfile

import lintlib

RECORD = (
    b'<![LOG[Client is healthy]LOG]!><time="10:11:12.345+300" date="11-18-2026" '
    b'component="CcmExec" context="" type="1" thread="4012" file="x.cpp:1">\r\n'
)
SAMPLES = [
    ("CcmExec.log", RECORD, "text/x-ccm-log"),
    ("CcmExec-bom.log", b"\xef\xbb\xbf" + RECORD, "text/x-ccm-log"),
    ("CcmExec.lo_", RECORD, "text/x-ccm-log"),
    ("setup.log", b"Starting set-up of the printer\r\n", "text/x-log"),
    ("System.evtx", b"ElfFile\0" + b"\0" * 4088, "application/x-ms-evtx"),
    ("exported", b"ElfFile\0" + b"\0" * 4088, "application/x-ms-evtx"),
    ("notes.txt", b"Nothing to see here\n", "text/plain"),
]


def content_type(path, environment):
    result = subprocess.run(
        ["gio", "info", "-a", "standard::content-type", path],
        capture_output=True, text=True, check=False, env=environment,
    )
    for line in result.stdout.splitlines():
        if "standard::content-type:" in line:
            return line.split(":")[-1].strip()
    return result.stderr.strip() or "nothing"


def main():
    package = sys.argv[1]
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, "share", "mime")
        os.makedirs(os.path.join(database, "packages"))
        shutil.copy(package, os.path.join(database, "packages"))
        shutil.copy("/usr/share/mime/packages/freedesktop.org.xml", os.path.join(database, "packages"))
        for command in (["xmllint", "--noout", package], ["update-mime-database", database]):
            result = lintlib.run(*command)
            if result.returncode or "rror" in result.stderr:
                problems.append(f"{command[0]}: {result.stderr.strip()}")
        environment = dict(os.environ, XDG_DATA_HOME=os.path.join(folder, "share"), XDG_DATA_DIRS="/nonexistent")
        for name, data, expected in SAMPLES:
            path = os.path.join(folder, name)
            with open(path, "wb") as file:
                file.write(data)
            found = content_type(path, environment)
            if found != expected:
                problems.append(f"{name} is {found}, should be {expected}")
    lintlib.finish(problems, len(SAMPLES), "samples")


main()
