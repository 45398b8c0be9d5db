/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-bundle-sidebar-private.h"

/* A list box makes each of its rows a stop of Tab, and selects the row that the focus comes to.
 * Here the list is one stop, with the arrows inside, and what is selected is the log that is shown
 * until another one is chosen. */

static GtkDirectionType
get_direction (GVariant *args)
{
  return g_variant_get_boolean (args) ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD;
}

/* Past the rows; what a row has inside comes first. */
static gboolean
on_tab (GtkWidget *list, GVariant *args, gpointer data)
{
  GtkDirectionType direction = get_direction (args);
  GtkWidget *row = gtk_widget_get_focus_child (list);

  if (row == NULL)
    return GDK_EVENT_PROPAGATE;
  if (gtk_widget_child_focus (row, direction))
    return GDK_EVENT_STOP;
  /* A list that cannot have the focus is passed by. */
  gtk_widget_set_can_focus (list, FALSE);
  g_signal_emit_by_name (list, "move-focus", direction);
  gtk_widget_set_can_focus (list, TRUE);
  return GDK_EVENT_STOP;
}

static void
on_row_selected (CotBundleSidebar *self)
{
  GtkListBoxRow *current = cot_bundle_sidebar_find_row (self, self->current);

  if (gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list)) != current)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), current);
}

static void
add_tab (GtkEventController *keys, guint key, GdkModifierType modifiers)
{
  GtkShortcut *shortcut
      = gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                          gtk_callback_action_new (on_tab, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_boolean (modifiers == 0));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

void
cot_bundle_sidebar_init_keys (CotBundleSidebar *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  add_tab (keys, GDK_KEY_Tab, 0);
  add_tab (keys, GDK_KEY_KP_Tab, 0);
  add_tab (keys, GDK_KEY_Tab, GDK_SHIFT_MASK);
  add_tab (keys, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK);
  gtk_widget_add_controller (self->list, keys);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (on_row_selected), self);
}
