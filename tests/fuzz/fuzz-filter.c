/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any text as an expression. What must hold: it is either refused with an offset inside of it, or
 * it judges entries. */

#include "cot-filter.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static CotSpan
span (const char *text)
{
  return (CotSpan) { text, strlen (text) };
}

static void
judge (CotFilter *filter)
{
  g_autoptr (CotPatternScratch) scratch = cot_pattern_scratch_new ();
  CotEntryColumns columns = { .line = 7, .time_usec = 1700000000000000, .severity = 5 };
  CotEntry entry = {
    .message = span ("Enrollment failed with 0x80180014"),
    .component = span ("CcmExec"),
    .thread = span ("7120"),
    .type_text = span ("3"),
  };
  CotEntry nothing = { 0 };

  cot_pattern_scratch_set_budget (scratch, 20000);
  cot_filter_matches (filter, scratch, &columns, &entry);
  columns.time_usec = COT_TIME_NONE;
  columns.line = 0;
  cot_filter_matches (filter, scratch, &columns, &nothing);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *expression = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (CotFilter) filter = cot_filter_new (expression, &error);
  char *end;

  if (filter != NULL)
    {
      judge (filter);
      return 0;
    }
  g_assert_true (g_str_has_prefix (error->message, "at "));
  g_assert_true (g_ascii_strtoull (error->message + 3, &end, 10) <= strlen (expression));
  g_assert_true (g_str_has_prefix (end, ": "));
  return 0;
}
