/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-chunk.h"
#include "cot-clock.h"
#include "cot-document.h"
#include "cot-scanner.h"
#include "cot-snapshot-private.h"

#include <string.h>

#define N_MANY 150000

static CotDocument *
load_bytes (GBytes *bytes)
{
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "a.log");
  g_autoptr (CotDocument) document = cot_document_new_for_source (source, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (cot_document_load_sync (document, NULL, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&document);
}

static CotDocument *
load_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return load_bytes (bytes);
}

static void
append_record (GString *text, guint number)
{
  g_string_append_printf (text,
                          "<![LOG[Entry %u%s]LOG]!><time=\"%02u:%02u:%02u.%03u+300\" "
                          "date=\"09-09-2024\" component=\"Part%u\" context=\"\" type=\"%u\" "
                          "thread=\"%u\" file=\"a.cpp:%u\">\r\n",
                          number, number % 50 == 7 ? "\nand more" : "", number / 3600 % 24,
                          number / 60 % 60, number % 60, number % 1000, number % 5,
                          1 + number % 3, number % 9, number % 300);
}

/* More than two chunks of entries. */
static CotDocument *
load_many (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < N_MANY; i++)
    append_record (text, i);
  bytes = g_string_free_to_bytes (text);
  return load_bytes (bytes);
}

