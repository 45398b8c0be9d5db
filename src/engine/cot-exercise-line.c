/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a line that is not the cause is to those who know it: a wrong answer shall teach something.
 * The case keeps its findings back meanwhile; here they are asked of one line alone. */

#include "cot-exercise-private.h"

#include "cot-format.h"

static gboolean
has_line (const CotFinding *finding, guint log, guint64 ordinal)
{
  for (guint i = 0; i < finding->evidence->len; i++)
    {
      const CotEvidence *evidence = &g_array_index (finding->evidence, CotEvidence, i);

      if (evidence->log == log && evidence->ordinal == ordinal)
        return TRUE;
    }
  return FALSE;
}

/* (nullable): of several, the one that asks for something. */
static const CotFinding *
find_finding (const CotCaseStory *story, guint log, guint64 ordinal)
{
  const CotFinding *found = NULL;

  for (guint i = 0; i < story->findings->len; i++)
    {
      const CotFinding *finding = g_ptr_array_index (story->findings, i);

      if (!has_line (finding, log, ordinal))
        continue;
      if (found == NULL || (cot_finding_is_trouble (finding) && !cot_finding_is_trouble (found)))
        found = finding;
    }
  return found;
}

/* (nullable): that of the scenario's detector */
static const CotFinding *
find_cause (const CotCaseStory *story, const char *id)
{
  for (guint i = 0; id != NULL && i < story->findings->len; i++)
    {
      const CotFinding *finding = g_ptr_array_index (story->findings, i);

      if (g_str_equal (cot_detector_get_id (finding->detector), id))
        return finding;
    }
  return NULL;
}

static CotExerciseLine
tell_trouble (const CotFinding *finding, const CotFinding *cause)
{
  if (finding == cause)
    return COT_EXERCISE_LINE_NEAR;
  if (finding->parent != NULL)
    return COT_EXERCISE_LINE_RESULT;
  if (cause != NULL && finding->clock == cause->clock
      && finding->last_time_usec != COT_TIME_NONE && cause->first_time_usec != COT_TIME_NONE
      && finding->last_time_usec < cause->first_time_usec)
    return COT_EXERCISE_LINE_EARLIER;
  return COT_EXERCISE_LINE_OTHER;
}

static CotExerciseLine
tell (const CotFinding *finding, const CotFinding *cause, CotSeverity severity)
{
  if (finding == NULL)
    return severity >= COT_SEVERITY_WARNING ? COT_EXERCISE_LINE_BARE : COT_EXERCISE_LINE_ORDINARY;
  if (cot_finding_is_trouble (finding))
    return tell_trouble (finding, cause);
  if (finding->state == COT_FINDING_HISTORY)
    return COT_EXERCISE_LINE_OVER;
  if (finding->severity == COT_SEVERITY_SUCCESS)
    return COT_EXERCISE_LINE_WELL;
  if (finding->expected)
    return COT_EXERCISE_LINE_NORMAL;
  if (finding->parent != NULL)
    return COT_EXERCISE_LINE_RESULT;
  return severity >= COT_SEVERITY_WARNING ? COT_EXERCISE_LINE_OTHER : COT_EXERCISE_LINE_STATE;
}

/* Many programs write what fails as ordinary lines: then their words tell. */
static CotSeverity
read_severity (const CotExerciseLineQuestion *self)
{
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (GString) composed = g_string_new (NULL);
  CotEntry entry = { 0 };
  CotSeverity said;

  if (self->severity >= COT_SEVERITY_WARNING
      || !cot_snapshot_read (self->snapshot, self->ordinal, record, NULL))
    return self->severity;
  cot_format_read_entry (cot_snapshot_get_format (self->snapshot), (const char *) record->data,
                         record->len, composed, &entry);
  said = cot_severity_from_words (entry.message.data, entry.message.length_bytes);
  return MAX (said, self->severity);
}

/**
 * cot_exercise_line_question_free:
 * @self: (transfer full): a question
 */
void
cot_exercise_line_question_free (CotExerciseLineQuestion *self)
{
  g_clear_pointer (&self->question, cot_case_question_free);
  g_clear_pointer (&self->snapshot, cot_snapshot_unref);
  g_free (self);
}

/**
 * cot_exercise_line_question_new:
 * @a_case: the case of an exercise
 * @log: one of its logs
 * @ordinal: the entry
 * @cause: (nullable): the id of the scenario's detector; lives as long as the scenario
 *
 * Main thread.
 *
 * Returns: (transfer full) (nullable): the question; %NULL where nothing is known of any line
 */
CotExerciseLineQuestion *
cot_exercise_line_question_new (CotCase *a_case, CotLog *log, guint64 ordinal, const char *cause)
{
  CotExerciseLineQuestion *self;
  CotEntryColumns columns;

  if (a_case->knowledge == NULL)
    return NULL;
  self = g_new0 (CotExerciseLineQuestion, 1);
  self->question = cot_case_question_new (a_case);
  self->ordinal = ordinal;
  self->cause = cause;
  self->snapshot = cot_snapshot_ref (cot_log_get_snapshot (log));
  if (!g_ptr_array_find (self->question->logs, log, &self->log))
    self->log = G_MAXUINT;
  if (cot_log_get_columns (log, ordinal, &columns))
    self->severity = columns.severity;
  return self;
}

/**
 * cot_exercise_line_question_answer:
 * @self: a question
 *
 * Any thread.
 *
 * Returns: what the line is
 */
CotExerciseLine
cot_exercise_line_question_answer (const CotExerciseLineQuestion *self)
{
  CotCaseStory *story = cot_case_question_answer (self->question);
  CotExerciseLine line = tell (find_finding (story, self->log, self->ordinal),
                               find_cause (story, self->cause), read_severity (self));

  cot_case_story_free (story);
  return line;
}
