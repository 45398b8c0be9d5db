/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-layout.h"

#include <string.h>

#include "cot-bundle-private.h"
#include "cot-member-private.h"

/* Labels are written one behind the other, with '|' between them. */
typedef struct
{
  const char *bundle;
  const char *labels;
  CotLayout layout;
  const char *devices; /* with ' ' between them */
} Case;

static const Case cases[] = {
  /* Intune */
  { "DiagLogs-PC0042-20240924T100311Z.zip",
    "results.xml|(4) RegistryKey HKLM_Software export.reg|(62) Events System Events.evtx",
    COT_LAYOUT_INTUNE, "PC0042" },
  { "unpacked",
    "DiagLogs-SALES-20240924T100311Z/(4) RegistryKey HKLM_Software export.reg|"
    "DiagLogs-SALES-20240924T100311Z/(64) FoldersFiles IME_Logs/agentexecutor.log",
    COT_LAYOUT_INTUNE, "SALES" },
  { "case", "(4) RegistryKey HKLM export.reg|(9) No Results - Error [0x80070002] Command x",
    COT_LAYOUT_INTUNE, "" },
  { "case", "(4) RegistryKey HKLM export.reg|notes.txt", COT_LAYOUT_GENERIC, "" },
  { "case", "(4) Minutes of June.txt|(5) Minutes of July.txt", COT_LAYOUT_GENERIC, "" },
  { "case", "(4 RegistryKey a.reg|() RegistryKey b.reg|(5)RegistryKey c.reg", COT_LAYOUT_GENERIC,
    "" },
  /* Intune, with numbered folders */
  { "case", "results.xml|1/export.reg|2/output.log|3/Events.evtx|4/agentexecutor.log",
    COT_LAYOUT_INTUNE_NUMBERED, "" },
  { "case",
    "DiagLogs-PC0042-20220224T100311Z/Results.xml|DiagLogs-PC0042-20220224T100311Z/"
    "1/export.reg|DiagLogs-PC0042-20220224T100311Z/12/events.evtx",
    COT_LAYOUT_INTUNE_NUMBERED, "PC0042" },
  { "case", "1/export.reg|2/output.log|3/Events.evtx", COT_LAYOUT_GENERIC, "" },
  { "case", "results.xml|1/picture.png|2/notes.txt", COT_LAYOUT_GENERIC, "" },
  { "case", "results.xml|20240924/export.reg|20240925/output.log", COT_LAYOUT_GENERIC, "" },
  { "case", "deep/results.xml|1/export.reg|2/output.log", COT_LAYOUT_GENERIC, "" },
  /* MdmDiagnosticsTool */
  { "mdm.cab",
    "MDMDiagReport.xml|MdmDiagReport_RegistryDump.reg|DeviceHash_FRONTDESK.csv|"
    "microsoft-windows-aad-operational.evtx",
    COT_LAYOUT_MDM_DIAGNOSTICS, "FRONTDESK" },
  { "mdm.zip", "out/MDMDiagHtmlReport.html|out/MdmDiagLogMetadata.json",
    COT_LAYOUT_MDM_DIAGNOSTICS, "" },
  { "mdm.zip", "MDMDiagReport.html|setupact.log", COT_LAYOUT_GENERIC, "" },
  { "mdm.zip", "MyMDMDiagReport.xml|MyMdmDiagLogMetadata.json", COT_LAYOUT_GENERIC, "" },
  /* A cabinet of it inside of what Intune collected is still Intune's. */
  { "x.zip",
    "(4) RegistryKey HKLM export.reg|(5) Command ipconfig output.log|"
    "(70) FoldersFiles temp mdmlogs.cab/MDMDiagReport.xml|"
    "(70) FoldersFiles temp mdmlogs.cab/DeviceHash_FRONTDESK.csv",
    COT_LAYOUT_INTUNE, "FRONTDESK" },
  /* One Data Collector */
  { "LONDON_CollectedData_24.ZIP",
    "Intune/Commands/General/LONDON_ipconfig.txt|Intune/EventLogs/General/LONDON_System.evtx",
    COT_LAYOUT_ONE_DATA_COLLECTOR, "LONDON" },
  { "LONDON_CollectedData_24.ZIP", "Intune/Files/Sidecar/LONDON_AgentExecutor.log",
    COT_LAYOUT_ONE_DATA_COLLECTOR, "LONDON" },
  { "x.zip", "Intune/Files/Sidecar/AgentExecutor.log", COT_LAYOUT_GENERIC, "" },
  { "x.zip", "Intune-Files/Sidecar.log|NotIntune/Commands/a.txt|NotIntune/Files/b.txt",
    COT_LAYOUT_GENERIC, "" },
  /* CollectAllLogs */
  { "PC0042-7351.zip", "logs/CCM/Logs/CcmExec.log|logs/WindowsUpdate/WindowsUpdate.log",
    COT_LAYOUT_COLLECT_ALL_LOGS, "PC0042" },
  { "PC0042-7351.zip",
    "logs/CCM/Logs/CcmExec.log|logs/MDMLogs/Autopilot.zip/MDMDiagReport.xml|"
    "logs/MDMLogs/Autopilot.zip/MdmDiagLogMetadata.json",
    COT_LAYOUT_COLLECT_ALL_LOGS, "PC0042" },
  { "x.zip", "logs/CCM/Logs/CcmExec.log", COT_LAYOUT_GENERIC, "" },
  /* Collect Client Logs */
  { "x.zip", "CcmExec.log|LocationServices.log|LocationServices.lo_|ClientLocation.log|odd.log",
    COT_LAYOUT_CLIENT_LOGS, "" },
  { "x.zip", "CCM/Logs/CcmExec.log|CCM/Logs/PolicyAgent.log|ccmsetup/ccmsetup.log",
    COT_LAYOUT_CLIENT_LOGS, "" },
  /* With logs of a server among them, which tell another half */
  { "x.zip", "CcmExec.log|LocationServices.log|ClientLocation.log|CCM_STS.log",
    COT_LAYOUT_CLIENT_AND_SERVER, "" },
  { "x.zip", "CcmExec.log|LocationServices.log", COT_LAYOUT_GENERIC, "" },
  { "x.zip", "CcmExec.log|LocationServices.log|PolicyAgent.log|a.txt|b.txt|c.txt|d.txt",
    COT_LAYOUT_GENERIC, "" },
  /* Support Center: its name, and a client's logs */
  { "SupportCenter_PC0042.zip", "CcmExec.log|export.reg", COT_LAYOUT_SUPPORT_CENTER, "PC0042" },
  { "SupportCenter_PC0042.zip", "notes.txt", COT_LAYOUT_GENERIC, "PC0042" },
  /* A site server's folder */
  { "Logs", "distmgr.log|distmgr.lo_|hman.log|smsexec.log|sitecomp.log", COT_LAYOUT_SITE_SERVER,
    "" },
  { "Logs", "distmgr.log|hman.log", COT_LAYOUT_GENERIC, "" },
  { "Logs", "distmgr.log|W3SVC1/u_ex240924.log|W3SVC2/u_ex240924.log", COT_LAYOUT_SITE_SERVER,
    "" },
  /* Several devices */
  { "case", "DiagLogs-SALES-20240924T100311Z.zip|DiagLogs-LONDON-20240924T100311Z.zip|notes.txt",
    COT_LAYOUT_SEVERAL_DEVICES, "SALES LONDON" },
  { "case", "PC0042/CcmExec.log|PC0043/CcmExec.log|PC0043/hman.log", COT_LAYOUT_SEVERAL_DEVICES,
    "PC0042 PC0043" },
  { "case", "in/PC0042.zip/CcmExec.log|in/PC0043.zip/CcmExec.log", COT_LAYOUT_SEVERAL_DEVICES,
    "PC0042 PC0043" },
  { "case", "PC0042/CcmExec.log|pc0042.zip", COT_LAYOUT_GENERIC, "PC0042" },
  { "case", "PC0042/a.txt|PC0043/b.txt", COT_LAYOUT_GENERIC, "" },
  { "case", "PC0042.txt|PC0043.txt", COT_LAYOUT_GENERIC, "" },
  { "case", "KB5011543/setupact.log|KB5011563/setupact.log", COT_LAYOUT_GENERIC, "" },
  { "case", "X64/ccmsetup.log|ARM64/ccmsetup.log|I386/notes.txt", COT_LAYOUT_GENERIC, "" },
  { "case", "CBS.log|CbsPersist_20260101010101.zip|CbsPersist_20260102010101.zip|"
    "CbsPersist_20260101010101.zip/CbsPersist_20260101010101.log|"
    "CbsPersist_20260102010101.zip/CbsPersist_20260102010101.log",
    COT_LAYOUT_GENERIC, "" },
  { "Intune_CollectedData.zip", "Intune/Files/Sidecar/AgentExecutor.log",
    COT_LAYOUT_ONE_DATA_COLLECTOR, "" },
  /* Nothing, and odd things */
  { "", "", COT_LAYOUT_GENERIC, "" },
  { "case", "/|//|a/|/b|", COT_LAYOUT_GENERIC, "" },
};

