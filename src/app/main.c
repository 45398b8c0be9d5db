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

/* How a start went. */
typedef struct
{
  gboolean is_first; /* of the processes that run: it has windows */
  gboolean is_understood;
  gboolean was_refused; /* by the bus, which will not think better of it */
  gboolean was_lost; /* the process that runs already was ending */
} Start;

static void
on_startup (GApplication *application, gpointer data)
{
  ((Start *) data)->is_first = TRUE;
  let_out_said ();
}

/* Any other error may be that the process which runs already went away while it was asked. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_AUTH_FAILED)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_LIMITS_EXCEEDED)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED);
}

static int
on_options (GApplication *application, GVariantDict *options, gpointer data)
{
  Start *start = data;
  g_autoptr (GError) error = NULL;

  start->is_understood = TRUE;
  if (g_application_register (application, NULL, &error))
    return -1;
  start->was_refused = is_refusal (error);
  g_printerr ("cotrace: %s\n", error->message);
  return EXIT_FAILURE;
}

/* The files go to the process that runs already. Where that one is just ending, they get lost. */
static int
run (int argc, char **argv, GApplicationFlags flags, Start *start)
{
  g_autoptr (CotApplication) application = cot_application_new ();
  int status;

  *start = (Start){ 0 };
  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application)) | flags);
  g_signal_connect (application, "startup", G_CALLBACK (on_startup), start);
  g_signal_connect (application, "handle-local-options", G_CALLBACK (on_options), start);
  g_string_truncate (said, 0);
  g_set_printerr_handler (keep_said);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  start->was_lost = !start->is_first && start->is_understood && !start->was_refused
                    && (status == COT_APPLICATION_EXIT_ENDING || status == EXIT_FAILURE);
  return status;
}

int
main (int argc, char **argv)
{
  gint64 end_usec = g_get_monotonic_time () + PATIENCE_USEC;
  Start start;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, COT_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Cotrace");
  gtk_window_set_default_icon_name (COT_APPLICATION_ID);

  said = g_string_new (NULL);
  status = run (argc, argv, G_APPLICATION_DEFAULT_FLAGS, &start);
  while (start.was_lost && g_get_monotonic_time () < end_usec)
    {
      g_usleep (PAUSE_USEC);
      status = run (argc, argv, G_APPLICATION_DEFAULT_FLAGS, &start);
    }
  /* Without the bus's help it is a process of its own each time. */
  if (start.was_refused)
    status = run (argc, argv, G_APPLICATION_NON_UNIQUE, &start);
  let_out_said ();
  if (start.was_lost)
    g_printerr ("%s\n", _("Cotrace does not answer, so nothing was opened. Start it again."));
  g_string_free (said, TRUE);
  return status;
}
