/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cot-types.h"

G_BEGIN_DECLS

/* A message as people read it: JSON, XML, MOF and lists of values that stand in it laid out, and
 * what is written in Base64 decoded. Pure functions on bytes, on any thread; nothing that is found
 * is ever run. All text that comes out is valid UTF-8 with every dangerous character made visible,
 * and bounded. */

typedef enum
{
  COT_READABLE_TEXT, /* what stands around the rest, as written */
  COT_READABLE_JSON,
  COT_READABLE_XML,
  COT_READABLE_MOF,
  COT_READABLE_VALUES, /* name=value, name=value */
} CotReadableKind;

typedef enum
{
  COT_READABLE_BROKEN = 1 << 0, /* what follows in the message makes no sense there any more */
  COT_READABLE_DEEP = 1 << 1, /* what follows is nested too deeply */
  COT_READABLE_CUT = 1 << 2, /* there is more than is shown */
} CotReadableFlags;

typedef struct
{
  CotReadableKind kind;
  CotReadableFlags flags;
  char *text;
} CotReadablePart;

/* What was written in Base64. */
typedef struct
{
  guint64 n_bytes; /* that it stands for */
  gboolean compressed; /* by gzip */
  gboolean wide; /* UTF-16; else UTF-8 */
  guint level; /* 1: in the message; 2: in what was decoded there */
  CotReadableFlags flags;
  char *text;
} CotReadableBlob;

typedef struct
{
  guint kinds; /* 1 << CotReadableKind of those that were laid out; 0: none */
  GPtrArray *parts; /* (element-type CotReadablePart) in the order of the message */
  GPtrArray *blobs; /* (element-type CotReadableBlob) */
} CotReadable;

/* @text: valid UTF-8, as it was written. (transfer full) */
CotReadable *cot_readable_new (const char *text, gsize length_bytes, GCancellable *cancellable);
void cot_readable_free (CotReadable *self);
/* Rows of an offset, sixteen bytes in hex, and what they are as ASCII. */
void cot_readable_append_bytes (GString *into, const void *bytes, gsize n_bytes, guint64 offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotReadable, cot_readable_free)

G_END_DECLS
