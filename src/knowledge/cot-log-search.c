/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking for logs by what somebody types: a symptom, a scenario, or a name. Which words mean the
 * same, which ones say nothing, and what words end with is data of the catalogue. */

#include "cot-knowledge-private.h"
#include "cot-log-catalogue-private.h"

#include <string.h>

/* More are not looked for. */
#define MAX_WORDS 16
#define MIN_STEM 3
/* "management" loses two endings, as "managing" does one. */
#define N_ENDINGS 2

/* How well a word fits a text. */
#define FIT_SAME 1 /* another word for it is there */
#define FIT_BEGINS 2
#define FIT_WHOLE 3

/* What a word counts where it is found; of one log, the best place counts: its name, then what it
 * is read for, and then only what its purpose mentions. */
#define RANK_NAME_BEGINS 60
#define RANK_NAME_HAS 45
#define RANK_GROUP 12 /* times the fit, as the others */
#define RANK_OWN_SYMPTOM 8
#define RANK_PURPOSE 2
#define RANK_OTHER_SYMPTOM 1 /* for the fit alone: the log is read for something beside it */
/* From here on a log is about the word. */
#define RANK_CLOSE RANK_OWN_SYMPTOM
/* What a word of a symptom takes away that nobody typed. */
#define RANK_OTHERS 3

typedef struct
{
  char *text;
  char *stem;
} Word;

/* The words of a text, in their order. */
typedef GArray Bag; /* Word */

typedef struct
{
  const CotLogEntry *entry;
  char *name; /* in small letters */
  Bag *purpose; /* with the component and the side */
  GArray *groups; /* guint: those that it is in */
} IndexedFile;

typedef struct
{
  const CotLogEntry *entry;
  Bag *title;
  Bag *id;
  GPtrArray *symptoms; /* Bag */
} IndexedGroup;

struct _CotLogSearchIndex
{
  GPtrArray *endings; /* char *: the longest first */
  GHashTable *small; /* set of texts */
  GPtrArray *same; /* GPtrArray of Bag: each a term of one or more words */
  GArray *files; /* IndexedFile */
  GArray *groups; /* IndexedGroup */
};

static void
word_clear (gpointer data)
{
  Word *word = data;

  g_free (word->text);
  g_free (word->stem);
}

static void
file_clear (gpointer data)
{
  IndexedFile *file = data;

  g_free (file->name);
  g_array_unref (file->purpose);
  g_array_unref (file->groups);
}

static void
group_clear (gpointer data)
{
  IndexedGroup *group = data;

  g_array_unref (group->title);
  g_array_unref (group->id);
  g_ptr_array_unref (group->symptoms);
}

void
cot_log_search_index_free (CotLogSearchIndex *self)
{
  g_ptr_array_unref (self->endings);
  g_hash_table_unref (self->small);
  g_ptr_array_unref (self->same);
  g_array_unref (self->files);
  g_array_unref (self->groups);
  g_free (self);
}

static void
cut_ending (CotLogSearchIndex *self, char *word)
{
  gsize length = strlen (word);

  for (guint i = 0; i < self->endings->len; i++)
    {
      const char *ending = g_ptr_array_index (self->endings, i);
      gsize n = strlen (ending);

      if (length < n + MIN_STEM || strcmp (word + length - n, ending) != 0)
        continue;
      word[length - n] = '\0';
      return;
    }
}

/* "installation", "installs" and "installed" have one, and so have "scan" and "scanning". */
static char *
dup_stem (CotLogSearchIndex *self, const char *word)
{
  char *stem = g_strdup (word);
  gsize length;

  for (guint i = 0; i < N_ENDINGS; i++)
    cut_ending (self, stem);
  length = strlen (stem);
  if (length > MIN_STEM && stem[length - 1] == stem[length - 2])
    stem[length - 1] = '\0';
  return stem;
}

static Bag *
make_bag (CotLogSearchIndex *self, const char *text)
{
  g_auto (GStrv) tokens = g_str_tokenize_and_fold (text, "en", NULL);
  Bag *bag = g_array_new (FALSE, FALSE, sizeof (Word));

  g_array_set_clear_func (bag, word_clear);
  for (guint i = 0; tokens[i] != NULL; i++)
    {
      Word word = { g_strdup (tokens[i]), dup_stem (self, tokens[i]) };

      g_array_append_val (bag, word);
    }
  return bag;
}

static int
compare_lengths (gconstpointer first, gconstpointer second)
{
  gsize a = strlen (*(const char *const *) first);
  gsize b = strlen (*(const char *const *) second);

  return a != b ? (a > b ? -1 : 1) : strcmp (*(const char *const *) first,
                                             *(const char *const *) second);
}

