/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-input.h"
#include "cot-stream.h"
#include "cot-unpack-protocol.h"

/* Reads a Windows event log (MS-EVEN6 has its binary XML) and hands on rows of text: the fields of
 * a row, in their order, are time in microseconds, bias, severity, component, thread, context,
 * origin, and message, with 0x1f between them and 0x1e and LF behind the last.
 *
 * OK: all that is in it was handed on, and rows tell where it is damaged. NOT_AN_ARCHIVE: it is no
 * event log. MEMBER_LIMIT: the rows are larger than @max_bytes, and end before. */
CotUnpackStatus cot_evtx_convert (const CotInput *input, uint64_t max_bytes, CotSink sink,
                                  void *sink_data);
