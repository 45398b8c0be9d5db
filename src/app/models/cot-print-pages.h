/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* Entries as pages of paper, without a window and without a printer: where pages begin is found
 * out in steps, and any of them can be drawn then. Lengths are points. */

/* Beside the severity and the text, which are always there. */
typedef enum
{
  COT_PRINT_TIME = 1 << 0,
  COT_PRINT_COMPONENT = 1 << 1,
  COT_PRINT_THREAD = 1 << 2,
  COT_PRINT_LOG = 1 << 3,
  COT_PRINT_ORIGIN = 1 << 4,
} CotPrintColumns;

#define COT_PRINT_MAX_PAGES 2000

typedef struct _CotPrintPages CotPrintPages;

/* @text: (transfer full): rows of all exported cells, in COT_ROW_FORMAT_UNITS. @title: what is
 * printed. @range: (nullable): which part of it. */
CotPrintPages *cot_print_pages_new (char *text, CotPrintColumns columns, const char *title,
                                    const char *range);
void cot_print_pages_free (CotPrintPages *self);
/* Before pages are found: how the fonts are, and how large a page is. */
void cot_print_pages_begin (CotPrintPages *self, PangoContext *context, double width_pt,
                            double height_pt);
/* Finds the next @n_pages; TRUE: that was all, or as many as there may be. */
gboolean cot_print_pages_find (CotPrintPages *self, guint n_pages);
guint cot_print_pages_get_n_pages (CotPrintPages *self); /* at least one */
gboolean cot_print_pages_is_cut (CotPrintPages *self); /* there would be more of them */
void cot_print_pages_draw (CotPrintPages *self, cairo_t *cairo, guint page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotPrintPages, cot_print_pages_free)

G_END_DECLS
