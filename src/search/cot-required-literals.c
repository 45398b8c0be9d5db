/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-required-literals.h"

#include <string.h>

#include "cot-byte-rank.h"

/* A reader of regular expressions that proves what must stand in a match. It knows sequences,
 * groups, alternations, classes, repeats and escapes; on anything else it gives up, because a
 * literal that is wrongly required hides matches, and one that is missed only costs time.
 *
 * Each part of the expression says two things of the text that it matches:
 *   exact     that text is one of these (caselessly); NULL where they are too many
 *   required  it contains one of these; NULL where that is not known
 * A sequence glues exact parts together for as long as they stay few: the "run". */

#define MAX_DEPTH 60
#define MAX_RUN 16 /* texts in a run */
#define MAX_SET 64 /* literals in a result */
#define MAX_RUN_BYTES 48 /* of one text: longer does not make it rarer */
#define MAX_CLASS 4 /* characters of a class that is taken for an alternation */
#define MAX_REPEAT 4

#define KELVIN_SIGN "\xe2\x84\xaa"
#define LONG_S "\xc5\xbf"

typedef GPtrArray Texts; /* (element-type utf8) */

typedef struct
{
  Texts *exact; /* (nullable) */
  Texts *required; /* (nullable) */
} Part;

typedef struct
{
  const char *at;
  const char *end;
  gsize min_bytes;
  const char *const *known; /* (nullable) what is not to be found again */
  gboolean caseless; /* from here on, perhaps */
  gboolean quoted; /* between \Q and \E */
  gboolean given_up;
  guint depth;
} Reader;

static Part read_alternation (Reader *reader);

static Texts *
texts_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static Texts *
texts_new_single (const char *text, gsize length_bytes)
{
  Texts *texts = texts_new ();

  g_ptr_array_add (texts, g_strndup (text, length_bytes));
  return texts;
}

static void
texts_free (Texts *texts)
{
  if (texts != NULL)
    g_ptr_array_unref (texts);
}

static void
part_clear (Part *part)
{
  g_clear_pointer (&part->exact, texts_free);
  g_clear_pointer (&part->required, texts_free);
}

static Part
part_of_text (const char *text, gsize length_bytes)
{
  return (Part) { .exact = texts_new_single (text, length_bytes) };
}

/* What stands between characters: it adds nothing to the text. */
static Part
part_of_nothing (void)
{
  return part_of_text ("", 0);
}

static gboolean
contains_caseless (const char *text, const char *literal)
{
  gsize text_bytes = strlen (text);
  gsize literal_bytes = strlen (literal);

  for (; text_bytes >= literal_bytes; text++, text_bytes--)
    if (g_ascii_strncasecmp (text, literal, literal_bytes) == 0)
      return TRUE;
  return FALSE;
}

/* Adds a text unless a part of it is there already, which then is found wherever the text is. */
static void
add_literal (Texts *texts, const char *text)
{
  for (guint i = 0; i < texts->len; i++)
    if (contains_caseless (text, g_ptr_array_index (texts, i)))
      return;
  for (guint i = texts->len; i > 0; i--)
    if (contains_caseless (g_ptr_array_index (texts, i - 1), text))
      g_ptr_array_remove_index_fast (texts, i - 1);
  g_ptr_array_add (texts, g_strdup (text));
}

/* The rarest literal is as good as its most common neighbour. 0: of no use. */
static guint
score (const Reader *reader, const Texts *texts)
{
  guint least = G_MAXUINT;

  if (texts == NULL || texts->len == 0 || texts->len > MAX_SET)
    return 0;
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      gsize length_bytes = strlen (text);

      if (length_bytes < MAX (reader->min_bytes, 1))
        return 0;
      least = MIN (least, cot_byte_rank_bits (text, length_bytes));
    }
  /* Each doubling of the number doubles the hits: one bit less. */
  return 2 + least * 2 - MIN (least * 2, 2 * g_bit_storage (texts->len - 1));
}

