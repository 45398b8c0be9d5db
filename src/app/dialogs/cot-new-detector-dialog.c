/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-new-detector-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-escape.h"
#include "cot-member-sentences.h"
#include "cot-names.h"
#include "cot-sentences.h"
#include "cot-text-label.h"

#define WIDTH_PX 600
#define HEIGHT_PX 680
/* Nobody reads a number while typing. */
#define CHECK_DELAY_MSEC 250
#define MAX_SAMPLE_LINES 4
/* Of more than a tenth of a log, and so many, one text hardly tells one failure. */
#define MANY_ENTRIES 10

static const CotSeverity severities[]
    = { COT_SEVERITY_ERROR, COT_SEVERITY_WARNING, COT_SEVERITY_INFO, COT_SEVERITY_SUCCESS };

typedef struct
{
  GtkWindow *window; /* the dialog lives as long as it */
  CotSession *session;
  CotLog *log; /* (nullable): where the line stands */
  CotOwnDetector *own; /* (nullable): in whose place it is written */
  CotDraft *draft;
  CotNewDetectorSaved saved;
  GObject *data;
  GtkWidget *name;
  GtkWidget *severity;
  GtkWidget *text;
  GtkWidget *log_name;
  GtkWidget *meaning;
  GtkWidget *step;
  GtkWidget *status;
  GtkWidget *status_icon;
  GtkWidget *save;
  GtkWidget *missing; /* why it cannot be saved yet */
  GtkWidget *known; /* that something knows the line already */
  GCancellable *asking; /* for that */
  GCancellable *checking; /* (nullable) */
  guint check_source;
  gboolean fits; /* the text, as it was checked last */
  gboolean saving;
  gboolean gone; /* with all its widgets */
} Dialog;

static void
stop_checking (Dialog *self)
{
  g_clear_handle_id (&self->check_source, g_source_remove);
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
}

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  stop_checking (self);
  g_object_unref (self->asking);
  cot_draft_free (self->draft);
  g_object_unref (self->session);
  g_clear_object (&self->log);
  g_clear_pointer (&self->own, cot_own_detector_unref);
  g_object_unref (self->data);
  g_free (self);
}

static gboolean
is_filled (GtkWidget *row)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));

  return *g_strstrip (text) != '\0';
}

/* Names the fields that are still empty: a button that is grey says nothing. */
static char *
dup_missing (Dialog *self)
{
  GtkWidget *const rows[] = { self->name, self->meaning, self->step };
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!is_filled (rows[i]))
      g_string_append_printf (missing, "%s“%s”", missing->len > 0 ? ", " : "",
                              adw_preferences_row_get_title (ADW_PREFERENCES_ROW (rows[i])));
  if (missing->len == 0)
    /* What is wrong with the text stands below it. */
    return self->fits ? NULL : g_strdup (_("To save it, correct what to look for."));
  /* Translators: names of fields */
  return g_strdup_printf (_("To save it, fill in %s."), missing->str);
}

static void
update_save (Dialog *self)
{
  g_autofree char *missing = dup_missing (self);

  gtk_widget_set_sensitive (self->save, missing == NULL && !self->saving);
  gtk_widget_set_tooltip_text (self->save, missing);
  gtk_label_set_text (GTK_LABEL (self->missing), missing != NULL ? missing : "");
}

static void
show_status (Dialog *self, const char *icon_name, const char *css_class, const char *text)
{
  const char *classes[] = { css_class, NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (self->status_icon), icon_name);
  gtk_widget_set_css_classes (self->status_icon, classes);
  gtk_label_set_text (GTK_LABEL (self->status), text);
}

