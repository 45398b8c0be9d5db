/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-document.h"

#include <string.h>

/* Whatever the bytes are: each belongs to exactly one entry, the entries stand in the order of
 * the bytes, and all records together are the file. */

#define N_FILES 300

static const char *const pieces[] = {
  "<![LOG[Enrolled]LOG]!><time=\"12:34:56.789+300\" date=\"09-09-2024\" component=\"A\" "
  "context=\"\" type=\"1\" thread=\"12\" file=\"a.cpp:1\">\r\n",
  "SQL command ran  $$<SMS_COLLECTION_EVALUATOR><11-30-2022 01:03:34.174-60>"
  "<thread=4844 (0x12EC)>\n",
  "<![LOG[", "]LOG]!>", "<time=\"", "\">", "\r", "\n", "\r\n", "plain words", "$$<", "><", "\"",
  "\xff\xfe", "\xef\xbb\xbf", "\xc3", "caf\xc3\xa9", "\x1a", "~",
};

/* Beginnings of records of the other formats, most of them whole lines. */
static const char *const stamps[] = {
  "<![LOG[[Win32App] Contoso]LOG]!><time=\"3:04:35.3725046\" date=\"8-7-2026\" "
  "component=\"AppWorkload\" context=\"\" type=\"1\" thread=\"12\" file=\"\">\r\n",
  "2026-11-18 09:12:41, Info                  CBS    Session: 30_1 begins\r\n",
  "2026-11-18 09:12:41, Info                  CSI    0000000a Contoso\r\n",
  "2026-11-18 09:12:41, Error                 DISM   API: PID=7752 TID=6872 x - COpen::Run\r\n",
  "2026-11-18 09:12:41, Info       [0x0601c1] MIG    Gather\r\n",
  "=== Verbose logging started: 4/25/2026  9:12:40  Build type: SHIP ===\r\n",
  "MSI (s) (94:70) [09:12:41:327]: ", "Action ended 9:12:43: FileCost. Return value 3.\r\n",
  "Property(S): A = b\n", "CAQuietExec:  Error 0x80070005\r\n",
  "2026-11-18\t09:12:41:327\t 912\t5b4\tMisc\tx (build: 7.6, tz: -0500)\r\n",
  "2026/11/18 09:12:41.3271234 1234  5678  Agent           *FAILED*\r\n",
  "{0A1B2C3D-1111-4222-8333-444455556666}\t2026-11-18 09:12:41:327-0500\t1\t147 [A]\t101\t"
  "{0}\t0\t80240022\tA\tFailure\tB\tc\r\n",
  "#Software: Contoso\r\n", "#Fields: date time cs-method cs-uri-stem sc-status\r\n",
  "ROLLOVER\r\n", "$$<SMS_X><\r\n", "one\r\ntwo\n", "#Fields: time c-ip\r\n",
  "2026-11-18 14:12:42 GET /x 500\r\n", "\t", "   ", "\r\n  more\r\n",
};

static const char *
pick_piece (gboolean with_stamps)
{
  if (with_stamps && g_test_rand_int_range (0, 3) > 0)
    return stamps[g_test_rand_int_range (0, G_N_ELEMENTS (stamps))];
  return pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];
}

static GByteArray *
make_bytes (gboolean with_stamps)
{
  GByteArray *bytes = g_byte_array_new ();
  gint n = g_test_rand_int_range (0, 80);

  for (gint i = 0; i < n; i++)
    {
      const char *piece = pick_piece (with_stamps);
      guint8 noise[3] = { 0, (guint8) g_test_rand_int_range (0, 256), 0 };

      if (g_test_rand_int_range (0, 8) == 0)
        g_byte_array_append (bytes, noise, sizeof noise);
      g_byte_array_append (bytes, (const guint8 *) piece, (guint) strlen (piece));
    }
  return bytes;
}

static GByteArray *
as_utf16 (GByteArray *bytes, gboolean big)
{
  GByteArray *wide = g_byte_array_new ();

  for (guint i = 0; i < bytes->len; i++)
    {
      guint8 unit[2] = { big ? 0 : bytes->data[i], big ? bytes->data[i] : 0 };

      g_byte_array_append (wide, unit, 2);
    }
  return wide;
}

typedef struct
{
  GByteArray *all;
  guint64 next_ordinal;
  guint64 next_offset;
  guint64 n_lines;
  gboolean after_cr;
} Collected;

