/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-knowledge-private.h"

#include "cot-knowledge-data.h"
#include "cot-log-catalogue-private.h"
#include "cot-matcher-plan-private.h"

#include <string.h>

#define RESOURCE_FOLDER "/io/github/cotrace/Cotrace/knowledge/"
#define GUIDE_FILE "guide.xml"

G_DEFINE_QUARK (cot-knowledge-error-quark, cot_knowledge_error)

static void
problem_free (gpointer data)
{
  CotKnowledgeProblem *problem = data;

  g_free (problem->file);
  g_free (problem->reason);
  g_free (problem);
}

static void
pack_free (gpointer data)
{
  CotKnowledgePack *pack = data;

  g_free (pack->path);
  g_free (pack);
}

void
cot_knowledge_add_problem (GPtrArray *problems, const char *file, guint line, const GError *error)
{
  CotKnowledgeProblem *problem = g_new0 (CotKnowledgeProblem, 1);

  problem->file = g_strdup (file);
  problem->line = line;
  problem->code = error->domain == COT_KNOWLEDGE_ERROR ? (CotKnowledgeError) error->code
                                                       : COT_KNOWLEDGE_ERROR_BAD_RULE;
  problem->reason = g_strdup (error->message);
  g_ptr_array_add (problems, problem);
}

static void
run_rule_clear (gpointer data)
{
  cot_run_rule_clear (data);
}

CotKnowledge *
cot_knowledge_new_on_top (CotKnowledge *base)
{
  CotKnowledge *self = g_new0 (CotKnowledge, 1);

  g_atomic_ref_count_init (&self->references);
  self->detectors = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_detector_unref);
  self->by_id = g_hash_table_new (NULL, NULL);
  self->runs = g_array_new (FALSE, TRUE, sizeof (CotRunRule));
  g_array_set_clear_func (self->runs, run_rule_clear);
  self->journeys = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_journey_unref);
  self->problems = g_ptr_array_new_with_free_func (problem_free);
  self->packs = g_ptr_array_new_with_free_func (pack_free);
  self->switched_off = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; base != NULL && i < base->detectors->len; i++)
    {
      CotDetector *detector = g_ptr_array_index (base->detectors, i);

      g_ptr_array_add (self->detectors, cot_detector_ref (detector));
      g_hash_table_insert (self->by_id, (gpointer) detector->id, detector);
    }
  for (guint i = 0; base != NULL && i < base->runs->len; i++)
    {
      CotRunRule rule = g_array_index (base->runs, CotRunRule, i);

      g_ptr_array_ref (rule.values);
      g_array_append_val (self->runs, rule);
    }
  for (guint i = 0; base != NULL && i < base->journeys->len; i++)
    g_ptr_array_add (self->journeys, cot_journey_ref (g_ptr_array_index (base->journeys, i)));
  self->catalogue = cot_log_catalogue_new (base != NULL ? base->catalogue : NULL);
  if (base != NULL)
    self->guide = base->guide;
  return self;
}

/* Always FALSE. Both places: which of them is the wrong one, only their writer knows. */
gboolean
cot_knowledge_refuse_second (GError **error, const char *name, gboolean builtin, const char *file,
                             guint line)
{
  g_set_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_DUPLICATE_ID,
               builtin ? "“%s” exists already: it is built in, at %s:%u"
                       : "“%s” exists already, at %s:%u",
               name, file, line);
  return FALSE;
}

static gboolean
refuse_second_detector (CotKnowledge *self, const char *id, GError **error)
{
  const CotDetector *first = g_hash_table_lookup (self->by_id, id);

  return cot_knowledge_refuse_second (error, id, first->builtin, first->file, first->line);
}

/* Takes what a file brought, where nothing has that id yet. */
static gboolean
take_detectors (CotKnowledge *self, const char *name, GPtrArray *detectors, gboolean strict,
                guint max_detectors, GError **error)
{
  for (guint i = 0; i < detectors->len; i++)
    {
      CotDetector *detector = g_ptr_array_index (detectors, i);
      g_autoptr (GError) fault = NULL;

      if (g_hash_table_contains (self->by_id, detector->id))
        refuse_second_detector (self, detector->id, &fault);
      else if (self->detectors->len >= max_detectors)
        g_set_error (&fault, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE,
                     "“%s” is one detector too many", detector->id);
      if (fault == NULL)
        {
          g_ptr_array_add (self->detectors, cot_detector_ref (detector));
          g_hash_table_insert (self->by_id, (gpointer) detector->id, detector);
        }
      else if (!strict)
        cot_knowledge_add_problem (self->problems, name, detector->line, fault);
      else
        {
          g_propagate_error (error, g_steal_pointer (&fault));
          return FALSE;
        }
    }
  return TRUE;
}

