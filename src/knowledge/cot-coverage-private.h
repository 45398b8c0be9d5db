/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-journey-report.h"
#include "cot-log-directory-private.h"
#include "cot-timeline-private.h"

G_BEGIN_DECLS

/* A directory of the first @n_logs of @timeline, on its clock; it must outlive it. */
CotLogDirectory *cot_coverage_open_directory (CotTimeline *timeline, guint n_logs);
void cot_coverage_want (CotLogDirectory *directory, const char *const *names);
CotCoverage *cot_coverage_of_journey (const CotJourneyReport *report, CotLogDirectory *directory);

G_END_DECLS
