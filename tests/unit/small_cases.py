# SPDX-License-Identifier: GPL-3.0-or-later
"""Small folders for score-scenarios.py: name, logs, and the findings that ask for something.

Half of them are near misses: what looks like a failure, and is none. The names are invented.
"""

import os

HOST = "GW-CONTOSO.CLOUDAPP.NET"
REGISTRATION = "Microsoft-Windows-User Device Registration%4Admin.log"
NO_OBJECT = "The device object by the given id (e92325d0-1111-4222-8333-94ae875d5245) isn't found."
JOIN_FAILED = "Automatic registration failed at join phase. Exit code: Unknown HResult Error code: 0x801c001d."
ENROLLMENT = "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider%4Admin.log"
COMMAND = 'Ccmsetup command line: "C:\\Windows\\ccmsetup\\ccmsetup.exe" '
TIMER = "Queuing enrollment timer to fire at 09/18/2024 04:41:07"
PROXY_407 = "[CCMHTTP] ERROR INFO: StatusCode=407 StatusText=Proxy Authentication Required"
BITS_407 = ("CDTSJob::JobError: DTS Job ID='{6D0EA720-EB4E-4893-8395-8B27470A6CFB}' BITS Job "
            "ID='{B1A1B2C3-1111-4222-8333-444455556666}' encountered error 0x80190197")
SCRIPT = ("[PowerShell] User Id = 00000000-0000-0000-0000-000000000000, Policy id = "
          "0a1b2c3d-1111-4222-8333-44445555666{}, policy result = {}")
REFUSED = "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"
TRANSIENT = (f"LSUpdateInternetManagementPoints: Failed to retrieve internet MPs from MP {HOST}/CCM_Proxy_MutualAuth/"
             "72057594037928290 with error 0x87d00231, retaining previous list.")
INBOX = "~**ERROR: Cannot connect to the inbox source, sleep 30 seconds and try again."
MOVED = ("~Moving 1 *.SMX file(s) from C:\\SMS\\MP\\OUTBOXES\\statemsg.box\\ to "
         "\\\\PS1.contoso.com\\SMS_PS1\\inboxes\\auth\\statesys.box\\incoming\\.")
NOT_FEDERATED = ("MDM enrollment failed with error code 0xcaa9001f 'Integrated Windows authentication supported only in "
                 "federation flow.'. Will retry in 15 minutes...")
ENROLLMENT_FAILED = "MDM enrollment failed with error code {} 'Text.'. Will retry in 15 minutes..."
TRY = "Enrolling device to MDM... Try #1 out of 3"
NOT_ENROLLED = "Device is not MDM enrolled yet. All workloads are managed by SCCM."
ENROLLED = "Device is already enrolled with MDM"
OTHER_MDM = "This device is enrolled to an unexpected vendor, it will be set in co-existence mode."
OFF = "Co-management is disabled but expected to be enabled."
AUTO_ENROLL = "Merged value for setting 'CoManagementSettings_AutoEnroll' is '{}'"
NO_SYSTEM_TOKEN = "Failed to get AAD token for 'S-1-5-18' from WAM API. Error 0xd0090016"
FALLS_BACK = "Falling back to get user 'S-1-5-21-1527250992-855612568-2252598708-1604' token for system..."
LOCKED_OUT = "DeviceRegistrationApi::BeginJoin failed with error code: 0x80090031"
THROTTLED = "Your request is throttled temporarily. Please try after 300 seconds."
BLOCKED = "Failed to enroll with RegisterDeviceWithManagementUsingAADDeviceCredentials with error code 0x80180026"
DELIVERED = ("OutgoingMessage(Queue='mp_[http]mp_locationmanager', ID={76453CC6-76BA-4B68-BE30-BA70754570BB}): "
             f"Delivered successfully to host '{HOST}'.")
OVERWRITTEN = ("Group policy settings were overwritten by a higher authority (Domain Controller) to: Server "
               "http://OLDWSUS.CONTOSO.COM and Policy ENABLED")
NO_SOURCE = ("Failed to Add Update Source for WUAgent of type (2) and id ({0A1B2C3D-1111-4222-8333-444455556666}). "
             "Error = 0x80040692")
EXPIRED = ("Return code: 401, Description: PreAuth token validation failed, "
           "System.IdentityModel.Tokens.SecurityTokenExpiredException:")
NOT_VALID_YET = ("Return code: 401, Description: PreAuth token validation failed, System.IdentityModel.Tokens."
                 "SecurityTokenNotYetValidException: IDX10222: Lifetime validation failed. The token is not yet valid. "
                 "ValidFrom: '09/16/2024 11:00:00' Current time: '09/16/2024 09:00:00'.")
TOKEN_REQUEST = "Getting CCM Token from STS server 'MP1.CONTOSO.COM'"
TOKEN_CACHED = "Cached encrypted token for 'S-1-5-18'. Will expire at '09/16/2024 17:25:09'"
SYNC = "Updating MDM_ConfigSetting.ClientHealthLastSyncTime with value {}"
TOKENS = ["Getting AAD (user) token with: ClientId = 11111111-2222-3333-4444-555555555555, ResourceUrl = "
          "https://ConfigMgrService, AccountId = aaaabbbb-0000-4ccc-8ddd-eeeeffff0000",
          "Retrieved AAD token for AAD user 'aaaabbbb-0000-4ccc-8ddd-eeeeffff0000'",
          "Getting AAD (device) token with: ClientId = 11111111-2222-3333-4444-555555555555, ResourceUrl = "
          "https://ConfigMgrService, AccountId = 0a1b2c3d-1111-4222-8333-444455556666",
          "Retrieved AAD token for AAD device '0a1b2c3d-1111-4222-8333-444455556666'"]
UNMAPPED = "[Win32App] Admin did NOT set mapping for lpExitCode: {} of app: 0a1b2c3d-1111-4222-8333-444455556666"
INSTALLED = ("Windows Installer installed the product. Product Name: {}. Product Version: 4.2.0. Product Language: "
             "1033. Manufacturer: Contoso. Installation success or error status: {}.")
SENDING = ("[RegTask] - Client is not registered. Sending registration request for "
           "GUID:11111111-2222-3333-4444-555555555555 ...")
NOT_YET = "AADJoinStatusTask: Client hasn't been registered yet. Setting up a retry."
REJECTED = "[RegTask] - Server rejected registration 3"
REJECTED_REQUEST = REJECTED.replace("registration 3", "registration request: 3")
SEARCH_FAILED = "OnSearchComplete - Failed to end search job. Error = {}."
FLAG = "[CCMHTTP]            : WINHTTP_CALLBACK_STATUS_FLAG_{} is set"
POST_FAILED = "Post to https://{}.contoso.com/CCM_Proxy_MutualAuth/72057594037928290/ccm_system/request failed with 0x87d00231."
BAD_STATUS = ("[CCMHTTP] ERROR: URL=https://mp1.contoso.com/SMS_MP/.sms_aut?MPLIST2&PS1, Port=443, Options=63, Code=0, "
              "Text=CCM_E_BAD_HTTP_STATUS_CODE")
SECURE_FAILURE = ("[CCMHTTP] ERROR: URL=https://mp1.contoso.com/ccm_system/request, Port=443, Options=63, Code=12175, "
                  "Text=ERROR_WINHTTP_SECURE_FAILURE")
NO_TLS = ("[CCMHTTP] ERROR: URL=https://{}/CCM_Proxy_ServerAuth/72057594037928017/CCM_STS, Port=443, Options=63, Code=12175, "
          "Text=ERROR_WINHTTP_SECURE_FAILURE")
ENFORCED = ('+++ Starting Install enforcement for App DT "{}" ApplicationDeliveryType - ScopeId_9A7C2B1E/'
            "DeploymentType_2222222{}-2222-3333-4444-555555555555, Revision - 5, Execution Context - System")
MATCHED = "    Matched exit code 0 to a Success entry in exit codes table."
UNMATCHED = "    Unmatched exit code ({}) is considered an execution failure."
MOF = "Setup was unable to compile the file C:\\Windows\\CCM\\DiscoveryStatus.mof. The error code is 80041002"
NO_CERTIFICATE = "Filtered cert count with client auth: 0"
CHAIN_FAILED = "Chain build failed cert: A0B1C2D3E4F5061728394A5B6C7D8E9F00112233"
ANSWERED = ("MessageID: 3087bd34-b82c-4950-b972-e82bb0fb8385 RequestURI: https://mp1.contoso.com/SMS_MP/.sms_aut?SITESIGNCERT "
            "EndpointName: SMS_MP ResponseHeader: HTTP/1.1 {}~~ ResponseBodySize: 5274 ElapsedTime: 44 ms")
ROTATING = (f"Rotating internet management point, new management point [2] is: https://{HOST}/CCM_Proxy_MutualAuth/"
            "72057594037928290 (0) with capabilities: <Capabilities/>")
RENEWAL = "CCM Token for 'S-1-5-18' (09/16/2024 13:03:44) is already expired or close to expire. Refreshing it."
NO_COMANAGEMENT = "co-mgt features is not available, ex = System.Management.ManagementException, not fatal"
AGENT_RESOURCE = "26a4ae64-5862-427f-a9b0-044e62572a4f"
NO_AGENT_TOKEN = ("Failed to get AAD token. len = 34 using client id fc0f3af4-6835-4174-b806-f7db311fd2f3 and resource id {}, "
                  "errorCode = {}")
AGENT_TOKEN = "Successfully get the token with client id fc0f3af4-6835-4174-b806-f7db311fd2f3 and resource id {}"
MAINTENANCE_FAILED = ("ERROR: TaskManager: Task [Deployment Maintenance for service CONTOSOCMG] has failed. Exception "
                      "Azure.RequestFailedException, At least one resource deployment operation failed.")
REMOVED = ("Windows Installer removed the product. Product Name: Reader. Product Version: 4.2.0. Product Language: 1033. "
           "Manufacturer: Contoso. Removal success or error status: {}.")
REGISTERED = ("[RegTask] - Client is registered. Server assigned ClientID is GUID:11111111-2222-3333-4444-555555555555. "
              "Approval status 3")
UNRESOLVED = ("[CCMHTTP] ERROR: URL=https://{}.contoso.com/ccm_system/request, Port=443, Options=31, Code=12007, "
              "Text=ERROR_WINHTTP_NAME_NOT_RESOLVED")
REACHED = ("OutgoingMessage(Queue='mp_mp_hinvendpoint', ID={{76453CC6-76BA-4B68-BE30-BA70754570BB}}): Delivered "
           "successfully to host '{}.CONTOSO.COM'.")
FORBIDDEN = "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Forbidden"
INVALID_TOKEN = "[CCMHTTP] ERROR INFO: StatusCode=401 StatusText=CMGService_Invalid_Token"
HTTP_STATUS = ("[CCMHTTP] ERROR: URL=https://mp1.contoso.com/ccm_client/ccmsetup.cab, Port=443, Options=224, Code=0, "
               "Text=CCM_E_BAD_HTTP_STATUS_CODE")
