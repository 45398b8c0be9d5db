/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-log-model.h"
#include "cot-log-page.h"
#include "cot-log-pane.h"

G_BEGIN_DECLS

/* cot-log-page.c: rows, selection, follow. cot-log-page-find.c: the search.
 * cot-log-page-filter.c: which entries are rows. cot-log-page-merge.c: what stays in sight when
 * the entries of a merge get other places. cot-log-page-follow.c: what is new below.
 * cot-log-page-place.c: where the user is, and was. cot-log-page-density.c: when the entries were
 * written. cot-log-page-time.c: the moment in sight. */
struct _CotLogPage
{
  GtkWidget parent_instance;

  CotCase *a_case;
  CotLog *log;
  CotLogModel *model;
  guint64 wanted; /* ordinal to go to once it is read; G_MAXUINT64: none */
  CotLog *wanted_log; /* (nullable): of which log of a merge it is; NULL: of the page's own */

  gboolean is_returning; /* to where the user was another time: see cot-log-page-place.c */
  CotLog *top_log; /* (nullable): the log of which the first entry in sight is to be */
  guint64 top;
  CotLog *selected_log; /* (nullable): likewise */
  guint64 selected;

  CotFind *find; /* (nullable) */
  GError *find_error; /* (nullable): what is searched for is no pattern */
  guint64 find_anchor; /* where the search started */
  guint64 match; /* ordinal of the current one; G_MAXUINT64: none */
  gboolean wants_first_match;

  GPtrArray *clauses; /* (element-type CotFilterClause), of the filter, on or off */
  gboolean any_clause; /* one of them is enough */
  gboolean clauses_changed; /* by the page itself */
  GError *filter_error; /* (nullable): why the clauses are no filter */
  CotFilter *filter; /* (nullable): what the clauses are */
  CotQuery *next_query; /* (nullable): asks anew, since other things were found */
  guint64 kept_ordinal; /* the entry to stay at when other rows come; G_MAXUINT64: none */
  gboolean kept_is_selected; /* else it was the first one in sight */
  guint64 anchor_depth; /* likewise: where the selected row stood in sight */
  GPtrArray *anchors; /* (nullable) (element-type CotLogPageAnchor): see cot-log-page-merge.c */

  GtkWidget *stack;
  GtkWidget *pane;
  GtkWidget *status; /* says why there are no rows */
  GtkWidget *status_button; /* in there: what can be done about it */

  GtkWidget *timeline; /* what is on top: the strip of time, and what has no place in it */
  GtkWidget *strip; /* CotDensityStrip */
  GtkWidget *before_button; /* CotOutsideButton */
  GtkWidget *after_button; /* likewise */
  CotDensity *density; /* (nullable): what it shows */
  GCancellable *find_time; /* (nullable): looks for where a click in it leads */
  gboolean has_strip_room;

  guint64 n_seen; /* entries, when the end was in sight last */
  gboolean was_live; /* when n_seen was looked at last */
  GtkWidget *overlay; /* holds the pane */
  GtkWidget *new_button; /* to the entries behind them */
  GtkWidget *new_label;

  gboolean looks_for_time; /* on a worker */
  gint64 wanted_time_usec; /* to look for next; COT_TIME_NONE: nothing */
};

void cot_log_page_update_status (CotLogPage *self);
void cot_log_page_go_to_wanted (CotLogPage *self);

void cot_log_page_return (CotLogPage *self);
void cot_log_page_stop_returning (CotLogPage *self);

GtkWidget *cot_log_page_make_overlay (CotLogPage *self);
void cot_log_page_watch_new_rows (CotLogPage *self);

void cot_log_page_clear_find (CotLogPage *self);

void cot_log_page_init_density (CotLogPage *self);
void cot_log_page_watch_density (CotLogPage *self);
void cot_log_page_update_density (CotLogPage *self);
void cot_log_page_drop_density (CotLogPage *self);

void cot_log_page_watch_places (CotLogPage *self);
void cot_log_page_forget_places (CotLogPage *self);

void cot_log_page_init_filter (CotLogPage *self);
void cot_log_page_drop_filter (CotLogPage *self);
/* Other things were found in the log: a filter that asks for them has other rows. */
void cot_log_page_renew_filter (CotLogPage *self);
/* Whether no row is left because of the filter. */
/* An entry that somebody points at is shown even where the filter would hide it. FALSE while it is
 * not known yet whether it would. */
gboolean cot_log_page_uncover (CotLogPage *self, guint64 ordinal);

G_END_DECLS
