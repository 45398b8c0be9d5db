/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include "cot-member-list.h"

/* Where the loose files of a case lie; goes with the case from window to window. */
#define FOLDER_KEY "cot-window-folder"

static GPtrArray *
get_cases (CotWindow *self, CotCase *a_case)
{
  return cot_case_is_bundle (a_case) ? self->bundles : self->loose;
}

/**
 * cot_window_dup_loose_case:
 * @path: of a file
 *
 * Logs of one folder are of one device and belong together; logs of two folders need not be.
 *
 * Returns: (transfer full): the case of the file's folder; the window has it from
 *   cot_window_keep_case() on
 */
CotCase *
cot_window_dup_loose_case (CotWindow *self, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  CotCase *a_case;

  for (guint i = 0; i < self->loose->len; i++)
    {
      a_case = g_ptr_array_index (self->loose, i);
      if (g_strcmp0 (g_object_get_data (G_OBJECT (a_case), FOLDER_KEY), folder) == 0)
        return g_object_ref (a_case);
    }
  a_case = cot_session_new_case (self->session);
  g_object_set_data_full (G_OBJECT (a_case), FOLDER_KEY, g_steal_pointer (&folder), g_free);
  return a_case;
}

/**
 * cot_window_keep_case:
 * @a_case: a case, also one that the window has already
 *
 * Returns: whether the window did not have it
 */
gboolean
cot_window_keep_case (CotWindow *self, CotCase *a_case)
{
  GPtrArray *cases = get_cases (self, a_case);

  if (g_ptr_array_find (cases, a_case, NULL))
    return FALSE;
  g_ptr_array_add (cases, g_object_ref (a_case));
  cot_window_watch_case (self, a_case);
  return TRUE;
}

static gboolean
has_window (CotWindow *self, CotCase *a_case)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = application != NULL ? gtk_application_get_windows (application) : NULL;

  for (GList *item = windows; item != NULL; item = item->next)
    if (COT_IS_WINDOW (item->data)
        && g_ptr_array_find (get_cases (COT_WINDOW (item->data), a_case), a_case, NULL))
      return TRUE;
  return FALSE;
}

/**
 * cot_window_drop_case:
 * @a_case: a case without a tab
 *
 * Another window may have tabs of it: only without one it is read no further.
 */
void
cot_window_drop_case (CotWindow *self, CotCase *a_case)
{
  g_autoptr (CotCase) kept = g_object_ref (a_case);

  cot_window_unwatch_case (self, a_case);
  g_ptr_array_remove (get_cases (self, a_case), a_case);
  if (!has_window (self, a_case))
    cot_case_cancel (a_case);
}

static gboolean
has_tab (CotWindow *self, CotCase *a_case)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    if (cot_log_page_get_case (
            cot_window_get_log_page (adw_tab_view_get_nth_page (view, i)))
        == a_case)
      return TRUE;
  return cot_window_find_merged (self, a_case) != NULL;
}

static void
drop_unused (CotWindow *self, GPtrArray *cases)
{
  for (guint i = cases->len; i > 0; i--)
    {
      CotCase *a_case = g_ptr_array_index (cases, i - 1);

      if (a_case != self->current_case && !has_tab (self, a_case)
          && !cot_window_is_asking (a_case))
        cot_window_drop_case (self, a_case);
    }
}

/* A case is open while it has a tab, a bundle also while its members are shown. */
void
cot_window_drop_unused_cases (CotWindow *self)
{
  /* What is on its way back has no tab yet. */
  if (self->n_reopening > 0)
    return;
  drop_unused (self, self->bundles);
  drop_unused (self, self->loose);
}

/**
 * cot_window_update_current_case:
 *
 * The sidebar and the findings are of the tab in front; without any tab, of the bundle that was in
 * front or, where that one is closed, of the one that was opened last.
 */
void
cot_window_update_current_case (CotWindow *self)
{
  CotCase *a_case = self->current_case;
  guint n_bundles = self->bundles->len;

  /* Between the tab that goes and the one that comes. */
  if (self->page == NULL && adw_tab_view_get_n_pages (ADW_TAB_VIEW (self->tab_view)) > 0)
    return;
  if (self->page != NULL)
    a_case = cot_log_page_get_case (self->page);
  else if (a_case == NULL || !g_ptr_array_find (self->bundles, a_case, NULL))
    a_case = n_bundles > 0 ? g_ptr_array_index (self->bundles, n_bundles - 1) : NULL;
  cot_window_set_current_case (self, a_case);
}

/**
 * cot_window_get_row_case:
 *
 * In a merge over several cases, the one of the selected row is meant.
 *
 * Returns: (transfer none) (nullable): what the selected entry belongs to; without one, the case in
 *   front
 */
CotCase *
cot_window_get_row_case (CotWindow *self)
{
  CotLog *front = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;
  guint64 ordinal;
  CotLog *log;
  int index;

  if (!COT_IS_MERGED_LOG (front))
    return self->current_case;
  log = cot_log_page_get_selected_entry (self->page, &ordinal);
  index = log != NULL ? cot_merged_log_find_log (COT_MERGED_LOG (front), log) : -1;
  return index >= 0 ? cot_merged_log_get_case (COT_MERGED_LOG (front), (guint) index)
                    : self->current_case;
}

/**
 * cot_window_focus_case:
 * @a_case: a bundle of this window
 *
 * Brings the tab of it that was in front last to the front again.
 */
void
cot_window_focus_case (CotWindow *self, CotCase *a_case)
{
  CotLog *last = g_hash_table_lookup (self->last_logs, a_case);

  if (cot_case_get_n_logs (a_case) == 0)
    {
      cot_window_set_current_case (self, a_case);
      return;
    }
  for (guint i = 0; last == NULL && i < cot_case_get_n_logs (a_case); i++)
    if (cot_window_has_log (self, cot_case_get_log (a_case, i)))
      last = cot_case_get_log (a_case, i);
  if (last == NULL || cot_case_find_log (a_case, last) < 0)
    last = cot_member_list_get_first_log (a_case);
  cot_window_add_tab (self, a_case, last, TRUE);
}
