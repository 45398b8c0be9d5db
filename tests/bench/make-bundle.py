#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a bundle as a collector of Intune makes it, with invented text: 150 members of about
200 MB, two of them cabinets. The same bytes for the same size.

    make-bundle.py MAKE_LOG FILE [--megabytes 200]"""

import argparse
import pathlib
import random
import struct
import subprocess
import sys
import zipfile
import zlib

BLOCK = 32768
STAMP = (2024, 9, 24, 10, 3, 10)
LOGS = ["intunemanagementextension", "agentexecutor", "appworkload", "clienthealth",
        "healthscripts", "sensor", "win32appinventory", "comanagementhandler", "ccmexec",
        "locationservices", "policyagent", "appenforce"]


def checksum(data, seed=0):
    """[MS-CAB] 3.1: the words, one over the other."""
    whole = len(data) // 4 * 4
    for (word,) in struct.iter_unpack("<I", data[:whole]):
        seed ^= word
    return seed ^ int.from_bytes(data[whole:], "big")


def make_block(data):
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = b"CK" + packer.compress(data) + packer.flush()
    lengths = struct.pack("<HH", len(packed), len(data))
    return struct.pack("<I", checksum(lengths, checksum(packed))) + lengths + packed


def make_cabinet(files):
    """One folder in MSZIP."""
    data = b"".join(content for _, content in files)
    blocks = [make_block(data[at:at + BLOCK]) for at in range(0, len(data), BLOCK)]
    entries, offset = b"", 0
    date = (STAMP[0] - 1980) << 9 | STAMP[1] << 5 | STAMP[2]
    time = STAMP[3] << 11 | STAMP[4] << 5 | STAMP[5] // 2
    for name, content in files:
        entries += struct.pack("<IIHHHH", len(content), offset, 0, date, time, 0x20)
        entries += name.encode() + b"\0"
        offset += len(content)
    start = 36 + 8 + len(entries)
    packed = b"".join(blocks)
    head = b"MSCF" + struct.pack("<IIIIIBBHHHHH", 0, start + len(packed), 0, 44, 0, 3, 1, 1,
                                 len(files), 0, 1, 0)
    return head + struct.pack("<IHH", start, len(blocks), 1) + entries + packed


class Maker:
    def __init__(self, make_log, scale):
        self.make_log = make_log
        self.scale = scale
        self.random = random.Random(1)
        self.n_logs = 0

    def size(self, kilobytes):
        return max(1024, int(kilobytes * 1000 * self.scale))

    def log(self, kilobytes):
        self.n_logs += 1
        command = [self.make_log, str(self.size(kilobytes)), str(self.n_logs)]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout

    def registry(self, kilobytes):
        lines, size, n = ["Windows Registry Editor Version 5.00\r\n"], 0, 0
        while size < self.size(kilobytes) // 2:
            n += 1
            lines.append(f"\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso\\Key{n:05}]\r\n"
                         f'"Value{n}"=dword:{self.random.getrandbits(32):08x}\r\n'
                         f'"Name"="Fabrikam {n % 97}"\r\n')
            size += len(lines[-1])
        return b"\xff\xfe" + "".join(lines).encode("utf-16-le")

    def binary(self, kilobytes):
        """Of records that resemble each other, as in an event log."""
        start = self.random.randbytes(512)
        return b"".join(start[:400] + self.random.randbytes(112)
                        for _ in range(self.size(kilobytes) // 512))

    def page(self, kilobytes):
        row = "<tr><td>Setting {0}</td><td>{1}</td></tr>\n"
        rows = (row.format(i, self.random.randrange(1000)) for i in
                range(self.size(kilobytes) // 45))
        return ("<html><body><table>\n" + "".join(rows) + "</table></body></html>\n").encode()


def list_members(maker):
    number = 0
    for i in range(60):
        number += 1
        yield (f"({number}) FoldersFiles ProgramData_Microsoft_IntuneManagementExtension_Logs/"
               f"{LOGS[i % len(LOGS)]}{'' if i < len(LOGS) else f'-20240924-10{i:02}11'}.log",
               maker.log(2050))
    for i in range(40):
        number += 1
        yield f"({number}) RegistryKey HKLM_Software_Contoso_Area{i:02} export.reg", \
            maker.registry(500)
    for i in range(30):
        number += 1
        yield f"({number}) Events Contoso-Area{i:02} Events.evtx", maker.binary(1000)
    for i in range(17):
        number += 1
        yield f"({number}) Command windir_system32_report{i:02} output.html", maker.page(600)
    for name in ("mdmlogs", "mpsupportfiles"):
        number += 1
        yield f"({number}) FoldersFiles temp_{name}.cab", make_cabinet(
            [(f"{name}-{i}.log", maker.log(1000)) for i in range(5)])
    yield "results.xml", b'<Collection HRESULT="0"><ID>00000000-0000-4000-8000-000000000000</ID>' \
        b"</Collection>"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("make_log")
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--megabytes", type=float, default=200)
    arguments = parser.parse_args()

    maker = Maker(arguments.make_log, arguments.megabytes / 200)
    with zipfile.ZipFile(arguments.file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in list_members(maker):
            archive.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
    return 0


if __name__ == "__main__":
    sys.exit(main())
