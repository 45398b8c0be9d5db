/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

/* "Read As": a log in another format than the one its content was taken for. "Join Older Parts": a
 * log with the parts that its writer has put aside, or without them. */

#define ACTION "tab.read-as"
#define ENCODING_ACTION "tab.read-encoding"
#define JOIN_ACTION "tab.join-parts"

static void
append_choice (GMenu *menu, const char *name, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (name, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

/* What the bytes of letters beyond ASCII mean: most code pages look alike, so that somebody has to
 * say which one it is. */
static GMenuModel *
new_encoding_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) by_content = g_menu_new ();
  g_autoptr (GMenu) by_choice = g_menu_new ();
  const char *name;
  const char *id;

  g_menu_append (by_content, _("_What Its Content Says"), ENCODING_ACTION "::");
  for (guint i = 0; (id = cot_log_get_nth_encoding (i, &name)) != NULL; i++)
    append_choice (by_choice, name, ENCODING_ACTION, id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (by_content));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (by_choice));
  return G_MENU_MODEL (menu);
}

static GMenuModel *
new_menu (void)
{
  g_autoptr (GMenuModel) encodings = new_encoding_menu ();
  g_autoptr (GMenu) more = g_menu_new ();
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) by_content = g_menu_new ();
  g_autoptr (GMenu) by_choice = g_menu_new ();
  guint n = cot_log_get_n_formats ();

  g_menu_append (by_content, _("_What Its Content Says"), ACTION "::");
  for (guint i = 0; i < n; i++)
    {
      const char *name;
      const char *id = cot_log_get_nth_format (i, &name);

      append_choice (by_choice, name, ACTION, id);
    }
  g_menu_append_submenu (more, _("_Encoding"), encodings);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (by_content));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (by_choice));
  return G_MENU_MODEL (menu);
}

/* The tab stays where it is, and in front where it was. */
static AdwTabPage *
replace_tab (CotWindow *self, AdwTabPage *page, CotLog *log)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);
  CotLogPage *log_page = cot_window_get_log_page (page);
  int position = adw_tab_view_get_page_position (view, page);
  gboolean was_selected = adw_tab_view_get_selected_page (view) == page;
  AdwTabPage *newer;

  cot_window_add_tab (self, cot_log_page_get_case (log_page), log, was_selected);
  newer = cot_window_find_tab (self, log);
  adw_tab_view_reorder_page (view, newer, position);
  cot_window_keep_moved_log (self, cot_log_page_get_log (log_page), log);
  cot_window_replace_beside (self, cot_log_page_get_log (log_page), newer);
  adw_tab_view_close_page (view, page);
  return newer;
}

/* Where the user was in a log. */
typedef struct
{
  guint64 top;
  guint64 selected;
  gboolean has_top;
  gboolean has_selected;
} Spot;

#define SPOT_KEY "cot-window-spot"

/* Who has selected something else meanwhile stays there. */
static void
return_to_spot (CotLogPage *page)
{
  const Spot *spot = g_object_get_data (G_OBJECT (page), SPOT_KEY);
  CotLog *log = cot_log_page_get_log (page);
  CotDocumentState state = cot_log_get_state (log);
  guint64 ordinal;

  if (spot == NULL || state == COT_DOCUMENT_NEW || state == COT_DOCUMENT_LOADING)
    return;
  if (!cot_log_page_get_selected (page, &ordinal))
    cot_log_page_return_to (page, spot->has_top ? log : NULL, spot->top,
                            spot->has_selected ? log : NULL, spot->selected);
  g_object_set_data (G_OBJECT (page), SPOT_KEY, NULL);
}

static void
spot_init (Spot *self, CotLogPage *page)
{
  self->has_top = cot_log_page_get_top_entry (page, &self->top) != NULL;
  self->has_selected = cot_log_page_get_selected_entry (page, &self->selected) != NULL;
}

typedef struct
{
  CotLogPage *page;
  guint64 selected; /* in its log */
} MergeSpot;

static void
merge_spot_free (gpointer data)
{
  MergeSpot *spot = data;

  g_object_unref (spot->page);
  g_free (spot);
}

/* Another log in the place of that of the tab, with all that the user has done in it: it ends with
 * the tab. In another format it has other entries. */
static void
take_over (CotWindow *self, AdwTabPage *page, CotLog *log)
{
  g_autoptr (CotLogPage) before = g_object_ref (cot_window_get_log_page (page));
  gboolean is_following = cot_log_page_get_following (before);
  gboolean is_paused = cot_log_get_paused (cot_log_page_get_log (before));
  gboolean has_same_entries = g_strcmp0 (cot_log_get_chosen_format (log),
                                         cot_log_get_chosen_format (cot_log_page_get_log (before)))
                              == 0;
  GPtrArray *clauses = cot_log_page_get_clauses (before);
  Spot *spot = g_new0 (Spot, 1);
  CotLogPage *newer;

  if (has_same_entries)
    spot_init (spot, before);
  newer = cot_window_get_log_page (replace_tab (self, page, log));
  g_object_set_data_full (G_OBJECT (newer), SPOT_KEY, spot, g_free);
  g_signal_connect_object (log, "changed", G_CALLBACK (return_to_spot), newer,
                           G_CONNECT_SWAPPED);
  cot_log_page_set_following (newer, is_following);
  /* What was written by now is read first. */
  cot_log_set_paused (log, is_paused);
  if (clauses->len > 0)
    cot_log_page_set_filter (newer, clauses, cot_log_page_get_any_clause (before));
}

