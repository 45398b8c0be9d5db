/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The elements of a <journey>. The lines of its milestones are markers, so that they are checked,
 * looked for and kept as every other line. */

#include "cot-knowledge-elements-private.h"

typedef const char *const *Ids;

static CotMilestone *
current_milestone (CotParser *parser)
{
  GArray *milestones = parser->journey->milestones;

  return &g_array_index (milestones, CotMilestone, milestones->len - 1);
}

static const char *
own_prose (CotParser *parser)
{
  g_autofree char *folded = cot_element_fold (parser->text->str);

  return cot_journey_own (parser->journey, folded);
}

static guint
current_line (CotParser *parser)
{
  int line;

  g_markup_parse_context_get_position (parser->context, &line, NULL);
  return (guint) MAX (line, 0);
}

static gboolean
start_journey (CotParser *parser,
               const char *element,
               const char **names,
               const char **values,
               GError **error)
{
  const char *id, *area, *applies;

  if (!g_markup_collect_attributes (element, names, values, error, G_MARKUP_COLLECT_STRING, "id",
                                    &id, G_MARKUP_COLLECT_STRING, "area", &area,
                                    G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "applies",
                                    &applies, G_MARKUP_COLLECT_INVALID))
    return FALSE;
  parser->journey = cot_journey_new (id);
  parser->journey->file = cot_journey_own (parser->journey, parser->file->name);
  parser->journey->line = current_line (parser);
  parser->journey->area = g_intern_string (area);
  parser->journey->builtin = parser->file->builtin;
  parser->phase = NULL;
  if (applies != NULL)
    {
      g_ptr_array_unref (parser->journey->applies);
      parser->journey->applies = cot_split_ids (applies);
    }
  return TRUE;
}

