/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-decoder.h"
#include "cot-format.h"
#include "cot-strings.h"

G_BEGIN_DECLS

/* What the columns know of one entry; its text stays in the log. */
typedef struct
{
  guint64 offset; /* in the (re-coded) source of its generation */
  guint64 length_bytes;
  guint64 line; /* 1-based first physical line in its generation; 0 if not asked for */
  gint64 time_usec; /* COT_TIME_NONE */
  gint16 bias_minutes; /* true bias, Windows sense; COT_BIAS_NONE */
  guint16 component; /* id in the snapshot's components */
  guint16 origin;
  guint16 thread;
  guint8 severity; /* CotSeverity */
  guint8 flags; /* CotRecordFlags */
  guint generation; /* index of its generation, the oldest is 0 */
} CotEntryColumns;

typedef struct
{
  guint64 n_entries;
  guint64 n_framed; /* framed records */
  guint64 n_plain;
  guint64 n_incomplete;
  guint64 n_blank; /* of nothing but zeros, or the mark of the encoding: nobody wrote them */
  guint64 zero_bytes; /* of these, and before the text of others */
  guint64 by_severity[COT_N_SEVERITIES];
  gint64 first_time_usec; /* of the first and last entry that has one; COT_TIME_NONE */
  gint64 last_time_usec;
} CotSnapshotCounts;

/* An immutable view of an index: what the main thread may look at while workers go on. */
typedef struct _CotSnapshot CotSnapshot;

CotSnapshot *cot_snapshot_ref (CotSnapshot *self);
void cot_snapshot_unref (CotSnapshot *self);
guint64 cot_snapshot_get_n_entries (CotSnapshot *self);
const CotSnapshotCounts *cot_snapshot_get_counts (CotSnapshot *self);
/* O(log chunks); FALSE beyond the end. Does not set line. */
gboolean cot_snapshot_get (CotSnapshot *self, guint64 ordinal, CotEntryColumns *columns);
/* Severity alone, for rulers and filters over many entries: copies n severities from @first. */
void cot_snapshot_get_severities (CotSnapshot *self, guint64 first, guint64 n, guint8 *severities);
/* Times alone. */
void cot_snapshot_get_times (CotSnapshot *self, guint64 first, guint64 n, gint64 *times_usec);
/* Where they are, before, in or behind a span: @places for none, before, in, behind. */
void cot_snapshot_place_times (CotSnapshot *self, guint64 first, guint64 n, gint64 start_usec,
                               gint64 end_usec, const guint8 places[4], guint8 *row);
/* Names alone, by their ids in the tables of the snapshot. */
typedef enum
{
  COT_SNAPSHOT_COMPONENTS,
  COT_SNAPSHOT_ORIGINS,
  COT_SNAPSHOT_THREADS,
} CotSnapshotNames;
/* As they are stored: entries that follow each other, an id each or, with @places, its place in a
 * list of ids. They live as long as the snapshot. */
typedef struct
{
  guint n_entries;
  const guint16 *ids;
  const guint8 *places; /* (nullable) */
  guint n_listed;
} CotNameRun;
CotNameRun cot_snapshot_get_names (CotSnapshot *self, CotSnapshotNames names, guint64 first,
                                   guint64 n);
/* Times in UTC; entries that say no zone are taken to be @fallback_bias_minutes from it. */
void cot_snapshot_get_utc_times (CotSnapshot *self, guint64 first, guint64 n,
                                 gint16 fallback_bias_minutes, gint64 *times_usec);
/* Those in UTC; entries that say no zone are taken to be in that of the last entry before them that
 * says one, and those before the first one to be @first_bias_minutes from it; COT_BIAS_NONE: as
 * written. */
void cot_snapshot_get_carried_times (CotSnapshot *self, guint64 first, guint64 n,
                                     gint16 first_bias_minutes, gint64 *times_usec);
