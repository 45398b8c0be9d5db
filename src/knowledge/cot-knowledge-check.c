/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-denial-private.h"
#include "cot-knowledge-private.h"

#include <string.h>

#define MAX_MATCH_BYTES 4096
#define MAX_TEXT_BYTES 8192

static const char *const areas[] = {
  "enrollment", "cmg", "client-install", "client-health", "discovery",
  "certificates", "management-point", "policy", "workloads", "apps",
  "updates", "hybrid-join", "intune", "network", "other",
};

G_GNUC_PRINTF (4, 5)
static gboolean
fail (const CotDetector *detector, GError **error, CotKnowledgeError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  g_autofree char *id = g_utf8_make_valid (detector->id, -1);
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, COT_KNOWLEDGE_ERROR, (int) code, "“%s”: %s", id, message);
  return FALSE;
}

gboolean
cot_knowledge_is_id (const char *text)
{
  if (!g_ascii_isalnum (*text) || g_str_has_suffix (text, "-") || strstr (text, "--") != NULL)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '-')
      return FALSE;
  return strlen (text) <= 80;
}

gboolean
cot_knowledge_is_area (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    if (g_str_equal (areas[i], text))
      return TRUE;
  return FALSE;
}

/**
 * cot_knowledge_get_nth_area:
 * @index: from 0
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): an area that detectors and journeys may be of; %NULL beyond
 *   the last one
 */
const char *
cot_knowledge_get_nth_area (guint index)
{
  return index < G_N_ELEMENTS (areas) ? areas[index] : NULL;
}

gboolean
cot_knowledge_is_text (const char *text)
{
  return text != NULL && *text != '\0' && strlen (text) <= MAX_TEXT_BYTES;
}

/* Literals are looked for in the bytes of the log, in whatever encoding they are. The long s and
 * the Kelvin sign are there because they fold to ASCII letters; no other encoding has them. */
static gboolean
is_same_in_all_encodings (const char *literal)
{
  return g_str_is_ascii (literal) || g_str_equal (literal, "\u017f")
         || g_str_equal (literal, "\u212a");
}

/* A pattern without a literal would have to be tried on every entry of every log. */
static gboolean
check_pattern (CotDetector *detector, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (CotPatternScratch) scratch = NULL;
  const char *const *literals;
  CotPattern *pattern;
  gsize start, end;

  if (strlen (detector->match) > MAX_MATCH_BYTES)
    return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE, "the pattern is too long");
  pattern = cot_detector_get_pattern (detector, &literals, &fault);
  if (pattern == NULL)
    return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE, "bad pattern: %s",
                 fault != NULL ? fault->message : "it does not compile");
  if (literals == NULL || literals[0] == NULL)
    return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE,
                 "the pattern holds no text of three characters or more that must occur");
  for (guint i = 0; literals[i] != NULL; i++)
    if (!is_same_in_all_encodings (literals[i]))
      return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE,
                   "the text that must occur is not ASCII");
  scratch = cot_pattern_scratch_new ();
  if (cot_pattern_match (pattern, scratch, "", 0, 0, &start, &end) != COT_MATCH_NONE)
    return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE, "the pattern matches nothing");
  return TRUE;
}

static gboolean
check_texts (const CotDetector *detector, GError **error)
{
  if (!cot_knowledge_is_text (detector->title) || !cot_knowledge_is_text (detector->meaning))
    return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE,
                 "<title> and <meaning> must be there");
  if (detector->steps->len == 0)
    return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE, "there is no <step>");
  for (guint i = 0; i < detector->steps->len; i++)
    if (!cot_knowledge_is_text (g_array_index (detector->steps, CotStep, i).text))
      return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE, "a <step> is empty");
  if (!cot_knowledge_is_area (detector->area))
    return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE, "unknown area “%s”",
                 detector->area);
  return TRUE;
}

static gboolean
has_capture (const CotDetector *detector, const char *name)
{
  for (guint i = 0; i < detector->captures->len; i++)
    if (g_str_equal (g_array_index (detector->captures, CotCaptureRule, i).name, name))
      return TRUE;
  return FALSE;
}

static gboolean
check_apart (const CotDetector *detector, GError **error)
{
  for (guint i = 0; i < detector->apart->len; i++)
    if (!has_capture (detector, g_ptr_array_index (detector->apart, i)))
      return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE,
                   "“apart”: the pattern has no group “%s”",
                   (const char *) g_ptr_array_index (detector->apart, i));
  return TRUE;
}

