/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Encrypted bundles as the window and the command line see them: cases whose members are read once
 * the pass phrase fits. */

#include "cot-engine.h"

#include <string.h>

#include "bundle-helper.h"
#include "zip-cipher-maker.h"

#define PHRASE "Fabrikam"
#define RECORD(message) \
  "<![LOG[" message "]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" component=\"Test\" " \
  "context=\"\" type=\"1\" thread=\"7120\" file=\"a.cpp:12\">\r\n"

/* An open log, two encrypted ones, and an encrypted archive. */
static char *
write_bundle (void)
{
  ZipMaker *inner_maker = zip_maker_new ();
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GByteArray) inner = NULL;
  g_autoptr (GByteArray) archive = NULL;
  ZipSecret aes = { .name = "B.log", .text = RECORD ("second") RECORD ("third"), .method = 8,
                    .strength = 3, .pass_phrase = PHRASE };
  ZipSecret traditional = { .name = "C.log", .text = RECORD ("fourth"), .pass_phrase = PHRASE };

  zip_maker_add_text (maker, "A.log", RECORD ("first"));
  zip_maker_add_secret (maker, &aes);
  zip_maker_add_secret (maker, &traditional);
  zip_maker_add_text (inner_maker, "D.log", RECORD ("fifth"));
  inner = zip_maker_finish (inner_maker, NULL);
  zip_maker_add_secret (maker, &(ZipSecret) { .name = "inner.zip",
                                              .text = (const char *) inner->data,
                                              .text_bytes = inner->len, .strength = 1,
                                              .pass_phrase = PHRASE });
  archive = zip_maker_finish (maker, NULL);
  return bundle_helper_write (archive->data, archive->len, "support-PC01.zip");
}

static CotCase *
open_and_wait (CotSession *session, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotCase) loose = cot_session_new_case (session);
  CotCase *a_case = cot_session_open_sync (session, loose, path, &error);

  g_assert_no_error (error);
  cot_session_wait (session, a_case);
  return a_case;
}

static guint
count_refused (CotCase *a_case, CotBundleError code)
{
  guint n = 0;
  const GError *reason;

  for (guint i = 0; i < cot_case_get_n_refused (a_case); i++)
    {
      cot_case_get_refused (a_case, i, &reason);
      n += g_error_matches (reason, COT_BUNDLE_ERROR, (int) code);
    }
  return n;
}

static guint64
count_entries (CotCase *a_case)
{
  guint64 n = 0;

  for (guint i = 0; i < cot_case_get_n_logs (a_case); i++)
    n += cot_log_get_n_entries (cot_case_get_log (a_case, i));
  return n;
}

static void
test_set (void)
{
  g_autoptr (CotSession) session = cot_session_new ();
  char *path = write_bundle ();
  g_autoptr (CotCase) a_case = open_and_wait (session, path);

  g_assert_true (cot_case_needs_pass_phrase (a_case));
  g_assert_cmpuint (count_refused (a_case, COT_BUNDLE_ERROR_ENCRYPTED), ==, 3);
  g_assert_true (cot_case_hides_archives (a_case));
  g_assert_false (cot_case_had_wrong_pass_phrase (a_case));
  g_assert_cmpuint (count_entries (a_case), ==, 1);

  cot_case_set_pass_phrase (a_case, "Contoso");
  cot_session_wait (session, a_case);
  g_assert_true (cot_case_needs_pass_phrase (a_case));
  g_assert_cmpuint (count_refused (a_case, COT_BUNDLE_ERROR_ENCRYPTED), ==, 0);
  g_assert_cmpuint (count_refused (a_case, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE), ==, 2);
  g_assert_cmpuint (count_entries (a_case), ==, 1);

  cot_case_set_pass_phrase (a_case, PHRASE);
  cot_session_wait (session, a_case);
  g_assert_false (cot_case_needs_pass_phrase (a_case));
  g_assert_cmpuint (cot_case_get_n_refused (a_case), ==, 0);
  g_assert_cmpuint (cot_case_get_n_logs (a_case), ==, 3);
  g_assert_cmpuint (count_entries (a_case), ==, 4);
  bundle_helper_remove (path);
}

