/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-format.h"

/* The formats among each other: each is chosen for its own text, and for no other's. */

#define ATTRIBUTES(time, date, component) \
  "]LOG]!><time=\"" time "\" date=\"" date "\" component=\"" component \
  "\" context=\"\" type=\"1\" thread=\"12\" file=\"\">\r\n"

static const struct
{
  const char *id;
  const char *text;
} samples[] = {
  { "ccm", "<![LOG[Contoso]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" "
           "component=\"CcmExec\" context=\"\" type=\"1\" thread=\"12\" file=\"a.cpp:1\">\r\n" },
  { "ccm", "<![LOG[2026-11-18 09:12:41, Info                  CBS    quoted\r\n"
           "MSI (s) (94:70) [09:12:41:327]: x" ATTRIBUTES ("09:12:41.327", "11-18-2026", "A") },
  { "ime", "<![LOG[[Win32App] x" ATTRIBUTES ("3:04:35.3725046", "8-7-2026", "AppWorkload") },
  { "server", "Contoso  $$<SMS_X><11-18-2026 09:12:41.327+300><thread=1 (0x1)>\r\n" },
  { "cbs", "2026-11-18 09:12:41, Info                  CBS    x\r\n" },
  { "cbs", "2026-11-18 09:12:41, Info                  CBS    x\r\nmore\r\nmore\r\n"
           "2026-11-18 09:12:41, Info                  CSI    0000000a MSI (s) (1:2)\r\n" },
  { "dism", "2026-11-18 09:12:41, Info                  DISM   PID=1 TID=2 x\r\n" },
  { "panther", "2026-11-18 09:12:41, Info       [0x0601c1] MIG    x\r\n" },
  { "dsregcmd", "+----------------+\r\n| Device State   |\r\n+----------------+\r\n\r\n"
                "   AzureAdJoined : YES\r\n   DomainJoined : YES\r\n   DomainName : CONTOSO\r\n"
                "   DeviceId : 1\r\n   TenantName : Contoso\r\n   TenantId : 2\r\n" },
  { "setupapi", "[Device Install Log]\r\n     OS Version = 10.0\r\n\r\n[BeginLog]\r\n\r\n"
                ">>>  [Device Install - X]\r\n>>>  Section start 2026/11/18 09:12:41.327\r\n"
                "     dvi: x\r\n<<<  Section end 2026/11/18 09:12:44.001\r\n" },
  { "psadt", "[11-18-2026 09:12:41.327] [Pre-Install] [Execute-Process] [Info] :: x\r\n" },
  { "burn", "[1A2C:0B10][2026-11-18T09:12:41]i001: Burn x\r\n" },
  { "transcript", "**********************\r\nWindows PowerShell transcript start\r\n"
                  "Start time: 20261118091241\r\n**********************\r\nPS C:\\> x\r\n" },
  { "gpsvc", "GPSVC(1214.2bc0) 09:12:41:129 x\r\n" },
  { "msi", "=== Verbose logging started: 4/25/2026  9:12:40  Build type: x ===\r\n"
           "MSI (c) (94:70) [09:12:41:327]: x\r\n" },
  { "windows-update", "2026-11-18\t09:12:41:327\t 912\t5b4\tMisc\tx\r\n" },
  { "windows-update", "2026/11/18 09:12:41.3271234 1234  5678  Agent           x\r\n" },
  { "reporting-events", "{0A1B2C3D-1111-4222-8333-444455556666}\t2026-11-18 09:12:41:327-0500\t1\t"
                        "147 [A]\t101\t{0}\t0\t0\tB\tSuccess\tC\td\r\n" },
  { "w3c", "#Software: x\r\n#Fields: date time cs-method sc-status\r\n"
           "2026-11-18 09:12:41 GET 200\r\n" },
  { "copied-rows", "Failed to register\tClientIDManagerStartup\t11/18/2026 9:12:41 AM\t"
                   "12 (0xC)\r\n" },
  { "copied-rows", "Log Text\tComponent\tDate/Time\tThread\r\n"
                   "2026-11-18 09:12:41 x\ty\tCcmExec\t2026-11-18 09:12:41.327\t12\r\n" },
  { "timed", "2026-11-18 09:12:41.327 [INFO] x\r\n2026-11-18 09:12:42.327 [INFO] y\r\n" },
  { "plain", "Words of nobody\r\n" },
};

