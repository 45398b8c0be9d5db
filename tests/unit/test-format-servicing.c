/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-format.h"

static const CotFormat *const cbs = &cot_format_cbs;
static const CotFormat *const dism = &cot_format_dism;
static const CotFormat *const panther = &cot_format_panther;

#define INFO(text) "2026-11-18 09:12:41, Info                  " text "\r\n"
#define CODED(text) "2026-11-18 09:12:41, Info       [0x0601c1] " text "\r\n"
#define WARNING(text) "2026-11-18 09:12:41, Warning               " text "\r\n"
#define ERROR(text) "2026-11-18 09:12:41, Error                 " text "\r\n"

static void
test_cbs (void)
{
  Split split;
  const CotEntry *entry = &split.entries[0];

  split_text (&split, cbs,
              "\xef\xbb\xbf" INFO ("CBS    Session: 30_1 initialized")
                  ERROR ("CSI    0000000a (F) Contoso component cannot be repaired")
                      INFO ("CSI    00000001@2026/11/18:14:12:41.508 begins"));
  assert_shape (&split, "FFF");
  assert_message (&split, 0, "Session: 30_1 initialized");
  assert_span (entry->component, "CBS");
  assert_span (entry->type_text, "Info");
  assert_span (entry->context, NULL);
  assert_time (entry, "2026-11-18T09:12:41.000000");
  g_assert_cmpint (entry->bias_minutes, ==, COT_BIAS_NONE);
  g_assert_cmpint (entry->severity, ==, COT_SEVERITY_INFO);
  assert_message (&split, 1, "(F) Contoso component cannot be repaired");
  assert_span (split.entries[1].context, "0000000a");
  g_assert_cmpint (split.entries[1].severity, ==, COT_SEVERITY_ERROR);
  assert_message (&split, 2, "00000001@2026/11/18:14:12:41.508 begins");
}

static void
test_dism (void)
{
  Split split;
  const CotEntry *entry = &split.entries[0];

  split_text (&split, dism,
              INFO ("DISM   API: PID=7752 TID=6872 Enter Contoso - CDism::Open")
                  WARNING ("DISM   DISM Provider Store: PID=1884 TID=12 Failed to load "
                           "- CStore::Load(hr:0x8007007e)")
                      INFO ("DISM   a - b c") INFO ("DISM   PID=1 TID= x - ")
                          INFO ("DISM                                - Run"));
  assert_shape (&split, "FFFFF");
  assert_message (&split, 0, "API: PID=7752 TID=6872 Enter Contoso - CDism::Open");
  assert_span (entry->component, "DISM");
  assert_span (entry->thread, "6872");
  assert_span (entry->origin, "CDism::Open");
  assert_span (split.entries[1].thread, "12");
  assert_span (split.entries[1].origin, "CStore::Load");
  g_assert_cmpint (split.entries[1].severity, ==, COT_SEVERITY_WARNING);
  assert_span (split.entries[2].thread, NULL);
  assert_span (split.entries[2].origin, NULL);
  assert_span (split.entries[3].thread, NULL);
  assert_span (split.entries[4].origin, "Run");
}

static void
test_panther (void)
{
  Split split;

  split_text (&split, panther,
              INFO ("       [windeploy.exe] Setup starts") CODED ("MIG    Gather begins")
                  WARNING ("MOUPG  Slow") INFO ("       Words of nobody")
                      "2026-11-18 09:12:41, Error      [0x0601c1\r\n"
                      "2026-11-18 09:12:41, Perf  SP Words\r\n"
                      "2026-11-18 09:12:41, Strange  it failed\r\n");
  assert_shape (&split, "FFFFFFF");
  assert_message (&split, 0, "[windeploy.exe] Setup starts");
  assert_span (split.entries[0].component, "windeploy.exe");
  assert_message (&split, 1, "Gather begins");
  assert_span (split.entries[1].component, "MIG");
  assert_span (split.entries[1].context, "0x0601c1");
  g_assert_cmpint (split.entries[2].severity, ==, COT_SEVERITY_WARNING);
  assert_span (split.entries[3].component, NULL);
  assert_message (&split, 3, "Words of nobody");
  assert_message (&split, 4, "[0x0601c1");
  assert_message (&split, 5, "Words");
  assert_span (split.entries[5].component, "SP");
  g_assert_cmpint (split.entries[5].severity, ==, COT_SEVERITY_VERBOSE);
  g_assert_cmpint (split.entries[6].severity, ==, COT_SEVERITY_ERROR);
}

