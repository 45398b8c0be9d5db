#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-practice.py [FOLDER]: writes the practice bundles beside this script, or into FOLDER.

Made-up devices of the made-up company Contoso. The same bytes on every run; a test says that
what is stored is what this writes.

refused-client   an internet client that the gateway refuses with 403: its connection point cannot
                 check the revocation of its only certificate
queued-timer     a healthy device that waits for its random enrollment time
"""

import datetime
import pathlib
import random
import sys

BIAS = "+300"  # US Central in summer: minutes to add for UTC
GATEWAY = "GW-CONTOSO.CLOUDAPP.NET"
PROXY = "72057594037928290"
CLIENT_APP = "11111111-2222-3333-4444-555555555555"
TENANT = "66666666-7777-8888-9999-000000000000"
MESSAGE_POINT = "MP1.CONTOSO.COM"


class Log:
    """One log: entries of one component, a clock that only goes on."""

    def __init__(self, name, component, origin, start, seed):
        self.name, self.component, self.origin = name, component, origin
        self.time = start
        self.random = random.Random(seed)
        self.thread = self.random.randrange(1000, 9000, 4)
        self.records = []

    def wait(self, seconds):
        self.time += datetime.timedelta(seconds=seconds)

    def new_thread(self):
        self.thread = self.random.randrange(1000, 9000, 4)

    def tick(self):
        self.time += datetime.timedelta(milliseconds=self.random.randrange(3, 900))

    def add(self, message, level=1, line=None):
        self.tick()
        number = line if line is not None else self.random.randrange(60, 2400)
        stamp = self.time.strftime("%H:%M:%S.") + f"{self.time.microsecond // 1000:03}{BIAS}"
        self.records.append(
            f'<![LOG[{message}]LOG]!><time="{stamp}" date="{self.time:%m-%d-%Y}" '
            f'component="{self.component}" context="" type="{level}" thread="{self.thread}" '
            f'file="{self.origin}:{number}">')

    def write(self, folder):
        text = "".join(record + "\r\n" for record in self.records)
        (folder / self.name).write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))


class ServerLog(Log):
    """The older grammar of the site server."""

    def add(self, message, level=1, line=None):
        self.tick()
        stamp = self.time.strftime("%m-%d-%Y %H:%M:%S.") + f"{self.time.microsecond // 1000:03}"
        self.records.append(f"{message}~~  $$<{self.component}><{stamp}{BIAS}>"
                            f"<thread={self.thread} (0x{self.thread:X})>")


def at(hour, minute, day=16):
    return datetime.datetime(2024, 9, day, hour, minute, 12)


def add_token(log, kind, user_id):
    log.add(f"Getting AAD ({kind}) token with: ClientId = {CLIENT_APP}, "
            f"ResourceUrl = https://ConfigMgrService, AccountId = {user_id}")
    log.wait(2)
    log.add(f"Retrieved AAD token for AAD {kind} '{user_id}'")


def make_ccmsetup(start, seed):
    log = Log("ccmsetup.log", "ccmsetup", "ccmsetup.cpp", start, seed)
    log.add("==========[ ccmsetup started in process 5212 ]==========")
    log.add("Running on platform X64")
    log.add("Launch from folder C:\\Windows\\ccmsetup\\")
    log.add("CcmSetup version: 5.0.9128.1007")
    log.add("Running on 'Microsoft Windows 11 Enterprise' (10.0.22631).")
    log.add(f'Ccmsetup command line: "C:\\Windows\\ccmsetup\\ccmsetup.exe" '
            f"/mp:https://{GATEWAY}/CCM_Proxy_MutualAuth/{PROXY} "
            f"CCMHOSTNAME={GATEWAY}/CCM_Proxy_MutualAuth/{PROXY} SMSSITECODE=PS1 "
            f"AADTENANTID={TENANT} AADCLIENTAPPID={CLIENT_APP} "
            f"AADRESOURCEURI=https://ConfigMgrService")
    log.add("SiteCode:        PS1")
    log.add("No version of the client is currently detected.")
    # Looks bad and is normal on a first installation
    log.add("Failed to connect to policy namespace. Error 0x8004100e", 2)
    log.add("Failed to revoke client upgrade local policy. Error 0x8004100e", 3)
    log.add("Failed to get site version from AD with error 0x80004005", 2)
    log.add(f"Getting AAD info from CMG '{GATEWAY}'")
    log.wait(3)
    add_token(log, "device", "0a1b2c3d-1111-4222-8333-444455556666")
    log.add(f"Getting CCM Token from STS server '{GATEWAY}/CCM_Proxy_ServerAuth/{PROXY}'")
    log.wait(4)
    log.add("Cached encrypted token for 'S-1-5-18'. Will expire at '09/16/2024 21:03:44'")
    log.add(f"Found a valid online MP 'https://{GATEWAY}/CCM_Proxy_MutualAuth/{PROXY}'.")
    log.add("Searching for DP locations from MP(s)...")
    log.add(f"The location 'https://{GATEWAY}/downloadrestservice.svc/getcontentxmlsecure' "
            f"is on Azure")
    for part in range(1, 15):
        log.wait(6)
        log.add(f"Downloading file C:\\Windows\\ccmsetup\\part{part:02}.cab, "
                f"{part * 7}% complete")
    log.add("Installing version 5.00.9128.1007 of the client with product code "
            "{12345678-90AB-4CDE-8F01-234567890ABC}")
    log.wait(95)
    log.add("Installation succeeded.")
    log.add("Client (5.00.9128.1007) is installed.")
    log.add("CcmSetup is exiting with return code 0")
    return log


def make_registration(start, seed):
    log = Log("ClientIDManagerStartup.log", "ClientIDManagerStartup", "regtask.cpp", start, seed)
    log.add("RegEndPoint: Received notification for site assignment change from '<none>' "
            "to 'PS1'.")
    log.add("[RegTask] - Starting registration, attempt 1.")
    log.add("[RegTask] - Client is not registered. Sending registration request for "
            "GUID:5F0C2A7E-1B44-4D0A-9C3B-7E21A0D4F611 ...")
    log.add("Registering client using AAD auth.")
    log.wait(7)
    log.add("[RegTask] - Client is registered. Server assigned ClientID is "
            "GUID:5F0C2A7E-1B44-4D0A-9C3B-7E21A0D4F611. Approval status 3")
    log.add("[RegTask] - Sleeping for 15 minutes ...")
    for _ in range(6):
        log.wait(900)
        log.add("[----- SHUTDOWN -----]" if log.random.random() < 0.1 else
                "Read SMBIOS (encoded): 50004300300030003400320000")
    return log


def make_handler(start, seed, queued):
    log = Log("CoManagementHandler.log", "CoManagementHandler", "comgmthandler.cpp", start, seed)
    log.add("Processing GET for assignment (ScopeId_5F0C2A7E/ConfigurationPolicy_0001 : 2)")
    log.add("Merged value for setting 'CoManagementSettings_AutoEnroll' is 'true'")
    log.add("Merged value for setting 'CoManagementSettings_Capabilities' is '67'")
    log.add("Merged value for setting 'CoManagementSettings_Allow' is 'true'")
    log.add("New merged workloadflags value with co-management max capabilities '255' is '67'")
    if queued:
        log.add("Device is not MDM enrolled yet. All workloads are managed by SCCM.")
        log.add("Device is not provisioned")
        log.add("State ID and report detail hash are not changed. No need to resend.")
        log.wait(1800)
        log.add("Processing GET for assignment (ScopeId_5F0C2A7E/ConfigurationPolicy_0001 : 2)")
        log.add("Queuing enrollment timer to fire at 09/18/2024 04:41:07")
        return log
    log.add("Device is already enrolled with MDM")
    log.add("Device Provisioned")
    for _ in range(4):
        log.wait(1800)
        log.add("State ID and report detail hash are not changed. No need to resend.")
    return log


def make_tokens(start, seed):
    log = Log("ADALOperationProvider.log", "ADALOperationProvider", "adaloperation.cpp", start,
              seed)
    add_token(log, "user", "aaaabbbb-0000-4ccc-8ddd-eeeeffff0000")
    log.wait(30)
    add_token(log, "device", "0a1b2c3d-1111-4222-8333-444455556666")
    return log


def make_agent(start, seed):
    log = Log("CcmNotificationAgent.log", "BgbAgent", "bgbtcpclient.cpp", start, seed)
    log.add("[CCMHTTP] AsyncCallback(): Successfully signed in with the notification server.")
    for _ in range(8):
        log.wait(900)
        log.add("Successfully sent keep-alive message.")
    written = log.time + datetime.timedelta(hours=5)
    log.add(f"Updating MDM_ConfigSetting.ClientHealthLastSyncTime with value "
            f"{written:%Y-%m-%dT%H:%M:%SZ}")
    for _ in range(4):
        log.wait(900)
        log.add("Successfully sent keep-alive message.")
    return log


def make_location(start, seed):
    log = Log("LocationServices.log", "LocationServices", "lsad.cpp", start, seed)
    url = f"https://{GATEWAY}/CCM_Proxy_MutualAuth/{PROXY}"
    log.add("Current AD site of machine is <none>")
    # Looks bad and is normal away from the company network
    log.add("Unexpected row count (0) retrieved from AD.")
    log.add("Client is on internet")
    for _ in range(3):
        log.new_thread()
        log.add("LSRefreshManagementPoint: the list of management points is older than a day")
        log.add(f"[CCMHTTP] ERROR: URL={url}/SMS_MP/.sms_aut?SITESIGNCERT, Port=443, "
                f"Options=31, Code=0, Text=CCM_E_BAD_HTTP_STATUS_CODE", 3)
        log.add("[CCMHTTP] ERROR INFO: StatusCode=403 "
                "StatusText=CMGConnector_Clientcertificaterequired", 3)
        log.add("Failed to refresh Site Signing Certificate over HTTP with error 0x87d0027e.", 3)
        log.add(f"LSUpdateInternetManagementPoints: Failed to retrieve internet MPs from MP "
                f"{GATEWAY}/CCM_Proxy_MutualAuth/{PROXY} with error 0x87d0027e, "
                f"retaining previous list.", 3)
        log.wait(1200)
    return log


def make_messaging(start, seed):
    log = Log("CcmMessaging.log", "CcmMessaging", "ccmhttp.cpp", start, seed)
    url = f"https://{GATEWAY}/CCM_Proxy_MutualAuth/{PROXY}"
    for number in range(5):
        log.add(f"OutgoingMessage(Queue='mp_[http]mp_relayendpoint', "
                f"ID={{0000000{number}-1111-4222-8333-444455556666}}): "
                f"Delivered successfully to host '{GATEWAY}'.")
        log.wait(240)
    # Looks bad and is normal: a token is renewed every eight hours
    log.add("CCM Token for 'S-1-5-18' (09/16/2024 13:03:44) is already expired or close to "
            "expire. Refreshing it.", 2)
    log.wait(2)
    log.add("Cached encrypted token for 'S-1-5-18'. Will expire at '09/16/2024 21:25:09'")
    log.wait(2400)
    for _ in range(3):
        log.new_thread()
        log.add(f"[CCMHTTP] ERROR: URL={url}/ccm_system_AltAuth/request, Port=443, Options=31, "
                f"Code=0, Text=CCM_E_BAD_HTTP_STATUS_CODE", 3)
        log.add("[CCMHTTP] ERROR INFO: StatusCode=403 "
                "StatusText=CMGConnector_Clientcertificaterequired", 3)
        log.wait(600)
    return log


def make_connector(start, seed):
    log = ServerLog("SMS_Cloud_ProxyConnector.log", "SMS_CLOUD_PROXYCONNECTOR", "", start, seed)
    thumbprints = ["1F3A9C0E5D7B42688E90A1B2C3D4E5F607182930",
                   "A0B1C2D3E4F5061728394A5B6C7D8E9F00112233"]
    log.add("Maintaining connections...")
    log.add("Reloading certificates of the local computer store")
    log.add("Filtered cert count with digital signature: 2")
    # One that is passed over is normal; none that is left is not
    log.add(f"Not allowed cert: {thumbprints[1]} {thumbprints[1]}")
    log.add(f"Chain build failed cert: {thumbprints[0]}")
    log.add("Chain 0 status: RevocationStatusUnknown")
    log.add("Chain 1 status: OfflineRevocation")
    log.add("Filtered cert count with allowed root CA: 0")
    log.add("Filtered cert count with allowed root CA and has private key: 0")
    log.add("Filtered cert count with client auth: 0")
    log.wait(60)
    log.add(f"ReportTrafficData - state message to send: ~~<ProxyTrafficStateDetails "
            f'ServerName="CP1.CONTOSO.COM" StartTime="9/16/2024 5:00:00 PM" '
            f'EndTime="9/16/2024 5:05:00 PM" MaxConcurrentRequests="2">  <EndPoints>~~    '
            f'<EndPoint Name="SMS_MP" ProxyServer="{GATEWAY}" '
            f'TargetHost="{MESSAGE_POINT.lower()}" TotalRequests="12" '
            f'TotalRequestsWithBearerToken="0" MaxConcurrentRequests="2" '
            f'TotalRequestBytes="2594" TotalResponseBytes="716" FailedRequests="12"/>~~  '
            f"</EndPoints>~~</ProxyTrafficStateDetails>~~")
    for number in range(6):
        log.wait(420)
        log.add(f"MessageID: 3087bd34-0000-4950-b972-00000000000{number} "
                f"RequestURI: https://{MESSAGE_POINT}/SMS_MP/.sms_aut?SITESIGNCERT "
                f"EndpointName: SMS_MP ResponseHeader: HTTP/1.1 403 "
                f"CMGConnector_Clientcertificaterequired~~ ResponseBodySize: 5274 "
                f"ElapsedTime: 44 ms")
        log.add("Maintaining connections...")
    return log


def main():
    here = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
    bundles = {
        "refused-client": [
            make_ccmsetup(at(8, 1), 1),
            make_registration(at(8, 9), 2),
            make_tokens(at(8, 9), 3),
            make_handler(at(8, 20), 4, False),
            make_agent(at(8, 30), 5),
            make_messaging(at(11, 58), 6),
            make_location(at(12, 41), 7),
            make_connector(at(12, 30), 8),
        ],
        "queued-timer": [
            make_ccmsetup(at(9, 1), 11),
            make_registration(at(9, 9), 12),
            make_tokens(at(9, 9), 13),
            make_handler(at(9, 20), 14, True),
        ],
    }
    for name, logs in bundles.items():
        folder = here / name
        folder.mkdir(parents=True, exist_ok=True)
        for log in logs:
            log.write(folder)


if __name__ == "__main__":
    main()
