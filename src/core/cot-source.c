/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "cot-source-private.h"

#define RESERVED_DESCRIPTORS 64
#define COPY_BLOCK_BYTES (256 * 1024)

struct _CotSource
{
  gatomicrefcount n_refs;
  char *label;
  int fd; /* -1 where there is none */
  gboolean remote;
  GBytes *bytes; /* nullable */
  const CotSourceBackend *backend; /* nullable */
  gpointer backend_data;
};

G_DEFINE_QUARK (cot-source-error-quark, cot_source_error)

/* Numbers of statfs(2) and linux/magic.h; not all C libraries' headers have all of them. */
static const guint32 kernel_file_systems[] = {
  0x00009fa0, /* proc */
  0x62656572, /* sysfs */
  0x64626720, /* debugfs */
  0x74726163, /* tracefs */
  0x0027e0eb, /* cgroup */
  0x63677270, /* cgroup2 */
};
static const guint32 remote_file_systems[] = {
  0xff534d42, /* CIFS */
  0xfe534d42, /* SMB2 */
  0x00006969, /* NFS */
  0x65735546, /* FUSE */
};

static gboolean
contains (const guint32 *numbers, gsize n_numbers, guint32 number)
{
  for (gsize i = 0; i < n_numbers; i++)
    if (numbers[i] == number)
      return TRUE;
  return FALSE;
}

static CotSourceError
code_from_errno (int number)
{
  switch (number)
    {
    case ENOENT:
    case ENOTDIR:
      return COT_SOURCE_ERROR_NOT_FOUND;
    case EACCES:
    case EPERM:
      return COT_SOURCE_ERROR_PERMISSION;
    case EISDIR:
      return COT_SOURCE_ERROR_IS_FOLDER;
    case ENXIO: /* open() of a socket */
    case ENODEV:
    case ESPIPE:
      return COT_SOURCE_ERROR_NOT_REGULAR;
    case EFBIG:
    case EOVERFLOW:
      return COT_SOURCE_ERROR_TOO_LARGE;
    case ESTALE:
    case EIO:
    case ENOTCONN:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ETIMEDOUT:
      return COT_SOURCE_ERROR_UNREACHABLE;
    case EMFILE:
    case ENFILE:
      return COT_SOURCE_ERROR_TOO_MANY;
    case ELOOP:
      return COT_SOURCE_ERROR_LINK;
    default:
      return COT_SOURCE_ERROR_FAILED;
    }
}

void
cot_source_set_error_from_errno (GError **error, int number)
{
  g_set_error_literal (error, COT_SOURCE_ERROR, (gint) code_from_errno (number),
                       g_strerror (number));
}

/* GLib ends the program where it cannot make a pipe: some descriptors are left for it. */
int
cot_source_keep_reserve (int fd)
{
  struct rlimit limit;

  if (fd < 0 || getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY
      || (rlim_t) fd < limit.rlim_cur - MIN (limit.rlim_cur / 4, RESERVED_DESCRIPTORS))
    return fd;
  close (fd);
  errno = EMFILE;
  return -1;
}

