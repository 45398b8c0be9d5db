/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cot-engine.h"

G_BEGIN_DECLS

/*
 *   engine (positions, text)  ->  CotRowModel  ->  CotLogView     rows that are visible
 *                                      |       ->  CotOverviewRuler   all rows, in slots
 *
 * What a log view shows. A model has positions, not objects: the view asks for the text of the
 * few rows that it shows, and a model that has to read a file for it answers "not yet", loads
 * the rows on a worker and says "rows-changed". Everything happens on the main thread.
 */

/* Longest message and longest other text of a row, in bytes, NUL excluded. */
#define COT_ROW_MESSAGE_MAX_BYTES 4096
#define COT_ROW_CELL_MAX_BYTES 512
#define COT_ROW_MAX_MATCHES 16

typedef enum
{
  COT_ROW_COLUMN_MESSAGE,
  COT_ROW_COLUMN_LOG,
  COT_ROW_COLUMN_COMPONENT,
  COT_ROW_COLUMN_TIME,
  COT_ROW_COLUMN_ELAPSED,
  COT_ROW_COLUMN_THREAD,
  COT_ROW_COLUMN_ORIGIN,
} CotRowColumn;

#define COT_N_ROW_COLUMNS 7

/* Marks of the logs of a merged view. */
#define COT_N_LOG_STRIPES 18

/* By its number in the merge; 0: it has none there. */
static inline guint
cot_log_stripe_of_number (guint number)
{
  return number != G_MAXUINT ? number % COT_N_LOG_STRIPES + 1 : 0;
}

typedef enum
{
  COT_ROW_BADGE_NONE,
  COT_ROW_BADGE_FAILURE,   /* a detector knows this line; badge_severity says how bad it is */
  COT_ROW_BADGE_EXPECTED,  /* looks bad, is normal */
  COT_ROW_BADGE_MILESTONE, /* a step of a healthy path */
  COT_ROW_BADGE_MARK,      /* the user's own */
} CotRowBadge;

/* What stands in a piece of the document, for the overview ruler. */
typedef enum
{
  COT_RULER_ERROR = 1 << 0,
  COT_RULER_WARNING = 1 << 1,
  COT_RULER_FINDING = 1 << 2, /* a known line, of any kind */
  COT_RULER_MATCH = 1 << 3,
  COT_RULER_MARK = 1 << 4,
  COT_RULER_KNOWN_ERROR = 1 << 5, /* how bad what is known is, whatever the line's own type */
  COT_RULER_KNOWN_WARNING = 1 << 6,
  COT_RULER_GAP = 1 << 7, /* nobody wrote for long, or the clock went back */
} CotRulerFlags;

/* A match of the find bar, in bytes of the row's message; end is behind the last byte. */
typedef struct
{
  guint16 start_bytes;
  guint16 end_bytes;
} CotRowMatch;

/**
 * CotRowText:
 * @severity: colour, icon and word of the row
 * @badge: the badge at the end of the message
 * @badge_severity: how bad the finding of a %COT_ROW_BADGE_FAILURE is
 * @seam: the row is no entry but the seam between two generations: only @message is shown
 * @marked: the user marked the row; where @badge is another one, a flag stands beside it
 * @log_stripe: 1 to %COT_N_LOG_STRIPES: mark of the member in a merged view; 0: none
 * @n_matches: how many of @matches are set, in ascending order, not overlapping
 * @current_match: index of the current match in @matches, or -1
 * @message: (nullable): valid UTF-8 without control characters, all lines in one joined by "↵",
 *   at most %COT_ROW_MESSAGE_MAX_BYTES
 * @component: (nullable): the component
 * @time: (nullable): "2026-11-18 09:12:41.327", by the clock that the user chose; a narrow column
 *   drops the year or the date in front
 * @elapsed: (nullable): the time since the row above, "0:01:12.345"
 * @thread: (nullable): the thread, as shown
 * @origin: (nullable): source file and line that wrote the entry
 * @log: (nullable): the member's name
 * @note: (nullable): what the user wrote to her mark
 * @gap: (nullable): that there is a gap in time above the row, "gap of 4 min 12 s"
 * @clock_goes_back: what is above it is no gap, but a clock that was put back
 *
 * The text of one row. All strings are owned by the struct. Start with a zeroed struct; a model
 * sets only what it knows.
 */
