/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-report-sentences-private.h"

#include "cot-clock-shift.h"
#include "cot-entry-text.h"
#include "cot-journey-sentences.h"
#include "cot-member-sentences.h"
#include "cot-sentences.h"
#include "cot-summary-sentences.h"

#include <glib/gi18n.h>
#include <string.h>

#define MINUTES_PER_HOUR 60
const char *
cot_sentence_get_mask_kind (CotMaskKind kind)
{
  static const char *const names[COT_N_MASK_KINDS] = {
    [COT_MASK_USER] = N_("User"),
    [COT_MASK_DEVICE] = N_("Device"),
    [COT_MASK_DOMAIN] = N_("Domain"),
    [COT_MASK_TENANT] = N_("Tenant"),
    [COT_MASK_SERIAL] = N_("Serial number"),
    [COT_MASK_SECRET] = N_("Secret"),
    [COT_MASK_ADDRESS] = N_("Network address"),
    [COT_MASK_SID] = N_("Security identifier"),
    [COT_MASK_BUNDLE] = N_("Name of a bundle"),
    [COT_MASK_WORD] = N_("Your word"),
  };

  return gettext (names[kind]);
}

char *
cot_sentence_dup_masked_word (const char *word, guint n, guint n_inside)
{
  if (n > 0)
    /* Translators: a word that somebody does not want to be told, and a number */
    return g_strdup_printf (ngettext ("“%s” is masked in %u place.", "“%s” is masked in %u places.",
                                      n),
                            word, n);
  if (n_inside > 0)
    return g_strdup_printf (_("“%s” occurs only inside of names that are masked already."), word);
  return g_strdup_printf (_("“%s” does not occur in the report."), word);
}

/* What needs no step. */
static void
say_list (CotReport *report,
          const CotReportFacts *facts,
          const char *heading,
          gboolean (*is_wanted) (const CotReportStory *))
{
  gboolean begun = FALSE;

  for (guint i = 0; i < facts->stories->len; i++)
    {
      const CotReportStory *story = g_ptr_array_index (facts->stories, i);

      if (!is_wanted (story))
        continue;
      if (!begun)
        {
          cot_report_add (report, COT_REPORT_HEADING, COT_REPORT_OWN, heading);
          cot_report_begin (report, COT_REPORT_LIST, COT_SEVERITY_UNKNOWN);
        }
      begun = TRUE;
      cot_report_say_item (report, &facts->clock, story->cause, story->device);
    }
  if (begun)
    cot_report_end (report);
}

static gboolean
is_over (const CotReportStory *story)
{
  return story->cause->state == COT_FINDING_HISTORY;
}

/* Of what is open and no trouble. */
static gboolean
is_success (const CotReportStory *story)
{
  return !is_over (story) && !cot_finding_is_trouble (story->cause)
         && story->cause->severity == COT_SEVERITY_SUCCESS;
}

static gboolean
is_normal (const CotReportStory *story)
{
  const CotFinding *finding = story->cause;

  return !is_over (story) && !cot_finding_is_trouble (finding) && !is_success (story)
         && finding->expected
         && (story->looks_bad || finding->severity >= COT_SEVERITY_WARNING);
}

static gboolean
is_known (const CotReportStory *story)
{
  return !is_over (story) && !is_normal (story) && !is_success (story)
         && !cot_finding_is_trouble (story->cause);
}

static void
say_gap (CotReport *report, const CotMilestoneReport *gap, gboolean is_ours)
{
  g_autofree char *meaning = cot_sentence_dup_gap_meaning (gap);

  cot_report_begin (report, COT_REPORT_PARAGRAPH, COT_SEVERITY_UNKNOWN);
  cot_report_text (report, COT_REPORT_STRONG, _("First gap:"));
  cot_report_text (report, COT_REPORT_OWN, " ");
  cot_report_text (report, is_ours ? COT_REPORT_OWN : COT_REPORT_SAID,
                   cot_report_translate (gap->milestone->title));
  cot_report_text (report, COT_REPORT_OWN, ". ");
  cot_report_say_text (report, meaning, is_ours);
  cot_report_end (report);
  cot_report_begin (report, COT_REPORT_PARAGRAPH, COT_SEVERITY_UNKNOWN);
  cot_report_text (report, COT_REPORT_OWN, _("Where to look:"));
  cot_report_text (report, COT_REPORT_OWN, " ");
  cot_report_text (report, is_ours ? COT_REPORT_FIXED : COT_REPORT_CODE, gap->log_name);
  cot_report_text (report, COT_REPORT_OWN, ", ");
  cot_report_text (report, is_ours ? COT_REPORT_FIXED : COT_REPORT_CODE,
                   gap->milestone->expected);
  cot_report_end (report);
}

