/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-pattern.h"

G_BEGIN_DECLS

/* What lights up in a row by the user's rules. A colour is a number from 1 to
 * COT_HIGHLIGHT_COLOURS; what it looks like is for whoever draws it; 0 is none. */
#define COT_HIGHLIGHT_COLOURS 6
#define COT_HIGHLIGHT_MAX_RULES 64
#define COT_HIGHLIGHT_MAX_SPANS 16

typedef struct
{
  char *text; /* UTF-8, not empty */
  CotPatternFlags flags;
  guint colour;
  gboolean whole_row; /* else only what matches */
  gboolean enabled;
  gboolean kept; /* for the next time too; else until the program ends */
} CotHighlightRule;

CotHighlightRule *cot_highlight_rule_new (const char *text, CotPatternFlags flags, guint colour);
CotHighlightRule *cot_highlight_rule_copy (const CotHighlightRule *self);
void cot_highlight_rule_free (CotHighlightRule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotHighlightRule, cot_highlight_rule_free)

typedef struct
{
  guint start_bytes; /* of the message */
  guint end_bytes; /* behind the last byte */
  guint colour;
} CotHighlightSpan;

typedef struct
{
  CotHighlightSpan spans[COT_HIGHLIGHT_MAX_SPANS]; /* ascending, none over another */
  guint n_spans;
  guint row_colour;
  guint thread_colour;
} CotHighlights;

/* Rules, compiled. One thread. */
typedef struct _CotHighlighter CotHighlighter;

/* Whether a rule can be one: COT_QUERY_ERROR. */
gboolean cot_highlight_rule_check (const CotHighlightRule *self, GError **error);
/* (element-type CotHighlightRule); what is off, or no pattern, is left out. */
CotHighlighter *cot_highlighter_new (GPtrArray *rules);
void cot_highlighter_free (CotHighlighter *self);
/* The first of the rules, as they were given, that was given up because it holds up the drawing of
 * rows; G_MAXUINT: none was. */
guint cot_highlighter_get_given_up (CotHighlighter *self);
/* A rule that stands first has what it matches; the thread is matched by rules that are numbers. */
void cot_highlighter_mark (CotHighlighter *self, const char *message, const char *thread,
                           CotHighlights *highlights);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotHighlighter, cot_highlighter_free)

G_END_DECLS
