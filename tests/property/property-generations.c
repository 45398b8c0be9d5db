/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-document.h"

#include <string.h>

/* A log that is stitched of parts holds the entries of its parts, one after the other, each with
 * the line and the offset that it has in its part. */

#define N_LOGS 150
#define MAX_PARTS 5

static const char *const pieces[] = {
  "<![LOG[Enrolled]LOG]!><time=\"12:34:56.789+300\" date=\"09-09-2024\" component=\"A\" "
  "context=\"\" type=\"1\" thread=\"12\" file=\"a.cpp:1\">\r\n",
  "<![LOG[two\r\nlines]LOG]!><time=\"12:35:00.000+300\" date=\"09-09-2024\" component=\"B\" "
  "context=\"\" type=\"3\" thread=\"13\" file=\"b.cpp:1\">\r\n",
  "SQL command ran  $$<SMS_COLLECTION_EVALUATOR><11-30-2022 01:03:34.174-60>"
  "<thread=4844 (0x12EC)>\n",
  "<![LOG[", "]LOG]!>", "\r", "\n", "plain words\r\n", "\"", "\xc3", "caf\xc3\xa9",
};

static CotSource *
make_part (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) all = NULL;
  gint n = g_test_rand_int_range (0, 30);

  for (gint i = 0; i < n; i++)
    {
      const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];

      g_byte_array_append (bytes, (const guint8 *) piece, (guint) strlen (piece));
    }
  all = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return cot_source_new_from_bytes (all, "part");
}

static CotDocument *
load (CotDocument *document)
{
  g_autoptr (GError) error = NULL;

  cot_document_set_format (document, "ccm");
  cot_document_load_sync (document, NULL, &error);
  g_assert_no_error (error);
  return document;
}

static void
assert_same_entry (CotSnapshot *joined, guint64 at, CotSnapshot *part, guint64 ordinal)
{
  g_autoptr (GByteArray) here = g_byte_array_new ();
  g_autoptr (GByteArray) there = g_byte_array_new ();
  CotEntryColumns a, b;
  guint64 line_a, line_b;

  g_assert_true (cot_snapshot_get (joined, at, &a));
  g_assert_true (cot_snapshot_get (part, ordinal, &b));
  g_assert_cmpuint (a.offset, ==, b.offset);
  g_assert_cmpuint (a.length_bytes, ==, b.length_bytes);
  g_assert_cmpint (a.time_usec, ==, b.time_usec);
  g_assert_cmpint (a.bias_minutes, ==, b.bias_minutes);
  g_assert_cmpint (a.severity, ==, b.severity);
  g_assert_cmpint (a.flags, ==, b.flags);
  g_assert_cmpstr (cot_strings_get (cot_snapshot_get_components (joined), a.component, NULL), ==,
                   cot_strings_get (cot_snapshot_get_components (part), b.component, NULL));
  g_assert_true (cot_snapshot_get_line (joined, at, &line_a, NULL));
  g_assert_true (cot_snapshot_get_line (part, ordinal, &line_b, NULL));
  g_assert_cmpuint (line_a, ==, line_b);
  g_assert_true (cot_snapshot_read (joined, at, here, NULL));
  g_assert_true (cot_snapshot_read (part, ordinal, there, NULL));
  g_assert_cmpmem (here->data, here->len, there->data, there->len);
}

static void
check_log (void)
{
  guint n_parts = (guint) g_test_rand_int_range (1, MAX_PARTS + 1);
  CotSource *sources[MAX_PARTS];
  g_autoptr (CotDocument) joined = NULL;
  CotSnapshot *snapshot;
  guint64 n = 0;
  guint64 n_errors = 0;

  for (guint i = 0; i < n_parts; i++)
    sources[i] = make_part ();
  joined = cot_document_new_for_source (sources[n_parts - 1], "log");
  for (guint i = 0; i + 1 < n_parts; i++)
    cot_document_add_older_source (joined, sources[i], "part");
  snapshot = cot_document_get_snapshot (load (joined));
  for (guint i = 0; i < n_parts; i++)
    {
      g_autoptr (CotDocument) alone = cot_document_new_for_source (sources[i], "log");
      CotSnapshot *part = cot_document_get_snapshot (load (alone));

      for (guint64 j = 0; j < cot_snapshot_get_n_entries (part); j++)
        assert_same_entry (snapshot, n++, part, j);
      n_errors += cot_snapshot_get_counts (part)->by_severity[COT_SEVERITY_ERROR];
      cot_source_unref (sources[i]);
    }
  g_assert_cmpuint (cot_snapshot_get_n_entries (snapshot), ==, n);
  g_assert_cmpuint (cot_snapshot_get_counts (snapshot)->by_severity[COT_SEVERITY_ERROR], ==,
                    n_errors);
}

static void
test_concatenation (void)
{
  for (guint i = 0; i < N_LOGS; i++)
    check_log ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/generations/concatenation", test_concatenation);
  return g_test_run ();
}
