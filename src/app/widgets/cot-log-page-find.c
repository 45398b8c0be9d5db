/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-page-private.h"

#include <glib/gi18n.h>

#include "cot-sentences.h"

/* Where a search starts: at the selected entry, else at the first one that is seen. */
static guint64
get_anchor (CotLogPage *self)
{
  guint64 ordinal;
  guint64 first;
  guint64 n;

  if (cot_log_page_get_selected (self, &ordinal))
    return ordinal;
  cot_log_view_get_visible_range (cot_log_page_get_view (self), &first, &n);
  return cot_log_model_get_ordinal (self->model, first);
}

static void
show_match (CotLogPage *self, guint64 ordinal)
{
  self->match = ordinal;
  cot_log_page_go_to (self, ordinal);
  cot_log_model_set_current_match (self->model, ordinal);
}

/* The next match after (before) @from among the rows, from the other end where there is none. */
static gboolean
step_match (CotLogPage *self, guint64 from, gboolean forward, guint64 *ordinal, gboolean *wrapped)
{
  *wrapped = FALSE;
  if (cot_log_model_step (self->model, COT_RULER_MATCH, from, forward, ordinal))
    return TRUE;
  *wrapped = TRUE;
  return cot_log_model_step (self->model, COT_RULER_MATCH, G_MAXUINT64, forward, ordinal);
}

/* The first match at or behind the place where the search was started. */
static void
show_first_match (CotLogPage *self)
{
  gboolean wrapped;
  guint64 ordinal;

  if (!step_match (self, self->find_anchor - 1, TRUE, &ordinal, &wrapped))
    return;
  self->wants_first_match = FALSE;
  show_match (self, ordinal);
}

static void
on_find_changed (CotLogPage *self)
{
  if (self->wants_first_match)
    show_first_match (self);
  g_signal_emit_by_name (self, "find-changed");
}

static void
drop_find (CotLogPage *self)
{
  cot_log_model_set_find (self->model, NULL);
  if (self->find != NULL)
    g_signal_handlers_disconnect_by_data (self->find, self);
  g_clear_object (&self->find);
  g_clear_error (&self->find_error);
  self->match = G_MAXUINT64;
  self->wants_first_match = FALSE;
}

/**
 * cot_log_page_find:
 * @question: what to look for; an empty text ends the search
 *
 * The first match that is found is shown as soon as it is known.
 */
void
cot_log_page_find (CotLogPage *self, const CotFindQuestion *question)
{
  g_return_if_fail (COT_IS_LOG_PAGE (self));

  if (self->find == NULL)
    self->find_anchor = get_anchor (self);
  drop_find (self);
  if (*question->text != '\0')
    self->find = cot_find_new (self->log, question, &self->find_error);
  if (self->find != NULL)
    {
      self->wants_first_match = TRUE;
      g_signal_connect_swapped (self->find, "changed", G_CALLBACK (on_find_changed), self);
      cot_log_model_set_find (self->model, self->find);
      show_first_match (self);
    }
  g_signal_emit_by_name (self, "find-changed");
}

/**
 * cot_log_page_find_step:
 * @forward: whether the next match is wanted, or the previous one
 */
void
cot_log_page_find_step (CotLogPage *self, gboolean forward)
{
  guint64 ordinal;
  gboolean wrapped;

  g_return_if_fail (COT_IS_LOG_PAGE (self));

  if (self->find == NULL
      || !step_match (self, get_anchor (self), forward, &ordinal, &wrapped))
    return;
  show_match (self, ordinal);
  self->find_anchor = ordinal;
  if (wrapped)
    g_signal_emit_by_name (self, "find-wrapped", forward);
  g_signal_emit_by_name (self, "find-changed");
}

static char *
dup_result (CotLogPage *self, gboolean *failed)
{
  guint64 n_matches;
  CotBitset *matches;
  g_autofree char *number = NULL;
  g_autofree char *rank = NULL;

  matches = cot_log_model_get_matches (self->model);
  n_matches = cot_bitset_get_size (matches);
  number = cot_sentence_dup_number (n_matches > 0
                                        ? n_matches
                                        : cot_row_model_get_n_rows (COT_ROW_MODEL (self->model)));
  if (n_matches > 0 && self->match != G_MAXUINT64 && cot_bitset_contains (matches, self->match))
    {
      rank = cot_sentence_dup_number (cot_bitset_get_rank (matches, self->match) + 1);
      /* Translators: "12 of 340" */
      return g_strdup_printf (_("%s of %s"), rank, number);
    }
  if (n_matches > 0)
    return g_strdup_printf (ngettext ("%s match", "%s matches", n_matches), number);
  if (cot_find_get_running (self->find))
    return g_strdup (_("Searching…"));
  *failed = TRUE;
  return g_strdup_printf (_("Not found in %s entries"), number);
}

/**
 * cot_log_page_dup_find_result:
 * @failed: (out): whether the search is over and found nothing
 *
 * Returns: (transfer full): what to say beside the search field
 */
char *
cot_log_page_dup_find_result (CotLogPage *self, gboolean *failed)
{
  guint64 n_too_slow = self->find != NULL ? cot_find_get_n_too_slow (self->find) : 0;
  g_autofree char *result = NULL;
  g_autofree char *number = NULL;

  *failed = self->find_error != NULL;
  if (self->find_error != NULL)
    return g_strdup_printf (_("This is not a regular expression: %s"), self->find_error->message);
  if (self->find == NULL)
    return g_strdup ("");
  result = dup_result (self, failed);
  if (n_too_slow == 0)
    return g_steal_pointer (&result);
  number = cot_sentence_dup_number (n_too_slow);
  /* Translators: "12 of 340", and on how many entries the expression was given up */
  return g_strdup_printf (_("%s (too slow for %s)"), result, number);
}

void
cot_log_page_clear_find (CotLogPage *self)
{
  drop_find (self);
}
