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

/* How somebody wants a log to be read, in the place of what stands in it; all of it 0: as that
 * says. */
typedef struct
{
  const char *format_id; /* (nullable): one of the formats */
  const char *encoding_id; /* (nullable): one of the encodings */
  gint64 clock_usec; /* is added to each time: the clock of its writer was wrong */
} CotReadAs;

/* What a tab shows: one log of a case, or a merge of several (CotMergedLog). Its entries as rows of
 * text, and what is known of them. Main thread; nothing here reads a file or waits. In a merge, an
 * ordinal is the place in the common order. */
#define COT_TYPE_LOG (cot_log_get_type ())
GType cot_log_get_type (void);
typedef struct _CotLog CotLog;
typedef struct _CotLogClass CotLogClass;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotLog, g_object_unref)

static inline CotLog *
COT_LOG (gpointer instance)
{
  return G_TYPE_CHECK_INSTANCE_CAST (instance, COT_TYPE_LOG, CotLog);
}

static inline gboolean
COT_IS_LOG (gpointer instance)
{
  return G_TYPE_CHECK_INSTANCE_TYPE (instance, COT_TYPE_LOG);
}

/* Signals:
 *   "changed" (): counts, state or progress changed; entries are only ever appended, but in a merge
 *   "rows-loaded" (guint64 first, guint64 n): rows asked for are there now, or read differently
 *   "known-changed" (): what detectors know of the rows changed
 *   "event" (CotDocumentEvent): truncated, replaced, removed, returned; outdated or understood:
 *     then another log takes its place with cot_case_reopen_log() */

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
  CotBiasWriter bias_writer;
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
  guint status_id; /* of a site server's status message; 0 */
  CotRegistryNote registry_note; /* of a value of the registry */
  char *registry_flags; /* (nullable) what its bits are */
  const char *format_id;
  gint64 time_usec;
  gint64 clock_usec; /* of that, what was added to it as it is written */
  gint16 bias_minutes; /* true bias; COT_BIAS_NONE */
  gboolean bias_is_carried; /* it is that of the last entry before it that says one */
  CotBiasWriter bias_writer;
  CotSeverity severity;
  CotSeverityReason severity_reason;
  char *severity_said; /* (nullable) what of the record says so */
  CotRecordFlags flags;
  CotReadable *readable; /* the message, laid out and decoded */
  GPtrArray *codes; /* (element-type CotCode) in the message, in order */
  GArray *ids; /* (element-type CotMessageId) likewise */
  char *record; /* the whole record, decoded, nothing escaped: for the clipboard */
  GBytes *bytes; /* (nullable) as they stand in the file; NULL for a row that was made of one */
} CotEntryDetails;

void cot_entry_details_free (CotEntryDetails *details);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotEntryDetails, cot_entry_details_free)

/* The logs that it is made of: itself alone, or those of a merge that are on. (transfer none) */
guint cot_log_get_n_parts (CotLog *self);
CotLog *cot_log_get_part (CotLog *self, guint index);
/* Which of them an entry is of, and which entry of it; (nullable), (transfer none). */
CotLog *cot_log_locate (CotLog *self, guint64 ordinal, guint64 *ordinal_in_log);
/* The other way round; FALSE: it is not in there, or not yet. */
gboolean cot_log_find_place (CotLog *self, CotLog *log, guint64 ordinal, guint64 *place);
/* What the index knows of an entry. */
gboolean cot_log_get_columns (CotLog *self, guint64 ordinal, CotEntryColumns *columns);
/* Where an older part of a log ends and the next one begins: the ordinal of the first entry below.
 * In a merge only where no entry of another log stands between. */
guint cot_log_get_n_seams (CotLog *self);
guint64 cot_log_get_seam (CotLog *self, guint index);

/* A moment, to tell what comes after it from what is there; of a merge, in all of its logs. */
guint cot_log_begin_moment (void); /* never 0 */
void cot_log_note_moment (CotLog *self, guint moment);
gboolean cot_log_knows_moment (CotLog *self, guint moment);
/* Of one log: the first entry after it; 0 where it was not noted. */
guint64 cot_log_get_first_after (CotLog *self, guint moment);

const char *cot_log_get_name (CotLog *self); /* "LocationServices.log", "LocationServices.lo_" */
const char *cot_log_get_title (CotLog *self); /* without ".log" */
const char *cot_log_get_path (CotLog *self); /* of a file; (nullable) for a member of an archive */
const char *cot_log_get_label (CotLog *self); /* path, or place inside the bundle, for people */
/* The same of the part in which the entry of that snapshot stands, and its ordinal in there: a log
 * may be stitched of older parts, each with lines and ordinals of its own. Any thread. */
const char *cot_log_get_part_label (CotLog *self, CotSnapshot *snapshot, guint64 ordinal,
                                    guint64 *ordinal_in_part);
