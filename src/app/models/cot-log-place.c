/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-place.h"

#include <string.h>

#include "cot-member-sentences.h"

/* A list of more logs of one name is not looked through for each of them. */
#define MAX_OTHERS 200

static gsize
get_folder_length (const char *label)
{
  const char *slash = strrchr (label, '/');

  return slash != NULL ? (gsize) (slash - label) : 0;
}

/* Whether a folder ends with these folders. */
static gboolean
ends_with (const char *folder, gsize n_folder, const char *ending, gsize n_ending)
{
  return n_folder >= n_ending && strncmp (folder + n_folder - n_ending, ending, n_ending) == 0
         && (n_folder == n_ending || folder[n_folder - n_ending - 1] == '/');
}

static gboolean
is_shared (const char *label, gsize start, gsize n_folder, const char *const *labels)
{
  for (guint i = 0; labels[i] != NULL && i < MAX_OTHERS; i++)
    if (strcmp (labels[i], label) != 0
        && ends_with (labels[i], get_folder_length (labels[i]), label + start, n_folder - start))
      return TRUE;
  return FALSE;
}

static gboolean
has_others (const char *label, const char *const *labels)
{
  for (guint i = 0; labels[i] != NULL; i++)
    if (strcmp (labels[i], label) != 0)
      return TRUE;
  return FALSE;
}

/**
 * cot_log_place_dup:
 * @label: of a log
 * @labels: (array zero-terminated=1): of all logs of that name
 *
 * Returns: (transfer full) (nullable): the folders that tell it from the others, to be shown
 */
char *
cot_log_place_dup (const char *label, const char *const *labels)
{
  gsize n_folder = get_folder_length (label);
  gsize start = n_folder;
  g_autofree char *place = NULL;

  if (n_folder == 0 || !has_others (label, labels))
    return NULL;
  do
    {
      while (start > 0 && label[start - 1] != '/')
        start--;
      if (!is_shared (label, start, n_folder, labels))
        break;
      start -= start > 0;
    }
  while (start > 0);
  place = g_strndup (label + start, n_folder - start);
  return cot_sentence_dup_visible (place);
}
