/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The data of zip entries, by each method's own packer. (transfer full) */
GByteArray *zip_pack_bzip2 (const guint8 *data, gsize size_bytes);
/* With the mark at its end. */
GByteArray *zip_pack_lzma (const guint8 *data, gsize size_bytes);
GByteArray *zip_pack_xz (const guint8 *data, gsize size_bytes);
GByteArray *zip_pack_zstd (const guint8 *data, gsize size_bytes);

/* Says that unpacking takes a dictionary of that many powers of two. */
void zip_pack_set_xz_dictionary (GByteArray *xz, guint log_bytes);

G_END_DECLS