/* A merge in which the selected entry is of that log. */
static void
note_merge (GPtrArray *spots, CotLogPage *page, CotLog *log)
{
  MergeSpot *spot;
  guint64 ordinal;

  if (page == NULL || !COT_IS_MERGED_LOG (cot_log_page_get_log (page))
      || cot_log_page_get_selected_entry (page, &ordinal) != log)
    return;
  spot = g_new0 (MergeSpot, 1);
  spot->page = g_object_ref (page);
  spot->selected = ordinal;
  g_ptr_array_add (spots, spot);
}

static void
note_merges (GPtrArray *spots, CotWindow *self, CotLog *log)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    note_merge (spots, cot_window_get_log_page (adw_tab_view_get_nth_page (view, i)), log);
  note_merge (spots, cot_window_get_beside_page (self), log);
}

/**
 * cot_window_reread:
 * @a_case: the case of the log
 * @log: a log that may have tabs, and be part of merges
 * @read_as: how it is to be read
 *
 * Each of its tabs, in whatever window, shows it from then on as it did, and an entry of it that is
 * selected in a merge stays that.
 *
 * Returns: (transfer none) (nullable): the log that takes its place
 */
CotLog *
cot_window_reread (CotWindow *self, CotCase *a_case, CotLog *log, const CotReadAs *read_as)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));
  g_autoptr (CotLog) before = g_object_ref (log);
  g_autoptr (GPtrArray) merges = g_ptr_array_new_with_free_func (merge_spot_free);
  CotLog *newer;

  for (GList *item = windows; item != NULL; item = item->next)
    if (COT_IS_WINDOW (item->data))
      note_merges (merges, item->data, before);
  newer = cot_case_reread_log (a_case, log, read_as);
  for (guint i = 0; newer != NULL && i < merges->len; i++)
    {
      const MergeSpot *spot = g_ptr_array_index (merges, i);

      cot_log_page_return_to (spot->page, NULL, 0, newer, spot->selected);
    }
  for (GList *item = windows; newer != NULL && item != NULL; item = item->next)
    {
      AdwTabPage *page
          = COT_IS_WINDOW (item->data) ? cot_window_find_tab (item->data, before) : NULL;

      if (page != NULL)
        take_over (item->data, page, newer);
    }
  if (newer != NULL)
    cot_window_show_filter (self);
  return newer;
}

/**
 * cot_window_read_same:
 * @page: (nullable): the tab of a log whose entries are understood in another way now
 *
 * They are the same ones: the user stays where he is.
 */
void
cot_window_read_same (CotWindow *self, AdwTabPage *page)
{
  CotLogPage *log_page = page != NULL ? cot_window_get_log_page (page) : NULL;
  CotLog *log = log_page != NULL ? cot_log_page_get_log (log_page) : NULL;
  CotReadAs read_as;

  if (log == NULL || COT_IS_MERGED_LOG (log))
    return;
  read_as = *cot_log_get_read_as (log);
  cot_window_reread (self, cot_log_page_get_case (log_page), log, &read_as);
}

/**
 * cot_window_read_anew:
 * @page: (nullable): the tab of a log whose file was written anew
 *
 * What is in it now takes the place of what was, as it was read before.
 */
void
cot_window_read_anew (CotWindow *self, AdwTabPage *page)
{
  CotLogPage *log_page = page != NULL ? cot_window_get_log_page (page) : NULL;
  g_autoptr (CotLog) before = NULL;
  CotLog *log;

  if (log_page == NULL)
    return;
  before = g_object_ref (cot_log_page_get_log (log_page));
  log = cot_case_reopen_log (cot_log_page_get_case (log_page), before,
                             cot_log_get_chosen_format (before));
  if (log == NULL)
    return;
  replace_tab (self, page, log);
  cot_log_set_following (log, TRUE);
}

static void
on_read_as (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  const char *id = g_variant_get_string (parameter, NULL);
  AdwTabPage *page = cot_window_get_menu_page (self);
  CotLogPage *log_page;
  gboolean is_following, is_paused;
  CotLog *log;

  if (page == NULL)
    return;
  log_page = cot_window_get_log_page (page);
  log = cot_log_page_get_log (log_page);
  is_following = cot_log_page_get_following (log_page);
  is_paused = cot_log_get_paused (log);
  if (g_strcmp0 (cot_log_get_chosen_format (log), *id != '\0' ? id : NULL) == 0)
    return;
  log = cot_case_reopen_log (cot_log_page_get_case (log_page), log, *id != '\0' ? id : NULL);
  if (log == NULL)
    return;
  replace_tab (self, page, log);
  cot_log_set_following (log, is_following);
  cot_log_set_paused (log, is_paused);
}

