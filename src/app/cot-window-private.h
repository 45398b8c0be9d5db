/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-details-pane.h"
#include "cot-bundle-sidebar.h"
#include "cot-code-places.h"
#include "cot-filter-bar.h"
#include "cot-find-bar.h"
#include "cot-findings-panel.h"
#include "cot-log-page.h"
#include "cot-status-bar.h"
#include "cot-visits.h"
#include "cot-window.h"

G_BEGIN_DECLS

/*
 *   cot-window.c          what is shown: the page in front, its case, title and toasts
 *   cot-window-cases.c    bundles and loose files: which are open, and which is in front
 *   cot-window-banner.c   what stands above the logs
 *   cot-window-tabs.c     tabs: adding, closing, moving, their menu
 *   cot-window-beside.c   a second log beside the one in front
 *   cot-window-clock.c    the clock of a log, moved where it was wrong
 *   cot-window-compare.c  two devices along a journey
 *   cot-window-read-as.c  a log in another format
 *   cot-window-open.c     everything that comes in: files, bundles, paths, recent files
 *   cot-window-pass-phrase.c  what encrypted bundles are read with
 *   cot-window-paste.c    what was copied elsewhere: files, paths, the text of a log
 *   cot-window-merge.c    several logs as one
 *   cot-window-practice.c made-up logs, whose findings wait for an answer
 *   cot-window-knowledge.c the user's own detectors
 *   cot-window-find.c     a text in the log in front, and in all
 *   cot-window-filter.c   which entries are rows
 *   cot-window-highlights.c  what lights up in them
 *   cot-window-marks.c    the user's marks and notes
 *   cot-window-goto.c     to a line, an entry or a time, and back
 *   cot-window-time.c     whose clock is shown, and gaps in time
 *   cot-window-errors.c   from error to error, also to those of other logs
 *   cot-window-export.c   entries as files for other programs
 *   cot-window-print.c    entries on paper
 *   cot-window-clock.c    the clock of a log, moved where it was wrong
 *   cot-window-dnd.c      drops
 *   cot-window-session.c  what is open, for a later start
 *   cot-window-reopen.c   what was open another time
 *   cot-window-actions.c  what the keyboard and the menus do
 *   cot-window-groups.c   logs that are opened together, and where codes stand in them
 *   cot-window-layout.c   which panes are there at which width
 *   cot-window-panes.c    from pane to pane
 */

/* By the window's width; what the user chose by hand is kept for each. */
typedef enum
{
  COT_WINDOW_NARROW, /* below 1000: the rows alone */
  COT_WINDOW_MEDIUM, /* below 1200: rows and panel */
  COT_WINDOW_WIDE,
} CotWindowWidth;

#define COT_N_WINDOW_WIDTHS 3

typedef struct
{
  gboolean sidebar;
  gboolean panel;
  gboolean panel_gave_way; /* to the sidebar, and comes back when that goes */
} CotWindowPanes;

struct _CotWindow
{
  AdwApplicationWindow parent_instance;

  CotSession *session;
  GPtrArray *loose; /* (element-type CotCase): files that belong to no bundle, by folder */
  GPtrArray *bundles; /* (element-type CotCase) */
  CotCase *current_case; /* (nullable): whose findings are shown */
  CotCase *sidebar_case; /* (nullable): the current case, where it is a bundle */
  GHashTable *introduced; /* set of bundles and loose logs whose headline was shown once */
  guint introduce_source; /* shows the headline of the current case */
  GHashTable *told; /* set of bundles whose verdict was told once */
  GHashTable *reported; /* case to the number of refused files that a banner told of */
  CotLogPage *page; /* (nullable) (unowned): the one in front, of a tab or beside it */
  GHashTable *stopgaps; /* case to the log of its stopgap: see cot_window_add_stopgap */
  GHashTable *last_logs; /* case to the log of it that was in front last, only compared */
  GHashTable *banners; /* (nullable) case to what stands above its logs */
  char *knowledge_sentence; /* (nullable): a banner where a case has none */
  GPtrArray *reports; /* (element-type utf8): errors of what is being opened */

