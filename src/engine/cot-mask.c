/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-mask-private.h"

#include <string.h>

/* A value this long is no part of another word by chance. */
#define ANYWHERE_BYTES 12
/* Logs may name every computer of a company; what a report names is far less. */
#define MAX_VALUES (256 * 1024)
/* A shorter name is part of too many words. */
#define MIN_BARE_BYTES 3

typedef struct _Value Value;
struct _Value
{
  CotMaskItem item;
  char *folded;
  gsize n_folded;
  gboolean bare;
  gboolean whole;    /* only where nothing else stands in the text */
  gboolean anywhere; /* also inside of other words */
  guint n_inside;    /* how often it stands inside of others that are masked */
  Value *start;      /* (nullable): the longest other one that this one begins with */
};

/* The values that begin with the same two bytes. */
typedef struct
{
  guint first;
  guint n;
} Range;

struct _CotMask
{
  gatomicrefcount references;
  GHashTable *by_folded; /* to Value, owned */
  GPtrArray *sorted;     /* (element-type Value): all, by their bytes */
  GHashTable *by_start;  /* the first two bytes to Range in @sorted */
  GPtrArray *items;      /* (element-type Value): those that were met */
  guint n_of_kind[COT_N_MASK_KINDS];
  gboolean is_sorted;
};

static void
value_free (gpointer data)
{
  Value *value = data;

  g_free (value->item.value);
  g_free (value->item.stand_in);
  g_free (value->folded);
  g_free (value);
}

/**
 * cot_mask_new:
 *
 * Returns: (transfer full): a mask that knows nothing yet
 */
CotMask *
cot_mask_new (void)
{
  CotMask *self = g_new0 (CotMask, 1);

  g_atomic_ref_count_init (&self->references);
  self->by_folded = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, value_free);
  self->sorted = g_ptr_array_new ();
  self->by_start = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->items = g_ptr_array_new ();
  return self;
}

/**
 * cot_mask_ref:
 * @self: a mask
 *
 * Returns: (transfer full): @self; any thread
 */
CotMask *
cot_mask_ref (CotMask *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * cot_mask_unref:
 * @self: (transfer full): a mask
 *
 * Any thread.
 */
void
cot_mask_unref (CotMask *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->by_start);
  g_ptr_array_unref (self->sorted);
  g_hash_table_unref (self->by_folded);
  g_free (self);
}

/**
 * cot_mask_kind_to_string:
 * @kind: what is masked
 *
 * Returns: (transfer none): "user", ...: what its stand-ins begin with
 */
const char *
cot_mask_kind_to_string (CotMaskKind kind)
{
  static const char *const names[COT_N_MASK_KINDS]
      = { "user", "device", "domain", "tenant", "serial", "secret", "address", "sid",
          "bundle", "word" };

  return names[kind];
}

static gpointer
get_start (const char *folded)
{
  return GUINT_TO_POINTER ((guint) (guchar) folded[0] << 8 | (guint) (guchar) folded[1] | 0x10000u);
}

static char *
dup_folded (const char *value, gsize length_bytes)
{
  CotMaskView view;
  char *folded;

  cot_mask_view_init_folded (&view, value, length_bytes, COT_MASK_VIEW_ROUNDS);
  folded = g_strdup (view.text);
  cot_mask_view_clear (&view);
  return folded;
}

