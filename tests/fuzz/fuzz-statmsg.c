/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-statmsg.h"

#include "fuzz-format.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  CotStatmsg message;

  if (!cot_statmsg_parse (text, size, &message))
    return 0;
  g_assert_cmpuint (message.id, <=, 65535);
  g_assert_cmpuint (message.severity, <, COT_N_SEVERITIES);
  fuzz_check_span (message.source, text, size);
  fuzz_check_span (message.component, text, size);
  fuzz_check_span (message.system, text, size);
  fuzz_check_span (message.site, text, size);
  fuzz_check_span (message.process, text, size);
  fuzz_check_span (message.thread, text, size);
  fuzz_check_span (message.last_error, text, size);
  for (guint i = 0; i < COT_STATMSG_N_STRINGS; i++)
    fuzz_check_span (message.strings[i], text, size);
  return 0;
}
