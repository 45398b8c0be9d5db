/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-value-proposals.h"

#include <glib/gi18n.h>

#include "cot-member-sentences.h"

/* About five lines; there may be more. */
#define MAX_HEIGHT_PX 150
/* Who wants one of more types a letter of it. */
#define MAX_SHOWN 60
#define MAX_LETTERS 36

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotValueProposals
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *list; /* a box of buttons */
  char **values; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CotValueProposals, cot_value_proposals, GTK_TYPE_WIDGET)

static void
on_clicked (GtkButton *button, gpointer data)
{
  g_autofree char *value = g_strdup (g_object_get_data (G_OBJECT (button), "value"));

  g_signal_emit (data, signals[CHOSEN], 0, value);
}

/* What is chosen is the value itself; what is shown cannot deceive. */
static void
append (CotValueProposals *self, const char *value)
{
  g_autofree char *visible = cot_sentence_dup_visible (value);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (visible);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_LETTERS);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  visible, -1);
  g_object_set_data_full (G_OBJECT (button), "value", g_strdup (value), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_box_append (GTK_BOX (self->list), button);
}

static void
cot_value_proposals_dispose (GObject *object)
{
  g_clear_pointer (&COT_VALUE_PROPOSALS (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_value_proposals_parent_class)->dispose (object);
}

static void
cot_value_proposals_finalize (GObject *object)
{
  g_strfreev (COT_VALUE_PROPOSALS (object)->values);

  G_OBJECT_CLASS (cot_value_proposals_parent_class)->finalize (object);
}

static void
cot_value_proposals_class_init (CotValueProposalsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_value_proposals_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_value_proposals_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", COT_TYPE_VALUE_PROPOSALS, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "valueproposals");
}

static void
cot_value_proposals_init (CotValueProposals *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *title = gtk_label_new (_("Found in the log"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "secondary-text");
  gtk_widget_add_css_class (title, "caption");
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT_PX);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_box_append (GTK_BOX (self->box), title);
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
cot_value_proposals_new (void)
{
  return g_object_new (COT_TYPE_VALUE_PROPOSALS, NULL);
}

/**
 * cot_value_proposals_set_values:
 * @values: (nullable) (transfer full): what there is
 */
void
cot_value_proposals_set_values (CotValueProposals *self, char **values)
{
  g_return_if_fail (COT_IS_VALUE_PROPOSALS (self));

  g_strfreev (self->values);
  self->values = values;
}

/**
 * cot_value_proposals_set_typed:
 * @text: what stands in the field
 *
 * Shows what holds it; nothing, where it is one of them as it stands.
 */
void
cot_value_proposals_set_typed (CotValueProposals *self, const char *text)
{
  g_autofree char *wanted = g_utf8_casefold (text, -1);
  GtkWidget *button;
  guint n = 0;

  g_return_if_fail (COT_IS_VALUE_PROPOSALS (self));

  while ((button = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_box_remove (GTK_BOX (self->list), button);
  for (guint i = 0; self->values != NULL && self->values[i] != NULL && n < MAX_SHOWN; i++)
    {
      g_autofree char *folded = g_utf8_casefold (self->values[i], -1);

      if (strstr (folded, wanted) == NULL || g_str_equal (self->values[i], text))
        continue;
      append (self, self->values[i]);
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}