static void
add_class (CotLogSearchIndex *self, const CotLogEntry *entry)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < entry->names->len; i++)
    g_ptr_array_add (terms, make_bag (self, g_ptr_array_index (entry->names, i)));
  g_ptr_array_add (self->same, terms);
}

static void
add_words (CotLogSearchIndex *self, CotLogCatalogue *catalogue, CotSearchWords kind)
{
  for (guint i = 0; i < catalogue->words->len; i++)
    {
      const CotLogEntry *entry = g_ptr_array_index (catalogue->words, i);

      if (entry->words != kind)
        continue;
      if (kind == COT_SEARCH_WORDS_SAME)
        add_class (self, entry);
      for (guint j = 0; kind != COT_SEARCH_WORDS_SAME && j < entry->names->len; j++)
        if (kind == COT_SEARCH_WORDS_SMALL)
          g_hash_table_add (self->small, g_strdup (g_ptr_array_index (entry->names, j)));
        else
          g_ptr_array_add (self->endings, g_strdup (g_ptr_array_index (entry->names, j)));
    }
  if (kind == COT_SEARCH_WORDS_ENDINGS)
    g_ptr_array_sort (self->endings, compare_lengths);
}

static void
add_file (CotLogSearchIndex *self, const CotLogEntry *entry)
{
  g_autofree char *text = g_strjoin (" ", entry->file.purpose,
                                     entry->file.component != NULL ? entry->file.component : "",
                                     cot_log_side_get_name (entry->file.side), NULL);
  IndexedFile file = { entry, g_utf8_casefold (entry->file.name, -1), make_bag (self, text),
                       g_array_new (FALSE, FALSE, sizeof (guint)) };

  for (guint i = 0; i < self->groups->len; i++)
    if (cot_log_group_has (&g_array_index (self->groups, IndexedGroup, i).entry->group,
                           entry->file.name))
      g_array_append_val (file.groups, i);
  g_array_append_val (self->files, file);
}

static void
add_group (CotLogSearchIndex *self, const CotLogEntry *entry)
{
  IndexedGroup group
      = { entry, make_bag (self, entry->group.title), make_bag (self, entry->group.id),
          g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref) };

  for (guint i = 0; i < entry->group.n_symptoms; i++)
    g_ptr_array_add (group.symptoms, make_bag (self, entry->group.symptoms[i].text));
  g_array_append_val (self->groups, group);
}

/* The catalogue does not change any more once somebody searches it. */
static const CotLogSearchIndex *
get_index (CotLogCatalogue *catalogue)
{
  static GMutex mutex;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  CotLogSearchIndex *self;

  if (catalogue->index != NULL)
    return catalogue->index;
  catalogue->index = self = g_new0 (CotLogSearchIndex, 1);
  self->endings = g_ptr_array_new_with_free_func (g_free);
  self->small = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->same = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->files = g_array_new (FALSE, FALSE, sizeof (IndexedFile));
  self->groups = g_array_new (FALSE, FALSE, sizeof (IndexedGroup));
  g_array_set_clear_func (self->files, file_clear);
  g_array_set_clear_func (self->groups, group_clear);
  add_words (self, catalogue, COT_SEARCH_WORDS_ENDINGS);
  add_words (self, catalogue, COT_SEARCH_WORDS_SMALL);
  add_words (self, catalogue, COT_SEARCH_WORDS_SAME);
  for (guint i = 0; i < catalogue->groups->len; i++)
    add_group (self, g_ptr_array_index (catalogue->groups, i));
  for (guint i = 0; i < catalogue->files->len; i++)
    add_file (self, g_ptr_array_index (catalogue->files, i));
  return self;
}

/* One word that was typed, with all terms that mean the same. */
typedef struct
{
  const Word *word;
  GPtrArray *terms; /* Bag (unowned) */
  gboolean is_known;
} Wanted;

static void
wanted_clear (gpointer data)
{
  g_ptr_array_unref (((Wanted *) data)->terms);
}

static const Word *
get_word (const Bag *bag, guint index)
{
  return &g_array_index (bag, Word, index);
}

static gboolean
is_term (const Bag *term, const Word *word)
{
  return term->len == 1 && g_str_equal (get_word (term, 0)->stem, word->stem);
}

