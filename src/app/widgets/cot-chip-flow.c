/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-chip-flow.h"

#define SPACING_PX 6
/* Three lines of chips, and a part of the fourth that tells of it. */
#define MAX_HEIGHT_PX 116

/* Where the chips stand in their box. */
#define COT_TYPE_CHIP_LINES (cot_chip_lines_get_type ())
G_DECLARE_FINAL_TYPE (CotChipLines, cot_chip_lines, COT, CHIP_LINES, GtkLayoutManager)

struct _CotChipLines
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (CotChipLines, cot_chip_lines, GTK_TYPE_LAYOUT_MANAGER)

/* Where the next child goes. */
typedef struct
{
  int width_px;
  int x; /* behind the last child of the line; 0: the line is empty */
  int y; /* of the line */
  int line_height_px;
} Pen;

/* Where a child of that size stands: its width is at most that of the line. */
static GtkAllocation
place (Pen *pen, GtkWidget *child)
{
  GtkAllocation where = { 0 };
  int min_px;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min_px, &where.width, NULL, NULL);
  where.width = MAX (min_px, MIN (where.width, pen->width_px));
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, where.width, NULL, &where.height, NULL,
                      NULL);
  if (pen->x > 0 && pen->x + SPACING_PX + where.width > pen->width_px)
    {
      pen->y += pen->line_height_px + SPACING_PX;
      pen->x = pen->line_height_px = 0;
    }
  where.x = pen->x > 0 ? pen->x + SPACING_PX : 0;
  where.y = pen->y;
  pen->x = where.x + where.width;
  pen->line_height_px = MAX (pen->line_height_px, where.height);
  return where;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int min_px;
      int nat_px;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min_px, &nat_px, NULL, NULL);
      *minimum = MAX (*minimum, min_px);
      *natural += nat_px + (*natural > 0 ? SPACING_PX : 0);
    }
}

static void
cot_chip_lines_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation,
                       int for_size, int *minimum, int *natural, int *minimum_baseline,
                       int *natural_baseline)
{
  Pen pen = { .width_px = for_size < 0 ? G_MAXINT : for_size };

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (widget, minimum, natural);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      place (&pen, child);
  *minimum = *natural = pen.y + pen.line_height_px;
}

static void
cot_chip_lines_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                        int baseline)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Pen pen = { .width_px = width };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation where;

      if (!gtk_widget_should_layout (child))
        continue;
      where = place (&pen, child);
      if (is_rtl)
        where.x = width - where.x - where.width;
      gtk_widget_size_allocate (child, &where, -1);
    }
}

static GtkSizeRequestMode
cot_chip_lines_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cot_chip_lines_class_init (CotChipLinesClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->measure = cot_chip_lines_measure;
  layout_class->allocate = cot_chip_lines_allocate;
  layout_class->get_request_mode = cot_chip_lines_get_request_mode;
}

static void
cot_chip_lines_init (CotChipLines *self)
{
}

/* What holds the box, and is as high as its lines: a scrolled window does not know how many there
 * are at a width. */
struct _CotChipFlow
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *chips; /* (unowned): in there */
};

G_DEFINE_FINAL_TYPE (CotChipFlow, cot_chip_flow, GTK_TYPE_WIDGET)

static void
cot_chip_flow_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  CotChipFlow *self = COT_CHIP_FLOW (widget);

  gtk_widget_measure (self->chips, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = MIN (*natural, MAX_HEIGHT_PX);
}

static void
cot_chip_flow_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CotChipFlow *self = COT_CHIP_FLOW (widget);
  int min_px;

  /* It wants to be asked before it is given a size. */
  gtk_widget_measure (self->scroller, GTK_ORIENTATION_HORIZONTAL, -1, &min_px, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->scroller,
                            &(GtkAllocation){ 0, 0, MAX (width, min_px), height }, -1);
}

static GtkSizeRequestMode
cot_chip_flow_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
cot_chip_flow_dispose (GObject *object)
{
  g_clear_pointer (&COT_CHIP_FLOW (object)->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_chip_flow_parent_class)->dispose (object);
}

static void
cot_chip_flow_class_init (CotChipFlowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_chip_flow_dispose;
  widget_class->measure = cot_chip_flow_measure;
  widget_class->size_allocate = cot_chip_flow_size_allocate;
  widget_class->get_request_mode = cot_chip_flow_get_request_mode;
}

static void
cot_chip_flow_init (CotChipFlow *self)
{
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_EXTERNAL);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

/**
 * cot_chip_flow_new:
 * @chips: a box
 *
 * Returns: (transfer floating): the box, as wide as there is room, and as high as its lines
 */
GtkWidget *
cot_chip_flow_new (GtkWidget *chips)
{
  CotChipFlow *self = g_object_new (COT_TYPE_CHIP_FLOW, NULL);

  self->chips = chips;
  gtk_widget_set_layout_manager (chips, g_object_new (COT_TYPE_CHIP_LINES, NULL));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), chips);
  return GTK_WIDGET (self);
}
