/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-error-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cot-code-sentences.h"
#include "cot-finding-text.h"
#include "cot-member-sentences.h"
#include "cot-names.h"
#include "cot-sentences.h"
#include "cot-text-label.h"

#define MAX_ROWS 6
#define REST_MSEC 1000

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotErrorList
{
  GtkWidget parent_instance;

  CotCase *a_case; /* (nullable) */
  GPtrArray *wanted; /* (nullable) (element-type CotLog): whose errors are to be told of now */
  GPtrArray *reading; /* (nullable) (element-type CotLog): those that a worker reads */
  GPtrArray *read; /* (nullable) (element-type CotLog): those of what is shown */
  CotErrorKinds *kinds; /* (nullable): what is shown */
  GCancellable *cancellable; /* (nullable): while a worker reads */
  gboolean is_outdated; /* more came meanwhile */
  guint rest_source;

  GtkWidget *box;
  GtkWidget *list;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (CotErrorList, cot_error_list, GTK_TYPE_WIDGET)

static void
on_activated (CotErrorList *self, GtkListBoxRow *row)
{
  const CotErrorKind *kind
      = g_ptr_array_index (cot_error_kinds_get (self->kinds), gtk_list_box_row_get_index (row));

  g_signal_emit (self, signals[GO_TO], 0, g_ptr_array_index (self->read, kind->index),
                 kind->ordinal);
}

static void
on_first_error (CotErrorList *self)
{
  CotLog *log;
  guint64 ordinal;

  if (self->wanted != NULL && cot_errors_find_first (self->wanted, &log, &ordinal))
    g_signal_emit (self, signals[GO_TO], 0, log, ordinal);
}

/* "WUAHandler.log · 3 times · first ..., last ..." */
static char *
dup_place (CotErrorList *self, const CotErrorKind *kind)
{
  CotLog *log = g_ptr_array_index (self->read, kind->index);
  const char *device = cot_case_get_n_devices (self->a_case) > 1
                           ? cot_case_get_log_device (self->a_case, log)
                           : NULL;
  g_autofree char *name = cot_sentence_dup_visible (cot_log_get_name (log));
  g_autofree char *times
      = cot_finding_text_dup_times ((guint) kind->n, kind->time_usec, kind->last_time_usec);

  if (device != NULL)
    return g_strdup_printf ("%s · %s · %s", device, name, times);
  return g_strdup_printf ("%s · %s", name, times);
}

static void
append_row (CotErrorList *self)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, _("Go to the first of them"));
  gtk_widget_add_css_class (row, "finding-row");
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
fill_row (CotErrorList *self, GtkWidget *row, const CotErrorKind *kind)
{
  g_autofree char *title = cot_code_sentence_dup_error_kind (kind);
  g_autofree char *place = dup_place (self, kind);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), place);
  cot_names_set_row (row, cot_sentence_get_severity (COT_SEVERITY_ERROR));
}

/* Rows stay where they are: one of them may have the focus, or lie under the pointer. */
static void
fill (CotErrorList *self)
{
  const GPtrArray *kinds = self->kinds != NULL ? cot_error_kinds_get (self->kinds) : NULL;
  guint n_kinds = kinds != NULL ? kinds->len : 0;
  guint n_rows = MIN (n_kinds, MAX_ROWS);
  GtkListBoxRow *row;
  g_autofree char *more
      = g_strdup_printf (ngettext ("and %u more kind", "and %u more kinds", n_kinds - n_rows),
                         n_kinds - n_rows);

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) n_rows)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < n_rows; i++)
    {
      if (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) i) == NULL)
        append_row (self);
      row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) i);
      fill_row (self, GTK_WIDGET (row), g_ptr_array_index (kinds, i));
    }
  gtk_widget_set_visible (self->list, n_rows > 0);
  gtk_label_set_text (GTK_LABEL (self->more), more);
  gtk_widget_set_visible (self->more, n_kinds > n_rows);
}

static void begin (CotErrorList *self);