static GPtrArray *
find_terms (const CotLogSearchIndex *index, const Word *word)
{
  GPtrArray *terms = g_ptr_array_new ();

  for (guint i = 0; i < index->same->len; i++)
    {
      GPtrArray *class = g_ptr_array_index (index->same, i);
      gboolean is_in = FALSE;

      for (guint j = 0; j < class->len; j++)
        is_in |= is_term (g_ptr_array_index (class, j), word);
      for (guint j = 0; is_in && j < class->len; j++)
        if (!is_term (g_ptr_array_index (class, j), word))
          g_ptr_array_add (terms, g_ptr_array_index (class, j));
    }
  return terms;
}

static gboolean
has_term (const Bag *bag, const Bag *term)
{
  for (guint i = 0; i + term->len <= bag->len; i++)
    {
      guint n = 0;

      while (n < term->len
             && g_str_equal (get_word (bag, i + n)->stem, get_word (term, n)->stem))
        n++;
      if (n == term->len)
        return TRUE;
    }
  return FALSE;
}

/* 0: not there. */
static guint
fit (const Bag *bag, const Wanted *wanted)
{
  guint best = 0;

  for (guint i = 0; i < bag->len; i++)
    if (g_str_equal (get_word (bag, i)->stem, wanted->word->stem))
      return FIT_WHOLE;
    else if (g_str_has_prefix (get_word (bag, i)->text, wanted->word->text))
      best = FIT_BEGINS;
  for (guint i = 0; best == 0 && i < wanted->terms->len; i++)
    if (has_term (bag, g_ptr_array_index (wanted->terms, i)))
      best = FIT_SAME;
  return best;
}

static guint
fit_title (const IndexedGroup *group, const Wanted *wanted)
{
  return MAX (fit (group->title, wanted), fit (group->id, wanted));
}

static guint
rank_in_name (const IndexedFile *file, const Wanted *wanted)
{
  if (g_str_has_prefix (file->name, wanted->word->text))
    return RANK_NAME_BEGINS;
  return strlen (wanted->word->text) >= MIN_STEM
                 && strstr (file->name, wanted->word->text) != NULL
             ? RANK_NAME_HAS
             : 0;
}

static guint
rank_in_groups (const CotLogSearchIndex *index, const IndexedFile *file, const Wanted *wanted)
{
  guint best = 0;

  for (guint i = 0; i < file->groups->len; i++)
    {
      const IndexedGroup *group = &g_array_index (index->groups, IndexedGroup,
                                                  g_array_index (file->groups, guint, i));

      best = MAX (best, fit_title (group, wanted) * RANK_GROUP);
      for (guint j = 0; j < group->symptoms->len; j++)
        {
          gboolean is_own = g_ascii_strcasecmp (group->entry->group.symptoms[j].log,
                                                file->entry->file.name)
                            == 0;

          guint fits = fit (g_ptr_array_index (group->symptoms, j), wanted);

          best = MAX (best, is_own ? fits * RANK_OWN_SYMPTOM : MIN (fits, RANK_OTHER_SYMPTOM));
        }
    }
  return best;
}

/* 0: it has nothing of the word. */
static guint
rank_word (const CotLogSearchIndex *index, const IndexedFile *file, const Wanted *wanted)
{
  guint rank = MAX (rank_in_name (file, wanted), fit (file->purpose, wanted) * RANK_PURPOSE);

  return MAX (rank, rank_in_groups (index, file, wanted));
}

typedef struct
{
  const CotLogFile *file;
  guint n_words; /* that it has */
  guint rank;
  guint best; /* of one word */
} Ranked;

static gboolean
is_close (const Ranked *one)
{
  return one->best >= RANK_CLOSE;
}

static int
compare_ranked (gconstpointer first, gconstpointer second)
{
  const Ranked *a = first;
  const Ranked *b = second;

  if (is_close (a) != is_close (b))
    return is_close (a) ? -1 : 1;
  if (a->rank != b->rank)
    return a->rank > b->rank ? -1 : 1;
  return g_ascii_strcasecmp (a->file->name, b->file->name);
}

/* Only those that have the most of the words. A word that stands in nothing but the symptom of
 * another log helps where it comes with others, and is no reason alone. */
