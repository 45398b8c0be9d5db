/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-own-detectors-dialog.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "cot-dialog-window.h"
#include "cot-finding-sentences.h"
#include "cot-new-detector-dialog.h"
#include "cot-sentences.h"
#include "cot-text-editor.h"
#include "cot-text-label.h"

#define WIDTH_PX 600
#define HEIGHT_PX 560

/* Of one file; the others are shown when they are asked for: the list shall stay one to look
 * through. */
#define MAX_ROWS 20

typedef struct
{
  GtkWindow *window; /* the dialog lives as long as it */
  CotSession *session;
  GtkWidget *summary;
  GtkWidget *list;
  GtkWidget *check;
  GtkWidget *message; /* what was done, or why not */
  GtkWidget *undo;
  CotOwnDetector *removed; /* (nullable): what that would put back */
  GHashTable *shown_whole; /* set of paths */
  GHashTable *parts; /* name to widget: the list is made anew, and the focus stays where it was */
  char *focus; /* (nullable): where it goes when the list is made anew */
  gboolean gone; /* with all its widgets */
} Dialog;

/* What a button is about; lives as long as it. */
typedef struct
{
  Dialog *dialog;
  CotOwnDetector *detector; /* (nullable) */
  char *path;
  char *title;
} Target;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_clear_pointer (&self->removed, cot_own_detector_unref);
  g_hash_table_unref (self->shown_whole);
  g_hash_table_unref (self->parts);
  g_free (self->focus);
  g_object_unref (self->session);
  g_free (self);
}

static void
target_free (gpointer data)
{
  Target *target = data;

  g_clear_pointer (&target->detector, cot_own_detector_unref);
  g_free (target->path);
  g_free (target->title);
  g_free (target);
}

static Target *
target_new (Dialog *self, const char *path, const CotDetector *detector)
{
  Target *target = g_new0 (Target, 1);

  target->dialog = self;
  target->path = g_strdup (path);
  if (detector != NULL)
    {
      target->detector = cot_own_detector_new (detector);
      target->title = g_strdup (cot_detector_get_title (detector));
    }
  return target;
}

/* The answer to an action of the user's: a window may hold its reader for as long as it wants. */
static void
say (Dialog *self, const char *css_class, const char *text)
{
  const char *classes[] = { "wrapped", css_class, NULL };

  gtk_widget_set_css_classes (self->message, classes);
  gtk_label_set_text (GTK_LABEL (self->message), text);
  gtk_widget_set_visible (gtk_widget_get_parent (self->message), TRUE);
  gtk_widget_set_visible (self->undo, FALSE);
}

/* @format: with the title in it */
static void
say_failure (Dialog *self, const char *format, const char *title, const GError *error)
{
  const char *why = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG)
                        ? _("Its file was changed meanwhile. Choose “Check Again”, and try again.")
                        : error->message;
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "{}", title, 1);
  g_string_append_printf (text, " %s", why);
  say (self, "cot-error", text->str);
}

static void
read_again (Dialog *self)
{
  cot_session_read_own_knowledge_async (self->session, NULL, NULL);
}

/* Where the focus goes when the list was made anew: a part of that kind for the same detector. */
static char *
dup_part_name (const char *kind, const char *path, const char *id)
{
  return g_strdup_printf ("%s %s %s", kind, path, id != NULL ? id : "");
}

static void
set_focus (Dialog *self, const char *kind, const Target *target)
{
  g_free (self->focus);
  self->focus = dup_part_name (kind, target->path,
                               target->detector != NULL
                                   ? cot_own_detector_get_id (target->detector)
                                   : NULL);
}

/* Opening files */

static void
on_opened (const GError *error, gpointer data)
{
  Dialog *self = g_object_get_data (data, "dialog");

  if (error != NULL && !self->gone)
    /* Translators: why follows */
    say_failure (self, _("The file could not be opened."), "", error);
}

static void
on_open_file (const Target *target)
{
  Dialog *self = target->dialog;

  cot_text_editor_open (self->list, target->path, on_opened, self->window);
}

