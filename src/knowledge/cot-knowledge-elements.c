/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-knowledge-elements-private.h"

#include <string.h>

gboolean
cot_element_refuse (GError **error, const char *format, const char *argument)
{
  g_autofree char *shown = g_utf8_make_valid (argument, -1);
  g_autoptr (GString) message = g_string_new (format);

  g_string_replace (message, "{}", shown, 1);
  g_set_error_literal (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE, message->str);
  return FALSE;
}

/* Prose may be wrapped and indented in the file; gettext's extraction folds it the same way. */
char *
cot_element_fold (const char *text)
{
  GString *folded = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (folded, *p);
    else if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
      g_string_append_c (folded, ' ');
  if (folded->len > 0 && folded->str[folded->len - 1] == ' ')
    g_string_truncate (folded, folded->len - 1);
  return g_string_free (folded, FALSE);
}

static const char *
own_prose (CotParser *parser)
{
  g_autofree char *folded = cot_element_fold (parser->text->str);

  return cot_detector_own (parser->detector, folded);
}

gboolean
cot_severity_from_knowledge (const char *text, CotSeverity *severity)
{
  if (g_str_equal (text, "healthy"))
    *severity = COT_SEVERITY_SUCCESS;
  else if (g_str_equal (text, "info"))
    *severity = COT_SEVERITY_INFO;
  else if (g_str_equal (text, "warning"))
    *severity = COT_SEVERITY_WARNING;
  else if (g_str_equal (text, "error"))
    *severity = COT_SEVERITY_ERROR;
  else
    return FALSE;
  return TRUE;
}

GPtrArray *
cot_split_ids (const char *text)
{
  GPtrArray *ids = g_ptr_array_new_null_terminated (4, NULL, TRUE);
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (ids, (gpointer) g_intern_string (words[i]));
  return ids;
}

static void
replace_list (GPtrArray **list, const char *text)
{
  if (text == NULL)
    return;
  g_ptr_array_unref (*list);
  *list = cot_split_ids (text);
}

/* Named groups in the order of their appearance; each gets a rule. */
static void
find_captures (CotDetector *detector)
{
  const char *p = detector->match_is_literal ? "" : detector->match;

  while ((p = strstr (p, "(?")) != NULL)
    {
      const char *name = p + 2 + (p[2] == 'P');
      const char *end = *name == '<' ? strchr (name, '>') : NULL;
      CotCaptureRule rule = { .base = 10 };
      gboolean known = FALSE;

      p += 2;
      if (end == NULL || !g_ascii_isalpha (name[1]))
        continue;
      rule.name = g_string_chunk_insert_len (detector->texts, name + 1, end - name - 1);
      for (guint i = 0; i < detector->captures->len; i++)
        known |= g_str_equal (g_array_index (detector->captures, CotCaptureRule, i).name,
                              rule.name);
      if (!known)
        g_array_append_val (detector->captures, rule);
    }
}

static gboolean
start_knowledge (CotParser *parser, const char *element, const char **names, const char **values,
                 GError **error)
{
  return g_markup_collect_attributes (element, names, values, error, G_MARKUP_COLLECT_INVALID,
                                      NULL);
}

static gboolean
start_run (CotParser *parser, const char *element, const char **names, const char **values,
           GError **error)
{
  const char *starts, *succeeds, *capture, *good, *unless, *removes;
  CotRunRule rule = { 0 };

  if (!g_markup_collect_attributes (element, names, values, error,
                                    G_MARKUP_COLLECT_STRING, "starts", &starts,
                                    G_MARKUP_COLLECT_STRING, "succeeds", &succeeds,
                                    G_MARKUP_COLLECT_STRING, "capture", &capture,
                                    G_MARKUP_COLLECT_STRING, "values", &good,
                                    G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "unless",
                                    &unless,
                                    G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "removes",
                                    &removes, G_MARKUP_COLLECT_INVALID))
    return FALSE;
  if (!parser->file->builtin)
    return cot_element_refuse (error, "<{}> is for the built-in knowledge only", element);

  rule.starts = g_intern_string (starts);
  rule.succeeds = g_intern_string (succeeds);
  rule.capture = g_intern_string (capture);
  rule.values = cot_split_ids (good);
  rule.unless = g_intern_string (unless);
  rule.removes = g_intern_string (removes);
  g_array_append_val (parser->file->runs, rule);
  return TRUE;
}

