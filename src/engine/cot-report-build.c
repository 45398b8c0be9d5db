/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reports are put together and written on workers. */

#include "cot-report-private.h"

#include <string.h>

typedef struct
{
  GPtrArray *facts; /* (element-type CotReportFacts) */
  CotReportCompose compose;
  gpointer compose_data;
  GDestroyNotify free_data; /* (nullable) */
} Build;

static void
build_free (gpointer data)
{
  Build *build = data;

  g_ptr_array_unref (build->facts);
  if (build->free_data != NULL)
    build->free_data (build->compose_data);
  g_free (build);
}

static Build *
build_new (CotCase *const *cases,
           guint n_cases,
           gboolean with_marks,
           CotReportCompose compose,
           gpointer compose_data,
           GDestroyNotify free_data)
{
  Build *build = g_new0 (Build, 1);

  build->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_report_facts_free);
  build->compose = compose;
  build->compose_data = compose_data;
  build->free_data = free_data;
  for (guint i = 0; i < n_cases; i++)
    g_ptr_array_add (build->facts, cot_report_facts_new (cases[i], with_marks));
  return build;
}

static CotReport *
run (const Build *build, GCancellable *cancellable, GError **error)
{
  g_autoptr (CotMask) mask = cot_mask_new ();
  g_autoptr (CotReport) report = NULL;

  for (guint i = 0; i < build->facts->len; i++)
    if (!cot_report_facts_read (g_ptr_array_index (build->facts, i), mask, cancellable, error))
      return NULL;
  report = cot_report_new (mask);
  build->compose (report, build->facts, build->compose_data);
  if (cot_report_close (report, cancellable))
    return g_steal_pointer (&report);
  g_cancellable_set_error_if_cancelled (cancellable, error);
  return NULL;
}

static void
build_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  CotReport *report = run (data, cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) cot_report_unref);
  else
    g_task_return_error (task, error);
}

/**
 * cot_report_build_async:
 * @cases: (array length=n_cases): settled cases
 * @n_cases: how many
 * @with_marks: also what the user marked
 * @compose: says what is in them, on a worker
 * @compose_data: for @compose
 * @free_data: (nullable): for @compose_data
 * @cancellable: (nullable): ends it
 * @callback: when it is built
 * @data: for @callback
 *
 * Main thread.
 */
void
cot_report_build_async (CotCase *const *cases,
                        guint n_cases,
                        gboolean with_marks,
                        CotReportCompose compose,
                        gpointer compose_data,
                        GDestroyNotify free_data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, cot_report_build_async);
  g_task_set_task_data (
      task, build_new (cases, n_cases, with_marks, compose, compose_data, free_data), build_free);
  g_task_run_in_thread (task, build_in_thread);
}

/**
 * cot_report_build_finish:
 * @result: what the callback was given
 * @error: G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the report
 */
CotReport *
cot_report_build_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cot_report_build_sync:
 * @cases: (array length=n_cases): settled cases
 * @n_cases: how many
 * @with_marks: also what the user marked
 * @compose: says what is in them
 * @compose_data: for @compose
 *
 * For the command line: blocks.
 *
 * Returns: (transfer full): the report
 */
CotReport *
cot_report_build_sync (CotCase *const *cases,
                       guint n_cases,
                       gboolean with_marks,
                       CotReportCompose compose,
                       gpointer compose_data)
{
  Build *build = build_new (cases, n_cases, with_marks, compose, compose_data, NULL);
  CotReport *report = run (build, NULL, NULL);

  build_free (build);
  return report;
}

typedef struct
{
  CotReport *report;
  CotReportFormat format;
  gboolean masked;
  GFile *file;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  cot_report_unref (save->report);
  g_object_unref (save->file);
  g_free (save);
}

/* The new file takes the place of the old one when it is complete, and not before. */
static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Save *save = data;
  g_autofree char *text
      = cot_report_dup_cancellable (save->report, save->format, save->masked, cancellable);
  GError *error = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error)
      && g_file_replace_contents (save->file, text, strlen (text), NULL, FALSE,
                                  G_FILE_CREATE_REPLACE_DESTINATION, NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * cot_report_save_async:
 * @self: a report; its mask must not be changed meanwhile
 * @format: of the file
 * @masked: see cot_report_dup_file()
 * @file: where to
 * @cancellable: (nullable): ends it; what was there stays
 * @callback: when it is written
 * @data: for @callback
 */
void
cot_report_save_async (CotReport *self,
                       CotReportFormat format,
                       gboolean masked,
                       GFile *file,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Save *save = g_new0 (Save, 1);

  save->report = cot_report_ref (self);
  save->format = format;
  save->masked = masked;
  save->file = g_object_ref (file);
  g_task_set_source_tag (task, cot_report_save_async);
  g_task_set_task_data (task, save, save_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * cot_report_save_finish:
 * @self: a report
 * @result: what the callback was given
 * @error: G_IO_ERROR
 *
 * Returns: whether it is written; otherwise what was there before still is
 */
gboolean
cot_report_save_finish (CotReport *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  CotReport *report;
  char *word; /* (nullable) */
  gboolean masked;
} Preview;

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  cot_report_unref (preview->report);
  g_free (preview->word);
  g_free (preview);
}

static void
preview_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Preview *wanted = data;
  CotReportPreview *preview;
  gboolean is_refused = FALSE;
  guint n = 0;
  guint n_inside = 0;

  if (wanted->word != NULL)
    is_refused = !cot_report_mask_word (wanted->report, wanted->word, &n, &n_inside);
  preview = cot_report_preview_new (wanted->report, wanted->masked, cancellable);
  preview->is_refused = is_refused;
  preview->n_of_word = n;
  preview->n_inside = n_inside;
  g_task_return_pointer (task, preview, (GDestroyNotify) cot_report_preview_free);
}

/**
 * cot_report_preview_async:
 * @self: a report; its mask must not be used meanwhile
 * @word: (nullable): what is to be masked, too
 * @masked: see cot_report_dup_file()
 * @cancellable: (nullable): ends it
 * @callback: when it is there
 * @data: for @callback
 *
 * Main thread. The word is masked from then on.
 */
void
cot_report_preview_async (CotReport *self,
                          const char *word,
                          gboolean masked,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Preview *preview = g_new0 (Preview, 1);

  preview->report = cot_report_ref (self);
  preview->word = g_strdup (word);
  preview->masked = masked;
  g_task_set_source_tag (task, cot_report_preview_async);
  g_task_set_task_data (task, preview, preview_free);
  g_task_run_in_thread (task, preview_in_thread);
}

/**
 * cot_report_preview_finish:
 * @self: a report
 * @result: what the callback was given
 * @error: G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what stands in the file
 */
CotReportPreview *
cot_report_preview_finish (CotReport *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
