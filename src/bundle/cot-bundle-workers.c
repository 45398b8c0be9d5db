/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The workers of the archives of a bundle: as many for one archive as there are processors, and for
 * one inside another a single one, whose data is unpacked anew when it was given up meanwhile. */

#include "cot-bundle-private.h"

#include "cot-job.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More would only compete for the disk, and each holds a list of its own. */
#define MAX_WORKERS 4
/* Nested archives that keep their data and their worker */
#define MAX_KEPT 4
/* How many may be served before one that came first */
#define MAX_PASSED 8
/* How often a call that waits for a worker looks whether it is still wanted. */
#define LOOK_USEC (50 * 1000)
/* Workers that an archive may cost before the rest of it is given up */
#define MAX_FAULTS 3

/**
 * cot_bundle_archive_new:
 * @bundle: its owner
 * @parent: (nullable): the archive that it stands in
 * @holder: the item that it is; %G_MAXUINT for the bundle itself
 *
 * Returns: (transfer none): an archive without items
 */
CotBundleArchive *
cot_bundle_archive_new (CotBundle *bundle, CotBundleArchive *parent, guint holder)
{
  CotBundleArchive *self = g_new0 (CotBundleArchive, 1);

  self->bundle = bundle;
  self->parent = parent;
  self->holder = holder;
  if (holder != G_MAXUINT)
    {
      self->label = g_strdup (cot_bundle_get_item (bundle, holder)->member.label);
      self->depth = parent != NULL ? parent->depth + 1 : 1;
    }
  self->last_use = ++bundle->n_uses;
  self->fd = -1;
  self->max_workers = 1;
  self->waiting = g_ptr_array_new ();
  self->idle = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_unpacker_free);
  g_ptr_array_add (bundle->archives, self);
  return self;
}

/**
 * cot_bundle_archive_free:
 * @self: (transfer full): an archive
 *
 * Ends its workers.
 */
void
cot_bundle_archive_free (CotBundleArchive *self)
{
  g_ptr_array_unref (self->idle);
  g_ptr_array_unref (self->waiting);
  if (self->fd >= 0)
    close (self->fd);
  g_clear_error (&self->worker_error);
  g_free (self->label);
  g_free (self->digest);
  g_free (self);
}

static gboolean
add_entry (const CotUnpackEntry *entry, gpointer data, GError **error)
{
  CotBundleArchive *self = data;
  CotBundle *bundle = self->bundle;
  g_autofree char *label = cot_bundle_archive_dup_label (self, entry);
  CotBundleItem *item;

  bundle->labels_bytes += strlen (label);
  if (bundle->items->len >= COT_UNPACK_MAX_ENTRIES
      || bundle->labels_bytes > COT_UNPACK_MAX_LABELS_BYTES)
    {
      g_propagate_error (error, cot_bundle_error_from_status (COT_UNPACK_ENTRIES_LIMIT, 0));
      return FALSE;
    }
  item = cot_bundle_add_item (bundle, g_steal_pointer (&label), NULL, entry->size_bytes);
  item->archive = self;
  self->n_items++;
  if (entry->modified_usec != COT_UNPACK_TIME_NONE)
    item->member.modified_usec = entry->modified_usec;
  item->member.modified_is_utc = (entry->flags & COT_UNPACK_TIME_IS_UTC) != 0;
  if (entry->status == COT_UNPACK_LINK)
    item->member.kind = COT_MEMBER_FOLDER_LINK;
  /* Of a cut member there is something to read, and only then something to complain about; so of
   * an encrypted one, where a pass phrase was given. */
  if (entry->status == COT_UNPACK_SPLIT)
    item->error = g_error_new_literal (COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_PART_MISSING,
                                       "another part of the set holds some of it");
  else if (entry->status != COT_UNPACK_CUT
           && (entry->status != COT_UNPACK_ENCRYPTED || !cot_bundle_has_pass_phrase (bundle)))
    item->error = cot_bundle_error_from_status ((CotUnpackStatus) entry->status, entry->detail);
  return TRUE;
}

typedef struct
{
  CotBundleArchive *archive;
  guint n;
} Comparison;

static gboolean
fail_as_changed (GError **error)
{
  g_set_error_literal (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CORRUPT,
                       "the archive was changed since it was opened");
  return FALSE;
}

