/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-report-sentences-private.h"

#include "cot-summary-sentences.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a report says of the whole before it says anything else, and whose failure it is. */

/* A title is one to be read at a glance; all stand below it. */
#define MAX_HEADLINES_IN_TITLE 4

/* Stand in a sentence for what is masked otherwise than its own words. */
#define DEVICE_MARK '\001'
#define TITLE_MARK '\002'

/* @sentence: with these marks in it. @device, @finding: (nullable): whose they are */
static void
say_sentence (CotReport *report, const char *sentence, const char *device, CotFinding *finding)
{
  const char marks[] = { DEVICE_MARK, TITLE_MARK, '\0' };
  const char *rest = sentence;

  while (*rest != '\0')
    {
      gsize n_before = strcspn (rest, marks);
      g_autofree char *own = g_strndup (rest, n_before);

      cot_report_text (report, COT_REPORT_OWN, own);
      rest += n_before;
      if (*rest == DEVICE_MARK && device != NULL)
        cot_report_text (report, COT_REPORT_DATA, device);
      else if (*rest == DEVICE_MARK)
        cot_report_text (report, COT_REPORT_OWN, _("Unknown device"));
      else if (*rest == TITLE_MARK)
        cot_report_say_title_text (report, finding);
      rest += *rest != '\0' ? 1 : 0;
    }
}

static void
say_summary (CotReport *report, const CotSummary *summary)
{
  g_autofree char *sentence = cot_sentence_dup_summary_titled (
      summary, (const char[]){ DEVICE_MARK, '\0' }, (const char[]){ TITLE_MARK, '\0' });

  say_sentence (report, sentence, summary->device, summary->headline);
}

/* (nullable): of the device whose headline it is, where there are several. */
static const CotSummary *
find_summary (const CotReportFacts *facts, const CotFinding *headline)
{
  for (guint i = 0; i < facts->summaries->len; i++)
    {
      const CotSummary *summary = g_ptr_array_index (facts->summaries, i);

      if (summary->headline == headline)
        return summary;
    }
  return NULL;
}

void
cot_report_say_devices (CotReport *report, const CotReportFacts *facts)
{
  if (facts->summaries->len == 0)
    return;
  cot_report_add (report, COT_REPORT_HEADING, COT_REPORT_OWN, _("Devices"));
  cot_report_begin (report, COT_REPORT_LIST, COT_SEVERITY_UNKNOWN);
  for (guint i = 0; i < facts->summaries->len; i++)
    {
      cot_report_begin (report, COT_REPORT_ITEM, COT_SEVERITY_UNKNOWN);
      say_summary (report, g_ptr_array_index (facts->summaries, i));
      cot_report_end (report);
    }
  cot_report_end (report);
}

/* (nullable): of the only device, or of the bundle */
static const char *
get_name (const CotReportFacts *facts)
{
  if (facts->devices->len == 1)
    return g_ptr_array_index (facts->devices, 0);
  return facts->is_bundle ? facts->title : NULL;
}

/* Of one device, or of a case whose device is not one of several. */
typedef struct
{
  CotFinding *finding;
  const char *name; /* (nullable): of the device, or of the bundle */
  gboolean is_one_of_several;
} Headline;

static int
compare_headlines (gconstpointer first, gconstpointer second)
{
  return cot_finding_compare_headlines (((const Headline *) first)->finding,
                                        ((const Headline *) second)->finding);
}

static Headline
get_headline (const CotReportFacts *facts, CotFinding *finding)
{
  const CotSummary *summary = find_summary (facts, finding);

  if (summary != NULL)
    return (Headline){ finding, summary->device, TRUE };
  return (Headline){ finding, get_name (facts), FALSE };
}

/* (element-type Headline) (transfer full): the worst first. */
static GArray *
list_headlines (GPtrArray *facts)
{
  GArray *headlines = g_array_new (FALSE, FALSE, sizeof (Headline));

  for (guint i = 0; i < facts->len; i++)
    {
      const CotReportFacts *one = g_ptr_array_index (facts, i);

      for (guint j = 0; j < one->findings->len; j++)
        {
          CotFinding *finding = g_ptr_array_index (one->findings, j);

          if (finding->headline)
            {
              Headline headline = get_headline (one, finding);

              g_array_append_val (headlines, headline);
            }
        }
    }
  /* A sort of GLib's arrays keeps the order of equals. */
  g_array_sort (headlines, compare_headlines);
  return headlines;
}

