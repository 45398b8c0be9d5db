/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

/* What a window has open, as it is kept for a later start. */

static CotSessionKeeper *
get_keeper (CotWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return COT_IS_APPLICATION (application)
             ? cot_application_get_session_keeper (COT_APPLICATION (application))
             : NULL;
}

/**
 * cot_window_note_session:
 * @change: what has changed
 */
void
cot_window_note_session (CotWindow *self, CotSessionChange change)
{
  CotSessionKeeper *keeper = get_keeper (self);

  if (keeper != NULL)
    cot_session_keeper_note (keeper, change);
}

/* What is practised with is not remembered. */
static gboolean
is_kept (CotCase *a_case)
{
  return cot_case_get_exercise (a_case) == NULL;
}

/* @logs: (element-type CotLog): those that the tab has so far, in its order. */
static void
add_log (CotSessionTab *tab, GPtrArray *logs, CotCase *a_case, CotLog *log, gboolean is_off)
{
  gboolean is_member = cot_case_is_bundle (a_case);
  const char *path = is_member ? cot_case_get_path (a_case) : cot_log_get_path (log);
  CotSessionLog *kept;

  if (path == NULL || !is_kept (a_case))
    return;
  kept = cot_session_log_new (path, is_member ? cot_log_get_label (log) : NULL, is_off);
  kept->format = g_strdup (cot_log_get_chosen_format (log));
  kept->encoding = g_strdup (cot_log_get_read_as (log)->encoding_id);
  kept->clock_usec = cot_log_get_read_as (log)->clock_usec;
  g_ptr_array_add (tab->logs, kept);
  g_ptr_array_add (logs, log);
}

static void
add_place (CotSessionDraft *draft, GPtrArray *logs, CotSessionPlace *place, CotLog *log,
           guint64 ordinal)
{
  guint index;

  if (log != NULL && g_ptr_array_find (logs, log, &index))
    cot_session_draft_add_place (draft, place, index, cot_log_get_snapshot (log), ordinal);
}

static void
add_places (CotSessionTab *tab, CotSessionDraft *draft, CotLogPage *page, GPtrArray *logs)
{
  const CotSessionTab *kept = cot_window_get_kept_places (page);
  guint64 top = 0;
  guint64 selected = 0;
  CotLog *top_log;
  CotLog *selected_log;

  /* The log is still being read, and the user on the way back to there. */
  if (kept != NULL && kept->top.log < logs->len && kept->selected.log < logs->len)
    {
      tab->top = kept->top;
      tab->selected = kept->selected;
      return;
    }
  top_log = cot_log_page_get_top_entry (page, &top);
  add_place (draft, logs, &tab->top, top_log, top);
  selected_log = cot_log_page_get_selected_entry (page, &selected);
  add_place (draft, logs, &tab->selected, selected_log, selected);
}

/* (nullable): nothing of it is kept. */
static CotSessionTab *
make_tab (CotWindow *self, CotSessionDraft *draft, CotLogPage *page)
{
  g_autoptr (CotSessionTab) tab = cot_session_tab_new ();
  g_autoptr (GPtrArray) logs = g_ptr_array_new ();
  CotLog *log = cot_log_page_get_log (page);
  GPtrArray *clauses = cot_log_page_get_clauses (page);

  if (COT_IS_MERGED_LOG (log))
    for (guint i = 0; i < cot_merged_log_get_n_logs (COT_MERGED_LOG (log)); i++)
      add_log (tab, logs, cot_merged_log_get_case (COT_MERGED_LOG (log), i),
               cot_merged_log_get_log (COT_MERGED_LOG (log), i),
               !cot_merged_log_get_on (COT_MERGED_LOG (log), i));
  else
    add_log (tab, logs, cot_log_page_get_case (page), log, FALSE);
  if (logs->len == 0)
    return NULL;
  tab->is_merge = COT_IS_MERGED_LOG (log);
  if (tab->is_merge)
    tab->group_name = g_strdup (cot_merged_log_get_group_name (COT_MERGED_LOG (log)));
  tab->is_front = page == self->page;
  tab->is_following = cot_log_page_get_following (page);
  tab->is_paused = cot_log_get_paused (log);
  tab->any_clause = cot_log_page_get_any_clause (page);
  for (guint i = 0; i < clauses->len; i++)
    g_ptr_array_add (tab->clauses, cot_filter_clause_copy (g_ptr_array_index (clauses, i)));
  add_places (tab, draft, page, logs);
  return g_steal_pointer (&tab);
}

/**
 * cot_window_collect_session:
 * @draft: the session to which the window is added
 *
 * With the tabs that are still on their way.
 */
