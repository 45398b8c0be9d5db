/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-pattern.h"

/* The only file that knows PCRE2. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "cot-needle.h"
#include "cot-required-literals.h"

#define MAX_PATTERN_BYTES 4096

/* One attempt at one place; a pattern that backtracks without bound meets these. */
#define MATCH_LIMIT 200000
#define DEPTH_LIMIT 20000
#define HEAP_LIMIT_KIB (20 * 1024)

#define JIT_STACK_START_BYTES (32 * 1024)
#define JIT_STACK_MAX_BYTES (1024 * 1024)

/* PCRE2's limits bound one attempt but not their number: on long subjects the time budget is
 * looked at between runs of places to start at. Nor do they count how far a "." is repeated, so
 * that one attempt may read the subject as often as the limit allows: it starts low. */
#define BUDGET_SUBJECT_BYTES (16 * 1024)
#define BUDGET_FIRST_STEP_BYTES 64
#define BUDGET_FIRST_LIMIT 256
#define BUDGET_LIMIT_FACTOR 4

#define INITIAL_GROUPS 16

/* What stands around a whole word; the same as is_word_at() below. */
#define WORD_BEFORE "(?<![\\p{L}\\p{N}_])(?:"
#define WORD_AFTER ")(?![\\p{L}\\p{N}_])"

struct _CotPattern
{
  gatomicrefcount ref_count;
  char *text;
  CotPatternFlags flags;
  CotNeedle needle; /* where @code is NULL */
  char *expression; /* what was compiled, without the wrap of a whole word */
  pcre2_code *code; /* (nullable) */
  gsize jit_once;
  GPtrArray *names; /* (element-type utf8), sorted */
  gboolean may_step; /* the match does not depend on where the search starts */
};

struct _CotMatcherScratch
{
  pcre2_match_context *context;
  pcre2_match_data *data;
  pcre2_jit_stack *jit_stack; /* (nullable) */
  guint n_groups;
  gint64 budget_usec;
  const CotPattern *matched; /* whose groups @data holds; only compared */
};

G_DEFINE_QUARK (cot-query-error-quark, cot_query_error)

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return FALSE;
  return TRUE;
}

static void
set_compile_error (GError **error, int code, gsize offset)
{
  PCRE2_UCHAR message[256];

  pcre2_get_error_message (code, message, sizeof message);
  g_set_error (error, COT_QUERY_ERROR, COT_QUERY_ERROR_PATTERN, "at %" G_GSIZE_FORMAT ": %s",
               offset, (const char *) message);
}

static pcre2_code *
compile_expression (const char *expression, CotPatternFlags flags, gsize wrap_bytes, GError **error)
{
  pcre2_compile_context *context = pcre2_compile_context_create (NULL);
  guint32 options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C
                    | PCRE2_USE_OFFSET_LIMIT;
  pcre2_code *code;
  int status = 0;
  PCRE2_SIZE offset = 0;

  if (flags & COT_PATTERN_CASELESS)
    options |= PCRE2_CASELESS;
  if (flags & COT_PATTERN_DOT_ALL)
    options |= PCRE2_DOTALL;
  if (flags & COT_PATTERN_MULTI_LINE)
    options |= PCRE2_MULTILINE;
  /* Messages come with the line ends of their writers. */
  pcre2_set_newline (context, PCRE2_NEWLINE_ANYCRLF);
  code = pcre2_compile ((PCRE2_SPTR) expression, strlen (expression), options, &status, &offset,
                        context);
  pcre2_compile_context_free (context);
  if (code == NULL)
    set_compile_error (error, status, offset - MIN (offset, wrap_bytes));
  return code;
}

/* The raw expression is compiled first, so that one such as "a)|(b" cannot escape its wrap. */
static pcre2_code *
compile (const char *expression, CotPatternFlags flags, GError **error)
{
  pcre2_code *code = compile_expression (expression, flags, 0, error);
  g_autofree char *wrapped = NULL;

  if (code == NULL || !(flags & COT_PATTERN_WHOLE_WORD))
    return code;
  pcre2_code_free (code);
  wrapped = g_strconcat (WORD_BEFORE, expression, WORD_AFTER, NULL);
  return compile_expression (wrapped, flags, strlen (WORD_BEFORE), error);
}

