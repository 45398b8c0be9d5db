/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-zip.h"

#include "cot-dos-time.h"
#include "cot-name.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

#define EXTRA_ZIP64 0x0001
#define EXTRA_TIMES 0x5455
#define EXTRA_UTF8_NAME 0x7075
#define EXTRA_AES 0x9901
#define EXTRA_AES_BYTES 7
#define MADE_BY_UNIX 3
/* Four matches of 258 bytes fit into the eight bits of a byte, and nothing is shorter. */
#define MAX_DEFLATE_RATIO 1032u

#define USEC_PER_SECOND INT64_C (1000000)

bool
cot_zip_find_extra (const CotZipHeader *header, uint16_t id, const uint8_t **field,
                    uint16_t *length_bytes)
{
  const uint8_t *at = header->extra;
  size_t left = header->extra_bytes;

  while (left >= 4)
    {
      uint16_t n = cot_zip_get_u16 (at + 2);

      if (n > left - 4)
        return false;
      if (cot_zip_get_u16 (at) == id)
        {
          *field = at + 4;
          *length_bytes = n;
          return true;
        }
      at += 4 + n;
      left -= 4u + n;
    }
  return false;
}

static void
take_u64 (uint64_t *value, const uint8_t **at, uint16_t *left)
{
  if (*value != 0xffffffffu || *left < 8)
    return;
  *value = cot_unpack_get_u64 (*at);
  *at += 8;
  *left = (uint16_t) (*left - 8);
}

void
cot_zip_apply_zip64 (CotZipHeader *header)
{
  const uint8_t *at;
  uint16_t left;

  /* The field holds, in this order, those numbers that did not fit into 32 bits. */
  if (!cot_zip_find_extra (header, EXTRA_ZIP64, &at, &left))
    return;
  take_u64 (&header->size_bytes, &at, &left);
  take_u64 (&header->packed_bytes, &at, &left);
  take_u64 (&header->header_offset, &at, &left);
}

static void
set_time (CotZipEntry *entry, const CotZipHeader *header)
{
  const uint8_t *field;
  uint16_t length_bytes;

  if (cot_zip_find_extra (header, EXTRA_TIMES, &field, &length_bytes) && length_bytes >= 5
      && (field[0] & 1))
    {
      entry->modified_usec = (int32_t) cot_unpack_get_u32 (field + 1) * USEC_PER_SECOND;
      entry->flags |= COT_UNPACK_TIME_IS_UTC;
      return;
    }
  entry->modified_usec = cot_dos_time_to_usec (header->date, header->time);
}

/* Info-ZIP's second name: counts only while the first one is still what it was made for. */
static void
use_utf8_name (CotZipHeader *header)
{
  const uint8_t *field;
  uint16_t length_bytes;

  if (!cot_zip_find_extra (header, EXTRA_UTF8_NAME, &field, &length_bytes) || length_bytes < 6
      || field[0] != 1
      || cot_unpack_get_u32 (field + 1) != crc32 (0, header->name, header->name_bytes)
      || !cot_name_is_utf8 (field + 5, length_bytes - 5u))
    return;
  header->name = field + 5;
  header->name_bytes = (uint16_t) (length_bytes - 5);
}

static bool
is_folder (const CotZipHeader *header)
{
  uint8_t last = header->name_bytes > 0 ? header->name[header->name_bytes - 1] : 0;

  return (last == '/' || last == '\\') && header->size_bytes == 0;
}

static bool
is_link (const CotZipHeader *header)
{
  return header->made_by >> 8 == MADE_BY_UNIX && S_ISLNK (header->attributes >> 16);
}

/* What is known of WinZip's encryption is in a field of its own. */
static CotZipLock
get_aes_lock (const CotZipHeader *header, uint16_t *method)
{
  CotZipLock lock = { .kind = COT_ZIP_OTHER_CIPHER };
  const uint8_t *field;
  uint16_t length_bytes;
  uint16_t version;

  if (!cot_zip_find_extra (header, EXTRA_AES, &field, &length_bytes)
      || length_bytes < EXTRA_AES_BYTES)
    return lock;
  version = cot_zip_get_u16 (field);
  if (version < 1 || version > 2 || field[2] != 'A' || field[3] != 'E' || field[4] < 1
      || field[4] > 3)
    return lock;
  lock.kind = COT_ZIP_AES;
  lock.strength = field[4];
  lock.has_checksum = version == 1;
  *method = cot_zip_get_u16 (field + 5);
  return lock;
}

