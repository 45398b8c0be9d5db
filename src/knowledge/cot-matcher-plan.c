/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-matcher-plan-private.h"

#include "cot-knowledge-private.h"
#include "cot-log-name-private.h"

#include <string.h>

/* Looked for in one entry at a time, so they need not be rare. */
#define MIN_OTHER_BYTES 1

static gboolean
names_log (const CotDetector *detector, const char *stem)
{
  for (guint i = 0; i < detector->logs->len; i++)
    if (cot_log_stem_matches (stem, g_ptr_array_index (detector->logs, i)))
      return TRUE;
  return FALSE;
}

static gboolean
may_speak (const CotDetector *detector, const char *stem, gboolean quotes)
{
  return stem == NULL || (!detector->bound_to_logs && !quotes) || names_log (detector, stem);
}

/* Who names no log means any, also one of a program that nobody knows. */
static gboolean
may_be_quoted (const CotDetector *detector, const char *stem)
{
  return detector->logs->len > 0 && !names_log (detector, stem);
}

static void
add_literal (CotMatcherPlan *self, GHashTable *known, GPtrArray *literals, const char *literal,
             guint detector)
{
  g_autofree char *folded = g_ascii_strdown (literal, -1);
  gpointer index;

  if (!g_hash_table_lookup_extended (known, folded, NULL, &index))
    {
      index = GUINT_TO_POINTER (literals->len);
      g_ptr_array_add (self->owners, g_array_new (FALSE, FALSE, sizeof (guint)));
      g_ptr_array_add (literals, folded);
      g_hash_table_insert (known, g_steal_pointer (&folded), index);
    }
  g_array_append_val ((GArray *) g_ptr_array_index (self->owners, GPOINTER_TO_UINT (index)),
                      detector);
}

static void
others_clear (gpointer data)
{
  CotMatcherOthers *self = data;

  g_strfreev (self->texts);
  g_free (self->needles);
}

static void
add_others (CotMatcherPlan *self, CotPattern *pattern, const char *const *required)
{
  CotMatcherOthers others = { NULL };

  if (required != NULL)
    others.texts = cot_pattern_dup_other_literals (pattern, MIN_OTHER_BYTES, required);
  others.n_needles = others.texts != NULL ? g_strv_length (others.texts) : 0;
  others.needles = g_new0 (CotNeedle, others.n_needles);
  for (guint i = 0; i < others.n_needles; i++)
    cot_needle_init (&others.needles[i], others.texts[i], strlen (others.texts[i]), TRUE);
  g_array_append_val (self->others, others);
}

static CotMatcherPlan *
plan_new (CotKnowledge *knowledge)
{
  CotMatcherPlan *self = g_new0 (CotMatcherPlan, 1);
  g_autoptr (GPtrArray) literals = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  self->detectors = g_ptr_array_new ();
  self->owners = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->always = g_array_new (FALSE, FALSE, sizeof (guint));
  self->others = g_array_new (FALSE, FALSE, sizeof (CotMatcherOthers));
  g_array_set_clear_func (self->others, others_clear);
  for (guint i = 0; i < knowledge->detectors->len; i++)
    {
      CotDetector *detector = g_ptr_array_index (knowledge->detectors, i);
      const char *const *required = NULL;
      CotPattern *pattern = cot_detector_get_pattern (detector, &required, NULL);
      guint index = self->detectors->len;

      if (pattern == NULL)
        continue;
      g_ptr_array_add (self->detectors, detector);
      add_others (self, pattern, required);
      if (required == NULL || required[0] == NULL)
        g_array_append_val (self->always, index);
      for (guint j = 0; required != NULL && required[j] != NULL; j++)
        add_literal (self, known, literals, required[j], index);
    }
  if (literals->len > 0)
    self->literals = cot_literals_new ((const char *const *) literals->pdata, literals->len);
  return self;
}

const CotMatcherPlan *
cot_matcher_plan_get (CotKnowledge *knowledge)
{
  if (g_once_init_enter (&knowledge->plan))
    g_once_init_leave (&knowledge->plan, plan_new (knowledge));
  return knowledge->plan;
}

gboolean *
cot_matcher_plan_list_speakers (const CotMatcherPlan *self, const char *log_name, gboolean quotes)
{
  g_autofree char *stem = log_name != NULL ? cot_log_get_stem (log_name) : NULL;
  gboolean *speakers = g_new0 (gboolean, self->detectors->len + 1);

  for (guint i = 0; i < self->detectors->len; i++)
    speakers[i] = may_speak (g_ptr_array_index (self->detectors, i), stem, quotes);
  return speakers;
}

gboolean *
cot_matcher_plan_list_quoted (const CotMatcherPlan *self, const char *log_name)
{
  g_autofree char *stem = cot_log_get_stem (log_name);
  gboolean *quoted = g_new0 (gboolean, self->detectors->len + 1);

  for (guint i = 0; i < self->detectors->len; i++)
    quoted[i] = may_be_quoted (g_ptr_array_index (self->detectors, i), stem);
  return quoted;
}

void
cot_matcher_plan_free (CotMatcherPlan *self)
{
  g_ptr_array_unref (self->detectors);
  g_ptr_array_unref (self->owners);
  g_array_unref (self->always);
  g_array_unref (self->others);
  g_clear_pointer (&self->literals, cot_literals_unref);
  g_free (self);
}