static void
begin_detector (CotParser *parser, const char *id)
{
  int line;

  g_markup_parse_context_get_position (parser->context, &line, NULL);
  parser->detector = cot_detector_new (id);
  parser->detector->file = cot_detector_own (parser->detector, parser->file->name);
  parser->detector->line = (guint) line;
  parser->detector->builtin = parser->file->builtin;
}

static gboolean
take_scope (CotDetector *detector, const char *scope, GError **error)
{
  if (scope != NULL && !g_str_equal (scope, "listed-logs") && !g_str_equal (scope, "any"))
    return cot_element_refuse (error, "scope “{}” is neither “any” nor “listed-logs”", scope);
  detector->bound_to_logs = g_strcmp0 (scope, "listed-logs") == 0;
  return TRUE;
}

static gboolean
start_detector (CotParser *parser, const char *element, const char **names, const char **values,
                GError **error)
{
  const char *id, *area, *severity, *scope, *explains, *yields_to, *takes_back, *apart;
  CotDetector *detector;
  gboolean generic, expected, waiting;

  if (!g_markup_collect_attributes (
          element, names, values, error, G_MARKUP_COLLECT_STRING, "id", &id,
          G_MARKUP_COLLECT_STRING, "area", &area, G_MARKUP_COLLECT_STRING, "severity", &severity,
          G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "scope", &scope,
          G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "explains", &explains,
          G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "yields-to", &yields_to,
          G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "takes-back", &takes_back,
          G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "apart", &apart,
          G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL, "generic", &generic,
          G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL, "expected", &expected,
          G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL, "waiting", &waiting,
          G_MARKUP_COLLECT_INVALID))
    return FALSE;

  begin_detector (parser, id);
  detector = parser->detector;
  detector->area = g_intern_string (area);
  detector->generic = generic;
  detector->expected = expected;
  detector->waiting = waiting;
  replace_list (&detector->explains, explains);
  replace_list (&detector->yields_to, yields_to);
  replace_list (&detector->takes_back, takes_back);
  replace_list (&detector->apart, apart);
  if (!take_scope (detector, scope, error))
    return FALSE;
  if (!cot_severity_from_knowledge (severity, &detector->severity))
    return cot_element_refuse (error, "unknown severity “{}”", severity);
  return TRUE;
}

gboolean
cot_element_begin_marker (CotParser *parser, const char *id, const char *scope, GError **error)
{
  begin_detector (parser, id);
  parser->detector->marker = TRUE;
  parser->detector->area = g_intern_static_string ("other");
  parser->detector->severity = COT_SEVERITY_INFO;
  return take_scope (parser->detector, scope, error);
}

static gboolean
start_marker (CotParser *parser, const char *element, const char **names, const char **values,
              GError **error)
{
  const char *id, *scope;

  if (!g_markup_collect_attributes (
          element, names, values, error, G_MARKUP_COLLECT_STRING, "id", &id,
          G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "scope", &scope,
          G_MARKUP_COLLECT_INVALID))
    return FALSE;
  return cot_element_begin_marker (parser, id, scope, error);
}

