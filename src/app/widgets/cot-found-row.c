/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-found-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-sentences.h"

#define MAX_MARKS 16
/* Of a long message, what stands around the first match. */
#define LETTERS_BEFORE 60
#define MAX_LETTERS 300
#define ELLIPSIS "…"

struct _CotFoundRow
{
  GtkWidget parent_instance;

  CotFoundEntry *entry; /* (nullable) */
  gboolean names_case;
  GCancellable *cancellable;
  GtkWidget *box;
  GtkWidget *icon; /* of an error or a warning */
  GtkWidget *message;
  GtkWidget *place;
};

G_DEFINE_FINAL_TYPE (CotFoundRow, cot_found_row, GTK_TYPE_WIDGET)

static void
add_attribute (PangoAttrList *attributes, PangoAttribute *attribute, gsize start, gsize end)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (attributes, attribute);
}

/* @pairs: (start, end) in a text, of which @from to @to is shown, behind @shift bytes */
static PangoAttrList *
make_attributes (const gsize *pairs, guint n_pairs, gsize from, gsize to, gsize shift)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; i < n_pairs; i++)
    {
      gsize start = MAX (pairs[2 * i], from);
      gsize end = MIN (pairs[2 * i + 1], to);

      if (start >= end)
        continue;
      start = start - from + shift;
      end = end - from + shift;
      add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
      add_attribute (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
    }
  return attributes;
}

static const char *
skip_letters (const char *text, guint n)
{
  while (n-- > 0 && *text != '\0')
    text = g_utf8_next_char (text);
  return text;
}

static const char *
find_start (const char *text, gsize first_match)
{
  const char *start = text + first_match;
  guint n = 0;

  while (start > text && n++ < LETTERS_BEFORE)
    start = g_utf8_prev_char (start);
  /* A few letters are no more than what would stand for them. */
  return start - text <= LETTERS_BEFORE / 10 ? text : start;
}

static void
show_message (CotFoundRow *self, const char *text)
{
  gsize pairs[2 * MAX_MARKS];
  guint n_pairs = cot_found_entry_mark (self->entry, text, pairs, MAX_MARKS);
  const char *start = find_start (text, n_pairs > 0 ? pairs[0] : 0);
  const char *end = skip_letters (start, MAX_LETTERS);
  const char *before = start > text ? ELLIPSIS : "";
  g_autofree char *part = g_strndup (start, (gsize) (end - start));
  g_autofree char *shown = g_strconcat (before, part, *end != '\0' ? ELLIPSIS : "", NULL);
  PangoAttrList *attributes = make_attributes (pairs, n_pairs, (gsize) (start - text),
                                               (gsize) (end - text), strlen (before));

  /* Each takes the place of one byte, so that the marks stay right. */
  g_strdelimit (shown, "\r\n\t", ' ');
  gtk_label_set_text (GTK_LABEL (self->message), shown);
  gtk_label_set_attributes (GTK_LABEL (self->message), attributes);
  pango_attr_list_unref (attributes);
}

static char *
dup_place (CotFoundRow *self, const CotEntryDetails *details)
{
  CotLog *log = cot_found_entry_get_log (self->entry);
  CotCase *a_case = cot_found_entry_get_case (self->entry);
  const char *device = cot_case_get_log_device (a_case, log);
  const char *title = self->names_case ? cot_case_get_title (a_case) : "";
  /* Logs of several computers have the same names. */
  const char *owner = device != NULL && (self->names_case || cot_case_get_n_devices (a_case) > 1)
                          ? device
                          : title;
  guint64 in_part = 0;
  g_autofree char *name
      = cot_log_dup_part_name (log, cot_found_entry_get_ordinal (self->entry), &in_part);
  g_autofree char *number
      = cot_sentence_dup_number (details->line > 0 ? details->line : in_part + 1);
  /* Translators: name of a log, number of a line or entry in it, a time */
  g_autofree char *place
      = g_strdup_printf (details->line > 0 ? _("%s, line %s, %s") : _("%s, entry %s, %s"), name,
                         number, details->time_text != NULL ? details->time_text : _("no time"));

  return *owner != '\0' ? g_strdup_printf ("%s · %s", owner, place) : g_steal_pointer (&place);
}

