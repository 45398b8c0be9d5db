/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-scanner.h"
#include "cot-slices.h"

/* The quick and the tolerant way through a log, every SIMD variant, every block size and any number
 * of threads give the same columns, on logs that a writer makes and on such that somebody has
 * spoilt. */

#define N_LOGS 200

typedef struct
{
  const CotFormat *format;
  gboolean fast;
  CotSimd simd;
  gsize block_bytes;
  gsize slice_bytes; /* 0: it is scanned from its start to its end */
  guint n_helpers;
} Way;

/* The first four are usual, the rest is odd. */
static const char *const components[] = { "CcmExec", "CoManagementHandler", "PolicyAgent", "",
                                          "<x>",
                                          "a component with a name beyond what is cached",
                                          "twenty-nine bytes in one name", /* still cached */
                                          "exactly thirty bytes in a name",
                                          "Fabrikam-one-Component", /* these two in one place */
                                          "Fabrikam-two-Component",
                                          "Setup \" quoted", "\xc3\xa9tat",
                                          "Win32App]Win32App" };
static const char *const origins[] = { "a.cpp:12", "comgmtagent.cpp:2034", "", "deploy.ps1:7",
                                       "C:\\Program Files\\Contoso\\agent\\main.cs:1120", "x>y" };
static const char *const times[] = { "12:34:56.789+300", "00:00:00.000-060", "23:59:59.9999999",
                                     "1:02:03.4", "12:34:56", "12:34:56.789+-240",
                                     "25:00:00.000+000", "12:34:56.789+999", "11:11:11.111+00",
                                     "09:08:07.123-345" };
static const char *const dates[] = { "09-09-2024", "9-1-2025", "12-31-1999", "2024-09-09", "x",
                                     "13-13-2024", "" };
/* What Intune's agents begin a message with, and what only looks like it. */
static const char *const subsystems[] = {
  "[Win32App] ", "[Proxy Poller] ", "[EmsAgentService:RequiredAppTask]", "[A]", "[", "[]", "[[A] ",
  "[0] ", "[{", " [Win32App] ", "\n[Win32App]", "[Win32App", "[a\"b]", "[ A]", "[A ] ", "[a\tb]",
  "[exactly twenty-nine bytes now]", "[exactly thirty bytes, not one]",
  "[a subsystem with a name beyond what is cached, but a name]", "[CcmExec]", "[Fabrikam-A.ps1]",
};
static const char *const line_ends[] = { "\r\n", "\r\n", "\r\n", "\n", "\r", "", "\r\n\r\n" };
static const char *const fragments[] = {
  "Queuing enrollment timer", " ", "\r\n", "\n", "\t", "]", "<", "LOG", "<![LOG[", "]LOG]!>",
  "]LOG]!><time=\"", "<![CDATA[", "error 0x80070005", "]]", "\r", "L", "G",
  "a sentence that is rather longer than a vector is, so that marks stand at every place of one",
};

#define CCM_RECORD(component, thread) \
  "<![LOG[x]LOG]!><time=\"12:34:56.789+300\" date=\"09-09-2024\" component=\"" component \
  "\" context=\"\" type=\"1\" thread=\"" thread "\" file=\"a.cpp:12\">\r\n"

#define PICK(array) array[g_test_rand_int_range (0, G_N_ELEMENTS (array))]

static gboolean
one_in (gint n)
{
  return g_test_rand_int_range (0, n) == 0;
}

/* Whether a subsystem stands in front. */
static gboolean
append_message (GString *log, gboolean odd)
{
  gint n = g_test_rand_int_range (0, 6);
  gboolean has_subsystem = one_in (2);

  if (has_subsystem)
    g_string_append (log, odd ? PICK (subsystems) : subsystems[one_in (2)]);
  for (gint i = 0; i < n; i++)
    g_string_append (log, odd ? PICK (fragments) : fragments[i % 2]);
  return has_subsystem;
}

static void
append_record (GString *log, gboolean odd)
{
  gint n_usual = odd ? G_N_ELEMENTS (components) : 4;
  gboolean has_subsystem;

  g_string_append (log, "<![LOG[");
  has_subsystem = append_message (log, odd);
  g_string_append_printf (
      log,
      "]LOG]!><time=\"%s\" date=\"%s\" component=\"%s\" context=\"%s\" type=\"%d\" "
      "thread=\"%d\" file=\"%s\">%s",
      /* Who has subsystems writes no bias. */
      odd ? PICK (times) : times[has_subsystem ? 2 : g_test_rand_int_range (0, 3)],
      odd ? PICK (dates) : dates[g_test_rand_int_range (0, 2)],
      components[g_test_rand_int_range (0, n_usual)],
      odd && one_in (8) ? "CONTOSO\\ada" : "", g_test_rand_int_range (0, odd ? 7 : 4),
      g_test_rand_int_range (1, 40) * 100, odd ? PICK (origins) : origins[one_in (2)],
      odd ? PICK (line_ends) : line_ends[one_in (9) ? 3 : 0]);
}

