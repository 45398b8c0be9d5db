/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-catalogue-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cot-finding-text.h"
#include "cot-log-group-row.h"
#include "cot-log-groups.h"
#include "cot-log-sentences.h"
#include "cot-names.h"
#include "cot-settings.h"
#include "cot-text-label.h"

/* Rows cost more than people read: another word finds fewer. */
#define MAX_ROWS 40
#define MAX_ROWS_AT_FIRST 10
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

  GHashTable *rows; /* CotLogFile or CotLogGroup to its row, of what was found once */
  char *looked_up; /* (nullable): the name that a link led to; its row is unfolded */
  gboolean shows_all; /* as many as MAX_ROWS, also of those that only mention the words */
  GtkWidget *found; /* what follows, in this order */
  GtkWidget *nothing;
  GtkWidget *unknown;
  GtkWidget *partial;
  GtkWidget *first_title;
  GtkWidget *symptom;
  GtkWidget *first_list;
  GtkWidget *found_groups_title;
  GtkWidget *found_groups;
  GtkWidget *count;
  GtkWidget *list;
  GtkWidget *more;
  GtkWidget *too_many;
};

G_DEFINE_FINAL_TYPE (CotLogCataloguePage, cot_log_catalogue_page, GTK_TYPE_WIDGET)

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
  cot_names_set_row (others, NULL);
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

/* The body of a row is made when it is opened for the first time. */
static void
on_expanded (AdwExpanderRow *row, GParamSpec *pspec, gpointer data)
{
  CotLogCataloguePage *self = COT_LOG_CATALOGUE_PAGE (data);
  const CotLogFile *file = g_object_get_data (G_OBJECT (row), "file");
  g_autofree char *scenarios = NULL;
  GtkWidget *body;

  if (!adw_expander_row_get_expanded (row) || g_object_get_data (G_OBJECT (row), "body") != NULL)
    return;
  scenarios = dup_scenarios (self, file);
  body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_add_css_class (body, "finding-body");
  append_field (body, _("Written on"), cot_log_sentence_get_side (file->side));
  append_field (body, _("Folder"), cot_finding_text_translate (file->folder));
  append_field (body, _("When it is full"), cot_finding_text_translate (file->rollover));
  append_field (body, _("Component"), file->component);
  append_field (body, _("Scenarios"), scenarios);
  append_related (body, file);
  adw_expander_row_add_row (row, body);
  g_object_set_data (G_OBJECT (row), "body", body);
}

static GtkWidget *
make_row (CotLogCataloguePage *self, const CotLogFile *file)
{
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), file->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row),
                                 cot_finding_text_translate (file->purpose));
  cot_names_set_row (row, NULL);
  gtk_widget_add_css_class (row, "finding-row");
  if (is_here (self, file->name))
    adw_expander_row_add_action (ADW_EXPANDER_ROW (row), make_open_button (file->name));
  g_object_set_data (G_OBJECT (row), "file", (gpointer) file);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded), self);
  if (g_strcmp0 (file->name, self->looked_up) == 0)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  return row;
}

/* The rows that were made for the words before stay, and so does what is opened in them. */
static GtkWidget *
get_row (CotLogCataloguePage *self, const CotLogFile *file)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, file);

  if (row == NULL)
    {
      row = g_object_ref_sink (make_row (self, file));
      g_hash_table_insert (self->rows, (gpointer) file, row);
    }
  return row;
}

static GtkWidget *
get_group_row (CotLogCataloguePage *self, const CotLogGroup *group)
{
  GtkWidget *row = g_hash_table_lookup (self->rows, group);
  guint n_here;

  if (row == NULL)
    {
      row = g_object_ref_sink (cot_log_group_row_new (self->knowledge, self->logs, group->id,
                                                      cot_finding_text_translate (group->title),
                                                      TRUE, &n_here));
      g_hash_table_insert (self->rows, (gpointer) group, row);
    }
  return row;
}

/* Only what is not in its place is moved: a row that comes costs more than one that stays. */
static void
put (GtkWidget *list, int place, GtkWidget *row)
{
  GtkWidget *parent = gtk_widget_get_parent (row);

  if (parent == list && gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) == place)
    return;
  if (parent != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (parent), row);
  gtk_list_box_insert (GTK_LIST_BOX (list), row, place);
}

static void
end_list (GtkWidget *list, int n)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), n)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), GTK_WIDGET (row));
  gtk_widget_set_visible (list, n > 0);
}

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

