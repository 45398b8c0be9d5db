/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever the message is: text for a screen, bounded, and no word lost that is not laid out. */

#include <stdint.h>
#include <string.h>

#include "cot-decoder.h"
#include "cot-readable.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_text (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), <=, 16 * 1024 * 1024);
  for (const char *at = text; *at != '\0'; at++)
    g_assert_true ((guint8) *at >= 0x20 || strchr ("\t\r\n", *at) != NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (CotReadable) readable = NULL;
  guint kinds = 0;

  cot_decoder_append (text, COT_ENCODING_UTF8, (const char *) data, size);
  readable = cot_readable_new (text->str, text->len, NULL);
  for (guint i = 0; i < readable->parts->len; i++)
    {
      const CotReadablePart *part = g_ptr_array_index (readable->parts, i);

      check_text (part->text);
      g_assert_cmpuint (part->kind, <=, COT_READABLE_VALUES);
      if (part->kind != COT_READABLE_TEXT)
        kinds |= 1u << part->kind;
    }
  g_assert_cmpuint (readable->kinds, ==, kinds);
  for (guint i = 0; i < readable->blobs->len; i++)
    {
      const CotReadableBlob *blob = g_ptr_array_index (readable->blobs, i);

      check_text (blob->text);
      g_assert_cmpuint (blob->level, >=, 1);
    }
  cot_readable_append_bytes (rows, data, size, 0);
  check_text (rows->str);
  return 0;
}
