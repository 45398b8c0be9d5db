/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is converted, and what has secrets, as the index reads it. */

#include <glib/gstdio.h>
#include <string.h>

#include "cot-index.h"

#define TOKEN "c2VjcmV0"
#define RESULTS                                                                                    \
  "<Collection HRESULT=\"0\"><SasUrl>https://contoso.example/?sig=" TOKEN "</SasUrl>\r\n"          \
  "<Events HRESULT=\"0\">System</Events></Collection>\r\n"
#define EXPORT "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_USERS\\A]\r\n"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("cotrace-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "file", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
append_wide (GByteArray *bytes, const char *text)
{
  for (; *text != '\0'; text++)
    {
      const guint8 unit[] = { (guint8) *text, 0 };

      g_byte_array_append (bytes, unit, sizeof unit);
    }
}

static void
write_file (Fixture *fixture, const void *bytes, gsize n)
{
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) n, NULL));
}

static CotIndex *
load (Fixture *fixture, const CotFormat *format)
{
  CotIndex *index = cot_index_new (fixture->path, NULL);
  g_autoptr (GError) error = NULL;

  cot_index_set_format (index, format);
  cot_index_load (index, TRUE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return index;
}

static gboolean
append_record (CotSnapshot *snapshot, guint64 ordinal, const CotEntryColumns *columns,
               const char *record, gsize length_bytes, gpointer data)
{
  g_string_append_len (data, record, (gssize) length_bytes);
  return TRUE;
}

static char *
dup_all (CotSnapshot *snapshot)
{
  GString *text = g_string_new (NULL);

  g_assert_true (cot_snapshot_foreach (snapshot, 0, cot_snapshot_get_n_entries (snapshot),
                                       append_record, text, NULL, NULL));
  return g_string_free (text, FALSE);
}

/* The address is in nothing that is read, whatever the file is read as; and the file is not taken
 * for one that goes on. */
static void
test_secrets (Fixture *fixture, gconstpointer data)
{
  const CotFormat *const formats[] = { NULL, &cot_format_plain, &cot_format_ccm };

  for (guint wide = 0; wide < 2; wide++)
    for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
      {
        g_autoptr (GByteArray) bytes = g_byte_array_new ();
        g_autoptr (CotIndex) index = NULL;
        g_autoptr (CotSnapshot) snapshot = NULL;
        g_autofree char *text = NULL;
        CotIndexChange change;

        if (wide)
          {
            append_wide (bytes, RESULTS);
            write_file (fixture, bytes->data, bytes->len);
          }
        else
          write_file (fixture, RESULTS, strlen (RESULTS));
        index = load (fixture, formats[i]);
        snapshot = cot_index_make_snapshot (index);
        text = dup_all (snapshot);
        g_assert_null (strstr (text, TOKEN));
        g_assert_null (strstr (text, "contoso.example"));
        g_assert_nonnull (strstr (text, "System"));
        g_assert_true (cot_index_is_converted (index));

        write_file (fixture, RESULTS RESULTS, strlen (RESULTS RESULTS));
        g_assert_true (cot_index_check (index, &change, NULL, NULL));
        g_assert_false (change.changed);
        g_assert_cmpint (change.event, ==, COT_DOCUMENT_EVENT_NONE);
        g_assert_true (cot_index_check (index, &change, NULL, NULL));
        g_assert_false (change.changed);
        g_assert_cmpint (change.event, ==, COT_DOCUMENT_EVENT_OUTDATED);
        g_assert_cmpint (g_remove (fixture->path), ==, 0);
        g_assert_true (cot_index_check (index, &change, NULL, NULL));
        g_assert_cmpint (change.event, ==, COT_DOCUMENT_EVENT_REMOVED);
        write_file (fixture, "", 0);
      }
}

/* Other documents that begin like it are as they are. */
static void
test_no_secrets (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "<Collection><Book>sig=" TOKEN "</Book></Collection>\n";
  g_autoptr (CotIndex) index = NULL;
  g_autoptr (CotSnapshot) snapshot = NULL;
  g_autofree char *read = NULL;

  write_file (fixture, text, strlen (text));
  index = load (fixture, NULL);
  snapshot = cot_index_make_snapshot (index);
  read = dup_all (snapshot);
  g_assert_cmpstr (read, ==, text);
  g_assert_false (cot_index_is_converted (index));
}

/* Half a pair, and half a unit at the end. */
static void
test_bad_utf16 (Fixture *fixture, gconstpointer data)
{
  static const guint8 bad[] = { 0x00, 0xd8, 0x22, 0x00, 0x0a, 0x00 };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (CotIndex) index = NULL;
  g_autoptr (CotSnapshot) snapshot = NULL;
  g_autofree char *text = NULL;
  guint64 line = 1;

  g_byte_array_append (bytes, (const guint8 *) "\xff\xfe", 2);
  append_wide (bytes, EXPORT "\"a\"=\"");
  g_byte_array_append (bytes, bad, sizeof bad);
  append_wide (bytes, "\"b\"=dword:1\n");
  g_byte_array_append (bytes, (const guint8 *) "\"", 1);
  write_file (fixture, bytes->data, bytes->len);

  index = load (fixture, NULL);
  snapshot = cot_index_make_snapshot (index);
  g_assert_cmpuint (cot_snapshot_get_n_entries (snapshot), ==, 2);
  text = dup_all (snapshot);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_nonnull (strstr (text, "a = \"\xef\xbf\xbd\""));
  g_assert_nonnull (strstr (text, "b = dword:00000001 (1)"));
  g_assert_cmpint (cot_snapshot_get_generation (snapshot, 0)->file_encoding, ==,
                   COT_ENCODING_UTF16LE_BOM);
  g_assert_true (cot_snapshot_get_line (snapshot, 1, &line, NULL));
  g_assert_cmpuint (line, ==, 0);
}

/* A reader who wants the text as it is gets it. */
static void
test_as_plain (Fixture *fixture, gconstpointer data)
{
  static const char text[] = EXPORT "\"b\"=dword:1\r\n";
  g_autoptr (CotIndex) index = NULL;
  g_autoptr (CotSnapshot) snapshot = NULL;
  g_autofree char *read = NULL;

  write_file (fixture, text, strlen (text));
  index = load (fixture, &cot_format_plain);
  snapshot = cot_index_make_snapshot (index);
  read = dup_all (snapshot);
  g_assert_cmpstr (read, ==, text);
}

static CotDocumentEvent
check (CotIndex *index)
{
  CotIndexChange change;

  g_assert_true (cot_index_check (index, &change, NULL, NULL));
  g_assert_false (change.changed);
  return change.event;
}

/* A writer that is at it is left to finish; then it is said once, each time anew. */
static void
test_outdated (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotIndex) index = NULL;

  write_file (fixture, EXPORT, strlen (EXPORT));
  index = load (fixture, NULL);
  g_assert_cmpint (check (index), ==, COT_DOCUMENT_EVENT_NONE);
  g_assert_cmpint (check (index), ==, COT_DOCUMENT_EVENT_NONE);
  for (guint round = 0; round < 2; round++)
    {
      write_file (fixture, EXPORT "\"a\"", strlen (EXPORT "\"a\""));
      g_assert_cmpint (check (index), ==, COT_DOCUMENT_EVENT_NONE);
      write_file (fixture, EXPORT "\"a\"=\"b\"", strlen (EXPORT "\"a\"=\"b\""));
      g_assert_cmpint (check (index), ==, COT_DOCUMENT_EVENT_NONE);
      g_assert_cmpint (check (index), ==, COT_DOCUMENT_EVENT_OUTDATED);
      g_assert_cmpint (check (index), ==, COT_DOCUMENT_EVENT_NONE);
    }
}

