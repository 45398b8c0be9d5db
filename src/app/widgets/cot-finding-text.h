/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The words of findings, as the row's details, the panel and the guide all say them. */

/* A text of the knowledge in the user's language; "" for NULL and "". */
const char *cot_finding_text_translate (const char *text);
const char *cot_finding_text_get_area (const char *area); /* "Cloud gateway" */
/* "Known failure", "Known problem", "Expected", "Still waiting", ... */
const char *cot_finding_text_get_kind (CotFinding *finding);
const char *cot_finding_text_get_icon (CotFinding *finding);
/* The style class of its colour: "error", "warning", "success", "info". */
const char *cot_finding_text_get_css_class (CotFinding *finding);
char *cot_finding_text_dup_title (CotFinding *finding);
/* "14 times · first 11-18 09:12:41, last 11-18 11:47:03" */
char *cot_finding_text_dup_times (guint n, gint64 first_time_usec, gint64 last_time_usec);
char *cot_finding_text_dup_when (CotFinding *finding); /* "14 times · first ..., last ... UTC" */
/* Whose log tells of it: "PC17", "Management point"; NULL where all are of one computer without a
 * name. @beside_name: the name of the computer stands above it. */
char *cot_finding_text_dup_whose (CotCase *a_case, CotFinding *finding, gboolean beside_name);
char *cot_finding_text_dup_meaning (CotFinding *finding);
/* The first safe step; NULL where there is none. */
char *cot_finding_text_dup_next_step (CotFinding *finding);
/* Only https, only the hosts of the documentation. */
gboolean cot_finding_text_is_allowed_url (const char *url);

G_END_DECLS
