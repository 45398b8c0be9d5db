/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The user's own knowledge while logs are open: read anew, and written from a line. */

#include "cot-engine.h"
#include "cot-log-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define DEADLINE_SECONDS 60

#define RECORD(message) \
  "<![LOG[" message "]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"1\" thread=\"7120\" file=\"a.cpp:12\">\r\n"
#define PACK(id, text, title) \
  "<knowledge><detector id=\"" id "\" area=\"other\" severity=\"error\"><title>" title "</title>" \
  "<match kind=\"literal\">" text "</match><meaning>M</meaning><step>S</step>" \
  "<sample>" text "</sample></detector></knowledge>"

typedef struct
{
  char *folder; /* of the user's own knowledge */
  char *log_path;
  CotSession *session;
  CotCase *loose;
  CotLog *log;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotCase) opened = NULL;

  fixture->folder = cot_session_dup_own_knowledge_folder ();
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  fixture->log_path = g_build_filename (g_get_user_cache_dir (), "Contoso.log", NULL);
  g_file_set_contents (fixture->log_path,
                       RECORD ("Widget 17 of PC0042 broke at 09:12:41 with 0x80070005")
                       RECORD ("all is well")
                       RECORD ("Widget 4711 of PC0043 broke at 10:00:00 with 0x80070005")
                       RECORD ("Widget 1 of PC0043 broke at 10:00:00 with 0x80070002"),
                       -1, &error);
  g_assert_no_error (error);
  fixture->session = cot_session_new ();
  fixture->loose = cot_session_new_case (fixture->session);
  opened = cot_session_open_sync (fixture->session, fixture->loose, fixture->log_path, &error);
  g_assert_no_error (error);
  cot_session_wait (fixture->session, opened);
  fixture->log = cot_case_get_log (opened, 0);
}

static void
empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->loose);
  g_clear_object (&fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  empty_folder (fixture->folder);
  g_remove (fixture->log_path);
  g_free (fixture->log_path);
  g_free (fixture->folder);
}

static void
write_pack (Fixture *fixture, const char *name, const char *xml)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, xml, -1, NULL));
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_for_result (GAsyncResult **result)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_SECONDS * G_USEC_PER_SEC;

  while (*result == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
read_again (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  cot_session_read_own_knowledge_async (fixture->session, on_ready, &result);
  wait_for_result (&result);
  cot_session_wait (fixture->session, fixture->loose);
}

static CotFinding *
find_finding (Fixture *fixture, const char *id)
{
  for (guint i = 0; i < cot_case_get_n_findings (fixture->loose); i++)
    {
      CotFinding *finding = cot_case_get_finding (fixture->loose, i);

      if (g_str_equal (cot_detector_get_id (finding->detector), id))
        return finding;
    }
  return NULL;
}

static void
count (GObject *session, gpointer data)
{
  (*(guint *) data)++;
}

/* What is open is looked at with what was written, corrected and removed meanwhile. */
static void
test_read_again (Fixture *fixture, gconstpointer data)
{
  guint n_changes = 0;

  g_signal_connect (fixture->session, "knowledge-changed", G_CALLBACK (count), &n_changes);
  read_again (fixture);
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_null (find_finding (fixture, "mine"));

  write_pack (fixture, "mine.xml", PACK ("mine", "broke at", "First"));
  read_again (fixture);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_nonnull (find_finding (fixture, "mine"));
  g_assert_cmpuint (find_finding (fixture, "mine")->evidence->len, ==, 3);
  g_assert_nonnull (cot_log_get_finding_at (fixture->log, 0));
  g_assert_null (cot_log_get_finding_at (fixture->log, 1));

  write_pack (fixture, "mine.xml", PACK ("mine", "all is well", "Second"));
  read_again (fixture);
  g_assert_cmpstr (find_finding (fixture, "mine")->title, ==, "Second");
  g_assert_cmpuint (find_finding (fixture, "mine")->evidence->len, ==, 1);
  g_assert_null (cot_log_get_finding_at (fixture->log, 0));

  write_pack (fixture, "mine.xml", "<knowledge>\n<detector");
  read_again (fixture);
  g_assert_null (find_finding (fixture, "mine"));
  g_assert_cmpuint (cot_session_get_n_knowledge_problems (fixture->session), ==, 1);
  g_assert_nonnull (strstr (cot_session_get_knowledge_problem (fixture->session, 0),
                            "mine.xml:2: "));

  empty_folder (fixture->folder);
  read_again (fixture);
  g_assert_cmpuint (cot_session_get_n_knowledge_problems (fixture->session), ==, 0);
  g_assert_cmpuint (n_changes, ==, 4);
}

/* Two at once: the newest counts, and both end. */
static void
test_read_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;

  write_pack (fixture, "mine.xml", PACK ("mine", "broke at", "First"));
  cot_session_read_own_knowledge_async (fixture->session, on_ready, &first);
  cot_session_read_own_knowledge_async (fixture->session, on_ready, &second);
  wait_for_result (&first);
  wait_for_result (&second);
  cot_session_wait (fixture->session, fixture->loose);
  g_assert_nonnull (find_finding (fixture, "mine"));
}

