/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#include "cot-about.h"
#include "cot-app-resources.h"
#include "cot-error-lookup.h"
#include "cot-history.h"
#include "cot-preferences-dialog.h"
#include "cot-settings.h"
#include "cot-window.h"

/* A disk that takes longer is none that will ever answer. */
#define MAX_SHUTDOWN_SECONDS 5
/* So does a bus. */
#define MAX_RELEASE_MSEC 2000

/* Of those who want the program to end. */
static const int end_signals[] = { SIGTERM, SIGINT, SIGHUP };

struct _CotApplication
{
  AdwApplication parent_instance;

  CotSession *session;
  CotSessionKeeper *keeper;
  gboolean has_started;
  CotWindow *first_window; /* (nullable) (weak): from the start until the last session is known */
  gboolean starts_empty; /* it was started without any file, and not for an empty window */
  gboolean is_ending;
  GPtrArray *missed; /* (nullable): a command line for what was asked of it while it was ending */
  guint signal_sources[G_N_ELEMENTS (end_signals)];
  gboolean was_told_to_end; /* by one of these */
};

/* As the command line program says it. */
#define EXIT_USAGE 2

G_DEFINE_FINAL_TYPE (CotApplication, cot_application, ADW_TYPE_APPLICATION)

/* Detailed action name, then its keys. */
static const struct
{
  const char *action;
  const char *keys[4];
} accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "app.new-window", { "<Control>n" } },
  { "app.error-lookup", { "<Control>l" } },
  { "app.preferences", { "<Control>comma" } },
  { "win.guide", { "F1" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "win.open", { "<Control>o" } },
  { "win.open-folder", { "<Control><Shift>o" } },
  { "win.print", { "<Control>p" } },
  { "win.export-entries", { "<Control>s" } },
  { "win.export-report", { "<Control><Shift>r" } },
  { "win.close-tab", { "<Control>w", "<Control>F4" } },
  { "win.copy-path", { "<Control><Alt>c" } },
  { "win.find", { "<Control>f" } },
  { "win.find-all", { "<Control><Alt>f" } },
  { "win.filter::text", { "<Control><Shift>l" } },
  { "win.only-new", { "<Control><Shift>n" } },
  { "win.go-to", { "<Control><Shift>j" } },
  { "win.back", { "<Alt>Left" } },
  { "win.forward", { "<Alt>Right" } },
  { "win.mark", { "<Control>d" } },
  { "win.mark-note", { "<Control><Shift>d" } },
  { "win.marks", { "<Control><Shift>m" } }, /* Ctrl+M answers in practice */
  { "win.next-mark", { "F2" } },
  { "win.previous-mark", { "<Shift>F2" } },
  { "win.highlights", { "<Control><Shift>h" } },
  { "win.find-next", { "F3", "<Control>g" } },
  { "win.find-previous", { "<Shift>F3", "<Control><Shift>g" } },
  { "win.next-error", { "<Control>e" } },
  { "win.previous-error", { "<Control><Shift>e" } },
  { "win.next-warning", { "F12" } },
  { "win.previous-warning", { "<Shift>F12" } },
  { "win.next-finding", { "<Control>k" } },
  { "win.previous-finding", { "<Control><Shift>k" } },
  { "win.next-gap", { "F7" } },
  { "win.previous-gap", { "<Shift>F7" } },
  { "win.headline", { "<Alt>Home" } },
  { "win.text-only", { "<Control>h" } },
  { "win.show-timeline", { "<Control>t" } },
  { "win.show-details", { "F4", "<Control>i" } },
  { "win.next-form", { "<Control>j" } },
  { "win.beside", { "<Control><Alt>b" } },
  { "win.compare-devices", { "<Control><Alt>j" } },
  { "win.next-pane", { "F6" } },
  { "win.previous-pane", { "<Shift>F6" } },
  { "win.show-sidebar", { "F9" } },
  { "win.show-panel", { "<Shift>F9" } },
  { "win.primary-menu", { "F10" } },
  { "win.check-now", { "F5" } },
  { "win.follow", { "<Control><Shift>f" } },
  { "win.pause", { "<Control>u" } },
  { "win.zoom-in", { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
  { "win.zoom-out", { "<Control>minus", "<Control>KP_Subtract" } },
  { "win.zoom-reset", { "<Control>0", "<Control>KP_0" } },
  { "win.paste", { "<Control>v" } },
  { "win.select-tab(0)", { "<Alt>1" } },
  { "win.select-tab(1)", { "<Alt>2" } },
  { "win.select-tab(2)", { "<Alt>3" } },
  { "win.select-tab(3)", { "<Alt>4" } },
  { "win.select-tab(4)", { "<Alt>5" } },
  { "win.select-tab(5)", { "<Alt>6" } },
  { "win.select-tab(6)", { "<Alt>7" } },
  { "win.select-tab(7)", { "<Alt>8" } },
  { "win.select-tab(8)", { "<Alt>9" } },
};

/* The window used last; small windows, as Error Lookup, do not count. (nullable) */
static CotWindow *
find_window (CotApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *item = windows; item != NULL; item = item->next)
    if (COT_IS_WINDOW (item->data))
      return item->data;
  return NULL;
}

/* How files are to be shown. */
typedef struct
{
  gboolean new_window;
  gboolean merge;
  const char *filter; /* (nullable) */
  const char *place; /* (nullable) */
} Manner;

/* The first window takes what was open in the first one, beside what is in it. Who asks for it gets
 * all of it: bundles take longer, so that a start may leave them out. */
static void
reopen (CotApplication *self, CotWindow *window, gboolean with_bundles)
{
  const CotSessionState *last = cot_session_keeper_get_last (self->keeper);
  guint n_left_out
      = last != NULL && !with_bundles ? cot_session_state_get_n_bundles (last) : 0;

  const CotSessionWindow *first = NULL;

  for (guint i = 0; last != NULL && i < last->windows->len; i++)
    {
      const CotSessionWindow *kept = g_ptr_array_index (last->windows, i);
      CotWindow *other;

      /* Of what is left out there is no window, and nothing is told where that is all. */
      if (!with_bundles && !cot_session_window_has_loose (kept))
        continue;
      if (first == NULL)
        {
          first = kept;
          continue;
        }
      other = cot_window_new (self);
      gtk_window_present (GTK_WINDOW (other));
      cot_window_reopen (other, kept, TRUE, n_left_out);
    }
  if (first != NULL)
    cot_window_reopen (window, first, FALSE, n_left_out);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_reopen_session (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *window = find_window (COT_APPLICATION (data));

  reopen (COT_APPLICATION (data),
          window != NULL ? window : cot_window_new (COT_APPLICATION (data)), TRUE);
}

/* The first window is there, and what was open last time is known, in whatever order. After a
 * crash it is offered also to who starts with nothing otherwise. */
static void
begin_session (CotApplication *self)
{
  const CotSessionState *last = cot_session_keeper_get_last (self->keeper);
  CotWindow *window = self->first_window;
  gboolean reopens = cot_settings_get_boolean ("reopen-session", FALSE);

  if (window == NULL || !cot_session_keeper_is_loaded (self->keeper))
    return;
  g_clear_weak_pointer (&self->first_window);
  if (cot_session_keeper_get_error (self->keeper) != NULL)
    cot_window_report_session (window);
  else if (last != NULL && reopens && self->starts_empty && cot_window_is_empty (window))
    reopen (self, window, cot_settings_get_boolean ("reopen-bundles", FALSE));
  else if (last != NULL && (reopens || !last->was_ended))
    cot_window_offer_session (window, last);
}

static void
on_session_loaded (CotApplication *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "reopen-session");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               cot_session_keeper_get_last (self->keeper) != NULL);
  begin_session (self);
}

