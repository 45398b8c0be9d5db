/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-source.h"

G_BEGIN_DECLS

/* What stands behind a source that is neither a file nor memory. Called from any thread. */
typedef struct
{
  gboolean (*read) (gpointer data, guint64 offset, void *buffer, gsize length_bytes, gsize *n_read,
                    GError **error);
  guint64 (*get_size) (gpointer data);
  GDestroyNotify free;
} CotSourceBackend;

CotSource *cot_source_new_from_backend (const CotSourceBackend *backend, gpointer data,
                                        const char *label);
/* pread until the buffer is full or the file ends. */
gboolean cot_source_read_fd (int fd, guint64 offset, void *buffer, gsize length_bytes,
                             gsize *n_read, GError **error);
void cot_source_set_error_from_errno (GError **error, int number);
/* @fd, or -1 with errno set where it is one of the last that the process may have. */
int cot_source_keep_reserve (int fd);

G_END_DECLS
