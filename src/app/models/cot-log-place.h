/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Logs of one name in several folders are told apart by these. @labels end with NULL, and hold
 * paths or labels of members, @label among them. (nullable) (transfer full): so many folders from
 * the end on as none of the others has, "a/Logs"; NULL where there is no other, or no folder. */
char *cot_log_place_dup (const char *label, const char *const *labels);

G_END_DECLS
