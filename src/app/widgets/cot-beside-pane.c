/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-beside-pane.h"

#include <glib/gi18n.h>

#include "cot-finding-sentences.h"

struct _CotBesidePane
{
  GtkWidget parent_instance;

  CotLogPage *page;    /* (nullable) */
  CotLogPage *partner; /* (nullable) */
  CotLogPage *leader;  /* (nullable) (unowned): which of them the user moves */
  GtkEventController *controllers[2]; /* (nullable) (unowned): of the partner */
  gboolean updating;
  gint64 apart_usec; /* how much later the page is than its partner while they are linked */

  GtkWidget *box;
  GtkWidget *head;
  GtkWidget *chooser;
  GtkWidget *link;
};

enum
{
  LOG_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CotBesidePane, cot_beside_pane, GTK_TYPE_WIDGET)

/* What is scrolled only because it follows the other one must not lead it in turn. */
static void
follow_leader (CotBesidePane *self)
{
  CotLogPage *follower = self->leader == self->page ? self->partner : self->page;
  gint64 time_usec;

  if (self->leader == NULL || follower == NULL
      || !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->link)))
    return;
  if (cot_log_page_get_top_time (self->leader, &time_usec)
      && !__builtin_add_overflow (
          time_usec, follower == self->page ? self->apart_usec : -self->apart_usec, &time_usec))
    cot_log_page_show_time (follower, time_usec);
}

/* What the link does. */
static void
update_link (CotBesidePane *self)
{
  g_autofree char *duration = cot_sentence_dup_duration (ABS (self->apart_usec));
  g_autofree char *text = NULL;

  if (self->apart_usec == 0)
    text = g_strdup (_("Scroll both to the same time"));
  else
    /* Translators: a duration: "2 days" */
    text = g_strdup_printf (_("Scroll both, %s apart"), duration);
  gtk_widget_set_tooltip_text (self->link, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->link), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

static void
set_apart (CotBesidePane *self, gint64 apart_usec)
{
  self->apart_usec = apart_usec;
  update_link (self);
}

static void
on_scrolled (CotBesidePane *self, CotLogView *view)
{
  if (self->leader != NULL && cot_log_page_get_view (self->leader) == view)
    follow_leader (self);
}

static void
lead (CotBesidePane *self, GtkEventController *controller)
{
  self->leader = COT_LOG_PAGE (gtk_event_controller_get_widget (controller));
}

static gboolean
on_wheel (GtkEventController *controller, double dx, double dy, gpointer data)
{
  lead (data, controller);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_event (GtkEventController *controller, GdkEvent *event, gpointer data)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_PRESS || type == GDK_KEY_PRESS || type == GDK_TOUCH_BEGIN)
    lead (data, controller);
  return GDK_EVENT_PROPAGATE;
}

/* Before the rows take the events for themselves. */
static void
watch (CotBesidePane *self, CotLogPage *page, GtkEventController **controllers)
{
  controllers[0] = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  controllers[1] = gtk_event_controller_legacy_new ();
  g_signal_connect (controllers[0], "scroll", G_CALLBACK (on_wheel), self);
  g_signal_connect (controllers[1], "event", G_CALLBACK (on_event), self);
  for (guint i = 0; i < 2; i++)
    {
      gtk_event_controller_set_propagation_phase (controllers[i], GTK_PHASE_CAPTURE);
      gtk_widget_add_controller (GTK_WIDGET (page), controllers[i]);
    }
  g_signal_connect_swapped (cot_log_page_get_view (page), "view-scrolled",
                            G_CALLBACK (on_scrolled), self);
}

static void
unwatch_partner (CotBesidePane *self)
{
  if (self->partner == NULL)
    return;
  g_signal_handlers_disconnect_by_data (cot_log_page_get_view (self->partner), self);
  for (guint i = 0; i < 2; i++)
    gtk_widget_remove_controller (GTK_WIDGET (self->partner), self->controllers[i]);
}

static void
on_chosen (CotBesidePane *self)
{
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));

  if (!self->updating && index != GTK_INVALID_LIST_POSITION)
    g_signal_emit (self, signals[LOG_CHOSEN], 0, index);
}

static void
cot_beside_pane_dispose (GObject *object)
{
  CotBesidePane *self = COT_BESIDE_PANE (object);

  cot_beside_pane_set_partner (self, NULL);
  if (self->box != NULL)
    cot_beside_pane_set_page (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_beside_pane_parent_class)->dispose (object);
}

static gboolean
cot_beside_pane_grab_focus (GtkWidget *widget)
{
  CotBesidePane *self = COT_BESIDE_PANE (widget);

  return self->page != NULL && gtk_widget_grab_focus (GTK_WIDGET (self->page));
}

static gboolean
cot_beside_pane_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (COT_BESIDE_PANE (widget)->box, direction);
}

static void
cot_beside_pane_class_init (CotBesidePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cot_beside_pane_dispose;
  widget_class->grab_focus = cot_beside_pane_grab_focus;
  widget_class->focus = cot_beside_pane_focus;
  signals[LOG_CHOSEN] = g_signal_new ("log-chosen", COT_TYPE_BESIDE_PANE, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "besidepane");
}

static void
on_name_setup (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_list_item_set_child (item, label);
}

static void
on_name_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *name = GTK_STRING_OBJECT (gtk_list_item_get_item (item));
  GtkWidget *label = gtk_list_item_get_child (item);

  gtk_label_set_text (GTK_LABEL (label), gtk_string_object_get_string (name));
  gtk_widget_set_tooltip_text (label, gtk_string_object_get_string (name));
}

