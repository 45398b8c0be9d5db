/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-evtx-private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define TYPE_ANSI_STRING 0x02u
#define TYPE_INT8 0x03u
#define TYPE_UINT8 0x04u
#define TYPE_INT64 0x09u
#define TYPE_UINT64 0x0au
#define TYPE_REAL32 0x0bu
#define TYPE_REAL64 0x0cu
#define TYPE_BOOL 0x0du
#define TYPE_BINARY 0x0eu
#define TYPE_GUID 0x0fu
#define TYPE_SIZE 0x10u
#define TYPE_SYSTEMTIME 0x12u
#define TYPE_SID 0x13u
#define TYPE_HEX32 0x14u
#define TYPE_HEX64 0x15u
#define TYPE_XML 0x23u

#define GUID_BYTES 16u
#define SYSTEMTIME_BYTES 16u
#define SID_HEADER_BYTES 8u
#define SID_MAX_PARTS 15u

/* Between 1601 and 1970, in units of 100 ns */
#define FILETIME_OF_1970 UINT64_C (116444736000000000)
#define FILETIME_OF_10000 UINT64_C (2650467744000000000)
#define FILETIME_SECOND UINT64_C (10000000)

static uint64_t
get_number (const uint8_t *at, uint32_t n_bytes)
{
  uint64_t number = 0;

  for (uint32_t i = 0; i < n_bytes; i++)
    number |= (uint64_t) at[i] << (8 * i);
  return number;
}

/* How long a value of a type is; 0 where that is not fixed. */
static uint32_t
get_size (uint8_t type)
{
  static const uint8_t sizes[] = {
    [TYPE_INT8] = 1,
    [TYPE_UINT8] = 1,
    [0x05] = 2,
    [0x06] = 2,
    [0x07] = 4,
    [0x08] = 4,
    [TYPE_INT64] = 8,
    [TYPE_UINT64] = 8,
    [TYPE_REAL32] = 4,
    [TYPE_REAL64] = 8,
    [TYPE_BOOL] = 4,
    [TYPE_GUID] = GUID_BYTES,
    [COT_EVTX_TYPE_FILETIME] = 8,
    [TYPE_SYSTEMTIME] = SYSTEMTIME_BYTES,
    [TYPE_HEX32] = 4,
    [TYPE_HEX64] = 8,
  };

  return type < sizeof sizes ? sizes[type] : 0;
}

bool
cot_evtx_filetime_to_usec (uint64_t filetime, int64_t *usec)
{
  if (filetime == 0 || filetime >= FILETIME_OF_10000)
    return false;
  *usec = (int64_t) (filetime / 10) - (int64_t) (FILETIME_OF_1970 / 10);
  return true;
}

typedef struct
{
  unsigned year, month, day;
} Date;

/* Of a day since 1601-01-01, by the rule of the Gregorian calendar: years that begin in March end
 * with the day that leap years have more. */
static Date
date_from_days (uint64_t days)
{
  uint64_t since = days + 306; /* since 1600-03-01, when a cycle of 400 years began */
  uint64_t cycle = since / 146097;
  uint64_t day = since % 146097;
  uint64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
  uint64_t day_of_year = day - (365 * year + year / 4 - year / 100);
  uint64_t month = (5 * day_of_year + 2) / 153;
  Date date;

  date.day = (unsigned) (day_of_year - (153 * month + 2) / 5 + 1);
  date.month = (unsigned) (month < 10 ? month + 3 : month - 9);
  date.year = (unsigned) (1600 + cycle * 400 + year + (month >= 10 ? 1 : 0));
  return date;
}

static void
append_filetime (uint64_t filetime, CotEvtxText *into)
{
  uint64_t seconds = filetime / FILETIME_SECOND;
  unsigned of_day = (unsigned) (seconds % 86400);
  char text[64];
  Date date;

  if (filetime >= FILETIME_OF_10000)
    {
      cot_evtx_text_append_number (into, filetime);
      return;
    }
  date = date_from_days (seconds / 86400);
  snprintf (text, sizeof text, "%04u-%02u-%02uT%02u:%02u:%02u.%07uZ", date.year, date.month,
            date.day, of_day / 3600, of_day / 60 % 60, of_day % 60,
            (unsigned) (filetime % FILETIME_SECOND));
  cot_evtx_text_append_string (into, text);
}

