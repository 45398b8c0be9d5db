/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The data of a value that an export writes as bytes. */

#include "cot-registry-private.h"

#include <string.h>

#include "cot-decoder.h"

/* Of data that is no text: enough to know it by. */
#define MAX_DUMP_BYTES 32

/* The types of the registry, by the names that people know from the files themselves. */
enum
{
  TYPE_NONE = 0,
  TYPE_STRING = 1,
  TYPE_EXPAND = 2,
  TYPE_BINARY = 3,
  TYPE_DWORD = 4,
  TYPE_DWORD_BIG_ENDIAN = 5,
  TYPE_MULTI = 7,
  TYPE_QWORD = 11,
};

/* Of a text that is too long the beginning was kept. */
static void
append_cut_mark (const CotRegistryValue *self, GString *message)
{
  if (self->n_bytes > self->data->len)
    g_string_append_printf (message, " [cut: %u of %" G_GUINT64_FORMAT " bytes]", self->data->len,
                            self->n_bytes);
}

static void
append_text (const CotRegistryValue *self, GString *message, const char *bytes, gsize n_bytes)
{
  CotEncoding encoding = self->dialect == COT_REGISTRY_VERSION_4 ? COT_ENCODING_WINDOWS_1252
                                                                 : COT_ENCODING_UTF16LE;

  g_string_append_c (message, '"');
  cot_decoder_append (message, encoding, bytes, n_bytes);
  g_string_append_c (message, '"');
}

static gsize
unit_of (const CotRegistryValue *self)
{
  return self->dialect == COT_REGISTRY_VERSION_4 ? 1 : 2;
}

static gboolean
is_nul (const CotRegistryValue *self, gsize at)
{
  return self->data->data[at] == 0 && (unit_of (self) == 1 || self->data->data[at + 1] == 0);
}

/* The NUL at the end is no part of the text. */
static void
append_string (const CotRegistryValue *self, GString *message)
{
  gsize unit = unit_of (self);
  gsize n = self->data->len;

  while (n >= unit && n % unit == 0 && is_nul (self, n - unit))
    n -= unit;
  append_text (self, message, (const char *) self->data->data, n);
  append_cut_mark (self, message);
}

static void
append_strings (const CotRegistryValue *self, GString *message)
{
  gsize unit = unit_of (self);
  gsize end = self->data->len - self->data->len % unit;
  const char *separator = "";
  gsize start = 0;

  /* Two NULs end the list. */
  while (end >= unit && is_nul (self, end - unit))
    end -= unit;
  for (gsize at = 0; at <= end && end > 0; at += unit)
    if (at == end || is_nul (self, at))
      {
        g_string_append (message, separator);
        append_text (self, message, (const char *) self->data->data + start, at - start);
        separator = ", ";
        start = at + unit;
      }
  append_cut_mark (self, message);
  /* Half a character is left over. */
  if (self->data->len % unit != 0)
    g_string_append_printf (message, " [%02x]", self->data->data[self->data->len - 1]);
}

static gboolean
append_number (const CotRegistryValue *self, GString *message)
{
  guint64 value = 0;
  gsize n = self->type == TYPE_QWORD ? 8 : 4;

  if (self->n_bytes != n)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    value |= (guint64) self->data->data[i]
             << 8 * (self->type == TYPE_DWORD_BIG_ENDIAN ? n - 1 - i : i);
  g_string_append_printf (message, "%s:%0*" G_GINT64_MODIFIER "x (%" G_GUINT64_FORMAT ")",
                          n == 8 ? "qword" : "dword", (int) (2 * n), value, value);
  return TRUE;
}

static void
append_dump (const CotRegistryValue *self, GString *message)
{
  gsize n = MIN (self->data->len, (guint) MAX_DUMP_BYTES);

  if (self->type == TYPE_BINARY)
    g_string_append (message, "hex:");
  else
    g_string_append_printf (message, "hex(%x):", self->type);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (message, "%s%02x", i > 0 ? " " : "", self->data->data[i]);
  g_string_append_printf (message, "%s (%" G_GUINT64_FORMAT " %s)",
                          self->n_bytes > n ? " \xe2\x80\xa6" : "", self->n_bytes,
                          self->n_bytes == 1 ? "byte" : "bytes");
}

void
cot_registry_append_hex (const CotRegistryValue *self, GString *message)
{
  switch (self->type)
    {
    case TYPE_STRING:
      append_string (self, message);
      break;
    case TYPE_EXPAND:
      g_string_append (message, "expand:");
      append_string (self, message);
      break;
    case TYPE_MULTI:
      g_string_append (message, "multi:");
      append_strings (self, message);
      break;
    case TYPE_DWORD:
    case TYPE_DWORD_BIG_ENDIAN:
    case TYPE_QWORD:
      if (!append_number (self, message))
        append_dump (self, message);
      break;
    default:
      append_dump (self, message);
      break;
    }
}
