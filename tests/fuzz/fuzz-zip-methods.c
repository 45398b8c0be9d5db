/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The decoders of the worker, without its lock: whatever they are fed, they end, and give no more
 * than was declared. The first byte chooses the method, the second the declared size.
 *
 * The corpus: one small log, packed by each method's own packer. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cot-stream.h"

static const guint16 methods[] = {
  COT_METHOD_STORE, COT_METHOD_DEFLATE, COT_METHOD_DEFLATE64, COT_METHOD_BZIP2,
  COT_METHOD_LZMA, COT_METHOD_ZSTD, COT_METHOD_XZ,
};

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
run (const CotInput *input, guint16 method, guint64 max_bytes, gboolean has_end_mark)
{
  uint64_t n = 0;
  CotStream stream = {
    .input = input,
    .packed_bytes = input->size_bytes,
    .max_bytes = max_bytes,
    .sink = count,
    .sink_data = &n,
    .has_end_mark = has_end_mark,
  };
  CotUnpackStatus status = cot_stream_run (&stream, method);

  require (status < COT_UNPACK_N_STATUSES);
  require (n == stream.n_produced && n <= max_bytes);
  require (stream.n_consumed <= input->size_bytes);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  int fd;
  CotInput input;

  if (size < 2)
    return 0;
  fd = memfd_create ("packed", MFD_CLOEXEC);
  input = (CotInput) { .fd = fd, .size_bytes = size - 2 };
  require (fd >= 0);
  require (size == 2 || write (fd, data + 2, size - 2) == (ssize_t) (size - 2));
  run (&input, methods[data[0] % G_N_ELEMENTS (methods)], (guint64) data[1] << 11,
       (data[0] & 0x80) != 0);
  close (fd);
  return 0;
}
