/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-log-place.h"
#include "cot-log-sentences.h"
#include "cot-member-list.h"
#include "cot-member-sentences.h"
#include "cot-popovers.h"
#include "cot-sentences.h"
#include "cot-settings.h"
#include "cot-tab-sight.h"

CotLogPage *
cot_window_get_log_page (AdwTabPage *page)
{
  return COT_LOG_PAGE (adw_tab_page_get_child (page));
}

/* (nullable): the tab that shows it. */
AdwTabPage *
cot_window_find_tab (CotWindow *self, CotLog *log)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      AdwTabPage *page = adw_tab_view_get_nth_page (view, i);

      if (cot_log_page_get_log (cot_window_get_log_page (page)) == log)
        return page;
    }
  return NULL;
}

gboolean
cot_window_has_log (CotWindow *self, CotLog *log)
{
  return cot_window_find_tab (self, log) != NULL;
}

/* Also where the user was in the log beside it. */
static void
bring_to_front (CotWindow *self, AdwTabPage *page)
{
  if (self->page != cot_window_get_log_page (page))
    cot_popovers_pop_down (GTK_WIDGET (self));
  adw_tab_view_set_selected_page (ADW_TAB_VIEW (self->tab_view), page);
  if (self->page != cot_window_get_log_page (page))
    cot_window_select_page (self, cot_window_get_log_page (page));
}

gboolean
cot_window_focus_log (CotWindow *self, CotLog *log)
{
  AdwTabPage *page = cot_window_find_tab (self, log);

  if (page == NULL)
    return FALSE;
  bring_to_front (self, page);
  return TRUE;
}

static gboolean
has_trouble_of_its_own (CotLogPage *log_page)
{
  CotCase *a_case = cot_log_page_get_case (log_page);
  CotBitset *known = cot_log_get_known (cot_log_page_get_log (log_page));
  gboolean has_trouble = FALSE;
  guint64 ordinal = 0;

  /* A few of the known lines tell: they belong to few findings. */
  for (guint i = 0; i < 200 && !has_trouble && cot_case_get_n_findings (a_case) > 0; i++)
    {
      CotFinding *finding;

      if (!cot_bitset_next (known, ordinal, &ordinal))
        break;
      finding = cot_log_get_finding_at (cot_log_page_get_log (log_page), ordinal);
      has_trouble = finding != NULL && cot_finding_is_trouble (finding);
      ordinal++;
    }
  return has_trouble;
}

static gboolean
has_tab_with_trouble (CotWindow *self, CotCase *a_case)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      CotLogPage *other = cot_window_get_log_page (adw_tab_view_get_nth_page (view, i));

      if (cot_log_page_get_case (other) == a_case && has_trouble_of_its_own (other))
        return TRUE;
    }
  return FALSE;
}

/* The panel tells only of the case in front: that another bundle failed would be seen nowhere as
 * long as none of its tabs shows the log with the failure. */
static gboolean
has_trouble_elsewhere (CotWindow *self, CotLogPage *log_page)
{
  CotCase *a_case = cot_log_page_get_case (log_page);

  return a_case != self->current_case && cot_case_is_bundle (a_case)
         && cot_case_get_settled (a_case) && cot_case_get_exercise (a_case) == NULL
         && cot_case_get_headline (a_case) != NULL && !has_tab_with_trouble (self, a_case);
}

/* A lamp: a known failure stands in the log. */
static void
update_tab_icon (CotWindow *self, AdwTabPage *page)
{
  static GIcon *lamp;
  CotLogPage *log_page = cot_window_get_log_page (page);
  const char *tooltip = NULL;

  if (lamp == NULL)
    lamp = g_themed_icon_new ("cot-finding-symbolic");
  if (has_trouble_of_its_own (log_page))
    tooltip = _("Holds a known failure or problem");
  else if (has_trouble_elsewhere (self, log_page))
    tooltip = _("A known failure or problem is in another log of this bundle");
  adw_tab_page_set_indicator_icon (page, tooltip != NULL ? lamp : NULL);
  adw_tab_page_set_indicator_tooltip (page, tooltip != NULL ? tooltip : "");
}

