/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include <string.h>

static void
assert_severity (const char *const *texts, CotSeverity severity)
{
  /* All of them, so that a change of the rules shows what it does. */
  for (guint i = 0; texts[i] != NULL; i++)
    {
      CotSeverity found = cot_severity_from_words (texts[i], strlen (texts[i]));

      if (found != severity)
        g_test_fail_printf ("\"%s\" is %s", texts[i], cot_severity_to_string (found));
    }
}

static void
test_errors (void)
{
  static const char *const texts[] = {
    "Error", "ERROR: x", "an error occurred", "[error]", "<error>", "errors", "it failed",
    "Failed to connect", "FAILED", "failing again", "a failure", "failures: 3",
    "fatal problem", "Unhandled exception", "System.InvalidOperationException: x",
    "exceptions were thrown", "update fails.", "failed with 0x80070005", "error 5", "error code 5",
    "error = 0x87d00324", "error: -2147024891", "ErrorCode=0x80070005", "LastError: 5", "errno 13",
    "Failed: 2 Succeeded: 0", "10 errors", "100 errors", "2 errors, 0 warnings",
    "1 error(s), 0 warning(s)", "ERROR_ACCESS_DENIED", "No such host. Error", "Not found: error",
    "Error: no such file", "error. No retry", "could not find it; error",
    "10:00:00 error reading", "v1.0 error", "a non-fatal error occurred",
    "errors found: 5", "0 warnings, 1 error", "no warnings but an error", "Error 404",
    "failed 10:15", "Error 1.5", "no more files: failed", "Error\n0", "without name: error",
    "\u00fcber error", "error", "0 found, 3 failed", "warning: failed",
    "no errors=3", "Install failed, 0 retries left",
    /* Counted. */
    "FailedCount=3", "failedCount: 12", "ErrorCount=1", "FailureCount 2", "failed items: 2",
    "failed files 3",
    /* Labels. */
    "[ERR] x", "[err] x", "2026-11-18 ERR: x", "CRITICAL: x", "12:00 CRITICAL: x", "[CRITICAL] x",
    "[Critical] x",
    /* Not denied: what looks like it is said of something else. */
    "No error handler: failed", "not found: failed", "Not found. Error", "Error not found",
    "File not found error", "error: not found", "Error was not handled", "Error was found",
    "Failed was not found", "Failed: none of the servers answered", "none: failed", "None, failed",
    "none of the servers answered in time, failed", "Nothing to do, failed", "nothing left: error",
    "no longer there: failed", "It no longer starts, it failed", "Error: \"\" is no valid path",
    "Error: \"x\"", "Error \"\"", "failed to count items: 5",
    "None of the sources worked (error 0x80070002)", "None of the retries helped - failed",
    "None of the retries helped and setup failed",
    NULL,
  };

  assert_severity (texts, COT_SEVERITY_ERROR);
}

static void
test_warnings (void)
{
  static const char *const texts[] = {
    "Warning", "WARN", "[warn] x", "warnings: 2", "0 errors, 2 warnings", "no errors, 1 warning",
    "will retry in 5 minutes", "Retrying", "retry 3 of 5", "no errors but a warning",
    "error code 0, warning 5", NULL,
  };

  assert_severity (texts, COT_SEVERITY_WARNING);
}

static void
test_near_misses (void)
{
  static const char *const texts[] = {
    "", " ", "...", "everything is fine",
    /* Denied before. */
    "0 errors", "0 error(s)", "(0) errors", "found 0 errors", "no error", "No errors.",
    "no errors found", "no errors or warnings", "no warnings or errors", "No errors, no warnings",
    "no more errors", "no fatal errors", "no other failures", "without error", "without any errors",
    "without errors or failures", "not failed", "has not failed", "did not fail", "didn't fail",
    "never failed", "neither error nor warning", "zero errors", "zero failed", "0 failed",
    "0 errors, 0 warnings", "5 passed, 0 failed", "non-fatal", "no known error", "nothing failed",
    "no longer fails", "no longer failing", "none of the 5 failed", "none failed of 5",
    "None of the updates failed", "none of them had an error",
    /* Denied behind. */
    "error code 0", "error code: 0", "error code = 0x0", "error 0", "error 0x0", "error=0",
    "error: 0x00000000", "Error (0)", "failed: 0", "Failed = 0", "failed 0", "errors: 0",
    "failures: 0, passed: 5", "errors found: 0", "error count is 0", "error(s): 0", "failed: none",
    "errors: none", "failed=false", "error: S_OK", "Error: success", "error: null",
    "Error: The operation completed successfully.", "Error 0 (The operation completed)",
    "ErrorCode: 0", "LastError=0x0", "lasterror", "errorlevel 0", "<Error>0</Error>",
    "failed items: 0", "failed files = 0", "FailedCount=0", "failedCount: 0", "Error count 0",
    "ErrorCount: 0", "FailedCount", "Error was not found", "errors were not found",
    "Errors have not been reported", "No errors. Warnings were not found", "Error: \"\"",
    "Error: ''", "Error=\"\", Result=1", "{\"error\": \"\"}",
    "warnings: 0", "warning count: 0", "retry count 0", "no retry",
    "ERROR_SUCCESS", "result = ERROR_SUCCESS",
    /* Other words. */
    "failover", "fail-over", "fail over", "failed over to node 2", "failed back", "failsafe",
    "fail-safe mode", "errorless", "error-free", "error free", "terror", "mirrored", "errored_out",
    "error handling", "error handler", "exception handling", "error reporting", "Error logging",
    "error checking", "error correction", "failure tolerance",
    "Error Control = 1", "warned", "forewarning", "warner",
    "unfailing", "faithfully", "exceptional", "retryable", "succeeded", "successfully",
    /* No labels. */
    "err", "stderr: x", "interr]", "[erratum]", "critical", "Critical: x", "a critical update",
    "Update Classification: Critical", "critical:", "physical: x", "local: x", "[physical]",
    "no critical: x", "ERR", "Err: x",
    /* Names. */
    "C:\\error\\x", "C:\\Logs\\error.log", "/var/failed/x", "see failed.txt", "$error", "%error%",
    "pass/fail", NULL,
  };

  assert_severity (texts, COT_SEVERITY_INFO);
}

/* In one pass: a megabyte of anything is read in a moment. */
static void
test_long_texts (void)
{
  static const char *const pieces[] = {
    "0 ", "no ", "error is of code count ", "error-", "a", "((",
  };
  gint64 started = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new ("no ");

      while (text->len < 1024 * 1024)
        g_string_append (text, pieces[i]);
      cot_severity_from_words (text->str, text->len);
    }
  g_assert_cmpint (g_get_monotonic_time () - started, <, 30 * G_USEC_PER_SEC);
}

/* What stands behind the length is not read. */
static void
test_length (void)
{
  g_assert_cmpint (cot_severity_from_words ("errors", 5), ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (cot_severity_from_words ("errors", 4), ==, COT_SEVERITY_INFO);
  g_assert_cmpint (cot_severity_from_words ("error 0", 5), ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (cot_severity_from_words (NULL, 0), ==, COT_SEVERITY_INFO);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/severity-words/errors", test_errors);
  g_test_add_func ("/severity-words/warnings", test_warnings);
  g_test_add_func ("/severity-words/near-misses", test_near_misses);
  g_test_add_func ("/severity-words/long-texts", test_long_texts);
  g_test_add_func ("/severity-words/length", test_length);
  return g_test_run ();
}
