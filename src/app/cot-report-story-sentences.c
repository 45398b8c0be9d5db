/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-report-sentences-private.h"

#include "cot-entry-text.h"
#include "cot-finding-sentences.h"
#include "cot-journey-sentences.h"
#include "cot-sentences.h"
#include "cot-summary-sentences.h"

#include <glib/gi18n.h>
#include <string.h>

/* A cause with its lines and its steps, and the lines that the user marked. */

const char *
cot_report_translate (const char *text)
{
  /* gettext ("") would be the header of the catalogue. */
  return text != NULL && *text != '\0' ? gettext (text) : "";
}

/* Our own knowledge names nobody: of what it says, only what it has from a log is masked. Of the
 * user's all is. */
static char *
dup_expanded (CotFinding *finding, const char *text)
{
  return cot_detector_is_builtin (finding->detector)
             ? cot_finding_expand_marked (finding, cot_report_translate (text))
             : cot_finding_expand (finding, cot_report_translate (text));
}

/* A part of a sentence, with marks where it has something from a log. */
static void
say_marked (CotReport *report, const char *text)
{
  const char *rest = text;

  while (*rest != '\0')
    {
      gboolean is_value = *rest == COT_VALUE_START;
      const char *start = is_value ? rest + 1 : rest;
      const char *end = strchr (start, is_value ? COT_VALUE_END : COT_VALUE_START);
      g_autofree char *piece = end != NULL ? g_strndup (start, (gsize) (end - start))
                                           : g_strdup (start);

      if (*piece != '\0')
        cot_report_text (report, is_value ? COT_REPORT_SAID : COT_REPORT_OWN, piece);
      if (end == NULL)
        break;
      rest = is_value ? end + 1 : end;
    }
}

/* What can be copied is one piece, whatever of it comes from a log. */
static void
say_code (CotReport *report, const char *text, gboolean is_ours)
{
  gboolean has_value = strchr (text, COT_VALUE_START) != NULL;
  g_auto (GStrv) pieces = g_strsplit_set (text, "\002\003", -1);
  g_autofree char *code = g_strjoinv ("", pieces);

  cot_report_text (report, is_ours && !has_value ? COT_REPORT_FIXED : COT_REPORT_CODE, code);
}

/* Texts with backquotes around what can be copied. */
void
cot_report_say_text (CotReport *report, const char *text, gboolean is_ours)
{
  g_autoptr (GPtrArray) segments = cot_step_text_split (text);

  for (guint i = 0; i < segments->len; i++)
    {
      const CotSegment *segment = g_ptr_array_index (segments, i);

      if (segment->code)
        say_code (report, segment->text, is_ours);
      else if (is_ours)
        say_marked (report, segment->text);
      else
        cot_report_text (report, COT_REPORT_SAID, segment->text);
    }
}

static void
say_expanded (CotReport *report, CotFinding *finding, const char *text)
{
  g_autofree char *expanded = dup_expanded (finding, text);

  cot_report_say_text (report, expanded, cot_detector_is_builtin (finding->detector));
}

/* A paragraph of the knowledge; nothing where it has no such text. */
static void
say_paragraph (CotReport *report, const char *heading, CotFinding *finding, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  cot_report_begin (report, COT_REPORT_PARAGRAPH, COT_SEVERITY_UNKNOWN);
  if (heading != NULL)
    {
      cot_report_text (report, COT_REPORT_STRONG, heading);
      cot_report_text (report, COT_REPORT_OWN, " ");
    }
  say_expanded (report, finding, text);
  cot_report_end (report);
}

void
cot_report_say_title_text (CotReport *report, CotFinding *finding)
{
  say_expanded (report, finding, finding->title);
  if (finding->values == NULL)
    return;
  cot_report_text (report, COT_REPORT_OWN, ": ");
  cot_report_text (report, COT_REPORT_SAID, finding->values);
}

/* No title has anything to copy in it. */
void
cot_report_say_title (CotReport *report, CotReportPart part, CotFinding *finding)
{
  cot_report_begin (report, part, COT_SEVERITY_UNKNOWN);
  cot_report_say_title_text (report, finding);
  cot_report_end (report);
}

