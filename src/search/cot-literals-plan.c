/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-literals-private.h"

#include "cot-byte-rank.h"

/* Which four bytes of each literal are looked for decides how often the vector code stops for
 * nothing: windows are to be rare, and the same one for many literals ("0x80" for all HRESULTs). */

/* What another window costs whatever it is: it makes its bucket wider. */
#define WINDOW_COST 4e-4

typedef struct
{
  guint literal;
  guint offset;
} Place;

/* Four bytes that stand in some literals. */
typedef struct
{
  char bytes[COT_LITERALS_WINDOW_BYTES]; /* in lower case */
  guint n_in_sample;
  double cost; /* the part of all places where they stand */
  GArray *places; /* (element-type Place) */
} Window;

const guint8 cot_literals_fold[256] = {
  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f,
  0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f,
  0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f,
  0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f,
  0x40, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f,
  0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f,
  0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f,
  0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f,
  0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f,
  0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f,
  0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf,
  0xb0, 0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf,
  0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf,
  0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf,
  0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xee, 0xef,
  0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff,
};

static void
set_cost (Window *window)
{
  double by_chance = 1;

  for (guint i = 0; i < COT_LITERALS_WINDOW_BYTES; i++)
    by_chance *= cot_byte_rank[(guchar) window->bytes[i]] / 2000.0;
  window->cost = COT_LITERALS_SAMPLE_WEIGHT * window->n_in_sample
                     / (double) cot_literals_sample_bytes
                 + (1 - COT_LITERALS_SAMPLE_WEIGHT) * by_chance;
}

static void
window_free (gpointer data)
{
  Window *window = data;

  g_array_unref (window->places);
  g_free (window);
}

static void
add_place (GHashTable *by_key, GPtrArray *windows, const char *bytes, guint literal, guint offset)
{
  guint32 key;
  Window *window;
  Place place = { .literal = literal, .offset = offset };

  memcpy (&key, bytes, sizeof key);
  window = g_hash_table_lookup (by_key, GUINT_TO_POINTER (key));
  if (window == NULL)
    {
      window = g_new0 (Window, 1);
      memcpy (window->bytes, bytes, sizeof window->bytes);
      window->places = g_array_new (FALSE, FALSE, sizeof (Place));
      g_hash_table_insert (by_key, GUINT_TO_POINTER (key), window);
      g_ptr_array_add (windows, window);
    }
  g_array_append_val (window->places, place);
}

static void
count_in_sample (GHashTable *by_key)
{
  for (gsize at = 0; at + COT_LITERALS_WINDOW_BYTES <= cot_literals_sample_bytes; at++)
    {
      char bytes[COT_LITERALS_WINDOW_BYTES];
      guint32 key;
      Window *window;

      for (guint i = 0; i < sizeof bytes; i++)
        bytes[i] = (char) cot_literals_fold[(guchar) cot_literals_sample[at + i]];
      memcpy (&key, bytes, sizeof key);
      window = g_hash_table_lookup (by_key, GUINT_TO_POINTER (key));
      if (window != NULL)
        window->n_in_sample++;
    }
}

static GPtrArray *
collect_windows (CotLiterals *self)
{
  GPtrArray *windows = g_ptr_array_new_with_free_func (window_free);
  g_autoptr (GHashTable) by_key = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->literals->len; i++)
    {
      const CotLiteral *literal = &g_array_index (self->literals, CotLiteral, i);

      for (guint offset = 0; offset + COT_LITERALS_WINDOW_BYTES <= literal->length_bytes
                             && offset <= COT_LITERALS_MAX_WINDOW_OFFSET; offset++)
        add_place (by_key, windows, literal->folded + offset, i, offset);
    }
  count_in_sample (by_key);
  for (guint i = 0; i < windows->len; i++)
    set_cost (g_ptr_array_index (windows, i));
  return windows;
}

/* How many literals without a window the given one would serve. */
static guint
count_open (CotLiterals *self, const Window *window)
{
  guint n = 0;

  for (guint i = 0; i < window->places->len; i++)
    {
      guint index = g_array_index (window->places, Place, i).literal;

      if (g_array_index (self->literals, CotLiteral, index).window_bytes == 0)
        n++;
    }
  return n;
}

static void
take_window (CotLiterals *self, const Window *window)
{
  for (guint i = 0; i < window->places->len; i++)
    {
      Place place = g_array_index (window->places, Place, i);
      CotLiteral *literal = &g_array_index (self->literals, CotLiteral, place.literal);

      if (literal->window_bytes != 0)
        continue;
      literal->window_bytes = COT_LITERALS_WINDOW_BYTES;
      literal->window_offset = place.offset;
      self->max_window_offset = MAX (self->max_window_offset, place.offset);
    }
}

/* Takes the window that serves the most literals for its cost, until all have one. */
static void
choose_windows (CotLiterals *self)
{
  g_autoptr (GPtrArray) windows = collect_windows (self);

  for (guint i = 0; i < self->literals->len; i++)
    {
      CotLiteral *literal = &g_array_index (self->literals, CotLiteral, i);

      if (literal->length_bytes < COT_LITERALS_WINDOW_BYTES)
        literal->window_bytes = (guint) literal->length_bytes;
    }
  for (;;)
    {
      const Window *best = NULL;
      double best_value = 0;

      for (guint i = 0; i < windows->len; i++)
        {
          const Window *window = g_ptr_array_index (windows, i);
          double value = count_open (self, window) / (window->cost + WINDOW_COST);

          if (value > best_value)
            {
              best = window;
              best_value = value;
            }
        }
      if (best == NULL)
        return;
      take_window (self, best);
    }
}

