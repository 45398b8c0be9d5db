/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-detector.h"

G_BEGIN_DECLS

typedef enum
{
  COT_FINDING_OPEN, /* still stands at the end of its logs */
  COT_FINDING_HISTORY, /* over: in the story, not in the verdict */
} CotFindingState;

/* What the times of lines mean. */
typedef enum
{
  COT_STORY_CLOCK_WRITTEN, /* as written: all logs have one clock */
  COT_STORY_CLOCK_UTC, /* UTC, as the logs were written by clocks of several zones */
  COT_STORY_CLOCK_MIXED, /* as written, and some logs do not say by which clock: the order between
                          * those and the others is a guess */
} CotStoryClock;

typedef struct
{
  guint log; /* index in the logs that were given to cot_correlate() */
  guint64 ordinal;
  gint64 time_usec; /* COT_TIME_NONE */
  gint16 bias_minutes;
  guint run; /* of the program that writes the log, from 0 */
} CotEvidence;

typedef struct
{
  const char *name;
  char *text; /* as it stands in the line */
  char *decoded; /* (nullable): in words, English */
  gboolean is_number; /* people look for it by its number: @text is said together with @decoded */
} CotCapture;

/* How a line came back. */
typedef struct
{
  guint n; /* how often, in the log that has it most; what comes within a second is once. 0: too
            * seldom to tell a rhythm */
  gint64 first_usec; /* wall clock */
  gint64 last_usec;
  gboolean regular; /* nearly every time after the usual while */
  gint64 usual_usec; /* from one to the next */
  gint64 shortest_usec;
  gint64 longest_usec;
} CotRetries;

/* When something is due that the newest line announces. All by the clock of the computer that wrote
 * the line, as it wrote it. */
typedef struct
{
  gint64 due_usec; /* COT_TIME_NONE: nothing is */
  gint64 end_usec; /* the newest entry of all logs of that computer: its "now" */
  gint16 bias_minutes; /* COT_BIAS_NONE */
} CotTimer;

typedef enum
{
  COT_NEXT_NEVER, /* the log goes on without it */
  COT_NEXT_LATE, /* it came, but not in time */
  COT_NEXT_NOT_YET, /* the log ends before the time is over */
  COT_NEXT_NO_LOG, /* the log where it would stand is not here */
} CotNextState;

/* A line that should have come behind the newest one of the finding, and did not in time. */
typedef struct
{
  CotNextState state;
  const char *line; /* as it stands in the log */
  gint64 limit_usec; /* within this time */
  gint64 after_usec; /* LATE: it came after that time */
  gint64 end_usec; /* NEVER, NOT_YET: the newest entry of the log, wall clock; COT_TIME_NONE */
  char *log_name; /* (nullable): where it would stand */
} CotExpectation;

/* A sentence about this one case. @text is an English msgid with "{}" where @argument goes. */
typedef struct
{
  const char *text;
  char *argument; /* (nullable) */
} CotNote;

/* What a detector says about one case (the logs of one device), after its conditions. Fields are
 * read-only. Immutable once cot_correlate() has handed it over; reference counted. */
typedef struct _CotFinding CotFinding;

struct _CotFinding
{
  const CotDetector *detector;
  CotSeverity severity; /* at most INFO where it is history */
  const char *title;
  const char *meaning;
  const char *cause; /* (nullable) */
  const char *verify; /* (nullable) */
  const CotStep *steps; /* safe ones first, then those with flags */
  guint n_steps;
  gboolean expected; /* normal, although it may look bad */
  gboolean waiting; /* a normal wait that answers "why not yet" */
  CotFindingState state;
  char *values; /* (nullable): what sets it apart from others of its detector, as it stands in the
                 * lines */
  guint n_summed_up; /* of several other values, each too old to be told alone */
  gboolean headline; /* the one to read first; at most one in a case */
  CotFinding *parent; /* (nullable): explained by that one; lives in the same list */
  gboolean began_before_parent; /* its first line is older than the first one of @parent */
  CotStoryClock clock; /* of these two: */
  gint64 first_time_usec; /* of the evidence; COT_TIME_NONE */
  gint64 last_time_usec;
  gint64 age_usec; /* of trouble: from its newest line, or that of a consequence, to the newest one
                    * of all logs; -1: not known, or it waits */
  gint64 begin_usec; /* of trouble that began behind its primary line, when that grew too old, and
                      * goes on to the end of the log: by the clock of the line; COT_TIME_NONE */
  GArray *evidence; /* (element-type CotEvidence), by time, at least one */
  guint primary; /* index of the evidence that captures and the shown message belong to */
  GPtrArray *captures; /* (element-type CotCapture) of the primary evidence */
  GPtrArray *notes; /* (element-type CotNote) */
  GPtrArray *expectations; /* (element-type CotExpectation), of an open finding */
  CotRetries retries;
  CotTimer timer; /* of an open finding */
  /* Logs, as documented, that would decide about it and are not in the case: without them it cannot
   * be told whether the conditions hold. */
  GPtrArray *missing_logs; /* (element-type utf8), owned by the knowledge */
};

CotFinding *cot_finding_ref (CotFinding *self);
void cot_finding_unref (CotFinding *self);
/* What asks for something, or tells of a wait: open, and not normal. */
gboolean cot_finding_is_trouble (const CotFinding *self);
/* Nobody wrote of it for so long before the logs end that it may be mended by now. */
gboolean cot_finding_is_stale (const CotFinding *self);
/* The headline, or another failure or wait that nothing explains: each has a story of its own. */
gboolean cot_finding_is_story (const CotFinding *self);
/* What tells it from all others of its case: the id of its detector, with @values where it has
 * some. (transfer full) */
char *cot_finding_dup_key (const CotFinding *self);
/* Which of two computers' headlines, NULL where there is none, comes first; 0: neither. */
int cot_finding_compare_headlines (const CotFinding *first, const CotFinding *second);
/* (nullable): the captured text, or its decoded form where there is one and @decoded is TRUE. */
const char *cot_finding_get_capture (CotFinding *self, const char *name, gboolean decoded);
/* @text (translated or not) of this finding with {name} replaced by what was captured, decoded
 * where it can be (a code keeps its number in front); "[... {name} ...]" is left out where that was
 * not captured. (transfer full) */
char *cot_finding_expand (CotFinding *self, const char *text);
/* The same for a note: pass its @text or the translation of it. (transfer full) */
char *cot_note_expand (const CotNote *note, const char *text);
/* The same two, with marks around what comes from a log: nothing else has these two in it. */
#define COT_VALUE_START '\002'
#define COT_VALUE_END '\003'
char *cot_finding_expand_marked (CotFinding *self, const char *text);
char *cot_note_expand_marked (const CotNote *note, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotFinding, cot_finding_unref)

G_END_DECLS
