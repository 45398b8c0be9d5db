/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-format.h"

#define TAIL "  $$<SMS_FABRIKAM_MANAGER><11-18-2026 09:12:41.327+300><thread=4844 (0x12EC)>"

static const CotFormat *const server = &cot_format_server;

static void
test_canonical (void)
{
  Split split;
  const CotEntry *entry = &split.entries[0];

  split_text (&split, server, "Cycle finished~~" TAIL "\r\nNext" TAIL "\r\n");
  assert_shape (&split, "FF");
  assert_message (&split, 0, "Cycle finished");
  assert_message (&split, 1, "Next");
  assert_span (entry->component, "SMS_FABRIKAM_MANAGER");
  assert_span (entry->thread, "4844 (0x12EC)");
  assert_span (entry->context, NULL);
  assert_span (entry->origin, NULL);
  assert_span (entry->type_text, NULL);
  assert_time (entry, "2026-11-18T09:12:41.327000");
  g_assert_cmpint (entry->bias_minutes, ==, 300);
  g_assert_cmpint (entry->severity, ==, COT_SEVERITY_INFO);
  g_assert_cmpint (entry->flags, ==, COT_RECORD_FRAMED);
}

typedef struct
{
  const char *tail;
  const char *component;
  const char *thread;
  const char *time;
  int bias_minutes;
} TailCase;

static const TailCase tails[] = {
  { "$$<SMS_X><11-30-2022 01:03:34.174-60><thread=4844 (0x12EC)>", "SMS_X", "4844 (0x12EC)",
    "2022-11-30T01:03:34.174000", -60 },
  { "$$<SMS_X><11-30-2022 01:03:34.174-120><thread=9>", "SMS_X", "9", "2022-11-30T01:03:34.174000",
    -120 },
  { "$$<SMS Provider><7-4-2013 9:38:06.559+000><thread=1 (0x1)>", "SMS Provider", "1 (0x1)",
    "2013-07-04T09:38:06.559000", 0 },
  { "$$<Configuration Manager Setup><08-22-2016 04:15:01.917+420><THREAD=2868 (0xB34)>",
    "Configuration Manager Setup", "2868 (0xB34)", "2016-08-22T04:15:01.917000", 420 },
  /* SMS 1: C dates, bare hexadecimal threads. */
  { "$$<SMS_DESPOOLER><Mon Dec 04 15:41:45 1995~><thread=E0>", "SMS_DESPOOLER", "E0",
    "1995-12-04T15:41:45.000000", COT_BIAS_NONE },
  { "$$<SMS_DESPOOLER><Wed May  7 17:09:02 1997~><thread=DB>", "SMS_DESPOOLER", "DB",
    "1997-05-07T17:09:02.000000", COT_BIAS_NONE },
  /* SMS 2: zones in words. */
  { "$$<C:\\WINDOWS\\apm.exe><Fri Mar 26 10:43:41.547 1999 Eastern Standard Time>"
    "<thread=4294798339 (0xFFFD6C03)>",
    "C:\\WINDOWS\\apm.exe", "4294798339 (0xFFFD6C03)", "1999-03-26T10:43:41.547000",
    COT_BIAS_NONE },
  { "$$<SMS_X><Thu  Apr 22   09:36:15.716  1999><thread=561 (0x231)>", "SMS_X", "561 (0x231)",
    "1999-04-22T09:36:15.716000", COT_BIAS_NONE },
  /* Scripts. */
  { "$$<Deploy:Start><11-18-2026 09:12:41.327123><thread=12>", "Deploy:Start", "12",
    "2026-11-18T09:12:41.327123", COT_BIAS_NONE },
  { "$$<Deploy:Start><11-18-2026 09:12><thread=>", "Deploy:Start", "",
    "2026-11-18T09:12:00.000000", COT_BIAS_NONE },
  { "$$<Deploy><11-18-2026 09:12:41.327+300>", "Deploy", NULL, "2026-11-18T09:12:41.327000", 300 },
  { "$$<Deploy><11-18-2026 09:12:41.327 600><thread=1>", "Deploy", "1",
    "2026-11-18T09:12:41.327000", 600 },
  { "$$<Deploy><11-18-2026 09:12:41.327 Eastern Time><thread=1>", "Deploy", "1",
    "2026-11-18T09:12:41.327000", COT_BIAS_NONE },
  /* What says no time is a record all the same. */
  { "$$<SMS_X><Wed Feb 30 17:09:02 1997~><thread=DB>", "SMS_X", "DB", "", COT_BIAS_NONE },
  { "$$<SMS_X><11-18-2026 late><thread=1>", "SMS_X", "1", "", COT_BIAS_NONE },
  { "$$<SMS_X><Wed May 111 17:09:02 1997><thread=1>", "SMS_X", "1", "", COT_BIAS_NONE },
  { "$$<SMS_X><yesterday><thread=1>", "SMS_X", "1", "", COT_BIAS_NONE },
  { "$$<><><thread=>", "", "", "", COT_BIAS_NONE },
  { "$$<SMS_X><02-30-2026 09:12:41.327+300><thread=1>", "SMS_X", "1", "", COT_BIAS_NONE },
};

