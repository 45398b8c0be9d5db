/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-own-detectors-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-new-detector-dialog.h"
#include "cot-text-editor.h"

/* The answer to an action of the user's: a window may hold its reader for as long as it wants. */
static void
say (CotOwnDetectors *self, const char *css_class, const char *text)
{
  const char *classes[] = { "wrapped", css_class, NULL };

  gtk_widget_set_css_classes (self->message, classes);
  gtk_label_set_text (GTK_LABEL (self->message), text);
  gtk_widget_set_visible (gtk_widget_get_parent (self->message), TRUE);
  gtk_widget_set_visible (self->undo, FALSE);
}

/* @format: with the title in it */
static void
say_failure (CotOwnDetectors *self, const char *format, const char *title, const GError *error)
{
  const char *why = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG)
                        ? _("Its file was changed meanwhile. Choose “Check Again”, and try again.")
                        : error->message;
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "{}", title, 1);
  g_string_append_printf (text, " %s", why);
  say (self, "cot-error", text->str);
}

static void
read_again (CotOwnDetectors *self)
{
  cot_session_read_own_knowledge_async (self->session, NULL, NULL);
}

/* Opening files */

static void
on_opened (const GError *error, gpointer data)
{
  CotOwnDetectors *self = g_object_get_data (data, "dialog");

  if (error != NULL && !self->gone)
    /* Translators: why follows */
    say_failure (self, _("The file could not be opened."), "", error);
}

void
cot_own_detectors_open_file (const CotOwnDetectorsTarget *target)
{
  CotOwnDetectors *self = target->dialog;

  cot_text_editor_open (self->list, target->path, on_opened, self->window);
}

/* Changing */

/* One that a worker is about to make. */
typedef struct
{
  GtkWindow *window;
  CotOwnDetector *detector;
  char *title;
  gboolean (*finish) (CotOwnDetector *detector, GAsyncResult *result, GError **error);
  /* (nullable) */
  void (*tell) (CotOwnDetectors *self, CotOwnDetector *detector, const char *title);
  const char *failure; /* a sentence; {}: the title */
} Change;

static Change *
change_new (CotOwnDetectors *self, CotOwnDetector *detector, const char *title)
{
  Change *change = g_new0 (Change, 1);

  change->window = g_object_ref (self->window);
  change->detector = cot_own_detector_ref (detector);
  change->title = g_strdup (title);
  return change;
}

static void
change_free (Change *change)
{
  g_object_unref (change->window);
  cot_own_detector_unref (change->detector);
  g_free (change->title);
  g_free (change);
}

/* What was changed in a file is seen by all when the files are read again. */
static void
on_changed (GObject *source, GAsyncResult *result, gpointer data)
{
  Change *change = data;
  CotOwnDetectors *self = g_object_get_data (G_OBJECT (change->window), "dialog");
  g_autoptr (GError) error = NULL;
  gboolean done = change->finish (change->detector, result, &error);

  if (done)
    read_again (self);
  if (!self->gone)
    gtk_widget_set_sensitive (self->list, TRUE);
  if (!self->gone && !done)
    {
      say_failure (self, change->failure, change->title, error);
      cot_own_detectors_fill (self);
    }
  else if (!self->gone && change->tell != NULL)
    {
      change->tell (self, change->detector, change->title);
    }
  change_free (change);
}

/* Editing */

static void
on_edited (const char *path, gpointer data)
{
  CotOwnDetectors *self = g_object_get_data (data, "dialog");
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: name of a file */
  g_autofree char *sentence = g_strdup_printf (_("Saved in “%s”"), name);

  if (!self->gone)
    say (self, "secondary-text", sentence);
}

static const char *
get_shape_sentence (CotOwnDetectorShape shape)
{
  switch (shape)
    {
    case COT_OWN_DETECTOR_HAS_PATTERN:
      return _("“{}” has a pattern that the form cannot show.");
    case COT_OWN_DETECTOR_HAS_CONDITIONS:
      return _("“{}” has conditions, which the form cannot show.");
    case COT_OWN_DETECTOR_HAS_SEVERAL:
      return _("“{}” has several logs, steps or samples; the form can show one of each.");
    case COT_OWN_DETECTOR_FITS:
    case COT_OWN_DETECTOR_HAS_MORE:
    default:
      return _("“{}” has more in its file than the form can show.");
    }
}