static void
spoil (GString *log)
{
  gint n = g_test_rand_int_range (0, 8);

  for (gint i = 0; i < n && log->len > 0; i++)
    {
      gssize at = g_test_rand_int_range (0, (gint) log->len);
      gssize n_erased = g_test_rand_int_range (1, 40);

      if (one_in (2))
        log->str[at] = (char) g_test_rand_int_range (0, 256);
      else
        g_string_erase (log, at, MIN ((gssize) log->len - at, n_erased));
    }
}

static GString *
make_log (void)
{
  GString *log = g_string_new (one_in (2) ? "\xef\xbb\xbf" : "");
  gint n = g_test_rand_int_range (0, 60);
  gint odd_in = g_test_rand_int_range (1, 30);

  for (gint i = 0; i < n; i++)
    if (one_in (odd_in * 4))
      append_message (log, TRUE);
    else
      append_record (log, one_in (odd_in));
  if (one_in (2))
    spoil (log);
  return log;
}

static guint n_adopted; /* slices, since a test began */

static CotPart *
scan (CotSource *source, const CotTables *tables, const Way *way)
{
  g_autoptr (CotScanner) scanner = cot_scanner_new (source, way->format, tables);
  g_autoptr (CotSlices) slices = NULL;
  gboolean at_end = FALSE;

  cot_scanner_set_block_size (scanner, way->block_bytes);
  cot_scanner_set_simd (scanner, way->simd);
  cot_scanner_set_fast (scanner, way->fast);
  while (!at_end)
    {
      g_autoptr (GError) error = NULL;

      if (slices == NULL && one_in (20))
        cot_scanner_rest (scanner);
      if (slices != NULL)
        g_assert_true (cot_slices_step (slices, &at_end, &error));
      else
        g_assert_true (cot_scanner_step (scanner, &at_end, &error));
      g_assert_no_error (error);
      if (slices == NULL && way->slice_bytes > 0)
        {
          guint64 size_bytes = 0;

          g_assert_true (cot_source_get_size (source, &size_bytes, NULL));
          slices = cot_slices_new_with (scanner, size_bytes, way->slice_bytes, way->n_helpers);
        }
    }
  n_adopted += slices != NULL ? cot_slices_get_n_adopted (slices) : 0;
  return cot_scanner_make_part (scanner);
}

static void
assert_same_text (CotStrings *first, guint16 a, CotStrings *second, guint16 b)
{
  gsize n_a, n_b;
  const char *text_a = cot_strings_get (first, a, &n_a);
  const char *text_b = cot_strings_get (second, b, &n_b);

  g_assert_cmpmem (text_a, n_a, text_b, n_b);
}

static void
assert_same_types (const CotPart *a, const CotTables *tables_a, const CotPart *b,
                   const CotTables *tables_b)
{
  g_assert_cmpuint (a->n_types, ==, b->n_types);
  for (guint i = 0; i < a->n_types; i++)
    {
      gsize length_bytes;
      const char *text = cot_strings_get (tables_a->types, a->types[i].text, &length_bytes);
      guint16 id = cot_strings_intern (tables_b->types, text, length_bytes);
      guint64 n = 0;

      for (guint j = 0; j < b->n_types; j++)
        if (b->types[j].text == id)
          n = b->types[j].n;
      g_assert_cmpuint (a->types[i].n, ==, n);
    }
}

