/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-ending.h"

#include <string.h>

/* Most records have a few hundred bytes. */
#define LAST_BYTES (64 * 1024)
#define MESSAGE_BYTES 200

static char *
dup_message (CotSpan message, CotEncoding encoding)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) visible = g_string_new (NULL);
  const char *end;

  if (message.data == NULL)
    return g_strdup ("");
  while (message.length_bytes > 0 && g_ascii_isspace (*message.data))
    {
      message.data++;
      message.length_bytes--;
    }
  cot_decoder_append (text, encoding, message.data, MIN (message.length_bytes, MESSAGE_BYTES));
  text->str[strcspn (text->str, "\r\n")] = '\0';
  /* The cut may go through a character. */
  (void) g_utf8_validate (text->str, -1, &end);
  cot_text_append_visible (visible, text->str, end - text->str, FALSE);
  return g_strdup (visible->str);
}

/* Whether anything stands in it: a log may end with an empty line. */
static gboolean
is_blank (const char *record, gsize length_bytes)
{
  for (gsize i = 0; i < length_bytes; i++)
    if (record[i] != '\0' && !g_ascii_isspace (record[i]))
      return FALSE;
  return TRUE;
}

/**
 * cot_ending_read:
 * @source: a log
 * @size_bytes: how long it is
 * @format: its format
 * @encoding: its encoding
 *
 * Reads the last bytes of a log of any length, and nothing else of it. Any thread but the main one.
 *
 * Returns: (transfer full) (nullable): its last entry; %NULL where these bytes do not tell
 */
CotEnding *
cot_ending_read (CotSource *source, guint64 size_bytes, const CotFormat *format,
                 CotEncoding encoding)
{
  g_autofree char *bytes = g_malloc (LAST_BYTES);
  guint64 offset = size_bytes - MIN (size_bytes, LAST_BYTES);
  CotAhead ahead = { 0 };
  CotEntry entry = { 0 };
  CotEnding *self;
  const char *line_end;
  gsize n_bytes, start, end;
  gsize last = 0;
  gsize n_last = 0;

  if (!cot_source_read (source, offset, bytes, LAST_BYTES, &n_bytes, NULL) || n_bytes == 0)
    return NULL;
  line_end = memchr (bytes, '\n', n_bytes);
  if (offset > 0 && line_end == NULL)
    return NULL;
  for (start = offset > 0 ? (gsize) (line_end - bytes) + 1 : 0; start < n_bytes; start = end)
    {
      if (cot_format_next_record (format, bytes, n_bytes, start, TRUE, &ahead, &end)
              != COT_RECORD_FOUND
          || end <= start || end > n_bytes)
        return NULL;
      if (is_blank (bytes + start, end - start))
        continue;
      last = start;
      n_last = end - start;
    }
  if (n_last == 0)
    return NULL;

  cot_format_parse_entry (format, bytes + last, n_last, &entry);
  self = g_atomic_rc_box_new0 (CotEnding);
  self->time_usec = entry.time_usec;
  self->bias_minutes = cot_entry_get_true_bias (&entry);
  self->message = dup_message (entry.message, encoding);
  return self;
}

/**
 * cot_ending_ref:
 * @self: an ending
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
CotEnding *
cot_ending_ref (CotEnding *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  CotEnding *self = data;

  g_free (self->message);
}

/**
 * cot_ending_unref:
 * @self: (nullable) (transfer full): an ending
 *
 * Any thread.
 */
void
cot_ending_unref (CotEnding *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}