static void
test_tails (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      const TailCase *c = &tails[i];
      g_autofree char *log = g_strconcat ("Message ", c->tail, "\r\nafter\r\n", NULL);
      Split split;
      const CotEntry *entry = &split.entries[0];

      g_test_message ("%s", c->tail);
      split_text (&split, server, log);
      assert_shape (&split, "Fp");
      assert_message (&split, 0, "Message");
      assert_span (entry->component, c->component);
      assert_span (entry->thread, c->thread);
      assert_time (entry, c->time);
      g_assert_cmpint (entry->bias_minutes, ==, c->bias_minutes);
    }
}

static void
test_no_tails (void)
{
  static const char *const texts[] = {
    "costs 5$$", "$$<", "$$<SMS_X>", "$$<SMS_X><", "$$<a><b>", "$$<SMS_X><11-18-2026 09:12",
    "$$<SMS_X> <11-18-2026 09:12:41.327+300><thread=1>", "$<SMS_X><11-18-2026 09:12><thread=1>",
    "$$<SMS_X><11-18-2026 09:12><thread=1", "$$<SMS_X><11-18-2026 09:12> and more",
    "$$<APM><Thu Apr 22 09:36:15.716 1999>>thread=561 (0x231)>", "$$<$$<$$<$$<",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *log = g_strconcat (texts[i], "\n", NULL);
      Split split;

      g_test_message ("%s", texts[i]);
      split_text (&split, server, log);
      assert_shape (&split, "p");
      assert_message (&split, 0, texts[i]);
    }
}

static void
test_messages (void)
{
  static const char *const messages[] = {
    "two blanks" TAIL "\n", "two blanks",
    "one blank $$<C><11-18-2026 09:12:41.327+300><thread=1>\n", "one blank",
    "no blank$$<C><11-18-2026 09:12:41.327+300><thread=1>\n", "no blank",
    " *** [08001][10054] leading blank" TAIL "\n", " *** [08001][10054] leading blank",
    "~Executing instruction~" TAIL "\n", "Executing instruction",
    "~~both~ ~ " TAIL "\n", "both",
    "a~b" TAIL "\n", "a~b",
    "~" TAIL "\n", "",
    TAIL "\n", "",
    "SQL>>>select $<x from <y> where a --> b" TAIL "\n",
    "SQL>>>select $<x from <y> where a --> b",
    "first line\nsecond line\n\nlast line" TAIL "\n", "first line\nsecond line\n\nlast line",
    "tail on its own line~\n$$<C><11-18-2026 09:12:41.327+300><thread=1>\n",
    "tail on its own line",
    "\xef\xbb\xbf" "after the mark" TAIL "\n", "after the mark",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i += 2)
    {
      Split split;

      g_test_message ("%s", messages[i]);
      split_text (&split, server, messages[i]);
      assert_shape (&split, "F");
      assert_message (&split, 0, messages[i + 1]);
      g_assert_cmpint ((split.entries[0].flags & COT_RECORD_MULTI_LINE) != 0, ==,
                       strchr (messages[i + 1], '\n') != NULL);
    }
}

static void
test_two_on_a_line (void)
{
  Split split;

  split_text (&split, server, "one" TAIL " *** two" TAIL "three" TAIL);
  assert_shape (&split, "FFF");
  assert_message (&split, 0, "one");
  assert_message (&split, 1, " *** two");
  assert_message (&split, 2, "three");
}