static void
take_text (char **text, GtkWidget *row)
{
  g_free (*text);
  *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/* Few keyboards have the one character: three dots are as good where the line has none. */
static void
take_dots (CotDraft *draft)
{
  g_auto (GStrv) parts = NULL;

  if (strstr (draft->sample, "...") != NULL)
    return;
  parts = g_strsplit (draft->text, "...", -1);
  g_free (draft->text);
  draft->text = g_strjoinv (COT_DRAFT_ANYTHING, parts);
}

static void
take_texts (Dialog *self)
{
  guint severity = adw_combo_row_get_selected (ADW_COMBO_ROW (self->severity));

  take_text (&self->draft->title, self->name);
  take_text (&self->draft->text, self->text);
  take_dots (self->draft);
  take_text (&self->draft->log, self->log_name);
  take_text (&self->draft->meaning, self->meaning);
  take_text (&self->draft->step, self->step);
  self->draft->severity = severities[MIN (severity, G_N_ELEMENTS (severities) - 1)];
}

/* What is wrong with the text, and what to do. */
static const char *
get_fault (const GError *error)
{
  if (g_error_matches (error, COT_KNOWLEDGE_ERROR, COT_KNOWLEDGE_ERROR_SAMPLE_MISMATCH))
    return _("The text does not match the line above. Put “…” where lines differ.");
  if (error->domain == COT_KNOWLEDGE_ERROR)
    return _("The text is not fit to look for. Leave four plain letters or digits in a row, and "
             "use “…” less often.");
  return error->message;
}

static void
on_counted (GObject *log, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  guint64 n = 0;
  gboolean counted = cot_draft_count_finish (result, &n, &error);
  Dialog *self = data;
  g_autofree char *number = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *many = NULL;

  /* Then the dialog may be gone, or another check goes on. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->checking);
  self->fits = counted;
  update_save (self);
  if (!counted)
    {
      show_status (self, "dialog-warning-symbolic", "warning", get_fault (error));
      return;
    }
  number = cot_sentence_dup_number (n);
  sentence = g_strdup_printf (ngettext ("Matches %s entry in this log",
                                        "Matches %s entries in this log", (gulong) n),
                              number);
  /* Translators: "Matches 400 entries in this log" */
  many = g_strdup_printf (_("%s. Do they all mean the same? If not, make the text longer."),
                          sentence);
  if (self->log == NULL)
    show_status (self, "object-select-symbolic", "success", _("Matches the line above"));
  else if (n == 0)
    show_status (self, "dialog-information-symbolic", "secondary-text",
                 _("Matches no entry in this log: the name of the log is another one"));
  else if (n > MANY_ENTRIES && n > cot_log_get_n_entries (self->log) / 10)
    show_status (self, "dialog-information-symbolic", "secondary-text", many);
  else
    show_status (self, "object-select-symbolic", "success", sentence);
}

static gboolean
check (gpointer data)
{
  Dialog *self = data;

  self->check_source = 0;
  take_texts (self);
  self->checking = g_cancellable_new ();
  cot_draft_count_async (self->draft, self->log, self->checking, on_counted, self);
  return G_SOURCE_REMOVE;
}

static void
on_match_changed (Dialog *self)
{
  stop_checking (self);
  self->fits = FALSE;
  update_save (self);
  show_status (self, "content-loading-symbolic", "secondary-text",
               self->log != NULL ? _("Looking for it in this log")
                                 : _("Looking at the line above"));
  self->check_source = g_timeout_add (CHECK_DELAY_MSEC, check, self);
}

/* (transfer full) (nullable): the path */
static char *
finish_saving (Dialog *self, GAsyncResult *result, GError **error)
{
  if (self->own == NULL)
    return cot_draft_save_finish (result, error);
  return cot_own_detector_replace_finish (self->own, result, error)
             ? g_strdup (cot_own_detector_get_path (self->own))
             : NULL;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) window = data;
  Dialog *self = g_object_get_data (G_OBJECT (window), "dialog");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = finish_saving (self, result, &error);

  self->saving = FALSE;
  if (path != NULL)
    cot_session_read_own_knowledge_async (self->session, NULL, NULL);
  /* Whoever wanted to hear of it may be gone as well. */
  if (self->gone)
    return;
  if (path != NULL)
    {
      self->saved (path, self->data);
      gtk_window_destroy (window);
      return;
    }
  update_save (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    show_status (self, "dialog-error-symbolic", "error",
                 _("Its file was changed meanwhile, so nothing was saved. Cancel, and edit it "
                   "again."));
  else if (error->domain == COT_KNOWLEDGE_ERROR)
    show_status (self, "dialog-warning-symbolic", "warning", get_fault (error));
  else
    {
      /* Translators: why */
      g_autofree char *sentence
          = g_strdup_printf (_("The detector could not be saved: %s"), error->message);

      show_status (self, "dialog-error-symbolic", "error", sentence);
    }
}

static void
on_save (Dialog *self)
{
  take_texts (self);
  self->saving = TRUE;
  update_save (self);
  if (self->own != NULL)
    cot_own_detector_replace_async (self->own, self->draft, on_saved, g_object_ref (self->window));
  else
    cot_draft_save_async (self->draft, self->session, on_saved, g_object_ref (self->window));
}

/* Enter saves, where all is there. */
static void
on_entry_activated (Dialog *self)
{
  if (gtk_widget_get_sensitive (self->save))
    on_save (self);
}

static GtkWidget *
add_entry (Dialog *self, GtkWidget *group, const char *title, const char *text, GCallback changed)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkEditable *delegate;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  delegate = gtk_editable_get_delegate (GTK_EDITABLE (row));
  if (delegate != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (delegate), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    title, -1);
  g_signal_connect_swapped (row, "changed", changed, self);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (on_entry_activated), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static GtkWidget *
make_severity (CotSeverity chosen)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (severities); i++)
    gtk_string_list_append (names, cot_sentence_get_severity (severities[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Severity"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  for (guint i = 0; i < G_N_ELEMENTS (severities); i++)
    if (severities[i] == chosen)
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
  return row;
}

static GtkWidget *
make_sample (const char *sample)
{
  g_autofree char *visible = cot_sentence_dup_visible (sample);
  GtkWidget *label = gtk_label_new (visible);

  cot_text_label_set_wrapping (GTK_LABEL (label), NULL);
  gtk_label_set_lines (GTK_LABEL (label), MAX_SAMPLE_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "monospace");
  return label;
}

static GtkWidget *
make_status (Dialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->status_icon = gtk_image_new ();
  self->status = gtk_label_new (NULL);
  cot_text_label_set_wrapping (GTK_LABEL (self->status), NULL);
  gtk_label_set_xalign (GTK_LABEL (self->status), 0);
  gtk_widget_set_hexpand (self->status, TRUE);
  gtk_widget_set_margin_top (box, 6);
  gtk_box_append (GTK_BOX (box), self->status_icon);
  gtk_box_append (GTK_BOX (box), self->status);
  return box;
}

/* "“A”, “B”" of what is built in, or of the user's own; NULL: there is none. */
static char *
dup_known_titles (GPtrArray *known, gboolean builtin, guint *n)
{
  g_autoptr (GString) titles = g_string_new (NULL);

  *n = 0;
  for (guint i = 0; i < known->len; i++)
    {
      const CotDraftKnown *one = g_ptr_array_index (known, i);

      if (one->builtin != builtin)
        continue;
      /* Translators: the title of a detector, in quotes */
      g_string_append_printf (titles, *n > 0 ? ", “%s”" : "“%s”",
                              builtin ? gettext (one->title) : one->title);
      ++*n;
    }
  return *n > 0 ? g_string_free (g_steal_pointer (&titles), FALSE) : NULL;
}

static char *
dup_known (GPtrArray *known)
{
  guint n_builtin;
  guint n_own;
  g_autofree char *builtin = dup_known_titles (known, TRUE, &n_builtin);
  g_autofree char *own = dup_known_titles (known, FALSE, &n_own);
  g_autoptr (GString) text = g_string_new (NULL);

  if (builtin != NULL)
    /* Translators: titles of detectors */
    g_string_append_printf (text, _("Cotrace knows this line already: %s. Yours will be shown "
                                    "beside it; nothing takes its place."),
                            builtin);
  if (builtin != NULL && own != NULL)
    g_string_append_c (text, '\n');
  if (own != NULL)
    /* Translators: titles of detectors */
    g_string_append_printf (text, _("You have a detector for this line already: %s."), own);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
on_known (GObject *session, GAsyncResult *result, gpointer data)
{
  g_autoptr (GPtrArray) known = cot_draft_list_known_finish (result, NULL);
  Dialog *self = data;
  g_autofree char *text = NULL;

  /* Without an answer the dialog may be gone. */
  if (known == NULL)
    return;
  text = dup_known (known);
  if (text != NULL)
    gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (self->known)), text);
  gtk_widget_set_visible (self->known, text != NULL);
}

static GtkWidget *
make_known (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("cot-finding-symbolic");
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  cot_text_label_set_wrapping (GTK_LABEL (label), NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_visible (box, FALSE);
  return box;
}

static GtkWidget *
make_group (const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  return group;
}

static GtkWidget *
make_page (Dialog *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *line = make_group (_("The line"));
  GtkWidget *match = make_group (_("What to look for"));
  GtkWidget *texts = make_group (_("What to tell"));

  self->known = make_known ();
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (line),
      _("It is kept in the file as a sample, with all names and secrets that are in it."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (line), make_sample (self->draft->sample));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (line), self->known);
  self->text = add_entry (self, match, _("Text, with “…” for what differs"), self->draft->text,
                          G_CALLBACK (on_match_changed));
  self->log_name = add_entry (self, match, _("Log, or nothing for any log"), self->draft->log,
                              G_CALLBACK (on_match_changed));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (match), make_status (self));
  self->name = add_entry (self, texts, _("Name"), self->draft->title,
                          G_CALLBACK (update_save));
  self->severity = make_severity (self->draft->severity);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (texts), self->severity);
  self->meaning = add_entry (self, texts, _("What the line means"), self->draft->meaning,
                             G_CALLBACK (update_save));
  self->step = add_entry (self, texts, _("What to do first"), self->draft->step,
                          G_CALLBACK (update_save));
  gtk_widget_add_css_class (page, "panel-page");
  self->missing = gtk_label_new (NULL);
  cot_text_label_set_wrapping (GTK_LABEL (self->missing), NULL);
  gtk_label_set_xalign (GTK_LABEL (self->missing), 0);
  gtk_widget_add_css_class (self->missing, "secondary-text");
  gtk_box_append (GTK_BOX (page), line);
  gtk_box_append (GTK_BOX (page), match);
  gtk_box_append (GTK_BOX (page), texts);
  gtk_box_append (GTK_BOX (page), self->missing);
  return page;
}

