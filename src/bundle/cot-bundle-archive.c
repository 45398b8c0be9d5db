/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-bundle-private.h"

#include <string.h>

/* In the worker's words, what it says to the caller. */
static const struct
{
  CotBundleError code;
  const char *text;
} meanings[COT_UNPACK_N_STATUSES] = {
  [COT_UNPACK_NOT_AN_ARCHIVE] = { COT_BUNDLE_ERROR_NOT_AN_ARCHIVE,
                                  "is no archive that can be read" },
  [COT_UNPACK_SPLIT] = { COT_BUNDLE_ERROR_UNSUPPORTED,
                         "is one part of a split archive; join the parts first" },
  [COT_UNPACK_CUT] = { COT_BUNDLE_ERROR_TRUNCATED, "the end is missing" },
  [COT_UNPACK_BROKEN] = { COT_BUNDLE_ERROR_CORRUPT, "the data is broken" },
  [COT_UNPACK_OVERLAP] = { COT_BUNDLE_ERROR_CORRUPT, "shares its bytes with another entry" },
  [COT_UNPACK_ENCRYPTED] = { COT_BUNDLE_ERROR_ENCRYPTED, "is encrypted" },
  [COT_UNPACK_METHOD] = { COT_BUNDLE_ERROR_UNSUPPORTED,
                          "is compressed with a method that is not supported" },
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
  [COT_UNPACK_NAME_LIMIT] = { COT_BUNDLE_ERROR_LIMIT, "its name is longer than 4,096 bytes" },
  [COT_UNPACK_READ_FAILED] = { COT_BUNDLE_ERROR_CORRUPT, "could not be read" },
  [COT_UNPACK_NO_MEMORY] = { COT_BUNDLE_ERROR_LIMIT, "there is not enough memory for it" },
};

/* Method numbers of APPNOTE.TXT 4.4.5 that real archives have */
static const struct
{
  guint number;
  const char *name;
} methods[] = {
  { 9, "Deflate64" }, { 12, "bzip2" }, { 14, "LZMA" }, { 93, "Zstandard" },
  { 95, "XZ" },       { 98, "PPMd" },
};

static GError *
error_from_status (CotUnpackStatus status, guint detail)
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

/* An entry without a name still needs something to be clicked on. */
static char *
dup_label (const CotUnpackEntry *entry)
{
  if (entry->label_bytes == 0)
    return g_strdup_printf ("#%u", entry->index);
  return g_strndup (entry->label, entry->label_bytes);
}

static gboolean
add_entry (const CotUnpackEntry *entry, gpointer data, GError **error)
{
  CotBundle *self = data;
  CotBundleItem *item = cot_bundle_add_item (self, dup_label (entry), NULL, entry->size_bytes);

  if (entry->modified_usec != COT_UNPACK_TIME_NONE)
    item->member.modified_usec = entry->modified_usec;
  item->member.modified_is_utc = (entry->flags & COT_UNPACK_TIME_IS_UTC) != 0;
  if (entry->status == COT_UNPACK_LINK)
    item->member.kind = COT_MEMBER_FOLDER_LINK;
  /* Of a cut member there is something to read, and only then something to complain about. */
  if (entry->status != COT_UNPACK_CUT)
    item->error = error_from_status ((CotUnpackStatus) entry->status, entry->detail);
  return TRUE;
}

/**
 * cot_bundle_list_archive:
 * @self: a bundle with an open descriptor
 * @cancellable: (nullable): ends the listing
 * @error: return location
 *
 * Starts the worker and takes its list. A list that came with a fault is kept.
 */
