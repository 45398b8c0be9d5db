/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cab-maker.h"

#include <string.h>
#include <zlib.h>

#define BLOCK_BYTES 32768u
#define HEADER_BYTES 36u
#define FOLDER_BYTES 8u
#define FLAG_PREVIOUS 1u
#define FLAG_NEXT 2u
#define CONTINUED_FROM_PREVIOUS 0xfffdu
#define CONTINUED_TO_NEXT 0xfffeu
#define NOWHERE G_MAXUINT

typedef struct
{
  guint16 method;
  GByteArray *data; /* not packed */
  guint bad_checksum; /* a block, or NOWHERE */
  guint bad_data;
} Folder;

typedef struct
{
  char *name;
  guint16 attributes;
  guint16 date;
  guint16 time;
  guint32 size_bytes;
  guint32 true_bytes;
  guint32 offset;
  guint folder;
} File;

/* A block as it stands in one cabinet. */
typedef struct
{
  GByteArray *packed;
  guint16 unpacked_bytes;
  gboolean spoil;
} Block;

struct _CabMaker
{
  GArray *folders; /* Folder */
  GArray *files; /* File */
};

static void
clear_folder (gpointer data)
{
  g_byte_array_unref (((Folder *) data)->data);
}

static void
clear_file (gpointer data)
{
  g_free (((File *) data)->name);
}

static void
clear_block (gpointer data)
{
  g_byte_array_unref (((Block *) data)->packed);
}

CabMaker *
cab_maker_new (guint16 method)
{
  CabMaker *self = g_new0 (CabMaker, 1);

  self->folders = g_array_new (FALSE, TRUE, sizeof (Folder));
  g_array_set_clear_func (self->folders, clear_folder);
  self->files = g_array_new (FALSE, TRUE, sizeof (File));
  g_array_set_clear_func (self->files, clear_file);
  cab_maker_begin_folder (self, method);
  return self;
}

void
cab_maker_free (CabMaker *self)
{
  g_array_unref (self->folders);
  g_array_unref (self->files);
  g_free (self);
}

void
cab_maker_begin_folder (CabMaker *self, guint16 method)
{
  Folder folder = { method, g_byte_array_new (), NOWHERE, NOWHERE };

  g_array_append_val (self->folders, folder);
}

static Folder *
last_folder (CabMaker *self)
{
  return &g_array_index (self->folders, Folder, self->folders->len - 1);
}

void
cab_maker_add (CabMaker *self, const CabEntry *entry)
{
  Folder *folder = last_folder (self);
  File file = {
    .name = g_strdup (entry->name),
    .attributes = entry->attributes,
    .date = entry->date,
    .time = entry->time,
    .size_bytes = entry->lie_size != 0 ? entry->lie_size : (guint32) entry->size_bytes,
    .true_bytes = (guint32) entry->size_bytes,
    .offset = folder->data->len + (guint32) entry->lie_offset,
    .folder = self->folders->len - 1,
  };

  g_byte_array_append (folder->data, entry->data, (guint) entry->size_bytes);
  g_array_append_val (self->files, file);
}

void
cab_maker_add_text (CabMaker *self, const char *name, const char *text)
{
  /* 9 September 2024, 12:34:56 */
  CabEntry entry = { .name = name, .data = text, .size_bytes = strlen (text),
                     .attributes = CAB_UTF8_NAME, .date = 44 << 9 | 9 << 5 | 9,
                     .time = 12 << 11 | 34 << 5 | 28 };

  cab_maker_add (self, &entry);
}

void
cab_maker_spoil_checksum (CabMaker *self, guint block)
{
  last_folder (self)->bad_checksum = block;
}

void
cab_maker_spoil_data (CabMaker *self, guint block)
{
  last_folder (self)->bad_data = block;
}

static void
put_u16 (GByteArray *into, guint value)
{
  guint8 bytes[2] = { (guint8) value, (guint8) (value >> 8) };

  g_byte_array_append (into, bytes, sizeof bytes);
}

static void
put_u32 (GByteArray *into, guint32 value)
{
  put_u16 (into, value);
  put_u16 (into, value >> 16);
}

static void
set_u32 (GByteArray *into, guint at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    into->data[at + i] = (guint8) (value >> (8 * i));
}

