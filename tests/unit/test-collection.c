/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-collection.h"

#include <string.h>

#define MAX_LABELS 16

typedef struct
{
  CotMember store[MAX_LABELS];
  const CotMember *members[MAX_LABELS];
  guint n;
  CotCollection *collection;
} Fixture;

/* A label that ends with '!' is that of an empty file. */
static void
collect (Fixture *fixture, const char *xml, const char *root, const char *const *labels)
{
  g_autoptr (CotResults) results = cot_results_parse (xml, strlen (xml));

  for (fixture->n = 0; labels[fixture->n] != NULL; fixture->n++)
    {
      CotMember *member = &fixture->store[fixture->n];
      gsize length = strlen (labels[fixture->n]);
      gboolean is_empty = labels[fixture->n][length - 1] == '!';

      g_assert_cmpuint (fixture->n, <, MAX_LABELS);
      member->label = g_strndup (labels[fixture->n], length - (is_empty ? 1 : 0));
      member->size_bytes = is_empty ? 0 : 100;
      fixture->members[fixture->n] = member;
    }
  fixture->collection = cot_collection_new ();
  cot_collection_add (fixture->collection, results, fixture->members, fixture->n, root);
}

static void
tear_down (Fixture *fixture)
{
  for (guint i = 0; i < fixture->n; i++)
    g_free (fixture->store[i].label);
  cot_collection_free (fixture->collection);
}

static const CotCollectedItem *
look_up (Fixture *fixture, guint index)
{
  return g_hash_table_lookup (fixture->collection->of_members, GUINT_TO_POINTER (index + 1));
}

static void
assert_item (const CotCollectedItem *item, guint32 hresult, const char *target)
{
  g_assert_nonnull (item);
  g_assert_cmphex (item->hresult, ==, hresult);
  g_assert_cmpstr (item->target, ==, target);
}

#define HEAD                                                                                       \
  "<Collection HRESULT=\"0\"><ID>41b7c0de-0000-4000-8000-000000000001</ID>"                        \
  "<SasUrl>https://contoso.example/a?sig=c2VjcmV0</SasUrl>"
#define ITEMS                                                                                      \
  "<RegistryKey HRESULT=\"-2147024893\">HKLM\\SOFTWARE\\Contoso</RegistryKey>"                     \
  "<RegistryKey HRESULT=\"-2147024894\">HKLM\\SOFTWARE\\Fabrikam</RegistryKey>"                    \
  "<Command HRESULT=\"0\">%windir%\\system32\\contoso.exe /all</Command>"                          \
  "<Events HRESULT=\"-2147024891\">Application</Events>"                                           \
  "<FoldersFiles HRESULT=\"-2147024893\">%windir%\\Contoso\\*.log</FoldersFiles>"                  \
  "<Command HRESULT=\"0\">%windir%\\system32\\fabrikam.exe</Command>"                              \
  "<OutputFileFormat>flattened</OutputFileFormat></Collection>"

static void
test_flattened (void)
{
  static const char *const labels[] = {
    "results.xml",
    "(1) RegistryKey HKLM_SOFTWARE_Contoso export.reg",
    "(2) No Results - Error [0x80070002] RegistryKey HKLM_SOFTWARE_Fabrikam!",
    "(3) Command windir_system32_contoso_exe_all output.log",
    "(4) Events Application Events.evtx!",
    NULL,
  };
  Fixture fixture = { 0 };

  collect (&fixture, HEAD ITEMS, "", labels);
  g_assert_null (look_up (&fixture, 0));
  assert_item (look_up (&fixture, 1), 0x80070003, "HKLM\\SOFTWARE\\Contoso");
  g_assert_false (look_up (&fixture, 1)->is_empty);
  assert_item (look_up (&fixture, 2), 0x80070002, "HKLM\\SOFTWARE\\Fabrikam");
  g_assert_null (look_up (&fixture, 3));
  assert_item (look_up (&fixture, 4), 0x80070005, "Application");
  g_assert_true (look_up (&fixture, 4)->is_empty);
  g_assert_cmpuint (fixture.collection->absent->len, ==, 2);
  assert_item (fixture.collection->absent->pdata[0], 0x80070003, "%windir%\\Contoso\\*.log");
  assert_item (fixture.collection->absent->pdata[1], 0, "%windir%\\system32\\fabrikam.exe");
  tear_down (&fixture);
}

