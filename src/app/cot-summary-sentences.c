/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-summary-sentences.h"

#include "cot-finding-sentences.h"
#include "cot-sentences.h"

#include <glib/gi18n.h>

gboolean
cot_sentence_is_well (guint n_signs, guint n_stuck, guint64 n_unexplained)
{
  return n_signs > 0 && n_stuck == 0 && n_unexplained == 0;
}

gboolean
cot_sentence_is_blank (const CotSummary *summary)
{
  return summary->n_logs > 0 && summary->n_blank == summary->n_logs;
}

const char *
cot_sentence_get_blank (void)
{
  return _("Nothing to judge");
}

const char *
cot_sentence_get_blank_note (void)
{
  return _("What was opened is empty, or does not look like a log. Ask for a new copy.");
}

const char *
cot_sentence_get_verdict (guint n_signs, guint n_stuck, guint64 n_unexplained)
{
  return cot_sentence_is_well (n_signs, n_stuck, n_unexplained) ? _("Nothing wrong found")
                                                                : _("No known failure found");
}

char *
cot_sentence_dup_stopped (double part_read)
{
  /* What was read is judged once all of it is. */
  if (part_read >= 1.0)
    return g_strdup (_("Reading was stopped before the detectors had looked at all of it"));
  return g_strdup_printf (_("Reading was stopped; %d %% was read"),
                          part_read > 0 ? (int) CLAMP (100 * part_read, 1, 99) : 0);
}

const char *
cot_sentence_get_stopped_note (void)
{
  return _("What was not read may hold a failure, so nothing is said of health. Read on to the end "
           "first.");
}

static char *
dup_untold (guint n_untold)
{
  return g_strdup_printf (ngettext ("How %u journey goes on cannot be told from these logs.",
                                    "How %u journeys go on cannot be told from these logs.",
                                    n_untold),
                          n_untold);
}

char *
cot_sentence_dup_stuck (guint n_stuck, guint n_untold)
{
  guint n_stopped = n_stuck - n_untold;
  g_autofree char *stopped = NULL;
  g_autofree char *untold = NULL;

  if (n_stuck == 0)
    return NULL;
  if (n_stopped == 0)
    return dup_untold (n_untold);
  stopped = g_strdup_printf (ngettext ("But %u journey does not reach its end in these logs.",
                                       "But %u journeys do not reach their end in these logs.",
                                       n_stopped),
                             n_stopped);
  if (n_untold == 0)
    return g_steal_pointer (&stopped);
  untold = dup_untold (n_untold);
  return g_strdup_printf ("%s %s", stopped, untold);
}

char *
cot_sentence_dup_unexplained (guint64 n_entries, guint n_logs)
{
  g_autofree char *number = cot_sentence_dup_number (n_entries);
  g_autofree char *logs = g_strdup_printf (ngettext ("%u log", "%u logs", n_logs), n_logs);

  if (n_entries == 0)
    return NULL;
  /* Translators: a number, and "2 logs" */
  return g_strdup_printf (ngettext ("But %s entry in %s is an error that no detector knows.",
                                    "But %s entries in %s are errors that no detector knows.",
                                    n_entries),
                          number, logs);
}

char *
cot_sentence_dup_unexplained_beside (guint64 n_entries, guint n_logs)
{
  g_autofree char *number = cot_sentence_dup_number (n_entries);
  g_autofree char *logs = g_strdup_printf (ngettext ("%u log", "%u logs", n_logs), n_logs);

  if (n_entries == 0)
    return NULL;
  /* Translators: a number, and "2 logs" */
  return g_strdup_printf (
      ngettext ("No detector knows %s error in %s. It may come of what stands above, or be "
                "something else.",
                "No detector knows %s errors in %s. They may come of what stands above, or be "
                "something else.",
                n_entries),
      number, logs);
}

