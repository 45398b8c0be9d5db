/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-reports.h"
#include "cot-results-xml.h"

#include "fuzz-rows.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (CotResults) results = cot_results_parse ((const char *) data, size);

  g_assert_true (results->id == NULL || g_utf8_validate (results->id, -1, NULL));
  for (guint i = 0; i < results->items->len; i++)
    {
      const CotResultsItem *item = results->items->pdata[i];

      g_assert_true (g_utf8_validate (item->kind, -1, NULL));
      g_assert_true (g_utf8_validate (item->target, -1, NULL));
      g_assert_cmpint (g_ascii_strcasecmp (item->kind, "SasUrl"), !=, 0);
    }
  fuzz_conversion (&cot_conversion_results, data, size);
  return 0;
}
