/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scripts and answers travel in Base64, some of them compressed: "powershell -EncodedCommand ..."
 * and what the agents of Intune write. They are decoded to be read, and for nothing else. */

#include "cot-readable-private.h"

#include <gio/gio.h>
#include <string.h>

#include "cot-decoder.h"

/* Shorter ones are words, paths and numbers. */
#define MIN_CHARACTERS 24
/* A blank line end inside of it: Base64 is broken after 64 or 76 characters. */
#define MIN_LINE_CHARACTERS 60
#define MAX_BLOBS 16
#define MAX_BLOB_BYTES (1024 * 1024)
/* Of Base64 that is decoded and of what is made of it, be it text or not: both cost time. */
#define MAX_ALL_BYTES (2 * 1024 * 1024)
#define MAX_LEVELS 3
/* One in so many characters of a text may be one that no text has. */
#define CHARACTERS_PER_CONTROL 50

typedef struct
{
  GPtrArray *blobs;
  GPtrArray *texts; /* (element-type GString): what they say, to be looked at in turn */
  GCancellable *cancellable;
  gsize n_all_bytes; /* of MAX_ALL_BYTES */
} Search;

static void
free_blob (gpointer data)
{
  CotReadableBlob *blob = data;

  g_free (blob->text);
  g_free (blob);
}

static gboolean
is_alphabet (char byte)
{
  return g_ascii_isalnum (byte) || byte == '+' || byte == '/';
}

/* The character that an escape of JSON at @at stands for, however often it was escaped; 0: none of
 * these. */
static char
read_escape (const char *text, gsize length_bytes, gsize at, gsize *n_bytes)
{
  static const struct
  {
    const char *escape;
    char meaning;
  } escapes[] = {
    { "/", '/' }, { "u002b", '+' }, { "u002f", '/' }, { "u003d", '=' }, { "n", '\n' },
    { "r", '\n' },
  };
  gsize behind = at;

  while (behind < length_bytes && text[behind] == '\\')
    behind++;
  for (guint i = 0; i < G_N_ELEMENTS (escapes) && behind > at; i++)
    {
      gsize length = strlen (escapes[i].escape);

      if (length_bytes - behind >= length
          && g_ascii_strncasecmp (text + behind, escapes[i].escape, length) == 0)
        {
          *n_bytes = behind + length - at;
          return escapes[i].meaning;
        }
    }
  return '\0';
}

static char
read_character (const char *text, gsize length_bytes, gsize at, gsize *n_bytes)
{
  *n_bytes = 1;
  if (at >= length_bytes)
    return '\0';
  if (text[at] == '\\')
    return read_escape (text, length_bytes, at, n_bytes);
  if (is_alphabet (text[at]) || text[at] == '=')
    return text[at];
  return text[at] == '\r' || text[at] == '\n' ? '\n' : '\0';
}

/* The Base64 from @at on without what is not of it; behind it is what is returned. */
static gsize
read_run (const char *text, gsize length_bytes, gsize at, GString *run)
{
  gsize line = 0;
  gsize first_line = 0;
  gsize n_bytes;

  for (;;)
    {
      char character = read_character (text, length_bytes, at, &n_bytes);
      gsize behind = at;

      if (is_alphabet (character))
        {
          g_string_append_c (run, character);
          line++;
          at += n_bytes;
          continue;
        }
      if (character == '=')
        {
          for (guint i = 0; i < 2 && character == '='; i++)
            {
              g_string_append_c (run, '=');
              at += n_bytes;
              character = read_character (text, length_bytes, at, &n_bytes);
            }
          return at;
        }
      first_line = first_line == 0 ? line : first_line;
      if (character != '\n' || line < MIN_LINE_CHARACTERS || line != first_line)
        return at;
      for (; character == '\n';
           character = read_character (text, length_bytes, behind, &n_bytes))
        behind += n_bytes;
      if (!is_alphabet (character))
        return at;
      at = behind;
      line = 0;
    }
}

