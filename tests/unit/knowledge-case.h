/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-correlate.h"

#include "knowledge-log.h"

#define MAX_LOGS 8

/* A case under test: the logs of one device. */
typedef struct
{
  CotKnowledge *knowledge;
  KnowledgeLog logs[MAX_LOGS];
  guint n_logs;
  GPtrArray *findings;
} Case;

static inline void
case_set_up (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->knowledge = cot_knowledge_new_builtin (&error);
  g_assert_no_error (error);
}

static inline void
case_tear_down (Case *self, gconstpointer data)
{
  for (guint i = 0; i < self->n_logs; i++)
    knowledge_log_clear (&self->logs[i]);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->knowledge, cot_knowledge_unref);
}

static inline KnowledgeLog *
case_add_log (Case *self, const char *name)
{
  g_assert_cmpuint (self->n_logs, <, MAX_LOGS);
  knowledge_log_init (&self->logs[self->n_logs], name);
  return &self->logs[self->n_logs++];
}

static inline void
case_judge (Case *self)
{
  CotCaseLog logs[MAX_LOGS];

  for (guint i = 0; i < self->n_logs; i++)
    logs[i] = (CotCaseLog){ self->logs[i].name,
                            knowledge_log_match (&self->logs[i], self->knowledge) };
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = cot_correlate (self->knowledge, logs, self->n_logs);
  for (guint i = 0; i < self->n_logs; i++)
    cot_hits_unref (logs[i].hits);
}

static G_GNUC_UNUSED G_NO_INLINE CotFinding *
case_find (Case *self, const char *id)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (self->findings, i);

      if (g_str_equal (cot_detector_get_id (finding->detector), id))
        return finding;
    }
  return NULL;
}

static inline void
assert_headline (Case *self, const char *id)
{
  const char *headline = NULL;

  for (guint i = 0; i < self->findings->len; i++)
    {
      CotFinding *finding = g_ptr_array_index (self->findings, i);

      if (!finding->headline)
        continue;
      g_assert_null (headline);
      g_assert_cmpuint (i, ==, 0);
      headline = cot_detector_get_id (finding->detector);
    }
  g_assert_cmpstr (headline, ==, id);
}
