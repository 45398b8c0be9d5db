/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-details-pane.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-entry-sentences.h"
#include "cot-explanation.h"
#include "cot-finding-text.h"
#include "cot-form-bar.h"
#include "cot-mark-bar.h"
#include "cot-message-view.h"
#include "cot-sentences.h"
#include "cot-text-content.h"
#include "cot-text-label.h"
#include "cot-time-mode.h"

/* Buttons for the codes of a message; more than this are reached on the Codes page. */
#define MAX_CODE_BUTTONS 8
/* Identifiers that lead to all their entries. */
#define MAX_ID_BUTTONS 4
/* Of the bytes of a record: a page of them, and a few more each time. */
#define FIRST_SHOWN_BYTES (3 * 1024)
#define MORE_SHOWN_BYTES (16 * 1024)
#define GROWING_FLAGS (COT_RECORD_INCOMPLETE | COT_RECORD_OPEN_ENDED)

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
  CotEntryDetails *details; /* (nullable) of the entry that is shown */
  gboolean may_grow; /* what is written next may belong to it */
  gboolean is_loading;
  gboolean is_growing; /* loaded again for that */
  gboolean is_stale; /* to be loaded once more */
  gsize n_shown_bytes;
  GPtrArray *codes; /* (nullable) (element-type CotCode) */
  CotFinding *finding; /* (nullable): the one that is shown */
  CotFinding *beside; /* (nullable): the other one: of the user's own, or built in */
  GCancellable *cancellable; /* of the loading that runs; (nullable) */
  GCancellable *copying; /* of the entry that is to be copied; (nullable) */

  GtkWidget *stack;
  GtkWidget *nothing; /* what is said while no entry is selected */
  GtkWidget *forms;
  GtkWidget *mark;
  GtkWidget *message;
  GtkWidget *more; /* bytes */
  GtkWidget *lines; /* of what else is known of the entry */
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

/* @text: what stands on it; @icon_name: (nullable) */
static GtkWidget *
append_chip (CotDetailsPane *self, const char *text, const char *icon_name)
{
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new ();

  if (icon_name != NULL)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon_name));
  cot_text_label_set_wrapping (GTK_LABEL (label), NULL);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (button, "code-chip");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->code_box), button);
  return button;
}

static void
append_id_buttons (CotDetailsPane *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GArray *ids = self->details->ids;

  for (guint i = 0; i < ids->len && g_hash_table_size (seen) < MAX_ID_BUTTONS; i++)
    {
      const CotMessageId *id = &g_array_index (ids, CotMessageId, i);
      char *text = g_strndup (self->details->message + id->start, id->end - id->start);
      GtkWidget *button;

      if (!g_hash_table_add (seen, text))
        continue;
      button = append_chip (self, text, "edit-find-symbolic");
      gtk_widget_set_tooltip_text (button, _("All entries with this identifier, in all open logs"));
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", text);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.find-all-text");
    }
}

/* A small number as it stands in the line: nobody looks for 12007 under 0x00002EE7. */
static char *
dup_code_text (const CotCode *code)
{
  const char *meaning = code->meaning != NULL ? code->meaning : "";

  if (code->is_number && code->code <= G_MAXUINT16)
    return g_strdup_printf ("%u  %s", code->code, meaning);
  return g_strdup_printf ("%s  %s", code->code_text, meaning);
}

static void
update_code_buttons (CotDetailsPane *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  remove_children (self->code_box);
  /* Shown first: a box that is hidden keeps the size that it had without its new children. */
  gtk_widget_set_visible (self->code_box, self->codes->len > 0 || self->details->ids->len > 0);
  append_id_buttons (self);
  for (guint i = 0; i < self->codes->len && g_hash_table_size (seen) < MAX_CODE_BUTTONS; i++)
    {
      const CotCode *code = g_ptr_array_index (self->codes, i);
      g_autofree char *text = NULL;
      GtkWidget *button;

      if (!g_hash_table_add (seen, code->code_text))
        continue;
      text = dup_code_text (code);
      button = append_chip (self, text, NULL);
      gtk_widget_set_tooltip_text (button, code->meaning);
      g_signal_connect (button, "clicked", G_CALLBACK (on_code_clicked), (gpointer) code);
    }
}

static void
append_explanation (CotDetailsPane *self, CotFinding *finding, gboolean compact,
                    CotFinding **shown)
{
  g_clear_pointer (shown, cot_finding_unref);
  if (finding == NULL)
    return;
  *shown = cot_finding_ref (finding);
  gtk_box_append (GTK_BOX (self->explanation), cot_explanation_new (finding, compact));
}

