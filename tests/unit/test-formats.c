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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/chosen", test_chosen);
  g_test_add_func ("/formats/no-draw", test_no_draw);
  g_test_add_func ("/formats/all-have-samples", test_all_have_samples);
  g_test_add_func ("/formats/cut-anywhere", test_cut_anywhere);
  return g_test_run ();
}
