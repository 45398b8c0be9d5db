/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-detector-private.h"
#include "cot-knowledge.h"
#include "cot-literals.h"

G_BEGIN_DECLS

/* Which detectors may speak about a log, and how their candidates are found. Immutable. */
typedef struct
{
  GPtrArray *detectors; /* CotDetector, not owned */
  CotLiterals *literals; /* (nullable) */
  GPtrArray *owners; /* per literal: GArray of guint, indices of @detectors */
  GArray *always; /* guint: no literal sifts these */
} CotMatcherPlan;

/* @log_name: (nullable): then every detector may speak. */
CotMatcherPlan *cot_matcher_plan_new (CotKnowledge *knowledge, const char *log_name);
void cot_matcher_plan_free (CotMatcherPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotMatcherPlan, cot_matcher_plan_free)

G_END_DECLS
