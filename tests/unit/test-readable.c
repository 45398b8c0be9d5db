/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-readable.h"

#include <gio/gio.h>
#include <string.h>

static CotReadable *
read_message (const char *message)
{
  return cot_readable_new (message, strlen (message), NULL);
}

static const CotReadablePart *
get_part (const CotReadable *readable, guint index)
{
  g_assert_cmpuint (index, <, readable->parts->len);
  return g_ptr_array_index (readable->parts, index);
}

static const CotReadableBlob *
get_blob (const CotReadable *readable, guint index)
{
  g_assert_cmpuint (index, <, readable->blobs->len);
  return g_ptr_array_index (readable->blobs, index);
}

static void
assert_part (const CotReadable *readable, guint index, CotReadableKind kind, const char *text)
{
  const CotReadablePart *part = get_part (readable, index);

  g_assert_cmpstr (part->text, ==, text);
  g_assert_cmpint (part->kind, ==, kind);
}

static void
test_json (void)
{
  g_autoptr (CotReadable) readable = read_message (
      "[Win32App] Got policy: {\"Id\":\"7f0c\",\"Tags\":[],\"Rules\":[{\"Kind\":3,\"On\":true},"
      "null],\"Path\":\"C:\\\\Temp\\/x\",\"Letter\":\"\\u00e4\\ud83d\\ude00\"} done");

  g_assert_cmpuint (readable->kinds, ==, 1u << COT_READABLE_JSON);
  g_assert_cmpuint (readable->parts->len, ==, 3);
  assert_part (readable, 0, COT_READABLE_TEXT, "[Win32App] Got policy:");
  assert_part (readable, 1, COT_READABLE_JSON,
               "{\n"
               "  \"Id\": \"7f0c\",\n"
               "  \"Tags\": [],\n"
               "  \"Rules\": [\n"
               "    {\n"
               "      \"Kind\": 3,\n"
               "      \"On\": true\n"
               "    },\n"
               "    null\n"
               "  ],\n"
               "  \"Path\": \"C:\\Temp/x\",\n"
               "  \"Letter\": \"\u00e4\U0001f600\"\n"
               "}");
  g_assert_cmpint (get_part (readable, 1)->flags, ==, 0);
  assert_part (readable, 2, COT_READABLE_TEXT, "done");
}

/* JSON in a string of JSON, and a script in one: with lines of their own. */
static void
test_nested (void)
{
  g_autoptr (CotReadable) readable = read_message (
      "{\"Message\":\"{\\\"Flight\\\":\\\"{\\\\\\\"On\\\\\\\":true}\\\"}\","
      "\"Policy\":\"\\u003ca x=\\\"1\\\"\\u003e\\u003cb/\\u003e\\u003c/a\\u003e\","
      "\"Body\":\"# one\\r\\n\\tGet-Thing\\r\\n\"}");

  g_assert_cmpuint (readable->parts->len, ==, 1);
  assert_part (readable, 0, COT_READABLE_JSON,
               "{\n"
               "  \"Message\": \"{\n"
               "    \"Flight\": \"{\n"
               "      \"On\": true\n"
               "    }\"\n"
               "  }\",\n"
               "  \"Policy\": \"<a x=\"1\">\n"
               "    <b/>\n"
               "  </a>\",\n"
               "  \"Body\": \"\n"
               "    # one\n"
               "    \tGet-Thing\n"
               "  \"\n"
               "}");
}

static void
test_xml (void)
{
  g_autoptr (CotReadable) readable = read_message (
      "Message received: '<?xml version='1.0' ?><Job Type=\"Evaluate\" Id='{1}'><!-- x > y -->"
      "<Name>Fabrikam a/b</Name><Empty/><Text>one\r\ntwo</Text><Last></Last></Job>'");

  g_assert_cmpuint (readable->kinds, ==, 1u << COT_READABLE_XML);
  assert_part (readable, 0, COT_READABLE_TEXT, "Message received: '");
  assert_part (readable, 1, COT_READABLE_XML,
               "<?xml version='1.0' ?>\n"
               "<Job Type=\"Evaluate\" Id='{1}'>\n"
               "  <!-- x > y -->\n"
               "  <Name>Fabrikam a/b</Name>\n"
               "  <Empty/>\n"
               "  <Text>\n"
               "    one\n"
               "    two\n"
               "  </Text>\n"
               "  <Last></Last>\n"
               "</Job>");
  assert_part (readable, 2, COT_READABLE_TEXT, "'");
}

