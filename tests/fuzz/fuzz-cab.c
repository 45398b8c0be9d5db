/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reader of cabinets inside the worker, and the few bytes that the parent reads of one: nothing
 * makes them read outside their buffers, or give more than an entry declares.
 *
 * The corpus: small cabinets of the tests' maker, stored and in MSZIP, in two folders, a set of
 * two, cut, with a block whose checksum is wrong, and with the marks of LZX and Quantum. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cot-cab.h"
#include "cot-cabinet.h"

/* Whoever is handed bytes touches the last one, for the sanitizer. */
static volatile guint8 last_byte;

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
require (gboolean condition)
{
  if (!condition)
    abort ();
}

static void
count (void *data, const uint8_t *bytes, size_t length_bytes)
{
  uint64_t *n = data;

  require (length_bytes > 0 && length_bytes <= COT_UNPACK_MAX_DATA_BYTES);
  last_byte = bytes[length_bytes - 1];
  *n += length_bytes;
}

/* Twice, because the second time finds the reader as the first left it. */
static void
unpack_all (CotCab *cab)
{
  for (uint32_t i = 0; i < 2 * cot_cab_get_n_entries (cab); i++)
    {
      CotUnpackEntry entry;
      uint64_t n = 0;
      uint32_t index = i / 2;
      CotUnpackStatus status = cot_cab_unpack (cab, index, count, &n);

      cot_cab_get_entry (cab, index, &entry);
      require (n <= entry.size_bytes);
      require (status != COT_UNPACK_OK || n == entry.size_bytes);
      require (status < COT_UNPACK_N_STATUSES);
      require (entry.label_bytes == 0
               || g_utf8_validate_len (entry.label, entry.label_bytes, NULL));
    }
}

static void
read_links (int fd)
{
  g_auto (CotCabinetLinks) links = { 0 };

  if (!cot_cabinet_read_links (fd, &links))
    {
      require (links.previous == NULL && links.next == NULL);
      return;
    }
  require (links.previous == NULL || g_utf8_validate (links.previous, -1, NULL));
  require (links.next == NULL || g_utf8_validate (links.next, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  int fd = memfd_create ("archive", MFD_CLOEXEC);
  CotInput input = { .fd = fd, .size_bytes = size };
  CotCab *cab;

  require (fd >= 0);
  require (size == 0 || write (fd, data, size) == (ssize_t) size);
  read_links (fd);
  cab = cot_cab_open (&input);
  require (cab != NULL);
  unpack_all (cab);
  cot_cab_close (cab);
  close (fd);
  return 0;
}
