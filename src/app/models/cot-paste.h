/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a text means that was copied. */
gboolean cot_paste_is_blank (GBytes *text);
/* One line, which is a path of Windows. */
gboolean cot_paste_is_foreign_path (GBytes *text);
/* (nullable) (transfer full) (element-type filename): each line is a path, or a file's address. */
GPtrArray *cot_paste_dup_paths (GBytes *text);
/* Whether it is one path of a file, and nothing else: also where there is no file. */
gboolean cot_paste_is_one_path (GPtrArray *paths);
gboolean cot_paste_has_file (GPtrArray *paths, GCancellable *cancellable);

G_END_DECLS
