/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-foreign.h"

#include <string.h>

#include "bundle-helper.h"
#include "cab-maker.h"
#include "cot-unpacker.h"
#include "zip-maker.h"

#define DISC_BYTES (40 * 1024)
#define MAGIC(text) text, sizeof (text) - 1
/* More than is read of a program at once. */
#define PROGRAM_BYTES (256 * 1024)

/* A source whose bytes are @n_bytes zeros, but for @magic. */
static CotSource *
make_source (const char *magic, gsize n_magic, gsize offset, gsize n_bytes)
{
  guint8 *data = g_malloc0 (n_bytes);
  g_autoptr (GBytes) bytes = NULL;

  if (n_magic > 0)
    memcpy (data + offset, magic, n_magic);
  bytes = g_bytes_new_take (data, n_bytes);
  return cot_source_new_from_bytes (bytes, "x");
}

static void
test_magic (void)
{
  static const struct
  {
    const char *bytes;
    gsize n_bytes;
    gsize offset;
    int code; /* -1: it may be a log */
  } cases[] = {
    { MAGIC ("7z\274\257\047\034"), 0, COT_BUNDLE_ERROR_SEVEN_ZIP },
    { MAGIC ("Rar!\032\007\000"), 0, COT_BUNDLE_ERROR_RAR },
    { MAGIC ("Rar!\032\007\001\000"), 0, COT_BUNDLE_ERROR_RAR },
    { MAGIC ("%PDF-1.7"), 0, COT_BUNDLE_ERROR_PDF },
    { MAGIC ("\211PNG\r\n\032\n\000"), 0, COT_BUNDLE_ERROR_PICTURE },
    { MAGIC ("\377\330\377\340\000\020JFIF"), 0, COT_BUNDLE_ERROR_PICTURE },
    { MAGIC ("GIF89a"), 0, COT_BUNDLE_ERROR_PICTURE },
    { MAGIC ("WEBPVP8 "), 8, COT_BUNDLE_ERROR_PICTURE },
    { MAGIC ("ustar\00000"), 257, COT_BUNDLE_ERROR_TAR },
    { MAGIC ("ustar  "), 257, COT_BUNDLE_ERROR_TAR },
    { MAGIC ("\001CD001\001"), 32768, COT_BUNDLE_ERROR_DISC_IMAGE },
    { MAGIC ("7z is not installed\n"), 0, -1 },
    { MAGIC ("Rar! it said\n"), 0, -1 },
    { MAGIC ("%PDF is a variable\n"), 0, -1 },
    { MAGIC ("ustar is a word\n"), 257, -1 },
    { MAGIC ("PNG\r\n\032\n"), 0, -1 },
    { MAGIC ("GIF89 is old\n"), 0, -1 },
    { MAGIC ("WEBP is new\n"), 8, -1 },
    { MAGIC ("7z\274\257\047\034"), 1, -1 },
    { MAGIC ("\002CD001\001"), 32768, -1 },
    { MAGIC ("<![LOG[Contoso]LOG]!>"), 0, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CotSource) source
          = make_source (cases[i].bytes, cases[i].n_bytes, cases[i].offset, DISC_BYTES);
      g_autoptr (GError) error = NULL;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpint (cot_foreign_check (source, NULL, &error), ==, cases[i].code < 0);
      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, COT_BUNDLE_ERROR, cases[i].code);
    }
}

/* Of a file that ends before, or in the middle of, what is looked for. */
static void
test_short (void)
{
  static const char tar[] = "ustar";

  for (gsize n = 0; n <= 262; n++)
    {
      g_autoptr (CotSource) source = make_source (tar, n > 257 ? n - 257 : 0, n > 257 ? 257 : 0, n);
      g_autoptr (GError) error = NULL;

      g_assert_true (cot_foreign_check (source, NULL, &error));
      g_assert_no_error (error);
    }
}

