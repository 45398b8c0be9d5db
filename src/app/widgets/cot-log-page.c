/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-page-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cot-log-sentences.h"
#include "cot-names.h"
#include "cot-sentences.h"
#include "cot-summary-sentences.h"
#include "cot-time-sentences.h"

/* How far a first time is looked for. */
#define MAX_WITHOUT_TIME 1000

enum
{
  ENTRY_SELECTED,
  FIND_CHANGED,
  FIND_WRAPPED,
  LEAVING,
  FILTER_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CotLogPage, cot_log_page, GTK_TYPE_WIDGET)

static void
on_selection_changed (CotLogPage *self)
{
  g_signal_emit (self, signals[ENTRY_SELECTED], 0);
}

static void
on_badge_clicked (CotLogPage *self, guint64 position)
{
  CotFinding *finding
      = cot_log_get_finding_at (self->log, cot_log_model_get_ordinal (self->model, position));
  g_autofree char *key = finding != NULL ? cot_finding_dup_key (finding) : NULL;

  if (key != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-finding", "s", key);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.mark-note", NULL);
}

static void
on_copied (CotLogPage *self, gboolean truncated)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                              truncated ? _("Copied, but only the first 64 MiB")
                                        : _("Copied"));
}

/* What can be done where there are no rows. */
static void
set_button (CotLogPage *self, const char *label, const char *action)
{
  gtk_button_set_label (GTK_BUTTON (self->status_button), label);
  cot_names_set_mnemonic (self->status_button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->status_button), action);
}

static void
on_copy_failed (CotLogPage *self, GError *error)
{
  g_autofree char *sentence = cot_sentence_from_error (error, cot_log_get_name (self->log));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sentence);
}

/* What a file of some size has instead of entries, and what may come. (nullable) */
static char *
dup_why_empty (CotLogPage *self)
{
  guint64 all_bytes;
  guint64 zero_bytes = cot_log_get_zero_bytes (self->log, &all_bytes);
  g_autofree char *size = g_format_size (zero_bytes);
  g_autofree char *zeros
      /* Translators: a size */
      = g_strdup_printf (_("%s of it are nothing but zeros: nothing is written there."), size);
  const char *next = cot_log_can_follow (self->log) ? _("New entries appear here.") : NULL;

  if (zero_bytes == 0)
    return g_strdup (next);
  return next != NULL ? g_strdup_printf ("%s\n%s", zeros, next) : g_steal_pointer (&zeros);
}

/* While an exercise keeps its answers no line is a known one. */
static gboolean
asks_for_answers (CotLogPage *self)
{
  CotExercise *exercise = cot_case_get_exercise (self->a_case);

  return exercise != NULL && cot_exercise_get_stage (exercise) != COT_EXERCISE_DONE
         && cot_filter_clauses_ask_findings (self->clauses);
}

static void
tell_of_hidden (CotLogPage *self)
{
  AdwStatusPage *status = ADW_STATUS_PAGE (self->status);
  gboolean only_new = cot_filter_clauses_get_moment (self->clauses) != 0;
  g_autofree char *hidden = cot_log_sentence_dup_all_hidden (cot_log_get_n_entries (self->log));
  const char *text = hidden;

  if (asks_for_answers (self))
    text = _("Which lines are known is told when the exercise is done.");
  else if (only_new && cot_log_get_following (self->log))
    text = _("New entries appear here.");
  set_button (self, _("_Clear Filter"), "win.clear-filter");
  adw_status_page_set_icon_name (status, "cot-filter-symbolic");
  adw_status_page_set_title (status, only_new ? _("No new entry passes the filter")
                                              : _("No entry passes the filter"));
  adw_status_page_set_description (status, text);
}

