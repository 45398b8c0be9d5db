/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The user's highlights: the same in all windows and logs of the program. Those that are to be kept
 * are settings; the others go when the program ends. Main thread. */
#define COT_TYPE_HIGHLIGHT_RULES (cot_highlight_rules_get_type ())
G_DECLARE_FINAL_TYPE (CotHighlightRules, cot_highlight_rules, COT, HIGHLIGHT_RULES, GObject)

/* Signals: "changed" (): rows light up otherwise, or a rule was given up */

CotHighlightRules *cot_highlight_rules_get (void); /* (transfer none) */
guint cot_highlight_rules_get_n (CotHighlightRules *self);
const CotHighlightRule *cot_highlight_rules_get_rule (CotHighlightRules *self, guint index);
/* Whether it is not asked any more, because rows would be drawn too slowly. */
gboolean cot_highlight_rules_is_given_up (CotHighlightRules *self, guint index);
/* A colour that no rule has, as long as there is one. */
guint cot_highlight_rules_propose_colour (CotHighlightRules *self);
/* In front of the others. FALSE with an error where the rule can match nothing, or there are too
 * many. */
gboolean cot_highlight_rules_add (CotHighlightRules *self, CotHighlightRule *rule, GError **error);
gboolean cot_highlight_rules_replace (CotHighlightRules *self, guint index,
                                      const CotHighlightRule *rule, GError **error);
void cot_highlight_rules_remove (CotHighlightRules *self, guint index);
void cot_highlight_rules_move (CotHighlightRules *self, guint index, gboolean up);

/* What lights up in a row; FALSE where nothing does. */
gboolean cot_highlight_rules_mark (CotHighlightRules *self, const char *message,
                                   const char *thread, CotHighlights *highlights);

G_END_DECLS