/* A tag that does not fit into a line has one for each attribute. */
static void
test_long_tag (void)
{
  g_autoptr (CotReadable) readable = read_message (
      "<Assignment Id=\"{00000000-0000-4000-8000-000000000001}\" Name=\"A name that is rather"
      " long\" Enforced=\"true\"><Item Id=\"1\"/></Assignment>");

  assert_part (readable, 0, COT_READABLE_XML,
               "<Assignment\n"
               "    Id=\"{00000000-0000-4000-8000-000000000001}\"\n"
               "    Name=\"A name that is rather long\"\n"
               "    Enforced=\"true\">\n"
               "  <Item Id=\"1\"/>\n"
               "</Assignment>");
}

static void
test_mof (void)
{
  g_autoptr (CotReadable) readable = read_message (
      "Raising event:\ninstance of CCM_Fabrikam_Event\n{\n\tClientID = \"GUID:1\";\n\tDateTime = "
      "\"20131014134046.590000+000\";\n\tPath = \"C:\\\\a \\\"b\\\"\";\n\tLines = {\"a\", \"b\"};\n"
      "\tInner = instance of X { Value = -1; Local = \"20131014134046.590000-420\"; };\n"
      "\tOn = TRUE;\n};\n");

  g_assert_cmpuint (readable->kinds, ==, 1u << COT_READABLE_MOF);
  g_assert_cmpuint (readable->parts->len, ==, 2);
  assert_part (readable, 1, COT_READABLE_MOF,
               "instance of CCM_Fabrikam_Event\n"
               "{\n"
               "  ClientID = \"GUID:1\";\n"
               "  DateTime = \"20131014134046.590000+000\"  (2013-10-14 13:40:46 UTC);\n"
               "  Path = \"C:\\a \"b\"\";\n"
               "  Lines = {\n"
               "    \"a\",\n"
               "    \"b\"\n"
               "  };\n"
               "  Inner = instance of X\n"
               "  {\n"
               "    Value = -1;\n"
               "    Local = \"20131014134046.590000-420\"  (2013-10-14 13:40:46, UTC-07:00);\n"
               "  };\n"
               "  On = TRUE;\n"
               "};");
}

static void
test_values (void)
{
  static const struct
  {
    const char *message;
    const char *laid_out; /* NULL: nothing is */
  } cases[] = {
    { "Found ID=1, Name=Fabrikam App, State = \"a, b\"", "ID    = 1\nName  = Fabrikam App\n"
                                                          "State = \"a, b\"" },
    { "StatusCode=403 StatusText=Refused Host=cmg.contoso.com",
      "StatusCode = 403\nStatusText = Refused\nHost       = cmg.contoso.com" },
    { "https://contoso.com/x?a=1&bb=2&c=3", "a  = 1\nbb = 2\nc  = 3" },
    { "App/1 :- Current State = Installed, Is It Ready = No, Title = Fabrikam",
      "Current State = Installed\nIs It Ready   = No\nTitle         = Fabrikam" },
    { "one A=1, B=2 and no more", NULL },
    { "StatusCode=403 and then Foo=2 came, as Bar=3 was", NULL },
    { "a == b, c == d, e == f", NULL },
    { "mscorlib, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089", NULL },
    { "A=1\nB=2\nC=3", NULL },
    { "===,===,===", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CotReadable) readable = read_message (cases[i].message);

      g_test_message ("%s", cases[i].message);
      if (cases[i].laid_out == NULL)
        {
          g_assert_cmpuint (readable->kinds, ==, 0);
          continue;
        }
      g_assert_cmpuint (readable->kinds, ==, 1u << COT_READABLE_VALUES);
      assert_part (readable, readable->parts->len - 1, COT_READABLE_VALUES, cases[i].laid_out);
    }
}

static void
test_several (void)
{
  g_autoptr (CotReadable) readable
      = read_message ("in {\"a\":1} and <x y='1'><z/></x>, A=1, B=2, C=3");

  g_assert_cmpuint (readable->kinds, ==,
                    1u << COT_READABLE_JSON | 1u << COT_READABLE_XML | 1u << COT_READABLE_VALUES);
  g_assert_cmpuint (readable->parts->len, ==, 6);
  assert_part (readable, 0, COT_READABLE_TEXT, "in");
  assert_part (readable, 1, COT_READABLE_JSON, "{\n  \"a\": 1\n}");
  assert_part (readable, 2, COT_READABLE_TEXT, "and");
  assert_part (readable, 4, COT_READABLE_TEXT, ",");
  assert_part (readable, 5, COT_READABLE_VALUES, "A = 1\nB = 2\nC = 3");
}

