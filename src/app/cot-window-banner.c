/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-log-sentences.h"
#include "cot-member-sentences.h"
#include "cot-sentences.h"

/* A banner with more lines than this says would cover the logs. */
#define BANNER_MAX_BYTES 600
/* Fewer zeros are no hole that anybody would wonder about. */
#define MIN_ZERO_BYTES 4096

/* What the tabs of one case show above them, until the user closes it. */
typedef struct
{
  GString *text;
  gboolean passing; /* is about something that was to be opened: goes with the next opening */
  gboolean has_details;
} Banner;

static void
banner_free (gpointer data)
{
  Banner *banner = data;

  g_string_free (banner->text, TRUE);
  g_free (banner);
}

/**
 * cot_window_update_banner:
 *
 * Shows the banner of the case in front, or none.
 */
void
cot_window_update_banner (CotWindow *self)
{
  const Banner *banner = g_hash_table_lookup (self->banners, self->current_case);

  if (banner != NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->banner_label), banner->text->str);
      gtk_widget_set_visible (self->banner_details, banner->has_details);
    }
  else if (self->knowledge_sentence != NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->banner_label), self->knowledge_sentence);
      gtk_widget_set_visible (self->banner_details, TRUE);
    }
  else
    {
      /* The label stays on the accessibility bus. */
      gtk_label_set_text (GTK_LABEL (self->banner_label), "");
    }
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->banner_revealer),
                                 banner != NULL || self->knowledge_sentence != NULL);
}

/**
 * cot_window_show_banner_details:
 *
 * Leads to all that the banner tells of.
 */
