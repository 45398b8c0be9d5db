/* SPDX-License-Identifier: GPL-3.0-or-later */

/* cotrace-unpack: reads one archive, or one event log, for its parent, locked in. Nothing of it is
 * read before the lock is shut; where it cannot be shut, the program ends. */

#include "cot-archive.h"
#include "cot-evtx.h"
#include "cot-output.h"
#include "cot-sandbox.h"
#include "cot-unpack-protocol.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A test build dies of the first call that the list does not know, so that a missing one is seen
 * there and not in the field. */
#ifndef COT_UNPACK_SANDBOX
#define COT_UNPACK_SANDBOX COT_SANDBOX_DEFAULT
#endif

#if defined(__SANITIZE_ADDRESS__)
/* The leak check wants to trace the process, which the lock forbids. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}
#endif

typedef struct
{
  CotInput input;
  CotOutput output;
  CotArchive archive;
  bool is_listed;
  uint8_t *shared; /* NULL: there is none */
  size_t n_shared; /* that stand in it */
} Worker;

/* The parent closes its end when it has no more questions. */
static bool
read_request (void *buffer, size_t length_bytes)
{
  uint8_t *into = buffer;
  size_t n = 0;

  while (n < length_bytes)
    {
      ssize_t got = read (COT_UNPACK_FD_REQUESTS, into + n, length_bytes - n);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        return false;
      n += (size_t) got;
    }
  return true;
}

static void
list (Worker *worker)
{
  CotArchive *archive = &worker->archive;
  uint32_t n_entries;

  worker->is_listed = cot_archive_open (archive, &worker->input);
  cot_archive_set_room (archive, worker->shared);
  n_entries = cot_archive_get_n_entries (archive);
  for (uint32_t i = 0; i < n_entries; i++)
    {
      CotUnpackEntry entry;

      cot_archive_get_entry (archive, i, &entry);
      cot_output_put_entry (&worker->output, &entry);
    }
  cot_output_put_pair (&worker->output, COT_UNPACK_LISTED, cot_archive_get_status (archive),
                       n_entries);
}

static void
put_data (void *data, const uint8_t *bytes, size_t length_bytes)
{
  cot_output_put (data, COT_UNPACK_DATA, bytes, (uint32_t) length_bytes);
}

/* Only where all of the data finds room. */
static void
put_shared (void *data, const uint8_t *bytes, size_t length_bytes)
{
  Worker *worker = data;
  uint8_t *into = worker->shared + worker->n_shared;

  if (length_bytes > COT_UNPACK_MAX_SHARED_BYTES - worker->n_shared)
    _exit (COT_UNPACK_EXIT_PROTOCOL);
  /* It may have been unpacked there. */
  if (bytes != into)
    memcpy (into, bytes, length_bytes);
  worker->n_shared += length_bytes;
}

static void
tell_shared (Worker *worker)
{
  uint8_t payload[4];

  cot_unpack_put_u32 (payload, (uint32_t) worker->n_shared);
  if (worker->n_shared > 0)
    cot_output_put (&worker->output, COT_UNPACK_SHARED, payload, sizeof payload);
  worker->n_shared = 0;
}

static void
read_entry (Worker *worker, uint32_t index)
{
  CotUnpackEntry entry;
  CotUnpackStatus status;

  cot_archive_get_entry (&worker->archive, index, &entry);
  if (worker->shared != NULL && entry.size_bytes <= COT_UNPACK_MAX_SHARED_BYTES)
    status = cot_archive_unpack (&worker->archive, index, put_shared, worker);
  else
    status = cot_archive_unpack (&worker->archive, index, put_data, &worker->output);
  tell_shared (worker);
  cot_output_put_pair (&worker->output, COT_UNPACK_END, status, entry.detail);
}

static void
convert (Worker *worker)
{
  uint64_t max_bytes = cot_unpack_get_max_rows_bytes (worker->input.size_bytes);
  CotUnpackStatus status = cot_evtx_convert (&worker->input, max_bytes, put_data, &worker->output);

  cot_output_put_pair (&worker->output, COT_UNPACK_END, status, 0);
}

/* There is nothing to answer: the next entry that is read tells. */
static bool
take_pass_phrase (Worker *worker, uint8_t *bytes, uint32_t length_bytes)
{
  if (!worker->is_listed)
    return false;
  cot_archive_set_pass_phrase (&worker->archive, bytes, length_bytes);
  explicit_bzero (bytes, length_bytes);
  return true;
}

/* False where the request is none. */
static bool
answer (Worker *worker, const CotUnpackHeader *header, uint8_t *payload)
{
  uint32_t index;

  switch (header->type)
    {
    case COT_UNPACK_LIST:
      if (worker->is_listed)
        return false;
      list (worker);
      return true;
    case COT_UNPACK_READ:
      index = cot_unpack_get_u32 (payload);
      if (!worker->is_listed || index >= cot_archive_get_n_entries (&worker->archive))
        return false;
      read_entry (worker, index);
      return true;
    case COT_UNPACK_CONVERT:
      if (worker->is_listed)
        return false;
      convert (worker);
      return true;
    case COT_UNPACK_PASS_PHRASE:
      return take_pass_phrase (worker, payload, header->length_bytes);
    default:
      return false;
    }
}

static int
serve (Worker *worker)
{
  uint8_t header_bytes[COT_UNPACK_HEADER_BYTES];
  uint8_t payload[COT_UNPACK_MAX_REQUEST_BYTES];
  uint8_t hello[4];

  cot_unpack_put_u32 (hello, COT_UNPACK_MAGIC);
  cot_output_put (&worker->output, COT_UNPACK_HELLO, hello, sizeof hello);
  cot_output_flush (&worker->output);

  while (read_request (header_bytes, sizeof header_bytes))
    {
      CotUnpackHeader header;

      if (!cot_unpack_read_header (header_bytes, &header)
          || header.length_bytes > sizeof payload
          || !read_request (payload, header.length_bytes)
          || !answer (worker, &header, payload))
        return COT_UNPACK_EXIT_PROTOCOL;
      cot_output_flush (&worker->output);
    }
  return EXIT_SUCCESS;
}

/* The descriptor goes, so that the size stays as it is. */
static uint8_t *
map_shared (void)
{
  void *memory = mmap (NULL, COT_UNPACK_MAX_SHARED_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED,
                       COT_UNPACK_FD_SHARED, 0);

  close (COT_UNPACK_FD_SHARED);
  return memory != MAP_FAILED ? memory : NULL;
}

int
main (void)
{
  static Worker worker;
  struct stat status;
  int result;

  if (fstat (COT_UNPACK_FD_ARCHIVE, &status) != 0 || !S_ISREG (status.st_mode)
      || status.st_size < 0)
    return COT_UNPACK_EXIT_PROTOCOL;
  worker.input = (CotInput) {
    .fd = COT_UNPACK_FD_ARCHIVE,
    .size_bytes = (uint64_t) status.st_size,
  };
  worker.output.fd = COT_UNPACK_FD_REPLIES;
  worker.shared = map_shared ();

  /* No folder is kept busy by a worker. */
  if (chdir ("/") != 0 || cot_sandbox_enter (COT_UNPACK_SANDBOX) != NULL)
    return COT_UNPACK_EXIT_NOT_LOCKED;
  result = serve (&worker);
  cot_archive_close (&worker.archive);
  return result;
}