/* Up to where it breaks; what follows is there as it was written. */
static void
test_broken (void)
{
  static const struct
  {
    const char *message;
    const char *laid_out;
    const char *rest; /* NULL: nothing follows */
  } cases[] = {
    { "{\"a\":1,\"b\":[2,", "{\n  \"a\": 1,\n  \"b\": [\n    2,", NULL },
    { "{\"a\":1,\"b\":x} tail", "{\n  \"a\": 1,\n  \"b\":", "x} tail" },
    { "{\"a\":1 \"b\":2}", "{\n  \"a\": 1", "\"b\":2}" },
    { "{\"a\":1,\"b\"", "{\n  \"a\": 1,", "\"b\"" },
    { "{\"a\":\"never ends", "{\n  \"a\": \"never ends\"", NULL },
    { "{\"a\":[1}", "{\n  \"a\": [\n    1", "}" },
    { "<a b='1'><c>x</c></b>", "<a b='1'>\n  <c>x</c>", "</b>" },
    { "<a b='1'><c d='2'>text", "<a b='1'>\n  <c d='2'>\n    text", NULL },
    { "<a b='1' c='2'><!-- never ends", "<a b='1' c='2'>\n  <!-- never ends", NULL },
    { "instance of X { A = 1; B = ", "instance of X\n{\n  A = 1;\n  B =", NULL },
    { "instance of X { A = \"never ends", "instance of X\n{\n  A = \"never ends", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CotReadable) readable = read_message (cases[i].message);

      g_test_message ("%s", cases[i].message);
      g_assert_cmpstr (get_part (readable, 0)->text, ==, cases[i].laid_out);
      g_assert_cmpint (get_part (readable, 0)->flags, ==, COT_READABLE_BROKEN);
      g_assert_cmpuint (readable->parts->len, ==, cases[i].rest == NULL ? 1 : 2);
      if (cases[i].rest != NULL)
        assert_part (readable, 1, COT_READABLE_TEXT, cases[i].rest);
    }
}

/* Prose that has the characters of a beginning. */
static void
test_nothing (void)
{
  static const char *const messages[] = {
    "",
    "{",
    "[Win32App] nothing [here] {0} {1}",
    "{00000000-0000-4000-8000-000000000001} [12:30:11]",
    "Failed <foo> at <bar> in <none>, a < b, <![LOG[, <a/>",
    "[1, 2, 3]",
    "{} [] [[]]",
    "failed to get an instance of CCM_Fabrikam, error 80041002",
    "<Name>Fabrikam</Name>",
    "\"{\" \"[\" '<'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (CotReadable) readable = read_message (messages[i]);

      g_test_message ("%s", messages[i]);
      g_assert_cmpuint (readable->kinds, ==, 0);
      g_assert_cmpuint (readable->blobs->len, ==, 0);
    }
}

/* What lies deeper than a document does, or becomes longer than it may, is not laid out. */
static void
test_bounds (void)
{
  g_autoptr (GString) deep = g_string_new ("{\"a\":1,\"b\":");
  g_autoptr (GString) wide = g_string_new ("{\"a\":1,\"b\":[");
  g_autoptr (CotReadable) readable = NULL;
  const CotReadablePart *part;

  for (guint i = 0; i < 1000; i++)
    g_string_append_c (deep, '[');
  readable = read_message (deep->str);
  part = get_part (readable, 0);
  g_assert_cmpint (part->flags, ==, COT_READABLE_DEEP);
  g_assert_cmpuint (strlen (get_part (readable, 1)->text), ==, 1000 - 63);
  g_clear_pointer (&readable, cot_readable_free);

  for (guint i = 0; i < 60; i++)
    g_string_append_c (wide, '[');
  for (guint i = 0; i < 100000; i++)
    g_string_append (wide, "1,");
  readable = read_message (wide->str);
  part = get_part (readable, 0);
  g_assert_cmpint (part->flags, ==, COT_READABLE_CUT);
  g_assert_cmpuint (strlen (part->text), <, 1100 * 1024);
  g_assert_cmpuint (readable->parts->len, ==, 2);
}