/* Rows where there are some; else a page that says why there are none. */
void
cot_log_page_update_status (CotLogPage *self)
{
  gboolean hides_all = cot_log_page_hides_all (self);
  const GError *error = cot_log_get_error (self->log);
  gboolean has_rows = !cot_log_is_blank (self->log);
  CotDocumentState state = cot_log_get_state (self->log);
  gboolean is_stopped = !has_rows && cot_log_get_stopped (self->log);
  AdwStatusPage *status = ADW_STATUS_PAGE (self->status);

  if (state == COT_DOCUMENT_FAILED && !has_rows && error != NULL)
    {
      g_autofree char *sentence = cot_sentence_from_failure (error, cot_log_get_name (self->log));
      g_autofree char *escaped = g_markup_escape_text (sentence, -1);

      adw_status_page_set_icon_name (status, "dialog-warning-symbolic");
      adw_status_page_set_title (status, _("Not Readable"));
      adw_status_page_set_description (status, escaped);
    }
  else if (is_stopped)
    {
      g_autofree char *sentence = cot_sentence_dup_stopped (cot_log_get_progress (self->log));

      adw_status_page_set_icon_name (status, "media-playback-stop-symbolic");
      adw_status_page_set_title (status, sentence);
      adw_status_page_set_description (status, NULL);
      set_button (self, _("_Read On"), "win.read-on");
    }
  else if (hides_all)
    {
      tell_of_hidden (self);
    }
  else
    {
      g_autofree char *why = dup_why_empty (self);

      adw_status_page_set_icon_name (status, "text-x-generic-symbolic");
      adw_status_page_set_title (status, _("This log is empty."));
      adw_status_page_set_description (status, why);
    }
  gtk_widget_set_visible (self->status_button, is_stopped || hides_all);
  if ((has_rows && !hides_all) || (state == COT_DOCUMENT_NEW && !is_stopped)
      || state == COT_DOCUMENT_LOADING)
    {
      cot_log_view_expect_size (cot_log_page_get_view (self), gtk_widget_get_width (self->stack),
                                gtk_widget_get_height (self->stack));
      gtk_stack_set_visible_child (GTK_STACK (self->stack), self->overlay);
    }
  else
    {
      gtk_stack_set_visible_child (GTK_STACK (self->stack), self->status);
    }
}

void
cot_log_page_go_to_wanted (CotLogPage *self)
{
  CotLogView *view = cot_log_page_get_view (self);
  guint64 ordinal = self->wanted;

  if (self->wanted_log != NULL
      && !cot_log_find_place (self->log, self->wanted_log, self->wanted, &ordinal))
    return;
  if (ordinal >= cot_log_get_n_entries (self->log) || !cot_log_page_uncover (self, ordinal))
    return;
  self->wanted = G_MAXUINT64;
  g_clear_object (&self->wanted_log);
  self->kept_ordinal = G_MAXUINT64;
  cot_log_view_set_cursor (view, cot_log_model_get_position (self->model, ordinal));
  cot_log_view_reveal (view, cot_log_model_get_position (self->model, ordinal));
}

static void
on_log_changed (CotLogPage *self)
{
  cot_log_page_update_status (self);
  if (self->wanted != G_MAXUINT64)
    cot_log_page_go_to_wanted (self);
  cot_log_page_return (self);
}

static void
cot_log_page_dispose (GObject *object)
{
  CotLogPage *self = COT_LOG_PAGE (object);

  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  if (self->model != NULL)
    {
      cot_log_page_clear_find (self);
      cot_log_page_drop_filter (self);
    }
  if (self->timeline != NULL)
    cot_log_page_drop_density (self);
  cot_log_page_forget_places (self);
  cot_log_page_stop_returning (self);
  g_clear_object (&self->wanted_log);
  g_clear_pointer (&self->timeline, gtk_widget_unparent);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_object (&self->log);
  g_clear_object (&self->a_case);

  G_OBJECT_CLASS (cot_log_page_parent_class)->dispose (object);
}

static gboolean
cot_log_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (cot_log_page_get_view (COT_LOG_PAGE (widget))));
}

