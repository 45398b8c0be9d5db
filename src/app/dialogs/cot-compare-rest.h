/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-compare-dialog.h"
#include "cot-travellers.h"

G_BEGIN_DECLS

/* What differs between two devices beside a journey: problems and waits that only one of them has,
 * each with the way to its line, and logs that only one of them brought.
 * @n: (out): how many such findings there are; @data: for the actions, lives as long as this */
GtkWidget *cot_compare_rest_new (const CotTraveller *one, const CotTraveller *other,
                                 const CotCompareActions *actions, gpointer data, guint *n);
GtkWidget *cot_compare_rest_new_problem (const CotTraveller *one, const CotTraveller *other,
                                         const CotCompareActions *actions, gpointer data);

G_END_DECLS
