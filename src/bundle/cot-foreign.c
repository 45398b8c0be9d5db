/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-foreign.h"

#include <string.h>

#include "cot-decoder.h"

#define HEAD_BYTES 512
#define CHUNK_BYTES (256 * 1024)
/* Whoever collects logs does not put more in front of them. */
#define MAX_PROGRAM_BYTES (G_GUINT64_CONSTANT (256) << 20)
/* Of the header of a cabinet. */
#define CABINET_BYTES 26

static const struct
{
  guint64 offset;
  const char *bytes;
  gsize n_bytes;
  CotBundleError code;
  const char *text;
} magics[] = {
  { 0, "7z\274\257\047\034", 6, COT_BUNDLE_ERROR_SEVEN_ZIP, "is a 7-Zip archive" },
  { 0, "Rar!\032\007", 6, COT_BUNDLE_ERROR_RAR, "is a RAR archive" },
  { 0, "%PDF-", 5, COT_BUNDLE_ERROR_PDF, "is a PDF document" },
  { 0, "\211PNG\r\n\032\n", 8, COT_BUNDLE_ERROR_PICTURE, "is a picture" },
  { 0, "\377\330\377", 3, COT_BUNDLE_ERROR_PICTURE, "is a picture" },
  { 0, "GIF87a", 6, COT_BUNDLE_ERROR_PICTURE, "is a picture" },
  { 0, "GIF89a", 6, COT_BUNDLE_ERROR_PICTURE, "is a picture" },
  { 8, "WEBPVP8", 7, COT_BUNDLE_ERROR_PICTURE, "is a picture" },
  { 257, "ustar\000", 6, COT_BUNDLE_ERROR_TAR, "is a tar archive" },
  { 257, "ustar  \000", 8, COT_BUNDLE_ERROR_TAR, "is a tar archive" },
  { 32768, "\001CD001", 6, COT_BUNDLE_ERROR_DISC_IMAGE, "is an image of a disc" },
};

/**
 * cot_bundle_is_part_name:
 * @name: a path, or the label of a member
 *
 * Returns: whether it ends as the parts of a split archive do
 */
gboolean
cot_bundle_is_part_name (const char *name)
{
  static const char *const endings[] = { ".zip", ".7z", ".rar", ".cab" };
  const char *dot = strrchr (name, '.');
  gsize n = dot != NULL ? (gsize) (dot - name) : 0;

  if (dot == NULL || strlen (dot) != 4 || strspn (dot + 1, "0123456789") != 3)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize n_ending = strlen (endings[i]);

      if (n > n_ending && g_ascii_strncasecmp (dot - n_ending, endings[i], n_ending) == 0)
        return TRUE;
    }
  return FALSE;
}

/* ".z01", ".z02": other files have such names as well. */
static gboolean
is_numbered_zip (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && strlen (dot) == 4 && g_ascii_tolower (dot[1]) == 'z'
         && g_ascii_isdigit (dot[2]) && g_ascii_isdigit (dot[3]);
}

/* Packed data is full of bytes that text has next to none of; UTF-16 may have any. */
static gboolean
is_packed (const char *head, gsize n_head)
{
  gsize n_control = 0;

  if (cot_encoding_is_utf16 (cot_encoding_detect (head, n_head)))
    return FALSE;
  for (gsize i = 0; i < n_head; i++)
    n_control += (guint8) head[i] < '\t' || (guint8) head[i] == 0x7f;
  return n_control * 64 > n_head;
}

static gboolean
has_bytes (CotSource *source, const char *head, gsize n_head, gsize magic)
{
  gsize n = magics[magic].n_bytes;
  char bytes[8];
  gsize n_read = 0;

  if (magics[magic].offset + n <= n_head)
    return memcmp (head + magics[magic].offset, magics[magic].bytes, n) == 0;
  /* What cannot be read is told of by whoever reads it all. */
  return n_head == HEAD_BYTES
         && cot_source_read (source, magics[magic].offset, bytes, n, &n_read, NULL)
         && n_read == n && memcmp (bytes, magics[magic].bytes, n) == 0;
}

/**
 * cot_foreign_check:
 * @source: a file, or what stands in one
 * @path: (nullable): its path, or its label
 * @error: return location: %COT_BUNDLE_ERROR, or %COT_SOURCE_ERROR where it cannot be read
 *
 * Any thread; reads a few bytes.
 *
 * Returns: whether it may be a log
 */
