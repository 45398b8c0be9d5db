/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-entry-anchor.h"

#include <string.h>

/* Of a record, however long: enough that no two are alike by chance. */
#define MAX_SUMMED_BYTES (64 * 1024)

static gboolean
sum_record (CotSnapshot *snapshot, guint64 ordinal, char *digits)
{
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autofree char *sum = NULL;

  if (!cot_snapshot_read (snapshot, ordinal, record, NULL))
    return FALSE;
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, record->data,
                                     MIN (record->len, (gsize) MAX_SUMMED_BYTES));
  g_strlcpy (digits, sum, COT_ENTRY_ANCHOR_DIGITS + 1);
  return TRUE;
}

/**
 * cot_entry_anchor_init:
 * @self: (out): an anchor
 * @snapshot: a log
 * @ordinal: an entry of it
 *
 * Reads the entry. A worker.
 *
 * Returns: whether there is one, and it could be read
 */
gboolean
cot_entry_anchor_init (CotEntryAnchor *self, CotSnapshot *snapshot, guint64 ordinal)
{
  CotEntryColumns columns;

  memset (self, 0, sizeof *self);
  if (!cot_snapshot_get (snapshot, ordinal, &columns)
      || !sum_record (snapshot, ordinal, self->record))
    return FALSE;
  self->offset = columns.offset;
  return TRUE;
}

/**
 * cot_entry_anchor_init_from:
 * @self: (out): an anchor
 * @offset: where the record stands
 * @record: (nullable): the checksum of its bytes, as it was kept
 *
 * Returns: whether that is a checksum
 */
gboolean
cot_entry_anchor_init_from (CotEntryAnchor *self, guint64 offset, const char *record)
{
  memset (self, 0, sizeof *self);
  if (record == NULL || strlen (record) != COT_ENTRY_ANCHOR_DIGITS
      || strspn (record, "0123456789abcdef") != COT_ENTRY_ANCHOR_DIGITS)
    return FALSE;
  self->offset = offset;
  memcpy (self->record, record, sizeof self->record);
  return TRUE;
}

/**
 * cot_entry_anchor_is_set:
 * @self: an anchor
 *
 * Returns: whether it is of an entry
 */
gboolean
cot_entry_anchor_is_set (const CotEntryAnchor *self)
{
  return self->record[0] != '\0';
}

/**
 * cot_entry_anchor_find_in:
 * @self: an anchor
 * @snapshot: a log
 * @generation: a part of it
 * @ordinal: (out): the entry
 *
 * Reads what stands at its place. A worker.
 *
 * Returns: whether these are the same bytes
 */
gboolean
cot_entry_anchor_find_in (const CotEntryAnchor *self, CotSnapshot *snapshot, guint generation,
                          guint64 *ordinal)
{
  const CotGeneration *part = cot_snapshot_get_generation (snapshot, generation);
  char record[COT_ENTRY_ANCHOR_DIGITS + 1];
  CotEntryColumns columns;
  guint64 found;

  if (!cot_entry_anchor_is_set (self) || self->offset >= part->size_bytes)
    return FALSE;
  found = cot_snapshot_find_offset (snapshot, generation, self->offset, 0);
  if (!cot_snapshot_get (snapshot, found, &columns) || columns.offset != self->offset
      || !sum_record (snapshot, found, record) || !g_str_equal (record, self->record))
    return FALSE;
  *ordinal = found;
  return TRUE;
}

/**
 * cot_entry_anchor_find:
 * @self: an anchor
 * @snapshot: a log
 * @ordinal: (out): the entry
 *
 * A log that was rolled over has its entry in an older part. A worker.
 *
 * Returns: whether the entry is in there
 */
gboolean
cot_entry_anchor_find (const CotEntryAnchor *self, CotSnapshot *snapshot, guint64 *ordinal)
{
  for (guint i = cot_snapshot_get_n_generations (snapshot); i > 0; i--)
    if (cot_entry_anchor_find_in (self, snapshot, i - 1, ordinal))
      return TRUE;
  return FALSE;
}
