#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""cli-report.py CLI: a report says what happened, and nothing of who it happened to."""

import hashlib
import html
import html.parser
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import zipfile

CLI = sys.argv.pop(1)
TENANT = "72f98a1c-3b52-4c1e-9d0a-1f2e3d4c5b6a"
DEVICE = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
POLICY = "11111111-2222-3333-4444-555555555555"
TOKEN = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJvaWQiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLW9mLWl0"
HOSTILE = "<script>alert(1)</script> | `x` ``` \u202eevil <img src=x onerror=alert(1)>"
VOID = {"meta", "path"}


def ccm(component, *messages):
    return "".join(
        f'<![LOG[{message}]LOG]!><time="09:{12 + i // 60:02}:{i % 60:02}.327+300" date="11-18-2026" '
        f'component="{component}" context="FABRIKAM\\bjones" type="{3 if "ail" in message else 1}" '
        f'thread="7120" file="a.cpp:1">\r\n' for i, message in enumerate(messages))


# Each name stands here where something says that it is one, and elsewhere where nothing does.
LOGS = {
    "ccmsetup.log": ccm(
        "ccmsetup",
        "Running on machine, Computer Name: PC0042",
        f"Command line: ccmsetup.exe /BITSPriority:HIGH /mp:cm01.fabrikam.example /regtoken:{TOKEN}",
        "Downloading from https://cm01.fabrikam.example/CCM_Client for bea.jones@fabrikam.example",
        f"Failed to download client files by BITS. Error 0x80190194 on PC0042 {HOSTILE}",
        f"CcmSetup failed with error code 0x80190194 for BJONES at 10.9.8.7, {DEVICE}"),
    "CoManagementHandler.log": ccm(
        "CoManagementHandler",
        f"AAD device ID: {DEVICE}, TenantId : {TENANT}",
        f"Policy {{{POLICY}}} of tenant {TENANT.upper()} and S-1-5-21-1004336348-1177238915-682003330-512",
        "Serial Number: 5CG1234XYZ, Password=S3cret!&pw;"),
}
NAMES = ["PC0042", "cm01", "fabrikam", "bjones", "bea.jones", TENANT, DEVICE, TOKEN, "10.9.8.7"]


