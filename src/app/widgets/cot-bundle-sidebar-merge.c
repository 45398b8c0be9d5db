/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-bundle-sidebar-private.h"

#include <glib/gi18n.h>

#include "cot-log-stripe.h"
#include "cot-member-sentences.h"
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
  g_signal_emit_by_name (self, "merge-logs", logs, NULL);
}

/* The logs under a heading in the order of their times. */
GtkWidget *
cot_bundle_sidebar_make_section_button (CotMemberRow *row)
{
  /* Translators: the logs under a heading, in the order of their times */
  GtkWidget *button = gtk_button_new_with_label (_("Merge"));
  const char *device = cot_member_row_get_device (row);
  const char *section = cot_member_row_get_section (row);
  /* Translators: the logs under that heading, and of that computer */
  g_autofree char *label = device != NULL
                               ? g_strdup_printf (_("Merge by Time: %s, %s"), section, device)
                               : g_strdup_printf (_("Merge by Time: %s"), section);

  /* The label stands there instead of a tooltip, which would lie above the first of the logs. */
  gtk_widget_add_css_class (button, "section-merge");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
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
          COT_MEMBER_ROW (row), index >= 0,
          index >= 0 ? cot_log_stripe_of_number (
                           cot_merged_log_get_number (self->merged, (guint) index))
                     : 0);
    }
}

/* Those of this bundle, and where it is of several computers, of the one that is merged. */
static guint
count_all (CotBundleSidebar *self, const char *device)
{
  guint n = 0;

  if (device == NULL || cot_case_get_n_devices (self->a_case) < 2)
    return cot_case_get_n_logs (self->a_case);
  for (guint i = 0; i < cot_case_get_n_logs (self->a_case); i++)
    n += g_strcmp0 (cot_case_get_log_device (self->a_case, cot_case_get_log (self->a_case, i)),
                    device)
         == 0;
  return n;
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
  const char *device = self->merged != NULL ? cot_merged_log_get_device (self->merged) : NULL;
  guint n_logs, n_on;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;

  gtk_widget_set_visible (self->merged_row, self->merged != NULL);
  cot_merge_button_set_log (COT_MERGE_BUTTON (self->merge_button), self->merged);
  show_stripes (self);
  if (self->merged == NULL || self->a_case == NULL)
    return;
  n_logs = count_all (self, device);
  n_on = count_on (self);
  if (device == NULL || cot_case_get_n_devices (self->a_case) < 2)
    name = g_strdup (_("Merged view"));
  else
    {
      g_autofree char *visible = cot_sentence_dup_visible (device);

      /* Translators: the name of a computer whose logs are merged */
      name = g_strdup_printf (_("Merged: %s"), visible);
    }
  gtk_label_set_text (GTK_LABEL (self->merged_name), name);
  /* Translators: so many of all logs are shown in one */
  text = g_strdup_printf (_("%u of %u"), n_on, n_logs);
  label = g_strdup_printf (_("Merged view, %u of %u logs"), n_on, n_logs);
  gtk_label_set_text (GTK_LABEL (self->merged_count), text);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_first_child (self->merged_row)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
on_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CotBundleSidebar *self = COT_BUNDLE_SIDEBAR (widget);
  CotLog *log = self->menu_log;

  if (log != NULL && cot_case_find_log (self->a_case, log) >= 0)
    g_signal_emit_by_name (widget, "log-chosen", log);
}

/* In the merged view it is switched off, where it shows there. */
static void
merge_menu_log (CotBundleSidebar *self, CotMergedLog *into)
{
  CotLog *log = self->menu_log;
  int index = self->merged != NULL && log != NULL ? cot_merged_log_find_log (self->merged, log)
                                                  : -1;
  g_autoptr (GPtrArray) logs = g_ptr_array_new ();

  if (log == NULL || cot_case_find_log (self->a_case, log) < 0)
    return;
  if (index >= 0)
    {
      cot_merged_log_set_on (self->merged, (guint) index,
                             !cot_merged_log_get_on (self->merged, (guint) index));
      return;
    }
  g_ptr_array_add (logs, log);
  g_signal_emit_by_name (self, "merge-logs", logs, into);
}

static void
on_merge (GtkWidget *widget, const char *action, GVariant *parameter)
{
  merge_menu_log (COT_BUNDLE_SIDEBAR (widget), NULL);
}

static void
on_merge_into (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CotBundleSidebar *self = COT_BUNDLE_SIDEBAR (widget);

  merge_menu_log (self, self->merged);
}

/* (nullable): the computer of the log that the menu is of, where the bundle has several. */
static const char *
get_menu_device (CotBundleSidebar *self)
{
  return cot_case_get_n_devices (self->a_case) > 1
             ? cot_case_get_log_device (self->a_case, self->menu_log)
             : NULL;
}

