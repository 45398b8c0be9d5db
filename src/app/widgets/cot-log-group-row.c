/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-group-row.h"

#include <glib/gi18n.h>

#include "cot-log-groups.h"
#include "cot-names.h"
#include "cot-sentences.h"
#include "cot-text-label.h"

/* So many names stand in a tooltip, and so many of them in a line of it. */
#define MAX_IN_TOOLTIP 12
#define MAX_IN_LINE 4

GtkWidget *
cot_log_button_new (const char *text, const char *label, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return button;
}

static GtkWidget *
make_open_button (const char *id, const char *title)
{
  g_autofree char *label = g_strdup_printf (_("Open %s"), title);
  GtkWidget *button = cot_log_button_new (_("Open"), label, "win.open-log-group", id);

  gtk_widget_add_css_class (button, "row-button");
  return button;
}

static GtkWidget *
make_merge_button (const char *id, const char *title)
{
  /* Translators: a group of logs, whose entries are to be shown in the order of their times */
  g_autofree char *label = g_strdup_printf (_("Merge %s"), title);
  GtkWidget *button = cot_log_button_new (_("Merge"), label, "win.merge-log-group", id);

  gtk_widget_add_css_class (button, "row-button");
  gtk_widget_set_tooltip_text (button,
                               _("Shows these logs in one tab, in the order of their times"));
  return button;
}

static void
append_names (GtkWidget *box, const char *title, GPtrArray *names)
{
  if (names->len == 0)
    return;
  gtk_box_append (GTK_BOX (box), cot_text_label_new (title, "card-title"));
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      GtkWidget *button = cot_log_button_new (name, name, COT_LOG_LOOK_UP_ACTION, name);

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "text-link");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (box), button);
    }
}

typedef struct
{
  GPtrArray *here; /* names */
  GPtrArray *missing;
} Names;

static void
names_free (gpointer data)
{
  Names *names = data;

  g_ptr_array_unref (names->here);
  g_ptr_array_unref (names->missing);
  g_free (names);
}

static Names *
sort_names (GHashTable *logs, char **all)
{
  Names *names = g_new0 (Names, 1);

  names->here = g_ptr_array_new_with_free_func (g_free);
  names->missing = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; all[i] != NULL; i++)
    g_ptr_array_add (logs != NULL && cot_log_groups_find (logs, all[i]) != NULL ? names->here
                                                                               : names->missing,
                     g_strdup (all[i]));
  return names;
}

/* Most rows are never unfolded. */
static void
on_expanded (AdwExpanderRow *row, GParamSpec *spec, gpointer data)
{
  const Names *names = data;
  GtkWidget *box;

  if (!adw_expander_row_get_expanded (row) || g_object_get_data (G_OBJECT (row), "body") != NULL)
    return;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_add_css_class (box, "finding-body");
  append_names (box, _("Here"), names->here);
  append_names (box, _("Not here"), names->missing);
  g_object_set_data (G_OBJECT (row), "body", box);
  adw_expander_row_add_row (row, box);
}

static char *
dup_joined (GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (names->len, MAX_IN_TOOLTIP); i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : i % MAX_IN_LINE == 0 ? ",\n    " : ", ",
                            (const char *) g_ptr_array_index (names, i));
  if (names->len > MAX_IN_TOOLTIP)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

static char *
dup_tooltip (const Names *names)
{
  g_autofree char *here = dup_joined (names->here);
  g_autofree char *missing = dup_joined (names->missing);

  if (names->here->len == 0)
    /* Translators: names of logs */
    return g_strdup_printf (_("Not here: %s"), missing);
  if (names->missing->len == 0)
    /* Translators: names of logs */
    return g_strdup_printf (_("Here: %s"), here);
  /* Translators: names of logs */
  return g_strdup_printf (_("Here: %s\nNot here: %s"), here, missing);
}

void
cot_log_group_row_add_button (GtkWidget *row, GtkWidget *button)
{
  if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_add_action (ADW_EXPANDER_ROW (row), button);
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* Lists of groups are long, and most have nothing here: their rows are cheap. */
static GtkWidget *
make_row (Names *names, gboolean unfolds, const char *subtitle)
{
  GtkWidget *row = unfolds ? adw_expander_row_new () : adw_action_row_new ();

  if (unfolds)
    {
      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
      g_signal_connect_data (row, "notify::expanded", G_CALLBACK (on_expanded), names,
                             (GClosureNotify) (void (*) (void)) names_free, 0);
      return row;
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  names_free (names);
  return row;
}

GtkWidget *
cot_log_group_row_new (CotKnowledge *knowledge, GHashTable *logs, const char *id,
                       const char *title, gboolean always, guint *n_here)
{
  g_auto (GStrv) all = cot_log_groups_dup_logs (knowledge, id);
  char *none[] = { NULL };
  Names *names = sort_names (logs, all != NULL ? all : none);
  guint n = names->here->len + names->missing->len;
  g_autofree char *subtitle
      = names->here->len > 0
            /* Translators: how many logs of a group are open, and how many it has */
            ? g_strdup_printf (_("%u of %u logs here"), names->here->len, n)
            : g_strdup (_("None of its logs is here"));
  g_autofree char *tooltip = dup_tooltip (names);
  GtkWidget *row;

  *n_here = names->here->len;
  row = make_row (names, always || *n_here > 0, subtitle);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  cot_names_set_row (row, NULL);
  gtk_widget_set_tooltip_text (row, tooltip);
  gtk_widget_add_css_class (row, "finding-row");
  if (*n_here > 0)
    cot_log_group_row_add_button (row, make_open_button (id, title));
  if (*n_here > 1)
    cot_log_group_row_add_button (row, make_merge_button (id, title));
  return row;
}
