/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* When the entries of a log were written: a bar for each stretch of time, in which errors and
 * warnings stand out. A click goes there; a stretch is marked by a drag, or by keys. Hidden by
 * itself where there are no two different times. The few entries that are far from all others have
 * no place in it: CotOutsideButton. All times are those of the axis of the CotDensity.
 *
 * Signals:
 *   "jump" (gint64 from_usec, gint64 until_usec): to the first entry of that time, of the worst
 *   "range-selected" (gint64 from_usec, gint64 until_usec): only its entries are wanted
 *   "range-cleared" (): all times are wanted again */
#define COT_TYPE_DENSITY_STRIP (cot_density_strip_get_type ())
G_DECLARE_FINAL_TYPE (CotDensityStrip, cot_density_strip, COT, DENSITY_STRIP, GtkWidget)

GtkWidget *cot_density_strip_new (void);
void cot_density_strip_set_density (CotDensityStrip *self, CotDensity *density); /* (nullable) */
gboolean cot_density_strip_has_place (CotDensityStrip *self, gint64 time_usec);
/* The times of the rows in sight; COT_TIME_NONE: there are none. */
void cot_density_strip_set_visible_times (CotDensityStrip *self, gint64 first_usec,
                                          gint64 last_usec);
/* What the filter asks for: @has_range: a range of times, which may be one that the axis cannot
 * show: COT_TIME_NONE. */
void cot_density_strip_set_range (CotDensityStrip *self, gboolean has_range, gint64 from_usec,
                                  gint64 until_usec);

G_END_DECLS
