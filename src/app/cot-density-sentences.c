/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-density-sentences.h"

#include <glib/gi18n.h>

#include "cot-sentences.h"

#define DAY_USEC (24 * 3600 * (gint64) G_USEC_PER_SEC)

char *
cot_density_sentence_dup_date (gint64 wall_usec)
{
  int year, month, day, hour, minute, second, microsecond;

  cot_clock_to_civil (wall_usec, &year, &month, &day, &hour, &minute, &second, &microsecond);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

char *
cot_density_sentence_dup_time (gint64 wall_usec, gint64 unit_usec)
{
  int year, month, day, hour, minute, second, microsecond;

  if (unit_usec >= DAY_USEC)
    return cot_density_sentence_dup_date (wall_usec);
  cot_clock_to_civil (wall_usec, &year, &month, &day, &hour, &minute, &second, &microsecond);
  if (unit_usec % G_USEC_PER_SEC != 0)
    return g_strdup_printf ("%02d:%02d:%02d.%03d", hour, minute, second, microsecond / 1000);
  if (unit_usec % (60 * G_USEC_PER_SEC) != 0)
    return g_strdup_printf ("%02d:%02d:%02d", hour, minute, second);
  return g_strdup_printf ("%02d:%02d", hour, minute);
}

static gint64
get_day (gint64 wall_usec)
{
  return cot_time_bins_round_down (wall_usec, DAY_USEC);
}

char *
cot_density_sentence_dup_range (gint64 from_usec, gint64 until_usec, gint64 unit_usec)
{
  g_autofree char *date = cot_density_sentence_dup_date (from_usec);
  g_autofree char *from = cot_density_sentence_dup_time (from_usec, unit_usec);
  g_autofree char *until = cot_density_sentence_dup_time (until_usec, unit_usec);
  g_autofree char *until_date = cot_density_sentence_dup_date (until_usec);

  if (unit_usec >= DAY_USEC)
    /* Translators: from a time to another one */
    return g_strdup_printf (_("%s – %s"), from, until);
  if (get_day (from_usec) == get_day (until_usec))
    /* Translators: a date, and from a time to another one */
    return g_strdup_printf (_("%s %s – %s"), date, from, until);
  /* Translators: from a date and a time to others */
  return g_strdup_printf (_("%s %s – %s %s"), date, from, until_date, until);
}

/* @words hold "%s" where the number goes. */
static void
append_count (GString *text, const char *words, guint64 n)
{
  g_autofree char *digits = cot_sentence_dup_number (n);
  g_auto (GStrv) parts = g_strsplit (words, "%s", 2);
  g_autofree char *count = g_strjoinv (digits, parts);

  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", count);
}

static char *
dup_counts (const CotTimeBin *bin)
{
  GString *text = g_string_new (NULL);

  append_count (text, ngettext ("%s entry", "%s entries", bin->n_entries), bin->n_entries);
  if (bin->n_errors > 0)
    append_count (text, ngettext ("%s error", "%s errors", bin->n_errors), bin->n_errors);
  if (bin->n_warnings > 0)
    append_count (text, ngettext ("%s warning", "%s warnings", bin->n_warnings),
                  bin->n_warnings);
  return g_string_free (text, FALSE);
}

char *
cot_density_sentence_dup_counts (const CotTimeBin *all, const CotTimeBin *shown)
{
  g_autofree char *text = all->n_entries > 0 ? dup_counts (all) : g_strdup (_("nothing written"));
  g_autofree char *number = NULL;

  if (shown == NULL || all->n_entries == 0)
    return g_steal_pointer (&text);
  if (shown->n_entries == 0)
    /* Translators: "41 entries, 2 errors; the filter shows none" */
    return g_strdup_printf (_("%s; the filter shows none"), text);
  if (shown->n_entries >= all->n_entries)
    return g_strdup_printf (_("%s; the filter shows all"), text);
  number = cot_sentence_dup_number (shown->n_entries);
  /* Translators: "41 entries, 2 errors; the filter shows 12" */
  return g_strdup_printf (_("%s; the filter shows %s"), text, number);
}

char *
cot_density_sentence_dup_count (guint64 n_entries)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_count (text, ngettext ("%s entry", "%s entries", n_entries), n_entries);
  return g_strdup (text->str);
}

char *
cot_density_sentence_dup_dates (gint64 first_usec, gint64 last_usec)
{
  g_autofree char *first = cot_density_sentence_dup_date (first_usec);
  g_autofree char *last = cot_density_sentence_dup_date (last_usec);

  if (g_str_equal (first, last))
    return g_steal_pointer (&first);
  /* Only the years. */
  *strchr (first, '-') = '\0';
  *strchr (last, '-') = '\0';
  return g_str_equal (first, last) ? g_steal_pointer (&first)
                                   : g_strdup_printf (_("%s – %s"), first, last);
}

char *
cot_density_sentence_dup_outside (gint64 first_usec, gint64 last_usec, const char *counts,
                                  gboolean is_later)
{
  g_autofree char *first = cot_density_sentence_dup_date (first_usec);
  g_autofree char *last = cot_density_sentence_dup_date (last_usec);
  g_autofree char *dates = g_str_equal (first, last)
                               ? g_strdup (first)
                               : g_strdup_printf (_("%s – %s"), first, last);

  if (is_later)
    /* Translators: a date or two, then "2 entries, 1 error" */
    return g_strdup_printf (_("%s, long after all other entries: %s. Go to the first of them."),
                            dates, counts);
  /* Translators: a date or two, then "2 entries, 1 error" */
  return g_strdup_printf (_("%s, long before all other entries: %s. Go to the first of them."),
                          dates, counts);
}

char *
cot_density_sentence_dup_untimed (guint64 n_untimed)
{
  g_autofree char *number = cot_sentence_dup_number (n_untimed);

  if (n_untimed == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%s entry has no time and is not counted here",
                                    "%s entries have no time and are not counted here",
                                    (gulong) MIN (n_untimed, G_MAXINT)),
                          number);
}
