/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-lines-private.h"
#include "cot-servicing-private.h"

/* dism.log: the line of cot-servicing-private.h, with a text of the shape
 *
 *   Provider: PID=7752 TID=6872 text - CClass::Function(hr:0x80070002)
 *
 * The thread stands near the front, the function at the end; both stay in the message. */
#define MAX_PROVIDER_BYTES 64

static guint
dism_bid (const char *head, gsize length_bytes)
{
  return cot_servicing_bid (head, length_bytes, COT_SERVICING_DISM);
}

static CotSpan
find_thread (CotSpan message)
{
  static const char mark[] = " TID=";
  gsize length = MIN (message.length_bytes, (gsize) MAX_PROVIDER_BYTES);
  const char *at = memmem (message.data, length, mark, strlen (mark));
  const char *end;

  if (at == NULL)
    return (CotSpan){ NULL, 0 };
  at += strlen (mark);
  for (end = at; end < message.data + message.length_bytes && g_ascii_isdigit (*end);)
    end++;
  return (CotSpan){ end > at ? at : NULL, (gsize) (end - at) };
}

static gboolean
is_name_byte (char byte)
{
  return g_ascii_isalnum (byte) || byte == '_' || byte == ':' || byte == '~' || byte == '<'
         || byte == '>';
}

/* "CDISMManager::put_ScratchDir" behind the last " - " of the first line. */
static CotSpan
find_function (CotSpan message)
{
  const char *line = message.data;
  gsize end = cot_find_line_end (line, 0, message.length_bytes);
  gsize start, to;

  for (start = end; start >= 3 && memcmp (line + start - 3, " - ", 3) != 0;)
    start--;
  for (to = start; to < end && is_name_byte (line[to]);)
    to++;
  if (start < 3 || to == start || (to < end && line[to] != '('))
    return (CotSpan){ NULL, 0 };
  return cot_span (line, start, to);
}

static void
dism_parse_entry (const CotFormat *self, const char *record, gsize length_bytes, CotEntry *entry)
{
  CotSpan code;

  if (!cot_servicing_parse (record, length_bytes, entry, &code))
    return;
  entry->thread = find_thread (entry->message);
  entry->origin = find_function (entry->message);
}

const CotFormat cot_format_dism = {
  .id = "dism",
  .name = "DISM",
  .bid = dism_bid,
  .next_record = cot_servicing_next_record,
  .parse_entry = dism_parse_entry,
};
