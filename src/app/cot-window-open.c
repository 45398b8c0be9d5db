/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-member-list.h"
#include "cot-member-sentences.h"
#include "cot-recent.h"
#include "cot-sentences.h"

#define MAX_RECENT 10

static void open_next (CotWindow *self);

static gboolean
focus_path (CotWindow *self, const char *path)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      CotLogPage *page
          = cot_window_get_log_page (adw_tab_view_get_nth_page (view, i));
      CotLog *log = cot_log_page_get_log (page);

      if (g_strcmp0 (cot_log_get_path (log), path) == 0)
        {
          cot_window_note_opened (self, cot_log_page_get_case (page), log);
          return cot_window_focus_log (self, log);
        }
    }
  for (guint i = 0; i < self->bundles->len; i++)
    {
      CotCase *a_case = g_ptr_array_index (self->bundles, i);

      if (g_strcmp0 (cot_case_get_path (a_case), path) == 0)
        {
          cot_window_note_opened (self, a_case, NULL);
          cot_window_focus_case (self, a_case);
          cot_window_ask_pass_phrase (self, a_case);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
focus_path_anywhere (CotWindow *self, const char *path)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = gtk_application_get_windows (application);

  if (focus_path (self, path))
    return TRUE;
  for (GList *item = windows; item != NULL; item = item->next)
    if (COT_IS_WINDOW (item->data) && item->data != self && focus_path (item->data, path))
      {
        gtk_window_present (item->data);
        return TRUE;
      }
  return FALSE;
}

/* A bundle without a log has no tab, and stays only as long as it is in front: the last that was
 * opened is. Alone it is shown for all that the sidebar has to say of it, beside a log only where
 * there is something to choose. */
static gboolean
is_worth_showing (CotWindow *self, CotCase *a_case, gboolean is_refused)
{
  g_autoptr (GArray) places = NULL;

  if (!g_queue_is_empty (self->open_queue))
    return FALSE;
  if (self->page != NULL)
    return cot_sentence_has_unknown_member (a_case);
  places = cot_member_list_new (a_case);
  return is_refused || places->len > 0;
}

/* What is not shown is told of. */
static gboolean
report_without_logs (CotWindow *self, CotCase *a_case)
{
  g_autofree char *refused = NULL;
  g_autofree char *sentence = NULL;

  if (cot_case_get_n_logs (a_case) > 0 || cot_case_needs_pass_phrase (a_case))
    return FALSE;
  refused = cot_window_dup_refused (a_case);
  if (is_worth_showing (self, a_case, refused != NULL))
    return FALSE;
  if (refused != NULL)
    {
      cot_window_report (self, refused);
      return TRUE;
    }
  sentence = g_strdup_printf (_("“%s” holds no logs"), cot_case_get_title (a_case));
  cot_window_show_toast (self, sentence);
  return TRUE;
}

/* There is nothing else of it to be seen than the sidebar, also where that was put away. The empty
 * page says what to do with it; where a tab stands in its place, a toast does. */
static void
offer_files (CotWindow *self, CotCase *a_case)
{
  g_autofree char *text = NULL;

  if (cot_case_needs_pass_phrase (a_case))
    return;
  cot_window_reveal_sidebar (self);
  if (self->page == NULL || !cot_sentence_has_unknown_member (a_case))
    return;
  text = g_strdup_printf (_("No file in “%s” is named like a log. Choose one in the sidebar."),
                          cot_case_get_title (a_case));
  cot_window_show_toast (self, text);
}

static void
add_bundle (CotWindow *self, CotCase *a_case, gboolean may_ask)
{
  cot_window_keep_case (self, a_case);
  if (cot_case_get_n_logs (a_case) > 0)
    {
      cot_window_add_stopgap (self, a_case, self->select_opened);
    }
  else
    {
      cot_window_set_current_case (self, a_case);
      offer_files (self, a_case);
    }
  if (may_ask)
    cot_window_ask_pass_phrase (self, a_case);
  cot_window_report_refused (self, a_case);
}

/* What was open of it last time, and nothing else: the user has not asked for more. */
static void
reopen (CotWindow *self, CotCase *a_case, gboolean may_ask)
{
  cot_window_keep_case (self, a_case);
  if (may_ask)
    cot_window_ask_pass_phrase (self, a_case);
  cot_window_reopen_locked (self, cot_case_get_path (a_case), a_case);
  if (self->page == NULL)
    cot_window_set_current_case (self, a_case);
  cot_window_report_refused (self, a_case);
}

/* The path may have been another name of something that is open. */
static void
add_opened (CotWindow *self, const char *path, CotCase *a_case, CotLog *log, gboolean may_ask)
{
  gboolean merged;

  if (log == NULL && focus_path_anywhere (self, cot_case_get_path (a_case)))
    {
      cot_case_cancel (a_case);
      return;
    }
  if (log == NULL && may_ask && cot_case_hides_archives (a_case))
    {
      cot_window_ask_before_opening (self, path, a_case);
      return;
    }
  if (log == NULL && cot_window_waits_for (self, cot_case_get_path (a_case)))
    {
      reopen (self, a_case, may_ask);
      self->select_opened = FALSE;
      return;
    }
  if (log == NULL && report_without_logs (self, a_case))
    return;
  cot_recent_add (path, a_case);
  merged = cot_window_note_opened (self, a_case, log);
  if (log != NULL)
    {
      cot_window_keep_case (self, a_case);
      if (!merged)
        cot_window_add_tab (self, a_case, log, self->select_opened);
    }
  else if (merged && cot_case_get_n_logs (a_case) > 0)
    {
      cot_window_keep_case (self, a_case);
      if (may_ask)
        cot_window_ask_pass_phrase (self, a_case);
      cot_window_report_refused (self, a_case);
    }
  else
    {
      add_bundle (self, a_case, may_ask);
    }
  self->select_opened = FALSE;
}

/* What is practised with is not remembered, and may be open as an ordinary bundle, too. */
static void
add_practice (CotWindow *self, CotCase *a_case)
{
  if (!report_without_logs (self, a_case))
    add_bundle (self, a_case, TRUE);
  self->select_opened = FALSE;
}

static void
report_error (CotWindow *self, const GError *error, const char *path)
{
  g_autofree char *name = cot_sentence_dup_base_name (path);
  g_autofree char *sentence = cot_sentence_from_failure (error, name);

  cot_window_report (self, sentence);
}

typedef struct
{
  CotWindow *window;
  char *path;
  CotScenario *scenario; /* (nullable): what it is opened for */
} Opening;

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  g_autoptr (CotWindow) self = opening->window;
  g_autofree char *path = opening->path;
  g_autoptr (CotScenario) scenario = opening->scenario;
  g_autoptr (GError) error = NULL;
  CotLog *log = NULL; /* the case owns it */
  g_autoptr (CotCase) a_case
      = cot_session_open_finish (COT_SESSION (source), result, &log, &error);

  g_free (opening);
  self->opening = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      cot_window_reopen_locked (self, path, NULL);
      return;
    }
  if (a_case != NULL && scenario != NULL)
    cot_window_start_practice (self, a_case, scenario);
  if (a_case == NULL)
    report_error (self, error, path);
  else if (scenario != NULL)
    add_practice (self, a_case);
  else
    add_opened (self, path, a_case, log, TRUE);
  if (a_case == NULL || !cot_window_is_asking (a_case))
    cot_window_reopen_locked (self, path, NULL);
  open_next (self);
}

