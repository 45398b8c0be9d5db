/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-highlight.h"

#include <string.h>

#include "cot-finder.h"

/* A window draws some fifty rows in a frame of 16 ms: a rule that reaches the limit of a pattern,
 * and not by chance, makes scrolling a torment. No clock is asked: a busy computer is not the fault
 * of a rule. */
#define MAX_SLOW_ROWS 3

typedef struct
{
  CotPattern *pattern;
  guint index; /* in what was given */
  guint n_slow_rows;
  guint colour;
  gboolean whole_row;
  gboolean is_number;
  guint64 number;
} Rule;

struct _CotHighlighter
{
  GArray *rules; /* (element-type Rule) */
  CotPatternScratch *scratch;
};

/**
 * cot_highlight_rule_new:
 * @text: what is to light up
 * @flags: how it is read
 * @colour: from 1 to %COT_HIGHLIGHT_COLOURS
 *
 * Returns: (transfer full): a rule that is on, for what matches, and not kept
 */
CotHighlightRule *
cot_highlight_rule_new (const char *text, CotPatternFlags flags, guint colour)
{
  CotHighlightRule *self = g_new0 (CotHighlightRule, 1);

  self->text = g_strdup (text);
  self->flags = flags;
  self->colour = CLAMP (colour, 1u, (guint) COT_HIGHLIGHT_COLOURS);
  self->enabled = TRUE;
  return self;
}

/**
 * cot_highlight_rule_copy:
 * @self: a rule
 *
 * Returns: (transfer full): a copy
 */
CotHighlightRule *
cot_highlight_rule_copy (const CotHighlightRule *self)
{
  CotHighlightRule *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  return copy;
}

/**
 * cot_highlight_rule_free:
 * @self: (transfer full) (nullable): a rule
 *
 * Frees the rule.
 */
void
cot_highlight_rule_free (CotHighlightRule *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_free (self);
}

/* As a thread's number is written: "7120", "0x1bd0", "7120 (0x1BD0)". */
static gboolean
parse_number (const char *text, guint64 *number)
{
  gboolean is_hex = g_ascii_strncasecmp (text, "0x", 2) == 0;
  const char *digits = is_hex ? text + 2 : text;
  char *end;

  if (!(is_hex ? g_ascii_isxdigit (*digits) : g_ascii_isdigit (*digits)))
    return FALSE;
  *number = g_ascii_strtoull (digits, &end, is_hex ? 16 : 10);
  return *end == '\0' || (*end == ' ' && end[1] == '(');
}

static CotPattern *
compile (const CotHighlightRule *rule, GError **error)
{
  /* An empty text stands between any two letters. */
  if (rule->text[0] == '\0')
    {
      g_set_error (error, COT_QUERY_ERROR, COT_QUERY_ERROR_SYNTAX, "at 0: no text");
      return NULL;
    }
  return cot_pattern_new (rule->text, rule->flags, error);
}

/**
 * cot_highlight_rule_check:
 * @self: a rule
 * @error: COT_QUERY_ERROR
 *
 * Returns: whether something can match it
 */
gboolean
cot_highlight_rule_check (const CotHighlightRule *self, GError **error)
{
  g_autoptr (CotPattern) pattern = compile (self, error);

  return pattern != NULL;
}

static void
clear_rule (gpointer data)
{
  Rule *rule = data;

  cot_pattern_unref (rule->pattern);
}

/**
 * cot_highlighter_new:
 * @rules: (element-type CotHighlightRule): rules, the one that counts most first
 *
 * Returns: (transfer full): the rules that are on, ready to be asked
 */
CotHighlighter *
cot_highlighter_new (GPtrArray *rules)
{
  CotHighlighter *self = g_new0 (CotHighlighter, 1);

  self->scratch = cot_pattern_scratch_new ();
  self->rules = g_array_new (FALSE, TRUE, sizeof (Rule));
  g_array_set_clear_func (self->rules, clear_rule);
  for (guint i = 0; i < rules->len && self->rules->len < COT_HIGHLIGHT_MAX_RULES; i++)
    {
      const CotHighlightRule *rule = rules->pdata[i];
      Rule compiled = { .index = i, .colour = rule->colour, .whole_row = rule->whole_row };

      if (!rule->enabled || (compiled.pattern = compile (rule, NULL)) == NULL)
        continue;
      compiled.is_number = (rule->flags & COT_PATTERN_LITERAL) != 0
                           && parse_number (rule->text, &compiled.number);
      g_array_append_val (self->rules, compiled);
    }
  return self;
}

