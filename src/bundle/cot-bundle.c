/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cot-bundle-private.h"
#include "cot-member-private.h"
#include "cot-redact.h"

G_DEFINE_QUARK (cot-bundle-error-quark, cot_bundle_error)

static void
clear_item (gpointer data)
{
  CotBundleItem *item = data;

  g_free (item->member.label);
  g_free (item->member.base_name);
  g_free (item->member.generation);
  g_free (item->path);
  g_clear_error (&item->error);
}

/**
 * cot_bundle_get_item:
 * @self: a bundle
 * @index: a member
 *
 * Returns: (transfer none): the item; while the bundle is being opened, valid until the next is
 *   added
 */
CotBundleItem *
cot_bundle_get_item (CotBundle *self, guint index)
{
  return &g_array_index (self->items, CotBundleItem, index);
}

static gboolean
starts_with (const void *head, gsize length_bytes, const char *magic, gsize n_magic_bytes)
{
  return length_bytes >= n_magic_bytes && memcmp (head, magic, n_magic_bytes) == 0;
}

/**
 * cot_bundle_is_archive:
 * @head: the first bytes of a file
 * @length_bytes: how many there are; 4 are enough
 *
 * Returns: whether it begins like a zip (also an empty one, and the first part of a split one), a
 *   cabinet, or a file of gzip
 */
gboolean
cot_bundle_is_archive (const void *head, gsize length_bytes)
{
  return starts_with (head, length_bytes, "PK\003\004", 4)
         || starts_with (head, length_bytes, "PK\005\006", 4)
         || starts_with (head, length_bytes, "PK\007\010", 4)
         || starts_with (head, length_bytes, "MSCF", 4)
         || starts_with (head, length_bytes, "\037\213\010", 3);
}

static CotBundle *
bundle_new (const char *path)
{
  CotBundle *self = g_new0 (CotBundle, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->path = g_strdup (path);
  self->archives
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_bundle_archive_free);
  self->items = g_array_new (FALSE, TRUE, sizeof (CotBundleItem));
  g_array_set_clear_func (self->items, clear_item);
  g_mutex_init (&self->lock);
  g_cond_init (&self->released);
  return self;
}

/**
 * cot_bundle_ref:
 * @self: a bundle
 *
 * Returns: (transfer full): @self. Any thread
 */
CotBundle *
cot_bundle_ref (CotBundle *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

/**
 * cot_bundle_unref:
 * @self: (transfer full): a bundle
 *
 * The last one ends the workers. Any thread.
 */
void
cot_bundle_unref (CotBundle *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  g_ptr_array_unref (self->archives);
  cot_bundle_wipe_pass_phrases (self);
  g_array_unref (self->items);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->released);
  g_free (self->path);
  g_clear_pointer (&self->guess, cot_layout_guess_free);
  g_free (self);
}

/**
 * cot_bundle_add_item:
 * @self: a bundle that is being opened
 * @label: (transfer full): valid UTF-8
 * @path: (transfer full) (nullable): of a file that can be read
 * @size_bytes: as declared
 *
 * Returns: (transfer none): the new item; valid until the next is added
 */
CotBundleItem *
cot_bundle_add_item (CotBundle *self, char *label, char *path, guint64 size_bytes)
{
  CotBundleItem item = {
    .member = {
        .label = label,
        .size_bytes = size_bytes,
        .modified_usec = COT_TIME_NONE,
    },
    .path = path,
  };

  g_array_append_val (self->items, item);
  return cot_bundle_get_item (self, self->items->len - 1);
}

/* "state.db" says that it is no log; "messages.1" and "logs" say nothing. Of a tar archive is told
 * where it is read. */
static gboolean
has_ending (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && g_ascii_strcasecmp (dot, ".tar") != 0
         && dot[1 + strspn (dot + 1, "0123456789")] != '\0';
}

/* Needs all the labels: what most of them begin with is the computer's name. */
static void
describe_members (CotBundle *self)
{
  g_autofree const char **labels = g_new0 (const char *, self->items->len + 1);

  for (guint i = 0; i < self->items->len; i++)
    labels[i] = cot_bundle_get_item (self, i)->member.label;
  self->guess = cot_layout_guess (self->path, labels, self->items->len);

  for (guint i = 0; i < self->items->len; i++)
    {
      CotBundleItem *item = cot_bundle_get_item (self, i);
      CotMember *member = &item->member;

      member->device = self->guess->device_of != NULL ? self->guess->device_of[i]
                                                      : cot_bundle_get_device_name (self);
      cot_member_identify (member->label, member->device, &member->base_name,
                           &member->generation);
      member->group = cot_member_guess_group (member->label, member->base_name);
      if (member->kind != COT_MEMBER_FOLDER_LINK)
        member->kind = cot_member_guess_kind (member->label, member->base_name,
                                              member->size_bytes);
      if (member->kind == COT_MEMBER_BINARY && item->archive != NULL && item->archive->is_gzip
          && !has_ending (member->base_name))
        member->kind = COT_MEMBER_TEXT;
    }
}

