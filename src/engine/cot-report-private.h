/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-report.h"

G_BEGIN_DECLS

typedef enum
{
  COT_REPORT_EVENT_BEGIN,
  COT_REPORT_EVENT_END,
  COT_REPORT_EVENT_TEXT,
} CotReportEventKind;

typedef struct
{
  CotReportEventKind kind;
  CotReportPart part; /* of a begin and an end */
  CotSeverity severity;
  CotReportStyle style; /* of a text */
  char *text;
  char *url; /* (nullable) */
} CotReportEvent;

CotReport *cot_report_new (CotMask *mask);
/* It is complete: what is to be masked is learnt and counted. */
void cot_report_close (CotReport *self);
/* All that stands there, masked or not. @mask: (nullable) */
typedef void (*CotReportFunc) (const CotReportEvent *event, CotMask *mask, gpointer data);
void cot_report_foreach (CotReport *self, CotMask *mask, CotReportFunc function, gpointer data);
/* A text of it, in pieces. @mask: (nullable) */
void
cot_report_pieces (const CotReportEvent *event, CotMask *mask, CotMaskFunc function, gpointer data);

char *cot_report_dup_html (CotReport *self, CotMask *mask);
char *cot_report_dup_markdown (CotReport *self, CotMask *mask);

G_END_DECLS