gboolean
cot_bundle_list_archive (CotBundle *self, GCancellable *cancellable, GError **error)
{
  CotUnpackStatus status;

  self->unpacker = cot_unpacker_new (self->fd, cancellable, error);
  if (self->unpacker == NULL
      || !cot_unpacker_list (self->unpacker, add_entry, self, &status, cancellable, error))
    return FALSE;
  self->error = error_from_status (status, 0);
  if (self->error == NULL || self->items->len > 0)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

typedef struct
{
  CotBundle *bundle;
  guint n;
} Comparison;

/* The file may have been replaced in place since it was listed. */
static gboolean
compare_entry (const CotUnpackEntry *entry, gpointer data, GError **error)
{
  Comparison *comparison = data;
  g_autofree char *label = dup_label (entry);
  const CotMember *member = NULL;

  if (comparison->n < comparison->bundle->items->len)
    member = cot_bundle_get_member (comparison->bundle, comparison->n);
  comparison->n++;
  if (member != NULL && member->size_bytes == entry->size_bytes
      && strcmp (member->label, label) == 0)
    return TRUE;
  g_set_error_literal (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CORRUPT,
                       "the archive was changed since it was opened");
  return FALSE;
}

/* A cancelled answer took its worker with it. */
static gboolean
ensure_worker (CotBundle *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (CotUnpacker) unpacker = NULL;
  Comparison comparison = { .bundle = self };
  CotUnpackStatus status;

  if (self->worker_error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->worker_error));
      return FALSE;
    }
  if (self->unpacker != NULL)
    return TRUE;
  unpacker = cot_unpacker_new (self->fd, cancellable, error);
  if (unpacker == NULL
      || !cot_unpacker_list (unpacker, compare_entry, &comparison, &status, cancellable, error))
    return FALSE;
  if (comparison.n != self->items->len)
    {
      g_set_error_literal (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CORRUPT,
                           "the archive was changed since it was opened");
      return FALSE;
    }
  self->unpacker = g_steal_pointer (&unpacker);
  return TRUE;
}

/* Cancelling is no fault; any other end of the worker costs the rest of the bundle, because what
 * an archive did to it once it will do again. */
static void
lose_worker (CotBundle *self, const GError *failure)
{
  g_clear_pointer (&self->unpacker, cot_unpacker_free);
  if (failure->domain == COT_BUNDLE_ERROR && self->worker_error == NULL)
    self->worker_error = g_error_copy (failure);
}

/* The worker holds the same budget, but a new one after a cancelled answer begins at nothing. */
static gboolean
check_total (CotBundle *self, const CotBundleItem *item, GError **error)
{
  guint64 size_bytes = item->was_charged ? 0 : item->member.size_bytes;

  if (size_bytes <= COT_UNPACK_MAX_TOTAL_BYTES - self->unpacked_bytes)
    return TRUE;
  g_propagate_error (error, error_from_status (COT_UNPACK_TOTAL_LIMIT, 0));
  return FALSE;
}

static void
charge (CotBundle *self, CotBundleItem *item, guint64 n_bytes)
{
  if (item->was_charged)
    return;
  item->was_charged = TRUE;
  self->unpacked_bytes += MIN (n_bytes, COT_UNPACK_MAX_TOTAL_BYTES - self->unpacked_bytes);
}

static gboolean
unpack_into (CotBundle *self, guint index, CotSpool *spool, CotUnpackStatus *status,
             GCancellable *cancellable, GError **error)
{
  CotBundleItem *item = &g_array_index (self->items, CotBundleItem, index);
  g_autoptr (GError) failure = NULL;
  gboolean done;

  if (!check_total (self, item, error))
    return FALSE;
  done = ensure_worker (self, cancellable, &failure)
         && cot_unpacker_read (self->unpacker, index, item->member.size_bytes, spool, status,
                               cancellable, &failure);
  charge (self, item, cot_spool_get_size (spool));
  if (done)
    return TRUE;
  lose_worker (self, failure);
  g_propagate_error (error, g_steal_pointer (&failure));
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
      g_autoptr (GError) fault = error_from_status (status, 0);

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
 * @self: an archive
 * @index: a member
 * @cancellable: (nullable): ends the worker; the next call starts another
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what could be had of the member
 */
CotSource *
cot_bundle_read_archived (CotBundle *self, guint index, GCancellable *cancellable, GError **error)
{
  g_autoptr (CotSpool) spool = NULL;
  g_autoptr (GError) failure = NULL;
  CotUnpackStatus status = COT_UNPACK_OK;
  gboolean done;

  if (is_refused (self, index, error))
    return NULL;
  spool = cot_spool_new ();
  g_mutex_lock (&self->turn);
  done = unpack_into (self, index, spool, &status, cancellable, &failure);
  g_mutex_unlock (&self->turn);
  if (done)
    return finish (self, index, g_steal_pointer (&spool), status, error);

  if (failure->domain == COT_BUNDLE_ERROR)
    cot_bundle_set_member_error (self, index, g_error_copy (failure));
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
