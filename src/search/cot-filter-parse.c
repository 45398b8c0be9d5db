/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-filter-private.h"

#include <string.h>

#define MAX_EXPRESSION_BYTES (16 * 1024)
#define MAX_TESTS 256
#define MAX_DEPTH 64

typedef struct
{
  CotFilter *filter;
  const char *text;
  const char *at;
  guint depth;
  GError **error;
} Parser;

static gboolean parse_expression (Parser *parser, guint *node);

static gboolean
fail_at (Parser *parser, CotQueryError code, const char *at, const char *what)
{
  g_set_error (parser->error, COT_QUERY_ERROR, (int) code, "at %" G_GSIZE_FORMAT ": %s",
               (gsize) (at - parser->text), what);
  return FALSE;
}

static void
skip_spaces (Parser *parser)
{
  while (g_ascii_isspace (*parser->at))
    parser->at++;
}

static gsize
count_letters (const char *text)
{
  gsize n = 0;

  while (g_ascii_isalpha (text[n]))
    n++;
  return n;
}

/* Whether @text starts with the word, which ends there. */
static gboolean
is_word (const char *text, const char *word)
{
  gsize length_bytes = strlen (word);

  return g_ascii_strncasecmp (text, word, length_bytes) == 0
         && (text[length_bytes] == '\0' || g_ascii_isspace (text[length_bytes])
             || strchr ("()\"", text[length_bytes]) != NULL);
}

static gboolean
is_keyword (const char *text)
{
  return is_word (text, "and") || is_word (text, "or") || is_word (text, "not");
}

static gboolean
accept_word (Parser *parser, const char *word)
{
  skip_spaces (parser);
  if (!is_word (parser->at, word))
    return FALSE;
  parser->at += strlen (word);
  return TRUE;
}

static guint
add_node (Parser *parser, CotFilterNodeKind kind, guint left, guint right)
{
  CotFilterNode node = { .kind = kind, .left = left, .right = right };

  g_array_append_val (parser->filter->nodes, node);
  return parser->filter->nodes->len - 1;
}

typedef struct
{
  const char *text;
  CotFilterOperator operator;
  gboolean negated;
} Sign;

/* Longer ones first. */
static const Sign signs[] = {
  { "!=", COT_OPERATOR_EQUAL, TRUE },
  { "!~", COT_OPERATOR_MATCHES, TRUE },
  { "!:", COT_OPERATOR_CONTAINS, TRUE },
  { "<=", COT_OPERATOR_LESS_EQUAL, FALSE },
  { ">=", COT_OPERATOR_GREATER_EQUAL, FALSE },
  { "=", COT_OPERATOR_EQUAL, FALSE },
  { "~", COT_OPERATOR_MATCHES, FALSE },
  { ":", COT_OPERATOR_CONTAINS, FALSE },
  { "<", COT_OPERATOR_LESS, FALSE },
  { ">", COT_OPERATOR_GREATER, FALSE },
};

static const Sign *
find_sign (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (text, signs[i].text))
      return &signs[i];
  return NULL;
}

/* In quotes a backslash stands before a quote or itself; before anything else it means itself, so
 * that patterns need not double theirs. */
static gboolean
parse_quoted (Parser *parser, GString *value)
{
  const char *start = parser->at++;

  while (*parser->at != '"')
    {
      if (*parser->at == '\0')
        return fail_at (parser, COT_QUERY_ERROR_SYNTAX, start, "the closing quote is missing");
      if (*parser->at == '\\' && (parser->at[1] == '"' || parser->at[1] == '\\'))
        parser->at++;
      g_string_append_c (value, *parser->at++);
    }
  parser->at++;
  return TRUE;
}

/* A bare word ends at a space, or at a ")" that it did not open itself. */
static gboolean
parse_bare (Parser *parser, GString *value)
{
  guint n_open = 0;

  for (; *parser->at != '\0' && !g_ascii_isspace (*parser->at); parser->at++)
    {
      if (*parser->at == '(')
        n_open++;
      else if (*parser->at == ')' && n_open-- == 0)
        break;
      g_string_append_c (value, *parser->at);
    }
  return TRUE;
}

