/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-correlate.h"
#include "cot-journey-report.h"

#include "knowledge-log.h"

#include <string.h>

/* The findings of one text as the only entry of that log; free with g_ptr_array_unref(). */
static GPtrArray *
judge_text (CotKnowledge *knowledge, const char *log, const char *message)
{
  g_autoptr (CotHits) hits = cot_matcher_run_text (knowledge, log, message);
  const CotCaseLog logs[] = { { log, hits } };

  return cot_correlate (knowledge, logs, G_N_ELEMENTS (logs));
}

static CotFinding *
find (GPtrArray *findings, const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (findings, i);

      if (g_str_equal (cot_detector_get_id (finding->detector), id))
        return finding;
    }
  return NULL;
}

static void
test_optional_parts (void)
{
  static const char xml[]
      = "<knowledge><detector id=\"mine\" area=\"other\" severity=\"info\"><title>Mine</title>"
        "<match kind=\"regex\">frobnicator (?P&lt;name>\\S+)(?: failed with (?P&lt;code>\\S+))?"
        "</match><meaning>M</meaning><step>S</step>"
        "<sample>frobnicator a</sample><sample matches=\"no\">none</sample>"
        "</detector></knowledge>";
  static const struct
  {
    const char *message;
    const char *text;
    const char *expected;
  } cases[] = {
    { "frobnicator A1", "Of {name}[: {code}].", "Of A1." },
    { "frobnicator A1 failed with 5", "Of {name}[: {code}].", "Of A1: 5." },
    /* Other brackets and braces are text. */
    { "frobnicator A1", "[CCMHTTP] of {name} {x} [a [b] c]", "[CCMHTTP] of A1 {x} [a [b] c]" },
    { "frobnicator A1 failed with 5", "[a[ {code}] b] ] {", "[a 5 b] ] {" },
    { "frobnicator A1", "[a[ {code}] b", "[a b" },
    /* Without brackets nobody hides that there is none. */
    { "frobnicator A1", "{code}", "{code}" },
    { "frobnicator A1", "", "" },
    /* What stands in a log is no command to copy. */
    { "frobnicator `del`", "Run `x` for {name}", "Run `x` for 'del'" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge
      = cot_knowledge_new_from_xml (NULL, "mine.xml", xml, strlen (xml), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = judge_text (knowledge, "Mine.log", cases[i].message);
      CotFinding *finding = find (findings, "mine");
      g_autofree char *expanded = NULL;

      g_assert_nonnull (finding);
      expanded = cot_finding_expand (finding, cases[i].text);
      g_assert_cmpstr (expanded, ==, cases[i].expected);
    }
}

#define DETECTOR(id, attributes, literal) \
  "<detector id=\"" id "\" area=\"other\" " attributes "><title>T</title>" \
  "<match kind=\"literal\">" literal "</match><meaning>M</meaning><step>S</step>" \
  "<sample>" literal "</sample><sample matches=\"no\">none</sample></detector>"

/* What is a story of its own; and that a note in passing, as users write them, never hides a
 * wait. */
static void
test_stories (void)
{
  static const char xml[]
      = "<knowledge>"
        DETECTOR ("note", "severity=\"info\" explains=\"wait\"", "the note")
        DETECTOR ("wait", "severity=\"info\" waiting=\"yes\"", "the wait")
        DETECTOR ("error", "severity=\"error\" explains=\"result\"", "the error")
        DETECTOR ("result", "severity=\"error\"", "the result")
        DETECTOR ("warning", "severity=\"warning\"", "the warning")
        "</knowledge>";
  static const struct
  {
    const char *message;
    const char *headline;
    const char *stories[3];
  } cases[] = {
    { "the note, the wait", "wait", { "wait" } },
    { "the error, the result", "error", { "error" } },
    { "the error, the wait, the warning", "error", { "error", "wait" } },
    { "the warning", "warning", { "warning" } },
    { "the note", NULL, { NULL } },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge
      = cot_knowledge_new_from_xml (NULL, "mine.xml", xml, strlen (xml), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = judge_text (knowledge, "Mine.log", cases[i].message);

      g_test_message ("%s", cases[i].message);
      for (guint j = 0; j < findings->len; j++)
        {
          CotFinding *finding = g_ptr_array_index (findings, j);
          const char *id = cot_detector_get_id (finding->detector);

          g_assert_cmpint (finding->headline, ==, g_strcmp0 (id, cases[i].headline) == 0);
          g_assert_cmpint (cot_finding_is_story (finding), ==,
                           g_strv_contains (cases[i].stories, id));
        }
      if (cases[i].headline != NULL)
        g_assert_nonnull (find (findings, cases[i].headline));
    }
}

/* The logs that a step names. */
static void
test_names_of_logs (void)
{
  static const struct
  {
    const char *text;
    const char *names;
  } cases[] = {
    { "See client.msi.log and CcmExec.log.", "client.msi.log CcmExec.log" },
    { "That is all. LocationServices.log, (locationservices.LOG.log)",
      "LocationServices.log locationservices.LOG.log" },
    { "..log .log a.logs ..b.log", "b.log" },
    { "It is named in `SMS_%s.log`; CcmExec.log, CCMEXEC.log", "SMS_%s.log CcmExec.log" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new_null_terminated (4, g_free, TRUE);
      g_autofree char *joined = NULL;

      cot_log_names_in_text (cases[i].text, names);
      joined = g_strjoinv (" ", (char **) names->pdata);
      g_assert_cmpstr (joined, ==, cases[i].names);
    }
}

/* A code keeps the number that people search for; what has no words stays as it is. */
static void
test_codes_keep_their_number (void)
{
  static const struct
  {
    const char *message;
    const char *expected; /* the begin */
  } cases[] = {
    { "Failed to download client files by BITS. Error 0x80190194", "0x80190194 \u2013 HTTP 404: " },
    { "Failed to download client files by BITS. Error 0x8bad0000", "0x8bad0000" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = judge_text (knowledge, "ccmsetup.log", cases[i].message);
      CotFinding *finding = find (findings, "setup-bits-404");
      g_autofree char *expanded = NULL;
      g_autofree char *marked = NULL;
      g_autofree char *start = NULL;

      g_assert_nonnull (finding);
      expanded = cot_finding_expand (finding, "{hresult}");
      g_assert_true (g_str_has_prefix (expanded, cases[i].expected));
      /* What it means is not said by the log. */
      marked = cot_finding_expand_marked (finding, "of {hresult}");
      start = g_strdup_printf ("of \002%.10s\003%s", cases[i].expected, cases[i].expected + 10);
      g_assert_true (g_str_has_prefix (marked, start));
    }
}

/* What a log says can end no value early, and so pass for words of ours, which are not masked. */
static void
test_marks_in_a_log (void)
{
  static const char xml[]
      = "<knowledge><detector id=\"mine\" area=\"other\" severity=\"info\"><title>Mine</title>"
        "<match kind=\"regex\">frobnicator (?P&lt;name>\\S+)</match><meaning>M</meaning>"
        "<step>S</step><sample>frobnicator a</sample><sample matches=\"no\">none</sample>"
        "</detector></knowledge>";
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge
      = cot_knowledge_new_from_xml (NULL, "mine.xml", xml, strlen (xml), &error);
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *marked = NULL;
  g_autofree char *noted = NULL;
  char argument[] = "a\003b\002`c";
  const CotNote note = { "Of {}.", argument };

  g_assert_no_error (error);
  findings = judge_text (knowledge, "Mine.log", "frobnicator A1\003bjones\002x`");
  g_assert_nonnull (find (findings, "mine"));
  marked = cot_finding_expand_marked (find (findings, "mine"), "Of {name}.");
  g_assert_cmpstr (marked, ==, "Of \002A1'bjones'x'\003.");
  noted = cot_note_expand_marked (&note, note.text);
  g_assert_cmpstr (noted, ==, "Of \002a'b''c\003.");
}

static void
assert_no_name_is_left (CotFinding *finding, const char *text)
{
  guint n_rules;
  const CotCaptureRule *rules = cot_detector_get_captures (finding->detector, &n_rules);
  g_autofree char *expanded = text != NULL ? cot_finding_expand (finding, text) : NULL;

  for (guint i = 0; expanded != NULL && i < n_rules; i++)
    {
      g_autofree char *name = g_strdup_printf ("{%s}", rules[i].name);

      if (strstr (expanded, name) != NULL)
        g_error ("%s: a line without a value for %s gives: %s",
                 cot_detector_get_id (finding->detector), name, expanded);
    }
}

/* Every text must read well for every sample, whatever part of the line it lacks. */
static void
test_samples_fill_the_texts (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (&error);
  guint n_judged = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < cot_knowledge_get_n_detectors (knowledge); i++)
    {
      const CotDetector *detector = cot_knowledge_get_detector (knowledge, i);
      guint n_samples;
      const CotSample *samples = cot_detector_get_samples (detector, &n_samples);

      for (guint j = 0; j < n_samples && !cot_detector_is_marker (detector); j++)
        {
          g_autoptr (GPtrArray) findings
              = samples[j].matches
                    ? judge_text (knowledge, cot_detector_get_logs (detector)[0], samples[j].text)
                    : NULL;
          CotFinding *finding
              = findings != NULL ? find (findings, cot_detector_get_id (detector)) : NULL;

          if (finding == NULL)
            continue;
          n_judged++;
          assert_no_name_is_left (finding, finding->title);
          assert_no_name_is_left (finding, finding->meaning);
          assert_no_name_is_left (finding, finding->cause);
          assert_no_name_is_left (finding, finding->verify);
          for (guint k = 0; k < finding->n_steps; k++)
            assert_no_name_is_left (finding, finding->steps[k].text);
        }
    }
  g_assert_cmpuint (n_judged, >, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finding/optional-parts", test_optional_parts);
  g_test_add_func ("/finding/stories", test_stories);
  g_test_add_func ("/finding/names-of-logs", test_names_of_logs);
  g_test_add_func ("/finding/codes-keep-their-number", test_codes_keep_their_number);
  g_test_add_func ("/finding/marks-in-a-log", test_marks_in_a_log);
  g_test_add_func ("/finding/samples-fill-the-texts", test_samples_fill_the_texts);
  return g_test_run ();
}
