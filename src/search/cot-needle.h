/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* One text looked for in bytes, exactly or caselessly over ASCII. It does not own the text. */
typedef struct
{
  const char *text;
  gsize length_bytes;
  gboolean caseless;
  gsize rare; /* offset of the rarest byte */
  gsize next_rare; /* offset of another one; the same where the text is one byte */
} CotNeedle;

void cot_needle_init (CotNeedle *self, const char *text, gsize length_bytes, gboolean caseless);
/* The first occurrence that starts at or after @start; never reads beyond @length_bytes. */
gboolean cot_needle_find (const CotNeedle *self, const char *data, gsize length_bytes, gsize start,
                          gsize *found);

G_END_DECLS