static void
test_session_that_goes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  cot_session_read_own_knowledge_async (fixture->session, on_ready, &result);
  g_clear_object (&fixture->session);
  g_clear_object (&fixture->loose);
  wait_for_result (&result);
}

static void
set_texts (CotDraft *draft)
{
  g_free (draft->title);
  draft->title = g_strdup ("A widget broke: “Äh”!");
  g_free (draft->meaning);
  draft->meaning = g_strdup ("It <broke> & that is it.");
  g_free (draft->step);
  draft->step = g_strdup ("Run `mend`.");
}

static void
test_proposals (void)
{
  static const struct
  {
    const char *message;
    const char *text;
  } cases[] = {
    { "Failed to connect", "Failed to connect" },
    { "Failed with error 0x80070005", "Failed with error 0x80070005" },
    { "Failed with error -2147024891 again", "Failed with error -2147024891 again" },
    { "Failed after 12 tries at 2026-11-18 09:12:41.327", "Failed after…tries at" },
    { "Handle 0x00001f2c was closed", "Handle…was closed" },
    { "Policy {0A1B2C3D-1111-4222-8333-444455556666} was refused", "Policy {…} was refused" },
    { "Cannot reach https://cmg.contoso.com/CCM_Proxy/7 now, giving up",
      "Cannot reach…now, giving up" },
    { "Token of amy@contoso.com was refused", "Token of…was refused" },
    { "Cannot open C:\\Users\\amy\\x.txt for reading", "Cannot open…for reading" },
    { "User S-1-5-21-1004336348-1177238915-682003330-512 is unknown", "User…is unknown" },
    { "Device PC0042 is gone", "Device…is gone" },
    { "[12] Win32App x64 check failed", "Win32App x64 check failed" },
    { "09:12:41.327 Enrollment failed", "Enrollment failed" },
    { "Ger\xc3\xa4t konnte nicht registriert werden", "t konnte nicht registriert werden" },
    { "a\tb 12 Enrollment\tfailed", "Enrollment…failed" },
    { "\r\n\r\n12\r\nSecond line failed\r\nThird", "Second line failed" },
    { "Thumbprint 0123456789abcdef0123456789ABCDEF01234567 expired", "Thumbprint…expired" },
    { "12 34", "" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cot_draft_propose_text (cases[i].message);
      g_auto (GStrv) parts = g_strsplit (text, COT_DRAFT_ANYTHING, -1);
      g_auto (GStrv) wanted = g_strsplit (cases[i].text, COT_DRAFT_ANYTHING, -1);

      g_assert_cmpuint (g_strv_length (parts), ==, g_strv_length (wanted));
      for (guint j = 0; parts[j] != NULL; j++)
        g_assert_cmpstr (g_strstrip (parts[j]), ==, g_strstrip (wanted[j]));
    }
}

/* Whatever the line is: what is proposed is fit to look for, and matches it. */
static void
test_proposals_match (void)
{
  static const char *const messages[] = {
    "Failed (a+)+$ [x]{1,2} \\Q with | ^ * ? . and 12 of 34 <b> & \"quotes\" 'too'",
    "Enrollment\x01 failed \x1b[31m in 17 colours",
    "A line\r\nand 17 more\r\n\tof it",
    "Invalid bytes \xff\xfe in 12 places here",
    "]]> <!-- 12 --> <?xml ?> &amp; &#10; CDATA of 17",
    "x 1 y 2 z 3 Download 4 of 5 failed 6 times for 7 reasons in 8 logs by 9 agents on 10 days",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (CotSession) session = cot_session_new ();
      g_autoptr (CotLog) log = cot_log_new_for_member ("Test.log");
      g_autoptr (CotDraft) draft = cot_draft_new (session, log, messages[i]);
      g_autoptr (CotKnowledge) knowledge = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *xml = NULL;

      set_texts (draft);
      xml = cot_draft_dup_xml (draft, "mine");
      knowledge = cot_knowledge_new_from_xml (NULL, "mine.xml", xml, strlen (xml), &error);
      g_test_message ("%s", xml);
      g_assert_no_error (error);
      g_assert_nonnull (cot_knowledge_find (knowledge, "mine"));
    }
}

/* Likewise of messages that nobody wrote, made of what is cut and of what means something in XML
 * and in patterns. */
static void
test_random_messages (void)
{
  static const char *const pieces[]
      = { "Failed",  " ",  "12",    "0x80070005", "PC0042", "…", "\xc3\xa4", "<", "&", "]]>", "\\",
          "(",       "[",  "\t",    "\r\n",       "\x01",   "a", "=",        ".", "*", "{",   "$",
          "\\Users\\", "://", "@x.com", "S-1-5-21",   "-214",   "not", "without error", "?" };
  g_autoptr (CotSession) session = cot_session_new ();
  g_autoptr (CotLog) log = cot_log_new_for_member ("Test.log");

  for (guint i = 0; i < 400; i++)
    {
      g_autoptr (GString) message = g_string_new ("Failed ");
      g_autoptr (CotDraft) draft = NULL;
      g_autoptr (CotKnowledge) knowledge = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *xml = NULL;

      for (int n = g_test_rand_int_range (1, 60); n > 0; n--)
        g_string_append (message,
                         pieces[g_test_rand_int_range (0, (int) G_N_ELEMENTS (pieces))]);
      draft = cot_draft_new (session, log, message->str);
      if (*draft->text == '\0')
        continue;
      set_texts (draft);
      xml = cot_draft_dup_xml (draft, "mine");
      knowledge = cot_knowledge_new_from_xml (NULL, "mine.xml", xml, strlen (xml), &error);
      if (knowledge == NULL)
        g_error ("%s: %s", error->message, xml);
    }
}

static CotDraft *
new_draft (Fixture *fixture)
{
  CotDraft *draft
      = cot_draft_new (fixture->session, fixture->log,
                       "Widget 17 of PC0042 broke at 09:12:41 with 0x80070005");

  set_texts (draft);
  return draft;
}

static guint64
count_entries (Fixture *fixture, const CotDraft *draft, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  guint64 n;

  cot_draft_count_async (draft, fixture->log, NULL, on_ready, &result);
  wait_for_result (&result);
  return cot_draft_count_finish (result, &n, error) ? n : G_MAXUINT64;
}

static void
test_count (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotDraft) draft = new_draft (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (draft->log, ==, "Contoso.log");
  g_assert_cmpuint (count_entries (fixture, draft, &error), ==, 2);
  g_assert_no_error (error);

  g_free (draft->log);
  draft->log = g_strdup ("Another.log");
  g_assert_cmpuint (count_entries (fixture, draft, &error), ==, 0);
  g_assert_no_error (error);

  g_free (draft->text);
  draft->text = g_strdup ("something else");
  g_assert_cmpuint (count_entries (fixture, draft, &error), ==, G_MAXUINT64);
  g_assert_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_SAMPLE_MISMATCH);
  g_clear_error (&error);

  g_free (draft->text);
  draft->text = g_strdup ("of");
  g_assert_cmpuint (count_entries (fixture, draft, &error), ==, G_MAXUINT64);
  g_assert_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE);
}

