/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-log-groups.h"
#include "cot-member-list.h"

/* Several logs as one, in a tab. */

/* More logs than this in one go are chosen by nobody. */
#define MAX_MERGED 200

static AdwTabPage *
find_merged_tab (CotWindow *self, CotCase *a_case)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      AdwTabPage *page = adw_tab_view_get_nth_page (view, i);
      CotLog *log = cot_log_page_get_log (cot_window_get_log_page (page));

      if (COT_IS_MERGED_LOG (log) && cot_merged_log_has_case (COT_MERGED_LOG (log), a_case))
        return page;
    }
  return NULL;
}

static const char *
get_device_of (CotMergedLog *merged, guint index)
{
  return cot_case_get_log_device (cot_merged_log_get_case (merged, index),
                                  cot_merged_log_get_log (merged, index));
}

static gboolean
lists_device (GPtrArray *logs, CotCase *a_case, const char *device)
{
  for (guint i = 0; i < logs->len; i++)
    {
      const CotCodeLog *log = g_ptr_array_index (logs, i);

      if (log->a_case == a_case
          && g_strcmp0 (cot_case_get_log_device (a_case, log->log), device) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
merges_device (CotMergedLog *merged, CotCase *a_case, const char *device)
{
  for (guint i = 0; i < cot_merged_log_get_n_logs (merged); i++)
    if (cot_merged_log_get_case (merged, i) == a_case
        && g_strcmp0 (get_device_of (merged, i), device) == 0)
      return TRUE;
  return FALSE;
}

/* Each computer has merges of its own: logs come to a merge of just those that they are of. */
static gboolean
has_same_devices (CotMergedLog *merged, GPtrArray *logs)
{
  for (guint i = 0; i < cot_merged_log_get_n_logs (merged); i++)
    if (!lists_device (logs, cot_merged_log_get_case (merged, i), get_device_of (merged, i)))
      return FALSE;
  for (guint i = 0; i < logs->len; i++)
    {
      const CotCodeLog *log = g_ptr_array_index (logs, i);

      if (!merges_device (merged, log->a_case,
                          cot_case_get_log_device (log->a_case, log->log)))
        return FALSE;
    }
  return TRUE;
}

static CotMergedLog *
get_merged (AdwTabPage *page)
{
  return COT_MERGED_LOG (cot_log_page_get_log (cot_window_get_log_page (page)));
}

/**
 * cot_window_find_merged:
 * @a_case: a case
 *
 * Returns: (transfer none) (nullable): the merge that has logs of it, in the first tab that shows
 *   one
 */
CotMergedLog *
cot_window_find_merged (CotWindow *self, CotCase *a_case)
{
  AdwTabPage *page = a_case != NULL ? find_merged_tab (self, a_case) : NULL;

  return page != NULL ? get_merged (page) : NULL;
}

/* (nullable): the merge that the logs come to. @group_name: (nullable): what shows a group is for
 * that one alone. */
static CotMergedLog *
find_merge_for (CotWindow *self, GPtrArray *logs, const char *group_name)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      AdwTabPage *page = adw_tab_view_get_nth_page (view, i);
      CotLog *log = cot_log_page_get_log (cot_window_get_log_page (page));

      if (COT_IS_MERGED_LOG (log) && has_same_devices (COT_MERGED_LOG (log), logs)
          && g_strcmp0 (cot_merged_log_get_group_name (COT_MERGED_LOG (log)), group_name) == 0)
        return COT_MERGED_LOG (log);
    }
  return NULL;
}

/* (nullable): of a case, the first merge that has the log. */
static CotMergedLog *
find_merge_of (CotWindow *self, CotLog *log)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      CotLog *other = cot_log_page_get_log (
          cot_window_get_log_page (adw_tab_view_get_nth_page (view, i)));

      if (COT_IS_MERGED_LOG (other)
          && cot_merged_log_find_log (COT_MERGED_LOG (other), log) >= 0)
        return COT_MERGED_LOG (other);
    }
  return NULL;
}

