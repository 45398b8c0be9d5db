/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-evtx.h"

/* Between the parts of the reader. All offsets are those of one chunk of 64 KiB, which is in memory
 * as a whole, and every one is checked against its end before it is used. */

#define COT_EVTX_CHUNK_BYTES 65536u

/* What one record may cost. A record cannot be larger than its chunk, but a template lets it say
 * the same thing many times. */
#define COT_EVTX_MAX_DEPTH 16u     /* of templates in templates */
#define COT_EVTX_MAX_ELEMENTS 64u  /* inside each other */
#define COT_EVTX_MAX_VALUES 16384u /* of all templates that are open at once */
#define COT_EVTX_MAX_DATA 1024u
#define COT_EVTX_MAX_TOKENS 20000u
#define COT_EVTX_MAX_TEXT_BYTES (256u * 1024)
/* And all records of one chunk. */
#define COT_EVTX_CHUNK_MAX_TOKENS 1000000u
#define COT_EVTX_CHUNK_MAX_TEXT_BYTES (2u * 1024 * 1024)

/* UTF-8 that grows up to a limit; what comes behind is dropped, and it says so. */
typedef struct
{
  char *data;
  size_t n_bytes;
  size_t max_bytes;
  bool overflowed;
} CotEvtxText;

void cot_evtx_text_append (CotEvtxText *text, const char *data, size_t length_bytes);
void cot_evtx_text_append_string (CotEvtxText *text, const char *string);
void cot_evtx_text_append_character (CotEvtxText *text, uint32_t character);
void cot_evtx_text_append_utf16 (CotEvtxText *text, const uint8_t *data, size_t n_units);
void cot_evtx_text_append_number (CotEvtxText *text, uint64_t number);

static inline uint16_t
cot_evtx_get_u16 (const uint8_t *at)
{
  return (uint16_t) (at[0] | at[1] << 8);
}

/* The names that mean something in an event. */
typedef enum
{
  COT_EVTX_NAME_NONE,
  COT_EVTX_NAME_OTHER,
  COT_EVTX_NAME_EVENT,
  COT_EVTX_NAME_SYSTEM,
  COT_EVTX_NAME_EVENT_DATA,
  COT_EVTX_NAME_USER_DATA,
  COT_EVTX_NAME_RENDERING_INFO,
  COT_EVTX_NAME_PROVIDER,
  COT_EVTX_NAME_NAME,
  COT_EVTX_NAME_EVENT_ID,
  COT_EVTX_NAME_LEVEL,
  COT_EVTX_NAME_KEYWORDS,
  COT_EVTX_NAME_RECORD_ID,
  COT_EVTX_NAME_TIME_CREATED,
  COT_EVTX_NAME_SYSTEM_TIME,
  COT_EVTX_NAME_EXECUTION,
  COT_EVTX_NAME_PROCESS_ID,
  COT_EVTX_NAME_THREAD_ID,
  COT_EVTX_NAME_CHANNEL,
  COT_EVTX_NAME_COMPUTER,
  COT_EVTX_NAME_SECURITY,
  COT_EVTX_NAME_USER_ID,
  COT_EVTX_NAME_DATA,
  COT_EVTX_NAME_MESSAGE,
  COT_EVTX_NAME_XMLNS,
  COT_EVTX_N_NAMES,
} CotEvtxName;

typedef struct
{
  const uint8_t *data; /* UTF-16 */
  uint16_t n_units;
  CotEvtxName name;
} CotEvtxWord;

typedef struct
{
  uint8_t bytes[COT_EVTX_CHUNK_BYTES];
  uint32_t n_bytes; /* fewer at the end of a file that is cut; the rest is zero */
  uint8_t names[COT_EVTX_CHUNK_BYTES]; /* by offset: a CotEvtxName, NONE before it was looked up */
  uint32_t n_tokens_left;
  uint64_t n_text_left;
} CotEvtxChunk;

/* A typed value. @data is in the chunk, or NULL for nothing at all. */
typedef struct
{
  const uint8_t *data;
  uint32_t n_bytes;
  uint8_t type;
} CotEvtxValue;

