/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-case.h"
#include "cot-json.h"

G_BEGIN_DECLS

/* The lines of the command line's contract: one JSON object for an entry, a log, a bundle, a
 * finding, a refusal, the summary. Worker or main thread; @json is emptied first. */
gboolean cot_export_entry (CotLog *log, CotSnapshot *snapshot, guint64 ordinal, guint64 line,
                           const CotEntryColumns *columns, const char *record, gsize length_bytes,
                           CotJson *json);
void cot_export_log (CotLog *log, CotJson *json);
void cot_export_finding (CotCase *a_case, CotFinding *finding, CotJson *json);
void cot_export_bundle (CotCase *a_case, CotJson *json);
void cot_export_journey (CotCase *a_case, guint index, CotJson *json);
/* @member: (nullable): its label. @item: (nullable): what results.xml says. */
void cot_export_collected (const char *member, const CotCollectedItem *item, gboolean collected,
                           CotJson *json);
void cot_export_refused (const char *path, const char *reason, CotJson *json);

G_END_DECLS
