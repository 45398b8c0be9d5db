/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A bundle may hold the logs of several computers. What is judged together is what one of them
 * wrote: a line of one explains nothing of another, but for those of servers, which may be the
 * reason of what their clients tell. A line of a server that names another client is not. */

#include "cot-case-private.h"

#include "cot-case-clients.h"
#include "cot-client-names.h"
#include "cot-layout.h"

static void
story_init (CotCaseStory *self)
{
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_finding_unref);
  self->journeys = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_journey_report_unref);
  self->coverages = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_coverage_free);
  self->device_of = g_hash_table_new (NULL, NULL);
  self->journey_devices = g_ptr_array_new ();
  self->coverage_devices = g_ptr_array_new ();
}

void
cot_case_story_free (gpointer story)
{
  CotCaseStory *self = story;

  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->journeys);
  g_ptr_array_unref (self->coverages);
  g_hash_table_unref (self->device_of);
  g_ptr_array_unref (self->journey_devices);
  g_ptr_array_unref (self->coverage_devices);
  g_free (self);
}

/* What is judged together: the logs of one computer, and behind them those of servers. */
typedef struct
{
  const CotCaseLog *all; /* of the case */
  guint first; /* the computer's own ones among them */
  guint n_own;
  GArray *logs; /* CotCaseLog */
  GArray *guests; /* guint: of each guest its index in all logs */
} Group;

/* From an index in the logs of one group to that in all. */
static guint
move_log (const Group *group, guint log)
{
  return log < group->n_own ? log + group->first
                            : g_array_index (group->guests, guint, log - group->n_own);
}

static void
move_findings (GPtrArray *findings, const Group *group)
{
  for (guint i = 0; i < findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (findings, i);

      for (guint j = 0; j < finding->evidence->len; j++)
        {
          CotEvidence *evidence = &g_array_index (finding->evidence, CotEvidence, j);

          evidence->log = move_log (group, evidence->log);
        }
    }
}

static void
move_milestone (CotMilestoneReport *milestone, const Group *group)
{
  if (milestone->log != G_MAXUINT)
    milestone->log = move_log (group, milestone->log);
}

static void
move_journeys (GPtrArray *journeys, const Group *group)
{
  for (guint i = 0; i < journeys->len; i++)
    {
      CotJourneyReport *report = g_ptr_array_index (journeys, i);

      move_milestone (&report->evidence, group);
      for (guint j = 0; j < report->milestones->len; j++)
        move_milestone (&g_array_index (report->milestones, CotMilestoneReport, j), group);
    }
}

static void
take_all (GPtrArray *into, GPtrArray *from, GPtrArray *devices, const char *device)
{
  for (guint i = 0; devices != NULL && i < from->len; i++)
    g_ptr_array_add (devices, (gpointer) device);
  g_ptr_array_extend_and_steal (into, from);
}

/* What the Windows of a server says of certificates belongs to its logs; what it says of sign-ins
 * and enrollments is about itself. */
static gboolean
is_certificate_log (const CotCaseLog *log)
{
  return cot_log_name_matches (log->name, "Microsoft-Windows-CAPI2/Operational");
}

/* For each log, whether it is one of a server; and of a server, what may be lent to its clients. */
static void
find_server_logs (CotKnowledge *knowledge, const CotCaseLog *logs, const char *const *devices,
                  guint n_logs, gboolean *is_server, gboolean *is_lent)
{
  g_autoptr (GHashTable) servers = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_logs; i++)
    {
      is_server[i] = is_lent[i] = cot_log_is_of_server (knowledge, logs[i].name);
      if (is_server[i])
        g_hash_table_add (servers, (gpointer) devices[i]);
    }
  for (guint i = 0; i < n_logs; i++)
    if (!is_lent[i] && g_hash_table_contains (servers, devices[i]))
      is_lent[i] = is_certificate_log (&logs[i]);
}

/* A server is judged alone: what one server writes does not end the trouble of another. */
static void
add_guests (Group *group, const gboolean *is_server, const gboolean *is_lent, guint n_logs,
            CotCaseClients *clients, const char *device)
{
  guint end = group->first + group->n_own;

  for (guint i = group->first; i < end; i++)
    if (is_server[i])
      return;
  for (guint i = 0; i < n_logs; i++)
    if (is_lent[i] && (i < group->first || i >= end))
      {
        CotCaseLog guest = group->all[i];

        guest.is_guest = TRUE;
        guest.hits = cot_case_clients_filter (clients, guest.hits, device);
        g_array_append_val (group->logs, guest);
        g_array_append_val (group->guests, i);
      }
}

