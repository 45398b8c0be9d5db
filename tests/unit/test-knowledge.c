/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-knowledge.h"
#include "cot-log-catalogue.h"

#include <glib/gstdio.h>
#include <string.h>

#define DETECTOR_START "<knowledge><detector id=\"my-line\" area=\"other\" severity=\"warning\">"
#define DETECTOR_TEXTS \
  "<title>Mine</title><log>Mine.log</log>" \
  "<match kind=\"literal\">frobnicator failed</match>" \
  "<meaning>It failed.</meaning><step>Run `mend /all`.</step>"
#define DETECTOR_END "</detector></knowledge>"
#define GOOD_SAMPLES \
  "<sample>The Frobnicator failed again</sample><sample matches=\"no\">frobnicator ran</sample>"

static CotKnowledge *
get_builtin (void)
{
  g_autoptr (GError) error = NULL;
  CotKnowledge *knowledge = cot_knowledge_new_builtin (&error);

  g_assert_no_error (error);
  return knowledge;
}

static CotKnowledge *
read_xml (const char *xml, GError **error)
{
  return cot_knowledge_new_from_xml (NULL, "mine.xml", xml, strlen (xml), error);
}

static void
test_builtin_loads (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();

  g_assert_cmpuint (cot_knowledge_get_n_detectors (knowledge), >, 174);
  g_assert_cmpuint (cot_knowledge_get_n_problems (knowledge), ==, 0);
}

static void
test_builtin_samples (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();
  g_autoptr (GError) error = NULL;

  cot_knowledge_check_samples (knowledge, &error);
  g_assert_no_error (error);
}

static void
test_every_detector_has_samples (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();

  for (guint i = 0; i < cot_knowledge_get_n_detectors (knowledge); i++)
    {
      const CotDetector *detector = cot_knowledge_get_detector (knowledge, i);
      guint n_samples;
      guint n_negative = 0;
      const CotSample *samples = cot_detector_get_samples (detector, &n_samples);

      if (cot_detector_is_guide (detector) || cot_detector_is_marker (detector))
        continue;
      for (guint j = 0; j < n_samples; j++)
        n_negative += samples[j].matches ? 0 : 1;
      if (n_negative == 0)
        g_error ("%s has no near miss", cot_detector_get_id (detector));
      g_assert_cmpuint (n_samples, >, n_negative);
    }
}

static void
test_texts_are_read (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();
  const CotDetector *detector = cot_knowledge_find (knowledge, "cmg-403-client-cert-required");
  const CotReference *references;
  const CotStep *steps;
  guint n_steps, n_references;

  g_assert_nonnull (detector);
  g_assert_cmpstr (cot_detector_get_area (detector), ==, "cmg");
  g_assert_cmpint (cot_detector_get_severity (detector), ==, COT_SEVERITY_ERROR);
  g_assert_cmpstr (cot_detector_get_logs (detector)[0], ==, "LocationServices.log");
  steps = cot_detector_get_steps (detector, &n_steps);
  g_assert_cmpuint (n_steps, ==, 5);
  g_assert_cmpuint (steps[0].flags, ==, 0);
  g_assert_cmpuint (steps[4].flags, ==, COT_STEP_WEAKENS_SECURITY);
  /* Wrapped in the file, one line here. */
  g_assert_null (strchr (steps[1].text, '\n'));
  g_assert_nonnull (strstr (steps[1].text, "`HKLM\\SOFTWARE\\Microsoft\\SMS\\"));
  references = cot_detector_get_references (detector, &n_references);
  g_assert_cmpuint (n_references, ==, 2);
  g_assert_true (g_str_has_prefix (references[0].url, "https://learn.microsoft.com/"));
}

static void
test_unknown_id (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();

  g_assert_null (cot_knowledge_find (knowledge, "no-such-detector"));
  g_assert_nonnull (cot_knowledge_find (knowledge, "setup-failed"));
}

