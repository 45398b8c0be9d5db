/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-about.h"

#include <glib/gi18n.h>

void
cot_about_present (GtkWindow *parent)
{
  GtkWidget *window = adw_about_window_new ();

  g_object_set (window,
                "transient-for", parent,
                "application-name", "Cotrace",
                "application-icon", COT_APPLICATION_ID,
                "developer-name", _("The Cotrace contributors"),
                "version", COT_VERSION,
                "license-type", GTK_LICENSE_GPL_3_0,
                "comments",
                _("Opens the logs of a managed device, recognises known failures, and explains "
                  "the next step where the line stands.\n\nNot affiliated with Microsoft."),
                NULL);
  gtk_window_present (GTK_WINDOW (window));
}
