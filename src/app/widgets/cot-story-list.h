/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What happened, from a cause to what came of it: a row for each line, by time.
 *
 * Signals: "go-to" (CotLog *log, guint64 ordinal) */
#define COT_TYPE_STORY_LIST (cot_story_list_get_type ())
G_DECLARE_FINAL_TYPE (CotStoryList, cot_story_list, COT, STORY_LIST, GtkWidget)

GtkWidget *cot_story_list_new (CotCase *a_case, const CotStory *story);

G_END_DECLS
