/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-finding-private.h"

#include <string.h>

#define STALE_USEC (G_GINT64_CONSTANT (30) * 24 * 60 * 60 * G_USEC_PER_SEC)

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

static void
expectation_free (gpointer data)
{
  CotExpectation *expectation = data;

  g_free (expectation->log_name);
  g_free (expectation);
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
  finding->age_usec = -1;
  finding->begin_usec = COT_TIME_NONE;
  finding->evidence = g_array_new (FALSE, TRUE, sizeof (CotEvidence));
  finding->captures = g_ptr_array_new_with_free_func (capture_free);
  finding->notes = g_ptr_array_new_with_free_func (note_free);
  finding->expectations = g_ptr_array_new_with_free_func (expectation_free);
  finding->timer = (CotTimer){ COT_TIME_NONE, COT_TIME_NONE, COT_BIAS_NONE };
  finding->missing_logs = g_ptr_array_new ();
  self->explains = g_ptr_array_ref (detector->explains);
  return finding;
}

/**
 * cot_finding_is_trouble:
 * @self: a finding
 *
 * Returns: whether something is to be done about it, or to be waited for
 */
gboolean
cot_finding_is_trouble (const CotFinding *self)
{
  return self->state == COT_FINDING_OPEN
         && (self->waiting || (self->severity >= COT_SEVERITY_WARNING && !self->expected));
}

/**
 * cot_finding_is_stale:
 * @self: a finding
 *
 * Returns: whether its newest line is so much older than the logs that it may be mended by now
 */
gboolean
cot_finding_is_stale (const CotFinding *self)
{
  return self->age_usec > STALE_USEC;
}

/**
 * cot_finding_is_story:
 * @self: a finding
 *
 * Returns: whether it is the headline, or a failure or a wait that no other finding explains
 */
gboolean
cot_finding_is_story (const CotFinding *self)
{
  return cot_finding_is_trouble (self) && self->parent == NULL
         && (self->headline || self->waiting || self->severity >= COT_SEVERITY_ERROR);
}

/**
 * cot_finding_dup_key:
 * @self: a finding
 *
 * Returns: (transfer full): the id of its detector, and behind a blank its values
 */
char *
cot_finding_dup_key (const CotFinding *self)
{
  return g_strconcat (self->detector->id, self->values != NULL ? " " : NULL, self->values, NULL);
}

/* What only waits may come right by itself. */
static int
rank (const CotFinding *self)
{
  if (self == NULL)
    return -1;
  return self->waiting ? 0 : 1 + (int) self->severity;
}

/**
 * cot_finding_compare_headlines:
 * @first: (nullable): the headline of a computer, where it has one
 * @second: (nullable): that of another one
 *
 * Returns: negative where @first is to be told before @second: it failed and the other one only
 *   waits, or it is more severe; 0 where neither is worse
 */