static gboolean
parse_value (Parser *parser, GString *value)
{
  skip_spaces (parser);
  if (*parser->at == '"')
    return parse_quoted (parser, value);
  if (*parser->at == '\0' || *parser->at == ')')
    return fail_at (parser, COT_QUERY_ERROR_SYNTAX, parser->at, "a value was expected");
  return parse_bare (parser, value);
}

/* Where in the expression the byte @offset of a value stands. */
static const char *
locate_in_value (const char *start, gsize offset)
{
  if (*start != '"')
    return start + offset;
  for (start++; offset > 0; offset--, start++)
    if (*start == '\\' && (start[1] == '"' || start[1] == '\\'))
      start++;
  return start;
}

/* Puts the offset in the expression before the message; a pattern's own offset moves with it. */
static gboolean
fail_in_value (Parser *parser, const char *start, GError *value_error)
{
  g_autoptr (GError) owned = value_error;
  const char *message = owned->message;
  gsize offset = 0;

  if (g_str_has_prefix (message, "at "))
    {
      char *end;

      offset = (gsize) g_ascii_strtoull (message + strlen ("at "), &end, 10);
      message = g_str_has_prefix (end, ": ") ? end + strlen (": ") : end;
    }
  return fail_at (parser, (CotQueryError) owned->code, locate_in_value (start, offset), message);
}

static gboolean
add_test (Parser *parser, CotFilterField field, const Sign *sign, guint *node)
{
  CotFilterTest test = { .field = field, .operator = sign->operator, .negated = sign->negated };
  g_autoptr (GString) value = g_string_new (NULL);
  GError *value_error = NULL;
  const char *start;

  skip_spaces (parser);
  start = parser->at;
  if (parser->filter->tests->len == MAX_TESTS)
    return fail_at (parser, COT_QUERY_ERROR_LIMIT, start, "there are more than 256 tests");
  if (!parse_value (parser, value))
    return FALSE;
  if (!cot_filter_test_set_value (&test, value->str, &value_error))
    {
      cot_filter_test_clear (&test);
      return fail_in_value (parser, start, value_error);
    }
  g_array_append_val (parser->filter->tests, test);
  parser->filter->fields |= 1u << field;
  parser->filter->asks_for_zones |= test.span.has_zone;
  *node = add_node (parser, COT_NODE_TEST, parser->filter->tests->len - 1, 0);
  return TRUE;
}

static gboolean
fail_field (Parser *parser, const char *start, gsize length_bytes)
{
  g_autoptr (GString) message = g_string_new ("'");

  g_string_append_len (message, start, (gssize) length_bytes);
  g_string_append (message, "' is no field; there are");
  for (guint i = 0; i < COT_N_FIELDS; i++)
    g_string_append_printf (message, " %s", cot_filter_field_get_name ((CotFilterField) i));
  g_string_append (message, "; text with signs in it stands in quotes");
  return fail_at (parser, COT_QUERY_ERROR_SYNTAX, start, message->str);
}

static gboolean
fail_operator (Parser *parser, CotFilterField field)
{
  g_autofree char *message = NULL;

  message = g_strdup_printf ("'%s' is compared with one of %s", cot_filter_field_get_name (field),
                             cot_filter_field_has_operator (field, COT_OPERATOR_CONTAINS)
                                 ? cot_filter_field_has_operator (field, COT_OPERATOR_LESS)
                                       ? "= != ~ !~ : !: < <= > >="
                                       : "= != ~ !~ : !:"
                                 : "= != < <= > >=");
  return fail_at (parser, COT_QUERY_ERROR_SYNTAX, parser->at, message);
}

