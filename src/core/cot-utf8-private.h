/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many bytes a character takes that begins with @first; 0 where none begins so. */
static inline gsize
cot_utf8_length (guint8 first)
{
  if (first < 0x80)
    return 1;
  if (first < 0xc2)
    return 0;
  if (first < 0xe0)
    return 2;
  if (first < 0xf0)
    return 3;
  return first < 0xf5 ? 4 : 0;
}

/* Reads one character: its length, or 0 where the bytes at @data are none. Stricter than what
 * GLib offers in one call, and at home with NUL. @n_bytes is at least 1. */
static inline gsize
cot_utf8_read (const char *data, gsize n_bytes, gunichar *character)
{
  const guint8 *bytes = (const guint8 *) data;
  gsize length = cot_utf8_length (bytes[0]);
  gunichar value;

  if (length == 0 || length > n_bytes)
    return 0;
  if (length == 1)
    {
      *character = bytes[0];
      return 1;
    }
  value = bytes[0] & (0x7fu >> length);
  for (gsize i = 1; i < length; i++)
    {
      if ((bytes[i] & 0xc0) != 0x80)
        return 0;
      value = value << 6 | (bytes[i] & 0x3fu);
    }
  /* Overlong forms, surrogates, and what lies beyond Unicode. */
  if ((length == 3 && (value < 0x800 || (value >= 0xd800 && value < 0xe000)))
      || (length == 4 && (value < 0x10000 || value > 0x10ffff)))
    return 0;
  *character = value;
  return length;
}

G_END_DECLS
