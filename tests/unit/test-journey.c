/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "journey-fixture.h"

#include <glib/gstdio.h>

static void
test_complete (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_trip (self, NULL);
  report = case_judge (self);
  g_assert_true (report->applies);
  g_assert_true (report->complete);
  g_assert_cmpint (report->first_gap, ==, -1);
  g_assert_null (cot_journey_report_get_gap (report));
  g_assert_cmpuint (report->n_attempts, ==, 1);
  /* The train was not taken, and is not counted; the toll stands in the log of a server. */
  g_assert_cmpuint (report->n_milestones, ==, 7);
  g_assert_cmpuint (report->n_seen, ==, 6);
  assert_state (report, M_TRAIN, COT_MILESTONE_NOT_TAKEN);
  assert_state (report, M_CAR, COT_MILESTONE_SEEN);
  assert_state (report, M_TOLL, COT_MILESTONE_UNKNOWN);
  g_assert_cmpuint (get (report, M_CAR)->log, ==, 1);
  g_assert_cmpuint (get (report, M_CAR)->ordinal, ==, 0);
  g_assert_cmpuint (get (report, M_ARRIVE)->ordinal, ==, 2);
  g_assert_cmpuint (report->coverage->logs->len, ==, 3);
}

/* It arrived, but not well; once that is over, it did. */
static void
test_end_with_an_error (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_trip (self, NULL);
  add_at (&self->logs[1], 7, "Bag is lost");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, -1);
  g_assert_true (report->contradiction == g_ptr_array_index (self->findings, 0));
  g_assert_false (report->complete);
  add_at (case_add_log (self, "Office.log"), 8, "Bag is found");
  report = case_judge (self);
  g_assert_null (report->contradiction);
  g_assert_true (report->complete);
}

static void
test_gap_at_the_end (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_trip (self, "Arriving at the inn");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, M_ARRIVE);
  assert_state (report, M_ARRIVE, COT_MILESTONE_MISSING);
  g_assert_false (get (report, M_ARRIVE)->passed);
  g_assert_false (get (report, M_ARRIVE)->seen_before);
  g_assert_null (report->explanation);
}

static void
test_optional_is_no_gap (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_trip (self, "Having a rest");
  report = case_judge (self);
  assert_state (report, M_REST, COT_MILESTONE_MISSING);
  g_assert_true (report->complete);
}

static void
test_missing_log (Case *self, gconstpointer data)
{
  KnowledgeLog *home = case_add_log (self, "Home.log");
  KnowledgeLog *road = case_add_log (self, "Road.log");
  const CotLogCoverage *inn = NULL;
  CotJourneyReport *report;

  add_at (home, 0, "Leaving home");
  add_at (home, 1, "Bag is packed");
  add_at (road, 2, "Taking the train");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, M_LUNCH);
  assert_state (report, M_LUNCH, COT_MILESTONE_UNKNOWN);
  g_assert_cmpint (get (report, M_LUNCH)->coverage, ==, COT_COVERAGE_MISSING);
  g_assert_cmpstr (get (report, M_LUNCH)->log_name, ==, "Inn.log");
  for (guint i = 0; i < report->coverage->logs->len; i++)
    if (g_str_equal (((CotLogCoverage *) g_ptr_array_index (report->coverage->logs, i))->name,
                     "Inn.log"))
      inn = g_ptr_array_index (report->coverage->logs, i);
  g_assert_nonnull (inn);
  g_assert_cmpint (inn->state, ==, COT_COVERAGE_MISSING);
}

/* Where the log in the middle is not there, but the end is: the path went on. */
static void
test_missing_log_in_the_middle (Case *self, gconstpointer data)
{
  KnowledgeLog *home = case_add_log (self, "Home.log");
  KnowledgeLog *inn = case_add_log (self, "Inn.log");
  CotJourneyReport *report;

  add_at (home, 0, "Leaving home");
  add_at (home, 1, "Bag is packed");
  add_at (inn, 4, "Eating lunch");
  add_at (inn, 5, "Arriving at the inn");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, -1);
  /* But nobody saw that all of it was gone. */
  g_assert_false (report->complete);
  assert_state (report, M_TRAIN, COT_MILESTONE_UNKNOWN);
  assert_state (report, M_CAR, COT_MILESTONE_NOT_TAKEN);
}

