/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The logs of SetupAPI and of the Group Policy client. */

#include "test-format.h"

static const CotFormat *const setupapi = &cot_format_setupapi;
static const CotFormat *const gpsvc = &cot_format_gpsvc;

static const char device_log[] = "[Device Install Log]\r\n"
                                 "     OS Version = 10.0.22631\r\n\r\n[BeginLog]\r\n\r\n"
                                 "[Boot Session: 2026/11/18 09:10:00.500]\r\n\r\n"
                                 ">>>  [Device Install - USB\\CONTOSO_1]\r\n"
                                 ">>>  Section start 2026/11/18 09:12:41.327\r\n"
                                 "     dvi: {Build Driver List} 09:12:41.330\r\n"
                                 "     dvi:      Searching: failed.inf\r\n"
                                 "!    sto:      No catalog\r\n"
                                 "!!!  ndv: Error 2: no file.\r\n"
                                 "      ui: shown\r\n"
                                 "     cmd: setup.exe\r\n"
                                 "<<<  Section end 2026/11/18 09:12:44.001\r\n"
                                 "<<<  [Exit status: FAILURE(0x00000002)]\r\n\r\n\r\n"
                                 ">>>  [Next]\r\n"
                                 "<<<  Section end 2026/11/18 09:12:45.001\r\n"
                                 "<<<  [Exit status: SUCCESS]\r\n";

static void
test_setupapi (void)
{
  Split split;
  const CotEntry *entries = split.entries;

  split_text (&split, setupapi, device_log);
  g_assert_cmpuint (split.n_records, ==, 14);
  assert_message (&split, 0, "[Device Install Log]");
  assert_message (&split, 1, "OS Version = 10.0.22631");
  assert_time (&entries[3], "2026-11-18T09:10:00.500000");
  assert_message (&split, 4,
                  ">>>  [Device Install - USB\\CONTOSO_1]\r\n"
                  ">>>  Section start 2026/11/18 09:12:41.327");
  assert_time (&entries[4], "2026-11-18T09:12:41.327000");
  assert_span (entries[5].component, "dvi");
  assert_message (&split, 5, "{Build Driver List} 09:12:41.330");
  assert_time (&entries[5], "");
  assert_message (&split, 6, "     Searching: failed.inf");
  g_assert_cmpint (entries[6].severity, ==, COT_SEVERITY_INFO);
  assert_span (entries[7].component, "sto");
  g_assert_cmpint (entries[7].severity, ==, COT_SEVERITY_WARNING);
  assert_message (&split, 8, "Error 2: no file.");
  g_assert_cmpint (entries[8].severity, ==, COT_SEVERITY_ERROR);
  assert_span (entries[9].component, "ui");
  assert_message (&split, 9, "shown");
  g_assert_cmpint (entries[11].severity, ==, COT_SEVERITY_ERROR);
  assert_time (&entries[11], "2026-11-18T09:12:44.001000");
  assert_message (&split, 12, ">>>  [Next]");
  assert_time (&entries[12], "");
  g_assert_cmpint (entries[13].severity, ==, COT_SEVERITY_INFO);
}

static void
test_setupapi_odd (void)
{
  static const char *const texts[] = {
    "!!!  ", "!", ">>>  [", ">>>", "<<<  Section end 2026/99/99 09:12:44.001", "     :", "     x:",
    "     \n", "\r\r", "[Boot Session: soon]", "     dvi:", "     dvi:x", "just text",
  };
  Split split;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      split_text (&split, setupapi, texts[i]);
      g_assert_cmpuint (split.n_records, ==, 1);
      assert_time (&split.entries[0], "");
      assert_span (split.entries[0].component, g_str_equal (texts[i], "     dvi:") ? "dvi" : NULL);
    }
}

/* What follows may change a record until its second line is there. */
static void
test_setupapi_needs_more (void)
{
  gsize length = strlen (device_log), start = 0;

  while (start < length)
    {
      gsize end = 0;

      g_assert_cmpint (setupapi->next_record (device_log, length, start, TRUE, &end), ==,
                       COT_RECORD_FOUND);
      for (gsize n = start; n < length; n++)
        {
          gsize early = 0;

          if (setupapi->next_record (device_log, n, start, FALSE, &early) == COT_RECORD_FOUND)
            g_assert_cmpuint (early, ==, end);
        }
      start = end;
    }
}

static void
test_gpsvc (void)
{
  Split split;
  const CotEntry *entries = split.entries;

  split_text (&split, gpsvc,
              "GPSVC(1214.2bc0) 09:12:41:129 CGPNotify::Register: Entering with User\r\n"
              "GPSVC(3a.f6c) 09:12:42:275 ProcessGPOs(User): it failed with 2\r\n"
              "more\r\n"
              "GPSVC(3a.f6c) 09:12:42:280 Number of readers = 1\r\n"
              "USERENV(2c8.2cc) 09:12:43:234 x::y\r\n");
  assert_shape (&split, "FFFF");
  assert_message (&split, 0, "09:12:41:129 CGPNotify::Register: Entering with User");
  assert_span (entries[0].component, "GPSVC");
  assert_span (entries[0].thread, "1214.2bc0");
  assert_span (entries[0].origin, "CGPNotify::Register");
  assert_time (&entries[0], "");
  g_assert_cmpint (entries[0].severity, ==, COT_SEVERITY_INFO);
  assert_message (&split, 1, "09:12:42:275 ProcessGPOs(User): it failed with 2\r\nmore");
  assert_span (entries[1].origin, "ProcessGPOs(User)");
  g_assert_cmpint (entries[1].severity, ==, COT_SEVERITY_ERROR);
  assert_span (entries[2].origin, NULL);
  assert_span (entries[3].component, "USERENV");
  assert_span (entries[3].origin, NULL);
}

static void
test_gpsvc_odd (void)
{
  static const char *const texts[] = {
    "GPSVC", "GPSVC(", "GPSVC(.) 09:12:41:129 x", "GPSVC(1.2) 09:12:41.129 x", "GP(1.2)",
    "GPSVC(123456789.1) 09:12:41:129 x", "gpsvc(1.2) 09:12:41:129 x", "GPSVC(1.2) 09:12:41:129",
    "", "\n\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *log = g_strconcat (texts[i], "\n", NULL);
      Split split;

      g_test_message ("%s", texts[i]);
      split_text (&split, gpsvc, log);
      assert_shape (&split, "p");
      g_assert_cmpuint (gpsvc->bid (log, strlen (log)), ==, 0);
    }
}

static void
test_detection (void)
{
  static const char *const heads[] = {
    device_log, "setupapi",
    ">>>  [Setup]\n>>>  Section start 2026/11/18 09:12:41.327\n", "setupapi",
    ">>>  quoted\n", "plain",
    "GPSVC(1214.2bc0) 09:12:41:129 x\n", "gpsvc",
    "GPSVC(1214.2bc0) 09:12:41:129 x\na\nb\n", "plain",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i += 2)
    g_assert_cmpstr (cot_formats_detect (heads[i], strlen (heads[i]))->id, ==, heads[i + 1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format-setupapi/setupapi", test_setupapi);
  g_test_add_func ("/format-setupapi/setupapi-odd", test_setupapi_odd);
  g_test_add_func ("/format-setupapi/setupapi-needs-more", test_setupapi_needs_more);
  g_test_add_func ("/format-setupapi/gpsvc", test_gpsvc);
  g_test_add_func ("/format-setupapi/gpsvc-odd", test_gpsvc_odd);
  g_test_add_func ("/format-setupapi/detection", test_detection);
  return g_test_run ();
}