static CotFinding *
find_beside (CotDetailsPane *self)
{
  return self->log != NULL ? cot_log_get_finding_beside (self->log, self->ordinal) : NULL;
}

static void
update_explanation (CotDetailsPane *self)
{
  CotFinding *finding
      = self->log != NULL ? cot_log_get_finding_at (self->log, self->ordinal) : NULL;
  CotFinding *beside = find_beside (self);
  /* Both are to be seen. */
  gboolean compact = self->compact || beside != NULL;

  remove_children (self->explanation);
  gtk_widget_set_visible (self->explanation, finding != NULL);
  append_explanation (self, finding, compact, &self->finding);
  append_explanation (self, beside, compact, &self->beside);
}

static void
on_known_changed (CotDetailsPane *self)
{
  CotFinding *finding
      = self->log != NULL ? cot_log_get_finding_at (self->log, self->ordinal) : NULL;

  if (finding != self->finding || find_beside (self) != self->beside)
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

/* More of the bytes, where there are more. */
static void
update_more (CotDetailsPane *self)
{
  gsize n_bytes = self->details->bytes != NULL ? g_bytes_get_size (self->details->bytes) : 0;
  gboolean is_more = cot_form_bar_get_form (COT_FORM_BAR (self->forms)) == COT_ENTRY_FORM_BYTES
                     && self->n_shown_bytes < n_bytes;

  gtk_widget_set_visible (self->more, is_more);
  if (is_more)
    {
      g_autofree char *size = g_format_size (n_bytes - self->n_shown_bytes);
      g_autofree char *text = g_strdup_printf (_("Show more bytes (%s)"), size);

      gtk_button_set_label (GTK_BUTTON (self->more), text);
    }
}

static void
on_more_clicked (CotDetailsPane *self)
{
  gsize start = self->n_shown_bytes;
  g_autofree char *text = NULL;

  self->n_shown_bytes += MORE_SHOWN_BYTES;
  text = cot_entry_sentence_dup_bytes (self->details, start, self->n_shown_bytes);
  cot_message_view_append (COT_MESSAGE_VIEW (self->message), text);
  update_more (self);
}

static void
show_form (CotDetailsPane *self)
{
  CotEntryForm form = cot_form_bar_get_form (COT_FORM_BAR (self->forms));
  g_autofree char *text = NULL;

  if (self->details == NULL)
    return;
  self->n_shown_bytes = FIRST_SHOWN_BYTES;
  text = form == COT_ENTRY_FORM_BYTES
             ? cot_entry_sentence_dup_bytes (self->details, 0, FIRST_SHOWN_BYTES)
             : cot_entry_sentence_dup_form (self->details, form);
  /* Rows of bytes that are broken are none. */
  cot_message_view_set_wrap (COT_MESSAGE_VIEW (self->message),
                             form != COT_ENTRY_FORM_BYTES
                                 && cot_form_bar_get_wrap (COT_FORM_BAR (self->forms)));
  /* Where a code stands is known of the message as it was written. */
  cot_message_view_set_message (COT_MESSAGE_VIEW (self->message), text,
                                form == COT_ENTRY_FORM_WRITTEN ? self->codes : NULL,
                                form == COT_ENTRY_FORM_WRITTEN ? self->details->ids : NULL);
  update_more (self);
}

static void
set_details (CotDetailsPane *self, CotEntryDetails *details)
{
  cot_entry_details_free (self->details);
  self->details = details;
  gtk_widget_set_visible (self->forms, details != NULL);
}

static void
show_time (CotDetailsPane *self)
{
  CotClockMode mode = cot_time_mode_get ();
  g_autofree char *time = NULL;
  g_autofree char *tooltip = NULL;

  if (self->details == NULL)
    return;
  time = cot_entry_sentence_dup_time (self->details, mode);
  tooltip = cot_entry_sentence_dup_time_tooltip (self->details, mode);
  gtk_label_set_text (GTK_LABEL (self->time), time);
  gtk_widget_set_tooltip_text (self->time, tooltip);
}

static void
show_details (CotDetailsPane *self, CotEntryDetails *details)
{
  g_autofree char *attributes = cot_entry_sentence_dup_attributes (details);

  set_codes (self, g_ptr_array_ref (details->codes));
  set_details (self, details);
  cot_form_bar_set_details (COT_FORM_BAR (self->forms), details);
  show_form (self);
  gtk_label_set_text (GTK_LABEL (self->attributes), attributes);
  show_time (self);
  update_code_buttons (self);
  update_explanation (self);
  cot_mark_bar_set_entry (COT_MARK_BAR (self->mark), self->log, self->ordinal);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "entry");
}