static void
say_journey (CotReport *report, const CotJourneyReport *journey, const char *device)
{
  const CotMilestoneReport *gap = cot_journey_report_get_gap (journey);
  g_autofree char *progress = cot_sentence_dup_progress (journey);
  g_autofree char *untold = cot_sentence_dup_untold (journey);
  gboolean is_ours = cot_journey_is_builtin (journey->journey);

  cot_report_begin (report, COT_REPORT_SUBHEADING, COT_SEVERITY_UNKNOWN);
  if (device != NULL)
    {
      cot_report_text (report, COT_REPORT_DATA, device);
      cot_report_text (report, COT_REPORT_OWN, ": ");
    }
  cot_report_text (report, is_ours ? COT_REPORT_OWN : COT_REPORT_SAID,
                   cot_report_translate (cot_journey_get_title (journey->journey)));
  cot_report_text (report, COT_REPORT_OWN, ": ");
  cot_report_text (report, COT_REPORT_OWN, progress);
  if (gap == NULL)
    {
      cot_report_text (report, COT_REPORT_OWN, ", ");
      cot_report_text (report, COT_REPORT_OWN, cot_sentence_get_end (journey));
    }
  if (journey->contradiction != NULL)
    {
      cot_report_text (report, COT_REPORT_OWN, " ");
      cot_report_say_title_text (report, journey->contradiction);
    }
  cot_report_end (report);
  if (untold != NULL)
    {
      g_autofree char *sentence = g_strconcat (untold, ".", NULL);

      cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_OWN, sentence);
    }
  if (gap != NULL)
    say_gap (report, gap, is_ours);
}

static void
say_journeys (CotReport *report, const CotReportFacts *facts)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < facts->journeys->len; i++)
    {
      const CotJourneyReport *journey = g_ptr_array_index (facts->journeys, i);

      if (!journey->applies)
        continue;
      if (!begun)
        cot_report_add (report, COT_REPORT_HEADING, COT_REPORT_OWN, _("The way so far"));
      begun = TRUE;
      say_journey (report, journey,
                   i < facts->journey_devices->len ? g_ptr_array_index (facts->journey_devices, i)
                                                   : NULL);
    }
}

/* The table begins with its first row. */
static void
say_limit (CotReport *report, const char *name, const char *why, gboolean *begun)
{
  static const char *const titles[] = { N_("File"), N_("Why it tells nothing, or not all") };

  if (!*begun)
    {
      cot_report_begin (report, COT_REPORT_TABLE, COT_SEVERITY_UNKNOWN);
      cot_report_say_head_row (report, titles, G_N_ELEMENTS (titles));
    }
  *begun = TRUE;
  cot_report_begin (report, COT_REPORT_ROW, COT_SEVERITY_UNKNOWN);
  cot_report_add (report, COT_REPORT_CELL, COT_REPORT_DATA, name);
  cot_report_add (report, COT_REPORT_CELL, COT_REPORT_SAID, why);
  cot_report_end (report);
}

static void
say_coverage (CotReport *report, const CotCoverage *coverage, GHashTable *said, gboolean *begun)
{
  for (guint i = 0; i < coverage->logs->len; i++)
    {
      const CotLogCoverage *log = g_ptr_array_index (coverage->logs, i);
      const char *why
          = log->state == COT_COVERAGE_STARTS_AFTER
                ? _("It begins after what is looked for: its older part is gone, or was "
                     "not collected.")
                : _("It ends before what is looked for: nothing was written to it since, "
                     "or it was copied earlier.");

      if (log->state != COT_COVERAGE_STARTS_AFTER && log->state != COT_COVERAGE_ENDS_BEFORE)
        continue;
      if (g_hash_table_add (said, log->name))
        say_limit (report, log->name, why, begun);
    }
}