  GPtrArray *opened; /* (element-type CotCodeLog): loose logs that were opened together */
  gboolean merges_opened; /* they are to be shown merged */
  CotMergedLog *opened_merge; /* (nullable) (weak): in this one, others may still come to it */
  gboolean has_offered_merge; /* to merge them */
  AdwToast *answer_toast; /* (nullable): what was said last, while it is shown */
  guint answer_source; /* ends that */
  guint answer_slide; /* it slides in, */
  gint64 answer_slide_usec; /* since this frame; 0: none was drawn yet */
  gboolean answer_ends; /* and is to go when it has come */
  char *answer_action; /* (nullable): what its button does, */
  char *answer_clicked; /* (nullable): and is to do when it has come */
  GFile *written; /* (nullable): what was written last for the user */

  guint n_reopening; /* tabs of last time that are on their way, also without any */
  GPtrArray *reopening; /* (nullable) (element-type CotSessionTab): those */
  GHashTable *locked_wishes; /* (nullable): paths of bundles to what waits for pass phrases */
  GQueue *open_queue; /* of paths */
  gboolean opening;
  gboolean select_opened; /* the next one that opens comes to the front */
  GCancellable *cancellable;
  GtkFileChooserNative *chooser; /* (nullable): while it is shown */
  guint progress_source; /* shows the progress when it takes long */

  CotWindowWidth width;
  CotWindowPanes panes[COT_N_WINDOW_WIDTHS];
  CotWindowPanes beside_panes; /* instead, while two logs share the room of a few */
  gboolean panel_when_empty; /* asked for while nothing is open */
  int allocated_width_px;
  int allocated_height_px;
  guint layout_source;
  guint layout_tick; /* divides the panes in one of the next frames */
  int n_ticks; /* since the dividers had to be set */
  int n_calm_ticks;
  int tick_width_px; /* the sizes that the dividers were set for */
  int tick_height_px;
  int tick_beside_px; /* of both logs together */
  gboolean filtering; /* the chips are what changes */
  char *first_filter; /* (nullable): what a log is filtered by when it is opened */
  char *first_place; /* (nullable): where to go in the first log that is read */
  CotVisits *visits; /* where the user was */
  gboolean is_leaving; /* the jump that runs was noted already, or is one of them */

  GtkWidget *title;
  GtkWidget *open_button;
  GtkWidget *menu_button;
  GtkWidget *panel_badge;
  GtkWidget *panel_tick;
  GtkWidget *sidebar_button;
  GtkWidget *panel_button;
  GtkWidget *find_button;
  GtkWidget *filter_button;
  GtkWidget *follow_button;
  GtkWidget *toast_overlay;
  GtkWidget *drop_overlay;
  GtkWidget *drop_hint;
  GtkWidget *banner_revealer;
  GtkWidget *banner_label;
  GtkWidget *banner_details;
  GtkWidget *stack; /* "empty" or "content" */
  GtkWidget *sidebar_paned;
  GtkWidget *panel_paned;
  GtkWidget *details_paned;
  GtkWidget *sidebar;
  GtkWidget *panel; /* CotFindingsPanel */
  GtkWidget *panel_focus; /* (nullable) (weak): in it, when it was left */
  GtkWidget *tab_bar;
  GtkWidget *tab_view;
  GtkWidget *beside_paned;
  GtkWidget *beside; /* CotBesidePane */
  GtkWidget *beside_room; /* above the tabs, as high as the head of the other side */
  GtkWidget *beside_name; /* in it: of the log below */
  GtkWidget *centre_stack; /* "tabs", "locked", "no-logs" or "none" */
  GtkWidget *no_logs;
  GtkWidget *progress_revealer;
  GtkWidget *progress_bar;
  GtkWidget *progress_label;
  GtkWidget *find_bar;
  GtkWidget *filter_bar;
  GtkWidget *details;
  GtkWidget *status_bar;
  GMenu *tab_read_menu;
  GMenu *primary_read_menu;
  GSimpleAction *read_as; /* (unowned): of the tabs' group */
  GSimpleAction *read_encoding; /* likewise */
  GSimpleAction *tab_copy_path; /* likewise */
  CotLog *moved_log; /* (nullable) (weak): whose clock was moved last, */
  CotCase *moved_case; /* (nullable) (weak) */
  gint64 clock_before_usec; /* and how it was before */
  GSimpleAction *join_parts; /* (unowned): likewise */
  GActionMap *practice_actions; /* (unowned): the group "practice" */
};

