/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-case.h"
#include "cot-scenario.h"

G_BEGIN_DECLS

/* A learner at work on a scenario: first the line that is the cause, then what to do next. While
 * it is open the case keeps its findings back; when it is done, or given up, they come.
 *
 *   FIND_LINE -> CHOOSE_STEP -> DONE
 *       +-------- give up -------^
 *
 * Main thread. Signals: "changed" () */
#define COT_TYPE_EXERCISE (cot_exercise_get_type ())
G_DECLARE_FINAL_TYPE (CotExercise, cot_exercise, COT, EXERCISE, GObject)

#define COT_EXERCISE_FULL_SCORE 100
#define COT_EXERCISE_HINT_COST 10
#define COT_EXERCISE_WRONG_COST 10

typedef enum
{
  COT_EXERCISE_FIND_LINE,
  COT_EXERCISE_CHOOSE_STEP,
  COT_EXERCISE_DONE,
} CotExerciseStage;

typedef enum
{
  COT_EXERCISE_NOT_YET, /* nothing was answered */
  COT_EXERCISE_RIGHT,
  COT_EXERCISE_WRONG,
} CotExerciseVerdict;

/* What a line is that is not the cause. */
typedef enum
{
  COT_EXERCISE_LINE_UNKNOWN, /* not known, or not yet */
  COT_EXERCISE_LINE_ORDINARY, /* tells of no trouble */
  COT_EXERCISE_LINE_STATE, /* a detector knows it: it says how things stand, not why */
  COT_EXERCISE_LINE_NORMAL, /* looks bad, and is not */
  COT_EXERCISE_LINE_WELL,
  COT_EXERCISE_LINE_OVER,
  COT_EXERCISE_LINE_BARE, /* an error that says no more than that */
  COT_EXERCISE_LINE_RESULT, /* of something else */
  COT_EXERCISE_LINE_EARLIER, /* trouble that did not end it */
  COT_EXERCISE_LINE_OTHER,
  COT_EXERCISE_LINE_NEAR, /* of the same failure */
} CotExerciseLine;

/* Opens it on the case, which owns it: there is one at most. (transfer none) */
CotExercise *cot_exercise_start (CotCase *a_case, CotScenario *scenario);
CotExercise *cot_case_get_exercise (CotCase *self); /* (nullable) (transfer none) */

/* (transfer full) (nullable): "file:line: reason", where a cause is no line of the logs. */
char *cot_exercise_dup_problem (CotExercise *self);
CotScenario *cot_exercise_get_scenario (CotExercise *self); /* (transfer none) */
CotExerciseStage cot_exercise_get_stage (CotExercise *self);
guint cot_exercise_get_score (CotExercise *self);
gboolean cot_exercise_get_said_none (CotExercise *self);
gboolean cot_exercise_get_given_up (CotExercise *self);
/* Of the stage: what the last answer was. */
CotExerciseVerdict cot_exercise_get_verdict (CotExercise *self);
/* Whether the logs are read, so that an answer can be judged. */
gboolean cot_exercise_get_ready (CotExercise *self);
/* Of the last answer, where it was a wrong line; it comes a moment later, with "changed". */
CotExerciseLine cot_exercise_get_line (CotExercise *self);
/* (element-type utf8) (transfer none): to what is asked now; and how many of them were taken. */
const GPtrArray *cot_exercise_get_hints (CotExercise *self);
guint cot_exercise_get_n_hints (CotExercise *self);

void cot_exercise_take_hint (CotExercise *self);
/* Answers; they do nothing in another stage. @log NULL: nothing here is broken. */
void cot_exercise_answer_line (CotExercise *self, CotLog *log, guint64 ordinal);
void cot_exercise_answer_step (CotExercise *self, guint index);
gboolean cot_exercise_was_step_tried (CotExercise *self, guint index);
void cot_exercise_give_up (CotExercise *self);

/* A line that is right, for when it is done; FALSE where there is none. */
gboolean cot_exercise_get_cause (CotExercise *self, CotLog **log, guint64 *ordinal);
/* What the detector of the scenario says, once the findings are there; (nullable). */
CotFinding *cot_exercise_get_finding (CotExercise *self);

G_END_DECLS
