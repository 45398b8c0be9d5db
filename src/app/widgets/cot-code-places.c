/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-code-places.h"

#include <glib/gi18n.h>

#include "cot-sentences.h"
#include "cot-text-label.h"

/* Links that are made: each reads a part of its log. All places are counted. */
#define MAX_PLACES 100
#define MAX_PLACES_OF_LOG 25
#define MAX_MESSAGE_LETTERS 160

enum
{
  GO_TO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _CotCodePlaces
{
  GtkWidget parent_instance;

  char *pattern;
  GPtrArray *logs; /* (element-type CotCodeLog) */
  guint next; /* index of the log that is searched */
  CotFind *find; /* (nullable): in it */
  guint64 n_found;
  guint n_logs_found;
  guint n_shown;
  GCancellable *cancellable;

  GtkWidget *box;
  GtkWidget *status;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (CotCodePlaces, cot_code_places, GTK_TYPE_WIDGET)

static void
update_status (CotCodePlaces *self)
{
  g_autofree char *number = cot_sentence_dup_number (self->n_found);
  g_autofree char *entries = g_strdup_printf (
      ngettext ("%s entry", "%s entries", (gulong) MIN (self->n_found, G_MAXINT)), number);
  g_autofree char *logs
      = g_strdup_printf (ngettext ("%u log", "%u logs", self->n_logs_found), self->n_logs_found);
  g_autofree char *text = NULL;

  if (self->next < self->logs->len)
    /* Translators: number of a log, how many logs there are, "4 entries", "2 logs" */
    text = g_strdup_printf (_("Looking in log %u of %u: %s in %s so far"), self->next + 1,
                            self->logs->len, entries, logs);
  else if (self->n_found == 0)
    text = g_strdup (_("This code stands in none of the open logs."));
  else
    /* Translators: "4 entries", "2 logs" */
    text = g_strdup_printf (_("%s in %s"), entries, logs);
  gtk_label_set_text (GTK_LABEL (self->status), text);
}

static void
on_clicked (GtkButton *button, gpointer data)
{
  const CotCodeLog *place = g_object_get_data (G_OBJECT (button), "place");
  const guint64 *ordinal = g_object_get_data (G_OBJECT (button), "ordinal");

  g_signal_emit (data, signals[GO_TO], 0, place->a_case, place->log, *ordinal);
}

static void
set_text (GtkWidget *button, const char *text)
{
  gtk_label_set_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
on_details (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) button = data;
  g_autoptr (CotEntryDetails) details
      = cot_log_load_details_finish (COT_LOG (source), result, NULL);
  g_autofree char *number = NULL;
  g_autofree char *message = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  guint64 in_part = 0;

  if (details == NULL)
    return;
  name = cot_log_dup_part_name (COT_LOG (source), details->ordinal, &in_part);
  number = cot_sentence_dup_number (details->line > 0 ? details->line : in_part + 1);
  message = g_utf8_substring (details->message, 0,
                              MIN (g_utf8_strlen (details->message, -1), MAX_MESSAGE_LETTERS));
  g_strdelimit (message, "\r\n\t", ' ');
  /* A row that was made of a file has no line in there. */
  if (details->line > 0)
    /* Translators: name of a log, line in it, message */
    text = g_strdup_printf (_("%s, line %s: %s"), name, number, message);
  else
    /* Translators: name of a log, number of an entry in it, message */
    text = g_strdup_printf (_("%s, entry %s: %s"), name, number, message);
  set_text (button, text);
}

static void
append_place (CotCodePlaces *self, const CotCodeLog *place, guint64 ordinal)
{
  guint64 in_part = ordinal;
  g_autofree char *name = cot_log_dup_part_name (place->log, ordinal, &in_part);
  g_autofree char *number = cot_sentence_dup_number (in_part + 1);
  g_autofree char *text = g_strdup_printf (_("%s, entry %s"), name, number);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (button), label);
  set_text (button, text);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "text-link");
  gtk_widget_set_tooltip_text (button, cot_log_get_label (place->log));
  g_object_set_data_full (G_OBJECT (button), "place", cot_code_log_new (place->a_case, place->log),
                          (GDestroyNotify) cot_code_log_free);
  g_object_set_data_full (G_OBJECT (button), "ordinal", g_memdup2 (&ordinal, sizeof ordinal),
                          g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_box_append (GTK_BOX (self->list), button);
  self->n_shown++;
  cot_log_load_details_async (place->log, ordinal, self->cancellable, on_details,
                              g_object_ref (button));
}

static void search_next (CotCodePlaces *self);

static void
drop_find (CotCodePlaces *self)
{
  if (self->find == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->find, self);
  g_clear_object (&self->find);
}

static void
take_matches (CotCodePlaces *self)
{
  const CotCodeLog *place = g_ptr_array_index (self->logs, self->next);
  guint64 n_matches = cot_find_get_n_matches (self->find);
  CotBitset *matches = cot_find_get_matches (self->find);
  guint64 ordinal = 0;

  for (guint i = 0; i < MAX_PLACES_OF_LOG && self->n_shown < MAX_PLACES
                    && cot_bitset_next (matches, ordinal, &ordinal);
       i++)
    append_place (self, place, ordinal++);
  self->n_found += n_matches;
  self->n_logs_found += n_matches > 0 ? 1 : 0;
}

static void
on_find_changed (CotFind *find, gpointer data)
{
  CotCodePlaces *self = COT_CODE_PLACES (data);

  if (cot_find_get_running (find))
    return;
  take_matches (self);
  drop_find (self);
  self->next++;
  search_next (self);
}

static void
search_next (CotCodePlaces *self)
{
  for (; self->next < self->logs->len; self->next++)
    {
      const CotCodeLog *place = g_ptr_array_index (self->logs, self->next);
      const CotFindQuestion question = { self->pattern, COT_PATTERN_CASELESS, COT_COLUMN_TEXT };

      self->find = cot_find_new (place->log, &question, NULL);
      if (self->find == NULL)
        continue;
      g_signal_connect (self->find, "changed", G_CALLBACK (on_find_changed), self);
      break;
    }
  update_status (self);
}

static void
cot_code_places_dispose (GObject *object)
{
  CotCodePlaces *self = COT_CODE_PLACES (object);

  drop_find (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_code_places_parent_class)->dispose (object);
}

static void
cot_code_places_finalize (GObject *object)
{
  CotCodePlaces *self = COT_CODE_PLACES (object);

  g_free (self->pattern);
  g_clear_pointer (&self->logs, g_ptr_array_unref);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (cot_code_places_parent_class)->finalize (object);
}

static void
cot_code_places_class_init (CotCodePlacesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_code_places_dispose;
  G_OBJECT_CLASS (klass)->finalize = cot_code_places_finalize;
  signals[GO_TO] = g_signal_new ("go-to", COT_TYPE_CODE_PLACES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 3, COT_TYPE_CASE, COT_TYPE_LOG, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cot_code_places_init (CotCodePlaces *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->status = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->status), 0);
  cot_text_label_set_wrapping (GTK_LABEL (self->status), NULL);
  gtk_widget_add_css_class (self->status, "secondary-text");
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->box), self->status);
  gtk_box_append (GTK_BOX (self->box), self->list);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * cot_code_places_new:
 * @code: what to look for
 * @logs: (element-type CotCodeLog): where
 *
 * Returns: (transfer floating): the list, which fills itself
 */
GtkWidget *
cot_code_places_new (const CotCode *code, GPtrArray *logs)
{
  CotCodePlaces *self = g_object_new (COT_TYPE_CODE_PLACES, NULL);

  self->pattern = cot_code_dup_pattern (code);
  self->logs = g_ptr_array_ref (logs);
  search_next (self);
  return GTK_WIDGET (self);
}