/* Of the first of its lines that have a time, and of the last one: COT_TIME_NONE where none has. */
static void
get_range (const CotReportClock *clock,
           const CotFinding *finding,
           gint64 *first_usec,
           gint64 *last_usec)
{
  *first_usec = *last_usec = COT_TIME_NONE;
  for (guint i = 0; i < finding->evidence->len; i++)
    {
      const CotEvidence *evidence = &g_array_index (finding->evidence, CotEvidence, i);
      gint64 time_usec
          = cot_report_clock_tell (clock, evidence->time_usec, evidence->bias_minutes);

      if (time_usec == COT_TIME_NONE)
        continue;
      if (*first_usec == COT_TIME_NONE)
        *first_usec = time_usec;
      *last_usec = time_usec;
    }
}

/* "14 times, first 2026-11-18 09:12:41.327, last ..."; NULL where there is nothing to say. */
static char *
dup_when (const CotReportClock *clock, const CotFinding *finding)
{
  gint64 first_usec;
  gint64 last_usec;
  guint n = finding->evidence->len;
  g_autofree char *times = g_strdup_printf (ngettext ("%u time", "%u times", n), n);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  get_range (clock, finding, &first_usec, &last_usec);
  first = cot_entry_text_dup_time (first_usec);
  last = cot_entry_text_dup_time (last_usec);
  if (n == 1)
    return g_steal_pointer (&first);
  if (first == NULL)
    return g_steal_pointer (&times);
  if (last == NULL || g_str_equal (first, last))
    return g_strdup_printf ("%s, %s", times, first);
  return g_strdup_printf (_("%s, first %s, last %s"), times, first, last);
}

/* A finding in one line. */
void
cot_report_say_item (CotReport *report,
                     const CotReportClock *clock,
                     CotFinding *finding,
                     const char *device)
{
  g_autofree char *when = dup_when (clock, finding);

  cot_report_begin (report, COT_REPORT_ITEM, COT_SEVERITY_UNKNOWN);
  if (device != NULL)
    {
      cot_report_text (report, COT_REPORT_DATA, device);
      cot_report_text (report, COT_REPORT_OWN, ": ");
    }
  say_expanded (report, finding, finding->title);
  if (when != NULL)
    {
      cot_report_text (report, COT_REPORT_OWN, " (");
      cot_report_text (report, COT_REPORT_OWN, when);
      cot_report_text (report, COT_REPORT_OWN, ")");
    }
  cot_report_end (report);
}

static const char *
get_kind (const CotFinding *finding)
{
  if (finding->waiting)
    return _("Still waiting");
  if (finding->state == COT_FINDING_HISTORY)
    return _("Earlier, over by now");
  if (finding->expected)
    return _("Normal");
  return cot_sentence_get_severity (finding->severity);
}

/* What did not come, what is due, and how often the line came back. */
static void
say_facts (CotReport *report, const CotReportClock *clock, CotFinding *cause)
{
  g_auto (GStrv) facts = cot_sentence_dup_facts_marked (cause, COT_TIME_NONE);
  gint16 bias_minutes
      = g_array_index (cause->evidence, CotEvidence, cause->primary).bias_minutes;

  for (guint i = 0; facts[i] != NULL; i++)
    {
      cot_report_begin (report, COT_REPORT_PARAGRAPH, COT_SEVERITY_UNKNOWN);
      if (cot_detector_is_builtin (cause->detector))
        say_marked (report, facts[i]);
      else
        cot_report_text (report, COT_REPORT_SAID, facts[i]);
      cot_report_end (report);
    }
  if (facts[0] != NULL && bias_minutes != clock->bias_minutes)
    cot_report_add (report, COT_REPORT_SMALL, COT_REPORT_OWN,
                    _("Times in these sentences are as they stand in the logs."));
}