static gboolean
has_positive_sample (const CotDetector *detector)
{
  for (guint i = 0; i < detector->samples->len; i++)
    if (g_array_index (detector->samples, CotSample, i).matches)
      return TRUE;
  return FALSE;
}

/* The built-in knowledge is checked by the tests; here it is only compiled when needed. */
gboolean
cot_detector_check (CotDetector *detector, GError **error)
{
  if (!cot_knowledge_is_id (detector->id))
    return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE,
                 "an id is made of small letters, digits and single hyphens");
  if (!detector->marker && !check_texts (detector, error))
    return FALSE;
  if (!check_apart (detector, error))
    return FALSE;
  if (detector->match == NULL)
    return !detector->marker
           || fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE, "there is no <match>");
  if (!has_positive_sample (detector))
    return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE,
                 "there is no <sample> that must match");
  if (detector->bound_to_logs && detector->logs->len == 0)
    return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE,
                 "scope “listed-logs” wants a <log>");
  if (detector->builtin)
    return TRUE;
  return check_pattern (detector, error) && cot_detector_check_speed (detector, error)
         && cot_detector_check_samples (detector, error);
}

/**
 * cot_detector_check_samples:
 * @detector: a detector
 * @error: return location for %COT_KNOWLEDGE_ERROR_SAMPLE_MISMATCH or _BAD_RULE
 *
 * Returns: %TRUE if every sample matches and no near miss does
 */
gboolean
cot_detector_check_samples (CotDetector *detector, GError **error)
{
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
  CotPattern *pattern;

  if (detector->match == NULL)
    return TRUE;
  if (!check_pattern (detector, error))
    return FALSE;
  pattern = cot_detector_get_pattern (detector, NULL, NULL);
  for (guint i = 0; i < detector->samples->len; i++)
    {
      const CotSample *sample = &g_array_index (detector->samples, CotSample, i);
      gsize start, end;
      CotMatchResult result = cot_detector_match (detector, pattern, scratch, sample->text,
                                                  strlen (sample->text), &start, &end);

      if ((result == COT_MATCH_FOUND) != sample->matches || result == COT_MATCH_LIMIT)
        return fail (detector, error, COT_KNOWLEDGE_ERROR_SAMPLE_MISMATCH,
                     sample->matches ? "sample does not match: %.120s"
                                     : "near miss matches: %.120s",
                     sample->text);
    }
  return TRUE;
}

static gboolean
check_list (const CotDetector *detector, GPtrArray *ids, GHashTable *by_id, GError **error)
{
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);

      if (id != NULL && !g_hash_table_contains (by_id, id))
        return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE, "there is no detector “%s”",
                     id);
    }
  return TRUE;
}

static gboolean
check_when (const CotDetector *detector, const CotWhen *when, GHashTable *by_id, GError **error)
{
  for (guint i = 0; i < when->tests->len; i++)
    {
      const CotTest *test = &g_array_index (when->tests, CotTest, i);

      if (!check_list (detector, test->detectors, by_id, error))
        return FALSE;
      if (test->under != NULL && !g_hash_table_contains (by_id, test->under))
        return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE, "there is no detector “%s”",
                     test->under);
      if (test->over != NULL && !g_hash_table_contains (by_id, test->over))
        return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE, "there is no detector “%s”",
                     test->over);
      if (test->than != NULL && !g_hash_table_contains (by_id, test->than))
        return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE, "there is no detector “%s”",
                     test->than);
      if (test->of != NULL && !g_hash_table_contains (by_id, test->of))
        return fail (detector, error, COT_KNOWLEDGE_ERROR_BAD_RULE, "there is no detector “%s”",
                     test->of);
    }
  return check_list (detector, when->then.explains, by_id, error)
         && check_list (detector, when->otherwise.explains, by_id, error);
}

gboolean
cot_detector_check_ids (CotDetector *detector, GHashTable *by_id, GError **error)
{
  if (!check_list (detector, detector->explains, by_id, error)
      || !check_list (detector, detector->yields_to, by_id, error)
      || !check_list (detector, detector->takes_back, by_id, error))
    return FALSE;
  for (guint i = 0; i < detector->whens->len; i++)
    if (!check_when (detector, g_ptr_array_index (detector->whens, i), by_id, error))
      return FALSE;
  return TRUE;
}
