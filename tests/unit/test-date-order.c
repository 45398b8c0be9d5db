/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the day or the month comes first is told by all of a file, however little of it tells. */

#include <glib/gstdio.h>

#include "cot-index.h"

#define N_LINES_A_DAY 2000

typedef struct
{
  char *folder;
  char *path;
  GString *text;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cotrace-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "agent.log", NULL);
  fixture->text = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_string_free (fixture->text, TRUE);
}

static void
add_line (Fixture *fixture, guint first, guint second, guint i, const char *line_end)
{
  g_string_append_printf (fixture->text,
                          "%02u/%02u/2026 10:%02u:%02u the agent of Contoso looks %u%s", first,
                          second, i / 60 % 60, i % 60, i, line_end);
}

/* Each day's number is one that is a month's, too. */
static void
add_days (Fixture *fixture, guint from, guint to, guint n_lines)
{
  for (guint day = from; day <= to; day++)
    for (guint i = 0; i < n_lines; i++)
      add_line (fixture, day, 1, i, "\r\n");
}

static void
assert_times (Fixture *fixture, const char *first, const char *last)
{
  g_autoptr (CotIndex) index = cot_index_new (fixture->path, NULL);
  g_autoptr (CotSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  const char *const expected[] = { first, last };

  g_assert_true (g_file_set_contents (fixture->path, fixture->text->str,
                                      (gssize) fixture->text->len, NULL));
  cot_index_load (index, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  snapshot = cot_index_make_snapshot (index);
  for (guint i = 0; i < 2; i++)
    {
      guint64 ordinal = i == 0 ? 0 : cot_snapshot_get_n_entries (snapshot) - 1;
      CotEntryColumns columns;
      g_autoptr (GDateTime) time = NULL;
      g_autofree char *day = NULL;

      g_assert_true (cot_snapshot_get (snapshot, ordinal, &columns));
      time = g_date_time_new_from_unix_utc (columns.time_usec / G_USEC_PER_SEC);
      day = g_date_time_format (time, "%F");
      g_assert_cmpstr (day, ==, expected[i]);
    }
}

/* The samples are of the first twelve days. */
static void
test_last_line (Fixture *fixture, gconstpointer data)
{
  add_days (fixture, 5, 12, N_LINES_A_DAY);
  add_line (fixture, 13, 1, 0, "\r\n");
  assert_times (fixture, "2026-01-05", "2026-01-13");
}

static void
test_line_without_end (Fixture *fixture, gconstpointer data)
{
  add_days (fixture, 5, 12, N_LINES_A_DAY);
  add_line (fixture, 13, 1, 0, "");
  assert_times (fixture, "2026-01-05", "2026-01-13");
}

static void
test_short_file (Fixture *fixture, gconstpointer data)
{
  add_days (fixture, 5, 5, 3);
  add_line (fixture, 13, 1, 0, "");
  assert_times (fixture, "2026-01-05", "2026-01-13");
}

/* One line in three megabytes, wherever it stands; time runs forward either way. */
static void
test_one_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) days = NULL;

  add_days (fixture, 5, 12, N_LINES_A_DAY * 4);
  days = g_string_new (fixture->text->str);
  for (guint i = 1; i < 16; i++)
    {
      gsize at = days->len / 16 * i + days->len / 37;

      g_string_assign (fixture->text, days->str);
      while (fixture->text->str[at] != '\n')
        at++;
      g_string_insert (fixture->text, (gssize) at + 1, "13/01/2026 11:00:00 Fabrikam\r\n");
      assert_times (fixture, "2026-01-05", "2026-01-12");
    }
}

/* Where nothing tells, it is as Windows writes it in the United States. */
static void
test_nothing_tells (Fixture *fixture, gconstpointer data)
{
  add_days (fixture, 5, 12, N_LINES_A_DAY);
  assert_times (fixture, "2026-05-01", "2026-12-01");
}

