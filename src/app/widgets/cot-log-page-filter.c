/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-sentences.h"

/* How a row shows the end of a line: "↵". */
#define LINE_END "\xe2\x86\xb5"

static void on_filter_changed (CotLogPage *self);

/* A log that was opened after a moment does not know what was there then: nothing is claimed. */
static GPtrArray *
copy_clauses (CotLogPage *self, GPtrArray *clauses)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_filter_clause_free);

  for (guint i = 0; i < clauses->len; i++)
    {
      const CotFilterClause *clause = g_ptr_array_index (clauses, i);

      if (clause->moment == 0 || cot_log_knows_moment (self->log, clause->moment))
        g_ptr_array_add (copy, cot_filter_clause_copy (clause));
    }
  return copy;
}

void
cot_log_page_init_filter (CotLogPage *self)
{
  self->clauses = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_filter_clause_free);
  self->kept_ordinal = G_MAXUINT64;
}

static void
drop_next_query (CotLogPage *self)
{
  if (self->next_query != NULL)
    g_signal_handlers_disconnect_by_data (self->next_query, self);
  g_clear_object (&self->next_query);
}

static void
set_query (CotLogPage *self, CotQuery *query)
{
  CotQuery *before = cot_log_model_get_filter (self->model);

  drop_next_query (self);
  if (before != NULL)
    g_signal_handlers_disconnect_by_data (before, self);
  cot_log_model_set_filter (self->model, query);
  /* Behind the model, so that the rows are there when this is told. */
  if (query != NULL)
    g_signal_connect_swapped (query, "changed", G_CALLBACK (on_filter_changed), self);
  cot_log_page_update_density (self);
}

void
cot_log_page_drop_filter (CotLogPage *self)
{
  set_query (self, NULL);
  g_clear_pointer (&self->filter, cot_filter_unref);
  g_clear_pointer (&self->clauses, g_ptr_array_unref);
  g_clear_error (&self->filter_error);
}

/* The entry that the user was at stays where it was, or the next one that is shown. */
static void
go_to_kept (CotLogPage *self)
{
  CotQuery *query = cot_log_model_get_filter (self->model);
  CotLogView *view = cot_log_page_get_view (self);
  guint64 n_rows = cot_row_model_get_n_rows (COT_ROW_MODEL (self->model));
  guint64 position;

  if (self->kept_ordinal == G_MAXUINT64 || n_rows == 0)
    return;
  if (query != NULL && cot_query_get_running (query)
      && cot_query_get_n_asked (query) <= self->kept_ordinal)
    return;
  position = cot_log_model_get_position (self->model, self->kept_ordinal);
  if (position >= n_rows && query != NULL && cot_query_get_running (query))
    return;
  self->kept_ordinal = G_MAXUINT64;
  position = MIN (position, n_rows - 1);
  if (self->kept_is_selected)
    cot_log_view_set_cursor (view, position);
  cot_log_view_scroll_to (view, position,
                          self->kept_is_selected ? COT_LOG_ALIGN_CENTER : COT_LOG_ALIGN_START);
}

static void
on_filter_changed (CotLogPage *self)
{
  if (self->wanted != G_MAXUINT64)
    cot_log_page_go_to_wanted (self);
  go_to_kept (self);
  cot_log_page_return (self);
  cot_log_page_update_status (self);
  g_signal_emit_by_name (self, "filter-changed");
}

/* Where the user is: at the selected entry, else at the first one in sight. */
static void
keep_place (CotLogPage *self)
{
  guint64 first;
  guint64 n;

  /* The rows for the place before this one have not come yet. */
  if (self->kept_ordinal != G_MAXUINT64)
    return;
  self->kept_is_selected = cot_log_page_get_selected (self, &self->kept_ordinal);
  if (self->kept_is_selected)
    return;
  cot_log_view_get_visible_range (cot_log_page_get_view (self), &first, &n);
  self->kept_ordinal = n > 0 ? cot_log_model_get_ordinal (self->model, first) : G_MAXUINT64;
}