static void
assert_same_part (const CotPart *a, const CotTables *tables_a, const CotPart *b,
                  const CotTables *tables_b)
{
  guint64 n = cot_part_get_n_entries (a);

  g_assert_cmpuint (n, ==, cot_part_get_n_entries (b));
  g_assert_cmpmem (&a->counts, sizeof a->counts, &b->counts, sizeof b->counts);
  g_assert_cmpuint (a->ends.n_cr, ==, b->ends.n_cr);
  g_assert_cmpuint (a->ends.n_lf, ==, b->ends.n_lf);
  g_assert_cmpuint (a->ends.n_crlf, ==, b->ends.n_crlf);
  g_assert_cmpint (a->ends.beyond_ascii, ==, b->ends.beyond_ascii);
  g_assert_cmpmem (a->lines, a->n_lines * sizeof *a->lines, b->lines,
                   b->n_lines * sizeof *b->lines);
  assert_same_types (a, tables_a, b, tables_b);
  for (guint64 i = 0; i < n; i++)
    {
      CotEntryColumns x = { 0 };
      CotEntryColumns y = { 0 };

      cot_part_get_columns (a, i, &x);
      cot_part_get_columns (b, i, &y);
      g_assert_cmpuint (x.offset, ==, y.offset);
      g_assert_cmpuint (x.length_bytes, ==, y.length_bytes);
      g_assert_cmpint (x.time_usec, ==, y.time_usec);
      g_assert_cmpint (x.bias_minutes, ==, y.bias_minutes);
      g_assert_cmpuint (x.severity, ==, y.severity);
      g_assert_cmpuint (x.flags, ==, y.flags);
      assert_same_text (tables_a->components, x.component, tables_b->components, y.component);
      assert_same_text (tables_a->origins, x.origin, tables_b->origins, y.origin);
      assert_same_text (tables_a->threads, x.thread, tables_b->threads, y.thread);
    }
}

/* A log as one way sees it. */
typedef struct
{
  CotTables tables;
  CotPart *part;
} View;

static void
view_init (View *self, CotSource *source, const Way *way)
{
  cot_tables_init (&self->tables);
  self->part = scan (source, &self->tables, way);
}

static void
view_clear (View *self)
{
  cot_part_unref (self->part);
  cot_tables_clear (&self->tables);
}

static CotSource *
source_of (const GString *log)
{
  g_autoptr (GBytes) bytes = g_bytes_new (log->str, log->len);

  return cot_source_new_from_bytes (bytes, "random.log");
}

static void
assert_seen_as (CotSource *source, const View *wanted, const Way *way)
{
  View view;

  view_init (&view, source, way);
  assert_same_part (wanted->part, &wanted->tables, view.part, &view.tables);
  view_clear (&view);
}

static void
test_fast_as_tolerant (gconstpointer format)
{
  const Way tolerant = { format, FALSE, COT_SIMD_SCALAR, 64 * 1024 };

  for (guint i = 0; i < N_LOGS; i++)
    {
      g_autoptr (GString) log = make_log ();
      g_autoptr (CotSource) source = source_of (log);
      View wanted;

      view_init (&wanted, source, &tolerant);
      for (CotSimd simd = 0; simd < COT_N_SIMD; simd++)
        {
          const Way whole = { format, TRUE, simd, 64 * 1024 };
          const Way in_pieces = { format, TRUE, simd, (gsize) g_test_rand_int_range (1, 600) };

          if (cot_simd_get_scan (simd) == NULL)
            continue;
          assert_seen_as (source, &wanted, &whole);
          assert_seen_as (source, &wanted, &in_pieces);
        }
      view_clear (&wanted);
    }
}

static void
test_block_sizes (gconstpointer format)
{
  const Way whole = { format, FALSE, COT_SIMD_SCALAR, 64 * 1024 };

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GString) log = make_log ();
      g_autoptr (CotSource) source = NULL;
      View wanted;

      g_string_truncate (log, 2000);
      source = source_of (log);
      view_init (&wanted, source, &whole);
      for (gsize block_bytes = 1; block_bytes < 40; block_bytes++)
        {
          const Way in_pieces = { format, i % 2, cot_simd_get_best (), block_bytes };

          assert_seen_as (source, &wanted, &in_pieces);
        }
      view_clear (&wanted);
    }
}

static GString *
make_server_log (void)
{
  static const char *const lines[] = {
    "a", "two words", "", "ROLLOVER", "$$<SMS_X>", "$$<SMS_X><09-09-2024 12:3", "5$$",
    "SQL command ran  $$<SMS_X><09-09-2024 12:34:56.789+300><thread=4844 (0x12EC)>",
    "a  $$<Deploy><09-09-2024 12:34:56.789+300>", "789+300><thread=4844 (0x12EC)>",
    "<![LOG[x]LOG]!><time=\"12:34:56.789+300\">",
  };
  GString *log = g_string_new (NULL);
  gint tail_in = g_test_rand_int_range (2, 60);

  for (guint i = 0; i < 400; i++)
    {
      g_string_append (log, one_in (tail_in) ? PICK (lines) : lines[g_test_rand_int_range (0, 3)]);
      g_string_append (log, PICK (line_ends));
    }
  return log;
}