/**
 * cot_highlighter_free:
 * @self: (transfer full) (nullable): a highlighter
 *
 * Frees it.
 */
void
cot_highlighter_free (CotHighlighter *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->rules);
  cot_pattern_scratch_free (self->scratch);
  g_free (self);
}

/**
 * cot_highlighter_get_given_up:
 * @self: a highlighter
 *
 * Returns: the index of the first rule that was too slow, in the array that it was made of;
 *   %G_MAXUINT where all are asked
 */
guint
cot_highlighter_get_given_up (CotHighlighter *self)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = &g_array_index (self->rules, Rule, i);

      if (rule->n_slow_rows >= MAX_SLOW_ROWS)
        return rule->index;
    }
  return G_MAXUINT;
}

/* Puts a span in its place, unless one of an earlier rule has some of these bytes. */
static void
add_span (CotHighlights *highlights, gsize start, gsize end, guint colour)
{
  guint at = highlights->n_spans;

  if (start >= end || end > G_MAXUINT || highlights->n_spans == COT_HIGHLIGHT_MAX_SPANS)
    return;
  while (at > 0 && highlights->spans[at - 1].start_bytes >= end)
    at--;
  if (at > 0 && highlights->spans[at - 1].end_bytes > start)
    return;
  memmove (highlights->spans + at + 1, highlights->spans + at,
           (highlights->n_spans - at) * sizeof *highlights->spans);
  highlights->spans[at] = (CotHighlightSpan){ (guint) start, (guint) end, colour };
  highlights->n_spans++;
}

static guint
find_pairs (CotHighlighter *self, Rule *rule, const char *message, gsize *pairs)
{
  gboolean reached_limit;
  guint n = cot_finder_mark (rule->pattern, self->scratch, message, strlen (message), pairs,
                             rule->whole_row ? 1 : COT_HIGHLIGHT_MAX_SPANS, &reached_limit);

  if (reached_limit)
    rule->n_slow_rows++;
  return n;
}

static void
mark_message (CotHighlighter *self, Rule *rule, const char *message, CotHighlights *highlights)
{
  gsize pairs[2 * COT_HIGHLIGHT_MAX_SPANS];
  guint n = 0;

  if (rule->n_slow_rows < MAX_SLOW_ROWS)
    n = find_pairs (self, rule, message, pairs);
  if (n == 0)
    return;
  if (rule->whole_row)
    {
      if (highlights->row_colour == 0)
        highlights->row_colour = rule->colour;
      return;
    }
  for (guint i = 0; i < n; i++)
    add_span (highlights, pairs[2 * i], pairs[2 * i + 1], rule->colour);
}

/**
 * cot_highlighter_mark:
 * @self: a highlighter
 * @message: a row's message
 * @thread: (nullable): a row's thread
 * @highlights: (out caller-allocates): what lights up
 *
 * Asks all rules. Of a text of a few KiB; the limits of patterns hold.
 */
void
cot_highlighter_mark (CotHighlighter *self, const char *message, const char *thread,
                      CotHighlights *highlights)
{
  guint64 number = 0;
  gboolean has_number = thread != NULL && parse_number (thread, &number);

  *highlights = (CotHighlights){ 0 };
  for (guint i = 0; i < self->rules->len; i++)
    {
      Rule *rule = &g_array_index (self->rules, Rule, i);

      if (message != NULL)
        mark_message (self, rule, message, highlights);
      if (!has_number || !rule->is_number || rule->number != number)
        continue;
      if (rule->whole_row && highlights->row_colour == 0)
        highlights->row_colour = rule->colour;
      if (!rule->whole_row && highlights->thread_colour == 0)
        highlights->thread_colour = rule->colour;
    }
}
