/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the times of lines tell: rhythm, timers, and what should have come since. */

#include "knowledge-case.h"

#include "cot-clock.h"

#include <string.h>

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

#define DETECTOR(id, log, match, rest, sample) \
  "<detector id=\"" id "\" area=\"other\" severity=\"warning\"><title>T</title>" log \
  "<match kind=\"regex\">" match "</match>" rest \
  "<meaning>M</meaning><step>S</step><source>Mine</source><sample>" sample "</sample></detector>"

#define QUESTION_ANSWER(within) \
  DETECTOR ("asked", "<log>Asker.log</log>", "Asking for it", \
            "<when><expected-next detectors=\"answered\" minutes=\"10\" line=\"It is answered\" " \
            within "/><then severity=\"info\"/><else severity=\"error\"/></when>", \
            "Asking for it") \
  DETECTOR ("answered", "<log>Answerer.log</log>", "It is answered", "", "It is answered")

static const char own[]
    = "<knowledge>" QUESTION_ANSWER ("")
      DETECTOR ("due", "", "fires at (?P&lt;when&gt;\\S+)",
                "<capture name=\"when\" decoder=\"due-time\"/>"
                "<when><last-of-its-kind among=\"due fired\"/><else state=\"history\"/></when>",
                "fires at 2024-09-09T14:05:00")
      DETECTOR ("fired", "", "It fired", "", "It fired")
      DETECTOR ("again", "", "again in (?P&lt;minutes&gt;\\d+) minutes",
                "<capture name=\"minutes\" decoder=\"due-minutes\"/>", "again in 15 minutes")
      DETECTOR ("soon", "", "again in (?P&lt;seconds&gt;\\d+) seconds",
                "<capture name=\"seconds\" decoder=\"due-seconds\"/>", "again in 30 seconds")
      DETECTOR ("alive", "", "alive at (?P&lt;time&gt;\\S+)",
                "<capture name=\"time\" decoder=\"time\"/>"
                "<when><older-than capture=\"time\" hours=\"24\"/>"
                "<else severity=\"healthy\" expected=\"yes\"/></when>",
                "alive at 2024-09-09T14:05:00Z")
      "</knowledge>";

static const char own_in_run[]
    = "<knowledge>" QUESTION_ANSWER ("within=\"log\"") "</knowledge>";

static void
set_up (Case *self, gconstpointer xml)
{
  g_autoptr (GError) error = NULL;

  self->knowledge = cot_knowledge_new_from_xml (NULL, "mine.xml", xml, strlen (xml), &error);
  g_assert_no_error (error);
}

/* The finding, which must be there. */
static G_NO_INLINE CotFinding *
get (Case *self, const char *id)
{
  CotFinding *finding;

  case_judge (self);
  finding = case_find (self, id);
  if (finding == NULL)
    g_error ("no finding %s", id);
  return finding;
}

static void
assert_clock (gint64 time_usec, const char *clock)
{
  char text[COT_CLOCK_ISO_SIZE];

  cot_clock_format_iso (time_usec, text);
  text[strlen ("2024-09-09T08:00:00")] = '\0';
  g_assert_cmpstr (text, ==, clock);
}

static const CotExpectation *
get_expectation (const CotFinding *finding)
{
  g_assert_cmpuint (finding->expectations->len, ==, 1);
  return g_ptr_array_index (finding->expectations, 0);
}

static void
test_it_came (Case *self, gconstpointer data)
{
  KnowledgeLog *asker = case_add_log (self, "Asker.log");
  KnowledgeLog *answerer = case_add_log (self, "Answerer.log");
  const CotFinding *finding;

  knowledge_log_add (asker, "Asking for it");
  knowledge_log_skip (answerer, 9);
  knowledge_log_add (answerer, "It is answered");
  finding = get (self, "asked");
  g_assert_cmpint (finding->severity, ==, COT_SEVERITY_INFO);
  g_assert_cmpuint (finding->expectations->len, ==, 0);

  /* Once more, and this time nobody answers, though an answer stands there. */
  knowledge_log_skip (asker, 60);
  knowledge_log_add (asker, "Asking for it");
  knowledge_log_skip (answerer, 120);
  knowledge_log_add (answerer, "Something else");
  finding = get (self, "asked");
  g_assert_cmpint (finding->severity, ==, COT_SEVERITY_ERROR);
  g_assert_cmpuint (finding->primary, ==, 1);
}