/* The tab view gives the focus on to a page that comes to the front as Tab would; then the list is
 * meant, not the first thing in the page. */
static gboolean
comes_to_front (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return gtk_widget_get_focus_child (widget) == NULL
         && (focus == NULL || gtk_widget_get_ancestor (focus, ADW_TYPE_TAB_VIEW) != NULL);
}

static gboolean
focus_child (CotLogPage *self, GtkDirectionType direction)
{
  GtkWidget *widgets[] = { self->timeline, self->stack };
  gboolean backward = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));
  int index = backward ? 1 : 0;

  if (child != NULL)
    index = child == self->stack;
  for (; index == 0 || index == 1; index += backward ? -1 : 1)
    if (gtk_widget_get_mapped (widgets[index])
        && gtk_widget_child_focus (widgets[index], direction))
      return TRUE;
  return FALSE;
}

/* Only what is inside: with the default, grab_focus() would catch Tab when it leaves the page. */
static gboolean
cot_log_page_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (direction == GTK_DIR_TAB_FORWARD && comes_to_front (widget))
    return gtk_widget_grab_focus (widget);
  return focus_child (COT_LOG_PAGE (widget), direction);
}

static void
cot_log_page_class_init (CotLogPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_log_page_dispose;
  widget_class->grab_focus = cot_log_page_grab_focus;
  widget_class->focus = cot_log_page_focus;
  signals[ENTRY_SELECTED] = g_signal_new ("entry-selected", COT_TYPE_LOG_PAGE, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FIND_CHANGED] = g_signal_new ("find-changed", COT_TYPE_LOG_PAGE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FIND_WRAPPED] = g_signal_new ("find-wrapped", COT_TYPE_LOG_PAGE, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[LEAVING] = g_signal_new ("leaving", COT_TYPE_LOG_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[FILTER_CHANGED] = g_signal_new ("filter-changed", COT_TYPE_LOG_PAGE, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "logpage");
}

static void
cot_log_page_init (CotLogPage *self)
{
  CotLogView *view;

  self->wanted = G_MAXUINT64;
  self->match = G_MAXUINT64;
  self->wanted_time_usec = COT_TIME_NONE;
  cot_log_page_init_filter (self);
  cot_log_page_init_density (self);
  self->stack = gtk_stack_new ();
  self->pane = cot_log_pane_new ();
  self->status = adw_status_page_new ();
  self->status_button = cot_button_new_named ("");
  gtk_widget_set_halign (self->status_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->status_button, "pill");
  /* The details stand below: what helps must be in sight all the same. */
  gtk_widget_add_css_class (self->status, "compact");
  gtk_widget_add_css_class (self->status, "in-log");
  adw_status_page_set_child (ADW_STATUS_PAGE (self->status), self->status_button);
  gtk_widget_set_size_request (self->stack, 0, 0);
  self->overlay = cot_log_page_make_overlay (self);
  gtk_stack_add_child (GTK_STACK (self->stack), self->overlay);
  gtk_stack_add_child (GTK_STACK (self->stack), self->status);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
      GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_parent (self->timeline, GTK_WIDGET (self));
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));

  view = cot_log_page_get_view (self);
  g_signal_connect_swapped (view, "cursor-changed", G_CALLBACK (on_selection_changed), self);
  g_signal_connect_swapped (view, "selection-changed", G_CALLBACK (on_selection_changed), self);
  g_signal_connect_swapped (view, "badge-clicked", G_CALLBACK (on_badge_clicked), self);
  g_signal_connect_swapped (view, "copied", G_CALLBACK (on_copied), self);
  g_signal_connect_swapped (view, "copy-failed", G_CALLBACK (on_copy_failed), self);
}