static GPtrArray *
collect_names (const pcre2_code *code)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  guint32 n = 0;
  guint32 entry_bytes = 0;
  PCRE2_SPTR table = NULL;

  pcre2_pattern_info (code, PCRE2_INFO_NAMECOUNT, &n);
  if (n == 0)
    return names;
  pcre2_pattern_info (code, PCRE2_INFO_NAMEENTRYSIZE, &entry_bytes);
  pcre2_pattern_info (code, PCRE2_INFO_NAMETABLE, &table);
  for (guint32 i = 0; i < n; i++)
    {
      /* The number of the group stands before its name. */
      const char *name = (const char *) table + (gsize) i * entry_bytes + 2;

      /* "(?J)" allows the same name twice. */
      if (names->len == 0 || strcmp (g_ptr_array_index (names, names->len - 1), name) != 0)
        g_ptr_array_add (names, g_strdup (name));
    }
  return names;
}

static gboolean
check_text (const char *text, GError **error)
{
  const char *end = NULL;

  if (strlen (text) > MAX_PATTERN_BYTES)
    {
      g_set_error (error, COT_QUERY_ERROR, COT_QUERY_ERROR_LIMIT,
                   "at %d: the pattern is longer than %d bytes", MAX_PATTERN_BYTES,
                   MAX_PATTERN_BYTES);
      return FALSE;
    }
  if (!g_utf8_validate (text, -1, &end))
    {
      g_set_error (error, COT_QUERY_ERROR, COT_QUERY_ERROR_PATTERN,
                   "at %" G_GSIZE_FORMAT ": the pattern is not valid UTF-8", (gsize) (end - text));
      return FALSE;
    }
  return TRUE;
}

/**
 * cot_pattern_new:
 * @text: a regular expression in PCRE2's syntax, or plain text with %COT_PATTERN_LITERAL; at most
 *   4 KiB of UTF-8
 * @flags: how to read and to match it
 * @error: return location
 *
 * Compiles a pattern. "\w", "\d", "\s" and "\b" know ASCII only, "." and classes are whole
 * characters, CR, LF and CRLF all end a line. A caseless literal of ASCII is matched caselessly
 * over ASCII; any other caseless pattern by Unicode's simple case folding.
 *
 * Any thread. Errors: %COT_QUERY_ERROR_PATTERN and %COT_QUERY_ERROR_LIMIT, with "at OFFSET: "
 * in bytes of @text before what is wrong.
 *
 * Returns: (transfer full) (nullable): the pattern
 */
CotPattern *
cot_pattern_new (const char *text, CotPatternFlags flags, GError **error)
{
  g_autoptr (CotPattern) self = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!check_text (text, error))
    return NULL;
  self = g_new0 (CotPattern, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->text = g_strdup (text);
  self->flags = flags;
  if ((flags & COT_PATTERN_LITERAL) && (!(flags & COT_PATTERN_CASELESS) || is_ascii (text)))
    {
      cot_needle_init (&self->needle, self->text, strlen (self->text),
                       (flags & COT_PATTERN_CASELESS) != 0);
      self->names = g_ptr_array_new_with_free_func (g_free);
      return g_steal_pointer (&self);
    }

  self->expression = (flags & COT_PATTERN_LITERAL) ? g_regex_escape_string (text, -1)
                                                   : g_strdup (text);
  self->code = compile (self->expression, flags, error);
  if (self->code == NULL)
    return NULL;
  self->names = collect_names (self->code);
  /* "\G" is where the search started, and a verb may forbid to go on. */
  self->may_step = strstr (self->expression, "\\G") == NULL
                   && strstr (self->expression, "(*") == NULL;
  return g_steal_pointer (&self);
}

/**
 * cot_pattern_ref:
 * @self: a pattern
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
CotPattern *
cot_pattern_ref (CotPattern *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * cot_pattern_unref:
 * @self: (transfer full): a pattern
 *
 * Any thread.
 */
void
cot_pattern_unref (CotPattern *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->code, pcre2_code_free);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_free (self->expression);
  g_free (self->text);
  g_free (self);
}

/**
 * cot_pattern_get_text:
 * @self: a pattern
 *
 * Returns: (transfer none): the text it was made of
 */
const char *
cot_pattern_get_text (CotPattern *self)
{
  return self->text;
}

/**
 * cot_pattern_get_flags:
 * @self: a pattern
 *
 * Returns: the flags it was made with
 */
CotPatternFlags
cot_pattern_get_flags (CotPattern *self)
{
  return self->flags;
}

