/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Where the user was before she jumped elsewhere, to go back and forward as in a browser. What was
 * closed since is left out, and not kept alive. Main thread. */
typedef struct _CotVisits CotVisits;

/* An entry of a log of a case. */
typedef struct
{
  GObject *a_case; /* (nullable): no entry is selected */
  GObject *log;
  guint64 ordinal;
} CotVisit;

CotVisits *cot_visits_new (void);
void cot_visits_free (CotVisits *self);
/* @here is about to be left by a jump: what lay ahead is forgotten. */
void cot_visits_leave (CotVisits *self, const CotVisit *here);
/* Where to go from @here; FALSE: nowhere. @there: (out): (transfer full) objects */
gboolean cot_visits_step (CotVisits *self, gboolean forward, const CotVisit *here,
                          CotVisit *there);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotVisits, cot_visits_free)

G_END_DECLS
