/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evtx-maker.h"

#include <string.h>
#include <zlib.h>

#define FIRST_RECORD 512u
#define N_OUTER_VALUES 11u

static void
begin_chunk (EvtxMaker *self)
{
  memset (self->chunk, 0, sizeof self->chunk);
  self->at = FIRST_RECORD;
  self->record = 0;
  self->last_record = FIRST_RECORD;
  self->first_number = self->number;
  self->template_at = 0;
  self->attributes_at = 0;
  g_array_set_size (self->sizes, 0);
  g_hash_table_remove_all (self->names);
}

EvtxMaker *
evtx_maker_new (void)
{
  EvtxMaker *self = g_new0 (EvtxMaker, 1);

  self->file = g_byte_array_new ();
  g_byte_array_set_size (self->file, EVTX_FILE_HEADER_BYTES);
  memset (self->file->data, 0, EVTX_FILE_HEADER_BYTES);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sizes = g_array_new (FALSE, FALSE, sizeof (guint));
  self->number = 1;
  begin_chunk (self);
  return self;
}

void
evtx_maker_free (EvtxMaker *self)
{
  g_clear_pointer (&self->file, g_byte_array_unref);
  g_hash_table_unref (self->names);
  g_array_unref (self->sizes);
  g_free (self);
}

static void
put_at (guint8 *at, guint64 number, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++)
    at[i] = (guint8) (number >> (8 * i));
}

void
evtx_maker_put (EvtxMaker *self, guint64 number, guint n_bytes)
{
  g_assert_cmpuint (self->at + n_bytes, <=, EVTX_CHUNK_BYTES);
  put_at (self->chunk + self->at, number, n_bytes);
  self->at += n_bytes;
}

void
evtx_maker_put_bytes (EvtxMaker *self, const void *bytes, guint n_bytes)
{
  g_assert_cmpuint (self->at + n_bytes, <=, EVTX_CHUNK_BYTES);
  if (n_bytes > 0)
    memcpy (self->chunk + self->at, bytes, n_bytes);
  self->at += n_bytes;
}

void
evtx_maker_put_utf16 (EvtxMaker *self, const char *text)
{
  glong n = 0;
  g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, &n, NULL);

  for (glong i = 0; i < n; i++)
    evtx_maker_put (self, units[i], 2);
}

void
evtx_maker_put_name (EvtxMaker *self, const char *name)
{
  guint offset = GPOINTER_TO_UINT (g_hash_table_lookup (self->names, name));

  if (offset > 0)
    {
      evtx_maker_put (self, offset, 4);
      return;
    }
  offset = self->at + 4;
  g_hash_table_insert (self->names, g_strdup (name), GUINT_TO_POINTER (offset));
  evtx_maker_put (self, offset, 4);
  evtx_maker_put (self, 0, 4);
  evtx_maker_put (self, 0, 2);
  evtx_maker_put (self, (guint64) g_utf8_strlen (name, -1), 2);
  evtx_maker_put_utf16 (self, name);
  evtx_maker_put (self, 0, 2);
}

void
evtx_maker_fragment (EvtxMaker *self)
{
  evtx_maker_put (self, 0x0001010f, 4);
}

void
evtx_maker_open (EvtxMaker *self, const char *name, gboolean with_attributes,
                 gboolean in_template)
{
  evtx_maker_put (self, with_attributes ? 0x41 : 0x01, 1);
  if (in_template)
    evtx_maker_put (self, 0xffff, 2);
  g_array_append_val (self->sizes, self->at);
  evtx_maker_put (self, 0, 4);
  evtx_maker_put_name (self, name);
  self->attributes_at = with_attributes ? self->at : 0;
  if (with_attributes)
    evtx_maker_put (self, 0, 4);
}

static void
end_attributes (EvtxMaker *self)
{
  if (self->attributes_at > 0)
    put_at (self->chunk + self->attributes_at, self->at - self->attributes_at - 4, 4);
  self->attributes_at = 0;
}

void
evtx_maker_begin_content (EvtxMaker *self)
{
  end_attributes (self);
  evtx_maker_put (self, 0x02, 1);
}

void
evtx_maker_close (EvtxMaker *self, gboolean is_empty)
{
  guint size_at = g_array_index (self->sizes, guint, self->sizes->len - 1);

  end_attributes (self);
  evtx_maker_put (self, is_empty ? 0x03 : 0x04, 1);
  g_array_set_size (self->sizes, self->sizes->len - 1);
  put_at (self->chunk + size_at, self->at - size_at - 4, 4);
}

void
evtx_maker_text (EvtxMaker *self, const char *text)
{
  evtx_maker_put (self, 0x05, 1);
  evtx_maker_put (self, 0x01, 1);
  evtx_maker_put (self, (guint64) g_utf8_strlen (text, -1), 2);
  evtx_maker_put_utf16 (self, text);
}

void
evtx_maker_attribute (EvtxMaker *self, const char *name, const char *value)
{
  evtx_maker_put (self, 0x06, 1);
  evtx_maker_put_name (self, name);
  if (value != NULL)
    evtx_maker_text (self, value);
}

