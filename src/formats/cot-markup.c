/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the readers of XML and HTML share. */

#include "cot-markup-private.h"

#include <string.h>

#include "cot-decoder.h"

static gsize
skip_blanks (const char *head, gsize length_bytes, gsize at)
{
  if (at == 0 && length_bytes >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    at = 3;
  while (at < length_bytes && g_ascii_isspace (head[at]))
    at++;
  return at;
}

static gsize
skip_behind (const char *head, gsize length_bytes, gsize at, const char *end)
{
  const char *found = memmem (head + at, length_bytes - at, end, strlen (end));

  return found != NULL ? (gsize) (found - head) + strlen (end) : length_bytes;
}

static gboolean
is_name_byte (char byte)
{
  return g_ascii_isalnum (byte) || byte == '_' || byte == '-' || byte == ':' || byte == '.';
}

CotSpan
cot_markup_find_root (const char *head, gsize length_bytes)
{
  gsize at = skip_blanks (head, length_bytes, 0);

  while (length_bytes - at >= 2 && head[at] == '<' && (head[at + 1] == '?' || head[at + 1] == '!'))
    {
      gboolean is_comment = length_bytes - at >= 4 && memcmp (head + at, "<!--", 4) == 0;

      at = skip_behind (head, length_bytes, at, is_comment ? "-->" : ">");
      at = skip_blanks (head, length_bytes, at);
    }
  if (length_bytes - at >= 2 && head[at] == '<')
    {
      gsize end = at + 1;

      while (end < length_bytes && is_name_byte (head[end]))
        end++;
      return (CotSpan){ head + at + 1, end - at - 1 };
    }
  return (CotSpan){ head, 0 };
}

gboolean
cot_markup_is_named (CotSpan span, const char *name)
{
  return span.length_bytes == strlen (name)
         && g_ascii_strncasecmp (span.data, name, span.length_bytes) == 0;
}

void
cot_markup_append_squeezed (GString *into, const char *text, gsize length_bytes)
{
  gboolean is_first = TRUE;

  for (gsize i = 0; i < length_bytes;)
    {
      gsize start;

      while (i < length_bytes && g_ascii_isspace (text[i]))
        i++;
      start = i;
      while (i < length_bytes && !g_ascii_isspace (text[i]))
        i++;
      if (i == start)
        break;
      if (!is_first)
        g_string_append_c (into, ' ');
      g_string_append_len (into, text + start, (gssize) (i - start));
      is_first = FALSE;
    }
}

void
cot_markup_append_text (GString *into, const char *bytes, gsize length_bytes)
{
  CotEncoding encoding = cot_encoding_detect (bytes, length_bytes);
  gsize n_mark = encoding == COT_ENCODING_UTF8_BOM                                              ? 3
                 : encoding == COT_ENCODING_UTF16LE_BOM || encoding == COT_ENCODING_UTF16BE_BOM ? 2
                                                                                                : 0;

  cot_decoder_append (into, encoding, bytes + n_mark, length_bytes - n_mark);
}

void
cot_markup_hide_secrets (char *text)
{
  static const char name[] = "sig=";

  for (char *at = text; *at != '\0';)
    if (g_ascii_strncasecmp (at, name, strlen (name)) != 0)
      at++;
    else
      for (at += strlen (name); *at != '\0' && strchr ("&<>\"' \t\r\n", *at) == NULL; at++)
        *at = '*';
}
