/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows as log viewers copy them: columns with tabs between them. */

#include "test-format.h"

static const CotFormat *const rows = &cot_format_copied_rows;

#define HEADER "Log Text\tComponent\tDate/Time\tThread\r\n"

static void
test_cmtrace (void)
{
  Split split;
  const CotEntry *entries = split.entries;

  split_text (&split, rows,
              HEADER
              "Failed to send registration request\tClientIDManagerStartup\t03/09/2026 09:10:00\t"
              "4120 (0x1018)\r\n"
              "  indented\tand tabbed\tCcmExec\t3/9/2026 9:10:01 PM\t12 (0xC)\r\n"
              "no error\tSMS_MP_CONTROL_MANAGER\t3/9/2026 9:10:02 PM\t12 (0xC)");
  assert_shape (&split, "pFFF");
  assert_message (&split, 0, "Log Text\tComponent\tDate/Time\tThread");
  assert_message (&split, 1, "Failed to send registration request");
  assert_span (entries[1].component, "ClientIDManagerStartup");
  assert_span (entries[1].thread, "4120 (0x1018)");
  assert_span (entries[1].type_text, NULL);
  assert_time (&entries[1], "2026-03-09T09:10:00.000000");
  g_assert_cmpint (entries[1].bias_minutes, ==, COT_BIAS_NONE);
  /* The type is not copied: CMTrace goes by the words, too. */
  g_assert_cmpint (entries[1].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (entries[1].flags & COT_RECORD_OPEN_ENDED, ==, 0);
  assert_message (&split, 2, "  indented\tand tabbed");
  assert_span (entries[2].component, "CcmExec");
  assert_time (&entries[2], "2026-03-09T21:10:01.000000");
  g_assert_cmpint (entries[3].severity, ==, COT_SEVERITY_INFO);
  g_assert_cmpint (entries[3].flags & COT_RECORD_OPEN_ENDED, !=, 0);
}

/* All columns, and those that are left where there is no room. */
static void
test_cotrace (void)
{
  Split split;
  const CotEntry *entries = split.entries;

  split_text (&split, rows,
              "One\tCcmExec.log\tCcmExec\t2026-11-18 09:12:41.327?\t0:00:01.000\t12\ta.cpp:7\n"
              "Two\tCcmExec.log\t2026-11-18 09:12:41.328\n"
              "Three\tCcmExec\t2026-11-18 09:12:41.329\t\t13\t\n"
              "Four\tis no sentence, but the end of one.\t2026-11-18 09:12:41.330\n"
              "Five\t\t\t\n"
              "\tCcmExec\t2026-11-18 09:12:41.331\t12\n");
  assert_shape (&split, "FFFFFF");
  assert_message (&split, 0, "One");
  assert_span (entries[0].context, "CcmExec.log");
  assert_span (entries[0].component, "CcmExec");
  assert_span (entries[0].thread, "12");
  assert_span (entries[0].origin, "a.cpp:7");
  assert_time (&entries[0], "2026-11-18T09:12:41.327000");
  assert_message (&split, 1, "Two");
  assert_span (entries[1].context, "CcmExec.log");
  assert_span (entries[1].component, NULL);
  assert_message (&split, 2, "Three");
  assert_span (entries[2].thread, "13");
  assert_message (&split, 3, "Four\tis no sentence, but the end of one.");
  assert_span (entries[3].component, NULL);
  assert_message (&split, 4, "Five");
  assert_time (&entries[4], "");
  assert_message (&split, 5, "");
  assert_span (entries[5].component, "CcmExec");
}

/* A log has whatever name its file has; where the rows are of several devices, theirs too. */
static void
test_log_names (void)
{
  static const char *const names[] = {
    "CCMEXEC.LOG", "SCClient_CONTOSO@ada_1.log", "SCClient_CONTOSO@j\xc3\xbcrgen_1.log",
    "PC01 \xc2\xb7 CcmExec.log", "1E.log",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *row
          = g_strdup_printf ("One\ttwo\t%s\tCcmExec\t2026-11-18 09:12:41\t12\n", names[i]);
      Split split;

      split_text (&split, rows, row);
      assert_shape (&split, "F");
      assert_message (&split, 0, "One\ttwo");
      assert_span (split.entries[0].context, names[i]);
      assert_span (split.entries[0].component, "CcmExec");
    }
}

/* Only a path has blanks: else the line is of another table, which has its text last. */
static void
test_origins (void)
{
  static const char *const cases[] = {
    "agent.ps1:12", "C:\\Program Files\\Contoso\\agent.ps1", "\\\\CM01\\SMS CON\\a.exe:7",
    NULL, "Starting: the job", "Done.", "Waited 3.2 s", "Result:",
  };
  gboolean is_origin = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *row = g_strdup_printf ("One\tCcmExec\t2026-11-18 09:12:41\t%s\n", cases[i]);
      Split split;

      if (cases[i] == NULL)
        {
          is_origin = FALSE;
          continue;
        }
      split_text (&split, rows, row);
      assert_shape (&split, is_origin ? "F" : "p");
      if (is_origin)
        assert_span (split.entries[0].origin, cases[i]);
    }
}

