/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The program's settings. Where the schema is not installed (a program that runs out of its build
 * folder) everything has its default and nothing is remembered: GSettings would abort.
 * (transfer none) (nullable) */
GSettings *cot_settings_get (void);
GSettings *cot_settings_get_window (void);

gboolean cot_settings_get_boolean (const char *key, gboolean fallback);

G_END_DECLS