BUSY = "Installation failed with error code 1618"
RETRY = "Next retry in 10 minute(s)..."
NO_SETUP_SOURCE = "No valid source or MP locations could be identified to download content from. Ccmsetup.exe cannot continue."
ENDED = "CcmSetup is exiting with return code 0"
REMOVE = COMMAND + "/uninstall"
NO_LOCATIONS = "GetDPLocations failed with error 0x87d00215"
BITS_FAILED = "Failed to download files through BITS. Error: 0x80190194"
UNSIGNED = r"Couldn't verify 'C:\Windows\ccmsetup\ccmsetup.cab' authenticode signature. Return code 0x800b0101"
NO_CLIENT_CERTIFICATE = "GetDirectoryList failed with a non-recoverable failure, 0x87d00454"
RUN = "==========[ ccmsetup started in process 476 ]=========="
FAILED = "CcmSetup failed with error code {}"
MSI_ENDED = "File C:\\WINDOWS\\ccmsetup\\client.msi installation failed. Error text: ExitCode: {}"
EVALUATES = "==========[ ccmeval started in process 4636 ]===================================="
NOT_REPAIRED = "Result: Remediation Failed, ResultCode: 304, ResultType: 202, ResultDetail: root\\cimv2"
EVALUATED = "Successfully evaluated all client health rules."
WEBDAV = "Failed to correctly receive a WEBDAV HTTP request.. (StatusCode at WinHttpQueryHeaders: 401)"
NO_DP = "Enumerated all 1 DP locations but none of them is good. Fallback to MP."
EXTRACTED = "Successfully extracted manifest file C:\\Windows\\ccmsetup\\ccmsetup.xml from file C:\\Windows\\ccmsetup\\ccmsetup.cab."
NO_NAMESPACE = "Failed to revoke client upgrade local policy. Error 0x8004100e"
NOT_IN_AD = "Couldn't find an MP source through AD. Error 0x80004005"
NO_LOCATION = "Received empty location update for CTM Job {{6D0EA720-EB4E-4893-8395-8B27470A6CF{}}}"
DOWNLOADS = ("CTM job {{6D0EA720-EB4E-4893-8395-8B27470A6CF{}}} (corresponding DTS job "
             "{{708C7F21-8898-49AB-900E-BA6E5F1A39BC}}) started download from 'http://dp1/Content_1' for full content download.")
APP_FOLDER = "[Win32App] SetCurrentDirectory: C:\\Windows\\IMECache\\0a1b2c3d-000{}-4222-8333-444455556666_1"
ENFORCES = ('+++ Starting Install enforcement for App DT "Reader" ApplicationDeliveryType - ScopeId_9A7C2B1E/DeploymentType_0{}, '
            "Revision - 5, ContentPath - C:\\Windows\\ccmcache\\4, Execution Context - System")
ASKED = "Requesting locations synchronously for content Content_{}.1 with priority Foreground"
DPS = "The number of discovered DPs(including Branch DP and Multicast) is {}"
HASHED = "Hash verification succeeded for content Content_{}.1 downloaded under context System"
LOST_CONTENT = "Download failed for content Content_{}.1 under context System, error 0x87d00607"
DTS_DONE = "DTSJob {{{}}} successfully completed download."
DELTA = ("[Win32App][ReportingManager] Execution state for app with id: 0a1b2c3d-000{}-4222-8333-444455556666 has been updated. "
         'Report delta: {{"EnforcementErrorCode":{{"OldValue":{},"NewValue":{}}}}}')
DETECTION = ("[Win32App][DetectionActionHandler] Detection for policy with id: 0a1b2c3d-000{}-4222-8333-444455556666 resulted in "
             "action status: Success and detection state: {}.")
NOT_DETECTED = "CommenceEnforcement failed with error 0x87d00324."
REMOVES = ENFORCES.replace("Install", "Uninstall")
UNMATCHED = "    Unmatched exit code (1603) is considered an execution failure."
MATCHED = "    Matched exit code 0 to a Success entry in exit codes table."
DETECTED = "+++ Discovered application [AppDT Id: ScopeId_9A7C2B1E/DeploymentType_0{}, Revision: 5]"
DETECTED_MSI = DETECTED.replace("application", "MSI application").replace("]", ", MSI Product code: {{4B8D2F60-1C7E-4A3B-9D55-0E6F7A8B9C1D}}]")
SCAN_FAILED = "OnSearchComplete - Failed to end search job. Error = 0x802440{}."
STOPPED_SCAN = "OnSearchComplete - Failed to end search job. Error = 0x8024001e."
STATE = """
+----------------------------------------------------------------------+
| Device State                                                         |
+----------------------------------------------------------------------+

             AzureAdJoined : {}
              DomainJoined : YES

+----------------------------------------------------------------------+
| SSO State                                                            |
+----------------------------------------------------------------------+

                {}
"""
JOINED = """
+----------------------------------------------------------------------+
| Device State                                                         |
+----------------------------------------------------------------------+

             AzureAdJoined : {}
              DomainJoined : {}
               Device Name : pc-0042.contoso.com

+----------------------------------------------------------------------+
| User State                                                           |
+----------------------------------------------------------------------+

           WorkplaceJoined : {}

+----------------------------------------------------------------------+
| SSO State                                                            |
+----------------------------------------------------------------------+

                AzureAdPrt : {}

+----------------------------------------------------------------------+
| Diagnostic Data                                                      |
+----------------------------------------------------------------------+

        AadRecoveryEnabled : {}
    Executing Account Name : {}
               KeySignTest : {}
"""
NOT_SYNCED = """Error Phase : join
          Client ErrorCode : 0x801c03f2
            Server Message : The device object by the given id (0a1b2c3d-1111-4222-8333-444455556666) is not found."""
TOKEN = """AzureAdPrt : YES
      AzureAdPrtUpdateTime : 2026-11-{} 07:02:11.000 UTC
      Previous Prt Attempt : 2026-11-20 06:18:33.323 UTC
            Attempt Status : 0xc000006d
  Server Error Description : AADSTS50126: Error validating credentials due to invalid username or password."""
JOIN = """AD Connectivity Test : {}
     AD Configuration Test : {}
        DRS Discovery Test : SKIPPED
               Error Phase : discover
          Client ErrorCode : 0x801c001d"""
GUID = "{{{}-1B44-4D0A-9C3B-7E21A0D4F611}}"


def app_ended(app, code, meaning):
    return [APP_FOLDER.format(app), f"[Win32App] lpExitCode {code}", f"[Win32App] lpExitCode is defined as {meaning}"]


def command(length):
    """A setup command line with that many characters of parameters."""
    start = f"/mp:https://{HOST}/CCM_Proxy_MutualAuth/72057594037928290 SMSSITECODE=PS1 CCMHOSTNAME="
    return COMMAND + start + "x" * (length - len(start))


