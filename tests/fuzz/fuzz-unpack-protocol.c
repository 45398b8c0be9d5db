/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parent's ear: whatever a worker says, cut anywhere, what is handed on was asked for, in
 * order, text where it must be text, and no more than was announced.
 *
 * The corpus is what a real worker said for a small archive: byte 0 is the size of the pieces, the
 * rest its answers to one LIST and a READ of each entry. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>

#include "cot-unpack-reader.h"

#define MEMBER_BYTES 1000

typedef struct
{
  guint n_entries;
  guint64 n_bytes;
} Heard;

/* Whoever is handed bytes touches the last one, for the sanitizer. */
static volatile guint8 last_byte;

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
require (gboolean condition)
{
  if (!condition)
    abort ();
}

static gboolean
hear_entry (const CotUnpackEntry *entry, gpointer data, GError **error)
{
  Heard *heard = data;

  require (entry->index == heard->n_entries++);
  require (g_utf8_validate_len (entry->label, entry->label_bytes, NULL));
  require (entry->status < COT_UNPACK_N_STATUSES);
  return TRUE;
}

static gboolean
hear_bytes (const void *bytes, gsize length_bytes, gpointer data, GError **error)
{
  Heard *heard = data;

  heard->n_bytes += length_bytes;
  require (heard->n_bytes <= MEMBER_BYTES);
  last_byte = ((const guint8 *) bytes)[length_bytes - 1];
  return TRUE;
}

static const CotUnpackReaderFunctions functions = { hear_entry, hear_bytes };

/* A list first, then one member after the other. */
static void
ask (CotUnpackReader *reader, Heard *heard, gboolean *has_listed)
{
  if (cot_unpack_reader_get_state (reader) != COT_UNPACK_READER_IDLE)
    return;
  if (!*has_listed)
    cot_unpack_reader_expect_list (reader);
  else
    cot_unpack_reader_expect_data (reader, MEMBER_BYTES);
  *has_listed = TRUE;
  *heard = (Heard) { 0 };
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Heard heard = { 0 };
  g_autoptr (CotUnpackReader) reader = cot_unpack_reader_new (&functions, &heard);
  gboolean has_listed = FALSE;
  gsize piece = size > 0 ? 1 + data[0] : 1;

  for (size_t i = 1; i < size; i += piece)
    {
      ask (reader, &heard, &has_listed);
      if (!cot_unpack_reader_push (reader, data + i, MIN (piece, size - i), NULL))
        break;
    }
  return 0;
}
