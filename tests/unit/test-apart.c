/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines of one detector that tell of other things are findings of their own, and what one run of a
 * program came to explains no other. */

#include "knowledge-case.h"

#include <string.h>

#define RUN_STARTS "==========[ ccmsetup started in process 476 ]=========="
#define FAILED "CcmSetup failed with error code "
#define MSI_1603 \
  "File C:\\WINDOWS\\ccmsetup\\client.msi installation failed. Error text: ExitCode: 1603"
#define NOT_RESOLVED(host) \
  "[CCMHTTP] ERROR: URL=https://" host "/x, Port=443, Options=31, Code=12007, Text=x"
#define DELIVERED(host) \
  "OutgoingMessage(Queue='mp_x', ID={00000000-1111-4222-8333-444455556666}): Delivered " \
  "successfully to host '" host "'."
#define SETTINGS(value) \
  "Merged value for setting 'CoManagementSettings_Capabilities' is '" value "'"
#define OTHER_MDM \
  "This device is enrolled to an unexpected vendor, it will be set in co-existence mode."
#define MAX_TOLD 8

static guint
count (Case *self, const char *id)
{
  guint n = 0;

  for (guint i = 0; i < self->findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (self->findings, i);

      n += g_str_equal (cot_detector_get_id (finding->detector), id) ? 1 : 0;
    }
  return n;
}

static CotFinding *
find_at (Case *self, const char *id, guint64 ordinal)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (self->findings, i);

      if (!g_str_equal (cot_detector_get_id (finding->detector), id))
        continue;
      for (guint j = 0; j < finding->evidence->len; j++)
        if (g_array_index (finding->evidence, CotEvidence, j).ordinal == ordinal)
          return finding;
    }
  return NULL;
}

static void
assert_says (CotFinding *finding, const char *part)
{
  g_autofree char *text = cot_finding_expand (finding, finding->meaning);

  g_assert_nonnull (strstr (text, part));
}

static void
test_each_run_has_its_code (Case *self, gconstpointer data)
{
  KnowledgeLog *setup = case_add_log (self, "ccmsetup.log");
  CotFinding *first, *second;

  knowledge_log_add (setup, RUN_STARTS);
  knowledge_log_add (setup, FAILED "0x80070005");
  knowledge_log_add (setup, RUN_STARTS);
  knowledge_log_add (setup, MSI_1603);
  knowledge_log_add (setup, FAILED "0x80070643");
  case_judge (self);
  assert_headline (self, "setup-1603");
  first = find_at (self, "setup-failed", 1);
  second = find_at (self, "setup-failed", 4);
  g_assert_true (first != second);
  assert_says (first, "0x80070005");
  assert_says (second, "0x80070643");
  g_assert_cmpstr (first->values, ==, "0x80070005");
  g_assert_null (first->parent);
  g_assert_cmpstr (cot_detector_get_id (second->parent->detector), ==, "setup-1603");
  /* It is no longer how setup ended. */
  g_assert_cmpint (first->severity, ==, COT_SEVERITY_WARNING);
  g_assert_cmpint (second->severity, ==, COT_SEVERITY_ERROR);
}

static void
test_same_values_are_one (Case *self, gconstpointer data)
{
  KnowledgeLog *setup = case_add_log (self, "ccmsetup.log");
  CotFinding *finding;
  g_autofree char *key = NULL;

  for (guint i = 0; i < 4; i++)
    {
      knowledge_log_add (setup, RUN_STARTS);
      knowledge_log_add (setup, i % 2 == 0 ? FAILED "0x8007000e" : FAILED "0x8007000E");
    }
  case_judge (self);
  g_assert_cmpuint (count (self, "setup-failed"), ==, 1);
  finding = case_find (self, "setup-failed");
  g_assert_cmpuint (finding->evidence->len, ==, 4);
  g_assert_null (finding->values);
  key = cot_finding_dup_key (finding);
  g_assert_cmpstr (key, ==, "setup-failed");
}

/* What came of a run is not explained by what another one came to, however soon after. */
static void
test_other_run_explains_nothing (Case *self, gconstpointer data)
{
  KnowledgeLog *setup = case_add_log (self, "ccmsetup.log");
  CotFinding *good;

  knowledge_log_add (setup, RUN_STARTS);
  knowledge_log_add (setup, "CcmSetup is exiting with return code 0");
  knowledge_log_add (setup, RUN_STARTS);
  knowledge_log_add (setup, FAILED "0x80004005");
  case_judge (self);
  assert_headline (self, "setup-failed");
  good = case_find (self, "setup-exit-code");
  g_assert_null (good->parent);
}

/* In one log no line explains those that stand well before it; in two the clocks may differ. */
static void
test_no_cause_behind (Case *self, gconstpointer data)
{
  KnowledgeLog *location = case_add_log (self, "LocationServices.log");
  KnowledgeLog *messaging = NULL;
  const char *failed = "LSUpdateInternetManagementPoints: Failed to retrieve internet MPs from MP "
                       "MP1.CONTOSO.COM with error 0x87d00231, retaining previous list.";

  knowledge_log_add (location, failed);
  knowledge_log_skip (location, 10);
  if (data == NULL)
    messaging = case_add_log (self, "CcmMessaging.log");
  knowledge_log_add (messaging != NULL ? messaging : location, NOT_RESOLVED ("mp1.contoso.com"));
  case_judge (self);
  g_assert_true ((case_find (self, "ccm-transient-87d00231")->parent != NULL) == (data == NULL));
}

