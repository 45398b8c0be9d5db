/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-correlate.h"

G_BEGIN_DECLS

/* Which logs of a case are meant by the names of the documentation. Its cost grows with the logs,
 * not with logs times names: a bundle may have 200,000 members. */
typedef struct _CotLogDirectory CotLogDirectory;

typedef struct
{
  const char *name; /* by which it is here; as long as the directory */
  guint n_logs; /* 0: none of the case */
  guint first_log; /* index of one of them */
  gint64 oldest_usec; /* of all of them; COT_TIME_NONE */
  gint64 newest_usec;
  gboolean rolled; /* older parts were thrown away, or may have been */
} CotLogPlace;

/* How oldest and newest entries of a log are brought to the clock that is compared. */
typedef gint64 (*CotLogClock) (guint log, gboolean newest, gpointer data);

CotLogDirectory *
cot_log_directory_new (const CotCaseLog *logs, guint n_logs, CotLogClock clock, gpointer data);
/* Call it for every name before the first look-up. */
void cot_log_directory_want (CotLogDirectory *self, const char *documented_name);
void cot_log_directory_fill (CotLogDirectory *self);
/* (nullable): NULL for a name that was not wanted. Where the log is not there, but under another
 * name that it had or got, that one. */
const CotLogPlace *cot_log_directory_find (CotLogDirectory *self, const char *documented_name);
/* Indices of its logs; (nullable). */
const GArray *cot_log_directory_list (CotLogDirectory *self, const char *documented_name);
void cot_log_directory_free (CotLogDirectory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotLogDirectory, cot_log_directory_free)

G_END_DECLS
