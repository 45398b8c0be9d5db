/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-preferences-dialog.h"

#include <glib/gi18n.h>

#include "cot-escape.h"
#include "cot-settings.h"

#define WIDTH_PX 560
#define HEIGHT_PX 560

typedef struct
{
  const char *key;
  const char *title;
  const char *subtitle;
} Switch;

static const Switch rows_switches[] = {
  { "rows-monospace", N_("_Monospace rows"), N_("All letters of a row are equally wide") },
};

static const Switch timeline_switch
    = { "show-timeline", N_("_Timeline"),
        N_("A strip above the rows shows when they were written, where there is room") };

static const Switch follow_switches[] = {
  { "follow-new-logs", N_("_Follow logs that are opened"),
    N_("New entries are shown as they are written") },
};

static const Switch start_switches[] = {
  { "reopen-session", N_("_Reopen the logs of last time"),
    N_("With their filters, and where you were in them") },
  { "reopen-bundles", N_("Also reopen _bundles"),
    N_("Archives and folders are read anew, which takes longer") },
};

static const Switch memory_switches[] = {
  { "remember-recent", N_("_Opened logs and bundles"),
    N_("They stand in the menu of the Open button") },
  { "remember-finds", N_("Texts that were _searched for"),
    N_("The find bar offers them again") },
  { "remember-lookups", N_("Codes that were _looked up"),
    N_("Otherwise they are forgotten when Cotrace ends") },
};

static GtkWidget *
make_switch (const Switch *description)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(description->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(description->subtitle));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  if (cot_settings_get () != NULL)
    g_settings_bind (cot_settings_get (), description->key, toggle, "active",
                     G_SETTINGS_BIND_DEFAULT);
  else
    gtk_widget_set_sensitive (row, FALSE);
  return row;
}

static AdwPreferencesGroup *
add_group (GtkWidget *page, const char *title, const Switch *switches, guint n_switches)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (guint i = 0; i < n_switches; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_switch (&switches[i]));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

/* One of several; the setting is an enumeration whose values are their indices. */
typedef struct
{
  const char *key;
  const char *title;
  const char *names[4]; /* NULL behind the last */
} Choice;

static const Choice style_choice
    = { "style", N_("_Light or dark"), { N_("As the system is"), N_("Light"), N_("Dark") } };

static const Choice colours_choice
    = { "row-colours",
        N_("_Colours of errors and warnings"),
        { N_("Calm: rows are tinted"), N_("Classic: as in CMTrace") } };

static void
on_chosen (AdwComboRow *row, GParamSpec *spec, gpointer data)
{
  const Choice *description = data;
  guint chosen = adw_combo_row_get_selected (row);

  if (chosen != GTK_INVALID_LIST_POSITION)
    g_settings_set_enum (cot_settings_get (), description->key, (int) chosen);
}

static GtkWidget *
make_choice (const Choice *description)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; description->names[i] != NULL; i++)
    gtk_string_list_append (list, _(description->names[i]));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(description->title));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  if (cot_settings_get () == NULL)
    {
      gtk_widget_set_sensitive (row, FALSE);
      return row;
    }
  adw_combo_row_set_selected (ADW_COMBO_ROW (row),
                              (guint) g_settings_get_enum (cot_settings_get (), description->key));
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_chosen), (gpointer) description);
  return row;
}

/* A number in a row: what it is called, what it means, and its name for who sees no row. */
typedef struct
{
  const char *key;
  const char *title;
  const char *subtitle;
  const char *name;
  int min;
  int max;
} Number;

static const Number gap_minutes = {
  "gap-minutes",
  N_("Mark _gaps of more than so many minutes"),
  N_("A dashed line stands where nothing was written for so long; in a log that is written rarely, "
     "for several times as long as usual"),
  N_("Minutes without an entry that are a gap"),
  1,
  1440,
};

static const Number check_seconds = {
  "check-seconds",
  N_("_Seconds between two looks at a log"),
  N_("0: at once what is written on this computer, else every 2 seconds. F5 looks at once."),
  N_("Seconds between two looks at a log that is followed"),
  0,
  600,
};

static GtkWidget *
make_number (const Number *description)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *number = gtk_spin_button_new_with_range (description->min, description->max, 1);

  gtk_widget_set_valign (number, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(description->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(description->subtitle));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), number);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (number), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(description->name), -1);
  if (cot_settings_get () != NULL)
    g_settings_bind (cot_settings_get (), description->key, number, "value",
                     G_SETTINGS_BIND_DEFAULT);
  else
    gtk_widget_set_sensitive (row, FALSE);
  return row;
}

static GtkWidget *
make_page (void)
{
  GtkWidget *page = adw_preferences_page_new ();
  AdwPreferencesGroup *group;

  group = add_group (page, _("Window"), NULL, 0);
  adw_preferences_group_add (group, make_choice (&style_choice));
  group = add_group (page, _("Rows"), rows_switches, G_N_ELEMENTS (rows_switches));
  adw_preferences_group_add (group, make_choice (&colours_choice));
  adw_preferences_group_add (group, make_number (&gap_minutes));
  adw_preferences_group_add (group, make_switch (&timeline_switch));
  add_group (page, _("When Cotrace starts"), start_switches, G_N_ELEMENTS (start_switches));
  group = add_group (page, _("Following"), follow_switches, G_N_ELEMENTS (follow_switches));
  adw_preferences_group_add (group, make_number (&check_seconds));
  group = add_group (page, _("What to remember"), memory_switches,
                     G_N_ELEMENTS (memory_switches));
  adw_preferences_group_set_description (group, _("All of it stays on this computer."));
  return page;
}

void
cot_preferences_dialog_present (GtkWindow *parent)
{
  GtkWidget *window = adw_preferences_window_new ();

  gtk_window_set_title (GTK_WINDOW (window), _("Preferences"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH_PX, HEIGHT_PX);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window),
                              ADW_PREFERENCES_PAGE (make_page ()));
  cot_escape_closes (window);
  gtk_window_present (GTK_WINDOW (window));
}
