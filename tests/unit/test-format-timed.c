/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-format.h"

static const CotFormat *const timed = &cot_format_timed;

typedef struct
{
  const char *line;
  const char *time;
  const char *message;
  int bias_minutes;
} StampCase;

static const StampCase stamps[] = {
  /* The year first. */
  { "2026-11-18 09:12:41 Started", "2026-11-18T09:12:41.000000", "Started", COT_BIAS_NONE },
  { "2026-11-18T09:12:41.327Z Started", "2026-11-18T09:12:41.327000", "Started", 0 },
  { "2026-11-18T09:12:41,3271234+02:00 Started", "2026-11-18T09:12:41.327123", "Started", -120 },
  { "2026-11-18 09:12:41.327 -0500 Started", "2026-11-18T09:12:41.327000", "Started", 300 },
  { "2026-11-18 09:12:41 UTC: Started", "2026-11-18T09:12:41.000000", "Started", 0 },
  { "2026-11-18 09:12:41.327+300 Started", "2026-11-18T09:12:41.327000", "Started", 300 },
  { "2026-11-18 09:12:41.327-60 Started", "2026-11-18T09:12:41.327000", "Started", -60 },
  { "2026-11-18 09:12:41.327+60 Started", "2026-11-18T09:12:41.327000", "Started", 60 },
  { "2026-11-18 09:12:41.327+02 Started", "2026-11-18T09:12:41.327000", "Started", -120 },
  { "2026-11-18 09:12:41 -5 degrees", "2026-11-18T09:12:41.000000", "-5 degrees", COT_BIAS_NONE },
  { "2026/11/18 09:12:41 | Started", "2026-11-18T09:12:41.000000", "Started", COT_BIAS_NONE },
  { "2026-11-18, 09:12 - Started", "2026-11-18T09:12:00.000000", "Started", COT_BIAS_NONE },
  { "[2026-11-18 09:12:41] Started", "2026-11-18T09:12:41.000000", "Started", COT_BIAS_NONE },
  { "(2026-11-18 09:12:41) Started", "2026-11-18T09:12:41.000000", "Started", COT_BIAS_NONE },
  { "[2026-11-18][09:12:41] Started", "2026-11-18T09:12:41.000000", "Started", COT_BIAS_NONE },
  /* Dates that begin with the day or the month. */
  { "11/18/2026 9:12:41 AM Started", "2026-11-18T09:12:41.000000", "Started", COT_BIAS_NONE },
  { "11/18/2026 12:00:41 AM Started", "2026-11-18T00:00:41.000000", "Started", COT_BIAS_NONE },
  { "11/18/2026 12:00:41 p.m. Started", "2026-11-18T12:00:41.000000", "Started", COT_BIAS_NONE },
  { "18/11/2026 21:12:41 Started", "2026-11-18T21:12:41.000000", "Started", COT_BIAS_NONE },
  { "5/3/2026 21:12:41 Started", "2026-05-03T21:12:41.000000", "Started", COT_BIAS_NONE },
  { "5.3.2026 21:12:41 Started", "2026-03-05T21:12:41.000000", "Started", COT_BIAS_NONE },
  { "05-03-26 21:12:41 Started", "2026-05-03T21:12:41.000000", "Started", COT_BIAS_NONE },
  { "05.03.98 21:12:41 Started", "1998-03-05T21:12:41.000000", "Started", COT_BIAS_NONE },
  /* Names of months. */
  { "Nov 18 2026 09:12:41 Started", "2026-11-18T09:12:41.000000", "Started", COT_BIAS_NONE },
  { "Wed Nov 18 09:12:41 2026 Started", "2026-11-18T09:12:41.000000", "Started", COT_BIAS_NONE },
  { "Nov 18 09:12:41 pc01 Started", "", "Nov 18 09:12:41 pc01 Started", COT_BIAS_NONE },
  /* What says no time keeps its text. */
  { "09:12:41.327 Started", "", "09:12:41.327 Started", COT_BIAS_NONE },
  { "2026-02-30 09:12:41 Started", "", "2026-02-30 09:12:41 Started", COT_BIAS_NONE },
  { "2026-11-18 25:12:41 Started", "", "2026-11-18 25:12:41 Started", COT_BIAS_NONE },
  { "11/18/2026 13:12:41 PM Started", "", "11/18/2026 13:12:41 PM Started", COT_BIAS_NONE },
  { "99/99/2026 09:12:41 Started", "", "99/99/2026 09:12:41 Started", COT_BIAS_NONE },
};