/**
 * cot_log_page_new:
 * @a_case: the case that holds the log
 * @log: the log
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
cot_log_page_new (CotCase *a_case, CotLog *log)
{
  CotLogPage *self;

  g_return_val_if_fail (COT_IS_LOG (log), NULL);

  self = g_object_new (COT_TYPE_LOG_PAGE, NULL);
  self->a_case = g_object_ref (a_case);
  self->log = g_object_ref (log);
  self->model = cot_log_model_new (log);
  if (COT_IS_MERGED_LOG (log))
    cot_log_page_watch_places (self);
  cot_log_view_set_model (cot_log_page_get_view (self), COT_ROW_MODEL (self->model));
  cot_log_page_watch_new_rows (self);
  cot_log_page_watch_density (self);
  g_signal_connect_swapped (log, "changed", G_CALLBACK (on_log_changed), self);
  g_signal_connect_swapped (log, "known-changed", G_CALLBACK (cot_log_page_renew_filter), self);
  cot_log_page_update_status (self);
  return GTK_WIDGET (self);
}

CotCase *
cot_log_page_get_case (CotLogPage *self)
{
  g_return_val_if_fail (COT_IS_LOG_PAGE (self), NULL);

  return self->a_case;
}

CotLog *
cot_log_page_get_log (CotLogPage *self)
{
  g_return_val_if_fail (COT_IS_LOG_PAGE (self), NULL);

  return self->log;
}

CotLogView *
cot_log_page_get_view (CotLogPage *self)
{
  g_return_val_if_fail (COT_IS_LOG_PAGE (self), NULL);

  return cot_log_pane_get_view (COT_LOG_PANE (self->pane));
}

/**
 * cot_log_page_go_to:
 * @ordinal: the entry; where it is not read yet, it is shown as soon as it is
 */
void
cot_log_page_go_to (CotLogPage *self, guint64 ordinal)
{
  g_return_if_fail (COT_IS_LOG_PAGE (self));

  g_signal_emit (self, signals[LEAVING], 0);
  cot_log_page_stop_returning (self);
  self->wanted = ordinal;
  g_clear_object (&self->wanted_log);
  cot_log_page_go_to_wanted (self);
}

/**
 * cot_log_page_go_to_entry:
 * @log: the page's log, or one of a merge
 * @ordinal: the entry of that log; where it is not read or has no place yet, it is shown as soon
 *   as it has
 */
void
cot_log_page_go_to_entry (CotLogPage *self, CotLog *log, guint64 ordinal)
{
  g_return_if_fail (COT_IS_LOG_PAGE (self));

  cot_log_page_go_to (self, G_MAXUINT64);
  self->wanted = ordinal;
  g_set_object (&self->wanted_log, log);
  cot_log_page_go_to_wanted (self);
}

/**
 * cot_log_page_get_selected_entry:
 * @ordinal: (out): the entry of the log that is returned
 *
 * Returns: (transfer none) (nullable): the log that the selected entry is of; %NULL: none is
 */
CotLog *
cot_log_page_get_selected_entry (CotLogPage *self, guint64 *ordinal)
{
  guint64 place;

  return cot_log_page_get_selected (self, &place) ? cot_log_locate (self->log, place, ordinal)
                                                  : NULL;
}

gboolean
cot_log_page_get_selected (CotLogPage *self, guint64 *ordinal)
{
  guint64 cursor;

  g_return_val_if_fail (COT_IS_LOG_PAGE (self), FALSE);

  cursor = cot_log_view_get_cursor (cot_log_page_get_view (self));
  if (cursor == COT_LOG_VIEW_NO_ROW || cot_log_model_is_seam (self->model, cursor))
    return FALSE;
  *ordinal = cot_log_model_get_ordinal (self->model, cursor);
  return *ordinal != G_MAXUINT64;
}

static gint64
get_time (CotLogPage *self, guint64 position)
{
  return cot_log_get_common_time (self->log, cot_log_model_get_ordinal (self->model, position));
}

