/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-mask.h"

#include <string.h>

#define TENANT "72f98a1c-3b52-4c1e-9d0a-1f2e3d4c5b6a"
#define DEVICE "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
#define POLICY "11111111-2222-3333-4444-555555555555"
#define TOKEN                                                                                      \
  "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJvaWQiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLW9mLWl0"

/* What becomes of a text that the mask has learnt from. */
static char *
mask_text (const char *text)
{
  g_autoptr (CotMask) mask = cot_mask_new ();

  cot_mask_learn (mask, text, strlen (text));
  cot_mask_count (mask, text);
  return cot_mask_dup_masked (mask, text);
}

static void
assert_masked (const char *text, const char *expected)
{
  g_autofree char *masked = mask_text (text);

  if (g_strcmp0 (masked, expected) != 0)
    g_error ("of '%s' became '%s', not '%s'", text, masked, expected);
}

static void
assert_stays (const char *text)
{
  assert_masked (text, text);
}

static void
test_users (void)
{
  assert_masked ("for alice@contoso.com.", "for user-1@domain-1.");
  assert_masked ("upn=alice%40contoso.com&x=1", "upn=user-1%40domain-1&x=1");
  assert_masked ("User CONTOSO\\bjones failed", "User domain-1\\user-1 failed");
  assert_masked ("{\"user\":\"CONTOSO\\\\bjones\"}", "{\"user\":\"domain-1\\\\user-1\"}");
  assert_masked ("account fabrikam\\bjones,", "account domain-1\\user-1,");
  assert_masked ("C:\\Users\\bjones\\AppData\\x.log", "C:\\Users\\user-1\\AppData\\x.log");
  assert_masked ("C:\\Users\\Bea Jones\\AppData", "C:\\Users\\user-1\\AppData");
  assert_masked ("C:\\\\Users\\\\bjones\\\\AppData", "C:\\\\Users\\\\user-1\\\\AppData");
  assert_masked ("file:///C:/Users/bjones/x.txt by BJONES",
                 "file:///C:/Users/user-1/x.txt by user-1");
  assert_masked ("UserName : bjones", "UserName : user-1");
  assert_masked ("<UserName>bjones</UserName>", "<UserName>user-1</UserName>");
  assert_masked ("userId=" DEVICE " done", "userId=user-1 done");
}

static void
test_devices (void)
{
  assert_masked ("Device Name : PC0042", "Device Name : device-1");
  assert_masked ("\"deviceName\":\"PC0042\",\"a\":\"pc0042\"",
                 "\"deviceName\":\"device-1\",\"a\":\"device-1\"");
  assert_masked ("MP is cm01.contoso.com, and CM01 answers",
                 "MP is device-1.domain-1, and device-1 answers");
  assert_masked ("https://cm01.contoso.com:443/SMS_MP", "https://device-1.domain-1:443/SMS_MP");
  assert_masked ("copy \\\\fs07\\share\\x", "copy \\\\device-1\\share\\x");
  assert_masked ("CONTOSO\\PC0042$ asks", "domain-1\\device-1$ asks");
  assert_masked ("GUID:0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9 then " DEVICE,
                 "GUID:device-1 then device-1");
  assert_masked ("AADDeviceID=" DEVICE, "AADDeviceID=device-1");
  assert_masked ("_mssms_mp_abc._tcp.contoso.com", "_mssms_mp_abc._tcp.domain-1");
  assert_masked ("SMSMP=CM01 SMSSITECODE=ABC", "SMSMP=device-1 SMSSITECODE=ABC");
}

static void
test_tenants (void)
{
  assert_masked ("TenantId : " TENANT, "TenantId : tenant-1");
  assert_masked ("\"AADTenantID\": \"{" TENANT "}\" and " TENANT,
                 "\"AADTenantID\": \"{tenant-1}\" and tenant-1");
  assert_masked ("https://login.microsoftonline.com/" TENANT "/oauth2",
                 "https://login.microsoftonline.com/tenant-1/oauth2");
  assert_masked ("TenantName : Contoso Ltd", "TenantName : tenant-1");
  assert_masked ("x contoso.onmicrosoft.com x", "x domain-1 x");
  assert_masked ("CN=x, DC=contoso, DC=com", "CN=x, DC=domain-1, DC=com");
}

