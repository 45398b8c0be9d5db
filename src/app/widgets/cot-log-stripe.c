/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-stripe.h"

#include <math.h>

#include "cot-log-row-badge.h"

#define SWATCH_PX 10
/* So much of the height a dash has, with what follows it. */
#define DASH_PX 8

struct _CotLogSwatch
{
  GtkWidget parent_instance;

  guint stripe;
};

G_DEFINE_FINAL_TYPE (CotLogSwatch, cot_log_swatch, GTK_TYPE_WIDGET)

typedef enum
{
  FORM_SOLID,
  FORM_DOUBLE, /* two lines */
  FORM_DASHED,
  N_FORMS,
} Form;

static const char *const colors[] = { "cot_stripe_1", "cot_stripe_2", "cot_stripe_3",
                                      "cot_stripe_4", "cot_stripe_5", "cot_stripe_6" };

G_STATIC_ASSERT (G_N_ELEMENTS (colors) * N_FORMS == COT_N_LOG_STRIPES);

G_STATIC_ASSERT (G_N_ELEMENTS (colors) == COT_MERGED_N_COLORS);

static void
append_block (GtkSnapshot *snapshot, const GdkRGBA *color, double x, double y, double width,
              double height)
{
  gtk_snapshot_append_color (
      snapshot, color,
      &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

static void
snapshot_dashes (GtkSnapshot *snapshot, const GdkRGBA *color, const graphene_rect_t *area)
{
  double height = area->size.height;
  guint n = (guint) MAX (2, height / DASH_PX);

  for (guint i = 0; i < n; i++)
    {
      double top = floor ((i + .25) * height / n);
      double end = ceil ((i + .75) * height / n);

      append_block (snapshot, color, area->origin.x, area->origin.y + top, area->size.width,
                    end - top);
    }
}

void
cot_log_stripe_snapshot (GtkWidget *widget, GtkSnapshot *snapshot, guint stripe,
                         const graphene_rect_t *area)
{
  guint index = (stripe - 1) % COT_N_LOG_STRIPES;
  double line = MAX (1, floor ((area->size.width - 1) / 2));
  GdkRGBA color;

  if (stripe == 0)
    return;
  cot_log_lookup_color (widget, colors[index % G_N_ELEMENTS (colors)], &color);
  switch ((Form) (index / G_N_ELEMENTS (colors)))
    {
    case FORM_DOUBLE:
      append_block (snapshot, &color, area->origin.x, area->origin.y, line, area->size.height);
      append_block (snapshot, &color, area->origin.x + area->size.width - line, area->origin.y,
                    line, area->size.height);
      break;
    case FORM_DASHED:
      snapshot_dashes (snapshot, &color, area);
      break;
    case FORM_SOLID:
    case N_FORMS:
    default:
      gtk_snapshot_append_color (snapshot, &color, area);
      break;
    }
}

static void
cot_log_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CotLogSwatch *self = COT_LOG_SWATCH (widget);

  cot_log_stripe_snapshot (widget, snapshot, self->stripe,
                           &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                gtk_widget_get_height (widget)));
}

static void
cot_log_swatch_class_init (CotLogSwatchClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = cot_log_swatch_snapshot;
}

static void
cot_log_swatch_init (CotLogSwatch *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), SWATCH_PX, SWATCH_PX);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
cot_log_swatch_new (guint stripe)
{
  CotLogSwatch *self = g_object_new (COT_TYPE_LOG_SWATCH, NULL);

  self->stripe = stripe;
  return GTK_WIDGET (self);
}

void
cot_log_swatch_set_stripe (CotLogSwatch *self, guint stripe)
{
  if (self->stripe == stripe)
    return;
  self->stripe = stripe;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
