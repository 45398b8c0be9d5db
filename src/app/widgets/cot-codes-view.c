/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-codes-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "cot-code-card.h"
#include "cot-code-sentences.h"
#include "cot-history.h"
#include "cot-names.h"
#include "cot-settings.h"
#include "cot-text-label.h"

/* Of a pasted text with more codes than this, the first ones. */
#define MAX_CARDS 8
#define MAX_RESULTS 50
/* What stands this long was looked up, and not only typed on the way to something else. */
#define HISTORY_DELAY_MSEC 1200
#define REMEMBER_KEY "remember-lookups"

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotCodesView
{
  GtkWidget parent_instance;

  CotCodesLogs get_logs; /* (nullable) */
  gpointer get_logs_data;
  char *shown; /* (nullable): the code that is shown, for the history */
  guint history_source;

  GtkWidget *scroller;
  GtkWidget *entry;
  GtkWidget *codes_title;
  GtkWidget *codes_box; /* buttons for the codes of the selected entry */
  GtkWidget *result; /* holds cards, a list, or one sentence */
  GtkWidget *purpose; /* said where nothing is typed */
};

G_DEFINE_FINAL_TYPE (CotCodesView, cot_codes_view, GTK_TYPE_WIDGET)

static void
remove_children (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
show_sentence (CotCodesView *self, const char *sentence)
{
  GtkWidget *label = gtk_label_new (sentence);

  cot_text_label_set_wrapping (GTK_LABEL (label), NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "secondary-text");
  gtk_box_append (GTK_BOX (self->result), label);
}

static void
remember_shown (CotCodesView *self)
{
  g_clear_handle_id (&self->history_source, g_source_remove);
  if (self->shown != NULL)
    cot_history_add (COT_HISTORY_CODES, self->shown);
}

static gboolean
on_history_timeout (gpointer data)
{
  CotCodesView *self = data;

  self->history_source = 0;
  remember_shown (self);
  return G_SOURCE_REMOVE;
}

static void
on_places_go_to (CotCodePlaces *places, CotCase *a_case, CotLog *log, guint64 ordinal,
                 gpointer data)
{
  g_signal_emit (data, signals[GO_TO], 0, a_case, log, ordinal);
}

static void
on_places_clicked (GtkButton *button, gpointer data)
{
  CotCodesView *self = COT_CODES_VIEW (data);
  GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (button));
  gboolean known;
  g_autoptr (CotCode) code
      = cot_code_lookup (g_object_get_data (G_OBJECT (button), "code"), &known);
  g_autoptr (GPtrArray) logs = self->get_logs (self->get_logs_data);
  GtkWidget *places = cot_code_places_new (code, logs);

  remember_shown (self);
  g_signal_connect (places, "go-to", G_CALLBACK (on_places_go_to), self);
  gtk_box_append (GTK_BOX (box), places);
  gtk_box_remove (GTK_BOX (box), GTK_WIDGET (button));
}

static void
append_card (CotCodesView *self, const CotCode *code)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  gtk_box_append (GTK_BOX (box), cot_code_card_new (code, code->is_known));
  if (self->get_logs != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (_("Where in the open logs?"));

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      g_object_set_data_full (G_OBJECT (button), "code", g_strdup (code->code_text), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (on_places_clicked), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_box_append (GTK_BOX (self->result), box);
}

/* Each code once; returns whether one of them is known. */
static gboolean
append_cards (CotCodesView *self, GPtrArray *codes)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean known = FALSE;

  for (guint i = 0; i < codes->len && g_hash_table_size (seen) < MAX_CARDS; i++)
    {
      const CotCode *code = g_ptr_array_index (codes, i);

      if (!g_hash_table_add (seen, code->code_text))
        continue;
      append_card (self, code);
      known |= code->is_known;
    }
  if (known)
    {
      self->shown = g_strdup (((const CotCode *) g_ptr_array_index (codes, 0))->code_text);
      self->history_source
          = g_timeout_add_full (G_PRIORITY_LOW, HISTORY_DELAY_MSEC, on_history_timeout, self, NULL);
    }
  return known;
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  CotCodesView *self = COT_CODES_VIEW (data);

  cot_codes_view_set_text (self, g_object_get_data (G_OBJECT (row), "code"));
  remember_shown (self);
}

static GtkWidget *
make_row (const CotCode *code)
{
  GtkWidget *row = adw_action_row_new ();
  const char *symbol = code->symbol != NULL ? code->symbol : "";
  g_autofree char *tail = g_strdup_printf (" (%s)", symbol);
  g_autofree char *title = g_strconcat (code->code_text, *symbol != '\0' ? "  " : "", symbol, NULL);
  g_autofree char *meaning = g_strdup (code->meaning != NULL ? code->meaning : "");

  if (g_str_has_suffix (meaning, tail))
    meaning[strlen (meaning) - strlen (tail)] = '\0';
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  if (g_strcmp0 (meaning, code->symbol) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), meaning);
  cot_names_set_row (row, NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "finding-row");
  g_object_set_data_full (G_OBJECT (row), "code", g_strdup (code->code_text), g_free);
  return row;
}

