/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* A code found in a text, or looked up. Strings belong to the structure. */
typedef struct
{
  gsize start; /* bytes in the text looked at */
  gsize end;
  guint32 code;
  char *code_text; /* "0x87D0027E" */
  char *symbol; /* (nullable) */
  char *meaning; /* one sentence, or only the symbol in words */
  char *family; /* "Configuration Manager", "WinHTTP", ... (nullable) */
  gboolean is_success;
} CotCode;

void cot_code_free (CotCode *code);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotCode, cot_code_free)

/* A code as a person types it: hex with or without 0x, signed or unsigned decimal. (nullable)
 * @known: FALSE where only its structure could be told. */
CotCode *cot_code_lookup (const char *text, gboolean *known);
/* All codes in a text, in order: (element-type CotCode) (transfer full). */
GPtrArray *cot_codes_find (const char *text);

G_END_DECLS