/* The log where the line stands today is not there; an older one that is does not have it. */
static void
test_main_log_is_missing (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CotJourneyReport *report;

  g_clear_pointer (&self->knowledge, cot_knowledge_unref);
  self->knowledge = read_xml (HEAD START
                              "<milestone id=\"lunch\" seen-by=\"eat\"><title>T</title>"
                              "<log>Tavern.log</log><log>Inn.log</log><expected>E</expected>" TELLS
                              "</milestone>" TAIL "<marker id=\"eat\"><match kind=\"literal\">"
                              "Eating lunch</match><sample>Eating lunch</sample></marker>",
                              &error);
  g_assert_no_error (error);
  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  add_at (case_add_log (self, "Inn.log"), 1, "The door opens");
  report = case_judge (self);
  assert_state (report, 1, COT_MILESTONE_UNKNOWN);
  g_assert_cmpstr (get (report, 1)->log_name, ==, "Tavern.log");

  add_at (case_add_log (self, "Tavern.log"), 1, "The door opens");
  report = case_judge (self);
  assert_state (report, 1, COT_MILESTONE_MISSING);

  add_at (&self->logs[1], 2, "Eating lunch");
  report = case_judge (self);
  assert_state (report, 1, COT_MILESTONE_SEEN);
  g_assert_cmpstr (get (report, 1)->log_name, ==, "Inn.log");
}

/* A log that has got another name is here under either. */
static void
test_renamed_log (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CotJourneyReport *report;

  g_clear_pointer (&self->knowledge, cot_knowledge_unref);
  self->knowledge = read_xml (HEAD START MILESTONE ("ask", "", "CcmAad.log", "Asking", TELLS) TAIL,
                              &error);
  g_assert_no_error (error);
  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  report = case_judge (self);
  assert_state (report, 1, COT_MILESTONE_UNKNOWN);
  add_at (case_add_log (self, "ADALOperationProvider.log"), 1, "Nothing");
  report = case_judge (self);
  assert_state (report, 1, COT_MILESTONE_MISSING);
}

static void
test_log_that_ends_before (Case *self, gconstpointer data)
{
  KnowledgeLog *inn;
  CotJourneyReport *report;

  inn = case_add_log (self, "Inn.log");
  add_at (inn, 0, "The door opens");
  add_at (case_add_log (self, "Home.log"), 10, "Leaving home");
  add_at (&self->logs[1], 11, "Bag is packed");
  add_at (case_add_log (self, "Road.log"), 12, "Taking the car");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, M_LUNCH);
  assert_state (report, M_LUNCH, COT_MILESTONE_UNKNOWN);
  g_assert_cmpint (get (report, M_LUNCH)->coverage, ==, COT_COVERAGE_ENDS_BEFORE);
}

/* A log that begins behind the milestone before: it was made then, or thrown away before. */
static void
test_log_that_starts_after (Case *self, gconstpointer data)
{
  CotJourneyReport *report;
  KnowledgeLog *inn;

  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  add_at (&self->logs[0], 1, "Bag is packed");
  add_at (case_add_log (self, "Road.log"), 2, "Taking the car");
  inn = case_add_log (self, "Inn.log");
  add_at (inn, 10, "The door opens");
  report = case_judge (self);
  assert_state (report, M_LUNCH, COT_MILESTONE_MISSING);

  /* As large as a log that is about to start anew. */
  self->sizes_bytes[2] = 245000;
  report = case_judge (self);
  assert_state (report, M_LUNCH, COT_MILESTONE_UNKNOWN);
  g_assert_cmpint (get (report, M_LUNCH)->coverage, ==, COT_COVERAGE_STARTS_AFTER);

  /* An older part of it is there, and reaches far enough. */
  self->sizes_bytes[2] = 0;
  add_at (case_add_log (self, "Inn.lo_"), 1, "The door is shut");
  report = case_judge (self);
  assert_state (report, M_LUNCH, COT_MILESTONE_MISSING);
}

static void
test_late_log_is_unknown (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  add_at (&self->logs[0], 1, "Bag is packed");
  add_at (case_add_log (self, "Road.log"), 2, "Taking the car");
  add_at (case_add_log (self, "Inn.log"), 2 + 61, "The door opens");
  report = case_judge (self);
  assert_state (report, M_LUNCH, COT_MILESTONE_UNKNOWN);
  g_assert_cmpint (get (report, M_LUNCH)->coverage, ==, COT_COVERAGE_STARTS_AFTER);
}

static void
test_restarted_path (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_trip (self, NULL);
  add_at (&self->logs[0], 20, "Leaving home");
  add_at (&self->logs[0], 21, "Bag is packed");
  add_at (&self->logs[1], 22, "Taking the train");
  add_at (&self->logs[2], 25, "The door opens");
  report = case_judge (self);
  g_assert_cmpuint (report->n_attempts, ==, 2);
  g_assert_false (report->complete);
  g_assert_cmpuint (get (report, M_LEAVE)->ordinal, ==, 2);
  assert_state (report, M_TRAIN, COT_MILESTONE_SEEN);
  assert_state (report, M_CAR, COT_MILESTONE_NOT_TAKEN);
  g_assert_cmpint (report->first_gap, ==, M_LUNCH);
  assert_state (report, M_LUNCH, COT_MILESTONE_MISSING);
  g_assert_true (get (report, M_LUNCH)->seen_before);
}

