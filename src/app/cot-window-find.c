/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-find-all-dialog.h"

/* A text in the log in front, by the bar above it, and in all logs, by a list of its own. */

void
cot_window_find_again (CotWindow *self)
{
  CotFindBar *bar = COT_FIND_BAR (self->find_bar);
  CotFindQuestion question;

  if (self->page == NULL || !cot_find_bar_get_open (bar))
    return;
  cot_find_bar_get_question (bar, &question);
  cot_log_page_find (self->page, &question);
}

static void
on_find (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  cot_find_bar_set_open (COT_FIND_BAR (self->find_bar), TRUE);
  cot_window_set_action_state (self, "find-bar", TRUE);
  cot_window_find_again (self);
}

/* A text that was selected somewhere. */
static void
on_find_text (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_find_bar_set_text (COT_FIND_BAR (COT_WINDOW (data)->find_bar),
                         g_variant_get_string (parameter, NULL));
  on_find (NULL, NULL, data);
}

static void
on_find_bar (GSimpleAction *action, GVariant *state, gpointer data)
{
  if (g_variant_get_boolean (state))
    on_find (NULL, NULL, data);
  else
    cot_find_bar_set_open (COT_FIND_BAR (COT_WINDOW (data)->find_bar), FALSE);
}

static void
step (CotWindow *self, gboolean forward)
{
  if (!cot_find_bar_get_open (COT_FIND_BAR (self->find_bar)))
    on_find (NULL, NULL, self);
  else if (self->page != NULL)
    cot_log_page_find_step (self->page, forward);
}

static void
on_find_next (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (COT_WINDOW (data), TRUE);
}

static void
on_find_previous (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (COT_WINDOW (data), FALSE);
}

static void
on_bar_step (CotWindow *self, gboolean forward)
{
  if (self->page != NULL)
    cot_log_page_find_step (self->page, forward);
}

static void
on_bar_closed (CotWindow *self)
{
  const CotFindQuestion nothing = { "", COT_PATTERN_LITERAL, COT_COLUMN_TEXT };

  cot_window_set_action_state (self, "find-bar", FALSE);
  if (self->page == NULL)
    return;
  cot_log_page_find (self->page, &nothing);
  gtk_widget_grab_focus (GTK_WIDGET (self->page));
}

/* Of the window that stands behind the list. */
static GPtrArray *
list_logs (gboolean only_tabs, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  GPtrArray *logs = cot_window_list_logs (self);

  for (guint i = 0; only_tabs && i < logs->len;)
    {
      const CotCodeLog *place = g_ptr_array_index (logs, i);

      if (cot_window_is_shown_anywhere (self, place->log))
        i++;
      else
        g_ptr_array_remove_index (logs, i);
    }
  return logs;
}

static void
go_to (CotCase *a_case, CotLog *log, guint64 ordinal, gpointer data)
{
  cot_window_show_entry_behind (COT_WINDOW (data), a_case, log, ordinal);
}

static void
present_all (CotWindow *self, const CotFindQuestion *question)
{
  const CotFindAllClient client = { list_logs, go_to, self };

  cot_find_all_dialog_present (GTK_WINDOW (self), question, &client);
}

/* What the bar asks for already, if it is open. */
static void
on_find_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotFindBar *bar = COT_FIND_BAR (self->find_bar);
  CotFindQuestion question;

  cot_find_bar_get_question (bar, &question);
  present_all (self, cot_find_bar_get_open (bar) && *question.text != '\0' ? &question : NULL);
}

static void
on_find_all_text (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const CotFindQuestion question = { g_variant_get_string (parameter, NULL),
                                     COT_PATTERN_LITERAL | COT_PATTERN_CASELESS,
                                     COT_COLUMN_TEXT };

  if (*question.text != '\0')
    present_all (COT_WINDOW (data), &question);
}

/* Entries of the same thread, or with the same text, as the one that is selected. */
static void
on_find_all_row (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  const char *field = g_variant_get_string (parameter, NULL);
  g_autofree char *value
      = self->page != NULL ? cot_log_page_dup_selected_text (self->page, field) : NULL;
  CotFindQuestion question = { value, COT_PATTERN_LITERAL, COT_COLUMN_TEXT };

  if (value == NULL || *value == '\0')
    {
      cot_window_show_toast (self, _("Select an entry that has such a text first"));
      return;
    }
  if (g_str_equal (field, "thread"))
    question = (CotFindQuestion){ value, COT_PATTERN_LITERAL | COT_PATTERN_WHOLE_WORD,
                                  COT_COLUMN_THREAD };
  present_all (self, &question);
}

/* A field has the focus as soon as its bar opens, but is given no keys before it is on the screen,
 * which takes a frame: who types on meanwhile would lose letters. */
static gboolean
on_key_pressed (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType modifiers,
                gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (data));

  if (focus == NULL || !GTK_IS_TEXT (focus) || gtk_widget_get_mapped (focus)
      || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  return gtk_event_controller_key_forward (keys, focus);
}

static void
take_early_keys (CotWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
cot_window_init_find (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "find", .activate = on_find },
    { .name = "find-text", .activate = on_find_text, .parameter_type = "s" },
    { .name = "find-bar", .state = "false", .change_state = on_find_bar },
    { .name = "find-next", .activate = on_find_next },
    { .name = "find-previous", .activate = on_find_previous },
    { .name = "find-all", .activate = on_find_all },
    { .name = "find-all-text", .activate = on_find_all_text, .parameter_type = "s" },
    { .name = "find-all-row", .activate = on_find_all_row, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_swapped (self->find_bar, "find-changed", G_CALLBACK (cot_window_find_again),
                            self);
  g_signal_connect_swapped (self->find_bar, "step", G_CALLBACK (on_bar_step), self);
  g_signal_connect_swapped (self->find_bar, "closed", G_CALLBACK (on_bar_closed), self);
  take_early_keys (self);
}

/**
 * cot_window_add_find_menu:
 * @menu: what stands in the menu of a row
 */
void
cot_window_add_find_menu (GMenu *menu)
{
  g_autoptr (GMenu) items = g_menu_new ();

  g_menu_append (items, _("This _Text"), "win.find-all-row::text");
  g_menu_append (items, _("This T_hread"), "win.find-all-row::thread");
  g_menu_append_submenu (menu, _("Find in All _Logs"), G_MENU_MODEL (items));
}
