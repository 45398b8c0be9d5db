/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-names.h"

#include <string.h>

/* "__" stands for one that is meant. */
static char *
dup_without_mnemonic (const char *label)
{
  GString *plain = g_string_new (NULL);

  for (; *label != '\0'; label++)
    if (*label != '_' || *++label != '\0')
      g_string_append_c (plain, *label);
    else
      break;
  return g_string_free (plain, FALSE);
}

void
cot_names_set_mnemonic (GtkWidget *widget, const char *label)
{
  g_autofree char *plain = dup_without_mnemonic (label);

  g_return_if_fail (GTK_IS_WIDGET (widget));

  /* The label inside, which says it again. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, plain,
                                  -1);
}

GtkWidget *
cot_button_new_named (const char *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  cot_names_set_mnemonic (button, label);
  return button;
}

GtkWidget *
cot_check_button_new_named (const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (label);

  cot_names_set_mnemonic (check, label);
  return check;
}

void
cot_names_tidy_below (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  if (GTK_IS_BUTTON (root) && gtk_button_get_use_underline (GTK_BUTTON (root))
      && gtk_button_get_label (GTK_BUTTON (root)) != NULL)
    cot_names_set_mnemonic (root, gtk_button_get_label (GTK_BUTTON (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    cot_names_tidy_below (child);
}

void
cot_names_tell_key_below (GtkWidget *root, const char *label)
{
  const char *mark = strchr (label, '_');

  g_return_if_fail (GTK_IS_WIDGET (root));

  if (mark != NULL && GTK_IS_BUTTON (root)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    {
      guint key = gdk_unicode_to_keyval (g_utf8_get_char (mark + 1));
      g_autofree char *name = gtk_accelerator_get_label (key, GDK_ALT_MASK);

      gtk_widget_set_tooltip_text (root, name);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    cot_names_tell_key_below (child, label);
}

void
cot_names_set (GtkWidget *widget, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_set_tooltip_text (widget, name);
  /* The tooltip has become the description. */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

/* (nullable): what has the focus; of a row that unfolds, a row inside of it. */
static GtkWidget *
find_head (GtkWidget *row)
{
  GtkWidget *head = ADW_IS_ACTION_ROW (row) ? row : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL && head == NULL;
       child = gtk_widget_get_next_sibling (child))
    head = find_head (child);
  return head;
}

static void
append_part (GString *name, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (name->len > 0)
    g_string_append (name, ", ");
  g_string_append (name, part);
}

static void
on_expanded (AdwExpanderRow *row)
{
  GtkWidget *head = find_head (GTK_WIDGET (row));

  gtk_accessible_update_state (GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_STATE_EXPANDED,
                               adw_expander_row_get_expanded (row), -1);
}

void
cot_names_set_row (GtkWidget *row, const char *sign)
{
  GtkWidget *head = find_head (row);
  g_autoptr (GString) name = g_string_new (NULL);

  g_return_if_fail (ADW_IS_ACTION_ROW (head));

  append_part (name, sign);
  append_part (name, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (head)));
  append_part (name, adw_action_row_get_subtitle (ADW_ACTION_ROW (head)));
  /* The labels inside, of which the second one would be the description. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  -1);
  if (!ADW_IS_EXPANDER_ROW (row))
    return;
  on_expanded (ADW_EXPANDER_ROW (row));
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_expanded), NULL);
}

/* What was said is no description of what had the focus then. */
static void
on_focus_left (GtkWidget *widget)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (gtk_widget_has_focus (widget))
    return;
  g_signal_handlers_disconnect_by_func (widget, on_focus_left, NULL);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  if (tooltip != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    tooltip, -1);
}

/* GTK 4.8 has no announcements: they are told as a description that what has the focus gets. */
void
cot_names_announce (GtkWidget *widget, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL)
    return;
  /* The same again is said again. */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_accessible_update_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  g_signal_handlers_disconnect_by_func (focus, on_focus_left, NULL);
  g_signal_connect (focus, "notify::has-focus", G_CALLBACK (on_focus_left), NULL);
}
