/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include "cot-lines-private.h"
#include "cot-servicing-private.h"

/* CBS.log, what Windows servicing writes: the line of cot-servicing-private.h. The component store
 * (CSI) counts its lines: 0000000a text. The counter is the entry's context: in the message it
 * would hide the first word of every line. */
#define COUNTER "XXXXXXXX "
#define COUNTER_BYTES 8

static guint
cbs_bid (const char *head, gsize length_bytes)
{
  return cot_servicing_bid (head, length_bytes, COT_SERVICING_CBS);
}

static void
cbs_parse_entry (const CotFormat *self, const char *record, gsize length_bytes, CotEntry *entry)
{
  CotSpan *message = &entry->message;
  CotSpan code;

  if (!cot_servicing_parse (record, length_bytes, entry, &code)
      || entry->component.data == NULL || !cot_span_is (entry->component, "CSI")
      || !cot_has_shape (message->data, 0, message->length_bytes, COUNTER))
    return;
  entry->context = (CotSpan){ message->data, COUNTER_BYTES };
  message->data += COUNTER_BYTES + 1;
  message->length_bytes -= COUNTER_BYTES + 1;
}

const CotFormat cot_format_cbs = {
  .id = "cbs",
  .name = "CBS",
  .bid = cbs_bid,
  .next_record = cot_servicing_next_record,
  .parse_entry = cbs_parse_entry,
};
