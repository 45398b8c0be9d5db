/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-knowledge-elements-private.h"

#include <string.h>

static CotPlace
current_place (CotParser *parser)
{
  return parser->depth == 0 ? COT_PLACE_DOCUMENT : parser->places[parser->depth - 1];
}

static void
on_start (GMarkupParseContext *context, const char *name, const char **names, const char **values,
          gpointer data, GError **error)
{
  CotParser *parser = data;
  const CotElement *element = cot_element_find (name, current_place (parser));

  if (element == NULL)
    cot_element_refuse (error, "unknown element <{}>", name);
  else if ((element->parents & current_place (parser)) == 0
           || parser->depth == COT_ELEMENT_MAX_DEPTH)
    cot_element_refuse (error, "<{}> cannot stand here", name);
  else if (element->start (parser, name, names, values, error))
    {
      parser->places[parser->depth++] = element->inside;
      g_string_truncate (parser->text, 0);
    }
}

static void
on_end (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  CotParser *parser = data;
  const CotElement *element;

  parser->depth--;
  element = cot_element_find (name, current_place (parser));
  if (element != NULL && element->end != NULL)
    element->end (parser, error);
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length_bytes, gpointer data,
         GError **error)
{
  CotParser *parser = data;

  if (current_place (parser) == COT_PLACE_TEXT)
    g_string_append_len (parser->text, text, (gssize) length_bytes);
  else
    for (gsize i = 0; i < length_bytes; i++)
      if (!g_ascii_isspace (text[i]))
        {
          g_set_error_literal (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE,
                               "text where none can stand");
          return;
        }
}

/* Editors of Windows write a byte order mark, or UTF-16. */
static gboolean
check_encoding (const char **xml, gsize *length_bytes, guint *line, GError **error)
{
  const char *end = NULL;

  if (*length_bytes >= 3 && memcmp (*xml, "\xef\xbb\xbf", 3) == 0)
    {
      *xml += 3;
      *length_bytes -= 3;
    }
  if (g_utf8_validate_len (*xml, *length_bytes, &end))
    return TRUE;
  *line = 1;
  for (const char *p = *xml; p < end; p++)
    *line += *p == '\n' ? 1 : 0;
  g_set_error_literal (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE,
                       "not UTF-8: save the file in this encoding");
  return FALSE;
}

/* The parser may be further on than what it complains of: its sentence has the right line. */
static guint
find_line (const GError *fault, guint where)
{
  const char *digits;

  if (!g_error_matches (fault, G_MARKUP_ERROR, G_MARKUP_ERROR_PARSE))
    return where;
  digits = strpbrk (fault->message, "0123456789");
  return digits != NULL ? (guint) g_ascii_strtoull (digits, NULL, 10) : where;
}

/**
 * cot_knowledge_file_parse:
 * @file: what to read into
 * @xml: a document
 * @length_bytes: its size
 * @line: (out): where it went wrong
 * @error: return location
 *
 * A detector that fails its checks is a problem of @file where it collects problems; a document
 * that is not well formed, or not of this grammar, is an error.
 *
 * Returns: %FALSE with %COT_KNOWLEDGE_ERROR_BAD_RULE or _SAMPLE_MISMATCH set
 */
gboolean
cot_knowledge_file_parse (CotKnowledgeFile *file, const char *xml, gsize length_bytes,
                          guint *line, GError **error)
{
  static const GMarkupParser functions = { on_start, on_end, on_text, NULL, NULL };
  CotParser parser = { .file = file, .text = g_string_new (NULL) };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&functions, G_MARKUP_TREAT_CDATA_AS_TEXT, &parser, NULL);
  g_autoptr (GError) fault = NULL;
  gboolean ok;
  int where = 0;

  if (!check_encoding (&xml, &length_bytes, line, error))
    {
      g_string_free (parser.text, TRUE);
      return FALSE;
    }
  parser.context = context;
  ok = length_bytes <= G_MAXSSIZE
       && g_markup_parse_context_parse (context, xml, (gssize) length_bytes, &fault)
       && g_markup_parse_context_end_parse (context, &fault);
  g_markup_parse_context_get_position (context, &where, NULL);
  *line = parser.fault_line > 0 ? parser.fault_line : find_line (fault, (guint) MAX (where, 0));
  g_string_free (parser.text, TRUE);
  g_clear_pointer (&parser.detector, cot_detector_unref);
  cot_journey_parser_clear (&parser);
  g_clear_pointer (&parser.log_entry, cot_log_entry_unref);
  g_free (parser.url);
  g_free (parser.rule);
  if (ok)
    return TRUE;

  g_set_error_literal (error, COT_KNOWLEDGE_ERROR,
                       fault != NULL && fault->domain == COT_KNOWLEDGE_ERROR
                           ? fault->code
                           : COT_KNOWLEDGE_ERROR_BAD_RULE,
                       fault != NULL ? fault->message : "too large");
  return FALSE;
}