char *cot_log_dup_part_name (CotLog *self, guint64 ordinal, guint64 *ordinal_in_part);
/* The name, without ".log", of the log and of the part in which the entry stands. */
char *cot_log_dup_entry_title (CotLog *self, guint64 ordinal);
/* Of one log; a merge has none of its own, and what is given for it is empty. */
CotDocument *cot_log_get_document (CotLog *self);
CotSnapshot *cot_log_get_snapshot (CotLog *self); /* (transfer none) */
guint64 cot_log_get_n_entries (CotLog *self);
const CotSnapshotCounts *cot_log_get_counts (CotLog *self);
CotDocumentState cot_log_get_state (CotLog *self);
const GError *cot_log_get_error (CotLog *self); /* (nullable) */
/* Of a long log that is being read: its last entry; (nullable), valid until the next "changed". */
const CotEnding *cot_log_get_ending (CotLog *self);
double cot_log_get_progress (CotLog *self);
/* What is not written: holes of a file, and what was laid out for it. */
gboolean cot_log_is_blank (CotLog *self);
/* Whose clock is moved: of a merge, how many of its logs. @clock_usec: by how much, of one of them;
 * untouched where there is none. */
guint cot_log_get_n_moved (CotLog *self, gint64 *clock_usec);
/* Full of bytes that no text has: it is shown, but looks like no log. FALSE for a merge. */
gboolean cot_log_is_no_text (CotLog *self);
guint64 cot_log_get_n_written (CotLog *self); /* entries, for people */
guint64 cot_log_get_zero_bytes (CotLog *self, guint64 *all_bytes);
gboolean cot_log_get_stopped (CotLog *self); /* by cot_case_cancel(), before it was all judged */
gboolean cot_log_can_follow (CotLog *self); /* FALSE for members of archives */
/* Of all that it is made of. */
void cot_log_set_following (CotLog *self, gboolean following);
void cot_log_stop_following_alone (CotLog *self); /* merges go on with it */
gboolean cot_log_get_following (CotLog *self);
void cot_log_set_paused (CotLog *self, gboolean paused);
gboolean cot_log_get_paused (CotLog *self);
guint64 cot_log_get_n_held_back (CotLog *self); /* new entries while paused */
void cot_log_check_now (CotLog *self);
const char *cot_log_get_format_name (CotLog *self); /* "CCM" */
/* How somebody wants a log to be read: see cot_case_reread_log(). */
const CotReadAs *cot_log_get_read_as (CotLog *self); /* (transfer none) */
/* The format that was chosen for it; (nullable): NULL where its content said so. */
const char *cot_log_get_chosen_format (CotLog *self);
const char *cot_log_get_encoding_name (CotLog *self); /* "UTF-8" */

/* All formats that a log can be read as: id and name, in the order to show them. */
guint cot_log_get_n_formats (void);
const char *cot_log_get_nth_format (guint index, const char **name);
/* Likewise the encodings: (nullable), NULL beyond the last one. */
const char *cot_log_get_nth_encoding (guint index, const char **name);
const char *cot_log_find_encoding (const char *id); /* (nullable): the same, for good */

/* (nullable): NULL where the row is not loaded yet; it then comes with "rows-loaded". */
const CotRow *cot_log_peek_row (CotLog *self, guint64 ordinal);

void cot_log_load_details_async (CotLog *self, guint64 ordinal, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);
CotEntryDetails *cot_log_load_details_finish (CotLog *self, GAsyncResult *result, GError **error);

/* Rows as CMTrace copies them: one a line, the columns joined by tabs.
 * @columns: letters in the order wanted: m message, c component, t time, h thread, o origin, l log;
 * u the time in UTC, z that of this computer, each as written where the zone is not known; e the
 * time since the entry above among @shown; (nullable): among all.
 * The result is a string; at most 64 MiB. */
void cot_log_copy_async (CotLog *self, CotBitset *ordinals, CotBitset *shown,
                         const char *columns, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data);
char *cot_log_copy_finish (CotLog *self, GAsyncResult *result, GError **error);

/* What detectors know of an entry: the finding of the case that has it as evidence; (nullable),
 * (transfer none). Cheap enough for every drawn row. */
CotFinding *cot_log_get_finding_at (CotLog *self, guint64 ordinal);
/* (nullable): what the user's own knowledge says of it beside what is built in, or the reverse. */
CotFinding *cot_log_get_finding_beside (CotLog *self, guint64 ordinal);
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
/* Of one log, not of a merge: adds the names that its entries have, for people; but not a great
 * many. @into: a set of strings that it owns. */
void cot_log_add_names (CotLog *self, CotSnapshotNames names, GHashTable *into);
/* The next (or previous) entry of that severity after (before) @from; FALSE if none. */
gboolean cot_log_find_severity (CotLog *self, CotSeverity severity, guint64 from, gboolean forward,
                                guint64 *ordinal);
/* Of one log, not of a merge: how many entries that are errors by their type are evidence of no
 * finding, and the next one of them after @from (G_MAXUINT64: the first). */
guint64 cot_log_count_unexplained (CotLog *self);
gboolean cot_log_find_unexplained (CotLog *self, guint64 from, guint64 *ordinal);

G_END_DECLS
