/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-detector-private.h"
#include "cot-journey.h"

G_BEGIN_DECLS

struct _CotJourney
{
  gatomicrefcount references;
  GStringChunk *texts; /* owns every string but the ids */
  const char *file;
  guint line;
  const char *id;
  const char *area;
  const char *title;
  const char *meaning;
  gboolean builtin;
  GPtrArray *applies; /* interned ids; ends with NULL */
  GArray *milestones; /* CotMilestone */
  GPtrArray *owned; /* the arrays that the milestones point to */
  GArray *references_to; /* CotReference */
  GPtrArray *lines; /* CotDetector: markers of the milestones' own lines */
  guint n_forks;
};

CotJourney *cot_journey_new (const char *id);
CotJourney *cot_journey_ref (CotJourney *self);
void cot_journey_unref (CotJourney *self);
const char *cot_journey_own (CotJourney *self, const char *text);
/* What a file must say; @line: of what is wrong. */
gboolean cot_journey_check (CotJourney *self, guint *line, GError **error);
/* Every id that it names must be one of @by_id. */
gboolean cot_journey_check_ids (CotJourney *self, GHashTable *by_id, guint *line, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotJourney, cot_journey_unref)

G_END_DECLS
