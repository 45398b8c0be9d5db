/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-filter-chip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cot-filter-sentences.h"
#include "cot-names.h"
#include "cot-sentences.h"
#include "cot-text-label.h"
#include "cot-value-proposals.h"

/* So long after the last key the rows follow: a word is typed as one question. */
#define APPLY_DELAY_MS 200

/* A chip with fewer letters says nothing. */
#define MIN_LETTERS 12
#define MAX_LETTERS 60

/* Frames after which the popover opens wherever the chip is. */
#define MAX_TICKS 60

enum
{
  CHANGED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotFilterChip
{
  GtkWidget parent_instance;

  CotFilterClause *clause;
  GtkWidget *box;
  GtkWidget *button; /* GtkMenuButton */
  GtkWidget *label;
  GtkWidget *popover;
  GtkWidget *relation; /* a drop-down */
  GtkWidget *values; /* one row for each value */
  GtkWidget *proposals; /* (nullable): what there is for the value that is being changed */
  GtkWidget *problem; /* (nullable): why the clause is no condition */
  CotFilterProposeFunc propose; /* (nullable) */
  gpointer propose_data;
  guint edited; /* which value was typed last */
  guint apply_source;
  guint remove_source; /* an empty one goes when its popover has closed */
  guint edit_tick; /* waits until the chip is in sight, to open its popover there */
  guint n_ticks;
};

G_DEFINE_FINAL_TYPE (CotFilterChip, cot_filter_chip, GTK_TYPE_WIDGET)

/* In the order of the drop-down. */
static const CotSeverity severities[]
    = { COT_SEVERITY_ERROR, COT_SEVERITY_WARNING, COT_SEVERITY_SUCCESS, COT_SEVERITY_INFO,
        COT_SEVERITY_VERBOSE };

/* The clause alone, as a filter: what is wrong with it stands in the popover. */
static void
show_problem (CotFilterChip *self)
{
  g_autoptr (GPtrArray) alone = g_ptr_array_new ();
  g_autoptr (CotFilterClause) clause = cot_filter_clause_copy_complete (self->clause);
  g_autofree char *expression = NULL;
  g_autoptr (CotFilter) filter = NULL;
  g_autoptr (GError) error = NULL;

  if (self->problem == NULL)
    return;
  if (clause != NULL)
    {
      clause->is_off = FALSE;
      g_ptr_array_add (alone, clause);
      /* What somebody wrote as an expression is judged as it stands, so that places are right. */
      expression = clause->field == NULL ? g_strdup (g_ptr_array_index (clause->values, 0))
                                         : cot_filter_clauses_dup_expression (alone, FALSE);
      filter = cot_filter_new (expression, &error);
    }
  gtk_label_set_label (GTK_LABEL (self->problem), error != NULL ? error->message : "");
  gtk_widget_set_visible (self->problem, error != NULL);
  if (error != NULL)
    gtk_widget_add_css_class (self->box, "error");
  else
    gtk_widget_remove_css_class (self->box, "error");
}

static void
update_label (CotFilterChip *self)
{
  const CotFilterField *field = cot_filter_fields_find (self->clause->field);
  g_autoptr (CotFilterClause) clause = cot_filter_clause_copy_complete (self->clause);
  g_autofree char *sentence = clause != NULL ? cot_filter_sentence_dup (clause)
                                             : g_strdup_printf ("%s…", _ (field->title));
  g_autofree char *off = NULL;

  gtk_label_set_label (GTK_LABEL (self->label), sentence);
  gtk_label_set_width_chars (GTK_LABEL (self->label),
                             (int) MIN (g_utf8_strlen (sentence, -1), MIN_LETTERS));
  if (self->clause->is_off)
    {
      gtk_widget_add_css_class (self->box, "off");
      /* Translators: a condition of the filter that is switched off */
      off = g_strdup_printf (_ ("%s (off)"), sentence);
    }
  else
    {
      gtk_widget_remove_css_class (self->box, "off");
    }
  cot_names_set (self->button, off != NULL ? off : sentence);
  show_problem (self);
}

static gboolean
apply_cb (gpointer data)
{
  CotFilterChip *self = data;

  self->apply_source = 0;
  update_label (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
apply_later (CotFilterChip *self)
{
  g_clear_handle_id (&self->apply_source, g_source_remove);
  self->apply_source = g_timeout_add (APPLY_DELAY_MS, apply_cb, self);
}

static void
apply_now (CotFilterChip *self)
{
  g_clear_handle_id (&self->apply_source, g_source_remove);
  apply_cb (self);
}

static gboolean
remove_cb (gpointer data)
{
  CotFilterChip *self = data;

  self->remove_source = 0;
  g_signal_emit (self, signals[REMOVED], 0);
  return G_SOURCE_REMOVE;
}

/* What asks for nothing is no condition: who changed their mind has nothing left to take away. */
static void
on_popover_closed (CotFilterChip *self)
{
  g_autoptr (CotFilterClause) complete = cot_filter_clause_copy_complete (self->clause);

  if (self->apply_source != 0)
    apply_now (self);
  if (complete == NULL && self->remove_source == 0)
    self->remove_source = g_idle_add (remove_cb, self);
}

static void
propose_for (CotFilterChip *self, const char *typed)
{
  if (self->proposals != NULL)
    cot_value_proposals_set_typed (COT_VALUE_PROPOSALS (self->proposals), typed);
}

static void
on_popover_shown (CotFilterChip *self)
{
  self->edited = self->clause->values->len - 1;
  if (self->proposals == NULL || self->propose == NULL)
    return;
  cot_value_proposals_set_values (COT_VALUE_PROPOSALS (self->proposals),
                                  self->propose (self->clause->field, self->propose_data));
  propose_for (self, g_ptr_array_index (self->clause->values, self->edited));
}

static void
on_enter (CotFilterChip *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* Which value a row of the popover changes stands in its name. */
static guint
get_index (GtkWidget *row)
{
  guint index = 0;

  while ((row = gtk_widget_get_prev_sibling (row)) != NULL)
    index++;
  return index;
}

static void
set_value (CotFilterChip *self, guint index, const char *value)
{
  g_free (self->clause->values->pdata[index]);
  self->clause->values->pdata[index] = g_strdup (value);
}

static CotClauseRelation
get_nth_relation (const CotFilterField *field, guint n)
{
  for (guint relation = 0; relation < COT_N_CLAUSE_RELATIONS; relation++)
    if ((field->relations & 1u << relation) != 0 && n-- == 0)
      return (CotClauseRelation) relation;
  return COT_CLAUSE_CONTAINS;
}

/* What the value means, the choice says. */
static void
show_relation (CotFilterChip *self, const char *value)
{
  const CotFilterField *field = cot_filter_fields_find (self->clause->field);
  CotClauseRelation relation
      = cot_filter_clause_settle_relation (field->field, self->clause->relation, value);
  guint n = 0;

  if (relation == self->clause->relation)
    return;
  while (get_nth_relation (field, n) != relation)
    n++;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->relation), n);
}

static void
on_text_changed (GtkEditable *editable, CotFilterChip *self)
{
  guint index = get_index (gtk_widget_get_parent (GTK_WIDGET (editable)));

  set_value (self, index, gtk_editable_get_text (editable));
  self->edited = index;
  propose_for (self, gtk_editable_get_text (editable));
  show_relation (self, gtk_editable_get_text (editable));
  apply_later (self);
}

static void
on_severity_selected (GtkDropDown *drop_down, GParamSpec *pspec, CotFilterChip *self)
{
  guint index = get_index (gtk_widget_get_parent (GTK_WIDGET (drop_down)));
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (selected >= G_N_ELEMENTS (severities))
    return;
  set_value (self, index, cot_severity_to_string (severities[selected]));
  apply_now (self);
}

static void add_value_row (CotFilterChip *self, guint index);

static void
fill_values (CotFilterChip *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->values)) != NULL)
    gtk_box_remove (GTK_BOX (self->values), row);
  for (guint i = 0; i < self->clause->values->len; i++)
    add_value_row (self, i);
}