/* (nullable): of a log that no device writes. */
static const char *
get_why_elsewhere (const CotLogFile *file)
{
  if (file == NULL)
    return NULL;
  switch (file->side)
    {
    case COT_LOG_SIDE_SITE_SERVER:
      return _("It is on the site server, not on the device. It was not collected from there, so "
               "what it would show is not known.");
    case COT_LOG_SIDE_MANAGEMENT_POINT:
      return _("It is on the management point, not on the device. It was not collected from there, "
               "so what it would show is not known.");
    case COT_LOG_SIDE_SITE_SYSTEM:
      return _("It is on the server with the site system role, not on the device. It was not "
               "collected from there, so what it would show is not known.");
    case COT_LOG_SIDE_IIS:
      return _("It is on the server that runs IIS, not on the device. It was not collected from "
               "there, so what it would show is not known.");
    case COT_LOG_SIDE_CLIENT:
    case COT_LOG_SIDE_WINDOWS:
    case COT_LOG_SIDE_INTUNE:
    default:
      return NULL;
    }
}

static char *
dup_why_missing (char **devices, const CotLogFile *file)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *joined = NULL;
  const char *elsewhere = get_why_elsewhere (file);

  if (elsewhere != NULL)
    return g_strdup (elsewhere);
  for (guint i = 0; devices[i] != NULL; i++)
    g_ptr_array_add (names, devices[i]);
  if (names->len == 0)
    return g_strdup (_("It was not collected, so what it would show is not known. Collect it from "
                       "the device."));
  joined = cot_sentence_join_names (names);
  /* Translators: names of computers */
  return g_strdup_printf (_("It was not collected from %s, so what it would show is not known. "
                            "Collect it from there."), joined);
}

/* Silence about what could not be looked at would be taken for health. */
static void
say_limits (CotReport *report, const CotReportFacts *facts)
{
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean begun = FALSE;

  cot_report_add (report, COT_REPORT_HEADING, COT_REPORT_OWN, _("What this report cannot say"));
  for (guint i = 0; facts->missing_logs[i] != NULL; i++)
    {
      g_autofree char *why = dup_why_missing (g_ptr_array_index (facts->missing_for, i),
                                              g_ptr_array_index (facts->missing_files, i));

      say_limit (report, facts->missing_logs[i], why, &begun);
    }
  for (guint i = 0; i < facts->coverages->len; i++)
    say_coverage (report, g_ptr_array_index (facts->coverages, i), said, &begun);
  for (guint i = 0; i < facts->journeys->len; i++)
    {
      const CotJourneyReport *journey = g_ptr_array_index (facts->journeys, i);

      if (journey->applies)
        say_coverage (report, journey->coverage, said, &begun);
    }
  for (guint i = 0; i < facts->refusals->len; i++)
    {
      const CotReportRefusal *refusal = g_ptr_array_index (facts->refusals, i);
      g_autofree char *why = refusal->is_shown
                                 ? cot_sentence_from_cut (refusal->reason, refusal->label)
                                 : cot_sentence_from_failure (refusal->reason, refusal->label);

      say_limit (report, refusal->label, why, &begun);
    }
  if (begun)
    cot_report_end (report);
  else
    cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_OWN,
                    _("No log is missing that the findings and the journeys need."));
  if (facts->n_judged_in_part > 0)
    {
      g_autofree char *number = cot_sentence_dup_number (facts->n_judged_in_part);
      g_autofree char *text = g_strdup_printf (
          ngettext ("%s entry is very long, or too slow for a pattern: it was judged only in part.",
                    "%s entries are very long, or too slow for a pattern: they were judged only in "
                    "part.",
                    (gulong) facts->n_judged_in_part),
          number);

      cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_OWN, text);
    }
  cot_report_add (report, COT_REPORT_SMALL, COT_REPORT_OWN,
                  _("A log in which no known failure was found is not proven to be well."));
}

static void
say_cell (CotReport *report, const char *text)
{
  cot_report_add (report, COT_REPORT_CELL, COT_REPORT_OWN, text);
}

static void
say_number (CotReport *report, guint64 number)
{
  g_autofree char *text = cot_sentence_dup_number (number);

  say_cell (report, text);
}

/* From its first entry to its last; the line may break between the two. */
static void
say_range_cell (CotReport *report, const CotReportFile *file)
{
  cot_report_begin (report, COT_REPORT_CELL, COT_SEVERITY_UNKNOWN);
  cot_report_say_time (report, file->first_time_usec);
  if (file->last_time_usec != COT_TIME_NONE)
    /* Translators: between two times */
    cot_report_text (report, COT_REPORT_OWN, _(" to "));
  cot_report_say_time (report, file->last_time_usec);
  if (file->clock_usec != 0)
    {
      g_autofree char *shift = cot_clock_shift_dup_text (file->clock_usec);
      /* Translators: a time such as +5 min */
      g_autofree char *text = g_strdup_printf (_("Clock moved %s"), shift);

      cot_report_text (report, COT_REPORT_OWN, " · ");
      cot_report_text (report, COT_REPORT_OWN, text);
    }
  cot_report_end (report);
}

