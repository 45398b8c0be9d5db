/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-finding-sentences.h"

#include <glib/gi18n.h>
#include <string.h>

#define MINUTE_USEC (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR_USEC (60 * MINUTE_USEC)
#define DAY_USEC (24 * HOUR_USEC)
/* Logs that ended so shortly ago are still being written, or were just copied: for them the
 * reader's clock tells how late it is. */
#define LIVE_USEC (15 * MINUTE_USEC)
#define DATE_LENGTH (sizeof "2026-11-18" - 1)
#define TIME_LENGTH (sizeof "2026-11-18 09:12:41" - 1)

/* "2026-11-18 09:12:41" */
static char *
dup_time (gint64 time_usec)
{
  char text[COT_CLOCK_ISO_SIZE];

  cot_clock_format_iso (time_usec, text);
  text[DATE_LENGTH] = ' ';
  return g_strndup (text, TIME_LENGTH);
}

/* Without the day where it is that of @other_usec. */
static char *
dup_time_after (gint64 time_usec, gint64 other_usec)
{
  g_autofree char *text = dup_time (time_usec);
  g_autofree char *other = dup_time (other_usec);

  if (strncmp (text, other, DATE_LENGTH) == 0)
    return g_strdup (text + DATE_LENGTH + 1);
  return g_steal_pointer (&text);
}

static guint
round_to (gint64 usec, gint64 unit_usec)
{
  gint64 n = usec / unit_usec + (usec % unit_usec >= unit_usec / 2 ? 1 : 0);

  return (guint) MIN (n, G_MAXINT);
}

char *
cot_sentence_dup_duration (gint64 duration_usec)
{
  gint64 usec = ABS (duration_usec);
  guint n_seconds = round_to (usec, G_USEC_PER_SEC);
  guint n_minutes = round_to (usec, MINUTE_USEC);
  guint n_hours = round_to (usec, HOUR_USEC);
  guint n_days = round_to (usec, DAY_USEC);

  /* A larger unit only where it loses little. */
  if (n_seconds < 120 && n_seconds != 60)
    return g_strdup_printf (ngettext ("%u second", "%u seconds", n_seconds), n_seconds);
  if (n_minutes < 120 && n_minutes != 60)
    return g_strdup_printf (ngettext ("%u minute", "%u minutes", n_minutes), n_minutes);
  if (n_hours < 48 && n_hours != 24)
    return g_strdup_printf (ngettext ("%u hour", "%u hours", n_hours), n_hours);
  return g_strdup_printf (ngettext ("%u day", "%u days", n_days), n_days);
}

static char *
dup_not_yet (const CotExpectation *expectation, const char *log_name, const char *limit)
{
  g_autofree char *end = NULL;

  if (expectation->end_usec == COT_TIME_NONE)
    /* Translators: a line, a duration, and the name of a log */
    return g_strdup_printf (_("“%s” is expected within %s. The times in %s do not tell whether it "
                              "is late."),
                            expectation->line, limit, log_name);
  end = dup_time (expectation->end_usec);
  /* Translators: a line, a duration, the name of a log, and a time */
  return g_strdup_printf (_("“%s” is expected within %s. %s ends before that, at %s: it cannot be "
                            "told yet."),
                          expectation->line, limit, log_name, end);
}

static char *
dup_expectation (const CotExpectation *expectation, const char *log_name)
{
  g_autofree char *limit = cot_sentence_dup_duration (expectation->limit_usec);
  g_autofree char *time = NULL;

  switch (expectation->state)
    {
    case COT_NEXT_LATE:
      time = cot_sentence_dup_duration (expectation->after_usec);
      /* Translators: a line, and two durations */
      return g_strdup_printf (_("“%s” was expected within %s, and came after %s."),
                              expectation->line, limit, time);
    case COT_NEXT_NOT_YET:
      return dup_not_yet (expectation, log_name, limit);
    case COT_NEXT_NO_LOG:
      /* Translators: a line, a duration, and the name of a log */
      return g_strdup_printf (_("“%s” is expected within %s. It would stand in %s, which is "
                                "missing: it cannot be told."),
                              expectation->line, limit, log_name);
    case COT_NEXT_NEVER:
    default:
      time = dup_time (expectation->end_usec);
      /* Translators: a line, a duration, the name of a log, and a time */
      return g_strdup_printf (_("“%s” was expected within %s. %s goes on until %s without it."),
                              expectation->line, limit, log_name, time);
    }
}

