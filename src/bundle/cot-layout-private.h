/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-layout.h"

G_BEGIN_DECLS

/* cot-layout-devices.c: whose the labels are, told by logs that are alive in several folders; FALSE
 * where they may be one computer's. Each of @names that is found is (transfer full). @has_doubtful
 * is set where an archive holds logs of the same names as a computer's, and has no such name. */
gboolean cot_layout_find_owners (const char *const *labels, guint n_labels, char **names,
                                 gboolean *has_doubtful);
/* cot-layout-names.c: the labels, those that only a computer's name at the file's tells apart as if
 * it were that of a folder. (transfer full) */
char **cot_layout_dup_with_name_folders (const char *const *labels, guint n_labels);

G_END_DECLS
