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

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotErrorList
{
  GtkWidget parent_instance;

  CotCase *a_case;
  GPtrArray *logs; /* (element-type CotLog) */
  CotErrorKinds *kinds; /* (nullable): NULL until they have been read */
  GCancellable *cancellable;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (CotErrorList, cot_error_list, GTK_TYPE_WIDGET)

static void
on_activated (CotErrorList *self, GtkListBoxRow *row)
{
  const CotErrorKind *kind
      = g_ptr_array_index (cot_error_kinds_get (self->kinds), gtk_list_box_row_get_index (row));

  g_signal_emit (self, signals[GO_TO], 0, g_ptr_array_index (self->logs, kind->index),
                 kind->ordinal);
}

/* "WUAHandler.log · 3 times · first ..., last ..." */
static char *
dup_place (CotErrorList *self, const CotErrorKind *kind)
{
  CotLog *log = g_ptr_array_index (self->logs, kind->index);
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
append_row (CotErrorList *self, GtkWidget *list, const CotErrorKind *kind)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = cot_code_sentence_dup_error_kind (kind);
  g_autofree char *place = dup_place (self, kind);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), place);
  cot_names_set_row (row, cot_sentence_get_severity (COT_SEVERITY_ERROR));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, _("Go to the first of them"));
  gtk_widget_add_css_class (row, "finding-row");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static void
fill (CotErrorList *self)
{
  const GPtrArray *kinds = cot_error_kinds_get (self->kinds);
  guint n_rows = MIN (kinds->len, MAX_ROWS);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Errors that no detector knows"), -1);
  g_signal_connect_swapped (list, "row-activated", G_CALLBACK (on_activated), self);
  for (guint i = 0; i < n_rows; i++)
    append_row (self, list, g_ptr_array_index (kinds, i));
  gtk_box_append (GTK_BOX (self->box), list);
  if (kinds->len > n_rows)
    {
      g_autofree char *more = g_strdup_printf (
          ngettext ("and %u more kind", "and %u more kinds", kinds->len - n_rows),
          kinds->len - n_rows);

      gtk_box_append (GTK_BOX (self->box), cot_text_label_new (more, "secondary-text"));
    }
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  CotErrorKinds *kinds = g_task_propagate_pointer (G_TASK (result), NULL);
  CotErrorList *self = data;

  /* Cancelled: there is no list any more. */
  if (kinds == NULL)
    return;
  self->kinds = kinds;
  if (cot_error_kinds_get (kinds)->len > 0)
    fill (self);
}

static void
read_kinds (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (CotErrorKinds) kinds = data;

  cot_error_kinds_run (kinds, cancellable);
  g_task_return_pointer (task, g_steal_pointer (&kinds), (GDestroyNotify) cot_error_kinds_free);
}

static void
cot_error_list_dispose (GObject *object)
{
  CotErrorList *self = COT_ERROR_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->kinds, cot_error_kinds_free);
  g_clear_pointer (&self->logs, g_ptr_array_unref);
  g_clear_object (&self->a_case);

  G_OBJECT_CLASS (cot_error_list_parent_class)->dispose (object);
}

static void
cot_error_list_finalize (GObject *object)
{
  g_object_unref (COT_ERROR_LIST (object)->cancellable);

  G_OBJECT_CLASS (cot_error_list_parent_class)->finalize (object);
}

static void
cot_error_list_class_init (CotErrorListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_error_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_error_list_finalize;
  signals[GO_TO] = g_signal_new ("go-to", COT_TYPE_ERROR_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 2, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cot_error_list_init (CotErrorList *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * cot_error_list_new:
 * @a_case: whose errors they are
 * @logs: (element-type CotLog): where they stand
 *
 * Returns: (transfer floating): the list
 */
GtkWidget *
cot_error_list_new (CotCase *a_case, GPtrArray *logs)
{
  CotErrorList *self = g_object_new (COT_TYPE_ERROR_LIST, NULL);
  CotErrorKinds *kinds = cot_error_kinds_new ();
  g_autoptr (GTask) task = NULL;

  self->a_case = g_object_ref (a_case);
  self->logs = g_ptr_array_ref (logs);
  for (guint i = 0; i < logs->len; i++)
    cot_error_kinds_add (kinds, g_ptr_array_index (logs, i), i);
  /* It must not keep the list: that would go, and end the reading, only when all is read. */
  task = g_task_new (NULL, self->cancellable, on_read, self);
  g_task_set_source_tag (task, cot_error_list_new);
  g_task_set_task_data (task, kinds, NULL);
  g_task_run_in_thread (task, read_kinds);
  return GTK_WIDGET (self);
}
