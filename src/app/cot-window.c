/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include "cot-beside-pane.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-empty-page.h"
#include "cot-log-sentences.h"
#include "cot-member-sentences.h"
#include "cot-names.h"
#include "cot-sentences.h"

/* What is done sooner than this shows no progress. */
#define PROGRESS_DELAY_MSEC 500

G_DEFINE_FINAL_TYPE (CotWindow, cot_window, ADW_TYPE_APPLICATION_WINDOW)

static void
on_banner_response (CotWindow *self)
{
  cot_window_hide_banner (self);
}

static void
on_banner_details (CotWindow *self)
{
  cot_window_show_banner_details (self);
}

static char *
dup_subtitle (CotCase *a_case, CotLog *log)
{
  const char *path = cot_log_get_path (log);
  const char *device = COT_IS_MERGED_LOG (log)
                           ? cot_merged_log_get_device (COT_MERGED_LOG (log))
                           : cot_case_get_log_device (a_case, log);

  if (cot_case_get_exercise (a_case) != NULL)
    /* Translators: the logs are those of a practice scenario, which this names */
    return g_strdup_printf (_("Practice: %s"),
                            cot_exercise_get_scenario (cot_case_get_exercise (a_case))->title);
  if (COT_IS_MERGED_LOG (log) && device == NULL)
    return cot_log_sentence_dup_owners (COT_MERGED_LOG (log));
  if (!cot_case_is_bundle (a_case))
    {
      g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;

      return folder != NULL ? g_filename_display_name (folder)
                            : g_strdup (_("Not saved: gone when the tab is closed"));
    }
  /* A bundle that is named after its computer says it once. */
  if (device != NULL && cot_case_get_n_devices (a_case) < 2
      && cot_sentence_is_title (a_case, device))
    return g_strdup (device);
  if (device != NULL && cot_case_get_n_devices (a_case) > 1)
    /* Translators: name of a computer, the number of all, name of the bundle with their logs */
    return g_strdup_printf (_("%s, one of the %u devices in %s"), device,
                            cot_case_get_n_devices (a_case), cot_case_get_title (a_case));
  if (device != NULL)
    return g_strdup_printf ("%s · %s", device, cot_case_get_title (a_case));
  return g_strdup (cot_case_get_title (a_case));
}

void
cot_window_update_title (CotWindow *self)
{
  AdwWindowTitle *title = ADW_WINDOW_TITLE (self->title);
  g_autofree char *subtitle = NULL;
  g_autofree char *log_name = NULL;
  const char *name = "Cotrace";

  if (self->page != NULL)
    {
      CotLog *log = cot_log_page_get_log (self->page);

      log_name = cot_log_sentence_dup_name (log);
      name = log_name;
      subtitle = dup_subtitle (cot_log_page_get_case (self->page), log);
    }
  else if (self->sidebar_case != NULL)
    {
      name = cot_case_get_title (self->sidebar_case);
      if (cot_case_get_n_devices (self->sidebar_case) > 1)
        subtitle = cot_sentence_dup_devices (self->sidebar_case);
    }
  adw_window_title_set_title (title, name);
  adw_window_title_set_subtitle (title, subtitle != NULL ? subtitle : "");
  gtk_window_set_title (GTK_WINDOW (self), name);
}

/* What is to be done where no file of a bundle is named as a log is. */
static void
describe_no_logs (CotWindow *self, CotCase *a_case)
{
  AdwStatusPage *page = ADW_STATUS_PAGE (self->no_logs);
  gboolean has_unknown = cot_sentence_has_unknown_member (a_case);

  if (cot_case_get_n_refused (a_case) > 0)
    {
      adw_status_page_set_title (page, _("No Log Could Be Read"));
      adw_status_page_set_description (page,
                                       _("The sidebar says of each file why, and what to do."));
      return;
    }
  adw_status_page_set_title (page, has_unknown ? _("No File Is Named Like a Log")
                                               : _("No Logs in Here"));
  adw_status_page_set_description (
      page, has_unknown ? _("Choose one of the “Other files” in the sidebar to read it as a log.")
                        : _("The sidebar says of each file what it is, and what opens it."));
}

/* Without a tab: what is to be done now. */
static const char *
get_centre_without_tabs (CotWindow *self)
{
  CotCase *a_case = self->current_case;

  if (a_case == NULL || cot_case_get_n_logs (a_case) > 0)
    return "none";
  if (cot_case_needs_pass_phrase (a_case))
    return "locked";
  if (cot_case_get_n_members (a_case) == 0)
    return "none";
  describe_no_logs (self, a_case);
  return "no-logs";
}

