/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-error-code.h"
#include "cot-error-parts.h"

#include <string.h>
#include <time.h>

static void
test_table (void)
{
  guint n = cot_error_codes_get_n ();

  g_assert_cmpuint (n, ==, 3549);
  for (guint i = 0; i < n; i++)
    {
      const CotErrorCode *entry = cot_error_codes_get (i);

      g_assert_true (cot_error_code_lookup (entry->code) == entry);
      g_assert_cmpuint (strlen (entry->text), >, 0);
      if (i > 0)
        g_assert_cmphex (cot_error_codes_get (i - 1)->code, <, entry->code);
    }
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    guint32 code;
  } good[] = {
    { "0x80070005", 0x80070005 }, { "0X87d00231", 0x87d00231 },  { "87D00231", 0x87d00231 },
    { "80070005", 0x80070005 },   { "-2147024891", 0x80070005 }, { "2147942405", 0x80070005 },
    { "5", 5 },                   { "0x5", 5 },                  { " 1603 ", 1603 },
    { "c0000005", 0xc0000005 },   { "-1", 0xffffffff },          { "4294967295", 0xffffffff },
    { "0", 0 },                   { "2ee2", 0x2ee2 },
    { "0x80180002b", 0x8018002b },
  };
  static const char *const bad[] = { "", " ", "0x", "0x123456789", "-", "hello", "4294967296",
                                     "-2147483649", "1.5", "0xgg", "87d00231z" };
  guint32 code;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i].text);
      g_assert_true (cot_error_code_parse (good[i].text, -1, &code));
      g_assert_cmphex (code, ==, good[i].code);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (cot_error_code_parse (bad[i], -1, &code));
    }
  g_assert_true (cot_error_code_parse ("5 and more", 1, &code));
}

static void
test_decode_by_table (void)
{
  CotErrorMeaning meaning;

  g_assert_true (cot_error_code_decode (0x87d0027e, &meaning));
  g_assert_cmpstr (meaning.entry->symbol, ==, "CCM_E_BAD_HTTP_STATUS_CODE");
  g_assert_cmpstr (meaning.entry->family, ==, "configmgr");
  g_assert_false (meaning.by_rule);
  g_assert_false (meaning.success);
}

static void
test_decode_by_rule (void)
{
  CotErrorMeaning meaning;
  guint n_by_rule = 0;

  g_assert_true (cot_error_code_decode (0x87d10194, &meaning));
  g_assert_cmpuint (meaning.inner, ==, 404);
  g_assert_cmpstr (meaning.inner_kind, ==, "SyncML");
  /* A status that the table does not have */
  g_assert_true (cot_error_code_decode (0x87d10257, &meaning));
  g_assert_cmpuint (meaning.inner, ==, 599);
  g_assert_true (cot_error_code_decode (0x80190193, &meaning));
  g_assert_cmpuint (meaning.inner, ==, 403);
  g_assert_cmpstr (meaning.inner_kind, ==, "HTTP");
  g_assert_true (cot_error_code_decode (0x80072ee2, &meaning));
  g_assert_cmpuint (meaning.inner, ==, 12002);
  g_assert_cmpstr (meaning.inner_kind, ==, "WinHTTP");

  /* Every Win32 error is found in its HRESULT. */
  for (guint i = 0; i < cot_error_codes_get_n (); i++)
    {
      const CotErrorCode *entry = cot_error_codes_get (i);

      if (entry->code > 0xffff || entry->code == 0)
        continue;
      g_assert_true (cot_error_code_decode (0x80070000u | entry->code, &meaning));
      g_assert_cmpuint (meaning.inner, ==, entry->code);
      n_by_rule += meaning.by_rule ? 1 : 0;
    }
  g_assert_cmpuint (n_by_rule, >, 0);
}

static void
test_decode_unknown (void)
{
  CotErrorMeaning meaning;

  g_assert_false (cot_error_code_decode (0x8bad0000, &meaning));
  g_assert_false (cot_error_code_decode (0x8007fffe, &meaning));
  g_assert_false (cot_error_code_decode (0x87d1ffff, &meaning));
  g_assert_null (cot_error_code_describe (0x8bad0000));
}

