#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Event logs from the command line: as files, in bundles, damaged, and against another reader.

The other reader is evtxexport (libevtx-utils); without it those tests are skipped. They also read
the logs of a corpus beside the checkout (shared/corpus in the folder above, or COT_CORPUS).

usage: evtx.py CLI MAKE_EVTX SOURCE_ROOT [sanitized]
"""
import datetime
import glob
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree
import zipfile
import zlib

CLI, MAKE, ROOT = map(os.path.abspath, sys.argv[1:4])
CORPUS = os.environ.get("COT_CORPUS") or os.path.join(ROOT, "..", "shared", "corpus")
ORACLE = shutil.which("evtxexport")
CHUNK = 65536
HEADER = 4096
NAMESPACE = "{http://schemas.microsoft.com/win/2004/08/events/event}"


def run(*arguments):
    return subprocess.run([CLI, *arguments], capture_output=True, check=False, timeout=60)


def objects(result):
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


def is_intact(path):
    with open(path, "rb") as file:
        data = file.read()
    if len(data) < HEADER or struct.unpack_from("<I", data, 120)[0] & 1:
        return False
    for offset in range(HEADER, len(data), CHUNK):
        chunk = data[offset:offset + CHUNK]
        if not any(chunk):
            continue
        free = struct.unpack_from("<I", chunk, 48)[0]
        if (len(chunk) < CHUNK or free > CHUNK
                or zlib.crc32(chunk[:120] + chunk[128:512]) != struct.unpack_from("<I", chunk, 124)[0]
                or zlib.crc32(chunk[512:free]) != struct.unpack_from("<I", chunk, 52)[0]):
            return False
    return True


def plain(text):
    """Without what both readers may write in their own way: case, zeros that fill up, white."""
    text = re.sub(r"0x0+(?=[0-9a-f])", "0x", text.lower())
    text = re.sub(r"(t\d\d:\d\d:\d\d\.\d*?)0+z", r"\1z", text)
    return " ".join(text.split())


def unpack_all(folder):
    """Event logs inside the bundles of the corpus."""
    for number, path in enumerate(sorted(glob.glob(os.path.join(CORPUS, "files", "*")))):
        inside = os.path.join(folder, str(number))
        if path.lower().endswith(".zip") and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as bundle:
                for name in bundle.namelist():
                    if name.lower().endswith(".evtx"):
                        bundle.extract(name, inside)
        elif path.lower().endswith(".cab") and shutil.which("cabextract"):
            subprocess.run(["cabextract", "-q", "-F", "*.evtx", "-d", inside, path], check=False)
    return sorted(glob.glob(os.path.join(folder, "**", "*.evtx"), recursive=True))


def is_misread(text):
    """evtxexport writes a number below zero as another one."""
    return re.fullmatch(r"-\d+", text.strip()) is not None


def read_oracle(path):
    """By record number: the id, the time, and the texts of the data."""
    result = subprocess.run([ORACLE, "-f", "xml", path], capture_output=True, check=False)
    text = result.stdout.decode("utf-8", "replace")
    events = {}
    records = re.findall(r"<Event [^>]*>.*?</Event>", text, re.DOTALL)
    for record in records:
        tree = xml.etree.ElementTree.fromstring(re.sub(r'(<Event) [^>]*>', r"\1>", record, count=1))
        system = tree.find("System")
        number = system.findtext("EventRecordID")
        data = [item for name in ("EventData", "UserData") for item in tree.iterfind(name)]
        texts = [value for item in data for value in item.itertext() if value.strip()]
        events[int(number) if number else len(events) + 1] = (
            system.findtext("EventID"), system.find("TimeCreated").get("SystemTime"), texts)
    return events


class Evtx(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.log = self.make("System.evtx", 400)

    def make(self, name, n_events):
        path = os.path.join(self.folder.name, name)
        subprocess.run([MAKE, path, str(n_events)], check=True)
        return path

    def test_info(self):
        result = run("info", "--format", "ndjson", self.log)
        log = objects(result)[0]
        self.assertEqual(result.returncode, 0)
        self.assertEqual(log["format"], "evtx")
        self.assertEqual(log["entries"], 400)
        self.assertEqual(log["bytes"], os.path.getsize(self.log))
        self.assertEqual(log["severities"]["error"], 133)
        self.assertEqual(log["first"], "2026-11-22T04:12:41.327000")
        self.assertEqual(log["last"], "2026-11-22T04:19:20.327000")

    def test_show(self):
        entries = objects(run("show", "--format", "ndjson", self.log))
        self.assertEqual([entry["context"].rsplit(" ", 1)[1] for entry in entries],
                         [str(number) for number in range(1, 401)])
        self.assertEqual(entries[1]["message"], "Event ID 76: Auto MDM Enroll: Device Credential "
                         "(0x0), Failed (0x8018002b)")
        self.assertEqual(entries[1]["utc"], "2026-11-22T04:12:42.327000Z")
        self.assertEqual(entries[1]["severity"], "error")
        self.assertEqual(entries[1]["component"],
                         "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider")
        self.assertEqual(entries[1]["thread"], 7121)
        self.assertEqual(entries[2]["message"], "Event ID 1: one; Contoso")
        self.assertTrue(all(entry["complete"] for entry in entries))

    def test_filter(self):
        entries = objects(run("show", "--format", "ndjson", "--filter",
                              'origin ~ ":76$"', self.log))
        self.assertEqual(len(entries), 133)

    def test_raw(self):
        with open(self.log, "rb") as file:
            data = file.read()
        self.assertEqual(run("show", "--raw", self.log).stdout, data)
        other = self.make("Other.evtx", 2)
        merged = run("show", "--raw", "--merge", self.log, other).stdout.decode()
        self.assertEqual(merged.count("Event ID 76: "), 134)
        self.assertNotIn("\x1f", merged)

    def test_scan_by_channel(self):
        """The name says nothing of what is in it, the channel does."""
        findings = [item for item in objects(run("scan", "--format", "ndjson", self.log))
                    if item["kind"] == "finding"]
        found = {finding["detector"]: finding for finding in findings}
        self.assertIn("mdm-8018002b", found)
        self.assertEqual(found["mdm-8018002b"]["log"], self.log)

    def test_bundle(self):
        path = os.path.join(self.folder.name, "bundle.zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.write(self.log, "eventlogs/events.evtx")
            bundle.writestr("traces/boot.etl", b"\0" * 1000)
            bundle.writestr("eventlogs/empty.evtx", b"")
            bundle.writestr("eventlogs/none.evtx", b"no event log\r\n")
        logs = {os.path.basename(log["log"]): log
                for log in objects(run("info", "--format", "ndjson", path)) if log["kind"] == "log"}
        self.assertEqual(logs["events.evtx"]["format"], "evtx")
        self.assertEqual(logs["events.evtx"]["entries"], 400)
        self.assertEqual(logs["empty.evtx"]["entries"], 0)
        self.assertEqual(logs["none.evtx"]["format"], "plain")
        self.assertNotIn("boot.etl", logs)

    def test_damaged(self):
        with open(self.log, "r+b") as file:
            file.seek(HEADER)
            file.write(b"x" * 8)
            file.truncate(HEADER + 2 * CHUNK - 20000)
        result = run("show", "--format", "ndjson", self.log)
        entries = objects(result)
        self.assertEqual(result.returncode, 0)
        self.assertIn("damaged part of this event log was recovered", entries[0]["message"])
        self.assertEqual(entries[0]["severity"], "warning")
        self.assertEqual(entries[1]["context"].rsplit(" ", 1)[1], "1")
        self.assertGreater(len(entries), 100)

    def test_large(self):
        """20 MB within a second on a machine that has nothing else to do."""
        path = self.make("large.evtx", 42000)
        self.assertGreater(os.path.getsize(path), 20e6)
        start = time.monotonic()
        log = objects(run("info", "--format", "ndjson", path))[0]
        seconds = time.monotonic() - start
        print(f"# {os.path.getsize(path) / 1e6:.0f} MB in {seconds:.2f} s", file=sys.stderr)
        self.assertEqual(log["entries"], 42000)
        self.assertLess(seconds, 20)

    def compare(self, path):
        expected = read_oracle(path)
        entries = {int(entry["context"].rsplit(" ", 1)[1]): entry
                   for entry in objects(run("show", "--format", "ndjson", path))}
        for number, (event, moment, texts) in expected.items():
            entry = entries[number]
            self.assertEqual(entry["origin"].rsplit(":", 1)[1], event)
            self.assertEqual(entry["utc"][:26], moment[:26], path)
            message = plain(entry["message"])
            for text in texts:
                if is_misread(text):
                    continue
                self.assertIn(plain(text), message, f"{path}, record {number}")
        self.assertEqual(len(entries), len(expected), path)

    @unittest.skipUnless(ORACLE, "no evtxexport")
    def test_oracle(self):
        self.assertEqual(len(read_oracle(self.log)), 400)
        self.compare(self.log)

    @unittest.skipIf(sys.argv[4:] == ["sanitized"], "sanitizers make one of the two readers slow: it says nothing")
    @unittest.skipUnless(ORACLE, "no evtxexport")
    def test_speed(self):
        """Ten times as fast on a machine that has nothing else to do; here with room for noise."""
        path = self.make("large.evtx", 20000)
        seconds = {"info": [], "show": [], "oracle": []}
        for _ in range(3):
            for name, command in (("info", [CLI, "info", path]), ("show", [CLI, "show", path]),
                                  ("oracle", [ORACLE, path])):
                start = time.monotonic()
                subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
                seconds[name].append(time.monotonic() - start)
        ours, whole, theirs = (sorted(times)[1] for times in seconds.values())
        print(f"# info {theirs / ours:.1f} times, show {theirs / whole:.1f} times as fast as evtxexport",
              file=sys.stderr)
        self.assertGreater(theirs / ours, 4)

    @unittest.skipUnless(ORACLE, "no evtxexport")
    def test_corpus(self):
        paths = [path for path in sorted(glob.glob(os.path.join(CORPUS, "files", "*.evtx")))
                 + unpack_all(self.folder.name) if is_intact(path)]
        if not paths:
            self.skipTest("no corpus")
        print(f"# {len(paths)} event logs", file=sys.stderr)
        for path in paths:
            with self.subTest(os.path.basename(path)):
                self.compare(path)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
