/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-detector-private.h"
#include "cot-journey-private.h"
#include "cot-knowledge.h"

G_BEGIN_DECLS

struct _CotKnowledge
{
  gatomicrefcount references;
  GPtrArray *detectors; /* CotDetector, one reference each */
  GHashTable *by_id; /* interned id to CotDetector */
  GArray *runs; /* CotRunRule */
  GPtrArray *journeys; /* CotJourney, one reference each */
  struct _CotLogCatalogue *catalogue;
  CotGuide *guide; /* (nullable); lives for ever */
  GPtrArray *problems; /* CotKnowledgeProblem */
  GPtrArray *packs; /* CotKnowledgePack */
  GHashTable *switched_off; /* set of ids (utf8) */
  gpointer plan; /* CotMatcherPlan: see cot_matcher_plan_get() */
};

/* One file on its way in. */
typedef struct
{
  const char *name;
  gboolean builtin;
  GPtrArray *detectors; /* what was read is added */
  GArray *runs;
  GPtrArray *journeys; /* CotJourney */
  GPtrArray *log_entries; /* CotLogEntry */
  GPtrArray *problems; /* (nullable): then the first bad detector is an error */
} CotKnowledgeFile;

/* FALSE where the document is no knowledge at all; @line is where. */
gboolean cot_knowledge_file_parse (CotKnowledgeFile *file, const char *xml, gsize length_bytes,
                                   guint *line, GError **error);

/* Nothing but what @base, which may be NULL, has. */
CotKnowledge *cot_knowledge_new_on_top (CotKnowledge *base);
/* Always FALSE: sets a DUPLICATE_ID error that tells where the first one stands. */
gboolean cot_knowledge_refuse_second (GError **error, const char *name, gboolean builtin,
                                      const char *file, guint line);
void cot_knowledge_take_file (CotKnowledge *self, const CotKnowledgeFile *file,
                              guint max_detectors, guint max_entries);
/* Leaves out what names detectors that are not there. */
void cot_knowledge_drop_dangling (CotKnowledge *self);

/* For the elements inside <when>: FALSE with an error where an attribute is wrong. */
gboolean cot_condition_is_test (const char *element);
gboolean cot_condition_parse_test (CotDetector *detector, CotWhen *when, const char *element,
                                   const char **names, const char **values, GError **error);
gboolean cot_condition_parse_override (CotDetector *detector, CotOverride *override,
                                       const char **names, const char **values, GError **error);

gboolean cot_knowledge_is_id (const char *text);
gboolean cot_knowledge_is_area (const char *text);
gboolean cot_knowledge_is_text (const char *text); /* (nullable) */
/* What the checks of the project ask of a detector, whoever wrote it. */
gboolean cot_detector_check (CotDetector *detector, GError **error);
gboolean cot_detector_check_samples (CotDetector *detector, GError **error);
/* Of a user's detector, whose pattern compiles: is it sifted well, and fast on any message? */
gboolean cot_detector_check_speed (CotDetector *detector, GError **error);
/* Every id that a detector names must be one of @by_id. */
gboolean cot_detector_check_ids (CotDetector *detector, GHashTable *by_id, GError **error);

gboolean cot_severity_from_knowledge (const char *text, CotSeverity *severity);
GPtrArray *cot_split_ids (const char *text); /* interned; ends with NULL */

void cot_knowledge_add_problem (GPtrArray *problems, const char *file, guint line,
                                const GError *error);

CotGuide *cot_guide_parse (const char *xml, gsize length_bytes, GError **error);

G_END_DECLS
