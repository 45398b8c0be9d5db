/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-member-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-log-sentences.h"
#include "cot-log-stripe.h"
#include "cot-member-sentences.h"
#include "cot-sentences.h"

/* The name has the room; the end of the place tells the most. */
#define MAX_PLACE_CHARS 16
#define STRIPE_PX 5

struct _CotMemberRow
{
  GtkListBoxRow parent_instance;

  CotLog *log;          /* (nullable) */
  CotMemberRow *newest; /* (nullable) (weak): of an older part */
  char *name;
  char *label;  /* (nullable): the whole of it, for the tooltip */
  char *device; /* (nullable) */
  char *section;
  char *hint; /* (nullable) */
  char *place; /* (nullable): the folder that tells it from its namesakes */
  gboolean is_merged; /* the log is in the merged view */
  guint stripe; /* 0: it is switched off there */
  gboolean is_joined; /* an older part that is read with @newest */
  guint n_in_section;
  guint n_problems; /* that its lines tell of; what is well, or over, is none */
  CotFindingSign worst; /* of the findings */
  guint64 n_entries;
  guint64 n_errors;
  guint64 n_warnings;

  GtkWidget *box;
  GtkWidget *error_icon;
  GtkWidget *errors;
  GtkWidget *warning_icon;
  GtkWidget *warnings;
  GtkWidget *sign;
  GtkWidget *findings;
  GtkWidget *unfold; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (CotMemberRow, cot_member_row, GTK_TYPE_LIST_BOX_ROW)

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

/* A tick beside a red number would be taken for health. */
static CotFindingSign
get_sign (CotMemberRow *self)
{
  gboolean is_well
      = self->worst == COT_FINDING_SIGN_GOOD || self->worst == COT_FINDING_SIGN_NORMAL;

  return is_well && self->n_errors > 0 ? COT_FINDING_SIGN_NOTED : self->worst;
}

/* (nullable) */
static const char *
get_sign_meaning (CotMemberRow *self)
{
  if (self->worst == COT_FINDING_SIGN_NONE)
    return NULL;
  if (self->worst >= COT_FINDING_SIGN_PROBLEM)
    return _("Lamp: it holds a known failure or problem.");
  if (self->worst == COT_FINDING_SIGN_WAITING)
    return _("Clock: the device waits for something. The findings say for what.");
  if (get_sign (self) <= COT_FINDING_SIGN_NORMAL)
    return _("Tick: what Cotrace knows of this log went well, or is normal.");
  if (self->n_errors > 0)
    return _("Circle: Cotrace knows lines of this log; none of them is a failure that still "
             "stands. The errors are counted as the program wrote them: read them, too.");
  return _("Circle: Cotrace knows lines of this log; none of them is a failure that still stands.");
}

/* A part that was joined is never read alone: what there is to count is counted with the rest. */
static gboolean
is_read_with_newest (CotMemberRow *self)
{
  return self->is_joined && self->newest != NULL
         && cot_log_get_state (self->log) == COT_DOCUMENT_NEW;
}

/* The counts as words: for the tooltip, and for the screen reader behind the name. */
static char *
dup_counts (CotMemberRow *self)
{
  g_autofree char *entries = cot_sentence_dup_number (self->n_entries);
  g_autofree char *errors = cot_sentence_dup_number (self->n_errors);
  g_autofree char *warnings = cot_sentence_dup_number (self->n_warnings);

  /* While the log is not judged yet, or its findings wait for an answer, none is no number. */
  if (is_read_with_newest (self))
    return g_strdup_printf (_("older part, read with “%s”"), self->newest->name);
  if (self->n_problems == 0)
    /* Translators: counts of a log */
    return g_strdup_printf (_("entries: %s, errors: %s, warnings: %s"), entries, errors, warnings);
  /* Translators: counts of a log */
  return g_strdup_printf (_("entries: %s, errors: %s, warnings: %s, findings: %u"), entries,
                          errors, warnings, self->n_problems);
}

/* What the sign says to the eye, and the tooltip to the mouse. */
static void
update_accessible_description (CotMemberRow *self)
{
  const char *meaning = get_sign_meaning (self);

  if (meaning != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    meaning, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
update_accessible_name (CotMemberRow *self)
{
  g_autofree char *counts = dup_counts (self);
  g_autofree char *place
      = self->place != NULL ? g_strdup_printf ("%s · %s", self->place, self->name) : NULL;
  g_autofree char *merged = NULL;
  g_autofree char *name = NULL;

  if (self->is_merged)
    /* Translators: the counts of a log, and that it is shown together with others */
    merged = g_strdup_printf (self->stripe == 0 ? _("%s, switched off in the merged view")
                                           : _("%s, in the merged view"),
                              counts);
  /* Translators: name of a log, and its counts */
  name = g_strdup_printf (_("%s, %s"), place != NULL ? place : self->name,
                          merged != NULL ? merged : counts);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  update_accessible_description (self);
}

static void
update_sign (CotMemberRow *self)
{
  static const char *const classes[]
      = { "cot-error", "cot-warning", "cot-success", "cot-info", "secondary-text" };
  CotFindingSign sign = get_sign (self);

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (self->sign, classes[i]);
  gtk_widget_add_css_class (self->sign, cot_finding_sign_get_css_class (sign));
  gtk_image_set_from_icon_name (GTK_IMAGE (self->sign), cot_finding_sign_get_icon (sign));
}

static void
update_counts (CotMemberRow *self)
{
  const CotSnapshotCounts *counts = cot_log_get_counts (self->log);
  guint64 n_entries = cot_log_get_n_written (self->log);

  if (n_entries == self->n_entries
      && counts->by_severity[COT_SEVERITY_ERROR] == self->n_errors
      && counts->by_severity[COT_SEVERITY_WARNING] == self->n_warnings)
    return;
  self->n_entries = n_entries;
  self->n_errors = counts->by_severity[COT_SEVERITY_ERROR];
  self->n_warnings = counts->by_severity[COT_SEVERITY_WARNING];
  set_count (self->error_icon, self->errors, self->n_errors);
  set_count (self->warning_icon, self->warnings, self->n_warnings);
  update_sign (self);
  update_accessible_name (self);
}

static void
cot_member_row_dispose (GObject *object)
{
  CotMemberRow *self = COT_MEMBER_ROW (object);

  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_clear_object (&self->log);
  g_clear_weak_pointer (&self->newest);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->device, g_free);
  g_clear_pointer (&self->section, g_free);
  g_clear_pointer (&self->hint, g_free);
  g_clear_pointer (&self->place, g_free);

  G_OBJECT_CLASS (cot_member_row_parent_class)->dispose (object);
}

static void
cot_member_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CotMemberRow *self = COT_MEMBER_ROW (widget);
  graphene_rect_t area;

  GTK_WIDGET_CLASS (cot_member_row_parent_class)->snapshot (widget, snapshot);
  if (self->stripe == 0 || !gtk_widget_compute_bounds (widget, widget, &area))
    return;
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    area.origin.x += area.size.width - STRIPE_PX;
  area.size.width = STRIPE_PX;
  cot_log_stripe_snapshot (widget, snapshot, self->stripe, &area);
}

static void
cot_member_row_class_init (CotMemberRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_member_row_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = cot_member_row_snapshot;
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

/* Logs of one component differ at the end of their names, files of one collector too. */
static GtkWidget *
make_name_label (const char *name)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static gboolean
show_tooltip (CotMemberRow *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip,
              gpointer data)
{
  g_autofree char *counts = dup_counts (self);
  g_autofree char *purpose = cot_log_sentence_dup_purpose (cot_log_get_label (self->log));
  const char *meaning = get_sign_meaning (self);
  g_autoptr (GString) text = g_string_new (self->label);

  g_string_append_printf (text, "\n%s", counts);
  if (meaning != NULL)
    g_string_append_printf (text, "\n%s", meaning);
  if (purpose != NULL)
    g_string_append_printf (text, "\n%s", purpose);
  if (self->hint != NULL)
    g_string_append_printf (text, "\n%s", self->hint);
  gtk_tooltip_set_text (tooltip, text->str);
  return TRUE;
}

static CotMemberRow *
row_new (const char *name, const char *label)
{
  CotMemberRow *self = g_object_new (COT_TYPE_MEMBER_ROW, NULL);

  self->name = cot_sentence_dup_visible (name);
  self->label = label != NULL ? cot_sentence_dup_visible (label) : NULL;
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), self->box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name,
                                  -1);
  return self;
}

