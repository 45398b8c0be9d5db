/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* No record may be longer: what finds no end within this is split, so that a file without a
 * line end, or an opener without a closer, costs bounded memory. */
#define COT_RECORD_MAX_BYTES (1024 * 1024)

typedef enum
{
  COT_RECORD_FRAMED = 1 << 0, /* has the format's own frame; else a plain line */
  COT_RECORD_INCOMPLETE = 1 << 1, /* frame broken or cut */
  COT_RECORD_MULTI_LINE = 1 << 2, /* the message holds a line end */
  /* Ends without its end mark: if nothing stands behind it, more bytes may change it. A record
   * alone cannot tell that; it counts for the last one only. */
  COT_RECORD_OPEN_ENDED = 1 << 3,
} CotRecordFlags;

/**
 * CotEntry:
 *
 * What one record says. All spans point into the record's bytes. A span with a NULL pointer means
 * that the record does not say it at all; an empty one that it says nothing.
 */
typedef struct
{
  CotSpan message;
  CotSpan component;
  CotSpan context;
  CotSpan thread; /* as written */
  CotSpan origin; /* the attribute "file" */
  CotSpan type_text; /* as written */
  gint64 time_usec; /* the wall clock as written; COT_TIME_NONE */
  gint16 bias_minutes; /* minutes to ADD for UTC as the writer's number stands; COT_BIAS_NONE */
  gboolean doubled_bias_sign;
  CotSeverity severity;
  CotRecordFlags flags;
} CotEntry;

typedef enum
{
  COT_RECORD_FOUND, /* @end_offset is behind the record, its line end included */
  COT_RECORD_NEEDS_MORE, /* the data may go on; never returned where @at_end is TRUE */
} CotRecordResult;

/**
 * CotFormat:
 *
 * A log format: pure functions on bytes; no files, threads, settings or locale.
 *
 * @bid says how many bits it is sure of, given the first block (0: not mine).
 * @next_record finds the end of the record that starts at @start. Every byte belongs to exactly one
 * record. It never looks at bytes before @start, except @data[@start - 1] to know a line start.
 * @parse_entry reads one record as next_record() framed it; call it by cot_format_parse_entry().
 * @learn (nullable) says what the file as a whole tells of its records, which no record alone does:
 * the columns that a header names, whether the day or the month comes first. It is given the first
 * block and more blocks of the file in their order, and returns the format itself or a variant of
 * it from cot_format_intern().
 * @judge (nullable) says what such blocks prove of it: where they leave it open, @learn has to
 * guess, and another block of the file may tell.
 * @compose (nullable) appends the message as people read it, for a format whose records are columns
 * rather than a text; FALSE where the message of the entry is what they read. Detectors look at
 * the entry's own.
 * @find_message (nullable) finds the entry's own message faster than @parse_entry does.
 * @next_record_ahead (nullable) does what @next_record does, and keeps in @ahead what it saw of the
 * records behind this one, for the next call on the same data.
 */
typedef struct _CotFormat CotFormat;

typedef enum
{
  COT_PROOF_NOT_ASKED, /* nothing in there can be read in two ways */
  COT_PROOF_OPEN,
  COT_PROOF_GIVEN,
} CotProof;

/* Each line of the data that begins before the offset is known to be a record. */
typedef struct
{
  gsize lines_end;
} CotAhead;

struct _CotFormat
{
  const char *id; /* "ccm", "server", "plain" */
  const char *name; /* "CCM" */
  guint (*bid) (const char *head, gsize length_bytes);
  CotRecordResult (*next_record) (const char *data, gsize length_bytes, gsize start,
                                  gboolean at_end, gsize *end_offset);
  void (*parse_entry) (const CotFormat *self, const char *record, gsize length_bytes,
                       CotEntry *entry);
  const CotFormat *(*learn) (const CotFormat *self, const CotSpan *blocks, guint n_blocks);
  CotProof (*judge) (const CotSpan *blocks, guint n_blocks);
  gboolean (*compose) (const CotFormat *self, const char *record, gsize length_bytes,
                       GString *message);
  CotSpan (*find_message) (const CotFormat *self, const char *record, gsize length_bytes);
  CotRecordResult (*next_record_ahead) (const char *data, gsize length_bytes, gsize start,
                                        gboolean at_end, CotAhead *ahead, gsize *end_offset);
  gconstpointer context; /* (nullable) a variant's own, a plain struct that never changes */
};