static void
test_it_never_came (Case *self, gconstpointer data)
{
  KnowledgeLog *asker = case_add_log (self, "Asker.log");
  KnowledgeLog *answerer = case_add_log (self, "Answerer.log");
  const CotExpectation *expectation;
  const CotFinding *finding;

  /* An answer that stands before the question is none. */
  knowledge_log_add (answerer, "It is answered");
  knowledge_log_skip (asker, 5);
  knowledge_log_add (asker, "Asking for it");
  knowledge_log_skip (answerer, 279);
  knowledge_log_add (answerer, "Something else");
  finding = get (self, "asked");
  g_assert_cmpint (finding->severity, ==, COT_SEVERITY_ERROR);
  expectation = get_expectation (finding);
  g_assert_cmpint (expectation->state, ==, COT_NEXT_NEVER);
  g_assert_cmpstr (expectation->line, ==, "It is answered");
  g_assert_cmpstr (expectation->log_name, ==, "Answerer.log");
  g_assert_cmpint (expectation->limit_usec, ==, 10 * MINUTE);
  assert_clock (expectation->end_usec, "2024-09-09T12:40:00");
}

/* The asker's log goes on, but not that of the answer. */
static void
test_it_cannot_be_told_yet (Case *self, gconstpointer data)
{
  KnowledgeLog *asker = case_add_log (self, "Asker.log");
  KnowledgeLog *answerer = case_add_log (self, "Answerer.log");
  const CotFinding *finding;

  knowledge_log_add (asker, "Asking for it");
  knowledge_log_skip (asker, 60);
  knowledge_log_add (asker, "Something else");
  knowledge_log_skip (answerer, 9);
  knowledge_log_add (answerer, "Something else");
  finding = get (self, "asked");
  g_assert_cmpint (finding->severity, ==, COT_SEVERITY_WARNING);
  g_assert_cmpint (get_expectation (finding)->state, ==, COT_NEXT_NOT_YET);
  assert_clock (get_expectation (finding)->end_usec, "2024-09-09T08:09:00");

  /* Followed: it goes on, and then the answer comes after all. */
  knowledge_log_skip (answerer, 4);
  knowledge_log_add (answerer, "Something else");
  g_assert_cmpint (get_expectation (get (self, "asked"))->state, ==, COT_NEXT_NEVER);
  knowledge_log_skip (answerer, 10);
  knowledge_log_add (answerer, "It is answered");
  finding = get (self, "asked");
  g_assert_cmpint (finding->severity, ==, COT_SEVERITY_INFO);
  g_assert_cmpint (get_expectation (finding)->state, ==, COT_NEXT_LATE);
  g_assert_cmpint (get_expectation (finding)->after_usec, ==, 25 * MINUTE);
}

static void
test_its_log_is_not_here (Case *self, gconstpointer data)
{
  KnowledgeLog *asker = case_add_log (self, "Asker.log");
  const CotFinding *finding;

  knowledge_log_add (asker, "Asking for it");
  knowledge_log_skip (asker, 60);
  knowledge_log_add (asker, "Something else");
  finding = get (self, "asked");
  g_assert_cmpint (finding->severity, ==, COT_SEVERITY_WARNING);
  g_assert_cmpint (get_expectation (finding)->state, ==, COT_NEXT_NO_LOG);
  g_assert_cmpstr (get_expectation (finding)->log_name, ==, "Answerer.log");
  g_assert_cmpuint (finding->missing_logs->len, ==, 1);
}

/* To ask again and again makes the wait no shorter; an answer begins a new one. */
static void
test_it_is_asked_again (Case *self, gconstpointer data)
{
  KnowledgeLog *asker = case_add_log (self, "Asker.log");
  KnowledgeLog *answerer = case_add_log (self, "Answerer.log");

  knowledge_log_add (asker, "Asking for it");
  knowledge_log_skip (asker, 8);
  knowledge_log_add (asker, "Asking for it");
  knowledge_log_skip (answerer, 9);
  knowledge_log_add (answerer, "Something else");
  g_assert_cmpint (get_expectation (get (self, "asked"))->state, ==, COT_NEXT_NOT_YET);
  knowledge_log_skip (answerer, 4);
  knowledge_log_add (answerer, "Something else");
  g_assert_cmpint (get_expectation (get (self, "asked"))->state, ==, COT_NEXT_NEVER);

  knowledge_log_skip (answerer, 1);
  knowledge_log_add (answerer, "It is answered");
  knowledge_log_skip (asker, 12);
  knowledge_log_add (asker, "Asking for it");
  knowledge_log_skip (answerer, 10);
  knowledge_log_add (answerer, "Something else");
  g_assert_cmpint (get_expectation (get (self, "asked"))->state, ==, COT_NEXT_NOT_YET);
}

