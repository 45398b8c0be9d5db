/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zip-maker.h"

G_BEGIN_DECLS

#define ZIP_CIPHER_TRADITIONAL 0

/* An entry as packers encrypt it. */
typedef struct
{
  const char *name;
  const char *text;
  gsize text_bytes; /* 0: it ends at its NUL */
  guint16 method; /* 0 or 8 */
  guint strength; /* ZIP_CIPHER_TRADITIONAL, or 1, 2, 3: AES of 128, 192, 256 bits */
  gboolean with_checksum; /* AE-1; always so in traditional entries */
  const char *pass_phrase;
  gboolean with_descriptor; /* streamed */
  gint damage; /* not 0: this byte of what is encrypted is damaged; below 0: counted from the end */
} ZipSecret;

void zip_maker_add_secret (ZipMaker *maker, const ZipSecret *secret);

G_END_DECLS
