/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The list of the practice scenarios, each with its level and how it went. It goes when one is
 * chosen, which is then handed to @chosen. */
typedef void (*CotPracticeChosen) (CotScenario *scenario, gpointer data);

void cot_practice_dialog_present (GtkWindow *parent, CotPracticeChosen chosen, gpointer data);

/* "Easy" */
const char *cot_practice_get_level_name (guint level);
/* "80 of 100 points" (transfer full) */
char *cot_practice_dup_points (guint score);

G_END_DECLS
