/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-catalogue.h"

#include "cot-matcher.h"

#include <glib/gstdio.h>
#include <string.h>

static CotKnowledge *builtin;

static const char *
find (const char *label)
{
  const CotLogFile *file = cot_knowledge_find_log_file (builtin, label);

  return file != NULL ? file->name : NULL;
}

static void
test_builtin (void)
{
  guint n_with_folder = 0;

  g_assert_cmpuint (cot_knowledge_get_n_log_files (builtin), ==, 355);
  g_assert_cmpuint (cot_knowledge_get_n_log_groups (builtin), >=, 6);
  for (guint i = 0; i < cot_knowledge_get_n_log_files (builtin); i++)
    {
      const CotLogFile *file = cot_knowledge_get_log_file (builtin, i);

      g_assert_cmpuint (strlen (file->purpose), >, 0);
      n_with_folder += file->folder != NULL ? 1 : 0;
      /* Every log is found by its own name, where that is no pattern. */
      if (strpbrk (file->name, "<*") == NULL)
        g_assert_cmpstr (find (file->name), ==, file->name);
    }
  g_assert_cmpuint (n_with_folder, >, 300);
}

static void
test_find (void)
{
  static const struct
  {
    const char *label;
    const char *name;
  } known[] = {
    { "CoManagementHandler.log", "CoManagementHandler.log" },
    { "C:\\Windows\\CCM\\Logs\\COMANAGEMENTHANDLER.LO_", "CoManagementHandler.log" },
    { "PC01/logs/PC01_PolicyAgent-20260101-101010.log", "PolicyAgent.log" },
    { "mp_location.log", "MP_Location.log" },
    { "ccmsetup-ccmeval.log", "ccmsetup-ccmeval.log" },
    { "ccmsetup.log", "ccmsetup.log" },
    { "CloudDP-01234567-89ab-cdef-0123-456789abcdef.log", "CloudDP-<guid>.log" },
    { "SCClient_CONTOSO@anna_1.log", "SCClient_<domain>@<username>_1.log" },
    { "Microsoft-Windows-AAD%4Operational.evtx", "Microsoft-Windows-AAD/Operational" },
    { "u_ex260101.log", "IIS u_ex*.log" },
    { "_IntuneManagementExtension.log", "_IntuneManagementExtension.log" },
    { "IntuneManagementExtension-20260101-101010.log", "IntuneManagementExtension.log" },
  };
  static const char *const unknown[]
      = { "Fabrikam.log", "", ".log", "xPolicyAgent.log", "PolicyAgentX.log", "CloudDP.log" };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_test_message ("%s", known[i].label);
      g_assert_cmpstr (find (known[i].label), ==, known[i].name);
    }
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_test_message ("%s", unknown[i]);
      g_assert_null (find (unknown[i]));
    }
}

static void
test_groups (void)
{
  static const char *const wanted[]
      = { "co-management", "client-installation", "applications", "updates", "policy", "cmg" };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < cot_knowledge_get_n_log_groups (builtin); j++)
        found |= g_str_equal (cot_knowledge_get_log_group (builtin, j)->id, wanted[i]);
      g_test_message ("%s", wanted[i]);
      g_assert_true (found);
    }
  g_assert_true (cot_log_group_has (cot_knowledge_get_log_group (builtin, 0),
                                    "comanagementhandler.LOG"));
  g_assert_false (cot_log_group_has (cot_knowledge_get_log_group (builtin, 0), "Fabrikam.log"));
}

static gboolean
search_has (const char *words, const char *name, gboolean first)
{
  g_autoptr (CotLogSearch) search = cot_knowledge_search_logs (builtin, words);

  for (guint i = 0; i < (first ? MIN (search->files->len, 1) : search->files->len); i++)
    if (g_str_equal (((const CotLogFile *) g_ptr_array_index (search->files, i))->name, name))
      return TRUE;
  return FALSE;
}

