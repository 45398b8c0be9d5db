/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-bundle-private.h"
#include "cot-cabinet.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* In the worker's words, what it says to the caller. */
static const struct
{
  CotBundleError code;
  const char *text;
} meanings[COT_UNPACK_N_STATUSES] = {
  [COT_UNPACK_NOT_AN_ARCHIVE] = { COT_BUNDLE_ERROR_NOT_AN_ARCHIVE,
                                  "is no archive that can be read" },
  [COT_UNPACK_SPLIT] = { COT_BUNDLE_ERROR_SPLIT,
                         "is one part of a split archive; join the parts first" },
  [COT_UNPACK_CUT] = { COT_BUNDLE_ERROR_TRUNCATED, "the end is missing" },
  [COT_UNPACK_BROKEN] = { COT_BUNDLE_ERROR_CORRUPT, "the data is broken" },
  [COT_UNPACK_OVERLAP] = { COT_BUNDLE_ERROR_CORRUPT, "shares its bytes with another entry" },
  [COT_UNPACK_ENCRYPTED] = { COT_BUNDLE_ERROR_ENCRYPTED, "is encrypted" },
  [COT_UNPACK_METHOD] = { COT_BUNDLE_ERROR_UNSUPPORTED,
                          "is compressed with a method that is not supported" },
  [COT_UNPACK_CIPHER] = { COT_BUNDLE_ERROR_UNSUPPORTED,
                          "is encrypted in a way that is not supported" },
  [COT_UNPACK_WRONG_PASS_PHRASE] = { COT_BUNDLE_ERROR_WRONG_PASS_PHRASE,
                                     "the pass phrase is wrong" },
  [COT_UNPACK_LINK] = { COT_BUNDLE_ERROR_LINK, "is a link, which is not followed" },
  [COT_UNPACK_WRONG_SIZE] = { COT_BUNDLE_ERROR_CORRUPT, "its size is not what the archive says" },
  [COT_UNPACK_WRONG_CHECKSUM] = { COT_BUNDLE_ERROR_CHECKSUM, "its checksum is wrong" },
  [COT_UNPACK_IMPOSSIBLE_RATIO] = { COT_BUNDLE_ERROR_LIMIT,
                                    "claims a size that its data cannot have" },
  [COT_UNPACK_BUNDLE_RATIO] = { COT_BUNDLE_ERROR_LIMIT,
                                "the archive would grow to more than 200 times its size" },
  [COT_UNPACK_MEMBER_LIMIT] = { COT_BUNDLE_ERROR_LIMIT, "is larger than 2 GiB" },
  [COT_UNPACK_TOTAL_LIMIT] = { COT_BUNDLE_ERROR_LIMIT,
                               "the archive would grow to more than 4 GiB" },
  [COT_UNPACK_ENTRIES_LIMIT] = { COT_BUNDLE_ERROR_TOO_MANY, "has more than 200,000 entries" },
  [COT_UNPACK_DIRECTORY_LIMIT] = { COT_BUNDLE_ERROR_TOO_MANY, "its list of entries is too long" },
  [COT_UNPACK_NAME_LIMIT] = { COT_BUNDLE_ERROR_NAME, "its name is longer than 4,096 bytes" },
  [COT_UNPACK_READ_FAILED] = { COT_BUNDLE_ERROR_CORRUPT, "could not be read" },
  [COT_UNPACK_NO_MEMORY] = { COT_BUNDLE_ERROR_LIMIT, "there is not enough memory for it" },
};

/* Method numbers of APPNOTE.TXT 4.4.5 that the worker does not know */
static const struct
{
  guint number;
  const char *name;
} methods[] = {
  { 1, "Shrink" }, { 6, "Implode" }, { 10, "DCL Implode" }, { 98, "PPMd" },
};

/**
 * cot_bundle_error_from_status:
 * @status: what the worker says
 * @detail: what it says beside
 *
 * Returns: (transfer full) (nullable): the same for callers; %NULL where nothing is wrong
 */
GError *
cot_bundle_error_from_status (CotUnpackStatus status, guint detail)
{
  if (status == COT_UNPACK_OK)
    return NULL;
  if (status == COT_UNPACK_METHOD)
    {
      const char *name = NULL;

      for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
        if (methods[i].number == detail)
          name = methods[i].name;
      if (name != NULL)
        return g_error_new (COT_BUNDLE_ERROR, (int) meanings[status].code, "%s (%s)",
                            meanings[status].text, name);
      return g_error_new (COT_BUNDLE_ERROR, (int) meanings[status].code, "%s (number %u)",
                          meanings[status].text, detail);
    }
  return g_error_new_literal (COT_BUNDLE_ERROR, (int) meanings[status].code,
                              meanings[status].text);
}

/* An entry without a name still needs something to be clicked on. A stream of gzip, which often
 * has none, is called like its file. */
static char *
dup_own_name (CotBundleArchive *self, const CotUnpackEntry *entry)
{
  g_autofree char *file = NULL;
  g_autofree char *name = NULL;

  if (entry->label_bytes > 0)
    return g_strndup (entry->label, entry->label_bytes);
  file = g_path_get_basename (self->label != NULL ? self->label : self->bundle->path);
  name = g_utf8_make_valid (file, -1);
  if (strlen (name) > 3 && g_ascii_strcasecmp (name + strlen (name) - 3, ".gz") == 0)
    return g_strndup (name, strlen (name) - 3);
  return g_strdup_printf ("#%u", entry->index);
}

/**
 * cot_bundle_archive_dup_label:
 * @self: an archive
 * @entry: one of its entries
 *
 * Returns: (transfer full): the label of the member that it is
 */
