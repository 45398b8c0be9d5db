/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-evtx-private.h"

#include <string.h>

#define FIELD_END "\x1f"
#define ROW_END "\x1e\n"

/* CotSeverity, which the worker does not know, as rows have it */
#define VERBOSE 1
#define INFO 2
#define WARNING 4
#define ERROR 5

#define LEVEL_CRITICAL 1
#define LEVEL_ERROR 2
#define LEVEL_WARNING 3
#define LEVEL_VERBOSE 5
#define KEYWORD_AUDIT_FAILURE (UINT64_C (1) << 52)

/* Data up to here stands in one line where nothing else is known of the event. */
#define LINE_BYTES 400u

/* What a field may have of what is no message. */
#define MAX_FIELD_BYTES 1024u

static void
append_piece (const CotEvtxEvent *event, CotEvtxPiece piece, CotEvtxText *into)
{
  cot_evtx_text_append (into, event->text.data + piece.offset, piece.n_bytes);
}

static void
append_short (const CotEvtxEvent *event, CotEvtxPiece piece, CotEvtxText *into)
{
  if (piece.n_bytes <= MAX_FIELD_BYTES)
    append_piece (event, piece, into);
}

static char
get_severity (const CotEvtxEvent *event, const CotEvtxRecord *record)
{
  int severity = INFO;

  if (event->level == LEVEL_CRITICAL || event->level == LEVEL_ERROR)
    severity = ERROR;
  else if (event->level == LEVEL_WARNING || (event->keywords & KEYWORD_AUDIT_FAILURE) != 0)
    severity = WARNING;
  else if (event->level >= LEVEL_VERBOSE)
    severity = VERBOSE;
  if (record->is_broken && severity < WARNING)
    severity = WARNING;
  return (char) ('0' + severity);
}

static void
append_time (const CotEvtxEvent *event, const CotEvtxRecord *record, CotEvtxText *into)
{
  int64_t usec;

  if (cot_evtx_filetime_to_usec (event->filetime, &usec)
      || cot_evtx_filetime_to_usec (record->filetime, &usec))
    {
      if (usec < 0)
        cot_evtx_text_append_string (into, "-");
      cot_evtx_text_append_number (into, usec < 0 ? (uint64_t) -usec : (uint64_t) usec);
      cot_evtx_text_append_string (into, FIELD_END "0");
    }
  else
    cot_evtx_text_append_string (into, FIELD_END);
  cot_evtx_text_append_string (into, FIELD_END);
}

static void
append_comma (CotEvtxText *into, size_t start)
{
  if (into->n_bytes > start)
    cot_evtx_text_append_string (into, ", ");
}

/* The computer, who it was, and where to find the event again. */
static void
append_context (const CotEvtxEvent *event, const CotEvtxRecord *record, CotEvtxText *into)
{
  size_t start = into->n_bytes;

  append_short (event, event->computer, into);
  if (event->user.n_bytes > 0 && event->user.n_bytes <= MAX_FIELD_BYTES)
    {
      append_comma (into, start);
      append_piece (event, event->user, into);
    }
  if (event->has_process_id && event->process_id > 0)
    {
      append_comma (into, start);
      cot_evtx_text_append_string (into, "process ");
      cot_evtx_text_append_number (into, event->process_id);
    }
  append_comma (into, start);
  cot_evtx_text_append_string (into, "record ");
  cot_evtx_text_append_number (into, event->record_id > 0 ? event->record_id : record->number);
}

static void
append_origin (const CotEvtxEvent *event, CotEvtxText *into)
{
  append_short (event, event->channel, into);
  if (event->has_event_id)
    {
      cot_evtx_text_append_string (into, ":");
      cot_evtx_text_append_number (into, event->event_id);
    }
}

static bool
fits_a_line (const CotEvtxEvent *event)
{
  size_t n_bytes = 0;

  for (uint32_t i = 0; i < event->n_data; i++)
    {
      const CotEvtxDatum *datum = &event->data[i];

      n_bytes += (size_t) datum->name.n_bytes + datum->value.n_bytes + 3;
      if (memchr (event->text.data + datum->value.offset, '\n', datum->value.n_bytes) != NULL)
        return false;
    }
  return n_bytes <= LINE_BYTES;
}

/* What the text has not told. */
static void
append_data (const CotEvtxEvent *event, bool has_text, uint64_t told, CotEvtxText *into)
{
  bool in_lines = has_text || !fits_a_line (event);

  for (uint32_t i = 0; i < event->n_data; i++)
    {
      const CotEvtxDatum *datum = &event->data[i];

      if (i < 64 && (told >> i & 1) != 0)
        continue;
      if (in_lines && (has_text || i > 0))
        cot_evtx_text_append_string (into, "\n");
      else if (i > 0)
        cot_evtx_text_append_string (into, "; ");
      append_piece (event, datum->name, into);
      if (datum->name.n_bytes > 0)
        cot_evtx_text_append_string (into, in_lines ? ": " : "=");
      append_piece (event, datum->value, into);
    }
}

static void
append_message (const CotEvtxEvent *event, const CotEvtxRecord *record, CotEvtxText *into)
{
  bool has_text = event->message.n_bytes > 0;
  uint64_t told = 0;

  if (event->has_event_id)
    {
      cot_evtx_text_append_string (into, "Event ID ");
      cot_evtx_text_append_number (into, event->event_id);
    }
  else
    cot_evtx_text_append_string (into, "Event");
  cot_evtx_text_append_string (into, ": ");
  if (has_text)
    append_piece (event, event->message, into);
  else
    has_text = cot_evtx_texts_append (event, into, &told);
  append_data (event, has_text, told, into);
  if (!has_text && event->n_data == 0)
    cot_evtx_text_append_string (into, "no data");
  if (event->was_cut || into->overflowed)
    cot_evtx_text_append_string (into, "\n(This event says more than can be shown.)");
  else if (record->is_broken)
    cot_evtx_text_append_string (into, "\n(The rest of this event is damaged.)");
}

void
cot_evtx_row_append (const CotEvtxEvent *event, const CotEvtxRecord *record, CotEvtxText *into)
{
  const char severity = get_severity (event, record);
  size_t start = into->n_bytes;
  size_t max_bytes = into->max_bytes;

  into->overflowed = false;
  append_time (event, record, into);
  cot_evtx_text_append (into, &severity, 1);
  cot_evtx_text_append_string (into, FIELD_END);
  append_short (event, event->provider, into);
  cot_evtx_text_append_string (into, FIELD_END);
  if (event->has_thread_id && event->process_id > 0)
    cot_evtx_text_append_number (into, event->thread_id);
  cot_evtx_text_append_string (into, FIELD_END);
  append_context (event, record, into);
  cot_evtx_text_append_string (into, FIELD_END);
  append_origin (event, into);
  cot_evtx_text_append_string (into, FIELD_END);

  /* Room for the end is kept back. */
  if (max_bytes - start > COT_EVTX_ROW_END_BYTES)
    into->max_bytes = max_bytes - COT_EVTX_ROW_END_BYTES;
  append_message (event, record, into);
  into->max_bytes = max_bytes;
  cot_evtx_text_append_string (into, ROW_END);
}

void
cot_evtx_row_append_warning (const char *message, CotEvtxText *into)
{
  const char severity = '0' + WARNING;

  cot_evtx_text_append_string (into, FIELD_END FIELD_END);
  cot_evtx_text_append (into, &severity, 1);
  cot_evtx_text_append_string (into, FIELD_END FIELD_END FIELD_END FIELD_END FIELD_END);
  cot_evtx_text_append_string (into, message);
  cot_evtx_text_append_string (into, ROW_END);
}