static void
test_layouts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) labels = g_strsplit (cases[i].labels, "|", -1);
      g_autoptr (CotLayoutGuess) guess =
          cot_layout_guess (cases[i].bundle, (const char *const *) labels, g_strv_length (labels));
      g_autofree char *devices = NULL;

      g_test_message ("%s: %s", cases[i].bundle, cases[i].labels);
      g_ptr_array_add (guess->devices, NULL);
      devices = g_strjoinv (" ", (char **) guess->devices->pdata);
      g_assert_cmpstr (cot_layout_to_string (guess->layout), ==,
                       cot_layout_to_string (cases[i].layout));
      g_assert_cmpstr (devices, ==, cases[i].devices);
      g_assert_true ((guess->device_of != NULL) == (guess->layout == COT_LAYOUT_SEVERAL_DEVICES));
    }
}

/* Whose each label is: the names of the computers are found by the logs that are in the folders.
 * "-": of none. */
static const struct
{
  const char *bundle;
  const char *labels;
  const char *device_of; /* NULL: all of one */
} folders[] = {
  /* Computers */
  { "case", "PC-A/CcmExec.log|PC-B/CcmExec.log", "PC-A|PC-B" },
  { "case", "PC-A/CCM/Logs/CcmExec.log|PC-B/CCM/Logs/CcmExec.log|PC-B/notes.txt|notes.txt",
    "PC-A|PC-B|PC-B|-" },
  { "case", "PC-A/CCM/Logs/CcmExec.log|PC-B/Logs/CcmExec.log", "PC-A|PC-B" },
  { "case", "ANNA-LAPTOP/LocationServices.log|BEN-DESKTOP/LocationServices.log",
    "ANNA-LAPTOP|BEN-DESKTOP" },
  { "case", "working/CoManagementHandler.log|broken/CoManagementHandler.log", "working|broken" },
  { "case", "healthy/ccmsetup/ccmsetup.log|sick/ccmsetup/ccmsetup.log", "healthy|sick" },
  { "case", "Anna's laptop/CcmExec.log|Ben's desktop/CcmExec.log",
    "Anna's laptop|Ben's desktop" },
  { "case", "Device 1/CcmExec.log|Device 2/CcmExec.log", "Device 1|Device 2" },
  { "case", "WIN10/CcmExec.log|WIN11/CcmExec.log", "WIN10|WIN11" },
  { "case", "A/CcmExec.log|B/CcmExec.log", "A|B" },
  { "case", "Jan/CcmExec.log|June/CcmExec.log", "Jan|June" },
  { "case", "Desktop/CcmExec.log|Laptop/CcmExec.log", "Desktop|Laptop" },
  { "case", "client/CcmExec.log|server/CcmExec.log", "client|server" },
  { "case", "A/CcmExec.log|B/CcmExec.log|server/SMS_Cloud_ProxyConnector.log|North/PolicyAgent.log",
    "A|B|-|North" },
  { "case", "LAPTOP-MAY/CcmExec.log|LAPTOP-JUN/CcmExec.log", "LAPTOP-MAY|LAPTOP-JUN" },
  { "case", "PC-A.zip|PC-B.zip|PC-A.zip/CcmExec.log|PC-B.zip/CcmExec.log",
    "PC-A|PC-B|PC-A|PC-B" },
  { "case", "logs_SALES_20240924.zip/CcmExec.log|logs_LONDON_20240925.zip/CcmExec.log",
    "SALES|LONDON" },
  { "case", "PC0042/CcmExec.log|ANNA-LAPTOP/CcmExec.log", "PC0042|ANNA-LAPTOP" },
  { "case", "London/PC-A/Logs/CcmExec.log|Paris/PC-B/Logs/CcmExec.log", "PC-A|PC-B" },
  { "case", "London/Team/AgentExecutor.log|Paris/Team/AgentExecutor.log", "London|Paris" },
  { "case", "C/Users/anna/CcmExec.log|C/Users/ben/CcmExec.log", "anna|ben" },
  { "INC0012345.zip", "INC0012345/PC-A/CcmExec.log|INC0012345/PC-B/CcmExec.log", "PC-A|PC-B" },
  { "case", "PC-A/CcmExec.log|PC-A/old/CcmExec.log|PC-B/CcmExec.log", "PC-A|PC-A|PC-B" },
  { "case", "PC-A/CcmExec.log|PC-B/CcmExec.log|SERVER/MP_Policy.log|Logs/hman.log",
    "PC-A|PC-B|-|-" },
  { "case", "PC-A/smsts.log|PC-B/smsts.log", "PC-A|PC-B" },
  { "case", "ANNA-LAPTOP/dsregcmd.txt|BEN-DESKTOP/dsregcmd.txt", "ANNA-LAPTOP|BEN-DESKTOP" },
  { "case", "ANNA-LAPTOP/EventLogs/System.evtx|BEN-DESKTOP/EventLogs/System.evtx",
    "ANNA-LAPTOP|BEN-DESKTOP" },
  { "case",
    "anna/Intune/Files/Sidecar/AgentExecutor.log|ben/Intune/Files/Sidecar/AgentExecutor.log",
    "anna|ben" },
  { "case",
    "DiagLogs-SALES-20240924T100311Z.zip/(64) FoldersFiles x_Logs/agentexecutor.log|"
    "DiagLogs-LONDON-20240924T100311Z.zip/(67) FoldersFiles x_Logs/agentexecutor.log",
    "SALES|LONDON" },
  { "case", "DESKTOP-1234567/CcmExec.log|DESKTOP-7654321/CcmExec.log",
    "DESKTOP-1234567|DESKTOP-7654321" },
  { "case", "PC-A_CcmExec.log|PC-B_CcmExec.log|PC-B_System.evtx|notes.txt", "PC-A|PC-B|PC-B|-" },
  { "case", "in/SALES_CcmExec.log|in/LONDON_CcmExec.log|in/LONDON_CcmExec.lo_",
    "SALES|LONDON|LONDON" },
  { "/", "/srv/logs/PC-A/CcmExec.log|/srv/logs/PC-B/CcmExec.log", "PC-A|PC-B" },
  { "case", "NOTEBOOK.zip/CcmExec.log|SERVER.zip/CcmExec.log", "NOTEBOOK|SERVER" },
  { "case", "anna.zip/CcmExec.log|ben.zip/CcmExec.log", "anna|ben" },
  { "case", "PC-A.zip/CcmExec.log|PC-B.zip/CcmExec.log|case.zip/CcmExec.log|case.zip/notes.txt",
    "PC-A|PC-B|-|-" },
  { "case", "PC-A.zip/CcmExec.log|PC-B.zip/CcmExec.log|case.zip/PolicyAgent.log", "PC-A|PC-B|-" },
  { "case", "PC-A/CcmExec.log|PC-B/CcmExec.log|PC-A/CcmExec.gz/CcmExec.log", "PC-A|PC-B|PC-A" },
  /* Names at those of the logs, in one folder */
  { "case", "PC1_CcmExec.log|PC2_CcmExec.log|PC2_System.evtx|notes.txt", "PC1|PC2|PC2|-" },
  { "case", "LAPTOP-4711-CcmExec.log|LAPTOP-4712-CcmExec.log|LAPTOP-4711-x.evtx",
    "LAPTOP-4711|LAPTOP-4712|LAPTOP-4711" },
  { "case", "PC-KIM.CcmExec.log|PC-LEE.CcmExec.log", "PC-KIM|PC-LEE" },
  { "case", "in/CcmExec-KIM.log|in/CcmExec-LEE.log|in/CcmExec-LEE.lo_|in/PolicyAgent-KIM.log",
    "KIM|LEE|LEE|KIM" },
  { "case", "CcmExec_KIM.log|CcmExec.LEE.log|CcmExec-KIM-20261118-090000.log|"
    "CcmExec-LEE - Copy.log|dsregcmd-KIM.txt", "KIM|LEE|KIM|LEE|KIM" },
  { "case", "KIM-ccmsetup-ccmeval.log|LEE-ccmsetup-ccmeval.log|KIM-ccmsetup.log", "KIM|LEE|KIM" },
  { "/", "/srv/logs/CcmExec-KIM.log|/srv/logs/CcmExec-LEE.log", "KIM|LEE" },
  { "case", "CcmExec-KIM.log|CcmExec-LEE.log|CcmExec.log", "KIM|LEE|-" },
  { "case", "CcmExec-KIM.log|CcmExec.log", NULL },
  { "case", "CcmExec-PRE.log|CcmExec-POST.log", NULL },
  { "case", "CcmExec-REPRO1.log|CcmExec-REPRO2.log", NULL },
  { "case", "KIM/CcmExec.log|LEE/CcmExec.log|LEE/CcmExec-PC1.log|LEE/CcmExec-PC2.log",
    "KIM|LEE|LEE|LEE" },
  { "case", "CcmExec-KIM.log|PolicyAgent-LEE.log", NULL },
  { "case", "CcmExec-KIM.log|CcmExec-LEE.lo_", NULL },
  { "case", "CcmExec-KIM.log|CcmExec-KIM-OLD.log", NULL },
  { "case", "a/CcmExec-KIM.log|a/CcmExec.log|old/CcmExec-LEE.log", NULL },
  { "case", "CcmExec-20261118-090000.log|CcmExec-20261119-090000.log|CcmExec.lo_", NULL },
  { "case", "CcmExec-20261118T090000Z.log|CcmExec-20261119T090000Z.log", NULL },
  { "case", "CcmExec-18NOV.log|CcmExec-19NOV.log|CcmExec-2026NOV20.log", NULL },
  { "case", "CcmExec-1.log|CcmExec-2.log|CcmExec(1).log|CcmExec (2).log|CcmExec.log.1", NULL },
  { "case", "CcmExec - Copy.log|CcmExec - Copy (2).log|CcmExec-COPY.log|CcmExec-OLD.log", NULL },
  { "case", "CcmExec.log.OLD|CcmExec.BAK.log|CcmExec.ORIG.log|CcmExec-PREV.log", NULL },
  { "case", "CcmExec-good.log|CcmExec-bad.log|CcmExec-GOOD.log|CcmExec-BAD.log", NULL },
  { "case", "CcmExec-V1.log|CcmExec-V2.log|CcmExec-TEST1.log|CcmExec-TEST2.log", NULL },
  { "case", "CcmExec-0A1B2C3D.log|CcmExec-4E5F6071.log", NULL },
  { "case", "INC0012345-CcmExec.log|INC0012346-CcmExec.log", NULL },
  { "case", "SMS-CcmExec.log|MP-CcmExec.log|CCM.CcmExec.log", NULL },
  { "case", "smsts-WINPE.log|smsts-FULLOS.log", NULL },
  { "DiagLogs-SALES-20240924T100311Z.zip", "CcmExec-KIM.log|CcmExec-LEE.log", NULL },
  /* One computer, and kinds of folders */
  { "case", "CCM/Logs/ccmsetup.log|ccmsetup/ccmsetup.log", NULL },
  { "x.zip",
    "Intune/Files/Sidecar/LONDON_AgentExecutor.log|Intune/Files/Configmgr/LONDON_CcmExec.log|"
    "Intune/Files/Configmgr/Old/LONDON_CcmExec.log", NULL },
  { "case", "SMS_CcmExec.log|MP_CcmExec.log|OLD-X_PolicyAgent.log", NULL },
  { "case", "CcmExec.log|Old/CcmExec.log|Backup/CcmExec.log", NULL },
  { "case", "Logs/CcmExec.log|Logs.old/CcmExec.log|Logs - Copy/CcmExec.log", NULL },
  { "case", "CCM/Logs/CcmExec.log|CCM_20240924/Logs/CcmExec.log", NULL },
  { "case", "2024-09-24/CcmExec.log|2024-09-25/CcmExec.log", NULL },
  { "case", "20240924T100311Z/CcmExec.log|20240925T100311Z/CcmExec.log", NULL },
  { "case", "before/CcmExec.log|after/CcmExec.log", NULL },
  { "case", "run 1/CcmExec.log|run 2/CcmExec.log", NULL },
  { "case", "Phase1/CcmExec.log|Phase2/CcmExec.log", NULL },
  { "case", "before reboot/CcmExec.log|after reboot/CcmExec.log", NULL },
  { "case", "24 September/CcmExec.log|25 September/CcmExec.log", NULL },
  { "case", "SALES/CcmExec.log|SALES_old/CcmExec.log|SALES (2)/CcmExec.log", NULL },
  { "case", "PC-A/CcmExec.log|PC-A.zip/CcmExec.log|PC-A.zip", NULL },
  { "case", "logs/CcmExec.log|logs.zip/CcmExec.log", NULL },
  { "case", "PC-A.zip/CCM/Logs/CcmExec.log|CCM/Logs/CcmExec.log", NULL },
  { "case", "PC-A/CcmExec.log|PC-B/CcmExec.lo_", NULL },
  { "case", "PC-A/CcmExec.log|PC-B/LocationServices.log", NULL },
  { "case", "London/notes.txt|Paris/notes.txt", NULL },
  { "case", "results.xml|4/agentexecutor.log|7/agentexecutor.log", NULL },
  { "case",
    "(64) FoldersFiles x_Logs/agentexecutor.log|(65) FoldersFiles y_Logs/agentexecutor.log", NULL },
  { "DiagLogs-SALES-20240924T100311Z.zip", "anna/CcmExec.log|ben/CcmExec.log", NULL },
  { "case", "PC0042/anna/CcmExec.log|PC0042/ben/CcmExec.log", NULL },
  { "x.zip",
    "logs/MDMLogs/Contoso.zip/microsoft-windows-aad-operational.evtx|"
    "logs/MDMLogs/Fabrikam.zip/microsoft-windows-aad-operational.evtx|logs/CCM/Logs/CcmExec.log",
    NULL },
  { "x.zip",
    "Intune/Files/Sidecar/AgentExecutor.log|Intune/Files/Configmgr/AgentExecutor.log|"
    "Intune/Files/CBS/AgentExecutor.log", NULL },
  { "x.zip", "mdmlogs-2024.cab/System.evtx|MpSupportFiles.cab/System.evtx|EVENTS/System.evtx",
    NULL },
  { "case", "Panther/setupact.log|Panther/UnattendGC/setupact.log|Contoso/setupact.log", NULL },
  { "case", "Windows/CCM/Logs/smsts.log|_SMSTaskSequence/Logs/smsts.log|Deploy/smsts.log", NULL },
  { "case", "W3SVC1/u_ex240924.log|W3SVC2/u_ex240924.log|EXTRA/u_ex240924.log", NULL },
  { "case", "SMS_CCM/Logs/CcmExec.log|CCM/Logs/CcmExec.log", NULL },
  { "case", "x64/ccmsetup.log|i386/ccmsetup.log|KB5011543/ccmsetup.log", NULL },
};

