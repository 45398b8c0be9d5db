/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-filter-sentences.h"
#include "cot-saved-filters.h"

static CotFilterBar *
get_bar (CotWindow *self)
{
  return COT_FILTER_BAR (self->filter_bar);
}

static void
show_result (CotWindow *self)
{
  gboolean failed = FALSE;
  g_autofree char *result
      = self->page != NULL ? cot_log_page_dup_filter_result (self->page, &failed) : g_strdup ("");

  cot_filter_bar_set_result (get_bar (self), result, failed);
}

/* The bar goes away with its last condition: the focus goes to the rows. */
static void
leave_empty_bar (CotWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (self->page != NULL && focus != NULL && gtk_widget_is_ancestor (focus, self->filter_bar)
      && !cot_filter_bar_has_chips (get_bar (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->page));
}

void
cot_window_on_filter_bar_changed (CotWindow *self)
{
  g_autoptr (GPtrArray) clauses = cot_filter_bar_dup_clauses (get_bar (self));
  gboolean any = cot_filter_bar_get_any (get_bar (self));
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  self->filtering = TRUE;
  if (cot_filter_bar_get_all_tabs (get_bar (self)))
    for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
      {
        AdwTabPage *page = adw_tab_view_get_nth_page (view, i);

        cot_log_page_set_filter (cot_window_get_log_page (page), clauses, any);
      }
  else if (self->page != NULL)
    cot_log_page_set_filter (self->page, clauses, any);
  self->filtering = FALSE;
  show_result (self);
  leave_empty_bar (self);
}

/* A page may switch its conditions off by itself: the chips follow, but not while they are what
 * changes. */
static void
on_page_filter_changed (CotLogPage *page, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (page != self->page)
    return;
  if (!self->filtering && cot_log_page_take_clauses_changed (page))
    cot_window_show_filter (self);
  show_result (self);
  cot_window_tell_of_log (self);
}

/**
 * cot_window_show_filter:
 *
 * The conditions of the page in front.
 */
void
cot_window_show_filter (CotWindow *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  cot_filter_bar_set_clauses (
      get_bar (self), self->page != NULL ? cot_log_page_get_clauses (self->page) : none,
      self->page != NULL && cot_log_page_get_any_clause (self->page));
  show_result (self);
}

typedef struct
{
  const char *label;
  const char *action;
} MenuItem;

static void
append_items (GMenu *menu, const MenuItem *items, guint n_items)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < n_items; i++)
    g_menu_append (section, _ (items[i].label), items[i].action);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static const MenuItem severity_items[] = {
  { N_ ("Only _Errors"), "win.filter-severity::error" },
  { N_ ("Only _Warnings and Errors"), "win.filter-severity::warning" },
  { N_ ("Only _Known Lines"), "win.filter-severity::" },
};

static GMenuModel *
make_row_menu (void)
{
  static const MenuItem only[] = {
    { N_ ("Only This Te_xt"), "win.filter-row::+text" },
    { N_ ("Only This _Component"), "win.filter-row::+component" },
    { N_ ("Only This _Thread"), "win.filter-row::+thread" },
    { N_ ("Only This _Severity"), "win.filter-row::+severity" },
  };
  static const MenuItem hide[] = {
    { N_ ("Hide This Text"), "win.filter-row::-text" },
    { N_ ("Hide This C_omponent"), "win.filter-row::-component" },
    { N_ ("Hide This T_hread"), "win.filter-row::-thread" },
    { N_ ("Hide This Se_verity"), "win.filter-row::-severity" },
  };
  GMenu *menu = g_menu_new ();

  append_items (menu, only, G_N_ELEMENTS (only));
  append_items (menu, hide, G_N_ELEMENTS (hide));
  append_items (menu, severity_items, G_N_ELEMENTS (severity_items));
  return G_MENU_MODEL (menu);
}

/**
 * cot_window_add_filter_menu:
 * @menu: what stands in the menu of a row
 */
void
cot_window_add_filter_menu (GMenu *menu)
{
  g_autoptr (GMenuModel) items = make_row_menu ();

  g_menu_append_submenu (menu, _ ("_Filter"), items);
}

/**
 * cot_window_watch_filter:
 * @page: a tab that was added to this window
 */
void
cot_window_watch_filter (CotWindow *self, CotLogPage *page)
{
  g_signal_connect_object (page, "filter-changed", G_CALLBACK (on_page_filter_changed), self, 0);
  if (cot_filter_bar_get_all_tabs (get_bar (self)))
    {
      g_autoptr (GPtrArray) clauses = cot_filter_bar_dup_clauses (get_bar (self));

      cot_log_page_set_filter (page, clauses, cot_filter_bar_get_any (get_bar (self)));
    }
  else if (self->first_filter != NULL)
    {
      g_autoptr (GPtrArray) clauses
          = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_filter_clause_free);

      g_ptr_array_add (clauses, cot_filter_clause_new (NULL, COT_CLAUSE_CONTAINS,
                                                       self->first_filter, FALSE));
      cot_log_page_set_filter (page, clauses, FALSE);
    }
}

/* "+component": a sign, and the field of the selected entry whose text is wanted. */
static void
on_filter_row (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  const char *target = g_variant_get_string (parameter, NULL);
  const char *field = target + 1;
  g_autofree char *value = NULL;

  if (self->page == NULL || *target == '\0')
    return;
  value = cot_log_page_dup_selected_text (self->page, field);
  if (value == NULL || *value == '\0')
    {
      cot_window_show_toast (self, _ ("Select an entry that has such a text first"));
      return;
    }
  cot_filter_bar_add (get_bar (self), field,
                      g_str_equal (field, "text") ? COT_CLAUSE_CONTAINS : COT_CLAUSE_IS, value,
                      *target == '-');
}

