/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include "cot-time-mode.h"

/* Whose clock is shown. */

void
cot_window_init_time (CotWindow *self)
{
  g_autoptr (GAction) mode = cot_time_mode_create_action ();

  if (mode != NULL)
    g_action_map_add_action (G_ACTION_MAP (self), mode);
}