static GtkWidget *
make_header (Dialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = cot_button_new_named (_("_Cancel"));

  self->save = cot_button_new_named (_("_Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_sensitive (self->save, FALSE);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (on_save), self);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self->window);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  return header;
}

static void
on_destroy (Dialog *self)
{
  self->gone = TRUE;
  stop_checking (self);
  g_cancellable_cancel (self->asking);
}

/* @log, @own: (nullable) */
static void
present (GtkWindow *parent, CotSession *session, CotLog *log, CotOwnDetector *own, CotDraft *draft,
         CotNewDetectorSaved saved, gpointer data)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  Dialog *self = g_new0 (Dialog, 1);

  self->window = GTK_WINDOW (window);
  self->session = g_object_ref (session);
  self->log = log != NULL ? g_object_ref (log) : NULL;
  self->own = own != NULL ? cot_own_detector_ref (own) : NULL;
  self->asking = g_cancellable_new ();
  self->draft = draft;
  self->saved = saved;
  self->data = g_object_ref (data);
  g_object_set_data_full (G_OBJECT (window), "dialog", self, dialog_free);
  gtk_window_set_title (self->window, own != NULL ? _("Edit Detector") : _("New Detector"));
  gtk_window_set_transient_for (self->window, parent);
  gtk_window_set_modal (self->window, TRUE);
  gtk_window_set_destroy_with_parent (self->window, TRUE);
  gtk_window_set_default_size (self->window, WIDTH_PX, HEIGHT_PX);
  gtk_box_append (GTK_BOX (content), make_header (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_page (self));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (content), scroller);
  adw_window_set_content (ADW_WINDOW (window), content);
  cot_escape_closes (window);
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (on_destroy), self);
  on_match_changed (self);
  cot_draft_list_known_async (draft, session, own != NULL ? cot_own_detector_get_id (own) : NULL,
                              self->asking, on_known, self);
  gtk_window_set_focus (self->window, self->name);
  gtk_window_present (self->window);
}

void
cot_new_detector_dialog_present (GtkWindow *parent, CotSession *session, CotLog *log,
                                 CotDraft *draft, CotNewDetectorSaved saved, gpointer data)
{
  present (parent, session, log, NULL, draft, saved, data);
}

void
cot_new_detector_dialog_present_again (GtkWindow *parent, CotSession *session,
                                       CotOwnDetector *own, CotDraft *draft,
                                       CotNewDetectorSaved saved, gpointer data)
{
  present (parent, session, NULL, own, draft, saved, data);
}