/* As it was: what the user selected there, or scrolled to, stays. */
static gboolean
is_shown (CotDetailsPane *self, const CotEntryDetails *details)
{
  return self->details != NULL && self->is_growing && self->details->ordinal == details->ordinal
         && self->details->flags == details->flags
         && g_strcmp0 (self->details->record, details->record) == 0;
}

static void load (CotDetailsPane *self, gboolean is_growing);

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
  self->is_loading = FALSE;
  if (details == NULL)
    {
      g_autofree char *sentence = cot_sentence_from_error (error, cot_log_get_name (self->log));

      set_codes (self, NULL);
      set_details (self, NULL);
      cot_message_view_set_message (COT_MESSAGE_VIEW (self->message), sentence, NULL, NULL);
      gtk_widget_set_visible (self->more, FALSE);
      gtk_label_set_text (GTK_LABEL (self->attributes), "");
      gtk_label_set_text (GTK_LABEL (self->time), "");
      update_explanation (self);
      cot_mark_bar_set_entry (COT_MARK_BAR (self->mark), self->log, self->ordinal);
      return;
    }
  if (details->ordinal != self->ordinal)
    return;
  self->may_grow = self->may_grow || (details->flags & GROWING_FLAGS) != 0;
  if (!is_shown (self, details))
    show_details (self, g_steal_pointer (&details));
  if (self->is_stale)
    load (self, TRUE);
}

static void
load (CotDetailsPane *self, gboolean is_growing)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_loading = TRUE;
  self->is_growing = is_growing;
  self->is_stale = FALSE;
  self->may_grow = self->ordinal + 1 == cot_log_get_n_entries (self->log);
  cot_log_load_details_async (self->log, self->ordinal, self->cancellable, on_details_loaded,
                              g_object_ref (self));
}

/* Half a record that is written out, or a line that goes on in the next one. */
static void
on_log_changed (CotDetailsPane *self)
{
  self->is_stale = self->may_grow;
  if (self->is_stale && !self->is_loading)
    load (self, TRUE);
}

static void
copy_text (CotDetailsPane *self, char *text, const char *toast)
{
  cot_text_content_copy (GTK_WIDGET (self), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", toast);
}

static void
on_entry_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotDetailsPane) self = data;
  g_autoptr (GError) error = NULL;
  char *text = cot_log_copy_finish (COT_LOG (source), result, &error);

  if (text != NULL)
    {
      copy_text (self, text, _("Entry copied"));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *sentence
          = cot_sentence_from_error (error, cot_log_get_name (COT_LOG (source)));

      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sentence);
    }
}

/* A line as the log copies it: the text of the entry is read again, and whole. */
static void
copy_entry (CotDetailsPane *self)
{
  g_autoptr (CotBitset) ordinals = cot_bitset_new ();
  const char columns[] = { 'm', 'c', cot_time_mode_get_letter (), 'h', '\0' };

  if (self->copying != NULL)
    g_cancellable_cancel (self->copying);
  g_clear_object (&self->copying);
  self->copying = g_cancellable_new ();
  cot_bitset_add (ordinals, self->ordinal);
  cot_log_copy_async (self->log, ordinals, NULL, columns, self->copying, on_entry_copied,
                      g_object_ref (self));
}

static void
on_copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CotDetailsPane *self = COT_DETAILS_PANE (widget);

  if (self->details == NULL || self->log == NULL)
    return;
  if (g_str_equal (name, "details.copy-message"))
    copy_text (self, g_strdup (self->details->message_as_written), _("Message copied"));
  else if (g_str_equal (name, "details.copy-record"))
    copy_text (self, g_strdup (self->details->record), _("Record copied"));
  else if (g_str_equal (name, "details.copy-shown"))
    copy_text (self,
               cot_entry_sentence_dup_form (self->details,
                                            cot_form_bar_get_form (COT_FORM_BAR (self->forms))),
               _("Copied"));
  else
    copy_entry (self);
}

static void
cot_details_pane_dispose (GObject *object)
{
  CotDetailsPane *self = COT_DETAILS_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->copying);
  g_clear_object (&self->copying);
  if (self->log != NULL)
    g_signal_handlers_disconnect_by_data (self->log, self);
  g_clear_object (&self->log);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->details, cot_entry_details_free);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  g_clear_pointer (&self->finding, cot_finding_unref);
  g_clear_pointer (&self->beside, cot_finding_unref);

  G_OBJECT_CLASS (cot_details_pane_parent_class)->dispose (object);
}