/**
 * cot_window_has_log_anywhere:
 * @log: a log
 *
 * Returns: whether a tab of any window of the application shows it alone
 */
gboolean
cot_window_has_log_anywhere (CotWindow *self, CotLog *log)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = application != NULL ? gtk_application_get_windows (application) : NULL;

  if (cot_window_has_log (self, log))
    return TRUE;
  for (GList *item = windows; item != NULL; item = item->next)
    if (COT_IS_WINDOW (item->data) && cot_window_has_log (item->data, log))
      return TRUE;
  return FALSE;
}

/**
 * cot_window_is_shown_anywhere:
 * @log: a log
 *
 * Tabs can be moved to other windows.
 *
 * Returns: whether a tab of any window of the application shows it, alone or together with others
 */
gboolean
cot_window_is_shown_anywhere (CotWindow *self, CotLog *log)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = application != NULL ? gtk_application_get_windows (application) : NULL;

  if (cot_window_has_log_anywhere (self, log) || find_merge_of (self, log) != NULL)
    return TRUE;
  for (GList *item = windows; item != NULL; item = item->next)
    if (COT_IS_WINDOW (item->data) && find_merge_of (item->data, log) != NULL)
      return TRUE;
  return FALSE;
}

static void
update_sidebar (CotWindow *self)
{
  CotLog *front = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;
  CotMergedLog *merged = NULL;

  /* Of several, the one in front, or one that has the log in front. */
  if (COT_IS_MERGED_LOG (front)
      && cot_merged_log_has_case (COT_MERGED_LOG (front), self->sidebar_case))
    merged = COT_MERGED_LOG (front);
  else if (front != NULL)
    merged = find_merge_of (self, front);
  if (merged == NULL || !cot_merged_log_has_case (merged, self->sidebar_case))
    merged = cot_window_find_merged (self, self->sidebar_case);
  cot_bundle_sidebar_set_merged (COT_BUNDLE_SIDEBAR (self->sidebar), merged,
                                 merged != NULL && COT_LOG (merged) == front);
}

/**
 * cot_window_update_merged:
 *
 * What the window tells of merges, besides the tabs.
 */
void
cot_window_update_merged (CotWindow *self)
{
  update_sidebar (self);
  cot_window_update_title (self);
  cot_window_update_badge (self);
}

/* (element-type CotCodeLog): logs with their cases. @into: (nullable): the merge that they come to;
 * else one of the same computers, in a tab of its own where there is none yet. @group_name:
 * (nullable): what they are called together; where others come, that is not true any more.
 * Returns: (transfer none) (nullable): the merge, whose tab owns it. */
static CotMergedLog *
merge_logs (CotWindow *self, GPtrArray *logs, CotMergedLog *into, const char *group_name)
{
  g_autoptr (CotMergedLog) merged = NULL;

  if (logs->len == 0)
    return NULL;
  if (into == NULL)
    into = find_merge_for (self, logs, group_name);
  merged = into != NULL ? g_object_ref (into) : cot_merged_log_new ();
  cot_merged_log_begin_change (merged);
  for (guint i = 0; i < MIN (logs->len, MAX_MERGED); i++)
    {
      const CotCodeLog *log = g_ptr_array_index (logs, i);
      int index = cot_merged_log_find_log (merged, log->log);

      if (index >= 0)
        cot_merged_log_set_on (merged, (guint) index, TRUE);
      else if (cot_merged_log_add (merged, log->a_case, log->log))
        cot_merged_log_set_group_name (merged, group_name);
    }
  cot_merged_log_end_change (merged);
  cot_window_add_tab (self, cot_merged_log_get_case (merged, 0), COT_LOG (merged), TRUE);
  if (logs->len > MAX_MERGED)
    {
      g_autofree char *sentence = g_strdup_printf (
          _("Only the first %u of %u logs were merged"), (guint) MAX_MERGED, logs->len);

      cot_window_show_toast (self, sentence);
    }
  return merged;
}

static GPtrArray *
new_log_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cot_code_log_free);
}

