/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-source.h"

G_BEGIN_DECLS

/* Bytes that come in a stream and are to be read at any offset later: memory up to a total budget
 * of the process, beyond that an unlinked file in the cache folder, which all of them share.
 * Nothing is ever written under a name that came from outside. */
typedef struct _CotSpool CotSpool;

CotSpool *cot_spool_new (void);
void cot_spool_free (CotSpool *self);
void cot_spool_expect (CotSpool *self, guint64 size_bytes);
gboolean cot_spool_append (CotSpool *self, const void *data, gsize length_bytes, GError **error);
guint64 cot_spool_get_size (CotSpool *self);
/* A descriptor of an anonymous file that holds the same bytes, for a process that reads them; -1
 * with @error. */
int cot_spool_copy_to_file (CotSpool *self, GError **error);
/* Ends the writing: (transfer full) on both sides, @self is freed. */
CotSource *cot_spool_finish (CotSpool *self, const char *label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotSpool, cot_spool_free)

G_END_DECLS