/* The reader's clock, as the clock of the computer shows it, or would if it stood here where the
 * log does not say its zone. */
static gint64
get_clock (const CotTimer *timer, gint64 now_usec)
{
  g_autoptr (GDateTime) local = NULL;

  if (timer->bias_minutes != COT_BIAS_NONE)
    return now_usec - timer->bias_minutes * MINUTE_USEC;
  local = g_date_time_new_from_unix_local (now_usec / G_USEC_PER_SEC);
  return now_usec + (local != NULL ? g_date_time_get_utc_offset (local) : 0);
}

/* What "now" is depends: of a log of last year the reader's clock tells nothing. */
static char *
dup_timer (const CotTimer *timer, gint64 now_usec)
{
  g_autofree char *due = dup_time (timer->due_usec);
  gboolean has_now = now_usec != COT_TIME_NONE;
  gint64 clock_usec = has_now ? get_clock (timer, now_usec) : timer->due_usec;
  gboolean is_live = has_now && timer->end_usec != COT_TIME_NONE
                     && ABS (clock_usec - timer->end_usec) <= LIVE_USEC;
  gboolean is_ahead
      = has_now && timer->bias_minutes != COT_BIAS_NONE && timer->due_usec > clock_usec;
  g_autofree char *left = cot_sentence_dup_duration (timer->due_usec - clock_usec);
  g_autofree char *apart = NULL;

  if (timer->end_usec == COT_TIME_NONE)
    /* Translators: a moment */
    return g_strdup_printf (_("Due at %s, local time of the computer."), due);
  apart = cot_sentence_dup_duration (timer->due_usec - timer->end_usec);
  if (timer->due_usec <= timer->end_usec && !is_live)
    /* Translators: a moment, and a duration */
    return g_strdup_printf (_("Was due at %s, local time of the computer: %s before these logs "
                              "end, and nothing followed."),
                            due, apart);
  if (is_live && timer->due_usec <= MAX (clock_usec, timer->end_usec))
    /* Translators: a moment, and a duration */
    return g_strdup_printf (_("Was due at %s, local time of the computer, %s ago, and nothing "
                              "followed."),
                            due, left);
  if (is_live || is_ahead)
    /* Translators: a moment, and a duration */
    return g_strdup_printf (_("Due at %s, local time of the computer: in %s."), due, left);
  /* Translators: a moment, and a duration */
  return g_strdup_printf (_("Due at %s, local time of the computer: %s after these logs end. Newer "
                            "logs tell what came of it."),
                          due, apart);
}

static char *
dup_retries (const CotRetries *retries)
{
  g_autofree char *usual = cot_sentence_dup_duration (retries->usual_usec);
  g_autofree char *shortest = cot_sentence_dup_duration (retries->shortest_usec);
  g_autofree char *longest = cot_sentence_dup_duration (retries->longest_usec);
  g_autofree char *first = dup_time (retries->first_usec);
  g_autofree char *last = dup_time_after (retries->last_usec, retries->first_usec);

  if (retries->regular)
    /* Translators: "Seen 14 times, every 30 seconds, since 2026-11-18 09:12:41; last at ..." */
    return g_strdup_printf (ngettext ("Seen %u time, every %s, since %s; last at %s.",
                                      "Seen %u times, every %s, since %s; last at %s.",
                                      retries->n),
                            retries->n, usual, first, last);
  /* Translators: "Seen 4 times, between 30 seconds and 5 minutes apart, since ...; last at ..." */
  return g_strdup_printf (ngettext ("Seen %u time, between %s and %s apart, since %s; last at %s.",
                                    "Seen %u times, between %s and %s apart, since %s; last at %s.",
                                    retries->n),
                          retries->n, shortest, longest, first, last);
}