static void
test_parts (void)
{
  static const struct
  {
    const char *path;
    const char *head;
    gboolean is_part;
  } cases[] = {
    { "in/logs.zip.001", "PK\003\004", TRUE },
    { "logs.ZIP.012", "\001\002", TRUE },
    { "logs.zip.001", "", FALSE },
    { "CcmExec.cab.003", "<![LOG[Contoso]LOG]!>", FALSE },
    { "logs.7z.002", "\001\002", TRUE },
    { "logs.z01", "PK\007\010", TRUE },
    { "logs.z02", "\001\002", TRUE },
    { "logs.z01", "2026-11-18 a log\n", FALSE },
    { "logs.z01", "\377\376a\000b\000", FALSE },
    /* UTF-16 with letters of Cyrillic; a bell in a long line. */
    { "logs.z01", "\377\376\037\004\100\004\070\004", FALSE },
    { "logs.z12", "2026-11-18 the console of Contoso rings a bell\a as it always did, and on\n",
      FALSE },
    { "logs.log.001", "", FALSE },
    { "logs.zip.01", "", FALSE },
    { ".zip.001", "", FALSE },
    { "logs.zip", "PK\003\004", FALSE },
    { "", "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize n = strlen (cases[i].head);
      g_autoptr (CotSource) source = make_source (cases[i].head, n, 0, n);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].path);
      g_assert_cmpint (cot_foreign_check (source, cases[i].path, &error), ==, !cases[i].is_part);
      if (cases[i].is_part)
        g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_SPLIT);
    }
}

/* Wherever the cabinet begins; also where two reads meet. */
static void
test_program (void)
{
  static const gsize offsets[] = { 64,
                                   PROGRAM_BYTES - 30,
                                   PROGRAM_BYTES - 26,
                                   PROGRAM_BYTES - 25,
                                   PROGRAM_BYTES - 1,
                                   PROGRAM_BYTES + 100 };
  CabMaker *maker = cab_maker_new (CAB_STORED);
  g_autoptr (GByteArray) cabinet = NULL;

  cab_maker_add_text (maker, "CcmExec.log", "Contoso\n");
  cabinet = cab_maker_finish (maker);
  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      g_autoptr (CotSource) source
          = make_source ((const char *) cabinet->data, cabinet->len, offsets[i],
                         offsets[i] + cabinet->len);
      g_autoptr (GError) error = NULL;

      g_test_message ("%" G_GSIZE_FORMAT, offsets[i]);
      g_assert_false (cot_foreign_check_program (source, NULL, &error));
      g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CABINET_IN_PROGRAM);
    }
}

/* A program that only knows what cabinets begin with. */
static void
test_program_without (void)
{
  g_autoptr (CotSource) source
      = make_source (MAGIC ("MSCF is a name, MMSCF"), 100, 2 * PROGRAM_BYTES);
  g_autoptr (CotSource) empty = make_source ("", 0, 0, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (cot_foreign_check_program (source, NULL, &error));
  g_assert_true (cot_foreign_check_program (empty, NULL, &error));
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_false (cot_foreign_check_program (source, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
is_office (const char *const *labels)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GByteArray) archive = NULL;
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;

  for (; *labels != NULL; labels++)
    {
      ZipEntry entry = { .name = *labels, .data = "x", .size_bytes = 1 };

      zip_maker_add (maker, &entry);
    }
  archive = zip_maker_finish (maker, NULL);
  bundle = bundle_helper_open (g_byte_array_ref (archive), &error);
  g_assert_no_error (error);
  if (cot_foreign_check_bundle (bundle, &error))
    return FALSE;
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_OFFICE);
  return TRUE;
}

static void
test_office (void)
{
  const char *const word[] = { "[Content_Types].xml", "word/document.xml", NULL };
  const char *const sheet[] = { "xl/workbook.xml", "[Content_Types].xml", NULL };
  const char *const open[] = { "mimetype", "content.xml", "META-INF/manifest.xml", NULL };
  const char *const package[] = { "[Content_Types].xml", "AppxManifest.xml", NULL };
  const char *const logs[] = { "word/CcmExec.log", "content.xml", NULL };
  const char *const inside[] = { "a/[Content_Types].xml", "a/word/document.xml", NULL };
  const char *const with_log[] = { "[Content_Types].xml", "word/document.xml", "CcmExec.log",
                                   NULL };

  g_assert_true (is_office (word));
  g_assert_true (is_office (sheet));
  g_assert_true (is_office (open));
  g_assert_false (is_office (package));
  g_assert_false (is_office (logs));
  g_assert_false (is_office (inside));
  g_assert_false (is_office (with_log));
}

int
main (int argc, char **argv)
{
  g_autofree char *program = NULL;

  g_test_init (&argc, &argv, NULL);
  program = bundle_helper_find_program ("unpack-killing");
  cot_unpacker_set_program (program);
  g_test_add_func ("/foreign/magic", test_magic);
  g_test_add_func ("/foreign/short", test_short);
  g_test_add_func ("/foreign/parts", test_parts);
  g_test_add_func ("/foreign/program", test_program);
  g_test_add_func ("/foreign/program-without", test_program_without);
  g_test_add_func ("/foreign/office", test_office);
  return g_test_run ();
}
