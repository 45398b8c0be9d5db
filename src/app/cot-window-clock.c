/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-clock-dialog.h"
#include "cot-clock-shift.h"
#include "cot-log-sentences.h"
#include "cot-sentences.h"

/* "Move Clock": all times of one log by a fixed amount, where its computer's clock was wrong. What
 * it is then compared with agrees: it is read anew, as in another format. */

typedef struct
{
  CotWindow *window;
  CotCase *a_case;
  CotLog *log;
} Question;

static Question *
question_new (CotWindow *window, CotCase *a_case, CotLog *log)
{
  Question *self = g_new0 (Question, 1);

  self->window = g_object_ref (window);
  self->a_case = g_object_ref (a_case);
  self->log = g_object_ref (log);
  return self;
}

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->window);
  g_object_unref (self->a_case);
  g_object_unref (self->log);
  g_free (self);
}

static void
say_moved (CotWindow *self, CotLog *log, gint64 clock_usec)
{
  g_autofree char *name = cot_log_sentence_dup_name (log);
  g_autofree char *shift = cot_clock_shift_dup_text (clock_usec);
  g_autofree char *text
      = clock_usec != 0
            /* Translators: the name of a log, and a time such as +5 min */
            ? g_strdup_printf (_("Clock of “%s” moved by %s"), name, shift)
            /* Translators: the name of a log */
            : g_strdup_printf (_("Times of “%s” shown as written"), name);

  cot_window_show_toast_with (self, text, _("_Undo"), "win.undo-clock");
}

/* What it was before can be had back, as long as the log is open: another window may close it
 * meanwhile. */
static void
move_clock (CotWindow *self, CotCase *a_case, CotLog *log, gint64 clock_usec)
{
  CotReadAs read_as = *cot_log_get_read_as (log);
  gint64 before_usec = read_as.clock_usec;
  CotLog *newer;

  read_as.clock_usec = clock_usec;
  newer = cot_window_reread (self, a_case, log, &read_as);
  if (newer == NULL)
    {
      cot_window_show_toast (self, _("The log was closed."));
      return;
    }
  g_set_weak_pointer (&self->moved_log, newer);
  g_set_weak_pointer (&self->moved_case, a_case);
  self->clock_before_usec = before_usec;
  say_moved (self, newer, clock_usec);
  cot_window_note_session (self, COT_SESSION_CHANGED);
}

static void
on_chosen (gint64 clock_usec, gpointer data)
{
  Question *question = data;

  move_clock (question->window, question->a_case, question->log, clock_usec);
}

/* (nullable): the log that is meant: of a merge, that of the selected entry. */
static CotLog *
find_log (CotLogPage *page, CotCase **a_case, guint64 *ordinal)
{
  CotLog *log = cot_log_page_get_log (page);
  CotLog *selected = cot_log_page_get_selected_entry (page, ordinal);
  int index;

  *a_case = cot_log_page_get_case (page);
  if (selected == NULL)
    *ordinal = 0;
  if (!COT_IS_MERGED_LOG (log))
    return log;
  index = selected != NULL ? cot_merged_log_find_log (COT_MERGED_LOG (log), selected) : -1;
  if (index < 0)
    return NULL;
  *a_case = cot_merged_log_get_case (COT_MERGED_LOG (log), (guint) index);
  return selected;
}

static gint64
get_written_time (CotLog *log, guint64 ordinal)
{
  CotEntryTime time;
  gint64 time_usec = cot_log_get_counts (log)->first_time_usec;

  if (cot_log_get_entry_time (log, ordinal, &time) && time.time_usec != COT_TIME_NONE)
    time_usec = time.time_usec;
  return time_usec != COT_TIME_NONE ? time_usec - cot_log_get_read_as (log)->clock_usec
                                    : COT_TIME_NONE;
}

/* Why there is no time to move, as it may be only so far. */
static void
say_no_times (CotWindow *self, CotLog *log)
{
  CotDocumentState state = cot_log_get_state (log);
  const char *text;

  if (state == COT_DOCUMENT_NEW || state == COT_DOCUMENT_LOADING)
    text = _("This log is still being read. Move its clock once that is done.");
  else if (state == COT_DOCUMENT_FAILED)
    text = _("This log could not be read.");
  else
    text = _("The entries of this log have no times.");
  cot_window_show_toast (self, text);
}

/* @log_page: (nullable) */
static void
ask (CotWindow *self, CotLogPage *log_page)
{
  CotCase *a_case;
  guint64 ordinal = 0;
  CotLog *log = log_page != NULL ? find_log (log_page, &a_case, &ordinal) : NULL;
  g_autofree char *name = NULL;

  if (log_page == NULL)
    return;
  if (log == NULL)
    {
      cot_window_show_toast (self, _("Select an entry of the log whose clock is to be moved."));
      return;
    }
  if (cot_log_get_counts (log)->first_time_usec == COT_TIME_NONE)
    {
      say_no_times (self, log);
      return;
    }
  name = cot_log_sentence_dup_name (log);
  cot_clock_dialog_present (GTK_WINDOW (self), name, cot_log_get_read_as (log)->clock_usec,
                            get_written_time (log, ordinal), on_chosen,
                            question_new (self, a_case, log), question_free);
}

static void
on_tab_move_clock (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  AdwTabPage *page = cot_window_get_menu_page (self);

  ask (self, page != NULL ? cot_window_get_log_page (page) : self->page);
}

static void
on_move_clock (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask (COT_WINDOW (data), COT_WINDOW (data)->page);
}

static void
on_move_other_clock (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask (COT_WINDOW (data), cot_window_get_other_page (COT_WINDOW (data)));
}

static void
on_undo_clock (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (self->moved_log != NULL && self->moved_case != NULL)
    move_clock (self, self->moved_case, self->moved_log, self->clock_before_usec);
  else
    cot_window_show_toast (self, _("The log was closed."));
}

/**
 * cot_window_keep_moved_log:
 * @before: a log
 * @log: what takes its place, because it is read in another way
 *
 * Its clock can still be moved back.
 */
void
cot_window_keep_moved_log (CotWindow *self, CotLog *before, CotLog *log)
{
  if (self->moved_log == before)
    g_set_weak_pointer (&self->moved_log, log);
}

/**
 * cot_window_init_clock:
 * @tab_actions: those of the menus of tabs
 */
void
cot_window_init_clock (CotWindow *self, GActionMap *tab_actions)
{
  static const GActionEntry of_tab[] = {
    { .name = "move-clock", .activate = on_tab_move_clock },
  };
  static const GActionEntry of_window[] = {
    { .name = "move-clock", .activate = on_move_clock },
    { .name = "move-other-clock", .activate = on_move_other_clock },
    { .name = "undo-clock", .activate = on_undo_clock },
  };

  g_action_map_add_action_entries (tab_actions, of_tab, G_N_ELEMENTS (of_tab), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), of_window, G_N_ELEMENTS (of_window), self);
}