/* All at once, so that the rows do not come and go under who reads them. */
static void
on_next_query_changed (CotLogPage *self)
{
  g_autoptr (CotQuery) query = NULL;

  if (cot_query_get_running (self->next_query))
    return;
  query = g_object_ref (self->next_query);
  keep_place (self);
  set_query (self, query);
  on_filter_changed (self);
}

void
cot_log_page_renew_filter (CotLogPage *self)
{
  CotQuery *query = cot_log_model_get_filter (self->model);

  if (self->next_query != NULL && !cot_query_is_outdated (self->next_query))
    return;
  drop_next_query (self);
  if (query == NULL || !cot_query_is_outdated (query))
    return;
  self->next_query = cot_query_new_since (self->log, self->filter,
                                          cot_filter_clauses_get_moment (self->clauses));
  g_signal_connect_swapped (self->next_query, "changed", G_CALLBACK (on_next_query_changed),
                            self);
}

/* (nullable): the filter of those conditions that can be read: who types one more does not lose
 * what the others hide. */
static CotFilter *
make_readable_filter (GPtrArray *clauses, gboolean any)
{
  g_autoptr (GPtrArray) readable = g_ptr_array_new ();
  g_autofree char *expression = NULL;

  for (guint i = 0; i < clauses->len; i++)
    {
      gpointer clause = g_ptr_array_index (clauses, i);
      g_autoptr (GPtrArray) alone = g_ptr_array_new ();
      g_autofree char *own = NULL;
      g_autoptr (CotFilter) filter = NULL;

      g_ptr_array_add (alone, clause);
      own = cot_filter_clauses_dup_expression (alone, any);
      filter = own != NULL ? cot_filter_new (own, NULL) : NULL;
      if (filter != NULL)
        g_ptr_array_add (readable, clause);
    }
  expression = cot_filter_clauses_dup_expression (readable, any);
  return expression != NULL ? cot_filter_new (expression, NULL) : NULL;
}

/**
 * cot_log_page_set_filter:
 * @clauses: (element-type CotFilterClause): the conditions, those that are off too; copied
 * @any: whether one of them is enough
 *
 * A condition that cannot be read is left out, and the result says so.
 */
void
cot_log_page_set_filter (CotLogPage *self, GPtrArray *clauses, gboolean any)
{
  g_autofree char *expression = cot_filter_clauses_dup_expression (clauses, any);
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->clauses);
  g_autoptr (CotQuery) query = NULL;
  guint moment;

  g_return_if_fail (COT_IS_LOG_PAGE (self));

  self->clauses = copy_clauses (self, clauses);
  moment = cot_filter_clauses_get_moment (self->clauses);
  self->any_clause = any;
  g_clear_error (&self->filter_error);
  g_clear_pointer (&self->filter, cot_filter_unref);
  if (expression != NULL)
    self->filter = cot_filter_new (expression, &self->filter_error);
  if (self->filter_error != NULL)
    self->filter = make_readable_filter (clauses, any);
  if (self->filter != NULL || moment != 0)
    query = cot_query_new_since (self->log, self->filter, moment);
  if (query != NULL || cot_log_model_get_filter (self->model) != NULL)
    {
      keep_place (self);
      set_query (self, query);
    }
  else
    {
      cot_log_page_update_density (self);
    }
  on_filter_changed (self);
}

GPtrArray *
cot_log_page_get_clauses (CotLogPage *self)
{
  g_return_val_if_fail (COT_IS_LOG_PAGE (self), NULL);

  return self->clauses;
}

gboolean
cot_log_page_get_any_clause (CotLogPage *self)
{
  g_return_val_if_fail (COT_IS_LOG_PAGE (self), FALSE);

  return self->any_clause;
}

gboolean
cot_log_page_hides_all (CotLogPage *self)
{
  CotQuery *query = cot_log_model_get_filter (self->model);

  return query != NULL && !cot_query_get_running (query)
         && cot_bitset_get_size (cot_query_get_ordinals (query)) == 0
         && cot_log_get_n_entries (self->log) > 0;
}

