/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which entries are shown, and which are selected: what is exported. */

#include "cot-log-page-private.h"

/**
 * cot_log_page_dup_shown:
 *
 * Returns: (transfer full) (nullable): the entries that are rows, as far as is known; %NULL: all
 */
CotBitset *
cot_log_page_dup_shown (CotLogPage *self)
{
  CotQuery *filter = cot_log_model_get_filter (self->model);

  return filter != NULL ? cot_bitset_copy (cot_query_get_ordinals (filter)) : NULL;
}

/**
 * cot_log_page_knows_shown:
 *
 * Returns: whether the log is read, and what is shown of it known, to the end
 */
gboolean
cot_log_page_knows_shown (CotLogPage *self)
{
  CotQuery *filter = cot_log_model_get_filter (self->model);
  CotDocumentState state = cot_log_get_state (self->log);

  return state != COT_DOCUMENT_NEW && state != COT_DOCUMENT_LOADING
         && (filter == NULL || !cot_query_get_running (filter));
}

/**
 * cot_log_page_get_n_selected:
 *
 * Returns: how many rows are selected
 */
guint64
cot_log_page_get_n_selected (CotLogPage *self)
{
  return cot_log_view_get_n_selected (cot_log_page_get_view (self));
}

/**
 * cot_log_page_dup_selected:
 *
 * Returns: (transfer full) (nullable): the entries that are selected; %NULL: all of the log
 */
CotBitset *
cot_log_page_dup_selected (CotLogPage *self)
{
  g_autoptr (CotBitset) positions = cot_log_view_dup_selection (cot_log_page_get_view (self));
  CotBitset *ordinals;
  guint64 position;

  /* "Select all" is usual, and may mean millions. */
  if (cot_bitset_get_size (positions) == cot_row_model_get_n_rows (COT_ROW_MODEL (self->model)))
    return cot_log_page_dup_shown (self);
  ordinals = cot_bitset_new ();
  for (guint64 from = 0; cot_bitset_next (positions, from, &position); from = position + 1)
    if (!cot_log_model_is_seam (self->model, position))
      cot_bitset_add (ordinals, cot_log_model_get_ordinal (self->model, position));
  return ordinals;
}