/* At least so bad; "": what detectors know. Takes the place of what was asked of the severity. */
static void
on_filter_severity (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *severity = g_variant_get_string (parameter, NULL);
  CotFilterBar *bar = get_bar (COT_WINDOW (data));

  if (*severity != '\0')
    cot_filter_bar_replace (bar, "severity", COT_CLAUSE_AT_LEAST, severity);
  else
    cot_filter_bar_replace (bar, "finding", COT_CLAUSE_IS, "any");
}

/* A text that was selected somewhere, and whether entries with it are hidden. */
static void
on_filter_text (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *text;
  gboolean excludes;

  g_variant_get (parameter, "(&sb)", &text, &excludes);
  if (COT_WINDOW (data)->page != NULL && *text != '\0')
    cot_filter_bar_add (get_bar (COT_WINDOW (data)), "text", COT_CLAUSE_CONTAINS, text, excludes);
}

/* A range of times, as in the filter language; "": of any time. */
static void
on_filter_time (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_filter_bar_set_range (get_bar (COT_WINDOW (data)), g_variant_get_string (parameter, NULL));
}

static void
on_filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_filter_bar_start (get_bar (COT_WINDOW (data)), g_variant_get_string (parameter, NULL));
}

/* Also in the other tabs, which the condition may be meant for later. What is new comes only where
 * the log is followed. */
static void
on_only_new (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M:%S");
  guint moment = cot_log_begin_moment ();

  if (self->page == NULL)
    return;
  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    cot_log_note_moment (cot_log_page_get_log (COT_LOG_PAGE (adw_tab_page_get_child (
                             adw_tab_view_get_nth_page (view, i)))),
                         moment);
  if (!cot_log_page_get_following (self->page))
    {
      cot_log_page_set_following (self->page, TRUE);
      cot_window_update_actions (self);
    }
  cot_filter_bar_set_moment (get_bar (self), moment, time);
}

static const struct
{
  const char *field;
  CotSnapshotNames names;
} named_fields[] = {
  { "component", COT_SNAPSHOT_COMPONENTS },
  { "thread", COT_SNAPSHOT_THREADS },
  { "origin", COT_SNAPSHOT_ORIGINS },
};

static void
add_names (CotLog *log, const char *field, GHashTable *into)
{
  if (g_str_equal (field, "log"))
    g_hash_table_add (into, g_strdup (cot_log_get_title (log)));
  for (guint i = 0; i < G_N_ELEMENTS (named_fields); i++)
    if (g_str_equal (field, named_fields[i].field))
      cot_log_add_names (log, named_fields[i].names, into);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *const *first = a;
  const char *const *second = b;
  int order = g_ascii_strcasecmp (*first, *second);

  return order != 0 ? order : strcmp (*first, *second);
}

/* What stands in the log in front. */
static char **
propose (const char *field, gpointer data)
{
  CotWindow *self = data;
  CotLog *log = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) sorted = NULL;
  GHashTableIter iter;
  gpointer name;

  if (log == NULL || field == NULL)
    return NULL;
  if (COT_IS_MERGED_LOG (log))
    for (guint i = 0; i < cot_merged_log_get_n_logs (COT_MERGED_LOG (log)); i++)
      add_names (cot_merged_log_get_log (COT_MERGED_LOG (log), i), field, names);
  else
    add_names (log, field, names);
  sorted = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_ptr_array_add (sorted, name);
      g_hash_table_iter_steal (&iter);
    }
  g_ptr_array_sort (sorted, compare_names);
  g_ptr_array_add (sorted, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&sorted), FALSE);
}

static void
on_clear_filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_filter_bar_clear (get_bar (COT_WINDOW (data)));
}

static GMenuModel *
make_saved_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_auto (GStrv) names = cot_saved_filters_dup_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      /* An underscore in a name is no mnemonic. */
      g_auto (GStrv) parts = g_strsplit (names[i], "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "filter.load", "s", names[i]);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
fill_filter_menu (CotWindow *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) fields = cot_filter_fields_new_menu ("win.filter");
  g_autoptr (GMenuModel) saved = make_saved_menu ();
  g_autoptr (GMenu) new = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();

  append_items (menu, severity_items, G_N_ELEMENTS (severity_items));
  g_menu_append (new, _ ("Only _New Entries From Now On"), "win.only-new");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (new));
  g_menu_append_section (menu, _ ("Add a condition"), G_MENU_MODEL (fields));
  if (g_menu_model_get_n_items (saved) > 0)
    g_menu_append_section (menu, _ ("Saved filters"), saved);
  g_menu_append (rest, _ ("Filter _All Tabs"), "filter.all-tabs");
  g_menu_append (rest, _ ("_Clear Filter"), "win.clear-filter");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->filter_button), G_MENU_MODEL (menu));
}

void
cot_window_init_filter (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "filter", .activate = on_filter, .parameter_type = "s" },
    { .name = "filter-row", .activate = on_filter_row, .parameter_type = "s" },
    { .name = "filter-severity", .activate = on_filter_severity, .parameter_type = "s" },
    { .name = "filter-text", .activate = on_filter_text, .parameter_type = "(sb)" },
    { .name = "filter-time", .activate = on_filter_time, .parameter_type = "s" },
    { .name = "clear-filter", .activate = on_clear_filter },
    { .name = "only-new", .activate = on_only_new },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "filter",
                                  cot_filter_bar_get_actions (get_bar (self)));
  cot_filter_bar_set_propose (get_bar (self), propose, self);
  g_signal_connect_swapped (self->filter_bar, "saved", G_CALLBACK (fill_filter_menu), self);
  fill_filter_menu (self);
}
