/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-bundle-sidebar-private.h"

#include <glib/gi18n.h>

#include "cot-merge-button.h"

static void
on_merge_section (GtkWidget *button, gpointer data)
{
  CotBundleSidebar *self = COT_BUNDLE_SIDEBAR (gtk_widget_get_ancestor (button,
                                                                        COT_TYPE_BUNDLE_SIDEBAR));
  CotMemberRow *first = data;
  g_autoptr (GPtrArray) logs = g_ptr_array_new ();
  GtkListBoxRow *row;

  for (int i = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (first));
       (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    {
      CotMemberRow *member = COT_MEMBER_ROW (row);
      CotLog *log = cot_member_row_get_log (member);

      if (g_strcmp0 (cot_member_row_get_device (member), cot_member_row_get_device (first)) != 0
          || !g_str_equal (cot_member_row_get_section (member),
                           cot_member_row_get_section (first)))
        break;
      if (log != NULL && !g_ptr_array_find (logs, log, NULL)
          && !cot_member_row_is_older (member))
        g_ptr_array_add (logs, log);
    }
  g_signal_emit_by_name (self, "merge-logs", logs);
}

/* The logs under a heading in the order of their times. */
GtkWidget *
cot_bundle_sidebar_make_section_button (CotMemberRow *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("view-list-bullet-symbolic");
  /* Translators: the logs under that heading */
  g_autofree char *label
      = g_strdup_printf (_("Merge by Time: %s"), cot_member_row_get_section (row));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "unfold");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_merge_section), row);
  return button;
}

static void
show_stripes (CotBundleSidebar *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL;
       i++)
    {
      CotLog *log = cot_member_row_get_log (COT_MEMBER_ROW (row));
      int index = self->merged != NULL && log != NULL
                      ? cot_merged_log_find_log (self->merged, log)
                      : -1;

      cot_member_row_set_merged (
          COT_MEMBER_ROW (row), index >= 0 ? cot_merge_get_stripe_class ((guint) index) : NULL,
          index >= 0 && cot_merged_log_get_on (self->merged, (guint) index));
    }
}

/* Those of this bundle: others may be merged with them. */
static guint
count_on (CotBundleSidebar *self)
{
  guint n = 0;

  for (guint i = 0; i < cot_merged_log_get_n_logs (self->merged); i++)
    n += cot_merged_log_get_on (self->merged, i)
         && cot_merged_log_get_case (self->merged, i) == self->a_case;
  return n;
}

void
cot_bundle_sidebar_show_merged (CotBundleSidebar *self)
{
  guint n_logs = self->a_case != NULL ? cot_case_get_n_logs (self->a_case) : 0;
  guint n_on = self->merged != NULL ? count_on (self) : 0;
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;

  gtk_widget_set_visible (self->merged_row, self->merged != NULL);
  cot_merge_button_set_log (COT_MERGE_BUTTON (self->merge_button), self->merged);
  show_stripes (self);
  if (self->merged == NULL)
    return;
  /* Translators: so many of all logs are shown in one */
  text = g_strdup_printf (_("%u of %u"), n_on, n_logs);
  label = g_strdup_printf (_("Merged view, %u of %u logs"), n_on, n_logs);
  gtk_label_set_text (GTK_LABEL (self->merged_count), text);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_first_child (self->merged_row)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static CotLog *
get_menu_log (CotBundleSidebar *self)
{
  return self->menu_row != NULL ? cot_member_row_get_log (COT_MEMBER_ROW (self->menu_row)) : NULL;
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CotLog *log = get_menu_log (COT_BUNDLE_SIDEBAR (widget));

  if (log != NULL)
    g_signal_emit_by_name (widget, "log-chosen", log);
}

/* In the merged view it is switched off, where it shows there. */
static void
on_merge (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CotBundleSidebar *self = COT_BUNDLE_SIDEBAR (widget);
  CotLog *log = get_menu_log (self);
  int index = self->merged != NULL && log != NULL ? cot_merged_log_find_log (self->merged, log)
                                                  : -1;
  g_autoptr (GPtrArray) logs = g_ptr_array_new ();

  if (log == NULL)
    return;
  if (index >= 0)
    {
      cot_merged_log_set_on (self->merged, (guint) index,
                             !cot_merged_log_get_on (self->merged, (guint) index));
      return;
    }
  g_ptr_array_add (logs, log);
  g_signal_emit_by_name (self, "merge-logs", logs);
}

static GMenuModel *
make_menu (CotBundleSidebar *self)
{
  GMenu *menu = g_menu_new ();
  int index = self->merged != NULL ? cot_merged_log_find_log (self->merged, get_menu_log (self))
                                   : -1;

  g_menu_append (menu, _("_Open in Its Own Tab"), "sidebar.open");
  if (index < 0)
    g_menu_append (menu, _("_Add to Merged View"), "sidebar.merge");
  else if (cot_merged_log_get_on (self->merged, (guint) index))
    g_menu_append (menu, _("Switch O_ff in Merged View"), "sidebar.merge");
  else
    g_menu_append (menu, _("Switch O_n in Merged View"), "sidebar.merge");
  return G_MENU_MODEL (menu);
}

/* The focus goes back to where the menu was asked for. */
static void
on_menu_closed (CotBundleSidebar *self)
{
  if (self->menu_row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->menu_row));
}

