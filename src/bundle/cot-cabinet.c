/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sets of cabinets: one archive in several files, each of which names the one before and the one
 * behind it ([MS-CAB] 2.3). */

#include "cot-cabinet.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cot-bundle.h"
#include "cot-spool.h"
#include "cot-unpack-protocol.h"

#define HEADER_BYTES 36
#define MAX_NAME_BYTES 255
#define FLAG_PREVIOUS 1
#define FLAG_NEXT 2
#define FLAG_RESERVED 4
#define CHUNK_BYTES (64 * 1024)
#define MAX_SET_BYTES (G_GUINT64_CONSTANT (1) << 30)

static gsize
read_at (int fd, guint64 offset, void *buffer, gsize length_bytes)
{
  gssize n;

  do
    n = pread (fd, buffer, length_bytes, (off_t) offset);
  while (n < 0 && errno == EINTR);
  return n > 0 ? (gsize) n : 0;
}

/* The text at @offset, which moves behind its NUL. */
static char *
read_name (int fd, guint64 *offset)
{
  char buffer[MAX_NAME_BYTES + 1];
  gsize n = read_at (fd, *offset, buffer, sizeof buffer);
  const char *end = memchr (buffer, 0, n);

  if (end == NULL)
    return NULL;
  *offset += (guint64) (end - buffer) + 1;
  return g_utf8_make_valid (buffer, -1);
}

/* A name is one of a file beside this one, whatever stands in it. */
static gboolean
is_plain_name (const char *name)
{
  return *name != '\0' && strpbrk (name, "/\\") == NULL && strcmp (name, ".") != 0
         && strcmp (name, "..") != 0;
}

/* A name, and that of its disk, which nobody needs. */
static gboolean
read_link (int fd, guint64 *offset, char **name)
{
  g_autofree char *disk = NULL;

  *name = read_name (fd, offset);
  disk = *name != NULL ? read_name (fd, offset) : NULL;
  return disk != NULL && is_plain_name (*name);
}

/**
 * cot_cabinet_read_links:
 * @fd: a file
 * @links: (out): what it says; to be cleared
 *
 * Returns: whether it is a cabinet whose head makes sense
 */
gboolean
cot_cabinet_read_links (int fd, CotCabinetLinks *links)
{
  guint8 header[HEADER_BYTES];
  guint64 offset = sizeof header;
  guint flags;

  memset (links, 0, sizeof *links);
  if (read_at (fd, 0, header, sizeof header) < sizeof header || memcmp (header, "MSCF", 4) != 0)
    return FALSE;
  links->length_bytes = cot_unpack_get_u32 (header + 8);
  flags = cot_unpack_get_u32 (header + 28) >> 16;
  links->set_id = cot_unpack_get_u32 (header + 32) & 0xffff;
  links->index = cot_unpack_get_u32 (header + 32) >> 16;
  if (flags & FLAG_RESERVED)
    {
      guint8 sizes[4];

      if (read_at (fd, offset, sizes, sizeof sizes) < sizeof sizes)
        return FALSE;
      offset += sizeof sizes + (cot_unpack_get_u32 (sizes) & 0xffff);
    }
  if (((flags & FLAG_PREVIOUS) && !read_link (fd, &offset, &links->previous))
      || ((flags & FLAG_NEXT) && !read_link (fd, &offset, &links->next)))
    {
      cot_cabinet_clear_links (links);
      return FALSE;
    }
  return TRUE;
}

/**
 * cot_cabinet_clear_links:
 * @links: what cot_cabinet_read_links() wrote
 */
void
cot_cabinet_clear_links (CotCabinetLinks *links)
{
  g_clear_pointer (&links->previous, g_free);
  g_clear_pointer (&links->next, g_free);
}

/* Numbers that go up by one lead round no circle. */
static gboolean
belongs_behind (const CotCabinetLinks *first, const CotCabinetLinks *second)
{
  return first->set_id == second->set_id && first->next != NULL && second->previous != NULL
         && second->index == first->index + 1;
}

