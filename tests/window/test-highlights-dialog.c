/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "cot-highlight-rules.h"
#include "cot-highlights-dialog.h"

static GtkWindow *
find_dialog (GtkWindow *parent)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) == parent)
        return window;
    }
  return NULL;
}

/* Somebody may still hold the window that was closed, as a bus for accessibility does. */
static void
test_closed (void)
{
  CotHighlightRules *rules = cot_highlight_rules_get ();
  GtkWindow *parent = GTK_WINDOW (gtk_window_new ());
  GtkWindow *dialog;

  cot_highlights_dialog_present (parent, NULL);
  dialog = g_object_ref (find_dialog (parent));
  g_assert_true (cot_highlight_rules_add (
      rules, cot_highlight_rule_new ("contoso", COT_PATTERN_LITERAL, 1), NULL));
  gtk_window_destroy (dialog);
  g_assert_true (cot_highlight_rules_add (
      rules, cot_highlight_rule_new ("fabrikam", COT_PATTERN_LITERAL, 2), NULL));
  cot_highlight_rules_remove (rules, 0);
  g_object_unref (dialog);
  cot_highlights_dialog_present (parent, "tailspin");
  g_assert_nonnull (find_dialog (parent));
  gtk_window_destroy (parent);
  cot_highlight_rules_remove (rules, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/highlights-dialog/closed", test_closed);
  return g_test_run ();
}
