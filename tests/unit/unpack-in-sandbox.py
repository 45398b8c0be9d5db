#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""unpack-in-sandbox CLI: archives open inside another sandbox as well.

Flatpak runs programs in namespaces of their own, with a filter that refuses some calls. The worker
must be able to lock itself in there, and to read an archive."""

import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile

# What Flatpak's filter refuses, by number on x86_64: syslog, uselib, acct, quotactl, the keys, the
# memory policies, and all that makes a namespace or changes what is mounted; ptrace and perf.
REFUSED = [103, 134, 163, 179, 248, 249, 250, 256, 237, 238, 239, 279, 272, 308, 165, 166, 155, 161, 101, 298]
CLONE3 = 435
EPERM, ENOSYS = 1, 38

LOG = (
    '<![LOG[Contoso device is not provisioned]LOG]!><time="09:12:41.327+300" date="11-18-2026" '
    'component="CoManagementHandler" context="" type="1" thread="7120" file="a.cpp:1">\r\n'
)


def instruction(code, true, false, value):
    return struct.pack("=HBBI", code, true, false, value)


def filter_program():
    """Classic BPF over the number of the call: an error for those, leave for the rest."""
    load_number, jump_if_equal, leave = 0x20, 0x15, 0x06
    refuse = lambda error: instruction(leave, 0, 0, 0x00050000 | error)
    program = instruction(load_number, 0, 0, 0)
    for number in REFUSED:
        program += instruction(jump_if_equal, 0, 1, number) + refuse(EPERM)
    program += instruction(jump_if_equal, 0, 1, CLONE3) + refuse(ENOSYS)
    return program + instruction(leave, 0, 0, 0x7FFF0000)


def run(command, sandboxed):
    if not sandboxed:
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    # The leak check traces the process, which is refused in there.
    environment = dict(os.environ, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0")
    with tempfile.TemporaryFile() as program:
        program.write(filter_program())
        program.seek(0)
        around = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-all",
                  "--die-with-parent", "--seccomp", str(program.fileno())]
        return subprocess.run(around + command, capture_output=True, text=True, check=False, timeout=120,
                              env=environment, pass_fds=[program.fileno()])


def main():
    cli = sys.argv[1]
    print("1..3", flush=True)
    if platform.machine() != "x86_64" or shutil.which("bwrap") is None or run(["true"], True).returncode != 0:
        for number in range(1, 4):
            print(f"ok {number} # SKIP there is no bwrap here that can make a sandbox")
        return 0

    # The filter is there at all: unshare is refused.
    refused = run(["unshare", "--user", "true"], True)
    print("ok 1" if refused.returncode != 0 else "not ok 1", "- the outer filter refuses", flush=True)

    status = refused.returncode == 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "bundle.zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("CoManagementHandler.log", LOG * 500)
        for number, sandboxed in ((2, False), (3, True)):
            result = run([cli, "info", path], sandboxed)
            good = result.returncode == 0 and "500" in result.stdout
            status = status or not good
            where = "inside" if sandboxed else "outside"
            print("ok" if good else "not ok", number, f"- read {where} a sandbox", flush=True)
            if not good:
                print("\n".join(f"# {line}" for line in (result.stdout + result.stderr).splitlines()))
    return 1 if status else 0


sys.exit(main())