/* cot-window.c */
void cot_window_show_toast (CotWindow *self, const char *text);
void cot_window_show_toast_with (CotWindow *self, const char *text, const char *button_label,
                                 const char *action);
void cot_window_show_offer (CotWindow *self, const char *text, const char *button_label,
                            const char *action);
void cot_window_end_toast (CotWindow *self, const char *action);
void cot_window_drop_answer (CotWindow *self);
void cot_window_set_current_case (CotWindow *self, CotCase *a_case);
void cot_window_update_title (CotWindow *self);
void cot_window_update_content (CotWindow *self);
void cot_window_watch_case (CotWindow *self, CotCase *a_case);
void cot_window_unwatch_case (CotWindow *self, CotCase *a_case);

/* cot-window-cases.c */
CotCase *cot_window_dup_loose_case (CotWindow *self, const char *path);
gboolean cot_window_keep_case (CotWindow *self, CotCase *a_case);
void cot_window_drop_case (CotWindow *self, CotCase *a_case);
void cot_window_drop_unused_cases (CotWindow *self);
void cot_window_update_current_case (CotWindow *self);
CotCase *cot_window_get_row_case (CotWindow *self);
void cot_window_focus_case (CotWindow *self, CotCase *a_case);

/* cot-window-verdict.c */
void cot_window_init_verdict (CotWindow *self);
void cot_window_update_badge (CotWindow *self);
void cot_window_tell_verdict (CotWindow *self, CotCase *a_case);
void cot_window_tell_stopped (CotWindow *self, CotCase *a_case);

/* cot-window-find.c */
void cot_window_init_find (CotWindow *self);
/* What the bar asks for, in the page in front. */
void cot_window_find_again (CotWindow *self);
void cot_window_add_find_menu (GMenu *menu);

/* cot-window-filter.c */
void cot_window_init_filter (CotWindow *self);
void cot_window_show_filter (CotWindow *self);
void cot_window_watch_filter (CotWindow *self, CotLogPage *page);
void cot_window_add_filter_menu (GMenu *menu);

/* cot-window-goto.c */
void cot_window_init_go_to (CotWindow *self);
void cot_window_leave_place (CotWindow *self);
void cot_window_go_to_first_place (CotWindow *self);

/* cot-window-panes.c */
void cot_window_init_panes (CotWindow *self);

/* cot-window-time.c */
void cot_window_init_time (CotWindow *self);

/* cot-window-errors.c */
void cot_window_init_errors (CotWindow *self);

/* cot-window-export.c */
void cot_window_init_export (CotWindow *self);
void cot_window_init_written (CotWindow *self);
void cot_window_show_written (CotWindow *self, const char *what, GFile *file);
void cot_window_add_copy_menu (GMenu *menu);

/* cot-window-print.c */
void cot_window_init_print (CotWindow *self);

/* cot-window-marks.c */
void cot_window_init_marks (CotWindow *self);
void cot_window_add_mark_menu (GMenu *menu);
void cot_window_watch_marks (CotWindow *self, CotLog *log);

/* cot-window-highlights.c */
void cot_window_init_highlights (CotWindow *self);
void cot_window_add_highlight_menu (GMenu *menu);
void cot_window_on_filter_bar_changed (CotWindow *self);

/* cot-window-banner.c */
void cot_window_init_banners (CotWindow *self);
void cot_window_finish_banners (CotWindow *self);
void cot_window_update_banner (CotWindow *self);
void cot_window_hide_banner (CotWindow *self);
void cot_window_show_banner_details (CotWindow *self);
void cot_window_report_knowledge (CotWindow *self);
void cot_window_report (CotWindow *self, const char *sentence);
void cot_window_flush_reports (CotWindow *self);
void cot_window_drop_reports (CotWindow *self);
char *cot_window_dup_refused (CotCase *a_case);
void cot_window_tell_zeros (CotWindow *self, CotCase *a_case, CotLog *log);
void cot_window_tell_no_text (CotWindow *self, CotCase *a_case, CotLog *log);
void cot_window_report_refused (CotWindow *self, CotCase *a_case);