void
cot_window_update_tab_icons (CotWindow *self)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    update_tab_icon (self, adw_tab_view_get_nth_page (view, i));
}

static void
on_log_event (CotLog *log, CotDocumentEvent event, gpointer data)
{
  CotLog *told
      = COT_IS_MERGED_LOG (log) ? cot_merged_log_get_event_log (COT_MERGED_LOG (log)) : log;
  g_autofree char *sentence = NULL;

  /* A log that has a tab of its own tells of itself. */
  if (told == NULL || (told != log && cot_window_find_tab (COT_WINDOW (data), told) != NULL))
    return;
  sentence = cot_sentence_from_event (event, cot_log_get_name (told));
  if (sentence != NULL)
    cot_window_show_toast (COT_WINDOW (data), sentence);
  if (event == COT_DOCUMENT_EVENT_OUTDATED)
    cot_window_read_anew (COT_WINDOW (data), cot_window_find_tab (COT_WINDOW (data), log));
  else if (event == COT_DOCUMENT_EVENT_UNDERSTOOD)
    cot_window_read_same (COT_WINDOW (data), cot_window_find_tab (COT_WINDOW (data), log));
}

/* What was there when a tab was looked at last. */
typedef struct
{
  guint64 n_errors;
  guint64 n_new_errors; /* since */
  gboolean was_live; /* what is read first is not new */
} Seen;

static Seen *
get_seen (AdwTabPage *page)
{
  Seen *seen = g_object_get_data (G_OBJECT (page), "seen");

  if (seen == NULL)
    {
      seen = g_new0 (Seen, 1);
      g_object_set_data_full (G_OBJECT (page), "seen", seen, g_free);
    }
  return seen;
}

/* What tells two logs of one name apart: the whole path, or the bundle and the place in it; what
 * the log is for. As markup. */
static char *
dup_tooltip (CotCase *a_case, CotLog *log)
{
  const char *bundle = cot_case_is_bundle (a_case) ? cot_case_get_path (a_case) : NULL;
  g_autofree char *shown_bundle = bundle != NULL ? g_filename_display_name (bundle) : NULL;
  g_autofree char *purpose = cot_log_sentence_dup_purpose (cot_log_get_label (log));
  g_autofree char *place = cot_log_sentence_dup_place (log);
  g_autoptr (GString) text = g_string_new (NULL);

  if (shown_bundle != NULL && !g_str_has_prefix (place, shown_bundle))
    g_string_append_printf (text, "%s\n", shown_bundle);
  g_string_append (text, place);
  if (purpose != NULL)
    g_string_append_printf (text, "\n%s", purpose);
  return g_markup_escape_text (text->str, -1);
}

static void
update_tooltip (AdwTabPage *page)
{
  CotLogPage *log_page = cot_window_get_log_page (page);
  guint64 n_new = get_seen (page)->n_new_errors;
  g_autofree char *tooltip
      = dup_tooltip (cot_log_page_get_case (log_page), cot_log_page_get_log (log_page));
  g_autofree char *number = cot_sentence_dup_number (n_new);
  g_autofree char *errors = g_strdup_printf (
      ngettext ("%s new error", "%s new errors", (gulong) MIN (n_new, G_MAXINT)), number);
  g_autofree char *both = g_strdup_printf ("%s\n%s", errors, tooltip);

  adw_tab_page_set_tooltip (page, n_new > 0 ? both : tooltip);
}

static const char *
get_device (AdwTabPage *page)
{
  CotLogPage *log_page = cot_window_get_log_page (page);
  CotLog *log = cot_log_page_get_log (log_page);

  return COT_IS_MERGED_LOG (log) ? cot_merged_log_get_device (COT_MERGED_LOG (log))
                                 : cot_case_get_log_device (cot_log_page_get_case (log_page), log);
}

