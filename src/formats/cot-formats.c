/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

/* In the order in which a chooser shows them; of equal bids the first wins. */
static const CotFormat *const formats[] = {
  &cot_format_ccm,
  &cot_format_server,
  &cot_format_plain,
};

/**
 * cot_formats_find:
 * @id: (nullable): "ccm", "server" or "plain"
 *
 * Returns: (transfer none) (nullable): the format of that name
 */
const CotFormat *
cot_formats_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (formats[i]->id, id) == 0)
      return formats[i];
  return NULL;
}

/**
 * cot_formats_detect:
 * @head: (array length=length_bytes): the first block, in an encoding of bytes
 * @length_bytes: its length
 *
 * Returns: (transfer none): the format with the highest bid; plain text bids on anything
 */
const CotFormat *
cot_formats_detect (const char *head, gsize length_bytes)
{
  const CotFormat *best = &cot_format_plain;
  guint highest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      guint bid = formats[i]->bid (head, length_bytes);

      if (bid > highest)
        {
          highest = bid;
          best = formats[i];
        }
    }
  return best;
}

/**
 * cot_formats_get_n:
 *
 * Returns: the number of formats
 */
guint
cot_formats_get_n (void)
{
  return G_N_ELEMENTS (formats);
}

/**
 * cot_formats_get:
 * @index: below cot_formats_get_n()
 *
 * Returns: (transfer none) (nullable): a format
 */
const CotFormat *
cot_formats_get (guint index)
{
  return index < G_N_ELEMENTS (formats) ? formats[index] : NULL;
}