/* Whatever the file looks like: what is no such file is a few rows that say so. */
static void
test_choices (Fixture *fixture, gconstpointer data)
{
  static const char html[] = "<html><body><table><tr><th>MDM</th></tr><tr><td>a</td></tr></table>";
  static const char *const texts[] = { "", "one\ntwo\n", EXPORT "\"a\"=\"b\"\r\n", RESULTS, html,
                                       "\xff\xfe<\0\0\xd8" };
  guint n_conversions = 0;
  const CotFormat *format;

  for (guint i = 0; (format = cot_index_get_nth_choice (i)) != NULL; i++)
    {
      gboolean is_conversion = cot_formats_find (format->id) == NULL;

      g_assert_true (cot_index_find_choice (format->id) == format);
      n_conversions += is_conversion;
      for (gsize j = 0; is_conversion && j < G_N_ELEMENTS (texts); j++)
        {
          g_autoptr (CotIndex) index = NULL;
          g_autoptr (CotSnapshot) snapshot = NULL;
          g_autofree char *text = NULL;

          write_file (fixture, texts[j], strlen (texts[j]));
          index = load (fixture, format);
          snapshot = cot_index_make_snapshot (index);
          g_assert_cmpstr (cot_snapshot_get_format (snapshot)->id, ==, format->id);
          g_assert_true (cot_index_is_converted (index));
          text = dup_all (snapshot);
          g_assert_null (strstr (text, TOKEN));
        }
    }
  g_assert_cmpuint (n_conversions, ==, 4);
  g_assert_null (cot_index_find_choice ("evtx"));
  g_assert_null (cot_index_find_choice (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/read-conversions/secrets", Fixture, NULL, set_up, test_secrets, tear_down);
  g_test_add ("/read-conversions/no-secrets", Fixture, NULL, set_up, test_no_secrets, tear_down);
  g_test_add ("/read-conversions/bad-utf16", Fixture, NULL, set_up, test_bad_utf16, tear_down);
  g_test_add ("/read-conversions/as-plain", Fixture, NULL, set_up, test_as_plain, tear_down);
  g_test_add ("/read-conversions/outdated", Fixture, NULL, set_up, test_outdated, tear_down);
  g_test_add ("/read-conversions/choices", Fixture, NULL, set_up, test_choices, tear_down);
  return g_test_run ();
}