CASES = [
    # The timer, and what may follow it
    ("timer is the last word", {"ADALOperationProvider.log": TOKENS, "CoManagementHandler.log": [TIMER]},
     ["comgmt-enrollment-timer-queued"]),
    ("timer without tokens", {"CoManagementHandler.log": [TIMER]}, []),
    ("timer in another log", {"PolicyAgent.log": [TIMER]}, []),
    ("attempt after the timer", {"ADALOperationProvider.log": TOKENS, "CoManagementHandler.log": [
        TIMER, "Enrolling device to MDM... Try #1 out of 3"]}, []),
    ("enrolled after the timer", {"ADALOperationProvider.log": TOKENS, "CoManagementHandler.log": [
        TIMER, "MDM enrollment succeeded"]}, []),
    ("timer was due two days ago", {"ADALOperationProvider.log": TOKENS, "CoManagementHandler.log": [
        TIMER.replace("09/18", "09/14")]}, ["comgmt-enrollment-timer-queued"]),
    ("timer was due two days ago, attempt after it", {"ADALOperationProvider.log": TOKENS, "CoManagementHandler.log": [
        TIMER.replace("09/18", "09/14"), "Enrolling device to MDM... Try #1 out of 3"]}, []),
    ("timer fired is no timer queued", {"CoManagementHandler.log": ["Enrollment randomization timer fired"]}, []),
    # Enrollment
    ("not federated", {"CoManagementHandler.log": [NOT_FEDERATED]}, ["comgmt-caa9001f"]),
    ("not federated, enrolled later", {"CoManagementHandler.log": [NOT_FEDERATED, "MDM enrollment succeeded"]}, []),
    ("its code alone, in another log", {"PolicyAgent.log": ["Body has the type 0xcaa9001f"]}, []),
    ("blocked", {"CoManagementHandler.log": [BLOCKED]}, ["comgmt-80180026-blocked"]),
    ("blocked, the log renamed", {"log.txt=CoManagementHandler": [BLOCKED]}, ["comgmt-80180026-blocked"]),
    ("blocked, a copy", {"CoManagementHandler-copy.log=CoManagementHandler": [BLOCKED]}, ["comgmt-80180026-blocked"]),
    ("code alone, renamed, of another component", {"log.txt=PolicyAgent": ["Body has the type 0xcaa9001f"]}, []),
    ("code alone, of a component that nobody knows", {"log.txt=Contoso": ["Body has the type 0xcaa9001f"]}, []),
    ("code alone, the name of another log", {"PolicyAgent.log=CoManagementHandler": ["Body has the type 0xcaa9001f"]}, []),
    ("code alone, its own log renamed", {"log.txt=CoManagementHandler": ["Body has the type 0xcaa9001f"]},
     ["comgmt-caa9001f"]),
    ("blocked, code in a GUID", {"CoManagementHandler.log": ["Assignment " + GUID.format("80180026") + " is kept"]}, []),
    ("blocked, code in a longer number", {"CoManagementHandler.log": ["The buffer has 0x801800261 bytes"]}, []),
    ("already enrolled", {"CoManagementHandler.log": ["Device is already enrolled with MDM", "Device Provisioned"]}, []),
    ("state unchanged", {"CoManagementHandler.log": ["State ID and report detail hash are not changed. No need to resend."]},
     []),
    ("enrolled already, tried again, and provisioned", {"CoManagementHandler.log": [
        TRY, ENROLLMENT_FAILED.format("0x8018000a"), ("09:20:00", ENROLLED), ("09:20:01", "Device Provisioned"),
        ("09-18-2024 09:20:00", "State ID and report detail hash are not changed. No need to resend.")]}, []),
    ("enrolled already, and nobody knows by whom", {"CoManagementHandler.log": [
        TRY, ENROLLMENT_FAILED.format("0x8018000a"), ("09:20:00", ENROLLED)]}, ["mdm-8018000a"]),
    ("enrolled already, by the old code", {"CoManagementHandler.log": [TRY, ENROLLMENT_FAILED.format("0x8007064c")]},
     ["mdm-8007064c-already"]),
    ("enrolled already, by the old code, and provisioned", {"CoManagementHandler.log": [
        TRY, ENROLLMENT_FAILED.format("0x8007064c"), ENROLLED, "Device Provisioned"]}, []),
    ("the old code, of setup", {"ccmsetup.log": [RUN, "MSI: Action ended. Error 0x8007064c"]}, []),
    ("the user has to do something", {"CoManagementHandler.log": [TRY, ENROLLMENT_FAILED.format("0xcaa2000c")]},
     ["aad-caa2000c-interaction"]),
    ("the user had to do something", {"CoManagementHandler.log": [
        TRY, ENROLLMENT_FAILED.format("0xcaa2000c"), ENROLLED, "Device Provisioned"]}, []),
    ("the user has to do something for the sync", {
        "Microsoft-Windows-AAD%4Operational.log": ["Error: 0xCAA2000C The request requires user interaction."],
        "CoManagementHandler.log": [ENROLLED, "Device Provisioned"]}, ["aad-caa2000c-interaction"]),
    ("not configured, by the other value", {"CoManagementHandler.log": [TRY, ENROLLMENT_FAILED.format("0x80180031")]},
     ["mdm-8018002b"]),
    ("not configured, and no address", {"dsregcmd.txt": STATE.format("YES", "MdmUrl : \n"), "CoManagementHandler.log": [
        TRY, ENROLLMENT_FAILED.format("0x8018002b")]}, ["dsreg-mdmurl-empty", "mdm-8018002b"]),
    # Another service
    ("enrolled by another service", {"CoManagementHandler.log": [AUTO_ENROLL.format("true"), ENROLLED, OTHER_MDM, OFF]},
     ["comgmt-other-mdm", "comgmt-disabled-expected-enabled"]),
    ("no settings for the user, and enrolled by another service", {"CoManagementHandler.log": [
        TRY, ENROLLMENT_FAILED.format("0x8018002b"), ("10:00:00", ENROLLED), ("10:00:00", OTHER_MDM)]},
     ["mdm-8018002b", "comgmt-other-mdm"]),
    ("enrolled by another service, then by Intune", {"CoManagementHandler.log": [
        ENROLLED, OTHER_MDM, ("11:00:00", ENROLLED), ("11:00:01", "Device Provisioned")]}, []),
    ("the other service is only asked for", {"CoManagementHandler.log": [
        ENROLLED, "Checking whether this device is enrolled to an unexpected vendor"]}, []),
    ("off until the timer fires", {"ADALOperationProvider.log": TOKENS, "CoManagementHandler.log": [
        AUTO_ENROLL.format("true"), TIMER, NOT_ENROLLED, OFF]}, ["comgmt-enrollment-timer-queued"]),
    ("off until the timer fires, no tokens", {"CoManagementHandler.log": [AUTO_ENROLL.format("true"), TIMER, NOT_ENROLLED, OFF]},
     ["comgmt-disabled-expected-enabled"]),
    ("off, as it need not enroll", {"CoManagementHandler.log": [AUTO_ENROLL.format("false"), OFF]},
     ["comgmt-autoenroll-setting", "comgmt-disabled-expected-enabled"]),
    ("off, and nothing says why", {"CoManagementHandler.log": [AUTO_ENROLL.format("true"), OFF]},
     ["comgmt-disabled-expected-enabled"]),
    # 0x87d00231
    ("transient, unanswered", {"LocationServices.log": [TRANSIENT]}, ["ccm-transient-87d00231"]),
    ("transient, then delivered", {"LocationServices.log": [TRANSIENT], "CcmMessaging.log": ["later", DELIVERED]}, []),
    ("transient, code in another log", {"CAS.log": ["Content Content_87d00231 has the state 0x87d00231"]}, []),
    ("transient, code in a GUID", {"LocationServices.log": ["Request " + GUID.format("87d00231") + " is queued"]}, []),
    ("posts fail, and another server answers", {"CcmMessaging.log": [POST_FAILED.format("cmg"), REACHED.format("MP1")]},
     ["ccm-transient-87d00231"]),
    ("posts fail, then that server answers", {"CcmMessaging.log": [POST_FAILED.format("cmg"), REACHED.format("CMG")]}, []),
    ("posts fail to one of two servers", {"CcmMessaging.log": [
        POST_FAILED.format("cmg"), POST_FAILED.format("mp1"), REACHED.format("MP1")]}, ["ccm-transient-87d00231"]),
    ("posts fail, and the client is registered elsewhere", {
        "CcmMessaging.log": [POST_FAILED.format("cmg")], "ClientIDManagerStartup.log": [REGISTERED]}, ["ccm-transient-87d00231"]),
    ("registration fails once", {"ClientIDManagerStartup.log": [
        "RegTask: Failed to send registration request message. Error: 0x87d00231", SENDING, REGISTERED]}, []),
    ("registration fails on a refusal", {
        "LocationServices.log": [BAD_STATUS, "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=Forbidden"],
        "ClientIDManagerStartup.log": ["RegTask: Failed to send registration request message. Error: 0x87d00231"]},
     ["ccm-http-status-87d0027e", "ccm-transient-87d00231"]),
    # The gateway
    ("refused with 403", {"LocationServices.log": [REFUSED]}, ["cmg-403-client-cert-required"]),
    ("refused with 403, blank after the sign", {"CcmMessaging.log": [REFUSED.replace("=403", "= 403")]},
     ["cmg-403-client-cert-required"]),
    ("403 entries are no refusal", {"PolicyEvaluator.log": ["The list has 403 entries, StatusCode is not set"]}, []),
    ("200 is no refusal", {"LocationServices.log": ["[CCMHTTP] INFO: StatusCode=200 StatusText=OK"]}, []),
    ("forbidden", {"LocationServices.log": ["[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Forbidden"]},
     ["cmg-403-forbidden"]),
    ("invalid token", {"LocationServices.log": ["[CCMHTTP] ERROR INFO: StatusCode=401 StatusText=CMGService_Invalid_Token"]},
     ["cmg-401-invalid-token"]),
    ("expired token on the server", {"CCM_STS.log": [EXPIRED]}, ["sts-token-expired"]),
    ("token not valid yet on the server", {"CCM_STS.log": [NOT_VALID_YET]}, ["sts-token-not-yet-valid"]),
    ("token issued on the server", {"CCM_STS.log": ["Issued token", "Return token to client"]}, []),
    ("token is renewed", {"CcmMessaging.log": [
        "CCM Token for 'S-1-5-18' (09/16/2024 13:03:44) is already expired or close to expire. Refreshing it.",
        "Cached encrypted token for 'S-1-5-18'. Will expire at '09/16/2024 21:25:09'"]}, []),
    ("token is never cached", {"ccmsetup.log": [TOKEN_REQUEST, ("09:06:00", "The log goes on")]}, ["ccmtoken-request"]),
    ("token: the log ends before", {"ccmsetup.log": [TOKEN_REQUEST, ("09:04:00", "The log goes on")]}, []),
    ("token is cached late", {"ccmsetup.log": [TOKEN_REQUEST, ("09:06:00", TOKEN_CACHED)]}, []),
    ("token is cached for another request", {"ccmsetup.log": [TOKEN_CACHED, TOKEN_REQUEST, ("09:06:00", "On it goes")]},
     ["ccmtoken-request"]),
    ("token is cached in another log", {"ccmsetup.log": [TOKEN_REQUEST, ("09:06:00", "The log goes on")],
                                        "CcmMessaging.log": [TOKEN_CACHED]}, ["ccmtoken-request"]),
    ("one certificate is passed over", {"SMS_Cloud_ProxyConnector.log": [
        "Filtered cert count with digital signature: 2",
        "Not allowed cert: A0B1C2D3E4F5061728394A5B6C7D8E9F00112233 A0B1C2D3E4F5061728394A5B6C7D8E9F00112233",
        "Filtered cert count with client auth: 1"]}, []),
    # The inbox
    ("inbox out of reach", {"mpfdm.log": [MOVED, INBOX]}, ["cmg-cp-disconnected-inbox"]),
    ("inbox in reach again", {"mpfdm.log": [INBOX, MOVED]}, []),
    ("inbox, connected", {"mpfdm.log": ["~Connected to the inbox source, sleep 30 seconds."]}, []),
    # What a line waits for, as its own text says
    ("refused, then registered", {"ClientIDManagerStartup.log": [REJECTED, SENDING, REGISTERED]}, []),
    ("registered, then refused", {"ClientIDManagerStartup.log": [REGISTERED, SENDING, REJECTED]}, ["reg-rejected"]),
    ("no name, delivered to that server", {"CcmMessaging.log": [UNRESOLVED.format("mp1"), REACHED.format("MP1")]}, []),
    ("no name, delivered to another server", {"CcmMessaging.log": [UNRESOLVED.format("mp1"), REACHED.format("MP2")]},
     ["ccmhttp-no-connection"]),
    ("no licence, enrolled later", {"CoManagementHandler.log": [
        "MDM enrollment failed with error code 0x80180018", "MDM enrollment succeeded"]}, []),
    ("enrolled, no licence later", {"CoManagementHandler.log": [
        "MDM enrollment succeeded", "MDM enrollment failed with error code 0x80180018"]}, ["mdm-80180018-license"]),
    ("scan failed, then ended well", {"WUAHandler.log": [
        "OnSearchComplete - Failed to end search job. Error = 0x8024402c.", "Successfully completed scan."]}, []),
    ("scan ended well, then failed", {"WUAHandler.log": [
        "Successfully completed scan.", "OnSearchComplete - Failed to end search job. Error = 0x8024402c."]},
     ["wua-name-unresolved"]),
    # What a script prints and a command line holds
    ("no licence, and a script prints that it enrolled", {
        "CoManagementHandler.log": [TRY, "MDM enrollment failed with error code 0x80180018"],
        "AgentExecutor.log": ["write output done. output = MDM enrollment succeeded"]}, ["mdm-80180018-license"]),
    ("setup failed, and a script prints that it ended well", {
        "ccmsetup.log": [RUN, FAILED.format("0x80070643")],
        "Scripts.log": ['Script output: "CcmSetup is exiting with return code 0"']}, ["setup-failed"]),
    ("the scan failed, and a script prints that it ended well", {
        "WUAHandler.log": [SEARCH_FAILED.format("0x80244022")],
        "HealthScripts.log": ["[HS] script output is Successfully completed scan."]}, ["wua-server-unavailable"]),
    ("scripts print failures, a command line holds one", {
        "CoManagementHandler.log": ["Device is already enrolled with MDM", "Device Provisioned"],
        "AgentExecutor.log": [f"write output done. output = {BLOCKED}"], "Scripts.log": [f"Script output: {BLOCKED}"],
        "HealthScripts.log": [f"[HS] script output is {FAILED.format('0x80070643')}; {REFUSED}"],
        "AppEnforce.log": [f'    Prepared command line: "C:\\Windows\\ccmcache\\3\\fix.exe" /log "{BLOCKED}"'],
        "execmgr.log": [f'Executing program fix.exe "{BLOCKED}" in Admin context']}, []),
    # What setup overcame in the same run
    *[(f"setup overcame it in the same run: {line[-60:]} {rc}", {"ccmsetup.log": [
        RUN, line, "Next retry in 10 minute(s)...", "Found local location 'http://dp1.contoso.com/SMS_DP_SMSPKG$/PS100003'",
        f"CcmSetup is exiting with return code {rc}"]}, [])
      for line, rc in ((NO_LOCATIONS, 7), (NO_LOCATIONS, 0), (BITS_FAILED, 7), (UNSIGNED, 0), (NO_CLIENT_CERTIFICATE, 0),
                       (FLAG.format("INVALID_CA"), 0), (FLAG.format("CERT_REV_FAILED"), 0), (FLAG.format("CERT_CN_INVALID"), 0),
                       (FLAG.format("CERT_DATE_INVALID"), 7), (SECURE_FAILURE, 0), (MSI_ENDED.format(1603), 0),
                       (f"MSI: {MOF}", 0), ("Setup was unable to create the WMI namespace CCM", 0), (NOT_IN_AD, 0), (NO_SETUP_SOURCE, 0),
                       (FORBIDDEN, 0), (INVALID_TOKEN, 7), (HTTP_STATUS, 0))],
    *[(f"setup failed, and its starter ended well: {line[-60:]}", {"ccmsetup.log": [
        RUN, line, "Successfully started the ccmsetup service", "CcmSetup is exiting with return code 0"]}, [detector])
      for line, detector in ((NO_LOCATIONS, "setup-dp-locations-failed"), (BITS_FAILED, "setup-bits-404"),
                             (UNSIGNED, "setup-authenticode"), (NO_CLIENT_CERTIFICATE, "client-no-pki-cert"),
                             (FORBIDDEN, "cmg-403-forbidden"), (INVALID_TOKEN, "cmg-401-invalid-token"),
                             (HTTP_STATUS, "ccm-http-status-87d0027e"), (NO_SETUP_SOURCE, "setup-no-source"), (NOT_IN_AD, "setup-no-mp-ad"),
                             (FLAG.format("INVALID_CA"), "tls-flag-invalid-ca"))],
    *[(f"setup overcame it, then it came again: {line[-60:]}", {"ccmsetup.log": [
        RUN, line, "CcmSetup is exiting with return code 0", RUN, line]}, [detector])
      for line, detector in ((NO_LOCATIONS, "setup-dp-locations-failed"), (BITS_FAILED, "setup-bits-404"),
                             (UNSIGNED, "setup-authenticode"), (FLAG.format("INVALID_CA"), "tls-flag-invalid-ca"))],
    ("no locations, then files, then another failure", {"ccmsetup.log": [
        RUN, NO_LOCATIONS, "Found local location 'http://dp1.contoso.com/SMS_DP_SMSPKG$/PS100003'", MSI_ENDED.format(1603),
        FAILED.format("0x80070643")]}, ["setup-1603", "setup-failed"]),
    ("no locations, no files at the management point", {"ccmsetup.log": [
        RUN, NO_LOCATIONS, "Enumerated all 0 local DP locations but none of them is good. Fallback to MP.", BITS_FAILED,
        FAILED.format("0x80190194")]}, ["setup-dp-locations-failed", "setup-bits-404", "setup-failed"]),
    ("no certificate in setup that ended well, and none for a download later", {
        "ccmsetup.log": [RUN, NO_CLIENT_CERTIFICATE, "CcmSetup is exiting with return code 0"],
        "DataTransferService.log": [NO_CLIENT_CERTIFICATE]}, ["client-no-pki-cert"]),
    # Setup that tries again
    ("another installation runs, and setup tries again", {"ccmsetup.log": [RUN, BUSY, RETRY]}, ["setup-1618"]),
    ("another installation ran, and setup tried again in vain", {"ccmsetup.log": [RUN, BUSY, RETRY, BUSY, FAILED.format("0x80070652")]},
     ["setup-1618", "setup-failed"]),
    ("another installation ran, and setup tried again and ended well", {"ccmsetup.log": [RUN, BUSY, RETRY, ENDED]}, []),
    ("the files do not come, and setup tries again", {"ccmsetup.log": [RUN, BITS_FAILED, RETRY]}, ["setup-bits-404"]),
    ("setup tried again, and goes on", {"ccmsetup.log": [RUN, RETRY, "Found a valid online MP 'https://MP1.CONTOSO.COM'."]}, []),
    # What setup cannot reach
    ("the gateway of the command line has no name", {"ccmsetup.log": [
        RUN, COMMAND + "/mp:https://mp1.contoso.com SMSSITECODE=PS1", "Couldn't find an MP source through AD. Error 0x80004005",
        UNRESOLVED.format("mp1"), NO_SETUP_SOURCE, FAILED.format("0x80004004")]},
     ["ccmhttp-no-connection", "setup-no-source", "setup-failed"]),
    ("one server has no name, another is found, and the package fails", {"ccmsetup.log": [
        RUN, UNRESOLVED.format("mp1"), "Found a valid online MP 'https://MP2.CONTOSO.COM'.", MSI_ENDED.format(1603),
        FAILED.format("0x80070643")]}, ["setup-1603", "setup-failed"]),
    ("a server has no name, setup ended well", {"ccmsetup.log": [RUN, UNRESOLVED.format("mp1"), ENDED]}, []),
    ("a server is found, and then has no name", {"ccmsetup.log": [
        RUN, "Found a valid online MP 'https://MP1.CONTOSO.COM'.", UNRESOLVED.format("mp1"), FAILED.format("0x80072ee7")]},
     ["ccmhttp-no-connection", "setup-failed"]),
    ("no name in an installation that failed, then one ended well", {"ccmsetup.log": [
        RUN, UNRESOLVED.format("mp1"), NO_SETUP_SOURCE, FAILED.format("0x80004004"), RUN, ENDED]}, []),
    # What a client that was removed ends, and what it does not
    ("the client was removed", {"ccmsetup.log": [RUN, REMOVE, "Uninstall succeeded.", ENDED]}, []),
    ("setup failed, then the client was removed", {"ccmsetup.log": [
        RUN, MSI_ENDED.format(1603), FAILED.format("0x80070643"), RUN, REMOVE, "Uninstall succeeded.", ENDED]},
     ["setup-1603", "setup-failed"]),
    ("setup failed, then the client was removed, without the command line", {"ccmsetup.log": [
        RUN, BITS_FAILED, FAILED.format("0x80190194"), RUN, "Uninstall succeeded.", ENDED]}, ["setup-bits-404", "setup-failed"]),
    ("setup failed, the client was removed and then installed", {"ccmsetup.log": [
        RUN, MSI_ENDED.format(1603), FAILED.format("0x80070643"), RUN, REMOVE, ENDED, RUN, "Installation succeeded.", ENDED]}, []),
    ("setup failed, then it ended well with a property that says uninstall", {"ccmsetup.log": [
        RUN, MSI_ENDED.format(1603), FAILED.format("0x80070643"), RUN,
        COMMAND + "SMSSITECODE=PS1 CCMLOGLEVEL=0 FSP=uninstall.contoso.com", ENDED]}, []),
    ("another installation ran, and the client was removed in that run", {"ccmsetup.log": [
        RUN, REMOVE, MSI_ENDED.format(1618), ENDED]}, ["setup-1618"]),
    # Computers that only the names of the files tell apart
    *[(f"no licence, another computer enrolled: {name}", {
        name.format("KIM"): [TRY, "MDM enrollment failed with error code 0x80180018"],
        name.format("LEE"): ["MDM enrollment succeeded"]}, ["mdm-80180018-license"])
      for name in ("CoManagementHandler-{}.log=CoManagementHandler", "PC-{}.CoManagementHandler.log=CoManagementHandler",
                   "LAPTOP-{}-CoManagementHandler.log=CoManagementHandler", "{}_CoManagementHandler.log=CoManagementHandler")],
    *[(f"no licence, enrolled later: {before}, {after}", {
        f"CoManagementHandler{before}.log=CoManagementHandler": [TRY, "MDM enrollment failed with error code 0x80180018"],
        f"CoManagementHandler{after}.log=CoManagementHandler": ["MDM enrollment succeeded"]}, [])
      for before, after in (("-20240916-090000", ""), ("-1", "-2"), ("(1)", ""), (" - Copy", ""), ("-OLD", "-NEW"),
                            ("-16SEP", "-17SEP"), ("-KIM", ""))],
    # One installation at a time
    ("another installation runs", {"ccmsetup.log": [RUN, MSI_ENDED.format(1618), FAILED.format("0x80070652")]},
     ["setup-1618", "setup-failed"]),
    ("another installation ran, setup ended well at last", {"ccmsetup.log": [
        RUN, MSI_ENDED.format(1618), FAILED.format("0x80070652"), RUN, "CcmSetup is exiting with return code 0"]}, []),
    ("another installation ran, 1603 in the next run", {"ccmsetup.log": [
        RUN, MSI_ENDED.format(1618), FAILED.format("0x80070652"), RUN, MSI_ENDED.format(1603), FAILED.format("0x80070643")]},
     ["setup-1603", "setup-failed"]),
    # Setup
    ("classes are not compiled", {"ccmsetup.log": [RUN, f"MSI: {MOF}", MSI_ENDED.format(f"1603\n{MOF}"),
                                                   FAILED.format("0x80070643")]}, ["setup-mof-compile", "setup-failed"]),
    ("no namespace, the service is disabled", {"ccmsetup.log": [
        RUN, "Setup was unable to create the WMI namespace CCM\nThe error code is 80070422"]}, ["setup-wmi-namespace"]),
    ("1,024 characters", {"ccmsetup.log": [command(1024), "CcmSetup is exiting with return code 0"]}, []),
    ("1,025 characters", {"ccmsetup.log": [command(1025), "CcmSetup failed with error code 0x80004005"]},
     ["ccmsetup-commandline-too-long", "setup-failed"]),
    ("1,025 characters, in another log", {"execmgr.log": [command(1025)]}, []),
    ("first installation", {"ccmsetup.log": ["No version of the client is currently detected.",
                                             "Failed to connect to policy namespace. Error 0x8004100e",
                                             "CcmSetup is exiting with return code 0"]}, []),
    ("download is missing", {"ccmsetup.log": ["Failed to download client files by BITS. Error 0x80190194",
                                              "CcmSetup failed with error code 0x80190194"]},
     ["setup-bits-404", "setup-failed"]),
    ("download is started", {"ccmsetup.log": ["Starting BITS download for client deployment files."]}, []),
    ("no source", {"ccmsetup.log": ["No valid source or MP locations could be identified to download content from. "
                                    "Ccmsetup.exe cannot continue."]}, ["setup-no-source"]),
    ("site code is missing", {"ccmsetup.log": ["SMSMP cannot be specified without SMSSITECODE"]},
     ["setup-smsmp-without-sitecode"]),
    ("site code is there", {"ccmsetup.log": ['MSI properties: SMSSITECODE="PS1" SMSMP="mp1.contoso.com"']}, []),
    ("signature", {"ccmsetup.log": ["Couldn't verify 'C:\\Windows\\ccmsetup\\MicrosoftPolicyPlatformSetup.msi' authenticode "
                                    "signature. Return code 0x800b0101"]}, ["setup-authenticode"]),
    ("signature is trusted", {"ccmsetup.log": ["C:\\Windows\\ccmsetup\\ccmsetup.cab is Microsoft trusted."]}, []),
    # Registration
    ("registration refused", {"ClientIDManagerStartup.log": ["[RegTask] - Server rejected registration 3"]},
     ["reg-rejected"]),
    ("registration refused, as other versions say it", {"ClientIDManagerStartup.log": [SENDING, REJECTED_REQUEST]},
     ["reg-rejected"]),
    ("registration refused so, then registered", {"ClientIDManagerStartup.log": [REJECTED_REQUEST, SENDING, REGISTERED]},
     []),
    ("registered, and the task has not noticed", {"ClientIDManagerStartup.log": [REGISTERED, NOT_YET]}, []),
    ("registered, and not any more", {"ClientIDManagerStartup.log": [REGISTERED, ("10:00:00", NOT_YET)]}, ["reg-not-yet"]),
    ("registered", {"ClientIDManagerStartup.log": [
        "[RegTask] - Starting registration, attempt 1.",
        "[RegTask] - Client is registered. Server assigned ClientID is GUID:5F0C2A7E-1B44-4D0A-9C3B-7E21A0D4F611. "
        "Approval status 3"]}, []),
    # Health
    ("health time of today", {"CcmNotificationAgent.log": [SYNC.format("2024-09-16T13:00:00Z")]}, []),
    ("health time of last year", {"CcmNotificationAgent.log": [SYNC.format("2023-09-16T13:00:00Z")]},
     ["comgmt-clienthealth-synctime"]),
    ("health time is only read", {"CcmNotificationAgent.log": ["ClientHealthLastSyncTime was read: 2023-09-16T13:00:00Z"]},
     []),
    # Updates
    ("server overwritten", {"WUAHandler.log": [OVERWRITTEN]}, ["wua-gpo-overwritten"]),
    ("server is set", {"WUAHandler.log": ["Enabling WUA Managed server policy to use server: http://SUP1.CONTOSO.COM:8530"]},
     []),
    ("scan went well", {"WUAHandler.log": ["Successfully completed scan."]}, []),
    ("a name is not resolved", {"WUAHandler.log": [SEARCH_FAILED.format("0x8024402c")]}, ["wua-name-unresolved"]),
    ("the proxy wants a sign-in", {"WUAHandler.log": [SEARCH_FAILED.format("0x8024401b")]}, ["wua-proxy"]),
    ("the pool of WSUS has stopped", {"WUAHandler.log": [SEARCH_FAILED.format("0x80244022")]},
     ["wua-server-unavailable"]),
    ("address not found", {"WUAHandler.log": [SEARCH_FAILED.format("0x80244019")]}, ["wua-not-found"]),
    ("too many trips", {"WUAHandler.log": [SEARCH_FAILED.format("0x80244010")]}, ["wua-too-many-trips"]),
    ("too many trips, then ended well", {"WUAHandler.log": [SEARCH_FAILED.format("0x80244010"),
                                                            "Successfully completed scan."]}, []),
    ("untrusted root", {"WUAHandler.log": [SEARCH_FAILED.format("0x800b0109")]}, ["wua-cert-untrusted"]),
    ("no way to the server", {"WUAHandler.log": [SEARCH_FAILED.format("0x80240438")]}, ["wua-endpoint-unreachable"]),
    ("the server did not answer in time", {"WUAHandler.log": [SEARCH_FAILED.format("0x8024401c")]}, ["wua-timeout-auth"]),
    ("the server could not be set", {"WUAHandler.log": [OVERWRITTEN, NO_SOURCE]}, ["wua-gpo-overwritten", "wua-source-conflict"]),
    ("the server could not be set, then a scan went well", {"WUAHandler.log": [
        OVERWRITTEN, NO_SOURCE, "Successfully completed scan."]}, []),
    ("no way by policy", {"WUAHandler.log": [SEARCH_FAILED.format("0x8024500c")]}, ["wua-policy-blocks"]),
    ("a code without a finding of its own", {"WUAHandler.log": [SEARCH_FAILED.format("0x8007000e")]},
     ["wua-scan-failed"]),
    ("such a code, then ended well", {"WUAHandler.log": [SEARCH_FAILED.format("0x8007000e"),
                                                         "Successfully completed scan."]}, []),
    # TLS: the flag says why
    ("the date does not fit", {"CcmMessaging.log": [FLAG.format("CERT_DATE_INVALID"), SECURE_FAILURE]},
     ["tls-flag-date-invalid", "cmg-tls-secure-failure"]),
    ("the date is no flag that is set", {"CcmMessaging.log": ["Is FLAG_CERT_DATE_INVALID in the mask"]}, []),
    # Applications
    ("installer failed, 1603", {"AppEnforce.log": ["    Process 7124 terminated with exitcode: 1603",
                                                   UNMATCHED.format(1603)]}, ["app-exit-unmatched"]),
    ("installer failed, then ended well", {"AppEnforce.log": [
        ENFORCED.format("Reader", 1), UNMATCHED.format(1603), ENFORCED.format("Reader", 1), MATCHED]}, []),
    ("installer failed, that of another app ended well", {"AppEnforce.log": [
        ENFORCED.format("Reader", 1), UNMATCHED.format(1603), ENFORCED.format("Writer", 2), MATCHED]},
     ["app-exit-unmatched"]),
    ("installer ended well", {"AppEnforce.log": [MATCHED]}, []),
    ("no distribution point, in two logs", {
        "CAS.log": ["The number of discovered DPs(including Branch DP and Multicast) is 0"],
        "LocationServices.log": ["Calling back with empty distribution points list"]}, ["content-empty-location"]),
    ("distribution points", {"CAS.log": ["The number of discovered DPs(including Branch DP and Multicast) is 2"],
                             "LocationServices.log": ["Calling back with the following distribution points"]}, []),
    ("proxy, code in a GUID", {"WUAHandler.log": ["Search " + GUID.format("8024402C") + " is queued"]}, []),
    # A proxy that wants a sign-in
    ("the proxy wants a sign-in, messages", {"CcmMessaging.log": [PROXY_407]}, ["proxy-407"]),
    ("the proxy wants a sign-in, then a message got through", {"CcmMessaging.log": [PROXY_407, DELIVERED]}, []),
    ("the proxy wants a sign-in, a download", {"DataTransferService.log": [BITS_407]}, ["proxy-407"]),
    ("the proxy wants a sign-in, later the download ends", {"DataTransferService.log": [
        BITS_407, "DTSJob " + GUID.format("6D0EA720") + " successfully completed download."]}, []),
    ("the proxy wants a sign-in, setup fails", {"ccmsetup.log": [
        RUN, "Failed to correctly receive a WEBDAV HTTP request.. (StatusCode at WinHttpQueryHeaders: 407)",
        "CcmSetup failed with error code 0x80190197"]}, ["proxy-407", "setup-webdav-failed"]),
    ("407 of something else", {"CcmMessaging.log": ["Queue has 407 messages", "StatusCode=200 after 407 ms"]}, []),
    # Platform scripts
    ("a script failed", {"IntuneManagementExtension.log": [SCRIPT.format(1, "Failed")]}, ["ime-script-failed"]),
    ("a script failed, then it went well", {"IntuneManagementExtension.log": [
        SCRIPT.format(1, "Failed"), SCRIPT.format(1, "Success")]}, []),
    ("a script failed, another one went well", {"IntuneManagementExtension.log": [
        SCRIPT.format(1, "Failed"), SCRIPT.format(2, "Success")]}, ["ime-script-failed"]),
    ("a script went well", {"IntuneManagementExtension.log": [SCRIPT.format(1, "Success")]}, []),
    # The Intune agent
    ("nobody is signed in", {"IntuneManagementExtension.log": ["LogonUser failed with error code : 1008"]}, []),
    ("not fatal", {"IntuneManagementExtension.log": [
        "co-mgt features is not available, ex = System.Management.ManagementException, not fatal"]}, []),
    # Win32 apps: what an exit code means is told by the lines behind it
    ("app, exit code 0", {"AppWorkload.log": ["[Win32App] lpExitCode 0", "[Win32App] lpExitCode is defined as Success"]}, []),
    ("app, wants a restart", {"AppWorkload.log": ["[Win32App] lpExitCode 3010",
                                                  "[Win32App] lpExitCode is defined as SoftReboot"]}, []),
    ("app, code of its own that is a success", {"AppWorkload.log": [
        "[Win32App] lpExitCode 60001", "[Win32App] lpExitCode is defined as Success"]}, []),
    ("app, waits for another installation", {"AppWorkload.log": [
        "[Win32App] lpExitCode 1618", "[Win32App] lpExitCode is defined as Retry", "[Win32App] lpExitCode 0",
        "[Win32App] lpExitCode is defined as Success"]}, []),
    ("app, nobody mapped the code", {"AppWorkload.log": [
        "[Win32App] lpExitCode 3221225794", UNMAPPED.format(3221225794)]}, ["ime-app-exit-unmapped"]),
    ("app, code 0 needs no mapping", {"AppWorkload.log": ["[Win32App] lpExitCode 0", UNMAPPED.format(0)]}, []),
    ("app, a code that is a failure", {"IntuneManagementExtension.log": [
        "[Win32App] lpExitCode 1603", "[Win32App] lpExitCode is defined as Failed"]}, ["ime-app-exit-failed"]),
    # Windows Installer
    ("package failed", {"client.msi.log": [
        "Action ended 11:53:20: CcmRegisterHostingConfiguration. Return value 3.",
        "Action ended 11:53:20: INSTALL. Return value 3.", "Installation success or error status: 1603."]},
     ["msi-action-failed", "msi-failed"]),
    ("package was installed at last", {"client.msi.log": [
        "Action ended 11:53:20: INSTALL. Return value 3.", "Installation success or error status: 1603.",
        "Action ended 12:53:20: INSTALL. Return value 1.", "Installation success or error status: 0."]}, []),
    ("package wants a restart", {"client.msi.log": ["Installation success or error status: 3010."]}, []),
    ("the value is only spoken of", {"ccmsetup.log": ["Search the log for Return value 3"]}, []),
    # Sentences that say no
    ("an error that was cleared", {"CoManagementHandler.log": ["Last enrollment error code 0x8018002b was cleared"]}, []),
    ("negated: no failure", {"CoManagementHandler.log": ["MDM enrollment did not fail in the last attempt"]}, []),
    ("negated: not rejected", {"ClientIDManagerStartup.log": ["[RegTask] - Server did not reject registration 3"]}, []),
    ("negated: setup did not fail", {"ccmsetup.log": ["CcmSetup has not failed", "CcmSetup is exiting with return code 0"]},
     []),
    ("negated: 0 errors", {"CcmEval.log": ["The evaluation ended with 0 errors"]}, []),
    ("denied: without the error", {"CoManagementHandler.log": ["MDM enrollment ended without error 0x80180026"]}, []),
    ("denied: no such error", {"CoManagementHandler.log": ["There was no error 0x80180026 in the last attempt"]}, []),
    ("denied behind the code", {"CoManagementHandler.log": ["The error code 0x80180026 was not returned"]}, []),
    ("asked, not told", {"CoManagementHandler.log": ["Is 0x80180026 returned? Then MDM enrollment is off by policy."]}, []),
    ("denied in another log", {"WUAHandler.log": ["Search ended without error 0x8024402c"]}, []),
    ("a failure that says not", {"CoManagementHandler.log": ["The device could not be enrolled, error 0x80180026"]},
     ["comgmt-80180026-blocked"]),
    ("a failure beside a denial", {"CoManagementHandler.log": [
        "There is no such policy: enrollment ended with error 0x80180026"]}, ["comgmt-80180026-blocked"]),
    ("denied first, then told", {"CoManagementHandler.log": [
        "The first try ended without error 0x80180026, the second with error 0x80180026"]}, ["comgmt-80180026-blocked"]),
    ("an empty log", {"LocationServices.log": []}, []),
    # Setup: what comes of a distribution point that turns the device away
    ("setup is turned away, and the management point has not the file", {"ccmsetup.log": [
        RUN, WEBDAV, NO_DP, "Failed to download client files by BITS. Error 0x80190194", FAILED.format("0x80190194")]},
     ["setup-webdav-failed", "setup-dp-fallback-mp", "setup-bits-404", "setup-failed"]),
    ("setup is turned away, gets its files and fails", {"ccmsetup.log": [
        RUN, WEBDAV, NO_DP, EXTRACTED, MSI_ENDED.format(1603), FAILED.format("0x80070643")]},
     ["setup-1603", "setup-failed"]),
    # Content: what came of it
    ("no distribution point, then the content came", {"CAS.log": [
        ASKED.format("A"), DPS.format(0), ASKED.format("A"), DPS.format(2), HASHED.format("A")]}, []),
    ("no distribution point, then there is one", {"CAS.log": [ASKED.format("A"), DPS.format(0), DPS.format(1)]}, []),
    ("no distribution point, then another content came", {"CAS.log": [
        ASKED.format("A"), DPS.format(0), ASKED.format("B"), DPS.format(2), HASHED.format("B")]}, ["content-empty-location"]),
    ("two without a distribution point, the later came", {"CAS.log": [
        ASKED.format("A"), DPS.format(0), ASKED.format("B"), DPS.format(0), HASHED.format("B")]}, ["content-empty-location"]),
    ("no distribution point, and the client gives up", {"CAS.log": [ASKED.format("A"), DPS.format(0), LOST_CONTENT.format("A")]},
     ["content-empty-location", "content-unavailable"]),
    ("the distribution point refuses", {
        "DataTransferService.log": [BITS_407.replace("0x80190197", "0x80190193")],
        "CAS.log": [LOST_CONTENT.format("A")]}, ["content-refused", "content-unavailable"]),
    ("the distribution point refuses, then the download ends", {"DataTransferService.log": [
        BITS_407.replace("0x80190197", "0x80190193"), DTS_DONE.format("6D0EA720-EB4E-4893-8395-8B27470A6CFB")]}, []),
    ("the distribution point refuses, another download ends", {"DataTransferService.log": [
        BITS_407.replace("0x80190197", "0x80190193"), DTS_DONE.format("708C7F21-8898-49AB-900E-BA6E5F1A39BC")]},
     ["content-refused"]),
    ("content is not available", {"CAS.log": [LOST_CONTENT.format("A"), HASHED.format("B")]}, ["content-unavailable"]),
    ("content is not available, then it comes", {"CAS.log": [LOST_CONTENT.format("A"), HASHED.format("A")]}, []),
    # Win32 apps: not detected, and detected at last
    ("app, not detected", {"AppWorkload.log": [DELTA.format(1, "null", -2016345060), DETECTION.format(1, "NotDetected")]},
     ["app-not-detected"]),
    ("app, not detected, then it is", {"AppWorkload.log": [
        DELTA.format(1, "null", -2016345060), DETECTION.format(1, "Detected")]}, []),
    ("app, not detected, then another one is", {"AppWorkload.log": [
        DELTA.format(1, "null", -2016345060), DETECTION.format(2, "Detected")]}, ["app-not-detected"]),
    ("app, the code is that of before", {"AppWorkload.log": [DELTA.format(1, -2016345060, 0)]}, []),
    ("app, a process still ran", {"AppWorkload.log": [DELTA.format(1, 0, -2016214839)]}, ["ime-app-process-runs"]),
    ("app, a process still ran, then all is well", {"AppWorkload.log": [
        DELTA.format(1, 0, -2016214839), DELTA.format(1, -2016214839, 0)]}, []),
    # Whose words they are: a tool may write down what it read in the logs of others.
    ("quoted by a tool", {"ZebraTool.log": [f"CcmMessaging.log says: {REFUSED}", NOT_FEDERATED, INBOX]}, []),
    ("quoted by a tool beside the log itself", {"ZebraTool.log": [INBOX], "mpfdm.log=SMS_MP_FILE_DISPATCH_MANAGER": [INBOX]},
     ["cmg-cp-disconnected-inbox"]),
    ("a success quoted by a tool ends nothing", {"mpfdm.log=SMS_MP_FILE_DISPATCH_MANAGER": [INBOX], "ZebraTool.log": [MOVED]},
     ["cmg-cp-disconnected-inbox"]),
    ("renamed, by the component of the log", {"saved.txt=SMS_MP_FILE_DISPATCH_MANAGER": [INBOX]},
     ["cmg-cp-disconnected-inbox"]),
    ("renamed, by a component of the program", {"saved.txt=CcmMessaging": [REFUSED]}, ["cmg-403-client-cert-required"]),
    # What came of one product ends nothing for another.
    ("installed at last", {"client.msi.log": [INSTALLED.format("Reader", 1603), INSTALLED.format("Reader", 0)]}, []),
    ("another product was installed", {"client.msi.log": [INSTALLED.format("Reader", 1603), INSTALLED.format("Writer", 0)]},
     ["msi-failed"]),
    ("the later of two failures is over", {"client.msi.log": [
        INSTALLED.format("Reader", 1603), INSTALLED.format("Writer", 1618), INSTALLED.format("Writer", 0)]}, ["msi-failed"]),
    ("installed at last, without a name", {"client.msi.log": [
        INSTALLED.format("Reader", 1603), "Installation success or error status: 0."]}, []),
    ("content comes for another job", {"ContentTransferManager.log": [
        NO_LOCATION.format(1), DOWNLOADS.format(2), ("11:00:00", "The log goes on")]}, ["content-empty-location"]),
    ("content comes for the same job", {"ContentTransferManager.log": [
        NO_LOCATION.format(1), DOWNLOADS.format(1), ("11:00:00", "The log goes on")]}, []),
    ("content comes for the newer of two jobs", {"ContentTransferManager.log": [
        NO_LOCATION.format(1), NO_LOCATION.format(2), DOWNLOADS.format(2), ("11:00:00", "The log goes on")]},
     ["content-empty-location"]),
    ("app, installed at last", {"AppWorkload.log": [*app_ended(1, 1603, "Failed"), *app_ended(1, 0, "Success")]}, []),
    ("app, unmapped code, installed at last", {"AppWorkload.log": [
        APP_FOLDER.format(1), UNMAPPED.format(60001).replace("0a1b2c3d-1111", "0a1b2c3d-0001"), *app_ended(1, 0, "Success")]},
     []),
    ("app, another one was installed", {"AppWorkload.log": [*app_ended(1, 1603, "Failed"), *app_ended(2, 0, "Success")]},
     ["ime-app-exit-failed"]),
    ("app, the later of two was installed at last", {"AppWorkload.log": [
        *app_ended(1, 1603, "Failed"), *app_ended(2, 1603, "Failed"), *app_ended(2, 0, "Success")]}, ["ime-app-exit-failed"]),
    ("app, another one failed again and again, and was installed at last", {"AppWorkload.log": [
        *app_ended(1, 1603, "Failed"), *app_ended(2, 1603, "Failed") * 70, *app_ended(2, 0, "Success")]}, ["ime-app-exit-failed"]),
    ("app of the site, detected at last", {"AppEnforce.log": [
        ENFORCES.format(1), NOT_DETECTED, ENFORCES.format(1), DETECTED.format(1)]}, []),
    ("app of the site, another one was detected", {"AppEnforce.log": [
        ENFORCES.format(1), NOT_DETECTED, ENFORCES.format(2), DETECTED.format(2)]}, ["app-not-detected"]),
    # What comes right later
    ("another installation ran, setup waited", {"ccmsetup.log": [
        RUN, MSI_ENDED.format(1618), "Next retry in 10 minute(s)...", "CcmSetup is exiting with return code 0"]}, []),
    ("no listing, setup ended well", {"ccmsetup.log": [RUN, WEBDAV, "CcmSetup is exiting with return code 0"]}, []),
    ("no listing, setup failed", {"ccmsetup.log": [RUN, WEBDAV, "CcmSetup is exiting with return code 6"]},
     ["setup-webdav-failed", "setup-exit-code"]),
    ("refused with 403, then through the gateway", {"CcmMessaging.log": [REFUSED, ("11:00:00", DELIVERED)]}, []),
    ("refused with 403, then to an inner server", {"CcmMessaging.log": [REFUSED, ("11:00:00", REACHED.format("MP1"))]},
     ["cmg-403-client-cert-required"]),
    ("invalid token, then through the gateway", {"CcmMessaging.log": [
        REFUSED.replace("403", "401").replace("CMGConnector_Clientcertificaterequired", "CMGService_Invalid_Token"),
        DELIVERED]}, []),
    ("repair failed, all well the next day", {"CcmEval.log": [
        EVALUATES, NOT_REPAIRED, EVALUATED, EVALUATES, EVALUATED]}, []),
    ("repair failed, and failed the next day", {"CcmEval.log": [
        EVALUATES, NOT_REPAIRED, EVALUATED, EVALUATES, NOT_REPAIRED, EVALUATED]}, ["ccmeval-remediation-failed"]),
    ("repair failed, the next evaluation does not end", {"CcmEval.log": [
        EVALUATES, NOT_REPAIRED, EVALUATED, EVALUATES]}, ["ccmeval-remediation-failed"]),
    # A first installation
    ("no policy namespace, setup ended well", {"ccmsetup.log": [RUN, NO_NAMESPACE, "CcmSetup is exiting with return code 0"]},
     []),
    ("no policy namespace, setup failed", {"ccmsetup.log": [RUN, NO_NAMESPACE, "CcmSetup is exiting with return code 6"]},
     ["setup-8004100e-first-install", "setup-exit-code"]),
    ("nothing in the directory, the server is given", {"ccmsetup.log": [
        RUN, COMMAND + "/mp:https://mp1.contoso.com SMSSITECODE=PS1", NOT_IN_AD]}, []),
    ("nothing in the directory", {"ccmsetup.log": [RUN, COMMAND + "SMSSITECODE=PS1", NOT_IN_AD]}, ["setup-no-mp-ad"]),
    # The newest attempt tells how it stands
    ("scan failed, later with a code that nobody knows", {"WUAHandler.log": [
        SCAN_FAILED.format("2c"), SCAN_FAILED.format("7f")]}, ["wua-scan-failed"]),
    ("scan failed with a code that nobody knows, later with a known one", {"WUAHandler.log": [
        SCAN_FAILED.format("7f"), SCAN_FAILED.format("2c")]}, ["wua-name-unresolved"]),
    ("scan failed with two known codes, one after the other", {"WUAHandler.log": [
        SCAN_FAILED.format("2c"), SCAN_FAILED.format("22")]}, ["wua-server-unavailable"]),
    ("scan failed with a code that nobody knows, then ended well", {"WUAHandler.log": [
        SCAN_FAILED.format("7f"), "Successfully completed scan."]}, []),
    ("no name, registered later", {"CcmMessaging.log": [UNRESOLVED.format("mp1")], "ClientIDManagerStartup.log": [
        SENDING, REGISTERED]}, []),
    ("registered, no name later", {"ClientIDManagerStartup.log": [SENDING, REGISTERED],
                                   "CcmMessaging.log": [UNRESOLVED.format("mp1")]}, ["ccmhttp-no-connection"]),
    # What tells of something else ends nothing
    ("an app could not be removed, and is detected", {"AppEnforce.log": [
        REMOVES.format(1), UNMATCHED, DETECTED.format(1)]}, ["app-exit-unmatched"]),
    ("an app could not be removed, then it could", {"AppEnforce.log": [
        REMOVES.format(1), UNMATCHED, REMOVES.format(1), MATCHED]}, []),
    ("an app could not be installed, then it was removed", {"AppEnforce.log": [
        ENFORCES.format(1), UNMATCHED, REMOVES.format(1), MATCHED]}, ["app-exit-unmatched"]),
    ("an app of Windows Installer was detected later", {"AppEnforce.log": [
        ENFORCES.format(1), UNMATCHED, DETECTED_MSI.format(1)]}, []),
    ("an app failed, then another one failed and was installed", {"IntuneManagementExtension.log": [
        *app_ended(2, 1603, "Failed"), *app_ended(1, 1603, "Failed"), *app_ended(1, 0, "Success")]}, ["ime-app-exit-failed"]),
    ("no location for content without a job, another download", {
        "LocationServices.log": ["Calling back with empty distribution points list"],
        "ContentTransferManager.log": [DOWNLOADS.format("B")]}, ["content-empty-location"]),
    ("server error beside a gateway that was mended", {"CcmMessaging.log": [
        ("08:00:00", REFUSED), ("08:00:01", "Post failed. 0x87d0027e"),
        ("10:00:00", "[CCMHTTP] ERROR INFO: StatusCode=500 StatusText=Internal Server Error"),
        ("10:00:01", "Post failed. 0x87d0027e"), ("10:05:00", DELIVERED)]}, ["ccm-http-status-87d0027e"]),
    ("the starter went well, the namespace is missing", {"ccmsetup.log": [
        RUN, NO_NAMESPACE, "Successfully started the ccmsetup service", "CcmSetup is exiting with return code 0"]},
     ["setup-8004100e-first-install"]),
    ("scan failed, later one was stopped by a shutdown", {"WUAHandler.log": [
        SCAN_FAILED.format("22"), STOPPED_SCAN]}, ["wua-server-unavailable"]),
    ("scan failed with a code that nobody knows, later one was stopped", {"WUAHandler.log": [
        SCAN_FAILED.format("7f"), STOPPED_SCAN]}, ["wua-scan-failed"]),
    ("scan was stopped by a shutdown", {"WUAHandler.log": [STOPPED_SCAN]}, []),
    ("token renewed, refused again in another log", {
        "dsregcmd.txt": STATE.format("YES", TOKEN.format(24)),
        "Microsoft-Windows-AAD%4Operational.log": ["AADSTS50126: Error validating credentials due to invalid username or password."]}, ["aadsts50126"]),
    # How it stands with the enrollment
    ("enrolled last week, and no more", {"CoManagementHandler.log": [
        ("09-10-2024 09:00:00", "MDM enrollment succeeded"), ("09-10-2024 09:00:01", "Device Provisioned"),
        ("09:00:00", NOT_ENROLLED)]}, ["comgmt-not-enrolled-yet"]),
    ("enrolled, not noticed at once", {"CoManagementHandler.log": ["MDM enrollment succeeded", NOT_ENROLLED]},
     ["comgmt-not-enrolled-yet"]),
    ("not enrolled yet", {"CoManagementHandler.log": [NOT_ENROLLED]}, ["comgmt-not-enrolled-yet"]),
    ("no user for days", {"CoManagementHandler.log": [
        (f"09-{day}-2024 09:00:00", ENROLLMENT_FAILED.format("0xcaa10001")) for day in range(10, 17)]},
     ["comgmt-caa10001-signin"]),
    ("no user, and then a code that nobody knows", {"CoManagementHandler.log": [
        ENROLLMENT_FAILED.format("0xcaa10001"), TRY, ENROLLMENT_FAILED.format("0x8007000e")]}, ["comgmt-enroll-failed"]),
    ("no licence, and then a code that nobody knows", {"CoManagementHandler.log": [
        ENROLLMENT_FAILED.format("0x80180018"), TRY, ENROLLMENT_FAILED.format("0x8007000e")]},
     ["mdm-80180018-license", "comgmt-enroll-failed"]),
    ("the user was asked, and enrolled", {
        "Microsoft-Windows-AAD%4Operational.log": ["Error: 0xCAA2000C The request requires user interaction."],
        "CoManagementHandler.log": ["MDM enrollment succeeded"]}, []),
    ("Windows could not enroll, the client could", {
        ENROLLMENT: ["Auto MDM Enroll: Failed (Unknown Win32 Error code: 0x80180001)"],
        "CoManagementHandler.log": ["MDM enrollment succeeded"]}, []),
    ("the client could not enroll, Windows could", {
        "CoManagementHandler.log": [ENROLLMENT_FAILED.format("0x80180001")], ENROLLMENT: ["Auto MDM Enroll: Succeeded"]}, []),
    ("blocked, and perhaps just being enrolled", {"CoManagementHandler.log": [
        BLOCKED, "Device is already or being enrolled into MDM"]}, ["comgmt-80180026-blocked"]),
    ("blocked, then enrolled by another", {"CoManagementHandler.log": [
        BLOCKED, "Device is already or being enrolled into MDM", "Machine is already enrolled with MDM"]}, []),
    ("timer, and another enrolls", {"ADALOperationProvider.log": TOKENS, "CoManagementHandler.log": [
        TIMER, "Device is already or being enrolled into MDM"]}, []),
    # How it stands with the join
    ("the object does not come for hours", {REGISTRATION: [("01:00:00", NO_OBJECT), ("11:00:00", NO_OBJECT)]},
     ["dsreg-sync-pending", "join-801c03f2-usercert"]),
    ("the object came, and the device was enrolled", {
        REGISTRATION: [("01:00:00", NO_OBJECT), ("07:00:00", NO_OBJECT)], "CoManagementHandler.log": ["MDM enrollment succeeded"]},
     []),
    ("the join failed, and is done by now", {REGISTRATION: [JOIN_FAILED], "dsregcmd.txt": STATE.format("YES", "AzureAdPrt : YES")},
     []),
    ("the join failed, and is not done", {REGISTRATION: [JOIN_FAILED], "dsregcmd.txt": STATE.format("NO", "AzureAdPrt : NO")},
     ["join-801c001d-scp", "dsreg-azureadjoined"]),
    # TLS: only the line below a flag says of which server it tells
    ("not trusted in a hotel, then delivered", {"CcmMessaging.log": [
        FLAG.format("INVALID_CA"), NO_TLS.format(HOST), ("11:00:00", DELIVERED)]}, []),
    ("not trusted, then delivered to another gateway", {"CcmMessaging.log": [
        FLAG.format("INVALID_CA"), NO_TLS.format(HOST), ("11:00:00", DELIVERED.replace(HOST, "OTHER.CLOUDAPP.NET"))]},
     ["tls-flag-invalid-ca", "cmg-tls-secure-failure"]),
    ("not trusted, then perhaps delivered without TLS", {"CcmMessaging.log": [
        FLAG.format("INVALID_CA"), SECURE_FAILURE, ("11:00:00", REACHED.format("MP1"))]},
     ["tls-flag-invalid-ca", "cmg-tls-secure-failure"]),
    ("one of two gateways is trusted at last", {"CcmMessaging.log": [
        ("09:00:00", FLAG.format("INVALID_CA")), ("09:00:01", NO_TLS.format("OTHER.CLOUDAPP.NET")),
        ("10:00:00", FLAG.format("INVALID_CA")), ("10:00:01", NO_TLS.format(HOST)), ("11:00:00", DELIVERED)]},
     ["tls-flag-invalid-ca", "cmg-tls-secure-failure"]),
    ("a flag of which nothing tells", {"CcmMessaging.log": [
        FLAG.format("INVALID_CA"), ("10:00:00", NO_TLS.format(HOST)), ("11:00:00", DELIVERED)]}, ["tls-flag-invalid-ca"]),
    ("the security chip kept it from joining, and it is joined", {
        REGISTRATION: [LOCKED_OUT.replace("0x80090031", "0x80280036")], "dsregcmd.txt": STATE.format("YES", "AzureAdPrt : YES")},
     []),
    # What is normal for an hour
    ("locked out for an hour", {REGISTRATION: [("08:00:00", LOCKED_OUT), ("09:00:00", LOCKED_OUT)]},
     ["join-80090031-tpm-lockout"]),
    ("locked out for days", {REGISTRATION: [("09-10-2024 09:00:00", LOCKED_OUT), ("09:00:00", LOCKED_OUT)]},
     ["join-80090031-tpm-lockout"]),
    ("locked out for days, and joined by now", {
        REGISTRATION: [("09-10-2024 09:00:00", LOCKED_OUT), ("09:00:00", LOCKED_OUT)],
        "dsregcmd.txt": STATE.format("YES", "AzureAdPrt : YES")}, []),
    ("asked to wait for days", {REGISTRATION: [("09-10-2024 09:00:00", THROTTLED), ("09:00:00", THROTTLED)]},
     ["dsreg-join-throttled"]),
    ("asked to wait", {REGISTRATION: [THROTTLED]}, ["dsreg-join-throttled"]),
    ("should enroll, and does not for weeks", {"CoManagementHandler.log": [
        ("09-01-2024 09:00:00", NOT_ENROLLED), AUTO_ENROLL.format("true"), NOT_ENROLLED]}, ["comgmt-not-enrolled-yet"]),
    ("need not enroll, and does not for weeks", {"CoManagementHandler.log": [
        ("09-01-2024 09:00:00", NOT_ENROLLED), AUTO_ENROLL.format("false"), NOT_ENROLLED]}, ["comgmt-autoenroll-setting"]),
    ("asked to register for two days", {"ClientIDManagerStartup.log": [
        (f"09-{day}-2024 {hour:02}:00:00", SENDING) for day in (14, 15) for hour in range(24)]}, ["reg-sending"]),
    ("asked to register just now, after a good time", {"ClientIDManagerStartup.log": [
        ("09-14-2024 09:00:00", SENDING), ("09-14-2024 09:00:01", REGISTERED), SENDING]}, ["reg-sending"]),
    ("token is asked for all day", {"CcmMessaging.log": [
        (f"{hour:02}:{minute:02}:00", TOKEN_REQUEST) for hour in range(8, 12) for minute in range(0, 60, 4)]},
     ["ccmtoken-request"]),
    ("address for the enrollment is missing each day", {"CoManagementHandler.log": [
        (f"09-{day}-2024 09:00:00", "Mdm Enrollment Url has not yet been configured") for day in range(10, 17)]},
     ["comgmt-url-not-configured"]),
    ("timer is drawn again for two weeks", {"ADALOperationProvider.log": TOKENS, "CoManagementHandler.log": [
        (f"09-{day:02}-2024 09:00:00", TIMER.replace("09/18", f"09/{day + 2:02}")) for day in range(1, 15)]},
     ["comgmt-enrollment-timer-queued"]),
    ("need not enroll, and is enrolled", {"CoManagementHandler.log": [
        AUTO_ENROLL.format("false"), "Device is already enrolled with MDM"]}, []),
    ("no object, as in January", {REGISTRATION: [("01-10-2024 09:00:00", NO_OBJECT), NO_OBJECT], "CoManagementHandler.log": [
        ("01-10-2024 12:00:00", "MDM enrollment succeeded")]}, ["dsreg-sync-pending"]),
    ("no user, as in January", {"CoManagementHandler.log": [
        ("01-10-2024 09:00:00", ENROLLMENT_FAILED.format("0xcaa10001")), ("01-10-2024 12:00:00", "MDM enrollment succeeded"),
        ENROLLMENT_FAILED.format("0xcaa10001")]}, ["comgmt-caa10001-signin"]),
    # What another server, user or time tells
    ("no token for SYSTEM, later one for a user", {"ADALOperationProvider.log": [
        NO_SYSTEM_TOKEN, ("15:00:00", TOKENS[1])]}, ["wam-token-failed"]),
    ("no token for SYSTEM, later one for the device", {"ADALOperationProvider.log": [
        NO_SYSTEM_TOKEN, ("15:00:00", TOKENS[3])]}, []),
    ("no token for SYSTEM, so the client takes the one of the user", {"ADALOperationProvider.log": [
        NO_SYSTEM_TOKEN, FALLS_BACK, TOKENS[1]]}, ["wam-token-failed"]),
    ("a connection point that was mended", {"SMS_Cloud_ProxyConnector.log": [
        CHAIN_FAILED, "Chain 0 status: RevocationStatusUnknown", NO_CERTIFICATE, ANSWERED.format("403 CMGConnector_Clientcertificaterequired"),
        ("11:00:00", NO_CERTIFICATE.replace("0", "1")), ("11:00:01", ANSWERED.format("200 OK"))]}, []),
    ("a connection point that is not mended", {"SMS_Cloud_ProxyConnector.log": [
        CHAIN_FAILED, "Chain 0 status: RevocationStatusUnknown", NO_CERTIFICATE, ANSWERED.format("403 CMGConnector_Clientcertificaterequired"),
        ANSWERED.format("200 OK").replace("SITESIGNCERT", "MPLIST")]},
     ["cmg-cp-chain-build-failed", "cmg-cp-chain-revocation", "cmg-cp-no-client-auth-cert", "cmg-403-client-cert-required-server"]),
    ("refused, and the connection point was mended later", {"LocationServices.log": [REFUSED], "SMS_Cloud_ProxyConnector.log": [
        ("08:59:00", NO_CERTIFICATE), ("11:00:00", NO_CERTIFICATE.replace("0", "1"))]}, ["cmg-403-client-cert-required"]),
    ("no certificate, and none is wanted", {"SMS_Cloud_ProxyConnector.log": [NO_CERTIFICATE, ANSWERED.format("200 OK")]}, []),
    ("no certificate, and only the token service answers", {"SMS_Cloud_ProxyConnector.log": [
        NO_CERTIFICATE, ANSWERED.format("200 OK").replace("SMS_MP/.sms_aut?SITESIGNCERT", "CCM_STS")]},
     ["cmg-cp-no-client-auth-cert"]),
    ("a revocation list was out of reach, then a certificate was found", {"SMS_Cloud_ProxyConnector.log": [
        "Chain 0 status: OfflineRevocation", "The revocation function was unable to check revocation because the revocation server "
        "was offline.  80092013", NO_CERTIFICATE, ("11:00:00", NO_CERTIFICATE.replace("0", "1"))]}, []),
    ("transient, then another server is chosen", {"LocationServices.log": [TRANSIENT], "ClientLocation.log": [ROTATING]},
     ["ccm-transient-87d00231"]),
    ("transient at the gateway, then to an inner server", {
        "LocationServices.log": [TRANSIENT], "CcmMessaging.log": [REACHED.format("MP1")]}, ["ccm-transient-87d00231"]),
    ("transient at a gateway with a name of its own, then there", {
        "LocationServices.log": [TRANSIENT.replace(HOST, "CMG.CONTOSO.COM")], "CcmMessaging.log": [REACHED.format("CMG")]}, []),
    ("token is renewed for the user alone", {"CcmMessaging.log": [
        RENEWAL, TOKEN_CACHED.replace("S-1-5-18", "S-1-5-21-1-2-3-1104"), ("09:30:00", "The log goes on")]}, ["ccmtoken-renewal"]),
    ("the agent came before the client", {
        "IntuneManagementExtension.log": [NO_COMANAGEMENT], "CoManagementHandler.log": ["Device is already enrolled with MDM"]},
     []),
    ("the agent does not find the client any more", {
        "CoManagementHandler.log": ["Device is already enrolled with MDM"], "IntuneManagementExtension.log": [NO_COMANAGEMENT]},
     ["ime-comgmt-not-available"]),
    ("the agent got a token later", {"IntuneManagementExtension.log": [
        NO_AGENT_TOKEN.format(AGENT_RESOURCE, 3399942148), AGENT_TOKEN.format(AGENT_RESOURCE)]}, []),
    ("nobody signed in, then somebody", {"IntuneManagementExtension.log": [
        NO_AGENT_TOKEN.format("00000003-0000-0000-c000-000000000000", 3399548929), AGENT_TOKEN.format(AGENT_RESOURCE)]}, []),
    ("maintenance failed, not at the address again", {"CloudMgr.log": [
        ("08:00:00", "Resource Manager - Creating Public IP Address contosoip"), ("08:05:00", MAINTENANCE_FAILED),
        ("15:00:00", MAINTENANCE_FAILED)]}, ["cmg-publicip-zone"]),
    ("maintenance failed at the address", {"CloudMgr.log": [
        ("08:00:00", "Resource Manager - Creating Public IP Address contosoip"), ("08:05:00", MAINTENANCE_FAILED)]}, []),
    ("not removed, and installed again", {"Application.log": [REMOVED.format(1603), INSTALLED.format("Reader", 0)]}, ["msi-failed"]),
    ("not removed, then removed", {"Application.log": [REMOVED.format(1603), REMOVED.format(0)]}, []),
    ("not installed, then removed", {"Application.log": [INSTALLED.format("Reader", 1603), REMOVED.format(0)]}, ["msi-failed"]),
    ("not installed, then installed", {"Application.log": [INSTALLED.format("Reader", 1603), INSTALLED.format("Reader", 0)]}, []),
    ("no token for the user, and none for SYSTEM", {
        "dsregcmd-user.txt": STATE.format("YES", "AzureAdPrt : NO\n\n              User Context : UN-ELEVATED User"),
        "dsregcmd-system.txt": STATE.format("YES", "AzureAdPrt : NO\n\n              User Context : SYSTEM")}, ["dsreg-noprt"]),
    ("no token for SYSTEM", {
        "dsregcmd-system.txt": STATE.format("YES", "AzureAdPrt : NO\n\n              User Context : SYSTEM")}, []),
    # What dsregcmd tells
    ("token renewed after the attempt that failed", {"dsregcmd.txt": STATE.format("YES", TOKEN.format(24))}, []),
    ("token renewed before the attempt that failed", {"dsregcmd.txt": STATE.format("YES", TOKEN.format(19))},
     ["aadsts50126", "dsreg-prt-attempt"]),
    ("no token, and joined", {"dsregcmd.txt": STATE.format("YES", "AzureAdPrt : NO")}, ["dsreg-noprt"]),
    ("no token, as it is not joined", {"dsregcmd.txt": STATE.format("NO", "AzureAdPrt : NO")}, ["dsreg-azureadjoined"]),
    ("no token for a local account", {"dsregcmd.txt": JOINED.format(
        "YES", "YES", "NO", "NO", "NO", "PC-0042\\helper", "MUST Run elevated to test.")}, []),
    ("no token for a user of the domain", {"dsregcmd.txt": JOINED.format(
        "YES", "YES", "NO", "NO", "NO", "CONTOSO\\anna, anna@contoso.com", "MUST Run elevated to test.")}, ["dsreg-noprt"]),
    ("only registered", {"dsregcmd.txt": JOINED.format(
        "NO", "NO", "YES", "NO", "NO", "PC-0042\\anna", "MUST Run elevated to test.")}, []),
    ("in the domain, registered, and not joined", {"dsregcmd.txt": JOINED.format(
        "NO", "YES", "YES", "NO", "NO", "CONTOSO\\anna, anna@contoso.com", "MUST Run elevated to test.")},
     ["dsreg-azureadjoined", "dsreg-workplacejoined"]),
    ("keys fail, and the device is not marked", {"dsregcmd.txt": JOINED.format(
        "YES", "YES", "NO", "YES", "NO", "CONTOSO\\anna, anna@contoso.com", "FAILED. ERROR:: 0x80090016")},
     ["dsreg-keys-unusable"]),
    ("keys fail, and the device is marked", {"dsregcmd.txt": JOINED.format(
        "YES", "YES", "NO", "YES", "YES", "CONTOSO\\anna, anna@contoso.com", "FAILED. ERROR:: 0x80090016")},
     ["dsreg-keys-unusable"]),
    ("no address, and enrolled", {"dsregcmd.txt": STATE.format("YES", "MdmUrl : \n"), "CoManagementHandler.log": [
        ENROLLED, "Device Provisioned"]}, []),
    ("no address, and not enrolled", {"dsregcmd.txt": STATE.format("YES", "MdmUrl : \n"), "CoManagementHandler.log": [
        "Mdm Enrollment Url has not yet been configured"]}, ["dsreg-mdmurl-empty"]),
    ("Entra ID could not be asked", {"dsregcmd.txt": STATE.format("YES", "DeviceAuthStatus : FAILED. ERROR: 0x80072ee7")},
     ["dsreg-deviceauth-failed"]),
    ("no object yet", {"dsregcmd.txt": STATE.format("NO", NOT_SYNCED)},
     ["dsreg-sync-pending", "dsreg-azureadjoined"]),
    ("no object, and no address for weeks", {"dsregcmd.txt": STATE.format("NO", NOT_SYNCED), "CoManagementHandler.log": [
        ("08-16-2024 09:00:00", "Mdm Enrollment Url has not yet been configured"),
        "Mdm Enrollment Url has not yet been configured"]},
     ["dsreg-sync-pending", "join-801c03f2-usercert", "comgmt-url-not-configured", "dsreg-azureadjoined"]),
    ("no object, and joined in another output", {
        "dsregcmd-1.txt": STATE.format("NO", NOT_SYNCED), "dsregcmd-2.txt": STATE.format("YES", "AzureAdPrt : YES")},
     ["dsreg-azureadjoined"]),
    ("no domain controller, so no connection point", {"dsregcmd.txt": STATE.format("NO", JOIN.format("FAIL [0x54b]", "SKIPPED"))},
     ["dsreg-test-fail", "join-801c001d-scp", "dsreg-error-phase", "dsreg-azureadjoined"]),
    ("a domain controller, and no connection point", {
        "dsregcmd.txt": STATE.format("NO", JOIN.format("PASS", "FAIL [0x801c001d]"))},
     ["dsreg-test-fail", "join-801c001d-scp", "dsreg-error-phase", "dsreg-azureadjoined"]),
    ("the device is disabled, and the user is asked", {
        "dsregcmd.txt": STATE.format("YES", "DeviceAuthStatus : FAILED. Device is either disabled or deleted"),
        "CoManagementHandler.log": ["MDM enrollment failed with error code 0x8018002a"]},
     ["dsreg-deviceauth-failed", "mdm-8018002a-mfa"]),
]

