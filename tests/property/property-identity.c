/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A log's name, dressed up as collectors do it, is known again: whatever stands around it. */

#include <string.h>

#include "cot-member-private.h"

#define N_ROUNDS 20000

static const char *const logs[] = {
  "CcmExec",
  "LocationServices",
  "IntuneManagementExtension",
  "AppWorkload",
  "ClientIDManagerStartup",
  "MP_GetAuth",
  "SMS_Cloud_ProxyConnector",
  "client.msi",
  "setupapi.dev",
  "CBS",
  "u_ex240924",
  "_IntuneManagementExtension",
  "SCClient_CONTOSO@pat_1",
  "ccmsetup-ccmeval",
  "Win32AppInventory",
};
static const char *const channels[] = {
  "System",
  "Application",
  "Microsoft-Windows-AAD-Operational",
  "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider-Admin",
  "Microsoft-Windows-User Device Registration-Admin",
  "Windows PowerShell",
};
static const char *const devices[] = { "PC0042", "DESKTOP-7F3K2", "LONDON", "lt-0042" };

#define pick(list) ((list)[g_test_rand_int_range (0, G_N_ELEMENTS (list))])

static gboolean
toss (void)
{
  return g_test_rand_bit ();
}

/* Collectors change the case of letters as they like. */
static char *
recase (const char *text)
{
  switch (g_test_rand_int_range (0, 3))
    {
    case 0:
      return g_ascii_strdown (text, -1);
    case 1:
      return g_ascii_strup (text, -1);
    default:
      return g_strdup (text);
    }
}

static char *
make_stamp (void)
{
  return g_strdup_printf ("%04d%02d%02d-%02d%02d%02d", g_test_rand_int_range (1999, 2040),
                          g_test_rand_int_range (1, 13), g_test_rand_int_range (1, 32),
                          g_test_rand_int_range (0, 24), g_test_rand_int_range (0, 60),
                          g_test_rand_int_range (0, 60));
}

static void
append_folders (GString *label)
{
  static const char *const folders[] = { "CCM",       "Logs",
                                         "logs (1)",  "Intune/Files/Sidecar",
                                         "7",         "PC0042_CollectedData_20240924",
                                         "outer.cab", "a.log" };

  for (gint i = g_test_rand_int_range (0, 4); i > 0; i--)
    g_string_append_printf (label, "%s%s", pick (folders), toss () ? "/" : "\\");
}

static void
append_number (GString *label)
{
  static const char *const sources[] = { "ProgramData_Microsoft_IntuneManagementExtension_Logs",
                                         "windir_ccm_logs", "temp_MDMDiagnostics" };

  switch (g_test_rand_int_range (0, 3))
    {
    case 0: /* a folder of several files, */
      g_string_append_printf (label, "(%d) FoldersFiles %s%s", g_test_rand_int_range (1, 99),
                              pick (sources), toss () ? "/" : "\\");
      break;
    case 1: /* or a single one */
      g_string_append_printf (label, "(%d) FoldersFiles %s ", g_test_rand_int_range (1, 99),
                              pick (sources));
      break;
    default:
      break;
    }
}

static void
test_logs (void)
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      const char *log = pick (logs);
      const char *device = toss () ? pick (devices) : NULL;
      gint rolled_over = g_test_rand_int_range (0, 4);
      g_autofree char *stamp = make_stamp ();
      g_autofree char *shown = recase (log);
      g_autofree char *shown_device = device != NULL ? recase (device) : NULL;
      g_autofree char *expected = g_strconcat (log, ".log", NULL);
      g_autoptr (GString) label = g_string_new (NULL);
      g_autofree char *base_name = NULL;
      g_autofree char *generation = NULL;
      g_autofree char *again = NULL;
      g_autofree char *nothing = NULL;

      append_folders (label);
      append_number (label);
      if (device != NULL && toss ())
        g_string_append_printf (label, "%s_", shown_device);
      g_string_append (label, shown);
      if (rolled_over == 1)
        g_string_append_printf (label, "-%s", stamp);
      else if (rolled_over == 2)
        g_string_append_printf (label, "_%.8s", stamp);
      if (toss ())
        g_string_append_printf (label, " (%d)", g_test_rand_int_range (1, 30));
      g_string_append (label, rolled_over == 3 ? (toss () ? ".lo_" : ".LO_") : ".log");

      cot_member_identify (label->str, device, &base_name, &generation);
      if (g_ascii_strcasecmp (base_name, expected) != 0)
        g_error ("\"%s\" became \"%s\"", label->str, base_name);
      if (rolled_over == 2)
        stamp[8] = '\0';
      g_assert_cmpstr (generation, ==, rolled_over == 0 ? "" : rolled_over == 3 ? "lo_" : stamp);

      /* What is known already stays as it is. */
      cot_member_identify (base_name, device, &again, &nothing);
      g_assert_cmpstr (again, ==, base_name);
      g_assert_cmpstr (nothing, ==, "");
      g_assert_cmpint (cot_member_guess_kind (label->str, base_name, 1), ==, COT_MEMBER_LOG);
    }
}

static void
test_channels (void)
{
  static const char *const separators[] = { "-", "_", "%4" };

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      const char *channel = pick (channels);
      g_autofree char *shown = recase (channel);
      g_autofree char *expected = g_strconcat (channel, ".evtx", NULL);
      g_autoptr (GString) label = g_string_new (NULL);
      g_autoptr (GString) written = g_string_new (shown);
      char *last = strrchr (written->str, '-');
      g_autofree char *base_name = NULL;
      g_autofree char *generation = NULL;

      if (last != NULL)
        {
          gssize at = last - written->str;

          g_string_erase (written, at, 1);
          g_string_insert (written, at, pick (separators));
        }
      append_folders (label);
      if (toss ())
        g_string_append_printf (label, "(%d) Events %s Events.evtx", g_test_rand_int_range (1, 99),
                                written->str);
      else
        g_string_append_printf (label, "%s%s.evtx", toss () ? "PC0042_" : "", written->str);
      cot_member_identify (label->str, "PC0042", &base_name, &generation);
      if (g_ascii_strcasecmp (base_name, expected) != 0)
        g_error ("\"%s\" became \"%s\"", label->str, base_name);
      g_assert_cmpstr (generation, ==, "");
    }
}

/* Any text at all: nothing crashes, a name has a name, and no part of it is made up. */
static void
test_anything (void)
{
  static const char *const pieces[] = {
    "(",        "(1)", " ",        "FoldersFiles ", "Events ", "No Results - Error [0x80070002] ",
    "/",        "\\",  ".",        "log",           "lo_",     "evtx",
    "_",        "-",   "20240924", "100311",        "%4",      "PC0042_",
    "dsregcmd", "a",   "Admin",
  };

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GString) label = g_string_new (NULL);
      g_autofree char *base_name = NULL;
      g_autofree char *generation = NULL;

      for (gint j = g_test_rand_int_range (0, 12); j > 0; j--)
        g_string_append (label, pick (pieces));
      cot_member_identify (label->str, "PC0042", &base_name, &generation);
      g_assert_nonnull (generation);
      if (label->len > 0 && *base_name == '\0')
        g_error ("\"%s\" became nothing", label->str);
      g_assert_cmpuint (strlen (base_name), <=, label->len + strlen ("dsregcmd /status output"));
      cot_member_guess_kind (label->str, base_name, 0);
      cot_member_guess_group (label->str, base_name);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/logs", test_logs);
  g_test_add_func ("/identity/channels", test_channels);
  g_test_add_func ("/identity/anything", test_anything);
  return g_test_run ();
}
