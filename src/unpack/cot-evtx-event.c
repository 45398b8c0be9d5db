/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gathers what an event says while its XML is walked. */

#include "cot-evtx-private.h"

void
cot_evtx_event_begin (CotEvtxEvent *event)
{
  CotEvtxText text = event->text;

  text.n_bytes = 0;
  text.overflowed = false;
  /* The arrays are large, and are read only as far as they were written. */
  event->text = text;
  event->n_data = 0;
  event->was_cut = false;
  event->provider = event->channel = event->computer = (CotEvtxPiece){ 0 };
  event->user = event->message = event->data_name = (CotEvtxPiece){ 0 };
  event->event_id = event->level = event->keywords = 0;
  event->process_id = event->thread_id = event->filetime = 0;
  event->record_id = 0;
  event->has_event_id = event->has_level = false;
  event->has_process_id = event->has_thread_id = false;
  event->n_open = 0;
  event->attribute.name = COT_EVTX_NAME_NONE;
  event->n_values = 0;
}

/* NONE where it is not open, or too deep to be known. */
static CotEvtxName
get_open (const CotEvtxEvent *event, uint32_t level)
{
  return level < event->n_open && level < COT_EVTX_MAX_ELEMENTS ? event->open[level].name
                                                                : COT_EVTX_NAME_NONE;
}

/* The element whose content comes. */
static const CotEvtxWord *
get_element (const CotEvtxEvent *event)
{
  uint32_t n = event->n_open;

  return n > 0 && n <= COT_EVTX_MAX_ELEMENTS ? &event->open[n - 1] : NULL;
}

/* Whether it is Data of EventData. */
static bool
is_in_data (const CotEvtxEvent *event)
{
  return event->n_open == 3 && get_open (event, 1) == COT_EVTX_NAME_EVENT_DATA
         && get_open (event, 2) == COT_EVTX_NAME_DATA;
}

void
cot_evtx_event_open (CotEvtxEvent *event, const CotEvtxWord *word)
{
  if (event->n_open < COT_EVTX_MAX_ELEMENTS)
    event->open[event->n_open] = *word;
  event->n_open++;
  event->attribute.name = COT_EVTX_NAME_NONE;
  event->n_values = 0;
  event->data_name = (CotEvtxPiece){ 0 };
}

void
cot_evtx_event_begin_attribute (CotEvtxEvent *event, const CotEvtxWord *word)
{
  event->attribute = *word;
  event->n_values = 0;
}

void
cot_evtx_event_end_attributes (CotEvtxEvent *event)
{
  event->attribute.name = COT_EVTX_NAME_NONE;
  event->n_values = 0;
}

/* Appends to a piece: what is appended in a row is one. */
static void
begin_piece (CotEvtxEvent *event, CotEvtxPiece *piece)
{
  if (piece->offset + piece->n_bytes != event->text.n_bytes || piece->n_bytes == 0)
    *piece = (CotEvtxPiece){ (uint32_t) event->text.n_bytes, 0 };
}

static void
end_piece (CotEvtxEvent *event, CotEvtxPiece *piece)
{
  piece->n_bytes = (uint32_t) event->text.n_bytes - piece->offset;
  event->was_cut = event->was_cut || event->text.overflowed;
}

static void
append_word (CotEvtxEvent *event, const CotEvtxWord *word)
{
  cot_evtx_text_append_utf16 (&event->text, word->data, word->n_units);
}

/* Where the next value goes: data, that has its name already. */
static CotEvtxPiece *
add_datum (CotEvtxEvent *event)
{
  const CotEvtxWord *element = get_element (event);
  CotEvtxDatum *datum;

  if (element == NULL || event->n_data == COT_EVTX_MAX_DATA)
    {
      event->was_cut = event->was_cut || element != NULL;
      return NULL;
    }
  datum = &event->data[event->n_data++];
  datum->name = event->data_name;
  if (!is_in_data (event))
    {
      datum->name = (CotEvtxPiece){ 0 };
      begin_piece (event, &datum->name);
      append_word (event, element);
      if (event->attribute.name != COT_EVTX_NAME_NONE)
        {
          cot_evtx_text_append_string (&event->text, ".");
          append_word (event, &event->attribute);
        }
      end_piece (event, &datum->name);
    }
  datum->value = (CotEvtxPiece){ (uint32_t) event->text.n_bytes, 0 };
  return &datum->value;
}

static CotEvtxPiece *
find_data_piece (CotEvtxEvent *event)
{
  if (event->attribute.name == COT_EVTX_NAME_XMLNS)
    return NULL;
  if (is_in_data (event) && event->attribute.name == COT_EVTX_NAME_NAME)
    return &event->data_name;
  if (is_in_data (event) && event->attribute.name != COT_EVTX_NAME_NONE)
    return NULL;
  if (event->n_values > 0 && event->n_data > 0)
    return &event->data[event->n_data - 1].value;
  return add_datum (event);
}