/* Where one stands, the other does, or may: it tells nothing new. */
static gboolean
is_known (const Reader *reader, const char *text)
{
  for (guint i = 0; reader->known != NULL && reader->known[i] != NULL; i++)
    if (contains_caseless (text, reader->known[i]) || contains_caseless (reader->known[i], text))
      return TRUE;
  return FALSE;
}

static gboolean
any_is_known (const Reader *reader, const Texts *texts)
{
  for (guint i = 0; i < texts->len; i++)
    if (is_known (reader, g_ptr_array_index (texts, i)))
      return TRUE;
  return FALSE;
}

/* Takes @texts into @best where it is the better choice. */
static void
offer (const Reader *reader, Texts **best, const Texts *texts)
{
  g_autoptr (GPtrArray) literals = NULL;

  if (texts == NULL || texts->len == 0 || texts->len > MAX_SET || any_is_known (reader, texts))
    return;
  literals = texts_new ();
  for (guint i = 0; i < texts->len; i++)
    add_literal (literals, g_ptr_array_index (texts, i));
  if (score (reader, literals) <= score (reader, *best))
    return;
  texts_free (*best);
  *best = g_steal_pointer (&literals);
}

/* All of @run continued with all of @next; NULL where that becomes too much. */
static Texts *
glue (const Texts *run, const Texts *next)
{
  g_autoptr (GPtrArray) result = NULL;

  if (run->len * next->len > MAX_RUN)
    return NULL;
  result = texts_new ();
  for (guint i = 0; i < run->len; i++)
    for (guint j = 0; j < next->len; j++)
      {
        char *text = g_strconcat (g_ptr_array_index (run, i), g_ptr_array_index (next, j), NULL);

        g_ptr_array_add (result, text);
        if (strlen (text) > MAX_RUN_BYTES)
          return NULL;
      }
  return g_steal_pointer (&result);
}

static gboolean
at_end (const Reader *reader)
{
  return reader->given_up || reader->at >= reader->end;
}

static gboolean
next_is (const Reader *reader, const char *text)
{
  gsize length_bytes = strlen (text);

  return (gsize) (reader->end - reader->at) >= length_bytes
         && memcmp (reader->at, text, length_bytes) == 0;
}

static gboolean
accept (Reader *reader, const char *text)
{
  if (!next_is (reader, text))
    return FALSE;
  reader->at += strlen (text);
  return TRUE;
}

static Part
give_up (Reader *reader)
{
  reader->given_up = TRUE;
  return (Part) { NULL };
}

/* Behind the next @stop; gives up where there is none. */
static void
skip_behind (Reader *reader, char stop)
{
  const char *found = memchr (reader->at, stop, (gsize) (reader->end - reader->at));

  if (found == NULL)
    give_up (reader);
  else
    reader->at = found + 1;
}

static Part
read_character (Reader *reader)
{
  const char *start = reader->at;
  gsize length_bytes = (gsize) (g_utf8_next_char (start) - start);

  length_bytes = MIN (length_bytes, (gsize) (reader->end - start));
  reader->at += length_bytes;
  /* Its other case may be other bytes; one of the two letters even lies in ASCII. */
  if (reader->caseless && (guchar) *start >= 0x80)
    return (Part) { NULL };
  return part_of_text (start, length_bytes);
}

static Part
read_hexadecimal (Reader *reader)
{
  char character = '\0';
  guint value = 0;

  if (accept (reader, "{"))
    {
      skip_behind (reader, '}');
      return (Part) { NULL };
    }
  for (guint i = 0; i < 2 && !at_end (reader) && g_ascii_isxdigit (*reader->at); i++)
    value = value * 16 + (guint) g_ascii_xdigit_value (*reader->at++);
  if (value == 0 || value >= 0x80)
    return (Part) { NULL };
  character = (char) value;
  return part_of_text (&character, 1);
}

