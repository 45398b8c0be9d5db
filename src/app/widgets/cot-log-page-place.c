/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-page-private.h"

/* Where the user is in a log, told by entries, and the way back to there. */

/**
 * cot_log_page_get_top_entry:
 * @ordinal: (out): the entry of the log that is returned
 *
 * Returns: (transfer none) (nullable): the log whose entry is the first one in sight; %NULL: none
 *   is, as yet
 */
CotLog *
cot_log_page_get_top_entry (CotLogPage *self, guint64 *ordinal)
{
  guint64 first;
  guint64 n;
  guint64 place;

  g_return_val_if_fail (COT_IS_LOG_PAGE (self), NULL);

  cot_log_view_get_visible_range (cot_log_page_get_view (self), &first, &n);
  /* A tab that was never in front has no size: it will be there. */
  if (n == 0 && self->top_log != NULL)
    {
      *ordinal = self->top;
      return self->top_log;
    }
  place = n > 0 ? cot_log_model_get_ordinal (self->model, first) : G_MAXUINT64;
  return place != G_MAXUINT64 ? cot_log_locate (self->log, place, ordinal) : NULL;
}

static gboolean
has_part (CotLogPage *self, CotLog *log)
{
  for (guint i = 0; log != NULL && i < cot_log_get_n_parts (self->log); i++)
    if (cot_log_get_part (self->log, i) == log)
      return TRUE;
  return FALSE;
}

/**
 * cot_log_page_return_to:
 * @top_log: (nullable): the log, or one of a merge, of which the first entry in sight is
 * @top: that entry of it
 * @selected_log: (nullable): likewise for the selected entry
 * @selected: that entry of it
 *
 * Shows what was in sight another time, once all of it is rows, or else the selected entry; a jump
 * before that counts more.
 */
void
cot_log_page_return_to (CotLogPage *self, CotLog *top_log, guint64 top, CotLog *selected_log,
                        guint64 selected)
{
  g_return_if_fail (COT_IS_LOG_PAGE (self));

  cot_log_page_stop_returning (self);
  if (has_part (self, top_log))
    self->top_log = g_object_ref (top_log);
  self->top = top;
  if (has_part (self, selected_log))
    self->selected_log = g_object_ref (selected_log);
  self->selected = selected;
  self->is_returning = TRUE;
  cot_log_page_return (self);
}

/* Where what it waits for has come. */
void
cot_log_page_return (CotLogPage *self)
{
  CotLogView *view = cot_log_page_get_view (self);
  CotQuery *query = cot_log_model_get_filter (self->model);
  guint64 top = 0;
  guint64 selected = 0;
  gboolean shows_selected;

  if (!self->is_returning || (query != NULL && cot_query_get_running (query))
      || (self->top_log != NULL
          && !cot_log_find_place (self->log, self->top_log, self->top, &top))
      || (self->selected_log != NULL
          && !cot_log_find_place (self->log, self->selected_log, self->selected, &selected)))
    return;
  self->is_returning = FALSE;
  shows_selected = self->selected_log != NULL && cot_log_model_shows (self->model, selected);
  if (shows_selected)
    cot_log_view_set_cursor (view, cot_log_model_get_position (self->model, selected));
  if (self->top_log == NULL && shows_selected)
    cot_log_view_scroll_to (view, cot_log_model_get_position (self->model, selected),
                            COT_LOG_ALIGN_CENTER);
  else
    cot_log_view_scroll_to (
        view, self->top_log != NULL ? cot_log_model_get_position (self->model, top) : 0,
        COT_LOG_ALIGN_START);
}

/* The user goes elsewhere. */
void
cot_log_page_stop_returning (CotLogPage *self)
{
  self->is_returning = FALSE;
  g_clear_object (&self->top_log);
  g_clear_object (&self->selected_log);
}
