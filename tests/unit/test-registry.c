/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-registry.h"

#include "test-rows.h"

#define VERSION_5 "Windows Registry Editor Version 5.00\r\n\r\n"
#define KEY "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso\\Agent]\r\n"

static Rows *
convert (const char *text)
{
  return rows_new (&cot_conversion_registry, text, strlen (text));
}

static void
test_types (void)
{
  g_autoptr (Rows) rows =
      convert (VERSION_5 KEY "\"Path\"=\"C:\\\\Contoso\\\\say \\\"hi\\\"\"\r\n"
                             "@=\"\"\r\n"
                             "\"ClientHealthStatus\"=dword:00000017\r\n"
                             "\"Quad\"=hex(b):17,00,00,00,00,00,00,80\r\n"
                             "\"Blob\"=hex:01,02,ff\r\n"
                             "\"Expand\"=hex(2):25,00,41,00,25,00,00,00\r\n"
                             "\"Multi\"=hex(7):61,00,00,00,e9,00,00,00,00,00\r\n"
                             "\"None\"=hex(0):\r\n"
                             "\"Big\"=hex(5):00,00,00,17\r\n"
                             "\"Little\"=hex(4):17,00,00,00\r\n"
                             "\"Text\"=hex(1):61,00\r\n"
                             "\"Odd\"=hex(ffff0007):2a\r\n"
                             "\"Gone\"=-\r\n"
                             "\"Spaced\" = dword:1 ; a remark\r\n");
  static const char *const wanted[] = {
    "Path = \"C:\\Contoso\\say \"hi\"\"",
    "(Default) = \"\"",
    "ClientHealthStatus = dword:00000017 (23)",
    "Quad = qword:8000000000000017 (9223372036854775831)",
    "Blob = hex:01 02 ff (3 bytes)",
    "Expand = expand:\"%A%\"",
    "Multi = multi:\"a\", \"\u00e9\"",
    "None = hex(0): (0 bytes)",
    "Big = dword:00000017 (23)",
    "Little = dword:00000017 (23)",
    "Text = \"a\"",
    "Odd = hex(ffff0007):2a (1 byte)",
    "Gone = - (the value is deleted)",
    "Spaced = dword:00000001 (1) ; a remark",
  };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      rows_assert_place (rows, i, "Agent", "HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso\\Agent");
      g_assert_cmpint (rows_get (rows, i)->severity, ==, COT_SEVERITY_INFO);
    }
}

/* The same bytes mean other texts. */
static void
test_version_4 (void)
{
  g_autoptr (Rows) rows = convert ("REGEDIT4\n\n" KEY "\"M\"=hex(7):61,00,e9,80,00,00\n"
                                   "\"E\"=hex(2):25,00\n\"N\xe9\"=\"\x80\"\n");
  static const char *const wanted[] = { "M = multi:\"a\", \"\u00e9\u20ac\"", "E = expand:\"%\"",
                                        "N\u00e9 = \"\u20ac\"" };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
}

/* As the tool of device management writes it. */
static void
test_dump (void)
{
  g_autoptr (Rows) rows = convert (
      "[HKEY_LOCAL_MACHINE\\software\\contoso]\r\n    \"Atomic\"=DWORD:00000001\r\n"
      "    \"Types\"=QWORD:ffffffffffffffff\r\n    \"Dir\"=\"C:\\new\\\"\r\n"
      "    \"Names\"=MULTI_SZ:\"a\"\r\n    \"Blob\"=hex(3):30,31\r\n    @=\"x\"\r\n"
      "    \"Open\"=\"one\r\ntwo\"\r\n\r\n[HKEY_LOCAL_MACHINE\\software\\contoso\\b]\r\n\r\n");
  static const char *const wanted[] = {
    "Atomic = dword:00000001 (1)", "Types = qword:ffffffffffffffff (18446744073709551615)",
    "Dir = \"C:\\new\\\"",         "Names = multi:\"a\"",
    "Blob = hex:30 31 (2 bytes)",  "(Default) = \"x\"",
    "Open = \"one\ntwo\"",         "(no values)",
  };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
  rows_assert_place (rows, 7, "b", "HKEY_LOCAL_MACHINE\\software\\contoso\\b");
}

