/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-own-detectors-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-finding-sentences.h"
#include "cot-sentences.h"

/* Of one file; the others are shown when they are asked for: the list shall stay one to look
 * through. */
#define MAX_ROWS 20

static void
target_free (gpointer data)
{
  CotOwnDetectorsTarget *target = data;

  g_clear_pointer (&target->detector, cot_own_detector_unref);
  g_free (target->path);
  g_free (target->title);
  g_free (target);
}

static CotOwnDetectorsTarget *
target_new (CotOwnDetectors *self, const char *path, const CotDetector *detector)
{
  CotOwnDetectorsTarget *target = g_new0 (CotOwnDetectorsTarget, 1);

  target->dialog = self;
  target->path = g_strdup (path);
  if (detector != NULL)
    {
      target->detector = cot_own_detector_new (detector);
      target->title = g_strdup (cot_detector_get_title (detector));
    }
  return target;
}

/* The same for a part of the list as it was and of the one that is made anew. */
static char *
dup_part_name (const char *kind, const char *path, const char *id)
{
  return g_strdup_printf ("%s %s %s", kind, path, id != NULL ? id : "");
}

void
cot_own_detectors_set_focus (CotOwnDetectors *self, const char *kind, const char *path,
                             const char *id)
{
  g_free (self->focus);
  self->focus = dup_part_name (kind, path, id);
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
name_part (CotOwnDetectors *self, GtkWidget *widget, const char *kind,
           const CotOwnDetectorsTarget *target)
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
append_button (CotOwnDetectors *self, GtkWidget *row, const char *icon_name, const char *name,
               const char *kind, void (*on_clicked) (const CotOwnDetectorsTarget *),
               CotOwnDetectorsTarget *target)
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
append_open_button (CotOwnDetectors *self, GtkWidget *row, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: name of a file */
  g_autofree char *label = g_strdup_printf (_("Open “%s” in a text editor"), name);

  append_button (self, row, "document-open-symbolic", label, "open", cot_own_detectors_open_file,
                 target_new (self, path, NULL));
}

static void
on_switched (GtkSwitch *toggle, GParamSpec *pspec, gpointer data)
{
  cot_own_detectors_switch (data, gtk_switch_get_active (toggle));
}

static void
append_switch (CotOwnDetectors *self, GtkWidget *row, const CotDetector *detector)
{
  GtkWidget *toggle = gtk_switch_new ();
  CotOwnDetectorsTarget *target = target_new (self, cot_detector_get_file (detector), detector);
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
append_detector (CotOwnDetectors *self, const CotDetector *detector)
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
  append_button (self, row, "document-edit-symbolic", edit, "edit", cot_own_detectors_edit,
                 target_new (self, path, detector));
  append_button (self, row, "user-trash-symbolic", delete, "delete", cot_own_detectors_delete,
                 target_new (self, path, detector));
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
on_show_all (const CotOwnDetectorsTarget *target)
{
  CotOwnDetectors *self = target->dialog;

  g_hash_table_add (self->shown_whole, g_strdup (target->path));
  cot_own_detectors_set_focus (self, "open", target->path, NULL);
  cot_own_detectors_fill (self);
}

static void
append_more (CotOwnDetectors *self, const char *path, guint n)
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
append_detectors (CotOwnDetectors *self, CotKnowledge *knowledge, const CotKnowledgePack *pack)
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
append_problem (CotOwnDetectors *self, const CotKnowledgeProblem *problem)
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
append_pack (CotOwnDetectors *self, CotKnowledge *knowledge, const CotKnowledgePack *pack)
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
append_other_problems (CotOwnDetectors *self, CotKnowledge *knowledge)
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
restore_focus (CotOwnDetectors *self)
{
  GtkWidget *widget = self->focus != NULL ? g_hash_table_lookup (self->parts, self->focus) : NULL;

  g_clear_pointer (&self->focus, g_free);
  if (widget == NULL)
    widget = gtk_widget_get_visible (self->undo) ? self->undo : self->check;
  gtk_widget_grab_focus (widget);
}

/* The focus is lost with the part that has it. */
static gboolean
has_focus_inside (CotOwnDetectors *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  return focus == NULL || gtk_widget_is_ancestor (focus, self->list);
}

void
cot_own_detectors_fill (CotOwnDetectors *self)
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
