/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

static inline guint16
cot_utf16_unit (const char *data, gboolean big_endian)
{
  const guint8 *bytes = (const guint8 *) data;

  return (guint16) (big_endian ? bytes[0] << 8 | bytes[1] : bytes[1] << 8 | bytes[0]);
}

/* Reads one character: how many bytes it took, or 0 where the end cuts it. A surrogate without
 * its other half is read as U+FFFD. */
static inline gsize
cot_utf16_read (const char *data, gsize n_bytes, gboolean big_endian, gunichar *character)
{
  guint16 first, second;

  if (n_bytes < 2)
    return 0;
  first = cot_utf16_unit (data, big_endian);
  *character = first;
  if (first < 0xd800 || first > 0xdfff)
    return 2;
  *character = 0xfffd;
  if (first > 0xdbff)
    return 2;
  if (n_bytes < 4)
    return 0;
  second = cot_utf16_unit (data + 2, big_endian);
  if (second < 0xdc00 || second > 0xdfff)
    return 2;
  *character = 0x10000 + ((gunichar) (first & 0x3ff) << 10) + (second & 0x3ff);
  return 4;
}

G_END_DECLS
