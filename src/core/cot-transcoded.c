/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-decoder.h"

#include "cot-spool-private.h"
#include "cot-utf16-private.h"

#include <errno.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define BLOCK_BYTES (64 * 1024)
/* Between two checkpoints a position is found by counting characters: a page of text. */
#define CHECKPOINT_BYTES 4096
/* A multiple of eight */
#define ASCII_RUN_BYTES 256

#define NO_CONVERTER ((GIConv) -1)
/* U+FFFD, for what is no text */
#define REPLACEMENT "\xef\xbf\xbd"

typedef struct
{
  guint64 offset; /* in the re-coded text, at the start of a character */
  guint64 original_offset;
} Checkpoint;

struct _CotTranscoded
{
  gatomicrefcount n_refs;
  CotSource *original;
  gboolean big_endian;
  GIConv converter; /* of a code page; NO_CONVERTER: it is UTF-16 */
  CotSpool *spool;
  CotSource *source;

  GMutex lock; /* for what follows */
  GIConv finder; /* the same, for those who ask for offsets meanwhile */
  GArray *checkpoints; /* Checkpoint; sorted */
  guint64 n_original_bytes; /* re-coded */
  guint64 n_waiting_bytes; /* half a unit or half a pair at the end */
};

#ifdef __SSE2__
/* Eight characters, where all of them are ASCII. */
static inline gboolean
read_eight (const char *block, gboolean big_endian, char *into)
{
  const __m128i others = _mm_set1_epi16 ((short) (big_endian ? 0x80ff : 0xff80));
  __m128i units = _mm_loadu_si128 ((const __m128i_u *) block);
  __m128i plain = _mm_cmpeq_epi8 (_mm_and_si128 (units, others), _mm_setzero_si128 ());

  if (_mm_movemask_epi8 (plain) != 0xffff)
    return FALSE;
  units = big_endian ? _mm_srli_epi16 (units, 8) : units;
  _mm_storel_epi64 ((__m128i_u *) into, _mm_packus_epi16 (units, units));
  return TRUE;
}
#endif

/* As many characters of ASCII as stand in a row, four at a time, at most ASCII_RUN_BYTES of them:
 * most logs hold little else. Returns how many. */
static gsize
read_ascii_run (const char *block, gsize length_bytes, gboolean big_endian, char *into)
{
  const guint64 others = big_endian ? G_GUINT64_CONSTANT (0x80ff80ff80ff80ff)
                                    : G_GUINT64_CONSTANT (0xff80ff80ff80ff80);
  const guint shift = big_endian ? 8 : 0;
  gsize n = 0;

#ifdef __SSE2__
  while (n < ASCII_RUN_BYTES && length_bytes - 2 * n >= 16
         && read_eight (block + 2 * n, big_endian, into + n))
    n += 8;
#endif
  while (n < ASCII_RUN_BYTES && length_bytes - 2 * n >= sizeof (guint64))
    {
      guint64 units;

      memcpy (&units, block + 2 * n, sizeof units);
      units = GUINT64_FROM_LE (units);
      if ((units & others) != 0)
        break;
      for (guint i = 0; i < 4; i++)
        into[n++] = (char) (units >> (16 * i + shift) & 0x7f);
    }
  return n;
}

static void
add_checkpoint (GArray *checkpoints, guint64 offset, guint64 original_offset)
{
  const Checkpoint *last = &g_array_index (checkpoints, Checkpoint, checkpoints->len - 1);
  Checkpoint next = { offset, original_offset };

  if (offset - last->offset >= CHECKPOINT_BYTES)
    g_array_append_val (checkpoints, next);
}

/* Re-codes whole characters into at most @room bytes, and tells how many bytes of the block they
 * took. A byte that begins no character is one that is no text; what may be the first half of one
 * waits for the other. */
static gsize
convert (GIConv converter, const char *block, gsize length_bytes, char *into, gsize room,
         gsize *n_written)
{
  char *from = (char *) block;
  gsize n_left = length_bytes;
  char *to = into;
  gsize n_room = room;

  g_iconv (converter, NULL, NULL, NULL, NULL);
  while (n_left > 0 && g_iconv (converter, &from, &n_left, &to, &n_room) == (gsize) -1)
    {
      if (errno != EILSEQ || n_room < strlen (REPLACEMENT))
        break;
      memcpy (to, REPLACEMENT, strlen (REPLACEMENT));
      to += strlen (REPLACEMENT);
      n_room -= strlen (REPLACEMENT);
      from++;
      n_left--;
      g_iconv (converter, NULL, NULL, NULL, NULL);
    }
  *n_written = room - n_room;
  return length_bytes - n_left;
}

