/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include "cot-beside-pane.h"

/* The toolkit's own F6 lives in GtkPaned: it stops at what a hidden page of a stack holds, and
 * finds no way back from there. */

#define MAX_PANES 4

/* (out) panes: those on the screen, from one side to the other. A log stands for all that is around
 * it: what filters it, and its details. */
static guint
list_panes (CotWindow *self, GtkWidget **panes)
{
  GtkWidget *all[MAX_PANES] = { self->sidebar, self->stack, self->beside, self->panel };
  guint n = 0;

  for (guint i = 0; i < MAX_PANES; i++)
    if (gtk_widget_get_mapped (all[i]))
      panes[n++] = all[i];
  return n;
}

/* The last one that holds the focus: the second log stands inside of the stack. -1: none does. */
static int
find_pane (GtkWidget *const *panes, guint n_panes, GtkWidget *focus)
{
  int found = -1;

  for (guint i = 0; focus != NULL && i < n_panes; i++)
    if (focus == panes[i] || gtk_widget_is_ancestor (focus, panes[i]))
      found = (int) i;
  return found;
}

static gboolean
focus_log (CotWindow *self)
{
  AdwTabPage *tab = adw_tab_view_get_selected_page (ADW_TAB_VIEW (self->tab_view));
  GtkWidget *page = tab != NULL ? adw_tab_page_get_child (tab) : NULL;

  if (page != NULL && gtk_widget_get_mapped (page) && gtk_widget_grab_focus (page))
    return TRUE;
  if (gtk_widget_get_mapped (self->centre_stack))
    return gtk_widget_child_focus (self->centre_stack, GTK_DIR_TAB_FORWARD);
  return gtk_widget_child_focus (gtk_stack_get_visible_child (GTK_STACK (self->stack)),
                                 GTK_DIR_TAB_FORWARD);
}

static gboolean
focus_beside (CotWindow *self)
{
  CotLogPage *page = cot_beside_pane_get_page (COT_BESIDE_PANE (self->beside));

  return page != NULL && gtk_widget_grab_focus (GTK_WIDGET (page));
}

/* Who looks at the log and comes back goes on where the panel was left. */
static gboolean
focus_panel (CotWindow *self)
{
  if (self->panel_focus != NULL && gtk_widget_get_mapped (self->panel_focus)
      && gtk_widget_is_ancestor (self->panel_focus, self->panel)
      && gtk_widget_grab_focus (self->panel_focus))
    return TRUE;
  return gtk_widget_child_focus (self->panel, GTK_DIR_TAB_FORWARD);
}

static gboolean
focus_pane (CotWindow *self, GtkWidget *pane)
{
  if (pane == self->stack)
    return focus_log (self);
  if (pane == self->beside)
    return focus_beside (self);
  if (pane == self->panel)
    return focus_panel (self);
  return gtk_widget_grab_focus (pane);
}

/* Bars belong to no pane: from there the log is next. */
static void
step_pane (CotWindow *self, int step)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *panes[MAX_PANES];
  int n_panes = (int) list_panes (self, panes);
  int here = find_pane (panes, (guint) n_panes, focus);

  if (here < 0)
    {
      focus_log (self);
      return;
    }
  if (panes[here] == self->panel)
    g_set_weak_pointer (&self->panel_focus, focus);
  for (int i = 1; i < n_panes; i++)
    if (focus_pane (self, panes[(here + step * i + n_panes) % n_panes]))
      return;
}

static void
on_next_pane (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_pane (COT_WINDOW (data), 1);
}

static void
on_previous_pane (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  step_pane (COT_WINDOW (data), -1);
}

void
cot_window_init_panes (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "next-pane", .activate = on_next_pane },
    { .name = "previous-pane", .activate = on_previous_pane },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
