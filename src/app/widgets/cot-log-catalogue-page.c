/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-catalogue-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cot-finding-text.h"
#include "cot-log-group-row.h"
#include "cot-log-groups.h"
#include "cot-log-sentences.h"
#include "cot-text-label.h"

/* Rows cost more than people read: another word finds fewer. */
#define MAX_ROWS 40
#define MAX_GROUPS 3

struct _CotLogCataloguePage
{
  GtkWidget parent_instance;

  CotKnowledge *knowledge;
  CotCase *a_case; /* (nullable) */
  GHashTable *logs; /* (nullable): what the case has; see cot_log_groups_list_case() */
  guint update_source;

  GtkWidget *box;
  GtkWidget *entry;
  GtkWidget *groups; /* hidden while something is found */
  GtkWidget *group_list;
  GtkWidget *name; /* of a new group */
  GtkWidget *found;
};

G_DEFINE_FINAL_TYPE (CotLogCataloguePage, cot_log_catalogue_page, GTK_TYPE_WIDGET)

static void
remove_children (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static gboolean
is_here (CotLogCataloguePage *self, const char *name)
{
  return self->logs != NULL && cot_log_groups_find (self->logs, name) != NULL;
}

static GtkWidget *
make_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

static GtkWidget *
make_open_button (const char *name)
{
  g_autofree char *label = g_strdup_printf (_("Open %s"), name);

  return cot_log_button_new (_("Open"), label, "win.open-log", name);
}

static void fill_groups (CotLogCataloguePage *self);

static void
on_remove_group (GtkButton *button, gpointer data)
{
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (button), "name"));

  cot_log_groups_remove (name);
  fill_groups (COT_LOG_CATALOGUE_PAGE (data));
}

static GtkWidget *
make_remove_button (CotLogCataloguePage *self, const char *name)
{
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _("Remove the group"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Remove the group"), -1);
  g_object_set_data_full (G_OBJECT (remove), "name", g_strdup (name), g_free);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove_group), self);
  return remove;
}

/* @own: (nullable): the name of an own group, which can be removed; @others: the row for groups of
 * which nothing is here, and which nobody made */
static void
append_group (CotLogCataloguePage *self, const char *id, const char *title, const char *own,
              AdwExpanderRow *others)
{
  guint n_here;
  GtkWidget *row = cot_log_group_row_new (self->knowledge, self->logs, id, title, FALSE, &n_here);

  if (own != NULL)
    cot_log_group_row_add_button (row, make_remove_button (self, own));
  if (own == NULL && n_here == 0)
    adw_expander_row_add_row (others, row);
  else
    gtk_list_box_append (GTK_LIST_BOX (self->group_list), row);
}

/* Own groups first, then those of which something is here; the others stand folded behind them. */
static void
fill_groups (CotLogCataloguePage *self)
{
  GtkWidget *others = adw_expander_row_new ();
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->group_list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->group_list), row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (others), _("Other groups"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (others), _("None of their logs is here"));
  gtk_widget_add_css_class (others, "finding-row");
  for (guint i = 0; i < cot_log_groups_get_n_own (); i++)
    {
      const char *name = cot_log_groups_get_own_name (i);
      g_autofree char *id = g_strconcat (COT_OWN_LOG_GROUP_PREFIX, name, NULL);

      append_group (self, id, name, name, ADW_EXPANDER_ROW (others));
    }
  for (guint i = 0; i < cot_knowledge_get_n_log_groups (self->knowledge); i++)
    {
      const CotLogGroup *group = cot_knowledge_get_log_group (self->knowledge, i);

      append_group (self, group->id, cot_finding_text_translate (group->title), NULL,
                    ADW_EXPANDER_ROW (others));
    }
  gtk_list_box_append (GTK_LIST_BOX (self->group_list), others);
}

static void
append_field (GtkWidget *box, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  gtk_box_append (GTK_BOX (box), cot_text_label_new (name, "card-title"));
  gtk_box_append (GTK_BOX (box), cot_text_label_new (value, NULL));
}

static void
append_related (GtkWidget *box, const CotLogFile *file)
{
  if (file->related[0] == NULL)
    return;
  gtk_box_append (GTK_BOX (box), cot_text_label_new (_("Read with it"), "card-title"));
  for (guint i = 0; file->related[i] != NULL; i++)
    {
      GtkWidget *button = cot_log_button_new (file->related[i], file->related[i],
                                              COT_LOG_LOOK_UP_ACTION, file->related[i]);

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "text-link");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (box), button);
    }
}

static char *
dup_scenarios (CotLogCataloguePage *self, const CotLogFile *file)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < cot_knowledge_get_n_log_groups (self->knowledge); i++)
    {
      const CotLogGroup *group = cot_knowledge_get_log_group (self->knowledge, i);

      if (cot_log_group_has (group, file->name))
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                                cot_finding_text_translate (group->title));
    }
  return g_string_free (text, FALSE);
}

