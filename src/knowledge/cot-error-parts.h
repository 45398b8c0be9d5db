/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a 32-bit code is made, whether anything is known of it or not. */
typedef enum
{
  COT_ERROR_PARTS_HRESULT,
  COT_ERROR_PARTS_OF_PROGRAM, /* what Windows leaves to programs: the bit 29 */
  COT_ERROR_PARTS_STATUS_IN_HRESULT, /* a NTSTATUS in a HRESULT: the bit 28 */
  COT_ERROR_PARTS_STATUS, /* a NTSTATUS: of the kernel and its drivers */
  COT_ERROR_PARTS_TOKEN_BROKER, /* 0xCAAnnnnn: what gets the tokens of Entra ID, and no NTSTATUS */
} CotErrorPartsKind;

typedef struct
{
  CotErrorPartsKind kind;
  gboolean is_failure; /* the highest bit */
  guint facility; /* which part of Windows numbers its errors there */
  const char *facility_name; /* (nullable): English; of a HRESULT alone */
  guint number; /* the lower half */
} CotErrorParts;

/* FALSE for numbers up to 65,535, which are errors of Win32 and have no parts. */
gboolean cot_error_parts_read (guint32 code, CotErrorParts *parts);

#define COT_FACILITY_OWN 4 /* each interface gives its numbers a meaning of its own */
#define COT_FACILITY_WIN32 7

G_END_DECLS
