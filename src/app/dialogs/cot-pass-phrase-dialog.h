/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define COT_PASS_PHRASE_RESPONSE_OPEN "open"

/* Asks for the pass phrase of the bundle with that name, or of the archive inside of one. Whoever
 * shows it takes the response, and on COT_PASS_PHRASE_RESPONSE_OPEN the text, which goes with the
 * dialog. */
AdwMessageDialog *cot_pass_phrase_dialog_new (GtkWindow *parent, const char *name,
                                              gboolean was_wrong, gboolean is_inside);
const char *cot_pass_phrase_dialog_get_text (AdwMessageDialog *dialog);

G_END_DECLS