/* Whether the log of another computer has the same name. */
static gboolean
has_double (AdwTabView *view, AdwTabPage *page)
{
  const char *name = cot_log_get_name (cot_log_page_get_log (cot_window_get_log_page (page)));

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      AdwTabPage *other = adw_tab_view_get_nth_page (view, i);
      CotLog *log = cot_log_page_get_log (cot_window_get_log_page (other));

      if (g_str_equal (cot_log_get_name (log), name)
          && g_strcmp0 (get_device (other), get_device (page)) != 0)
        return TRUE;
    }
  return FALSE;
}

/* (nullable): the folder that tells a log from those of its name and computer. */
static char *
dup_place (AdwTabView *view, AdwTabPage *page)
{
  CotLog *log = cot_log_page_get_log (cot_window_get_log_page (page));
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      AdwTabPage *page_of_other = adw_tab_view_get_nth_page (view, i);
      CotLog *other = cot_log_page_get_log (cot_window_get_log_page (page_of_other));

      if (g_str_equal (cot_log_get_name (other), cot_log_get_name (log))
          && g_strcmp0 (get_device (page_of_other), get_device (page)) == 0)
        g_ptr_array_add (labels, (gpointer) cot_log_get_label (other));
    }
  g_ptr_array_add (labels, NULL);
  return cot_log_place_dup (cot_log_get_label (log), (const char *const *) labels->pdata);
}

/* (nullable): the bundle that tells a log from those of its name and computer in other bundles. */
static char *
dup_bundle (AdwTabView *view, AdwTabPage *page)
{
  CotLogPage *log_page = cot_window_get_log_page (page);
  CotCase *a_case = cot_log_page_get_case (log_page);
  const char *name = cot_log_get_name (cot_log_page_get_log (log_page));

  for (int i = 0; cot_case_is_bundle (a_case) && i < adw_tab_view_get_n_pages (view); i++)
    {
      AdwTabPage *page_of_other = adw_tab_view_get_nth_page (view, i);
      CotLogPage *other = cot_window_get_log_page (page_of_other);

      if (cot_log_page_get_case (other) != a_case
          && g_str_equal (cot_log_get_name (cot_log_page_get_log (other)), name)
          && g_strcmp0 (get_device (page_of_other), get_device (page)) == 0)
        return cot_sentence_dup_visible (cot_case_get_title (a_case));
    }
  return NULL;
}

/* What stands there already is not said once more. */
static void
add_to_title (GString *title, const char *part)
{
  g_auto (GStrv) parts = g_strsplit (title->str, " · ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_ascii_strcasecmp (parts[i], part) == 0)
      return;
  g_string_append_printf (title, "%s%s", title->len > 0 ? " · " : "", part);
}

/* A name stands alone where it is enough to tell the tab from the others. */
static void
update_tab_titles (AdwTabView *view)
{
  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      AdwTabPage *page = adw_tab_view_get_nth_page (view, i);
      const char *device = has_double (view, page) ? get_device (page) : NULL;
      g_autofree char *bundle = dup_bundle (view, page);
      g_autofree char *place = dup_place (view, page);
      g_autoptr (GString) title = g_string_new (NULL);
      g_autofree char *name
          = cot_log_sentence_dup_name (cot_log_page_get_log (cot_window_get_log_page (page)));

      /* "PC02: 7 logs" is a merge of that computer. */
      if (device != NULL && !g_str_has_prefix (name, device))
        add_to_title (title, device);
      if (bundle != NULL)
        add_to_title (title, bundle);
      if (place != NULL)
        add_to_title (title, place);
      add_to_title (title, name);
      adw_tab_page_set_title (page, title->str);
    }
}

static GIcon *
get_merged_icon (void)
{
  static GIcon *icon;

  if (icon == NULL)
    icon = g_themed_icon_new ("view-list-bullet-symbolic");
  return icon;
}

/* What was kept back until now may be read. */
static void
on_text_drawn (CotLogView *view, gpointer data)
{
  g_debug ("The first rows are painted");
  cot_document_let_loads_go ();
}

/**
 * cot_window_add_tab:
 * @a_case: the case that holds the log
 * @log: the log
 * @select: whether the tab comes to the front
 *
 * A log that has a tab already keeps that one.
 */
