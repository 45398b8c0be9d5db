/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-spool.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cot-source-private.h"
#include "cot-spool-private.h"

/* Together with what else the program holds this stays well under the memory that a small
 * machine can spare. */
#define MEMORY_BUDGET_BYTES (64 * 1024 * 1024)

/* From this size on it is worth a piece of its own. */
#define MIN_WHOLE_BYTES (64 * 1024)

/* A file for another process is memory up to this size. */
#define MAX_MEMORY_FILE_BYTES (16 * 1024 * 1024)
#define COPY_BYTES (256 * 1024)

/* Block i of the memory has FIRST_BLOCK_BYTES << i bytes. Memory needs no descriptor, of which a
 * process has few: an archive may have very many members. */
#define FIRST_BLOCK_BYTES 4096
#define N_BLOCKS 20
/* The same on the disk, where what is not used costs nothing. */
#define FIRST_DISK_BLOCK_BYTES (G_GUINT64_CONSTANT (1) << 20)
#define N_DISK_BLOCKS 24

/* The first bytes stand in memory and all later ones on the disk: nothing is ever moved, so that
 * readers need no lock. One thread appends; the sizes are published with release. */
struct _CotSpool
{
  gatomicrefcount n_refs; /* the writer, and every source */
  guint64 expected_bytes; /* the writer's; 0: unknown */
  char *whole; /* (nullable): all of the memory, where the size was known; no blocks then */
  gsize whole_bytes;
  char *blocks[N_BLOCKS]; /* (nullable) each, before it is needed */
  int disk_fd; /* -1: it has not joined the disk */
  guint64 disk_blocks[N_DISK_BLOCKS]; /* where each begins in the file */
  guint n_disk_blocks; /* the writer's */
  guint64 n_memory_bytes; /* the writer's; taken from the budget */
  guint64 split; /* atomic: where the disk begins; G_MAXUINT64 before */
  guint64 size_bytes; /* atomic */
};

static guint64 memory_budget_bytes = MEMORY_BUDGET_BYTES; /* atomic */
static guint64 memory_used_bytes; /* atomic */

guint64
cot_spool_set_memory_budget (guint64 budget_bytes)
{
  return __atomic_exchange_n (&memory_budget_bytes, budget_bytes, __ATOMIC_RELAXED);
}

static gboolean
budget_take (guint64 n_bytes)
{
  guint64 budget = __atomic_load_n (&memory_budget_bytes, __ATOMIC_RELAXED);
  guint64 used = __atomic_load_n (&memory_used_bytes, __ATOMIC_RELAXED);

  do
    if (n_bytes > budget || used > budget - n_bytes)
      return FALSE;
  while (!__atomic_compare_exchange_n (&memory_used_bytes, &used, used + n_bytes, FALSE,
                                       __ATOMIC_RELAXED, __ATOMIC_RELAXED));
  return TRUE;
}

static void
budget_give_back (guint64 n_bytes)
{
  __atomic_sub_fetch (&memory_used_bytes, n_bytes, __ATOMIC_RELAXED);
}

static gboolean
write_all (int fd, guint64 offset, const char *data, gsize length_bytes, GError **error)
{
  while (length_bytes > 0)
    {
      gssize n = pwrite (fd, data, length_bytes, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          cot_source_set_error_from_errno (error, n < 0 ? errno : ENOSPC);
          return FALSE;
        }
      data += n;
      length_bytes -= (gsize) n;
      offset += (guint64) n;
    }
  return TRUE;
}

static void
spool_unref (CotSpool *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  if (self->whole != NULL)
    cot_spool_memory_give_back (self->whole, self->whole_bytes);
  for (guint i = 0; i < N_BLOCKS; i++)
    g_free (self->blocks[i]);
  for (guint i = 0; i < self->n_disk_blocks; i++)
    cot_spool_disk_give_back (self->disk_blocks[i], FIRST_DISK_BLOCK_BYTES << i);
  if (self->disk_fd >= 0)
    cot_spool_disk_leave ();
  budget_give_back (self->n_memory_bytes);
  g_free (self);
}

/**
 * cot_spool_new:
 *
 * Returns: (transfer full): an empty spool; one thread writes it
 */
