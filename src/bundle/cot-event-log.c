/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-event-log.h"

#include <string.h>
#include <unistd.h>

#include "cot-bundle.h"
#include "cot-unpacker.h"

#define MAGIC "ElfFile"
#define MAGIC_BYTES 8

/**
 * cot_event_log_is_one:
 * @head: (array length=length_bytes): the first bytes of a file
 * @length_bytes: how many
 *
 * Returns: whether they are those of a Windows event log
 */
gboolean
cot_event_log_is_one (const void *head, gsize length_bytes)
{
  return length_bytes >= MAGIC_BYTES && memcmp (head, MAGIC, MAGIC_BYTES) == 0;
}

/* Rows that came before a limit end with one that says so. */
static gboolean
check_status (CotUnpackStatus status, GError **error)
{
  if (status == COT_UNPACK_OK || status == COT_UNPACK_MEMBER_LIMIT)
    return TRUE;
  if (status == COT_UNPACK_NO_MEMORY)
    g_set_error_literal (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_LIMIT,
                         "there is not enough memory for it");
  else
    g_set_error_literal (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CORRUPT,
                         "is no event log that can be read");
  return FALSE;
}

/**
 * cot_event_log_convert:
 * @from: an event log
 * @into: gets its rows, as cot_rows_append() writes them
 * @cancellable: (nullable): ends the worker
 * @error: return location: %COT_BUNDLE_ERROR, %COT_SOURCE_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * What is damaged in the log is no error: rows tell of it.
 *
 * Returns: whether all of it was read
 */
gboolean
cot_event_log_convert (CotSource *from, CotSpool *into, GCancellable *cancellable, GError **error)
{
  CotUnpackStatus status = COT_UNPACK_OK;
  guint64 size_bytes = 0;
  CotUnpacker *unpacker;
  gboolean done;
  int fd;

  if (!cot_source_get_size (from, &size_bytes, error))
    return FALSE;
  fd = cot_source_dup_fd (from, cancellable, error);
  if (fd < 0)
    return FALSE;

  unpacker = cot_unpacker_new (fd, cancellable, error);
  done = unpacker != NULL
         && cot_unpacker_convert (unpacker, size_bytes, into, &status, cancellable, error)
         && check_status (status, error);
  g_clear_pointer (&unpacker, cot_unpacker_free);
  close (fd);
  return done;
}
