/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-codes.h"

#include "cot-pattern.h"

#include <string.h>

static gboolean
pattern_finds (const char *code_text, const char *message)
{
  gboolean known;
  g_autoptr (CotCode) code = cot_code_lookup (code_text, &known);
  g_autofree char *text = cot_code_dup_pattern (code);
  g_autoptr (GError) error = NULL;
  g_autoptr (CotPattern) pattern = cot_pattern_new (text, COT_PATTERN_CASELESS, &error);
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
  gsize start, end;

  g_assert_no_error (error);
  return cot_pattern_match (pattern, scratch, message, strlen (message), 0, &start, &end)
         == COT_MATCH_FOUND;
}

/* However a code was looked up, it is found however it is written. */
static void
test_pattern (void)
{
  static const char *const spellings[] = {
    "hr=0x80070005",    "(0X80070005)",         "error 80070005", "[0x80070005/0x1]",
    "hr=-2147024891.",  "code: 2147942405",     "error code 5",   "GetLastError: lasterror = 5",
    "Error = '5' here", "exited, exitcode=(5)",
  };
  static const char *const others[]
      = { "0x800700051", "180070005", "80070005-4c6e-4f4e", "error code 51", "took 5 ms",
          "-21470248911", "id80070005x", "{80070005}" };
  static const char *const typed[] = { "0x80070005", "5", "-2147024891", "2147942405", "80070005" };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (spellings); j++)
        {
          g_test_message ("%s in %s", typed[i], spellings[j]);
          g_assert_true (pattern_finds (typed[i], spellings[j]));
        }
      for (guint j = 0; j < G_N_ELEMENTS (others); j++)
        {
          g_test_message ("%s not in %s", typed[i], others[j]);
          g_assert_false (pattern_finds (typed[i], others[j]));
        }
    }
}

/* One error, two forms: either finds both, in a line that calls the number so. */
static void
test_pattern_of_winhttp (void)
{
  static const char *const typed[] = { "12007", "0x80072ee7", "-2147012889" };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_assert_true (pattern_finds (typed[i], "Port=443, Code=12007, Text=ERROR_WINHTTP_X"));
      g_assert_true (pattern_finds (typed[i], "request failed (12007)"));
      g_assert_true (pattern_finds (typed[i], "failed with 0x80072ee7"));
      g_assert_false (pattern_finds (typed[i], "processed 12007 entries, port 12007"));
    }
}

static gboolean
is_shown (guint32 number, const char *message)
{
  g_autoptr (GPtrArray) codes = cot_codes_find (message);

  for (guint i = 0; i < codes->len; i++)
    if (((const CotCode *) g_ptr_array_index (codes, i))->code == number)
      return TRUE;
  return FALSE;
}

/* What is counted in the logs is what the details of those lines show. */
static void
test_pattern_finds_what_is_shown (void)
{
  static const struct
  {
    const char *message;
    gboolean is_code;
  } lines[] = {
    { "Unable to connect, reason: 12007.", TRUE },
    { "Code=12007, Text=ERROR_WINHTTP_X", TRUE },
    { "could not send\nit: rc = 12007", TRUE },
    { "failed_with 12007, then more", TRUE },
    { "GetLastError(): 12007", TRUE },
    { "exited with 12007", TRUE },
    { "failed (12007/80072ee7)", TRUE },
    { "Evaluated policy with code 12007", FALSE },
    { "Task ended, rc=12007", FALSE },
    { "failed, code12007", FALSE },
    { "failed, barcode 12007", FALSE },
    { "failed: code 12007.3", FALSE },
    { "failed: code 12007-b, code 12007\\x, code 12007%", FALSE },
    { "failed with 12007 bytes, status 12007 items", FALSE },
    { "failed with 120071, code 012007", FALSE },
    { "failed (12007/80072ee7x)", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_test_message ("%s", lines[i].message);
      g_assert_cmpint (is_shown (12007, lines[i].message), ==, lines[i].is_code);
      g_assert_cmpint (pattern_finds ("12007", lines[i].message), ==, lines[i].is_code);
    }
}

static void
assert_twin (const char *text, guint32 twin)
{
  gboolean known;
  g_autoptr (CotCode) code = cot_code_lookup (text, &known);
  g_autofree char *written = NULL;
  g_autofree char *expected = NULL;

  g_assert_nonnull (code);
  g_assert_cmphex (code->twin, ==, twin);
  written = cot_code_dup_twin (code);
  if (twin != 0)
    expected = g_strdup_printf (twin >= 0x10000 ? "0x%08X" : "%u", twin);
  g_assert_cmpstr (written, ==, expected);
}

static void
test_twins (void)
{
  assert_twin ("12007", 0x80072ee7);
  assert_twin ("0x80072ee7", 12007);
  assert_twin ("5", 0x80070005);
  assert_twin ("0x87d00231", 0);
  assert_twin ("0x4005", 0);
  assert_twin ("HTTP 403", 0);
  assert_twin ("AADSTS50097", 0);
}

static void
test_pattern_of_statuses (void)
{
  g_assert_true (pattern_finds ("HTTP 403", "StatusCode=403 StatusText"));
  g_assert_true (pattern_finds ("HTTP 403", "failed with 0x80190193"));
  g_assert_true (pattern_finds ("403.7", "HTTP status code 403.7"));
  g_assert_true (pattern_finds ("SyncML 404", "Result: (404)"));
  g_assert_true (pattern_finds ("SyncML 404", "hr 0x87d10194"));
  g_assert_true (pattern_finds ("AADSTS50097", "aadsts50097: device"));
  g_assert_false (pattern_finds ("HTTP 403", "wrote 403 rows"));
  g_assert_false (pattern_finds ("403.7", "HTTP status 40307"));
  g_assert_false (pattern_finds ("AADSTS50097", "AADSTS500971"));
}

static void
assert_lookup (const char *text, const char *log, const char *expected)
{
  g_autoptr (GPtrArray) codes = cot_code_lookup_all (text, log);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < codes->len; i++)
    {
      const CotCode *code = g_ptr_array_index (codes, i);

      g_string_append_printf (list, "%s%s%s", i > 0 ? ", " : "", code->code_text,
                              code->is_known ? "" : "?");
    }
  g_assert_cmpstr (list->str, ==, expected);
}

