/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-journey-private.h"
#include "cot-knowledge-private.h"
#include "cot-log-catalogue-private.h"

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
  COT_PLACE_JOURNEY = 1 << 7,
  COT_PLACE_FORK = 1 << 8,
  COT_PLACE_BRANCH = 1 << 9,
  COT_PLACE_MILESTONE = 1 << 10,
  COT_PLACE_LOG_FILE = 1 << 11,
  COT_PLACE_LOG_GROUP = 1 << 12,
} CotPlace;

/* <knowledge><journey><fork><branch><milestone><line><match> and one to spare. */
#define COT_ELEMENT_MAX_DEPTH 8

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
  guint fault_line; /* of an element that is wrong as a whole; 0: where the parser stands */
  /* Of the journey that is being read. */
  CotJourney *journey;
  const char *phase;
  guint fork;
  guint branch;
  GPtrArray *seen_by; /* of the milestone, these three */
  GPtrArray *logs;
  GArray *steps;
  guint n_lines;
  CotLogEntry *log_entry; /* the <log-file> or <log-group> that is being read */
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

/* (nullable): the element of that name, the one that can stand in @place where there are several */
const CotElement *cot_element_find (const char *name, CotPlace place);
const CotElement *cot_journey_element_find (const char *name, CotPlace place);
const CotElement *cot_log_element_find (const char *name, CotPlace place);
void cot_journey_parser_clear (CotParser *parser);
/* For a line that is only looked for: what follows describes it until its element ends. */
gboolean cot_element_begin_marker (CotParser *parser, const char *id, const char *scope,
                                   GError **error);
char *cot_element_fold (const char *text);
/* Always FALSE: sets a BAD_RULE error with @argument where @format says {}. */
gboolean cot_element_refuse (GError **error, const char *format, const char *argument);

G_END_DECLS