static void
find_files (const CotLogSearchIndex *index, GArray *all_wanted, CotLogSearch *search)
{
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  guint n_best = 0;

  for (guint i = 0; i < index->files->len; i++)
    {
      const IndexedFile *file = &g_array_index (index->files, IndexedFile, i);
      Ranked one = { &file->entry->file, 0, 0, 0 };

      for (guint j = 0; j < all_wanted->len; j++)
        {
          Wanted *wanted = &g_array_index (all_wanted, Wanted, j);
          guint rank = rank_word (index, file, wanted);

          wanted->is_known |= rank > 0;
          one.n_words += rank > 0 ? 1 : 0;
          one.rank += rank;
          one.best = MAX (one.best, rank);
        }
      g_array_append_val (ranked, one);
      n_best = MAX (n_best, one.n_words);
    }
  g_array_sort (ranked, compare_ranked);
  for (guint i = 0; i < ranked->len; i++)
    {
      const Ranked *one = &g_array_index (ranked, Ranked, i);

      if (all_wanted->len > 0 && (one->n_words < n_best || one->best <= RANK_OTHER_SYMPTOM))
        continue;
      g_ptr_array_add (search->files, (gpointer) one->file);
      search->n_close += is_close (one) || all_wanted->len == 0 ? 1 : 0;
    }
  for (guint i = 0; i < all_wanted->len; i++)
    if (!g_array_index (all_wanted, Wanted, i).is_known)
      g_ptr_array_add (search->unknown,
                       g_strdup (g_array_index (all_wanted, Wanted, i).word->text));
  search->is_partial = n_best + search->unknown->len < all_wanted->len;
  g_ptr_array_add (search->unknown, NULL);
}

/* What a group says of the words: by its title or, where that says more or is just about them, by a
 * symptom. */
typedef struct
{
  const CotLogGroup *group;
  const CotLogSymptom *symptom; /* (nullable) */
  guint n_words;
  int rank;
  int n_others; /* words that nobody typed: it is about something else, too, or narrower */
} RankedGroup;

static guint
count_matches (GArray *all_wanted, const IndexedGroup *group, const Bag *symptom, int *rank)
{
  guint n = 0;

  *rank = 0;
  for (guint i = 0; i < all_wanted->len; i++)
    {
      const Wanted *wanted = &g_array_index (all_wanted, Wanted, i);
      guint in_symptom = symptom != NULL ? fit (symptom, wanted) : 0;
      guint best = MAX (fit_title (group, wanted), in_symptom);

      n += best > 0 ? 1 : 0;
      *rank += (int) best;
    }
  return n;
}

static int
count_others (const CotLogSearchIndex *index, GArray *all_wanted, const Bag *bag)
{
  int n = 0;

  for (guint i = 0; i < bag->len; i++)
    {
      const Word *word = get_word (bag, i);
      Word copy = *word;
      g_autoptr (GArray) alone = g_array_new (FALSE, FALSE, sizeof (Word));
      gboolean is_wanted = g_hash_table_contains (index->small, word->text);

      g_array_append_val (alone, copy);
      for (guint j = 0; !is_wanted && j < all_wanted->len; j++)
        is_wanted = fit (alone, &g_array_index (all_wanted, Wanted, j)) > 0;
      n += is_wanted ? 0 : 1;
    }
  return n;
}

static gboolean
says_more (const RankedGroup *one, const RankedGroup *than)
{
  if (one->n_words != than->n_words)
    return one->n_words > than->n_words;
  /* What a symptom adds to the title is not wanted, unless the title says even more. */
  if (than->symptom == NULL)
    return one->n_others < than->n_others || one->n_others == 0;
  return one->rank > than->rank;
}

static RankedGroup
rank_group (const CotLogSearchIndex *index, const IndexedGroup *group, GArray *all_wanted)
{
  RankedGroup best = { .group = &group->entry->group };

  best.n_words = count_matches (all_wanted, group, NULL, &best.rank);
  best.n_others = count_others (index, all_wanted, group->title);
  for (guint i = 0; i < group->symptoms->len; i++)
    {
      const Bag *symptom = g_ptr_array_index (group->symptoms, i);
      RankedGroup one = { best.group, &best.group->symptoms[i], 0, 0, 0 };
      guint alone = 0;

      for (guint j = 0; j < all_wanted->len; j++)
        alone += fit (symptom, &g_array_index (all_wanted, Wanted, j));
      one.n_words = count_matches (all_wanted, group, symptom, &one.rank);
      one.n_others = count_others (index, all_wanted, symptom);
      one.rank -= RANK_OTHERS * one.n_others;
      if (alone > 0 && says_more (&one, &best))
        best = one;
    }
  return best;
}

static int
compare_groups (gconstpointer first, gconstpointer second)
{
  const RankedGroup *a = first;
  const RankedGroup *b = second;

  if (a->n_words != b->n_words)
    return a->n_words > b->n_words ? -1 : 1;
  return a->rank != b->rank ? (a->rank > b->rank ? -1 : 1) : 0;
}

/* Those that the words are about: at least half of them, and as many as the best one has. The sort
 * is stable: of equals, the first one of the catalogue. */
