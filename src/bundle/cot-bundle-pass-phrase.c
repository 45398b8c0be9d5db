/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-bundle-private.h"

#include <string.h>

/* The phrase is in this process and in the worker's as long as the bundle is open, and nowhere
 * else: no error, no log and no file ever has it. */

static gboolean
wants_pass_phrase (const CotBundleItem *item)
{
  return g_error_matches (item->error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_ENCRYPTED)
         || g_error_matches (item->error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE);
}

static void
wipe (char *pass_phrase)
{
  if (pass_phrase == NULL)
    return;
  explicit_bzero (pass_phrase, strlen (pass_phrase));
  g_free (pass_phrase);
}

/**
 * cot_bundle_wipe_pass_phrase:
 * @self: a bundle that goes away
 */
void
cot_bundle_wipe_pass_phrase (CotBundle *self)
{
  wipe (g_steal_pointer (&self->pass_phrase));
}

/* Under the lock. What no archive can have been packed with is wrong before it is tried. */
static void
renew_errors (CotBundle *self, gboolean is_possible)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      CotBundleItem *item = &g_array_index (self->items, CotBundleItem, i);

      if (!wants_pass_phrase (item))
        continue;
      g_clear_error (&item->error);
      if (!is_possible)
        item->error = cot_bundle_error_from_status (COT_UNPACK_WRONG_PASS_PHRASE, 0);
    }
}

/**
 * cot_bundle_set_pass_phrase:
 * @self: a bundle
 * @pass_phrase: what the encrypted members may be read with
 *
 * Replaces the one before. Members that could not be read for want of it, or because it was wrong,
 * can be asked for again. Any thread.
 */
void
cot_bundle_set_pass_phrase (CotBundle *self, const char *pass_phrase)
{
  gsize length_bytes = strlen (pass_phrase);
  gboolean is_possible = length_bytes >= 1 && length_bytes <= COT_UNPACK_MAX_PASS_PHRASE_BYTES;

  g_mutex_lock (&self->lock);
  if (is_possible)
    {
      cot_bundle_wipe_pass_phrase (self);
      self->pass_phrase = g_strdup (pass_phrase);
      self->n_pass_phrases++;
    }
  renew_errors (self, is_possible);
  g_mutex_unlock (&self->lock);
}

/**
 * cot_bundle_needs_pass_phrase:
 * @self: a bundle
 *
 * Returns: whether there is a member that a pass phrase would help with: none was given, or a
 *   wrong one. Any thread
 */
gboolean
cot_bundle_needs_pass_phrase (CotBundle *self)
{
  gboolean needed = FALSE;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->items->len && !needed; i++)
    needed = wants_pass_phrase (&g_array_index (self->items, CotBundleItem, i));
  g_mutex_unlock (&self->lock);
  return needed;
}

/* Of those that want one, that which is read soonest; G_MAXUINT: none does. */
static guint
find_smallest (CotBundle *self)
{
  guint smallest = G_MAXUINT;
  guint64 size_bytes = G_MAXUINT64;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->items->len; i++)
    {
      const CotBundleItem *item = cot_bundle_get_item (self, i);

      if (!wants_pass_phrase (item) || item->member.size_bytes >= size_bytes)
        continue;
      smallest = i;
      size_bytes = item->member.size_bytes;
    }
  g_mutex_unlock (&self->lock);
  return smallest;
}

/**
 * cot_bundle_try_pass_phrase:
 * @self: a bundle
 * @pass_phrase: what the encrypted members may be read with
 * @cancellable: (nullable): ends the reading
 * @error: return location: %COT_BUNDLE_ERROR_WRONG_PASS_PHRASE, or %G_IO_ERROR_CANCELLED
 *
 * Sets it, and reads one member to see whether it fits. Blocks, so it is for worker threads.
 *
 * Returns: whether it is not wrong; another fault of the member is none of the phrase
 */
gboolean
cot_bundle_try_pass_phrase (CotBundle *self, const char *pass_phrase, GCancellable *cancellable,
                            GError **error)
{
  guint smallest = find_smallest (self);
  g_autoptr (CotSource) source = NULL;
  g_autoptr (GError) failure = NULL;

  cot_bundle_set_pass_phrase (self, pass_phrase);
  if (smallest == G_MAXUINT)
    return TRUE;
  source = cot_bundle_read_member (self, smallest, cancellable, &failure);
  if (!g_error_matches (failure, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE)
      && !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * cot_bundle_hand_on_pass_phrase:
 * @self: a bundle
 * @item: the member that is about to be read
 * @worker: a worker that will read it
 * @error: return location
 *
 * Tells the worker the pass phrase, if there is one that it does not know. Any thread.
 *
 * Returns: whether the worker is still there
 */
gboolean
cot_bundle_hand_on_pass_phrase (CotBundle *self, CotBundleItem *item, CotUnpacker *worker,
                                GError **error)
{
  char *pass_phrase = NULL;
  gboolean done = TRUE;
  guint number;

  g_mutex_lock (&self->lock);
  number = self->n_pass_phrases;
  item->n_tried = number;
  if (number != cot_unpacker_get_pass_phrase_number (worker))
    pass_phrase = g_strdup (self->pass_phrase);
  g_mutex_unlock (&self->lock);

  if (pass_phrase != NULL)
    done = cot_unpacker_set_pass_phrase (worker, pass_phrase, number, error);
  wipe (pass_phrase);
  return done;
}

/**
 * cot_bundle_set_pass_phrase_error:
 * @self: a bundle
 * @index: a member
 * @error: (transfer full): that it was read with a wrong pass phrase
 *
 * Keeps it, unless another pass phrase has come since.
 */
void
cot_bundle_set_pass_phrase_error (CotBundle *self, guint index, GError *error)
{
  CotBundleItem *item = cot_bundle_get_item (self, index);

  g_mutex_lock (&self->lock);
  if (item->n_tried == self->n_pass_phrases)
    {
      g_clear_error (&item->error);
      item->error = g_steal_pointer (&error);
    }
  g_mutex_unlock (&self->lock);
  g_clear_error (&error);
}
