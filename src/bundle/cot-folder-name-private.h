/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pure functions on the name of one folder or archive, @n bytes of it; any thread. */

/* "Logs", "old", "2024-09-24": no computer's name. */
gboolean cot_folder_name_is_kind (const char *name, gsize n);
/* "x.zip", "x.cab": not one of gzip, which holds one file. */
gboolean cot_folder_name_is_archive (const char *name, gsize n);
/* Takes off what is written around the computer's name. */
void cot_folder_name_trim (const char **name, gsize *n);
/* (nullable) (transfer full) */
char *cot_folder_name_guess_device (const char *name, gsize n, gboolean *is_strong);
gboolean cot_folder_name_is_host (const char *name, gsize n);

G_END_DECLS
