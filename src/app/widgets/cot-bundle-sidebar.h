/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The members of a bundle: the logs by group with what stands in them, what could not be read and
 * why, and the logs that a finding names but that are not here.
 *
 * Signals:
 *   "log-chosen" (CotLog *log)
 *   "merge-logs" (GPtrArray *logs, CotMergedLog *into): to be added to that view, or where it is
 *     NULL to the one of their computer; (element-type CotLog)
 * Actions that it wants from the window: "win.show-merged" */
#define COT_TYPE_BUNDLE_SIDEBAR (cot_bundle_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (CotBundleSidebar, cot_bundle_sidebar, COT, BUNDLE_SIDEBAR, GtkWidget)

GtkWidget *cot_bundle_sidebar_new (void);
void cot_bundle_sidebar_set_case (CotBundleSidebar *self, CotCase *a_case); /* (nullable) */
/* Marks the log whose tab is in front; (nullable). */
void cot_bundle_sidebar_set_current (CotBundleSidebar *self, CotLog *log);
/* The merged view of its logs, and whether that is in front; (nullable). */
void cot_bundle_sidebar_set_merged (CotBundleSidebar *self, CotMergedLog *merged,
                                    gboolean is_front);
/* Goes to what could not be read, or not to its end: the first row of it has the focus then. */
void cot_bundle_sidebar_show_refused (CotBundleSidebar *self);

G_END_DECLS
