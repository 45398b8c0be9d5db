/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include "cot-member-sentences.h"
#include "cot-sentences.h"

#include <glib/gi18n.h>

/* From one error to the next, and from one warning to the next; and where the log in front has no
 * error, to where there are some. */

/* Errors that the tab in front does not show. */
typedef struct
{
  guint64 n;
  guint n_logs;
  CotCase *a_case; /* (unowned) (nullable): where the next one is */
  CotLog *log; /* (unowned) (nullable) */
} Elsewhere;

static gboolean
is_part (CotLog *front, CotLog *log)
{
  for (guint i = 0; i < cot_log_get_n_parts (front); i++)
    if (cot_log_get_part (front, i) == log)
      return TRUE;
  return FALSE;
}

/* The next one is behind the log in front, and if there is none, the first of all. */
static void
add_log (Elsewhere *found, CotCase *a_case, CotLog *log, gboolean *behind)
{
  found->n += cot_log_get_counts (log)->by_severity[COT_SEVERITY_ERROR];
  found->n_logs++;
  if (found->log != NULL && !*behind)
    return;
  found->a_case = a_case;
  found->log = log;
  *behind = FALSE;
}

static Elsewhere
look_elsewhere (CotWindow *self)
{
  CotLog *front = cot_log_page_get_log (self->page);
  CotCase *a_case = self->current_case;
  g_autoptr (GPtrArray) logs = a_case != NULL ? cot_case_list_errors (a_case) : NULL;
  Elsewhere found = { 0, 0, NULL, NULL };
  gboolean behind = FALSE;

  for (guint i = 0; logs != NULL && i < logs->len; i++)
    {
      CotLog *log = g_ptr_array_index (logs, i);

      if (is_part (front, log))
        behind = TRUE;
      else if (!COT_IS_MERGED_LOG (front)
               || cot_merged_log_find_log (COT_MERGED_LOG (front), log) < 0)
        add_log (&found, a_case, log, &behind);
    }
  for (guint i = 0;
       COT_IS_MERGED_LOG (front) && i < cot_merged_log_get_n_logs (COT_MERGED_LOG (front)); i++)
    {
      CotLog *log = cot_merged_log_get_log (COT_MERGED_LOG (front), i);

      if (!cot_merged_log_get_on (COT_MERGED_LOG (front), i)
          && cot_log_get_counts (log)->by_severity[COT_SEVERITY_ERROR] > 0)
        add_log (&found, cot_merged_log_get_case (COT_MERGED_LOG (front), i), log, &behind);
    }
  return found;
}

/* What the tab in front says to the wish for the next error. */
static char *
dup_end (CotWindow *self, gboolean forward)
{
  CotLog *front = cot_log_page_get_log (self->page);
  guint64 n = cot_log_get_counts (front)->by_severity[COT_SEVERITY_ERROR];
  g_autofree char *number = cot_sentence_dup_number (n);

  if (cot_log_page_has_noted (self->page, COT_RULER_ERROR))
    return g_strdup (forward ? _("No error below") : _("No error above"));
  if (n > 0)
    return g_strdup_printf (ngettext ("The filter hides %s error", "The filter hides %s errors",
                                      n),
                            number);
  return g_strdup (_("No error here"));
}

/* Short: a toast has one line. */
static char *
dup_with_elsewhere (const char *end, const Elsewhere *found)
{
  g_autofree char *number = cot_sentence_dup_number (found->n);
  g_autofree char *name = NULL;

  if (found->n_logs == 1)
    {
      name = cot_sentence_dup_visible (cot_log_get_name (found->log));
      /* Translators: "No error here", a number, name of a log */
      return g_strdup_printf (ngettext ("%s. %s is in %s", "%s. %s are in %s", found->n), end,
                              number, name);
    }
  /* Translators: "No error here", a number, number of logs */
  return g_strdup_printf (ngettext ("%s. %s are in %u other log", "%s. %s are in %u other logs",
                                    found->n_logs),
                          end, number, found->n_logs);
}

static void
step (CotWindow *self, gboolean forward)
{
  g_autofree char *end = NULL;
  g_autofree char *text = NULL;
  Elsewhere found;

  if (self->page == NULL || cot_log_page_step_noted (self->page, COT_RULER_ERROR, forward))
    return;
  end = dup_end (self, forward);
  found = look_elsewhere (self);
  if (found.n == 0)
    {
      cot_window_show_toast (self, end);
      return;
    }
  text = dup_with_elsewhere (end, &found);
  cot_window_show_toast_with (self, text, _("_Go There"), "win.error-elsewhere");
}

/* Warnings of other logs are too many to be told of. */
static char *
dup_end_of_warnings (CotWindow *self, gboolean forward)
{
  CotLog *front = cot_log_page_get_log (self->page);
  guint64 n = cot_log_get_counts (front)->by_severity[COT_SEVERITY_WARNING];
  g_autofree char *number = cot_sentence_dup_number (n);

  if (cot_log_page_has_noted (self->page, COT_RULER_WARNING))
    return g_strdup (forward ? _("No warning below") : _("No warning above"));
  if (n > 0)
    return g_strdup_printf (
        ngettext ("The filter hides %s warning", "The filter hides %s warnings", n), number);
  return g_strdup (_("No warning here"));
}

static void
step_to_warning (CotWindow *self, gboolean forward)
{
  g_autofree char *end = NULL;

  if (self->page == NULL || cot_log_page_step_noted (self->page, COT_RULER_WARNING, forward))
    return;
  end = dup_end_of_warnings (self, forward);
  cot_window_show_toast (self, end);
}

static void
on_next_warning (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_to_warning (COT_WINDOW (data), TRUE);
}

static void
on_previous_warning (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_to_warning (COT_WINDOW (data), FALSE);
}

static void
on_next_error (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (COT_WINDOW (data), TRUE);
}

static void
on_previous_error (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step (COT_WINDOW (data), FALSE);
}

static void
on_elsewhere (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  Elsewhere found = { 0, 0, NULL, NULL };
  guint64 ordinal;

  if (self->page != NULL)
    found = look_elsewhere (self);
  if (found.log != NULL
      && cot_log_find_severity (found.log, COT_SEVERITY_ERROR, G_MAXUINT64, TRUE, &ordinal))
    cot_window_go_to (self, found.a_case, found.log, ordinal);
}

void
cot_window_init_errors (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "next-error", .activate = on_next_error },
    { .name = "previous-error", .activate = on_previous_error },
    { .name = "next-warning", .activate = on_next_warning },
    { .name = "previous-warning", .activate = on_previous_warning },
    { .name = "error-elsewhere", .activate = on_elsewhere },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