static void
test_secrets (void)
{
  assert_masked ("Authorization: Bearer " TOKEN, "Authorization: Bearer secret-1");
  assert_masked ("token " TOKEN " end", "token secret-1 end");
  assert_masked ("x?sv=2022&sig=aB3%2Fde%3D&se=1", "x?sv=2022&sig=secret-1&se=1");
  assert_masked ("ccmsetup.exe /BITSPriority:HIGH /regtoken:Zm9vYmFyMTIz /mp:x",
                 "ccmsetup.exe /BITSPriority:HIGH /regtoken:secret-1 /mp:x");
  assert_masked ("net use /user:x -Password S3cret!pw", "net use /user:x -Password secret-1");
  assert_masked ("PFXPassword=\"one two\" x", "PFXPassword=\"secret-1\" x");
  assert_masked ("pwd=hunter2;x", "pwd=secret-1;x");
  assert_masked ("AccountKey=abc/def+12==;End", "AccountKey=secret-1;End");
  /* An ordinary word is masked where it is the pass word, and nowhere else. */
  assert_masked ("password=failed and it failed.", "password=secret-1 and it failed.");
  assert_masked ("https://svc:pa55word@host7/x", "https://user-1:secret-1@device-1/x");
  assert_masked ("key AB1CD-2EF3G-H4IJ5-K6LM7-8NO9P", "key secret-1");
  assert_masked ("key 111111-222222-333333-444444-555555-666666-777777-888888", "key secret-1");
}

/* As they stood in clear text in reports of scripts and installers. */
static void
test_secrets_of_scripts (void)
{
  assert_masked ("token=geheimXYZ123456", "token=secret-1");
  assert_masked ("x?sig=aB3%2Fde%3D&token=geheim&a=1", "x?sig=secret-1&token=secret-2&a=1");
  assert_masked ("https://host7/x?key=geheim&b=2", "https://device-1/x?key=secret-1&b=2");
  assert_masked ("{\"token\": \"aB3dE5fG\"}", "{\"token\": \"secret-1\"}");
  assert_masked ("x?pass=geheim&a=1 pass=Sommer26", "x?pass=secret-1&a=1 pass=secret-2");
  assert_masked ("Kennwort=Geheim123;", "Kennwort=secret-1;");
  assert_masked ("Passwort: xyzzy99", "Passwort: secret-1");
  assert_masked ("Mot de passe : soleil7", "Mot de passe : secret-1");
  assert_masked ("contrase\u00f1a=Verano99", "contrase\u00f1a=secret-1");
  assert_masked ("CONTRASE\u00d1A=Verano99", "CONTRASE\u00d1A=secret-1");
  assert_masked ("msiexec /i x.msi ADMINPASSWORD=Sommer26 /qn",
                 "msiexec /i x.msi ADMINPASSWORD=secret-1 /qn");
  assert_masked ("client_secret=aB3dE5fG7h", "client_secret=secret-1");
  assert_masked ("api-key: aB3dE5fG7h", "api-key: secret-1");
  assert_masked ("setup.exe --key=K3Y-VALUE /q", "setup.exe --key=secret-1 /q");
  assert_masked ("tool.exe -Password geheim and geheim", "tool.exe -Password secret-1 and geheim");
  assert_masked ("ConvertTo-SecureString 'Sommer2026' -AsPlainText",
                 "ConvertTo-SecureString 'secret-1' -AsPlainText");
}