typedef struct
{
  gboolean is_done;
  gboolean fits;
  GError *error;
} Trial;

static void
on_tried (GObject *source, GAsyncResult *result, gpointer data)
{
  Trial *trial = data;

  trial->fits = cot_case_try_pass_phrase_finish (COT_CASE (source), result, &trial->error);
  trial->is_done = TRUE;
}

static void
try (CotCase *a_case, const char *pass_phrase, Trial *trial)
{
  *trial = (Trial) { 0 };
  cot_case_try_pass_phrase_async (a_case, pass_phrase, NULL, on_tried, trial);
  while (!trial->is_done)
    g_main_context_iteration (NULL, TRUE);
}

/* A wrong one changes nothing, and can be followed by another. */
static void
test_try (void)
{
  g_autoptr (CotSession) session = cot_session_new ();
  char *path = write_bundle ();
  g_autoptr (CotCase) a_case = open_and_wait (session, path);
  Trial trial;

  for (guint i = 0; i < 3; i++)
    {
      try (a_case, i == 1 ? "" : "Contoso", &trial);
      g_assert_false (trial.fits);
      g_assert_error (trial.error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE);
      g_clear_error (&trial.error);
      g_assert_true (cot_case_needs_pass_phrase (a_case));
      g_assert_cmpuint (count_refused (a_case, COT_BUNDLE_ERROR_ENCRYPTED), ==, 3);
    }
  try (a_case, PHRASE, &trial);
  g_assert_true (trial.fits);
  g_assert_no_error (trial.error);
  cot_session_wait (session, a_case);
  g_assert_false (cot_case_needs_pass_phrase (a_case));
  g_assert_cmpuint (count_entries (a_case), ==, 4);
  bundle_helper_remove (path);
}

/* An archive inside has a pass phrase of its own: both are kept as long as the bundle is open, and
 * a wrong one in between changes nothing. */
static void
test_of_nested (void)
{
  g_autoptr (CotSession) session = cot_session_new ();
  ZipMaker *inner_maker = zip_maker_new ();
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GByteArray) inner = NULL;
  g_autoptr (GByteArray) archive = NULL;
  g_autoptr (CotCase) a_case = NULL;
  Trial trial;
  char *path;

  zip_maker_add_secret (inner_maker,
                        &(ZipSecret) { .name = "B.log", .text = RECORD ("second") RECORD ("third"),
                                       .strength = 3, .pass_phrase = "Contoso" });
  inner = zip_maker_finish (inner_maker, NULL);
  zip_maker_add_secret (maker, &(ZipSecret) { .name = "A.log", .text = RECORD ("first"),
                                              .strength = 3, .pass_phrase = PHRASE });
  zip_maker_add_secret (maker, &(ZipSecret) { .name = "inner.zip",
                                              .text = (const char *) inner->data,
                                              .text_bytes = inner->len, .strength = 1,
                                              .pass_phrase = PHRASE });
  archive = zip_maker_finish (maker, NULL);
  path = bundle_helper_write (archive->data, archive->len, "support-PC01.zip");
  cot_session_set_pass_phrase (session, PHRASE);
  a_case = open_and_wait (session, path);
  g_assert_cmpuint (cot_case_get_n_members (a_case), ==, 3);
  g_assert_cmpuint (count_entries (a_case), ==, 1);
  g_assert_cmpuint (count_refused (a_case, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE), ==, 1);
  g_assert_true (cot_case_needs_pass_phrase (a_case));

  try (a_case, "nonsense", &trial);
  g_assert_false (trial.fits);
  g_clear_error (&trial.error);
  try (a_case, "Contoso", &trial);
  g_assert_true (trial.fits);
  cot_session_wait (session, a_case);
  g_assert_false (cot_case_needs_pass_phrase (a_case));
  g_assert_cmpuint (count_entries (a_case), ==, 3);
  /* What was read before can be read again. */
  for (guint i = 0; i < 2; i++)
    {
      CotLog *log = cot_case_reopen_log (a_case, cot_case_get_log (a_case, i), NULL);

      g_assert_nonnull (log);
      cot_session_wait (session, a_case);
      g_assert_no_error (cot_log_get_error (log));
    }
  g_assert_cmpuint (count_entries (a_case), ==, 3);
  bundle_helper_remove (path);
}