static void
show_severity (CotFoundRow *self, CotSeverity severity)
{
  gboolean is_error = severity == COT_SEVERITY_ERROR;

  gtk_widget_set_visible (self->icon, is_error || severity == COT_SEVERITY_WARNING);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), is_error ? "dialog-error-symbolic"
                                                                 : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (self->icon, is_error ? "cot-warning" : "cot-error");
  gtk_widget_add_css_class (self->icon, is_error ? "cot-error" : "cot-warning");
}

/* What has the focus is the row that the list makes around this one. */
static void
set_accessible_name (CotFoundRow *self, const char *name)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (self));

  if (row != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

/* The severity first, as in the rows of a log; it is told where the icon tells it. */
static void
update_accessible_name (CotFoundRow *self, CotSeverity severity)
{
  const char *message = gtk_label_get_text (GTK_LABEL (self->message));
  const char *place = gtk_label_get_text (GTK_LABEL (self->place));
  gboolean is_told = gtk_widget_get_visible (self->icon);
  g_autofree char *name
      = g_strjoin (", ", is_told ? cot_sentence_get_severity (severity) : message,
                   is_told ? message : place, is_told ? place : NULL, NULL);

  set_accessible_name (self, name);
}

static void
on_details (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotFoundRow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CotEntryDetails) details
      = cot_log_load_details_finish (COT_LOG (source), result, &error);
  g_autofree char *place = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->entry == NULL)
    return;
  if (details == NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->message), _("This entry cannot be read any more."));
      set_accessible_name (self, gtk_label_get_text (GTK_LABEL (self->message)));
      return;
    }
  place = dup_place (self, details);
  show_message (self, details->message);
  gtk_label_set_text (GTK_LABEL (self->place), place);
  show_severity (self, details->severity);
  update_accessible_name (self, details->severity);
}

static void
clear (CotFoundRow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->entry);
}

static void
cot_found_row_dispose (GObject *object)
{
  CotFoundRow *self = COT_FOUND_ROW (object);

  clear (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_found_row_parent_class)->dispose (object);
}

static void
cot_found_row_class_init (CotFoundRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_found_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  return label;
}

static void
cot_found_row_init (CotFoundRow *self)
{
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  self->icon = gtk_image_new ();
  gtk_widget_set_visible (self->icon, FALSE);
  self->message = make_label ();
  self->place = make_label ();
  gtk_widget_add_css_class (self->place, "secondary-text");
  gtk_box_append (GTK_BOX (first), self->icon);
  gtk_box_append (GTK_BOX (first), self->message);
  gtk_box_append (GTK_BOX (self->box), first);
  gtk_box_append (GTK_BOX (self->box), self->place);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
cot_found_row_new (void)
{
  return g_object_new (COT_TYPE_FOUND_ROW, NULL);
}

/**
 * cot_found_row_set_entry:
 * @entry: (nullable): what to show
 * @names_case: whether to say which bundle it is of
 */
void
cot_found_row_set_entry (CotFoundRow *self, CotFoundEntry *entry, gboolean names_case)
{
  CotLog *log;

  g_return_if_fail (COT_IS_FOUND_ROW (self));

  clear (self);
  gtk_label_set_text (GTK_LABEL (self->message), "");
  gtk_label_set_attributes (GTK_LABEL (self->message), NULL);
  gtk_label_set_text (GTK_LABEL (self->place), "");
  gtk_widget_set_visible (self->icon, FALSE);
  /* The row was another entry's. */
  set_accessible_name (self, "");
  if (entry == NULL)
    return;
  log = cot_found_entry_get_log (entry);
  self->entry = g_object_ref (entry);
  self->names_case = names_case;
  self->cancellable = g_cancellable_new ();
  gtk_label_set_text (GTK_LABEL (self->place), cot_log_get_name (log));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), cot_log_get_label (log));
  cot_log_load_details_async (log, cot_found_entry_get_ordinal (entry), self->cancellable,
                              on_details, g_object_ref (self));
}
