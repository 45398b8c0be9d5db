/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-rows.h"

#include <string.h>

#define SPAN(text) ((CotSpan){ (text), sizeof (text) - 1 })

static const CotFormat rows = {
  .id = "rows",
  .name = "Rows",
  .bid = cot_rows_bid,
  .next_record = cot_rows_next_record,
  .parse_entry = cot_rows_parse_entry,
};

static GBytes *
read_all (CotSpool *spool)
{
  guint64 size_bytes = cot_spool_get_size (spool);
  g_autoptr (CotSource) source = cot_spool_finish (spool, "rows");
  g_autofree char *text = g_malloc (size_bytes);
  gsize n_read = 0;

  g_assert_true (cot_source_read (source, 0, text, size_bytes, &n_read, NULL));
  g_assert_cmpuint (n_read, ==, size_bytes);
  return g_bytes_new_take (g_steal_pointer (&text), size_bytes);
}

static void
assert_span (CotSpan span, const char *wanted)
{
  g_assert_cmpmem (span.data, span.length_bytes, wanted, strlen (wanted));
}

static void
test_round_trip (void)
{
  CotSpool *spool = cot_spool_new ();
  CotRow row = { .time_usec = G_GINT64_CONSTANT (1725885296789000),
                 .bias_minutes = 0,
                 .severity = COT_SEVERITY_ERROR,
                 .component = SPAN ("Contoso-Provider"),
                 .thread = SPAN ("12"),
                 .context = SPAN ("PC01"),
                 .origin = SPAN ("76"),
                 .message = SPAN ("one\ntwo \x1e three \x1f") };
  CotRow empty = { .time_usec = COT_TIME_NONE, .bias_minutes = COT_BIAS_NONE };
  g_autoptr (GBytes) bytes = NULL;
  CotEntry entry;
  const char *text;
  gsize length_bytes;
  gsize end = 0;

  g_assert_true (cot_rows_append (spool, &row, NULL));
  g_assert_true (cot_rows_append (spool, &empty, NULL));
  bytes = read_all (spool);
  text = g_bytes_get_data (bytes, &length_bytes);

  g_assert_cmpint (rows.next_record (text, length_bytes, 0, TRUE, &end), ==, COT_RECORD_FOUND);
  cot_format_parse_entry (&rows, text, end, &entry);
  g_assert_cmpint (entry.time_usec, ==, row.time_usec);
  g_assert_cmpint (entry.bias_minutes, ==, 0);
  g_assert_cmpint (entry.severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (entry.flags, ==, COT_RECORD_FRAMED | COT_RECORD_MULTI_LINE);
  assert_span (entry.component, "Contoso-Provider");
  assert_span (entry.thread, "12");
  assert_span (entry.context, "PC01");
  assert_span (entry.origin, "76");
  assert_span (entry.message, "one\ntwo \xe2\x90\x9e three \xe2\x90\x9f");

  text += end;
  length_bytes -= end;
  g_assert_cmpint (rows.next_record (text, length_bytes, 0, TRUE, &end), ==, COT_RECORD_FOUND);
  g_assert_cmpuint (end, ==, length_bytes);
  cot_format_parse_entry (&rows, text, end, &entry);
  g_assert_cmpint (entry.time_usec, ==, COT_TIME_NONE);
  g_assert_cmpint (entry.bias_minutes, ==, COT_BIAS_NONE);
  assert_span (entry.message, "");
}

/* A row never is longer than a record may be, and no character is torn. */
static void
test_cut (void)
{
  static const char *const fillers[] = { "x",    "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80",
                                         "\x1f", "a\x1e",    "\x80" };

  for (guint i = 0; i < G_N_ELEMENTS (fillers); i++)
    for (guint shift = 0; shift < 4; shift++)
      {
        g_autoptr (GString) text = g_string_new (NULL);
        g_autoptr (GString) message = g_string_new_len ("abcd", shift);
        CotRow row = { .time_usec = COT_TIME_NONE, .bias_minutes = COT_BIAS_NONE };
        CotEntry entry;
        gsize end = 0;

        while (message->len < COT_RECORD_MAX_BYTES + 10)
          g_string_append (message, fillers[i]);
        row.message = row.component = (CotSpan){ message->str, message->len };
        cot_rows_write (text, &row);
        g_assert_cmpuint (text->len, <=, COT_RECORD_MAX_BYTES);
        g_assert_cmpuint (text->len, >, COT_RECORD_MAX_BYTES - 200);
        g_assert_cmpint (rows.next_record (text->str, text->len, 0, TRUE, &end), ==,
                         COT_RECORD_FOUND);
        g_assert_cmpuint (end, ==, text->len);
        cot_format_parse_entry (&rows, text->str, end, &entry);
        g_assert_true (i == 6
                       || g_utf8_validate (entry.message.data, entry.message.length_bytes, NULL));
        g_assert_true (
            i == 6 || g_utf8_validate (entry.component.data, entry.component.length_bytes, NULL));
        g_assert_nonnull (memmem (entry.message.data, entry.message.length_bytes, " [cut: ", 7));
        g_assert_cmpuint (entry.component.length_bytes, <, 3 * 1024 + 4);
      }
}

/* Whatever stands there is cut into records, and each says something. */
static void
test_garbage (void)
{
  const char *const cases[] = { "no row",
                                "1\x1f",
                                "\x1e",
                                "\x1e\n",
                                "99999999999999999999999\x1f",
                                "1\x1f\x32\x1fx\x1f\x1f\x1f\x1f\x1f",
                                "\n\x1e\x1e\n\x1f" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize start = 0, end = 0; start < strlen (cases[i]); start = end)
      {
        CotEntry entry;

        g_assert_cmpint (rows.next_record (cases[i], strlen (cases[i]), start, TRUE, &end), ==,
                         COT_RECORD_FOUND);
        g_assert_cmpuint (end, >, start);
        cot_format_parse_entry (&rows, cases[i] + start, end - start, &entry);
        g_assert_true (entry.message.data >= cases[i] + start);
        g_assert_true (entry.message.data + entry.message.length_bytes <= cases[i] + end);
      }
}

static void
test_needs_more (void)
{
  gsize end = 0;

  g_assert_cmpint (rows.next_record ("1\x1f", 2, 0, FALSE, &end), ==, COT_RECORD_NEEDS_MORE);
  g_assert_cmpint (rows.next_record ("1\x1f\x1e", 3, 0, FALSE, &end), ==, COT_RECORD_NEEDS_MORE);
  g_assert_cmpint (rows.next_record ("1\x1f\x1e\n", 4, 0, FALSE, &end), ==, COT_RECORD_FOUND);
}

static void
test_intern (void)
{
  const int one = 1;
  const int two = 2;
  const CotFormat *first = cot_format_intern (&rows, &one, sizeof one);

  g_assert_true (first != &rows);
  g_assert_true (cot_format_is (first, &rows));
  g_assert_false (cot_format_is (first, &cot_format_ccm));
  g_assert_true (first == cot_format_intern (&rows, &one, sizeof one));
  g_assert_true (first != cot_format_intern (&rows, &two, sizeof two));
  g_assert_cmpint (*(const int *) first->context, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows/round-trip", test_round_trip);
  g_test_add_func ("/rows/cut", test_cut);
  g_test_add_func ("/rows/garbage", test_garbage);
  g_test_add_func ("/rows/needs-more", test_needs_more);
  g_test_add_func ("/rows/intern", test_intern);
  return g_test_run ();
}
