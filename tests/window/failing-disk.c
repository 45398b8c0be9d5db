/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For a test: a disk that breaks, or does not answer yet. Loaded in front of the C library, it lets
 * no file whose name ends in "-torn.log" be read behind its first 256 KiB, and none whose name ends
 * in "-late.log" before there is one with ".go" behind that name, or a minute is over. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FAIL_FROM (256 * 1024)
#define TORN_END "-torn.log"
#define LATE_END "-late.log"
#define STEP_USEC 20000
#define MAX_STEPS (60 * 1000000 / STEP_USEC)

static int
ends_in (const char *path, const char *end)
{
  size_t length = strlen (path);

  return length > strlen (end) && strcmp (path + length - strlen (end), end) == 0;
}

static void
wait_for_go (const char *path)
{
  char go[4200];

  snprintf (go, sizeof go, "%s.go", path);
  for (int i = 0; i < MAX_STEPS && access (go, F_OK) != 0; i++)
    usleep (STEP_USEC);
}

ssize_t
pread (int fd, void *buffer, size_t n_bytes, off_t offset)
{
  char link[64], path[4096];
  ssize_t length;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, sizeof path - 1);
  path[length > 0 ? length : 0] = '\0';
  if (ends_in (path, LATE_END) && offset >= FAIL_FROM)
    wait_for_go (path);
  if (offset >= FAIL_FROM && ends_in (path, TORN_END))
    {
      errno = EIO;
      return -1;
    }
  return syscall (SYS_pread64, fd, buffer, n_bytes, offset);
}