static void
test_continuation (void)
{
  g_autoptr (Rows) rows =
      convert (VERSION_5 KEY "\"E\"=hex(2):61,00,\\\r\n  62,00,\\\r\n  63,00,00,00\r\n"
                             "\"T\"=\"one\r\n[two]\r\n; three\r\n\r\nfour\"\r\n"
                             "\"L\"=hex:00,01,02,03,04,05,06,07,08,09,0a,0b,0c,0d,0e,0f,\\\n"
                             "  10,11,12,13,14,15,16,17,18,19,1a,1b,1c,1d,1e,1f,20,21\n");
  static const char *const wanted[] = {
    "E = expand:\"abc\"",
    "T = \"one\n[two]\n; three\n\nfour\"",
    "L = hex:00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11 12 13 14 15 16 17 18 19 1a 1b "
    "1c 1d 1e 1f \u2026 (34 bytes)",
  };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
}

static void
test_keys (void)
{
  g_autoptr (Rows) rows =
      convert (VERSION_5 "; made by hand\r\n[HKEY_CURRENT_USER]\r\n\r\n"
                         "[HKEY_CURRENT_USER\\A [b] c]\r\n\"x\"=dword:0\r\n"
                         "[-HKEY_CURRENT_USER\\Old]\r\n[HKEY_CURRENT_USER\\End]");
  static const char *const wanted[] = { "; made by hand", "(no values)", "x = dword:00000000 (0)",
                                        "- (the key is deleted)", "(no values)" };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
  rows_assert_place (rows, 0, "", "");
  rows_assert_place (rows, 1, "HKEY_CURRENT_USER", "HKEY_CURRENT_USER");
  rows_assert_place (rows, 2, "A [b] c", "HKEY_CURRENT_USER\\A [b] c");
  rows_assert_place (rows, 3, "Old", "HKEY_CURRENT_USER\\Old");
  rows_assert_place (rows, 4, "End", "HKEY_CURRENT_USER\\End");
}