/**
 * cot_cabinet_has_previous:
 * @links: of a cabinet
 * @open_part: how to get at another
 * @data: for @open_part
 * @fd: (out) (nullable): the part before, to be closed
 * @cancellable: (nullable): for @open_part
 * @error: return location: what @open_part says
 *
 * Returns: whether the part before is there, and knows this one
 */
gboolean
cot_cabinet_has_previous (const CotCabinetLinks *links, CotCabinetOpenFunc open_part,
                          gpointer data, int *fd, GCancellable *cancellable, GError **error)
{
  g_auto (CotCabinetLinks) before = { 0 };
  gboolean found;
  int part;

  if (links->previous == NULL)
    return FALSE;
  part = open_part (links->previous, data, cancellable, error);
  if (part < 0)
    return FALSE;
  found = cot_cabinet_read_links (part, &before) && belongs_behind (&before, links);
  if (found && fd != NULL)
    *fd = part;
  else
    close (part);
  return found;
}

/* Of a part as much as it says that it has: behind it a signature may stand. */
static gboolean
append_part (CotSpool *spool, int fd, guint64 length_bytes, GError **error)
{
  g_autofree char *buffer = g_malloc (CHUNK_BYTES);
  guint64 offset = 0;
  gsize n;

  while (offset < length_bytes
         && (n = read_at (fd, offset, buffer, MIN (CHUNK_BYTES, length_bytes - offset))) > 0)
    {
      if (cot_spool_get_size (spool) + n > MAX_SET_BYTES)
        {
          g_set_error_literal (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_LIMIT,
                               "the parts of the set together are larger than 1 GiB");
          return FALSE;
        }
      if (!cot_spool_append (spool, buffer, n, error))
        return FALSE;
      offset += n;
    }
  return TRUE;
}

/* Closes @fd, and gives what stands behind it; -1 where that is all. */
static int
open_next (int fd, const CotCabinetLinks *links, CotCabinetLinks *next_links,
           CotCabinetOpenFunc open_part, gpointer data, char **missing, GCancellable *cancellable,
           GError **error)
{
  int next;

  close (fd);
  if (links->next == NULL)
    return -1;
  next = open_part (links->next, data, cancellable, error);
  if (next >= 0 && cot_cabinet_read_links (next, next_links)
      && belongs_behind (links, next_links))
    return next;
  if (next >= 0)
    close (next);
  if (*missing == NULL)
    *missing = g_strdup (links->next);
  return -1;
}

/**
 * cot_cabinet_join:
 * @fd: (transfer full): the first part that is there
 * @open_part: how to get at another
 * @data: for @open_part
 * @missing: (out) (transfer full) (nullable): the name of a part that is not there
 * @cancellable: (nullable): for @open_part
 * @error: return location
 *
 * Returns: a descriptor of all parts, to be closed; -1 with an error
 */
int
cot_cabinet_join (int fd, CotCabinetOpenFunc open_part, gpointer data, char **missing,
                  GCancellable *cancellable, GError **error)
{
  g_auto (CotCabinetLinks) links = { 0 };
  g_autoptr (CotSpool) spool = NULL;
  g_autoptr (GError) failure = NULL;

  *missing = NULL;
  if (!cot_cabinet_read_links (fd, &links))
    return fd;
  if (links.next == NULL)
    {
      *missing = g_strdup (links.previous);
      return fd;
    }

  spool = cot_spool_new ();
  for (guint n = 0; fd >= 0 && n < COT_CABINET_MAX_PARTS; n++)
    {
      CotCabinetLinks next_links = { 0 };

      if (!append_part (spool, fd, links.length_bytes, &failure))
        break;
      if (n == 0 && links.previous != NULL)
        *missing = g_strdup (links.previous);
      fd = open_next (fd, &links, &next_links, open_part, data, missing, cancellable, &failure);
      cot_cabinet_clear_links (&links);
      links = next_links;
    }
  if (fd >= 0)
    close (fd);
  if (failure == NULL)
    return cot_spool_copy_to_file (spool, error);
  g_clear_pointer (missing, g_free);
  g_propagate_error (error, g_steal_pointer (&failure));
  return -1;
}
