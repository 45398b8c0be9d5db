/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-report-dialog.h"

#include <glib/gi18n.h>

#include "cot-dialog-window.h"
#include "cot-escape.h"
#include "cot-member-sentences.h"
#include "cot-names.h"
#include "cot-report-sentences.h"
#include "cot-report-text.h"
#include "cot-sentences.h"
#include "cot-text-label.h"

#define WIDTH_PX 680
#define HEIGHT_PX 640
/* Nobody looks through more of them; the rest is masked all the same. */
#define MAX_ROWS 300

/* Longer ones are no words. */
#define MAX_WORD_CHARACTERS 200

#define DIALOG_KEY "cot-report-dialog"
#define CHOICES "choices"
#define PREVIEW "preview"

typedef struct
{
  GtkWindow *window;
  CotCase *a_case;
  CotReport *report; /* (nullable): it is being read */
  GCancellable *cancellable;
  gboolean begun;                /* reading */
  GtkFileChooserNative *chooser; /* (nullable): while it is shown */
  GFile *file;                   /* (nullable): where it is saved to */

  gboolean shown;    /* the preview is of what the mask is now */
  gboolean masking;  /* a worker has the mask */
  char *word;        /* (nullable): that is being masked */

  GtkWidget *header;
  GtkWidget *stack;    /* "reading" or "ready" */
  GtkWidget *pages;    /* CHOICES or PREVIEW */
  GtkWidget *message;  /* what went wrong, or what was masked */
  GtkWidget *form;     /* all that can be chosen */
  GtkWidget *text;     /* the preview */
  GtkWidget *word_entry;
  GtkWidget *word_button;
  GtkWidget *format;
  GtkWidget *mask_switch;
  GtkWidget *items_title;
  GtkWidget *items;
  GtkWidget *save;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->file);
  g_clear_pointer (&self->report, cot_report_unref);
  g_object_unref (self->a_case);
  g_free (self->word);
  g_free (self);
}

static CotReportFormat
get_format (const Dialog *self)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (self->format)) == 0 ? COT_REPORT_HTML
                                                                        : COT_REPORT_MARKDOWN;
}

/* The notice in the report says whether anything is. */
static gboolean
is_masked (const Dialog *self)
{
  CotMask *mask = cot_report_get_mask (self->report);
  guint n = cot_mask_get_n_items (mask);

  if (!gtk_switch_get_active (GTK_SWITCH (self->mask_switch)))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (cot_mask_get_item (mask, i)->enabled)
      return TRUE;
  return n == 0;
}

static void
show_message (Dialog *self, const char *text, gboolean is_error)
{
  gtk_label_set_text (GTK_LABEL (self->message), text);
  gtk_widget_set_visible (self->message, text != NULL && *text != '\0');
  if (is_error)
    gtk_widget_add_css_class (self->message, "cot-error");
  else
    gtk_widget_remove_css_class (self->message, "cot-error");
}

/* A word can be masked where names are masked at all. */
static void
update_word (Dialog *self)
{
  gboolean can_mask = !self->masking && gtk_switch_get_active (GTK_SWITCH (self->mask_switch));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->word_entry));

  gtk_widget_set_sensitive (self->word_entry,
                            gtk_switch_get_active (GTK_SWITCH (self->mask_switch)));
  gtk_widget_set_sensitive (self->word_button, can_mask && *text != '\0');
}

static void
set_busy (Dialog *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->form, !busy);
  gtk_widget_set_sensitive (self->save, !busy && self->report != NULL);
  self->masking = busy;
  update_word (self);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  Dialog *self = data;
  g_autoptr (GError) error = NULL;

  if (cot_report_save_finish (NULL, result, &error))
    {
      GtkWindow *parent = gtk_window_get_transient_for (self->window);
      g_autofree char *uri = g_file_get_uri (self->file);

      gtk_widget_activate_action (GTK_WIDGET (parent), "win.written", "(ss)", _("Report written"),
                                  uri);
      gtk_window_destroy (self->window);
      return;
    }
  /* The dialog is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  show_message (self,
                g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE)
                    ? _("The report was not written: the disk is full. Choose another folder.")
                : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
                    ? _("The report was not written: you may not write there. Choose another "
                         "folder.")
                    : _("The report was not written. Choose another folder."),
                TRUE);
}

static void
on_file_chosen (GtkNativeDialog *chooser, int response, gpointer data)
{
  Dialog *self = data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_clear_object (&self->chooser);
  if (response == GTK_RESPONSE_ACCEPT && file == NULL)
    show_message (self, _("Not saved: no file was named. Save again."), TRUE);
  if (file == NULL)
    return;
  set_busy (self, TRUE);
  g_set_object (&self->file, file);
  cot_report_save_async (self->report, get_format (self), is_masked (self), file, self->cancellable,
                         on_saved, self);
}

/* Without the name of the device: that is masked. */
static char *
dup_file_name (const Dialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");

  return g_strdup_printf ("cotrace-report-%s.%s", day,
                          get_format (self) == COT_REPORT_HTML ? "html" : "md");
}

