/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-journey-private.h"

#include "cot-knowledge-private.h"

CotJourney *
cot_journey_new (const char *id)
{
  CotJourney *self = g_new0 (CotJourney, 1);

  g_atomic_ref_count_init (&self->references);
  self->texts = g_string_chunk_new (4096);
  self->id = g_intern_string (id);
  self->applies = cot_split_ids ("");
  self->milestones = g_array_new (FALSE, TRUE, sizeof (CotMilestone));
  self->owned = g_ptr_array_new_with_free_func (g_free);
  self->references_to = g_array_new (FALSE, TRUE, sizeof (CotReference));
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_detector_unref);
  return self;
}

CotJourney *
cot_journey_ref (CotJourney *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
cot_journey_unref (CotJourney *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->applies);
  g_array_unref (self->milestones);
  g_ptr_array_unref (self->owned);
  g_array_unref (self->references_to);
  g_ptr_array_unref (self->lines);
  g_string_chunk_free (self->texts);
  g_free (self);
}

/* @text as long as the journey lives. */
const char *
cot_journey_own (CotJourney *self, const char *text)
{
  return g_string_chunk_insert (self->texts, text);
}

G_GNUC_PRINTF (3, 4)
static gboolean
fail (const CotJourney *self, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  g_autofree char *id = g_utf8_make_valid (self->id, -1);
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE, "journey “%s”: %s", id,
               message);
  return FALSE;
}

static gboolean
check_milestone (CotJourney *self, guint index, GError **error)
{
  const CotMilestone *milestone = &g_array_index (self->milestones, CotMilestone, index);

  if (!cot_knowledge_is_id (milestone->id))
    return fail (self, error,
                 "the id of a milestone is made of small letters, digits and single hyphens");
  for (guint i = 0; i < index; i++)
    if (g_array_index (self->milestones, CotMilestone, i).id == milestone->id)
      return fail (self, error, "milestone “%s” exists already", milestone->id);
  if (!cot_knowledge_is_text (milestone->title) || !cot_knowledge_is_text (milestone->expected))
    return fail (self, error, "milestone “%s”: <title> and <expected> must be there",
                 milestone->id);
  if (milestone->seen_by[0] == NULL)
    return fail (self, error, "milestone “%s” has neither “seen-by” nor a <line>", milestone->id);
  if (milestone->logs[0] == NULL)
    return fail (self, error, "milestone “%s”: there is no <log>", milestone->id);
  if (milestone->optional)
    return TRUE;
  if (!cot_knowledge_is_text (milestone->missing) || milestone->n_steps == 0)
    return fail (self, error,
                 "milestone “%s”: <missing> and <step> must be there, as it is not optional",
                 milestone->id);
  return TRUE;
}

/* A fork with one way is none, and a way without a milestone cannot be told from another. */
static gboolean
check_forks (const CotJourney *self, GError **error)
{
  for (guint fork = 1; fork <= self->n_forks; fork++)
    {
      guint n_branches = 0;

      for (guint i = 0; i < self->milestones->len; i++)
        {
          const CotMilestone *milestone = &g_array_index (self->milestones, CotMilestone, i);

          if (milestone->fork == fork)
            n_branches = MAX (n_branches, milestone->branch + 1);
        }
      if (n_branches < 2)
        return fail (self, error, "a <fork> has at least two branches with milestones");
    }
  return TRUE;
}

