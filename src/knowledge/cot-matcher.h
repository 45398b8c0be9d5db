/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-knowledge.h"
#include "cot-snapshot.h"

G_BEGIN_DECLS

/* Longer messages are matched in their first part only, and counted. */
#define COT_MATCHER_WINDOW_BYTES (64 * 1024)
/* More hits of one detector in one log than these are counted, not kept. */
#define COT_MATCHER_MAX_HITS 100000

/* One entry that a detector knows. */
typedef struct
{
  const CotDetector *detector;
  guint64 ordinal;
  gint64 time_usec; /* the wall clock as written, and moved with its log; COT_TIME_NONE */
  gint16 bias_minutes;
  /* A better detector knows the same entry: conditions see the hit, but it is no evidence. */
  gboolean yielded;
  /* One per name of cot_detector_get_captures(), in that order; NULL where it took no part. */
  const char *const *captures;
  const char *names; /* (nullable): in the log of a server: see cot_client_names_dup() */
} CotHit;

typedef struct
{
  guint64 n_entries; /* looked at */
  guint64 n_too_slow; /* a pattern reached a limit on the entry */
  guint64 n_too_long; /* longer than the window: looked at in part */
  guint64 n_dropped; /* hits beyond COT_MATCHER_MAX_HITS; never the newest */
} CotHitsCounts;

/* The hits of one log in the order of their ordinals; immutable, reference counted. */
typedef struct _CotHits CotHits;

/* What the first run would have to do first. */
void cot_matcher_prepare (CotKnowledge *knowledge);
/* On a worker. @log_name is the label or file name of the log. Looks at [first, first + n). */
CotHits *cot_matcher_run (CotKnowledge *knowledge, const char *log_name, CotSnapshot *snapshot,
                          guint64 first, guint64 n, GCancellable *cancellable, GError **error);
/* Every pattern on every message: slow, and the judge of what is right. */
CotHits *cot_matcher_run_slow (CotKnowledge *knowledge, const char *log_name,
                               CotSnapshot *snapshot, guint64 first, guint64 n,
                               GCancellable *cancellable, GError **error);
/* One text, as if it were the message of an entry of that log (of any log where @log_name is NULL):
 * for pasted text and samples. */
CotHits *cot_matcher_run_text (CotKnowledge *knowledge, const char *log_name, const char *message);

CotHits *cot_hits_ref (CotHits *self);
void cot_hits_unref (CotHits *self);
guint cot_hits_get_n (CotHits *self);
const CotHit *cot_hits_get (CotHits *self, guint index);
const CotHitsCounts *cot_hits_get_counts (CotHits *self);
/* The newest entry that was looked at and has a time. */
gint64 cot_hits_get_newest_time (CotHits *self, gint16 *bias_minutes);
/* The first entry of the log that has a time. */
gint64 cot_hits_get_oldest_time (CotHits *self, gint16 *bias_minutes);
/* What was added to all times: a moment that the writer read from the same clock, and that was
 * captured, is off by as much. */
gint64 cot_hits_get_clock (CotHits *self);
/* The index of the first hit at or after @ordinal; n where there is none. */
guint cot_hits_find (CotHits *self, guint64 ordinal);
/* Those for which @leave_out says nothing; itself where it never does. (transfer full) */
typedef gboolean (*CotHitTest) (const CotHit *hit, gpointer data);
CotHits *cot_hits_without (CotHits *self, CotHitTest leave_out, gpointer data);
/* When following: the hits of @older below @first_ordinal and then those of @newer. */
CotHits *cot_hits_join (CotHits *older, guint64 first_ordinal, CotHits *newer);

/* May this log (a label: folders, computer name, rollover suffix and case do not count) be meant
 * by that documented name? */
gboolean cot_log_name_matches (const char *label, const char *documented_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotHits, cot_hits_unref)

G_END_DECLS
