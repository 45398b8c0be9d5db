/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-mark-bar.h"

#include <glib/gi18n.h>

#include "cot-text-label.h"

struct _CotMarkBar
{
  GtkWidget parent_instance;

  CotMarks *marks; /* (nullable) */
  guint64 ordinal;

  GtkWidget *box;
  GtkWidget *text;
  GtkWidget *change;
};

G_DEFINE_FINAL_TYPE (CotMarkBar, cot_mark_bar, GTK_TYPE_WIDGET)

static void
update (CotMarkBar *self)
{
  gboolean is_marked = self->marks != NULL && cot_marks_contains (self->marks, self->ordinal);
  const char *note = is_marked ? cot_marks_get_note (self->marks, self->ordinal) : NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), is_marked);
  if (!is_marked)
    return;
  /* Translators: what somebody wrote about an entry */
  text = note != NULL ? g_strdup_printf (_("Marked by you: %s"), note)
                      : g_strdup (_("Marked by you"));
  gtk_label_set_text (GTK_LABEL (self->text), text);
  gtk_button_set_label (GTK_BUTTON (self->change),
                        note != NULL ? _("Change Note…") : _("Add Note…"));
}

static void
let_go (CotMarkBar *self)
{
  if (self->marks != NULL)
    g_signal_handlers_disconnect_by_data (self->marks, self);
  g_clear_object (&self->marks);
}

/**
 * cot_mark_bar_set_entry:
 * @log: (nullable): the log, which is no merge
 * @ordinal: the entry in it
 */
void
cot_mark_bar_set_entry (CotMarkBar *self, CotLog *log, guint64 ordinal)
{
  CotMarks *marks = log != NULL ? cot_marks_of_log (log) : NULL;

  g_return_if_fail (COT_IS_MARK_BAR (self));

  if (marks != self->marks)
    {
      let_go (self);
      if (marks != NULL)
        {
          self->marks = g_object_ref (marks);
          g_signal_connect_swapped (marks, "changed", G_CALLBACK (update), self);
        }
    }
  self->ordinal = ordinal;
  update (self);
}

static void
cot_mark_bar_dispose (GObject *object)
{
  CotMarkBar *self = COT_MARK_BAR (object);

  let_go (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_mark_bar_parent_class)->dispose (object);
}

static void
cot_mark_bar_class_init (CotMarkBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_mark_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "markbar");
}

static void
cot_mark_bar_init (CotMarkBar *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("cot-mark-symbolic");

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->text = cot_text_label_new ("", NULL);
  self->change = gtk_button_new ();
  gtk_widget_add_css_class (icon, "user-mark");
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_widget_set_valign (self->change, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->change), "win.mark-note");
  gtk_box_append (GTK_BOX (self->box), icon);
  gtk_box_append (GTK_BOX (self->box), self->text);
  gtk_box_append (GTK_BOX (self->box), self->change);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
cot_mark_bar_new (void)
{
  return g_object_new (COT_TYPE_MARK_BAR, NULL);
}
