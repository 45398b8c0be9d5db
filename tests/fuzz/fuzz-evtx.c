/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reader of event logs inside the worker, without its lock: whatever the file, rows come out
 * whole, their number and size are bounded, and a sanitizer sees what is read beside.
 *
 * The corpus: logs of a few events with invented names, as the unit test writes them. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cot-evtx.h"

#define FIELD_END '\x1f'
#define ROW_END '\x1e'
#define N_FIELDS 8
#define MAX_ROW_BYTES (1024 * 1024)
#define MAX_BYTES (UINT64_C (64) << 20)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
require (gboolean condition)
{
  if (!condition)
    abort ();
}

static void
gather (void *data, const uint8_t *bytes, size_t length_bytes)
{
  require (length_bytes > 0 && length_bytes <= COT_UNPACK_MAX_DATA_BYTES);
  g_byte_array_append (data, bytes, (guint) length_bytes);
}

static void
check_rows (const GByteArray *rows)
{
  const char *at = (const char *) rows->data;
  const char *end = at + rows->len;

  while (at < end)
    {
      const char *stop = memchr (at, ROW_END, (gsize) (end - at));
      guint n_fields = 1;

      require (stop != NULL && stop + 1 < end && stop[1] == '\n');
      require (stop - at < MAX_ROW_BYTES);
      for (const char *p = at; p < stop; p++)
        n_fields += *p == FIELD_END;
      require (n_fields == N_FIELDS);
      require (g_utf8_validate_len (at, (gsize) (stop - at), NULL));
      at = stop + 2;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  int fd = memfd_create ("log", MFD_CLOEXEC);
  CotInput input = { .fd = fd, .size_bytes = size };
  CotUnpackStatus status;

  require (fd >= 0);
  require (size == 0 || write (fd, data, size) == (ssize_t) size);
  status = cot_evtx_convert (&input, MAX_BYTES, gather, rows);
  close (fd);
  require (status == COT_UNPACK_OK || status == COT_UNPACK_NOT_AN_ARCHIVE);
  require (rows->len <= (size / 65536 + 1) * 4 * 1024 * 1024);
  if (rows->len > 0)
    check_rows (rows);
  return 0;
}
