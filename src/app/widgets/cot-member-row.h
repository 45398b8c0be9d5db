/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

#include "cot-finding-sign.h"

G_BEGIN_DECLS

/* One line of the sidebar: a log with its counts, an older part of it, a file that is no log, or
 * something that is not there. A list box asks each row for its section and puts a heading above
 * where a section begins. */
#define COT_TYPE_MEMBER_ROW (cot_member_row_get_type ())
G_DECLARE_FINAL_TYPE (CotMemberRow, cot_member_row, COT, MEMBER_ROW, GtkListBoxRow)

/* @n_older: how many rows of older parts stand below it; a button shows and hides them. */
GtkWidget *cot_member_row_new_for_log (CotLog *log, const CotMember *member, guint n_older);
GtkWidget *cot_member_row_new_older (CotLog *log, const CotMember *member, CotMemberRow *newest,
                                     gboolean is_joined);
/* No text, or not read: its size, and what it is. */
GtkWidget *cot_member_row_new_for_file (const CotMember *member);
/* What is not there or cannot be read: a grey name, the reason below it, and all of it in a
 * sentence for the tooltip. */
GtkWidget *cot_member_row_new_absent (const char *name, const char *reason, const char *sentence);

/* Of which only a part could be read, for the reason below its name: it opens @log. */
GtkWidget *cot_member_row_new_partly (const char *name, const char *reason, const char *sentence,
                                      CotLog *log);
/* Something that one may want to know of the row: an icon beside its name, which says it. */
void cot_member_row_set_hint (CotMemberRow *self, const char *hint);
/* Of a log that has namesakes: the folder that tells it from them, beside its name. */
void cot_member_row_set_place (CotMemberRow *self, const char *place);
/* The heading that it stands under; @device: (nullable): the heading above that. */
void cot_member_row_set_section (CotMemberRow *self, const char *device, const char *section,
                                 guint n_in_section);
const char *cot_member_row_get_device (CotMemberRow *self); /* (nullable) */
const char *cot_member_row_get_section (CotMemberRow *self);
guint cot_member_row_get_n_in_section (CotMemberRow *self);

CotLog *cot_member_row_get_log (CotMemberRow *self); /* (nullable) */
const char *cot_member_row_get_name (CotMemberRow *self);
/* An older part is shown where its newest is open. */
gboolean cot_member_row_is_older (CotMemberRow *self);
gboolean cot_member_row_is_folded (CotMemberRow *self);
void cot_member_row_unfold (CotMemberRow *self);
/* What is known of the log: a lamp, a tick, or nothing (UNKNOWN), and how many findings. */
void cot_member_row_set_findings (CotMemberRow *self, CotFindingSign worst,
                                  guint n_problems);

/* @stripe: of a log that is in the merged view; 0: it is switched off there. */
void cot_member_row_set_merged (CotMemberRow *self, gboolean is_merged, guint stripe);

G_END_DECLS