static void
say_card (CotReport *report, const CotReportClock *clock, const CotReportStory *story)
{
  CotFinding *cause = story->cause;
  CotSeverity severity = cause->waiting ? COT_SEVERITY_INFO : cause->severity;
  g_autofree char *when = dup_when (clock, cause);
  g_autofree char *missing = cot_sentence_dup_missing_for_finding (cause);

  cot_report_begin (report, COT_REPORT_CARD, severity);
  cot_report_begin (report, COT_REPORT_LABEL, severity);
  cot_report_text (report, COT_REPORT_STRONG, get_kind (cause));
  if (story->device != NULL)
    {
      cot_report_text (report, COT_REPORT_OWN, ", ");
      cot_report_text (report, COT_REPORT_DATA, story->device);
    }
  cot_report_end (report);
  cot_report_say_title (report, COT_REPORT_SUBHEADING, cause);
  say_paragraph (report, NULL, cause, cause->meaning);
  say_paragraph (report, _("Cause:"), cause, cause->cause);
  for (guint i = 0; i < cause->notes->len; i++)
    {
      const CotNote *note = g_ptr_array_index (cause->notes, i);
      g_autofree char *text = cot_note_expand_marked (note, cot_report_translate (note->text));

      cot_report_begin (report, COT_REPORT_PARAGRAPH, COT_SEVERITY_UNKNOWN);
      say_marked (report, text);
      cot_report_end (report);
    }
  say_facts (report, clock, cause);
  if (missing != NULL)
    cot_report_add (report, COT_REPORT_PARAGRAPH,
                    cot_detector_is_builtin (cause->detector) ? COT_REPORT_OWN : COT_REPORT_SAID,
                    missing);
  if (when != NULL)
    cot_report_add (report, COT_REPORT_SMALL, COT_REPORT_OWN, when);
  cot_report_end (report);
}

/* How it is with a computer: with its name or without, since when or not. "{device}" and "{time}"
 * stay in the translation. */
typedef struct
{
  const char *named_since;
  const char *named;
  const char *since;
  const char *bare;
} Brief;

static const Brief *
get_brief (const CotFinding *cause)
{
  static const Brief waits = { N_("{device} waits since {time}."), N_("{device} waits."),
                               N_("The device waits since {time}."), N_("The device waits.") };
  static const Brief failed
      = { N_("{device} has failed since {time}."), N_("{device} has failed."),
          N_("The device has failed since {time}."), N_("The device has failed.") };
  static const Brief problem
      = { N_("{device} has a problem since {time}."), N_("{device} has a problem."),
          N_("The device has a problem since {time}."), N_("The device has a problem.") };

  if (cause->waiting)
    return &waits;
  return cause->severity >= COT_SEVERITY_ERROR ? &failed : &problem;
}

/* A whole sentence, so that a translation may put its parts in another order. */
static void
say_brief (CotReport *report, const char *sentence, const char *device, gint64 time_usec)
{
  g_autofree char *text = g_strdup (sentence);
  char *rest = text;

  while (*rest != '\0')
    {
      char *place = strchr (rest, '{');
      gboolean is_device = place != NULL && g_str_has_prefix (place, "{device}");
      gboolean is_time = place != NULL && g_str_has_prefix (place, "{time}");

      if (!is_device && !is_time)
        {
          cot_report_text (report, COT_REPORT_OWN, rest);
          return;
        }
      *place = '\0';
      if (place > rest)
        cot_report_text (report, COT_REPORT_OWN, rest);
      if (is_device && device != NULL)
        cot_report_text (report, COT_REPORT_DATA, device);
      if (is_time)
        cot_report_say_time (report, time_usec);
      rest = place + strlen (is_device ? "{device}" : "{time}");
    }
}

static void
take_begin (const CotReportClock *clock, const CotFinding *cause, const CotFinding *finding,
            gint64 *begin_usec)
{
  gint64 first_usec, last_usec;

  if (!cot_finding_is_trouble (finding) || finding->waiting != cause->waiting
      || finding->severity < cause->severity)
    return;
  get_range (clock, finding, &first_usec, &last_usec);
  /* Its line tells of the last time that all was well. */
  if (finding->begin_usec != COT_TIME_NONE)
    first_usec = cot_report_clock_tell (
        clock, finding->begin_usec,
        g_array_index (finding->evidence, CotEvidence, finding->primary).bias_minutes);
  if (first_usec != COT_TIME_NONE && (*begin_usec == COT_TIME_NONE || first_usec < *begin_usec))
    *begin_usec = first_usec;
}

/* The sentence is about the computer: it has failed since the first line of any failure of it that
 * still stands. A consequence often shows before the line of its cause does. */
