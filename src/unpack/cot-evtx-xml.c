/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Walks the binary XML of a record: tokens, names that stand once in a chunk, templates whose gaps
 * are filled with the values of the record, and XML inside of values. */

#include "cot-evtx-private.h"

#include <string.h>

#define TOKEN_MORE 0x40u /* has attributes, or another one follows */
#define TOKEN_END_OF_STREAM 0x00u
#define TOKEN_OPEN 0x01u
#define TOKEN_CLOSE_START 0x02u
#define TOKEN_CLOSE_EMPTY 0x03u
#define TOKEN_CLOSE 0x04u
#define TOKEN_VALUE 0x05u
#define TOKEN_ATTRIBUTE 0x06u
#define TOKEN_CDATA 0x07u
#define TOKEN_CHARACTER 0x08u
#define TOKEN_ENTITY 0x09u
#define TOKEN_PI_TARGET 0x0au
#define TOKEN_PI_DATA 0x0bu
#define TOKEN_TEMPLATE 0x0cu
#define TOKEN_SUBSTITUTION 0x0du
#define TOKEN_OPTIONAL_SUBSTITUTION 0x0eu
#define TOKEN_FRAGMENT 0x0fu

#define NAME_HEADER_BYTES 8u      /* next, hash, length */
#define TEMPLATE_HEADER_BYTES 24u /* next, GUID, length */
#define DESCRIPTION_BYTES 4u      /* length, type, zero */

/* The values that fill a template's gaps. */
typedef struct
{
  const uint8_t *descriptions;
  const uint32_t *offsets;
  uint32_t n;
} Values;

typedef struct
{
  CotEvtxChunk *chunk;
  CotEvtxEvent *event;
  uint32_t n_tokens_left;
  uint32_t n_offsets;
  uint32_t offsets[COT_EVTX_MAX_VALUES];
} Walk;

/* A part of the chunk that is read forward. */
typedef struct
{
  const uint8_t *bytes; /* of the chunk */
  uint32_t at;
  uint32_t end;
} Reader;

static bool read_tokens (Walk *walk, Reader *reader, const Values *values, uint32_t depth);

static bool
has (const Reader *reader, uint32_t n_bytes)
{
  return reader->at <= reader->end && n_bytes <= reader->end - reader->at;
}

static bool
skip (Reader *reader, uint32_t n_bytes)
{
  if (!has (reader, n_bytes))
    return false;
  reader->at += n_bytes;
  return true;
}

static bool
take_u16 (Reader *reader, uint16_t *value)
{
  if (!has (reader, 2))
    return false;
  *value = cot_evtx_get_u16 (reader->bytes + reader->at);
  reader->at += 2;
  return true;
}

static bool
take_u32 (Reader *reader, uint32_t *value)
{
  if (!has (reader, 4))
    return false;
  *value = cot_unpack_get_u32 (reader->bytes + reader->at);
  reader->at += 4;
  return true;
}

static const char *const known_names[COT_EVTX_N_NAMES] = {
  [COT_EVTX_NAME_EVENT] = "Event",
  [COT_EVTX_NAME_SYSTEM] = "System",
  [COT_EVTX_NAME_EVENT_DATA] = "EventData",
  [COT_EVTX_NAME_USER_DATA] = "UserData",
  [COT_EVTX_NAME_RENDERING_INFO] = "RenderingInfo",
  [COT_EVTX_NAME_PROVIDER] = "Provider",
  [COT_EVTX_NAME_NAME] = "Name",
  [COT_EVTX_NAME_EVENT_ID] = "EventID",
  [COT_EVTX_NAME_LEVEL] = "Level",
  [COT_EVTX_NAME_KEYWORDS] = "Keywords",
  [COT_EVTX_NAME_RECORD_ID] = "EventRecordID",
  [COT_EVTX_NAME_TIME_CREATED] = "TimeCreated",
  [COT_EVTX_NAME_SYSTEM_TIME] = "SystemTime",
  [COT_EVTX_NAME_EXECUTION] = "Execution",
  [COT_EVTX_NAME_PROCESS_ID] = "ProcessID",
  [COT_EVTX_NAME_THREAD_ID] = "ThreadID",
  [COT_EVTX_NAME_CHANNEL] = "Channel",
  [COT_EVTX_NAME_COMPUTER] = "Computer",
  [COT_EVTX_NAME_SECURITY] = "Security",
  [COT_EVTX_NAME_USER_ID] = "UserID",
  [COT_EVTX_NAME_DATA] = "Data",
  [COT_EVTX_NAME_MESSAGE] = "Message",
};

static bool
word_is (const CotEvtxWord *word, const char *name)
{
  size_t n = strlen (name);

  if (word->n_units != n)
    return false;
  for (size_t i = 0; i < n; i++)
    if (cot_evtx_get_u16 (word->data + 2 * i) != (uint8_t) name[i])
      return false;
  return true;
}