void
cot_mask_add_value (CotMask *self,
                    CotMaskKind kind,
                    const char *value,
                    gsize length_bytes,
                    gboolean bare)
{
  g_autofree char *folded = NULL;
  Value *known;

  if (length_bytes < 1 || length_bytes > COT_MASK_MAX_VALUE_BYTES
      || g_hash_table_size (self->by_folded) >= MAX_VALUES)
    return;
  folded = dup_folded (value, length_bytes);
  if (strlen (folded) < 2)
    return;
  bare = bare && strlen (folded) >= MIN_BARE_BYTES;
  known = g_hash_table_lookup (self->by_folded, folded);
  if (known != NULL && known->whole && known->item.stand_in == NULL)
    known->item.kind = kind;
  if (known != NULL)
    {
      known->whole = FALSE;
      known->bare = known->bare || bare;
      return;
    }
  known = g_new0 (Value, 1);
  known->item.kind = kind;
  known->item.value = g_strndup (value, length_bytes);
  known->item.enabled = TRUE;
  known->n_folded = strlen (folded);
  known->folded = g_steal_pointer (&folded);
  known->bare = bare;
  g_hash_table_insert (self->by_folded, known->folded, known);
  g_ptr_array_add (self->sorted, known);
  self->is_sorted = FALSE;
}

gboolean
cot_mask_has (CotMask *self, CotMaskKind kind, const char *value, gsize length_bytes)
{
  g_autofree char *folded = dup_folded (value, length_bytes);
  const Value *known = g_hash_table_lookup (self->by_folded, folded);

  return known != NULL && known->item.kind == kind;
}

/**
 * cot_mask_add:
 * @self: a mask
 * @kind: what it is
 * @value: a name that is known, or a value; UTF-8
 *
 * Where names are everybody's ("client"), or too short, they are masked only where the characters
 * around them tell what they are.
 */
void
cot_mask_add (CotMask *self, CotMaskKind kind, const char *value)
{
  gsize n = strlen (value);

  switch (kind)
    {
    case COT_MASK_USER:
      cot_mask_add_user (self, value, n);
      break;
    case COT_MASK_DEVICE:
      cot_mask_add_host (self, value, n);
      break;
    case COT_MASK_DOMAIN:
      cot_mask_add_domain (self, value, n);
      break;
    case COT_MASK_SECRET:
      cot_mask_add_secret (self, value, n);
      break;
    case COT_MASK_TENANT:
    case COT_MASK_SERIAL:
    case COT_MASK_ADDRESS:
    case COT_MASK_SID:
    case COT_MASK_BUNDLE:
    case COT_MASK_WORD:
    default:
      cot_mask_add_value (self, kind, value, n, TRUE);
      break;
    }
}

/**
 * cot_mask_add_title:
 * @self: a mask
 * @title: what a folder or an archive is called; UTF-8
 *
 * People call them by whoever they are about, in any way. So it is masked whole, whatever it is
 * made of; but since it may be a word like any other, only where it is all that is said.
 */
void
cot_mask_add_title (CotMask *self, const char *title)
{
  g_autofree char *folded = dup_folded (title, strlen (title));
  Value *value;

  if (g_hash_table_contains (self->by_folded, folded))
    return;
  cot_mask_add_value (self, COT_MASK_BUNDLE, title, strlen (title), FALSE);
  value = g_hash_table_lookup (self->by_folded, folded);
  if (value != NULL)
    value->whole = TRUE;
}

/**
 * cot_mask_add_word:
 * @self: a mask
 * @word: what somebody wants to be masked; UTF-8
 *
 * It is masked inside of longer words, too. What was masked already and switched off is masked
 * again.
 *
 * Returns: %FALSE where it is too short or too long for that
 */
gboolean
cot_mask_add_word (CotMask *self, const char *word)
{
  g_autofree char *folded = NULL;
  Value *value;

  cot_mask_add_value (self, COT_MASK_WORD, word, strlen (word), TRUE);
  folded = dup_folded (word, strlen (word));
  value = g_hash_table_lookup (self->by_folded, folded);
  if (value == NULL)
    return FALSE;
  value->item.enabled = TRUE;
  value->bare = TRUE;
  value->anywhere = TRUE;
  return TRUE;
}

/**
 * cot_mask_get_count:
 * @self: a mask that has counted
 * @value: something that is masked
 * @n_inside: (out) (optional): of a word that was asked for, how often it stands inside of longer
 *   values that are masked
 *
 * Returns: how often it is masked itself in the texts that were counted
 */
