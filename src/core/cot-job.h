/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Work on the shared pool (as many threads as cores, at most 8) whose results arrive on the
 * main context that started it. At most one notification is pending: a newer report replaces an
 * older one that was not yet delivered, at most ten a second; the end is always delivered. After
 * cot_job_cancel() nothing is delivered any more. */
typedef struct _CotJob CotJob;

/* On a worker. What it returns is delivered to the @done function. */
typedef gpointer (*CotJobWork) (CotJob *job, gpointer data, GError **error);
/* On the starter's main context. @report and @result belong to the callee's caller: they are
 * freed after the call with the function given at the start. */
typedef void (*CotJobReport) (CotJob *job, gpointer report, gpointer data);
typedef void (*CotJobDone) (CotJob *job, gpointer result, const GError *error, gpointer data);

typedef struct
{
  CotJobWork work;
  CotJobReport report; /* nullable */
  CotJobDone done; /* nullable */
  GDestroyNotify free_report; /* nullable */
  GDestroyNotify free_result; /* nullable */
  gpointer data;
  GDestroyNotify free_data; /* nullable; on the main context, after all else */
} CotJobFunctions;

CotJob *cot_job_start (const CotJobFunctions *functions);
CotJob *cot_job_ref (CotJob *self);
void cot_job_unref (CotJob *self);
void cot_job_cancel (CotJob *self);
gboolean cot_job_is_cancelled (CotJob *self); /* any thread; cheap */
GCancellable *cot_job_get_cancellable (CotJob *self);
void cot_job_report (CotJob *self, gpointer report); /* (transfer full), from the worker */

/* A hand for work that is going on anyway, from the same pool; @data is the work's own matter. It
 * comes when a thread is free, which may be after the work was done without it. */
typedef void (*CotJobHelp) (gpointer data);
void cot_job_ask_for_help (CotJobHelp help, gpointer data, guint n_helpers);
guint cot_job_get_n_threads (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotJob, cot_job_unref)

G_END_DECLS
