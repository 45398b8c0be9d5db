/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where in time a page is, so that another one can be at the same moment. */

#include "cot-log-page-private.h"

#include "cot-goto.h"
#include "cot-log-time.h"

/**
 * cot_log_page_get_top_time:
 * @time_usec: (out): when the first row in sight was written that has a time; in UTC, or as written
 *   where the log tells no zone
 *
 * Returns: %FALSE where no row in sight has a time
 */
gboolean
cot_log_page_get_top_time (CotLogPage *self, gint64 *time_usec)
{
  guint64 first, n;

  g_return_val_if_fail (COT_IS_LOG_PAGE (self), FALSE);

  cot_log_view_get_visible_range (cot_log_page_get_view (self), &first, &n);
  for (guint64 position = first; position < first + n; position++)
    {
      if (cot_log_model_is_seam (self->model, position))
        continue;
      *time_usec = cot_log_get_common_time (
          self->log, cot_log_model_get_ordinal (self->model, position));
      if (*time_usec != COT_TIME_NONE)
        return TRUE;
    }
  return FALSE;
}

static void look_for_time (CotLogPage *self);

/* A filter may hide the entry: then the next row that it shows is as near in time. */
static void
on_time_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotLogPage) self = data;
  guint64 ordinal, position, n_rows;
  gboolean found = cot_log_resolve_place_finish (COT_LOG (source), result, &ordinal, NULL,
                                                 NULL);

  self->looks_for_time = FALSE;
  if (self->model == NULL)
    return;
  n_rows = cot_row_model_get_n_rows (COT_ROW_MODEL (self->model));
  if (found && n_rows > 0)
    {
      position = cot_log_model_get_position (self->model, ordinal);
      cot_log_view_scroll_to (cot_log_page_get_view (self), MIN (position, n_rows - 1),
                              COT_LOG_ALIGN_START);
    }
  if (self->wanted_time_usec != COT_TIME_NONE)
    look_for_time (self);
}

static void
look_for_time (CotLogPage *self)
{
  CotPlace place = { COT_PLACE_TIME, 0, self->wanted_time_usec, COT_CLOCK_UTC };

  self->wanted_time_usec = COT_TIME_NONE;
  self->looks_for_time = TRUE;
  cot_log_resolve_place_async (self->log, &place, NULL, on_time_found, g_object_ref (self));
}

/**
 * cot_log_page_show_time:
 * @time_usec: see cot_log_page_get_top_time()
 *
 * Scrolls to the first row that was written then or later. Of several calls in a row the last one
 * counts, so a page that follows the scrolling of another one is never behind it for long.
 */
void
cot_log_page_show_time (CotLogPage *self, gint64 time_usec)
{
  g_return_if_fail (COT_IS_LOG_PAGE (self));

  self->wanted_time_usec = time_usec;
  if (!self->looks_for_time && time_usec != COT_TIME_NONE)
    look_for_time (self);
}