/* No word says what they are: where they stand in the line does. */
static void
test_secrets_of_commands (void)
{
  assert_masked ("Run setup.exe /p Sommer2026", "Run setup.exe /p secret-1");
  assert_masked ("psexec -u x -p Sommer2026!", "psexec -u x -p secret-1");
  assert_masked ("tool.exe /p:Sommer2026 /q", "tool.exe /p:secret-1 /q");
  assert_masked ("schtasks /create /rp Sommer2026", "schtasks /create /rp secret-1");
  assert_masked ("net use Z: \\\\fs07\\share /user:FABRIKAM\\svc-deploy P@ssw0rd!",
                 "net use Z: \\\\device-1\\share /user:domain-1\\user-1 secret-1");
  assert_masked ("net use \\\\fs07\\share Sommer /user:svc7 failed with 5",
                 "net use \\\\device-1\\share Sommer /user:user-1 failed with 5");
  assert_masked ("net use \\\\fs07\\share \"Sommer 26\" /user:svc7",
                 "net use \\\\device-1\\share \"secret-1\" /user:user-1");
  assert_masked ("net user helpdesk7 Sommer2026 /add", "net user user-1 secret-1 /add");
  assert_masked ("runas /user:FABRIKAM\\svc-deploy cmd", "runas /user:domain-1\\user-1 cmd");
  assert_stays ("msiexec.exe /p C:\\x\\fix.msp /qn, ssh -p 22022, mkdir -p logs");
  assert_stays ("msiexec /p fix2026.msp; msiexec /p {" POLICY "}; net use * /delete /y");
  assert_stays ("-p 0x80070005 and /p tcp, /p:no");
  assert_stays ("the net use of it (see 0x55)");
}

/* Of a person and of a computer no half stays. */
static void
test_names (void)
{
  assert_masked ("givenName=Maria, surname=Schmidt", "givenName=user-1, surname=user-2");
  assert_masked ("Vorname: Maria", "Vorname: user-1");
  assert_masked ("mail maria.schmidt@contoso.com of \"Maria Schmidt\"",
                 "mail user-1@domain-1 of \"user-2\"");
  assert_masked ("\"Schmidt, Maria\" maria.schmidt@contoso.com", "\"user-1\" user-2@domain-1");
  assert_masked ("C:\\temp\\LT-HUBER01_report.txt", "C:\\temp\\device-1_report.txt");
  assert_masked ("file report-LT-HUBER01.cab", "file report-device-1.cab");
  assert_masked ("tenant contoso.onmicrosoft.com id " TENANT, "tenant domain-1 id tenant-1");
  assert_masked ("Tenant: contoso.com (" TENANT ")", "Tenant: domain-1 (tenant-1)");
  assert_stays ("PC-0001 of 2, CLIENT-SIDE, SRV-RECORD, DT-2024, tenant of policy " POLICY);
}

static void
assert_names (const char *text, const char *expected)
{
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autofree char *masked = NULL;

  cot_mask_add (mask, COT_MASK_USER, "schmidt");
  cot_mask_learn_names (mask, text);
  cot_mask_count (mask, text);
  masked = cot_mask_dup_masked (mask, text);
  g_assert_cmpstr (masked, ==, expected);
}

static void
test_whole_names (void)
{
  assert_names ("\"Maria Schmidt\"", "\"user-1\"");
  assert_names ("Schmidt, Maria is it", "user-1 is it");
  assert_names ("Schmidt Maria-Anna", "user-1");
  assert_names ("J\u00fcrgen Schmidt", "user-1");
  assert_names ("User Schmidt failed, SCHMIDT Failed", "User user-1 failed, user-1 Failed");
  assert_names ("schmidt Maria, x\\schmidt", "user-1 Maria, x\\user-1");
}

static void
test_others (void)
{
  assert_masked ("from 10.1.2.3 to 10.1.2.4:443, 10.1.2.3",
                 "from address-1 to address-2:443, address-1");
  assert_masked ("at fe80::1c2d:3e4f and 00-15-5D-01-02-03", "at address-1 and address-2");
  assert_masked ("S-1-5-21-1004336348-1177238915-682003330-512", "sid-1");
  assert_masked ("Serial Number: 5CG1234XYZ", "Serial Number: serial-1");
}