static GByteArray *
decode_base64 (const GString *run)
{
  g_autoptr (GByteArray) bytes = NULL;
  gsize length = run->len;
  gint state = 0;
  guint save = 0;

  while (length > 0 && run->str[length - 1] == '=')
    length--;
  /* One character alone is not even a byte; a padding of the wrong length was cut off. */
  if (length % 4 == 1)
    length--;
  bytes = g_byte_array_sized_new ((guint) (length / 4 * 3 + 3));
  g_byte_array_set_size (bytes, (guint) (length / 4 * 3 + 3));
  g_byte_array_set_size (bytes, (guint) g_base64_decode_step (run->str, length, bytes->data,
                                                              &state, &save));
  if (length % 4 != 0)
    {
      guint8 last[3];
      gsize n_bytes = g_base64_decode_step ("==", 4 - length % 4, last, &state, &save);

      g_byte_array_append (bytes, last, (guint) n_bytes);
    }
  return g_steal_pointer (&bytes);
}

/* Behind the length that .NET programs like to put in front of it, or at once. */
static gsize
find_gzip (const GByteArray *bytes)
{
  static const guint8 magic[] = { 0x1f, 0x8b, 0x08 };

  for (gsize at = 0; at <= 4; at += 4)
    if (bytes->len > at + 18 && memcmp (bytes->data + at, magic, sizeof magic) == 0)
      return at;
  return G_MAXSIZE;
}

/* No more than its bound is ever made of it, whatever it says. */
static GByteArray *
decompress (const GByteArray *bytes, gsize from, CotReadableFlags *flags)
{
  g_autoptr (GZlibDecompressor) decompressor
      = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GByteArray) out = g_byte_array_new ();

  while (out->len < MAX_BLOB_BYTES)
    {
      guint8 buffer[16 * 1024];
      gsize n_read = 0;
      gsize n_written = 0;
      GConverterResult result
          = g_converter_convert (G_CONVERTER (decompressor), bytes->data + from,
                                 bytes->len - from, buffer, sizeof buffer,
                                 G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);

      if (result == G_CONVERTER_ERROR)
        {
          *flags |= COT_READABLE_BROKEN;
          break;
        }
      g_byte_array_append (out, buffer, (guint) n_written);
      from += n_read;
      if (result == G_CONVERTER_FINISHED)
        return g_steal_pointer (&out);
      if (n_read == 0 && n_written == 0)
        {
          *flags |= COT_READABLE_BROKEN;
          break;
        }
    }
  if ((*flags & COT_READABLE_BROKEN) == 0)
    *flags |= COT_READABLE_CUT;
  return g_steal_pointer (&out);
}

/* Characters of western scripts have a zero in every other byte. */
static gboolean
is_wide (const GByteArray *bytes)
{
  gsize n_zeros = 0;
  gsize n_looked_at = MIN (bytes->len, 4096u);

  if (bytes->len >= 2 && bytes->data[0] == 0xff && bytes->data[1] == 0xfe)
    return TRUE;
  for (gsize i = 1; i < n_looked_at; i += 2)
    n_zeros += bytes->data[i] == 0 && bytes->data[i - 1] != 0;
  return n_zeros * 4 > n_looked_at;
}

/* Valid, and hardly a character that no text has. */
static gboolean
is_text (const GString *text)
{
  gsize n_characters = 0;
  gsize n_controls = 0;

  for (const char *at = text->str; at < text->str + text->len; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      n_characters++;
      n_controls += character == 0xfffd || character == 0x2400 || character == 0x7f
                    || (character < 0x20 && !cot_layout_is_blank ((char) character))
                    || (character >= 0x80 && character < 0xa0);
    }
  return n_characters >= 8 && n_controls * CHARACTERS_PER_CONTROL <= n_characters;
}

