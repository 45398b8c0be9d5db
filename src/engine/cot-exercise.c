/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-exercise.h"

#include "cot-case-private.h"
#include "cot-entry-text.h"
#include "cot-format.h"

#include <string.h>

#define EXERCISE_KEY "cot-exercise"

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A line that is right, found in the logs. */
typedef struct
{
  CotLog *log;
  guint64 ordinal;
} Place;

struct _CotExercise
{
  GObject parent_instance;

  CotCase *a_case; /* (unowned): it owns the exercise */
  CotScenario *scenario;
  CotExerciseStage stage;
  CotExerciseVerdict verdict;
  gboolean given_up;
  guint n_hints;
  guint n_wrong;
  guint32 tried; /* a bit for each step */

  GCancellable *cancellable;
  gboolean searching;
  GArray *places; /* (element-type Place) (nullable) until the logs are read */
  const CotScenarioCause *missing; /* (nullable): of the scenario's, one that no line is */
  guint answered; /* which of them the learner found; G_MAXUINT */
};

G_DEFINE_FINAL_TYPE (CotExercise, cot_exercise, G_TYPE_OBJECT)

static void
place_clear (gpointer data)
{
  g_clear_object (&((Place *) data)->log);
}

static GArray *
places_new (void)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  g_array_set_clear_func (places, place_clear);
  return places;
}

