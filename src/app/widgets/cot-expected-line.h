/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/* Which line to look for, and in which log, where a milestone of a journey is missing: the line can
 * be copied. */
GtkWidget *cot_expected_line_new (const CotMilestoneReport *missing);

G_END_DECLS