static bool
is_namespace (const CotEvtxWord *word)
{
  CotEvtxWord start = *word;

  if (start.n_units > 6 && cot_evtx_get_u16 (start.data + 10) == ':')
    start.n_units = 5;
  return word_is (&start, "xmlns");
}

static CotEvtxName
find_name (const CotEvtxWord *word)
{
  for (int i = COT_EVTX_NAME_EVENT; i < COT_EVTX_N_NAMES; i++)
    if (known_names[i] != NULL && word_is (word, known_names[i]))
      return (CotEvtxName) i;
  return is_namespace (word) ? COT_EVTX_NAME_XMLNS : COT_EVTX_NAME_OTHER;
}

/* A name stands where it was used first, and later uses point there. */
static bool
take_name (Walk *walk, Reader *reader, CotEvtxWord *word)
{
  CotEvtxChunk *chunk = walk->chunk;
  uint32_t offset;
  uint32_t n_units;

  if (!take_u32 (reader, &offset) || offset > COT_EVTX_CHUNK_BYTES - NAME_HEADER_BYTES)
    return false;
  n_units = cot_evtx_get_u16 (chunk->bytes + offset + 6);
  if (2 * n_units > COT_EVTX_CHUNK_BYTES - NAME_HEADER_BYTES - offset)
    return false;
  if (offset == reader->at && !skip (reader, NAME_HEADER_BYTES + 2 * n_units + 2))
    return false;

  word->data = chunk->bytes + offset + NAME_HEADER_BYTES;
  word->n_units = (uint16_t) n_units;
  if (chunk->names[offset] == COT_EVTX_NAME_NONE)
    chunk->names[offset] = (uint8_t) find_name (word);
  word->name = (CotEvtxName) chunk->names[offset];
  return true;
}

/* Elements of a template say first what value they depend on; others do not. Some writers take it
 * the other way round: then the size that follows makes no sense. */
static bool
take_element_start (Reader *reader, bool in_template)
{
  uint32_t size;

  for (int i = 0; i < 2; i++)
    {
      Reader attempt = *reader;

      if (skip (&attempt, (i == 0) == in_template ? 2 : 0) && take_u32 (&attempt, &size)
          && size <= attempt.end - attempt.at)
        {
          *reader = attempt;
          return true;
        }
    }
  return false;
}

static bool
read_open (Walk *walk, Reader *reader, bool has_attributes, bool in_template)
{
  CotEvtxWord word;

  if (!take_element_start (reader, in_template) || !take_name (walk, reader, &word)
      || (has_attributes && !skip (reader, 4)))
    return false;
  cot_evtx_event_open (walk->event, &word);
  return true;
}

static bool
read_string (Walk *walk, Reader *reader)
{
  CotEvtxValue value = { .type = COT_EVTX_TYPE_STRING };
  uint16_t n_units;

  if (!take_u16 (reader, &n_units) || !has (reader, 2u * n_units))
    return false;
  value.data = reader->bytes + reader->at;
  value.n_bytes = 2u * n_units;
  cot_evtx_event_add_value (walk->event, &value);
  return skip (reader, value.n_bytes);
}

static bool
read_entity (Walk *walk, Reader *reader)
{
  static const struct
  {
    const char *name;
    char character;
  } entities[] = {
    { "amp", '&' },
    { "lt", '<' },
    { "gt", '>' },
    { "quot", '"' },
    { "apos", '\'' },
  };
  CotEvtxWord word;

  if (!take_name (walk, reader, &word))
    return false;
  for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
    if (word_is (&word, entities[i].name))
      cot_evtx_event_add_character (walk->event, (uint8_t) entities[i].character);
  return true;
}

static bool
read_substitution (Walk *walk, Reader *reader, const Values *values, uint32_t depth)
{
  CotEvtxValue value = { 0 };
  const uint8_t *description;
  uint16_t number;

  if (!take_u16 (reader, &number) || !skip (reader, 1))
    return false;
  if (number >= values->n)
    return true;
  description = values->descriptions + DESCRIPTION_BYTES * number;
  value.n_bytes = cot_evtx_get_u16 (description);
  value.type = description[2];
  value.data = reader->bytes + values->offsets[number];
  if (value.type == COT_EVTX_TYPE_BINXML)
    {
      Reader inside = { reader->bytes, values->offsets[number],
                        values->offsets[number] + value.n_bytes };
      static const Values none = { 0 };

      return read_tokens (walk, &inside, &none, depth + 1);
    }
  if (value.type != COT_EVTX_TYPE_NULL)
    cot_evtx_event_add_value (walk->event, &value);
  return true;
}

