/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose logs they are, where they stand in one folder and only the names of the files differ: what
 * stands in front of the name of a log that is known, or behind it. One log that stands there
 * twice, with two such names, is of two computers. Dates, numbers and words that say what a copy is
 * are no names; and who writes a computer's name in small letters leaves a doubt. */

#include "cot-layout-private.h"

#include <string.h>

#include "cot-folder-name-private.h"
#include "cot-member-private.h"

/* Shorter ones are the numbers of tries and versions: "V2". */
#define MIN_LETTERS 2
/* From here on digits in hexadecimal are rather a part of a GUID or of a sum. */
#define MIN_HASH_DIGITS 6
#define MAX_WORD_BYTES 12
/* That of a computer. File names have thousands of bytes where somebody means harm. */
#define MAX_NAME_BYTES 15

/* They say what a log shows, and when it was taken, but may be a part of a computer's name. */
static const char *const doubtful_words[] = {
  "aad", "admin", "after", "all", "amer", "apac", "apr", "april", "aug", "august", "auto", "bad",
  "baseline", "before", "begin", "big", "boot", "broken", "call", "case", "cest", "cet", "client",
  "cloud", "copy", "day", "days", "debug", "dec", "dev", "device", "disabled", "down", "emea",
  "enabled", "end", "entra", "err", "error", "errors", "est", "evening", "fail", "failed",
  "failing", "fails", "fast", "feb", "final", "fine", "first", "fri", "friday", "full", "gmt",
  "good", "healthy", "home", "hybrid", "initial", "install", "internet", "intranet", "issue",
  "issues", "jan", "jul", "jun", "june", "lab", "lan", "large", "last", "later", "left", "local",
  "logoff", "logon", "long", "manual", "mar", "may", "mde", "mdm", "mini", "mon", "monday",
  "morning", "new", "night", "nok", "noon", "nov", "now", "oct", "off", "office", "ok", "old",
  "on", "onprem", "orig", "part", "pass", "passed", "pilot", "post", "pre", "prod", "pst", "qa",
  "reboot", "remote", "repair", "repro", "restart", "retry", "right", "run", "sat", "saturday",
  "second", "sep", "sept", "server", "short", "sick", "site", "slow", "small", "stage", "staging",
  "step", "success", "sun", "sunday", "system", "task", "test", "then", "third", "thu",
  "thursday", "ticket", "today", "tue", "tuesday", "uat", "uninstall", "up", "update", "upgrade",
  "user", "utc", "ver", "verbose", "version", "vm", "vpn", "wed", "wednesday", "wifi", "wired",
  "wlan", "working", "works", "xdr", "yesterday",
};

/* What a file name says. */
typedef struct
{
  gsize folder_bytes; /* of the label, with the '/' */
  gsize name_start; /* in the label */
  gsize name_bytes;
  gsize cut_start; /* what falls away in the label, so that the name of the log is left */
  gsize cut_bytes;
  char *log; /* as it is compared */
  gboolean is_alive; /* no older part */
} FileName;

static gboolean
is_separator (char c)
{
  return c == '-' || c == '_' || c == '.';
}

static gboolean
is_doubtful (const char *text, gsize n)
{
  char folded[MAX_WORD_BYTES + 1];
  gsize n_folded = 0;

  for (gsize i = 0; i < n; i++)
    if (g_ascii_isalpha (text[i]))
      {
        if (n_folded == MAX_WORD_BYTES)
          return FALSE;
        folded[n_folded++] = g_ascii_tolower (text[i]);
      }
  folded[n_folded] = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (doubtful_words); i++)
    if (strcmp (doubtful_words[i], folded) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_name (const char *text, gsize n)
{
  g_autofree char *device = NULL;
  gsize n_letters = 0;
  gsize n_digits = 0;
  gsize n_hex = 0;
  gboolean is_strong;

  for (gsize i = 0; i < n; i++)
    {
      if (g_ascii_islower (text[i]))
        return FALSE;
      n_letters += g_ascii_isalpha (text[i]) ? 1 : 0;
      n_digits += g_ascii_isdigit (text[i]) ? 1 : 0;
      n_hex += g_ascii_isxdigit (text[i]) ? 1 : 0;
    }
  if (n_letters < MIN_LETTERS || !cot_member_could_be_device (text, n)
      || (n_digits > 0 && n_hex == n && n >= MIN_HASH_DIGITS) || is_doubtful (text, n)
      || cot_member_begins_logs (text, n) || cot_folder_name_is_kind (text, n))
    return FALSE;
  /* The number of a case is no computer's. */
  device = n_digits > 0 ? cot_folder_name_guess_device (text, n, &is_strong) : NULL;
  return n_digits == 0 || device != NULL;
}

static gboolean
is_log (const char *stem, gsize n)
{
  static const char *const commands[] = { "dsregcmd", "dsregcmd_status", "dsregcmd-status" };
  g_autofree char *name = g_strndup (stem, n);

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_ascii_strcasecmp (name, commands[i]) == 0)
      return TRUE;
  return cot_member_is_known_log (name);
}

