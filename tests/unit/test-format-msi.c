/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-format.h"

static const CotFormat *const msi = &cot_format_msi;

#define HEADER(date) "=== Verbose logging started: " date "  Build type: SHIP UNICODE ===\r\n"
#define FOOTER(date) "=== Verbose logging stopped: " date " ===\r\n"
#define SERVICE(text) "MSI (s) (94:70) [09:12:41:327]: " text "\r\n"

static const CotFormat *
learn (const char *text)
{
  const CotSpan blocks[] = { { text, strlen (text) } };

  return cot_format_learn (msi, blocks, G_N_ELEMENTS (blocks));
}

static void
split_learnt (Split *split, const char *text)
{
  split_text (split, learn (text), text);
}

static void
test_canonical (void)
{
  Split split;

  split_learnt (&split,
                HEADER ("4/25/2026  9:12:40")
                    SERVICE ("Product: Contoso VPN -- Configuration completed.") "\r\n"
                    "Action start 9:12:42: FileCost.\r\n"
                    "Action ended 9:12:43: InstallFinalize. Return value 3.\r\n"
                    "Property(S): ERRORS = failed\r\n"
                    "CAQuietExec:  Error 0x80070005: Failed to start\r\n"
                    "Words of a custom action\r\n" FOOTER ("4/25/2026  9:13:00"));
  assert_shape (&split, "FFFFFFpF");
  assert_time (&split.entries[0], "2026-04-25T09:12:40.000000");
  assert_message (&split, 1, "Product: Contoso VPN -- Configuration completed.");
  assert_span (split.entries[1].component, "MSI (s)");
  assert_span (split.entries[1].thread, "94:70");
  assert_time (&split.entries[1], "2026-04-25T09:12:41.327000");
  assert_message (&split, 2, "Action start 9:12:42: FileCost.");
  assert_span (split.entries[2].origin, "FileCost");
  assert_time (&split.entries[2], "2026-04-25T09:12:42.000000");
  g_assert_cmpint (split.entries[3].severity, ==, COT_SEVERITY_ERROR);
  assert_span (split.entries[4].component, "Property(S)");
  g_assert_cmpint (split.entries[4].severity, ==, COT_SEVERITY_INFO);
  assert_span (split.entries[5].component, "CAQuietExec");
  g_assert_cmpint (split.entries[5].severity, ==, COT_SEVERITY_ERROR);
  assert_time (&split.entries[6], "");
  assert_time (&split.entries[7], "2026-04-25T09:13:00.000000");
}

static void
test_date_order (void)
{
  static const char *const dates[] = {
    "4/25/2026", "2026-04-25", "25/04/2026", "2026-04-25", "25.4.2026", "2026-04-25",
    "25-04-2026", "2026-04-25", "2026-04-25", "2026-04-25", "2026/4/25", "2026-04-25",
    "4/5/2026", "2026-04-05", "04/05/2026", "2026-05-04", "4/05/2026", "2026-05-04",
    "12/04/2026", "2026-04-12", "12/4/2026", "2026-12-04", "10/11/2026", "2026-10-11",
    "04.05.2026", "2026-05-04", "4-5-2026", "2026-05-04", "25/04/26", "2026-04-25",
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i += 2)
    {
      g_autofree char *log = g_strconcat ("=== Logging started: ", dates[i], "  9:12:40 ===\n",
                                          SERVICE ("x"), NULL);
      g_autofree char *wanted = g_strconcat (dates[i + 1], "T09:12:41.327000", NULL);
      Split split;

      g_test_message ("%s", dates[i]);
      split_learnt (&split, log);
      assert_time (&split.entries[1], wanted);
    }
}

/* One date that is sure decides for the others of the file. */
static void
test_order_from_others (void)
{
  Split split;

  split_learnt (&split, HEADER ("12/11/2026  9:12:40") FOOTER ("13/11/2026  9:12:40"));
  assert_time (&split.entries[0], "2026-11-12T09:12:40.000000");
}

