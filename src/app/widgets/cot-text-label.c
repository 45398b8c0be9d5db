/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-text-label.h"

#include <string.h>

#include "cot-engine.h"

/* Words up to this fit into any column. */
#define MAX_WORD_LETTERS 16
#define ATTRIBUTES_KEY "given-attributes"

static gboolean
has_long_word (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      n = g_ascii_isspace (*text) ? 0 : n + 1;
      if (n > MAX_WORD_LETTERS)
        return TRUE;
    }
  return FALSE;
}

/* To know how narrow a label can be, Pango sets it a letter a line where a line may end anywhere,
 * which takes longer than all else that is done with it: only where it has to. */
static void
choose_mode (GtkLabel *label)
{
  gtk_label_set_wrap_mode (label, has_long_word (gtk_label_get_text (label))
                                      ? PANGO_WRAP_WORD_CHAR
                                      : PANGO_WRAP_WORD);
}

/* Symbols and paths are one word to Pango, which would break it anywhere: a piece that ends in an
 * underscore or a backslash is a word of its own. The text stays as it is for whoever copies it. */
static void
insert_pieces (PangoAttrList *attributes, const char *text)
{
  for (const char *at = text; *at != '\0';)
    {
      gsize length = strcspn (at, "_\\ \t\r\n");
      PangoAttribute *piece;

      if (at[length] != '_' && at[length] != '\\')
        {
          at += length + (at[length] != '\0' ? 1 : 0);
          continue;
        }
      length += strspn (at + length, "_\\");
      piece = pango_attr_word_new ();
      piece->start_index = (guint) (at - text);
      piece->end_index = (guint) (at + length - text);
      pango_attr_list_insert (attributes, piece);
      at += length;
    }
}

static void
update_wrapping (GtkLabel *label)
{
  PangoAttrList *given = g_object_get_data (G_OBJECT (label), ATTRIBUTES_KEY);
  PangoAttrList *all = given != NULL ? pango_attr_list_copy (given) : pango_attr_list_new ();

  pango_attr_list_insert (all, pango_attr_insert_hyphens_new (FALSE));
  if (has_long_word (gtk_label_get_text (label)))
    insert_pieces (all, gtk_label_get_text (label));
  gtk_label_set_attributes (label, all);
  choose_mode (label);
  pango_attr_list_unref (all);
}

void
cot_text_label_set_wrapping (GtkLabel *label, PangoAttrList *attributes)
{
  g_object_set_data_full (G_OBJECT (label), ATTRIBUTES_KEY,
                          attributes != NULL ? pango_attr_list_copy (attributes) : NULL,
                          (GDestroyNotify) pango_attr_list_unref);
  gtk_label_set_wrap (label, TRUE);
  update_wrapping (label);
  g_signal_handlers_disconnect_by_func (label, update_wrapping, NULL);
  g_signal_connect (label, "notify::label", G_CALLBACK (update_wrapping), NULL);
}

GtkWidget *
cot_text_label_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  cot_text_label_set_wrapping (GTK_LABEL (label), NULL);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  /* Tab stops at what can be done, not at every text. That it cannot be focused is not enough: a
   * label that can be selected says that it took the focus even then, and Tab would end here. */
  gtk_widget_set_can_focus (label, FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
cot_step_label_new (const char *text)
{
  g_autoptr (GPtrArray) segments = cot_step_text_split (text);
  g_autoptr (GString) plain = g_string_new (NULL);
  PangoAttrList *attributes = pango_attr_list_new ();
  GtkWidget *label;

  for (guint i = 0; i < segments->len; i++)
    {
      const CotSegment *segment = g_ptr_array_index (segments, i);
      guint start = (guint) plain->len;
      PangoAttribute *family;

      g_string_append (plain, segment->text);
      if (!segment->code)
        continue;
      family = pango_attr_family_new ("monospace");
      family->start_index = start;
      family->end_index = (guint) plain->len;
      pango_attr_list_insert (attributes, family);
    }
  label = cot_text_label_new (plain->str, NULL);
  cot_text_label_set_wrapping (GTK_LABEL (label), attributes);
  pango_attr_list_unref (attributes);
  return label;
}
