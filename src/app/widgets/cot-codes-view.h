/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-code-places.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A search field over the codes that the program knows, and below it what the code means. The Codes
 * page of the panel, which has the codes of the selected entry as well, and the content of the
 * Error Lookup window, which stays beside any log. Each says what it is for, and leads to the
 * other. */
#define COT_TYPE_CODES_VIEW (cot_codes_view_get_type ())
G_DECLARE_FINAL_TYPE (CotCodesView, cot_codes_view, COT, CODES_VIEW, GtkWidget)

/* Signals: "go-to" (CotCase, CotLog, guint64 ordinal): a place of a code was chosen */

/* (element-type CotCodeLog) (transfer full): the logs that are open */
typedef GPtrArray *(*CotCodesLogs) (gpointer data);

GtkWidget *cot_codes_view_new (void);
/* Without it the view does not say where a code stands. */
void cot_codes_view_set_logs (CotCodesView *self, CotCodesLogs get_logs, gpointer data);
void cot_codes_view_set_text (CotCodesView *self, const char *text);
/* Codes of the selected entry (element-type CotCode), offered as buttons. (nullable) */
void cot_codes_view_set_codes (CotCodesView *self, GPtrArray *codes);
/* What this place is for, said where nothing is typed, and a link to the other one. */
void cot_codes_view_set_purpose (CotCodesView *self, const char *purpose, const char *label,
                                 const char *action);
void cot_codes_view_grab_entry (CotCodesView *self);

G_END_DECLS