/* Changing */

/* One that a worker is about to make. */
typedef struct
{
  GtkWindow *window;
  CotOwnDetector *detector;
  char *title;
} Change;

static Change *
change_new (const Target *target)
{
  Change *change = g_new0 (Change, 1);

  change->window = g_object_ref (target->dialog->window);
  change->detector = cot_own_detector_ref (target->detector);
  change->title = g_strdup (target->title);
  return change;
}

static void
change_free (Change *change)
{
  g_object_unref (change->window);
  cot_own_detector_unref (change->detector);
  g_free (change->title);
  g_free (change);
}

static void
on_edited (const char *path, gpointer data)
{
  Dialog *self = g_object_get_data (data, "dialog");
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: name of a file */
  g_autofree char *sentence = g_strdup_printf (_("Saved in “%s”"), name);

  if (!self->gone)
    say (self, "secondary-text", sentence);
}

static const char *
get_shape_sentence (CotOwnDetectorShape shape)
{
  switch (shape)
    {
    case COT_OWN_DETECTOR_HAS_PATTERN:
      return _("“{}” has a pattern that the form cannot show.");
    case COT_OWN_DETECTOR_HAS_CONDITIONS:
      return _("“{}” has conditions, which the form cannot show.");
    case COT_OWN_DETECTOR_HAS_SEVERAL:
      return _("“{}” has several logs, steps or samples; the form can show one of each.");
    case COT_OWN_DETECTOR_FITS:
    case COT_OWN_DETECTOR_HAS_MORE:
    default:
      return _("“{}” has more in its file than the form can show.");
    }
}

static void
open_instead (Dialog *self, const Change *change, CotOwnDetectorShape shape)
{
  g_autoptr (GString) text = g_string_new (get_shape_sentence (shape));

  g_string_replace (text, "{}", change->title, 1);
  g_string_append_c (text, ' ');
  g_string_append (text, _("So its file was opened in your text editor. Save it there, then "
                           "choose “Check Again”."));
  say (self, "secondary-text", text->str);
  cot_text_editor_open (self->list, cot_own_detector_get_path (change->detector), on_opened,
                        self->window);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Change *change = data;
  Dialog *self = g_object_get_data (G_OBJECT (change->window), "dialog");
  g_autoptr (GError) error = NULL;
  CotOwnDetectorShape shape;
  CotDraft *draft = cot_own_detector_load_finish (change->detector, result, &shape, &error);

  if (self->gone)
    g_clear_pointer (&draft, cot_draft_free);
  else if (error != NULL)
    say_failure (self, _("“{}” cannot be edited."), change->title, error);
  else if (draft != NULL)
    cot_new_detector_dialog_present_again (self->window, self->session, change->detector, draft,
                                           on_edited, self->window);
  else
    open_instead (self, change, shape);
  change_free (change);
}

static void
on_edit (const Target *target)
{
  set_focus (target->dialog, "edit", target);
  cot_own_detector_load_async (target->detector, on_loaded, change_new (target));
}

/* Deleting */

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  Change *change = data;
  Dialog *self = g_object_get_data (G_OBJECT (change->window), "dialog");
  g_autoptr (GError) error = NULL;
  gboolean removed = cot_own_detector_remove_finish (change->detector, result, &error);

  if (removed)
    read_again (self);
  if (!self->gone)
    gtk_widget_set_sensitive (self->list, TRUE);
  if (!self->gone && removed)
    {
      /* Translators: title of a detector */
      g_autofree char *sentence = g_strdup_printf (_("“%s” was deleted."), change->title);

      say (self, "secondary-text", sentence);
      g_clear_pointer (&self->removed, cot_own_detector_unref);
      self->removed = cot_own_detector_ref (change->detector);
      gtk_widget_set_visible (self->undo, TRUE);
      gtk_widget_grab_focus (self->undo);
    }
  else if (!self->gone)
    say_failure (self, _("“{}” was not deleted."), change->title, error);
  change_free (change);
}