/* Who is tired reads one log, and wants to know which. */
static void
show_first (CotLogCataloguePage *self, const CotLogSearch *search)
{
  set_text (self->first_title, search->first != NULL ? _("Read this first") : NULL);
  set_text (self->symptom, search->first != NULL && search->symptom != NULL
                               ? cot_finding_text_translate (search->symptom->text)
                               : NULL);
  if (search->first != NULL)
    put (self->first_list, 0, get_row (self, search->first));
  end_list (self->first_list, search->first != NULL ? 1 : 0);
}

static void
show_groups (CotLogCataloguePage *self, const CotLogSearch *search)
{
  guint n = MIN (search->groups->len, MAX_GROUPS);

  set_text (self->found_groups_title, n > 0 ? _("Logs that are read together") : NULL);
  for (guint i = 0; i < n; i++)
    put (self->found_groups, (int) i,
         get_group_row (self, g_ptr_array_index (search->groups, i)));
  end_list (self->found_groups, (int) n);
}

/* What stands below the rows: a button for more of them, or that there are too many. */
static void
show_rest (CotLogCataloguePage *self, guint n_shown, guint n, gboolean only_mention)
{
  guint n_rest = n - n_shown;
  guint n_more = MIN (n, MAX_ROWS) - n_shown;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->more, n_more > 0);
  if (n_more > 0)
    {
      text = only_mention
                 ? g_strdup_printf (ngettext ("Show %u Log That Only Mentions It",
                                              "Show %u Logs That Only Mention It", n_more),
                                    n_more)
                 : g_strdup_printf (ngettext ("Show %u More Log", "Show %u More Logs", n_more),
                                    n_more);
      gtk_button_set_label (GTK_BUTTON (self->more), text);
      set_text (self->too_many, NULL);
      return;
    }
  text = g_strdup_printf (ngettext ("and %u more: type a word to find it",
                                    "and %u more: type a word to find them", n_rest),
                          n_rest);
  set_text (self->too_many, n_rest > 0 ? text : NULL);
}

static void
show_logs (CotLogCataloguePage *self, const CotLogSearch *search)
{
  guint n_before = search->first != NULL ? 1 : 0;
  guint n = search->files->len - n_before;
  guint n_close = search->n_close - n_before;
  guint n_short = MIN (n_close > 0 ? n_close : n, MAX_ROWS_AT_FIRST);
  guint n_shown = self->shows_all ? MIN (n, MAX_ROWS) : n_short;
  g_autofree char *count
      = search->first != NULL ? g_strdup_printf (ngettext ("%u other log", "%u other logs", n), n)
                              : g_strdup_printf (ngettext ("%u log", "%u logs", n), n);

  set_text (self->count, n > 0 ? count : NULL);
  for (guint i = 0; i < n_shown; i++)
    put (self->list, (int) i, get_row (self, g_ptr_array_index (search->files, n_before + i)));
  end_list (self->list, (int) n_shown);
  show_rest (self, n_shown, n, n_shown == n_close);
}

/* What was typed and did not count. */
static void
show_doubts (CotLogCataloguePage *self, const CotLogSearch *search)
{
  g_autofree char *words = g_strjoinv ("”, “", (char **) search->unknown->pdata);
  /* Translators: words that somebody typed */
  g_autofree char *unknown = g_strdup_printf (_("No log has “%s”: left out."), words);
  gboolean is_nothing = search->files->len == 0;

  set_text (self->unknown, !is_nothing && search->unknown->len > 1 ? unknown : NULL);
  set_text (self->partial, !is_nothing && search->is_partial
                               ? _("No log has all of these words. These have most.")
                               : NULL);
}

/* The groups stand behind what says that nothing was found. */
static void
fill_found (CotLogCataloguePage *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (CotLogSearch) search = cot_knowledge_search_logs (self->knowledge, words);
  gboolean is_nothing = search->files->len == 0;

  gtk_box_reorder_child_after (GTK_BOX (self->box), self->groups,
                               is_nothing ? self->found : self->entry);
  gtk_widget_set_visible (self->groups, *words == '\0' || is_nothing);
  gtk_widget_set_visible (self->nothing, is_nothing);
  show_doubts (self, search);
  show_first (self, search);
  show_groups (self, search);
  show_logs (self, search);
}

static void
on_search_changed (CotLogCataloguePage *self)
{
  self->shows_all = FALSE;
  fill_found (self);
}

static void
on_more (CotLogCataloguePage *self)
{
  guint n = 0;
  GtkListBoxRow *row;

  while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) n) != NULL)
    n++;
  self->shows_all = TRUE;
  fill_found (self);
  /* The button is gone; who pressed it goes on with what it brought. */
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) n);
  if (row != NULL)
    gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

