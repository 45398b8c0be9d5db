/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  COT_ERROR_TEXT_OWN, /* a sentence */
  COT_ERROR_TEXT_SYMBOL, /* only the symbol in words: show the symbol instead */
} CotErrorTextKind;

/* One code of the table. Lives for ever. */
typedef struct
{
  guint32 code;
  const char *symbol; /* may be "" */
  const char *text; /* English */
  const char *family; /* "win32" "winhttp" "configmgr" "mdm" ... */
  CotErrorTextKind text_kind;
} CotErrorCode;

guint cot_error_codes_get_n (void);
const CotErrorCode *cot_error_codes_get (guint index); /* by value, ascending */
const CotErrorCode *cot_error_code_lookup (guint32 code); /* (nullable): exactly that one */

/* Hex with or without 0x ("87d00231" needs a letter or 8 digits), unsigned or signed decimal. */
gboolean cot_error_code_parse (const char *text, gssize length_bytes, guint32 *code);

/* A code, resolved by rule where the table does not know it. */
typedef struct
{
  guint32 code;
  const CotErrorCode *entry; /* (nullable): of the code, else of what it stands for */
  gboolean by_rule; /* @entry belongs to @inner */
  guint32 inner; /* Win32 error, WinHTTP error, or HTTP / SyncML status inside the code; 0 none */
  const char *inner_kind; /* (nullable): "Win32" "WinHTTP" "SyncML" "HTTP" */
  gboolean success; /* no error by its form */
} CotErrorMeaning;

/* FALSE where neither the table nor a rule knows it. */
gboolean cot_error_code_decode (guint32 code, CotErrorMeaning *meaning);
/* "Access is denied (ERROR_ACCESS_DENIED)", for one line of text. (transfer full) (nullable) */
char *cot_error_code_describe (guint32 code);

typedef struct
{
  gsize start_bytes;
  gsize end_bytes;
  CotErrorMeaning meaning;
} CotFoundCode;

/* The known error codes that stand in a text as whole tokens: not inside GUIDs, longer numbers or
 * words; no success codes; decimals where they are negative, large enough to be an HRESULT, or of
 * four digits or more behind the word "error" or "exit code".
 * (transfer full) (element-type CotFoundCode) */
GArray *cot_codes_find_in_text (const char *text, gssize length_bytes);

G_END_DECLS