static void
test_folders (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_auto (GStrv) labels = g_strsplit (folders[i].labels, "|", -1);
      g_autoptr (CotLayoutGuess) guess = cot_layout_guess (
          folders[i].bundle, (const char *const *) labels, g_strv_length (labels));
      g_autoptr (GString) device_of = g_string_new (NULL);

      g_test_message ("%s: %s", folders[i].bundle, folders[i].labels);
      for (guint j = 0; guess->device_of != NULL && labels[j] != NULL; j++)
        g_string_append_printf (device_of, "%s%s", j > 0 ? "|" : "",
                                guess->device_of[j] != NULL ? guess->device_of[j] : "-");
      if (folders[i].device_of == NULL)
        g_assert_cmpstr (device_of->str, ==, "");
      else
        g_assert_cmpstr (device_of->str, ==, folders[i].device_of);
    }
}

/* What stands beside an archive that a collector named, with the same logs in it. */
static const struct
{
  const char *name;
  const char *device; /* NULL: no other computer's */
  gboolean is_doubtful; /* it may be another computer's all the same */
} archives[] = {
  /* What it is says that it is no computer. */
  { "MDMDiagReport.zip", NULL, FALSE },
  { "MDMDiagReport (1).zip", NULL, FALSE },
  { "MDMDiagReport_20260101.cab", NULL, FALSE },
  { "mdmlogs-20260101-010101.cab", NULL, FALSE },
  { "LicensingDiag.zip", NULL, FALSE },
  { "LICENSINGDIAG.CAB", NULL, FALSE },
  { "MpSupportFiles.cab", NULL, FALSE },
  { "SupportCenter.zip", NULL, FALSE },
  { "ClientLogs.zip", NULL, FALSE },
  { "CLIENTLOGS2.ZIP", NULL, FALSE },
  { "CCMLogs.zip", NULL, FALSE },
  { "CMLogs.zip", NULL, FALSE },
  { "TSLogs.zip", NULL, FALSE },
  { "MPLogs.zip", NULL, FALSE },
  { "MECMLogs.zip", NULL, FALSE },
  { "ConfigMgr.zip", NULL, FALSE },
  { "ConfigMgrLogs.zip", NULL, FALSE },
  { "CbsPersist_20260102010101.zip", NULL, FALSE },
  { "Defender.zip", NULL, TRUE },
  { "ODC.zip", NULL, TRUE },
  { "OneDataCollector.zip", NULL, FALSE },
  { "Intune_CollectedData.zip", NULL, FALSE },
  { "Teams.zip", NULL, TRUE },
  { "WUfB.zip", NULL, TRUE },
  { "SetupDiagResults.zip", NULL, TRUE },
  { "Autopilot.zip", NULL, FALSE },
  { "IntuneLogs.zip", NULL, FALSE },
  { "Logs.old.zip", NULL, FALSE },
  { "CcmExec.gz", NULL, FALSE },
  { "PC0002.gz", NULL, FALSE },
  /* Another one's, or nobody's: nobody knows. */
  { "foo.zip", NULL, TRUE },
  { "noext.zip", NULL, TRUE },
  { "ticket.zip", NULL, TRUE },
  { "Evidence.zip", NULL, TRUE },
  { "wsyncmgr.cab", NULL, TRUE },
  { "INC0012345.zip", NULL, TRUE },
  /* The same, and other computers. */
  { "PC0001.zip", NULL, FALSE },
  { "PC0002.zip", "PC0002", FALSE },
  { "PC0002.Zip", "PC0002", FALSE },
  { "NOTEBOOK.zip", "NOTEBOOK", FALSE },
  { "SERVER.cab", "SERVER", FALSE },
  { "anna-laptop.zip", "anna-laptop", FALSE },
  { "DiagLogs-SALES-20260101T010203Z.zip", "SALES", FALSE },
};