static void
test_success_is_no_error (void)
{
  CotErrorMeaning meaning;

  cot_error_code_decode (0, &meaning);
  g_assert_true (meaning.success);
  cot_error_code_decode (0x00240001, &meaning);
  g_assert_true (meaning.success);
  cot_error_code_decode (5, &meaning);
  g_assert_false (meaning.success);
  cot_error_code_decode (3010, &meaning);
  g_assert_true (meaning.success);
  cot_error_code_decode (0x80070bc2, &meaning);
  g_assert_true (meaning.success);
}

static void
test_describe (void)
{
  g_autofree char *own = cot_error_code_describe (0x80070005);
  g_autofree char *status = cot_error_code_describe (0x87d10257);

  g_assert_cmpstr (own, ==, "Access is denied (E_ACCESSDENIED)");
  g_assert_cmpstr (status, ==, "SyncML status 599");
}

/* "start-end=code" of all that is found. */
static void
assert_found (const char *text, const char *expected)
{
  g_autoptr (GArray) found = cot_codes_find_in_text (text, -1);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      const CotFoundCode *one = &g_array_index (found, CotFoundCode, i);

      g_string_append_printf (list, "%s%" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT "=%08x",
                              i > 0 ? " " : "", one->start_bytes, one->end_bytes,
                              one->meaning.code);
    }
  g_assert_cmpstr (list->str, ==, expected);
}

static void
test_find_in_text (void)
{
  assert_found ("failed with 0x80070005.", "12-22=80070005");
  assert_found ("0x87D00231, then (0x80072ee2)", "0-10=87d00231 18-28=80072ee2");
  assert_found ("error code 80004005", "11-19=80004005");
  assert_found ("hr=-2147024891 end", "3-14=80070005");
  assert_found ("ErrorCode: 2147942405", "11-21=80070005");
}

static void
test_find_small_numbers (void)
{
  assert_found ("Installation failed with error code 1603", "36-40=00000643");
  assert_found ("Error = 12007.", "8-13=00002ee7");
  assert_found ("ExitCode: 3010 Action", "10-14=00000bc2");
  assert_found ("[Win32App] lpExitCode 1603", "22-26=00000643");
  assert_found ("Installation completed with status: 1618. Manufacturer: Contoso",
                "36-40=00000652");
  assert_found ("lpExitCode 0, lpExitCode is defined as 5", "");
  assert_found ("1603 files, code 16030000, error 5, terror 1603", "");
  assert_found ("exiting with return code 7", "");
}

/* A number of WinHTTP is one in more places, where the line speaks of an error. */
static void
test_find_winhttp_numbers (void)
{
  assert_found ("[CCMHTTP] ERROR: URL=http://mp1, Port=80, Code=12007, Text=ERROR_WINHTTP_X",
                "47-52=00002ee7");
  assert_found ("WinHttpSendRequest failed with 12029", "31-36=00002efd");
  assert_found ("Download failed (12002)", "17-22=00002ee2");
  assert_found ("Unable to connect, reason: 12030.", "27-32=00002efe");
  assert_found ("failed to parse, result=12152", "24-29=00002f78");
  assert_found ("Evaluated policy with code 12007", "");
  assert_found ("Error: port 12007, pid=12029, line 12002, 12152 failed", "");
  assert_found ("failed with 12007 bytes, code 12999", "");
  assert_found ("failed: code 12.12007.3", "");
}

/* The time of this thread for one look at the text; the least of a few. */
static gint64
measure_find (const char *text, gsize length_bytes, guint times)
{
  gint64 least_nsec = G_MAXINT64;

  for (guint i = 0; i < 3; i++)
    {
      struct timespec before, after;

      clock_gettime (CLOCK_THREAD_CPUTIME_ID, &before);
      for (guint j = 0; j < times; j++)
        {
          g_autoptr (GArray) found = cot_codes_find_in_text (text, (gssize) length_bytes);

          g_assert_cmpuint (found->len, ==, 0);
        }
      clock_gettime (CLOCK_THREAD_CPUTIME_ID, &after);
      least_nsec = MIN (least_nsec, (after.tv_sec - before.tv_sec) * G_GINT64_CONSTANT (1000000000)
                                        + after.tv_nsec - before.tv_nsec);
    }
  return least_nsec;
}

