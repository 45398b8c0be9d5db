/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-decode.h"

static void
assert_decoded (CotDecoder decoder, const char *text, guint base, const char *expected)
{
  g_autofree char *words = cot_decode (decoder, text, base);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_client_health (void)
{
  assert_decoded (COT_DECODER_CLIENT_HEALTH, "7", 10,
                  "1 client installed, 2 client registered, 4 a health evaluation was passed");
  assert_decoded (COT_DECODER_CLIENT_HEALTH, "00000017", 16,
                  "1 client installed, 2 client registered, 4 a health evaluation was passed, "
                  "16 no contact with a management point");
  assert_decoded (COT_DECODER_CLIENT_HEALTH, "9", 10,
                  "1 client installed, 8 client installation or upgrade failed");
  assert_decoded (COT_DECODER_CLIENT_HEALTH, "0", 10, "none");
  assert_decoded (COT_DECODER_CLIENT_HEALTH, "seven", 10, NULL);
}

static void
test_workloads (void)
{
  assert_decoded (COT_DECODER_WORKLOADS, "67", 10,
                  "1 co-management configured, 2 compliance policies, 64 client apps");
  /* Higher bits exist; they have no documented name. */
  assert_decoded (COT_DECODER_WORKLOADS, "8449", 10,
                  "1 co-management configured, 256, 8192");
}

static void
test_statuses (void)
{
  assert_decoded (COT_DECODER_HTTP_STATUS, "403", 10, "HTTP 403: Forbidden");
  assert_decoded (COT_DECODER_HTTP_STATUS, "999", 10, NULL);
  assert_decoded (COT_DECODER_SYNCML_STATUS, "404", 10, "SyncML 404: Not found");
}

static void
test_codes_and_sids (void)
{
  assert_decoded (COT_DECODER_ERROR_CODE, "0x80070005", 10, "Access is denied (E_ACCESSDENIED)");
  assert_decoded (COT_DECODER_ERROR_CODE, "-2147024891", 10, "Access is denied (E_ACCESSDENIED)");
  assert_decoded (COT_DECODER_ERROR_CODE, "0x0", 10, NULL);
  assert_decoded (COT_DECODER_SID, "S-1-5-18", 10, "Local System");
  assert_decoded (COT_DECODER_SID, "S-1-5-21-1-2-3-500", 10, NULL);
}

static void
test_times (void)
{
  assert_decoded (COT_DECODER_TIME, "2019-04-01T21:42:51Z", 10, "2019-04-01 21:42:51 UTC");
  assert_decoded (COT_DECODER_TIME, "09/24/2024 10:03:11", 10, "2024-09-24 10:03:11");
  assert_decoded (COT_DECODER_TIME, "tomorrow", 10, NULL);
}

static void
test_numbers (void)
{
  guint64 value;

  g_assert_true (cot_decode_number ("0x1F", 10, &value));
  g_assert_cmpuint (value, ==, 31);
  g_assert_true (cot_decode_number ("1f", 16, &value));
  g_assert_cmpuint (value, ==, 31);
  g_assert_false (cot_decode_number ("1f", 10, &value));
  g_assert_false (cot_decode_number ("", 10, &value));
  g_assert_false (cot_decode_number ("99999999999999999999999", 10, &value));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode/client-health", test_client_health);
  g_test_add_func ("/decode/workloads", test_workloads);
  g_test_add_func ("/decode/statuses", test_statuses);
  g_test_add_func ("/decode/codes-and-sids", test_codes_and_sids);
  g_test_add_func ("/decode/times", test_times);
  g_test_add_func ("/decode/numbers", test_numbers);
  return g_test_run ();
}
