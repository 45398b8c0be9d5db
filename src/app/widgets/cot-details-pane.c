/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-details-pane.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-explanation.h"
#include "cot-finding-text.h"
#include "cot-message-view.h"
#include "cot-registry-sentences.h"
#include "cot-sentences.h"
#include "cot-status-messages.h"
#include "cot-text-label.h"

/* Buttons for the codes of a message; more than this are reached on the Codes page. */
#define MAX_CODE_BUTTONS 8

enum
{
  CODES_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotDetailsPane
{
  GtkWidget parent_instance;

  CotLog *log; /* (nullable) */
  guint64 ordinal;
  gboolean compact;
  GPtrArray *codes; /* (nullable) (element-type CotCode) */
  CotFinding *finding; /* (nullable): the one that is shown */
  GCancellable *cancellable; /* of the loading that runs; (nullable) */

  GtkWidget *stack;
  GtkWidget *message;
  GtkWidget *attributes;
  GtkWidget *time;
  GtkWidget *code_box;
  GtkWidget *explanation; /* holds the card */
};

G_DEFINE_FINAL_TYPE (CotDetailsPane, cot_details_pane, GTK_TYPE_WIDGET)

static void
remove_children (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
append_part (GString *text, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, "    ");
  g_string_append (text, part);
}

/* "thread 7120 (0x1BD0)"; a thread that is no number stays as it was written. */
static char *
dup_thread_text (const char *thread)
{
  guint64 number;

  if (thread == NULL || *thread == '\0')
    return NULL;
  if (g_ascii_string_to_unsigned (thread, 10, 0, G_MAXUINT32, &number, NULL))
    return g_strdup_printf (_("thread %s (0x%04X)"), thread, (guint) number);
  return g_strdup_printf (_("thread %s"), thread);
}

/* "status message 2301: The site server has processed a package." */
static char *
dup_status_text (guint id)
{
  const char *meaning = cot_status_message_get_meaning (id);

  if (id == 0)
    return NULL;
  return meaning != NULL ? g_strdup_printf (_("status message %u: %s"), id, meaning)
                         : g_strdup_printf (_("status message %u"), id);
}

static char *
dup_attributes_text (const CotEntryDetails *details)
{
  GString *text = g_string_new (NULL);
  g_autofree char *thread = dup_thread_text (details->thread);
  g_autofree char *number = cot_sentence_dup_number (details->line);
  g_autofree char *line = NULL;
  g_autofree char *context = NULL;
  g_autofree char *status = dup_status_text (details->status_id);
  g_autofree char *note
      = cot_sentence_dup_registry_note (details->registry_note, details->registry_flags);

  append_part (text, cot_sentence_get_severity (details->severity));
  if (details->type_text != NULL && *details->type_text != '\0')
    g_string_append_printf (text, _(" (type %s)"), details->type_text);
  append_part (text, details->component);
  append_part (text, thread);
  append_part (text, details->origin);
  if (details->context != NULL && *details->context != '\0')
    context = g_strdup_printf (_("context %s"), details->context);
  append_part (text, context);
  if (details->line > 0)
    line = g_strdup_printf (_("line %s"), number);
  append_part (text, line);
  append_part (text, status);
  append_part (text, note);
  if (!(details->flags & COT_RECORD_FRAMED))
    append_part (text, _("plain text"));
  if (details->flags & COT_RECORD_INCOMPLETE)
    append_part (text, _("incomplete: the record was cut"));
  return g_string_free (text, FALSE);
}

static const char *
get_bias_reason (CotBiasWriter writer)
{
  switch (writer)
    {
    case COT_BIAS_WRITER_NATIVE:
      return _("added to the clock, as Windows components write it");
    case COT_BIAS_WRITER_EAST_POSITIVE:
      return _("subtracted from the clock, as script writers mean it");
    case COT_BIAS_WRITER_UNKNOWN:
    default:
      return _("taken as Windows components write it");
    }
}

/* UTC without its day, where it is the same. */
static const char *
skip_same_day (const char *utc, const char *local)
{
  const gsize length = strlen ("2026-11-18 ");

  return strlen (utc) > length && strncmp (utc, local, length) == 0 ? utc + length : utc;
}

static char *
dup_time_text (const CotEntryDetails *details)
{
  if (details->time_text == NULL)
    return g_strdup (_("This entry has no time of its own."));
  if (details->utc_text == NULL || details->bias_minutes == COT_BIAS_NONE)
    return g_strdup (details->time_text);
  /* Translators: the clock as written, then UTC, then the bias in minutes */
  return g_strdup_printf (_("%s, UTC %s (bias %+d)"), details->time_text,
                          skip_same_day (details->utc_text, details->time_text),
                          details->bias_minutes);
}

static char *
dup_time_tooltip (const CotEntryDetails *details)
{
  if (details->utc_text == NULL || details->bias_minutes == COT_BIAS_NONE)
    return NULL;
  return g_strdup_printf (_("UTC %s: a bias of %+d minutes, %s"), details->utc_text,
                          details->bias_minutes, get_bias_reason (details->bias_writer));
}

/* The popover belongs to the message: the button may go while it is open. */
static void
on_code_clicked (GtkButton *button, gpointer data)
{
  CotDetailsPane *self
      = COT_DETAILS_PANE (gtk_widget_get_ancestor (GTK_WIDGET (button), COT_TYPE_DETAILS_PANE));
  graphene_rect_t bounds;
  GdkRectangle place;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (button), self->message, &bounds))
    return;
  place = (GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                          (int) bounds.size.height };
  cot_code_popover_show (self->message, &place, data);
}

