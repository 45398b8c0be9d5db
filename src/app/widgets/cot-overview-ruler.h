/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-log-view.h"

G_BEGIN_DECLS

/* The whole document beside its rows: where errors, warnings, findings, matches and marks stand,
 * and which part is visible. A click or a drag goes there. */
#define COT_TYPE_OVERVIEW_RULER (cot_overview_ruler_get_type ())
G_DECLARE_FINAL_TYPE (CotOverviewRuler, cot_overview_ruler, COT, OVERVIEW_RULER, GtkWidget)

/* What stands for a known line; worse ones last. */
typedef enum
{
  COT_RULER_DOT, /* no problem */
  COT_RULER_TRIANGLE, /* a warning */
  COT_RULER_DIAMOND, /* an error */
} CotRulerShape;

GtkWidget *cot_overview_ruler_new (CotLogView *view);
CotRulerShape cot_overview_ruler_get_shape (guint8 flags, const char **color_name);
/* What the signs that are there now mean, each in a line: the tooltip. (nullable) */
char *cot_overview_ruler_dup_legend (CotOverviewRuler *self);

G_END_DECLS
