/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-dsreg.h"

#include "test-format.h"

static const CotFormat *const dsreg = &cot_format_dsreg;

#define EDGE "+----------------------------------------------------------------------+\r\n"
#define BOX(title) EDGE "| " title "                              |\r\n" EDGE "\r\n"

static const char hybrid[] =
    "\r\n" BOX ("Device State") "             AzureAdJoined : YES\r\n"
                                "          EnterpriseJoined : NO\r\n"
                                "              DomainJoined : YES\r\n"
                                "                DomainName : CONTOSO\r\n"
                                "               Device Name : PC01.contoso.com\r\n\r\n"
    BOX ("Device Details") "                  DeviceId : 11111111-2222-3333-4444-555555555555\r\n"
                           " DeviceCertificateValidity : [ 2025-01-02 03:04:05.000 UTC -- "
                           "2035-01-02 03:34:05.000 UTC ]\r\n"
                           "              TpmProtected : YES\r\n"
                           "          DeviceAuthStatus : SUCCESS\r\n\r\n"
    BOX ("Tenant Details") "                TenantName : Contoso : Ltd\r\n"
                           "                  TenantId : 99999999-8888-7777-6666-555555555555\r\n"
                           "                    MdmUrl : https://enrollment.contoso.com/x.svc\r\n"
                           "          MdmComplianceUrl : \r\n\r\n"
    BOX ("User State") "                    NgcSet : NO\r\n"
                       "           WorkplaceJoined : NO\r\n"
                       "             WamDefaultSet : ERROR (0x80070520)\r\n\r\n"
    BOX ("SSO State") "                AzureAdPrt : NO\r\n"
                      "      Previous Prt Attempt : 2026-11-18 09:12:41.327 UTC\r\n"
                      "            Attempt Status : 0xc000006d\r\n"
                      "               HTTP status : 400\r\n"
                      "         Server Error Code : invalid_grant\r\n"
                      "             EnterprisePrt : YES\r\n"
                      "   EnterprisePrtUpdateTime : 2026-11-17 08:00:00.000 UTC\r\n\r\n"
    BOX ("Diagnostic Data") "        AadRecoveryEnabled : NO\r\n"
                            "      AD Connectivity Test : PASS\r\n"
                            "        DRS Discovery Test : FAIL [0x801c0021/0x801c000c]\r\n"
                            "     DRS Connectivity Test : SKIPPED\r\n"
                            "               KeySignTest : MUST Run elevated to test.\r\n"
                            "               Error Phase : discover\r\n"
                            "          Client ErrorCode : 0x801c0021\r\n\r\n"
    BOX ("Work Account 1") "         WorkplaceTenantId : 12121212-1212-1212-1212-121212121212\r\n"
                           "              TpmProtected : NO\r\n";

