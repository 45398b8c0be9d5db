/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "knowledge-case.h"

#include <string.h>

#define TOKEN_USER \
  "Getting AAD (user) token with: ClientId = 11111111-2222-3333-4444-555555555555"
#define TOKEN_DEVICE \
  "Getting AAD (device) token with: ClientId = 11111111-2222-3333-4444-555555555555"
#define TIMER "Queuing enrollment timer to fire at 09/24/2024 10:03:11"
#define CLIENT_403 \
  "[CCMHTTP] ERROR INFO: StatusCode=403 StatusText=CMGConnector_Clientcertificaterequired"
#define SERVER_403 \
  "MessageID: 1 RequestURI: https://mp1.contoso.com/SMS_MP/.sms_aut?SITESIGNCERT EndpointName: " \
  "SMS_MP ResponseHeader: HTTP/1.1 403 CMGConnector_Clientcertificaterequired"
#define SETUP "C:\\Windows\\ccmsetup\\ccmsetup.exe"
#define RUN_STARTS "==========[ ccmsetup started in process 476 ]=========="

static void
test_timer_with_both_tokens (Case *self, gconstpointer data)
{
  KnowledgeLog *tokens = case_add_log (self, "ADALOperationProvider.log");
  KnowledgeLog *handler = case_add_log (self, "CoManagementHandler.log");
  CotFinding *timer;

  knowledge_log_add (tokens, TOKEN_USER);
  knowledge_log_add (tokens, TOKEN_DEVICE);
  knowledge_log_add (handler, "Device is not MDM enrolled yet. All workloads are managed by SCCM.");
  knowledge_log_add (handler, TIMER);
  case_judge (self);

  assert_headline (self, "comgmt-enrollment-timer-queued");
  timer = case_find (self, "comgmt-enrollment-timer-queued");
  g_assert_true (timer->waiting);
  g_assert_true (timer->expected);
  g_assert_cmpint (timer->severity, ==, COT_SEVERITY_INFO);
  g_assert_cmpuint (timer->notes->len, ==, 0);
  g_assert_cmpstr (cot_finding_get_capture (timer, "when", TRUE), ==, "2024-09-24 10:03:11");
  g_assert_true (case_find (self, "comgmt-not-enrolled-yet")->parent == timer);
}

static void
test_timer_is_history_when_enrollment_follows (Case *self, gconstpointer data)
{
  KnowledgeLog *tokens = case_add_log (self, "ADALOperationProvider.log");
  KnowledgeLog *handler = case_add_log (self, "CoManagementHandler.log");

  knowledge_log_add (tokens, TOKEN_USER);
  knowledge_log_add (tokens, TOKEN_DEVICE);
  knowledge_log_add (handler, TIMER);
  knowledge_log_add (handler, "Enrolling device to MDM... Try #1 out of 3");
  case_judge (self);
  g_assert_cmpint (case_find (self, "comgmt-enrollment-timer-queued")->state, ==,
                   COT_FINDING_HISTORY);
  /* "Wait until ..." is no step of what is over. */
  g_assert_cmpuint (case_find (self, "comgmt-enrollment-timer-queued")->n_steps, ==, 0);
  assert_headline (self, NULL);

  /* Following: a new timer is the last word again. */
  knowledge_log_add (handler, TIMER);
  case_judge (self);
  g_assert_cmpuint (case_find (self, "comgmt-enrollment-timer-queued")->n_steps, >, 0);
  assert_headline (self, "comgmt-enrollment-timer-queued");
}

static void
test_timer_without_tokens (Case *self, gconstpointer data)
{
  KnowledgeLog *handler = case_add_log (self, "CoManagementHandler.log");
  CotFinding *timer;

  knowledge_log_add (handler, TIMER);
  case_judge (self);
  timer = case_find (self, "comgmt-enrollment-timer-queued");
  g_assert_cmpint (timer->state, ==, COT_FINDING_OPEN);
  g_assert_cmpint (timer->severity, ==, COT_SEVERITY_INFO);
  g_assert_cmpuint (timer->notes->len, ==, 1);
  assert_headline (self, NULL);
}

