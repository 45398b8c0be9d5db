/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-dsreg.h"

#include "fuzz-format.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (CotDsregState) state = cot_dsreg_state_parse ((const char *) data, size);

  check_text (state->tenant_name);
  check_text (state->attempt_server_text);
  g_assert_cmpuint (state->n_failed_tests, <=, state->tests->len);
  for (guint i = 0; i < state->tests->len; i++)
    check_text (((const CotDsregTest *) state->tests->pdata[i])->value);
  return fuzz_format (&cot_format_dsreg, data, size);
}