static char *
save (Fixture *fixture, const CotDraft *draft, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cot_draft_save_async (draft, fixture->session, on_ready, &result);
  wait_for_result (&result);
  return cot_draft_save_finish (result, error);
}

/* It fires at once; a second one of that name stands beside it. */
static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotDraft) draft = new_draft (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = save (fixture, draft, &error);
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (first, fixture->folder));
  g_assert_true (g_str_has_suffix (first, "own-a-widget-broke-ah.xml"));
  /* Before it is known: the file is there. */
  second = save (fixture, draft, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (second, "own-a-widget-broke-ah-2.xml"));
  read_again (fixture);
  g_assert_cmpuint (cot_session_get_n_knowledge_problems (fixture->session), ==, 0);
  g_assert_nonnull (find_finding (fixture, "own-a-widget-broke-ah"));
  g_assert_cmpuint (find_finding (fixture, "own-a-widget-broke-ah")->evidence->len, ==, 2);
  g_assert_cmpstr (find_finding (fixture, "own-a-widget-broke-ah")->title, ==, draft->title);
  g_assert_cmpstr (find_finding (fixture, "own-a-widget-broke-ah")->meaning, ==, draft->meaning);

  /* And where the file was given another name, the id is taken. */
  g_assert_cmpint (g_remove (second), ==, 0);
  third = save (fixture, draft, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (third, "-3.xml"));
  g_assert_true (g_file_get_contents (first, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "id=\"own-a-widget-broke-ah\""));
}