void
cot_window_add_tab (CotWindow *self, CotCase *a_case, CotLog *log, gboolean select)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);
  AdwTabPage *page = cot_window_find_tab (self, log);
  gboolean is_new = page == NULL;

  if (is_new)
    {
      GtkWidget *child = cot_log_page_new (a_case, log);

      g_signal_connect (cot_log_page_get_view (COT_LOG_PAGE (child)), "text-drawn",
                        G_CALLBACK (on_text_drawn), NULL);
      cot_log_page_set_following (COT_LOG_PAGE (child),
                                  cot_settings_get_boolean ("follow-new-logs", TRUE));
      page = adw_tab_view_append (view, child);
      update_tooltip (page);
      if (COT_IS_MERGED_LOG (log))
        adw_tab_page_set_icon (page, get_merged_icon ());
      else
        cot_case_prioritize (a_case, log);
      cot_window_watch_marks (self, log);
      update_tab_icon (self, page);
    }
  if (select || is_new)
    cot_window_update_content (self);
  if (select)
    {
      bring_to_front (self, page);
      gtk_widget_grab_focus (adw_tab_page_get_child (page));
    }
  cot_window_drop_unused_cases (self);
}

/* Whether the tab in front shows the entries of that log among others. */
static gboolean
shows_merged (CotWindow *self, CotLog *log)
{
  CotLog *front = self->page != NULL ? cot_log_page_get_log (self->page) : NULL;

  for (guint i = 0; COT_IS_MERGED_LOG (front) && i < cot_log_get_n_parts (front); i++)
    if (cot_log_get_part (front, i) == log)
      return TRUE;
  return FALSE;
}

/* A jump within a page that is in front; one from page to page notes what it leaves itself. */
static void
on_leaving (CotLogPage *page, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (page == self->page)
    cot_window_leave_place (self);
}

void
cot_window_go_to (CotWindow *self, CotCase *a_case, CotLog *log, guint64 ordinal)
{
  if (shows_merged (self, log))
    cot_log_page_go_to_entry (self->page, log, ordinal);
  else
    cot_window_go_to_alone (self, a_case, log, ordinal);
}

void
cot_window_go_to_alone (CotWindow *self, CotCase *a_case, CotLog *log, guint64 ordinal)
{
  gboolean was_leaving = self->is_leaving;
  AdwTabPage *page;

  cot_window_leave_place (self);
  self->is_leaving = TRUE;
  cot_window_add_tab (self, a_case, log, TRUE);
  page = cot_window_find_tab (self, log);
  cot_log_page_go_to (cot_window_get_log_page (page), ordinal);
  self->is_leaving = was_leaving;
}

void
cot_window_add_stopgap (CotWindow *self, CotCase *a_case, gboolean select)
{
  CotLog *log = cot_member_list_get_first_log (a_case);

  g_hash_table_insert (self->stopgaps, a_case, log);
  cot_window_add_tab (self, a_case, log, select);
}

/**
 * cot_window_close_stopgap:
 * @better: what is looked at in place of the stopgap
 * @takes_place: whether its tab is new, and comes to stand where the stopgap stood
 */
void
cot_window_close_stopgap (CotWindow *self, CotCase *a_case, CotLog *better, gboolean takes_place)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);
  CotLog *stopgap = g_hash_table_lookup (self->stopgaps, a_case);
  AdwTabPage *page = stopgap != NULL ? cot_window_find_tab (self, stopgap) : NULL;
  AdwTabPage *better_page = cot_window_find_tab (self, better);
  gboolean wanted = stopgap == better;
  guint64 ordinal;

  g_hash_table_remove (self->stopgaps, a_case);
  if (page == NULL || wanted
      || cot_log_page_get_selected (cot_window_get_log_page (page), &ordinal))
    return;
  if (takes_place && better_page != NULL)
    adw_tab_view_reorder_page (view, better_page, adw_tab_view_get_page_position (view, page));
  adw_tab_view_close_page (view, page);
}