static void
say_file (CotReport *report, const CotReportFile *file)
{
  cot_report_begin (report, COT_REPORT_ROW, COT_SEVERITY_UNKNOWN);
  cot_report_begin (report, COT_REPORT_CELL, COT_SEVERITY_UNKNOWN);
  if (file->device != NULL)
    {
      cot_report_text (report, COT_REPORT_DATA, file->device);
      cot_report_text (report, COT_REPORT_OWN, ": ");
    }
  cot_report_text (report, COT_REPORT_DATA, file->name);
  cot_report_end (report);
  say_number (report, file->n_entries);
  if (file->is_part)
    {
      say_cell (report, "");
      say_cell (report, "");
    }
  else
    {
      say_number (report, file->n_errors);
      say_number (report, file->n_warnings);
    }
  say_range_cell (report, file);
  cot_report_begin (report, COT_REPORT_CELL, COT_SEVERITY_UNKNOWN);
  if (file->sha256 != NULL)
    cot_report_text (report, COT_REPORT_FIXED, file->sha256);
  else
    cot_report_text (report, COT_REPORT_OWN, _("none: it was changed before it was read"));
  cot_report_end (report);
  cot_report_end (report);
}

static void
say_files (CotReport *report, const CotReportFacts *facts)
{
  static const char *const titles[]
      = { N_("Name"), N_("Entries"), N_("Errors"), N_("Warnings"), N_("Time"), "SHA-256" };

  cot_report_add (report, COT_REPORT_HEADING, COT_REPORT_OWN, _("Files"));
  if (facts->archive_sha256 != NULL)
    {
      cot_report_begin (report, COT_REPORT_PARAGRAPH, COT_SEVERITY_UNKNOWN);
      cot_report_text (report, COT_REPORT_DATA, facts->title);
      cot_report_text (report, COT_REPORT_OWN, ", SHA-256 ");
      cot_report_text (report, COT_REPORT_FIXED, facts->archive_sha256);
      cot_report_end (report);
    }
  if (facts->files->len == 0)
    {
      cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_OWN, _("No log could be read."));
      return;
    }
  cot_report_begin (report, COT_REPORT_TABLE, COT_SEVERITY_UNKNOWN);
  cot_report_say_head_row (report, titles, G_N_ELEMENTS (titles));
  for (guint i = 0; i < facts->files->len; i++)
    say_file (report, g_ptr_array_index (facts->files, i));
  cot_report_end (report);
}

static void
say_versions (CotReport *report, const CotReportFacts *facts)
{
  g_autofree char *known = g_strdup_printf (
      ngettext ("%u detector", "%u detectors", facts->n_detectors), facts->n_detectors);
  /* Translators: two version numbers, and "175 detectors" */
  g_autofree char *text
      = g_strdup_printf (_("Written by Cotrace %s, with the knowledge of version %s: %s."),
                         COT_VERSION, COT_VERSION, known);

  cot_report_begin (report, COT_REPORT_SMALL, COT_SEVERITY_UNKNOWN);
  cot_report_text (report, COT_REPORT_OWN, text);
  if (facts->n_own_detectors > 0)
    {
      g_autofree char *own
          = g_strdup_printf (ngettext (" %u of them is the user’s own.",
                                       " %u of them are the user’s own.", facts->n_own_detectors),
                             facts->n_own_detectors);

      cot_report_text (report, COT_REPORT_OWN, own);
    }
  cot_report_end (report);
}

/* "UTC-5": the other way round than Windows counts. */
static char *
dup_zone (gint16 bias_minutes)
{
  int east = -bias_minutes;
  int minutes = ABS (east) % MINUTES_PER_HOUR;

  if (east == 0)
    return g_strdup ("UTC");
  if (minutes != 0)
    return g_strdup_printf ("UTC%c%d:%02d", east < 0 ? '-' : '+', ABS (east) / MINUTES_PER_HOUR,
                            minutes);
  return g_strdup_printf ("UTC%c%d", east < 0 ? '-' : '+', ABS (east) / MINUTES_PER_HOUR);
}