/* Where each value is. They lie one behind the other, behind their descriptions. */
static bool
take_values (Walk *walk, Reader *reader, Values *values)
{
  uint32_t *offsets = walk->offsets + walk->n_offsets;
  uint32_t n;

  if (!take_u32 (reader, &n) || n > COT_EVTX_MAX_VALUES - walk->n_offsets
      || !has (reader, DESCRIPTION_BYTES * n))
    return false;
  values->descriptions = reader->bytes + reader->at;
  values->offsets = offsets;
  values->n = n;
  reader->at += DESCRIPTION_BYTES * n;
  for (uint32_t i = 0; i < n; i++)
    {
      offsets[i] = reader->at;
      if (!skip (reader, cot_evtx_get_u16 (values->descriptions + DESCRIPTION_BYTES * i)))
        return false;
    }
  walk->n_offsets += n;
  return true;
}

/* A template stands where it was used first, and later uses point there. */
static bool
read_template (Walk *walk, Reader *reader, uint32_t depth)
{
  uint32_t offset;
  uint32_t size;
  Reader inside;
  Values values;
  bool done;

  if (!skip (reader, 5) || !take_u32 (reader, &offset)
      || offset > COT_EVTX_CHUNK_BYTES - TEMPLATE_HEADER_BYTES)
    return false;
  size = cot_unpack_get_u32 (reader->bytes + offset + TEMPLATE_HEADER_BYTES - 4);
  if (size > COT_EVTX_CHUNK_BYTES - TEMPLATE_HEADER_BYTES - offset)
    return false;
  if (offset == reader->at && !skip (reader, TEMPLATE_HEADER_BYTES + size))
    return false;
  if (!take_values (walk, reader, &values))
    return false;

  inside = (Reader){ reader->bytes, offset + TEMPLATE_HEADER_BYTES,
                     offset + TEMPLATE_HEADER_BYTES + size };
  done = read_tokens (walk, &inside, &values, depth + 1);
  walk->n_offsets -= values.n;
  return done;
}

static bool
read_token (Walk *walk, Reader *reader, uint8_t token, const Values *values, uint32_t depth)
{
  CotEvtxWord word;
  uint16_t character;
  uint16_t n_units;

  switch (token & (uint8_t) ~TOKEN_MORE)
    {
    case TOKEN_FRAGMENT:
      return skip (reader, 3);
    case TOKEN_OPEN:
      return read_open (walk, reader, (token & TOKEN_MORE) != 0, values->descriptions != NULL);
    case TOKEN_ATTRIBUTE:
      if (!take_name (walk, reader, &word))
        return false;
      cot_evtx_event_begin_attribute (walk->event, &word);
      return true;
    case TOKEN_CLOSE_START:
      cot_evtx_event_end_attributes (walk->event);
      return true;
    case TOKEN_CLOSE_EMPTY:
    case TOKEN_CLOSE:
      cot_evtx_event_close (walk->event);
      return true;
    case TOKEN_VALUE:
      return skip (reader, 1) && read_string (walk, reader);
    case TOKEN_CDATA:
      return read_string (walk, reader);
    case TOKEN_CHARACTER:
      if (!take_u16 (reader, &character))
        return false;
      cot_evtx_event_add_character (walk->event, character);
      return true;
    case TOKEN_ENTITY:
      return read_entity (walk, reader);
    case TOKEN_PI_TARGET:
      return take_name (walk, reader, &word);
    case TOKEN_PI_DATA:
      return take_u16 (reader, &n_units) && skip (reader, 2u * n_units);
    case TOKEN_TEMPLATE:
      return read_template (walk, reader, depth);
    case TOKEN_SUBSTITUTION:
    case TOKEN_OPTIONAL_SUBSTITUTION:
      return read_substitution (walk, reader, values, depth);
    default:
      return false;
    }
}

/* Until the end of the stream, or of the part. */
static bool
read_tokens (Walk *walk, Reader *reader, const Values *values, uint32_t depth)
{
  if (depth > COT_EVTX_MAX_DEPTH)
    return false;
  while (reader->at < reader->end)
    {
      uint8_t token = reader->bytes[reader->at++];

      if (token == TOKEN_END_OF_STREAM)
        return true;
      if (walk->n_tokens_left == 0 || walk->chunk->n_tokens_left == 0)
        {
          walk->event->was_cut = true;
          return false;
        }
      walk->n_tokens_left--;
      walk->chunk->n_tokens_left--;
      if (!read_token (walk, reader, token, values, depth) || walk->event->was_cut)
        return false;
    }
  return true;
}

bool
cot_evtx_xml_read (CotEvtxChunk *chunk, uint32_t start, uint32_t end, CotEvtxEvent *event)
{
  static const Values none = { 0 };
  static Walk walk; /* too large for the stack; there is one thread */
  Reader reader = { chunk->bytes, start, end };

  walk.chunk = chunk;
  walk.event = event;
  walk.n_tokens_left = COT_EVTX_MAX_TOKENS;
  walk.n_offsets = 0;
  return read_tokens (&walk, &reader, &none, 0);
}
