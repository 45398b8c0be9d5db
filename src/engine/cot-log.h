/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bitset.h"
#include "cot-document.h"
#include "cot-filter-findings.h"
#include "cot-finding.h"
#include "cot-pattern.h"
#include "cot-readable.h"
#include "cot-registry-note.h"

G_BEGIN_DECLS

/* One log of a case, as a window shows it: a document, its rows as text, and what is known of
 * them. Main thread; nothing here reads a file or waits. */
#define COT_TYPE_LOG (cot_log_get_type ())
G_DECLARE_FINAL_TYPE (CotLog, cot_log, COT, LOG, GObject)

/* Signals:
 *   "changed" (): counts, state or progress changed; entries are only ever appended
 *   "rows-loaded" (guint64 first, guint64 n): rows asked for are there now, or read differently
 *   "known-changed" (): what detectors know of the rows changed
 *   "event" (CotDocumentEvent): truncated, replaced, removed, returned, outdated: then another log
 *     takes its place with cot_case_reopen_log() */

/* What a row of the view shows. Text is valid UTF-8 with every dangerous character made visible, a
 * message of at most COT_ROW_MESSAGE_BYTES. Owned by the log, valid until the main loop runs. */
#define COT_ROW_MESSAGE_BYTES 4096

typedef struct
{
  char *message; /* line ends shown as one mark each */
  char *component;
  char *thread; /* as written */
  char *origin;
  gint64 time_usec; /* wall clock; COT_TIME_NONE */
  gint16 bias_minutes; /* true bias; COT_BIAS_NONE */
  CotSeverity severity;
  CotRecordFlags flags;
  gboolean first_of_generation; /* a seam stands above it */
} CotRow;

/* Everything about one entry, for the details pane. Free with cot_entry_details_free(). */
typedef struct
{
  guint64 ordinal;
  guint64 line; /* 1-based first physical line; 0: it is a row that was made of a file */
  guint64 offset; /* in the file, or in the member; 0 for such a row, as its length */
  guint64 length_bytes;
  char *message; /* whole, visible, line ends kept as LF */
  char *message_as_written; /* decoded, nothing escaped: for the clipboard */
  char *component;
  char *context;
  char *thread;
  char *origin;
  char *type_text; /* as written; (nullable) */
  char *time_text; /* "2026-11-18 09:12:41.327"; (nullable) */
  char *utc_text; /* (nullable) */
  guint status_id; /* of a site server's status message; 0 */
  CotRegistryNote registry_note; /* of a value of the registry */
  char *registry_flags; /* (nullable) what its bits are */
  const char *format_id;
  gint64 time_usec;
  gint16 bias_minutes; /* true bias */
  CotBiasWriter bias_writer;
  CotSeverity severity;
  CotSeverityReason severity_reason;
  char *severity_said; /* (nullable) what of the record says so */
  CotRecordFlags flags;
  CotReadable *readable; /* the message, laid out and decoded */
  char *record; /* the whole record, decoded, nothing escaped: for the clipboard */
  GBytes *bytes; /* (nullable) as they stand in the file; NULL for a row that was made of one */
} CotEntryDetails;

void cot_entry_details_free (CotEntryDetails *details);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotEntryDetails, cot_entry_details_free)

const char *cot_log_get_name (CotLog *self); /* "LocationServices.log", "LocationServices.lo_" */
const char *cot_log_get_title (CotLog *self); /* without ".log" */
const char *cot_log_get_path (CotLog *self); /* of a file; (nullable) for a member of an archive */
const char *cot_log_get_label (CotLog *self); /* path, or place inside the bundle, for people */
/* The same of the part in which the entry of that snapshot stands, and its ordinal in there: a log
 * may be stitched of older parts, each with lines and ordinals of its own. Any thread. */
const char *cot_log_get_part_label (CotLog *self, CotSnapshot *snapshot, guint64 ordinal,
                                    guint64 *ordinal_in_part);
char *cot_log_dup_part_name (CotLog *self, guint64 ordinal, guint64 *ordinal_in_part);
CotDocument *cot_log_get_document (CotLog *self);
CotSnapshot *cot_log_get_snapshot (CotLog *self); /* (transfer none) */
guint64 cot_log_get_n_entries (CotLog *self);
const CotSnapshotCounts *cot_log_get_counts (CotLog *self);
CotDocumentState cot_log_get_state (CotLog *self);
const GError *cot_log_get_error (CotLog *self); /* (nullable) */
double cot_log_get_progress (CotLog *self);
gboolean cot_log_can_follow (CotLog *self); /* FALSE for members of archives */
const char *cot_log_get_format_name (CotLog *self); /* "CCM" */
/* The format that was chosen for it; (nullable): NULL where its content said so. */
const char *cot_log_get_chosen_format (CotLog *self);
const char *cot_log_get_encoding_name (CotLog *self); /* "UTF-8" */

/* All formats that a log can be read as: id and name, in the order to show them. */
guint cot_log_get_n_formats (void);
const char *cot_log_get_nth_format (guint index, const char **name);

/* (nullable): NULL where the row is not loaded yet; it then comes with "rows-loaded". */
const CotRow *cot_log_peek_row (CotLog *self, guint64 ordinal);

void cot_log_load_details_async (CotLog *self, guint64 ordinal, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);
CotEntryDetails *cot_log_load_details_finish (CotLog *self, GAsyncResult *result, GError **error);

/* Rows as CMTrace copies them: one a line, the columns joined by tabs.
 * @columns: letters in the order wanted: m message, c component, t time, h thread, o origin, l log.
 * The result is a string; at most 64 MiB. */
void cot_log_copy_async (CotLog *self, CotBitset *ordinals, const char *columns,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char *cot_log_copy_finish (CotLog *self, GAsyncResult *result, GError **error);

/* What detectors know of an entry: the finding of the case that has it as evidence; (nullable),
 * (transfer none). Cheap enough for every drawn row. */
CotFinding *cot_log_get_finding_at (CotLog *self, guint64 ordinal);
/* The ordinals that are evidence of a finding; (transfer none). */
CotBitset *cot_log_get_known (CotLog *self);
/* Those of a problem: what is normal is none. @severity: error or warning; (transfer none). */
CotBitset *cot_log_get_known_problems (CotLog *self, CotSeverity severity);
CotFilterFindings *cot_log_get_filter_findings (CotLog *self); /* (transfer none) */
/* For the ruler: for each of @n_slots equal parts of the entries, flags of what stands in it. */
typedef enum
{
  COT_LOG_RULER_ERROR = 1 << 0,
  COT_LOG_RULER_WARNING = 1 << 1,
  COT_LOG_RULER_FINDING = 1 << 2, /* of any kind */
  COT_LOG_RULER_KNOWN_ERROR = 1 << 5,
  COT_LOG_RULER_KNOWN_WARNING = 1 << 6,
} CotLogRulerFlags;
void cot_log_get_ruler (CotLog *self, guint n_slots, guint8 *slots);
/* The next (or previous) entry of at least that severity after (before) @from; FALSE if none. */
gboolean cot_log_find_severity (CotLog *self, CotSeverity at_least, guint64 from, gboolean forward,
                                guint64 *ordinal);

G_END_DECLS
