/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-text-content.h"

#include <string.h>

/* GTK's own text for the clipboard hangs on X11 as soon as it is too long for one property: it is
 * written through a converter, and that one is closed on the main thread, which then waits for the
 * main loop to send the rest. So the text is written here, in pieces, straight to the stream; and
 * where the stream is a converter itself, another thread closes it. */

/* No piece may be longer than a request to the X server. */
#define PIECE_BYTES (128 * 1024)

struct _CotTextContent
{
  GdkContentProvider parent_instance;

  GBytes *text;
};

G_DEFINE_FINAL_TYPE (CotTextContent, cot_text_content, GDK_TYPE_CONTENT_PROVIDER)

typedef struct
{
  GOutputStream *stream;
  GBytes *text;
  gsize n_written_bytes;
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->stream);
  g_bytes_unref (writing->text);
  g_free (writing);
}

static void queue_piece (GTask *task);

static void
on_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Writing *writing = g_task_get_task_data (task);
  GError *error = NULL;
  gssize n_bytes = g_output_stream_write_finish (G_OUTPUT_STREAM (source), result, &error);

  if (n_bytes < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  writing->n_written_bytes += (gsize) n_bytes;
  queue_piece (g_steal_pointer (&task));
}

static gboolean
write_piece (gpointer data)
{
  GTask *task = data;
  Writing *writing = g_task_get_task_data (task);
  int priority = g_task_get_priority (task);
  gsize size_bytes;
  const char *text = g_bytes_get_data (writing->text, &size_bytes);
  gsize n_left_bytes = size_bytes - writing->n_written_bytes;

  if (n_left_bytes > 0)
    g_output_stream_write_async (writing->stream, text + writing->n_written_bytes,
                                 MIN (n_left_bytes, PIECE_BYTES), priority,
                                 g_task_get_cancellable (task), on_written, g_object_ref (task));
  else if (G_IS_FILTER_OUTPUT_STREAM (writing->stream))
    g_output_stream_close_async (writing->stream, priority, NULL, on_closed, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/* Not out of the callback of the piece before: the stream on X11 has not put away that one yet and
 * would forget the next. Takes the task. */
static void
queue_piece (GTask *task)
{
  g_idle_add_full (g_task_get_priority (task), write_piece, task, g_object_unref);
}

static void
cot_text_content_write_mime_type_async (GdkContentProvider *provider,
                                        const char *mime_type,
                                        GOutputStream *stream,
                                        int io_priority,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  GTask *task = g_task_new (provider, cancellable, callback, user_data);
  Writing *writing = g_new0 (Writing, 1);

  writing->stream = g_object_ref (stream);
  writing->text = g_bytes_ref (COT_TEXT_CONTENT (provider)->text);
  g_task_set_source_tag (task, cot_text_content_write_mime_type_async);
  g_task_set_priority (task, io_priority);
  g_task_set_task_data (task, writing, (GDestroyNotify) writing_free);
  queue_piece (task);
}

static gboolean
cot_text_content_write_mime_type_finish (GdkContentProvider *provider, GAsyncResult *result,
                                         GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Only what cot_text_content_write_mime_type_async() writes: to name strings here would let GTK
 * offer, and write, further types by itself. */
static GdkContentFormats *
cot_text_content_ref_formats (GdkContentProvider *provider)
{
  static const char *mime_types[] = { "text/plain;charset=utf-8", "text/plain" };

  return gdk_content_formats_new (mime_types, G_N_ELEMENTS (mime_types));
}

/* For a field of this program. */
static gboolean
cot_text_content_get_value (GdkContentProvider *provider, GValue *value, GError **error)
{
  CotTextContent *self = COT_TEXT_CONTENT (provider);

  if (!G_VALUE_HOLDS_STRING (value))
    return GDK_CONTENT_PROVIDER_CLASS (cot_text_content_parent_class)
        ->get_value (provider, value, error);
  g_value_take_string (value, g_strndup (g_bytes_get_data (self->text, NULL),
                                         g_bytes_get_size (self->text)));
  return TRUE;
}

static void
cot_text_content_finalize (GObject *object)
{
  g_bytes_unref (COT_TEXT_CONTENT (object)->text);

  G_OBJECT_CLASS (cot_text_content_parent_class)->finalize (object);
}

static void
cot_text_content_class_init (CotTextContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cot_text_content_finalize;
  provider_class->ref_formats = cot_text_content_ref_formats;
  provider_class->get_value = cot_text_content_get_value;
  provider_class->write_mime_type_async = cot_text_content_write_mime_type_async;
  provider_class->write_mime_type_finish = cot_text_content_write_mime_type_finish;
}

static void
cot_text_content_init (CotTextContent *self)
{
}

/**
 * cot_text_content_new:
 * @text: (transfer full): UTF-8
 *
 * Returns: (transfer full): a content for a clipboard
 */
GdkContentProvider *
cot_text_content_new (char *text)
{
  CotTextContent *self = g_object_new (COT_TYPE_TEXT_CONTENT, NULL);

  self->text = g_bytes_new_take (text, strlen (text));
  return GDK_CONTENT_PROVIDER (self);
}

/**
 * cot_text_content_copy:
 * @widget: whose clipboard it is
 * @text: (transfer full): UTF-8
 */
void
cot_text_content_copy (GtkWidget *widget, char *text)
{
  g_autoptr (GdkContentProvider) content = cot_text_content_new (text);

  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
}