static void
collect_session (CotSessionDraft *draft, gpointer data)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (data));

  for (GList *item = windows; item != NULL; item = item->next)
    if (COT_IS_WINDOW (item->data))
      cot_window_collect_session (item->data, draft);
}

/* What a window would show now goes with the program: the next one shows it. */
static void
note_missed (CotApplication *self, GFile **files, int n_files, const Manner *manner)
{
  if (self->missed == NULL)
    {
      self->missed = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (self->missed, g_strdup ("/proc/self/exe"));
      g_ptr_array_add (self->missed, g_strdup ("cotrace"));
    }
  if (manner->new_window)
    g_ptr_array_add (self->missed, g_strdup ("--new-window"));
  for (int i = 0; i < n_files; i++)
    {
      const char *path = g_file_peek_path (files[i]);

      g_ptr_array_add (self->missed, path != NULL ? g_strdup (path) : g_file_get_uri (files[i]));
    }
}

static void
start_missed (CotApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (self->missed == NULL)
    return;
  g_ptr_array_add (self->missed, NULL);
  if (!g_spawn_async (NULL, (char **) self->missed->pdata, NULL, G_SPAWN_FILE_AND_ARGV_ZERO, NULL,
                      NULL, NULL, &error))
    g_printerr ("cotrace: %s\n", error->message);
}

