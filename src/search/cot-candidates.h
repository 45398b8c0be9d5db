/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-pattern.h"
#include "cot-snapshot.h"

G_BEGIN_DECLS

/* The entries of a log that may match a pattern: those in which a literal stands that every match
 * has. Immutable; for one thread at a time. */
typedef struct _CotCandidates CotCandidates;

CotCandidates *cot_candidates_new (CotPattern *pattern);
void cot_candidates_free (CotCandidates *self);
/* Whether the pattern tells nothing about its entries, so that all of them are candidates. */
gboolean cot_candidates_are_all (CotCandidates *self, CotSnapshot *snapshot);

typedef struct
{
  CotSnapshotFunc entry; /* "line" of the columns is 0 */
  /* (nullable): all entries before @ordinal were looked at; FALSE ends it */
  gboolean (*block) (guint64 ordinal, gpointer data);
} CotCandidatesFunctions;

/* In order, until a function says FALSE or there are no more, which is no error. */
gboolean cot_candidates_foreach (CotCandidates *self, CotSnapshot *snapshot, guint64 first,
                                 guint64 n, const CotCandidatesFunctions *functions, gpointer data,
                                 GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotCandidates, cot_candidates_free)

G_END_DECLS