/* [MS-CAB] 3.1: the words, one over the other; what is left at the end the other way round. */
static guint32
sum (const guint8 *bytes, gsize n_bytes, guint32 seed)
{
  guint32 rest = 0;

  for (; n_bytes >= 4; bytes += 4, n_bytes -= 4)
    seed ^= bytes[0] | (guint32) bytes[1] << 8 | (guint32) bytes[2] << 16
            | (guint32) bytes[3] << 24;
  for (; n_bytes > 0; bytes++, n_bytes--)
    rest = rest << 8 | *bytes;
  return seed ^ rest;
}

static GByteArray *
pack (const guint8 *bytes, guint n_bytes, guint16 method)
{
  GByteArray *packed = g_byte_array_new ();
  z_stream z = { .next_in = (guint8 *) bytes, .avail_in = n_bytes };

  if (method != CAB_MSZIP)
    return g_byte_array_append (packed, bytes, n_bytes);
  g_byte_array_append (packed, (const guint8 *) "CK", 2);
  g_byte_array_set_size (packed, 2 + BLOCK_BYTES + 1024);
  g_assert_cmpint (deflateInit2 (&z, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY), ==, Z_OK);
  z.next_out = packed->data + 2;
  z.avail_out = packed->len - 2;
  g_assert_cmpint (deflate (&z, Z_FINISH), ==, Z_STREAM_END);
  g_byte_array_set_size (packed, 2 + (guint) z.total_out);
  deflateEnd (&z);
  return packed;
}

/* (element-type Block) */
static GArray *
make_blocks (const Folder *folder)
{
  GArray *blocks = g_array_new (FALSE, TRUE, sizeof (Block));

  g_array_set_clear_func (blocks, clear_block);
  for (guint at = 0; at < folder->data->len; at += BLOCK_BYTES)
    {
      guint n = MIN (BLOCK_BYTES, folder->data->len - at);
      Block block = { pack (folder->data->data + at, n, folder->method), (guint16) n,
                      blocks->len == folder->bad_checksum };

      if (blocks->len == folder->bad_data)
        memset (block.packed->data + 2, 0xff, block.packed->len - 2);
      g_array_append_val (blocks, block);
    }
  return blocks;
}

static void
put_block (GByteArray *into, const Block *block)
{
  g_autoptr (GByteArray) lengths = g_byte_array_new ();
  guint32 checksum;

  put_u16 (lengths, block->packed->len);
  put_u16 (lengths, block->unpacked_bytes);
  checksum = sum (lengths->data, 4, sum (block->packed->data, block->packed->len, 0));
  put_u32 (into, block->spoil ? checksum ^ 1 : checksum);
  g_byte_array_append (into, lengths->data, 4);
  g_byte_array_append (into, block->packed->data, block->packed->len);
}

/* Its data, and at @at where that is. */
static void
put_folder (GByteArray *into, guint at, const Folder *folder, GArray *blocks)
{
  set_u32 (into, at, into->len);
  set_u32 (into, at + 4, blocks->len | (guint32) folder->method << 16);
  for (guint i = 0; i < blocks->len; i++)
    put_block (into, &g_array_index (blocks, Block, i));
}

static void
put_file (GByteArray *into, const File *file, guint folder)
{
  put_u32 (into, file->size_bytes);
  put_u32 (into, file->offset);
  put_u16 (into, folder);
  put_u16 (into, file->date);
  put_u16 (into, file->time);
  put_u16 (into, file->attributes);
  g_byte_array_append (into, (const guint8 *) file->name, (guint) strlen (file->name) + 1);
}

static void
put_text (GByteArray *into, const char *text)
{
  g_byte_array_append (into, (const guint8 *) text, (guint) strlen (text) + 1);
}

static GByteArray *
begin_cabinet (guint n_folders, guint n_files, guint index, const char *previous, const char *next)
{
  GByteArray *into = g_byte_array_new ();

  g_byte_array_append (into, (const guint8 *) "MSCF", 4);
  put_u32 (into, 0);
  put_u32 (into, 0); /* the length; later */
  put_u32 (into, 0);
  put_u32 (into, 0); /* where the files are; later */
  put_u32 (into, 0);
  put_u16 (into, 0x0103);
  put_u16 (into, n_folders);
  put_u16 (into, n_files);
  put_u16 (into, (previous != NULL ? FLAG_PREVIOUS : 0) | (next != NULL ? FLAG_NEXT : 0));
  put_u16 (into, 4711);
  put_u16 (into, index);
  if (previous != NULL)
    {
      put_text (into, previous);
      put_text (into, "disk");
    }
  if (next != NULL)
    {
      put_text (into, next);
      put_text (into, "disk");
    }
  return into;
}

