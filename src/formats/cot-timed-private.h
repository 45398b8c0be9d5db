/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-format.h"

G_BEGIN_DECLS

/* What may stand between the time of a line and its text. */
typedef struct
{
  CotSpan level; /* as written */
  CotSpan component;
  CotSpan thread;
  CotSeverity severity; /* of the level; COT_SEVERITY_UNKNOWN */
  gsize text; /* where the message begins */
} CotTimedFields;

/* The level that a word names in one of its usual forms ("INFO", "wrn", "E"). */
gboolean cot_level_from_word (CotSpan word, CotSeverity *severity);
/* @closer: of a bracket that was open before @from, or NUL. */
void cot_timed_read_fields (const char *data, gsize from, gsize to, char closer,
                            CotTimedFields *fields);
/* host program[pid]: text */
void cot_timed_read_syslog (const char *data, gsize from, gsize to, CotTimedFields *fields);

G_END_DECLS