static void
test_archives (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (archives); i++)
    {
      g_autofree char *whole = g_strdup (archives[i].name);
      g_autofree char *log = g_strconcat (archives[i].name, "/CcmExec.log", NULL);
      const char *labels[] = { "DiagLogs-PC0001-20260101T010203Z.zip", whole,
                               "DiagLogs-PC0001-20260101T010203Z.zip/CcmExec.log", log };
      g_autoptr (CotLayoutGuess) guess
          = cot_layout_guess ("case", labels, G_N_ELEMENTS (labels));

      g_test_message ("%s", archives[i].name);
      g_assert_cmpuint (guess->devices->len, ==, archives[i].device != NULL ? 2 : 1);
      g_assert_cmpstr (g_ptr_array_index (guess->devices, 0), ==, "PC0001");
      if (archives[i].device != NULL)
        g_assert_cmpstr (guess->device_of[3], ==, archives[i].device);
      else
        g_assert_null (guess->device_of);
      g_assert_cmpint ((guess->notes & COT_LAYOUT_NOTE_DOUBTFUL_ARCHIVE) != 0, ==,
                       archives[i].is_doubtful);
    }
}

/* Two archives without a computer's name cannot both be of the one that is named; and a number
 * behind a word that says what a folder is makes a computer of it. */
