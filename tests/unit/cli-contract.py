#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line's contract: keys and their order, exit states, bytes that come back.

usage: cli-contract.py CLI PRACTICE_FOLDER
"""
import gzip
import json
import os
import pty
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

CLI, PRACTICE = map(os.path.abspath, sys.argv[1:3])

CCM = ("\ufeff<![LOG[Contoso device starts]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" "
       "component=\"Test\" context=\"\" type=\"1\" thread=\"7120\" file=\"a.cpp:12\">\r\n"
       "<![LOG[It failed\r\nover two lines]LOG]!><time=\"09:12:42.5\" date=\"11-18-2026\" "
       "component=\"Test\" context=\"\" type=\"3\" thread=\"main\" file=\"\">\r\n"
       "foreign \x1b[31mline\r\n"
       "<![LOG[cut")
IIS = ("#Software: Contoso Web\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query "
       "c-ip sc-status sc-substatus sc-win32-status time-taken\r\n"
       "2026-11-18 14:12:41 192.0.2.1 GET /x a=b 192.0.2.7 403 7 64 12\r\n"
       "2026-11-18 14:12:42 192.0.2.1 POST /y - 192.0.2.7 500 0 0 9\r\n")
# By the name of the format: a log, how many records it has, its first and its last time.
LOGS = {
    "ime": ("<![LOG[[Win32App] a]LOG]!><time=\"3:04:35.3725046\" date=\"8-7-2026\" "
            "component=\"AppWorkload\" context=\"\" type=\"1\" thread=\"1\" file=\"\">\r\n", 1,
            "2026-08-07T03:04:35.372504", "2026-08-07T03:04:35.372504"),
    "cbs": ("2026-11-18 09:12:41, Info                  CBS    a\r\nmore\r\n"
            "2026-11-18 09:12:42, Info                  CSI    0000000a b\r\n", 2,
            "2026-11-18T09:12:41.000000", "2026-11-18T09:12:42.000000"),
    "dism": ("2026-11-18 09:12:41, Info                  DISM   PID=1 TID=2 a - B::C\n", 1,
             "2026-11-18T09:12:41.000000", "2026-11-18T09:12:41.000000"),
    "panther": ("2026-11-18 09:12:41, Info       [0x0601c1] MIG    a\r\n", 1,
                "2026-11-18T09:12:41.000000", "2026-11-18T09:12:41.000000"),
    "msi": ("=== Verbose logging started: 25/11/2026  23:59:00  Build type: x ===\r\n"
            "MSI (s) (94:70) [23:59:01:327]: a\r\n\r\nAction start 0:00:02: B.\r\nprinted\r\n", 3,
            "2026-11-25T23:59:00.000000", "2026-11-26T00:00:02.000000"),
    "windows-update": ("2026/11/18 09:12:41.3271234 1234  5678  Agent           a\r\n", 1,
                       "2026-11-18T09:12:41.327123", "2026-11-18T09:12:41.327123"),
    "reporting-events": ("{0A1B2C3D-1111-4222-8333-444455556666}\t2026-11-18 09:12:41:327-0500\t1\t"
                         "147 [A]\t101\t{0}\t0\t0\tB\tSuccess\tC\td\r\n", 1,
                         "2026-11-18T09:12:41.327000", "2026-11-18T09:12:41.327000"),
    "w3c": (IIS, 2, "2026-11-18T14:12:41.000000", "2026-11-18T14:12:42.000000"),
}
# Knows the second record of the log above.
PACK_DETECTOR = ("<detector id='{id}' area='other' severity='error'><title>It fails</title>"
                 "<match kind='literal'>It failed</match><meaning>It fails.</meaning>"
                 "<step>Mend it.</step><sample>It failed</sample></detector>")
ENTRY_KEYS = ["kind", "log", "ordinal", "line", "offset", "length", "time", "utc", "bias_minutes",
              "severity", "type", "component", "thread", "context", "origin", "message", "format",
              "complete"]
LOG_KEYS = ["kind", "log", "format", "encoding", "line_ends", "bytes", "entries", "records",
            "plain", "incomplete", "severities", "types", "first", "last", "generations"]
JOURNEY_KEYS = ["kind", "journey", "area", "title", "applies", "complete", "seen", "milestones",
                "attempts", "first_gap", "explained_by", "path", "logs"]
MILESTONE_KEYS = ["milestone", "state", "expected_log", "coverage", "optional", "log", "line",
                  "ordinal", "time"]
FINDING_KEYS = ["kind", "detector", "severity", "area", "expected_behaviour", "headline", "title",
                "log", "line", "ordinal", "time", "message", "captures", "decoded", "count",
                "evidence", "notes", "steps", "source"]


def run(*arguments, environment=None):
    return subprocess.run([CLI, *arguments], capture_output=True, check=False, timeout=60,
                          env={**os.environ, **(environment or {})})


def objects(result):
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


class Contract(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.log = self.write("Test.log", CCM.encode())

    def write(self, name, data):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def test_show_ndjson(self):
        result = run("show", "--format", "ndjson", self.log)
        self.assertEqual(result.returncode, 0, result.stderr)
        entries = objects(result)
        self.assertEqual([list(entry) for entry in entries], [ENTRY_KEYS] * 4)
        first, second, plain, cut = entries
        self.assertEqual(first["time"], "2026-11-18T09:12:41.327000")
        self.assertEqual(first["utc"], "2026-11-18T14:12:41.327000Z")
        self.assertEqual((first["bias_minutes"], first["thread"], first["type"]), (300, 7120, 1))
        self.assertEqual((first["line"], second["line"], plain["line"], cut["line"]), (1, 2, 4, 5))
        self.assertEqual(second["thread"], "main")
        self.assertIsNone(second["utc"])
        self.assertEqual(second["message"], "It failed\r\nover two lines")
        self.assertEqual((plain["format"], plain["complete"]), ("plain", True))
        self.assertEqual((cut["format"], cut["complete"]), ("ccm", False))
        size = len(CCM.encode())
        self.assertEqual(sum(entry["length"] for entry in entries), size)
        self.assertEqual(entries[0]["offset"], 0)
        for one, other in zip(entries, entries[1:]):
            self.assertEqual(one["offset"] + one["length"], other["offset"])

    def test_several_logs_are_named(self):
        """Above the entries of each, or beside them in a merge; one log alone needs no name."""
        alone = run("show", self.log).stdout.decode()
        self.assertNotIn("Test.log", alone)
        other = self.write("Other.log", LOGS["cbs"][0].encode())
        other_alone = run("show", other).stdout.decode()
        shown = run("show", self.log, other).stdout.decode()
        self.assertEqual(shown, f"{self.log}\n{alone}\n{other}\n{other_alone}")
        self.assertEqual(run("show", "--raw", self.log, other).stdout,
                         CCM.encode() + LOGS["cbs"][0].encode())
        filtered = run("show", "--filter", "format = cbs", self.log, other).stdout.decode()
        self.assertEqual(filtered, f"{other}\n{other_alone}")
        merged = run("show", "--merge", self.log, other).stdout.decode()
        self.assertRegex(merged, r"(?m)^Other\.log  2026-11-18 09:12:41\S* +info +CBS")
        self.assertRegex(merged, r"(?m)^Test\.log   2026-11-18 09:12:41\.327 ")
        archive = os.path.join(self.folder.name, "contoso.zip")
        with zipfile.ZipFile(archive, "w") as bundle:
            bundle.write(self.log, "logs/Test.log")
        shown = run("show", archive).stdout.decode().splitlines()
        self.assertTrue(shown[0].startswith("contoso.zip: "), shown[0])
        self.assertEqual(shown[1], "logs/Test.log")
        self.assertEqual("\n".join(shown[2:]) + "\n", alone)
        told = run("info", archive).stdout.decode().splitlines()
        self.assertEqual(told[:2], shown[:2])

    def test_the_computer_of_a_log_is_named(self):
        archive = os.path.join(self.folder.name, "two.zip")
        with zipfile.ZipFile(archive, "w") as bundle:
            for device in "PC0001", "PC0002":
                inner = os.path.join(self.folder.name, "inner.zip")
                with zipfile.ZipFile(inner, "w") as logs:
                    logs.write(self.log, "Test.log")
                bundle.write(inner, f"DiagLogs-{device}-20261118T100311Z.zip")
        (bundle,) = [part for part in objects(run("scan", "--format", "ndjson", archive))
                     if part["kind"] == "bundle"]
        self.assertEqual(bundle["devices"], ["PC0001", "PC0002"])
        for command in "show", "info":
            headings = [line for line in run(command, archive).stdout.decode().splitlines()
                        if line.startswith("DiagLogs-")]
            self.assertEqual(headings,
                             [f"DiagLogs-{device}-20261118T100311Z.zip/Test.log of {device}"
                              for device in bundle["devices"]], command)
        merged = run("show", "--merge", archive).stdout.decode()
        self.assertIn("\nPC0002: ", merged)

    def test_raw_gives_the_file_back(self):
        bodies = [b"", b"\xef\xbb\xbf", b"\0" * 5000, CCM.encode(), b"a\rb\r\nc\n\n\nd",
                  CCM.encode("utf-16-le"), CCM.encode("utf-16"), CCM.encode("utf-16-be") + b"x",
                  b"caf\xe9\r\n<![LOG[caf\xe9]LOG]!><time=", bytes(range(256)) * 40]
        for i, body in enumerate(bodies):
            path = self.write(f"raw{i}.log", body)
            result = run("show", "--raw", path)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(result.stdout, body, f"body {i}")

    def test_utf16_is_shown_as_text(self):
        wanted = [entry["message"] for entry in objects(run("show", "--format", "ndjson", self.log))]
        for name in ("utf-16-le", "utf-16-be", "utf-16"):
            path = self.write(f"{name}.log", CCM.removeprefix("\ufeff").encode(name))
            result = run("show", "--format", "ndjson", path)
            self.assertEqual([entry["message"] for entry in objects(result)], wanted, name)
            self.assertIn("Contoso device starts", run("show", path).stdout.decode(), name)

    def test_info(self):
        result = run("info", "--format", "ndjson", self.log)
        self.assertEqual(result.returncode, 0, result.stderr)
        (info,) = objects(result)
        self.assertEqual(list(info), LOG_KEYS)
        self.assertEqual((info["entries"], info["records"], info["plain"], info["incomplete"]),
                         (4, 3, 1, 1))
        self.assertEqual((info["format"], info["encoding"], info["line_ends"]),
                         ("ccm", "utf-8-bom", "crlf"))
        self.assertEqual(info["types"], {"1": 1, "3": 1})
        self.assertEqual(info["bytes"], len(CCM.encode()))

    def test_logs_of_windows(self):
        for name, (text, records, first, last) in LOGS.items():
            for encoding in ("utf-8", "utf-8-sig", "utf-16"):
                path = self.write(f"{name}-{encoding}.log", text.encode(encoding))
                (info,) = objects(run("info", "--format", "ndjson", path))
                self.assertEqual((info["format"], info["records"], info["first"], info["last"]),
                                 (name, records, first, last), f"{name}, {encoding}")
                result = run("show", "--raw", path)
                self.assertEqual(result.stdout, text.encode(encoding), f"{name}, {encoding}")

    def test_requests_are_shown_as_sentences(self):
        path = self.write("u_ex.log", IIS.encode())
        entries = objects(run("show", "--format", "ndjson", path))
        self.assertEqual([entry["message"] for entry in entries[2:]],
                         ["GET /x?a=b 403.7 (64) 12 ms from 192.0.2.7  s-ip=192.0.2.1",
                          "POST /y 500.0 9 ms from 192.0.2.7  s-ip=192.0.2.1"])
        self.assertEqual([(entry["type"], entry["utc"]) for entry in entries[2:]],
                         [(403, "2026-11-18T14:12:41.000000Z"),
                          (500, "2026-11-18T14:12:42.000000Z")])
        self.assertIn("GET /x?a=b 403.7 (64)", run("show", path).stdout.decode())
        for question in ('text : "403.7 (64)"', 'text ~ "x.a=b 4"', "type = 403",
                         "severity = warning and text : 403.7"):
            found = objects(run("show", "--format", "ndjson", "--filter", question, path))
            self.assertEqual([entry["ordinal"] for entry in found], [2], question)

    def test_filter(self):
        result = run("show", "--format", "ndjson", "--filter", "severity >= error and type = 3",
                     self.log)
        self.assertEqual([entry["ordinal"] for entry in objects(result)], [1])
        self.assertEqual(run("show", "--filter", "severity >= (", self.log).returncode, 64)

    def test_filter_by_finding(self):
        """A line that its writer took for information may be what failed."""
        texts = ("quiet", "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired")
        path = self.write("LocationServices.log", "".join(
            f'<![LOG[{text}]LOG]!><time="09:12:41.327+300" date="11-18-2026" component="LocationServices" '
            f'context="" type="1" thread="1" file="">\r\n' for text in texts).encode())
        for question, ordinals in {
                "finding = any": [1], "finding = none": [0], "finding = cmg-403-client-cert-required": [1],
                "finding : CLIENT-CERT": [1], "finding ~ ^contoso": [], "finding >= error": [1],
                "severity >= error": [], "severity >= error or finding >= error": [1]}.items():
            for order in (), ("--merge", self.log):
                result = run("show", "--format", "ndjson", "--filter", question, path, *order)
                self.assertEqual(result.returncode, 0, result.stderr)
                found = [entry["ordinal"] for entry in objects(result) if entry["log"] == path]
                self.assertEqual(found, ordinals, question)
        result = run("show", "--filter", "finding > bad", path)
        self.assertEqual((result.returncode, result.stdout), (64, b""))
        self.assertIn(b"a severity was expected", result.stderr)

    def test_filter_by_log(self):
        """Each log by its name; in a merge as well as one after the other."""
        record = '<![LOG[{}]LOG]!><time="09:12:{}.000+300" date="11-18-2026" component="A" context="" ' \
                 'type="1" thread="1" file="">\r\n'
        first = self.write("First.log", (record.format("a", 41) + record.format("b", 43)).encode())
        second = self.write("Second.lo_", record.format("c", 42).encode())
        for order, whole in (((), "abc"), (("--merge",), "acb")):
            for question, messages in {"log = first": "ab", "log = First.log": "ab", "log = second": "",
                                       "log : lo_": "c", "log != first": "c", 'log ~ "t[.]lo"': "ab",
                                       'log = first and text = b or log : second': "bc"}.items():
                result = run("show", "--format", "ndjson", "--filter", question, *order, first, second)
                self.assertEqual(result.returncode, 0, result.stderr)
                found = "".join(entry["message"] for entry in objects(result))
                self.assertEqual(found, "".join(letter for letter in whole if letter in messages),
                                 (question, order))

    def test_filter_by_format(self):
        """As NDJSON names it: a line without a frame is plain in whatever log it stands."""
        registry = self.write("keys.reg", b"Windows Registry Editor Version 5.00\r\n\r\n"
                              b"[HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso]\r\n\"A\"=\"b\"\r\n")
        paths = [self.log, self.write("cbs.log", LOGS["cbs"][0].encode()), registry]
        whole = objects(run("show", "--format", "ndjson", *paths))
        self.assertEqual({entry["format"] for entry in whole}, {"ccm", "plain", "cbs", "registry"})
        for question, passes in {
                "format = ccm": lambda entry: entry["format"] == "ccm",
                "format = CBS": lambda entry: entry["format"] == "cbs",
                "format = plain": lambda entry: entry["format"] == "plain",
                "format = registry": lambda entry: entry["format"] == "registry",
                "format != ccm": lambda entry: entry["format"] != "ccm",
                "not format = ccm": lambda entry: entry["format"] != "ccm",
                "format ~ ^c": lambda entry: entry["format"] in ("ccm", "cbs"),
                "format = ccm and severity = error":
                    lambda entry: entry["format"] == "ccm" and entry["severity"] == "error",
                "format = evtx or format = mdm-report": lambda entry: False}.items():
            for order in (), ("--merge",):
                shown = objects(run("show", "--format", "ndjson", *order, *paths))
                result = run("show", "--format", "ndjson", "--filter", question, *order, *paths)
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertEqual(objects(result), [entry for entry in shown if passes(entry)],
                                 (question, order))
        result = run("show", "--filter", "format = cmm", *paths)
        self.assertEqual((result.returncode, result.stdout), (64, b""))
        for name in (*LOGS, "ccm", "server", "evtx", "registry", "results", "mdm-report", "timed",
                     "plain"):
            self.assertIn(name, re.findall(r"[a-z0-9-]+", result.stderr.decode()))
            self.assertEqual(run("show", "--filter", f"format={name}", *paths).returncode, 0, name)

    def test_a_filter_knows_the_encoding(self):
        path = self.write("cafe.log", b"caf\xe9 Contoso\r\ncafe\r\n")
        found = objects(run("show", "--format", "ndjson", "--filter", "caf\u00e9", path))
        self.assertEqual([entry["ordinal"] for entry in found], [0])

    def test_merge_orders_by_time(self):
        line = ("<![LOG[{0}]LOG]!><time=\"{1}\" date=\"11-18-2026\" component=\"A\" context=\"\" "
                "type=\"1\" thread=\"1\" file=\"a.cpp:1\">\r\n")
        one = self.write("one.log", (line.format("a", "09:00:00.000+000")
                                     + line.format("c", "11:00:00.000+000")).encode())
        other = self.write("other.log", line.format("b", "05:00:00.000+300").encode())
        result = run("show", "--merge", "--format", "ndjson", one, other)
        self.assertEqual([entry["message"] for entry in objects(result)], ["a", "b", "c"])

    def test_scan_finds_and_ends(self):
        result = run("scan", "--format", "ndjson", os.path.join(PRACTICE, "refused-client"))
        self.assertEqual(result.returncode, 1, result.stderr)
        parts = objects(result)
        self.assertEqual(parts[-1]["kind"], "summary")
        self.assertEqual(list(parts[-1]),
                         ["kind", "findings", "errors", "logs", "refused", "headline"])
        findings = [part for part in parts if part["kind"] == "finding"]
        self.assertTrue(findings)
        for finding in findings:
            self.assertEqual(list(finding), FINDING_KEYS)
        headlines = [finding["detector"] for finding in findings if finding["headline"]]
        self.assertEqual(headlines, [parts[-1]["headline"]])
        self.assertGreater(sum(part["kind"] == "log" for part in parts), 1)

    def test_scan_tells_the_journeys(self):
        folder = os.path.join(PRACTICE, "queued-timer")
        parts = objects(run("scan", "--format", "ndjson", folder))
        journeys = [part for part in parts if part["kind"] == "journey"]
        self.assertEqual(len(journeys), len({journey["journey"] for journey in journeys}))
        # Right before the summary.
        self.assertEqual(parts[-1 - len(journeys):-1], journeys)
        for journey in journeys:
            self.assertEqual(list(journey), JOURNEY_KEYS)
            for milestone in journey["path"]:
                self.assertEqual(list(milestone), MILESTONE_KEYS)
                self.assertEqual(milestone["log"] is not None, milestone["state"] == "seen")
            taken = [step for step in journey["path"] if step["state"] != "not-taken"]
            self.assertEqual(journey["milestones"], len(taken))
            self.assertEqual(journey["seen"], sum(step["state"] == "seen" for step in taken))
        (bootstrap,) = (journey for journey in journeys if journey["journey"] == "bootstrap")
        self.assertEqual((bootstrap["applies"], bootstrap["complete"]), (True, False))
        self.assertEqual((bootstrap["milestones"], bootstrap["first_gap"]), (28, "provisioned"))
        self.assertEqual(bootstrap["explained_by"], "comgmt-enrollment-timer-queued")
        self.assertIn({"name": "CcmMessaging.log", "coverage": "missing"}, bootstrap["logs"])
        text = run("scan", folder).stdout.decode()
        self.assertIn("Logs that would tell more (enrollment): ", text)
        self.assertIn("Journeys\n  Bootstrap with modern provisioning: 17 of 28 milestones seen\n"
                      "    10 cannot be told: CMGService.log, SMS_Cloud_ProxyConnector.log, CCM_STS.log, "
                      "MP_RegistrationManager.log of the server are not here; ClientLocation.log, CcmMessaging.log, "
                      "PolicyAgent.log, PolicyEvaluator.log, CcmNotificationAgent.log are missing\n"
                      "    First gap: The device is co-managed\n", text)

    def test_scan_of_several_says_whose_a_journey_is(self):
        folders = [os.path.join(self.folder.name, name) for name in ("PC0042", "PC0043")]
        for folder in folders:
            shutil.copytree(os.path.join(PRACTICE, "queued-timer"), folder)
        for paths in (folders, [self.folder.name]):
            text = run("scan", *paths).stdout.decode()
            self.assertEqual(re.findall(r"(?m)^(.*)Logs that would tell more \(enrollment\)", text),
                             ["PC0042: ", "PC0043: "])
            self.assertEqual(re.findall("(?m)^ *(.*)Bootstrap with modern provisioning:", text),
                             ["PC0042: ", "PC0043: "])
        alone = run("scan", folders[0]).stdout.decode()
        self.assertNotIn("PC0042: Boot", alone)
        self.assertNotIn("PC0042: Logs", alone)

    def test_scan_says_when_it_cannot_tell(self):
        """A log that is not given is no proof that its line was never written."""
        folder = os.path.join(self.folder.name, "part")
        os.mkdir(folder)
        for name in ("ClientIDManagerStartup.log", "ccmsetup.log"):
            shutil.copy(os.path.join(PRACTICE, "queued-timer", name), folder)
        text = run("scan", folder).stdout.decode()
        self.assertIn("    First gap: The internet management point is known\n"
                      "    Cannot tell, ClientLocation.log is missing. Add it to say more.\n", text)

    def test_no_failure_is_no_health(self):
        silent = os.path.join(self.folder.name, "silent.log")
        with open(silent, "w", encoding="utf-8") as file:
            file.write("Nothing that anybody knows\n")
        self.assertIn("No known failure found. This is no proof of health.",
                      run("scan", silent).stdout.decode())
        well = os.path.join(self.folder.name, "WUAHandler.log")
        with open(well, "w", encoding="utf-8") as file:
            file.write("Successfully completed scan.\n")
        self.assertIn("No known failure found, and 1 sign of health.\nHow 1 journey goes on cannot be told from these logs.\n",
                      run("scan", well).stdout.decode())

    def test_scan_is_the_same_each_time_and_from_a_zip(self):
        folder = os.path.join(PRACTICE, "refused-client")
        outputs = {run("scan", "--format", "ndjson", folder).stdout for _ in range(5)}
        self.assertEqual(len(outputs), 1)
        archive = os.path.join(self.folder.name, "bundle.zip")
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name in sorted(os.listdir(folder)):
                bundle.write(os.path.join(folder, name), name)
        packed = [f for f in objects(run("scan", "--format", "ndjson", archive))
                  if f["kind"] == "finding"]
        plain = [f for f in map(json.loads, outputs.pop().decode().splitlines())
                 if f["kind"] == "finding"]
        self.assertEqual([(f["detector"], f["severity"], f["line"], f["count"]) for f in packed],
                         [(f["detector"], f["severity"], f["line"], f["count"]) for f in plain])

    def test_scan_of_archives_inside_an_archive(self):
        """The same logs, one level deeper and as files of gzip, lead to the same findings."""
        folder = os.path.join(PRACTICE, "refused-client")
        inner = os.path.join(self.folder.name, "inner.zip")
        outer = os.path.join(self.folder.name, "outer.zip")
        packed = os.path.join(self.folder.name, "packed.zip")
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as bundle, \
                zipfile.ZipFile(packed, "w") as streams:
            for name in sorted(os.listdir(folder)):
                path = os.path.join(folder, name)
                bundle.write(path, name)
                with open(path, "rb") as file:
                    streams.writestr(name + ".gz", gzip.compress(file.read()))
        with zipfile.ZipFile(outer, "w") as bundle:
            bundle.write(inner, "logs/inner.zip")
        expected = [(f["detector"], f["line"], f["count"])
                    for f in objects(run("scan", "--format", "ndjson", folder))
                    if f["kind"] == "finding"]
        for archive, prefix in ((outer, "logs/inner.zip/"), (packed, "")):
            parts = objects(run("scan", "--format", "ndjson", archive))
            found = [f for f in parts if f["kind"] == "finding"]
            self.assertEqual([(f["detector"], f["line"], f["count"]) for f in found], expected)
            self.assertTrue(all(f["log"].startswith(prefix) for f in found))
            self.assertEqual(parts[-1]["refused"], 0)

    def test_scan_tells_what_the_bundle_is(self):
        archive = os.path.join(self.folder.name, "DiagLogs-PC0042-20261118T100311Z.zip")
        with zipfile.ZipFile(archive, "w") as bundle:
            bundle.writestr("(4) RegistryKey HKLM_Software_Contoso export.reg", "x")
            bundle.writestr("(9) No Results - Error [0x80070002] Command contoso", "")
            bundle.writestr("results.xml", "<Collection><SasUrl>https://contoso.example/"
                                           "?sig=secret</SasUrl></Collection>")
        parts = objects(run("scan", "--format", "ndjson", archive, self.log))
        self.assertEqual(parts[0], {"kind": "bundle", "path": archive, "layout": "intune",
                                    "device": "PC0042", "devices": ["PC0042"], "members": 3})
        self.assertEqual(sum(part["kind"] == "bundle" for part in parts), 1)
        text = run("scan", archive).stdout.decode().splitlines()
        self.assertEqual(text[0], "DiagLogs-PC0042-20261118T100311Z.zip: "
                                  "Intune diagnostics of PC0042")
        shown = run("show", archive).stdout
        self.assertIn(b"never shown", shown)
        raw = run("show", "--raw", archive).stdout
        self.assertIn(b"<SasUrl>***", raw)
        self.assertNotIn(b"secret", shown + raw)

    def test_info_tells_what_was_not_collected(self):
        archive = os.path.join(self.folder.name, "DiagLogs-PC0042-20261118T100311Z.zip")
        kept, refused, gone = "HKLM\\Contoso", "contoso.exe", "C:\\Fabrikam\\*.log"
        with zipfile.ZipFile(archive, "w") as bundle:
            bundle.writestr("(1) RegistryKey HKLM_Contoso export.reg",
                            "Windows Registry Editor Version 5.00\r\n")
            bundle.writestr("(2) No Results - Error [0x80070005] Command contoso_exe", "")
            bundle.writestr("results.xml", "<Collection><SasUrl>https://contoso.example/?sig=secret"
                            f'</SasUrl><RegistryKey HRESULT="-2147024893">{kept}</RegistryKey>'
                            f'<Command HRESULT="-2147024891">{refused}</Command>'
                            f'<FoldersFiles HRESULT="-2147024894">{gone}</FoldersFiles>'
                            "</Collection>")
        parts = objects(run("info", "--format", "ndjson", archive))
        keys = ("kind", "log", "what", "target", "hresult", "collected")
        self.assertEqual(
            [part for part in parts if part["kind"] != "log"],
            [dict(zip(keys, values)) for values in (
                ("collected", "(1) RegistryKey HKLM_Contoso export.reg", "registry-key", kept,
                 "0x80070003", True),
                ("collected", "(2) No Results - Error [0x80070005] Command contoso_exe", "command",
                 refused, "0x80070005", False),
                ("collected", None, "files", gone, "0x80070002", False))])
        text = run("info", archive).stdout.decode()
        self.assertIn("It was collected, but the device reports 0x80070003 for it", text)
        self.assertIn("Not collected:\n  contoso_exe: Command. Access was denied (0x80070005).\n"
                      f"  {gone}: Files. It does not exist on this device (0x80070002).\n", text)
        self.assertNotIn("secret", text)

    def test_scan_of_one_area(self):
        folder = os.path.join(PRACTICE, "refused-client")
        whole = [part for part in objects(run("scan", "--format", "ndjson", folder))
                 if part["kind"] == "finding"]
        areas = {detector["area"] for detector in
                 objects(run("list-detectors", "--format", "ndjson"))}
        found = 0
        for area in sorted(areas):
            result = run("scan", "--format", "ndjson", "--area", area, folder)
            self.assertIn(result.returncode, (0, 1), result.stderr)
            parts = [part for part in objects(result) if part["kind"] == "finding"]
            self.assertEqual(parts, [part for part in whole if part["area"] == area])
            found += len(parts)
        self.assertEqual(found, len(whole))
        self.assertGreater(found, 0)
        result = run("scan", "--area", "no-such-area", folder)
        self.assertEqual((result.returncode, result.stdout), (64, b""))
        for area in areas:
            self.assertIn(area, re.findall(r"[a-z-]+", result.stderr.decode()))

    def test_refusals_name_file_and_reason(self):
        missing = os.path.join(self.folder.name, "missing.log")
        fifo = os.path.join(self.folder.name, "fifo.log")
        os.mkfifo(fifo)
        for path in (missing, fifo, "/dev/null", "/proc/self/status"):
            result = run("info", path, self.log)
            self.assertEqual(result.returncode, 2, path)
            self.assertIn(os.path.basename(path), result.stderr.decode())
            self.assertIn("Test.log", result.stdout.decode())
            parts = objects(run("scan", "--format", "ndjson", path, self.log))
            self.assertEqual([part["path"] for part in parts if part["kind"] == "refused"], [path])
            self.assertEqual(parts[-1]["refused"], 1)

    def test_refusals_promise_nothing(self):
        """A reason for each; and where nothing could be read, nothing is said to be shown."""
        loop = os.path.join(self.folder.name, "loop.log")
        os.symlink("loop.log", loop)
        damaged = os.path.join(self.folder.name, "head.zip")
        with open(damaged, "wb") as file:
            file.write(b"PK\3\4" + bytes(200))
        for path, reason in ((loop, "is a link that leads back to itself"),
                             (damaged, "nothing of it could be read")):
            result = run("info", path)
            self.assertEqual(result.returncode, 2)
            self.assertIn(reason, result.stderr.decode())
            self.assertNotIn("is shown", result.stderr.decode())

    def test_a_self_extractor(self):
        """What stands in front of an archive need not be known to its directory."""
        whole = os.path.join(self.folder.name, "whole.zip")
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("PolicyAgent.log", CCM)
        with open(whole, "rb") as file:
            content = file.read()
        for name, front in (("extract.exe", b"MZ" + b"program" * 300), ("front.zip", b"#!/bin/sh\n" * 50)):
            path = os.path.join(self.folder.name, name)
            with open(path, "wb") as file:
                file.write(front + content)
            result = run("show", "--raw", path)
            self.assertEqual((result.returncode, result.stderr, result.stdout), (0, b"", CCM.encode()))
        # A program without an archive is shown as the text that it is not, as before.
        path = os.path.join(self.folder.name, "program.exe")
        with open(path, "wb") as file:
            file.write(b"MZ" + b"program\n" * 300)
        self.assertEqual(run("show", "--raw", path).stdout, b"MZ" + b"program\n" * 300)

    def test_a_file_that_is_only_called_an_archive(self):
        """It is shown as text, and that is said."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "garbage.zip")
            with open(path, "wb") as file:
                file.write(b"Contoso wrote this\r\n" * 3)
            result = run("show", "--raw", path)
            self.assertEqual(result.returncode, 2)
            self.assertEqual(result.stdout, b"Contoso wrote this\r\n" * 3)
            self.assertIn(b"garbage.zip", result.stderr)
            self.assertIn(b"called an archive", result.stderr)

    def test_an_encrypted_bundle(self):
        """The pass phrase comes from a file or from standard input, and is in no output."""
        archive = os.path.join(os.path.dirname(__file__), "../fuzz/corpus/zip/7zip-aes256.zip")
        option = "--pass-phrase-file"
        result = run("show", archive)
        self.assertEqual((result.returncode, result.stdout), (2, b""))
        self.assertIn(b"is encrypted. Give the pass phrase with the option --pass-phrase-file.",
                      result.stderr)
        result = run("scan", archive)
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"Nothing could be read", result.stdout)
        self.assertNotIn(b"No known failure", result.stdout)
        empty = os.path.join(self.folder.name, "empty")
        os.mkdir(empty)
        result = run("scan", empty)
        self.assertEqual(result.returncode, 0)
        self.assertIn(b"There is no log in there", result.stdout)
        self.assertNotIn(b"No known failure", result.stdout)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "phrase")
            for phrase, status in (b"contoso\n", 0), (b"contoso\r\nmore\n", 0), (b"contoso", 0), \
                    (b"\xef\xbb\xbfcontoso\r\n", 0), (b"\xef\xbb\xbf\n", 64), \
                    (b"wrong one\n", 2), (b"\n", 64), (b"", 64), (b"x" * 1025, 64):
                with open(path, "wb") as file:
                    file.write(phrase)
                for command in "show", "scan", "info":
                    result = run(command, option, path, archive)
                    self.assertEqual(result.returncode, status, (phrase, command))
                    self.assertNotIn(b"contoso", (result.stdout + result.stderr).replace(b"Contoso", b""))
                    self.assertNotIn(b"wrong one", result.stdout + result.stderr)
                    with open(path, "rb") as file:
                        piped = subprocess.run([CLI, command, option, "-", archive], stdin=file,
                                               capture_output=True, timeout=60, check=False)
                    self.assertEqual((piped.returncode, piped.stdout), (result.returncode, result.stdout))
        result = run("show", option, "/nonexistent/phrase", archive)
        self.assertEqual(result.returncode, 64)
        self.assertIn(b"/nonexistent/phrase", result.stderr)

    def test_a_sparse_file_of_4_gib_without_a_line_end(self):
        path = os.path.join(self.folder.name, "sparse.log")
        with open(path, "wb") as file:
            file.truncate(64 * 1024 * 1024 if "asan" in os.environ.get("COT_TEST_SPEED", "")
                          else 4 * 1024 * 1024 * 1024)
        result = run("info", "--format", "ndjson", path)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(objects(result)[0]["bytes"], os.path.getsize(path))

    def on_terminal(self, *arguments):
        """What a person sees; standard error too."""
        try:
            leader, follower = pty.openpty()
        except OSError as error:
            self.skipTest(f"no pseudo terminal can be had here: {error}")
        process = subprocess.Popen([CLI, *arguments], stdout=follower, stderr=follower)
        os.close(follower)
        seen = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:  # the other end was closed
                break
            if not piece:
                break
            seen += piece
        os.close(leader)
        self.assertGreaterEqual(process.wait(timeout=60), 0)
        return seen.replace(b"\r\n", b"\n")

    def test_nothing_steers_the_terminal(self):
        line = ("<![LOG[Ccmsetup command line: \"C:\\ccmsetup.exe\" /\x1b]0;x\x07 \u009b31m\r"
                "All is well]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" component=\"T\" "
                "context=\"\" type=\"1\" thread=\"1\" file=\"\">\r\n").encode()
        folder = os.path.join(self.folder.name, "a\x1b[31m")
        os.mkdir(folder)
        path = self.write("a\x1b[31m/ccmsetup.log", line)
        for arguments in (("show", path), ("info", path), ("scan", path), ("info", path + "no"),
                          ("show", "--format", "ndjson", path), ("\x1b[31m",),
                          ("scan", "--format", "ndjson", path), ("code", "\x1b[31m")):
            seen = self.on_terminal(*arguments)
            self.assertTrue(seen, arguments)
            for steering in (b"\x1b", b"\x07", b"\r", "\u009b".encode()):
                self.assertNotIn(steering, seen, arguments)
        self.assertIn("␛]0;x␇", self.on_terminal("show", path).decode())

    def test_a_full_disk_is_no_answer(self):
        for arguments in (("info", self.log), ("show", "--raw", self.log), ("--version",)):
            with open("/dev/full", "wb") as full:
                result = subprocess.run([CLI, *arguments], stdout=full, stderr=subprocess.PIPE,
                                        check=False, timeout=60)
            self.assertEqual(result.returncode, 2, arguments)
            self.assertTrue(result.stderr, arguments)

    def test_names_that_look_like_something_else(self):
        self.write("-x.log", CCM.encode())
        result = subprocess.run([CLI, "info", "--", "-x.log"], cwd=self.folder.name,
                                capture_output=True, check=False, timeout=60)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("-x.log", result.stdout.decode())
        self.assertEqual(run("info", "").returncode, 2)

    def test_refusals_in_a_folder_name_the_true_reason(self):
        folder = os.path.join(self.folder.name, "parts")
        os.makedirs(os.path.join(folder, "closed"))
        os.mkfifo(os.path.join(folder, "fifo.log"))
        os.symlink(self.log, os.path.join(folder, "link.log"))
        os.chmod(os.path.join(folder, "closed"), 0)
        self.addCleanup(os.chmod, os.path.join(folder, "closed"), 0o700)
        reasons = {part["path"]: part["reason"] for part
                   in objects(run("scan", "--format", "ndjson", folder))
                   if part["kind"] == "refused"}
        self.assertIn("is a pipe", reasons["fifo.log"])
        self.assertIn("is a link", reasons["link.log"])
        if os.geteuid() != 0:  # who may do everything enters every folder
            self.assertIn("may not read", reasons["closed"])

    def test_refusals_stand_in_the_order_of_the_members(self):
        """Members are read at the same time; which ends first is chance."""
        archive = os.path.join(self.folder.name, "damaged.zip")
        names = [f"Log{i:02}.log" for i in range(40)]
        with zipfile.ZipFile(archive, "w") as bundle:
            for i, name in enumerate(names):
                bundle.writestr(name, CCM * (1 + i * 37 % 40 * 50))
        with open(archive, "rb") as file:
            data = bytearray(file.read())
        for name in names:  # one bit of each body: the checksums are wrong
            data[data.index(name.encode()) + 100] ^= 1
        with open(archive, "wb") as file:
            file.write(data)
        for _ in range(3):
            result = run("scan", "--format", "ndjson", archive)
            self.assertEqual(result.returncode, 2)
            self.assertEqual([part["path"] for part in objects(result)
                              if part["kind"] == "refused"], names)

    def test_more_logs_than_files_may_be_open(self):
        """What does not fit is refused by name; the program goes on."""
        folder = os.path.join(self.folder.name, "many")
        os.mkdir(folder)
        archive = folder + ".zip"
        with zipfile.ZipFile(archive, "w") as bundle:
            for i in range(300):
                bundle.writestr(f"Log{i:03}.log", CCM)
                self.write(f"many/Log{i:03}.log", CCM.encode())

        def limited(soft, hard, path):
            return subprocess.run(
                [CLI, "info", "--format", "ndjson", path], capture_output=True, check=False,
                timeout=60, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE,
                                                                  (soft, hard)))
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        for path in (archive, folder):
            result = limited(128, hard, path)
            self.assertEqual((result.returncode, result.stderr), (0, b""), path)
            self.assertEqual(len(objects(result)), 300, path)
        result = limited(128, 128, archive)
        self.assertEqual(len(objects(result)), 300, result.stderr)
        result = limited(128, 128, folder)
        self.assertEqual(result.returncode, 2)
        read = len(objects(result))
        self.assertGreater(read, 20)
        self.assertEqual(result.stderr.decode().count("too many files"), 300 - read)

    def test_an_entry_judged_in_part_is_told(self):
        long_entry = CCM.replace("Contoso device starts", "word " * 20000
                                 + "Queuing enrollment timer to fire at 09/09/2024 10:03:11")
        path = self.write("Long.log", long_entry.encode())
        result = run("scan", path)
        self.assertEqual(result.returncode, 0)
        self.assertIn("1 entry is very long", result.stderr.decode())
        self.assertEqual(run("scan", self.log).stderr, b"")

    def test_code(self):
        texts = [run("code", code).stdout for code in ("0x87D0027E", "87d0027e", "2278556286",
                                                       "-2016411010")]
        self.assertEqual(len(set(texts)), 1)
        self.assertIn(b"0x87D0027E", texts[0])
        for code in ("1603", "0x643", "0x87D0027E", "-2016411010", "5"):
            text = run("code", code).stdout.decode()
            words = text.replace("(", " ").replace(")", " ").split()
            names = [word for word in words if re.fullmatch(r"-?[0-9]+|[A-Z]+_[A-Z_]+", word)]
            self.assertGreaterEqual(len(names), 2, text)
            self.assertEqual(len(names), len(set(names)), text)
        self.assertIn("  2278556286  -2016411010  ", texts[0].decode())
        for marked in ("0x87D0027E)", "(0x87D0027E)", "0x87D0027E,", "[0x87D0027E].", '"0x87D0027E"', "=0x87D0027E;"):
            self.assertEqual(run("code", marked).stdout, texts[0], marked)
        self.assertEqual(run("code", "(-2016411010)").stdout, texts[0])
        self.assertEqual(run("code", "nonsenseword").returncode, 2)
        # A decimal number is that number first; that others have its digits is no answer.
        said = run("code", "9003")
        self.assertEqual(said.returncode, 2)
        self.assertIn("No code 0x0000232B is known.", said.stderr.decode())
        self.assertTrue(said.stdout.decode().startswith("0x0000232B  9003\n"), said.stdout)
        self.assertIn("net helpmsg 9003", said.stdout.decode().split("Other codes, with “9003”")[0])
        self.assertIn("0x80090030", said.stdout.decode().split("Other codes, with “9003”")[1])
        self.assertEqual(run("code").returncode, 64)
        self.assertEqual(run("code", "--").returncode, 64)
        self.assertEqual(run("code", "--nonsense").returncode, 64)
        self.assertEqual(run("code", "--", "-2147024891").stdout, run("code", "-2147024891").stdout)

    def test_codes_by_words(self):
        """As the look-up of the window: all words, with quotation marks or without."""
        whole = run("code", "access denied")
        self.assertEqual(whole.returncode, 0, whole.stderr)
        text = whole.stdout.decode()
        self.assertIn("0x00000005", text)
        self.assertIn("ERROR_ACCESS_DENIED", text)
        self.assertEqual(run("code", "access", "denied").stdout, whole.stdout)
        self.assertEqual(run("code", "--", "ACCESS", "denied").stdout, whole.stdout)
        self.assertIn("more: another word finds fewer\n", run("code", "error").stdout.decode())
        # What says nothing finds nothing, but for what it begins.
        for text in ("0x", "zz", "kz"):
            result = run("code", text)
            self.assertEqual((result.returncode, result.stdout), (2, b""), text)
        # A code among them is looked up, and so is each of the others.
        mixed = run("code", "0x80070005", "nonsenseword")
        self.assertEqual(mixed.returncode, 2)
        self.assertIn("0x80070005", mixed.stdout.decode())

    def test_the_manual_names_all_areas_and_formats(self):
        data = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data")
        with open(os.path.join(data, "man/cotrace-cli.1"), encoding="utf-8") as file:
            manual = file.read().replace("\\-", "-")
        with open(os.path.join(data, "completions/cotrace-cli"), encoding="utf-8") as file:
            completion = re.split(r"[\s']+", file.read())
        areas = run("scan", "--area", "x", self.log).stderr.decode()
        areas = re.findall(r"[a-z-]+", areas.split("Use one of these:")[1])
        self.assertGreater(len(areas), 10)
        for area in areas:
            self.assertRegex(manual, rf"(?m)^\.BR? {area}( [,.])?$")
            self.assertIn(area, completion)
        formats = run("show", "--filter", "format = x", self.log).stderr.decode()
        formats = re.findall(r"[a-z0-9-]+", formats.split("expected:")[1])
        self.assertGreater(len(formats), 20)
        for name in formats:
            self.assertIn(f"\\fB{name}\\fR", manual)

    def test_list_detectors(self):
        listed = objects(run("list-detectors", "--format", "ndjson"))
        self.assertGreaterEqual(len(listed), 25)
        self.assertTrue(all(re.fullmatch(r"[a-z0-9-]+", item["detector"]) for item in listed))

    def test_usage(self):
        for arguments in ((), ("nonsense",), ("show",), ("scan", "--format", "xml", "."),
                          ("show", "--no-such-option", self.log), ("list-detectors", "x"),
                          ("list-detectors", "--format", "ndjson", "x")):
            self.assertEqual(run(*arguments).returncode, 64, arguments)

    def test_a_corrupt_user_file_of_knowledge_is_named(self):
        folder = os.path.join(self.folder.name, "cotrace", "knowledge")
        os.makedirs(folder)
        with open(os.path.join(folder, "broken.xml"), "w", encoding="utf-8") as file:
            file.write("<knowledge><detector")
        result = run("scan", self.log, environment={"XDG_DATA_HOME": self.folder.name})
        self.assertIn("broken.xml", result.stderr.decode())
        self.assertEqual(result.returncode, 2)
        self.assertIn("Test.log", run("info", self.log).stdout.decode())

    def test_what_is_switched_off_finds_nothing(self):
        home = {"XDG_DATA_HOME": self.folder.name}
        os.makedirs(os.path.join(self.folder.name, "cotrace", "knowledge"))
        self.write_pack("cotrace/knowledge/mine.xml", PACK_DETECTOR.format(id="contoso-one"),
                        PACK_DETECTOR.format(id="contoso-two"))
        log = os.path.join(self.folder.name, "Mine.log")
        with open(log, "w", encoding="utf-8") as file:
            file.write("It failed\n")
        with open(os.path.join(self.folder.name, "cotrace", "knowledge", "switched-off"), "w",
                  encoding="utf-8") as file:
            file.write("# not now\ncontoso-one\n")
        result = run("scan", "--format", "ndjson", log, environment=home)
        self.assertEqual(result.stderr, b"")
        self.assertEqual([part["detector"] for part in objects(result) if part["kind"] == "finding"],
                         ["contoso-two"])
        listed = {item["detector"]: item.get("switched_off") for item in
                  objects(run("list-detectors", "--format", "ndjson", environment=home))}
        self.assertEqual((listed["contoso-one"], listed["contoso-two"]), (True, None))
        self.assertRegex(run("list-detectors", environment=home).stdout.decode(),
                         r"(?m)^contoso-one .* It fails \(switched off\)$")

    def write_pack(self, name, *detectors):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write("<knowledge>\n" + "\n".join(detectors) + "\n</knowledge>\n")
        return path

    def test_check_knowledge(self):
        good = self.write_pack("good.xml", PACK_DETECTOR.format(id="contoso-one"),
                               PACK_DETECTOR.format(id="contoso-two"))
        bad = self.write_pack("bad.xml", PACK_DETECTOR.format(id="contoso-three"),
                              PACK_DETECTOR.format(id="contoso-one"),
                              PACK_DETECTOR.format(id="contoso-four")
                              .replace("<sample>It", "<sample>If"))
        result = run("check-knowledge", good)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stdout.decode(),
                         f"{good}: detectors: 2, journeys: 0, logs and groups: 0, problems: 0\n")
        self.assertEqual(result.stderr, b"")
        result = run("check-knowledge", good, bad, self.folder.name)
        self.assertEqual(result.returncode, 2)
        lines = result.stdout.decode().splitlines()
        self.assertIn(f"{bad}:3: “contoso-one” exists already, at {good}:2", lines)
        self.assertIn(f"{bad}:4: “contoso-four”: sample does not match: If failed", lines)
        self.assertIn(f"{self.folder.name}: a folder, not a file", lines)
        self.assertIn(f"{bad}: detectors: 1, journeys: 0, logs and groups: 0, problems: 2", lines)

    def test_check_knowledge_as_objects(self):
        bad = self.write_pack("bad.xml", "<detektor/>")
        nowhere = os.path.join(self.folder.name, "nowhere.xml")
        result = run("check-knowledge", "--format", "ndjson", bad, nowhere)
        self.assertEqual(result.returncode, 2)
        problems = [item for item in objects(result) if item["kind"] == "problem"]
        packs = [item for item in objects(result) if item["kind"] == "pack"]
        self.assertEqual([list(item) for item in problems],
                         2 * [["kind", "file", "line", "code", "reason"]])
        self.assertEqual([list(item) for item in packs],
                         2 * [["kind", "file", "detectors", "journeys", "log_entries", "problems"]])
        self.assertEqual([(item["file"], item["line"], item["code"]) for item in problems],
                         [(bad, 2, "bad-rule"), (nowhere, None, "unreadable")])
        self.assertEqual([item["problems"] for item in packs], [1, 1])

    def test_check_knowledge_wants_files(self):
        self.assertEqual(run("check-knowledge").returncode, 64)
        self.assertEqual(run("check-knowledge", "--format", "xml", self.log).returncode, 64)

    def test_a_pack_of_the_user_speaks(self):
        os.makedirs(os.path.join(self.folder.name, "cotrace", "knowledge"))
        self.write_pack("cotrace/knowledge/mine.xml", PACK_DETECTOR.format(id="contoso-one"))
        self.write_pack("cotrace/knowledge/broken.xml", "<detektor/>")
        result = run("scan", "--format", "ndjson", self.log,
                     environment={"XDG_DATA_HOME": self.folder.name})
        self.assertEqual(result.returncode, 2)
        self.assertIn("broken.xml:2: unknown element <detektor>", result.stderr.decode())
        self.assertIn("contoso-one", [item.get("detector") for item in objects(result)])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
