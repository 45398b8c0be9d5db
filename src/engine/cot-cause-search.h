/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-case.h"
#include "cot-scenario.h"

G_BEGIN_DECLS

/* Where the causes of a scenario stand in the logs of a case, as these are read just now: with
 * older parts or without, by their content or in a format that somebody chose. */

/* What stays when a log is read another way: the bytes of the cause. */
typedef struct
{
  const CotScenarioCause *cause; /* of the scenario */
  char *part; /* label of the file */
  guint64 offset;
  guint64 end_offset;
} CotCauseRecord;

/* An entry that is a right answer. Read in a format that somebody chose it is a piece of the
 * record, or holds it. */
typedef struct
{
  CotLog *log;
  guint64 ordinal;
  CotCauseRecord *record;
} CotCausePlace;

CotCauseRecord *cot_cause_record_copy (const CotCauseRecord *self);
void cot_cause_record_free (CotCauseRecord *self);
/* Whether these are the same bytes of the same file. */
gboolean cot_cause_record_equal (const CotCauseRecord *self, const CotCauseRecord *other);

/* Main thread, but for the run on a worker. */
typedef struct _CotCauseSearch CotCauseSearch;

/* @before: (nullable): the last search of the case. */
CotCauseSearch *cot_cause_search_new (CotCase *a_case, CotScenario *scenario,
                                      const CotCauseSearch *before);
void cot_cause_search_free (CotCauseSearch *self);
void cot_cause_search_run (CotCauseSearch *self, GCancellable *cancellable);

/* Once it has run: (element-type CotCausePlace) (transfer none), by log and ordinal. */
const GPtrArray *cot_cause_search_get_places (const CotCauseSearch *self);
/* (nullable): NULL where the entry is no cause. */
const CotCausePlace *cot_cause_search_find_place (const CotCauseSearch *self, CotLog *log,
                                                  guint64 ordinal);
/* The first of the scenario's causes that no entry is; (nullable). */
const CotScenarioCause *cot_cause_search_find_missing (const CotCauseSearch *self);
/* Whether the case still has the logs that were searched, and whether none of them grew. */
gboolean cot_cause_search_has_logs_of (const CotCauseSearch *self, CotCase *a_case);
gboolean cot_cause_search_is_complete (const CotCauseSearch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotCauseRecord, cot_cause_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotCauseSearch, cot_cause_search_free)

G_END_DECLS