static void
test_two_alike (void)
{
  static const struct
  {
    const char *folders[3];
    guint n_devices;
  } alike[] = {
    { { "anna.zip", "ben.zip", "PC0042.zip" }, 3 }, { { "anna.zip", "ben.zip", "carl-pc.zip" }, 3 },
    { { "anna", "ben", "PC0042" }, 3 },             { { "TEAMS01", "TEAMS02", NULL }, 2 },
    { { "ODC01", "ODC02", NULL }, 2 },              { { "SKYPE01.zip", "SKYPE02.zip", NULL }, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (alike); i++)
    {
      g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (CotLayoutGuess) guess = NULL;

      for (guint j = 0; j < 3 && alike[i].folders[j] != NULL; j++)
        g_ptr_array_add (labels, g_strconcat (alike[i].folders[j], "/CcmExec.log", NULL));
      guess = cot_layout_guess ("case", (const char *const *) labels->pdata, labels->len);
      g_test_message ("%s", alike[i].folders[0]);
      g_assert_cmpuint (guess->devices->len, ==, alike[i].n_devices);
    }
}

/* The order of the members says nothing. */
static void
test_order (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) labels = g_strsplit (cases[i].labels, "|", -1);
      guint n = g_strv_length (labels);
      g_autoptr (CotLayoutGuess) guess = NULL;

      for (guint j = 0; j < n / 2; j++)
        {
          char *kept = labels[j];

          labels[j] = labels[n - 1 - j];
          labels[n - 1 - j] = kept;
        }
      g_test_message ("%s: %s", cases[i].bundle, cases[i].labels);
      guess = cot_layout_guess (cases[i].bundle, (const char *const *) labels, n);
      g_assert_cmpstr (cot_layout_to_string (guess->layout), ==,
                       cot_layout_to_string (cases[i].layout));
    }
}

