/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-error-lookup.h"

#include <glib/gi18n.h>

#include "cot-codes-view.h"

#define WIDTH_PX 560
#define HEIGHT_PX 520

static GtkWindow *lookup_window;
static CotWindow *logs_window; /* (nullable) (weak): whose logs are looked at */

/* (nullable): where the window that it was opened from is closed, another one. */
static CotWindow *
get_window (void)
{
  GtkApplication *application
      = lookup_window != NULL ? gtk_window_get_application (lookup_window) : NULL;
  GList *windows = application != NULL ? gtk_application_get_windows (application) : NULL;
  CotWindow *other = NULL;

  if (logs_window != NULL && g_list_find (windows, logs_window) != NULL)
    return logs_window;
  for (GList *item = windows; item != NULL && other == NULL; item = item->next)
    if (COT_IS_WINDOW (item->data))
      other = item->data;
  g_set_weak_pointer (&logs_window, other);
  return other;
}

static GPtrArray *
get_logs (gpointer data)
{
  if (get_window () == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) cot_code_log_free);
  return cot_window_list_logs (get_window ());
}

static void
on_go_to (CotCodesView *view, CotCase *a_case, CotLog *log, guint64 ordinal, gpointer data)
{
  if (get_window () != NULL)
    cot_window_show_entry (get_window (), a_case, log, ordinal);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        gpointer data)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_window_close (GTK_WINDOW (data));
  return GDK_EVENT_STOP;
}

static void
on_toast (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AdwToast *toast = adw_toast_new (g_variant_get_string (parameter, NULL));

  adw_toast_set_timeout (toast, 2);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (data), toast);
}

static void
on_show_codes (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *window = get_window ();

  if (window == NULL)
    return;
  gtk_window_present (GTK_WINDOW (window));
  g_action_group_activate_action (G_ACTION_GROUP (window), "show-codes", NULL);
}

/* It outlives the windows with logs: without one there is nothing to go to. */
static void
update_show_codes (GSimpleAction *action)
{
  g_simple_action_set_enabled (action, get_window () != NULL);
}

static void
watch_windows (GtkApplication *application, GActionMap *group)
{
  static const char *const signals[] = { "window-added", "window-removed" };
  GAction *action = g_action_map_lookup_action (group, "show-codes");

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (application, signals[i], G_CALLBACK (update_show_codes), action,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/* The copy buttons say "win.toast", as in the large window. */
static void
add_toasts (GtkApplication *application, GtkWidget *window, GtkWidget *overlay)
{
  const GActionEntry actions[] = {
    { .name = "toast", .activate = on_toast, .parameter_type = "s" },
    { .name = "show-codes", .activate = on_show_codes },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), overlay);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  watch_windows (application, G_ACTION_MAP (group));
}

static GtkWindow *
create_window (GtkApplication *application)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *codes = cot_codes_view_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_window_set_application (GTK_WINDOW (window), application);
  gtk_window_set_title (GTK_WINDOW (window), _("Error Lookup"));
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH_PX, HEIGHT_PX);
  gtk_widget_add_css_class (header, "flat");
  gtk_widget_set_vexpand (codes, TRUE);
  cot_codes_view_set_logs (COT_CODES_VIEW (codes), get_logs, NULL);
  cot_codes_view_set_purpose (COT_CODES_VIEW (codes),
                              _("For a code from anywhere: a mail, a picture, another program. "
                                "This window can stay open beside your logs. The codes of the "
                                "entry that is selected in a log stand in the side panel:"),
                              _("Show the Codes of the Selected Entry"), "win.show-codes");
  g_signal_connect (codes, "go-to", G_CALLBACK (on_go_to), NULL);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), codes);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), box);
  adw_window_set_content (ADW_WINDOW (window), overlay);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), window);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (window, keys);
  add_toasts (application, window, overlay);
  cot_codes_view_grab_entry (COT_CODES_VIEW (codes));
  return GTK_WINDOW (window);
}

void
cot_error_lookup_present (GtkApplication *application, CotWindow *window)
{
  g_set_weak_pointer (&logs_window, window);
  if (lookup_window == NULL)
    {
      lookup_window = create_window (application);
      g_object_add_weak_pointer (G_OBJECT (lookup_window), (gpointer *) &lookup_window);
    }
  gtk_window_present (lookup_window);
}
