/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-filter-bar.h"

#include <glib/gi18n.h>

#include "cot-chip-flow.h"
#include "cot-filter-chip.h"
#include "cot-filter-sentences.h"
#include "cot-popovers.h"
#include "cot-saved-filters-popover.h"
#include "cot-saved-filters.h"

enum
{
  CHANGED,
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotFilterBar
{
  GtkWidget parent_instance;

  GtkWidget *revealer;
  GtkWidget *chips; /* a box of CotFilterChip */
  GtkWidget *result;
  GtkWidget *options; /* the menu button */
  GActionMap *actions; /* the group "filter" */
  gboolean any;
  gboolean all_tabs;
  CotFilterProposeFunc propose; /* (nullable) */
  gpointer propose_data;
};

G_DEFINE_FINAL_TYPE (CotFilterBar, cot_filter_bar, GTK_TYPE_WIDGET)

static void
emit_changed (CotFilterBar *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer),
                                 gtk_widget_get_first_child (self->chips) != NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* One that is being edited lets go of the keyboard first. What was typed last goes with it: it must
 * not become a condition of what takes its place. */
static void
remove_chip (CotFilterBar *self, GtkWidget *chip)
{
  g_autoptr (GtkWidget) kept = g_object_ref (chip);

  g_signal_handlers_disconnect_by_data (chip, self);
  cot_popovers_pop_down (chip);
  gtk_box_remove (GTK_BOX (self->chips), chip);
}

/* The focus goes to the next chip, else to where the next one comes from. */
static void
on_chip_removed (CotFilterChip *chip, CotFilterBar *self)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (chip));

  if (gtk_widget_get_focus_child (self->chips) == GTK_WIDGET (chip))
    gtk_widget_child_focus (next != NULL ? next : self->options, GTK_DIR_TAB_FORWARD);
  remove_chip (self, GTK_WIDGET (chip));
  emit_changed (self);
}

static CotFilterChip *
append_chip (CotFilterBar *self, const CotFilterClause *clause)
{
  GtkWidget *chip = cot_filter_chip_new (clause);

  cot_filter_chip_set_propose (COT_FILTER_CHIP (chip), self->propose, self->propose_data);
  g_signal_connect_swapped (chip, "changed", G_CALLBACK (emit_changed), self);
  g_signal_connect (chip, "removed", G_CALLBACK (on_chip_removed), self);
  gtk_box_append (GTK_BOX (self->chips), chip);
  return COT_FILTER_CHIP (chip);
}

static void
remove_chips (CotFilterBar *self)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (self->chips)) != NULL)
    remove_chip (self, chip);
}

static void
on_add (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_filter_bar_start (data, g_variant_get_string (parameter, NULL));
}

static void
on_any (GSimpleAction *action, GVariant *state, gpointer data)
{
  CotFilterBar *self = data;

  self->any = g_variant_get_boolean (state);
  g_simple_action_set_state (action, state);
  emit_changed (self);
}

static void
on_all_tabs (GSimpleAction *action, GVariant *state, gpointer data)
{
  CotFilterBar *self = data;

  self->all_tabs = g_variant_get_boolean (state);
  g_simple_action_set_state (action, state);
  emit_changed (self);
}

static void
on_load (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotFilterBar *self = data;
  gboolean any;
  g_autoptr (GPtrArray) clauses
      = cot_saved_filters_load (g_variant_get_string (parameter, NULL), &any);

  if (clauses == NULL)
    return;
  cot_filter_bar_set_clauses (self, clauses, any);
  emit_changed (self);
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotFilterBar *self = data;
  g_autoptr (GPtrArray) clauses = cot_filter_bar_dup_clauses (self);
  gboolean done;

  /* Which entries are new is of now. */
  for (guint i = clauses->len; i > 0; i--)
    if (((CotFilterClause *) g_ptr_array_index (clauses, i - 1))->moment != 0)
      g_ptr_array_remove_index (clauses, i - 1);
  done = clauses->len > 0
         && cot_saved_filters_save (g_variant_get_string (parameter, NULL), clauses, self->any);

  g_signal_emit (self, signals[SAVED], 0);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                              done                ? _ ("Filter saved")
                              : clauses->len == 0 ? _ ("Fill in a condition first")
                                                  : _ ("Remove a saved filter first"));
}