static void
start_opening (CotWindow *self, const char *path, CotScenario *scenario)
{
  g_autoptr (CotCase) loose = cot_window_dup_loose_case (self, path);
  Opening *opening = g_new0 (Opening, 1);

  self->opening = TRUE;
  opening->window = g_object_ref (self);
  opening->path = g_strdup (path);
  opening->scenario = scenario != NULL ? cot_scenario_ref (scenario) : NULL;
  cot_session_open_async (self->session, loose, path, self->cancellable, on_opened, opening);
}

/* One after the other, so that several files become tabs in their order. */
static void
open_next (CotWindow *self)
{
  g_autofree char *path = NULL;

  while (!self->opening && (path = g_queue_pop_head (self->open_queue)) != NULL)
    {
      if (focus_path_anywhere (self, path))
        {
          self->select_opened = FALSE;
          g_clear_pointer (&path, g_free);
          continue;
        }
      start_opening (self, path, NULL);
    }
  if (!self->opening)
    {
      cot_window_end_opening (self);
      cot_window_flush_reports (self);
    }
}

/**
 * cot_window_open_with_pass_phrase:
 * @path: of an encrypted bundle
 * @pass_phrase: what its members may be read with
 * @merge: whether its logs are shown merged
 *
 * Opens it anew; asks again, where the phrase is wrong.
 */
void
cot_window_open_with_pass_phrase (CotWindow *self, const char *path, const char *pass_phrase,
                                  gboolean merge)
{
  self->select_opened = TRUE;
  self->merges_opened = self->merges_opened || merge;
  cot_session_set_pass_phrase (self->session, pass_phrase);
  start_opening (self, path, NULL);
  cot_session_set_pass_phrase (self->session, NULL);
}

