/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For a test: a disk that breaks. Loaded in front of the C library, it lets no file whose name ends
 * in "-torn.log" be read behind its first 256 KiB. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FAIL_FROM (256 * 1024)
#define NAME_END "-torn.log"

ssize_t
pread (int fd, void *buffer, size_t n_bytes, off_t offset)
{
  char link[64], path[4096];
  ssize_t length;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, sizeof path);
  if (offset >= FAIL_FROM && length > (ssize_t) strlen (NAME_END)
      && memcmp (path + length - strlen (NAME_END), NAME_END, strlen (NAME_END)) == 0)
    {
      errno = EIO;
      return -1;
    }
  return syscall (SYS_pread64, fd, buffer, n_bytes, offset);
}
