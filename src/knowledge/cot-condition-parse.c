/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-knowledge-private.h"

static const struct
{
  const char *element;
  CotTestKind kind;
} kinds[] = {
  { "last-of-its-kind", COT_TEST_LAST_OF_ITS_KIND },
  { "followed-by", COT_TEST_FOLLOWED_BY },
  { "not-followed-by", COT_TEST_NOT_FOLLOWED_BY },
  { "expected-next", COT_TEST_EXPECTED_NEXT },
  { "together-with", COT_TEST_TOGETHER_WITH },
  { "older-than", COT_TEST_OLDER_THAN },
  { "value", COT_TEST_VALUE },
  { "bits", COT_TEST_BITS },
  { "length-over", COT_TEST_LENGTH_OVER },
  { "setup-line", COT_TEST_SETUP_LINE },
};

static gboolean
bad_attribute (GError **error, const char *name, const char *value)
{
  g_set_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE,
               "%s=\"%s\" has no meaning here", name, value);
  return FALSE;
}

static gboolean
parse_number (const char *text, gint64 *number)
{
  return g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, number, NULL);
}

static gboolean
parse_choice (const char *value, const char *const *choices, guint *index)
{
  for (guint i = 0; choices[i] != NULL; i++)
    if (g_str_equal (choices[i], value))
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_yes (const char *value, gboolean *yes)
{
  static const char *const choices[] = { "no", "yes", NULL };
  guint index;

  if (!parse_choice (value, choices, &index))
    return FALSE;
  *yes = index == 1;
  return TRUE;
}

/* Bits as the sum of the numbers given. */
static gboolean
parse_bits (const char *value, CotTest *test, CotBitsMode mode)
{
  g_auto (GStrv) words = g_strsplit (value, " ", -1);
  gint64 bit;

  test->bits_mode = mode;
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!parse_number (words[i], &bit))
        return FALSE;
      test->bits |= (guint64) bit;
    }
  return words[0] != NULL;
}

static GPtrArray *
parse_values (CotDetector *detector, const char *value)
{
  GPtrArray *list = g_ptr_array_new ();
  g_auto (GStrv) words = g_strsplit (value, "|", -1);

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (list, (gpointer) cot_detector_own (detector, words[i]));
  return list;
}

static void
take_list (GPtrArray **list, GPtrArray *value)
{
  g_clear_pointer (list, g_ptr_array_unref);
  *list = value;
}

/* What tells how a hit stands to others. */
static gboolean
parse_relation (CotTest *test, const char *name, const char *value)
{
  static const char *const within[] = { "case", "log", "run", NULL };
  static const char *const modes[] = { "any", "all", "none", NULL };
  static const char *const orders[] = { "any", "before", NULL };
  static const char *const which[] = { "any", "newest", NULL };
  guint index;

  if (g_str_equal (name, "detectors") || g_str_equal (name, "among"))
    take_list (&test->detectors, cot_split_ids (value));
  else if (g_str_equal (name, "within") && parse_choice (value, within, &index))
    test->within = (CotWithin) index;
  else if (g_str_equal (name, "mode") && parse_choice (value, modes, &index))
    test->mode = (CotMode) index;
  else if (g_str_equal (name, "order") && parse_choice (value, orders, &index))
    test->before = index == 1;
  else if (g_str_equal (name, "same") && test->kind != COT_TEST_LAST_OF_ITS_KIND)
    take_list (&test->same, cot_split_ids (value));
  else if (g_str_equal (name, "under") && test->kind != COT_TEST_LAST_OF_ITS_KIND)
    test->under = g_intern_string (value);
  else if (g_str_equal (name, "over") && test->kind != COT_TEST_LAST_OF_ITS_KIND)
    test->over = g_intern_string (value);
  else if (g_str_equal (name, "which") && test->kind == COT_TEST_TOGETHER_WITH
           && parse_choice (value, which, &index))
    test->judged_only = index == 1;
  else if (g_str_equal (name, "seconds"))
    return parse_number (value, &test->seconds);
  else if (g_str_equal (name, "entries"))
    return parse_number (value, &test->entries);
  else
    return FALSE;
  return TRUE;
}