/**
 * cot_window_add_without_pass_phrase:
 * @path: of an encrypted bundle
 * @a_case: its case
 * @merge: whether its logs are shown merged
 *
 * Shows what can be read of it.
 */
void
cot_window_add_without_pass_phrase (CotWindow *self, const char *path, CotCase *a_case,
                                    gboolean merge)
{
  self->select_opened = TRUE;
  self->merges_opened = self->merges_opened || merge;
  add_opened (self, path, a_case, NULL, FALSE);
  cot_window_reopen_locked (self, path, NULL);
  if (self->opening)
    return;
  cot_window_end_opening (self);
  cot_window_flush_reports (self);
}

/**
 * cot_window_open_practice:
 * @scenario: a scenario
 *
 * Opens its logs, for practice.
 */
void
cot_window_open_practice (CotWindow *self, CotScenario *scenario)
{
  self->select_opened = TRUE;
  start_opening (self, scenario->bundle_path, scenario);
}

static void
queue_path (CotWindow *self, const char *path)
{
  if (g_queue_is_empty (self->open_queue) && !self->opening)
    {
      self->select_opened = TRUE;
      cot_window_drop_reports (self);
      cot_window_begin_opening (self);
    }
  g_queue_push_tail (self->open_queue, g_canonicalize_filename (path, NULL));
}

/**
 * cot_window_open_path:
 * @path: absolute, in the encoding of file names
 */
void
cot_window_open_path (CotWindow *self, const char *path)
{
  queue_path (self, path);
  open_next (self);
}

/**
 * cot_window_show_next:
 * @filter: (nullable): an expression that is a filter
 * @place: (nullable): a line, an entry or a time
 *
 * How the logs are shown that are opened from now on.
 */
void
cot_window_show_next (CotWindow *self, const char *filter, const char *place)
{
  g_return_if_fail (COT_IS_WINDOW (self));

  g_free (self->first_filter);
  self->first_filter = g_strdup (filter);
  g_free (self->first_place);
  self->first_place = g_strdup (place);
}

/**
 * cot_window_open_files:
 * @files: (array length=n_files): what to open
 */
void
cot_window_open_files (CotWindow *self, GFile **files, guint n_files)
{
  guint n_queued = 0;

  g_return_if_fail (COT_IS_WINDOW (self));

  for (guint i = 0; i < n_files; i++)
    {
      const char *path = g_file_peek_path (files[i]);

      if (path != NULL)
        {
          queue_path (self, path);
          n_queued++;
        }
      else
        {
          g_autofree char *uri = g_file_get_uri (files[i]);
          g_autoptr (GError) error
              = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, uri);

          report_error (self, error, uri);
        }
    }
  /* Only now: those that are open already are opened at once, and would be all that belongs
   * together. Where nothing is opened, no opening ends. */
  if (n_queued > 0)
    {
      open_next (self);
    }
  else if (!self->opening)
    {
      self->merges_opened = FALSE;
      cot_window_flush_reports (self);
    }
}

static void
on_chooser_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

      /* All at once, as when they are dropped: they may belong together. */
      for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
        g_ptr_array_add (files, g_list_model_get_item (chosen, i));
      cot_window_open_files (self, (GFile **) files->pdata, files->len);
    }
  g_clear_object (&self->chooser);
}

static void
add_filters (GtkFileChooser *chooser)
{
  static const char *const endings[] = { "log", "lo_", "evtx", "reg", "txt", "xml",
                                         "html", "zip", "cab", "gz" };
  g_autoptr (GtkFileFilter) logs = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (logs, _("Logs and bundles"));
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    gtk_file_filter_add_suffix (logs, endings[i]);
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, logs);
  gtk_file_chooser_add_filter (chooser, all);
}

/**
 * cot_window_choose_files:
 * @action: open files, or select a folder
 */
void
cot_window_choose_files (CotWindow *self, GtkFileChooserAction action)
{
  gboolean folder = action == GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER;

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (folder ? _("Open a Folder of Logs")
                                                      : _("Open Logs or Bundles"),
                                               GTK_WINDOW (self), action, _("_Open"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (!folder)
    {
      gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
      add_filters (GTK_FILE_CHOOSER (self->chooser));
    }
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chooser_response), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
cot_window_update_recent_menu (CotWindow *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) open = g_menu_new ();
  g_autoptr (GMenuModel) recent = cot_recent_create_menu (MAX_RECENT);

  g_menu_append (open, _("Open _Folder…"), "win.open-folder");
  g_menu_append (open, _("Open _Copied Text"), "win.open-copied");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (open));
  g_menu_append_section (menu, _("Recent"), recent);
  adw_split_button_set_menu_model (ADW_SPLIT_BUTTON (self->open_button), G_MENU_MODEL (menu));
}