/* Machine code is made when a pattern is first matched: most detectors never are. */
static void
ensure_jit (CotPattern *self)
{
  if (g_once_init_enter (&self->jit_once))
    {
      /* Without JIT (architecture, policy, memory) the interpreter does the same. */
      gboolean compiled = pcre2_jit_compile (self->code, PCRE2_JIT_COMPLETE) == 0;

      g_once_init_leave (&self->jit_once, compiled ? 1 : 2);
    }
}

/**
 * cot_pattern_is_fast:
 * @self: a pattern
 *
 * Whether the pattern runs as machine code. One that does not must not be given long subjects: its
 * cost grows with the square of the length much sooner. Compiles it at the first call.
 *
 * Any thread.
 *
 * Returns: %TRUE for machine code and for plain text
 */
gboolean
cot_pattern_is_fast (CotPattern *self)
{
  if (self->code == NULL)
    return TRUE;
  ensure_jit (self);
  return self->jit_once == 1;
}

/**
 * cot_pattern_scratch_new:
 *
 * Returns: (transfer full): what one thread needs to match any pattern
 */
CotPatternScratch *
cot_pattern_scratch_new (void)
{
  CotPatternScratch *scratch = g_new0 (CotPatternScratch, 1);

  scratch->context = pcre2_match_context_create (NULL);
  scratch->data = pcre2_match_data_create (INITIAL_GROUPS, NULL);
  scratch->n_groups = INITIAL_GROUPS;
  scratch->jit_stack = pcre2_jit_stack_create (JIT_STACK_START_BYTES, JIT_STACK_MAX_BYTES, NULL);
  if (scratch->context == NULL || scratch->data == NULL)
    g_error ("out of memory");
  pcre2_set_match_limit (scratch->context, MATCH_LIMIT);
  pcre2_set_depth_limit (scratch->context, DEPTH_LIMIT);
  pcre2_set_heap_limit (scratch->context, HEAP_LIMIT_KIB);
  if (scratch->jit_stack != NULL)
    pcre2_jit_stack_assign (scratch->context, NULL, scratch->jit_stack);
  return scratch;
}

/**
 * cot_pattern_scratch_free:
 * @scratch: (transfer full) (nullable): a scratch
 */
void
cot_pattern_scratch_free (CotPatternScratch *scratch)
{
  if (scratch == NULL)
    return;
  pcre2_match_data_free (scratch->data);
  pcre2_match_context_free (scratch->context);
  pcre2_jit_stack_free (scratch->jit_stack);
  g_free (scratch);
}

/**
 * cot_pattern_scratch_set_budget:
 * @scratch: a scratch
 * @budget_usec: how long one match may take, in microseconds; 0 for no budget
 *
 * For patterns that users type, on subjects of any length: a match that takes longer gives
 * %COT_MATCH_LIMIT. Subjects of up to 16 KiB are not cut off, so that results on these do not
 * depend on the speed of the machine.
 */
void
cot_pattern_scratch_set_budget (CotPatternScratch *scratch, gint64 budget_usec)
{
  scratch->budget_usec = MAX (budget_usec, 0);
}

static gboolean
is_word_at (const char *subject, gsize length_bytes, gsize offset)
{
  gunichar character;

  if (offset >= length_bytes)
    return FALSE;
  character = g_utf8_get_char_validated (subject + offset, (gssize) (length_bytes - offset));
  if (character >= 0x110000)
    return FALSE;
  return character == '_' || g_unichar_isalnum (character);
}

static gboolean
is_word_before (const char *subject, gsize offset)
{
  gsize start = offset;

  do
    {
      if (start == 0)
        return FALSE;
      start--;
    }
  while (offset - start < 4 && ((guchar) subject[start] & 0xc0) == 0x80);
  return is_word_at (subject, offset, start);
}

static CotMatchResult
match_needle (const CotPattern *self, const char *subject, gsize length_bytes, gsize start,
              gsize *match_start, gsize *match_end)
{
  gsize found;

  while (cot_needle_find (&self->needle, subject, length_bytes, start, &found))
    {
      gsize end = found + self->needle.length_bytes;

      if (!(self->flags & COT_PATTERN_WHOLE_WORD)
          || (!is_word_before (subject, found) && !is_word_at (subject, length_bytes, end)))
        {
          *match_start = found;
          *match_end = end;
          return COT_MATCH_FOUND;
        }
      start = found + 1;
    }
  return COT_MATCH_NONE;
}