/* Megabytes that look like beginnings, and never are more: a few looks at each byte. */
static void
test_hostile (void)
{
  static const char *const patterns[] = {
    "{", "[", "{\"", "<?x", "<a b='", "<a b=\"<a c='", "<!--", "<a>", "[[[[[[[[", "instance of X {",
    "a=", "a=1,", "A=\"", "\\", "\\u", "QUJD", "QUJD\n", "{\"a\":\"{", "[\"[\\\"",
    "H4sIAAAAAAAAA", "H4sIAAAAAAAAAAAAAAAAAAAAAAAA ", "<![CDATA[", "{\"a\":", "i", "=", "\\\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (GString) message = g_string_new (NULL);
      g_autoptr (CotReadable) readable = NULL;
      gint64 start;
      gsize n_bytes = 0;

      while (message->len < 1024 * 1024)
        g_string_append (message, patterns[i]);
      start = g_get_monotonic_time ();
      readable = cot_readable_new (message->str, message->len, NULL);
      g_test_message ("%s: %" G_GINT64_FORMAT " ms, %u parts, %u blobs", patterns[i],
                      (g_get_monotonic_time () - start) / 1000, readable->parts->len,
                      readable->blobs->len);
      for (guint j = 0; j < readable->parts->len; j++)
        n_bytes += strlen (get_part (readable, j)->text);
      g_assert_cmpuint (n_bytes, <, 8 * 1024 * 1024);
      g_assert_cmpuint (readable->parts->len, <, 1100);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
    }
}

static char *
encode_wide (const char *text)
{
  glong n_units;
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (text, -1, NULL, &n_units, NULL);

  g_assert_nonnull (wide);
  return g_base64_encode ((const guchar *) wide, (gsize) n_units * 2);
}

static char *
encode_gzip (const char *text, gsize length, gboolean with_length)
{
  g_autoptr (GZlibCompressor) compressor
      = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autofree guint8 *out = g_malloc (length + 1024);
  gsize head = with_length ? 4 : 0;
  gsize n_read, n_written;

  memset (out, 0, 4);
  out[0] = (guint8) length;
  g_assert_cmpint (g_converter_convert (G_CONVERTER (compressor), text, length, out + head,
                                        length + 1000, G_CONVERTER_INPUT_AT_END, &n_read,
                                        &n_written, NULL),
                   ==, G_CONVERTER_FINISHED);
  return g_base64_encode (out, head + n_written);
}

static void
test_scripts (void)
{
  static const char script[] = "Get-Item 'C:\\Fabrikam'\r\nWrite-Output \"ready >>\"\r\n";
  g_autofree char *wide = encode_wide (script);
  g_autofree char *narrow = g_base64_encode ((const guchar *) script, strlen (script));
  g_autofree char *message = g_strdup_printf (
      "powershell.exe -EncodedCommand %s; {\"Body\":\"%s\"}", wide, narrow);
  g_autoptr (CotReadable) readable = read_message (message);

  g_assert_cmpuint (readable->blobs->len, ==, 2);
  g_assert_cmpstr (get_blob (readable, 0)->text, ==, script);
  g_assert_true (get_blob (readable, 0)->wide);
  g_assert_cmpuint (get_blob (readable, 0)->n_bytes, ==, 2 * strlen (script));
  g_assert_cmpstr (get_blob (readable, 1)->text, ==, script);
  g_assert_false (get_blob (readable, 1)->wide);
  g_assert_false (get_blob (readable, 1)->compressed);
  g_assert_cmpint (get_blob (readable, 1)->flags, ==, 0);
}

/* As .NET writes a string of JSON, and broken into lines. */
static void
test_escaped (void)
{
  static const char script[] = "~~~ >>> ??? Write-Output 'Contoso' ??? >>> ~~~ and so on, and on";
  g_autofree char *plain = g_base64_encode ((const guchar *) script, strlen (script));
  g_auto (GStrv) at_plus = g_strsplit (plain, "+", -1);
  g_autofree char *escaped = g_strjoinv ("\\u002B", at_plus);
  g_autofree char *lines = g_strdup_printf ("%.64s\r\n%s", plain, plain + 64);
  g_autofree char *escaped_lines = g_strdup_printf ("%.64s\\r\\n%s", plain, plain + 64);
  const char *const messages[] = { escaped, lines, escaped_lines };

  g_assert_cmpuint (g_strv_length (at_plus), >, 1);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (CotReadable) readable = read_message (messages[i]);

      g_test_message ("%s", messages[i]);
      g_assert_cmpuint (readable->blobs->len, ==, 1);
      g_assert_cmpstr (get_blob (readable, 0)->text, ==, script);
    }
}