static void
test_words (void)
{
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < COT_N_LAYOUTS; i++)
    g_assert_true (g_hash_table_add (words, (char *) cot_layout_to_string ((CotLayout) i)));
  g_assert_cmpstr (cot_layout_to_string ((CotLayout) 99), ==, "generic");
}

static void
test_device_of (void)
{
  const char *const labels[] = { "PC0042/CcmExec.log", "notes.txt", "PC0043.zip",
                                 "PC0042.zip/hman.log" };
  g_autoptr (CotLayoutGuess) guess = cot_layout_guess ("case", labels, G_N_ELEMENTS (labels));

  g_assert_nonnull (guess->device_of);
  g_assert_cmpstr (guess->device_of[0], ==, "PC0042");
  g_assert_null (guess->device_of[1]);
  g_assert_cmpstr (guess->device_of[2], ==, "PC0043");
  g_assert_cmpstr (guess->device_of[3], ==, "PC0042");
}

static void
test_notes (void)
{
  const char *const intune[] = { "results.xml", "(4) RegistryKey a export.reg",
                                 "(5) Command b output.log",
                                 "(9) No Results - Error [0x80070005] Events System Events.evtx",
                                 "(8) FoldersFiles windir_minidump\\mini.dmp" };
  const char *const other[] = { "results.xml", "DeviceHash_SALES.csv" };
  g_autoptr (CotLayoutGuess) guess = cot_layout_guess ("case", intune, G_N_ELEMENTS (intune));
  g_autoptr (CotLayoutGuess) second = cot_layout_guess ("case", other, G_N_ELEMENTS (other));

  g_assert_cmpint (guess->notes, ==,
                   COT_LAYOUT_NOTE_PLACEHOLDERS | COT_LAYOUT_NOTE_UPLOAD_TOKEN
                       | COT_LAYOUT_NOTE_DUMPS);
  g_assert_cmpint (second->notes, ==, COT_LAYOUT_NOTE_HARDWARE_HASH);
}