/* A marker of a rollover belongs to no record, and parts the text around it. */
static void
test_markers (void)
{
  Split split;

  split_text (&split, server,
              "a" TAIL "\r\n<MAXIMUM LOG FILE SIZE REACHED - FILE RENAMED>\r\n"
              "b" TAIL "\r\nROLLOVER\r\nc" TAIL "\r\n");
  assert_shape (&split, "FpFpF");
  assert_message (&split, 1, "<MAXIMUM LOG FILE SIZE REACHED - FILE RENAMED>");
  assert_message (&split, 3, "ROLLOVER");
  split_text (&split, server, "torn text\nmore\nROLLOVER\nc" TAIL "\n");
  assert_shape (&split, "pppF");
  assert_message (&split, 3, "c");
  split_text (&split, server, "text\nROLLOVER" TAIL "\nROLLOVER of keys\nb" TAIL "\n");
  assert_shape (&split, "FF");
  assert_message (&split, 0, "text\nROLLOVER");
  assert_message (&split, 1, "ROLLOVER of keys\nb");
}

/* What is left of a record that was torn, cut or broken, and another writer's records, take nothing
 * of the next record, neither its time nor its thread. */
static void
test_torn (void)
{
  static const struct
  {
    const char *line;
    gboolean incomplete;
  } lines[] = {
    { "Error b  $$<SMS_X><><>", TRUE },
    { "b  $$<SMS_X>", TRUE },
    { "b  $$<SMS_X", TRUE },
    { "b  $$<", TRUE },
    { "b  $$<SMS_X><", TRUE },
    { "b  $$<SMS_X><11-18-2026 09:1", TRUE },
    { "b  $$<SMS_X><11-18-2026 09:12:41.327+300><>", TRUE },
    { "b  $$<SMS_X><11-18-2026 09:12:41.327+300><thr", TRUE },
    { "b  $$<SMS_X><11-18-2026 09:12:41.327+300><thread=12 (0x", TRUE },
    { "b  $$<SMS_X><11-18-2026 09:12:41.327+300> and more", TRUE },
    { "b  $$<SMS_X><11-18-2026 09:12:41.327+300>>thread=12 (0xC)>", TRUE },
    { "27+300><thread=12 (0xC)>", TRUE },
    { "27+300><THREAD=12 (0xC)>  ", TRUE },
    { "12:41.327-60><thread=12 (0xC)>", TRUE },
    { "0><thread=12 (0xC)>", TRUE },
    { "<![LOG[b]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" type=\"1\">", FALSE },
    { "<![LOG[b", FALSE },
    { "b]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" type=\"1\">", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *between = g_strconcat ("a" TAIL "\r\n", lines[i].line, "\r\nc" TAIL "\r\n",
                                              NULL);
      g_autofree char *first = g_strconcat (lines[i].line, "\nmore\nc" TAIL "\n", NULL);
      g_autofree char *behind = g_strconcat ("text\n", lines[i].line, "\nc" TAIL "\n", NULL);
      g_autofree char *last = g_strconcat ("a" TAIL "\n", lines[i].line, NULL);
      Split split;

      g_test_message ("%s", lines[i].line);
      split_text (&split, server, between);
      assert_shape (&split, "FpF");
      g_assert_cmpint ((split.entries[1].flags & COT_RECORD_INCOMPLETE) != 0, ==,
                       lines[i].incomplete);
      g_assert_cmpint (split.entries[1].time_usec, ==, COT_TIME_NONE);
      assert_message (&split, 2, "c");
      split_text (&split, server, first);
      assert_shape (&split, "pF");
      assert_message (&split, 1, "more\nc");
      split_text (&split, server, behind);
      assert_shape (&split, "ppF");
      g_assert_false (split.entries[0].flags & COT_RECORD_INCOMPLETE);
      split_text (&split, server, last);
      assert_shape (&split, "Fp");
      g_assert_cmpint ((split.entries[1].flags & COT_RECORD_INCOMPLETE) != 0, ==,
                       lines[i].incomplete);
    }
}

/* What only looks a little like a part of a tail is text of the message. */
static void
test_not_torn (void)
{
  static const char *const lines[] = {
    "costs 5$$", "costs 5$$<6 apples", "$$<a> <b> c", "select $<x from <y>", "thread=12",
    "thread=12 (0xC) is gone", "error (0x5)>", "<thread=(0xC)>", "<thread=12 (0xC)>",
    "><thread=12 (0xC)>", "1999><thread=12 (0xC)>", "thread=12 (0x)>", "(0xC)>", ")>",
    ">", "no <![LOG[ at the start", "]LOG]!>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *message = g_strconcat ("first\n", lines[i], "\nlast", NULL);
      g_autofree char *log = g_strconcat (message, TAIL "\n", NULL);
      g_autofree char *begins = g_strconcat (lines[i], "\nlast" TAIL "\n", NULL);
      Split split;

      g_test_message ("%s", lines[i]);
      split_text (&split, server, log);
      assert_shape (&split, "F");
      assert_message (&split, 0, message);
      split_text (&split, server, begins);
      assert_shape (&split, "F");
    }
}

/* An article quotes an old log in short lines. */
static void
test_wrapped (void)
{
  static const char *const wrapped[] = {
    "$$<SMS_X><Thu Oct 16 07:50:19\n1997~><thread=DB>",
    "$$<SMS_X><Tue\nNov 04 13:07:31 1997~><thread=DB>",
    "$$<SMS_X><Tue Jun 22\n01:26:12.050 1999><thread=4294798339 (0xFFFD6C03)>",
    "$$<Hardware Inventory\nAgent><Fri May 05 10:00:20.775 2000><thread=175 (0xAF)>",
    "$$<SMS_X>\n<Fri Sep 03 12:23:46.229 1999 Central Daylight Time>\n<thread=250 (0xFA)>",
    "$$<SMS_X><Thu Apr 22 09:36:15.716 1999>>thread=561 (0x231)>",
    "$$<SMS_X>\r\n <Fri Mar 26 10:43:41.547 1999 Eastern Standard Time><thread=281 (0x119)>",
    "$$<SMS_X><Tue Jun 22 01:26:12.050 1999><thread=4294798339\n(0xFFFD6C03)>",
    "$$<SMS_X><Tue Jun 22 01:26:12.050\n1999><thread=4294798339 (0xFFFD6C03)>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrapped); i++)
    {
      g_autofree char *message = g_strconcat ("a ", wrapped[i], "\nb", NULL);
      g_autofree char *log = g_strconcat (message, TAIL "\n", NULL);
      g_autofree char *inside = g_strconcat ("text\n", log, NULL);
      Split split;

      g_test_message ("%s", wrapped[i]);
      split_text (&split, server, log);
      assert_shape (&split, "F");
      assert_message (&split, 0, message);
      split_text (&split, server, inside);
      assert_shape (&split, "F");
    }
}

static void
test_after_the_last (void)
{
  Split split;

  split_text (&split, server, "a" TAIL "\nb\r\n\r\nc\n\n");
  assert_shape (&split, "Fpp");
  assert_message (&split, 1, "b");
  assert_message (&split, 2, "c");
  split_text (&split, server, "a" TAIL "\nhalf a message  $$<SMS_X><11-18");
  assert_shape (&split, "Fp");
  g_assert_true (split.entries[1].flags & COT_RECORD_OPEN_ENDED);
}

/* With a memory for what was seen ahead, and without. */
static guint
count_records (const GString *log)
{
  CotAhead ahead = { 0 };
  gsize start = 0;
  guint n = 0;

  for (; start < log->len; n++)
    {
      gsize end = start;
      gsize end_by_itself = start;

      g_assert_cmpint (cot_format_next_record (server, log->str, log->len, start, TRUE, &ahead,
                                               &end),
                       ==, COT_RECORD_FOUND);
      if (n % 16 == 0)
        {
          g_assert_cmpint (server->next_record (log->str, log->len, start, TRUE, &end_by_itself),
                           ==, COT_RECORD_FOUND);
          g_assert_cmpuint (end, ==, end_by_itself);
        }
      start = end;
    }
  return n;
}

/* A text without a tail is not searched again and again for each of its lines. */
static void
test_long_text (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  gint64 started;

  for (guint i = 0; i < 400000; i++)
    g_string_append (log, "$$\n");
  started = g_get_monotonic_time ();
  g_assert_cmpuint (count_records (log), ==, 400000);
  /* Some 3 s with sanitizers; minutes if each line looked at all that follow. */
  g_assert_cmpint (g_get_monotonic_time () - started, <, 60 * G_USEC_PER_SEC);
}

/* Nor are the lines before a tail, however short they are: it is 1024 of them that it may end. */
static void
test_many_lines (void)
{
  g_autoptr (GString) log = g_string_new (NULL);

  for (guint i = 0; i < 1500; i++)
    g_string_append (log, "a\n");
  g_string_append (log, "b" TAIL "\n");
  g_assert_cmpuint (count_records (log), ==, 1500 - 1024 + 1);
}

/* A line end of two bytes is one. */
static void
test_many_windows_lines (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  Split split;

  for (guint i = 0; i < 600; i++)
    g_string_append_printf (log, "line %u\r\n", i);
  g_string_append (log, "b" TAIL "\r\nc" TAIL "\r\n");
  split_text (&split, server, log->str);
  assert_shape (&split, "FF");
  g_assert_true (g_str_has_prefix (split.entries[0].message.data, "line 0\r\nline 1\r\n"));
  g_string_truncate (log, 0);
  for (guint i = 0; i < 600; i++)
    g_string_append (log, "a\n\r");
  g_string_append (log, "b" TAIL "\n");
  g_assert_cmpuint (count_records (log), >, 1);
}

/* How often the lines before a tail are read is the same however many they are. */
static void
test_parted_lines (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  CotAhead ahead = { 0 };
  gsize end = 0;

  for (guint i = 0; i < 900; i++)
    g_string_append (log, "a\r\n");
  g_string_append (log, "ROLLOVER\r\n");
  end = log->len;
  g_string_append (log, "b\r\nc" TAIL "\r\nd" TAIL "\r\n");
  g_assert_cmpuint (count_records (log), ==, 900 + 1 + 2);
  g_assert_cmpint (cot_format_next_record (server, log->str, log->len, 0, FALSE, &ahead,
                                           &(gsize){ 0 }),
                   ==, COT_RECORD_FOUND);
  g_assert_cmpuint (ahead.lines_end, ==, end);
}

static void
test_long_line (void)
{
  g_autofree char *message = g_strnfill (200000, 'x');
  g_autofree char *log = g_strconcat (message, TAIL, "\n", NULL);
  Split split;

  split_text (&split, server, log);
  assert_shape (&split, "F");
  g_assert_cmpuint (split.entries[0].message.length_bytes, ==, 200000);
}

static void
test_severity (void)
{
  Split split;

  split_text (&split, server,
              "Cannot connect, error 5" TAIL "\nWarning: slow" TAIL "\n0 errors" TAIL "\n");
  assert_shape (&split, "FFF");
  g_assert_cmpint (split.entries[0].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (split.entries[1].severity, ==, COT_SEVERITY_WARNING);
  g_assert_cmpint (split.entries[2].severity, ==, COT_SEVERITY_INFO);
}

static void
test_needs_more (void)
{
  static const char log[] = "a\nb" TAIL "\r\n\r\nc $$<D><11-18-2026 09:12>\r\nROLLOVER\r\n"
                            "t $$<X><11\nd" TAIL "e" TAIL "\nf\ng\n";
  gsize length = sizeof log - 1;

  for (gsize start = 0; start < length;)
    {
      gsize end = 0;

      g_assert_cmpint (server->next_record (log, length, start, TRUE, &end), ==,
                       COT_RECORD_FOUND);
      for (gsize n = start; n < length; n++)
        {
          gsize early = 0;

          if (server->next_record (log, n, start, FALSE, &early) == COT_RECORD_FOUND)
            g_assert_cmpuint (early, ==, end);
        }
      start = end;
    }
}

static void
test_detection (void)
{
  static const char *const heads[] = {
    "a" TAIL "\n", "server",
    "text\ntext\na" TAIL, "server",
    "Msg $$<SMS_DESPOOLER><Mon Dec 04 15:41:45 1995~><thread=E0>", "server",
    "costs 5$$<x><y>\n", "plain",
    "$$<SMS_X><yesterday>\n", "plain",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i += 2)
    g_assert_cmpstr (cot_formats_detect (heads[i], strlen (heads[i]))->id, ==, heads[i + 1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format-server/canonical", test_canonical);
  g_test_add_func ("/format-server/tails", test_tails);
  g_test_add_func ("/format-server/no-tails", test_no_tails);
  g_test_add_func ("/format-server/messages", test_messages);
  g_test_add_func ("/format-server/two-on-a-line", test_two_on_a_line);
  g_test_add_func ("/format-server/markers", test_markers);
  g_test_add_func ("/format-server/torn", test_torn);
  g_test_add_func ("/format-server/not-torn", test_not_torn);
  g_test_add_func ("/format-server/wrapped", test_wrapped);
  g_test_add_func ("/format-server/after-the-last", test_after_the_last);
  g_test_add_func ("/format-server/long-text", test_long_text);
  g_test_add_func ("/format-server/many-lines", test_many_lines);
  g_test_add_func ("/format-server/many-windows-lines", test_many_windows_lines);
  g_test_add_func ("/format-server/parted-lines", test_parted_lines);
  g_test_add_func ("/format-server/long-line", test_long_line);
  g_test_add_func ("/format-server/severity", test_severity);
  g_test_add_func ("/format-server/needs-more", test_needs_more);
  g_test_add_func ("/format-server/detection", test_detection);
  return g_test_run ();
}