/* Which errors mean "no": any other one (limits, stack, memory) must not pass for that. */
static CotMatchResult
result_of_status (int status)
{
  if (status >= 0)
    return COT_MATCH_FOUND;
  return status == PCRE2_ERROR_NOMATCH ? COT_MATCH_NONE : COT_MATCH_LIMIT;
}

static CotMatchResult
match_code (CotPattern *self, CotPatternScratch *scratch, const char *subject, gsize length_bytes,
            gsize start)
{
  /* An empty span may have no address at all. */
  PCRE2_SPTR bytes = (PCRE2_SPTR) (subject != NULL ? subject : "");

  return result_of_status (pcre2_match (self->code, bytes, length_bytes, start, 0, scratch->data,
                                        scratch->context));
}

/* Goes through the places to start at in growing steps, with a growing limit, and looks at the
 * clock between them. */
static CotMatchResult
match_in_steps (CotPattern *self, CotPatternScratch *scratch, const char *subject,
                gsize length_bytes, gsize start)
{
  gint64 deadline_usec = g_get_monotonic_time () + scratch->budget_usec;
  gsize step_bytes = self->may_step ? BUDGET_FIRST_STEP_BYTES : length_bytes;
  guint32 limit = BUDGET_FIRST_LIMIT;
  CotMatchResult result = COT_MATCH_NONE;

  for (;;)
    {
      gint64 before_usec = g_get_monotonic_time ();
      gsize next = length_bytes - start > step_bytes ? start + step_bytes : length_bytes + 1;

      if (before_usec > deadline_usec)
        {
          result = COT_MATCH_LIMIT;
          break;
        }
      while (next < length_bytes && next > start + 1 && ((guchar) subject[next] & 0xc0) == 0x80)
        next--;
      pcre2_set_offset_limit (scratch->context, next - 1);
      pcre2_set_match_limit (scratch->context, limit);
      result = match_code (self, scratch, subject, length_bytes, start);
      if (result == COT_MATCH_LIMIT && limit < MATCH_LIMIT)
        {
          limit = MIN (limit * BUDGET_LIMIT_FACTOR, MATCH_LIMIT);
          continue;
        }
      if (result != COT_MATCH_NONE || next > length_bytes)
        break;
      start = next;
      if (g_get_monotonic_time () - before_usec < scratch->budget_usec / 16)
        step_bytes *= 4;
      else if (step_bytes > 16)
        step_bytes /= 2;
    }
  pcre2_set_offset_limit (scratch->context, PCRE2_UNSET);
  pcre2_set_match_limit (scratch->context, MATCH_LIMIT);
  return result;
}

static void
ensure_groups (CotPattern *self, CotPatternScratch *scratch)
{
  guint32 n_groups = 0;

  pcre2_pattern_info (self->code, PCRE2_INFO_CAPTURECOUNT, &n_groups);
  n_groups++;
  if (n_groups <= scratch->n_groups)
    return;
  pcre2_match_data_free (scratch->data);
  scratch->data = pcre2_match_data_create (n_groups, NULL);
  if (scratch->data == NULL)
    g_error ("out of memory");
  scratch->n_groups = n_groups;
}

/**
 * cot_pattern_match:
 * @self: a pattern
 * @scratch: of the calling thread
 * @subject: (array length=length_bytes) (nullable): any bytes; what is no UTF-8 matches nothing
 * @length_bytes: the length of @subject
 * @start: where to begin, in bytes; what stands before is seen by lookbehinds
 * @match_start: (out): start of the match in bytes of @subject
 * @match_end: (out): end of the match
 *
 * Looks for the first match at or after @start. The groups are kept in @scratch until its next
 * use. Nothing is written to the results where there is no match.
 *
 * Any thread, with a scratch of its own.
 *
 * Returns: whether there is a match, or that it was too much work to know
 */
CotMatchResult
cot_pattern_match (CotPattern *self, CotPatternScratch *scratch, const char *subject,
                   gsize length_bytes, gsize start, gsize *match_start, gsize *match_end)
{
  CotMatchResult result;
  const PCRE2_SIZE *offsets;

  scratch->matched = NULL;
  if (start > length_bytes)
    return COT_MATCH_NONE;
  if (self->code == NULL)
    return match_needle (self, subject, length_bytes, start, match_start, match_end);

  ensure_jit (self);
  ensure_groups (self, scratch);
  if (scratch->budget_usec > 0 && length_bytes - start > BUDGET_SUBJECT_BYTES)
    result = match_in_steps (self, scratch, subject, length_bytes, start);
  else
    result = match_code (self, scratch, subject, length_bytes, start);
  if (result != COT_MATCH_FOUND)
    return result;

  offsets = pcre2_get_ovector_pointer (scratch->data);
  scratch->matched = self;
  *match_end = offsets[1];
  /* "\K" in a lookahead may put the start behind the end. */
  *match_start = MIN (offsets[0], offsets[1]);
  return COT_MATCH_FOUND;
}

