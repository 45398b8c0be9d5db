/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-format.h"

static const CotFormat *const plain = &cot_format_plain;

static void
test_lines (void)
{
  Split split;

  split_text (&split, plain, "one\r\ntwo\n three \rfour\n\n\r\nlast");
  assert_shape (&split, "ppppppp");
  assert_message (&split, 0, "one");
  assert_message (&split, 1, "two");
  assert_message (&split, 2, " three ");
  assert_message (&split, 3, "four");
  assert_message (&split, 4, "");
  assert_message (&split, 5, "");
  assert_message (&split, 6, "last");
  g_assert_false (split.entries[0].flags & COT_RECORD_OPEN_ENDED);
  g_assert_true (split.entries[6].flags & COT_RECORD_OPEN_ENDED);
}

static void
test_nothing_is_said (void)
{
  Split split;
  const CotEntry *entry = &split.entries[0];

  split_text (&split, plain, "2026-11-18 09:12:41 started\n");
  assert_span (entry->component, NULL);
  assert_span (entry->thread, NULL);
  assert_span (entry->type_text, NULL);
  assert_time (entry, "");
  g_assert_cmpint (entry->bias_minutes, ==, COT_BIAS_NONE);
  g_assert_cmpint (entry->severity, ==, COT_SEVERITY_INFO);
}

static void
test_byte_order_mark (void)
{
  Split split;

  split_text (&split, plain, "\xef\xbb\xbf" "first\nsecond\n");
  assert_shape (&split, "pp");
  assert_message (&split, 0, "first");
  split_text (&split, plain, "\xef\xbb\xbf");
  assert_shape (&split, "p");
  assert_message (&split, 0, "");
}

static void
test_severity (void)
{
  Split split;

  split_text (&split, plain, "it failed\n0 errors\nwarning: x\n");
  g_assert_cmpint (split.entries[0].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (split.entries[1].severity, ==, COT_SEVERITY_INFO);
  g_assert_cmpint (split.entries[2].severity, ==, COT_SEVERITY_WARNING);
}

/* A file without a line end costs bounded memory. */
static void
test_long_lines (void)
{
  const gsize length = 3 * COT_RECORD_MAX_BYTES + 5;
  g_autofree char *text = g_strnfill (length, 'x');
  gsize start = 0, end = 0;
  guint n = 0;

  for (; start < length; start = end, n++)
    {
      g_assert_cmpint (plain->next_record (text, length, start, TRUE, &end), ==,
                       COT_RECORD_FOUND);
      g_assert_cmpuint (end, ==, MIN (start + COT_RECORD_MAX_BYTES, length));
    }
  g_assert_cmpuint (n, ==, 4);
  /* Not in the middle of a character. */
  memcpy (text + COT_RECORD_MAX_BYTES - 2, "\u20ac", 3);
  plain->next_record (text, length, 0, FALSE, &end);
  g_assert_cmpuint (end, ==, COT_RECORD_MAX_BYTES - 2);
}

static void
test_needs_more (void)
{
  gsize end = 0;

  g_assert_cmpint (plain->next_record ("abc", 3, 0, FALSE, &end), ==, COT_RECORD_NEEDS_MORE);
  g_assert_cmpint (plain->next_record ("abc\r", 4, 0, FALSE, &end), ==, COT_RECORD_NEEDS_MORE);
  g_assert_cmpint (plain->next_record ("abc\r", 4, 0, TRUE, &end), ==, COT_RECORD_FOUND);
  g_assert_cmpuint (end, ==, 4);
  g_assert_cmpint (plain->next_record ("abc\r\n", 5, 0, FALSE, &end), ==, COT_RECORD_FOUND);
  g_assert_cmpuint (end, ==, 5);
  g_assert_cmpint (plain->next_record ("abc\n", 4, 0, FALSE, &end), ==, COT_RECORD_FOUND);
  g_assert_cmpuint (end, ==, 4);
}

static void
test_table (void)
{
  g_assert_cmpuint (cot_formats_get_n (), >=, 3);
  for (guint i = 0; i < cot_formats_get_n (); i++)
    g_assert_true (cot_formats_find (cot_formats_get (i)->id) == cot_formats_get (i));
  g_assert_null (cot_formats_get (cot_formats_get_n ()));
  g_assert_null (cot_formats_find ("none"));
  g_assert_null (cot_formats_find (NULL));
  g_assert_cmpuint (plain->bid ("", 0), ==, 1);
  g_assert_true (cot_formats_detect ("", 0) == plain);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format-plain/lines", test_lines);
  g_test_add_func ("/format-plain/nothing-is-said", test_nothing_is_said);
  g_test_add_func ("/format-plain/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/format-plain/severity", test_severity);
  g_test_add_func ("/format-plain/long-lines", test_long_lines);
  g_test_add_func ("/format-plain/needs-more", test_needs_more);
  g_test_add_func ("/format-plain/table", test_table);
  return g_test_run ();
}
