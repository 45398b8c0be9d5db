/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was copied elsewhere: files, paths, or the lines of a log. */

#include "cot-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-member-sentences.h"
#include "cot-paste.h"

#define READ_BYTES (256 * 1024)
/* A program that hands out a text without an end must not fill the memory. */
#define MAX_TEXT_BYTES (64 * 1024 * 1024)

typedef struct
{
  CotWindow *window;
  GByteArray *text;
} Paste;

static void
paste_free (Paste *paste)
{
  g_object_unref (paste->window);
  g_byte_array_unref (paste->text);
  g_free (paste);
}

/* Of which computer it is nobody knows: each text is judged alone. */
static void
open_text (CotWindow *self, GBytes *text)
{
  static guint n_opened = 0;
  g_autoptr (CotCase) a_case = cot_session_new_case (self->session);
  g_autofree char *label = NULL;
  CotLog *log;

  n_opened++;
  label = n_opened == 1 ? g_strdup (_("Copied text"))
                        /* Translators: one of several texts that were copied, with its number */
                        : g_strdup_printf (_("Copied text %u"), n_opened);
  log = cot_session_add_text (self->session, a_case, text, label);
  cot_window_keep_case (self, a_case);
  cot_window_add_tab (self, a_case, log, TRUE);
}

static void
say_nothing_there (CotWindow *self)
{
  cot_window_show_toast (self, _("Nothing to open is copied. Copy lines of a log, a file or its "
                                 "path first."));
}

/* What may be paths, as long as it is not known whether there is anything. */
typedef struct
{
  GPtrArray *paths;
  GBytes *text;
} Candidates;

static void
candidates_free (gpointer data)
{
  Candidates *self = data;

  g_ptr_array_unref (self->paths);
  g_bytes_unref (self->text);
  g_free (self);
}

static void
look_for_files (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Candidates *candidates = data;

  g_task_return_boolean (task, cot_paste_has_file (candidates->paths, cancellable));
}

static void
say_no_file (CotWindow *self, const char *path)
{
  g_autofree char *base = g_filename_display_basename (path);
  g_autofree char *name = cot_sentence_dup_visible (base);
  g_autofree char *text
      /* Translators: name of a file */
      = g_strdup_printf (_("There is no file “%s” at the copied path"), name);

  cot_window_show_toast (self, text);
}

/* Where there is one, the others are told to be missing. */
static void
on_files_looked_for (GObject *source, GAsyncResult *result, gpointer data)
{
  CotWindow *self = COT_WINDOW (source);
  const Candidates *candidates = g_task_get_task_data (G_TASK (result));
  gboolean has_file = g_task_propagate_boolean (G_TASK (result), NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (!has_file && cot_paste_is_one_path (candidates->paths))
    say_no_file (self, g_ptr_array_index (candidates->paths, 0));
  else if (!has_file)
    open_text (self, candidates->text);
  for (guint i = 0; has_file && i < candidates->paths->len; i++)
    cot_window_open_path (self, g_ptr_array_index (candidates->paths, i));
}

static void
open_paths_or_text (CotWindow *self, GBytes *text)
{
  g_autoptr (GPtrArray) paths = cot_paste_dup_paths (text);
  g_autoptr (GTask) task = NULL;
  Candidates *candidates;

  if (paths == NULL)
    {
      open_text (self, text);
      return;
    }
  candidates = g_new0 (Candidates, 1);
  candidates->paths = g_steal_pointer (&paths);
  candidates->text = g_bytes_ref (text);
  task = g_task_new (self, self->cancellable, on_files_looked_for, NULL);
  g_task_set_task_data (task, candidates, candidates_free);
  g_task_run_in_thread (task, look_for_files);
}

static void
end_paste (Paste *paste)
{
  CotWindow *self = paste->window;
  g_autoptr (GBytes) text = g_byte_array_free_to_bytes (g_steal_pointer (&paste->text));

  paste->text = g_byte_array_new ();
  if (cot_paste_is_blank (text))
    say_nothing_there (self);
  else if (cot_paste_is_foreign_path (text))
    cot_window_show_toast (self, _("That is the path of a file in Windows. Bring the file to this "
                                   "computer and open it, or copy its lines."));
  else
    open_paths_or_text (self, text);
}

static void
on_bytes_read (GObject *source, GAsyncResult *result, gpointer data)
{
  GInputStream *stream = G_INPUT_STREAM (source);
  Paste *paste = data;
  CotWindow *self = paste->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (stream, result, &error);
  gsize n = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      paste_free (paste);
      return;
    }
  if (n > 0)
    g_byte_array_append (paste->text, g_bytes_get_data (bytes, NULL), (guint) n);
  if (paste->text->len > MAX_TEXT_BYTES)
    cot_window_show_toast (self, _("The copied text is larger than 64 MB. Save it as a file and "
                                   "open that."));
  else if (n > 0)
    {
      g_input_stream_read_bytes_async (stream, READ_BYTES, G_PRIORITY_DEFAULT, self->cancellable,
                                       on_bytes_read, paste);
      return;
    }
  else if (error != NULL)
    /* Part of a text would pass for all of it. */
    cot_window_show_toast (self, _("The copied text could not be read. Copy it again."));
  else
    end_paste (paste);
  paste_free (paste);
}

static void
on_text_offered (GObject *source, GAsyncResult *result, gpointer data)
{
  Paste *paste = data;
  CotWindow *self = paste->window;
  g_autoptr (GInputStream) stream
      = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, NULL);

  if (stream != NULL)
    {
      g_input_stream_read_bytes_async (stream, READ_BYTES, G_PRIORITY_DEFAULT, self->cancellable,
                                       on_bytes_read, paste);
      return;
    }
  if (!g_cancellable_is_cancelled (self->cancellable))
    say_nothing_there (self);
  paste_free (paste);
}

static void
on_files_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CotWindow) self = data;
  const GValue *value
      = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  GSList *files = value != NULL ? g_value_get_boxed (value) : NULL;

  for (GSList *item = files; item != NULL; item = item->next)
    {
      GFile *file = item->data;

      cot_window_open_files (self, &file, 1);
    }
}

/**
 * cot_window_paste:
 *
 * Opens files that a file manager copied, files whose paths were copied as text, or else the text
 * itself as a log.
 */
void
cot_window_paste (CotWindow *self)
{
  static const char *texts[] = { "text/plain;charset=utf-8", "text/plain", NULL };
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  Paste *paste;

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
      || gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    {
      gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                      on_files_read, g_object_ref (self));
      return;
    }
  paste = g_new0 (Paste, 1);
  paste->window = g_object_ref (self);
  paste->text = g_byte_array_new ();
  gdk_clipboard_read_async (clipboard, texts, G_PRIORITY_DEFAULT, self->cancellable,
                            on_text_offered, paste);
}