/* The file may have been replaced in place since it was listed. */
static gboolean
compare_entry (const CotUnpackEntry *entry, gpointer data, GError **error)
{
  Comparison *comparison = data;
  CotBundleArchive *archive = comparison->archive;
  g_autofree char *label = cot_bundle_archive_dup_label (archive, entry);
  guint n = comparison->n++;
  const CotMember *member;

  if (n >= archive->n_items)
    return fail_as_changed (error);
  member = cot_bundle_get_member (archive->bundle, archive->first_item + n);
  if (member->size_bytes == entry->size_bytes && strcmp (member->label, label) == 0)
    return TRUE;
  return fail_as_changed (error);
}

/* A zip lets entries be unpacked side by side; a cabinet or a stream would be unpacked twice. */
static guint
count_useful_workers (CotBundleArchive *self)
{
  char magic[4] = { 0 };
  gssize n;

  if (self->depth > 0)
    return 1;
  do
    n = pread (self->fd, magic, sizeof magic, 0);
  while (n < 0 && errno == EINTR);
  if (memcmp (magic, "MSCF", 4) == 0 || memcmp (magic, "\037\213", 2) == 0)
    return 1;
  return MIN (cot_job_get_n_threads (), MAX_WORKERS);
}

/* The data to read. Only the bundle's own stays open for ever. */
static gboolean
ensure_input (CotBundleArchive *self, GCancellable *cancellable, GError **error)
{
  CotUnpackStatus status;
  struct stat about;
  int fd;

  if (self->fd >= 0)
    return TRUE;
  fd = cot_bundle_open_holder (self->bundle, self->holder, &status, cancellable, error);
  if (fd < 0)
    return FALSE;
  self->size_bytes = fstat (fd, &about) == 0 && about.st_size > 0 ? (guint64) about.st_size : 0;
  g_mutex_lock (&self->bundle->lock);
  self->fd = fd;
  g_mutex_unlock (&self->bundle->lock);
  return TRUE;
}

/* A worker that has told its list: the first time it is taken, and later it must be the same. */
static CotUnpacker *
start_worker (CotBundleArchive *self, CotUnpackStatus *status, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (CotUnpacker) worker = NULL;
  Comparison comparison = { .archive = self };

  if (!ensure_input (self, cancellable, error))
    return NULL;
  worker = cot_unpacker_new (self->fd, cancellable, error);
  if (worker == NULL)
    return NULL;
  if (!self->is_listed)
    {
      self->first_item = self->bundle->items->len;
      if (!cot_unpacker_list (worker, add_entry, self, status, cancellable, error))
        return NULL;
      self->is_listed = TRUE;
      self->max_workers = count_useful_workers (self);
      return g_steal_pointer (&worker);
    }
  if (!cot_unpacker_list (worker, compare_entry, &comparison, status, cancellable, error))
    return NULL;
  if (comparison.n != self->n_items)
    {
      fail_as_changed (error);
      return NULL;
    }
  return g_steal_pointer (&worker);
}

/* Puts @worker back, or notes that there is one less. Cancelling is no fault. What one member did
 * to a worker is no reason against the others, until it happens too often; but where no worker can
 * be had, there will be none for the next member either. */
static void
give_back (CotBundleArchive *self, CotUnpacker *worker, const GError *failure)
{
  CotBundle *bundle = self->bundle;

  g_mutex_lock (&bundle->lock);
  if (failure == NULL && worker != NULL && !cot_unpacker_is_worn (worker))
    g_ptr_array_add (self->idle, g_steal_pointer (&worker));
  else
    self->n_workers--;
  if (failure != NULL && failure->domain == COT_BUNDLE_ERROR && self->worker_error == NULL
      && (worker == NULL || ++self->n_faults >= MAX_FAULTS))
    self->worker_error = g_error_copy (failure);
  self->last_use = ++bundle->n_uses;
  g_cond_broadcast (&bundle->released);
  g_mutex_unlock (&bundle->lock);
  if (worker != NULL)
    cot_unpacker_free (worker);
}

/* A call that waits for the only worker of an archive. */
typedef struct
{
  guint index;
  guint n_passed; /* others that were served meanwhile */
} Waiter;

/* A worker that goes back in a cabinet unpacks all of it once more: what comes next in the data is
 * served first, but nobody waits for ever. */
static guint64
get_rank (const CotBundleArchive *self, const Waiter *waiter)
{
  if (waiter->n_passed >= MAX_PASSED)
    return 0;
  return waiter->index > self->last_index ? waiter->index : (guint64) G_MAXUINT + waiter->index;
}

static gboolean
is_next (const CotBundleArchive *self, const Waiter *waiter)
{
  guint64 rank = get_rank (self, waiter);

  if (self->max_workers > 1)
    return TRUE;
  for (guint i = 0; i < self->waiting->len; i++)
    if (get_rank (self, g_ptr_array_index (self->waiting, i)) < rank)
      return FALSE;
  return TRUE;
}