static CotEvtxPiece *
find_system_piece (CotEvtxEvent *event)
{
  CotEvtxName attribute = event->attribute.name;

  if (event->n_open != 3)
    return NULL;
  switch ((int) get_open (event, 2))
    {
    case COT_EVTX_NAME_PROVIDER:
      return attribute == COT_EVTX_NAME_NAME ? &event->provider : NULL;
    case COT_EVTX_NAME_SECURITY:
      return attribute == COT_EVTX_NAME_USER_ID ? &event->user : NULL;
    case COT_EVTX_NAME_CHANNEL:
      return attribute == COT_EVTX_NAME_NONE ? &event->channel : NULL;
    case COT_EVTX_NAME_COMPUTER:
      return attribute == COT_EVTX_NAME_NONE ? &event->computer : NULL;
    default:
      return NULL;
    }
}

/* NULL: of no interest */
static CotEvtxPiece *
find_piece (CotEvtxEvent *event)
{
  switch ((int) get_open (event, 1))
    {
    case COT_EVTX_NAME_SYSTEM:
      return find_system_piece (event);
    case COT_EVTX_NAME_EVENT_DATA:
    case COT_EVTX_NAME_USER_DATA:
      return event->n_open > 2 || event->attribute.name == COT_EVTX_NAME_NONE
                 ? find_data_piece (event)
                 : NULL;
    case COT_EVTX_NAME_RENDERING_INFO:
      return get_open (event, 2) == COT_EVTX_NAME_MESSAGE
                     && event->attribute.name == COT_EVTX_NAME_NONE
                 ? &event->message
                 : NULL;
    default:
      return NULL;
    }
}

void
cot_evtx_event_close (CotEvtxEvent *event)
{
  /* Data that says nothing keeps its place. */
  if (is_in_data (event) && (event->n_values == 0 || event->attribute.name != COT_EVTX_NAME_NONE))
    {
      event->attribute.name = COT_EVTX_NAME_NONE;
      add_datum (event);
    }
  if (event->n_open > 0)
    event->n_open--;
  event->attribute.name = COT_EVTX_NAME_NONE;
  event->n_values = 0;
}

static void
take_number (const CotEvtxValue *value, uint64_t *number, bool *has)
{
  *has = cot_evtx_value_get_number (value, number) || *has;
}

/* Numbers of the system's part are kept as such. */
static bool
take_system_number (CotEvtxEvent *event, const CotEvtxValue *value)
{
  CotEvtxName attribute = event->attribute.name;
  bool has = false;

  switch ((int) get_open (event, 2))
    {
    case COT_EVTX_NAME_EVENT_ID:
      if (attribute == COT_EVTX_NAME_NONE)
        take_number (value, &event->event_id, &event->has_event_id);
      return true;
    case COT_EVTX_NAME_LEVEL:
      take_number (value, &event->level, &event->has_level);
      return true;
    case COT_EVTX_NAME_KEYWORDS:
      take_number (value, &event->keywords, &has);
      return true;
    case COT_EVTX_NAME_RECORD_ID:
      take_number (value, &event->record_id, &has);
      return true;
    case COT_EVTX_NAME_TIME_CREATED:
      if (attribute == COT_EVTX_NAME_SYSTEM_TIME && value->type == COT_EVTX_TYPE_FILETIME)
        take_number (value, &event->filetime, &has);
      return true;
    case COT_EVTX_NAME_EXECUTION:
      if (attribute == COT_EVTX_NAME_PROCESS_ID)
        take_number (value, &event->process_id, &event->has_process_id);
      else if (attribute == COT_EVTX_NAME_THREAD_ID)
        take_number (value, &event->thread_id, &event->has_thread_id);
      return true;
    default:
      return false;
    }
}

void
cot_evtx_event_add_value (CotEvtxEvent *event, const CotEvtxValue *value)
{
  CotEvtxValue left = *value;
  bool has_more = true;

  if (event->n_open == 3 && get_open (event, 1) == COT_EVTX_NAME_SYSTEM
      && take_system_number (event, value))
    return;
  /* The items of an array are as many elements of the same name. */
  while (has_more && !event->was_cut)
    {
      CotEvtxPiece *piece = find_piece (event);

      if (piece == NULL)
        return;
      begin_piece (event, piece);
      has_more = cot_evtx_value_append (&left, &event->text);
      end_piece (event, piece);
      event->n_values = has_more ? 0 : event->n_values + 1;
    }
}

void
cot_evtx_event_add_character (CotEvtxEvent *event, uint32_t character)
{
  CotEvtxPiece *piece = find_piece (event);

  if (piece == NULL)
    return;
  begin_piece (event, piece);
  cot_evtx_text_append_character (&event->text, character);
  end_piece (event, piece);
  event->n_values++;
}