static void
on_unfold_toggled (GtkWidget *row)
{
  GtkWidget *list = gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX);

  if (list != NULL)
    gtk_list_box_invalidate_filter (GTK_LIST_BOX (list));
}

static void
append_unfold (CotMemberRow *self, guint n_older)
{
  /* Translators: button: so many older parts of the log */
  g_autofree char *text = g_strdup_printf (_("+%u"), n_older);
  g_autofree char *tooltip =
      g_strdup_printf (ngettext ("Show %u older part", "Show %u older parts", n_older), n_older);

  self->unfold = gtk_toggle_button_new_with_label (text);
  gtk_widget_add_css_class (self->unfold, "flat");
  gtk_widget_add_css_class (self->unfold, "unfold");
  gtk_widget_set_valign (self->unfold, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->unfold, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unfold), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  tooltip, -1);
  g_signal_connect_swapped (self->unfold, "toggled", G_CALLBACK (on_unfold_toggled), self);
  gtk_box_append (GTK_BOX (self->box), self->unfold);
}

static void
append_log (CotMemberRow *self, CotLog *log)
{
  self->log = g_object_ref (log);
  gtk_box_append (GTK_BOX (self->box), make_name_label (self->name));
  self->error_icon = append_icon (self->box, "dialog-error-symbolic", "cot-error");
  self->errors = append_count (self->box, "cot-error");
  self->warning_icon = append_icon (self->box, "dialog-warning-symbolic", "cot-warning");
  self->warnings = append_count (self->box, "cot-warning");
  self->sign = append_icon (self->box, "cot-finding-symbolic", "lamp");
  self->findings = append_count (self->box, "secondary-text");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (show_tooltip), NULL);
  g_signal_connect_swapped (log, "changed", G_CALLBACK (update_counts), self);
  update_accessible_name (self);
  update_counts (self);
}