/**
 * cot_bundle_set_error_from_errno:
 * @error: return location
 * @number: what opening a file left in errno
 */
void
cot_bundle_set_error_from_errno (GError **error, int number)
{
  CotSourceError code = COT_SOURCE_ERROR_FAILED;

  if (number == ENOENT || number == ENOTDIR)
    code = COT_SOURCE_ERROR_NOT_FOUND;
  else if (number == EACCES || number == EPERM)
    code = COT_SOURCE_ERROR_PERMISSION;
  else if (number == ENXIO)
    code = COT_SOURCE_ERROR_NOT_REGULAR;
  g_set_error_literal (error, COT_SOURCE_ERROR, (int) code, g_strerror (number));
}

/* A self-extractor begins with a program, so what stands at the end decides, in the worker. */
static gboolean
open_anything (CotBundle *self, GCancellable *cancellable, GError **error)
{
  struct stat status;
  /* Not blocking: a FIFO would wait for its writer. */
  int fd = open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0 || fstat (fd, &status) != 0)
    {
      cot_bundle_set_error_from_errno (error, errno);
      return FALSE;
    }
  if (S_ISREG (status.st_mode))
    {
      self->kind = COT_BUNDLE_ARCHIVE;
      return cot_bundle_list_archive (self, fd, cancellable, error);
    }
  close (fd);
  if (S_ISDIR (status.st_mode))
    {
      self->kind = COT_BUNDLE_FOLDER;
      return cot_bundle_list_folder (self, cancellable, error);
    }
  g_set_error_literal (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_NOT_REGULAR,
                       "is not a regular file");
  return FALSE;
}

/**
 * cot_bundle_open:
 * @path: a folder or an archive
 * @cancellable: (nullable): ends the listing
 * @error: return location: %COT_BUNDLE_ERROR, %COT_SOURCE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Lists the members, and those of archives among them. Blocks, so it is for worker threads. A list
 * that could not be completed is still a list: cot_bundle_dup_error() says what is missing.
 *
 * Returns: (transfer full) (nullable): the bundle
 */
CotBundle *
cot_bundle_open (const char *path, GCancellable *cancellable, GError **error)
{
  return cot_bundle_open_with_pass_phrase (path, NULL, cancellable, error);
}

/**
 * cot_bundle_open_with_pass_phrase:
 * @path: a folder or an archive
 * @pass_phrase: (nullable): what encrypted members may be read with
 * @cancellable: (nullable): ends the listing
 * @error: return location: as cot_bundle_open()
 *
 * As cot_bundle_open(), but archives that are encrypted members are listed too.
 *
 * Returns: (transfer full) (nullable): the bundle
 */
CotBundle *
cot_bundle_open_with_pass_phrase (const char *path, const char *pass_phrase,
                                  GCancellable *cancellable, GError **error)
{
  g_autoptr (CotBundle) self = bundle_new (path);

  if (!open_anything (self, cancellable, error))
    return NULL;
  if (pass_phrase != NULL)
    cot_bundle_set_pass_phrase (self, pass_phrase);
  if (!cot_bundle_list_nested (self, cancellable, error))
    return NULL;
  describe_members (self);
  return g_steal_pointer (&self);
}

/**
 * cot_bundle_get_kind:
 * @self: a bundle
 *
 * Returns: what it is. Any thread
 */
CotBundleKind
cot_bundle_get_kind (CotBundle *self)
{
  return self->kind;
}

/**
 * cot_bundle_get_path:
 * @self: a bundle
 *
 * Returns: (transfer none): the path that it was opened with. Any thread
 */
const char *
cot_bundle_get_path (CotBundle *self)
{
  return self->path;
}

/**
 * cot_bundle_get_device_name:
 * @self: a bundle
 *
 * Returns: (transfer none) (nullable): the computer that the logs come from, by the name of the
 *   bundle, else by the names of its files; %NULL also where they name several. Any thread
 */
const char *
cot_bundle_get_device_name (CotBundle *self)
{
  return self->guess->devices->len == 1 ? g_ptr_array_index (self->guess->devices, 0) : NULL;
}

/**
 * cot_bundle_get_n_devices:
 * @self: a bundle
 *
 * Returns: how many computers the names tell of. Any thread
 */
guint
cot_bundle_get_n_devices (CotBundle *self)
{
  return self->guess->devices->len;
}

/**
 * cot_bundle_get_device:
 * @self: a bundle
 * @index: less than cot_bundle_get_n_devices()
 *
 * Returns: (transfer none): the computer's name. Any thread
 */
const char *
cot_bundle_get_device (CotBundle *self, guint index)
{
  g_return_val_if_fail (index < self->guess->devices->len, NULL);

  return g_ptr_array_index (self->guess->devices, index);
}

/**
 * cot_bundle_get_layout:
 * @self: a bundle
 *
 * Returns: who made it, by the names of its members. Any thread
 */
