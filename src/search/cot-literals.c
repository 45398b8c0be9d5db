/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-literals-private.h"

#define N_STARTS 65536

static void
literal_clear (gpointer data)
{
  CotLiteral *literal = data;

  g_free (literal->folded);
  g_array_unref (literal->indices);
}

static guint
start_of (const CotLiterals *self, guchar first, guchar second)
{
  return (guint) cot_literals_fold[first] << 8 | cot_literals_fold[second];
}

static void
add_start (CotLiterals *self, const CotLiteral *literal, guint index)
{
  guchar first = (guchar) literal->folded[0];

  if (self->by_first[first] == NULL)
    self->by_first[first] = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->by_first[first], index);
  for (guint second = 0; second < 256; second++)
    if (literal->length_bytes == 1 || second == (guchar) literal->folded[1])
      {
        guint start = (guint) first << 8 | second;

        self->starts[start / 8] |= (guint8) (1 << start % 8);
      }
}

static void
add_literal (CotLiterals *self, GHashTable *known, const char *text, guint index)
{
  g_autofree char *folded = g_ascii_strdown (text, -1);
  gpointer found;
  CotLiteral literal = { NULL };

  if (*text == '\0')
    return;
  if (g_hash_table_lookup_extended (known, folded, NULL, &found))
    {
      CotLiteral *same = &g_array_index (self->literals, CotLiteral, GPOINTER_TO_UINT (found));

      g_array_append_val (same->indices, index);
      return;
    }
  literal.length_bytes = strlen (folded);
  literal.folded = g_steal_pointer (&folded);
  literal.indices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (literal.indices, index);
  add_start (self, &literal, self->literals->len);
  g_hash_table_insert (known, literal.folded, GUINT_TO_POINTER (self->literals->len));
  g_array_append_val (self->literals, literal);
}

/**
 * cot_literals_new:
 * @literals: (array length=n_literals): the texts to look for, any bytes but NUL
 * @n_literals: their number
 *
 * Prepares a search for many literals in one pass. ASCII letters match in both cases, all other
 * bytes as they are. The same literal may stand there twice; an empty one is never found.
 *
 * Costs some milliseconds for 500 literals. Any thread.
 *
 * Returns: (transfer full): the set
 */
CotLiterals *
cot_literals_new (const char *const *literals, guint n_literals)
{
  CotLiterals *self = g_new0 (CotLiterals, 1);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  g_atomic_ref_count_init (&self->ref_count);
  self->literals = g_array_new (FALSE, FALSE, sizeof (CotLiteral));
  g_array_set_clear_func (self->literals, literal_clear);
  self->starts = g_malloc0 (N_STARTS / 8);
  for (guint i = 0; i < n_literals; i++)
    add_literal (self, known, literals[i], i);
  cot_literals_plan (self);
  return self;
}

/**
 * cot_literals_ref:
 * @self: a set of literals
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
CotLiterals *
cot_literals_ref (CotLiterals *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * cot_literals_unref:
 * @self: (transfer full): a set of literals
 *
 * Any thread.
 */
void
cot_literals_unref (CotLiterals *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->literals);
  for (guint i = 0; i < 256; i++)
    g_clear_pointer (&self->by_first[i], g_array_unref);
  g_free (self->starts);
  g_free (self->filter);
  g_free (self->short_filter);
  g_free (self->long_filter);
  g_free (self->slots);
  g_free (self->chain);
  g_free (self);
}

static gboolean
stands_at (const CotLiteral *literal, const char *data)
{
  for (gsize i = 0; i < literal->length_bytes; i++)
    if (cot_literals_fold[(guchar) data[i]] != (guchar) literal->folded[i])
      return FALSE;
  return TRUE;
}

static gboolean
report (CotLiteralsScan *scan, guint literal, gsize offset)
{
  const GArray *indices = g_array_index (scan->literals->literals, CotLiteral, literal).indices;

  for (guint i = 0; i < indices->len && !scan->stopped; i++)
    if (!scan->function (g_array_index (indices, guint, i), offset, scan->user_data))
      scan->stopped = TRUE;
  return !scan->stopped;
}

