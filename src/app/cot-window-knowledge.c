/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-new-detector-dialog.h"
#include "cot-own-detectors-dialog.h"

/* The user's own detectors: which there are, and new ones from a line of a log. */

static void
on_own_detectors (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  cot_own_detectors_dialog_present (GTK_WINDOW (self), self->session);
}

static void
on_saved (const char *path, gpointer data)
{
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: name of a file */
  g_autofree char *sentence = g_strdup_printf (_("Saved as “%s”"), name);

  cot_window_show_toast (COT_WINDOW (data), sentence);
}

static void
on_details_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotWindow) self = data;
  CotLog *log = COT_LOG (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (CotEntryDetails) details = cot_log_load_details_finish (log, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (details == NULL)
    cot_window_show_toast (self, _("This line cannot be read any more."));
  else
    {
      CotDraft *draft = cot_draft_new (self->session, log, details->message_as_written);

      /* A line that only tells may well tell of a failure. */
      if (details->severity == COT_SEVERITY_ERROR)
        draft->severity = COT_SEVERITY_ERROR;
      cot_new_detector_dialog_present (GTK_WINDOW (self), self->session, log, draft, on_saved,
                                       self);
    }
}

static void
on_new_detector (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  guint64 ordinal;
  CotLog *log = self->page != NULL ? cot_log_page_get_selected_entry (self->page, &ordinal) : NULL;

  if (log != NULL)
    cot_log_load_details_async (log, ordinal, self->cancellable, on_details_loaded,
                                g_object_ref (self));
}

static const GActionEntry actions[] = {
  { .name = "own-detectors", .activate = on_own_detectors },
  { .name = "new-detector", .activate = on_new_detector },
};

static void
on_knowledge_changed (CotWindow *self)
{
  cot_findings_panel_set_knowledge (COT_FINDINGS_PANEL (self->panel),
                                    cot_session_get_knowledge (self->session));
  cot_window_report_knowledge (self);
}

void
cot_window_init_knowledge (CotWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_object (self->session, "knowledge-changed", G_CALLBACK (on_knowledge_changed),
                           self, G_CONNECT_SWAPPED);
  cot_window_report_knowledge (self);
}

/**
 * cot_window_add_detector_menu:
 * @menu: the menu of the rows of a log
 *
 * What is known of a line can be written from its menu.
 */
void
cot_window_add_detector_menu (GMenu *menu)
{
  g_menu_append (menu, _("New _Detector from This Line…"), "win.new-detector");
}
