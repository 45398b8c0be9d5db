/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where spools go that find no room in memory: all into one file, because a process has few
 * descriptors, and making and removing a file costs more than what most logs hold. It has no name,
 * and it is gone with the last spool. */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "cot-source-private.h"
#include "cot-spool-private.h"

static struct
{
  GMutex lock;
  int fd; /* of no meaning without spools */
  guint n_spools;
  guint64 end; /* what is behind it was never taken */
} disk;

/* In the cache folder, because /tmp is often memory again. */
int
cot_spool_open_unlinked (void)
{
  const char *folder = g_get_user_cache_dir ();
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return -1;
  fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
  if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL))
    {
      g_autofree char *name = g_build_filename (folder, "cotrace-XXXXXX", NULL);

      fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
      if (fd >= 0)
        unlink (name);
    }
  return cot_source_keep_reserve (fd);
}

int
cot_spool_disk_join (void)
{
  int number = 0;
  int fd;

  g_mutex_lock (&disk.lock);
  if (disk.n_spools == 0)
    {
      disk.fd = cot_spool_open_unlinked ();
      disk.end = 0;
      number = errno;
    }
  fd = disk.fd;
  if (fd >= 0)
    disk.n_spools++;
  g_mutex_unlock (&disk.lock);
  errno = number;
  return fd;
}

guint64
cot_spool_disk_take (guint64 n_bytes)
{
  guint64 offset;

  g_mutex_lock (&disk.lock);
  offset = disk.end;
  disk.end += n_bytes;
  g_mutex_unlock (&disk.lock);
  return offset;
}

/* Where the file system cannot, the room comes back with the last spool. */
void
cot_spool_disk_give_back (guint64 offset, guint64 n_bytes)
{
  gboolean is_last;

  g_mutex_lock (&disk.lock);
  is_last = disk.n_spools == 1;
  g_mutex_unlock (&disk.lock);
  if (!is_last)
    fallocate (disk.fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t) offset,
               (off_t) n_bytes);
}

void
cot_spool_disk_leave (void)
{
  g_mutex_lock (&disk.lock);
  if (--disk.n_spools == 0)
    close (disk.fd);
  g_mutex_unlock (&disk.lock);
}
