/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-member.h"

#include <string.h>

#include "cot-member-private.h"

/* The output of one command is known by many file names; detectors know it by this one. */
#define DSREGCMD "dsregcmd /status output"

static const char *const kind_words[] = {
  [COT_MEMBER_LOG] = "log",
  [COT_MEMBER_TEXT] = "text",
  [COT_MEMBER_REGISTRY] = "registry",
  [COT_MEMBER_EVENT_LOG] = "event-log",
  [COT_MEMBER_TRACE] = "trace",
  [COT_MEMBER_ARCHIVE] = "archive",
  [COT_MEMBER_REPORT] = "report",
  [COT_MEMBER_DUMP] = "dump",
  [COT_MEMBER_BINARY] = "binary",
  [COT_MEMBER_PLACEHOLDER] = "placeholder",
  [COT_MEMBER_FOLDER_LINK] = "link",
};

static const char *const group_words[COT_N_MEMBER_GROUPS] = {
  [COT_MEMBER_GROUP_CLIENT] = "client",
  [COT_MEMBER_GROUP_CLIENT_SETUP] = "client-setup",
  [COT_MEMBER_GROUP_INTUNE_AGENT] = "intune-agent",
  [COT_MEMBER_GROUP_SITE_SERVER] = "site-server",
  [COT_MEMBER_GROUP_WINDOWS] = "windows",
  [COT_MEMBER_GROUP_OTHER] = "other",
};

static const struct
{
  const char *extension;
  CotMemberKind kind;
} extensions[] = {
  { "log", COT_MEMBER_LOG },
  { "lo_", COT_MEMBER_LOG },
  { "txt", COT_MEMBER_TEXT },
  { "csv", COT_MEMBER_TEXT },
  { "tsv", COT_MEMBER_TEXT },
  { "xml", COT_MEMBER_TEXT },
  { "json", COT_MEMBER_TEXT },
  { "ini", COT_MEMBER_TEXT },
  { "inf", COT_MEMBER_TEXT },
  { "cfg", COT_MEMBER_TEXT },
  { "md", COT_MEMBER_TEXT },
  { "out", COT_MEMBER_TEXT },
  { "nfo", COT_MEMBER_TEXT },
  { "ps1", COT_MEMBER_TEXT },
  { "reg", COT_MEMBER_REGISTRY },
  { "evtx", COT_MEMBER_EVENT_LOG },
  { "evt", COT_MEMBER_TRACE },
  { "etl", COT_MEMBER_TRACE },
  { "zip", COT_MEMBER_ARCHIVE },
  { "cab", COT_MEMBER_ARCHIVE },
  { "gz", COT_MEMBER_ARCHIVE },
  { "htm", COT_MEMBER_REPORT },
  { "html", COT_MEMBER_REPORT },
  { "mht", COT_MEMBER_REPORT },
  { "dmp", COT_MEMBER_DUMP },
  { "hdmp", COT_MEMBER_DUMP },
  { "mdmp", COT_MEMBER_DUMP },
};

/**
 * cot_member_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): its word for files and output, never translated
 */
const char *
cot_member_kind_to_string (CotMemberKind kind)
{
  return (gsize) kind < G_N_ELEMENTS (kind_words) ? kind_words[kind] : "binary";
}

/**
 * cot_member_group_to_string:
 * @group: a group
 *
 * Returns: (transfer none): its word for files and output, never translated
 */
const char *
cot_member_group_to_string (CotMemberGroup group)
{
  return (gsize) group < G_N_ELEMENTS (group_words) ? group_words[group] : "other";
}

/**
 * cot_member_kind_is_text:
 * @kind: a kind
 *
 * Returns: whether a member of that kind is text that detectors and searches may read, as event
 *   logs are once they are converted; most reports in HTML, and dumps, are not
 */
gboolean
cot_member_kind_is_text (CotMemberKind kind)
{
  return kind == COT_MEMBER_LOG || kind == COT_MEMBER_TEXT || kind == COT_MEMBER_REGISTRY
         || kind == COT_MEMBER_EVENT_LOG;
}