static void
test_gzip (void)
{
  static const char answer[] = "{\"Id\":1,\"Name\":\"Contoso\"}";
  const gsize n_zeros = 64 * 1024 * 1024;
  g_autofree char *bomb_text = g_malloc (n_zeros);

  for (guint with_length = 0; with_length < 2; with_length++)
    {
      g_autofree char *text = encode_gzip (answer, strlen (answer), with_length != 0);
      g_autoptr (CotReadable) readable = read_message (text);

      g_assert_cmpuint (readable->blobs->len, ==, 1);
      g_assert_true (get_blob (readable, 0)->compressed);
      g_assert_cmpstr (get_blob (readable, 0)->text, ==,
                       "{\n  \"Id\": 1,\n  \"Name\": \"Contoso\"\n}");
    }
  /* A little that says that it is a lot. */
  memset (bomb_text, 'a', n_zeros);
  {
    g_autofree char *text = encode_gzip (bomb_text, n_zeros, FALSE);
    g_autoptr (CotReadable) readable = read_message (text);

    g_assert_cmpuint (readable->blobs->len, ==, 1);
    g_assert_cmpint (get_blob (readable, 0)->flags, ==, COT_READABLE_CUT);
    g_assert_cmpuint (get_blob (readable, 0)->n_bytes, <=, 1100 * 1024);
  }
  /* One that was cut shows what there is. */
  {
    g_autoptr (GString) lines = g_string_new (NULL);
    g_autofree char *text = NULL;
    g_autoptr (CotReadable) readable = NULL;

    for (guint i = 0; i < 20000; i++)
      g_string_append_printf (lines, "line %u of Fabrikam\n", i * 7919);
    text = encode_gzip (lines->str, lines->len, FALSE);
    text[strlen (text) / 2 / 4 * 4] = '\0';
    readable = read_message (text);
    g_assert_cmpuint (readable->blobs->len, ==, 1);
    g_assert_cmpint (get_blob (readable, 0)->flags, ==, COT_READABLE_BROKEN);
    g_assert_true (g_str_has_prefix (get_blob (readable, 0)->text, "line 0 of Fabrikam\n"));
  }
}

/* Many of them, none of which is a text: what they cost together is bounded too, and nothing is
 * decoded behind that. */
static void
test_many_bombs (void)
{
  static const char script[] = "Write-Output 'Fabrikam'; Write-Output 'Contoso'";
  const gsize n_zeros = 1024 * 1024;
  g_autofree char *zeros = g_malloc0 (n_zeros);
  g_autofree char *bomb = encode_gzip (zeros, n_zeros, FALSE);
  g_autofree char *text = g_base64_encode ((const guchar *) script, strlen (script));
  g_autoptr (GString) message = g_string_new (text);
  g_autoptr (CotReadable) readable = NULL;
  gint64 start;

  for (guint i = 0; i < 710; i++)
    g_string_append_printf (message, " %s", bomb);
  g_string_append_printf (message, " %s", text);
  start = g_get_monotonic_time ();
  readable = read_message (message->str);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
  g_assert_cmpuint (readable->blobs->len, ==, 1);
  g_assert_cmpstr (get_blob (readable, 0)->text, ==, script);
}

/* Nobody waits any more for what is cancelled. */
static void
test_cancelled (void)
{
  static const char message[] = "{\"a\":1,\"b\":2} V3JpdGUtT3V0cHV0ICdDb250b3NvJzsgMQ==";
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CotReadable) readable = cot_readable_new (message, strlen (message), cancellable);

  g_assert_cmpuint (readable->kinds, ==, 1 << COT_READABLE_JSON);
  g_assert_cmpuint (readable->blobs->len, ==, 1);
  g_clear_pointer (&readable, cot_readable_free);
  g_cancellable_cancel (cancellable);
  readable = cot_readable_new (message, strlen (message), cancellable);
  g_assert_cmpuint (readable->kinds, ==, 0);
  g_assert_cmpuint (readable->blobs->len, ==, 0);
}

