/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-clock-dialog.h"

#include <glib/gi18n.h>

#include "cot-clock-shift.h"
#include "cot-entry-text.h"
#include "cot-names.h"
#include "cot-text-label.h"

typedef struct
{
  AdwMessageDialog *dialog; /* owns this */
  GtkWidget *entry;
  GtkWidget *answer;
  gint64 clock_usec;
  gint64 example_usec;
  CotClockChosen chosen;
  gpointer data;
  GDestroyNotify free_data; /* (nullable) */
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self);
}

static gboolean
read_shift (Question *self, gint64 *shift_usec)
{
  return cot_clock_shift_parse (gtk_editable_get_text (GTK_EDITABLE (self->entry)), shift_usec);
}

static char *
dup_answer (Question *self, gint64 shift_usec)
{
  g_autofree char *before = cot_entry_text_dup_time (self->example_usec);
  g_autofree char *after = NULL;

  if (before == NULL)
    return cot_clock_shift_dup_text (shift_usec);
  after = cot_entry_text_dup_time (self->example_usec + shift_usec);
  /* Translators: a time as it is written, and what is shown in its place */
  return g_strdup_printf (_("%s becomes\n%s"), before, after);
}

/* What it means is seen before it is done. */
static void
update (Question *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gint64 shift_usec = 0;
  gboolean is_read = read_shift (self, &shift_usec);
  g_autofree char *answer = is_read ? dup_answer (self, shift_usec) : NULL;

  gtk_label_set_text (GTK_LABEL (self->answer),
                      answer != NULL ? answer
                                     : _("Write by how much, such as +5 min, −30 s, +1 h 30 min "
                                         "or −1:30:00."));
  if (!is_read && *text != '\0')
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               !is_read && *text != '\0' ? GTK_ACCESSIBLE_INVALID_TRUE
                                                         : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  adw_message_dialog_set_response_enabled (self->dialog, "move",
                                           is_read && shift_usec != self->clock_usec);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Question *self)
{
  gint64 shift_usec = 0;

  if (g_str_equal (response, "written"))
    self->chosen (0, self->data);
  else if (g_str_equal (response, "move") && read_shift (self, &shift_usec))
    self->chosen (shift_usec, self->data);
}

static GtkWidget *
make_fields (Question *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *text
      = self->clock_usec != 0 ? cot_clock_shift_dup_text (self->clock_usec) : NULL;

  self->entry = gtk_entry_new ();
  self->answer = cot_text_label_new ("", "secondary-text");
  gtk_widget_add_css_class (self->answer, "numeric");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("+5 min"));
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Add to each time"), -1);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->answer);
  return box;
}

void
cot_clock_dialog_present (GtkWindow *parent, const char *log_name, gint64 clock_usec,
                          gint64 example_usec, CotClockChosen chosen, gpointer data,
                          GDestroyNotify free_data)
{
  Question *self = g_new0 (Question, 1);
  /* Translators: the name of a log */
  g_autofree char *heading = g_strdup_printf (_("Move the Clock of “%s”"), log_name);
  GtkWidget *dialog = adw_message_dialog_new (
      parent, heading,
      _("Where its computer's clock was wrong, add what was missing to each of its times, or take "
        "away what was too much. The file stays as it is."));

  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  self->clock_usec = clock_usec;
  self->example_usec = example_usec;
  self->chosen = chosen;
  self->data = data;
  self->free_data = free_data;
  gtk_window_set_title (GTK_WINDOW (dialog), _("Move Clock"));
  g_object_set_data_full (G_OBJECT (dialog), "question", self, question_free);
  adw_message_dialog_add_responses (self->dialog, "cancel", _("_Cancel"), NULL);
  if (clock_usec != 0)
    adw_message_dialog_add_response (self->dialog, "written", _("As _Written"));
  adw_message_dialog_add_response (self->dialog, "move", _("_Move"));
  adw_message_dialog_set_response_appearance (self->dialog, "move", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (self->dialog, "move");
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  adw_message_dialog_set_extra_child (self->dialog, make_fields (self));
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (update), self);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), self);
  update (self);
  gtk_window_set_focus (GTK_WINDOW (dialog), self->entry);
  cot_names_tidy_below (GTK_WIDGET (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}