static void
on_remove_saved (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_saved_filters_remove (g_variant_get_string (parameter, NULL));
  g_signal_emit (data, signals[SAVED], 0);
}

static void
cot_filter_bar_dispose (GObject *object)
{
  CotFilterBar *self = COT_FILTER_BAR (object);

  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (cot_filter_bar_parent_class)->dispose (object);
}

static void
cot_filter_bar_class_init (CotFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_filter_bar_dispose;
  signals[CHANGED] = g_signal_new ("changed", COT_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVED] = g_signal_new ("saved", COT_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "filterbar");
}

static GtkWidget *
make_options (void)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) how = g_menu_new ();
  g_autoptr (GMenu) fields = cot_filter_fields_new_menu ("filter.add");

  g_menu_append_section (menu, _ ("Add a condition"), G_MENU_MODEL (fields));
  g_menu_append (how, _ ("One Condition Is _Enough"), "filter.any");
  g_menu_append (how, _ ("Filter All _Tabs"), "filter.all-tabs");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (how));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "list-add-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Add a condition"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add a condition"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
make_all_tabs_check (void)
{
  GtkWidget *check = gtk_check_button_new_with_label (_ ("All tabs"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (check), "filter.all-tabs");
  gtk_widget_set_tooltip_text (check, _ ("Filter all tabs by these conditions"));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  return check;
}

static void
create_saved_popover (GtkMenuButton *button, gpointer data)
{
  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, cot_saved_filters_popover_new ());
}

static GtkWidget *
make_saved_button (void)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "starred-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_saved_popover, NULL,
                                         NULL);
  gtk_widget_set_tooltip_text (button, _ ("Named filters"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Named filters"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
make_clear_button (CotFilterBar *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-clear-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Remove all conditions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove all conditions"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (cot_filter_bar_clear), self);
  return button;
}

static GtkWidget *
make_flow (CotFilterBar *self)
{
  GtkWidget *flow = cot_chip_flow_new (self->chips);

  gtk_widget_set_valign (flow, GTK_ALIGN_CENTER);
  return flow;
}

static void
cot_filter_bar_init (CotFilterBar *self)
{
  static const GActionEntry entries[] = {
    { .name = "add", .activate = on_add, .parameter_type = "s" },
    { .name = "any", .state = "false", .change_state = on_any },
    { .name = "all-tabs", .state = "false", .change_state = on_all_tabs },
    { .name = "load", .activate = on_load, .parameter_type = "s" },
    { .name = "save", .activate = on_save, .parameter_type = "s" },
    { .name = "remove", .activate = on_remove_saved, .parameter_type = "s" },
  };
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("cot-filter-symbolic");

  self->actions = G_ACTION_MAP (g_simple_action_group_new ());
  g_action_map_add_action_entries (self->actions, entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "filter", G_ACTION_GROUP (self->actions));

  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->options = make_options ();
  self->result = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->result), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->result), 1);
  gtk_widget_set_hexpand (self->result, TRUE);
  gtk_widget_add_css_class (self->result, "secondary-text");
  gtk_widget_add_css_class (self->result, "numeric");

  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), make_flow (self));
  gtk_box_append (GTK_BOX (row), self->options);
  gtk_box_append (GTK_BOX (row), make_all_tabs_check ());
  gtk_box_append (GTK_BOX (row), self->result);
  gtk_box_append (GTK_BOX (row), make_saved_button ());
  gtk_box_append (GTK_BOX (row), make_clear_button (self));
  gtk_widget_add_css_class (row, "filter-row");
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), row);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

GtkWidget *
cot_filter_bar_new (void)
{
  return g_object_new (COT_TYPE_FILTER_BAR, NULL);
}

/**
 * cot_filter_bar_set_propose:
 * @propose: what there is to choose from for a field
 * @data: (unowned): for it; lives as long as the bar
 */
void
cot_filter_bar_set_propose (CotFilterBar *self, CotFilterProposeFunc propose, gpointer data)
{
  g_return_if_fail (COT_IS_FILTER_BAR (self));

  self->propose = propose;
  self->propose_data = data;
}

/**
 * cot_filter_bar_dup_clauses:
 *
 * Returns: (transfer full) (element-type CotFilterClause): the conditions in their order
 */
