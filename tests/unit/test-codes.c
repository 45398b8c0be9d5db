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
  g_test_add_func ("/codes/lookup-all", test_lookup_all);
  g_test_add_func ("/codes/find-in-log", test_find_in_log);
  g_test_add_func ("/codes/search", test_search);
  return g_test_run ();
}
