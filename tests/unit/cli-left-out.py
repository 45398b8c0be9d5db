#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""cli-left-out.py CLI: what the command line says of files that are no logs, or are not named as logs are."""

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

CLI = sys.argv[1]
RECORD = ('<![LOG[{}]LOG]!><time="09:12:41.327+300" date="11-18-2026" component="CcmExec" context="" type="1" '
          'thread="7120" file="a.cpp:12">\r\n')
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(64)


def run(*arguments):
    return subprocess.run([CLI, *arguments], capture_output=True, text=True, check=False, timeout=120)


def make_zip(members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as bundle:
        for name, content in members.items():
            bundle.writestr(name, content)
    return file.getvalue()


def make_tar(text):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo("CcmExec.log")
        member.size = len(text)
        archive.addfile(member, io.BytesIO(text.encode()))
    return file.getvalue()


class LeftOut(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, content):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    def test_what_is_no_log_is_not_read_as_one(self):
        """The sentence says what it is, and nothing is diagnosed."""
        archive = make_zip({"CcmExec.log": RECORD.format("Contoso")})
        cases = {
            "logs.7z": (SEVEN_ZIP, "is a 7-Zip archive"),
            "logs.log": (SEVEN_ZIP, "is a 7-Zip archive"),
            "logs.rar": (b"Rar!\x1a\x07\x00" + bytes(64), "is a RAR archive"),
            "logs.tar": (make_tar(RECORD.format("Contoso")), "is a tar archive"),
            "tar.zip": (make_tar(RECORD.format("Contoso")), "is a tar archive"),
            "logs.iso": (bytes(32768) + b"\x01CD001\x01" + bytes(4096), "is an image of a disc"),
            "logs.pdf": (b"%PDF-1.4\n", "is a PDF document"),
            "screen.log": (b"\x89PNG\r\n\x1a\n" + bytes(40), "is a picture"),
            "logs.docx": (make_zip({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}),
                          "is an office document"),
            "logs.zip.001": (archive[:len(archive) // 2], "Join the parts first"),
            "logs.zip.002": (archive[len(archive) // 2:], "Join the parts first"),
            "logs.z01": (b"PK\x07\x08" + archive, "Join the parts first"),
        }
        for name, (content, sentence) in cases.items():
            path = self.write(name, content)
            for command in "show", "info", "scan":
                result = run(command, path)
                self.assertEqual(result.returncode, 2, (command, name, result.stdout))
                self.assertIn(sentence, result.stderr, (command, name))
                self.assertNotIn("No known failure", result.stdout, (command, name))
                self.assertNotIn("Plain text", result.stdout, (command, name))

    def test_the_same_inside_of_a_bundle(self):
        """By its name it is told of, and by its content it is refused."""
        path = self.write("in.zip", make_zip({
            "h.7z": SEVEN_ZIP, "g.tar": make_tar("x"), "l.iso": "x", "j.pdf": "%PDF-1.4", "m.docx": "PK",
            "p.zip.002": "x", "CcmExec.log": RECORD.format("Contoso"), "PolicyAgent.log": SEVEN_ZIP}))
        result = run("info", path)
        self.assertEqual(result.returncode, 2)
        self.assertIn("“PolicyAgent.log” is a 7-Zip archive", result.stderr)
        for line in ("h.7z (72 bytes): 7-Zip archive.", "g.tar (10.2\xa0kB): tar archive.",
                     "l.iso (1 byte): Image of a disc.", "j.pdf (8 bytes): Document.", "m.docx (2 bytes): Document.",
                     "p.zip.002 (1 byte): Part of a split archive. Join the parts first"):
            self.assertIn(f"\n  {line}", result.stdout)
        self.assertNotIn("as their names are those of no logs", result.stdout)

    def test_a_folder_has_them_too(self):
        self.write("CcmExec.log", SEVEN_ZIP)
        self.write("PolicyAgent.log", RECORD.format("Contoso").encode())
        result = run("scan", self.folder.name)
        self.assertEqual(result.returncode, 2)
        self.assertIn("“CcmExec.log” is a 7-Zip archive", result.stderr)
        self.assertIn("1 log looked at.", result.stdout)

    def test_what_is_left_out_is_named(self):
        members = {"a.etl": bytes(99), "c.png": b"\x89PNG\r\n", "d.dmp": "MDMP", "e.eml": "From: a\n", "messages": "x\n",
                   "CcmExec.log": RECORD.format("Contoso")}
        path = self.write("other.zip", make_zip(members))
        named = ["1 file was not read, as its name is that of no log: messages\n", "Not read here:\n",
                 "  a.etl (99 bytes): Trace for Windows tools.", "  c.png (6 bytes): Picture.",
                 "  d.dmp (4 bytes): Memory dump.", "  e.eml (8 bytes): Mail."]
        for command in "info", "scan":
            result = run(command, path)
            self.assertEqual((result.returncode, result.stderr), (0, ""), command)
            for line in named:
                self.assertIn(line, result.stdout, command)
        # There entries are all that is printed.
        for form in "text", "ndjson":
            result = run("show", "--format", form, path)
            self.assertEqual(result.returncode, 0)
            for line in named:
                self.assertIn(line, result.stderr, form)
                self.assertNotIn(line, result.stdout, form)
        self.assertEqual(run("show", self.write("CcmExec.log", RECORD.format("Contoso").encode())).stderr, "")

    def test_the_only_member_of_a_gzip_is_read(self):
        """Whatever the file is called, somebody packed it to be read."""
        packed = gzip.compress(RECORD.format("Contoso").encode())
        for name in "logs.gz", "messages.1.gz", "backup", "PolicyAgent.GZ":
            path = self.write(name, packed)
            result = run("show", "--format", "ndjson", path)
            self.assertEqual((result.returncode, result.stderr), (0, ""), name)
            self.assertEqual(json.loads(result.stdout)["message"], "Contoso", name)
        database = self.write("state.db.gz", gzip.compress(b"SQLite format 3\0" + bytes(64)))
        self.assertIn("state.db", run("scan", database).stdout)
        self.assertNotIn("No known failure", run("scan", database).stdout)
        inside = self.write("in.zip", make_zip({"messages.gz": packed}))
        self.assertEqual(json.loads(run("show", "--format", "ndjson", inside).stdout)["log"], "messages.gz/messages")
        result = run("scan", self.write("logs.tar.gz", gzip.compress(make_tar("x"))))
        self.assertEqual(result.returncode, 2)
        self.assertIn("is a tar archive", result.stderr)

    def test_info_has_the_order_of_the_window(self):
        """By whose the logs are and by name, the newest part first; in an archive they stand anyhow."""
        path = self.write("parts.zip", make_zip({name: RECORD.format("Contoso") for name in (
            "notes.txt", "smsexec.log", "PolicyAgent.lo_", "ccmsetup.log", "CcmExec-20261117-100311.log",
            "PolicyAgent.log", "CcmExec.lo_", "CcmExec.log")}))
        wanted = ["CcmExec.log", "CcmExec.lo_", "CcmExec-20261117-100311.log", "PolicyAgent.log", "PolicyAgent.lo_",
                  "ccmsetup.log", "smsexec.log", "notes.txt"]
        lines = run("info", "--format", "ndjson", path).stdout.splitlines()
        self.assertEqual([json.loads(line)["log"] for line in lines], wanted)
        text = run("info", path).stdout.splitlines()
        self.assertEqual([line for line in text[1:] if not line.startswith(" ")], wanted)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
