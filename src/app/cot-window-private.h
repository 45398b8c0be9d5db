/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-details-pane.h"
#include "cot-bundle-sidebar.h"
#include "cot-find-bar.h"
#include "cot-findings-panel.h"
#include "cot-log-page.h"
#include "cot-status-bar.h"
#include "cot-window.h"

G_BEGIN_DECLS

/*
 *   cot-window.c          what is shown: the page in front, its case, title, banners and toasts
 *   cot-window-tabs.c     tabs: adding, closing, moving, their menu
 *   cot-window-open.c     everything that comes in: files, bundles, paths, recent files
 *   cot-window-dnd.c      drops
 *   cot-window-actions.c  what the keyboard and the menus do
 *   cot-window-layout.c   which panes are there at which width
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
} CotWindowPanes;

struct _CotWindow
{
  AdwApplicationWindow parent_instance;

  CotSession *session;
  CotCase *loose; /* the files that belong to no bundle */
  GPtrArray *bundles; /* (element-type CotCase) */
  CotCase *current_case; /* (nullable): whose findings are shown */
  CotCase *sidebar_case; /* (nullable): whose members are shown */
  GHashTable *introduced; /* set of bundles and loose logs whose headline was shown once */
  GHashTable *reported; /* case to the number of refused files that a banner told of */
  CotLogPage *page; /* (nullable) (unowned): the one in front */
  CotLog *stopgap; /* (nullable) (unowned), only compared: see cot_window_add_stopgap */

  GQueue *open_queue; /* of paths */
  gboolean opening;
  gboolean select_opened; /* the next one that opens comes to the front */
  GCancellable *cancellable;
  GtkFileChooserNative *chooser; /* (nullable): while it is shown */
  guint progress_source; /* shows the progress when it takes long */

  CotWindowWidth width;
  CotWindowPanes panes[COT_N_WINDOW_WIDTHS];
  int allocated_width_px;
  int allocated_height_px;
  guint layout_source;
  guint layout_tick; /* divides the panes in one of the next frames */
  int n_ticks_to_wait;

  GtkWidget *title;
  GtkWidget *open_button;
  GtkWidget *menu_button;
  GtkWidget *panel_badge;
  GtkWidget *sidebar_button;
  GtkWidget *panel_button;
  GtkWidget *find_button;
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
  GtkWidget *tab_bar;
  GtkWidget *tab_view;
  GtkWidget *centre_stack; /* "tabs" or "none" */
  GtkWidget *progress_revealer;
  GtkWidget *progress_bar;
  GtkWidget *progress_label;
  GtkWidget *find_bar;
  GtkWidget *details;
  GtkWidget *status_bar;
};

/* cot-window.c */
void cot_window_show_toast (CotWindow *self, const char *text);
void cot_window_show_banner (CotWindow *self, const char *sentence, gboolean has_details);
void cot_window_hide_banner (CotWindow *self);
void cot_window_set_current_case (CotWindow *self, CotCase *a_case);
void cot_window_update_title (CotWindow *self);
void cot_window_update_content (CotWindow *self);
void cot_window_update_badge (CotWindow *self);
void cot_window_watch_case (CotWindow *self, CotCase *a_case);
void cot_window_unwatch_case (CotWindow *self, CotCase *a_case);

/* cot-window-tabs.c */
void cot_window_init_tabs (CotWindow *self);
void cot_window_add_tab (CotWindow *self, CotCase *a_case, CotLog *log, gboolean select);
gboolean cot_window_focus_log (CotWindow *self, CotLog *log);
/* Opens the tab of the log where it has none, and shows the entry. */
void cot_window_go_to (CotWindow *self, CotCase *a_case, CotLog *log, guint64 ordinal);
/* A bundle shows its first log at once; when its headline stands in another one, that tab goes
 * again, unless it was used. */
void cot_window_add_stopgap (CotWindow *self, CotCase *a_case);
void cot_window_close_stopgap (CotWindow *self, CotLog *better);
void cot_window_update_tab_icons (CotWindow *self);
void cot_window_close_bundle (CotWindow *self, CotCase *a_case);

/* cot-window-open.c */
void cot_window_open_path (CotWindow *self, const char *path);
void cot_window_choose_files (CotWindow *self, GtkFileChooserAction action);
void cot_window_paste (CotWindow *self);
void cot_window_update_recent_menu (CotWindow *self);

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
void cot_window_set_panel_shown (CotWindow *self, gboolean shown);
void cot_window_apply_layout (CotWindow *self);
void cot_window_suppress_columns (CotWindow *self, CotLogPage *page);
void cot_window_save_layout (CotWindow *self);

G_END_DECLS
