/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Documents of different years, and real logs, call the same things by different names. */

#include "cot-correlate.h"
#include "cot-error-code.h"
#include "cot-matcher.h"

#include <string.h>

#define ENTERPRISE "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider/Admin"
#define TASKS "Microsoft-Windows-TaskScheduler/Operational"
#define TASK "Schedule created by enrollment client for automatically enrolling in MDM from "
#define CLIENT " with: ClientId = 11111111-2222-3333-4444-555555555555"
#define REFUSED "[CCMHTTP] ERROR INFO: StatusCode"
#define TRAFFIC \
  "ReportTrafficData - state message to send: ~~<ProxyTrafficStateDetails ServerName=\"P\" " \
  "ProxyServer=\"G\" TotalRequests=\"2\" FailedRequests=\"0\"/>"
#define HEALTH "Updating MDM_ConfigSetting.ClientHealthLastSyncTime with value 2024-09-09T13:00:00Z"

static const struct
{
  const char *log;
  const char *message;
  const char *detector;
} lines[] = {
  /* The identity service, in any order and case */
  { "CcmAad.log", "Getting Microsoft Entra ID (User) token", "comgmt-token-requested" },
  { "CcmAad.log", "Getting AAD (user) token" CLIENT, "comgmt-token-requested" },
  { "CcmAad.log", "getting azure ad (DEVICE) token" CLIENT, "comgmt-token-requested" },
  { "CcmAad.log", "Getting Azure Active Directory (user) token", "comgmt-token-requested" },
  { "CcmAad.log", "Getting Entra (user) token", "comgmt-token-requested" },
  { "ccmsetup.log", "Retrieved AAD token for AAD user 'a'", "aad-token-retrieved" },
  { "ccmsetup.log", "Retrieved Microsoft Entra ID token for Microsoft Entra ID user 'a'",
    "aad-token-retrieved" },
  { "ClientIDManagerStartup.log", "Registering client using AAD auth.", "reg-aad" },
  { "ClientIDManagerStartup.log", "Registering client using Azure AD auth.", "reg-aad" },
  { "ClientIDManagerStartup.log", "Registering client using Microsoft Entra ID auth.", "reg-aad" },
  { "CCM_STS.log", "Validated Microsoft Entra token. TokenType: UDA TenantId: t",
    "sts-token-validated" },
  /* The log of the tokens */
  { "ADALOperationProvider.log", "Getting AAD (user) token" CLIENT, "comgmt-token-requested" },
  { "ADALOperationProvider.log", "Retrieved AAD token for AAD device 'a'", "aad-token-retrieved" },
  { "CcmAad.log", "Retrieved AAD token for AAD device 'a'", "aad-token-retrieved" },
  /* Enrolled and provisioned */
  { "CoManagementHandler.log", "Device is already enrolled with MDM", "comgmt-already-enrolled" },
  { "CoManagementHandler.log", "Machine is already enrolled with MDM", "comgmt-already-enrolled" },
  { "CoManagementHandler.log", "Device Provisioned", "comgmt-device-provisioned" },
  { "CoManagementHandler.log", "Device is provisioned", "comgmt-device-provisioned" },
  /* Settings */
  { "CoManagementHandler.log",
    "Merged value for setting 'CoManagementSettings_AutoEnroll' is 'true'",
    "comgmt-autoenroll-setting" },
  { "CoManagementHandler.log", "Merged value for 'CoManagementSettings_AutoEnroll' is 'True'",
    "comgmt-autoenroll-setting" },
  { "CoManagementHandler.log",
    "Merged value for setting 'CoManagementSettings_Capabilities' is '7'",
    "comgmt-capabilities" },
  { "CoManagementHandler.log", "Merged value for 'CoManagementSettings_Capabilities' is '7'",
    "comgmt-capabilities" },
  /* Names of logs and channels */
  { "CcmNotificationAgent.log", HEALTH, "comgmt-clienthealth-synctime" },
  { "Microsoft-Windows-AAD/Operational", "Error: 0xCAA2000C", "aad-caa2000c-interaction" },
  { "Microsoft-Windows-AAD%4Operational.evtx", "Error: 0xCAA2000C", "aad-caa2000c-interaction" },
  { "Microsoft Entra ID > Operational", "Error: 0xCAA2000C", "aad-caa2000c-interaction" },
  { "Microsoft Entra ID-Operational.evtx", "Error: 0xCAA2000C", "aad-caa2000c-interaction" },
  { ENTERPRISE, "Auto MDM Enroll: Failed (Unknown Win32 Error code: 0x8018002b)", "mdm-8018002b" },
  { "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostic-Provider%4Admin.evtx",
    "Auto MDM Enroll: Failed (Unknown Win32 Error code: 0x8018002b)", "mdm-8018002b" },
  { "microsoft-windows-devicemanagement-enterprise-diagnostics-provider-admin.evtx",
    "Auto MDM Enroll: Failed (Unknown Win32 Error code: 0x8018002b)", "mdm-8018002b" },
  { TASKS, TASK "AAD", "mdm-auto-enroll-task" },
  { TASKS, TASK "Microsoft Entra ID", "mdm-auto-enroll-task" },
  { "SMS_Cloud_ProxyConnector.log", TRAFFIC, "cmg-proxyconnector-trafficdata" },
  { "SMS_CLOUD_PROXYCONNECTOR.log", TRAFFIC, "cmg-proxyconnector-trafficdata" },
  /* Codes that were misspelt once and copied since */
  { ENTERPRISE, "Auto MDM Enroll: Failed (Unknown Win32 Error code: 0x80180002b)",
    "mdm-8018002b" },
  { "Microsoft-Windows-User Device Registration/Admin", "Error 0x801c003",
    "mdm-80180003-not-authorized" },
  { "Microsoft-Windows-User Device Registration/Admin", "Error 0x801c0003",
    "mdm-80180003-not-authorized" },
  /* A blank behind the sign, or none */
  { "CcmMessaging.log", REFUSED "=401 StatusText=CMGService_Invalid_Token",
    "cmg-401-invalid-token" },
  { "CcmMessaging.log", REFUSED "= 401 StatusText= CMGService_Invalid_Token",
    "cmg-401-invalid-token" },
  { "CcmMessaging.log", REFUSED "=403 StatusText=CMGConnector_Forbidden", "cmg-403-forbidden" },
  { "CcmMessaging.log", REFUSED "= 403 StatusText= CMGConnector_Forbidden", "cmg-403-forbidden" },
};

