/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-find-all-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-dialog-window.h"
#include "cot-find-field.h"
#include "cot-found-entries.h"
#include "cot-found-row.h"
#include "cot-sentences.h"
#include "cot-text-label.h"

#define WIDTH_PX 820
#define HEIGHT_PX 560
#define KEY "cot-find-all-dialog"

typedef struct
{
  GtkWindow *window; /* the dialog lives as long as it */
  CotFindAllClient client;
  CotFoundEntries *found; /* (nullable) */
  GtkNoSelection *selection; /* what the list shows */
  gboolean many_cases;
  GtkWidget *field;
  GtkWidget *scope;
  GtkWidget *status;
  GtkWidget *scroller;
} Dialog;

static void
drop_found (Dialog *self)
{
  if (self->found == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->found, self);
  gtk_no_selection_set_model (self->selection, NULL);
  g_clear_object (&self->found);
}

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  drop_found (self);
  g_object_unref (self->selection);
  g_free (self);
}

static char *
dup_entries (guint64 n)
{
  g_autofree char *number = cot_sentence_dup_number (n);

  return g_strdup_printf (ngettext ("%s entry", "%s entries", (gulong) MIN (n, G_MAXINT)), number);
}

static char *
dup_status (Dialog *self)
{
  guint64 n_found = cot_found_entries_get_n_found (self->found);
  guint n_logs = cot_found_entries_get_n_logs (self->found);
  guint n_searched = cot_found_entries_get_n_searched (self->found);
  guint n_with_some = cot_found_entries_get_n_logs_with_some (self->found);
  g_autofree char *entries = dup_entries (n_found);
  g_autofree char *logs
      = g_strdup_printf (ngettext ("%u log", "%u logs", n_with_some), n_with_some);

  if (n_searched < n_logs)
    /* Translators: number of a log, how many logs there are, "4 entries", "2 logs" */
    return g_strdup_printf (_("Looking in log %u of %u: %s in %s so far"), n_searched + 1, n_logs,
                            entries, logs);
  if (n_found == 0)
    return g_strdup_printf (ngettext ("Not found in %u log", "Not found in %u logs", n_logs),
                            n_logs);
  /* Translators: "4 entries", "2 logs" */
  return g_strdup_printf (_("%s in %s"), entries, logs);
}

static void
update_status (Dialog *self)
{
  guint64 n_too_slow = cot_found_entries_get_n_too_slow (self->found);
  g_autofree char *status = dup_status (self);
  g_autofree char *slow = dup_entries (n_too_slow);
  /* Translators: "4 entries in 2 logs", "3 entries" */
  g_autofree char *both
      = g_strdup_printf (_("%s. The expression is too slow for %s."), status, slow);

  gtk_label_set_text (GTK_LABEL (self->status), n_too_slow > 0 ? both : status);
  cot_find_field_set_failed (COT_FIND_FIELD (self->field),
                             cot_found_entries_get_n_found (self->found) == 0
                                 && cot_found_entries_get_n_searched (self->found)
                                        == cot_found_entries_get_n_logs (self->found));
}

static gboolean
are_of_many_cases (GPtrArray *logs)
{
  for (guint i = 1; i < logs->len; i++)
    if (((CotCodeLog *) logs->pdata[i])->a_case != ((CotCodeLog *) logs->pdata[0])->a_case)
      return TRUE;
  return FALSE;
}

static void
search (Dialog *self)
{
  gboolean only_tabs = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->scope)) == 1;
  g_autoptr (GPtrArray) logs = self->client.list_logs (only_tabs, self->client.data);
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  CotFindQuestion question;

  drop_found (self);
  cot_find_field_get_question (COT_FIND_FIELD (self->field), &question);
  cot_find_field_set_failed (COT_FIND_FIELD (self->field), FALSE);
  self->many_cases = are_of_many_cases (logs);
  if (*question.text == '\0')
    {
      gtk_label_set_text (GTK_LABEL (self->status), _("Type what to look for."));
      return;
    }
  self->found = cot_found_entries_new (logs, &question, &error);
  if (self->found == NULL)
    {
      sentence = g_strdup_printf (_("This is not a regular expression: %s"), error->message);
      gtk_label_set_text (GTK_LABEL (self->status), sentence);
      cot_find_field_set_failed (COT_FIND_FIELD (self->field), TRUE);
      return;
    }
  g_signal_connect_swapped (self->found, "changed", G_CALLBACK (update_status), self);
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (self->found));
  update_status (self);
}

