/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-highlights-dialog.h"

#include <glib/gi18n.h>

#include "cot-dialog-window.h"
#include "cot-highlight-rules.h"
#include "cot-names.h"
#include "cot-text-label.h"

#define WIDTH_PX 600
#define HEIGHT_PX 480
#define KEY "cot-highlights-dialog"
#define ROW_KEY "cot-highlight-row"

typedef struct
{
  GtkWindow *window; /* the dialog lives as long as it */
  CotHighlightRules *rules;
  gulong changed_handler;
  gboolean changing; /* by a row itself, which shows it already */
  GtkWidget *entry;
  GtkWidget *colour;
  GtkWidget *match_case;
  GtkWidget *whole_word;
  GtkWidget *pattern;
  GtkWidget *whole_row;
  GtkWidget *problem;
  GtkWidget *list;
  GtkWidget *empty;
} Dialog;

/* One rule in the list. Its index is that of its row. */
typedef struct
{
  Dialog *dialog;
  GtkWidget *row;
  GtkWidget *enabled;
  GtkWidget *colour;
  GtkWidget *match_case;
  GtkWidget *whole_word;
  GtkWidget *pattern;
  GtkWidget *whole_row;
  GtkWidget *kept;
} Row;

/* From here on the list is gone, whoever still holds the window. */
static void
stop_listening (Dialog *self)
{
  g_clear_signal_handler (&self->changed_handler, self->rules);
}

static void
set_up_colour (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = adw_bin_new ();

  gtk_widget_add_css_class (swatch, "highlight-swatch");
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_list_item_set_child (item, box);
}

static void
bind_colour (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *swatch = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkStringObject *name = gtk_list_item_get_item (item);
  g_autofree char *css_class
      = g_strdup_printf ("highlight-%u", gtk_list_item_get_position (item) + 1);
  const char *classes[] = { "highlight-swatch", css_class, NULL };

  gtk_widget_set_css_classes (swatch, classes);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (swatch)),
                      gtk_string_object_get_string (name));
}

static GtkWidget *
make_colours (guint colour)
{
  const char *const names[] = { _("Blue"), _("Teal"), _("Violet"), _("Pink"),
                                _("Brown"), _("Grey"), NULL };
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *colours = gtk_drop_down_new_from_strings (names);

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == COT_HIGHLIGHT_COLOURS + 1);
  g_signal_connect (factory, "setup", G_CALLBACK (set_up_colour), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_colour), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (colours), factory);
  g_object_unref (factory);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (colours), colour - 1);
  gtk_widget_set_valign (colours, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (colours, _("Colour"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (colours), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Colour"), -1);
  return colours;
}

static gboolean
is_active (GtkWidget *check)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (check));
}

static CotPatternFlags
get_flags (GtkWidget *match_case, GtkWidget *whole_word, GtkWidget *pattern)
{
  return (is_active (match_case) ? 0 : COT_PATTERN_CASELESS)
         | (is_active (whole_word) ? COT_PATTERN_WHOLE_WORD : 0)
         | (is_active (pattern) ? 0 : COT_PATTERN_LITERAL);
}

/* "Pattern, whole row"; what is usual is not said. */
static char *
dup_description (Dialog *self, guint index)
{
  const CotHighlightRule *rule = cot_highlight_rules_get_rule (self->rules, index);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  if (cot_highlight_rules_is_given_up (self->rules, index))
    return g_strdup (_("Too slow: it is not shown. Make the pattern simpler."));
  if ((rule->flags & COT_PATTERN_LITERAL) == 0)
    g_ptr_array_add (words, (gpointer) _("regular expression"));
  if ((rule->flags & COT_PATTERN_CASELESS) == 0)
    g_ptr_array_add (words, (gpointer) _("match case"));
  if ((rule->flags & COT_PATTERN_WHOLE_WORD) != 0)
    g_ptr_array_add (words, (gpointer) _("whole words"));
  if (rule->whole_row)
    g_ptr_array_add (words, (gpointer) _("whole rows"));
  if (rule->kept)
    g_ptr_array_add (words, (gpointer) _("kept"));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

static guint
get_index (Row *row)
{
  return (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row->row));
}

static void
describe (Row *row)
{
  g_autofree char *description = dup_description (row->dialog, get_index (row));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row->row), description);
}

