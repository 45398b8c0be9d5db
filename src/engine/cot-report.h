/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-mask.h"
#include "cot-report-facts.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A case on a page, to be handed on: parts within parts, with texts in them. What it says comes
 * from a #CotReportCompose above this floor, since it is translated; here it is masked and written.
 * Built on a worker; after that it changes no more, but for what its mask leaves in. */
typedef struct _CotReport CotReport;

typedef enum
{
  COT_REPORT_TITLE,
  COT_REPORT_SUBTITLE,
  COT_REPORT_IF_MASKED,   /* a notice that stands there only where something is masked, */
  COT_REPORT_IF_UNMASKED, /* or nothing is */
  COT_REPORT_HEADING,
  COT_REPORT_SUBHEADING,
  COT_REPORT_PARAGRAPH,
  COT_REPORT_SMALL, /* a paragraph of less weight */
  COT_REPORT_CARD,  /* holds paragraphs, lists and tables */
  COT_REPORT_LABEL, /* of a card: its severity in a word */
  COT_REPORT_STEPS, /* holds steps, which are numbered */
  COT_REPORT_STEP,
  COT_REPORT_LIST, /* holds items */
  COT_REPORT_ITEM,
  COT_REPORT_TABLE,    /* holds rows of cells */
  COT_REPORT_EVIDENCE, /* likewise: the last cell is a line of a log */
  COT_REPORT_HEAD_ROW,
  COT_REPORT_ROW,
  COT_REPORT_CELL,
} CotReportPart;

typedef enum
{
  COT_REPORT_OWN,    /* words of ours: never masked */
  COT_REPORT_STRONG, /* likewise, with weight */
  COT_REPORT_TIME,   /* likewise: stays on one line */
  COT_REPORT_FIXED,  /* likewise: can be copied as it is */
  COT_REPORT_SAID,   /* of a sentence: what a log said, or the user's own knowledge: masked */
  COT_REPORT_CODE,   /* likewise: can be copied as it is */
  COT_REPORT_DATA,   /* of a log, or a name: masked, and learnt from */
  COT_REPORT_NOTE,   /* what the user wrote: masked, and learnt from */
  COT_REPORT_LINE,   /* a line of a log */
} CotReportStyle;

/* Of a longer line the beginning is shown. It is given with as much behind it as a name may have:
 * where to cut it is known when all names are, see cot_mask_find_cut(). */
#define COT_REPORT_MAX_LINE_BYTES 4096

typedef enum
{
  COT_REPORT_HTML, /* one file without script, and without anything from elsewhere */
  COT_REPORT_MARKDOWN,
} CotReportFormat;

/* Building it. @severity is told by a picture, too: COT_SEVERITY_UNKNOWN has none. */
void cot_report_begin (CotReport *self, CotReportPart part, CotSeverity severity);
void cot_report_end (CotReport *self);
void cot_report_text (CotReport *self, CotReportStyle style, const char *text);
void cot_report_link (CotReport *self, const char *text, const char *url);
/* A part with one text. */
void cot_report_add (CotReport *self, CotReportPart part, CotReportStyle style, const char *text);

/* Says what is in the facts; on a worker. (element-type CotReportFacts) */
typedef void (*CotReportCompose) (CotReport *self, GPtrArray *facts, gpointer data);

/* Reads what a report on the cases needs, once they are settled. Their findings are those of now.
 * @with_marks: also what the user marked. @free_data: any thread. Errors: G_IO_ERROR_CANCELLED. */
void cot_report_build_async (CotCase *const *cases,
                             guint n_cases,
                             gboolean with_marks,
                             CotReportCompose compose,
                             gpointer compose_data,
                             GDestroyNotify free_data,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data);
CotReport *cot_report_build_finish (GAsyncResult *result, GError **error);
/* For the command line. */
CotReport *cot_report_build_sync (CotCase *const *cases,
                                  guint n_cases,
                                  gboolean with_marks,
                                  CotReportCompose compose,
                                  gpointer compose_data);

CotReport *cot_report_ref (CotReport *self);
void cot_report_unref (CotReport *self);
CotMask *cot_report_get_mask (CotReport *self); /* (transfer none) */
/* The whole file; @masked: with stand-ins for all items of the mask that are enabled. */
char *cot_report_dup_file (CotReport *self, CotReportFormat format, gboolean masked);
/* Masks a word, too, also inside of longer ones; what is masked is counted anew. Blocking: for a
 * worker, and the command line. @n: how often that is; @n_inside: how often it stands in what is
 * masked anyway. FALSE: it is too short, or too long. */
gboolean cot_report_mask_word (CotReport *self, const char *word, guint *n, guint *n_inside);

/* What stands in the file, for people: without its mark-up. */
typedef enum
{
  COT_REPORT_SPAN_TITLE,
  COT_REPORT_SPAN_HEADING,
  COT_REPORT_SPAN_STRONG,
  COT_REPORT_SPAN_SMALL,
  COT_REPORT_SPAN_LINE,
  COT_REPORT_SPAN_STAND_IN,
} CotReportSpanKind;

#define COT_N_REPORT_SPAN_KINDS 6

typedef struct
{
  CotReportSpanKind kind;
  guint start; /* in characters */
  guint end;
} CotReportSpan;

typedef struct
{
  char *text;
  GArray *spans;       /* (element-type CotReportSpan) */
  gboolean is_refused; /* the word that was to be masked is too short, or too long */
  guint n_of_word;     /* how often it is masked */
  guint n_inside;      /* how often it stands in what is masked anyway */
} CotReportPreview;

/* Masks @word (nullable) first, see cot_report_mask_word(). Main thread; its mask must not be used
 * until it is finished. Errors: G_IO_ERROR_CANCELLED. */
void cot_report_preview_async (CotReport *self,
                               const char *word,
                               gboolean masked,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
CotReportPreview *
cot_report_preview_finish (CotReport *self, GAsyncResult *result, GError **error);
void cot_report_preview_free (CotReportPreview *self);
/* Writes it on a worker: whole, or not at all. What the mask leaves in is what it is now. */
void cot_report_save_async (CotReport *self,
                            CotReportFormat format,
                            gboolean masked,
                            GFile *file,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
gboolean cot_report_save_finish (CotReport *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotReport, cot_report_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotReportPreview, cot_report_preview_free)

G_END_DECLS
