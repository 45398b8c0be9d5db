/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-matcher.h"

#include "knowledge-log.h"

#include <string.h>

static CotKnowledge *
get_builtin (void)
{
  g_autoptr (GError) error = NULL;
  CotKnowledge *knowledge = cot_knowledge_new_builtin (&error);

  g_assert_no_error (error);
  return knowledge;
}

/* "ordinal:id ordinal:id" of all that is evidence */
static void
assert_hits (CotHits *hits, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < cot_hits_get_n (hits); i++)
    {
      const CotHit *hit = cot_hits_get (hits, i);

      if (!hit->yielded)
        g_string_append_printf (text, "%s%" G_GUINT64_FORMAT ":%s", text->len > 0 ? " " : "",
                                hit->ordinal, cot_detector_get_id (hit->detector));
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_hits_and_captures (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();
  g_autoptr (CotHits) hits = NULL;
  const CotHit *hit;
  KnowledgeLog log;
  gint16 bias_minutes;

  knowledge_log_init (&log, "CoManagementHandler.log");
  knowledge_log_add (&log, "Nothing to see here");
  knowledge_log_add (&log, "Queuing enrollment timer to fire at 09/24/2024 10:03:11");
  knowledge_log_add (&log, "Merged value for setting 'CoManagementSettings_Capabilities' is '7'");
  hits = knowledge_log_match (&log, knowledge);

  assert_hits (hits, "1:comgmt-enrollment-timer-queued 2:comgmt-capabilities");
  hit = cot_hits_get (hits, 0);
  g_assert_cmpstr (hit->captures[0], ==, "09/24/2024 10:03:11");
  g_assert_cmpint (hit->bias_minutes, ==, 300);
  g_assert_cmpuint (cot_hits_get_counts (hits)->n_entries, ==, 3);
  g_assert_cmpint (cot_hits_get_newest_time (hits, &bias_minutes), >, hit->time_usec);
  g_assert_cmpint (bias_minutes, ==, 300);
  knowledge_log_clear (&log);
}

static void
test_bare_code_needs_its_log (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();
  g_autoptr (CotHits) right
      = cot_matcher_run_text (knowledge, "CcmMessaging.log", "failed with 0x87d00231");
  g_autoptr (CotHits) wrong
      = cot_matcher_run_text (knowledge, "Inventory.log", "failed with 0x87d00231");
  g_autoptr (CotHits) unknown = cot_matcher_run_text (knowledge, NULL, "failed with 0x87d00231");

  assert_hits (right, "0:ccm-transient-87d00231");
  assert_hits (wrong, "");
  assert_hits (unknown, "0:ccm-transient-87d00231");
}

/* A tool may write into its own log what it read in that of another. */
static void
test_quotations (void)
{
  static const struct
  {
    const char *name;
    const char *component;
    const char *hits;
  } logs[] = {
    { "CoManagementHandler.log", "ZebraTool", "0:comgmt-already-enrolled" },
    { "CcmExec.log", "ZebraTool", "0:comgmt-already-enrolled" },
    { "ZebraTool.log", "ZebraTool", "" },
    { "ZebraTool.log", "CIAgentish", "0:comgmt-already-enrolled" },
    { "ZebraTool.log", "CoManagementHandler", "0:comgmt-already-enrolled" },
    { "ZebraTool.log", "comanagementhandler", "0:comgmt-already-enrolled" },
    { "ZebraTool.log", "CcmExec", "0:comgmt-already-enrolled" },
    { "ZebraTool.log", "SMS_MP_FILE_DISPATCH_MANAGER", "0:comgmt-already-enrolled" },
    { "ZebraTool.log", "", "0:comgmt-already-enrolled" },
  };
  g_autoptr (CotKnowledge) knowledge = get_builtin ();

  for (gsize i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autoptr (CotHits) hits = NULL;
      g_autofree char *component = g_strdup_printf ("component=\"%s\"", logs[i].component);
      KnowledgeLog log;

      g_test_message ("%s: %s", logs[i].name, logs[i].component);
      knowledge_log_init (&log, logs[i].name);
      knowledge_log_add (&log, "Device is already enrolled with MDM");
      g_string_replace (log.bytes, "component=\"Test\"", component, 1);
      hits = knowledge_log_match (&log, knowledge);
      assert_hits (hits, logs[i].hits);
      knowledge_log_clear (&log);
    }
}

/* What a script prints, and what a command line holds, is nobody's own line. */
static void
test_quoting_logs (void)
{
  static const char enrolled[] = "write output done. output = MDM enrollment succeeded";
  static const struct
  {
    const char *name;
    const char *message;
    const char *hits;
  } logs[] = {
    { "AgentExecutor.log", enrolled, "" },
    { "PC1_AgentExecutor.log", enrolled, "" },
    { "AgentExecutor-20261118-090000.log", enrolled, "" },
    { "HealthScripts.log", enrolled, "" },
    { "Scripts.log", enrolled, "" },
    { "Scripts.lo_", enrolled, "" },
    { "AppEnforce.log", enrolled, "" },
    { "execmgr.log", enrolled, "" },
    { "CoManagementHandler.log", enrolled, "0:comgmt-enroll-succeeded" },
    { "IntuneManagementExtension.log", enrolled, "0:comgmt-enroll-succeeded" },
    { "AppEnforce.log", "    Matched exit code 0 to a Success entry in exit codes table.",
      "0:app-exit-matched" },
    { NULL, enrolled, "0:comgmt-enroll-succeeded" },
  };
  g_autoptr (CotKnowledge) knowledge = get_builtin ();

  for (gsize i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autoptr (CotHits) hits
          = cot_matcher_run_text (knowledge, logs[i].name, logs[i].message);

      g_test_message ("%s: %s", logs[i].name, logs[i].message);
      assert_hits (hits, logs[i].hits);
    }
}

static void
test_generic_yields (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();
  /* The line of a failed lookup also holds the code: the code's detector is the better one. */
  g_autoptr (CotHits) hits = cot_matcher_run_text (
      knowledge, "LocationServices.log",
      "LSUpdateInternetManagementPoints: Failed to retrieve internet MPs from MP "
      "GW.CLOUDAPP.NET/CCM_Proxy_MutualAuth/1 with error 0x87d00231, retaining previous list.");
  g_autoptr (CotHits) alone = cot_matcher_run_text (
      knowledge, "LocationServices.log",
      "LSUpdateInternetManagementPoints: Failed to retrieve internet MPs from MP "
      "GW.CLOUDAPP.NET/CCM_Proxy_MutualAuth/1 with error 0x87d00999, retaining previous list.");

  assert_hits (hits, "0:ccm-transient-87d00231");
  assert_hits (alone, "0:cmg-ls-internet-mp-failed");
}

static void
test_log_names (void)
{
  static const char *const good[] = {
    "CcmMessaging.log",
    "ccmmessaging.LOG",
    "CcmMessaging.lo_",
    "CcmMessaging-20240909-123456.log",
    "CcmMessaging-20240909-123456-2.log",
    "PC0042_CcmMessaging.log",
    "PC-0042-CcmMessaging.log",
    "(64) CcmMessaging.log",
    "CcmMessaging (1).log",
    "logs/CCM/Logs/CcmMessaging.log",
    "logs\\CCM\\CcmMessaging.log",
    "CcmMessaging.log.1",
    "CcmMessaging.log_old",
    "CcmMessaging.log.bak",
    "CcmMessaging.old",
  };
  static const char *const bad[] = { "", "Messaging.log", "XCcmMessaging.log", "CcmMessagingX.log",
                                     "CcmMessaging", ".log" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i]);
      g_assert_true (cot_log_name_matches (good[i], "CcmMessaging.log"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_cmpint (cot_log_name_matches (bad[i], "CcmMessaging.log"), ==,
                       g_str_equal (bad[i], "CcmMessaging"));
    }
  g_assert_false (cot_log_name_matches ("MP_CAS.log", "CAS.log"));
  g_assert_false (cot_log_name_matches ("ccmsetup-ccmeval.log", "ccmsetup.log"));
  g_assert_true (cot_log_name_matches ("SMS_CLOUD_PROXYCONNECTOR.log",
                                       "SMS_Cloud_ProxyConnector.log"));
  g_assert_true (cot_log_name_matches ("(62) Events Microsoft-Windows-AAD%4Operational.evtx",
                                       "Microsoft-Windows-AAD/Operational"));
  g_assert_true (cot_log_name_matches ("microsoft-windows-aad-operational.evtx",
                                       "Microsoft-Windows-AAD/Operational"));
  g_assert_true (cot_log_name_matches (
      "(31) Command windir_system32_Dsregcmd_exe_status output.log", "dsregcmd /status output"));
}

static void
test_ranges_and_join (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();
  g_autoptr (CotSnapshot) snapshot = NULL;
  g_autoptr (CotHits) whole = NULL;
  g_autoptr (CotHits) start = NULL;
  g_autoptr (CotHits) rest = NULL;
  g_autoptr (CotHits) joined = NULL;
  KnowledgeLog log;

  knowledge_log_init (&log, "CoManagementHandler.log");
  for (guint i = 0; i < 50; i++)
    knowledge_log_add (&log, i % 7 == 0 ? "Device is already enrolled with MDM" : "other");
  snapshot = knowledge_log_scan_bytes (log.bytes, log.name);
  whole = cot_matcher_run (knowledge, log.name, snapshot, 0, 50, NULL, NULL);
  start = cot_matcher_run (knowledge, log.name, snapshot, 0, 22, NULL, NULL);
  rest = cot_matcher_run (knowledge, log.name, snapshot, 20, 100, NULL, NULL);
  joined = cot_hits_join (start, 20, rest);

  g_assert_cmpuint (cot_hits_get_n (whole), ==, 8);
  g_assert_cmpuint (cot_hits_get_n (joined), ==, 8);
  for (guint i = 0; i < 8; i++)
    {
      g_assert_cmpuint (cot_hits_get (joined, i)->ordinal, ==, i * 7);
      g_assert_cmpstr (cot_hits_get (joined, i)->captures[0], ==, "Device");
    }
  g_assert_cmpuint (cot_hits_get_counts (joined)->n_entries, ==, 50);
  g_assert_cmpuint (cot_hits_find (joined, 8), ==, 2);
  g_assert_cmpuint (cot_hits_find (joined, 1000), ==, 8);
  knowledge_log_clear (&log);
}

static void
test_long_messages_are_counted (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();
  g_autofree char *filler = g_strnfill (COT_MATCHER_WINDOW_BYTES, 'x');
  g_autofree char *message = g_strconcat (filler, " CcmSetup failed with error code 0x80070005",
                                          NULL);
  g_autoptr (CotHits) hits = cot_matcher_run_text (knowledge, "ccmsetup.log", message);

  g_assert_cmpuint (cot_hits_get_n (hits), ==, 0);
  g_assert_cmpuint (cot_hits_get_counts (hits)->n_too_long, ==, 1);
}

static void
test_cancel (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();
  g_autoptr (CotSnapshot) snapshot = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CotHits) hits = NULL;
  g_autoptr (GError) error = NULL;
  KnowledgeLog log;

  knowledge_log_init (&log, "ccmsetup.log");
  knowledge_log_add (&log, "CcmSetup failed with error code 0x80070005");
  snapshot = knowledge_log_scan_bytes (log.bytes, log.name);
  g_cancellable_cancel (cancellable);
  hits = cot_matcher_run (knowledge, log.name, snapshot, 0, 1, cancellable, &error);
  g_assert_null (hits);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  knowledge_log_clear (&log);
}

