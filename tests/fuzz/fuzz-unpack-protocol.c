/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parent's ear: whatever a worker says, cut anywhere, what is handed on was asked for, in
 * order, text where it must be text, and no more than was announced.
 *
 * The corpus is what a real worker said: byte 0 is the size of the pieces, the rest its answers to
 * one LIST and a READ of each entry of a small archive; where byte 0 is an even number from 128 on,
 * its answers to one CONVERT after the other. What only the parent may say is in there too. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>

#include "cot-unpack-reader.h"

#define MEMBER_BYTES 1000
#define LOG_BYTES 10

typedef struct
{
  guint n_entries;
  guint64 n_bytes;
  guint64 max_bytes;
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
  require (heard->n_bytes <= heard->max_bytes);
  last_byte = ((const guint8 *) bytes)[length_bytes - 1];
  return TRUE;
}

static gboolean
hear_shared (gsize length_bytes, gpointer data, GError **error)
{
  Heard *heard = data;

  heard->n_bytes += length_bytes;
  require (heard->n_bytes <= heard->max_bytes);
  require (length_bytes > 0 && length_bytes <= COT_UNPACK_MAX_SHARED_BYTES);
  return TRUE;
}

static const CotUnpackReaderFunctions functions = { hear_entry, hear_bytes, hear_shared };

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
  *heard = (Heard) { .max_bytes = *has_listed ? MEMBER_BYTES : 0 };
  *has_listed = TRUE;
}

static void
ask_for_rows (CotUnpackReader *reader, Heard *heard)
{
  guint64 max_bytes = cot_unpack_get_max_rows_bytes (LOG_BYTES);

  if (cot_unpack_reader_get_state (reader) != COT_UNPACK_READER_IDLE)
    return;
  cot_unpack_reader_expect_rows (reader, max_bytes);
  *heard = (Heard) { .max_bytes = max_bytes };
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Heard heard = { 0 };
  g_autoptr (CotUnpackReader) reader = cot_unpack_reader_new (&functions, &heard);
  gboolean has_listed = FALSE;
  gsize piece = size > 0 ? 1 + data[0] : 1;
  gboolean converts = size > 0 && data[0] >= 128 && data[0] % 2 == 0;

  for (size_t i = 1; i < size; i += piece)
    {
      if (converts)
        ask_for_rows (reader, &heard);
      else
        ask (reader, &heard, &has_listed);
      if (!cot_unpack_reader_push (reader, data + i, MIN (piece, size - i), NULL))
        break;
    }
  return 0;
}