static void
popup_menu (CotBundleSidebar *self, GtkListBoxRow *row, double x_px, double y_px)
{
  g_autoptr (GMenuModel) model = NULL;

  if (row == NULL || cot_member_row_get_log (COT_MEMBER_ROW (row)) == NULL)
    return;
  g_set_weak_pointer (&self->menu_row, row);
  model = make_menu (self);
  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      g_signal_connect_swapped (self->menu, "closed", G_CALLBACK (on_menu_closed), self);
    }
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle){ (int) x_px, (int) y_px, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_right_click (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  CotBundleSidebar *self = COT_BUNDLE_SIDEBAR (data);
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (GTK_LIST_BOX (self->list), (int) y);
  double x_px, y_px;

  gtk_widget_translate_coordinates (self->list, GTK_WIDGET (self), x, y, &x_px, &y_px);
  popup_menu (self, row, x_px, y_px);
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  CotBundleSidebar *self = COT_BUNDLE_SIDEBAR (widget);
  GtkWidget *focus = gtk_widget_get_focus_child (self->list);
  graphene_rect_t bounds;

  if (focus == NULL || !GTK_IS_LIST_BOX_ROW (focus)
      || !gtk_widget_compute_bounds (focus, widget, &bounds))
    return FALSE;
  popup_menu (self, GTK_LIST_BOX_ROW (focus), bounds.origin.x + 12,
              bounds.origin.y + bounds.size.height);
  return TRUE;
}

GtkWidget *
cot_bundle_sidebar_make_merged_row (CotBundleSidebar *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (_("Merged view"));
  GtkGesture *click = gtk_gesture_click_new ();

  self->merged_count = gtk_label_new (NULL);
  self->merge_button = cot_merge_button_new ();
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (self->merged_count, "numeric");
  gtk_widget_add_css_class (self->merged_count, "member-count");
  gtk_box_append (GTK_BOX (content), name);
  gtk_box_append (GTK_BOX (content), self->merged_count);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-merged");
  gtk_widget_set_valign (self->merge_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row, "merged-row");
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (row), self->merge_button);
  gtk_widget_set_visible (row, FALSE);
  self->merged_row = row;
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_right_click), self);
  gtk_widget_add_controller (self->list, GTK_EVENT_CONTROLLER (click));
  return row;
}

/**
 * cot_bundle_sidebar_set_merged:
 * @merged: (nullable): the merged view of logs of the bundle
 * @is_front: whether its tab is in front
 */
void
cot_bundle_sidebar_set_merged (CotBundleSidebar *self, CotMergedLog *merged, gboolean is_front)
{
  g_return_if_fail (COT_IS_BUNDLE_SIDEBAR (self));

  if (self->merged != merged)
    {
      if (self->merged != NULL)
        g_signal_handlers_disconnect_by_data (self->merged, self);
      g_set_object (&self->merged, merged);
      if (merged != NULL)
        g_signal_connect_swapped (merged, "logs-changed",
                                  G_CALLBACK (cot_bundle_sidebar_show_merged), self);
    }
  if (is_front)
    gtk_widget_add_css_class (self->merged_row, "in-front");
  else
    gtk_widget_remove_css_class (self->merged_row, "in-front");
  cot_bundle_sidebar_show_merged (self);
}

void
cot_bundle_sidebar_merge_class_init (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sidebar.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "sidebar.merge", NULL, on_merge);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, on_menu_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu_key, NULL);
}

void
cot_bundle_sidebar_merge_dispose (CotBundleSidebar *self)
{
  g_clear_weak_pointer (&self->menu_row);
  if (self->merged != NULL)
    g_signal_handlers_disconnect_by_data (self->merged, self);
  g_clear_object (&self->merged);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
}
