/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-catalogue-private.h"

#include "cot-knowledge-private.h"
#include "cot-log-name-private.h"

#include <string.h>

static const char *const sides[COT_N_LOG_SIDES]
    = { "client", "site-server", "site-system", "management-point", "iis", "windows", "intune" };
static const char *const word_kinds[] = { "same", "small", "endings" };

static void
entry_clear (gpointer data)
{
  CotLogEntry *self = data;

  g_string_chunk_free (self->texts);
  g_ptr_array_unref (self->names);
  g_array_unref (self->symptoms);
}

CotLogEntry *
cot_log_entry_new (CotLogEntryKind kind)
{
  CotLogEntry *self = g_atomic_rc_box_new0 (CotLogEntry);

  self->kind = kind;
  self->texts = g_string_chunk_new (256);
  self->names = g_ptr_array_new_null_terminated (2, NULL, TRUE);
  self->symptoms = g_array_new (FALSE, TRUE, sizeof (CotLogSymptom));
  return self;
}

CotLogEntry *
cot_log_entry_ref (CotLogEntry *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
cot_log_entry_unref (CotLogEntry *self)
{
  g_atomic_rc_box_release_full (self, entry_clear);
}

const char *
cot_log_entry_own (CotLogEntry *self, const char *text)
{
  return g_string_chunk_insert (self->texts, text);
}

void
cot_log_entry_add_name (CotLogEntry *self, const char *name)
{
  g_ptr_array_add (self->names, (gpointer) cot_log_entry_own (self, name));
}

gboolean
cot_log_side_parse (const char *text, CotLogSide *side)
{
  for (guint i = 0; i < COT_N_LOG_SIDES; i++)
    if (g_str_equal (sides[i], text))
      {
        *side = (CotLogSide) i;
        return TRUE;
      }
  return FALSE;
}

const char *
cot_log_side_get_name (CotLogSide side)
{
  return sides[side];
}

gboolean
cot_search_words_parse (const char *text, CotSearchWords *words)
{
  for (guint i = 0; i < G_N_ELEMENTS (word_kinds); i++)
    if (g_str_equal (word_kinds[i], text))
      {
        *words = (CotSearchWords) i;
        return TRUE;
      }
  return FALSE;
}

const char *
cot_log_entry_get_name (const CotLogEntry *self)
{
  switch (self->kind)
    {
    case COT_LOG_ENTRY_GROUP:
      return self->group.id;
    case COT_LOG_ENTRY_WORDS:
      return word_kinds[self->words];
    case COT_LOG_ENTRY_FILE:
    default:
      return self->file.name;
    }
}

static gboolean
refuse (GError **error, CotKnowledgeError code, const char *name, const char *what)
{
  g_set_error (error, COT_KNOWLEDGE_ERROR, code, "“%s” %s", name, what);
  return FALSE;
}

static gboolean
check_names (CotLogEntry *self, const char *name, GError **error)
{
  gboolean is_words = self->kind == COT_LOG_ENTRY_WORDS;

  for (guint i = 0; i < self->names->len; i++)
    {
      const char *one = g_ptr_array_index (self->names, i);

      if (!cot_knowledge_is_text (one))
        return refuse (error, COT_KNOWLEDGE_ERROR_BAD_RULE, name,
                       is_words ? "has an empty word" : "names a log without a name");
      for (guint j = 0; j < i; j++)
        if (g_ascii_strcasecmp (g_ptr_array_index (self->names, j), one) == 0)
          return refuse (error, COT_KNOWLEDGE_ERROR_BAD_RULE, name,
                         is_words ? "has a word twice" : "names a log twice");
    }
  return TRUE;
}

/* "CloudDP-<guid>.log" as "clouddp-*"; a date behind the name is cut off every label. */
static char *
dup_name_pattern (const char *name)
{
  GString *pattern = g_string_new (NULL);
  g_autofree char *plain = NULL;

  for (const char *p = name; *p != '\0'; p++)
    {
      const char *end = *p == '<' ? strchr (p, '>') : NULL;

      if (end == NULL)
        g_string_append_c (pattern, *p == '?' ? '*' : *p);
      else
        {
          g_string_append_c (pattern, '*');
          p = end;
        }
    }
  if (g_str_has_suffix (name, "-<date_time>.log"))
    g_string_replace (pattern, "-*.log", ".log", 0);
  plain = g_string_free (pattern, FALSE);
  return cot_log_get_whole_stem (plain);
}

static gboolean
is_pattern (const char *name)
{
  return strpbrk (name, "<*?") != NULL;
}

/* NULL where the name is no pattern, or is compared in another way. */
static const char *
own_pattern (CotLogEntry *self, const char *name)
{
  g_autofree char *stem = cot_log_dup_documented_stem (name);
  g_autofree char *pattern
      = stem != NULL && is_pattern (name) ? dup_name_pattern (name) : NULL;

  return pattern != NULL ? cot_log_entry_own (self, pattern) : NULL;
}

static gboolean
check_file (CotLogEntry *self, GError **error)
{
  const char *name = self->file.name;

  if (!cot_knowledge_is_text (name))
    return refuse (error, COT_KNOWLEDGE_ERROR_BAD_RULE, name, "is no name of a log");
  if (!cot_knowledge_is_text (self->file.purpose))
    return refuse (error, COT_KNOWLEDGE_ERROR_BAD_RULE, name, "has no <purpose>");
  self->pattern = own_pattern (self, name);
  return TRUE;
}

static gboolean
check_group (CotLogEntry *self, GError **error)
{
  const char *name = self->group.id;

  self->group.symptoms = (const CotLogSymptom *) self->symptoms->data;
  self->group.n_symptoms = self->symptoms->len;
  if (!cot_knowledge_is_id (name))
    return refuse (error, COT_KNOWLEDGE_ERROR_BAD_RULE, name, "is no id");
  if (!cot_knowledge_is_text (self->group.title))
    return refuse (error, COT_KNOWLEDGE_ERROR_BAD_RULE, name, "has no <title>");
  if (self->names->len == 0)
    return refuse (error, COT_KNOWLEDGE_ERROR_BAD_RULE, name, "has no <log>");
  for (guint i = 0; i < self->group.n_symptoms; i++)
    {
      if (!cot_knowledge_is_text (self->group.symptoms[i].text))
        return refuse (error, COT_KNOWLEDGE_ERROR_BAD_RULE, name, "has an empty <symptom>");
      if (!cot_log_group_has (&self->group, self->group.symptoms[i].log))
        return refuse (error, COT_KNOWLEDGE_ERROR_BAD_RULE, name,
                       "has a <symptom> with a log that is none of its own");
    }
  return TRUE;
}

/* Checked where its element ends, so that the fault is told with its line. */
gboolean
cot_log_entry_check (CotLogEntry *self, GError **error)
{
  self->file.related = self->group.logs = (const char *const *) self->names->pdata;
  if (self->kind == COT_LOG_ENTRY_WORDS)
    {
      if (self->names->len == 0)
        return refuse (error, COT_KNOWLEDGE_ERROR_BAD_RULE, cot_log_entry_get_name (self),
                       "has no words");
    }
  else if (self->kind == COT_LOG_ENTRY_GROUP ? !check_group (self, error)
                                             : !check_file (self, error))
    {
      return FALSE;
    }
  return check_names (self, cot_log_entry_get_name (self), error);
}

CotLogCatalogue *
cot_log_catalogue_new (CotLogCatalogue *base)
{
  CotLogCatalogue *self = g_new0 (CotLogCatalogue, 1);

  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_log_entry_unref);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_log_entry_unref);
  self->words = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_log_entry_unref);
  self->by_stem = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->patterns = g_ptr_array_new ();
  for (guint i = 0; base != NULL && i < base->files->len; i++)
    cot_log_catalogue_add (self, g_ptr_array_index (base->files, i), NULL);
  for (guint i = 0; base != NULL && i < base->groups->len; i++)
    cot_log_catalogue_add (self, g_ptr_array_index (base->groups, i), NULL);
  for (guint i = 0; base != NULL && i < base->words->len; i++)
    cot_log_catalogue_add (self, g_ptr_array_index (base->words, i), NULL);
  return self;
}

