/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-document.h"
#include "cot-matcher.h"

/* A log made of messages, one a minute from 2024-09-09 08:00 on, in CCM format. */
typedef struct
{
  const char *name;
  GString *bytes;
  guint n_minutes;
} KnowledgeLog;

static inline void
knowledge_log_init (KnowledgeLog *self, const char *name)
{
  self->name = name;
  self->bytes = g_string_new (NULL);
  self->n_minutes = 0;
}

static inline void
knowledge_log_skip (KnowledgeLog *self, guint n_minutes)
{
  self->n_minutes += n_minutes;
}

static inline void
knowledge_log_add (KnowledgeLog *self, const char *message)
{
  g_autoptr (GDateTime) start = g_date_time_new_utc (2024, 9, 9, 8, 0, 0);
  g_autoptr (GDateTime) time = g_date_time_add_minutes (start, (int) self->n_minutes++);
  g_autofree char *stamp
      = g_date_time_format (time, "time=\"%H:%M:%S.000+300\" date=\"%m-%d-%Y\"");

  g_string_append_printf (self->bytes,
                          "<![LOG[%s]LOG]!><%s component=\"Test\" context=\"\" type=\"1\" "
                          "thread=\"42\" file=\"test.cpp:1\">\r\n",
                          message, stamp);
}

static inline CotSnapshot *
knowledge_log_scan_bytes (GString *bytes, const char *name)
{
  g_autoptr (GBytes) copy = g_bytes_new (bytes->str, bytes->len);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (copy, name);
  g_autoptr (CotDocument) document = cot_document_new_for_source (source, name);
  g_autoptr (GError) error = NULL;

  cot_document_load_sync (document, NULL, &error);
  g_assert_no_error (error);
  return cot_snapshot_ref (cot_document_get_snapshot (document));
}

static inline CotHits *
knowledge_log_match (KnowledgeLog *self, CotKnowledge *knowledge)
{
  g_autoptr (CotSnapshot) snapshot = knowledge_log_scan_bytes (self->bytes, self->name);
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