/* One long text takes about as long as its parts: not the square of its length. */
static void
test_find_in_long_text (void)
{
  static const char *const parts[]
      = { "code 12007 ", "with 12007 rc=12029 ", "8", "1", "0x8", "((((", "AADSTS9", "-1" };
  const gsize part_bytes = 1024;
  const guint n_parts = 32;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len < part_bytes * n_parts)
        g_string_append (text, parts[i]);
      g_test_message ("%s", parts[i]);
      g_assert_cmpint (measure_find (text->str, part_bytes * n_parts, 1), <,
                       6 * measure_find (text->str, part_bytes, n_parts));
    }
}

static void
test_find_whole_tokens_only (void)
{
  assert_found ("Request Id: 80070005-4c6e-4f4e-9a55-1d0f9f0c7a11", "");
  assert_found ("{4c6e1234-80070005-4f4e}", "");
  assert_found ("0x8007000500", "");
  assert_found ("thumbprint 80070005AB80070005AB80070005AB8007000512", "");
  assert_found ("id80070005", "");
  assert_found ("{80070005-4C6E-4F4E-9A55-1D0F9F0C7A11}", "");
  assert_found ("4c6e4f4e-8007-0005-9a55-800700058007", "");
  assert_found ("product {8A7F0005-80240001-8018002B}", "");
  assert_found ("8007000580180026", "");
  assert_found ("0x0000000080070005", "");
  assert_found ("SHA1 a0b1c2d380180026e4f5061728394a5b6c7d8e9f", "");
  assert_found ("C:\\80070005\\x", "");
  assert_found ("12147942405", "");
  assert_found ("1.2147942405.3", "");
  assert_found ("80070005x", "");
}

static void
test_find_no_success (void)
{
  assert_found ("completed with 0x00000000", "");
  assert_found ("hr = 0x00240001, thread 0x1234, 5, 404", "");
  assert_found ("0xdeadbeef", "");
}

static void
test_find_in_pairs_and_brackets (void)
{
  assert_found ("FAIL [0x801c0021/0x801c000c]", "6-16=801c0021 17-27=801c000c");
  assert_found ("\"0x80070005\"", "1-11=80070005");
  assert_found ("{0x80070005}", "1-11=80070005");
  assert_found ("0x80070005,0x80072ee7", "0-10=80070005 11-21=80072ee7");
  assert_found ("hr:0x80070005-denied", "3-13=80070005");
  assert_found ("failed.0x80070005.Next", "7-17=80070005");
  assert_found ("[80072ee7/80072ee2]", "1-9=80072ee7 10-18=80072ee2");
  assert_found ("{0x80070005,0x4c6e,0x4f4e}", "");
  assert_found ("module+0x80070005", "");
  assert_found ("0x80070005-4c6e-4f4e-9a55", "");
  assert_found ("/files/80072ee7/part", "");
  assert_found ("wrote 80073712 bytes", "");
  assert_found ("took 2147942405 ms", "");
}

static void
test_find_statuses (void)
{
  assert_found ("HTTP status 403", "12-15=80190193");
  assert_found ("StatusCode= 403.7, give up", "12-17=80190193");
  assert_found ("HTTP/1.1 404.", "9-12=80190194");
  assert_found ("Return code: 401, Description: PreAuth failed", "13-16=80190191");
  assert_found ("Return code: 401, done", "");
  assert_found ("AADSTS50097: Device authentication", "0-11=0000c3b1");
  assert_found ("Win32 error 5", "12-13=00000005");
  assert_found ("GetLastError() = 1603", "17-21=00000643");
  assert_found ("HTTP status 200, status 404, code 403, HTTP 403x, XAADSTS50097, AADSTS50097x", "");
  assert_found ("AADSTS12, Win32 error 0, HTTP 599.1234", "");
}

static const char *
find_text (const char *text, CotCodeContext context, char **owned)
{
  g_autoptr (GArray) found = cot_codes_find_in_log_text (text, -1, context);

  g_free (*owned);
  *owned = found->len != 1
               ? NULL
               : cot_error_meaning_describe (&g_array_index (found, CotFoundCode, 0).meaning);
  return *owned;
}