static gboolean
merges_device (CotBundleSidebar *self, const char *device)
{
  for (guint i = 0; i < cot_merged_log_get_n_logs (self->merged); i++)
    {
      CotCase *a_case = cot_merged_log_get_case (self->merged, i);
      CotLog *log = cot_merged_log_get_log (self->merged, i);

      if (g_strcmp0 (cot_case_get_log_device (a_case, log), device) == 0)
        return TRUE;
    }
  return FALSE;
}

/* (nullable): of the log in front, where the menu is of another computer and nothing is merged. */
static const char *
get_front_device (CotBundleSidebar *self, const char *device)
{
  for (guint i = 0; i < cot_case_get_n_logs (self->a_case); i++)
    {
      CotLog *log = cot_case_get_log (self->a_case, i);
      const char *front
          = log == self->current ? cot_case_get_log_device (self->a_case, log) : NULL;

      if (front != NULL && g_strcmp0 (front, device) != 0)
        return front;
    }
  return NULL;
}

/* For a menu, where an underscore stands before a mnemonic. */
static char *
dup_menu_name (const char *device)
{
  g_autofree char *visible = cot_sentence_dup_visible (device);
  g_auto (GStrv) parts = g_strsplit (visible, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
append_choices (CotBundleSidebar *self, GMenu *menu, const char *device)
{
  const char *merged = cot_merged_log_get_device (self->merged);
  g_autofree char *name = dup_menu_name (device);
  g_autofree char *alone = g_strdup_printf (_("_Merge Only with Logs of %s"), name);
  g_autofree char *merged_name = merged != NULL ? dup_menu_name (merged) : NULL;
  g_autofree char *into = merged != NULL
                              ? g_strdup_printf (_("_Add to Merged View of %s"), merged_name)
                              : g_strdup (_("_Add to Merged View"));

  g_menu_append (menu, alone, "sidebar.merge");
  g_menu_append (menu, into, "sidebar.merge-into");
}

/* Logs of several computers come together only where the user says so. */
static void
append_merges (CotBundleSidebar *self, GMenu *menu)
{
  const char *device = get_menu_device (self);
  const char *front = device != NULL && self->merged == NULL ? get_front_device (self, device)
                                                             : NULL;

  if (front != NULL)
    {
      g_autofree char *name = dup_menu_name (front);
      /* Translators: the name of a computer */
      g_autofree char *label = g_strdup_printf (_("_Merge with the Log in Front, of %s"), name);

      g_menu_append (menu, label, "sidebar.merge");
    }
  else if (self->merged == NULL)
    g_menu_append (menu, _("_Add to Merged View"), "sidebar.merge");
  else if (device == NULL || merges_device (self, device))
    g_menu_append (menu, _("_Add to Merged View"), "sidebar.merge-into");
  else
    append_choices (self, menu, device);
}

static GMenuModel *
make_menu (CotBundleSidebar *self)
{
  GMenu *menu = g_menu_new ();
  int index = self->merged != NULL ? cot_merged_log_find_log (self->merged, self->menu_log)
                                   : -1;

  g_menu_append (menu, _("_Open in Its Own Tab"), "sidebar.open");
  if (index < 0)
    append_merges (self, menu);
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
  GtkListBoxRow *row = cot_bundle_sidebar_find_row (self, self->menu_log);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  if (self->a_case != NULL)
    cot_bundle_sidebar_queue_update (self);
}

gboolean
cot_bundle_sidebar_has_open_menu (CotBundleSidebar *self)
{
  return self->menu != NULL && gtk_widget_get_visible (self->menu);
}

static void
popup_menu (CotBundleSidebar *self, GtkListBoxRow *row, double x_px, double y_px)
{
  g_autoptr (GMenuModel) model = NULL;

  if (row == NULL || cot_member_row_get_log (COT_MEMBER_ROW (row)) == NULL)
    return;
  g_set_object (&self->menu_log, cot_member_row_get_log (COT_MEMBER_ROW (row)));
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

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
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
  GtkWidget *name = gtk_label_new (NULL);
  GtkGesture *click = gtk_gesture_click_new ();

  self->merged_name = name;
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
  gtk_widget_class_install_action (widget_class, "sidebar.merge-into", NULL, on_merge_into);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, on_menu_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu_key, NULL);
}

void
cot_bundle_sidebar_merge_dispose (CotBundleSidebar *self)
{
  g_clear_object (&self->menu_log);
  if (self->merged != NULL)
    g_signal_handlers_disconnect_by_data (self->merged, self);
  g_clear_object (&self->merged);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
}