static void
test_chosen (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      const char *text = samples[i].text;
      g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", text, NULL);
      g_autofree char *thrice = g_strconcat (text, text, text, NULL);

      g_test_message ("%s", text);
      g_assert_cmpstr (cot_formats_detect (text, strlen (text))->id, ==, samples[i].id);
      g_assert_cmpstr (cot_formats_detect (marked, strlen (marked))->id, ==, samples[i].id);
      g_assert_cmpstr (cot_formats_detect (thrice, strlen (thrice))->id, ==, samples[i].id);
    }
}

/* Of two that bid the same, the table's order would decide: by chance. */
static void
test_no_draw (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      gsize length = strlen (samples[i].text);
      const CotFormat *own = cot_formats_find (samples[i].id);
      guint highest = own->bid (samples[i].text, length);

      for (guint j = 0; j < cot_formats_get_n (); j++)
        {
          const CotFormat *other = cot_formats_get (j);

          g_test_message ("%s and %s", own->id, other->id);
          g_assert_true (other == own || other->bid (samples[i].text, length) < highest);
        }
    }
}

static void
test_all_have_samples (void)
{
  for (guint i = 0; i < cot_formats_get_n (); i++)
    {
      const CotFormat *format = cot_formats_get (i);
      gboolean found = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (samples); j++)
        found |= strcmp (samples[j].id, format->id) == 0;
      g_test_message ("%s", format->id);
      g_assert_true (found);
      g_assert_true (cot_formats_find (format->id) == format);
      g_assert_cmpuint (strlen (format->name), >, 0);
    }
  g_assert_null (cot_formats_get (cot_formats_get_n ()));
  g_assert_null (cot_formats_find ("fabrikam"));
  g_assert_null (cot_formats_find (NULL));
}

/* A log that has just begun is cut anywhere. The bytes behind the cut are not read. */
static void
test_cut_anywhere (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    for (gsize n = 0; n <= strlen (samples[i].text); n++)
      {
        g_autofree char *head = g_memdup2 (samples[i].text, n);
        const CotSpan blocks[] = { { head != NULL ? head : "", n } };

        g_assert_nonnull (cot_formats_detect (blocks[0].data, n));
        for (guint j = 0; j < cot_formats_get_n (); j++)
          {
            const CotFormat *format = cot_formats_get (j);

            g_assert_true (cot_format_is (cot_format_learn (format, blocks, 1), format));
          }
      }
}

#define CCM(message) \
  "<![LOG[" message "]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" " \
  "component=\"CcmExec\" context=\"\" type=\"1\" thread=\"12\" file=\"a.cpp:1\">\r\n"
#define SERVER(message) message "  $$<SMS_X><11-18-2026 09:12:41.327+300><thread=1 (0x1)>\r\n"
#define SECTION \
  "\r\n>>>  [Device Install - X]\r\n>>>  Section start 2026/11/18 09:12:41.327\r\n" \
  "<<<  Section end 2026/11/18 09:12:44.001\r\n<<<  [Exit status: SUCCESS]\r\n"
#define JOINED \
  "\r\n   AzureAdJoined : YES\r\n   DomainJoined : YES\r\n   DomainName : CONTOSO\r\n" \
  "   DeviceId : 1\r\n   TenantName : Contoso\r\n   TenantId : 2\r\n"
#define FIELDS "\r\n#Fields: date time cs-method sc-status\r\n2026-11-18 09:12:41 GET 200\r\n"
#define INSTALLER \
  "\r\n=== Verbose logging started: 4/25/2026  9:12:40  Build type: x ===\r\n" \
  "MSI (c) (94:70) [09:12:41:327]: x\r\nMSI (c) (94:70) [09:12:41:327]: y\r\n"
#define BOOTSTRAPPER \
  "\r\n[1A2C:0B10][2026-11-18T09:12:41]i001: x\r\n[1A2C:0B10][2026-11-18T09:12:41]i002: y\r\n"
#define POLICY "\r\nGPSVC(1214.2bc0) 09:12:41:129 x\r\nGPSVC(1214.2bc0) 09:12:41:130 y\r\n"
#define STARS "**********************\r\n"

