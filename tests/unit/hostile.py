#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""hostile.py CLI plain|sanitized [CASE...]: files that were made to do harm end soon, in little memory, with a sentence.

Each case is generated here and read by the command line, whose time and memory are measured by
the kernel. Nothing that it says may be a crash, and what is honest beside the harm stays readable.
"""

import bz2
import gzip
import io
import json
import lzma
import os
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
import zlib

CLI = os.path.abspath(sys.argv[1])
# Of the whole command, with its workers. Sanitizers cost a multiple of both.
IS_SANITIZED = sys.argv[2] == "sanitized"
MAX_SECONDS = (300 if IS_SANITIZED else 60) * float(os.environ.get("COT_WAIT_FACTOR", "1"))
MAX_RSS_KIB = None if IS_SANITIZED else 600 * 1024
PAGE_KIB = resource.getpagesize() // 1024
KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30

LINE = (
    '<![LOG[Contoso device is not provisioned]LOG]!><time="09:12:41.327+300" date="11-18-2026" '
    'component="CoManagementHandler" context="" type="1" thread="7120" file="a.cpp:1">\r\n'
)
GOOD_NAME, GOOD = "good.log", (LINE * 5).encode()

LIMIT = "unpacks to more than the limit"
DAMAGED = "is damaged"
CUT = "is missing"
TOO_MANY = "holds more files"
NOT_LOOKED_INTO = "was not looked into"
NO_ARCHIVE = "is called an archive, but is none"
UNSUPPORTED = "packed in a way"
TOO_DEEP = "is nested too deep"


# How archives are written. The standard library writes honest ones only.


def deflate(data, level=9):
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def local_header(name, method=0, packed=0, size=0, crc=0, flags=0):
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, flags, method, 0, 0x5B71, crc, packed, size,
                       len(name), 0) + name


def central_header(name, offset, method=0, packed=0, size=0, crc=0, flags=0, extra=b"", made_by=20):
    return struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, made_by, 20, flags, method, 0, 0x5B71, crc,
                       packed, size, len(name), len(extra), 0, 0, 0, 0, offset) + name + extra


def end_record(n_entries, n_bytes, offset):
    n_entries = min(n_entries, 0xFFFF) if n_entries < 0xFFFF else n_entries & 0xFFFF
    return struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, n_entries, n_entries, n_bytes, offset, 0)


class Zip:
    """Entries one behind the other; what the directory says of them may be a lie."""

    def __init__(self):
        self.body = bytearray()
        self.directory = bytearray()
        self.n_entries = 0

    def add(self, name, packed, method=0, size=None, crc=None, offset=None, says_packed=None, **more):
        name = name.encode() if isinstance(name, str) else name
        plain_size = len(packed) if size is None else size
        crc = zlib.crc32(packed) if crc is None else crc
        says_packed = len(packed) if says_packed is None else says_packed
        here = len(self.body)
        self.body += local_header(name, method, says_packed & 0xFFFFFFFF, plain_size & 0xFFFFFFFF, crc)
        self.body += packed
        self.directory += central_header(name, here if offset is None else offset, method, says_packed,
                                         plain_size, crc, **more)
        self.n_entries += 1
        return here

    def add_data(self, name, data):
        return self.add(name, deflate(data), 8, len(data), zlib.crc32(data))

    def add_alias(self, name, offset, method, packed, size, crc):
        self.directory += central_header(name, offset, method, packed, size, crc)
        self.n_entries += 1

    def finish(self):
        return bytes(self.body + self.directory
                     + end_record(self.n_entries, len(self.directory), len(self.body)))


def with_good():
    maker = Zip()
    maker.add_data(GOOD_NAME, GOOD)
    return maker


def cabinet(files, folders, data, flags=0, links=b"", n_folders=None, set_id=1, index=0):
    """@files: (name, size, offset in its folder, number of the folder); @folders: (offset of the
    data behind the head, number of blocks, method); @data: the blocks."""
    head_bytes = 36 + len(links) + 8 * len(folders)
    entries = b"".join(struct.pack("<IIHHHH", size, offset, folder, 0x5B71, 0x4985, 0x20) + name.encode() + b"\0"
                       for name, size, offset, folder in files)
    start = head_bytes + len(entries)
    places = b"".join(struct.pack("<IHH", start + at, blocks, method) for at, blocks, method in folders)
    total = start + len(data)
    return (struct.pack("<4sIIIIIBBHHHHH", b"MSCF", 0, total, 0, head_bytes, 0, 3, 1,
                        len(folders) if n_folders is None else n_folders, len(files), flags, set_id, index)
            + links + places + entries + data)


def block(data, unpacked=None, packed=None):
    return struct.pack("<IHH", 0, len(data) if packed is None else packed,
                       len(data) if unpacked is None else unpacked) + data


def small_cabinet(name="a.log", data=LINE.encode()):
    return cabinet([(name, len(data), 0, 0)], [(0, 1, 0)], block(data))


def event_log(program):
    """A log of one chunk with one record, whose binary XML is @program; checksums are true."""
    record_bytes = 24 + len(program) + 4
    record = struct.pack("<IIQQ", 0x00002A2A, record_bytes, 1, 133000000000000000) + program
    record += struct.pack("<I", record_bytes)
    chunk = bytearray(65536)
    chunk[512:512 + len(record)] = record
    struct.pack_into("<8sQQQQIII", chunk, 0, b"ElfChnk\0", 1, 1, 1, 1, 128, 512, 512 + len(record))
    struct.pack_into("<I", chunk, 52, zlib.crc32(record))
    struct.pack_into("<I", chunk, 124, zlib.crc32(chunk[:120] + chunk[128:512]))
    head = bytearray(4096)
    struct.pack_into("<8sQQQIHHHH", head, 0, b"ElfFile\0", 0, 0, 2, 128, 1, 3, 4096, 1)
    struct.pack_into("<I", head, 124, zlib.crc32(head[:120]))
    return bytes(head + chunk)


def template_instance(definition, body, values):
    """An instance of the template that is defined at @definition; @body: the definition, if here."""
    return b"\x0c\x01" + struct.pack("<II", 7, definition) + body + values


def put(folder, name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def put_sparse(folder, name, n_bytes):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.truncate(n_bytes)
    return path


# The cases: each writes into a folder, and gives the path, the command, what must be said, and
# whether the good log must come out.


def full_overlap(folder):
    maker, zeros = with_good(), bytes(10 * MIB)
    packed, crc = deflate(zeros), zlib.crc32(zeros)
    offset = maker.add("0.log", packed, 8, len(zeros), crc)
    for number in range(1, 5000):
        maker.add_alias(b"%d.log" % number, offset, 8, len(packed), len(zeros), crc)
    return put(folder, "overlap.zip", maker.finish()), "scan", [DAMAGED], True


def quoted_overlap(folder):
    """The data of each entry quotes the head of the next in a stored block, and goes on with its
    data; so all of them end in the same bytes, and each is as large as all behind it."""
    zeros = bytes(10 * MIB)
    data, size = deflate(zeros), len(zeros)
    names = [b"%d.log" % number for number in range(120)]
    chain, directory = data, []
    contents = zeros
    for name in reversed(names):
        head = local_header(name, 8, len(chain), size, zlib.crc32(contents))
        directory.append((name, len(chain), size, zlib.crc32(contents)))
        inside = head + chain
        chain = struct.pack("<BHH", 0, len(head), len(head) ^ 0xFFFF) + inside
        contents = head + contents
        size += len(head)
    archive, offset = with_good(), 0
    start = len(archive.body)
    archive.body += chain[5:]
    for name, packed, plain, crc in reversed(directory):
        archive.add_alias(name, start + offset, 8, packed, plain, crc)
        offset += 30 + len(name) + 5
    return put(folder, "quoted.zip", archive.finish()), "scan", [DAMAGED], True


def nested_bomb(folder):
    """As 42.zip: 6 levels of 16 copies over 60 MiB of zeros, about 1,000,000 GiB."""
    archive = Zip()
    archive.add_data("zeros.log", bytes(60 * MIB))
    data = archive.finish()
    for level in range(6):
        archive = Zip() if level < 5 else with_good()
        for number in range(16):
            archive.add_data("%x.zip" % number, data)
        data = archive.finish()
    return put(folder, "forty-two.zip", data), "scan", [NOT_LOOKED_INTO], True


def deep(folder):
    data = small_cabinet()
    for level in range(8):
        archive = with_good() if level == 7 else Zip()
        archive.add("inner.zip" if level else "inner.cab", data)
        data = archive.finish()
    return put(folder, "deep.zip", data), "scan", [TOO_DEEP], True


def repeats(folder):
    """The same archive 400 times beside itself, and in itself."""
    inner = Zip()
    inner.add_data("b.log", LINE.encode())
    data = inner.finish()
    archive = with_good()
    for number in range(400):
        archive.add("copy-%d.zip" % number, data)
    return put(folder, "repeats.zip", archive.finish()), "scan", [NOT_LOOKED_INTO], True


def bomb_and_good(folder):
    archive, zeros = with_good(), bytes(60 * MIB)
    packed, crc = deflate(zeros), zlib.crc32(zeros)
    for number in range(40):
        archive.add("zeros-%d.log" % number, packed, 8, len(zeros), crc)
    archive.add_data("last.log", GOOD)
    return put(folder, "bomb.zip", archive.finish()), "scan", [LIMIT], True


def lying_sizes(folder):
    archive, much = with_good(), deflate(bytes(50 * MIB))
    archive.add("says-less.log", much, 8, 100, 0)
    archive.add("says-more.log", deflate(LINE.encode()), 8, 10 * KIB, 0)
    archive.add("says-all.log", deflate(LINE.encode()), 8, 0xFFFFFFFE, 0)
    archive.add("stored-more.log", LINE.encode(), 0, 2 * GIB - 1, 0)
    archive.add("outside.log", LINE.encode(), offset=0xFFFFFFF0)
    archive.add("packed-more.log", LINE.encode(), 8, 1 * MIB, 0, says_packed=0xFFFFFFF0)
    for number, value in enumerate((1 << 63, (1 << 64) - 1, (1 << 63) - 1)):
        archive.directory += central_header(
            b"zip64-%d.log" % number, 0xFFFFFFFF, 8, 0xFFFFFFFF, 0xFFFFFFFF, 0,
            extra=struct.pack("<HHQQQ", 1, 24, value, value, value))
        archive.n_entries += 1
    return put(folder, "lies.zip", archive.finish()), "scan", [DAMAGED, LIMIT], True


def lying_directory(folder):
    """Many end records, of which none is true, behind an honest archive without its own."""
    archive = with_good()
    body = bytes(archive.body + archive.directory)
    lies = end_record(1, 0xFFFFFFF0, 0x7FFFFFFF) * 40000
    zip64 = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 1 << 63, 1 << 63, (1 << 64) - 46, 1 << 62)
    locator = struct.pack("<IIQI", 0x07064B50, 0, len(body) + len(lies), 1)
    return put(folder, "ends.zip", body + lies + zip64 + locator + end_record(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)), \
        "scan", [CUT], True


def very_many(folder):
    archive = with_good()
    for number in range(200001):
        name = b"n/%d.txt" % number
        offset = len(archive.body)
        archive.body += local_header(name) if number < 10 else b""
        archive.add_alias(name, offset, 0, 0, 0, 0)
    return put(folder, "many.zip", archive.finish()), "scan", [TOO_MANY], True


def many_cabinets(folder):
    archive, data = with_good(), small_cabinet()
    for number in range(65536):
        archive.add("%d.cab" % number, data)
    return put(folder, "cabinets.zip", archive.finish()), "scan", [NOT_LOOKED_INTO], True


def bad_cabinets(folder):
    """Blocks with impossible sizes, in each method; folders that are none; lists that lead
    outside."""
    noise = bytes((number * 2654435761 >> 13) & 0xFF for number in range(4000))
    archive = with_good()
    for method in (0x0001, 0x0702, 0x0003, 0x0F03, 0x1503, 0x1F03, 0xFFFF, 0x000F):
        for number, data in enumerate((
                block(noise), block(noise, 0xFFFF), block(noise, 0), block(b"", 32768), block(noise, 32768, 0xFFFF),
                block(b"CK" + noise, 32768), block(noise, 32769) * 3)):
            archive.add("m%x-%d.cab" % (method, number),
                        cabinet([("a.log", 100000, 0, 0)], [(0, 3, method)], data * 3))
    for number in (0xFFFD, 0xFFFE, 0xFFFF, 1, 0x7FFF):
        archive.add("f%x.cab" % number, cabinet([("a.log", 100, 0, number)], [(0, 1, 3)], block(noise)))
        archive.add("n%x.cab" % number, cabinet([("a.log", 100, 0, number)], [], block(noise)))
        archive.add("l%x.cab" % number, cabinet([("a.log", 100, 0, 0)], [(0, 1, 0x1503)], block(noise), n_folders=number))
    archive.add("size.cab", cabinet([("a.log", 0xFFFFFFFF, 0xFFFFFFFF, 0)], [(0, 0xFFFF, 0x1503)], block(noise)))
    archive.add("far.cab", cabinet([("a.log", 100, 0, 0)], [(0x7FFFFFFF, 1, 1)], block(noise)))
    archive.add("head.cab", cabinet([], [], b"")[:36])
    archive.add("overlap.cab", cabinet([("%d.log" % n, 3000, 0, 0) for n in range(60000)], [(0, 1, 0)], block(noise)))
    return put(folder, "bad-cabinets.zip", archive.finish()), "scan", [DAMAGED], True


def cabinet_circle(folder):
    """Parts of a set that name each other, and themselves, as what comes next."""
    for name, other, index in (("a.cab", "b.cab", 0), ("b.cab", "a.cab", 1), ("c.cab", "c.cab", 0)):
        link = other.encode() + b"\0disk\0"
        put(folder, name, cabinet([("a.log", 100, 0, 0xFFFF)], [(0, 1, 0)], block(bytes(100)), flags=3,
                                  links=link + link, index=index))
    put(folder, GOOD_NAME, GOOD)
    return folder, "scan", [""], True


def gzip_bomb(folder):
    """10 GiB of zeros, as a folder's file and inside a zip."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    # What stands behind a full flush refers to nothing before it: one piece does for all.
    piece = packer.compress(bytes(16 * MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    n_pieces = 640
    # Only who unpacks all of it would see that the checksum is none.
    packed = (b"\x1f\x8b\x08\x00" + bytes(6) + piece * n_pieces + packer.flush()
              + struct.pack("<II", 0, n_pieces * 16 * MIB & 0xFFFFFFFF))
    put(folder, "zeros.gz", packed)
    archive = with_good()
    archive.add("zeros.gz", packed)
    put(folder, "inside.zip", archive.finish())
    return folder, "scan", [LIMIT], True


def gzip_crowd(folder):
    """A million streams one behind the other, and a name without end."""
    put(folder, "crowd.gz", gzip.compress(b"a", 9, mtime=0) * 1000000)
    put(folder, "name.gz", b"\x1f\x8b\x08\x08" + bytes(6) + b"n" * (64 * MIB))
    put(folder, GOOD_NAME, GOOD)
    return folder, "scan", [""], True


def streamed_and_cut(folder):
    """No directory, and sizes that are found by unpacking only: 40 MB of zeros in each of many."""
    body = bytearray(local_header(GOOD_NAME.encode(), 0, len(GOOD), len(GOOD), zlib.crc32(GOOD)) + GOOD)
    packed = bz2.compress(bytes(40 * MIB))
    for number in range(3000):
        body += local_header(b"%d.log" % number, 12, flags=8) + packed + struct.pack("<III", 0, len(packed), 40 * MIB)
    return put(folder, "cut.zip", bytes(body)), "scan", [CUT], True


def greedy_methods(folder):
    """Dictionaries and windows that no machine has."""
    archive = with_good()
    archive.add("lzma.log", b"\x10\x02\x05\x00\x5d\xff\xff\xff\xff" + bytes(1000), 14, 10 * MIB, 0)
    archive.add("zstd.log", b"\x28\xb5\x2f\xfd\x00\xf8" + bytes(1000), 93, 10 * MIB, 0)
    archive.add("xz.log", lzma.compress(bytes(MIB), filters=[{"id": lzma.FILTER_LZMA2, "dict_size": GIB}]),
                95, MIB, zlib.crc32(bytes(MIB)))
    archive.add("bzip2.log", b"BZh9" + bytes(1000), 12, 10 * MIB, 0)
    archive.add("deflate64.log", b"\xff" * 1000, 9, 1 * MIB, 0)
    archive.add("ppmd.log", bytes(1000), 98, 1 * MIB, 0)
    return put(folder, "greedy.zip", archive.finish()), "scan", [DAMAGED, UNSUPPORTED, LIMIT], True


def empty_members(folder):
    """A log of nothing takes next to nothing, so that very many of them do not take all."""
    archive = with_good()
    for number in range(20000):
        archive.add("f%d/%d.txt" % (number // 1000, number), b"")
    return put(folder, "empty.zip", archive.finish()), "scan", [], True


def very_many_logs(folder):
    """Each has a line, so that each is a log; the good one comes first."""
    archive = with_good()
    for number in range(199999):
        archive.add("l%d/%d.log" % (number // 1000, number), b"failed", size=6, crc=zlib.crc32(b"failed"))
    return put(folder, "logs.zip", archive.finish()), "scan", ["holds more than 50,000 logs"], True


def names(folder):
    archive = with_good()
    for name in ("/etc/passwd.log", "../../../x.log", "C:\\Windows\\x.log", "..", ".", "", "CON", "a//b.log",
                 "nul\0.log", "esc\x1b[2J\x1b]0;title\x07.log", "bidi\u202egol.exe.log", "\u2066i\u2069.log",
                 "line\nbreak\r.log", "d/" * 2000 + "deep.log", "same.log", "same.log", "SAME.LOG",
                 b"\xff\xfe\x80.log", b"\xed\xa0\x80.log", "n" * 4096 + ".log", "n" * 60000):
        archive.add(name, LINE.encode())
    return put(folder, "names.zip", archive.finish()), "scan", [""], True


def event_cycles(folder):
    """Templates that hold themselves, values that hold documents that hold values, and counts that
    no file could have room for."""
    # The fragment's head has 4 bytes behind the record's 24, so the instance stands at 540.
    fragment, at = b"\x0f\x01\x01\x00", 512 + 24 + 4
    values = struct.pack("<I", 0)
    inner = fragment + template_instance(at + 10, b"", values) + b"\x00"
    body = struct.pack("<I16sI", at + 10, bytes(16), len(inner)) + inner
    put(folder, "cycle.evtx", event_log(fragment + template_instance(at + 10, body, values) + b"\x00"))
    for name, count in (("count-ff", 0xFFFFFFFF), ("count-7f", 0x7FFFFFFF), ("count-64k", 65536)):
        lie = struct.pack("<I", count) + struct.pack("<HBB", 0xFFFF, 0x21, 0) * 100
        put(folder, name + ".evtx", event_log(fragment + template_instance(at + 10, body, lie) + b"\x00"))
    nested = b"\x00"
    for _ in range(200):
        nested = fragment + template_instance(
            at + 10, b"", struct.pack("<IHBB", 1, min(len(nested), 0xFFFF), 0x21, 0) + nested)
    put(folder, "nested.evtx", event_log(fragment + nested[4:]))
    put(folder, "open.evtx", event_log(fragment + b"\x41\xff\xff\x10\x00\x00\x00\x1c\x02\x00\x00" * 3000))
    sizes = bytearray(event_log(fragment + b"\x00"))
    struct.pack_into("<I", sizes, 4096 + 512 + 4, 0xFFFFFFFF)
    put(folder, "size.evtx", bytes(sizes) + b"ElfChnk\0" * 100000)
    put(folder, GOOD_NAME, GOOD)
    return folder, "scan", [""], True


def event_growth(folder):
    """64 KiB that a template would make into gigabytes: each value is used 5,000 times."""
    fragment, at = b"\x0f\x01\x01\x00", 512 + 24 + 4
    uses = b"\x0d\x00\x00\x01" * 5000
    inner = fragment + uses + b"\x00"
    body = struct.pack("<I16sI", 0, bytes(16), len(inner)) + inner
    text = ("x" * 20000).encode("utf-16-le")
    values = struct.pack("<IHBB", 1, len(text), 1, 0) + text
    one = event_log(fragment + template_instance(at + 10, body, values) + b"\x00")
    head, chunk = one[:4096], one[4096:]
    archive = with_good()
    archive.add_data("grows.evtx", head + chunk * 100)
    return put(folder, "grows.zip", archive.finish()), "scan", [""], True


def sparse_archives(folder):
    """4 GiB that are not there, under each name."""
    for name in ("nul.zip", "nul.cab"):
        put_sparse(folder, name, 4 * GIB)
    put(folder, GOOD_NAME, GOOD)
    return folder, "info", [NO_ARCHIVE], True


def sparse_gzip(folder):
    put_sparse(folder, "nul.gz", 4 * GIB)
    put(folder, GOOD_NAME, GOOD)
    return folder, "info", [NO_ARCHIVE], True


def sparse_event_log(folder):
    put_sparse(folder, "nul.evtx", 4 * GIB)
    put(folder, GOOD_NAME, GOOD)
    return folder, "info", [""], True


def sparse_registry(folder):
    put_sparse(folder, "nul.reg", 4 * GIB)
    put(folder, GOOD_NAME, GOOD)
    return folder, "info", [""], True


def sparse_heads(folder):
    """The same behind heads that are true."""
    for name, head in (("h.zip", b"PK\x03\x04"), ("h.cab", small_cabinet()), ("h.gz", gzip.compress(b"a")),
                       ("h.evtx", event_log(b"\x0f\x01\x01\x00\x00"))):
        path = put(folder, name, head)
        os.truncate(path, 4 * GIB)
    put(folder, GOOD_NAME, GOOD)
    return folder, "info", [""], True


def hidden_in_folder(folder):
    """Special files under the names of archives."""
    os.mkfifo(os.path.join(folder, "fifo.zip"))
    os.symlink("/dev/zero", os.path.join(folder, "zero.zip"))
    os.symlink("loop.cab", os.path.join(folder, "loop.cab"))
    put(folder, "empty.zip", b"")
    put(folder, GOOD_NAME, GOOD)
    return folder, "scan", [""], True


CASES = [
    full_overlap, quoted_overlap, nested_bomb, deep, repeats, bomb_and_good, lying_sizes, lying_directory,
    very_many, many_cabinets, bad_cabinets, cabinet_circle, gzip_bomb, gzip_crowd, streamed_and_cut,
    greedy_methods, empty_members, very_many_logs, names, event_cycles, event_growth, sparse_archives, sparse_gzip,
    sparse_event_log, sparse_registry, sparse_heads, hidden_in_folder,
]


def list_group(group):
    """The memory of the processes of a group, in KiB."""
    for name in os.listdir("/proc"):
        try:
            if name.isdigit() and os.getpgid(int(name)) == group:
                with open(f"/proc/{name}/statm", encoding="ascii") as file:
                    yield int(file.read().split()[1]) * PAGE_KIB
        except (OSError, IndexError):
            pass  # it has ended meanwhile


class Run:
    """One command: how it ended, what it said, and what it cost."""

    def __init__(self, arguments):
        start = time.monotonic()
        self.process = subprocess.Popen(
            [CLI, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        watch = threading.Timer(2 * MAX_SECONDS, lambda: os.killpg(self.process.pid, signal.SIGKILL))
        watch.start()
        errors = io.BytesIO()
        reader = threading.Thread(target=lambda: shutil.copyfileobj(self.process.stderr, errors))
        reader.start()
        has_ended = threading.Event()
        self.rss_kib = 0
        weigher = threading.Thread(target=self.weigh, args=[has_ended])
        weigher.start()
        self.out = self.process.stdout.read()
        reader.join()
        has_ended.set()
        weigher.join()
        _, status = os.waitpid(self.process.pid, 0)
        watch.cancel()
        self.process.stdout.close()
        self.process.stderr.close()
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.status = self.process.returncode
        self.seconds = time.monotonic() - start
        self.errors = errors.getvalue().decode("utf-8", "replace")

    def weigh(self, has_ended):
        while not has_ended.wait(0.02):
            self.rss_kib = max(self.rss_kib, sum(list_group(self.process.pid)))


def find_faults(run, sentences, needs_good):
    if run.status not in (0, 1, 2, 3):
        yield f"it ended with {run.status}"
    if run.seconds > MAX_SECONDS:
        yield f"it took {run.seconds:.0f} seconds"
    if MAX_RSS_KIB is not None and run.rss_kib > MAX_RSS_KIB:
        yield f"it had {run.rss_kib // 1024} MiB"
    for sentence in sentences:
        if sentence not in run.errors:
            yield f"it did not say that something “{sentence}”"
    for word in ("CRITICAL", "WARNING", "ERROR **", "Sanitizer", "runtime error"):
        if word in run.errors:
            yield f"it complained: {word}"
    logs = [json.loads(line) for line in run.out.splitlines() if line.startswith(b'{"kind":"log"')]
    good = [log for log in logs if log["log"].endswith(GOOD_NAME)]
    if needs_good and (len(good) == 0 or good[0]["entries"] != 5):
        yield "the good log was not read"


def make_folder(case):
    """In memory for files that are nothing but a hole: on a disk, the kernel takes longest to read them."""
    in_memory = case.__name__.startswith("sparse_") and os.access("/dev/shm", os.W_OK)
    return tempfile.mkdtemp(prefix="cotrace-hostile-", dir="/dev/shm" if in_memory else None)


def check(case):
    folder = make_folder(case)
    cache = os.path.join(folder, "cache")
    os.environ["XDG_CACHE_HOME"] = cache
    try:
        place = os.path.join(folder, "input")
        os.mkdir(place)
        path, command, sentences, needs_good = case(place)
        run = Run([command, "--format=ndjson", path])
        faults = list(find_faults(run, sentences, needs_good))
        if os.path.isdir(cache) and os.listdir(cache):
            faults.append(f"it left {os.listdir(cache)} behind")
        return run, faults
    finally:
        shutil.rmtree(folder)


def main():
    wanted = sys.argv[3:]
    cases = [case for case in CASES if not wanted or case.__name__ in wanted]
    os.environ["LC_ALL"] = "C.UTF-8"
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(f"1..{len(cases)}", flush=True)
    failed = False
    for number, case in enumerate(cases, 1):
        run, faults = check(case)
        failed = failed or bool(faults)
        print("not ok" if faults else "ok", number, "-", case.__name__.replace("_", "-"),
              f"({run.seconds:.1f} s, {run.rss_kib // 1024} MiB)", flush=True)
        for line in faults + (run.errors.splitlines()[:8] if faults else []):
            print("#", line[:300], flush=True)
    return 1 if failed else 0


sys.exit(main())
