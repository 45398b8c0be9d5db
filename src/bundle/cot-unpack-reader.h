/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"
#include "cot-unpack-protocol.h"

G_BEGIN_DECLS

/* The parent's ear: takes the worker's bytes as they come and hands on what is said, once it has
 * been checked. The worker may be in the hands of an archive, so nothing is believed: frames,
 * order, counts, sizes, and text are looked at, and the first lie ends it. Knows no process. */
typedef struct _CotUnpackReader CotUnpackReader;

typedef enum
{
  COT_UNPACK_READER_EXPECTS_HELLO,
  COT_UNPACK_READER_IDLE, /* the answer is complete; nothing may come */
  COT_UNPACK_READER_EXPECTS_LIST,
  COT_UNPACK_READER_EXPECTS_DATA,
  COT_UNPACK_READER_EXPECTS_ROWS, /* data whose size nobody knows before */
  COT_UNPACK_READER_FAILED,
} CotUnpackReaderState;

/* What the entry points at is valid during the call only. FALSE with an error stops. */
typedef struct
{
  gboolean (*entry) (const CotUnpackEntry *entry, gpointer data, GError **error);
  gboolean (*bytes) (const void *bytes, gsize length_bytes, gpointer data, GError **error);
  /* So many stand in the shared memory; at most COT_UNPACK_MAX_SHARED_BYTES. */
  gboolean (*shared) (gsize length_bytes, gpointer data, GError **error);
} CotUnpackReaderFunctions;

CotUnpackReader *cot_unpack_reader_new (const CotUnpackReaderFunctions *functions, gpointer data);
void cot_unpack_reader_free (CotUnpackReader *self);
CotUnpackReaderState cot_unpack_reader_get_state (CotUnpackReader *self);

/* What was asked for; only while it is idle. */
void cot_unpack_reader_expect_list (CotUnpackReader *self);
void cot_unpack_reader_expect_data (CotUnpackReader *self, guint64 max_bytes);
void cot_unpack_reader_expect_rows (CotUnpackReader *self, guint64 max_bytes);

gboolean cot_unpack_reader_push (CotUnpackReader *self, const void *bytes, gsize length_bytes,
                                 GError **error);
/* How the last answer ended. */
CotUnpackStatus cot_unpack_reader_get_status (CotUnpackReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotUnpackReader, cot_unpack_reader_free)

G_END_DECLS