static void
update_code_buttons (CotDetailsPane *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  remove_children (self->code_box);
  /* Shown first: a box that is hidden keeps the size that it had without its new children. */
  gtk_widget_set_visible (self->code_box, self->codes->len > 0);
  for (guint i = 0; i < self->codes->len && g_hash_table_size (seen) < MAX_CODE_BUTTONS; i++)
    {
      const CotCode *code = g_ptr_array_index (self->codes, i);
      g_autofree char *text = NULL;
      GtkWidget *button;
      GtkWidget *label;

      if (!g_hash_table_add (seen, code->code_text))
        continue;
      text = g_strdup_printf ("%s  %s", code->code_text,
                              code->meaning != NULL ? code->meaning : "");
      label = gtk_label_new (text);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      button = gtk_button_new ();
      gtk_button_set_child (GTK_BUTTON (button), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                      -1);
      gtk_widget_add_css_class (button, "code-chip");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (button, code->meaning);
      g_signal_connect (button, "clicked", G_CALLBACK (on_code_clicked), (gpointer) code);
      gtk_box_append (GTK_BOX (self->code_box), button);
    }
}

static void
update_explanation (CotDetailsPane *self)
{
  CotFinding *finding
      = self->log != NULL ? cot_log_get_finding_at (self->log, self->ordinal) : NULL;

  remove_children (self->explanation);
  g_clear_pointer (&self->finding, cot_finding_unref);
  gtk_widget_set_visible (self->explanation, finding != NULL);
  if (finding != NULL)
    {
      self->finding = cot_finding_ref (finding);
      gtk_box_append (GTK_BOX (self->explanation), cot_explanation_new (finding, self->compact));
    }
}

static void
on_known_changed (CotDetailsPane *self)
{
  CotFinding *finding
      = self->log != NULL ? cot_log_get_finding_at (self->log, self->ordinal) : NULL;

  if (finding != self->finding)
    update_explanation (self);
}

static void
set_codes (CotDetailsPane *self, GPtrArray *codes)
{
  /* The buttons point into the old array. */
  remove_children (self->code_box);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  self->codes = codes;
  g_signal_emit (self, signals[CODES_CHANGED], 0);
}

static void
show_details (CotDetailsPane *self, const CotEntryDetails *details)
{
  g_autofree char *attributes = dup_attributes_text (details);
  g_autofree char *time = dup_time_text (details);
  g_autofree char *time_tooltip = dup_time_tooltip (details);

  set_codes (self, cot_codes_find_in_log (details->message, cot_log_get_label (self->log),
                                          details->component));
  cot_message_view_set_message (COT_MESSAGE_VIEW (self->message), details->message, self->codes);
  gtk_label_set_text (GTK_LABEL (self->attributes), attributes);
  gtk_label_set_text (GTK_LABEL (self->time), time);
  gtk_widget_set_tooltip_text (self->time, time_tooltip);
  update_code_buttons (self);
  update_explanation (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "entry");
}