static void
show_window_for_files (CotApplication *self, GFile **files, int n_files, const Manner *manner)
{
  /* What the tabs of a window show is not changed by what is opened beside them. */
  gboolean is_own = manner->new_window || manner->filter != NULL || manner->place != NULL;
  CotWindow *window = is_own ? NULL : find_window (self);

  if (self->is_ending)
    {
      note_missed (self, files, n_files, manner);
      return;
    }
  if (window == NULL)
    window = cot_window_new (self);
  gtk_window_present (GTK_WINDOW (window));
  if (manner->merge)
    cot_window_merge_next (window);
  if (is_own)
    cot_window_show_next (window, manner->filter, manner->place);
  cot_window_open_files (window, files, (guint) n_files);
  if (self->has_started)
    return;
  self->has_started = TRUE;
  /* A new window is asked for to be empty. */
  if (manner->new_window && n_files == 0)
    return;
  self->starts_empty = n_files == 0;
  g_set_weak_pointer (&self->first_window, window);
  begin_session (self);
}

static void
cot_application_activate (GApplication *application)
{
  show_window_for_files (COT_APPLICATION (application), NULL, 0, &(Manner){ 0 });
}

static void
cot_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  show_window_for_files (COT_APPLICATION (application), files, n_files, &(Manner){ 0 });
}

/* What is no filter and no place is told to who typed it, before a window comes. */
static gboolean
check_manner (const Manner *manner, GError **error)
{
  g_autoptr (CotFilter) filter = NULL;
  g_autoptr (GError) wrong = NULL;
  CotPlace place;

  if (manner->filter != NULL)
    filter = cot_filter_new (manner->filter, &wrong);
  if (wrong != NULL)
    {
      /* Translators: what is wrong */
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("no filter: %s"),
                   wrong->message);
      return FALSE;
    }
  if (manner->place != NULL && !cot_place_parse (manner->place, 0, &place))
    {
      /* Translators: what was typed */
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("“%s” is no line (1234), no entry (#12) and no time (09:12)"),
                   manner->place);
      return FALSE;
    }
  return TRUE;
}

/* Runs in the first process, for the command line of every later one too. */
static int
cot_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree const char **paths = NULL;
  g_autoptr (GError) error = NULL;
  Manner manner = { 0 };

  /* Who asks waits for the end, and starts then. */
  if (COT_APPLICATION (application)->is_ending)
    return COT_APPLICATION_EXIT_ENDING;
  g_variant_dict_lookup (options, "new-window", "b", &manner.new_window);
  g_variant_dict_lookup (options, "merge", "b", &manner.merge);
  g_variant_dict_lookup (options, "filter", "&s", &manner.filter);
  if (!g_variant_dict_lookup (options, "goto", "&s", &manner.place))
    g_variant_dict_lookup (options, "goto-time", "&s", &manner.place);
  if (!check_manner (&manner, &error))
    {
      g_application_command_line_printerr (command_line, "cotrace: %s\n", error->message);
      return EXIT_USAGE;
    }
  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &paths))
    for (guint i = 0; paths[i] != NULL; i++)
      g_ptr_array_add (files,
                       g_application_command_line_create_file_for_arg (command_line, paths[i]));

  show_window_for_files (COT_APPLICATION (application), (GFile **) files->pdata, (int) files->len,
                         &manner);
  return 0;
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GList *windows;

  cot_session_keeper_end (COT_APPLICATION (data)->keeper);
  /* Each window keeps its size; the last one to go ends the program. */
  while ((windows = gtk_application_get_windows (GTK_APPLICATION (data))) != NULL)
    {
      GtkWindow *window = windows->data;

      gtk_window_close (window);
      if (g_list_find (gtk_application_get_windows (GTK_APPLICATION (data)), window) != NULL)
        gtk_window_destroy (window);
    }
}