/* It stays, and what stands around it is read. */
static void
test_broken (void)
{
  static const struct
  {
    const char *text;
    const char *wanted[3];
  } cases[] = {
    { "\"a\"=hex(2):61,00,\\\r\n", { "a = expand:\"a\" [breaks off]" } },
    { "\"a\"=hex:61,\\\r\n\"b\"=dword:1\r\n",
      { "a = hex:61 (1 byte) [breaks off]", "b = dword:00000001 (1)" } },
    { "\"a\"=hex:61,zz,6\r\n", { "a = hex:61 06 (2 bytes) [not all of it is hex]" } },
    { "\"a\"=\"say \"hi\" now\"\r\n", { "a = \"say \"hi\" now\"" } },
    { "\"a\"b\"=dword:2\r\n", { "a\"b = dword:00000002 (2)" } },
    { "\"a\"=\"open\r\n\"b\"=\"closed\"\r\n", { "a = \"open [breaks off]", "b = \"closed\"" } },
    { "\"a\"=\"open\r\n@=dword:1\r\n",
      { "a = \"open [breaks off]", "(Default) = dword:00000001 (1)" } },
    { "\"a\"=\"open", { "a = \"open [breaks off]" } },
    { "\"a\"=dword:xyz\r\n", { "No value: \"a\"=dword:xyz" } },
    { "\"a\"=dword:123456789\r\n", { "No value: \"a\"=dword:123456789" } },
    { "\"a\"=\r\n", { "No value: \"a\"=" } },
    { "\"a\r\n@\r\n", { "No value: \"a", "No value: @" } },
    { "\"a\"=hex(:1\r\n", { "No value: \"a\"=hex(:1" } },
    { "\"a\"=nothing\r\n", { "No value: \"a\"=nothing" } },
    { "some words\r\n\"b\"=-\r\n", { "No value: some words", "b = - (the value is deleted)" } },
    { "\"b\"=-x\r\n", { "No value: \"b\"=-x" } },
    { "\"b\"=hex(7):61,00,00,00,62\r\n", { "b = multi:\"a\" [62]" } },
    { "\"b\"=hex(b):61,00\r\n", { "b = hex(b):61 00 (2 bytes)" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (VERSION_5 KEY, cases[i].text, NULL);
      g_autoptr (Rows) rows = convert (text);
      guint n = 0;

      while (n < 3 && cases[i].wanted[n] != NULL)
        n++;
      rows_assert_messages (rows, cases[i].wanted, n);
    }
}

static void
test_broken_key (void)
{
  g_autoptr (Rows) rows =
      convert (VERSION_5 KEY "\"a\"=-\r\n[HKEY_USERS\\S-1\r\n\"b\"=-\r\n[\n[]\n");
  static const char *const wanted[] = { "a = - (the value is deleted)",
                                        "No value: [HKEY_USERS\\S-1",
                                        "b = - (the value is deleted)", "No value: [",
                                        "No value: []" };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
  rows_assert_place (rows, 2, "S-1", "HKEY_USERS\\S-1");
  g_assert_cmpint (rows_get (rows, 1)->severity, ==, COT_SEVERITY_WARNING);
}

/* A value of 10 MB is one row that is cut and says so; the next one is whole. */
static void
test_long (void)
{
  for (guint as_hex = 0; as_hex < 2; as_hex++)
    {
      g_autoptr (GString) text = g_string_new (VERSION_5 KEY);
      g_autoptr (Rows) rows = NULL;
      const CotEntry *entry;

      g_string_append (text, as_hex ? "\"a\"=hex(2):" : "\"a\"=\"");
      for (guint i = 0; i < 10 * 1024 * 1024 / (as_hex ? 12 : 2); i++)
        g_string_append (text, as_hex ? "e9,00,\\\r\n  " : "\xc3\xa9");
      g_string_append (text, as_hex ? "00,00\r\n\"b\"=-\r\n" : "\"\r\n\"b\"=-\r\n");
      rows = rows_new (&cot_conversion_registry, text->str, text->len);
      g_assert_cmpuint (rows->n, ==, 2);
      entry = rows_get (rows, 0);
      g_assert_true (
          g_utf8_validate (entry->message.data, (gssize) entry->message.length_bytes, NULL));
      g_assert_nonnull (memmem (entry->message.data, entry->message.length_bytes, "[cut: ", 6));
      rows_assert_message (rows, 1, "b = - (the value is deleted)");
    }
}

/* Few bytes that each would be a row with a long key. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (VERSION_5 "[HKEY_USERS\\");
  g_autoptr (Rows) rows = NULL;
  gsize n_bytes = 0;

  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, 'k');
  g_string_append (text, "]\n");
  for (guint i = 0; i < 60000; i++)
    g_string_append (text, "@=-\n");
  rows = rows_new (&cot_conversion_registry, text->str, text->len);
  for (guint i = 0; i < rows->n; i++)
    n_bytes += rows_get (rows, i)->context.length_bytes;
  g_assert_cmpuint (n_bytes, <, cot_rows_get_limit (text->len));
  g_assert_cmpuint (rows->n, <, 60000);
  rows_assert_message (rows, rows->n - 1, "There are too many rows: the rest is left out.");
}

static void
test_nul (void)
{
  static const char text[] = VERSION_5 KEY "\"a\0b\"=\"c\0d\"\r\n\0\0\0\0";
  g_autoptr (Rows) rows = rows_new (&cot_conversion_registry, text, sizeof text - 1);

  g_assert_cmpuint (rows->n, ==, 1);
  g_assert_cmpmem (rows_get (rows, 0)->message.data, rows_get (rows, 0)->message.length_bytes,
                   "a\0b = \"c\0d\"", 11);
}

static void
test_claims (void)
{
  static const struct
  {
    const char *head;
    gboolean claims;
  } cases[] = {
    { "Windows Registry Editor Version 5.00\r\n", TRUE },
    { "\xef\xbb\xbf\r\nWindows Registry Editor Version 5.00\r\n", TRUE },
    { "REGEDIT4\n", TRUE },
    { "REGEDIT4", TRUE },
    { "REGEDIT45\n", FALSE },
    { "[HKEY_LOCAL_MACHINE\\software]\r\n", TRUE },
    { "[HKEY_LOCAL_MACHINE\\software", FALSE },
    { "[hkey] x", FALSE },
    { "[", FALSE },
    { "\xef\xbb\xbf", FALSE },
    { "", FALSE },
    { "REG", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize n = strlen (cases[i].head);

      g_assert_cmpint (cot_conversion_registry.claims (cases[i].head, n), ==, cases[i].claims);
      g_assert_true (cot_conversions_detect (cases[i].head, n)
                     == (cases[i].claims ? &cot_conversion_registry : NULL));
    }
}

static void
test_cancel (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (VERSION_5, strlen (VERSION_5));
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "a");
  g_autoptr (CotSpool) spool = cot_spool_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (cot_conversion_registry.convert (source, spool, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/registry/types", test_types);
  g_test_add_func ("/registry/version-4", test_version_4);
  g_test_add_func ("/registry/dump", test_dump);
  g_test_add_func ("/registry/continuation", test_continuation);
  g_test_add_func ("/registry/keys", test_keys);
  g_test_add_func ("/registry/broken", test_broken);
  g_test_add_func ("/registry/broken-key", test_broken_key);
  g_test_add_func ("/registry/long", test_long);
  g_test_add_func ("/registry/many", test_many);
  g_test_add_func ("/registry/nul", test_nul);
  g_test_add_func ("/registry/claims", test_claims);
  g_test_add_func ("/registry/cancel", test_cancel);
  return g_test_run ();
}
