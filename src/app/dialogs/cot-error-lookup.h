/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The small window of Ctrl+L; there is at most one. */
void cot_error_lookup_present (GtkApplication *application);

G_END_DECLS