void
cot_window_show_banner_details (CotWindow *self)
{
  /* What could not be read stands in the sidebar, each with its reason: below all that was. */
  if (g_hash_table_contains (self->banners, self->current_case))
    {
      cot_window_set_sidebar_shown (self, TRUE);
      cot_bundle_sidebar_show_refused (COT_BUNDLE_SIDEBAR (self->sidebar));
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.own-detectors", NULL);
  cot_window_hide_banner (self);
}

/**
 * cot_window_report_knowledge:
 *
 * Tells what is wrong with the user's own knowledge, above any log, until it is closed.
 */
void
cot_window_report_knowledge (CotWindow *self)
{
  guint n = cot_session_get_n_knowledge_problems (self->session);

  g_clear_pointer (&self->knowledge_sentence, g_free);
  if (n == 1)
    /* Translators: file, line and what is wrong there */
    self->knowledge_sentence
        = g_strdup_printf (_("A part of your own detectors was left out: %s"),
                           cot_session_get_knowledge_problem (self->session, 0));
  else if (n > 1)
    self->knowledge_sentence
        = g_strdup_printf (ngettext ("%u part of your own detectors was left out",
                                     "%u parts of your own detectors were left out", n),
                           n);
  cot_window_update_banner (self);
}

/* Several files that could not be opened each get their line. */
static Banner *
add_sentence (CotWindow *self, CotCase *a_case, const char *sentence)
{
  Banner *banner = g_hash_table_lookup (self->banners, a_case);

  if (banner == NULL)
    {
      banner = g_new0 (Banner, 1);
      banner->text = g_string_new (sentence);
      g_hash_table_insert (self->banners, a_case, banner);
    }
  else if (strstr (banner->text->str, sentence) == NULL
           && banner->text->len + strlen (sentence) < BANNER_MAX_BYTES)
    {
      g_string_append_printf (banner->text, "\n%s", sentence);
    }
  return banner;
}

/* The number of refused files of a bundle takes the place of a smaller one. */
static void
set_refused (CotWindow *self, CotCase *a_case, const char *sentence)
{
  Banner *banner;

  if (cot_case_is_bundle (a_case))
    g_hash_table_remove (self->banners, a_case);
  banner = add_sentence (self, a_case, sentence);
  banner->has_details = cot_case_is_bundle (a_case);
  banner->passing = FALSE;
  cot_window_update_banner (self);
}

/**
 * cot_window_report:
 * @sentence: what went wrong with something that was to be opened
 *
 * It is shown when all is opened, above the log that is in front then.
 */
void
cot_window_report (CotWindow *self, const char *sentence)
{
  g_ptr_array_add (self->reports, g_strdup (sentence));
}

void
cot_window_flush_reports (CotWindow *self)
{
  for (guint i = 0; i < self->reports->len; i++)
    {
      Banner *banner
          = add_sentence (self, self->current_case, g_ptr_array_index (self->reports, i));

      banner->passing = !banner->has_details;
    }
  g_ptr_array_set_size (self->reports, 0);
  cot_window_update_banner (self);
}

static gboolean
is_passing (gpointer a_case, gpointer value, gpointer data)
{
  return ((Banner *) value)->passing;
}

/* What was told of the opening before. */
void
cot_window_drop_reports (CotWindow *self)
{
  g_hash_table_foreach_remove (self->banners, is_passing, NULL);
  cot_window_update_banner (self);
}

void
cot_window_hide_banner (CotWindow *self)
{
  if (!g_hash_table_remove (self->banners, self->current_case))
    g_clear_pointer (&self->knowledge_sentence, g_free);
  cot_window_update_banner (self);
}

/* What could not be read, or not whole. */
typedef struct
{
  guint n_whole; /* the bundle itself */
  guint n_files;
  guint n_partly; /* of these files: what came is shown all the same */
  guint first_file;
} Refusals;

static Refusals
count_refusals (CotCase *a_case)
{
  Refusals refusals = { 0 };

  for (guint i = cot_case_get_n_refused (a_case); i-- > 0;)
    if (cot_case_is_whole_refused (a_case, i))
      refusals.n_whole++;
    else
      {
        refusals.n_files++;
        refusals.n_partly += cot_case_get_read_in_part (a_case, i) != NULL;
        refusals.first_file = i;
      }
  return refusals;
}

static char *
dup_unread (guint n_unread, guint n_all)
{
  return g_strdup_printf (ngettext ("%u of %u file could not be read",
                                    "%u of %u files could not be read", n_all),
                          n_unread, n_all);
}

static char *
dup_partly_read (guint n_partly, guint n_all)
{
  return g_strdup_printf (ngettext ("%u of %u file could be read only in part",
                                    "%u of %u files could be read only in part", n_all),
                          n_partly, n_all);
}

/* (nullable) */
static char *
dup_refusal (CotCase *a_case, guint index)
{
  const GError *reason = NULL;
  const char *path = cot_case_get_refused (a_case, index, &reason);
  g_autofree char *base_name = cot_sentence_dup_base_name (path);
  g_autofree char *name = cot_sentence_dup_short_name (base_name);

  return reason != NULL ? cot_sentence_from_refusal (a_case, index, name) : NULL;
}

/* (nullable) */
static char *
dup_refused_files (CotCase *a_case, const Refusals *refusals)
{
  guint n_files = cot_case_is_bundle (a_case) ? cot_case_get_n_members (a_case)
                                              : cot_case_get_n_logs (a_case);
  guint n_all = MAX (n_files, refusals->n_files);
  g_autofree char *partly = NULL;
  g_autofree char *unread = NULL;

  if (refusals->n_files == 0)
    return NULL;
  if (refusals->n_files == 1)
    return dup_refusal (a_case, refusals->first_file);
  if (refusals->n_partly == 0)
    return dup_unread (refusals->n_files, n_all);
  partly = dup_partly_read (refusals->n_partly, n_all);
  if (refusals->n_partly == refusals->n_files)
    return g_steal_pointer (&partly);
  unread = dup_unread (refusals->n_files - refusals->n_partly, n_all);
  return g_strdup_printf ("%s\n%s", unread, partly);
}

/**
 * cot_window_dup_refused:
 * @a_case: a case
 *
 * Returns: (nullable): what could not be read of it, in a sentence or two: the bundle itself is
 *   none of its files
 */
char *
cot_window_dup_refused (CotCase *a_case)
{
  const Refusals refusals = count_refusals (a_case);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *files = dup_refused_files (a_case, &refusals);

  for (guint i = 0; refusals.n_whole > 0 && i < cot_case_get_n_refused (a_case); i++)
    {
      g_autofree char *whole
          = cot_case_is_whole_refused (a_case, i) ? dup_refusal (a_case, i) : NULL;

      if (whole != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", whole);
    }
  if (files != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", files);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/**
 * cot_window_report_refused:
 * @a_case: a case
 *
 * A banner that the user closed stays closed until there is more to say. What waits for a pass
 * phrase is no failure: it is told when the user has answered, or will not.
 */
void
cot_window_report_refused (CotWindow *self, CotCase *a_case)
{
  guint n_refused = cot_case_get_n_refused (a_case);
  g_autofree char *sentence = NULL;

  if (GPOINTER_TO_UINT (g_hash_table_lookup (self->reported, a_case)) == n_refused
      || cot_window_is_asking (a_case))
    return;
  g_hash_table_insert (self->reported, a_case, GUINT_TO_POINTER (n_refused));
  sentence = cot_window_dup_refused (a_case);
  if (sentence != NULL)
    set_refused (self, a_case, sentence);
  else
    {
      /* A pass phrase made up for it, or it was read after all. */
      g_hash_table_remove (self->banners, a_case);
      cot_window_update_banner (self);
    }
}

/**
 * cot_window_tell_zeros:
 * @a_case: a case
 * @log: one of its logs, which is in front
 *
 * Tells once where most of a log that was read to its end is a hole: its rows are blank, and
 * nothing is missing there. Of one that is nothing else its page tells.
 */
void
cot_window_tell_zeros (CotWindow *self, CotCase *a_case, CotLog *log)
{
  CotDocumentState state = cot_log_get_state (log);
  guint64 all_bytes;
  guint64 zero_bytes = cot_log_get_zero_bytes (log, &all_bytes);
  g_autofree char *name = NULL;
  g_autofree char *zeros = NULL;
  g_autofree char *all = NULL;
  g_autofree char *sentence = NULL;

  if (zero_bytes < MIN_ZERO_BYTES || zero_bytes <= all_bytes / 2 || cot_log_is_blank (log)
      || cot_log_get_error (log) != NULL || state == COT_DOCUMENT_NEW
      || state == COT_DOCUMENT_LOADING
      || g_object_get_data (G_OBJECT (log), "zeros-told") != NULL)
    return;
  g_object_set_data (G_OBJECT (log), "zeros-told", GINT_TO_POINTER (TRUE));
  name = cot_sentence_dup_visible (cot_log_get_name (log));
  zeros = g_format_size (zero_bytes);
  all = g_format_size (all_bytes);
  /* Translators: name of a log, two sizes */
  sentence = g_strdup_printf (_("Most of “%s” is nothing but zeros, %s of %s: nothing is written "
                                "there. What is written is shown."),
                              name, zeros, all);
  add_sentence (self, a_case, sentence)->passing = TRUE;
  cot_window_update_banner (self);
}

/**
 * cot_window_tell_no_text:
 * @a_case: a case
 * @log: one of its logs, which is in front
 *
 * Tells once where a log looks like none: "no known failure" would be no news of it.
 */
void
cot_window_tell_no_text (CotWindow *self, CotCase *a_case, CotLog *log)
{
  g_autofree char *sentence = NULL;

  if (!cot_log_is_no_text (log)
      || g_object_get_data (G_OBJECT (log), "no-text-told") != NULL)
    return;
  g_object_set_data (G_OBJECT (log), "no-text-told", GINT_TO_POINTER (TRUE));
  sentence = cot_log_sentence_dup_no_text (log);
  add_sentence (self, a_case, sentence)->passing = TRUE;
  cot_window_update_banner (self);
}

void
cot_window_init_banners (CotWindow *self)
{
  self->reported = g_hash_table_new (NULL, NULL);
  self->banners = g_hash_table_new_full (NULL, NULL, NULL, banner_free);
  self->reports = g_ptr_array_new_with_free_func (g_free);
}

void
cot_window_finish_banners (CotWindow *self)
{
  g_hash_table_unref (self->reported);
  g_hash_table_unref (self->banners);
  g_ptr_array_unref (self->reports);
  g_free (self->knowledge_sentence);
}