/* Where a code means different things, the log decides. */
static void
test_context (void)
{
  CotCodeContext syncml = cot_code_context_for_log (
      "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider%4Admin.evtx", NULL);
  g_autofree char *text = NULL;

  g_assert_cmpint (cot_code_context_for_log ("PC01/ccmsetup.log", NULL), ==, COT_CODE_IN_SETUP);
  g_assert_cmpint (cot_code_context_for_log (NULL, "CoManagementHandler"), ==,
                   COT_CODE_IN_ENROLLMENT);
  g_assert_cmpint (cot_code_context_for_log ("Fabrikam.log", "Fabrikam"), ==, COT_CODE_ANYWHERE);
  g_assert_true (syncml & COT_CODE_IN_SYNCML);

  g_assert_cmpstr (find_text ("Result: (404)", syncml, &text), ==, "The target does not exist");
  g_assert_null (find_text ("Result: (404)", COT_CODE_ANYWHERE, &text));
  g_assert_cmpstr (find_text ("status code 404", COT_CODE_ANYWHERE, &text), ==,
                   "Not found on the server");
  g_assert_cmpstr (find_text ("0x8007064c", COT_CODE_IN_ENROLLMENT, &text), ==,
                   "The device is already enrolled, or holds remains of an earlier enrollment");
  g_assert_nonnull (strstr (find_text ("0x8007064c", COT_CODE_IN_SETUP, &text), "source"));
  g_assert_null (strstr (text, "enrolled"));
  g_assert_cmpint (cot_code_context_for_log ("Enrollment.log", NULL), ==, COT_CODE_IN_ENROLLMENT);
  g_assert_cmpint (cot_code_context_for_log ("logs/client.msi.log", NULL), ==, COT_CODE_IN_SETUP);
  find_text ("Code 0x80040102", cot_code_context_for_log ("smsts.log", NULL), &text);
  g_assert_nonnull (strstr (text, "distribution point"));
  g_assert_null (strstr (text, "DRAGDROP"));
  /* Nobody knows which log it is: both are said. */
  g_assert_nonnull (strstr (find_text ("0x8007064c", COT_CODE_ANYWHERE, &text), "source"));
  g_assert_nonnull (strstr (text, "enrolled"));
}

static void
test_status_parse (void)
{
  static const struct
  {
    const char *text;
    const char *spelt;
  } good[] = {
    { "HTTP 403", "HTTP 403" },         { "http status code 403.7", "HTTP 403.7" },
    { "403.7", "HTTP 403.7" },          { "SyncML 404", "SyncML 404" },
    { "AADSTS50097", "AADSTS50097" },   { "aadsts 50097", "AADSTS50097" },
    { "HTTP error: 500", "HTTP 500" },
  };
  static const char *const bad[] = { "403", "HTTP", "HTTP 99", "HTTP 600", "403.7.1", "403.1000",
                                     "AADSTS", "AADSTS123456789", "AADSTS-5", "1.5", "" };
  CotCodeScheme scheme;
  guint32 code;
  guint32 sub_status;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *spelt = NULL;

      g_test_message ("%s", good[i].text);
      g_assert_true (cot_status_code_parse (good[i].text, &scheme, &code, &sub_status));
      spelt = cot_status_code_spell (scheme, code, sub_status);
      g_assert_cmpstr (spelt, ==, good[i].spelt);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (cot_status_code_parse (bad[i], &scheme, &code, &sub_status));
    }
}

static void
test_status_table (void)
{
  const CotStatusCode *plain = cot_status_code_lookup (COT_CODE_HTTP, 403, 999);

  g_assert_cmpuint (cot_status_codes_get_n (), >, 200);
  g_assert_nonnull (plain);
  g_assert_cmpuint (plain->sub_status, ==, COT_STATUS_NO_SUB);
  for (guint i = 0; i < cot_status_codes_get_n (); i++)
    {
      const CotStatusCode *one = cot_status_codes_get (i);

      g_assert_cmpuint (strlen (one->text), >, 0);
      if (one->scheme != COT_CODE_NUMBER)
        g_assert_true (cot_status_code_lookup (one->scheme, one->code, one->sub_status) == one);
    }
}