/* What is no regular expression stays the plain text that it was, and its row shows that. */
static void
on_row_changed (Row *row)
{
  Dialog *self = row->dialog;
  guint index = get_index (row);
  g_autoptr (CotHighlightRule) rule
      = cot_highlight_rule_copy (cot_highlight_rules_get_rule (self->rules, index));
  g_autoptr (GError) error = NULL;

  if (self->changing)
    return;
  rule->flags = get_flags (row->match_case, row->whole_word, row->pattern);
  rule->colour = gtk_drop_down_get_selected (GTK_DROP_DOWN (row->colour)) + 1;
  rule->whole_row = is_active (row->whole_row);
  rule->kept = is_active (row->kept);
  rule->enabled = is_active (row->enabled);
  self->changing = TRUE;
  if (!cot_highlight_rules_replace (self->rules, index, rule, &error))
    {
      gtk_check_button_set_active (GTK_CHECK_BUTTON (row->pattern), FALSE);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row->row),
                                   _("Not a regular expression: it stays a plain text"));
    }
  else
    describe (row);
  self->changing = FALSE;
}

static void
focus_row (Dialog *self, int index)
{
  int n = (int) cot_highlight_rules_get_n (self->rules);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list),
                                                      CLAMP (index, 0, MAX (n - 1, 0)));

  if (row == NULL || !gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD))
    gtk_widget_grab_focus (self->entry);
}

static void
on_remove (Row *row)
{
  Dialog *self = row->dialog;
  guint index = get_index (row);

  cot_highlight_rules_remove (self->rules, index);
  focus_row (self, (int) index);
}

static void
move (Row *row, gboolean up)
{
  Dialog *self = row->dialog;
  guint index = get_index (row);

  cot_highlight_rules_move (self->rules, index, up);
  focus_row (self, (int) index + (up ? -1 : 1));
}

static void
on_up (Row *row)
{
  move (row, TRUE);
}

static void
on_down (Row *row)
{
  move (row, FALSE);
}

static GtkWidget *
append_check (GtkWidget *box, const char *label, gboolean active)
{
  GtkWidget *check = cot_check_button_new_named (label);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_box_append (GTK_BOX (box), check);
  return check;
}

static GtkWidget *
append_move (Row *row, GtkWidget *box, const char *label, GCallback callback)
{
  GtkWidget *button = cot_button_new_named (label);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", callback, row);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
make_options (Row *row, const CotHighlightRule *rule)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  CotPatternFlags flags = rule->flags;

  row->match_case = append_check (box, _("Match _case"), (flags & COT_PATTERN_CASELESS) == 0);
  row->whole_word = append_check (box, _("Whole _words"), (flags & COT_PATTERN_WHOLE_WORD) != 0);
  row->pattern = append_check (box, _("Regular _expression"), (flags & COT_PATTERN_LITERAL) == 0);
  row->whole_row = append_check (box, _("Colour whole _rows"), rule->whole_row);
  row->kept = append_check (box, _("_Keep for next time"), rule->kept);
  append_move (row, box, _("Move _Up"), G_CALLBACK (on_up));
  append_move (row, box, _("Move _Down"), G_CALLBACK (on_down));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, _("Options"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Options"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
make_remove (Row *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Remove"), -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_remove), row);
  return button;
}

static void
watch (Row *row)
{
  GtkWidget *checks[] = { row->enabled,    row->match_case, row->whole_word,
                          row->pattern,    row->whole_row,  row->kept };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    g_signal_connect_swapped (checks[i], "toggled", G_CALLBACK (on_row_changed), row);
  g_signal_connect_swapped (row->colour, "notify::selected", G_CALLBACK (on_row_changed), row);
}

static void
append_row (Dialog *self, guint index)
{
  const CotHighlightRule *rule = cot_highlight_rules_get_rule (self->rules, index);
  Row *row = g_new0 (Row, 1);

  row->dialog = self;
  row->row = adw_action_row_new ();
  row->enabled = gtk_check_button_new ();
  row->colour = make_colours (rule->colour);
  g_object_set_data_full (G_OBJECT (row->row), ROW_KEY, row, g_free);
  g_object_set (row->row, "use-markup", FALSE, NULL);
  g_object_set (row->row, "title", rule->text, "title-lines", 2, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (row->enabled), rule->enabled);
  gtk_widget_set_tooltip_text (row->enabled, _("Show this highlight"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->enabled), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Show this highlight"), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row->row), row->enabled);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), row->colour);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), make_options (row, rule));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), make_remove (row));
  gtk_list_box_append (GTK_LIST_BOX (self->list), row->row);
  describe (row);
  watch (row);
}

static void
fill (Dialog *self)
{
  guint n = cot_highlight_rules_get_n (self->rules);
  GtkWidget *child;

  if (self->changing)
    return;
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; i < n; i++)
    append_row (self, i);
  gtk_widget_set_visible (self->list, n > 0);
  gtk_widget_set_visible (self->empty, n == 0);
}

static void
show_problem (Dialog *self, const GError *error)
{
  gtk_widget_set_visible (self->problem, error != NULL);
  if (error == NULL)
    {
      gtk_widget_remove_css_class (self->entry, "error");
      return;
    }
  gtk_widget_add_css_class (self->entry, "error");
  if (g_error_matches (error, COT_QUERY_ERROR, COT_QUERY_ERROR_LIMIT))
    gtk_label_set_text (GTK_LABEL (self->problem), _("These are too many. Remove one first."));
  else
    {
      g_autofree char *sentence
          = g_strdup_printf (_("This is not a regular expression: %s"), error->message);

      gtk_label_set_text (GTK_LABEL (self->problem), sentence);
    }
}

static void
on_add (Dialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  guint colour = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->colour)) + 1;
  g_autoptr (GError) error = NULL;
  CotHighlightRule *rule;

  if (*text == '\0')
    {
      gtk_widget_grab_focus (self->entry);
      return;
    }
  rule = cot_highlight_rule_new (
      text, get_flags (self->match_case, self->whole_word, self->pattern), colour);
  rule->whole_row = is_active (self->whole_row);
  if (cot_highlight_rules_add (self->rules, rule, &error))
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->colour),
                                  cot_highlight_rules_propose_colour (self->rules) - 1);
    }
  show_problem (self, error);
  /* What is wrong is to be corrected, not typed anew. */
  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->entry));
}

