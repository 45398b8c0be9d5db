/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-json.h"

#include <string.h>

static void
assert_string (const char *text, const char *expected)
{
  g_autoptr (CotJson) json = cot_json_new ();
  gsize length;

  cot_json_string (json, text);
  g_assert_cmpstr (cot_json_get_text (json, &length), ==, expected);
  g_assert_cmpuint (length, ==, strlen (expected));
}

/* RFC 8259 section 7. */
static void
test_strings (void)
{
  assert_string (NULL, "null");
  assert_string ("", "\"\"");
  assert_string ("C:\\Windows\\CCM", "\"C:\\\\Windows\\\\CCM\"");
  assert_string ("say \"no\"", "\"say \\\"no\\\"\"");
  assert_string ("a\r\nb\tc\bd\fe", "\"a\\r\\nb\\tc\\bd\\fe\"");
  assert_string ("\x1b[31m\x01\x1f", "\"\\u001b[31m\\u0001\\u001f\"");
  assert_string ("\x7f/", "\"\x7f/\"");
  assert_string ("\u00fc\u20ac\U0001f600", "\"\u00fc\u20ac\U0001f600\"");
}

static void
test_invalid_utf8 (void)
{
  assert_string ("a\xff"
                 "b",
                 "\"a\ufffd"
                 "b\"");
  assert_string ("\xc0\x80", "\"\ufffd\ufffd\"");
  assert_string ("\xed\xa0\x80", "\"\ufffd\ufffd\ufffd\"");
  assert_string ("\xe2\x82", "\"\ufffd\ufffd\"");
}

static void
test_numbers (void)
{
  g_autoptr (CotJson) json = cot_json_new ();

  cot_json_begin_array (json);
  cot_json_int (json, G_MININT64);
  cot_json_uint (json, G_MAXUINT64);
  cot_json_boolean (json, TRUE);
  cot_json_boolean (json, FALSE);
  cot_json_null (json);
  cot_json_end_array (json);
  g_assert_cmpstr (cot_json_get_text (json, NULL), ==,
                   "[-9223372036854775808,18446744073709551615,true,false,null]");
}

static void
test_nesting (void)
{
  g_autoptr (CotJson) json = cot_json_new ();

  cot_json_begin_object (json);
  cot_json_key (json, "kind");
  cot_json_string (json, "{");
  cot_json_key (json, "a\"b");
  cot_json_begin_array (json);
  cot_json_begin_object (json);
  cot_json_end_object (json);
  cot_json_begin_array (json);
  cot_json_end_array (json);
  cot_json_string (json, ":");
  cot_json_int (json, 1);
  cot_json_end_array (json);
  cot_json_key (json, "last");
  cot_json_null (json);
  cot_json_end_object (json);
  g_assert_cmpstr (cot_json_get_text (json, NULL), ==,
                   "{\"kind\":\"{\",\"a\\\"b\":[{},[],\":\",1],\"last\":null}");
}

static void
test_lines (void)
{
  g_autoptr (CotJson) json = cot_json_new ();

  for (guint i = 0; i < 2; i++)
    {
      cot_json_begin_object (json);
      cot_json_end_object (json);
    }
  g_assert_cmpstr (cot_json_get_text (json, NULL), ==, "{}\n{}");
  cot_json_reset (json);
  g_assert_cmpstr (cot_json_get_text (json, NULL), ==, "");
  cot_json_int (json, 3);
  g_assert_cmpstr (cot_json_get_text (json, NULL), ==, "3");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/nesting", test_nesting);
  g_test_add_func ("/json/lines", test_lines);
  return g_test_run ();
}