/* Lines of a message belong to the row that ends them, blank ones too. */
static void
test_lines (void)
{
  g_autoptr (GString) far = g_string_new ("far away\n");
  Split split;

  split_text (&split, rows,
              "Raising event:\n\ninstance of X\n{\n\tA = 1;\n};\tCcmExec\t2026-11-18 09:12:41.327"
              "\t12\n"
              "Two\tCcmExec\t2026-11-18 09:12:41.328\t12\n"
              "cut\n");
  assert_shape (&split, "FFp");
  assert_message (&split, 0, "Raising event:\n\ninstance of X\n{\n\tA = 1;\n};");
  g_assert_cmpint (split.entries[0].flags & COT_RECORD_MULTI_LINE, !=, 0);
  assert_message (&split, 1, "Two");

  for (guint i = 0; i < 70 * 1024; i++)
    g_string_append_c (far, i % 8192 == 8191 ? '\n' : 'x');
  g_string_append (far, "\nTwo\tCcmExec\t2026-11-18 09:12:41.328\t12\n");
  split_text (&split, rows, far->str);
  g_assert_cmpuint (split.n_records, ==, 3);
  assert_message (&split, 0, "far away");
}

/* What somebody wrote above the rows is no part of the first one, and none of a later one. */
static void
test_mail (void)
{
  Split split;
  const CotEntry *entries = split.entries;

  split_text (&split, rows,
              "Hi Ada,\n\nplease look:\n\n"
              "One\tCcmExec\t11/18/2026 9:10:11 AM\t4012 (0x0FAC)\n"
              "Two, in\n\ntwo\nlines\tCcmExec\t11/18/2026 9:10:12 AM\t4012 (0x0FAC)\n"
              "\nand then\n\n"
              "Three\tCcmExec\t11/18/2026 9:10:13 AM\t4012 (0x0FAC)\n"
              "\nThanks\nBob\n");
  assert_shape (&split, "ppFFpFpp");
  assert_message (&split, 0, "Hi Ada,");
  assert_message (&split, 1, "please look:");
  assert_message (&split, 2, "One");
  assert_message (&split, 3, "Two, in\n\ntwo\nlines");
  assert_message (&split, 4, "and then");
  assert_message (&split, 5, "Three");
  assert_time (&entries[5], "2026-11-18T09:10:13.000000");
}

/* An entry whose time cannot be read is copied with its thread. */
static void
test_without_time (void)
{
  Split split;
  const CotEntry *entries = split.entries;

  split_text (&split, rows,
              "Bad time\tCcmExec\t\t4012 (0x0FAC)\n"
              "Bad date\tCcmExec.log\tCcmExec\t\t\t4012 (0x0FAC)\ta.cpp:7\n"
              "With\tName\t\t12\nin it\tCcmExec\t2026-11-18 09:12:41.327\t12\n");
  assert_shape (&split, "FFF");
  assert_message (&split, 0, "Bad time");
  assert_time (&entries[0], "");
  assert_span (entries[0].component, "CcmExec");
  assert_span (entries[0].thread, "4012 (0x0FAC)");
  assert_message (&split, 1, "Bad date");
  assert_span (entries[1].context, "CcmExec.log");
  assert_span (entries[1].component, "CcmExec");
  assert_span (entries[1].thread, "4012 (0x0FAC)");
  assert_span (entries[1].origin, "a.cpp:7");
  assert_message (&split, 2, "With\tName\t\t12\nin it");
}

/* What is known ahead changes nothing, and saves looking at the same lines again and again. */
static void
test_ahead (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  CotAhead ahead = { 0 };
  gboolean was_ahead = FALSE;
  gsize start = 0;

  for (guint i = 0; i < 6000; i++)
    g_string_append_printf (text, i % 3500 == 3499 ? "row\tCcmExec\t2026-11-18 09:12:41\t12\n"
                                                   : "a line of a text without an end %u\n", i);
  while (start < text->len)
    {
      gsize end, end_ahead;

      was_ahead |= start < ahead.lines_end;
      g_assert_cmpint (rows->next_record (text->str, text->len, start, TRUE, &end), ==,
                       COT_RECORD_FOUND);
      g_assert_cmpint (rows->next_record_ahead (text->str, text->len, start, TRUE, &ahead,
                                                &end_ahead),
                       ==, COT_RECORD_FOUND);
      g_assert_cmpuint (end, ==, end_ahead);
      start = end;
    }
  g_assert_true (was_ahead);
}

