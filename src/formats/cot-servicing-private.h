/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-format.h"

G_BEGIN_DECLS

/* YYYY-MM-DD HH:MM:SS, Level      [0xNNNNNN] COMPON text
 *
 * What Windows setup, servicing (CBS) and DISM write alike: the level fills 22 columns together
 * with an optional code, the component 7. Any of the two may be missing. There is no zone: it is
 * the local time of the machine. */

typedef enum
{
  COT_SERVICING_NONE,
  COT_SERVICING_CBS,
  COT_SERVICING_DISM,
  COT_SERVICING_PANTHER,
} CotServicingKind;

/* Whose log this is, by the components that write into it. */
CotServicingKind cot_servicing_detect (const char *head, gsize length_bytes);
guint cot_servicing_bid (const char *head, gsize length_bytes, CotServicingKind kind);
CotRecordResult cot_servicing_next_record (const char *data, gsize length_bytes, gsize start,
                                           gboolean at_end, gsize *end_offset);
/* FALSE where it is a plain line; the entry is complete either way. @code is that of setup. */
gboolean cot_servicing_parse (const char *record, gsize length_bytes, CotEntry *entry,
                              CotSpan *code);

G_END_DECLS
