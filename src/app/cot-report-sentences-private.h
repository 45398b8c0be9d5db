/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-report-sentences.h"

G_BEGIN_DECLS

/*
 *   cot-report-sentences.c        the report as a whole
 *   cot-report-story-sentences.c  a cause with its lines and steps; what the user marked
 *   cot-report-title-sentences.c  what it says first: whose failure it is
 */

/* (transfer none); "" for NULL */
const char *cot_report_translate (const char *text);
/* A text of the knowledge, with backquotes around what can be copied. @is_ours: of what came with
 * the program; then only what is marked in it is masked, see cot_finding_expand_marked(). */
void cot_report_say_text (CotReport *report, const char *text, gboolean is_ours);
void cot_report_say_title (CotReport *report, CotReportPart part, CotFinding *finding);
void cot_report_say_title_text (CotReport *report, CotFinding *finding);
/* A finding in one line; @device: (nullable) */
void cot_report_say_item (CotReport *report,
                          const CotReportClock *clock,
                          CotFinding *finding,
                          const char *device);
void cot_report_say_head_row (CotReport *report, const char *const *titles, guint n);
void cot_report_say_time (CotReport *report, gint64 time_usec); /* nothing: there is none */
void cot_report_say_story (CotReport *report,
                           const CotReportClock *clock,
                           const CotReportStory *story);
/* What is wrong, with which device (nullable), since when and what is to be done first: for who
 * reads no further. */
void cot_report_say_brief (CotReport *report,
                           const CotReportFacts *facts,
                           const CotReportStory *story,
                           const char *device,
                           gboolean in_title);
/* Nothing where nothing is marked. */
void cot_report_say_marks (CotReport *report, const CotReportFacts *facts);
/* The errors that no detector knows; nothing where there are none. */
/* @beside_stories: something was found; else this follows a verdict. */
void cot_report_say_unexplained (CotReport *report, const CotReportFacts *facts,
                                 gboolean beside_stories);

/* What is said of all cases: whose failure it is, and of each device how it is. */
void cot_report_say_main_title (CotReport *report, GPtrArray *facts);
void cot_report_say_devices (CotReport *report, const CotReportFacts *facts);
/* Where there are several cases: the worst first. (transfer full) (element-type CotReportFacts) */
GPtrArray *cot_report_sort_cases (GPtrArray *facts);
void cot_report_say_cases (CotReport *report, GPtrArray *facts);
void cot_report_say_name (CotReport *report, const CotReportFacts *facts);

G_END_DECLS
