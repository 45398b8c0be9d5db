/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-member.h"

G_BEGIN_DECLS

/* What the collector of Intune writes into the name where it could not collect. */
#define COT_PLACEHOLDER_WORDS "No Results - Error "

CotMemberKind cot_member_guess_kind (const char *label, const char *base_name, guint64 size_bytes);
CotMemberGroup cot_member_guess_group (const char *label, const char *base_name);
/* Whether a documented log has exactly that name, without its ending. */
gboolean cot_member_is_known_log (const char *stem);
/* Whether a computer may be called so: as NetBIOS allows. */
gboolean cot_member_could_be_device (const char *text, gsize length_bytes);
/* "SMS" of "SMS_Cloud_ProxyConnector" is no computer's. */
gboolean cot_member_begins_logs (const char *text, gsize length_bytes);
/* "PC0042" of "in/PC0042_CcmExec.log"; 0 where the name has no such part. */
gsize cot_member_find_prefix (const char *label, const char **start);
/* What the name of a bundle, a folder or an archive says of the computer; @is_strong: it is made
 * as only a collector makes it. (nullable) (transfer full) */
char *cot_member_guess_device_by_name (const char *name, gboolean *is_strong);
/* From the file name of the bundle, else from a file that is named after it, else from what most of
 * the labels begin with; NULL where none looks like a computer's name. (transfer full) */
char *cot_member_guess_device (const char *bundle_name, const char *const *labels, guint n_labels);

G_END_DECLS
