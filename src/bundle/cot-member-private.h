/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-member.h"

G_BEGIN_DECLS

CotMemberKind cot_member_guess_kind (const char *label, const char *base_name, guint64 size_bytes);
CotMemberGroup cot_member_guess_group (const char *label, const char *base_name);
/* From the file name of the bundle, else from what most of the labels begin with; NULL where
 * neither looks like a computer's name. (transfer full) */
char *cot_member_guess_device (const char *bundle_name, const char *const *labels, guint n_labels);

G_END_DECLS