static void
test_empty_log (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();
  g_autoptr (CotHits) hits = NULL;
  KnowledgeLog log;

  knowledge_log_init (&log, "ccmsetup.log");
  hits = knowledge_log_match (&log, knowledge);
  g_assert_cmpuint (cot_hits_get_n (hits), ==, 0);
  g_assert_cmpint (cot_hits_get_newest_time (hits, NULL), ==, COT_TIME_NONE);
  knowledge_log_clear (&log);
}

/* Every sample that a detector gives is found by the matcher too, with or without others. */
static void
test_samples_through_the_matcher (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();

  for (guint i = 0; i < cot_knowledge_get_n_detectors (knowledge); i++)
    {
      const CotDetector *detector = cot_knowledge_get_detector (knowledge, i);
      guint n_samples;
      const CotSample *samples = cot_detector_get_samples (detector, &n_samples);

      for (guint j = 0; j < n_samples; j++)
        {
          g_autoptr (CotHits) hits = NULL;
          g_autoptr (GString) log = g_string_new (cot_detector_get_logs (detector)[0]);
          gboolean found = FALSE;
          gboolean others = FALSE;

          if (!samples[j].matches)
            continue;
          /* How Windows writes the name of an event channel as that of a file. */
          if (g_str_has_prefix (log->str, "Microsoft-"))
            g_string_replace (log, "/", "%4", 0);
          hits = cot_matcher_run_text (knowledge, log->str, samples[j].text);
          for (guint k = 0; k < cot_hits_get_n (hits); k++)
            if (cot_hits_get (hits, k)->detector == detector)
              found = TRUE;
            else
              others = TRUE;
          g_test_message ("%s: %s", cot_detector_get_id (detector), samples[j].text);
          g_assert_true (found
                         || (others
                             && (cot_detector_is_generic (detector)
                                 || cot_detector_get_yields_to (detector)[0] != NULL)));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matcher/hits-and-captures", test_hits_and_captures);
  g_test_add_func ("/matcher/bare-code-needs-its-log", test_bare_code_needs_its_log);
  g_test_add_func ("/matcher/quotations", test_quotations);
  g_test_add_func ("/matcher/quoting-logs", test_quoting_logs);
  g_test_add_func ("/matcher/generic-yields", test_generic_yields);
  g_test_add_func ("/matcher/log-names", test_log_names);
  g_test_add_func ("/matcher/ranges-and-join", test_ranges_and_join);
  g_test_add_func ("/matcher/long-messages-are-counted", test_long_messages_are_counted);
  g_test_add_func ("/matcher/cancel", test_cancel);
  g_test_add_func ("/matcher/empty-log", test_empty_log);
  g_test_add_func ("/matcher/samples-through-the-matcher", test_samples_through_the_matcher);
  return g_test_run ();
}