static void
release_guests (Group *group)
{
  for (guint i = group->n_own; i < group->logs->len; i++)
    cot_hits_unref (g_array_index (group->logs, CotCaseLog, i).hits);
}

/* What the logs of one computer say. */
typedef struct
{
  const char *device; /* (nullable) */
  GPtrArray *findings;
  GPtrArray *journeys;
  GPtrArray *coverages;
} Told;

static Told
judge_group (CotKnowledge *knowledge, const Group *group, const char *device)
{
  const CotCaseLog *logs = (const CotCaseLog *) (gpointer) group->logs->data;
  GPtrArray *findings = cot_correlate (knowledge, logs, group->logs->len);
  GPtrArray *journeys = cot_journeys_judge (knowledge, logs, group->logs->len, findings);
  GPtrArray *coverages = cot_coverage_of_findings (knowledge, logs, group->logs->len, findings);

  move_findings (findings, group);
  move_journeys (journeys, group);
  return (Told){ device, findings, journeys, coverages };
}

static const CotFinding *
find_headline (const Told *told)
{
  for (guint i = 0; i < told->findings->len; i++)
    {
      const CotFinding *finding = g_ptr_array_index (told->findings, i);

      if (finding->headline)
        return finding;
    }
  return NULL;
}

static int
compare_told (gconstpointer first, gconstpointer second)
{
  return cot_finding_compare_headlines (find_headline (first), find_headline (second));
}

static void
take_told (CotCaseStory *story, const Told *told)
{
  for (guint i = 0; i < told->findings->len; i++)
    g_hash_table_insert (story->device_of, g_ptr_array_index (told->findings, i),
                         (gpointer) told->device);
  take_all (story->findings, told->findings, NULL, told->device);
  take_all (story->journeys, told->journeys, story->journey_devices, told->device);
  take_all (story->coverages, told->coverages, story->coverage_devices, told->device);
}

/**
 * cot_case_judge:
 * @knowledge: what the hits come from
 * @logs: (array length=n_logs): the logs of a case, those of one computer in a row
 * @devices: (array length=n_logs): for each its computer, or %NULL; the same computer is the same
 *   pointer
 * @n_logs: how many
 *
 * Any thread.
 *
 * Returns: (transfer full): all that the hits say, computer by computer: that with the worst
 *   headline first, else in their order
 */
CotCaseStory *
cot_case_judge (CotKnowledge *knowledge, const CotCaseLog *logs, const char *const *devices,
                guint n_logs)
{
  CotCaseStory *story = g_new0 (CotCaseStory, 1);
  g_autofree gboolean *is_server = g_new0 (gboolean, n_logs + 1);
  g_autofree gboolean *is_lent = g_new0 (gboolean, n_logs + 1);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Told));
  g_autoptr (CotCaseClients) clients = NULL;
  guint first = 0;

  story_init (story);
  /* Of one computer alone there is nobody to lend to. */
  if (n_logs > 0 && devices[0] != devices[n_logs - 1])
    find_server_logs (knowledge, logs, devices, n_logs, is_server, is_lent);
  clients = cot_case_clients_new (logs, devices, is_server, n_logs);
  do
    {
      g_autoptr (GArray) together = g_array_new (FALSE, FALSE, sizeof (CotCaseLog));
      g_autoptr (GArray) guests = g_array_new (FALSE, FALSE, sizeof (guint));
      Group group = { logs, first, 0, together, guests };
      const char *device = n_logs > 0 ? devices[first] : NULL;
      Told told;

      while (first + group.n_own < n_logs && devices[first + group.n_own] == devices[first])
        group.n_own++;
      g_array_append_vals (together, logs + first, group.n_own);
      add_guests (&group, is_server, is_lent, n_logs, clients, device);
      told = judge_group (knowledge, &group, device);
      release_guests (&group);
      g_array_append_val (all, told);
      first += group.n_own;
    }
  while (first < n_logs);
  /* A sort of GLib's arrays keeps the order of equals. */
  g_array_sort (all, compare_told);
  for (guint i = 0; i < all->len; i++)
    take_told (story, &g_array_index (all, Told, i));
  return story;
}

typedef struct
{
  CotCaseItem *item;
  guint place;
} Placed;

static int
compare_placed (gconstpointer first, gconstpointer second)
{
  const Placed *a = first;
  const Placed *b = second;

  return a->place < b->place ? -1 : a->place > b->place;
}

