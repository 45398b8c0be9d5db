/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-timeline-private.h"

G_BEGIN_DECLS

/* Lines of one detector that captured the same. */
typedef struct
{
  char *values; /* what they captured, for people */
  GArray *moments; /* CotMoment, by time */
  guint n_others; /* how many groups were put into this one, as there were too many */
} CotGroup;

/* @moments, at least one, by what the detector wants to be kept apart: the group of the newest one
 * first. (transfer full) (element-type CotGroup) */
GPtrArray *cot_groups_new (const CotDetector *detector, const GArray *moments);

G_END_DECLS
