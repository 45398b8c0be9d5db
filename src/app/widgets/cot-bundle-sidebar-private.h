/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bundle-sidebar.h"
#include "cot-member-row.h"

G_BEGIN_DECLS

/* cot-bundle-sidebar.c: the members. cot-bundle-sidebar-merge.c: which of them are shown in one. */
struct _CotBundleSidebar
{
  GtkWidget parent_instance;

  CotCase *a_case; /* (nullable) */
  CotLog *current; /* (nullable) (unowned): only compared */
  guint n_members_shown;
  guint update_source;
  char *shown_absent; /* what the rows were made from, besides the members */

  GtkWidget *box;
  GtkWidget *head;
  GtkWidget *note;
  GtkWidget *title;
  GtkWidget *subtitle;
  GtkWidget *filter;
  GtkWidget *list;
  CotMergedLog *merged; /* (nullable) */
  GtkWidget *merged_row; /* shows it */
  GtkWidget *merged_name;
  GtkWidget *merged_count;
  GtkWidget *merge_button;
  GtkWidget *menu; /* (nullable) */
  CotLog *menu_log; /* (nullable): whose menu it is; rows come and go while it is open */
  GtkWidget *first_refused; /* (nullable) (weak): the first row of what could not be read whole */
};

void cot_bundle_sidebar_merge_class_init (GtkWidgetClass *widget_class);
void cot_bundle_sidebar_merge_dispose (CotBundleSidebar *self);
/* After the list box was made. */
GtkWidget *cot_bundle_sidebar_make_merged_row (CotBundleSidebar *self);
/* Of the heading above @row. */
GtkWidget *cot_bundle_sidebar_make_section_button (CotMemberRow *row);
void cot_bundle_sidebar_show_merged (CotBundleSidebar *self);
/* The list stands still under a menu: what changes meanwhile shows once it is closed. */
gboolean cot_bundle_sidebar_has_open_menu (CotBundleSidebar *self);
void cot_bundle_sidebar_queue_update (CotBundleSidebar *self);
/* (nullable) */
GtkListBoxRow *cot_bundle_sidebar_find_row (CotBundleSidebar *self, CotLog *log);

/* cot-bundle-sidebar-keys.c */
void cot_bundle_sidebar_init_keys (CotBundleSidebar *self);

G_END_DECLS