/* What is read anew of a log that grows closes the gap. */
static void
test_followed_log_grows (Case *self, gconstpointer data)
{
  g_autoptr (CotSnapshot) snapshot = NULL;
  g_autoptr (CotHits) newer = NULL;
  g_autoptr (GError) error = NULL;
  CotHits *hits[3];
  guint64 n;

  add_trip (self, "Arriving at the inn");
  for (guint i = 0; i < 3; i++)
    hits[i] = knowledge_log_match (&self->logs[i], self->knowledge);
  case_judge_hits (self, hits);
  g_assert_cmpint (((CotJourneyReport *) g_ptr_array_index (self->reports, 0))->first_gap, ==,
                   M_ARRIVE);

  n = cot_hits_get_counts (hits[2])->n_entries;
  add_at (&self->logs[2], 30, "Arriving at the inn");
  snapshot = knowledge_log_scan_bytes (self->logs[2].bytes, "Inn.log");
  newer = cot_matcher_run (self->knowledge, "Inn.log", snapshot, n - 1, G_MAXUINT64, NULL, &error);
  g_assert_no_error (error);
  {
    CotHits *joined = cot_hits_join (hits[2], n - 1, newer);

    /* Its begin is still that of the whole log. */
    g_assert_cmpint (cot_hits_get_oldest_time (joined, NULL), ==,
                     cot_hits_get_oldest_time (hits[2], NULL));
    g_assert_cmpint (cot_hits_get_oldest_time (newer, NULL), >,
                     cot_hits_get_oldest_time (hits[2], NULL));
    cot_hits_unref (hits[2]);
    hits[2] = joined;
  }
  case_judge_hits (self, hits);
  g_assert_true (((CotJourneyReport *) g_ptr_array_index (self->reports, 0))->complete);
  for (guint i = 0; i < 3; i++)
    cot_hits_unref (hits[i]);
}

static void
test_does_not_apply (Case *self, gconstpointer data)
{
  CotJourneyReport *report;

  add_at (case_add_log (self, "Inn.log"), 0, "Eating lunch");
  /* The line of another log is no milestone. */
  add_at (case_add_log (self, "Other.log"), 0, "Leaving home");
  report = case_judge (self);
  g_assert_false (report->applies);
  g_assert_false (report->complete);
  g_assert_cmpuint (report->n_seen, ==, 1);
}

static void
test_finding_explains_the_gap (Case *self, gconstpointer data)
{
  CotFinding *finding;
  CotJourneyReport *report;
  g_autoptr (GPtrArray) coverages = NULL;
  const CotCoverage *coverage;
  CotCaseLog logs[MAX_LOGS];

  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  add_at (&self->logs[0], 1, "Bag is packed");
  add_at (case_add_log (self, "Road.log"), 2, "Taking the car");
  add_at (&self->logs[1], 3, "Bag is lost");
  add_at (case_add_log (self, "Inn.log"), 4, "The door opens");
  report = case_judge (self);
  g_assert_nonnull (report->explanation);
  g_assert_cmpstr (cot_detector_get_id (report->explanation->detector), ==, "lost-bag");

  /* Whether it was found stands in a log that is not here. */
  finding = g_ptr_array_index (self->findings, 0);
  g_assert_cmpuint (finding->missing_logs->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (finding->missing_logs, 0), ==, "Office.log");
  for (guint i = 0; i < self->n_logs; i++)
    logs[i] = (CotCaseLog){ .name = self->logs[i].name,
                            .hits = knowledge_log_match (&self->logs[i], self->knowledge) };
  coverages = cot_coverage_of_findings (self->knowledge, logs, self->n_logs, self->findings);
  g_assert_cmpuint (coverages->len, ==, 1);
  coverage = g_ptr_array_index (coverages, 0);
  g_assert_cmpuint (coverage->logs->len, ==, 2);
  g_assert_cmpstr (((CotLogCoverage *) g_ptr_array_index (coverage->logs, 0))->name, ==,
                   "Porter.log");
  g_assert_cmpint (((CotLogCoverage *) g_ptr_array_index (coverage->logs, 0))->state, ==,
                   COT_COVERAGE_MISSING);
  for (guint i = 0; i < self->n_logs; i++)
    cot_hits_unref (logs[i].hits);

  /* With that log here, silence is an answer. */
  add_at (case_add_log (self, "Office.log"), 8, "Nothing today");
  case_judge (self);
  finding = g_ptr_array_index (self->findings, 0);
  g_assert_cmpuint (finding->missing_logs->len, ==, 0);
}

