/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-codes-view.h"
#include "cot-log-groups.h"
#include "cot-log-groups-xml.h"
#include "cot-sentences.h"

/* More tabs than this help nobody. */
#define MAX_OPENED 40

static void
add_logs (GPtrArray *logs, GPtrArray *cases)
{
  for (guint i = 0; i < cases->len; i++)
    {
      CotCase *a_case = g_ptr_array_index (cases, i);

      for (guint j = 0; j < cot_case_get_n_logs (a_case); j++)
        g_ptr_array_add (logs, cot_code_log_new (a_case, cot_case_get_log (a_case, j)));
    }
}

GPtrArray *
cot_window_list_logs (CotWindow *self)
{
  GPtrArray *logs = g_ptr_array_new_with_free_func ((GDestroyNotify) cot_code_log_free);

  add_logs (logs, self->loose);
  add_logs (logs, self->bundles);
  return logs;
}

/* For a dialog that keeps the focus: what it leads to may not be what is looked for. */
void
cot_window_show_entry_behind (CotWindow *self, CotCase *a_case, CotLog *log, guint64 ordinal)
{
  GPtrArray *cases = cot_case_is_bundle (a_case) ? self->bundles : self->loose;

  if (!g_ptr_array_find (cases, a_case, NULL) || cot_case_find_log (a_case, log) < 0)
    {
      cot_window_show_toast (self, _("The log was closed."));
      return;
    }
  cot_window_go_to (self, a_case, log, ordinal);
}

void
cot_window_show_entry (CotWindow *self, CotCase *a_case, CotLog *log, guint64 ordinal)
{
  gtk_window_present (GTK_WINDOW (self));
  cot_window_show_entry_behind (self, a_case, log, ordinal);
}

/* Tabs for those that are in the case that is looked at, in the order of @names; the first one is
 * shown. */
static guint
open_logs (CotWindow *self, const char *const *names)
{
  CotKnowledge *knowledge = cot_session_get_knowledge (self->session);
  CotCase *row_case = cot_window_get_row_case (self);
  g_autoptr (CotCase) a_case = row_case != NULL ? g_object_ref (row_case) : NULL;
  g_autoptr (GHashTable) logs = NULL;
  CotLog *first = NULL;
  guint n = 0;

  if (a_case == NULL)
    return 0;
  logs = cot_log_groups_list_case (knowledge, a_case, cot_window_get_device (self));
  for (guint i = 0; names[i] != NULL && n < MAX_OPENED; i++)
    {
      CotLog *log = cot_log_groups_find (logs, names[i]);

      if (log == NULL)
        continue;
      if (first == NULL)
        first = log;
      cot_window_add_tab (self, a_case, log, FALSE);
      n++;
    }
  if (first != NULL)
    cot_window_add_tab (self, a_case, first, TRUE);
  return n;
}

static void
on_open_log (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *names[] = { g_variant_get_string (parameter, NULL), NULL };

  if (open_logs (COT_WINDOW (data), names) == 0)
    cot_window_show_toast (COT_WINDOW (data), _("This log is not among those that are open."));
}

static void
on_open_log_group (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  g_auto (GStrv) names = cot_log_groups_dup_logs (cot_session_get_knowledge (self->session),
                                                  g_variant_get_string (parameter, NULL));

  if (names == NULL || open_logs (self, (const char *const *) names) == 0)
    cot_window_show_toast (self, _("None of these logs is among those that are open."));
}

static void
add_names (GPtrArray *names, CotKnowledge *knowledge, CotLog *log)
{
  for (guint i = 0; i < cot_log_get_n_parts (log); i++)
    {
      const char *name = cot_log_groups_get_name (knowledge, cot_log_get_part (log, i));

      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_strdup (name));
    }
}

/* What came of it, and what to do where it could not be kept. */
static char *
dup_saved_text (CotLogGroupSaved saved)
{
  switch (saved)
    {
    case COT_LOG_GROUP_TOO_MANY_GROUPS:
      return g_strdup_printf (_("There are %d groups already. Remove one, then save this one."),
                              COT_LOG_GROUPS_MAX_OWN);
    case COT_LOG_GROUP_TOO_MANY_LOGS:
      return g_strdup_printf (_("A group has %d logs at most. Close some tabs, then save it."),
                              COT_LOG_GROUPS_MAX_LOGS);
    case COT_LOG_GROUP_READ_ONLY:
      return g_strdup (_("The settings are locked on this computer: the group was not saved."));
    case COT_LOG_GROUP_SAVED:
    default:
      return g_strdup (_("Group saved"));
    }
}

static void
on_save_log_group (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  CotKnowledge *knowledge = cot_session_get_knowledge (self->session);
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);
  g_autofree char *name = g_strstrip (g_variant_dup_string (parameter, NULL));
  g_autoptr (GPtrArray) names = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  g_autofree char *text = NULL;

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    {
      AdwTabPage *page = adw_tab_view_get_nth_page (view, i);

      add_names (names, knowledge, cot_log_page_get_log (cot_window_get_log_page (page)));
    }
  if (*name == '\0' || names->len == 0)
    {
      cot_window_show_toast (self, _("Open the logs first, and type a name for the group."));
      return;
    }
  text = dup_saved_text (cot_log_groups_save (name, (const char *const *) names->pdata));
  cot_window_show_toast (self, text);
}

/* Whether an own group has these logs, and no others. */
static gboolean
has_logs (CotKnowledge *knowledge, const char *name, char **logs)
{
  g_autofree char *id = g_strconcat (COT_OWN_LOG_GROUP_PREFIX, name, NULL);
  g_auto (GStrv) own = cot_log_groups_dup_logs (knowledge, id);

  return own != NULL && g_strv_equal ((const char *const *) own, (const char *const *) logs);
}

