/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bitset.h"
#include "cot-filter-findings.h"
#include "cot-finding.h"

G_BEGIN_DECLS

/* What detectors know of the entries of one log. The findings belong to the case, which keeps them
 * alive as long as a log has this. Main thread. */
typedef struct
{
  CotBitset *ordinals; /* evidence of any finding */
  CotBitset *errors; /* of these, evidence of a problem of that severity */
  CotBitset *warnings;
  GHashTable *by_ordinal; /* from an ordinal (gint64 key) to the finding to show */
  GHashTable *beside; /* likewise to the first one of the other origin: of the user's own knowledge
                       * where that one is built in, or the other way round */
  CotFilterFindings *for_filters;
  guint64 n_errors; /* entries that are errors by their type, and evidence of any finding */
  const CotFinding *last; /* noted last */
} CotLogKnown;

CotLogKnown *cot_log_known_new (void);
/* What all logs share of which nothing is known; (transfer full), never freed. */
CotLogKnown *cot_log_known_get_nothing (void);
void cot_log_known_free (CotLogKnown *self);
/* Findings come one after the other and in reading order: on an entry that is evidence of several,
 * the first is the one to show. @entry_severity: what it is by its type. */
void cot_log_known_note (CotLogKnown *self, CotFinding *finding, guint64 ordinal,
                         CotSeverity entry_severity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotLogKnown, cot_log_known_free)

G_END_DECLS
