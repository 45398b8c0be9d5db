/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-readable.h"

G_BEGIN_DECLS

/* Deeper than any document of a log is; what lies below stays as it was written. */
#define COT_LAYOUT_MAX_DEPTH 64
/* A document in a text of a document, in a text of that one. */
#define COT_LAYOUT_MAX_LEVELS 4
#define COT_LAYOUT_MAX_BYTES (1024 * 1024)

/* A document on its way to lines. Its text is not yet safe for a screen. */
typedef struct
{
  GString *text;
  guint indent; /* of the line that is written */
  guint level; /* in how many texts of other documents this one stands */
  CotReadableFlags flags; /* why it ended before its end; 0: it did not */
  guint n_things; /* what makes it worth laying out: members, attributes and closed elements */
} CotLayout;

/* Each of them lays out what starts at @text, and returns how much of it that was. Without an
 * n_things there is nothing there but a character that looks like a beginning. */
gsize cot_layout_json (CotLayout *into, const char *text, gsize length_bytes);
gsize cot_layout_xml (CotLayout *into, const char *text, gsize length_bytes);
gsize cot_layout_mof (CotLayout *into, const char *text, gsize length_bytes);
/* The first list of values from @start on; FALSE if there is none. */
gboolean cot_layout_values (CotLayout *into, const char *text, gsize length_bytes, gsize *start,
                            gsize *end);
/* Appends what was written in Base64; stops when all together becomes too much or is cancelled. */
void cot_blobs_find (GPtrArray *blobs, const char *text, gsize length_bytes,
                     GCancellable *cancellable);
/* Lays out what is one whole document, and nothing else; FALSE if @text is none. */
gboolean cot_layout_whole (CotLayout *into, const char *text, gsize length_bytes);

void cot_layout_init (CotLayout *self, guint indent, guint level);
void cot_layout_clear (CotLayout *self);
void cot_layout_new_line (CotLayout *self);
/* Text of several lines, each of them indented by one more. */
void cot_layout_append_lines (CotLayout *self, const char *text, gsize length_bytes);
/* Whether there is no more room; sets COT_READABLE_CUT then. */
gboolean cot_layout_is_full (CotLayout *self);

static inline gboolean
cot_layout_is_blank (char byte)
{
  return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static inline gsize
cot_layout_skip_blanks (const char *text, gsize length_bytes, gsize at)
{
  while (at < length_bytes && cot_layout_is_blank (text[at]))
    at++;
  return at;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CotLayout, cot_layout_clear)

G_END_DECLS