void
evtx_maker_gap (EvtxMaker *self, guint16 number, guint8 type)
{
  evtx_maker_put (self, 0x0e, 1);
  evtx_maker_put (self, number, 2);
  evtx_maker_put (self, type, 1);
}

/* An element whose content is one gap. */
static void
put_gap_element (EvtxMaker *self, const char *name, guint16 number, guint8 type)
{
  evtx_maker_open (self, name, FALSE, TRUE);
  evtx_maker_begin_content (self);
  evtx_maker_gap (self, number, type);
  evtx_maker_close (self, FALSE);
}

/* An empty element with attributes that are gaps. */
static void
put_gap_attributes (EvtxMaker *self, const char *name, const char *first, guint16 first_number,
                    guint8 type, const char *second)
{
  evtx_maker_open (self, name, TRUE, TRUE);
  evtx_maker_attribute (self, first, NULL);
  evtx_maker_gap (self, first_number, type);
  if (second != NULL)
    {
      evtx_maker_attribute (self, second, NULL);
      evtx_maker_gap (self, (guint16) (first_number + 1), type);
    }
  evtx_maker_close (self, TRUE);
}

/* Returns where its size has to be written. */
static guint
begin_template (EvtxMaker *self)
{
  evtx_maker_put (self, 0x0c, 1);
  evtx_maker_put (self, 1, 1);
  evtx_maker_put (self, 0x1234, 4);
  evtx_maker_put (self, self->at + 4, 4);
  evtx_maker_put (self, 0, 4);
  evtx_maker_put (self, 0, 8);
  evtx_maker_put (self, 0, 8);
  evtx_maker_put (self, 0, 4);
  evtx_maker_fragment (self);
  return self->at - 8;
}

static void
end_template (EvtxMaker *self, guint size_at)
{
  evtx_maker_put (self, 0x00, 1);
  put_at (self->chunk + size_at, self->at - size_at - 4, 4);
}

static void
put_outer_template (EvtxMaker *self)
{
  guint size_at;

  if (self->template_at > 0)
    {
      evtx_maker_put (self, 0x0c, 1);
      evtx_maker_put (self, 1, 1);
      evtx_maker_put (self, 0x1234, 4);
      evtx_maker_put (self, self->template_at, 4);
      return;
    }
  size_at = begin_template (self);
  self->template_at = size_at - 20;
  evtx_maker_open (self, "Event", TRUE, TRUE);
  evtx_maker_attribute (self, "xmlns", "http://example.com/events");
  evtx_maker_begin_content (self);
  evtx_maker_open (self, "System", FALSE, TRUE);
  evtx_maker_begin_content (self);
  put_gap_attributes (self, "Provider", "Name", 0, 0x01, NULL);
  put_gap_element (self, "EventID", 1, 0x06);
  put_gap_element (self, "Level", 2, 0x04);
  put_gap_element (self, "Keywords", 3, 0x15);
  put_gap_attributes (self, "TimeCreated", "SystemTime", 4, 0x11, NULL);
  put_gap_attributes (self, "Execution", "ProcessID", 5, 0x08, "ThreadID");
  put_gap_element (self, "Channel", 7, 0x01);
  put_gap_element (self, "Computer", 8, 0x01);
  put_gap_attributes (self, "Security", "UserID", 9, 0x13, NULL);
  evtx_maker_close (self, FALSE);
  evtx_maker_gap (self, 10, 0x21);
  evtx_maker_close (self, FALSE);
  end_template (self, size_at);
}

/* A value behind the others; its description is written where it was left room. */
static void
end_value (EvtxMaker *self, guint descriptions, guint number, guint8 type, guint start)
{
  put_at (self->chunk + descriptions + 4 * number, self->at - start, 2);
  put_at (self->chunk + descriptions + 4 * number + 2, type, 1);
}

static void
put_string (EvtxMaker *self, guint descriptions, guint number, const char *text)
{
  guint start = self->at;

  evtx_maker_put_utf16 (self, text);
  end_value (self, descriptions, number, 0x01, start);
}

static void
put_number (EvtxMaker *self, guint descriptions, guint number, guint8 type, guint64 value,
            guint n_bytes)
{
  guint start = self->at;

  evtx_maker_put (self, value, n_bytes);
  end_value (self, descriptions, number, type, start);
}

static guint
begin_values (EvtxMaker *self, guint n)
{
  guint descriptions;

  evtx_maker_put (self, n, 4);
  descriptions = self->at;
  for (guint i = 0; i < n; i++)
    evtx_maker_put (self, 0, 4);
  return descriptions;
}