/* Empty page, or panes; and in the panes, tabs or a word that there are none. */
void
cot_window_update_content (CotWindow *self)
{
  gboolean has_pages = adw_tab_view_get_n_pages (ADW_TAB_VIEW (self->tab_view)) > 0;
  gboolean has_content = has_pages || self->bundles->len > 0;

  cot_window_set_empty (self, !has_content);
  gtk_stack_set_visible_child_name (GTK_STACK (self->centre_stack),
                                    has_pages ? "tabs" : get_centre_without_tabs (self));
  gtk_widget_set_visible (self->tab_bar, has_pages);
  gtk_widget_set_visible (self->status_bar, has_content);
  gtk_widget_set_visible (self->sidebar_button, has_content);
  gtk_widget_set_visible (self->find_button, has_content);
  gtk_widget_set_visible (self->filter_button, has_content);
  gtk_widget_set_visible (self->follow_button, has_content);
  cot_window_update_title (self);
  cot_window_update_actions (self);
  cot_window_apply_layout (self);
}

static void
update_progress (CotWindow *self)
{
  CotCase *a_case = self->current_case;
  const char *activity = a_case != NULL ? cot_case_get_activity (a_case) : NULL;
  double progress;
  g_autofree char *text = NULL;

  if (a_case == NULL || cot_case_get_settled (a_case))
    {
      gtk_revealer_set_reveal_child (GTK_REVEALER (self->progress_revealer), FALSE);
      return;
    }
  progress = CLAMP (cot_case_get_progress (a_case), 0.0, 1.0);
  text = activity != NULL ? g_strdup_printf (_("Reading %s, %d %%"), activity,
                                             (int) (100 * progress))
                          : g_strdup_printf (_("Looking at the logs, %d %%"),
                                             (int) (100 * progress));
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress_bar), progress);
  gtk_label_set_text (GTK_LABEL (self->progress_label), text);
}

static gboolean
show_progress (gpointer data)
{
  CotWindow *self = data;

  self->progress_source = 0;
  if (self->current_case != NULL && !cot_case_get_settled (self->current_case))
    {
      update_progress (self);
      gtk_revealer_set_reveal_child (GTK_REVEALER (self->progress_revealer), TRUE);
    }
  return G_SOURCE_REMOVE;
}

static void
queue_progress (CotWindow *self)
{
  if (self->current_case != NULL && !cot_case_get_settled (self->current_case)
      && !gtk_revealer_get_reveal_child (GTK_REVEALER (self->progress_revealer))
      && self->progress_source == 0)
    self->progress_source = g_timeout_add (PROGRESS_DELAY_MSEC, show_progress, self);
  update_progress (self);
}

/* Whoever writes or chooses is not led away from it. */
static gboolean
is_busy (CotWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL
         && (GTK_IS_EDITABLE (focus) || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL);
}

/* A log that the program put in front gives way to the one with the failure; one that the user
 * chose does not. */
static gboolean
may_leave_front (CotWindow *self, CotCase *a_case, CotLog *log, guint64 ordinal)
{
  CotLog *front = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;
  guint64 place;

  if (front == NULL)
    return cot_case_is_bundle (a_case);
  return cot_log_find_place (front, log, ordinal, &place)
         || (cot_case_is_bundle (a_case)
             && g_hash_table_lookup (self->stopgaps, a_case) == front);
}

/* Once for each bundle and each loose log: where nothing was selected yet, the line of the headline
 * is. */
static void
introduce_headline (CotWindow *self, CotCase *a_case)
{
  CotFinding *headline = cot_case_get_headline (a_case);
  CotLog *log;
  guint64 ordinal;
  gpointer key;
  gboolean is_new;

  /* The command line says what is to be seen. */
  if (headline == NULL || self->first_place != NULL || is_busy (self)
      || (self->page != NULL && cot_log_page_get_selected (self->page, &ordinal)))
    return;
  if (!cot_case_get_evidence (a_case, headline, headline->primary, &log, &ordinal)
      || !may_leave_front (self, a_case, log, ordinal))
    return;
  key = cot_case_is_bundle (a_case) ? (gpointer) a_case : (gpointer) log;
  if (!g_hash_table_add (self->introduced, key))
    return;
  is_new = !cot_window_has_log (self, log);
  cot_window_go_to (self, a_case, log, ordinal);
  cot_window_close_stopgap (self, a_case, log, is_new);
}

