/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-lines-private.h"
#include "cot-servicing-private.h"

/* setupact.log and setuperr.log of Windows setup and upgrade: the line of cot-servicing-private.h.
 * The code that some components give is the entry's context. Programs that have no component put
 * their name in brackets: [windeploy.exe] text. */
#define MAX_PROGRAM_BYTES 40

static guint
panther_bid (const char *head, gsize length_bytes)
{
  return cot_servicing_bid (head, length_bytes, COT_SERVICING_PANTHER);
}

static CotSpan
find_program (CotSpan message)
{
  static const char suffix[] = ".exe";
  gsize length = MIN (message.length_bytes, (gsize) MAX_PROGRAM_BYTES);
  const char *end = NULL;
  CotSpan name;

  if (length > 0 && message.data[0] == '[')
    end = memchr (message.data, ']', length);
  if (end == NULL)
    return (CotSpan){ NULL, 0 };
  name = cot_span (message.data, 1, (gsize) (end - message.data));
  if (name.length_bytes <= strlen (suffix)
      || !cot_span_is ((CotSpan){ end - strlen (suffix), strlen (suffix) }, suffix))
    return (CotSpan){ NULL, 0 };
  return name;
}

static void
panther_parse_entry (const CotFormat *self, const char *record, gsize length_bytes,
                     CotEntry *entry)
{
  CotSpan code;

  if (!cot_servicing_parse (record, length_bytes, entry, &code))
    return;
  entry->context = code;
  if (entry->component.data == NULL)
    entry->component = find_program (entry->message);
}

const CotFormat cot_format_panther = {
  .id = "panther",
  .name = "Windows setup",
  .bid = panther_bid,
  .next_record = cot_servicing_next_record,
  .parse_entry = panther_parse_entry,
};
