/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-highlight-rules.h"
#include "cot-highlights-dialog.h"

/* What lights up in the rows: the dialog, and rules from the entry that is selected. */

static void
on_highlights (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_highlights_dialog_present (GTK_WINDOW (data), NULL);
}

static void
add_rule (CotWindow *self, const char *text, CotPatternFlags flags)
{
  CotHighlightRules *rules = cot_highlight_rules_get ();
  guint colour = cot_highlight_rules_propose_colour (rules);
  g_autoptr (GError) error = NULL;

  if (cot_highlight_rules_add (rules, cot_highlight_rule_new (text, flags, colour), &error))
    return;
  if (cot_highlight_rules_get_n (rules) >= COT_HIGHLIGHT_MAX_RULES)
    cot_window_show_toast (self, _("There are too many highlights. Remove one first."));
  else
    cot_window_show_toast (self, _("The text is too long to highlight. Select a part of it."));
}

/* What was selected in a message is what is meant. It is removed where all of them stand. */
static void
on_highlight_text (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  guint n = cot_highlight_rules_get_n (cot_highlight_rules_get ());

  add_rule (self, g_variant_get_string (parameter, NULL),
            COT_PATTERN_LITERAL | COT_PATTERN_CASELESS);
  if (cot_highlight_rules_get_n (cot_highlight_rules_get ()) > n)
    cot_window_show_toast_with (self, _("It lights up in all logs"), _("_Highlights…"),
                                "win.highlights");
}

/* A number lights up at once; a message is first cut down to what is meant. */
static void
on_highlight_row (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  const char *field = g_variant_get_string (parameter, NULL);
  g_autofree char *value = NULL;

  if (self->page == NULL)
    return;
  value = cot_log_page_dup_selected_text (self->page, field);
  if (value == NULL || *value == '\0')
    cot_window_show_toast (self, _("Select an entry that has such a text first"));
  else if (!g_str_equal (field, "thread"))
    cot_highlights_dialog_present (GTK_WINDOW (self), value);
  else
    add_rule (self, value, COT_PATTERN_LITERAL | COT_PATTERN_WHOLE_WORD);
}

void
cot_window_init_highlights (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "highlights", .activate = on_highlights },
    { .name = "highlight-text", .activate = on_highlight_text, .parameter_type = "s" },
    { .name = "highlight-row", .activate = on_highlight_row, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

/**
 * cot_window_add_highlight_menu:
 * @menu: what stands in the menu of a row
 */
void
cot_window_add_highlight_menu (GMenu *menu)
{
  g_autoptr (GMenu) items = g_menu_new ();

  g_menu_append (items, _("This _Text…"), "win.highlight-row::text");
  g_menu_append (items, _("This T_hread"), "win.highlight-row::thread");
  g_menu_append (items, _("_All Highlights…"), "win.highlights");
  g_menu_append_submenu (menu, _("_Highlight"), G_MENU_MODEL (items));
}