typedef struct
{
  CotBundle *bundle;
  gint n_running; /* atomic */
} Reading;

/* Each member comes out whole, or not at all for want of the right pass phrase. */
static gpointer
read_secrets (gpointer data)
{
  Reading *reading = data;

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = bundle_helper_read (reading->bundle, 1 + i % 2, NULL, &error);

      if (text != NULL)
        g_assert_cmpstr (text, ==, i % 2 == 0 ? RECORD ("second") RECORD ("third")
                                              : RECORD ("fourth"));
      else
        g_assert_true (g_error_matches (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_ENCRYPTED)
                       || g_error_matches (error, COT_BUNDLE_ERROR,
                                           COT_BUNDLE_ERROR_WRONG_PASS_PHRASE));
    }
  g_atomic_int_add (&reading->n_running, -1);
  return NULL;
}

static void
test_set_while_reading (void)
{
  char *path = write_bundle ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CotBundle) bundle = cot_bundle_open (path, NULL, &error);
  Reading reading = { .bundle = bundle, .n_running = 4 };
  GThread *threads[4];

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", read_secrets, &reading);
  for (guint i = 0; g_atomic_int_get (&reading.n_running) > 0; i++)
    cot_bundle_set_pass_phrase (bundle, i % 2 == 0 ? "Contoso" : PHRASE);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  cot_bundle_set_pass_phrase (bundle, PHRASE);
  bundle_helper_assert_text (bundle, 2, RECORD ("fourth"));
  bundle_helper_assert_text (bundle, 1, RECORD ("second") RECORD ("third"));
  bundle_helper_remove (path);
}

/* Known before: then what an encrypted archive holds is listed too. */
static void
test_known_before (void)
{
  g_autoptr (CotSession) session = cot_session_new ();
  char *path = write_bundle ();
  g_autoptr (CotCase) a_case = NULL;

  cot_session_set_pass_phrase (session, PHRASE);
  a_case = open_and_wait (session, path);
  g_assert_false (cot_case_needs_pass_phrase (a_case));
  g_assert_false (cot_case_hides_archives (a_case));
  g_assert_cmpuint (cot_case_get_n_members (a_case), ==, 5);
  g_assert_cmpuint (count_entries (a_case), ==, 5);
  g_clear_object (&a_case);

  cot_session_set_pass_phrase (session, "Contoso");
  a_case = open_and_wait (session, path);
  g_assert_true (cot_case_needs_pass_phrase (a_case));
  g_assert_cmpuint (count_refused (a_case, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE), ==, 3);
  g_assert_true (cot_case_hides_archives (a_case));
  g_assert_true (cot_case_had_wrong_pass_phrase (a_case));
  g_assert_cmpuint (count_entries (a_case), ==, 1);
  bundle_helper_remove (path);
}

int
main (int argc, char **argv)
{
  g_autofree char *program = NULL;

  g_test_init (&argc, &argv, NULL);
  program = bundle_helper_find_program ("unpack-killing");
  cot_unpacker_set_program (program);
  g_test_add_func ("/pass-phrase/set", test_set);
  g_test_add_func ("/pass-phrase/try", test_try);
  g_test_add_func ("/pass-phrase/of-nested", test_of_nested);
  g_test_add_func ("/pass-phrase/set-while-reading", test_set_while_reading);
  g_test_add_func ("/pass-phrase/known-before", test_known_before);
  return g_test_run ();
}
