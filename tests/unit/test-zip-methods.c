/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The methods that zip archives are packed with, each against its own packer: whole, cut at every
 * byte, with every byte damaged, and with sizes and memory that they must not have. */

#include <glib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cot-stream.h"
#include "zip-maker.h"
#include "zip-packers.h"

#define ROOM_BYTES (4 * 1024 * 1024)

typedef GByteArray *(*PackFunc) (const guint8 *data, gsize size_bytes);

typedef struct
{
  const char *name;
  guint16 number;
  PackFunc pack;
} Method;

static GByteArray *
pack_stored (const guint8 *data, gsize size_bytes)
{
  return g_byte_array_append (g_byte_array_new (), data, (guint) size_bytes);
}

static GByteArray *
pack_deflated (const guint8 *data, gsize size_bytes)
{
  return zip_maker_deflate (data, size_bytes);
}

/* What zlib packs with matches below 258 bytes means the same in Deflate64: the texts here have
 * no longer ones. The rest of Deflate64 is tested below. */
static const Method methods[] = {
  { "store", COT_METHOD_STORE, pack_stored },
  { "deflate", COT_METHOD_DEFLATE, pack_deflated },
  { "deflate64", COT_METHOD_DEFLATE64, pack_deflated },
  { "bzip2", COT_METHOD_BZIP2, zip_pack_bzip2 },
  { "lzma", COT_METHOD_LZMA, zip_pack_lzma },
  { "old-zstd", COT_METHOD_OLD_ZSTD, zip_pack_zstd },
  { "zstd", COT_METHOD_ZSTD, zip_pack_zstd },
  { "xz", COT_METHOD_XZ, zip_pack_xz },
};

static void
append (void *data, const uint8_t *bytes, size_t length_bytes)
{
  g_assert_cmpuint (length_bytes, >, 0);
  g_assert_cmpuint (length_bytes, <=, COT_UNPACK_MAX_DATA_BYTES);
  g_byte_array_append (data, bytes, (guint) length_bytes);
}

static CotUnpackStatus
unpack (const guint8 *packed, gsize n_packed, guint16 method, guint64 max_bytes, GByteArray *into)
{
  int fd = memfd_create ("packed", MFD_CLOEXEC);
  CotInput input = { .fd = fd, .size_bytes = n_packed };
  CotStream stream = {
    .input = &input,
    .packed_bytes = n_packed,
    .max_bytes = max_bytes,
    .sink = append,
    .sink_data = into,
    .has_end_mark = TRUE,
  };
  CotUnpackStatus status;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, packed, n_packed), ==, (gssize) n_packed);
  g_byte_array_set_size (into, 0);
  status = cot_stream_run (&stream, method);
  g_assert_cmpuint (stream.n_produced, ==, into->len);
  g_assert_cmpuint (stream.n_produced, <=, max_bytes);
  g_assert_cmpuint (stream.n_consumed, <=, n_packed);
  close (fd);
  return status;
}

static GByteArray *
make_text (guint n_lines)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  GByteArray *text = g_byte_array_sized_new (64); /* not even an empty one is NULL */

  for (guint i = 0; i < n_lines; i++)
    {
      g_autofree char *line = g_strdup_printf ("<![LOG[Contoso %u %08x %08x]LOG]!>\r\n", i,
                                               g_rand_int (random), g_rand_int (random));

      g_byte_array_append (text, (const guint8 *) line, (guint) strlen (line));
    }
  return text;
}

static void
assert_same (const GByteArray *a, const GByteArray *b)
{
  g_assert_cmpmem (a->data, a->len, b->data, b->len);
}

