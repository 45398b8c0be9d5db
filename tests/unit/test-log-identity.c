/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-identity.h"

#include <string.h>

#include "cot-document.h"

#define LINE(component)                                                                            \
  "<![LOG[a]LOG]!><time=\"10:00:00.000+300\" date=\"11-18-2026\" component=\"" component           \
  "\" context=\"\" type=\"1\" thread=\"1\" file=\"a.cpp:1\">\r\n"

static CotSnapshot *
read_text (const char *text, CotDocument **document)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "a");
  g_autoptr (GError) error = NULL;

  *document = cot_document_new_for_source (source, "a");
  cot_document_load_sync (*document, NULL, &error);
  g_assert_no_error (error);
  return cot_document_get_snapshot (*document);
}

static char *
repeat (const char *line, guint n, const char *other, guint n_other)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, line);
  for (guint i = 0; i < n_other; i++)
    g_string_append (text, other);
  return g_string_free (text, FALSE);
}

#define ROW(component) "a\t" component "\t11/18/2026 10:00:00\t1 (0x1)\r\n"
#define HANDLER LINE ("CoManagementHandler")

static const struct
{
  const char *label;
  const char *line;
  guint n;
  const char *other;
  guint n_other;
  CotLogIdentity identity;
  const char *name; /* NULL: the label */
} cases[] = {
  /* The name decides, whatever stands in it, and with what people put in front of it. */
  { "CoManagementHandler.log", HANDLER, 3, "", 0, COT_LOG_IDENTITY_NAME, NULL },
  { "a/PC01 comanagementhandler.lo_", HANDLER, 3, "", 0, COT_LOG_IDENTITY_NAME, NULL },
  { "(70) FoldersFiles x/PC01_CcmExec-20261118-100311 (1).log", HANDLER, 3, "", 0,
    COT_LOG_IDENTITY_NAME, NULL },
  /* Renamed */
  { "CoManagementHandler-copy.log", HANDLER, 3, "", 0, COT_LOG_IDENTITY_CONTENT,
    "CoManagementHandler.log" },
  { "log.txt", HANDLER, 1, "", 0, COT_LOG_IDENTITY_CONTENT, "CoManagementHandler.log" },
  { "log.txt", LINE ("comanagementhandler"), 1, "", 0, COT_LOG_IDENTITY_CONTENT,
    "CoManagementHandler.log" },
  /* A component that is called in another way than its log */
  { "log.txt", LINE ("SMS_MP_FILE_DISPATCH_MANAGER"), 5, "", 0, COT_LOG_IDENTITY_CONTENT,
    "mpfdm.log" },
  { "log.txt", LINE ("mpfdm"), 5, "", 0, COT_LOG_IDENTITY_UNKNOWN, NULL },
  /* A few of others do not count, as the lines without any. */
  { "log.txt", HANDLER, 1000, LINE ("CcmExec"), 20, COT_LOG_IDENTITY_CONTENT,
    "CoManagementHandler.log" },
  { "log.txt", HANDLER, 1000, "what?\r\n", 100, COT_LOG_IDENTITY_CONTENT,
    "CoManagementHandler.log" },
  /* Entries of several logs are none of them. */
  { "log.txt", HANDLER, 80, LINE ("CcmExec"), 20, COT_LOG_IDENTITY_UNKNOWN, NULL },
  { "log.txt", HANDLER, 8000, LINE ("CcmExec"), 2000, COT_LOG_IDENTITY_UNKNOWN, NULL },
  { "log.txt", LINE ("Contoso"), 5, "", 0, COT_LOG_IDENTITY_UNKNOWN, NULL },
  { "log.txt", LINE (""), 5, "", 0, COT_LOG_IDENTITY_UNKNOWN, NULL },
  /* Kinds of file that are one log */
  { "reg.txt", "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_USERS\\A]\r\n\"a\"=\"b\"\r\n", 1,
    "", 0, COT_LOG_IDENTITY_CONTENT, "export.reg" },
  { "my.reg", "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_USERS\\A]\r\n\"a\"=\"b\"\r\n", 1,
    "", 0, COT_LOG_IDENTITY_NAME, NULL },
  /* Rows that were copied */
  { "Copied text", ROW ("CoManagementHandler"), 3, "", 0, COT_LOG_IDENTITY_CONTENT,
    "CoManagementHandler.log" },
  { "Copied text", ROW ("CoManagementHandler"), 3, ROW ("CcmExec"), 3, COT_LOG_IDENTITY_UNKNOWN,
    NULL },
  { "Copied text", ROW ("Contoso"), 3, "", 0, COT_LOG_IDENTITY_UNKNOWN, NULL },
  /* Of what has no names nothing is said, nor of what is empty. */
  { "notes.txt", "one\r\n", 5, "", 0, COT_LOG_IDENTITY_NAME, NULL },
  { "log.txt", "", 0, "", 0, COT_LOG_IDENTITY_NAME, NULL },
};

static void
test_cases (void)
{
  g_autoptr (CotKnowledge) knowledge = NULL;
  g_autoptr (GError) error = NULL;

  knowledge = cot_knowledge_new_builtin (&error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          repeat (cases[i].line, cases[i].n, cases[i].other, cases[i].n_other);
      g_autoptr (CotDocument) document = NULL;
      CotSnapshot *snapshot = read_text (text, &document);
      CotLogIdentity identity;
      g_autofree char *name = cot_log_identify (knowledge, cases[i].label, snapshot, &identity);

      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, cases[i].label);
      g_assert_cmpstr (name, ==, cases[i].name != NULL ? cases[i].name : cases[i].label);
      g_assert_cmpint (identity, ==, cases[i].identity);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log-identity/cases", test_cases);
  return g_test_run ();
}
