/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button with the logs of a merge: each can be switched on and off, with the colour that it has
 * in the rows. */
#define COT_TYPE_MERGE_BUTTON (cot_merge_button_get_type ())
G_DECLARE_FINAL_TYPE (CotMergeButton, cot_merge_button, COT, MERGE_BUTTON, GtkWidget)

GtkWidget *cot_merge_button_new (void);
void cot_merge_button_set_log (CotMergeButton *self, CotMergedLog *log); /* (nullable) */
/* Beside the icon; (nullable): none. */
void cot_merge_button_set_text (CotMergeButton *self, const char *text);

G_END_DECLS
