/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-knowledge-private.h"

/* The guide is part of the program and lives for ever, so nothing of it is freed. */
typedef struct
{
  GArray *sections; /* CotGuideSection */
  GArray *items; /* CotGuideItem of the section in work */
  GPtrArray *logs; /* of the item in work */
  GPtrArray *detectors;
  GPtrArray *journeys;
  CotGuideSection section;
  CotGuideItem item;
  gboolean in_item;
  GString *text;
} Parser;

static gpointer
end_array (GPtrArray **array)
{
  g_ptr_array_add (*array, NULL);
  return g_ptr_array_free (g_steal_pointer (array), FALSE);
}

static const char *
take_text (Parser *parser, gboolean fold)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;
  g_autofree char *joined = NULL;

  if (!fold)
    return g_intern_string (parser->text->str);
  words = g_strsplit_set (parser->text->str, " \t\r\n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_strv_builder_add (builder, words[i]);
  kept = g_strv_builder_end (builder);
  joined = g_strjoinv (" ", kept);
  return g_intern_string (joined);
}

static void
start_section (Parser *parser, const char **names, const char **values, GError **error)
{
  const char *id;

  parser->section = (CotGuideSection){ NULL };
  if (!g_markup_collect_attributes ("section", names, values, error,
                                    G_MARKUP_COLLECT_STRING, "id", &id,
                                    G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL,
                                    "numbered", &parser->section.numbered,
                                    G_MARKUP_COLLECT_INVALID))
    return;
  parser->section.id = g_intern_string (id);
  parser->items = g_array_new (FALSE, TRUE, sizeof (CotGuideItem));
}

static void
start_item (Parser *parser)
{
  parser->item = (CotGuideItem){ NULL };
  parser->logs = g_ptr_array_new ();
  parser->detectors = g_ptr_array_new ();
  parser->journeys = g_ptr_array_new ();
  parser->in_item = TRUE;
}

static void
on_start (GMarkupParseContext *context, const char *name, const char **names, const char **values,
          gpointer data, GError **error)
{
  Parser *parser = data;

  g_string_truncate (parser->text, 0);
  if (g_str_equal (name, "section"))
    start_section (parser, names, values, error);
  else if (g_str_equal (name, "item") && parser->items != NULL)
    start_item (parser);
  else if (!g_str_equal (name, "guide") && parser->items == NULL)
    g_set_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE,
                 "<%s> cannot stand here", name);
}

static void
end_item (Parser *parser)
{
  parser->item.logs = end_array (&parser->logs);
  parser->item.detectors = end_array (&parser->detectors);
  parser->item.journeys = end_array (&parser->journeys);
  g_array_append_val (parser->items, parser->item);
  parser->in_item = FALSE;
}

static void
end_section (Parser *parser)
{
  parser->section.n_items = parser->items->len;
  parser->section.items
      = (const CotGuideItem *) (gpointer) g_array_free (g_steal_pointer (&parser->items), FALSE);
  g_array_append_val (parser->sections, parser->section);
}

static void
on_end (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Parser *parser = data;

  if (g_str_equal (name, "item"))
    end_item (parser);
  else if (g_str_equal (name, "section"))
    end_section (parser);
  else if (g_str_equal (name, "title"))
    *(parser->in_item ? &parser->item.title : &parser->section.title) = take_text (parser, TRUE);
  else if (g_str_equal (name, "text"))
    *(parser->in_item ? &parser->item.text : &parser->section.text) = take_text (parser, TRUE);
  else if (g_str_equal (name, "line") && parser->in_item)
    parser->item.line = take_text (parser, FALSE);
  else if (g_str_equal (name, "log") && parser->in_item)
    g_ptr_array_add (parser->logs, (gpointer) take_text (parser, TRUE));
  else if (g_str_equal (name, "detector") && parser->in_item)
    g_ptr_array_add (parser->detectors, (gpointer) take_text (parser, TRUE));
  else if (g_str_equal (name, "journey") && parser->in_item)
    g_ptr_array_add (parser->journeys, (gpointer) take_text (parser, TRUE));
  else if (!g_str_equal (name, "guide"))
    g_set_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE,
                 "unknown element <%s>", name);
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize length_bytes, gpointer data,
         GError **error)
{
  Parser *parser = data;

  g_string_append_len (parser->text, text, (gssize) length_bytes);
}

static CotGuide *
parse_guide (const char *xml, gsize length_bytes, GError **error)
{
  static const GMarkupParser functions = { on_start, on_end, on_text, NULL, NULL };
  Parser parser = { .text = g_string_new (NULL),
                    .sections = g_array_new (FALSE, TRUE, sizeof (CotGuideSection)) };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&functions, G_MARKUP_DEFAULT_FLAGS, &parser, NULL);
  CotGuide *guide = NULL;

  if (g_markup_parse_context_parse (context, xml, (gssize) length_bytes, error)
      && g_markup_parse_context_end_parse (context, error))
    {
      guide = g_new0 (CotGuide, 1);
      guide->n_sections = parser.sections->len;
      guide->sections = (const CotGuideSection *) (gpointer) g_array_free (
          g_steal_pointer (&parser.sections), FALSE);
    }
  g_clear_pointer (&parser.sections, g_array_unref);
  g_string_free (parser.text, TRUE);
  return guide;
}

/* For the guide that ships with the program only: it is read once. */
CotGuide *
cot_guide_parse (const char *xml, gsize length_bytes, GError **error)
{
  static CotGuide *guide = NULL;
  static GMutex lock;

  g_mutex_lock (&lock);
  if (guide == NULL)
    guide = parse_guide (xml, length_bytes, error);
  g_mutex_unlock (&lock);
  return guide;
}