#define COT_EVTX_TYPE_NULL 0x00u
#define COT_EVTX_TYPE_STRING 0x01u
#define COT_EVTX_TYPE_FILETIME 0x11u
#define COT_EVTX_TYPE_BINXML 0x21u
#define COT_EVTX_TYPE_ARRAY 0x80u

/* The value as text: numbers in decimals, those that are declared so in hexadecimals, times in ISO
 * 8601. Takes the first item off an array, and says whether there are more. */
bool cot_evtx_value_append (CotEvtxValue *value, CotEvtxText *into);
/* False where it is no whole number. */
bool cot_evtx_value_get_number (const CotEvtxValue *value, uint64_t *number);
/* Microseconds since 1970; false where it is no time that a row can have. */
bool cot_evtx_filetime_to_usec (uint64_t filetime, int64_t *usec);

typedef struct
{
  uint32_t offset; /* in the text of the event */
  uint32_t n_bytes;
} CotEvtxPiece;

typedef struct
{
  CotEvtxPiece name; /* may be empty */
  CotEvtxPiece value;
} CotEvtxDatum;

/* What a record says, gathered from the events of its XML. */
typedef struct
{
  CotEvtxText text; /* of all pieces */
  CotEvtxDatum data[COT_EVTX_MAX_DATA];
  uint32_t n_data;
  bool was_cut; /* there was more than the limits allow */

  CotEvtxPiece provider;
  CotEvtxPiece channel;
  CotEvtxPiece computer;
  CotEvtxPiece user;
  CotEvtxPiece message; /* that the machine wrote along */
  uint64_t event_id;
  uint64_t level;
  uint64_t keywords;
  uint64_t process_id;
  uint64_t thread_id;
  uint64_t filetime;
  uint64_t record_id; /* in the log that it was exported from; 0: the log does not say */
  bool has_event_id;
  bool has_level;
  bool has_process_id;
  bool has_thread_id;

  /* where the walk stands */
  CotEvtxWord open[COT_EVTX_MAX_ELEMENTS];
  uint32_t n_open;        /* may be more than the array holds */
  CotEvtxWord attribute;  /* NONE: in the content */
  CotEvtxPiece data_name; /* of the Data that is open */
  uint32_t n_values;      /* that the open element or attribute has had */
} CotEvtxEvent;

void cot_evtx_event_begin (CotEvtxEvent *event);
void cot_evtx_event_open (CotEvtxEvent *event, const CotEvtxWord *word);
void cot_evtx_event_begin_attribute (CotEvtxEvent *event, const CotEvtxWord *word);
void cot_evtx_event_end_attributes (CotEvtxEvent *event);
void cot_evtx_event_close (CotEvtxEvent *event);
void cot_evtx_event_add_value (CotEvtxEvent *event, const CotEvtxValue *value);
void cot_evtx_event_add_character (CotEvtxEvent *event, uint32_t character);

/* Reads the XML of a record. False where it breaks off: what came before is in the event. */
bool cot_evtx_xml_read (CotEvtxChunk *chunk, uint32_t start, uint32_t end, CotEvtxEvent *event);

/* The text of an event that is known, with the data filled in; false where it is not known.
 * @told: which of the first 64 data are in it. */
bool cot_evtx_texts_append (const CotEvtxEvent *event, CotEvtxText *into, uint64_t *told);

typedef struct
{
  uint64_t number;   /* of the record */
  uint64_t filetime; /* when it was written */
  bool is_broken;    /* the XML breaks off */
} CotEvtxRecord;

/* A row's end mark, and the sentence that it was cut. */
#define COT_EVTX_ROW_END_BYTES 64u

/* The row of an event, which fits into COT_EVTX_MAX_ROW_BYTES, or is cut. */
#define COT_EVTX_MAX_ROW_BYTES (2 * COT_EVTX_MAX_TEXT_BYTES)
void cot_evtx_row_append (const CotEvtxEvent *event, const CotEvtxRecord *record,
                          CotEvtxText *into);
/* A row of the reader's own. */
void cot_evtx_row_append_warning (const char *message, CotEvtxText *into);