static void
append_systemtime (const uint8_t *at, CotEvtxText *into)
{
  char text[64];

  /* Year, month, day of the week, day, hour, minute, second, millisecond */
  snprintf (text, sizeof text, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ", cot_evtx_get_u16 (at),
            cot_evtx_get_u16 (at + 2), cot_evtx_get_u16 (at + 6), cot_evtx_get_u16 (at + 8),
            cot_evtx_get_u16 (at + 10), cot_evtx_get_u16 (at + 12), cot_evtx_get_u16 (at + 14));
  cot_evtx_text_append_string (into, text);
}

static void
append_guid (const uint8_t *at, CotEvtxText *into)
{
  char text[64];

  snprintf (text, sizeof text, "{%08X-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}",
            (unsigned) get_number (at, 4), cot_evtx_get_u16 (at + 4), cot_evtx_get_u16 (at + 6),
            at[8], at[9], at[10], at[11], at[12], at[13], at[14], at[15]);
  cot_evtx_text_append_string (into, text);
}

static void
append_binary (const uint8_t *at, uint32_t n_bytes, CotEvtxText *into)
{
  static const char digits[] = "0123456789ABCDEF";

  for (uint32_t i = 0; i < n_bytes && !into->overflowed; i++)
    {
      const char pair[2] = { digits[at[i] >> 4], digits[at[i] & 15] };

      cot_evtx_text_append (into, pair, sizeof pair);
    }
}

/* How long the identifier is that begins here; 0 where it is none. */
static uint32_t
get_sid_size (const uint8_t *at, uint32_t n_bytes)
{
  uint32_t size;

  if (n_bytes < SID_HEADER_BYTES || at[1] > SID_MAX_PARTS)
    return 0;
  size = SID_HEADER_BYTES + 4u * at[1];
  return size <= n_bytes ? size : 0;
}

static void
append_sid (const uint8_t *at, uint32_t n_bytes, CotEvtxText *into)
{
  uint64_t authority = 0;

  if (get_sid_size (at, n_bytes) == 0)
    {
      append_binary (at, n_bytes, into);
      return;
    }
  for (int i = 2; i < 8; i++)
    authority = authority << 8 | at[i];
  cot_evtx_text_append_string (into, "S-");
  cot_evtx_text_append_number (into, at[0]);
  cot_evtx_text_append_string (into, "-");
  cot_evtx_text_append_number (into, authority);
  for (uint32_t i = 0; i < at[1]; i++)
    {
      cot_evtx_text_append_string (into, "-");
      cot_evtx_text_append_number (into, get_number (at + SID_HEADER_BYTES + 4 * i, 4));
    }
}

static void
append_real (const uint8_t *at, uint32_t n_bytes, CotEvtxText *into)
{
  char text[48];
  uint64_t bits = get_number (at, n_bytes);
  double number;

  if (n_bytes == 4)
    {
      uint32_t half = (uint32_t) bits;
      float single;

      memcpy (&single, &half, sizeof single);
      number = (double) single;
    }
  else
    memcpy (&number, &bits, sizeof number);
  snprintf (text, sizeof text, "%.*g", n_bytes == 4 ? 9 : 17, number);
  cot_evtx_text_append_string (into, text);
}

static void
append_integer (uint8_t type, uint64_t number, uint32_t n_bytes, CotEvtxText *into)
{
  unsigned n_bits = 8 * n_bytes;
  bool is_signed = (type & 1) != 0;

  if (is_signed && (number >> (n_bits - 1) & 1) != 0)
    {
      cot_evtx_text_append_string (into, "-");
      number = n_bits == 64 ? -number : (UINT64_C (1) << n_bits) - number;
    }
  cot_evtx_text_append_number (into, number);
}

static void
append_hex (uint64_t number, CotEvtxText *into)
{
  char text[24];

  snprintf (text, sizeof text, "0x%" PRIx64, number);
  cot_evtx_text_append_string (into, text);
}

/* Strings may end with a NUL, and what stands behind it is not theirs. */
static uint32_t
count_units (const uint8_t *at, uint32_t n_bytes)
{
  uint32_t n = n_bytes / 2;

  while (n > 0 && cot_evtx_get_u16 (at + 2 * (n - 1)) == 0)
    n--;
  return n;
}

static void
append_ansi (const uint8_t *at, uint32_t n_bytes, CotEvtxText *into)
{
  while (n_bytes > 0 && at[n_bytes - 1] == 0)
    n_bytes--;
  for (uint32_t i = 0; i < n_bytes && !into->overflowed; i++)
    if (at[i] != '\r' || i + 1 == n_bytes || at[i + 1] != '\n')
      cot_evtx_text_append_character (into, at[i]);
}

