/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The logs of scripts and installers: PSAppDeployToolkit, PowerShell, WiX. */

#include "test-format.h"

static const CotFormat *const psadt = &cot_format_psadt;
static const CotFormat *const transcript = &cot_format_transcript;
static const CotFormat *const burn = &cot_format_burn;

static void
assert_detected (const char *const *heads, guint n_heads)
{
  for (guint i = 0; i < n_heads; i += 2)
    {
      g_test_message ("%s", heads[i]);
      g_assert_cmpstr (cot_formats_detect (heads[i], strlen (heads[i]))->id, ==, heads[i + 1]);
    }
}

static void
test_psadt (void)
{
  Split split;
  const CotEntry *entries = split.entries;

  split_text (&split, psadt,
              "[11-08-2026 09:12:41.327] [Pre-Install] [Execute-Process] [Info] :: Running\r\n"
              "and more\r\n[x] more still\r\n"
              "[11-08-2026 09:12:42.001] [Install-Thing] [Error] :: It [broke] :: here\r\n"
              "[2026-11-08T09:12:43.5000000+01:00] [Install] [Copy-File] [2] :: Slow\r\n"
              "[11-08-2026 09:12:44.001] [Install] [Copy-File] [Success] :: \r\n"
              "[11-08-2026 09:12:44.001] :: no errors\r\n");
  assert_shape (&split, "FFFFF");
  assert_message (&split, 0, "Running\r\nand more\r\n[x] more still");
  assert_time (&entries[0], "2026-11-08T09:12:41.327000");
  assert_span (entries[0].component, "Execute-Process");
  assert_span (entries[0].context, "Pre-Install");
  assert_span (entries[0].type_text, "Info");
  g_assert_cmpint (entries[0].severity, ==, COT_SEVERITY_INFO);
  assert_message (&split, 1, "It [broke] :: here");
  assert_span (entries[1].component, "Install-Thing");
  assert_span (entries[1].context, NULL);
  g_assert_cmpint (entries[1].severity, ==, COT_SEVERITY_ERROR);
  assert_time (&entries[2], "2026-11-08T09:12:43.500000");
  g_assert_cmpint (cot_entry_get_true_bias (&entries[2]), ==, -60);
  g_assert_cmpint (entries[2].severity, ==, COT_SEVERITY_WARNING);
  assert_message (&split, 3, "");
  g_assert_cmpint (entries[3].severity, ==, COT_SEVERITY_SUCCESS);
  assert_message (&split, 4, "no errors");
  assert_span (entries[4].component, NULL);
  g_assert_cmpint (entries[4].severity, ==, COT_SEVERITY_INFO);
}

static void
test_psadt_odd (void)
{
  static const char *const heads[] = {
    "[11-08-2026 09:12:41.327] [Install] [Copy-File] [Info] :: x\n", "psadt",
    "[11-08-2026 09:12:41.327] [Copy-File] :: x\n", "psadt",
    "[11-08-2026 09:12:41.327] [Info] x\n", "timed",
    "[11-08-2026 09:12:41.327] :: x\n", "timed",
  };
  Split split;

  split_text (&split, psadt,
              "text\n[99-99-2026 09:12:41] [a] [b] :: x\n[11-08-2026 09:12:41] [open :: x\n"
              "[11-08-2026 09:12:41] [a] [b] : x\n[11-08-2026 09:1");
  assert_shape (&split, "pFpp");
  assert_time (&split.entries[1], "");
  assert_detected (heads, G_N_ELEMENTS (heads));
}

#define STARS "**********************\r\n"
#define STARTED "Windows PowerShell transcript start\r\nStart time: 20261118091241\r\n"
#define HEADER STARS STARTED "Username: PC01\\a\r\nMachine: PC01\r\n" STARS