/**
 * cot_member_row_new_for_log:
 * @log: the log
 * @member: the file that it is
 * @n_older: how many older parts of it stand below
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
cot_member_row_new_for_log (CotLog *log, const CotMember *member, guint n_older)
{
  CotMemberRow *self = row_new (cot_log_get_title (log), member->label);

  append_log (self, log);
  if (n_older > 0)
    append_unfold (self, n_older);
  return GTK_WIDGET (self);
}

static const char *
get_file_name (const char *label)
{
  const char *slash = strrchr (label, '/');

  return slash != NULL ? slash + 1 : label;
}

/**
 * cot_member_row_new_older:
 * @log: the log
 * @member: the file that is an older part
 * @newest: the row of the newest part
 * @is_joined: whether it is read and judged with that
 *
 * Returns: (transfer floating): a row that shows only while @newest is unfolded
 */
GtkWidget *
cot_member_row_new_older (CotLog *log, const CotMember *member, CotMemberRow *newest,
                          gboolean is_joined)
{
  CotMemberRow *self = row_new (get_file_name (member->label), member->label);
  GtkWidget *icon = gtk_image_new_from_icon_name ("document-open-recent-symbolic");

  g_set_weak_pointer (&self->newest, newest);
  self->is_joined = is_joined;
  gtk_widget_add_css_class (GTK_WIDGET (self), "older");
  gtk_widget_add_css_class (icon, "older-icon");
  gtk_box_append (GTK_BOX (self->box), icon);
  if (log != newest->log)
    append_log (self, log);
  else
    {
      /* A part of what the row above opens: its counts stand there. */
      self->log = g_object_ref (log);
      gtk_box_append (GTK_BOX (self->box), make_name_label (self->name));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->label);
    }
  return GTK_WIDGET (self);
}

/* A line below the name, where there is more to say than fits beside it. */
static void
append_reason (CotMemberRow *self, GtkWidget *icon, const char *size, const char *reason,
               gboolean wrap)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (reason);

  g_object_ref (self->box);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), column);
  gtk_box_set_spacing (GTK_BOX (self->box), 6);
  gtk_box_append (GTK_BOX (self->box), icon);
  gtk_box_append (GTK_BOX (self->box), make_name_label (self->name));
  if (size != NULL)
    {
      GtkWidget *size_label = gtk_label_new (size);

      gtk_widget_add_css_class (size_label, "numeric");
      gtk_widget_add_css_class (size_label, "member-count");
      gtk_box_append (GTK_BOX (self->box), size_label);
    }
  gtk_box_append (GTK_BOX (column), self->box);
  g_object_unref (self->box);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), wrap ? 3 : 1);
  gtk_widget_add_css_class (label, "member-reason");
  gtk_box_append (GTK_BOX (column), label);
  gtk_widget_add_css_class (GTK_WIDGET (self), "absent");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  reason, -1);
}

/* Without what a collector put in front of it, but with what tells it from its neighbours. */
static char *
dup_own_name (const CotMember *member)
{
  const char *dot = strrchr (member->base_name, '.');
  gsize n_stem = dot != NULL ? (gsize) (dot - member->base_name) : strlen (member->base_name);

  if (*member->generation == '\0')
    return g_strdup (member->base_name);
  return g_strdup_printf ("%.*s-%s%s", (int) n_stem, member->base_name, member->generation,
                          dot != NULL ? dot : "");
}

