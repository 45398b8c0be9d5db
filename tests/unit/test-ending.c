/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-ending.h"
#include "cot-index.h"

#include <string.h>

#define CCM_RECORD(message, second)                                                                \
  "<![LOG[" message "]LOG]!><time=\"12:34:" second ".000+300\" date=\"09-09-2024\" "               \
  "component=\"A\" context=\"\" type=\"1\" thread=\"1\" file=\"a.cpp:1\">\r\n"
/* 2024-09-09 12:34:00 */
#define MINUTE_USEC (G_GINT64_CONSTANT (1725885240) * G_USEC_PER_SEC)

static CotEnding *
read_text (const char *text, gsize length_bytes, const CotFormat *format)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length_bytes);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "a.log");

  return cot_ending_read (source, length_bytes, format, COT_ENCODING_UTF8);
}

static void
test_last (void)
{
  static const struct
  {
    const char *text;
    const char *message;
    gint64 second; /* -1: no time */
  } logs[] = {
    { CCM_RECORD ("one", "56") CCM_RECORD ("two", "57"), "two", 57 },
    { CCM_RECORD ("one", "56") CCM_RECORD ("of two\r\nlines", "57") "\r\n\r\n", "of two", 57 },
    { CCM_RECORD ("one", "56") CCM_RECORD ("\r\n  later", "58"), "later", 58 },
    { CCM_RECORD ("one", "56") "<![LOG[half of an entr", "half of an entr", -1 },
    { CCM_RECORD ("\xe2\x80\xaehidden", "56"), "\xe2\x80\xae", 56 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autoptr (CotEnding) ending
          = read_text (logs[i].text, strlen (logs[i].text), &cot_format_ccm);

      g_assert_nonnull (ending);
      if (logs[i].second < 0)
        g_assert_cmpint (ending->time_usec, ==, COT_TIME_NONE);
      else
        {
          g_assert_cmpint (ending->time_usec, ==, MINUTE_USEC + logs[i].second * G_USEC_PER_SEC);
          g_assert_cmpint (ending->bias_minutes, ==, 300);
        }
      /* What would turn the text around is told, not done. */
      if (strncmp (logs[i].message, "\xe2", 1) == 0)
        g_assert_null (strstr (ending->message, logs[i].message));
      else
        g_assert_cmpstr (ending->message, ==, logs[i].message);
    }
}

/* Of a log of any length only its end is read; where that begins nobody knows. */
static void
test_of_long_log (void)
{
  g_autoptr (GString) log = g_string_new (NULL);

  while (log->len < 300 * 1024)
    g_string_append (log, CCM_RECORD ("one\r\nmore", "56"));
  g_string_append (log, CCM_RECORD ("the last", "59"));
  for (gsize n_more = 0; n_more < 300; n_more++)
    {
      g_autoptr (CotEnding) ending = read_text (log->str, log->len, &cot_format_ccm);

      g_assert_nonnull (ending);
      g_assert_cmpstr (ending->message, ==, "the last");
      g_string_prepend_c (log, 'x');
    }
}

static void
test_of_nothing (void)
{
  g_autofree char *zeros = g_malloc0 (100 * 1024);
  g_autofree char *one_line = g_malloc (100 * 1024);

  memset (one_line, 'x', 100 * 1024);
  g_assert_null (read_text ("", 0, &cot_format_ccm));
  g_assert_null (read_text (" \r\n", 3, &cot_format_ccm));
  g_assert_null (read_text (zeros, 100 * 1024, &cot_format_ccm));
  g_assert_null (read_text (one_line, 100 * 1024, &cot_format_plain));
}

static void
note_ending (CotIndex *index, double progress, gpointer data)
{
  g_autoptr (CotEnding) ending = cot_index_dup_ending (index);
  char **message = data;

  if (ending == NULL || *message != NULL)
    return;
  g_assert_cmpfloat (progress, <, 0.1);
  *message = g_strdup (ending->message);
}

/* Behind the first block, long before the rest is read. */
static void
test_of_index (void)
{
  g_autofree char *message = NULL;
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CotSource) source = NULL;
  g_autoptr (CotIndex) index = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  while (log->len < 40 * 1024 * 1024)
    g_string_append (log, CCM_RECORD ("one", "56"));
  g_string_append (log, CCM_RECORD ("the last", "59"));
  bytes = g_bytes_new (log->str, log->len);
  source = cot_source_new_from_bytes (bytes, "a.log");
  index = cot_index_new (NULL, source);
  g_assert_true (cot_index_load (index, FALSE, note_ending, &message, cancellable, NULL));
  g_assert_cmpstr (message, ==, "the last");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ending/last", test_last);
  g_test_add_func ("/ending/long-log", test_of_long_log);
  g_test_add_func ("/ending/nothing", test_of_nothing);
  g_test_add_func ("/ending/index", test_of_index);
  return g_test_run ();
}
