/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-application.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>

/* How long a process that is ending may take, and how often it is looked whether it is gone. */
#define PATIENCE_USEC (10 * G_USEC_PER_SEC)
#define PAUSE_USEC (G_USEC_PER_SEC / 20)

/* What a process says that may have been started in vain. */
static GString *said;

static void
keep_said (const char *text)
{
  g_string_append (said, text);
}

static void
let_out_said (void)
{
  g_set_printerr_handler (NULL);
  if (said->len > 0)
    g_printerr ("%s", said->str);
  g_string_truncate (said, 0);
}

static void
on_startup (GApplication *application, gpointer data)
{
  *(gboolean *) data = TRUE;
  let_out_said ();
}

static int
on_options (GApplication *application, GVariantDict *options, gpointer data)
{
  *(gboolean *) data = TRUE;
  return -1;
}

/* The files go to the process that runs already. Where that one is just ending, they get lost. */
static int
run (int argc, char **argv, gboolean *was_lost)
{
  g_autoptr (CotApplication) application = cot_application_new ();
  gboolean is_first = FALSE;
  gboolean is_understood = FALSE;
  int status;

  g_signal_connect (application, "startup", G_CALLBACK (on_startup), &is_first);
  g_signal_connect (application, "handle-local-options", G_CALLBACK (on_options), &is_understood);
  g_string_truncate (said, 0);
  g_set_printerr_handler (keep_said);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  *was_lost = !is_first && is_understood
              && (status == COT_APPLICATION_EXIT_ENDING || status == EXIT_FAILURE);
  return status;
}

int
main (int argc, char **argv)
{
  gint64 end_usec = g_get_monotonic_time () + PATIENCE_USEC;
  gboolean was_lost;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, COT_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Cotrace");
  gtk_window_set_default_icon_name (COT_APPLICATION_ID);

  said = g_string_new (NULL);
  status = run (argc, argv, &was_lost);
  while (was_lost && g_get_monotonic_time () < end_usec)
    {
      g_usleep (PAUSE_USEC);
      status = run (argc, argv, &was_lost);
    }
  let_out_said ();
  if (was_lost)
    g_printerr ("%s\n", _("Cotrace does not answer, so nothing was opened. Start it again."));
  g_string_free (said, TRUE);
  return status;
}