CotSpool *
cot_spool_new (void)
{
  CotSpool *self = g_new0 (CotSpool, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->disk_fd = -1;
  self->split = G_MAXUINT64;
  return self;
}

/**
 * cot_spool_free:
 * @self: (transfer full): a spool
 *
 * For a spool that comes to no end: its bytes are gone.
 */
void
cot_spool_free (CotSpool *self)
{
  spool_unref (self);
}

/**
 * cot_spool_expect:
 * @self: an empty spool
 * @size_bytes: what will be appended at most
 *
 * Lets it take its memory in one piece. Nothing is lost where more comes, or less.
 */
void
cot_spool_expect (CotSpool *self, guint64 size_bytes)
{
  if (self->size_bytes == 0 && self->whole == NULL)
    self->expected_bytes = size_bytes;
}

/* Before the first byte. Where there is no room in the budget for all of it, there may be for the
 * first blocks. */
static void
take_whole (CotSpool *self)
{
  guint64 wanted = self->expected_bytes;
  gsize n_bytes;

  self->expected_bytes = 0;
  if (wanted < MIN_WHOLE_BYTES || wanted > G_MAXINT32)
    return;
  n_bytes = cot_spool_memory_round ((gsize) wanted);
  if (!budget_take (n_bytes))
    return;
  self->whole = cot_spool_memory_take (n_bytes);
  if (self->whole == NULL)
    {
      budget_give_back (n_bytes);
      return;
    }
  self->whole_bytes = n_bytes;
  self->n_memory_bytes = n_bytes;
}

/* The block that @offset stands in, and how much of it lies before and behind @offset. */
static guint
find_block (guint64 offset, guint64 first_bytes, gsize *before, gsize *behind)
{
  guint block = 63u - (guint) __builtin_clzll (offset / first_bytes + 1);
  guint64 start = first_bytes * ((G_GUINT64_CONSTANT (1) << block) - 1);

  *before = (gsize) (offset - start);
  *behind = (gsize) ((first_bytes << block) - (offset - start));
  return block;
}

static gboolean
write_memory (CotSpool *self, guint64 offset, const char *data, gsize length_bytes)
{
  while (length_bytes > 0)
    {
      gsize before, behind, n;
      guint block = find_block (offset, FIRST_BLOCK_BYTES, &before, &behind);

      if (block < N_BLOCKS && self->blocks[block] == NULL)
        self->blocks[block] = g_try_malloc (before + behind);
      if (block >= N_BLOCKS || self->blocks[block] == NULL)
        return FALSE;
      n = MIN (behind, length_bytes);
      memcpy (self->blocks[block] + before, data, n);
      data += n;
      length_bytes -= n;
      offset += n;
    }
  return TRUE;
}

static void
read_memory (CotSpool *self, guint64 offset, char *buffer, gsize length_bytes)
{
  if (self->whole != NULL)
    {
      memcpy (buffer, self->whole + offset, length_bytes);
      return;
    }
  while (length_bytes > 0)
    {
      gsize before, behind, n;
      guint block = find_block (offset, FIRST_BLOCK_BYTES, &before, &behind);

      n = MIN (behind, length_bytes);
      memcpy (buffer, self->blocks[block] + before, n);
      buffer += n;
      length_bytes -= n;
      offset += n;
    }
}

static gboolean
append_to_memory (CotSpool *self, const char *data, gsize length_bytes)
{
  if (self->expected_bytes > 0)
    take_whole (self);
  if (self->whole != NULL)
    {
      if (length_bytes > self->whole_bytes - self->size_bytes)
        return FALSE;
      memcpy (self->whole + self->size_bytes, data, length_bytes);
      return TRUE;
    }
  if (!budget_take (length_bytes))
    return FALSE;
  if (!write_memory (self, self->size_bytes, data, length_bytes))
    {
      budget_give_back (length_bytes);
      return FALSE;
    }
  self->n_memory_bytes += length_bytes;
  return TRUE;
}

/* @offset is that on the disk, as in the next one. */
static gboolean
write_disk (CotSpool *self, guint64 offset, const char *data, gsize length_bytes, GError **error)
{
  while (length_bytes > 0)
    {
      gsize before, behind, n;
      guint block = find_block (offset, FIRST_DISK_BLOCK_BYTES, &before, &behind);

      if (block >= N_DISK_BLOCKS)
        {
          cot_source_set_error_from_errno (error, EFBIG);
          return FALSE;
        }
      for (; self->n_disk_blocks <= block; self->n_disk_blocks++)
        self->disk_blocks[self->n_disk_blocks]
            = cot_spool_disk_take (FIRST_DISK_BLOCK_BYTES << self->n_disk_blocks);
      n = MIN (behind, length_bytes);
      if (!write_all (self->disk_fd, self->disk_blocks[block] + before, data, n, error))
        return FALSE;
      data += n;
      length_bytes -= n;
      offset += n;
    }
  return TRUE;
}

static gboolean
read_disk (CotSpool *self, guint64 offset, char *buffer, gsize length_bytes, gsize *n_read,
           GError **error)
{
  gsize n = 0;

  *n_read = 0;
  do
    {
      gsize before, behind;
      guint block = find_block (offset + *n_read, FIRST_DISK_BLOCK_BYTES, &before, &behind);

      if (!cot_source_read_fd (self->disk_fd, self->disk_blocks[block] + before, buffer + *n_read,
                               MIN (behind, length_bytes - *n_read), &n, error))
        return FALSE;
      *n_read += n;
    }
  while (n > 0 && *n_read < length_bytes);
  return TRUE;
}

static gboolean
append_to_disk (CotSpool *self, const char *data, gsize length_bytes, GError **error)
{
  if (self->disk_fd < 0)
    {
      self->disk_fd = cot_spool_disk_join ();
      if (self->disk_fd < 0)
        {
          cot_source_set_error_from_errno (error, errno);
          return FALSE;
        }
    }
  if (self->split == G_MAXUINT64)
    __atomic_store_n (&self->split, self->size_bytes, __ATOMIC_RELEASE);
  return write_disk (self, self->size_bytes - self->split, data, length_bytes, error);
}

/**
 * cot_spool_append:
 * @self: a spool
 * @data: the bytes
 * @length_bytes: how many
 * @error: return location, %COT_SOURCE_ERROR
 *
 * Returns: FALSE where there is no room; the spool is then as before
 */
gboolean
cot_spool_append (CotSpool *self, const void *data, gsize length_bytes, GError **error)
{
  if (length_bytes == 0)
    return TRUE;
  if (self->size_bytes > (guint64) G_MAXINT64 - length_bytes)
    {
      cot_source_set_error_from_errno (error, EFBIG);
      return FALSE;
    }
  if ((self->split != G_MAXUINT64 || !append_to_memory (self, data, length_bytes))
      && !append_to_disk (self, data, length_bytes, error))
    return FALSE;
  __atomic_store_n (&self->size_bytes, self->size_bytes + length_bytes, __ATOMIC_RELEASE);
  return TRUE;
}

/**
 * cot_spool_get_size:
 * @self: a spool
 *
 * Any thread.
 *
 * Returns: the number of bytes that were appended
 */
guint64
cot_spool_get_size (CotSpool *self)
{
  return __atomic_load_n (&self->size_bytes, __ATOMIC_ACQUIRE);
}

static gboolean
spool_read (gpointer data, guint64 offset, void *buffer, gsize length_bytes, gsize *n_read,
            GError **error)
{
  CotSpool *self = data;
  /* In this order: who sees a size beyond the split sees the split. */
  guint64 size = __atomic_load_n (&self->size_bytes, __ATOMIC_ACQUIRE);
  guint64 split = __atomic_load_n (&self->split, __ATOMIC_ACQUIRE);
  gsize n_wanted, n_first, n_second = 0;

  *n_read = 0;
  if (offset >= size)
    return TRUE;
  n_wanted = (gsize) MIN ((guint64) length_bytes, size - offset);
  n_first = offset >= split ? 0 : (gsize) MIN ((guint64) n_wanted, split - offset);
  read_memory (self, offset, buffer, n_first);
  if (n_wanted > n_first
      && !read_disk (self, offset + n_first - split, (char *) buffer + n_first,
                     n_wanted - n_first, &n_second, error))
    return FALSE;
  *n_read = n_first + n_second;
  return TRUE;
}

static gboolean
copy_all (CotSpool *self, int fd, GError **error)
{
  g_autofree char *buffer = g_malloc (COPY_BYTES);
  guint64 offset = 0;
  gsize n;

  do
    {
      if (!spool_read (self, offset, buffer, COPY_BYTES, &n, error)
          || !write_all (fd, offset, buffer, n, error))
        return FALSE;
      offset += n;
    }
  while (n > 0);
  return TRUE;
}

/**
 * cot_spool_copy_to_file:
 * @self: a spool; its writer calls
 * @error: return location, %COT_SOURCE_ERROR
 *
 * Only a file can be given to another process. It has no name.
 *
 * Returns: a descriptor, to be closed; -1 where there is no room
 */
int
cot_spool_copy_to_file (CotSpool *self, GError **error)
{
  int fd = -1;

  if (self->size_bytes <= MAX_MEMORY_FILE_BYTES)
    fd = memfd_create ("cotrace", MFD_CLOEXEC);
  if (fd < 0)
    fd = cot_spool_open_unlinked ();
  if (fd < 0)
    {
      cot_source_set_error_from_errno (error, errno);
      return -1;
    }
  if (copy_all (self, fd, error))
    return fd;
  close (fd);
  return -1;
}

static guint64
spool_get_size (gpointer data)
{
  return cot_spool_get_size (data);
}

static void
spool_free (gpointer data)
{
  spool_unref (data);
}

static const CotSourceBackend spool_backend = { spool_read, spool_get_size, spool_free };

CotSource *
cot_spool_get_growing_source (CotSpool *self, const char *label)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return cot_source_new_from_backend (&spool_backend, self, label);
}

/**
 * cot_spool_finish:
 * @self: (transfer full): a spool
 * @label: what to call the source
 *
 * Returns: (transfer full): what was written, to be read from any thread
 */
CotSource *
cot_spool_finish (CotSpool *self, const char *label)
{
  g_autoptr (GBytes) nothing = NULL;
  CotSource *source;

  if (self->size_bytes > 0)
    return cot_source_new_from_backend (&spool_backend, self, label);
  /* Of no use, and larger than all else of an empty log. */
  nothing = g_bytes_new_static ("", 0);
  source = cot_source_new_from_bytes (nothing, label);
  cot_spool_free (self);
  return source;
}