guint
cot_mask_get_count (CotMask *self, const char *value, guint *n_inside)
{
  g_autofree char *folded = dup_folded (value, strlen (value));
  const Value *known = g_hash_table_lookup (self->by_folded, folded);

  if (n_inside != NULL)
    *n_inside = known != NULL ? known->n_inside : 0;
  return known != NULL ? known->item.count : 0;
}

/**
 * cot_mask_forget_counts:
 * @self: a mask
 *
 * To count all texts again: what was met keeps its stand-in.
 */
void
cot_mask_forget_counts (CotMask *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Value *value = g_ptr_array_index (self->items, i);

      value->item.count = 0;
      value->n_inside = 0;
    }
}

static int
compare_bytes (gconstpointer first, gconstpointer second)
{
  const Value *a = *(const Value *const *) first;
  const Value *b = *(const Value *const *) second;

  return strcmp (a->folded, b->folded);
}

static gboolean
begins_with (const Value *value, const Value *start)
{
  return value->n_folded >= start->n_folded
         && memcmp (value->folded, start->folded, start->n_folded) == 0;
}

/* By their bytes, those that begin with another one come behind it. */
static void
link_starts (CotMask *self)
{
  Value *last = NULL;

  for (guint i = 0; i < self->sorted->len; i++)
    {
      Value *value = g_ptr_array_index (self->sorted, i);

      while (last != NULL && !begins_with (value, last))
        last = last->start;
      value->start = last;
      last = value;
    }
}

static void
sort (CotMask *self)
{
  Range *range = NULL;
  gpointer last = NULL;

  if (self->is_sorted)
    return;
  g_ptr_array_sort (self->sorted, compare_bytes);
  link_starts (self);
  g_hash_table_remove_all (self->by_start);
  for (guint i = 0; i < self->sorted->len; i++)
    {
      gpointer start = get_start (((const Value *) g_ptr_array_index (self->sorted, i))->folded);

      if (range == NULL || start != last)
        {
          range = g_new0 (Range, 1);
          range->first = i;
          g_hash_table_insert (self->by_start, start, range);
          last = start;
        }
      range->n++;
    }
  self->is_sorted = TRUE;
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80;
}

/* "\nalice" of a text in JSON: the letter belongs to the line end. */
static gboolean
begins_word (const char *text, gsize at)
{
  if (at == 0 || !is_word (text[at - 1]) || !is_word (text[at]))
    return TRUE;
  return at > 1 && text[at - 2] == '\\' && strchr ("nrt", text[at - 1]) != NULL;
}

/* "-Password geheim": the name of an option stands there. */
static gboolean
is_behind_option (const char *text, gsize at)
{
  gsize start = at;

  while (start > 0 && g_ascii_isalpha (text[start - 1]))
    start--;
  return start < at && start > 0 && (text[start - 1] == '-' || text[start - 1] == '/');
}

/* What is not told from other words by itself: "\client", "//client", "client@", "user: client". */
static gboolean
is_told (const Value *value, const char *text, gsize n, gsize at, gsize end)
{
  gsize before = at;

  /* All that is said: what a sentence has from a log. */
  if (at == 0 && end == n)
    return TRUE;
  if (end < n && (text[end] == '@' || text[end] == '\\'))
    return TRUE;
  if (at > 1 && text[at - 1] == '/')
    return text[at - 2] == '/' || (at > 6 && memcmp (text + at - 6, "users", 5) == 0);
  while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '\t'))
    before--;
  if (before == 0)
    return FALSE;
  return strchr ("\\=:\"'@", text[before - 1]) != NULL
         || (value->item.kind == COT_MASK_SECRET && before < at && is_behind_option (text, before));
}

/* Whether what is around the value allows it; its bytes stand there. */
static gboolean
is_allowed_at (const Value *value, const CotMaskView *view, gsize at)
{
  const char *text = view->text;
  gsize n = view->n;
  gsize end = at + value->n_folded;

  if (value->whole && (at > 0 || end < n))
    return FALSE;
  if (!value->bare && !is_told (value, text, n, at, end))
    return FALSE;
  if (value->anywhere || (value->bare && value->n_folded >= ANYWHERE_BYTES))
    return TRUE;
  return begins_word (text, at) && (end == n || !is_word (text[end]) || !is_word (text[end - 1]));
}

