/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Logs of a client and of its server are often of two time zones, and each line says its own time.
 * What came first is told by one clock: that of the evidence, as it stands in the logs, or UTC
 * where even that is of several zones. */

#include "cot-report-clock.h"

#include "cot-case-private.h"

#define USEC_PER_MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/* The zones that were met. */
typedef struct
{
  gint16 bias_minutes; /* COT_BIAS_NONE: none */
  gboolean has_several;
} Zones;

static void
meet (Zones *zones, gint16 bias_minutes)
{
  if (bias_minutes == COT_BIAS_NONE)
    return;
  zones->has_several
      |= zones->bias_minutes != COT_BIAS_NONE && zones->bias_minutes != bias_minutes;
  zones->bias_minutes = bias_minutes;
}

static Zones
meet_evidence (GPtrArray *findings)
{
  Zones zones = { COT_BIAS_NONE, FALSE };

  for (guint i = 0; i < findings->len; i++)
    {
      const CotFinding *finding = g_ptr_array_index (findings, i);

      for (guint j = 0; j < finding->evidence->len; j++)
        meet (&zones, g_array_index (finding->evidence, CotEvidence, j).bias_minutes);
    }
  return zones;
}

/* A log of many months has its winter and its summer. */
static Zones
meet_logs (GPtrArray *snapshots, gboolean *has_unknown)
{
  Zones zones = { COT_BIAS_NONE, FALSE };

  for (guint i = 0; i < snapshots->len; i++)
    {
      CotSnapshot *snapshot = g_ptr_array_index (snapshots, i);
      gint16 bias_minutes = COT_BIAS_NONE;

      if (cot_snapshot_get_counts (snapshot)->first_time_usec == COT_TIME_NONE)
        continue;
      if (!cot_snapshot_find_bias (snapshot, &bias_minutes))
        {
          *has_unknown = TRUE;
          continue;
        }
      meet (&zones, bias_minutes);
      if (cot_snapshot_find_bias_up_to (snapshot, G_MAXUINT64 - 1, &bias_minutes))
        meet (&zones, bias_minutes);
    }
  return zones;
}

/**
 * cot_report_clock_choose:
 * @self: (out): the clock
 * @findings: (element-type CotFinding): of the case
 * @snapshots: (element-type CotSnapshot): its logs
 *
 * Any thread.
 */
void
cot_report_clock_choose (CotReportClock *self, GPtrArray *findings, GPtrArray *snapshots)
{
  gboolean has_unknown = FALSE;
  Zones of_evidence = meet_evidence (findings);
  Zones of_logs = meet_logs (snapshots, &has_unknown);
  Zones all = of_logs;
  const Zones *wanted = of_evidence.bias_minutes != COT_BIAS_NONE ? &of_evidence : &of_logs;

  meet (&all, of_evidence.bias_minutes);
  self->bias_minutes = wanted->has_several ? 0 : wanted->bias_minutes;
  self->has_several = all.has_several || of_evidence.has_several;
  self->has_unknown = has_unknown && self->bias_minutes != COT_BIAS_NONE;
}

/**
 * cot_report_clock_tell:
 * @self: a clock
 * @time_usec: what another clock showed, or %COT_TIME_NONE
 * @bias_minutes: of that one, or %COT_BIAS_NONE
 *
 * Returns: what this one showed at that moment; as it is where one of the two is not known
 */
gint64
cot_report_clock_tell (const CotReportClock *self, gint64 time_usec, gint16 bias_minutes)
{
  if (time_usec == COT_TIME_NONE || bias_minutes == COT_BIAS_NONE
      || self->bias_minutes == COT_BIAS_NONE)
    return time_usec;
  return time_usec + (bias_minutes - self->bias_minutes) * USEC_PER_MINUTE;
}