static void
on_remove_value (GtkButton *button, CotFilterChip *self)
{
  guint index = get_index (gtk_widget_get_parent (GTK_WIDGET (button)));

  g_ptr_array_remove_index (self->clause->values, index);
  self->edited = self->clause->values->len - 1;
  fill_values (self);
  apply_now (self);
}

static GtkWidget *
make_severity_choice (CotFilterChip *self, const char *value)
{
  const char *names[G_N_ELEMENTS (severities) + 1] = { NULL };
  GtkWidget *drop_down;
  guint selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (severities); i++)
    {
      names[i] = cot_sentence_get_severity (severities[i]);
      if (g_str_equal (cot_severity_to_string (severities[i]), value))
        selected = i;
    }
  drop_down = gtk_drop_down_new_from_strings (names);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (on_severity_selected), self);
  return drop_down;
}

static GtkWidget *
make_entry (CotFilterChip *self, const CotFilterField *field, const char *value)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), value);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 28);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ (field->hint));
  g_signal_connect (entry, "changed", G_CALLBACK (on_text_changed), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (on_enter), self);
  return entry;
}

static void
add_value_row (CotFilterChip *self, guint index)
{
  const CotFilterField *field = cot_filter_fields_find (self->clause->field);
  const char *value = g_ptr_array_index (self->clause->values, index);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *child = g_strcmp0 (field->field, "severity") == 0
                         ? make_severity_choice (self, value)
                         : make_entry (self, field, value);

  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (field->title), -1);
  gtk_widget_set_hexpand (child, TRUE);
  gtk_box_append (GTK_BOX (row), child);
  if (self->clause->values->len > 1)
    {
      GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");

      gtk_widget_set_tooltip_text (remove, _ ("Remove this value"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Remove this value"), -1);
      gtk_widget_add_css_class (remove, "flat");
      g_signal_connect (remove, "clicked", G_CALLBACK (on_remove_value), self);
      gtk_box_append (GTK_BOX (row), remove);
    }
  gtk_box_append (GTK_BOX (self->values), row);
}

static void
on_add_value (CotFilterChip *self)
{
  gboolean is_severity = g_strcmp0 (self->clause->field, "severity") == 0;

  g_ptr_array_add (self->clause->values,
                   g_strdup (is_severity ? cot_severity_to_string (severities[0]) : ""));
  self->edited = self->clause->values->len - 1;
  fill_values (self);
  propose_for (self, "");
  gtk_widget_child_focus (gtk_widget_get_last_child (self->values), GTK_DIR_TAB_FORWARD);
}

/* It takes the place of the value that was typed last. */
static void
on_proposal_chosen (CotFilterChip *self, const char *value)
{
  if (self->edited >= self->clause->values->len)
    return;
  set_value (self, self->edited, value);
  fill_values (self);
  apply_now (self);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
on_relation_selected (GtkDropDown *drop_down, GParamSpec *pspec, CotFilterChip *self)
{
  const CotFilterField *field = cot_filter_fields_find (self->clause->field);

  self->clause->relation = get_nth_relation (field, gtk_drop_down_get_selected (drop_down));
  apply_now (self);
}

static GtkWidget *
make_relation_choice (CotFilterChip *self, const CotFilterField *field)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *drop_down;
  guint selected = 0;
  guint n = 0;

  for (guint relation = 0; relation < COT_N_CLAUSE_RELATIONS; relation++)
    {
      if ((field->relations & 1u << relation) == 0)
        continue;
      if (relation == (guint) self->clause->relation)
        selected = n;
      gtk_string_list_append (
          names, cot_filter_sentence_get_relation (field, (CotClauseRelation) relation));
      n++;
    }
  drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How it is compared"), -1);
  gtk_widget_set_visible (drop_down, n > 1);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (on_relation_selected), self);
  return drop_down;
}

