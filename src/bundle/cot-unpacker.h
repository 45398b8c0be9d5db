/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cot-bundle.h"
#include "cot-spool.h"
#include "cot-unpack-protocol.h"

G_BEGIN_DECLS

/* The parent's side of one cotrace-unpack process. One thread at a time; every call blocks, until
 * the answer is complete, it is cancelled, or the worker has said nothing for too long. After any
 * error the process is gone and every further call fails. */
typedef struct _CotUnpacker CotUnpacker;

typedef gboolean (*CotUnpackerEntryFunc) (const CotUnpackEntry *entry, gpointer data,
                                          GError **error);

/* @archive_fd stays the caller's. */
CotUnpacker *cot_unpacker_new (int archive_fd, GCancellable *cancellable, GError **error);
void cot_unpacker_free (CotUnpacker *self);
gboolean cot_unpacker_list (CotUnpacker *self, CotUnpackerEntryFunc function, gpointer data,
                            CotUnpackStatus *status, GCancellable *cancellable, GError **error);
/* At most COT_UNPACK_MAX_PASS_PHRASE_BYTES, at least one; @number: the caller's, not 0. */
gboolean cot_unpacker_set_pass_phrase (CotUnpacker *self, const char *pass_phrase, guint number,
                                       GError **error);
guint cot_unpacker_get_pass_phrase_number (CotUnpacker *self);
/* It has given so much that another should take its place. */
gboolean cot_unpacker_is_worn (CotUnpacker *self);
/* @size_bytes: as the entry was listed. */
gboolean cot_unpacker_read (CotUnpacker *self, guint index, guint64 size_bytes, CotSpool *into,
                            CotUnpackStatus *status, GCancellable *cancellable, GError **error);

/* Of an event log instead: its rows. */
gboolean cot_unpacker_convert (CotUnpacker *self, guint64 size_bytes, CotSpool *into,
                               CotUnpackStatus *status, GCancellable *cancellable, GError **error);

/* How long it may say nothing; for tests. 0: the usual 120 seconds. */
void cot_unpacker_set_patience (guint patience_msec);
/* How much it may give; for tests. 0: the usual 512 MiB. */
void cot_unpacker_set_endurance (guint64 n_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotUnpacker, cot_unpacker_free)

G_END_DECLS