/* The likeliest meaning first; the log decides. */
static void
test_lookup_all (void)
{
  const char *mdm = "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider/Admin";

  assert_lookup ("404", NULL, "HTTP 404, SyncML 404");
  assert_lookup ("404", mdm, "SyncML 404, HTTP 404");
  assert_lookup ("HTTP 404", mdm, "HTTP 404");
  assert_lookup ("500", NULL, "HTTP 500, SyncML 500");
  assert_lookup ("534", NULL, "0x00000216");
  assert_lookup ("0x194", NULL, "0x00000194?");
  assert_lookup ("5", NULL, "0x00000005");
  assert_lookup ("0x8bad0000", NULL, "0x8BAD0000?");
  assert_lookup ("certificate", NULL, "");
}

/* Every kind of code, as people type it. */
static void
test_kinds (void)
{
  static const struct
  {
    const char *typed;
    const char *code_text;
    const char *family;
    const char *meaning; /* a part of it */
  } kinds[] = {
    /* HRESULT; signed and unsigned decimal */
    { "0x80070005", "0x80070005", "Windows", "Access is denied" },
    { "80070005", "0x80070005", "Windows", "Access is denied" },
    { "-2147024891", "0x80070005", "Windows", "Access is denied" },
    { "2147942405", "0x80070005", "Windows", "Access is denied" },
    /* Win32, and the HRESULT of one that has no row of its own */
    { "5", "0x00000005", "Windows", "Access is denied" },
    { "0x5", "0x00000005", "Windows", "Access is denied" },
    { "0x80070032", "0x80070032", "Windows", "Not supported" },
    /* WinHTTP */
    { "12007", "0x00002EE7", "WinHTTP", "cannot be resolved" },
    { "0x80072ee7", "0x80072EE7", "WinHTTP", "cannot be resolved" },
    { "-2147012894", "0x80072EE2", "WinHTTP", "timed out" },
    /* Windows Installer */
    { "1603", "0x00000643", "Windows Installer", "Fatal error" },
    { "1618", "0x00000652", "Windows Installer", "already running" },
    { "0x80070643", "0x80070643", "Windows", "atal error" },
    /* HTTP, with the sub-status of IIS */
    { "HTTP 403", "HTTP 403", "HTTP", "forbidden" },
    { "403.7", "HTTP 403.7", "HTTP", "client certificate" },
    { "HTTP 500.19", "HTTP 500.19", "HTTP", "configuration" },
    { "404.13", "HTTP 404.13", "HTTP", "too long" },
    { "0x80190194", "0x80190194", "HTTP", "404" },
    /* SyncML, and as Intune reports it */
    { "SyncML 404", "SyncML 404", "SyncML", "does not exist" },
    { "0x87D10194", "0x87D10194", "Intune", "404" },
    { "0x87D101F4", "0x87D101F4", "Intune", "500" },
    /* Sign-in */
    { "AADSTS50076", "AADSTS50076", "Microsoft Entra ID", "Multifactor" },
    { "aadsts 7000222", "AADSTS7000222", "Microsoft Entra ID", "secret has expired" },
    { "AADSTS135011", "AADSTS135011", "Microsoft Entra ID", "disabled" },
    { "0xcaa2000c", "0xCAA2000C", "Microsoft Entra ID", "interaction" },
    { "3399548929", "0xCAA10001", "Microsoft Entra ID", "sign in" },
    /* Enrollment, join, Intune, Windows Update, Configuration Manager */
    { "0x8018002b", "0x8018002B", "MDM enrollment", "not configured" },
    { "0x801c03f2", "0x801C03F2", "Device join", "no such device object" },
    { "0x87D1041C", "0x87D1041C", "Intune", "not detected" },
    { "-2016345060", "0x87D1041C", "Intune", "not detected" },
    { "0x8024402C", "0x8024402C", "Windows Update", "cannot be resolved" },
    { "-2145107924", "0x8024402C", "Windows Update", "cannot be resolved" },
    { "0x87d00324", "0x87D00324", "Configuration Manager", "detection rule" },
    /* Windows setup */
    { "0xC1900101", "0xC1900101", "Windows Setup", "rolled back" },
    { "0xC1900200", "0xC1900200", "Windows Setup", "requirements" },
    { "0xC1900202", "0xC1900202", "Windows Setup", "requirements" },
    { "0xC1900204", "0xC1900204", "Windows Setup", "kept" },
    { "0xC1900208", "0xC1900208", "Windows Setup", "blocks the upgrade" },
    { "-1047526904", "0xC1900208", "Windows Setup", "blocks the upgrade" },
    { "0xC190020E", "0xC190020E", "Windows Setup", "free space" },
    /* What a number means in one place says in which: it stands in other logs, too. */
    { "0x80090016", "0x80090016", "Certificates", "(in a join or a sign-in to Entra ID: TPM keys" },
    { "0x800706D9", "0x800706D9", "Windows", "(in an MDM enrollment: the service dmwappush" },
    { "0xC000006D", "0xC000006D", "Windows", "wrong user name or password" },
    { "-2016410844", "0x87D00324", "Configuration Manager", "detection rule" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GPtrArray) codes = cot_code_lookup_all (kinds[i].typed, NULL);
      const CotCode *code;

      g_assert_cmpuint (codes->len, >, 0);
      code = g_ptr_array_index (codes, 0);
      g_assert_cmpstr (code->code_text, ==, kinds[i].code_text);
      g_assert_true (code->is_known);
      g_assert_false (code->is_success);
      if (g_strcmp0 (code->family, kinds[i].family) != 0
          || strstr (code->meaning, kinds[i].meaning) == NULL)
        g_test_fail_printf ("%s is of %s: %s", kinds[i].typed, code->family, code->meaning);
    }
}