static void
test_whole (gconstpointer data)
{
  const Method *method = data;
  static const guint n_lines[] = { 0, 1, 30, 20000 };

  for (guint i = 0; i < G_N_ELEMENTS (n_lines); i++)
    {
      g_autoptr (GByteArray) text = make_text (n_lines[i]);
      g_autoptr (GByteArray) packed = method->pack (text->data, text->len);
      g_autoptr (GByteArray) unpacked = g_byte_array_new ();

      g_assert_cmpint (unpack (packed->data, packed->len, method->number, text->len, unpacked), ==,
                       COT_UNPACK_OK);
      assert_same (unpacked, text);
    }
}

/* What comes is the beginning of it, and only the whole is whole. */
static void
test_cut (gconstpointer data)
{
  const Method *method = data;
  g_autoptr (GByteArray) text = make_text (20);
  g_autoptr (GByteArray) packed = method->pack (text->data, text->len);
  g_autoptr (GByteArray) unpacked = g_byte_array_new ();

  if (method->number == COT_METHOD_STORE)
    return;
  for (guint n = 0; n < packed->len; n++)
    {
      CotUnpackStatus status = unpack (packed->data, n, method->number, text->len, unpacked);

      g_assert_cmpint (status, ==, COT_UNPACK_CUT);
      g_assert_cmpuint (unpacked->len, <=, text->len);
      g_assert_cmpmem (unpacked->data, unpacked->len, text->data, unpacked->len);
    }
}