static void
test_columns (void)
{
  g_autoptr (CotDocument) document = load_text (
      "before\r\n"
      "<![LOG[Failed\r\nbadly]LOG]!><time=\"12:34:56.789+300\" date=\"09-09-2024\" "
      "component=\"CcmExec\" context=\"\" type=\"3\" thread=\"1234\" file=\"a.cpp:12\">\r\n"
      "<![LOG[Well]LOG]!><time=\"12:34:57.0000001\" date=\"9-9-2024\" component=\"X\" "
      "context=\"\" type=\"1\" thread=\"\" file=\"\">\r\n");
  CotSnapshot *snapshot = cot_document_get_snapshot (document);
  const CotSnapshotCounts *counts = cot_snapshot_get_counts (snapshot);
  CotEntryColumns columns;

  g_assert_cmpuint (cot_snapshot_get_n_entries (snapshot), ==, 3);
  g_assert_true (cot_snapshot_get (snapshot, 1, &columns));
  g_assert_cmpuint (columns.offset, ==, 8);
  g_assert_cmpint (columns.time_usec, ==, G_GINT64_CONSTANT (1725885296789000));
  g_assert_cmpint (columns.bias_minutes, ==, 300);
  g_assert_cmpuint (columns.severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpuint (columns.flags, ==, COT_RECORD_FRAMED | COT_RECORD_MULTI_LINE);
  g_assert_cmpuint (columns.line, ==, 0);
  g_assert_cmpstr (cot_strings_get (cot_snapshot_get_components (snapshot), columns.component,
                                    NULL),
                   ==, "CcmExec");
  g_assert_cmpstr (cot_strings_get (cot_snapshot_get_origins (snapshot), columns.origin, NULL),
                   ==, "a.cpp:12");
  g_assert_cmpstr (cot_strings_get (cot_snapshot_get_threads (snapshot), columns.thread, NULL),
                   ==, "1234");
  g_assert_true (cot_snapshot_get (snapshot, 2, &columns));
  g_assert_cmpint (columns.bias_minutes, ==, COT_BIAS_NONE);
  g_assert_false (cot_snapshot_get (snapshot, 3, &columns));

  g_assert_cmpuint (counts->n_framed, ==, 2);
  g_assert_cmpuint (counts->n_plain, ==, 1);
  g_assert_cmpuint (counts->n_incomplete, ==, 0);
  g_assert_cmpuint (counts->by_severity[COT_SEVERITY_ERROR], ==, 1);
  g_assert_cmpint (counts->first_time_usec, ==, G_GINT64_CONSTANT (1725885296789000));
  g_assert_cmpint (counts->last_time_usec, ==, G_GINT64_CONSTANT (1725885297000000));
  g_assert_cmpstr (cot_snapshot_get_format (snapshot)->id, ==, "ccm");
}

static void
test_types (void)
{
  g_autoptr (CotDocument) document = load_text (
      "<![LOG[a]LOG]!><time=\"1:2:3\" date=\"9-9-2024\" type=\"3\">\n"
      "<![LOG[b]LOG]!><time=\"1:2:3\" date=\"9-9-2024\" type=\"0\">\n"
      "<![LOG[c]LOG]!><time=\"1:2:3\" date=\"9-9-2024\" type=\"3\">\n"
      "<![LOG[d]LOG]!><time=\"1:2:3\" date=\"9-9-2024\">\n");
  CotSnapshot *snapshot = cot_document_get_snapshot (document);
  guint64 n;

  g_assert_cmpuint (cot_snapshot_get_n_types (snapshot), ==, 2);
  g_assert_cmpstr (cot_snapshot_get_type (snapshot, 0, &n), ==, "0");
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (cot_snapshot_get_type (snapshot, 1, &n), ==, "3");
  g_assert_cmpuint (n, ==, 2);
}

/* Only what the end of the data cuts is open: what stands in the middle is not, however it ends. */
static void
test_open_ended (void)
{
  g_autoptr (CotDocument) document = load_text (
      "text up to the <![LOG[opener]LOG]!><time=\"1:2:3\" date=\"9-9-2024\" type=\"1\">\n"
      "<![LOG[cut off\n"
      "<![LOG[whole]LOG]!><time=\"1:2:3\" date=\"9-9-2024\" type=\"1\">\n"
      "<![LOG[cut by the end");
  CotSnapshot *snapshot = cot_document_get_snapshot (document);
  static const guint wanted[] = {
    0,
    COT_RECORD_FRAMED,
    COT_RECORD_FRAMED | COT_RECORD_INCOMPLETE,
    COT_RECORD_FRAMED,
    COT_RECORD_FRAMED | COT_RECORD_INCOMPLETE | COT_RECORD_OPEN_ENDED,
  };

  g_assert_cmpuint (cot_snapshot_get_n_entries (snapshot), ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      CotEntryColumns columns;

      g_assert_true (cot_snapshot_get (snapshot, i, &columns));
      g_assert_cmpuint (columns.flags, ==, wanted[i]);
    }
}

/* A CRLF on the border between two strides of the line count is one line end. */
static void
test_line_at_stride (void)
{
  for (guint n = COT_LINE_STRIDE_BYTES - 3; n < COT_LINE_STRIDE_BYTES + 3; n++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (CotDocument) document = NULL;
      guint64 line = 0;

      g_string_set_size (text, n);
      memset (text->str, 'x', n);
      g_string_append (text, "\r\nsecond\r\n");
      document = load_text (text->str);
      g_assert_true (cot_snapshot_get_line (cot_document_get_snapshot (document), 1, &line, NULL));
      g_assert_cmpuint (line, ==, 2);
    }
}

static gboolean
check_many (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
            const char *record, gsize length_bytes, gpointer data)
{
  guint64 *next = data;
  g_autoptr (GString) wanted = g_string_new (NULL);

  g_assert_cmpuint (ordinal, ==, *next);
  append_record (wanted, (guint) ordinal);
  g_assert_cmpmem (record, length_bytes, wanted->str, wanted->len);
  /* A second line in each fiftieth entry. */
  g_assert_cmpuint (columns->line, ==, 1 + ordinal + (ordinal + 42) / 50);
  (*next)++;
  return TRUE;
}

static void
test_many (void)
{
  g_autoptr (CotDocument) document = load_many ();
  CotSnapshot *snapshot = cot_document_get_snapshot (document);
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autofree guint8 *severities = g_malloc (N_MANY + 1);
  g_autofree gint64 *times = g_new (gint64, N_MANY + 1);
  guint64 next = 0;

  g_assert_cmpuint (cot_snapshot_get_n_entries (snapshot), ==, N_MANY);
  g_assert_cmpuint (cot_snapshot_get_memory_bytes (snapshot), <=, 17 * N_MANY);
  g_assert_true (cot_snapshot_foreach (snapshot, 0, G_MAXUINT64, check_many, &next, NULL, NULL));
  g_assert_cmpuint (next, ==, N_MANY);
  next = 65530;
  g_assert_true (cot_snapshot_foreach (snapshot, 65530, 20, check_many, &next, NULL, NULL));
  g_assert_cmpuint (next, ==, 65550);

  cot_snapshot_get_severities (snapshot, 0, N_MANY + 1, severities);
  cot_snapshot_get_times (snapshot, 0, N_MANY + 1, times);
  for (guint64 i = 0; i < N_MANY; i += 997)
    {
      CotEntryColumns columns;
      g_autoptr (GString) wanted = g_string_new (NULL);
      guint64 line;

      g_assert_true (cot_snapshot_get (snapshot, i, &columns));
      g_assert_cmpuint (columns.severity, ==, severities[i]);
      g_assert_cmpint (columns.time_usec, ==, times[i]);
      g_assert_true (cot_snapshot_read (snapshot, i, record, NULL));
      append_record (wanted, (guint) i);
      g_assert_cmpmem (record->data, record->len, wanted->str, wanted->len);
      g_assert_true (cot_snapshot_get_line (snapshot, i, &line, NULL));
      g_assert_cmpuint (line, ==, 1 + i + (i + 42) / 50);
      g_assert_cmpuint (cot_snapshot_find_offset (snapshot, 0, columns.offset + 3, 0), ==, i);
    }
  g_assert_cmpuint (severities[N_MANY], ==, COT_SEVERITY_UNKNOWN);
  g_assert_cmpint (times[N_MANY], ==, COT_TIME_NONE);
}

typedef struct
{
  guint64 n;
  guint64 stop_at;
} Counted;

static gboolean
count_block (CotSnapshot *snapshot, guint64 first, guint64 n, const char *block,
             gsize length_bytes, guint64 block_offset, gpointer data)
{
  Counted *counted = data;
  CotEntryColumns columns;

  g_assert_true (cot_snapshot_get (snapshot, first, &columns));
  g_assert_cmpuint (columns.offset, ==, block_offset);
  g_assert_true (cot_snapshot_get (snapshot, first + n - 1, &columns));
  g_assert_cmpuint (columns.offset + columns.length_bytes, ==, block_offset + length_bytes);
  g_assert_cmpmem (block, 7, "<![LOG[", 7);
  g_assert_cmpmem (block + length_bytes - 3, 3, ">\r\n", 3);
  counted->n += n;
  return counted->n < counted->stop_at;
}

static void
test_blocks (void)
{
  g_autoptr (CotDocument) document = load_many ();
  CotSnapshot *snapshot = cot_document_get_snapshot (document);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Counted all = { 0, G_MAXUINT64 };
  Counted some = { 0, 1 };
  Counted none = { 0, G_MAXUINT64 };

  g_assert_true (cot_snapshot_foreach_block (snapshot, 10, G_MAXUINT64, count_block, &all, NULL,
                                             NULL));
  g_assert_cmpuint (all.n, ==, N_MANY - 10);
  g_assert_true (cot_snapshot_foreach_block (snapshot, 0, G_MAXUINT64, count_block, &some, NULL,
                                             NULL));
  g_assert_cmpuint (some.n, <, N_MANY);
  g_assert_true (cot_snapshot_foreach_block (snapshot, N_MANY, 1, count_block, &none, NULL, NULL));
  g_cancellable_cancel (cancelled);
  g_assert_false (cot_snapshot_foreach_block (snapshot, 0, 1, count_block, &none, cancelled,
                                              &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (none.n, ==, 0);
}

/* A record larger than a block comes whole. */
static void
test_large_records (void)
{
  g_autoptr (GString) text = g_string_new ("first\n");
  g_autoptr (CotDocument) document = NULL;
  guint64 n_large = 900 * 1000;
  CotEntryColumns columns;

  for (guint i = 0; i < 3; i++)
    {
      gsize n = text->len;

      g_string_set_size (text, n + n_large);
      memset (text->str + n, 'x', n_large);
      g_string_append_c (text, '\n');
    }
  document = load_text (text->str);
  g_assert_cmpuint (cot_snapshot_get_n_entries (cot_document_get_snapshot (document)), ==, 4);
  for (guint i = 1; i < 4; i++)
    {
      g_autoptr (GByteArray) record = g_byte_array_new ();

      g_assert_true (cot_snapshot_read (cot_document_get_snapshot (document), i, record, NULL));
      g_assert_cmpuint (record->len, ==, n_large + 1);
      g_assert_true (cot_snapshot_get (cot_document_get_snapshot (document), i, &columns));
      g_assert_cmpuint (columns.offset, ==, 6 + (i - 1) * (n_large + 1));
    }
}

static void
add (CotChunkBuilder *builder, guint64 offset, gint64 time_usec, gint16 bias_minutes)
{
  const CotChunkEntry entry = { .offset = offset, .time_usec = time_usec,
                                .bias_minutes = bias_minutes, .state = 0xff };

  g_assert_true (cot_chunk_builder_add (builder, &entry));
}

static void
test_chunk_times (void)
{
  static const gint64 sets[][3] = {
    { 1000, COT_TIME_NONE, 5000 }, /* narrow */
    { 1000, 1001, 2000 }, /* no whole milliseconds apart */
    { 0, G_GINT64_CONSTANT (3000000) * G_USEC_PER_SEC, 1 }, /* 34 days */
    { G_MAXINT64, COT_TIME_NONE, G_MININT64 + 1 }, /* as far as can be */
    { COT_TIME_NONE, COT_TIME_NONE, COT_TIME_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autoptr (CotChunkBuilder) builder = cot_chunk_builder_new ();
      g_autoptr (CotChunk) chunk = NULL;

      for (guint j = 0; j < 3; j++)
        add (builder, 100 + j, sets[i][j], (gint16) (j * 60));
      chunk = cot_chunk_builder_seal (builder, 103, NULL);
      g_assert_true ((chunk->times_msec != NULL) == (i == 0 || i == 4));
      for (guint j = 0; j < 3; j++)
        {
          g_assert_cmpint (cot_chunk_get_time (chunk, j), ==, sets[i][j]);
          g_assert_cmpint (cot_chunk_get_bias (chunk, j), ==, (gint16) (j * 60));
          g_assert_cmpuint (cot_chunk_get_end (chunk, j), ==, 101 + j);
        }
      g_assert_cmpuint (cot_chunk_get_flags (chunk, 0), ==, 0x1f);
    }
}

static CotChunk *
make_full_chunk (CotChunkBuilder *builder, guint number, CotChunkArena **arena)
{
  cot_chunk_builder_clear (builder);
  for (guint64 i = 0; i < COT_CHUNK_MAX_ENTRIES; i++)
    /* In every third chunk some are no whole milliseconds apart. */
    add (builder, number + i, (gint64) (number * 1000 + i * (number % 3 == 2 ? 999 : 1000)),
         (gint16) (number * 60));
  return cot_chunk_builder_seal (builder, number + COT_CHUNK_MAX_ENTRIES, arena);
}

/* Full chunks that share memory are the same as such that do not, and outlive each other. */
static void
test_chunk_arena (void)
{
  g_autoptr (CotChunkBuilder) builder = cot_chunk_builder_new ();
  g_autoptr (CotChunkArena) arena = NULL;
  CotChunkArena *last = NULL;
  CotChunk *chunks[40];
  guint n_arenas = 0;

  for (guint i = 0; i < G_N_ELEMENTS (chunks); i++)
    {
      chunks[i] = make_full_chunk (builder, i, &arena);
      g_assert_true (chunks[i]->arena == arena);
      n_arenas += arena != last ? 1 : 0;
      last = arena;
      if (i % 2 == 1)
        g_clear_pointer (&chunks[i - 1], cot_chunk_unref);
    }
  g_assert_cmpuint (n_arenas, ==, 3);

  for (guint i = 1; i < G_N_ELEMENTS (chunks); i += 2)
    {
      g_autoptr (CotChunk) alone = make_full_chunk (builder, i, NULL);

      g_assert_null (alone->arena);
      g_assert_cmpuint (chunks[i]->n_entries, ==, COT_CHUNK_MAX_ENTRIES);
      g_assert_true ((chunks[i]->times_msec != NULL) == (i % 3 != 2));
      g_assert_cmpuint (cot_chunk_get_memory_bytes (chunks[i]), ==,
                        cot_chunk_get_memory_bytes (alone));
      for (guint j = 0; j < COT_CHUNK_MAX_ENTRIES; j += 1 + j / 16)
        {
          g_assert_cmpuint (cot_chunk_get_end (chunks[i], j), ==, cot_chunk_get_end (alone, j));
          g_assert_cmpint (cot_chunk_get_time (chunks[i], j), ==, cot_chunk_get_time (alone, j));
          g_assert_cmpint (cot_chunk_get_bias (chunks[i], j), ==, (gint16) (i * 60));
        }
      g_clear_pointer (&chunks[i], cot_chunk_unref);
    }
}

/* A large log lies in such memory, and a snapshot of it outlives what read it. */
static void
test_large_log (void)
{
  const guint64 n = 5 * COT_CHUNK_MAX_ENTRIES + 7;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CotSource) source = NULL;
  g_autoptr (CotScanner) scanner = NULL;
  g_autoptr (CotPart) part = NULL;
  CotTables tables;
  gboolean at_end = FALSE;

  for (guint64 i = 0; i < n; i++)
    g_string_append (log, "x\n");
  bytes = g_string_free_to_bytes (g_steal_pointer (&log));
  source = cot_source_new_from_bytes (bytes, "large.log");
  cot_tables_init (&tables);
  scanner = cot_scanner_new (source, &cot_format_plain, &tables);
  while (!at_end)
    g_assert_true (cot_scanner_step (scanner, &at_end, NULL));
  part = cot_scanner_make_part (scanner);
  g_clear_pointer (&scanner, cot_scanner_free);

  g_assert_null (part->chunks[0]->arena);
  g_assert_nonnull (part->chunks[3]->arena);
  for (guint64 i = 0; i < n; i += 1000)
    {
      CotEntryColumns columns;

      cot_part_get_columns (part, i, &columns);
      g_assert_cmpuint (columns.offset, ==, 2 * i);
      g_assert_cmpuint (columns.length_bytes, ==, 2);
    }
  cot_tables_clear (&tables);
}

/* What has no room in a chunk asks for a new one. */
static void
test_chunk_limits (void)
{
  g_autoptr (CotChunkBuilder) builder = cot_chunk_builder_new ();
  CotChunkEntry entry = { .offset = 7 };

  add (builder, 7, 0, 0);
  entry.offset = 7 + (guint64) G_MAXUINT32 + 1;
  g_assert_false (cot_chunk_builder_add (builder, &entry));
  entry.offset--;
  g_assert_true (cot_chunk_builder_add (builder, &entry));

  cot_chunk_builder_clear (builder);
  for (gint i = 0; i < COT_CHUNK_MAX_BIASES; i++)
    add (builder, (guint64) i, 0, (gint16) i);
  entry = (CotChunkEntry){ .offset = 1000, .bias_minutes = COT_BIAS_NONE };
  g_assert_false (cot_chunk_builder_add (builder, &entry));
  entry.bias_minutes = 255;
  g_assert_true (cot_chunk_builder_add (builder, &entry));

  cot_chunk_builder_clear (builder);
  for (gint i = 0; i < COT_CHUNK_MAX_ENTRIES; i++)
    add (builder, (guint64) i, 0, 0);
  entry = (CotChunkEntry){ .offset = 70000 };
  g_assert_false (cot_chunk_builder_add (builder, &entry));
}

/* Some say a bias, some none, some no time, over more than two chunks; and the same by hand. */
static void
test_carried_times (void)
{
  static const char *const biases[] = { "+300", "", "-60", "" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree gint64 *expected_usec = g_new (gint64, N_MANY);
  g_autofree gint64 *times_usec = g_new (gint64, N_MANY);
  g_autoptr (CotDocument) document = NULL;
  CotSnapshot *snapshot;
  gint16 carried = COT_BIAS_NONE;

  for (guint i = 0; i < N_MANY; i++)
    {
      guint way = i < 1000 ? 1 : i / 7000 % 4;
      gint64 time_usec = cot_clock_from_civil (2024, 9, 9, (int) (i / 3600 % 24),
                                               (int) (i / 60 % 60), (int) (i % 60), 0);

      if (way == 0 || way == 2)
        carried = way == 0 ? 300 : -60;
      expected_usec[i]
          = carried == COT_BIAS_NONE ? time_usec : cot_clock_to_utc (time_usec, carried);
      if (i % 11 == 5)
        {
          expected_usec[i] = COT_TIME_NONE;
          g_string_append (text, "no time\r\n");
          continue;
        }
      g_string_append_printf (text,
                              "<![LOG[%u]LOG]!><time=\"%02u:%02u:%02u.000%s\" "
                              "date=\"09-09-2024\" component=\"A\" context=\"\" type=\"1\" "
                              "thread=\"1\" file=\"a.cpp:1\">\r\n",
                              i, i / 3600 % 24, i / 60 % 60, i % 60, biases[way]);
    }
  document = load_text (text->str);
  snapshot = cot_document_get_snapshot (document);
  g_assert_cmpuint (cot_snapshot_get_n_entries (snapshot), ==, N_MANY);
  cot_snapshot_get_carried_times (snapshot, 0, N_MANY, COT_BIAS_NONE, times_usec);
  for (guint i = 0; i < N_MANY; i++)
    g_assert_cmpint (times_usec[i], ==, expected_usec[i]);
  for (guint first = 0; first < N_MANY; first += 4999)
    {
      cot_snapshot_get_carried_times (snapshot, first, 100, COT_BIAS_NONE, times_usec);
      for (guint i = first; i < MIN (first + 100, (guint) N_MANY); i++)
        g_assert_cmpint (times_usec[i - first], ==, expected_usec[i]);
    }
  g_assert_false (cot_snapshot_find_bias_up_to (snapshot, 999, &carried));
  g_assert_true (cot_snapshot_find_bias_up_to (snapshot, G_MAXUINT64, &carried));
  cot_snapshot_get_carried_times (snapshot, 3, 1, 60, times_usec);
  g_assert_cmpint (times_usec[0], ==, cot_clock_to_utc (expected_usec[3], 60));
  cot_snapshot_get_carried_times (snapshot, N_MANY, 1, 60, times_usec);
  g_assert_cmpint (times_usec[0], ==, COT_TIME_NONE);
}

/* Few different ids are listed, and the entries hold places in the list: nobody sees that. */
static void
test_chunk_ids (void)
{
  static const struct
  {
    guint n_entries;
    guint n_ids;
    gboolean is_listed;
  } cases[] = { { 1024, 1, TRUE }, { 5000, 256, TRUE }, { 5000, 257, FALSE }, { 1023, 3, FALSE } };
  g_autofree guint16 *renamed = g_new (guint16, G_MAXUINT16 + 1);
  const guint16 *const tables[3] = { renamed, renamed, renamed };

  for (guint id = 0; id <= G_MAXUINT16; id++)
    renamed[id] = (guint16) (G_MAXUINT16 - id);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CotChunkBuilder) builder = cot_chunk_builder_new ();
      g_autoptr (CotChunk) chunk = NULL;

      for (guint j = 0; j < cases[i].n_entries; j++)
        {
          const CotChunkEntry entry = { .offset = j, .component = (guint16) (j % cases[i].n_ids),
                                        .origin = COT_STRINGS_OVERFLOW, .thread = 0,
                                        .bias_minutes = (gint16) (j % 2), .state = (guint8) j };

          g_assert_true (cot_chunk_builder_add (builder, &entry));
        }
      chunk = cot_chunk_builder_seal (builder, cases[i].n_entries, NULL);
      g_assert_cmpint (chunk->components.places != NULL, ==, cases[i].is_listed);
      g_assert_cmpuint (chunk->components.n_listed, ==, cases[i].is_listed ? cases[i].n_ids : 0);
      g_assert_null (chunk->origins.places);
      cot_chunk_rename (chunk, tables);
      for (guint j = 0; j < cases[i].n_entries; j++)
        {
          g_assert_cmpuint (cot_id_column_get (&chunk->components, j), ==,
                            G_MAXUINT16 - j % cases[i].n_ids);
          g_assert_cmpuint (cot_id_column_get (&chunk->origins, j), ==, 0);
          g_assert_cmpuint (cot_id_column_get (&chunk->threads, j), ==, G_MAXUINT16);
          g_assert_cmpuint (chunk->states[j], ==, (guint8) j);
          g_assert_cmpint (cot_chunk_get_bias (chunk, j), ==, j % 2);
        }
    }
}

/* @step_msec: between the entries, of which some have no time */
static CotSnapshot *
make_snapshot (guint n_entries, gint64 step_msec, gint64 clock_usec)
{
  const gint64 first_usec = cot_clock_from_civil (2026, 9, 1, 0, 0, 0, 0);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CotSource) source = NULL;
  g_autoptr (CotScanner) scanner = NULL;
  g_autoptr (CotPart) part = NULL;
  CotSnapshot *snapshot;
  CotTables tables;
  gboolean at_end = FALSE;

  for (guint i = 0; i < n_entries; i++)
    {
      char time[COT_CLOCK_ISO_SIZE];

      if (i % 7 == 3)
        g_string_append (text, "no time\n");
      /* They go back, too. */
      cot_clock_format_iso (first_usec + (i % 5 == 4 ? 4 : (gint64) i) * step_msec * 1000, time);
      g_string_append_printf (text,
                              "<![LOG[x]LOG]!><time=\"%.12s+300\" date=\"%.2s-%.2s-%.4s\" "
                              "component=\"A\" context=\"\" type=\"1\" thread=\"1\" "
                              "file=\"a.cpp:1\">\n",
                              time + 11, time + 5, time + 8, time);
    }
  bytes = g_bytes_new (text->str, text->len);
  source = cot_source_new_from_bytes (bytes, "a.log");
  cot_tables_init (&tables);
  scanner = cot_scanner_new (source, &cot_format_ccm, &tables);
  while (!at_end)
    g_assert_true (cot_scanner_step (scanner, &at_end, NULL));
  part = cot_scanner_make_part (scanner);
  snapshot = cot_snapshot_new (&cot_format_ccm, &tables);
  cot_snapshot_set_clock (snapshot, clock_usec);
  cot_snapshot_add_part (snapshot, part, &(CotGeneration){ .source = source });
  cot_snapshot_finish (snapshot);
  cot_tables_clear (&tables);
  return snapshot;
}

/* All at once, as they are stored, are placed as one after the other. */
static void
test_place_times (void)
{
  static const gint64 steps_msec[] = { 1, 7919, 86400 * 1000 };
  static const gint64 clocks_usec[] = { 0, 1, -90000001, 7200000000 };
  static const gint64 beside_usec[]
      = { -1001, -1000, -999, -1, 0, 1, 999, 1000, 1001, G_GINT64_CONSTANT (-3000000000000),
          G_GINT64_CONSTANT (3000000000000) };
  static const guint8 places[4] = { 9, 1, 2, 3 };
  enum { N = 100 };

  for (guint way = 0; way < G_N_ELEMENTS (steps_msec) * G_N_ELEMENTS (clocks_usec); way++)
    {
      g_autoptr (CotSnapshot) snapshot
          = make_snapshot (N, steps_msec[way / G_N_ELEMENTS (clocks_usec)],
                           clocks_usec[way % G_N_ELEMENTS (clocks_usec)]);
      const guint n = (guint) cot_snapshot_get_n_entries (snapshot);
      g_autofree gint64 *times_usec = g_new (gint64, n);
      g_autofree guint8 *row = g_new (guint8, n);

      cot_snapshot_get_times (snapshot, 0, n, times_usec);
      for (guint round = 0; round < 400; round++)
        {
          gint64 start_usec = times_usec[round % 3] + beside_usec[round % 11];
          gint64 last_usec = times_usec[n - 1 - round % 2] + beside_usec[round / 11 % 11];
          gint64 end_usec = MAX (start_usec, last_usec);

          cot_snapshot_place_times (snapshot, 0, n, start_usec, end_usec, places, row);
          for (guint i = 0; i < n; i++)
            g_assert_cmpuint (row[i], ==,
                              times_usec[i] == COT_TIME_NONE ? 9
                              : times_usec[i] < start_usec   ? 1
                              : times_usec[i] < end_usec     ? 2
                                                             : 3);
        }
    }
}

static guint n_looks_ahead;

/* A line is a record, which only the end of the log tells of all that are left. */
static CotRecordResult
look_ahead (const char *data, gsize length_bytes, gsize start, gboolean at_end, CotAhead *ahead,
            gsize *end_offset)
{
  const char *line_end = memchr (data + start, '\n', length_bytes - start);

  if (!at_end)
    return COT_RECORD_NEEDS_MORE;
  if (start >= ahead->lines_end)
    {
      n_looks_ahead++;
      ahead->lines_end = length_bytes;
    }
  *end_offset = line_end != NULL ? (gsize) (line_end - data) + 1 : length_bytes;
  return COT_RECORD_FOUND;
}

/* Many lines that belong to nothing are looked at once, and not once for each of them. */
static void
test_tail (void)
{
  const CotFormat format = { .id = "tail",
                             .next_record_ahead = look_ahead,
                             .parse_entry = cot_format_plain.parse_entry };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CotSource) source = NULL;
  g_autoptr (CotScanner) scanner = NULL;
  g_autoptr (CotPart) part = NULL;
  gboolean at_end = FALSE;

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "line\n");
  bytes = g_bytes_new (text->str, text->len);
  source = cot_source_new_from_bytes (bytes, "a.log");
  scanner = cot_scanner_new (source, &format, cot_tables_get_empty ());
  n_looks_ahead = 0;
  while (!at_end)
    g_assert_true (cot_scanner_step (scanner, &at_end, NULL));
  part = cot_scanner_make_part (scanner);
  g_assert_cmpuint (part->counts.n_entries, ==, 1000);
  g_assert_cmpuint (n_looks_ahead, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snapshot/columns", test_columns);
  g_test_add_func ("/snapshot/types", test_types);
  g_test_add_func ("/snapshot/open-ended", test_open_ended);
  g_test_add_func ("/snapshot/line-at-stride", test_line_at_stride);
  g_test_add_func ("/snapshot/many", test_many);
  g_test_add_func ("/snapshot/blocks", test_blocks);
  g_test_add_func ("/snapshot/large-records", test_large_records);
  g_test_add_func ("/snapshot/carried-times", test_carried_times);
  g_test_add_func ("/snapshot/chunk-times", test_chunk_times);
  g_test_add_func ("/snapshot/chunk-arena", test_chunk_arena);
  g_test_add_func ("/snapshot/large-log", test_large_log);
  g_test_add_func ("/snapshot/chunk-limits", test_chunk_limits);
  g_test_add_func ("/snapshot/chunk-ids", test_chunk_ids);
  g_test_add_func ("/snapshot/place-times", test_place_times);
  g_test_add_func ("/snapshot/tail", test_tail);
  return g_test_run ();
}