static void
test_transcript (void)
{
  Split split;
  const CotEntry *entries = split.entries;

  split_text (&split, transcript,
              HEADER "PS C:\\> Get-Item .\\failed.txt\r\n"
                     "Get-Item : Cannot find path because it does not exist.\r\n"
                     "At line:1 char:1\r\n+ Get-Item .\\failed.txt\r\n+ ~~~~~~~~\r\n"
                     "    + CategoryInfo          : ObjectNotFound: (x:String) [Get-Item]\r\n"
                     "    + FullyQualifiedErrorId : PathNotFound\r\n \r\n"
                     "PS C:\\> TerminatingError(): \"stopped\"\r\n"
                     "WARNING: low disk\r\nVERBOSE: an error of old\r\n"
                     "PS C:\\> fail-fast\r\n" STARS "End time: 20261118091300\r\n" STARS);
  g_assert_cmpuint (split.n_records, ==, 15);
  assert_time (&entries[0], "");
  assert_time (&entries[2], "2026-11-18T09:12:41.000000");
  assert_message (&split, 2, "Start time: 20261118091241");
  g_assert_cmpint (entries[6].severity, ==, COT_SEVERITY_INFO);
  assert_message (&split, 7,
                  "Get-Item : Cannot find path because it does not exist.\r\n"
                  "At line:1 char:1\r\n+ Get-Item .\\failed.txt\r\n+ ~~~~~~~~\r\n"
                  "    + CategoryInfo          : ObjectNotFound: (x:String) [Get-Item]\r\n"
                  "    + FullyQualifiedErrorId : PathNotFound");
  g_assert_cmpint (entries[7].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (entries[8].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (entries[9].severity, ==, COT_SEVERITY_WARNING);
  g_assert_cmpint (entries[10].severity, ==, COT_SEVERITY_VERBOSE);
  g_assert_cmpint (entries[11].severity, ==, COT_SEVERITY_INFO);
  assert_time (&entries[13], "2026-11-18T09:13:00.000000");
}

/* The place of an error, in any language. */
static void
test_transcript_positions (void)
{
  static const char *const positions[] = {
    "At line:1 char:5", "In Zeile:12 Zeichen:1", "Au caract\xc3\xa8re Ligne:1 : 22",
    "At C:\\Scripts\\x.ps1:12 char:5",
  };
  static const char *const others[]
      = { "Total: 5", "10:15", "at 10:15 char:x", "12:30:45", ":1 :" };
  Split split;

  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_autofree char *log = g_strconcat ("x\n", positions[i], "\ny\n", NULL);

      g_test_message ("%s", positions[i]);
      split_text (&split, transcript, log);
      g_assert_cmpuint (split.n_records, ==, 2);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *log = g_strconcat ("x\n", others[i], "\ny\n", NULL);

      g_test_message ("%s", others[i]);
      split_text (&split, transcript, log);
      g_assert_cmpuint (split.n_records, ==, 3);
    }
}

static void
test_transcript_odd (void)
{
  static const char *const heads[] = {
    HEADER "x\n", "transcript",
    "\xef\xbb\xbf" HEADER, "transcript",
    STARS "Start der Aufzeichnung\r\nStartzeit: 20261118091241\r\n", "transcript",
    STARS "No time: 20261399091241\r\n" STARS, "plain",
    STARS "No time\r\n" STARS, "plain",
    "x\n" HEADER, "plain",
    "********************** a title\nx: 20261118091241\n" STARS, "plain",
  };
  Split split;

  split_text (&split, transcript, "a\r\rStart time: 99999999999999\rx: 120261118091241\r\n");
  assert_shape (&split, "ppp");
  assert_detected (heads, G_N_ELEMENTS (heads));
}

static void
test_burn (void)
{
  Split split;
  const CotEntry *entries = split.entries;

  split_text (&split, burn,
              "[1A2C:0B10][2026-11-18T09:12:41]i001: Burn v3, Windows v10\r\n"
              "[1A2C:0B10][2026-11-18T09:12:42]e000: Error 0x80070002: no file\r\nmore\r\n"
              "[1A2C:0B10][2026-11-18T09:12:42]w343: Prompt\r\n"
              "[1010:2020][2026-11-18T09:12:43]: it failed\r\n"
              "[1A2C:0B10][2026-13-18T09:12:43]i007: no day\r\n");
  assert_shape (&split, "FFFFF");
  assert_message (&split, 0, "Burn v3, Windows v10");
  assert_time (&entries[0], "2026-11-18T09:12:41.000000");
  assert_span (entries[0].thread, "1A2C:0B10");
  assert_span (entries[0].type_text, "i001");
  g_assert_cmpint (entries[0].severity, ==, COT_SEVERITY_INFO);
  assert_message (&split, 1, "Error 0x80070002: no file\r\nmore");
  g_assert_cmpint (entries[1].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (entries[2].severity, ==, COT_SEVERITY_WARNING);
  assert_span (entries[3].type_text, NULL);
  g_assert_cmpint (entries[3].severity, ==, COT_SEVERITY_ERROR);
  assert_time (&entries[4], "");
}

static void
test_burn_odd (void)
{
  static const char *const heads[] = {
    "[1A2C:0B10][2026-11-18T09:12:41]i001: x\n", "burn",
    "[1A2C:0B10][2026-11-18T09:12:41]i001 x\n", "plain",
    "[1A2C:0B10] [2026-11-18T09:12:41]i001: x\n", "plain",
    "[123456789:1][2026-11-18T09:12:41]i001: x\n", "plain",
    "[1A2C:0B10][09:12:41]i001: x\n", "plain",
  };
  Split split;

  split_text (&split, burn, "torn]i001: x\r\r[1A2C:0B10][2026-11-18T09:12:41]i001:\r[1A2C:0B");
  assert_shape (&split, "pF");
  assert_message (&split, 1, "\r[1A2C:0B");
  assert_detected (heads, G_N_ELEMENTS (heads));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format-scripts/psadt", test_psadt);
  g_test_add_func ("/format-scripts/psadt-odd", test_psadt_odd);
  g_test_add_func ("/format-scripts/transcript", test_transcript);
  g_test_add_func ("/format-scripts/transcript-positions", test_transcript_positions);
  g_test_add_func ("/format-scripts/transcript-odd", test_transcript_odd);
  g_test_add_func ("/format-scripts/burn", test_burn);
  g_test_add_func ("/format-scripts/burn-odd", test_burn_odd);
  return g_test_run ();
}