static GtkWidget *
make_row (CotLogCataloguePage *self, const CotLogFile *file)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *scenarios = dup_scenarios (self, file);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), file->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row),
                                 cot_finding_text_translate (file->purpose));
  gtk_widget_add_css_class (row, "finding-row");
  if (is_here (self, file->name))
    adw_expander_row_add_action (ADW_EXPANDER_ROW (row),
                                 make_open_button (file->name));
  gtk_widget_add_css_class (body, "finding-body");
  append_field (body, _("Written on"), cot_log_sentence_get_side (file->side));
  append_field (body, _("Folder"), cot_finding_text_translate (file->folder));
  append_field (body, _("When it is full"), cot_finding_text_translate (file->rollover));
  append_field (body, _("Component"), file->component);
  append_field (body, _("Scenarios"), scenarios);
  append_related (body, file);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), body);
  return row;
}

static void
append_found (CotLogCataloguePage *self, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (self->found), widget);
}

/* Who is tired reads one log, and wants to know which. */
static void
append_first (CotLogCataloguePage *self, const CotLogSearch *search)
{
  GtkWidget *list;

  if (search->first == NULL)
    return;
  list = make_list ();
  append_found (self, cot_text_label_new (_("Read this first"), "group-title"));
  if (search->symptom != NULL)
    append_found (self, cot_text_label_new (cot_finding_text_translate (search->symptom->text),
                                            "secondary-text"));
  gtk_list_box_append (GTK_LIST_BOX (list), make_row (self, search->first));
  append_found (self, list);
}

static void
append_found_groups (CotLogCataloguePage *self, const CotLogSearch *search)
{
  GtkWidget *list;

  if (search->groups->len == 0)
    return;
  list = make_list ();
  append_found (self, cot_text_label_new (_("Logs that are read together"), "group-title"));
  for (guint i = 0; i < MIN (search->groups->len, MAX_GROUPS); i++)
    {
      const CotLogGroup *group = g_ptr_array_index (search->groups, i);
      guint n_here;

      gtk_list_box_append (
          GTK_LIST_BOX (list),
          cot_log_group_row_new (self->knowledge, self->logs, group->id,
                                 cot_finding_text_translate (group->title), TRUE, &n_here));
    }
  append_found (self, list);
}

static void
append_found_logs (CotLogCataloguePage *self, const CotLogSearch *search)
{
  guint n_shown = search->first != NULL ? 1 : 0;
  guint n = search->files->len - n_shown;
  g_autofree char *count
      = search->first != NULL ? g_strdup_printf (ngettext ("%u other log", "%u other logs", n), n)
                              : g_strdup_printf (ngettext ("%u log", "%u logs", n), n);
  GtkWidget *list;

  if (n == 0)
    return;
  list = make_list ();
  append_found (self, cot_text_label_new (count, "group-title"));
  for (guint i = 0; i < MIN (n, MAX_ROWS); i++)
    gtk_list_box_append (GTK_LIST_BOX (list),
                         make_row (self, g_ptr_array_index (search->files, n_shown + i)));
  append_found (self, list);
  if (n > MAX_ROWS)
    {
      guint n_more = n - MAX_ROWS;
      g_autofree char *more
          = g_strdup_printf (ngettext ("and %u more: type a word to find it",
                                       "and %u more: type a word to find them", n_more),
                             n_more);

      append_found (self, cot_text_label_new (more, "secondary-text"));
    }
}

/* What was typed and did not count. */
static void
append_doubts (CotLogCataloguePage *self, const CotLogSearch *search)
{
  g_autofree char *words = g_strjoinv ("”, “", (char **) search->unknown->pdata);
  /* Translators: words that somebody typed */
  g_autofree char *unknown = g_strdup_printf (_("No log has “%s”: left out."), words);

  if (search->unknown->len > 1)
    append_found (self, cot_text_label_new (unknown, "secondary-text"));
  if (search->is_partial)
    append_found (self, cot_text_label_new (_("No log has all of these words. These have most."),
                                            "secondary-text"));
}

static void
append_nothing (CotLogCataloguePage *self)
{
  append_found (self, cot_text_label_new (_("No log is known for this"), "group-title"));
  append_found (self, cot_text_label_new (
                          _("Say what does not work, in few words: “application install”, “update "
                            "scan”, “client register”. Or type a part of the name of a log."),
                          NULL));
  append_found (self, cot_text_label_new (_("Or choose from the logs that are read together:"),
                                          NULL));
}

