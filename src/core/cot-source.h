/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define COT_SOURCE_ERROR (cot_source_error_quark ())

typedef enum
{
  COT_SOURCE_ERROR_FAILED,
  COT_SOURCE_ERROR_NOT_FOUND,
  COT_SOURCE_ERROR_PERMISSION,
  COT_SOURCE_ERROR_IS_FOLDER,
  COT_SOURCE_ERROR_NOT_REGULAR, /* FIFO, socket, device, or a file of /proc and /sys */
  COT_SOURCE_ERROR_TRUNCATED,
  COT_SOURCE_ERROR_REPLACED,
  COT_SOURCE_ERROR_ENCODING,
  COT_SOURCE_ERROR_TOO_LARGE,
  COT_SOURCE_ERROR_UNREACHABLE, /* the server or the medium went away */
  COT_SOURCE_ERROR_TOO_MANY, /* files are open already */
  COT_SOURCE_ERROR_LINK, /* links that lead to no file, but in a circle */
} CotSourceError;

GQuark cot_source_error_quark (void);

/* Bytes that can be read at any offset: a file by pread, memory, or an unlinked spool.
 * Reference counted; reading is safe from any thread. Never mmap: a log that is truncated
 * while it is open must be a short read, not a dead process. */
typedef struct _CotSource CotSource;

/* What tells whether a file is still the one that was read. */
typedef struct
{
  guint64 device;
  guint64 inode;
  guint64 size_bytes;
  gint64 modified_nsec;
  gboolean remote; /* on a network or FUSE file system: poll slower */
} CotSourceStamp;

CotSource *cot_source_open (const char *path, GError **error);
CotSource *cot_source_new_from_fd (int fd, const char *label);
CotSource *cot_source_new_from_bytes (GBytes *bytes, const char *label);
CotSource *cot_source_ref (CotSource *self);
void cot_source_unref (CotSource *self);
const char *cot_source_get_label (CotSource *self);
gboolean cot_source_get_stamp (CotSource *self, CotSourceStamp *stamp, GError **error);
gboolean cot_source_get_size (CotSource *self, guint64 *size_bytes, GError **error);
gboolean cot_source_read (CotSource *self, guint64 offset, void *buffer, gsize length_bytes,
                          gsize *n_read, GError **error);
/* A descriptor of its bytes, for another process to read: close it. -1 with @error. */
int cot_source_dup_fd (CotSource *self, GCancellable *cancellable, GError **error);
/* The stamp of whatever stands at that path now, without opening it. */
gboolean cot_source_stamp_path (const char *path, CotSourceStamp *stamp, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotSource, cot_source_unref)

G_END_DECLS
