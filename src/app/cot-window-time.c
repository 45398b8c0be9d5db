/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include <glib/gi18n.h>

#include "cot-settings.h"
#include "cot-time-mode.h"

/* Whose clock is shown, and where it shows that nobody wrote. */

static void
on_next_gap (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (self->page != NULL && !cot_log_page_step_noted (self->page, COT_RULER_GAP, TRUE))
    cot_window_show_toast (self, _("No gap in time below"));
}

static void
on_previous_gap (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CotWindow *self = COT_WINDOW (data);

  if (self->page != NULL && !cot_log_page_step_noted (self->page, COT_RULER_GAP, FALSE))
    cot_window_show_toast (self, _("No gap in time above"));
}

void
cot_window_init_time (CotWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "next-gap", .activate = on_next_gap },
    { .name = "previous-gap", .activate = on_previous_gap },
  };
  g_autoptr (GAction) mode = cot_time_mode_create_action ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  if (mode != NULL)
    g_action_map_add_action (G_ACTION_MAP (self), mode);
  if (cot_settings_get () != NULL)
    {
      g_autoptr (GAction) timeline
          = g_settings_create_action (cot_settings_get (), "show-timeline");

      g_action_map_add_action (G_ACTION_MAP (self), timeline);
    }
}