/* The conditions stay, switched off, so that one click brings them back. */
gboolean
cot_log_page_uncover (CotLogPage *self, guint64 ordinal)
{
  CotQuery *query = cot_log_model_get_filter (self->model);

  if (query == NULL || cot_log_model_shows (self->model, ordinal))
    return TRUE;
  if (cot_query_get_running (query) && cot_query_get_n_asked (query) <= ordinal)
    return FALSE;
  for (guint i = 0; i < self->clauses->len; i++)
    ((CotFilterClause *) g_ptr_array_index (self->clauses, i))->is_off = TRUE;
  self->clauses_changed = TRUE;
  set_query (self, NULL);
  cot_log_page_update_status (self);
  g_signal_emit_by_name (self, "filter-changed");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                              _("The filter hid this entry, so it was switched off"));
  return TRUE;
}

/**
 * cot_log_page_take_clauses_changed:
 *
 * Returns: whether the page changed the conditions itself since this was asked last
 */
gboolean
cot_log_page_take_clauses_changed (CotLogPage *self)
{
  gboolean changed = self->clauses_changed;

  self->clauses_changed = FALSE;
  return changed;
}

/* As a filter counts it: a line that is known for a problem is at least as bad. */
static CotSeverity
get_severity (CotLogPage *self, guint64 ordinal, const CotRow *row)
{
  if (cot_bitset_contains (cot_log_get_known_problems (self->log, COT_SEVERITY_ERROR), ordinal))
    return COT_SEVERITY_ERROR;
  if (cot_bitset_contains (cot_log_get_known_problems (self->log, COT_SEVERITY_WARNING), ordinal))
    return MAX (row->severity, COT_SEVERITY_WARNING);
  return row->severity;
}

/**
 * cot_log_page_dup_selected_text:
 * @field: "text", "component", "thread", "severity" or "origin"
 *
 * Of a message with several lines the first is taken: that is how much of it is in the row.
 *
 * Returns: (transfer full) (nullable): what the selected entry has there
 */
char *
cot_log_page_dup_selected_text (CotLogPage *self, const char *field)
{
  guint64 ordinal;
  const CotRow *row;
  const char *line_end;

  g_return_val_if_fail (COT_IS_LOG_PAGE (self), NULL);

  if (!cot_log_page_get_selected (self, &ordinal)
      || (row = cot_log_peek_row (self->log, ordinal)) == NULL)
    return NULL;
  if (g_str_equal (field, "component"))
    return g_strdup (row->component);
  if (g_str_equal (field, "thread"))
    return g_strdup (row->thread);
  if (g_str_equal (field, "origin"))
    return g_strdup (row->origin);
  if (g_str_equal (field, "severity"))
    return g_strdup (cot_severity_to_string (get_severity (self, ordinal, row)));
  if (row->message == NULL)
    return NULL;
  line_end = strstr (row->message, LINE_END);
  return line_end != NULL ? g_strndup (row->message, (gsize) (line_end - row->message))
                          : g_strdup (row->message);
}

/**
 * cot_log_page_dup_filter_result:
 * @failed: (out): whether the conditions are no filter
 *
 * Returns: (transfer full): what to say beside the conditions
 */
char *
cot_log_page_dup_filter_result (CotLogPage *self, gboolean *failed)
{
  CotQuery *query = cot_log_model_get_filter (self->model);
  g_autofree char *n_shown = NULL;
  g_autofree char *n_entries = NULL;

  g_return_val_if_fail (COT_IS_LOG_PAGE (self), NULL);

  *failed = self->filter_error != NULL;
  if (self->filter_error != NULL)
    return g_strdup (_("A condition is wrong and left out: open it and correct it"));
  if (query == NULL)
    return g_strdup ("");
  n_shown = cot_sentence_dup_number (cot_bitset_get_size (cot_query_get_ordinals (query)));
  n_entries = cot_sentence_dup_number (cot_log_get_n_entries (self->log));
  /* Translators: numbers of entries: "42 of 1,234 shown" */
  return g_strdup_printf (cot_query_get_running (query) ? _("%s of %s shown so far…")
                                                        : _("%s of %s shown"),
                          n_shown, n_entries);
}
