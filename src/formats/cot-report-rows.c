/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-report-rows-private.h"

#include <string.h>

#include "cot-markup-private.h"

/* Real reports have a few MB. */
#define MAX_BYTES (64u * 1024 * 1024)
#define READ_BYTES (64u * 1024)
#define BLOCK_BYTES (1024u * 1024)

GString *
cot_report_read (CotSource *from, gboolean *is_cut, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autofree char *block = g_malloc (READ_BYTES);
  GString *text;
  gsize n_read = 0;

  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !cot_source_read (from, bytes->len, block, READ_BYTES, &n_read, error))
        return NULL;
      g_string_append_len (bytes, block, (gssize) n_read);
    }
  while (n_read > 0 && bytes->len <= MAX_BYTES);
  *is_cut = bytes->len > MAX_BYTES;
  text = g_string_sized_new (bytes->len + 1);
  cot_markup_append_text (text, bytes->str, MIN (bytes->len, (gsize) MAX_BYTES));
  return text;
}

void
cot_report_rows_init (CotReportRows *self, CotSpool *into, gsize text_bytes,
                      GCancellable *cancellable)
{
  *self = (CotReportRows){ .into = into, .cancellable = cancellable };
  self->limit_bytes = cot_rows_get_limit (text_bytes);
  self->rows = g_string_new (NULL);
}

static void
flush (CotReportRows *self)
{
  if (self->error == NULL
      && !g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    cot_spool_append (self->into, self->rows->str, self->rows->len, &self->error);
  g_string_truncate (self->rows, 0);
}

void
cot_report_rows_add_row (CotReportRows *self, const CotRow *row)
{
  if (cot_report_rows_is_done (self))
    return;
  cot_rows_write (self->rows, row);
  if (self->rows->len < BLOCK_BYTES)
    return;
  flush (self);
  self->is_full = cot_spool_get_size (self->into) > self->limit_bytes;
}

void
cot_report_rows_add (CotReportRows *self, CotSeverity severity, CotSpan component, CotSpan context,
                     CotSpan message)
{
  CotRow row = {
    .time_usec = COT_TIME_NONE,
    .bias_minutes = COT_BIAS_NONE,
    .severity = severity,
    .component = component,
    .context = context,
    .message = message,
  };

  cot_report_rows_add_row (self, &row);
}

gboolean
cot_report_rows_finish (CotReportRows *self, GError **error)
{
  static const char sentence[] = "There are too many rows: the rest is left out.";

  if (self->is_full)
    {
      self->is_full = FALSE;
      cot_report_rows_add (self, COT_SEVERITY_WARNING, (CotSpan){ "", 0 }, (CotSpan){ "", 0 },
                           (CotSpan){ sentence, strlen (sentence) });
    }
  flush (self);
  g_string_free (self->rows, TRUE);
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}
