/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-marks-dialog.h"

#include <glib/gi18n.h>

#include "cot-dialog-window.h"
#include "cot-names.h"
#include "cot-note-dialog.h"
#include "cot-sentences.h"
#include "cot-text-label.h"

#define WIDTH_PX 600
#define HEIGHT_PX 480
/* Each reads a part of its log. */
#define MAX_ROWS 300
#define MAX_LETTERS 160
#define KEY "cot-marks-dialog"
#define ROW_KEY "cot-mark"

typedef struct
{
  GtkWindow *window; /* the dialog lives as long as it */
  GPtrArray *logs; /* (element-type CotCodeLog) */
  CotMarksGoTo go_to;
  gpointer data;
  GCancellable *cancellable; /* of what the rows of now read */
  guint fill_source;
  int focused; /* index of the row that had the focus; -1 */
  GtkWidget *list;
  GtkWidget *summary;
} Dialog;

typedef struct
{
  Dialog *dialog;
  CotCase *a_case;
  CotLog *log;
  guint64 ordinal;
  char *message; /* (nullable): once it was read */
} Mark;

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_object_unref (mark->a_case);
  g_object_unref (mark->log);
  g_free (mark->message);
  g_free (mark);
}

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  for (guint i = 0; i < self->logs->len; i++)
    {
      CotCodeLog *place = self->logs->pdata[i];

      g_signal_handlers_disconnect_by_data (cot_marks_of_log (place->log), self);
    }
  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->logs);
  g_free (self);
}

static char *
dup_start (const char *text)
{
  char *start = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_LETTERS));

  g_strdelimit (start, "\r\n\t", ' ');
  return start;
}

/* The note is what the user looks for; without one the entry has to speak for itself. */
static void
describe (GtkWidget *row, const Mark *mark, const char *place)
{
  const char *note = cot_marks_get_note (cot_marks_of_log (mark->log), mark->ordinal);
  g_autofree char *first = note != NULL ? dup_start (note) : g_strdup (mark->message);
  g_autofree char *second = note != NULL && mark->message != NULL
                                ? g_strdup_printf ("%s\n%s", place, mark->message)
                                : g_strdup (place);

  g_object_set (row, "title", first != NULL ? first : place, "subtitle",
                first != NULL ? second : "", NULL);
  cot_names_set_row (row, NULL);
}

static void
on_details (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  Mark *mark = g_object_get_data (G_OBJECT (row), ROW_KEY);
  g_autoptr (CotEntryDetails) details
      = cot_log_load_details_finish (COT_LOG (source), result, NULL);
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;
  g_autofree char *place = NULL;
  guint64 in_part = 0;

  if (details == NULL)
    return;
  name = cot_log_dup_part_name (mark->log, mark->ordinal, &in_part);
  number = cot_sentence_dup_number (details->line > 0 ? details->line : in_part + 1);
  /* Translators: name of a log, number of a line or entry in it, a time */
  place = g_strdup_printf (details->line > 0 ? _("%s, line %s, %s") : _("%s, entry %s, %s"), name,
                           number, details->time_text != NULL ? details->time_text : _("no time"));
  mark->message = dup_start (details->message);
  describe (row, mark, place);
}

static void
on_activated (AdwActionRow *row, Dialog *self)
{
  const Mark *mark = g_object_get_data (G_OBJECT (row), ROW_KEY);

  self->go_to (mark->a_case, mark->log, mark->ordinal, self->data);
}

static void
on_edit (GtkWidget *row)
{
  const Mark *mark = g_object_get_data (G_OBJECT (row), ROW_KEY);

  cot_note_dialog_present (mark->dialog->window, mark->log, mark->ordinal,
                           mark->message != NULL ? mark->message : "");
}

static void
on_remove (GtkWidget *row)
{
  const Mark *mark = g_object_get_data (G_OBJECT (row), ROW_KEY);

  mark->dialog->focused = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  cot_marks_set (cot_marks_of_log (mark->log), mark->ordinal, FALSE);
}

