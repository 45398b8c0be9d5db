/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-draft.h"

#include "cot-matcher.h"

/* What knows the line of a draft already: nobody shall write a detector without a word of that. */

typedef struct
{
  CotKnowledge *knowledge;
  char *message;
  char *log; /* (nullable) */
  char *but; /* (nullable) */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  cot_knowledge_unref (question->knowledge);
  g_free (question->message);
  g_free (question->log);
  g_free (question->but);
  g_free (question);
}

static void
known_free (gpointer data)
{
  CotDraftKnown *known = data;

  g_free (known->title);
  g_free (known);
}

/* A line that a detector knows twice is known by it once. */
static gboolean
is_told (CotHits *hits, guint index)
{
  const CotHit *hit = cot_hits_get (hits, index);

  if (hit->yielded || cot_detector_is_marker (hit->detector))
    return FALSE;
  for (guint i = 0; i < index; i++)
    if (cot_hits_get (hits, i)->detector == hit->detector)
      return FALSE;
  return TRUE;
}

static void
list_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Question *question = data;
  g_autoptr (CotHits) hits
      = cot_matcher_run_text (question->knowledge, question->log, question->message);
  GPtrArray *all = g_ptr_array_new_with_free_func (known_free);

  for (guint i = 0; i < cot_hits_get_n (hits); i++)
    {
      const CotDetector *detector = cot_hits_get (hits, i)->detector;
      CotDraftKnown *known;

      if (!is_told (hits, i) || g_strcmp0 (cot_detector_get_id (detector), question->but) == 0)
        continue;
      known = g_new0 (CotDraftKnown, 1);
      known->title = g_strdup (cot_detector_get_title (detector));
      known->builtin = cot_detector_is_builtin (detector);
      g_ptr_array_add (all, known);
    }
  g_task_return_pointer (task, all, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * cot_draft_list_known_async:
 * @self: a draft
 * @session: what is known
 * @but: (nullable): the id of a detector that does not count, as it is being written anew
 * @cancellable: (nullable): a cancellable
 * @callback: on the main context
 * @data: for @callback
 *
 * Asks all detectors about its line, on a worker. Main thread.
 */
void
cot_draft_list_known_async (const CotDraft *self, CotSession *session, const char *but,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, data);
  Question *question = g_new0 (Question, 1);

  question->knowledge = cot_knowledge_ref (cot_session_get_knowledge (session));
  question->message = g_strdup (self->sample);
  question->log = *self->log != '\0' ? g_strdup (self->log) : NULL;
  question->but = g_strdup (but);
  g_task_set_source_tag (task, cot_draft_list_known_async);
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, list_in_thread);
}

/**
 * cot_draft_list_known_finish:
 * @result: what the callback was given
 * @error: G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type CotDraftKnown): what knows the line, what is
 *   built in first
 */
GPtrArray *
cot_draft_list_known_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