int
cot_finding_compare_headlines (const CotFinding *first, const CotFinding *second)
{
  return rank (second) - rank (first);
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
  g_ptr_array_unref (self->expectations);
  g_ptr_array_unref (self->missing_logs);
  g_ptr_array_unref (whole->explains);
  g_free ((gpointer) self->steps);
  g_free (self->values);
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
cot_finding_add_capture (CotFinding *self, const CotCaptureRule *rule, const char *text,
                         char *decoded)
{
  CotCapture *capture = g_new0 (CotCapture, 1);

  capture->name = rule->name;
  capture->is_number
      = rule->decoder == COT_DECODER_ERROR_CODE || rule->decoder == COT_DECODER_WORKLOADS;
  capture->text = g_strdup (text);
  capture->decoded = decoded;
  g_ptr_array_add (self->captures, capture);
}

/* (nullable) */
static const CotCapture *
find_capture (CotFinding *self, const char *name)
{
  for (guint i = 0; i < self->captures->len; i++)
    {
      const CotCapture *capture = g_ptr_array_index (self->captures, i);

      if (g_str_equal (capture->name, name))
        return capture;
    }
  return NULL;
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
  const CotCapture *capture = find_capture (self, name);

  if (capture == NULL)
    return NULL;
  return decoded && capture->decoded != NULL ? capture->decoded : capture->text;
}

/* (nullable): how the value of a group is put into words; of a detector that borrows its evidence
 * it is not known. */
static const CotCaptureRule *
find_rule (CotFinding *self, const char *name)
{
  guint n_rules;
  const CotCaptureRule *rules = cot_detector_get_captures (self->detector, &n_rules);

  for (guint i = 0; i < n_rules; i++)
    if (g_str_equal (rules[i].name, name))
      return &rules[i];
  return NULL;
}

static gboolean
is_value_mark (char c)
{
  return c == COT_VALUE_START || c == COT_VALUE_END;
}

/* Backquotes mark what can be copied: text of a log must not pass for that, or for our own. */
static void
append_marked (GString *expanded, const char *value)
{
  g_string_append_c (expanded, COT_VALUE_START);
  for (; *value != '\0'; value++)
    g_string_append_c (expanded, *value == '`' || is_value_mark (*value) ? '\'' : *value);
  g_string_append_c (expanded, COT_VALUE_END);
}

static char *
take_marks_out (char *marked)
{
  char *into = marked;

  for (const char *at = marked; *at != '\0'; at++)
    if (!is_value_mark (*at))
      *into++ = *at;
  *into = '\0';
  return marked;
}

/* People search for a code by its number, so that stays in front of its meaning; once, where the
 * meaning begins with it. */
static gboolean
is_said_twice (const CotCapture *capture)
{
  gsize length = strlen (capture->text);

  if (!capture->is_number || capture->decoded == NULL)
    return FALSE;
  return strncmp (capture->decoded, capture->text, length) != 0 || capture->decoded[length] != ' ';
}

static void
append_value (const CotCapture *capture, GString *expanded)
{
  gboolean twice = is_said_twice (capture);
  g_autofree char *meaning
      = twice ? g_strdelimit (g_strdup (capture->decoded), "`", '\'') : NULL;

  append_marked (expanded,
                 twice || capture->decoded == NULL ? capture->text : capture->decoded);
  if (twice)
    g_string_append_printf (expanded, " \u2013 %s", meaning);
}

/* Returns how many names of captures stand in @text; @n_missing counts those without a value. */
static guint
append_with_values (CotFinding *self, const char *text, gsize length_bytes, GString *expanded,
                    guint *n_missing)
{
  const char *rest = text;
  const char *end_of_text = text + length_bytes;
  guint n_names = 0;

  for (;;)
    {
      const char *start = memchr (rest, '{', (gsize) (end_of_text - rest));
      const char *end = start != NULL ? memchr (start, '}', (gsize) (end_of_text - start)) : NULL;
      g_autofree char *name = NULL;
      const CotCapture *capture;
      gboolean known;

      if (end == NULL)
        break;
      name = g_strndup (start + 1, (gsize) (end - start - 1));
      capture = find_capture (self, name);
      known = capture != NULL || find_rule (self, name) != NULL;
      g_string_append_len (expanded, rest, known ? start - rest : start - rest + 1);
      if (known)
        {
          n_names++;
          *n_missing += capture == NULL ? 1 : 0;
          if (capture != NULL)
            append_value (capture, expanded);
          else
            g_string_append_len (expanded, start, end + 1 - start);
        }
      rest = known ? end + 1 : start + 1;
    }
  g_string_append_len (expanded, rest, end_of_text - rest);
  return n_names;
}

/**
 * cot_finding_expand_marked:
 * @self: a finding
 * @text: one of its texts, or the translation of it
 *
 * Square brackets around a text with names of captures: it is left out where one of these has no
 * value, as a line may lack it; else only the brackets are. Other braces and brackets stay as they
 * are.
 *
 * Returns: (transfer full): @text with what was captured in it, each between %COT_VALUE_START and
 *   %COT_VALUE_END
 */
char *
cot_finding_expand_marked (CotFinding *self, const char *text)
{
  GString *expanded = g_string_new (NULL);
  const char *rest = text;
  guint n_missing = 0;

  for (;;)
    {
      const char *end = strchr (rest, ']');
      const char *start = end != NULL ? g_strrstr_len (rest, end - rest, "[") : NULL;
      g_autoptr (GString) part = g_string_new (NULL);
      guint n_missing_in_part = 0;

      if (end == NULL)
        break;
      if (start == NULL)
        {
          append_with_values (self, rest, (gsize) (end + 1 - rest), expanded, &n_missing);
          rest = end + 1;
          continue;
        }
      append_with_values (self, rest, (gsize) (start - rest), expanded, &n_missing);
      if (append_with_values (self, start + 1, (gsize) (end - start - 1), part,
                              &n_missing_in_part) == 0)
        g_string_append_printf (expanded, "[%s]", part->str);
      else if (n_missing_in_part == 0)
        g_string_append (expanded, part->str);
      rest = end + 1;
    }
  append_with_values (self, rest, strlen (rest), expanded, &n_missing);
  return g_string_free (expanded, FALSE);
}

/**
 * cot_finding_expand:
 * @self: a finding
 * @text: one of its texts, or the translation of it
 *
 * Returns: (transfer full): as cot_finding_expand_marked(), without marks
 */
char *
cot_finding_expand (CotFinding *self, const char *text)
{
  return take_marks_out (cot_finding_expand_marked (self, text));
}

/**
 * cot_note_expand_marked:
 * @note: a note
 * @text: its text, or the translation of it
 *
 * Returns: (transfer full): the sentence, see cot_finding_expand_marked()
 */
char *
cot_note_expand_marked (const CotNote *note, const char *text)
{
  const char *place = strstr (text, "{}");
  GString *expanded;

  if (place == NULL || note->argument == NULL)
    return g_strdup (text);
  expanded = g_string_new_len (text, place - text);
  append_marked (expanded, note->argument);
  g_string_append (expanded, place + 2);
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
  return take_marks_out (cot_note_expand_marked (note, text));
}
