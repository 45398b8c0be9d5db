/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-log-sentences.h"
#include "cot-sentences.h"

/* The entries of the tab in front as a file for another program. */

typedef struct
{
  const char *suffix;
  const char *name;
  CotRowsExportKind kind;
  CotRowFormat format;
} FileKind;

static const FileKind file_kinds[] = {
  { ".csv", N_("Table for spreadsheets (.csv)"), COT_ROWS_EXPORT_TABLE, COT_ROW_FORMAT_CSV },
  { ".txt", N_("Text, as it is copied (.txt)"), COT_ROWS_EXPORT_TABLE, COT_ROW_FORMAT_TEXT },
  { ".tsv", N_("Table with tabs (.tsv)"), COT_ROWS_EXPORT_TABLE, COT_ROW_FORMAT_TSV },
  { ".html", N_("Web page (.html)"), COT_ROWS_EXPORT_TABLE, COT_ROW_FORMAT_HTML },
  { ".md", N_("Markdown (.md)"), COT_ROWS_EXPORT_TABLE, COT_ROW_FORMAT_MARKDOWN },
  { ".ndjson", N_("JSON, an object a line (.ndjson)"), COT_ROWS_EXPORT_NDJSON,
    COT_ROW_FORMAT_TEXT },
};

#define FILE_KIND_KEY "cot-file-kind"
#define ROWS_CHOICE "rows"
#define SELECTED "selected"
#define SHOWN "shown"

/* By the name that the user typed; else by what was chosen in the list. */
static const FileKind *
find_kind (GtkFileChooser *chooser, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *folded = g_ascii_strdown (name, -1);
  GtkFileFilter *chosen = gtk_file_chooser_get_filter (chooser);

  for (guint i = 0; i < G_N_ELEMENTS (file_kinds); i++)
    if (g_str_has_suffix (folded, file_kinds[i].suffix))
      return &file_kinds[i];
  if (chosen != NULL && g_object_get_data (G_OBJECT (chosen), FILE_KIND_KEY) != NULL)
    return g_object_get_data (G_OBJECT (chosen), FILE_KIND_KEY);
  return &file_kinds[0];
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  guint64 n_entries;

  if (cot_log_export_finish (COT_LOG (source), result, &n_entries, &error))
    {
      g_autofree char *number = cot_sentence_dup_number (n_entries);

      sentence = g_strdup_printf (ngettext ("%s entry exported", "%s entries exported",
                                            (gulong) MIN (n_entries, G_MAXINT)),
                                  number);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    /* Translators: why */
    sentence = g_strdup_printf (_("Not exported: %s"), error->message);
  if (sentence != NULL)
    cot_window_show_toast (self, sentence);
}

static void
export_page (CotWindow *self, GtkFileChooser *chooser, GFile *file)
{
  const FileKind *kind = find_kind (chooser, file);
  gboolean selected
      = g_strcmp0 (gtk_file_chooser_get_choice (chooser, ROWS_CHOICE), SELECTED) == 0;
  CotLog *log = cot_log_page_get_log (self->page);
  g_autofree char *title = cot_log_sentence_dup_name (log);
  g_autoptr (CotBitset) ordinals = selected ? cot_log_page_dup_selected (self->page)
                                            : cot_log_page_dup_shown (self->page);
  CotRowsExportOptions options = {
    .kind = kind->kind,
    .format = kind->format,
    .title = title,
    .headings = { _("Date/Time"), _("UTC"), _("Severity"), _("Component"), _("Thread"), _("Log"),
                  _("Source"), _("Log text") },
  };

  cot_log_export_async (log, ordinals, &options, file, self->cancellable, on_exported,
                        g_object_ref (self));
}

/* A name without an ending gets that of the kind, so that other programs know it. */
static GFile *
add_suffix (GtkFileChooser *chooser, GFile *file)
{
  const FileKind *kind = find_kind (chooser, file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *longer = NULL;
  g_autoptr (GFile) folder = g_file_get_parent (file);

  if (strchr (name, '.') != NULL || folder == NULL)
    return g_object_ref (file);
  longer = g_strconcat (name, kind->suffix, NULL);
  return g_file_get_child (folder, longer);
}

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);

  if (response == GTK_RESPONSE_ACCEPT && self->page != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);
      g_autoptr (GFile) named = add_suffix (chooser, file);

      export_page (self, chooser, named);
    }
  g_clear_object (&self->chooser);
}

static void
add_kinds (GtkFileChooser *chooser)
{
  for (guint i = 0; i < G_N_ELEMENTS (file_kinds); i++)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
      g_autofree char *pattern = g_strconcat ("*", file_kinds[i].suffix, NULL);

      gtk_file_filter_set_name (filter, _ (file_kinds[i].name));
      gtk_file_filter_add_pattern (filter, pattern);
      g_object_set_data (G_OBJECT (filter), FILE_KIND_KEY, (gpointer) &file_kinds[i]);
      gtk_file_chooser_add_filter (chooser, filter);
    }
}

/* Who selected several means them. The dialog of GTK 4.8 shows what stands first, whatever is
 * set. */
static void
add_rows_choice (GtkFileChooser *chooser, guint64 n_selected)
{
  const char *shown_first[] = { SHOWN, SELECTED, NULL };
  const char *selected_first[] = { SELECTED, SHOWN, NULL };
  const char *shown = _("All that are shown");
  const char *selected = _("Those that are selected");
  const char *shown_labels[] = { shown, selected, NULL };
  const char *selected_labels[] = { selected, shown, NULL };
  gboolean means_selected = n_selected > 1;

  gtk_file_chooser_add_choice (chooser, ROWS_CHOICE, _("Entries"),
                               means_selected ? selected_first : shown_first,
                               means_selected ? selected_labels : shown_labels);
  gtk_file_chooser_set_choice (chooser, ROWS_CHOICE, means_selected ? SELECTED : SHOWN);
}

static void
on_export_entries (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  GtkFileChooser *chooser;
  g_autofree char *name = NULL;

  if (self->page == NULL || self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Export Entries"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  chooser = GTK_FILE_CHOOSER (self->chooser);
  name = g_strconcat (cot_log_get_title (cot_log_page_get_log (self->page)),
                      file_kinds[0].suffix, NULL);
  add_kinds (chooser);
  add_rows_choice (chooser, cot_log_page_get_n_selected (self->page));
  gtk_file_chooser_set_current_name (chooser, name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_response), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
cot_window_init_export (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "export-entries", .activate = on_export_entries },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