static void
test_guide (void)
{
  g_autoptr (CotKnowledge) knowledge = get_builtin ();
  const CotGuide *guide = cot_knowledge_get_guide (knowledge);
  gboolean seen_path = FALSE;
  gboolean seen_basics = FALSE;

  g_assert_cmpuint (guide->n_sections, >=, 7);
  for (guint i = 0; i < guide->n_sections; i++)
    {
      const CotGuideSection *section = &guide->sections[i];

      g_assert_nonnull (section->title);
      g_assert_cmpuint (section->n_items, >, 0);
      seen_path |= g_str_equal (section->id, "healthy-path");
      seen_basics |= g_str_equal (section->id, "basics");
      for (guint j = 0; j < section->n_items; j++)
        {
          const CotGuideItem *item = &section->items[j];

          for (guint k = 0; item->detectors[k] != NULL; k++)
            if (cot_knowledge_find (knowledge, item->detectors[k]) == NULL)
              g_error ("the guide links to %s", item->detectors[k]);
          /* What a command says is saved by the user, under any name. */
          for (guint k = 0; item->logs[k] != NULL; k++)
            if (!g_str_has_prefix (item->logs[k], "dsregcmd")
                && cot_knowledge_find_log_file (knowledge, item->logs[k]) == NULL)
              g_error ("the guide links to the log %s", item->logs[k]);
          for (guint k = 0; item->journeys[k] != NULL; k++)
            if (cot_knowledge_find_journey (knowledge, item->journeys[k]) == NULL)
              g_error ("the guide links to the journey %s", item->journeys[k]);
        }
    }
  g_assert_true (seen_path);
  g_assert_true (seen_basics);
}

static void
test_own_detector (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge
      = read_xml (DETECTOR_START DETECTOR_TEXTS GOOD_SAMPLES
                  "<source url=\"https://evil.example/\">Me</source>" DETECTOR_END,
                  &error);
  const CotReference *references;
  guint n_references;

  g_assert_no_error (error);
  g_assert_cmpuint (cot_knowledge_get_n_detectors (knowledge), ==, 1);
  /* Links come from the built-in knowledge only. */
  references = cot_detector_get_references (cot_knowledge_find (knowledge, "my-line"),
                                            &n_references);
  g_assert_cmpuint (n_references, ==, 1);
  g_assert_null (references[0].url);
}

static void
test_bad_documents (void)
{
  static const struct
  {
    const char *xml;
    CotKnowledgeError code;
  } cases[] = {
    { "", COT_KNOWLEDGE_ERROR_BAD_RULE },
    { "<knowledge>", COT_KNOWLEDGE_ERROR_BAD_RULE },
    { "<guide/>", COT_KNOWLEDGE_ERROR_BAD_RULE },
    { "<knowledge><title>No</title></knowledge>", COT_KNOWLEDGE_ERROR_BAD_RULE },
    { "<knowledge>text</knowledge>", COT_KNOWLEDGE_ERROR_BAD_RULE },
    { DETECTOR_START DETECTOR_TEXTS DETECTOR_END, COT_KNOWLEDGE_ERROR_BAD_RULE },
    { DETECTOR_START DETECTOR_TEXTS "<sample>something else</sample>" DETECTOR_END,
      COT_KNOWLEDGE_ERROR_SAMPLE_MISMATCH },
    { DETECTOR_START DETECTOR_TEXTS GOOD_SAMPLES
      "<sample matches=\"no\">a frobnicator failed</sample>" DETECTOR_END,
      COT_KNOWLEDGE_ERROR_SAMPLE_MISMATCH },
    { DETECTOR_START DETECTOR_TEXTS GOOD_SAMPLES "<when><then/></when>" DETECTOR_END,
      COT_KNOWLEDGE_ERROR_BAD_RULE },
    { DETECTOR_START DETECTOR_TEXTS GOOD_SAMPLES
      "<when><followed-by detectors=\"nobody\"/><then state=\"history\"/></when>" DETECTOR_END,
      COT_KNOWLEDGE_ERROR_BAD_RULE },
    { DETECTOR_START DETECTOR_TEXTS GOOD_SAMPLES
      "<when><bits capture=\"x\" any=\"many\"/></when>" DETECTOR_END,
      COT_KNOWLEDGE_ERROR_BAD_RULE },
    { DETECTOR_START "<title>T</title><match kind=\"regex\">(</match><meaning>M</meaning>"
                     "<step>S</step><sample>(</sample>" DETECTOR_END,
      COT_KNOWLEDGE_ERROR_BAD_RULE },
    /* Nothing to sift by: every entry of every log would be tried. */
    { DETECTOR_START "<title>T</title><match kind=\"regex\">\\d+</match><meaning>M</meaning>"
                     "<step>S</step><sample>1</sample>" DETECTOR_END,
      COT_KNOWLEDGE_ERROR_BAD_RULE },
    { "<knowledge><detector id=\"Bad Id\" area=\"other\" severity=\"info\"><title>T</title>"
      "<meaning>M</meaning><step>S</step></detector></knowledge>",
      COT_KNOWLEDGE_ERROR_BAD_RULE },
    { "<knowledge><detector id=\"x\" area=\"garden\" severity=\"info\"><title>T</title>"
      "<meaning>M</meaning><step>S</step></detector></knowledge>",
      COT_KNOWLEDGE_ERROR_BAD_RULE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CotKnowledge) knowledge = read_xml (cases[i].xml, &error);

      g_test_message ("%s", cases[i].xml);
      g_assert_null (knowledge);
      g_assert_error (error, COT_KNOWLEDGE_ERROR, (int) cases[i].code);
      g_assert_true (g_str_has_prefix (error->message, "mine.xml:"));
    }
}

