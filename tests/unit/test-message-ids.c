/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-message-ids.h"

#define GUID "2b6c1f0a-0000-4444-8888-0123456789AB"

static char *
find (const char *message)
{
  g_autoptr (GArray) ids = cot_message_ids_find (message);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      const CotMessageId *id = &g_array_index (ids, CotMessageId, i);

      g_string_append_len (found, message + id->start, (gssize) (id->end - id->start));
      g_string_append_c (found, ' ');
    }
  return g_strdup (found->str);
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *message;
    const char *ids;
  } cases[] = {
    { "", "" },
    { "Policy {" GUID "} arrived", GUID " " },
    { "ScopeId_" GUID "/AuthList_" GUID "/VI:1", GUID " " GUID " " },
    { GUID, GUID " " },
    { GUID "0", "" },
    { "f" GUID, "" },
    { "2b6c1f0a-0000-4444-8888-0123456789A", "" },
    { "2b6c1f0a-0000-4444-8888-0123456789A-", "" },
    { "user S-1-5-21-1004336348-1177238915-682003330-512.",
      "S-1-5-21-1004336348-1177238915-682003330-512 " },
    { "S-1-5-18", "" },
    { "S-1-12-1-1234567890-", "S-1-12-1-1234567890 " },
    { "Package PS100012 of (CON0001A)", "PS100012 CON0001A " },
    { "0xC0000005 and C0000005", "C0000005 " },
    { "KB5034441", "" },
    { "ABCDEFAB", "" },
    { "PS1000123 XPS100012 PS10001 ps100012", "" },
    { "\xc3\xa9PS100012\xc3\xa9", "PS100012 " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *ids = find (cases[i].message);

      g_assert_cmpstr (ids, ==, cases[i].ids);
    }
}

/* No more than are of use, and no time lost on the rest. */
static void
test_many (void)
{
  g_autoptr (GString) message = g_string_new (NULL);
  g_autoptr (GArray) ids = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (message, "PS100012 ");
  ids = cot_message_ids_find (message->str);
  g_assert_cmpuint (ids->len, ==, COT_MESSAGE_MAX_IDS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message-ids/kinds", test_kinds);
  g_test_add_func ("/message-ids/many", test_many);
  return g_test_run ();
}
