/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the device says about the collecting of a bundle: read beside the logs. */

#include "cot-case-private.h"

/* What a worker needs to know; the case may be gone when it ends. */
typedef struct
{
  CotCase *owner;
  CotBundle *bundle;
  CotCollection *collection; /* (nullable) that was read */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  cot_collection_free (work->collection);
  cot_bundle_unref (work->bundle);
  g_free (work);
}

static gpointer
read_results (CotJob *job, gpointer data, GError **error)
{
  Work *work = data;

  work->collection = cot_collection_read (work->bundle, cot_job_get_cancellable (job));
  return NULL;
}

static void
take_results (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Work *work = data;
  g_autoptr (CotCase) self = g_object_ref (work->owner); /* a handler may drop it */

  g_clear_pointer (&self->collection_job, cot_job_unref);
  g_clear_pointer (&self->collection, cot_collection_free);
  self->collection = g_steal_pointer (&work->collection);
  if (self->collection != NULL)
    g_signal_emit_by_name (self, "members-changed");
  g_signal_emit_by_name (self, "progress-changed");
}

/**
 * cot_case_read_collection:
 * @self: a case of a bundle
 *
 * Reads what its results.xml say, in the place of what was read before. Main thread.
 */
void
cot_case_read_collection (CotCase *self)
{
  Work *work = g_new0 (Work, 1);

  cot_case_stop_collection (self);
  self->collection_stopped = FALSE;
  work->owner = self;
  work->bundle = cot_bundle_ref (self->bundle);
  self->collection_job = cot_job_start (&(CotJobFunctions){
      .work = read_results,
      .done = take_results,
      .data = work,
      .free_data = work_free,
  });
}

void
cot_case_stop_collection (CotCase *self)
{
  if (self->collection_job != NULL)
    cot_job_cancel (self->collection_job);
  g_clear_pointer (&self->collection_job, cot_job_unref);
}

/**
 * cot_case_get_collected:
 * @self: a case of a bundle
 * @index: below cot_case_get_n_members()
 *
 * Returns: (transfer none) (nullable): what the device reports an error for, where the member was
 *   collected for it; valid until the main loop runs
 */
const CotCollectedItem *
cot_case_get_collected (CotCase *self, guint index)
{
  return self->collection != NULL ? g_hash_table_lookup (self->collection->of_members,
                                                         GUINT_TO_POINTER (index + 1))
                                  : NULL;
}

/**
 * cot_case_get_n_collected:
 * @self: a case
 *
 * Returns: for how many members the device reports an error
 */
guint
cot_case_get_n_collected (CotCase *self)
{
  return self->collection != NULL ? g_hash_table_size (self->collection->of_members) : 0;
}

/**
 * cot_case_get_not_collected:
 * @self: a case of a bundle
 * @index: below cot_case_get_n_members()
 *
 * Returns: whether the member only stands in the place of what could not be collected: it says so
 *   by its name, or all that came is empty and the device reports an error
 */
gboolean
cot_case_get_not_collected (CotCase *self, guint index)
{
  const CotCollectedItem *item = cot_case_get_collected (self, index);

  return cot_case_get_member (self, index)->kind == COT_MEMBER_PLACEHOLDER
         || (item != NULL && item->is_empty);
}

/**
 * cot_case_get_n_absent:
 * @self: a case
 *
 * Returns: how many things were to be collected of which the bundle has no member at all
 */
guint
cot_case_get_n_absent (CotCase *self)
{
  return self->collection != NULL ? self->collection->absent->len : 0;
}

/**
 * cot_case_get_absent:
 * @self: a case
 * @index: below cot_case_get_n_absent()
 *
 * Returns: (transfer none): such a thing; valid until the main loop runs
 */
const CotCollectedItem *
cot_case_get_absent (CotCase *self, guint index)
{
  return g_ptr_array_index (self->collection->absent, index);
}