/* "\g", "\k", "\p", "\o" and what follows them; which text that stands for is not known. */
static Part
read_reference (Reader *reader)
{
  if (accept (reader, "{"))
    skip_behind (reader, '}');
  else if (accept (reader, "<"))
    skip_behind (reader, '>');
  else if (accept (reader, "'"))
    skip_behind (reader, '\'');
  else if (!at_end (reader))
    {
      if (*reader->at == '-' || *reader->at == '+')
        reader->at++;
      while (!at_end (reader) && g_ascii_isalnum (*reader->at))
        reader->at++;
    }
  return (Part) { NULL };
}

static Part
read_property (Reader *reader)
{
  if (accept (reader, "{"))
    skip_behind (reader, '}');
  else if (!at_end (reader))
    reader->at++;
  return (Part) { NULL };
}

static Part
read_escape (Reader *reader)
{
  static const char controls[] = "t\tn\nr\rf\fa\ae\x1b";
  char letter;
  const char *control;

  reader->at++;
  if (at_end (reader))
    return give_up (reader);
  letter = *reader->at;
  if (!g_ascii_isalnum (letter))
    return read_character (reader);
  reader->at++;
  for (control = controls; *control != '\0'; control += 2)
    if (*control == letter)
      return part_of_text (control + 1, 1);
  if (strchr ("bBAZzGK", letter) != NULL)
    return part_of_nothing ();
  if (strchr ("dDwWsShHvVRX", letter) != NULL)
    return (Part) { NULL };
  if (letter == 'x')
    return read_hexadecimal (reader);
  if (letter == 'p' || letter == 'P')
    return read_property (reader);
  if (strchr ("gko", letter) != NULL)
    return read_reference (reader);
  if (!g_ascii_isdigit (letter))
    return give_up (reader);
  /* An octal number or a group's. */
  while (!at_end (reader) && g_ascii_isdigit (*reader->at))
    reader->at++;
  return (Part) { NULL };
}

/* One member of a class, whose value is known only for ASCII: 0 otherwise. */
static char
read_class_member (Reader *reader)
{
  char character = *reader->at;

  if ((guchar) character >= 0x80)
    {
      reader->at += MIN (g_utf8_next_char (reader->at) - reader->at, reader->end - reader->at);
      return '\0';
    }
  reader->at++;
  if (character != '\\')
    return character;
  if (at_end (reader) || *reader->at == 'Q' || *reader->at == 'E' || *reader->at == 'N')
    {
      give_up (reader);
      return '\0';
    }
  character = *reader->at++;
  if (character == 'p' || character == 'P')
    read_property (reader);
  else if (character == 'x' && accept (reader, "{"))
    skip_behind (reader, '}');
  else if (character == 'o' && accept (reader, "{"))
    skip_behind (reader, '}');
  else if (character == 'c' && !at_end (reader))
    reader->at++;
  return g_ascii_isalnum (character) ? '\0' : character;
}

/* "[:alpha:]" at the reader's place, which then moves behind it. */
static gboolean
skip_posix_class (Reader *reader)
{
  const char *name = reader->at + 2;

  if (!next_is (reader, "[:"))
    return FALSE;
  while (name < reader->end && (g_ascii_isalpha (*name) || *name == '^'))
    name++;
  if (reader->end - name < 2 || name[0] != ':' || name[1] != ']')
    return FALSE;
  reader->at = name + 2;
  return TRUE;
}

static void
add_member (Texts *members, char character)
{
  add_literal (members, (char[]) { character, '\0' });
}

/* Adds what the next member, or range of members, of a class stands for; FALSE where that is not
 * known or too much. */
static gboolean
read_class_range (Reader *reader, Texts *members)
{
  char first;
  char last;

  if (skip_posix_class (reader))
    return FALSE;
  first = read_class_member (reader);
  last = first;
  if (next_is (reader, "-") && reader->end - reader->at >= 2 && reader->at[1] != ']')
    {
      reader->at++;
      if (skip_posix_class (reader))
        return FALSE;
      last = read_class_member (reader);
    }
  if (first == '\0' || last < first || last - first >= MAX_CLASS)
    return FALSE;
  /* No char, which would never be greater than the last of them. */
  for (int character = first; character <= last; character++)
    add_member (members, (char) character);
  return TRUE;
}

