/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bundles with encrypted members: these are refused at first, and read once a pass phrase fits. */

#include "cot-case-private.h"

#include <string.h>

static gboolean
is_for_want_of_phrase (const GError *reason)
{
  return g_error_matches (reason, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_ENCRYPTED)
         || g_error_matches (reason, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE);
}

/**
 * cot_case_needs_pass_phrase:
 * @self: a case
 *
 * Returns: whether it has members that were not read for want of a pass phrase, or of the right one
 */
gboolean
cot_case_needs_pass_phrase (CotCase *self)
{
  const GError *reason;

  for (guint i = 0; i < cot_case_get_n_refused (self); i++)
    {
      cot_case_get_refused (self, i, &reason);
      if (is_for_want_of_phrase (reason))
        return TRUE;
    }
  return FALSE;
}

/**
 * cot_case_hides_archives:
 * @self: a case
 *
 * Returns: whether there is an archive among these members; what it holds is listed only where the
 *   bundle is opened with the pass phrase
 */
gboolean
cot_case_hides_archives (CotCase *self)
{
  const GError *reason;

  for (guint i = 0; i < cot_case_get_n_refused (self); i++)
    {
      const char *label = cot_case_get_refused (self, i, &reason);

      if (is_for_want_of_phrase (reason) && cot_bundle_is_archive_name (label))
        return TRUE;
    }
  return FALSE;
}

/**
 * cot_case_had_wrong_pass_phrase:
 * @self: a case
 *
 * Returns: whether members were tried with a pass phrase that does not fit
 */
gboolean
cot_case_had_wrong_pass_phrase (CotCase *self)
{
  const GError *reason;

  for (guint i = 0; i < cot_case_get_n_refused (self); i++)
    {
      cot_case_get_refused (self, i, &reason);
      if (g_error_matches (reason, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE))
        return TRUE;
    }
  return FALSE;
}

/**
 * cot_case_dup_locked_archive:
 * @self: a case
 *
 * Returns: (transfer full) (nullable): the label of an archive inside of the bundle, of whose
 *   members some were tried with pass phrases that do not fit
 */
char *
cot_case_dup_locked_archive (CotCase *self)
{
  const GError *reason;

  for (guint i = 0; i < cot_case_get_n_refused (self); i++)
    {
      g_autofree char *label = g_strdup (cot_case_get_refused (self, i, &reason));
      char *slash;

      if (!g_error_matches (reason, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE))
        continue;
      while ((slash = strrchr (label, '/')) != NULL)
        {
          *slash = '\0';
          if (cot_bundle_is_archive_name (label))
            return g_steal_pointer (&label);
        }
    }
  return NULL;
}

/* Reads again what the phrase may help with. */
static void
read_again (CotCase *self)
{
  cot_case_forget_refused (self, is_for_want_of_phrase);
  g_hash_table_remove_all (self->leaders);
  g_hash_table_remove_all (self->older);
  cot_case_join_members (self);
  cot_case_renew_parts (self);
  for (guint i = 0; i < cot_case_get_n_members (self); i++)
    {
      CotLog *log = cot_case_get_member_log (self, i);

      if (log == NULL)
        cot_case_add_member (self, i);
      else if (is_for_want_of_phrase (cot_log_get_error (log)))
        cot_case_reopen_log (self, log, NULL);
    }
  cot_case_read_collection (self);
  cot_case_schedule_correlation (self);
  g_signal_emit_by_name (self, "members-changed");
  cot_case_pump (self);
}

/**
 * cot_case_set_pass_phrase:
 * @self: a case of a bundle
 * @pass_phrase: what its encrypted members may be read with
 *
 * Reads the members that need it. Where it is wrong, they are refused again, and say so. Main
 * thread.
 */
void
cot_case_set_pass_phrase (CotCase *self, const char *pass_phrase)
{
  if (self->bundle == NULL)
    return;
  cot_bundle_set_pass_phrase (self->bundle, pass_phrase);
  read_again (self);
}

static void
wipe (gpointer data)
{
  char *pass_phrase = data;

  explicit_bzero (pass_phrase, strlen (pass_phrase));
  g_free (pass_phrase);
}

static void
try_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  CotCase *self = source;
  GError *error = NULL;

  if (cot_bundle_try_pass_phrase (self->bundle, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * cot_case_try_pass_phrase_async:
 * @self: a case of a bundle
 * @pass_phrase: what its encrypted members may be read with
 * @cancellable: (nullable): a cancellable
 * @callback: on the main context
 * @data: for @callback
 *
 * Tries it on the smallest of these members, on a worker. Main thread.
 */
void
cot_case_try_pass_phrase_async (CotCase *self, const char *pass_phrase, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_return_if_fail (self->bundle != NULL);

  g_task_set_source_tag (task, cot_case_try_pass_phrase_async);
  g_task_set_task_data (task, g_strdup (pass_phrase), wipe);
  g_task_run_in_thread (task, try_in_thread);
}

/**
 * cot_case_try_pass_phrase_finish:
 * @self: a case of a bundle
 * @result: what the callback was given
 * @error: %COT_BUNDLE_ERROR_WRONG_PASS_PHRASE, or %G_IO_ERROR_CANCELLED
 *
 * If it fits, the members that need it are read from now on. Main thread.
 *
 * Returns: whether it fits
 */
gboolean
cot_case_try_pass_phrase_finish (CotCase *self, GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  read_again (self);
  return TRUE;
}
