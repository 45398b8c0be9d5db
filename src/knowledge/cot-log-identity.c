/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-identity.h"

#include <string.h>

#include "cot-log-catalogue.h"
#include "cot-matcher.h"

/* So many entries, spread over all of the log, tell whose it is. */
#define N_SAMPLES 512
/* Of those that have a component, so many percent must have the same: what holds entries of several
 * logs is none of them. */
#define MIN_PERCENT 90
/* Of a component: shorter names of logs begin too many words. */
#define MIN_NAME_BYTES 6

/* Kinds of file that are one log, whatever they are called; by a name that is meant by it. */
static const struct
{
  const char *format;
  const char *documented;
  const char *name;
} kinds[] = {
  { "dsregcmd", "dsregcmd /status output", "dsregcmd.txt" },
  { "registry", "registry export", "export.reg" },
  { "cbs", "CBS.log", "CBS.log" },
  { "dism", "Dism.log", "Dism.log" },
};

/* The formats of logs whose entries say which component wrote them. */
static gboolean
has_components (const CotFormat *format)
{
  return g_str_equal (format->id, "ccm") || g_str_equal (format->id, "server")
         || g_str_equal (format->id, "ime") || g_str_equal (format->id, "copied-rows");
}

/* (nullable): that which nearly all sampled entries have. */
static const char *
find_usual_component (CotSnapshot *snapshot)
{
  CotStrings *components = cot_snapshot_get_components (snapshot);
  guint64 n = cot_snapshot_get_n_entries (snapshot);
  guint n_samples = (guint) MIN (n, (guint64) N_SAMPLES);
  g_autofree guint *counts = g_new0 (guint, (gsize) G_MAXUINT16 + 1);
  guint best = 0;
  guint n_with = 0;

  for (guint i = 0; i < n_samples; i++)
    {
      CotEntryColumns columns;

      /* The empty one has the id 0. */
      if (!cot_snapshot_get (snapshot, n * i / n_samples, &columns) || columns.component == 0
          || columns.component == COT_STRINGS_OVERFLOW)
        continue;
      n_with++;
      if (++counts[columns.component] > counts[best])
        best = columns.component;
    }
  if (best == 0 || counts[best] * 100 < n_with * MIN_PERCENT || n_with * 2 < n_samples)
    return NULL;
  return cot_strings_get (components, (guint16) best, NULL);
}

static gboolean
is_component_of (const CotLogFile *file, const char *component)
{
  gsize n = strlen (component);

  if (file->component != NULL)
    return g_ascii_strcasecmp (file->component, component) == 0;
  return g_ascii_strncasecmp (file->name, component, n) == 0
         && g_ascii_strcasecmp (file->name + n, ".log") == 0;
}

/* (nullable): the one log that a component usually writes to. */
static const CotLogFile *
find_log_of_component (CotKnowledge *knowledge, const char *component)
{
  const CotLogFile *found = NULL;

  for (guint i = 0; i < cot_knowledge_get_n_log_files (knowledge); i++)
    {
      const CotLogFile *file = cot_knowledge_get_log_file (knowledge, i);

      if (!is_component_of (file, component))
        continue;
      if (found != NULL)
        return NULL;
      found = file;
    }
  return found;
}

/**
 * cot_log_identify:
 * @knowledge: what is known of logs
 * @label: a file name, path or member label
 * @snapshot: the entries
 * @identity: (out): how it is known
 *
 * The name decides, without what collectors and people add in front of it or behind. Where it is no
 * log's, the component does that nearly all entries carry. Any thread.
 *
 * Returns: (transfer full): what detectors are told that it is; @label where that says it, or
 *   nothing does
 */
char *
cot_log_identify (CotKnowledge *knowledge, const char *label, CotSnapshot *snapshot,
                  CotLogIdentity *identity)
{
  const CotFormat *format = cot_snapshot_get_format (snapshot);
  const char *component = NULL;
  const CotLogFile *file = NULL;

  *identity = COT_LOG_IDENTITY_NAME;
  if (cot_snapshot_get_n_entries (snapshot) == 0
      || cot_knowledge_find_log_file (knowledge, label) != NULL)
    return g_strdup (label);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (format->id, kinds[i].format)
        && !cot_log_name_matches (label, kinds[i].documented))
      {
        *identity = COT_LOG_IDENTITY_CONTENT;
        return g_strdup (kinds[i].name);
      }
  if (!has_components (format))
    return g_strdup (label);
  component = find_usual_component (snapshot);
  if (component != NULL)
    file = find_log_of_component (knowledge, component);
  *identity = file != NULL ? COT_LOG_IDENTITY_CONTENT : COT_LOG_IDENTITY_UNKNOWN;
  return g_strdup (file != NULL ? file->name : label);
}

/* "CIAgentJob" writes to CIAgent.log. */
static gboolean
begins_with_name (const char *component, const char *name)
{
  gsize n = strlen (name);

  if (n > strlen (".log") && g_ascii_strcasecmp (name + n - strlen (".log"), ".log") == 0)
    n -= strlen (".log");
  return g_ascii_strncasecmp (component, name, n) == 0
         && (component[n] == '\0' || n >= MIN_NAME_BYTES);
}

/**
 * cot_log_knows_component:
 * @knowledge: what is known of logs
 * @component: as an entry says it
 *
 * Returns: whether it writes to a log that is known
 */
gboolean
cot_log_knows_component (CotKnowledge *knowledge, const char *component)
{
  for (guint i = 0; i < cot_knowledge_get_n_log_files (knowledge); i++)
    {
      const CotLogFile *file = cot_knowledge_get_log_file (knowledge, i);

      if (is_component_of (file, component) || begins_with_name (component, file->name))
        return TRUE;
    }
  return FALSE;
}

/**
 * cot_log_may_quote:
 * @knowledge: what is known of logs
 * @label: what cot_log_identify() made of its name
 * @snapshot: the entries
 *
 * Tools write what they read in the logs of others into one of their own.
 *
 * Returns: whether it is no log that is known, in a format in which each entry has a component
 */
gboolean
cot_log_may_quote (CotKnowledge *knowledge, const char *label, CotSnapshot *snapshot)
{
  const CotFormat *format = cot_snapshot_get_format (snapshot);

  return (g_str_equal (format->id, "ccm") || g_str_equal (format->id, "server")
          || g_str_equal (format->id, "copied-rows"))
         && cot_knowledge_get_n_log_files (knowledge) > 0
         && cot_knowledge_find_log_file (knowledge, label) == NULL;
}