/* Who asks for the second time has no patience: then the system ends it. But a terminal that is
 * closed says so more than once, and a session that ends does it behind a first request. */
static gboolean
on_end_signal (gpointer data)
{
  CotApplication *self = COT_APPLICATION (data);

  if (self->was_told_to_end)
    return G_SOURCE_CONTINUE;
  self->was_told_to_end = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (end_signals); i++)
    if (end_signals[i] != SIGHUP)
      g_clear_handle_id (&self->signal_sources[i], g_source_remove);
  g_action_group_activate_action (G_ACTION_GROUP (self), "quit", NULL);
  /* Also without any window. */
  g_application_quit (G_APPLICATION (self));
  return G_SOURCE_CONTINUE;
}

/* Who ends the program from outside, or closes the terminal that it was started from, loses
 * nothing. What is ignored was meant to be, as by nohup. */
static void
watch_signals (CotApplication *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (end_signals); i++)
    {
      struct sigaction before;

      if (sigaction (end_signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        self->signal_sources[i] = g_unix_signal_add (end_signals[i], on_end_signal, self);
    }
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_about_present (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

static void
on_new_window (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_window_for_files (COT_APPLICATION (data), NULL, 0, &(Manner){ .new_window = TRUE });
}

static void
on_error_lookup (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_error_lookup_present (GTK_APPLICATION (data), find_window (COT_APPLICATION (data)));
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cot_preferences_dialog_present (gtk_application_get_active_window (GTK_APPLICATION (data)));
}

static const GActionEntry actions[] = {
  { .name = "quit", .activate = on_quit },
  { .name = "about", .activate = on_about },
  { .name = "new-window", .activate = on_new_window },
  { .name = "reopen-session", .activate = on_reopen_session },
  { .name = "error-lookup", .activate = on_error_lookup },
  { .name = "preferences", .activate = on_preferences },
};

static void
apply_check_seconds (CotApplication *self)
{
  GSettings *settings = cot_settings_get ();

  if (settings != NULL)
    cot_session_set_poll_interval (self->session,
                                   1000 * (guint) g_settings_get_int (settings, "check-seconds"));
}

static void
apply_style (void)
{
  static const AdwColorScheme schemes[]
      = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };
  guint style = (guint) g_settings_get_enum (cot_settings_get (), "style");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[MIN (style, G_N_ELEMENTS (schemes) - 1)]);
}

static void
cot_application_startup (GApplication *application)
{
  CotApplication *self = COT_APPLICATION (application);

  G_APPLICATION_CLASS (cot_application_parent_class)->startup (application);

  cot_history_init ();
  cot_session_find_unpack_program ();
  self->session = cot_session_new ();
  cot_session_serve_window (self->session);
  cot_session_set_joining (self->session, TRUE);
  apply_check_seconds (self);
  if (cot_settings_get () != NULL)
    {
      g_signal_connect_object (cot_settings_get (), "changed::check-seconds",
                               G_CALLBACK (apply_check_seconds), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (cot_settings_get (), "changed::style", G_CALLBACK (apply_style),
                               self, G_CONNECT_SWAPPED);
      apply_style ();
    }
  cot_session_read_own_knowledge_async (self->session, NULL, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action,
                                           (const char *const *) accelerators[i].keys);
  self->keeper = cot_session_keeper_new (collect_session, self);
  g_signal_connect_object (self->keeper, "loaded", G_CALLBACK (on_session_loaded), self,
                           G_CONNECT_SWAPPED);
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "reopen-session")), FALSE);
  cot_session_keeper_load (self->keeper);
  watch_signals (self);
}

