/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-merge-button.h"

#include <glib/gi18n.h>

#include "cot-log-stripe.h"
#include "cot-member-sentences.h"

#define MAX_LIST_HEIGHT_PX 400
#define MAX_NAME_LETTERS 40

struct _CotMergeButton
{
  GtkWidget parent_instance;

  CotMergedLog *log; /* (nullable) */
  gboolean filling;

  GtkWidget *button;
  GtkWidget *label;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (CotMergeButton, cot_merge_button, GTK_TYPE_WIDGET)

static void
on_toggled (GtkCheckButton *check, gpointer data)
{
  CotMergeButton *self = COT_MERGE_BUTTON (data);
  CotLog *log = g_object_get_data (G_OBJECT (check), "log");
  int index = self->log != NULL ? cot_merged_log_find_log (self->log, log) : -1;

  if (!self->filling && index >= 0)
    cot_merged_log_set_on (self->log, (guint) index, gtk_check_button_get_active (check));
}

static GtkWidget *
make_check (CotMergeButton *self, guint index)
{
  CotLog *log = cot_merged_log_get_log (self->log, index);
  guint number = cot_merged_log_get_number (self->log, index);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label;
  g_autofree char *title = cot_merged_log_dup_title (self->log, index);
  g_autofree char *tooltip = cot_sentence_dup_visible (cot_log_get_label (log));
  g_autofree char *name = cot_sentence_dup_visible (title);

  label = gtk_label_new (name);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_NAME_LETTERS);
  gtk_box_append (GTK_BOX (box), cot_log_swatch_new (cot_log_stripe_of_number (number)));
  gtk_box_append (GTK_BOX (box), label);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), box);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), cot_merged_log_get_on (self->log, index));
  gtk_widget_set_tooltip_text (check, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (check), "log", g_object_ref (log), g_object_unref);
  g_object_set_data (G_OBJECT (check), "swatch", gtk_widget_get_first_child (box));
  g_object_set_data_full (G_OBJECT (check), "title", g_steal_pointer (&title), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), self);
  return check;
}

static gboolean
is_check_of (GtkWidget *check, CotMergedLog *merged, guint index)
{
  g_autofree char *title = cot_merged_log_dup_title (merged, index);

  return g_object_get_data (G_OBJECT (check), "log") == cot_merged_log_get_log (merged, index)
         && g_strcmp0 (g_object_get_data (G_OBJECT (check), "title"), title) == 0;
}

/* The checks stay where the logs and their names stay, so that the focus does. */
static gboolean
has_checks (CotMergeButton *self)
{
  GtkWidget *check = gtk_widget_get_first_child (self->list);

  for (guint i = 0; i < cot_merged_log_get_n_logs (self->log); i++)
    {
      if (check == NULL || !is_check_of (check, self->log, i))
        return FALSE;
      check = gtk_widget_get_next_sibling (check);
    }
  return check == NULL;
}

static void
fill (CotMergeButton *self)
{
  GtkWidget *check;

  if (self->log == NULL || !has_checks (self))
    while ((check = gtk_widget_get_first_child (self->list)) != NULL)
      gtk_box_remove (GTK_BOX (self->list), check);
  if (self->log == NULL)
    return;
  self->filling = TRUE;
  check = gtk_widget_get_first_child (self->list);
  for (guint i = 0; i < cot_merged_log_get_n_logs (self->log); i++)
    if (check != NULL)
      {
        gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                                     cot_merged_log_get_on (self->log, i));
        cot_log_swatch_set_stripe (
            g_object_get_data (G_OBJECT (check), "swatch"),
            cot_log_stripe_of_number (cot_merged_log_get_number (self->log, i)));
        check = gtk_widget_get_next_sibling (check);
      }
    else
      {
        gtk_box_append (GTK_BOX (self->list), make_check (self, i));
      }
  self->filling = FALSE;
}

/* A tooltip would lie above the list. */
static void
on_shown (CotMergeButton *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), FALSE);
}

static void
on_closed (CotMergeButton *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

static void
cot_merge_button_dispose (GObject *object)
{
  CotMergeButton *self = COT_MERGE_BUTTON (object);

  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_clear_object (&self->log);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_merge_button_parent_class)->dispose (object);
}

static void
cot_merge_button_class_init (CotMergeButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_merge_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "mergebutton");
}

static void
cot_merge_button_init (CotMergeButton *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *popover = gtk_popover_new ();

  self->button = gtk_menu_button_new ();
  self->label = gtk_label_new (NULL);
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (self->label, FALSE);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("view-list-bullet-symbolic"));
  gtk_box_append (GTK_BOX (content), self->label);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), content);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_LIST_HEIGHT_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  g_signal_connect_swapped (popover, "show", G_CALLBACK (on_shown), self);
  g_signal_connect_swapped (popover, "closed", G_CALLBACK (on_closed), self);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), popover);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Choose the logs of the merged view"), -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("Choose the logs of the merged view"));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
cot_merge_button_new (void)
{
  return g_object_new (COT_TYPE_MERGE_BUTTON, NULL);
}

/**
 * cot_merge_button_set_log:
 * @log: (nullable): the merge whose logs are to be chosen
 */
void
cot_merge_button_set_log (CotMergeButton *self, CotMergedLog *log)
{
  g_return_if_fail (COT_IS_MERGE_BUTTON (self));

  if (self->log == log)
    return;
  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_set_object (&self->log, log);
  if (log != NULL)
    g_signal_connect_swapped (log, "logs-changed", G_CALLBACK (fill), self);
  fill (self);
}

void
cot_merge_button_set_text (CotMergeButton *self, const char *text)
{
  g_return_if_fail (COT_IS_MERGE_BUTTON (self));

  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
  gtk_widget_set_visible (self->label, text != NULL);
}
