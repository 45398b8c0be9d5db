/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-member-row.h"

#include <glib/gi18n.h>

#include "cot-sentences.h"

struct _CotMemberRow
{
  GtkListBoxRow parent_instance;

  CotLog *log; /* (nullable) */
  char *name;
  char *section;
  guint64 n_errors;
  guint64 n_warnings;

  GtkWidget *error_icon;
  GtkWidget *errors;
  GtkWidget *warning_icon;
  GtkWidget *warnings;
  GtkWidget *lamp;
};

G_DEFINE_FINAL_TYPE (CotMemberRow, cot_member_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
get_group_title (CotMemberGroup group)
{
  switch (group)
    {
    case COT_MEMBER_GROUP_CLIENT:
      return _("Client");
    case COT_MEMBER_GROUP_CLIENT_SETUP:
      return _("Client setup");
    case COT_MEMBER_GROUP_INTUNE_AGENT:
      return _("Intune agent");
    case COT_MEMBER_GROUP_SITE_SERVER:
      return _("Site server");
    case COT_MEMBER_GROUP_WINDOWS:
      return _("Windows");
    case COT_MEMBER_GROUP_OTHER:
    default:
      return _("Other");
    }
}

/* Counts stay short: 12 k and more lose their last digits. */
static void
set_count (GtkWidget *icon, GtkWidget *label, guint64 n)
{
  g_autofree char *number = cot_sentence_dup_number (n < 10000 ? n : n / 1000);
  /* Translators: thousands, as in "12k" */
  g_autofree char *text = n < 10000 ? g_strdup (number) : g_strdup_printf (_("%sk"), number);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (icon, n > 0);
  gtk_widget_set_visible (label, n > 0);
}

static void
update_counts (CotMemberRow *self)
{
  const CotSnapshotCounts *counts = cot_log_get_counts (self->log);
  guint64 n_errors = counts->by_severity[COT_SEVERITY_ERROR];
  guint64 n_warnings = counts->by_severity[COT_SEVERITY_WARNING];
  g_autofree char *error_number = NULL;
  g_autofree char *warning_number = NULL;
  g_autofree char *name = NULL;

  if (n_errors == self->n_errors && n_warnings == self->n_warnings)
    return;
  self->n_errors = n_errors;
  self->n_warnings = n_warnings;
  set_count (self->error_icon, self->errors, n_errors);
  set_count (self->warning_icon, self->warnings, n_warnings);
  /* Translators: name of a log for the screen reader, with its counts */
  error_number = cot_sentence_dup_number (n_errors);
  warning_number = cot_sentence_dup_number (n_warnings);
  name = g_strdup_printf (_("%s, errors: %s, warnings: %s"), self->name, error_number,
                          warning_number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
cot_member_row_dispose (GObject *object)
{
  CotMemberRow *self = COT_MEMBER_ROW (object);

  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_clear_object (&self->log);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->section, g_free);

  G_OBJECT_CLASS (cot_member_row_parent_class)->dispose (object);
}

static void
cot_member_row_class_init (CotMemberRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_member_row_dispose;
}

static void
cot_member_row_init (CotMemberRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "member-row");
}

static GtkWidget *
append_icon (GtkWidget *box, const char *icon_name, const char *css_class)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);

  gtk_widget_add_css_class (icon, css_class);
  gtk_widget_add_css_class (icon, "small-icon");
  gtk_widget_set_visible (icon, FALSE);
  gtk_box_append (GTK_BOX (box), icon);
  return icon;
}

static GtkWidget *
append_count (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "member-count");
  gtk_widget_set_visible (label, FALSE);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
make_name_label (const char *name)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

/**
 * cot_member_row_new_for_log:
 * @log: the log
 * @group: whose log it is
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
cot_member_row_new_for_log (CotLog *log, CotMemberGroup group)
{
  CotMemberRow *self = g_object_new (COT_TYPE_MEMBER_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  self->log = g_object_ref (log);
  self->name = g_strdup (cot_log_get_title (log));
  self->section = g_strdup (get_group_title (group));
  gtk_box_append (GTK_BOX (box), make_name_label (self->name));
  self->error_icon = append_icon (box, "dialog-error-symbolic", "cot-error");
  self->errors = append_count (box, "cot-error");
  self->warning_icon = append_icon (box, "dialog-warning-symbolic", "cot-warning");
  self->warnings = append_count (box, "cot-warning");
  self->lamp = append_icon (box, "cot-finding-symbolic", "lamp");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), cot_log_get_label (log));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name,
                                  -1);
  g_signal_connect_swapped (log, "changed", G_CALLBACK (update_counts), self);
  update_counts (self);
  return GTK_WIDGET (self);
}

/**
 * cot_member_row_new_absent:
 * @section: heading of its group
 * @name: what is not there
 * @reason: a sentence that says why, and what to do
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
cot_member_row_new_absent (const char *section, const char *name, const char *reason)
{
  CotMemberRow *self = g_object_new (COT_TYPE_MEMBER_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("action-unavailable-symbolic");
  GtkWidget *label = gtk_label_new (reason);

  self->name = g_strdup (name);
  self->section = g_strdup (section);
  gtk_widget_add_css_class (GTK_WIDGET (self), "absent");
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), make_name_label (name));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "member-reason");
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), reason);
  return GTK_WIDGET (self);
}

CotLog *
cot_member_row_get_log (CotMemberRow *self)
{
  return self->log;
}

const char *
cot_member_row_get_section (CotMemberRow *self)
{
  return self->section;
}

const char *
cot_member_row_get_name (CotMemberRow *self)
{
  return self->name;
}

void
cot_member_row_set_worst (CotMemberRow *self, CotSeverity worst)
{
  static const char *const classes[] = { "cot-error", "cot-warning", "cot-success" };
  gboolean trouble = worst >= COT_SEVERITY_WARNING;

  if (self->lamp == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->lamp, classes[i]);
  gtk_widget_add_css_class (self->lamp, worst == COT_SEVERITY_ERROR     ? "cot-error"
                                        : worst == COT_SEVERITY_WARNING ? "cot-warning"
                                                                        : "cot-success");
  gtk_image_set_from_icon_name (GTK_IMAGE (self->lamp),
                                trouble ? "cot-finding-symbolic" : "object-select-symbolic");
  gtk_widget_set_tooltip_text (self->lamp, trouble ? _("Holds a known failure")
                                                   : _("What is known of it is normal"));
  gtk_widget_set_visible (self->lamp, worst != COT_SEVERITY_UNKNOWN);
}