/* What was seen ahead moves with the bytes, and is forgotten where it may change. */
static void
test_server (void)
{
  static const gsize whole_bytes = 256 * 1024;

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (GString) log = make_server_log ();
      g_autoptr (CotSource) source = source_of (log);
      const Way whole = { &cot_format_server, FALSE, COT_SIMD_SCALAR, whole_bytes };
      View wanted;

      view_init (&wanted, source, &whole);
      for (guint j = 0; j < 12; j++)
        {
          const Way in_pieces = { &cot_format_server, FALSE, cot_simd_get_best (),
                                  (gsize) g_test_rand_int_range (1, j < 4 ? 20 : 900) };

          assert_seen_as (source, &wanted, &in_pieces);
        }
      view_clear (&wanted);
    }
}

/* More different texts than the caches have places, of writers of both kinds. */
static void
test_crowded (gconstpointer format)
{
  const Way tolerant = { format, FALSE, COT_SIMD_SCALAR, 64 * 1024 };
  const Way fast = { format, TRUE, cot_simd_get_best (), 64 * 1024 };
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CotSource) source = NULL;
  View wanted;

  for (guint i = 0; i < 6000; i++)
    g_string_append_printf (log,
                            "<![LOG[x]LOG]!><time=\"12:34:56.789%c060\" date=\"09-%02d-2024\" "
                            "component=\"C%d\" context=\"\" type=\"1\" thread=\"%d\" "
                            "file=\"f%d.%s:1\">\r\n",
                            one_in (2) ? '+' : '-', g_test_rand_int_range (1, 31),
                            g_test_rand_int_range (0, 3000), g_test_rand_int_range (0, 3000),
                            g_test_rand_int_range (0, 3000), one_in (2) ? "cpp" : "ps1");
  source = source_of (log);
  view_init (&wanted, source, &tolerant);
  assert_seen_as (source, &wanted, &fast);
  view_clear (&wanted);
}

/* A NUL is part of a name, and not the end of one that was seen before. */
static void
test_names_with_nul (gconstpointer format)
{
  static const char log[] = CCM_RECORD ("\0", "1") CCM_RECORD ("A", "1") CCM_RECORD ("A\0", "1")
      CCM_RECORD ("A", "\0\0") CCM_RECORD ("\0", "1\0") CCM_RECORD ("A", "1");
  const Way tolerant = { format, FALSE, COT_SIMD_SCALAR, 64 * 1024 };
  const Way fast = { format, TRUE, cot_simd_get_best (), 64 * 1024 };
  g_autoptr (GString) padded = g_string_new_len (log, sizeof log - 1);
  g_autoptr (CotSource) source = NULL;
  View wanted;

  for (guint i = 0; i < 3; i++)
    g_string_append (padded, CCM_RECORD ("usual", "2"));
  source = source_of (padded);
  view_init (&wanted, source, &tolerant);
  assert_seen_as (source, &wanted, &fast);
  view_clear (&wanted);
}

/* What is trimmed of a date ends the attributes where it is a line end. */
static void
test_dates_with_line_end (gconstpointer format)
{
  static const char *const odd[] = { "\r9-09-2024", "\n9-09-2024", "9-09-2024\r", " 9-09-2024",
                                     "\t9-09-2024", "9-09-2024 ", "9-\n09-2024", "\v9-9-2024" };
  const Way tolerant = { format, FALSE, COT_SIMD_SCALAR, 64 * 1024, 0, 0 };
  const Way fast = { format, TRUE, cot_simd_get_best (), 64 * 1024, 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (GString) log = g_string_new (NULL);
      g_autoptr (CotSource) source = NULL;
      View wanted;

      for (guint j = 0; j < 4; j++)
        g_string_append_printf (log,
                                "<![LOG[x]LOG]!><time=\"12:34:56.789+300\" date=\"%s\" "
                                "component=\"A\" context=\"\" type=\"1\" thread=\"1\" "
                                "file=\"a.cpp:12\">\r\n",
                                j % 2 == 0 ? odd[i] : "09-09-2024");
      source = source_of (log);
      view_init (&wanted, source, &tolerant);
      assert_seen_as (source, &wanted, &fast);
      view_clear (&wanted);
    }
}

