/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-time-button.h"

#include <glib/gi18n.h>

#include "cot-time-mode.h"

struct _CotTimeButton
{
  GtkWidget parent_instance;

  CotLog *log; /* (nullable) */
  char *local_offset; /* (nullable): that stands in the menu */

  GtkWidget *button;
  GtkWidget *label;
};

/* What is known of the zones of a log. */
typedef struct
{
  gboolean differ; /* of a merge: several */
  gboolean some_unknown; /* of a merge: not of all logs */
  gboolean is_moved; /* the clock of the log: nothing is as written; of a merge, of all logs */
  gboolean some_moved; /* of a merge: not of all logs */
  gint16 bias_minutes; /* COT_BIAS_NONE: none is known */
  gint64 time_usec; /* of an entry */
} Zones;

G_DEFINE_FINAL_TYPE (CotTimeButton, cot_time_button, GTK_TYPE_WIDGET)

/* The bias of the last entry stands for the log: nearly all logs have one, and where daylight
 * saving changed it, the end of the log is what is looked at. */
static gboolean
get_zones (CotLog *log, Zones *zones)
{
  CotSnapshot *snapshot = cot_log_get_snapshot (log);
  guint64 n_entries = cot_log_get_n_entries (log);
  CotMergedZones merged = { 0 };
  gint64 clock_usec;
  guint n_moved;

  *zones = (Zones){ .bias_minutes = COT_BIAS_NONE,
                    .time_usec = cot_log_get_counts (log)->last_time_usec };
  if (n_entries == 0 || zones->time_usec == COT_TIME_NONE)
    return FALSE;
  n_moved = cot_log_get_n_moved (log, &clock_usec);
  zones->is_moved = n_moved > 0 && n_moved == cot_log_get_n_parts (log);
  zones->some_moved = n_moved > 0 && !zones->is_moved;
  if (!COT_IS_MERGED_LOG (log))
    {
      cot_snapshot_find_bias_up_to (snapshot, n_entries - 1, &zones->bias_minutes);
      return TRUE;
    }
  cot_merged_log_get_zones (COT_MERGED_LOG (log), &merged);
  zones->bias_minutes = merged.bias_minutes;
  zones->differ = merged.differ;
  zones->some_unknown = merged.n_without_zone > 0;
  return TRUE;
}

static gint64
get_utc (const Zones *zones)
{
  return zones->bias_minutes != COT_BIAS_NONE
             ? cot_clock_to_utc (zones->time_usec, zones->bias_minutes)
             : zones->time_usec;
}

static char *
dup_text (const Zones *zones, CotClockMode mode, const char *local_offset)
{
  const char *written;
  g_autofree char *offset = NULL;

  if (mode != COT_CLOCK_WRITTEN && zones->bias_minutes == COT_BIAS_NONE)
    return g_strdup (zones->is_moved     ? _("Times moved, zone not known")
                     : zones->some_moved ? _("Some times moved, zone not known")
                                         : _("Times as written, zone not known"));
  if (mode == COT_CLOCK_UTC)
    return g_strdup (_("Times in UTC"));
  if (mode == COT_CLOCK_LOCAL)
    /* Translators: an offset such as UTC−6 */
    return g_strdup_printf (_("Local time, %s"), local_offset);
  if (zones->differ)
    return g_strdup (zones->is_moved     ? _("Times moved, of several zones")
                     : zones->some_moved ? _("Some times moved, of several zones")
                                         : _("Times as written, of several zones"));
  written = zones->is_moved     ? _("Times moved")
            : zones->some_moved ? _("Some times moved")
                                : _("Times as written");
  if (zones->bias_minutes == COT_BIAS_NONE)
    return g_strdup (written);
  offset = cot_time_mode_dup_offset (zones->bias_minutes);
  return g_strdup_printf ("%s, %s", written, offset);
}

static char *
dup_tooltip (const Zones *zones, CotClockMode mode)
{
  if (zones->bias_minutes == COT_BIAS_NONE)
    return g_strdup (_("The log does not say which time zone it is in."));
  if (mode != COT_CLOCK_WRITTEN)
    return g_strdup (zones->some_unknown
                         ? _("Times with a question mark are as written: their log does not say "
                             "which time zone it is in.")
                         : _("Each time is computed from the offset that stands in the log."));
  if (zones->differ)
    return g_strdup (_("Each row shows the clock of its own log."));
  return g_strdup_printf (_("The log gives a bias of %+d minutes: add them to get UTC."),
                          zones->bias_minutes);
}

/* The menu is made anew only for another offset: it may be open. */
static void
update_menu (CotTimeButton *self, gint64 utc_usec)
{
  g_autofree char *offset = cot_time_mode_dup_offset (cot_clock_get_local_bias (utc_usec));
  g_autoptr (GMenuModel) menu = NULL;

  if (g_strcmp0 (offset, self->local_offset) == 0)
    return;
  g_free (self->local_offset);
  self->local_offset = g_steal_pointer (&offset);
  menu = cot_time_mode_create_menu (utc_usec);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->button), menu);
}

static void
update (CotTimeButton *self)
{
  CotClockMode mode = cot_time_mode_get ();
  Zones zones;
  g_autofree char *text = NULL;
  g_autofree char *tooltip = NULL;
  g_autofree char *name = NULL;

  if (self->log == NULL || !get_zones (self->log, &zones))
    {
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  update_menu (self, get_utc (&zones));
  text = dup_text (&zones, mode, self->local_offset);
  tooltip = dup_tooltip (&zones, mode);
  /* Translators: what a button says, and what it is for */
  name = g_strdup_printf (_("%s: choose whose clock is shown"), text);
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
cot_time_button_dispose (GObject *object)
{
  CotTimeButton *self = COT_TIME_BUTTON (object);

  g_clear_object (&self->log);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->local_offset, g_free);

  G_OBJECT_CLASS (cot_time_button_parent_class)->dispose (object);
}

static void
cot_time_button_class_init (CotTimeButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cot_time_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "timebutton");
}

static void
cot_time_button_init (CotTimeButton *self)
{
  self->button = gtk_menu_button_new ();
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), self->label);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->button), GTK_ARROW_UP);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  cot_time_mode_watch (self, G_CALLBACK (update));
}

GtkWidget *
cot_time_button_new (void)
{
  return g_object_new (COT_TYPE_TIME_BUTTON, NULL);
}

void
cot_time_button_set_log (CotTimeButton *self, CotLog *log)
{
  g_return_if_fail (COT_IS_TIME_BUTTON (self));

  g_set_object (&self->log, log);
  update (self);
}