static Part
read_class (Reader *reader)
{
  g_autoptr (GPtrArray) members = texts_new ();
  gboolean negated;
  gboolean known = TRUE;
  gboolean is_first = TRUE;

  if (next_is (reader, "[[:<:]]") || next_is (reader, "[[:>:]]"))
    return give_up (reader); /* no classes but the edges of a word */
  reader->at++;
  negated = accept (reader, "^");
  while (!at_end (reader) && (is_first || *reader->at != ']'))
    {
      is_first = FALSE;
      if (!read_class_range (reader, members))
        known = FALSE;
    }
  if (!accept (reader, "]"))
    return give_up (reader);
  if (negated || !known || members->len == 0 || members->len > MAX_CLASS)
    return (Part) { NULL };
  return (Part) { .exact = g_steal_pointer (&members) };
}

/* Letters that switch options: TRUE where the reader stands on ")" or ":" then. */
static gboolean
read_options (Reader *reader)
{
  gboolean on = TRUE;

  accept (reader, "^");
  for (; !at_end (reader) && *reader->at != ')' && *reader->at != ':'; reader->at++)
    {
      if (*reader->at == '-')
        on = FALSE;
      else if (strchr ("imsJnU", *reader->at) == NULL)
        return FALSE; /* "x" makes white space mean nothing */
      else if (*reader->at == 'i' && on)
        reader->caseless = TRUE;
    }
  return !at_end (reader);
}

static Part
read_group_body (Reader *reader)
{
  Part part;

  if (++reader->depth > MAX_DEPTH)
    return give_up (reader);
  part = read_alternation (reader);
  reader->depth--;
  if (!accept (reader, ")"))
    reader->given_up = TRUE;
  return part;
}

/* What looks around takes no text: nothing is known from it, but neither does it part what stands
 * on its two sides. */
static Part
read_lookaround (Reader *reader)
{
  Part part = read_group_body (reader);

  part_clear (&part);
  return part_of_nothing ();
}

static Part
read_named_group (Reader *reader, char stop)
{
  skip_behind (reader, stop);
  return reader->given_up ? (Part) { NULL } : read_group_body (reader);
}

static Part
read_group (Reader *reader)
{
  reader->at++;
  if (next_is (reader, "*"))
    return give_up (reader); /* a verb */
  if (!accept (reader, "?"))
    return read_group_body (reader);
  if (accept (reader, ":") || accept (reader, ">") || accept (reader, "|"))
    return read_group_body (reader);
  if (accept (reader, "=") || accept (reader, "!") || accept (reader, "<=")
      || accept (reader, "<!"))
    return read_lookaround (reader);
  if (accept (reader, "P<") || accept (reader, "<"))
    return read_named_group (reader, '>');
  if (accept (reader, "'"))
    return read_named_group (reader, '\'');
  if (accept (reader, "#"))
    {
      skip_behind (reader, ')');
      return part_of_nothing ();
    }
  if (next_is (reader, "P=") || next_is (reader, "P>") || next_is (reader, "R")
      || next_is (reader, "&") || next_is (reader, "+")
      || (reader->at < reader->end && g_ascii_isdigit (*reader->at)))
    {
      skip_behind (reader, ')');
      return (Part) { NULL };
    }
  if (!read_options (reader))
    return give_up (reader);
  if (accept (reader, ")"))
    return part_of_nothing ();
  accept (reader, ":");
  return read_group_body (reader);
}

static Part
read_atom (Reader *reader)
{
  if (reader->quoted)
    return read_character (reader);
  switch (*reader->at)
    {
    case '\\':
      return read_escape (reader);
    case '[':
      return read_class (reader);
    case '(':
      return read_group (reader);
    case '^':
    case '$':
      reader->at++;
      return part_of_nothing ();
    case '.':
      reader->at++;
      return (Part) { NULL };
    default:
      return read_character (reader);
    }
}