static void
test_damaged (gconstpointer data)
{
  static const guint8 values[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
  const Method *method = data;
  g_autoptr (GByteArray) text = make_text (20);
  g_autoptr (GByteArray) packed = method->pack (text->data, text->len);
  g_autoptr (GByteArray) unpacked = g_byte_array_new ();

  for (guint n = 0; n < packed->len; n++)
    for (guint i = 0; i < G_N_ELEMENTS (values); i++)
      {
        guint8 kept = packed->data[n];

        packed->data[n] = values[i];
        g_assert_cmpint (unpack (packed->data, packed->len, method->number, text->len, unpacked),
                         <, COT_UNPACK_N_STATUSES);
        packed->data[n] = kept;
      }
}

/* Nothing comes beyond the size that was declared. */
static void
test_larger_than_declared (gconstpointer data)
{
  const Method *method = data;
  g_autoptr (GByteArray) text = make_text (5000);
  g_autoptr (GByteArray) packed = method->pack (text->data, text->len);
  g_autoptr (GByteArray) unpacked = g_byte_array_new ();
  const guint sizes[] = { 0, 1, 65536, 65537, text->len - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_assert_cmpint (unpack (packed->data, packed->len, method->number, sizes[i], unpacked), ==,
                       COT_UNPACK_WRONG_SIZE);
      g_assert_cmpuint (unpacked->len, ==, sizes[i]);
    }
}

/* LZMA without its mark ends where its size says. */
static void
test_lzma_without_mark (void)
{
  g_autoptr (GByteArray) text = make_text (5000);
  g_autoptr (GByteArray) packed = zip_pack_lzma (text->data, text->len);
  g_autoptr (GByteArray) unpacked = g_byte_array_new ();
  int fd = memfd_create ("packed", MFD_CLOEXEC);
  CotInput input = { .fd = fd, .size_bytes = packed->len };
  CotStream stream = { .input = &input, .packed_bytes = packed->len,
                       .max_bytes = text->len, .sink = append, .sink_data = unpacked };

  g_assert_cmpint (write (fd, packed->data, packed->len), ==, (gssize) packed->len);
  g_assert_cmpint (cot_stream_run (&stream, COT_METHOD_LZMA), ==, COT_UNPACK_OK);
  assert_same (unpacked, text);
  close (fd);
}

/* Data that asks for more memory than the worker may have is refused before it gets any. */
static void
test_memory (void)
{
  static const guint8 lzma[] = { 9, 20, 5, 0, 0x5d, 0, 0, 0, 0x70, 0, 0, 0, 0, 0, 0 };
  /* Magic, no size, one window descriptor: 2 GiB; an empty last block. */
  static const guint8 zstd[] = { 0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00 };
  g_autoptr (GByteArray) xz = zip_pack_xz ((const guint8 *) "Contoso", 7);
  g_autoptr (GByteArray) unpacked = g_byte_array_new ();

  g_assert_cmpint (unpack (lzma, sizeof lzma, COT_METHOD_LZMA, UINT32_MAX, unpacked), ==,
                   COT_UNPACK_NO_MEMORY);
  /* The same dictionary for little data needs no more than the data. */
  g_assert_cmpint (unpack (lzma, sizeof lzma, COT_METHOD_LZMA, 100, unpacked), !=,
                   COT_UNPACK_NO_MEMORY);
  g_assert_cmpint (unpack (zstd, sizeof zstd, COT_METHOD_ZSTD, UINT32_MAX, unpacked), ==,
                   COT_UNPACK_NO_MEMORY);

  zip_pack_set_xz_dictionary (xz, 31);
  g_assert_cmpint (unpack (xz->data, xz->len, COT_METHOD_XZ, UINT32_MAX, unpacked), ==,
                   COT_UNPACK_NO_MEMORY);
}

/* Writes one block of the fixed code. */
typedef struct
{
  GByteArray *packed;
  GByteArray *text; /* what it means */
  guint64 bits;
  guint n_bits;
} Writer;

static void
put_bits (Writer *writer, guint32 value, guint n)
{
  writer->bits |= (guint64) value << writer->n_bits;
  writer->n_bits += n;
  while (writer->n_bits >= 8)
    {
      guint8 byte = (guint8) writer->bits;

      g_byte_array_append (writer->packed, &byte, 1);
      writer->bits >>= 8;
      writer->n_bits -= 8;
    }
}

/* Codes stand there with their highest bit first. */
static void
put_code (Writer *writer, guint32 code, guint n)
{
  for (guint i = n; i-- > 0;)
    put_bits (writer, (code >> i) & 1, 1);
}

static void
put_length_symbol (Writer *writer, guint symbol)
{
  if (symbol < 144)
    put_code (writer, 0x30 + symbol, 8);
  else if (symbol < 256)
    put_code (writer, 0x190 + symbol - 144, 9);
  else if (symbol < 280)
    put_code (writer, symbol - 256, 7);
  else
    put_code (writer, 0xc0 + symbol - 280, 8);
}

static void
put_literal (Writer *writer, guint8 byte)
{
  put_length_symbol (writer, byte);
  g_byte_array_append (writer->text, &byte, 1);
}

/* All lengths from 3 on go by the last symbol, which has 16 bits; distances as they come. */
static void
put_match (Writer *writer, guint length, guint distance)
{
  guint symbol = 0;
  guint base = 1;
  guint n_extra = 0;

  put_length_symbol (writer, 285);
  put_bits (writer, length - 3, 16);
  while (distance >= base + (1u << n_extra))
    {
      base += 1u << n_extra;
      symbol++;
      n_extra = symbol < 4 ? 0 : symbol / 2 - 1;
    }
  put_code (writer, symbol, 5);
  put_bits (writer, distance - base, n_extra);
  for (guint i = 0; i < length; i++)
    {
      guint8 byte = writer->text->data[writer->text->len - distance];

      g_byte_array_append (writer->text, &byte, 1);
    }
}

static void
begin_block (Writer *writer)
{
  writer->packed = g_byte_array_new ();
  writer->text = g_byte_array_new ();
  put_bits (writer, 1, 1);
  put_bits (writer, 1, 2);
}

static void
end_block (Writer *writer)
{
  put_length_symbol (writer, 256);
  put_bits (writer, 0, 7);
}

static void
writer_clear (Writer *writer)
{
  g_byte_array_unref (writer->packed);
  g_byte_array_unref (writer->text);
}

/* Lengths of 16 bits, the two last distances, and a window of 64 KiB, at random. */
static void
test_deflate64_matches (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (64);
  g_autoptr (GByteArray) unpacked = g_byte_array_new ();

  for (guint round = 0; round < 30; round++)
    {
      Writer writer = { 0 };

      begin_block (&writer);
      put_literal (&writer, 'C');
      while (writer.text->len < 400000)
        {
          guint reach = MIN (writer.text->len, 65536);

          for (guint n = g_rand_int_range (random, 0, 40); n > 0; n--)
            put_literal (&writer, (guint8) g_rand_int_range (random, 0, 256));
          put_match (&writer, (guint) g_rand_int_range (random, 3, round % 2 ? 300 : 65539),
                     (guint) g_rand_int_range (random, 1, (gint) reach + 1));
        }
      put_match (&writer, 65538, 65536);
      put_match (&writer, 3, 1);
      end_block (&writer);
      g_assert_cmpint (unpack (writer.packed->data, writer.packed->len, COT_METHOD_DEFLATE64,
                               writer.text->len, unpacked),
                       ==, COT_UNPACK_OK);
      assert_same (unpacked, writer.text);
      writer_clear (&writer);
    }
}

/* Nothing is copied from before the beginning. */
static void
test_deflate64_before_beginning (void)
{
  g_autoptr (GByteArray) unpacked = g_byte_array_new ();

  for (guint distance = 1; distance <= 65536; distance += distance < 10 ? 1 : 6553)
    {
      Writer writer = { 0 };
      guint n_literals = distance - 1;

      begin_block (&writer);
      for (guint i = 0; i < n_literals; i++)
        put_literal (&writer, (guint8) i);
      g_byte_array_append (writer.text, (const guint8 *) "?", 1);
      put_match (&writer, 3, distance);
      end_block (&writer);
      g_assert_cmpint (unpack (writer.packed->data, writer.packed->len, COT_METHOD_DEFLATE64,
                               ROOM_BYTES, unpacked),
                       ==, COT_UNPACK_BROKEN);
      g_assert_cmpuint (unpacked->len, ==, n_literals);
      writer_clear (&writer);
    }
}

/* What no packer writes: blocks of no kind, lengths that contradict, codes that do not add up. */
static void
test_deflate64_nonsense (void)
{
  static const struct
  {
    const char *bytes;
    gsize n_bytes;
  } samples[] = {
    { "\x07", 1 },                                          /* a kind that there is not */
    { "\x01\x05\x00\x00\x00", 5 }, /* stored, and the second length is wrong */
    { "\xfd\xff\xff\xff\xff", 5 },                          /* more than 286 lengths */
    { "\x05\x00\x24\x49\x92\x24\x49\x92", 8 },              /* nineteen codes of one bit */
    { "\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 11 }, /* no code at all */
  };
  g_autoptr (GByteArray) unpacked = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_assert_cmpint (unpack ((const guint8 *) samples[i].bytes, samples[i].n_bytes,
                               COT_METHOD_DEFLATE64, ROOM_BYTES, unpacked),
                       ==, COT_UNPACK_BROKEN);
      g_assert_cmpuint (unpacked->len, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc function;
  } tests[] = {
    { "whole", test_whole },
    { "cut", test_cut },
    { "damaged", test_damaged },
    { "larger-than-declared", test_larger_than_declared },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (tests); j++)
      {
        g_autofree char *path
            = g_strdup_printf ("/zip-methods/%s/%s", methods[i].name, tests[j].name);

        g_test_add_data_func (path, &methods[i], tests[j].function);
      }
  g_test_add_func ("/zip-methods/lzma-without-mark", test_lzma_without_mark);
  g_test_add_func ("/zip-methods/memory", test_memory);
  g_test_add_func ("/zip-methods/deflate64-matches", test_deflate64_matches);
  g_test_add_func ("/zip-methods/deflate64-before-beginning", test_deflate64_before_beginning);
  g_test_add_func ("/zip-methods/deflate64-nonsense", test_deflate64_nonsense);
  return g_test_run ();
}