/**
 * cot_window_tell_of_log:
 *
 * What stands where the details of an entry would, while none is selected.
 */
void
cot_window_tell_of_log (CotWindow *self)
{
  cot_details_pane_tell_of_log (COT_DETAILS_PANE (self->details),
                                self->page != NULL ? cot_log_page_get_log (self->page) : NULL,
                                self->page != NULL && cot_log_page_hides_all (self->page));
}

static void
show_selected_entry (CotWindow *self)
{
  guint64 ordinal = 0;
  CotLog *log = self->page != NULL ? cot_log_page_get_selected_entry (self->page, &ordinal) : NULL;
  g_autofree char *elapsed = log != NULL ? cot_log_page_dup_elapsed (self->page) : NULL;

  cot_details_pane_set_entry (COT_DETAILS_PANE (self->details), log, ordinal);
  cot_window_tell_of_log (self);
  cot_findings_panel_set_row_case (COT_FINDINGS_PANEL (self->panel),
                                   cot_window_get_row_case (self));
  cot_status_bar_set_elapsed (COT_STATUS_BAR (self->status_bar), elapsed);
}

static void
on_entry_selected (CotLogPage *page, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (page == self->page)
    show_selected_entry (self);
}

static void
on_find_changed (CotLogPage *page, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  gboolean failed;
  g_autofree char *result = NULL;

  if (page != self->page)
    return;
  result = cot_log_page_dup_find_result (page, &failed);
  cot_find_bar_set_result (COT_FIND_BAR (self->find_bar), result, failed);
}

static void
on_find_wrapped (CotWindow *self, gboolean forward)
{
  cot_window_show_toast (self, forward ? _("Went on from the first entry")
                                       : _("Went on from the last entry"));
}

/* The view stays at the end only once all is read: before, it would run after the reading. What
 * came during a pause arrives in the moment in which the log goes on. */
static gboolean
is_in_front (CotWindow *self, CotLog *log)
{
  return self->page != NULL && cot_log_page_get_log (self->page) == log;
}

/* A tab that nobody looks at tells that its log has errors that were not there before. */
static void
update_attention (CotWindow *self, AdwTabPage *page, CotLog *log)
{
  guint64 n_errors = cot_log_get_counts (log)->by_severity[COT_SEVERITY_ERROR];
  gboolean is_live = cot_log_get_state (log) == COT_DOCUMENT_LIVE;
  Seen *seen = get_seen (page);
  guint64 n_before = seen->n_new_errors;

  if (!is_live || !seen->was_live || is_in_front (self, log) || n_errors < seen->n_errors)
    seen->n_errors = n_errors;
  seen->was_live = is_live;
  seen->n_new_errors = n_errors - seen->n_errors;
  if (seen->n_new_errors == n_before)
    return;
  adw_tab_page_set_needs_attention (page, seen->n_new_errors > 0);
  update_tooltip (page);
}

static void
on_log_changed (CotLog *log, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  AdwTabPage *page = cot_window_find_tab (self, log);
  CotDocumentState state = cot_log_get_state (log);

  if (page == NULL)
    return;
  adw_tab_page_set_loading (page, state == COT_DOCUMENT_LOADING);
  update_attention (self, page, log);
  /* Between two parts of a log that begins anew, there is none. */
  cot_log_view_set_stick_to_end (cot_log_page_get_view (cot_window_get_log_page (page)),
                                 state == COT_DOCUMENT_LIVE || state == COT_DOCUMENT_PAUSED
                                     || state == COT_DOCUMENT_GONE);
  if (!is_in_front (self, log))
    return;
  cot_window_update_actions (self);
  cot_window_tell_of_log (self);
  cot_window_tell_zeros (self, cot_log_page_get_case (self->page), log);
  cot_window_tell_no_text (self, cot_log_page_get_case (self->page), log);
  cot_window_go_to_first_place (self);
}

/* What can be done with a row, behind what the view itself offers. Practice asks for the answer in
 * there. */
