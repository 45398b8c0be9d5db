/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-spool.h"

G_BEGIN_DECLS

/* A source over a spool that is still written: it grows with every append. (transfer full) */
CotSource *cot_spool_get_growing_source (CotSpool *self, const char *label);
/* Lowers the budget so that a test reaches the disk with few bytes; gives back the old one. */
guint64 cot_spool_set_memory_budget (guint64 budget_bytes);

G_END_DECLS
