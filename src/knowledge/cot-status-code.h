/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What kind of number a code is. */
typedef enum
{
  COT_CODE_NUMBER, /* 32 bits: HRESULT, Win32, WinHTTP, MSI ... */
  COT_CODE_HTTP,
  COT_CODE_SYNCML,
  COT_CODE_AADSTS, /* sign-in errors of Entra ID */
} CotCodeScheme;

/* In what kind of log a code stands: the same number means different things in different logs. */
typedef enum
{
  COT_CODE_ANYWHERE = 0,
  COT_CODE_IN_SYNCML = 1 << 0,
  COT_CODE_IN_ENROLLMENT = 1 << 1,
  COT_CODE_IN_SETUP = 1 << 2,
  COT_CODE_IN_TASK_SEQUENCE = 1 << 3,
} CotCodeContext;

/* Where @sub_status is this, the status has none. */
#define COT_STATUS_NO_SUB G_MAXUINT32

/* Lives for ever. */
typedef struct
{
  CotCodeScheme scheme;
  guint32 code;
  guint32 sub_status;
  CotCodeContext context;
  const char *symbol; /* may be "" */
  const char *text; /* English */
} CotStatusCode;

/* @log: a file name or member label; @component: of the entry; both nullable. */
CotCodeContext cot_code_context_for_log (const char *log, const char *component);
guint cot_status_codes_get_n (void);
const CotStatusCode *cot_status_codes_get (guint index);
/* (nullable): without its sub-status where only that is known. */
const CotStatusCode *cot_status_code_lookup (CotCodeScheme scheme, guint32 code,
                                             guint32 sub_status);
/* (nullable): what a 32-bit number means in that kind of log, where that is something else. */
const CotStatusCode *cot_status_code_lookup_in (guint32 code, CotCodeContext context);

/* "HTTP 403.7", "403.7", "SyncML 404", "AADSTS50097" */
gboolean cot_status_code_parse (const char *text, CotCodeScheme *scheme, guint32 *code,
                                guint32 *sub_status);
/* The same words as cot_status_code_parse() reads; (transfer full). */
char *cot_status_code_spell (CotCodeScheme scheme, guint32 code, guint32 sub_status);

G_END_DECLS
