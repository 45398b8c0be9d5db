/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-page-private.h"

/* In a merge an entry may get another place: because an earlier one was written late, or because a
 * log was switched on or off. Whatever the page is at is then found again by its log. */

/* How far below is looked for an entry that stays, where the first one in sight goes. */
#define MAX_LOOK 2000

typedef struct
{
  CotLog *log; /* (nullable): there was none */
  guint64 ordinal; /* in that log */
} CotLogPageAnchor;

static void
anchor_free (gpointer data)
{
  CotLogPageAnchor *anchor = data;

  g_clear_object (&anchor->log);
  g_free (anchor);
}

static void
add_anchor (CotLogPage *self, CotLog *log, guint64 ordinal)
{
  CotLogPageAnchor *anchor = g_new0 (CotLogPageAnchor, 1);

  anchor->log = log != NULL ? g_object_ref (log) : NULL;
  anchor->ordinal = ordinal;
  g_ptr_array_add (self->anchors, anchor);
}

static void
note_place (CotLogPage *self, guint64 place)
{
  guint64 ordinal = 0;
  CotLog *log = place != G_MAXUINT64 ? cot_log_locate (self->log, place, &ordinal) : NULL;

  add_anchor (self, log, ordinal);
}

static gboolean
stays (CotLogPage *self, CotLog *log)
{
  for (guint i = 0; i < cot_log_get_n_parts (self->log); i++)
    if (cot_log_get_part (self->log, i) == log)
      return TRUE;
  return FALSE;
}

/* The first entry in sight, or the next one below it that will still be there. */
static void
note_first (CotLogPage *self)
{
  guint64 first, n, place, ordinal;
  CotLog *log;

  cot_log_view_get_visible_range (cot_log_page_get_view (self), &first, &n);
  place = n > 0 ? cot_log_model_get_ordinal (self->model, first) : G_MAXUINT64;
  for (guint i = 0; place != G_MAXUINT64 && i < MAX_LOOK; i++)
    {
      log = cot_log_locate (self->log, place + i, &ordinal);
      if (log == NULL || !stays (self, log))
        continue;
      add_anchor (self, log, ordinal);
      return;
    }
  add_anchor (self, NULL, 0);
}

/* How many rows below the first one in sight the selected one stands; G_MAXUINT64: out of sight. */
static guint64
get_depth (CotLogPage *self)
{
  guint64 cursor = cot_log_view_get_cursor (cot_log_page_get_view (self));
  guint64 first, n;

  cot_log_view_get_visible_range (cot_log_page_get_view (self), &first, &n);
  return cursor >= first && cursor - first < n ? cursor - first : G_MAXUINT64;
}

static void
list_places (CotLogPage *self, guint64 *places[5])
{
  places[0] = &self->match;
  places[1] = &self->find_anchor;
  places[2] = &self->kept_ordinal;
  places[3] = &self->wanted;
  places[4] = NULL;
  if (self->wanted_log != NULL)
    places[3] = NULL;
}

static void
on_reorder (CotLogPage *self)
{
  guint64 *places[5];
  guint64 selected = G_MAXUINT64;

  cot_log_page_forget_places (self);
  self->anchors = g_ptr_array_new_with_free_func (anchor_free);
  cot_log_page_get_selected (self, &selected);
  note_place (self, selected);
  note_first (self);
  self->anchor_depth = get_depth (self);
  list_places (self, places);
  for (guint i = 0; places[i] != NULL; i++)
    note_place (self, *places[i]);
}

/* G_MAXUINT64: it is not there any more, or never was. */
static guint64
find_anchor (CotLogPage *self, guint index)
{
  const CotLogPageAnchor *anchor = g_ptr_array_index (self->anchors, index);
  guint64 place;

  if (anchor->log == NULL || !cot_log_find_place (self->log, anchor->log, anchor->ordinal, &place))
    return G_MAXUINT64;
  return place;
}

static gboolean
has_anchor (CotLogPage *self, guint index)
{
  return ((CotLogPageAnchor *) g_ptr_array_index (self->anchors, index))->log != NULL;
}

/* The selected row stays where it stood in sight, whatever comes between the first one and it; and
 * before the view has a size, it is where the view is to begin. FALSE: it was out of sight. */
static gboolean
show_selected_again (CotLogPage *self, guint64 selected)
{
  CotLogView *view = cot_log_page_get_view (self);
  guint64 position, first, n;

  if (selected == G_MAXUINT64)
    return FALSE;
  position = cot_log_model_get_position (self->model, selected);
  cot_log_view_get_visible_range (view, &first, &n);
  if (n == 0)
    cot_log_view_scroll_to (view, position, COT_LOG_ALIGN_CENTER);
  else if (self->anchor_depth == G_MAXUINT64)
    return FALSE;
  else if (position != first + self->anchor_depth)
    cot_log_view_scroll_to (view, position - MIN (position, self->anchor_depth),
                            COT_LOG_ALIGN_START);
  return TRUE;
}

static void
show_again (CotLogPage *self, guint64 selected, guint64 first)
{
  CotLogView *view = cot_log_page_get_view (self);
  guint64 n_rows = cot_row_model_get_n_rows (COT_ROW_MODEL (self->model));
  guint64 now = G_MAXUINT64;
  guint64 first_now, n_now;
  gboolean at_end = cot_log_view_get_stick_to_end (view) && cot_log_view_is_at_end (view);

  cot_log_page_get_selected (self, &now);
  if (selected == G_MAXUINT64 && has_anchor (self, 0))
    cot_log_view_set_cursor (view, COT_LOG_VIEW_NO_ROW);
  else if (selected != G_MAXUINT64 && selected != now)
    cot_log_view_set_cursor (view, MIN (cot_log_model_get_position (self->model, selected),
                                        n_rows - 1));
  if (!at_end && show_selected_again (self, selected))
    return;
  cot_log_view_get_visible_range (view, &first_now, &n_now);
  if (first == G_MAXUINT64 || at_end || n_rows == 0
      || (n_now > 0 && cot_log_model_get_ordinal (self->model, first_now) == first))
    return;
  cot_log_view_scroll_to (view, MIN (cot_log_model_get_position (self->model, first), n_rows - 1),
                          COT_LOG_ALIGN_START);
}

static void
on_reordered (CotLogPage *self)
{
  guint64 *places[5];

  if (self->anchors == NULL)
    return;
  list_places (self, places);
  for (guint i = 0; places[i] != NULL; i++)
    if (has_anchor (self, i + 2))
      *places[i] = find_anchor (self, i + 2);
  if (self->match != G_MAXUINT64)
    cot_log_model_set_current_match (self->model, self->match);
  if (cot_row_model_get_n_rows (COT_ROW_MODEL (self->model)) > 0)
    show_again (self, find_anchor (self, 0), find_anchor (self, 1));
  cot_log_page_forget_places (self);
  g_signal_emit_by_name (self, "entry-selected");
}

void
cot_log_page_forget_places (CotLogPage *self)
{
  g_clear_pointer (&self->anchors, g_ptr_array_unref);
}

/* Once the model listens to the log: it has its rows before the view is told where to be. */
void
cot_log_page_watch_places (CotLogPage *self)
{
  g_signal_connect_swapped (self->log, "reorder", G_CALLBACK (on_reorder), self);
  g_signal_connect_swapped (self->log, "reordered", G_CALLBACK (on_reordered), self);
}