void
cot_log_catalogue_free (CotLogCatalogue *self)
{
  g_clear_pointer (&self->index, cot_log_search_index_free);
  g_ptr_array_unref (self->patterns);
  g_hash_table_unref (self->by_stem);
  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->files);
  g_free (self);
}

guint
cot_log_catalogue_get_n (CotLogCatalogue *self)
{
  return self->files->len + self->groups->len + self->words->len;
}

/* (nullable) */
static const CotLogEntry *
find_file (CotLogCatalogue *self, const CotLogFile *file)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const CotLogEntry *one = g_ptr_array_index (self->files, i);

      if (g_ascii_strcasecmp (one->file.name, file->name) == 0 && one->file.side == file->side)
        return one;
    }
  return NULL;
}

static gboolean
has_name (CotLogCatalogue *self, const char *name)
{
  for (guint i = 0; i < self->files->len; i++)
    if (g_ascii_strcasecmp (((CotLogEntry *) g_ptr_array_index (self->files, i))->file.name, name)
        == 0)
      return TRUE;
  return FALSE;
}

/* (nullable) */
static const CotLogEntry *
find_group (CotLogCatalogue *self, const char *id)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      const CotLogEntry *one = g_ptr_array_index (self->groups, i);

      if (g_str_equal (one->group.id, id))
        return one;
    }
  return NULL;
}