static void
cot_exercise_dispose (GObject *object)
{
  CotExercise *self = COT_EXERCISE (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (cot_exercise_parent_class)->dispose (object);
}

static void
cot_exercise_finalize (GObject *object)
{
  CotExercise *self = COT_EXERCISE (object);

  g_clear_pointer (&self->scenario, cot_scenario_unref);
  g_clear_pointer (&self->places, g_array_unref);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (cot_exercise_parent_class)->finalize (object);
}

static void
cot_exercise_class_init (CotExerciseClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_exercise_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_exercise_finalize;
  signals[CHANGED] = g_signal_new ("changed", COT_TYPE_EXERCISE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
cot_exercise_init (CotExercise *self)
{
  self->cancellable = g_cancellable_new ();
  self->answered = G_MAXUINT;
}

static void
emit_changed (CotExercise *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Where the causes stand. The snapshots are immutable: a worker may read them. */
typedef struct
{
  GPtrArray *logs; /* (element-type CotLog) */
  GPtrArray *snapshots; /* (element-type CotSnapshot), one for each of @logs */
  GHashTable *found; /* set of CotScenarioCause that stand in a log */
  CotScenario *scenario;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_hash_table_unref (search->found);
  g_ptr_array_unref (search->logs);
  g_ptr_array_unref (search->snapshots);
  cot_scenario_unref (search->scenario);
  g_free (search);
}

/* A line end or several blanks are as good as one: who writes a file of XML lays it out. */
static gboolean
is_same_text (const char *a, const char *b)
{
  for (;;)
    {
      if (g_ascii_isspace (*a) != g_ascii_isspace (*b))
        return FALSE;
      if (g_ascii_isspace (*a))
        {
          a += strspn (a, " \t\r\n\v\f");
          b += strspn (b, " \t\r\n\v\f");
          continue;
        }
      if (*a != *b)
        return FALSE;
      if (*a == '\0')
        return TRUE;
      a++;
      b++;
    }
}

static gboolean
is_cause (const CotScenarioCause *cause, guint64 ordinal, const char *message)
{
  return cause->text != NULL ? message != NULL && is_same_text (cause->text, message)
                             : cause->ordinal == ordinal;
}

/* The whole of it, as written. (nullable): an entry that cannot be read has none. */
static char *
dup_message (CotSnapshot *snapshot, guint64 ordinal, GByteArray *record)
{
  g_autoptr (GString) composed = g_string_new (NULL);
  CotEntryColumns columns;
  CotEntry entry = { 0 };

  g_byte_array_set_size (record, 0);
  if (!cot_snapshot_read (snapshot, ordinal, record, NULL)
      || !cot_snapshot_get (snapshot, ordinal, &columns))
    return NULL;
  cot_format_read_entry (cot_snapshot_get_format (snapshot), (const char *) record->data,
                         record->len, composed, &entry);
  return g_strstrip (cot_entry_text_dup_written (
      cot_snapshot_get_generation (snapshot, columns.generation)->encoding, entry.message));
}

static void
search_log (Search *search, guint index, GArray *places, GCancellable *cancellable)
{
  CotSnapshot *snapshot = g_ptr_array_index (search->snapshots, index);
  CotLog *log = g_ptr_array_index (search->logs, index);
  guint64 n = cot_snapshot_get_n_entries (snapshot);
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (GPtrArray) causes = g_ptr_array_new ();

  for (guint i = 0; i < search->scenario->causes->len; i++)
    {
      CotScenarioCause *cause = g_ptr_array_index (search->scenario->causes, i);

      if (g_ascii_strcasecmp (cause->log, cot_log_get_name (log)) == 0)
        g_ptr_array_add (causes, cause);
    }
  for (guint64 ordinal = 0; causes->len > 0 && ordinal < n; ordinal++)
    {
      g_autofree char *message = dup_message (snapshot, ordinal, record);
      gboolean found = FALSE;

      if (g_cancellable_is_cancelled (cancellable))
        return;
      for (guint i = 0; i < causes->len; i++)
        if (is_cause (g_ptr_array_index (causes, i), ordinal, message))
          {
            g_hash_table_add (search->found, g_ptr_array_index (causes, i));
            found = TRUE;
          }
      if (found)
        {
          Place place = { g_object_ref (log), ordinal };

          g_array_append_val (places, place);
        }
    }
}

static void
search_logs (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Search *search = data;
  GArray *places = places_new ();

  for (guint i = 0; i < search->logs->len; i++)
    search_log (search, i, places, cancellable);
  g_task_return_pointer (task, places, (GDestroyNotify) g_array_unref);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  CotExercise *self = COT_EXERCISE (source);
  g_autoptr (GArray) places = g_task_propagate_pointer (G_TASK (result), NULL);
  const Search *search;

  self->searching = FALSE;
  if (places == NULL)
    return;
  self->places = g_steal_pointer (&places);
  search = g_task_get_task_data (G_TASK (result));
  for (guint i = self->scenario->causes->len; i > 0; i--)
    if (!g_hash_table_contains (search->found,
                                g_ptr_array_index (self->scenario->causes, i - 1)))
      self->missing = g_ptr_array_index (self->scenario->causes, i - 1);
  emit_changed (self);
}

/* Once, when all logs are read; and the case may tell of it several times. */
static void
on_progress (CotCase *a_case, gpointer data)
{
  CotExercise *self = COT_EXERCISE (data);
  g_autoptr (GTask) task = NULL;
  Search *search;

  if (self->places != NULL || self->searching || !cot_case_get_settled (a_case))
    return;
  self->searching = TRUE;
  search = g_new0 (Search, 1);
  search->logs = g_ptr_array_new_with_free_func (g_object_unref);
  search->snapshots = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_snapshot_unref);
  search->scenario = cot_scenario_ref (self->scenario);
  search->found = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < cot_case_get_n_logs (a_case); i++)
    {
      CotLog *log = cot_case_get_log (a_case, i);

      g_ptr_array_add (search->logs, g_object_ref (log));
      g_ptr_array_add (search->snapshots, cot_snapshot_ref (cot_log_get_snapshot (log)));
    }
  task = g_task_new (self, self->cancellable, on_searched, NULL);
  g_task_set_source_tag (task, on_progress);
  g_task_set_task_data (task, search, search_free);
  g_task_run_in_thread (task, search_logs);
}

static void
exercise_free (gpointer data)
{
  CotExercise *self = data;

  g_cancellable_cancel (self->cancellable);
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
  g_signal_connect_object (a_case, "progress-changed", G_CALLBACK (on_progress), self, 0);
  on_progress (a_case, self);
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

/**
 * cot_exercise_dup_problem:
 * @self: an exercise
 *
 * Who wrote the scenario must know of it: nobody could answer.
 *
 * Returns: (transfer full) (nullable): "file:line: reason", where a cause is no line of the logs;
 *   %NULL as long as they are not read, too
 */
char *
cot_exercise_dup_problem (CotExercise *self)
{
  g_autofree char *reason = NULL;

  if (self->missing == NULL)
    return NULL;
  reason = g_strdup_printf ("%s:%d: no entry of %s is this cause", self->scenario->file,
                            self->missing->line, self->missing->log);
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
  guint cost = self->n_hints * COT_EXERCISE_HINT_COST + self->n_wrong * COT_EXERCISE_WRONG_COST;

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
  return self->places != NULL;
}

/**
 * cot_exercise_get_n_hints:
 * @self: an exercise
 *
 * Returns: how many of the scenario's hints were taken
 */
guint
cot_exercise_get_n_hints (CotExercise *self)
{
  return self->n_hints;
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
  if (self->stage == COT_EXERCISE_DONE || self->n_hints == self->scenario->hints->len)
    return;
  self->n_hints++;
  emit_changed (self);
}

static void
judge (CotExercise *self, gboolean right, CotExerciseStage next)
{
  self->verdict = right ? COT_EXERCISE_RIGHT : COT_EXERCISE_WRONG;
  if (right)
    self->stage = next;
  else
    self->n_wrong++;
  if (self->stage == COT_EXERCISE_DONE)
    cot_case_hold_findings (self->a_case, FALSE);
  emit_changed (self);
}

/**
 * cot_exercise_answer_line:
 * @self: an exercise
 * @log: (nullable): the log that the line stands in; %NULL: nothing here is broken
 * @ordinal: the entry of it
 *
 * Says which line the learner takes for the cause. Main thread.
 */
void
cot_exercise_answer_line (CotExercise *self, CotLog *log, guint64 ordinal)
{
  gboolean right = log == NULL && self->scenario->causes->len == 0;

  if (self->stage != COT_EXERCISE_FIND_LINE || self->places == NULL)
    return;
  for (guint i = 0; log != NULL && i < self->places->len && !right; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);

      right = place->log == log && place->ordinal == ordinal;
      if (right)
        self->answered = i;
    }
  judge (self, right, COT_EXERCISE_CHOOSE_STEP);
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
  judge (self, step->right, COT_EXERCISE_DONE);
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
  const Place *place;

  if (self->places == NULL || self->places->len == 0)
    return FALSE;
  place = &g_array_index (self->places, Place,
                          self->answered != G_MAXUINT ? self->answered : self->places->len - 1);
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