/* As it is written in there; NULL where it is no text. */
static GString *
read_text (const GByteArray *bytes, gboolean *wide)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *data = (const char *) bytes->data;
  gsize length = bytes->len;

  *wide = is_wide (bytes);
  if (!*wide && length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      length -= 3;
    }
  else if (*wide && memcmp (data, "\xff\xfe", 2) == 0)
    {
      data += 2;
      length -= 2;
    }
  cot_decoder_append (text, *wide ? COT_ENCODING_UTF16LE : COT_ENCODING_UTF8, data, length);
  return is_text (text) ? g_steal_pointer (&text) : NULL;
}

/* What it stands for as text; NULL where it is something else. */
static GString *
read_blob (const GString *run, CotReadableBlob *blob)
{
  g_autoptr (GByteArray) bytes = decode_base64 (run);
  gsize gzip = find_gzip (bytes);

  if (gzip != G_MAXSIZE)
    {
      g_autoptr (GByteArray) out = decompress (bytes, gzip, &blob->flags);

      g_clear_pointer (&bytes, g_byte_array_unref);
      bytes = g_steal_pointer (&out);
      blob->compressed = TRUE;
    }
  blob->n_bytes = bytes->len;
  return bytes->len > 0 ? read_text (bytes, &blob->wide) : NULL;
}

/* One whole document of JSON or XML is laid out; a script stays as it is. */
static char *
dup_visible (const GString *text)
{
  g_auto (CotLayout) layout = { 0 };
  GString *visible = g_string_sized_new (text->len + 1);

  cot_layout_init (&layout, 0, 0);
  if (cot_layout_whole (&layout, text->str, text->len))
    cot_text_append_visible (visible, layout.text->str, (gssize) layout.text->len, TRUE);
  else
    cot_text_append_visible (visible, text->str, (gssize) text->len, TRUE);
  return g_string_free (visible, FALSE);
}

static gboolean
may_go_on (const Search *self)
{
  return self->blobs->len < MAX_BLOBS && self->n_all_bytes < MAX_ALL_BYTES
         && !g_cancellable_is_cancelled (self->cancellable);
}

/* Those of one text. */
static void
find_in (Search *self, const char *text, gsize length_bytes, guint level)
{
  g_autoptr (GString) run = g_string_new (NULL);
  gsize at = 0;

  while (at < length_bytes && may_go_on (self))
    {
      CotReadableBlob blob = { .level = level };
      GString *said;

      while (at < length_bytes && !is_alphabet (text[at]))
        at++;
      g_string_truncate (run, 0);
      at = read_run (text, length_bytes, at, run);
      if (run->len < MIN_CHARACTERS)
        continue;
      said = read_blob (run, &blob);
      self->n_all_bytes += run->len + blob.n_bytes;
      if (said == NULL)
        continue;
      blob.text = dup_visible (said);
      g_ptr_array_add (self->blobs, g_memdup2 (&blob, sizeof blob));
      g_ptr_array_add (self->texts, said);
    }
}

static void
free_text (gpointer data)
{
  g_string_free (data, TRUE);
}

/*
 * cot_blobs_find:
 * @blobs: (element-type CotReadableBlob): grows
 * @text: a text
 * @length_bytes: its length
 * @cancellable: (nullable): a cancellable
 *
 * A script often hides another one: what is decoded is looked at again, a few levels down. Any
 * thread.
 */
void
cot_blobs_find (GPtrArray *blobs, const char *text, gsize length_bytes, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (free_text);
  Search search = { .blobs = blobs, .texts = texts, .cancellable = cancellable };
  guint first = blobs->len;

  g_ptr_array_set_free_func (blobs, free_blob);
  find_in (&search, text, length_bytes, 1);
  for (guint i = 0; i < texts->len; i++)
    {
      const CotReadableBlob *outer = g_ptr_array_index (blobs, first + i);
      GString *said = g_ptr_array_index (texts, i);

      if (outer->level < MAX_LEVELS)
        find_in (&search, said->str, said->len, outer->level + 1);
    }
}