static void
add_log (GPtrArray *logs, CotCase *a_case, CotLog *log)
{
  g_ptr_array_add (logs, cot_code_log_new (a_case, log));
}

/* A single log is merged with the one in front: of the same computer, or where the bundle has no
 * merge at all. */
static gboolean
goes_with_front (CotWindow *self, GPtrArray *logs, CotLog *front)
{
  const CotCodeLog *single = g_ptr_array_index (logs, 0);

  if (logs->len > 1 || front == NULL || COT_IS_MERGED_LOG (front) || front == single->log
      || find_merge_for (self, logs, NULL) != NULL)
    return FALSE;
  return g_strcmp0 (cot_case_get_log_device (single->a_case, front),
                    cot_case_get_log_device (single->a_case, single->log))
             == 0
         || find_merged_tab (self, single->a_case) == NULL;
}

/**
 * cot_window_merge_members:
 * @members: (element-type CotLog): logs of the bundle whose members are shown
 * @into: (nullable): the merge that they are added to; %NULL: that of their computer
 *
 * Without a merge, a single log is merged with the one in front.
 */
void
cot_window_merge_members (CotWindow *self, GPtrArray *members, CotMergedLog *into)
{
  g_autoptr (GPtrArray) logs = new_log_list ();
  CotCase *a_case = self->sidebar_case;
  CotLog *front = self->page != NULL && cot_log_page_get_case (self->page) == a_case
                      ? cot_log_page_get_log (self->page)
                      : NULL;

  if (a_case == NULL || members->len == 0)
    return;
  for (guint i = 0; i < members->len; i++)
    add_log (logs, a_case, g_ptr_array_index (members, i));
  if (into == NULL && goes_with_front (self, logs, front))
    g_ptr_array_insert (logs, 0, cot_code_log_new (a_case, front));
  merge_logs (self, logs, into, NULL);
}

/**
 * cot_window_get_device:
 *
 * Of a case of several computers, one is meant at a time: that of the log in front or, in a merge,
 * of the selected row; or the first.
 *
 * Returns: (transfer none) (nullable): its name; %NULL: the case is of one computer
 */
const char *
cot_window_get_device (CotWindow *self)
{
  CotCase *a_case = cot_window_get_row_case (self);
  CotLog *front = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;
  const char *device = NULL;
  guint64 ordinal;

  if (a_case == NULL || cot_case_get_n_devices (a_case) < 2)
    return NULL;
  if (COT_IS_MERGED_LOG (front))
    device = cot_merged_log_get_device (COT_MERGED_LOG (front));
  if (device == NULL && COT_IS_MERGED_LOG (front))
    front = cot_log_page_get_selected_entry (self->page, &ordinal);
  if (device == NULL && front != NULL)
    device = cot_case_get_log_device (a_case, front);
  return device != NULL ? device : cot_case_get_nth_device (a_case, 0);
}

/**
 * cot_window_merge_named:
 * @names: ends with %NULL
 * @group_name: what they are called together
 *
 * Merges those logs that are in the case that is looked at.
 *
 * Returns: how many there are
 */
guint
cot_window_merge_named (CotWindow *self, const char *const *names, const char *group_name)
{
  g_autoptr (GPtrArray) logs = new_log_list ();
  CotCase *a_case = cot_window_get_row_case (self);
  g_autoptr (GHashTable) here = NULL;

  if (a_case == NULL)
    return 0;
  here = cot_log_groups_list_case (cot_session_get_knowledge (self->session), a_case,
                                   cot_window_get_device (self));
  for (guint i = 0; names[i] != NULL; i++)
    {
      CotLog *log = cot_log_groups_find (here, names[i]);

      if (log != NULL)
        add_log (logs, a_case, log);
    }
  merge_logs (self, logs, NULL, group_name);
  return logs->len;
}

/* (nullable): where to what is opened together comes, while its tab is there. */
static CotMergedLog *
get_opened_merge (CotWindow *self)
{
  return self->opened_merge != NULL && cot_window_has_log (self, COT_LOG (self->opened_merge))
             ? self->opened_merge
             : NULL;
}