static void
assert_best (const char *words, guint32 code)
{
  guint n_all = 0;
  g_autoptr (GArray) matches = cot_codes_search (words, 20, &n_all);
  const CotCodeMatch *best = &g_array_index (matches, CotCodeMatch, 0);

  g_test_message ("%s", words);
  g_assert_cmpuint (matches->len, >, 0);
  g_assert_cmpuint (n_all, >=, matches->len);
  g_assert_cmphex (best->entry != NULL ? best->entry->code : best->status->code, ==, code);
}

static void
test_search (void)
{
  g_autoptr (GArray) forward = cot_codes_search ("access denied", 50, NULL);
  g_autoptr (GArray) backward = cot_codes_search ("DENIED  access", 50, NULL);
  g_autoptr (GArray) nothing = cot_codes_search ("access zebra", 50, NULL);
  g_autoptr (GArray) empty = cot_codes_search (" , ", 50, NULL);
  g_autoptr (GArray) certificates = cot_codes_search ("certificate", 10, NULL);

  assert_best ("access denied", 5);
  assert_best ("E_ACCESSDENIED", 0x80070005);
  assert_best ("0x87d0027e", 0x87d0027e);
  assert_best ("client certificate required", 403);
  assert_best ("DeviceAuthenticationRequired", 50097);
  g_assert_cmpuint (forward->len, ==, backward->len);
  g_assert_cmpmem (forward->data, forward->len * sizeof (CotCodeMatch), backward->data,
                   backward->len * sizeof (CotCodeMatch));
  g_assert_cmpuint (nothing->len, ==, 0);
  g_assert_cmpuint (empty->len, ==, 0);
  g_assert_cmpuint (certificates->len, ==, 10);
  for (guint i = 1; i < certificates->len; i++)
    g_assert_cmpuint (g_array_index (certificates, CotCodeMatch, i - 1).rank, >=,
                      g_array_index (certificates, CotCodeMatch, i).rank);
}

/* A symbol that is known stands above all that hold its letters somewhere. */
static void
test_search_symbols (void)
{
  g_autoptr (GArray) ok = cot_codes_search ("S_OK", 50, NULL);
  guint n_tried = 0;

  assert_best ("S_OK", 0);
  assert_best (" s_ok ", 0);
  assert_best ("ERROR_SUCCESS", 0);
  assert_best ("ERROR_FILE_NOT_FOUND", 2);
  for (guint i = 0; i < ok->len; i++)
    g_assert_null (g_array_index (ok, CotCodeMatch, i).status);
  for (guint i = 1; i < cot_error_codes_get_n (); i += 37)
    {
      const CotErrorCode *entry = cot_error_codes_get (i);
      g_autoptr (GArray) matches = NULL;

      if (strpbrk (entry->symbol, " ,;\"()") != NULL || *entry->symbol == '\0')
        continue;
      matches = cot_codes_search (entry->symbol, 1, NULL);
      g_test_message ("%s", entry->symbol);
      g_assert_cmpuint (matches->len, ==, 1);
      g_assert_nonnull (g_array_index (matches, CotCodeMatch, 0).entry);
      g_assert_cmpstr (g_array_index (matches, CotCodeMatch, 0).entry->symbol, ==, entry->symbol);
      n_tried++;
    }
  g_assert_cmpuint (n_tried, >, 40);
}

static void
test_find_stays_inside (void)
{
  g_autofree char *copy = g_memdup2 ("0x80070005", 10);
  g_autoptr (GArray) found = cot_codes_find_in_text (copy, 10);
  g_autoptr (GArray) cut = cot_codes_find_in_text (copy, 9);

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (cut->len, ==, 0);
}