extern const CotFormat cot_format_ccm;
extern const CotFormat cot_format_ime;
extern const CotFormat cot_format_server;
extern const CotFormat cot_format_cbs;
extern const CotFormat cot_format_dism;
extern const CotFormat cot_format_panther;
extern const CotFormat cot_format_dsreg;
extern const CotFormat cot_format_setupapi;
extern const CotFormat cot_format_psadt;
extern const CotFormat cot_format_burn;
extern const CotFormat cot_format_transcript;
extern const CotFormat cot_format_gpsvc;
extern const CotFormat cot_format_copied_rows;
extern const CotFormat cot_format_timed;
extern const CotFormat cot_format_msi;
extern const CotFormat cot_format_windows_update;
extern const CotFormat cot_format_reporting_events;
extern const CotFormat cot_format_w3c;
extern const CotFormat cot_format_plain;

/* @ahead: zeros before the first call, and where the data has changed. */
static inline CotRecordResult
cot_format_next_record (const CotFormat *self, const char *data, gsize length_bytes, gsize start,
                        gboolean at_end, CotAhead *ahead, gsize *end_offset)
{
  if (self->next_record_ahead != NULL)
    return self->next_record_ahead (data, length_bytes, start, at_end, ahead, end_offset);
  return self->next_record (data, length_bytes, start, at_end, end_offset);
}

static inline void
cot_format_parse_entry (const CotFormat *self, const char *record, gsize length_bytes,
                        CotEntry *entry)
{
  self->parse_entry (self, record, length_bytes, entry);
}

/* The message that cot_format_parse_entry() finds, for who needs nothing else. */
static inline CotSpan
cot_format_find_message (const CotFormat *self, const char *record, gsize length_bytes)
{
  CotEntry entry;

  if (self->find_message != NULL)
    return self->find_message (self, record, length_bytes);
  self->parse_entry (self, record, length_bytes, &entry);
  return entry.message;
}

/* Parses a record for somebody who reads it: a message that is composed is in @scratch. */
void cot_format_read_entry (const CotFormat *self, const char *record, gsize length_bytes,
                            GString *scratch, CotEntry *entry);

const CotFormat *cot_formats_find (const char *id);
const CotFormat *cot_formats_detect (const char *head, gsize length_bytes);
guint cot_formats_get_n (void);
const CotFormat *cot_formats_get (guint index);
const CotFormat *cot_format_learn (const CotFormat *self, const CotSpan *blocks, guint n_blocks);
/* The variant of @base with a copy of @context: the same one for the same bytes. It is never freed,
 * so that a format can be used on any thread for as long as the program runs. */
const CotFormat *cot_format_intern (const CotFormat *base, gconstpointer context,
                                    gsize context_bytes);
/* Whether both read the same kind of file, whatever their variants. */
gboolean cot_format_is (const CotFormat *self, const CotFormat *base);

/* Severity of a text without a type, by its words; not fooled by negation ("0 errors", "no error",
 * "error code 0", "failover"). */
CotSeverity cot_severity_from_words (const char *text, gsize length_bytes);

/* What says how severe an entry is. */
typedef enum
{
  COT_SEVERITY_REASON_NONE, /* nothing in it does: it is as usual */
  COT_SEVERITY_REASON_TYPE, /* the attribute or column of it; what it says */
  COT_SEVERITY_REASON_WORD, /* a word of the message */
  COT_SEVERITY_REASON_OUTCOME, /* a result in the message */
  COT_SEVERITY_REASON_STATUS, /* the status message in it */
  COT_SEVERITY_REASON_MARK, /* how its format marks such entries */
} CotSeverityReason;

/* @said: what of the record says so; no data where that is no piece of it. */
CotSeverityReason cot_entry_find_severity_reason (const CotFormat *format, const CotEntry *entry,
                                                  CotSpan *said);

/* "N" of the "N (0xHEX)" that site servers write; any other thread as it is. */
CotSpan cot_thread_without_hex (CotSpan thread);

/* "Win32App" of the "[Win32App] text" that Intune's agents write. */
CotSpan cot_ime_find_subsystem (CotSpan message);

/* How the writer of an entry meant its bias. */
typedef enum
{
  COT_BIAS_WRITER_UNKNOWN,
  COT_BIAS_WRITER_NATIVE, /* minutes to add to the wall clock to get UTC */
  COT_BIAS_WRITER_EAST_POSITIVE, /* the script writers' sense */
} CotBiasWriter;

CotBiasWriter cot_entry_get_bias_writer (const CotEntry *entry);
/* The bias in the Windows sense whoever wrote it; COT_BIAS_NONE where there is none. */
gint16 cot_entry_get_true_bias (const CotEntry *entry);

G_END_DECLS