/* What is known to explain the gap may be a result itself: its cause is to be read. */
static void
test_cause_explains_the_gap (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CotJourneyReport *report;

  cot_knowledge_unref (self->knowledge);
  self->knowledge = read_xml (
      LOST TRIP
      "<detector id=\"thief\" area=\"other\" severity=\"error\" explains=\"lost-bag\">"
      "<title>Thief</title><log>Road.log</log><match kind=\"literal\">A thief comes</match>"
      "<meaning>M</meaning><step>S</step><source>Me</source><sample>A thief comes</sample>"
      "</detector>",
      &error);
  g_assert_no_error (error);
  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  add_at (&self->logs[0], 1, "Bag is packed");
  add_at (case_add_log (self, "Road.log"), 2, "Taking the car");
  add_at (&self->logs[1], 3, "A thief comes");
  add_at (&self->logs[1], 4, "Bag is lost");
  add_at (case_add_log (self, "Inn.log"), 6, "The door opens");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, M_LUNCH);
  g_assert_nonnull (report->explanation);
  g_assert_cmpstr (cot_detector_get_id (report->explanation->detector), ==, "thief");
}

/* What a line shows, it may take back by itself; the way led there all the same. */
static void
test_taken_back (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  CotJourneyReport *report;

  cot_knowledge_unref (self->knowledge);
  self->knowledge = read_xml (
      "<marker id=\"fresh\"><log>Inn.log</log><match kind=\"literal\">It is fresh</match>"
      "<sample>It is fresh</sample></marker>"
      "<detector id=\"fish\" area=\"other\" severity=\"error\"><title>Spoilt</title>"
      "<log>Inn.log</log><match kind=\"literal\">Fish for dinner</match>"
      "<when><followed-by detectors=\"fresh\"/><then severity=\"healthy\" expected=\"yes\"/></when>"
      "<meaning>M</meaning><step>S</step><source>Me</source><sample>Fish for dinner</sample>"
      "</detector>" HEAD START PACK
      "<milestone id=\"dinner\" seen-by=\"fish\" explained-by=\"fish\"><title>T</title>"
      "<log>Inn.log</log><expected>E</expected>" TELLS "</milestone>" TAIL,
      &error);
  g_assert_no_error (error);
  add_at (case_add_log (self, "Home.log"), 0, "Leaving home");
  add_at (case_add_log (self, "Inn.log"), 6, "Fish for dinner");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, 2);
  g_assert_cmpuint (report->n_seen, ==, 1);
  g_assert_true (get (report, 1)->passed);
  g_assert_cmpint (get (report, 2)->state, ==, COT_MILESTONE_MISSING);
  g_assert_true (get (report, 2)->taken_back);
  g_assert_false (get (report, 2)->passed);
  g_assert_true (report->explanation == g_ptr_array_index (self->findings, 0));

  add_at (&self->logs[1], 7, "It is fresh");
  report = case_judge (self);
  g_assert_cmpint (report->first_gap, ==, -1);
  g_assert_cmpuint (report->n_seen, ==, 2);
  g_assert_false (get (report, 2)->taken_back);
}

#define OWN(kind, pattern, samples) \
  HEAD START "<milestone id=\"x\"><title>T</title><line><log>A.log</log><match kind=\"" kind "\">" \
  pattern "</match>" samples "</line><expected>E</expected>" TELLS "</milestone>" TAIL
#define SEEN_BY(ids, log) \
  HEAD START "<milestone id=\"x\"" ids "><title>T</title>" log "<expected>E</expected>" TELLS \
  "</milestone>" TAIL