GPtrArray *
cot_filter_bar_dup_clauses (CotFilterBar *self)
{
  GPtrArray *clauses = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_filter_clause_free);

  g_return_val_if_fail (COT_IS_FILTER_BAR (self), clauses);

  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    {
      CotFilterClause *clause
          = cot_filter_clause_copy_complete (cot_filter_chip_get_clause (COT_FILTER_CHIP (chip)));

      if (clause != NULL)
        g_ptr_array_add (clauses, clause);
    }
  return clauses;
}

gboolean
cot_filter_bar_has_chips (CotFilterBar *self)
{
  g_return_val_if_fail (COT_IS_FILTER_BAR (self), FALSE);

  return gtk_widget_get_first_child (self->chips) != NULL;
}

gboolean
cot_filter_bar_get_any (CotFilterBar *self)
{
  g_return_val_if_fail (COT_IS_FILTER_BAR (self), FALSE);

  return self->any;
}

gboolean
cot_filter_bar_get_all_tabs (CotFilterBar *self)
{
  g_return_val_if_fail (COT_IS_FILTER_BAR (self), FALSE);

  return self->all_tabs;
}

/**
 * cot_filter_bar_set_clauses:
 * @clauses: (element-type CotFilterClause): the conditions to show; copied
 * @any: whether one of them is enough
 */
void
cot_filter_bar_set_clauses (CotFilterBar *self, GPtrArray *clauses, gboolean any)
{
  g_return_if_fail (COT_IS_FILTER_BAR (self));

  remove_chips (self);
  for (guint i = 0; i < clauses->len; i++)
    append_chip (self, g_ptr_array_index (clauses, i));
  self->any = any;
  g_simple_action_set_state (
      G_SIMPLE_ACTION (g_action_map_lookup_action (self->actions, "any")),
      g_variant_new_boolean (any));
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), clauses->len > 0);
}

void
cot_filter_bar_clear (CotFilterBar *self)
{
  g_return_if_fail (COT_IS_FILTER_BAR (self));

  remove_chips (self);
  emit_changed (self);
}

void
cot_filter_bar_set_result (CotFilterBar *self, const char *result, gboolean failed)
{
  g_return_if_fail (COT_IS_FILTER_BAR (self));

  gtk_label_set_label (GTK_LABEL (self->result), result);
  gtk_widget_set_tooltip_text (self->result, result);
  if (failed)
    gtk_widget_add_css_class (self->result, "problem-text");
  else
    gtk_widget_remove_css_class (self->result, "problem-text");
}

/* (nullable): a chip that asks for the same of the same field. */
static GtkWidget *
find_chip (CotFilterBar *self, const char *field, CotClauseRelation relation, gboolean excludes)
{
  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    {
      const CotFilterClause *clause = cot_filter_chip_get_clause (COT_FILTER_CHIP (chip));

      if (g_strcmp0 (clause->field, field) == 0 && clause->relation == relation
          && clause->excludes == excludes && !clause->is_off && relation == COT_CLAUSE_IS)
        return chip;
    }
  return NULL;
}

/**
 * cot_filter_bar_add:
 * @field: a field of the filter language
 * @relation: how it relates to the value
 * @value: what is asked for
 * @excludes: whether such entries are hidden
 *
 * "Component is A" and then "Component is B" together ask for both, not for none.
 */
void
cot_filter_bar_add (CotFilterBar *self, const char *field, CotClauseRelation relation,
                    const char *value, gboolean excludes)
{
  GtkWidget *same;

  g_return_if_fail (COT_IS_FILTER_BAR (self));

  same = find_chip (self, field, relation, excludes);
  if (same == NULL)
    {
      g_autoptr (CotFilterClause) clause
          = cot_filter_clause_new (field, relation, value, excludes);

      append_chip (self, clause);
    }
  else
    {
      g_autoptr (CotFilterClause) clause
          = cot_filter_clause_copy (cot_filter_chip_get_clause (COT_FILTER_CHIP (same)));

      if (!cot_filter_clause_has_value (clause, value))
        g_ptr_array_add (clause->values, g_strdup (value));
      gtk_box_reorder_child_after (GTK_BOX (self->chips), GTK_WIDGET (append_chip (self, clause)),
                                   same);
      remove_chip (self, same);
    }
  emit_changed (self);
}

