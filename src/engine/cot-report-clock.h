/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-case.h"

G_BEGIN_DECLS

/* By which clock a report tells its times, all of them by the same. */
typedef struct
{
  gint16 bias_minutes;   /* COT_BIAS_NONE: no log says by which clock it was written: as written */
  gboolean has_several;  /* logs were written by other clocks, too */
  gboolean has_unknown;  /* and some do not say by which: these times are as written */
} CotReportClock;

void cot_report_clock_choose (CotReportClock *self, GPtrArray *findings, GPtrArray *snapshots);
/* @bias_minutes: of the clock that showed @time_usec. */
gint64
cot_report_clock_tell (const CotReportClock *self, gint64 time_usec, gint16 bias_minutes);

G_END_DECLS
