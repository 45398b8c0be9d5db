/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Everything that a finding says: meaning, cause, what was read out of the line, steps, how to
 * verify, evidence, source. With @headline also the head of the card that is read first.
 *
 * Signals:
 *   "go-to" (CotLog *log, guint64 ordinal): an evidence was clicked */
#define COT_TYPE_FINDING_CARD (cot_finding_card_get_type ())
G_DECLARE_FINAL_TYPE (CotFindingCard, cot_finding_card, COT, FINDING_CARD, GtkWidget)

GtkWidget *cot_finding_card_new (CotCase *a_case, CotFinding *finding, gboolean headline);
/* Only where the guide has an entry about it. */
void cot_finding_card_add_guide_link (CotFindingCard *self);

G_END_DECLS