CotLayout
cot_bundle_get_layout (CotBundle *self)
{
  return self->guess->layout;
}

/**
 * cot_bundle_get_layout_notes:
 * @self: a bundle
 *
 * Returns: what is in it that one should know before handing it on. Any thread
 */
CotLayoutNotes
cot_bundle_get_layout_notes (CotBundle *self)
{
  return self->guess->notes;
}

/**
 * cot_bundle_dup_error:
 * @self: a bundle
 *
 * Returns: (transfer full) (nullable): why the list is not complete. Any thread
 */
GError *
cot_bundle_dup_error (CotBundle *self)
{
  return self->error != NULL ? g_error_copy (self->error) : NULL;
}

/**
 * cot_bundle_get_n_members:
 * @self: a bundle
 *
 * Returns: how many members it has; never changes, at most 200,000. Any thread
 */
guint
cot_bundle_get_n_members (CotBundle *self)
{
  return self->items->len;
}

/**
 * cot_bundle_get_member:
 * @self: a bundle
 * @index: less than cot_bundle_get_n_members()
 *
 * Returns: (transfer none): the member; lives as long as the bundle. Any thread
 */
const CotMember *
cot_bundle_get_member (CotBundle *self, guint index)
{
  g_return_val_if_fail (index < self->items->len, NULL);

  return &cot_bundle_get_item (self, index)->member;
}

/**
 * cot_bundle_dup_member_error:
 * @self: a bundle
 * @index: less than cot_bundle_get_n_members()
 *
 * Returns: (transfer full) (nullable): why it cannot be read, or what turned out to be wrong with
 *   it when it was. Any thread
 */
GError *
cot_bundle_dup_member_error (CotBundle *self, guint index)
{
  GError *error;

  g_return_val_if_fail (index < self->items->len, NULL);

  g_mutex_lock (&self->lock);
  error = cot_bundle_get_item (self, index)->error;
  error = error != NULL ? g_error_copy (error) : NULL;
  g_mutex_unlock (&self->lock);
  return error;
}

/**
 * cot_bundle_set_member_error:
 * @self: a bundle
 * @index: a member
 * @error: (transfer full): what reading it brought to light
 *
 * Replaces what was known. Any thread.
 */
void
cot_bundle_set_member_error (CotBundle *self, guint index, GError *error)
{
  CotBundleItem *item = cot_bundle_get_item (self, index);

  g_mutex_lock (&self->lock);
  g_clear_error (&item->error);
  item->error = error;
  g_mutex_unlock (&self->lock);
}

/* What the collector of Intune writes about its work may hold the key to its storage. */
static gboolean
holds_secrets (CotBundle *self, guint index)
{
  return (cot_bundle_get_layout_notes (self) & COT_LAYOUT_NOTE_UPLOAD_TOKEN) != 0
         && g_ascii_strcasecmp (cot_bundle_get_item (self, index)->member.base_name, "results.xml")
                == 0;
}

static CotSource *
read_as_it_is (CotBundle *self, guint index, GCancellable *cancellable, GError **error)
{
  CotBundleItem *item = cot_bundle_get_item (self, index);

  if (item->archive != NULL)
    return cot_bundle_read_archived (self, index, cancellable, error);
  if (item->path != NULL)
    return cot_source_open (item->path, error);
  g_propagate_error (error, cot_bundle_dup_member_error (self, index));
  return NULL;
}

/**
 * cot_bundle_dup_member_path:
 * @self: a bundle
 * @index: less than cot_bundle_get_n_members()
 *
 * Returns: (transfer full) (nullable): where the file is, for a file of a folder that can be
 *   read as it is; %NULL for what stands in an archive or holds secrets
 */
char *
cot_bundle_dup_member_path (CotBundle *self, guint index)
{
  g_return_val_if_fail (index < self->items->len, NULL);

  return holds_secrets (self, index) ? NULL : g_strdup (cot_bundle_get_item (self, index)->path);
}

/**
 * cot_bundle_read_member:
 * @self: a bundle
 * @index: less than cot_bundle_get_n_members()
 * @cancellable: (nullable): ends the unpacking
 * @error: return location
 *
 * Gives the bytes of a member. Blocks, so it is for worker threads; several members of one
 * archive are unpacked at once, as far as there are processors. Where only a part could be had, or
 * the checksum is wrong, that part is returned and cot_bundle_dup_member_error() tells.
 *
 * Returns: (transfer full) (nullable): the bytes
 */
CotSource *
cot_bundle_read_member (CotBundle *self, guint index, GCancellable *cancellable, GError **error)
{
  g_autoptr (CotSource) source = NULL;

  g_return_val_if_fail (index < self->items->len, NULL);

  source = read_as_it_is (self, index, cancellable, error);
  if (source != NULL && holds_secrets (self, index))
    return cot_redact_source (source, error);
  return g_steal_pointer (&source);
}
