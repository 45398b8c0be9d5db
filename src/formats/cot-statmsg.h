/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

#define COT_STATMSG_N_STRINGS 10

typedef enum
{
  COT_STATMSG_KIND_UNKNOWN,
  COT_STATMSG_KIND_MILESTONE,
  COT_STATMSG_KIND_DETAIL,
  COT_STATMSG_KIND_AUDIT,
} CotStatmsgKind;

/**
 * CotStatmsg:
 *
 * A status message of Configuration Manager as a component writes it into its own log. All spans
 * point into the text that was read; one with a %NULL pointer was not said.
 */
typedef struct
{
  guint id; /* 0 to 65535 */
  CotSeverity severity; /* COT_SEVERITY_UNKNOWN where it is not said */
  CotStatmsgKind kind;
  CotSpan source; /* "SMS Server": whose table of messages the id is of */
  CotSpan component;
  CotSpan system;
  CotSpan site;
  CotSpan process;
  CotSpan thread;
  gint64 time_usec; /* UTC; COT_TIME_NONE */
  CotSpan strings[COT_STATMSG_N_STRINGS]; /* what the message is about */
  CotSpan last_error; /* as written: "0X8007052e" */
} CotStatmsg;

gboolean cot_statmsg_parse (const char *text, gsize length_bytes, CotStatmsg *message);
CotSeverity cot_statmsg_judge (CotSpan message);

G_END_DECLS