/* Since the first entry that has a time; a clock that was not set yet tells none. */
static gint64
get_first_time (CotLogPage *self, gboolean *was_unset)
{
  guint64 n = MIN (cot_log_get_n_entries (self->log), (guint64) MAX_WITHOUT_TIME);

  for (guint64 i = 0; i < n; i++)
    {
      gint64 time_usec = cot_log_get_common_time (self->log, i);

      if (time_usec != COT_TIME_NONE && cot_time_is_credible (time_usec))
        return time_usec;
      *was_unset = *was_unset || time_usec != COT_TIME_NONE;
    }
  return COT_TIME_NONE;
}

char *
cot_log_page_dup_elapsed (CotLogPage *self)
{
  CotLogView *view = cot_log_page_get_view (self);
  guint64 n_selected = cot_log_view_get_n_selected (view);
  guint64 first;
  guint64 last;
  gint64 from;
  gint64 to;
  gboolean was_unset = FALSE;
  g_autofree char *elapsed = NULL;

  if (!cot_log_view_get_selection_bounds (view, &first, &last))
    return NULL;
  from = n_selected > 1 ? get_time (self, first) : get_first_time (self, &was_unset);
  to = get_time (self, last);
  if (from == COT_TIME_NONE || to == COT_TIME_NONE)
    return NULL;
  if (!cot_time_is_credible (from) || !cot_time_is_credible (to))
    return g_strdup (_("No time between: a clock was not set"));
  elapsed = cot_time_sentence_dup_elapsed (to - from);
  if (n_selected > 1)
    {
      g_autofree char *number = cot_sentence_dup_number (n_selected);

      /* Translators: "0h 1m 12s 345ms (72.345 seconds) between 12 selected": the time and the
       * number of entries */
      return g_strdup_printf (_("%s between %s selected"), elapsed, number);
    }
  /* Translators: a time, as above */
  return g_strdup_printf (was_unset ? _("%s since the clock was set")
                                    : _("%s since the first entry"),
                          elapsed);
}

/**
 * cot_log_page_step_noted:
 * @kind: errors, or what detectors know
 * @forward: whether the next one is wanted, or the previous one
 *
 * Returns: whether there is one among the rows
 */
gboolean
cot_log_page_step_noted (CotLogPage *self, CotRulerFlags kind, gboolean forward)
{
  guint64 from = G_MAXUINT64;
  guint64 ordinal;

  g_return_val_if_fail (COT_IS_LOG_PAGE (self), FALSE);

  cot_log_page_get_selected (self, &from);
  if (!cot_log_model_step (self->model, kind, from, forward, &ordinal))
    return FALSE;
  cot_log_page_go_to (self, ordinal);
  return TRUE;
}

/**
 * cot_log_page_has_noted:
 * @kind: errors, or what detectors know
 *
 * Returns: whether there is any among the rows
 */
gboolean
cot_log_page_has_noted (CotLogPage *self, CotRulerFlags kind)
{
  guint64 ordinal;

  g_return_val_if_fail (COT_IS_LOG_PAGE (self), FALSE);

  return cot_log_model_step (self->model, kind, G_MAXUINT64, TRUE, &ordinal);
}

gboolean
cot_log_page_get_following (CotLogPage *self)
{
  return cot_log_get_following (self->log);
}

/**
 * cot_log_page_set_following:
 * @following: whether new entries appear; the view then stays at the end where it is there
 */
void
cot_log_page_set_following (CotLogPage *self, gboolean following)
{
  g_return_if_fail (COT_IS_LOG_PAGE (self));

  cot_log_set_following (self->log, following);
}

void
cot_log_page_show_end (CotLogPage *self)
{
  guint64 n_rows;

  g_return_if_fail (COT_IS_LOG_PAGE (self));

  n_rows = cot_row_model_get_n_rows (COT_ROW_MODEL (self->model));
  if (n_rows > 0)
    cot_log_view_scroll_to (cot_log_page_get_view (self), n_rows - 1, COT_LOG_ALIGN_END);
}