static void
test_timer_with_one_token (Case *self, gconstpointer data)
{
  KnowledgeLog *tokens = case_add_log (self, "CcmAad.log");
  KnowledgeLog *handler = case_add_log (self, "CoManagementHandler.log");
  CotFinding *timer;

  knowledge_log_add (tokens, TOKEN_DEVICE);
  knowledge_log_add (handler, TIMER);
  case_judge (self);
  timer = case_find (self, "comgmt-enrollment-timer-queued");
  g_assert_nonnull (strstr (timer->title, "no user token"));
  g_assert_cmpint (timer->severity, ==, COT_SEVERITY_WARNING);
  g_assert_false (timer->waiting);
  assert_headline (self, "comgmt-enrollment-timer-queued");
}

static void
add_server_story (Case *self)
{
  KnowledgeLog *server = case_add_log (self, "SMS_Cloud_ProxyConnector.log");

  knowledge_log_add (server,
                     "Chain build failed cert: C019CC17EEFA681D154BA9F24F8EAE9640D54C49");
  knowledge_log_add (server, "Chain 0 status: RevocationStatusUnknown");
  knowledge_log_add (server, "Filtered cert count with client auth: 0");
  knowledge_log_add (server, SERVER_403);
}

static void
test_403_has_one_headline (Case *self, gconstpointer data)
{
  KnowledgeLog *client = case_add_log (self, "LocationServices.log");
  CotFinding *cause, *symptom;

  knowledge_log_add (client, CLIENT_403);
  knowledge_log_add (client, "Failed to refresh Site Signing Certificate over HTTP with error "
                             "0x87d0027e.");
  case_judge (self);
  assert_headline (self, "cmg-403-client-cert-required");
  symptom = case_find (self, "ccm-http-status-87d0027e");
  g_assert_cmpint (symptom->severity, ==, COT_SEVERITY_INFO);
  g_assert_true (symptom->parent == case_find (self, "cmg-403-client-cert-required"));

  /* With the server's log the cause is known. */
  add_server_story (self);
  case_judge (self);
  assert_headline (self, "cmg-cp-chain-revocation");
  cause = case_find (self, "cmg-cp-chain-revocation");
  g_assert_cmpint (cause->severity, ==, COT_SEVERITY_ERROR);
  g_assert_true (case_find (self, "cmg-403-client-cert-required")->parent == cause);
  g_assert_true (case_find (self, "cmg-403-client-cert-required-server")->parent == cause);
  g_assert_true (case_find (self, "cmg-cp-no-client-auth-cert")->parent == cause);
  g_assert_true (case_find (self, "cmg-cp-chain-build-failed")->parent == cause);
  g_assert_true (case_find (self, "ccm-http-status-87d0027e")->parent == cause);
}

static void
test_counts_without_403 (Case *self, gconstpointer data)
{
  KnowledgeLog *server = case_add_log (self, "SMS_Cloud_ProxyConnector.log");

  knowledge_log_add (server,
                     "Chain build failed cert: C019CC17EEFA681D154BA9F24F8EAE9640D54C49");
  knowledge_log_add (server, "Filtered cert count with client auth: 1");
  case_judge (self);
  /* Another certificate was good enough. */
  g_assert_cmpint (case_find (self, "cmg-cp-chain-build-failed")->severity, ==,
                   COT_SEVERITY_INFO);
  assert_headline (self, NULL);
}