/* A journey comes with its lines, or not at all. */
static gboolean
take_journey (CotKnowledge *self, CotJourney *journey, guint max_detectors, GError **error)
{
  const CotJourney *first = cot_knowledge_find_journey (self, journey->id);

  if (first != NULL)
    return cot_knowledge_refuse_second (error, journey->id, first->builtin, first->file,
                                        first->line);
  if (self->detectors->len > max_detectors
      || journey->lines->len > max_detectors - self->detectors->len)
    {
      g_set_error (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE,
                   "the lines of journey “%s” are too many", journey->id);
      return FALSE;
    }
  for (guint i = 0; i < journey->lines->len; i++)
    {
      CotDetector *line = g_ptr_array_index (journey->lines, i);

      if (g_hash_table_contains (self->by_id, line->id))
        return refuse_second_detector (self, line->id, error);
    }
  for (guint i = 0; i < journey->lines->len; i++)
    {
      CotDetector *line = g_ptr_array_index (journey->lines, i);

      g_ptr_array_add (self->detectors, cot_detector_ref (line));
      g_hash_table_insert (self->by_id, (gpointer) line->id, line);
    }
  g_ptr_array_add (self->journeys, cot_journey_ref (journey));
  return TRUE;
}

static gboolean
take_journeys (CotKnowledge *self, const char *name, GPtrArray *journeys, gboolean strict,
               guint max_detectors, GError **error)
{
  for (guint i = 0; i < journeys->len; i++)
    {
      CotJourney *journey = g_ptr_array_index (journeys, i);
      g_autoptr (GError) fault = NULL;

      if (take_journey (self, journey, max_detectors, &fault))
        continue;
      if (strict)
        {
          g_propagate_error (error, g_steal_pointer (&fault));
          return FALSE;
        }
      cot_knowledge_add_problem (self->problems, name, journey->line, fault);
    }
  return TRUE;
}

static gboolean
take_log_entries (CotKnowledge *self, const char *name, GPtrArray *entries, gboolean strict,
                  guint max_entries, GError **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      CotLogEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (GError) fault = NULL;

      if (cot_log_catalogue_get_n (self->catalogue) >= max_entries)
        g_set_error (&fault, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_BAD_RULE,
                     "“%s” is one log too many",
                     cot_log_entry_get_name (entry));
      else if (cot_log_catalogue_add (self->catalogue, entry, &fault))
        continue;
      if (strict)
        {
          g_propagate_error (error, g_steal_pointer (&fault));
          return FALSE;
        }
      cot_knowledge_add_problem (self->problems, name, entry->line, fault);
    }
  return TRUE;
}

/* Takes what a file of the user brought; what cannot be taken is a problem. */
void
cot_knowledge_take_file (CotKnowledge *self, const CotKnowledgeFile *file, guint max_detectors,
                         guint max_entries)
{
  take_detectors (self, file->name, file->detectors, FALSE, max_detectors, NULL);
  take_journeys (self, file->name, file->journeys, FALSE, max_detectors, NULL);
  take_log_entries (self, file->name, file->log_entries, FALSE, max_entries, NULL);
}

static GPtrArray *
log_entries_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cot_log_entry_unref);
}

static GPtrArray *
detectors_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cot_detector_unref);
}

static GPtrArray *
journeys_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) cot_journey_unref);
}

