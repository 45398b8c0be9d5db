/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-detector.h"
#include "cot-finding.h"
#include "cot-pattern.h"

G_BEGIN_DECLS

/* The conditions of a detector, as the XML says them. Ids are interned: compare pointers. */

typedef enum
{
  COT_TEST_LAST_OF_ITS_KIND,
  COT_TEST_FOLLOWED_BY,
  COT_TEST_NOT_FOLLOWED_BY,
  COT_TEST_EXPECTED_NEXT,
  COT_TEST_TOGETHER_WITH,
  COT_TEST_OLDER_THAN,
  COT_TEST_VALUE,
  COT_TEST_BITS,
  COT_TEST_LENGTH_OVER,
  COT_TEST_SETUP_LINE,
} CotTestKind;

typedef enum
{
  COT_WITHIN_CASE,
  COT_WITHIN_LOG,
  COT_WITHIN_RUN, /* between two starts of the program that writes the log */
} CotWithin;

typedef enum
{
  COT_MODE_ANY,
  COT_MODE_ALL,
  COT_MODE_NONE,
} CotMode;

typedef enum
{
  COT_BITS_ANY,
  COT_BITS_NONE,
  COT_BITS_EQUALS,
  COT_BITS_NOT_EQUALS,
} CotBitsMode;

typedef struct
{
  CotTestKind kind;
  gboolean negated;
  /* Relations to other hits. */
  GPtrArray *detectors; /* interned ids; (nullable) */
  CotWithin within;
  CotMode mode;
  gboolean judged_only; /* not any hit, but the one that is judged */
  gboolean before; /* the other stands before this one */
  GPtrArray *same; /* names of captures: where both have one, both must be the same; (nullable) */
  const char *under; /* interned; (nullable): who says above a line of what it tells */
  const char *over; /* interned; (nullable): who says so below it */
  gint64 seconds; /* -1: any */
  gint64 entries; /* -1: any */
  const char *line; /* what is expected, as it stands in the log; (nullable) */
  /* What was captured, by this detector or by the one named. */
  const char *of; /* interned; (nullable) */
  GPtrArray *captures; /* names: the first that took part counts; (nullable) */
  gboolean any_hit; /* else the newest */
  GPtrArray *values; /* (nullable) */
  gboolean values_excluded;
  const char *contains; /* (nullable) */
  CotBitsMode bits_mode;
  guint64 bits;
  const char *than; /* interned; (nullable): whose time takes the place of the newest entry's */
  gint64 limit; /* hours, or characters */
  gboolean span; /* from the first hit to the newest */
  gboolean broken_only; /* unknown names do not count */
} CotTest;

typedef struct
{
  const char *text;
  const char *rule; /* (nullable): only for this kind of issue of a setup line */
} CotNoteRule;

/* What a condition changes; -1 and NULL leave it as it was. */
typedef struct
{
  int severity;
  int state; /* CotFindingState, or COT_STATE_NONE */
  int expected;
  int waiting;
  GPtrArray *explains;
  const char *title;
  const char *meaning;
  const char *cause;
  const char *verify;
  GArray *steps; /* CotStep; (nullable) */
  GArray *notes; /* CotNoteRule; (nullable) */
} CotOverride;

/* No finding after all. */
#define COT_STATE_NONE (COT_FINDING_HISTORY + 1)

typedef struct
{
  GArray *tests; /* CotTest: all must hold */
  CotOverride then;
  CotOverride otherwise;
} CotWhen;

struct _CotDetector
{
  gatomicrefcount references;
  GStringChunk *texts; /* owns every string but the ids */
  const char *file; /* where it stands, for reports of problems */
  guint line;
  const char *id;
  const char *area;
  CotSeverity severity;
  const char *title;
  const char *meaning;
  const char *cause;
  const char *verify;
  const char *match;
  gboolean match_is_literal;
  gboolean bound_to_logs;
  gboolean generic;
  gboolean expected;
  gboolean waiting;
  gboolean marker;
  gboolean builtin;
  gboolean switched_off; /* its lines are known to conditions and journeys, and it finds nothing */
  GPtrArray *logs; /* these arrays end with NULL */
  GPtrArray *explains;
  GPtrArray *yields_to;
  GPtrArray *takes_back; /* beside a line of this one, lines of those say nothing */
  GPtrArray *apart; /* names of captures: lines that differ in one are findings of their own */
  GArray *steps;
  GArray *captures; /* CotCaptureRule of every named group */
  GArray *references_to; /* CotReference */
  GArray *samples;
  GPtrArray *whens;
  /* Compiled when it is first needed: see cot_detector_get_pattern(). */
  gsize compiled;
  gsize denials; /* 2 where a sample denies, 1 where none does; 0: not known yet */
  CotPattern *pattern;
  char **literals;
};

/* Of a log in which a program writes one run after the other. */
typedef struct
{
  const char *starts; /* interned id of the detector of the line that starts a run */
  const char *succeeds; /* interned id of the one of the result of a run ... */
  const char *capture;
  GPtrArray *values; /* ... and what it captures where the run went well */
  const char *unless; /* (nullable): interned id of the line of a run that only started another */
  const char *removes; /* (nullable): interned id of the line of a run that takes away what others
                        * make: it goes well, and makes nothing good */
} CotRunRule;

CotDetector *cot_detector_new (const char *id);
CotDetector *cot_detector_ref (CotDetector *self);
void cot_detector_unref (CotDetector *self);
const char *cot_detector_own (CotDetector *self, const char *text);
/* The compiled pattern, and literals of which one stands in each match; any thread. (nullable) for
 * a guide entry, and where the pattern does not compile. */
CotPattern *cot_detector_get_pattern (CotDetector *self, const char *const **literals,
                                      GError **error);

CotTest *cot_when_add_test (CotWhen *when, CotTestKind kind);
CotWhen *cot_when_new (void);
void cot_when_free (CotWhen *when);
void cot_run_rule_clear (CotRunRule *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotDetector, cot_detector_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotWhen, cot_when_free)

G_END_DECLS
