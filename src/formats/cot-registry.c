/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-registry.h"

#include <string.h>

#include "cot-decoder.h"
#include "cot-registry-private.h"
#include "cot-scan-private.h"

#define BLOCK_BYTES (1024u * 1024)
#define HEAD_BYTES (64u * 1024)
/* A longer line is no line; what stands behind this of it is taken for another. */
#define MAX_LINE_BYTES (16u * 1024 * 1024)

static const char header_5[] = "Windows Registry Editor Version ";
static const char header_4[] = "REGEDIT4";

typedef struct
{
  CotSpool *into;
  GString *rows; /* that are not in it yet */
  guint64 limit_bytes;
  gboolean is_full;
  GString *message;
  GString *key;
  gsize last_part; /* of the key: where it starts */
  gboolean has_key;
  gboolean has_rows; /* the key */
  CotRegistryValue value;
} Converter;

static gboolean
begins_with (CotSpan span, const char *prefix)
{
  return cot_starts_with (span.data, 0, span.length_bytes, prefix, strlen (prefix));
}

static gboolean
is_header (CotSpan line)
{
  return begins_with (line, header_5)
         || (begins_with (line, header_4) && line.length_bytes == strlen (header_4));
}

static gboolean
is_key (CotSpan line)
{
  return begins_with (line, "[HKEY_") || begins_with (line, "[-HKEY_");
}

static CotSpan
skip_mark (CotSpan text)
{
  if (begins_with (text, "\xef\xbb\xbf"))
    return (CotSpan){ text.data + 3, text.length_bytes - 3 };
  return text;
}

/* The first line that is no blank one, whole; an empty span where there is none. */
static CotSpan
find_first_line (const char *head, gsize length_bytes)
{
  CotSpan text = skip_mark ((CotSpan){ head, length_bytes });
  gsize start = 0;
  gsize end;

  while (start < text.length_bytes && cot_is_filler (text.data[start]))
    start++;
  end = cot_find_line_end (text.data, start, text.length_bytes);
  if (end == text.length_bytes && text.length_bytes >= HEAD_BYTES - 3)
    return (CotSpan){ text.data, 0 };
  return cot_registry_strip (cot_span (text.data, start, end));
}

/* A dump of the collectors has no header: it begins with a key. */
static gboolean
claims (const char *head, gsize length_bytes)
{
  CotSpan line = find_first_line (head, length_bytes);

  return is_header (line) || (is_key (line) && line.data[line.length_bytes - 1] == ']');
}

static CotRegistryDialect
find_dialect (const char *head, gsize length_bytes)
{
  CotSpan line = find_first_line (head, length_bytes);

  if (begins_with (line, header_5))
    return COT_REGISTRY_VERSION_5;
  return begins_with (line, header_4) ? COT_REGISTRY_VERSION_4 : COT_REGISTRY_DUMP;
}

static void
write_row (Converter *self, CotSeverity severity, CotSpan message)
{
  CotSpan key = { self->key->str, self->key->len };
  CotRow row = {
    .time_usec = COT_TIME_NONE,
    .bias_minutes = COT_BIAS_NONE,
    .severity = severity,
    .component = { key.data + self->last_part, key.length_bytes - self->last_part },
    .context = key,
    .message = message,
  };

  cot_rows_write (self->rows, &row);
  self->has_rows = TRUE;
}

static void
write_value (Converter *self, CotSeverity severity)
{
  write_row (self, severity, (CotSpan){ self->message->str, self->message->len });
}

static void
write_sentence (Converter *self, CotSeverity severity, const char *sentence)
{
  write_row (self, severity, (CotSpan){ sentence, strlen (sentence) });
}

static void
write_broken (Converter *self, CotSpan line)
{
  g_string_assign (self->message, "No value: ");
  g_string_append_len (self->message, line.data, (gssize) line.length_bytes);
  write_value (self, COT_SEVERITY_WARNING);
}

static void
end_key (Converter *self)
{
  if (self->has_key && !self->has_rows)
    write_sentence (self, COT_SEVERITY_INFO, "(no values)");
  self->has_key = FALSE;
}

static void
begin_key (Converter *self, CotSpan line)
{
  gboolean is_whole = line.data[line.length_bytes - 1] == ']' && line.length_bytes > 2;
  gsize start = 1;
  gsize end = line.length_bytes - (is_whole ? 1 : 0);
  gboolean is_deleted = end > start && line.data[start] == '-';
  const char *slash;

  end_key (self);
  start += is_deleted ? 1 : 0;
  g_string_truncate (self->key, 0);
  g_string_append_len (self->key, line.data + start, (gssize) (end - start));
  slash = memrchr (self->key->str, '\\', self->key->len);
  self->last_part = slash != NULL ? (gsize) (slash - self->key->str) + 1 : 0;
  self->has_key = TRUE;
  self->has_rows = FALSE;
  if (!is_whole)
    write_broken (self, line);
  else if (is_deleted)
    write_sentence (self, COT_SEVERITY_INFO, "- (the key is deleted)");
}

static void
start_value (Converter *self, CotSpan line)
{
  switch (cot_registry_value_start (&self->value, line, self->message))
    {
    case COT_REGISTRY_LINE_DONE:
      write_value (self, self->value.is_bad ? COT_SEVERITY_WARNING : COT_SEVERITY_INFO);
      break;
    case COT_REGISTRY_LINE_FOREIGN:
      write_broken (self, cot_registry_strip (line));
      break;
    case COT_REGISTRY_LINE_OPEN:
    default:
      break;
    }
}