static void
test_placeholder (void)
{
  static const struct
  {
    const char *label;
    CotDirective directive;
    const char *name; /* NULL: is none */
    guint32 code;
  } placeholders[] = {
    { "(9) No Results - Error [0x80070002] RegistryKey HKLM_Software_Contoso",
      COT_DIRECTIVE_REGISTRY_KEY, "HKLM_Software_Contoso", 0x80070002 },
    { "in/(12) No Results - Error [0x80070005] Command windir_system32_x_exe",
      COT_DIRECTIVE_COMMAND, "windir_system32_x_exe", 0x80070005 },
    { "(12) No Results - Error [0x8000ffff] FoldersFiles temp/*.log", COT_DIRECTIVE_FILES,
      "temp/*.log", 0x8000ffff },
    { "(12) No Results - Error [0x1] Events System", COT_DIRECTIVE_EVENTS, "System", 1 },
    { "(12) No Results - Error [0x80070002] Weather", COT_DIRECTIVE_UNKNOWN, "Weather",
      0x80070002 },
    { "(12) No Results - Error [0x80070002]", COT_DIRECTIVE_UNKNOWN, "", 0x80070002 },
    { "(12) No Results - Error [0x800700022] Command x", 0, NULL, 0 },
    { "(12) No Results - Error [0x] Command x", 0, NULL, 0 },
    { "(12) No Results - Error [80070002] Command x", 0, NULL, 0 },
    { "(12) No Results - Error [0x80070002", 0, NULL, 0 },
    { "12 No Results - Error [0x80070002] Command x", 0, NULL, 0 },
    { "(12) Results - Error [0x80070002] Command x", 0, NULL, 0 },
    { "", 0, NULL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (placeholders); i++)
    {
      CotDirective directive = COT_DIRECTIVE_UNKNOWN;
      g_autofree char *name = NULL;
      guint32 code = 0;
      gboolean is_one =
          cot_layout_parse_placeholder (placeholders[i].label, &directive, &name, &code);

      g_test_message ("%s", placeholders[i].label);
      g_assert_true (is_one == (placeholders[i].name != NULL));
      g_assert_cmpstr (name, ==, placeholders[i].name);
      g_assert_cmpint (directive, ==, placeholders[i].directive);
      g_assert_cmphex (code, ==, placeholders[i].code);
    }
}

/* The largest list that a bundle can be is looked at in no time that anybody would notice. */
static void
test_many (void)
{
  guint n = COT_UNPACK_MAX_ENTRIES;
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CotLayoutGuess) guess = NULL;
  gint64 start_usec;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (labels, g_strdup_printf ("PC%04u/CCM/Logs/CcmExec-%u.log", i % 50, i));
  start_usec = g_get_monotonic_time ();
  guess = cot_layout_guess ("case", (const char *const *) labels->pdata, n);
  g_test_message ("%.3f s", (double) (g_get_monotonic_time () - start_usec) / G_USEC_PER_SEC);
  g_assert_cmpuint (guess->devices->len, ==, 50);
  g_assert_cmpint (guess->layout, ==, COT_LAYOUT_SEVERAL_DEVICES);
}