/* Where no detector knows a failure, the first error is the best to begin with: of a folder that
 * shows a log without any, because it is the first by its name. */
static void
introduce_errors (CotWindow *self, CotCase *a_case)
{
  CotLog *front = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;
  g_autoptr (CotSummary) all = NULL;
  CotLog *log;
  guint64 ordinal;
  gboolean is_new;

  if (front == NULL || cot_case_get_headline (a_case) != NULL || self->first_place != NULL
      || is_busy (self) || cot_case_get_exercise (a_case) != NULL
      || cot_log_page_get_selected (self->page, &ordinal)
      || g_hash_table_lookup (self->stopgaps, a_case) != front
      || cot_log_get_counts (front)->by_severity[COT_SEVERITY_ERROR] > 0)
    return;
  all = cot_case_sum_up (a_case);
  if (!cot_errors_find_first (all->unexplained, &log, &ordinal)
      || !g_hash_table_add (self->introduced, a_case))
    return;
  is_new = !cot_window_has_log (self, log);
  cot_window_go_to (self, a_case, log, ordinal);
  cot_window_close_stopgap (self, a_case, log, is_new);
}

static void
on_findings_changed (CotWindow *self)
{
  cot_window_update_badge (self);
  cot_window_update_tab_icons (self);
  cot_window_update_actions (self);
}

static void
on_progress_changed (CotCase *a_case, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (cot_case_get_settled (a_case))
    cot_window_ask_for_inside (self, a_case);
  if (a_case != self->current_case)
    {
      if (cot_case_get_settled (a_case))
        cot_window_update_tab_icons (self);
      return;
    }
  queue_progress (self);
  if (!cot_case_get_settled (a_case))
    return;
  introduce_headline (self, a_case);
  introduce_errors (self, a_case);
  cot_window_update_badge (self);
  cot_window_tell_verdict (self, a_case);
}

static void
on_members_changed (CotCase *a_case, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  cot_window_report_refused (self, a_case);
  cot_window_update_content (self);
}

void
cot_window_watch_case (CotWindow *self, CotCase *a_case)
{
  g_signal_connect_swapped (a_case, "findings-changed", G_CALLBACK (on_findings_changed), self);
  g_signal_connect (a_case, "progress-changed", G_CALLBACK (on_progress_changed), self);
  g_signal_connect (a_case, "members-changed", G_CALLBACK (on_members_changed), self);
}

void
cot_window_unwatch_case (CotWindow *self, CotCase *a_case)
{
  g_signal_handlers_disconnect_by_data (a_case, self);
  g_hash_table_remove (self->introduced, a_case);
  g_hash_table_remove (self->told, a_case);
  g_hash_table_remove (self->reported, a_case);
  g_hash_table_remove (self->banners, a_case);
  g_hash_table_remove (self->stopgaps, a_case);
  g_hash_table_remove (self->last_logs, a_case);
  if (self->panel != NULL)
    cot_findings_panel_forget_case (COT_FINDINGS_PANEL (self->panel), a_case);
}

static gboolean
introduce_current (gpointer data)
{
  CotWindow *self = data;
  CotCase *a_case = self->current_case;

  self->introduce_source = 0;
  if (a_case != NULL && cot_case_get_settled (a_case))
    {
      introduce_headline (self, a_case);
      cot_window_tell_verdict (self, a_case);
    }
  return G_SOURCE_REMOVE;
}

/* Whose findings and whose members are shown. What is known of a new case already is told once the
 * tab that brought it is in front: that tab may have to go for it. Still before it is drawn. */
void
cot_window_set_current_case (CotWindow *self, CotCase *a_case)
{
  CotCase *bundle = a_case != NULL && cot_case_is_bundle (a_case) ? a_case : NULL;

  /* The sidebar comes back as the user left it. */
  if (self->sidebar_case != NULL && bundle == NULL && gtk_widget_get_mapped (self->sidebar))
    cot_window_save_layout (self);
  if (g_set_object (&self->sidebar_case, bundle))
    cot_bundle_sidebar_set_case (COT_BUNDLE_SIDEBAR (self->sidebar), bundle);
  if (!g_set_object (&self->current_case, a_case))
    return;
  cot_findings_panel_set_case (COT_FINDINGS_PANEL (self->panel), a_case);
  cot_window_update_tab_icons (self);
  cot_window_update_practice (self);
  cot_window_update_banner (self);
  cot_window_update_content (self);
  queue_progress (self);
  if (self->introduce_source == 0)
    self->introduce_source
        = g_idle_add_full (G_PRIORITY_HIGH_IDLE, introduce_current, self, NULL);
}