static gint64
find_begin (const CotReportFacts *facts, const CotReportStory *story)
{
  gint64 begin_usec = COT_TIME_NONE;

  for (guint i = 0; i < facts->stories->len; i++)
    {
      const CotReportStory *other = g_ptr_array_index (facts->stories, i);

      if (g_strcmp0 (other->device, story->device) != 0)
        continue;
      take_begin (&facts->clock, story->cause, other->cause, &begin_usec);
      for (guint j = 0; j < other->consequences->len; j++)
        take_begin (&facts->clock, story->cause, g_ptr_array_index (other->consequences, j),
                    &begin_usec);
    }
  return begin_usec;
}

/* @in_title: the report begins with what it is. */
void
cot_report_say_brief (CotReport *report,
                      const CotReportFacts *facts,
                      const CotReportStory *story,
                      const char *device,
                      gboolean in_title)
{
  CotFinding *cause = story->cause;
  const Brief *brief = get_brief (cause);
  gint64 first_usec = find_begin (facts, story);
  const char *sentence;

  if (first_usec != COT_TIME_NONE)
    sentence = device != NULL ? brief->named_since : brief->since;
  else
    sentence = device != NULL ? brief->named : brief->bare;
  cot_report_begin (report, COT_REPORT_PARAGRAPH, COT_SEVERITY_UNKNOWN);
  cot_report_text (report, COT_REPORT_STRONG, _("In short:"));
  cot_report_text (report, COT_REPORT_OWN, " ");
  say_brief (report, gettext (sentence), device, first_usec);
  if (!in_title)
    {
      cot_report_text (report, COT_REPORT_OWN, " ");
      cot_report_text (report, COT_REPORT_STRONG, _("What it is:"));
      cot_report_text (report, COT_REPORT_OWN, " ");
      cot_report_say_title_text (report, cause);
      cot_report_text (report, COT_REPORT_OWN, ".");
    }
  if (cause->n_steps > 0 && cause->steps[0].flags == 0)
    {
      cot_report_text (report, COT_REPORT_OWN, " ");
      cot_report_text (report, COT_REPORT_STRONG, _("To do first:"));
      cot_report_text (report, COT_REPORT_OWN, " ");
      say_expanded (report, cause, cause->steps[0].text);
    }
  cot_report_end (report);
}

static void
say_consequences (CotReport *report, const CotReportClock *clock, const CotReportStory *story)
{
  if (story->consequences->len == 0)
    return;
  cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_OWN, _("It also explains:"));
  cot_report_begin (report, COT_REPORT_LIST, COT_SEVERITY_UNKNOWN);
  for (guint i = 0; i < story->consequences->len; i++)
    cot_report_say_item (report, clock, g_ptr_array_index (story->consequences, i), NULL);
  cot_report_end (report);
}

void
cot_report_say_head_row (CotReport *report, const char *const *titles, guint n)
{
  cot_report_begin (report, COT_REPORT_HEAD_ROW, COT_SEVERITY_UNKNOWN);
  for (guint i = 0; i < n; i++)
    cot_report_add (report, COT_REPORT_CELL, COT_REPORT_OWN, gettext (titles[i]));
  cot_report_end (report);
}

void
cot_report_say_time (CotReport *report, gint64 time_usec)
{
  g_autofree char *text = cot_entry_text_dup_time (time_usec);

  if (text != NULL)
    cot_report_text (report, COT_REPORT_TIME, text);
}

/* "14 times, last ..." */
static void
say_repeats (CotReport *report, const CotReportLine *line)
{
  g_autofree char *times = g_strdup_printf (ngettext (", %u time", ", %u times", line->n), line->n);

  if (line->n < 2)
    return;
  cot_report_text (report, COT_REPORT_OWN, times);
  if (line->last_time_usec == COT_TIME_NONE)
    return;
  cot_report_text (report, COT_REPORT_OWN, _(", last "));
  cot_report_say_time (report, line->last_time_usec);
}

static void
say_message (CotReport *report, const CotReportLine *line)
{
  if (line->message == NULL)
    cot_report_text (report, COT_REPORT_OWN, _("could not be read any more"));
  else
    cot_report_text (report, COT_REPORT_LINE, line->message);
}

