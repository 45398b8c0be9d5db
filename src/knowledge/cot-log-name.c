/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-name-private.h"

#include "cot-matcher.h"

#include <string.h>

/* Logs of other programs whose names end like documented ones. */
static const char *const others[] = { "ccmsetup-ccmeval" };

static const char *
base_name (const char *label)
{
  const char *start = label;

  for (const char *p = label; *p != '\0'; p++)
    if (*p == '/' || *p == '\\')
      start = p + 1;
  return start;
}

/* The name of the file; of "Microsoft-Windows-AAD/Operational", where the slash belongs to the name
 * of a channel, all of it. */
static char *
dup_name (const char *label)
{
  const char *name = base_name (label);
  g_autofree char *folders = NULL;
  const char *folder;

  if (name == label || strchr (name, '.') != NULL)
    return g_strdup (name);
  folders = g_strndup (label, (gsize) (name - label) - 1);
  folder = base_name (folders);
  return g_ascii_strncasecmp (folder, "Microsoft-", strlen ("Microsoft-")) == 0
             ? g_strconcat (folder, "-", name, NULL)
             : g_strdup (name);
}

/* "(31) Command ... output.log": the number of a member in a diagnostics bundle. */
static const char *
skip_member_number (const char *name)
{
  const char *p = name;

  if (*p++ != '(')
    return name;
  while (g_ascii_isdigit (*p))
    p++;
  return p[0] == ')' && p[1] == ' ' ? p + 2 : name;
}

static gboolean
cut_suffix (GString *name, const char *suffix)
{
  if (!g_str_has_suffix (name->str, suffix) || name->len == strlen (suffix))
    return FALSE;
  g_string_truncate (name, name->len - strlen (suffix));
  return TRUE;
}

/* "-20240102-030405", "_20240102", ".1", " (1)", "-20240102-030405-2" */
static gboolean
cut_counter (GString *name)
{
  gsize end = name->len;
  gsize start;

  if (end > 3 && name->str[end - 1] == ')')
    end--;
  start = end;
  while (start > 0 && g_ascii_isdigit (name->str[start - 1]))
    start--;
  if (start == end || start == 0)
    return FALSE;
  if (end < name->len)
    {
      if (start < 3 || name->str[start - 1] != '(' || name->str[start - 2] != ' ')
        return FALSE;
      start--;
    }
  else if (strchr ("-_.", name->str[start - 1]) == NULL)
    return FALSE;
  if (start < 2)
    return FALSE;
  g_string_truncate (name, start - 1);
  return TRUE;
}

