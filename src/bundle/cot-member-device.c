/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cot-member-private.h"

/* A NetBIOS name */
#define MAX_DEVICE_BYTES 15

/* What people and collectors put in front of the computer's name, or behind it. */
static const char *const words[] = {
  "all",     "bundle", "ccm",       "ccmlogs", "client", "clientlogs", "collect", "collected",
  "cotrace", "data",   "device",    "diag",    "diagnostic", "diagnostics", "diags", "export",
  "files",   "from",   "healthy",   "intune",  "log",    "logs",       "mdm",     "sccm",
  "smoke",   "support", "supportcenter", "test", "trace",
};

/* First parts of names of logs, which are no computers. */
static const char *const log_prefixes[] = {
  "bgb", "cbspersist", "ccm", "cmg", "dmp", "mdmdiagreport", "mp", "scclient", "scnotify",
  "sleepagent", "sms", "u",
};

/* Folders and archives that have a number, but are no computer's. */
static const char *const numbered_names[] = {
  "amd", "arm", "ftpsvc", "ipv", "kb", "smtpsvc", "tpm", "v", "w3svc", "win", "x",
};

static gboolean
is_one_of (const char *text, gsize length_bytes, const char *const *list, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (strlen (list[i]) == length_bytes && g_ascii_strncasecmp (list[i], text, length_bytes) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_device_character (char c)
{
  return g_ascii_isalnum (c) || c == '-';
}

/**
 * cot_member_could_be_device:
 * @text: a name, or a part of one
 * @length_bytes: how long it is
 *
 * Returns: whether a computer may have that name
 */
gboolean
cot_member_could_be_device (const char *text, gsize length_bytes)
{
  gboolean has_letter = FALSE;

  if (length_bytes < 2 || length_bytes > MAX_DEVICE_BYTES || text[0] == '-'
      || text[length_bytes - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < length_bytes; i++)
    {
      if (!is_device_character (text[i]))
        return FALSE;
      has_letter |= g_ascii_isalpha (text[i]);
    }
  return has_letter;
}

/* Without a collector's pattern around it, only a name with a number in it is believed, and one
 * in small letters only behind a word that says what this is. */
static gboolean
looks_like_device (const char *text, gsize length_bytes, gboolean is_introduced)
{
  gboolean has_digit = FALSE;
  gboolean has_small = FALSE;

  for (gsize i = 0; i < length_bytes; i++)
    {
      has_digit |= g_ascii_isdigit (text[i]);
      has_small |= g_ascii_islower (text[i]);
    }
  return has_digit && (is_introduced || !has_small)
         && cot_member_could_be_device (text, length_bytes);
}

static gboolean
is_separator (char c)
{
  return c == '-' || c == '_' || c == ' ' || c == '.';
}

static gboolean
is_word (const char *text, gsize length_bytes)
{
  return is_one_of (text, length_bytes, words, G_N_ELEMENTS (words));
}

/* Behind known words, each with its separator. */
static const char *
skip_words (const char *name)
{
  for (;;)
    {
      gsize n = strcspn (name, "-_ .");

      if (name[n] == '\0' || (n > 0 && !is_word (name, n)))
        return name;
      name += n + 1;
    }
}

/* Where the last part of a name begins, if it is a known word or a number; else its end. */
static const char *
find_ending (const char *name, const char *end)
{
  const char *start = end;

  while (start > name && !is_separator (start[-1]))
    start--;
  if (start == name)
    return end;
  if (strspn (start, "0123456789TZ") >= (gsize) (end - start)
      || is_word (start, (gsize) (end - start)))
    return start - 1;
  return end;
}

/* "support-PC0042-20240924": drops known words and numbers from both ends, but not the number
 * that makes it a computer's name, as in "lt-0042". */
static char *
guess_from_plain_name (const char *name)
{
  const char *start = skip_words (name);
  const char *end = start + strlen (start);
  gboolean is_introduced = start > name;

  for (;;)
    {
      const char *ending = find_ending (start, end);

      if (ending == end
          || (looks_like_device (start, (gsize) (end - start), is_introduced)
              && !looks_like_device (start, (gsize) (ending - start), is_introduced)))
        break;
      end = ending;
    }
  if (!looks_like_device (start, (gsize) (end - start), is_introduced))
    return NULL;
  return g_strndup (start, (gsize) (end - start));
}

/* "DiagLogs-<computer>-20240924T100311Z" */
static char *
guess_from_diag_logs (const char *name)
{
  static const char prefix[] = "DiagLogs-";
  const char *start = name + strlen (prefix);
  const char *end;

  if (g_ascii_strncasecmp (name, prefix, strlen (prefix)) != 0)
    return NULL;
  end = strrchr (start, '-');
  if (end == NULL || !g_ascii_isdigit (end[1])
      || !cot_member_could_be_device (start, (gsize) (end - start)))
    return NULL;
  return g_strndup (start, (gsize) (end - start));
}

/* "<computer>_CollectedData_<time>" */
static char *
guess_from_collected_data (const char *name)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);
  const char *end = strstr (folded, "_collecteddata");

  if (end == NULL || !cot_member_could_be_device (name, (gsize) (end - folded))
      || is_word (name, (gsize) (end - folded)))
    return NULL;
  return g_strndup (name, (gsize) (end - folded));
}

static gboolean
is_numbered_name (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbered_names); i++)
    {
      gsize n = strlen (numbered_names[i]);

      if (g_ascii_strncasecmp (name, numbered_names[i], n) == 0
          && strspn (name + n, "0123456789") == strlen (name + n))
        return TRUE;
    }
  return FALSE;
}

