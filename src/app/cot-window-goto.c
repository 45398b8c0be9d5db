/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-names.h"
#include "cot-text-label.h"
#include "cot-time-mode.h"

/* To a line, an entry or a time that the user types, and back to where she was. */

/* As X and Wayland count them. */
#define BUTTON_BACK 8
#define BUTTON_FORWARD 9

typedef struct
{
  CotWindow *window; /* its parent, which outlives it */
  CotLogPage *page; /* where to go */
  gint64 day_usec; /* what a time without a date means */
  GtkWidget *dialog; /* owns this */
  GtkWidget *entry;
  GtkWidget *problem; /* what is wrong with what was typed */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->page);
  g_free (question);
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotLogPage) page = data;
  g_autoptr (GError) error = NULL;
  gboolean is_behind;
  guint64 ordinal;

  if (cot_log_resolve_place_finish (COT_LOG (source), result, &ordinal, &is_behind, &error))
    {
      if (is_behind)
        gtk_widget_activate_action (GTK_WIDGET (page), "win.toast", "s",
                                    _("The log ends before that line. This is its last entry."));
      cot_log_page_go_to (page, ordinal);
      gtk_widget_grab_focus (GTK_WIDGET (page));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    gtk_widget_activate_action (GTK_WIDGET (page), "win.toast", "s",
                                _("There is no such place in this log"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (page), "win.toast", "s",
                                _("This log cannot be read any more."));
}

static void
resolve (CotWindow *self, CotLogPage *page, CotPlace *place)
{
  place->clock = cot_time_mode_get ();
  cot_log_resolve_place_async (cot_log_page_get_log (page), place, self->cancellable, on_resolved,
                               g_object_ref (page));
}

static gboolean
parse (Question *question, CotPlace *place)
{
  return cot_place_parse (gtk_editable_get_text (GTK_EDITABLE (question->entry)),
                          question->day_usec, place);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Question *question)
{
  CotPlace place;

  if (g_str_equal (response, "go") && parse (question, &place))
    resolve (question->window, question->page, &place);
}

/* The label has its room all the time, so that nothing moves while somebody types. */
static void
show_problem (Question *question, gboolean is_wrong)
{
  const char *sentence = is_wrong ? _("This is no line, entry or time. Words are searched with "
                                      "Find.")
                                  : "";

  gtk_label_set_text (GTK_LABEL (question->problem), sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (question->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE
                                        : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (is_wrong)
    gtk_widget_add_css_class (question->entry, "error");
  else
    gtk_widget_remove_css_class (question->entry, "error");
}

static void
on_typed (Question *question)
{
  CotPlace place;
  gboolean is_place = parse (question, &place);
  gboolean is_empty = gtk_editable_get_text (GTK_EDITABLE (question->entry))[0] == '\0';

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (question->dialog), "go", is_place);
  show_problem (question, !is_place && !is_empty);
}

static GtkWidget *
make_entry (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  question->entry = gtk_entry_new ();
  question->problem = cot_text_label_new ("", "problem-text");
  gtk_entry_set_activates_default (GTK_ENTRY (question->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Line, entry or time"), -1);
  g_signal_connect_swapped (question->entry, "changed", G_CALLBACK (on_typed), question);
  gtk_box_append (GTK_BOX (box), question->entry);
  gtk_box_append (GTK_BOX (box), question->problem);
  return box;
}

/* The day of the selected entry as it is shown, or of the first one that has a time. */
static gint64
get_day (CotLogPage *page)
{
  CotLog *log = cot_log_page_get_log (page);
  CotEntryTime time;
  guint64 ordinal;

  if (cot_log_page_get_selected (page, &ordinal) && cot_log_get_entry_time (log, ordinal, &time)
      && time.time_usec != COT_TIME_NONE)
    return cot_clock_show (time.time_usec, time.bias_minutes, cot_time_mode_get ());
  return cot_log_get_counts (log)->first_time_usec;
}

/**
 * cot_window_go_to_first_place:
 *
 * Where the command line says, once the log in front was read.
 */
void
cot_window_go_to_first_place (CotWindow *self)
{
  CotLog *log = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;
  CotDocumentState state = log != NULL ? cot_log_get_state (log) : COT_DOCUMENT_NEW;
  g_autofree char *text = NULL;
  CotPlace place;

  if (self->first_place == NULL || state == COT_DOCUMENT_NEW || state == COT_DOCUMENT_LOADING)
    return;
  text = g_steal_pointer (&self->first_place);
  if (cot_place_parse (text, get_day (self->page), &place))
    resolve (self, self->page, &place);
  else
    cot_window_show_toast (self, _("There is no such place in this log"));
}

static char *
dup_help (void)
{
  const char *help
      = _("A line such as 1234, an entry such as #12, or a time such as 09:12 or 2026-11-18 09:12");

  switch (cot_time_mode_get ())
    {
    case COT_CLOCK_LOCAL:
      return g_strdup_printf ("%s\n%s", help, _("A time is of the clock of this computer."));
    case COT_CLOCK_UTC:
      return g_strdup_printf ("%s\n%s", help, _("A time is in UTC."));
    case COT_CLOCK_WRITTEN:
    default:
      return g_strdup (help);
    }
}

static void
on_go_to (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  Question *question;
  g_autofree char *help = dup_help ();
  GtkWidget *entry;

  if (self->page == NULL)
    return;
  question = g_new0 (Question, 1);
  question->window = self;
  question->page = g_object_ref (self->page);
  question->day_usec = get_day (self->page);
  question->dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Go To"), NULL);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (question->dialog), help);
  gtk_window_set_title (GTK_WINDOW (question->dialog), _("Go To"));
  entry = make_entry (question);
  g_object_set_data_full (G_OBJECT (question->dialog), "question", question, question_free);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (question->dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question->dialog), "cancel", _("_Cancel"),
                                    "go", _("_Go"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question->dialog), "go",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question->dialog), "go");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question->dialog), "cancel");
  g_signal_connect (question->dialog, "response", G_CALLBACK (on_response), question);
  on_typed (question);
  gtk_window_set_focus (GTK_WINDOW (question->dialog), question->entry);
  cot_names_tidy_below (GTK_WIDGET (question->dialog));
  gtk_window_present (GTK_WINDOW (question->dialog));
}