static const struct
{
  const char *name;
  const char *xml;
  const char *reason;
} bad[] = {
  { "id",
    "<journey id=\"Bad Id\" area=\"other\"><title>T</title><meaning>M</meaning>" START PACK TAIL,
    "small letters" },
  { "area",
    "<journey id=\"x\" area=\"garden\"><title>T</title><meaning>M</meaning>" START PACK TAIL,
    "unknown area" },
  { "title", "<journey id=\"x\" area=\"other\"><meaning>M</meaning>" START PACK TAIL, "<title>" },
  { "source", HEAD START PACK "</journey>", "no <source>" },
  { "few", HEAD START TAIL, "2 to 100 milestones" },
  { "twice", HEAD START START TAIL, "“leave” exists already" },
  { "one-branch", HEAD START "<fork><branch>" PACK "</branch></fork>" TAIL, "two branches" },
  { "empty-branch", HEAD START "<fork><branch/><branch>" PACK "</branch></fork>" TAIL,
    "without a milestone" },
  { "untold", HEAD START MILESTONE ("pack", "", "Home.log", "Bag is packed", "") TAIL,
    "<missing> and <step>" },
  { "unseen", SEEN_BY ("", "<log>A.log</log>"), "neither “seen-by” nor a <line>" },
  { "nowhere", SEEN_BY (" seen-by=\"lost-bag\"", "") LOST, "there is no <log>" },
  { "unknown-detector", SEEN_BY (" seen-by=\"nobody\"", "<log>A.log</log>"),
    "no detector “nobody”" },
  { "unknown-explanation",
    HEAD START MILESTONE ("x", "explained-by=\"nobody\"", "A.log", "Some line", TELLS) TAIL,
    "no detector “nobody”" },
  { "sample", OWN ("literal", "Some line", "<sample>Another</sample>"), "sample does not match" },
  { "near-miss",
    OWN ("literal", "Some line",
         "<sample>Some line</sample><sample matches=\"no\">some line</sample>"),
    "near miss matches" },
  { "pattern", OWN ("regex", "(a|", "<sample>a</sample>"), "bad pattern" },
  { "place", "<detector id=\"y\" area=\"other\" severity=\"info\">" START "</detector>",
    "cannot stand here" },
  { "element", HEAD "<stop/>" TAIL, "unknown element" },
  { "twice-journey", TRIP TRIP LOST, "“trip” exists already" },
};

static void
test_bad_journey (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = read_xml (bad[index].xml, &error);

  g_assert_null (knowledge);
  g_assert_nonnull (error);
  g_assert_true (error->domain == COT_KNOWLEDGE_ERROR);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "mine.xml:"));
  g_assert_nonnull (strstr (error->message, bad[index].reason));
}