typedef struct
{
  guint n; /* while nothing was indexed yet */
  double last;
} Reported;

static void
report (CotIndex *index, double progress, gpointer data)
{
  Reported *reported = data;
  g_autoptr (CotSnapshot) snapshot = cot_index_make_snapshot (index);

  g_assert_cmpfloat (progress, >=, reported->last);
  g_assert_cmpfloat (progress, <=, 1);
  reported->last = progress;
  if (cot_snapshot_get_n_entries (snapshot) > 0)
    return;
  reported->n++;
  g_assert_cmpfloat (progress, >, 0);
  g_assert_cmpfloat (progress, <=, 0.5);
}

/* A large file that tells nothing is read twice, and its progress is of both. */
static void
test_learning_is_reported (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotIndex) index = cot_index_new (fixture->path, NULL);
  Reported reported = { 0 };

  add_days (fixture, 5, 12, N_LINES_A_DAY * 8);
  g_assert_true (g_file_set_contents (fixture->path, fixture->text->str,
                                      (gssize) fixture->text->len, NULL));
  g_assert_true (cot_index_load (index, FALSE, report, &reported, NULL, NULL));
  g_assert_cmpuint (reported.n, >, 0);
}

static CotDocumentEvent
grow (Fixture *fixture, CotIndex *index)
{
  CotIndexChange change;
  g_autoptr (GError) error = NULL;
  FILE *file = g_fopen (fixture->path, "ab");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (fixture->text->str, 1, fixture->text->len, file), ==,
                    fixture->text->len);
  g_assert_cmpint (fclose (file), ==, 0);
  g_string_truncate (fixture->text, 0);
  g_assert_true (cot_index_check (index, &change, NULL, &error));
  g_assert_no_error (error);
  return change.event;
}

/* The thirteenth day comes while it is followed: it is said once that all is to be read anew. */
static void
test_proof_comes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotIndex) index = cot_index_new (fixture->path, NULL);
  g_autoptr (CotIndex) american = cot_index_new (fixture->path, NULL);

  add_days (fixture, 5, 11, N_LINES_A_DAY);
  g_assert_true (g_file_set_contents (fixture->path, fixture->text->str,
                                      (gssize) fixture->text->len, NULL));
  g_string_truncate (fixture->text, 0);
  g_assert_true (cot_index_load (index, TRUE, NULL, NULL, NULL, NULL));
  add_days (fixture, 12, 12, N_LINES_A_DAY);
  g_assert_cmpint (grow (fixture, index), ==, COT_DOCUMENT_EVENT_NONE);
  add_line (fixture, 13, 1, 0, "\r\n");
  g_assert_cmpint (grow (fixture, index), ==, COT_DOCUMENT_EVENT_UNDERSTOOD);
  add_line (fixture, 14, 1, 0, "\r\n");
  g_assert_cmpint (grow (fixture, index), ==, COT_DOCUMENT_EVENT_NONE);
  /* What was taken for the right thing is not read again. */
  add_days (fixture, 1, 12, N_LINES_A_DAY);
  g_assert_true (g_file_set_contents (fixture->path, fixture->text->str,
                                      (gssize) fixture->text->len, NULL));
  g_string_truncate (fixture->text, 0);
  g_assert_true (cot_index_load (american, TRUE, NULL, NULL, NULL, NULL));
  add_line (fixture, 12, 30, 0, "\r\n");
  g_assert_cmpint (grow (fixture, american), ==, COT_DOCUMENT_EVENT_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/date-order/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("last-line", test_last_line);
  ADD ("line-without-end", test_line_without_end);
  ADD ("short-file", test_short_file);
  ADD ("one-line", test_one_line);
  ADD ("nothing-tells", test_nothing_tells);
  ADD ("learning-is-reported", test_learning_is_reported);
  ADD ("proof-comes", test_proof_comes);
#undef ADD
  return g_test_run ();
}
