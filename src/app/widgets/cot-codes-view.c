/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-codes-view.h"

#include <glib/gi18n.h>

#include "cot-code-card.h"

/* Of a pasted text with more codes than this, the first ones. */
#define MAX_CARDS 8

struct _CotCodesView
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *entry;
  GtkWidget *codes_title;
  GtkWidget *codes_box; /* buttons for the codes of the selected entry */
  GtkWidget *result; /* holds the card, or one sentence */
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

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "secondary-text");
  gtk_box_append (GTK_BOX (self->result), label);
}

/* A whole line of a log may be pasted: the codes in it are meant. */
static gboolean
show_codes_in (CotCodesView *self, const char *text)
{
  g_autoptr (GPtrArray) codes = cot_codes_find (text);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < codes->len && g_hash_table_size (seen) < MAX_CARDS; i++)
    {
      const CotCode *code = g_ptr_array_index (codes, i);

      if (g_hash_table_add (seen, GUINT_TO_POINTER (code->code)))
        gtk_box_append (GTK_BOX (self->result), cot_code_card_new (code, TRUE));
    }
  return codes->len > 0;
}

static void
update_result (CotCodesView *self)
{
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autoptr (CotCode) code = NULL;
  gboolean known = FALSE;

  remove_children (self->result);
  gtk_widget_remove_css_class (self->entry, "error");
  if (*text == '\0')
    {
      show_sentence (self, _("Type a code as it stands in a log: hexadecimal, signed or unsigned "
                             "decimal. It is looked up in the program; nothing is sent."));
      return;
    }

  code = cot_code_lookup (text, &known);
  if (code != NULL)
    {
      gtk_box_append (GTK_BOX (self->result), cot_code_card_new (code, known));
    }
  else if (!show_codes_in (self, text))
    {
      g_autofree char *sentence
          = g_strdup_printf (_("There is no error code in “%s”. Codes are hexadecimal, with or "
                               "without 0x, or decimal, with or without a sign."),
                             text);

      gtk_widget_add_css_class (self->entry, "error");
      show_sentence (self, sentence);
    }
}

static void
on_code_clicked (GtkButton *button, gpointer data)
{
  cot_codes_view_set_text (COT_CODES_VIEW (data), gtk_button_get_label (button));
}

static void
cot_codes_view_dispose (GObject *object)
{
  CotCodesView *self = COT_CODES_VIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_codes_view_parent_class)->dispose (object);
}

static void
cot_codes_view_class_init (CotCodesViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_codes_view_dispose;
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
  g_object_set (self->entry, "placeholder-text", _("Error code"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Error code"), -1);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (update_result), self);

  self->codes_title = gtk_label_new (_("In the selected entry"));
  gtk_label_set_xalign (GTK_LABEL (self->codes_title), 0);
  gtk_widget_add_css_class (self->codes_title, "group-title");
  gtk_widget_set_visible (self->codes_title, FALSE);
  self->codes_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->result = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->codes_title);
  gtk_box_append (GTK_BOX (box), self->codes_box);
  gtk_box_append (GTK_BOX (box), self->result);
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
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  g_return_if_fail (COT_IS_CODES_VIEW (self));

  remove_children (self->codes_box);
  for (guint i = 0; codes != NULL && i < codes->len; i++)
    {
      const CotCode *code = g_ptr_array_index (codes, i);
      GtkWidget *button;

      if (!g_hash_table_add (seen, GUINT_TO_POINTER (code->code)))
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

void
cot_codes_view_grab_entry (CotCodesView *self)
{
  g_return_if_fail (COT_IS_CODES_VIEW (self));

  gtk_widget_grab_focus (self->entry);
}