/* A script in a script; what is no text is left alone; what could lie on a screen is seen. */
static void
test_decoded (void)
{
  static const char inner[] = "Remove-Item C:\\Fabrikam -Recurse";
  static const guchar binary[] = "\x30\x82\x03\x8e\x30\x82\x02\x76\xa0\x03\x02\x01\x02\x02\x10\x03"
                                 "\x3a\xf1\xe6\xa7\x11\xa9\xa0\xbb\x28\x64\xb1\x1d\x09\xfa\xe5";
  g_autofree char *encoded = encode_wide (inner);
  g_autofree char *outer = g_strdup_printf ("powershell -enc %s", encoded);
  g_autofree char *outer_encoded = g_base64_encode ((const guchar *) outer, strlen (outer));
  g_autofree char *no_text = g_base64_encode (binary, sizeof binary - 1);
  static const char hostile[] = "Write-Output 'one' \x1b[2J and \u202e backwards, and words, and "
                                "words, and more words to read, more, and more of these";
  g_autofree char *hostile_encoded = g_base64_encode ((const guchar *) hostile, strlen (hostile));
  g_autoptr (CotReadable) readable = read_message (outer_encoded);

  g_assert_cmpuint (readable->blobs->len, ==, 2);
  g_assert_cmpuint (get_blob (readable, 0)->level, ==, 1);
  g_assert_cmpstr (get_blob (readable, 0)->text, ==, outer);
  g_assert_cmpuint (get_blob (readable, 1)->level, ==, 2);
  g_assert_cmpstr (get_blob (readable, 1)->text, ==, inner);
  g_clear_pointer (&readable, cot_readable_free);

  readable = read_message (no_text);
  g_assert_cmpuint (readable->blobs->len, ==, 0);
  g_clear_pointer (&readable, cot_readable_free);

  readable = read_message (hostile_encoded);
  g_assert_nonnull (strstr (get_blob (readable, 0)->text, "\u241b[2J"));
  g_assert_nonnull (strstr (get_blob (readable, 0)->text, "\u27e8U+202E\u27e9"));
}

/* What is written with them is for a screen too. */
static void
test_visible (void)
{
  g_autoptr (CotReadable) readable
      = read_message ("{\"a\":\"\\u0000\\u001b[2J\\u202e\",\"b\":\"\u202e\"} \x1b[0m");

  assert_part (readable, 0, COT_READABLE_JSON,
               "{\n  \"a\": \"\u2400\u241b[2J\u27e8U+202E\u27e9\",\n  \"b\": "
               "\"\u27e8U+202E\u27e9\"\n}");
  assert_part (readable, 1, COT_READABLE_TEXT, "\u241b[0m");
}

static void
test_bytes (void)
{
  g_autoptr (GString) into = g_string_new (NULL);

  cot_readable_append_bytes (into, "<![LOG[\xc3\xa4\r\n\0 to the end", 24, 0x1a2b0);
  g_assert_cmpstr (into->str, ==,
                   "0001a2b0  3c 21 5b 4c 4f 47 5b c3  a4 0d 0a 00 20 74 6f 20   <![LOG[..... to \n"
                   "0001a2c0  74 68 65 20 65 6e 64 00                            the end.\n");
  g_string_truncate (into, 0);
  cot_readable_append_bytes (into, "", 0, 0);
  g_assert_cmpstr (into->str, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/readable/json", test_json);
  g_test_add_func ("/readable/nested", test_nested);
  g_test_add_func ("/readable/xml", test_xml);
  g_test_add_func ("/readable/long-tag", test_long_tag);
  g_test_add_func ("/readable/mof", test_mof);
  g_test_add_func ("/readable/values", test_values);
  g_test_add_func ("/readable/several", test_several);
  g_test_add_func ("/readable/broken", test_broken);
  g_test_add_func ("/readable/nothing", test_nothing);
  g_test_add_func ("/readable/bounds", test_bounds);
  g_test_add_func ("/readable/hostile", test_hostile);
  g_test_add_func ("/readable/scripts", test_scripts);
  g_test_add_func ("/readable/escaped", test_escaped);
  g_test_add_func ("/readable/gzip", test_gzip);
  g_test_add_func ("/readable/many-bombs", test_many_bombs);
  g_test_add_func ("/readable/cancelled", test_cancelled);
  g_test_add_func ("/readable/decoded", test_decoded);
  g_test_add_func ("/readable/visible", test_visible);
  g_test_add_func ("/readable/bytes", test_bytes);
  return g_test_run ();
}
