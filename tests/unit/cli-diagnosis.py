#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program says about logs made for each detector of the bootstrap article: with its
condition met and not met, alone and together, in a folder and in an archive.

usage: cli-diagnosis.py CLI every-way|in-turn

In turn: each set of logs in one of the ways only, which is enough where the program is slow.
"""
import datetime
import itertools
import json
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile

CLI = sys.argv[1]
IN_TURN = sys.argv[2] == "in-turn"
TURNS = itertools.count()
START = datetime.datetime(2024, 9, 9, 8, 0, 0)
BIAS_MINUTES = 300

QUEUED = "Queuing enrollment timer to fire at 09/09/2024 10:03:11"
USER = "Getting AAD (user) token with: ClientId = 11111111-2222-3333-4444-555555555555"
DEVICE = "Getting AAD (device) token with: ClientId = 11111111-2222-3333-4444-555555555555"
ANSWER = "Retrieved AAD token for AAD device '0a1b2c3d-1111-4222-8333-444455556666'"
ENROLLED = "Device is already enrolled with MDM"
TRAFFIC = ('ReportTrafficData - state message to send: <ProxyTrafficStateDetails '
           'ServerName="CP1.CONTOSO.COM" MaxConcurrentRequests="2"> <EndPoints> <EndPoint '
           'Name="BGB" ProxyServer="GW.CLOUDAPP.NET" TargetHost="mp1.contoso.com" '
           'TotalRequests="2" TotalRequestsWithBearerToken="0" FailedRequests="0"/> </EndPoints>')
INBOX = "**ERROR: Cannot connect to the inbox source, sleep 30 seconds and try again."
MOVED = ("Moved file C:\\SMS\\MP\\OUTBOXES\\statemsg.box\\x.SMX to "
         "\\\\PS1.contoso.com\\SMS_PS1\\inboxes\\auth\\statesys.box\\incoming\\x.SMX")
REFUSED = "[CCMHTTP] ERROR INFO: StatusCode= 403 StatusText= CMGConnector_Clientcertificaterequired"
REFUSED_CODE = "Failed to refresh Site Signing Certificate over HTTP with error 0x87d0027e."
REFUSED_SERVER = ("MessageID: 1 RequestURI: https://mp1.contoso.com/SMS_MP/.sms_aut?SITESIGNCERT "
                  "EndpointName: SMS_MP ResponseHeader: HTTP/1.1 403 "
                  "CMGConnector_Clientcertificaterequired ResponseBodySize: 5274 ElapsedTime: 44 ms")
REVOCATION = ("The revocation function was unable to check revocation because the revocation "
              "server was offline.  80092013")
CHAIN_FAILED = "Chain build failed cert: C019CC17EEFA681D154BA9F24F8EAE9640D54C49"
CHAIN_STATUS = "Chain 0 status: RevocationStatusUnknown"
NO_CLIENT_AUTH = "Filtered cert count with client auth: 0"
CLIENT_AUTH = "Filtered cert count with client auth: 1"
NO_ROOT = "Filtered cert count with allowed root CA: 0"
SKIPPED = "Not allowed cert: 52E140B1DD16A556AB77932B63DE87955BBC4616"
TRANSIENT = ("LSUpdateInternetManagementPoints: Failed to retrieve internet MPs from MP "
             "GW.CLOUDAPP.NET/CCM_Proxy_MutualAuth/7 with error 0x87d00231, retaining previous "
             "list.")
RUN = "==========[ ccmsetup started in process {} ]=========="
COMMAND = 'Ccmsetup command line: "C:\\Windows\\ccmsetup\\ccmsetup.exe" '
EXIT = "CcmSetup is exiting with return code {}"
GATEWAY = "gw.contoso.com/CCM_Proxy_MutualAuth/72057594037928290"


def ccm(*messages, start=START, bias=BIAS_MINUTES):
    """One record a minute; a message may be a pair of its minute and its text."""
    records = []
    for minute, message in enumerate(messages):
        if isinstance(message, tuple):
            minute, message = message
        time = start + datetime.timedelta(minutes=minute)
        zone = "" if bias is None else f"{bias:+04d}"
        records.append(f'<![LOG[{message}]LOG]!><time="{time:%H:%M:%S}.000{zone}" '
                       f'date="{time:%m-%d-%Y}" component="Test" context="" type="1" '
                       f'thread="42" file="test.cpp:1">\r\n')
    return "".join(records).encode()


def scan(path, *arguments):
    result = subprocess.run([CLI, "scan", "--format", "ndjson", *arguments, path],
                            capture_output=True, check=False, timeout=120)
    if result.stderr:
        raise AssertionError(result.stderr.decode())
    parts = [json.loads(line) for line in result.stdout.decode().splitlines()]
    return result.returncode, parts


class Diagnosis(unittest.TestCase):
    def write(self, logs):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        folder = os.path.join(holder.name, "logs")
        os.mkdir(folder)
        for name, body in logs.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(body if isinstance(body, bytes) else ccm(*body))
        return folder

    def diagnose(self, logs):
        """What is found in a folder of @logs, by detector; an archive of them must say the same."""
        folder = self.write(logs)
        archive = folder + ".zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name in sorted(logs):
                bundle.write(os.path.join(folder, name), name)
        ways = [folder, archive] + ([os.path.join(folder, *logs)] if len(logs) == 1 else [])
        if IN_TURN:
            ways = [ways[next(TURNS) % len(ways)]]
        answers = []
        for path in ways:
            code, parts = scan(path)
            findings = [part for part in parts if part["kind"] == "finding"]
            summary = parts[-1]
            errors = [f for f in findings if f["severity"] == "error"]
            self.assertEqual(summary["findings"], len(findings))
            self.assertEqual(summary["errors"], len(errors))
            self.assertEqual(code, 1 if errors else 0)
            self.assertEqual([f["detector"] for f in findings if f["headline"]],
                             [summary["headline"]] if summary["headline"] else [])
            answers.append([{**f, "log": os.path.basename(f["log"]),
                             "evidence": [e["ordinal"] for e in f["evidence"]]}
                            for f in findings])
        for answer in answers[1:]:
            self.assertEqual(answer, answers[0])
        self.path = archive
        # Of several of one detector, the one that is told first.
        return {f["detector"]: f for f in reversed(answers[0])}

    def text(self):
        """What people are told about the logs that were diagnosed last."""
        return subprocess.run([CLI, "scan", self.path], capture_output=True, check=False,
                              timeout=120).stdout.decode()

    def assert_finding(self, found, detector, severity, headline=None, **more):
        self.assertIn(detector, found)
        finding = found[detector]
        self.assertEqual(finding["severity"], severity, detector)
        if headline is not None:
            self.assertEqual(finding["headline"], headline, detector)
        for key, value in more.items():
            self.assertEqual(finding[key], value, (detector, key))

    def headline(self, found):
        return next((f["detector"] for f in found.values() if f["headline"]), None)

    # Parts of a log, and computers

    def test_evidence_names_the_part(self):
        folder = self.write({
            "mpfdm-20240901-100000.log": ccm("Idle", INBOX),
            "mpfdm.lo_": ccm("Idle", "Idle", INBOX, start=START + datetime.timedelta(hours=1)),
            "mpfdm.log": ccm(INBOX, start=START + datetime.timedelta(hours=2))})
        _, parts = scan(folder)
        finding = next(p for p in parts if p.get("detector") == "cmg-cp-disconnected-inbox")
        self.assertEqual(finding["count"], 3)
        self.assertEqual([(os.path.basename(e["log"]), e["line"], e["ordinal"])
                          for e in finding["evidence"]],
                         [("mpfdm-20240901-100000.log", 2, 1), ("mpfdm.lo_", 3, 2),
                          ("mpfdm.log", 1, 0)])
        logs = [p for p in parts if p["kind"] == "log"]
        self.assertEqual(len(logs), 1)
        self.assertEqual(logs[0]["entries"], 6)
        self.assertEqual([os.path.basename(g.get("log", "")) for g in logs[0]["generations"]],
                         ["mpfdm-20240901-100000.log", "mpfdm.lo_", ""])
        text = subprocess.run([CLI, "scan", folder], capture_output=True, check=False,
                              timeout=120).stdout.decode()
        self.assertIn("mpfdm.lo_:3", text)
        # Who only reads gets file by file.
        shown = subprocess.run([CLI, "info", "--format", "ndjson", folder], capture_output=True,
                               check=False, timeout=120).stdout.decode()
        self.assertEqual([json.loads(line)["kind"] for line in shown.splitlines()].count("log"), 3)

    def write_computers(self, computers):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        for computer, logs in computers.items():
            folder = os.path.join(holder.name, computer)
            os.mkdir(folder)
            for name, body in logs.items():
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(ccm(*body))
        return holder.name

    def test_each_computer_has_a_headline(self):
        folder = self.write_computers({
            "PC0042": {"mpfdm.log": [INBOX]},
            "PC0043": {"CcmExec.log": ["Idle"]},
            "PC0044": {"CcmMessaging.log": [REFUSED], "LocationServices.log": ["Idle"]}})
        _, parts = scan(folder)
        headlines = [(p["device"], p["detector"]) for p in parts
                     if p["kind"] == "finding" and p["headline"]]
        self.assertEqual([device for device, _ in headlines], ["PC0042", "PC0044"])
        self.assertEqual(headlines[0][1], "cmg-cp-disconnected-inbox")
        for part in parts:
            if part["kind"] == "finding":
                self.assertEqual(list(part)[-1], "device")
                for place in part["evidence"]:
                    self.assertIn(part["device"] + "/", place["log"])
            if part["kind"] == "journey":
                self.assertIn(part["device"], ("PC0042", "PC0043", "PC0044"))
        text = subprocess.run([CLI, "scan", folder], capture_output=True, check=False,
                              timeout=120).stdout.decode()
        places = [text.index(words) for words in (
            "Computer PC0042\n", "(cmg-cp-disconnected-inbox)",
            "Computer PC0043: no known failure found\n", "Computer PC0044\n")]
        self.assertEqual(places, sorted(places))

    def test_a_line_of_another_computer_explains_nothing(self):
        tokens = {"ADALOperationProvider.log": [USER, DEVICE]}
        queued = {"CoManagementHandler.log": [QUEUED]}
        _, parts = scan(self.write_computers({"PC0042": {**queued, **tokens}, "PC0043": queued}))
        found = {p["device"]: p for p in parts
                 if p.get("detector") == "comgmt-enrollment-timer-queued"}
        self.assertTrue(found["PC0042"]["expected_behaviour"])
        self.assertTrue(found["PC0042"]["headline"])
        _, parts = scan(self.write_computers({"PC0042": tokens, "PC0043": queued}))
        found = [p for p in parts if p.get("detector") == "comgmt-enrollment-timer-queued"]
        self.assertEqual(len(found), 1)
        self.assertEqual(found[0]["device"], "PC0043")
        self.assertEqual(found[0]["severity"], "info")
        self.assertFalse(found[0]["headline"])

    def test_computers_without_numbers(self):
        """What one of them did well ends no trouble of another, whatever they are called."""
        broken = {"mpfdm.log": [INBOX], "CcmExec.log": ["Idle"]}
        working = {"mpfdm.log": [(9, MOVED)], "CcmExec.log": ["Idle"]}
        for names in (("ANNA-LAPTOP", "BEN-DESKTOP"), ("PC-A", "PC-B"), ("broken", "working")):
            folder = self.write_computers({names[0]: broken, names[1]: working})
            archive = os.path.join(folder, "all.zip")
            with zipfile.ZipFile(archive, "w") as bundle:
                for name in names:
                    for log in working:
                        bundle.write(os.path.join(folder, name, log), f"{name}/{log}")
            loose = [os.path.join(folder, name, "mpfdm.log") for name in names]
            for paths in ([archive], loose):
                code, parts = scan(*paths)
                self.assertEqual(code, 1, paths)
                found = [p for p in parts if p.get("detector") == "cmg-cp-disconnected-inbox"]
                self.assertEqual([p["device"] for p in found], [names[0]])
                text = subprocess.run([CLI, "scan", *paths], capture_output=True, check=False,
                                      timeout=120).stdout.decode()
                self.assertIn(f"Computer {names[0]}\n", text)
                self.assertIn(f"Computer {names[1]}\n\nSuccess: ", text)
            self.assertIn(f"all.zip: 2 devices: {names[0]}, {names[1]}\n",
                          subprocess.run([CLI, "info", archive], capture_output=True, check=False,
                                         timeout=120).stdout.decode())

    def test_nothing_is_left_out_without_a_word(self):
        """What was put aside is a log; what may be one is named."""
        for name in ("mpfdm.log.old", "mpfdm.log_old", "mpfdm.log.bak", "mpfdm.bak", "mpfdm.log.1",
                     "mpfdm.log.txt", "mpfdm.txt", "mpfdm", "mpfdm.log.2024-09-09"):
            self.assertIn("cmg-cp-disconnected-inbox",
                          self.diagnose({name: [INBOX], "CcmExec.log": ["Idle"]}), name)
        self.diagnose({"saved": [INBOX], "saved.bak": [INBOX], "saved.png": [INBOX],
                       "CcmExec.log": ["Idle"]})
        self.assertIn("2 files were not read, as their names are those of no logs: saved, saved.bak\n",
                      self.text())

    def test_put_aside_is_a_log_of_its_own(self):
        """Nobody knows how old it is, so it is no part of the log: a copy tells nothing twice."""
        folder = self.write({"mpfdm.log": [INBOX, MOVED], "mpfdm.log.bak": [INBOX]})
        _, parts = scan(folder)
        self.assertEqual([len(p["generations"]) for p in parts if p["kind"] == "log"], [1, 1])

    def test_the_product_that_failed_is_named(self):
        """Of two products that failed the later was installed at last: the other is told of."""
        line = ("Windows Installer installed the product. Product Name: {}. Product Version: 4.2. "
                "Installation success or error status: {}.")
        found = self.diagnose({"client.msi.log": [line.format("Reader", 1603),
                                                  line.format("Writer", 1618),
                                                  line.format("Writer", 0)]})
        self.assert_finding(found, "msi-failed", "error", True)
        self.assertEqual(found["msi-failed"]["captures"]["product"], "Reader")
        found = self.diagnose({"client.msi.log": [line.format("Writer", 1618),
                                                  line.format("Reader", 1603),
                                                  line.format("Writer", 0)]})
        self.assertEqual(found["msi-failed"]["captures"]["product"], "Reader")

    def test_each_app_is_named(self):
        line = ("[Win32App] app result (id = {}aaaaaaa-1111-4222-8333-444455556666, name = {}, ErrorCode = "
                "-2016345060): The application was not detected (0x87D1041C)")
        self.diagnose({"IntuneManagementExtension.log": [line.format("a", "Fabrikam Reader"),
                                                         line.format("b", "Contoso Editor")]})
        text = self.text()
        for name in ("Fabrikam Reader", "Contoso Editor"):
            self.assertIn(f": {name} (app-not-detected)", text)
            self.assertIn(f"The app is {name}. The installer ended", text)
        self.assertNotIn("with the ID", text)
        # Without a name, and of nobody.
        self.diagnose({"AppWorkload.log": ["App with id: 0a1b2c3d-1111-4222-8333-444455556666 ended with 0x87D1041C"]})
        self.assertIn("The app is the one with the ID 0a1b2c3d-1111-4222-8333-444455556666. The", self.text())
        self.diagnose({"AppEnforce.log": ["CommenceEnforcement failed with error 0x87d00324."]})
        self.assertIn("What it means: The installer ended", self.text())

    def test_the_line_above_names_the_app(self):
        start = ('+++ Starting Install enforcement for App DT "Fabrikam {}" ApplicationDeliveryType - '
                 "ScopeId_9A7C2B1E/DeploymentType_{}, Revision - 5, Execution Context - System")
        for line, detector in (("CommenceEnforcement failed with error 0x87d00324.", "app-not-detected"),
                               ("    Unmatched exit code (1603) is considered an execution failure.", "app-exit-unmatched")):
            found = self.diagnose({"AppEnforce.log": [start.format("Editor", 1), "fine", start.format("Reader", 2), line,
                                                      start.format("Writer", 3)]})
            self.assertEqual(found[detector]["captures"]["app"], "Fabrikam Reader")
            self.assertIn("The app is Fabrikam Reader. The installer ended", self.text())
            found = self.diagnose({"AppEnforce.log": [line, start.format("Writer", 3)]})
            self.assertNotIn("Writer", self.text())
            self.assertNotIn("The app is", self.text())
        # A line that says of which app it tells is named by none of another.
        of = "app with id: 0a1b2c3d-000{}-4222-8333-444455556666 {}"
        found = self.diagnose({"AppWorkload.log": [of.format(1, "and name: Reader."), of.format(2, "and name: Writer."),
                                                   of.format(1, "0x87D1041C"), of.format(3, "0x87D300C9")]})
        self.assertEqual(found["app-not-detected"]["captures"]["app"], "Reader")
        self.assertNotIn("app", found["ime-app-process-runs"]["captures"])
        self.assertNotIn("AppEnforce.log", self.text())

    def test_not_enrolled_after_a_failure_is_not_normal(self):
        failed = "MDM enrollment failed with error code 0x8018002b 'Failed'. Will retry in 15 minutes..."
        yet = "Device is not MDM enrolled yet. All workloads are managed by SCCM."
        queued = "Queuing enrollment timer to fire at 11/19/2026 04:41:07"
        for lines, normal in (([failed, yet], False), ([yet], True), ([yet, queued], True), ([failed, yet, queued], True),
                              (["MDM enrollment failed with error code 0xcaa10001", yet], True)):
            found = self.diagnose({"CoManagementHandler.log": lines})
            self.assertEqual(found["comgmt-not-enrolled-yet"]["expected_behaviour"], normal, lines)

    def test_the_line_above_says_who_ran_it(self):
        start = ('+++ Starting Install enforcement for App DT "Fabrikam Reader" ApplicationDeliveryType - '
                 "ScopeId_9A7C2B1E/DeploymentType_1, Revision - 5, ContentPath - C:\\Windows\\ccmcache\\4, "
                 "Execution Context - {}")
        for code in (1603, 60001):
            line = f"    Unmatched exit code ({code}) is considered an execution failure."
            self.diagnose({"AppEnforce.log": [start.format("System"), start.format("User"), line, start.format("System")]})
            self.assertNotIn("PsExec", self.text())
            self.assertIn("in an ordinary prompt of a signed-in user", self.text())
            for above in ([start.format("User"), start.format("System")], []):
                self.diagnose({"AppEnforce.log": [*above, line, start.format("User")]})
                self.assertIn("PsExec.exe -i -s cmd", self.text())

    def test_setup_has_steps_of_its_code(self):
        for code, words in (("0x80070070", "free space on the drive"), ("0x80070652", "no other installation runs"),
                            ("0x80004005", "Go up from this line")):
            found = self.diagnose({"ccmsetup.log": [f"CcmSetup failed with error code {code}"]})
            self.assertIn(words, found["setup-failed"]["steps"][0])
            self.assertNotIn("Return value 3", str(found["setup-failed"]["steps"]))

    def test_setup_that_was_given_a_server(self):
        """The cause does not say that /mp: was missing where the command line has it."""
        none = "No valid source or MP locations could be identified to download content from. Ccmsetup.exe cannot continue."
        failed = "CcmSetup failed with error code 0x80004004"
        unresolved = (f"[CCMHTTP] ERROR: URL=https://{GATEWAY}/ServiceMetadata, Port=443, Options=448, Code=12007, "
                      "Text=ERROR_WINHTTP_NAME_NOT_RESOLVED")
        for given, error in ((True, True), (True, False), (False, False)):
            found = self.diagnose({"ccmsetup.log": [
                RUN.format(1), COMMAND + (f"/mp:https://{GATEWAY} " if given else "") + "SMSSITECODE=PS1",
                *([unresolved] if error else []), none, failed]})
            self.assertEqual("neither a management point nor a folder" in self.text(), not given)
            self.assertEqual("without /mp: or /source:" in self.text(), not given)
            self.assertEqual(self.headline(found), "ccmhttp-no-connection" if error else "setup-no-source")
        self.assertNotIn("ccmhttp-no-connection", found)

    def test_setup_that_tries_again(self):
        busy, retry = "Installation failed with error code 1618", "Next retry in 10 minute(s)..."
        found = self.diagnose({"ccmsetup.log": [RUN.format(1), busy, retry]})
        self.assert_finding(found, "setup-1618", "warning", True)
        self.assertIn("waits", found["setup-1618"]["title"])
        self.assert_finding(found, "setup-next-retry", "info", False)
        self.assertIn("Due at ", self.text())
        self.assertIn("First gap: Setup ends with success\n", self.text())
        self.assertNotIn("there is no command line", self.text())
        for after, severity in (([busy, "CcmSetup failed with error code 0x80070652"], "error"), ([EXIT.format(0)], "info")):
            found = self.diagnose({"ccmsetup.log": [RUN.format(1), busy, retry, *after]})
            self.assert_finding(found, "setup-1618", severity)
            self.assertEqual("This is over." in self.text(), severity == "info")
            self.assertNotIn("setup-next-retry", found)
        self.diagnose({"ccmsetup.log": [RUN.format(1)]})
        self.assertIn("First gap: Its command line is read\n", self.text())

    def test_journey_is_not_behind_its_finding(self):
        """The journey tells of no gap before what was seen, and hopes for nothing that was refused."""
        start = "==========[ ccmsetup started in process 476 ]=========="
        self.diagnose({"ccmsetup.log": [
            start, 'Ccmsetup command line: "ccmsetup.exe"',
            "File C:\\WINDOWS\\ccmsetup\\client.msi installation failed. Error text: ExitCode: 1603",
            "CcmSetup failed with error code 0x80070643"]})
        self.assertIn("First gap: Setup ends with success\n", self.text())
        self.assertNotIn("nothing to install from", self.text())
        self.diagnose({"ccmsetup.log": [start, 'Ccmsetup command line: "ccmsetup.exe"',
                                        "CcmSetup failed with error code 0x80004005"]})
        self.assertIn("nothing to install from", self.text())
        for done, gap in (([], "The content is found"), (["Successfully extracted manifest file X"], "The package is started")):
            self.diagnose({"ccmsetup.log": [
                start, 'Ccmsetup command line: "ccmsetup.exe"',
                "Enumerated all 1 DP locations but none of them is good. Fallback to MP.", *done,
                "Failed to download client files by BITS. Error 0x80190194", "CcmSetup failed with error code 0x80190194"]})
            self.assertRegex(self.text(), f"First gap: {gap}(\n.*)*explains it: The client files could not be downloaded")
        self.diagnose({"ClientIDManagerStartup.log": [
            "[RegTask] - Client is not registered. Sending registration request for GUID:1 ...",
            "[RegTask] - Server rejected registration 3"]})
        self.assertIn("Where it did not refuse it, the client tries again", self.text())

    def test_folders_of_one_computer(self):
        """Two times, and two kinds of folders, of one computer are judged together."""
        for before, after in (("before", "after"), ("2024-09-09", "2024-09-10"),
                              ("SALES", "SALES - Copy"), ("Old", "CCM")):
            folder = self.write_computers({before: {"mpfdm.log": [INBOX]},
                                           after: {"mpfdm.log": [(9, MOVED)]}})
            code, parts = scan(folder)
            self.assertEqual(code, 0, before)
            found = [p for p in parts if p.get("detector") == "cmg-cp-disconnected-inbox"]
            self.assertEqual([p["severity"] for p in found], ["info"], before)
            self.assertNotIn("device", found[0])

    def test_one_computer_is_named_where_it_is_known(self):
        _, parts = scan(self.write({"mpfdm.log": [INBOX]}))
        self.assertNotIn("device", next(p for p in parts if p["kind"] == "finding"))
        folder = os.path.join(self.write_computers({}), "DiagLogs-PC0042-20261118T100311Z")
        os.mkdir(folder)
        for name, body in {"mpfdm.log": [INBOX], "CcmExec.log": ["Idle"]}.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(ccm(*body))
        _, parts = scan(folder)
        told = [p for p in parts if p["kind"] in ("finding", "journey")]
        self.assertEqual({p["kind"] for p in told}, {"finding", "journey"})
        for part in told:
            self.assertEqual((list(part)[-1], part["device"]), ("device", "PC0042"))

    # Enrollment

    def test_token_requested(self):
        found = self.diagnose({"ADALOperationProvider.log": [USER, DEVICE]})
        self.assert_finding(found, "comgmt-token-requested", "info", False, count=2)
        found = self.diagnose({"CcmAad.log": [USER, DEVICE, ANSWER]})
        self.assert_finding(found, "comgmt-token-requested", "info", False)
        found = self.diagnose({"CcmAad.log": ["Error getting AAD (user) token"]})
        self.assertNotIn("comgmt-token-requested", found)

    def test_already_enrolled_and_provisioned(self):
        found = self.diagnose({"CoManagementHandler.log": [ENROLLED, "Device Provisioned"]})
        self.assert_finding(found, "comgmt-already-enrolled", "success", False)
        self.assert_finding(found, "comgmt-device-provisioned", "success", False)
        self.assertIsNone(self.headline(found))
        found = self.diagnose({"CoManagementHandler.log": [
            "Could not determine whether Device is already enrolled with MDM",
            "Waiting until device is provisioned", "Device is provisioned: false"]})
        self.assertNotIn("comgmt-already-enrolled", found)
        self.assertNotIn("comgmt-device-provisioned", found)

    def test_queued_timer_with_both_tokens(self):
        found = self.diagnose({"CoManagementHandler.log": ["Starting", QUEUED, "Idle"],
                               "ADALOperationProvider.log": [USER, DEVICE]})
        self.assert_finding(found, "comgmt-enrollment-timer-queued", "info", True,
                            expected_behaviour=True)

    def test_queued_timer_says_whose_time_it_is(self):
        for words in ("", " local time", " (local time)", "  "):
            self.diagnose({"CoManagementHandler.log": [QUEUED + words]})
            self.assertIn("Wait until 2024-09-09 10:03:11 has passed.", self.text())
            self.assertIn("Due at 2024-09-09 10:03:11", self.text())

    def test_queued_timer_alone_is_not_proven(self):
        # What setup asked for years ago says nothing of the client's tokens today.
        for others in ({}, {"ccmsetup.log": [DEVICE]}):
            found = self.diagnose({"CoManagementHandler.log": [QUEUED], **others})
            self.assert_finding(found, "comgmt-enrollment-timer-queued", "info", False)
            self.assertIn("Not proven", self.text())

    def test_queued_timer_with_one_token(self):
        for token, missing in ((USER, "device"), (DEVICE, "user")):
            found = self.diagnose({"CoManagementHandler.log": [QUEUED],
                                   "CcmAad.log": [token, ANSWER]})
            self.assert_finding(found, "comgmt-enrollment-timer-queued", "warning", True,
                                expected_behaviour=False)
            self.assertIn(f"no {missing} token",
                          found["comgmt-enrollment-timer-queued"]["title"])
            # What is missing comes first, not the wait.
            steps = found["comgmt-enrollment-timer-queued"]["steps"]
            self.assertIn("dsregcmd", steps[0])
            self.assertIn(f"({missing}) token", steps[1])
            self.assertNotIn("randomised", self.text())

    def test_way_out_that_did_not_help(self):
        """Another place of the files is no reason to do nothing where it failed as well."""
        refused = ["Failed to correctly receive a WEBDAV HTTP request.. (StatusCode at WinHttpQueryHeaders: 401)",
                   "Enumerated all 1 DP locations but none of them is good. Fallback to MP."]
        for failed in ([], ["Failed to download client files by BITS. Error 0x80190194",
                            "CcmSetup failed with error code 0x80190194"]):
            found = self.diagnose({"ccmsetup.log": [RUN.format(1), *refused, *failed]})
            self.assert_finding(found, "setup-webdav-failed", "warning" if failed else "info")
            self.assertEqual("Nothing to do: setup found its files in another place." in self.text(), not failed)
            self.assertEqual("Slower, but it works." in self.text(), not failed)
            self.assertEqual("failed there, too" in self.text(), bool(failed))

    def test_queued_timer_that_was_followed(self):
        for closing in (ENROLLED, "Device Provisioned"):
            for tokens in ([USER, DEVICE], [USER], []):
                found = self.diagnose({"CoManagementHandler.log": [QUEUED, closing],
                                       "ADALOperationProvider.log": tokens + ["Idle"]})
                self.assert_finding(found, "comgmt-enrollment-timer-queued", "info", False)
                self.assertIsNone(self.headline(found))
                self.assertIn("This is over.", self.text())
        # Queued anew behind an older enrollment: it is the last word
        found = self.diagnose({"CoManagementHandler.log": [ENROLLED, QUEUED],
                               "ADALOperationProvider.log": [USER, DEVICE]})
        self.assert_finding(found, "comgmt-enrollment-timer-queued", "info", True)

    def test_queued_timer_that_has_passed(self):
        found = self.diagnose({"CoManagementHandler.log": [QUEUED, (25 * 60 + 180, "Idle")],
                               "ADALOperationProvider.log": [USER, DEVICE]})
        self.assert_finding(found, "comgmt-enrollment-timer-queued", "warning", True)
        self.assertIn("Was the computer on at that time?", self.text())
        self.assertNotIn("Wait until", self.text())
        self.diagnose({"CoManagementHandler.log": [QUEUED, (20 * 60, "Idle")],
                       "ADALOperationProvider.log": [USER, DEVICE]})
        self.assertNotIn("Was the computer on", self.text())

    def test_older_part_of_a_log_is_closed_by_the_newer(self):
        found = self.diagnose({
            "CoManagementHandler.lo_": [QUEUED],
            "CoManagementHandler.log": ccm(ENROLLED, start=START + datetime.timedelta(hours=3)),
            "ADALOperationProvider.log": [USER, DEVICE]})
        self.assert_finding(found, "comgmt-enrollment-timer-queued", "info", False)

    # The connection point and its management point

    def test_traffic_and_inbox(self):
        found = self.diagnose({"SMS_Cloud_ProxyConnector.log": [TRAFFIC]})
        self.assert_finding(found, "cmg-proxyconnector-trafficdata", "info", False,
                            captures={"server": "CP1.CONTOSO.COM", "cmg": "GW.CLOUDAPP.NET",
                                      "total": "2", "failed": "0"})
        found = self.diagnose({"mpfdm.log": [INBOX]})
        self.assert_finding(found, "cmg-cp-disconnected-inbox", "error", True,
                            title="Management point cannot reach the inboxes of the site server")
        found = self.diagnose({"mpfdm.log": [INBOX], "SMS_Cloud_ProxyConnector.log": [TRAFFIC]})
        self.assert_finding(found, "cmg-cp-disconnected-inbox", "error", True)
        self.assertIn("looks disconnected", found["cmg-cp-disconnected-inbox"]["title"])

    def test_inbox_that_answers_again(self):
        found = self.diagnose({"mpfdm.log": [INBOX, MOVED],
                               "SMS_Cloud_ProxyConnector.log": [TRAFFIC]})
        self.assert_finding(found, "mp-filedispatch-moved", "success", False)
        self.assert_finding(found, "cmg-cp-disconnected-inbox", "info", False)
        found = self.diagnose({"mpfdm.log": [MOVED, INBOX]})
        self.assert_finding(found, "cmg-cp-disconnected-inbox", "error", True)

    def test_inbox_error_of_an_older_part(self):
        found = self.diagnose({
            "mpfdm.lo_": [INBOX],
            "mpfdm.log": ccm(MOVED, start=START + datetime.timedelta(hours=3))})
        self.assert_finding(found, "cmg-cp-disconnected-inbox", "info", False)

    def test_traffic_of_another_week_is_no_proof(self):
        found = self.diagnose({
            "mpfdm.log": [INBOX],
            "SMS_Cloud_ProxyConnector.log": ccm(TRAFFIC, start=START - datetime.timedelta(7))})
        self.assertNotIn("looks disconnected", found["cmg-cp-disconnected-inbox"]["title"])

    # 403

    def test_refused_client_alone(self):
        found = self.diagnose({"LocationServices.log": [REFUSED, REFUSED_CODE]})
        self.assert_finding(found, "cmg-403-client-cert-required", "error", True)
        self.assert_finding(found, "ccm-http-status-87d0027e", "info", False)

    def test_code_without_the_status(self):
        found = self.diagnose({"LocationServices.log": [REFUSED_CODE]})
        self.assert_finding(found, "ccm-http-status-87d0027e", "error", True)
        found = self.diagnose({"LocationServices.log": [REFUSED, (60, REFUSED_CODE)]})
        self.assert_finding(found, "ccm-http-status-87d0027e", "error", False)
        found = self.diagnose({"Other.log": [REFUSED_CODE]})
        self.assertNotIn("ccm-http-status-87d0027e", found)

    def test_refused_server_alone(self):
        found = self.diagnose({"SMS_Cloud_ProxyConnector.log": [REFUSED_SERVER]})
        self.assert_finding(found, "cmg-403-client-cert-required-server", "error", True)

    def test_refused_over_three_logs(self):
        found = self.diagnose({
            "LocationServices.log": [REFUSED, REFUSED_CODE],
            "SMS_Cloud_ProxyConnector.log": [CHAIN_FAILED, CHAIN_STATUS, NO_ROOT, NO_CLIENT_AUTH,
                                             REFUSED_SERVER],
            "Microsoft-Windows-CAPI2%4Operational.log": [REVOCATION]})
        self.assert_finding(found, "crl-revocation-offline", "error", True)
        for detector in ("cmg-cp-chain-revocation", "cmg-cp-chain-build-failed",
                         "cmg-cp-no-allowed-root", "cmg-cp-no-client-auth-cert",
                         "cmg-403-client-cert-required-server", "cmg-403-client-cert-required"):
            self.assert_finding(found, detector, "error", False)
        found = self.diagnose({
            "LocationServices.log": [REFUSED, REFUSED_CODE],
            "SMS_Cloud_ProxyConnector.log": [NO_CLIENT_AUTH, REFUSED_SERVER]})
        self.assertEqual(self.headline(found), "cmg-cp-no-client-auth-cert")

    def test_token_of_another(self):
        """A user's token is none of SYSTEM, unless the client asked for it in its place."""
        log = "ADALOperationProvider.log"
        failed = "Failed to get AAD token for 'S-1-5-18' from WAM API. Error 0xd0090016"
        user, device = (f"Retrieved AAD token for AAD {kind} 'aaaabbbb-0000-4ccc-8ddd-eeeeffff0000'"
                        for kind in ("user", "device"))
        falls_back = "Falling back to get user 'S-1-5-21-1-2-3-1604' token for system..."
        self.assert_finding(self.diagnose({log: [failed, user]}), "wam-token-failed", "error")
        self.assert_finding(self.diagnose({log: [failed, device]}), "wam-token-failed", "info")
        self.assert_finding(self.diagnose({log: [failed, falls_back, user]}), "wam-token-failed", "warning")

    def test_approval(self):
        """A client that nobody approved is nothing normal."""
        line = ("[RegTask] - Client is registered. Server assigned ClientID is "
                "GUID:11111111-2222-3333-4444-555555555555. Approval status {}")
        for status, severity in ((0, "info"), (1, "success"), (3, "success")):
            found = self.diagnose({"ClientIDManagerStartup.log": [line.format(status)]})
            self.assert_finding(found, "reg-done", severity, expected_behaviour=severity == "success")

    def test_another_app_that_went_well(self):
        """It makes a failure that stands no smaller."""
        def ended(app, code, meaning):
            return [f"[Win32App] SetCurrentDirectory: C:\\Windows\\IMECache\\0a1b2c3d-000{app}-4222-8333-444455556666_1",
                    f"[Win32App] lpExitCode {code}", f"[Win32App] lpExitCode is defined as {meaning}"]

        found = self.diagnose({"IntuneManagementExtension.log": [
            *ended(2, 1603, "Failed"), *ended(1, 1603, "Failed"), *ended(1, 0, "Success")]})
        self.assert_finding(found, "ime-app-exit-failed", "error", True)

    # Certificates of the connection point

    def test_revocation_alone(self):
        found = self.diagnose({"Microsoft-Windows-CAPI2%4Operational.log": [REVOCATION]})
        self.assert_finding(found, "crl-revocation-offline", "warning", True)
        found = self.diagnose({"Microsoft-Windows-CAPI2%4Operational.log": [
            "Request Id : 80092013-4c6e-4f4e-9a55-1d0f9f0c7a11"]})
        self.assertNotIn("crl-revocation-offline", found)

    def test_chain_with_and_without_a_certificate_left(self):
        log = "SMS_Cloud_ProxyConnector.log"
        found = self.diagnose({log: [SKIPPED, CHAIN_FAILED, CHAIN_STATUS, CLIENT_AUTH]})
        self.assert_finding(found, "cmg-cp-cert-skipped", "info", False, expected_behaviour=True)
        self.assert_finding(found, "cmg-cp-chain-build-failed", "info", False)
        self.assert_finding(found, "cmg-cp-chain-revocation", "warning")
        self.assertNotIn("cmg-cp-no-client-auth-cert", found)
        found = self.diagnose({log: [SKIPPED, CHAIN_FAILED, CHAIN_STATUS, NO_CLIENT_AUTH]})
        self.assert_finding(found, "cmg-cp-chain-build-failed", "error", False)
        self.assert_finding(found, "cmg-cp-chain-revocation", "error", True)

    def test_counts_without_a_refusal(self):
        found = self.diagnose({"SMS_Cloud_ProxyConnector.log": [NO_ROOT, NO_CLIENT_AUTH]})
        self.assert_finding(found, "cmg-cp-no-allowed-root", "warning", True)
        self.assert_finding(found, "cmg-cp-no-client-auth-cert", "warning", False)
        found = self.diagnose({"SMS_Cloud_ProxyConnector.log": [
            "Filtered cert count with allowed root CA: 3", CLIENT_AUTH]})
        self.assertEqual(found, {})

    def test_counts_that_became_better(self):
        """A certificate was issued: what stood before is over, but not what comes behind."""
        log = "SMS_Cloud_ProxyConnector.log"
        found = self.diagnose({log: [NO_ROOT, NO_CLIENT_AUTH, REFUSED_SERVER, CLIENT_AUTH]})
        self.assert_finding(found, "cmg-cp-no-client-auth-cert", "info", False)
        self.assert_finding(found, "cmg-cp-no-allowed-root", "info", False)
        found = self.diagnose({log: [CLIENT_AUTH, NO_ROOT, NO_CLIENT_AUTH, REFUSED_SERVER]})
        self.assert_finding(found, "cmg-cp-no-client-auth-cert", "error", False)
        self.assert_finding(found, "cmg-cp-no-allowed-root", "error", True)

    # Messaging

    def test_transient(self):
        found = self.diagnose({"LocationServices.log": [TRANSIENT]})
        self.assert_finding(found, "ccm-transient-87d00231", "warning", True)
        found = self.diagnose({"Other.log": [TRANSIENT]})
        self.assertNotIn("ccm-transient-87d00231", found)

    def test_no_connection_explains_the_transient(self):
        delivered = ("OutgoingMessage(Queue='mp_[http]mp_locationmanager', "
                     "ID={76453CC6-76BA-4B68-BE30-BA70754570BB}): Delivered successfully to host "
                     "'mp1.contoso.com'.")
        answered = 'instance of CCM_CcmHttp_Status { HRESULT = "0x00000000"; StatusCode = 0; };'
        for code, host, words in ((12007, "mp1.contoso.com", "nslookup for mp1.contoso.com."),
                                  (12002, "mp1.contoso.com", "name mp1.contoso.com and -Port 443."),
                                  (12029, "mp1.contoso.com:443", "and -Port 443."),
                                  (12030, "mp1.contoso.com", "let mp1.contoso.com through"),
                                  (12152, "mp1.contoso.com", "let mp1.contoso.com through")):
            line = (f"[CCMHTTP] ERROR: URL=https://{host}/ccm_system/request, Port=443, Options=31, "
                    f"Code={code}, Text=ERROR")
            found = self.diagnose({"CcmMessaging.log": [line, TRANSIENT]})
            self.assert_finding(found, "ccmhttp-no-connection", "warning", True)
            self.assert_finding(found, "ccm-transient-87d00231", "warning", False)
            text = self.text()
            self.assertIn(words, text)
            self.assertEqual("DNS" in found["ccmhttp-no-connection"]["title"], code == 12007)
            # Without it, that code may be about Entra ID; with it, nobody is sent there.
            self.assertNotIn("Entra", text)
            found = self.diagnose({"CcmMessaging.log": [line, (30, TRANSIENT)]})
            self.assertIn("Entra", self.text())
        for end in (delivered, answered):
            found = self.diagnose({"CcmMessaging.log": [line, end]})
            self.assert_finding(found, "ccmhttp-no-connection", "info", False)
            self.assertNotIn("nslookup", self.text())

    def test_expired_token_needs_no_reading(self):
        start = ("Return code: 401, Description: PreAuth token validation failed, "
                 "System.IdentityModel.Tokens.SecurityTokenExpiredException: IDX10223: Lifetime "
                 "validation failed. The token is expired. ")
        self.diagnose({"CCM_STS.log": [
            start + "ValidTo: '05/21/2024 07:12:40' Current time: '09/09/2024 13:00:00'."]})
        text = self.text()
        self.assertIn("until 05/21/2024 07:12:40 UTC; the server's clock said 09/09/2024 13:00:00 UTC",
                      text)
        self.assertIn("1. The client is installed: connect the device once", text)
        self.assertNotIn("clocks", text)
        # Minutes apart: it may be a clock.
        self.diagnose({"CCM_STS.log": [
            start + "ValidTo: '09/09/2024 12:50:00' Current time: '09/09/2024 13:00:00'."]})
        self.assertIn("set the clocks of the server and of the device right", self.text())

    def test_exit_code_that_is_never_a_success(self):
        line = "[Win32App] Admin did NOT set mapping for lpExitCode: {}"
        for code, asked in ((1603, False), (60001, True)):
            self.diagnose({"AppWorkload.log": [line.format(code)]})
            self.assertEqual("vendor" in self.text(), asked)
            self.assertEqual("1. On the device search the log" in self.text(), not asked)

    def test_both_flags_of_the_server_certificate(self):
        flags = [f"[CCMHTTP] : WINHTTP_CALLBACK_STATUS_FLAG_{flag} is set"
                 for flag in ("CERT_REV_FAILED", "INVALID_CA")]
        for messages in (flags, flags[::-1], [" ".join(flags)]):
            found = self.diagnose({"CcmMessaging.log": messages})
            self.assert_finding(found, "tls-flag-invalid-ca", "error", True)
            self.assertIn("Both flags came together.", self.text())
            self.assertRegex(self.text(), "(A result of|Explained by) another finding")
        # Of another day: each for itself.
        found = self.diagnose({"CcmMessaging.log": [flags[0], (1440, flags[1])]})
        self.assertNotRegex(self.text(), "(A result of|Explained by) another finding")

    def test_not_registered_is_not_normal_where_the_site_refuses(self):
        waits = ["AADJoinStatusTask: Client hasn't been registered yet.",
                 "[RegTask] - Client is not registered. Sending registration request for GUID:1 ..."]
        found = self.diagnose({"ClientIDManagerStartup.log": waits})
        for detector in ("reg-not-yet", "reg-sending"):
            self.assert_finding(found, detector, "info", expected_behaviour=True)
        refusals = ["[RegTask] - Server rejected registration 3"] * 3
        found = self.diagnose({"ClientIDManagerStartup.log": waits + refusals})
        self.assert_finding(found, "reg-rejected", "error", True)
        for detector in ("reg-not-yet", "reg-sending"):
            self.assert_finding(found, detector, "info", expected_behaviour=False)
            self.assertIn("refused", found[detector]["title"])
        done = ("[RegTask] - Client is registered. Server assigned ClientID is GUID:1. "
                "Approval status 3")
        found = self.diagnose({"ClientIDManagerStartup.log": waits + refusals + [done]})
        for detector in ("reg-not-yet", "reg-sending"):
            self.assertNotIn("refused", found[detector]["title"])

    def test_value_of_the_policy_has_its_own_steps(self):
        line = "Merged value for setting 'CoManagementSettings_AutoEnroll' is '{}'"
        found = self.diagnose({"CoManagementHandler.log": [line.format("true")]})
        self.assert_finding(found, "comgmt-autoenroll-setting", "info", expected_behaviour=True)
        self.assertIn("Nothing to do", self.text())
        self.assertNotIn("Enablement", self.text())
        found = self.diagnose({"CoManagementHandler.log": [line.format("false")]})
        self.assert_finding(found, "comgmt-autoenroll-setting", "warning", True)
        self.assertIn("Enablement", self.text())

    # Client health

    def health(self, age_hours, status=None, bias=BIAS_MINUTES):
        """@age_hours: between the time that was written and the newest entry of the log."""
        written = START + datetime.timedelta(minutes=bias or 0) - datetime.timedelta(hours=age_hours)
        logs = {"CcmNotificationAgent.log": ccm(
            (0, f"Updating MDM_ConfigSetting.ClientHealthLastSyncTime with value "
                f"{written:%Y-%m-%dT%H:%M:%SZ}"), (0, "Idle"), bias=bias)}
        if status is not None:
            logs["mdm.reg"] = (f'[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\'
                               f'CurrentVersion\\MDM]\r\n"ClientHealthStatus"='
                               f'dword:{status:08x}\r\n').encode("utf-16")
        return self.diagnose(logs)

    def test_health_time(self):
        day = 24
        for hours, status, severity in (
                (29 * day, 7, "success"), (31 * day, 7, "error"),
                (47, 3, "success"), (49, 3, "error"), (49, 7, "success"), (49, 23, "error"),
                (47, None, "success"), (49, None, "warning"), (29 * day, None, "warning"),
                (31 * day, None, "error")):
            for bias in (0, 300, -120):
                with self.subTest(hours=hours, status=status, bias=bias):
                    found = self.health(hours, status, bias)
                    self.assert_finding(found, "comgmt-clienthealth-synctime", severity,
                                        expected_behaviour=severity == "success")

    def test_health_time_without_a_bias(self):
        """The local time of the newest entry may be 14 hours ahead of UTC, or 12 behind it."""
        for hours, severity in ((30, "success"), (55, "success"), (70, "error")):
            found = self.health(hours, 3, None)
            self.assert_finding(found, "comgmt-clienthealth-synctime", severity)

    def test_health_time_that_was_written_anew(self):
        line = "Updating MDM_ConfigSetting.ClientHealthLastSyncTime with value {}"
        found = self.diagnose({"CcmNotificationAgent.log": [
            line.format("2024-07-01T00:00:00Z"), line.format("2024-09-09T12:00:00Z")]})
        self.assert_finding(found, "comgmt-clienthealth-synctime", "success")

    def test_health_time_behind_more_lines_than_are_kept(self):
        """The newest counts, however many stand before it."""
        line = "Updating MDM_ConfigSetting.ClientHealthLastSyncTime with value {}"
        old = ccm(line.format("2024-01-01T00:00:00Z"))
        newest = ccm(line.format("2024-09-09T12:00:00Z"))
        code, parts = scan(os.path.join(self.write({
            "CcmNotificationAgent.log": old * 100500 + newest + ccm("Idle")}),
            "CcmNotificationAgent.log"))
        self.assertEqual(code, 0)
        (finding,) = (part for part in parts if part["kind"] == "finding")
        self.assertEqual((finding["severity"], finding["ordinal"]), ("success", 100500))

    def test_health_flags(self):
        for status, severity, headline, title in (
                (7, "success", None, "healthy"), (3, "info", True, "has run yet"),
                (1, "warning", True, "not registered"), (0, "warning", True, "not installed"),
                (23, "error", True, ": no contact"), (15, "error", True, "upgrade failed"),
                (31, "error", True, "failed, and no contact"),
                (5, "warning", True, "not registered"), (39, "warning", True, "is not 7")):
            body = (f'"ClientHealthStatus"=dword:{status:08x}\r\n').encode()
            found = self.diagnose({"mdm.reg": body})
            self.assert_finding(found, "comgmt-clienthealthstatus-value", severity,
                                bool(headline))
            self.assertIn(title, found["comgmt-clienthealthstatus-value"]["title"])
        decoded = found["comgmt-clienthealthstatus-value"]["decoded"]
        self.assertIn("client installed", json.dumps(decoded).lower())

    # Setup

    def setup(self, *lines, code=0):
        return self.diagnose({"ccmsetup.log": [
            RUN.format(1), *lines, EXIT.format(code)]})

    def test_length_of_the_command_line(self):
        start = f"/mp:https://{GATEWAY} SMSSITECODE=PS1 FSP="
        for length, is_found in ((1024, False), (1025, True)):
            found = self.setup(COMMAND + start + "f" * (length - len(start)))
            self.assertEqual("ccmsetup-commandline-too-long" in found, is_found, length)
            self.assertNotIn("ccmsetup-commandline-rules", found)
        long = COMMAND + start + "f" * 1100
        found = self.setup(long, "CcmSetup failed with error code 0x80004005", code=1)
        self.assert_finding(found, "ccmsetup-commandline-too-long", "error")
        found = self.setup(long, EXIT.format(1), RUN.format(2), COMMAND + "SMSSITECODE=PS1")
        self.assert_finding(found, "ccmsetup-commandline-too-long", "info", False)

    def test_rules_of_the_command_line(self):
        for parameters, named in (
                (f"/mp:{GATEWAY} SMSSITECODE=PS1", f"“{GATEWAY}”: the address of a gateway"),
                (f"CCMHOSTNAME=https://{GATEWAY} SMSSITECODE=PS1", "CCMHOSTNAME is written"),
                (f"CCMHOSTNAME={GATEWAY} SMSSITECODE=AUTO", "“SMSSITECODE=AUTO” does not go"),
                ("SMSSITECODE=PS1 /logon", "“/logon” stands behind a property"),
                ("SMSSITECODE=PS1 CCMLOGLEVEL=4", "“CCMLOGLEVEL=4”: this value is outside"),
                ("SMSSITECODE=PS1 CCMEVALHOUR=24", "“CCMEVALHOUR=24”: this value"),
                ("/BITSPriority:urgent", "“/BITSPriority:urgent”: this value"),
                ("CCMSETUPCMD=x SMSSITECODE=PS1", "“CCMSETUPCMD” is for ccmsetup.msi only"),
                ("/regtoken:secret SMSSITECODE=PS1", "“SMSMP” is missing")):
            found = self.setup(COMMAND + parameters)
            self.assert_finding(found, "ccmsetup-commandline-rules", "warning", True, count=1)
            self.assertIn(named, self.text())
            self.assertIn(named, "\n".join(found["ccmsetup-commandline-rules"]["notes"]))
        for parameters, named in (("/mpp:a SMSSITECODE=PS1", "“/mpp:a” is not on"),
                                  ("SMSSITECOD=PS1", "“SMSSITECOD=PS1” is not on")):
            found = self.setup(COMMAND + parameters)
            self.assert_finding(found, "ccmsetup-commandline-rules", "info", False)
            self.assertIn(named, self.text())
        self.assertNotIn("ccmsetup-commandline-rules",
                         self.setup(COMMAND + f"/mp:https://{GATEWAY} CCMHOSTNAME={GATEWAY} "
                                    "SMSSITECODE=PS1 CCMEVALHOUR=23"))

    def test_command_line_that_was_corrected(self):
        found = self.setup(COMMAND + f"/mp:{GATEWAY} SMSSITECODE=PS1", EXIT.format(1),
                           RUN.format(2), COMMAND + f"/mp:https://{GATEWAY} SMSSITECODE=PS1")
        self.assert_finding(found, "ccmsetup-commandline-rules", "info", False)

    def test_a_starter_that_ends_well_is_no_success(self):
        failed = ["CcmSetup failed with error code 0x80004005", EXIT.format(1), RUN.format(2)]
        found = self.setup(*failed, "Successfully started the ccmsetup service")
        self.assert_finding(found, "setup-failed", "warning", True)
        found = self.setup(*failed, "Successfully started the ccmsetup service", EXIT.format(0),
                           RUN.format(3), "Installation succeeded.")
        self.assert_finding(found, "setup-failed", "info", False)
        found = self.setup(*failed, "Installation succeeded.")
        self.assert_finding(found, "setup-failed", "info", False)

    # The date of 1900, and what has no line

    def test_date_of_1900(self):
        sync = "Updating MDM_ConfigSetting.ClientHealthLastSyncTime with value {}"
        flags = "Merged value for setting 'CoManagementSettings_Capabilities' is '{}'"
        for value, time, is_found in ((1, "2024-09-09T12:00:00Z", True),
                                      (3, "2024-09-09T12:00:00Z", False),
                                      (1, "2024-09-01T12:00:00Z", False)):
            found = self.diagnose({"CoManagementHandler.log": [flags.format(value)],
                                   "CcmNotificationAgent.log": [sync.format(time)]})
            self.assertEqual("intune-agent-1900" in found, is_found, (value, time))
        self.assertNotIn("intune-agent-1900",
                         self.diagnose({"CoManagementHandler.log": [flags.format(1)]}))

    def test_entries_of_the_guide_are_listed_and_never_found(self):
        listed = subprocess.run([CLI, "list-detectors", "--format", "ndjson"],
                                capture_output=True, check=True, timeout=60).stdout.decode()
        ids = [json.loads(line)["detector"] for line in listed.splitlines()]
        for detector in ("ehttp-certificate-wait", "mp-https-only-1802", "comm-tab-renamed",
                         "pki-still-valid", "intune-agent-1900"):
            self.assertIn(detector, ids)
        self.assertEqual(self.diagnose({"mpcontrol.log": ["Idle"], "CloudMgr.log": ["Idle"]}), {})


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