/* The one report in HTML that is read: its tables become rows. */
static gboolean
is_mdm_report (const char *base_name)
{
  return g_ascii_strcasecmp (base_name, "MDMDiagReport.html") == 0
         || g_ascii_strcasecmp (base_name, "MDMDiagHtmlReport.html") == 0;
}

/**
 * cot_member_guess_kind:
 * @label: the label of a member
 * @base_name: what cot_member_identify() made of it
 * @size_bytes: its declared size
 *
 * Returns: what it is, by its name alone
 */
CotMemberKind
cot_member_guess_kind (const char *label, const char *base_name, guint64 size_bytes)
{
  const char *dot = strrchr (base_name, '.');

  /* What the collector of Intune leaves where it could not collect. */
  if (size_bytes == 0 && strstr (label, COT_PLACEHOLDER_WORDS "[") != NULL)
    return COT_MEMBER_PLACEHOLDER;
  if (strcmp (base_name, DSREGCMD) == 0 || is_mdm_report (base_name))
    return COT_MEMBER_TEXT;
  if (g_ascii_strcasecmp (base_name, COT_SCENARIO_FILE) == 0)
    return COT_MEMBER_BINARY;
  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (extensions); i++)
    if (g_ascii_strcasecmp (dot + 1, extensions[i].extension) == 0)
      return extensions[i].kind;
  return COT_MEMBER_BINARY;
}

static const char *
skip_folders (const char *name)
{
  const char *last = name;

  for (const char *at = name; *at != '\0'; at++)
    if ((*at == '/' || *at == '\\') && at[1] != '\0')
      last = at + 1;
  return last;
}

/* Behind the last space that has a name behind it; a copy's number " (1)" is no name. */
static const char *
find_file_name (const char *text)
{
  const char *name = text;

  for (const char *at = text; *at != '\0'; at++)
    if (*at == ' ' && at[1] != '\0' && !(at[1] == '(' && g_ascii_isdigit (at[2])))
      name = at + 1;
  return name;
}

/* "(62) Events System Events.evtx": the collector's number, the directive, what it names, and
 * behind the last space the file. */
static const char *
skip_bundle_prefix (const char *name)
{
  static const char *const directives[] = { "FoldersFiles ", "Command ", "Events ",
                                            "RegistryKey " };
  const char *at = name;

  if (*at != '(' || !g_ascii_isdigit (at[1]))
    return name;
  for (at++; g_ascii_isdigit (*at);)
    at++;
  if (at[0] != ')' || at[1] != ' ')
    return name;
  at += 2;
  if (g_str_has_prefix (at, COT_PLACEHOLDER_WORDS "[") && strstr (at, "] ") != NULL)
    at = strstr (at, "] ") + strlen ("] ");
  for (gsize i = 0; i < G_N_ELEMENTS (directives); i++)
    if (g_str_has_prefix (at, directives[i]))
      {
        /* An event log is known by what was asked for, a file by its own name. */
        at += strlen (directives[i]);
        return i == 0 ? find_file_name (at) : at;
      }
  return at;
}

static const char *
skip_device (const char *name, const char *device)
{
  gsize n = device != NULL ? strlen (device) : 0;

  if (n > 0 && g_ascii_strncasecmp (name, device, n) == 0 && name[n] == '_' && name[n + 1] != '\0')
    return name + n + 1;
  return name;
}

/* " (1)" at the end of a name: a second copy that the collector or the browser made. */
static void
drop_copy_number (GString *stem)
{
  gsize n = stem->len;

  if (n < 4 || stem->str[n - 1] != ')')
    return;
  n--;
  while (n > 0 && g_ascii_isdigit (stem->str[n - 1]))
    n--;
  if (n > 2 && n < stem->len - 1 && stem->str[n - 1] == '(' && stem->str[n - 2] == ' ')
    g_string_truncate (stem, n - 2);
}

static gboolean
are_digits (const char *at, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (at[i]))
      return FALSE;
  return TRUE;
}