char *
cot_sentence_dup_story (CotFinding *cause)
{
  g_autofree char *title = cot_sentence_dup_finding_title (cause);

  if (cause->waiting)
    /* Translators: title of a finding */
    return g_strdup_printf (_("Waits: %s"), title);
  if (cause->severity >= COT_SEVERITY_ERROR)
    /* Translators: title of a finding */
    return g_strdup_printf (_("Failed: %s"), title);
  /* Translators: title of a finding */
  return g_strdup_printf (_("Has a problem: %s"), title);
}

static char *
dup_trouble (const char *device, const CotFinding *headline, const char *title)
{
  if (headline->waiting)
    /* Translators: name of a computer, title of a finding */
    return g_strdup_printf (_("%s waits: %s"), device, title);
  if (headline->severity >= COT_SEVERITY_ERROR)
    /* Translators: name of a computer, title of a finding */
    return g_strdup_printf (_("%s failed: %s"), device, title);
  /* Translators: name of a computer, title of a finding */
  return g_strdup_printf (_("%s has a problem: %s"), device, title);
}

char *
cot_sentence_dup_state (const CotFinding *headline, const char *device)
{
  if (headline->waiting)
    /* Translators: name of a computer */
    return g_strdup_printf (_("%s waits"), device);
  if (headline->severity >= COT_SEVERITY_ERROR)
    /* Translators: name of a computer */
    return g_strdup_printf (_("%s failed"), device);
  /* Translators: name of a computer */
  return g_strdup_printf (_("%s has a problem"), device);
}

/* Where there is no headline. */
static char *
dup_silence (const char *device, const CotSummary *summary)
{
  g_autofree char *number = cot_sentence_dup_number (summary->n_unexplained);
  guint n_gaps = summary->n_stuck - summary->n_untold;

  if (summary->n_logs == 0)
    /* Translators: name of a computer */
    return g_strdup_printf (_("%s: there is no log of it"), device);
  if (summary->n_stopped > 0)
    /* Translators: name of a computer */
    return g_strdup_printf (_("%s: reading was stopped"), device);
  if (cot_sentence_is_blank (summary))
    /* Translators: name of a computer */
    return g_strdup_printf (_("%s: nothing to judge"), device);
  if (summary->n_unexplained > 0)
    /* Translators: name of a computer, number of entries */
    return g_strdup_printf (ngettext ("%s: no known failure, but %s error that no detector knows",
                                      "%s: no known failure, but %s errors that no detector knows",
                                      summary->n_unexplained),
                            device, number);
  if (n_gaps > 0)
    /* Translators: name of a computer, number of journeys */
    return g_strdup_printf (ngettext ("%s: no known failure, but %u journey does not reach its end",
                                      "%s: no known failure, but %u journeys do not reach "
                                      "their end",
                                      n_gaps),
                            device, n_gaps);
  if (summary->n_signs > 0 && summary->n_stuck == 0)
    /* Translators: name of a computer */
    return g_strdup_printf (_("%s: nothing wrong found"), device);
  /* Translators: name of a computer */
  return g_strdup_printf (_("%s: no known failure found"), device);
}

char *
cot_sentence_dup_summary (const CotSummary *summary, const char *device)
{
  g_autofree char *title
      = summary->headline != NULL ? cot_sentence_dup_finding_title (summary->headline) : NULL;

  return cot_sentence_dup_summary_titled (summary, device, title);
}

char *
cot_sentence_dup_summary_titled (const CotSummary *summary, const char *device, const char *title)
{
  g_autofree char *text = NULL;

  if (summary->headline == NULL)
    return dup_silence (device, summary);
  text = dup_trouble (device, summary->headline, title);
  if (summary->n_others == 0)
    return g_steal_pointer (&text);
  /* Translators: "PC01 failed: what failed (and 2 more)" */
  return g_strdup_printf (ngettext ("%s (and %u more)", "%s (and %u more)", summary->n_others),
                          text, summary->n_others);
}