static void
test_duplicate_id (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge
      = read_xml (DETECTOR_START DETECTOR_TEXTS GOOD_SAMPLES
                  "</detector><detector id=\"my-line\" area=\"other\" severity=\"info\">"
                  DETECTOR_TEXTS GOOD_SAMPLES DETECTOR_END,
                  &error);

  g_assert_null (knowledge);
  g_assert_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_DUPLICATE_ID);
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_folder_of_user (void)
{
  g_autoptr (CotKnowledge) base = get_builtin ();
  g_autofree char *folder = g_dir_make_tmp ("cotrace-knowledge-XXXXXX", NULL);
  g_autoptr (CotKnowledge) knowledge = NULL;
  const CotKnowledgeProblem *problem;

  write_file (folder, "a-broken.xml", "<knowledge>\n<detector\n</knowledge>");
  write_file (folder, "b-good.xml", DETECTOR_START DETECTOR_TEXTS GOOD_SAMPLES DETECTOR_END);
  write_file (folder, "c-again.xml", DETECTOR_START DETECTOR_TEXTS GOOD_SAMPLES DETECTOR_END);
  write_file (folder, "d-half.xml",
              "<knowledge>\n<detector id=\"no-sample\" area=\"other\" severity=\"info\">"
              DETECTOR_TEXTS "</detector>\n"
              "<detector id=\"second-line\" area=\"other\" severity=\"info\">" DETECTOR_TEXTS
              GOOD_SAMPLES DETECTOR_END);
  write_file (folder, "e-dangling.xml",
              "<knowledge>\n\n<detector id=\"dangling\" area=\"other\" severity=\"info\" "
              "explains=\"nobody\">" DETECTOR_TEXTS GOOD_SAMPLES DETECTOR_END);
  write_file (folder, "notes.txt", "not read");
  knowledge = cot_knowledge_new_with_folder (base, folder);

  g_assert_cmpuint (cot_knowledge_get_n_problems (knowledge), ==, 4);
  problem = cot_knowledge_get_problem (knowledge, 0);
  g_assert_true (g_str_has_suffix (problem->file, "a-broken.xml"));
  g_assert_cmpuint (problem->line, ==, 3);
  g_assert_cmpint (problem->code, ==, COT_KNOWLEDGE_ERROR_BAD_RULE);
  problem = cot_knowledge_get_problem (knowledge, 1);
  g_assert_true (g_str_has_suffix (problem->file, "c-again.xml"));
  g_assert_cmpint (problem->code, ==, COT_KNOWLEDGE_ERROR_DUPLICATE_ID);
  problem = cot_knowledge_get_problem (knowledge, 2);
  g_assert_true (g_str_has_suffix (problem->file, "d-half.xml"));
  g_assert_cmpuint (problem->line, ==, 2);
  problem = cot_knowledge_get_problem (knowledge, 3);
  g_assert_true (g_str_has_suffix (problem->file, "e-dangling.xml"));
  g_assert_cmpuint (problem->line, ==, 3);

  /* Everything else goes on. */
  g_assert_nonnull (cot_knowledge_find (knowledge, "my-line"));
  g_assert_nonnull (cot_knowledge_find (knowledge, "second-line"));
  g_assert_null (cot_knowledge_find (knowledge, "no-sample"));
  g_assert_cmpuint (cot_knowledge_get_n_detectors (knowledge), ==,
                    cot_knowledge_get_n_detectors (base) + 2);
  remove_folder (folder);
}

