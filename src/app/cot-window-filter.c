/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-filter-sentences.h"

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

        cot_log_page_set_filter (COT_LOG_PAGE (adw_tab_page_get_child (page)), clauses, any);
      }
  else if (self->page != NULL)
    cot_log_page_set_filter (self->page, clauses, any);
  self->filtering = FALSE;
  show_result (self);
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

static GMenuModel *
make_row_menu (void)
{
  static const struct
  {
    const char *label;
    const char *target;
  } items[] = {
    { N_ ("Only This _Component"), "+component" }, { N_ ("Only This _Thread"), "+thread" },
    { N_ ("Hide This C_omponent"), "-component" }, { N_ ("Hide This T_hread"), "-thread" },
    { N_ ("Hide Entries _Like This Text"), "-text" },
  };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autofree char *action = g_strdup_printf ("win.filter-row::%s", items[i].target);

      g_menu_append (menu, _ (items[i].label), action);
    }
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
  g_signal_connect (page, "filter-changed", G_CALLBACK (on_page_filter_changed), self);
  if (cot_filter_bar_get_all_tabs (get_bar (self)))
    {
      g_autoptr (GPtrArray) clauses = cot_filter_bar_dup_clauses (get_bar (self));

      cot_log_page_set_filter (page, clauses, cot_filter_bar_get_any (get_bar (self)));
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

static void
on_filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_filter_bar_start (get_bar (COT_WINDOW (data)), g_variant_get_string (parameter, NULL));
}

static void
on_clear_filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_filter_bar_clear (get_bar (COT_WINDOW (data)));
}

void
cot_window_init_filter (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "filter", .activate = on_filter, .parameter_type = "s" },
    { .name = "filter-row", .activate = on_filter_row, .parameter_type = "s" },
    { .name = "clear-filter", .activate = on_clear_filter },
  };
  g_autoptr (GMenu) menu = cot_filter_fields_new_menu ("win.filter");
  g_autoptr (GMenu) clear = g_menu_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_menu_append (clear, _ ("_Clear Filter"), "win.clear-filter");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (clear));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->filter_button), G_MENU_MODEL (menu));
}