/* A success is none that anybody must look into. */
static void
test_successes (void)
{
  static const char *const typed[]
      = { "0", "0x0", "3010", "1641", "0x00240001", "HTTP 200", "HTTP 206", "HTTP 304" };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GPtrArray) codes = cot_code_lookup_all (typed[i], NULL);

      g_test_message ("%s", typed[i]);
      g_assert_cmpuint (codes->len, >, 0);
      g_assert_true (((const CotCode *) g_ptr_array_index (codes, 0))->is_success);
    }
}

static void
test_find_in_log (void)
{
  g_autoptr (GPtrArray) setup
      = cot_codes_find_in_log ("failed: 0x8007064c", "ccmsetup.log", "ccmsetup");
  g_autoptr (GPtrArray) enrollment
      = cot_codes_find_in_log ("failed: 0x8007064c", NULL, "CoManagementHandler");
  const CotCode *first = g_ptr_array_index (setup, 0);
  const CotCode *second = g_ptr_array_index (enrollment, 0);

  g_assert_cmphex (first->code, ==, 0x8007064c);
  g_assert_cmphex (second->code, ==, 0x8007064c);
  g_assert_cmpstr (first->meaning, !=, second->meaning);
  g_assert_nonnull (strstr (second->meaning, "already enrolled"));
}

static void
test_search (void)
{
  guint n_all = 0;
  g_autoptr (GPtrArray) codes = cot_code_search ("certificate", 5, &n_all);

  g_assert_cmpuint (codes->len, ==, 5);
  g_assert_cmpuint (n_all, >, 20);
  for (guint i = 0; i < codes->len; i++)
    g_assert_true (((const CotCode *) g_ptr_array_index (codes, i))->is_known);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codes/pattern", test_pattern);
  g_test_add_func ("/codes/pattern-of-statuses", test_pattern_of_statuses);
  g_test_add_func ("/codes/pattern-of-winhttp", test_pattern_of_winhttp);
  g_test_add_func ("/codes/pattern-finds-what-is-shown", test_pattern_finds_what_is_shown);
  g_test_add_func ("/codes/twins", test_twins);
  g_test_add_func ("/codes/lookup-all", test_lookup_all);
  g_test_add_func ("/codes/kinds", test_kinds);
  g_test_add_func ("/codes/successes", test_successes);
  g_test_add_func ("/codes/find-in-log", test_find_in_log);
  g_test_add_func ("/codes/search", test_search);
  return g_test_run ();
}