gboolean
cot_foreign_check (CotSource *source, const char *path, GError **error)
{
  char head[HEAD_BYTES];
  gsize n_head = 0;

  if (!cot_source_read (source, 0, head, sizeof head, &n_head, error))
    return FALSE;
  if (path != NULL
      && (cot_bundle_is_part_name (path) || is_numbered_zip (path))
      && is_packed (head, n_head))
    {
      g_set_error_literal (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_SPLIT,
                           "is one part of a split archive; join the parts first");
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (has_bytes (source, head, n_head, i))
      {
        g_set_error_literal (error, COT_BUNDLE_ERROR, (int) magics[i].code, magics[i].text);
        return FALSE;
      }
  return TRUE;
}

/* The signature alone stands in any program that knows cabinets. */
static gboolean
is_cabinet (const char *at)
{
  static const char zeros[4] = { 0 };

  return memcmp (at + 4, zeros, 4) == 0 && memcmp (at + 12, zeros, 4) == 0
         && memcmp (at + 20, zeros, 4) == 0 && at[24] == 3 && at[25] == 1;
}

static gboolean
holds_cabinet (const char *data, gsize n)
{
  for (gsize i = 0; i + CABINET_BYTES <= n; i++)
    {
      const char *at = memchr (data + i, 'M', n - CABINET_BYTES + 1 - i);

      if (at == NULL)
        return FALSE;
      i = (gsize) (at - data);
      if (memcmp (at, "MSCF", 4) == 0 && is_cabinet (at))
        return TRUE;
    }
  return FALSE;
}

/**
 * cot_foreign_check_program:
 * @source: a program
 * @cancellable: (nullable): ends the search
 * @error: return location: as cot_foreign_check(), or %G_IO_ERROR_CANCELLED
 *
 * Any thread; reads all of it.
 *
 * Returns: whether there is no cabinet in it
 */
gboolean
cot_foreign_check_program (CotSource *source, GCancellable *cancellable, GError **error)
{
  g_autofree char *data = g_malloc (CHUNK_BYTES);
  gsize n_read = 0;

  /* Each chunk begins with what a header at the end of the last one may need. */
  for (guint64 offset = 0; offset < MAX_PROGRAM_BYTES; offset += CHUNK_BYTES - CABINET_BYTES)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !cot_source_read (source, offset, data, CHUNK_BYTES, &n_read, error))
        return FALSE;
      if (holds_cabinet (data, n_read))
        {
          g_set_error_literal (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_CABINET_IN_PROGRAM,
                               "is a program with a cabinet in it");
          return FALSE;
        }
      if (n_read < CHUNK_BYTES)
        break;
    }
  return TRUE;
}

static gboolean
begins_with (const char *label, const char *const *folders)
{
  for (; *folders != NULL; folders++)
    if (g_str_has_prefix (label, *folders))
      return TRUE;
  return FALSE;
}

/**
 * cot_foreign_check_bundle:
 * @bundle: a bundle
 * @error: return location: %COT_BUNDLE_ERROR
 *
 * Any thread.
 *
 * Returns: whether it may be a bundle of logs
 */
gboolean
cot_foreign_check_bundle (CotBundle *bundle, GError **error)
{
  static const char *const folders[] = { "word/", "xl/", "ppt/", NULL };
  gboolean has_types = FALSE;
  gboolean has_log = FALSE;
  gboolean has_content = FALSE;

  if (cot_bundle_get_kind (bundle) != COT_BUNDLE_ARCHIVE)
    return TRUE;
  for (guint i = 0; i < cot_bundle_get_n_members (bundle); i++)
    {
      const CotMember *member = cot_bundle_get_member (bundle, i);
      const char *label = member->label;

      has_log |= member->kind == COT_MEMBER_LOG || member->kind == COT_MEMBER_EVENT_LOG;
      has_types |= g_str_equal (label, "[Content_Types].xml")
                   || g_str_equal (label, "META-INF/manifest.xml");
      has_content |= begins_with (label, folders) || g_str_equal (label, "content.xml");
    }
  /* Whoever put a log into it wants it read. */
  if (!has_types || !has_content || has_log)
    return TRUE;
  g_set_error_literal (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_OFFICE,
                       "is a document of an office program");
  return FALSE;
}