static void
on_delete (const Target *target)
{
  /* One at a time: the row stays until all is read again, and must not be deleted twice. */
  gtk_widget_set_sensitive (target->dialog->list, FALSE);
  cot_own_detector_remove_async (target->detector, on_removed, change_new (target));
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer data)
{
  Change *change = data;
  Dialog *self = g_object_get_data (G_OBJECT (change->window), "dialog");
  g_autoptr (GError) error = NULL;
  gboolean restored = cot_own_detector_restore_finish (change->detector, result, &error);

  if (restored)
    read_again (self);
  if (!self->gone && restored)
    say (self, "secondary-text", _("It is there again."));
  else if (!self->gone)
    say_failure (self, _("It was not put back."), "", error);
  change_free (change);
}

static void
on_undo (Dialog *self)
{
  g_autoptr (CotOwnDetector) removed = g_steal_pointer (&self->removed);
  Change *change;

  if (removed == NULL)
    return;
  change = g_new0 (Change, 1);
  change->window = g_object_ref (self->window);
  change->detector = cot_own_detector_ref (removed);
  g_free (self->focus);
  self->focus = dup_part_name ("delete", cot_own_detector_get_path (removed),
                               cot_own_detector_get_id (removed));
  gtk_widget_set_visible (self->undo, FALSE);
  cot_own_detector_restore_async (removed, on_restored, change);
}

/* Switching */

static void fill (Dialog *self);

static void
on_switch_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Change *change = data;
  Dialog *self = g_object_get_data (G_OBJECT (change->window), "dialog");
  g_autoptr (GError) error = NULL;

  if (cot_own_detector_switch_finish (change->detector, result, &error))
    read_again (self);
  else if (!self->gone)
    {
      say_failure (self, _("“{}” was not switched."), change->title, error);
      fill (self);
    }
  change_free (change);
}

static void
on_switched (GtkSwitch *toggle, GParamSpec *pspec, gpointer data)
{
  const Target *target = data;

  set_focus (target->dialog, "switch", target);
  cot_own_detector_switch_async (target->detector, gtk_switch_get_active (toggle),
                                 on_switch_written, change_new (target));
}

/* The list */

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
name_part (Dialog *self, GtkWidget *widget, const char *kind, const Target *target)
{
  g_hash_table_insert (self->parts,
                       dup_part_name (kind, target->path,
                                      target->detector != NULL
                                          ? cot_own_detector_get_id (target->detector)
                                          : NULL),
                       widget);
}

/* @name: for the tooltip and the screen reader. @target: (transfer full) */
static void
append_button (Dialog *self, GtkWidget *row, const char *icon_name, const char *name,
               const char *kind, void (*on_clicked) (const Target *), Target *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_clicked), target,
                         (GClosureNotify) (void (*) (void)) target_free, G_CONNECT_SWAPPED);
  name_part (self, button, kind, target);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
append_open_button (Dialog *self, GtkWidget *row, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: name of a file */
  g_autofree char *label = g_strdup_printf (_("Open “%s” in a text editor"), name);

  append_button (self, row, "document-open-symbolic", label, "open", on_open_file,
                 target_new (self, path, NULL));
}

