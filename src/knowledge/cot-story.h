/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-finding.h"

G_BEGIN_DECLS

/* What one finding has to show in one log, placed where it began. */
typedef struct
{
  CotFinding *finding; /* the cause, or a consequence of it; owned by the story */
  guint first; /* indices of its evidence: the first one in that log, ... */
  guint last; /* ... and the newest */
  guint n; /* how many of its evidence stand in that log */
  gint64 time_usec; /* of the first one, by the clock of the story; COT_TIME_NONE */
  gint64 last_time_usec; /* of the newest one, likewise */
} CotStoryLine;

/* A cause and what it led to, over all logs, in the order of time. Read-only. */
typedef struct
{
  CotFinding *cause; /* the finding that no other explains */
  guint n_findings; /* it and its consequences */
  CotStoryClock clock;
  GArray *lines; /* (element-type CotStoryLine), at least one */
} CotStory;

/* The story to which @finding belongs, be it the cause or a consequence. @findings: those of
 * cot_correlate(), in which it stands. (transfer full); any thread. */
CotStory *cot_story_new (CotFinding *finding, CotFinding *const *findings, guint n_findings);
void cot_story_free (CotStory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotStory, cot_story_free)

G_END_DECLS
