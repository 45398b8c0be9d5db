/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-find-field.h"

#include <glib/gi18n.h>

#include "cot-history.h"
#include "cot-names.h"

#define SEARCH_DELAY_MSEC 150
#define MAX_HISTORY_LETTERS 50

enum
{
  CHANGED,
  STEP,
  STOP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotFindField
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *history_button;
  GtkWidget *history_list;
  GtkWidget *case_button;
  GtkWidget *word_button;
  GtkWidget *pattern_button;
  GtkWidget *columns;
  gboolean is_being_set; /* by the program: one change, not one a part */
};

G_DEFINE_FINAL_TYPE (CotFindField, cot_find_field, GTK_TYPE_WIDGET)

static const struct
{
  const char *title;
  CotFilterColumns columns;
} places[] = {
  { N_("In log text"), COT_COLUMN_TEXT },      { N_("In all columns"), COT_COLUMN_ALL },
  { N_("In Component"), COT_COLUMN_COMPONENT }, { N_("In Thread"), COT_COLUMN_THREAD },
  { N_("In Date/Time"), COT_COLUMN_TIME },      { N_("In Source"), COT_COLUMN_ORIGIN },
  { N_("In name of log"), COT_COLUMN_LOG },
};

static void
on_changed (CotFindField *self)
{
  /* A word of a pattern is for the pattern to say. */
  gtk_widget_set_sensitive (self->word_button, !gtk_toggle_button_get_active (
                                                   GTK_TOGGLE_BUTTON (self->pattern_button)));
  if (!self->is_being_set)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_next (CotFindField *self)
{
  g_signal_emit (self, signals[STEP], 0, TRUE);
}

static void
on_previous (CotFindField *self)
{
  g_signal_emit (self, signals[STEP], 0, FALSE);
}

static void
on_stop (CotFindField *self)
{
  g_signal_emit (self, signals[STOP], 0);
}

static void
on_history_chosen (GtkButton *button, gpointer data)
{
  CotFindField *self = COT_FIND_FIELD (data);
  g_autofree char *text = g_strdup (g_object_get_data (G_OBJECT (button), "text"));

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->history_button));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
on_history_cleared (CotFindField *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->history_button));
  cot_history_clear (COT_HISTORY_FINDS);
  gtk_widget_grab_focus (self->entry);
}

static void
append_history (CotFindField *self, const char *text)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_HISTORY_LETTERS);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data_full (G_OBJECT (button), "text", g_strdup (text), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_history_chosen), self);
  gtk_box_append (GTK_BOX (self->history_list), button);
}

static void
fill_history (CotFindField *self)
{
  GListModel *history = cot_history_get (COT_HISTORY_FINDS);
  guint n = g_list_model_get_n_items (history);
  GtkWidget *last;

  while ((last = gtk_widget_get_first_child (self->history_list)) != NULL)
    gtk_box_remove (GTK_BOX (self->history_list), last);
  for (guint i = 0; i < n; i++)
    append_history (self, gtk_string_list_get_string (GTK_STRING_LIST (history), i));
  if (n == 0)
    {
      last = gtk_label_new (_("What was searched for will stand here."));
      gtk_widget_add_css_class (last, "secondary-text");
    }
  else
    {
      last = cot_button_new_named (_("_Clear This List"));
      gtk_widget_set_halign (last, GTK_ALIGN_END);
      g_signal_connect_swapped (last, "clicked", G_CALLBACK (on_history_cleared), self);
    }
  gtk_box_append (GTK_BOX (self->history_list), last);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, gpointer data)
{
  CotFindField *self = COT_FIND_FIELD (data);

  if (keyval == GDK_KEY_Down && gtk_widget_get_visible (self->history_button))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->history_button));
  else if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) && (state & GDK_SHIFT_MASK))
    on_previous (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_history (CotFindField *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->history_list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_popover_set_child (GTK_POPOVER (popover), self->history_list);
  /* Another window may have searched since. */
  g_signal_connect_swapped (popover, "map", G_CALLBACK (fill_history), self);
  self->history_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->history_button),
                                 "document-open-recent-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->history_button), popover);
  gtk_widget_add_css_class (self->history_button, "flat");
  cot_names_set (self->history_button, _("Searched for before (Down)"));
  return self->history_button;
}

static GtkWidget *
make_entry (CotFindField *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "hexpand", TRUE, "width-chars", 4, "max-width-chars", 14,
                "search-delay", SEARCH_DELAY_MSEC, "placeholder-text", _("Find"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What to find"), -1);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_next), self);
  g_signal_connect_swapped (self->entry, "next-match", G_CALLBACK (on_next), self);
  g_signal_connect_swapped (self->entry, "previous-match", G_CALLBACK (on_previous), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (on_stop), self);
  /* Before the text in there takes them. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (self->entry, keys);
  return self->entry;
}

/* @markup: what stands on it */
static GtkWidget *
make_toggle (CotFindField *self, const char *markup, const char *name)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "find-option");
  cot_names_set (button, name);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_changed), self);
  return button;
}