/* Marks of quoting and comments, which may stand between an atom and its repeat. */
static void
skip_marks (Reader *reader)
{
  for (;;)
    {
      if (accept (reader, "\\E"))
        reader->quoted = FALSE;
      else if (!reader->quoted && accept (reader, "\\Q"))
        reader->quoted = TRUE;
      else if (!reader->quoted && next_is (reader, "(?#"))
        skip_behind (reader, ')');
      else
        return;
      if (reader->given_up)
        return;
    }
}

/* "{2}", "{2,}", "{2,5}"; any other brace is a character of its own. */
static gboolean
read_braces (Reader *reader, guint *least, guint *most)
{
  const char *at = reader->at + 1;
  guint numbers[2] = { 0, 0 };
  gboolean given[2] = { FALSE, FALSE };
  guint i = 0;

  for (; at < reader->end && *at != '}'; at++)
    {
      if (*at == ',' && i == 0)
        i = 1;
      else if (g_ascii_isdigit (*at))
        {
          numbers[i] = MIN (numbers[i] * 10 + (guint) g_ascii_digit_value (*at), 100000u);
          given[i] = TRUE;
        }
      else
        {
          /* Newer versions of the syntax allow spaces here. */
          if (g_ascii_isspace (*at))
            give_up (reader);
          return FALSE;
        }
    }
  if (at == reader->end || !given[0])
    {
      /* "{,5}" is a repeat to newer versions. */
      if (given[1])
        give_up (reader);
      return FALSE;
    }
  *least = numbers[0];
  *most = i == 0 ? numbers[0] : given[1] ? numbers[1] : G_MAXUINT;
  reader->at = at + 1;
  return TRUE;
}

static gboolean
read_one_repeat (Reader *reader, guint *least, guint *most)
{
  *least = 1;
  *most = 1;
  if (reader->quoted || at_end (reader))
    return FALSE;
  switch (*reader->at)
    {
    case '*':
      *least = 0;
      *most = G_MAXUINT;
      break;
    case '+':
      *most = G_MAXUINT;
      break;
    case '?':
      *least = 0;
      break;
    case '{':
      if (!read_braces (reader, least, most))
        return FALSE;
      reader->at--;
      break;
    default:
      return FALSE;
    }
  reader->at++;
  if (!accept (reader, "?"))
    accept (reader, "+");
  return TRUE;
}

/* All that stands behind an atom: a repeat may be repeated in turn. */
static void
read_repeats (Reader *reader, guint *least, guint *most)
{
  guint next_least;
  guint next_most;

  skip_marks (reader);
  read_one_repeat (reader, least, most);
  for (skip_marks (reader); read_one_repeat (reader, &next_least, &next_most); skip_marks (reader))
    {
      *least = MIN (MIN (*least, next_least), 1);
      *most = G_MAXUINT;
    }
}

typedef struct
{
  Texts *run; /* what the texts that end here have as their tail */
  gboolean broken; /* the run does not go back to the start of the sequence */
  Texts *best; /* (nullable) */
} Sequence;

/* Ends the run; the next one starts with @tail, which is (transfer full). */
static void
break_run (Reader *reader, Sequence *sequence, Texts *tail)
{
  offer (reader, &sequence->best, sequence->run);
  texts_free (sequence->run);
  sequence->run = tail;
  sequence->broken = TRUE;
}

static void
append_texts (Reader *reader, Sequence *sequence, const Texts *texts)
{
  Texts *glued = glue (sequence->run, texts);

  if (glued != NULL)
    {
      texts_free (sequence->run);
      sequence->run = glued;
      return;
    }
  {
    Texts *copy = texts_new ();

    for (guint i = 0; i < texts->len; i++)
      g_ptr_array_add (copy, g_strdup (g_ptr_array_index (texts, i)));
    break_run (reader, sequence, copy);
  }
}

