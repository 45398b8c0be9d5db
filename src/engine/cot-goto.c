/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-goto.h"

#include <string.h>

#include "cot-job.h"
#include "cot-log-time.h"

#define DAY_USEC (24 * 3600 * (gint64) G_USEC_PER_SEC)
/* Looked at in one go. */
#define MAX_TIMES 65536
/* Of a task */
#define BEHIND_KEY "cot-goto-behind"

typedef struct
{
  CotPlace place;
  GPtrArray *parts; /* (element-type CotSnapshot) */
  guint64 *found; /* of each part: the entry; G_MAXUINT64: none */
  GPtrArray *logs; /* (element-type CotLog): of each part */
  GTask *task;
  gboolean is_behind; /* the line is none of the file any more */
} Question;

/**
 * cot_place_parse:
 * @text: what was typed
 * @day_usec: a moment of the day that is meant where none is said; COT_TIME_NONE: none is known
 * @place: (out caller-allocates): the place
 *
 * Returns: whether it is one
 */
gboolean
cot_place_parse (const char *text, gint64 day_usec, CotPlace *place)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  gboolean is_entry = *trimmed == '#';
  gsize length_bytes = strlen (trimmed);
  const char *space = strrchr (trimmed, ' ');
  CotClockTime of_day;

  if (g_ascii_string_to_unsigned (trimmed + is_entry, 10, 1, G_MAXINT64, &place->number, NULL))
    {
      place->kind = is_entry ? COT_PLACE_ENTRY : COT_PLACE_LINE;
      return TRUE;
    }
  place->kind = COT_PLACE_TIME;
  if (space == NULL)
    {
      if (cot_clock_parse_date (trimmed, length_bytes, &place->time_usec))
        return TRUE;
      if (day_usec == COT_TIME_NONE || !cot_clock_parse_time (trimmed, length_bytes, &of_day))
        return FALSE;
      place->time_usec = day_usec - ((day_usec % DAY_USEC) + DAY_USEC) % DAY_USEC
                         + of_day.of_day_usec;
      return TRUE;
    }
  if (!cot_clock_parse_time (space + 1, strlen (space + 1), &of_day))
    return FALSE;
  while (space > trimmed && space[-1] == ' ')
    space--;
  if (!cot_clock_parse_date (trimmed, (gsize) (space - trimmed), &place->time_usec))
    return FALSE;
  place->time_usec += of_day.of_day_usec;
  return TRUE;
}

static void
question_free (Question *question)
{
  g_ptr_array_unref (question->parts);
  g_ptr_array_unref (question->logs);
  g_object_unref (question->task);
  g_free (question->found);
  g_free (question);
}

/* Another clock than the written one needs no calendar for each entry: all are compared in UTC.
 * An entry whose zone is not known goes as written, and so is compared with what was typed. */
static void
get_times (CotSnapshot *snapshot, const CotPlace *place, guint64 first, guint64 n,
           gint64 *times_usec)
{
  gint16 bias_minutes
      = place->clock == COT_CLOCK_LOCAL
            ? cot_clock_get_local_bias (cot_clock_from_local (place->time_usec))
            : 0;

  if (place->clock == COT_CLOCK_WRITTEN)
    cot_snapshot_get_times (snapshot, first, n, times_usec);
  else
    cot_snapshot_get_carried_times (snapshot, first, n, bias_minutes, times_usec);
}

/* The first one at that time or later; the last one that has a time where all are earlier. A clock
 * that was set back does not matter: the first is meant. */
static guint64
find_time (CotSnapshot *snapshot, const CotPlace *place, GCancellable *cancellable)
{
  gint64 time_usec = place->clock == COT_CLOCK_LOCAL ? cot_clock_from_local (place->time_usec)
                                                     : place->time_usec;

  guint64 n_entries = cot_snapshot_get_n_entries (snapshot);
  g_autofree gint64 *times_usec = g_new (gint64, MAX_TIMES);
  guint64 last = G_MAXUINT64;

  for (guint64 first = 0; first < n_entries && !g_cancellable_is_cancelled (cancellable);
       first += MAX_TIMES)
    {
      guint64 n = MIN ((guint64) MAX_TIMES, n_entries - first);

      get_times (snapshot, place, first, n, times_usec);
      for (guint64 i = 0; i < n; i++)
        {
          if (times_usec[i] == COT_TIME_NONE)
            continue;
          if (times_usec[i] >= time_usec)
            return first + i;
          last = first + i;
        }
    }
  return last;
}

