/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-status-code.h"

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

/* The numbers of WinHTTP and WinINet among those of Windows. */
#define COT_IS_WINHTTP(number) ((number) >= 12000 && (number) <= 12199)

guint cot_error_codes_get_n (void);
const CotErrorCode *cot_error_codes_get (guint index); /* by value, ascending */
const CotErrorCode *cot_error_code_lookup (guint32 code); /* (nullable): exactly that one */

/* Hex with or without 0x ("87d00231" needs a letter or 8 digits), unsigned or signed decimal. */
gboolean cot_error_code_parse (const char *text, gssize length_bytes, guint32 *code);

/* The HRESULT of a Win32 error, or the error in a HRESULT; 0: none. */
guint32 cot_error_code_get_twin (guint32 code);

/* A code, resolved by rule where the table does not know it. */
typedef struct
{
  CotCodeScheme scheme;
  guint32 code; /* of a status: its HRESULT; behind "AADSTS": that number */
  guint32 status; /* what the scheme counts, where it is not NUMBER */
  guint32 sub_status; /* COT_STATUS_NO_SUB */
  const CotStatusCode *special; /* (nullable): says more than @entry */
  const CotErrorCode *entry; /* (nullable): of the code, else of what it stands for */
  gboolean by_rule; /* @entry belongs to @inner */
  guint32 inner; /* Win32 error, WinHTTP error, or HTTP / SyncML status inside the code; 0 none */
  const char *inner_kind; /* (nullable): "Win32" "WinHTTP" "SyncML" "HTTP" */
  gboolean success; /* no error by its form */
} CotErrorMeaning;

/* FALSE where neither the table nor a rule knows it. */
gboolean cot_error_code_decode (guint32 code, CotErrorMeaning *meaning);
gboolean cot_error_code_decode_in (guint32 code, CotCodeContext context,
                                   CotErrorMeaning *meaning);
gboolean cot_error_status_decode (CotCodeScheme scheme, guint32 status, guint32 sub_status,
                                  CotErrorMeaning *meaning);
char *cot_error_meaning_describe (const CotErrorMeaning *meaning); /* (transfer full) (nullable) */
/* "Access is denied (ERROR_ACCESS_DENIED)", for one line of text. (transfer full) (nullable) */
char *cot_error_code_describe (guint32 code);

typedef struct
{
  gsize start_bytes;
  gsize end_bytes;
  CotErrorMeaning meaning;
} CotFoundCode;

/* The known error codes that stand in a text as whole tokens: not inside GUIDs, longer numbers or
 * words; decimals where they are negative, large enough to be an HRESULT, or stand behind words
 * that call them an error; failed HTTP and SyncML statuses where they are called so; AADSTS
 * numbers.
 * (transfer full) (element-type CotFoundCode) */
GArray *cot_codes_find_in_text (const char *text, gssize length_bytes);
GArray *cot_codes_find_in_log_text (const char *text, gssize length_bytes, CotCodeContext context);
/* How a pattern finds a small number where those above would. */
void cot_codes_append_small_pattern (GString *pattern, guint32 number);

/* A row of one of the two tables that holds every word. */
typedef struct
{
  const CotErrorCode *entry; /* one of these two */
  const CotStatusCode *status;
  guint rank; /* the higher, the better */
} CotCodeMatch;

/* The best @max rows, the best first. (transfer full) (element-type CotCodeMatch) */
GArray *cot_codes_search (const char *words, guint max, guint *n_all);

G_END_DECLS