static gsize
recode_code_page (CotTranscoded *self, const char *block, gsize length_bytes, GString *text,
                  guint64 text_offset, GArray *checkpoints)
{
  gsize i = 0;
  gsize n;

  g_string_truncate (text, 0);
  do
    {
      char piece[CHECKPOINT_BYTES];
      gsize n_written;

      add_checkpoint (checkpoints, text_offset + text->len, self->n_original_bytes + i);
      n = convert (self->converter, block + i, length_bytes - i, piece, sizeof piece, &n_written);
      g_string_append_len (text, piece, (gssize) n_written);
      i += n;
    }
  while (n > 0 && i < length_bytes);
  return i;
}

/* Re-codes whole characters and tells how many bytes of the block they took. */
static gsize
recode_block (CotTranscoded *self, const char *block, gsize length_bytes, GString *text,
              guint64 text_offset, GArray *checkpoints)
{
  gsize i = 0;

  g_string_truncate (text, 0);
  while (i < length_bytes)
    {
      char run[ASCII_RUN_BYTES];
      gsize n = read_ascii_run (block + i, length_bytes - i, self->big_endian, run);
      gunichar character;

      add_checkpoint (checkpoints, text_offset + text->len, self->n_original_bytes + i);
      g_string_append_len (text, run, (gssize) n);
      i += 2 * n;
      n = cot_utf16_read (block + i, length_bytes - i, self->big_endian, &character);
      if (n == 0)
        break;
      if (character < 0x80)
        g_string_append_c (text, (char) character);
      else
        g_string_append_unichar (text, character);
      i += n;
    }
  return i;
}

/* The block before it counts: a failed append leaves no trace. */
static gboolean
take_block (CotTranscoded *self, const char *block, gsize length_bytes, GString *text,
            gsize *n_taken, GError **error)
{
  guint n_checkpoints;

  g_mutex_lock (&self->lock);
  n_checkpoints = self->checkpoints->len;
  *n_taken = (self->converter != NO_CONVERTER ? recode_code_page : recode_block) (
      self, block, length_bytes, text, cot_spool_get_size (self->spool), self->checkpoints);
  if (!cot_spool_append (self->spool, text->str, text->len, error))
    {
      g_array_set_size (self->checkpoints, n_checkpoints);
      g_mutex_unlock (&self->lock);
      return FALSE;
    }
  self->n_original_bytes += *n_taken;
  self->n_waiting_bytes = length_bytes - *n_taken;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/**
 * cot_transcoded_extend:
 * @self: a re-coded source
 * @cancellable: (nullable): asked between blocks
 * @error: return location, %COT_SOURCE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Goes on where the last reading ended. One thread at a time; others may read the source.
 *
 * Returns: FALSE where it could not; what was re-coded until then stays
 */
gboolean
cot_transcoded_extend (CotTranscoded *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *block = g_malloc (BLOCK_BYTES);
  g_autoptr (GString) text = g_string_sized_new (BLOCK_BYTES * 2);
  gsize n_taken;

  do
    {
      gsize n_read;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !cot_source_read (self->original, self->n_original_bytes, block, BLOCK_BYTES, &n_read,
                               error)
          || !take_block (self, block, n_read, text, &n_taken, error))
        return FALSE;
    }
  while (n_taken > 0);
  return TRUE;
}

/* Not each system has all of them. */
static gboolean
open_converters (CotTranscoded *self, CotEncoding encoding)
{
  const char *charset = cot_encoding_get_charset (encoding);

  if (charset == NULL)
    return FALSE;
  self->converter = g_iconv_open ("UTF-8", charset);
  self->finder = g_iconv_open ("UTF-8", charset);
  return self->converter != NO_CONVERTER && self->finder != NO_CONVERTER;
}

/**
 * cot_transcoded_new:
 * @original: (transfer none): a source in UTF-16, or in a code page
 * @encoding: which UTF-16, or which code page
 * @cancellable: (nullable): asked between blocks
 * @error: return location, %COT_SOURCE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Re-codes all that is there into an unlinked spool. A byte order mark stays a character of the
 * text, so that every byte of the original belongs to some byte of it.
 *
 * Returns: (transfer full) (nullable): the re-coded source
 */
