/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* Bundles and what is in them, in words for people. */

/* Who made a bundle: "Intune diagnostics". */
const char *cot_sentence_get_layout (CotLayout layout);
/* "2 devices: PC-A, PC-B": whose logs they are, where there are several. (transfer full) */
char *cot_sentence_dup_devices (CotCase *a_case);
/* Whether a bundle is named after its computer. */
gboolean cot_sentence_is_title (CotCase *a_case, const char *device);
/* What to know before handing a bundle on; NULL where there is nothing. (transfer full) */
char *cot_sentence_dup_layout_notes (CotLayoutNotes notes);
/* What a file that says so was to hold, and why it does not; NULL where it is no such file.
 * @name: (out) (optional) (transfer full): what was to be collected
 * @reason: (out) (optional) (transfer full): the same for a place below the name, without it */
char *cot_sentence_dup_not_collected (const char *label, char **name, char **reason);
/* The same for what the device's own report says, and a hint where the member is here all the same.
 * (transfer full) */
char *cot_sentence_dup_item_not_collected (const CotCollectedItem *item, char **name,
                                           char **reason);
char *cot_sentence_dup_collected_hint (const CotCollectedItem *item);
/* What a member is that is not read as a log, and what can be done with it. */
const char *cot_sentence_get_member_kind (const CotMember *member);
/* Whether a member is of no kind that is known: the user may read it as a log. */
gboolean cot_sentence_is_unknown_member (CotCase *a_case, guint index);
gboolean cot_sentence_has_unknown_member (CotCase *a_case);
/* Such members, by their names; NULL where there is none. (transfer full) */
char *cot_sentence_dup_unread (CotCase *a_case);
/* Those of kinds that are never read, a line for each; NULL where there is none. (transfer full) */
char *cot_sentence_dup_left_out (CotCase *a_case);
/* A name from a file or a bundle, with all made visible that could deceive. (transfer full) */
char *cot_sentence_dup_visible (const char *text);

G_END_DECLS