/* The groups stand behind what says that nothing was found. */
static void
fill_found (CotLogCataloguePage *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (CotLogSearch) search = cot_knowledge_search_logs (self->knowledge, words);
  gboolean is_nothing = search->files->len == 0;

  remove_children (self->found);
  gtk_box_reorder_child_after (GTK_BOX (self->box), self->groups,
                               is_nothing ? self->found : self->entry);
  gtk_widget_set_visible (self->groups, *words == '\0' || is_nothing);
  if (is_nothing)
    {
      append_nothing (self);
      return;
    }
  append_doubts (self, search);
  append_first (self, search);
  append_found_groups (self, search);
  append_found_logs (self, search);
}

static void
on_look_up (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CotLogCataloguePage *self = COT_LOG_CATALOGUE_PAGE (widget);
  g_autofree char *name = g_variant_dup_string (parameter, NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  /* The button goes with what was found before. */
  gtk_widget_grab_focus (self->entry);
}

static void
on_name_apply (CotLogCataloguePage *self)
{
  g_autofree char *name
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.save-log-group", "s", name);
  /* Whoever has to make room first need not type it again. */
  if (cot_log_groups_has_own (name))
    gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  fill_groups (self);
}

/* A page that is not seen is filled when it is. */
static void
fill (CotLogCataloguePage *self)
{
  g_clear_pointer (&self->logs, g_hash_table_unref);
  if (self->a_case != NULL)
    self->logs = cot_log_groups_list_case (self->knowledge, self->a_case, NULL);
  fill_groups (self);
  fill_found (self);
}

static gboolean
update (gpointer data)
{
  CotLogCataloguePage *self = data;

  self->update_source = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (CotLogCataloguePage *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_LOW, update, self, NULL);
}

static void
cot_log_catalogue_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (cot_log_catalogue_page_parent_class)->map (widget);
  queue_update (COT_LOG_CATALOGUE_PAGE (widget));
}

static void
cot_log_catalogue_page_dispose (GObject *object)
{
  CotLogCataloguePage *self = COT_LOG_CATALOGUE_PAGE (object);

  cot_log_catalogue_page_set_case (self, NULL);
  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->logs, g_hash_table_unref);
  g_clear_pointer (&self->knowledge, cot_knowledge_unref);

  G_OBJECT_CLASS (cot_log_catalogue_page_parent_class)->dispose (object);
}

static void
cot_log_catalogue_page_class_init (CotLogCataloguePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_log_catalogue_page_dispose;
  widget_class->map = cot_log_catalogue_page_map;
  gtk_widget_class_install_action (widget_class, COT_LOG_LOOK_UP_ACTION, "s", on_look_up);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_groups (CotLogCataloguePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *own = make_list ();

  self->group_list = make_list ();
  self->name = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name),
                                 _("Save the open tabs as a group"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->name), TRUE);
  g_signal_connect_swapped (self->name, "apply", G_CALLBACK (on_name_apply), self);
  gtk_list_box_append (GTK_LIST_BOX (own), self->name);
  gtk_box_append (GTK_BOX (box),
                  cot_text_label_new (_("Logs that are read together"), "group-title"));
  gtk_box_append (GTK_BOX (box), self->group_list);
  gtk_box_append (GTK_BOX (box), own);
  return box;
}

static void
cot_log_catalogue_page_init (CotLogCataloguePage *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _("Symptom, scenario or name of a log"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Symptom, scenario or name of a log"), -1);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (fill_found), self);
  self->groups = make_groups (self);
  self->found = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_box_append (GTK_BOX (self->box), self->groups);
  gtk_box_append (GTK_BOX (self->box), self->found);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
cot_log_catalogue_page_new (CotKnowledge *knowledge)
{
  CotLogCataloguePage *self = g_object_new (COT_TYPE_LOG_CATALOGUE_PAGE, NULL);

  self->knowledge = cot_knowledge_ref (knowledge);
  return GTK_WIDGET (self);
}

/**
 * cot_log_catalogue_page_set_knowledge:
 * @knowledge: what is known from now on
 */
void
cot_log_catalogue_page_set_knowledge (CotLogCataloguePage *self, CotKnowledge *knowledge)
{
  g_return_if_fail (COT_IS_LOG_CATALOGUE_PAGE (self));

  cot_knowledge_ref (knowledge);
  cot_knowledge_unref (self->knowledge);
  self->knowledge = knowledge;
  queue_update (self);
}

/**
 * cot_log_catalogue_page_set_case:
 * @a_case: (nullable): whose logs can be opened
 */
void
cot_log_catalogue_page_set_case (CotLogCataloguePage *self, CotCase *a_case)
{
  g_return_if_fail (COT_IS_LOG_CATALOGUE_PAGE (self));

  if (self->a_case == a_case)
    return;
  if (self->a_case != NULL)
    g_signal_handlers_disconnect_by_data (self->a_case, self);
  g_set_object (&self->a_case, a_case);
  if (a_case != NULL)
    g_signal_connect_swapped (a_case, "members-changed", G_CALLBACK (queue_update), self);
  queue_update (self);
}
