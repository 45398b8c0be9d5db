/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-unpack-protocol.h"

/**
 * cot_unpack_put_u32:
 * @at: room for 4 bytes
 * @value: a number
 *
 * Writes it in little-endian order, whatever the machine's is.
 */
void
cot_unpack_put_u32 (uint8_t *at, uint32_t value)
{
  for (int i = 0; i < 4; i++)
    at[i] = (uint8_t) (value >> (8 * i));
}

/**
 * cot_unpack_put_u64:
 * @at: room for 8 bytes
 * @value: a number
 *
 * Writes it in little-endian order.
 */
void
cot_unpack_put_u64 (uint8_t *at, uint64_t value)
{
  cot_unpack_put_u32 (at, (uint32_t) value);
  cot_unpack_put_u32 (at + 4, (uint32_t) (value >> 32));
}

/**
 * cot_unpack_get_u32:
 * @at: 4 bytes
 *
 * Returns: the number that stands there in little-endian order
 */
uint32_t
cot_unpack_get_u32 (const uint8_t *at)
{
  return (uint32_t) at[0] | (uint32_t) at[1] << 8 | (uint32_t) at[2] << 16 | (uint32_t) at[3] << 24;
}

/**
 * cot_unpack_get_u64:
 * @at: 8 bytes
 *
 * Returns: the number that stands there in little-endian order
 */
uint64_t
cot_unpack_get_u64 (const uint8_t *at)
{
  return (uint64_t) cot_unpack_get_u32 (at) | (uint64_t) cot_unpack_get_u32 (at + 4) << 32;
}

/**
 * cot_unpack_write_header:
 * @into: where the frame begins
 * @type: a #CotUnpackType
 * @length_bytes: of the payload that follows
 */
void
cot_unpack_write_header (uint8_t into[COT_UNPACK_HEADER_BYTES], uint32_t type,
                         uint32_t length_bytes)
{
  cot_unpack_put_u32 (into, type);
  cot_unpack_put_u32 (into + 4, length_bytes);
}

/**
 * cot_unpack_read_header:
 * @from: the first bytes of a frame
 * @header: (out): what they say
 *
 * Returns: whether there is such a message, and it can be so long
 */
bool
cot_unpack_read_header (const uint8_t from[COT_UNPACK_HEADER_BYTES], CotUnpackHeader *header)
{
  header->type = cot_unpack_get_u32 (from);
  header->length_bytes = cot_unpack_get_u32 (from + 4);

  switch (header->type)
    {
    case COT_UNPACK_HELLO:
    case COT_UNPACK_READ:
    case COT_UNPACK_SHARED:
      return header->length_bytes == 4;
    case COT_UNPACK_LIST:
    case COT_UNPACK_CONVERT:
      return header->length_bytes == 0;
    case COT_UNPACK_ENTRY:
      return header->length_bytes >= COT_UNPACK_ENTRY_BYTES
             && header->length_bytes <= COT_UNPACK_ENTRY_BYTES + COT_UNPACK_MAX_LABEL_BYTES;
    case COT_UNPACK_LISTED:
    case COT_UNPACK_END:
      return header->length_bytes == 8;
    case COT_UNPACK_PASS_PHRASE:
      return header->length_bytes >= 1
             && header->length_bytes <= COT_UNPACK_MAX_PASS_PHRASE_BYTES;
    case COT_UNPACK_DATA:
      return header->length_bytes >= 1 && header->length_bytes <= COT_UNPACK_MAX_DATA_BYTES;
    default:
      return false;
    }
}

/**
 * cot_unpack_write_entry:
 * @into: where the payload begins
 * @entry: what to write, without its label
 */
void
cot_unpack_write_entry (uint8_t into[COT_UNPACK_ENTRY_BYTES], const CotUnpackEntry *entry)
{
  cot_unpack_put_u32 (into, entry->index);
  cot_unpack_put_u32 (into + 4, entry->flags);
  cot_unpack_put_u32 (into + 8, entry->status);
  cot_unpack_put_u32 (into + 12, entry->detail);
  cot_unpack_put_u64 (into + 16, entry->size_bytes);
  cot_unpack_put_u64 (into + 24, entry->packed_bytes);
  cot_unpack_put_u64 (into + 32, (uint64_t) entry->modified_usec);
}

/**
 * cot_unpack_read_entry:
 * @payload: the payload of an ENTRY
 * @length_bytes: its length
 * @entry: (out): what it says; the label points into @payload, and nothing is known of its text
 *
 * Returns: whether it is one, with a status and flags that exist
 */
bool
cot_unpack_read_entry (const uint8_t *payload, size_t length_bytes, CotUnpackEntry *entry)
{
  if (length_bytes < COT_UNPACK_ENTRY_BYTES
      || length_bytes > COT_UNPACK_ENTRY_BYTES + COT_UNPACK_MAX_LABEL_BYTES)
    return false;

  entry->index = cot_unpack_get_u32 (payload);
  entry->flags = cot_unpack_get_u32 (payload + 4);
  entry->status = cot_unpack_get_u32 (payload + 8);
  entry->detail = cot_unpack_get_u32 (payload + 12);
  entry->size_bytes = cot_unpack_get_u64 (payload + 16);
  entry->packed_bytes = cot_unpack_get_u64 (payload + 24);
  entry->modified_usec = (int64_t) cot_unpack_get_u64 (payload + 32);
  entry->label = (const char *) payload + COT_UNPACK_ENTRY_BYTES;
  entry->label_bytes = (uint32_t) (length_bytes - COT_UNPACK_ENTRY_BYTES);
  return entry->status < COT_UNPACK_N_STATUSES
         && (entry->flags & ~(uint32_t) COT_UNPACK_ALL_FLAGS) == 0;
}

/**
 * cot_unpack_read_pair:
 * @payload: the payload of a LISTED or an END
 * @length_bytes: its length
 * @pair: (out): what it says
 *
 * Returns: whether it is one, with a status that exists
 */
bool
cot_unpack_read_pair (const uint8_t *payload, size_t length_bytes, CotUnpackPair *pair)
{
  if (length_bytes != 8)
    return false;

  pair->status = cot_unpack_get_u32 (payload);
  pair->value = cot_unpack_get_u32 (payload + 4);
  return pair->status < COT_UNPACK_N_STATUSES;
}
