/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first byte chooses the flags, the first line is the pattern, the rest what it is matched
 * with. What must hold: offsets lie inside the subject, and where a pattern matches, one of the
 * literals that it requires stands in the subject. */

#include "cot-finder.h"
#include "cot-literals.h"
#include "cot-pattern.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static gboolean
set_found (guint literal, gsize offset, gpointer data)
{
  *(gboolean *) data = TRUE;
  return FALSE;
}

static void
check_literals (CotPattern *pattern, const char *subject, gsize length_bytes)
{
  g_auto (GStrv) required = cot_pattern_dup_required_literals (pattern, 1);
  guint n = g_strv_length (required);
  g_autoptr (CotLiterals) literals = cot_literals_new ((const char *const *) required, n);
  gboolean found = FALSE;

  cot_literals_scan (literals, subject, length_bytes, set_found, &found);
  if (n > 0 && !found)
    g_error ("'%s' matches without '%s'", cot_pattern_get_text (pattern), required[0]);
}

static void
check_groups (CotPattern *pattern, CotPatternScratch *scratch, gsize length_bytes)
{
  for (guint i = 0; i < cot_pattern_get_n_names (pattern); i++)
    {
      gsize start;
      gsize end;

      if (cot_pattern_get_group (pattern, scratch, cot_pattern_get_name (pattern, i), &start, &end))
        g_assert_true (start <= end && end <= length_bytes);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  const char *line_end = size > 1 ? memchr (text + 1, '\n', size - 1) : NULL;
  g_autofree char *expression = NULL;
  g_autoptr (CotPattern) pattern = NULL;
  g_autoptr (CotPatternScratch) scratch = NULL;
  const char *subject;
  gsize length_bytes;
  gsize start;
  gsize end;
  gsize pairs[16];

  if (line_end == NULL)
    return 0;
  expression = g_strndup (text + 1, (gsize) (line_end - text - 1));
  pattern = cot_pattern_new (expression, (CotPatternFlags) (data[0] & 31), NULL);
  if (pattern == NULL)
    return 0;
  scratch = cot_pattern_scratch_new ();
  cot_pattern_scratch_set_budget (scratch, 20000);
  subject = line_end + 1;
  length_bytes = MIN (size - (gsize) (subject - text), (gsize) 4096);
  if (cot_pattern_match (pattern, scratch, subject, length_bytes, 0, &start, &end)
      == COT_MATCH_FOUND)
    {
      g_assert_true (start <= end && end <= length_bytes);
      check_groups (pattern, scratch, length_bytes);
      check_literals (pattern, subject, length_bytes);
    }
  cot_finder_mark (pattern, scratch, subject, length_bytes, pairs, G_N_ELEMENTS (pairs) / 2, NULL);
  return 0;
}