static void
on_codes_changed (CotWindow *self)
{
  if (self->panel != NULL)
    cot_findings_panel_set_codes (
        COT_FINDINGS_PANEL (self->panel),
        cot_details_pane_get_codes (COT_DETAILS_PANE (self->details)));
}

/* A merge in front may have logs of several cases, whose findings stand side by side. */
static void
on_panel_go_to (CotWindow *self, CotLog *log, guint64 ordinal)
{
  CotLog *front = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;

  if (self->current_case != NULL && cot_case_find_log (self->current_case, log) >= 0)
    {
      cot_window_go_to (self, self->current_case, log, ordinal);
      return;
    }
  for (guint i = 0;
       COT_IS_MERGED_LOG (front) && i < cot_merged_log_get_n_logs (COT_MERGED_LOG (front)); i++)
    {
      CotCase *a_case = cot_merged_log_get_case (COT_MERGED_LOG (front), i);

      if (cot_case_find_log (a_case, log) < 0)
        continue;
      cot_window_go_to (self, a_case, log, ordinal);
      return;
    }
}

static void
on_log_chosen (CotWindow *self, CotLog *log)
{
  if (self->sidebar_case != NULL)
    cot_window_add_tab (self, self->sidebar_case, log, TRUE);
}

static void
cot_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (cot_window_parent_class)->size_allocate (widget, width, height, baseline);
  cot_window_size_changed (COT_WINDOW (widget), width, height);
}

static gboolean
cot_window_close_request (GtkWindow *window)
{
  cot_window_save_layout (COT_WINDOW (window));
  cot_window_leave_session (COT_WINDOW (window));
  if (GTK_WINDOW_CLASS (cot_window_parent_class)->close_request (window))
    return TRUE;
  /* What is still on its way to it holds it: it would be filled on and on, out of sight. */
  g_cancellable_cancel (COT_WINDOW (window)->cancellable);
  return FALSE;
}

static void
unwatch_cases (CotWindow *self, GPtrArray *cases)
{
  for (guint i = 0; i < cases->len; i++)
    cot_window_unwatch_case (self, g_ptr_array_index (cases, i));
  g_ptr_array_set_size (cases, 0);
}

static void
cot_window_dispose (GObject *object)
{
  CotWindow *self = COT_WINDOW (object);

  g_clear_handle_id (&self->layout_source, g_source_remove);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_handle_id (&self->introduce_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  /* Only the first time: later, the widgets of the template are gone. */
  if (self->session != NULL)
    {
      /* The tabs go with the widgets below; nobody has to hear of it, nor to stand beside them. */
      g_signal_handlers_disconnect_by_data (self->tab_view, self);
      cot_beside_pane_set_partner (COT_BESIDE_PANE (self->beside), NULL);
      cot_beside_pane_set_page (COT_BESIDE_PANE (self->beside), NULL);
    }
  unwatch_cases (self, self->loose);
  unwatch_cases (self, self->bundles);
  g_signal_handlers_disconnect_by_data (gtk_recent_manager_get_default (), self);
  self->page = NULL;
  g_clear_object (&self->chooser);
  g_clear_weak_pointer (&self->panel_focus);
  g_clear_weak_pointer (&self->opened_merge);
  g_clear_weak_pointer (&self->moved_log);
  g_clear_weak_pointer (&self->moved_case);
  cot_window_drop_answer (self);
  g_clear_object (&self->written);
  g_clear_object (&self->current_case);
  g_clear_object (&self->sidebar_case);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (cot_window_parent_class)->dispose (object);
}

static void
cot_window_finalize (GObject *object)
{
  CotWindow *self = COT_WINDOW (object);

  g_ptr_array_unref (self->bundles);
  g_ptr_array_unref (self->loose);
  g_clear_pointer (&self->opened, g_ptr_array_unref);
  g_clear_pointer (&self->locked_wishes, g_hash_table_unref);
  g_hash_table_unref (self->introduced);
  g_hash_table_unref (self->told);
  g_hash_table_unref (self->stopgaps);
  g_hash_table_unref (self->last_logs);
  cot_visits_free (self->visits);
  g_free (self->first_filter);
  g_free (self->first_place);
  cot_window_finish_banners (self);
  g_queue_free_full (self->open_queue, g_free);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (cot_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/cotrace/Cotrace/cot-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CotWindow, title);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, panel_badge);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, panel_tick);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, panel_button);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, find_button);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, filter_button);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, follow_button);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, drop_overlay);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, drop_hint);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, banner_revealer);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, banner_label);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, banner_details);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, sidebar_paned);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, panel_paned);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, details_paned);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, tab_bar);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, tab_view);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, beside_paned);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, beside);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, beside_room);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, beside_name);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, centre_stack);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, no_logs);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, progress_revealer);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, progress_label);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, find_bar);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, details);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, status_bar);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, tab_read_menu);
  gtk_widget_class_bind_template_child (widget_class, CotWindow, primary_read_menu);
  gtk_widget_class_bind_template_callback (widget_class, on_banner_response);
  gtk_widget_class_bind_template_callback (widget_class, on_banner_details);
  gtk_widget_class_bind_template_callback (widget_class, cot_window_on_filter_bar_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_codes_changed);
}