gboolean
cot_journey_check (CotJourney *self, guint *line, GError **error)
{
  *line = self->line;
  if (!cot_knowledge_is_id (self->id))
    return fail (self, error, "an id is made of small letters, digits and single hyphens");
  if (!cot_knowledge_is_text (self->title) || !cot_knowledge_is_text (self->meaning))
    return fail (self, error, "<title> and <meaning> must be there");
  if (!cot_knowledge_is_area (self->area))
    return fail (self, error, "unknown area “%s”", self->area);
  if (self->references_to->len == 0)
    return fail (self, error, "there is no <source>");
  if (self->milestones->len < 2 || self->milestones->len > COT_JOURNEY_MAX_MILESTONES)
    return fail (self, error, "a journey has 2 to %d milestones", COT_JOURNEY_MAX_MILESTONES);
  if (!check_forks (self, error))
    return FALSE;
  for (guint i = 0; i < self->milestones->len; i++)
    {
      *line = g_array_index (self->milestones, CotMilestone, i).line;
      if (!check_milestone (self, i, error))
        return FALSE;
    }
  for (guint i = 0; i < self->lines->len; i++)
    {
      CotDetector *detector = g_ptr_array_index (self->lines, i);

      *line = detector->line;
      if (!cot_detector_check (detector, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_list (const CotJourney *self, const char *const *ids, GHashTable *by_id, GError **error)
{
  for (guint i = 0; ids[i] != NULL; i++)
    if (!g_hash_table_contains (by_id, ids[i]))
      return fail (self, error, "there is no detector “%s”", ids[i]);
  return TRUE;
}

gboolean
cot_journey_check_ids (CotJourney *self, GHashTable *by_id, guint *line, GError **error)
{
  *line = self->line;
  if (!check_list (self, cot_journey_get_applies (self), by_id, error))
    return FALSE;
  for (guint i = 0; i < self->milestones->len; i++)
    {
      const CotMilestone *milestone = &g_array_index (self->milestones, CotMilestone, i);

      *line = milestone->line;
      if (!check_list (self, milestone->seen_by, by_id, error)
          || !check_list (self, milestone->explained_by, by_id, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cot_journey_get_id:
 * @self: a journey
 *
 * Returns: (transfer none): its id
 */
const char *
cot_journey_get_id (const CotJourney *self)
{
  return self->id;
}

/**
 * cot_journey_get_area:
 * @self: a journey
 *
 * Returns: (transfer none): the area that its findings belong to
 */
const char *
cot_journey_get_area (const CotJourney *self)
{
  return self->area;
}

/**
 * cot_journey_get_title:
 * @self: a journey
 *
 * Returns: (transfer none): its title
 */
const char *
cot_journey_get_title (const CotJourney *self)
{
  return self->title;
}

/**
 * cot_journey_is_builtin:
 * @self: a journey
 *
 * Any thread.
 *
 * Returns: whether it came with the program; otherwise its texts are the user's
 */
gboolean
cot_journey_is_builtin (const CotJourney *self)
{
  return self->builtin;
}

/**
 * cot_journey_get_meaning:
 * @self: a journey
 *
 * Returns: (transfer none): what it is and when it applies
 */
const char *
cot_journey_get_meaning (const CotJourney *self)
{
  return self->meaning;
}

/**
 * cot_journey_get_applies:
 * @self: a journey
 *
 * Returns: (transfer none) (array zero-terminated=1): ids of which any tells that the journey
 * applies, as its milestones that say so do
 */
const char *const *
cot_journey_get_applies (const CotJourney *self)
{
  return (const char *const *) self->applies->pdata;
}

/**
 * cot_journey_get_n_milestones:
 * @self: a journey
 *
 * Returns: the number of milestones, those of all branches included
 */
guint
cot_journey_get_n_milestones (const CotJourney *self)
{
  return self->milestones->len;
}

/**
 * cot_journey_get_milestone:
 * @self: a journey
 * @index: below cot_journey_get_n_milestones()
 *
 * Returns: (transfer none): the milestone, in the order of the path
 */
const CotMilestone *
cot_journey_get_milestone (const CotJourney *self, guint index)
{
  return &g_array_index (self->milestones, CotMilestone, index);
}

/**
 * cot_journey_ends_with:
 * @self: a journey
 * @index: below cot_journey_get_n_milestones()
 *
 * Returns: whether the path has come to its end with this milestone: none behind it must be there
 *   and shows how far the path came
 */
gboolean
cot_journey_ends_with (const CotJourney *self, guint index)
{
  const CotMilestone *milestone = cot_journey_get_milestone (self, index);

  for (guint i = index + 1; i < cot_journey_get_n_milestones (self); i++)
    {
      const CotMilestone *next = cot_journey_get_milestone (self, i);

      if (milestone->fork != 0 && next->fork == milestone->fork
          && next->branch != milestone->branch)
        continue;
      if (!next->optional && !next->server && !next->alone)
        return FALSE;
    }
  return TRUE;
}

/**
 * cot_journey_get_references:
 * @self: a journey
 * @n_references: (out): how many
 *
 * Returns: (transfer none): where it is known from
 */
const CotReference *
cot_journey_get_references (const CotJourney *self, guint *n_references)
{
  *n_references = self->references_to->len;
  return (const CotReference *) (gpointer) self->references_to->data;
}