/* Those that were opened together, as far as they are still open. */
static CotMergedLog *
merge_opened (CotWindow *self, CotMergedLog *into)
{
  g_autoptr (GPtrArray) logs = new_log_list ();

  for (guint i = 0; i < self->opened->len; i++)
    {
      const CotCodeLog *opened = g_ptr_array_index (self->opened, i);

      if (cot_case_find_log (opened->a_case, opened->log) >= 0)
        add_log (logs, opened->a_case, opened->log);
    }
  g_ptr_array_set_size (self->opened, 0);
  return merge_logs (self, logs, into, NULL);
}

static void
on_merge_opened (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  merge_opened (COT_WINDOW (data), NULL);
}

/* Also once that is not offered any more. */
static void
on_merge_tabs (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);
  g_autoptr (GPtrArray) logs = new_log_list ();

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      CotLogPage *page = cot_window_get_log_page (adw_tab_view_get_nth_page (view, i));

      if (!COT_IS_MERGED_LOG (cot_log_page_get_log (page)))
        add_log (logs, cot_log_page_get_case (page), cot_log_page_get_log (page));
    }
  if (logs->len > 1)
    merge_logs (self, logs, NULL, NULL);
  else
    cot_window_show_toast (self, _("Open two logs or more first"));
}

static void
offer (CotWindow *self, guint n)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u log opened", "%u logs opened", n), n);

  self->has_offered_merge = TRUE;
  cot_window_show_offer (self, title, _("_Merge by Time"), "win.merge-opened");
}

/**
 * cot_window_begin_opening:
 *
 * What is opened from here on, until cot_window_end_opening(), belongs together.
 */
void
cot_window_begin_opening (CotWindow *self)
{
  g_ptr_array_set_size (self->opened, 0);
  g_clear_weak_pointer (&self->opened_merge);
  self->has_offered_merge = FALSE;
}

/**
 * cot_window_forget_opened:
 * @log: a log whose tab was closed
 *
 * It is not among those that can still be merged.
 */
void
cot_window_forget_opened (CotWindow *self, CotLog *log)
{
  for (guint i = self->opened->len; i > 0; i--)
    if (((CotCodeLog *) g_ptr_array_index (self->opened, i - 1))->log == log)
      g_ptr_array_remove_index (self->opened, i - 1);
}

static void
add_bundle_logs (GPtrArray *logs, CotCase *a_case)
{
  for (guint i = 0; i < cot_case_get_n_logs (a_case); i++)
    {
      CotLog *log = cot_case_get_log (a_case, i);
      int member = cot_case_find_member (a_case, log);

      if (member < 0 || cot_case_get_newest_member (a_case, (guint) member) == (guint) member)
        add_log (logs, a_case, log);
    }
}

/**
 * cot_window_merge_bundle:
 * @a_case: a bundle whose members can be read now
 *
 * Adds those to the merge of what was opened with it that are not there yet.
 */
void
cot_window_merge_bundle (CotWindow *self, CotCase *a_case)
{
  CotMergedLog *into = get_opened_merge (self);
  g_autoptr (GPtrArray) logs = new_log_list ();

  add_bundle_logs (logs, a_case);
  for (guint i = logs->len; into != NULL && i > 0; i--)
    if (cot_merged_log_find_log (into, ((CotCodeLog *) g_ptr_array_index (logs, i - 1))->log) >= 0)
      g_ptr_array_remove_index (logs, i - 1);
  into = merge_logs (self, logs, into, NULL);
  if (into != NULL)
    g_set_weak_pointer (&self->opened_merge, into);
}

/**
 * cot_window_note_opened:
 * @a_case: the case
 * @log: (nullable): a loose log of it; %NULL: the case is a bundle
 *
 * Returns: whether it is going to be shown merged, and needs no tab of its own
 */
gboolean
cot_window_note_opened (CotWindow *self, CotCase *a_case, CotLog *log)
{
  if (log != NULL)
    add_log (self->opened, a_case, log);
  else if (self->merges_opened)
    add_bundle_logs (self->opened, a_case);
  return self->merges_opened;
}

