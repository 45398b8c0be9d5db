/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-sentences.h"

#include <glib/gi18n.h>

#include "cot-application.h"
#include "cot-finding-text.h"
#include "cot-member-sentences.h"
#include "cot-sentences.h"

/**
 * cot_log_sentence_get_side:
 * @side: where a log is written
 *
 * Returns: (transfer none): the side, for people
 */
const char *
cot_log_sentence_get_side (CotLogSide side)
{
  switch (side)
    {
    case COT_LOG_SIDE_CLIENT:
      return _("Client");
    case COT_LOG_SIDE_SITE_SERVER:
      return _("Site server");
    case COT_LOG_SIDE_SITE_SYSTEM:
      return _("Site system");
    case COT_LOG_SIDE_MANAGEMENT_POINT:
      return _("Management point");
    case COT_LOG_SIDE_IIS:
      return _("IIS");
    case COT_LOG_SIDE_INTUNE:
      return _("Intune agent");
    case COT_LOG_SIDE_WINDOWS:
    default:
      return _("Windows");
    }
}

/**
 * cot_log_sentence_dup_purpose:
 * @label: a path, member label or name
 *
 * Returns: (transfer full) (nullable): where the log is written and what stands in it
 */
char *
cot_log_sentence_dup_purpose (const char *label)
{
  GApplication *application = g_application_get_default ();
  const CotLogFile *file = NULL;

  if (COT_IS_APPLICATION (application))
    file = cot_knowledge_find_log_file (
        cot_session_get_knowledge (cot_application_get_session (COT_APPLICATION (application))),
        label);
  if (file == NULL)
    return NULL;
  /* Translators: where a log is written ("Client"), and what stands in it */
  return g_strdup_printf (_("%s: %s"), cot_log_sentence_get_side (file->side),
                          cot_finding_text_translate (file->purpose));
}

static char *
dup_group_name (const char *group, guint n, guint n_on)
{
  g_autofree char *name = cot_sentence_dup_visible (group);

  /* Translators: titles of a tab with the entries of the logs of a group in the order of their
   * times: "Applications: 3 logs"; in the second one so many of all are switched on */
  if (n_on == n)
    return g_strdup_printf (ngettext ("%s: %u log", "%s: %u logs", n), name, n);
  return g_strdup_printf (ngettext ("%s: %u of %u log", "%s: %u of %u logs", n), name, n_on, n);
}

/**
 * cot_log_sentence_dup_name:
 * @log: what a tab shows
 *
 * Returns: (transfer full): the name of a log; of a merge, how many logs it shows, and of how many,
 *   behind the name of the group where they are one
 */
char *
cot_log_sentence_dup_name (CotLog *log)
{
  guint n, n_on;
  const char *group;

  if (!COT_IS_MERGED_LOG (log))
    return g_strdup (cot_log_get_name (log));
  n = cot_merged_log_get_n_logs (COT_MERGED_LOG (log));
  n_on = cot_merged_log_get_n_on (COT_MERGED_LOG (log));
  group = cot_merged_log_get_group_name (COT_MERGED_LOG (log));
  if (group != NULL)
    return dup_group_name (group, n, n_on);
  /* Translators: titles of a tab with the entries of several logs in the order of their times; in
   * the second one so many of all are switched on */
  if (n_on == n)
    return g_strdup_printf (ngettext ("Merged: %u log", "Merged: %u logs", n), n);
  return g_strdup_printf (ngettext ("Merged: %u of %u log", "Merged: %u of %u logs", n), n_on, n);
}

/* So many computers of a merge are named. */
#define MAX_OWNERS 3

/**
 * cot_log_sentence_dup_owners:
 * @log: a merge
 *
 * Returns: (transfer full) (nullable): the computers that its logs are of, or the bundles
 */
char *
cot_log_sentence_dup_owners (CotMergedLog *log)
{
  g_autoptr (GPtrArray) owners = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  for (guint i = 0; i < cot_merged_log_get_n_logs (log) && owners->len <= MAX_OWNERS; i++)
    {
      CotCase *a_case = cot_merged_log_get_case (log, i);
      const char *owner = cot_case_get_log_device (a_case, cot_merged_log_get_log (log, i));

      if (owner == NULL && cot_case_is_bundle (a_case))
        owner = cot_case_get_title (a_case);
      if (owner != NULL && !g_ptr_array_find_with_equal_func (owners, owner, g_str_equal, NULL))
        g_ptr_array_add (owners, (gpointer) owner);
    }
  if (owners->len == 0)
    return NULL;
  if (owners->len > MAX_OWNERS)
    g_ptr_array_index (owners, MAX_OWNERS) = (gpointer) "…";
  g_ptr_array_add (owners, NULL);
  joined = g_strjoinv (", ", (char **) owners->pdata);
  return cot_sentence_dup_visible (joined);
}

/* So many names of a merge are listed. */
#define MAX_LISTED 20

/**
 * cot_log_sentence_dup_place:
 * @log: what a tab shows
 *
 * Returns: (transfer full): its path, or its place in the bundle; of a merge the names of its logs
 */
char *
cot_log_sentence_dup_place (CotLog *log)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = cot_log_get_n_parts (log);

  if (!COT_IS_MERGED_LOG (log))
    return g_strdup (cot_log_get_label (log));
  for (guint i = 0; i < MIN (n, MAX_LISTED); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "\n" : "",
                            cot_log_get_label (cot_log_get_part (log, i)));
  if (n > MAX_LISTED)
    g_string_append (names, "\n…");
  return g_string_free (g_steal_pointer (&names), FALSE);
}

char *
cot_log_sentence_dup_all_hidden (guint64 n_entries)
{
  g_autofree char *number = cot_sentence_dup_number (n_entries);
  const gulong n = (gulong) MIN (n_entries, G_MAXINT);

  if (n == 1)
    return g_strdup (_("It hides the only entry."));
  /* Translators: a number */
  return g_strdup_printf (ngettext ("It hides the %s entry.", "It hides all %s entries.", n),
                          number);
}

/**
 * cot_log_sentence_dup_no_text:
 * @log: a log that looks like none
 *
 * Returns: (transfer full): that, and what to do
 */
char *
cot_log_sentence_dup_no_text (CotLog *log)
{
  g_autofree char *visible = cot_sentence_dup_visible (cot_log_get_name (log));
  g_autofree char *name = cot_sentence_dup_short_name (visible);

  /* Translators: a name; "Read As" is an entry of the menu */
  return g_strdup_printf (_("“%s” does not look like a log: it is full of bytes that no text has. "
                            "Ask for a new copy, or try another encoding under “Read As”."),
                          name);
}