static void
on_save (GtkButton *button, gpointer data)
{
  Dialog *self = data;
  g_autofree char *name = dup_file_name (self);

  if (self->chooser != NULL)
    return;
  show_message (self, NULL, FALSE);
  self->chooser = gtk_file_chooser_native_new (_("Save the Report"), self->window,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_file_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_item_switched (GtkSwitch *item, GParamSpec *pspec, gpointer data)
{
  Dialog *self = data;
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (item), "index"));

  cot_mask_set_enabled (cot_report_get_mask (self->report), index, gtk_switch_get_active (item));
  self->shown = FALSE;
}

static void
on_mask_switched (GtkSwitch *mask_switch, GParamSpec *pspec, gpointer data)
{
  Dialog *self = data;

  gtk_widget_set_sensitive (self->items, gtk_switch_get_active (mask_switch));
  self->shown = FALSE;
  update_word (self);
}

static GtkWidget *
make_switch_row (const char *title, const char *subtitle, GtkWidget **toggle)
{
  GtkWidget *row = adw_action_row_new ();

  *toggle = gtk_switch_new ();
  gtk_switch_set_active (GTK_SWITCH (*toggle), TRUE);
  gtk_widget_set_valign (*toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  g_object_set (row, "use-markup", FALSE, "title", title, "subtitle", subtitle, NULL);
  cot_names_set_row (row, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), *toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), *toggle);
  return row;
}

static GtkWidget *
make_item_row (Dialog *self, guint index)
{
  const CotMaskItem *item = cot_mask_get_item (cot_report_get_mask (self->report), index);
  g_autofree char *value = cot_sentence_dup_visible (item->value);
  g_autofree char *times
      = g_strdup_printf (ngettext ("%u time", "%u times", item->count), item->count);
  /* Translators: "Device becomes device-1, 12 times" */
  g_autofree char *subtitle = g_strdup_printf (
      _("%s, becomes %s, %s"), cot_sentence_get_mask_kind (item->kind), item->stand_in, times);
  GtkWidget *toggle;
  GtkWidget *row = make_switch_row (value, subtitle, &toggle);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  g_object_set_data (G_OBJECT (toggle), "index", GUINT_TO_POINTER (index));
  g_signal_connect (toggle, "notify::active", G_CALLBACK (on_item_switched), self);
  return row;
}

static void
append_more (Dialog *self, guint n)
{
  g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n), n);
  GtkWidget *row = adw_action_row_new ();

  g_object_set (row, "use-markup", FALSE, "title", more, NULL);
  gtk_list_box_append (GTK_LIST_BOX (self->items), row);
}

/* Where a word that was asked for holds another value, that one is met no more. */
static void
fill_items (Dialog *self)
{
  CotMask *mask = cot_report_get_mask (self->report);
  guint n_met = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->items)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->items), child);
  for (guint i = 0; i < cot_mask_get_n_items (mask); i++)
    {
      if (cot_mask_get_item (mask, i)->count == 0)
        continue;
      if (n_met < MAX_ROWS)
        gtk_list_box_append (GTK_LIST_BOX (self->items), make_item_row (self, i));
      n_met++;
    }
  if (n_met > MAX_ROWS)
    append_more (self, n_met - MAX_ROWS);
  gtk_widget_set_visible (self->items, n_met > 0);
  gtk_label_set_text (GTK_LABEL (self->items_title),
                      n_met > 0 ? _("This will be masked. Switch off what may be told.")
                                : _("Nothing was recognised that names somebody or is secret. Look "
                                    "through the report all the same."));
}