/* The bias of the first entry that has one; FALSE where none has. */
gboolean cot_snapshot_find_bias (CotSnapshot *self, gint16 *bias_minutes);
/* That of the last one up to @ordinal, itself included, that has one. Cheap: whole chunks have one
 * for all. */
gboolean cot_snapshot_find_bias_up_to (CotSnapshot *self, guint64 ordinal, gint16 *bias_minutes);
/* What was added to each time as it is written, because the clock of the writer was wrong: all
 * times that are asked for here have it in them. */
gint64 cot_snapshot_get_clock (CotSnapshot *self);
CotStrings *cot_snapshot_get_components (CotSnapshot *self);
CotStrings *cot_snapshot_get_origins (CotSnapshot *self);
CotStrings *cot_snapshot_get_threads (CotSnapshot *self);
const CotFormat *cot_snapshot_get_format (CotSnapshot *self);
/* Counts of the attribute type as written: text to number of entries, sorted by text. */
guint cot_snapshot_get_n_types (CotSnapshot *self);
const char *cot_snapshot_get_type (CotSnapshot *self, guint index, guint64 *n);

/* Generations: older parts of the same log, oldest first; most logs have one. */
typedef struct
{
  CotSource *source; /* what the offsets count in (re-coded for UTF-16); owned by the snapshot */
  CotTranscoded *transcoded; /* (nullable) */
  CotSource *original; /* (nullable) the file that the source, which is rows, was made of */
  CotEncoding encoding; /* of the source */
  CotEncoding file_encoding; /* of the file, where rows were made of it: another one */
  guint64 first_ordinal;
  guint64 n_entries;
  guint64 size_bytes; /* of the source, as far as it is indexed */
  gboolean is_no_text; /* of no format that is known, and full of bytes that no text has */
  gboolean text_lost; /* truncated under us and no copy was kept: columns only */
  const char *label; /* (nullable) of an older part that has a name of its own */
} CotGeneration;

guint cot_snapshot_get_n_generations (CotSnapshot *self);
const CotGeneration *cot_snapshot_get_generation (CotSnapshot *self, guint index);

/* Reading text: any worker thread; never the main thread of the window.
 * The record's bytes as they stand in the source. */
gboolean cot_snapshot_read (CotSnapshot *self, guint64 ordinal, GByteArray *into, GError **error);
/* The 1-based physical line (CRLF, LF or a lone CR ends one) at which the entry starts. */
gboolean cot_snapshot_get_line (CotSnapshot *self, guint64 ordinal, guint64 *line, GError **error);
/* Calls @function for entries [first, first + n) in order, reading in large blocks; line is set in
 * the columns. The record is valid during the call only. Stops where it returns FALSE. */
typedef gboolean (*CotSnapshotFunc) (CotSnapshot *self, guint64 ordinal,
                                     const CotEntryColumns *columns, const char *record,
                                     gsize length_bytes, gpointer data);
gboolean cot_snapshot_foreach (CotSnapshot *self, guint64 first, guint64 n,
                               CotSnapshotFunc function, gpointer data, GCancellable *cancellable,
                               GError **error);
/* The same by whole blocks: @block holds the complete records of entries [first, first + n). */
typedef gboolean (*CotSnapshotBlockFunc) (CotSnapshot *self, guint64 first, guint64 n,
                                          const char *block, gsize length_bytes,
                                          guint64 block_offset, gpointer data);
gboolean cot_snapshot_foreach_block (CotSnapshot *self, guint64 first, guint64 n,
                                     CotSnapshotBlockFunc function, gpointer data,
                                     GCancellable *cancellable, GError **error);
/* Which entry holds that byte of that generation; found fast where it is not far behind the entry
 * @near. */
guint64 cot_snapshot_find_offset (CotSnapshot *self, guint generation, guint64 offset,
                                  guint64 near);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotSnapshot, cot_snapshot_unref)

G_END_DECLS