static void
test_search (void)
{
  g_autoptr (CotLogSearch) all = cot_knowledge_search_logs (builtin, "  ");
  g_autoptr (CotLogSearch) none = cot_knowledge_search_logs (builtin, "zebra giraffe");

  g_assert_cmpuint (all->files->len, ==, cot_knowledge_get_n_log_files (builtin));
  g_assert_cmpuint (all->groups->len, ==, 0);
  g_assert_null (all->first);
  g_assert_cmpuint (none->files->len, ==, 0);
  g_assert_cmpuint (none->groups->len, ==, 0);
  g_assert_cmpuint (none->unknown->len, ==, 3);
  g_assert_true (search_has ("WUAHandler", "WUAHandler.log", TRUE)); /* by name */
  g_assert_true (search_has (" wuahandler.LOG", "WUAHandler.log", TRUE));
  g_assert_true (search_has ("device tokens", "CcmAad.log", FALSE)); /* by purpose */
  g_assert_true (search_has ("co-management", "CcmMessaging.log", FALSE)); /* by scenario */
  g_assert_true (search_has ("cmg cloud", "CMGService.log", FALSE)); /* in any order */
}

static guint
place_of (const CotLogSearch *search, const char *name)
{
  for (guint i = 0; i < search->files->len; i++)
    if (g_str_equal (((const CotLogFile *) g_ptr_array_index (search->files, i))->name, name))
      return i;
  return G_MAXUINT;
}

/* Logs of that name, then those that are read for it, then those that only mention it; and none
 * that is only read beside one of them. */
static void
test_order (void)
{
  g_autoptr (CotLogSearch) policy = cot_knowledge_search_logs (builtin, "policy");
  g_autoptr (CotLogSearch) enroll = cot_knowledge_search_logs (builtin, "enroll");
  g_autoptr (CotLogSearch) named = cot_knowledge_search_logs (builtin, "WUAHandler.log");

  /* By name: all whose names begin so, before any other but the one to read first. */
  g_assert_cmpuint (place_of (policy, "PolicyAgent.log"), ==, 0);
  g_assert_cmpuint (place_of (policy, "PolicyEvaluator.log"), <,
                    place_of (policy, "CcmMessaging.log"));
  /* By scenario, before those of which only the purpose has the word. */
  g_assert_cmpuint (place_of (policy, "CcmMessaging.log"), <, policy->n_close);
  g_assert_cmpuint (place_of (policy, "ATPHandler.log"), <, policy->files->len);
  g_assert_cmpuint (place_of (policy, "ATPHandler.log"), >=, policy->n_close);
  /* "Device does not enroll" leads to another log of its group. */
  g_assert_cmpuint (place_of (enroll, "CoManagementHandler.log"), ==, 0);
  g_assert_cmpuint (place_of (enroll, "CIAgent.log"), ==, G_MAXUINT);
  g_assert_cmpuint (named->n_close, >=, 1);
}

/* What people type who have a broken device, and the log that they should read first. */
static const struct
{
  const char *words;
  const char *group;
  const char *first;
} symptoms[] = {
  { "app does not install", "applications", "AppEnforce.log" },
  { "installation of the application fails", "applications", "AppEnforce.log" },
  { "install app", "applications", "AppEnforce.log" },
  { "packages won't install", "applications", "AppEnforce.log" },
  { "app ins", "applications", "AppEnforce.log" }, /* as it is typed */
  { "app missing in software center", "applications", "AppIntentEval.log" },
  { "win32 app from intune does not install", "intune-agent", "IntuneManagementExtension.log" },
  { "updates do not install", "updates", "UpdatesDeployment.log" },
  { "patch installation stuck", "updates", "UpdatesDeployment.log" },
  { "hotfix", "updates", "WUAHandler.log" },
  { "scanning for updates fails", "updates", "WUAHandler.log" },
  { "device does not enroll", "co-management", "CoManagementHandler.log" },
  { "MDM enrollment failed", "co-management", "CoManagementHandler.log" },
  { "client install", "client-installation", "ccmsetup.log" },
  { "why is my client not registering", "registration", "ClientIDManagerStartup.log" },
  { "boundary group", "discovery", "LocationServices.log" },
  { "PKI certificate", "registration", "ClientIDManagerStartup.log" },
  { "no policy", "policy", "PolicyAgent.log" },
  { "policies", "policy", "PolicyAgent.log" },
  { "download stuck", "content", "CAS.log" },
  { "pxe boot", "os-deployment", "smspxe.log" },
  { "task sequence failed", "os-deployment", "smsts.log" },
  { "hybrid join", "hybrid-join", "Microsoft-Windows-User Device Registration/Admin" },
  { "bitlocker", "endpoint-protection", "BitLockerManagementHandler.log" },
  { "hardware inventory", "inventory", "InventoryAgent.log" },
  { "mp", "management-point", "mpcontrol.log" },
  { "cmg", "cmg", "LocationServices.log" },
  { "client cannot reach CMG", "cmg", "CcmMessaging.log" },
};

