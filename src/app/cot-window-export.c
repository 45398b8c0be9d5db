/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-log-sentences.h"
#include "cot-sentences.h"
#include "cot-text-content.h"

/* The entries of the tab in front for other programs: as a file, or in the clipboard. */

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

typedef struct
{
  CotWindow *window;
  GFile *file;
  char *name; /* of it */
  gboolean in_part; /* the log, or what is shown of it, was not known to its end */
} Wish;

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->window);
  g_object_unref (wish->file);
  g_free (wish->name);
  g_free (wish);
}

static const FileKind *
find_kind_by_name (const char *name)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (file_kinds); i++)
    if (g_str_has_suffix (folded, file_kinds[i].suffix))
      return &file_kinds[i];
  return NULL;
}

/* The ending that the user typed; but where she chose a kind in the list and left the ending that
 * was proposed, the one of that kind takes its place.
 * @named: (out) (nullable): the file, where its name is another one than the user typed */
static const FileKind *
choose_kind (GtkFileChooser *chooser, GFile *file, GFile **named)
{
  g_autofree char *name = g_file_get_basename (file);
  const FileKind *typed = find_kind_by_name (name);
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);
  const FileKind *chosen
      = filter != NULL ? g_object_get_data (G_OBJECT (filter), FILE_KIND_KEY) : NULL;
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *other = NULL;

  if (chosen == NULL)
    chosen = &file_kinds[0];
  *named = NULL;
  if (folder == NULL || (typed != NULL && (typed != &file_kinds[0] || chosen == typed)))
    return typed != NULL ? typed : chosen;
  if (typed != NULL)
    name[strlen (name) - strlen (typed->suffix)] = '\0';
  other = g_strconcat (name, chosen->suffix, NULL);
  *named = g_file_get_child (folder, other);
  return chosen;
}

static char *
dup_success (const Wish *wish, guint64 n_entries)
{
  g_autofree char *number = cot_sentence_dup_number (n_entries);
  const gulong n = (gulong) MIN (n_entries, G_MAXINT);

  if (wish->in_part)
    /* Translators: a number */
    return g_strdup_printf (ngettext ("%s entry exported while the log was still being read "
                                      "(export again for all)",
                                      "%s entries exported while the log was still being read "
                                      "(export again for all)",
                                      n),
                            number);
  /* Translators: a number. A report has other names in the place of those of people and computers;
   * what is exported has not. */
  return g_strdup_printf (ngettext ("%s entry exported as written, with all names",
                                    "%s entries exported as written, with all names", n),
                          number);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  Wish *wish = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  guint64 n_entries;
  gboolean is_written = cot_log_export_finish (COT_LOG (source), result, &n_entries, &error);

  if (g_cancellable_is_cancelled (wish->window->cancellable))
    {
      wish_free (wish);
      return;
    }
  if (is_written)
    {
      g_autofree char *what = dup_success (wish, n_entries);

      cot_window_show_written (wish->window, what, wish->file);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    /* Translators: name of a file */
    sentence = g_strdup_printf (_("“%s” is there already. Type this name to replace it."),
                                wish->name);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    /* Translators: why */
    sentence = g_strdup_printf (_("Not exported: %s"), error->message);
  if (sentence != NULL)
    cot_window_show_toast (wish->window, sentence);
  wish_free (wish);
}

static CotRowsExportOptions
make_options (CotRowsExportKind kind, CotRowFormat format)
{
  return (CotRowsExportOptions){
    .kind = kind,
    .format = format,
    .headings = { _("Date/Time as written"), _("UTC"), _("Severity"), _("Component"),
                  _("Thread"), _("Log"), _("Source"), _("Log text") },
  };
}

static void
export_page (CotWindow *self, GtkFileChooser *chooser, GFile *file)
{
  g_autoptr (GFile) named = NULL;
  const FileKind *kind = choose_kind (chooser, file, &named);
  GFile *chosen = named != NULL ? named : file;
  g_autofree char *name = g_file_get_basename (chosen);
  gboolean selected
      = g_strcmp0 (gtk_file_chooser_get_choice (chooser, ROWS_CHOICE), SELECTED) == 0;
  CotLog *log = cot_log_page_get_log (self->page);
  g_autofree char *title = cot_log_sentence_dup_name (log);
  g_autoptr (CotBitset) ordinals = selected ? cot_log_page_dup_selected (self->page)
                                            : cot_log_page_dup_shown (self->page);
  CotRowsExportOptions options = make_options (kind->kind, kind->format);
  Wish *wish = g_new0 (Wish, 1);

  options.title = title;
  /* The dialog asked about the name that was typed, and no other. */
  options.keep_existing = named != NULL;
  wish->window = g_object_ref (self);
  wish->file = g_object_ref (chosen);
  wish->name = g_filename_display_name (name);
  wish->in_part = !selected && !cot_log_page_knows_shown (self->page);
  /* Also where the window is closed meanwhile. */
  cot_log_export_async (log, ordinals, &options, chosen, NULL, on_exported, wish);
}

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);

  if (response == GTK_RESPONSE_ACCEPT && self->page != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);

      /* The dialog of GTK 4.8 can be answered while it has none. */
      if (file != NULL)
        export_page (self, chooser, file);
      else
        cot_window_show_toast (self, _("Not exported: no file was named. Export again."));
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

  /* Who shares a report knows it masked, and might take this for the same. */
  gtk_file_chooser_add_choice (chooser, ROWS_CHOICE,
                               _("Entries (as written: unlike in a report, no name is masked)"),
                               means_selected ? selected_first : shown_first,
                               means_selected ? selected_labels : shown_labels);
  gtk_file_chooser_set_choice (chooser, ROWS_CHOICE, means_selected ? SELECTED : SHOWN);
}

