/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-own-detectors-dialog.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "cot-dialog-window.h"
#include "cot-finding-sentences.h"
#include "cot-text-label.h"

#define WIDTH_PX 600
#define HEIGHT_PX 560

typedef struct
{
  GtkWindow *window; /* the dialog lives as long as it */
  CotSession *session;
  GtkWidget *summary;
  GtkWidget *list;
  GtkWidget *check;
  gboolean gone; /* with all its widgets */
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_object_unref (self->session);
  g_free (self);
}

/* More of them are counted: the list shall stay one to look through. */
#define MAX_TITLES 20

/* What each detector of the file looks for, a line for each. */
static void
append_titles (GString *content, CotKnowledge *knowledge, const CotKnowledgePack *pack)
{
  guint n = 0;

  for (guint i = 0; i < cot_knowledge_get_n_detectors (knowledge); i++)
    {
      const CotDetector *detector = cot_knowledge_get_detector (knowledge, i);

      if (cot_detector_is_builtin (detector) || cot_detector_is_marker (detector)
          || !g_str_equal (cot_detector_get_file (detector), pack->path))
        continue;
      if (n++ < MAX_TITLES)
        g_string_append_printf (content, "\n• %s", cot_detector_get_title (detector));
    }
  if (n > MAX_TITLES)
    {
      g_string_append_c (content, '\n');
      g_string_append_printf (content, ngettext ("and %u more", "and %u more", n - MAX_TITLES),
                              n - MAX_TITLES);
    }
}

/* "3 detectors, 1 journey"; what there is none of is not told. */
static char *
dup_content (const CotKnowledgePack *pack)
{
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func (g_free);

  if (pack->n_detectors > 0 || (pack->n_journeys == 0 && pack->n_log_entries == 0))
    g_ptr_array_add (counts, g_strdup_printf (ngettext ("%u detector", "%u detectors",
                                                        pack->n_detectors),
                                              pack->n_detectors));
  if (pack->n_journeys > 0)
    g_ptr_array_add (counts, g_strdup_printf (ngettext ("%u journey", "%u journeys",
                                                        pack->n_journeys),
                                              pack->n_journeys));
  if (pack->n_log_entries > 0)
    g_ptr_array_add (counts, g_strdup_printf (ngettext ("%u log or group", "%u logs or groups",
                                                        pack->n_log_entries),
                                              pack->n_log_entries));
  g_ptr_array_add (counts, NULL);
  return g_strjoinv (", ", (char **) counts->pdata);
}

static GtkWidget *
make_row (const char *icon_name, const char *css_class, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  /* Alone and first: its labels hear of it when the call is over. */
  g_object_set (row, "use-markup", FALSE, NULL);
  g_object_set (row, "title", title, "subtitle", subtitle, "title-lines", 0, "subtitle-lines", 0,
                "activatable", FALSE, NULL);
  gtk_widget_add_css_class (icon, css_class);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

static void
append_problem (Dialog *self, const CotKnowledgeProblem *problem)
{
  g_autofree char *name = g_filename_display_basename (problem->file);
  /* Translators: name of a file, number of a line */
  g_autofree char *title = problem->line > 0
                               ? g_strdup_printf (_("%s, line %u"), name, problem->line)
                               : g_strdup (name);
  g_autofree char *text = g_strdup_printf (
      "%s\n%s", cot_sentence_get_knowledge_error (problem->code), problem->reason);

  gtk_list_box_append (GTK_LIST_BOX (self->list),
                       make_row ("dialog-warning-symbolic", "warning", title, text));
}

static void
append_pack (Dialog *self, CotKnowledge *knowledge, const CotKnowledgePack *pack)
{
  g_autofree char *name = g_filename_display_basename (pack->path);
  g_autofree char *counts = dup_content (pack);
  g_autoptr (GString) content = g_string_new (counts);
  gboolean works = pack->n_problems == 0;

  append_titles (content, knowledge, pack);
  if (works || pack->n_detectors + pack->n_journeys + pack->n_log_entries > 0)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         make_row (works ? "object-select-symbolic" : "text-x-generic-symbolic",
                                   works ? "success" : "secondary-text", name,
                                   content->str));
  for (guint i = 0; i < cot_knowledge_get_n_problems (knowledge); i++)
    {
      const CotKnowledgeProblem *problem = cot_knowledge_get_problem (knowledge, i);

      if (g_str_equal (problem->file, pack->path))
        append_problem (self, problem);
    }
}

/* Of the folder itself, or of files that were not looked at any more. */
static void
append_other_problems (Dialog *self, CotKnowledge *knowledge)
{
  for (guint i = 0; i < cot_knowledge_get_n_problems (knowledge); i++)
    {
      const CotKnowledgeProblem *problem = cot_knowledge_get_problem (knowledge, i);
      gboolean is_of_pack = FALSE;

      for (guint j = 0; !is_of_pack && j < cot_knowledge_get_n_packs (knowledge); j++)
        is_of_pack = g_str_equal (cot_knowledge_get_pack (knowledge, j)->path, problem->file);
      if (!is_of_pack)
        append_problem (self, problem);
    }
}