/* Without these a report says nothing. */
static void
test_stays (void)
{
  assert_stays ("Failed with 0x87d00231 (404) at 09:12:41.327 on 2026-11-18");
  assert_stays ("Policy {" POLICY "} and deployment " POLICY);
  assert_stays (
      "LocationServices.log, ccmexec.exe, System.Net.WebException, Microsoft.Management.Services");
  assert_stays ("HKLM\\SOFTWARE\\Microsoft\\CCM and CCM\\Logs and root\\ccm\\Policy");
  assert_stays ("C:\\Windows\\CCM\\Logs\\x.log C:\\Users\\Public\\x C:\\Users\\Default\\y");
  assert_stays ("NT AUTHORITY\\SYSTEM, S-1-5-18, user: SYSTEM");
  assert_stays ("https://enterpriseregistration.windows.net/x https://manage.microsoft.com");
  assert_stays ("version 10.0.1.2, 5.00.9106.1000, client 127.0.0.1, CAB::Add 10:22:31");
  assert_stays ("The password has expired. bearer token missing, secret is not set");
  assert_stays ("SetupHost::Execute, sig: Verified, \\$WINDOWS.~BT\\Sources, marker\\r\\ntry {");
  assert_stays ("HKEY_USERS\\DefaultUser\\Control Panel\\International, 3f@e0e86e3.log");
  assert_stays ("Microsoft-Windows-AAD.evtx, VirtualMachine: 8004100E, AzureAD, Host: 0x0");
  assert_stays ("<settings pass=\"oobeSystem\">, pass=specialize");
  assert_stays ("PublicKeyToken=b77a5c561934e089, publicKeyToken=\"31bf3856ad364e35\"");
  assert_stays (
      "Token acquired. token: missing, Token = 0x4A8, no key: HKLM\\SOFTWARE\\X9, key=12");
  assert_stays ("certificate thumbprint 9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B, Key: value1");
  assert_stays (
      "one pass: 3 of 4, pass-through, Kennwort ist abgelaufen, mot de passe oubli\u00e9");
  assert_stays ("TenantId : 00000000-0000-0000-0000-000000000000");
  assert_stays ("hash 9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08");
}

static void
test_known (void)
{
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autofree char *masked = NULL;
  const char *text = "PC0042_x.log of pc0042 and PC00421, &#80;C0042, %50C0042, \\u0050C0042";

  cot_mask_add (mask, COT_MASK_DEVICE, "PC0042");
  cot_mask_count (mask, text);
  masked = cot_mask_dup_masked (mask, text);
  g_assert_cmpstr (masked, ==,
                   "device-1_x.log of device-1 and PC00421, device-1, device-1, device-1");
}

/* One name in many texts, with one stand-in; what is switched off stays. */
static void
test_items (void)
{
  g_autoptr (CotMask) mask = cot_mask_new ();
  const char *first = "TenantId : " TENANT;
  const char *second = "of " TENANT " and bea@contoso.com, bea@contoso.com";
  g_autofree char *both = NULL;
  g_autofree char *one = NULL;

  cot_mask_learn (mask, first, strlen (first));
  cot_mask_learn (mask, second, strlen (second));
  cot_mask_learn (mask, "seen nowhere: carl@fabrikam.com", 31);
  cot_mask_count (mask, second);
  g_assert_cmpuint (cot_mask_get_n_items (mask), ==, 3);
  g_assert_cmpint (cot_mask_get_item (mask, 0)->kind, ==, COT_MASK_TENANT);
  g_assert_cmpstr (cot_mask_get_item (mask, 1)->value, ==, "bea");
  g_assert_cmpuint (cot_mask_get_item (mask, 1)->count, ==, 2);
  both = cot_mask_dup_masked (mask, second);
  g_assert_cmpstr (both, ==, "of tenant-1 and user-1@domain-1, user-1@domain-1");
  cot_mask_set_enabled (mask, 1, FALSE);
  one = cot_mask_dup_masked (mask, second);
  g_assert_cmpstr (one, ==, "of tenant-1 and bea@domain-1, bea@domain-1");
}

/* A name that is a word of every log is masked where it is told to be a name. */
static void
test_common_words (void)
{
  assert_masked ("CONTOSO\\client: the client failed, client@contoso.com",
                 "domain-1\\user-1: the client failed, user-1@domain-2");
}