/* Below a folder, and with the files that were copied. */
static void
test_numbered (void)
{
  static const char *const labels[] = {
    "unpacked/results.xml",
    "unpacked/1/export.reg",
    "unpacked/3/output.log",
    "unpacked/4/Events.evtx",
    "unpacked/5/agent.log!",
    "unpacked/5/agent-20261118-100311.log",
    "2/export.reg",
    NULL,
  };
  Fixture fixture = { 0 };

  collect (&fixture, HEAD ITEMS, "unpacked/", labels);
  assert_item (look_up (&fixture, 1), 0x80070003, "HKLM\\SOFTWARE\\Contoso");
  g_assert_null (look_up (&fixture, 2));
  assert_item (look_up (&fixture, 3), 0x80070005, "Application");
  assert_item (look_up (&fixture, 4), 0x80070003, "%windir%\\Contoso\\*.log");
  g_assert_true (look_up (&fixture, 4) == look_up (&fixture, 5));
  g_assert_false (look_up (&fixture, 4)->is_empty);
  g_assert_null (look_up (&fixture, 6));
  g_assert_cmpuint (fixture.collection->absent->len, ==, 2);
  assert_item (fixture.collection->absent->pdata[0], 0x80070002, "HKLM\\SOFTWARE\\Fabrikam");
  tear_down (&fixture);
}

/* Some count an element in front of the first thing too. */
static void
test_counting (void)
{
  static const char *const labels[] = {
    "(2) RegistryKey HKLM_SOFTWARE_Contoso export.reg",
    "(4) Command windir_system32_contoso_exe_all output.log",
    "(5) Events Application Events.evtx",
    NULL,
  };
  Fixture fixture = { 0 };

  collect (&fixture, HEAD ITEMS, "", labels);
  assert_item (look_up (&fixture, 0), 0x80070003, "HKLM\\SOFTWARE\\Contoso");
  g_assert_null (look_up (&fixture, 1));
  assert_item (look_up (&fixture, 2), 0x80070005, "Application");
  tear_down (&fixture);
}

/* A report of other things says nothing, nor does one that is no report at all. */
static void
test_strangers (void)
{
  static const char *const reports[] = {
    "",
    "<Collection>",
    HEAD "</Collection>",
    HEAD "<Contoso HRESULT=\"5\">a</Contoso><Fabrikam HRESULT=\"6\">b</Fabrikam></Collection>",
    HEAD "<Command HRESULT=\"5\">a</Command><Command HRESULT=\"6\">b</Command></Collection>",
  };
  static const char *const labels[] = {
    "(1) RegistryKey a export.reg",
    "(2) RegistryKey b export.reg",
    "(99999) RegistryKey c export.reg",
    "(999999999999999999999) RegistryKey d export.reg",
    "99999999999999999999/export.reg",
    "(3 RegistryKey e",
    "() Command f",
    "(4) Minutes of June.txt",
    NULL,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      Fixture fixture = { 0 };

      g_test_message ("%s", reports[i]);
      collect (&fixture, reports[i], "", labels);
      g_assert_cmpuint (g_hash_table_size (fixture.collection->of_members), ==, 0);
      g_assert_cmpuint (fixture.collection->absent->len, ==, 0);
      tear_down (&fixture);
    }
}

static void
test_many (void)
{
  static const char *const labels[] = { "(1) Command a output.log", NULL };
  g_autoptr (GString) xml = g_string_new (HEAD);
  Fixture fixture = { 0 };

  for (guint i = 0; i < 50000; i++)
    g_string_append (xml, "<Command HRESULT=\"1\">a</Command>");
  collect (&fixture, xml->str, "", labels);
  assert_item (look_up (&fixture, 0), 1, "a");
  g_assert_cmpuint (fixture.collection->absent->len, >, 1000);
  g_assert_cmpuint (fixture.collection->absent->len, <, 50000);
  tear_down (&fixture);
}

/* No item has the address, whatever became of it. */
static void
test_secrets (void)
{
  static const char *const labels[] = { "(2) Command a output.log", NULL };
  Fixture fixture = { 0 };

  collect (&fixture,
           HEAD "<RegistryKey HRESULT=\"5\">https://contoso.example/b?sig=c2VjcmV0</RegistryKey>"
                "<Command HRESULT=\"5\">a.exe</Command></Collection>",
           "", labels);
  g_assert_cmpuint (fixture.collection->absent->len, ==, 1);
  for (guint i = 0; i < fixture.collection->items->len; i++)
    {
      const CotCollectedItem *item = fixture.collection->items->pdata[i];

      g_assert_null (strstr (item->target, "c2Vj"));
    }
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/collection/flattened", test_flattened);
  g_test_add_func ("/collection/numbered", test_numbered);
  g_test_add_func ("/collection/counting", test_counting);
  g_test_add_func ("/collection/strangers", test_strangers);
  g_test_add_func ("/collection/many", test_many);
  g_test_add_func ("/collection/secrets", test_secrets);
  return g_test_run ();
}