class Page(html.parser.HTMLParser):
    """A page that is whole, with nothing in it that runs or is fetched."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.text, self.faults = [], set(), "", []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attributes:
            if name.startswith("on") or name in ("src", "srcset", "style", "data", "action"):
                self.faults.append((tag, name, value))
            if name == "href" and not value.startswith("https://"):
                self.faults.append((tag, name, value))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append((tag, "is not closed in its place"))

    def handle_data(self, data):
        if not self.open or self.open[-1] != "style":
            self.text += data


class Report(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.bundle = os.path.join(self.folder.name, "PC0042")
        os.mkdir(self.bundle)
        for name, text in LOGS.items():
            with open(os.path.join(self.bundle, name), "w", encoding="utf-8", newline="") as file:
                file.write(text)

    def report(self, *arguments, status=0):
        result = subprocess.run([CLI, "report", *arguments], capture_output=True, check=False, timeout=60)
        self.assertEqual(result.returncode, status, result.stderr)
        return result.stdout.decode()

    def page(self, text):
        page = Page()
        page.feed(text)
        page.close()
        self.assertEqual(page.faults, [])
        self.assertEqual(page.open, [])
        return page

    def test_page_says_what_happened(self):
        text = self.report(self.bundle)
        page = self.page(text)
        self.assertTrue(page.tags.isdisjoint({"script", "img", "link", "iframe", "object", "form"}))
        self.assertNotRegex(text, r"url\(|@import")
        for part in ("What happened", "Evidence, in the order of time", "What to do", "How to see that it works:",
                     "What this report cannot say", "Files", "ccmsetup.log, line 4",
                     "2026-11-18 09:12:03.327", "0x80190194", "(UTC-5)", "Masked."):
            self.assertIn(part, page.text)
        # In the order of time: the download, then what it led to.
        self.assertLess(page.text.index("Failed to download client files"),
                        page.text.index("CcmSetup failed with error code"))

    def test_head_says_it_all(self):
        """What is wrong with which device, since when, and what to do first, before anything else."""
        text = self.report("--format", "markdown", self.bundle)
        head = text[:text.index("## What happened")]
        self.assertRegex(head, r"\*\*In short:\*\* device-1 has failed since 2026-11-18 09:12:\d\d\.\d+\. "
                               r"\*\*To do first:\*\* [A-Z].+\.\n")
        # What it is, the title says.
        title = re.search(r"^# (.+)$", head, re.MULTILINE).group(1)
        self.assertEqual(head.count(title), 1)
        # Where nothing failed, the verdict says it.
        self.write("Quiet.log", "all is well\n")
        self.assertNotIn("In short", self.report("--format", "markdown", os.path.join(self.bundle, "Quiet.log")))

    def test_since_the_first_failure(self):
        """The device has failed since the first failure that still stands, which need not be the one to read first."""
        folder = os.path.join(self.folder.name, "two")
        os.mkdir(folder)
        app = "[Win32App] app result: The application was not detected after installation completed (0x87D1041C)"
        for name, messages in (("ccmsetup.log", ["CcmSetup failed with error code 0x80004005"]),
                               ("IntuneManagementExtension.log", ["One", "Two", app])):
            with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
                file.write(ccm(name[:-4], *messages))
        text = self.report("--format", "markdown", folder)
        self.assertRegex(text, r"# Application not detected .*\n")
        self.assertIn("has failed since 2026-11-18 09:12:00.327", text)

    def test_since_it_grew_too_old(self):
        """The last line that told of health is no begin of a failure."""
        folder = os.path.join(self.folder.name, "old")
        os.mkdir(folder)
        with open(os.path.join(folder, "CcmNotificationAgent.log"), "w", encoding="utf-8", newline="") as file:
            file.write(ccm("BgbAgent", "Updating MDM_ConfigSetting.ClientHealthLastSyncTime with value 2026-10-01T14:12:00Z"))
        text = self.report("--format", "markdown", folder)
        self.assertIn("has failed since 2026-10-31 09:12:00.000", text)
        self.assertNotIn("older than the end", text)

    def test_values_in_titles_are_masked(self):
        """Two findings of one title are told apart by what stands in their lines: names, too."""
        self.write("CcmMessaging.log", ccm("CcmMessaging", *(
            f"[CCMHTTP] ERROR: URL=https://{host}.fabrikam.example/x, Port=443, Code=12007, Text=failed"
            for host in ("cm01", "cm02"))))
        path = os.path.join(self.bundle, "CcmMessaging.log")
        self.assertIn("resolved (DNS, 12007): cm02.fabrikam.example, 12007",
                      self.report("--unmasked", "--format", "markdown", path).replace("\\", ""))
        for form in ("html", "markdown"):
            for name in ("cm01", "cm02", "fabrikam"):
                self.assertNotIn(name, self.report("--format", form, path).lower())

    def test_nothing_of_whom(self):
        for form in ("html", "markdown"):
            text = self.report("--format", form, self.bundle)
            unwrapped = html.unescape(urllib.parse.unquote(text)).lower()
            for name in NAMES:
                self.assertNotIn(name.lower(), text.lower())
                self.assertNotIn(name.lower(), unwrapped)
            self.assertIn("device-1", text)
            self.assertIn("user-1", text)

    def test_cut_line(self):
        """A line is too long where an id stands: half of it is not shown."""
        start = "Failed to download client files by BITS. Error 0x80190194 "
        line = start + "word " * ((4096 - len(start) - 10) // 5) + DEVICE + " end" * 100
        with open(os.path.join(self.bundle, "ccmsetup.log"), "w", encoding="utf-8", newline="") as file:
            file.write(ccm("ccmsetup", line))
        self.assertIn(DEVICE[:8], line[4080:4096])
        for more in ([], ["--unmasked"]):
            text = self.report(*more, self.bundle)
            self.assertIn("word word …", text)
            self.assertNotIn(DEVICE[:6], text.split("What this report cannot say")[0])

    def test_cut_line_without_a_blank(self):
        start = "Failed to download client files by BITS. Error 0x80190194 "
        line = start + "a," * ((4096 - len(start) - 10) // 2) + DEVICE + ",end" * 100
        with open(os.path.join(self.bundle, "ccmsetup.log"), "w", encoding="utf-8", newline="") as file:
            file.write(ccm("ccmsetup", line))
        self.assertIn(DEVICE[:8], line[4080:4096])
        text = self.report(self.bundle)
        self.assertIn("a,a, …", text)
        self.assertNotIn(DEVICE[:6], text.split("What this report cannot say")[0])

    def test_unmasked(self):
        for form in ("html", "markdown"):
            text = self.report("--format", form, "--unmasked", self.bundle)
            for name in ("PC0042", "BJONES", DEVICE):
                self.assertIn(name, text)
            self.assertIn("Not masked.", text)
            self.assertNotIn("device-1", text)

    def test_hostile_text(self):
        page = self.page(self.report("--unmasked", self.bundle))
        self.assertIn("<script>alert(1)</script>", page.text)
        self.assertNotIn("\u202e", page.text)
        text = self.report("--format", "markdown", self.bundle)
        self.assertNotIn("\u202e", text)
        # Only in a fence, which is longer than any in the line.
        outside = re.sub(r"(?m)^  (````+)text\n(?:.*\n)*?  \1$", "", text)
        self.assertNotIn("<", re.sub(r"\]\(<https://[^>]*>\)", "", outside))
        self.assertIn("  ````text\n", text)

    def test_checksums(self):
        text = self.report(self.bundle)
        for name in LOGS:
            with open(os.path.join(self.bundle, name), "rb") as file:
                self.assertIn(hashlib.sha256(file.read()).hexdigest(), text)
        archive = os.path.join(self.folder.name, "bundle.zip")
        with zipfile.ZipFile(archive, "w") as file:
            for name, log in LOGS.items():
                file.writestr("logs/" + name, log)
        text = self.report(archive)
        with open(archive, "rb") as file:
            self.assertIn(hashlib.sha256(file.read()).hexdigest(), text)
        for log in LOGS.values():
            self.assertIn(hashlib.sha256(log.encode()).hexdigest(), text)

    def test_same_bytes_same_report(self):
        self.assertEqual(self.report(self.bundle), self.report(self.bundle))

    def test_path_of_a_loose_file_stays_here(self):
        text = self.report("--unmasked", os.path.join(self.bundle, "ccmsetup.log"))
        self.assertNotIn(self.folder.name, text)

    def test_nothing_found(self):
        path = os.path.join(self.folder.name, "empty.log")
        with open(path, "w", encoding="utf-8") as file:
            file.write("one line\n")
        text = self.page(self.report(path)).text
        self.assertIn("No known failure found", text)
        self.assertIn("no proof", text)

    def test_names_of_folders(self):
        """No line says whose logs these are: only the folder does, and the archive."""
        name = "LT-ANNA.BERG"
        folder = os.path.join(self.folder.name, name)
        os.makedirs(os.path.join(folder, "Bärbel", "CCM", "Logs"))
        path = os.path.join(folder, "Bärbel", "CCM", "Logs", "ccmsetup.log")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(ccm("ccmsetup", "CcmSetup failed with error code 0x80190194 for anna.berg"))
        archive = os.path.join(self.folder.name, name + ".zip")
        with zipfile.ZipFile(archive, "w") as file:
            file.write(path, f"{name}/Bärbel/CCM/Logs/ccmsetup.log")
            file.write(path, f"{name}/Bärbel/CCM/Logs/LT-ANNA.BERG_PolicyAgent.log")
        for bundle in (folder, archive):
            self.assertIn(name, self.report("--unmasked", bundle))
            for form in ("html", "markdown"):
                text = html.unescape(self.report("--format", form, bundle)).lower()
                for part in ("anna", "berg", "bärbel"):
                    self.assertNotIn(part, text)
                self.assertIn("/ccm/logs/", text)
                self.assertIn("ccmsetup.log", text)

    def test_title_of_the_bundle(self):
        """A bundle is called after anything: its title is masked whole, whatever it is made of, and only that."""
        bundles = os.path.join(self.folder.name, "bundles")
        os.mkdir(bundles)
        for title in ("jane.doe-logs.zip", "RECEPTION.zip", "KIOSK-LOBBY", "logs of jdoe", "Fabrikam Berlin", "ccmsetup"):
            path = os.path.join(bundles, title)
            if title.endswith(".zip"):
                with zipfile.ZipFile(path, "w") as file:
                    file.writestr("CCM/Logs/ccmsetup.log", LOGS["ccmsetup.log"])
            else:
                os.makedirs(os.path.join(path, "CCM"))
                shutil.copy(os.path.join(self.bundle, "ccmsetup.log"), os.path.join(path, "CCM"))
            self.assertIn(title, self.report("--unmasked", path))
            for text in (self.page(self.report(path)).text,
                         html.unescape(self.report("--format", "markdown", path)).replace("\\", "")):
                self.assertIn("Logs bundle-1, 1 log", text)
                self.assertIn("ccmsetup.log, line 4", text)
                if title != "ccmsetup":
                    for word in re.findall("[a-z]{4,}", re.sub("logs|zip", "", title.lower())):
                        self.assertNotIn(word, text.lower())

    def test_names_of_archives_inside(self):
        folder = os.path.join(self.folder.name, "case")
        os.mkdir(folder)
        for title in ("jane.doe-logs.zip", "Logs-2024.zip"):
            with zipfile.ZipFile(os.path.join(folder, title), "w") as file:
                file.writestr("CCM/Logs/ccmsetup.log", LOGS["ccmsetup.log"])
        with open(os.path.join(folder, "KIOSK-LOBBY.zip"), "wb") as file:
            file.write(b"no archive")
        text = self.page(self.report(folder, status=2)).text
        self.assertIn("/CCM/Logs/ccmsetup.log, line 4", text)
        self.assertIn("Logs-2024.zip/CCM", text)
        for name in ("jane.doe", "KIOSK", "LOBBY"):
            self.assertNotIn(name, text)

    def test_masked_words(self):
        """Wherever they stand in a log, inside of longer words too, but not in what the report says itself."""
        with open(os.path.join(self.bundle, "ccmsetup.log"), "w", encoding="utf-8", newline="") as file:
            file.write(ccm("ccmsetup", "Running on machine, Computer Name: PC0042",
                           "Failed to download client files by BITS. Error 0x80190194 on PC0042 of WOMBATS, wombat-7 "
                           "in BigWombat"))
        before = self.page(self.report(self.bundle)).text
        result = subprocess.run([CLI, "report", "--mask", "wombat", "--mask", "nowhere", "--mask", "C00", "--mask", "in",
                                 self.bundle], capture_output=True, check=False, timeout=60)
        self.assertEqual(result.returncode, 0)
        said = result.stderr.decode()
        self.assertIn("“wombat” is masked in 3 places.", said)
        self.assertIn("“nowhere” does not occur in the report.", said)
        self.assertIn("“C00” occurs only inside of names that are masked already.", said)
        self.assertIn("“in” is masked in 1 place.", said)
        text = self.page(result.stdout.decode()).text
        self.assertNotIn("wombat", text.lower())
        self.assertIn("of word-1S, word-1-7 ", text)
        # Explanations, checksums and what is to be done stand there as before.
        for ours in (r"Cause: [^<]*?\.", r"[0-9a-f]{64}", r"How to see that it works: [^<]*?\.", "What this report cannot say"):
            found = re.findall(ours, before)
            self.assertTrue(found, ours)
            for sentence in found:
                self.assertIn(sentence, text)
        self.report("--mask", "x", self.bundle, status=64)
        self.report("--mask", "word", "--unmasked", self.bundle, status=64)

    def test_marks(self):
        """What was marked in the window, by whoever runs it: masked like all else, and only where it is asked for."""
        def checksum(record):
            return hashlib.sha256(record).hexdigest()[:32]

        record, other = [record.encode() + b"\r\n" for record in LOGS["ccmsetup.log"].split("\r\n")[:2]]
        folder = os.path.join(self.folder.name, "data", "cotrace", "marks")
        os.makedirs(folder)
        kept = os.path.join(folder, checksum(record[:512]) + ".marks")
        with open(kept, "w", encoding="utf-8") as file:
            file.write(f"[mark 0]\noffset={len(record)}\nrecord={checksum(other)}\nmade=1\n"
                       "note=BJONES saw this\\nhere <b>\n"
                       f"[mark 1]\noffset=0\nrecord={checksum(record)}\nmade=2\n")
        environment = {**os.environ, "XDG_DATA_HOME": os.path.join(self.folder.name, "data")}

        def report(*arguments):
            result = subprocess.run([CLI, "report", *arguments, self.bundle], capture_output=True, check=True,
                                    timeout=60, env=environment)
            return result.stdout.decode()

        self.assertNotIn("Marked by you", report())
        text = self.page(report("--marks")).text
        marked = text[text.index("Marked by you"):text.index("What this report cannot say")]
        self.assertRegex(marked, r"(?s)ccmsetup.log, line 1.*09:12:00.327.*Computer Name: device-1.*ccmsetup.log, "
                                 r"line 2.*09:12:01.327.*user-[0-9] saw this\nhere <b>.*Command line")
        text = report("--marks", "--format", "markdown", "--unmasked")
        self.assertIn("## Marked by you\n\n- ccmsetup.log, line 1, 2026-11-18 09:12:00.327\n", text)
        self.assertIn("09:12:01.327, **BJONES saw this here &lt;b&gt;**\n", text)
        with open(kept, "w", encoding="utf-8") as file:
            file.write("no file of marks")
        self.assertIn("What is marked in it cannot be read: ccmsetup.log", self.page(report("--marks")).text)

    def test_what_is_normal(self):
        """What looks bad, what went well, and what was seen besides are told apart."""
        with open(os.path.join(self.bundle, "ccmsetup.log"), "w", encoding="utf-8", newline="") as file:
            file.write(ccm("ccmsetup",
                           "No version of the client is currently detected.",
                           "Failed to connect to policy namespace. Error 0x8004100e",
                           "CcmSetup is exiting with return code 0"))
        with open(os.path.join(self.bundle, "CoManagementHandler.log"), "a", encoding="utf-8", newline="") as file:
            file.write(ccm("CoManagementHandler",
                           "Merged value for setting 'CoManagementSettings_Capabilities' is '7'"))
        text = self.page(self.report(self.bundle)).text
        _, bad, rest = re.split("Normal, although it looks bad|What went well", text)
        well, seen = rest.split("Also seen")
        self.assertIn("Policy namespace missing", bad)
        self.assertIn("ccmsetup ended with return code 0", well)
        self.assertIn("Workloads that Intune has", seen.split("Files")[0])

    def test_what_cannot_be_told(self):
        practice = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/practice/refused-client")
        told = ("7 cannot be told: CMGService.log, CCM_STS.log, MP_RegistrationManager.log of the server are not "
                "here; ClientLocation.log, PolicyAgent.log, PolicyEvaluator.log are missing; SMS_Cloud_ProxyConnector.log begins later")
        but = "The connection point cannot check revocation, so it has no certificate to show"
        text = self.page(self.report(practice)).text
        self.assertIn("21 of 28 milestones seen, no gap in the logs that are here, but: " + but, text)
        self.assertIn(told + ".", text)
        self.assertIn("8 of 8 milestones seen, complete", text)
        scan = subprocess.run([CLI, "scan", practice], capture_output=True, check=False, timeout=60).stdout.decode()
        self.assertIn("21 of 28 milestones seen, no gap in the logs that are here, but: " + but +
                      "\n    " + told + "\n", scan)

    def test_errors_beside_a_story(self):
        """What no detector knows is told of where another failure was found, too."""
        practice = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/practice/refused-client")
        bundle = os.path.join(self.folder.name, "beside")
        shutil.copytree(practice, bundle)
        heading = "## Errors that nothing above explains"
        before = self.report(bundle, "--format", "markdown")
        with open(os.path.join(bundle, "Unheard.log"), "w", encoding="utf-8", newline="") as file:
            file.write(ccm("Unheard", "Quiet") + ccm("Unheard", "The frobnicator broke").replace('type="1"', 'type="3"'))
        text = self.report(bundle, "--format", "markdown")
        self.assertIn(heading, text)
        told = text.split(heading)[1].split("\n## ")[0]
        self.assertIn("The frobnicator broke", told)
        self.assertNotIn("Quiet", told)
        self.assertNotIn("frobnicator", before)

    def test_kinds_of_errors(self):
        """Each code once, with what it means, at its first line by time, whatever its log is called."""
        bundle = os.path.join(self.folder.name, "kinds")
        os.makedirs(bundle)
        logs = {"Zebra": ("Quiet", "It failed with 0x87d00231", "It failed: -2147024891"),
                "Aardvark": ("Quiet", "Quiet", "Quiet", "Request 1 failed", "Request 22 failed", "It failed: 0x80070005")}
        for name, messages in logs.items():
            with open(os.path.join(bundle, f"{name}.log"), "w", encoding="utf-8", newline="") as file:
                file.write(ccm(name, *messages))
        text = self.report(bundle, "--format", "markdown")
        told = text.split("But 5 entries in 2 logs are errors that no detector knows.")[1].split("\n## ")[0]
        places = [line for line in told.splitlines() if line.startswith("- ")]
        self.assertEqual(len(places), 3, told)
        self.assertRegex(places[0], r"^- Zebra\.log, line 2, .*, \*\*0x87D00231 – Temporary messaging failure;")
        self.assertRegex(places[1], r"^- Zebra\.log, line 3, .*, 2 times, last .*, \*\*0x80070005 – Access is denied ")
        self.assertRegex(places[2], r"^- Aardvark\.log, line 4, .*, 2 times, last [0-9:. -]+$")
        page = self.page(self.report(bundle)).text
        self.assertIn("0x80070005 – Access is denied (E_ACCESSDENIED)", page)
        self.assertNotIn("more line", page)

    def test_one_of_two_fails(self):
        """The title names the device that failed, and the top tells of each: the others only wait."""
        practice = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/practice")
        both = os.path.join(self.folder.name, "both")
        for name, scenario in (("PC-ANNA", "queued-timer"), ("PC-BERT", "refused-client")):
            shutil.copytree(os.path.join(practice, scenario), os.path.join(both, name))
        failed = "The connection point cannot check revocation, so it has no certificate to show"
        waits = "Enrollment is waiting for its random start time"
        text = self.report(both, "--format", "markdown", "--unmasked")
        self.assertIn(f"\n# PC-BERT failed: {failed}; PC-ANNA waits\n", text)
        self.assertIn(f"\n## Devices\n\n- PC-BERT failed: {failed}\n- PC-ANNA waits: {waits}\n\n##", text)
        masked = self.report(both, "--format", "markdown")
        self.assertIn(f"\n# device-1 failed: {failed}; device-2 waits\n", masked)
        self.assertNotIn("PC-BERT", masked)
        self.assertNotIn("Several devices", self.page(self.report(both)).text)
        shutil.rmtree(os.path.join(both, "PC-BERT"))
        shutil.copytree(os.path.join(practice, "queued-timer"), os.path.join(both, "PC-CARL"))
        text = self.report(both, "--format", "markdown", "--unmasked")
        self.assertIn(f"\n# PC-ANNA waits: {waits}; PC-CARL waits\n", text)

    def test_two_bundles(self):
        """The title names the device that failed, which is told of first, in whatever order they are given."""
        practice = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/practice")
        well = os.path.join(self.folder.name, "PC-ANNA")
        os.makedirs(well)
        with open(os.path.join(well, "CcmExec.log"), "w", encoding="utf-8", newline="") as file:
            file.write(ccm("CcmExec", "Quiet"))
        waits, refused = (os.path.join(self.folder.name, name) for name in ("PC-CARL", "PC-BERT"))
        shutil.copytree(os.path.join(practice, "queued-timer"), waits)
        shutil.copytree(os.path.join(practice, "refused-client"), refused)
        failed = "PC-BERT failed: The connection point cannot check revocation, so it has no certificate to show"
        text = self.report(well, waits, refused, "--format", "markdown", "--unmasked")
        self.assertIn(f"\n# {failed}; PC-CARL waits\n", text)
        self.assertIn(f"\n- {failed}\n- PC-CARL waits: Enrollment is waiting for its random start time\n"
                      "- PC-ANNA: no known failure found\n\n## PC-BERT\n", text)
        self.assertEqual(re.findall(r"^## (PC-\w+)$", text, re.MULTILINE), ["PC-BERT", "PC-CARL", "PC-ANNA"])
        text = self.report(well, refused, "--format", "markdown", "--unmasked")
        self.assertIn(f"\n# {failed}\n", text)
        self.assertNotIn("PC-BERT", self.page(self.report(well, refused)).text)

    def test_card_tells_what_the_scan_tells(self):
        """What was expected and did not come, the rhythm of what came back, and when something is due."""
        registration = "ClientIDManagerStartup.log"
        with open(os.path.join(self.bundle, registration), "w", encoding="utf-8", newline="") as file:
            file.write(ccm("ClientIDManagerStartup",
                           "[RegTask] - Client is not registered. Sending registration request for "
                           "GUID:5F0C2A7E-1B44-4D0A-9C3B-7E21A0D4F611 ..."))
            file.write(ccm("ClientIDManagerStartup", "Something else is written").replace("09:12", "19:01"))
        with open(os.path.join(self.bundle, "CcmMessaging.log"), "w", encoding="utf-8", newline="") as file:
            for minute in range(12, 18):
                file.write(ccm("CcmMessaging", "[CCMHTTP] ERROR INFO: StatusCode=401 StatusText=CMGService_Invalid_Token")
                           .replace("09:12", f"09:{minute}"))
        scan = subprocess.run([CLI, "scan", self.bundle], capture_output=True, check=False, timeout=60).stdout.decode()
        expected = f"was expected within 1 hour. {registration} goes on until 2026-11-18 19:01:00 without it."
        rhythm = "Seen 6 times, every 1 minute, since 2026-11-18 09:12:00; last at 09:17:00."
        for text in (scan, self.page(self.report(self.bundle)).text):
            self.assertIn(expected, text)
            self.assertIn(rhythm, text)
        practice = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../data/practice/queued-timer")
        self.assertRegex(self.page(self.report(practice)).text, r"(?s)Still waiting.*Due at [-0-9: ]+, local time of the "
                         r"computer: [0-9a-z ]+ after these logs end\..*Evidence")

    def write(self, name, text):
        with open(os.path.join(self.bundle, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def test_times_of_several_zones(self):
        """Ten minutes are no five hours, whichever clock wrote a line, and the report says whose times it tells."""
        refused = ccm("LocationServices", "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired")
        several = "Times are in {}, as the logs were written in several time zones."
        for name in LOGS:
            os.remove(os.path.join(self.bundle, name))
        self.write("LocationServices.log", refused)
        text = self.page(self.report(self.bundle)).text
        self.assertIn("2026-11-18 09:12:00.327 to 2026-11-18 09:12:00.327 (UTC-5)", text)
        self.assertNotIn("time zone", text)
        # A log without evidence: what it says is told by the clock of the others.
        fields = "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip sc-status sc-win32-status"
        self.write("u_ex261118.log", "#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n"
                   f"#Date: 2026-11-18 14:30:00\n#Fields: {fields}\n"
                   "2026-11-18 14:30:00 10.0.0.1 GET /x - 443 - 10.0.0.2 200 0\n")
        text = self.page(self.report(self.bundle)).text
        self.assertIn("2026-11-18 09:12:00.327 to 2026-11-18 09:30:00.000 (UTC-5)", text)
        self.assertIn(several.format("UTC-5"), text)
        self.assertIn("2026-11-18 09:30:00.000 to 2026-11-18 09:30:00.000", text.split("Files")[1])
        # Evidence of two zones: in UTC, in the card, in the table and in the subtitle.
        self.write("CcmMessaging.log", refused.replace("09:12", "14:22").replace("+300", "+000"))
        text = self.page(self.report(self.bundle)).text
        self.assertIn("2026-11-18 14:12:00.327 to 2026-11-18 14:30:00.000 (UTC)", text)
        self.assertIn(several.format("UTC"), text)
        self.assertIn("2 times, first 2026-11-18 14:12:00.327, last 2026-11-18 14:22:00.327", text)
        self.assertIn("LocationServices.log, line 12026-11-18 14:12:00.327", text)
        self.assertNotIn(" 09:", text)
        self.assertNotIn("do not tell", text)
        # What is told of one log alone is told as it stands there.
        self.write("LocationServices.log", "".join(refused.replace("09:12", f"09:{minute}") for minute in (12, 13, 14)))
        text = self.page(self.report(self.bundle)).text
        self.assertIn("Seen 3 times, every 1 minute, since 2026-11-18 09:12:00; last at 09:14:00.\n"
                      "Times in these sentences are as they stand in the logs.", text)
        self.write("LocationServices.log", refused)
        # A log of no zone.
        self.write("CcmMessaging.log", refused.replace("09:12", "14:22").replace("+300", ""))
        text = self.page(self.report(self.bundle)).text
        self.assertIn("Some logs do not tell their time zone: their times are as written.", text)
        self.assertIn("Some of these logs do not tell their time zone: the order between logs is a guess.", text)
        self.assertIn("CcmMessaging.log, line 12026-11-18 14:22:00.327", text)

    def test_refused(self):
        missing = os.path.join(self.folder.name, "missing.log")
        self.report(missing, self.bundle, status=2)
        self.report("--format", "pdf", self.bundle, status=64)
        self.report(status=64)


unittest.main()