static void
cot_application_dispose (GObject *object)
{
  CotApplication *self = COT_APPLICATION (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);
  /* All is saved: a terminal that still hangs up is no reason to end otherwise than well. */
  if (self->was_told_to_end)
    signal (SIGHUP, SIG_IGN);
  g_clear_weak_pointer (&self->first_window);
  g_clear_pointer (&self->missed, g_ptr_array_unref);
  g_clear_object (&self->keeper);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (cot_application_parent_class)->dispose (object);
}

static gboolean
end_of_patience (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
on_released (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  *(gboolean *) data = TRUE;
}

/* What the bus had for it before has come when this ends; what comes later starts a new one. Not
 * before all is saved: that one reads it. */
static void
give_back_name (CotApplication *self)
{
  GDBusConnection *connection = g_application_get_dbus_connection (G_APPLICATION (self));
  gboolean is_released = FALSE;

  if (connection == NULL || g_dbus_connection_is_closed (connection))
    return;
  g_dbus_connection_call (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "ReleaseName",
                          g_variant_new ("(s)", COT_APPLICATION_ID), NULL,
                          G_DBUS_CALL_FLAGS_NONE, MAX_RELEASE_MSEC, NULL, on_released,
                          &is_released);
  while (!is_released)
    g_main_context_iteration (NULL, TRUE);
}

/* No window is there any more; marks that were made last, and what was open, are still on their way
 * to the disk. */
static void
cot_application_shutdown (GApplication *application)
{
  CotApplication *self = COT_APPLICATION (application);
  gboolean is_over = FALSE;
  guint timeout = g_timeout_add_seconds (MAX_SHUTDOWN_SECONDS, end_of_patience, &is_over);

  self->is_ending = TRUE;
  while ((cot_marks_get_n_saves () > 0
          || (self->keeper != NULL && cot_session_keeper_is_saving (self->keeper)))
         && !is_over)
    g_main_context_iteration (NULL, TRUE);
  if (!is_over)
    g_source_remove (timeout);
  give_back_name (self);
  start_missed (self);
  G_APPLICATION_CLASS (cot_application_parent_class)->shutdown (application);
}

static void
cot_application_class_init (CotApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_application_dispose;
  G_APPLICATION_CLASS (klass)->startup = cot_application_startup;
  G_APPLICATION_CLASS (klass)->shutdown = cot_application_shutdown;
  G_APPLICATION_CLASS (klass)->activate = cot_application_activate;
  G_APPLICATION_CLASS (klass)->open = cot_application_open;
  G_APPLICATION_CLASS (klass)->command_line = cot_application_command_line;
}

static void
cot_application_init (CotApplication *self)
{
  const GOptionEntry options[] = {
    { "new-window", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open a new window"), NULL },
    { "filter", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_("Show the entries that pass a filter, in a new window"), N_("EXPRESSION") },
    { "goto", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_("Go to a line, an entry or a time, in a new window"), N_("PLACE") },
    /* The same, as others call it. */
    { "goto-time", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, NULL, NULL, NULL },
    { "merge", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_("Show the logs in one tab, in the order of their times"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_("[FILE…]") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (
      G_APPLICATION (self), _("Shows the logs of a device and what went wrong on it."));
}

CotApplication *
cot_application_new (void)
{
  /* Nobody else names the resources, so the linker would leave them out of the program. */
  cot_app_get_resource ();
  return g_object_new (COT_TYPE_APPLICATION,
                       "application-id", COT_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN | G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/io/github/cotrace/Cotrace",
                       NULL);
}

/**
 * cot_application_get_session:
 *
 * Returns: (transfer none): the session that all windows share; there from startup on
 */
CotSession *
cot_application_get_session (CotApplication *self)
{
  g_return_val_if_fail (COT_IS_APPLICATION (self), NULL);

  return self->session;
}

/**
 * cot_application_get_session_keeper:
 *
 * Returns: (transfer none): what keeps the session; there from startup on
 */
CotSessionKeeper *
cot_application_get_session_keeper (CotApplication *self)
{
  g_return_val_if_fail (COT_IS_APPLICATION (self), NULL);

  return self->keeper;
}
