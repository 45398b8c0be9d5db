/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "cot-member-private.h"

/* Names without extension, in lower case and sorted, of the logs that Microsoft's documentation
 * lists ("Log file reference", memdocs). Those that a pattern below covers are left out. */

static const char *const client_logs[] = {
  "adaloperationprovider", "alternatehandler", "appdiscovery", "appenforce", "appgrouphandler",
  "appintenteval", "assetadvisor", "atphandler", "bgbhttpproxy", "bitlockermanagementhandler",
  "cas", "ccm32bitlauncher", "ccmaad", "ccmeval", "ccmevaltask", "ccmexec", "ccmmessaging",
  "ccmnotificationagent", "ccmperf", "ccmrepair", "ccmrestart", "ccmsdkprovider", "ccmsetup",
  "ccmsetup-ccmeval", "ccmsqlce", "ccmusrcse", "ccmvdiprovider", "certenrollagent",
  "certificatemaintenance", "ciagent", "cidownloader", "cistatestore", "cistore", "citaskmanager",
  "citaskmgr", "client.msi", "clientauth", "clientidmanagerstartup", "clientlocation",
  "clientservicing", "cmbitsmanager", "cmhttpsreadiness", "cmrcservice", "comanagementhandler",
  "complrelayagent", "contenttransfermanager", "datatransferservice", "dcmagent", "dcmreporting",
  "dcmwmiprovider", "deltadownload", "diagnostics", "dmcertenroll", "dmclientsetup",
  "dmclientxfer", "dmcommoninstaller", "dminstaller", "dmsvc", "endpointprotectionagent",
  "execmgr", "expressionsolver", "externaleventagent", "filebits", "filesystemfile",
  "fspstatemessage", "internetproxy", "inventoryagent", "inventoryprovider", "loadstate",
  "locationcache", "locationservices", "m365ahandler", "maintenancecoordinator", "mifprovider",
  "mtrmgr", "policyagent", "policyagentprovider", "policyevaluator", "policyplatformclient",
  "policysdk", "pwrmgmt", "pwrprovider", "rebootcoordinator", "scanagent", "scanstate",
  "scheduler", "scripts", "sdmagent", "sensorendpoint", "sensormanagedprovider",
  "sensorwmiprovider", "servicewindowmanager", "settingsagent", "setuppolicyevaluator",
  "smpisapi", "smsclientmethodprovider", "smscliui", "smsts", "smswushandler",
  "softwarecentersystemtasks", "srcupdatemgr", "statemessage", "statemessageprovider",
  "statusagent", "swmtrreportgen", "tsagent", "tsdthandler", "updatesdeployment",
  "updateshandler", "updatesstore", "useraffinity", "useraffinityprovider", "virtualapp",
  "wakeprxy-install", "wakeprxy-uninstall", "wedmtrace", "wuahandler",};