static void
append_one (uint8_t type, const uint8_t *at, uint32_t n_bytes, CotEvtxText *into)
{
  uint32_t size = get_size (type);

  if (n_bytes == 0 || type == COT_EVTX_TYPE_NULL)
    return;
  if (type == COT_EVTX_TYPE_STRING || type == TYPE_XML)
    cot_evtx_text_append_utf16 (into, at, count_units (at, n_bytes));
  else if (type == TYPE_ANSI_STRING)
    append_ansi (at, n_bytes, into);
  else if (type == TYPE_SID)
    append_sid (at, n_bytes, into);
  else if (type == TYPE_SIZE && (n_bytes == 4 || n_bytes == 8))
    append_hex (get_number (at, n_bytes), into);
  else if (size == 0 || n_bytes != size)
    append_binary (at, n_bytes, into);
  else if (type == TYPE_BOOL)
    cot_evtx_text_append_string (into, get_number (at, size) != 0 ? "true" : "false");
  else if (type == TYPE_GUID)
    append_guid (at, into);
  else if (type == COT_EVTX_TYPE_FILETIME)
    append_filetime (get_number (at, size), into);
  else if (type == TYPE_SYSTEMTIME)
    append_systemtime (at, into);
  else if (type == TYPE_REAL32 || type == TYPE_REAL64)
    append_real (at, size, into);
  else if (type == TYPE_HEX32 || type == TYPE_HEX64)
    append_hex (get_number (at, size), into);
  else
    append_integer (type, get_number (at, size), size, into);
}

/* How long the item is that begins at @at, with the NUL behind a string. */
static uint32_t
get_item_size (uint8_t type, const uint8_t *at, uint32_t n_bytes)
{
  uint32_t size = get_size (type);
  uint32_t n = 0;

  if (type == COT_EVTX_TYPE_STRING)
    {
      while (n + 2 <= n_bytes && cot_evtx_get_u16 (at + n) != 0)
        n += 2;
      return n + 2 <= n_bytes ? n + 2 : n_bytes;
    }
  if (type == TYPE_ANSI_STRING)
    {
      while (n < n_bytes && at[n] != 0)
        n++;
      return n < n_bytes ? n + 1 : n_bytes;
    }
  if (type == TYPE_SID)
    size = get_sid_size (at, n_bytes);
  /* Of what makes no sense the rest is one item. */
  return size > 0 && size <= n_bytes ? size : n_bytes;
}

bool
cot_evtx_value_append (CotEvtxValue *value, CotEvtxText *into)
{
  uint8_t type = value->type & (uint8_t) ~COT_EVTX_TYPE_ARRAY;
  uint32_t size = value->n_bytes;

  if (value->data == NULL || (value->type & COT_EVTX_TYPE_ARRAY) == 0)
    {
      if (value->data != NULL)
        append_one (type, value->data, size, into);
      value->n_bytes = 0;
      return false;
    }
  if (size == 0)
    return false;
  size = get_item_size (type, value->data, size);
  append_one (type, value->data, size, into);
  value->data += size;
  value->n_bytes -= size;
  return value->n_bytes > 0;
}

static bool
read_digits (const uint8_t *at, uint32_t n_units, uint64_t *number)
{
  *number = 0;
  if (n_units == 0 || n_units > 19)
    return false;
  for (uint32_t i = 0; i < n_units; i++)
    {
      uint16_t unit = cot_evtx_get_u16 (at + 2 * i);

      if (unit < '0' || unit > '9')
        return false;
      *number = *number * 10 + (uint64_t) (unit - '0');
    }
  return true;
}

bool
cot_evtx_value_get_number (const CotEvtxValue *value, uint64_t *number)
{
  uint8_t type = value->type;

  if (value->data == NULL)
    return false;
  if (type == COT_EVTX_TYPE_STRING)
    return read_digits (value->data, count_units (value->data, value->n_bytes), number);
  if ((type >= TYPE_INT8 && type <= TYPE_UINT64) || type == TYPE_HEX32 || type == TYPE_HEX64
      || type == COT_EVTX_TYPE_FILETIME)
    {
      if (value->n_bytes != get_size (type))
        return false;
      *number = get_number (value->data, value->n_bytes);
      return true;
    }
  return false;
}