/* A long name must not take the room of the other side; among the names it is shown whole. */
static void
shorten_shown_name (GtkDropDown *chooser)
{
  g_autoptr (GtkListItemFactory) shown = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) listed = g_object_ref (gtk_drop_down_get_factory (chooser));

  g_signal_connect (shown, "setup", G_CALLBACK (on_name_setup), NULL);
  g_signal_connect (shown, "bind", G_CALLBACK (on_name_bind), NULL);
  gtk_drop_down_set_factory (chooser, shown);
  gtk_drop_down_set_list_factory (chooser, listed);
}

static GtkWidget *
make_head (CotBesidePane *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->chooser = gtk_drop_down_new_from_strings ((const char *const[]){ NULL });
  gtk_widget_set_hexpand (self->chooser, TRUE);
  shorten_shown_name (GTK_DROP_DOWN (self->chooser));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chooser), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Log on this side"), -1);
  g_signal_connect_swapped (self->chooser, "notify::selected", G_CALLBACK (on_chosen), self);
  self->link = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->link), "insert-link-symbolic");
  update_link (self);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->link), TRUE);
  gtk_widget_add_css_class (self->link, "flat");
  g_signal_connect_swapped (self->link, "toggled", G_CALLBACK (follow_leader), self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "win.beside");
  gtk_widget_set_tooltip_text (close, _("Close this side"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Close this side"), -1);
  gtk_widget_add_css_class (close, "flat");
  gtk_box_append (GTK_BOX (head), self->chooser);
  gtk_box_append (GTK_BOX (head), self->link);
  gtk_box_append (GTK_BOX (head), close);
  gtk_widget_add_css_class (head, "beside-head");
  return head;
}

static void
cot_beside_pane_init (CotBesidePane *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->head = make_head (self);
  gtk_box_append (GTK_BOX (self->box), self->head);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * cot_beside_pane_new:
 *
 * Returns: (transfer floating): a side without a log
 */
GtkWidget *
cot_beside_pane_new (void)
{
  return g_object_new (COT_TYPE_BESIDE_PANE, NULL);
}

/**
 * cot_beside_pane_set_room:
 * @room: what stands above the other side
 *
 * It becomes as high as the head of this one, so that rows at the same height are so on both.
 */
void
cot_beside_pane_set_room (CotBesidePane *self, GtkWidget *room)
{
  g_autoptr (GtkSizeGroup) group = gtk_size_group_new (GTK_SIZE_GROUP_VERTICAL);

  g_return_if_fail (COT_IS_BESIDE_PANE (self));

  gtk_size_group_add_widget (group, self->head);
  gtk_size_group_add_widget (group, room);
}

/**
 * cot_beside_pane_get_page:
 *
 * Returns: (transfer none) (nullable): the log that it shows
 */
CotLogPage *
cot_beside_pane_get_page (CotBesidePane *self)
{
  g_return_val_if_fail (COT_IS_BESIDE_PANE (self), NULL);

  return self->page;
}

/**
 * cot_beside_pane_set_page:
 * @page: (nullable): the log to show
 *
 * The one that was shown goes. A new one comes to the moment of the partner.
 */
void
cot_beside_pane_set_page (CotBesidePane *self, CotLogPage *page)
{
  GtkEventController *controllers[2];
  CotLogPage *old;

  g_return_if_fail (COT_IS_BESIDE_PANE (self));

  old = g_steal_pointer (&self->page);
  set_apart (self, 0);
  if (self->leader == old)
    self->leader = self->partner;
  if (old != NULL)
    {
      g_signal_handlers_disconnect_by_data (cot_log_page_get_view (old), self);
      gtk_box_remove (GTK_BOX (self->box), GTK_WIDGET (old));
      g_object_unref (old);
    }
  if (page == NULL)
    return;
  self->page = g_object_ref_sink (page);
  gtk_widget_set_vexpand (GTK_WIDGET (page), TRUE);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (page));
  watch (self, page, controllers);
  self->leader = self->partner;
  follow_leader (self);
}

/**
 * cot_beside_pane_set_partner:
 * @partner: (nullable): the log beside which it stands
 *
 * Its own log comes to the same moment.
 */
void
cot_beside_pane_set_partner (CotBesidePane *self, CotLogPage *partner)
{
  g_return_if_fail (COT_IS_BESIDE_PANE (self));

  if (partner == self->partner)
    return;
  unwatch_partner (self);
  set_apart (self, 0);
  g_set_object (&self->partner, partner);
  self->leader = partner;
  if (partner == NULL)
    return;
  watch (self, partner, self->controllers);
  follow_leader (self);
}

/**
 * cot_beside_pane_show_pair:
 * @ordinal: an entry of its log
 * @apart_usec: how much later it is than the one that the partner shows; COT_TIME_NONE: nobody
 *   knows
 *
 * The two were written at different times, and belong together all the same.
 */
void
cot_beside_pane_show_pair (CotBesidePane *self, guint64 ordinal, gint64 apart_usec)
{
  g_return_if_fail (COT_IS_BESIDE_PANE (self));
  g_return_if_fail (self->page != NULL);

  set_apart (self, apart_usec != COT_TIME_NONE ? apart_usec : 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->link), apart_usec != COT_TIME_NONE);
  cot_log_page_go_to (self->page, ordinal);
}

/**
 * cot_beside_pane_set_names:
 * @names: (array zero-terminated=1): names of the logs that can be chosen
 * @shown: which of them it shows
 */
void
cot_beside_pane_set_names (CotBesidePane *self, const char *const *names, guint shown)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);

  g_return_if_fail (COT_IS_BESIDE_PANE (self));

  self->updating = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->chooser), G_LIST_MODEL (list));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), shown);
  self->updating = FALSE;
}
