/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-note-dialog.h"

#include <glib/gi18n.h>

#include "cot-names.h"
#include "cot-text-label.h"

#define NOTE_HEIGHT_PX 96
#define MAX_ENTRY_LETTERS 200

typedef struct
{
  CotLog *log;
  guint64 ordinal;
  GtkWidget *dialog; /* owns this */
  GtkWidget *note;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->log);
  g_free (question);
}

/* Who leaves by Escape did not say to throw away what was typed; where nothing was, nothing is
 * marked, and no note that was there is lost. */
static void
keep_typed (Question *question, CotMarks *marks, const char *note)
{
  const char *before = cot_marks_get_note (marks, question->ordinal);

  if (*note == '\0' || g_strcmp0 (note, before) == 0)
    return;
  cot_marks_set_note (marks, question->ordinal, note);
  gtk_widget_activate_action (GTK_WIDGET (gtk_window_get_transient_for (
                                  GTK_WINDOW (question->dialog))),
                              "win.toast", "s", _("The note is kept"));
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Question *question)
{
  CotMarks *marks = cot_marks_of_log (question->log);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (question->note));
  GtkTextIter start, end;
  g_autofree char *note = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  note = g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
  if (g_str_equal (response, "keep"))
    cot_marks_set_note (marks, question->ordinal, note);
  else if (g_str_equal (response, "leave"))
    keep_typed (question, marks, note);
  else if (g_str_equal (response, "unmark"))
    cot_marks_set (marks, question->ordinal, FALSE);
}

/* In the field a Return is a line of the note. */
static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
        Question *question)
{
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || (state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question->dialog), "keep");
  gtk_window_destroy (GTK_WINDOW (question->dialog));
  return TRUE;
}

static GtkWidget *
make_note (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *hint
      = cot_text_label_new (_("Return begins a new line. Ctrl+Return and Escape keep the note."),
                            "secondary-text");
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  const char *note = cot_marks_get_note (cot_marks_of_log (question->log), question->ordinal);

  question->note = gtk_text_view_new ();
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (question->note), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (question->note), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (question->note), 6);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (question->note), 6);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (question->note), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->note), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Note"), -1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (question->note)),
                            note != NULL ? note : "", -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), question);
  gtk_widget_add_controller (question->note, keys);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), question->note);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), NOTE_HEIGHT_PX);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), hint);
  return box;
}

void
cot_note_dialog_present (GtkWindow *parent, CotLog *log, guint64 ordinal, const char *entry)
{
  Question *question = g_new0 (Question, 1);
  g_autofree char *start = g_utf8_strlen (entry, -1) > MAX_ENTRY_LETTERS
                               ? g_utf8_substring (entry, 0, MAX_ENTRY_LETTERS)
                               : g_strdup (entry);

  question->log = g_object_ref (log);
  question->ordinal = ordinal;
  question->dialog = adw_message_dialog_new (parent, _("Note on This Entry"), start);
  gtk_window_set_title (GTK_WINDOW (question->dialog), _("Note on This Entry"));
  g_object_set_data_full (G_OBJECT (question->dialog), "question", question, question_free);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question->dialog), "cancel", _("_Discard"),
                                    "keep", _("_Keep"), NULL);
  if (cot_marks_contains (cot_marks_of_log (log), ordinal))
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (question->dialog), "unmark",
                                     _("_Remove Mark"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question->dialog), "keep",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question->dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question->dialog), "leave");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (question->dialog),
                                      make_note (question));
  g_signal_connect (question->dialog, "response", G_CALLBACK (on_response), question);
  gtk_window_set_focus (GTK_WINDOW (question->dialog), question->note);
  cot_names_tidy_below (GTK_WIDGET (question->dialog));
  gtk_window_present (GTK_WINDOW (question->dialog));
}
