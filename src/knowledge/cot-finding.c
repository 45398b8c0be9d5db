/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-finding-private.h"

#include <string.h>

static void
capture_free (gpointer data)
{
  CotCapture *capture = data;

  g_free (capture->text);
  g_free (capture->decoded);
  g_free (capture);
}

static void
note_free (gpointer data)
{
  CotNote *note = data;

  g_free (note->argument);
  g_free (note);
}

CotFinding *
cot_finding_new (CotKnowledge *knowledge, const CotDetector *detector)
{
  CotFullFinding *self = g_new0 (CotFullFinding, 1);
  CotFinding *finding = &self->finding;

  g_atomic_ref_count_init (&self->references);
  self->knowledge = cot_knowledge_ref (knowledge);
  finding->detector = detector;
  finding->severity = detector->severity;
  finding->title = detector->title;
  finding->meaning = detector->meaning;
  finding->cause = detector->cause;
  finding->verify = detector->verify;
  finding->expected = detector->expected;
  finding->waiting = detector->waiting;
  finding->first_time_usec = COT_TIME_NONE;
  finding->last_time_usec = COT_TIME_NONE;
  finding->evidence = g_array_new (FALSE, TRUE, sizeof (CotEvidence));
  finding->captures = g_ptr_array_new_with_free_func (capture_free);
  finding->notes = g_ptr_array_new_with_free_func (note_free);
  finding->missing_logs = g_ptr_array_new ();
  self->explains = g_ptr_array_ref (detector->explains);
  return finding;
}

/**
 * cot_finding_ref:
 * @self: a finding
 *
 * The parent lives only as long as the list that both came in.
 *
 * Returns: (transfer full): @self
 */
CotFinding *
cot_finding_ref (CotFinding *self)
{
  g_atomic_ref_count_inc (&((CotFullFinding *) self)->references);
  return self;
}

/**
 * cot_finding_unref:
 * @self: (transfer full): a finding
 *
 * Any thread.
 */
void
cot_finding_unref (CotFinding *self)
{
  CotFullFinding *whole = (CotFullFinding *) self;

  if (!g_atomic_ref_count_dec (&whole->references))
    return;
  g_array_unref (self->evidence);
  g_ptr_array_unref (self->captures);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->missing_logs);
  g_ptr_array_unref (whole->explains);
  g_free ((gpointer) self->steps);
  cot_knowledge_unref (whole->knowledge);
  g_free (whole);
}

void
cot_finding_set_explains (CotFinding *self, GPtrArray *ids)
{
  CotFullFinding *whole = (CotFullFinding *) self;

  g_ptr_array_ref (ids);
  g_ptr_array_unref (whole->explains);
  whole->explains = ids;
}

gboolean
cot_finding_explains (const CotFinding *self, const CotFinding *other)
{
  const GPtrArray *ids = ((const CotFullFinding *) self)->explains;

  for (guint i = 0; i < ids->len; i++)
    if (g_ptr_array_index (ids, i) == (gconstpointer) other->detector->id)
      return TRUE;
  return FALSE;
}

/* Safe steps first: what can destroy something or lowers protection is for when they failed. */
void
cot_finding_set_steps (CotFinding *self, const GArray *steps)
{
  CotStep *sorted = g_new0 (CotStep, MAX (steps->len, 1));
  guint n = 0;

  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, CotStep, i).flags == 0)
      sorted[n++] = g_array_index (steps, CotStep, i);
  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, CotStep, i).flags != 0)
      sorted[n++] = g_array_index (steps, CotStep, i);
  g_free ((gpointer) self->steps);
  self->steps = sorted;
  self->n_steps = n;
}

void
cot_finding_add_note (CotFinding *self, const char *text, const char *argument)
{
  CotNote *note = g_new0 (CotNote, 1);

  note->text = text;
  note->argument = g_strdup (argument);
  g_ptr_array_add (self->notes, note);
}

void
cot_finding_add_capture (CotFinding *self, const char *name, const char *text, char *decoded)
{
  CotCapture *capture = g_new0 (CotCapture, 1);

  capture->name = name;
  capture->text = g_strdup (text);
  capture->decoded = decoded;
  g_ptr_array_add (self->captures, capture);
}

/**
 * cot_finding_get_capture:
 * @self: a finding
 * @name: a named group
 * @decoded: prefer the value in words
 *
 * Returns: (transfer none) (nullable): what was captured
 */
const char *
cot_finding_get_capture (CotFinding *self, const char *name, gboolean decoded)
{
  for (guint i = 0; i < self->captures->len; i++)
    {
      const CotCapture *capture = g_ptr_array_index (self->captures, i);

      if (g_str_equal (capture->name, name))
        return decoded && capture->decoded != NULL ? capture->decoded : capture->text;
    }
  return NULL;
}

/**
 * cot_finding_expand:
 * @self: a finding
 * @text: one of its texts, or the translation of it
 *
 * Braces around anything that is no name of a capture stay as they are.
 *
 * Returns: (transfer full): @text with what was captured in it
 */
char *
cot_finding_expand (CotFinding *self, const char *text)
{
  GString *expanded = g_string_new (NULL);
  const char *rest = text;

  for (;;)
    {
      const char *start = strchr (rest, '{');
      const char *end = start != NULL ? strchr (start, '}') : NULL;
      g_autofree char *name = NULL;
      const char *value;

      if (end == NULL)
        break;
      name = g_strndup (start + 1, (gsize) (end - start - 1));
      value = cot_finding_get_capture (self, name, TRUE);
      g_string_append_len (expanded, rest, value != NULL ? start - rest : start - rest + 1);
      if (value != NULL)
        g_string_append (expanded, value);
      rest = value != NULL ? end + 1 : start + 1;
    }
  g_string_append (expanded, rest);
  return g_string_free (expanded, FALSE);
}

/**
 * cot_note_expand:
 * @note: a note
 * @text: its text, or the translation of it
 *
 * Returns: (transfer full): the sentence
 */
char *
cot_note_expand (const CotNote *note, const char *text)
{
  const char *place = strstr (text, "{}");

  if (place == NULL || note->argument == NULL)
    return g_strdup (text);
  return g_strdup_printf ("%.*s%s%s", (int) (place - text), text, note->argument, place + 2);
}
