/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-detector-private.h"
#include "cot-knowledge.h"
#include "cot-literals.h"
#include "cot-needle.h"

G_BEGIN_DECLS

/* What must stand in an entry beside the literal that made a detector a candidate: one of these. */
typedef struct
{
  char **texts;
  CotNeedle *needles;
  guint n_needles; /* 0: nothing that is known */
} CotMatcherOthers;

/* How the candidates of all detectors are found. Made once for a knowledge, as making it costs as
 * much as looking through megabytes; immutable; lives as long as the knowledge. */
typedef struct
{
  GPtrArray *detectors; /* CotDetector with a pattern; not owned */
  CotLiterals *literals; /* (nullable) */
  GPtrArray *owners; /* per literal: GArray of guint, indices of @detectors */
  GArray *always; /* guint: no literal sifts these */
  GArray *others; /* CotMatcherOthers, for each detector */
} CotMatcherPlan;

const CotMatcherPlan *cot_matcher_plan_get (CotKnowledge *knowledge);
void cot_matcher_plan_free (CotMatcherPlan *self);
/* For each detector of the plan whether it may speak about that log. (transfer full); @log_name:
 * (nullable): then every one may; @quotes: it holds what others say, so that only those may that
 * name it. */
gboolean *cot_matcher_plan_list_speakers (const CotMatcherPlan *self, const char *log_name,
                                          gboolean quotes);
/* For each whether its line, where another program writes it into that log, is only a quotation.
 * (transfer full) */
gboolean *cot_matcher_plan_list_quoted (const CotMatcherPlan *self, const char *log_name);

G_END_DECLS
