/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-correlate.h"
#include "cot-knowledge-private.h"

G_BEGIN_DECLS

/* One hit in its case. */
typedef struct
{
  const CotHit *hit;
  guint log;
  guint run; /* of the program that writes the log, from 0 */
  gint64 order_usec; /* by which hits of different logs compare; G_MININT64: not known */
  gint64 moment_usec; /* the same clock; COT_TIME_NONE where the hit itself has no time */
} CotMoment;

/* The hits of all logs of a case by detector. */
typedef struct
{
  const CotCaseLog *logs;
  guint n_logs;
  gboolean in_utc; /* every hit has a bias: moments are UTC, else wall clock */
  GHashTable *by_id; /* interned id to GArray of CotMoment, by time */
} CotTimeline;

CotTimeline *cot_timeline_new (CotKnowledge *knowledge, const CotCaseLog *logs, guint n_logs);
void cot_timeline_free (CotTimeline *self);
const GArray *cot_timeline_find (const CotTimeline *self, const char *id); /* (nullable) */
/* Has the run of @moment a line of @id, which may be NULL? */
gboolean cot_timeline_run_has (const CotTimeline *self, const CotMoment *moment, const char *id);
/* Leaves out all lines of the runs that take away what others make. */
void cot_timeline_drop_removals (CotTimeline *self, CotKnowledge *knowledge);
/* Stands @a behind @b? In one log by ordinals, else by time. */
gboolean cot_moment_is_after (const CotMoment *a, const CotMoment *b);
int cot_moment_compare (const CotMoment *left, const CotMoment *right);
/* The newest entry of the log of @moment, on its clock. */
gint64 cot_timeline_get_newest (const CotTimeline *self, guint log);
/* Its first entry, likewise. */
gint64 cot_timeline_get_oldest (const CotTimeline *self, guint log);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotTimeline, cot_timeline_free)

G_END_DECLS
