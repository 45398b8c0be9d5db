/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-highlight-rules.h"

#include "cot-settings.h"

#define KEY "highlights"
/* Text, flags, colour, whole row, enabled. */
#define TYPE "a(suubb)"
#define ALL_FLAGS                                                                                  \
  (COT_PATTERN_LITERAL | COT_PATTERN_CASELESS | COT_PATTERN_WHOLE_WORD)

struct _CotHighlightRules
{
  GObject parent_instance;

  GPtrArray *rules; /* (element-type CotHighlightRule) */
  CotHighlighter *highlighter;
  guint given_up; /* as the highlighter said last */
  guint report_source;
};

G_DEFINE_FINAL_TYPE (CotHighlightRules, cot_highlight_rules, G_TYPE_OBJECT)

static void
cot_highlight_rules_finalize (GObject *object)
{
  CotHighlightRules *self = COT_HIGHLIGHT_RULES (object);

  g_clear_handle_id (&self->report_source, g_source_remove);
  g_clear_pointer (&self->highlighter, cot_highlighter_free);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  G_OBJECT_CLASS (cot_highlight_rules_parent_class)->finalize (object);
}

static void
cot_highlight_rules_class_init (CotHighlightRulesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cot_highlight_rules_finalize;
  g_signal_new ("changed", COT_TYPE_HIGHLIGHT_RULES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
compile (CotHighlightRules *self)
{
  g_clear_pointer (&self->highlighter, cot_highlighter_free);
  self->highlighter = cot_highlighter_new (self->rules);
  self->given_up = G_MAXUINT;
}

static void
read_kept (CotHighlightRules *self)
{
  g_autoptr (GVariant) kept = NULL;
  GVariantIter iter;
  const char *text;
  guint flags, colour;
  gboolean whole_row, enabled;

  if (cot_settings_get () == NULL)
    return;
  kept = g_settings_get_value (cot_settings_get (), KEY);
  g_variant_iter_init (&iter, kept);
  while (self->rules->len < COT_HIGHLIGHT_MAX_RULES
         && g_variant_iter_next (&iter, "(&suubb)", &text, &flags, &colour, &whole_row, &enabled))
    {
      g_autoptr (CotHighlightRule) rule
          = cot_highlight_rule_new (text, flags & ALL_FLAGS, colour);

      rule->whole_row = whole_row;
      rule->enabled = enabled;
      rule->kept = TRUE;
      if (cot_highlight_rule_check (rule, NULL))
        g_ptr_array_add (self->rules, g_steal_pointer (&rule));
    }
}

static void
write_kept (CotHighlightRules *self)
{
  GVariantBuilder builder;

  if (cot_settings_get () == NULL)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (TYPE));
  for (guint i = 0; i < self->rules->len; i++)
    {
      const CotHighlightRule *rule = self->rules->pdata[i];

      if (rule->kept)
        g_variant_builder_add (&builder, "(suubb)", rule->text, (guint) rule->flags, rule->colour,
                               rule->whole_row, rule->enabled);
    }
  g_settings_set_value (cot_settings_get (), KEY, g_variant_builder_end (&builder));
}

static void
changed (CotHighlightRules *self)
{
  compile (self);
  write_kept (self);
  g_signal_emit_by_name (self, "changed");
}

static void
cot_highlight_rules_init (CotHighlightRules *self)
{
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_highlight_rule_free);
  read_kept (self);
  compile (self);
}

CotHighlightRules *
cot_highlight_rules_get (void)
{
  static CotHighlightRules *rules;

  if (rules == NULL)
    rules = g_object_new (COT_TYPE_HIGHLIGHT_RULES, NULL);
  return rules;
}

guint
cot_highlight_rules_get_n (CotHighlightRules *self)
{
  return self->rules->len;
}

const CotHighlightRule *
cot_highlight_rules_get_rule (CotHighlightRules *self, guint index)
{
  return self->rules->pdata[index];
}

gboolean
cot_highlight_rules_is_given_up (CotHighlightRules *self, guint index)
{
  return self->given_up == index;
}

guint
cot_highlight_rules_propose_colour (CotHighlightRules *self)
{
  guint n_of[COT_HIGHLIGHT_COLOURS + 1] = { 0 };
  guint rarest = 1;

  for (guint i = 0; i < self->rules->len; i++)
    n_of[((CotHighlightRule *) self->rules->pdata[i])->colour]++;
  for (guint colour = 2; colour <= COT_HIGHLIGHT_COLOURS; colour++)
    if (n_of[colour] < n_of[rarest])
      rarest = colour;
  return rarest;
}

gboolean
cot_highlight_rules_add (CotHighlightRules *self, CotHighlightRule *rule, GError **error)
{
  g_autoptr (CotHighlightRule) owned = rule;

  if (!cot_highlight_rule_check (owned, error))
    return FALSE;
  if (self->rules->len >= COT_HIGHLIGHT_MAX_RULES)
    {
      g_set_error (error, COT_QUERY_ERROR, COT_QUERY_ERROR_LIMIT, "%u rules are there already",
                   self->rules->len);
      return FALSE;
    }
  g_ptr_array_insert (self->rules, 0, g_steal_pointer (&owned));
  changed (self);
  return TRUE;
}

gboolean
cot_highlight_rules_replace (CotHighlightRules *self, guint index, const CotHighlightRule *rule,
                             GError **error)
{
  if (!cot_highlight_rule_check (rule, error))
    return FALSE;
  rule = cot_highlight_rule_copy (rule);
  cot_highlight_rule_free (self->rules->pdata[index]);
  self->rules->pdata[index] = (gpointer) rule;
  changed (self);
  return TRUE;
}

void
cot_highlight_rules_remove (CotHighlightRules *self, guint index)
{
  g_ptr_array_remove_index (self->rules, index);
  changed (self);
}

void
cot_highlight_rules_move (CotHighlightRules *self, guint index, gboolean up)
{
  if (up ? index == 0 : index + 1 >= self->rules->len)
    return;
  g_ptr_array_insert (self->rules, (gint) (up ? index - 1 : index + 1),
                      g_ptr_array_steal_index (self->rules, index));
  changed (self);
}

/* Not while a row is drawn. */
static gboolean
report_given_up (gpointer data)
{
  CotHighlightRules *self = data;

  self->report_source = 0;
  g_signal_emit_by_name (self, "changed");
  return G_SOURCE_REMOVE;
}

gboolean
cot_highlight_rules_mark (CotHighlightRules *self, const char *message, const char *thread,
                          CotHighlights *highlights)
{
  guint given_up;

  if (self->rules->len == 0)
    {
      *highlights = (CotHighlights){ 0 };
      return FALSE;
    }
  cot_highlighter_mark (self->highlighter, message, thread, highlights);
  given_up = cot_highlighter_get_given_up (self->highlighter);
  if (given_up != self->given_up && self->report_source == 0)
    self->report_source = g_idle_add (report_given_up, self);
  self->given_up = given_up;
  return highlights->n_spans > 0 || highlights->row_colour != 0 || highlights->thread_colour != 0;
}