static void
count_lines (Collected *self, const char *record, gsize length_bytes)
{
  for (gsize i = 0; i < length_bytes; i++)
    {
      self->n_lines += record[i] == '\r' || (record[i] == '\n' && !self->after_cr);
      self->after_cr = record[i] == '\r';
    }
}

static gboolean
collect (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
         const char *record, gsize length_bytes, gpointer data)
{
  Collected *self = data;
  guint64 line = 0;

  g_assert_cmpuint (ordinal, ==, self->next_ordinal);
  g_assert_cmpuint (columns->offset, ==, self->next_offset);
  g_assert_cmpuint (columns->length_bytes, ==, length_bytes);
  g_assert_cmpuint (length_bytes, >, 0);
  g_assert_cmpuint (columns->line, ==, self->n_lines + 1);
  g_assert_true (cot_snapshot_get_line (snapshot, ordinal, &line, NULL));
  g_assert_cmpuint (line, ==, columns->line);
  /* Wherever the search begins. */
  for (guint i = 0; i < 4; i++)
    {
      guint64 near = i == 0   ? 0
                     : i == 1 ? ordinal
                              : (guint64) g_test_rand_int_range (0, (int) ordinal + 9);

      g_assert_cmpuint (cot_snapshot_find_offset (snapshot, columns->generation, columns->offset,
                                                  near),
                        ==, ordinal);
      g_assert_cmpuint (cot_snapshot_find_offset (snapshot, columns->generation,
                                                  columns->offset + length_bytes - 1, near),
                        ==, ordinal);
    }
  self->next_ordinal++;
  self->next_offset += length_bytes;
  count_lines (self, record, length_bytes);
  g_byte_array_append (self->all, (const guint8 *) record, (guint) length_bytes);
  return TRUE;
}

static void
check_counts (CotSnapshot *snapshot)
{
  const CotSnapshotCounts *counts = cot_snapshot_get_counts (snapshot);
  guint64 n_by_severity = 0;

  for (guint i = 0; i < COT_N_SEVERITIES; i++)
    n_by_severity += counts->by_severity[i];
  g_assert_cmpuint (n_by_severity, ==, counts->n_entries);
  g_assert_cmpuint (counts->n_framed + counts->n_plain, ==, counts->n_entries);
}

/* The bytes that the entries hold together. */
static GByteArray *
read_back (GByteArray *bytes, gboolean *transcoded)
{
  g_autoptr (GBytes) all = g_bytes_new (bytes->data, bytes->len);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (all, "random.log");
  g_autoptr (CotDocument) document = cot_document_new_for_source (source, NULL);
  g_autoptr (GError) error = NULL;
  Collected collected = { .all = g_byte_array_new () };
  CotSnapshot *snapshot;

  g_assert_true (cot_document_load_sync (document, NULL, &error));
  g_assert_no_error (error);
  snapshot = cot_document_get_snapshot (document);
  *transcoded = cot_encoding_is_utf16 (cot_document_get_encoding (document));
  g_assert_true (cot_snapshot_foreach (snapshot, 0, G_MAXUINT64, collect, &collected, NULL,
                                       &error));
  g_assert_no_error (error);
  g_assert_cmpuint (collected.next_ordinal, ==, cot_snapshot_get_n_entries (snapshot));
  check_counts (snapshot);
  return collected.all;
}

static void
test_any_bytes (void)
{
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autoptr (GByteArray) bytes = make_bytes (i % 2);
      gboolean transcoded;
      g_autoptr (GByteArray) all = read_back (bytes, &transcoded);

      if (!transcoded)
        g_assert_cmpmem (all->data, all->len, bytes->data, bytes->len);
    }
}

static void
assert_inside (CotSpan span, const char *record, gsize length_bytes)
{
  g_assert_true (span.data == NULL
                 || (span.data >= record
                     && span.length_bytes <= length_bytes - (gsize) (span.data - record)));
}

/* Not only the format that a text is taken for: a user may choose any, and what it has learnt of
 * the file changes how records are read, not where they end. */