static void
test_inbox_joined_with_state_message (Case *self, gconstpointer data)
{
  KnowledgeLog *files = case_add_log (self, "mpfdm.log");
  KnowledgeLog *connector = case_add_log (self, "SMS_Cloud_ProxyConnector.log");
  CotFinding *inbox;

  knowledge_log_add (files, "~**ERROR: Cannot connect to the inbox source, sleep 30 seconds and "
                            "try again.");
  knowledge_log_add (
      connector,
      "ReportTrafficData - state message to send: ~~<ProxyTrafficStateDetails "
      "ServerName=\"CP1.CONTOSO.COM\"> <EndPoint Name=\"BGB\" ProxyServer=\"GW.CLOUDAPP.NET\" "
      "TotalRequests=\"2\" FailedRequests=\"0\"/>");
  case_judge (self);
  inbox = case_find (self, "cmg-cp-disconnected-inbox");
  assert_headline (self, "cmg-cp-disconnected-inbox");
  g_assert_nonnull (strstr (inbox->title, "connection point looks disconnected"));
  g_assert_true (case_find (self, "cmg-proxyconnector-trafficdata")->parent == inbox);

  knowledge_log_add (files, "~Moved file C:\\x.SMX to \\\\SITE1.contoso.com\\SMS_PS1\\x.SMX");
  case_judge (self);
  g_assert_cmpint (case_find (self, "cmg-cp-disconnected-inbox")->state, ==,
                   COT_FINDING_HISTORY);
  assert_headline (self, NULL);
}

/* The health time was written on day 0; the log goes on for some hours. */
static CotFinding *
judge_health (Case *self, const char *status, guint n_hours)
{
  KnowledgeLog *agent = case_add_log (self, "CcmNotificationAgent.log");
  KnowledgeLog *registry = case_add_log (self, "export.reg");

  if (status != NULL)
    knowledge_log_add (registry, status);
  knowledge_log_add (agent, "Updating MDM_ConfigSetting.ClientHealthLastSyncTime with value "
                            "2024-09-09T13:00:00Z");
  knowledge_log_skip (agent, n_hours * 60 - 1);
  knowledge_log_add (agent, "The newest entry");
  case_judge (self);
  return case_find (self, "comgmt-clienthealth-synctime");
}

typedef struct
{
  const char *status;
  guint n_hours;
  CotSeverity severity;
} Health;

static const Health health_cases[] = {
  { "ClientHealthStatus    REG_DWORD    0x7", 29 * 24, COT_SEVERITY_SUCCESS },
  { "ClientHealthStatus    REG_DWORD    0x7", 31 * 24, COT_SEVERITY_ERROR },
  { "ClientHealthStatus : 3", 47, COT_SEVERITY_SUCCESS },
  { "ClientHealthStatus : 3", 49, COT_SEVERITY_ERROR },
  { NULL, 47, COT_SEVERITY_SUCCESS },
  { NULL, 49, COT_SEVERITY_WARNING },
  { NULL, 31 * 24, COT_SEVERITY_ERROR },
};

static void
test_health_time (Case *self, gconstpointer data)
{
  const Health *health = data;
  CotFinding *finding = judge_health (self, health->status, health->n_hours);

  g_assert_cmpint (finding->severity, ==, health->severity);
  g_assert_cmpint (finding->expected, ==, health->severity == COT_SEVERITY_SUCCESS);
  g_assert_cmpstr (cot_finding_get_capture (finding, "synctime", TRUE), ==,
                   "2024-09-09 13:00:00 UTC");
}

static void
test_health_flags (Case *self, gconstpointer data)
{
  KnowledgeLog *registry = case_add_log (self, "export.reg");
  CotFinding *finding;

  knowledge_log_add (registry, "\"ClientHealthStatus\"=dword:00000017");
  case_judge (self);
  finding = case_find (self, "comgmt-clienthealthstatus-value");
  g_assert_cmpint (finding->severity, ==, COT_SEVERITY_ERROR);
  g_assert_nonnull (strstr (cot_finding_get_capture (finding, "flags", TRUE),
                            "16 no contact with a management point"));
  assert_headline (self, "comgmt-clienthealthstatus-value");
}

static void
test_date_of_1900 (Case *self, gconstpointer data)
{
  KnowledgeLog *handler = case_add_log (self, "CoManagementHandler.log");
  KnowledgeLog *agent = case_add_log (self, "CcmNotificationAgent.log");
  CotFinding *finding;

  knowledge_log_add (handler, "Merged value for setting 'CoManagementSettings_Capabilities' is "
                              "'1'");
  knowledge_log_add (agent, "Updating MDM_ConfigSetting.ClientHealthLastSyncTime with value "
                            "2024-09-09T13:00:00Z");
  case_judge (self);
  finding = case_find (self, "intune-agent-1900");
  g_assert_nonnull (finding);
  g_assert_cmpuint (finding->evidence->len, ==, 2);
  assert_headline (self, NULL);
}

