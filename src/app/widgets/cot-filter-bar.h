/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-engine.h"
#include "cot-filter-chip.h"

G_BEGIN_DECLS

/* The conditions of the filter as chips, above the rows; out of sight while there are none.
 * Signals: "changed" (): the clauses, or whether they count for all tabs; "saved" (): which filters
 *   have a name
 * Actions: "filter.add" (s): a new condition on that field; "filter.any", "filter.all-tabs";
 *   "filter.load" (s), "filter.save" (s), "filter.remove" (s): of a filter that has a name
 * Actions that it wants from the window: "win.toast" (s) */
#define COT_TYPE_FILTER_BAR (cot_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (CotFilterBar, cot_filter_bar, COT, FILTER_BAR, GtkWidget)

GtkWidget *cot_filter_bar_new (void);
/* Before there is a condition. */
void cot_filter_bar_set_propose (CotFilterBar *self, CotFilterProposeFunc propose, gpointer data);

/* (element-type CotFilterClause); those without a value yet are left out. (transfer full) */
GPtrArray *cot_filter_bar_dup_clauses (CotFilterBar *self);
gboolean cot_filter_bar_has_chips (CotFilterBar *self); /* also such without a value yet */
gboolean cot_filter_bar_get_any (CotFilterBar *self);
gboolean cot_filter_bar_get_all_tabs (CotFilterBar *self);
/* What another tab has: nothing is emitted. */
void cot_filter_bar_set_clauses (CotFilterBar *self, GPtrArray *clauses, gboolean any);
void cot_filter_bar_clear (CotFilterBar *self);
void cot_filter_bar_set_result (CotFilterBar *self, const char *result, gboolean failed);

/* A condition that is complete; its value joins one on the same field. */
void cot_filter_bar_add (CotFilterBar *self, const char *field, CotClauseRelation relation,
                         const char *value, gboolean excludes);
/* The only condition that asks for something of that field. */
/* Only entries of that time, as in the filter language, in the place of the range that was asked
 * for before; "": of any time. */
void cot_filter_bar_set_range (CotFilterBar *self, const char *value);
void cot_filter_bar_replace (CotFilterBar *self, const char *field, CotClauseRelation relation,
                             const char *value);
/* Only what comes after a moment that the logs have noted; in the place of another moment. */
void cot_filter_bar_set_moment (CotFilterBar *self, guint moment, const char *time);
GActionGroup *cot_filter_bar_get_actions (CotFilterBar *self); /* (transfer none) */
/* An empty one, open to be filled in; @field: "": an expression. */
void cot_filter_bar_start (CotFilterBar *self, const char *field);

G_END_DECLS