char *
cot_sentence_dup_finding_title (CotFinding *finding)
{
  g_autofree char *title = cot_finding_expand (finding, gettext (finding->title));

  if (finding->values == NULL)
    return g_steal_pointer (&title);
  /* Translators: the title of a finding, and what tells it from others of the same title: "ccmsetup
   * failed: 0x80070652" */
  return g_strdup_printf (_("%s: %s"), title, finding->values);
}

static char *
dup_summed_up (guint n)
{
  return g_strdup_printf (ngettext ("Its lines tell of %u other thing, too. What is said here is "
                                    "about the newest line.",
                                    "Its lines tell of %u other things, too. What is said here is "
                                    "about the newest line.",
                                    n),
                          n);
}

/* The log may be called after its computer. */
static char *
dup_log_name (const CotExpectation *expectation, gboolean is_marked)
{
  g_autofree char *name = NULL;

  if (!is_marked || expectation->log_name == NULL)
    return g_strdup (expectation->log_name);
  name = g_strdelimit (g_strdup (expectation->log_name), "\002\003", '?');
  return g_strdup_printf ("%c%s%c", COT_VALUE_START, name, COT_VALUE_END);
}

static char *
dup_stale (const CotFinding *finding)
{
  g_autofree char *age = cot_sentence_dup_duration (finding->age_usec);

  /* Translators: a duration */
  return g_strdup_printf (_("The newest line of this finding is %s older than the end of these "
                            "logs. Look first whether it is still so."),
                          age);
}

static char **
list_facts (const CotFinding *finding, gint64 now_usec, gboolean is_marked)
{
  GPtrArray *sentences = g_ptr_array_new ();

  for (guint i = 0; i < finding->expectations->len; i++)
    {
      const CotExpectation *expectation = g_ptr_array_index (finding->expectations, i);
      g_autofree char *log_name = dup_log_name (expectation, is_marked);

      g_ptr_array_add (sentences, dup_expectation (expectation, log_name));
    }
  if (finding->timer.due_usec != COT_TIME_NONE)
    g_ptr_array_add (sentences, dup_timer (&finding->timer, now_usec));
  /* In which rhythm all is well does not matter. */
  if (finding->retries.n > 0 && (finding->waiting || !finding->expected)
      && finding->severity != COT_SEVERITY_SUCCESS)
    g_ptr_array_add (sentences, dup_retries (&finding->retries));
  if (cot_finding_is_stale (finding))
    g_ptr_array_add (sentences, dup_stale (finding));
  if (finding->n_summed_up > 0)
    g_ptr_array_add (sentences, dup_summed_up (finding->n_summed_up));
  g_ptr_array_add (sentences, NULL);
  return (char **) g_ptr_array_free (sentences, FALSE);
}

char **
cot_sentence_dup_facts (const CotFinding *finding, gint64 now_usec)
{
  return list_facts (finding, now_usec, FALSE);
}

char **
cot_sentence_dup_facts_marked (const CotFinding *finding, gint64 now_usec)
{
  return list_facts (finding, now_usec, TRUE);
}

gboolean
cot_sentence_facts_age (const CotFinding *finding)
{
  return finding->timer.due_usec != COT_TIME_NONE;
}

const char *
cot_sentence_get_knowledge_error (CotKnowledgeError code)
{
  switch (code)
    {
    case COT_KNOWLEDGE_ERROR_DUPLICATE_ID:
      return _("This id is taken. Choose another one.");
    case COT_KNOWLEDGE_ERROR_SAMPLE_MISMATCH:
      return _("A sample does not match, or a near miss does. Correct the pattern or the sample.");
    case COT_KNOWLEDGE_ERROR_UNREADABLE:
      return _("This file cannot be read. See who may read it, and how large it is.");
    case COT_KNOWLEDGE_ERROR_BAD_RULE:
    default:
      return _("This is not as the format wants it. The manual cotrace-knowledge(5) tells how.");
    }
}
