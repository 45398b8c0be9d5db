/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The logs that are known: what each is for, and which are read together. Those that are in the
 * case can be opened from here. */
#define COT_TYPE_LOG_CATALOGUE_PAGE (cot_log_catalogue_page_get_type ())
G_DECLARE_FINAL_TYPE (CotLogCataloguePage, cot_log_catalogue_page, COT, LOG_CATALOGUE_PAGE,
                      GtkWidget)

GtkWidget *cot_log_catalogue_page_new (CotKnowledge *knowledge);
void cot_log_catalogue_page_set_knowledge (CotLogCataloguePage *self, CotKnowledge *knowledge);
void cot_log_catalogue_page_set_case (CotLogCataloguePage *self, CotCase *a_case); /* (nullable) */
/* Searches for the log of that name. */
void cot_log_catalogue_page_look_up (CotLogCataloguePage *self, const char *name);

G_END_DECLS