static void
on_built (GObject *source, GAsyncResult *result, gpointer data)
{
  CotReport *report = cot_report_build_finish (result, NULL);
  Dialog *self = data;
  GtkWidget *switcher;

  /* Without one the dialog is gone. */
  if (report == NULL)
    return;
  self->report = report;
  fill_items (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "ready");
  switcher = gtk_stack_switcher_new ();
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (self->pages));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (self->header), switcher);
  set_busy (self, FALSE);
  gtk_widget_grab_focus (self->save);
}

static void
say_masked (Dialog *self, const CotReportPreview *preview)
{
  g_autofree char *word = cot_sentence_dup_visible (self->word);
  g_autofree char *text = NULL;

  if (preview->is_refused)
    text = g_strdup_printf (_("“%s” cannot be masked. Use two characters or more."), word);
  else
    text = cot_sentence_dup_masked_word (word, preview->n_of_word, preview->n_inside);
  show_message (self, text, preview->is_refused || preview->n_of_word == 0);
  if (preview->n_of_word > 0)
    gtk_editable_set_text (GTK_EDITABLE (self->word_entry), "");
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotReportPreview) preview = cot_report_preview_finish (NULL, result, NULL);
  Dialog *self = data;

  /* Without one the dialog is gone. */
  if (preview == NULL)
    return;
  cot_report_text_show (GTK_TEXT_VIEW (self->text), preview);
  self->shown = TRUE;
  if (self->word != NULL)
    {
      fill_items (self);
      say_masked (self, preview);
      g_clear_pointer (&self->word, g_free);
    }
  set_busy (self, FALSE);
}

/* With @word (nullable) masked, too. */
static void
show_preview (Dialog *self, const char *word)
{
  set_busy (self, TRUE);
  g_free (self->word);
  self->word = g_strdup (word);
  cot_report_preview_async (self->report, word, is_masked (self), self->cancellable, on_previewed,
                            self);
}

static void
on_page_changed (Dialog *self)
{
  const char *name = gtk_stack_get_visible_child_name (GTK_STACK (self->pages));

  if (self->report != NULL && !self->shown && !self->masking && g_strcmp0 (name, PREVIEW) == 0)
    show_preview (self, NULL);
}

static void
on_mask_word (Dialog *self)
{
  g_autofree char *word
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->word_entry))));

  if (self->report != NULL && !self->masking && *word != '\0')
    show_preview (self, word);
}

/* What is selected in the preview is most likely what is to be masked. */
static void
on_selected (Dialog *self)
{
  g_autofree char *word = cot_report_text_dup_selected (GTK_TEXT_VIEW (self->text));

  if (word != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->word_entry), word);
}

static void
build (Dialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H:%M");
  /* Translators: a date and a time */
  g_autofree char *written = g_strdup_printf (_("written %s"), time);

  self->begun = TRUE;
  cot_report_build_async (&self->a_case, 1, TRUE, cot_report_compose, g_steal_pointer (&written),
                          g_free, self->cancellable, on_built, self);
}

/* What is still being read has its part in the report. */
static void
on_progress (CotCase *a_case, GtkWindow *window)
{
  Dialog *self = g_object_get_data (G_OBJECT (window), DIALOG_KEY);

  if (!self->begun && cot_case_get_settled (a_case))
    build (self);
}

static GtkWidget *
make_reading_page (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_("Reading the logs once more…")));
  return box;
}

static void
on_show_preview (Dialog *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), PREVIEW);
}