static void
on_details_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotDetailsPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CotEntryDetails) details
      = cot_log_load_details_finish (COT_LOG (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || COT_LOG (source) != self->log)
    return;
  if (details == NULL)
    {
      g_autofree char *sentence = cot_sentence_from_error (error, cot_log_get_name (self->log));

      set_codes (self, NULL);
      cot_message_view_set_message (COT_MESSAGE_VIEW (self->message), sentence, NULL);
      gtk_label_set_text (GTK_LABEL (self->attributes), "");
      gtk_label_set_text (GTK_LABEL (self->time), "");
      update_explanation (self);
      return;
    }
  if (details->ordinal == self->ordinal)
    show_details (self, details);
}

static void
cot_details_pane_dispose (GObject *object)
{
  CotDetailsPane *self = COT_DETAILS_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_clear_object (&self->log);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  g_clear_pointer (&self->finding, cot_finding_unref);

  G_OBJECT_CLASS (cot_details_pane_parent_class)->dispose (object);
}

static void
cot_details_pane_class_init (CotDetailsPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_details_pane_dispose;
  signals[CODES_CHANGED] = g_signal_new ("codes-changed", COT_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "detailspane");
}

static GtkWidget *
make_entry_page (CotDetailsPane *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  self->message = cot_message_view_new ();
  self->attributes = cot_text_label_new ("", "entry-attributes");
  self->time = cot_text_label_new ("", "entry-attributes");
  self->code_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->explanation = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (lines), self->attributes);
  gtk_box_append (GTK_BOX (lines), self->time);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), self->code_box);
  gtk_box_append (GTK_BOX (box), self->explanation);
  gtk_widget_add_css_class (box, "details-box");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

static void
cot_details_pane_init (CotDetailsPane *self)
{
  GtkWidget *nothing = gtk_label_new (_("Select an entry to see all of it."));

  self->stack = gtk_stack_new ();
  gtk_widget_add_css_class (nothing, "secondary-text");
  gtk_stack_add_named (GTK_STACK (self->stack), nothing, "nothing");
  gtk_stack_add_named (GTK_STACK (self->stack), make_entry_page (self), "entry");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
}

GtkWidget *
cot_details_pane_new (void)
{
  return g_object_new (COT_TYPE_DETAILS_PANE, NULL);
}

/**
 * cot_details_pane_set_entry:
 * @log: (nullable): the log
 * @ordinal: the entry in it
 */
void
cot_details_pane_set_entry (CotDetailsPane *self, CotLog *log, guint64 ordinal)
{
  g_return_if_fail (COT_IS_DETAILS_PANE (self));

  if (self->log == log && self->ordinal == ordinal)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->log != log)
    {
      if (self->log != NULL)
        g_signal_handlers_disconnect_by_data (self->log, self);
      g_set_object (&self->log, log);
      if (log != NULL)
        g_signal_connect_swapped (log, "known-changed", G_CALLBACK (on_known_changed), self);
    }
  self->ordinal = ordinal;
  if (log == NULL)
    {
      set_codes (self, NULL);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "nothing");
      return;
    }
  self->cancellable = g_cancellable_new ();
  cot_log_load_details_async (log, ordinal, self->cancellable, on_details_loaded,
                              g_object_ref (self));
}

/**
 * cot_details_pane_set_compact:
 * @compact: whether there is little room
 */
void
cot_details_pane_set_compact (CotDetailsPane *self, gboolean compact)
{
  g_return_if_fail (COT_IS_DETAILS_PANE (self));

  if (self->compact == compact)
    return;
  self->compact = compact;
  if (self->finding != NULL)
    update_explanation (self);
}

GPtrArray *
cot_details_pane_get_codes (CotDetailsPane *self)
{
  g_return_val_if_fail (COT_IS_DETAILS_PANE (self), NULL);

  return self->codes;
}
