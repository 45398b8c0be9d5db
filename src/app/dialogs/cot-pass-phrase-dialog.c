/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-pass-phrase-dialog.h"

#include <glib/gi18n.h>

static void
on_changed (GtkEditable *entry, gpointer data)
{
  adw_message_dialog_set_response_enabled (data, COT_PASS_PHRASE_RESPONSE_OPEN,
                                           *gtk_editable_get_text (entry) != '\0');
}

/* After whoever takes it: the text need not wait for the dialog's end, and GTK 4.8 stumbles over an
 * entry that goes while it has the focus. */
static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  gtk_editable_set_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)), "");
  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
}

/**
 * cot_pass_phrase_dialog_new:
 * @parent: the window that it belongs to
 * @name: of the bundle
 * @was_wrong: whether one was entered before
 * @is_inside: whether it is an archive inside of a bundle, whose pass phrase is another one
 *
 * Returns: (transfer none): a dialog, not yet shown; it goes when it is answered
 */
AdwMessageDialog *
cot_pass_phrase_dialog_new (GtkWindow *parent, const char *name, gboolean was_wrong,
                            gboolean is_inside)
{
  const char *sentence = _("This bundle is encrypted. Enter its pass phrase.");
  GtkWidget *widget = adw_message_dialog_new (parent, NULL, NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);
  GtkWidget *entry = gtk_password_entry_new ();

  adw_message_dialog_set_heading (dialog, name);
  /* Instead of the heading, which is the name of the window below. */
  gtk_window_set_title (GTK_WINDOW (dialog), _("Pass Phrase"));
  if (was_wrong)
    sentence = _("The pass phrase is wrong. Enter it again.");
  else if (is_inside)
    sentence = _("This archive inside of the bundle has a pass phrase of its own. Enter it.");
  adw_message_dialog_set_body (dialog, sentence);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), COT_PASS_PHRASE_RESPONSE_OPEN,
                                    _("_Open"), NULL);
  adw_message_dialog_set_response_appearance (dialog, COT_PASS_PHRASE_RESPONSE_OPEN,
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, COT_PASS_PHRASE_RESPONSE_OPEN, FALSE);
  adw_message_dialog_set_default_response (dialog, COT_PASS_PHRASE_RESPONSE_OPEN);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_extra_child (dialog, entry);

  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
  g_object_set (entry, "activates-default", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Pass phrase"), -1);
  g_signal_connect (entry, "changed", G_CALLBACK (on_changed), dialog);
  g_signal_connect_after (dialog, "response", G_CALLBACK (on_response), NULL);
  gtk_window_set_focus (GTK_WINDOW (dialog), entry);
  return dialog;
}

/**
 * cot_pass_phrase_dialog_get_text:
 * @dialog: a dialog of cot_pass_phrase_dialog_new()
 *
 * Returns: (transfer none): what was entered
 */
const char *
cot_pass_phrase_dialog_get_text (AdwMessageDialog *dialog)
{
  return gtk_editable_get_text (GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog)));
}
