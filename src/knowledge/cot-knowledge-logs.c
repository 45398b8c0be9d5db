/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The elements of a <log-file> and a <log-group>, and <search-words>. */

#include "cot-knowledge-elements-private.h"

static const char *
own_prose (CotParser *parser)
{
  g_autofree char *folded = cot_element_fold (parser->text->str);

  return cot_log_entry_own (parser->log_entry, folded);
}

static void
begin_entry (CotParser *parser, CotLogEntryKind kind)
{
  int line;

  g_markup_parse_context_get_position (parser->context, &line, NULL);
  parser->log_entry = cot_log_entry_new (kind);
  parser->log_entry->source = cot_log_entry_own (parser->log_entry, parser->file->name);
  parser->log_entry->line = (guint) MAX (line, 0);
  parser->log_entry->builtin = parser->file->builtin;
}

static gboolean
start_log_file (CotParser *parser, const char *element, const char **names, const char **values,
                GError **error)
{
  const char *name, *side, *component;
  gboolean quotes;
  g_autofree char *folded = NULL;
  CotLogFile *file;

  if (!g_markup_collect_attributes (
          element, names, values, error, G_MARKUP_COLLECT_STRING, "name", &name,
          G_MARKUP_COLLECT_STRING, "side", &side,
          G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "component", &component,
          G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL, "quotes", &quotes,
          G_MARKUP_COLLECT_INVALID))
    return FALSE;
  begin_entry (parser, COT_LOG_ENTRY_FILE);
  file = &parser->log_entry->file;
  folded = cot_element_fold (name);
  file->name = cot_log_entry_own (parser->log_entry, folded);
  file->quotes = quotes;
  if (component != NULL)
    file->component = cot_log_entry_own (parser->log_entry, component);
  if (!cot_log_side_parse (side, &file->side))
    return cot_element_refuse (error, "unknown side “{}”", side);
  return TRUE;
}

static gboolean
start_log_group (CotParser *parser, const char *element, const char **names, const char **values,
                 GError **error)
{
  const char *id;

  if (!g_markup_collect_attributes (element, names, values, error, G_MARKUP_COLLECT_STRING, "id",
                                    &id, G_MARKUP_COLLECT_INVALID))
    return FALSE;
  begin_entry (parser, COT_LOG_ENTRY_GROUP);
  parser->log_entry->group.id = cot_log_entry_own (parser->log_entry, id);
  return TRUE;
}

static gboolean
end_entry (CotParser *parser, GError **error)
{
  g_autoptr (CotLogEntry) entry = g_steal_pointer (&parser->log_entry);
  g_autoptr (GError) fault = NULL;

  if (cot_log_entry_check (entry, &fault))
    g_ptr_array_add (parser->file->log_entries, g_steal_pointer (&entry));
  else if (parser->file->problems != NULL)
    cot_knowledge_add_problem (parser->file->problems, parser->file->name, entry->line, fault);
  else
    {
      parser->fault_line = entry->line;
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  return TRUE;
}

static gboolean
start_plain (CotParser *parser, const char *element, const char **names, const char **values,
             GError **error)
{
  return g_markup_collect_attributes (element, names, values, error, G_MARKUP_COLLECT_INVALID,
                                      NULL);
}

/* An element that may stand only once. */
static gboolean
take_once (CotParser *parser, const char **field, const char *element, GError **error)
{
  if (*field != NULL)
    return cot_element_refuse (error, "a second <{}>", element);
  *field = own_prose (parser);
  return TRUE;
}

static gboolean
end_purpose (CotParser *parser, GError **error)
{
  return take_once (parser, &parser->log_entry->file.purpose, "purpose", error);
}

static gboolean
end_folder (CotParser *parser, GError **error)
{
  return take_once (parser, &parser->log_entry->file.folder, "folder", error);
}

static gboolean
end_rollover (CotParser *parser, GError **error)
{
  return take_once (parser, &parser->log_entry->file.rollover, "rollover", error);
}

static gboolean
end_title (CotParser *parser, GError **error)
{
  return take_once (parser, &parser->log_entry->group.title, "title", error);
}

static gboolean
end_name (CotParser *parser, GError **error)
{
  cot_log_entry_add_name (parser->log_entry, own_prose (parser));
  return TRUE;
}

static gboolean
start_symptom (CotParser *parser, const char *element, const char **names, const char **values,
               GError **error)
{
  CotLogSymptom symptom = { NULL, NULL };
  const char *log;

  if (!g_markup_collect_attributes (element, names, values, error, G_MARKUP_COLLECT_STRING, "log",
                                    &log, G_MARKUP_COLLECT_INVALID))
    return FALSE;
  symptom.log = cot_log_entry_own (parser->log_entry, log);
  g_array_append_val (parser->log_entry->symptoms, symptom);
  return TRUE;
}

static gboolean
end_symptom (CotParser *parser, GError **error)
{
  GArray *symptoms = parser->log_entry->symptoms;

  g_array_index (symptoms, CotLogSymptom, symptoms->len - 1).text = own_prose (parser);
  return TRUE;
}

static gboolean
start_search_words (CotParser *parser, const char *element, const char **names,
                    const char **values, GError **error)
{
  const char *kind;

  if (!g_markup_collect_attributes (element, names, values, error, G_MARKUP_COLLECT_STRING,
                                    "kind", &kind, G_MARKUP_COLLECT_INVALID))
    return FALSE;
  begin_entry (parser, COT_LOG_ENTRY_WORDS);
  if (!cot_search_words_parse (kind, &parser->log_entry->words))
    return cot_element_refuse (error, "unknown kind of words “{}”", kind);
  return TRUE;
}

static gboolean
end_search_words (CotParser *parser, GError **error)
{
  g_auto (GStrv) words = g_strsplit (parser->text->str, ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *folded = cot_element_fold (words[i]);

      cot_log_entry_add_name (parser->log_entry, folded);
    }
  return end_entry (parser, error);
}

static const CotElement elements[] = {
  { "log-file", COT_PLACE_KNOWLEDGE, COT_PLACE_LOG_FILE, start_log_file, end_entry },
  { "purpose", COT_PLACE_LOG_FILE, COT_PLACE_TEXT, start_plain, end_purpose },
  { "folder", COT_PLACE_LOG_FILE, COT_PLACE_TEXT, start_plain, end_folder },
  { "rollover", COT_PLACE_LOG_FILE, COT_PLACE_TEXT, start_plain, end_rollover },
  { "related", COT_PLACE_LOG_FILE, COT_PLACE_TEXT, start_plain, end_name },
  { "log-group", COT_PLACE_KNOWLEDGE, COT_PLACE_LOG_GROUP, start_log_group, end_entry },
  { "title", COT_PLACE_LOG_GROUP, COT_PLACE_TEXT, start_plain, end_title },
  { "symptom", COT_PLACE_LOG_GROUP, COT_PLACE_TEXT, start_symptom, end_symptom },
  { "search-words", COT_PLACE_KNOWLEDGE, COT_PLACE_TEXT, start_search_words, end_search_words },
  { "log", COT_PLACE_LOG_GROUP, COT_PLACE_TEXT, start_plain, end_name },
};

/* Names that others have too count only where they stand in one of these. */
const CotElement *
cot_log_element_find (const char *name, CotPlace place)
{
  const CotElement *elsewhere = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_str_equal (elements[i].name, name))
      {
        if ((elements[i].parents & place) != 0)
          return &elements[i];
        if (!g_str_equal (name, "title") && !g_str_equal (name, "log"))
          elsewhere = &elements[i];
      }
  return elsewhere;
}
