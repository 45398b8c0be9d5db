/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The world as libmspack sees it: the parts of the input to read, and the sink to write to. */

#include "cot-cab-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_BYTES 36u
#define FLAG_NEXT 2u

typedef struct
{
  struct mspack_file base;
  CotCab *cab;
  const CotCabPart *part; /* NULL: it is the output */
  uint64_t position;
} File;

static struct mspack_file *
open_file (struct mspack_system *self, const char *name, int mode)
{
  CotCab *cab = (CotCab *) self;
  const CotCabPart *part = NULL;
  File *file;

  if (mode == MSPACK_SYS_OPEN_READ)
    {
      for (uint32_t i = 0; i < cab->n_parts; i++)
        if (cab->parts[i].name == name)
          part = &cab->parts[i];
      if (part == NULL)
        return NULL;
    }
  else if (mode != MSPACK_SYS_OPEN_WRITE)
    return NULL;

  file = calloc (1, sizeof *file);
  if (file == NULL)
    return NULL;
  file->cab = cab;
  file->part = part;
  return &file->base;
}

static void
close_file (struct mspack_file *file)
{
  free (file);
}

/* After a fault in the middle of a set the library may come with no file at all. */
static int
read_file (struct mspack_file *base, void *buffer, int n_bytes)
{
  File *file = (File *) base;
  const CotCabPart *part = file != NULL ? file->part : NULL;
  uint64_t left;
  size_t n;

  if (part == NULL || n_bytes < 0)
    return -1;
  left = file->position < part->length_bytes ? part->length_bytes - file->position : 0;
  n = cot_input_read_some (file->cab->input, part->offset + file->position, buffer,
                           left < (uint64_t) n_bytes ? (size_t) left : (size_t) n_bytes);
  file->cab->n_reads++;
  if (n < (size_t) n_bytes && part->is_cut)
    file->cab->hit_end = true;
  file->position += n;
  return (int) n;
}

/* Less than was given is a fault, which ends the extraction. */
static int
write_file (struct mspack_file *base, void *buffer, int n_bytes)
{
  File *file = (File *) base;
  CotCab *cab = file != NULL ? file->cab : NULL;
  const uint8_t *at = buffer;
  uint64_t left;

  if (cab == NULL || file->part != NULL || n_bytes < 0
      || (uint64_t) n_bytes > cab->max_bytes - cab->n_written)
    return -1;
  left = (uint64_t) n_bytes;
  if (cab->n_written < cab->n_skipped)
    {
      uint64_t n = cab->n_skipped - cab->n_written < left ? cab->n_skipped - cab->n_written : left;

      at += n;
      left -= n;
    }
  for (uint64_t n; left > 0; at += n, left -= n)
    {
      n = left < COT_UNPACK_MAX_DATA_BYTES ? left : COT_UNPACK_MAX_DATA_BYTES;
      if (cab->sink != NULL)
        cab->sink (cab->sink_data, at, (size_t) n);
    }
  cab->n_written += (uint64_t) n_bytes;
  return n_bytes;
}

static int
seek_file (struct mspack_file *base, off_t offset, int mode)
{
  File *file = (File *) base;
  int64_t from = 0;
  int64_t target;

  if (file == NULL || file->part == NULL)
    return -1;
  if (mode == MSPACK_SYS_SEEK_CUR)
    from = (int64_t) file->position;
  else if (mode == MSPACK_SYS_SEEK_END)
    from = (int64_t) file->part->length_bytes;
  if (__builtin_add_overflow (from, (int64_t) offset, &target) || target < 0)
    return -1;
  file->position = (uint64_t) target;
  return 0;
}

static off_t
tell_file (struct mspack_file *base)
{
  const File *file = (File *) base;

  return file != NULL ? (off_t) file->position : 0;
}

/* The words are for people and may change. While data is unpacked there is but one that is about
 * a part and no error too: a block whose checksum is wrong. */
static void
take_message (struct mspack_file *base, const char *format, ...)
{
  File *file = (File *) base;

  (void) format;
  if (file != NULL)
    file->cab->said_checksum = true;
}

static void *
allocate (struct mspack_system *self, size_t n_bytes)
{
  (void) self;
  return malloc (n_bytes);
}

static void
copy (void *from, void *into, size_t n_bytes)
{
  memcpy (into, from, n_bytes);
}

void
cot_cab_init_system (CotCab *cab)
{
  cab->system = (struct mspack_system) {
    .open = open_file,
    .close = close_file,
    .read = read_file,
    .write = write_file,
    .seek = seek_file,
    .tell = tell_file,
    .message = take_message,
    .alloc = allocate,
    .free = free,
    .copy = copy,
  };
}

bool
cot_cab_find_parts (CotCab *cab)
{
  const CotInput *input = cab->input;
  uint8_t header[HEADER_BYTES];
  uint64_t offset = 0;
  bool has_next = true;

  while (has_next && cab->n_parts < COT_CAB_MAX_PARTS
         && cot_input_read (input, offset, header, sizeof header)
         && memcmp (header, "MSCF", 4) == 0)
    {
      CotCabPart *part = &cab->parts[cab->n_parts];
      uint64_t length_bytes = cot_unpack_get_u32 (header + 8);

      if (length_bytes < sizeof header)
        break;
      snprintf (part->name, sizeof part->name, "%u", (unsigned) cab->n_parts);
      part->offset = offset;
      part->length_bytes = length_bytes;
      if (length_bytes > input->size_bytes - offset)
        {
          part->length_bytes = input->size_bytes - offset;
          part->is_cut = true;
        }
      has_next = (header[30] & FLAG_NEXT) != 0;
      offset += part->length_bytes;
      cab->n_parts++;
    }
  return cab->n_parts > 0;
}