/* However many folders there are, each with the same log. */
static void
test_many_folders (void)
{
  guint n = COT_UNPACK_MAX_ENTRIES;
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CotLayoutGuess) guess = NULL;
  gint64 start_usec;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (labels, g_strdup_printf ("anna-%x/Team/CcmExec.log", i));
  start_usec = g_get_monotonic_time ();
  guess = cot_layout_guess ("case", (const char *const *) labels->pdata, n);
  g_test_message ("%.3f s", (double) (g_get_monotonic_time () - start_usec) / G_USEC_PER_SEC);
  g_assert_cmpuint (guess->devices->len, ==, 10000);
  g_assert_cmpstr (guess->device_of[9999], ==, "anna-270f");
  g_assert_null (guess->device_of[n - 1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/layouts", test_layouts);
  g_test_add_func ("/layout/folders", test_folders);
  g_test_add_func ("/layout/archives", test_archives);
  g_test_add_func ("/layout/two-alike", test_two_alike);
  g_test_add_func ("/layout/order", test_order);
  g_test_add_func ("/layout/words", test_words);
  g_test_add_func ("/layout/device-of", test_device_of);
  g_test_add_func ("/layout/notes", test_notes);
  g_test_add_func ("/layout/placeholder", test_placeholder);
  g_test_add_func ("/layout/many", test_many);
  g_test_add_func ("/layout/many-folders", test_many_folders);
  return g_test_run ();
}