static void
cot_details_pane_class_init (CotDetailsPaneClass *klass)
{
  static const char *const copies[] = { "details.copy-message", "details.copy-entry",
                                        "details.copy-record", "details.copy-shown" };

  G_OBJECT_CLASS (klass)->dispose = cot_details_pane_dispose;
  signals[CODES_CHANGED] = g_signal_new ("codes-changed", COT_TYPE_DETAILS_PANE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "detailspane");
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), copies[i], NULL, on_copy);
}

static GtkWidget *
make_entry_page (CotDetailsPane *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  self->forms = cot_form_bar_new ();
  g_signal_connect_swapped (self->forms, "changed", G_CALLBACK (show_form), self);
  self->mark = cot_mark_bar_new ();
  self->message = cot_message_view_new ();
  self->more = gtk_button_new ();
  gtk_widget_set_halign (self->more, GTK_ALIGN_START);
  gtk_widget_set_visible (self->more, FALSE);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (on_more_clicked), self);
  self->attributes = cot_text_label_new ("", "entry-attributes");
  self->time = cot_text_label_new ("", "entry-attributes");
  self->code_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->explanation = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->lines), self->attributes);
  gtk_box_append (GTK_BOX (self->lines), self->time);
  gtk_box_append (GTK_BOX (box), self->mark);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), self->more);
  gtk_box_append (GTK_BOX (box), self->lines);
  gtk_box_append (GTK_BOX (box), self->code_box);
  gtk_box_append (GTK_BOX (box), self->explanation);
  gtk_widget_add_css_class (box, "details-box");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (page), self->forms);
  gtk_box_append (GTK_BOX (page), scroller);
  return page;
}

/* Of a log that is read still, entries are to come. */
static const char *
get_invitation (CotLog *log, gboolean hides_all)
{
  CotDocumentState state = log != NULL ? cot_log_get_state (log) : COT_DOCUMENT_NEW;

  if (hides_all)
    return _("The filter hides all entries. Change a condition, or clear it, to select one.");
  if (state == COT_DOCUMENT_NEW || state == COT_DOCUMENT_LOADING || !cot_log_is_blank (log))
    return _("Select an entry to see all of it.");
  return state == COT_DOCUMENT_FAILED ? _("No entry of this log could be read.")
                                      : _("This log has no entries.");
}

static void
cot_details_pane_init (CotDetailsPane *self)
{
  self->stack = gtk_stack_new ();
  self->nothing = gtk_label_new (get_invitation (NULL, FALSE));
  cot_text_label_set_wrapping (GTK_LABEL (self->nothing), NULL);
  gtk_widget_add_css_class (self->nothing, "secondary-text");
  gtk_stack_add_named (GTK_STACK (self->stack), self->nothing, "nothing");
  gtk_stack_add_named (GTK_STACK (self->stack), make_entry_page (self), "entry");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  cot_time_mode_watch (self, G_CALLBACK (show_time));
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
  self->may_grow = FALSE;
  if (self->log != log)
    {
      if (self->log != NULL)
        g_signal_handlers_disconnect_by_data (self->log, self);
      g_set_object (&self->log, log);
      if (log != NULL)
        {
          g_signal_connect_swapped (log, "known-changed", G_CALLBACK (on_known_changed), self);
          g_signal_connect_swapped (log, "changed", G_CALLBACK (on_log_changed), self);
        }
    }
  self->ordinal = ordinal;
  if (log == NULL)
    {
      set_codes (self, NULL);
      set_details (self, NULL);
      cot_mark_bar_set_entry (COT_MARK_BAR (self->mark), NULL, 0);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "nothing");
      return;
    }
  load (self, FALSE);
}

/**
 * cot_details_pane_tell_of_log:
 * @log: (nullable): the log in front
 * @hides_all: whether its filter lets nothing through
 */
void
cot_details_pane_tell_of_log (CotDetailsPane *self, CotLog *log, gboolean hides_all)
{
  g_return_if_fail (COT_IS_DETAILS_PANE (self));

  gtk_label_set_text (GTK_LABEL (self->nothing), get_invitation (log, hides_all));
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
  /* Where there is room for one of them only, what is known of the line is to be seen. */
  gtk_box_reorder_child_after (GTK_BOX (gtk_widget_get_parent (self->explanation)),
                               self->explanation, compact ? self->more : self->code_box);
  if (self->finding != NULL)
    update_explanation (self);
}

GPtrArray *
cot_details_pane_get_codes (CotDetailsPane *self)
{
  g_return_val_if_fail (COT_IS_DETAILS_PANE (self), NULL);

  return self->codes;
}

void
cot_details_pane_next_form (CotDetailsPane *self)
{
  g_return_if_fail (COT_IS_DETAILS_PANE (self));

  if (self->details != NULL)
    cot_form_bar_next (COT_FORM_BAR (self->forms));
}