static void
add_row_menu (CotLogPage *page)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  cot_window_add_copy_menu (menu);
  cot_window_add_mark_menu (menu);
  cot_window_add_filter_menu (menu);
  cot_window_add_find_menu (menu);
  if (COT_IS_MERGED_LOG (cot_log_page_get_log (page)))
    cot_window_add_merge_menu (menu);
  cot_window_add_highlight_menu (menu);
  if (cot_case_get_exercise (cot_log_page_get_case (page)) != NULL)
    cot_window_add_practice_menu (menu);
  else
    cot_window_add_detector_menu (menu);
  cot_log_view_set_extra_menu (cot_log_page_get_view (page), G_MENU_MODEL (menu));
}

void
cot_window_select_page (CotWindow *self, CotLogPage *page)
{
  CotLog *log = page != NULL ? cot_log_page_get_log (page) : NULL;

  /* What is typed into them is meant for the page that goes. */
  if (page != self->page)
    cot_popovers_pop_down (GTK_WIDGET (self));
  self->page = page;
  cot_status_bar_set_log (COT_STATUS_BAR (self->status_bar), log);
  cot_window_update_other (self);
  show_selected_entry (self);
  if (page != NULL)
    g_hash_table_insert (self->last_logs, cot_log_page_get_case (page), log);
  cot_window_update_current_case (self);
  cot_findings_panel_set_row_case (COT_FINDINGS_PANEL (self->panel),
                                   cot_window_get_row_case (self));
  cot_findings_panel_set_log (COT_FINDINGS_PANEL (self->panel), log);
  cot_bundle_sidebar_set_current (COT_BUNDLE_SIDEBAR (self->sidebar), log);
  cot_window_update_merged (self);
  cot_window_update_actions (self);
  cot_window_show_filter (self);
  if (page == NULL)
    return;
  cot_window_fit_page (self, page);
  cot_window_tell_zeros (self, cot_log_page_get_case (page), log);
  cot_window_tell_no_text (self, cot_log_page_get_case (page), log);
  cot_window_go_to_first_place (self);
  update_attention (self, cot_window_find_tab (self, log), log);
  cot_find_bar_set_carried (COT_FIND_BAR (self->find_bar));
  cot_window_find_again (self);
}

static void
on_selected_page (CotWindow *self)
{
  AdwTabPage *page = adw_tab_view_get_selected_page (ADW_TAB_VIEW (self->tab_view));

  cot_window_select_page (self, page != NULL ? cot_window_get_log_page (page) : NULL);
  cot_window_update_beside (self);
  /* A menu that was open before was that of another tab. */
  g_object_set_data (G_OBJECT (self->tab_view), "menu-page", NULL);
  cot_window_update_read_as (self, page);
}

/* Where no log is left in a merge, there is nothing to show. */
static void
on_merged_changed (CotLog *log, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  AdwTabPage *page = cot_window_find_tab (self, log);

  if (page != NULL && cot_merged_log_get_n_logs (COT_MERGED_LOG (log)) == 0)
    {
      adw_tab_view_close_page (ADW_TAB_VIEW (self->tab_view), page);
      return;
    }
  cot_window_watch_marks (self, log);
  update_tab_titles (ADW_TAB_VIEW (self->tab_view));
  if (page != NULL)
    update_tooltip (page);
  cot_window_update_merged (self);
}

void
cot_window_watch_page (CotWindow *self, CotLogPage *page)
{
  add_row_menu (page);
  cot_window_watch_filter (self, page);
  /* A page may go after the window, and still tell that nothing is selected any more. */
  g_signal_connect_object (page, "entry-selected", G_CALLBACK (on_entry_selected), self, 0);
  g_signal_connect_object (page, "find-changed", G_CALLBACK (on_find_changed), self, 0);
  g_signal_connect_object (page, "leaving", G_CALLBACK (on_leaving), self, 0);
  g_signal_connect_object (page, "find-wrapped", G_CALLBACK (on_find_wrapped), self,
                           G_CONNECT_SWAPPED);
}