static gboolean
add_strict (CotKnowledge *self, const char *name, gboolean builtin, const char *xml,
            gsize length_bytes, GError **error)
{
  g_autoptr (GPtrArray) detectors = detectors_new ();
  g_autoptr (GPtrArray) journeys = journeys_new ();
  g_autoptr (GPtrArray) entries = log_entries_new ();
  CotKnowledgeFile file = { name, builtin, detectors, self->runs, journeys, entries, NULL };
  guint line = 0;

  if (!cot_knowledge_file_parse (&file, xml, length_bytes, &line, error)
      || !take_detectors (self, name, detectors, TRUE, G_MAXUINT, error)
      || !take_journeys (self, name, journeys, TRUE, G_MAXUINT, error)
      || !take_log_entries (self, name, entries, TRUE, G_MAXUINT, error))
    {
      g_prefix_error (error, "%s:%u: ", name, line);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_all_ids (CotKnowledge *self, GError **error)
{
  for (guint i = 0; i < self->detectors->len; i++)
    if (!cot_detector_check_ids (g_ptr_array_index (self->detectors, i), self->by_id, error))
      return FALSE;
  for (guint i = 0; i < self->journeys->len; i++)
    {
      guint line;

      if (cot_journey_check_ids (g_ptr_array_index (self->journeys, i), self->by_id, &line, error))
        continue;
      g_prefix_error (error, "line %u: ", line);
      return FALSE;
    }
  return cot_log_catalogue_check_names (self->catalogue, NULL, error);
}

static gboolean
add_resource (CotKnowledge *self, const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, name, NULL);
  g_autoptr (GBytes) bytes
      = g_resource_lookup_data (cot_knowledge_data_get_resource (), path,
                                G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  const char *xml;
  gsize length_bytes;

  if (bytes == NULL)
    return FALSE;
  xml = g_bytes_get_data (bytes, &length_bytes);
  if (!g_str_equal (name, GUIDE_FILE))
    return add_strict (self, name, TRUE, xml, length_bytes, error);
  self->guide = cot_guide_parse (xml, length_bytes, error);
  return self->guide != NULL;
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * cot_knowledge_new_builtin:
 * @error: return location
 *
 * The knowledge that ships with the program, from its resources.
 *
 * Returns: (transfer full) (nullable): %NULL only where the program was built wrong
 */
CotKnowledge *
cot_knowledge_new_builtin (GError **error)
{
  g_autoptr (CotKnowledge) self = cot_knowledge_new_on_top (NULL);
  g_auto (GStrv) names
      = g_resource_enumerate_children (cot_knowledge_data_get_resource (), RESOURCE_FOLDER,
                                       G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (names == NULL)
    return NULL;
  /* The order of a resource's table is not that of the names. */
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_suffix (names[i], ".xml") && !add_resource (self, names[i], error))
      return NULL;
  return check_all_ids (self, error) ? g_steal_pointer (&self) : NULL;
}

static void
drop_journey (CotKnowledge *self, guint index)
{
  CotJourney *journey = g_ptr_array_index (self->journeys, index);

  for (guint i = 0; i < journey->lines->len; i++)
    {
      CotDetector *line = g_ptr_array_index (journey->lines, i);

      g_hash_table_remove (self->by_id, line->id);
      g_ptr_array_remove (self->detectors, line);
    }
  g_ptr_array_remove_index (self->journeys, index);
}

/* Returns whether one was left out. */
static gboolean
drop_dangling_journey (CotKnowledge *self)
{
  for (guint i = 0; i < self->journeys->len; i++)
    {
      CotJourney *journey = g_ptr_array_index (self->journeys, i);
      g_autoptr (GError) error = NULL;
      guint line;

      if (journey->builtin || cot_journey_check_ids (journey, self->by_id, &line, &error))
        continue;
      cot_knowledge_add_problem (self->problems, journey->file, line, error);
      drop_journey (self, i);
      return TRUE;
    }
  return FALSE;
}

/* A detector that names an unknown one is left out; this may leave out others that named it. */
static void
drop_dangling_detectors (CotKnowledge *self)
{
  for (guint i = 0; i < self->detectors->len;)
    {
      CotDetector *detector = g_ptr_array_index (self->detectors, i);
      g_autoptr (GError) error = NULL;

      if (detector->builtin || cot_detector_check_ids (detector, self->by_id, &error))
        {
          i++;
          continue;
        }
      cot_knowledge_add_problem (self->problems, detector->file, detector->line, error);
      g_hash_table_remove (self->by_id, detector->id);
      g_ptr_array_remove_index (self->detectors, i);
      i = 0;
    }
}

/* What one leaves out may be what the other named. */
void
cot_knowledge_drop_dangling (CotKnowledge *self)
{
  do
    drop_dangling_detectors (self);
  while (drop_dangling_journey (self));
  cot_log_catalogue_check_names (self->catalogue, self->problems, NULL);
}

/**
 * cot_knowledge_new_from_xml:
 * @base: (nullable): what to add to
 * @name: for error messages
 * @xml: a document
 * @length_bytes: its size
 * @error: return location for a #CotKnowledgeError
 *
 * Returns: (transfer full) (nullable): the knowledge; nothing of the document is left out
 */
CotKnowledge *
cot_knowledge_new_from_xml (CotKnowledge *base, const char *name, const char *xml,
                            gsize length_bytes, GError **error)
{
  g_autoptr (CotKnowledge) self = cot_knowledge_new_on_top (base);

  if (!add_strict (self, name, FALSE, xml, length_bytes, error))
    return NULL;
  if (!check_all_ids (self, error))
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * cot_knowledge_ref:
 * @self: knowledge
 *
 * Returns: (transfer full): @self
 */
CotKnowledge *
cot_knowledge_ref (CotKnowledge *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * cot_knowledge_unref:
 * @self: (transfer full): knowledge
 *
 * Any thread.
 */
void
cot_knowledge_unref (CotKnowledge *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer ((CotMatcherPlan **) &self->plan, cot_matcher_plan_free);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->detectors);
  g_array_unref (self->runs);
  g_ptr_array_unref (self->journeys);
  cot_log_catalogue_free (self->catalogue);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->packs);
  g_hash_table_unref (self->switched_off);
  g_free (self);
}

/**
 * cot_knowledge_get_n_detectors:
 * @self: knowledge
 *
 * Returns: the number of detectors, guide entries and markers
 */
guint
cot_knowledge_get_n_detectors (CotKnowledge *self)
{
  return self->detectors->len;
}

/**
 * cot_knowledge_get_detector:
 * @self: knowledge
 * @index: below cot_knowledge_get_n_detectors()
 *
 * Returns: (transfer none): a detector, valid as long as @self
 */
const CotDetector *
cot_knowledge_get_detector (CotKnowledge *self, guint index)
{
  return g_ptr_array_index (self->detectors, index);
}

/**
 * cot_knowledge_find:
 * @self: knowledge
 * @id: any string
 *
 * Returns: (transfer none) (nullable): the detector of that id
 */
const CotDetector *
cot_knowledge_find (CotKnowledge *self, const char *id)
{
  GQuark known = g_quark_try_string (id);

  /* Ids are interned: what is no quark is no id. */
  return known != 0 ? g_hash_table_lookup (self->by_id, g_quark_to_string (known)) : NULL;
}

/**
 * cot_knowledge_is_switched_off:
 * @self: knowledge
 * @id: any string
 *
 * Returns: whether the user has switched off what has that id, or had it
 */
gboolean
cot_knowledge_is_switched_off (CotKnowledge *self, const char *id)
{
  return g_hash_table_contains (self->switched_off, id);
}

/**
 * cot_knowledge_get_guide:
 * @self: knowledge
 *
 * Returns: (transfer none): the guide; without sections where @self was not built in
 */
const CotGuide *
cot_knowledge_get_guide (CotKnowledge *self)
{
  static const CotGuide empty = { NULL, 0 };

  return self->guide != NULL ? self->guide : &empty;
}

/**
 * cot_knowledge_get_n_journeys:
 * @self: knowledge
 *
 * Returns: the number of journeys
 */
guint
cot_knowledge_get_n_journeys (CotKnowledge *self)
{
  return self->journeys->len;
}

/**
 * cot_knowledge_get_journey:
 * @self: knowledge
 * @index: below cot_knowledge_get_n_journeys()
 *
 * Returns: (transfer none): a journey, valid as long as @self
 */
const CotJourney *
cot_knowledge_get_journey (CotKnowledge *self, guint index)
{
  return g_ptr_array_index (self->journeys, index);
}

/**
 * cot_knowledge_find_journey:
 * @self: knowledge
 * @id: of a journey
 *
 * Returns: (transfer none) (nullable): the journey, valid as long as @self
 */
const CotJourney *
cot_knowledge_find_journey (CotKnowledge *self, const char *id)
{
  for (guint i = 0; i < self->journeys->len; i++)
    {
      const CotJourney *journey = g_ptr_array_index (self->journeys, i);

      if (g_str_equal (journey->id, id))
        return journey;
    }
  return NULL;
}

/**
 * cot_knowledge_get_n_problems:
 * @self: knowledge
 *
 * Returns: how many things were left out of the files of the user
 */
guint
cot_knowledge_get_n_problems (CotKnowledge *self)
{
  return self->problems->len;
}

/**
 * cot_knowledge_get_problem:
 * @self: knowledge
 * @index: below cot_knowledge_get_n_problems()
 *
 * Returns: (transfer none): what was left out, where and why
 */
const CotKnowledgeProblem *
cot_knowledge_get_problem (CotKnowledge *self, guint index)
{
  return g_ptr_array_index (self->problems, index);
}

/**
 * cot_knowledge_get_n_packs:
 * @self: knowledge
 *
 * Returns: how many files of the user were read, or tried
 */
guint
cot_knowledge_get_n_packs (CotKnowledge *self)
{
  return self->packs->len;
}

/**
 * cot_knowledge_get_pack:
 * @self: knowledge
 * @index: below cot_knowledge_get_n_packs()
 *
 * Returns: (transfer none): one of these files, in the order in which they were read
 */
const CotKnowledgePack *
cot_knowledge_get_pack (CotKnowledge *self, guint index)
{
  return g_ptr_array_index (self->packs, index);
}

/**
 * cot_knowledge_check_samples:
 * @self: knowledge
 * @error: return location for a #CotKnowledgeError
 *
 * Compiles every pattern; for tests.
 *
 * Returns: %TRUE if all samples match and no near miss does
 */
gboolean
cot_knowledge_check_samples (CotKnowledge *self, GError **error)
{
  for (guint i = 0; i < self->detectors->len; i++)
    if (!cot_detector_check_samples (g_ptr_array_index (self->detectors, i), error))
      return FALSE;
  return TRUE;
}
