/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-time-mode.h"

#include <glib/gi18n.h>

#include "cot-settings.h"

#define KEY "time-mode"

CotClockMode
cot_time_mode_get (void)
{
  GSettings *settings = cot_settings_get ();

  return settings != NULL ? (CotClockMode) g_settings_get_enum (settings, KEY) : COT_CLOCK_WRITTEN;
}

char
cot_time_mode_get_letter (void)
{
  static const char letters[COT_N_CLOCK_MODES]
      = { [COT_CLOCK_WRITTEN] = 't', [COT_CLOCK_LOCAL] = 'z', [COT_CLOCK_UTC] = 'u' };

  return letters[cot_time_mode_get ()];
}

void
cot_time_mode_watch (gpointer object, GCallback changed)
{
  if (cot_settings_get () != NULL)
    g_signal_connect_object (cot_settings_get (), "changed::" KEY, changed, object,
                             G_CONNECT_SWAPPED);
}

GAction *
cot_time_mode_create_action (void)
{
  return cot_settings_get () != NULL ? g_settings_create_action (cot_settings_get (), KEY) : NULL;
}

char *
cot_time_mode_dup_offset (gint16 bias_minutes)
{
  int minutes = ABS ((int) bias_minutes);
  const char *sign = bias_minutes > 0 ? "−" : "+";

  return minutes % 60 == 0 ? g_strdup_printf ("UTC%s%d", sign, minutes / 60)
                           : g_strdup_printf ("UTC%s%d:%02d", sign, minutes / 60, minutes % 60);
}

GMenuModel *
cot_time_mode_create_menu (gint64 utc_usec)
{
  GMenu *menu = g_menu_new ();
  g_autofree char *offset = cot_time_mode_dup_offset (
      cot_clock_get_local_bias (utc_usec != COT_TIME_NONE ? utc_usec : g_get_real_time ()));
  /* Translators: the clock of this computer, and its offset from UTC: "UTC−6" */
  g_autofree char *local = g_strdup_printf (_ ("_Local Time (%s)"), offset);

  g_menu_append (menu, _ ("As _Written"), "win.time-mode::written");
  g_menu_append (menu, local, "win.time-mode::local");
  g_menu_append (menu, _ ("In _UTC"), "win.time-mode::utc");
  return G_MENU_MODEL (menu);
}