/* EventData as XML of its own. */
static void
put_data (EvtxMaker *self, const EvtxEvent *event)
{
  guint size_at, descriptions;

  evtx_maker_fragment (self);
  size_at = begin_template (self);
  evtx_maker_open (self, "EventData", FALSE, TRUE);
  evtx_maker_begin_content (self);
  for (guint i = 0; i < event->n_data; i++)
    {
      const EvtxDatum *datum = &event->data[i];

      evtx_maker_open (self, "Data", datum->name != NULL, TRUE);
      if (datum->name != NULL)
        evtx_maker_attribute (self, "Name", datum->name);
      evtx_maker_begin_content (self);
      evtx_maker_gap (self, (guint16) i, datum->type);
      evtx_maker_close (self, FALSE);
    }
  evtx_maker_close (self, FALSE);
  end_template (self, size_at);
  descriptions = begin_values (self, event->n_data);
  for (guint i = 0; i < event->n_data; i++)
    {
      guint start = self->at;

      evtx_maker_put_bytes (self, event->data[i].data, event->data[i].n_bytes);
      end_value (self, descriptions, i, event->data[i].type, start);
    }
  evtx_maker_put (self, 0x00, 1);
}

void
evtx_maker_begin_record (EvtxMaker *self, guint64 filetime)
{
  self->record = self->at;
  evtx_maker_put (self, 0x00002a2a, 4);
  evtx_maker_put (self, 0, 4);
  evtx_maker_put (self, self->number++, 8);
  evtx_maker_put (self, filetime, 8);
}

void
evtx_maker_end_record (EvtxMaker *self)
{
  guint size;

  while ((self->at - self->record) % 8 != 4)
    evtx_maker_put (self, 0, 1);
  size = self->at + 4 - self->record;
  evtx_maker_put (self, size, 4);
  put_at (self->chunk + self->record + 4, size, 4);
  self->last_record = self->record;
  self->record = 0;
}

gboolean
evtx_maker_add (EvtxMaker *self, const EvtxEvent *event)
{
  static const guint8 sid[] = { 1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0 };
  guint n_bytes = 2048;
  guint descriptions, start;

  for (guint i = 0; i < event->n_data; i++)
    n_bytes += event->data[i].n_bytes + 128;
  if (self->at + n_bytes > EVTX_CHUNK_BYTES)
    return FALSE;

  evtx_maker_begin_record (self, event->filetime);
  evtx_maker_fragment (self);
  put_outer_template (self);
  descriptions = begin_values (self, N_OUTER_VALUES);
  put_string (self, descriptions, 0, event->provider);
  put_number (self, descriptions, 1, 0x06, event->id, 2);
  put_number (self, descriptions, 2, 0x04, event->level, 1);
  put_number (self, descriptions, 3, 0x15, event->keywords, 8);
  put_number (self, descriptions, 4, 0x11, event->filetime, 8);
  put_number (self, descriptions, 5, 0x08, event->process_id, 4);
  put_number (self, descriptions, 6, 0x08, event->thread_id, 4);
  put_string (self, descriptions, 7, event->channel);
  put_string (self, descriptions, 8, event->computer);
  start = self->at;
  evtx_maker_put_bytes (self, sid, sizeof sid);
  end_value (self, descriptions, 9, 0x13, start);
  start = self->at;
  put_data (self, event);
  end_value (self, descriptions, 10, 0x21, start);
  evtx_maker_put (self, 0x00, 1);
  evtx_maker_end_record (self);
  return TRUE;
}

static void
sum_chunk (guint8 *chunk, guint free_offset)
{
  uLong sum = crc32 (0, chunk + FIRST_RECORD, free_offset - FIRST_RECORD);

  put_at (chunk + 52, sum, 4);
  sum = crc32 (crc32 (0, chunk, 120), chunk + 128, FIRST_RECORD - 128);
  put_at (chunk + 124, sum, 4);
}

void
evtx_maker_end_chunk (EvtxMaker *self)
{
  guint8 *chunk = self->chunk;

  memcpy (chunk, "ElfChnk", 8);
  put_at (chunk + 8, self->first_number, 8);
  put_at (chunk + 16, self->number - 1, 8);
  put_at (chunk + 24, self->first_number, 8);
  put_at (chunk + 32, self->number - 1, 8);
  put_at (chunk + 40, 128, 4);
  put_at (chunk + 44, self->last_record, 4);
  put_at (chunk + 48, self->at, 4);
  sum_chunk (chunk, self->at);
  g_byte_array_append (self->file, chunk, EVTX_CHUNK_BYTES);
  self->n_chunks++;
  begin_chunk (self);
}

void
evtx_fix_sums (GByteArray *file, guint number)
{
  guint8 *chunk = file->data + EVTX_FILE_HEADER_BYTES + (gsize) number * EVTX_CHUNK_BYTES;

  sum_chunk (chunk, (guint) (chunk[48] | chunk[49] << 8 | chunk[50] << 16));
}

GByteArray *
evtx_maker_finish (EvtxMaker *self)
{
  guint8 *header;

  if (self->at > FIRST_RECORD)
    evtx_maker_end_chunk (self);
  header = self->file->data;
  memcpy (header, "ElfFile", 8);
  put_at (header + 16, self->n_chunks > 0 ? self->n_chunks - 1 : 0, 8);
  put_at (header + 24, self->number, 8);
  put_at (header + 32, 128, 4);
  put_at (header + 36, 0x00030001, 4);
  put_at (header + 40, EVTX_FILE_HEADER_BYTES, 2);
  put_at (header + 42, self->n_chunks, 2);
  put_at (header + 124, crc32 (0, header, 120), 4);
  return g_steal_pointer (&self->file);
}