static void
append_part (Reader *reader, Sequence *sequence, const Part *part, guint least, guint most)
{
  if (least == 0)
    {
      if (most == 1 && part->exact != NULL && part->exact->len < MAX_RUN)
        {
          g_ptr_array_add (part->exact, g_strdup (""));
          append_texts (reader, sequence, part->exact);
          return;
        }
      break_run (reader, sequence, texts_new_single ("", 0));
      return;
    }
  offer (reader, &sequence->best, part->required);
  if (part->exact == NULL)
    {
      break_run (reader, sequence, texts_new_single ("", 0));
      return;
    }
  for (guint i = 0; i < MIN (least, MAX_REPEAT); i++)
    append_texts (reader, sequence, part->exact);
  if (most > least || least > MAX_REPEAT)
    {
      /* The last time round touches what follows. */
      break_run (reader, sequence, texts_new_single ("", 0));
      append_texts (reader, sequence, part->exact);
    }
}

static Part
read_sequence (Reader *reader)
{
  Sequence sequence = { .run = texts_new_single ("", 0) };
  Part result = { NULL };

  for (;;)
    {
      Part part;
      guint least;
      guint most;

      skip_marks (reader);
      if (at_end (reader) || (!reader->quoted && (*reader->at == '|' || *reader->at == ')')))
        break;
      part = read_atom (reader);
      read_repeats (reader, &least, &most);
      append_part (reader, &sequence, &part, least, most);
      part_clear (&part);
    }
  offer (reader, &sequence.best, sequence.run);
  if (!sequence.broken)
    result.exact = g_steal_pointer (&sequence.run);
  texts_free (sequence.run);
  result.required = sequence.best;
  return result;
}

/* Adds the texts of @branch to @all, which becomes NULL where it has none or they are too many. */
static void
unite (Texts **all, const Texts *branch, guint max)
{
  if (*all == NULL)
    return;
  if (branch == NULL || (*all)->len + branch->len > max)
    {
      g_clear_pointer (all, texts_free);
      return;
    }
  for (guint i = 0; i < branch->len; i++)
    g_ptr_array_add (*all, g_strdup (g_ptr_array_index (branch, i)));
}

static Part
read_alternation (Reader *reader)
{
  Part all = read_sequence (reader);

  while (accept (reader, "|"))
    {
      Part branch = read_sequence (reader);

      unite (&all.exact, branch.exact, MAX_RUN);
      unite (&all.required, branch.required, MAX_SET);
      part_clear (&branch);
    }
  return all;
}

static gboolean
any_has (const Texts *texts, const char *letters)
{
  for (guint i = 0; i < texts->len; i++)
    if (strpbrk (g_ptr_array_index (texts, i), letters) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * cot_required_literals_find:
 * @pattern: the text of a regular expression that compiles; not NUL-terminated
 * @length_bytes: its length
 * @caseless: whether it is matched without regard to case
 * @min_bytes: shorter literals do not count
 * @known: (array zero-terminated=1) (nullable): literals that are known to be required; what is a
 *   part of one of them, or has one as a part, does not count
 *
 * Reads the syntax only as far as it is sure of it: what it does not know is taken to require
 * nothing. Any thread.
 *
 * Returns: (transfer full) (nullable): literals of which at least one stands in each match, ending
 *   with %NULL; %NULL or empty where none can be proved
 */
char **
cot_required_literals_find (const char *pattern, gsize length_bytes, gboolean caseless,
                            gsize min_bytes, const char *const *known)
{
  Reader reader = {
    .at = pattern,
    .end = pattern + length_bytes,
    .min_bytes = min_bytes,
    .known = known,
    .caseless = caseless,
  };
  Part part = read_alternation (&reader);
  g_autoptr (GPtrArray) result = texts_new ();

  if (!reader.given_up && reader.at == reader.end && part.required != NULL)
    {
      for (guint i = 0; i < part.required->len; i++)
        g_ptr_array_add (result, g_strdup (g_ptr_array_index (part.required, i)));
      if (reader.caseless && any_has (part.required, "kK"))
        g_ptr_array_add (result, g_strdup (KELVIN_SIGN));
      if (reader.caseless && any_has (part.required, "sS"))
        g_ptr_array_add (result, g_strdup (LONG_S));
    }
  part_clear (&part);
  g_ptr_array_add (result, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&result), FALSE);
}