static gboolean
end_detector (CotParser *parser, GError **error)
{
  g_autoptr (CotDetector) detector = g_steal_pointer (&parser->detector);
  g_autoptr (GError) fault = NULL;

  if (!detector->builtin && parser->file->detectors->len > COT_KNOWLEDGE_MAX_DETECTORS)
    return cot_element_refuse (error, "“{}” is one detector too many", detector->id);
  if (parser->file->problems != NULL
      && parser->file->problems->len >= COT_KNOWLEDGE_MAX_PROBLEMS)
    return cot_element_refuse (error, "too much is wrong: “{}” was not looked at", detector->id);
  if (cot_detector_check (detector, &fault))
    g_ptr_array_add (parser->file->detectors, g_steal_pointer (&detector));
  else if (parser->file->problems != NULL)
    cot_knowledge_add_problem (parser->file->problems, parser->file->name, detector->line, fault);
  else
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  return TRUE;
}

static gboolean
start_match (CotParser *parser, const char *element, const char **names, const char **values,
             GError **error)
{
  const char *kind;

  if (!g_markup_collect_attributes (element, names, values, error, G_MARKUP_COLLECT_STRING,
                                    "kind", &kind, G_MARKUP_COLLECT_INVALID))
    return FALSE;
  parser->detector->match_is_literal = g_str_equal (kind, "literal");
  if (!parser->detector->match_is_literal && !g_str_equal (kind, "regex"))
    return cot_element_refuse (error, "match kind “{}” is neither “literal” nor “regex”", kind);
  return TRUE;
}

static gboolean
end_match (CotParser *parser, GError **error)
{
  CotDetector *detector = parser->detector;

  if (detector->match != NULL)
    return cot_element_refuse (error, "“{}” has a second <match>", detector->id);
  detector->match = cot_detector_own (detector, parser->text->str);
  find_captures (detector);
  return TRUE;
}

