/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-log-model.h"
#include "cot-log-page.h"
#include "cot-log-pane.h"

G_BEGIN_DECLS

/* cot-log-page.c: rows, selection, follow. cot-log-page-find.c: the search. */
struct _CotLogPage
{
  GtkWidget parent_instance;

  CotCase *a_case;
  CotLog *log;
  CotLogModel *model;
  guint64 wanted; /* ordinal to go to once it is read; G_MAXUINT64: none */

  CotFind *find; /* (nullable) */
  guint64 find_anchor; /* where the search started */
  guint64 match; /* ordinal of the current one; G_MAXUINT64: none */
  gboolean wants_first_match;

  GtkWidget *stack;
  GtkWidget *pane;
  GtkWidget *status; /* says why there are no rows */
};

void cot_log_page_clear_find (CotLogPage *self);

G_END_DECLS