static GtkWidget *
make_toggles (CotFindField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  /* Translators: a capital and a small letter, for "match case" */
  self->case_button = make_toggle (self, _("Aa"), _("Match case"));
  /* Translators: two letters, underlined as a word, for "whole words" */
  self->word_button = make_toggle (self, _("<u>ab</u>"), _("Whole words only"));
  self->pattern_button = make_toggle (self, ".*", _("Regular expression"));
  gtk_box_append (GTK_BOX (box), self->case_button);
  gtk_box_append (GTK_BOX (box), self->word_button);
  gtk_box_append (GTK_BOX (box), self->pattern_button);
  return box;
}

static GtkWidget *
make_columns (CotFindField *self)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    gtk_string_list_append (titles, _(places[i].title));
  self->columns = gtk_drop_down_new (G_LIST_MODEL (titles), NULL);
  cot_names_set (self->columns, _("Where in an entry"));
  g_signal_connect_swapped (self->columns, "notify::selected", G_CALLBACK (on_changed), self);
  return self->columns;
}

static void
cot_find_field_dispose (GObject *object)
{
  g_clear_pointer (&COT_FIND_FIELD (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_find_field_parent_class)->dispose (object);
}

static void
cot_find_field_class_init (CotFindFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_find_field_dispose;
  signals[CHANGED] = g_signal_new ("changed", COT_TYPE_FIND_FIELD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[STEP] = g_signal_new ("step", COT_TYPE_FIND_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[STOP] = g_signal_new ("stop", COT_TYPE_FIND_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cot_find_field_init (CotFindField *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (self->box), make_history (self));
  gtk_box_append (GTK_BOX (self->box), make_entry (self));
  gtk_box_append (GTK_BOX (self->box), make_toggles (self));
  gtk_box_append (GTK_BOX (self->box), make_columns (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
cot_find_field_new (void)
{
  return g_object_new (COT_TYPE_FIND_FIELD, NULL);
}

/**
 * cot_find_field_get_entry:
 *
 * Returns: (transfer none): where the text is typed
 */
GtkEditable *
cot_find_field_get_entry (CotFindField *self)
{
  g_return_val_if_fail (COT_IS_FIND_FIELD (self), NULL);

  return GTK_EDITABLE (self->entry);
}

/**
 * cot_find_field_get_question:
 * @question: (out): what is searched for; with an empty text, nothing
 */
void
cot_find_field_get_question (CotFindField *self, CotFindQuestion *question)
{
  guint place;

  g_return_if_fail (COT_IS_FIND_FIELD (self));

  place = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->columns));
  question->text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  question->columns = places[MIN (place, G_N_ELEMENTS (places) - 1)].columns;
  question->flags = 0;
  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->case_button)))
    question->flags |= COT_PATTERN_CASELESS;
  if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->pattern_button)))
    question->flags |= COT_PATTERN_MULTI_LINE;
  else
    question->flags |= COT_PATTERN_LITERAL;
  if ((question->flags & COT_PATTERN_LITERAL)
      && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->word_button)))
    question->flags |= COT_PATTERN_WHOLE_WORD;
}

/**
 * cot_find_field_set_question:
 * @question: what to search for; "changed" says so once
 */
void
cot_find_field_set_question (CotFindField *self, const CotFindQuestion *question)
{
  g_return_if_fail (COT_IS_FIND_FIELD (self));

  self->is_being_set = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), question->text);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->case_button),
                                !(question->flags & COT_PATTERN_CASELESS));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->pattern_button),
                                !(question->flags & COT_PATTERN_LITERAL));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->word_button),
                                (question->flags & COT_PATTERN_WHOLE_WORD) != 0);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].columns == question->columns)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->columns), i);
  self->is_being_set = FALSE;
  on_changed (self);
}

void
cot_find_field_start (CotFindField *self)
{
  g_return_if_fail (COT_IS_FIND_FIELD (self));

  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

/**
 * cot_find_field_set_failed:
 * @failed: there is nothing of the kind
 */
void
cot_find_field_set_failed (CotFindField *self, gboolean failed)
{
  g_return_if_fail (COT_IS_FIND_FIELD (self));

  if (failed)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
}

/**
 * cot_find_field_set_compact:
 * @compact: whether there is only room for the text and how it is meant
 */
void
cot_find_field_set_compact (CotFindField *self, gboolean compact)
{
  g_return_if_fail (COT_IS_FIND_FIELD (self));

  gtk_widget_set_visible (self->history_button, !compact);
  /* What makes the answer another one is never out of sight. */
  gtk_widget_set_visible (self->columns,
                          !compact
                              || gtk_drop_down_get_selected (GTK_DROP_DOWN (self->columns)) != 0);
  gtk_widget_set_visible (self->word_button,
                          !compact
                              || gtk_toggle_button_get_active (
                                  GTK_TOGGLE_BUTTON (self->word_button)));
}

void
cot_find_field_remember (CotFindField *self)
{
  const char *text;

  g_return_if_fail (COT_IS_FIND_FIELD (self));

  text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  if (*text != '\0')
    cot_history_add (COT_HISTORY_FINDS, text);
}