static void
test_each_server (Case *self, gconstpointer data)
{
  KnowledgeLog *messaging = case_add_log (self, "CcmMessaging.log");
  CotFinding *first, *second;

  knowledge_log_add (messaging, NOT_RESOLVED ("mp1.contoso.com"));
  knowledge_log_add (messaging, NOT_RESOLVED ("mp2.contoso.com"));
  knowledge_log_add (messaging, NOT_RESOLVED ("MP1.contoso.com"));
  knowledge_log_add (messaging, DELIVERED ("MP2.CONTOSO.COM"));
  case_judge (self);
  g_assert_cmpuint (count (self, "ccmhttp-no-connection"), ==, 2);
  first = find_at (self, "ccmhttp-no-connection", 0);
  second = find_at (self, "ccmhttp-no-connection", 1);
  g_assert_true (first == find_at (self, "ccmhttp-no-connection", 2));
  assert_says (first, "MP1.contoso.com");
  assert_says (second, "mp2.contoso.com");
  g_assert_cmpint (first->state, ==, COT_FINDING_OPEN);
  g_assert_cmpint (second->state, ==, COT_FINDING_HISTORY);
}

/* A log of hundreds of servers is not as many findings. */
static void
test_many_are_summed_up (Case *self, gconstpointer data)
{
  KnowledgeLog *messaging = case_add_log (self, "CcmMessaging.log");
  guint n_lines = 0;
  guint n_others = 0;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *line = g_strdup_printf (
          "[CCMHTTP] ERROR: URL=https://mp%u.contoso.com/x, Port=443, Code=12007, Text=x", i);

      knowledge_log_add (messaging, line);
    }
  case_judge (self);
  g_assert_cmpuint (count (self, "ccmhttp-no-connection"), ==, MAX_TOLD + 1);
  for (guint i = 0; i < self->findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (self->findings, i);

      n_lines += finding->evidence->len;
      n_others += finding->n_summed_up;
    }
  g_assert_cmpuint (n_lines, ==, 40);
  g_assert_cmpuint (n_others, ==, 40 - MAX_TOLD - 1);
  g_assert_cmpuint (find_at (self, "ccmhttp-no-connection", 39)->n_summed_up, ==, 0);
  g_assert_cmpuint (find_at (self, "ccmhttp-no-connection", 0)->n_summed_up, >, 0);
  /* The newest of what is told together, once. */
  g_assert_cmpuint (find_at (self, "ccmhttp-no-connection", 0)->evidence->len, ==, 32);
}

/* Where the newest value is what counts, all lines are one. */
static void
test_settings_are_one (Case *self, gconstpointer data)
{
  KnowledgeLog *handler = case_add_log (self, "CoManagementHandler.log");

  knowledge_log_add (handler, SETTINGS ("1"));
  knowledge_log_add (handler, SETTINGS ("3"));
  case_judge (self);
  g_assert_cmpuint (count (self, "comgmt-capabilities"), ==, 1);
}

/* What one line says, another one beside it takes back; one of another evaluation does not. */
static void
test_taken_back (Case *self, gconstpointer data)
{
  KnowledgeLog *handler = case_add_log (self, "CoManagementHandler.log");
  KnowledgeLog *other = case_add_log (self, "CoManagementHandler.lo_");

  for (guint i = 0; i < 3; i++)
    {
      knowledge_log_add (handler, "Device is already enrolled with MDM");
      handler->n_seconds -= 55;
      knowledge_log_add (handler, OTHER_MDM);
    }
  case_judge (self);
  g_assert_null (case_find (self, "comgmt-already-enrolled"));
  assert_headline (self, "comgmt-other-mdm");

  knowledge_log_add (other, "Device is already enrolled with MDM");
  case_judge (self);
  g_assert_cmpuint (case_find (self, "comgmt-already-enrolled")->evidence->len, ==, 1);

  knowledge_log_add (handler, "Device is already enrolled with MDM");
  case_judge (self);
  g_assert_cmpuint (case_find (self, "comgmt-already-enrolled")->evidence->len, ==, 2);
  g_assert_cmpint (case_find (self, "comgmt-other-mdm")->state, ==, COT_FINDING_HISTORY);
}

#define ADD(path, function, data) \
  g_test_add ("/apart/" path, Case, data, case_set_up, function, case_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each-run-has-its-code", test_each_run_has_its_code, NULL);
  ADD ("same-values-are-one", test_same_values_are_one, NULL);
  ADD ("other-run-explains-nothing", test_other_run_explains_nothing, NULL);
  ADD ("cause-behind-in-another-log", test_no_cause_behind, NULL);
  ADD ("no-cause-behind-in-one-log", test_no_cause_behind, "one log");
  ADD ("each-server", test_each_server, NULL);
  ADD ("many-are-summed-up", test_many_are_summed_up, NULL);
  ADD ("settings-are-one", test_settings_are_one, NULL);
  ADD ("taken-back", test_taken_back, NULL);
  return g_test_run ();
}
