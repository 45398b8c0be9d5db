/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-saved-filters-popover.h"

#include <glib/gi18n.h>

#include "cot-names.h"
#include "cot-saved-filters.h"

#define MAX_LIST_PX 240

typedef struct
{
  GtkWidget *popover;
  GtkWidget *title;
  GtkWidget *scroller;
  GtkWidget *list;
  GtkWidget *name; /* the entry */
  GtkWidget *save;
} Saved;

static void
on_chosen (GtkButton *button, Saved *self)
{
  const char *name = g_object_get_data (G_OBJECT (button), "name");

  gtk_widget_activate_action (self->popover, "filter.load", "s", name);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void fill (Saved *self);

static void
on_removed (GtkButton *button, Saved *self)
{
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (button), "name"));

  gtk_widget_activate_action (self->popover, "filter.remove", "s", name);
  fill (self);
  /* What had the focus is gone. */
  gtk_widget_grab_focus (self->name);
}

static GtkWidget *
make_row (Saved *self, const char *name)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *choose = gtk_button_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  /* Translators: name of a filter */
  g_autofree char *tooltip = g_strdup_printf (_ ("Remove “%s”"), name);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_button_set_child (GTK_BUTTON (choose), label);
  gtk_widget_set_hexpand (choose, TRUE);
  gtk_widget_add_css_class (choose, "flat");
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  g_object_set_data_full (G_OBJECT (choose), "name", g_strdup (name), g_free);
  g_object_set_data_full (G_OBJECT (remove), "name", g_strdup (name), g_free);
  g_signal_connect (choose, "clicked", G_CALLBACK (on_chosen), self);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_removed), self);
  gtk_box_append (GTK_BOX (row), choose);
  gtk_box_append (GTK_BOX (row), remove);
  return row;
}

static void
fill (Saved *self)
{
  g_auto (GStrv) names = cot_saved_filters_dup_names ();
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), row);
  for (guint i = 0; names[i] != NULL; i++)
    gtk_box_append (GTK_BOX (self->list), make_row (self, names[i]));
  gtk_widget_set_visible (self->scroller, names[0] != NULL);
  gtk_label_set_label (GTK_LABEL (self->title),
                       names[0] != NULL ? _ ("Saved filters")
                                        : _ ("Give this filter a name to use it again."));
}

static char *
dup_name (Saved *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
}

static void
on_name_changed (Saved *self)
{
  g_autofree char *name = dup_name (self);

  gtk_widget_set_sensitive (self->save, *name != '\0');
}

static void
on_save (Saved *self)
{
  g_autofree char *name = dup_name (self);

  if (*name == '\0')
    return;
  gtk_widget_activate_action (self->popover, "filter.save", "s", name);
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static GtkWidget *
make_name_row (Saved *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->name = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->name), _ ("Name of this filter"));
  gtk_entry_set_max_length (GTK_ENTRY (self->name), 100);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of this filter"), -1);
  gtk_widget_set_hexpand (self->name, TRUE);
  self->save = cot_button_new_named (_ ("_Save"));
  gtk_widget_set_sensitive (self->save, FALSE);
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (on_name_changed), self);
  g_signal_connect_swapped (self->name, "activate", G_CALLBACK (on_save), self);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (on_save), self);
  gtk_box_append (GTK_BOX (row), self->name);
  gtk_box_append (GTK_BOX (row), self->save);
  return row;
}

/**
 * cot_saved_filters_popover_new:
 *
 * Returns: (transfer floating): the popover
 */
GtkWidget *
cot_saved_filters_popover_new (void)
{
  Saved *self = g_new0 (Saved, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->popover = gtk_popover_new ();
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "secondary-text");
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MAX_LIST_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_box_append (GTK_BOX (box), make_name_row (self));
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  g_object_set_data_full (G_OBJECT (self->popover), "saved", self, g_free);
  /* Another window may have saved one since. */
  g_signal_connect_swapped (self->popover, "map", G_CALLBACK (fill), self);
  return self->popover;
}