static void
on_hide_toggled (GtkCheckButton *button, CotFilterChip *self)
{
  self->clause->excludes = gtk_check_button_get_active (button);
  apply_now (self);
}

static void
on_on_toggled (GtkCheckButton *button, CotFilterChip *self)
{
  self->clause->is_off = !gtk_check_button_get_active (button);
  apply_now (self);
}

static void
on_remove (CotFilterChip *self)
{
  g_clear_handle_id (&self->apply_source, g_source_remove);
  g_clear_handle_id (&self->remove_source, g_source_remove);
  g_signal_emit (self, signals[REMOVED], 0);
}

static GtkWidget *
make_check (const char *label, gboolean active, GCallback toggled, CotFilterChip *self)
{
  GtkWidget *check = cot_check_button_new_named (label);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  g_signal_connect (check, "toggled", toggled, self);
  return check;
}

static GtkWidget *
make_note (const char *text)
{
  GtkWidget *note = gtk_label_new (text);

  cot_text_label_set_wrapping (GTK_LABEL (note), NULL);
  gtk_label_set_max_width_chars (GTK_LABEL (note), 32);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_widget_add_css_class (note, "secondary-text");
  gtk_widget_add_css_class (note, "caption");
  return note;
}

/* There is nothing to choose: another moment is another condition. */
static GtkWidget *
make_moment_editor (CotFilterChip *self)
{
  GtkWidget *editor = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (editor),
                  make_note (_ ("What stood in the log at that time is hidden. This is not saved "
                                "with the filter.")));
  gtk_box_append (GTK_BOX (editor), make_check (_ ("Switched o_n"), !self->clause->is_off,
                                                G_CALLBACK (on_on_toggled), self));
  return editor;
}