/**
 * cot_member_row_new_for_file:
 * @member: a member that is no log
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
cot_member_row_new_for_file (const CotMember *member)
{
  g_autofree char *name = dup_own_name (member);
  CotMemberRow *self = row_new (name, member->label);
  const char *sentence = cot_sentence_get_member_kind (member);
  g_autofree char *size = g_format_size (member->size_bytes);
  g_autofree char *tooltip = g_strconcat (self->label, "\n", size, "\n", sentence, NULL);
  const char *icon_name = member->kind == COT_MEMBER_ARCHIVE ? "package-x-generic-symbolic"
                                                             : "text-x-generic-symbolic";

  append_reason (self, gtk_image_new_from_icon_name (icon_name), size, sentence, FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  return GTK_WIDGET (self);
}

/**
 * cot_member_row_new_absent:
 * @name: what is not there
 * @reason: why, for the place below the name
 * @sentence: what is not there, why, and what to do
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
cot_member_row_new_absent (const char *name, const char *reason, const char *sentence)
{
  CotMemberRow *self = row_new (name, NULL);

  append_reason (self, gtk_image_new_from_icon_name ("action-unavailable-symbolic"), NULL, reason,
                 TRUE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), sentence);
  return GTK_WIDGET (self);
}

/**
 * cot_member_row_new_partly:
 * @name: what could be read only in part
 * @reason: why, for the place below the name
 * @sentence: the same, and what to do
 * @log: what came of it
 *
 * Returns: (transfer floating): the row, which opens the log
 */
GtkWidget *
cot_member_row_new_partly (const char *name, const char *reason, const char *sentence, CotLog *log)
{
  CotMemberRow *self = row_new (name, NULL);

  append_reason (self, gtk_image_new_from_icon_name ("dialog-warning-symbolic"), NULL, reason,
                 TRUE);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "absent");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), sentence);
  self->log = g_object_ref (log);
  return GTK_WIDGET (self);
}

static GtkWidget *
find_name_label (CotMemberRow *self)
{
  GtkWidget *name = gtk_widget_get_first_child (self->box);

  while (name != NULL && !gtk_widget_get_hexpand (name))
    name = gtk_widget_get_next_sibling (name);
  return name;
}

void
cot_member_row_set_place (CotMemberRow *self, const char *place)
{
  GtkWidget *label = gtk_label_new (place);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_START);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_PLACE_CHARS);
  gtk_widget_add_css_class (label, "secondary-text");
  gtk_widget_add_css_class (label, "member-count");
  gtk_box_insert_child_after (GTK_BOX (self->box), label, find_name_label (self));
  self->place = g_strdup (place);
  update_accessible_name (self);
}

void
cot_member_row_set_hint (CotMemberRow *self, const char *hint)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-information-symbolic");

  gtk_widget_add_css_class (icon, "small-icon");
  gtk_widget_add_css_class (icon, "secondary-text");
  gtk_widget_set_tooltip_text (icon, hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  gtk_box_insert_child_after (GTK_BOX (self->box), icon, find_name_label (self));
  g_free (self->hint);
  self->hint = g_strdup (hint);
}

void
cot_member_row_set_section (CotMemberRow *self, const char *device, const char *section,
                            guint n_in_section)
{
  g_free (self->device);
  g_free (self->section);
  self->device = g_strdup (device);
  self->section = g_strdup (section);
  self->n_in_section = n_in_section;
}

const char *
cot_member_row_get_device (CotMemberRow *self)
{
  return self->device;
}

const char *
cot_member_row_get_section (CotMemberRow *self)
{
  return self->section;
}

guint
cot_member_row_get_n_in_section (CotMemberRow *self)
{
  return self->n_in_section;
}

CotLog *
cot_member_row_get_log (CotMemberRow *self)
{
  return self->log;
}

const char *
cot_member_row_get_name (CotMemberRow *self)
{
  return self->name;
}

gboolean
cot_member_row_is_older (CotMemberRow *self)
{
  return self->newest != NULL;
}

gboolean
cot_member_row_is_folded (CotMemberRow *self)
{
  return self->newest != NULL
         && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->newest->unfold));
}

void
cot_member_row_unfold (CotMemberRow *self)
{
  if (self->newest != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->newest->unfold), TRUE);
}

void
cot_member_row_set_findings (CotMemberRow *self, CotFindingSign worst, guint n_problems)
{
  if (self->sign == NULL || (self->n_problems == n_problems && self->worst == worst))
    return;
  self->n_problems = n_problems;
  self->worst = worst;
  set_count (self->sign, self->findings, n_problems);
  gtk_widget_set_visible (self->sign, worst != COT_FINDING_SIGN_NONE);
  gtk_widget_set_visible (self->findings, worst >= COT_FINDING_SIGN_PROBLEM && n_problems > 1);
  update_sign (self);
  update_accessible_name (self);
}

void
cot_member_row_set_merged (CotMemberRow *self, gboolean is_merged, guint stripe)
{
  if (self->stripe == stripe && self->is_merged == is_merged)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "log-merged");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "log-off");
  self->stripe = stripe;
  self->is_merged = is_merged;
  if (is_merged)
    gtk_widget_add_css_class (GTK_WIDGET (self), "log-merged");
  if (is_merged && stripe == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "log-off");
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->errors != NULL)
    update_accessible_name (self);
}