/* Lines count on through the newest part, which is the file that the user has before her. */
static guint64
find_line (CotSnapshot *snapshot, guint64 line, GError **error)
{
  guint n_generations = cot_snapshot_get_n_generations (snapshot);
  const CotGeneration *generation
      = n_generations > 0 ? cot_snapshot_get_generation (snapshot, n_generations - 1) : NULL;
  guint64 low, high;

  if (generation == NULL || generation->n_entries == 0 || generation->original != NULL)
    return G_MAXUINT64;
  low = generation->first_ordinal;
  high = low + generation->n_entries - 1;
  while (low < high)
    {
      guint64 middle = low + (high - low + 1) / 2;
      guint64 start;

      if (!cot_snapshot_get_line (snapshot, middle, &start, error))
        return G_MAXUINT64;
      if (start <= line)
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

static gboolean
ends_before (CotSnapshot *snapshot, guint64 ordinal, guint64 line)
{
  g_autoptr (GByteArray) record = g_byte_array_new ();
  guint64 end;

  if (ordinal + 1 != cot_snapshot_get_n_entries (snapshot)
      || !cot_snapshot_get_line (snapshot, ordinal, &end, NULL)
      || !cot_snapshot_read (snapshot, ordinal, record, NULL))
    return FALSE;
  /* A line end at the end of the file begins no line. */
  for (guint i = 0; i + 1 < record->len; i++)
    end += record->data[i] == '\n';
  return line > end;
}

static gpointer
run (CotJob *job, gpointer data, GError **error)
{
  Question *question = data;
  GCancellable *cancellable = g_task_get_cancellable (question->task);

  for (guint i = 0; i < question->parts->len; i++)
    {
      CotSnapshot *snapshot = question->parts->pdata[i];

      question->found[i] = G_MAXUINT64;
      if (question->place.kind == COT_PLACE_TIME)
        question->found[i] = find_time (snapshot, &question->place, cancellable);
      else if (question->parts->len == 1)
        {
          question->found[i] = find_line (snapshot, question->place.number, error);
          question->is_behind
              = question->found[i] != G_MAXUINT64
                && ends_before (snapshot, question->found[i], question->place.number);
        }
    }
  return NULL;
}

/* Of a merge the part that comes first; one whose entries are all earlier does not count as long as
 * another has a later one. */
static gboolean
choose_place (Question *question, guint64 *ordinal)
{
  CotLog *log = g_task_get_source_object (question->task);
  gboolean has_later = FALSE;
  gboolean found = FALSE;

  for (guint i = 0; i < question->parts->len; i++)
    {
      CotEntryTime time;
      guint64 place;
      gboolean is_later;

      if (question->found[i] == G_MAXUINT64
          || !cot_entry_time_read (question->parts->pdata[i], question->found[i], &time)
          || !cot_log_find_place (log, question->logs->pdata[i], question->found[i], &place))
        continue;
      is_later = cot_clock_show (time.time_usec, time.bias_minutes, question->place.clock)
                 >= question->place.time_usec;
      if (!found || (is_later && !has_later)
          || (is_later == has_later && (is_later ? place < *ordinal : place > *ordinal)))
        *ordinal = place;
      has_later = has_later || is_later;
      found = TRUE;
    }
  return found;
}

static void
done_cb (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Question *question = data;
  guint64 ordinal = 0;

  if (error != NULL)
    g_task_return_error (question->task, g_error_copy (error));
  else if (!choose_place (question, &ordinal))
    g_task_return_new_error (question->task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such place");
  else
    {
      g_object_set_data (G_OBJECT (question->task), BEHIND_KEY,
                         GINT_TO_POINTER (question->is_behind));
      g_task_return_int (question->task, (gssize) ordinal);
    }
}

static void
start (CotLog *self, const CotPlace *place, GTask *task)
{
  Question *question = g_new0 (Question, 1);
  g_autoptr (CotJob) job = NULL;
  guint n_parts = cot_log_get_n_parts (self);

  question->place = *place;
  question->task = g_object_ref (task);
  question->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_snapshot_unref);
  question->logs = g_ptr_array_new_with_free_func (g_object_unref);
  question->found = g_new0 (guint64, n_parts + 1);
  for (guint i = 0; i < n_parts; i++)
    {
      CotLog *part = cot_log_get_part (self, i);

      g_ptr_array_add (question->logs, g_object_ref (part));
      g_ptr_array_add (question->parts, cot_snapshot_ref (cot_log_get_snapshot (part)));
    }
  job = cot_job_start (&(CotJobFunctions){
      .work = run,
      .done = done_cb,
      .data = question,
      .free_data = (GDestroyNotify) question_free,
  });
}

/**
 * cot_log_resolve_place_async:
 * @self: a log, or a merge
 * @place: where to
 * @cancellable: (nullable): a cancellable
 * @callback: on the main context
 * @data: for @callback
 *
 * Looks for the entry at a place. Main thread; what has to be read is read on a worker.
 */
void
cot_log_resolve_place_async (CotLog *self, const CotPlace *place, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, cot_log_resolve_place_async);
  if (place->kind != COT_PLACE_ENTRY)
    start (self, place, task);
  else if (place->number >= 1 && place->number <= cot_log_get_n_entries (self))
    g_task_return_int (task, (gssize) (place->number - 1));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such entry");
}

/**
 * cot_log_resolve_place_finish:
 * @self: a log
 * @result: what the callback was given
 * @ordinal: (out): the entry
 * @is_behind: (out) (optional): whether a line behind the end was asked for
 * @error: G_IO_ERROR_NOT_FOUND, COT_SOURCE_ERROR
 *
 * Returns: whether there is one
 */
gboolean
cot_log_resolve_place_finish (CotLog *self, GAsyncResult *result, guint64 *ordinal,
                              gboolean *is_behind, GError **error)
{
  gssize found = g_task_propagate_int (G_TASK (result), error);

  if (is_behind != NULL)
    *is_behind = g_object_get_data (G_OBJECT (result), BEHIND_KEY) != NULL;
  *ordinal = found >= 0 ? (guint64) found : 0;
  return found >= 0;
}
