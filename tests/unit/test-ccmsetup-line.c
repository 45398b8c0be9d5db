/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-ccmsetup-line.h"

/* "rule token | rule token" of what is wrong with @line. */
static void
assert_issues (const char *line, const char *expected)
{
  g_autoptr (GPtrArray) issues = cot_ccmsetup_line_check (line);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < issues->len; i++)
    {
      const CotSetupIssue *issue = g_ptr_array_index (issues, i);

      g_string_append_printf (text, "%s%s %s", i > 0 ? " | " : "",
                              cot_setup_rule_to_string (issue->rule), issue->token);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_good_lines (void)
{
  assert_issues ("", "");
  assert_issues ("\"C:\\Windows\\ccmsetup\\ccmsetup.exe\"", "");
  assert_issues ("/mp:mp1.contoso.com /logon SMSSITECODE=PS1 FSP=fsp.contoso.com", "");
  assert_issues ("/MP:https://gw.contoso.com/CCM_Proxy_MutualAuth/72057594037928290 "
                 "CCMHOSTNAME=gw.contoso.com/CCM_Proxy_MutualAuth/72057594037928290 "
                 "SMSSiteCode=PS1 SMSMP=https://mp1.contoso.com",
                 "");
  assert_issues ("/source:\"\\\\server\\share with blanks\\client\" /BITSPriority:low "
                 "SMSCACHEFLAGS=MAXDRIVE;NTFSONLY SMSCONFIGSOURCE=RP CCMLOGLEVEL=0",
                 "");
}

static void
test_written_by_the_product (void)
{
  assert_issues ("\"/runservice\" \"/config:MobileClient.tcf\" \"/service\" /ignoreskipupgrade "
                 "/status:1234 INSTALL=\"ALL\"",
                 "");
  /* It stands behind INSTALL=ALL, which nobody wrote. */
  assert_issues ("INSTALL=ALL /service SMSSITECODE=PS1", "");
}

static void
test_unknown_names (void)
{
  assert_issues ("/mpp:mp1.contoso.com SMSSITECOD=PS1",
                 "unknown-parameter /mpp:mp1.contoso.com | unknown-property SMSSITECOD=PS1");
  assert_issues ("mp1.contoso.com SMSSITECODE=PS1", "unknown-parameter mp1.contoso.com");
}

static void
test_gateway (void)
{
  assert_issues ("/mp:gw.contoso.com/CCM_Proxy_MutualAuth/72057594037928290 SMSSITECODE=PS1",
                 "gateway-without-https gw.contoso.com/CCM_Proxy_MutualAuth/72057594037928290");
  assert_issues ("/mp:mp1.contoso.com;gw.cloudapp.net SMSSITECODE=PS1",
                 "gateway-without-https gw.cloudapp.net");
  assert_issues ("/mp:http://gw.contoso.com/ccm_proxy_serverauth/1 SMSSITECODE=PS1",
                 "gateway-without-https http://gw.contoso.com/ccm_proxy_serverauth/1");
  /* The host that CCMHOSTNAME says is a gateway's, wherever it stands. */
  assert_issues ("/mp:cmg.contoso.com CCMHOSTNAME=cmg.contoso.com/CCM_Proxy_MutualAuth/123 "
                 "SMSSITECODE=PS1",
                 "gateway-without-https cmg.contoso.com");
  assert_issues ("/mp:mp1.contoso.com;http://CMG.contoso.com:443/x "
                 "CCMHOSTNAME=cmg.contoso.com/CCM_Proxy_MutualAuth/123 SMSSITECODE=PS1",
                 "gateway-without-https http://CMG.contoso.com:443/x");
  assert_issues ("/mp:https://cmg.contoso.com CCMHOSTNAME=cmg.contoso.com/CCM_Proxy_MutualAuth/123 "
                 "SMSSITECODE=PS1",
                 "");
  /* A management point for the internet is no gateway. */
  assert_issues ("/mp:mp1.contoso.com CCMHOSTNAME=mp1.contoso.com SMSSITECODE=PS1", "");
}

static void
test_hostname (void)
{
  assert_issues ("CCMHOSTNAME=https://gw.contoso.com/CCM_Proxy_MutualAuth/1 SMSSITECODE=PS1",
                 "hostname-with-https CCMHOSTNAME=https://gw.contoso.com/CCM_Proxy_MutualAuth/1");
  assert_issues ("SMSSITECODE=auto CCMHOSTNAME=gw.contoso.com/CCM_Proxy_MutualAuth/1",
                 "auto-site-with-hostname SMSSITECODE=auto");
  assert_issues ("SMSSITECODE=AUTO", "");
}

static void
test_order (void)
{
  assert_issues ("SMSSITECODE=PS1 /logon", "parameter-after-property /logon");
  /* As in the documentation's own example. */
  assert_issues ("/mp:https://gw.contoso.com/CCM_Proxy_MutualAuth/1 "
                 "CCMHOSTNAME=gw.contoso.com/CCM_Proxy_MutualAuth/1 SMSSITECODE=PS1 "
                 "SMSMP=https://mp1.contoso.com /regtoken:abc",
                 "");
}

static void
test_values (void)
{
  assert_issues ("CCMLOGLEVEL=4", "value-out-of-range CCMLOGLEVEL=4");
  assert_issues ("CCMEVALHOUR=24 CCMEVALINTERVAL=0",
                 "value-out-of-range CCMEVALHOUR=24 | value-out-of-range CCMEVALINTERVAL=0");
  assert_issues ("CCMLOGMAXSIZE=9999", "value-out-of-range CCMLOGMAXSIZE=9999");
  assert_issues ("SMSSITECODE=PS12", "value-out-of-range SMSSITECODE=PS12");
  assert_issues ("/BITSPriority:urgent", "value-out-of-range /BITSPriority:urgent");
  assert_issues ("CCMHTTPSPORT=70000", "value-out-of-range CCMHTTPSPORT=70000");
  assert_issues ("AADTENANTID=contoso", "value-out-of-range AADTENANTID=contoso");
  assert_issues ("AADTENANTID={11111111-2222-3333-4444-555555555555}", "");
  assert_issues ("SMSCACHEFLAGS=MAXDRIVE;ALL", "value-out-of-range SMSCACHEFLAGS=MAXDRIVE;ALL");
}

static void
test_registration_token_is_never_repeated (void)
{
  assert_issues ("/regtoken:very-secret SMSSITECODE=PS1",
                 "regtoken-incomplete /mp | regtoken-incomplete CCMHOSTNAME | "
                 "regtoken-incomplete SMSMP");
}

static void
test_msi_only (void)
{
  assert_issues ("CCMSETUPCMD=\"SMSSITECODE=PS1\"", "msi-only-property CCMSETUPCMD");
}

static void
test_bounded (void)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GPtrArray) issues = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (line, "/x ");
  issues = cot_ccmsetup_line_check (line->str);
  g_assert_cmpuint (issues->len, ==, 100);
  assert_issues ("\"/logon", "");
  assert_issues ("= / -", "unknown-parameter = | unknown-parameter / | unknown-parameter -");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ccmsetup-line/good-lines", test_good_lines);
  g_test_add_func ("/ccmsetup-line/written-by-the-product", test_written_by_the_product);
  g_test_add_func ("/ccmsetup-line/unknown-names", test_unknown_names);
  g_test_add_func ("/ccmsetup-line/gateway", test_gateway);
  g_test_add_func ("/ccmsetup-line/hostname", test_hostname);
  g_test_add_func ("/ccmsetup-line/order", test_order);
  g_test_add_func ("/ccmsetup-line/values", test_values);
  g_test_add_func ("/ccmsetup-line/registration-token",
                   test_registration_token_is_never_repeated);
  g_test_add_func ("/ccmsetup-line/msi-only", test_msi_only);
  g_test_add_func ("/ccmsetup-line/bounded", test_bounded);
  return g_test_run ();
}