static void
take_log (FileName *file, const char *stem, gsize n)
{
  file->log = g_ascii_strdown (stem, (gssize) n);
}

/* "PC1-CcmExec": the longest name of a log behind a computer's. */
static gboolean
find_front (FileName *file, const char *stem, gsize n, gsize offset)
{
  for (gsize at = 1; at + 1 < n && at <= MAX_NAME_BYTES; at++)
    if (is_separator (stem[at]) && is_name (stem, at) && is_log (stem + at + 1, n - at - 1))
      {
        file->name_start = file->cut_start = offset;
        file->name_bytes = at;
        take_log (file, stem + at + 1, n - at - 1);
        return TRUE;
      }
  return FALSE;
}

/* "CcmExec-PC1" */
static gboolean
find_back (FileName *file, const char *stem, gsize n, gsize offset)
{
  for (gsize at = n - 1; at > 0 && n - at - 1 <= MAX_NAME_BYTES; at--)
    if (is_separator (stem[at]) && is_name (stem + at + 1, n - at - 1) && is_log (stem, at))
      {
        file->cut_start = offset + at;
        file->name_start = file->cut_start + 1;
        file->name_bytes = n - at - 1;
        take_log (file, stem, at);
        return TRUE;
      }
  return FALSE;
}

static gsize
find_file (const char *label)
{
  const char *slash = strrchr (label, '/');

  return slash != NULL ? (gsize) (slash + 1 - label) : 0;
}

/* How long the name of the file is without its ending and what says that it is an older part. */
static gsize
find_stem (const char *file, gboolean *is_alive)
{
  g_autofree char *base_name = NULL;
  g_autofree char *generation = NULL;
  char *dot;
  gsize n;

  cot_member_identify (file, NULL, &base_name, &generation);
  *is_alive = *generation == '\0';
  dot = strrchr (base_name, '.');
  n = dot != NULL ? (gsize) (dot - base_name) : strlen (base_name);
  if (n > 0 && strncmp (file, base_name, n) == 0)
    return n;
  dot = strrchr (file, '.');
  return dot != NULL ? (gsize) (dot - file) : 0;
}

/* Something stands between the two names, and something in front of the ending: most names of files
 * are passed over so without a closer look. */
static gboolean
has_two_names (const char *name)
{
  const char *first = strpbrk (name, "-_.");

  return first != NULL && strpbrk (first + 1, "-_.") != NULL;
}

/* FALSE where the file is no log that has a computer's name at it. */
static gboolean
read_file_name (const char *label, FileName *file)
{
  gsize offset = find_file (label);
  const char *name = label + offset;
  gsize n;

  *file = (FileName){ .folder_bytes = offset };
  if (!has_two_names (name))
    return FALSE;
  n = find_stem (name, &file->is_alive);
  if (n < 3 || is_log (name, n)
      || (!find_front (file, name, n, offset) && !find_back (file, name, n, offset)))
    return FALSE;
  file->cut_bytes = file->name_bytes + 1;
  return TRUE;
}

/* "in/|PC1": a computer in one folder. */
static char *
dup_key (const char *label, gsize folder_bytes, const char *text, gsize n)
{
  g_autofree char *folder = g_strndup (label, folder_bytes);
  g_autofree char *folded = g_ascii_strdown (text, (gssize) n);

  return g_strconcat (folder, "|", folded, NULL);
}