/**
 * cot_window_end_opening:
 *
 * All is open: several logs can be merged, or are, where that was asked for.
 */
void
cot_window_end_opening (CotWindow *self)
{
  if (self->merges_opened && self->opened->len > 0)
    {
      CotMergedLog *merged = merge_opened (self, get_opened_merge (self));

      g_set_weak_pointer (&self->opened_merge, merged);
    }
  else if (!self->has_offered_merge)
    {
      if (self->opened->len > 1)
        offer (self, self->opened->len);
      else
        g_ptr_array_set_size (self->opened, 0);
    }
  self->merges_opened = FALSE;
}

/**
 * cot_window_merge_next:
 *
 * What is opened next is shown merged.
 */
void
cot_window_merge_next (CotWindow *self)
{
  self->merges_opened = TRUE;
}

/**
 * cot_window_give_up_log:
 * @a_case: its case
 * @log: a log that no tab shows any more
 *
 * A loose log is not looked at any more; a member stays in its bundle.
 */
void
cot_window_give_up_log (CotCase *a_case, CotLog *log)
{
  cot_log_set_following (log, FALSE);
  if (!cot_case_is_bundle (a_case))
    cot_case_remove_log (a_case, log);
}

/**
 * cot_window_close_merged:
 * @merged: a merge whose tab was closed
 *
 * Loose logs without a tab of their own go with it.
 */
void
cot_window_close_merged (CotWindow *self, CotMergedLog *merged)
{
  for (guint i = cot_merged_log_get_n_logs (merged); i > 0; i--)
    {
      g_autoptr (CotCase) a_case = g_object_ref (cot_merged_log_get_case (merged, i - 1));
      g_autoptr (CotLog) log = g_object_ref (cot_merged_log_get_log (merged, i - 1));

      if (!cot_window_is_shown_anywhere (self, log))
        cot_window_give_up_log (a_case, log);
    }
}

static void
on_show_merged (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotMergedLog *merged = cot_window_find_merged (self, self->current_case);

  if (merged != NULL)
    cot_window_focus_log (self, COT_LOG (merged));
}

/* The selected entry where its log stands alone. */
static void
on_show_own_tab (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  guint64 ordinal;
  CotLog *log = self->page != NULL ? cot_log_page_get_selected_entry (self->page, &ordinal) : NULL;
  CotLog *front = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;
  int index;

  if (log == NULL || !COT_IS_MERGED_LOG (front))
    return;
  index = cot_merged_log_find_log (COT_MERGED_LOG (front), log);
  if (index >= 0)
    cot_window_go_to_alone (self, cot_merged_log_get_case (COT_MERGED_LOG (front), (guint) index),
                            log, ordinal);
}

static void
on_merge_log_group (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotKnowledge *knowledge = cot_session_get_knowledge (self->session);
  const char *id = g_variant_get_string (parameter, NULL);
  g_auto (GStrv) names = cot_log_groups_dup_logs (knowledge, id);
  const char *title = cot_log_groups_get_title (knowledge, id);

  if (names == NULL || cot_window_merge_named (self, (const char *const *) names, title) == 0)
    cot_window_show_toast (self, _("None of these logs is among those that are open."));
}

/**
 * cot_window_add_merge_menu:
 * @menu: the menu of the rows of a merge
 */
void
cot_window_add_merge_menu (GMenu *menu)
{
  g_menu_append (menu, _("Show in Its Own _Tab"), "win.show-own-tab");
}

static const GActionEntry actions[] = {
  { .name = "merge-opened", .activate = on_merge_opened },
  { .name = "merge-log-group", .activate = on_merge_log_group, .parameter_type = "s" },
  { .name = "merge-tabs", .activate = on_merge_tabs },
  { .name = "show-merged", .activate = on_show_merged },
  { .name = "show-own-tab", .activate = on_show_own_tab },
};

void
cot_window_init_merge (CotWindow *self)
{
  self->opened = new_log_list ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_swapped (self->sidebar, "merge-logs", G_CALLBACK (cot_window_merge_members),
                            self);
}