/**
 * cot_filter_bar_set_moment:
 * @moment: a moment that the logs have noted
 * @time: when that is, for people
 *
 * What is there is hidden.
 */
void
cot_filter_bar_set_moment (CotFilterBar *self, guint moment, const char *time)
{
  g_autoptr (CotFilterClause) clause = cot_filter_clause_new_since (moment, time);
  GtkWidget *next;

  g_return_if_fail (COT_IS_FILTER_BAR (self));

  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL; chip = next)
    {
      next = gtk_widget_get_next_sibling (chip);
      if (cot_filter_chip_get_clause (COT_FILTER_CHIP (chip))->moment != 0)
        remove_chip (self, chip);
    }
  append_chip (self, clause);
  emit_changed (self);
}

/**
 * cot_filter_bar_replace:
 * @field: a field of the filter language
 * @relation: how it relates to the value
 * @value: what is asked for
 *
 * In the place of what was asked of that field; what is hidden by it stays so.
 */
void
cot_filter_bar_replace (CotFilterBar *self, const char *field, CotClauseRelation relation,
                        const char *value)
{
  g_autoptr (CotFilterClause) clause = cot_filter_clause_new (field, relation, value, FALSE);
  GtkWidget *next;

  g_return_if_fail (COT_IS_FILTER_BAR (self));

  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL; chip = next)
    {
      const CotFilterClause *old = cot_filter_chip_get_clause (COT_FILTER_CHIP (chip));

      next = gtk_widget_get_next_sibling (chip);
      if (g_strcmp0 (old->field, field) == 0 && !old->excludes)
        remove_chip (self, chip);
    }
  append_chip (self, clause);
  emit_changed (self);
}

/* (nullable): a chip that asks for a range of times, on or off. */
static GtkWidget *
find_range_chip (CotFilterBar *self)
{
  CotFilterSpan span;

  for (GtkWidget *chip = gtk_widget_get_first_child (self->chips); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    if (cot_filter_clause_get_range (cot_filter_chip_get_clause (COT_FILTER_CHIP (chip)), &span))
      return chip;
  return NULL;
}

/**
 * cot_filter_bar_set_range:
 * @value: a range of times in the filter language; "": none is wanted
 *
 * In the place of the range that was asked for before.
 */
void
cot_filter_bar_set_range (CotFilterBar *self, const char *value)
{
  GtkWidget *before;

  g_return_if_fail (COT_IS_FILTER_BAR (self));

  before = find_range_chip (self);
  if (*value != '\0')
    {
      g_autoptr (CotFilterClause) clause
          = cot_filter_clause_new ("time", COT_CLAUSE_IS, value, FALSE);
      CotFilterChip *chip = append_chip (self, clause);

      if (before != NULL)
        gtk_box_reorder_child_after (GTK_BOX (self->chips), GTK_WIDGET (chip), before);
    }
  if (before != NULL)
    remove_chip (self, before);
  emit_changed (self);
}

/**
 * cot_filter_bar_get_actions:
 *
 * Returns: (transfer none): the group "filter", for menus outside the bar
 */
GActionGroup *
cot_filter_bar_get_actions (CotFilterBar *self)
{
  g_return_val_if_fail (COT_IS_FILTER_BAR (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

/**
 * cot_filter_bar_start:
 * @field: a field of the filter language, or "" for an expression
 *
 * A new condition, open to be filled in.
 */
void
cot_filter_bar_start (CotFilterBar *self, const char *field)
{
  const CotFilterField *known = cot_filter_fields_find (*field != '\0' ? field : NULL);
  gboolean is_severity = g_strcmp0 (known->field, "severity") == 0;
  gboolean is_finding = g_strcmp0 (known->field, "finding") == 0;
  g_autoptr (CotFilterClause) clause = NULL;

  g_return_if_fail (COT_IS_FILTER_BAR (self));

  clause = cot_filter_clause_new (
      known->field,
      known->field == NULL || is_finding                  ? COT_CLAUSE_IS
      : is_severity || g_str_equal (known->field, "time") ? COT_CLAUSE_AT_LEAST
                                                          : COT_CLAUSE_CONTAINS,
      is_severity  ? "warning"
      : is_finding ? "any"
                   : "",
      FALSE);
  cot_filter_chip_edit (append_chip (self, clause));
  emit_changed (self);
}