static void
test_other_languages (void)
{
  Split split;

  split_learnt (&split, "=== Protokollierung gestartet: 18.11.2026  09:12:40 ===\r\n"
                        "Aktion gestartet um 9:12:41: FileCost.\r\n"
                        "Aktion beendet um 9:12:41: FileCost. R\xc3\xbc" "ckgabewert 3.\r\n");
  assert_shape (&split, "FFF");
  assert_time (&split.entries[1], "2026-11-18T09:12:41.000000");
  assert_span (split.entries[2].origin, "FileCost");
  g_assert_cmpint (split.entries[2].severity, ==, COT_SEVERITY_ERROR);
}

/* Behind midnight it is the next day; on which of two days a log was added to, nothing tells. */
static void
test_days (void)
{
  Split split;

  split_learnt (&split, HEADER ("4/25/2026  23:59:00") "Action start 23:59:30: A.\r\n"
                        "Action start 0:00:10: B.\r\n" FOOTER ("4/26/2026  0:01:00"));
  assert_time (&split.entries[1], "2026-04-25T23:59:30.000000");
  assert_time (&split.entries[2], "2026-04-26T00:00:10.000000");
  split_learnt (&split, HEADER ("4/25/2026  9:00:00") SERVICE ("x") FOOTER ("4/25/2026  9:20:00")
                        HEADER ("4/28/2026  9:00:00") SERVICE ("y"));
  assert_time (&split.entries[0], "2026-04-25T09:00:00.000000");
  assert_time (&split.entries[1], "");
  assert_time (&split.entries[3], "2026-04-28T09:00:00.000000");
  /* The head is gone, the footer tells the day. */
  split_learnt (&split, SERVICE ("x") FOOTER ("4/25/2026  9:20:00"));
  assert_time (&split.entries[0], "2026-04-25T09:12:41.327000");
  g_assert_true (learn (SERVICE ("x")) == msi);
  split_text (&split, msi, SERVICE ("x"));
  assert_time (&split.entries[0], "");
}

