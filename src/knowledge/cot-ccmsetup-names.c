/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-ccmsetup-names-private.h"

#include <string.h>

/* learn.microsoft.com: About client installation parameters and properties. */

static const CotSetupName parameters[] = {
  { "?", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "allowmetered", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "alwaysexcludeupgrade", COT_SETUP_VALUE_CHOICE, "TRUE|FALSE", 0, 0 },
  { "bitspriority", COT_SETUP_VALUE_CHOICE, "FOREGROUND|HIGH|NORMAL|LOW", 0, 0 },
  { "config", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "downloadtimeout", COT_SETUP_VALUE_NUMBER, NULL, 0, G_MAXUINT32 },
  { "excludefeatures", COT_SETUP_VALUE_CHOICE, "ClientUI", 0, 0 },
  { "forceinstall", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "forcereboot", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "logon", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "mp", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "nocrlcheck", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "noservice", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "regtoken", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "retry", COT_SETUP_VALUE_NUMBER, NULL, 0, G_MAXUINT32 },
  { "service", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "skipprereq", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "source", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "uninstall", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "usepkicert", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
};

static const CotSetupName properties[] = {
  { "aadclientappid", COT_SETUP_VALUE_GUID, NULL, 0, 0 },
  { "aadresourceuri", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "aadtenantid", COT_SETUP_VALUE_GUID, NULL, 0, 0 },
  { "ccmadmins", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "ccmallowsilentreboot", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "ccmalwaysinf", COT_SETUP_VALUE_NUMBER, NULL, 1, 1 },
  { "ccmcertissuers", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "ccmcertsel", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "ccmcertstore", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "ccmdebuglogging", COT_SETUP_VALUE_NUMBER, NULL, 0, 1 },
  { "ccmenablelogging", COT_SETUP_VALUE_CHOICE, "TRUE|FALSE", 0, 0 },
  { "ccmevalhour", COT_SETUP_VALUE_NUMBER, NULL, 0, 23 },
  { "ccmevalinterval", COT_SETUP_VALUE_NUMBER, NULL, 1, 1440 },
  { "ccmfirstcert", COT_SETUP_VALUE_NUMBER, NULL, 1, 1 },
  { "ccmhostname", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "ccmhttpport", COT_SETUP_VALUE_NUMBER, NULL, 1, 65535 },
  { "ccmhttpsport", COT_SETUP_VALUE_NUMBER, NULL, 1, 65535 },
  { "ccminstalldir", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "ccmloglevel", COT_SETUP_VALUE_NUMBER, NULL, 0, 3 },
  { "ccmlogmaxhistory", COT_SETUP_VALUE_NUMBER, NULL, 0, G_MAXUINT32 },
  { "ccmlogmaxsize", COT_SETUP_VALUE_NUMBER, NULL, 10000, G_MAXUINT32 },
  { "ccmsetupcmd", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "disablecacheopt", COT_SETUP_VALUE_CHOICE, "TRUE", 0, 0 },
  { "disablesiteopt", COT_SETUP_VALUE_CHOICE, "TRUE", 0, 0 },
  { "dnssuffix", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "fsp", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "ignoreappvversioncheck", COT_SETUP_VALUE_CHOICE, "TRUE", 0, 0 },
  { "notifyonly", COT_SETUP_VALUE_CHOICE, "TRUE", 0, 0 },
  { "provisionts", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "resetkeyinformation", COT_SETUP_VALUE_CHOICE, "TRUE", 0, 0 },
  { "sitereassign", COT_SETUP_VALUE_CHOICE, "TRUE", 0, 0 },
  { "smscachedir", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "smscacheflags", COT_SETUP_VALUE_CHOICES,
    "PERCENTDISKSPACE|PERCENTFREEDISKSPACE|MAXDRIVE|MAXDRIVESPACE|NTFSONLY|COMPRESS|FAILIFNOSPACE",
    0, 0 },
  { "smscachesize", COT_SETUP_VALUE_NUMBER, NULL, 0, G_MAXUINT32 },
  { "smsconfigsource", COT_SETUP_VALUE_LETTERS, "RPMU", 0, 0 },
  { "smsdirectorylookup", COT_SETUP_VALUE_CHOICE, "NOWINS", 0, 0 },
  { "smsmp", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "smspublicrootkey", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "smsrootkeypath", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "smssigncert", COT_SETUP_VALUE_ANY, NULL, 0, 0 },
  { "smssitecode", COT_SETUP_VALUE_SITE_CODE, NULL, 0, 0 },
};

static const char *const internal_parameters[]
    = { "autoupgrade", "evaluate",       "ignoreskipupgrade", "runservice", "status",
        "upgradepackageversion", "upgradewintask", NULL };
static const char *const internal_properties[] = { "install", NULL };

static const CotSetupName *
find (const CotSetupName *names, gsize n_names, const char *name)
{
  for (gsize i = 0; i < n_names; i++)
    if (g_ascii_strcasecmp (names[i].name, name) == 0)
      return &names[i];
  return NULL;
}

const CotSetupName *
cot_setup_find_parameter (const char *name)
{
  return find (parameters, G_N_ELEMENTS (parameters), name);
}

const CotSetupName *
cot_setup_find_property (const char *name)
{
  return find (properties, G_N_ELEMENTS (properties), name);
}

static gboolean
is_listed (const char *const *names, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_strv_contains (names, lower);
}

gboolean
cot_setup_is_internal_parameter (const char *name)
{
  return is_listed (internal_parameters, name);
}

gboolean
cot_setup_is_internal_property (const char *name)
{
  return is_listed (internal_properties, name);
}

static gboolean
is_one_of (const char *words, const char *value)
{
  g_auto (GStrv) list = g_strsplit (words, "|", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (g_ascii_strcasecmp (list[i], value) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
are_some_of (const char *words, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && !is_one_of (words, parts[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_made_of (const char *letters, const char *value)
{
  g_autofree char *upper = g_ascii_strup (value, -1);

  return *upper != '\0' && strspn (upper, letters) == strlen (upper);
}

static gboolean
is_guid (const char *value)
{
  gsize n = strlen (value);

  if (n == 38 && value[0] == '{' && value[37] == '}')
    {
      g_autofree char *inner = g_strndup (value + 1, 36);

      return g_uuid_string_is_valid (inner);
    }
  return g_uuid_string_is_valid (value);
}

static gboolean
is_site_code (const char *value)
{
  if (g_ascii_strcasecmp (value, "AUTO") == 0)
    return TRUE;
  return strlen (value) == 3 && g_ascii_isalnum (value[0]) && g_ascii_isalnum (value[1])
         && g_ascii_isalnum (value[2]);
}

/**
 * cot_setup_value_is_valid:
 * @name: a documented name
 * @value: what the command line gives it
 *
 * Returns: %FALSE where the documentation rules @value out
 */
gboolean
cot_setup_value_is_valid (const CotSetupName *name, const char *value)
{
  switch (name->kind)
    {
    case COT_SETUP_VALUE_NUMBER:
      return g_ascii_string_to_unsigned (value, 10, name->low, name->high, NULL, NULL);
    case COT_SETUP_VALUE_CHOICE:
      return is_one_of (name->words, value);
    case COT_SETUP_VALUE_CHOICES:
      return are_some_of (name->words, value);
    case COT_SETUP_VALUE_LETTERS:
      return is_made_of (name->words, value);
    case COT_SETUP_VALUE_GUID:
      return is_guid (value);
    case COT_SETUP_VALUE_SITE_CODE:
      return is_site_code (value);
    case COT_SETUP_VALUE_ANY:
    default:
      return TRUE;
    }
}