/* From a computer's name to its place, + 1; those of none come behind all. */
static GHashTable *
list_devices (CotCase *self)
{
  GHashTable *devices = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = cot_case_get_n_devices (self);

  for (guint i = 0; n > 1 && i < n; i++)
    g_hash_table_insert (devices, (gpointer) cot_case_get_nth_device (self, i),
                         GUINT_TO_POINTER (i + 1));
  return devices;
}

static guint
find_device (CotCase *self, GHashTable *devices, const CotCaseItem *item)
{
  const char *device = item->member != G_MAXUINT
                           ? cot_case_get_member (self, item->member)->device
                           : item->device;
  guint place
      = device != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (devices, device)) : 0;

  return place > 0 ? place - 1 : G_MAXUINT;
}

/* Loose files are of several computers where their folders say so, as the folders of a bundle do.
 * Names stay as long as the program: the findings of before may have them still. */
static void
find_loose_devices (CotCase *self)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (CotLayoutGuess) guess = NULL;

  for (guint i = 0; i < self->logs->len; i++)
    {
      const CotCaseItem *item = g_ptr_array_index (self->logs, i);
      const char *path = cot_log_get_path (item->log);

      g_ptr_array_add (paths, g_utf8_make_valid (path != NULL ? path : "", -1));
    }
  guess = cot_layout_guess ("", (const char *const *) paths->pdata, paths->len);
  g_ptr_array_set_size (self->loose_devices, 0);
  for (guint i = 0; guess->device_of != NULL && i < guess->devices->len; i++)
    g_ptr_array_add (self->loose_devices,
                     (gpointer) g_intern_string (g_ptr_array_index (guess->devices, i)));
  for (guint i = 0; i < self->logs->len; i++)
    {
      CotCaseItem *item = g_ptr_array_index (self->logs, i);
      const char *device = guess->device_of != NULL ? guess->device_of[i] : NULL;

      item->device = g_intern_string (device);
    }
}

/**
 * cot_case_list_judged:
 * @self: a case
 * @devices: (out) (transfer full) (element-type utf8): the computer of each
 *
 * Main thread.
 *
 * Returns: (transfer full) (element-type CotCaseItem): the logs that have hits; where they come
 *   from several computers, those of one in a row, and those of none last
 */
GPtrArray *
cot_case_list_judged (CotCase *self, GPtrArray **devices)
{
  g_autoptr (GArray) placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  g_autoptr (GHashTable) places = NULL;
  GPtrArray *items = g_ptr_array_new ();

  if (self->bundle == NULL)
    find_loose_devices (self);
  places = list_devices (self);
  for (guint i = 0; i < self->logs->len; i++)
    {
      Placed entry = { g_ptr_array_index (self->logs, i), 0 };

      if (entry.item->hits == NULL)
        continue;
      entry.place = find_device (self, places, entry.item);
      g_array_append_val (placed, entry);
    }
  /* A sort of GLib's arrays keeps the order of equals. */
  g_array_sort (placed, compare_placed);
  *devices = g_ptr_array_new ();
  for (guint i = 0; i < placed->len; i++)
    {
      const Placed *entry = &g_array_index (placed, Placed, i);

      g_ptr_array_add (items, entry->item);
      g_ptr_array_add (*devices, entry->place != G_MAXUINT
                                   ? (gpointer) cot_case_get_nth_device (self, entry->place)
                                   : NULL);
    }
  return items;
}

/**
 * cot_case_get_finding_device:
 * @self: a case
 * @finding: one of its findings
 *
 * Returns: (transfer none) (nullable): the computer that it tells of, where the bundle has several
 */
const char *
cot_case_get_finding_device (CotCase *self, CotFinding *finding)
{
  return self->finding_devices != NULL ? g_hash_table_lookup (self->finding_devices, finding)
                                       : NULL;
}

/**
 * cot_case_get_journey_device:
 * @self: a case
 * @index: below cot_case_get_n_journeys()
 *
 * Returns: (transfer none) (nullable): the computer whose journey it is, where there are several
 */
const char *
cot_case_get_journey_device (CotCase *self, guint index)
{
  if (self->journey_devices == NULL || index >= self->journey_devices->len)
    return NULL;
  return g_ptr_array_index (self->journey_devices, index);
}

/**
 * cot_case_get_coverage_device:
 * @self: a case
 * @index: below cot_case_get_n_coverages()
 *
 * Returns: (transfer none) (nullable): the computer whose logs they are, where there are several
 */
const char *
cot_case_get_coverage_device (CotCase *self, guint index)
{
  if (self->coverage_devices == NULL || index >= self->coverage_devices->len)
    return NULL;
  return g_ptr_array_index (self->coverage_devices, index);
}