static void
on_look_up (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *name = g_variant_dup_string (parameter, NULL);

  cot_log_catalogue_page_look_up (COT_LOG_CATALOGUE_PAGE (widget), name);
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

/* What the rows say of the logs that are here is of this case. */
static void
drop_rows (CotLogCataloguePage *self)
{
  end_list (self->first_list, 0);
  end_list (self->found_groups, 0);
  end_list (self->list, 0);
  g_hash_table_remove_all (self->rows);
}

/* A page that is not seen is filled when it is. */
static void
fill (CotLogCataloguePage *self)
{
  drop_rows (self);
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
on_groups_changed (CotLogCataloguePage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill_groups (self);
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
  if (self->box != NULL)
    drop_rows (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->logs, g_hash_table_unref);
  g_clear_pointer (&self->knowledge, cot_knowledge_unref);

  G_OBJECT_CLASS (cot_log_catalogue_page_parent_class)->dispose (object);
}

static void
cot_log_catalogue_page_finalize (GObject *object)
{
  g_free (COT_LOG_CATALOGUE_PAGE (object)->looked_up);

  G_OBJECT_CLASS (cot_log_catalogue_page_parent_class)->finalize (object);
}

static void
cot_log_catalogue_page_class_init (CotLogCataloguePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_log_catalogue_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_log_catalogue_page_finalize;
  widget_class->map = cot_log_catalogue_page_map;
  gtk_widget_class_install_action (widget_class, COT_LOG_LOOK_UP_ACTION, "s", on_look_up);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_import_row (void)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 _("Import groups from a LogGroups.xml…"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _("The file of OneTrace and Support Center: names and logs are "
                                 "taken, folders are not"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.import-log-groups");
  return row;
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
  gtk_list_box_append (GTK_LIST_BOX (own), make_import_row ());
  gtk_box_append (GTK_BOX (box),
                  cot_text_label_new (_("Logs that are read together"), "group-title"));
  gtk_box_append (GTK_BOX (box), self->group_list);
  gtk_box_append (GTK_BOX (box), own);
  return box;
}

static GtkWidget *
make_nothing (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box),
                  cot_text_label_new (_("No log is known for this"), "group-title"));
  gtk_box_append (GTK_BOX (box),
                  cot_text_label_new (
                      _("Say what does not work, in few words: “application install”, “update "
                        "scan”, “client register”. Or type a part of the name of a log."),
                      NULL));
  gtk_box_append (GTK_BOX (box), cot_text_label_new (
                                     _("Or choose from the logs that are read together:"), NULL));
  return box;
}

static GtkWidget *
append_found (CotLogCataloguePage *self, GtkWidget *widget)
{
  gtk_widget_set_visible (widget, FALSE);
  gtk_box_append (GTK_BOX (self->found), widget);
  return widget;
}

static void
make_found (CotLogCataloguePage *self)
{
  self->rows = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->found = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->nothing = append_found (self, make_nothing ());
  self->unknown = append_found (self, cot_text_label_new ("", "secondary-text"));
  self->partial = append_found (self, cot_text_label_new ("", "secondary-text"));
  self->first_title = append_found (self, cot_text_label_new ("", "group-title"));
  self->symptom = append_found (self, cot_text_label_new ("", "secondary-text"));
  self->first_list = append_found (self, make_list ());
  self->found_groups_title = append_found (self, cot_text_label_new ("", "group-title"));
  self->found_groups = append_found (self, make_list ());
  self->count = append_found (self, cot_text_label_new ("", "group-title"));
  self->list = append_found (self, make_list ());
  self->more = append_found (self, gtk_button_new_with_label (""));
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (on_more), self);
  self->too_many = append_found (self, cot_text_label_new ("", "secondary-text"));
}

static void
cot_log_catalogue_page_init (CotLogCataloguePage *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->entry = gtk_search_entry_new ();
  g_object_set (self->entry, "placeholder-text", _("Symptom, scenario or name of a log"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Symptom, scenario or name of a log"), -1);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (on_search_changed),
                            self);
  self->groups = make_groups (self);
  make_found (self);
  /* Also those that were imported, or saved in another window. */
  if (cot_settings_get () != NULL)
    g_signal_connect_object (cot_settings_get (), "changed::log-groups",
                             G_CALLBACK (on_groups_changed), self, G_CONNECT_SWAPPED);
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

  /* They speak of logs that go with the knowledge that there was. */
  drop_rows (self);
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

/**
 * cot_log_catalogue_page_look_up:
 * @name: of a log of the catalogue
 */
void
cot_log_catalogue_page_look_up (CotLogCataloguePage *self, const char *name)
{
  g_return_if_fail (COT_IS_LOG_CATALOGUE_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  g_free (self->looked_up);
  self->looked_up = g_strdup (name);
  /* Also the row that was folded is made anew. */
  drop_rows (self);
  on_search_changed (self);
  /* The button goes with what was found before. */
  gtk_widget_grab_focus (self->entry);
}
