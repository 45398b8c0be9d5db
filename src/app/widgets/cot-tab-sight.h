/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Keeps the tab in front in sight when tabs come, go, or have less room. A bar of libadwaita 1.2
 * goes to each tab that comes, and stays there. Who scrolls the bar is left alone. */
void cot_tab_sight_keep (AdwTabBar *bar);

G_END_DECLS
