/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-source.h"

G_BEGIN_DECLS

typedef enum
{
  COT_ENCODING_UTF8,
  COT_ENCODING_UTF8_BOM,
  COT_ENCODING_UTF16LE,
  COT_ENCODING_UTF16LE_BOM,
  COT_ENCODING_UTF16BE,
  COT_ENCODING_UTF16BE_BOM,
  COT_ENCODING_WINDOWS_1252,
  /* Never guessed: they look like Windows-1252, and like each other. */
  COT_ENCODING_WINDOWS_1250,
  COT_ENCODING_WINDOWS_1251,
  COT_ENCODING_WINDOWS_932,
  COT_ENCODING_WINDOWS_936,
  COT_ENCODING_WINDOWS_949,
  COT_ENCODING_WINDOWS_950,
} CotEncoding;

#define COT_N_ENCODINGS (COT_ENCODING_WINDOWS_950 + 1)

/* "utf-8", "utf-8-bom", "utf-16le", "utf-16le-bom", "utf-16be", "utf-16be-bom", "windows-1252", and
 * likewise for the other code pages */
const char *cot_encoding_to_string (CotEncoding encoding);
/* FALSE: it is none of these. */
gboolean cot_encoding_from_string (const char *id, CotEncoding *encoding);
/* For people: "Shift-JIS (932)". */
const char *cot_encoding_get_name (CotEncoding encoding);
gboolean cot_encoding_is_utf16 (CotEncoding encoding);
/* Whether it is a code page that is re-coded as UTF-16 is, and what iconv calls it. */
gboolean cot_encoding_is_code_page (CotEncoding encoding);
const char *cot_encoding_get_charset (CotEncoding encoding); /* (nullable) of none */
/* From the first block: BOM; NULs in one half of the positions; UTF-8 validity (a sequence that
 * the end of the block cuts is no fault); else Windows-1252. */
CotEncoding cot_encoding_detect (const void *head, gsize length_bytes);
/* A log of ASCII alone may be in UTF-8 or in Windows-1252: more bytes of it decide, and until then
 * @encoding is what it looks like. */
gboolean cot_encoding_decide (const char *bytes, gsize length_bytes, gsize *n_open,
                              CotEncoding *encoding);
/* Whether the first block of what is called a log may be text: programs, databases, packed and
 * encrypted data are full of bytes that no text has. Not for UTF-16. */
gboolean cot_encoding_is_text (const void *head, gsize length_bytes);

/* Appends the text of @bytes as valid UTF-8. Bytes that are no text in that encoding become
 * U+FFFD. NUL bytes are kept out of C strings: they become U+2400. */
void cot_decoder_append (GString *into, CotEncoding encoding, const char *bytes,
                         gsize length_bytes);

/* Appends @text with every character that could lie on a screen shown as a boxed escape:
 * C0 and C1 controls, DEL, bidi and zero-width characters, tags. TAB stays, and
 * CR and LF where @keep_line_ends is TRUE. */
void cot_text_append_visible (GString *into, const char *text, gssize length_bytes,
                              gboolean keep_line_ends);

/* UTF-16 is re-coded once, as are code pages: the grammar then is that of bytes. The map turns
 * offsets of the re-coded text into offsets of the original. */
typedef struct _CotTranscoded CotTranscoded;

CotTranscoded *cot_transcoded_new (CotSource *original, CotEncoding encoding,
                                   GCancellable *cancellable, GError **error);
CotTranscoded *cot_transcoded_ref (CotTranscoded *self);
void cot_transcoded_unref (CotTranscoded *self);
CotSource *cot_transcoded_get_source (CotTranscoded *self);
CotSource *cot_transcoded_get_original (CotTranscoded *self);
guint64 cot_transcoded_get_original_offset (CotTranscoded *self, guint64 offset);
/* How many bytes of the original have been re-coded; an odd last byte of a growing file waits. */
guint64 cot_transcoded_get_original_size (CotTranscoded *self);
/* Re-codes what the original has grown by since; the source keeps its identity. */
gboolean cot_transcoded_extend (CotTranscoded *self, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotTranscoded, cot_transcoded_unref)

G_END_DECLS