void
cot_window_unwatch_page (CotWindow *self, CotLogPage *page)
{
  g_signal_handlers_disconnect_by_data (page, self);
}

/* Also for tabs that come from another window: their bundle comes with them. */
static void
on_page_attached (AdwTabView *view, AdwTabPage *page, int position, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotLogPage *log_page = cot_window_get_log_page (page);
  CotLog *log = cot_log_page_get_log (log_page);
  CotCase *a_case = cot_log_page_get_case (log_page);

  if (cot_window_keep_case (self, a_case))
    g_hash_table_add (self->introduced, cot_case_is_bundle (a_case) ? (gpointer) a_case : log);
  cot_window_watch_page (self, log_page);
  g_signal_connect_object (log, "event", G_CALLBACK (on_log_event), self, 0);
  g_signal_connect_object (log, "changed", G_CALLBACK (on_log_changed), self, 0);
  if (COT_IS_MERGED_LOG (log))
    g_signal_connect_object (log, "logs-changed", G_CALLBACK (on_merged_changed), self, 0);
  update_tab_titles (view);
  cot_window_update_beside (self);
  cot_window_update_content (self);
}

static void
on_page_detached (AdwTabView *view, AdwTabPage *page, int position, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotLogPage *log_page = cot_window_get_log_page (page);

  cot_window_unwatch_page (self, log_page);
  g_signal_handlers_disconnect_by_data (cot_log_page_get_log (log_page), self);
  if (self->page == log_page)
    cot_window_select_page (self, NULL);
  if (g_object_get_data (G_OBJECT (view), "menu-page") == page)
    g_object_set_data (G_OBJECT (view), "menu-page", NULL);
  update_tab_titles (view);
  cot_window_update_beside (self);
  cot_window_update_content (self);
  cot_window_update_merged (self);
}

/* Who closes a member wants no tab of the bundle to open by itself, so its headline counts as
 * shown: what comes of the closing tells of the case once more. */
static gboolean
on_close_page (AdwTabView *view, AdwTabPage *page, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotLogPage *log_page = cot_window_get_log_page (page);
  g_autoptr (CotCase) a_case = g_object_ref (cot_log_page_get_case (log_page));
  g_autoptr (CotLog) log = g_object_ref (cot_log_page_get_log (log_page));

  if (cot_case_is_bundle (a_case))
    g_hash_table_add (self->introduced, a_case);
  adw_tab_view_close_page_finish (view, page, TRUE);
  g_hash_table_remove (self->introduced, log);
  cot_window_forget_opened (self, log);
  if (COT_IS_MERGED_LOG (log))
    cot_window_close_merged (self, COT_MERGED_LOG (log));
  else if (!cot_window_is_shown_anywhere (self, log))
    cot_window_give_up_log (a_case, log);
  else if (!cot_window_has_log_anywhere (self, log))
    cot_log_stop_following_alone (log);
  cot_window_update_current_case (self);
  cot_window_drop_unused_cases (self);
  cot_window_update_content (self);
  return GDK_EVENT_STOP;
}

static AdwTabView *
on_create_window (AdwTabView *view, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotWindow *window
      = cot_window_new (COT_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));

  gtk_window_present (GTK_WINDOW (window));
  return ADW_TAB_VIEW (window->tab_view);
}

AdwTabPage *
cot_window_get_menu_page (CotWindow *self)
{
  AdwTabPage *page = g_object_get_data (G_OBJECT (self->tab_view), "menu-page");

  return page != NULL ? page : adw_tab_view_get_selected_page (ADW_TAB_VIEW (self->tab_view));
}

gboolean
cot_window_has_path (CotLogPage *page)
{
  CotLog *log = cot_log_page_get_log (page);

  return !COT_IS_MERGED_LOG (log)
         && (cot_log_get_path (log) != NULL || cot_case_is_bundle (cot_log_page_get_case (page)));
}