/* Blanks that stand beyond the columns belong to the text. */
static void
test_columns (void)
{
  static const char *const lines[] = {
    INFO ("CBS      indented"), "CBS", "  indented",
    INFO ("       Plain text"), NULL, "Plain text",
    INFO ("         WIM text"), NULL, "  WIM text",
    INFO ("PANTHR Text"), "PANTHR", "Text",
    INFO ("LONGERNAME Text"), "LONGERNAME", "Text",
    "2026-11-18 09:12:41, Info CBS Text\n", "CBS", "Text",
    "2026-11-18 09:12:41, Info\tCBS\tText\n", "CBS", "Text",
    "2026-11-18 09:12:41, Info A text\n", NULL, "A text",
    "2026-11-18 09:12:41, Info\n", NULL, "",
    "2026-11-18 09:12:41, I", NULL, "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i += 3)
    {
      Split split;

      g_test_message ("%s", lines[i]);
      split_text (&split, cbs, lines[i]);
      assert_shape (&split, "F");
      assert_span (split.entries[0].component, lines[i + 1]);
      assert_message (&split, 0, lines[i + 2]);
    }
}

static void
test_continuation (void)
{
  static const char nuls[] = INFO ("CBS    a") "\0\0\0\0" INFO ("CBS    b") "\0\0";
  Split split;

  split_text (&split, cbs,
              "torn end of a line\r\n\r\n" INFO ("CBS    a")
                  "  indented\r\n\r\n[1884] [0x80070002] Open:(12)\r\n\r\n" INFO ("CBS    b"));
  assert_shape (&split, "pFF");
  assert_message (&split, 0, "torn end of a line");
  assert_message (&split, 1, "a\r\n  indented\r\n\r\n[1884] [0x80070002] Open:(12)");
  g_assert_true (split.entries[1].flags & COT_RECORD_MULTI_LINE);
  assert_message (&split, 2, "b");
  split_text (&split, cbs, INFO ("CBS    a") " " INFO ("CBS    indented"));
  assert_shape (&split, "F");
  split_text (&split, cbs,
              "2026-11-18 09:12:41, Info CBS a\r2026-11-18 09:12:42, Info CBS b\rmore\r");
  assert_shape (&split, "FF");
  assert_message (&split, 1, "b\rmore");
  split_text (&split, cbs, "\r\n\r\n\n");
  assert_shape (&split, "p");
  split_bytes (&split, cbs, nuls, sizeof nuls - 1);
  assert_shape (&split, "FF");
  assert_message (&split, 0, "a");
  assert_message (&split, 1, "b");
}

static void
test_clock_nonsense (void)
{
  Split split;

  split_text (&split, cbs,
              "2026-13-41 09:12:41, Info CBS a\n2026-11-18 29:61:41, Info CBS b\n"
              "2026-11-18 09:12:4, Info CBS c\n");
  assert_shape (&split, "FF");
  assert_time (&split.entries[0], "");
  assert_time (&split.entries[1], "");
  assert_message (&split, 1, "b\n2026-11-18 09:12:4, Info CBS c");
}

/* A text without an end is cut at the longest record, behind a line. */
static void
test_longest_record (void)
{
  g_autoptr (GString) log = g_string_new (INFO ("CBS    a"));
  gsize end = 0;

  while (log->len < COT_RECORD_MAX_BYTES + 1000)
    g_string_append (log, "a line without a stamp\r\n");
  g_assert_cmpint (cbs->next_record (log->str, log->len, 0, FALSE, &end), ==, COT_RECORD_FOUND);
  g_assert_cmpuint (end, >, COT_RECORD_MAX_BYTES - 100);
  g_assert_cmpuint (end, <=, COT_RECORD_MAX_BYTES);
  g_assert_cmpint (log->str[end - 1], ==, '\n');
}

static void
test_detection (void)
{
  static const char *const heads[] = {
    INFO ("CBS    a") INFO ("CSI    b") INFO ("       c"), "cbs",
    INFO ("DISM   a") INFO ("DISM   b") INFO ("CBS    c"), "dism",
    INFO ("       [windeploy.exe] a"), "panther",
    INFO ("SP     a") INFO ("DISM   a") INFO ("CBS    a") CODED ("MIG    a"), "panther",
    ERROR ("       a"), "panther",
    "2026-11-18 09:12:41, Info CBS cut", "cbs",
    "2026-11-18 09:12:41,123 INFO a script\n", "plain",
    "2026-11-18 09:12:41, 17 lines\n", "plain",
    "a\nb\nc\nd\ne\n" INFO ("CBS    quoted"), "plain",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i += 2)
    {
      const CotFormat *format = cot_formats_detect (heads[i], strlen (heads[i]));
      gboolean wanted_here = strcmp (heads[i + 1], "plain") != 0;

      g_test_message ("%s", heads[i]);
      /* Other formats may read what is none of these three. */
      if (wanted_here)
        g_assert_cmpstr (format->id, ==, heads[i + 1]);
      else
        g_assert_false (format == cbs || format == dism || format == panther);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format-servicing/cbs", test_cbs);
  g_test_add_func ("/format-servicing/dism", test_dism);
  g_test_add_func ("/format-servicing/panther", test_panther);
  g_test_add_func ("/format-servicing/columns", test_columns);
  g_test_add_func ("/format-servicing/continuation", test_continuation);
  g_test_add_func ("/format-servicing/clock-nonsense", test_clock_nonsense);
  g_test_add_func ("/format-servicing/longest-record", test_longest_record);
  g_test_add_func ("/format-servicing/detection", test_detection);
  return g_test_run ();
}