/* The clocks of the two logs are in different zones. */
static void
test_zones (Case *self, gconstpointer data)
{
  KnowledgeLog *asker = case_add_log (self, "Asker.log");
  KnowledgeLog *answerer = case_add_log (self, "Answerer.log");

  answerer->bias_minutes = -60;
  knowledge_log_add (asker, "Asking for it");
  knowledge_log_skip (answerer, 9);
  knowledge_log_add (answerer, "Something else");
  g_assert_cmpint (get_expectation (get (self, "asked"))->state, ==, COT_NEXT_NOT_YET);
  assert_clock (get_expectation (get (self, "asked"))->end_usec, "2024-09-09T14:09:00");
}

/* Within the same log an answer in another one counts for nothing. */
static void
test_in_the_same_log (Case *self, gconstpointer data)
{
  KnowledgeLog *asker = case_add_log (self, "Asker.log");
  KnowledgeLog *answerer = case_add_log (self, "Answerer.log");
  const CotFinding *finding;

  knowledge_log_add (asker, "Asking for it");
  knowledge_log_skip (answerer, 3);
  knowledge_log_add (answerer, "It is answered");
  knowledge_log_skip (asker, 30);
  knowledge_log_add (asker, "Something else");
  finding = get (self, "asked");
  g_assert_cmpint (get_expectation (finding)->state, ==, COT_NEXT_NEVER);
  g_assert_cmpstr (get_expectation (finding)->log_name, ==, "Asker.log");
}

static void
test_regular_retries (Case *self, gconstpointer data)
{
  KnowledgeLog *log = case_add_log (self, "x.log");
  const CotRetries *retries;

  for (guint i = 0; i < 14; i++)
    {
      log->n_seconds = 72 * 60 + 41 + i * 30;
      knowledge_log_add (log, "It fired");
      /* The same attempt writes it twice. */
      log->n_seconds -= 60;
      knowledge_log_add (log, "It fired");
    }
  retries = &get (self, "fired")->retries;
  g_assert_cmpuint (retries->n, ==, 14);
  g_assert_true (retries->regular);
  g_assert_cmpint (retries->usual_usec, ==, 30 * G_USEC_PER_SEC);
  assert_clock (retries->first_usec, "2024-09-09T09:12:41");
  assert_clock (retries->last_usec, "2024-09-09T09:19:11");
}

static void
test_irregular_retries (Case *self, gconstpointer data)
{
  static const guint seconds[] = { 0, 30, 90, 390 };
  KnowledgeLog *log = case_add_log (self, "x.log");
  const CotRetries *retries;

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      log->n_seconds = seconds[i];
      knowledge_log_add (log, "It fired");
    }
  retries = &get (self, "fired")->retries;
  g_assert_cmpuint (retries->n, ==, 4);
  g_assert_false (retries->regular);
  g_assert_cmpint (retries->shortest_usec, ==, 30 * G_USEC_PER_SEC);
  g_assert_cmpint (retries->longest_usec, ==, 300 * G_USEC_PER_SEC);
}

/* Many: all are counted, the first ones tell the rhythm. */
static void
test_many_retries (Case *self, gconstpointer data)
{
  KnowledgeLog *log = case_add_log (self, "x.log");
  const CotRetries *retries;

  for (guint i = 0; i < 6000; i++)
    {
      log->n_seconds = i * 30;
      knowledge_log_add (log, "It fired");
    }
  retries = &get (self, "fired")->retries;
  g_assert_cmpuint (retries->n, ==, 6000);
  g_assert_true (retries->regular);
  g_assert_cmpint (retries->last_usec - retries->first_usec, ==, 5999 * (MINUTE / 2));
}

/* One night in which the computer was off is no other rhythm. */
static void
test_retries_with_a_pause (Case *self, gconstpointer data)
{
  KnowledgeLog *log = case_add_log (self, "x.log");

  for (guint i = 0; i < 20; i++)
    {
      log->n_seconds = i * 900 + (i % 2) + (i >= 10 ? 12 * 3600 : 0);
      knowledge_log_add (log, "It fired");
    }
  g_assert_true (get (self, "fired")->retries.regular);
  g_assert_cmpint (get (self, "fired")->retries.usual_usec, <=, 901 * G_USEC_PER_SEC);
}

