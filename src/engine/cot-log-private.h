/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bundle.h"
#include "cot-log.h"
#include "cot-log-known.h"
#include "cot-row-cache.h"

G_BEGIN_DECLS

/* A log by the path of its file: it can be followed. */
CotLog *cot_log_new_for_path (const char *path, const char *label);
/* A member of an archive: its bytes come later, with cot_log_take_source(). */
CotLog *cot_log_new_for_member (const char *label);
/* How it is to be read, before it is loaded; NULL: by its content. */
void cot_log_set_format (CotLog *self, const char *format_id);
gboolean cot_log_needs_source (CotLog *self);
void cot_log_take_source (CotLog *self, CotSource *source);
/* An older part of it, the oldest first; before it is loaded, once its own bytes are there. One of
 * @path and @source. */
void cot_log_add_older (CotLog *self, const char *path, CotSource *source, const char *label);
void cot_log_take_error (CotLog *self, GError *error);
void cot_log_load (CotLog *self);

/* What the detectors are told that it is; NULL: it was not matched yet. */
void cot_log_set_known_name (CotLog *self, const char *name);
const char *cot_log_get_known_name (CotLog *self);
/* What detectors know of the log, from the case. (transfer full) */
void cot_log_set_known (CotLog *self, CotLogKnown *known);

G_END_DECLS
