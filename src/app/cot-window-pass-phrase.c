/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include "cot-pass-phrase-dialog.h"
#include "cot-member-sentences.h"
#include "cot-names.h"

/* On a case that somebody is being asked about */
#define ASKING_KEY "cot-window-asking"
/* On one that nobody needs to be asked about of the window's own accord */
#define ASKED_KEY "cot-window-asked"

typedef struct
{
  CotWindow *window;
  CotCase *a_case;
  char *path; /* (nullable): it is not in the window yet, and would be opened from here */
  gboolean merges; /* what can be read then is to be shown merged */
} Asking;

static void ask (Asking *asking, gboolean was_wrong);

static void
asking_free (Asking *asking)
{
  CotWindow *self = asking->window;
  gboolean is_here = !g_cancellable_is_cancelled (self->cancellable)
                     && g_ptr_array_find (self->bundles, asking->a_case, NULL);

  g_object_set_data (G_OBJECT (asking->a_case), ASKING_KEY, NULL);
  if (is_here)
    cot_window_report_refused (self, asking->a_case);
  /* One that is opened anew has another case then. */
  if (asking->path == NULL)
    cot_window_reopen_locked (self, cot_case_get_path (asking->a_case),
                              is_here ? asking->a_case : NULL);
  g_object_unref (asking->a_case);
  g_object_unref (asking->window);
  g_free (asking->path);
  g_free (asking);
}

/* A bundle of which nothing could be read had no tab. */
static void
show_logs (CotWindow *self, CotCase *a_case, gboolean merges)
{
  if (merges)
    {
      cot_window_merge_bundle (self, a_case);
      return;
    }
  for (guint i = 0; i < cot_case_get_n_logs (a_case); i++)
    if (cot_window_has_log (self, cot_case_get_log (a_case, i)))
      return;
  if (cot_case_get_n_logs (a_case) > 0)
    cot_window_add_stopgap (self, a_case, TRUE);
}

static void
on_tried (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  CotWindow *self = asking->window;
  g_autoptr (GError) error = NULL;
  gboolean fits = cot_case_try_pass_phrase_finish (asking->a_case, result, &error);
  gboolean is_wanted = !g_cancellable_is_cancelled (self->cancellable)
                       && g_ptr_array_find (self->bundles, asking->a_case, NULL);

  if (is_wanted && !fits
      && g_error_matches (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE))
    {
      ask (asking, TRUE);
      return;
    }
  if (is_wanted && fits)
    {
      /* Another archive inside may need another one. */
      g_object_set_data (G_OBJECT (asking->a_case), ASKED_KEY, NULL);
      if (!cot_window_waits_for (self, cot_case_get_path (asking->a_case)))
        show_logs (self, asking->a_case, asking->merges);
    }
  asking_free (asking);
}

/* Archives inside it are listed only while it is opened, so it is opened anew. */
static void
go_on_opening (Asking *asking, const char *pass_phrase)
{
  CotWindow *self = asking->window;

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      cot_case_cancel (asking->a_case);
      cot_window_reopen_locked (self, asking->path, NULL);
    }
  else if (pass_phrase == NULL)
    cot_window_add_without_pass_phrase (self, asking->path, asking->a_case, asking->merges);
  else
    {
      cot_case_cancel (asking->a_case);
      cot_window_open_with_pass_phrase (self, asking->path, pass_phrase, asking->merges);
    }
  asking_free (asking);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Asking *asking = data;
  gboolean is_answered = g_str_equal (response, COT_PASS_PHRASE_RESPONSE_OPEN);

  if (asking->path != NULL)
    go_on_opening (asking, is_answered ? cot_pass_phrase_dialog_get_text (dialog) : NULL);
  else if (is_answered)
    cot_case_try_pass_phrase_async (asking->a_case, cot_pass_phrase_dialog_get_text (dialog),
                                    asking->window->cancellable, on_tried, asking);
  else
    asking_free (asking);
}

static void
ask (Asking *asking, gboolean was_wrong)
{
  g_autofree char *inside =
      asking->path == NULL ? cot_case_dup_locked_archive (asking->a_case) : NULL;
  g_autofree char *name = cot_sentence_dup_visible (
      inside != NULL ? inside : cot_case_get_title (asking->a_case));
  AdwMessageDialog *dialog = cot_pass_phrase_dialog_new (GTK_WINDOW (asking->window), name,
                                                         was_wrong, inside != NULL);

  g_signal_connect (dialog, "response", G_CALLBACK (on_response), asking);
  cot_names_tidy_below (GTK_WIDGET (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
begin (CotWindow *self, const char *path, CotCase *a_case, gboolean was_wrong)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->window = g_object_ref (self);
  asking->a_case = g_object_ref (a_case);
  asking->path = g_strdup (path);
  asking->merges = self->merges_opened
                   || (self->opened_merge != NULL
                       && cot_merged_log_has_case (self->opened_merge, a_case));
  g_object_set_data (G_OBJECT (a_case), ASKING_KEY, asking);
  g_object_set_data (G_OBJECT (a_case), ASKED_KEY, asking->window);
  ask (asking, was_wrong);
}

/**
 * cot_window_is_asking:
 * @a_case: a bundle
 *
 * Returns: whether somebody is being asked for its pass phrase: until then it may have no tab
 */
gboolean
cot_window_is_asking (CotCase *a_case)
{
  return g_object_get_data (G_OBJECT (a_case), ASKING_KEY) != NULL;
}

/**
 * cot_window_ask_pass_phrase:
 * @a_case: a bundle of this window
 *
 * Where it has encrypted members, asks for the pass phrase, until it fits or the user gives up;
 * then these members are listed with the reason why they are not read.
 */
void
cot_window_ask_pass_phrase (CotWindow *self, CotCase *a_case)
{
  if (cot_case_needs_pass_phrase (a_case) && !cot_window_is_asking (a_case))
    begin (self, NULL, a_case, FALSE);
}

/**
 * cot_window_ask_for_inside:
 * @a_case: a bundle of this window that has settled
 *
 * Where an archive inside of it needs a pass phrase of its own, asks for that one, once.
 */
void
cot_window_ask_for_inside (CotWindow *self, CotCase *a_case)
{
  g_autofree char *inside = NULL;

  if (g_object_get_data (G_OBJECT (a_case), ASKED_KEY) != NULL
      || !g_ptr_array_find (self->bundles, a_case, NULL))
    return;
  inside = cot_case_dup_locked_archive (a_case);
  if (inside != NULL)
    cot_window_ask_pass_phrase (self, a_case);
}

/**
 * cot_window_ask_before_opening:
 * @path: of a bundle
 * @a_case: its case, which the window does not have yet
 *
 * For bundles with archives among their encrypted members.
 */
void
cot_window_ask_before_opening (CotWindow *self, const char *path, CotCase *a_case)
{
  begin (self, path, a_case, cot_case_had_wrong_pass_phrase (a_case));
}
