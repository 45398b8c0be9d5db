/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "cot-rows.h"

/* What must hold of a conversion on any bytes: it comes to its end, each of the rows has its frame,
 * and the same bytes make the same rows. */

static inline GBytes *
fuzz_convert (const CotConversion *conversion, const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "input");
  g_autoptr (CotSource) made = NULL;
  CotSpool *spool = cot_spool_new ();
  gsize size_bytes, n_read = 0;
  char *rows;

  g_assert_true (conversion->convert (source, spool, NULL, NULL));
  size_bytes = (gsize) cot_spool_get_size (spool);
  made = cot_spool_finish (spool, "rows");
  rows = g_malloc (size_bytes + 1);
  g_assert_true (cot_source_read (made, 0, rows, size_bytes, &n_read, NULL));
  g_assert_cmpuint (n_read, ==, size_bytes);
  return g_bytes_new_take (rows, size_bytes);
}

static inline void
fuzz_conversion (const CotConversion *conversion, const uint8_t *data, size_t size)
{
  const CotFormat *format = &conversion->format;
  g_autoptr (GBytes) bytes = fuzz_convert (conversion, data, size);
  g_autoptr (GBytes) again = fuzz_convert (conversion, data, size);
  gsize n;
  const char *rows = g_bytes_get_data (bytes, &n);

  g_assert_true (g_bytes_equal (bytes, again));
  conversion->claims ((const char *) data, size);
  for (gsize start = 0, end = 0; start < n; start = end)
    {
      CotEntry entry;

      g_assert_cmpint (format->next_record (rows, n, start, TRUE, &end), ==, COT_RECORD_FOUND);
      g_assert_cmpuint (end, >, start);
      g_assert_cmpuint (end - start, <=, COT_RECORD_MAX_BYTES);
      cot_format_parse_entry (format, rows + start, end - start, &entry);
      g_assert_true ((entry.flags & COT_RECORD_FRAMED) && !(entry.flags & COT_RECORD_INCOMPLETE));
      g_assert_cmpuint (entry.message.length_bytes, >, 0);
    }
}