static void
on_setup_menu (AdwTabView *view, AdwTabPage *page, gpointer data)
{
  /* A menu that closes says NULL before its action runs: keep the page until the next menu. */
  if (page != NULL)
    {
      g_object_set_data_full (G_OBJECT (view), "menu-page", g_object_ref (page), g_object_unref);
      g_simple_action_set_enabled (COT_WINDOW (data)->tab_copy_path,
                                   cot_window_has_path (cot_window_get_log_page (page)));
      cot_window_update_read_as (COT_WINDOW (data), page);
    }
}

static void
on_tab_close (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  adw_tab_view_close_page (ADW_TAB_VIEW (self->tab_view), cot_window_get_menu_page (self));
}

static void
on_tab_close_others (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  adw_tab_view_close_other_pages (ADW_TAB_VIEW (self->tab_view), cot_window_get_menu_page (self));
}

static void
on_tab_show_beside (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  cot_window_show_beside (self, cot_window_get_menu_page (self));
}

static void
on_tab_move (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  AdwTabView *target = on_create_window (ADW_TAB_VIEW (self->tab_view), self);

  adw_tab_view_transfer_page (ADW_TAB_VIEW (self->tab_view), cot_window_get_menu_page (self),
                              target, 0);
}

static void
on_tab_copy_path (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotLog *log = cot_log_page_get_log (cot_window_get_log_page (cot_window_get_menu_page (self)));
  const char *path = cot_log_get_path (log);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          path != NULL ? path : cot_log_get_label (log));
  cot_window_show_toast (self, _("Path copied"));
}

static const GActionEntry tab_actions[] = {
  { .name = "close", .activate = on_tab_close },
  { .name = "close-others", .activate = on_tab_close_others },
  { .name = "show-beside", .activate = on_tab_show_beside },
  { .name = "move-to-new-window", .activate = on_tab_move },
  { .name = "copy-path", .activate = on_tab_copy_path },
};

void
cot_window_init_tabs (CotWindow *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), tab_actions, G_N_ELEMENTS (tab_actions),
                                   self);
  self->tab_copy_path
      = G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (group), "copy-path"));
  cot_window_init_read_as (self, G_ACTION_MAP (group));
  cot_window_init_clock (self, G_ACTION_MAP (group));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "tab", G_ACTION_GROUP (group));
  cot_tab_sight_keep (ADW_TAB_BAR (self->tab_bar));
  /* They belong to the rows, wherever the user is in a log. */
  adw_tab_view_remove_shortcuts (ADW_TAB_VIEW (self->tab_view),
                                 ADW_TAB_VIEW_SHORTCUT_CONTROL_HOME
                                     | ADW_TAB_VIEW_SHORTCUT_CONTROL_END
                                     | ADW_TAB_VIEW_SHORTCUT_CONTROL_SHIFT_HOME
                                     | ADW_TAB_VIEW_SHORTCUT_CONTROL_SHIFT_END);
  g_signal_connect_swapped (self->tab_view, "notify::selected-page",
                            G_CALLBACK (on_selected_page), self);
  g_signal_connect_object (self->tab_view, "page-attached", G_CALLBACK (on_page_attached), self,
                           0);
  g_signal_connect_object (self->tab_view, "page-detached", G_CALLBACK (on_page_detached), self,
                           0);
  g_signal_connect (self->tab_view, "close-page", G_CALLBACK (on_close_page), self);
  g_signal_connect (self->tab_view, "create-window", G_CALLBACK (on_create_window), self);
  g_signal_connect (self->tab_view, "setup-menu", G_CALLBACK (on_setup_menu), self);
}

/* Its tabs go, and its members. */
void
cot_window_close_bundle (CotWindow *self, CotCase *a_case)
{
  g_autoptr (CotCase) kept = g_object_ref (a_case);
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);

  for (int i = adw_tab_view_get_n_pages (view) - 1; i >= 0; i--)
    {
      AdwTabPage *page = adw_tab_view_get_nth_page (view, i);

      if (cot_log_page_get_case (cot_window_get_log_page (page)) == a_case)
        adw_tab_view_close_page (view, page);
    }
  cot_window_drop_case (self, a_case);
  cot_window_update_current_case (self);
  cot_window_update_content (self);
}
