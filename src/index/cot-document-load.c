/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-index-private.h"

/**
 * cot_index_load:
 * @self: a new index
 * @keep_copy: whether the log will be followed
 * @report: (nullable) (scope call): called now and then with what part is done
 * @data: for @report
 * @cancellable: (nullable): a cancellable
 * @error: a return location, COT_SOURCE_ERROR or G_IO_ERROR
 *
 * Opens the log, finds its encoding and its format from its first block, and indexes it. Runs on
 * any one thread.
 *
 * Returns: FALSE with @error set; what was read until then can be shown where
 *   cot_index_is_open()
 */
gboolean
cot_index_load (CotIndex *self, gboolean keep_copy, CotIndexReport report, gpointer data,
                GCancellable *cancellable, GError **error)
{
  g_autoptr (CotSource) source = NULL;

  self->keep_copy = keep_copy;
  if (self->original != NULL)
    source = cot_source_ref (self->original);
  else
    source = cot_source_open (self->path, error);

  return source != NULL && cot_index_begin_generation (self, source, cancellable, error)
         && cot_index_scan (self, report, data, cancellable, error);
}