/* What looks at a captured text. */
static gboolean
parse_value_test (CotDetector *detector, CotTest *test, const char *name, const char *value)
{
  static const char *const which[] = { "newest", "any", NULL };
  static const char *const issues[] = { "any", "broken", NULL };
  guint index;

  if (g_str_equal (name, "of"))
    test->of = g_intern_string (value);
  else if (g_str_equal (name, "under") && test->kind == COT_TEST_VALUE)
    test->under = g_intern_string (value);
  else if (g_str_equal (name, "since") && test->kind == COT_TEST_OLDER_THAN)
    take_list (&test->detectors, cot_split_ids (value));
  else if (g_str_equal (name, "than") && test->kind == COT_TEST_OLDER_THAN)
    test->than = g_intern_string (value);
  else if (g_str_equal (name, "capture"))
    take_list (&test->captures, cot_split_ids (value));
  else if (g_str_equal (name, "which") && parse_choice (value, which, &index))
    test->any_hit = index == 1;
  else if (g_str_equal (name, "issues") && parse_choice (value, issues, &index))
    test->broken_only = index == 1;
  else if (test->kind == COT_TEST_VALUE
           && (g_str_equal (name, "in") || g_str_equal (name, "not-in")))
    {
      take_list (&test->values, parse_values (detector, value));
      test->values_excluded = *name == 'n';
    }
  else if (test->kind == COT_TEST_VALUE && g_str_equal (name, "contains"))
    test->contains = cot_detector_own (detector, value);
  else if (g_str_equal (name, "hours") || g_str_equal (name, "limit"))
    return parse_number (value, &test->limit);
  else if (g_str_equal (name, "span"))
    return parse_yes (value, &test->span);
  else
    return FALSE;
  return TRUE;
}

static gboolean
parse_expectation (CotDetector *detector, CotTest *test, const char *name, const char *value)
{
  gint64 minutes;

  if (g_str_equal (name, "line"))
    {
      test->line = cot_detector_own (detector, value);
      return *value != '\0';
    }
  if (!g_str_equal (name, "minutes"))
    return parse_relation (test, name, value);
  if (!parse_number (value, &minutes) || minutes == 0)
    return FALSE;
  test->seconds = minutes * 60;
  return TRUE;
}

static gboolean
parse_attribute (CotDetector *detector, CotTest *test, const char *name, const char *value)
{
  if (g_str_equal (name, "not"))
    return parse_yes (value, &test->negated);
  if (test->kind == COT_TEST_EXPECTED_NEXT)
    return parse_expectation (detector, test, name, value);
  if (test->kind <= COT_TEST_TOGETHER_WITH)
    return parse_relation (test, name, value);
  if (test->kind == COT_TEST_BITS)
    {
      if (g_str_equal (name, "any"))
        return parse_bits (value, test, COT_BITS_ANY);
      if (g_str_equal (name, "none"))
        return parse_bits (value, test, COT_BITS_NONE);
      if (g_str_equal (name, "equals"))
        return parse_bits (value, test, COT_BITS_EQUALS);
      if (g_str_equal (name, "not-equals"))
        return parse_bits (value, test, COT_BITS_NOT_EQUALS);
    }
  return parse_value_test (detector, test, name, value);
}

gboolean
cot_condition_is_test (const char *element)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].element, element))
      return TRUE;
  return FALSE;
}

static gboolean
is_complete (const CotTest *test)
{
  if (test->kind == COT_TEST_EXPECTED_NEXT && (test->line == NULL || test->seconds <= 0))
    return FALSE;
  if ((test->under != NULL || test->over != NULL) && test->same == NULL
      && test->kind != COT_TEST_VALUE)
    return FALSE;
  if (test->kind <= COT_TEST_TOGETHER_WITH)
    return test->detectors != NULL && test->detectors->len > 0;
  if (test->kind == COT_TEST_VALUE && test->values == NULL && test->contains == NULL)
    return FALSE;
  return test->span || (test->captures != NULL && test->captures->len > 0);
}

gboolean
cot_condition_parse_test (CotDetector *detector, CotWhen *when, const char *element,
                          const char **names, const char **values, GError **error)
{
  CotTest *test = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].element, element))
      test = cot_when_add_test (when, kinds[i].kind);
  for (guint i = 0; names[i] != NULL; i++)
    if (!parse_attribute (detector, test, names[i], values[i]))
      return bad_attribute (error, names[i], values[i]);
  if (is_complete (test))
    return TRUE;
  g_set_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE,
               "<%s> does not say what to look at", element);
  return FALSE;
}

gboolean
cot_condition_parse_override (CotDetector *detector, CotOverride *override, const char **names,
                              const char **values, GError **error)
{
  static const char *const states[] = { "open", "history", "none", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    {
      CotSeverity severity;
      gboolean yes;
      guint state;

      if (g_str_equal (names[i], "severity") && cot_severity_from_knowledge (values[i], &severity))
        override->severity = (int) severity;
      else if (g_str_equal (names[i], "state") && parse_choice (values[i], states, &state))
        override->state = (int) state;
      else if (g_str_equal (names[i], "expected") && parse_yes (values[i], &yes))
        override->expected = yes;
      else if (g_str_equal (names[i], "waiting") && parse_yes (values[i], &yes))
        override->waiting = yes;
      else if (g_str_equal (names[i], "explains"))
        take_list (&override->explains, cot_split_ids (values[i]));
      else
        return bad_attribute (error, names[i], values[i]);
    }
  return TRUE;
}