static void
test_severities (void)
{
  static const struct
  {
    const char *line;
    CotSeverity severity;
  } lines[] = {
    { "Action ended 9:12:41: A. Return value 1.", COT_SEVERITY_INFO },
    { "Action ended 9:12:41: A. Return value 2.", COT_SEVERITY_WARNING },
    { "Action ended 9:12:41: A. Return value 3.", COT_SEVERITY_ERROR },
    { "Action start 9:12:41: Error.", COT_SEVERITY_INFO },
    { SERVICE ("MainEngineThread is returning 1603"), COT_SEVERITY_ERROR },
    { SERVICE ("MainEngineThread is returning 1602"), COT_SEVERITY_WARNING },
    { SERVICE ("MainEngineThread is returning 0"), COT_SEVERITY_INFO },
    { SERVICE ("Installation success or error status: 1603."), COT_SEVERITY_ERROR },
    { SERVICE ("Installation success or error status: 0."), COT_SEVERITY_SUCCESS },
    { SERVICE ("Installation success or error status: 3010."), COT_SEVERITY_SUCCESS },
    { SERVICE ("Note: 1: 2205 2:  3: Error "), COT_SEVERITY_INFO },
    { SERVICE ("Transforming table Error."), COT_SEVERITY_INFO },
    { SERVICE ("Doing action: Error"), COT_SEVERITY_INFO },
    { SERVICE ("Product: Contoso VPN -- Error 1706. No source"), COT_SEVERITY_ERROR },
    { SERVICE ("Product: Contoso VPN -- Installation failed."), COT_SEVERITY_ERROR },
    { "Error 1722. A program did not finish", COT_SEVERITY_ERROR },
    { "Warning 1946. A property", COT_SEVERITY_WARNING },
    { "Info 2898. For failed, a font", COT_SEVERITY_INFO },
    { "CustomAction A returned actual error code 1603", COT_SEVERITY_ERROR },
    { "CustomAction A returned actual error code 1603 but will be translated to success due to x",
      COT_SEVERITY_WARNING },
    { "SFXCA: It failed", COT_SEVERITY_ERROR },
    { "SFXCA: 0 errors", COT_SEVERITY_INFO },
    { "DEBUG: Error 2826:  Control Line1 on dialog A", COT_SEVERITY_INFO },
    { "Property(C): LASTERROR = failed", COT_SEVERITY_INFO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      Split split;

      g_test_message ("%s", lines[i].line);
      split_text (&split, msi, lines[i].line);
      g_assert_cmpint (split.entries[0].severity, ==, lines[i].severity);
    }
}

/* The installer's own messages may have several lines; what custom actions print goes not on. */
static void
test_messages_of_lines (void)
{
  Split split;

  split_text (&split, msi,
              SERVICE ("Product: Contoso VPN -- Error 25001. Setup failed")
                  "The error code is 80004005\r\n\r\nprinted\r\n"
                  "Error 25150. Setup was unable\nto register\nthe endpoint\n"
                  "CustomAction A returned actual error code 1603\nprinted\n"
                      SERVICE ("Note: 1: 2262") "printed\nError 1. x\nProperty(S): A = b\n"
                  "Error 2. y\nAction start 9:12:41: A.\nError 3. z");
  assert_shape (&split, "FppppFppFpFp");
  assert_message (&split, 0,
                  "Product: Contoso VPN -- Error 25001. Setup failed\r\n"
                  "The error code is 80004005");
  g_assert_true (split.entries[0].flags & COT_RECORD_MULTI_LINE);
  assert_message (&split, 1, "printed");
  assert_message (&split, 2, "Error 25150. Setup was unable\nto register\nthe endpoint");
  assert_message (&split, 6, "printed");
}

static void
test_odd_lines (void)
{
  static const char nuls[] = SERVICE ("a") "\0\0\0" SERVICE ("b");
  Split split;

  split_text (&split, msi,
              "MSI (c) (29:28) : old\nMSI (s) (A4!1C) [99:99:99:999]: b\nMSI (s\nMSI (s) (\n"
              "Action 9:12:41: C. Words\n== x\n=== 99/99/2026 9:00:00 ===\n\n\n"
              "Action start 19:12:411: D.\nX:  y\n");
  assert_shape (&split, "FFppFpFpp");
  assert_message (&split, 0, "old");
  assert_span (split.entries[1].thread, "A4!1C");
  assert_span (split.entries[4].origin, "C");
  assert_time (&split.entries[6], "");
  split_bytes (&split, msi, nuls, sizeof nuls - 1);
  assert_shape (&split, "FF");
  split_text (&split, msi, "MSI (s) (94:70) [09:12:41:327]: a\rMSI (s) (94:70) [09:12:41:327]:");
  assert_shape (&split, "FF");
  assert_message (&split, 1, "");
}

static void
test_detection (void)
{
  static const char *const heads[] = {
    HEADER ("4/25/2026  9:12:40"), "msi",
    HEADER ("4/25/2026  9:12:40") SERVICE ("x"), "msi",
    "\xef\xbb\xbf" HEADER ("4/25/2026  9:12:40") "Action start 9:12:41: A.\n", "msi",
    "torn\n" SERVICE ("x"), "msi",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i += 2)
    g_assert_cmpstr (cot_formats_detect (heads[i], strlen (heads[i]))->id, ==, heads[i + 1]);
  g_assert_cmpuint (msi->bid ("=== x ===\nAction start\n", 23), ==, 0);
  g_assert_cmpuint (msi->bid ("", 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format-msi/canonical", test_canonical);
  g_test_add_func ("/format-msi/date-order", test_date_order);
  g_test_add_func ("/format-msi/order-from-others", test_order_from_others);
  g_test_add_func ("/format-msi/other-languages", test_other_languages);
  g_test_add_func ("/format-msi/days", test_days);
  g_test_add_func ("/format-msi/severities", test_severities);
  g_test_add_func ("/format-msi/messages-of-lines", test_messages_of_lines);
  g_test_add_func ("/format-msi/odd-lines", test_odd_lines);
  g_test_add_func ("/format-msi/detection", test_detection);
  return g_test_run ();
}