/* Where "-20240924", "-20240924-100311" or "_20240924..." begins at the end of a stem; its length
 * where there is no such thing. A date has a century, so that a number is not taken for one. */
static gsize
find_date (const GString *stem)
{
  for (gsize i = 1; i + 9 <= stem->len; i++)
    {
      const char *at = stem->str + i;

      if ((*at != '-' && *at != '_') || !are_digits (at + 1, 8)
          || (strncmp (at + 1, "19", 2) != 0 && strncmp (at + 1, "20", 2) != 0))
        continue;
      if (strspn (at + 9, "0123456789-_T") == strlen (at + 9))
        return i;
    }
  return stem->len;
}

/* "ccmsetup.log.1": some writers number their older parts. */
static gboolean
is_numbered (const char *stem, const char *extension)
{
  gsize n = strlen (extension);
  const char *dot = strrchr (stem, '.');

  return n >= 1 && n <= 3 && are_digits (extension, n) && dot != NULL && dot > stem
         && g_ascii_strcasecmp (dot, ".log") == 0;
}

/* What stands behind the name of a log that was put aside: a word, a date. */
static gboolean
is_put_aside (const char *mark)
{
  static const char *const words[] = {
    "backup", "bak", "copy", "old", "orig", "original", "prev", "previous", "sav", "save", "txt",
  };

  if (*mark != '\0' && strspn (mark, "0123456789-_.T") == strlen (mark))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (mark, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* "CcmExec.log.old", "ccmsetup.log_old": how long the name of the log is in there; 0 where it is
 * no such name. */
static gsize
find_put_aside (const char *file, const char *folded)
{
  const char *ending = g_strrstr (folded, ".log");
  gsize n = ending != NULL ? (gsize) (ending - folded) + strlen (".log") : 0;

  if (ending == NULL || ending == folded || file[n] == '\0' || strchr ("._-~ ", file[n]) == NULL)
    return 0;
  return is_put_aside (file + n + 1) || strcmp (file + n, "~") == 0 ? n : 0;
}

/* A log that is known, without the ending of its name, or with that of what is put aside. */
static gboolean
is_known_without_ending (const char *stem, const char *extension)
{
  return (*extension == '\0' || (is_put_aside (extension) && !g_ascii_isdigit (*extension)
                                 && g_ascii_strcasecmp (extension, "txt") != 0))
         && cot_member_is_known_log (stem);
}

/* A channel's file is "Provider%4Operational.evtx" in Windows; collectors write the separator as
 * they like, and Intune's puts " Events" behind it. */
static void
normalise_event_log (GString *stem, gboolean is_flattened)
{
  static const char *const channels[] = {
    "admin", "analytic", "autopilot", "debug", "diagnostic", "managementservice", "operational",
  };
  static const char ending[] = " Events";
  char *separator;

  if (is_flattened && stem->len > strlen (ending) && g_str_has_suffix (stem->str, ending))
    g_string_truncate (stem, stem->len - strlen (ending));
  g_string_replace (stem, "%4", "-", 0);
  separator = strrchr (stem->str, '_');
  for (gsize i = 0; separator != NULL && i < G_N_ELEMENTS (channels); i++)
    if (separator > stem->str && g_ascii_strcasecmp (separator + 1, channels[i]) == 0)
      *separator = '-';
}

static gboolean
is_rolled_over (const char *extension)
{
  return g_ascii_strcasecmp (extension, "lo_") == 0;
}

/* When it was put aside nobody knows: its mark begins with what parts it from the name. */
static void
identify_put_aside (const char *file, gsize n_log, char **base_name, char **generation)
{
  g_autofree char *log = g_strndup (file, n_log);
  g_autofree char *inner = NULL;

  cot_member_identify (log, NULL, base_name, &inner);
  *generation = *inner != '\0' ? g_strconcat (".", inner, file + n_log, NULL)
                               : g_strdup (file + n_log);
}

/**
 * cot_member_generation_is_ordered:
 * @generation: what cot_member_identify() made of a name
 *
 * Returns: whether it says where the part stands among the others of its log
 */
gboolean
cot_member_generation_is_ordered (const char *generation)
{
  return *generation == '\0' || g_ascii_isalnum (*generation);
}

/**
 * cot_member_identify:
 * @name: a path, the label of a member, or a bare file name; UTF-8
 * @device: (nullable): the computer whose name may stand in front
 * @base_name: (out) (transfer full): the log's own name
 * @generation: (out) (transfer full): the mark of an older part, or ""
 *
 * Which log a file is: the rule for names that collectors change. Folders, "(N) ..." prefixes,
 * the computer's name, copy numbers and rollover marks fall away; letters keep their case, so
 * compare without it. Any thread.
 */
void
cot_member_identify (const char *name, const char *device, char **base_name, char **generation)
{
  const char *whole = skip_folders (name);
  const char *inner = skip_bundle_prefix (whole);
  /* A prefix alone is a name. */
  const char *file = skip_device (*inner != '\0' ? inner : whole, device);
  const char *dot = strrchr (file, '.');
  gsize stem_bytes = dot != NULL && dot > file ? (gsize) (dot - file) : strlen (file);
  const char *extension = file[stem_bytes] == '.' ? file + stem_bytes + 1 : "";
  g_autoptr (GString) stem = g_string_new_len (file, (gssize) stem_bytes);
  g_autofree char *folded = g_ascii_strdown (file, -1);
  gsize n_log;
  gsize date;

  if (strstr (folded, "dsregcmd") != NULL)
    {
      *base_name = g_strdup (DSREGCMD);
      *generation = g_strdup ("");
      return;
    }

  if (is_numbered (stem->str, extension))
    {
      *base_name = g_string_free (g_steal_pointer (&stem), FALSE);
      *generation = g_strdup (extension);
      return;
    }

  n_log = find_put_aside (file, folded);
  if (n_log > 0)
    {
      identify_put_aside (file, n_log, base_name, generation);
      return;
    }
  if (is_known_without_ending (stem->str, extension))
    {
      *base_name = g_strconcat (stem->str, ".log", NULL);
      *generation = g_strdup (*extension != '\0' ? extension - 1 : "");
      return;
    }

  drop_copy_number (stem);
  if (g_ascii_strcasecmp (extension, "evtx") == 0)
    normalise_event_log (stem, strstr (name, ") Events ") != NULL);
  date = find_date (stem);
  if (is_rolled_over (extension))
    *generation = g_strdup ("lo_");
  else
    *generation = g_strdup (date < stem->len ? stem->str + date + 1 : "");
  g_string_truncate (stem, date);
  if (is_rolled_over (extension))
    g_string_append (stem, ".log");
  else if (*extension != '\0')
    g_string_append_printf (stem, ".%s", extension);
  *base_name = g_string_free (g_steal_pointer (&stem), FALSE);
}

/**
 * cot_member_dup_name:
 * @label: the label of a member, or the path of a file
 *
 * "LocationServices.log" and "LocationServices.lo_": people know logs by these names, whatever a
 * collector put in front.
 *
 * Returns: (transfer full): the name alone
 */
char *
cot_member_dup_name (const char *label)
{
  g_autofree char *base_name = NULL;
  g_autofree char *generation = NULL;
  const char *dot;

  cot_member_identify (label, NULL, &base_name, &generation);
  dot = strrchr (base_name, '.');
  if (generation == NULL || *generation == '\0')
    return g_strdup (base_name);
  if (!cot_member_generation_is_ordered (generation))
    return g_strconcat (base_name, generation, NULL);
  if (dot != NULL && strlen (generation) == 3)
    return g_strdup_printf ("%.*s.%s", (int) (dot - base_name), base_name, generation);
  if (dot != NULL)
    return g_strdup_printf ("%.*s-%s%s", (int) (dot - base_name), base_name, generation, dot);
  return g_strdup_printf ("%s-%s", base_name, generation);
}
