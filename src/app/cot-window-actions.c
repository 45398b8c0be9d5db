/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-popovers.h"
#include "cot-report-dialog.h"
#include "cot-sentences.h"
#include "cot-settings.h"

#define ZOOM_STEP 0.1
#define ZOOM_MIN 0.5
#define ZOOM_MAX 3.0

static double text_zoom = 1.0; /* of all windows */

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_window_choose_files (COT_WINDOW (data), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
on_open_folder (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_window_choose_files (COT_WINDOW (data), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

static void
on_open_uri (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  cot_window_open_files (COT_WINDOW (data), &file, 1);
}

/* Application shortcuts come before the focused field: it must get its own Ctrl+V. */
static void
on_paste (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus != NULL && GTK_IS_EDITABLE (focus))
    gtk_widget_activate_action (focus, "clipboard.paste", NULL);
  else
    cot_window_paste (self);
}

static void
on_open_copied (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_window_paste (COT_WINDOW (data));
}

static void
on_close_tab (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  AdwTabPage *page = adw_tab_view_get_selected_page (ADW_TAB_VIEW (self->tab_view));

  if (cot_window_is_beside_in_front (self))
    cot_window_close_beside (self);
  else if (page != NULL)
    adw_tab_view_close_page (ADW_TAB_VIEW (self->tab_view), page);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_close_bundle (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (self->sidebar_case != NULL)
    cot_window_close_bundle (self, self->sidebar_case);
}

static void
on_copy_path (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotLog *log = cot_log_page_get_log (self->page);
  const char *path = cot_log_get_path (log);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          path != NULL ? path : cot_log_get_label (log));
  cot_window_show_toast (self, _("Path copied"));
}

static void
on_select_tab (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AdwTabView *view = ADW_TAB_VIEW (COT_WINDOW (data)->tab_view);
  int index = g_variant_get_int32 (parameter);

  if (index < adw_tab_view_get_n_pages (view))
    adw_tab_view_set_selected_page (view, adw_tab_view_get_nth_page (view, index));
}

/* From all panes; whoever has the focus is asked first, and a toast that lies above them last. */
static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  CotFindBar *bar = COT_FIND_BAR (COT_WINDOW (data)->find_bar);

  if (!cot_find_bar_get_open (bar))
    return FALSE;
  cot_find_bar_set_open (bar, FALSE);
  return TRUE;
}

static void
add_escape (CotWindow *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (on_escape, self, NULL)));
  gtk_widget_add_controller (self->sidebar_paned, controller);
}

static void
step_known (CotWindow *self, gboolean forward)
{
  if (self->page != NULL && !cot_log_page_step_noted (self->page, COT_RULER_FINDING, forward))
    cot_window_show_toast (self, forward ? _("No known line below") : _("No known line above"));
}

static void
on_next_finding (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_known (COT_WINDOW (data), TRUE);
}

static void
on_previous_finding (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_known (COT_WINDOW (data), FALSE);
}

static void
on_headline (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotFinding *headline
      = self->current_case != NULL ? cot_case_get_headline (self->current_case) : NULL;
  CotLog *log;
  guint64 ordinal;

  if (headline == NULL)
    cot_window_show_toast (self, _("No known failure found"));
  else if (cot_case_get_evidence (self->current_case, headline, headline->primary, &log, &ordinal))
    cot_window_go_to (self, self->current_case, log, ordinal);
}

/* It would give the answer away. */
static void
on_export_report (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotExercise *exercise = cot_case_get_exercise (self->current_case);

  if (exercise != NULL && cot_exercise_get_stage (exercise) != COT_EXERCISE_DONE)
    cot_window_show_toast (self, _("Finish the exercise first"));
  else
    cot_report_dialog_present (GTK_WINDOW (self), self->current_case);
}

static void
on_text_only (GSimpleAction *action, GVariant *state, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  g_simple_action_set_state (action, state);
  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      AdwTabPage *page = adw_tab_view_get_nth_page (view, i);
      CotLogView *log_view = cot_log_page_get_view (cot_window_get_log_page (page));

      cot_log_columns_set_only_text (cot_log_view_get_columns (log_view),
                                     g_variant_get_boolean (state));
    }
}

static void
on_next_form (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  cot_details_pane_next_form (COT_DETAILS_PANE (self->details));
}

static void
on_show_details (GSimpleAction *action, GVariant *state, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  GSettings *settings = cot_settings_get_window ();

  g_simple_action_set_state (action, state);
  gtk_widget_set_visible (self->details, g_variant_get_boolean (state));
  if (settings != NULL)
    g_settings_set_boolean (settings, "details-visible", g_variant_get_boolean (state));
}

static void
on_show_sidebar (GSimpleAction *action, GVariant *state, gpointer data)
{
  cot_window_set_sidebar_shown (COT_WINDOW (data), g_variant_get_boolean (state));
}

static void
on_show_panel (GSimpleAction *action, GVariant *state, gpointer data)
{
  cot_window_set_panel_shown (COT_WINDOW (data), g_variant_get_boolean (state));
}

