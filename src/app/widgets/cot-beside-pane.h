/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-log-page.h"

G_BEGIN_DECLS

/*
 *   tabs: partner (CotLogPage)  |  CotBesidePane: which log, link, close
 *                               |  own CotLogPage
 *
 * A second log beside the one in front. While the two are linked, the one that the user scrolls
 * takes the other one to the same moment.
 *
 * Signals:
 *   "log-chosen" (guint index): of the names of cot_beside_pane_set_names()
 * Actions that it wants from the window: "win.beside" */
#define COT_TYPE_BESIDE_PANE (cot_beside_pane_get_type ())
G_DECLARE_FINAL_TYPE (CotBesidePane, cot_beside_pane, COT, BESIDE_PANE, GtkWidget)

GtkWidget *cot_beside_pane_new (void);
/* The log that it shows; NULL: none. */
void cot_beside_pane_set_page (CotBesidePane *self, CotLogPage *page); /* (nullable) */
void cot_beside_pane_set_room (CotBesidePane *self, GtkWidget *room);
CotLogPage *cot_beside_pane_get_page (CotBesidePane *self);            /* (nullable) */
/* The one beside which it stands. */
void cot_beside_pane_set_partner (CotBesidePane *self, CotLogPage *partner); /* (nullable) */
/* Goes to an entry of its log. From then on, until another log is shown, linked means that it is
 * @apart_usec later than the partner; COT_TIME_NONE: the two are linked no more. */
void cot_beside_pane_show_pair (CotBesidePane *self, guint64 ordinal, gint64 apart_usec);
/* The logs that can be chosen, and which of them it shows. */
void cot_beside_pane_set_names (CotBesidePane *self, const char *const *names, guint shown);

G_END_DECLS
