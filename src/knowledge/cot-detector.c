/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-detector-private.h"

/* Shorter ones stand in too many lines to sift anything. */
#define MIN_LITERAL_BYTES 3

static void
test_clear (gpointer data)
{
  CotTest *test = data;

  g_clear_pointer (&test->detectors, g_ptr_array_unref);
  g_clear_pointer (&test->same, g_ptr_array_unref);
  g_clear_pointer (&test->captures, g_ptr_array_unref);
  g_clear_pointer (&test->values, g_ptr_array_unref);
}

static void
override_init (CotOverride *override)
{
  *override = (CotOverride){ .severity = -1, .state = -1, .expected = -1, .waiting = -1 };
}

static void
override_clear (CotOverride *override)
{
  g_clear_pointer (&override->explains, g_ptr_array_unref);
  g_clear_pointer (&override->steps, g_array_unref);
  g_clear_pointer (&override->notes, g_array_unref);
}

CotWhen *
cot_when_new (void)
{
  CotWhen *when = g_new0 (CotWhen, 1);

  when->tests = g_array_new (FALSE, TRUE, sizeof (CotTest));
  g_array_set_clear_func (when->tests, test_clear);
  override_init (&when->then);
  override_init (&when->otherwise);
  return when;
}

void
cot_when_free (CotWhen *when)
{
  g_array_unref (when->tests);
  override_clear (&when->then);
  override_clear (&when->otherwise);
  g_free (when);
}

CotTest *
cot_when_add_test (CotWhen *when, CotTestKind kind)
{
  CotTest test = { .kind = kind, .seconds = -1, .entries = -1 };

  g_array_append_val (when->tests, test);
  return &g_array_index (when->tests, CotTest, when->tests->len - 1);
}

void
cot_run_rule_clear (CotRunRule *rule)
{
  g_clear_pointer (&rule->values, g_ptr_array_unref);
}

static GPtrArray *
list_new (void)
{
  return g_ptr_array_new_null_terminated (2, NULL, TRUE);
}

CotDetector *
cot_detector_new (const char *id)
{
  CotDetector *self = g_new0 (CotDetector, 1);

  g_atomic_ref_count_init (&self->references);
  self->texts = g_string_chunk_new (2048);
  self->id = g_intern_string (id);
  self->logs = list_new ();
  self->explains = list_new ();
  self->yields_to = list_new ();
  self->takes_back = list_new ();
  self->apart = list_new ();
  self->steps = g_array_new (FALSE, TRUE, sizeof (CotStep));
  self->captures = g_array_new (FALSE, TRUE, sizeof (CotCaptureRule));
  self->references_to = g_array_new (FALSE, TRUE, sizeof (CotReference));
  self->samples = g_array_new (FALSE, TRUE, sizeof (CotSample));
  self->whens = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_when_free);
  return self;
}

