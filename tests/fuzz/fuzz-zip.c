/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The zip reader inside the worker, without its lock: no archive makes it read outside its buffers,
 * give more than an entry declares, or give bytes of one place twice.
 *
 * The corpus: small archives of Info-ZIP, 7-Zip and Python's zipfile, stored and packed by all
 * methods, streamed, with zip64 fields, cut, encrypted. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cot-zip.h"

#define PASS_PHRASE "contoso" /* of the encrypted archives in the corpus */

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

static void
unpack_all (CotZip *zip)
{
  for (uint32_t i = 0; i < zip->n_entries; i++)
    {
      const CotZipEntry *entry = &zip->entries[i];
      const char *label = zip->labels + entry->label_offset;
      uint64_t n = 0;
      CotUnpackStatus status = cot_zip_unpack (zip, i, count, &n);

      require (n <= entry->size_bytes);
      require (status != COT_UNPACK_OK || n == entry->size_bytes);
      require (status < COT_UNPACK_N_STATUSES);
      require (entry->label_bytes == 0 || g_utf8_validate_len (label, entry->label_bytes, NULL));
    }
  require (zip->unpacked_bytes <= COT_UNPACK_MAX_TOTAL_BYTES);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  int fd = memfd_create ("archive", MFD_CLOEXEC);
  CotInput input = { .fd = fd, .size_bytes = size };
  CotZip zip;

  require (fd >= 0);
  require (size == 0 || write (fd, data, size) == (ssize_t) size);
  if (cot_zip_open (&zip, &input))
    {
      unpack_all (&zip);
      cot_zip_set_pass_phrase (&zip, (const uint8_t *) PASS_PHRASE, strlen (PASS_PHRASE));
      unpack_all (&zip);
    }
  cot_zip_close (&zip);
  close (fd);
  return 0;
}
