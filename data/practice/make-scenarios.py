#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-scenarios.py FOLDER: writes the practice scenarios into FOLDER, one folder each.

The scenario.xml of each stands in scenarios/NAME beside this script and is copied; the logs are
made here, so that the tree stays small. The same bytes on every run.

A scenario is a function that returns the logs of one made-up device or server. Between the lines
that matter stand ordinary ones, as in a real log: the cause has to be found.
"""

import datetime
import importlib.util
import os
import pathlib
import random
import shutil
import sys
from xml.etree import ElementTree

HERE = pathlib.Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("practice", HERE / "make-practice.py")
base = importlib.util.module_from_spec(spec)
spec.loader.exec_module(base)

GATEWAY, PROXY, at = base.GATEWAY, base.PROXY, base.at
URL = f"https://{GATEWAY}/CCM_Proxy_MutualAuth/{PROXY}"

# Ordinary lines, invented. {n} counts up, {s} is how many seconds ago the phase began, {r} a number
# that differs each time, {k} one that stays, {h} and {i} are the same in hexadecimal digits. What
# ccmsetup does depends on how far it is.
ORDINARY = {
    "ccmsetup": ["Checking the manifest entry {n}", "Prerequisite {n} is there already"],
    "ccmsetup installs": ["Waiting for the installer, {s} seconds so far",
                          "The installer reports action {n} of 412"],
    "ccmsetup tidies up": ["Looking for temporary file {n}", "Setting {n} of the client is kept"],
    "ClientIDManagerStartup": ["Reading the hardware identity, part {n}",
                               "Hardware identity {i} is as it was", "Nothing to do for now"],
    "CoManagementHandler": ["Checking the state of co-management, round {n}",
                            "Settings were read from policy {i}", "The state is as it was"],
    "ADALOperationProvider": ["Operation {n} is queued", "Operation {n} is done",
                              "The cache holds {k} entries"],
    "BgbAgent": ["Timer {k} is set", "Task {h} is waiting for its turn", "Connection is in use"],
    "LocationServices": ["Executing the refresh task {n}", "The list of locations has {k} entries",
                         "Boundary information is {s} seconds old", "Request {h} is queued",
                         "Reply for request {h} was read"],
    "CcmMessaging": ["Queue {i} has {r} messages", "Message {h} is kept for the next round",
                     "Endpoint {k} is listening"],
    "PolicyAgent": ["Evaluating the request {h}", "The assignment list has {k} entries",
                    "Replica {k} is in use"],
    "WUAHandler": ["Looking for the source {i}", "Search {n} is queued",
                   "The catalog has {k} entries"],
    "IntuneManagementExtension": ["Check-in {n} is queued", "Session {h} has {k} policies",
                                  "Timer of the agent is set to {k} seconds"],
    "CcmEval": ["Rule {n} is evaluated", "Rule {n} is fulfilled", "The report {h} is kept"],
    "SMS_CLOUD_PROXYCONNECTOR": ["Connection {k} is in use", "Channel {h} has {r} requests",
                                 "Settings are as they were"],
    "SMS_MP_FILE_DISPATCH_MANAGER": ["Looking into the outboxes, round {n}",
                                     "Outbox {r} is empty", "Waiting for {k} seconds"],
    "SMS_MP_CONTROL_MANAGER": ["Checking the role, round {n}", "The role answered in {r} ms",
                               "Settings {i} are as they were"],
    "SMS_CLOUD_SERVICES_MANAGER": ["Checking the service, round {n}",
                                   "Deployment {i} is as it was", "{k} instances are running"],
    "CCM_STS": ["Request {h} came in", "Request {h} was answered in {r} ms"],
}
# What ccmsetup writes when it goes on to the next phase.
PHASES = {"Installing version": "ccmsetup installs", "Installation succeeded": "ccmsetup tidies up"}


class Busy:
    """The times of waiting are filled with ordinary lines."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.phase, self.since, self.counts = self.component, self.time, {}

    def add(self, message, level=1, line=None):
        super().add(message, level, line)
        for start, phase in PHASES.items():
            if message.startswith(start):
                self.phase, self.since = phase, self.time

    def ordinary(self):
        lines = ORDINARY[self.phase]
        text = lines[self.random.randrange(len(lines))]
        number = self.counts[text] = self.counts.get(text, 0) + 1
        kept = random.Random(f"{self.name} {self.thread} {text}")
        return text.format(n=number, s=round((self.time - self.since).total_seconds()),
                           k=kept.randrange(2, 60), i=f"{kept.randrange(16 ** 8):08X}",
                           r=self.random.randrange(1, 400) % 40 + 1,
                           h=f"{self.random.randrange(16 ** 8):08X}")

    def wait(self, seconds):
        n = min(14, int(seconds) // 60 + 3)
        for _ in range(n):
            self.time += datetime.timedelta(seconds=seconds / n)
            self.add(self.ordinary())

    def busy(self, n, every=60):
        for _ in range(n):
            self.time += datetime.timedelta(seconds=every)
            self.add(self.ordinary())


class Log(Busy, base.Log):
    pass


class ServerLog(Busy, base.ServerLog):
    pass


base.Log, base.ServerLog = Log, ServerLog


class Text:
    """What a command printed."""

    def __init__(self, name, lines):
        self.name, self.lines = name, lines

    def write(self, folder):
        (folder / self.name).write_bytes("".join(f"{line}\r\n" for line in self.lines).encode())


def on_day(log, month, day):
    """The same log, written on another day: all its lines are of one."""
    old, new = log.time, log.time.replace(month=month, day=day)
    for form in ("%m-%d-%Y", "%m/%d/%Y", "%Y-%m-%d"):
        log.records = [record.replace(old.strftime(form), new.strftime(form))
                       for record in log.records]
    log.time = new
    return log


def setup(hour, seed, n=150):
    log = base.make_ccmsetup(at(hour, 1), seed)
    last = log.records.pop()
    assert "return code 0" in last
    log.busy(n, 2)
    log.add("CcmSetup is exiting with return code 0")
    return log


def setup_inside(hour, seed):
    """From the company network: no gateway, and so no token."""
    log = Log("ccmsetup.log", "ccmsetup", "ccmsetup.cpp", at(hour, 1), seed)
    log.add("==========[ ccmsetup started in process 5212 ]==========")
    log.add("CcmSetup version: 5.0.9128.1007")
    log.add('Ccmsetup command line: "C:\\Windows\\ccmsetup\\ccmsetup.exe" '
            "/mp:MP1.CONTOSO.COM SMSSITECODE=PS1")
    log.add("No version of the client is currently detected.")
    # Looks bad and is normal on a first installation
    log.add("Failed to connect to policy namespace. Error 0x8004100e", 2)
    log.add("Found a valid online MP 'http://MP1.CONTOSO.COM'.")
    log.add("Searching for DP locations from MP(s)...")
    log.busy(12, 2)
    log.add("Found remote location 'http://DP1.CONTOSO.COM/SMS_DP_SMSPKG$/PS100002'")
    log.busy(60, 2)
    log.add("Installing version 5.00.9128.1007 of the client with product code "
            "{12345678-90AB-4CDE-8F01-234567890ABC}")
    log.wait(95)
    log.add("Installation succeeded.")
    log.busy(150, 2)
    log.add("CcmSetup is exiting with return code 0")
    return log


def failing_setup(hour, seed, lines, command=None, ending="CcmSetup failed with error code 0x80004005"):
    log = Log("ccmsetup.log", "ccmsetup", "ccmsetup.cpp", at(hour, 3), seed)
    log.add("==========[ ccmsetup started in process 5212 ]==========")
    log.add("CcmSetup version: 5.0.9128.1007")
    log.add(command or 'Ccmsetup command line: "C:\\Windows\\ccmsetup\\ccmsetup.exe" '
            f"/mp:https://{GATEWAY}/CCM_Proxy_MutualAuth/{PROXY} SMSSITECODE=PS1")
    log.add("No version of the client is currently detected.")
    log.add("Failed to connect to policy namespace. Error 0x8004100e", 3)
    log.busy(120, 2)
    for text, level in lines:
        log.add(text, level)
        log.busy(9, 2)
    log.add(ending)
    return log


def registration(hour, seed, inside=False):
    log = base.make_registration(at(hour, 9), seed)
    if inside:
        log.records = [record for record in log.records if "using AAD auth" not in record]
    log.busy(120)
    return log


def tokens(hour, seed):
    log = base.make_tokens(at(hour, 9), seed)
    log.busy(100)
    return log


def messaging(hour, seed, inside=False):
    log = Log("CcmMessaging.log", "CcmMessaging", "ccmhttp.cpp", at(hour, 30), seed)
    log.busy(60)
    for number in range(6):
        log.add(f"OutgoingMessage(Queue='mp_[http]mp_relayendpoint', "
                f"ID={{0000000{number}-1111-4222-8333-444455556666}}): "
                f"Delivered successfully to host '{'MP1.CONTOSO.COM' if inside else GATEWAY}'.")
        log.busy(22)
    if not inside:
        # Looks bad and is normal: a token is renewed every eight hours
        log.add("CCM Token for 'S-1-5-18' (09/16/2024 13:03:44) is already expired or close to "
                "expire. Refreshing it.", 2)
        log.busy(2, 1)
        log.add("Cached encrypted token for 'S-1-5-18'. Will expire at '09/16/2024 21:25:09'")
    log.busy(60)
    return log


def handler(hour, seed, flags=67, tail=(), enrolled=True, after=60, day=16):
    log = Log("CoManagementHandler.log", "CoManagementHandler", "comgmthandler.cpp",
              at(hour, 20, day), seed)
    log.busy(40)
    log.add("Processing GET for assignment (ScopeId_5F0C2A7E/ConfigurationPolicy_0001 : 2)")
    log.add("Merged value for setting 'CoManagementSettings_AutoEnroll' is 'true'")
    log.add(f"Merged value for setting 'CoManagementSettings_Capabilities' is '{flags}'")
    log.add("Merged value for setting 'CoManagementSettings_Allow' is 'true'")
    if enrolled:
        log.add("Device is already enrolled with MDM")
        log.add("Device Provisioned")
    else:
        log.add("Device is not MDM enrolled yet. All workloads are managed by SCCM.")
        log.add("Device is not provisioned")
    for _ in range(3):
        log.busy(40)
        log.add("State ID and report detail hash are not changed. No need to resend.")
    for text, level in tail:
        log.busy(18)
        log.add(text, level)
    log.busy(after)
    return log


def agent(hour, seed, stale_hours=0):
    log = Log("CcmNotificationAgent.log", "BgbAgent", "bgbtcpclient.cpp", at(hour, 30), seed)
    log.add("[CCMHTTP] AsyncCallback(): Successfully signed in with the notification server.")
    log.busy(60)
    written = log.time + datetime.timedelta(hours=5)
    log.add(f"Updating MDM_ConfigSetting.ClientHealthLastSyncTime with value "
            f"{written:%Y-%m-%dT%H:%M:%SZ}")
    log.busy(160, stale_hours * 3600 / 160 if stale_hours else 120)
    return log


def location(hour, seed, lines=(), inside=False):
    log = Log("LocationServices.log", "LocationServices", "lsad.cpp", at(hour, 41), seed)
    if inside:
        log.add("Current AD site of machine is Contoso-North")
        log.add("Client is on intranet")
    else:
        log.add("Current AD site of machine is <none>")
        # Looks bad and is normal away from the company network
        log.add("Unexpected row count (0) retrieved from AD.")
        log.add("Client is on internet")
    log.busy(140)
    for text, level in lines:
        log.add(text, level)
        log.busy(1)
    log.busy(80)
    return log


def policy(hour, seed):
    log = Log("PolicyAgent.log", "PolicyAgent", "policyagent.cpp", at(hour, 25), seed)
    for number in range(12):
        name = (f'CCM_Policy_Policy5.PolicyID="{{d0855677-b0a6-4e33-9bd5-7b0d06f0a{number:03}}}",'
                f'PolicySource="SMS:PS1",PolicyVersion="40.00"')
        log.busy(12)
        log.add(f"Successfully initiated download of policy '{name}'")
        log.busy(4, 2)
        log.add(f"Policy '{name}' successfully compiled")
    return log


def managed(hour, seed, **changes):
    """A client with nothing wrong, but for what is changed."""
    logs = {"setup": setup(hour, seed), "registration": registration(hour, seed + 1),
            "tokens": tokens(hour, seed + 2), "handler": handler(hour, seed + 3),
            "messaging": messaging(hour + 1, seed + 4), "location": location(hour + 1, seed + 5),
            "agent": agent(hour + 1, seed + 6), "policy": policy(hour + 1, seed + 7)}
    logs.update(changes)
    return [log for log in logs.values() if log is not None]


def installed(logs, month, day):
    """The client was not installed on the day that the logs tell of, but on this one."""
    for log in logs:
        if log.name in ("ccmsetup.log", "ClientIDManagerStartup.log", "ADALOperationProvider.log"):
            on_day(log, month, day)
    return logs


def managed_inside(hour, seed, **changes):
    """A client in the company network: it does without the gateway."""
    return managed(hour, seed, setup=setup_inside(hour, seed),
                   registration=registration(hour, seed + 1, inside=True),
                   messaging=messaging(hour + 1, seed + 4, inside=True),
                   location=location(hour + 1, seed + 5, inside=True), **changes)


def site_server(hour, seed):
    control = ServerLog("mpcontrol.log", "SMS_MP_CONTROL_MANAGER", "", at(hour, 5), seed)
    cloud = ServerLog("CloudMgr.log", "SMS_CLOUD_SERVICES_MANAGER", "", at(hour, 6), seed + 1)
    control.busy(210)
    cloud.busy(190)
    return [control, cloud]


def first_day():
    return managed(8, 101)


def long_wait():
    return managed(9, 111, handler=handler(9, 114, tail=[
        ("Processing GET for assignment (ScopeId_5F0C2A7E/ConfigurationPolicy_0001 : 2)", 1),
        ("Queuing enrollment timer to fire at 09/18/2024 04:41:07", 1)], enrolled=False))


def ime(hour, seed):
    log = Log("IntuneManagementExtension.log", "IntuneManagementExtension", "", at(hour, 53), seed)
    client = "fc0f3af4-6835-4174-b806-f7db311fd2f3"
    resource = "26a4ae64-5862-427f-a9b0-044e62572a4f"
    log.busy(40)
    log.add("Userless session, skip UserToken for device check-in")
    log.add(f"Failed to get AAD token. len = 34 using client id {client} and resource id "
            f"{resource}, errorCode = 3399548929", 2)
    log.busy(60)
    for _ in range(5):
        log.add("LogonUser failed with error code : 1008", 3)
        log.busy(20)
    log.add(f"Successfully get the token with client id {client} and resource id {resource}")
    log.busy(70)
    return log


def red_lines():
    return managed(7, 121) + [ime(7, 131)]


def wizard_choice():
    return managed(8, 141) + site_server(8, 151)


def own_authority():
    return managed(8, 161) + site_server(9, 171)


def missing_tab():
    return managed(8, 181) + site_server(10, 191)


def ten_minutes():
    return managed(8, 201) + site_server(11, 211)


def unknown_users():
    line = (f"LSUpdateInternetManagementPoints: Failed to retrieve internet MPs from MP "
            f"{GATEWAY}/CCM_Proxy_MutualAuth/{PROXY} with error 0x87d00231, retaining previous "
            f"list.")
    return installed(managed(8, 221, location=location(14, 226, [(line, 3)] * 4)), 9, 10)


def from_intune():
    words = " ".join(f"CCMPROPERTY{number:02}=VALUE{number:02}" for number in range(60))
    command = (f'Ccmsetup command line: "C:\\Windows\\ccmsetup\\ccmsetup.exe" /mp:{URL} '
               f"CCMHOSTNAME={GATEWAY}/CCM_Proxy_MutualAuth/{PROXY} SMSSITECODE=PS1 {words}")
    return [failing_setup(8, 241, [], command), ime(8, 242)]


def red_agent():
    """The agent goes on to write its log for a month, but not that time."""
    logs = managed(8, 251, agent=agent(9, 257, stale_hours=774))
    for log in logs:
        if log.name != "CcmNotificationAgent.log":
            on_day(log, 10, 18)
    return installed(logs, 9, 16)


def year_1900():
    return managed(8, 261, handler=handler(8, 264, flags=65))


def connection_point():
    dispatch = ServerLog("mpfdm.log", "SMS_MP_FILE_DISPATCH_MANAGER", "", at(8, 2), 271)
    moved = ("~Moving 1 *.SMX file(s) from C:\\SMS\\MP\\OUTBOXES\\statemsg.box\\ to "
             "\\\\PS1.contoso.com\\SMS_PS1\\inboxes\\auth\\statesys.box\\incoming\\.")
    for _ in range(6):
        dispatch.add(moved)
        dispatch.busy(16)
    for _ in range(40):
        dispatch.add("~**ERROR: Cannot connect to the inbox source, sleep 30 seconds and try "
                     "again.", 3)
        dispatch.busy(2, 15)
    connector = ServerLog("SMS_Cloud_ProxyConnector.log", "SMS_CLOUD_PROXYCONNECTOR", "",
                          at(8, 4), 272)
    for _ in range(8):
        connector.add("Maintaining connections...")
        connector.busy(24)
        end = connector.time + datetime.timedelta(minutes=300)
        start = end - datetime.timedelta(minutes=5)
        connector.add(f"ReportTrafficData - state message to send: ~~<ProxyTrafficStateDetails "
                      f'ServerName="MP1.CONTOSO.COM" StartTime="9/16/2024 {start:%-I:%M:%S} PM" '
                      f'EndTime="9/16/2024 {end:%-I:%M:%S} PM" MaxConcurrentRequests="2">  '
                      f"<EndPoints>~~    "
                      f'<EndPoint Name="BGB" ProxyServer="{GATEWAY}" TargetHost="mp1.contoso.com" '
                      f'TotalRequests="2" TotalRequestsWithBearerToken="0" '
                      f'MaxConcurrentRequests="2" TotalRequestBytes="2594" '
                      f'TotalResponseBytes="716" FailedRequests="0"/>~~  </EndPoints>~~'
                      f"</ProxyTrafficStateDetails>~~")
    return [dispatch, connector] + site_server(8, 273)


def no_location():
    return [setup(8, 1), registration(8, 2), tokens(8, 3), handler(8, 4), agent(8, 5),
            base.make_messaging(at(11, 58), 6), base.make_location(at(12, 41), 7),
            base.make_connector(at(12, 30), 8)]


def desk_computer():
    status = Text("dsregcmd-status.txt", [
        "+----------------------------------------------------------------------+",
        "| Device State                                                         |",
        "+----------------------------------------------------------------------+", "",
        "             AzureAdJoined : NO",
        "          EnterpriseJoined : NO",
        "              DomainJoined : YES",
        "                DomainName : CONTOSO",
        "               Device Name : PC14.contoso.com", "",
        "+----------------------------------------------------------------------+",
        "| Diagnostic Data                                                      |",
        "+----------------------------------------------------------------------+", "",
        "     Diagnostics Reference : www.microsoft.com/aadjerrors",
        "              User Context : SYSTEM",
        "               Client Time : 2024-09-16 18:40:44.000 UTC",
        "      AD Connectivity Test : PASS",
        "     AD Configuration Test : FAIL [0x80070002]",
        "        DRS Discovery Test : SKIPPED",
        "     DRS Connectivity Test : SKIPPED",
        "    Token acquisition Test : SKIPPED",
        "     Fallback to Sync-Join : ENABLED", "",
        "     Previous Registration : 2024-09-16 18:10:02.000 UTC",
        "               Error Phase : discover",
        "          Client ErrorCode : 0x801c001d", ""])
    waiting = handler(9, 284, enrolled=False, day=12)
    for day in range(13, 17):
        waiting.time = at(9, 20, day)
        waiting.add("Device is not MDM enrolled yet. All workloads are managed by SCCM.")
        waiting.add("Device is not provisioned")
        waiting.busy(30, 180)
    waiting.add("Mdm Enrollment Url has not yet been configured.")
    waiting.busy(60)
    # Nothing gives a token to a device that is not joined.
    logs = installed(managed_inside(9, 281, handler=waiting, tokens=None), 9, 12)
    return logs + [status]


def every_quarter():
    log = handler(9, 294, enrolled=False, after=18)
    for number in range(1, 4):
        log.add(f"Enrolling device to MDM... Try #{number} out of 3")
        log.wait(2)
        log.add("MDM enrollment failed with error code 0xcaa9001f 'Integrated Windows "
                "authentication supported only in federation flow.'. Will retry in 15 minutes...", 3)
        # It does what it says; its log ends before the next attempt would be due.
        due = log.time + datetime.timedelta(minutes=15)
        log.busy(12)
        if number < 3:
            log.time = max(log.time, due)
    return managed(9, 291, handler=log)


def second_office():
    tail = [("Enrolling device to MDM... Try #1 out of 3", 1),
            ("Enrolling device with RegisterDeviceWithManagementUsingAADDeviceCredentials", 1),
            ("Failed to enroll with RegisterDeviceWithManagementUsingAADDeviceCredentials with "
             "error code 0x80180026", 3)]
    return managed_inside(9, 301, handler=handler(9, 304, tail=tail, enrolled=False))


def from_holiday():
    """In use from home until May; back in September. Each time that the management point refuses
    the token the client is told so at once."""
    service = ServerLog("CCM_STS.log", "CCM_STS", "", at(12, 1), 311)
    client = on_day(location(9, 317), 5, 16)
    client.time = at(12, 5)
    client.add("Current AD site of machine is <none>")
    client.add("Unexpected row count (0) retrieved from AD.")
    client.add("Client is on internet")
    for number in range(8):
        service.busy(24)
        if number < 5:
            service.add("Validated AAD token. TokenType: UDA TenantId: "
                        f"{base.TENANT} UserId: aaaabbbb-0000-4ccc-8ddd-eeeeffff0000")
            service.add("Issued token")
            service.add("Return token to client")
            continue
        now = service.time + datetime.timedelta(minutes=300)
        service.add("Return code: 401, Description: PreAuth token validation failed, "
                    "System.IdentityModel.Tokens.SecurityTokenExpiredException: IDX10223: Lifetime "
                    "validation failed. The token is expired. ValidTo: '05/21/2024 07:12:40' "
                    f"Current time: '{now:%m/%d/%Y %H:%M:%S}'.", 3)
        while client.time < service.time - datetime.timedelta(seconds=70):
            client.busy(1)
        client.time = service.time
        client.add("[CCMHTTP] ERROR INFO: StatusCode=401 StatusText=CMGService_Invalid_Token", 3)
    client.busy(80)
    before = [on_day(log, 5, 16) for log in managed(8, 312, location=None)]
    return installed(before, 4, 8) + [client, service]


def no_updates():
    scan = Log("WUAHandler.log", "WUAHandler", "cwuahandler.cpp", at(9, 10), 321)
    for _ in range(3):
        scan.busy(50)
        scan.add("Enabling WUA Managed server policy to use server: http://SUP1.CONTOSO.COM:8530")
        scan.add("Waiting for 2 mins for Group Policy to notify of WUA policy change...")
        scan.busy(8, 15)
        scan.add("Group policy settings were overwritten by a higher authority (Domain "
                 "Controller) to: Server http://OLDWSUS.CONTOSO.COM and Policy ENABLED", 3)
    scan.busy(40)
    line = (f"LSUpdateInternetManagementPoints: Failed to retrieve internet MPs from MP "
            f"{GATEWAY}/CCM_Proxy_MutualAuth/{PROXY} with error 0x87d00231, retaining previous "
            f"list.")
    return installed(managed(8, 322, location=location(14, 327, [(line, 3)])), 8, 12) + [scan]


def not_accepted():
    log = Log("ClientIDManagerStartup.log", "ClientIDManagerStartup", "regtask.cpp", at(8, 40), 331)
    log.busy(90)
    for number in range(1, 4):
        log.add(f"[RegTask] - Starting registration, attempt {number}.")
        log.add("[RegTask] - Client is not registered. Sending registration request for "
                "GUID:5F0C2A7E-1B44-4D0A-9C3B-7E21A0D4F611 ...")
        log.busy(5, 2)
        log.add("[RegTask] - Server rejected registration 3", 3)
        log.busy(40)
    return [setup(8, 332), log, tokens(8, 333), location(9, 334)]


def half_way():
    command = ('Ccmsetup command line: "C:\\Windows\\ccmsetup\\ccmsetup.exe" '
               "/mp:MP1.CONTOSO.COM SMSSITECODE=PS1")
    return [failing_setup(8, 341, [
        ("Failed to correctly receive a WEBDAV HTTP request.. (StatusCode at WinHttpQueryHeaders: "
         "401)", 3),
        ("Enumerated all 1 DP locations but none of them is good. Fallback to MP.", 2),
        ("Starting BITS download for client deployment files.", 1),
        ("Adding file 'http://MP1.CONTOSO.COM:80/CCM_Client/ccmsetup.cab' to BITS job, saving as "
         "'C:\\Windows\\ccmsetup\\ccmsetup.cab'.", 1),
        ("Adding file 'http://MP1.CONTOSO.COM:80/CCM_Client/x64/client.msi' to BITS job, saving as "
         "'C:\\Windows\\ccmsetup\\client.msi'.", 1),
        ("Failed to download client files by BITS. Error 0x80190194", 3),
    ], command, "CcmSetup failed with error code 0x80190194"), ime(8, 342)]


SCENARIOS = {
    "connection-point": connection_point, "desk-computer": desk_computer,
    "every-quarter": every_quarter, "first-day": first_day, "from-holiday": from_holiday,
    "from-intune": from_intune, "half-way": half_way, "long-wait": long_wait,
    "missing-tab": missing_tab, "no-location": no_location, "no-updates": no_updates,
    "not-accepted": not_accepted, "own-authority": own_authority, "red-agent": red_agent,
    "red-lines": red_lines, "second-office": second_office, "ten-minutes": ten_minutes,
    "unknown-users": unknown_users, "wizard-choice": wizard_choice, "year-1900": year_1900,
}


def main():
    target = pathlib.Path(sys.argv[1])
    shutil.rmtree(target, ignore_errors=True)
    for name, make in SCENARIOS.items():
        folder = target / name
        folder.mkdir(parents=True)
        scenario = HERE / "scenarios" / name / "scenario.xml"
        shutil.copyfile(scenario, folder / "scenario.xml")
        bundle = folder / ElementTree.parse(scenario).getroot().get("bundle")
        bundle.mkdir()
        for log in make():
            log.write(bundle)
    # A build tool looks at the folder's own time.
    os.utime(target)


if __name__ == "__main__":
    main()
