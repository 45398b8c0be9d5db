/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* Who wrote the file decides how it is to be read. */
typedef enum
{
  COT_REGISTRY_VERSION_5, /* "Windows Registry Editor Version 5.00": texts in hex are UTF-16 */
  COT_REGISTRY_VERSION_4, /* "REGEDIT4": they are bytes of a code page */
  COT_REGISTRY_DUMP, /* without a header: nothing is escaped, and numbers have other names */
} CotRegistryDialect;

/* A value that is read line by line. */
typedef enum
{
  COT_REGISTRY_OPEN_NOT,
  COT_REGISTRY_OPEN_TEXT, /* its quotes are still open */
  COT_REGISTRY_OPEN_HEX, /* it goes on behind a backslash */
} CotRegistryOpen;

/* What a line does to a value. */
typedef enum
{
  COT_REGISTRY_LINE_DONE, /* it is complete with it */
  COT_REGISTRY_LINE_OPEN, /* it goes on with the next one */
  COT_REGISTRY_LINE_FOREIGN, /* it is no part of it */
} CotRegistryLine;

typedef struct
{
  CotRegistryDialect dialect;
  GString *name;
  CotRegistryOpen open;
  GString *text; /* of a value whose quotes are open: raw lines; of a text in the end */
  guint type; /* of a value in hex */
  GByteArray *data;
  guint64 n_bytes; /* of the data; what is too much is counted only */
  int half_byte; /* -1: none */
  gboolean is_bad; /* there is something in it that is no hex */
} CotRegistryValue;

void cot_registry_value_init (CotRegistryValue *self, CotRegistryDialect dialect);
void cot_registry_value_clear (CotRegistryValue *self);
/* A line that should be a value. FOREIGN: it is none. Where it is DONE, @message is complete. */
CotRegistryLine cot_registry_value_start (CotRegistryValue *self, CotSpan line, GString *message);
/* The next line of a value that is open. */
CotRegistryLine cot_registry_value_go_on (CotRegistryValue *self, CotSpan line, GString *message);
/* What there is of a value that is open and has no end. */
void cot_registry_value_break_off (CotRegistryValue *self, GString *message);
/* Whether the line begins as only a value does. */
gboolean cot_registry_starts_value (CotSpan line);
CotSpan cot_registry_strip (CotSpan line);

/* 'Name = ' and the data of a type in words. */
void cot_registry_append_hex (const CotRegistryValue *self, GString *message);

G_END_DECLS
