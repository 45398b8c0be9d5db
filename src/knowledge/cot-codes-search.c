/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-error-code.h"

#include <string.h>

#define MAX_WORDS 8
/* Fewer letters stand inside of many a word, and say nothing there. */
#define MIN_INSIDE_BYTES 3

/* How well a word fits; the ranks of all words are added up. */
#define RANK_INSIDE 1
#define RANK_BEGINS 4
#define RANK_WHOLE 8
/* A sentence says more than a symbol. */
#define RANK_OWN_TEXT 4
/* Above what all words together can have. */
#define RANK_SYMBOL 1000

/* What can be found of a row, in small letters: symbol, text, family, and both spellings. */
typedef struct
{
  CotCodeMatch match;
  const char *symbols; /* as they are written, with commas between */
  char *text;
} Row;

static void
append_row (GArray *rows, const CotErrorCode *entry, const CotStatusCode *status,
            const char *text)
{
  Row row = { { entry, status, 0 },
              entry != NULL ? entry->symbol : status->symbol,
              g_utf8_strdown (text, -1) };

  /* "ERROR_ACCESS_DENIED" holds the words of a search, too. */
  g_strdelimit (row.text, "_", ' ');
  g_array_append_val (rows, row);
}

static GArray *
make_rows (void)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  for (guint i = 0; i < cot_error_codes_get_n (); i++)
    {
      const CotErrorCode *entry = cot_error_codes_get (i);
      g_autofree char *text
          = g_strdup_printf ("%s\n%s\n%s\n0x%08x\n%u", entry->symbol, entry->text, entry->family,
                             entry->code, entry->code);

      append_row (rows, entry, NULL, text);
    }
  for (guint i = 0; i < cot_status_codes_get_n (); i++)
    {
      const CotStatusCode *status = cot_status_codes_get (i);
      g_autofree char *code
          = cot_status_code_spell (status->scheme, status->code, status->sub_status);
      g_autofree char *text = g_strdup_printf ("%s\n%s\n%s", status->symbol, status->text, code);

      /* What a number means in some logs is found with the number. */
      if (status->scheme != COT_CODE_NUMBER)
        append_row (rows, NULL, status, text);
    }
  return rows;
}

static const GArray *
get_rows (void)
{
  static GArray *rows = NULL;

  if (g_once_init_enter (&rows))
    g_once_init_leave (&rows, make_rows ());
  return rows;
}

static gboolean
is_word_char (char c)
{
  return g_ascii_isalnum (c) || ((guchar) c & 0x80) != 0;
}

/* 0 where @word is not there. What was typed as a symbol, and a word of two letters, do not stand
 * inside of words: the end of "access ok" is no S_OK. */
static guint
rank_word (const char *text, const char *word)
{
  gsize n = strlen (word);
  gboolean is_whole = n < MIN_INSIDE_BYTES || strchr (word, ' ') != NULL;
  guint best = 0;

  /* The beginning of a number, and of all of them. */
  if (g_str_equal (word, "0x"))
    return 0;
  for (const char *p = strstr (text, word); p != NULL && best < RANK_WHOLE;
       p = strstr (p + 1, word))
    {
      guint rank = is_whole ? 0 : RANK_INSIDE;

      if (p == text || !is_word_char (p[-1]))
        rank = is_word_char (p[n]) ? RANK_BEGINS : RANK_WHOLE;
      best = MAX (best, rank);
    }
  return best;
}

static gboolean
has_symbol (const char *symbols, const char *text)
{
  gsize n = strlen (text);

  for (const char *p = symbols; n > 0; p++)
    {
      p += strspn (p, " ");
      if (g_ascii_strncasecmp (p, text, n) == 0 && (p[n] == '\0' || p[n] == ','))
        return TRUE;
      p = strchr (p, ',');
      if (p == NULL)
        break;
    }
  return FALSE;
}

static guint
rank_row (const Row *row, const char *typed, char **words, guint n_words)
{
  guint rank = has_symbol (row->symbols, typed) ? RANK_SYMBOL : 0;

  for (guint i = 0; i < n_words; i++)
    {
      guint one = rank_word (row->text, words[i]);

      if (one == 0)
        return 0;
      rank += one;
    }
  if (row->match.status != NULL || row->match.entry->text_kind == COT_ERROR_TEXT_OWN)
    rank += RANK_OWN_TEXT;
  return rank;
}

static const char *
get_text (const CotCodeMatch *match)
{
  return match->entry != NULL ? match->entry->text : match->status->text;
}

/* The best first; of equals the shorter text, which says it more directly; then by number. */
static int
compare_matches (gconstpointer first, gconstpointer second)
{
  const CotCodeMatch *a = first;
  const CotCodeMatch *b = second;
  gsize a_length = strlen (get_text (a));
  gsize b_length = strlen (get_text (b));
  guint32 a_code = a->entry != NULL ? a->entry->code : a->status->code;
  guint32 b_code = b->entry != NULL ? b->entry->code : b->status->code;

  if (a->rank != b->rank)
    return a->rank > b->rank ? -1 : 1;
  if (a_length != b_length)
    return a_length < b_length ? -1 : 1;
  return a_code < b_code ? -1 : a_code > b_code;
}

/* "S_OK" stays one word, as it is in the rows: "s ok". */
static guint
split_words (const char *text, char ***words)
{
  g_autofree char *folded = g_utf8_strdown (text, -1);
  guint n = 0;

  *words = g_new0 (char *, MAX_WORDS + 1);
  for (char *rest = folded, *word;
       n < MAX_WORDS && (word = strsep (&rest, " \t\r\n,;\"")) != NULL;)
    {
      g_strstrip (g_strdelimit (word, "_", ' '));
      if (*word != '\0')
        (*words)[n++] = g_strdup (word);
    }
  return n;
}

/**
 * cot_codes_search:
 * @words: what somebody typed: words, in any order
 * @max: how many to give at most
 * @n_all: (out) (optional): how many there are
 *
 * Looks in symbols, texts, families and numbers for rows that hold every word; the row of just that
 * symbol comes first, and what holds an underscore is looked for as a whole. Any thread; the
 * first call folds the tables, which takes some milliseconds.
 *
 * Returns: (transfer full) (element-type CotCodeMatch): the best ones, the best first
 */
GArray *
cot_codes_search (const char *words, guint max, guint *n_all)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (CotCodeMatch));
  const GArray *rows = get_rows ();
  g_auto (GStrv) split = NULL;
  g_autofree char *typed = g_strstrip (g_strdup (words));
  guint n_words = g_utf8_validate (words, -1, NULL) ? split_words (words, &split) : 0;

  for (guint i = 0; n_words > 0 && i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      CotCodeMatch match = row->match;

      match.rank = rank_row (row, typed, split, n_words);
      if (match.rank > 0)
        g_array_append_val (matches, match);
    }
  g_array_sort (matches, compare_matches);
  if (n_all != NULL)
    *n_all = matches->len;
  g_array_set_size (matches, MIN (matches->len, max));
  return matches;
}
