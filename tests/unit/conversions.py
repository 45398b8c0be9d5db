#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that become rows, from the command line: registry exports, MDM reports, results.xml.

usage: conversions.py CLI
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile

CLI = os.path.abspath(sys.argv[1])
MDM_KEY = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\MDM"
EXPORT = ("Windows Registry Editor Version 5.00\r\n\r\n"
          f"[{MDM_KEY}]\r\n\"ClientHealthStatus\"=dword:%08x\r\n"
          "\"Owner\"=\"Contos\u00f3 \u20ac\"\r\n")
TOKEN = "c2VjcmV0LXRva2Vu"
RESULTS = ('<?xml version="1.0"?>\r\n<Collection HRESULT="0"><ID>41b7c0de</ID>'
           f"<SasUrl>https://contoso.example/a?sv=1&amp;sig={TOKEN}</SasUrl>\r\n"
           '<RegistryKey HRESULT="-2147024894">HKLM\\SOFTWARE\\Contoso</RegistryKey>'
           '<Events HRESULT="0">Application</Events></Collection>\r\n')
REPORT = ("<?xml version=\"1.0\"?><MDMEnterpriseDiagnosticsReport><Enrollments><Enrollment>"
          "<EnrollmentId>A</EnrollmentId><EnrollmentState>1</EnrollmentState></Enrollment>"
          "</Enrollments></MDMEnterpriseDiagnosticsReport>")
PAGE = ("<!DOCTYPE html><html><head><title>MDM Diagnostic Report</title></head><body>"
        "<div class=\"SectionTitle\">Policies</div><table><tr><td>Camera</td>"
        "<td>&lt;b&gt;1&lt;/b&gt;</td></tr></table></body></html>")


def run(*arguments):
    return subprocess.run([CLI, *arguments], capture_output=True, check=False, timeout=60)


def objects(result):
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