static char *
dup_summary (CotKnowledge *knowledge)
{
  guint n_packs = cot_knowledge_get_n_packs (knowledge);
  guint n_problems = cot_knowledge_get_n_problems (knowledge);

  if (n_problems > 0)
    return g_strdup_printf (ngettext ("%u part was left out. Correct its file, and check again.",
                                      "%u parts were left out. Correct their files, and check "
                                      "again.",
                                      n_problems),
                            n_problems);
  if (n_packs > 0)
    return g_strdup_printf (ngettext ("%u file, nothing wrong", "%u files, nothing wrong",
                                      n_packs),
                            n_packs);
  return g_strdup (_("There are none yet. Choose “New Detector from This Line…” in the menu of a "
                     "log line, or put a file into the folder."));
}

static void
fill (Dialog *self)
{
  CotKnowledge *knowledge = cot_session_get_knowledge (self->session);
  g_autofree char *summary = dup_summary (knowledge);
  GtkWidget *row;

  if (self->gone)
    return;
  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < cot_knowledge_get_n_packs (knowledge); i++)
    append_pack (self, knowledge, cot_knowledge_get_pack (knowledge, i));
  append_other_problems (self, knowledge);
  gtk_widget_set_visible (self->list, gtk_widget_get_first_child (self->list) != NULL);
  gtk_label_set_text (GTK_LABEL (self->summary), summary);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) window = data;
  Dialog *self = g_object_get_data (G_OBJECT (window), "dialog");

  if (self->gone)
    return;
  fill (self);
  gtk_widget_set_sensitive (self->check, TRUE);
  gtk_widget_grab_focus (self->check);
}

static void
on_check (Dialog *self)
{
  gtk_widget_set_sensitive (self->check, FALSE);
  cot_session_read_own_knowledge_async (self->session, on_checked, g_object_ref (self->window));
}

/* A folder that is not there yet cannot be shown. */
static void
make_folder (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  if (g_mkdir_with_parents (data, 0700) != 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", g_strerror (errno));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_folder_made (GObject *window, GAsyncResult *result, gpointer data)
{
  Dialog *self = g_object_get_data (window, "dialog");
  const char *folder = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean made = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->gone)
    return;
  if (made)
    {
      g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

      gtk_show_uri (self->window, uri, GDK_CURRENT_TIME);
    }
  else
    {
      g_autofree char *name = g_filename_display_name (folder);
      /* Translators: name of a folder, and why */
      g_autofree char *sentence
          = g_strdup_printf (_("“%s” cannot be made: %s"), name, error->message);

      gtk_label_set_text (GTK_LABEL (self->summary), sentence);
    }
}

static void
on_open_folder (Dialog *self)
{
  g_autoptr (GTask) task = g_task_new (self->window, NULL, on_folder_made, NULL);

  g_task_set_task_data (task, cot_session_dup_own_knowledge_folder (), g_free);
  g_task_run_in_thread (task, make_folder);
}

static GtkWidget *
make_buttons (Dialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *folder = gtk_button_new_with_mnemonic (_("Open _Folder"));

  self->check = gtk_button_new_with_mnemonic (_("_Check Again"));
  g_signal_connect_swapped (folder, "clicked", G_CALLBACK (on_open_folder), self);
  g_signal_connect_swapped (self->check, "clicked", G_CALLBACK (on_check), self);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), folder);
  gtk_box_append (GTK_BOX (box), self->check);
  return box;
}

static GtkWidget *
make_page (Dialog *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *folder = cot_session_dup_own_knowledge_folder ();
  g_autofree char *shown = g_filename_display_name (folder);

  self->summary = cot_text_label_new ("", "heading");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Your files"), -1);
  gtk_widget_add_css_class (page, "panel-page");
  gtk_box_append (GTK_BOX (page),
                  cot_text_label_new (_("Detectors of your own stand in XML files of this "
                                        "folder. The manual page cotrace-knowledge(5) tells "
                                        "what to write."),
                                      NULL));
  gtk_box_append (GTK_BOX (page), cot_text_label_new (shown, "monospace"));
  gtk_box_append (GTK_BOX (page), self->summary);
  gtk_box_append (GTK_BOX (page), self->list);
  gtk_box_append (GTK_BOX (page), make_buttons (self));
  return page;
}

static void
on_destroy (Dialog *self)
{
  self->gone = TRUE;
}

static void
on_knowledge_changed (GtkWindow *window)
{
  fill (g_object_get_data (G_OBJECT (window), "dialog"));
}

void
cot_own_detectors_dialog_present (GtkWindow *parent, CotSession *session)
{
  GtkWindow *window = cot_dialog_window_new (parent, _("Your Detectors"), WIDTH_PX, HEIGHT_PX);
  Dialog *self = g_new0 (Dialog, 1);

  self->window = window;
  self->session = g_object_ref (session);
  g_object_set_data_full (G_OBJECT (window), "dialog", self, dialog_free);
  gtk_window_set_modal (self->window, TRUE);
  cot_dialog_window_set_page (window, make_page (self));
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (on_destroy), self);
  fill (self);
  gtk_window_set_focus (self->window, self->check);
  g_signal_connect_object (session, "knowledge-changed", G_CALLBACK (on_knowledge_changed), window,
                           G_CONNECT_SWAPPED);
  gtk_window_present (self->window);
}
