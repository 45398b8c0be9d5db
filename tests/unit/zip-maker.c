/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zip-maker.h"

#include <string.h>
#include <zlib.h>

#define FLAG_STREAMED (1 << 3)
#define DOS_DATE (guint16) ((2026 - 1980) << 9 | 11 << 5 | 18)
#define DOS_TIME (guint16) (9 << 11 | 12 << 5 | 40 / 2)

struct _ZipMaker
{
  GByteArray *local;
  GByteArray *central;
  guint n_entries;
};

static void
put16 (GByteArray *into, guint value)
{
  guint8 bytes[2] = { (guint8) value, (guint8) (value >> 8) };

  g_byte_array_append (into, bytes, sizeof bytes);
}

static void
put32 (GByteArray *into, guint32 value)
{
  put16 (into, value & 0xffff);
  put16 (into, value >> 16);
}

static void
put64 (GByteArray *into, guint64 value)
{
  put32 (into, (guint32) value);
  put32 (into, (guint32) (value >> 32));
}

ZipMaker *
zip_maker_new (void)
{
  ZipMaker *self = g_new0 (ZipMaker, 1);

  self->local = g_byte_array_new ();
  self->central = g_byte_array_new ();
  return self;
}

void
zip_maker_free (ZipMaker *self)
{
  g_clear_pointer (&self->local, g_byte_array_unref);
  g_byte_array_unref (self->central);
  g_free (self);
}

gsize
zip_maker_get_offset (ZipMaker *self)
{
  return self->local->len;
}

GByteArray *
zip_maker_deflate (const void *data, gsize size_bytes)
{
  z_stream z = { 0 };
  GByteArray *packed = g_byte_array_new ();

  g_assert_cmpint (deflateInit2 (&z, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY), ==, Z_OK);
  g_byte_array_set_size (packed, (guint) deflateBound (&z, size_bytes));
  z.next_in = (Bytef *) data;
  z.avail_in = (uInt) size_bytes;
  z.next_out = packed->data;
  z.avail_out = packed->len;
  g_assert_cmpint (deflate (&z, Z_FINISH), ==, Z_STREAM_END);
  g_byte_array_set_size (packed, (guint) z.total_out);
  deflateEnd (&z);
  return packed;
}

typedef struct
{
  guint16 flags;
  guint32 checksum;
  guint64 packed_bytes;
  guint64 size_bytes;
  guint64 offset;
} Facts;

static guint
get_name_bytes (const ZipEntry *entry)
{
  return entry->name_bytes > 0 ? (guint) entry->name_bytes : (guint) strlen (entry->name);
}

/* From the needed version to the lengths of name and extra field: the same in both headers. */
static void
put_common (GByteArray *into, const ZipEntry *entry, const Facts *facts, guint extra_bytes,
            gboolean sizes_follow)
{
  put16 (into, entry->with_zip64 ? 45 : 20);
  put16 (into, facts->flags);
  put16 (into, entry->method);
  put16 (into, DOS_TIME);
  put16 (into, DOS_DATE);
  put32 (into, sizes_follow ? 0 : facts->checksum);
  if (sizes_follow)
    {
      put32 (into, 0);
      put32 (into, 0);
    }
  else
    {
      put32 (into, entry->with_zip64 ? 0xffffffff : (guint32) facts->packed_bytes);
      put32 (into, entry->with_zip64 ? 0xffffffff : (guint32) facts->size_bytes);
    }
  put16 (into, get_name_bytes (entry));
  put16 (into, extra_bytes);
}

static void
put_zip64 (GByteArray *into, const Facts *facts, gboolean with_offset)
{
  put16 (into, 1);
  put16 (into, with_offset ? 24 : 16);
  put64 (into, facts->size_bytes);
  put64 (into, facts->packed_bytes);
  if (with_offset)
    put64 (into, facts->offset);
}

static void
put_central (ZipMaker *self, const ZipEntry *entry, const Facts *facts)
{
  guint extra_bytes = entry->extra_bytes + (entry->with_zip64 ? 28 : 0);

  put32 (self->central, 0x02014b50);
  put16 (self->central, entry->made_by);
  put_common (self->central, entry, facts, extra_bytes, FALSE);
  put16 (self->central, 0);
  put16 (self->central, 0);
  put16 (self->central, 0);
  put32 (self->central, entry->attributes);
  put32 (self->central, entry->with_zip64 ? 0xffffffff : (guint32) facts->offset);
  g_byte_array_append (self->central, (const guint8 *) entry->name, get_name_bytes (entry));
  if (entry->with_zip64)
    put_zip64 (self->central, facts, TRUE);
  g_byte_array_append (self->central, entry->extra, entry->extra_bytes);
  self->n_entries++;
}

