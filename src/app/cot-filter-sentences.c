/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-filter-sentences.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-sentences.h"
#include "cot-time-mode.h"

/* A chip with more values, or longer ones, says how many there are. */
#define MAX_VALUES 3
#define MAX_VALUE_LETTERS 40

#define BIT(relation) (1u << (relation))
#define TEXT_RELATIONS                                                                             \
  (BIT (COT_CLAUSE_CONTAINS) | BIT (COT_CLAUSE_IS) | BIT (COT_CLAUSE_MATCHES))
#define ORDER_RELATIONS (BIT (COT_CLAUSE_AT_LEAST) | BIT (COT_CLAUSE_AT_MOST))

static const CotFilterField fields[] = {
  { "text", N_ ("Log text"), N_ ("Part of the text"), TEXT_RELATIONS },
  { "component", N_ ("Component"), N_ ("Name of a component"), TEXT_RELATIONS },
  { "thread", N_ ("Thread"), N_ ("Number of a thread"), TEXT_RELATIONS },
  { "severity", N_ ("Severity"), "", ORDER_RELATIONS | BIT (COT_CLAUSE_IS) },
  { "time", N_ ("Time"), N_ ("2026-11-18T09:12 or 09:12..09:20"),
    ORDER_RELATIONS | BIT (COT_CLAUSE_IS) },
  { "finding", N_ ("Finding"), N_ ("Part of its title; or: any, none"), TEXT_RELATIONS },
  { "origin", N_ ("Source file"), N_ ("Name of a source file"), TEXT_RELATIONS },
  { "log", N_ ("Log"), N_ ("Name of a log"), TEXT_RELATIONS },
  { NULL, N_ ("Expression"), N_ ("thread = 2856 and not text : \"heartbeat\""),
    BIT (COT_CLAUSE_IS) },
};

const CotFilterField *
cot_filter_fields_find (const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (fields[i].field, field) == 0)
      return &fields[i];
  return &fields[G_N_ELEMENTS (fields) - 1];
}

GMenu *
cot_filter_fields_new_menu (const char *action)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (fields[i].title), NULL);

      g_menu_item_set_action_and_target (item, action, "s",
                                         fields[i].field != NULL ? fields[i].field : "");
      g_menu_append_item (menu, item);
    }
  return menu;
}

const char *
cot_filter_sentence_get_relation (const CotFilterField *field, CotClauseRelation relation)
{
  gboolean is_time = g_strcmp0 (field->field, "time") == 0;

  switch (relation)
    {
    case COT_CLAUSE_IS:
      return _ ("is");
    case COT_CLAUSE_MATCHES:
      /* Translators: a column of the log matches a regular expression */
      return _ ("matches the pattern");
    case COT_CLAUSE_AT_LEAST:
      /* Translators: "Time from 09:12", "Severity at least Warning" */
      return is_time ? _ ("from") : _ ("at least");
    case COT_CLAUSE_AT_MOST:
      /* Translators: "Time until 09:12", "Severity at most Warning" */
      return is_time ? _ ("until") : _ ("at most");
    case COT_CLAUSE_CONTAINS:
    default:
      return _ ("contains");
    }
}

/* (nullable): two times, as people write them: "2026-11-18 09:12:00 – 09:19:59 (UTC+1)". */
static char *
dup_range (const CotFilterClause *clause, const char *value)
{
  CotFilterSpan span;
  g_auto (GStrv) times = NULL;
  g_autofree char *offset = NULL;

  if (g_strcmp0 (clause->field, "time") != 0 || !cot_filter_span_parse (value, &span)
      || !span.is_range)
    return NULL;
  times = g_strsplit (value, "..", 2);
  for (guint i = 0; i < 2; i++)
    {
      /* Behind the time of day, which begins with its hour. */
      char *zone = strpbrk (strchr (times[i], ':') != NULL ? strchr (times[i], ':') : "", "Z+-");

      if (zone != NULL)
        *zone = '\0';
      g_strdelimit (times[i], "T", ' ');
    }
  if (!span.has_zone)
    return g_strdup_printf ("%s – %s", times[0], times[1]);
  offset = span.bias_minutes == 0 ? g_strdup ("UTC") : cot_time_mode_dup_offset (span.bias_minutes);
  return g_strdup_printf ("%s – %s (%s)", times[0], times[1], offset);
}