static void
test_two_are_no_rhythm (Case *self, gconstpointer data)
{
  KnowledgeLog *log = case_add_log (self, "x.log");

  knowledge_log_add (log, "It fired");
  knowledge_log_add (log, "It fired");
  g_assert_cmpuint (get (self, "fired")->retries.n, ==, 0);
}

/* Intervals are those of one log: the same attempts stand in another one too. */
static void
test_retries_in_two_logs (Case *self, gconstpointer data)
{
  KnowledgeLog *log = case_add_log (self, "x.log");
  KnowledgeLog *other = case_add_log (self, "y.log");

  knowledge_log_skip_seconds (other, 20);
  for (guint i = 0; i < 5; i++)
    {
      knowledge_log_add (log, "It fired");
      if (i < 3)
        knowledge_log_add (other, "It fired");
    }
  g_assert_cmpuint (get (self, "fired")->retries.n, ==, 5);
  g_assert_cmpint (get (self, "fired")->retries.usual_usec, ==, MINUTE);
}

static void
test_timer (Case *self, gconstpointer data)
{
  KnowledgeLog *log = case_add_log (self, "x.log");
  KnowledgeLog *other = case_add_log (self, "y.log");
  const CotFinding *finding;

  knowledge_log_add (log, "fires at 2024-09-09T14:05:00");
  knowledge_log_add (log, "fires at 2024-09-09T15:05:00");
  finding = get (self, "due");
  assert_clock (finding->timer.due_usec, "2024-09-09T15:05:00");
  assert_clock (finding->timer.end_usec, "2024-09-09T08:01:00");
  g_assert_cmpint (finding->timer.bias_minutes, ==, 300);

  /* The quiet log is not how far the computer went, and another clock is no other moment. */
  other->bias_minutes = 240;
  knowledge_log_skip (other, 90);
  knowledge_log_add (other, "Something else");
  assert_clock (get (self, "due")->timer.end_usec, "2024-09-09T09:30:00");

  /* Followed: it fired, and is due no more. */
  knowledge_log_add (log, "It fired");
  finding = get (self, "due");
  g_assert_cmpint (finding->state, ==, COT_FINDING_HISTORY);
  g_assert_cmpint (finding->timer.due_usec, ==, COT_TIME_NONE);
}

static void
test_timer_in_utc (Case *self, gconstpointer data)
{
  KnowledgeLog *log = case_add_log (self, "x.log");

  knowledge_log_add (log, "fires at 2024-09-09T14:05:00Z");
  assert_clock (get (self, "due")->timer.due_usec, "2024-09-09T09:05:00");
  log->bias_minutes = COT_BIAS_NONE;
  knowledge_log_add (log, "fires at 2024-09-09T15:05:00Z");
  g_assert_cmpint (get (self, "due")->timer.due_usec, ==, COT_TIME_NONE);
}

/* A clock that the user moved was wrong when it was asked for the moment in the text, too. */
static void
test_timer_of_moved_clock (Case *self, gconstpointer data)
{
  KnowledgeLog *log = case_add_log (self, "x.log");

  log->clock_usec = 2 * 24 * 60 * MINUTE;
  knowledge_log_add (log, "fires at 2024-09-09T15:05:00");
  assert_clock (get (self, "due")->timer.due_usec, "2024-09-11T15:05:00");
  assert_clock (get (self, "due")->timer.end_usec, "2024-09-11T08:00:00");
  knowledge_log_add (log, "fires at 2024-09-09T15:05:00Z");
  assert_clock (get (self, "due")->timer.due_usec, "2024-09-11T10:05:00");
  /* What counts from the line on moves with the line, once. */
  knowledge_log_add (log, "again in 15 minutes");
  assert_clock (get (self, "again")->timer.due_usec, "2024-09-11T08:17:00");
}

