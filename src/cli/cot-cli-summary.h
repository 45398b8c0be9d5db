/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-cli.h"

G_BEGIN_DECLS

/* What is said first: of several computers each in one line, of several causes each in one line;
 * and where nothing is in trouble, what that is worth. @area: (nullable): the one that is asked
 * for. */
void cot_cli_print_summary (CotCliInput *input, const char *area);
/* Where something is in trouble: how many errors no detector knows. */
void cot_cli_print_unexplained_beside (CotCliInput *input, const char *area);

G_END_DECLS