static void
on_activated (GtkListView *list, guint position, Dialog *self)
{
  g_autoptr (CotFoundEntry) entry
      = self->found != NULL ? g_list_model_get_item (G_LIST_MODEL (self->found), position) : NULL;

  if (entry == NULL)
    return;
  cot_find_field_remember (COT_FIND_FIELD (self->field));
  self->client.go_to (cot_found_entry_get_case (entry), cot_found_entry_get_log (entry),
                      cot_found_entry_get_ordinal (entry), self->client.data);
}

/* Enter goes on to the list. */
static void
on_step (Dialog *self)
{
  cot_find_field_remember (COT_FIND_FIELD (self->field));
  gtk_widget_child_focus (self->scroller, GTK_DIR_TAB_FORWARD);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, cot_found_row_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, Dialog *self)
{
  cot_found_row_set_entry (COT_FOUND_ROW (gtk_list_item_get_child (item)),
                           gtk_list_item_get_item (item), self->many_cases);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  cot_found_row_set_entry (COT_FOUND_ROW (gtk_list_item_get_child (item)), NULL, FALSE);
}

static GtkWidget *
make_list (Dialog *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  self->selection = gtk_no_selection_new (NULL);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (list), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Entries that were found"), -1);
  gtk_widget_add_css_class (list, "found-list");
  g_signal_connect (list, "activate", G_CALLBACK (on_activated), self);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), list);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  return self->scroller;
}

static GtkWidget *
make_head (Dialog *self)
{
  const char *const scopes[] = { _("All logs that were read"), _("Logs in tabs"), NULL };
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->field = cot_find_field_new ();
  self->scope = gtk_drop_down_new_from_strings (scopes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scope), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Which logs"), -1);
  self->status = cot_text_label_new ("", "secondary-text");
  gtk_box_append (GTK_BOX (line), self->field);
  gtk_box_append (GTK_BOX (line), self->scope);
  gtk_box_append (GTK_BOX (head), line);
  gtk_box_append (GTK_BOX (head), self->status);
  gtk_widget_add_css_class (head, "find-all-head");
  g_signal_connect_swapped (self->field, "changed", G_CALLBACK (search), self);
  g_signal_connect_swapped (self->field, "step", G_CALLBACK (on_step), self);
  g_signal_connect_swapped (self->field, "stop", G_CALLBACK (gtk_window_close), self->window);
  g_signal_connect_swapped (self->scope, "notify::selected", G_CALLBACK (search), self);
  return head;
}

static void
forget (GObject *parent)
{
  g_object_set_data (parent, KEY, NULL);
}

static Dialog *
dialog_new (GtkWindow *parent, const CotFindAllClient *client)
{
  Dialog *self = g_new0 (Dialog, 1);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->window = cot_dialog_window_new (parent, _("Find in All Logs"), WIDTH_PX, HEIGHT_PX);
  self->client = *client;
  gtk_widget_add_css_class (header, "flat");
  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), make_head (self));
  gtk_box_append (GTK_BOX (content), make_list (self));
  adw_window_set_content (ADW_WINDOW (self->window), content);
  g_object_set_data (G_OBJECT (parent), KEY, self);
  g_signal_connect_object (self->window, "destroy", G_CALLBACK (forget), parent,
                           G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (self->window), KEY, self, dialog_free);
  return self;
}

void
cot_find_all_dialog_present (GtkWindow *parent, const CotFindQuestion *question,
                             const CotFindAllClient *client)
{
  Dialog *self = g_object_get_data (G_OBJECT (parent), KEY);

  if (self == NULL)
    self = dialog_new (parent, client);
  if (question != NULL)
    cot_find_field_set_question (COT_FIND_FIELD (self->field), question);
  else
    search (self);
  cot_find_field_start (COT_FIND_FIELD (self->field));
  gtk_window_present (self->window);
}