/* From the newest line on, although the first one is shown. */
static void
test_delays (Case *self, gconstpointer data)
{
  KnowledgeLog *log = case_add_log (self, "x.log");

  knowledge_log_add (log, "again in 30 minutes");
  knowledge_log_add (log, "again in 15 minutes");
  knowledge_log_add (log, "again in 30 seconds");
  assert_clock (get (self, "again")->timer.due_usec, "2024-09-09T08:16:00");
  assert_clock (get (self, "soon")->timer.due_usec, "2024-09-09T08:02:30");
  knowledge_log_add (log, "again in 99999999999999999999 minutes");
  g_assert_cmpint (get (self, "again")->timer.due_usec, ==, COT_TIME_NONE);
  knowledge_log_add (log, "again in 18446744073709551615 minutes");
  g_assert_cmpint (get (self, "again")->timer.due_usec, ==, COT_TIME_NONE);
}

static void
test_bad_elements (void)
{
  static const char *const attributes[] = {
    "detectors=\"b\" line=\"x\"",                 /* within which time? */
    "detectors=\"b\" minutes=\"10\"",             /* what? */
    "line=\"x\" minutes=\"10\"",                  /* seen by what? */
    "detectors=\"b\" line=\"\" minutes=\"10\"",   /* nothing */
    "detectors=\"b\" line=\"x\" minutes=\"0\"",   /* at once */
    "detectors=\"b\" line=\"x\" seconds=\"0\"",   /* likewise */
    "detectors=\"b\" line=\"x\" minutes=\"ten\"", /* no number */
    "detectors=\"b\" line=\"x\" minutes=\"10\" mode=\"all\" soon=\"yes\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      g_autofree char *xml = g_strdup_printf (
          "<knowledge>" DETECTOR ("a", "", "abc", "<when><expected-next %s/></when>", "abc")
              DETECTOR ("b", "", "bcd", "", "bcd") "</knowledge>",
          attributes[i]);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", attributes[i]);
      g_assert_null (cot_knowledge_new_from_xml (NULL, "mine.xml", xml, strlen (xml), &error));
      g_assert_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE);
    }
}

/* What grew too old was well when its line was written, and is too old for as long as its log goes
 * on. */
static void
test_too_old (Case *self, gconstpointer data)
{
  KnowledgeLog *log = case_add_log (self, "Own.log");
  const CotFinding *finding;

  knowledge_log_add (log, "alive at 2024-09-09T13:00:00Z");
  knowledge_log_skip (log, 3 * 60);
  knowledge_log_add (log, "Something else");
  finding = get (self, "alive");
  g_assert_cmpint (finding->begin_usec, ==, COT_TIME_NONE);
  knowledge_log_skip (log, 60 * 24 * 60);
  knowledge_log_add (log, "Something else");
  finding = get (self, "alive");
  g_assert_cmpint (finding->severity, ==, COT_SEVERITY_WARNING);
  assert_clock (finding->begin_usec, "2024-09-10T08:00:00");
  g_assert_cmpint (finding->age_usec, ==, 0);
  knowledge_log_skip (case_add_log (self, "Other.log"), 120 * 24 * 60);
  knowledge_log_add (&self->logs[1], "Something else");
  finding = get (self, "alive");
  g_assert_true (cot_finding_is_stale (finding));
}

#define ADD(path, xml, function) \
  g_test_add ("/finding-times/" path, Case, xml, set_up, function, case_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("it-came", own, test_it_came);
  ADD ("it-never-came", own, test_it_never_came);
  ADD ("it-cannot-be-told-yet", own, test_it_cannot_be_told_yet);
  ADD ("its-log-is-not-here", own, test_its_log_is_not_here);
  ADD ("it-is-asked-again", own, test_it_is_asked_again);
  ADD ("zones", own, test_zones);
  ADD ("in-the-same-log", own_in_run, test_in_the_same_log);
  ADD ("regular-retries", own, test_regular_retries);
  ADD ("irregular-retries", own, test_irregular_retries);
  ADD ("many-retries", own, test_many_retries);
  ADD ("retries-with-a-pause", own, test_retries_with_a_pause);
  ADD ("two-are-no-rhythm", own, test_two_are_no_rhythm);
  ADD ("retries-in-two-logs", own, test_retries_in_two_logs);
  ADD ("timer", own, test_timer);
  ADD ("timer-in-utc", own, test_timer_in_utc);
  ADD ("timer-of-moved-clock", own, test_timer_of_moved_clock);
  ADD ("delays", own, test_delays);
  ADD ("too-old", own, test_too_old);
  g_test_add_func ("/finding-times/bad-elements", test_bad_elements);
  return g_test_run ();
}
