/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-knowledge-private.h"

G_BEGIN_DECLS

/* Where an element may stand. */
typedef enum
{
  COT_PLACE_NOWHERE = 0,
  COT_PLACE_DOCUMENT = 1 << 0,
  COT_PLACE_KNOWLEDGE = 1 << 1,
  COT_PLACE_DETECTOR = 1 << 2,
  COT_PLACE_WHEN = 1 << 3,
  COT_PLACE_OVERRIDE = 1 << 4,
  COT_PLACE_TEXT = 1 << 5,
  COT_PLACE_EMPTY = 1 << 6,
} CotPlace;

/* <knowledge><detector><when><then><step> and one to spare. */
#define COT_ELEMENT_MAX_DEPTH 6

typedef struct
{
  CotKnowledgeFile *file;
  GMarkupParseContext *context;
  CotPlace places[COT_ELEMENT_MAX_DEPTH];
  guint depth;
  CotDetector *detector;
  CotWhen *when;
  CotOverride *override;
  GString *text;
  /* Attributes of the element whose text is being read. */
  CotStepFlags step_flags;
  char *url;
  char *rule;
  gboolean sample_matches;
} CotParser;

typedef gboolean (*CotElementStart) (CotParser *parser, const char *element, const char **names,
                                     const char **values, GError **error);
typedef gboolean (*CotElementEnd) (CotParser *parser, GError **error);

typedef struct
{
  const char *name;
  CotPlace parents;
  CotPlace inside;
  CotElementStart start;
  CotElementEnd end;
} CotElement;

const CotElement *cot_element_find (const char *name); /* (nullable) */
/* Always FALSE: sets a BAD_RULE error with @argument where @format says {}. */
gboolean cot_element_refuse (GError **error, const char *format, const char *argument);

G_END_DECLS
