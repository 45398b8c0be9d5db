/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-format.h"

#include <string.h>

/* Clocks on Earth are between 12 hours behind and 14 hours ahead of UTC. */
#define MIN_OFFSET_MINUTES (-12 * 60)
#define MAX_OFFSET_MINUTES (14 * 60)
/* A number beyond it is no bias, whoever wrote it: it would give a day that never was. */
#define MAX_BIAS_MINUTES (15 * 60)

/* Offsets from UTC, in minutes to the east, that are no whole hours; summer times included.
 * From the IANA time zone database, since 1980. */
static const gint16 odd_offsets[] = {
  -570, /* Marquesas */
  -210, -150, /* Newfoundland */
  210, /* Iran */
  270, /* Afghanistan, Iran in summer */
  330, /* India, Sri Lanka */
  345, /* Nepal */
  390, /* Myanmar, Cocos */
  510, /* North Korea, 2015 to 2018 */
  525, /* Eucla */
  570, 630, /* central Australia, Lord Howe */
  690, /* Norfolk until 2015 */
  765, 825, /* Chatham */
};

static gboolean
offset_exists (int east_minutes)
{
  if (east_minutes < MIN_OFFSET_MINUTES || east_minutes > MAX_OFFSET_MINUTES)
    return FALSE;
  if (east_minutes % 60 == 0)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (odd_offsets); i++)
    if (odd_offsets[i] == east_minutes)
      return TRUE;
  return FALSE;
}

static gboolean
span_contains (CotSpan span, const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i + length <= span.length_bytes; i++)
    if (g_ascii_strncasecmp (span.data + i, text, length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
span_starts_with (CotSpan span, const char *prefix)
{
  gsize length = strlen (prefix);

  return span.length_bytes >= length && g_ascii_strncasecmp (span.data, prefix, length) == 0;
}

/* "ccmexec.cpp:1208": compiled in by the preprocessor's __FILE__ and __LINE__. */
static gboolean
origin_is_native (CotSpan origin)
{
  static const char *const suffixes[] = { ".cpp", ".cxx", ".cc", ".c", ".hpp", ".h", ".inl" };
  gsize end = origin.length_bytes;

  while (end > 0 && g_ascii_isdigit (origin.data[end - 1]))
    end--;
  if (end == origin.length_bytes || end == 0 || origin.data[--end] != ':')
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      gsize length = strlen (suffixes[i]);

      if (end > length
          && g_ascii_strncasecmp (origin.data + end - length, suffixes[i], length) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
origin_is_script (CotSpan origin)
{
  return span_contains (origin, ".ps1") || span_contains (origin, ".psm1")
         || span_contains (origin, ".psd1");
}

static gboolean
component_is_native (CotSpan component)
{
  static const char *const prefixes[] = { "SMS_", "Ccm", "smssha", "TSManager", "OSDSetupHook" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (span_starts_with (component, prefixes[i]))
      return TRUE;
  return FALSE;
}

/* A function of a script in the Verb-Noun shape, run by a user whose name the script adds. */
static gboolean
component_is_script (const CotEntry *entry)
{
  return entry->origin.length_bytes == 0 && entry->context.length_bytes > 0
         && span_contains (entry->component, "-");
}

/**
 * cot_entry_get_bias_writer:
 * @entry: an entry with a bias
 *
 * Native components print the bias as Windows has it; scripts print what .NET or WMI give them,
 * which counts to the east. Any thread.
 *
 * Returns: who wrote the number; unknown where nothing in the entry tells
 */
CotBiasWriter
cot_entry_get_bias_writer (const CotEntry *entry)
{
  gboolean native_exists, east_exists;

  if (entry->bias_minutes == COT_BIAS_NONE)
    return COT_BIAS_WRITER_UNKNOWN;
  if (entry->doubled_bias_sign)
    return COT_BIAS_WRITER_EAST_POSITIVE;
  native_exists = offset_exists (-entry->bias_minutes);
  east_exists = offset_exists (entry->bias_minutes);
  if (native_exists != east_exists)
    return native_exists ? COT_BIAS_WRITER_NATIVE : COT_BIAS_WRITER_EAST_POSITIVE;
  if (origin_is_native (entry->origin))
    return COT_BIAS_WRITER_NATIVE;
  if (origin_is_script (entry->origin))
    return COT_BIAS_WRITER_EAST_POSITIVE;
  if (component_is_native (entry->component))
    return COT_BIAS_WRITER_NATIVE;
  if (component_is_script (entry))
    return COT_BIAS_WRITER_EAST_POSITIVE;
  return COT_BIAS_WRITER_UNKNOWN;
}

/**
 * cot_entry_get_true_bias:
 * @entry: an entry
 *
 * An unknown writer is read as a native one: they wrote nearly all logs there are.
 *
 * Returns: minutes to add to the wall clock to get UTC; %COT_BIAS_NONE where there are none, or
 *   none that a clock on Earth can have
 */
gint16
cot_entry_get_true_bias (const CotEntry *entry)
{
  if (entry->bias_minutes > MAX_BIAS_MINUTES || entry->bias_minutes < -MAX_BIAS_MINUTES)
    return COT_BIAS_NONE;
  if (entry->bias_minutes != COT_BIAS_NONE
      && cot_entry_get_bias_writer (entry) == COT_BIAS_WRITER_EAST_POSITIVE)
    return (gint16) -entry->bias_minutes;
  return entry->bias_minutes;
}