static void
on_export_entries (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  GtkFileChooser *chooser;
  const char *title;
  g_autofree char *name = NULL;

  if (self->page == NULL || self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Export Entries"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  chooser = GTK_FILE_CHOOSER (self->chooser);
  title = cot_log_get_title (cot_log_page_get_log (self->page));
  /* Translators: the name of a file, without its ending */
  name = g_strconcat (*title != '\0' ? title : _("Merged logs"), file_kinds[0].suffix, NULL);
  add_kinds (chooser);
  add_rows_choice (chooser, cot_log_page_get_n_selected (self->page));
  gtk_file_chooser_set_current_name (chooser, name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_response), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotWindow) self = data;
  g_autoptr (GError) error = NULL;
  char *text = cot_log_export_text_finish (COT_LOG (source), result, &error);

  if (text != NULL)
    {
      cot_text_content_copy (GTK_WIDGET (self), text);
      cot_window_show_toast (self, _("Copied"));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    {
      cot_window_show_toast (self, _("Too much to copy. Export it as a file instead."));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *sentence
          = cot_sentence_from_error (error, cot_log_get_name (COT_LOG (source)));

      cot_window_show_toast (self, sentence);
    }
}

/* What is selected, as another text than rows of columns. */
static void
on_copy_as (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  gboolean is_table = g_str_equal (g_variant_get_string (parameter, NULL), "markdown");
  CotRowsExportOptions options
      = make_options (is_table ? COT_ROWS_EXPORT_TABLE : COT_ROWS_EXPORT_RECORDS,
                      COT_ROW_FORMAT_MARKDOWN);
  g_autoptr (CotBitset) ordinals = NULL;

  if (self->page == NULL || cot_log_page_get_n_selected (self->page) == 0)
    {
      cot_window_show_toast (self, _("Select an entry first"));
      return;
    }
  ordinals = cot_log_page_dup_selected (self->page);
  cot_log_export_text_async (cot_log_page_get_log (self->page), ordinals, &options,
                             self->cancellable, on_text, g_object_ref (self));
}

/**
 * cot_window_add_copy_menu:
 * @menu: what stands in the menu of a row
 */
void
cot_window_add_copy_menu (GMenu *menu)
{
  g_autoptr (GMenu) items = g_menu_new ();

  g_menu_append (items, _("_Markdown Table"), "win.copy-as::markdown");
  g_menu_append (items, _("As _Written in the File"), "win.copy-as::records");
  g_menu_append_submenu (menu, _("Copy _As"), G_MENU_MODEL (items));
}

void
cot_window_init_export (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "copy-as", .activate = on_copy_as, .parameter_type = "s" },
    { .name = "export-entries", .activate = on_export_entries },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
