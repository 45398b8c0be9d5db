/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The address that a collector uploads to opens the storage to whoever has it. It is of no use for
 * a diagnosis, so nobody above this floor ever sees it. */

#include "cot-redact.h"

#include "cot-decoder.h"

#include <string.h>

/* What the collector writes has a few thousand bytes. */
#define MAX_BYTES (16u * 1024 * 1024)

/* The file as characters of one or two bytes; what is no ASCII is '\0'. */
typedef struct
{
  guint8 *bytes;
  gsize n;     /* characters */
  guint width; /* bytes a character */
  guint low;   /* which of them is the low one */
} Text;

static char
get (const Text *text, gsize index)
{
  const guint8 *at = text->bytes + index * text->width;

  if (text->width == 2 && at[1 - text->low] != 0)
    return '\0';
  return at[text->low] < 0x80 ? (char) at[text->low] : '\0';
}

/* Letters of the text become stars, so that lines and offsets stay what they are. */
static void
hide (Text *text, gsize start, gsize end)
{
  for (gsize i = start; i < end; i++)
    {
      guint8 *at = text->bytes + i * text->width;

      if (get (text, i) == '\r' || get (text, i) == '\n')
        continue;
      if (text->width == 2)
        at[1 - text->low] = 0;
      at[text->low] = '*';
    }
}

static gboolean
stands_at (const Text *text, gsize index, const char *word)
{
  gsize n = strlen (word);

  if (index > text->n || n > text->n - index)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (g_ascii_tolower (get (text, index + i)) != word[i])
      return FALSE;
  return TRUE;
}

static gsize
find_any (const Text *text, gsize from, const char *characters)
{
  while (from < text->n
         && (get (text, from) == '\0' || strchr (characters, get (text, from)) == NULL))
    from++;
  return from;
}

/* The content of the element, up to its end or that of the file; else the value behind "name=". */
static gsize
hide_element (Text *text, gsize index)
{
  gsize start = find_any (text, index, ">");
  gboolean is_empty = start >= text->n || get (text, start - 1) == '/';
  gsize end;

  hide (text, index + strlen ("<sasurl"), start);
  if (is_empty)
    return start;
  for (end = start + 1; end < text->n && !stands_at (text, end, "</sasurl");)
    end++;
  hide (text, start + 1, end);
  return end;
}

static gsize
hide_value (Text *text, gsize index)
{
  gsize end = find_any (text, index, "&<>\"' \t\r\n");

  /* The end of a CDATA section is none of its. */
  if (end >= index + 2 && end < text->n && get (text, end) == '>' && get (text, end - 1) == ']'
      && get (text, end - 2) == ']')
    end -= 2;
  hide (text, index, end);
  return end;
}

static void
hide_secrets (Text *text)
{
  static const char *const names[] = { "sig=", "sasurl=\"", "sasurl='" };

  for (gsize i = 0; i < text->n;)
    {
      gsize next = i + 1;

      if (stands_at (text, i, "<sasurl"))
        next = hide_element (text, i);
      for (gsize j = 0; next == i + 1 && j < G_N_ELEMENTS (names); j++)
        if (stands_at (text, i, names[j]))
          next = hide_value (text, i + strlen (names[j]));
      i = MAX (next, i + 1);
    }
}

/**
 * cot_redact_source:
 * @source: what a collector wrote about its work
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the same, of the same length, without the secrets
 */
CotSource *
cot_redact_source (CotSource *source, GError **error)
{
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GBytes) redacted = NULL;
  guint64 size_bytes = 0;
  gsize n_read = 0;
  CotEncoding encoding;
  Text text;

  if (!cot_source_get_size (source, &size_bytes, error))
    return NULL;
  if (size_bytes > MAX_BYTES)
    {
      g_set_error_literal (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_TOO_LARGE,
                           "is too large to be looked through for secrets");
      return NULL;
    }
  bytes = g_malloc ((gsize) size_bytes + 1);
  if (!cot_source_read (source, 0, bytes, (gsize) size_bytes, &n_read, error))
    return NULL;
  encoding = cot_encoding_detect (bytes, n_read);
  text.bytes = bytes;
  text.width = cot_encoding_is_utf16 (encoding) ? 2 : 1;
  text.low = encoding == COT_ENCODING_UTF16BE || encoding == COT_ENCODING_UTF16BE_BOM;
  text.n = n_read / text.width;
  hide_secrets (&text);
  redacted = g_bytes_new_take (g_steal_pointer (&bytes), n_read);
  return cot_source_new_from_bytes (redacted, cot_source_get_label (source));
}
