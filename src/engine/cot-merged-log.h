/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-case.h"

G_BEGIN_DECLS

/* Several logs of one or more cases as one, by the order of their times in UTC. The order is made
 * on a worker and grows with the logs. The logs stay those of their cases: one that a case reads
 * anew takes the place of the one before, one that a case gives up is dropped. Main thread. */
#define COT_TYPE_MERGED_LOG (cot_merged_log_get_type ())
GType cot_merged_log_get_type (void);
typedef struct _CotMergedLog CotMergedLog;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotMergedLog, g_object_unref)

static inline CotMergedLog *
COT_MERGED_LOG (gpointer instance)
{
  return G_TYPE_CHECK_INSTANCE_CAST (instance, COT_TYPE_MERGED_LOG, CotMergedLog);
}

static inline gboolean
COT_IS_MERGED_LOG (gpointer instance)
{
  return G_TYPE_CHECK_INSTANCE_TYPE (instance, COT_TYPE_MERGED_LOG);
}

/* Signals, beside those of CotLog:
 *   "logs-changed" (): there are other logs, others of them are on, or they are another's
 *   "reorder" (): entries are about to get other places: note what is to be found again
 *   "reordered" (): and now they have them */

CotMergedLog *cot_merged_log_new (void);
/* What is changed until the end of it, which may be nested, is told in one go. */
void cot_merged_log_begin_change (CotMergedLog *self);
void cot_merged_log_end_change (CotMergedLog *self);
/* Behind the others; FALSE: it is among them. */
gboolean cot_merged_log_add (CotMergedLog *self, CotCase *a_case, CotLog *log);
/* Of a group whose logs it shows; (nullable): they were chosen one by one. For who shows it. */
void cot_merged_log_set_group_name (CotMergedLog *self, const char *name);
const char *cot_merged_log_get_group_name (CotMergedLog *self);
guint cot_merged_log_get_n_logs (CotMergedLog *self);
CotLog *cot_merged_log_get_log (CotMergedLog *self, guint index); /* (transfer none) */
CotCase *cot_merged_log_get_case (CotMergedLog *self, guint index); /* (transfer none) */
int cot_merged_log_find_log (CotMergedLog *self, CotLog *log); /* index or -1 */
/* Whose it is, where the logs come from several computers or have one name; (nullable). */
const char *cot_merged_log_get_owner (CotMergedLog *self, guint index);
char *cot_merged_log_dup_title (CotMergedLog *self, guint index); /* with its owner */
/* The computer that all of its logs are of, as far as is known; (nullable). */
const char *cot_merged_log_get_device (CotMergedLog *self);
gboolean cot_merged_log_has_case (CotMergedLog *self, CotCase *a_case);
/* A log that is off stays one of them, but its entries do not show. */
gboolean cot_merged_log_get_on (CotMergedLog *self, guint index);
void cot_merged_log_set_on (CotMergedLog *self, guint index, gboolean on);
guint cot_merged_log_get_n_on (CotMergedLog *self);
/* Tells a log that is on from all others that are: from 0 on, for its colour. It stays while the
 * log is on, but for a number above those of the colours where others become free. */
#define COT_MERGED_N_COLORS 6
guint cot_merged_log_get_number (CotMergedLog *self, guint index);
/* During "event": the log of which it tells; (nullable), (transfer none). */
CotLog *cot_merged_log_get_event_log (CotMergedLog *self);

typedef struct
{
  guint n_logs; /* that have times */
  guint n_without_zone; /* of these: logs that do not say in which zone they are */
  gint16 bias_minutes; /* that these are taken to be of: that of the first log that says one;
                        * COT_BIAS_NONE: none does, so that all are taken to be of one zone */
  gboolean differ; /* the logs are of several zones */
} CotMergedZones;

void cot_merged_log_get_zones (CotMergedLog *self, CotMergedZones *zones);

G_END_DECLS
