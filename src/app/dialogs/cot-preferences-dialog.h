/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What the program remembers of how its user likes it. Everything takes effect at once. */
void cot_preferences_dialog_present (GtkWindow *parent);

G_END_DECLS
