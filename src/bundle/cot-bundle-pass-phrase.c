/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-bundle-private.h"

#include <string.h>

/* The phrases are in this process and in the worker's as long as the bundle is open, and nowhere
 * else: no error, no log and no file ever has one. */

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

static void
pass_phrase_free (gpointer data)
{
  CotBundlePassPhrase *phrase = data;

  wipe (phrase->text);
  g_free (phrase);
}

/**
 * cot_bundle_wipe_pass_phrases:
 * @self: a bundle that goes away
 */
void
cot_bundle_wipe_pass_phrases (CotBundle *self)
{
  g_queue_clear_full (&self->pass_phrases, pass_phrase_free);
}

/* Under the lock. */
static void
add_pass_phrase (CotBundle *self, const char *text)
{
  CotBundlePassPhrase *phrase;

  for (GList *item = self->pass_phrases.head; item != NULL; item = item->next)
    if (strcmp (((CotBundlePassPhrase *) item->data)->text, text) == 0)
      return;
  if (self->pass_phrases.length == COT_BUNDLE_MAX_PASS_PHRASES)
    pass_phrase_free (g_queue_pop_tail (&self->pass_phrases));
  phrase = g_new0 (CotBundlePassPhrase, 1);
  phrase->number = ++self->n_pass_phrases;
  phrase->text = g_strdup (text);
  g_queue_push_head (&self->pass_phrases, phrase);
}

/* One that was wrong is not tried with other members again and again. */
static void
drop_newest_pass_phrase (CotBundle *self)
{
  g_mutex_lock (&self->lock);
  if (self->pass_phrases.length > 0)
    pass_phrase_free (g_queue_pop_head (&self->pass_phrases));
  g_mutex_unlock (&self->lock);
}

gboolean
cot_bundle_has_pass_phrase (CotBundle *self)
{
  gboolean has;

  g_mutex_lock (&self->lock);
  has = self->pass_phrases.length > 0;
  g_mutex_unlock (&self->lock);
  return has;
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
 * Those given before are kept: each archive inside may have its own. Members that could not be read
 * for want of it, or because it was wrong, can be asked for again. Any thread.
 */
void
cot_bundle_set_pass_phrase (CotBundle *self, const char *pass_phrase)
{
  gsize length_bytes = strlen (pass_phrase);
  gboolean is_possible = length_bytes >= 1 && length_bytes <= COT_UNPACK_MAX_PASS_PHRASE_BYTES;

  g_mutex_lock (&self->lock);
  if (is_possible)
    {
      add_pass_phrase (self, pass_phrase);
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

/* Of those that want one in each archive, that which is read soonest. */
static GHashTable *
find_smallest (CotBundle *self)
{
  GHashTable *smallest = g_hash_table_new (NULL, NULL);

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->items->len; i++)
    {
      const CotBundleItem *item = cot_bundle_get_item (self, i);
      gpointer found;

      if (!wants_pass_phrase (item))
        continue;
      found = g_hash_table_lookup (smallest, item->archive);
      if (found == NULL
          || cot_bundle_get_item (self, GPOINTER_TO_UINT (found) - 1)->member.size_bytes
                 > item->member.size_bytes)
        g_hash_table_insert (smallest, item->archive, GUINT_TO_POINTER (i + 1));
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
 * Sets it, and reads a member of each archive until it fits one. Blocks, so it is for worker
 * threads.
 *
 * Returns: whether it is not wrong; another fault of the member is none of the phrase
 */
gboolean
cot_bundle_try_pass_phrase (CotBundle *self, const char *pass_phrase, GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GHashTable) smallest = find_smallest (self);
  g_autoptr (GError) failure = NULL;
  GHashTableIter iter;
  gpointer index;
  guint n_before;

  g_mutex_lock (&self->lock);
  n_before = self->n_pass_phrases;
  g_mutex_unlock (&self->lock);
  cot_bundle_set_pass_phrase (self, pass_phrase);
  if (g_hash_table_size (smallest) == 0)
    return TRUE;
  g_hash_table_iter_init (&iter, smallest);
  while (g_hash_table_iter_next (&iter, NULL, &index))
    {
      g_autoptr (CotSource) source = NULL;

      g_clear_error (&failure);
      source =
          cot_bundle_read_member (self, GPOINTER_TO_UINT (index) - 1, cancellable, &failure);
      if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        break;
      if (!g_error_matches (failure, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WRONG_PASS_PHRASE))
        return TRUE;
    }
  if (self->n_pass_phrases > n_before)
    drop_newest_pass_phrase (self);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * cot_bundle_list_pass_phrases:
 * @self: a bundle
 * @item: a member that is about to be read
 *
 * Any thread.
 *
 * Returns: (transfer full) (element-type guint): the numbers of what it may be read with, one of
 *   which is likely to fit first
 */
GArray *
cot_bundle_list_pass_phrases (CotBundle *self, CotBundleItem *item)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  guint none = 0;

  g_mutex_lock (&self->lock);
  item->n_tried = self->n_pass_phrases;
  for (GList *link = self->pass_phrases.head; link != NULL; link = link->next)
    {
      const CotBundlePassPhrase *phrase = link->data;

      if (item->archive != NULL && phrase->number == item->archive->n_fitting)
        g_array_prepend_val (numbers, phrase->number);
      else
        g_array_append_val (numbers, phrase->number);
    }
  g_mutex_unlock (&self->lock);
  if (numbers->len == 0)
    g_array_append_val (numbers, none);
  return numbers;
}

/**
 * cot_bundle_hand_on_pass_phrase:
 * @self: a bundle
 * @number: of a pass phrase; 0: none
 * @worker: a worker that will read a member
 * @error: return location
 *
 * Tells the worker the pass phrase, if it does not know it. Any thread.
 *
 * Returns: whether the worker is still there
 */
gboolean
cot_bundle_hand_on_pass_phrase (CotBundle *self, guint number, CotUnpacker *worker,
                                GError **error)
{
  char *text = NULL;
  gboolean done = TRUE;

  if (number == 0 || number == cot_unpacker_get_pass_phrase_number (worker))
    return TRUE;
  g_mutex_lock (&self->lock);
  for (GList *link = self->pass_phrases.head; link != NULL; link = link->next)
    if (((CotBundlePassPhrase *) link->data)->number == number)
      text = g_strdup (((CotBundlePassPhrase *) link->data)->text);
  g_mutex_unlock (&self->lock);

  if (text != NULL)
    done = cot_unpacker_set_pass_phrase (worker, text, number, error);
  wipe (text);
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