static void
on_typed (Dialog *self)
{
  show_problem (self, NULL);
}

static GtkWidget *
make_new (Dialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *checks = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *add = cot_button_new_named (_("_Add"));

  self->entry = gtk_entry_new ();
  self->colour = make_colours (cot_highlight_rules_propose_colour (self->rules));
  self->problem = cot_text_label_new ("", "cot-error");
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Text, or the number of a thread"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Text to highlight"), -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_typed), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_add), self);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (on_add), self);
  gtk_widget_add_css_class (add, "suggested-action");
  gtk_box_append (GTK_BOX (line), self->entry);
  gtk_box_append (GTK_BOX (line), self->colour);
  gtk_box_append (GTK_BOX (line), add);
  self->match_case = append_check (checks, _("Match _case"), FALSE);
  self->whole_word = append_check (checks, _("Whole _words"), FALSE);
  self->pattern = append_check (checks, _("Regular _expression"), FALSE);
  self->whole_row = append_check (checks, _("Colour whole _rows"), FALSE);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), checks);
  gtk_box_append (GTK_BOX (box), self->problem);
  return box;
}

static GtkWidget *
make_page (Dialog *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->list = gtk_list_box_new ();
  self->empty = cot_text_label_new (_("Nothing lights up yet. What you add is coloured in all "
                                      "logs, until Cotrace ends or for next time too."),
                                    "secondary-text");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Highlights"), -1);
  gtk_widget_add_css_class (page, "panel-page");
  gtk_box_append (GTK_BOX (page), make_new (self));
  gtk_box_append (GTK_BOX (page), self->empty);
  gtk_box_append (GTK_BOX (page), self->list);
  return page;
}

static GtkWindow *
make_dialog (GtkWindow *parent)
{
  GtkWindow *window = cot_dialog_window_new (parent, _("Highlights"), WIDTH_PX, HEIGHT_PX);
  Dialog *self = g_new0 (Dialog, 1);

  self->window = window;
  self->rules = cot_highlight_rules_get ();
  self->changed_handler
      = g_signal_connect_swapped (self->rules, "changed", G_CALLBACK (fill), self);
  g_object_set_data_full (G_OBJECT (window), KEY, self, g_free);
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (stop_listening), self);
  cot_dialog_window_set_page (window, make_page (self));
  show_problem (self, NULL);
  fill (self);
  return self->window;
}

static void
forget (GObject *parent)
{
  g_object_set_data (parent, KEY, NULL);
}

void
cot_highlights_dialog_present (GtkWindow *parent, const char *text)
{
  GtkWindow *window = g_object_get_data (G_OBJECT (parent), KEY);
  Dialog *self;

  if (window == NULL)
    {
      window = make_dialog (parent);
      g_object_set_data (G_OBJECT (parent), KEY, window);
      g_signal_connect_object (window, "destroy", G_CALLBACK (forget), parent, G_CONNECT_SWAPPED);
    }
  self = g_object_get_data (G_OBJECT (window), KEY);
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_window_set_focus (window, self->entry);
  gtk_window_present (window);
}
