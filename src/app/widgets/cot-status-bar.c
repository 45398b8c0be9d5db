/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-status-bar.h"

#include <glib/gi18n.h>

#include "cot-clock-shift.h"
#include "cot-log-sentences.h"
#include "cot-merge-button.h"
#include "cot-sentences.h"
#include "cot-summary-sentences.h"
#include "cot-time-button.h"
#include "cot-time-mode.h"
#include "cot-tooltip.h"

#define DATE_LENGTH (sizeof "2026-11-18" - 1)

struct _CotStatusBar
{
  GtkWidget parent_instance;

  CotLog *log; /* (nullable) */
  CotLog *other; /* (nullable): that is shown beside it */

  GtkWidget *box;
  GtkWidget *format;
  GtkWidget *merge; /* in its place, of a merge */
  GtkWidget *entries;
  GtkWidget *errors;
  GtkWidget *warnings;
  GtkWidget *elapsed;
  GtkWidget *live;
  GtkWidget *moved; /* a button that says that a clock was moved */
  GtkWidget *other_moved; /* the same of the other log */
  GtkWidget *clock;
};

G_DEFINE_FINAL_TYPE (CotStatusBar, cot_status_bar, GTK_TYPE_WIDGET)

static void
set_cell (GtkWidget *cell, const char *text)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (cell), "label");

  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (cell, text != NULL && *text != '\0');
}

static GtkWidget *
append_cell (CotStatusBar *self, const char *icon_name, const char *css_class)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (cell, "status-cell");
  if (css_class != NULL)
    gtk_widget_add_css_class (cell, css_class);
  gtk_widget_add_css_class (label, "numeric");
  if (icon_name != NULL)
    gtk_box_append (GTK_BOX (cell), gtk_image_new_from_icon_name (icon_name));
  gtk_box_append (GTK_BOX (cell), label);
  g_object_set_data (G_OBJECT (cell), "label", label);
  gtk_widget_set_visible (cell, FALSE);
  gtk_box_append (GTK_BOX (self->box), cell);
  return cell;
}

/* A number of entries that a click goes to, one after the other. */
static GtkWidget *
append_count (CotStatusBar *self, const char *icon_name, const char *css_class, const char *action,
              const char *tooltip)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name (icon_name));
  gtk_box_append (GTK_BOX (content), label);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "status-cell");
  gtk_widget_add_css_class (button, css_class);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  /* The keys stay with the log, whose cursor it moves. */
  gtk_widget_set_focus_on_click (button, FALSE);
  g_object_set_data (G_OBJECT (button), "label", label);
  gtk_widget_set_visible (button, FALSE);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static void
set_count (GtkWidget *button, const char *text)
{
  set_cell (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "", -1);
}

/* @words hold "%s" where the number goes. */
static char *
dup_count_text (const char *words, guint64 n)
{
  g_autofree char *digits = cot_sentence_dup_number (n);
  g_auto (GStrv) parts = g_strsplit (words, "%s", 2);

  return g_strjoinv (digits, parts);
}

static void
update_counts (CotStatusBar *self)
{
  const CotSnapshotCounts *counts = cot_log_get_counts (self->log);
  guint64 n_entries = cot_log_get_n_written (self->log);
  guint64 n_errors = counts->by_severity[COT_SEVERITY_ERROR];
  guint64 n_warnings = counts->by_severity[COT_SEVERITY_WARNING];
  g_autofree char *entries
      = dup_count_text (ngettext ("%s entry", "%s entries", n_entries), n_entries);
  g_autofree char *errors = NULL;
  g_autofree char *warnings = NULL;

  if (n_errors > 0)
    errors = dup_count_text (ngettext ("%s error", "%s errors", n_errors), n_errors);
  if (n_warnings > 0)
    warnings = dup_count_text (ngettext ("%s warning", "%s warnings", n_warnings), n_warnings);
  set_cell (self->entries, entries);
  set_count (self->errors, errors);
  set_count (self->warnings, warnings);
}

/* Of a long log, how it ends is known before the rest of it. */
static char *
dup_reading (CotStatusBar *self, char **tooltip)
{
  const CotEnding *ending = cot_log_get_ending (self->log);
  char end[COT_CLOCK_ISO_SIZE];

  if (ending == NULL || ending->time_usec == COT_TIME_NONE)
    return g_strdup (_("Reading…"));
  cot_clock_format_iso (cot_clock_show (ending->time_usec, ending->bias_minutes,
                                        cot_time_mode_get ()), end);
  end[DATE_LENGTH] = ' ';
  /* Translators: a date and time, and what is written there */
  *tooltip = g_strdup_printf (_("The last entry, %.19s: %s"), end, ending->message);
  /* Translators: a date and time */
  return g_strdup_printf (_("Reading… It ends %.19s"), end);
}