static gboolean
parse_decoder (const char *text, CotDecoder *decoder)
{
  static const char *const names[]
      = { "none", "client-health", "workloads", "error-code", "http-status", "syncml-status",
          "sid",  "time",          "due-time",  "due-minutes", "due-seconds" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], text))
      {
        *decoder = (CotDecoder) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
start_capture (CotParser *parser, const char *element, const char **names, const char **values,
               GError **error)
{
  const char *name, *decoder, *base;
  GArray *captures = parser->detector->captures;

  if (!g_markup_collect_attributes (element, names, values, error,
                                    G_MARKUP_COLLECT_STRING, "name", &name,
                                    G_MARKUP_COLLECT_STRING, "decoder", &decoder,
                                    G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "base",
                                    &base, G_MARKUP_COLLECT_INVALID))
    return FALSE;
  for (guint i = 0; i < captures->len; i++)
    {
      CotCaptureRule *rule = &g_array_index (captures, CotCaptureRule, i);

      if (!g_str_equal (rule->name, name))
        continue;
      rule->base = g_strcmp0 (base, "16") == 0 ? 16 : 10;
      if (!parse_decoder (decoder, &rule->decoder))
        return cot_element_refuse (error, "unknown decoder “{}”", decoder);
      return TRUE;
    }
  return cot_element_refuse (error, "the pattern before it has no group “{}”", name);
}

static gboolean
start_when (CotParser *parser, const char *element, const char **names, const char **values,
            GError **error)
{
  parser->when = cot_when_new ();
  g_ptr_array_add (parser->detector->whens, parser->when);
  return g_markup_collect_attributes (element, names, values, error, G_MARKUP_COLLECT_INVALID,
                                      NULL);
}

static gboolean
end_when (CotParser *parser, GError **error)
{
  if (parser->when->tests->len == 0)
    return cot_element_refuse (error, "“{}” has a <when> without a test", parser->detector->id);
  parser->when = NULL;
  return TRUE;
}

static gboolean
start_test (CotParser *parser, const char *element, const char **names, const char **values,
            GError **error)
{
  return cot_condition_parse_test (parser->detector, parser->when, element, names, values, error);
}

static gboolean
start_override (CotParser *parser, const char *element, const char **names, const char **values,
                GError **error)
{
  parser->override = g_str_equal (element, "then") ? &parser->when->then
                                                   : &parser->when->otherwise;
  return cot_condition_parse_override (parser->detector, parser->override, names, values, error);
}

static gboolean
end_override (CotParser *parser, GError **error)
{
  parser->override = NULL;
  return TRUE;
}

static gboolean
start_plain (CotParser *parser, const char *element, const char **names, const char **values,
             GError **error)
{
  return g_markup_collect_attributes (element, names, values, error, G_MARKUP_COLLECT_INVALID,
                                      NULL);
}

static gboolean
end_title (CotParser *parser, GError **error)
{
  *(parser->override != NULL ? &parser->override->title : &parser->detector->title)
      = own_prose (parser);
  return TRUE;
}

static gboolean
end_meaning (CotParser *parser, GError **error)
{
  *(parser->override != NULL ? &parser->override->meaning : &parser->detector->meaning)
      = own_prose (parser);
  return TRUE;
}

static gboolean
end_cause (CotParser *parser, GError **error)
{
  *(parser->override != NULL ? &parser->override->cause : &parser->detector->cause)
      = own_prose (parser);
  return TRUE;
}

static gboolean
end_verify (CotParser *parser, GError **error)
{
  *(parser->override != NULL ? &parser->override->verify : &parser->detector->verify)
      = own_prose (parser);
  return TRUE;
}

static gboolean
end_log (CotParser *parser, GError **error)
{
  g_ptr_array_add (parser->detector->logs, (gpointer) own_prose (parser));
  return TRUE;
}

static gboolean
start_step (CotParser *parser, const char *element, const char **names, const char **values,
            GError **error)
{
  gboolean danger, weakens;

  if (!g_markup_collect_attributes (
          element, names, values, error, G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL,
          "danger", &danger, G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL,
          "weakens-security", &weakens, G_MARKUP_COLLECT_INVALID))
    return FALSE;
  parser->step_flags = (danger ? COT_STEP_DANGER : 0) | (weakens ? COT_STEP_WEAKENS_SECURITY : 0);
  return TRUE;
}

static gboolean
end_step (CotParser *parser, GError **error)
{
  CotStep step = { own_prose (parser), parser->step_flags };

  if (parser->override == NULL)
    g_array_append_val (parser->detector->steps, step);
  else
    {
      if (parser->override->steps == NULL)
        parser->override->steps = g_array_new (FALSE, TRUE, sizeof (CotStep));
      g_array_append_val (parser->override->steps, step);
    }
  return TRUE;
}

static gboolean
start_note (CotParser *parser, const char *element, const char **names, const char **values,
            GError **error)
{
  return g_markup_collect_attributes (element, names, values, error,
                                      G_MARKUP_COLLECT_STRDUP | G_MARKUP_COLLECT_OPTIONAL, "for",
                                      &parser->rule, G_MARKUP_COLLECT_INVALID);
}

static gboolean
end_note (CotParser *parser, GError **error)
{
  CotNoteRule note = { own_prose (parser), NULL };

  if (parser->rule != NULL)
    note.rule = g_intern_string (parser->rule);
  if (parser->override->notes == NULL)
    parser->override->notes = g_array_new (FALSE, TRUE, sizeof (CotNoteRule));
  g_array_append_val (parser->override->notes, note);
  g_clear_pointer (&parser->rule, g_free);
  return TRUE;
}

static gboolean
start_source (CotParser *parser, const char *element, const char **names, const char **values,
              GError **error)
{
  return g_markup_collect_attributes (element, names, values, error,
                                      G_MARKUP_COLLECT_STRDUP | G_MARKUP_COLLECT_OPTIONAL, "url",
                                      &parser->url, G_MARKUP_COLLECT_INVALID);
}

static gboolean
end_source (CotParser *parser, GError **error)
{
  g_autofree char *url = g_steal_pointer (&parser->url);
  CotReference reference = { own_prose (parser), NULL };

  /* A link of a user's file could lead anywhere: it is left out. */
  if (url != NULL && parser->file->builtin)
    {
      if (!g_str_has_prefix (url, "https://learn.microsoft.com/"))
        return cot_element_refuse (error, "“{}” is no link to learn.microsoft.com", url);
      reference.url = cot_detector_own (parser->detector, url);
    }
  g_array_append_val (parser->detector->references_to, reference);
  return TRUE;
}

static gboolean
start_sample (CotParser *parser, const char *element, const char **names, const char **values,
              GError **error)
{
  const char *matches;

  if (!g_markup_collect_attributes (element, names, values, error,
                                    G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL,
                                    "matches", &matches, G_MARKUP_COLLECT_INVALID))
    return FALSE;
  parser->sample_matches = g_strcmp0 (matches, "no") != 0;
  return TRUE;
}

static gboolean
end_sample (CotParser *parser, GError **error)
{
  CotSample sample = { cot_detector_own (parser->detector, parser->text->str),
                       parser->sample_matches };

  g_array_append_val (parser->detector->samples, sample);
  return TRUE;
}

#define COT_PLACE_PROSE (COT_PLACE_DETECTOR | COT_PLACE_OVERRIDE)

static const CotElement elements[] = {
  { "knowledge", COT_PLACE_DOCUMENT, COT_PLACE_KNOWLEDGE, start_knowledge, NULL },
  { "run", COT_PLACE_KNOWLEDGE, COT_PLACE_EMPTY, start_run, NULL },
  { "detector", COT_PLACE_KNOWLEDGE, COT_PLACE_DETECTOR, start_detector, end_detector },
  { "marker", COT_PLACE_KNOWLEDGE, COT_PLACE_DETECTOR, start_marker, end_detector },
  { "title", COT_PLACE_PROSE, COT_PLACE_TEXT, start_plain, end_title },
  { "meaning", COT_PLACE_PROSE, COT_PLACE_TEXT, start_plain, end_meaning },
  { "cause", COT_PLACE_PROSE, COT_PLACE_TEXT, start_plain, end_cause },
  { "step", COT_PLACE_PROSE, COT_PLACE_TEXT, start_step, end_step },
  { "verify", COT_PLACE_PROSE, COT_PLACE_TEXT, start_plain, end_verify },
  { "note", COT_PLACE_OVERRIDE, COT_PLACE_TEXT, start_note, end_note },
  { "log", COT_PLACE_DETECTOR, COT_PLACE_TEXT, start_plain, end_log },
  { "match", COT_PLACE_DETECTOR, COT_PLACE_TEXT, start_match, end_match },
  { "capture", COT_PLACE_DETECTOR, COT_PLACE_EMPTY, start_capture, NULL },
  { "source", COT_PLACE_DETECTOR, COT_PLACE_TEXT, start_source, end_source },
  { "sample", COT_PLACE_DETECTOR, COT_PLACE_TEXT, start_sample, end_sample },
  { "when", COT_PLACE_DETECTOR, COT_PLACE_WHEN, start_when, end_when },
  { "then", COT_PLACE_WHEN, COT_PLACE_OVERRIDE, start_override, end_override },
  { "else", COT_PLACE_WHEN, COT_PLACE_OVERRIDE, start_override, end_override },
};

static const CotElement test_element = { "", COT_PLACE_WHEN, COT_PLACE_EMPTY, start_test, NULL };

const CotElement *
cot_element_find (const char *name, CotPlace place)
{
  const CotElement *own = cot_condition_is_test (name) ? &test_element : NULL;
  const CotElement *of_journey = cot_journey_element_find (name, place);
  const CotElement *of_log = cot_log_element_find (name, place);

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_str_equal (elements[i].name, name))
      own = &elements[i];
  if (of_log != NULL && (own == NULL || (of_log->parents & place) != 0))
    own = of_log;
  if (of_journey == NULL || (own != NULL && (own->parents & place) != 0))
    return own;
  return of_journey;
}