static GtkWidget *
make_list (CotCodesView *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  g_signal_connect (list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_box_append (GTK_BOX (self->result), list);
  return list;
}

/* Words were typed: the codes that hold them. @is_beside: it is a number, of which all that is
 * known was said already. */
static gboolean
show_matches (CotCodesView *self, const char *text, gboolean is_beside)
{
  guint n_all = 0;
  g_autoptr (GPtrArray) codes = cot_code_search (text, MAX_RESULTS, &n_all);
  g_autofree char *count
      = is_beside ? cot_code_sentence_dup_beside (text)
                  : g_strdup_printf (ngettext ("%u code", "%u codes", n_all), n_all);
  GtkWidget *list;

  if (codes->len == 0)
    return FALSE;
  show_sentence (self, count);
  list = make_list (self);
  for (guint i = 0; i < codes->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (g_ptr_array_index (codes, i)));
  if (n_all > codes->len)
    {
      guint n_more = n_all - codes->len;
      g_autofree char *more = g_strdup_printf (
          ngettext ("and %u more: another word finds fewer",
                    "and %u more: another word finds fewer", n_more),
          n_more);

      show_sentence (self, more);
    }
  return TRUE;
}

static void update_result (CotCodesView *self);

static void
on_clear_history (GtkButton *button, gpointer data)
{
  cot_history_clear (COT_HISTORY_CODES);
  update_result (COT_CODES_VIEW (data));
}

static void
append_history_foot (CotCodesView *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *keep = gtk_check_button_new_with_label (_("Keep when the program ends"));
  GtkWidget *clear = gtk_button_new_with_label (_("Clear"));

  if (cot_settings_get () != NULL)
    {
      g_settings_bind (cot_settings_get (), REMEMBER_KEY, keep, "active", G_SETTINGS_BIND_DEFAULT);
      gtk_box_append (GTK_BOX (foot), keep);
    }
  gtk_widget_set_hexpand (clear, TRUE);
  gtk_widget_set_halign (clear, GTK_ALIGN_END);
  g_signal_connect (clear, "clicked", G_CALLBACK (on_clear_history), self);
  gtk_box_append (GTK_BOX (foot), clear);
  gtk_box_append (GTK_BOX (self->result), foot);
}

static void
show_history (CotCodesView *self)
{
  GListModel *history = cot_history_get (COT_HISTORY_CODES);
  guint n = g_list_model_get_n_items (history);
  GtkWidget *title;
  GtkWidget *list;

  if (n == 0)
    return;
  title = gtk_label_new (_("Looked up before"));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "group-title");
  gtk_box_append (GTK_BOX (self->result), title);
  list = make_list (self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (history, i);
      gboolean known;
      g_autoptr (CotCode) code = cot_code_lookup (gtk_string_object_get_string (item), &known);

      if (code != NULL)
        gtk_list_box_append (GTK_LIST_BOX (list), make_row (code));
    }
  append_history_foot (self);
}

static gboolean
has_digit (const char *text)
{
  return text[strcspn (text, "0123456789")] != '\0';
}

/* A code, a whole line of a log with codes in it, or words. */
static void
show_answer (CotCodesView *self, const char *text)
{
  g_autoptr (GPtrArray) typed = cot_code_lookup_all (text, NULL);
  g_autoptr (GPtrArray) inside = cot_codes_find (text);
  g_autofree char *sentence = NULL;

  if (typed->len > 0 && ((const CotCode *) g_ptr_array_index (typed, 0))->is_known)
    append_cards (self, typed);
  else if (typed->len == 0 && inside->len > 0)
    append_cards (self, inside);
  else if (typed->len > 0 && cot_code_sentence_is_decimal (text))
    {
      append_cards (self, typed);
      show_matches (self, text, TRUE);
    }
  else if (show_matches (self, text, FALSE))
    return;
  /* "dead" is a word as well as a number. */
  else if (typed->len > 0 && has_digit (text))
    append_cards (self, typed);
  else
    {
      sentence = g_strdup_printf (_("No code holds “%s”. Type a code in hexadecimal or decimal, or "
                                    "words of its meaning in English."),
                                  text);
      gtk_widget_add_css_class (self->entry, "error");
      show_sentence (self, sentence);
    }
}