/* The first one of a stem is found by it: the client's comes before the server's of that name. */
static void
index_file (CotLogCatalogue *self, CotLogEntry *entry)
{
  g_autofree char *stem = NULL;

  if (is_pattern (entry->file.name))
    {
      g_ptr_array_add (self->patterns, entry);
      return;
    }
  stem = cot_log_dup_documented_stem (entry->file.name);
  if (stem != NULL && !g_hash_table_contains (self->by_stem, stem))
    g_hash_table_insert (self->by_stem, g_steal_pointer (&stem), entry);
}

gboolean
cot_log_catalogue_add (CotLogCatalogue *self, CotLogEntry *entry, GError **error)
{
  const CotLogEntry *first = NULL;

  if (entry->kind == COT_LOG_ENTRY_GROUP)
    first = find_group (self, entry->group.id);
  else if (entry->kind == COT_LOG_ENTRY_FILE)
    first = find_file (self, &entry->file);
  if (first != NULL)
    return cot_knowledge_refuse_second (error, cot_log_entry_get_name (entry), first->builtin,
                                        first->source, first->line);
  if (entry->kind == COT_LOG_ENTRY_WORDS)
    {
      g_ptr_array_add (self->words, cot_log_entry_ref (entry));
      return TRUE;
    }
  if (entry->kind == COT_LOG_ENTRY_GROUP)
    {
      g_ptr_array_add (self->groups, cot_log_entry_ref (entry));
      return TRUE;
    }
  g_ptr_array_add (self->files, cot_log_entry_ref (entry));
  index_file (self, entry);
  return TRUE;
}

static gboolean
check_entry (CotLogCatalogue *self, CotLogEntry *entry, GError **error)
{
  for (guint i = 0; i < entry->names->len; i++)
    {
      const char *name = g_ptr_array_index (entry->names, i);

      if (has_name (self, name))
        continue;
      g_set_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE,
                   "“%s” names the unknown log “%s”",
                   cot_log_entry_get_name (entry), name);
      return FALSE;
    }
  return TRUE;
}

static void
drop_file (CotLogCatalogue *self, CotLogEntry *entry)
{
  g_hash_table_remove_all (self->by_stem);
  g_ptr_array_set_size (self->patterns, 0);
  g_ptr_array_remove (self->files, entry);
  for (guint i = 0; i < self->files->len; i++)
    index_file (self, g_ptr_array_index (self->files, i));
}

/* Returns the first entry that names an unknown log; NULL for none. */
static CotLogEntry *
find_dangling (CotLogCatalogue *self, GError **error)
{
  for (guint i = 0; i < self->files->len; i++)
    if (!check_entry (self, g_ptr_array_index (self->files, i), error))
      return g_ptr_array_index (self->files, i);
  for (guint i = 0; i < self->groups->len; i++)
    if (!check_entry (self, g_ptr_array_index (self->groups, i), error))
      return g_ptr_array_index (self->groups, i);
  return NULL;
}

