/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-window.h"

G_BEGIN_DECLS

/* The small window of Ctrl+L; there is at most one. */
/* @window: (nullable): whose logs it looks at. */
void cot_error_lookup_present (GtkApplication *application, CotWindow *window);

G_END_DECLS
