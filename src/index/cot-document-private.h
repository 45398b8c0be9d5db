/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-document.h"

#include "cot-index-private.h"
#include "cot-job.h"

G_BEGIN_DECLS

struct _CotDocument
{
  GObject parent_instance;

  char *path; /* (nullable) */
  char *name;
  CotSource *source; /* (nullable) */
  const CotFormat *format; /* (nullable) chosen by the user */
  char *encoding_id; /* (nullable) likewise */
  gint64 clock_usec; /* likewise */
  GPtrArray *older; /* CotOlderPart */
  CotSnapshot *snapshot;
  CotSnapshot *held; /* (nullable) newer than what is shown, while paused */
  GError *error;
  double progress;

  gboolean loaded; /* to the end, or as far as it could be read */
  gboolean failed;
  gboolean gone;
  CotEnding *ending; /* (nullable) while it is loaded */
  gboolean remote;
  gboolean following;
  gboolean paused;
  CotDocumentEvent outdated; /* is said when it goes on; NONE */

  /* The worker's, while a job runs. */
  CotIndex *index; /* (nullable) */
  CotJob *job; /* (nullable) */
  gboolean check_again;

  guint interval_msec; /* 0: automatic */
  guint n_failures; /* in a row: look less often */
  gboolean found_more; /* the last look did */
  gint64 found_usec; /* when the last one that did was over, by g_get_monotonic_time() */
  gboolean is_look_owed; /* something was written since the last one began */
  GSource *timer; /* (nullable) */
  GFileMonitor *watch; /* (nullable) */
};

/* What a job carries. Its deliveries end before the document does. */
typedef struct
{
  CotDocument *document; /* (unowned) main thread only */
  CotIndex *index;
  gboolean keep_copy;
} CotDocumentTask;

/* What a job brings back. */
typedef struct
{
  CotSnapshot *snapshot; /* (nullable) */
  double progress;
  CotIndexChange change;
  gboolean remote;
  CotEnding *ending; /* (nullable) */
} CotDocumentOutcome;

CotDocumentTask *cot_document_task_new (CotDocument *document);
void cot_document_task_free (gpointer task);
void cot_document_outcome_free (gpointer outcome);

/* (transfer full): shown at once or, while paused, when the user goes on. */
void cot_document_take_snapshot (CotDocument *self, CotSnapshot *snapshot);
void cot_document_take_error (CotDocument *self, const GError *error);
void cot_document_emit_changed (CotDocument *self);
void cot_document_emit_event (CotDocument *self, CotDocumentEvent event);
void cot_document_drop_job (CotDocument *self);
void cot_document_stop_timer (CotDocument *self);
void cot_document_stop_watch (CotDocument *self);
/* One look after the other, never two at a time, however long a server takes to answer. */
void cot_document_schedule_check (CotDocument *self);

G_END_DECLS