static void
test_stamps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (stamps); i++)
    {
      const StampCase *c = &stamps[i];
      g_autofree char *log = g_strconcat (c->line, "\r\n  more\r\n", NULL);
      g_autofree char *message = g_strconcat (c->message, "\r\n  more", NULL);
      Split split;

      g_test_message ("%s", c->line);
      split_text (&split, timed, log);
      assert_shape (&split, "F");
      assert_message (&split, 0, message);
      assert_time (&split.entries[0], c->time);
      g_assert_cmpint (split.entries[0].bias_minutes, ==, c->bias_minutes);
      g_assert_cmpuint (cot_formats_detect (c->line, strlen (c->line))->id[0], ==, 't');
    }
}

static void
test_no_stamps (void)
{
  static const char *const lines[] = {
    "", "x", "2026-11-18", "2026-11-18 Started", "09:12 Started", "192.168.1.10 12:00",
    "2026-11-18T", "2026-11-18 09:12:41x", "[2026-11-18 09:12:41", "1.2.3.4 09:12:41", "10:15:2",
    "<34>", "123-45-6789 09:12:41", "May you live", "Mon", "2026-11-18 09:12:41.327+99:00x",
    "12/2026 09:12:41", "2026-11-1809:12:41", "<1234567>2026-11-18 09:12:41 x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *log = g_strconcat (lines[i], "\n", NULL);
      Split split;

      g_test_message ("%s", lines[i]);
      split_text (&split, timed, log);
      assert_shape (&split, "p");
      g_assert_cmpuint (timed->bid (log, strlen (log)), ==, 0);
    }
}

typedef struct
{
  const char *rest;
  const char *message;
  const char *level;
  const char *component;
  const char *thread;
  CotSeverity severity;
} FieldCase;

static const FieldCase field_cases[] = {
  { " [INFO] Started", "Started", "INFO", NULL, NULL, COT_SEVERITY_INFO },
  { " [Error] failed: none", "failed: none", "Error", NULL, NULL, COT_SEVERITY_ERROR },
  { " ERROR: disk", "disk", "ERROR", NULL, NULL, COT_SEVERITY_ERROR },
  { " WARN  disk", "disk", "WARN", NULL, NULL, COT_SEVERITY_WARNING },
  { "|DEBUG|Contoso.Agent: disk", "disk", "DEBUG", "Contoso.Agent", NULL, COT_SEVERITY_VERBOSE },
  { ",INFO,disk", "disk", "INFO", NULL, NULL, COT_SEVERITY_INFO },
  { " - W: disk", "disk", "W", NULL, NULL, COT_SEVERITY_WARNING },
  { " E disk", "disk", "E", NULL, NULL, COT_SEVERITY_ERROR },
  { " I see", "I see", NULL, NULL, NULL, COT_SEVERITY_INFO },
  { " Error handling is on", "Error handling is on", NULL, NULL, NULL, COT_SEVERITY_INFO },
  { " [412] [Warning] [Sync Agent] disk", "disk", "Warning", "Sync Agent", "412",
    COT_SEVERITY_WARNING },
  { " [INFO] [ERROR] disk", "disk", "INFO", "ERROR", NULL, COT_SEVERITY_INFO },
  { " [Contoso.Agent] (7) it failed", "it failed", NULL, "Contoso.Agent", "7", COT_SEVERITY_ERROR },
  { " Contoso.Agent[88]: disk", "disk", NULL, "Contoso.Agent", "88", COT_SEVERITY_INFO },
  { " Result: 5", "Result: 5", NULL, NULL, NULL, COT_SEVERITY_INFO },
  { " C:\\Temp\\x", "C:\\Temp\\x", NULL, NULL, NULL, COT_SEVERITY_INFO },
  { "~[Contoso Viewer][Found:True]", "[Found:True]", NULL, "Contoso Viewer", NULL,
    COT_SEVERITY_INFO },
  { "\tWarning\tdisk", "disk", "Warning", NULL, NULL, COT_SEVERITY_WARNING },
  { " Info    disk", "disk", "Info", NULL, NULL, COT_SEVERITY_INFO },
  { " [no = name] disk", "[no = name] disk", NULL, NULL, NULL, COT_SEVERITY_INFO },
  { " [open", "[open", NULL, NULL, NULL, COT_SEVERITY_INFO },
  { "", "", NULL, NULL, NULL, COT_SEVERITY_INFO },
  { " - ", "", NULL, NULL, NULL, COT_SEVERITY_INFO },
};

static void
test_fields (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (field_cases); i++)
    {
      const FieldCase *c = &field_cases[i];
      g_autofree char *log = g_strconcat ("2026-11-18 09:12:41", c->rest, "\n", NULL);
      Split split;
      const CotEntry *entry = &split.entries[0];

      g_test_message ("%s", c->rest);
      split_text (&split, timed, log);
      assert_shape (&split, "F");
      assert_message (&split, 0, c->message);
      assert_span (entry->type_text, c->level);
      assert_span (entry->component, c->component);
      assert_span (entry->thread, c->thread);
      assert_span (entry->context, NULL);
      g_assert_cmpint (entry->severity, ==, c->severity);
    }
}