static void
test_save_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotDraft) draft = new_draft (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_path_get_dirname (fixture->folder);

  empty_folder (fixture->folder);
  g_rmdir (fixture->folder);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->folder, "in the way", -1, NULL));
  g_assert_null (save (fixture, draft, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR);
  g_assert_cmpint (g_remove (fixture->folder), ==, 0);
  g_clear_error (&error);

  /* What would be complained of is not written. */
  g_free (draft->title);
  draft->title = g_strdup ("");
  g_assert_null (save (fixture, draft, &error));
  g_assert_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE);
}

static GPtrArray *
list_known (Fixture *fixture, const CotDraft *draft, const char *but)
{
  g_autoptr (GAsyncResult) result = NULL;

  cot_draft_list_known_async (draft, fixture->session, but, NULL, on_ready, &result);
  wait_for_result (&result);
  return cot_draft_list_known_finish (result, NULL);
}

/* What is built in steps back for nobody else's: both are told of one line, and who writes a second
 * one is told before. */
static void
test_beside_built_in (Fixture *fixture, gconstpointer data)
{
  static const char line[] = "GetHttpRequestObjects failed, error 0x80072f8f of Contoso";
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "LocationServices.log", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CotCase) opened = NULL;
  g_autoptr (CotDraft) draft = NULL;
  g_autoptr (GPtrArray) known = NULL;
  CotLog *log;
  CotFinding *shown;
  CotFinding *beside;

  g_assert_true (g_file_set_contents (
      path, RECORD ("GetHttpRequestObjects failed, error 0x80072f8f of Contoso"), -1, NULL));
  opened = cot_session_open_sync (fixture->session, fixture->loose, path, &error);
  g_assert_no_error (error);
  log = cot_case_get_log (opened, cot_case_get_n_logs (opened) - 1);
  cot_session_wait (fixture->session, opened);
  g_assert_nonnull (cot_log_get_finding_at (log, 0));
  g_assert_null (cot_log_get_finding_beside (log, 0));

  draft = cot_draft_new (fixture->session, log, line);
  set_texts (draft);
  known = list_known (fixture, draft, NULL);
  g_assert_cmpuint (known->len, ==, 1);
  g_assert_true (((CotDraftKnown *) g_ptr_array_index (known, 0))->builtin);
  g_assert_cmpstr (((CotDraftKnown *) g_ptr_array_index (known, 0))->title, ==,
                   "TLS check of the server certificate failed");

  write_pack (fixture, "mine.xml", PACK ("mine", "0x80072f8f of Contoso", "Mine"));
  read_again (fixture);
  shown = cot_log_get_finding_at (log, 0);
  beside = cot_log_get_finding_beside (log, 0);
  g_assert_nonnull (shown);
  g_assert_nonnull (beside);
  g_assert_true (cot_detector_is_builtin (shown->detector)
                 != cot_detector_is_builtin (beside->detector));
  g_assert_nonnull (find_finding (fixture, "cmg-tls-secure-failure"));
  g_assert_nonnull (find_finding (fixture, "mine"));
  g_ptr_array_unref (known);
  known = list_known (fixture, draft, NULL);
  g_assert_cmpuint (known->len, ==, 2);
  g_assert_false (((CotDraftKnown *) g_ptr_array_index (known, 1))->builtin);
  g_ptr_array_unref (known);
  known = list_known (fixture, draft, "mine");
  g_assert_cmpuint (known->len, ==, 1);
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* It finds nothing, and others still see its lines. */
static void
test_switched_off (Fixture *fixture, gconstpointer data)
{
  write_pack (fixture, "a.xml", PACK ("mine", "broke at", "First"));
  write_pack (fixture, "b.xml",
              "<knowledge><detector id='other' area='other' severity='info'><title>T</title>"
              "<match kind='literal'>all is well</match>"
              "<when><together-with detectors='mine' mode='any' within='log'/>"
              "<then><title>Broken at least once</title></then></when>"
              "<meaning>M</meaning><step>S</step><sample>all is well</sample></detector>"
              "</knowledge>");
  read_again (fixture);
  g_assert_cmpuint (cot_session_get_n_knowledge_problems (fixture->session), ==, 0);
  g_assert_nonnull (find_finding (fixture, "mine"));
  write_pack (fixture, COT_KNOWLEDGE_OFF_FILE, "mine\r\n");
  read_again (fixture);
  g_assert_cmpuint (cot_session_get_n_knowledge_problems (fixture->session), ==, 0);
  g_assert_null (find_finding (fixture, "mine"));
  g_assert_null (cot_log_get_finding_at (fixture->log, 0));
  g_assert_cmpstr (find_finding (fixture, "other")->title, ==, "Broken at least once");
  write_pack (fixture, COT_KNOWLEDGE_OFF_FILE, "# mine\n");
  read_again (fixture);
  g_assert_nonnull (find_finding (fixture, "mine"));
}