static const char *const site_server_logs[] = {
  "adctrl", "adforestdisc", "adminservice", "adminui.extensioninstaller", "adservice", "adsgdis",
  "adsysdis", "adusrdis", "aikbmgr", "aiupdatesvc", "aiusmsi", "aiussetup", "bgbisapimsi",
  "bgbmgr", "bgbserver", "bgbsetup", "businessappprocessworker", "ccm", "ccm_sts",
  "ccm_sts_managedbase", "ccmisapi", "certmgr", "chmgr", "cidm", "cloudmgr", "cloudusersync",
  "cmgatewaynotificationworker", "cmgcontentservice", "cmghttphandler", "cmgservice", "cmgsetup",
  "cmrcviewer", "collectionaadgroupsyncworker", "colleval", "compmon", "compsumm", "comregsetup",
  "configmgradminuisetup", "configmgrprereq", "configmgrsetup", "configmgrsetupwizard",
  "createtsmedia", "crp", "crpctrl", "crpmsi", "crpsetup", "dataldr", "ddm", "despool", "distmgr",
  "dmclienthealth", "dmclientregistration", "drivercatalog", "dwssmsi", "dwsssetup", "easdisc",
  "endpointconnectivitycheckworker", "enrollmentservice", "enrollmentweb", "enrollsrv",
  "enrollsrvmsi", "enrollweb", "enrollwebmsi", "epctrlmgr", "epmgr", "epsetup",
  "externalnotificationsworker", "featureextensioninstaller", "fspisapi", "fspmgr", "fspmsi",
  "hman", "inboxast", "inboxmgr", "inboxmon", "invproc", "m365adeploymentplanworker",
  "m365adevicehealthworker", "m365auploadworker", "managedprovider", "mcsexec", "mcsisapi",
  "mcsmgr", "mcsmsi", "mcsperf", "mcsprv", "mcssetup", "microsoft.configmgrdatawarehouse",
  "migmctrl", "mpcontrol", "mpfdm", "mpmsi", "mpsetup", "mvlsimport", "ndesplugin", "netdisc",
  "notictrl", "ntsvrdis", "objreplmgr", "offermgr", "offersum", "offlineservicingmgr",
  "outboxmon", "outgoingcontentmanager", "patchdownloader", "perfsetup", "pkgxfermgr", "policypv",
  "prestagecontent", "pulldp", "rcmctrl", "replmgr", "resourceexplorer", "restprovidersetup",
  "ruleengine", "schedule", "sender", "serviceconnectiontool", "sinvproc", "sitecomp", "sitectrl",
  "sitestat", "smpmgr", "smpmsi", "smpperf", "smsadminui", "smsbkup", "smsdbmon", "smsdpmon",
  "smsdpprov", "smsdpusage", "smsenrollsrvsetup", "smsenrollwebsetup", "smsexec", "smsfspsetup",
  "smsprov", "smspxe", "smssmpsetup", "smssqlbkup", "smstsvc", "smswriter", "srsrp", "srsrpmsi",
  "srsrpsetup", "srvboot", "statesys", "statmgr", "supsetup", "swmproc", "tasksequenceprovider",
  "userservice", "uxanalyticsuploadworker", "wcm", "wolcmgr", "wolmgr", "wsfbsyncworker",
  "wsusctrl", "wsyncmgr", "wussyncxml",};

static const char *const intune_agent_logs[] = {
  "_intunemanagementextension", "agentexecutor", "appactionprocessor", "appworkload",
  "clientcertcheck", "clienthealth", "devicehealthmonitoring", "healthscripts",
  "intunemanagementextension", "notificationinfralogs", "sensor", "win32appinventory",
};

static const char *const windows_logs[] = {
  "cbs", "change", "dism", "dsregcmd /status output", "mscep", "setupact", "setupapi", "setuperr",
  "softwaredistribution", "windowsupdate",
};

typedef struct
{
  const char *text;
  CotMemberGroup group;
} Rule;

static const Rule name_rules[] = {
  { "ccmsetup", COT_MEMBER_GROUP_CLIENT_SETUP },
  { "client.msi", COT_MEMBER_GROUP_CLIENT_SETUP },
  { "ccmrepair", COT_MEMBER_GROUP_CLIENT_SETUP },
  { "mp_", COT_MEMBER_GROUP_SITE_SERVER },
  { "sms_", COT_MEMBER_GROUP_SITE_SERVER },
  { "dmp", COT_MEMBER_GROUP_SITE_SERVER },
  { "clouddp-", COT_MEMBER_GROUP_SITE_SERVER },
  { "scclient_", COT_MEMBER_GROUP_CLIENT },
  { "scnotify_", COT_MEMBER_GROUP_CLIENT },
  { "sleepagent_", COT_MEMBER_GROUP_CLIENT },
  { "win32app", COT_MEMBER_GROUP_INTUNE_AGENT },
  { "u_ex", COT_MEMBER_GROUP_SITE_SERVER }, /* the web server of a site system */
  { "microsoft-windows-", COT_MEMBER_GROUP_WINDOWS },
  { "setupapi.", COT_MEMBER_GROUP_WINDOWS },
};

/* Where the name alone says nothing. Separators are gone from flattened names, so a folder is
 * looked for as a part of the label in which '/' and '_' are the same. */