/* Documents spell some channels in other ways than Windows does. */
static void
spell_as_windows (GString *name)
{
  static const struct
  {
    const char *written;
    const char *spelt;
  } channels[] = {
    { "enterprise-diagnostic-provider", "enterprise-diagnostics-provider" },
    { "microsoft entra id > ", "microsoft-windows-aad-" },
    { "microsoft entra id-", "microsoft-windows-aad-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    g_string_replace (name, channels[i].written, channels[i].spelt, 1);
}

/* What stands behind the names of logs, also of those that were put aside. */
static const char *const suffixes[] = {
  ".log", ".lo_", ".log_", ".evtx", ".txt", ".csv", ".old", "_old", "-old", ".bak", "_bak", "-bak",
  ".backup", ".copy", ".orig", ".original", ".prev", ".previous", ".sav", ".save", "~",
};

/* Small letters, without folder, member number, rollover suffix and extension. */
static char *
get_stem (const char *label)
{
  g_autofree char *label_name = dup_name (label);
  g_autofree char *lower = g_ascii_strdown (skip_member_number (label_name), -1);
  GString *name = g_string_new (lower);
  gboolean is_cut;

  g_string_replace (name, "%4", "-", 0);
  do
    {
      is_cut = cut_counter (name);
      for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
        is_cut |= cut_suffix (name, suffixes[i]);
    }
  while (is_cut);
  spell_as_windows (name);
  return g_string_free (name, FALSE);
}

static char *
get_documented_stem (const char *documented_name)
{
  GString *name = g_string_new (documented_name);

  g_string_ascii_down (name);
  g_string_replace (name, "%4", "-", 0);
  g_string_replace (name, "/", "-", 0);
  if (!cut_suffix (name, ".log"))
    cut_suffix (name, ".evtx");
  return g_string_free (name, FALSE);
}

/* "PC0042_CcmMessaging": a name in front of the log's. "MP_" and "SMS_" are part of names. */
static gboolean
is_prefix (const char *stem, gsize length_bytes)
{
  static const char *const parts_of_names[] = { "mp", "sms", "ccm", "sup", "wsus" };

  if (length_bytes == 0)
    return TRUE;
  if (strchr ("-_ .", stem[length_bytes - 1]) == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (parts_of_names); i++)
    if (strlen (parts_of_names[i]) == length_bytes - 1
        && strncmp (stem, parts_of_names[i], length_bytes - 1) == 0)
      return FALSE;
  return TRUE;
}

static gboolean
is_special (const char *documented_name)
{
  return g_str_has_prefix (documented_name, "dsregcmd")
         || g_str_has_prefix (documented_name, "registry export")
         || g_str_has_prefix (documented_name, "IIS ");
}

char *
cot_log_dup_documented_stem (const char *documented_name)
{
  return is_special (documented_name) ? NULL : get_documented_stem (documented_name);
}

/* Most names differ in the last letter, which is seen without making a stem. */
static gboolean
ends_differently (const char *stem, gsize n, const char *documented_name)
{
  const gsize n_suffix = strlen (".log");
  gsize m = strlen (documented_name);
  char last;

  if (n == 0 || m <= n_suffix || strcmp (documented_name + m - n_suffix, ".log") != 0)
    return FALSE;
  last = documented_name[m - n_suffix - 1];
  return g_ascii_isalnum (last) && g_ascii_tolower (last) != stem[n - 1];
}

/**
 * cot_log_stem_matches:
 * @stem: what cot_log_get_stem() made of a label
 * @documented_name: as in the documentation: "CcmMessaging.log", an event channel, "IIS u_ex*.log"
 *
 * Returns: %TRUE if the log may be meant
 */
gboolean
cot_log_stem_matches (const char *stem, const char *documented_name)
{
  g_autofree char *documented = NULL;
  gsize n = strlen (stem);
  gsize m;

  if (g_str_has_prefix (documented_name, "dsregcmd"))
    return strstr (stem, "dsreg") != NULL;
  if (g_str_has_prefix (documented_name, "registry export"))
    return g_str_has_suffix (stem, ".reg");
  if (g_str_has_prefix (documented_name, "IIS "))
    return strstr (stem, "u_ex") != NULL;
  if (ends_differently (stem, n, documented_name))
    return FALSE;
  documented = get_documented_stem (documented_name);
  m = strlen (documented);
  return n >= m && strcmp (stem + n - m, documented) == 0 && is_prefix (stem, n - m);
}

char *
cot_log_get_whole_stem (const char *label)
{
  return get_stem (label);
}

char *
cot_log_get_stem (const char *label)
{
  char *stem = get_stem (label);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_has_suffix (stem, others[i]))
      stem[0] = '\0';
  return stem;
}

/**
 * cot_log_name_matches:
 * @label: a file name, path or member label
 * @documented_name: as in the documentation
 *
 * Case, folders, member numbers, a computer's name in front, rollover suffixes and the extension do
 * not count.
 *
 * Returns: %TRUE if @label may be that log
 */
gboolean
cot_log_name_matches (const char *label, const char *documented_name)
{
  g_autofree char *stem = cot_log_get_stem (label);

  return cot_log_stem_matches (stem, documented_name);
}