static void
test_entries (void)
{
  Split split;
  const CotEntry *entries = split.entries;

  split_text (&split, dsreg,
              BOX ("SSO State") "                AzureAdPrt : NO\r\n"
                                "            Attempt Status : 0xc000006d\r\n"
                                "                HTTP Error : 0x0\r\n"
                                "        DRS Discovery Test : FAIL [0x801c0021]\r\n"
                                "      AD Connectivity Test : PASS\r\n"
                                "        AadRecoveryEnabled: YES\r\n"
                                "  Server Error Description : it failed: AADSTS1\r\n"
                                "Trace ID of an error\r\n" EDGE "| Last | \r\n");
  g_assert_cmpuint (split.n_records, ==, 10);
  assert_message (&split, 0, "SSO State");
  assert_span (entries[0].component, NULL);
  assert_message (&split, 1, "AzureAdPrt : NO");
  assert_span (entries[1].component, "AzureAdPrt");
  /* Whether that is expected, the detectors tell by the other lines. */
  g_assert_cmpint (entries[1].severity, ==, COT_SEVERITY_INFO);
  g_assert_cmpint (entries[2].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (entries[3].severity, ==, COT_SEVERITY_INFO);
  g_assert_cmpint (entries[4].severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpint (entries[5].severity, ==, COT_SEVERITY_INFO);
  assert_span (entries[6].component, "AadRecoveryEnabled");
  g_assert_cmpint (entries[6].severity, ==, COT_SEVERITY_WARNING);
  assert_message (&split, 7, "Server Error Description : it failed: AADSTS1");
  g_assert_cmpint (entries[7].severity, ==, COT_SEVERITY_INFO);
  assert_span (entries[8].component, NULL);
  assert_message (&split, 9, "Last");
}

static void
test_odd_entries (void)
{
  static const char *const texts[] = {
    "+", "+-", "|", "| |", "+---+\n", "||\n", ":", " : x", "x : y", "\r\r", "+-\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      Split split;

      g_test_message ("%s", texts[i]);
      split_text (&split, dsreg, texts[i]);
      g_assert_cmpuint (split.n_records, ==, 1);
      assert_span (split.entries[0].component, NULL);
    }
}

static void
test_detection (void)
{
  static const char *const heads[] = {
    hybrid, "dsregcmd",
    "AzureAdJoined = YES\nEnterpriseJoined = NO\nDomainJoined = YES\n", "dsregcmd",
    "AzureAdJoined : YES\nDomainJoined : YES\n", "plain",
    "C:\\>dsregcmd /status\n\nAzureAdJoined : YES\nTenantId : x\nMdmUrl :\n", "dsregcmd",
    "Name : x\nValue : y\nType : z\n", "plain",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i += 2)
    g_assert_cmpstr (cot_formats_detect (heads[i], strlen (heads[i]))->id, ==, heads[i + 1]);
}

static void
assert_moment (gint64 time_usec, const char *expected)
{
  char text[COT_CLOCK_ISO_SIZE];

  cot_clock_format_iso (time_usec, text);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_state (void)
{
  g_autoptr (CotDsregState) state = cot_dsreg_state_parse (hybrid, strlen (hybrid));
  const CotDsregTest *test;

  g_assert_cmpint (state->join, ==, COT_DSREG_JOIN_HYBRID);
  g_assert_cmpint (state->enterprise_joined, ==, COT_DSREG_NO);
  g_assert_cmpstr (state->domain_name, ==, "CONTOSO");
  g_assert_cmpstr (state->device_name, ==, "PC01.contoso.com");
  g_assert_cmpstr (state->device_id, ==, "11111111-2222-3333-4444-555555555555");
  assert_moment (state->certificate_from_usec, "2025-01-02T03:04:05.000000");
  assert_moment (state->certificate_until_usec, "2035-01-02T03:34:05.000000");
  g_assert_cmpint (state->tpm_protected, ==, COT_DSREG_YES);
  g_assert_cmpint (state->device_auth, ==, COT_DSREG_OUTCOME_PASSED);
  g_assert_cmpstr (state->tenant_name, ==, "Contoso : Ltd");
  g_assert_cmpstr (state->mdm_url, ==, "https://enrollment.contoso.com/x.svc");
  g_assert_cmpstr (state->mdm_compliance_url, ==, "");
  g_assert_null (state->mdm_terms_url);
  g_assert_cmpint (state->hello_key_set, ==, COT_DSREG_NO);
  g_assert_cmpint (state->wam_default_set, ==, COT_DSREG_NOT_SAID);
  g_assert_cmpint (state->entra_token.present, ==, COT_DSREG_NO);
  assert_moment (state->entra_token.update_usec, "");
  assert_moment (state->attempt_usec, "2026-11-18T09:12:41.327000");
  g_assert_cmpstr (state->attempt_status, ==, "0xc000006d");
  g_assert_cmpstr (state->attempt_server_code, ==, "invalid_grant");
  g_assert_cmpint (state->enterprise_token.present, ==, COT_DSREG_YES);
  assert_moment (state->enterprise_token.update_usec, "2026-11-17T08:00:00.000000");
  g_assert_cmpint (state->needs_recovery, ==, COT_DSREG_NO);
  g_assert_cmpuint (state->tests->len, ==, 4);
  g_assert_cmpuint (state->n_failed_tests, ==, 1);
  test = state->tests->pdata[1];
  g_assert_cmpstr (test->name, ==, "DRS Discovery Test");
  g_assert_cmpstr (test->value, ==, "FAIL [0x801c0021/0x801c000c]");
  g_assert_cmpint (test->outcome, ==, COT_DSREG_OUTCOME_FAILED);
  test = state->tests->pdata[3];
  g_assert_cmpint (test->outcome, ==, COT_DSREG_OUTCOME_SKIPPED);
  g_assert_cmpstr (state->error_phase, ==, "discover");
  g_assert_cmpstr (state->client_error_code, ==, "0x801c0021");
  g_assert_cmpuint (state->n_work_accounts, ==, 1);
  g_assert_cmpstr (state->work_tenant_id, ==, "12121212-1212-1212-1212-121212121212");
}

static void
test_joins (void)
{
  static const struct
  {
    const char *text;
    CotDsregJoin join;
  } cases[] = {
    { "AzureAdJoined : YES\nEnterpriseJoined : NO\nDomainJoined : NO\n", COT_DSREG_JOIN_ENTRA },
    { "AzureAdJoined : YES\nDomainJoined : YES\n", COT_DSREG_JOIN_HYBRID },
    { "AzureAdJoined = NO\nDomainJoined = YES\nWorkplaceJoined = YES", COT_DSREG_JOIN_DOMAIN },
    { "AzureAdJoined : NO\nEnterpriseJoined : YES\nDomainJoined : YES\n",
      COT_DSREG_JOIN_ON_PREMISES },
    { "AzureAdJoined : NO\nDomainJoined : NO\nWorkplaceJoined : YES\n",
      COT_DSREG_JOIN_REGISTERED },
    { "AzureAdJoined : NO\r\nDomainJoined : NO\r\nWorkplaceJoined : NO\r\n",
      COT_DSREG_JOIN_NONE },
    { "AzureAdJoined : NO\n", COT_DSREG_JOIN_UNKNOWN },
    { "AzureAdJoined : PERHAPS\nDomainJoined : NO\n", COT_DSREG_JOIN_UNKNOWN },
    { "something else", COT_DSREG_JOIN_UNKNOWN },
    { "", COT_DSREG_JOIN_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CotDsregState) state
          = cot_dsreg_state_parse (cases[i].text, strlen (cases[i].text));

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (state->join, ==, cases[i].join);
    }
}

static void
test_device_auth (void)
{
  static const struct
  {
    const char *value;
    CotDsregOutcome outcome;
  } cases[] = {
    { "SUCCESS", COT_DSREG_OUTCOME_PASSED },
    { "FAILED. Device is either disabled or deleted", COT_DSREG_OUTCOME_FAILED },
    { "FAILED. ERROR (0x80072ee7)", COT_DSREG_OUTCOME_SKIPPED },
    { "", COT_DSREG_OUTCOME_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("DeviceAuthStatus : ", cases[i].value, "\n", NULL);
      g_autoptr (CotDsregState) state = cot_dsreg_state_parse (text, strlen (text));

      g_assert_cmpint (state->device_auth, ==, cases[i].outcome);
      g_assert_cmpstr (state->device_auth_text, ==, cases[i].value);
    }
}

static void
test_odd_state (void)
{
  static const char bytes[] = "AzureAdJoined : YES\0\nTenantName : \xff\xfe\nTenantId : x\0y\n"
                              "DeviceCertificateValidity : [ -- ]\nDeviceCertificateValidity : [\n"
                              "DeviceCertificateValidity : [ -- \n";
  g_autoptr (GString) tests = g_string_new (NULL);
  g_autoptr (CotDsregState) state = cot_dsreg_state_parse (bytes, sizeof bytes - 1);
  g_autoptr (CotDsregState) many = NULL;

  g_assert_cmpint (state->entra_joined, ==, COT_DSREG_YES);
  g_assert_true (g_utf8_validate (state->tenant_name, -1, NULL));
  g_assert_true (state->certificate_from_usec == COT_TIME_NONE);
  for (guint i = 0; i < 10000; i++)
    g_string_append (tests, "DRS Discovery Test : FAIL\n");
  many = cot_dsreg_state_parse (tests->str, tests->len);
  g_assert_cmpuint (many->tests->len, ==, 64);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dsreg/entries", test_entries);
  g_test_add_func ("/dsreg/odd-entries", test_odd_entries);
  g_test_add_func ("/dsreg/detection", test_detection);
  g_test_add_func ("/dsreg/state", test_state);
  g_test_add_func ("/dsreg/joins", test_joins);
  g_test_add_func ("/dsreg/device-auth", test_device_auth);
  g_test_add_func ("/dsreg/odd-state", test_odd_state);
  return g_test_run ();
}
