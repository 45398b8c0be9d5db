/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-bundle.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bundle-helper.h"
#include "cot-member-private.h"
#include "zip-maker.h"

#define TEXT "<![LOG[Contoso]LOG]!>\r\n"

static void
test_is_archive (void)
{
  g_assert_true (cot_bundle_is_archive ("PK\003\004", 4));
  g_assert_true (cot_bundle_is_archive ("PK\005\006 and more", 13));
  g_assert_true (cot_bundle_is_archive ("PK\007\010", 4));
  g_assert_true (cot_bundle_is_archive ("MSCF", 4));
  g_assert_true (cot_bundle_is_archive ("\037\213\010\010", 4));
  g_assert_false (cot_bundle_is_archive ("PK\003\004", 3));
  g_assert_false (cot_bundle_is_archive ("PKLITE", 6));
  g_assert_false (cot_bundle_is_archive ("<![LOG[", 7));
  g_assert_false (cot_bundle_is_archive ("", 0));
}

static void
test_identify (void)
{
  static const struct
  {
    const char *name;
    const char *device;
    const char *base_name;
    const char *generation;
  } cases[] = {
    { "LocationServices.log", NULL, "LocationServices.log", "" },
    { "ccm/Logs/LocationServices.lo_", NULL, "LocationServices.log", "lo_" },
    { "LocationServices.LO_", NULL, "LocationServices.log", "lo_" },
    { "C:\\Windows\\CCM\\Logs\\CcmExec.log", NULL, "CcmExec.log", "" },
    { "AppWorkload-20240924-100311.log", NULL, "AppWorkload.log", "20240924-100311" },
    { "smsts-20240924-100311.log", NULL, "smsts.log", "20240924-100311" },
    { "CBS_20240924.log", NULL, "CBS.log", "20240924" },
    { "Win32AppInventory-20240924T1003.log", NULL, "Win32AppInventory.log", "20240924T1003" },
    /* A number is no date. */
    { "SCClient_CONTOSO@pat_1.log", NULL, "SCClient_CONTOSO@pat_1.log", "" },
    { "build-12345678.log", NULL, "build-12345678.log", "" },
    { "CloudDP-20240924x.log", NULL, "CloudDP-20240924x.log", "" },
    { "PC0042_CcmExec.log", "PC0042", "CcmExec.log", "" },
    { "logs/pc0042_CcmExec.lo_", "PC0042", "CcmExec.log", "lo_" },
    { "PC0042_CcmExec.log", NULL, "PC0042_CcmExec.log", "" },
    { "PC0042_", "PC0042", "PC0042_", "" },
    { "ccmsetup.log.1", NULL, "ccmsetup.log", "1" },
    { "ccmsetup.1", NULL, "ccmsetup.1", "" },
    { ".log.1", NULL, ".log.1", "" },
    { "CcmExec (1).log", NULL, "CcmExec.log", "" },
    { "PC0042_CcmExec-20240924-100311 (12).log", "PC0042", "CcmExec.log", "20240924-100311" },
    { "CcmExec ().log", NULL, "CcmExec ().log", "" },
    { "(1).log", NULL, "(1).log", "" },
    { "(62) Events System Events.evtx", NULL, "System.evtx", "" },
    { "(58) Events Microsoft-Windows-AAD_Operational Events.evtx", NULL,
      "Microsoft-Windows-AAD-Operational.evtx", "" },
    { "PC0042_Microsoft-Windows-AAD%4Operational.evtx", "PC0042",
      "Microsoft-Windows-AAD-Operational.evtx", "" },
    { "microsoft-windows-user device registration-admin.evtx", NULL,
      "microsoft-windows-user device registration-admin.evtx", "" },
    { "Sales_Admin%4Own_Things.evtx", NULL, "Sales_Admin-Own_Things.evtx", "" },
    { "Contoso Events.evtx", NULL, "Contoso Events.evtx", "" },
    { "(9) No Results - Error [0x80070002] FoldersFiles windir_ccm_logs CcmExec.log", NULL,
      "CcmExec.log", "" },
    { "(9) No Results - Error [0x80070002] RegistryKey HKLM_Software_Contoso", NULL,
      "HKLM_Software_Contoso", "" },
    { "(9) No Results - Error [0x80070002", NULL, "No Results - Error [0x80070002", "" },
    { "(4) RegistryKey HKLM_Software export.reg", NULL, "HKLM_Software export.reg", "" },
    { "(57) FoldersFiles windir_ccm ccmsetup.log", NULL, "ccmsetup.log", "" },
    { "(64) FoldersFiles IME_Logs\\intunemanagementextension.log", NULL,
      "intunemanagementextension.log", "" },
    { "(31) Command windir_system32_Dsregcmd_exe_status output.log", NULL,
      "dsregcmd /status output", "" },
    { "(5", NULL, "(5", "" },
    { "", NULL, "", "" },
    { "/", NULL, "/", "" },
    { ".log", NULL, ".log", "" },
    { "noextension", NULL, "noextension", "" },
    { "folder/", NULL, "folder/", "" },
    { "a.log.", NULL, "a.log", "" },
    /* Put aside, nobody knows when */
    { "in/CcmExec.log.old", NULL, "CcmExec.log", ".old" },
    { "ccmsetup.LOG_OLD", NULL, "ccmsetup.LOG", "_OLD" },
    { "CcmExec.log.bak", NULL, "CcmExec.log", ".bak" },
    { "CcmExec.log~", NULL, "CcmExec.log", "~" },
    { "CcmExec.log.2024-09-24", NULL, "CcmExec.log", ".2024-09-24" },
    { "PC0042_CcmExec-20240924-100311.log.bak", "PC0042", "CcmExec.log",
      ".20240924-100311.bak" },
    { "Contoso.log.txt", NULL, "Contoso.log", ".txt" },
    { "CcmExec.bak", NULL, "CcmExec.log", ".bak" },
    { "CcmExec.old", NULL, "CcmExec.log", ".old" },
    { "ccm/Logs/CcmExec", NULL, "CcmExec.log", "" },
    { "Contoso.bak", NULL, "Contoso.bak", "" },
    { "Contoso.log.zip", NULL, "Contoso.log.zip", "" },
    { "CcmExec.log.gz", NULL, "CcmExec.log.gz", "" },
    { "CcmExec.txt", NULL, "CcmExec.txt", "" },
    { "changelog", NULL, "changelog", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *base_name = NULL;
      g_autofree char *generation = NULL;

      g_test_message ("%s", cases[i].name);
      cot_member_identify (cases[i].name, cases[i].device, &base_name, &generation);
      g_assert_cmpstr (base_name, ==, cases[i].base_name);
      g_assert_cmpstr (generation, ==, cases[i].generation);
    }
}

static void
test_device (void)
{
  static const struct
  {
    const char *bundle;
    const char *device;
  } cases[] = {
    { "DiagLogs-DESKTOP-7F3K2-20240924T100311Z.zip", "DESKTOP-7F3K2" },
    { "/in/diaglogs-PC0042-20240924T100311Z.zip", "PC0042" },
    { "PC0042_CollectedData_2024-09-24.ZIP", "PC0042" },
    { "LONDON_CollectedData.zip", "LONDON" },
    { "support-PC0042.zip", "PC0042" },
    { "PC0042.zip", "PC0042" },
    { "PC0042-20240924.zip", "PC0042" },
    { "PC0042-7351.zip", "PC0042" },
    { "DESKTOP-7F3K2_logs.zip", "DESKTOP-7F3K2" },
    { "logs_from_lt-0042_2024-09-24", "lt-0042" },
    { "logs.zip", NULL },
    { "20240924.zip", NULL },
    { "Downloads2", NULL },
    { "a-name-that-is-far-too-long-for-PC1.zip", NULL },
    { "", NULL },
    { "-_-.zip", NULL },
    { "DiagLogs-.zip", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *device = cot_member_guess_device (cases[i].bundle, NULL, 0);

      g_test_message ("%s", cases[i].bundle);
      g_assert_cmpstr (device, ==, cases[i].device);
    }
}

static void
test_device_by_members (void)
{
  static const char *const one[] = { "a/PC0042_CcmExec.log", "a/PC0042_PolicyAgent.log",
                                     "pc0042_System.evtx", "PC0042_x.reg", "results.xml" };
  static const char *const many[] = { "PC0042_CcmExec.log", "PC0043_CcmExec.log" };
  static const char *const server[] = { "MP_GetAuth.log", "MP_Framework.log", "MP_Ddr.log" };
  static const char *const single[] = { "PC0042_CcmExec.log" };
  g_autofree char *device = cot_member_guess_device ("logs.zip", one, G_N_ELEMENTS (one));

  g_assert_cmpstr (device, ==, "PC0042");
  g_assert_null (cot_member_guess_device ("logs.zip", many, G_N_ELEMENTS (many)));
  g_assert_null (cot_member_guess_device ("logs.zip", server, G_N_ELEMENTS (server)));
  g_assert_null (cot_member_guess_device ("logs.zip", single, G_N_ELEMENTS (single)));
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *label;
    guint64 size_bytes;
    CotMemberKind kind;
    CotMemberGroup group;
  } cases[] = {
    { "ccm/logs/LocationServices.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_CLIENT },
    { "CoManagementHandler.lo_", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_CLIENT },
    { "ccm/logs/Unheard-of.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_CLIENT },
    { "SCNotify_CONTOSO@pat_1-20240924-100311.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_CLIENT },
    { "ccmsetup/ccmsetup.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_CLIENT_SETUP },
    { "client.msi.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_CLIENT_SETUP },
    { "IntuneManagementExtension-20240924-100311.log", 1, COT_MEMBER_LOG,
      COT_MEMBER_GROUP_INTUNE_AGENT },
    { "(64) FoldersFiles ProgramData_Microsoft_IntuneManagementExtension_Logs/new.log", 1,
      COT_MEMBER_LOG, COT_MEMBER_GROUP_INTUNE_AGENT },
    { "MP_GetAuth.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_SITE_SERVER },
    { "SMS_Cloud_ProxyConnector.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_SITE_SERVER },
    { "wsyncmgr.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_SITE_SERVER },
    { "adctrl.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_SITE_SERVER },
    { "WUSSyncXML.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_SITE_SERVER },
    { "WUAHandler.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_CLIENT },
    { "ADALOperationProvider.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_CLIENT },
    { "setupapi.dev.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_WINDOWS },
    { "Panther/setupact.log", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_WINDOWS },
    { "(31) Command dsregcmd output.log", 1, COT_MEMBER_TEXT, COT_MEMBER_GROUP_WINDOWS },
    { "System.evtx", 1, COT_MEMBER_EVENT_LOG, COT_MEMBER_GROUP_WINDOWS },
    { "System.evt", 1, COT_MEMBER_TRACE, COT_MEMBER_GROUP_OTHER },
    { "(71) FoldersFiles x_boot.etl", 1, COT_MEMBER_TRACE, COT_MEMBER_GROUP_WINDOWS },
    { "export.reg", 1, COT_MEMBER_REGISTRY, COT_MEMBER_GROUP_WINDOWS },
    /* The answer of an exercise. */
    { "PC07/scenario.xml", 1, COT_MEMBER_BINARY, COT_MEMBER_GROUP_OTHER },
    { "results.xml", 1, COT_MEMBER_TEXT, COT_MEMBER_GROUP_OTHER },
    { "(50) FoldersFiles x_battery-report.html", 1, COT_MEMBER_REPORT, COT_MEMBER_GROUP_OTHER },
    { "MDMDiagReport.html", 1, COT_MEMBER_TEXT, COT_MEMBER_GROUP_OTHER },
    { "mdmdiag/MDMDiagHTMLReport.html", 1, COT_MEMBER_TEXT, COT_MEMBER_GROUP_OTHER },
    { "mdmlogs.cab", 1, COT_MEMBER_ARCHIVE, COT_MEMBER_GROUP_OTHER },
    { "memory.dmp", 1, COT_MEMBER_DUMP, COT_MEMBER_GROUP_OTHER },
    { "picture.png", 1, COT_MEMBER_BINARY, COT_MEMBER_GROUP_OTHER },
    { "noextension", 1, COT_MEMBER_BINARY, COT_MEMBER_GROUP_OTHER },
    { "Contoso.bak", 1, COT_MEMBER_BINARY, COT_MEMBER_GROUP_OTHER },
    { "Contoso.log.bak", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_OTHER },
    { "CcmExec.old", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_CLIENT },
    { "CcmExec", 1, COT_MEMBER_LOG, COT_MEMBER_GROUP_CLIENT },
    { "(9) No Results - Error [0x80070002] RegistryKey x export.reg", 0, COT_MEMBER_PLACEHOLDER,
      COT_MEMBER_GROUP_WINDOWS },
    { "empty.log", 0, COT_MEMBER_LOG, COT_MEMBER_GROUP_OTHER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *base_name = NULL;
      g_autofree char *generation = NULL;

      g_test_message ("%s", cases[i].label);
      cot_member_identify (cases[i].label, NULL, &base_name, &generation);
      g_assert_cmpstr (
          cot_member_kind_to_string (
              cot_member_guess_kind (cases[i].label, base_name, cases[i].size_bytes)),
          ==, cot_member_kind_to_string (cases[i].kind));
      g_assert_cmpstr (
          cot_member_group_to_string (cot_member_guess_group (cases[i].label, base_name)), ==,
          cot_member_group_to_string (cases[i].group));
    }
}

/* A folder of the test's own, and how it is taken away again. */

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("cotrace-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
put_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *path)
{
  GDir *folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (!g_file_test (child, G_FILE_TEST_IS_SYMLINK) && g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_clear_pointer (&folder, g_dir_close);
  g_rmdir (path);
}

static int
find_member (CotBundle *bundle, const char *label)
{
  for (guint i = 0; i < cot_bundle_get_n_members (bundle); i++)
    if (strcmp (cot_bundle_get_member (bundle, i)->label, label) == 0)
      return (int) i;
  return -1;
}

static void
test_folder (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  const CotMember *member;

  put_file (folder, "b.log", "b");
  put_file (folder, "ccm/Logs/PC0042_CcmExec.lo_", TEXT);
  put_file (folder, "ccm/Logs/PC0042_CcmExec.log", TEXT TEXT);
  put_file (folder, "\377latin.log", "x");
  bundle = cot_bundle_open (folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cot_bundle_get_kind (bundle), ==, COT_BUNDLE_FOLDER);
  g_assert_cmpstr (cot_bundle_get_path (bundle), ==, folder);
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 4);

  /* In the order of the names */
  g_assert_cmpstr (cot_bundle_get_member (bundle, 0)->label, ==, "b.log");
  member = cot_bundle_get_member (bundle, 1);
  g_assert_cmpstr (member->label, ==, "ccm/Logs/PC0042_CcmExec.lo_");
  g_assert_cmpstr (member->generation, ==, "lo_");
  g_assert_cmpuint (member->size_bytes, ==, strlen (TEXT));
  g_assert_true (member->modified_is_utc);
  g_assert_cmpint (ABS (member->modified_usec - g_get_real_time ()), <,
                   G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
  bundle_helper_assert_text (bundle, 1, TEXT);
  bundle_helper_assert_text (bundle, 2, TEXT TEXT);
  g_assert_true (g_utf8_validate (cot_bundle_get_member (bundle, 3)->label, -1, NULL));
  bundle_helper_assert_text (bundle, 3, "x");

  path = cot_bundle_dup_member_path (bundle, 2);
  g_assert_true (g_str_has_prefix (path, folder));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  remove_folder (folder);
}

/* The address of the upload is shown to nobody, whatever the encoding. */
static void
test_upload_address (void)
{
#define SECRET "https://contoso.blob.example/c?sv=1&sig=Zm9v%3D"
  static const char before[]
      = "<Collection HRESULT=\"0\">\r\n<ID>7</ID><SasUrl>" SECRET "\r\n" SECRET "</SasUrl>"
        "<sasurl/><SasUrl a='" SECRET "'>x</SasUrl><Url>a?sig=abc&b</Url>"
        "<Url><![CDATA[a?sig=abc]]></Url><SasUrl>" SECRET;
  g_autofree char *folder = make_folder ();
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (before, -1, NULL, NULL, NULL);
  g_autofree char *text = NULL;
  g_autofree char *wide_text = NULL;
  g_autofree char *wide_path = NULL;
  g_autofree char *narrow = NULL;
  gsize n_wide = 0;

  put_file (folder, "a/results.xml", before);
  put_file (folder, "b/results.xml", "");
  put_file (folder, "(4) RegistryKey a export.reg", "x");
  put_file (folder, "(5) Command b output.log", "sig=abc");
  wide_path = g_build_filename (folder, "b/results.xml", NULL);
  g_file_set_contents (wide_path, (const char *) wide, (gssize) (2 * strlen (before)), &error);
  g_assert_no_error (error);
  bundle = cot_bundle_open (folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cot_bundle_get_layout (bundle), ==, COT_LAYOUT_INTUNE);
  bundle_helper_assert_text (bundle, (guint) find_member (bundle, "(5) Command b output.log"),
                             "sig=abc");

  text = bundle_helper_read (bundle, (guint) find_member (bundle, "a/results.xml"), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (text), ==, strlen (before));
  g_assert_null (strstr (text, "contoso"));
  g_assert_null (strstr (text, "Zm9v"));
  g_assert_null (strstr (text, "abc"));
  g_assert_true (
      g_str_has_prefix (text, "<Collection HRESULT=\"0\">\r\n<ID>7</ID><SasUrl>***"));
  g_assert_nonnull (strstr (text, "</SasUrl><sasurl"));
  g_assert_nonnull (strstr (text, "<Url>a?sig=***&b</Url>"));
  g_assert_nonnull (strstr (text, "<Url><![CDATA[a?sig=***]]></Url>"));

  wide_text = bundle_helper_read (bundle, (guint) find_member (bundle, "b/results.xml"), &n_wide,
                                  &error);
  g_assert_no_error (error);
  narrow = g_utf16_to_utf8 ((const gunichar2 *) (const void *) wide_text, (glong) (n_wide / 2),
                            NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (narrow, ==, text);
  g_assert_null (
      cot_bundle_dup_member_path (bundle, (guint) find_member (bundle, "a/results.xml")));
  remove_folder (folder);
#undef SECRET
}

static void
test_folder_oddities (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *fifo = g_build_filename (folder, "fifo.log", NULL);
  g_autofree char *out = g_build_filename (folder, "out.log", NULL);
  g_autofree char *loop = g_build_filename (folder, "loop", NULL);
  g_autofree char *directory = g_build_filename (folder, "directory.log", NULL);
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) fault = NULL;
  g_autoptr (GError) error = NULL;

  put_file (folder, "good.log", TEXT);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink ("/etc/passwd", out), ==, 0);
  g_assert_cmpint (symlink (".", loop), ==, 0);
  g_assert_cmpint (g_mkdir (directory, 0700), ==, 0);
  bundle = cot_bundle_open (folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 4);

  fault = cot_bundle_dup_member_error (bundle, (guint) find_member (bundle, "fifo.log"));
  g_assert_error (fault, COT_SOURCE_ERROR, COT_SOURCE_ERROR_NOT_REGULAR);
  bundle_helper_assert_refused (bundle, (guint) find_member (bundle, "out.log"),
                                COT_BUNDLE_ERROR_LINK);
  g_assert_cmpint (cot_bundle_get_member (bundle, (guint) find_member (bundle, "loop"))->kind, ==,
                   COT_MEMBER_FOLDER_LINK);
  g_assert_null (cot_bundle_dup_member_path (bundle, (guint) find_member (bundle, "out.log")));
  bundle_helper_assert_text (bundle, (guint) find_member (bundle, "good.log"), TEXT);
  remove_folder (folder);
}

/* A file that is swapped for something else after the listing is not followed there. */
static void
test_folder_changes (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *gone = g_build_filename (folder, "gone.log", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo.log", NULL);
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) fifo_error = NULL;
  g_autofree char *text = NULL;

  put_file (folder, "fifo.log", TEXT);
  put_file (folder, "gone.log", TEXT);
  bundle = cot_bundle_open (folder, NULL, &error);
  g_assert_no_error (error);
  g_unlink (gone);
  g_unlink (fifo);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);

  text = bundle_helper_read (bundle, 1, NULL, &error);
  g_assert_null (text);
  g_assert_error (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_NOT_FOUND);
  text = bundle_helper_read (bundle, 0, NULL, &fifo_error);
  g_assert_null (text);
  g_assert_error (fifo_error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_NOT_REGULAR);
  remove_folder (folder);
}

static void
test_folder_depth (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) list_error = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *file = g_strdup_printf ("%sa.log", name->str);

      put_file (folder, file, "x");
      g_string_append (name, "d/");
    }
  bundle = cot_bundle_open (folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 32);
  list_error = cot_bundle_dup_error (bundle);
  g_assert_error (list_error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_TOO_MANY);
  remove_folder (folder);
}

static void
test_folder_cancelled (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;

  put_file (folder, "a.log", "x");
  g_cancellable_cancel (cancellable);
  bundle = cot_bundle_open (folder, cancellable, &error);
  g_assert_null (bundle);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  remove_folder (folder);
}

static void
test_not_openable (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *fifo = g_build_filename (folder, "fifo.zip", NULL);
  const char *const paths[] = { "/nowhere/at-all.zip", fifo, "/dev/null" };
  const int codes[] = { COT_SOURCE_ERROR_NOT_FOUND, COT_SOURCE_ERROR_NOT_REGULAR,
                        COT_SOURCE_ERROR_NOT_REGULAR };

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CotBundle) bundle = cot_bundle_open (paths[i], NULL, &error);

      g_assert_null (bundle);
      g_assert_error (error, COT_SOURCE_ERROR, codes[i]);
    }
  remove_folder (folder);
}

/* By the worker of this build tree, which is found without being named. */
static void
test_archive (void)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GByteArray) archive = NULL;
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  char *path;

  zip_maker_add_text (maker, "ccm\\Logs\\PC0042_CcmExec.log", TEXT);
  zip_maker_add_text (maker, "ccm\\Logs\\PC0042_CcmExec.lo_", TEXT TEXT);
  archive = zip_maker_finish (maker, NULL);
  path = bundle_helper_write (archive->data, archive->len, "support-PC0042.zip");
  bundle = cot_bundle_open (path, NULL, &error);
  bundle_helper_remove (path);
  g_assert_no_error (error);
  g_assert_cmpstr (cot_bundle_get_device_name (bundle), ==, "PC0042");
  g_assert_cmpstr (cot_bundle_get_member (bundle, 0)->base_name, ==, "CcmExec.log");
  g_assert_cmpstr (cot_bundle_get_member (bundle, 1)->base_name, ==, "CcmExec.log");
  g_assert_cmpstr (cot_bundle_get_member (bundle, 1)->generation, ==, "lo_");
  /* The name is gone, the archive is not. */
  bundle_helper_assert_text (bundle, 1, TEXT TEXT);
}

/* The archive that was opened is the one that is read, whatever takes its place; written over in
 * place it is refused, or read as what it says now, but never believed to be the old one. */
static void
test_archive_replaced (void)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GByteArray) archive = NULL;
  g_autofree guint8 *garbage = NULL;
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  char *path;
  FILE *file;

  zip_maker_add_text (maker, "a.log", TEXT);
  archive = zip_maker_finish (maker, NULL);
  path = bundle_helper_write (archive->data, archive->len, "a.zip");
  bundle = cot_bundle_open (path, NULL, &error);
  g_assert_no_error (error);

  garbage = g_malloc0 (archive->len);
  file = g_fopen (path, "r+b");
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (garbage, 1, archive->len, file), ==, archive->len);
  fclose (file);
  text = bundle_helper_read (bundle, 0, NULL, &error);
  g_assert_null (text);
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CORRUPT);

  g_assert_cmpint (truncate (path, 0), ==, 0);
  g_clear_error (&error);
  text = bundle_helper_read (bundle, 0, NULL, &error);
  g_assert_null (text);
  g_assert_cmpint (error->domain, ==, COT_BUNDLE_ERROR);
  bundle_helper_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bundle/is-archive", test_is_archive);
  g_test_add_func ("/bundle/identify", test_identify);
  g_test_add_func ("/bundle/device", test_device);
  g_test_add_func ("/bundle/device-by-members", test_device_by_members);
  g_test_add_func ("/bundle/kinds", test_kinds);
  g_test_add_func ("/bundle/folder", test_folder);
  g_test_add_func ("/bundle/folder-oddities", test_folder_oddities);
  g_test_add_func ("/bundle/upload-address", test_upload_address);
  g_test_add_func ("/bundle/folder-changes", test_folder_changes);
  g_test_add_func ("/bundle/folder-depth", test_folder_depth);
  g_test_add_func ("/bundle/folder-cancelled", test_folder_cancelled);
  g_test_add_func ("/bundle/not-openable", test_not_openable);
  g_test_add_func ("/bundle/archive", test_archive);
  g_test_add_func ("/bundle/archive-replaced", test_archive_replaced);
  return g_test_run ();
}