typedef struct
{
  CotSeverity severity;
  CotRowBadge badge;
  CotSeverity badge_severity;
  gboolean seam;
  gboolean marked;
  guint log_stripe;
  guint n_matches;
  gint current_match;
  CotRowMatch matches[COT_ROW_MAX_MATCHES];
  char *message;
  char *component;
  char *time;
  char *elapsed;
  char *thread;
  char *origin;
  char *log;
  char *note;
  char *gap;
  gboolean clock_goes_back;
} CotRowText;

void cot_row_text_clear (CotRowText *self);
const char *cot_row_text_get_column (const CotRowText *self, CotRowColumn column);
void cot_row_text_append (const CotRowText *self,
                          const CotRowColumn *columns,
                          guint n_columns,
                          GString *line);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CotRowText, cot_row_text_clear)

#define COT_TYPE_ROW_MODEL (cot_row_model_get_type ())
G_DECLARE_INTERFACE (CotRowModel, cot_row_model, COT, ROW_MODEL, GObject)

/**
 * CotRowModelInterface:
 * @get_n_rows: how many rows there are
 * @get_row: fills a cleared struct; %FALSE when the text is not there yet, or no such row
 * @has_logs: (optional): whether rows come from several logs, so that the Log column makes sense
 * @set_visible_range: (optional): these rows are about to be asked for; load them in one go
 * @get_ruler: (optional): ORs #CotRulerFlags into @n_slots zeroed bytes; slot i stands for the
 *   rows from i * n / n_slots to (i + 1) * n / n_slots
 * @find_noted: (optional): the first row in [first, first + n) that a ruler shows something for,
 *   the worst kind before the others
 * @dup_time_tooltip: (optional): what the time means: UTC, and why
 * @dup_text_async: (optional): the rows of @positions as lines of @columns, joined by tabs, with
 *   whole messages; stops behind the last line that fits into @max_bytes
 * @dup_text_finish: (optional): %NULL with an error; else the text, and whether it was cut
 *
 * What a model implements. Without dup_text_async(), the rows that get_row() knows are copied.
 */
struct _CotRowModelInterface
{
  GTypeInterface parent_iface;

  guint64 (*get_n_rows) (CotRowModel *self);
  gboolean (*get_row) (CotRowModel *self, guint64 position, CotRowText *out);
  gboolean (*has_logs) (CotRowModel *self);
  void (*set_visible_range) (CotRowModel *self, guint64 first, guint64 n);
  void (*get_ruler) (CotRowModel *self, guint n_slots, guint8 *slots);
  gboolean (*find_noted) (CotRowModel *self, guint64 first, guint64 n, guint64 *position);
  char *(*dup_time_tooltip) (CotRowModel *self, guint64 position);
  void (*dup_text_async) (CotRowModel *self,
                          CotBitset *positions,
                          const CotRowColumn *columns,
                          guint n_columns,
                          gsize max_bytes,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
  char *(*dup_text_finish) (CotRowModel *self,
                            GAsyncResult *result,
                            gboolean *truncated,
                            GError **error);
};

guint64 cot_row_model_get_n_rows (CotRowModel *self);
gboolean cot_row_model_get_row (CotRowModel *self, guint64 position, CotRowText *out);
gboolean cot_row_model_has_logs (CotRowModel *self);
void cot_row_model_set_visible_range (CotRowModel *self, guint64 first, guint64 n);
void cot_row_model_get_ruler (CotRowModel *self, guint n_slots, guint8 *slots);
gboolean cot_row_model_find_noted (CotRowModel *self,
                                   guint64 first,
                                   guint64 n,
                                   guint64 *position);
char *cot_row_model_dup_time_tooltip (CotRowModel *self, guint64 position);
void cot_row_model_dup_text_async (CotRowModel *self,
                                   CotBitset *positions,
                                   const CotRowColumn *columns,
                                   guint n_columns,
                                   gsize max_bytes,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
char *cot_row_model_dup_text_finish (CotRowModel *self,
                                     GAsyncResult *result,
                                     gboolean *truncated,
                                     GError **error);

/* For implementations: each emits the signal of its name. */
void cot_row_model_reset (CotRowModel *self);                  /* "reset": other rows now */
void cot_row_model_appended (CotRowModel *self, guint64 n);    /* "appended": n more at the end */
void cot_row_model_rows_changed (CotRowModel *self,            /* "rows-changed": text came, or */
                                 guint64 first,                /*   badge, match, mark changed */
                                 guint64 n);
void cot_row_model_ruler_changed (CotRowModel *self);          /* "ruler-changed" */

G_END_DECLS