static GtkWidget *
make_add_button (CotFilterChip *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _ ("_Or Another Value"));
  adw_button_content_set_use_underline (ADW_BUTTON_CONTENT (content), TRUE);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "or-another");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_add_value), self);
  return button;
}

static GtkWidget *
make_editor (CotFilterChip *self)
{
  const CotFilterField *field = cot_filter_fields_find (self->clause->field);
  GtkWidget *editor = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = gtk_label_new (_ (field->title));
  GtkWidget *add = make_add_button (self);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (editor), title);
  self->relation = make_relation_choice (self, field);
  gtk_box_append (GTK_BOX (editor), self->relation);
  self->values = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  fill_values (self);
  gtk_box_append (GTK_BOX (editor), self->values);
  if (g_strcmp0 (field->field, "severity") == 0)
    gtk_box_append (GTK_BOX (editor),
                    make_note (_ ("A line that a detector knows as a problem counts as one, "
                                  "whatever type it has.")));
  self->problem = gtk_label_new (NULL);
  cot_text_label_set_wrapping (GTK_LABEL (self->problem), NULL);
  gtk_label_set_max_width_chars (GTK_LABEL (self->problem), 32);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "problem-text");
  gtk_box_append (GTK_BOX (editor), self->problem);
  if (g_strcmp0 (field->field, "severity") != 0)
    {
      self->proposals = cot_value_proposals_new ();
      g_signal_connect_swapped (self->proposals, "chosen", G_CALLBACK (on_proposal_chosen), self);
      gtk_box_append (GTK_BOX (editor), self->proposals);
    }
  gtk_widget_set_visible (add, field->field != NULL);
  gtk_box_append (GTK_BOX (editor), add);
  gtk_box_append (GTK_BOX (editor), make_check (_ ("_Hide these entries"), self->clause->excludes,
                                                G_CALLBACK (on_hide_toggled), self));
  gtk_box_append (GTK_BOX (editor), make_check (_ ("Switched o_n"), !self->clause->is_off,
                                                G_CALLBACK (on_on_toggled), self));
  return editor;
}

