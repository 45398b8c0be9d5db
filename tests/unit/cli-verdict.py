#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""cli-verdict.py CLI PRACTICE-FOLDER: what a scan and a report say first, and that it is never more than is known."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

CLI, PRACTICE = sys.argv[1:3]
WELL = "Successfully completed scan.\n"
# A scan of updates from its begin to its end.
SCAN = {
    "ScanAgent.log": "CScanJob::Execute - successfully requested Scan, ScanType=1\n",
    "WUAHandler.log": "Added Update Source ({0A1B2C3D-1111-4222-8333-444455556666}) of content type: 2\n"
                      "Async searching of updates using WUAgent started.\nAsync searching completed.\n" + WELL,
    "StateMessage.log": "Successfully forwarded State Messages to the MP\n",
}
RED = "Error: nobody knows what this is\n"
REFUSED = "The connection point cannot check revocation, so it has no certificate to show"
QUEUED = "Enrollment is waiting for its random start time"


def run(*arguments, status=0):
    result = subprocess.run([CLI, *arguments], capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == status, f"{arguments}: {result.returncode}: {result.stderr}"
    return result.stdout


class Verdict(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        path = os.path.join(self.folder.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def practice(self, name, folder):
        shutil.copytree(os.path.join(PRACTICE, name), os.path.join(self.folder.name, folder))

    def write_scan(self, folder, red=""):
        for name, lines in SCAN.items():
            self.write(os.path.join(folder, name), lines + (red if name == "WUAHandler.log" else ""))
        return os.path.join(self.folder.name, folder)

    def test_nothing_to_judge(self):
        empty = self.write("blank/empty.log", "")
        junk = os.path.join(self.folder.name, "blank", "junk.log")
        with open(junk, "wb") as file:
            file.write(bytes((i * 37 + i // 7 * 11) % 256 for i in range(20000)))
        why = "Nothing to judge. What was opened is empty, or does not look like a log."
        for paths, status in (([empty], 0), ([junk], 2), ([empty, junk], 0)):
            text = run("scan", *paths, status=status)
            self.assertTrue(text.startswith(why), text)
            self.assertNotIn("No known failure", text)
        text = run("report", "--format", "markdown", empty)
        self.assertIn("# Nothing to judge\n", text)
        self.assertNotIn("No known failure was", text)
        text = run("scan", empty, self.write("blank/one.log", "One line\n"))
        self.assertIn("No known failure found", text)

    def test_health_is_said_first(self):
        text = run("scan", self.write_scan("PC01"))
        self.assertTrue(text.split("\n", 1)[1].startswith("Nothing wrong found, and 2 signs of health.\n"), text)
        self.assertIn("3 logs looked at.\n", text)
        self.assertNotIn("no proof", text)
        self.assertNotIn("to its end", text)
        # What is not here could tell otherwise.
        self.assertIn("\nThese logs would tell more: LocationServices.log, UpdatesStore.log.\n", text)

    def test_what_is_not_seen_to_its_end_is_not_well(self):
        """The scan is complete; whether its result arrived stands in a log that is not here."""
        text = run("scan", self.write("WUAHandler.log", SCAN["WUAHandler.log"]))
        self.assertTrue(text.startswith("No known failure found, and 1 sign of health.\n"
                                        "How 1 journey goes on cannot be told from these logs.\n"
                                        "These logs would tell more: "), text)
        self.assertNotIn("Nothing wrong", text)
        text = run("report", "--format", "markdown", self.write("WUAHandler.log", SCAN["WUAHandler.log"]))
        self.assertIn("No known failure found, and 1 sign of health.\n\nHow 1 journey goes on cannot be told from these logs.\n", text)
        self.assertNotIn("No log is missing", text)
        self.assertRegex(text, r"StateMessage\.log")

    def test_a_setup_that_waits_for_its_token(self):
        text = run("scan", self.write("ccmsetup.log",
                                      "==========[ ccmsetup started in process 476 ]==========\n"
                                      "Getting AAD (device) token with: ClientId = 1\n"
                                      "Retrieved AAD token for AAD user 'a'\n"
                                      "Getting CCM Token from STS server 'GW'\n"))
        self.assertTrue(text.startswith("No known failure found. This is no proof of health.\n"
                                        "But 1 journey does not reach its end in these logs. "
                                        "How 1 journey goes on cannot be told from these logs.\n"), text)

    def test_red_lines_that_nobody_knows(self):
        text = run("scan", self.write_scan("PC01", RED))
        self.assertIn("\nNo known failure found, and 2 signs of health.\n"
                      "But 1 entry in 1 log is an error that no detector knows.\n", text)
        self.assertIn("WUAHandler.log:5\n", text)
        self.assertNotIn("Nothing wrong", text)

    def test_red_lines_beside_a_failure(self):
        failed = "OnSearchComplete - Failed to end search job. Error = 0x80244022.\n"
        text = run("scan", self.write("WUAHandler.log", failed + RED * 2), status=1)
        self.assertIn("\nNo detector knows 2 errors in 1 log. They may come of what stands above, or be something else.\n"
                      "\n1 log looked at.\n", text)
        for arguments in ([self.write("alone/WUAHandler.log", failed)],
                          ["--area", "updates", self.write("area/WUAHandler.log", failed + RED)]):
            self.assertNotIn("No detector knows", run("scan", *arguments, status=1))

    def test_more_red_lines_than_are_shown(self):
        self.write("bundle/WUAHandler.log", WELL + RED * 3)
        self.write("bundle/PolicyAgent.log", "fine\n" + RED * 4)
        text = run("scan", os.path.join(self.folder.name, "bundle"))
        self.assertIn("But 7 entries in 2 logs are errors that no detector knows.\n", text)
        # Of each kind, where it stands first.
        self.assertIn("    PolicyAgent.log:2\n      Error: nobody knows what this is (7 times)\nThese logs ", text)
        for i, name in enumerate(("Adatum", "Contoso", "Fabrikam", "Litware", "Northwind", "Tailspin")):
            self.write(f"kinds/{name}.log", WELL + f"Error: {name} was refused\n" * (i + 1))
        self.write("kinds/Codes.log", WELL + "Error: refused with 0x80070005\n")
        text = run("scan", os.path.join(self.folder.name, "kinds"))
        self.assertIn("    Adatum.log:2\n      Error: Adatum was refused\n"
                      "    Codes.log:2\n      0x80070005  Access is denied (E_ACCESSDENIED)\n"
                      "    Contoso.log:2\n      Error: Contoso was refused (2 times)\n", text)
        self.assertIn("    Litware.log:2\n      Error: Litware was refused (4 times)\n    and 11 more\nThese logs ", text)

    def test_an_error_of_several_lines(self):
        row = ('<![LOG[Error: it failed.\r\n\tAt  once.\r\n]LOG]!><time="10:00:02.000+000" date="11-18-2026" '
               'component="Contoso" context="" type="3" thread="1" file="">\r\n')
        text = run("scan", self.write("lines/Contoso.log", row))
        self.assertIn("Contoso.log:1\n      Error: it failed. At once.\n", text)

    def test_the_first_error_by_time(self):
        row = '<![LOG[Error: {0} failed]LOG]!><time="{1}.000+000" date="11-18-2026" component="{0}" context="" type="3" thread="1" file="">\n'
        self.write("times/Contoso.log", row.format("Contoso", "10:00:02"))
        self.write("times/Fabrikam.log", row.format("Fabrikam", "10:00:01"))
        text = run("scan", os.path.join(self.folder.name, "times"))
        self.assertIn("    Fabrikam.log:1\n      Error: Fabrikam failed\n    Contoso.log:1\n      Error: Contoso failed\n\n", text)

    def test_what_looks_like_no_log(self):
        path = os.path.join(self.folder.name, "Contoso.log")
        with open(path, "wb") as file:
            file.write(bytes(range(1, 32)) * 200)
        result = subprocess.run([CLI, "scan", path], capture_output=True, text=True, check=False, timeout=120)
        self.assertIn("Contoso.log does not look like a log: it is full of bytes that no text has.", result.stderr)
        for i in range(3):
            shutil.copy(path, os.path.join(self.folder.name, f"Fabrikam{i}.log"))
        result = subprocess.run([CLI, "scan", self.folder.name], capture_output=True, text=True, check=False, timeout=120)
        self.assertIn("Contoso.log and 3 others do not look like logs: ", result.stderr)
        self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)

    def test_silence(self):
        path = self.write("silent.log", "Nothing that anybody knows\n")
        self.assertTrue(run("scan", path).startswith("No known failure found. This is no proof of health.\n\n"))
        text = run("scan", self.write("red.log", RED))
        self.assertTrue(text.startswith("No known failure found. This is no proof of health.\n"
                                        "But 1 entry in 1 log is an error that no detector knows.\n"), text)

    def test_one_area_tells_nothing_of_the_others(self):
        path = self.write("WUAHandler.log", WELL)
        text = run("scan", "--area", "cmg", path)
        self.assertTrue(text.startswith("No known failure of this area found. This is no proof of health.\n"), text)
        self.assertNotIn("Nothing wrong", text)

    def test_several_devices(self):
        self.practice("refused-client", "bundle/PC01")
        self.practice("queued-timer", "bundle/PC02")
        self.write("bundle/PC03/WUAHandler.log", WELL + RED)
        self.write_scan("bundle/PC04")
        self.write("bundle/PC05/PolicyAgent.log", "fine\n")
        self.write("bundle/PC06/WUAHandler.log", WELL)
        text = run("scan", os.path.join(self.folder.name, "bundle"), status=1)
        self.assertEqual(text.splitlines()[1:8], [
            f"PC01 failed: {REFUSED}",
            f"PC02 waits: {QUEUED}",
            "PC03: no known failure, but 1 error that no detector knows",
            "PC04: nothing wrong found",
            "PC05: no known failure found",
            "PC06: no known failure found",
            "",
        ])

    def test_several_bundles(self):
        self.practice("queued-timer", "one")
        text = run("scan", os.path.join(self.folder.name, "one"), self.write_scan("two"))
        self.assertIn(f"one waits: {QUEUED}\ntwo: nothing wrong found\n\n", text)

    def test_several_stories(self):
        self.practice("queued-timer", "device")
        self.write("device/WUAHandler.log",
                   "Group policy settings were overwritten by a higher authority (Domain Controller) to: "
                   "Server http://sus.contoso.com:8530 and Policy ENABLED\n")
        lines = run("scan", os.path.join(self.folder.name, "device"), status=1).splitlines()
        self.assertEqual(lines[1:4], ["Failed: Group Policy overrides the update server", f"Waits: {QUEUED}", ""])

    def test_one_failure_is_its_own_first_line(self):
        lines = run("scan", os.path.join(PRACTICE, "refused-client"), status=1).splitlines()
        self.assertTrue(lines[1].startswith("Read this first: Error: "), lines[1])

    def test_a_journey_is_not_well_while_its_device_is_refused(self):
        folder = os.path.join(PRACTICE, "refused-client")
        end = f"no gap in the logs that are here, but: {REFUSED}"
        for text in (run("scan", folder, status=1), run("report", "--format", "markdown", "--unmasked", folder)):
            self.assertRegex(text, rf"Registration: \d of \d milestones seen, {end}\n")
            self.assertIn("Client installation: 8 of 8 milestones seen, complete\n", text)

    def test_what_was_passed_is_no_gap(self):
        """The log begins behind it; that its line is not there tells nothing."""
        text = run("scan", self.write("CoManagementHandler.log",
                                      "Queuing enrollment timer to fire at 09/24/2024 10:03:11\n"
                                      "Enrolling device to MDM... Try #1 out of 3\n"
                                      "Something else\n"))
        self.assertIn("\nBut 1 journey does not reach its end in these logs.\n", text)
        self.assertIn("    Not seen, but later ones were: Auto-enrollment is on\n"
                      "    First gap: The enrollment succeeds\n", text)
        self.assertNotIn("not meant to enroll", text)

    def test_a_log_that_ends_proves_nothing(self):
        start = "==========[ ccmsetup started in process 476 ]==========\nGetting CCM Token from STS server 'GW'\n"
        text = run("scan", self.write("ccmsetup.log", start + "Getting AAD (device) token with: ClientId = 1\n"
                                      "Retrieved AAD token for AAD user 'a'\nGetting CCM Token from STS server 'GW'\n"))
        self.assertIn("    First gap: The site token is stored\n    Cannot tell: ccmsetup.log ends before", text)
        self.assertNotIn("gave no token", text)

    def test_logs_of_the_server_in_the_bundle(self):
        """They are another computer's, and here all the same."""
        self.write("bundle/PC01/ClientIDManagerStartup.log", "[RegTask] - Starting registration, attempt 1.\n")
        self.write("bundle/MP01/MP_RegistrationManager.log", "Quiet\nProcessing Registration request from Client "
                   "'GUID:5F0C2A7E-1B44-4D0A-9C3B-7E21A0D4F611'\n")
        folder = os.path.join(self.folder.name, "bundle")
        text = run("scan", folder)
        self.assertIn("  PC01: Registration: 2 of 7 milestones seen\n", text)
        self.assertNotIn("of the server", text)
        self.assertNotIn("MP01: Registration", text)
        journeys = [item for item in map(json.loads, run("scan", "--format", "ndjson", folder).splitlines())
                    if item["kind"] == "journey" and item["journey"] == "registration" and item["applies"]]
        (place,) = [step for step in journeys[0]["path"] if step["milestone"] == "request-at-mp"]
        self.assertEqual((len(journeys), place["log"], place["ordinal"]), (1, "MP01/MP_RegistrationManager.log", 1))

    def test_report(self):
        reds = "".join(f"Error: nobody knows what this is, {chr(n)}\n" for n in range(ord("a"), ord("a") + 25))
        text = run("report", "--format", "markdown", self.write("WUAHandler.log", WELL + reds))
        self.assertIn("No known failure found, and 1 sign of health.\n\n"
                      "How 1 journey goes on cannot be told from these logs.\n\n"
                      "But 25 entries in 1 log are errors that no detector knows.\n", text)
        self.assertIn("- WUAHandler.log, line 2, no time\n", text)
        self.assertIn("Error: nobody knows what this is, a\n", text)
        self.assertIn("and 5 more lines", text)
        self.assertNotIn("Nothing wrong", text)
        text = run("report", "--format", "markdown", self.write("WUAHandler.log", WELL + RED * 25))
        self.assertIn("- WUAHandler.log, line 2, no time, 25 times\n", text)
        self.assertNotIn("more line", text)
        text = run("report", "--format", "markdown", self.write_scan("PC04"))
        self.assertIn("Nothing wrong found, and 2 signs of health.", text)
        self.assertNotIn("no detector knows", text)

    def test_report_says_where_a_missing_log_is(self):
        """Nobody finds the log of a management point on the device, nor on any of several."""
        self.write("bundle/PC01/ClientIDManagerStartup.log", "[RegTask] - Server rejected registration 3\n")
        where = r"MP\\?_RegistrationManager.log \| It is on the management point, not on the device."
        one = run("report", "--format", "markdown", os.path.join(self.folder.name, "bundle/PC01"))
        self.assertRegex(one, where)
        self.assertRegex(one, r"CcmMessaging.log \| .* Collect it from the device.")
        self.write("bundle/PC02/WUAHandler.log", WELL)
        self.assertRegex(run("report", "--format", "markdown", os.path.join(self.folder.name, "bundle")), where)

    def test_report_says_whose_logs_are_missing(self):
        self.practice("queued-timer", "bundle/PC01")
        self.write("bundle/PC02/WUAHandler.log", WELL)
        text = run("report", "--format", "markdown", "--unmasked", os.path.join(self.folder.name, "bundle"))
        self.assertIn("It was not collected from PC01, so what it would show is not known. Collect it from there.", text)
        masked = run("report", "--format", "markdown", os.path.join(self.folder.name, "bundle"))
        self.assertRegex(masked, r"It was not collected from \S+, so what it would show is not known.")
        self.assertNotIn("PC01", masked)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