# Which of several is to be read first
FIRST = {
    "token renewed before the attempt that failed": "aadsts50126",
    "not configured, and no address": "dsreg-mdmurl-empty",
    "registration fails on a refusal": "ccm-http-status-87d0027e",
    "no object, and no address for weeks": "dsreg-sync-pending",
    "keys fail, and the device is not marked": "dsreg-keys-unusable",
    "the gateway of the command line has no name": "ccmhttp-no-connection",
    "a server is found, and then has no name": "ccmhttp-no-connection",
    "enrolled by another service": "comgmt-other-mdm",
    "off until the timer fires": "comgmt-enrollment-timer-queued",
    "off, as it need not enroll": "comgmt-autoenroll-setting",
    "no domain controller, so no connection point": "dsreg-test-fail",
    "a domain controller, and no connection point": "join-801c001d-scp",
    "the device is disabled, and the user is asked": "dsreg-deviceauth-failed",
    "no licence, and then a code that nobody knows": "comgmt-enroll-failed",
    "no user, and then a code that nobody knows": "comgmt-enroll-failed",
    "the object does not come for hours": "dsreg-sync-pending",
}

# Is what is read first told as normal?
NORMAL = {
    "no object yet": True,
    "no object, and no address for weeks": False,
    "off until the timer fires": True,
    "off until the timer fires, no tokens": True,
    "off, and nothing says why": False,
    "enrolled last week, and no more": False,
    "enrolled, not noticed at once": True,
    "not enrolled yet": True,
    "no user for days": False,
    "the object does not come for hours": False,
    "locked out for an hour": True,
    "locked out for days": False,
    "asked to wait": True,
    "asked to wait for days": False,
    "should enroll, and does not for weeks": False,
    "asked to register for two days": False,
    "asked to register just now, after a good time": True,
    "address for the enrollment is missing each day": False,
    "timer is drawn again for two weeks": False,
    "timer is the last word": True,
    "no object, as in January": True,
    "no user, as in January": True,
}


def write(folder, logs):
    """Of several logs each begins a minute after the one before; a text may come with its time, or day and time.
    "log.txt=CcmExec" is a log of CcmExec that was renamed. One text is the whole file."""
    for number, (name, texts) in enumerate(logs.items()):
        if isinstance(texts, str):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(texts)
            continue
        name, _, component = name.partition("=")
        component = component or name.split(".")[0]
        timed = [text if isinstance(text, tuple) else (f"09:{number + second // 60:02}:{second % 60:02}", text) for second, text in enumerate(texts)]
        dated = [(*(time if " " in time else f"09-16-2024 {time}").split(), text) for time, text in timed]
        records = [f'<![LOG[{text}]LOG]!><time="{time}.123+300" date="{day}" '
                   f'component="{component}" context="" type="{3 if "ERROR" in text else 1}" thread="4012" file="x.cpp:1">\r\n'
                   for day, time, text in dated]
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
            file.write("".join(records))