CotZipLock
cot_zip_get_lock (const CotZipHeader *header, uint16_t *method)
{
  CotZipLock lock = { .has_checksum = true };

  *method = header->method;
  if (!(header->flags & COT_ZIP_FLAG_ENCRYPTED) && header->method != COT_ZIP_METHOD_AES)
    return lock;
  if (header->flags & (COT_ZIP_FLAG_STRONG | COT_ZIP_FLAG_MASKED))
    lock.kind = COT_ZIP_OTHER_CIPHER;
  else if (header->method == COT_ZIP_METHOD_AES)
    return get_aes_lock (header, method);
  else
    {
      /* A packer that streams does not know the checksum yet. */
      lock.kind = COT_ZIP_TRADITIONAL;
      lock.check = (header->flags & COT_ZIP_FLAG_STREAMED) ? (uint8_t) (header->time >> 8)
                                                           : (uint8_t) (header->checksum >> 24);
    }
  return lock;
}

static CotUnpackStatus
judge (const CotZipHeader *header, const CotZipLock *lock, uint16_t method)
{
  uint32_t lock_bytes = cot_zip_lock_get_bytes (lock);

  if (header->name_bytes > COT_UNPACK_MAX_NAME_BYTES)
    return COT_UNPACK_NAME_LIMIT;
  if (is_link (header))
    return COT_UNPACK_LINK;
  if (lock->kind == COT_ZIP_OTHER_CIPHER)
    return COT_UNPACK_CIPHER;
  if (!cot_stream_knows (method))
    return COT_UNPACK_METHOD;
  if (header->size_bytes > COT_UNPACK_MAX_MEMBER_BYTES)
    return COT_UNPACK_MEMBER_LIMIT;
  if (header->packed_bytes < lock_bytes
      || (method == COT_METHOD_STORE && header->size_bytes != header->packed_bytes - lock_bytes))
    return COT_UNPACK_WRONG_SIZE;
  if (method == COT_METHOD_DEFLATE
      && header->size_bytes / MAX_DEFLATE_RATIO > header->packed_bytes)
    return COT_UNPACK_IMPOSSIBLE_RATIO;
  return COT_UNPACK_OK;
}

static bool
reserve (void **items, size_t item_bytes, size_t n_wanted, size_t *n_allocated)
{
  size_t n = *n_allocated;
  void *grown;

  if (n_wanted <= n)
    return true;
  if (n < 1024)
    n = 1024;
  while (n < n_wanted)
    n *= 2;
  grown = realloc (*items, n * item_bytes);
  if (grown == NULL)
    return false;
  *items = grown;
  *n_allocated = n;
  return true;
}

/* Both arrays are held down by the limits, so no size here can overflow. Labels have room for one
 * byte more: without a name, too, they stand somewhere. */
static bool
make_room (CotZip *zip, size_t label_bytes)
{
  void *entries = zip->entries;
  void *labels = zip->labels;
  size_t n_allocated = zip->n_allocated;
  bool done;

  done = reserve (&entries, sizeof *zip->entries, (size_t) zip->n_entries + 1, &n_allocated)
         && reserve (&labels, 1, zip->labels_bytes + label_bytes + 1, &zip->labels_allocated);
  zip->entries = entries;
  zip->labels = labels;
  zip->n_allocated = (uint32_t) n_allocated;
  return done;
}

bool
cot_zip_add (CotZip *zip, const CotZipHeader *given, uint64_t offset)
{
  CotZipHeader header = *given;
  CotZipEntry *entry;
  CotZipLock lock;
  uint16_t method;
  uint32_t status;

  if (is_folder (&header))
    return true;
  use_utf8_name (&header);
  lock = cot_zip_get_lock (&header, &method);
  status = judge (&header, &lock, method);
  if (header.name_bytes > COT_UNPACK_MAX_NAME_BYTES)
    header.name_bytes = COT_UNPACK_MAX_NAME_BYTES;

  if (zip->n_entries == COT_UNPACK_MAX_ENTRIES)
    zip->status = COT_UNPACK_ENTRIES_LIMIT;
  else if (zip->labels_bytes + 3u * header.name_bytes > COT_UNPACK_MAX_LABELS_BYTES)
    zip->status = COT_UNPACK_DIRECTORY_LIMIT;
  else if (!make_room (zip, 3u * header.name_bytes))
    zip->status = COT_UNPACK_NO_MEMORY;
  else
    {
      entry = &zip->entries[zip->n_entries++];
      *entry = (CotZipEntry) {
        .header_offset = offset,
        .packed_bytes = header.packed_bytes,
        .size_bytes = header.size_bytes,
        .checksum = header.checksum,
        .method = method,
        .lock = lock,
        .has_end_mark = (header.flags & COT_ZIP_FLAG_END_MARK) != 0,
        .status = status,
        .label_offset = (uint32_t) zip->labels_bytes,
      };
      entry->label_bytes = (uint32_t) cot_name_to_label (header.name, header.name_bytes,
                                                         zip->labels + zip->labels_bytes);
      zip->labels_bytes += entry->label_bytes;
      set_time (entry, &header);
      return true;
    }
  return false;
}