static void
test_symptoms (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (symptoms); i++)
    {
      g_autoptr (CotLogSearch) search = cot_knowledge_search_logs (builtin, symptoms[i].words);
      const CotLogGroup *group;

      g_test_message ("%s", symptoms[i].words);
      g_assert_cmpuint (search->groups->len, >, 0);
      group = g_ptr_array_index (search->groups, 0);
      g_test_message ("%s, %s", group->id, search->first != NULL ? search->first->name : "none");
      g_assert_cmpstr (group->id, ==, symptoms[i].group);
      g_assert_nonnull (search->first);
      g_assert_cmpstr (search->first->name, ==, symptoms[i].first);
      g_assert_true (search->first == g_ptr_array_index (search->files, 0));
      g_assert_cmpuint (search->unknown->len, ==, 1);
      g_assert_false (search->is_partial);
    }
}

static guint
count_in_both (GPtrArray *a, GPtrArray *b)
{
  guint n = 0;

  for (guint i = 0; i < a->len; i++)
    n += g_ptr_array_find (b, g_ptr_array_index (a, i), NULL) ? 1 : 0;
  return n;
}

/* The order of words, small words and endings do not count; what nothing has is told. */
static void
test_search_words (void)
{
  g_autoptr (CotLogSearch) plain = cot_knowledge_search_logs (builtin, "application install");
  g_autoptr (CotLogSearch) other
      = cot_knowledge_search_logs (builtin, "Why does the INSTALLATION of my applications fail?");
  g_autoptr (CotLogSearch) zebra = cot_knowledge_search_logs (builtin, "app zebra install");
  g_autoptr (CotLogSearch) small = cot_knowledge_search_logs (builtin, "does not");
  g_autoptr (CotLogSearch) bytes = cot_knowledge_search_logs (builtin, "\xff install \xc3");

  g_assert_cmpuint (plain->files->len, >, 10);
  g_assert_cmpuint (count_in_both (plain->files, other->files), ==, plain->files->len);
  g_assert_cmpuint (other->files->len, ==, plain->files->len);
  g_assert_cmpuint (zebra->files->len, >, 10);
  g_assert_cmpuint (zebra->unknown->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (zebra->unknown, 0), ==, "zebra");
  g_assert_nonnull (zebra->first);
  g_assert_cmpuint (small->unknown->len, >, 0);
  g_assert_cmpuint (bytes->files->len, >, 0);
}

/* Each symptom leads to its own log, and each group is found by its title. */
static void
test_own_words (void)
{
  for (guint i = 0; i < cot_knowledge_get_n_log_groups (builtin); i++)
    {
      const CotLogGroup *group = cot_knowledge_get_log_group (builtin, i);
      g_autoptr (CotLogSearch) by_title = cot_knowledge_search_logs (builtin, group->title);

      g_test_message ("%s", group->title);
      g_assert_true (g_ptr_array_find (by_title->groups, group, NULL));
      g_assert_cmpuint (group->n_symptoms, >, 0);
      for (guint j = 0; j < group->n_symptoms; j++)
        {
          const CotLogSymptom *symptom = &group->symptoms[j];
          g_autoptr (CotLogSearch) search = cot_knowledge_search_logs (builtin, symptom->text);

          g_test_message ("%s", symptom->text);
          g_assert_true (search->symptom == symptom);
          g_assert_cmpstr (search->first->name, ==, symptom->log);
        }
    }
}

static CotKnowledge *
parse (const char *body, GError **error)
{
  g_autofree char *xml = g_strdup_printf ("<knowledge>\n%s\n</knowledge>", body);

  return cot_knowledge_new_from_xml (builtin, "own.xml", xml, strlen (xml), error);
}

