/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* A log, and the case that it is of. */
typedef struct
{
  CotCase *a_case;
  CotLog *log;
} CotCodeLog;

CotCodeLog *cot_code_log_new (CotCase *a_case, CotLog *log);
void cot_code_log_free (CotCodeLog *self);

G_END_DECLS
