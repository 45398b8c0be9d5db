/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-travellers.h"

#include "cot-member-sentences.h"

static void
traveller_free (gpointer data)
{
  CotTraveller *self = data;

  g_object_unref (self->a_case);
  g_free (self->device);
  g_free (self->name);
  g_free (self);
}

/* Of loose files, the folder that they lie in; of a text that is no file, what it is called. */
static char *
dup_case_name (CotCase *a_case)
{
  CotLog *log = cot_case_get_n_logs (a_case) > 0 ? cot_case_get_log (a_case, 0) : NULL;
  const char *path = log != NULL ? cot_log_get_path (log) : NULL;
  g_autofree char *folder = NULL;

  if (cot_case_is_bundle (a_case) || log == NULL)
    return cot_sentence_dup_visible (cot_case_get_title (a_case));
  if (path == NULL)
    return cot_sentence_dup_visible (cot_log_get_label (log));
  folder = g_path_get_dirname (path);
  return g_filename_display_basename (folder);
}

static char *
dup_device_name (CotCase *a_case, const char *device)
{
  const char *known = device != NULL ? device : cot_case_get_device (a_case);

  return known != NULL ? cot_sentence_dup_visible (known) : dup_case_name (a_case);
}

static gboolean
has_device (GPtrArray *travellers, CotCase *a_case, const char *device)
{
  for (guint i = 0; i < travellers->len; i++)
    {
      const CotTraveller *one = g_ptr_array_index (travellers, i);

      if (one->a_case == a_case && g_strcmp0 (one->device, device) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_case (GPtrArray *travellers, CotCase *a_case)
{
  guint n = cot_case_get_n_journeys (a_case);

  for (guint i = 0; i < n; i++)
    {
      const char *device = cot_case_get_journey_device (a_case, i);
      CotTraveller *traveller;

      if (!cot_case_get_journey (a_case, i)->applies || has_device (travellers, a_case, device))
        continue;
      traveller = g_new0 (CotTraveller, 1);
      traveller->a_case = g_object_ref (a_case);
      traveller->device = g_strdup (device);
      traveller->name = dup_device_name (a_case, device);
      g_ptr_array_add (travellers, traveller);
    }
}

static guint
count_name (GPtrArray *travellers, const char *name)
{
  guint n = 0;

  for (guint i = 0; i < travellers->len; i++)
    n += g_str_equal (((const CotTraveller *) travellers->pdata[i])->name, name) ? 1 : 0;
  return n;
}

/* Where several have one name, what each is of stands with it; and a number, if that is not enough.
 */
static void
tell_apart (GPtrArray *travellers)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < travellers->len; i++)
    {
      const CotTraveller *one = travellers->pdata[i];
      g_autofree char *of = dup_case_name (one->a_case);
      gboolean shared = count_name (travellers, one->name) > 1 && !g_str_equal (of, one->name);
      char *full = shared ? g_strdup_printf ("%s · %s", one->name, of) : g_strdup (one->name);
      char *name = g_strdup (full);

      for (guint number = 2; g_hash_table_contains (taken, name); number++)
        {
          g_free (name);
          name = g_strdup_printf ("%s (%u)", full, number);
        }
      g_hash_table_add (taken, name);
      g_free (full);
      g_ptr_array_add (names, name);
    }
  for (guint i = 0; i < travellers->len; i++)
    {
      CotTraveller *one = travellers->pdata[i];

      g_free (one->name);
      one->name = names->pdata[i];
    }
}

/**
 * cot_travellers_list:
 * @cases: (array length=n_cases): cases
 * @n_cases: how many
 *
 * Returns: (transfer full) (element-type CotTraveller): their devices that have journeys
 */
GPtrArray *
cot_travellers_list (CotCase *const *cases, guint n_cases)
{
  GPtrArray *travellers = g_ptr_array_new_with_free_func (traveller_free);

  for (guint i = 0; i < n_cases; i++)
    add_case (travellers, cases[i]);
  tell_apart (travellers);
  return travellers;
}

/**
 * cot_traveller_find_journey:
 * @self: a device
 * @journey: a journey
 *
 * Returns: (transfer none) (nullable): what is known of it, where the device is on it
 */
CotJourneyReport *
cot_traveller_find_journey (const CotTraveller *self, const CotJourney *journey)
{
  for (guint i = 0; i < cot_case_get_n_journeys (self->a_case); i++)
    {
      CotJourneyReport *report = cot_case_get_journey (self->a_case, i);

      if (report->journey == journey && report->applies
          && g_strcmp0 (cot_case_get_journey_device (self->a_case, i), self->device) == 0)
        return report;
    }
  return NULL;
}

typedef enum
{
  WAY_PARTS,
  WAY_HAS_GAP, /* but they do not part */
  WAY_IS_LIKE,
  N_WAYS
} Way;

static Way
tell_way (CotJourneyReport *one, CotJourneyReport *other)
{
  g_autoptr (CotJourneyComparison) comparison = cot_journey_comparison_new (one, other);

  if (comparison->first_difference >= 0)
    return WAY_PARTS;
  return cot_journey_report_get_gap (one) != NULL || cot_journey_report_get_gap (other) != NULL
             ? WAY_HAS_GAP
             : WAY_IS_LIKE;
}

/* The order of a case is by its own gaps: that of a device that is well begins with what went well
 * on both. */
static void
sort_common (GPtrArray *reports, const CotTraveller *other)
{
  g_autofree Way *ways = g_new (Way, reports->len);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; i < reports->len; i++)
    {
      CotJourneyReport *report = reports->pdata[i];

      ways[i] = tell_way (report, cot_traveller_find_journey (other, report->journey));
    }
  for (Way way = 0; way < N_WAYS; way++)
    for (guint i = 0; i < reports->len; i++)
      if (ways[i] == way)
        g_ptr_array_add (sorted, reports->pdata[i]);
  for (guint i = 0; i < reports->len; i++)
    reports->pdata[i] = sorted->pdata[i];
}