/* No text is too odd to be looked at: cut, empty, or not UTF-8. */
static void
test_odd (void)
{
  static const char *const texts[] = { "",          "@",           "\\",
                                       "\\\\",      "://",         "eyJ",
                                       "S-1-5-21-", "password=",   "%",
                                       "%4",        "&#;",         "&#x;",
                                       "\\u",       "\\u00",       "a@",
                                       "@b.c",      "C:\\Users\\", "\xff\xfe@\xff.com",
                                       "TenantId",  "TenantId:",   "GUID:",
                                       "....",      "a.b.c.d.e",   "user:",
                                       "https://",  "https://@",   "https://a:b@",
                                       "::::" };
  g_autoptr (GString) all = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      /* Where nothing stands behind the text that may be read. */
      g_autofree char *exact = g_memdup2 (texts[i], strlen (texts[i]) + 1);
      g_autofree char *masked = mask_text (exact);
      g_autoptr (CotMask) mask = cot_mask_new ();
      g_autofree char *bytes = g_memdup2 (texts[i], MAX (strlen (texts[i]), 1u));

      g_assert_nonnull (masked);
      cot_mask_learn (mask, bytes, strlen (texts[i]));
      g_string_append (all, texts[i]);
    }
  g_free (mask_text (all->str));
}

/* Millions of words in one piece: looking through all of it at each would take hours. */
static void
test_long_piece (void)
{
  static const char blob[] = "MIIGxTq4ZkPvWn7RsYhLmQjXuKtOyVgHwJzN3rSlUpMkGqYvTzWxRnPoLs"
                             "JhQmKtVuYwZxNrPsGkLqTvMyWzXuRnOpJsHkQtLmVwYxZrNuPsGk5qTv";
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *masked = NULL;
  g_autoptr (CotMask) mask = cot_mask_new ();

  while (text->len < 2 * 1024 * 1024)
    g_string_append (text, "aZ");
  g_string_append_printf (text, " Certificate: %s", blob);
  cot_mask_learn (mask, text->str, text->len);
  cot_mask_count (mask, blob);
  masked = cot_mask_dup_masked (mask, blob);
  g_assert_cmpstr (masked, ==, "secret-1");
}

/* What becomes of @text once the mask knows where the logs lay. */
static void
assert_path (const char *path, gboolean is_folder, const char *text, const char *expected)
{
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autofree char *masked = NULL;

  cot_mask_learn_path (mask, path, is_folder);
  cot_mask_count (mask, text);
  masked = cot_mask_dup_masked (mask, text);
  if (g_strcmp0 (masked, expected) != 0)
    g_error ("with '%s' of '%s' became '%s', not '%s'", path, text, masked, expected);
}