/* cot-window-pass-phrase.c */
gboolean cot_window_is_asking (CotCase *a_case);
void cot_window_ask_for_inside (CotWindow *self, CotCase *a_case);
void cot_window_ask_pass_phrase (CotWindow *self, CotCase *a_case);
void cot_window_ask_before_opening (CotWindow *self, const char *path, CotCase *a_case);

/* cot-window-merge.c */
void cot_window_init_merge (CotWindow *self);
CotMergedLog *cot_window_find_merged (CotWindow *self, CotCase *a_case);
gboolean cot_window_has_log_anywhere (CotWindow *self, CotLog *log);
gboolean cot_window_is_shown_anywhere (CotWindow *self, CotLog *log);
void cot_window_update_merged (CotWindow *self);
void cot_window_merge_members (CotWindow *self, GPtrArray *members, CotMergedLog *into);
const char *cot_window_get_device (CotWindow *self);
guint cot_window_merge_named (CotWindow *self, const char *const *names,
                              const char *group_name);
void cot_window_merge_bundle (CotWindow *self, CotCase *a_case);
void cot_window_begin_opening (CotWindow *self);
gboolean cot_window_note_opened (CotWindow *self, CotCase *a_case, CotLog *log);
void cot_window_forget_opened (CotWindow *self, CotLog *log);
void cot_window_end_opening (CotWindow *self);
void cot_window_give_up_log (CotCase *a_case, CotLog *log);
void cot_window_close_merged (CotWindow *self, CotMergedLog *merged);
void cot_window_add_merge_menu (GMenu *menu);

/* cot-window-practice.c */
void cot_window_init_practice (CotWindow *self);
void cot_window_update_practice (CotWindow *self);
void cot_window_start_practice (CotWindow *self, CotCase *a_case, CotScenario *scenario);
void cot_window_add_practice_menu (GMenu *menu);

/* cot-window-knowledge.c */
void cot_window_init_knowledge (CotWindow *self);
void cot_window_add_detector_menu (GMenu *menu);

/* cot-window-read-as.c */
void cot_window_init_read_as (CotWindow *self, GActionMap *tab_actions);
void cot_window_update_read_as (CotWindow *self, AdwTabPage *page);
void cot_window_read_anew (CotWindow *self, AdwTabPage *page);

void cot_window_read_same (CotWindow *self, AdwTabPage *page);
CotLog *cot_window_reread (CotWindow *self, CotCase *a_case, CotLog *log,
                           const CotReadAs *read_as);

/* cot-window-clock.c */
void cot_window_init_clock (CotWindow *self, GActionMap *tab_actions);
void cot_window_keep_moved_log (CotWindow *self, CotLog *before, CotLog *log);

/* cot-window-tabs.c */
void cot_window_init_tabs (CotWindow *self);
CotLogPage *cot_window_get_log_page (AdwTabPage *page);
/* What the window wants to know of a page that shows a log. */
void cot_window_watch_page (CotWindow *self, CotLogPage *page);
void cot_window_unwatch_page (CotWindow *self, CotLogPage *page);
/* Makes it the page in front: of the tab that is selected, or the one beside; (nullable). */
void cot_window_select_page (CotWindow *self, CotLogPage *page);
/* The tab whose menu is open; else the one in front; (nullable). */
AdwTabPage *cot_window_get_menu_page (CotWindow *self);
/* A merge has none, nor has a text that was copied. */
gboolean cot_window_has_path (CotLogPage *page);
void cot_window_tell_of_log (CotWindow *self);
AdwTabPage *cot_window_find_tab (CotWindow *self, CotLog *log);
void cot_window_add_tab (CotWindow *self, CotCase *a_case, CotLog *log, gboolean select);
gboolean cot_window_has_log (CotWindow *self, CotLog *log);
gboolean cot_window_focus_log (CotWindow *self, CotLog *log);
/* Opens the tab of the log where it has none, and shows the entry: in the merge in front, where the
 * log shows there. */
