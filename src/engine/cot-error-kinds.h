/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-codes.h"
#include "cot-log.h"

G_BEGIN_DECLS

/* The errors that no finding explains, by what they name: the same code, or, without one, the same
 * words. */
typedef struct
{
  CotCode *code; /* (nullable): they name none that tells them from others */
  char *message; /* of the first, as written, or longer than is shown */
  guint64 n;
  guint index; /* of the log where the first one by time stands, as it was given */
  guint64 ordinal;
  gint64 time_usec; /* COT_TIME_NONE */
  gint16 bias_minutes;
  gint64 moment_usec; /* the same in UTC */
  gint64 last_time_usec; /* of the newest, by the clock of the first; COT_TIME_NONE */
} CotErrorKind;

/* It keeps no log alive: these belong to the main thread. */
typedef struct _CotErrorKinds CotErrorKinds;

CotErrorKinds *cot_error_kinds_new (void);
void cot_error_kinds_free (CotErrorKinds *self);
/* Main thread. In the order in which logs are told of; @index: what the caller knows it by. */
void cot_error_kinds_add (CotErrorKinds *self, CotLog *log, guint index);
void cot_error_kinds_run (CotErrorKinds *self, GCancellable *cancellable);
/* Once it has run: (element-type CotErrorKind) (transfer none), by the time of their first. */
const GPtrArray *cot_error_kinds_get (const CotErrorKinds *self);

/* The first error by time in all of @logs that no finding explains. Main thread. */
gboolean cot_errors_find_first (GPtrArray *logs, CotLog **log, guint64 *ordinal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotErrorKinds, cot_error_kinds_free)

G_END_DECLS
