/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the lower floors report, as sentences for people: what happened to which file, and what to
 * do next. (transfer full) */
char *cot_sentence_from_error (const GError *error, const char *name);
/* Likewise, where nothing of the file is shown. */
char *cot_sentence_from_failure (const GError *error, const char *name);
char *cot_sentence_from_cut (const GError *error, const char *name);
/* Likewise, of what a case could not read, or not all of it. */
char *cot_sentence_from_refusal (CotCase *a_case, guint index, const char *name);
char *cot_sentence_from_event (CotDocumentEvent event, const char *name);

/* "1,284", as the locale groups digits. Numbers of 64 bits go into sentences as text: their printf
 * format is a macro, which gettext cannot read. (transfer full) */
char *cot_sentence_dup_number (guint64 number);
/* The word for a severity: "Error". */
const char *cot_sentence_get_severity (CotSeverity severity);
/* What stands before a step that can do harm; NULL before any other. */
const char *cot_sentence_get_step_warning (CotStepFlags flags);

/* The last part of a path, for people. (transfer full) */
char *cot_sentence_dup_base_name (const char *path);
char *cot_sentence_dup_short_name (const char *name);

/* "A.log, B.log and 3 more". @names: (element-type utf8). (transfer full) */
char *cot_sentence_join_names (GPtrArray *names);

/* Why only a part of it could be read, below its name: "Cut short". */
const char *cot_sentence_get_partly (const GError *reason);

G_END_DECLS