/* What is wrong with a journey of the user is told with its line; the rest of the file counts. */
static void
test_folder_of_user (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("journey-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "mine.xml", NULL);
  g_autoptr (CotKnowledge) base = NULL;
  g_autoptr (CotKnowledge) knowledge = NULL;
  const CotKnowledgeProblem *problem;
  guint n_journeys;

  g_assert_no_error (error);
  base = cot_knowledge_new_builtin (&error);
  g_assert_no_error (error);
  n_journeys = cot_knowledge_get_n_journeys (base);
  g_file_set_contents (path,
                       "<knowledge>\n" LOST TRIP "\n\n"
                       "<journey id=\"lame\" area=\"other\"><title>T</title><meaning>M</meaning>\n"
                       "<milestone id=\"x\" seen-by=\"nobody\"><title>T</title><log>A.log</log>"
                       "<expected>E</expected>" TELLS "</milestone>" ARRIVE TAIL "\n"
                       "<journey id=\"empty\" area=\"other\"><title>T</title>"
                       "<meaning>M</meaning>" ARRIVE TAIL "</knowledge>",
                       -1, &error);
  g_assert_no_error (error);
  knowledge = cot_knowledge_new_with_folder (base, folder);
  g_assert_cmpuint (cot_knowledge_get_n_journeys (knowledge), ==, n_journeys + 1);
  g_assert_cmpuint (cot_knowledge_get_n_problems (knowledge), ==, 2);
  problem = cot_knowledge_get_problem (knowledge, 0);
  g_assert_cmpstr (problem->file, ==, path);
  g_assert_cmpuint (problem->line, ==, 6);
  g_assert_nonnull (strstr (problem->reason, "2 to 100 milestones"));
  problem = cot_knowledge_get_problem (knowledge, 1);
  g_assert_cmpuint (problem->line, ==, 5);
  g_assert_nonnull (strstr (problem->reason, "nobody"));
  /* With a journey that is left out, its lines are. */
  g_assert_null (cot_knowledge_find (knowledge, "lame-arrive-line-1"));
  g_assert_nonnull (cot_knowledge_find (knowledge, "trip-arrive-line-1"));
  g_remove (path);
  g_rmdir (folder);
}

static const char *
find_sample (CotKnowledge *knowledge, const CotMilestone *milestone)
{
  for (guint i = 0; milestone->seen_by[i] != NULL; i++)
    {
      const CotDetector *detector = cot_knowledge_find (knowledge, milestone->seen_by[i]);
      guint n_samples;
      const CotSample *samples = cot_detector_get_samples (detector, &n_samples);

      for (guint j = 0; j < n_samples; j++)
        if (samples[j].matches && strstr (samples[j].text, "<![LOG[") == NULL
            && strchr (samples[j].text, '\n') == NULL)
          return samples[j].text;
    }
  return NULL;
}

static const char *
get_file_name (const char *documented)
{
  return g_str_has_prefix (documented, "dsregcmd") ? "dsregcmd.log" : documented;
}

static KnowledgeLog *
get_log (Case *self, const char *name)
{
  for (guint i = 0; i < self->n_logs; i++)
    if (g_str_equal (self->logs[i].name, name))
      return &self->logs[i];
  return case_add_log (self, name);
}

/* Its lines show that the path came there. */
static gboolean
proves (const CotMilestone *milestone)
{
  return !milestone->alone && !milestone->server;
}

/* The samples of a journey's milestones, one after the other, are the journey. Returns the index of
 * the gap that comes of leaving one out; -1 where none does. */
static int
add_walk (Case *walk, const CotJourney *journey, int left_out)
{
  int expected_gap = -1;

  for (guint i = 0; i < cot_journey_get_n_milestones (journey); i++)
    {
      const CotMilestone *milestone = cot_journey_get_milestone (journey, i);
      const char *sample = find_sample (walk->knowledge, milestone);
      KnowledgeLog *log;

      if (milestone->fork != 0 && milestone->branch != 0)
        continue;
      g_assert_nonnull (sample);
      log = get_log (walk, get_file_name (milestone->logs[0]));
      if (log->n_seconds == 0)
        add_at (log, 0, "It begins");
      add_at (log, i + 1, (int) i == left_out ? "Nothing" : sample);
      if ((int) i == left_out && !milestone->optional)
        expected_gap = left_out;
      else if (proves (milestone))
        expected_gap = -1;
    }
  return expected_gap;
}

static const CotJourneyReport *
judge_walk (Case *walk, const char *id)
{
  case_judge (walk);
  for (guint i = 0; i < walk->reports->len; i++)
    {
      const CotJourneyReport *report = g_ptr_array_index (walk->reports, i);

      if (g_str_equal (cot_journey_get_id (report->journey), id))
        return report;
    }
  g_assert_not_reached ();
}

static void
check_walk (CotKnowledge *knowledge, const CotJourney *journey, int left_out)
{
  Case walk = { .knowledge = cot_knowledge_ref (knowledge) };
  int expected_gap = add_walk (&walk, journey, left_out);
  const CotJourneyReport *report = judge_walk (&walk, cot_journey_get_id (journey));

  if (report->first_gap != expected_gap)
    g_error ("%s without %d ends at %d", cot_journey_get_id (journey), left_out,
             report->first_gap);
  if (left_out < 0)
    {
      g_assert_true (report->applies);
      /* A sample may tell of a date that is long ago. */
      g_assert_true (report->complete == (report->contradiction == NULL));
      g_assert_cmpuint (report->n_seen, ==, report->n_milestones);
    }
  case_tear_down (&walk, NULL);
}

/* A device that was bootstrapped, and a setup of months later. */
static void
set_up_second_setup (Case *walk, const char *const *lines)
{
  g_autoptr (GError) error = NULL;

  walk->knowledge = cot_knowledge_new_builtin (&error);
  g_assert_no_error (error);
  add_walk (walk, cot_knowledge_find_journey (walk->knowledge, "bootstrap"), -1);
  for (guint i = 0; lines[i] != NULL; i++)
    add_at (get_log (walk, "ccmsetup.log"), 100000 + i, lines[i]);
}

static const CotMilestoneReport *
get_milestone (const CotJourneyReport *report, const char *id)
{
  for (guint i = 0; i < report->milestones->len; i++)
    if (g_str_equal (get (report, i)->milestone->id, id))
      return get (report, i);
  g_assert_not_reached ();
}

/* The client is upgraded: it stays registered and enrolled. */
static void
test_upgrade_begins_nothing_anew (void)
{
  static const char *const lines[]
      = { "==========[ ccmsetup started in process 4100 ]==========",
          "Ccmsetup command line: \"C:\\Windows\\ccmsetup\\ccmsetup.exe\" /runservice",
          "Installing version 5.00.9132.1011 of the client with product code {A1B2C3D4-0000}",
          "CcmSetup is exiting with return code 0", NULL };
  Case walk = { NULL };
  const CotJourneyReport *report;

  set_up_second_setup (&walk, lines);
  report = judge_walk (&walk, "bootstrap");
  g_assert_true (report->complete);
  g_assert_cmpint (report->first_gap, ==, -1);
  g_assert_cmpuint (report->n_attempts, ==, 1);
  g_assert_cmpuint (get_milestone (report, "setup-starts")->ordinal, ==, 1);
  g_assert_cmpint (get_milestone (report, "entra-token")->state, ==, COT_MILESTONE_SEEN);
  /* As an installation it counts. */
  report = judge_walk (&walk, "client-installation");
  g_assert_cmpuint (report->n_attempts, ==, 2);
  g_assert_cmpuint (get_milestone (report, "setup-starts")->ordinal, >, 10);
  case_tear_down (&walk, NULL);
}

/* A client that is removed ends well, and that is where no installation leads. */
static void
test_removal_is_no_installation (void)
{
  static const char *const lines[]
      = { "==========[ ccmsetup started in process 4100 ]==========",
          "Ccmsetup command line: \"C:\\Windows\\ccmsetup\\ccmsetup.exe\" /uninstall",
          "Uninstall succeeded.", "CcmSetup is exiting with return code 0", NULL };
  g_autoptr (GError) error = NULL;
  Case walk = { NULL };
  const CotJourneyReport *report;

  set_up_second_setup (&walk, lines);
  report = judge_walk (&walk, "client-installation");
  g_assert_cmpuint (report->n_attempts, ==, 1);
  g_assert_cmpuint (get_milestone (report, "setup-starts")->ordinal, <, 10);
  case_tear_down (&walk, NULL);

  walk = (Case){ NULL };
  walk.knowledge = cot_knowledge_new_builtin (&error);
  g_assert_no_error (error);
  for (guint i = 0; lines[i] != NULL; i++)
    add_at (get_log (&walk, "ccmsetup.log"), i, lines[i]);
  report = judge_walk (&walk, "client-installation");
  g_assert_false (report->applies);
  g_assert_cmpuint (report->n_seen, ==, 0);
  case_tear_down (&walk, NULL);
}

/* Where no client was left, all of it has to be gone again. */
static void
test_new_installation_begins_anew (void)
{
  static const char *const lines[]
      = { "==========[ ccmsetup started in process 4100 ]==========",
          "Ccmsetup command line: \"C:\\Windows\\ccmsetup\\ccmsetup.exe\" /mp:x",
          "No version of the client is currently detected.", NULL };
  Case walk = { NULL };
  const CotJourneyReport *report;
  const CotMilestoneReport *gap;

  set_up_second_setup (&walk, lines);
  report = judge_walk (&walk, "bootstrap");
  g_assert_false (report->complete);
  g_assert_cmpuint (report->n_attempts, ==, 2);
  gap = cot_journey_report_get_gap (report);
  g_assert_cmpstr (gap->milestone->id, ==, "entra-token");
  g_assert_true (gap->seen_before);
  g_assert_cmpint (get_milestone (report, "registered")->state, !=, COT_MILESTONE_SEEN);
  case_tear_down (&walk, NULL);
}

/* The line that tells of a new installation is not the first of its run: what stands before it
 * there is no older attempt. */
static void
test_whole_run_is_the_attempt (void)
{
  static const char *const lines[]
      = { "==========[ ccmsetup started in process 4100 ]==========",
          "Getting AAD (device) token with: ClientId = 11111111-2222-3333-4444-555555555555",
          "No version of the client is currently detected.", NULL };
  Case walk = { NULL };
  const CotJourneyReport *report;

  set_up_second_setup (&walk, lines);
  report = judge_walk (&walk, "bootstrap");
  g_assert_cmpint (get_milestone (report, "entra-token")->state, ==, COT_MILESTONE_SEEN);
  g_assert_cmpuint (get_milestone (report, "entra-token")->ordinal, >, 10);
  g_assert_cmpstr (cot_journey_report_get_gap (report)->milestone->id, ==,
                   "entra-token-received");
  case_tear_down (&walk, NULL);
}

static void
test_builtin_walks (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < cot_knowledge_get_n_journeys (knowledge); i++)
    check_walk (knowledge, cot_knowledge_get_journey (knowledge, i), -1);
}