static void
test_setup_line_too_long (Case *self, gconstpointer data)
{
  KnowledgeLog *setup = case_add_log (self, "ccmsetup.log");
  g_autoptr (GString) line = g_string_new ("Ccmsetup command line: \"" SETUP "\" ");
  gsize prefix_bytes = line->len;

  while (line->len < prefix_bytes + 1024)
    g_string_append (line, "CCMADMINS=a ");
  g_string_truncate (line, prefix_bytes + 1024);
  knowledge_log_add (setup, line->str);
  case_judge (self);
  g_assert_null (case_find (self, "ccmsetup-commandline-too-long"));

  g_string_append_c (line, 'a');
  knowledge_log_add (setup, line->str);
  case_judge (self);
  g_assert_cmpint (case_find (self, "ccmsetup-commandline-too-long")->severity, ==,
                   COT_SEVERITY_WARNING);

  knowledge_log_add (setup, "CcmSetup failed with error code 0x80070005");
  case_judge (self);
  g_assert_cmpint (case_find (self, "ccmsetup-commandline-too-long")->severity, ==,
                   COT_SEVERITY_ERROR);
}

static void
test_setup_line_rules (Case *self, gconstpointer data)
{
  KnowledgeLog *setup = case_add_log (self, "ccmsetup.log");
  CotFinding *finding;
  const CotNote *note;
  g_autofree char *text = NULL;

  knowledge_log_add (setup, "Ccmsetup command line: \"" SETUP "\" /mp:mp1.contoso.com "
                            "SMSSITECODE=PS1");
  case_judge (self);
  g_assert_null (case_find (self, "ccmsetup-commandline-rules"));
  /* Other programs that setup starts have their own switches; without a program it is still one. */
  knowledge_log_add (setup, "Executing command line: \"C:\\Windows\\x.exe\" /q /norestart");
  knowledge_log_add (setup, "Ccmsetup command line: /mp:mp1.contoso.com SMSSITECODE=PS1");
  case_judge (self);
  g_assert_null (case_find (self, "ccmsetup-commandline-rules"));

  knowledge_log_add (setup, "Ccmsetup command line: \"" SETUP "\" "
                            "/mp:gw.contoso.com/CCM_Proxy_MutualAuth/1 SMSSITECODE=AUTO "
                            "CCMHOSTNAME=https://gw.contoso.com CCMLOGLEVEL=9 FOO=bar /logon");
  case_judge (self);
  finding = case_find (self, "ccmsetup-commandline-rules");
  g_assert_cmpint (finding->severity, ==, COT_SEVERITY_WARNING);
  g_assert_cmpuint (finding->notes->len, ==, 6);
  g_assert_cmpuint (finding->evidence->len, ==, 1);
  g_assert_cmpuint (g_array_index (finding->evidence, CotEvidence, 0).ordinal, ==, 3);
  note = g_ptr_array_index (finding->notes, 2);
  g_assert_cmpstr (note->argument, ==, "CCMLOGLEVEL=9");
  text = cot_note_expand (note, note->text);
  g_assert_true (g_str_has_prefix (text, "“CCMLOGLEVEL=9”"));
}

static void
test_setup_line_unknown_names_only (Case *self, gconstpointer data)
{
  KnowledgeLog *setup = case_add_log (self, "ccmsetup.log");

  knowledge_log_add (setup, "Ccmsetup command line: \"" SETUP "\" /newswitch SMSSITECODE=PS1");
  case_judge (self);
  g_assert_cmpint (case_find (self, "ccmsetup-commandline-rules")->severity, ==,
                   COT_SEVERITY_INFO);
  assert_headline (self, NULL);
}

