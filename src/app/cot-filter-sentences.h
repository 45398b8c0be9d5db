/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* What can be asked of an entry, in the order of the menu. */
typedef struct
{
  const char *field; /* of the filter language; NULL: an expression */
  const char *title; /* translated: "Component" */
  const char *hint; /* translated, for an empty field */
  guint relations; /* bit n: CotClauseRelation n makes sense */
} CotFilterField;

const CotFilterField *cot_filter_fields_find (const char *field); /* (nullable) field */

/* All of them, each with its name as the target of @action. (transfer full) */
GMenu *cot_filter_fields_new_menu (const char *action);

/* "contains", "from": how it reads behind the field's title. */
const char *cot_filter_sentence_get_relation (const CotFilterField *field,
                                              CotClauseRelation relation);
/* "Component is CcmExec or PolicyAgent", "Not: Thread is 2856". (transfer full) */
char *cot_filter_sentence_dup (const CotFilterClause *clause);

G_END_DECLS