/* The names of computers and people in folders and archives, whatever is around them. */
static void
test_paths (void)
{
  static const struct
  {
    const char *path;
    const char *expected; /* of the path itself */
  } files[] = {
    { "LT-ANNA.BERG/CCM/Logs/CcmExec.log", "device-1/CCM/Logs/CcmExec.log" },
    { "PC-A/CcmExec.log", "device-1/CcmExec.log" },
    { "ANNA-LAPTOP/CcmExec.log", "device-1/CcmExec.log" },
    { "Logs of Anna Berg/CcmExec.log", "Logs of device-1/CcmExec.log" },
    { "anna/CcmExec.log", "device-1/CcmExec.log" },
    { "support-PC0042-20240924/CcmExec.log", "support-device-1-20240924/CcmExec.log" },
    { "lt-0042.zip/x/CcmExec.log", "device-1.zip/x/CcmExec.log" },
    { "DESKTOP-4F2K9QX\\Logs\\CcmExec.log", "device-1\\Logs\\CcmExec.log" },
    { "C/Users/anna.berg/AppData/Local/x.log", "C/Users/user-1/AppData/Local/x.log" },
    { "case 12/B\xc3\xa4rbel/CcmExec.log", "case 12/device-1/CcmExec.log" },
    { "logs/LT-ANNA.zip", "logs/device-1.zip" },
    { "LT-ANNA.log", "device-1.log" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    assert_path (files[i].path, FALSE, files[i].path, files[i].expected);
  assert_path ("LT-ANNA.BERG.zip", TRUE, "LT-ANNA.BERG.zip", "device-1.zip");
  assert_path ("LT-ANNA.BERG", TRUE, "signed in: anna.berg on lt-anna.berg",
               "signed in: user-1 on device-1");
  assert_path ("LAPTOP-12", TRUE, "laptop-12 is a laptop", "device-1 is a laptop");
}

/* Of the name of the bundle itself only what is one of a computer; an archive inside, whose name
 * may say who sent it, is masked whole. */
static void
test_archives (void)
{
  static const struct
  {
    const char *path;
    const char *expected; /* of the path itself */
  } archives[] = {
    { "two.zip", "two.zip" },
    { "two", "two" },
    { "Contoso Sydney.zip", "Contoso Sydney.zip" },
    { "two of LT-ANNA.zip", "two of device-1.zip" },
    { "Sydney PC0042 (2).cab", "Sydney device-1 (2).cab" },
    { "ABERG01 logs.zip", "device-1 logs.zip" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (archives); i++)
    assert_path (archives[i].path, TRUE, archives[i].path, archives[i].expected);
  assert_path ("two.zip/CcmExec.log", FALSE, "two.zip/CcmExec.log", "bundle-1/CcmExec.log");
  assert_path ("logs/two.zip", FALSE, "logs/two.zip", "logs/bundle-1");
  assert_path ("Logs-2024.zip/x.log", FALSE, "Logs-2024.zip/x.log", "Logs-2024.zip/x.log");
  assert_path ("Contoso logs.zip/LT-ANNA/x.log", FALSE, "Contoso logs.zip/LT-ANNA/x.log",
               "bundle-1/device-1/x.log");
}

/* A title may be any word: it is masked whole, and where it is all that is said. */
static void
test_title (void)
{
  static const char *const titles[] = { "Logs", "logs of jdoe", "RECEPTION.zip", "ccmsetup.log" };
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autofree char *other = NULL;
  g_autofree char *device = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autoptr (CotMask) of_one = cot_mask_new ();
      g_autofree char *whole = NULL;
      g_autofree char *path = g_strdup_printf ("C:/%s/x", titles[i]);
      g_autofree char *part = NULL;

      cot_mask_add_title (of_one, titles[i]);
      cot_mask_count (of_one, titles[i]);
      cot_mask_count (of_one, path);
      whole = cot_mask_dup_masked (of_one, titles[i]);
      part = cot_mask_dup_masked (of_one, path);
      g_assert_cmpstr (whole, ==, "bundle-1");
      g_assert_cmpstr (part, ==, path);
    }
  /* It is the name of a computer, too, as is learnt before or later. */
  cot_mask_add (mask, COT_MASK_DEVICE, "PC0042");
  cot_mask_add_title (mask, "PC0042");
  cot_mask_add_title (mask, "kiosk7");
  cot_mask_add (mask, COT_MASK_DEVICE, "KIOSK7");
  cot_mask_count (mask, "PC0042");
  cot_mask_count (mask, "on kiosk7 and pc0042");
  device = cot_mask_dup_masked (mask, "PC0042");
  other = cot_mask_dup_masked (mask, "on kiosk7 and pc0042");
  g_assert_cmpstr (device, ==, "device-1");
  g_assert_cmpstr (other, ==, "on device-2 and device-1");
}

/* Folders that name nobody: the report would say nothing without them. */
static void
test_paths_of_nobody (void)
{
  static const char *const paths[] = {
    "C/Windows/CCM/Logs/CcmExec.log",
    "ProgramData/Microsoft/IntuneManagementExtension/Logs/AppWorkload.log",
    "(12) RegistryKey HKLM_Software_Microsoft_CCM export.reg/export.reg",
    "Diagnostics-2024-11-18/Collected Logs (2)/x.log",
    "before/x.log",
    "working/ClientLogs/x.log",
    "Windows/Panther/UnattendGC/setupact.log",
    "C/Users/Public/x.log",
    "11111111-2222-3333-4444-555555555555/x.log",
    "inetpub/logs/LogFiles/W3SVC1/u_ex241118.log",
    "mdmlogs-20240924T100311Z/x.log",
    "Laptop/x.log",
    "client.msi.log",
    "",
    "/",
    "//x//",
    "...",
    "(1) ",
    "\xff\xfe/\xff.log",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (CotMask) mask = cot_mask_new ();

      cot_mask_learn_path (mask, paths[i], FALSE);
      cot_mask_count (mask, paths[i]);
      if (cot_mask_get_n_items (mask) > 0 && g_utf8_validate (paths[i], -1, NULL))
        g_error ("'%s' of '%s' is masked", cot_mask_get_item (mask, 0)->value, paths[i]);
    }
}

static void
assert_file (const char *name, const char *known, const char *expected)
{
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autofree char *masked = NULL;

  cot_mask_learn_file (mask, name, known);
  cot_mask_count (mask, name);
  masked = cot_mask_dup_masked (mask, name);
  g_assert_cmpstr (masked, ==, expected);
}

static void
test_files (void)
{
  assert_file ("LT-ANNA_ccmsetup.log", "ccmsetup", "device-1_ccmsetup.log");
  assert_file ("CcmSetup-anna.berg.log", "ccmsetup", "CcmSetup-device-1.log");
  assert_file ("ccmsetup-20241118-101112.log", "ccmsetup", "ccmsetup-20241118-101112.log");
  assert_file ("ccmsetup.log", "ccmsetup", "ccmsetup.log");
  assert_file ("ccmsetup", "", "ccmsetup");
}

static char *
dup_counted (CotMask *mask, const char *text)
{
  cot_mask_forget_counts (mask);
  cot_mask_count (mask, text);
  return cot_mask_dup_masked (mask, text);
}

/* What somebody asked for, wherever it stands. */
static void
test_words (void)
{
  const char *text = "Wombat, wombats and BIGWOMBAT-01; bea@contoso.com";
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autofree char *masked = NULL;
  g_autofree char *again = NULL;
  guint n_inside;

  cot_mask_learn (mask, text, strlen (text));
  cot_mask_count (mask, text);
  g_assert_true (cot_mask_add_word (mask, "wombat"));
  masked = dup_counted (mask, text);
  g_assert_cmpstr (masked, ==, "word-1, word-1s and BIGword-1-01; user-1@domain-1");
  g_assert_cmpuint (cot_mask_get_count (mask, "WOMBAT", &n_inside), ==, 3);
  g_assert_cmpuint (n_inside, ==, 0);
  /* What was switched off is on again, under its own stand-in. */
  for (guint i = 0; i < cot_mask_get_n_items (mask); i++)
    cot_mask_set_enabled (mask, i, FALSE);
  g_assert_true (cot_mask_add_word (mask, "bea"));
  again = cot_mask_dup_masked (mask, text);
  g_assert_cmpstr (again, ==, "Wombat, wombats and BIGWOMBAT-01; user-1@contoso.com");
  g_assert_false (cot_mask_add_word (mask, ""));
  g_assert_false (cot_mask_add_word (mask, "x"));
}

/* A word that is part of a name: the name goes as a whole, until it is switched off. */
static void
test_words_inside (void)
{
  const char *text = "\\\\CONTOSO-PC01\\share of mail.contoso.com, MYCONTOSO";
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autofree char *whole = NULL;
  g_autofree char *part = NULL;
  g_autofree char *counted = NULL;
  g_autofree char *odd = NULL;
  guint n_inside;

  cot_mask_add (mask, COT_MASK_DEVICE, "CONTOSO-PC01");
  cot_mask_count (mask, text);
  g_assert_true (cot_mask_add_word (mask, "contoso"));
  whole = dup_counted (mask, text);
  g_assert_cmpstr (whole, ==, "\\\\device-1\\share of mail.word-1.com, MYword-1");
  g_assert_cmpuint (cot_mask_get_count (mask, "contoso", &n_inside), ==, 2);
  g_assert_cmpuint (n_inside, ==, 1);
  cot_mask_set_enabled (mask, 0, FALSE);
  part = cot_mask_dup_masked (mask, text);
  g_assert_cmpstr (part, ==, "\\\\word-1-PC01\\share of mail.word-1.com, MYword-1");
  counted = dup_counted (mask, text);
  g_assert_cmpstr (counted, ==, part);
  g_assert_cmpuint (cot_mask_get_count (mask, "contoso", &n_inside), ==, 3);
  g_assert_cmpuint (cot_mask_get_count (mask, "CONTOSO-PC01", NULL), ==, 1);
  /* It reaches into the name: nothing of either stays. */
  cot_mask_set_enabled (mask, 0, TRUE);
  g_assert_true (cot_mask_add_word (mask, "\\contoso-p"));
  odd = dup_counted (mask, text);
  g_assert_cmpstr (odd, ==, "\\word-2\\share of mail.word-1.com, MYword-1");
}

/* Values within values: the longest that is allowed where it stands. */
static void
test_nested_values (void)
{
  static const char *const values[] = { "ab", "abc", "abc-de", "abc-de-fgh", "abd", "abc-df" };
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autofree char *masked = NULL;
  const char *text = "abc-de-fgh abc-de-fg abc-dx abcx abd ab abc-df";

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    cot_mask_add (mask, COT_MASK_SERIAL, values[i]);
  cot_mask_count (mask, text);
  masked = cot_mask_dup_masked (mask, text);
  g_assert_cmpstr (masked, ==, "serial-1 serial-2-fg serial-3-dx abcx serial-4 ab serial-5");
}

/* Names of one beginning, as a log of a whole company has them, in a text that is full of it: to
 * look at all of them at each place would take minutes. */
static void
test_many_names (void)
{
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *masked = NULL;

  for (guint i = 0; i < 200000; i++)
    {
      g_autofree char *name = g_strdup_printf ("pc-%06u", i);

      cot_mask_add (mask, COT_MASK_DEVICE, name);
    }
  while (text->len < 256 * 1024)
    g_string_append (text, "pc-199999x ");
  g_string_append (text, "pc-199999");
  cot_mask_count (mask, text->str);
  masked = cot_mask_dup_masked (mask, text->str);
  g_assert_true (g_str_has_suffix (masked, "pc-199999x device-1"));
  g_assert_cmpuint (cot_mask_get_n_items (mask), ==, 1);
}

/* A pass word that itself looks wrapped has to be unwrapped on top of what it is wrapped in. */
static void
test_wrapped_twice_over (void)
{
  static const char value[] = "4560*_%%3315";
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autofree char *once = g_uri_escape_string (value, NULL, FALSE);
  g_autofree char *twice = g_uri_escape_string (once, NULL, FALSE);
  g_autofree char *text = g_strconcat ("it says ", twice, " here", NULL);
  g_autofree char *masked = NULL;

  cot_mask_learn (mask, "secret: '4560*_%%3315'", 22);
  cot_mask_count (mask, text);
  masked = cot_mask_dup_masked (mask, text);
  g_assert_null (strstr (masked, twice));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mask/users", test_users);
  g_test_add_func ("/mask/devices", test_devices);
  g_test_add_func ("/mask/tenants", test_tenants);
  g_test_add_func ("/mask/secrets", test_secrets);
  g_test_add_func ("/mask/secrets-of-scripts", test_secrets_of_scripts);
  g_test_add_func ("/mask/secrets-of-commands", test_secrets_of_commands);
  g_test_add_func ("/mask/names", test_names);
  g_test_add_func ("/mask/whole-names", test_whole_names);
  g_test_add_func ("/mask/others", test_others);
  g_test_add_func ("/mask/stays", test_stays);
  g_test_add_func ("/mask/known", test_known);
  g_test_add_func ("/mask/items", test_items);
  g_test_add_func ("/mask/common-words", test_common_words);
  g_test_add_func ("/mask/odd", test_odd);
  g_test_add_func ("/mask/long-piece", test_long_piece);
  g_test_add_func ("/mask/paths", test_paths);
  g_test_add_func ("/mask/title", test_title);
  g_test_add_func ("/mask/paths-of-nobody", test_paths_of_nobody);
  g_test_add_func ("/mask/files", test_files);
  g_test_add_func ("/mask/words", test_words);
  g_test_add_func ("/mask/words-inside", test_words_inside);
  g_test_add_func ("/mask/archives", test_archives);
  g_test_add_func ("/mask/nested-values", test_nested_values);
  g_test_add_func ("/mask/many-names", test_many_names);
  g_test_add_func ("/mask/wrapped-twice-over", test_wrapped_twice_over);
  return g_test_run ();
}