/* A path that ends somewhere: the first gap is what must come next; the logs go on without it. */
static void
check_end (CotKnowledge *knowledge, const CotJourney *journey, guint n_seen)
{
  Case walk = { .knowledge = cot_knowledge_ref (knowledge) };
  int expected_gap = -1;
  const CotJourneyReport *report;

  for (guint i = 0; i < cot_journey_get_n_milestones (journey); i++)
    {
      const CotMilestone *milestone = cot_journey_get_milestone (journey, i);
      KnowledgeLog *log;

      if (milestone->fork != 0 && milestone->branch != 0)
        continue;
      log = get_log (&walk, get_file_name (milestone->logs[0]));
      if (log->n_seconds == 0)
        add_at (log, 0, "It begins");
      add_at (log, i + 1, i < n_seen ? find_sample (knowledge, milestone) : "Nothing");
      if (i >= n_seen && expected_gap < 0 && !milestone->optional)
        expected_gap = (int) i;
    }
  report = judge_walk (&walk, cot_journey_get_id (journey));
  if (report->first_gap != expected_gap)
    g_error ("%s ends behind %u at %d", cot_journey_get_id (journey), n_seen, report->first_gap);
  if (expected_gap >= 0)
    {
      assert_state (report, (guint) expected_gap, COT_MILESTONE_MISSING);
      g_assert_false (report->complete);
    }
  case_tear_down (&walk, NULL);
}

