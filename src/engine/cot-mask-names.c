/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which names tell something, and which are everybody's. All lists in lower case. */

#include "cot-mask-private.h"

#include <string.h>

/* Words that logs are made of: as the name of a user or a computer they are masked only where what
 * is around them says so. */
static const char common[]
    = " access account active admin administrator adminui agent all any app application apps auth"
      " auto available azure backup base boot build cache ccm ccmexec ccmsetup cert certificate"
      " changed check client clientid cloud cmg common complete component computer config"
      " configuration connection console content control core corp count current data database"
      " default deployment desktop detail details device devices dev disabled dns domain done down"
      " empty enabled enrollment entra error event exchange expired failed failure false fault file"
      " first folder found full function get global group guest guid health home host hostname http"
      " https hybrid index info install internal internet intranet intune invalid item job join key"
      " kiosk last level library line list live local localhost location lock log login logon logs"
      " machine mail main manage management manager master media message method microsoft missing"
      " mobile mode module monitor name net network new next none not null object office offline"
      " online only open operation org other owner package part password path pilot policy pool"
      " port portal primary private process prod product production profile program provider proxy"
      " public query queue ready received registration remote report request required reset result"
      " root router run running sample scan schedule script secure security send sent server "
      "service"
      " session setting settings setup shared site smb sms software source staging standard start"
      " started state status stop store string success support sync system task temp test testing"
      " text thread time timeout token tool tools trace true type unknown update updates upgrade"
      " url user username users valid value version virtual volume waiting warning web win windows"
      " wmi work worker workgroup workload workloads wsus www xml yes sccm mecm mem ";

static const char accounts[]
    = " system everyone public default administrator guest defaultaccount defaultuser0 defaultuser"
      " wdagutilityaccount networkservice localservice localsystem nt me current self null none"
      " n/a na unknown true false yes no 0 1 empty anonymous systemprofile username user all"
      " allusers microsoft windows azuread ";

/* What stands before a backslash and is no domain. */
static const char roots[]
    = " hklm hkcu hku hkcr hkcc hkey_local_machine hkey_current_user hkey_users hkey_classes_root"
      " software system security sam hardware bcd ccm sms root cimv2 microsoft windows system32"
      " syswow64 users user policies policy machine authority service builtin apppool device"
      " program files programdata appdata local roaming temp logs winnt iis classes clients client"
      " currentversion currentcontrolset services control wow6432node namespace interop mssql"
      " globalroot dosdevices global pipe inetpub wwwroot certificates my ca trust enrollment"
      " enrollments s-1-5-18 cert localmachine currentuser enterprise u n t r x vendor msft dmmap"
      " uefi bios acpi pci usb hid swd scsi storage display hdaudio bth monitor mdm mof dp cache"
      " staging ccmcache ccmsetup smscfg smsosd os config setup panther ";

/* Services that all of the world uses. */
static const char *const public_hosts[] = { "microsoft.com",
                                            "windows.net",
                                            "microsoftonline.com",
                                            "windowsupdate.com",
                                            "windows.com",
                                            "azure.com",
                                            "azure.net",
                                            "azure-api.net",
                                            "azureedge.net",
                                            "akamaized.net",
                                            "msftncsi.com",
                                            "msftconnecttest.com",
                                            "office.com",
                                            "office.net",
                                            "office365.com",
                                            "live.com",
                                            "digicert.com",
                                            "msocsp.com",
                                            "verisign.com",
                                            "symcb.com",
                                            "aka.ms",
                                            "w3.org",
                                            "xmlsoap.org",
                                            "dmtf.org",
                                            "datacontract.org",
                                            "microsoftonline-p.com",
                                            "msauth.net",
                                            "msftauth.net",
                                            "microsoftazuread-sso.com",
                                            "oasis-open.org",
                                            "openmobilealliance.org",
                                            "bing.com",
                                            "trafficmanager.net",
                                            "globalsign.com",
                                            "entrust.net",
                                            "letsencrypt.org",
                                            "schemas.microsoft.com" };

/* Below these the first name is that of who rented it. */
static const char *const rented_hosts[] = {
  "onmicrosoft.com",  "cloudapp.net",           "cloudapp.azure.com",   "sharepoint.com",
  "core.windows.net", "azurewebsites.net",      "b2clogin.com",         "msappproxy.net",
  "vault.azure.net",  "servicebus.windows.net", "mail.onmicrosoft.com", "database.windows.net"
};

static const char top_levels[]
    = " com org net edu gov mil int info biz local lan corp intra intranet internal home private"
      " cloud tech group world test example ad dom at au be br ca ch cn cz de dk es eu fi fr gr hk"
      " hu ie il in io it jp kr lu mx my nl no nz ph pl pt ro ru sa se sg sk tr tw ua uk us za ";

static gboolean
is_among (const char *list, const char *word, gsize length_bytes)
{
  char key[64];

  if (length_bytes == 0 || length_bytes > sizeof key - 3)
    return FALSE;
  key[0] = ' ';
  for (gsize i = 0; i < length_bytes; i++)
    key[i + 1] = g_ascii_tolower (word[i]);
  key[length_bytes + 1] = ' ';
  key[length_bytes + 2] = '\0';
  return memchr (word, ' ', length_bytes) == NULL && strstr (list, key) != NULL;
}

gboolean
cot_mask_is_common (const char *word, gsize length_bytes)
{
  return is_among (common, word, length_bytes);
}

gboolean
cot_mask_is_account (const char *name, gsize length_bytes)
{
  return is_among (accounts, name, length_bytes);
}

gboolean
cot_mask_is_root (const char *name, gsize length_bytes)
{
  return is_among (roots, name, length_bytes);
}

gboolean
cot_mask_is_top_level (const char *label, gsize length_bytes)
{
  return is_among (top_levels, label, length_bytes);
}

/* The host itself, or one below it. */
static gboolean
is_below (const char *host, gsize length_bytes, const char *suffix)
{
  gsize n = strlen (suffix);

  if (length_bytes < n || g_ascii_strncasecmp (host + length_bytes - n, suffix, n) != 0)
    return FALSE;
  return length_bytes == n || host[length_bytes - n - 1] == '.';
}

gboolean
cot_mask_is_rented (const char *host, gsize length_bytes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rented_hosts); i++)
    if (length_bytes > strlen (rented_hosts[i]) && is_below (host, length_bytes, rented_hosts[i]))
      return TRUE;
  return FALSE;
}

gboolean
cot_mask_is_public (const char *host, gsize length_bytes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (public_hosts); i++)
    if (is_below (host, length_bytes, public_hosts[i]))
      return !cot_mask_is_rented (host, length_bytes);
  return FALSE;
}

gboolean
cot_mask_is_guid (const char *text, gsize length_bytes)
{
  gboolean is_zero = TRUE;

  if (length_bytes < 36)
    return FALSE;
  for (gsize i = 0; i < 36; i++)
    {
      gboolean dash = i == 8 || i == 13 || i == 18 || i == 23;

      if (dash ? text[i] != '-' : !g_ascii_isxdigit (text[i]))
        return FALSE;
      is_zero = is_zero && (dash || text[i] == '0');
    }
  return !is_zero && (length_bytes == 36 || !g_ascii_isalnum (text[36]));
}
