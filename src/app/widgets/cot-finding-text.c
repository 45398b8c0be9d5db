/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-finding-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-finding-sentences.h"
#include "cot-join-state.h"
#include "cot-log-model.h"
#include "cot-log-sentences.h"

static const struct
{
  const char *area;
  const char *name;
} areas[] = {
  { "enrollment", N_("Enrollment") },
  { "cmg", N_("Cloud gateway") },
  { "client-install", N_("Client installation") },
  { "client-health", N_("Client health") },
  { "discovery", N_("Location and discovery") },
  { "certificates", N_("Certificates") },
  { "management-point", N_("Management point") },
  { "policy", N_("Policy") },
  { "workloads", N_("Workloads") },
  { "apps", N_("Applications") },
  { "updates", N_("Software updates") },
  { "hybrid-join", N_("Hybrid join") },
  { "intune", N_("Intune agent") },
  { "network", N_("Network") },
  { "other", N_("Other") },
};

const char *
cot_finding_text_translate (const char *text)
{
  /* gettext ("") would be the header of the catalogue. */
  return text != NULL && *text != '\0' ? gettext (text) : "";
}

const char *
cot_finding_text_get_area (const char *area)
{
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    if (g_strcmp0 (areas[i].area, area) == 0)
      return gettext (areas[i].name);
  return _("Other");
}

const char *
cot_finding_text_get_kind (CotFinding *finding)
{
  if (finding->waiting)
    return _("Still waiting");
  if (finding->state == COT_FINDING_HISTORY)
    return _("Earlier, over by now");
  if (finding->severity >= COT_SEVERITY_WARNING && !finding->expected)
    return finding->severity == COT_SEVERITY_ERROR ? _("Known failure") : _("Known problem");
  if (finding->severity == COT_SEVERITY_SUCCESS)
    return _("Milestone");
  return finding->expected ? _("Expected") : _("Known line");
}

const char *
cot_finding_text_get_icon (CotFinding *finding)
{
  if (finding->waiting)
    return "document-open-recent-symbolic";
  switch (finding->severity)
    {
    case COT_SEVERITY_ERROR:
      return "dialog-error-symbolic";
    case COT_SEVERITY_WARNING:
      return "dialog-warning-symbolic";
    case COT_SEVERITY_SUCCESS:
      return "object-select-symbolic";
    case COT_SEVERITY_INFO:
    case COT_SEVERITY_VERBOSE:
    case COT_SEVERITY_UNKNOWN:
    default:
      return finding->expected ? "object-select-symbolic" : "cot-finding-symbolic";
    }
}

const char *
cot_finding_text_get_css_class (CotFinding *finding)
{
  switch (finding->severity)
    {
    case COT_SEVERITY_ERROR:
      return "cot-error";
    case COT_SEVERITY_WARNING:
      return "cot-warning";
    case COT_SEVERITY_SUCCESS:
      return "cot-success";
    case COT_SEVERITY_INFO:
    case COT_SEVERITY_VERBOSE:
    case COT_SEVERITY_UNKNOWN:
    default:
      return finding->expected && !finding->waiting ? "cot-success" : "cot-info";
    }
}

static char *
expand (CotFinding *finding, const char *text)
{
  return cot_finding_expand (finding, cot_finding_text_translate (text));
}

char *
cot_finding_text_dup_title (CotFinding *finding)
{
  return cot_sentence_dup_finding_title (finding);
}

char *
cot_finding_text_dup_meaning (CotFinding *finding)
{
  return expand (finding, finding->meaning);
}

char *
cot_finding_text_dup_next_step (CotFinding *finding)
{
  g_autofree char *text = NULL;

  if (finding->n_steps == 0 || finding->steps[0].flags != 0)
    return NULL;
  text = expand (finding, finding->steps[0].text);
  return cot_step_text_to_plain (text);
}

/* Of a device and a server in one folder: which of them. */
static char *
dup_side (CotCase *a_case, CotLog *log)
{
  const char *device = cot_case_get_device (a_case);
  CotLogSide side;

  if (!cot_case_get_log_side (a_case, log, &side))
    return g_strdup (device);
  if (device != NULL
      && (side == COT_LOG_SIDE_CLIENT || side == COT_LOG_SIDE_WINDOWS
          || side == COT_LOG_SIDE_INTUNE))
    return g_strdup (device);
  return g_strdup (cot_log_sentence_get_side (side));
}

char *
cot_finding_text_dup_whose (CotCase *a_case, CotFinding *finding, gboolean beside_name)
{
  const char *device = cot_case_get_finding_device (a_case, finding);
  const char *owner;
  CotLog *log;
  guint64 ordinal;

  if (!cot_case_get_evidence (a_case, finding, finding->primary, &log, &ordinal))
    return NULL;
  if (cot_case_is_of_both_sides (a_case))
    return dup_side (a_case, log);
  if (cot_case_get_n_devices (a_case) < 2)
    return beside_name ? NULL : g_strdup (cot_case_get_device (a_case));
  owner = cot_case_get_log_device (a_case, log);
  if (owner == NULL || g_strcmp0 (owner, device) == 0)
    return beside_name ? NULL : g_strdup (device);
  if (beside_name || device == NULL)
    /* Translators: name of a computer */
    return g_strdup_printf (_("in a log of %s"), owner);
  /* Translators: names of two computers: the cause of what the first one tells stands in a log of
   * the second */
  return g_strdup_printf (_("%s, in a log of %s"), device, owner);
}

/* Month, day and time: the year is in the row. */
static char *
dup_short_time (gint64 time_usec)
{
  g_autofree char *text = cot_time_dup_text (time_usec);

  return g_strndup (text + strlen ("2026-"), strlen ("11-18 09:12:41"));
}

char *
cot_finding_text_dup_times (guint n, gint64 first_time_usec, gint64 last_time_usec)
{
  g_autofree char *times = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  times = g_strdup_printf (ngettext ("%u time", "%u times", n), n);
  if (first_time_usec == COT_TIME_NONE)
    return g_steal_pointer (&times);
  first = dup_short_time (first_time_usec);
  last = dup_short_time (last_time_usec != COT_TIME_NONE ? last_time_usec : first_time_usec);
  if (n == 1 || g_str_equal (first, last))
    return g_strdup_printf ("%s · %s", times, first);
  /* Translators: "14 times · first 11-18 09:12:41, last 11-18 11:47:03" */
  return g_strdup_printf (_("%s · first %s, last %s"), times, first, last);
}

char *
cot_finding_text_dup_when (CotFinding *finding)
{
  g_autofree char *times = cot_finding_text_dup_times (
      finding->evidence->len, finding->first_time_usec, finding->last_time_usec);

  if (finding->clock == COT_STORY_CLOCK_UTC)
    return g_strdup_printf ("%s UTC", times);
  if (finding->clock == COT_STORY_CLOCK_MIXED)
    /* Translators: "2 times · first 11-18 09:12:41, last 11-18 14:10:03" */
    return g_strdup_printf (_("%s, by clocks of several time zones"), times);
  return g_steal_pointer (&times);
}

gboolean
cot_finding_text_is_allowed_url (const char *url)
{
  static const char *const hosts[] = {
    "https://learn.microsoft.com/",
    "https://support.microsoft.com/",
    "https://techcommunity.microsoft.com/",
    "https://aka.ms/",
    "https://github.com/MicrosoftDocs/",
  };

  for (guint i = 0; url != NULL && i < G_N_ELEMENTS (hosts); i++)
    if (g_str_has_prefix (url, hosts[i]))
      return TRUE;
  return FALSE;
}
