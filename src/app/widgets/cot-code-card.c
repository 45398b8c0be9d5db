/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-code-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-code-sentences.h"
#include "cot-copy-button.h"
#include "cot-text-label.h"

#define MAX_NAME_BESIDE 22

/* The meaning without the symbol behind it, which stands above. */
static char *
dup_meaning (const CotCode *code)
{
  g_autofree char *tail = g_strdup_printf (" (%s)", code->symbol != NULL ? code->symbol : "");
  char *meaning = g_strdup (code->meaning);

  /* Only the symbol is known: it stands above. */
  if (g_strcmp0 (meaning, code->symbol) == 0)
    *meaning = '\0';
  if (g_str_has_suffix (meaning, tail))
    meaning[strlen (meaning) - strlen (tail)] = '\0';
  return meaning;
}

static GtkWidget *
make_head (const CotCode *code, gboolean known)
{
  const char *name = code->symbol != NULL && known ? code->symbol : code->code_text;
  /* A long symbol has the line to itself. */
  GtkWidget *box = gtk_box_new (strlen (name) > MAX_NAME_BESIDE ? GTK_ORIENTATION_VERTICAL
                                                                : GTK_ORIENTATION_HORIZONTAL,
                                6);
  GtkWidget *title = cot_text_label_new (name, "title-4");

  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  if (code->family != NULL)
    {
      GtkWidget *family = gtk_label_new (code->family);

      gtk_widget_add_css_class (family, "pill-label");
      gtk_widget_set_valign (family, GTK_ALIGN_START);
      gtk_widget_set_halign (family, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (box), family);
    }
  return box;
}

static GtkWidget *
append_row (GtkWidget *list, const char *name, const char *value, const char *css_class)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name_label = cot_text_label_new (name, "secondary-text");
  GtkWidget *value_label = cot_text_label_new (value, css_class);

  gtk_widget_add_css_class (box, "spelling-row");
  gtk_widget_set_size_request (name_label, 120, -1);
  gtk_widget_set_hexpand (value_label, TRUE);
  gtk_box_append (GTK_BOX (box), name_label);
  gtk_box_append (GTK_BOX (box), value_label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return box;
}

static void
append_spelling (GtkWidget *list, const char *name, const char *value)
{
  GtkWidget *box = append_row (list, name, value, "monospace");
  /* Translators: how a code is written: "Hexadecimal", and the code in that way */
  g_autofree char *what = g_strdup_printf (_("Copy the code: %s, %s"), name, value);

  gtk_box_append (GTK_BOX (box), cot_copy_button_new (value, what, _("Code copied")));
}

static void
append_part (const char *name, const char *value, gpointer data)
{
  append_row (data, name, value, NULL);
}

static GtkWidget *
make_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

/* (nullable): it has none that tell more than its entry. */
static GtkWidget *
make_parts (const CotCode *code)
{
  GtkWidget *list = make_list ();

  cot_code_sentences_foreach_part (code, append_part, list);
  if (gtk_widget_get_first_child (list) != NULL)
    return list;
  g_object_ref_sink (list);
  g_object_unref (list);
  return NULL;
}

static GtkWidget *
make_spellings (const CotCode *code)
{
  GtkWidget *list = make_list ();
  g_autofree char *hex = g_strdup_printf ("0x%08X", code->code);
  g_autofree char *signed_decimal = g_strdup_printf ("%d", (gint32) code->code);
  g_autofree char *unsigned_decimal = g_strdup_printf ("%u", code->code);
  g_autofree char *twin = cot_code_dup_twin (code);

  if (!g_str_equal (code->code_text, hex))
    append_spelling (list, _("Code"), code->code_text);
  if (!code->is_number)
    return list;
  append_spelling (list, _("Hexadecimal"), hex);
  append_spelling (list, _("Signed decimal"), signed_decimal);
  append_spelling (list, _("Unsigned decimal"), unsigned_decimal);
  if (twin != NULL)
    append_spelling (list, _("Also written"), twin);
  return list;
}

/**
 * cot_code_card_new:
 * @code: the code; copied
 * @known: %FALSE where only its structure could be told
 *
 * Returns: (transfer floating): a box with the card and the spellings
 */
GtkWidget *
cot_code_card_new (const CotCode *code, gboolean known)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *parts = make_parts (code);
  g_autofree char *next = cot_code_sentence_dup_next (code);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "code-card");
  gtk_box_append (GTK_BOX (card), make_head (code, known));
  if (code->meaning != NULL && *code->meaning != '\0')
    {
      g_autofree char *meaning = dup_meaning (code);

      if (*meaning != '\0')
        gtk_box_append (GTK_BOX (card), cot_text_label_new (meaning, NULL));
    }
  if (code->is_success)
    gtk_box_append (GTK_BOX (card), cot_text_label_new (_("A success, not an error."),
                                                        "secondary-text"));
  if (next != NULL)
    gtk_box_append (GTK_BOX (card), cot_text_label_new (next, "secondary-text"));
  gtk_box_append (GTK_BOX (box), card);
  if (parts != NULL)
    gtk_box_append (GTK_BOX (box), parts);
  gtk_box_append (GTK_BOX (box), make_spellings (code));
  return box;
}
