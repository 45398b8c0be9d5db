/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-exercise.h"

#include "cot-cause-search.h"
#include "cot-exercise-private.h"

#define EXERCISE_KEY "cot-exercise"

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotExercise
{
  GObject parent_instance;

  CotCase *a_case; /* (unowned): it owns the exercise */
  CotScenario *scenario;
  CotExerciseStage stage;
  CotExerciseVerdict verdict;
  gboolean given_up;
  guint n_hints[COT_EXERCISE_DONE]; /* of each stage */
  guint n_wrong;
  guint32 tried; /* a bit for each step */
  GHashTable *tried_lines; /* set of utf8: those that were wrong */
  gboolean said_none; /* the last answer to the line */
  CotExerciseLine line; /* what that was */
  CotJob *line_job; /* (nullable): finds it out */

  CotJob *job; /* (nullable): a search that runs */
  CotCauseSearch *search; /* (nullable): the last one that has run */
  gboolean ready; /* it is of the logs that the case has now */
  CotCauseRecord *answered; /* (nullable): what the learner found */
};

G_DEFINE_FINAL_TYPE (CotExercise, cot_exercise, G_TYPE_OBJECT)

static void
stop_search (CotExercise *self)
{
  if (self->job != NULL)
    cot_job_cancel (self->job);
  g_clear_pointer (&self->job, cot_job_unref);
}

static void
forget_line (CotExercise *self)
{
  if (self->line_job != NULL)
    cot_job_cancel (self->line_job);
  g_clear_pointer (&self->line_job, cot_job_unref);
  self->line = COT_EXERCISE_LINE_UNKNOWN;
}

static void
cot_exercise_finalize (GObject *object)
{
  CotExercise *self = COT_EXERCISE (object);

  stop_search (self);
  forget_line (self);
  g_hash_table_unref (self->tried_lines);
  g_clear_pointer (&self->scenario, cot_scenario_unref);
  g_clear_pointer (&self->search, cot_cause_search_free);
  g_clear_pointer (&self->answered, cot_cause_record_free);
  G_OBJECT_CLASS (cot_exercise_parent_class)->finalize (object);
}

