/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "cot-clock.h"
#include "cot-format.h"

/* A log in a string, split by its format. */

#define MAX_RECORDS 32

typedef struct
{
  const char *data;
  guint n_records;
  gsize starts[MAX_RECORDS + 1];
  CotEntry entries[MAX_RECORDS];
} Split;

static inline void
split_bytes (Split *split, const CotFormat *format, const char *data, gsize length_bytes)
{
  gsize start = 0;

  split->data = data;
  split->n_records = 0;
  split->starts[0] = 0;
  while (start < length_bytes)
    {
      gsize end = start;
      CotSpan message;

      g_assert_cmpuint (split->n_records, <, MAX_RECORDS);
      g_assert_cmpint (format->next_record (data, length_bytes, start, TRUE, &end), ==,
                       COT_RECORD_FOUND);
      g_assert_cmpuint (end, >, start);
      g_assert_cmpuint (end, <=, length_bytes);
      cot_format_parse_entry (format, data + start, end - start,
                              &split->entries[split->n_records]);
      message = cot_format_find_message (format, data + start, end - start);
      g_assert_true (message.data == split->entries[split->n_records].message.data);
      g_assert_cmpuint (message.length_bytes, ==,
                        split->entries[split->n_records++].message.length_bytes);
      split->starts[split->n_records] = end;
      start = end;
    }
}

static inline void
split_text (Split *split, const CotFormat *format, const char *text)
{
  split_bytes (split, format, text, strlen (text));
}

static inline void
assert_span (CotSpan span, const char *expected)
{
  g_autofree char *text = span.data != NULL ? g_strndup (span.data, span.length_bytes) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static inline void
assert_message (const Split *split, guint index, const char *expected)
{
  g_assert_cmpuint (index, <, split->n_records);
  assert_span (split->entries[index].message, expected);
}

/* One letter a record: F framed, I framed but incomplete, p plain. */
static inline void
assert_shape (const Split *split, const char *expected)
{
  char shape[MAX_RECORDS + 1] = "";

  for (guint i = 0; i < split->n_records; i++)
    {
      CotRecordFlags flags = split->entries[i].flags;

      shape[i] = !(flags & COT_RECORD_FRAMED)    ? 'p'
                 : flags & COT_RECORD_INCOMPLETE ? 'I'
                                                 : 'F';
    }
  g_assert_cmpstr (shape, ==, expected);
}

static inline void
assert_time (const CotEntry *entry, const char *expected)
{
  char text[COT_CLOCK_ISO_SIZE];

  cot_clock_format_iso (entry->time_usec, text);
  g_assert_cmpstr (text, ==, expected);
}
