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
/* It is complete: what is to be masked is learnt and counted. FALSE: that was cancelled. */
gboolean cot_report_close (CotReport *self, GCancellable *cancellable);
/* All that stands there, masked or not. @mask: (nullable). @cancellable: (nullable): it ends where
 * it is then. */
typedef void (*CotReportFunc) (const CotReportEvent *event, CotMask *mask, gpointer data);
void cot_report_foreach (CotReport *self,
                         CotMask *mask,
                         GCancellable *cancellable,
                         CotReportFunc function,
                         gpointer data);
/* A text of it, in pieces. @mask: (nullable) */
void
cot_report_pieces (const CotReportEvent *event, CotMask *mask, CotMaskFunc function, gpointer data);

/* What is cancelled is not whole. */
char *cot_report_dup_html (CotReport *self, CotMask *mask, GCancellable *cancellable);
char *cot_report_dup_markdown (CotReport *self, CotMask *mask, GCancellable *cancellable);
CotReportPreview *
cot_report_preview_new (CotReport *self, gboolean masked, GCancellable *cancellable);
char *cot_report_dup_cancellable (CotReport *self,
                                  CotReportFormat format,
                                  gboolean masked,
                                  GCancellable *cancellable);

G_END_DECLS
