/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A second log beside the one of the tab in front. It always has a tab, too, which keeps its case
 * open. The one that has the keyboard is the page in front: what is searched, filtered and
 * explained. */

#include "cot-window-private.h"

#include "cot-beside-pane.h"
#include "cot-tooltip.h"

static CotLogPage *
get_beside (CotWindow *self)
{
  return cot_beside_pane_get_page (COT_BESIDE_PANE (self->beside));
}

/* (nullable) */
static CotLogPage *
get_partner (CotWindow *self)
{
  AdwTabPage *page = adw_tab_view_get_selected_page (ADW_TAB_VIEW (self->tab_view));

  return page != NULL ? cot_window_get_log_page (page) : NULL;
}

/* The tabs stand over both sides: each names its log once more. */
static void
update_names (CotWindow *self, CotLog *shown)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);
  AdwTabPage *front = adw_tab_view_get_selected_page (view);
  const char *title = front != NULL ? adw_tab_page_get_title (front) : "";
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint index = GTK_INVALID_LIST_POSITION;

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      AdwTabPage *page = adw_tab_view_get_nth_page (view, i);

      if (cot_log_page_get_log (cot_window_get_log_page (page)) == shown)
        index = names->len;
      g_ptr_array_add (names, (gpointer) adw_tab_page_get_title (page));
    }
  gtk_label_set_text (GTK_LABEL (self->beside_name), title);
  cot_tooltip_update (self->beside_name, title);
  g_ptr_array_add (names, NULL);
  cot_beside_pane_set_names (COT_BESIDE_PANE (self->beside), (const char *const *) names->pdata,
                             index);
}

/**
 * cot_window_get_beside_page:
 *
 * Returns: (transfer none) (nullable): the page beside that of the tab in front
 */
CotLogPage *
cot_window_get_beside_page (CotWindow *self)
{
  return get_beside (self);
}

/**
 * cot_window_get_other_page:
 *
 * Returns: (transfer none) (nullable): of two pages that are shown, that which the user is not in
 */
CotLogPage *
cot_window_get_other_page (CotWindow *self)
{
  if (get_beside (self) == NULL)
    return NULL;
  return self->page == get_beside (self) ? get_partner (self) : get_beside (self);
}

/**
 * cot_window_update_other:
 *
 * Of the log that the user is not in, the status bar says what could mislead.
 */
void
cot_window_update_other (CotWindow *self)
{
  CotLogPage *other = cot_window_get_other_page (self);

  cot_status_bar_set_other (COT_STATUS_BAR (self->status_bar),
                            other != NULL ? cot_log_page_get_log (other) : NULL);
}

static void
update_shown (CotWindow *self)
{
  gboolean shown = get_beside (self) != NULL;

  if (shown && !gtk_widget_get_visible (self->beside))
    self->beside_panes = (CotWindowPanes){ FALSE, FALSE };
  gtk_widget_set_visible (self->beside, shown);
  cot_window_set_action_state (self, "beside", shown);
  cot_window_update_other (self);
  cot_window_apply_layout (self);
}

static void
drop_page (CotWindow *self)
{
  g_autoptr (CotLogPage) page = g_object_ref (get_beside (self));

  cot_window_unwatch_page (self, page);
  cot_beside_pane_set_page (COT_BESIDE_PANE (self->beside), NULL);
  if (self->page == page)
    cot_window_select_page (self, get_partner (self));
}

/**
 * cot_window_close_beside:
 *
 * The log keeps its tab.
 */
void
cot_window_close_beside (CotWindow *self)
{
  if (get_beside (self) == NULL)
    return;
  drop_page (self);
  update_shown (self);
  if (self->page != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->page));
}

/**
 * cot_window_is_beside_in_front:
 *
 * Returns: whether the user is in the second log
 */
gboolean
cot_window_is_beside_in_front (CotWindow *self)
{
  return self->page != NULL && self->page == get_beside (self);
}

/**
 * cot_window_show_beside:
 * @page: a tab
 *
 * Shows its log beside the tab in front, instead of another one that is there.
 */
void
cot_window_show_beside (CotWindow *self, AdwTabPage *page)
{
  CotLogPage *log_page = cot_window_get_log_page (page);
  CotLog *log = cot_log_page_get_log (log_page);
  gboolean was_shown = get_beside (self) != NULL;
  GtkWidget *child;

  if (was_shown && cot_log_page_get_log (get_beside (self)) == log)
    return;
  if (was_shown)
    drop_page (self);
  child = cot_log_page_new (cot_log_page_get_case (log_page), log);
  cot_window_watch_page (self, COT_LOG_PAGE (child));
  cot_beside_pane_set_page (COT_BESIDE_PANE (self->beside), COT_LOG_PAGE (child));
  cot_window_update_beside (self);
  update_shown (self);
  /* Also where no other pane makes room. */
  if (!was_shown)
    cot_window_divide (self);
}