static void
put_local (ZipMaker *self, const ZipEntry *entry, const Facts *facts, const GByteArray *packed)
{
  gboolean with_zip64 = entry->with_zip64 && !entry->with_descriptor;
  guint extra_bytes = entry->with_local_extra ? entry->extra_bytes : 0;

  put32 (self->local, 0x04034b50);
  put_common (self->local, entry, facts, extra_bytes + (with_zip64 ? 20 : 0),
              entry->with_descriptor);
  g_byte_array_append (self->local, (const guint8 *) entry->name, get_name_bytes (entry));
  if (with_zip64)
    put_zip64 (self->local, facts, FALSE);
  g_byte_array_append (self->local, entry->extra, extra_bytes);
  g_byte_array_append (self->local, packed->data, packed->len);
  if (entry->with_descriptor)
    {
      put32 (self->local, 0x08074b50);
      put32 (self->local, facts->checksum);
      put32 (self->local, (guint32) facts->packed_bytes);
      put32 (self->local, (guint32) facts->size_bytes);
    }
}

void
zip_maker_add (ZipMaker *self, const ZipEntry *entry)
{
  g_autoptr (GByteArray) packed = NULL;
  Facts facts = {
    .flags = entry->flags | (entry->with_descriptor ? FLAG_STREAMED : 0),
    .size_bytes = entry->lie_size > 0 ? entry->lie_size : entry->size_bytes,
    .offset = self->local->len,
  };

  if (entry->packed != NULL)
    {
      packed = g_byte_array_new ();
      g_byte_array_append (packed, entry->packed, (guint) entry->packed_bytes);
    }
  else if (entry->method == 8)
    packed = zip_maker_deflate (entry->data, entry->size_bytes);
  else
    {
      packed = g_byte_array_new ();
      g_byte_array_append (packed, entry->data, (guint) entry->size_bytes);
    }
  facts.packed_bytes = entry->lie_packed > 0 ? entry->lie_packed : packed->len;
  facts.checksum = (guint32) crc32 (crc32 (0, NULL, 0), entry->data, (uInt) entry->size_bytes)
                   + entry->checksum_fault;
  put_local (self, entry, &facts, packed);
  facts.offset += (guint64) entry->lie_offset;
  put_central (self, entry, &facts);
}

void
zip_maker_add_text (ZipMaker *self, const char *name, const char *text)
{
  ZipEntry entry = { .name = name, .data = text, .size_bytes = strlen (text), .method = 8 };

  zip_maker_add (self, &entry);
}

void
zip_maker_add_bytes (ZipMaker *self, const void *bytes, gsize n_bytes)
{
  g_byte_array_append (self->local, bytes, (guint) n_bytes);
}

void
zip_maker_add_alias (ZipMaker *self, const ZipEntry *entry, gsize offset, gsize packed_bytes)
{
  Facts facts = {
    .flags = entry->flags,
    .packed_bytes = packed_bytes,
    .size_bytes = entry->size_bytes,
    .checksum = (guint32) crc32 (crc32 (0, NULL, 0), entry->data, (uInt) entry->size_bytes),
    .offset = offset,
  };

  put_central (self, entry, &facts);
}

static GByteArray *
steal_local (ZipMaker *self)
{
  GByteArray *archive = g_steal_pointer (&self->local);

  g_byte_array_append (archive, self->central->data, self->central->len);
  return archive;
}

GByteArray *
zip_maker_finish (ZipMaker *self, const char *comment)
{
  guint32 offset = self->local->len;
  GByteArray *archive = steal_local (self);

  put32 (archive, 0x06054b50);
  put16 (archive, 0);
  put16 (archive, 0);
  put16 (archive, self->n_entries & 0xffff);
  put16 (archive, self->n_entries & 0xffff);
  put32 (archive, self->central->len);
  put32 (archive, offset);
  put16 (archive, comment != NULL ? (guint) strlen (comment) : 0);
  if (comment != NULL)
    g_byte_array_append (archive, (const guint8 *) comment, (guint) strlen (comment));
  zip_maker_free (self);
  return archive;
}

GByteArray *
zip_maker_finish_zip64 (ZipMaker *self)
{
  guint64 offset = self->local->len;
  GByteArray *archive = steal_local (self);
  guint64 end_offset = archive->len;

  put32 (archive, 0x06064b50);
  put64 (archive, 44);
  put16 (archive, 45);
  put16 (archive, 45);
  put32 (archive, 0);
  put32 (archive, 0);
  put64 (archive, self->n_entries);
  put64 (archive, self->n_entries);
  put64 (archive, self->central->len);
  put64 (archive, offset);

  put32 (archive, 0x07064b50);
  put32 (archive, 0);
  put64 (archive, end_offset);
  put32 (archive, 1);

  put32 (archive, 0x06054b50);
  put16 (archive, 0xffff);
  put16 (archive, 0xffff);
  put16 (archive, 0xffff);
  put16 (archive, 0xffff);
  put32 (archive, 0xffffffff);
  put32 (archive, 0xffffffff);
  put16 (archive, 0);
  zip_maker_free (self);
  return archive;
}
