/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row of the sidebar. Rows sort and group by their section; its title heads the first row. */
#define COT_TYPE_MEMBER_ROW (cot_member_row_get_type ())
G_DECLARE_FINAL_TYPE (CotMemberRow, cot_member_row, COT, MEMBER_ROW, GtkListBoxRow)

GtkWidget *cot_member_row_new_for_log (CotLog *log, CotMemberGroup group);
/* What is not there or cannot be read: a grey name, and the reason below it. */
GtkWidget *cot_member_row_new_absent (const char *section, const char *name, const char *reason);
CotLog *cot_member_row_get_log (CotMemberRow *self); /* (nullable) */
const char *cot_member_row_get_section (CotMemberRow *self);
const char *cot_member_row_get_name (CotMemberRow *self);
/* The worst finding that stands in the log: a lamp, a tick, or nothing (UNKNOWN). */
void cot_member_row_set_worst (CotMemberRow *self, CotSeverity worst);

G_END_DECLS
