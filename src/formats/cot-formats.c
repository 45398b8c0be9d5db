/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include <string.h>

/* A hostile file could make a variant each time it is read. */
#define MAX_VARIANTS 1024

/* In the order in which a chooser shows them; of equal bids the first wins. */
static const CotFormat *const formats[] = {
  &cot_format_ccm,
  &cot_format_ime,
  &cot_format_server,
  &cot_format_cbs,
  &cot_format_dism,
  &cot_format_panther,
  &cot_format_dsreg,
  &cot_format_setupapi,
  &cot_format_psadt,
  &cot_format_burn,
  &cot_format_transcript,
  &cot_format_gpsvc,
  &cot_format_msi,
  &cot_format_windows_update,
  &cot_format_reporting_events,
  &cot_format_w3c,
  &cot_format_copied_rows,
  &cot_format_timed,
  &cot_format_plain,
};

/**
 * cot_formats_find:
 * @id: (nullable): a name such as "ccm" or "plain"
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

/**
 * cot_format_learn:
 * @self: a format that a file was detected or chosen to be of
 * @blocks: (array length=n_blocks): the first block of the file and more of its blocks, in order
 * @n_blocks: how many
 *
 * Any thread.
 *
 * Returns: (transfer none): @self, or a variant of it for this file
 */
const CotFormat *
cot_format_learn (const CotFormat *self, const CotSpan *blocks, guint n_blocks)
{
  return self->learn != NULL && n_blocks > 0 ? self->learn (self, blocks, n_blocks) : self;
}

/**
 * cot_format_read_entry:
 * @self: the format that framed the record
 * @record: (array length=length_bytes): the bytes of a record
 * @length_bytes: their number
 * @scratch: whatever it holds is overwritten
 * @entry: (out caller-allocates): what the record says
 *
 * As cot_format_parse_entry(), but with the message as people read it. Where the format composes
 * one, it points into @scratch, in the encoding of the record.
 */
void
cot_format_read_entry (const CotFormat *self, const char *record, gsize length_bytes,
                       GString *scratch, CotEntry *entry)
{
  self->parse_entry (self, record, length_bytes, entry);
  g_string_truncate (scratch, 0);
  if (self->compose != NULL && self->compose (self, record, length_bytes, scratch))
    entry->message = (CotSpan){ scratch->str, scratch->len };
}

/**
 * cot_format_is:
 * @self: a format or a variant
 * @base: a format
 *
 * Returns: whether @self is @base or a variant of it
 */
gboolean
cot_format_is (const CotFormat *self, const CotFormat *base)
{
  return self == base || strcmp (self->id, base->id) == 0;
}

typedef struct
{
  CotFormat format;
  gsize context_bytes;
} Variant;

static gboolean
is_variant (const Variant *variant, const CotFormat *base, gconstpointer context,
            gsize context_bytes)
{
  return cot_format_is (&variant->format, base) && variant->context_bytes == context_bytes
         && memcmp (variant->format.context, context, context_bytes) == 0;
}

/**
 * cot_format_intern:
 * @base: a format
 * @context: a plain struct without pointers, its padding zeroed
 * @context_bytes: its size
 *
 * Any thread. Variants live as long as the program, and there are at most 1,024.
 *
 * Returns: (transfer none): the variant of @base with a copy of @context; @base itself where there
 *   are too many
 */
const CotFormat *
cot_format_intern (const CotFormat *base, gconstpointer context, gsize context_bytes)
{
  static GMutex mutex;
  static GPtrArray *variants;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  Variant *variant;

  if (variants == NULL)
    variants = g_ptr_array_new ();
  for (guint i = 0; i < variants->len; i++)
    if (is_variant (variants->pdata[i], base, context, context_bytes))
      return &((Variant *) variants->pdata[i])->format;
  if (variants->len == MAX_VARIANTS)
    return base;

  variant = g_new0 (Variant, 1);
  variant->format = *base;
  variant->format.context = g_memdup2 (context, context_bytes);
  variant->context_bytes = context_bytes;
  g_ptr_array_add (variants, variant);
  return &variant->format;
}