static gboolean
hits (CotHits *all, const char *id)
{
  for (guint i = 0; i < cot_hits_get_n (all); i++)
    if (g_str_equal (cot_detector_get_id (cot_hits_get (all, i)->detector), id))
      return TRUE;
  return FALSE;
}

static void
test_lines (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (CotHits) all
          = cot_matcher_run_text (knowledge, lines[i].log, lines[i].message);

      if (!hits (all, lines[i].detector))
        g_error ("%s does not know “%s” in %s", lines[i].detector, lines[i].message,
                 lines[i].log);
    }
}

/* The certificate on the web site of a management point has two names as well; no log has them, but
 * whoever reads must know that they are one. */
static void
test_certificate (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (&error);
  guint n_steps;
  const CotStep *steps;
  gboolean found = FALSE;

  g_assert_no_error (error);
  steps = cot_detector_get_steps (cot_knowledge_find (knowledge, "ehttp-certificate-wait"),
                                  &n_steps);
  for (guint i = 0; i < n_steps; i++)
    found |= strstr (steps[i].text, "SMS Role SSL Certificate") != NULL
             && strstr (steps[i].text, "SMS SSL Role Certificate") != NULL;
  g_assert_true (found);
}

static void
test_misspelt_codes (void)
{
  guint32 code;

  g_assert_true (cot_error_code_parse ("0x80180002b", -1, &code));
  g_assert_cmphex (code, ==, 0x8018002b);
  g_assert_true (cot_error_code_parse ("801c003", -1, &code));
  g_assert_cmphex (code, ==, 0x801c0003);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/renames/lines", test_lines);
  g_test_add_func ("/renames/certificate", test_certificate);
  g_test_add_func ("/renames/misspelt-codes", test_misspelt_codes);
  return g_test_run ();
}