void cot_window_go_to (CotWindow *self, CotCase *a_case, CotLog *log, guint64 ordinal);
void cot_window_go_to_alone (CotWindow *self, CotCase *a_case, CotLog *log, guint64 ordinal);
/* A bundle shows its first log at once; when its headline stands in another one, that tab goes
 * again, unless it was used. */
void cot_window_add_stopgap (CotWindow *self, CotCase *a_case, gboolean select);
void cot_window_close_stopgap (CotWindow *self, CotCase *a_case, CotLog *better,
                               gboolean takes_place);
void cot_window_update_tab_icons (CotWindow *self);
void cot_window_close_bundle (CotWindow *self, CotCase *a_case);

/* cot-window-beside.c */
void cot_window_init_beside (CotWindow *self);
void cot_window_show_beside (CotWindow *self, AdwTabPage *page);
void cot_window_close_beside (CotWindow *self);
void cot_window_update_beside (CotWindow *self);
/* The log of that tab has taken the place of another one, also beside. */
void cot_window_replace_beside (CotWindow *self, CotLog *before, AdwTabPage *page);
gboolean cot_window_is_beside_in_front (CotWindow *self);
CotLogPage *cot_window_get_beside_page (CotWindow *self);
CotLogPage *cot_window_get_other_page (CotWindow *self);
void cot_window_update_other (CotWindow *self);

/* cot-window-compare.c */
void cot_window_init_compare (CotWindow *self);

/* cot-window-open.c */
void cot_window_open_path (CotWindow *self, const char *path);
void cot_window_open_with_pass_phrase (CotWindow *self, const char *path, const char *pass_phrase,
                                       gboolean merge);
void cot_window_add_without_pass_phrase (CotWindow *self, const char *path, CotCase *a_case,
                                         gboolean merge);
/* Anew, also where its logs are open as a bundle. */
void cot_window_open_practice (CotWindow *self, CotScenario *scenario);
void cot_window_choose_files (CotWindow *self, GtkFileChooserAction action);
void cot_window_update_recent_menu (CotWindow *self);

/* cot-window-paste.c */
void cot_window_paste (CotWindow *self);

/* cot-window-session.c */
void cot_window_init_session (CotWindow *self);
void cot_window_note_session (CotWindow *self, CotSessionChange change);
void cot_window_leave_session (CotWindow *self);

/* cot-window-reopen.c */
const CotSessionTab *cot_window_get_kept_places (CotLogPage *page);
gboolean cot_window_waits_for (CotWindow *self, const char *path);
void cot_window_reopen_locked (CotWindow *self, const char *path, CotCase *bundle);

/* cot-window-groups.c */
void cot_window_show_entry_behind (CotWindow *self, CotCase *a_case, CotLog *log,
                                   guint64 ordinal);
void cot_window_init_groups (CotWindow *self);

/* cot-window-dnd.c */
void cot_window_init_drops (CotWindow *self);

/* cot-window-actions.c */
void cot_window_init_actions (CotWindow *self);
void cot_window_update_actions (CotWindow *self);
void cot_window_set_action_state (CotWindow *self, const char *name, gboolean state);
void cot_window_apply_zoom (CotWindow *self);

/* cot-window-layout.c */
void cot_window_init_layout (CotWindow *self);
void cot_window_size_changed (CotWindow *self, int width_px, int height_px);
void cot_window_set_sidebar_shown (CotWindow *self, gboolean shown);
void cot_window_reveal_sidebar (CotWindow *self);
void cot_window_set_panel_shown (CotWindow *self, gboolean shown);
void cot_window_set_empty (CotWindow *self, gboolean empty);
void cot_window_apply_layout (CotWindow *self);
void cot_window_fit_page (CotWindow *self, CotLogPage *page);
void cot_window_fit_all_pages (CotWindow *self);
void cot_window_divide (CotWindow *self);
void cot_window_save_layout (CotWindow *self);

G_END_DECLS