static const Rule folder_rules[] = {
  { "intunemanagementextension/logs/", COT_MEMBER_GROUP_INTUNE_AGENT },
  { "sidecar/", COT_MEMBER_GROUP_INTUNE_AGENT },
  { "ccmsetup/", COT_MEMBER_GROUP_CLIENT_SETUP },
  { "sms/ccm/logs/", COT_MEMBER_GROUP_SITE_SERVER },
  { "configuration manager/logs/", COT_MEMBER_GROUP_SITE_SERVER },
  { "ccm/logs/", COT_MEMBER_GROUP_CLIENT },
  { "panther/", COT_MEMBER_GROUP_WINDOWS },
  { "windowsupdate/", COT_MEMBER_GROUP_WINDOWS },
  { "eventlogs/", COT_MEMBER_GROUP_WINDOWS },
  { "logs/cbs/", COT_MEMBER_GROUP_WINDOWS },
  { "logs/dism/", COT_MEMBER_GROUP_WINDOWS },
};

static int
compare_names (const void *key, const void *item)
{
  return strcmp (key, *(const char *const *) item);
}

static gboolean
is_listed (const char *stem, const char *const *names, gsize n_names)
{
  return bsearch (stem, names, n_names, sizeof *names, compare_names) != NULL;
}

static gboolean
guess_from_lists (const char *stem, CotMemberGroup *group)
{
  if (is_listed (stem, intune_agent_logs, G_N_ELEMENTS (intune_agent_logs)))
    *group = COT_MEMBER_GROUP_INTUNE_AGENT;
  else if (is_listed (stem, site_server_logs, G_N_ELEMENTS (site_server_logs)))
    *group = COT_MEMBER_GROUP_SITE_SERVER;
  else if (is_listed (stem, client_logs, G_N_ELEMENTS (client_logs)))
    *group = COT_MEMBER_GROUP_CLIENT;
  else if (is_listed (stem, windows_logs, G_N_ELEMENTS (windows_logs)))
    *group = COT_MEMBER_GROUP_WINDOWS;
  else
    return FALSE;
  return TRUE;
}

/**
 * cot_member_is_known_log:
 * @stem: the name of a file, without its ending
 *
 * Returns: whether a documented log has exactly that name
 */
gboolean
cot_member_is_known_log (const char *stem)
{
  g_autofree char *folded = g_ascii_strdown (stem, -1);
  CotMemberGroup group;

  return guess_from_lists (folded, &group);
}

static char *
fold_label (const char *label)
{
  char *folded = g_ascii_strdown (label, -1);

  for (char *at = folded; *at != '\0'; at++)
    if (*at == '_')
      *at = '/';
  return folded;
}

/**
 * cot_member_guess_group:
 * @label: the label of a member
 * @base_name: what cot_member_identify() made of it
 *
 * Returns: whose log it is, by its name, else by its folder, else by what it is
 */
CotMemberGroup
cot_member_guess_group (const char *label, const char *base_name)
{
  g_autofree char *stem = g_ascii_strdown (base_name, -1);
  g_autofree char *folded = NULL;
  CotMemberGroup group;

  if (g_str_has_suffix (stem, ".reg") || g_str_has_suffix (stem, ".evtx")
      || g_str_has_suffix (stem, ".etl"))
    return COT_MEMBER_GROUP_WINDOWS;
  if (g_str_has_suffix (stem, ".log"))
    stem[strlen (stem) - strlen (".log")] = '\0';

  for (gsize i = 0; i < G_N_ELEMENTS (name_rules); i++)
    if (g_str_has_prefix (stem, name_rules[i].text))
      return name_rules[i].group;
  if (guess_from_lists (stem, &group))
    return group;
  folded = fold_label (label);
  for (gsize i = 0; i < G_N_ELEMENTS (folder_rules); i++)
    if (strstr (folded, folder_rules[i].text) != NULL)
      return folder_rules[i].group;
  return COT_MEMBER_GROUP_OTHER;
}
