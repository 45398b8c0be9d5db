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

void
cot_window_show_entry (CotWindow *self, CotCase *a_case, CotLog *log, guint64 ordinal)
{
  GPtrArray *cases = cot_case_is_bundle (a_case) ? self->bundles : self->loose;

  if (!g_ptr_array_find (cases, a_case, NULL) || cot_case_find_log (a_case, log) < 0)
    {
      cot_window_show_toast (self, _("The log was closed."));
      return;
    }
  gtk_window_present (GTK_WINDOW (self));
  cot_window_go_to (self, a_case, log, ordinal);
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

/* How many were kept, and why no more. */
static char *
dup_imported_text (GPtrArray *groups)
{
  CotLogGroupSaved saved = COT_LOG_GROUP_SAVED;
  guint n_kept = 0;
  guint n_replaced = 0;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < groups->len && saved == COT_LOG_GROUP_SAVED; i++)
    {
      const CotNamedLogs *group = g_ptr_array_index (groups, i);
      gboolean is_there = cot_log_groups_has_own (group->name);

      saved = cot_log_groups_save (group->name, (const char *const *) group->logs);
      n_kept += saved == COT_LOG_GROUP_SAVED;
      n_replaced += saved == COT_LOG_GROUP_SAVED && is_there;
    }
  if (n_kept == 0)
    return dup_saved_text (saved);
  g_string_printf (text, ngettext ("%u group imported", "%u groups imported", n_kept), n_kept);
  if (n_replaced > 0)
    {
      g_string_append (text, ", ");
      g_string_append_printf (text,
                              ngettext ("%u in the place of one with its name",
                                        "%u in the place of those with their names", n_replaced),
                              n_replaced);
    }
  if (saved != COT_LOG_GROUP_SAVED)
    {
      g_autofree char *reason = dup_saved_text (saved);

      g_string_append_printf (text, ". %s", reason);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
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
    text = dup_imported_text (groups);
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
on_import_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;
  g_autoptr (GTask) task = NULL;

  g_clear_object (&self->chooser);
  if (file == NULL || g_file_peek_path (file) == NULL)
    return;
  task = g_task_new (self, NULL, on_groups_read, NULL);
  g_task_set_task_data (task, g_file_get_path (file), g_free);
  g_task_run_in_thread (task, read_groups);
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