static void
test_folder_limits (void)
{
  g_autoptr (CotKnowledge) base = get_builtin ();
  g_autofree char *folder = g_dir_make_tmp ("cotrace-knowledge-XXXXXX", NULL);
  g_autoptr (CotKnowledge) knowledge = NULL;
  g_autoptr (CotKnowledge) none = NULL;
  g_autoptr (GString) many = g_string_new ("<knowledge>");
  g_autofree char *large = g_strnfill (COT_KNOWLEDGE_MAX_FILE_BYTES + 1, ' ');

  for (guint i = 0; i <= COT_KNOWLEDGE_MAX_DETECTORS; i++)
    g_string_append_printf (many,
                            "<detector id=\"number-%u\" area=\"other\" severity=\"info\">"
                            DETECTOR_TEXTS GOOD_SAMPLES "</detector>",
                            i);
  g_string_append (many, "</knowledge>");
  write_file (folder, "large.xml", large);
  write_file (folder, "many.xml", many->str);
  knowledge = cot_knowledge_new_with_folder (base, folder);
  g_assert_cmpuint (cot_knowledge_get_n_problems (knowledge), ==, 2);
  g_assert_cmpuint (cot_knowledge_get_n_detectors (knowledge), ==,
                    cot_knowledge_get_n_detectors (base) + COT_KNOWLEDGE_MAX_DETECTORS);
  remove_folder (folder);

  none = cot_knowledge_new_with_folder (base, folder);
  g_assert_cmpuint (cot_knowledge_get_n_problems (none), ==, 0);
}

static void
test_step_text (void)
{
  g_autoptr (GPtrArray) segments = cot_step_text_split ("Run `a /b` and `c`; 5` wide");
  g_autofree char *plain = cot_step_text_to_plain ("Run `a /b` now");
  const CotSegment *segment;

  g_assert_cmpuint (segments->len, ==, 5);
  segment = g_ptr_array_index (segments, 1);
  g_assert_true (segment->code);
  g_assert_cmpstr (segment->text, ==, "a /b");
  segment = g_ptr_array_index (segments, 4);
  g_assert_false (segment->code);
  g_assert_cmpstr (segment->text, ==, "; 5` wide");
  g_assert_cmpstr (plain, ==, "Run a /b now");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/knowledge/builtin-loads", test_builtin_loads);
  g_test_add_func ("/knowledge/builtin-samples", test_builtin_samples);
  g_test_add_func ("/knowledge/every-detector-has-samples", test_every_detector_has_samples);
  g_test_add_func ("/knowledge/texts-are-read", test_texts_are_read);
  g_test_add_func ("/knowledge/unknown-id", test_unknown_id);
  g_test_add_func ("/knowledge/guide", test_guide);
  g_test_add_func ("/knowledge/own-detector", test_own_detector);
  g_test_add_func ("/knowledge/bad-documents", test_bad_documents);
  g_test_add_func ("/knowledge/duplicate-id", test_duplicate_id);
  g_test_add_func ("/knowledge/folder-of-user", test_folder_of_user);
  g_test_add_func ("/knowledge/folder-limits", test_folder_limits);
  g_test_add_func ("/knowledge/step-text", test_step_text);
  return g_test_run ();
}