static gsize
count_same_bytes (const Value *value, const char *text, gsize n)
{
  gsize same = 0;

  while (same < value->n_folded && same < n && value->folded[same] == text[same])
    same++;
  return same;
}

static gboolean
is_behind (const Value *value, const char *text, gsize n)
{
  int order = memcmp (value->folded, text, MIN (value->n_folded, n));

  return order > 0 || (order == 0 && value->n_folded > n);
}

/* (nullable): the last one that does not come behind the text. All that the text begins with are it
 * and those that it begins with itself. */
static Value *
find_last (CotMask *self, const Range *range, const char *text, gsize n)
{
  guint low = range->first;
  guint high = range->first + range->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (is_behind (g_ptr_array_index (self->sorted, middle), text, n))
        high = middle;
      else
        low = middle + 1;
    }
  return low > range->first ? g_ptr_array_index (self->sorted, low - 1) : NULL;
}

/* A value in a text. */
typedef struct
{
  Value *value;
  gsize start; /* in the text, as it is written */
  gsize end;
} Match;

/* The longest one, since "contoso.com" is another thing than "contoso". With it those that take its
 * place should it be switched off, and words that are masked inside of it then. */
static void
match_at (CotMask *self, const CotMaskView *view, gsize at, gboolean counting, GArray *matches)
{
  const char *text = view->text + at;
  gsize n = view->n - at;
  const Range *range = n > 1 ? g_hash_table_lookup (self->by_start, get_start (text)) : NULL;
  Value *value = range != NULL ? find_last (self, range, text, n) : NULL;
  gsize same = value != NULL ? count_same_bytes (value, text, n) : 0;
  gboolean found = FALSE;

  for (; value != NULL; value = value->start)
    {
      Match match = { value, view->starts[at], 0 };

      if (value->n_folded > same || (found && !value->anywhere)
          || (!counting && (value->item.stand_in == NULL || !value->item.enabled))
          || !is_allowed_at (value, view, at))
        continue;
      match.end = view->starts[at + value->n_folded];
      g_array_append_val (matches, match);
      found = found || value->item.enabled;
    }
}

static void
give_stand_in (CotMask *self, Value *value)
{
  if (value->item.stand_in != NULL)
    return;
  value->item.stand_in = g_strdup_printf ("%s-%u", cot_mask_kind_to_string (value->item.kind),
                                          ++self->n_of_kind[value->item.kind]);
  g_ptr_array_add (self->items, value);
}

/* By place; of those that begin at one, the longest first. */
static int
compare_matches (gconstpointer first, gconstpointer second)
{
  const Match *a = first;
  const Match *b = second;

  if (a->start != b->start)
    return a->start < b->start ? -1 : 1;
  if (a->end != b->end)
    return a->end > b->end ? -1 : 1;
  return strcmp (a->value->folded, b->value->folded);
}

/* What a value looks like when it is unwrapped may hide it: "&#83" is a pass word, and before ';'
 * it is an "S". So the text is looked at as it is written, too. */
static GArray *
find_matches (CotMask *self, const char *text, gboolean counting)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (Match));
  gboolean changed = TRUE;
  gsize n = strlen (text);

  sort (self);
  for (guint round = 0; changed && round <= COT_MASK_VIEW_ROUNDS; round++)
    {
      CotMaskView view;

      changed = cot_mask_view_init_folded (&view, text, n, round);
      for (gsize i = 0; changed && i < view.n; i++)
        match_at (self, &view, i, counting, matches);
      cot_mask_view_clear (&view);
    }
  g_array_sort (matches, compare_matches);
  return matches;
}