static void
test_only_the_last_run_counts (Case *self, gconstpointer data)
{
  KnowledgeLog *setup = case_add_log (self, "ccmsetup.log");

  knowledge_log_add (setup, RUN_STARTS);
  knowledge_log_add (setup, "CcmSetup failed with error code 0x80070005");
  case_judge (self);
  assert_headline (self, "setup-failed");

  knowledge_log_add (setup, RUN_STARTS);
  knowledge_log_add (setup, "CcmSetup is exiting with return code 0");
  case_judge (self);
  g_assert_cmpint (case_find (self, "setup-failed")->state, ==, COT_FINDING_HISTORY);
  g_assert_cmpint (case_find (self, "setup-failed")->severity, <=, COT_SEVERITY_INFO);
  assert_headline (self, NULL);
}

static void
test_generic_steps_back_but_counts (Case *self, gconstpointer data)
{
  KnowledgeLog *setup = case_add_log (self, "ccmsetup.log");
  g_autoptr (GString) line = g_string_new ("Ccmsetup command line: \"" SETUP "\" ");

  while (line->len < 1200)
    g_string_append (line, "CCMADMINS=a ");
  knowledge_log_add (setup, line->str);
  knowledge_log_add (setup, "CcmSetup failed with error code 0x87d0027e");
  case_judge (self);
  /* The code's own detector speaks for the line ... */
  g_assert_nonnull (case_find (self, "ccm-http-status-87d0027e"));
  g_assert_null (case_find (self, "setup-failed"));
  /* ... but that setup failed is still known. */
  g_assert_cmpint (case_find (self, "ccmsetup-commandline-too-long")->severity, ==,
                   COT_SEVERITY_ERROR);
}

static void
test_time_is_not_up (Case *self, gconstpointer data)
{
  KnowledgeLog *setup = case_add_log (self, "ccmsetup.log");
  CotFinding *finding;

  knowledge_log_add (setup, "Getting CCM Token from STS server 'GW.CLOUDAPP.NET'");
  knowledge_log_add (setup, "The newest entry");
  case_judge (self);
  /* The answer may still come. */
  finding = case_find (self, "ccmtoken-request");
  g_assert_cmpint (finding->severity, ==, COT_SEVERITY_INFO);

  knowledge_log_skip (setup, 10);
  knowledge_log_add (setup, "The newest entry");
  case_judge (self);
  finding = case_find (self, "ccmtoken-request");
  g_assert_cmpint (finding->severity, ==, COT_SEVERITY_WARNING);
  g_assert_false (finding->expected);
}

static void
test_dangerous_steps_last (Case *self, gconstpointer data)
{
  KnowledgeLog *enrollment
      = case_add_log (self, "Microsoft-Windows-AAD%4Operational.txt");
  gboolean seen = FALSE;

  knowledge_log_add (enrollment, "error code 80090016 Keyset does not exist");
  knowledge_log_add (enrollment, "failed with 0x80090016");
  case_judge (self);
  g_assert_cmpuint (self->findings->len, >, 0);
  for (guint i = 0; i < self->findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (self->findings, i);

      seen = FALSE;
      for (guint j = 0; j < finding->n_steps; j++)
        {
          g_assert_true (!seen || finding->steps[j].flags != 0);
          seen |= finding->steps[j].flags != 0;
        }
    }
  g_assert_true (seen);
}

static void
test_healthy_device_has_no_headline (Case *self, gconstpointer data)
{
  KnowledgeLog *handler = case_add_log (self, "CoManagementHandler.log");
  KnowledgeLog *setup = case_add_log (self, "ccmsetup.log");

  knowledge_log_add (handler, "Device is already enrolled with MDM");
  knowledge_log_add (handler, "Device Provisioned");
  knowledge_log_add (setup, RUN_STARTS);
  knowledge_log_add (setup, "CcmSetup is exiting with return code 0");
  case_judge (self);
  g_assert_cmpuint (self->findings->len, ==, 3);
  assert_headline (self, NULL);
}