/**
 * cot_member_guess_device_by_name:
 * @name: the name of a bundle, a folder or an archive
 * @is_strong: (out): whether the name is made as only a collector makes it
 *
 * Returns: (transfer full) (nullable): the computer's name, where there is one in it
 */
char *
cot_member_guess_device_by_name (const char *name, gboolean *is_strong)
{
  g_autofree char *stem = g_path_get_basename (name);
  char *device;

  if (g_str_has_suffix (stem, ".zip") || g_str_has_suffix (stem, ".ZIP")
      || g_str_has_suffix (stem, ".cab") || g_str_has_suffix (stem, ".CAB"))
    stem[strlen (stem) - strlen (".zip")] = '\0';
  device = guess_from_diag_logs (stem);
  if (device == NULL)
    device = guess_from_collected_data (stem);
  *is_strong = device != NULL;
  if (device == NULL && !is_numbered_name (stem))
    device = guess_from_plain_name (stem);
  return device;
}

/* "DeviceHash_<computer>.csv", which MdmDiagnosticsTool writes. */
static char *
guess_from_device_hash (const char *const *labels, guint n_labels)
{
  static const char prefix[] = "DeviceHash_";

  for (guint i = 0; i < n_labels; i++)
    {
      const char *slash = strrchr (labels[i], '/');
      const char *name = slash != NULL ? slash + 1 : labels[i];
      const char *dot = strrchr (name, '.');

      if (dot == NULL || g_ascii_strncasecmp (name, prefix, strlen (prefix)) != 0
          || g_ascii_strcasecmp (dot, ".csv") != 0)
        continue;
      name += strlen (prefix);
      if (name < dot && cot_member_could_be_device (name, (gsize) (dot - name)))
        return g_strndup (name, (gsize) (dot - name));
    }
  return NULL;
}

/**
 * cot_member_begins_logs:
 * @text: the first part of the name of a file
 * @length_bytes: how long it is
 *
 * Returns: whether names of logs begin so, and it is no computer's
 */
gboolean
cot_member_begins_logs (const char *text, gsize length_bytes)
{
  return is_one_of (text, length_bytes, log_prefixes, G_N_ELEMENTS (log_prefixes));
}

/**
 * cot_member_find_prefix:
 * @label: the label of a member
 * @start: (out): where its file name begins
 *
 * Returns: the length of the part in front of the first '_' of the file name; 0 where it is no
 *   computer's
 */
gsize
cot_member_find_prefix (const char *label, const char **start)
{
  const char *slash = strrchr (label, '/');
  gsize n;

  *start = slash != NULL ? slash + 1 : label;
  n = strcspn (*start, "_");
  if ((*start)[n] != '_' || !cot_member_could_be_device (*start, n)
      || cot_member_begins_logs (*start, n))
    return 0;
  return n;
}

/* One computer's data has its name in front of nearly every file. */
static char *
guess_from_labels (const char *const *labels, guint n_labels)
{
  const char *first = NULL;
  gsize first_bytes = 0;
  guint n_same = 0;

  for (guint i = 0; i < n_labels; i++)
    {
      const char *start;
      gsize n = cot_member_find_prefix (labels[i], &start);

      if (n == 0)
        continue;
      if (first == NULL)
        {
          first = start;
          first_bytes = n;
        }
      if (n == first_bytes && g_ascii_strncasecmp (start, first, n) == 0)
        n_same++;
    }
  if (n_same < 2 || n_same < n_labels - n_labels / 5)
    return NULL;
  return g_strndup (first, first_bytes);
}

/**
 * cot_member_guess_device:
 * @bundle_name: the path of the bundle
 * @labels: (array length=n_labels): the labels of its members
 * @n_labels: how many
 *
 * Returns: (transfer full) (nullable): the computer's name, where the names say one
 */
char *
cot_member_guess_device (const char *bundle_name, const char *const *labels, guint n_labels)
{
  gboolean is_strong;
  g_autofree char *by_name = cot_member_guess_device_by_name (bundle_name, &is_strong);
  char *device = is_strong ? NULL : guess_from_device_hash (labels, n_labels);

  if (device == NULL)
    device = g_steal_pointer (&by_name);
  return device != NULL ? device : guess_from_labels (labels, n_labels);
}
