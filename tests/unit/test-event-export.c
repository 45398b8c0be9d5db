/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-event-export.h"

#include "cot-clock.h"

#include "test-rows.h"

#define HEAD "Level,Date and Time,Source,Event ID,Task Category\r\n"
#define PROVIDER "Contoso-Enrollment"

static Rows *
convert (const char *text)
{
  g_assert_true (cot_conversions_detect (text, strlen (text)) == &cot_conversion_event_export);
  return rows_new (&cot_conversion_event_export, text, strlen (text));
}

static void
assert_time (Rows *rows, guint index, int day, int hour, int minute)
{
  gint64 wanted_usec = cot_clock_from_civil (2026, 11, day, hour, minute, 0, 0);

  g_assert_cmpint (rows_get (rows, index)->time_usec, ==, wanted_usec);
  g_assert_cmpint (rows_get (rows, index)->bias_minutes, ==, COT_BIAS_NONE);
}

/* The newest event stands first in the file, and last in the rows. */
static void
test_commas (void)
{
  g_autoptr (Rows) rows = convert (
      "\xef\xbb\xbf" HEAD "Information,11/18/2026 9:40:00 PM," PROVIDER ",75,None,\"It went "
      "well, said \"\"Fabrikam\"\".\r\n\r\nMore: none\"\r\n"
      "Error,11/18/2026 9:00:00 AM," PROVIDER ",76,None,Failed (0x8018002b), at last\r\n"
      "Warning,11/17/2026 11:59:00 AM,Service Control Manager,7000,(2),\r\n");
  static const char *const wanted[] = {
    "Event ID 7000: ",
    "Event ID 76: Failed (0x8018002b), at last",
    "Event ID 75: It went well, said \"Fabrikam\".\r\n\r\nMore: none",
  };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
  rows_assert_place (rows, 0, "Service Control Manager", "Warning, (2)");
  rows_assert_place (rows, 1, PROVIDER, "Error, None");
  assert_time (rows, 0, 17, 11, 59);
  assert_time (rows, 1, 18, 9, 0);
  assert_time (rows, 2, 18, 21, 40);
  g_assert_cmpint (rows_get (rows, 0)->severity, ==, COT_SEVERITY_WARNING);
  g_assert_cmpint (rows_get (rows, 1)->severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (rows_get (rows, 2)->severity, ==, COT_SEVERITY_INFO);
}

/* In the language of the computer, and with its dates. */
static void
test_tabs (void)
{
  g_autoptr (Rows) rows = convert (
      "Ebene\tDatum und Uhrzeit\tQuelle\tEreignis-ID\tAufgabenkategorie\r\n"
      "Fehler\t05.11.2026 09:40:00\t" PROVIDER "\t76\tKeine\tMit\tTabulator\r\n"
      "Informationen\t04.11.2026 09:00:00\t" PROVIDER "\t75\tKeine\r\n");
  static const char *const wanted[] = { "Event ID 75: Keine", "Event ID 76: Mit\tTabulator" };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
  assert_time (rows, 0, 4, 9, 0);
  assert_time (rows, 1, 5, 9, 40);
  g_assert_cmpint (rows_get (rows, 1)->severity, ==, COT_SEVERITY_ERROR);
}

/* Somebody has sorted it before. And the day is told by the course of time. */
static void
test_oldest_first (void)
{
  g_autoptr (Rows) rows = convert (HEAD "Error,9/11/2026 09:00:00," PROVIDER ",1,None,a\r\n"
                                        "Error,10/11/2026 08:00:00," PROVIDER ",2,None,b\r\n"
                                        "Error,10/11/2026 08:00:00," PROVIDER ",3,None,c\r\n"
                                        "Error,11/11/2026 07:00:00," PROVIDER ",4,None,d\r\n");
  static const char *const wanted[]
      = { "Event ID 1: a", "Event ID 2: b", "Event ID 3: c", "Event ID 4: d" };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
}

/* It was saved as it was sorted in the window: by level. */
static void
test_sorted (void)
{
  g_autoptr (Rows) rows = convert (HEAD "Fel,11/18/2026 9:00:00 AM,A,1,None,c\r\n"
                                        "Fel,11/18/2026 7:00:00 AM,A,2,None,a\r\n"
                                        "Verbose,11/18/2026 10:00:00 AM,A,3,None,d\r\n"
                                        "goes on\r\n"
                                        "Information,11/18/2026 8:00:00 AM,A,4,None,b\r\n");
  static const char *const wanted[]
      = { "Event ID 2: a", "Event ID 4: b", "Event ID 1: c", "Event ID 3: d\ngoes on" };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
  g_assert_cmpint (rows_get (rows, 0)->severity, ==, COT_SEVERITY_UNKNOWN);
  rows_assert_place (rows, 0, "A", "Fel, None");
  g_assert_cmpint (rows_get (rows, 3)->severity, ==, COT_SEVERITY_VERBOSE);
}

/* The quote that somebody forgot to close is not closed by the one that opens the next text. */
static void
test_open_quote (void)
{
  g_autoptr (Rows) rows = convert (HEAD "Error,11/18/2026 9:00:00 AM,A,2,None,\"open\r\n"
                                        "Error,11/18/2026 8:00:00 AM,A,1,None,\"\r\nText\"\r\n");
  static const char *const wanted[] = { "Event ID 1: \r\nText", "Event ID 2: \"open" };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
}

/* Nothing is lost: neither behind a quote that never closes, nor lines that are no event. */
static void
test_broken (void)
{
  g_autoptr (Rows) rows = convert (
      HEAD "Error,11/18/2026 9:00:00 AM," PROVIDER ",2,None,\"Opened\r\n"
           "second line\r\n\r\nthird line\r\n"
           "Error,11/17/2026 9:00:00 AM," PROVIDER ",1,None,\"a\" b\r\n"
           "Error,no time," PROVIDER ",1,None,x\r\n");
  static const char *const wanted[] = {
    "Event ID 1: \"a\" b\nError,no time," PROVIDER ",1,None,x",
    "Event ID 2: \"Opened\nsecond line\r\n\r\nthird line",
  };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
}

/* Many quotes that never close take no more time than a few. */
static void
test_many_quotes (void)
{
  GString *text = g_string_new (HEAD);
  g_autofree char *whole = NULL;
  g_autoptr (Rows) rows = NULL;

  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (text, "Error,11/18/2026 9:00:00 AM,A,%u,None,\"\"\"x\r\n", i);
  whole = g_string_free (text, FALSE);
  rows = convert (whole);
  g_assert_cmpuint (rows->n, ==, 50000);
}

static void
test_others (void)
{
  static const char *const texts[] = {
    "",
    HEAD,
    "Level,Date and Time,Source\r\nError,11/18/2026 9:00:00 AM,A\r\n",
    HEAD "Error,yesterday,A,1,None,x\r\n",
    HEAD "Error,11/18/2026 9:00:00 AM,A,one,None,x\r\n",
    "Error,11/18/2026 9:00:00 AM,A,1,None\r\nError,11/18/2026 9:00:00 AM,A,1,None\r\n",
    "Log Text\tComponent\tDate/Time\tThread\r\nIt failed\tCcmExec\t11/18/2026 9:00:00 AM\t12\r\n",
    "<![LOG[a,b,c,d,e]LOG]!><time=\"09:00:00.000+300\" date=\"11-18-2026\" component=\"A\" "
    "context=\"\" type=\"1\" thread=\"1\" file=\"\">\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (cot_conversion_event_export.claims (texts[i], strlen (texts[i])));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event-export/commas", test_commas);
  g_test_add_func ("/event-export/tabs", test_tabs);
  g_test_add_func ("/event-export/oldest-first", test_oldest_first);
  g_test_add_func ("/event-export/sorted", test_sorted);
  g_test_add_func ("/event-export/open-quote", test_open_quote);
  g_test_add_func ("/event-export/broken", test_broken);
  g_test_add_func ("/event-export/many-quotes", test_many_quotes);
  g_test_add_func ("/event-export/others", test_others);
  return g_test_run ();
}
