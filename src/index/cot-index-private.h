/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-ending.h"
#include "cot-index.h"
#include "cot-snapshot-private.h"

G_BEGIN_DECLS

/* Logs up to this size keep a copy of their bytes while they are followed, so that a truncation
 * in place takes nothing from what is shown. */
#define COT_COPY_MAX_BYTES (32 * 1024 * 1024)

/* A generation to which nothing is added any more. */
typedef struct
{
  CotPart *part;
  CotGeneration texts; /* its sources, encoding and label; no counts */
  CotSourceStamp stamp; /* of an older part that had its own file when it was read */
} CotClosedGeneration;

/* An older part of the log, which the writer had put aside before the log was opened. */
typedef struct
{
  char *path; /* (nullable) where there is a source */
  CotSource *source; /* (nullable) before it is opened */
  char *label;
  GError *error; /* (nullable) why it is not part of the log, or not to its end */
} CotOlderPart;

struct _CotIndex
{
  gatomicrefcount ref_count;
  char *path; /* (nullable) */
  CotTables tables;
  const CotFormat *format;
  const CotFormat *wanted; /* (nullable) in the place of what the content says */
  const CotEncoding *wanted_encoding; /* (nullable) likewise: at @chosen_encoding */
  CotEncoding chosen_encoding;
  guint max_helpers;
  gint64 clock_usec; /* by what the clock of its writer is moved */
  GPtrArray *closed; /* CotClosedGeneration, the oldest first */
  GPtrArray *older; /* CotOlderPart, the oldest first */
  guint64 n_done_bytes; /* of all parts, for the progress: those that are read, */
  guint64 n_all_bytes; /* and the whole; 0 while it is loaded no more */
  guint64 n_learned_bytes; /* among these: what was read before, to learn how to read it */
  CotIndexReport report; /* (nullable): while it is loaded */
  gpointer report_data;
  double progress; /* as was reported last: it never goes back */
  CotEnding *ending; /* (nullable) of a long log, once its first block is read */

  /* The generation that is growing. */
  CotSource *original; /* (nullable) before it is opened */
  CotTranscoded *transcoded; /* (nullable) */
  CotSource *converted; /* (nullable) the rows that were made of it; then nothing is re-coded */
  CotEncoding encoding;
  CotEncoding file_encoding;
  gboolean is_undecided; /* UTF-8 or Windows-1252: more bytes may change it */
  gboolean is_no_text;
  gboolean is_proven; /* what was added has proved how it is to be read */
  gboolean is_redacted; /* the original is a copy without its secrets, and is not followed */
  CotScanner *scanner;
  gsize n_detected; /* how many bytes encoding and format were judged by */
  CotSpool *copy; /* (nullable) of the original's bytes */
  gboolean keep_copy;
  gboolean no_room; /* for a copy of this generation */
  CotEdges edges; /* of the original */
  guint64 edges_end; /* where its tail ends */
  CotSourceStamp stamp; /* of the original, when it was last indexed to its end */
  CotSourceStamp file_stamp; /* of the file, when it was opened; then of what was last reported */
  CotSourceStamp seen_stamp; /* of the file, when it was last looked at */
  gboolean cut_short; /* an error came before that end: look again, whatever the stamp says */
  gboolean gone;
};

/* What the first block of a source says, before anything is done about it. */
typedef struct
{
  CotSource *original; /* (unowned) */
  CotSource *redacted; /* (nullable) to be read in its place */
  CotTranscoded *transcoded; /* (nullable) */
  CotSource *converted; /* (nullable) */
  CotEncoding encoding;
  CotEncoding file_encoding; /* before it was converted */
  gboolean is_undecided;
  gboolean is_no_text;
  CotSourceStamp stamp;
  const CotFormat *format;
  gsize n_detected;
} CotOpening;

/* Whether it is no text at all, but can be converted. */
gboolean cot_index_is_binary (const char *head, gsize n_head);
/* A copy without the secrets that it may show nobody; @redacted stays NULL where it has none. */
gboolean cot_index_redact (CotSource *original, const char *head, gsize n_head,
                           CotSource **redacted, GError **error);
/* Makes rows of what is no text of lines, or of what is to be read so: @wanted is (nullable), and
 * one of lines makes none. @format stays, and there are none, where it is. */
gboolean cot_index_convert (CotSource *original, CotSource *text, const char *head, gsize n_head,
                            const CotFormat *wanted, CotSource **rows, const CotFormat **format,
                            GCancellable *cancellable, GError **error);

/* Reads the older parts, each as a generation of its own; @newest is the log itself, opened, and
 * may learn its format from them. FALSE only where it was cancelled. */
gboolean cot_index_load_older (CotIndex *self, CotOpening *newest, CotIndexReport report,
                               gpointer data, GCancellable *cancellable, GError **error);
void cot_older_part_free (gpointer part);

/* All that can fail of a beginning. */
gboolean cot_index_open (CotIndex *self, CotSource *original, CotOpening *opening,
                         GCancellable *cancellable, GError **error);
void cot_opening_clear (CotOpening *opening);
/* What the file as a whole, and the blocks of its older parts, say of its records. */
const CotFormat *cot_index_learn_format (CotIndex *self, const CotFormat *format,
                                         CotSource *source, const CotSpan *heads, guint n_heads,
                                         GCancellable *cancellable);
/* Whether what stands in the text from there on says that all of it means something else. */
gboolean cot_index_learns_more (CotIndex *self, guint64 from, GCancellable *cancellable);
/* Begins the generation that was opened, in the place of the one that was growing. */
void cot_index_begin_generation (CotIndex *self, CotOpening *opening);
/* Closes the growing generation; its text is lost where @in_place and there is no copy. */
void cot_index_close_generation (CotIndex *self, gboolean in_place);
/* Reads and indexes to the end of the data. */
gboolean cot_index_scan (CotIndex *self, CotIndexReport report, gpointer data,
                         GCancellable *cancellable, GError **error);
/* Bytes of the original that are indexed. */
guint64 cot_index_get_n_indexed (CotIndex *self);

G_END_DECLS
