/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* A code found in a text, or looked up. Strings belong to the structure. */
typedef struct
{
  gsize start; /* bytes in the text looked at */
  gsize end;
  guint32 code; /* of a status: its HRESULT */
  char *code_text; /* "0x87D0027E", "HTTP 403.7", "AADSTS50097": tells one from all others */
  char *symbol; /* (nullable) */
  char *meaning; /* one sentence, or only the symbol in words */
  char *family; /* "Configuration Manager", "WinHTTP", ... (nullable) */
  gboolean is_success;
  gboolean is_known; /* FALSE where only its structure could be told */
  gboolean has_entry; /* a table names it; else its parts tell all that is known */
  gboolean is_number; /* 32 bits that are also written in other ways */
  guint32 twin; /* the same error as a HRESULT, or the Win32 error in one; 0: none */
} CotCode;

void cot_code_free (CotCode *code);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotCode, cot_code_free)

/* A code as a person types it: hex with or without 0x, signed or unsigned decimal. (nullable)
 * @known: FALSE where only its structure could be told. */
CotCode *cot_code_lookup (const char *text, gboolean *known);
/* The same, and what else it may be: "404" is an HTTP status, a SyncML one and a Windows error. The
 * likeliest first; where the log is known, what it means there. (element-type CotCode) */
GPtrArray *cot_code_lookup_all (const char *text, const char *log); /* (transfer full) */
/* All codes in a text, in order: (element-type CotCode) (transfer full). */
GPtrArray *cot_codes_find (const char *text);
/* The same in a log, which decides where a code means different things; both names nullable. */
GPtrArray *cot_codes_find_in_log (const char *text, const char *log, const char *component);
/* The codes whose symbol, meaning or number holds every word, the best first. Fast enough for every
 * key. @n_all: how many there are. (element-type CotCode) (transfer full) */
GPtrArray *cot_code_search (const char *words, guint max, guint *n_all);
/* How the twin is written. (transfer full) (nullable) */
char *cot_code_dup_twin (const CotCode *code);
/* A pattern that finds the code in a log in every spelling: for cot_find_new() without regard to
 * case. (transfer full) */
char *cot_code_dup_pattern (const CotCode *code);

G_END_DECLS
