/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-empty-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cot-names.h"
#include "cot-recent.h"

/* The menu beside “Open” has more. */
#define MAX_RECENT 3
#define CONTENT_WIDTH_PX 540

struct _CotEmptyPage
{
  GtkWidget parent_instance;

  GtkWidget *status;
  GtkWidget *recent_head;
  GtkWidget *recent_list;
};

G_DEFINE_FINAL_TYPE (CotEmptyPage, cot_empty_page, GTK_TYPE_WIDGET)

static GtkWidget *
make_row (const char *icon_name, const char *title, const char *subtitle, const char *uri)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon_name));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-uri");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);
  return row;
}

/* "09:52" of today, else the day. */
static char *
dup_when (GtkRecentInfo *info)
{
  g_autoptr (GDateTime) when = g_date_time_to_local (gtk_recent_info_get_modified (info));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (g_date_time_difference (now, when) < G_TIME_SPAN_DAY
      && g_date_time_get_day_of_month (now) == g_date_time_get_day_of_month (when))
    return g_date_time_format (when, "%H:%M");
  return g_date_time_format (when, "%e %b");
}

static void
append_recent (CotEmptyPage *self, GtkRecentInfo *info)
{
  g_autofree char *path = g_filename_from_uri (gtk_recent_info_get_uri (info), NULL, NULL);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : g_strdup ("");
  g_autofree char *shown_folder = g_filename_display_name (folder);
  g_autofree char *when = dup_when (info);
  GtkWidget *label = gtk_label_new (when);
  GtkWidget *row = make_row (cot_recent_get_icon_name (info),
                             gtk_recent_info_get_display_name (info), shown_folder,
                             gtk_recent_info_get_uri (info));

  gtk_widget_add_css_class (label, "secondary-text");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (GTK_LIST_BOX (self->recent_list), row);
}

static void
fill_recent (CotEmptyPage *self)
{
  g_autoptr (GPtrArray) infos = cot_recent_list (MAX_RECENT);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->recent_list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->recent_list), row);
  gtk_widget_set_visible (self->recent_head, infos->len > 0);
  gtk_widget_set_visible (self->recent_list, infos->len > 0);
  /* What is for beginners stays in sight below them. */
  if (infos->len > 0)
    gtk_widget_add_css_class (self->status, "with-recent");
  else
    gtk_widget_remove_css_class (self->status, "with-recent");
  for (guint i = 0; i < infos->len; i++)
    append_recent (self, g_ptr_array_index (infos, i));
}

static void
on_clear (GtkButton *button, gpointer data)
{
  cot_recent_clear ();
  fill_recent (COT_EMPTY_PAGE (data));
}

static void
append_lesson (GtkWidget *list, const char *icon_name, const char *title, const char *subtitle,
               const char *action)
{
  GtkWidget *row = adw_action_row_new ();

  g_object_set (row, "title", title, "subtitle", subtitle, "activatable", TRUE, "action-name",
                action, NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon_name));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

/* For who begins. */
static void
append_lessons (GtkWidget *box)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_set_margin_top (list, 6);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  append_lesson (list, "cot-practice-symbolic", _("New here? Practice with a made-up device"),
                 _("Find the cause in its logs; hints help, and the answer is explained"),
                 "practice.list");
  append_lesson (list, "dialog-question-symbolic", _("Or read the guide"),
                 _("What the words mean, and which log answers which question"), "win.guide");
  gtk_box_append (GTK_BOX (box), list);
}

static GtkWidget *
make_recent_head (CotEmptyPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_("Recent"));
  GtkWidget *clear = gtk_button_new_with_label (_("Clear"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (clear, "flat");
  gtk_widget_set_tooltip_text (clear, _("Forget what was opened"));
  g_signal_connect (clear, "clicked", G_CALLBACK (on_clear), self);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), clear);
  return head;
}

static void
cot_empty_page_dispose (GObject *object)
{
  CotEmptyPage *self = COT_EMPTY_PAGE (object);

  g_clear_pointer (&self->status, gtk_widget_unparent);

  G_OBJECT_CLASS (cot_empty_page_parent_class)->dispose (object);
}

static void
cot_empty_page_class_init (CotEmptyPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_empty_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cot_empty_page_init (CotEmptyPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *open = cot_button_new_named (_("_Open…"));

  gtk_widget_add_css_class (open, "pill");
  gtk_widget_add_css_class (open, "suggested-action");
  gtk_widget_set_halign (open, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_bottom (open, 18);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "win.open");

  self->recent_head = make_recent_head (self);
  self->recent_list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->recent_list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->recent_list, "boxed-list");
  gtk_box_append (GTK_BOX (box), open);
  gtk_box_append (GTK_BOX (box), self->recent_head);
  gtk_box_append (GTK_BOX (box), self->recent_list);
  append_lessons (box);

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), CONTENT_WIDTH_PX);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  self->status = adw_status_page_new ();
  g_object_set (self->status,
                "icon-name", COT_APPLICATION_ID,
                "title", _("Open a Log or a Bundle"),
                "description",
                _("Drop a log, or the logs of a device as a folder or a zip.\n"
                  "Cotrace shows what failed, and what to do.\n"
                  "Nothing is unpacked to disk, and nothing leaves this computer."),
                "child", clamp,
                NULL);
  gtk_widget_set_parent (self->status, GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (fill_recent), NULL);
  fill_recent (self);
}

GtkWidget *
cot_empty_page_new (void)
{
  return g_object_new (COT_TYPE_EMPTY_PAGE, NULL);
}