static void
add_button (GtkWidget *row, const char *icon_name, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_signal_connect_swapped (button, "clicked", callback, row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
append_mark (Dialog *self, const CotCodeLog *place, guint64 ordinal)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("cot-mark-symbolic");
  Mark *mark = g_new0 (Mark, 1);

  mark->dialog = self;
  mark->a_case = g_object_ref (place->a_case);
  mark->log = g_object_ref (place->log);
  mark->ordinal = ordinal;
  g_object_set_data_full (G_OBJECT (row), ROW_KEY, mark, mark_free);
  g_object_set (row, "use-markup", FALSE, NULL);
  g_object_set (row, "title-lines", 2, "subtitle-lines", 2, "activatable", TRUE, NULL);
  describe (row, mark, cot_log_get_name (place->log));
  gtk_widget_add_css_class (icon, "user-mark");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  add_button (row, "document-edit-symbolic", _("Note"), G_CALLBACK (on_edit));
  add_button (row, "window-close-symbolic", _("Remove Mark"), G_CALLBACK (on_remove));
  g_signal_connect (row, "activated", G_CALLBACK (on_activated), self);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  cot_log_load_details_async (place->log, ordinal, self->cancellable, on_details,
                              g_object_ref (row));
}

static guint
append_log (Dialog *self, const CotCodeLog *place, guint n_rows)
{
  CotBitset *marked = cot_marks_get_ordinals (cot_marks_of_log (place->log));
  guint64 ordinal;

  for (guint64 from = 0; n_rows < MAX_ROWS && cot_bitset_next (marked, from, &ordinal);
       from = ordinal + 1)
    {
      append_mark (self, place, ordinal);
      n_rows++;
    }
  return n_rows;
}

static guint64
count_marks (Dialog *self)
{
  guint64 n = 0;

  for (guint i = 0; i < self->logs->len; i++)
    {
      const CotCodeLog *place = self->logs->pdata[i];

      n += cot_bitset_get_size (cot_marks_get_ordinals (cot_marks_of_log (place->log)));
    }
  return n;
}

static void
update_summary (Dialog *self, guint n_rows)
{
  guint64 n_marks = count_marks (self);
  g_autofree char *text = NULL;

  if (n_marks == 0)
    text = g_strdup (_("No entry of the open logs is marked. Ctrl+D marks the one that is "
                       "selected, Ctrl+Shift+D with a note."));
  else if (n_marks > n_rows)
    /* Translators: two numbers */
    text = g_strdup_printf (_("The first %u of %u marks"), n_rows, (guint) n_marks);
  else
    text = g_strdup_printf (ngettext ("%u mark", "%u marks", n_rows), n_rows);
  gtk_label_set_text (GTK_LABEL (self->summary), text);
}

static void
focus_row (Dialog *self, int n_rows)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (
      GTK_LIST_BOX (self->list), CLAMP (self->focused, 0, MAX (n_rows - 1, 0)));

  if (self->focused >= 0 && row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  self->focused = -1;
}

static gboolean
fill (gpointer data)
{
  Dialog *self = data;
  guint n_rows = 0;
  GtkWidget *child;

  self->fill_source = 0;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; i < self->logs->len; i++)
    n_rows = append_log (self, self->logs->pdata[i], n_rows);
  gtk_widget_set_visible (self->list, n_rows > 0);
  update_summary (self, n_rows);
  focus_row (self, (int) n_rows);
  return G_SOURCE_REMOVE;
}

/* Many logs may find their marks at once. */
static void
on_marks_changed (Dialog *self)
{
  if (self->fill_source == 0)
    self->fill_source = g_idle_add (fill, self);
}

static void
watch_logs (Dialog *self)
{
  for (guint i = 0; i < self->logs->len; i++)
    {
      const CotCodeLog *place = self->logs->pdata[i];

      g_signal_connect_swapped (cot_marks_of_log (place->log), "changed",
                                G_CALLBACK (on_marks_changed), self);
    }
}

static GtkWidget *
make_page (Dialog *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->summary = cot_text_label_new ("", "secondary-text");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Marks"), -1);
  gtk_widget_add_css_class (page, "panel-page");
  gtk_box_append (GTK_BOX (page), self->summary);
  gtk_box_append (GTK_BOX (page), self->list);
  return page;
}

static void
forget (GObject *parent)
{
  g_object_set_data (parent, KEY, NULL);
}

void
cot_marks_dialog_present (GtkWindow *parent, GPtrArray *logs, CotMarksGoTo go_to, gpointer data)
{
  GtkWindow *before = g_object_get_data (G_OBJECT (parent), KEY);
  GtkWindow *window = cot_dialog_window_new (parent, _("Marks"), WIDTH_PX, HEIGHT_PX);
  Dialog *self = g_new0 (Dialog, 1);

  /* Other logs may be open now. */
  if (before != NULL)
    gtk_window_destroy (before);
  g_object_set_data (G_OBJECT (parent), KEY, window);
  g_signal_connect_object (window, "destroy", G_CALLBACK (forget), parent, G_CONNECT_SWAPPED);
  self->window = window;
  self->logs = g_ptr_array_ref (logs);
  self->go_to = go_to;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  self->focused = 0;
  g_object_set_data_full (G_OBJECT (window), KEY, self, dialog_free);
  cot_dialog_window_set_page (window, make_page (self));
  watch_logs (self);
  fill (self);
  gtk_window_present (self->window);
}