/* A place that is written so that two ways to unwrap it find it is one. */
static gboolean
is_same_place (GArray *matches, guint index)
{
  const Match *match = &g_array_index (matches, Match, index);
  const Match *before = index > 0 ? match - 1 : NULL;

  return before != NULL && before->value == match->value && before->start == match->start;
}

/* A blank near the limit, or any end of a word, or else that of a character. */
static gsize
find_word_end (const char *text, gsize limit_bytes)
{
  gsize at = limit_bytes;

  while (at > limit_bytes / 2 && !g_ascii_isspace (text[at]))
    at--;
  if (at > limit_bytes / 2)
    return at;
  for (at = limit_bytes; at > 0; at--)
    if (!is_word (text[at]) || !is_word (text[at - 1]))
      return at;
  return (gsize) (g_utf8_find_prev_char (text, text + limit_bytes + 1) - text);
}

/**
 * cot_mask_find_cut:
 * @self: a mask that has learnt
 * @text: a text, with %COT_MASK_MAX_VALUE_BYTES behind the limit, or all of it
 * @limit_bytes: above 0; so much of it is kept at most, if it is longer
 *
 * Half of a name would not be known for what it is.
 *
 * Returns: how much of it to keep
 */
gsize
cot_mask_find_cut (CotMask *self, const char *text, gsize limit_bytes)
{
  g_autoptr (GArray) matches = NULL;
  gsize n = strlen (text);
  gsize at;

  if (n <= limit_bytes)
    return n;
  matches = find_matches (self, text, TRUE);
  at = find_word_end (text, limit_bytes);
  for (guint i = matches->len; i > 0; i--)
    {
      const Match *match = &g_array_index (matches, Match, i - 1);

      if (match->start < at && match->end > at)
        at = match->start;
    }
  return at;
}

/**
 * cot_mask_count:
 * @self: a mask that has learnt
 * @text: a text that it will be applied to
 *
 * Numbers the stand-ins of what stands in there.
 */
void
cot_mask_count (CotMask *self, const char *text)
{
  g_autoptr (GArray) matches = find_matches (self, text, TRUE);
  gsize done = 0;
  gsize done_switched_off = 0;

  for (guint i = 0; i < matches->len; i++)
    {
      const Match *match = &g_array_index (matches, Match, i);
      Value *value = match->value;
      gsize *end = value->item.enabled ? &done : &done_switched_off;

      if (is_same_place (matches, i))
        continue;
      if (match->end > done && match->end > *end)
        {
          give_stand_in (self, value);
          value->item.count++;
          *end = match->end;
        }
      else if (value->anywhere)
        {
          give_stand_in (self, value);
          value->n_inside++;
        }
    }
}

/* "Maria": the name of somebody is written so, and few words beside one. */
static gsize
span_name (const char *text, gsize at)
{
  gunichar first = g_utf8_get_char (text + at);
  gsize end = at;

  if (!g_unichar_isupper (first))
    return at;
  end = (gsize) (g_utf8_next_char (text + at) - text);
  while (g_unichar_islower (g_utf8_get_char (text + end))
         || (text[end] == '-' && g_unichar_isupper (g_utf8_get_char (text + end + 1)))
         || (text[end - 1] == '-' && g_unichar_isupper (g_utf8_get_char (text + end))))
    end = (gsize) (g_utf8_next_char (text + end) - text);
  return is_word (text[end]) || end < at + 2 || cot_mask_is_common (text + at, end - at) ? at : end;
}

/* Where the name begins that ends at @end; @end: none does. */
static gsize
span_name_left (const char *text, gsize end)
{
  gsize start = end;

  while (start > 0 && (is_word (text[start - 1]) || text[start - 1] == '-'))
    start--;
  return start < end && span_name (text, start) == end ? start : end;
}

static gsize
skip_blank_left (const char *text, gsize at)
{
  gsize end = at > 0 && text[at - 1] == ' ' ? at - 1 : at;

  return end < at && end > 0 && text[end - 1] == ',' ? end - 1 : end;
}