static void
test_builtin_ends (void)
{
  static const char *const ids[] = { "bootstrap", "auto-enrollment", "client-installation" };
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const CotJourney *journey = cot_knowledge_find_journey (knowledge, ids[i]);

      for (guint n = 1; n <= cot_journey_get_n_milestones (journey); n++)
        check_end (knowledge, journey, n);
    }
}

/* Whichever milestone the bootstrap lacks, it is no gap where the path went on. */
static void
test_builtin_gaps (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (&error);
  const CotJourney *journey;

  g_assert_no_error (error);
  journey = cot_knowledge_find_journey (knowledge, "bootstrap");
  for (guint i = 0; i < cot_journey_get_n_milestones (journey); i++)
    if (cot_journey_get_milestone (journey, i)->fork == 0)
      check_walk (knowledge, journey, (int) i);
}

static void
test_builtin_journeys (void)
{
  static const char *const wanted[]
      = { "bootstrap",     "auto-enrollment", "client-installation", "registration",
          "client-health", "hybrid-join",     "win32-app",           "update-scan" };
  g_autoptr (GError) error = NULL;
  g_autoptr (CotKnowledge) knowledge = cot_knowledge_new_builtin (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (cot_knowledge_get_n_journeys (knowledge), ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const CotJourney *found = NULL;
      guint n_references;

      for (guint j = 0; j < G_N_ELEMENTS (wanted); j++)
        if (g_str_equal (cot_journey_get_id (cot_knowledge_get_journey (knowledge, j)), wanted[i]))
          found = cot_knowledge_get_journey (knowledge, j);
      g_assert_nonnull (found);
      cot_journey_get_references (found, &n_references);
      g_assert_cmpuint (n_references, >, 0);
    }
}

#define ADD(path, function) \
  g_test_add ("/journey/" path, Case, NULL, case_set_up, function, case_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("complete", test_complete);
  ADD ("end-with-an-error", test_end_with_an_error);
  ADD ("gap-at-the-end", test_gap_at_the_end);
  ADD ("optional-is-no-gap", test_optional_is_no_gap);
  ADD ("missing-log", test_missing_log);
  ADD ("missing-log-in-the-middle", test_missing_log_in_the_middle);
  ADD ("main-log-is-missing", test_main_log_is_missing);
  ADD ("renamed-log", test_renamed_log);
  ADD ("log-that-ends-before", test_log_that_ends_before);
  ADD ("log-that-starts-after", test_log_that_starts_after);
  ADD ("late-log-is-unknown", test_late_log_is_unknown);
  ADD ("restarted-path", test_restarted_path);
  ADD ("followed-log-grows", test_followed_log_grows);
  ADD ("does-not-apply", test_does_not_apply);
  ADD ("finding-explains-the-gap", test_finding_explains_the_gap);
  ADD ("cause-explains-the-gap", test_cause_explains_the_gap);
  ADD ("taken-back", test_taken_back);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strdup_printf ("/journey/bad/%s", bad[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_bad_journey);
    }
  g_test_add_func ("/journey/folder-of-user", test_folder_of_user);
  g_test_add_func ("/journey/builtin", test_builtin_journeys);
  g_test_add_func ("/journey/builtin-walks", test_builtin_walks);
  g_test_add_func ("/journey/builtin-gaps", test_builtin_gaps);
  g_test_add_func ("/journey/builtin-ends", test_builtin_ends);
  g_test_add_func ("/journey/upgrade", test_upgrade_begins_nothing_anew);
  g_test_add_func ("/journey/removal-is-no-installation", test_removal_is_no_installation);
  g_test_add_func ("/journey/new-installation", test_new_installation_begins_anew);
  g_test_add_func ("/journey/whole-run", test_whole_run_is_the_attempt);
  return g_test_run ();
}