#define GERMAN(day, month) "x\tCcmExec\t" day "/" month "/2026 09:10:00\t12 (0xC)\n"

/* The form is that of the language of Windows: the rows as a whole tell which. */
static void
test_date_order (void)
{
  static const struct
  {
    const char *text;
    const char *time; /* of the first row */
  } cases[] = {
    { GERMAN ("3", "9"), "2026-03-09T09:10:00.000000" },
    { GERMAN ("3", "9") GERMAN ("13", "9"), "2026-09-03T09:10:00.000000" },
    { GERMAN ("30", "9") GERMAN ("1", "10"), "2026-09-30T09:10:00.000000" },
    { "x\tCcmExec\t09.03.2026 09:10:00\t12 (0xC)\n", "2026-03-09T09:10:00.000000" },
  };
  Split split;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CotSpan block = { cases[i].text, strlen (cases[i].text) };

      g_test_message ("%s", cases[i].text);
      split_text (&split, cot_format_learn (rows, &block, 1), cases[i].text);
      assert_time (&split.entries[0], cases[i].time);
    }
}

#define ROW "x\tCcmExec\t2026-11-18 09:12:41\t12\n"
#define PROSE "Hello, this is what I see here.\n"

static void
test_bid (void)
{
  static const char *const heads[] = {
    ROW, "copied-rows",
    "\xef\xbb\xbf" ROW, "copied-rows",
    PROSE PROSE ROW PROSE, "copied-rows",
    /* A few rows in a long text are quoted there. */
    PROSE PROSE PROSE PROSE PROSE PROSE PROSE PROSE PROSE ROW, "plain",
    PROSE "x\t\t2026-11-18 09:12:41\t12\n" PROSE, "plain",
    "x\t\t2026-11-18 09:12:41\t12\n", "copied-rows",
    /* A list of files */
    "readme.txt\t2026-11-18 09:12:41\nlicence.txt\t2026-11-18 09:12:42\n", "copied-rows",
    /* What Windows' event viewer saves has the date in front. */
    "Level\tDate and Time\tSource\tEvent ID\tTask Category\n"
    "Error\t3/9/2026 9:10:00 AM\tService Control Manager\t7036\tNone\n", "plain",
    /* Another writer's table, whose texts stand last */
    "INFO\tApp\t2026-11-18 09:12:41\t12\tStarting: job 1.\n", "plain",
    "2026-11-18 09:12:41 x\ty\n2026-11-18 09:12:42 x\ty\n", "timed",
    "x\tCcmExec\t09:12:41\t12\n", "plain",
    "x\tCcmExec\t2026-11-18\t12\n", "plain",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i += 2)
    {
      g_test_message ("%s", heads[i]);
      g_assert_cmpstr (cot_formats_detect (heads[i], strlen (heads[i]))->id, ==, heads[i + 1]);
    }
}

/* A status message says itself how bad it is, as in the log that the row is of. */
static void
test_status (void)
{
  const char *text
      = "STATMSG: ID=5436 SEV=E LEV=M SOURCE=\"SMS Server\" COMP=\"SMS_MP_CONTROL_MANAGER\" "
        "SYS=CM01 SITE=CON PID=1 TID=2 GMTDATE=Wed Nov 18 14:12:41.327 2026 ISTR0=\"\""
        "\tSMS_MP_CONTROL_MANAGER\t2026-11-18 09:12:41\t12\n";
  CotSpan said;
  Split split;

  split_text (&split, rows, text);
  g_assert_cmpint (split.entries[0].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (cot_entry_find_severity_reason (rows, &split.entries[0], &said), ==,
                   COT_SEVERITY_REASON_STATUS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format-copied-rows/cmtrace", test_cmtrace);
  g_test_add_func ("/format-copied-rows/cotrace", test_cotrace);
  g_test_add_func ("/format-copied-rows/log-names", test_log_names);
  g_test_add_func ("/format-copied-rows/origins", test_origins);
  g_test_add_func ("/format-copied-rows/lines", test_lines);
  g_test_add_func ("/format-copied-rows/mail", test_mail);
  g_test_add_func ("/format-copied-rows/without-time", test_without_time);
  g_test_add_func ("/format-copied-rows/ahead", test_ahead);
  g_test_add_func ("/format-copied-rows/date-order", test_date_order);
  g_test_add_func ("/format-copied-rows/bid", test_bid);
  g_test_add_func ("/format-copied-rows/status", test_status);
  return g_test_run ();
}