/**
 * cot_travellers_list_common:
 * @one: a device
 * @other: another one
 *
 * Returns: (transfer full) (element-type CotJourneyReport): the journeys of the first that the
 *   other is on, too: first those on which they part, then those with a gap, else in the order of
 *   its case
 */
GPtrArray *
cot_travellers_list_common (const CotTraveller *one, const CotTraveller *other)
{
  GPtrArray *reports
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_journey_report_unref);

  for (guint i = 0; i < cot_case_get_n_journeys (one->a_case); i++)
    {
      CotJourneyReport *report = cot_case_get_journey (one->a_case, i);

      if (report->applies
          && g_strcmp0 (cot_case_get_journey_device (one->a_case, i), one->device) == 0
          && cot_traveller_find_journey (other, report->journey) != NULL)
        g_ptr_array_add (reports, cot_journey_report_ref (report));
    }
  sort_common (reports, other);
  return reports;
}

/* Each detector once, by its newest finding. */
static CotFinding *
find_trouble (const CotTraveller *self, const CotDetector *detector)
{
  for (guint i = 0; i < cot_case_get_n_findings (self->a_case); i++)
    {
      CotFinding *finding = cot_case_get_finding (self->a_case, i);

      if (finding->detector == detector && cot_finding_is_trouble (finding)
          && (self->device == NULL
              || g_strcmp0 (cot_case_get_finding_device (self->a_case, finding), self->device)
                     == 0))
        return finding;
    }
  return NULL;
}

/**
 * cot_travellers_list_only_findings:
 * @one: a device
 * @other: another one
 *
 * Returns: (transfer full) (element-type CotFinding): in the order in which they are to be read,
 *   what asks for something, or tells of a wait, on the first, and does not on the other
 */
GPtrArray *
cot_travellers_list_only_findings (const CotTraveller *one, const CotTraveller *other)
{
  GPtrArray *only = g_ptr_array_new ();

  for (guint i = 0; i < cot_case_get_n_findings (one->a_case); i++)
    {
      CotFinding *finding = cot_case_get_finding (one->a_case, i);

      if (find_trouble (one, finding->detector) == finding
          && find_trouble (other, finding->detector) == NULL)
        g_ptr_array_add (only, finding);
    }
  return only;
}

static gboolean
is_of_device (const CotTraveller *self, CotLog *log)
{
  int member = cot_case_find_member (self->a_case, log);

  return self->device == NULL
         || (member >= 0
             && g_strcmp0 (cot_case_get_member (self->a_case, (guint) member)->device,
                           self->device)
                    == 0);
}

/* Of loose files of several computers it is not known here which is whose. */
static gboolean
knows_logs (const CotTraveller *self)
{
  return self->device == NULL || cot_case_is_bundle (self->a_case);
}

static GHashTable *
list_names (const CotTraveller *self)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < cot_case_get_n_logs (self->a_case); i++)
    {
      CotLog *log = cot_case_get_log (self->a_case, i);

      if (is_of_device (self, log))
        g_hash_table_add (names, g_ascii_strdown (cot_log_get_title (log), -1));
    }
  return names;
}

/**
 * cot_travellers_list_only_logs:
 * @one: a device
 * @other: another one
 *
 * Returns: (transfer full) (element-type CotLog) (nullable): logs of the first whose names the
 *   other has not; %NULL: it is not known which logs are whose
 */
GPtrArray *
cot_travellers_list_only_logs (const CotTraveller *one, const CotTraveller *other)
{
  g_autoptr (GHashTable) names = NULL;
  GPtrArray *only;

  if (!knows_logs (one) || !knows_logs (other))
    return NULL;
  only = g_ptr_array_new ();
  names = list_names (other);
  for (guint i = 0; i < cot_case_get_n_logs (one->a_case); i++)
    {
      CotLog *log = cot_case_get_log (one->a_case, i);
      g_autofree char *name = g_ascii_strdown (cot_log_get_title (log), -1);

      /* A second one of that name is no other log. */
      if (is_of_device (one, log) && g_hash_table_add (names, g_steal_pointer (&name)))
        g_ptr_array_add (only, log);
    }
  return only;
}