gboolean
cot_log_catalogue_check_names (CotLogCatalogue *self, GPtrArray *problems, GError **error)
{
  g_autoptr (GError) fault = NULL;
  CotLogEntry *entry;

  while ((entry = find_dangling (self, &fault)) != NULL)
    {
      if (entry->builtin || problems == NULL)
        {
          g_propagate_prefixed_error (error, g_steal_pointer (&fault), "%s:%u: ", entry->source,
                                      entry->line);
          return FALSE;
        }
      cot_knowledge_add_problem (problems, entry->source, entry->line, fault);
      g_clear_error (&fault);
      if (entry->kind == COT_LOG_ENTRY_GROUP)
        g_ptr_array_remove (self->groups, entry);
      else
        drop_file (self, entry);
    }
  return TRUE;
}

/**
 * cot_knowledge_get_n_log_files:
 * @self: knowledge
 *
 * Returns: the number of logs in the catalogue
 */
guint
cot_knowledge_get_n_log_files (CotKnowledge *self)
{
  return self->catalogue->files->len;
}

/**
 * cot_knowledge_get_log_file:
 * @self: knowledge
 * @index: below cot_knowledge_get_n_log_files()
 *
 * Returns: (transfer none): what is known of a log
 */
const CotLogFile *
cot_knowledge_get_log_file (CotKnowledge *self, guint index)
{
  return &((CotLogEntry *) g_ptr_array_index (self->catalogue->files, index))->file;
}

/**
 * cot_knowledge_get_n_log_groups:
 * @self: knowledge
 *
 * Returns: the number of groups of logs
 */
guint
cot_knowledge_get_n_log_groups (CotKnowledge *self)
{
  return self->catalogue->groups->len;
}

/**
 * cot_knowledge_get_log_group:
 * @self: knowledge
 * @index: below cot_knowledge_get_n_log_groups()
 *
 * Returns: (transfer none): logs that are read together
 */
const CotLogGroup *
cot_knowledge_get_log_group (CotKnowledge *self, guint index)
{
  return &((CotLogEntry *) g_ptr_array_index (self->catalogue->groups, index))->group;
}

static const CotLogFile *
find_by_pattern (CotLogCatalogue *self, const char *stem)
{
  for (guint i = 0; i < self->patterns->len; i++)
    {
      const CotLogEntry *entry = g_ptr_array_index (self->patterns, i);

      if (entry->pattern != NULL ? g_pattern_match_simple (entry->pattern, stem)
                                 : cot_log_stem_matches (stem, entry->file.name))
        return &entry->file;
    }
  return NULL;
}

/**
 * cot_knowledge_find_log_file:
 * @self: knowledge
 * @label: a file name, path, member label, or the name in the catalogue
 *
 * Case, folders, member numbers, a computer's name in front, rollover suffixes and the extension do
 * not count. Any thread.
 *
 * Returns: (transfer none) (nullable): what is known of that log
 */
const CotLogFile *
cot_knowledge_find_log_file (CotKnowledge *self, const char *label)
{
  g_autofree char *stem = cot_log_get_whole_stem (label);
  g_autofree char *documented = cot_log_dup_documented_stem (label);
  const CotLogEntry *exact
      = documented != NULL ? g_hash_table_lookup (self->catalogue->by_stem, documented) : NULL;

  /* The name of an event channel holds a slash, and so looks like a path. */
  if (exact != NULL)
    return &exact->file;
  for (const char *p = stem; *p != '\0'; p++)
    {
      const CotLogEntry *entry;

      if (p > stem && strchr ("-_ .", p[-1]) == NULL)
        continue;
      entry = g_hash_table_lookup (self->catalogue->by_stem, p);
      if (entry != NULL && (p == stem || cot_log_stem_matches (stem, entry->file.name)))
        return &entry->file;
    }
  return find_by_pattern (self->catalogue, stem);
}

/**
 * cot_log_group_has:
 * @self: a group
 * @name: the name of a log, as in the catalogue
 *
 * Returns: whether the log is one of the group
 */
gboolean
cot_log_group_has (const CotLogGroup *self, const char *name)
{
  for (guint i = 0; self->logs[i] != NULL; i++)
    if (g_ascii_strcasecmp (self->logs[i], name) == 0)
      return TRUE;
  return FALSE;
}
