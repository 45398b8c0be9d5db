/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-detector.h"

#include <string.h>

static void
segment_free (gpointer data)
{
  CotSegment *segment = data;

  g_free (segment->text);
  g_free (segment);
}

static void
add_segment (GPtrArray *segments, const char *text, gsize length_bytes, gboolean code)
{
  CotSegment *segment;

  if (length_bytes == 0)
    return;
  segment = g_new (CotSegment, 1);
  segment->text = g_strndup (text, length_bytes);
  segment->code = code;
  g_ptr_array_add (segments, segment);
}

/**
 * cot_step_text_split:
 * @text: the text of a step or of a guide entry, translated or not
 *
 * A mark without its partner is text like any other.
 *
 * Returns: (transfer full) (element-type CotSegment): the pieces in order; none is empty
 */
GPtrArray *
cot_step_text_split (const char *text)
{
  GPtrArray *segments = g_ptr_array_new_with_free_func (segment_free);
  const char *rest = text;

  for (;;)
    {
      const char *start = strchr (rest, '`');
      const char *end = start != NULL ? strchr (start + 1, '`') : NULL;

      if (end == NULL)
        break;
      add_segment (segments, rest, (gsize) (start - rest), FALSE);
      add_segment (segments, start + 1, (gsize) (end - start - 1), TRUE);
      rest = end + 1;
    }
  add_segment (segments, rest, strlen (rest), FALSE);
  return segments;
}

/**
 * cot_step_text_to_plain:
 * @text: the text of a step or of a guide entry, translated or not
 *
 * Returns: (transfer full): the text without the marks around what can be copied
 */
char *
cot_step_text_to_plain (const char *text)
{
  g_autoptr (GPtrArray) segments = cot_step_text_split (text);
  GString *plain = g_string_new (NULL);

  for (guint i = 0; i < segments->len; i++)
    g_string_append (plain, ((CotSegment *) g_ptr_array_index (segments, i))->text);
  return g_string_free (plain, FALSE);
}