static void
test_own (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) own
      = parse ("<log-group id=\"fabrikam\"><title>Fabrikam</title><log>Fabrikam.log</log>"
               "<log>ccmsetup.log</log></log-group>"
               "<log-file name=\"Fabrikam.log\" side=\"client\"><purpose>What\n Fabrikam does"
               "</purpose><related>CcmExec.log</related></log-file>"
               "<search-words kind=\"same\">Fabrikam, the Fabrikam tool, FAB</search-words>",
               &error);
  g_autoptr (CotLogSearch) search = NULL;
  const CotLogFile *file;

  g_assert_no_error (error);
  file = cot_knowledge_find_log_file (own, "PC01_fabrikam.lo_");
  g_assert_nonnull (file);
  g_assert_cmpstr (file->purpose, ==, "What Fabrikam does");
  g_assert_cmpstr (file->related[0], ==, "CcmExec.log");
  g_assert_null (file->related[1]);
  g_assert_false (file->quotes);
  g_assert_null (find ("Fabrikam.log"));
  search = cot_knowledge_search_logs (own, "fab");
  g_assert_cmpuint (search->groups->len, ==, 1);
  g_assert_true (search->first == file);
  g_assert_cmpuint (cot_knowledge_get_n_log_groups (own), ==,
                    cot_knowledge_get_n_log_groups (builtin) + 1);
}

/* In a log of a user that quotes, the built-in ones do not speak; his own does that names it. */
static void
test_own_quotes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) own
      = parse ("<log-file name=\"Fabrikam.log\" side=\"client\" quotes=\"yes\"><purpose>x</purpose>"
               "</log-file>"
               "<marker id=\"own-here\"><log>Fabrikam.log</log>"
               "<match kind=\"literal\">enrollment succeeded</match>"
               "<sample>enrollment succeeded</sample></marker>"
               "<marker id=\"own-anywhere\"><match kind=\"literal\">enrollment succeeded</match>"
               "<sample>enrollment succeeded</sample></marker>",
               &error);
  static const char *const logs[] = { "Fabrikam.log", "CcmExec.log" };
  static const guint n_hits[] = { 1, 3 };

  g_assert_no_error (error);
  g_assert_true (cot_knowledge_find_log_file (own, "Fabrikam.log")->quotes);
  for (gsize i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autoptr (CotHits) hits
          = cot_matcher_run_text (own, logs[i], "MDM enrollment succeeded");

      g_assert_cmpuint (cot_hits_get_n (hits), ==, n_hits[i]);
    }
}

#define PURPOSE "<purpose>x</purpose>"