/* The name of one that was switched off and is gone would switch off a new one. */
static void
test_save_beside_switched_off (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotDraft) draft = new_draft (fixture);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  write_pack (fixture, COT_KNOWLEDGE_OFF_FILE, "own-a-widget-broke-ah\n");
  write_pack (fixture, "mine.xml", PACK ("mine", "broke at", "First"));
  read_again (fixture);
  path = save (fixture, draft, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (path, "own-a-widget-broke-ah-2.xml"));
}

/* GLib's own way to do so, G_TEST_OPTION_ISOLATE_DIRS, leaks in 2.74. */
static char *
move_home (void)
{
  g_autoptr (GError) error = NULL;
  char *home = g_dir_make_tmp ("cotrace-own-knowledge-XXXXXX", &error);
  g_autofree char *data = g_build_filename (home, "data", NULL);
  g_autofree char *cache = g_build_filename (home, "cache", NULL);

  g_assert_no_error (error);
  g_assert_true (g_setenv ("XDG_DATA_HOME", data, TRUE));
  g_assert_true (g_setenv ("XDG_CACHE_HOME", cache, TRUE));
  return home;
}

static void
remove_home (const char *home)
{
  static const char *const folders[]
      = { "data/cotrace/knowledge", "data/cotrace", "data", "cache", "" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (home, folders[i], NULL);

      g_remove (path);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *home = move_home ();
  int status;

  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) \
  g_test_add ("/own-knowledge/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("read-again", test_read_again);
  ADD ("read-twice", test_read_twice);
  ADD ("session-that-goes", test_session_that_goes);
  ADD ("count", test_count);
  ADD ("save", test_save);
  ADD ("save-fails", test_save_fails);
  ADD ("beside-built-in", test_beside_built_in);
  ADD ("switched-off", test_switched_off);
  ADD ("save-beside-switched-off", test_save_beside_switched_off);
#undef ADD
  g_test_add_func ("/own-knowledge/proposals", test_proposals);
  g_test_add_func ("/own-knowledge/proposals-match", test_proposals_match);
  g_test_add_func ("/own-knowledge/random-messages", test_random_messages);
  status = g_test_run ();
  remove_home (home);
  return status;
}