static void
on_read_encoding (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  const char *id = cot_log_find_encoding (g_variant_get_string (parameter, NULL));
  AdwTabPage *page = cot_window_get_menu_page (self);
  CotLogPage *log_page = page != NULL ? cot_window_get_log_page (page) : NULL;
  CotLog *log = log_page != NULL ? cot_log_page_get_log (log_page) : NULL;
  CotReadAs read_as;

  if (log == NULL || COT_IS_MERGED_LOG (log))
    return;
  read_as = *cot_log_get_read_as (log);
  if (g_strcmp0 (read_as.encoding_id, id) == 0)
    return;
  read_as.encoding_id = id;
  cot_window_reread (self, cot_log_page_get_case (log_page), log, &read_as);
  cot_window_note_session (self, COT_SESSION_CHANGED);
}

/* (nullable): the bundle that the page's log is a member of. */
static CotCase *
find_bundle (AdwTabPage *page, guint *member)
{
  CotLogPage *log_page
      = page != NULL ? cot_window_get_log_page (page) : NULL;
  CotCase *a_case = log_page != NULL ? cot_log_page_get_case (log_page) : NULL;
  int index;

  if (a_case == NULL || !cot_case_is_bundle (a_case))
    return NULL;
  index = cot_case_find_member (a_case, cot_log_page_get_log (log_page));
  *member = (guint) index;
  return index >= 0 ? a_case : NULL;
}

/* The newest part may have no tab: then one of the others was asked. */
static void
on_join_parts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  AdwTabPage *page = cot_window_get_menu_page (self);
  guint member = 0;
  CotCase *a_case = find_bundle (page, &member);
  CotLog *log;

  if (a_case == NULL)
    return;
  if (cot_case_get_newest_member (a_case, member) != member)
    page = NULL;
  log = cot_case_set_joined (a_case, member, !cot_case_get_joined (a_case, member));
  if (log == NULL)
    return;
  if (page != NULL)
    replace_tab (self, page, log);
  else
    cot_window_add_tab (self, a_case, log, TRUE);
}

static void
update_join_parts (CotWindow *self, AdwTabPage *page)
{
  guint member = 0;
  guint n_older = 0;
  CotCase *a_case = find_bundle (page, &member);
  gboolean joined = a_case != NULL && cot_case_get_joined (a_case, member);

  if (a_case != NULL)
    cot_case_get_older_members (a_case, cot_case_get_newest_member (a_case, member), &n_older);
  g_simple_action_set_state (self->join_parts, g_variant_new_boolean (joined));
  g_simple_action_set_enabled (self->join_parts, n_older > 0);
}

static const GActionEntry actions[] = {
  { .name = "join-parts", .activate = on_join_parts, .state = "false" },
  { .name = "read-as", .activate = on_read_as, .parameter_type = "s", .state = "''" },
  { .name = "read-encoding",
    .activate = on_read_encoding,
    .parameter_type = "s",
    .state = "''" },
};

static void
set_choice (GSimpleAction *action, CotLog *log, const char *id)
{
  g_simple_action_set_state (action, g_variant_new_string (id != NULL ? id : ""));
  g_simple_action_set_enabled (action, log != NULL && !COT_IS_MERGED_LOG (log));
}

/**
 * cot_window_update_read_as:
 *
 * Checks what the log of the menu's tab is read as, and whether with its older parts.
 */
void
cot_window_update_read_as (CotWindow *self, AdwTabPage *page)
{
  CotLog *log = page != NULL ? cot_log_page_get_log (cot_window_get_log_page (page)) : NULL;
  CotReadAs read_as = { 0 };

  if (log != NULL)
    read_as = *cot_log_get_read_as (log);
  set_choice (self->read_as, log, read_as.format_id);
  set_choice (self->read_encoding, log, read_as.encoding_id);
  update_join_parts (self, page);
}

void
cot_window_init_read_as (CotWindow *self, GActionMap *tab_actions)
{
  g_autoptr (GMenuModel) menu = new_menu ();

  g_action_map_add_action_entries (tab_actions, actions, G_N_ELEMENTS (actions), self);
  self->read_as = G_SIMPLE_ACTION (g_action_map_lookup_action (tab_actions, "read-as"));
  self->read_encoding
      = G_SIMPLE_ACTION (g_action_map_lookup_action (tab_actions, "read-encoding"));
  self->join_parts = G_SIMPLE_ACTION (g_action_map_lookup_action (tab_actions, "join-parts"));
  g_menu_append_submenu (self->tab_read_menu, _("_Read As"), menu);
  g_menu_append_submenu (self->primary_read_menu, _("_Read As"), menu);
  g_menu_append (self->tab_read_menu, _("Join _Older Parts"), JOIN_ACTION);
  g_menu_append (self->primary_read_menu, _("Join _Older Parts"), JOIN_ACTION);
  g_menu_append (self->tab_read_menu, _("Mo_ve Clock…"), "tab.move-clock");
  g_menu_append (self->primary_read_menu, _("Mo_ve Clock…"), "win.move-clock");
  cot_window_update_read_as (self, NULL);
}