static void
update_live (CotStatusBar *self)
{
  g_autofree char *text = NULL;
  g_autofree char *tooltip = NULL;

  switch (cot_log_get_state (self->log))
    {
    case COT_DOCUMENT_LIVE:
      text = g_strdup (_("Live"));
      break;
    case COT_DOCUMENT_PAUSED:
      {
        guint64 n = cot_log_get_n_held_back (self->log);

        text = dup_count_text (ngettext ("Paused, %s new line", "Paused, %s new lines", n), n);
        break;
      }
    case COT_DOCUMENT_GONE:
      text = g_strdup (cot_log_get_error (self->log) != NULL && cot_log_get_progress (self->log) < 1
                         ? _("Read in part")
                         : _("The file is gone"));
      break;
    case COT_DOCUMENT_LOADING:
      text = dup_reading (self, &tooltip);
      break;
    case COT_DOCUMENT_FAILED:
      text = g_strdup (_("Not readable"));
      break;
    case COT_DOCUMENT_NEW:
    case COT_DOCUMENT_READY:
    default:
      if (cot_log_get_stopped (self->log))
        text = cot_sentence_dup_stopped (cot_log_get_progress (self->log));
      break;
    }
  set_cell (self->live, text);
  cot_tooltip_update (self->live, tooltip);
}

/* What was done with logs that do not say which zone they are in. */
static char *
dup_merge_tooltip (CotMergedLog *log)
{
  g_autoptr (GString) text
      = g_string_new (_("The entries of these logs stand in the order of their times in UTC. Those "
                        "without a time stay behind the one above them in their own log."));
  CotMergedZones zones;

  cot_merged_log_get_zones (log, &zones);
  if (zones.n_without_zone > 0 && zones.bias_minutes != COT_BIAS_NONE)
    {
      g_autofree char *offset = cot_time_mode_dup_offset (zones.bias_minutes);

      g_string_append_c (text, '\n');
      /* Translators: a number of logs, and an offset such as UTC−5:00 */
      g_string_append_printf (
          text,
          ngettext ("%u log says no time zone: it is taken to be in that of the others, %s.",
                    "%u logs say no time zone: they are taken to be in that of the others, %s.",
                    zones.n_without_zone),
          zones.n_without_zone, offset);
    }
  else if (zones.n_without_zone > 0)
    {
      g_string_append_printf (text, "\n%s",
                              _("None of them says its time zone: they are taken to be in one."));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
update_merge (CotStatusBar *self)
{
  CotMergedLog *merged = COT_IS_MERGED_LOG (self->log) ? COT_MERGED_LOG (self->log) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *tooltip = NULL;
  guint n, n_on;

  cot_merge_button_set_log (COT_MERGE_BUTTON (self->merge), merged);
  gtk_widget_set_visible (self->merge, merged != NULL);
  if (merged == NULL)
    return;
  n = cot_merged_log_get_n_logs (merged);
  n_on = cot_merged_log_get_n_on (merged);
  text = n_on == n ? g_strdup_printf (ngettext ("%u log merged by UTC", "%u logs merged by UTC", n),
                                      n)
                   : g_strdup_printf (ngettext ("%u of %u log merged by UTC",
                                                "%u of %u logs merged by UTC", n),
                                      n_on, n);
  tooltip = dup_merge_tooltip (merged);
  cot_merge_button_set_text (COT_MERGE_BUTTON (self->merge), text);
  cot_tooltip_update (self->merge, tooltip);
  set_cell (self->format, NULL);
}

/* It is said in plain sight, and leads to where it is taken back. */
static void
update_moved (CotStatusBar *self)
{
  gint64 clock_usec = 0;
  guint n_moved = self->log != NULL ? cot_log_get_n_moved (self->log, &clock_usec) : 0;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->moved, n_moved > 0);
  if (n_moved == 0)
    return;
  if (COT_IS_MERGED_LOG (self->log))
    {
      text = g_strdup_printf (ngettext ("%u clock moved", "%u clocks moved", n_moved), n_moved);
      cot_tooltip_update (
          self->moved, _("The details of an entry say whether the clock of its log was moved. This "
                         "moves the clock of the selected entry's log, or takes it back."));
    }
  else
    {
      g_autofree char *shift = cot_clock_shift_dup_text (clock_usec);

      /* Translators: a time such as +5 min */
      text = g_strdup_printf (_("Clock moved %s"), shift);
      cot_tooltip_update (
          self->moved, _("Each time is shown earlier or later than it is written. This changes it, "
                         "or takes it back."));
    }
  gtk_button_set_label (GTK_BUTTON (self->moved), text);
}

/* Whoever compares two logs must know it of both, whichever he is in. */
static void
update_other_moved (CotStatusBar *self)
{
  gint64 clock_usec = 0;
  guint n_moved = self->other != NULL ? cot_log_get_n_moved (self->other, &clock_usec) : 0;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->other_moved, n_moved > 0);
  if (n_moved == 0)
    return;
  if (COT_IS_MERGED_LOG (self->other))
    text = g_strdup_printf (ngettext ("Beside: %u clock moved", "Beside: %u clocks moved", n_moved),
                            n_moved);
  else
    {
      g_autofree char *shift = cot_clock_shift_dup_text (clock_usec);

      /* Translators: of the log that is shown beside this one; a time such as +5 min */
      text = g_strdup_printf (_("Beside: clock moved %s"), shift);
    }
  name = cot_log_sentence_dup_name (self->other);
  gtk_button_set_label (GTK_BUTTON (self->other_moved), text);
  cot_tooltip_update (self->other_moved, name);
}