static void
find_groups (const CotLogSearchIndex *index, GArray *all_wanted, CotLogSearch *search,
             const char **first)
{
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (RankedGroup));
  guint n_known = all_wanted->len - (search->unknown->len - 1);

  for (guint i = 0; i < index->groups->len; i++)
    {
      RankedGroup one
          = rank_group (index, &g_array_index (index->groups, IndexedGroup, i), all_wanted);

      g_array_append_val (ranked, one);
    }
  g_array_sort (ranked, compare_groups);
  for (guint i = 0; i < ranked->len; i++)
    {
      const RankedGroup *one = &g_array_index (ranked, RankedGroup, i);

      if (one->n_words == 0 || 2 * one->n_words < n_known
          || one->n_words < g_array_index (ranked, RankedGroup, 0).n_words)
        break;
      g_ptr_array_add (search->groups, (gpointer) one->group);
      if (i > 0)
        continue;
      search->symptom = one->symptom;
      *first = one->symptom != NULL ? one->symptom->log : one->group->logs[0];
    }
}

static void
put_in_front (CotLogSearch *search, const CotLogFile *file)
{
  guint place = G_MAXUINT;

  if (!g_ptr_array_find (search->files, file, &place) || place >= search->n_close)
    search->n_close++;
  if (place < search->files->len)
    g_ptr_array_remove_index (search->files, place);
  g_ptr_array_insert (search->files, 0, (gpointer) file);
}

/* (nullable): the log of just that name, with or without the extension. */
static const CotLogFile *
find_named (const CotLogSearchIndex *index, const char *words)
{
  g_autofree char *copy = g_strstrip (g_strdup (words));
  g_autofree char *folded = g_utf8_casefold (copy, -1);
  gsize n = strlen (folded);

  for (guint i = 0; n > 0 && i < index->files->len; i++)
    {
      const IndexedFile *file = &g_array_index (index->files, IndexedFile, i);

      if (g_str_has_prefix (file->name, folded)
          && (file->name[n] == '\0' || g_str_equal (file->name + n, ".log")))
        return &file->entry->file;
    }
  return NULL;
}

/* Without small words, unless there are no others. */
static GArray *
list_wanted (const CotLogSearchIndex *index, const Bag *typed)
{
  GArray *all_wanted = g_array_new (FALSE, FALSE, sizeof (Wanted));

  g_array_set_clear_func (all_wanted, wanted_clear);
  for (guint pass = 0; pass < 2 && all_wanted->len == 0; pass++)
    for (guint i = 0; i < typed->len && all_wanted->len < MAX_WORDS; i++)
      {
        const Word *word = get_word (typed, i);
        Wanted wanted = { word, NULL, FALSE };

        if (pass == 0 && g_hash_table_contains (index->small, word->text))
          continue;
        wanted.terms = find_terms (index, word);
        g_array_append_val (all_wanted, wanted);
      }
  return all_wanted;
}

/**
 * cot_log_search_free:
 * @search: (transfer full): what a search found
 */
void
cot_log_search_free (CotLogSearch *search)
{
  g_ptr_array_unref (search->files);
  g_ptr_array_unref (search->groups);
  g_ptr_array_unref (search->unknown);
  g_free (search);
}

/**
 * cot_knowledge_search_logs:
 * @self: knowledge
 * @words: what somebody typed: a symptom, a scenario, or a name
 *
 * Looks in names, components, purposes, and in the titles and symptoms of the groups: for each
 * word, one that begins with it, one of the same stem, or one that means the same, in any order.
 * Any thread; the first call prepares it.
 *
 * Returns: (transfer full): what was found, which lives no longer than @self; all logs, by name,
 *   and no group where there is no word
 */
CotLogSearch *
cot_knowledge_search_logs (CotKnowledge *self, const char *words)
{
  const CotLogSearchIndex *index = get_index (self->catalogue);
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  const CotLogFile *named = find_named (index, valid);
  g_autoptr (GArray) typed = make_bag ((CotLogSearchIndex *) index, valid);
  g_autoptr (GArray) all_wanted = list_wanted (index, typed);
  CotLogSearch *search = g_new0 (CotLogSearch, 1);
  const char *first = NULL;

  search->files = g_ptr_array_new ();
  search->groups = g_ptr_array_new ();
  search->unknown = g_ptr_array_new_with_free_func (g_free);
  find_files (index, all_wanted, search);
  if (all_wanted->len > 0)
    find_groups (index, all_wanted, search, &first);
  /* Who types a name wants that log. */
  if (named == NULL && first != NULL)
    named = search->first = find_named (index, first);
  if (named != NULL)
    put_in_front (search, named);
  return search;
}