/* A bracket that goes on behind the time. */
static void
test_open_bracket (void)
{
  Split split;

  split_text (&split, timed, "[2026-11-18 09:12:41 WRN] disk\n[2026-11-18 09:12:41 what else] x\n");
  assert_shape (&split, "FF");
  assert_message (&split, 0, "disk");
  assert_span (split.entries[0].type_text, "WRN");
  g_assert_cmpint (split.entries[0].severity, ==, COT_SEVERITY_WARNING);
}

static void
test_syslog (void)
{
  Split split;

  split_text (&split, timed,
              "<34>Nov 18 09:12:41 pc01 agent[412]: it failed\n"
              "Nov  8 09:12:41 pc01 kernel: up\nNov  8 09:12:41 last message repeated\n");
  assert_shape (&split, "FFF");
  assert_span (split.entries[0].component, "agent");
  assert_span (split.entries[0].thread, "412");
  assert_message (&split, 0, "<34>Nov 18 09:12:41 pc01 agent[412]: it failed");
  g_assert_cmpint (split.entries[0].severity, ==, COT_SEVERITY_ERROR);
  assert_span (split.entries[1].component, "kernel");
  assert_span (split.entries[1].thread, NULL);
  assert_span (split.entries[2].component, NULL);
}

/* What the sender says of a line goes before the words in it. */
static void
test_priority (void)
{
  static const struct
  {
    const char *line;
    CotSeverity severity;
    const char *type; /* NULL: none */
  } cases[] = {
    { "<0>Nov 18 09:12:41 pc01 kernel: down", COT_SEVERITY_ERROR, "0" },
    { "<11>Nov 18 09:12:41 pc01 agent[412]: the disk is gone", COT_SEVERITY_ERROR, "11" },
    { "<12>Nov 18 09:12:41 pc01 agent[412]: it failed", COT_SEVERITY_WARNING, "12" },
    { "<13>Nov 18 09:12:41 pc01 agent[412]: it failed", COT_SEVERITY_INFO, "13" },
    { "<15>Nov 18 09:12:41 pc01 agent[412]: it failed", COT_SEVERITY_INFO, "15" },
    { "<187>2026-11-18T09:12:41Z pc01 agent: all is well", COT_SEVERITY_ERROR, "187" },
    { "<11>1 2026-11-18T09:12:41.327Z pc01 agent 412 ID - gone", COT_SEVERITY_ERROR, "11" },
    { "<190>1 2026-11-18T09:12:41.327Z pc01 agent 412 ID - error", COT_SEVERITY_INFO, "190" },
    /* None, and no such number. */
    { "Nov 18 09:12:41 pc01 agent[412]: it failed", COT_SEVERITY_ERROR, NULL },
    { "<192>Nov 18 09:12:41 pc01 agent[412]: it failed", COT_SEVERITY_ERROR, NULL },
    { "<999>Nov 18 09:12:41 pc01 agent[412]: up", COT_SEVERITY_INFO, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Split split;

      g_test_message ("%s", cases[i].line);
      split_text (&split, timed, cases[i].line);
      assert_shape (&split, "F");
      g_assert_cmpint (split.entries[0].severity, ==, cases[i].severity);
      assert_span (split.entries[0].type_text, cases[i].type);
    }
}

static const CotFormat *
learn (const char *text)
{
  const CotSpan block = { text, strlen (text) };

  return cot_format_learn (timed, &block, 1);
}

/* Whether the day or the month comes first: by a number above 12, by the order, or by custom. */
static void
test_order_of_dates (void)
{
  static const char *const logs[] = {
    "5/3/2026 09:00:00 a\n25/3/2026 09:00:00 b\n", "2026-03-05T09:00:00.000000",
    "5/3/2026 09:00:00 a\n3/25/2026 09:00:00 b\n", "2026-05-03T09:00:00.000000",
    "5/3/2026 09:00:00 a\n6/3/2026 09:00:00 b\n1/4/2026 09:00:00 c\n",
    "2026-03-05T09:00:00.000000",
    "3/5/2026 09:00:00 a\n3/6/2026 09:00:00 b\n4/1/2026 09:00:00 c\n",
    "2026-03-05T09:00:00.000000",
    "5/3/2026 09:00:00 a\n5/3/2026 09:00:01 b\n", "2026-05-03T09:00:00.000000",
    "5.3.2026 09:00:00 a\n5.3.2026 09:00:01 b\n", "2026-03-05T09:00:00.000000",
    "3.5.2026 09:00:00 a\n3.25.2026 09:00:01 b\n", "2026-03-05T09:00:00.000000",
  };

  for (guint i = 0; i < G_N_ELEMENTS (logs); i += 2)
    {
      const CotFormat *learnt = learn (logs[i]);
      Split split;

      g_test_message ("%s", logs[i]);
      g_assert_true (cot_format_is (learnt, timed));
      split_text (&split, learnt, logs[i]);
      assert_time (&split.entries[0], logs[i + 1]);
    }
  g_assert_true (learn ("2026-11-18 09:12:41 a\n") == timed);
  g_assert_true (learn ("") == timed);
}

/* A block that is not the first begins inside of a line, and each may end inside of one. */
static void
test_more_blocks (void)
{
  static const char first[] = "5/3/2026 09:00:00 a\n13/";
  static const char second[] = "13/1/2026 09:00:00 torn\n5/25/2026 09:00:00 b\n14/1/2026 09:00:00";
  const CotSpan blocks[] = { { first, strlen (first) }, { second, strlen (second) } };
  const CotFormat *learnt = cot_format_learn (timed, blocks, G_N_ELEMENTS (blocks));
  Split split;

  split_text (&split, learnt, "5/3/2026 09:00:00 a\n");
  assert_time (&split.entries[0], "2026-05-03T09:00:00.000000");
}

/* A date without a year has the one that other lines name, and else none. */
static void
test_year (void)
{
  static const char log[] = "Nov 18 09:12:41 pc01 a: x\nNov 18 2026 09:12:42 pc01 a: y\n";
  Split split;

  split_text (&split, learn (log), log);
  assert_time (&split.entries[0], "2026-11-18T09:12:41.000000");
  assert_message (&split, 0, "x");
  g_assert_true (learn ("Nov 18 09:12:41 pc01 a: x\n") == timed);
}

/* Over the turn of a year, one year is wrong for some of the lines. */
static void
test_turn_of_year (void)
{
  static const char log[] = "Dec 31 23:59:59 pc01 a: x\nJan  1 00:00:01 pc01 a: y\n"
                            "Jan  1 2027 00:00:02 pc01 a: z\n";
  Split split;

  split_text (&split, learn (log), log);
  assert_time (&split.entries[0], "");
  assert_time (&split.entries[1], "");
  assert_time (&split.entries[2], "2027-01-01T00:00:02.000000");
}

static void
test_odd_bytes (void)
{
  static const char nuls[] = "2026-11-18 09:12:41 a\n\0\0\0\0";
  Split split;

  split_text (&split, timed,
              "\xef\xbb\xbf" "lost end\n\n2026-11-18 09:12:41 a\r\rb\r2026-11-18 09:12:42 c\r"
              "2026-11-18 09:1");
  assert_shape (&split, "pFF");
  assert_message (&split, 0, "lost end");
  assert_message (&split, 1, "a\r\rb");
  assert_message (&split, 2, "c\r2026-11-18 09:1");
  g_assert_true (split.entries[2].flags & COT_RECORD_OPEN_ENDED);
  split_bytes (&split, timed, nuls, sizeof nuls - 1);
  assert_shape (&split, "F");
  assert_message (&split, 0, "a");
  split_text (&split, timed, "2026-11-18 09:12:41\n  details\n");
  assert_message (&split, 0, "  details");
}

static void
test_detection (void)
{
  static const char *const heads[] = {
    "2026-11-18 09:12:41 a\n  b\n  c\n  d\n", "timed",
    "2026-11-18 09:12:41 a\nb\n", "plain",
    "a\nb\n2026-11-18 09:12:41 c\n", "plain",
    "09:12:41 a\n09:12:42 b\n", "timed",
    "2026-11-18 09:12:41, Info       CBS    a\n", "cbs",
    "a  $$<SMS_X><11-18-2026 09:12:41.327+300><thread=1>\n", "server",
    "Nov 18 09:12:41 pc01 a: x\n", "timed",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i += 2)
    {
      g_test_message ("%s", heads[i]);
      g_assert_cmpstr (cot_formats_detect (heads[i], strlen (heads[i]))->id, ==, heads[i + 1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format-timed/stamps", test_stamps);
  g_test_add_func ("/format-timed/no-stamps", test_no_stamps);
  g_test_add_func ("/format-timed/fields", test_fields);
  g_test_add_func ("/format-timed/open-bracket", test_open_bracket);
  g_test_add_func ("/format-timed/syslog", test_syslog);
  g_test_add_func ("/format-timed/priority", test_priority);
  g_test_add_func ("/format-timed/order-of-dates", test_order_of_dates);
  g_test_add_func ("/format-timed/more-blocks", test_more_blocks);
  g_test_add_func ("/format-timed/year", test_year);
  g_test_add_func ("/format-timed/turn-of-year", test_turn_of_year);
  g_test_add_func ("/format-timed/odd-bytes", test_odd_bytes);
  g_test_add_func ("/format-timed/detection", test_detection);
  return g_test_run ();
}