static void
say_clock (CotReport *report, const CotReportClock *clock)
{
  g_autofree char *zone
      = clock->bias_minutes != COT_BIAS_NONE ? dup_zone (clock->bias_minutes) : NULL;
  g_autofree char *text = NULL;

  if (clock->has_several)
    {
      /* Translators: "UTC", or "UTC-5" */
      text = g_strdup_printf (
          _("Times are in %s, as the logs were written in several time zones."), zone);
      cot_report_add (report, COT_REPORT_SMALL, COT_REPORT_OWN, text);
    }
  if (clock->has_unknown)
    cot_report_add (report, COT_REPORT_SMALL, COT_REPORT_OWN,
                    _("Some logs do not tell their time zone: their times are as written."));
}

static void
say_what (CotReport *report, const CotReportFacts *facts)
{
  g_autofree char *first = cot_entry_text_dup_time (facts->first_time_usec);
  g_autofree char *last = cot_entry_text_dup_time (facts->last_time_usec);
  guint n = facts->files->len;
  g_autofree char *files = g_strdup_printf (ngettext ("%u log", "%u logs", n), n);

  cot_report_begin (report, COT_REPORT_SUBTITLE, COT_SEVERITY_UNKNOWN);
  for (guint i = 0; i < facts->devices->len; i++)
    {
      if (i == 0)
        cot_report_text (report, COT_REPORT_OWN,
                         ngettext ("Device:", "Devices:", facts->devices->len));
      cot_report_text (report, COT_REPORT_OWN, i > 0 ? ", " : " ");
      cot_report_text (report, COT_REPORT_DATA, g_ptr_array_index (facts->devices, i));
    }
  cot_report_text (report, COT_REPORT_OWN, facts->devices->len > 0 ? ". " : "");
  if (facts->is_bundle)
    {
      /* That there are several devices was just said. */
      if (facts->layout != COT_LAYOUT_SEVERAL_DEVICES)
        {
          cot_report_text (report, COT_REPORT_OWN, cot_sentence_get_layout (facts->layout));
          cot_report_text (report, COT_REPORT_OWN, " ");
        }
      cot_report_text (report, COT_REPORT_DATA, facts->title);
      cot_report_text (report, COT_REPORT_OWN, ", ");
    }
  cot_report_text (report, COT_REPORT_OWN, files);
  if (first != NULL && last != NULL)
    {
      g_autofree char *range = g_strdup_printf (_(", %s to %s"), first, last);

      cot_report_text (report, COT_REPORT_OWN, range);
    }
  if (facts->clock.bias_minutes != COT_BIAS_NONE)
    {
      g_autofree char *zone = dup_zone (facts->clock.bias_minutes);
      g_autofree char *text = g_strdup_printf (" (%s)", zone);

      cot_report_text (report, COT_REPORT_OWN, text);
    }
  cot_report_end (report);
  say_clock (report, &facts->clock);
}

/* What is told of the case before anything else; of several failures, the first one. @in_title: its
 * title is that of the report. */
static void
say_head (CotReport *report, const CotReportFacts *facts, gboolean in_title)
{
  say_what (report, facts);
  for (guint i = 0; i < facts->stories->len; i++)
    {
      const CotReportStory *story = g_ptr_array_index (facts->stories, i);
      const char *device = story->device;

      if (!cot_finding_is_trouble (story->cause))
        continue;
      if (device == NULL && facts->devices->len == 1)
        device = g_ptr_array_index (facts->devices, 0);
      cot_report_say_brief (report, facts, story, device, in_title);
      return;
    }
}

static void
say_notice (CotReport *report,
            CotReportPart part,
            CotSeverity severity,
            const char *heading,
            const char *text)
{
  cot_report_begin (report, part, severity);
  cot_report_text (report, COT_REPORT_STRONG, heading);
  cot_report_text (report, COT_REPORT_OWN, " ");
  cot_report_text (report, COT_REPORT_OWN, text);
  cot_report_end (report);
}

/* All that follows tells of a part. */
static void
say_stopped (CotReport *report, const CotReportFacts *facts)
{
  g_autofree char *sentence = cot_sentence_dup_stopped (facts->part_read);
  g_autofree char *heading = g_strdup_printf ("%s.", sentence);

  if (facts->n_stopped > 0)
    say_notice (report, COT_REPORT_CARD, COT_SEVERITY_WARNING, heading,
                cot_sentence_get_stopped_note ());
}

