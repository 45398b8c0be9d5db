/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Archives that are members of a bundle: each is read by a worker of its own, from an anonymous
 * file. One that cannot be read stays a member, and its error says why. */

#include "cot-bundle-private.h"
#include "cot-cabinet.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_BYTES (64 * 1024)
/* One made to take long takes that long once. No collector's bundle comes near it. */
#define PATIENCE_USEC (30 * G_USEC_PER_SEC)

/**
 * cot_bundle_is_archive_name:
 * @name: a path, or the label of a member
 *
 * Returns: whether it ends as the names of archives do
 */
gboolean
cot_bundle_is_archive_name (const char *name)
{
  static const char *const extensions[] = { ".zip", ".cab", ".gz" };
  gsize n = strlen (name);

  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      gsize n_extension = strlen (extensions[i]);

      if (n > n_extension && g_ascii_strcasecmp (name + n - n_extension, extensions[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * cot_bundle_open_file:
 * @path: a file of a folder
 * @error: return location
 *
 * What was listed there is a file, whatever took its place.
 *
 * Returns: a descriptor, to be closed; -1 where it is none any more
 */
int
cot_bundle_open_file (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
  struct stat about;

  if (fd < 0 || fstat (fd, &about) != 0)
    {
      cot_bundle_set_error_from_errno (error, errno);
      return -1;
    }
  if (S_ISREG (about.st_mode))
    return fd;
  close (fd);
  g_set_error_literal (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_NOT_REGULAR,
                       "is not a regular file");
  return -1;
}

/* The member as it is. */
static int
open_member (CotBundle *self, guint index, CotUnpackStatus *status, GCancellable *cancellable,
             GError **error)
{
  CotBundleItem *item = cot_bundle_get_item (self, index);
  g_autoptr (CotSpool) spool = NULL;

  *status = COT_UNPACK_OK;
  if (item->archive == NULL)
    return cot_bundle_open_file (item->path, error);
  spool = cot_spool_new ();
  if (!cot_bundle_archive_read (item->archive, index, spool, status, cancellable, error))
    return -1;
  if (cot_spool_get_size (spool) > 0 || *status == COT_UNPACK_OK)
    return cot_spool_copy_to_file (spool, error);
  g_propagate_error (error, cot_bundle_error_from_status (*status, 0));
  return -1;
}

/* Whose neighbours are looked for. */
typedef struct
{
  CotBundle *bundle;
  guint index;
} Place;

static gsize
get_folder_length (const char *label)
{
  const char *slash = strrchr (label, '/');

  return slash != NULL ? (gsize) (slash - label) + 1 : 0;
}

/* Only cancelling is an error: a part that cannot be had is one that is not there. */
static int
open_beside (const char *name, gpointer data, GCancellable *cancellable, GError **error)
{
  const Place *place = data;
  const CotBundleItem *item = cot_bundle_get_item (place->bundle, place->index);
  const char *label = item->member.label;
  gsize n_folder = get_folder_length (label);

  for (guint i = 0; i < place->bundle->items->len; i++)
    {
      const CotBundleItem *other = cot_bundle_get_item (place->bundle, i);
      g_autoptr (GError) failure = NULL;
      CotUnpackStatus status;
      int fd;

      if (other->archive != item->archive || i == place->index
          || get_folder_length (other->member.label) != n_folder
          || strncmp (other->member.label, label, n_folder) != 0
          || g_ascii_strcasecmp (other->member.label + n_folder, name) != 0
          || other->member.size_bytes > COT_BUNDLE_MAX_NESTED_BYTES)
        continue;
      fd = open_member (place->bundle, i, &status, cancellable, &failure);
      if (fd < 0)
        g_cancellable_set_error_if_cancelled (cancellable, error);
      return fd;
    }
  return -1;
}

/**
 * cot_bundle_open_holder:
 * @self: a bundle
 * @index: a member that is an archive
 * @status: (out): what is wrong with the data
 * @cancellable: (nullable): ends the unpacking
 * @error: return location
 *
 * The parts of a set of cabinets are one archive, from its first part on.
 *
 * Returns: a descriptor to read the archive from, to be closed; -1 where there is nothing to read
 */
int
cot_bundle_open_holder (CotBundle *self, guint index, CotUnpackStatus *status,
                        GCancellable *cancellable, GError **error)
{
  g_autofree char *missing = NULL;
  Place place = { self, index };
  int fd = open_member (self, index, status, cancellable, error);

  if (fd < 0)
    return -1;
  return cot_cabinet_join (fd, open_beside, &place, &missing, cancellable, error);
}

/* NULL: it could not be read. */
static char *
dup_digest (int fd, GCancellable *cancellable)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (CHUNK_BYTES);
  off_t offset = 0;
  gssize n;

  while ((n = pread (fd, buffer, CHUNK_BYTES, offset)) != 0)
    {
      if (g_cancellable_is_cancelled (cancellable) || (n < 0 && errno != EINTR))
        return NULL;
      if (n > 0)
        g_checksum_update (checksum, buffer, n);
      offset += MAX (n, 0);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static const char *
get_digest (CotBundleArchive *archive, GCancellable *cancellable)
{
  CotUnpackStatus status;
  int fd = archive->fd;

  if (archive->digest != NULL)
    return archive->digest;
  if (fd < 0)
    fd = cot_bundle_open_holder (archive->bundle, archive->holder, &status, cancellable, NULL);
  if (fd >= 0)
    archive->digest = dup_digest (fd, cancellable);
  if (fd >= 0 && fd != archive->fd)
    close (fd);
  return archive->digest;
}

/* The same bytes on the way up would go on for ever. Only what has the same size is looked at. */
static gboolean
repeats (CotBundleArchive *archive, GCancellable *cancellable)
{
  for (CotBundleArchive *above = archive->parent; above != NULL; above = above->parent)
    if (above->size_bytes == archive->size_bytes
        && g_strcmp0 (get_digest (above, cancellable), get_digest (archive, cancellable)) == 0
        && archive->digest != NULL)
      return TRUE;
  return FALSE;
}

/* (transfer full) (nullable): why it is not even tried. */
static GError *
refuse (CotBundle *self, guint index, guint n_nested, gint64 start)
{
  const CotBundleItem *item = cot_bundle_get_item (self, index);
  guint depth = item->archive != NULL ? item->archive->depth + 1 : 1;

  if (depth > COT_BUNDLE_MAX_NESTING)
    return g_error_new_literal (COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_TOO_DEEP,
                                "is nested too deep: an archive inside four others");
  if (n_nested >= COT_BUNDLE_MAX_NESTED)
    return g_error_new_literal (COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_NOT_LOOKED_INTO,
                                "is not opened: there are more than 256 archives in here");
  if (item->archive != NULL && item->member.size_bytes > COT_BUNDLE_MAX_NESTED_BYTES)
    return g_error_new_literal (COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_NOT_LOOKED_INTO,
                                "is not opened: an archive in here is larger than 1 GiB");
  if (g_get_monotonic_time () - start > PATIENCE_USEC)
    return g_error_new_literal (COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_NOT_LOOKED_INTO,
                                "is not opened: those before took too long");
  return NULL;
}

/**
 * cot_bundle_error_for_part:
 * @name: the name of a file
 *
 * Returns: (transfer full): that it belongs to a set of cabinets, and is not there
 */
GError *
cot_bundle_error_for_part (const char *name)
{
  return g_error_new (COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_PART_MISSING,
                      "needs the part %s, which is not there", name);
}

/* What a later part of a set holds is listed with the first one. */
static gboolean
is_later_part (Place *place, int fd, GCancellable *cancellable, GError **error)
{
  g_auto (CotCabinetLinks) links = { 0 };

  return cot_cabinet_read_links (fd, &links)
         && cot_cabinet_has_previous (&links, open_beside, place, NULL, cancellable, error);
}

/* What is wrong with it; NULL where all of it is listed. */
static GError *
list_one (CotBundle *self, guint index, GCancellable *cancellable)
{
  const CotBundleItem *item = cot_bundle_get_item (self, index);
  CotBundleArchive *parent = item->archive;
  CotBundleArchive *archive = cot_bundle_archive_new (self, parent, index);
  CotUnpackStatus data_status;
  CotUnpackStatus status;
  g_autofree char *missing = NULL;
  Place place = { self, index };
  GError *error = NULL;
  struct stat about;
  int fd = open_member (self, index, &data_status, cancellable, &error);

  if (fd < 0)
    return error;
  if (is_later_part (&place, fd, cancellable, &error) || error != NULL)
    {
      close (fd);
      return error;
    }
  archive->fd = cot_cabinet_join (fd, open_beside, &place, &missing, cancellable, &error);
  if (archive->fd < 0)
    return error;
  if (fstat (archive->fd, &about) == 0 && about.st_size > 0)
    archive->size_bytes = (guint64) about.st_size;
  archive->is_gzip = cot_bundle_is_gzip (archive->fd);
  if (parent == NULL)
    self->packed_bytes += archive->size_bytes;
  if (repeats (archive, cancellable))
    return g_error_new_literal (COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_REPEATS,
                                "is the archive that it stands in");
  if (!cot_bundle_archive_list (archive, &status, cancellable, &error))
    return error;
  if (missing != NULL)
    return cot_bundle_error_for_part (missing);
  if (data_status != COT_UNPACK_OK)
    return cot_bundle_error_from_status (data_status, 0);
  return cot_bundle_error_from_status (status, 0);
}

/**
 * cot_bundle_list_nested:
 * @self: a bundle that has been listed
 * @cancellable: (nullable): ends the listing
 * @error: return location: %G_IO_ERROR_CANCELLED, and no other
 *
 * Lists the archives among its members, and those among theirs. The new members follow all others.
 */
gboolean
cot_bundle_list_nested (CotBundle *self, GCancellable *cancellable, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  guint n_nested = 0;

  for (guint i = 0; i < self->items->len; i++)
    {
      const CotBundleItem *item = cot_bundle_get_item (self, i);
      GError *fault;

      if (item->error != NULL || item->member.size_bytes == 0
          || item->member.kind == COT_MEMBER_FOLDER_LINK
          || !cot_bundle_is_archive_name (item->member.label))
        continue;
      fault = refuse (self, i, n_nested, start);
      if (fault == NULL)
        {
          n_nested++;
          fault = list_one (self, i, cancellable);
          cot_bundle_archives_rest (self);
        }
      /* The items may have moved. */
      if (!g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        cot_bundle_set_member_error (self, i, fault);
      else
        g_error_free (fault);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return TRUE;
}