CotDetector *
cot_detector_ref (CotDetector *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
cot_detector_unref (CotDetector *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_ptr_array_unref (self->logs);
  g_ptr_array_unref (self->explains);
  g_ptr_array_unref (self->yields_to);
  g_ptr_array_unref (self->takes_back);
  g_ptr_array_unref (self->apart);
  g_array_unref (self->steps);
  g_array_unref (self->captures);
  g_array_unref (self->references_to);
  g_array_unref (self->samples);
  g_ptr_array_unref (self->whens);
  g_clear_pointer (&self->pattern, cot_pattern_unref);
  g_strfreev (self->literals);
  g_string_chunk_free (self->texts);
  g_free (self);
}

/* @text as long as the detector lives. */
const char *
cot_detector_own (CotDetector *self, const char *text)
{
  return g_string_chunk_insert (self->texts, text);
}

static CotPattern *
compile (const CotDetector *self, GError **error)
{
  CotPatternFlags flags = COT_PATTERN_CASELESS;

  if (self->match_is_literal)
    flags |= COT_PATTERN_LITERAL;
  else
    flags |= COT_PATTERN_DOT_ALL | COT_PATTERN_MULTI_LINE;
  return cot_pattern_new (self->match, flags, error);
}

CotPattern *
cot_detector_get_pattern (CotDetector *self, const char *const **literals, GError **error)
{
  if (self->match != NULL && g_once_init_enter (&self->compiled))
    {
      self->pattern = compile (self, error);
      if (self->pattern != NULL)
        self->literals = cot_pattern_dup_required_literals (self->pattern, MIN_LITERAL_BYTES);
      g_once_init_leave (&self->compiled, 1);
    }
  if (literals != NULL)
    *literals = (const char *const *) self->literals;
  return self->pattern;
}

/**
 * cot_detector_get_id:
 * @self: a detector
 *
 * Returns: the id, stable over versions
 */
const char *
cot_detector_get_id (const CotDetector *self)
{
  return self->id;
}

/**
 * cot_detector_get_area:
 * @self: a detector
 *
 * Returns: one of the fixed words of cot-detector.h, by which findings are grouped
 */
const char *
cot_detector_get_area (const CotDetector *self)
{
  return self->area;
}

/**
 * cot_detector_get_severity:
 * @self: a detector
 *
 * How bad it is before its conditions were looked at; a finding has its own.
 *
 * Returns: SUCCESS for what the data calls "healthy"
 */
CotSeverity
cot_detector_get_severity (const CotDetector *self)
{
  return self->severity;
}

/**
 * cot_detector_get_title:
 * @self: a detector
 *
 * Returns: a msgid; empty for a marker
 */
const char *
cot_detector_get_title (const CotDetector *self)
{
  return self->title;
}

/**
 * cot_detector_get_steps:
 * @self: a detector
 * @n_steps: (out): how many
 *
 * Returns: (array length=n_steps): in the order of the data; a finding has the safe ones first
 */
const CotStep *
cot_detector_get_steps (const CotDetector *self, guint *n_steps)
{
  *n_steps = self->steps->len;
  return (const CotStep *) (gpointer) self->steps->data;
}

/**
 * cot_detector_get_logs:
 * @self: a detector
 *
 * Returns: (array zero-terminated=1): names as documented; none for guide entries without a log
 */
const char *const *
cot_detector_get_logs (const CotDetector *self)
{
  return (const char *const *) self->logs->pdata;
}

/**
 * cot_detector_is_generic:
 * @self: a detector
 *
 * Returns: %TRUE if it steps back where a specific one knows the same entry
 */
gboolean
cot_detector_is_generic (const CotDetector *self)
{
  return self->generic;
}

/**
 * cot_detector_is_expected:
 * @self: a detector
 *
 * Returns: %TRUE if the line is normal, although it may look bad; a finding has its own
 */
gboolean
cot_detector_is_expected (const CotDetector *self)
{
  return self->expected;
}

/**
 * cot_detector_is_marker:
 * @self: a detector
 *
 * Returns: %TRUE if it only helps the conditions of others and is never shown
 */
gboolean
cot_detector_is_marker (const CotDetector *self)
{
  return self->marker;
}

/**
 * cot_detector_is_guide:
 * @self: a detector
 *
 * Returns: %TRUE if it has no line of its own
 */
gboolean
cot_detector_is_guide (const CotDetector *self)
{
  return self->match == NULL;
}

/**
 * cot_detector_is_builtin:
 * @self: a detector
 *
 * Returns: %FALSE if it comes from a file of the user
 */
gboolean
cot_detector_is_builtin (const CotDetector *self)
{
  return self->builtin;
}

/**
 * cot_detector_is_switched_off:
 * @self: a detector
 *
 * Returns: %TRUE if the user does not want it to find anything
 */
gboolean
cot_detector_is_switched_off (const CotDetector *self)
{
  return self->switched_off;
}

/**
 * cot_detector_get_line:
 * @self: a detector
 *
 * Returns: the line of its file at which it begins, 1-based
 */
guint
cot_detector_get_line (const CotDetector *self)
{
  return self->line;
}

/**
 * cot_detector_get_meaning:
 * @self: a detector
 *
 * Returns: (nullable): a msgid, where no condition has another one
 */
const char *
cot_detector_get_meaning (const CotDetector *self)
{
  return self->meaning;
}

/**
 * cot_detector_get_match:
 * @self: a detector
 * @is_literal: (out): whether it is a text, and no pattern
 *
 * Returns: (nullable): what it looks for
 */
const char *
cot_detector_get_match (const CotDetector *self, gboolean *is_literal)
{
  *is_literal = self->match_is_literal;
  return self->match;
}

/**
 * cot_detector_get_file:
 * @self: a detector
 *
 * Returns: the path of the file where it stands; of one that is built in, its name in there
 */
const char *
cot_detector_get_file (const CotDetector *self)
{
  return self->file;
}

/**
 * cot_detector_get_references:
 * @self: a detector
 * @n_references: (out): how many
 *
 * Returns: (array length=n_references): where the knowledge comes from
 */
const CotReference *
cot_detector_get_references (const CotDetector *self, guint *n_references)
{
  *n_references = self->references_to->len;
  return (const CotReference *) (gpointer) self->references_to->data;
}

/**
 * cot_detector_get_samples:
 * @self: a detector
 * @n_samples: (out): how many
 *
 * Returns: (array length=n_samples): messages that match, and near misses
 */
const CotSample *
cot_detector_get_samples (const CotDetector *self, guint *n_samples)
{
  *n_samples = self->samples->len;
  return (const CotSample *) (gpointer) self->samples->data;
}

/**
 * cot_detector_get_yields_to:
 * @self: a detector
 *
 * Returns: (array zero-terminated=1): ids of better ones on the same entry
 */
const char *const *
cot_detector_get_yields_to (const CotDetector *self)
{
  return (const char *const *) self->yields_to->pdata;
}

/**
 * cot_detector_get_captures:
 * @self: a detector
 * @n_captures: (out): how many
 *
 * Returns: (array length=n_captures): a rule for every named group, in the order of the pattern
 */
const CotCaptureRule *
cot_detector_get_captures (const CotDetector *self, guint *n_captures)
{
  *n_captures = self->captures->len;
  return (const CotCaptureRule *) (gpointer) self->captures->data;
}
