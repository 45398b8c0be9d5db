/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-density-scale.h"
#include "cot-density-strip.h"

G_BEGIN_DECLS

/* cot-density-strip.c: what is known and said. cot-density-strip-draw.c: how it looks.
 * cot-density-strip-input.c: pointer and keys. */

/* A stretch of time; COT_TIME_NONE as its begin: none. */
typedef struct
{
  gint64 from_usec;
  gint64 until_usec;
} CotDensityRange;

#define COT_DENSITY_NO_RANGE ((CotDensityRange){ COT_TIME_NONE, COT_TIME_NONE })

struct _CotDensityStrip
{
  GtkWidget parent_instance;

  CotDensity *density; /* (nullable) */
  CotDensityScale scale; /* no bins: nothing to show */
  CotTimeBin *all; /* of each bin of the scale */
  CotTimeBin *shown; /* (nullable): likewise, where there is a filter */
  guint64 max_entries; /* of a bin */
  CotDensityRange main; /* what is shown at all, to its last time */
  gboolean stale; /* the scale and what follows from it */
  GskRenderNode *bars; /* (nullable): as drawn last; needs other colours and sizes to change */

  CotDensityRange visible; /* the rows in sight */
  CotDensityRange range; /* what the filter asks for */
  gboolean has_range; /* it may ask for one that has no place here */
  CotDensityRange draft; /* what is being marked */
  gint64 anchor_usec; /* where that began */
  gint64 cursor_usec; /* the bin that the keys are at, by its begin; COT_TIME_NONE */
  gboolean dragging;
};

void cot_density_strip_ensure (CotDensityStrip *self);
/* "2026-11-18 09:12:30 – 09:12:45: 41 entries, 2 errors". */
char *cot_density_strip_dup_range_text (CotDensityStrip *self, CotDensityRange range);
void cot_density_strip_update_accessible (CotDensityStrip *self);
CotDensityRange cot_density_strip_get_bin_range (CotDensityStrip *self, guint bin);

int cot_density_strip_measure_height (CotDensityStrip *self);
void cot_density_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void cot_density_strip_forget_bars (CotDensityStrip *self);

void cot_density_strip_init_input (CotDensityStrip *self);
void cot_density_strip_add_bindings (GtkWidgetClass *widget_class);

G_END_DECLS