char *
cot_bundle_archive_dup_label (CotBundleArchive *self, const CotUnpackEntry *entry)
{
  char *name = dup_own_name (self, entry);
  char *label;

  if (self->label == NULL)
    return name;
  label = g_strconcat (self->label, "/", name, NULL);
  g_free (name);
  return label;
}

/* A part that lies in the same folder. */
static int
open_beside (const char *name, gpointer data, GCancellable *cancellable, GError **error)
{
  const CotBundle *self = data;
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *upper = g_ascii_strup (name, -1);
  const char *const names[] = { name, lower, upper };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      int fd = cot_bundle_open_file (path, NULL);

      if (fd >= 0)
        return fd;
    }
  return -1;
}

/* A set of cabinets is opened by any of its parts. Takes @fd. */
static int
join_set (CotBundle *self, int fd, char **missing, GCancellable *cancellable, GError **error)
{
  gboolean is_first = FALSE;

  *missing = NULL;
  for (guint n = 0; !is_first && n < COT_CABINET_MAX_PARTS; n++)
    {
      g_auto (CotCabinetLinks) links = { 0 };
      int before;

      is_first = !cot_cabinet_read_links (fd, &links)
                 || !cot_cabinet_has_previous (&links, open_beside, self, &before, cancellable,
                                               NULL);
      if (is_first)
        continue;
      close (fd);
      fd = before;
    }
  return cot_cabinet_join (fd, open_beside, self, missing, cancellable, error);
}

/**
 * cot_bundle_is_gzip:
 * @fd: a file
 *
 * Returns: whether it begins as one of gzip does
 */
gboolean
cot_bundle_is_gzip (int fd)
{
  guint8 head[2];

  return pread (fd, head, sizeof head, 0) == (gssize) sizeof head && head[0] == 0x1f
         && head[1] == 0x8b;
}

/**
 * cot_bundle_list_archive:
 * @self: a bundle that is an archive
 * @fd: (transfer full): what to read it from
 * @cancellable: (nullable): ends the listing
 * @error: return location
 *
 * Starts a worker and takes its list. A list that came with a fault is kept.
 */
gboolean
cot_bundle_list_archive (CotBundle *self, int fd, GCancellable *cancellable, GError **error)
{
  CotBundleArchive *archive = cot_bundle_archive_new (self, NULL, G_MAXUINT);
  g_autofree char *missing = NULL;
  CotUnpackStatus status;
  struct stat about;

  archive->fd = fd = join_set (self, fd, &missing, cancellable, error);
  if (fd < 0)
    return FALSE;
  if (fstat (fd, &about) == 0 && about.st_size > 0)
    archive->size_bytes = (guint64) about.st_size;
  archive->is_gzip = cot_bundle_is_gzip (fd);
  self->packed_bytes = archive->size_bytes;
  if (!cot_bundle_archive_list (archive, &status, cancellable, error))
    return FALSE;
  self->error = missing != NULL ? cot_bundle_error_for_part (missing)
                                : cot_bundle_error_from_status (status, 0);
  if (self->error == NULL || self->items->len > 0)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/* What the listing said of a member stands, unless reading knows better. */
static CotSource *
finish (CotBundle *self, guint index, CotSpool *given, CotUnpackStatus status, GError **error)
{
  g_autoptr (CotSpool) spool = given;
  const CotMember *member = cot_bundle_get_member (self, index);
  gboolean has_data = cot_spool_get_size (spool) > 0;

  if (status != COT_UNPACK_OK)
    {
      g_autoptr (GError) fault = cot_bundle_error_from_status (status, 0);

      if (status == COT_UNPACK_WRONG_PASS_PHRASE)
        cot_bundle_set_pass_phrase_error (self, index, g_error_copy (fault));
      else
        cot_bundle_set_member_error (self, index, g_error_copy (fault));
      if (!has_data)
        {
          g_propagate_error (error, g_steal_pointer (&fault));
          return NULL;
        }
    }
  return cot_spool_finish (g_steal_pointer (&spool), member->label);
}

static gboolean
is_refused (CotBundle *self, guint index, GError **error)
{
  g_autoptr (GError) known = cot_bundle_dup_member_error (self, index);

  /* The last three came with data, and will again. */
  if (known == NULL || known->domain != COT_BUNDLE_ERROR
      || known->code == COT_BUNDLE_ERROR_TRUNCATED
      || known->code == COT_BUNDLE_ERROR_CHECKSUM || known->code == COT_BUNDLE_ERROR_CORRUPT)
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&known));
  return TRUE;
}

/**
 * cot_bundle_read_archived:
 * @self: a bundle
 * @index: a member that stands in an archive
 * @cancellable: (nullable): ends the worker; the next call starts another
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what could be had of the member
 */
CotSource *
cot_bundle_read_archived (CotBundle *self, guint index, GCancellable *cancellable, GError **error)
{
  CotBundleArchive *archive = cot_bundle_get_item (self, index)->archive;
  g_autoptr (CotSpool) spool = NULL;
  g_autoptr (GError) failure = NULL;
  CotUnpackStatus status = COT_UNPACK_OK;

  if (is_refused (self, index, error))
    return NULL;
  spool = cot_spool_new ();
  if (cot_bundle_archive_read (archive, index, spool, &status, cancellable, &failure))
    return finish (self, index, g_steal_pointer (&spool), status, error);

  if (failure->domain == COT_BUNDLE_ERROR)
    cot_bundle_set_member_error (self, index, g_error_copy (failure));
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