GByteArray *
cab_maker_finish (CabMaker *self)
{
  GByteArray *into = begin_cabinet (self->folders->len, self->files->len, 0, NULL, NULL);
  guint folders_at = into->len;

  g_byte_array_set_size (into, into->len + FOLDER_BYTES * self->folders->len);
  set_u32 (into, 16, into->len);
  for (guint i = 0; i < self->files->len; i++)
    {
      const File *file = &g_array_index (self->files, File, i);

      put_file (into, file, file->folder);
    }
  for (guint i = 0; i < self->folders->len; i++)
    {
      const Folder *folder = &g_array_index (self->folders, Folder, i);
      g_autoptr (GArray) blocks = make_blocks (folder);

      put_folder (into, folders_at + FOLDER_BYTES * i, folder, blocks);
    }
  set_u32 (into, 8, into->len);
  cab_maker_free (self);
  return into;
}

/* Which folder a file names in one of two parts; NOWHERE: it does not stand there. The cut goes
 * through the block that ends at @end. */
static guint
place_in_part (const File *file, guint index, guint32 end)
{
  gboolean in_first = file->folder == 0
                      && file->offset + file->true_bytes <= end - BLOCK_BYTES;

  if (in_first || file->folder > 0)
    return in_first == (index == 0) ? file->folder : NOWHERE;
  return index == 0 ? CONTINUED_TO_NEXT : CONTINUED_FROM_PREVIOUS;
}

static GByteArray *
make_part (CabMaker *self, GArray *blocks, guint index, guint32 end, const char *other)
{
  const Folder *folders = &g_array_index (self->folders, Folder, 0);
  guint n_folders = index == 0 ? 1 : self->folders->len;
  GByteArray *into;
  guint n_files = 0;
  guint folder_at;

  for (guint i = 0; i < self->files->len; i++)
    n_files += place_in_part (&g_array_index (self->files, File, i), index, end) != NOWHERE;
  into = begin_cabinet (n_folders, n_files, index, index == 1 ? other : NULL,
                        index == 0 ? other : NULL);
  folder_at = into->len;
  g_byte_array_set_size (into, into->len + FOLDER_BYTES * n_folders);
  set_u32 (into, 16, into->len);
  for (guint i = 0; i < self->files->len; i++)
    {
      const File *file = &g_array_index (self->files, File, i);
      guint place = place_in_part (file, index, end);

      if (place != NOWHERE)
        put_file (into, file, place);
    }
  put_folder (into, folder_at, &folders[0], blocks);
  for (guint i = 1; i < n_folders; i++)
    {
      g_autoptr (GArray) more = make_blocks (&folders[i]);

      put_folder (into, folder_at + FOLDER_BYTES * i, &folders[i], more);
    }
  set_u32 (into, 8, into->len);
  return into;
}

void
cab_maker_finish_set (CabMaker *self, guint split, const char *first_name, const char *second_name,
                      GByteArray **first, GByteArray **second)
{
  g_autoptr (GArray) blocks = make_blocks (&g_array_index (self->folders, Folder, 0));
  g_autoptr (GArray) before = g_array_new (FALSE, TRUE, sizeof (Block));
  g_autoptr (GArray) behind = g_array_new (FALSE, TRUE, sizeof (Block));

  g_assert_cmpuint (split, <, blocks->len);
  g_array_set_clear_func (before, clear_block);
  g_array_set_clear_func (behind, clear_block);
  for (guint i = 0; i < blocks->len; i++)
    {
      Block block = g_array_index (blocks, Block, i);
      guint half = block.packed->len / 2;
      Block start = { .packed = g_byte_array_new () };

      if (i == split)
        {
          g_byte_array_append (start.packed, block.packed->data, half);
          g_array_append_val (before, start);
          block.packed = g_byte_array_append (g_byte_array_new (), block.packed->data + half,
                                              block.packed->len - half);
          g_array_append_val (behind, block);
          continue;
        }
      g_byte_array_unref (start.packed);
      g_byte_array_ref (block.packed);
      g_array_append_val (i < split ? before : behind, block);
    }
  *first = make_part (self, before, 0, (split + 1) * BLOCK_BYTES, second_name);
  *second = make_part (self, behind, 1, (split + 1) * BLOCK_BYTES, first_name);
  cab_maker_free (self);
}
