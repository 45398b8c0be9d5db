/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-row-model.h"

#include <string.h>

enum
{
  RESET,
  APPENDED,
  ROWS_CHANGED,
  RULER_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  char *text;
  gboolean truncated;
} CopiedText;

G_DEFINE_INTERFACE (CotRowModel, cot_row_model, G_TYPE_OBJECT)

static void
copied_text_free (CopiedText *self)
{
  g_free (self->text);
  g_free (self);
}

static void
cot_row_model_default_init (CotRowModelInterface *iface)
{
  signals[RESET] = g_signal_new ("reset", COT_TYPE_ROW_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[APPENDED] = g_signal_new ("appended", COT_TYPE_ROW_MODEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  signals[ROWS_CHANGED] = g_signal_new ("rows-changed", COT_TYPE_ROW_MODEL, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT64,
                                        G_TYPE_UINT64);
  signals[RULER_CHANGED] = g_signal_new ("ruler-changed", COT_TYPE_ROW_MODEL, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
cot_row_text_clear (CotRowText *self)
{
  g_free (self->message);
  g_free (self->component);
  g_free (self->time);
  g_free (self->elapsed);
  g_free (self->thread);
  g_free (self->origin);
  g_free (self->log);
  g_free (self->note);
  g_free (self->gap);
  memset (self, 0, sizeof *self);
  self->current_match = -1;
}

/* Never NULL. */
const char *
cot_row_text_get_column (const CotRowText *self, CotRowColumn column)
{
  const char *text = NULL;

  switch (column)
    {
    case COT_ROW_COLUMN_MESSAGE:
      text = self->message;
      break;
    case COT_ROW_COLUMN_LOG:
      text = self->log;
      break;
    case COT_ROW_COLUMN_COMPONENT:
      text = self->component;
      break;
    case COT_ROW_COLUMN_TIME:
      text = self->time;
      break;
    case COT_ROW_COLUMN_ELAPSED:
      text = self->elapsed;
      break;
    case COT_ROW_COLUMN_THREAD:
      text = self->thread;
      break;
    case COT_ROW_COLUMN_ORIGIN:
      text = self->origin;
      break;
    default:
      break;
    }
  return text != NULL ? text : "";
}

/* The row as one line of a copy: the columns joined by tabs, and a line end. */
void
cot_row_text_append (const CotRowText *self,
                     const CotRowColumn *columns,
                     guint n_columns,
                     GString *line)
{
  for (guint i = 0; i < n_columns; i++)
    {
      if (i > 0)
        g_string_append_c (line, '\t');
      g_string_append (line, cot_row_text_get_column (self, columns[i]));
    }
  g_string_append_c (line, '\n');
}

guint64
cot_row_model_get_n_rows (CotRowModel *self)
{
  g_return_val_if_fail (COT_IS_ROW_MODEL (self), 0);

  return COT_ROW_MODEL_GET_IFACE (self)->get_n_rows (self);
}

gboolean
cot_row_model_get_row (CotRowModel *self, guint64 position, CotRowText *out)
{
  g_return_val_if_fail (COT_IS_ROW_MODEL (self), FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  cot_row_text_clear (out);
  return COT_ROW_MODEL_GET_IFACE (self)->get_row (self, position, out);
}

gboolean
cot_row_model_has_logs (CotRowModel *self)
{
  CotRowModelInterface *iface;

  g_return_val_if_fail (COT_IS_ROW_MODEL (self), FALSE);

  iface = COT_ROW_MODEL_GET_IFACE (self);
  return iface->has_logs != NULL && iface->has_logs (self);
}

void
cot_row_model_set_visible_range (CotRowModel *self, guint64 first, guint64 n)
{
  CotRowModelInterface *iface;

  g_return_if_fail (COT_IS_ROW_MODEL (self));

  iface = COT_ROW_MODEL_GET_IFACE (self);
  if (iface->set_visible_range != NULL)
    iface->set_visible_range (self, first, n);
}

void
cot_row_model_get_ruler (CotRowModel *self, guint n_slots, guint8 *slots)
{
  CotRowModelInterface *iface;

  g_return_if_fail (COT_IS_ROW_MODEL (self));

  memset (slots, 0, n_slots);
  iface = COT_ROW_MODEL_GET_IFACE (self);
  if (iface->get_ruler != NULL)
    iface->get_ruler (self, n_slots, slots);
}

gboolean
cot_row_model_find_noted (CotRowModel *self, guint64 first, guint64 n, guint64 *position)
{
  CotRowModelInterface *iface;

  g_return_val_if_fail (COT_IS_ROW_MODEL (self), FALSE);

  iface = COT_ROW_MODEL_GET_IFACE (self);
  return iface->find_noted != NULL && iface->find_noted (self, first, n, position);
}

char *
cot_row_model_dup_time_tooltip (CotRowModel *self, guint64 position)
{
  CotRowModelInterface *iface;

  g_return_val_if_fail (COT_IS_ROW_MODEL (self), NULL);

  iface = COT_ROW_MODEL_GET_IFACE (self);
  return iface->dup_time_tooltip != NULL ? iface->dup_time_tooltip (self, position) : NULL;
}

/* For models whose text is in memory. */
static CopiedText *
copy_known_rows (CotRowModel *self,
                 CotBitset *positions,
                 const CotRowColumn *columns,
                 guint n_columns,
                 gsize max_bytes)
{
  CopiedText *copied = g_new0 (CopiedText, 1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (CotRowText) row = { 0 };
  guint64 position = 0;
  gboolean found = cot_bitset_next (positions, 0, &position);

  while (found)
    {
      gsize line_start = text->len;

      if (cot_row_model_get_row (self, position, &row))
        cot_row_text_append (&row, columns, n_columns, text);
      if (text->len > max_bytes)
        {
          g_string_truncate (text, line_start);
          copied->truncated = TRUE;
          break;
        }
      found = position < G_MAXUINT64 && cot_bitset_next (positions, position + 1, &position);
    }
  copied->text = g_string_free (g_steal_pointer (&text), FALSE);
  return copied;
}

void
cot_row_model_dup_text_async (CotRowModel *self,
                              CotBitset *positions,
                              const CotRowColumn *columns,
                              guint n_columns,
                              gsize max_bytes,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  CotRowModelInterface *iface;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (COT_IS_ROW_MODEL (self));
  g_return_if_fail (positions != NULL);

  iface = COT_ROW_MODEL_GET_IFACE (self);
  if (iface->dup_text_async != NULL)
    {
      iface->dup_text_async (self, positions, columns, n_columns, max_bytes, cancellable, callback,
                             user_data);
      return;
    }
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, cot_row_model_dup_text_async);
  g_task_return_pointer (task, copy_known_rows (self, positions, columns, n_columns, max_bytes),
                         (GDestroyNotify) copied_text_free);
}

char *
cot_row_model_dup_text_finish (CotRowModel *self,
                               GAsyncResult *result,
                               gboolean *truncated,
                               GError **error)
{
  CotRowModelInterface *iface;
  CopiedText *copied;
  char *text;

  g_return_val_if_fail (COT_IS_ROW_MODEL (self), NULL);

  iface = COT_ROW_MODEL_GET_IFACE (self);
  if (iface->dup_text_async != NULL)
    return iface->dup_text_finish (self, result, truncated, error);

  copied = g_task_propagate_pointer (G_TASK (result), error);
  if (copied == NULL)
    return NULL;
  if (truncated != NULL)
    *truncated = copied->truncated;
  text = g_steal_pointer (&copied->text);
  copied_text_free (copied);
  return text;
}

void
cot_row_model_reset (CotRowModel *self)
{
  g_return_if_fail (COT_IS_ROW_MODEL (self));

  g_signal_emit (self, signals[RESET], 0);
}

void
cot_row_model_appended (CotRowModel *self, guint64 n)
{
  g_return_if_fail (COT_IS_ROW_MODEL (self));

  g_signal_emit (self, signals[APPENDED], 0, n);
}

void
cot_row_model_rows_changed (CotRowModel *self, guint64 first, guint64 n)
{
  g_return_if_fail (COT_IS_ROW_MODEL (self));

  g_signal_emit (self, signals[ROWS_CHANGED], 0, first, n);
}

void
cot_row_model_ruler_changed (CotRowModel *self)
{
  g_return_if_fail (COT_IS_ROW_MODEL (self));

  g_signal_emit (self, signals[RULER_CHANGED], 0);
}