void
cot_window_collect_session (CotWindow *self, CotSessionDraft *draft)
{
  g_autoptr (CotSessionWindow) window = cot_session_window_new ();
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  g_return_if_fail (COT_IS_WINDOW (self));

  window->filters_all_tabs = cot_filter_bar_get_all_tabs (COT_FILTER_BAR (self->filter_bar));
  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      CotLogPage *page = cot_window_get_log_page (adw_tab_view_get_nth_page (view, i));
      CotSessionTab *tab = make_tab (self, draft, page);

      if (tab != NULL)
        g_ptr_array_add (window->tabs, tab);
    }
  for (guint i = 0; self->reopening != NULL && i < self->reopening->len; i++)
    g_ptr_array_add (window->tabs,
                     cot_session_tab_copy (g_ptr_array_index (self->reopening, i)));
  if (window->tabs->len > 0)
    g_ptr_array_add (draft->state->windows, g_steal_pointer (&window));
}

static void
note_changed (CotWindow *self)
{
  cot_window_note_session (self, COT_SESSION_CHANGED);
}

static void
note_moved (CotWindow *self)
{
  cot_window_note_session (self, COT_SESSION_MOVED);
}

/* What tells of the places of a page goes when the page does. */
static void
on_page_attached (AdwTabView *view, AdwTabPage *page, int position, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotLogPage *log_page = cot_window_get_log_page (page);
  CotLog *log = cot_log_page_get_log (log_page);

  if (is_kept (cot_log_page_get_case (log_page)))
    cot_window_note_session (self, COT_SESSION_OPENED);
  g_signal_connect_object (log_page, "entry-selected", G_CALLBACK (note_moved), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (log_page, "filter-changed", G_CALLBACK (note_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (cot_log_page_get_view (log_page), "view-scrolled",
                           G_CALLBACK (note_moved), self, G_CONNECT_SWAPPED);
  if (COT_IS_MERGED_LOG (log))
    g_signal_connect_object (log, "logs-changed", G_CALLBACK (note_changed), self,
                             G_CONNECT_SWAPPED);
}

static void
on_page_detached (AdwTabView *view, AdwTabPage *page, int position, gpointer data)
{
  CotLogView *log_view = cot_log_page_get_view (cot_window_get_log_page (page));

  g_signal_handlers_disconnect_by_data (log_view, data);
  note_changed (COT_WINDOW (data));
}

/**
 * cot_window_init_session:
 *
 * From here on what the window has open is kept.
 */
void
cot_window_init_session (CotWindow *self)
{
  g_signal_connect_object (self->tab_view, "page-attached", G_CALLBACK (on_page_attached), self,
                           0);
  g_signal_connect_object (self->tab_view, "page-detached", G_CALLBACK (on_page_detached), self,
                           0);
  g_signal_connect_object (self->tab_view, "page-reordered", G_CALLBACK (note_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tab_view, "notify::selected-page", G_CALLBACK (note_changed),
                           self, G_CONNECT_SWAPPED);
}

/**
 * cot_window_leave_session:
 *
 * The window goes: the last one stays in the session, another one does not.
 */
void
cot_window_leave_session (CotWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = application != NULL ? gtk_application_get_windows (application) : NULL;
  CotSessionKeeper *keeper = get_keeper (self);

  for (GList *item = windows; item != NULL; item = item->next)
    if (COT_IS_WINDOW (item->data) && item->data != self)
      {
        cot_window_note_session (self, COT_SESSION_CHANGED);
        return;
      }
  if (keeper != NULL)
    cot_session_keeper_end (keeper);
}

/**
 * cot_window_is_empty:
 *
 * Returns: whether nothing is open in it, nor on its way
 */
gboolean
cot_window_is_empty (CotWindow *self)
{
  g_return_val_if_fail (COT_IS_WINDOW (self), FALSE);

  return adw_tab_view_get_n_pages (ADW_TAB_VIEW (self->tab_view)) == 0 && self->bundles->len == 0
         && !self->opening && self->n_reopening == 0;
}

/**
 * cot_window_offer_session:
 * @session: what was open last time
 *
 * Says so, where it is not opened again by itself.
 */
void
cot_window_offer_session (CotWindow *self, const CotSessionState *session)
{
  guint n = cot_session_state_get_n_tabs (session);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u tab was open last time", "%u tabs were open last time", n), n);

  cot_window_show_toast_with (self, text, _("_Reopen"), "app.reopen-session");
}

/**
 * cot_window_report_session:
 *
 * Says that it is not known what was open last time.
 */
void
cot_window_report_session (CotWindow *self)
{
  cot_window_show_toast (self, _("What was open last time cannot be read"));
}