/* As the look-up says it, so that nobody has to. */
static void
say_named_code (CotReport *report, const CotCode *code)
{
  g_autofree char *text = NULL;

  if (code == NULL)
    return;
  text = code->meaning != NULL ? g_strdup_printf ("%s – %s", code->code_text, code->meaning)
                               : g_strdup (code->code_text);
  cot_report_text (report, COT_REPORT_STRONG, text);
}

/* @device: (nullable); @note: (nullable): what the user wrote of it */
static void
say_line (CotReport *report, const CotReportLine *line, const char *device, const char *note)
{
  g_autofree char *number
      = cot_sentence_dup_number (line->line > 0 ? line->line : line->ordinal + 1);
  g_autofree char *place = NULL;

  /* Translators: what follows the name of a log */
  place = g_strdup_printf (line->line > 0 ? _(", line %s") : _(", entry %s"), number);
  cot_report_begin (report, COT_REPORT_ROW, COT_SEVERITY_UNKNOWN);
  cot_report_begin (report, COT_REPORT_CELL, COT_SEVERITY_UNKNOWN);
  if (device != NULL)
    {
      cot_report_text (report, COT_REPORT_DATA, device);
      cot_report_text (report, COT_REPORT_OWN, ": ");
    }
  cot_report_text (report, COT_REPORT_DATA, line->log);
  cot_report_text (report, COT_REPORT_OWN, place);
  cot_report_end (report);
  cot_report_begin (report, COT_REPORT_CELL, COT_SEVERITY_UNKNOWN);
  if (line->time_usec == COT_TIME_NONE)
    cot_report_text (report, COT_REPORT_OWN, _("no time"));
  cot_report_say_time (report, line->time_usec);
  say_repeats (report, line);
  cot_report_end (report);
  cot_report_begin (report, COT_REPORT_CELL, COT_SEVERITY_UNKNOWN);
  if (note != NULL)
    cot_report_text (report, COT_REPORT_NOTE, note);
  if (note != NULL && line->message == NULL)
    cot_report_text (report, COT_REPORT_OWN, " ");
  say_named_code (report, line->code);
  say_message (report, line);
  cot_report_end (report);
  cot_report_end (report);
}

static void
say_left_out (CotReport *report, guint64 n)
{
  g_autofree char *number = cot_sentence_dup_number (n);
  g_autofree char *text
      = g_strdup_printf (ngettext ("and %s more line", "and %s more lines", n), number);

  if (n > 0)
    cot_report_add (report, COT_REPORT_SMALL, COT_REPORT_OWN, text);
}

static void
say_lines (CotReport *report, GArray *lines, guint64 n_left_out)
{
  static const char *const titles[] = { N_("Log, line"), N_("Time"), N_("Message") };

  cot_report_begin (report, COT_REPORT_EVIDENCE, COT_SEVERITY_UNKNOWN);
  cot_report_say_head_row (report, titles, G_N_ELEMENTS (titles));
  for (guint i = 0; i < lines->len; i++)
    say_line (report, &g_array_index (lines, CotReportLine, i), NULL, NULL);
  cot_report_end (report);
  say_left_out (report, n_left_out);
}

static void
say_evidence (CotReport *report, const CotReportStory *story)
{
  if (story->lines->len == 0)
    return;
  cot_report_add (report, COT_REPORT_SUBHEADING, COT_REPORT_OWN,
                  _("Evidence, in the order of time"));
  if (story->is_guess)
    cot_report_add (report, COT_REPORT_SMALL, COT_REPORT_OWN,
                    _("Some of these logs do not tell their time zone: the order between logs is a "
                      "guess."));
  say_lines (report, story->lines, story->n_left_out);
}

static guint64
count_told (GArray *kinds)
{
  guint64 n = 0;

  for (guint i = 0; i < kinds->len; i++)
    n += g_array_index (kinds, CotReportLine, i).n;
  return n;
}

void
cot_report_say_unexplained (CotReport *report, const CotReportFacts *facts,
                            gboolean beside_stories)
{
  guint64 n = facts->n_unexplained;
  g_autofree char *text
      = beside_stories ? cot_sentence_dup_unexplained_beside (n, facts->n_unexplained_logs)
                       : cot_sentence_dup_unexplained (n, facts->n_unexplained_logs);

  if (text == NULL)
    return;
  if (beside_stories)
    cot_report_add (report, COT_REPORT_HEADING, COT_REPORT_OWN,
                    _("Errors that nothing above explains"));
  cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_OWN, text);
  if (facts->unexplained->len == 0)
    return;
  if (n > facts->unexplained->len)
    cot_report_add (report, COT_REPORT_SMALL, COT_REPORT_OWN,
                    _("Errors with the same code, or the same words, are told once: at the first "
                      "of them. They stand in the order of time."));
  say_lines (report, facts->unexplained, n - MIN (n, count_told (facts->unexplained)));
}