/* Who only saves shall know that it can be looked at first. */
static GtkWidget *
make_preview_row (Dialog *self)
{
  GtkWidget *row = adw_action_row_new ();

  g_object_set (row, "title", _("Look at the Report First"), "subtitle",
                _("The preview shows what will be written, your notes too, and what is masked"),
                "activatable", TRUE, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_swapped (row, "activated", G_CALLBACK (on_show_preview), self);
  return row;
}

static GtkWidget *
make_choices (Dialog *self)
{
  const char *const formats[] = { _("Page (HTML)"), _("Markdown"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (formats);
  GtkWidget *choices = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (choices), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (choices, "boxed-list");
  self->format = adw_combo_row_new ();
  g_object_set (self->format, "title", _("Format"), "model", list, NULL);
  gtk_list_box_append (GTK_LIST_BOX (choices), self->format);
  gtk_list_box_append (GTK_LIST_BOX (choices),
                       make_switch_row (_("Mask Names and Secrets"),
                                        _("Stand-ins take their place, the same for the same"),
                                        &self->mask_switch));
  gtk_list_box_append (GTK_LIST_BOX (choices), make_preview_row (self));
  return choices;
}

static GtkWidget *
make_scroller (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
make_choices_page (Dialog *self)
{
  self->form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->form, "panel-page");
  self->items_title = cot_text_label_new (NULL, "heading");
  self->items = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->items), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->items, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->items), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What is masked"), -1);
  gtk_box_append (GTK_BOX (self->form), make_choices (self));
  gtk_box_append (GTK_BOX (self->form), self->items_title);
  gtk_box_append (GTK_BOX (self->form), self->items);
  g_signal_connect (self->mask_switch, "notify::active", G_CALLBACK (on_mask_switched), self);
  return make_scroller (self->form);
}

/* Under both pages: what nothing in the logs says to be a name. */
static GtkWidget *
make_word_bar (Dialog *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->word_entry = gtk_entry_new ();
  self->word_button = cot_button_new_named (_("_Mask This Word Too"));
  gtk_entry_set_max_length (GTK_ENTRY (self->word_entry), MAX_WORD_CHARACTERS);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->word_entry),
                                  _("Type a word, or select it in the preview"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->word_entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Word to mask"), -1);
  gtk_widget_set_hexpand (self->word_entry, TRUE);
  gtk_widget_add_css_class (bar, "panel-page");
  gtk_box_append (GTK_BOX (bar), self->word_entry);
  gtk_box_append (GTK_BOX (bar), self->word_button);
  g_signal_connect_swapped (self->word_entry, "activate", G_CALLBACK (on_mask_word), self);
  g_signal_connect_swapped (self->word_entry, "changed", G_CALLBACK (update_word), self);
  g_signal_connect_swapped (self->word_button, "clicked", G_CALLBACK (on_mask_word), self);
  return bar;
}

static GtkWidget *
make_ready_page (Dialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->message = cot_text_label_new (NULL, "report-message");
  gtk_widget_set_visible (self->message, FALSE);
  self->text = cot_report_text_new ();
  self->pages = gtk_stack_new ();
  gtk_stack_add_titled (GTK_STACK (self->pages), make_choices_page (self), CHOICES, _("Masks"));
  gtk_stack_add_titled (GTK_STACK (self->pages), make_scroller (self->text), PREVIEW, _("Preview"));
  gtk_box_append (GTK_BOX (box), self->pages);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), make_word_bar (self));
  g_signal_connect_swapped (self->pages, "notify::visible-child", G_CALLBACK (on_page_changed),
                            self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), "mark-set",
                            G_CALLBACK (on_selected), self);
  return box;
}

static GtkWidget *
make_header (Dialog *self)
{
  GtkWidget *header = self->header = adw_header_bar_new ();
  GtkWidget *cancel = cot_button_new_named (_("_Cancel"));

  self->save = cot_button_new_named (_("_Save…"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self->window);
  g_signal_connect (self->save, "clicked", G_CALLBACK (on_save), self);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  return header;
}

void
cot_report_dialog_present (GtkWindow *parent, CotCase *a_case)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Dialog *self = g_new0 (Dialog, 1);

  self->window = GTK_WINDOW (window);
  self->a_case = g_object_ref (a_case);
  self->cancellable = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (window), DIALOG_KEY, self, dialog_free);
  gtk_window_set_title (self->window, _("Export Report"));
  gtk_window_set_transient_for (self->window, parent);
  gtk_window_set_modal (self->window, TRUE);
  gtk_window_set_destroy_with_parent (self->window, TRUE);
  cot_dialog_window_set_size (self->window, parent, WIDTH_PX, HEIGHT_PX);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), make_reading_page (), "reading");
  gtk_stack_add_named (GTK_STACK (self->stack), make_ready_page (self), "ready");
  gtk_box_append (GTK_BOX (content), make_header (self));
  gtk_box_append (GTK_BOX (content), self->stack);
  adw_window_set_content (ADW_WINDOW (window), content);
  cot_escape_closes (window);
  set_busy (self, TRUE);
  g_signal_connect_object (a_case, "progress-changed", G_CALLBACK (on_progress), window, 0);
  gtk_window_present (self->window);
  on_progress (a_case, self->window);
}
