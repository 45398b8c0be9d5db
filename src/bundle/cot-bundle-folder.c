/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-bundle-private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Listing goes from descriptor to descriptor, so that a folder which is swapped for a link
 * meanwhile leads nowhere else. */

typedef struct
{
  CotBundle *bundle;
  GCancellable *cancellable;
} Listing;

static void
note_limit (Listing *listing, const char *text)
{
  if (listing->bundle->error == NULL)
    listing->bundle->error
        = g_error_new_literal (COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_TOO_MANY, text);
}

/* One folder that nobody may enter is no reason to show nothing: it is a member with a fault. */
static void
note_closed_folder (Listing *listing, const char *relative)
{
  char *label = *relative != '\0' ? g_utf8_make_valid (relative, -1) : g_strdup (".");
  CotBundleItem *item = cot_bundle_add_item (listing->bundle, label, NULL, 0);

  item->error = g_error_new_literal (COT_SOURCE_ERROR, COT_SOURCE_ERROR_PERMISSION,
                                     "is a folder that cannot be read");
}

static char *
join (const char *folder, const char *name)
{
  return *folder != '\0' ? g_strconcat (folder, "/", name, NULL) : g_strdup (name);
}

static void
add_file (Listing *listing, const char *relative, const struct stat *status)
{
  CotBundle *bundle = listing->bundle;
  gboolean readable = S_ISREG (status->st_mode);
  char *path = readable ? g_build_filename (bundle->path, relative, NULL) : NULL;
  guint64 size_bytes = readable && status->st_size > 0 ? (guint64) status->st_size : 0;
  CotBundleItem *item;

  item = cot_bundle_add_item (bundle, g_utf8_make_valid (relative, -1), path, size_bytes);
  item->member.modified_usec = (gint64) status->st_mtim.tv_sec * G_USEC_PER_SEC
                               + status->st_mtim.tv_nsec / 1000;
  item->member.modified_is_utc = TRUE;
  if (S_ISLNK (status->st_mode))
    {
      item->member.kind = COT_MEMBER_FOLDER_LINK;
      item->error = g_error_new_literal (COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_LINK,
                                         "is a link, which is not followed");
    }
  else if (!readable)
    item->error = g_error_new_literal (COT_SOURCE_ERROR, COT_SOURCE_ERROR_NOT_REGULAR,
                                       "is not a regular file");
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Sorted, so that the same folder is the same list everywhere. At most one name more than may be
 * listed is kept. (transfer full) */
static GPtrArray *
read_names (Listing *listing, int fd)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  DIR *folder = fdopendir (fd);
  struct dirent *entry;

  if (folder == NULL)
    {
      close (fd);
      return NULL;
    }
  while (names->len <= COT_UNPACK_MAX_ENTRIES && (entry = readdir (folder)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      g_ptr_array_add (names, g_strdup (entry->d_name));
  closedir (folder);
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean list_open_folder (Listing *listing, int fd, const char *relative, guint depth,
                                  GError **error);

static gboolean
list_subfolder (Listing *listing, int parent, const char *name, const char *relative, guint depth,
                GError **error)
{
  int fd;

  if (depth >= COT_BUNDLE_MAX_DEPTH)
    {
      note_limit (listing, "has folders more than 32 levels deep");
      return TRUE;
    }
  fd = openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    {
      note_closed_folder (listing, relative);
      return TRUE;
    }
  return list_open_folder (listing, fd, relative, depth, error);
}

static gboolean
list_one (Listing *listing, int fd, const char *name, const char *folder, guint depth,
          GError **error)
{
  g_autofree char *relative = join (folder, name);
  struct stat status;

  /* It may be gone by now. */
  if (fstatat (fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return TRUE;
  if (S_ISDIR (status.st_mode))
    return list_subfolder (listing, fd, name, relative, depth + 1, error);
  add_file (listing, relative, &status);
  return TRUE;
}

/* Takes @fd. */
static gboolean
list_open_folder (Listing *listing, int fd, const char *relative, guint depth, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  int base = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  gboolean done = TRUE;

  names = read_names (listing, fd);
  if (names == NULL || base < 0)
    {
      note_closed_folder (listing, relative);
      if (base >= 0)
        close (base);
      return TRUE;
    }
  for (guint i = 0; done && i < names->len; i++)
    {
      if (listing->bundle->items->len >= COT_UNPACK_MAX_ENTRIES)
        {
          note_limit (listing, "has more than 200,000 files");
          break;
        }
      done = !g_cancellable_set_error_if_cancelled (listing->cancellable, error)
             && list_one (listing, base, g_ptr_array_index (names, i), relative, depth, error);
    }
  close (base);
  return done;
}

/**
 * cot_bundle_list_folder:
 * @self: a bundle whose path is a folder
 * @cancellable: (nullable): ends the listing
 * @error: return location
 *
 * Lists the files of the folder and its folders, sorted, at most 32 levels deep and 200,000
 * files. Links are members that cannot be read.
 */
gboolean
cot_bundle_list_folder (CotBundle *self, GCancellable *cancellable, GError **error)
{
  Listing listing = { .bundle = self, .cancellable = cancellable };
  int fd = open (self->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    {
      int number = errno;

      g_set_error_literal (error, COT_SOURCE_ERROR,
                           number == EACCES ? COT_SOURCE_ERROR_PERMISSION
                                            : COT_SOURCE_ERROR_NOT_FOUND,
                           g_strerror (number));
      return FALSE;
    }
  return list_open_folder (&listing, fd, "", 0, error);
}
