/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which program to start. (transfer full) */
char *cot_unpacker_dup_program (void);

G_END_DECLS