/* The logs that stand twice in one folder, with two names: "in/|ccmexec". */
static GHashTable *
find_twice (const char *const *labels, guint n_labels)
{
  g_autoptr (GHashTable) names
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTable *twice = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n_labels; i++)
    {
      FileName file;
      char *log, *name;
      const char *other;

      if (!read_file_name (labels[i], &file))
        continue;
      log = dup_key (labels[i], file.folder_bytes, file.log, strlen (file.log));
      name = g_ascii_strdown (labels[i] + file.name_start, (gssize) file.name_bytes);
      other = file.is_alive ? g_hash_table_lookup (names, log) : NULL;
      if (other != NULL && strcmp (other, name) != 0)
        g_hash_table_add (twice, g_strdup (log));
      if (file.is_alive && other == NULL)
        g_hash_table_insert (names, g_steal_pointer (&log), g_steal_pointer (&name));
      g_free (log);
      g_free (name);
      g_free (file.log);
    }
  return twice;
}

/* The names of these logs, each in its folder. */
static GHashTable *
find_names (const char *const *labels, guint n_labels, GHashTable *twice)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < n_labels && g_hash_table_size (twice) > 0; i++)
    {
      FileName file;
      g_autofree char *log = NULL;

      if (!read_file_name (labels[i], &file))
        continue;
      log = dup_key (labels[i], file.folder_bytes, file.log, strlen (file.log));
      if (file.is_alive && g_hash_table_contains (twice, log))
        g_hash_table_add (names, dup_key (labels[i], file.folder_bytes,
                                          labels[i] + file.name_start, file.name_bytes));
      g_free (file.log);
    }
  return names;
}

static gboolean
has_computer (GHashTable *names, const char *label, const FileName *file)
{
  g_autofree char *key = NULL;

  if (file->name_bytes > MAX_NAME_BYTES)
    return FALSE;
  key = dup_key (label, file->folder_bytes, label + file->name_start, file->name_bytes);
  return g_hash_table_contains (names, key);
}

/* Any file with the name of a computer at it, whatever it is: "PC1_System.evtx",
 * "CcmExec-PC1 - Copy.log". */
static gboolean
read_neighbour (GHashTable *names, const char *label, FileName *file)
{
  gsize offset = find_file (label);
  const char *dot = strrchr (label + offset, '.');
  gsize end = MIN (dot != NULL ? (gsize) (dot - label) : strlen (label),
                   offset + strcspn (label + offset, " ("));

  *file = (FileName){ .folder_bytes = offset };
  for (gsize at = offset + 1; at < end; at++)
    {
      if (!is_separator (label[at]))
        continue;
      file->name_start = file->cut_start = offset;
      file->name_bytes = at - offset;
      file->cut_bytes = file->name_bytes + 1;
      if (has_computer (names, label, file))
        return TRUE;
      file->cut_start = at;
      file->name_start = at + 1;
      file->name_bytes = end - at - 1;
      file->cut_bytes = file->name_bytes + 1;
      if (file->name_bytes > 0 && has_computer (names, label, file))
        return TRUE;
    }
  return FALSE;
}

static char *
dup_in_folder (const char *label, const FileName *file)
{
  GString *path = g_string_new_len (label, (gssize) file->folder_bytes);

  g_string_append_len (path, label + file->name_start, (gssize) file->name_bytes);
  g_string_append_c (path, '/');
  g_string_append_len (path, label + file->folder_bytes,
                       (gssize) (file->cut_start - file->folder_bytes));
  g_string_append (path, label + file->cut_start + file->cut_bytes);
  return g_string_free (path, FALSE);
}

/**
 * cot_layout_dup_with_name_folders:
 * @labels: (array length=n_labels): the labels of the members of a bundle, or paths
 * @n_labels: how many
 *
 * Any thread.
 *
 * Returns: (transfer full) (array length=n_labels): the labels, those with a computer's name at
 *   the file's as if there were a folder of that name: "in/PC1/CcmExec.log" for
 *   "in/CcmExec-PC1.log"
 */
char **
cot_layout_dup_with_name_folders (const char *const *labels, guint n_labels)
{
  g_autoptr (GHashTable) twice = find_twice (labels, n_labels);
  g_autoptr (GHashTable) names = find_names (labels, n_labels, twice);
  char **in_folders = g_new0 (char *, n_labels + 1);

  for (guint i = 0; i < n_labels; i++)
    {
      FileName file = { 0 };
      gboolean is_found = FALSE;

      if (g_hash_table_size (names) > 0)
        {
          is_found = read_file_name (labels[i], &file) && has_computer (names, labels[i], &file);
          g_clear_pointer (&file.log, g_free);
          is_found = is_found || read_neighbour (names, labels[i], &file);
        }
      in_folders[i] = is_found ? dup_in_folder (labels[i], &file) : g_strdup (labels[i]);
    }
  return in_folders;
}
