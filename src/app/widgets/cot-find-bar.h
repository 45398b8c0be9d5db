/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is searched for, and what came of it. It searches nothing itself.
 *
 * Signals:
 *   "find-changed" (): text or options changed
 *   "step" (gboolean forward): the next or the previous match is wanted
 *   "closed" () */
#define COT_TYPE_FIND_BAR (cot_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (CotFindBar, cot_find_bar, COT, FIND_BAR, GtkWidget)

/* What has no room is reached by key and menu. */
typedef enum
{
  COT_FIND_BAR_ALL,
  COT_FIND_BAR_THIS_LOG, /* without the way to all logs, and without closing */
  COT_FIND_BAR_TEXT, /* what can be done without at all is left out, too */
} CotFindBarRoom;

GtkWidget *cot_find_bar_new (void);
void cot_find_bar_set_open (CotFindBar *self, gboolean open);
gboolean cot_find_bar_get_open (CotFindBar *self);
void cot_find_bar_get_question (CotFindBar *self, CotFindQuestion *question);
void cot_find_bar_set_text (CotFindBar *self, const char *text);
/* "12 of 340"; @failed colours the field. */
void cot_find_bar_set_result (CotFindBar *self, const char *result, gboolean failed);
void cot_find_bar_set_carried (CotFindBar *self);
void cot_find_bar_set_room (CotFindBar *self, CotFindBarRoom room);

G_END_DECLS