/**
 * cot_window_update_beside:
 *
 * Tabs came or went, or another one is in front.
 */
void
cot_window_update_beside (CotWindow *self)
{
  CotLogPage *beside = get_beside (self);

  cot_beside_pane_set_partner (COT_BESIDE_PANE (self->beside), get_partner (self));
  if (beside == NULL)
    return;
  if (!cot_window_has_log (self, cot_log_page_get_log (beside)))
    cot_window_close_beside (self);
  else
    {
      update_names (self, cot_log_page_get_log (beside));
      cot_window_update_other (self);
    }
}

void
cot_window_replace_beside (CotWindow *self, CotLog *before, AdwTabPage *page)
{
  CotLogPage *beside = get_beside (self);

  if (beside != NULL && cot_log_page_get_log (beside) == before)
    cot_window_show_beside (self, page);
}

static void
on_log_chosen (CotWindow *self, guint index)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  if (index < (guint) adw_tab_view_get_n_pages (view))
    cot_window_show_beside (self, adw_tab_view_get_nth_page (view, (int) index));
}

static void
on_focus_beside (CotWindow *self)
{
  CotLogPage *page = get_beside (self);

  if (page != NULL && self->page != page)
    cot_window_select_page (self, page);
}

static void
on_focus_tabs (CotWindow *self)
{
  if (cot_window_is_beside_in_front (self))
    cot_window_select_page (self, get_partner (self));
}

/* (nullable): a log of the same bundle or folder that has no tab yet. One with errors is most
 * likely what one wants to see beside this one. */
static CotLog *
find_other_log (CotWindow *self)
{
  CotLog *front = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;
  CotCase *a_case = front != NULL ? cot_log_page_get_case (self->page) : NULL;
  g_autoptr (GPtrArray) red = NULL;

  if (a_case == NULL || COT_IS_MERGED_LOG (front))
    return NULL;
  red = cot_case_list_errors (a_case);
  for (guint i = 0; i < red->len; i++)
    if (g_ptr_array_index (red, i) != (gpointer) front)
      return g_ptr_array_index (red, i);
  for (guint i = 0; i < cot_case_get_n_logs (a_case); i++)
    {
      CotLog *log = cot_case_get_log (a_case, i);

      if (log != front && cot_log_get_n_entries (log) > 0)
        return log;
    }
  return NULL;
}

/* A log of the same name is of another device, which is what one compares; else the next tab. */
static AdwTabPage *
choose_tab (CotWindow *self, AdwTabPage *page)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);
  int n = adw_tab_view_get_n_pages (view);
  int first = adw_tab_view_get_page_position (view, page) + 1;
  const char *name = cot_log_get_name (cot_log_page_get_log (cot_window_get_log_page (page)));

  for (int i = 0; i < n - 1; i++)
    {
      AdwTabPage *other = adw_tab_view_get_nth_page (view, (first + i) % n);
      CotLog *log = cot_log_page_get_log (cot_window_get_log_page (other));

      if (g_strcmp0 (cot_log_get_name (log), name) == 0)
        return other;
    }
  return adw_tab_view_get_nth_page (view, first % n);
}

/* What one wants beside this one is among the tabs; where there is none, another log of the same
 * bundle gets one. A log alone can be read at two places. */
static void
on_beside (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);
  AdwTabPage *page = adw_tab_view_get_selected_page (view);
  CotLog *log;

  if (get_beside (self) != NULL)
    {
      cot_window_close_beside (self);
      return;
    }
  if (page == NULL)
    return;
  log = adw_tab_view_get_n_pages (view) == 1 ? find_other_log (self) : NULL;
  if (log != NULL)
    cot_window_add_tab (self, cot_log_page_get_case (self->page), log, FALSE);
  cot_window_show_beside (self, choose_tab (self, page));
}

static const GActionEntry actions[] = {
  { .name = "beside", .activate = on_beside, .state = "false" },
};

static void
watch_focus (CotWindow *self, GtkWidget *widget, GCallback callback)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "enter", callback, self);
  gtk_widget_add_controller (widget, focus);
}

void
cot_window_init_beside (CotWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_swapped (self->beside, "log-chosen", G_CALLBACK (on_log_chosen), self);
  cot_beside_pane_set_room (COT_BESIDE_PANE (self->beside), self->beside_room);
  watch_focus (self, self->beside, G_CALLBACK (on_focus_beside));
  watch_focus (self, self->tab_view, G_CALLBACK (on_focus_tabs));
}