static void
break_off (Converter *self)
{
  cot_registry_value_break_off (&self->value, self->message);
  write_value (self, COT_SEVERITY_WARNING);
}

/* Returns whether the line belongs to the value that is open. */
static gboolean
go_on_with_value (Converter *self, CotSpan line)
{
  CotRegistryLine result = cot_registry_value_go_on (&self->value, line, self->message);

  if (result == COT_REGISTRY_LINE_DONE)
    write_value (self, self->value.is_bad ? COT_SEVERITY_WARNING : COT_SEVERITY_INFO);
  else if (result == COT_REGISTRY_LINE_FOREIGN)
    break_off (self);
  return result != COT_REGISTRY_LINE_FOREIGN;
}

/* Without what ends it. */
static void
add_line (Converter *self, CotSpan line)
{
  CotSpan stripped;

  if (self->value.open != COT_REGISTRY_OPEN_NOT && go_on_with_value (self, line))
    return;
  stripped = cot_registry_strip (line);
  if (stripped.length_bytes == 0 || is_header (stripped))
    return;
  if (stripped.data[0] == '[')
    begin_key (self, stripped);
  else if (stripped.data[0] == ';')
    write_row (self, COT_SEVERITY_VERBOSE, stripped);
  else
    start_value (self, line);
}

static gboolean
flush (Converter *self, gboolean at_end, GError **error)
{
  if (!at_end && self->rows->len < BLOCK_BYTES)
    return TRUE;
  if (!cot_spool_append (self->into, self->rows->str, self->rows->len, error))
    return FALSE;
  g_string_truncate (self->rows, 0);
  self->is_full = cot_spool_get_size (self->into) > self->limit_bytes;
  return TRUE;
}

/* Takes the lines that are whole out of @text. */
static gboolean
add_lines (Converter *self, GString *text, gboolean at_end, GError **error)
{
  const char *at = text->str;
  const char *end = text->str + text->len;

  for (;;)
    {
      const char *stop = memchr (at, '\n', (gsize) (end - at));
      gsize n;

      if (stop == NULL && !(at_end && at < end) && (gsize) (end - at) < MAX_LINE_BYTES)
        break;
      n = (gsize) ((stop != NULL ? stop : end) - at);
      add_line (self, (CotSpan){ at, n > 0 && at[n - 1] == '\r' ? n - 1 : n });
      at = stop != NULL ? stop + 1 : end;
      if (!flush (self, FALSE, error))
        return FALSE;
      if (self->is_full)
        break;
    }
  g_string_erase (text, 0, at - text->str);
  return TRUE;
}

/* Only the first block can begin with a mark. */
static void
append_block (GString *text, CotEncoding encoding, CotSpan block, gboolean is_first)
{
  if (is_first)
    block = skip_mark (block);
  if (encoding == COT_ENCODING_WINDOWS_1252)
    cot_decoder_append (text, encoding, block.data, block.length_bytes);
  else
    g_string_append_len (text, block.data, (gssize) block.length_bytes);
}

static gboolean
add_all (Converter *self, CotSource *from, GCancellable *cancellable, GError **error)
{
  g_autofree char *block = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  CotEncoding encoding = COT_ENCODING_UTF8;
  guint64 size_bytes = 0;
  guint64 offset = 0;
  gsize n_block, n_read = 0;

  if (!cot_source_get_size (from, &size_bytes, error))
    return FALSE;
  self->limit_bytes = cot_rows_get_limit (size_bytes);
  n_block = (gsize) CLAMP (size_bytes, HEAD_BYTES, BLOCK_BYTES);
  block = g_malloc (n_block);
  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !cot_source_read (from, offset, block, n_block, &n_read, error))
        return FALSE;
      if (offset == 0)
        {
          gsize n_head = MIN (n_read, (gsize) HEAD_BYTES);

          encoding = cot_encoding_detect (block, n_head);
          cot_registry_value_init (&self->value, find_dialect (block, n_head));
        }
      append_block (text, encoding, (CotSpan){ block, n_read }, offset == 0);
      offset += n_read;
      if (!add_lines (self, text, n_read == 0, error))
        return FALSE;
    }
  while (n_read > 0 && !self->is_full);
  if (self->is_full)
    write_sentence (self, COT_SEVERITY_WARNING, "There are too many rows: the rest is left out.");
  if (self->value.open != COT_REGISTRY_OPEN_NOT)
    break_off (self);
  end_key (self);
  return flush (self, TRUE, error);
}

static gboolean
convert (CotSource *from, CotSpool *into, GCancellable *cancellable, GError **error)
{
  Converter self = { .into = into };
  gboolean done;

  self.rows = g_string_new (NULL);
  self.message = g_string_new (NULL);
  self.key = g_string_new (NULL);
  done = add_all (&self, from, cancellable, error);
  g_string_free (self.rows, TRUE);
  g_string_free (self.message, TRUE);
  g_string_free (self.key, TRUE);
  if (self.value.name != NULL)
    cot_registry_value_clear (&self.value);
  return done;
}

const CotConversion cot_conversion_registry = {
  .format = {
    .id = "registry",
    .name = "Registry export",
    .bid = cot_rows_bid,
    .next_record = cot_rows_next_record,
    .parse_entry = cot_rows_parse_entry,
  },
  .claims = claims,
  .convert = convert,
};
