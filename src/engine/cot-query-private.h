/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-job.h"
#include "cot-merged-log.h"
#include "cot-query.h"

G_BEGIN_DECLS

struct _CotQuery
{
  GObject parent_instance;

  CotLog *log;
  const CotQueryKind *kind;
  gpointer question;
  CotBitset *ordinals;
  guint64 first; /* before it nobody is asked */
  guint64 n_asked;
  guint64 asked_bytes; /* of the newest generation, to see a last entry that went on */
  CotEncoding asked_encoding; /* likewise */
  guint64 n_too_slow;
  CotJob *job; /* (nullable) */

  /* Of a merge: each of its logs is asked by a query of its own. */
  CotFilter *filter; /* (nullable): what those ask */
  guint moment; /* after which those ask; 0: all */
  GPtrArray *parts; /* (nullable) */
  gboolean is_dirty; /* there are answers that have no places yet */
  gboolean is_collected; /* a worker gives them places */
};

/* cot-query-merged.c */
void cot_query_start_parts (CotQuery *self);
void cot_query_drop_parts (CotQuery *self);
gboolean cot_query_has_outdated_part (CotQuery *self);
gboolean cot_query_is_any_part_running (CotQuery *self);
guint64 cot_query_count_too_slow (CotQuery *self);
CotBitset *cot_query_ref_answers_of (CotQuery *self, CotLog *log);
guint64 cot_query_get_n_asked_of (CotQuery *self, CotLog *log);

G_END_DECLS
