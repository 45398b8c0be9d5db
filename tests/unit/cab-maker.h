/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes cabinets for the tests, stored or in MSZIP, honest ones and liars. */
typedef struct _CabMaker CabMaker;

#define CAB_STORED 0
#define CAB_MSZIP 1
#define CAB_UTF8_NAME 0x80

typedef struct
{
  const char *name;
  const void *data;
  gsize size_bytes;
  guint16 attributes;
  guint16 date; /* as DOS writes it */
  guint16 time;
  guint32 lie_size; /* 0: the truth */
  gint32 lie_offset; /* added to the true one */
} CabEntry;

/* With one folder of that method. */
CabMaker *cab_maker_new (guint16 method);
void cab_maker_free (CabMaker *self);
/* What is added from now on goes into another folder. */
void cab_maker_begin_folder (CabMaker *self, guint16 method);
void cab_maker_add (CabMaker *self, const CabEntry *entry);
void cab_maker_add_text (CabMaker *self, const char *name, const char *text);
/* The checksum of that block of the last folder is wrong, or the block makes no sense. */
void cab_maker_spoil_checksum (CabMaker *self, guint block);
void cab_maker_spoil_data (CabMaker *self, guint block);

/* The whole cabinet. Frees @self. */
GByteArray *cab_maker_finish (CabMaker *self);
/* The first folder is cut in the middle of its block @split, and the file there is its last; the
 * others are in the second part. The parts know each other by these names. Frees @self. */
void cab_maker_finish_set (CabMaker *self, guint split, const char *first_name,
                           const char *second_name, GByteArray **first, GByteArray **second);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CabMaker, cab_maker_free)

G_END_DECLS
