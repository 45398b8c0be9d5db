/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-filter-span.h"

G_BEGIN_DECLS

typedef enum
{
  COT_CLAUSE_CONTAINS,
  COT_CLAUSE_IS,
  COT_CLAUSE_MATCHES, /* a pattern */
  COT_CLAUSE_AT_LEAST, /* of a severity; from a time or a line on */
  COT_CLAUSE_AT_MOST,
} CotClauseRelation;

#define COT_N_CLAUSE_RELATIONS 5

/* One condition of a filter, as people put one together: "Component is A or B". */
typedef struct
{
  /* A field of the filter language; (nullable): the first value is an expression of its own. */
  char *field;
  CotClauseRelation relation;
  GPtrArray *values; /* (element-type utf8), at least one: any of them will do */
  gboolean excludes; /* entries for which it holds are hidden */
  gboolean is_off; /* kept, but not asked */
  /* 0, or a moment that logs have noted: what was there then is hidden; the value is its time, for
   * people. No part of the language: it is of this process. */
  guint moment;
} CotFilterClause;

CotFilterClause *cot_filter_clause_new (const char *field, CotClauseRelation relation,
                                        const char *value, gboolean excludes);
/* Only what came after that moment. */
CotFilterClause *cot_filter_clause_new_since (guint moment, const char *time);
CotFilterClause *cot_filter_clause_copy (const CotFilterClause *self);
/* (nullable): without the values that nobody filled in; NULL where none is left. */
CotFilterClause *cot_filter_clause_copy_complete (const CotFilterClause *self);
void cot_filter_clause_free (CotFilterClause *self);
/* Whether lines that are known for a problem count as what it asks for, whatever their type. */
gboolean cot_filter_clause_counts_problems (const CotFilterClause *self);
/* Whether it asks for one range of times and nothing else; which, too. */
gboolean cot_filter_clause_get_range (const CotFilterClause *self, CotFilterSpan *span);
CotClauseRelation cot_filter_clause_settle_relation (const char *field, CotClauseRelation relation,
                                                     const char *value);
gboolean cot_filter_clause_has_value (const CotFilterClause *self, const char *value);

/* (element-type CotFilterClause): entries that pass all of the clauses (@any: one of those that do
 * not exclude), as an expression for cot_filter_new(). (nullable): NULL where all are off. */
char *cot_filter_clauses_dup_expression (GPtrArray *clauses, gboolean any);

/* Whether one that is on asks what is known about an entry. */
gboolean cot_filter_clauses_ask_findings (GPtrArray *clauses);
/* The newest moment of those that are on; 0: none. */
guint cot_filter_clauses_get_moment (GPtrArray *clauses);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotFilterClause, cot_filter_clause_free)

G_END_DECLS
