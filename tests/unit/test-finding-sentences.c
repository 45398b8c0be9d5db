/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-finding-sentences.h"

#define SECOND G_USEC_PER_SEC
#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)

static gint64
at (int day, int hour, int minute)
{
  return cot_clock_from_civil (2026, 11, day, hour, minute, 0, 0);
}

static void
assert_facts (const CotFinding *finding, gint64 now_usec, const char *expected)
{
  g_auto (GStrv) facts = cot_sentence_dup_facts (finding, now_usec);

  g_assert_cmpstr (facts[0], ==, expected);
  g_assert_cmpstr (expected != NULL ? facts[1] : NULL, ==, NULL);
}

static CotFinding
make_finding (void)
{
  CotFinding finding = { .severity = COT_SEVERITY_WARNING };

  finding.expectations = g_ptr_array_new ();
  finding.timer = (CotTimer){ COT_TIME_NONE, COT_TIME_NONE, COT_BIAS_NONE };
  return finding;
}

static void
test_durations (void)
{
  static const struct
  {
    gint64 usec;
    const char *text;
  } cases[] = {
    { 0, "0 seconds" },
    { SECOND, "1 second" },
    { 30 * SECOND, "30 seconds" },
    { MINUTE, "1 minute" },
    { MINUTE + SECOND / 3, "1 minute" },
    { 90 * SECOND, "90 seconds" },
    { 2 * MINUTE, "2 minutes" },
    { 42 * MINUTE + 20 * SECOND, "42 minutes" },
    { -42 * MINUTE, "42 minutes" },
    { HOUR, "1 hour" },
    { HOUR + 12 * MINUTE, "72 minutes" },
    { 3 * HOUR + 4 * MINUTE, "3 hours" },
    { 24 * HOUR, "1 day" },
    { 24 * HOUR - 5 * MINUTE, "1 day" },
    { 36 * HOUR, "36 hours" },
    { 50 * HOUR, "2 days" },
    { G_MAXINT64, "106751991 days" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cot_sentence_dup_duration (cases[i].usec);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* The clock of the computer is five hours behind UTC. */
static void
test_timer (void)
{
  CotFinding finding = make_finding ();

  finding.timer = (CotTimer){ at (18, 14, 5), at (18, 13, 20), 300 };
  g_assert_true (cot_sentence_facts_age (&finding));
  /* The log is being written: our clock counts. */
  assert_facts (&finding, at (18, 18, 23),
                "Due at 2026-11-18 14:05:00, local time of the computer: in 42 minutes.");
  /* It was copied in the morning, and the time has not come yet. */
  finding.timer.end_usec = at (18, 8, 0);
  assert_facts (&finding, at (18, 18, 23),
                "Due at 2026-11-18 14:05:00, local time of the computer: in 42 minutes.");
  /* A year later nobody waits. */
  assert_facts (&finding, at (18, 18, 23) + 365 * 24 * HOUR,
                "Due at 2026-11-18 14:05:00, local time of the computer: 6 hours after these logs "
                "end. Newer logs tell what came of it.");
  /* It passed, as the log itself shows; our clock does not matter. */
  finding.timer.end_usec = at (18, 17, 5);
  assert_facts (&finding, at (18, 18, 23) + 365 * 24 * HOUR,
                "Was due at 2026-11-18 14:05:00, local time of the computer: 3 hours before these "
                "logs end, and nothing followed.");
  /* It passed, and the log is being written. */
  assert_facts (&finding, at (18, 22, 10),
                "Was due at 2026-11-18 14:05:00, local time of the computer, 3 hours ago, and "
                "nothing followed.");
  /* Nothing was written since. */
  finding.timer.end_usec = at (18, 14, 0);
  assert_facts (&finding, at (18, 19, 8),
                "Was due at 2026-11-18 14:05:00, local time of the computer, 3 minutes ago, and "
                "nothing followed.");
  g_ptr_array_unref (finding.expectations);
}

/* A log that does not say its zone: our own clock tells only where it fits. */
static void
test_timer_of_no_zone (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 11, 18, 13, 23, 0);
  gint64 now_usec = g_date_time_to_unix (now) * G_USEC_PER_SEC;
  CotFinding finding = make_finding ();

  finding.timer = (CotTimer){ at (18, 14, 5), at (18, 13, 20), COT_BIAS_NONE };
  assert_facts (&finding, now_usec,
                "Due at 2026-11-18 14:05:00, local time of the computer: in 42 minutes.");
  finding.timer.end_usec = at (18, 8, 5);
  assert_facts (&finding, now_usec,
                "Due at 2026-11-18 14:05:00, local time of the computer: 6 hours after these logs "
                "end. Newer logs tell what came of it.");
  finding.timer.end_usec = COT_TIME_NONE;
  assert_facts (&finding, now_usec, "Due at 2026-11-18 14:05:00, local time of the computer.");
  g_ptr_array_unref (finding.expectations);
}

/* Who knows when a report is read: it tells how late it is by the logs alone. */
static void
test_timer_without_now (void)
{
  CotFinding finding = make_finding ();

  finding.timer = (CotTimer){ at (18, 14, 5), at (18, 13, 20), 300 };
  assert_facts (&finding, COT_TIME_NONE,
                "Due at 2026-11-18 14:05:00, local time of the computer: 45 minutes after these "
                "logs end. Newer logs tell what came of it.");
  finding.timer.end_usec = at (18, 17, 5);
  assert_facts (&finding, COT_TIME_NONE,
                "Was due at 2026-11-18 14:05:00, local time of the computer: 3 hours before these "
                "logs end, and nothing followed.");
  finding.timer = (CotTimer){ at (18, 14, 5), COT_TIME_NONE, COT_BIAS_NONE };
  assert_facts (&finding, COT_TIME_NONE,
                "Due at 2026-11-18 14:05:00, local time of the computer.");
  g_ptr_array_unref (finding.expectations);
}

static void
test_retries (void)
{
  CotFinding finding = make_finding ();

  finding.retries = (CotRetries){ .n = 14,
                                  .first_usec = at (18, 9, 12),
                                  .last_usec = at (18, 9, 19),
                                  .regular = TRUE,
                                  .usual_usec = 30 * SECOND };
  g_assert_false (cot_sentence_facts_age (&finding));
  assert_facts (&finding, 0,
                "Seen 14 times, every 30 seconds, since 2026-11-18 09:12:00; last at 09:19:00.");
  finding.retries.regular = FALSE;
  finding.retries.shortest_usec = 30 * SECOND;
  finding.retries.longest_usec = 5 * MINUTE;
  finding.retries.last_usec = at (19, 9, 19);
  assert_facts (&finding, 0,
                "Seen 14 times, between 30 seconds and 5 minutes apart, since 2026-11-18 09:12:00; "
                "last at 2026-11-19 09:19:00.");
  finding.expected = TRUE;
  assert_facts (&finding, 0, NULL);
  finding.expected = FALSE;
  finding.severity = COT_SEVERITY_SUCCESS;
  assert_facts (&finding, 0, NULL);
  g_ptr_array_unref (finding.expectations);
}

static void
test_stale (void)
{
  CotFinding finding = make_finding ();

  finding.age_usec = -1;
  assert_facts (&finding, 0, NULL);
  finding.age_usec = 20 * 24 * 60 * MINUTE;
  assert_facts (&finding, 0, NULL);
  finding.age_usec = G_GINT64_CONSTANT (268) * 24 * 60 * MINUTE;
  assert_facts (&finding, 0,
                "The newest line of this finding is 268 days older than the end of these logs. "
                "Look first whether it is still so.");
  g_ptr_array_unref (finding.expectations);
}

static void
test_expectations (void)
{
  CotFinding finding = make_finding ();
  CotExpectation expectation = { .line = "It is done",
                                 .limit_usec = 10 * MINUTE,
                                 .after_usec = 25 * MINUTE,
                                 .end_usec = at (18, 12, 40),
                                 .log_name = (char *) "x.log" };

  g_ptr_array_add (finding.expectations, &expectation);
  expectation.state = COT_NEXT_NEVER;
  assert_facts (&finding, 0,
                "“It is done” was expected within 10 minutes. x.log goes on until "
                "2026-11-18 12:40:00 without it.");
  expectation.state = COT_NEXT_NOT_YET;
  assert_facts (&finding, 0,
                "“It is done” is expected within 10 minutes. x.log ends before that, at "
                "2026-11-18 12:40:00: it cannot be told yet.");
  expectation.end_usec = COT_TIME_NONE;
  assert_facts (&finding, 0,
                "“It is done” is expected within 10 minutes. The times in x.log do not tell "
                "whether it is late.");
  expectation.state = COT_NEXT_NO_LOG;
  assert_facts (&finding, 0,
                "“It is done” is expected within 10 minutes. It would stand in x.log, which is "
                "missing: it cannot be told.");
  expectation.state = COT_NEXT_LATE;
  assert_facts (&finding, 0,
                "“It is done” was expected within 10 minutes, and came after 25 minutes.");
  g_ptr_array_unref (finding.expectations);
}

/* Each kind of fault says what to do about it. */
/* The name of a log may be that of a computer, and is told by marks that nothing else has. */
static void
test_expectation_with_marks (void)
{
  CotFinding finding = make_finding ();
  char log_name[] = "LT-ANNA\003_a.log";
  CotExpectation expectation = { COT_NEXT_NO_LOG, "Client is registered.", HOUR, 0,
                                 COT_TIME_NONE, log_name };
  g_auto (GStrv) facts = NULL;

  g_ptr_array_add (finding.expectations, &expectation);
  facts = cot_sentence_dup_facts_marked (&finding, COT_TIME_NONE);
  g_assert_cmpstr (facts[0], ==,
                   "“Client is registered.” is expected within 1 hour. It would stand in "
                   "\002LT-ANNA?_a.log\003, which is missing: it cannot be told.");
  g_ptr_array_unref (finding.expectations);
}

static void
test_knowledge_errors (void)
{
  static const CotKnowledgeError codes[]
      = { COT_KNOWLEDGE_ERROR_BAD_RULE, COT_KNOWLEDGE_ERROR_DUPLICATE_ID,
          COT_KNOWLEDGE_ERROR_SAMPLE_MISMATCH, COT_KNOWLEDGE_ERROR_UNREADABLE };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    for (gsize j = 0; j < i; j++)
      g_assert_cmpstr (cot_sentence_get_knowledge_error (codes[i]), !=,
                       cot_sentence_get_knowledge_error (codes[j]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finding-sentences/durations", test_durations);
  g_test_add_func ("/finding-sentences/timer", test_timer);
  g_test_add_func ("/finding-sentences/timer-of-no-zone", test_timer_of_no_zone);
  g_test_add_func ("/finding-sentences/timer-without-now", test_timer_without_now);
  g_test_add_func ("/finding-sentences/retries", test_retries);
  g_test_add_func ("/finding-sentences/stale", test_stale);
  g_test_add_func ("/finding-sentences/expectations", test_expectations);
  g_test_add_func ("/finding-sentences/expectation-with-marks", test_expectation_with_marks);
  g_test_add_func ("/finding-sentences/knowledge-errors", test_knowledge_errors);
  return g_test_run ();
}