static gboolean
on_rested (gpointer data)
{
  CotErrorList *self = data;

  self->rest_source = 0;
  if (self->is_outdated)
    begin (self);
  return G_SOURCE_REMOVE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  CotErrorKinds *kinds = g_task_propagate_pointer (G_TASK (result), NULL);
  CotErrorList *self = data;

  /* Cancelled: other logs are wanted, or there is no list any more. */
  if (kinds == NULL)
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->kinds, cot_error_kinds_free);
  g_clear_pointer (&self->read, g_ptr_array_unref);
  self->kinds = kinds;
  self->read = g_steal_pointer (&self->reading);
  fill (self);
  self->rest_source = g_timeout_add (REST_MSEC, on_rested, self);
}

static void
read_kinds (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (CotErrorKinds) kinds = data;

  cot_error_kinds_run (kinds, cancellable);
  g_task_return_pointer (task, g_steal_pointer (&kinds), (GDestroyNotify) cot_error_kinds_free);
}

/* The logs are the main thread's: the task does not hold them, for it may end on the worker's. */
static void
begin (CotErrorList *self)
{
  CotErrorKinds *kinds = cot_error_kinds_new ();
  g_autoptr (GTask) task = NULL;

  self->is_outdated = FALSE;
  self->cancellable = g_cancellable_new ();
  self->reading = g_ptr_array_ref (self->wanted);
  for (guint i = 0; i < self->wanted->len; i++)
    cot_error_kinds_add (kinds, g_ptr_array_index (self->wanted, i), i);
  /* It must not keep the list: that would go, and end the reading, only when all is read. */
  task = g_task_new (NULL, self->cancellable, on_read, self);
  g_task_set_source_tag (task, begin);
  g_task_set_task_data (task, kinds, NULL);
  g_task_run_in_thread (task, read_kinds);
}

static void
stop (CotErrorList *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  g_clear_pointer (&self->reading, g_ptr_array_unref);
  g_clear_pointer (&self->kinds, cot_error_kinds_free);
  g_clear_pointer (&self->read, g_ptr_array_unref);
}

static void
cot_error_list_dispose (GObject *object)
{
  CotErrorList *self = COT_ERROR_LIST (object);

  stop (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->a_case);

  G_OBJECT_CLASS (cot_error_list_parent_class)->dispose (object);
}

static void
cot_error_list_class_init (CotErrorListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_error_list_dispose;
  signals[GO_TO] = g_signal_new ("go-to", COT_TYPE_ERROR_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cot_error_list_init (CotErrorList *self)
{
  g_autofree char *accelerator = gtk_accelerator_get_label (GDK_KEY_e, GDK_CONTROL_MASK);
  /* Translators: "Ctrl+E" */
  g_autofree char *next = g_strdup_printf (_("%s goes on to the next one."), accelerator);
  GtkWidget *button = gtk_button_new_with_label (_("Go to the First Error"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->list = gtk_list_box_new ();
  self->more = cot_text_label_new ("", "secondary-text");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Errors that no detector knows"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_activated), self);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_first_error), self);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_box_append (GTK_BOX (self->box), button);
  gtk_box_append (GTK_BOX (self->box), cot_text_label_new (next, "secondary-text"));
  fill (self);
}

GtkWidget *
cot_error_list_new (void)
{
  return g_object_new (COT_TYPE_ERROR_LIST, NULL);
}

/**
 * cot_error_list_set_logs:
 * @self: a list
 * @a_case: (nullable): whose errors they are; NULL for none
 * @logs: (nullable) (element-type CotLog): where they stand; NULL for none
 *
 * What is shown stays until the errors of @logs are read, unless it is of another case. A log that
 * is written all the time is not read again all the time.
 */
void
cot_error_list_set_logs (CotErrorList *self, CotCase *a_case, GPtrArray *logs)
{
  g_return_if_fail (COT_IS_ERROR_LIST (self));
  g_return_if_fail ((a_case == NULL) == (logs == NULL));

  if (self->a_case != a_case)
    {
      stop (self);
      g_set_object (&self->a_case, a_case);
      fill (self);
    }
  if (logs == NULL)
    return;
  g_ptr_array_ref (logs);
  g_clear_pointer (&self->wanted, g_ptr_array_unref);
  self->wanted = logs;
  self->is_outdated = TRUE;
  if (self->cancellable == NULL && self->rest_source == 0)
    begin (self);
}
