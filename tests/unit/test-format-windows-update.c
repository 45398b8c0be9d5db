/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-format.h"

/* WindowsUpdate.log in both its kinds, and ReportingEvents.log of the same agent. */

static const CotFormat *const update = &cot_format_windows_update;
static const CotFormat *const events = &cot_format_reporting_events;

#define OLD(text) "2026-11-18\t09:12:41:327\t 912\t5b4\t" text "\r\n"
#define NEW(rest) "2026/11/18 09:12:41.3271234 " rest "\r\n"
#define EVENT "{0A1B2C3D-1111-4222-8333-444455556666}\t2026-11-18 "
#define UPDATE "\t101\t{00000000-0000-0000-0000-000000000000}\t0\t"

static const CotFormat *
learn (const CotFormat *format, const char *text)
{
  const CotSpan blocks[] = { { text, strlen (text) } };

  return cot_format_learn (format, blocks, G_N_ELEMENTS (blocks));
}

static void
test_old (void)
{
  Split split;
  const CotEntry *entry = &split.entries[0];

  split_text (&split, update,
              OLD ("Misc\t===========  Logging initialized (build: 7.6.7601.1, tz: -0500)")
                  OLD ("AU\t  # WARNING: Contoso scan failed") OLD ("Agent\tFATAL: gone")
                      OLD ("PT\tno failures"));
  assert_shape (&split, "FFFF");
  assert_span (entry->component, "Misc");
  assert_span (entry->thread, "5b4");
  assert_time (entry, "2026-11-18T09:12:41.327000");
  g_assert_cmpint (entry->bias_minutes, ==, COT_BIAS_NONE);
  assert_message (&split, 1, "  # WARNING: Contoso scan failed");
  g_assert_cmpint (split.entries[1].severity, ==, COT_SEVERITY_WARNING);
  g_assert_cmpint (split.entries[2].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (split.entries[3].severity, ==, COT_SEVERITY_INFO);
}

static void
test_new (void)
{
  Split split;

  split_text (&split, update,
              NEW ("1234  5678  Agent           *FAILED* [80244022] Scan")
                  NEW ("1234  5678                  Unknown( 11): GUID=1") NEW ("1234")
                      "1600/12/31 16:00:00.0000000 1064  1908  Misc            x\n"
                      "2026/13/32 09:12:41.3271234 1  2  Misc            x");
  assert_shape (&split, "FFFFF");
  assert_span (split.entries[0].component, "Agent");
  assert_span (split.entries[0].thread, "5678");
  assert_message (&split, 0, "*FAILED* [80244022] Scan");
  assert_time (&split.entries[0], "2026-11-18T09:12:41.327123");
  g_assert_cmpint (split.entries[0].severity, ==, COT_SEVERITY_ERROR);
  assert_span (split.entries[1].component, NULL);
  assert_message (&split, 1, "Unknown( 11): GUID=1");
  assert_message (&split, 2, "");
  assert_time (&split.entries[3], "");
  assert_time (&split.entries[4], "");
  g_assert_true (split.entries[4].flags & COT_RECORD_OPEN_ENDED);
}

static void
test_zone (void)
{
  static const char one[] = OLD ("Misc\tx, tz: +1030)") OLD ("AU\ty");
  static const char same[] = OLD ("Misc\tx, tz: -0500)") OLD ("Misc\tx, tz: -0500)");
  static const char two[] = OLD ("Misc\tx, tz: -0500)") OLD ("Misc\tx, tz: -0400)");
  static const char odd[] = OLD ("Misc\tx, tz: -9999)") OLD ("Misc\tx, tz: -05");
  const CotFormat *learnt = learn (update, one);
  Split split;

  g_assert_true (learnt != update && cot_format_is (learnt, update));
  split_text (&split, learnt, one);
  g_assert_cmpint (split.entries[1].bias_minutes, ==, -630);
  split_text (&split, learn (update, same), same);
  g_assert_cmpint (split.entries[0].bias_minutes, ==, 300);
  g_assert_true (learn (update, two) == update);
  g_assert_true (learn (update, odd) == update);
  /* What is converted from traces is in a zone that it does not name. */
  split_text (&split, learnt, NEW ("1  2  Agent  x"));
  g_assert_cmpint (split.entries[0].bias_minutes, ==, COT_BIAS_NONE);
}

static void
test_odd_lines (void)
{
  static const char nuls[] = OLD ("AU\ta") "\0\0\0";
  Split split;

  split_text (&split, update, "torn\n\n" OLD ("AU\ta") "  goes on\n\n" OLD ("AU") OLD ("AU\tb"));
  assert_shape (&split, "pFFF");
  assert_message (&split, 1, "a\r\n  goes on");
  assert_message (&split, 2, "");
  split_bytes (&split, update, nuls, sizeof nuls - 1);
  assert_shape (&split, "F");
  assert_message (&split, 0, "a");
  split_text (&split, update, "2026-11-18\t09:12:41:327\t912\t5b4\tAU\ta\r"
                              "2026-11-18\t09:12:41:328\t912\t5b4\tAU\tb\r");
  assert_shape (&split, "FF");
}

static void
test_events (void)
{
  Split split;
  const CotEntry *entry = &split.entries[0];

  split_text (&split, events,
              EVENT "09:12:41:327-0500\t1\t147 [AGENT_DETECTION_FINISHED]" UPDATE
                    "0\tContoso Agent\tSuccess\tSynchronization\tFound 0 updates.\tAbC.1\r\n"
              EVENT "09:12:41.327+1030\t1\t182 [AGENT_INSTALLING_FAILED]" UPDATE
                    "80070643\tContoso Agent\tFailure\tContent Install\tIt failed.\r\n"
              EVENT "09:12:41:327-0500\t1\t183\t[AGENT_INSTALLING_SUCCEEDED]" UPDATE
                    "0\tContoso Agent\tSuccess\tContent Install\tDone.\tAbC.1\r\n");
  assert_shape (&split, "FFF");
  assert_message (&split, 0, "Found 0 updates.");
  assert_span (entry->component, "Contoso Agent");
  assert_span (entry->context, "AGENT_DETECTION_FINISHED");
  assert_span (entry->type_text, "Success");
  assert_time (entry, "2026-11-18T09:12:41.327000");
  g_assert_cmpint (entry->bias_minutes, ==, 300);
  g_assert_cmpint (entry->severity, ==, COT_SEVERITY_INFO);
  g_assert_cmpint (split.entries[1].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (split.entries[1].bias_minutes, ==, -630);
  assert_message (&split, 2, "Done.");
  assert_span (split.entries[2].context, "AGENT_INSTALLING_SUCCEEDED");
  g_assert_cmpint (split.entries[2].severity, ==, COT_SEVERITY_SUCCESS);
}

static void
test_odd_events (void)
{
  Split split;

  split_text (&split, events,
              EVENT "09:12:41:327-0500\t1\t147 [AGENT_DETEC\r\n"
              EVENT "09:12:41\r\n"
              EVENT "29:12:41:327-9900\t1\t183\t[A]" UPDATE "80240022\tA\tSuccess\tB\ttwo\r\n"
                    "lines\r\n"
              EVENT "09:12:41:327-0500\t1\t147\t[A]" UPDATE "0\tA\tWarning\tB\r\n"
              EVENT "09:12:41:327-0500\t1\t147 [A]" UPDATE "0\tA\tCancelled\tB\tc");
  assert_shape (&split, "IIFIF");
  assert_message (&split, 0, "1\t147 [AGENT_DETEC");
  assert_message (&split, 1, "");
  assert_time (&split.entries[2], "");
  assert_message (&split, 2, "two\r\nlines");
  g_assert_cmpint (split.entries[2].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (split.entries[4].severity, ==, COT_SEVERITY_WARNING);
}

static void
test_detection (void)
{
  static const char *const heads[] = {
    OLD ("Misc\tx"), "windows-update",
    NEW ("1234  5678  Agent           x"), "windows-update",
    EVENT "09:12:41:327-0500\t1\t147 [AGENT_DETECTION_FINISHED]", "reporting-events",
    "\xef\xbb\xbf" EVENT "09:12:41", "reporting-events",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i += 2)
    g_assert_cmpstr (cot_formats_detect (heads[i], strlen (heads[i]))->id, ==, heads[i + 1]);
  g_assert_cmpuint (update->bid ("2026-11-18\t09:12:41\tx\n", 23), ==, 0);
  g_assert_cmpuint (update->bid ("", 0), ==, 0);
  g_assert_cmpuint (events->bid ("{0A1B2C3D}\t2026", 15), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format-windows-update/old", test_old);
  g_test_add_func ("/format-windows-update/new", test_new);
  g_test_add_func ("/format-windows-update/zone", test_zone);
  g_test_add_func ("/format-windows-update/odd-lines", test_odd_lines);
  g_test_add_func ("/format-windows-update/events", test_events);
  g_test_add_func ("/format-windows-update/odd-events", test_odd_events);
  g_test_add_func ("/format-windows-update/detection", test_detection);
  return g_test_run ();
}
