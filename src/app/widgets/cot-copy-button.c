/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-copy-button.h"

#include "cot-names.h"
#include "cot-text-content.h"

typedef struct
{
  char *text;
  char *toast;
} Copy;

static void
copy_free (gpointer data, GClosure *closure)
{
  Copy *copy = data;

  g_free (copy->text);
  g_free (copy->toast);
  g_free (copy);
}

static void
on_clicked (GtkButton *button, gpointer data)
{
  Copy *copy = data;

  cot_text_content_copy (GTK_WIDGET (button), g_strdup (copy->text));
  /* Windows without toasts have no such action: then there is none. */
  gtk_widget_activate_action (GTK_WIDGET (button), "win.toast", "s", copy->toast);
}

/**
 * cot_copy_button_new:
 * @text: what goes to the clipboard
 * @what: name of the button for tooltip and screen reader
 * @toast: what is said afterwards
 *
 * Returns: (transfer floating): a small flat button
 */
GtkWidget *
cot_copy_button_new (const char *text, const char *what, const char *toast)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  Copy *copy = g_new0 (Copy, 1);

  copy->text = g_strdup (text);
  copy->toast = g_strdup (toast);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  cot_names_set (button, what);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_clicked), copy, copy_free, 0);
  return button;
}