/**
 * cot_pattern_get_n_names:
 * @self: a pattern
 *
 * Returns: how many named groups it has
 */
guint
cot_pattern_get_n_names (CotPattern *self)
{
  return self->names->len;
}

/**
 * cot_pattern_get_name:
 * @self: a pattern
 * @index: less than cot_pattern_get_n_names()
 *
 * Returns: (transfer none) (nullable): the name of a group, in the order of the names' bytes
 */
const char *
cot_pattern_get_name (CotPattern *self, guint index)
{
  return index < self->names->len ? g_ptr_array_index (self->names, index) : NULL;
}

/**
 * cot_pattern_get_group:
 * @self: a pattern
 * @scratch: with which @self was matched last
 * @name: the name of a group
 * @group_start: (out): its start in bytes of the subject
 * @group_end: (out): its end
 *
 * Returns: %FALSE where there is no such group, it took no part, or @scratch last did anything
 *   else than to find a match of @self
 */
gboolean
cot_pattern_get_group (CotPattern *self, CotPatternScratch *scratch, const char *name,
                       gsize *group_start, gsize *group_end)
{
  const PCRE2_SIZE *offsets;
  PCRE2_SPTR first = NULL;
  PCRE2_SPTR last = NULL;
  int entry_bytes;

  if (scratch->matched != self || self->code == NULL)
    return FALSE;
  entry_bytes = pcre2_substring_nametable_scan (self->code, (PCRE2_SPTR) name, &first, &last);
  if (entry_bytes <= 0)
    return FALSE;
  offsets = pcre2_get_ovector_pointer (scratch->data);
  for (PCRE2_SPTR entry = first; entry <= last; entry += entry_bytes)
    {
      gsize group = ((gsize) entry[0] << 8) | entry[1];

      if (group >= scratch->n_groups || offsets[2 * group] == PCRE2_UNSET)
        continue;
      *group_end = offsets[2 * group + 1];
      *group_start = MIN (offsets[2 * group], *group_end);
      return TRUE;
    }
  return FALSE;
}

/**
 * cot_pattern_dup_required_literals:
 * @self: a pattern
 * @min_bytes: the shortest literal that is of use
 *
 * Literals of which at least one stands, caselessly over ASCII, in every subject that matches. The
 * rarest ones that can be proved are chosen.
 *
 * A caseless pattern of Unicode lets "k" match the Kelvin sign and "s" the long s. Where a literal
 * has one of these letters, that character is in the result as a literal of its own (2 or 3
 * bytes, whatever @min_bytes says): it costs nothing, because no log has it, and nothing is missed.
 *
 * Any thread.
 *
 * Returns: (transfer full) (array zero-terminated=1): empty where nothing can be proved
 */
char **
cot_pattern_dup_required_literals (CotPattern *self, gsize min_bytes)
{
  if (self->code != NULL)
    return cot_required_literals_find (self->expression, strlen (self->expression),
                                       (self->flags & COT_PATTERN_CASELESS) != 0, min_bytes, NULL);
  if (self->needle.length_bytes < MAX (min_bytes, 1))
    return g_new0 (char *, 1);
  return g_strdupv ((char *[]) { self->text, NULL });
}

/**
 * cot_pattern_dup_other_literals:
 * @self: a pattern
 * @min_bytes: the shortest literal that is of use
 * @known: (array zero-terminated=1): what cot_pattern_dup_required_literals() said
 *
 * A second set of literals of which one stands in every match, too: where one of @known stands, a
 * look for these is far cheaper than to try the pattern.
 *
 * Any thread.
 *
 * Returns: (transfer full) (array zero-terminated=1): empty where there is no other one
 */
char **
cot_pattern_dup_other_literals (CotPattern *self, gsize min_bytes, const char *const *known)
{
  if (self->code == NULL || known[0] == NULL)
    return g_new0 (char *, 1);
  return cot_required_literals_find (self->expression, strlen (self->expression),
                                     (self->flags & COT_PATTERN_CASELESS) != 0, min_bytes, known);
}