static gboolean
parse_test (Parser *parser, guint *node)
{
  static const Sign contains = { ":", COT_OPERATOR_CONTAINS, FALSE };
  const char *start = parser->at;
  gsize name_bytes = count_letters (start);
  const char *behind = start + name_bytes;
  const Sign *sign;
  CotFilterField field = COT_FIELD_TEXT;

  while (g_ascii_isspace (*behind))
    behind++;
  sign = find_sign (behind);
  if (name_bytes == 0 && sign != NULL && behind == start)
    return fail_at (parser, COT_QUERY_ERROR_SYNTAX, start, "a field was expected before the sign");
  if (name_bytes == 0 || sign == NULL)
    return add_test (parser, COT_FIELD_TEXT, &contains, node);
  if (!cot_filter_field_from_name (start, name_bytes, &field))
    return fail_field (parser, start, name_bytes);
  parser->at = behind;
  if (!cot_filter_field_has_operator (field, sign->operator))
    return fail_operator (parser, field);
  parser->at += strlen (sign->text);
  return add_test (parser, field, sign, node);
}

static gboolean
parse_group (Parser *parser, guint *node)
{
  const char *start = parser->at++;

  if (!parse_expression (parser, node))
    return FALSE;
  skip_spaces (parser);
  if (*parser->at == '\0')
    return fail_at (parser, COT_QUERY_ERROR_SYNTAX, start, "the closing parenthesis is missing");
  if (*parser->at != ')')
    return fail_at (parser, COT_QUERY_ERROR_SYNTAX, parser->at,
                    "'and', 'or' or ')' was expected");
  parser->at++;
  return TRUE;
}

static gboolean
parse_term (Parser *parser, guint *node)
{
  gboolean negated = FALSE;
  gboolean parsed;

  while (accept_word (parser, "not"))
    negated = !negated;
  skip_spaces (parser);
  if (*parser->at == '\0' || *parser->at == ')' || is_keyword (parser->at))
    return fail_at (parser, COT_QUERY_ERROR_SYNTAX, parser->at,
                    "a test, a text, 'not' or '(' was expected");
  parsed = *parser->at == '(' ? parse_group (parser, node) : parse_test (parser, node);
  if (parsed && negated)
    *node = add_node (parser, COT_NODE_NOT, *node, 0);
  return parsed;
}

static gboolean
parse_conjunction (Parser *parser, guint *node)
{
  if (!parse_term (parser, node))
    return FALSE;
  while (accept_word (parser, "and"))
    {
      guint right;

      if (!parse_term (parser, &right))
        return FALSE;
      *node = add_node (parser, COT_NODE_AND, *node, right);
    }
  return TRUE;
}

static gboolean
parse_expression (Parser *parser, guint *node)
{
  if (++parser->depth > MAX_DEPTH)
    return fail_at (parser, COT_QUERY_ERROR_LIMIT, parser->at,
                    "parentheses stand more than 64 deep");
  if (!parse_conjunction (parser, node))
    return FALSE;
  while (accept_word (parser, "or"))
    {
      guint right;

      if (!parse_conjunction (parser, &right))
        return FALSE;
      *node = add_node (parser, COT_NODE_OR, *node, right);
    }
  parser->depth--;
  return TRUE;
}

gboolean
cot_filter_parse (CotFilter *self, const char *expression, GError **error)
{
  Parser parser = { .filter = self, .text = expression, .at = expression, .error = error };
  const char *invalid;
  guint root;

  if (strlen (expression) > MAX_EXPRESSION_BYTES)
    return fail_at (&parser, COT_QUERY_ERROR_LIMIT, expression + MAX_EXPRESSION_BYTES,
                    "the expression is longer than 16384 bytes");
  if (!g_utf8_validate (expression, -1, &invalid))
    return fail_at (&parser, COT_QUERY_ERROR_SYNTAX, invalid, "this is not valid UTF-8");
  if (!parse_expression (&parser, &root))
    return FALSE;
  skip_spaces (&parser);
  if (*parser.at != '\0')
    return fail_at (&parser, COT_QUERY_ERROR_SYNTAX, parser.at,
                    "'and', 'or' or the end was expected");
  return TRUE;
}