static gsize
skip_blank_right (const char *text, gsize at)
{
  gsize end = text[at] == ',' ? at + 1 : at;

  return text[end] == ' ' ? end + 1 : at;
}

static void
learn_whole_name (CotMask *self, const char *text, gsize start, gsize end)
{
  gsize at = skip_blank_left (text, start);
  gsize first = at < start ? span_name_left (text, at) : at;
  gsize after = skip_blank_right (text, end);
  gsize last = after > end ? span_name (text, after) : after;

  if (first == at && last == after)
    return;
  first = first < at ? first : start;
  last = last > after ? last : end;
  cot_mask_add_value (self, COT_MASK_USER, text + first, last - first, TRUE);
}

/**
 * cot_mask_learn_names:
 * @self: a mask that has learnt all else
 * @text: a text that it will be applied to, UTF-8
 *
 * Of "Maria Schmidt" one may be known from an account: with the other she would be told all the
 * same. Both together are learnt, and neither of them by itself, since the other may be a word.
 */
void
cot_mask_learn_names (CotMask *self, const char *text)
{
  g_autoptr (GArray) matches = find_matches (self, text, TRUE);

  for (guint i = 0; i < matches->len; i++)
    {
      const Match *match = &g_array_index (matches, Match, i);

      if (match->value->item.kind == COT_MASK_USER && match->end > match->start
          && span_name (text, match->start) == match->end)
        learn_whole_name (self, text, match->start, match->end);
    }
}

/**
 * cot_mask_get_n_items:
 * @self: a mask that has counted
 *
 * Returns: the number of different values that were met
 */
guint
cot_mask_get_n_items (CotMask *self)
{
  return self->items->len;
}

/**
 * cot_mask_get_item:
 * @self: a mask
 * @index: below cot_mask_get_n_items()
 *
 * Returns: (transfer none): something that will be masked, unless it is switched off
 */
const CotMaskItem *
cot_mask_get_item (CotMask *self, guint index)
{
  return &((const Value *) g_ptr_array_index (self->items, index))->item;
}

/**
 * cot_mask_set_enabled:
 * @self: a mask
 * @index: below cot_mask_get_n_items()
 * @enabled: whether it is masked; all are at first
 */
void
cot_mask_set_enabled (CotMask *self, guint index, gboolean enabled)
{
  ((Value *) g_ptr_array_index (self->items, index))->item.enabled = enabled;
}

/**
 * cot_mask_apply:
 * @self: a mask that has counted @text
 * @text: a text
 * @function: is called for each piece, in order
 * @data: for @function
 */
void
cot_mask_apply (CotMask *self, const char *text, CotMaskFunc function, gpointer data)
{
  g_autoptr (GArray) matches = find_matches (self, text, FALSE);
  gsize n = strlen (text);
  gsize done = 0;

  for (guint i = 0; i < matches->len; i++)
    {
      const Match *match = &g_array_index (matches, Match, i);
      const CotMaskItem *item = &match->value->item;

      /* The rest of one that overlaps goes with it. */
      if (match->start < done)
        {
          done = MAX (done, match->end);
          continue;
        }
      if (match->start > done)
        function (text + done, match->start - done, NULL, data);
      function (item->stand_in, strlen (item->stand_in), item, data);
      done = match->end;
    }
  if (done < n)
    function (text + done, n - done, NULL, data);
}

static void
append_piece (const char *piece, gsize length_bytes, const CotMaskItem *item, gpointer data)
{
  g_string_append_len (data, piece, (gssize) length_bytes);
}

/**
 * cot_mask_dup_masked:
 * @self: a mask that has counted @text
 * @text: a text
 *
 * Returns: (transfer full): the same with stand-ins
 */
char *
cot_mask_dup_masked (CotMask *self, const char *text)
{
  GString *masked = g_string_new (NULL);

  cot_mask_apply (self, text, append_piece, masked);
  return g_string_free (masked, FALSE);
}
