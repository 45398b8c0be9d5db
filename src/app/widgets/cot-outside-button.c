/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-outside-button.h"

#include "cot-density-sentences.h"
#include "cot-tooltip.h"

struct _CotOutsideButton
{
  GtkButton parent_instance;

  gboolean is_later; /* than the others, else earlier */
  CotDensity *density; /* (nullable) */
  CotTimeStretch stretch;
  GtkWidget *date_label;
  GtkWidget *count_label;
};

G_DEFINE_FINAL_TYPE (CotOutsideButton, cot_outside_button, GTK_TYPE_BUTTON)

/* Those of @bins on that side of what the strip shows. */
static CotTimeStretch
find_stretch (CotOutsideButton *self, const CotTimeBins *bins)
{
  CotTimeStretch before = { .first_usec = COT_TIME_NONE };
  CotTimeStretch after = before;
  gint64 first_usec, last_usec;

  if (cot_density_get_main_range (self->density, &first_usec, &last_usec))
    cot_time_bins_sum_outside (bins, first_usec, last_usec, &before, &after);
  return self->is_later ? after : before;
}

static void
show (CotOutsideButton *self, const CotTimeStretch *shown)
{
  gint64 from_usec = cot_density_get_wall_time (self->density, self->stretch.first_usec);
  gint64 until_usec = cot_density_get_wall_time (self->density, self->stretch.last_usec);
  g_autofree char *dates = cot_density_sentence_dup_dates (from_usec, until_usec);
  g_autofree char *count = cot_density_sentence_dup_count (self->stretch.sum.n_entries);
  g_autofree char *counts = cot_density_sentence_dup_counts (
      &self->stretch.sum, shown != NULL ? &shown->sum : NULL);
  g_autofree char *text
      = cot_density_sentence_dup_outside (from_usec, until_usec, counts, self->is_later);

  gtk_label_set_text (GTK_LABEL (self->date_label), dates);
  gtk_label_set_text (GTK_LABEL (self->count_label), count);
  cot_tooltip_update (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
on_density_changed (CotOutsideButton *self)
{
  const CotTimeBins *shown
      = self->density != NULL ? cot_density_get_shown (self->density) : NULL;

  self->stretch = (CotTimeStretch){ .first_usec = COT_TIME_NONE };
  if (self->density != NULL)
    self->stretch = find_stretch (self, cot_density_get_all (self->density));
  gtk_widget_set_visible (GTK_WIDGET (self), self->stretch.sum.n_entries > 0);
  if (self->stretch.sum.n_entries == 0)
    return;
  if (shown != NULL)
    {
      CotTimeStretch passed = find_stretch (self, shown);

      show (self, &passed);
    }
  else
    show (self, NULL);
}

static void
cot_outside_button_clicked (GtkButton *button)
{
  CotOutsideButton *self = COT_OUTSIDE_BUTTON (button);

  if (self->stretch.sum.n_entries > 0)
    g_signal_emit_by_name (self, "jump", self->stretch.first_usec, self->stretch.last_usec + 1);
}

static void
drop_density (CotOutsideButton *self)
{
  if (self->density != NULL)
    g_signal_handlers_disconnect_by_data (self->density, self);
  g_clear_object (&self->density);
}

static void
cot_outside_button_dispose (GObject *object)
{
  drop_density (COT_OUTSIDE_BUTTON (object));

  G_OBJECT_CLASS (cot_outside_button_parent_class)->dispose (object);
}

static void
cot_outside_button_class_init (CotOutsideButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_outside_button_dispose;
  GTK_BUTTON_CLASS (klass)->clicked = cot_outside_button_clicked;
  g_signal_new ("jump", COT_TYPE_OUTSIDE_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
}

static GtkWidget *
add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
cot_outside_button_init (CotOutsideButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  self->date_label = add_label (box, "numeric");
  self->count_label = add_label (box, "dim-label");
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_button_set_has_frame (GTK_BUTTON (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "outside");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * cot_outside_button_new:
 * @is_later: whether it is for what was written after all others, not before
 *
 * Returns: (transfer floating): a button that is hidden so far
 */
GtkWidget *
cot_outside_button_new (gboolean is_later)
{
  CotOutsideButton *self = g_object_new (COT_TYPE_OUTSIDE_BUTTON, NULL);

  self->is_later = is_later;
  gtk_widget_add_css_class (GTK_WIDGET (self), is_later ? "later" : "earlier");
  return GTK_WIDGET (self);
}

/**
 * cot_outside_button_set_density:
 * @density: (nullable): what the strip shows
 */
void
cot_outside_button_set_density (CotOutsideButton *self, CotDensity *density)
{
  g_return_if_fail (COT_IS_OUTSIDE_BUTTON (self));

  drop_density (self);
  if (density != NULL)
    {
      self->density = g_object_ref (density);
      g_signal_connect_swapped (density, "changed", G_CALLBACK (on_density_changed), self);
    }
  on_density_changed (self);
}