static void
stop_waiting (CotBundleArchive *self, Waiter *waiter, gboolean is_served)
{
  g_ptr_array_remove_fast (self->waiting, waiter);
  if (!is_served)
    return;
  self->last_index = waiter->index;
  for (guint i = 0; i < self->waiting->len; i++)
    ((Waiter *) g_ptr_array_index (self->waiting, i))->n_passed++;
}

/* NULL without an error: the caller may start one, which is counted already. */
static CotUnpacker *
wait_for_worker (CotBundleArchive *self, guint index, GCancellable *cancellable, GError **error)
{
  CotBundle *bundle = self->bundle;
  Waiter waiter = { .index = index };
  CotUnpacker *worker = NULL;
  gboolean may_start = FALSE;

  g_mutex_lock (&bundle->lock);
  g_ptr_array_add (self->waiting, &waiter);
  while (worker == NULL && !may_start && self->worker_error == NULL)
    {
      if (self->idle->len > 0 && is_next (self, &waiter))
        worker = g_ptr_array_steal_index (self->idle, self->idle->len - 1);
      else if (self->n_workers < self->max_workers && is_next (self, &waiter))
        may_start = TRUE;
      else if (g_cancellable_set_error_if_cancelled (cancellable, error))
        break;
      else
        g_cond_wait_until (&bundle->released, &bundle->lock, g_get_monotonic_time () + LOOK_USEC);
    }
  stop_waiting (self, &waiter, worker != NULL || may_start);
  /* The next one may be another than who was woken. */
  g_cond_broadcast (&bundle->released);
  if (may_start)
    self->n_workers++;
  else if (worker == NULL && self->worker_error != NULL)
    g_propagate_error (error, g_error_copy (self->worker_error));
  g_mutex_unlock (&bundle->lock);
  return worker;
}

