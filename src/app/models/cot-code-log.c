/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-code-log.h"

CotCodeLog *
cot_code_log_new (CotCase *a_case, CotLog *log)
{
  CotCodeLog *self = g_new (CotCodeLog, 1);

  self->a_case = g_object_ref (a_case);
  self->log = g_object_ref (log);
  return self;
}

void
cot_code_log_free (CotCodeLog *self)
{
  g_object_unref (self->a_case);
  g_object_unref (self->log);
  g_free (self);
}
