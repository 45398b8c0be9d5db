/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-document.h"
#include "cot-matcher.h"

/* A log made of messages, one a minute from 2024-09-09 13:00 UTC on, in CCM format; written by a
 * clock that is 300 minutes behind UTC, if nobody sets it. */
typedef struct
{
  const char *name;
  GString *bytes;
  guint n_seconds;
  int bias_minutes; /* COT_BIAS_NONE: the log does not say */
  gint64 clock_usec; /* what the user adds to its times */
} KnowledgeLog;

static inline void
knowledge_log_init (KnowledgeLog *self, const char *name)
{
  self->name = name;
  self->bytes = g_string_new (NULL);
  self->n_seconds = 0;
  self->bias_minutes = 300;
  self->clock_usec = 0;
}

static inline void
knowledge_log_skip_seconds (KnowledgeLog *self, guint n_seconds)
{
  self->n_seconds += n_seconds;
}

static inline void
knowledge_log_skip (KnowledgeLog *self, guint n_minutes)
{
  knowledge_log_skip_seconds (self, n_minutes * 60);
}

static inline void
knowledge_log_add (KnowledgeLog *self, const char *message)
{
  int bias_minutes = self->bias_minutes == COT_BIAS_NONE ? 300 : self->bias_minutes;
  g_autoptr (GDateTime) start = g_date_time_new_utc (2024, 9, 9, 13, 0, 0);
  g_autoptr (GDateTime) time
      = g_date_time_add_seconds (start, (double) self->n_seconds - bias_minutes * 60.0);
  g_autofree char *clock = g_date_time_format (time, "%H:%M:%S.000");
  g_autofree char *date = g_date_time_format (time, "%m-%d-%Y");
  g_autofree char *bias = self->bias_minutes == COT_BIAS_NONE
                              ? g_strdup ("")
                              : g_strdup_printf ("%+04d", self->bias_minutes);

  self->n_seconds += 60;
  g_string_append_printf (self->bytes,
                          "<![LOG[%s]LOG]!><time=\"%s%s\" date=\"%s\" component=\"Test\" "
                          "context=\"\" type=\"1\" thread=\"42\" file=\"test.cpp:1\">\r\n",
                          message, clock, bias, date);
}

static inline CotSnapshot *
knowledge_log_scan_moved (GString *bytes, const char *name, gint64 clock_usec)
{
  g_autoptr (GBytes) copy = g_bytes_new (bytes->str, bytes->len);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (copy, name);
  g_autoptr (CotDocument) document = cot_document_new_for_source (source, name);
  g_autoptr (GError) error = NULL;

  cot_document_set_clock (document, clock_usec);
  cot_document_load_sync (document, NULL, &error);
  g_assert_no_error (error);
  return cot_snapshot_ref (cot_document_get_snapshot (document));
}

static inline CotSnapshot *
knowledge_log_scan_bytes (GString *bytes, const char *name)
{
  return knowledge_log_scan_moved (bytes, name, 0);
}

static inline CotHits *
knowledge_log_match (KnowledgeLog *self, CotKnowledge *knowledge)
{
  g_autoptr (CotSnapshot) snapshot
      = knowledge_log_scan_moved (self->bytes, self->name, self->clock_usec);
  g_autoptr (GError) error = NULL;
  CotHits *hits
      = cot_matcher_run (knowledge, self->name, snapshot, 0, G_MAXUINT64, NULL, &error);

  g_assert_no_error (error);
  return hits;
}

static inline void
knowledge_log_clear (KnowledgeLog *self)
{
  g_string_free (self->bytes, TRUE);
}