static void
open_instead (CotOwnDetectors *self, const Change *change, CotOwnDetectorShape shape)
{
  g_autoptr (GString) text = g_string_new (get_shape_sentence (shape));

  g_string_replace (text, "{}", change->title, 1);
  g_string_append_c (text, ' ');
  g_string_append (text, _("So its file was opened in your text editor. Save it there, then "
                           "choose “Check Again”."));
  say (self, "secondary-text", text->str);
  cot_text_editor_open (self->list, cot_own_detector_get_path (change->detector), on_opened,
                        self->window);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Change *change = data;
  CotOwnDetectors *self = g_object_get_data (G_OBJECT (change->window), "dialog");
  g_autoptr (GError) error = NULL;
  CotOwnDetectorShape shape;
  CotDraft *draft = cot_own_detector_load_finish (change->detector, result, &shape, &error);

  if (self->gone)
    g_clear_pointer (&draft, cot_draft_free);
  else if (error != NULL)
    say_failure (self, _("“{}” cannot be edited."), change->title, error);
  else if (draft != NULL)
    cot_new_detector_dialog_present_again (self->window, self->session, change->detector, draft,
                                           on_edited, self->window);
  else
    open_instead (self, change, shape);
  change_free (change);
}

void
cot_own_detectors_edit (const CotOwnDetectorsTarget *target)
{
  cot_own_detectors_set_focus (target->dialog, "edit", target->path,
                               cot_own_detector_get_id (target->detector));
  cot_own_detector_load_async (target->detector, on_loaded,
                               change_new (target->dialog, target->detector, target->title));
}

/* Deleting */

static void
tell_removed (CotOwnDetectors *self, CotOwnDetector *detector, const char *title)
{
  /* Translators: title of a detector */
  g_autofree char *sentence = g_strdup_printf (_("“%s” was deleted."), title);

  say (self, "secondary-text", sentence);
  g_clear_pointer (&self->removed, cot_own_detector_unref);
  self->removed = cot_own_detector_ref (detector);
  gtk_widget_set_visible (self->undo, TRUE);
  gtk_widget_grab_focus (self->undo);
}

void
cot_own_detectors_delete (const CotOwnDetectorsTarget *target)
{
  Change *change = change_new (target->dialog, target->detector, target->title);

  change->finish = cot_own_detector_remove_finish;
  change->tell = tell_removed;
  change->failure = _("“{}” was not deleted.");
  cot_own_detectors_set_focus (target->dialog, "delete", target->path,
                               cot_own_detector_get_id (target->detector));
  /* One at a time: the row stays until all is read again, and must not be deleted twice. */
  gtk_widget_set_sensitive (target->dialog->list, FALSE);
  cot_own_detector_remove_async (target->detector, on_changed, change);
}

static void
tell_restored (CotOwnDetectors *self, CotOwnDetector *detector, const char *title)
{
  say (self, "secondary-text", _("It is there again."));
}

void
cot_own_detectors_undo (CotOwnDetectors *self)
{
  g_autoptr (CotOwnDetector) removed = g_steal_pointer (&self->removed);
  Change *change;

  if (removed == NULL)
    return;
  change = change_new (self, removed, "");
  change->finish = cot_own_detector_restore_finish;
  change->tell = tell_restored;
  change->failure = _("It was not put back.");
  cot_own_detectors_set_focus (self, "delete", cot_own_detector_get_path (removed),
                               cot_own_detector_get_id (removed));
  gtk_widget_set_visible (self->undo, FALSE);
  cot_own_detector_restore_async (removed, on_changed, change);
}

/* Switching */

void
cot_own_detectors_switch (const CotOwnDetectorsTarget *target, gboolean on)
{
  Change *change = change_new (target->dialog, target->detector, target->title);

  change->finish = cot_own_detector_switch_finish;
  change->failure = _("“{}” was not switched.");
  cot_own_detectors_set_focus (target->dialog, "switch", target->path,
                               cot_own_detector_get_id (target->detector));
  cot_own_detector_switch_async (target->detector, on, on_changed, change);
}
