/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-detector.h"

G_BEGIN_DECLS

/* A path that a device takes, as the lines that it leaves in its logs. Read-only; owned by its
 * CotKnowledge. Texts are English msgids, as in cot-detector.h. */

#define COT_JOURNEY_MAX_MILESTONES 100

typedef struct
{
  const char *id; /* unique in its journey */
  const char *phase; /* (nullable): heading of the part of the path that it belongs to */
  const char *title;
  const char *expected; /* the line, literal or with "..." for what varies; never translated */
  const char *missing; /* (nullable) where it is optional: what it means that it is not there */
  const char *const *logs; /* where it stands: any of these; ends with NULL */
  const char *const *seen_by; /* ids of detectors and markers: any of these; ends with NULL */
  const char *const *explained_by; /* ids of findings that tell why it is missing; ends with NULL */
  const CotStep *steps;
  guint n_steps;
  gboolean optional; /* that it is not there tells nothing */
  gboolean server; /* stands in the log of a server, which a bundle of a device does not have */
  gboolean alone; /* seen whether or not the path came to it: proves nothing of those before */
  gboolean applies; /* where it is seen, the journey applies */
  gboolean starts; /* when it is seen again, the path from here on begins anew */
  guint fork; /* 0: on the way of all; else one of several branches of this fork */
  guint branch; /* of the fork, from 0 */
  guint line; /* where it stands in its file */
} CotMilestone;

typedef struct _CotJourney CotJourney;

const char *cot_journey_get_id (const CotJourney *self);
const char *cot_journey_get_area (const CotJourney *self); /* as of a detector */
const char *cot_journey_get_title (const CotJourney *self);
gboolean cot_journey_is_builtin (const CotJourney *self);
/* When it applies, in words. */
const char *cot_journey_get_meaning (const CotJourney *self);
/* Ids of others that tell that it applies; ends with NULL. */
const char *const *cot_journey_get_applies (const CotJourney *self);
guint cot_journey_get_n_milestones (const CotJourney *self);
const CotMilestone *cot_journey_get_milestone (const CotJourney *self, guint index);
/* Whether nothing must come behind it that shows how far the path came. */
gboolean cot_journey_ends_with (const CotJourney *self, guint index);
const CotReference *cot_journey_get_references (const CotJourney *self, guint *n_references);

G_END_DECLS