static void
cot_filter_chip_dispose (GObject *object)
{
  CotFilterChip *self = COT_FILTER_CHIP (object);

  g_clear_handle_id (&self->apply_source, g_source_remove);
  g_clear_handle_id (&self->remove_source, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_filter_chip_parent_class)->dispose (object);
}

static void
cot_filter_chip_finalize (GObject *object)
{
  g_clear_pointer (&COT_FILTER_CHIP (object)->clause, cot_filter_clause_free);

  G_OBJECT_CLASS (cot_filter_chip_parent_class)->finalize (object);
}

static void
cot_filter_chip_class_init (CotFilterChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_filter_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_filter_chip_finalize;
  signals[CHANGED] = g_signal_new ("changed", COT_TYPE_FILTER_CHIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", COT_TYPE_FILTER_CHIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "filterchip");
}

static void
cot_filter_chip_init (CotFilterChip *self)
{
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->box, "linked");
  gtk_widget_set_valign (self->box, GTK_ALIGN_CENTER);
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), MAX_LETTERS);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), self->label);
  self->popover = gtk_popover_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (on_popover_shown), self);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (on_popover_closed), self);
  gtk_box_append (GTK_BOX (self->box), self->button);
  gtk_widget_set_tooltip_text (remove, _ ("Remove this condition"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove this condition"), -1);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (self->box), remove);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * cot_filter_chip_new:
 * @clause: a condition; copied
 *
 * Returns: (transfer floating): the chip
 */
GtkWidget *
cot_filter_chip_new (const CotFilterClause *clause)
{
  CotFilterChip *self = g_object_new (COT_TYPE_FILTER_CHIP, NULL);

  self->clause = cot_filter_clause_copy (clause);
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->clause->moment != 0
                                                           ? make_moment_editor (self)
                                                           : make_editor (self));
  update_label (self);
  return GTK_WIDGET (self);
}

/**
 * cot_filter_chip_set_propose:
 * @propose: (nullable): what there is to choose from for the field
 * @data: (unowned): for it
 */
void
cot_filter_chip_set_propose (CotFilterChip *self, CotFilterProposeFunc propose, gpointer data)
{
  g_return_if_fail (COT_IS_FILTER_CHIP (self));

  self->propose = propose;
  self->propose_data = data;
}

const CotFilterClause *
cot_filter_chip_get_clause (CotFilterChip *self)
{
  g_return_val_if_fail (COT_IS_FILTER_CHIP (self), NULL);

  return self->clause;
}

static gboolean
is_in_sight (CotFilterChip *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  return scroller == NULL
         || (gtk_widget_compute_bounds (self->button, scroller, &bounds)
             && bounds.origin.y >= -1
             && bounds.origin.y + bounds.size.height
                    <= (float) gtk_widget_get_height (scroller) + 1);
}

static gboolean
edit_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  CotFilterChip *self = COT_FILTER_CHIP (widget);

  if (self->n_ticks++ < MAX_TICKS && gtk_widget_get_width (widget) == 0)
    return G_SOURCE_CONTINUE;
  /* What has the focus is scrolled to. */
  if (self->n_ticks < MAX_TICKS && gtk_widget_get_focus_child (widget) == NULL)
    {
      gtk_widget_grab_focus (self->button);
      return G_SOURCE_CONTINUE;
    }
  if (self->n_ticks < MAX_TICKS && !is_in_sight (self))
    return G_SOURCE_CONTINUE;
  self->edit_tick = 0;
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
  gtk_widget_child_focus (self->values, GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

/**
 * cot_filter_chip_edit:
 *
 * Opens the popover, as soon as the chip has its place and is in sight.
 */
void
cot_filter_chip_edit (CotFilterChip *self)
{
  g_return_if_fail (COT_IS_FILTER_CHIP (self));

  self->n_ticks = 0;
  if (self->edit_tick == 0)
    self->edit_tick
        = gtk_widget_add_tick_callback (GTK_WIDGET (self), edit_tick_cb, NULL, NULL);
}