static void
cot_window_class_init (CotWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_window_finalize;
  widget_class->size_allocate = cot_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = cot_window_close_request;

  g_type_ensure (COT_TYPE_BESIDE_PANE);
  g_type_ensure (COT_TYPE_BUNDLE_SIDEBAR);
  g_type_ensure (COT_TYPE_DETAILS_PANE);
  g_type_ensure (COT_TYPE_EMPTY_PAGE);
  g_type_ensure (COT_TYPE_FILTER_BAR);
  g_type_ensure (COT_TYPE_FIND_BAR);
  g_type_ensure (COT_TYPE_STATUS_BAR);
  bind_template (widget_class);
}

static void
cot_window_init (CotWindow *self)
{
  self->bundles = g_ptr_array_new_with_free_func (g_object_unref);
  self->loose = g_ptr_array_new_with_free_func (g_object_unref);
  self->introduced = g_hash_table_new (NULL, NULL);
  self->stopgaps = g_hash_table_new (NULL, NULL);
  self->last_logs = g_hash_table_new (NULL, NULL);
  cot_window_init_banners (self);
  self->open_queue = g_queue_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  cot_names_tidy_below (GTK_WIDGET (self));
}

/**
 * cot_window_new:
 * @application: what the window belongs to
 *
 * Returns: (transfer none): an empty window
 */
CotWindow *
cot_window_new (CotApplication *application)
{
  CotWindow *self = g_object_new (COT_TYPE_WINDOW, "application", application, NULL);

  self->session = g_object_ref (cot_application_get_session (application));

  self->panel = cot_findings_panel_new (cot_session_get_knowledge (self->session));
  gtk_widget_set_size_request (self->panel, 320, -1);
  gtk_paned_set_end_child (GTK_PANED (self->panel_paned), self->panel);
  g_signal_connect_swapped (self->panel, "go-to", G_CALLBACK (on_panel_go_to), self);
  g_signal_connect_swapped (self->sidebar, "log-chosen", G_CALLBACK (on_log_chosen), self);

  cot_window_init_errors (self);
  cot_window_init_actions (self);
  cot_window_init_filter (self);
  cot_window_init_find (self);
  cot_window_init_print (self);
  cot_window_init_practice (self);
  cot_window_init_beside (self);
  cot_window_init_compare (self);
  cot_window_init_tabs (self);
  cot_window_init_session (self);
  cot_window_init_groups (self);
  cot_window_init_merge (self);
  cot_window_init_verdict (self);
  cot_window_init_drops (self);
  cot_window_init_layout (self);
  cot_window_init_panes (self);
  cot_window_update_recent_menu (self);
  g_signal_connect_swapped (gtk_recent_manager_get_default (), "changed",
                            G_CALLBACK (cot_window_update_recent_menu), self);
  cot_window_update_content (self);
  cot_window_init_highlights (self);
  cot_window_init_marks (self);
  cot_window_init_export (self);
  cot_window_init_written (self);
  cot_window_init_go_to (self);
  cot_window_init_time (self);
  cot_window_init_knowledge (self);
  return self;
}
