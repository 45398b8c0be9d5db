/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* Of each clause: field, relation, whether it excludes, whether it is off, and values. */
#define COT_FILTER_CLAUSES_TYPE "a(ssbbas)"

GVariant *cot_filter_clauses_to_variant (GPtrArray *clauses); /* (transfer floating) */
GPtrArray *cot_filter_clauses_from_variant (GVariant *variant); /* (nullable) (transfer full) */

G_END_DECLS