static void
cot_exercise_class_init (CotExerciseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cot_exercise_finalize;
  signals[CHANGED] = g_signal_new ("changed", COT_TYPE_EXERCISE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
cot_exercise_init (CotExercise *self)
{
  self->tried_lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
emit_changed (CotExercise *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void update (CotExercise *self);

typedef struct
{
  CotExercise *exercise; /* (unowned): it stops its search */
  CotCauseSearch *search;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_pointer (&run->search, cot_cause_search_free);
  g_free (run);
}

static gpointer
search_logs (CotJob *job, gpointer data, GError **error)
{
  Run *run = data;

  cot_cause_search_run (run->search, cot_job_get_cancellable (job));
  return NULL;
}

static void
on_searched (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Run *run = data;
  /* A handler of a signal may drop the case. */
  g_autoptr (CotExercise) self = g_object_ref (run->exercise);

  g_clear_pointer (&self->job, cot_job_unref);
  /* If a log was read anew in the meantime all is to be looked for once more. */
  if (cot_cause_search_has_logs_of (run->search, self->a_case))
    {
      g_clear_pointer (&self->search, cot_cause_search_free);
      self->search = g_steal_pointer (&run->search);
      self->ready = TRUE;
    }
  update (self);
  if (self->ready)
    emit_changed (self);
}

static void
start_search (CotExercise *self)
{
  Run *run = g_new0 (Run, 1);

  run->exercise = self;
  run->search = cot_cause_search_new (self->a_case, self->scenario, self->search);
  self->job = cot_job_start (&(CotJobFunctions){
      .work = search_logs,
      .done = on_searched,
      .data = run,
      .free_data = run_free,
  });
}

/* When all logs are read; and again when one is read in another way, or has grown. Until then a
 * log that was replaced has no line that is right, and nothing is judged. */
static void
update (CotExercise *self)
{
  if (self->ready && !cot_cause_search_has_logs_of (self->search, self->a_case))
    {
      self->ready = FALSE;
      emit_changed (self);
    }
  if (self->job != NULL || !cot_case_get_settled (self->a_case)
      || (self->ready && cot_cause_search_is_complete (self->search)))
    return;
  start_search (self);
}

static void
exercise_free (gpointer data)
{
  CotExercise *self = data;

  stop_search (self);
  forget_line (self);
  g_object_unref (self);
}

/**
 * cot_exercise_start:
 * @a_case: the case of the bundle that the scenario names
 * @scenario: a scenario
 *
 * Keeps the findings of the case back until the exercise is done.
 *
 * Returns: (transfer none): the exercise; it goes with the case
 */
CotExercise *
cot_exercise_start (CotCase *a_case, CotScenario *scenario)
{
  CotExercise *self = g_object_new (COT_TYPE_EXERCISE, NULL);

  self->a_case = a_case;
  self->scenario = cot_scenario_ref (scenario);
  cot_case_hold_findings (a_case, TRUE);
  g_object_set_data_full (G_OBJECT (a_case), EXERCISE_KEY, self, exercise_free);
  g_signal_connect_object (a_case, "progress-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (a_case, "members-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return self;
}

/**
 * cot_case_get_exercise:
 * @self: a case
 *
 * Returns: (transfer none) (nullable): the exercise that was started on it
 */
CotExercise *
cot_case_get_exercise (CotCase *self)
{
  return g_object_get_data (G_OBJECT (self), EXERCISE_KEY);
}

/* What was not read to its end may hold what was not found. */
static gboolean
is_read_whole (CotCase *a_case)
{
  for (guint i = 0; i < a_case->logs->len; i++)
    if (((const CotCaseItem *) g_ptr_array_index (a_case->logs, i))->stopped)
      return FALSE;
  return TRUE;
}

/**
 * cot_exercise_dup_problem:
 * @self: an exercise
 *
 * Who wrote the scenario must know of it: nobody could answer.
 *
 * Returns: (transfer full) (nullable): "file:line: reason", where a cause is no line of the logs;
 *   %NULL as long as they are not read, or where somebody stopped that
 */
char *
cot_exercise_dup_problem (CotExercise *self)
{
  const CotScenarioCause *missing = self->ready && is_read_whole (self->a_case)
                                        ? cot_cause_search_find_missing (self->search)
                                        : NULL;
  g_autofree char *reason = NULL;

  if (missing == NULL)
    return NULL;
  reason = g_strdup_printf ("%s:%d: no entry of %s is this cause", self->scenario->file,
                            missing->line, missing->log);
  return g_filename_display_name (reason);
}

/**
 * cot_exercise_get_scenario:
 * @self: an exercise
 *
 * Returns: (transfer none): what it is about
 */
CotScenario *
cot_exercise_get_scenario (CotExercise *self)
{
  return self->scenario;
}

/**
 * cot_exercise_get_stage:
 * @self: an exercise
 *
 * Returns: what is asked just now
 */
CotExerciseStage
cot_exercise_get_stage (CotExercise *self)
{
  return self->stage;
}

/**
 * cot_exercise_get_score:
 * @self: an exercise
 *
 * Returns: what is left of the full score; nothing, once it was given up
 */
guint
cot_exercise_get_score (CotExercise *self)
{
  guint n_hints = self->n_hints[COT_EXERCISE_FIND_LINE] + self->n_hints[COT_EXERCISE_CHOOSE_STEP];
  guint cost = n_hints * COT_EXERCISE_HINT_COST + self->n_wrong * COT_EXERCISE_WRONG_COST;

  if (self->given_up)
    return 0;
  return COT_EXERCISE_FULL_SCORE - MIN (cost, COT_EXERCISE_FULL_SCORE);
}

/**
 * cot_exercise_get_given_up:
 * @self: an exercise
 *
 * Returns: whether the learner asked for the answer
 */
gboolean
cot_exercise_get_given_up (CotExercise *self)
{
  return self->given_up;
}

/**
 * cot_exercise_get_verdict:
 * @self: an exercise
 *
 * Returns: how the last answer of this stage was; for a stage just reached, that of the one before
 */
CotExerciseVerdict
cot_exercise_get_verdict (CotExercise *self)
{
  return self->verdict;
}

/**
 * cot_exercise_get_ready:
 * @self: an exercise
 *
 * Returns: whether answers can be judged
 */
gboolean
cot_exercise_get_ready (CotExercise *self)
{
  return self->ready;
}

/**
 * cot_exercise_get_hints:
 * @self: an exercise
 *
 * Returns: (transfer none) (element-type utf8): the scenario's hints to what is asked now
 */
const GPtrArray *
cot_exercise_get_hints (CotExercise *self)
{
  return self->stage == COT_EXERCISE_FIND_LINE ? self->scenario->hints
                                               : self->scenario->step_hints;
}

/**
 * cot_exercise_get_n_hints:
 * @self: an exercise
 *
 * Returns: how many of them were taken
 */
guint
cot_exercise_get_n_hints (CotExercise *self)
{
  return self->stage == COT_EXERCISE_DONE ? 0 : self->n_hints[self->stage];
}

/**
 * cot_exercise_take_hint:
 * @self: an exercise
 *
 * The next one, where there is one.
 */
void
cot_exercise_take_hint (CotExercise *self)
{
  if (self->stage == COT_EXERCISE_DONE
      || self->n_hints[self->stage] == cot_exercise_get_hints (self)->len)
    return;
  self->n_hints[self->stage]++;
  emit_changed (self);
}

/* @costs: whether it is a new answer */
static void
judge (CotExercise *self, gboolean right, gboolean costs, CotExerciseStage next)
{
  self->verdict = right ? COT_EXERCISE_RIGHT : COT_EXERCISE_WRONG;
  if (right)
    self->stage = next;
  else if (costs)
    self->n_wrong++;
  if (self->stage == COT_EXERCISE_DONE)
    cot_case_hold_findings (self->a_case, FALSE);
  emit_changed (self);
}

static gpointer
answer_line (CotJob *job, gpointer data, GError **error)
{
  return GUINT_TO_POINTER (cot_exercise_line_question_answer (data));
}

static void
on_line_answered (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  const CotExerciseLineQuestion *question = data;
  g_autoptr (CotExercise) self = g_object_ref (question->exercise);

  g_clear_pointer (&self->line_job, cot_job_unref);
  self->line = (CotExerciseLine) GPOINTER_TO_UINT (result);
  emit_changed (self);
}

/* It takes a while, and the answer must not wait. */
static void
ask_line (CotExercise *self, CotLog *log, guint64 ordinal)
{
  CotExerciseLineQuestion *question = cot_exercise_line_question_new (
      self->a_case, log, ordinal, self->scenario->detector);

  if (question == NULL)
    return;
  question->exercise = self;
  self->line_job = cot_job_start (&(CotJobFunctions){
      .work = answer_line,
      .done = on_line_answered,
      .data = question,
      .free_data = (GDestroyNotify) cot_exercise_line_question_free,
  });
}

/**
 * cot_exercise_get_line:
 * @self: an exercise
 *
 * Returns: what the line is that the last answer was, where it was wrong and that is known by now
 */
CotExerciseLine
cot_exercise_get_line (CotExercise *self)
{
  return self->line;
}

/* What a line is known by, however its log is read; of no line, too. */
static char *
dup_line_key (CotLog *log, guint64 ordinal)
{
  guint64 in_part = 0;
  const char *label = "";

  if (log != NULL)
    label = cot_log_get_part_label (log, cot_log_get_snapshot (log), ordinal, &in_part);
  return g_strdup_printf ("%" G_GUINT64_FORMAT "/%s", in_part, label);
}

/**
 * cot_exercise_get_said_none:
 * @self: an exercise
 *
 * Returns: whether the last answer to the line was that there is none
 */
gboolean
cot_exercise_get_said_none (CotExercise *self)
{
  return self->said_none;
}

/**
 * cot_exercise_answer_line:
 * @self: an exercise
 * @log: (nullable): the log that the line stands in; %NULL: nothing here is broken
 * @ordinal: the entry of it
 *
 * Says which line the learner takes for the cause. One that was tried costs nothing again: a key
 * that is held down answers many times. Main thread.
 */
void
cot_exercise_answer_line (CotExercise *self, CotLog *log, guint64 ordinal)
{
  gboolean right = log == NULL && self->scenario->causes->len == 0;
  const CotCausePlace *place;

  if (self->stage != COT_EXERCISE_FIND_LINE || !self->ready)
    return;
  self->said_none = log == NULL;
  forget_line (self);
  place = log != NULL ? cot_cause_search_find_place (self->search, log, ordinal) : NULL;
  if (place != NULL)
    {
      self->answered = cot_cause_record_copy (place->record);
      right = TRUE;
    }
  judge (self, right,
         !right && g_hash_table_add (self->tried_lines, dup_line_key (log, ordinal)),
         COT_EXERCISE_CHOOSE_STEP);
  if (!right && log != NULL)
    ask_line (self, log, ordinal);
}

/**
 * cot_exercise_answer_step:
 * @self: an exercise
 * @index: which step of the scenario
 *
 * Says what the learner would do next. A step that was tried costs nothing again. Main thread.
 */
void
cot_exercise_answer_step (CotExercise *self, guint index)
{
  const CotScenarioStep *step;

  if (self->stage != COT_EXERCISE_CHOOSE_STEP || index >= self->scenario->steps->len
      || cot_exercise_was_step_tried (self, index))
    return;
  step = g_ptr_array_index (self->scenario->steps, index);
  self->tried |= 1u << index;
  judge (self, step->right, TRUE, COT_EXERCISE_DONE);
}

G_STATIC_ASSERT (COT_SCENARIO_MAX_PARTS <= 32);

/**
 * cot_exercise_was_step_tried:
 * @self: an exercise
 * @index: which step of the scenario
 *
 * Returns: whether it was answered
 */
gboolean
cot_exercise_was_step_tried (CotExercise *self, guint index)
{
  return (self->tried >> index & 1u) != 0;
}

/**
 * cot_exercise_give_up:
 * @self: an exercise
 *
 * Ends it without points: the answer may be shown.
 */
void
cot_exercise_give_up (CotExercise *self)
{
  if (self->stage == COT_EXERCISE_DONE)
    return;
  self->given_up = TRUE;
  self->verdict = COT_EXERCISE_NOT_YET;
  self->stage = COT_EXERCISE_DONE;
  cot_case_hold_findings (self->a_case, FALSE);
  emit_changed (self);
}

/* (nullable) */
static const CotCausePlace *
choose_place (CotExercise *self)
{
  const GPtrArray *places = cot_cause_search_get_places (self->search);

  for (guint i = 0; self->answered != NULL && i < places->len; i++)
    {
      const CotCausePlace *place = g_ptr_array_index (places, i);

      if (cot_cause_record_equal (place->record, self->answered))
        return place;
    }
  return places->len > 0 ? g_ptr_array_index (places, places->len - 1) : NULL;
}

/**
 * cot_exercise_get_cause:
 * @self: an exercise
 * @log: (out) (transfer none): the log
 * @ordinal: (out): the entry
 *
 * Returns: whether there is a line that is the cause: of several that which the learner found, else
 *   the newest
 */
gboolean
cot_exercise_get_cause (CotExercise *self, CotLog **log, guint64 *ordinal)
{
  const CotCausePlace *place = self->ready ? choose_place (self) : NULL;

  if (place == NULL)
    return FALSE;
  *log = place->log;
  *ordinal = place->ordinal;
  return TRUE;
}

/**
 * cot_exercise_get_finding:
 * @self: an exercise
 *
 * Returns: (transfer none) (nullable): the finding of the scenario's detector, once it is there
 */
CotFinding *
cot_exercise_get_finding (CotExercise *self)
{
  for (guint i = 0; i < cot_case_get_n_findings (self->a_case); i++)
    {
      CotFinding *finding = cot_case_get_finding (self->a_case, i);

      if (g_strcmp0 (cot_detector_get_id (finding->detector), self->scenario->detector) == 0)
        return finding;
    }
  return NULL;
}
