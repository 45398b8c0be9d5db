/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-popovers.h"

/* An open popover takes all keys and clicks for itself. GTK gives them back when it is popped down,
 * but not when what it points to is unmapped or goes: nothing in the window answers then. */

static void
list_open (GtkWidget *widget, GPtrArray *found)
{
  /* What is farther in comes first: the menu in a popover before that. */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    list_open (child, found);
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_visible (widget)
      && gtk_popover_get_autohide (GTK_POPOVER (widget)))
    g_ptr_array_add (found, g_object_ref (widget));
}

/**
 * cot_popovers_pop_down:
 * @root: a widget that is about to go out of sight, or whose content is
 *
 * Closes all popovers and menus that are open in it, as the user would.
 */
void
cot_popovers_pop_down (GtkWidget *root)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (GTK_IS_WIDGET (root));

  list_open (root, found);
  for (guint i = 0; i < found->len; i++)
    gtk_popover_popdown (g_ptr_array_index (found, i));
}

/**
 * cot_popovers_has_kept_focus:
 * @closed: a popover that was just closed
 *
 * Who was in a submenu, be it that an entry was chosen there or that it was left by Escape, leaves
 * the focus in a page of the menu, where no key is heard any more: GTK 4.8 does not take it back.
 *
 * Returns: whether the focus is to be given to something that can be seen
 */
gboolean
cot_popovers_has_kept_focus (GtkPopover *closed)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (closed));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return root != NULL
         && (focus == NULL || focus == GTK_WIDGET (closed)
             || gtk_widget_is_ancestor (focus, GTK_WIDGET (closed)));
}
