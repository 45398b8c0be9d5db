/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes event logs as Windows does, and as it never would. Chunks are in memory until they are
 * complete; every offset is that of the chunk, so tests can write what they like into one. */

#define EVTX_CHUNK_BYTES 65536u
#define EVTX_FILE_HEADER_BYTES 4096u

typedef struct
{
  const char *name; /* (nullable): Data without a name */
  guint8 type;
  const void *data;
  guint n_bytes;
} EvtxDatum;

typedef struct
{
  const char *provider;
  const char *channel;
  const char *computer;
  guint16 id;
  guint8 level;
  guint64 keywords;
  guint64 filetime;
  guint32 process_id;
  guint32 thread_id;
  const EvtxDatum *data;
  guint n_data;
} EvtxEvent;

typedef struct
{
  GByteArray *file; /* the header and complete chunks */
  guint8 chunk[EVTX_CHUNK_BYTES];
  guint at; /* in the chunk */
  guint record; /* where it begins; 0: none is open */
  guint last_record;
  guint64 number; /* of the next record */
  guint64 first_number; /* of the chunk */
  GHashTable *names; /* to offsets */
  GArray *sizes; /* where those of the open elements are to be written */
  guint attributes_at; /* the same of the attributes; 0: there are none, or their end was written */
  guint template_at; /* of the outer template; 0: not written yet */
  guint n_chunks;
} EvtxMaker;

EvtxMaker *evtx_maker_new (void);
void evtx_maker_free (EvtxMaker *self);
/* A whole record, in a template, with its data in a template inside of a value. FALSE where the
 * chunk is full. */
gboolean evtx_maker_add (EvtxMaker *self, const EvtxEvent *event);
/* Ends the chunk, with its sums, and begins another. */
void evtx_maker_end_chunk (EvtxMaker *self);
/* (transfer full): the whole file. */
GByteArray *evtx_maker_finish (EvtxMaker *self);

/* For records of the tests' own. */
void evtx_maker_begin_record (EvtxMaker *self, guint64 filetime);
void evtx_maker_end_record (EvtxMaker *self);
void evtx_maker_put (EvtxMaker *self, guint64 number, guint n_bytes);
void evtx_maker_put_bytes (EvtxMaker *self, const void *bytes, guint n_bytes);
void evtx_maker_put_utf16 (EvtxMaker *self, const char *text);
void evtx_maker_put_name (EvtxMaker *self, const char *name);
/* Elements; with the two bytes that they have inside of templates. */
void evtx_maker_open (EvtxMaker *self, const char *name, gboolean with_attributes,
                      gboolean in_template);
void evtx_maker_begin_content (EvtxMaker *self);
void evtx_maker_close (EvtxMaker *self, gboolean is_empty);
void evtx_maker_attribute (EvtxMaker *self, const char *name, const char *value);
void evtx_maker_text (EvtxMaker *self, const char *text);
void evtx_maker_gap (EvtxMaker *self, guint16 number, guint8 type);
void evtx_maker_fragment (EvtxMaker *self);
/* Sums of a file whose bytes were changed. */
void evtx_fix_sums (GByteArray *file, guint chunk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EvtxMaker, evtx_maker_free)

G_END_DECLS