static CotUnpacker *
take_worker (CotBundleArchive *self, guint index, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  CotUnpackStatus status;
  CotUnpacker *worker = wait_for_worker (self, index, cancellable, &failure);

  if (worker == NULL && failure == NULL)
    {
      worker = start_worker (self, &status, cancellable, &failure);
      if (worker == NULL)
        give_back (self, NULL, failure);
    }
  if (worker == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return worker;
}

/**
 * cot_bundle_archive_list:
 * @self: an archive that was not listed
 * @status: (out): what is wrong with the list as a whole
 * @cancellable: (nullable): ends the listing
 * @error: return location
 *
 * Adds its entries to the bundle; none, where there is an error.
 */
gboolean
cot_bundle_archive_list (CotBundleArchive *self, CotUnpackStatus *status,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  guint first = self->bundle->items->len;
  CotUnpacker *worker;

  self->n_workers++;
  worker = start_worker (self, status, cancellable, &failure);
  give_back (self, worker, failure);
  if (failure == NULL)
    return TRUE;
  g_array_set_size (self->bundle->items, first);
  self->n_items = 0;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Under the lock. */
static CotUnpackStatus
check_budget (const CotBundle *bundle, guint64 more_bytes)
{
  guint64 unpacked_bytes = bundle->unpacked_bytes;

  if (unpacked_bytes > COT_UNPACK_MAX_TOTAL_BYTES
      || more_bytes > COT_UNPACK_MAX_TOTAL_BYTES - unpacked_bytes)
    return COT_UNPACK_TOTAL_LIMIT;
  unpacked_bytes += more_bytes;
  if (unpacked_bytes > COT_UNPACK_RATIO_FREE_BYTES
      && unpacked_bytes / COT_UNPACK_MAX_RATIO > bundle->packed_bytes)
    return COT_UNPACK_BUNDLE_RATIO;
  return COT_UNPACK_OK;
}

/* One budget for the tree. The worker holds the same for its archive, but there are many. What was
 * charged once is free when it is read again. */
static gboolean
reserve (CotBundle *bundle, CotBundleItem *item, guint64 *n_reserved, GError **error)
{
  CotUnpackStatus status = COT_UNPACK_OK;
  guint64 n_more;

  g_mutex_lock (&bundle->lock);
  n_more = item->member.size_bytes - MIN (item->charged_bytes, item->member.size_bytes);
  if (n_more > 0)
    status = check_budget (bundle, n_more);
  *n_reserved = status == COT_UNPACK_OK ? n_more : 0;
  item->charged_bytes += *n_reserved;
  bundle->unpacked_bytes += *n_reserved;
  g_mutex_unlock (&bundle->lock);
  if (status == COT_UNPACK_OK)
    return TRUE;
  g_propagate_error (error, cot_bundle_error_from_status (status, 0));
  return FALSE;
}

/* What was reserved and not had is given back, unless another call had it meanwhile. */
static void
settle (CotBundle *bundle, CotBundleItem *item, guint64 n_reserved, guint64 n_had)
{
  guint64 n_kept;

  g_mutex_lock (&bundle->lock);
  item->unpacked_bytes = MAX (item->unpacked_bytes, n_had);
  n_kept = MAX (item->charged_bytes - n_reserved, item->unpacked_bytes);
  bundle->unpacked_bytes = bundle->unpacked_bytes - item->charged_bytes + n_kept;
  item->charged_bytes = n_kept;
  g_mutex_unlock (&bundle->lock);
}

/* With each pass phrase until one is not wrong. */
static void
read_with_each (CotBundleArchive *self, CotBundleItem *item, guint index, CotUnpacker *worker,
                CotSpool *into, CotUnpackStatus *status, GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GArray) numbers = cot_bundle_list_pass_phrases (self->bundle, item);
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; i < numbers->len && failure == NULL; i++)
    {
      guint number = g_array_index (numbers, guint, i);

      if (cot_bundle_hand_on_pass_phrase (self->bundle, number, worker, &failure)
          && !cot_unpacker_read (worker, index - self->first_item, item->member.size_bytes, into,
                                 status, cancellable, &failure))
        break;
      if (*status == COT_UNPACK_WRONG_PASS_PHRASE && cot_spool_get_size (into) == 0)
        continue;
      g_mutex_lock (&self->bundle->lock);
      self->n_fitting = number;
      g_mutex_unlock (&self->bundle->lock);
      break;
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
}

/**
 * cot_bundle_archive_read:
 * @self: an archive that was listed
 * @index: one of its items, by the number in the bundle
 * @into: gets the data
 * @status: (out): how it ended; data that came before a fault is in @into
 * @cancellable: (nullable): ends the worker
 * @error: return location
 *
 * Returns: whether the answer came to its end. Any thread
 */
gboolean
cot_bundle_archive_read (CotBundleArchive *self, guint index, CotSpool *into,
                         CotUnpackStatus *status, GCancellable *cancellable, GError **error)
{
  CotBundleItem *item = cot_bundle_get_item (self->bundle, index);
  g_autoptr (GError) failure = NULL;
  guint64 n_reserved;
  CotUnpacker *worker;

  if (!reserve (self->bundle, item, &n_reserved, error))
    return FALSE;
  worker = take_worker (self, index, cancellable, &failure);
  if (worker != NULL)
    {
      read_with_each (self, item, index, worker, into, status, cancellable, &failure);
      give_back (self, worker, failure);
    }
  settle (self->bundle, item, n_reserved, cot_spool_get_size (into));
  if (self->depth > 0)
    cot_bundle_archives_rest (self->bundle);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
is_resting (const CotBundleArchive *self)
{
  return self->depth > 0 && self->fd >= 0 && self->n_workers == self->idle->len;
}

/* Under the lock. What it held is put into @workers, because ending them takes a moment. */
static void
give_up (CotBundleArchive *self, GPtrArray *workers)
{
  for (guint i = 0; i < self->idle->len; i++)
    g_ptr_array_add (workers, g_ptr_array_index (self->idle, i));
  g_ptr_array_set_free_func (self->idle, NULL);
  g_ptr_array_set_size (self->idle, 0);
  g_ptr_array_set_free_func (self->idle, (GDestroyNotify) cot_unpacker_free);
  self->n_workers = 0;
  close (self->fd);
  self->fd = -1;
}

/**
 * cot_bundle_archives_rest:
 * @self: a bundle
 *
 * Gives up the worker and the unpacked data of all nested archives but those that were used last.
 * Any thread.
 */
void
cot_bundle_archives_rest (CotBundle *self)
{
  g_autoptr (GPtrArray) workers
      = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_unpacker_free);
  guint n_kept;

  g_mutex_lock (&self->lock);
  do
    {
      CotBundleArchive *oldest = NULL;

      n_kept = 0;
      for (guint i = 0; i < self->archives->len; i++)
        {
          CotBundleArchive *archive = g_ptr_array_index (self->archives, i);

          if (!is_resting (archive))
            continue;
          n_kept++;
          if (oldest == NULL || archive->last_use < oldest->last_use)
            oldest = archive;
        }
      if (n_kept > MAX_KEPT)
        give_up (oldest, workers);
    }
  while (n_kept > MAX_KEPT);
  g_mutex_unlock (&self->lock);
}
