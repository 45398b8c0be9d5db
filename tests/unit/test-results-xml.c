/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-results-xml.h"

#include <string.h>

#define HEAD "\xef\xbb\xbf<?xml version=\"1.0\"?>\r\n<!-- x -->"
#define SECRET "https://contoso.example/a?sv=1&amp;sig=c2VjcmV0"

static CotResults *
parse (const char *text)
{
  return cot_results_parse (text, strlen (text));
}

static void
assert_item (const CotResults *results, guint index, const char *kind, const char *target)
{
  const CotResultsItem *item;

  g_assert_cmpuint (index, <, results->items->len);
  item = results->items->pdata[index];
  g_assert_cmpstr (item->kind, ==, kind);
  g_assert_cmpstr (item->target, ==, target);
}

static void
test_items (void)
{
  g_autoptr (CotResults) results =
      parse (HEAD "<Collection HRESULT=\"0\"><ID>41b7c0de-0000-4000-8000-000000000001</ID>\n"
                  "<SasUrl>" SECRET "</SasUrl>\n"
                  "<RegistryKey HRESULT=\"-2147024893\">HKLM\\SOFTWARE\\Contoso</RegistryKey>\n"
                  "<Command HRESULT=\"0x80004005\"> %windir%\\a.exe\r\n  /b &amp; c </Command>\n"
                  "<Events HRESULT=\"0\"><![CDATA[Application]]></Events>"
                  "<FoldersFiles HRESULT=\"no\" Output=\"x\">C:\\Contoso\\*.log</FoldersFiles>"
                  "<OutputFileFormat>flattened</OutputFileFormat></Collection>\n");
  const CotResultsItem *item;

  g_assert_true (results->is_whole);
  g_assert_cmpstr (results->id, ==, "41b7c0de-0000-4000-8000-000000000001");
  g_assert_true (results->has_hresult);
  g_assert_cmphex (results->hresult, ==, 0);
  g_assert_true (results->has_address);
  g_assert_cmpuint (results->items->len, ==, 5);
  assert_item (results, 0, "RegistryKey", "HKLM\\SOFTWARE\\Contoso");
  assert_item (results, 1, "Command", "%windir%\\a.exe /b & c");
  assert_item (results, 2, "Events", "Application");
  assert_item (results, 3, "FoldersFiles", "C:\\Contoso\\*.log");
  assert_item (results, 4, "OutputFileFormat", "flattened");
  item = results->items->pdata[0];
  g_assert_true (item->has_hresult);
  g_assert_cmphex (item->hresult, ==, 0x80070003);
  item = results->items->pdata[1];
  g_assert_cmphex (item->hresult, ==, 0x80004005);
  item = results->items->pdata[3];
  g_assert_false (item->has_hresult);
}

/* Whatever the rest is like, the address is nowhere. */
static void
test_secrets (void)
{
  const char *const cases[] = {
    "<Collection><SasUrl>" SECRET "</SasUrl></Collection>",
    "<Collection><sasurl a='b'>" SECRET,
    "<Collection><SasUrl><x>" SECRET "</x></SasUrl></Collection>",
    "<Collection><Command HRESULT=\"0\">a.exe " SECRET "</Command></Collection>",
    "<Collection><ID>" SECRET "</ID></Collection>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CotResults) results = parse (cases[i]);

      g_assert_true (results->has_address || results->items->len == 1 || results->id != NULL);
      g_assert_true (results->id == NULL || strstr (results->id, "c2Vj") == NULL);
      for (guint j = 0; j < results->items->len; j++)
        {
          const CotResultsItem *item = results->items->pdata[j];

          g_assert_null (strstr (item->target, "c2Vj"));
        }
    }
}

static void
test_broken (void)
{
  g_autoptr (CotResults) cut = parse (
      "<Collection HRESULT=\"0\"><Events HRESULT=\"0\">System</Events><Command HRESULT=\"-1\">a");
  g_autoptr (CotResults) crossed = parse ("<Collection><Events HRESULT=\"1\">System</Command>");
  g_autoptr (CotResults) empty = parse ("");
  g_autoptr (CotResults) nul = cot_results_parse ("<Collection><a>b\0c</a></Collection>", 35);
  g_autoptr (GString) deep = g_string_new ("<Collection><Events HRESULT=\"0\">System</Events>");
  g_autoptr (CotResults) deepest = NULL;

  g_assert_false (cut->is_whole);
  g_assert_cmpuint (cut->items->len, ==, 2);
  assert_item (cut, 0, "Events", "System");
  assert_item (cut, 1, "Command", "a");
  g_assert_false (crossed->is_whole);
  g_assert_false (empty->is_whole);
  assert_item (nul, 0, "a", "b\u2400c");
  for (guint i = 0; i < 1000; i++)
    g_string_append (deep, "<x>");
  deepest = parse (deep->str);
  g_assert_false (deepest->is_whole);
  assert_item (deepest, 0, "Events", "System");
}

static void
test_utf16 (void)
{
  static const char text[] = "<Collection><Events HRESULT=\"0\">System</Events></Collection>";
  char wide[2 * sizeof text] = "\xff\xfe";
  g_autoptr (CotResults) results = NULL;

  for (gsize i = 0; i + 1 < sizeof text; i++)
    {
      wide[2 + 2 * i] = text[i];
      wide[3 + 2 * i] = 0;
    }
  results = cot_results_parse (wide, sizeof wide);
  g_assert_true (results->is_whole);
  assert_item (results, 0, "Events", "System");
}

static void
test_claims (void)
{
  static const struct
  {
    const char *head;
    gboolean claims;
  } cases[] = {
    { HEAD "<Collection HRESULT=\"0\"><ID>1</ID><SasUrl>", TRUE },
    { "<collection><Events HRESULT=\"0\">System", TRUE },
    { "<Collection><Book/></Collection>", FALSE },
    { "<Collections><Events/>", FALSE },
    { "<Results><Errors>0</Errors></Results>", FALSE },
    { "<!-- <Collection><Events>", FALSE },
    { "<Collection", FALSE },
    { "<", FALSE },
    { "", FALSE },
    { "Collection Events", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (cot_results_claims (cases[i].head, strlen (cases[i].head)), ==,
                     cases[i].claims);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/results-xml/items", test_items);
  g_test_add_func ("/results-xml/secrets", test_secrets);
  g_test_add_func ("/results-xml/broken", test_broken);
  g_test_add_func ("/results-xml/utf16", test_utf16);
  g_test_add_func ("/results-xml/claims", test_claims);
  return g_test_run ();
}