class Conversions(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def assert_hidden(self, *arguments):
        for result in (run("show", *arguments), run("show", "--raw", *arguments),
                       run("show", "--format", "ndjson", *arguments), run("scan", *arguments),
                       run("scan", "--format", "ndjson", *arguments), run("info", *arguments)):
            for encoding in ("utf-8", "utf-16-le"):
                self.assertNotIn(TOKEN.encode(encoding), result.stdout)
                self.assertNotIn("contoso.example".encode(encoding), result.stdout)

    def test_bytes(self):
        texts = {"a.reg": EXPORT % 7, "b.xml": REPORT, "c.html": PAGE}
        for name, text in texts.items():
            for encoding in ("utf-8", "utf-8-sig", "utf-16"):
                with self.subTest(name=name, encoding=encoding):
                    path = self.write(name, text.encode(encoding))
                    with open(path, "rb") as file:
                        data = file.read()
                    self.assertEqual(run("show", "--raw", path).stdout, data)
                    log, = objects(run("info", "--format", "ndjson", path))
                    self.assertEqual(log["bytes"], len(data))
                    self.assertEqual(log["format"], "registry" if name == "a.reg" else "mdm-report")
                    self.assertEqual(log["encoding"], {"utf-8": "utf-8", "utf-8-sig": "utf-8-bom",
                                                       "utf-16": "utf-16le-bom"}[encoding])
                    self.assertEqual(log["line_ends"], "none")

    def test_rows(self):
        path = self.write("a.reg", (EXPORT % 23).encode("utf-16"))
        first, second = objects(run("show", "--format", "ndjson", path))
        self.assertEqual(first["message"], "ClientHealthStatus = dword:00000017 (23)")
        self.assertEqual(second["message"], "Owner = \"Contos\u00f3 \u20ac\"")
        self.assertEqual((first["component"], first["context"]), ("MDM", MDM_KEY))
        self.assertEqual((second["ordinal"], second["format"]), (1, "registry"))
        # A row has no place in the file.
        self.assertEqual((second["line"], second["offset"], second["length"]), (None, None, None))
        shown = run("show", "--filter", "context : \"CurrentVersion\" and text : Owner", path)
        self.assertEqual(shown.stdout.decode().count("\n"), 1)

    def test_page_is_text(self):
        entry, = objects(run("show", "--format", "ndjson", self.write("a.html", PAGE.encode())))
        self.assertEqual((entry["component"], entry["message"]), ("Policies", "Camera: <b>1</b>"))

    def test_detector(self):
        for number, severity in ((7, "healthy"), (3, "info"), (23, "error")):
            path = self.write("MDM.reg", (EXPORT % number).encode("utf-16"))
            result = run("scan", "--format", "ndjson", path)
            finding, = [one for one in objects(result) if one["kind"] == "finding"]
            self.assertEqual(finding["detector"], "comgmt-clienthealthstatus-value")
            self.assertEqual(finding["captures"], {"flags": f"{number:08x}"})
            self.assertIsNone(finding["line"])
            self.assertEqual(finding["ordinal"], 0)
            if severity != "healthy":
                self.assertEqual(finding["severity"], severity)
            self.assertEqual(result.returncode, 1 if severity == "error" else 0)
        self.assertIn("MDM.reg, entry 1", run("scan", path).stdout.decode())

    def test_event_export(self):
        """Event Viewer writes the newest event first: what came last is what counts."""
        lines = ["Level,Date and Time,Source,Event ID,Task Category"]
        source = "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider"
        failed = (f"Error,11/18/2026 9:00:00 AM,{source},76,None,"
                  "\"Auto MDM Enroll: Device Credential (0x1), Failed (Unknown Win32 Error code: 0x8018002b)\"")
        worked = f"Information,11/18/2026 9:40:00 AM,{source},75,None,\"Auto MDM Enroll: Device Credential (0x0), Succeeded\""
        for name, events, status in (("worked", (worked, failed), 0),
                                     ("failed", (failed.replace("9:00", "9:50"), worked), 1)):
            path = self.write(f"{source}%4Admin.csv", "\r\n".join([*lines, *events, ""]).encode("utf-8-sig"))
            rows = objects(run("show", "--format", "ndjson", path))
            self.assertEqual([row["format"] for row in rows], ["event-export"] * 2)
            self.assertEqual(["Succeeded" in row["message"] for row in rows], [name == "failed", name == "worked"])
            self.assertEqual(run("scan", path).returncode, status, name)

    def test_secrets(self):
        for encoding in ("utf-8", "utf-8-sig", "utf-16"):
            path = self.write("anything.xml", RESULTS.encode(encoding))
            with self.subTest(encoding=encoding):
                self.assert_hidden(path)
                raw = run("show", "--raw", path).stdout
                # The rest of it is as it was.
                self.assertEqual(len(raw), os.path.getsize(path))
                self.assertIn("RegistryKey HRESULT", raw.decode(encoding))
                rows = objects(run("show", "--format", "ndjson", path))
                self.assertEqual([(row["component"], row["severity"]) for row in rows],
                                 [("Collection", "info"), ("SasUrl", "info"),
                                  ("RegistryKey", "warning"), ("Events", "info")])
                self.assertIn("0x80070002", rows[2]["message"])

    def test_secrets_in_bundle(self):
        path = os.path.join(self.folder, "DiagLogs-PC01-20260820T075911Z.zip")
        with zipfile.ZipFile(path, "w") as bundle:
            bundle.writestr("results.xml", RESULTS)
            bundle.writestr("(1) RegistryKey HKLM_SOFTWARE_Contoso export.reg",
                            (EXPORT % 23).encode("utf-16"))
        self.assert_hidden(path)
        said = objects(run("info", "--format", "ndjson", path))
        formats = sorted(log["format"] for log in said if log["kind"] == "log")
        self.assertEqual(formats, ["registry", "results"])
        findings = [one["detector"] for one in objects(run("scan", "--format", "ndjson", path))
                    if one["kind"] == "finding"]
        self.assertEqual(findings, ["comgmt-clienthealthstatus-value"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