/* To the log, where most keys are for; or to the button, where none is open. */
static void
on_primary_menu_closed (GtkPopover *menu, CotWindow *self)
{
  if (cot_popovers_has_kept_focus (menu)
      && (self->page == NULL || !gtk_widget_grab_focus (GTK_WIDGET (self->page))))
    gtk_widget_grab_focus (self->menu_button);
}

static void
on_primary_menu (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (COT_WINDOW (data)->menu_button));
}

/* What was stopped of a log, or of those that a merge shows. */
static void
read_on (CotWindow *self)
{
  CotLog *log = cot_log_page_get_log (self->page);

  if (!COT_IS_MERGED_LOG (log))
    cot_case_read_on (cot_log_page_get_case (self->page));
  else
    for (guint i = 0; i < cot_merged_log_get_n_logs (COT_MERGED_LOG (log)); i++)
      cot_case_read_on (cot_merged_log_get_case (COT_MERGED_LOG (log), i));
}

static void
on_check_now (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotLog *log = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;

  if (log == NULL)
    return;
  if (cot_log_get_stopped (log))
    read_on (self);
  cot_log_check_now (log);
}

static void
on_follow (GSimpleAction *action, GVariant *state, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (self->page != NULL)
    {
      cot_log_page_set_following (self->page, g_variant_get_boolean (state));
      if (g_variant_get_boolean (state))
        cot_log_page_show_end (self->page);
      cot_window_note_session (self, COT_SESSION_CHANGED);
    }
  cot_window_update_actions (self);
}

/* A view that is at the end follows; elsewhere nothing would tell of the lines below. */
static void
go_on (CotWindow *self)
{
  CotLog *log = cot_log_page_get_log (self->page);
  guint64 n_held_back = cot_log_get_n_held_back (log);
  g_autofree char *number = cot_sentence_dup_number (n_held_back);
  g_autofree char *text = NULL;

  cot_log_set_paused (log, FALSE);
  if (n_held_back == 0)
    return;
  text = g_strdup_printf (ngettext ("%s new line", "%s new lines", (gulong) n_held_back), number);
  cot_window_show_toast (self, text);
}

static void
on_pause (GSimpleAction *action, GVariant *state, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (self->page != NULL && g_variant_get_boolean (state))
    cot_log_set_paused (cot_log_page_get_log (self->page), TRUE);
  else if (self->page != NULL)
    go_on (self);
  cot_window_note_session (self, COT_SESSION_CHANGED);
  cot_window_update_actions (self);
}

static void
on_cancel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (self->current_case == NULL)
    return;
  cot_case_cancel (self->current_case);
  cot_window_tell_stopped (self, self->current_case);
}

static void
on_read_on (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (self->page != NULL)
    read_on (self);
  if (self->current_case != NULL)
    cot_case_read_on (self->current_case);
}

static void
on_toast (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_window_show_toast (COT_WINDOW (data), g_variant_get_string (parameter, NULL));
}

static void
on_show_finding (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (!gtk_widget_get_visible (self->panel))
    cot_window_set_panel_shown (self, TRUE);
  cot_findings_panel_show_finding (COT_FINDINGS_PANEL (self->panel),
                                   g_variant_get_string (parameter, NULL));
}

static void
on_enter_pass_phrase (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (self->current_case != NULL)
    cot_window_ask_pass_phrase (self, self->current_case);
}

static void
on_show_guide (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (!gtk_widget_get_visible (self->panel))
    cot_window_set_panel_shown (self, TRUE);
  cot_findings_panel_show_guide (COT_FINDINGS_PANEL (self->panel),
                                 g_variant_get_string (parameter, NULL));
}

static void
on_guide (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (!gtk_widget_get_visible (self->panel))
    cot_window_set_panel_shown (self, TRUE);
  cot_findings_panel_open_guide (COT_FINDINGS_PANEL (self->panel));
}

static void
on_show_codes (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (!gtk_widget_get_visible (self->panel))
    cot_window_set_panel_shown (self, TRUE);
  cot_findings_panel_show_codes (COT_FINDINGS_PANEL (self->panel));
}