static void
append_switch (Dialog *self, GtkWidget *row, const CotDetector *detector)
{
  GtkWidget *toggle = gtk_switch_new ();
  Target *target = target_new (self, cot_detector_get_file (detector), detector);
  /* Translators: title of a detector */
  g_autofree char *name = g_strdup_printf (_("Use “%s”"), target->title);

  gtk_switch_set_active (GTK_SWITCH (toggle), !cot_detector_is_switched_off (detector));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (toggle, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect_data (toggle, "notify::active", G_CALLBACK (on_switched), target,
                         (GClosureNotify) (void (*) (void)) target_free, 0);
  name_part (self, toggle, "switch", target);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
}

/* "Error · Contoso.log", and that it is switched off. */
static char *
dup_subtitle (const CotDetector *detector)
{
  const char *severity = cot_sentence_get_severity (cot_detector_get_severity (detector));
  g_autofree char *logs = g_strjoinv (", ", (char **) cot_detector_get_logs (detector));
  g_autoptr (GString) text = g_string_new (severity);

  if (*logs != '\0')
    g_string_append_printf (text, " · %s", logs);
  if (cot_detector_is_switched_off (detector))
    g_string_append_printf (text, " · %s", _("Switched off: it finds nothing"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_detector (Dialog *self, const CotDetector *detector)
{
  const char *title = cot_detector_get_title (detector);
  const char *path = cot_detector_get_file (detector);
  g_autofree char *subtitle = dup_subtitle (detector);
  GtkWidget *row = make_row ("cot-finding-symbolic",
                             cot_detector_is_switched_off (detector) ? "dim-label" : "lamp", title,
                             subtitle);
  /* Translators: title of a detector */
  g_autofree char *edit = g_strdup_printf (_("Edit “%s”"), title);
  /* Translators: title of a detector */
  g_autofree char *delete = g_strdup_printf (_("Delete “%s”"), title);

  gtk_widget_add_css_class (row, "own-detector");
  append_switch (self, row, detector);
  append_button (self, row, "document-edit-symbolic", edit, "edit", on_edit,
                 target_new (self, path, detector));
  append_button (self, row, "user-trash-symbolic", delete, "delete", on_delete,
                 target_new (self, path, detector));
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
on_show_all (const Target *target)
{
  Dialog *self = target->dialog;

  g_hash_table_add (self->shown_whole, g_strdup (target->path));
  set_focus (self, "open", target);
  fill (self);
}

static void
append_more (Dialog *self, const char *path, guint n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", n), n);
  GtkWidget *row = make_row ("view-more-symbolic", "secondary-text", text, "");
  GtkWidget *button = gtk_button_new_with_label (_("Show All"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_show_all),
                         target_new (self, path, NULL),
                         (GClosureNotify) (void (*) (void)) target_free, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
append_detectors (Dialog *self, CotKnowledge *knowledge, const CotKnowledgePack *pack)
{
  guint max = g_hash_table_contains (self->shown_whole, pack->path) ? G_MAXUINT : MAX_ROWS;
  guint n = 0;

  for (guint i = 0; i < cot_knowledge_get_n_detectors (knowledge); i++)
    {
      const CotDetector *detector = cot_knowledge_get_detector (knowledge, i);

      if (cot_detector_is_builtin (detector) || cot_detector_is_marker (detector)
          || !g_str_equal (cot_detector_get_file (detector), pack->path))
        continue;
      if (n++ < max)
        append_detector (self, detector);
    }
  if (n > max)
    append_more (self, pack->path, n - max);
}

static GtkWidget *
append_problem (Dialog *self, const CotKnowledgeProblem *problem)
{
  g_autofree char *name = g_filename_display_basename (problem->file);
  /* Translators: name of a file, number of a line */
  g_autofree char *title = problem->line > 0
                               ? g_strdup_printf (_("%s, line %u"), name, problem->line)
                               : g_strdup (name);
  g_autofree char *text = g_strdup_printf (
      "%s\n%s", cot_sentence_get_knowledge_error (problem->code), problem->reason);
  GtkWidget *row = make_row ("dialog-warning-symbolic", "warning", title, text);

  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  return row;
}

static void
append_pack (Dialog *self, CotKnowledge *knowledge, const CotKnowledgePack *pack)
{
  g_autofree char *name = g_filename_display_basename (pack->path);
  g_autofree char *counts = dup_content (pack);
  gboolean works = pack->n_problems == 0;

  if (works || pack->n_detectors + pack->n_journeys + pack->n_log_entries > 0)
    {
      GtkWidget *row = make_row ("text-x-generic-symbolic", "secondary-text", name, counts);

      append_open_button (self, row, pack->path);
      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
    }
  for (guint i = 0; i < cot_knowledge_get_n_problems (knowledge); i++)
    {
      const CotKnowledgeProblem *problem = cot_knowledge_get_problem (knowledge, i);

      if (g_str_equal (problem->file, pack->path))
        append_open_button (self, append_problem (self, problem), pack->path);
    }
  append_detectors (self, knowledge, pack);
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

/* Where the focus was, or where the last action wants it. */
static void
restore_focus (Dialog *self)
{
  GtkWidget *widget = self->focus != NULL ? g_hash_table_lookup (self->parts, self->focus) : NULL;

  g_clear_pointer (&self->focus, g_free);
  if (widget == NULL)
    widget = gtk_widget_get_visible (self->undo) ? self->undo : self->check;
  gtk_widget_grab_focus (widget);
}

/* The focus is lost with the part that has it. */
static gboolean
has_focus_inside (Dialog *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  return focus == NULL || gtk_widget_is_ancestor (focus, self->list);
}

static void
fill (Dialog *self)
{
  CotKnowledge *knowledge = cot_session_get_knowledge (self->session);
  g_autofree char *summary = dup_summary (knowledge);
  gboolean move_focus = has_focus_inside (self) || self->focus != NULL;
  GtkWidget *row;

  g_hash_table_remove_all (self->parts);
  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; i < cot_knowledge_get_n_packs (knowledge); i++)
    append_pack (self, knowledge, cot_knowledge_get_pack (knowledge, i));
  append_other_problems (self, knowledge);
  gtk_widget_set_visible (self->list, gtk_widget_get_first_child (self->list) != NULL);
  gtk_label_set_text (GTK_LABEL (self->summary), summary);
  if (move_focus)
    restore_focus (self);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) window = data;
  Dialog *self = g_object_get_data (G_OBJECT (window), "dialog");

  if (self->gone)
    return;
  gtk_widget_set_sensitive (self->check, TRUE);
  fill (self);
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

/* Below the list, so that it is in sight wherever that is scrolled to. */
static GtkWidget *
make_answer (Dialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->message = cot_text_label_new ("", "secondary-text");
  gtk_widget_set_hexpand (self->message, TRUE);
  gtk_widget_set_visible (box, FALSE);
  self->undo = gtk_button_new_with_mnemonic (_("_Undo"));
  gtk_widget_set_visible (self->undo, FALSE);
  gtk_widget_set_valign (self->undo, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->undo, "clicked", G_CALLBACK (on_undo), self);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), self->undo);
  return box;
}

static GtkWidget *
make_bar (Dialog *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *folder = gtk_button_new_with_mnemonic (_("Open _Folder"));

  self->check = gtk_button_new_with_mnemonic (_("_Check Again"));
  g_signal_connect_swapped (folder, "clicked", G_CALLBACK (on_open_folder), self);
  g_signal_connect_swapped (self->check, "clicked", G_CALLBACK (on_check), self);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), folder);
  gtk_box_append (GTK_BOX (box), self->check);
  gtk_widget_add_css_class (bar, "panel-page");
  gtk_box_append (GTK_BOX (bar), make_answer (self));
  gtk_box_append (GTK_BOX (bar), box);
  return bar;
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
  Dialog *self = g_object_get_data (G_OBJECT (window), "dialog");

  if (!self->gone)
    fill (self);
}

void
cot_own_detectors_dialog_present (GtkWindow *parent, CotSession *session)
{
  GtkWindow *window = cot_dialog_window_new (parent, _("Your Detectors"), WIDTH_PX, HEIGHT_PX);
  Dialog *self = g_new0 (Dialog, 1);

  self->window = window;
  self->session = g_object_ref (session);
  self->shown_whole = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_object_set_data_full (G_OBJECT (window), "dialog", self, dialog_free);
  gtk_window_set_modal (self->window, TRUE);
  cot_dialog_window_set_page_and_bar (window, make_page (self), make_bar (self));
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (on_destroy), self);
  fill (self);
  gtk_window_set_focus (self->window, self->check);
  g_signal_connect_object (session, "knowledge-changed", G_CALLBACK (on_knowledge_changed), window,
                           G_CONNECT_SWAPPED);
  gtk_window_present (self->window);
}