static void
test_same_hits_same_findings (Case *self, gconstpointer data)
{
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);
  KnowledgeLog *client = case_add_log (self, "LocationServices.log");

  knowledge_log_add (client, CLIENT_403);
  add_server_story (self);
  case_judge (self);
  for (guint i = 0; i < self->findings->len; i++)
    g_string_append (first, ((CotFinding *) g_ptr_array_index (self->findings, i))->title);
  case_judge (self);
  for (guint i = 0; i < self->findings->len; i++)
    g_string_append (second, ((CotFinding *) g_ptr_array_index (self->findings, i))->title);
  g_assert_cmpstr (first->str, ==, second->str);
}

/* The step is the one for what came of it. */
#define NOT_CONFIGURED "MDM enrollment failed with error code 0x8018002b"
#define NO_LICENCE "MDM enrollment failed with error code 0x80180018"

static void
test_newest_failure_first (Case *self, gconstpointer data)
{
  KnowledgeLog *handler = case_add_log (self, "CoManagementHandler.log");

  /* What comes within one attempt keeps its order. */
  knowledge_log_add (handler, NO_LICENCE);
  knowledge_log_add (handler, NOT_CONFIGURED);
  case_judge (self);
  assert_headline (self, "mdm-8018002b");
  knowledge_log_add (handler, NO_LICENCE);
  case_judge (self);
  assert_headline (self, "mdm-8018002b");

  knowledge_log_skip (handler, 24 * 60);
  knowledge_log_add (handler, NO_LICENCE);
  case_judge (self);
  assert_headline (self, "mdm-80180018-license");
  g_assert_cmpint (case_find (self, "mdm-80180018-license")->age_usec, ==, 0);
  g_assert_cmpint (case_find (self, "mdm-8018002b")->state, ==, COT_FINDING_OPEN);
  g_assert_cmpint (case_find (self, "mdm-8018002b")->age_usec / G_USEC_PER_SEC, ==,
                   (24 * 60 + 2) * 60);
}

static void
test_stale_failure_last (Case *self, gconstpointer data)
{
  KnowledgeLog *handler = case_add_log (self, "CoManagementHandler.log");
  KnowledgeLog *messages = case_add_log (self, "CcmMessaging.log");

  knowledge_log_add (handler, NOT_CONFIGURED);
  knowledge_log_skip (messages, 20 * 24 * 60);
  knowledge_log_add (messages, "Post to http://mp1.contoso.com failed with 0x87d00231.");
  case_judge (self);
  assert_headline (self, "mdm-8018002b");
  g_assert_false (cot_finding_is_stale (case_find (self, "mdm-8018002b")));

  knowledge_log_skip (messages, 20 * 24 * 60);
  knowledge_log_add (messages, "Post to http://mp1.contoso.com failed with 0x87d00231.");
  case_judge (self);
  assert_headline (self, "ccm-transient-87d00231");
  g_assert_true (cot_finding_is_stale (case_find (self, "mdm-8018002b")));
}

static void
test_connection_came_back (Case *self, gconstpointer data)
{
  KnowledgeLog *messaging = case_add_log (self, "CcmMessaging.log");
  CotFinding *finding;

  knowledge_log_add (messaging, "[CCMHTTP] ERROR: URL=https://mp1.contoso.com/x, Port=443, "
                                "Options=31, Code=12029, Text=ERROR_WINHTTP_CANNOT_CONNECT");
  case_judge (self);
  assert_headline (self, "ccmhttp-no-connection");
  finding = case_find (self, "ccmhttp-no-connection");
  g_assert_false (g_str_has_prefix (finding->steps[0].text, "Nothing to do"));

  knowledge_log_add (messaging, "OutgoingMessage(Queue='mp_[http]mp_relayendpoint', "
                                "ID={00000000-1111-4222-8333-444455556666}): Delivered "
                                "successfully to host 'mp1.contoso.com'.");
  case_judge (self);
  assert_headline (self, NULL);
  finding = case_find (self, "ccmhttp-no-connection");
  g_assert_cmpint (finding->state, ==, COT_FINDING_HISTORY);
  g_assert_true (g_str_has_prefix (finding->steps[0].text, "Nothing to do"));
}

