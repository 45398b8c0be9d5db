/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is searched for: a text, how it is meant, and in which columns; what was searched for
 * before is offered. It searches nothing itself.
 *
 * Signals:
 *   "changed" (): the question is another one
 *   "step" (gboolean forward): the next or the previous match is wanted
 *   "stop" (): Escape */
#define COT_TYPE_FIND_FIELD (cot_find_field_get_type ())
G_DECLARE_FINAL_TYPE (CotFindField, cot_find_field, COT, FIND_FIELD, GtkWidget)

GtkWidget *cot_find_field_new (void);
GtkEditable *cot_find_field_get_entry (CotFindField *self);
/* @question: its text belongs to the field, and lives until that changes. */
void cot_find_field_get_question (CotFindField *self, CotFindQuestion *question);
void cot_find_field_set_question (CotFindField *self, const CotFindQuestion *question);
/* Everything in there is selected, to be typed over. */
void cot_find_field_start (CotFindField *self);
void cot_find_field_set_failed (CotFindField *self, gboolean failed);
/* Without the columns and the switch for words, as long as they are not used, and the history. */
void cot_find_field_set_compact (CotFindField *self, gboolean compact);
/* The text was used, and will be offered again. */
void cot_find_field_remember (CotFindField *self);

G_END_DECLS