/* Reports the hits before @end. */
static void
flush_pending (CotLiteralsScan *scan, gsize end)
{
  GArray *pending = scan->pending;

  while (scan->first_pending < pending->len && !scan->stopped)
    {
      CotLiteralsHit hit = g_array_index (pending, CotLiteralsHit, scan->first_pending);

      if (hit.offset >= end)
        break;
      scan->first_pending++;
      report (scan, hit.literal, hit.offset);
    }
  if (scan->first_pending == pending->len)
    {
      g_array_set_size (pending, 0);
      scan->first_pending = 0;
    }
  else if (scan->first_pending >= 4096)
    {
      g_array_remove_range (pending, 0, scan->first_pending);
      scan->first_pending = 0;
    }
}

static gboolean
comes_before (const CotLiteralsHit *a, const CotLiteralsHit *b)
{
  return a->offset != b->offset ? a->offset < b->offset : a->literal < b->literal;
}

static void
add_pending (CotLiteralsScan *scan, guint literal, gsize offset)
{
  CotLiteralsHit hit = { .offset = offset, .literal = literal };
  guint at = scan->pending->len;

  while (at > scan->first_pending
         && comes_before (&hit, &g_array_index (scan->pending, CotLiteralsHit, at - 1)))
    at--;
  g_array_insert_val (scan->pending, at, hit);
}

/* Whether so much stands there, from @position back and on: near the borders of the data there may
 * be no room for a literal, or for all of its tail; a place may even be behind the last byte. */
static gboolean
has_room (const CotLiteralsScan *scan, gsize position, gsize back_bytes, gsize on_bytes)
{
  return position >= back_bytes && on_bytes <= scan->length_bytes
         && position <= scan->length_bytes - on_bytes;
}

static void
check_slot (CotLiteralsScan *scan, const CotLiteralsSlot *slot, gsize position)
{
  const CotLiterals *self = scan->literals;
  const CotLiteralsLink *link = &self->chain[slot->first];
  const CotLiteralsLink *end = link + slot->n;
  const char *window = scan->data + position;
  const gboolean is_inside
      = has_room (scan, position, self->max_window_offset + sizeof link->tail,
                  self->max_rest_bytes);

  for (; link < end; link++)
    if (is_inside
            ? (cot_literals_tail (window + link->rest_bytes) & link->mask) == link->tail
            : has_room (scan, position, link->window_offset, link->rest_bytes))
      {
        gsize offset = position - link->window_offset;

        if (stands_at (&g_array_index (self->literals, CotLiteral, link->literal),
                       scan->data + offset))
          add_pending (scan, link->literal, offset);
      }
}

gboolean
cot_literals_scan_candidate (CotLiteralsScan *scan, gsize position, const char *bytes)
{
  const CotLiterals *self = scan->literals;
  guint mask = (1u << self->slot_bits) - 1;
  guint32 word = cot_literals_key (bytes, COT_LITERALS_WINDOW_BYTES);
  gboolean has_short = cot_literals_look_up (self->short_filter, word & 0xffffff) != 0;

  for (guint size = COT_LITERALS_WINDOW_BYTES;
       size > (has_short ? 0 : COT_LITERALS_WINDOW_BYTES - 1); size--)
    {
      guint32 key;
      guint at;

      if (!(self->window_sizes & 1u << size))
        continue;
      key = cot_literals_shorten (word, size);
      for (at = cot_literals_hash (key, size, self->slot_bits); self->slots[at].window_bytes != 0;
           at = (at + 1) & mask)
        if (self->slots[at].key == key && self->slots[at].window_bytes == size)
          {
            if (scan->first_pending < scan->pending->len)
              flush_pending (scan, position - MIN (position, self->max_window_offset));
            check_slot (scan, &self->slots[at], position);
            break;
          }
    }
  return !scan->stopped;
}

