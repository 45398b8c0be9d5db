/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What stands before the text of a step; the first one is 1. */
GtkWidget *cot_step_number_new (guint number);
/* The numbered steps of a finding. What can be copied has a button; steps that can destroy
 * something or lower protection stand last, as warnings, without one. */
GtkWidget *cot_steps_new (CotFinding *finding);

G_END_DECLS