static void
update (CotStatusBar *self)
{
  g_autofree char *format = NULL;
  gboolean is_plain;

  update_merge (self);
  update_moved (self);
  update_other_moved (self);
  cot_time_button_set_log (COT_TIME_BUTTON (self->clock), self->log);
  if (self->log == NULL)
    {
      set_cell (self->format, NULL);
      set_cell (self->entries, NULL);
      set_count (self->errors, NULL);
      set_count (self->warnings, NULL);
      set_cell (self->live, NULL);
      return;
    }
  update_counts (self);
  update_live (self);
  if (COT_IS_MERGED_LOG (self->log))
    return;
  is_plain = g_str_equal (cot_snapshot_get_format (cot_log_get_snapshot (self->log))->id, "plain");
  format = g_strdup_printf ("%s, %s", cot_log_get_format_name (self->log),
                            cot_log_get_encoding_name (self->log));
  set_cell (self->format, format);
  cot_tooltip_update (self->format,
                      is_plain ? _("Shown as plain text: no known log format.") : NULL);
}

static void
cot_status_bar_dispose (GObject *object)
{
  CotStatusBar *self = COT_STATUS_BAR (object);

  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_clear_object (&self->log);
  cot_status_bar_set_other (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_status_bar_parent_class)->dispose (object);
}

static void
cot_status_bar_class_init (CotStatusBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_status_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "statusbar");
}

static GtkWidget *
append_moved (CotStatusBar *self, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label ("");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "clock-moved");
  gtk_widget_set_visible (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static void
cot_status_bar_init (CotStatusBar *self)
{
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label;

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->merge = cot_merge_button_new ();
  gtk_widget_set_visible (self->merge, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->merge);
  self->format = append_cell (self, NULL, NULL);
  self->entries = append_cell (self, NULL, NULL);
  self->errors = append_count (self, "dialog-error-symbolic", "error-count", "win.next-error",
                               _("Go to the next error (Ctrl+E)"));
  self->warnings = append_count (self, "dialog-warning-symbolic", "warning-count",
                                 "win.next-warning", _("Go to the next warning (F12)"));
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (self->box), space);
  self->elapsed = append_cell (self, NULL, "from-right");
  self->live = append_cell (self, NULL, "from-right");
  self->other_moved = append_moved (self, "win.move-other-clock");
  self->moved = append_moved (self, "win.move-clock");
  self->clock = cot_time_button_new ();
  gtk_box_append (GTK_BOX (self->box), self->clock);

  /* Beside the button, what gives way when the window is narrow. */
  label = g_object_get_data (G_OBJECT (self->elapsed), "label");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
}

GtkWidget *
cot_status_bar_new (void)
{
  return g_object_new (COT_TYPE_STATUS_BAR, NULL);
}

/**
 * cot_status_bar_set_log:
 * @log: (nullable): the log to tell about
 */
void
cot_status_bar_set_log (CotStatusBar *self, CotLog *log)
{
  g_return_if_fail (COT_IS_STATUS_BAR (self));

  if (self->log != log)
    {
      if (self->log != NULL)
        g_signal_handlers_disconnect_by_data (self->log, self);
      g_set_object (&self->log, log);
      if (log != NULL)
        g_signal_connect_swapped (log, "changed", G_CALLBACK (update), self);
      if (COT_IS_MERGED_LOG (log))
        g_signal_connect_swapped (log, "logs-changed", G_CALLBACK (update), self);
    }
  update (self);
}

/**
 * cot_status_bar_set_other:
 * @other: (nullable): the log that is shown beside that one
 */
void
cot_status_bar_set_other (CotStatusBar *self, CotLog *other)
{
  g_return_if_fail (COT_IS_STATUS_BAR (self));

  if (self->other == other)
    return;
  if (self->other != NULL)
    g_signal_handlers_disconnect_by_func (self->other, update_other_moved, self);
  g_set_object (&self->other, other);
  if (COT_IS_MERGED_LOG (other))
    g_signal_connect_swapped (other, "logs-changed", G_CALLBACK (update_other_moved), self);
  update_other_moved (self);
}

/**
 * cot_status_bar_set_elapsed:
 * @elapsed: (nullable): the time between the selected rows, in words
 */
void
cot_status_bar_set_elapsed (CotStatusBar *self, const char *elapsed)
{
  g_return_if_fail (COT_IS_STATUS_BAR (self));

  set_cell (self->elapsed, elapsed);
}