/* "; PC02 waits": who reads that others failed, too, looks for what is not there. */
static void
say_others (CotReport *report, GArray *headlines)
{
  guint n_named = MIN (headlines->len, MAX_HEADLINES_IN_TITLE);
  guint n_more = headlines->len - n_named;

  for (guint i = 1; i < n_named; i++)
    {
      const Headline *other = &g_array_index (headlines, Headline, i);
      g_autofree char *sentence
          = cot_sentence_dup_state (other->finding, (const char[]){ DEVICE_MARK, '\0' });

      cot_report_text (report, COT_REPORT_OWN, "; ");
      say_sentence (report, sentence, other->name, NULL);
    }
  if (n_more > 0)
    {
      /* Translators: after "PC01 failed: what failed; PC02 waits" */
      g_autofree char *more = g_strdup_printf (
          ngettext ("; and %u more device", "; and %u more devices", n_more), n_more);

      cot_report_text (report, COT_REPORT_OWN, more);
    }
}

/* Where there is no headline: none is known only of what was read. */
static char *
dup_calm_title (GPtrArray *facts)
{
  gboolean is_blank = facts->len > 0;

  for (guint i = 0; i < facts->len; i++)
    {
      const CotReportFacts *one = g_ptr_array_index (facts, i);

      if (one->n_stopped > 0)
        return cot_sentence_dup_stopped (one->part_read);
      is_blank &= one->is_blank;
    }
  return g_strdup (is_blank ? cot_sentence_get_blank () : _("No known failure found"));
}

/* The worst headline of all cases and who else has one, or that there is none. */
void
cot_report_say_main_title (CotReport *report, GPtrArray *facts)
{
  g_autoptr (GArray) headlines = list_headlines (facts);
  const Headline *worst = headlines->len > 0 ? &g_array_index (headlines, Headline, 0) : NULL;
  g_autofree char *calm = worst == NULL ? dup_calm_title (facts) : NULL;

  cot_report_begin (report, COT_REPORT_TITLE, COT_SEVERITY_UNKNOWN);
  if (worst == NULL)
    cot_report_text (report, COT_REPORT_OWN, calm);
  else if (headlines->len == 1 && !worst->is_one_of_several
           && (facts->len == 1 || worst->name == NULL))
    cot_report_say_title_text (report, worst->finding);
  else
    {
      /* What else it has is told further down. */
      CotSummary alone = { .device = worst->name, .headline = worst->finding };

      say_summary (report, &alone);
      say_others (report, headlines);
    }
  cot_report_end (report);
}

/* (nullable) (transfer none): the worst */
static CotFinding *
find_headline (const CotReportFacts *facts)
{
  CotFinding *worst = NULL;

  for (guint i = 0; i < facts->findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (facts->findings, i);

      if (finding->headline
          && (worst == NULL || cot_finding_compare_headlines (finding, worst) < 0))
        worst = finding;
    }
  return worst;
}

static int
compare_cases (gconstpointer first, gconstpointer second)
{
  const CotReportFacts *const *a = first;
  const CotReportFacts *const *b = second;

  return cot_finding_compare_headlines (find_headline (*a), find_headline (*b));
}

/* The order in which they were opened says nothing: whose failure is looked for shall not stand
 * behind pages of a device that is well. */
GPtrArray *
cot_report_sort_cases (GPtrArray *facts)
{
  GPtrArray *sorted = g_ptr_array_new ();

  g_ptr_array_extend (sorted, facts, NULL, NULL);
  g_ptr_array_sort (sorted, compare_cases);
  return sorted;
}

/* Of a case of several devices each stands further down. */
static void
say_case (CotReport *report, const CotReportFacts *facts)
{
  CotSummary summary = { .device = get_name (facts),
                         .n_logs = facts->files->len,
                         .n_stopped = facts->n_stopped,
                         .headline = find_headline (facts),
                         .n_signs = facts->n_signs_of_health,
                         .n_stuck = facts->n_stuck,
                         .n_untold = facts->n_untold,
                         .n_unexplained = facts->n_unexplained };

  cot_report_begin (report, COT_REPORT_ITEM, COT_SEVERITY_UNKNOWN);
  say_summary (report, &summary);
  cot_report_end (report);
}

void
cot_report_say_cases (CotReport *report, GPtrArray *facts)
{
  cot_report_begin (report, COT_REPORT_LIST, COT_SEVERITY_UNKNOWN);
  for (guint i = 0; i < facts->len; i++)
    {
      const CotReportFacts *one = g_ptr_array_index (facts, i);

      if (one->summaries->len == 0)
        say_case (report, one);
      for (guint j = 0; j < one->summaries->len; j++)
        {
          cot_report_begin (report, COT_REPORT_ITEM, COT_SEVERITY_UNKNOWN);
          say_summary (report, g_ptr_array_index (one->summaries, j));
          cot_report_end (report);
        }
    }
  cot_report_end (report);
}

void
cot_report_say_name (CotReport *report, const CotReportFacts *facts)
{
  const char *name = get_name (facts);

  cot_report_add (report, COT_REPORT_HEADING,
                  name != NULL ? COT_REPORT_DATA : COT_REPORT_OWN,
                  name != NULL ? name : _("Unknown device"));
}
