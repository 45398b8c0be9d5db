/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-marks-dialog.h"
#include "cot-note-dialog.h"

/* Marks and notes: on the entry that is selected, from one to the next, and all of them. */

/* The log, which is no merge, and the entry of it that is selected; NULL, with a word to the user,
 * where none is. */
static CotLog *
get_selected (CotWindow *self, guint64 *ordinal)
{
  guint64 place;

  if (self->page != NULL && cot_log_page_get_selected (self->page, &place))
    return cot_log_locate (cot_log_page_get_log (self->page), place, ordinal);
  cot_window_show_toast (self, _("Select an entry first"));
  return NULL;
}

static void
on_mark (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  guint64 ordinal;
  CotLog *log = get_selected (self, &ordinal);
  CotMarks *marks = log != NULL ? cot_marks_of_log (log) : NULL;

  if (marks == NULL)
    return;
  /* A note is not thrown away by a key that was hit by chance. */
  if (cot_marks_get_note (marks, ordinal) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.mark-note", NULL);
  else if (!cot_marks_set (marks, ordinal, !cot_marks_contains (marks, ordinal)))
    cot_window_show_toast (self, _("This log has too many marks. Remove some first."));
}

static void
on_mark_note (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  guint64 ordinal;
  CotLog *log = get_selected (self, &ordinal);
  g_autofree char *message = NULL;

  if (log == NULL)
    return;
  message = cot_log_page_dup_selected_text (self->page, "text");
  cot_note_dialog_present (GTK_WINDOW (self), log, ordinal, message != NULL ? message : "");
}

static void
on_failed (CotWindow *self, const GError *error, CotMarks *marks)
{
  const char *name = g_object_get_data (G_OBJECT (marks), "log-name");
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, COT_MARK_ERROR, COT_MARK_ERROR_UNREADABLE))
    /* Translators: name of a log, name of a file, and why */
    sentence = g_strdup_printf (_("The marks of “%s” cannot be read, and new ones are not kept: "
                                  "%s"),
                                name, error->message);
  else if (g_error_matches (error, COT_MARK_ERROR, COT_MARK_ERROR_FULL))
    /* Translators: name of a log */
    sentence = g_strdup_printf (_("“%s” has too many and too long notes. Remove some: what is new "
                                  "is not kept."),
                                name);
  else
    /* Translators: name of a log, and why */
    sentence = g_strdup_printf (_("The marks of “%s” cannot be kept: %s"), name, error->message);
  cot_window_show_toast (self, sentence);
}

/**
 * cot_window_watch_marks:
 * @log: what a tab shows
 */
void
cot_window_watch_marks (CotWindow *self, CotLog *log)
{
  for (guint i = 0; i < cot_log_get_n_parts (log); i++)
    {
      CotLog *part = cot_log_get_part (log, i);
      CotMarks *marks = cot_marks_of_log (part);

      if (g_signal_handler_find (marks, G_SIGNAL_MATCH_FUNC | G_SIGNAL_MATCH_DATA, 0, 0, NULL,
                                 on_failed, self)
          != 0)
        continue;
      g_object_set_data_full (G_OBJECT (marks), "log-name", g_strdup (cot_log_get_name (part)),
                              g_free);
      g_signal_connect_object (marks, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
    }
}

static void
step (CotWindow *self, gboolean forward)
{
  if (self->page != NULL && !cot_log_page_step_noted (self->page, COT_RULER_MARK, forward))
    cot_window_show_toast (self, forward ? _("No more marks below") : _("No more marks above"));
}

static void
on_next_mark (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (COT_WINDOW (data), TRUE);
}

static void
on_previous_mark (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (COT_WINDOW (data), FALSE);
}

static void
go_to (CotCase *a_case, CotLog *log, guint64 ordinal, gpointer data)
{
  cot_window_show_entry (COT_WINDOW (data), a_case, log, ordinal);
}

static void
on_marks (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  g_autoptr (GPtrArray) logs = cot_window_list_logs (self);

  cot_marks_dialog_present (GTK_WINDOW (self), logs, go_to, self);
}

void
cot_window_init_marks (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "mark", .activate = on_mark },
    { .name = "mark-note", .activate = on_mark_note },
    { .name = "next-mark", .activate = on_next_mark },
    { .name = "previous-mark", .activate = on_previous_mark },
    { .name = "marks", .activate = on_marks },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

/**
 * cot_window_add_mark_menu:
 * @menu: what stands in the menu of a row
 */
void
cot_window_add_mark_menu (GMenu *menu)
{
  g_menu_append (menu, _("_Mark"), "win.mark");
  g_menu_append (menu, _("Mark with _Note…"), "win.mark-note");
}