static CotSource *
source_new (const char *label)
{
  CotSource *self = g_new0 (CotSource, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->label = g_strdup (label != NULL ? label : "");
  self->fd = -1;
  return self;
}

static gboolean
is_remote (const struct statfs *file_system)
{
  return contains (remote_file_systems, G_N_ELEMENTS (remote_file_systems),
                   (guint32) file_system->f_type);
}

/* A file of /proc has no size and changes with every read; a FIFO would wait for its writer. */
static gboolean
check_regular (int fd, gboolean *remote, GError **error)
{
  struct stat status;
  struct statfs file_system;

  if (fstat (fd, &status) != 0)
    {
      cot_source_set_error_from_errno (error, errno);
      return FALSE;
    }
  if (S_ISDIR (status.st_mode))
    {
      g_set_error_literal (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_IS_FOLDER, "is a folder");
      return FALSE;
    }
  *remote = FALSE;
  if (fstatfs (fd, &file_system) == 0)
    *remote = is_remote (&file_system);
  else
    memset (&file_system, 0, sizeof file_system);
  if (!S_ISREG (status.st_mode)
      || contains (kernel_file_systems, G_N_ELEMENTS (kernel_file_systems),
                   (guint32) file_system.f_type))
    {
      g_set_error_literal (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_NOT_REGULAR,
                           "is not a regular file");
      return FALSE;
    }
  return TRUE;
}

static void
stamp_from_stat (const struct stat *status, gboolean remote, CotSourceStamp *stamp)
{
  stamp->device = (guint64) status->st_dev;
  stamp->inode = (guint64) status->st_ino;
  stamp->size_bytes = status->st_size > 0 ? (guint64) status->st_size : 0;
  stamp->modified_nsec = (gint64) status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec;
  stamp->remote = remote;
}

/**
 * cot_source_open:
 * @path: (type filename): a file
 * @error: return location, %COT_SOURCE_ERROR
 *
 * Opens a regular file for reading. It never waits for the other end of a
 * FIFO, and never becomes the terminal of the process. Any thread.
 *
 * Returns: (transfer full) (nullable): the source; its label is @path
 */
CotSource *
cot_source_open (const char *path, GError **error)
{
  int fd;
  gboolean remote = FALSE;
  CotSource *self;

  do
    fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  while (fd < 0 && errno == EINTR);
  fd = cot_source_keep_reserve (fd);
  if (fd < 0)
    {
      cot_source_set_error_from_errno (error, errno);
      return NULL;
    }
  if (!check_regular (fd, &remote, error))
    {
      close (fd);
      return NULL;
    }
  self = source_new (path);
  self->fd = fd;
  self->remote = remote;
  return self;
}

/**
 * cot_source_new_from_fd:
 * @fd: (transfer full): a descriptor that pread() takes; closed with the source
 * @label: what to call it
 *
 * Returns: (transfer full): the source
 */
CotSource *
cot_source_new_from_fd (int fd, const char *label)
{
  CotSource *self = source_new (label);
  struct statfs file_system;

  self->fd = fd;
  self->remote = fstatfs (fd, &file_system) == 0 && is_remote (&file_system);
  return self;
}

/**
 * cot_source_new_from_bytes:
 * @bytes: (transfer none): the content
 * @label: what to call it
 *
 * Returns: (transfer full): the source
 */
CotSource *
cot_source_new_from_bytes (GBytes *bytes, const char *label)
{
  CotSource *self = source_new (label);

  self->bytes = g_bytes_ref (bytes);
  return self;
}

CotSource *
cot_source_new_from_backend (const CotSourceBackend *backend, gpointer data, const char *label)
{
  CotSource *self = source_new (label);

  self->backend = backend;
  self->backend_data = data;
  return self;
}

/**
 * cot_source_ref:
 * @self: a source
 *
 * Returns: (transfer full): @self; any thread
 */
CotSource *
cot_source_ref (CotSource *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

/**
 * cot_source_unref:
 * @self: (transfer full): a source
 *
 * Any thread. The last reference closes the file.
 */
void
cot_source_unref (CotSource *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (self->backend != NULL)
    self->backend->free (self->backend_data);
  g_free (self->label);
  g_free (self);
}

/**
 * cot_source_get_label:
 * @self: a source
 *
 * Returns: (transfer none): the path or the name that it was made with; never %NULL
 */
const char *
cot_source_get_label (CotSource *self)
{
  return self->label;
}

/**
 * cot_source_get_stamp:
 * @self: a source
 * @stamp: (out caller-allocates): what the opened file is now; memory has no device and no time
 * @error: return location, %COT_SOURCE_ERROR
 *
 * Returns: whether it is known
 */
gboolean
cot_source_get_stamp (CotSource *self, CotSourceStamp *stamp, GError **error)
{
  struct stat status;

  memset (stamp, 0, sizeof *stamp);
  if (self->bytes != NULL)
    {
      stamp->size_bytes = g_bytes_get_size (self->bytes);
      return TRUE;
    }
  if (self->backend != NULL)
    {
      stamp->size_bytes = self->backend->get_size (self->backend_data);
      return TRUE;
    }
  if (fstat (self->fd, &status) != 0)
    {
      cot_source_set_error_from_errno (error, errno);
      return FALSE;
    }
  stamp_from_stat (&status, self->remote, stamp);
  return TRUE;
}

/**
 * cot_source_get_size:
 * @self: a source
 * @size_bytes: (out): the size at this moment
 * @error: return location, %COT_SOURCE_ERROR
 *
 * Returns: whether it is known
 */
gboolean
cot_source_get_size (CotSource *self, guint64 *size_bytes, GError **error)
{
  CotSourceStamp stamp;

  if (!cot_source_get_stamp (self, &stamp, error))
    return FALSE;
  *size_bytes = stamp.size_bytes;
  return TRUE;
}

gboolean
cot_source_read_fd (int fd, guint64 offset, void *buffer, gsize length_bytes, gsize *n_read,
                    GError **error)
{
  gsize n = 0;

  *n_read = 0;
  while (n < length_bytes)
    {
      gsize wanted = MIN (length_bytes - n, (gsize) G_MAXINT32);
      gssize got;

      /* No file reaches beyond what off_t counts: reading there reads nothing. */
      if (offset >= (guint64) G_MAXINT64 - n)
        break;
      wanted = (gsize) MIN ((guint64) wanted, (guint64) G_MAXINT64 - n - offset);
      got = pread (fd, (char *) buffer + n, wanted, (off_t) (offset + n));
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          cot_source_set_error_from_errno (error, errno);
          return FALSE;
        }
      if (got == 0)
        break;
      n += (gsize) got;
    }
  *n_read = n;
  return TRUE;
}

/**
 * cot_source_read:
 * @self: a source
 * @offset: where to begin, in bytes
 * @buffer: (out caller-allocates): at least @length_bytes
 * @length_bytes: how much to read
 * @n_read: (out): how much there was: less than asked for only at the end
 * @error: return location, %COT_SOURCE_ERROR
 *
 * Reads from any thread. A file that became shorter is a short read, not an error.
 *
 * Returns: FALSE where the reading failed
 */
gboolean
cot_source_read (CotSource *self, guint64 offset, void *buffer, gsize length_bytes, gsize *n_read,
                 GError **error)
{
  if (self->bytes != NULL)
    {
      gsize size;
      const char *data = g_bytes_get_data (self->bytes, &size);

      *n_read = offset < size ? MIN (length_bytes, size - (gsize) offset) : 0;
      if (*n_read > 0)
        memcpy (buffer, data + offset, *n_read);
      return TRUE;
    }
  if (self->backend != NULL)
    return self->backend->read (self->backend_data, offset, buffer, length_bytes, n_read, error);
  return cot_source_read_fd (self->fd, offset, buffer, length_bytes, n_read, error);
}

/* What stands in no file is copied into one that has no name. */
static gboolean
copy_into_fd (CotSource *self, int fd, GCancellable *cancellable, GError **error)
{
  g_autofree char *block = g_malloc (COPY_BLOCK_BYTES);
  guint64 offset = 0;
  gsize n_read = 0;

  do
    {
      gsize n_written = 0;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !cot_source_read (self, offset, block, COPY_BLOCK_BYTES, &n_read, error))
        return FALSE;
      while (n_written < n_read)
        {
          gssize n = write (fd, block + n_written, n_read - n_written);

          if (n < 0 && errno == EINTR)
            continue;
          if (n <= 0)
            {
              cot_source_set_error_from_errno (error, n < 0 ? errno : ENOSPC);
              return FALSE;
            }
          n_written += (gsize) n;
        }
      offset += n_read;
    }
  while (n_read > 0);
  return TRUE;
}