static char *
dup_value (const CotFilterClause *clause, const char *value)
{
  g_autofree char *start = NULL;
  char *range = dup_range (clause, value);
  CotSeverity severity;

  if (range != NULL)
    return range;

  if (g_strcmp0 (clause->field, "severity") == 0 && cot_severity_from_string (value, &severity))
    return g_strdup (cot_sentence_get_severity (severity));

  if (g_utf8_strlen (value, -1) <= MAX_VALUE_LETTERS)
    return g_strdup (value);
  start = g_utf8_substring (value, 0, MAX_VALUE_LETTERS);
  return g_strconcat (start, "…", NULL);
}

static char *
dup_values (const CotFilterClause *clause)
{
  g_autoptr (GString) values = g_string_new (NULL);
  guint n = MIN (clause->values->len, MAX_VALUES);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = dup_value (clause, g_ptr_array_index (clause->values, i));

      if (i > 0)
        g_string_append (values, _ (" or "));
      g_string_append (values, value);
    }
  if (clause->values->len > n)
    {
      guint n_more = clause->values->len - n;

      g_string_append_printf (values, ngettext (" or %u more", " or %u more", n_more), n_more);
    }
  if (cot_filter_clause_counts_problems (clause))
    /* Translators: "Severity at least Error or known problem" */
    g_string_append (values, _ (" or known problem"));
  return g_string_free (g_steal_pointer (&values), FALSE);
}

/* (nullable): whether there is any finding at all reads better without the names of the
 * language. */
static const char *
get_any_finding (const CotFilterClause *clause)
{
  const char *value = g_ptr_array_index (clause->values, 0);

  if (g_strcmp0 (clause->field, "finding") != 0 || clause->relation != COT_CLAUSE_IS
      || clause->values->len > 1)
    return NULL;
  if (g_ascii_strcasecmp (value, "any") == 0)
    return _ ("Known line");
  return g_ascii_strcasecmp (value, "none") == 0 ? _ ("No known line") : NULL;
}

/* "Time 09:12 – 09:20" needs no "is". */
static gboolean
is_range (const CotFilterClause *clause)
{
  g_autofree char *range = dup_range (clause, g_ptr_array_index (clause->values, 0));

  return range != NULL && clause->relation == COT_CLAUSE_IS;
}

/**
 * cot_filter_sentence_dup:
 * @clause: a condition
 *
 * Returns: (transfer full): the condition in words, short enough for a chip
 */
char *
cot_filter_sentence_dup (const CotFilterClause *clause)
{
  const CotFilterField *field = cot_filter_fields_find (clause->field);
  g_autofree char *values = dup_values (clause);
  g_autofree char *sentence = NULL;

  if (clause->moment != 0)
    /* Translators: a condition that hides what was there: "New since 09:41:07" */
    return g_strdup_printf (_ ("New since %s"), (char *) g_ptr_array_index (clause->values, 0));
  if (clause->field == NULL)
    sentence = g_strdup (values);
  else if (get_any_finding (clause) != NULL)
    sentence = g_strdup (get_any_finding (clause));
  else if (is_range (clause))
    sentence = g_strdup_printf ("%s %s", _ (field->title), values);
  else
    sentence = g_strdup_printf ("%s %s %s", _ (field->title),
                                cot_filter_sentence_get_relation (field, clause->relation),
                                values);

  /* Translators: a condition that hides what fulfils it: "Not: Thread is 2856" */
  return clause->excludes ? g_strdup_printf (_ ("Not: %s"), sentence)
                          : g_steal_pointer (&sentence);
}