/* No cache that is still empty takes zeros for what it has seen. */
static void
test_zeros (gconstpointer format)
{
  static const char log[]
      = "<![LOG[x]LOG]!><time=\"\0\0\0\0\0\0\0\0.789+300\" date=\"\0\" component=\"\0\" "
        "context=\"\" type=\"1\" thread=\"\0\" file=\"\0\">\r\n"
        "<![LOG[x]LOG]!><time=\"\0\0\0\0\0\0\0\0.789+300\" date=\"09-09-2024\" component=\"A\" "
        "context=\"\" type=\"1\" thread=\"1\" file=\"a.cpp:12\">\r\n";
  const Way tolerant = { format, FALSE, COT_SIMD_SCALAR, 64 * 1024 };
  const Way fast = { format, TRUE, cot_simd_get_best (), 64 * 1024 };
  g_autoptr (GString) padded = g_string_new_len (log, sizeof log - 1);
  g_autoptr (CotSource) source = NULL;
  View wanted;

  for (guint i = 0; i < 3; i++)
    g_string_append (padded, CCM_RECORD ("usual", "2"));
  source = source_of (padded);
  view_init (&wanted, source, &tolerant);
  assert_seen_as (source, &wanted, &fast);
  view_clear (&wanted);
}

/* The quick way is taken at all: else this file would prove nothing. */
static void
test_fast_is_taken (gconstpointer format)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CotSource) source = NULL;
  g_autoptr (CotScanner) scanner = NULL;
  CotTables tables;
  gboolean at_end;

  for (guint i = 0; i < 1000; i++)
    append_record (log, FALSE);
  source = source_of (log);
  cot_tables_init (&tables);
  scanner = cot_scanner_new (source, format, &tables);
  while (cot_scanner_step (scanner, &at_end, NULL) && !at_end)
    continue;
  g_assert_cmpuint (cot_scanner_get_n_fast (scanner), >, 950);
  cot_tables_clear (&tables);
}

