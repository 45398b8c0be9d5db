/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes zip archives for the tests, honest ones and liars. */
typedef struct _ZipMaker ZipMaker;

#define ZIP_TRUE_SIZE G_MAXUINT64

typedef struct
{
  const char *name;
  gssize name_bytes; /* 0: the name ends at its NUL */
  const void *data;
  gsize size_bytes;
  guint16 method; /* 8 deflates; anything else stores the data as it is */
  guint16 flags; /* added to those that are needed */
  gboolean with_zip64; /* sizes in the extra field, although they are small */
  gboolean with_descriptor; /* sizes behind the data */
  guint32 checksum_fault; /* added to the true one */
  guint16 made_by;
  guint32 attributes;
  const void *extra;
  guint16 extra_bytes;
  gboolean with_local_extra; /* the same in front of the data */
  guint64 lie_size; /* 0: the truth */
  guint64 lie_packed;
  gint64 lie_offset; /* added to the true one in the directory */
  const void *packed; /* nullable: what stands in the archive, whatever the method is */
  gsize packed_bytes;
} ZipEntry;

ZipMaker *zip_maker_new (void);
void zip_maker_free (ZipMaker *self);
/* Where the next entry will begin. */
gsize zip_maker_get_offset (ZipMaker *self);
void zip_maker_add (ZipMaker *self, const ZipEntry *entry);
void zip_maker_add_text (ZipMaker *self, const char *name, const char *text);
/* Anything between the entries. */
void zip_maker_add_bytes (ZipMaker *self, const void *bytes, gsize n_bytes);
/* Only in the directory: the data of the entry that begins at @offset. */
void zip_maker_add_alias (ZipMaker *self, const ZipEntry *entry, gsize offset, gsize packed_bytes);

/* The whole archive; @comment may be NULL. Frees @self. */
GByteArray *zip_maker_finish (ZipMaker *self, const char *comment);
/* The same with a 64-bit end record, and nothing true in the old one. */
GByteArray *zip_maker_finish_zip64 (ZipMaker *self);

/* Raw deflate data. */
GByteArray *zip_maker_deflate (const void *data, gsize size_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZipMaker, zip_maker_free)

G_END_DECLS
