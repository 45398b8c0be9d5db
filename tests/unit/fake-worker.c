/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A worker in somebody else's hands: the "archive" is a script of what it does. One letter a step:
 *   s   says the bytes that follow (32 bits of length, then the bytes)
 *   p   puts the bytes that follow (as above) into the shared memory
 *   m   says itself: the whole script as the data of an entry
 *   w   waits for a question
 *   e   ends; k dies of a signal; h says no more but stays; 7 could not lock itself in */

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "cot-unpack-protocol.h"

static bool
say (const uint8_t *bytes, size_t n_bytes)
{
  while (n_bytes > 0)
    {
      ssize_t n = write (COT_UNPACK_FD_REPLIES, bytes, n_bytes);

      if (n <= 0)
        return false;
      bytes += n;
      n_bytes -= (size_t) n;
    }
  return true;
}

/* As who keeps the memory mapped: any time, and with any bytes. */
static bool
put (const uint8_t *bytes, size_t n_bytes)
{
  return pwrite (COT_UNPACK_FD_SHARED, bytes, n_bytes, 0) == (ssize_t) n_bytes;
}

static bool
wait_for_question (void)
{
  uint8_t header[COT_UNPACK_HEADER_BYTES];
  uint8_t payload[4];

  if (read (COT_UNPACK_FD_REQUESTS, header, sizeof header) != sizeof header)
    return false;
  return cot_unpack_get_u32 (header + 4) == 0
         || read (COT_UNPACK_FD_REQUESTS, payload, sizeof payload) == sizeof payload;
}

static bool
say_script (const uint8_t *start, const uint8_t *end)
{
  uint8_t header[COT_UNPACK_HEADER_BYTES];

  cot_unpack_write_header (header, COT_UNPACK_DATA, (uint32_t) (end - start));
  return say (header, sizeof header) && say (start, (size_t) (end - start));
}

/* False: there is nothing more to do. */
static bool
step (const uint8_t *start, const uint8_t **at, const uint8_t *end)
{
  char what = (char) *(*at)++;
  uint32_t n;

  switch (what)
    {
    case 's':
    case 'p':
      if (end - *at < 4)
        return false;
      n = cot_unpack_get_u32 (*at);
      *at += 4;
      if (n > (size_t) (end - *at) || !(what == 's' ? say (*at, n) : put (*at, n)))
        return false;
      *at += n;
      return true;
    case 'm':
      return say_script (start, end);
    case 'w':
      return wait_for_question ();
    case 'h':
      /* Until it is killed. */
      for (;;)
        pause ();
    case 'k':
      signal (SIGSEGV, SIG_DFL);
      raise (SIGSEGV);
      return false;
    case '7':
      _exit (COT_UNPACK_EXIT_NOT_LOCKED);
    default:
      return false;
    }
}

int
main (void)
{
  static uint8_t script[1024 * 1024];
  ssize_t n = pread (COT_UNPACK_FD_ARCHIVE, script, sizeof script, 0);
  const uint8_t *at = script;

  while (n > 0 && at < script + n && step (script, &at, script + n))
    continue;
  return EXIT_SUCCESS;
}
