/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "cot-rows.h"

/* The rows that a conversion makes of a text. */

typedef struct
{
  char *data;
  GArray *entries; /* CotEntry */
  guint n;
} Rows;

static inline void
rows_free (Rows *self)
{
  g_free (self->data);
  g_array_unref (self->entries);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rows, rows_free)

static inline Rows *
rows_new (const CotConversion *conversion, const char *text, gsize length_bytes)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length_bytes);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "text");
  g_autoptr (CotSource) made = NULL;
  g_autoptr (GError) error = NULL;
  CotSpool *spool = cot_spool_new ();
  gboolean done = conversion->convert (source, spool, NULL, &error);
  Rows *self = g_new0 (Rows, 1);
  gsize size_bytes = (gsize) cot_spool_get_size (spool);
  gsize n_read = 0;

  g_assert_no_error (error);
  g_assert_true (done);
  made = cot_spool_finish (spool, "rows");
  self->data = g_malloc (size_bytes + 1);
  self->entries = g_array_new (FALSE, FALSE, sizeof (CotEntry));
  g_assert_true (cot_source_read (made, 0, self->data, size_bytes, &n_read, NULL));
  g_assert_cmpuint (n_read, ==, size_bytes);
  for (gsize start = 0, end = 0; start < size_bytes; start = end)
    {
      CotEntry entry;

      g_assert_cmpint (conversion->format.next_record (self->data, size_bytes, start, TRUE, &end),
                       ==, COT_RECORD_FOUND);
      g_assert_cmpuint (end - start, <=, COT_RECORD_MAX_BYTES);
      cot_format_parse_entry (&conversion->format, self->data + start, end - start, &entry);
      /* Each of them is a row, with its frame. */
      g_assert_true ((entry.flags & COT_RECORD_FRAMED) && !(entry.flags & COT_RECORD_INCOMPLETE));
      g_array_append_val (self->entries, entry);
    }
  self->n = self->entries->len;
  return self;
}

static inline const CotEntry *
rows_get (const Rows *self, guint index)
{
  g_assert_cmpuint (index, <, self->n);
  return &g_array_index (self->entries, CotEntry, index);
}

static inline void
rows_assert_message (const Rows *self, guint index, const char *wanted)
{
  CotSpan message = rows_get (self, index)->message;
  g_autofree char *text = g_strndup (message.data, message.length_bytes);

  g_assert_cmpstr (text, ==, wanted);
}

static inline void
rows_assert_messages (const Rows *self, const char *const *wanted, guint n)
{
  for (guint i = 0; i < MIN (n, self->n); i++)
    rows_assert_message (self, i, wanted[i]);
  g_assert_cmpuint (self->n, ==, n);
}

static inline void
rows_assert_place (const Rows *self, guint index, const char *component, const char *context)
{
  const CotEntry *entry = rows_get (self, index);
  g_autofree char *first = g_strndup (entry->component.data, entry->component.length_bytes);
  g_autofree char *second = g_strndup (entry->context.data, entry->context.length_bytes);

  g_assert_cmpstr (first, ==, component);
  g_assert_cmpstr (second, ==, context);
}
