/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* Times of an axis, and what was written then, in words. @unit_usec: of what lengths the times are
 * multiples; it tells whether seconds and their parts are said. (transfer full) */

/* "09:12:30", "2026-11-18" where @unit_usec is days. */
char *cot_density_sentence_dup_time (gint64 wall_usec, gint64 unit_usec);
/* "2026-11-18" */
char *cot_density_sentence_dup_date (gint64 wall_usec);
/* "2026-11-18 09:12:30 – 09:12:45" */
char *cot_density_sentence_dup_range (gint64 from_usec, gint64 until_usec, gint64 unit_usec);
/* "41 entries, 2 errors, 3 warnings"; @shown: (nullable): of those that pass the filter. */
char *cot_density_sentence_dup_counts (const CotTimeBin *all, const CotTimeBin *shown);
/* "41 entries" */
char *cot_density_sentence_dup_count (guint64 n_entries);
/* "1970-01-01", "1970", or "1970 – 1980": as much as all of a stretch has in common. */
char *cot_density_sentence_dup_dates (gint64 first_usec, gint64 last_usec);
/* What the strip leaves out, and that it can be reached. @counts: as above. */
char *cot_density_sentence_dup_outside (gint64 first_usec, gint64 last_usec, const char *counts,
                                        gboolean is_later);
/* (nullable): that entries without a time are not among them. */
char *cot_density_sentence_dup_untimed (guint64 n_untimed);

G_END_DECLS
