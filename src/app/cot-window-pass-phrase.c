/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include "cot-pass-phrase-dialog.h"
#include "cot-member-sentences.h"

/* On a case that somebody is being asked about */
#define ASKING_KEY "cot-window-asking"

typedef struct
{
  CotWindow *window;
  CotCase *a_case;
} Asking;

static void ask (Asking *asking, gboolean was_wrong);

static void
asking_free (Asking *asking)
{
  g_object_set_data (G_OBJECT (asking->a_case), ASKING_KEY, NULL);
  g_object_unref (asking->a_case);
  g_object_unref (asking->window);
  g_free (asking);
}

/* A bundle of which nothing could be read had no tab. */
static void
show_first_log (CotWindow *self, CotCase *a_case)
{
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
    show_first_log (self, asking->a_case);
  asking_free (asking);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  Asking *asking = data;

  if (g_str_equal (response, COT_PASS_PHRASE_RESPONSE_OPEN))
    cot_case_try_pass_phrase_async (asking->a_case, cot_pass_phrase_dialog_get_text (dialog),
                                    asking->window->cancellable, on_tried, asking);
  else
    asking_free (asking);
}

static void
ask (Asking *asking, gboolean was_wrong)
{
  g_autofree char *name = cot_sentence_dup_visible (cot_case_get_title (asking->a_case));
  AdwMessageDialog *dialog
      = cot_pass_phrase_dialog_new (GTK_WINDOW (asking->window), name, was_wrong);

  g_signal_connect (dialog, "response", G_CALLBACK (on_response), asking);
  gtk_window_present (GTK_WINDOW (dialog));
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
  Asking *asking;

  if (!cot_case_needs_pass_phrase (a_case)
      || g_object_get_data (G_OBJECT (a_case), ASKING_KEY) != NULL)
    return;
  asking = g_new0 (Asking, 1);
  asking->window = g_object_ref (self);
  asking->a_case = g_object_ref (a_case);
  g_object_set_data (G_OBJECT (a_case), ASKING_KEY, asking);
  ask (asking, FALSE);
}
