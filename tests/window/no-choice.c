/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For a test: a file dialog that is answered and has no file, as that of GTK 4.8 at times. */

#include <gtk/gtk.h>

G_MODULE_EXPORT GFile *
gtk_file_chooser_get_file (GtkFileChooser *chooser)
{
  return NULL;
}