CotTranscoded *
cot_transcoded_new (CotSource *original, CotEncoding encoding, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (CotTranscoded) self = g_new0 (CotTranscoded, 1);
  const Checkpoint first = { 0, 0 };

  g_atomic_ref_count_init (&self->n_refs);
  g_mutex_init (&self->lock);
  self->original = cot_source_ref (original);
  self->converter = self->finder = NO_CONVERTER;
  self->big_endian = encoding == COT_ENCODING_UTF16BE || encoding == COT_ENCODING_UTF16BE_BOM;
  self->spool = cot_spool_new ();
  self->source = cot_spool_get_growing_source (self->spool, cot_source_get_label (original));
  self->checkpoints = g_array_new (FALSE, FALSE, sizeof (Checkpoint));
  g_array_append_val (self->checkpoints, first);
  if (!cot_encoding_is_utf16 (encoding) && !open_converters (self, encoding))
    {
      g_set_error (error, COT_SOURCE_ERROR, COT_SOURCE_ERROR_ENCODING, "cannot be read as %s",
                   cot_encoding_to_string (encoding));
      return NULL;
    }
  if (!cot_transcoded_extend (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * cot_transcoded_ref:
 * @self: a re-coded source
 *
 * Returns: (transfer full): @self; any thread
 */
CotTranscoded *
cot_transcoded_ref (CotTranscoded *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

/**
 * cot_transcoded_unref:
 * @self: (transfer full): a re-coded source
 *
 * Any thread. The source that it gave out lives on where it has a reference of its own.
 */
void
cot_transcoded_unref (CotTranscoded *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  cot_source_unref (self->original);
  cot_source_unref (self->source);
  cot_spool_free (self->spool);
  g_array_unref (self->checkpoints);
  if (self->converter != NO_CONVERTER)
    g_iconv_close (self->converter);
  if (self->finder != NO_CONVERTER)
    g_iconv_close (self->finder);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * cot_transcoded_get_source:
 * @self: a re-coded source
 *
 * Returns: (transfer none): the text in UTF-8; it grows with every extension
 */
CotSource *
cot_transcoded_get_source (CotTranscoded *self)
{
  return self->source;
}

/**
 * cot_transcoded_get_original:
 * @self: a re-coded source
 *
 * Returns: (transfer none): the bytes as they stand in the file
 */
CotSource *
cot_transcoded_get_original (CotTranscoded *self)
{
  return self->original;
}

/* Every character was 2 bytes, and 4 where UTF-8 takes 4. The text itself is counted and not the
 * original, which may have changed since. */
static guint64
count_original_bytes (const guint8 *text, gsize length_bytes)
{
  guint64 n = 0;

  for (gsize i = 0; i < length_bytes; i++)
    n += ((text[i] & 0xc0) != 0x80 ? 2u : 0u) + (text[i] >= 0xf0 ? 2u : 0u);
  return n;
}

/* No character is shorter in UTF-8 than it was, so that as many bytes of the original are enough;
 * they are re-coded anew until the text is as long. Where the original cannot be read any more, the
 * checkpoint has to do. */
static guint64
count_code_page_bytes (CotTranscoded *self, guint64 original_offset, gsize n_text_bytes)
{
  g_autofree char *block = g_malloc (n_text_bytes);
  g_autofree char *text = g_malloc (n_text_bytes);
  gsize n_read = 0;
  gsize n_written;

  if (!cot_source_read (self->original, original_offset, block, n_text_bytes, &n_read, NULL))
    return 0;
  return convert (self->finder, block, n_read, text, n_text_bytes, &n_written);
}

static Checkpoint
find_checkpoint (GArray *checkpoints, guint64 offset)
{
  guint low = 0, high = checkpoints->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (checkpoints, Checkpoint, middle).offset <= offset)
        low = middle;
      else
        high = middle;
    }
  return g_array_index (checkpoints, Checkpoint, low);
}

/**
 * cot_transcoded_get_original_offset:
 * @self: a re-coded source
 * @offset: the start of a character in the re-coded text, in bytes
 *
 * Any thread. The end of the text is the end of the original, with what waits there for its
 * other half: it belongs to the last record.
 *
 * Returns: where the same character starts in the original
 */
guint64
cot_transcoded_get_original_offset (CotTranscoded *self, guint64 offset)
{
  guint8 text[CHECKPOINT_BYTES + ASCII_RUN_BYTES + 8];
  gsize n_read = 0;
  Checkpoint from;
  guint64 end;

  g_mutex_lock (&self->lock);
  from = find_checkpoint (self->checkpoints, offset);
  end = self->n_original_bytes + self->n_waiting_bytes;
  if (offset > 0 && offset >= cot_spool_get_size (self->spool))
    from.original_offset = end;
  else if (offset > from.offset && self->finder != NO_CONVERTER)
    from.original_offset += count_code_page_bytes (self, from.original_offset,
                                                   (gsize) (offset - from.offset));
  else if (offset > from.offset
           && cot_source_read (self->source, from.offset, text,
                               (gsize) MIN (offset - from.offset, sizeof text), &n_read, NULL))
    from.original_offset += count_original_bytes (text, n_read);
  g_mutex_unlock (&self->lock);
  return from.original_offset;
}

/**
 * cot_transcoded_get_original_size:
 * @self: a re-coded source
 *
 * Any thread.
 *
 * Returns: how many bytes of the original have been re-coded; what waits at its end for its other
 *   half is not among them
 */
guint64
cot_transcoded_get_original_size (CotTranscoded *self)
{
  guint64 n;

  g_mutex_lock (&self->lock);
  n = self->n_original_bytes;
  g_mutex_unlock (&self->lock);
  return n;
}