/* Of a code that no table knows, how it is made tells where it comes from. */
static void
test_parts (void)
{
  static const struct
  {
    guint32 code;
    CotErrorParts parts;
  } cases[] = {
    { 0x80aa1234, { COT_ERROR_PARTS_HRESULT, TRUE, 0xaa, NULL, 0x1234 } },
    { 0x80070bad, { COT_ERROR_PARTS_HRESULT, TRUE, COT_FACILITY_WIN32, "Win32", 0xbad } },
    { 0x8024ffff, { COT_ERROR_PARTS_HRESULT, TRUE, 36, "Windows Update", 0xffff } },
    { 0x87d0ffff, { COT_ERROR_PARTS_HRESULT, TRUE, 2000, "Configuration Manager", 0xffff } },
    { 0x87d1ffff, { COT_ERROR_PARTS_HRESULT, TRUE, 2001, "SyncML statuses of Intune", 0xffff } },
    { 0x00041300, { COT_ERROR_PARTS_HRESULT, FALSE, COT_FACILITY_OWN, "COM interfaces", 0x1300 } },
    { 0xa0040001, { COT_ERROR_PARTS_OF_PROGRAM, TRUE, 4, NULL, 1 } },
    { 0xc0aa0001, { COT_ERROR_PARTS_STATUS, TRUE, 0xaa, NULL, 1 } },
    { 0xcaa20004, { COT_ERROR_PARTS_TOKEN_BROKER, TRUE, 0x2a2, NULL, 4 } },
    { 0xcaa90056, { COT_ERROR_PARTS_TOKEN_BROKER, TRUE, 0x2a9, NULL, 0x56 } },
    { 0xcab00001, { COT_ERROR_PARTS_STATUS, TRUE, 0x2b0, NULL, 1 } },
    { 0xe0434352, { COT_ERROR_PARTS_OF_PROGRAM, TRUE, 0x43, NULL, 0x4352 } },
    { 0xc1900101, { COT_ERROR_PARTS_HRESULT, TRUE, 400, "Windows Setup", 0x101 } },
    { 0xd0aa0001, { COT_ERROR_PARTS_STATUS_IN_HRESULT, TRUE, 0xaa, NULL, 1 } },
  };
  CotErrorParts parts;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%08x", cases[i].code);
      g_assert_true (cot_error_parts_read (cases[i].code, &parts));
      g_assert_cmpint (parts.kind, ==, cases[i].parts.kind);
      g_assert_cmpint (parts.is_failure, ==, cases[i].parts.is_failure);
      g_assert_cmpuint (parts.facility, ==, cases[i].parts.facility);
      g_assert_cmpstr (parts.facility_name, ==, cases[i].parts.facility_name);
      g_assert_cmpuint (parts.number, ==, cases[i].parts.number);
    }
  g_assert_false (cot_error_parts_read (5, &parts));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error-code/table", test_table);
  g_test_add_func ("/error-code/parse", test_parse);
  g_test_add_func ("/error-code/decode-by-table", test_decode_by_table);
  g_test_add_func ("/error-code/decode-by-rule", test_decode_by_rule);
  g_test_add_func ("/error-code/decode-unknown", test_decode_unknown);
  g_test_add_func ("/error-code/success-is-no-error", test_success_is_no_error);
  g_test_add_func ("/error-code/describe", test_describe);
  g_test_add_func ("/error-code/find-in-text", test_find_in_text);
  g_test_add_func ("/error-code/find-small-numbers", test_find_small_numbers);
  g_test_add_func ("/error-code/find-winhttp-numbers", test_find_winhttp_numbers);
  g_test_add_func ("/error-code/find-in-long-text", test_find_in_long_text);
  g_test_add_func ("/error-code/find-whole-tokens-only", test_find_whole_tokens_only);
  g_test_add_func ("/error-code/find-no-success", test_find_no_success);
  g_test_add_func ("/error-code/search-symbols", test_search_symbols);
  g_test_add_func ("/error-code/find-stays-inside", test_find_stays_inside);
  g_test_add_func ("/error-code/find-in-pairs-and-brackets", test_find_in_pairs_and_brackets);
  g_test_add_func ("/error-code/find-statuses", test_find_statuses);
  g_test_add_func ("/error-code/context", test_context);
  g_test_add_func ("/error-code/status-parse", test_status_parse);
  g_test_add_func ("/error-code/status-table", test_status_table);
  g_test_add_func ("/error-code/search", test_search);
  g_test_add_func ("/error-code/parts", test_parts);
  return g_test_run ();
}