/* One style sheet for all windows: what is read grows, bars and dialogs do not. */
void
cot_window_apply_zoom (CotWindow *self)
{
  static GtkCssProvider *provider;
  char factor[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *css = NULL;

  if (provider == NULL)
    {
      provider = gtk_css_provider_new ();
      gtk_style_context_add_provider_for_display (gtk_widget_get_display (GTK_WIDGET (self)),
                                                  GTK_STYLE_PROVIDER (provider),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
    }
  css = g_strdup_printf ("logpage, detailspane, findingspanel, bundlesidebar { font-size: %sem; }",
                         g_ascii_formatd (factor, sizeof factor, "%.2f", text_zoom));
  gtk_css_provider_load_from_data (provider, css, -1);
}

static void
set_zoom (CotWindow *self, double zoom)
{
  GSettings *settings = cot_settings_get ();

  text_zoom = CLAMP (zoom, ZOOM_MIN, ZOOM_MAX);
  if (settings != NULL)
    g_settings_set_double (settings, "text-zoom", text_zoom);
  cot_window_apply_zoom (self);
}

static void
on_zoom_in (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  set_zoom (COT_WINDOW (data), text_zoom + ZOOM_STEP);
}

static void
on_zoom_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  set_zoom (COT_WINDOW (data), text_zoom - ZOOM_STEP);
}

static void
on_zoom_reset (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  set_zoom (COT_WINDOW (data), 1.0);
}

static const GActionEntry actions[] = {
  { .name = "open", .activate = on_open },
  { .name = "open-folder", .activate = on_open_folder },
  { .name = "open-uri", .activate = on_open_uri, .parameter_type = "s" },
  { .name = "export-report", .activate = on_export_report },
  { .name = "paste", .activate = on_paste },
  { .name = "open-copied", .activate = on_open_copied },
  { .name = "close-tab", .activate = on_close_tab },
  { .name = "close-bundle", .activate = on_close_bundle },
  { .name = "copy-path", .activate = on_copy_path },
  { .name = "select-tab", .activate = on_select_tab, .parameter_type = "i" },
  { .name = "next-finding", .activate = on_next_finding },
  { .name = "previous-finding", .activate = on_previous_finding },
  { .name = "headline", .activate = on_headline },
  { .name = "text-only", .state = "false", .change_state = on_text_only },
  { .name = "next-form", .activate = on_next_form },
  { .name = "show-details", .state = "true", .change_state = on_show_details },
  { .name = "show-sidebar", .state = "false", .change_state = on_show_sidebar },
  { .name = "show-panel", .state = "false", .change_state = on_show_panel },
  { .name = "primary-menu", .activate = on_primary_menu },
  { .name = "check-now", .activate = on_check_now },
  { .name = "follow", .state = "false", .change_state = on_follow },
  { .name = "pause", .state = "false", .change_state = on_pause },
  { .name = "cancel", .activate = on_cancel },
  { .name = "read-on", .activate = on_read_on },
  { .name = "toast", .activate = on_toast, .parameter_type = "s" },
  { .name = "show-finding", .activate = on_show_finding, .parameter_type = "s" },
  { .name = "enter-pass-phrase", .activate = on_enter_pass_phrase },
  { .name = "show-guide", .activate = on_show_guide, .parameter_type = "s" },
  { .name = "guide", .activate = on_guide },
  { .name = "show-codes", .activate = on_show_codes },
  { .name = "zoom-in", .activate = on_zoom_in },
  { .name = "zoom-out", .activate = on_zoom_out },
  { .name = "zoom-reset", .activate = on_zoom_reset },
};

void
cot_window_init_actions (CotWindow *self)
{
  GSettings *settings = cot_settings_get ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  if (settings != NULL)
    text_zoom = g_settings_get_double (settings, "text-zoom");
  cot_window_apply_zoom (self);
  add_escape (self);
  g_signal_connect (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->menu_button)), "closed",
                    G_CALLBACK (on_primary_menu_closed), self);
}

void
cot_window_set_action_state (CotWindow *self, const char *name, gboolean state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (state));
}

static void
set_enabled (CotWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/**
 * cot_window_update_actions:
 *
 * What can be done with the log in front, and how its switches stand.
 */
void
cot_window_update_actions (CotWindow *self)
{
  static const char *const need_page[]
      = { "copy-path", "find", "find-text", "find-bar", "find-next", "find-previous", "next-error",
          "previous-error", "next-warning", "previous-warning", "next-finding",
          "previous-finding", "text-only", "filter", "filter-row", "filter-severity",
          "filter-text", "filter-time", "clear-filter", "move-clock", "print" };
  CotLog *log = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;
  gboolean can_follow = log != NULL && cot_log_can_follow (log);
  gboolean following = can_follow && cot_log_page_get_following (self->page);
  gboolean paused = following && cot_log_get_paused (log);

  for (guint i = 0; i < G_N_ELEMENTS (need_page); i++)
    set_enabled (self, need_page[i], log != NULL);
  set_enabled (self, "copy-path", log != NULL && cot_window_has_path (self->page));
  set_enabled (self, "follow", can_follow);
  set_enabled (self, "check-now", can_follow);
  set_enabled (self, "only-new", can_follow);
  set_enabled (self, "pause", following);
  set_enabled (self, "headline", self->current_case != NULL);
  set_enabled (self, "export-report", self->current_case != NULL);
  set_enabled (self, "show-sidebar", self->sidebar_case != NULL);
  set_enabled (self, "close-bundle", self->sidebar_case != NULL);
  cot_window_set_action_state (self, "follow", following);
  cot_window_set_action_state (self, "pause", paused);
  gtk_button_set_icon_name (GTK_BUTTON (self->follow_button),
                            paused ? "media-playback-pause-symbolic" : "go-bottom-symbolic");
}