/* What "no known failure" is worth. */
static void
say_verdict (CotReport *report, const CotReportFacts *facts)
{
  const char *verdict
      = cot_sentence_get_verdict (facts->n_signs_of_health, facts->n_stuck,
                                  facts->n_unexplained);
  g_autofree char *text = NULL;
  g_autofree char *stuck = NULL;

  if (facts->files->len == 0)
    {
      cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_OWN,
                      _("Nothing could be read, so nothing can be said."));
      return;
    }
  if (facts->is_blank)
    {
      cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_OWN,
                      cot_sentence_get_blank_note ());
      return;
    }
  if (facts->n_stopped > 0)
    {
      cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_OWN,
                      _("No known failure was found in the part that was read."));
      cot_report_say_unexplained (report, facts, FALSE);
      return;
    }
  if (facts->n_signs_of_health == 0)
    /* Translators: "No known failure found" */
    text = g_strdup_printf (_("%s. This is no proof of health."), verdict);
  else
    /* Translators: "Nothing wrong found", and a number */
    text = g_strdup_printf (ngettext ("%s, and %u sign of health.", "%s, and %u signs of health.",
                                      facts->n_signs_of_health),
                            verdict, facts->n_signs_of_health);
  cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_OWN, text);
  stuck = cot_sentence_dup_stuck (facts->n_stuck, facts->n_untold);
  if (stuck != NULL)
    cot_report_add (report, COT_REPORT_PARAGRAPH, COT_REPORT_OWN, stuck);
  cot_report_say_unexplained (report, facts, FALSE);
}

/* A section of its own for each thing that a report tells: another one is another call here. */
static void
say_facts (CotReport *report, const CotReportFacts *facts)
{
  gboolean in_trouble = FALSE;

  say_stopped (report, facts);
  cot_report_say_devices (report, facts);
  cot_report_add (report, COT_REPORT_HEADING, COT_REPORT_OWN, _("What happened"));
  for (guint i = 0; i < facts->stories->len; i++)
    {
      const CotReportStory *story = g_ptr_array_index (facts->stories, i);

      if (!cot_finding_is_trouble (story->cause))
        continue;
      in_trouble = TRUE;
      cot_report_say_story (report, &facts->clock, story);
    }
  if (in_trouble)
    cot_report_say_unexplained (report, facts, TRUE);
  else
    say_verdict (report, facts);
  cot_report_say_marks (report, facts);
  say_journeys (report, facts);
  say_limits (report, facts);
  say_list (report, facts, _("Normal, although it looks bad"), is_normal);
  say_list (report, facts, _("What went well"), is_success);
  say_list (report, facts, _("Also seen"), is_known);
  say_list (report, facts, _("Earlier, and over by now"), is_over);
  say_files (report, facts);
  say_versions (report, facts);
}

void
cot_report_compose (CotReport *report, GPtrArray *all_facts, gpointer written)
{
  g_autoptr (GPtrArray) facts = cot_report_sort_cases (all_facts);

  cot_report_begin (report, COT_REPORT_SMALL, COT_SEVERITY_UNKNOWN);
  cot_report_text (report, COT_REPORT_STRONG, _("Cotrace case report"));
  if (written != NULL)
    {
      cot_report_text (report, COT_REPORT_OWN, ", ");
      cot_report_text (report, COT_REPORT_OWN, written);
    }
  cot_report_end (report);
  cot_report_say_main_title (report, facts);
  if (facts->len == 1)
    say_head (report, g_ptr_array_index (facts, 0), TRUE);
  say_notice (
      report, COT_REPORT_IF_MASKED, COT_SEVERITY_INFO, _("Masked."),
      _("Users, devices, domains, tenants, serial numbers, addresses and secrets that were "
         "recognised are replaced by stand-ins: the same name has the same stand-in everywhere. "
         "Messages are otherwise as written. Look through it before you hand it on."));
  say_notice (
      report, COT_REPORT_IF_UNMASKED, COT_SEVERITY_WARNING, _("Not masked."),
      _("Names and secrets stand here as they stand in the logs. Hand it on only to whom you "
         "trust."));
  if (facts->len > 1)
    cot_report_say_cases (report, facts);
  for (guint i = 0; i < facts->len; i++)
    {
      if (facts->len > 1)
        {
          cot_report_say_name (report, g_ptr_array_index (facts, i));
          say_head (report, g_ptr_array_index (facts, i), FALSE);
        }
      say_facts (report, g_ptr_array_index (facts, i));
    }
}