/* The knowledge gives the safe ones first. */
static void
say_steps (CotReport *report, CotFinding *finding)
{
  if (finding->n_steps == 0)
    return;
  cot_report_add (report, COT_REPORT_SUBHEADING, COT_REPORT_OWN, _("What to do"));
  cot_report_begin (report, COT_REPORT_STEPS, COT_SEVERITY_UNKNOWN);
  for (guint i = 0; i < finding->n_steps; i++)
    {
      const CotStep *step = &finding->steps[i];
      const char *warning = cot_sentence_get_step_warning (step->flags);

      cot_report_begin (report, COT_REPORT_STEP,
                        warning != NULL ? COT_SEVERITY_WARNING : COT_SEVERITY_UNKNOWN);
      if (warning != NULL)
        {
          cot_report_text (report, COT_REPORT_STRONG, warning);
          cot_report_text (report, COT_REPORT_OWN, " ");
        }
      say_expanded (report, finding, step->text);
      cot_report_end (report);
    }
  cot_report_end (report);
}

static void
say_sources (CotReport *report, const CotFinding *finding)
{
  guint n;
  const CotReference *references = cot_detector_get_references (finding->detector, &n);

  if (n == 0)
    return;
  cot_report_begin (report, COT_REPORT_SMALL, COT_SEVERITY_UNKNOWN);
  cot_report_text (report, COT_REPORT_OWN, _("Source of the explanation:"));
  for (guint i = 0; i < n; i++)
    {
      cot_report_text (report, COT_REPORT_OWN, i > 0 ? "; " : " ");
      if (references[i].url != NULL && cot_detector_is_builtin (finding->detector))
        cot_report_link (report, references[i].text, references[i].url);
      else
        cot_report_say_text (report, references[i].text,
                             cot_detector_is_builtin (finding->detector));
    }
  cot_report_end (report);
}

void
cot_report_say_story (CotReport *report,
                      const CotReportClock *clock,
                      const CotReportStory *story)
{
  say_card (report, clock, story);
  say_consequences (report, clock, story);
  say_evidence (report, story);
  say_steps (report, story->cause);
  say_paragraph (report, _("How to see that it works:"), story->cause, story->cause->verify);
  say_sources (report, story->cause);
}

static void
say_marked_lines (CotReport *report, const CotReportFacts *facts)
{
  static const char *const titles[] = { N_("Log, line"), N_("Time"), N_("Note, message") };

  cot_report_begin (report, COT_REPORT_EVIDENCE, COT_SEVERITY_UNKNOWN);
  cot_report_say_head_row (report, titles, G_N_ELEMENTS (titles));
  for (guint i = 0; i < facts->marks->len; i++)
    {
      const CotReportMark *mark = &g_array_index (facts->marks, CotReportMark, i);

      say_line (report, &mark->line, mark->device, mark->note);
    }
  cot_report_end (report);
  say_left_out (report, facts->n_marks_left_out);
}

void
cot_report_say_marks (CotReport *report, const CotReportFacts *facts)
{
  if (facts->marks->len == 0 && facts->unread_marks->len == 0)
    return;
  cot_report_add (report, COT_REPORT_HEADING, COT_REPORT_OWN, _("Marked by you"));
  if (facts->marks->len > 0)
    say_marked_lines (report, facts);
  for (guint i = 0; i < facts->unread_marks->len; i++)
    {
      cot_report_begin (report, COT_REPORT_SMALL, COT_SEVERITY_UNKNOWN);
      cot_report_text (report, COT_REPORT_OWN, _("What is marked in it cannot be read:"));
      cot_report_text (report, COT_REPORT_OWN, " ");
      cot_report_text (report, COT_REPORT_DATA, g_ptr_array_index (facts->unread_marks, i));
      cot_report_end (report);
    }
}