/* What quotes a format, or nearly looks like one. */
static const struct
{
  const char *id;
  const char *text;
} near_misses[] = {
  /* Agents log what the programs print that they run. */
  { "ccm", CCM ("Output:" SECTION) },
  { "ccm", CCM ("Output:" JOINED) },
  { "ccm", CCM ("Output:" FIELDS) },
  { "ccm", CCM ("Output:" INSTALLER) },
  { "ccm", CCM ("Output:" BOOTSTRAPPER) },
  { "ccm", CCM ("Output:" POLICY) },
  { "ccm", CCM ("Output:\r\n" STARS "Start time: 20261118091241\r\n" STARS) },
  { "ccm", "cut by nobody\r\n" CCM ("Output:" FIELDS INSTALLER SECTION JOINED) },
  { "ime", "<![LOG[[HS] output:" SECTION FIELDS JOINED INSTALLER BOOTSTRAPPER
           ATTRIBUTES ("3:04:35.3725046", "8-7-2026", "HealthScripts") },
  { "server", SERVER ("Starting") SERVER ("Output:" SECTION FIELDS JOINED INSTALLER) },
  { "server", SERVER ("Starting") SERVER ("Output:" BOOTSTRAPPER POLICY) },
  { "server", "cut" FIELDS INSTALLER SECTION JOINED SERVER ("the end") },
  { "transcript", STARS "Windows PowerShell transcript start\r\nStart time: 20261118091241\r\n"
                  STARS "PS C:\\> dsregcmd /status" JOINED },
  { "transcript", STARS "Windows PowerShell transcript start\r\nStart time: 20261118091241\r\n"
                  STARS "PS C:\\> Get-Content x.log" FIELDS SECTION INSTALLER BOOTSTRAPPER },
  { "panther", "2026-11-18 09:12:41, Info       [0x0601c1] MIG    x\r\n"
               "2026-11-18 09:12:41, Info       [0x0601c1] MIG    x" SECTION
               "2026-11-18 09:12:41, Info       [0x0601c1] MIG    x\r\n" },
  { "timed", "2026-11-18 09:12:41,327 ERROR x\n2026-11-18 09:12:42,327 ERROR y\n"
             "2026-11-18 09:12:43,327 ERROR Traceback (most recent call last):\n"
             "  File \"/opt/contoso/agent.py\", line 12, in run\n    x()\n" },
  { "timed", "2026-11-18 09:12:41, Contoso.Agent, started\n2026-11-18 09:12:42, 7, x\n" },
  { "plain", "2026-11-18 was a Wednesday, on which nothing happened.\n2026-11-19 was none.\n" },
  { "plain", "18.11.2026: the day on which it began.\n19.11.2026: the day after.\n" },
  { "plain", "Nov 18 was the day.\nMay 19 be as good.\nMon Nov 18\n" },
  { "plain", "09:12 Breakfast\n10:30 Meeting about \"errors\"\n" },
  { "plain", "Date,Level,Text\n2026-11-18,Error,x\n2026-11-19,Error,y\n" },
  { "plain", "10.20.30.40 - - [18/Nov/2026:09:12:41 +0100] \"GET / HTTP/1.1\" 200 5\n" },
  { "plain", "{\"time\":\"2026-11-18T09:12:41Z\",\"level\":\"error\",\"msg\":\"x\"}\n" },
  { "plain", "# Changes\n\n## 2026-11-18\n\n- Fields: date time\n- #Fields: date\n" },
  { "plain", "# Install.ps1\nStart-Transcript\n\"[$(Get-Date)] [Main] [Info] :: x\"\n"
             "\"MSI (s) (1:2)\"\n\">>>  Section start\"\n\"$$<$c><$d><thread=1>\"\n" },
  { "plain", "=== Results: 4 of 5 ===\nError 5. x\nInfo 6. y\n" },
  { "plain", STARS "My very own banner\r\n" STARS "x\r\n" },
  { "plain", "+-------+\n| Title |\n+-------+\nDeviceId : 1\nx : 2\n" },
  { "plain", "{0A1B2C3D-1111-4222-8333-444455556666}\tx\n" },
};

static void
test_near_misses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (near_misses); i++)
    {
      const char *text = near_misses[i].text;
      /* Nothing is read behind the end. */
      g_autofree char *head = g_memdup2 (text, strlen (text));

      g_test_message ("%s", text);
      g_assert_cmpstr (cot_formats_detect (head, strlen (text))->id, ==, near_misses[i].id);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/chosen", test_chosen);
  g_test_add_func ("/formats/near-misses", test_near_misses);
  g_test_add_func ("/formats/no-draw", test_no_draw);
  g_test_add_func ("/formats/all-have-samples", test_all_have_samples);
  g_test_add_func ("/formats/cut-anywhere", test_cut_anywhere);
  return g_test_run ();
}
