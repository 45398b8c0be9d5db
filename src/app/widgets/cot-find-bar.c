/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-find-bar.h"

#include "cot-find-field.h"

enum
{
  FIND_CHANGED,
  STEP,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotFindBar
{
  GtkWidget parent_instance;

  GtkWidget *bar;
  GtkWidget *field;
  GtkWidget *result;
  GtkWidget *previous_button;
  GtkWidget *next_button;
  GtkWidget *all_button;
  GtkWidget *close_button;
  gboolean carried; /* the text was typed for another log */
};

G_DEFINE_FINAL_TYPE (CotFindBar, cot_find_bar, GTK_TYPE_WIDGET)

static void
on_changed (CotFindBar *self)
{
  self->carried = FALSE;
  g_signal_emit (self, signals[FIND_CHANGED], 0);
}

static void
on_step (CotFindBar *self, gboolean forward)
{
  cot_find_field_remember (COT_FIND_FIELD (self->field));
  g_signal_emit (self, signals[STEP], 0, forward);
}

static void
on_next (CotFindBar *self)
{
  on_step (self, TRUE);
}

static void
on_previous (CotFindBar *self)
{
  on_step (self, FALSE);
}

static void
on_stop (CotFindBar *self)
{
  cot_find_bar_set_open (self, FALSE);
}

static void
on_mode_changed (CotFindBar *self)
{
  if (cot_find_bar_get_open (self))
    return;
  cot_find_field_remember (COT_FIND_FIELD (self->field));
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
cot_find_bar_dispose (GObject *object)
{
  CotFindBar *self = COT_FIND_BAR (object);

  g_clear_pointer (&self->bar, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_find_bar_parent_class)->dispose (object);
}

static void
cot_find_bar_class_init (CotFindBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_find_bar_dispose;

  signals[FIND_CHANGED] = g_signal_new ("find-changed", COT_TYPE_FIND_BAR, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STEP] = g_signal_new ("step", COT_TYPE_FIND_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CLOSED] = g_signal_new ("closed", COT_TYPE_FIND_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "findbar");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/cotrace/Cotrace/widgets/cot-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CotFindBar, bar);
  gtk_widget_class_bind_template_child (widget_class, CotFindBar, field);
  gtk_widget_class_bind_template_child (widget_class, CotFindBar, result);
  gtk_widget_class_bind_template_child (widget_class, CotFindBar, previous_button);
  gtk_widget_class_bind_template_child (widget_class, CotFindBar, next_button);
  gtk_widget_class_bind_template_child (widget_class, CotFindBar, all_button);
  gtk_widget_class_bind_template_child (widget_class, CotFindBar, close_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_step);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_mode_changed);
}

static void
cot_find_bar_init (CotFindBar *self)
{
  g_type_ensure (COT_TYPE_FIND_FIELD);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->bar),
                                cot_find_field_get_entry (COT_FIND_FIELD (self->field)));
}

GtkWidget *
cot_find_bar_new (void)
{
  return g_object_new (COT_TYPE_FIND_BAR, NULL);
}

/**
 * cot_find_bar_set_open:
 * @open: whether to show it; the field then has the focus, with its text selected
 */
void
cot_find_bar_set_open (CotFindBar *self, gboolean open)
{
  g_return_if_fail (COT_IS_FIND_BAR (self));

  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->bar), open);
  if (open)
    cot_find_field_start (COT_FIND_FIELD (self->field));
}

gboolean
cot_find_bar_get_open (CotFindBar *self)
{
  g_return_val_if_fail (COT_IS_FIND_BAR (self), FALSE);

  return gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->bar));
}

/**
 * cot_find_bar_get_question:
 * @question: (out): what is searched for; with an empty text, nothing
 */
void
cot_find_bar_get_question (CotFindBar *self, CotFindQuestion *question)
{
  g_return_if_fail (COT_IS_FIND_BAR (self));

  cot_find_field_get_question (COT_FIND_FIELD (self->field), question);
}

/**
 * cot_find_bar_set_text:
 * @text: what to search for, as it is written, in the log text
 */
void
cot_find_bar_set_text (CotFindBar *self, const char *text)
{
  const CotFindQuestion question
      = { text, COT_PATTERN_LITERAL | COT_PATTERN_CASELESS, COT_COLUMN_TEXT };

  g_return_if_fail (COT_IS_FIND_BAR (self));

  cot_find_field_set_question (COT_FIND_FIELD (self->field), &question);
}

/**
 * cot_find_bar_set_result:
 * @result: what stands beside the field
 * @failed: nothing was found
 */
void
cot_find_bar_set_result (CotFindBar *self, const char *result, gboolean failed)
{
  g_return_if_fail (COT_IS_FIND_BAR (self));

  gtk_label_set_text (GTK_LABEL (self->result), result);
  gtk_widget_set_tooltip_text (self->result, *result != '\0' ? result : NULL);
  cot_find_field_set_failed (COT_FIND_FIELD (self->field), failed && !self->carried);
  gtk_widget_set_sensitive (self->previous_button, !failed);
  gtk_widget_set_sensitive (self->next_button, !failed);
}

/**
 * cot_find_bar_set_carried:
 *
 * The text comes from another log. That it does not stand in this one is no failure, until the user
 * types again.
 */
void
cot_find_bar_set_carried (CotFindBar *self)
{
  g_return_if_fail (COT_IS_FIND_BAR (self));

  self->carried = TRUE;
}

/**
 * cot_find_bar_set_room:
 * @room: how much of it there is room for
 */
void
cot_find_bar_set_room (CotFindBar *self, CotFindBarRoom room)
{
  g_return_if_fail (COT_IS_FIND_BAR (self));

  gtk_widget_set_visible (self->close_button, room == COT_FIND_BAR_ALL);
  gtk_widget_set_visible (self->all_button, room == COT_FIND_BAR_ALL);
  cot_find_field_set_compact (COT_FIND_FIELD (self->field), room == COT_FIND_BAR_TEXT);
}
