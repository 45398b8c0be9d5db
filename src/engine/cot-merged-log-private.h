/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-job.h"
#include "cot-log-private.h"
#include "cot-merged-log.h"
#include "cot-query.h"

G_BEGIN_DECLS

/* cot-merged-log.c: which logs. cot-merged-order.c: in which order their entries stand.
 * cot-merged-owners.c: what tells the logs apart. cot-merged-class.c: all that it is as a log. */

/* What is made on a worker. Immutable; counted on the main thread. */
typedef struct
{
  guint ref_count;
  CotMerge *merge;
  GPtrArray *logs; /* (element-type CotLog): what the numbers in the order mean */
  CotBitset *errors; /* places */
  CotBitset *warnings;
  CotBitset *known[3]; /* of all findings, of errors, of warnings */
  GArray *seams; /* of guint64: places */
  CotSnapshotCounts counts;
  CotMergedZones zones;
} CotMergedOrder;

void cot_merged_order_unref (CotMergedOrder *order);

typedef struct
{
  CotCase *a_case;
  CotLog *log;
  int member; /* its index in the bundle; -1 for a loose file */
  gboolean on;
  guint number; /* see cot_merged_log_get_number(); G_MAXUINT: none yet */
} CotMergedMember;

struct _CotMergedLog
{
  CotLog parent_instance;

  GPtrArray *members; /* (element-type CotMergedMember) */
  GPtrArray *on; /* (element-type CotMergedMember) (unowned): those that are on */
  GPtrArray *owners; /* (nullable) (element-type utf8): see cot_merged_log_get_owner() */
  char *name; /* (nullable): of the group that it shows */
  guint n_changes; /* that have begun */
  gboolean has_changed; /* since then */
  GPtrArray *cases; /* (element-type CotCase): whose changes are listened to */
  GPtrArray *queries; /* (element-type CotQuery) (unowned) */
  CotMergedOrder *order; /* (nullable): what is shown */
  gboolean following; /* as it was asked for: logs that are switched on later are, too */
  gboolean paused; /* likewise */
  gboolean is_whole; /* the order is one of the logs that are on, all of which were read */
  CotSnapshotCounts no_counts;

  CotJob *job; /* (nullable) */
  gint64 started_usec;
  gint64 not_before_usec; /* of the next one */
  guint source;
  gboolean is_due; /* again, once the job has ended */
  gboolean known_is_due;
  CotLog *event_log; /* (nullable) (unowned): during "event" */
  guint outdated_source;
};

/* What a query knows of the logs, to be put in the order. */
typedef struct
{
  CotQuery *query;
  CotBitset **answers; /* (nullable elements): for each log */
  guint64 *n_asked; /* for each log; G_MAXUINT64: all of it */
  guint64 *n_asked_before; /* likewise, when @before was made; NULL: there was none */
  CotBitset *before; /* (nullable): places that are known */
  guint64 n_places_before; /* that @before is about */
  CotBitset *places; /* (nullable): the result, of the first n_places */
  guint64 n_places;
} CotMergedAnswers;

typedef struct
{
  CotMergedLog *owner; /* (unowned): the main thread hears of it only as long as that is there */
  CotMergedOrder *before; /* (nullable): the one that is shown, of the same logs */
  GPtrArray *logs; /* (element-type CotLog) */
  CotSnapshot **snapshots; /* one for each log */
  CotBitset **known[3]; /* one for each log */
  gboolean known_is_due;
  gboolean is_read; /* none of the logs was still being read */
  GPtrArray *answers; /* (element-type CotMergedAnswers) */
  CotMergedOrder *order; /* (nullable): the result */
  guint64 n_same; /* places at the start that are as they were */
} CotMergedBuild;

void cot_merged_build_run (CotMergedBuild *build); /* on a worker */
void cot_merged_build_free (CotMergedBuild *build); /* main thread */

/* Queries whose answers are to be put in the order. Each takes itself out. */
void cot_merged_log_add_query (CotMergedLog *self, CotQuery *query);
void cot_merged_log_remove_query (CotMergedLog *self, CotQuery *query);
void cot_merged_log_queue (CotMergedLog *self);

/* cot-merged-class.c */
void cot_merged_log_init_class (CotLogClass *log_class);
gboolean cot_merged_log_is_being_read (CotMergedLog *self);

/* cot-merged-owners.c: for each log, whose it is, or NULL. (element-type utf8) (transfer full) */
GPtrArray *cot_merged_log_list_owners (CotMergedLog *self);

/* cot-query-merged.c */
gboolean cot_query_wants_places (CotQuery *self);
CotMergedAnswers *cot_query_collect (CotQuery *self, GPtrArray *logs, gboolean same_logs);
void cot_query_take_places (CotQuery *self, CotMergedAnswers *answers);

G_END_DECLS