static gboolean
end_journey (CotParser *parser, GError **error)
{
  g_autoptr (CotJourney) journey = g_steal_pointer (&parser->journey);
  g_autoptr (GError) fault = NULL;
  guint line = 0;

  if (cot_journey_check (journey, &line, &fault))
    g_ptr_array_add (parser->file->journeys, g_steal_pointer (&journey));
  else if (parser->file->problems != NULL)
    cot_knowledge_add_problem (parser->file->problems, parser->file->name, line, fault);
  else
    {
      parser->fault_line = line;
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  return TRUE;
}

static gboolean
start_plain (CotParser *parser,
             const char *element,
             const char **names,
             const char **values,
             GError **error)
{
  return g_markup_collect_attributes (element, names, values, error, G_MARKUP_COLLECT_INVALID,
                                      NULL);
}

static gboolean
start_fork (CotParser *parser,
            const char *element,
            const char **names,
            const char **values,
            GError **error)
{
  parser->fork = ++parser->journey->n_forks;
  parser->branch = 0;
  return start_plain (parser, element, names, values, error);
}

static gboolean
end_fork (CotParser *parser, GError **error)
{
  parser->fork = 0;
  return TRUE;
}

static gboolean
end_branch (CotParser *parser, GError **error)
{
  const GArray *milestones = parser->journey->milestones;
  const CotMilestone *last = milestones->len > 0 ? current_milestone (parser) : NULL;

  if (last == NULL || last->fork != parser->fork || last->branch != parser->branch)
    return cot_element_refuse (error, "“{}” has a <branch> without a milestone",
                               parser->journey->id);
  parser->branch++;
  return TRUE;
}

static Ids
keep_list (CotParser *parser, GPtrArray *list)
{
  gpointer data = g_ptr_array_free (list, FALSE);

  g_ptr_array_add (parser->journey->owned, data);
  return data;
}

static gboolean
start_milestone (CotParser *parser,
                 const char *element,
                 const char **names,
                 const char **values,
                 GError **error)
{
  const char *id, *seen_by, *explained_by;
  CotMilestone milestone = { .line = current_line (parser),
                             .phase = parser->phase,
                             .fork = parser->fork,
                             .branch = parser->branch };

  if (!g_markup_collect_attributes (
          element, names, values, error, G_MARKUP_COLLECT_STRING, "id", &id,
          G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "seen-by", &seen_by,
          G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "explained-by", &explained_by,
          G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL, "optional", &milestone.optional,
          G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL, "server", &milestone.server,
          G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL, "alone", &milestone.alone,
          G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL, "starts", &milestone.starts,
          G_MARKUP_COLLECT_BOOLEAN | G_MARKUP_COLLECT_OPTIONAL, "applies", &milestone.applies,
          G_MARKUP_COLLECT_INVALID))
    return FALSE;
  milestone.id = g_intern_string (id);
  milestone.explained_by
      = keep_list (parser, cot_split_ids (explained_by != NULL ? explained_by : ""));
  parser->n_lines = 0;
  parser->seen_by = cot_split_ids (seen_by != NULL ? seen_by : "");
  parser->logs = g_ptr_array_new_null_terminated (2, NULL, TRUE);
  parser->steps = g_array_new (FALSE, TRUE, sizeof (CotStep));
  g_array_append_val (parser->journey->milestones, milestone);
  return TRUE;
}

static gboolean
end_milestone (CotParser *parser, GError **error)
{
  CotMilestone *milestone = current_milestone (parser);
  gsize n_steps = 0;

  milestone->seen_by = keep_list (parser, g_steal_pointer (&parser->seen_by));
  milestone->logs = keep_list (parser, g_steal_pointer (&parser->logs));
  milestone->steps = (const CotStep *) (gpointer) g_array_steal (parser->steps, &n_steps);
  milestone->n_steps = (guint) n_steps;
  g_ptr_array_add (parser->journey->owned, (gpointer) milestone->steps);
  g_clear_pointer (&parser->steps, g_array_unref);
  return TRUE;
}

static gboolean
start_line (CotParser *parser,
            const char *element,
            const char **names,
            const char **values,
            GError **error)
{
  const char *scope;
  g_autofree char *id = g_strdup_printf ("%s-%s-line-%u", parser->journey->id,
                                         current_milestone (parser)->id, ++parser->n_lines);

  return g_markup_collect_attributes (element, names, values, error,
                                      G_MARKUP_COLLECT_STRING | G_MARKUP_COLLECT_OPTIONAL, "scope",
                                      &scope, G_MARKUP_COLLECT_INVALID)
         && cot_element_begin_marker (parser, id, scope, error);
}

static gboolean
end_line (CotParser *parser, GError **error)
{
  CotDetector *detector = parser->detector;

  /* Checked with its journey, which is left out as a whole. */
  for (guint i = 0; i < detector->logs->len; i++)
    {
      const char *log = g_ptr_array_index (detector->logs, i);

      if (!g_ptr_array_find_with_equal_func (parser->logs, log, g_str_equal, NULL))
        g_ptr_array_add (parser->logs, (gpointer) cot_journey_own (parser->journey, log));
    }
  g_ptr_array_add (parser->seen_by, (gpointer) detector->id);
  g_ptr_array_add (parser->journey->lines, g_steal_pointer (&parser->detector));
  return TRUE;
}

static gboolean
end_title (CotParser *parser, GError **error)
{
  if (parser->seen_by != NULL)
    current_milestone (parser)->title = own_prose (parser);
  else
    parser->journey->title = own_prose (parser);
  return TRUE;
}

static gboolean
end_meaning (CotParser *parser, GError **error)
{
  parser->journey->meaning = own_prose (parser);
  return TRUE;
}

static gboolean
end_phase (CotParser *parser, GError **error)
{
  parser->phase = own_prose (parser);
  return TRUE;
}

static gboolean
end_expected (CotParser *parser, GError **error)
{
  current_milestone (parser)->expected = cot_journey_own (parser->journey, parser->text->str);
  return TRUE;
}

static gboolean
end_missing (CotParser *parser, GError **error)
{
  current_milestone (parser)->missing = own_prose (parser);
  return TRUE;
}

static gboolean
end_log (CotParser *parser, GError **error)
{
  g_ptr_array_add (parser->logs, (gpointer) own_prose (parser));
  return TRUE;
}

static gboolean
end_step (CotParser *parser, GError **error)
{
  CotStep step = { own_prose (parser), 0 };

  if (*step.text == '\0')
    return cot_element_refuse (error, "“{}” has an empty <step>", parser->journey->id);
  g_array_append_val (parser->steps, step);
  return TRUE;
}

static gboolean
start_source (CotParser *parser,
              const char *element,
              const char **names,
              const char **values,
              GError **error)
{
  return g_markup_collect_attributes (element, names, values, error,
                                      G_MARKUP_COLLECT_STRDUP | G_MARKUP_COLLECT_OPTIONAL, "url",
                                      &parser->url, G_MARKUP_COLLECT_INVALID);
}

static gboolean
end_source (CotParser *parser, GError **error)
{
  g_autofree char *url = g_steal_pointer (&parser->url);
  CotReference reference = { own_prose (parser), NULL };

  /* A link of a user's file could lead anywhere: it is left out. */
  if (url != NULL && parser->file->builtin)
    {
      if (!g_str_has_prefix (url, "https://learn.microsoft.com/"))
        return cot_element_refuse (error, "“{}” is no link to learn.microsoft.com", url);
      reference.url = cot_journey_own (parser->journey, url);
    }
  g_array_append_val (parser->journey->references_to, reference);
  return TRUE;
}

#define COT_PLACE_PATH (COT_PLACE_JOURNEY | COT_PLACE_BRANCH)
#define COT_PLACE_TITLED (COT_PLACE_JOURNEY | COT_PLACE_MILESTONE)

static const CotElement elements[] = {
  { "journey", COT_PLACE_KNOWLEDGE, COT_PLACE_JOURNEY, start_journey, end_journey },
  { "title", COT_PLACE_TITLED, COT_PLACE_TEXT, start_plain, end_title },
  { "meaning", COT_PLACE_JOURNEY, COT_PLACE_TEXT, start_plain, end_meaning },
  { "source", COT_PLACE_TITLED, COT_PLACE_TEXT, start_source, end_source },
  { "phase", COT_PLACE_JOURNEY, COT_PLACE_TEXT, start_plain, end_phase },
  { "fork", COT_PLACE_JOURNEY, COT_PLACE_FORK, start_fork, end_fork },
  { "branch", COT_PLACE_FORK, COT_PLACE_BRANCH, start_plain, end_branch },
  { "milestone", COT_PLACE_PATH, COT_PLACE_MILESTONE, start_milestone, end_milestone },
  { "log", COT_PLACE_MILESTONE, COT_PLACE_TEXT, start_plain, end_log },
  { "line", COT_PLACE_MILESTONE, COT_PLACE_DETECTOR, start_line, end_line },
  { "expected", COT_PLACE_MILESTONE, COT_PLACE_TEXT, start_plain, end_expected },
  { "missing", COT_PLACE_MILESTONE, COT_PLACE_TEXT, start_plain, end_missing },
  { "step", COT_PLACE_MILESTONE, COT_PLACE_TEXT, start_plain, end_step },
};

const CotElement *
cot_journey_element_find (const char *name, CotPlace place)
{
  const CotElement *elsewhere = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_str_equal (elements[i].name, name))
      {
        if ((elements[i].parents & place) != 0)
          return &elements[i];
        elsewhere = &elements[i];
      }
  return elsewhere;
}

/* What a document that ends too early leaves behind. */
void
cot_journey_parser_clear (CotParser *parser)
{
  g_clear_pointer (&parser->seen_by, g_ptr_array_unref);
  g_clear_pointer (&parser->logs, g_ptr_array_unref);
  g_clear_pointer (&parser->steps, g_array_unref);
  g_clear_pointer (&parser->journey, cot_journey_unref);
}