/* However the blocks part the bytes that decide it. */
static void
test_encoding (void)
{
  static const struct
  {
    const char *text;
    CotEncoding encoding;
  } logs[] = {
    { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n\xc3\xa4 b\n", COT_ENCODING_UTF8 },
    { "a\nb\n\xe2\x82\xac\n\n\n", COT_ENCODING_UTF8 },
    { "a\n\n\n\n\n\n\n\n\xc3 b\n", COT_ENCODING_WINDOWS_1252 },
    { "a\nb\n\xe2\x82", COT_ENCODING_UTF8 },
    { "a\nb\n\xe2\x82\n", COT_ENCODING_WINDOWS_1252 },
    /* Damage before many good characters. */
    { "a\n\xff \xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\n",
      COT_ENCODING_UTF8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    for (gsize block_bytes = 1; block_bytes < 60; block_bytes++)
      {
        g_autoptr (GBytes) bytes = g_bytes_new_static (logs[i].text, strlen (logs[i].text));
        g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "a.log");
        g_autoptr (CotScanner) scanner = NULL;
        CotEncoding encoding;
        CotTables tables;
        gboolean at_end = FALSE;

        cot_tables_init (&tables);
        scanner = cot_scanner_new (source, &cot_format_plain, &tables);
        cot_tables_clear (&tables);
        cot_scanner_set_undecided (scanner, COT_ENCODING_UTF8);
        cot_scanner_set_block_size (scanner, block_bytes);
        while (!at_end)
          g_assert_true (cot_scanner_step (scanner, &at_end, NULL));
        cot_scanner_get_encoding (scanner, &encoding);
        g_assert_cmpint (encoding, ==, logs[i].encoding);
      }
}

static void
test_scan_variants (void)
{
  for (guint i = 0; i < N_LOGS; i++)
    {
      g_autoptr (GString) log = make_log ();
      gsize n = log->len;
      gsize from, to;
      CotLineEnds wanted = { 0 };
      g_autofree CotMark *wanted_marks = g_new0 (CotMark, COT_MARKS_MAX (n));
      gsize n_wanted;

      while (log->len < n + COT_SIMD_PADDING_BYTES)
        g_string_append (log, "<![LOG[");
      from = (gsize) g_test_rand_int_range (0, (gint) n + 1);
      to = (gsize) g_test_rand_int_range ((gint) from, (gint) n + 1);
      n_wanted = cot_simd_get_scan (COT_SIMD_SCALAR) (log->str, from, to, &wanted, wanted_marks);
      for (CotSimd simd = COT_SIMD_SSE2; simd < COT_N_SIMD; simd++)
        {
          CotLineEnds ends = { 0 };
          g_autofree CotMark *marks = g_new0 (CotMark, COT_MARKS_MAX (n));
          CotSimdScan function = cot_simd_get_scan (simd);

          if (function == NULL)
            continue;
          g_assert_cmpuint (function (log->str, from, to, &ends, marks), ==, n_wanted);
          g_assert_cmpmem (&ends, sizeof ends, &wanted, sizeof wanted);
          g_assert_cmpmem (marks, n_wanted * sizeof *marks, wanted_marks,
                           n_wanted * sizeof *marks);
        }
    }
}

/* Where as many bytes are marks as can be, there is room for each; the line ends before each are
 * counted, those of an earlier call too. */
static void
test_room_for_marks (void)
{
  const struct
  {
    const char *text;
    guint n_marks; /* the first so many bytes of it */
    guint n_ends;
  } fillings[] = { { "LLGG", 2, 0 }, { "L\nG", 1, 1 }, { "L\r\n", 0, 2 } };

  for (gsize n = 1; n < 300; n++)
    for (guint i = 0; i < G_N_ELEMENTS (fillings); i++)
      {
        gsize n_text = strlen (fillings[i].text);
        gsize n_wanted = n / n_text * fillings[i].n_marks + MIN (n % n_text, fillings[i].n_marks);
        g_autoptr (GString) log = g_string_new (NULL);

        while (log->len < n + COT_SIMD_PADDING_BYTES)
          g_string_append (log, fillings[i].text);
        for (CotSimd simd = 0; simd < COT_N_SIMD; simd++)
          {
            CotLineEnds ends = { .n_cr = 3, .n_lf = 4 };
            /* Exactly so much that a sanitizer sees one too many. */
            g_autofree CotMark *marks = g_new (CotMark, COT_MARKS_MAX (n));
            CotSimdScan function = cot_simd_get_scan (simd);

            if (function == NULL)
              continue;
            g_assert_cmpuint (function (log->str, 0, n, &ends, marks), ==, n_wanted);
            for (gsize j = 0; j < n_wanted; j++)
              {
                gsize number = j / fillings[i].n_marks;

                g_assert_cmpuint (marks[j].at, ==, number * n_text + j % fillings[i].n_marks);
                g_assert_cmpuint (marks[j].n_ends, ==, 7 + number * fillings[i].n_ends);
              }
          }
      }
}

/* Slices may begin at what only looks like a record: a message with all of one in it. */
static void
append_nested (GString *log)
{
  gint n = g_test_rand_int_range (1, 400);

  g_string_append (log, "<![LOG[A message of many lines\r\n");
  for (gint i = 0; i < n; i++)
    {
      g_string_append (log, "a line\r\n<![LOG[");
      append_message (log, TRUE);
      g_string_append (log, one_in (2) ? "\r\n" : "]LOG]!> and more\r\n");
    }
  append_record (log, FALSE);
}

static GString *
make_long_log (const CotFormat *format, gint nested_in)
{
  GString *log = g_string_new (NULL);
  gsize size = (gsize) g_test_rand_int_range (150, 500) * 1024;

  while (log->len < size)
    {
      g_autoptr (GString) next
          = format == &cot_format_server ? make_server_log () : make_log ();

      g_string_append_len (log, next->str, (gssize) next->len);
      if (one_in (nested_in))
        append_nested (log);
    }
  return log;
}

static void
assert_same_strings (CotStrings *a, CotStrings *b)
{
  guint n = cot_strings_get_n (a);

  g_assert_cmpuint (n, ==, cot_strings_get_n (b));
  for (guint id = 0; id < n; id++)
    assert_same_text (a, (guint16) id, b, (guint16) id);
}

static void
test_slices (gconstpointer data)
{
  const CotFormat *format = data;
  const gboolean fast = format == &cot_format_ccm || format == &cot_format_ime;

  n_adopted = 0;
  for (guint i = 0; i < 20; i++)
    {
      const Way in_turn = { format, fast, cot_simd_get_best (), 64 * 1024, 0, 0 };
      g_autoptr (GString) log = make_long_log (format, i % 4 == 0 ? 3 : 100);
      g_autoptr (CotSource) source = source_of (log);
      View wanted;

      view_init (&wanted, source, &in_turn);
      for (guint n_helpers = 0; n_helpers < 4; n_helpers++)
        {
          const Way at_once = {
            format, fast, cot_simd_get_best (), (gsize) g_test_rand_int_range (1000, 30000),
            (gsize) g_test_rand_int_range (2000, 60000), n_helpers,
          };
          View view;

          view_init (&view, source, &at_once);
          assert_same_part (wanted.part, &wanted.tables, view.part, &view.tables);
          view_clear (&view);
        }
      view_clear (&wanted);
    }
  /* Else nothing was tried. */
  g_assert_cmpuint (n_adopted, >, 100);
}

/* Strings get the ids that they would have had. There are more than a table holds: those that come
 * too late have no place in it, whoever meets them first. */
static void
test_slices_full_tables (void)
{
  const Way in_turn = { &cot_format_ccm, TRUE, cot_simd_get_best (), 64 * 1024, 0, 0 };
  const Way at_once = { &cot_format_ccm, TRUE, cot_simd_get_best (), 64 * 1024, 700 * 1024, 2 };
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CotSource) source = NULL;
  View wanted, view;

  for (guint i = 0; i < 80000; i++)
    g_string_append_printf (log,
                            "<![LOG[x]LOG]!><time=\"12:34:56.789+060\" date=\"09-09-2024\" "
                            "component=\"C\" context=\"\" type=\"1\" thread=\"%u\" "
                            "file=\"a.cpp:1\">\r\n",
                            i);
  source = source_of (log);
  n_adopted = 0;
  view_init (&wanted, source, &in_turn);
  view_init (&view, source, &at_once);
  assert_same_part (wanted.part, &wanted.tables, view.part, &view.tables);
  assert_same_strings (wanted.tables.threads, view.tables.threads);
  g_assert_cmpuint (n_adopted, >, 5);
  view_clear (&wanted);
  view_clear (&view);
}

static CotScanner *
begin_scan (CotSource *source, gboolean undecided)
{
  CotScanner *scanner;
  CotTables tables;
  gboolean at_end;

  cot_tables_init (&tables);
  scanner = cot_scanner_new (source, &cot_format_ccm, &tables);
  cot_tables_clear (&tables);
  cot_scanner_set_block_size (scanner, 4096);
  if (undecided)
    cot_scanner_set_undecided (scanner, COT_ENCODING_UTF8);
  g_assert_true (cot_scanner_step (scanner, &at_end, NULL));
  return scanner;
}

static void
append_usual (GString *log, gsize size_bytes)
{
  while (log->len < size_bytes)
    append_record (log, FALSE);
}

/* The first bytes that tell of an encoding decide, in whichever slice they stand. */
static void
test_slices_encoding (void)
{
  static const struct
  {
    const char *first, *second;
    CotEncoding encoding;
  } cases[] = {
    { "plain", "\xc3\xa4", COT_ENCODING_UTF8 },
    { "plain", "\xe4 ", COT_ENCODING_WINDOWS_1252 },
    { "\xe4 ", "\xc3\xa4", COT_ENCODING_WINDOWS_1252 },
    { "\xc3\xa4", "\xe4 ", COT_ENCODING_UTF8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint n_helpers = 0; n_helpers < 3; n_helpers++)
      {
        g_autoptr (GString) log = g_string_new (NULL);
        g_autoptr (CotSource) source = NULL;
        g_autoptr (CotScanner) scanner = NULL;
        g_autoptr (CotSlices) slices = NULL;
        CotEncoding encoding;
        gboolean at_end = FALSE;

        append_usual (log, 100 * 1024);
        g_string_append_printf (log, CCM_RECORD ("%s", "1"), cases[i].first);
        append_usual (log, 200 * 1024);
        g_string_append_printf (log, CCM_RECORD ("%s", "1"), cases[i].second);
        append_usual (log, 400 * 1024);
        source = source_of (log);
        scanner = begin_scan (source, TRUE);
        slices = cot_slices_new_with (scanner, log->len, 16 * 1024, n_helpers);
        while (!at_end)
          g_assert_true (cot_slices_step (slices, &at_end, NULL));
        g_assert_true (cot_scanner_get_encoding (scanner, &encoding));
        g_assert_cmpint (encoding, ==, cases[i].encoding);
        g_assert_cmpuint (cot_slices_get_n_adopted (slices), >, 10);
      }
}

static CotEncoding
find_encoding (CotSource *source, gsize slice_bytes)
{
  g_autoptr (CotScanner) scanner = NULL;
  g_autoptr (CotSlices) slices = NULL;
  CotEncoding encoding;
  CotTables tables;
  guint64 size_bytes = 0;
  gboolean at_end = FALSE;

  cot_tables_init (&tables);
  scanner = cot_scanner_new (source, &cot_format_plain, &tables);
  cot_tables_clear (&tables);
  cot_scanner_set_undecided (scanner, COT_ENCODING_UTF8);
  cot_scanner_set_block_size (scanner, 4096);
  g_assert_true (cot_source_get_size (source, &size_bytes, NULL));
  if (slice_bytes > 0)
    slices = cot_slices_new_with (scanner, size_bytes, slice_bytes, 1);
  while (!at_end)
    g_assert_true (slices != NULL ? cot_slices_step (slices, &at_end, NULL)
                                  : cot_scanner_step (scanner, &at_end, NULL));
  cot_scanner_get_encoding (scanner, &encoding);
  return encoding;
}

/* What it says is known thousands of bytes behind it, in another slice. */
static void
test_slices_doubt (void)
{
  for (gsize at = 3000; at < 12000; at += 7)
    {
      g_autoptr (GString) log = g_string_new (NULL);
      g_autoptr (CotSource) source = NULL;

      while (log->len < 120 * 1024)
        g_string_append (log, "a line of twenty by\n");
      log->str[at] = '\xe9';
      source = source_of (log);
      g_assert_cmpint (find_encoding (source, 0), ==, COT_ENCODING_WINDOWS_1252);
      g_assert_cmpint (find_encoding (source, 5000), ==, COT_ENCODING_WINDOWS_1252);
    }
}

/* Nobody waits for helpers that are at work when it ends, nor for those that never came; the
 * scanner goes on alone. A log that has become shorter is read as far as it goes. */
static void
test_slices_cut_short (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CotSource) source = NULL;

  append_usual (log, 1024 * 1024);
  source = source_of (log);
  for (guint n_steps = 0; n_steps < 40; n_steps++)
    {
      g_autoptr (CotScanner) scanner = begin_scan (source, FALSE);
      CotSlices *slices = cot_slices_new_with (scanner, 2 * log->len, 16 * 1024, 3);
      const CotEdges *edges;
      gboolean at_end = FALSE;

      for (guint i = 0; i < n_steps && !at_end; i++)
        g_assert_true (cot_slices_step (slices, &at_end, NULL));
      cot_slices_free (slices);
      while (!at_end)
        g_assert_true (cot_scanner_step (scanner, &at_end, NULL));
      g_assert_cmpuint (cot_scanner_get_n_read (scanner), ==, log->len);
      edges = cot_scanner_get_edges (scanner);
      g_assert_cmpuint (edges->n_head, ==, COT_EDGE_BYTES);
      g_assert_cmpmem (edges->tail, edges->n_tail, log->str + log->len - edges->n_tail,
                       edges->n_tail);
    }
}

static void
test_slices_worth (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (CotSource) source = NULL;
  g_autoptr (CotScanner) scanner = NULL;
  g_autoptr (CotSlices) slices = NULL;

  append_usual (log, 100 * 1024);
  source = source_of (log);
  scanner = begin_scan (source, FALSE);
  g_assert_null (cot_slices_new (scanner, COT_SLICES_MIN_BYTES, 1));
  g_assert_null (cot_slices_new (scanner, COT_SLICES_MIN_BYTES + 8192, 0));
  slices = cot_slices_new (scanner, COT_SLICES_MIN_BYTES + 8192, 1);
  g_assert_nonnull (slices);
}

/* Both formats have the quick way. */
static void
add (const char *name, GTestDataFunc function)
{
  static const CotFormat *const formats[] = { &cot_format_ccm, &cot_format_ime };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scan-paths/%s/%s", formats[i]->id, name);

      g_test_add_data_func (path, formats[i], function);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("fast-as-tolerant", test_fast_as_tolerant);
  add ("block-sizes", test_block_sizes);
  add ("crowded", test_crowded);
  add ("fast-is-taken", test_fast_is_taken);
  g_test_add_func ("/scan-paths/server", test_server);
  g_test_add_func ("/scan-paths/scan-variants", test_scan_variants);
  g_test_add_func ("/scan-paths/encoding", test_encoding);
  add ("names-with-nul", test_names_with_nul);
  add ("zeros", test_zeros);
  add ("dates-with-line-end", test_dates_with_line_end);
  g_test_add_func ("/scan-paths/room-for-marks", test_room_for_marks);
  add ("slices", test_slices);
  g_test_add_data_func ("/scan-paths/server/slices", &cot_format_server, test_slices);
  g_test_add_data_func ("/scan-paths/plain/slices", &cot_format_plain, test_slices);
  g_test_add_func ("/scan-paths/slices/full-tables", test_slices_full_tables);
  g_test_add_func ("/scan-paths/slices/encoding", test_slices_encoding);
  g_test_add_func ("/scan-paths/slices/doubt", test_slices_doubt);
  g_test_add_func ("/scan-paths/slices/cut-short", test_slices_cut_short);
  g_test_add_func ("/scan-paths/slices/worth", test_slices_worth);
  return g_test_run ();
}