static void
test_bad (void)
{
  static const struct
  {
    const char *body;
    const char *reason; /* with the line that it is told with */
  } bad[] = {
    { "<log-file name=\"F.log\" side=\"moon\">" PURPOSE "</log-file>", "2: unknown side “moon”" },
    { "\n<log-file name=\"F.log\" side=\"iis\"></log-file>", "3: “F.log” has no <purpose>" },
    { "<log-file name=\"F.log\">" PURPOSE "</log-file>", "side" },
    { "<log-file name=\" \" side=\"iis\">" PURPOSE "</log-file>", "is no name" },
    { "<log-file name=\"F.log\" side=\"iis\">" PURPOSE PURPOSE "</log-file>",
      "a second <purpose>" },
    { "<log-file name=\"F.log\" side=\"iis\">" PURPOSE "<title>x</title></log-file>",
      "<title> cannot stand here" },
    { "<log-file name=\"F.log\" side=\"iis\">" PURPOSE "<related>Nowhere.log</related></log-file>",
      "2: “F.log” names the unknown log “Nowhere.log”" },
    { "<log-file name=\"ccmsetup.LOG\" side=\"client\">" PURPOSE "</log-file>",
      "“ccmsetup.LOG” exists already" },
    { "<log-group id=\"cmg\"><title>x</title><log>ccmsetup.log</log></log-group>",
      "“cmg” exists already" },
    { "<log-group id=\"f\"><title>x</title></log-group>", "has no <log>" },
    { "<log-group id=\"f\"><log>ccmsetup.log</log></log-group>", "has no <title>" },
    { "<log-group id=\"F x\"><title>x</title><log>ccmsetup.log</log></log-group>", "is no id" },
    { "<log-group id=\"f\"><title>x</title><log>ccmsetup.log</log><log>CCMSETUP.log</log>"
      "</log-group>",
      "names a log twice" },
    { "<log-group id=\"f\"><title>x</title><symptom log=\"F.log\">x</symptom>"
      "<log>ccmsetup.log</log></log-group>",
      "has a <symptom> with a log that is none of its own" },
    { "<log-group id=\"f\"><title>x</title><symptom log=\"ccmsetup.log\"> </symptom>"
      "<log>ccmsetup.log</log></log-group>",
      "has an empty <symptom>" },
    { "<log-group id=\"f\"><title>x</title><symptom>x</symptom></log-group>", "log" },
    { "<search-words kind=\"odd\">x</search-words>", "2: unknown kind of words “odd”" },
    { "<search-words kind=\"same\">a, , b</search-words>", "“same” has an empty word" },
    { "<search-words kind=\"small\">a, A</search-words>", "“small” has a word twice" },
    { "<search-words>a</search-words>", "kind" },
    { "<log-group id=\"f\"><purpose>x</purpose></log-group>", "<purpose> cannot stand here" },
    { "<purpose>x</purpose>", "<purpose> cannot stand here" },
    { "<log-file name=\"F.log\" side=\"iis\"><purpose>x", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CotKnowledge) own = parse (bad[i].body, &error);

      g_test_message ("%s", bad[i].body);
      g_assert_null (own);
      g_assert_nonnull (error);
      g_assert_cmpint (error->domain, ==, COT_KNOWLEDGE_ERROR);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, bad[i].reason));
      g_assert_true (g_str_has_prefix (error->message, "own.xml"));
    }
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* What is wrong in a user's file is told with file and line; everything else goes on. */
static void
test_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("cotrace-test-XXXXXX", NULL);
  g_autoptr (CotKnowledge) own = NULL;
  const CotKnowledgeProblem *problem;

  write_file (folder, "a.xml",
              "<knowledge>\n"
              "<log-file name=\"Good.log\" side=\"client\"><purpose>x</purpose></log-file>\n"
              "<log-file name=\"Bad.log\" side=\"client\"></log-file>\n"
              "<log-group id=\"dangling\"><title>x</title><log>Bad.log</log></log-group>\n"
              "</knowledge>\n");
  own = cot_knowledge_new_with_folder (builtin, folder);
  g_assert_nonnull (cot_knowledge_find_log_file (own, "good.log"));
  g_assert_null (cot_knowledge_find_log_file (own, "bad.log"));
  g_assert_cmpuint (cot_knowledge_get_n_log_groups (own), ==,
                    cot_knowledge_get_n_log_groups (builtin));
  g_assert_cmpuint (cot_knowledge_get_n_problems (own), ==, 2);
  problem = cot_knowledge_get_problem (own, 0);
  g_assert_true (g_str_has_suffix (problem->file, "a.xml"));
  g_assert_cmpuint (problem->line, ==, 3);
  problem = cot_knowledge_get_problem (own, 1);
  g_assert_cmpuint (problem->line, ==, 4);
  g_assert_nonnull (strstr (problem->reason, "unknown log “Bad.log”"));
  {
    g_autofree char *path = g_build_filename (folder, "a.xml", NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  builtin = cot_knowledge_new_builtin (NULL);
  g_assert_nonnull (builtin);
  g_test_add_func ("/log-catalogue/builtin", test_builtin);
  g_test_add_func ("/log-catalogue/find", test_find);
  g_test_add_func ("/log-catalogue/groups", test_groups);
  g_test_add_func ("/log-catalogue/search", test_search);
  g_test_add_func ("/log-catalogue/order", test_order);
  g_test_add_func ("/log-catalogue/search-words", test_search_words);
  g_test_add_func ("/log-catalogue/symptoms", test_symptoms);
  g_test_add_func ("/log-catalogue/own-words", test_own_words);
  g_test_add_func ("/log-catalogue/own", test_own);
  g_test_add_func ("/log-catalogue/own-quotes", test_own_quotes);
  g_test_add_func ("/log-catalogue/bad", test_bad);
  g_test_add_func ("/log-catalogue/folder", test_folder);
  result = g_test_run ();
  cot_knowledge_unref (builtin);
  return result;
}
