/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads a file that some program wrote for others to read whole. No more than a little more than
 * @max_bytes is read, so that who asks sees that it is too long, and nothing that would never end:
 * anything but a regular file is refused. @flags go to open(2). A worker thread. Errors: those of
 * G_FILE_ERROR. */
gboolean cot_small_file_read (const char *path, int flags, gsize max_bytes, GByteArray *bytes,
                              GError **error);

G_END_DECLS