static void
check_format (const CotFormat *format, const GByteArray *bytes)
{
  const char *data = (const char *) bytes->data;
  const CotSpan blocks[] = { { data, bytes->len }, { data, bytes->len / 2 } };
  const CotFormat *learnt = cot_format_learn (format, blocks, G_N_ELEMENTS (blocks));
  CotAhead ahead = { 0 }, growing = { 0 };
  gsize n_there = 0;

  for (gsize start = 0; start < bytes->len;)
    {
      CotEntry entry = { 0 };
      gsize end = 0, early = 0, again = 0;
      gsize n = (gsize) g_test_rand_int_range ((gint) start, (gint) bytes->len + 1);

      g_assert_cmpint (format->next_record (data, bytes->len, start, TRUE, &end), ==,
                       COT_RECORD_FOUND);
      g_assert_cmpuint (end, >, start);
      g_assert_cmpuint (end, <=, bytes->len);
      if (format->next_record (data, n, start, FALSE, &early) == COT_RECORD_FOUND)
        g_assert_cmpuint (early, ==, end);
      /* What was seen ahead changes nothing, with all that is there and while it comes. */
      cot_format_next_record (format, data, bytes->len, start, TRUE, &ahead, &again);
      g_assert_cmpuint (again, ==, end);
      n_there = MAX (n_there, n);
      if (cot_format_next_record (format, data, n_there, start, FALSE, &growing, &again)
          == COT_RECORD_FOUND)
        g_assert_cmpuint (again, ==, end);
      cot_format_parse_entry (learnt, data + start, end - start, &entry);
      assert_inside (entry.message, data + start, end - start);
      assert_inside (entry.component, data + start, end - start);
      assert_inside (entry.context, data + start, end - start);
      assert_inside (entry.thread, data + start, end - start);
      assert_inside (entry.origin, data + start, end - start);
      assert_inside (entry.type_text, data + start, end - start);
      start = end;
    }
}

static void
test_every_format (void)
{
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autoptr (GByteArray) bytes = make_bytes (TRUE);

      for (guint j = 0; bytes->len > 0 && j < cot_formats_get_n (); j++)
        check_format (cot_formats_get (j), bytes);
    }
}

static void
test_noise (void)
{
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GByteArray) all = NULL;
      gboolean transcoded;

      g_byte_array_set_size (bytes, (guint) g_test_rand_int_range (0, 3000));
      for (guint j = 0; j < bytes->len; j++)
        bytes->data[j] = (guint8) g_test_rand_int_range (i % 3 == 0 ? 1 : 0, i % 2 ? 256 : 14);
      all = read_back (bytes, &transcoded);
      if (!transcoded)
        g_assert_cmpmem (all->data, all->len, bytes->data, bytes->len);
    }
}

/* Re-coded text holds the same characters; ASCII ones are the same bytes. */
static void
test_utf16 (void)
{
  for (guint i = 0; i < 60; i++)
    {
      gboolean big = i % 2;
      g_autoptr (GByteArray) ascii = g_byte_array_new ();
      g_autoptr (GByteArray) wide = NULL;
      g_autoptr (GByteArray) all = NULL;
      gboolean transcoded = FALSE;

      for (gint j = g_test_rand_int_range (3, 30); j > 0; j--)
        {
          const char *piece = pieces[g_test_rand_int_range (0, 13)];

          g_byte_array_append (ascii, (const guint8 *) piece, (guint) strlen (piece));
        }
      wide = as_utf16 (ascii, big);
      g_byte_array_prepend (wide, (const guint8 *) (big ? "\xfe\xff" : "\xff\xfe"), 2);
      all = read_back (wide, &transcoded);
      g_assert_true (transcoded);
      g_assert_cmpuint (all->len, >=, ascii->len);
      g_assert_cmpmem (all->data + all->len - ascii->len, ascii->len, ascii->data, ascii->len);
    }
}

/* Longer than a record may be, and than a block and a stride are. */
static void
test_long_lines (void)
{
  static const char *const heads[] = {
    "",
    "<![LOG[",
    "<![LOG[x]LOG]!><time=\"",
    "2026-11-18 09:12:41, Info                  CBS    ",
    "MSI (s) (94:70) [09:12:41:327]: ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GByteArray) all = NULL;
      gboolean transcoded;
      guint n = (guint) strlen (heads[i]);

      g_byte_array_append (bytes, (const guint8 *) heads[i], n);
      g_byte_array_set_size (bytes, 5 * 512 * 1024 + 7 + n);
      memset (bytes->data + n, 'x', bytes->len - n);
      bytes->data[70000] = '\r';
      bytes->data[2000000] = '\n';
      all = read_back (bytes, &transcoded);
      g_assert_cmpmem (all->data, all->len, bytes->data, bytes->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partition/any-bytes", test_any_bytes);
  g_test_add_func ("/partition/every-format", test_every_format);
  g_test_add_func ("/partition/noise", test_noise);
  g_test_add_func ("/partition/utf16", test_utf16);
  g_test_add_func ("/partition/long-lines", test_long_lines);
  return g_test_run ();
}