/**
 * cot_source_dup_fd:
 * @self: a source
 * @cancellable: (nullable): asked between blocks where they have to be copied
 * @error: return location, %COT_SOURCE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * A file's descriptor is shared, so its position means nothing: use pread(). Any thread.
 *
 * Returns: a descriptor that reads what the source reads, to be closed; -1 with @error set
 */
int
cot_source_dup_fd (CotSource *self, GCancellable *cancellable, GError **error)
{
  int fd;

  if (self->fd >= 0)
    fd = fcntl (self->fd, F_DUPFD_CLOEXEC, 0);
  else
    fd = memfd_create ("cotrace", MFD_CLOEXEC);
  fd = cot_source_keep_reserve (fd);
  if (fd < 0)
    {
      cot_source_set_error_from_errno (error, errno);
      return -1;
    }
  if (self->fd >= 0 || copy_into_fd (self, fd, cancellable, error))
    return fd;
  close (fd);
  return -1;
}

/**
 * cot_source_stamp_path:
 * @path: (type filename): a path
 * @stamp: (out caller-allocates): what stands there
 * @error: return location, %COT_SOURCE_ERROR
 *
 * Returns: FALSE where nothing stands there, or where it cannot be asked
 */
gboolean
cot_source_stamp_path (const char *path, CotSourceStamp *stamp, GError **error)
{
  struct stat status;
  struct statfs file_system;

  if (stat (path, &status) != 0)
    {
      cot_source_set_error_from_errno (error, errno);
      return FALSE;
    }
  stamp_from_stat (&status, statfs (path, &file_system) == 0 && is_remote (&file_system), stamp);
  return TRUE;
}
