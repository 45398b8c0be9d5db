/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A journey for who wants to learn it: what it is, and its milestones in their order with the log
 * of each, whatever is open. */
GtkWidget *cot_journey_outline_new (const CotJourney *journey);

G_END_DECLS