/* Where the user is; without a case where nothing is selected. */
static CotVisit
get_here (CotWindow *self)
{
  CotVisit here = { 0 };
  CotLog *log = self->page != NULL
                    ? cot_log_page_get_selected_entry (self->page, &here.ordinal)
                    : NULL;

  if (log == NULL)
    return here;
  here.a_case = G_OBJECT (cot_log_page_get_case (self->page));
  here.log = G_OBJECT (log);
  return here;
}

/**
 * cot_window_leave_place:
 *
 * Before every jump to another entry, so that the user can come back. Jumps that make up one are
 * held together by @self->is_leaving.
 */
void
cot_window_leave_place (CotWindow *self)
{
  CotVisit here;

  if (self->is_leaving)
    return;
  here = get_here (self);
  cot_visits_leave (self->visits, &here);
}

static void
step (CotWindow *self, gboolean forward)
{
  CotVisit here = get_here (self);
  CotVisit there;

  if (!cot_visits_step (self->visits, forward, &here, &there))
    {
      cot_window_show_toast (self, forward ? _("There is no later place to go to")
                                           : _("There is no earlier place to go back to"));
      return;
    }
  self->is_leaving = TRUE;
  cot_window_show_entry (self, COT_CASE (there.a_case), COT_LOG (there.log), there.ordinal);
  self->is_leaving = FALSE;
  g_object_unref (there.a_case);
  g_object_unref (there.log);
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (COT_WINDOW (data), FALSE);
}

static void
on_forward (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (COT_WINDOW (data), TRUE);
}

/* The buttons at the side of a mouse. */
static void
on_side_button (GtkGestureClick *click, int n_press, double x, double y, gpointer data)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click));

  if (button != BUTTON_BACK && button != BUTTON_FORWARD)
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  step (COT_WINDOW (data), button == BUTTON_FORWARD);
}

void
cot_window_init_go_to (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "go-to", .activate = on_go_to },
    { .name = "back", .activate = on_back },
    { .name = "forward", .activate = on_forward },
  };
  GtkGesture *click = gtk_gesture_click_new ();

  self->visits = cot_visits_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_side_button), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