static void
test_expand (Case *self, gconstpointer data)
{
  KnowledgeLog *handler = case_add_log (self, "CoManagementHandler.log");
  CotFinding *finding;
  g_autofree char *text = NULL;

  knowledge_log_add (handler, "Merged value for setting 'CoManagementSettings_Capabilities' is "
                              "'3'");
  case_judge (self);
  finding = case_find (self, "comgmt-capabilities");
  text = cot_finding_expand (finding, "{flags}; {nothing} {");
  g_assert_cmpstr (text, ==,
                   "3 – 1 co-management configured, 2 compliance policies; {nothing} {");
}

/* The bundles that ship: what a new admin sees first must be right. */
static void
judge_practice (Case *self, const char *bundle)
{
  g_autofree char *folder
      = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "practice", bundle, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      KnowledgeLog *log = case_add_log (self, g_intern_string (name));
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length_bytes;

      g_assert_true (g_file_get_contents (path, &bytes, &length_bytes, NULL));
      g_string_append_len (log->bytes, bytes, (gssize) length_bytes);
    }
  case_judge (self);
}

static void
test_practice_refused_client (Case *self, gconstpointer data)
{
  judge_practice (self, "refused-client");
  assert_headline (self, "cmg-cp-chain-revocation");
  for (guint i = 1; i < self->findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (self->findings, i);

      /* One story: everything that is bad belongs to it. */
      if (finding->severity >= COT_SEVERITY_WARNING)
        g_assert_true (finding->parent == g_ptr_array_index (self->findings, 0));
    }
  g_assert_nonnull (case_find (self, "cmg-403-client-cert-required"));
  g_assert_true (case_find (self, "setup-8004100e-first-install")->expected);
}

static void
test_practice_queued_timer (Case *self, gconstpointer data)
{
  judge_practice (self, "queued-timer");
  assert_headline (self, "comgmt-enrollment-timer-queued");
  for (guint i = 0; i < self->findings->len; i++)
    g_assert_cmpint (((CotFinding *) g_ptr_array_index (self->findings, i))->severity, <,
                     COT_SEVERITY_WARNING);
}

#define ADD(path, function, data) \
  g_test_add ("/correlate/" path, Case, data, case_set_up, function, case_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("timer-with-both-tokens", test_timer_with_both_tokens, NULL);
  ADD ("timer-is-history", test_timer_is_history_when_enrollment_follows, NULL);
  ADD ("timer-without-tokens", test_timer_without_tokens, NULL);
  ADD ("timer-with-one-token", test_timer_with_one_token, NULL);
  ADD ("403-has-one-headline", test_403_has_one_headline, NULL);
  ADD ("counts-without-403", test_counts_without_403, NULL);
  ADD ("inbox-joined", test_inbox_joined_with_state_message, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (health_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/correlate/health-time/%u", i);

      g_test_add (path, Case, &health_cases[i], case_set_up, test_health_time, case_tear_down);
    }
  ADD ("health-flags", test_health_flags, NULL);
  ADD ("date-of-1900", test_date_of_1900, NULL);
  ADD ("setup-line-too-long", test_setup_line_too_long, NULL);
  ADD ("setup-line-rules", test_setup_line_rules, NULL);
  ADD ("setup-line-unknown-names-only", test_setup_line_unknown_names_only, NULL);
  ADD ("only-the-last-run-counts", test_only_the_last_run_counts, NULL);
  ADD ("generic-steps-back", test_generic_steps_back_but_counts, NULL);
  ADD ("time-is-not-up", test_time_is_not_up, NULL);
  ADD ("dangerous-steps-last", test_dangerous_steps_last, NULL);
  ADD ("healthy-device", test_healthy_device_has_no_headline, NULL);
  ADD ("same-hits-same-findings", test_same_hits_same_findings, NULL);
  ADD ("newest-failure-first", test_newest_failure_first, NULL);
  ADD ("stale-failure-last", test_stale_failure_last, NULL);
  ADD ("connection-came-back", test_connection_came_back, NULL);
  ADD ("expand", test_expand, NULL);
  ADD ("practice-refused-client", test_practice_refused_client, NULL);
  ADD ("practice-queued-timer", test_practice_queued_timer, NULL);
  return g_test_run ();
}