/* Needs no windows: at each place the literals that start with these two bytes are compared. */
static void
scan_scalar (CotLiteralsScan *scan)
{
  const CotLiterals *self = scan->literals;

  for (gsize at = 0; at < scan->length_bytes && !scan->stopped; at++)
    {
      guchar first = (guchar) scan->data[at];
      guchar second = at + 1 < scan->length_bytes ? (guchar) scan->data[at + 1] : 0;
      guint start = start_of (self, first, second);
      const GArray *candidates;

      if (!(self->starts[start / 8] & 1 << start % 8))
        continue;
      candidates = self->by_first[cot_literals_fold[first]];
      for (guint i = 0; i < candidates->len && !scan->stopped; i++)
        {
          guint index = g_array_index (candidates, guint, i);
          const CotLiteral *literal = &g_array_index (self->literals, CotLiteral, index);

          if (literal->length_bytes <= scan->length_bytes - at
              && stands_at (literal, scan->data + at))
            report (scan, index, at);
        }
    }
}

/* Whether this machine can run a variant. */
gboolean
cot_literals_has_variant (CotLiteralsVariant variant)
{
#if defined(__x86_64__) || defined(__i386__)
  switch (variant)
    {
    case COT_LITERALS_AVX2:
      return __builtin_cpu_supports ("avx2") != 0 && __builtin_cpu_supports ("popcnt") != 0;
    case COT_LITERALS_SSSE3:
      return __builtin_cpu_supports ("ssse3") != 0;
    case COT_LITERALS_SCALAR:
      break;
    }
#endif
  return variant == COT_LITERALS_SCALAR;
}

/* One given variant, for tests and measurements; the machine must have it. */
void
cot_literals_scan_variant (CotLiterals *self, CotLiteralsVariant variant, const char *data,
                           gsize length_bytes, CotLiteralsFunc function, gpointer user_data)
{
  CotLiteralsScan scan = {
    .literals = self,
    .data = data,
    .length_bytes = length_bytes,
    .function = function,
    .user_data = user_data,
  };

  if (self->literals->len == 0 || length_bytes == 0)
    return;
  if (variant == COT_LITERALS_SCALAR)
    {
      scan_scalar (&scan);
      return;
    }
  scan.pending = g_array_new (FALSE, FALSE, sizeof (CotLiteralsHit));
  if (variant == COT_LITERALS_AVX2)
    cot_literals_scan_avx2 (&scan);
  else
    cot_literals_scan_ssse3 (&scan);
  flush_pending (&scan, G_MAXSIZE);
  g_array_unref (scan.pending);
}

/**
 * cot_literals_scan:
 * @self: a set of literals
 * @data: (array length=length_bytes) (nullable): any bytes
 * @length_bytes: the length of @data
 * @function: (scope call): called for each occurrence
 * @user_data: for @function
 *
 * Finds every occurrence, also those that overlap, in the order of their offsets; at one offset in
 * the order in which the literals were given, the same literal's indices together.
 *
 * Any thread.
 */
void
cot_literals_scan (CotLiterals *self, const char *data, gsize length_bytes,
                   CotLiteralsFunc function, gpointer user_data)
{
  CotLiteralsVariant variant = COT_LITERALS_AVX2;

  while (!cot_literals_has_variant (variant))
    variant--;
  cot_literals_scan_variant (self, variant, data, length_bytes, function, user_data);
}

/**
 * cot_literals_scan_scalar:
 * @self: a set of literals
 * @data: (array length=length_bytes) (nullable): any bytes
 * @length_bytes: the length of @data
 * @function: (scope call): called for each occurrence
 * @user_data: for @function
 *
 * The same as cot_literals_scan() without vectors. Any thread.
 */
void
cot_literals_scan_scalar (CotLiterals *self, const char *data, gsize length_bytes,
                          CotLiteralsFunc function, gpointer user_data)
{
  cot_literals_scan_variant (self, COT_LITERALS_SCALAR, data, length_bytes, function, user_data);
}