static void
update_result (CotCodesView *self)
{
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  remove_children (self->result);
  g_clear_handle_id (&self->history_source, g_source_remove);
  g_clear_pointer (&self->shown, g_free);
  gtk_widget_remove_css_class (self->entry, "error");
  gtk_widget_set_visible (self->purpose, *text == '\0');
  if (*text != '\0')
    {
      show_answer (self, text);
      return;
    }
  show_sentence (self, _("Type a code as it stands in a log, an HTTP status as 403.7, or words "
                         "such as “certificate”. All is looked up here; nothing is sent."));
  show_history (self);
}

static void
on_activate (CotCodesView *self)
{
  remember_shown (self);
}

static void
on_code_clicked (GtkButton *button, gpointer data)
{
  cot_codes_view_set_text (COT_CODES_VIEW (data), gtk_button_get_label (button));
  remember_shown (COT_CODES_VIEW (data));
}

static void
cot_codes_view_dispose (GObject *object)
{
  CotCodesView *self = COT_CODES_VIEW (object);

  g_clear_handle_id (&self->history_source, g_source_remove);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_codes_view_parent_class)->dispose (object);
}

static void
cot_codes_view_class_init (CotCodesViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_codes_view_dispose;
  signals[GO_TO] = g_signal_new ("go-to", COT_TYPE_CODES_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 3, COT_TYPE_CASE, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "codesview");
}

static void
cot_codes_view_init (CotCodesView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_add_css_class (box, "panel-page");

  self->entry = gtk_search_entry_new ();
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->entry), 0);
  g_object_set (self->entry, "placeholder-text", _("Code or words"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Code or words"), -1);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (update_result), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_activate), self);

  self->codes_title = gtk_label_new (_("In the selected entry"));
  gtk_label_set_xalign (GTK_LABEL (self->codes_title), 0);
  gtk_widget_add_css_class (self->codes_title, "group-title");
  gtk_widget_set_visible (self->codes_title, FALSE);
  self->codes_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->result = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->purpose = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->codes_title);
  gtk_box_append (GTK_BOX (box), self->codes_box);
  gtk_box_append (GTK_BOX (box), self->result);
  gtk_box_append (GTK_BOX (box), self->purpose);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  update_result (self);
}

GtkWidget *
cot_codes_view_new (void)
{
  return g_object_new (COT_TYPE_CODES_VIEW, NULL);
}

/**
 * cot_codes_view_set_logs:
 * @get_logs: gives the logs that are open
 * @data: for @get_logs
 */
void
cot_codes_view_set_logs (CotCodesView *self, CotCodesLogs get_logs, gpointer data)
{
  g_return_if_fail (COT_IS_CODES_VIEW (self));

  self->get_logs = get_logs;
  self->get_logs_data = data;
}

/**
 * cot_codes_view_set_text:
 * @text: a code; what it means is shown at once
 */
void
cot_codes_view_set_text (CotCodesView *self, const char *text)
{
  g_return_if_fail (COT_IS_CODES_VIEW (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  update_result (self);
}

/**
 * cot_codes_view_set_codes:
 * @codes: (nullable) (element-type CotCode): the codes of the selected entry
 */
void
cot_codes_view_set_codes (CotCodesView *self, GPtrArray *codes)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_if_fail (COT_IS_CODES_VIEW (self));

  remove_children (self->codes_box);
  for (guint i = 0; codes != NULL && i < codes->len; i++)
    {
      const CotCode *code = g_ptr_array_index (codes, i);
      GtkWidget *button;

      if (!g_hash_table_add (seen, code->code_text))
        continue;
      button = gtk_button_new_with_label (code->code_text);
      gtk_widget_add_css_class (button, "code-chip");
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (button, code->meaning);
      g_signal_connect (button, "clicked", G_CALLBACK (on_code_clicked), self);
      gtk_box_append (GTK_BOX (self->codes_box), button);
    }
  gtk_widget_set_visible (self->codes_title, g_hash_table_size (seen) > 0);
}

/**
 * cot_codes_view_set_purpose:
 * @purpose: what codes stand here
 * @label: of the link to the other place for codes
 * @action: what it does
 */
void
cot_codes_view_set_purpose (CotCodesView *self, const char *purpose, const char *label,
                            const char *action)
{
  GtkWidget *link;

  g_return_if_fail (COT_IS_CODES_VIEW (self));

  remove_children (self->purpose);
  link = gtk_button_new_with_label (label);
  cot_text_label_set_wrapping (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (link))), NULL);
  gtk_widget_add_css_class (link, "flat");
  gtk_widget_add_css_class (link, "text-link");
  gtk_widget_set_halign (link, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (link), action);
  gtk_box_append (GTK_BOX (self->purpose), cot_text_label_new (purpose, "secondary-text"));
  gtk_box_append (GTK_BOX (self->purpose), link);
}

void
cot_codes_view_grab_entry (CotCodesView *self)
{
  g_return_if_fail (COT_IS_CODES_VIEW (self));

  gtk_widget_grab_focus (self->entry);
}
