/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The short form of a finding under its line: title, meaning, next step, and a button that opens
 * the whole in the panel ("win.show-finding"). */
GtkWidget *cot_explanation_new (CotFinding *finding, gboolean compact);

G_END_DECLS
