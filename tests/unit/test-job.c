/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-job.h"

/* Longer than any machine needs; only a broken job reaches it. */
#define BOUND_SECONDS 30

typedef struct
{
  GMainLoop *loop;
  GMutex lock;
  GCond cond;
  gboolean go; /* under the lock */
  guint n_to_report;
  gint n_alive; /* atomic: reports, results and data that are not freed */
  guint n_reports;
  guint last_report;
  guint n_done;
  gboolean freed;
  gboolean failed;
  GThread *thread;
  GThread *work_thread;
} Fixture;

typedef struct
{
  Fixture *fixture;
  guint number;
} Report;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->loop = g_main_loop_new (NULL, FALSE);
  g_mutex_init (&fixture->lock);
  g_cond_init (&fixture->cond);
  fixture->go = TRUE;
  fixture->thread = g_thread_self ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_atomic_int_get (&fixture->n_alive), ==, 0);
  g_main_loop_unref (fixture->loop);
  g_mutex_clear (&fixture->lock);
  g_cond_clear (&fixture->cond);
}

static gpointer
report_new (Fixture *fixture, guint number)
{
  Report *report = g_new (Report, 1);

  *report = (Report){ fixture, number };
  g_atomic_int_inc (&fixture->n_alive);
  return report;
}

static void
report_free (gpointer data)
{
  Report *report = data;

  g_atomic_int_add (&report->fixture->n_alive, -1);
  g_free (report);
}

static void
release_worker (Fixture *fixture)
{
  g_mutex_lock (&fixture->lock);
  fixture->go = TRUE;
  g_cond_broadcast (&fixture->cond);
  g_mutex_unlock (&fixture->lock);
}

static gpointer
work (CotJob *job, gpointer data, GError **error)
{
  Fixture *fixture = data;

  fixture->work_thread = g_thread_self ();
  for (guint i = 1; i <= fixture->n_to_report; i++)
    cot_job_report (job, report_new (fixture, i));
  g_mutex_lock (&fixture->lock);
  while (!fixture->go)
    g_cond_wait (&fixture->cond, &fixture->lock);
  g_mutex_unlock (&fixture->lock);
  if (fixture->failed)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no room");
      return NULL;
    }
  return report_new (fixture, 1000);
}

static void
on_report (CotJob *job, gpointer report, gpointer data)
{
  Fixture *fixture = data;

  g_assert_true (g_thread_self () == fixture->thread);
  g_assert_cmpuint (fixture->n_done, ==, 0);
  g_assert_cmpuint (((Report *) report)->number, >, fixture->last_report);
  fixture->last_report = ((Report *) report)->number;
  fixture->n_reports++;
}

static void
on_done (CotJob *job, gpointer result, const GError *error, gpointer data)
{
  Fixture *fixture = data;

  g_assert_true (g_thread_self () == fixture->thread);
  g_assert_false (fixture->freed);
  fixture->n_done++;
  if (fixture->failed)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
      g_assert_null (result);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (((Report *) result)->number, ==, 1000);
}

static void
on_free (gpointer data)
{
  Fixture *fixture = data;

  g_assert_true (g_thread_self () == fixture->thread);
  fixture->freed = TRUE;
  g_main_loop_quit (fixture->loop);
}

static CotJob *
start (Fixture *fixture)
{
  const CotJobFunctions functions = {
    work, on_report, on_done, report_free, report_free, fixture, on_free,
  };

  return cot_job_start (&functions);
}

static gboolean
on_bound (gpointer data)
{
  g_error ("the job did not end");
  return G_SOURCE_REMOVE;
}

static void
run_until_freed (Fixture *fixture)
{
  guint bound = g_timeout_add_seconds (BOUND_SECONDS, on_bound, NULL);

  if (!fixture->freed)
    g_main_loop_run (fixture->loop);
  g_source_remove (bound);
  g_assert_true (fixture->freed);
}

static void
test_result (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotJob) job = start (fixture);

  run_until_freed (fixture);
  g_assert_cmpuint (fixture->n_done, ==, 1);
  g_assert_cmpuint (fixture->n_reports, ==, 0);
  g_assert_true (fixture->work_thread != fixture->thread);
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotJob) job = NULL;

  fixture->failed = TRUE;
  job = start (fixture);
  run_until_freed (fixture);
  g_assert_cmpuint (fixture->n_done, ==, 1);
}

/* Nobody looks at the job any more, and it ends all the same. */
static void
test_unref_at_once (Fixture *fixture, gconstpointer data)
{
  cot_job_unref (start (fixture));
  run_until_freed (fixture);
  g_assert_cmpuint (fixture->n_done, ==, 1);
}

/* Ten thousand reports at once: the newest arrives, before the end, and few others do. */
static void
test_reports_coalesce (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotJob) job = NULL;

  fixture->n_to_report = 10000;
  job = start (fixture);
  run_until_freed (fixture);
  g_assert_cmpuint (fixture->last_report, ==, 10000);
  g_assert_cmpuint (fixture->n_reports, <, 1000);
  g_assert_cmpuint (fixture->n_done, ==, 1);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CotJob) job = NULL;

  fixture->go = FALSE;
  fixture->n_to_report = 10;
  job = start (fixture);
  g_assert_false (cot_job_is_cancelled (job));
  cot_job_cancel (job);
  g_assert_true (cot_job_is_cancelled (job));
  g_assert_true (g_cancellable_is_cancelled (cot_job_get_cancellable (job)));
  release_worker (fixture);
  run_until_freed (fixture);
  g_assert_cmpuint (fixture->n_reports, ==, 0);
  g_assert_cmpuint (fixture->n_done, ==, 0);
}

static void
cancel_in_report (CotJob *job, gpointer report, gpointer data)
{
  Fixture *fixture = data;

  fixture->n_reports++;
  cot_job_cancel (job);
  release_worker (fixture);
}

static void
test_cancel_in_report (Fixture *fixture, gconstpointer data)
{
  const CotJobFunctions functions = {
    work, cancel_in_report, on_done, report_free, report_free, fixture, on_free,
  };
  g_autoptr (CotJob) job = NULL;

  fixture->go = FALSE;
  fixture->n_to_report = 10;
  job = cot_job_start (&functions);
  run_until_freed (fixture);
  g_assert_cmpuint (fixture->n_reports, ==, 1);
  g_assert_cmpuint (fixture->n_done, ==, 0);
}

static gpointer
start_on_own_context (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (CotJob) job = NULL;

  fixture->thread = g_thread_self ();
  g_main_context_push_thread_default (context);
  job = start (fixture);
  while (!fixture->freed)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
test_other_context (Fixture *fixture, gconstpointer data)
{
  g_thread_join (g_thread_new ("starter", start_on_own_context, fixture));
  g_assert_cmpuint (fixture->n_done, ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*function) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/job/result", test_result },
    { "/job/error", test_error },
    { "/job/unref-at-once", test_unref_at_once },
    { "/job/reports-coalesce", test_reports_coalesce },
    { "/job/cancel", test_cancel },
    { "/job/cancel-in-report", test_cancel_in_report },
    { "/job/other-context", test_other_context },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].function, tear_down);
  return g_test_run ();
}