/* (transfer full): a name that no other logs have: what the user has stays as it is. */
static char *
dup_free_name (CotKnowledge *knowledge, const CotNamedLogs *group)
{
  char *name = g_strdup (group->name);

  for (guint i = 1; cot_log_groups_has_own (name) && !has_logs (knowledge, name, group->logs); i++)
    {
      g_free (name);
      /* Translators: the name of a group of logs */
      name = i == 1 ? g_strdup_printf (_("%s (imported)"), group->name)
                    /* Translators: the name of a group of logs, and a number from 2 on */
                    : g_strdup_printf (_("%s (imported %u)"), group->name, i);
    }
  return name;
}

/* How many were kept, and why no more. */
static char *
dup_imported_text (CotKnowledge *knowledge, GPtrArray *groups)
{
  CotLogGroupSaved saved = COT_LOG_GROUP_SAVED;
  guint n_kept = 0;
  guint n_renamed = 0;
  g_autofree char *kept = NULL;
  g_autofree char *more = NULL;

  for (guint i = 0; i < groups->len && saved == COT_LOG_GROUP_SAVED; i++)
    {
      const CotNamedLogs *group = g_ptr_array_index (groups, i);
      g_autofree char *name = dup_free_name (knowledge, group);

      if (cot_log_groups_has_own (name))
        continue;
      saved = cot_log_groups_save (name, (const char *const *) group->logs);
      n_kept += saved == COT_LOG_GROUP_SAVED;
      n_renamed += saved == COT_LOG_GROUP_SAVED && !g_str_equal (name, group->name);
    }
  if (n_kept == 0)
    return saved == COT_LOG_GROUP_SAVED ? g_strdup (_("These groups are here already."))
                                        : dup_saved_text (saved);
  kept = g_strdup_printf (ngettext ("%u group imported", "%u groups imported", n_kept), n_kept);
  if (saved != COT_LOG_GROUP_SAVED)
    more = dup_saved_text (saved);
  else if (n_renamed > 0)
    more = g_strdup_printf (ngettext ("%u name was taken already: it ends in “(imported)”.",
                                      "%u names were taken already: they end in “(imported)”.",
                                      n_renamed),
                            n_renamed);
  if (more == NULL)
    return g_steal_pointer (&kept);
  /* Translators: a sentence without its full stop, and one with it */
  return g_strdup_printf (_("%s. %s"), kept, more);
}

static void
read_groups (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *groups = cot_log_groups_xml_read (data, &error);

  if (groups == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, groups, (GDestroyNotify) g_ptr_array_unref);
}

static void
on_groups_read (GObject *source, GAsyncResult *result, gpointer data)
{
  CotWindow *self = COT_WINDOW (source);
  const char *path = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) groups = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *name = cot_sentence_dup_base_name (path);
  g_autofree char *text = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (groups != NULL && groups->len > 0)
    text = dup_imported_text (cot_session_get_knowledge (self->session), groups);
  else if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_INVAL))
    /* Translators: a name of a file */
    text = g_strdup_printf (_("“%s” is a folder or a device. Choose the file LogGroups.xml of "
                              "Support Center."),
                            name);
  else if (error != NULL && error->domain == G_FILE_ERROR)
    /* Translators: a name of a file, and why it cannot be read */
    text = g_strdup_printf (_("“%s” cannot be read: %s"), name, error->message);
  else
    text = g_strdup_printf (_("“%s” holds no groups of logs. Choose the file LogGroups.xml of "
                              "Support Center."),
                            name);
  cot_window_show_toast (self, text);
}

static void
import_groups (CotWindow *self, GFile *file)
{
  g_autoptr (GTask) task = NULL;

  if (g_file_peek_path (file) == NULL)
    {
      cot_window_show_toast (self, _("That file is not on this computer. Copy it here, then import "
                                     "it."));
      return;
    }
  task = g_task_new (self, NULL, on_groups_read, NULL);
  g_task_set_task_data (task, g_file_get_path (file), g_free);
  g_task_run_in_thread (task, read_groups);
}

static void
on_import_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  g_clear_object (&self->chooser);
  if (file != NULL)
    import_groups (self, file);
}

static void
on_import_log_groups (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_("Import Groups of Logs"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_filter_set_name (filter, _("Groups of logs (LogGroups.xml)"));
  gtk_file_filter_add_suffix (filter, "xml");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_import_response), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static const GActionEntry actions[] = {
  { .name = "import-log-groups", .activate = on_import_log_groups },
  { .name = "open-log", .activate = on_open_log, .parameter_type = "s" },
  { .name = "open-log-group", .activate = on_open_log_group, .parameter_type = "s" },
  { .name = "save-log-group", .activate = on_save_log_group, .parameter_type = "s" },
};

static GPtrArray *
get_logs (gpointer data)
{
  return cot_window_list_logs (COT_WINDOW (data));
}

static void
on_codes_go_to (CotCodesView *view, CotCase *a_case, CotLog *log, guint64 ordinal, gpointer data)
{
  cot_window_show_entry (COT_WINDOW (data), a_case, log, ordinal);
}

void
cot_window_init_groups (CotWindow *self)
{
  CotCodesView *codes
      = COT_CODES_VIEW (cot_findings_panel_get_codes_view (COT_FINDINGS_PANEL (self->panel)));

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  cot_codes_view_set_logs (codes, get_logs, self);
  g_signal_connect_object (codes, "go-to", G_CALLBACK (on_codes_go_to), self, 0);
}
