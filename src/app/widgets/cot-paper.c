/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-paper.h"

#define MIN_WIDTH_PX 200

struct _CotPaper
{
  GtkWidget parent_instance;

  CotPrintPages *pages; /* (unowned) */
  double width_pt;
  double height_pt;
  double left_pt; /* where printing begins */
  double top_pt;
  guint page;
};

G_DEFINE_FINAL_TYPE (CotPaper, cot_paper, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
cot_paper_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cot_paper_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                   int *natural, int *minimum_baseline, int *natural_baseline)
{
  CotPaper *self = COT_PAPER (widget);
  double width_px = for_size > 0 ? for_size : MIN_WIDTH_PX;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH_PX;
      /* As large as it is, by the pixels that a point was once. */
      *natural = MAX ((int) (self->width_pt * 96 / 72), MIN_WIDTH_PX);
      return;
    }
  *minimum = *natural = (int) (width_px * self->height_pt / self->width_pt);
}

/* The paper itself is a matter of the style sheet. */
static void
cot_paper_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CotPaper *self = COT_PAPER (widget);
  int width_px = gtk_widget_get_width (widget);
  int height_px = gtk_widget_get_height (widget);
  cairo_t *cairo = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width_px, (float) height_px));

  cairo_scale (cairo, width_px / self->width_pt, width_px / self->width_pt);
  cairo_translate (cairo, self->left_pt, self->top_pt);
  cot_print_pages_draw (self->pages, cairo, self->page);
  cairo_destroy (cairo);
}

static void
cot_paper_class_init (CotPaperClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->get_request_mode = cot_paper_get_request_mode;
  widget_class->measure = cot_paper_measure;
  widget_class->snapshot = cot_paper_snapshot;
  gtk_widget_class_set_css_name (widget_class, "paper");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
cot_paper_init (CotPaper *self)
{
}

/**
 * cot_paper_new:
 * @pages: (transfer none): what is printed; has to be there as long as this is
 * @setup: how large the paper is
 *
 * Returns: (transfer floating): the first page
 */
GtkWidget *
cot_paper_new (CotPrintPages *pages, GtkPageSetup *setup)
{
  CotPaper *self = g_object_new (COT_TYPE_PAPER, NULL);

  self->pages = pages;
  self->width_pt = MAX (gtk_page_setup_get_paper_width (setup, GTK_UNIT_POINTS), 1);
  self->height_pt = gtk_page_setup_get_paper_height (setup, GTK_UNIT_POINTS);
  self->left_pt = gtk_page_setup_get_left_margin (setup, GTK_UNIT_POINTS);
  self->top_pt = gtk_page_setup_get_top_margin (setup, GTK_UNIT_POINTS);
  return GTK_WIDGET (self);
}

/**
 * cot_paper_set_page:
 * @page: counted from 0
 */
void
cot_paper_set_page (CotPaper *self, guint page)
{
  g_return_if_fail (COT_IS_PAPER (self));

  self->page = page;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
cot_paper_get_page (CotPaper *self)
{
  return self->page;
}