typedef struct
{
  guint32 key;
  guint window_bytes;
  guint literal;
} Entry;

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *left = a;
  const Entry *right = b;

  if (left->window_bytes != right->window_bytes)
    return left->window_bytes < right->window_bytes ? -1 : 1;
  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;
  return left->literal < right->literal ? -1 : left->literal > right->literal;
}

static GArray *
collect_entries (CotLiterals *self)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  for (guint i = 0; i < self->literals->len; i++)
    {
      const CotLiteral *literal = &g_array_index (self->literals, CotLiteral, i);
      Entry entry = {
        .key = cot_literals_key (literal->folded + literal->window_offset, literal->window_bytes),
        .window_bytes = literal->window_bytes,
        .literal = i,
      };

      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare_entries);
  return entries;
}

static CotLiteralsSlot *
claim_slot (CotLiterals *self, const Entry *entry)
{
  guint mask = (1u << self->slot_bits) - 1;
  guint at = cot_literals_hash (entry->key, entry->window_bytes, self->slot_bits);

  while (self->slots[at].window_bytes != 0)
    at = (at + 1) & mask;
  self->slots[at].key = entry->key;
  self->slots[at].window_bytes = (guint16) entry->window_bytes;
  return &self->slots[at];
}

static CotLiteralsLink
make_link (const CotLiterals *self, guint index)
{
  const CotLiteral *literal = &g_array_index (self->literals, CotLiteral, index);
  CotLiteralsLink link = {
    .literal = index,
    .window_offset = literal->window_offset,
    .rest_bytes = literal->length_bytes - literal->window_offset,
  };
  const gsize n = MIN (literal->length_bytes, sizeof link.tail);
  char tail[sizeof link.tail] = { 0 };
  char mask[sizeof link.mask] = { 0 };

  memcpy (tail + sizeof tail - n, literal->folded + literal->length_bytes - n, n);
  memset (mask + sizeof mask - n, 0xff, n);
  memcpy (&link.mask, mask, sizeof mask);
  link.tail = cot_literals_tail (tail + sizeof tail) & link.mask;
  return link;
}

/* Windows to literals, at most a quarter full: nearly all look-ups find nothing. */
static void
fill_slots (CotLiterals *self, const GArray *entries)
{
  CotLiteralsSlot *slot = NULL;

  self->slot_bits = MAX (8, g_bit_storage (entries->len) + 2);
  self->slots = g_new0 (CotLiteralsSlot, (gsize) 1 << self->slot_bits);
  self->chain = g_new (CotLiteralsLink, MAX (entries->len, 1));
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      if (slot == NULL || slot->key != entry->key || slot->window_bytes != entry->window_bytes)
        {
          slot = claim_slot (self, entry);
          slot->first = i;
        }
      slot->n++;
      self->chain[i] = make_link (self, entry->literal);
      self->max_rest_bytes = MAX (self->max_rest_bytes, self->chain[i].rest_bytes);
      self->window_sizes |= 1u << entry->window_bytes;
    }
}

static void
set_filter_bit (guint8 *filter, guint32 key)
{
  guint bit = cot_literals_hash (key, 0, 16);

  filter[bit / 8] |= (guint8) (1 << bit % 8);
}

/* By the first three bytes. */
static void
add_to_filter (guint8 *filter, const Entry *entry)
{
  if (entry->window_bytes == 1)
    memset (filter, 0xff, 65536 / 8);
  else if (entry->window_bytes == 2)
    for (guint32 third = 0; third < 256; third++)
      set_filter_bit (filter, entry->key | (third | 0x20) << 16);
  else
    set_filter_bit (filter, entry->key & 0xffffff);
}

static void
fill_filters (CotLiterals *self, const GArray *entries)
{
  self->filter = g_malloc0 (65536 / 8);
  self->short_filter = g_malloc0 (65536 / 8);
  self->long_filter = g_malloc0 (65536 / 8);
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      add_to_filter (self->filter, entry);
      if (entry->window_bytes < COT_LITERALS_WINDOW_BYTES)
        add_to_filter (self->short_filter, entry);
      else
        set_filter_bit (self->long_filter, entry->key);
    }
}

static GArray *
collect_different_windows (CotLiterals *self, const GArray *entries)
{
  GArray *windows = g_array_new (FALSE, FALSE, sizeof (CotSpan));
  CotSpan previous = { NULL };

  for (guint i = 0; i < entries->len; i++)
    {
      guint index = g_array_index (entries, Entry, i).literal;
      const CotLiteral *literal = &g_array_index (self->literals, CotLiteral, index);
      CotSpan window = { literal->folded + literal->window_offset, literal->window_bytes };

      /* Those that share a window stand together. */
      if (window.length_bytes == previous.length_bytes
          && memcmp (window.data, previous.data, window.length_bytes) == 0)
        continue;
      g_array_append_val (windows, window);
      previous = window;
    }
  return windows;
}

void
cot_literals_plan (CotLiterals *self)
{
  g_autoptr (GArray) entries = NULL;
  g_autoptr (GArray) windows = NULL;

  choose_windows (self);
  entries = collect_entries (self);
  fill_slots (self, entries);
  fill_filters (self, entries);
  windows = collect_different_windows (self, entries);
  cot_literals_set_masks (&self->masks, (const CotSpan *) (gconstpointer) windows->data,
                          windows->len);
}
