/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "cot-format.h"

/* What must hold of a format on any bytes. */

static inline void
fuzz_check_span (CotSpan span, const char *record, gsize length_bytes)
{
  if (span.data == NULL)
    {
      g_assert_cmpuint (span.length_bytes, ==, 0);
      return;
    }
  g_assert_true (span.data >= record && span.data <= record + length_bytes);
  g_assert_cmpuint (span.length_bytes, <=, (gsize) (record + length_bytes - span.data));
}

static inline void
fuzz_check_entry (const CotFormat *format, const char *record, gsize length_bytes)
{
  /* A copy of the exact size: what is behind the record must not be read. */
  g_autofree char *copy = g_memdup2 (record, length_bytes);
  CotEntry entry;
  CotSpan said;
  gsize end = 0;

  /* Alone it is the same record: the framing and the parsing see the same thing. */
  g_assert_cmpint (format->next_record (copy, length_bytes, 0, TRUE, &end), ==,
                   COT_RECORD_FOUND);
  g_assert_cmpuint (end, ==, length_bytes);
  cot_format_parse_entry (format, copy, length_bytes, &entry);
  fuzz_check_span (entry.message, copy, length_bytes);
  fuzz_check_span (entry.component, copy, length_bytes);
  fuzz_check_span (entry.context, copy, length_bytes);
  fuzz_check_span (entry.thread, copy, length_bytes);
  fuzz_check_span (entry.origin, copy, length_bytes);
  fuzz_check_span (entry.type_text, copy, length_bytes);
  g_assert_cmpuint (entry.severity, <, COT_N_SEVERITIES);
  cot_entry_get_true_bias (&entry);
  g_assert_cmpuint (cot_entry_find_severity_reason (format, &entry, &said), <=,
                    COT_SEVERITY_REASON_MARK);
  fuzz_check_span (said, copy, length_bytes);
  if (format->compose != NULL)
    {
      g_autoptr (GString) composed = g_string_new (NULL);

      cot_format_read_entry (format, copy, length_bytes, composed, &entry);
      if (entry.message.data != composed->str)
        fuzz_check_span (entry.message, copy, length_bytes);
    }
}

/* The record at @start, asked for with ever more of the data: as soon as there is an answer it
 * must be the one that all of the data gives. */
static inline gsize
fuzz_next_record (const CotFormat *format, const char *data, gsize size, gsize start)
{
  gsize end = 0;
  gsize step = 1 + (size - start) / 24;

  g_assert_cmpint (format->next_record (data, size, start, TRUE, &end), ==, COT_RECORD_FOUND);
  g_assert_cmpuint (end, >, start);
  g_assert_cmpuint (end, <=, size);
  g_assert_cmpuint (end - start, <=, COT_RECORD_MAX_BYTES);
  for (gsize n = start; n <= size; n += n < start + 24 ? 1 : step)
    {
      gsize early = 0;
      g_autofree char *part = g_memdup2 (data, n);

      if (format->next_record (part, n, start, FALSE, &early) == COT_RECORD_FOUND)
        {
          g_assert_cmpuint (early, ==, end);
          break;
        }
    }
  return end;
}

static inline int
fuzz_format (const CotFormat *format, const uint8_t *bytes, size_t size)
{
  const char *data = (const char *) bytes;
  guint n_checked = 0;
  CotAhead ahead = { 0 };

  format->bid (data, size);
  cot_formats_detect (data, size);
  for (gsize start = 0; start < size;)
    {
      gsize end = 0;

      /* Asking again and again is slow; the first records of an input show all there is. */
      if (n_checked++ < 64)
        end = fuzz_next_record (format, data, size, start);
      else
        format->next_record (data, size, start, TRUE, &end);
      if (format->next_record_ahead != NULL)
        {
          gsize again = 0;

          format->next_record_ahead (data, size, start, TRUE, &ahead, &again);
          g_assert_cmpuint (again, ==, end);
        }
      g_assert_cmpuint (end, >, start);
      fuzz_check_entry (format, data + start, end - start);
      start = end;
    }
  return 0;
}

/* The format itself, and the variant that it makes of such a file. */
static inline int
fuzz_learning_format (const CotFormat *format, const uint8_t *bytes, size_t size)
{
  const CotSpan blocks[] = { { (const char *) bytes, size }, { (const char *) bytes, size / 2 } };
  const CotFormat *learnt = cot_format_learn (format, blocks, G_N_ELEMENTS (blocks));

  g_assert_true (cot_format_is (learnt, format));
  fuzz_format (format, bytes, size);
  if (learnt != format)
    fuzz_format (learnt, bytes, size);
  return 0;
}
